"""Numbered headings with their titles, which may run over several lines, cells and pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from protoparse.case_numbers import is_case, plain_case, without_case
from protoparse.models import Line
from protoparse.numbering import Candidate, after_number, starts_with_number
from protoparse.passages import LOOSE_END, MARK
from protoparse.style import SENTENCE_END, Body, alike, parted
from protoparse.text import Text, unwrap
from protoparse.zones import Headings

Places = frozenset[tuple[int, int]]  # page, whole points from the top
_FORTS = r"\(?\bforts(?:ättning|\.)?\)?(?:\s(?:av|på|från)\b)?"
CONTINUED = re.compile(rf"\A{_FORTS}[:,]?\s*|[,–-]?\s*{_FORTS}\s*\Z", re.IGNORECASE)


def _title_lines(lines: Sequence[Line], at: int, has_title: bool, body: Body, headings: Headings) -> int:
    """The index after the last line of a heading that starts at `at`; a title may run over several lines."""
    end = at + 1
    if not has_title:
        while end < len(lines) and not lines[end].text.string:
            end += 1
        while end < len(lines) and is_case(lines[end].text.string):
            end += 1
        end += 1
    if end > len(lines):
        return len(lines)
    first = lines[end - 1]
    while end < len(lines) and runs_on(lines[end - 1], lines[end], first, body, headings):
        end += 1
    if first.cell and first.cell.listed:
        return max(end, _end_of_cell(lines, end, first, headings))
    if not body.stands_out(first):
        end = _before_heading(lines, end, first, headings)
    return end


def _end_of_cell(lines: Sequence[Line], start: int, first: Line, headings: Headings) -> int:
    """The end of a title that fills its cell: few lines close together, none a sentence or a known sub-heading."""
    end = start
    while end < len(lines) and lines[end].cell == first.cell:
        line, string = lines[end], lines[end].text.string
        told = SENTENCE_END.search(string) or headings.zone(string) is not None or MARK.match(string)
        if told or not line.text or parted(line, lines[end - 1]) or end - start >= 4:
            return start
        end += 1
    return end


def runs_on(before: Line, line: Line, first: Line, body: Body, headings: Headings) -> bool:
    """Whether a heading goes on in the next line."""
    string = line.text.string
    if not string or not alike(line, first) or headings.zone(string) is not None or parted(line, before):
        return False
    if body.stands_out(first):
        return not starts_with_number(string)
    return bool(LOOSE_END.search(before.text.string.rstrip().lower())) or string[:1].islower()


def _before_heading(lines: Sequence[Line], start: int, first: Line, headings: Headings) -> int:
    """The end of a title set like the text: lines without white space between them, none a whole sentence, that run
    up to a known sub-heading are the rest of the title (`Ny avgift för torget och` / `Hamnen` / `Beslut`)."""
    for end in range(start, min(start + 4, len(lines))):
        line, before = lines[end], lines[end - 1]
        if headings.zone(line.text.string) is not None:
            return end
        if not line.text or parted(line, before):
            following = next((ln for ln in lines[end : end + 3] if ln.text), None)
            known = following is not None and headings.zone(following.text.string) is not None
            return end if known else start
        full = before.x1 >= 0.8 * first.x1 if line.size else len(before.text) >= 40
        if not alike(line, first) or not full or SENTENCE_END.search(line.text.string) or is_case(line.text.string):
            return start
    return start


@dataclass(slots=True)
class Heading:
    """A heading in the lines: from line `at` up to line `end`; `level` 0 for a section, 1 for a sub-heading."""

    at: int
    end: int
    level: int
    number: str | None
    number_to: str | None
    title: Text
    case_number: str | None
    whole: Text
    opening: Line | None = None  # text on the heading's own line


def _numbered_heading(c: Candidate, lines: Sequence[Line], body: Body, headings: Headings) -> Heading:
    rest, case = without_case(c.rest)
    end = _title_lines(lines, c.at, bool(rest), body, headings)
    first = Line(rest, lines[c.at].page) if rest else None
    parts = [first.text] if first else []
    for line in lines[c.at + 1 : end]:
        if not parts and is_case(line.text.string):
            case = case or plain_case(line.text.string)
        elif line.text:
            parts.append(line.text)
    title = unwrap(parts).strip()
    if not case:
        title, case = without_case(title)
    if not case and end < len(lines) and is_case(lines[end].text.string):
        case = plain_case(lines[end].text.string)
        end += 1
    title = title.strip(" :")
    whole = unwrap(line.text for line in lines[c.at : end] if line.text)
    return Heading(c.at, end, 0, None if c.lettered else c.number, c.number_to, title, case, whole)


FIRST_STOP = re.compile(r"(?<=[a-zåäö)\d]{2})[.:!?](?=\s+[A-ZÅÄÖ”\"]|\s*\Z)")
_LONGEST_TITLE = 120  # characters of a sentence that stands for a title


def _untitled_heading(c: Candidate, lines: Sequence[Line]) -> Heading:
    """A number before text without a title: its first sentence stands for the title, and the text remains text."""
    at = c.at if c.rest else next(k for k in range(c.at + 1, len(lines)) if lines[k].text)
    parts = [c.rest or lines[at].text]
    for line in lines[at + 1 : at + 4]:
        if FIRST_STOP.search(parts[-1].string) or not line.text or starts_with_number(line.text.string):
            break
        parts.append(line.text)
    whole = unwrap(parts).strip()
    stop = FIRST_STOP.search(whole.string)
    title = whole[: stop.start()] if stop else whole
    if len(title) > _LONGEST_TITLE:
        title = title[: title.string.rfind(" ", 0, _LONGEST_TITLE)].strip(" ,;–-")
    opening = replace(lines[at], text=c.rest, x0=c.rest.words[0].x0) if c.rest and c.rest.words else None
    return Heading(c.at, c.at + 1, 0, c.number, c.number_to, title, None, title, opening)


def numbered_headings(row: Sequence[Candidate], lines: Sequence[Line], body: Body, headings: Headings) -> list[Heading]:
    """The numbered headings with their titles. A number alone at the top of a later page repeats the one before."""
    found: list[Heading] = []
    for k, c in enumerate(row):
        if c.untitled:
            found.append(_untitled_heading(c, lines))
        elif k and _is_repeated(c, row[k - 1], lines, body):
            found.append(Heading(c.at, c.at + 1, 0, c.number, c.number_to, Text(), None, lines[c.at].text))
        else:
            found.append(_numbered_heading(c, lines, body, headings))
    return found


def _is_repeated(c: Candidate, before: Candidate, lines: Sequence[Line], body: Body) -> bool:
    if before.number != c.number or not c.bare or lines[c.at].page == lines[before.at].page:
        return False
    following = after_number(lines, c.at)
    return before.strong and (following is None or not body.stands_out(following))


def merge_continued(found: list[Heading]) -> list[Heading]:
    """Drops a heading that only repeats the one before it after a page break (`forts.`)."""
    kept: list[Heading] = []
    for heading in found:
        if kept and kept[-1].number == heading.number and _same_title(kept[-1].title.string, heading.title.string):
            continue
        kept.append(heading)
    return kept


def _same_title(a: str, b: str) -> bool:
    plain = [CONTINUED.sub("", x).strip().lower() for x in (a, b)]
    return plain[0] == plain[1] or not plain[1]
