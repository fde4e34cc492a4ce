"""Numbers before text without titles, and points of lists that are no headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from protoparse.case_numbers import is_case, without_case
from protoparse.models import Line, Zone
from protoparse.numbering.forms import NUMBER, PARAGRAPH, Candidate, candidate_of, is_title
from protoparse.numbering.weighing import is_reference
from protoparse.style import Body, parted, room_before
from protoparse.zones import Headings

_SENTENCE = re.compile(r"[a-zåäö)][.!?]\s*\Z")
_WHOLE = re.compile(r"[a-zåäö)]{3}[.!?](?:\s+[A-ZÅÄÖ”\"]|\s*\Z)|\d[.!?]\s*\Z")


def _paragraph(candidate: Candidate, lines: Sequence[Line]) -> list[Line]:
    """The lines of the paragraph that begins with a number, or under it where the number is alone on its line."""
    at = candidate.at
    if not candidate.rest:
        at = next((k for k in range(at + 1, min(at + 4, len(lines))) if lines[k].text), at)
    end = at + 1
    while end < len(lines) and not parted(lines[end], lines[end - 1]) and not PARAGRAPH.match(lines[end].text.string):
        end += 1
    return list(lines[at:end])


def _is_untitled(candidate: Candidate, lines: Sequence[Line], body: Body) -> bool:
    """Whether a sentence stands behind a number where its title would: it ends on its first line, or goes on over full
    lines and ends as a sentence does."""
    block = _paragraph(candidate, lines)
    if body.stands_out(block[0]) or any(line.cell for line in block) or lines[candidate.at].page != block[0].page:
        return False
    first = candidate.rest.string or block[0].text.string
    if not first[:1].isupper() or is_case(first):
        return False
    if _WHOLE.search(first):
        return True
    if len(block) < 2 or not block[1].text.string[:1].islower() or not block[0].size:
        return False
    right = max(line.x1 for line in lines if line.page == block[0].page and not line.cell)
    return not room_before(block[1], block[0], right) and any(_WHOLE.search(line.text.string) for line in block[1:])


def untitled_row(lines: Sequence[Line], body: Body) -> list[Candidate]:
    """The numbers with a sign, rising by one, of a document where text without a title stands behind most of them;
    empty where it is not so."""
    found: list[Candidate] = []
    for at, line in enumerate(lines):
        candidate = candidate_of(at, line, (PARAGRAPH,)) if line.text.string.startswith("§") and not line.cell else None
        if candidate is None or is_reference(candidate, lines, body):
            continue
        if found and candidate.key != (found[-1].key[0] + 1,):
            continue
        if len(candidate.key) == 1 and (is_title(candidate.rest.string) or not candidate.rest):
            candidate.untitled = _is_untitled(candidate, lines, body)
            found.append(candidate)
    untitled = sum(c.untitled for c in found)
    return found if untitled >= 3 and untitled >= 0.6 * len(found) else []


def _text_between(before: Candidate, now: Candidate, lines: Sequence[Line], body: Body) -> list[Line]:
    return [line for line in lines[before.at + 1 : now.at] if line.text and not body.stands_out(line)]


def _is_empty(before: Candidate, now: Candidate, lines: Sequence[Line], body: Body) -> bool:
    """Whether nothing but the rest of a title stands between two candidates."""
    between = _text_between(before, now, lines, body)
    if len(between) > 1 or sum(len(line.text) for line in between) >= 100:
        return False
    return not any(_SENTENCE.search(line.text.string) for line in between)


def crowded(found: list[Candidate], lines: Sequence[Line], body: Body) -> None:
    """Lowers candidates that stand one on another, as in a list of matters."""
    for before, now in pairwise(found):
        if not now.strong and _is_empty(before, now, lines, body):
            before.score -= 1.5
            now.score -= 1.5


def without_lists(found: list[Candidate], lines: Sequence[Line], body: Body) -> list[Candidate]:
    """The candidates but lists of matters: runs without text between them, whose matters come again further on."""
    dropped: set[int] = set()
    start = 0
    while start < len(found):
        end = start
        while end + 1 < len(found) and _is_next_in_list(found[end], found[end + 1], lines, body):
            end += 1
        run = range(start, end + 1)
        again = [k for k in run if any(_same_matter(found[k], later) for later in found[end + 1 :])]
        if len(run) >= 2 and len(again) >= max(2, 0.6 * len(run)):
            dropped.update(run)
        start = end + 1
    return [candidate for k, candidate in enumerate(found) if k not in dropped]


def _is_next_in_list(before: Candidate, now: Candidate, lines: Sequence[Line], body: Body) -> bool:
    return before.key < now.key and _is_empty(before, now, lines, body)


def _same_matter(a: Candidate, b: Candidate) -> bool:
    if a.number != b.number:
        return False
    one, other = (without_case(c.rest)[0].string.lower().strip(" .") for c in (a, b))
    return not one or not other or one[:18] == other[:18] or one.startswith(other) or other.startswith(one)


def listed_row(lines: Sequence[Line], headings: Headings) -> list[Candidate]:
    """The matters of a list under its heading (`Föredragningslista`): all that a summons may hold."""
    under = next((at for at, line in enumerate(lines) if headings.zone(line.text.string) is Zone.CONTENTS), None)
    matters: list[Candidate] = []
    for at in range(under + 1, len(lines)) if under is not None else ():
        candidate = candidate_of(at, lines[at], (PARAGRAPH, NUMBER))
        if candidate and is_title(candidate.rest.string) and len(candidate.key) == 1:
            if matters and candidate.key[0] != matters[-1].key[0] + 1:
                break
            matters.append(candidate)
    return matters if len(matters) >= 3 else []
