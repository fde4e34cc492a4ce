"""The row of numbers that carries a document: of the families of numbers the one that convinces."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from protoparse.models import Line
from protoparse.numbering.chains import Breaks, chain_of, without_appendices, without_weak
from protoparse.numbering.forms import (
    BEHIND,
    CODED,
    LAST,
    LETTER,
    NUMBER,
    PARAGRAPH,
    ROMAN,
    SPELT,
    YEARED,
    Candidate,
    candidate_of,
)
from protoparse.numbering.untitled import crowded, listed_row, untitled_row, without_lists
from protoparse.numbering.weighing import is_strong, opens_row, score_of, stands_alone, stands_over_text
from protoparse.style import Body
from protoparse.zones import Headings


@dataclass(frozen=True, slots=True)
class _Family:
    """Numbers of one kind."""

    patterns: tuple[re.Pattern[str], ...]
    base: float  # what the sign itself is worth
    least: float  # the score that a candidate must have
    alone: float  # the score that a single one must have
    only_strong: bool = False


_SIGNED = _Family((PARAGRAPH, BEHIND, SPELT), base=1.0, least=1.5, alone=3.0)
_UNSIGNED = (
    _Family((NUMBER,), base=0.0, least=2.0, alone=4.0),
    _Family((CODED,), base=0.5, least=3.0, alone=99.0, only_strong=True),
    _Family((LAST,), base=0.0, least=3.0, alone=99.0, only_strong=True),
    _Family((ROMAN,), base=0.0, least=3.0, alone=99.0, only_strong=True),
    _Family((YEARED,), base=0.0, least=3.0, alone=99.0, only_strong=True),
    _Family((LETTER,), base=-0.5, least=2.5, alone=99.0, only_strong=True),
)


def _row(family: _Family, lines: Sequence[Line], body: Body, breaks: Breaks) -> list[Candidate]:
    """The headings of one family, empty where they are not convincing."""
    found = [c for at, line in enumerate(lines) if line.text and (c := candidate_of(at, line, family.patterns))]
    for candidate in found:
        candidate.score = score_of(candidate, lines, body, family.base)
        candidate.strong = is_strong(candidate, lines, body)
        if candidate.rest and not candidate.strong:
            candidate.score += stands_alone(candidate, lines) or stands_over_text(candidate, lines)
    found = _without_rows([c for c in found if c.score > -5 and (c.strong or not family.only_strong)], lines)
    crowded(found, lines, body)
    likely = without_lists([c for c in found if c.score >= family.least], lines, body)
    chain = without_weak(chain_of(without_appendices(likely, breaks), breaks))
    if len(chain) < 2 and sum(c.score for c in chain) < family.alone:
        return []
    return chain


def _without_rows(found: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """The candidates but the rows of tables, where headings outside of tables count every matter: the numbers in a
    table are then those of something else (decisions, tasks)."""
    headings = [c for c in found if c.strong and lines[c.at].cell is None]
    gapless = len(headings) >= 3 and all(b.key == (a.key[0] + 1,) for a, b in pairwise(headings))
    return [c for c in found if not (gapless and opens_row(lines[c.at]))]


def _is_convincing(chain: list[Candidate], free: int) -> bool:
    """Whether numbers without a sign are headings: set as such, or, standing alone, rising by one where hardly anything
    else (`free`) is set as a heading."""
    if chain[0].lettered:
        return [c.number for c in chain] == [str(n + 1) for n in range(len(chain))] and len(chain) >= 3
    if any(c.strong for c in chain):
        return True
    rising = sum(b.key[0] - a.key[0] == 1 for a, b in pairwise(chain))
    return len(chain) >= 3 and rising >= 0.8 * (len(chain) - 1) and free <= 2


def numbered(lines: Sequence[Line], body: Body, headings: Headings, free: Callable[[], int]) -> list[Candidate]:
    """The numbered headings of the family (§, plain numbers, …) that carries the document, in order; empty where there
    are none. `free` counts the headings without numbers."""
    breaks = Breaks.of(lines, headings)
    signed = _row(_SIGNED, lines, body, breaks)
    if (untitled := untitled_row(lines, body)) and len(untitled) >= len(signed) and free() <= 2:
        return untitled
    if sum(c.strong for c in signed) >= 2:
        return signed
    rows = [signed]
    for family in _UNSIGNED:
        row = _row(family, lines, body, breaks)
        rows.append(row if row and _is_convincing(row, free()) else [])
    best = max(rows, key=lambda row: sum(c.score for c in row))
    return best or listed_row(lines, headings)
