"""Headings without a number: told by their type, or by the white space around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from protoparse.agenda.headings import Heading, Places, runs_on
from protoparse.case_numbers import without_case
from protoparse.models import Line
from protoparse.numbering import is_title, starts_with_number
from protoparse.passages import LEAD_IN, MARK
from protoparse.pdf.rows import cells
from protoparse.style import SENTENCE_END, Body, parted
from protoparse.text import unwrap
from protoparse.zones import Headings


def _may_be_heading(line: Line, body: Body, headings: Headings, known: bool) -> bool:
    """Whether a line is set and worded as a heading. `known` lets the known sub-headings be sections of their own, as
    they are in a document without numbers, if they are larger than the text."""
    string = line.text.string
    if not string or line.cell or not body.stands_out(line) or len(string) > 110 or MARK.match(string):
        return False
    if headings.zone(string) is not None:
        return known and line.size > body.size + 0.9
    if all(headings.zone(cell.string) is not None for cell in cells(line)):
        return False  # labels side by side
    if LEAD_IN.search(string) or (headings.is_link(string) and line.size < body.size + 0.9):
        return False
    if string.isupper():
        return 3 < len(string) <= 80
    return is_title(string) and not string.endswith((".", ",", ";")) and any(c.islower() for c in string)


def free_headings(lines: Sequence[Line], body: Body, headings: Headings) -> int:
    """How many lines are set as headings without a number."""
    return sum(
        _may_be_heading(line, body, headings, False) for line in lines if not starts_with_number(line.text.string)
    )


def table_heads(lines: Sequence[Line], body: Body) -> Places:
    """The places (page, points from the top) of words no larger than the text that stand out side by side: the heads of
    a table's columns."""
    rows = Counter(
        (line.page, round(line.top))
        for line in lines
        if body.stands_out(line) and line.size < body.size + 0.9
        for _ in cells(line)
    )
    return frozenset(place for place, n in rows.items() if n > 1)


def unnumbered(
    lines: Sequence[Line], taken: set[int], body: Body, headings: Headings, first: int, last: int, heads: Places
) -> list[Heading]:
    """Headings by type alone, each with its lines; in a document without numbers (nothing taken) known ones too."""
    found = []
    at = first
    while at < last:
        wrapped = at + 1 < last and headings.zone(f"{lines[at].text} {lines[at + 1].text}") is not None
        if (
            at in taken
            or wrapped
            or (lines[at].page, round(lines[at].top)) in heads
            or not _may_be_heading(lines[at], body, headings, not taken)
        ):
            at += 1
            continue
        end = at + 1
        while end < last and end not in taken and runs_on(lines[end - 1], lines[end], lines[at], body, headings):
            end += 1
        whole = unwrap(line.text for line in lines[at:end]).strip()
        title, case = without_case(whole)
        if not _is_sentence(whole.string, end - at):
            found.append(Heading(at, end, 1, None, None, title.strip(" :"), case, whole))
        at = end
    return found


def _is_sentence(text: str, lines: int) -> bool:
    """Whether words of several lines that are set as a heading are running text: they end as a sentence does."""
    return lines > 1 and (len(text) > 200 or bool(re.search(r"[a-zåäö)]{3}[.,]\Z", text)))


def set_like_text(lines: Sequence[Line], headings: Headings, start: int) -> list[Heading]:
    """The headings of a document that has no other type than the text's: short lines below white space that stand over
    longer text; in capitals they may have white space below them too. One alone may be anything."""
    found = []
    for at in range(max(start, 1), len(lines) - 1):
        line, string = lines[at], lines[at].text.string
        below = next((k for k in range(at + 1, min(at + 3, len(lines))) if lines[k].text), None)
        if below is None or not line.size or line.cell or not parted(line, lines[at - 1]) or len(string) > 60:
            continue
        close = not parted(lines[below], line)
        text = lines[below].text.string
        titled = is_title(string) and string[:1].isalpha() and not re.search(r"[.,:;!?]\Z|\d{4}", string)
        if not titled or len(text) < max(40, 1.3 * len(string)) or not (close or string.isupper()):
            continue
        if len(string) > 3 and headings.zone(string) is None and not MARK.match(string):
            title, case = without_case(line.text)
            found.append(Heading(at, at + 1, 0, None, None, title, case, line.text))
    return found if len(found) >= 2 else []


def followed(heading: Heading, lines: Sequence[Line], stops: set[int]) -> bool:
    """Whether running text follows a sub-heading before the next heading."""
    after = next((k for k in range(heading.end, len(lines)) if lines[k].text), None)
    return after is not None and after not in stops


def with_levels(found: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """In a document without numbers the largest style that recurs (and any larger) is the top level."""
    sizes = Counter(round(lines[h.at].size) for h in found)
    recurring = [size for size, n in sizes.items() if n >= 2]
    top = max(recurring, default=max(sizes, default=0))
    for heading in found:
        if round(lines[heading.at].size) >= top:
            heading.level = 0
    return found


def without_title(found: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """The headings but the document's own: larger than all others, on one of the first lines, with no text under it."""
    if len(found) < 3 or found[0].at > 1:
        return found
    others = max(lines[h.at].size for h in found[1:])
    between = lines[found[0].end : found[1].at]
    alone = not any(len(line.text) > 60 or SENTENCE_END.search(line.text.string) for line in between)
    return found[1:] if alone and lines[found[0].at].size > others + 0.9 else found


def promote_boxes(found: list[Heading], lines: Sequence[Line]) -> None:
    """Raises a smaller heading whose block stands apart as a box does: more white space under it, before the next
    heading of the top level, than there is above the other headings of that level."""
    above = sorted(g for h in found if not h.level and (g := lines[h.at].gap) is not None)
    if len(above) < 3:
        return
    usual = above[(len(above) - 1) // 2]
    for heading, following in pairwise(found):
        gap = lines[following.at].gap
        if heading.level and not following.level and gap is not None and gap > 1.5 * usual:
            heading.level = 0
