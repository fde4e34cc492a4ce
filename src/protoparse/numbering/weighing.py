"""How surely a line with a number is a heading, by what it says, how it is set and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from protoparse.case_numbers import without_case
from protoparse.models import Line
from protoparse.numbering.forms import PARAGRAPH, Candidate, after_number, is_title, line_before, starts_with_number
from protoparse.style import SENTENCE_END, Body, parted, room_before

_LEADERS = re.compile(r"\.{4,}\s*\d*\s*\Z|…{2,}\s*\d*\s*\Z|(?:\. ){4,}\d*\s*\Z")
_OPEN_END = re.compile(
    r"(?:,|\b(?:och|eller|samt|enligt|se|jfr|av|den|i|med|till|på|beslut|paragraf|punkt))\Z", re.IGNORECASE
)
_DAY_END = re.compile(
    r"(?:\d{4}-\d\d-\d\d"
    r"|\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)(?: \d{4})?)\Z",
    re.IGNORECASE,
)


def is_reference(candidate: Candidate, lines: Sequence[Line], body: Body) -> bool:
    """Whether the number is the end of a sentence that began on the line before (`den 6 mars 2024,` / `§ 212.`)."""
    line, before = lines[candidate.at], line_before(lines, candidate.at)
    if before is None or parted(line, before) or line.cell != before.cell or body.stands_out(before):
        return False
    string = before.text.string.rstrip()
    if _OPEN_END.search(string):
        return True
    return bool(_DAY_END.search(string)) and not _begins_anew(line, before, lines, candidate.at)


def score_of(candidate: Candidate, lines: Sequence[Line], body: Body, base: float) -> float:
    """How much a candidate looks like a heading, by what is printed and where."""
    line, after = lines[candidate.at], after_number(lines, candidate.at)
    rest = candidate.rest.string
    bare = candidate.bare
    stands_out = _stands_out(candidate, line, body)
    score = base
    if _LEADERS.search(line.text.string) or (after and rest and _LEADERS.search(after.text.string)):
        return -9
    if is_reference(candidate, lines, body) and not stands_out:
        return -9
    if line.cell and line.cell.column and (bare or not line.cell.listed):
        return -9  # a figure in a table that is no list of matters, the paragraphs that somebody took part in
    if stands_out or opens_row(line):
        score += 3
    if bare and after is not None and PARAGRAPH.match(after.text.string):
        return -9  # the numbers of all matters, in the header
    if bare and after is not None:
        score += 3 if body.stands_out(after) else 1 if is_title(after.text.string) else -3
    elif not bare and not is_title(without_case(candidate.rest)[0].string):
        score -= 4
    before = line_before(lines, candidate.at)
    if parted(line, before) or (before is not None and _begins_anew(line, before, lines, candidate.at)):
        score += 1
    if rest.endswith((".", ",", ";")) and not stands_out:
        score -= 2
    return score


def _begins_anew(line: Line, before: Line, lines: Sequence[Line], at: int) -> bool:
    """Whether a line that stands close under another begins a paragraph: the one before it ends a sentence, or stops
    where the first word would have had room."""
    if SENTENCE_END.search(before.text.string):
        return True
    around = (other.x1 for other in lines[max(0, at - 15) : at + 15] if other.page == line.page)
    return room_before(line, before, max(around))


def opens_row(line: Line) -> bool:
    """Whether a line stands in the first column of a table of matters."""
    return line.cell is not None and line.cell.listed and line.cell.row > 0 and line.cell.column == 0


def _stands_out(candidate: Candidate, line: Line, body: Body) -> bool:
    """Whether the title on a candidate's line is set as a heading; its case number may not be."""
    if body.stands_out(line):
        return True
    return not line.bold and body.words_stand_out(without_case(candidate.rest)[0], line)


def is_strong(candidate: Candidate, lines: Sequence[Line], body: Body) -> bool:
    """Whether a candidate is set as a heading, or its title on the next line is."""
    line = lines[candidate.at]
    if _stands_out(candidate, line, body) or opens_row(line):
        return True
    after = after_number(lines, candidate.at) if candidate.bare else None
    return after is not None and body.stands_out(after)


def stands_alone(candidate: Candidate, lines: Sequence[Line]) -> bool:
    """Whether white space parts a line from its neighbours, as it parts a heading set like the text."""
    following = next((line for line in lines[candidate.at + 1 : candidate.at + 2]), None)
    above = candidate.at == 0 or parted(lines[candidate.at], line_before(lines, candidate.at))
    return above and (following is None or parted(following, lines[candidate.at]))


def stands_over_text(candidate: Candidate, lines: Sequence[Line]) -> bool:
    """Whether a line is short and unfinished like a title, and a text of its own begins under it."""
    string = candidate.rest.string
    following = after_number(lines, candidate.at)
    if following is None or len(string) > 80 or re.search(r"[.,:;!?–-]\Z", string):
        return False
    text = following.text.string
    return (
        (text[:1].isupper() or text[:1].isdigit())
        and not starts_with_number(text)
        and following.page == lines[candidate.at].page
    )
