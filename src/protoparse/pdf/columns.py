"""Rows → blocks in reading order: where a blank strip runs down between pieces over several rows, the rows are columns
and are read one after another; labels with their values, and marks with their points, are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from protoparse.pdf.rows import Row, of_pieces, text_of

_MARK_ONLY = re.compile(r"(?:§+\s*)?\(?[\d.,:/–-]*[a-zA-Z]?[.)]?|[•●▪■o–·*-]")


@dataclass(slots=True)
class _Strip:
    """A blank strip that runs down between the pieces of consecutive rows."""

    left: float
    right: float
    first: int
    last: int
    both: int = 1  # rows with pieces on both sides


def _gaps(row: Row) -> list[tuple[float, float]]:
    return [(a[-1].x1, b[0].x0) for a, b in pairwise(row.pieces)]


def _fits(row: Row, left: float, right: float) -> tuple[float, float] | None:
    """What is left of the strip when it passes this row; None when words stand in its way."""
    for piece in row.pieces:
        x0, x1 = piece[0].x0, piece[-1].x1
        if x1 <= left + 1 or x0 >= right - 1:
            continue
        if x0 <= left and x1 >= right:
            return None
        if x0 <= left or (x1 < right and x1 - left < right - x0):
            left = max(left, x1)
        else:
            right = min(right, x0)
    return (left, right) if right - left >= 6 else None


def _strip_from(items: Sequence[Row], at: int, gap: tuple[float, float], body: float) -> _Strip:
    """The strip that starts in a gap of row `at` and runs as far down as it can."""
    strip = _Strip(gap[0], gap[1], at, at)
    blank = 0.0
    for k in range(at + 1, len(items)):
        row = items[k]
        fit = _fits(row, strip.left, strip.right)
        if fit is None or row.size > 1.25 * body + 1:
            break
        sides = {piece[0].x0 >= fit[1] - 1 for piece in row.pieces}
        blank = row.top - items[k - 1].bottom
        if len(sides) == 1 and blank > 2.2 * body:
            break
        strip.left, strip.right = fit
        strip.last = k
        strip.both += len(sides) == 2
    return strip


def _sides(items: Sequence[Row], strip: _Strip) -> tuple[list[Row], list[Row]]:
    left, right = [], []
    for row in items[strip.first : strip.last + 1]:
        a = [p for p in row.pieces if p[-1].x1 <= strip.left + 1]
        b = [p for p in row.pieces if p[-1].x1 > strip.left + 1]
        if a:
            left.append(of_pieces(a))
        if b:
            right.append(of_pieces(b))
    return left, right


def _is_marks(side: Sequence[Row]) -> bool:
    """Whether a side holds only numbers, paragraph signs or bullets: hanging marks are no column."""
    marks = sum(len(row.pieces) == 1 and bool(_MARK_ONLY.fullmatch(text_of(row.pieces[0]))) for row in side)
    return marks >= 0.5 * len(side)


def _is_figures(side: Sequence[Row]) -> bool:
    """Whether a side holds short figures (dates, case numbers, sums, times) line by line, as a list beside its matters
    does and running text never."""
    figures = sum(
        sum(map(len, row.pieces)) <= 4 and any(char.isdigit() for piece in row.pieces for w in piece for char in w.text)
        for row in side
    )
    return figures >= 0.7 * len(side)


def _width(side: Sequence[Row]) -> float:
    return max(row.x1 for row in side) - min(row.x0 for row in side)


def _words_per_row(side: Sequence[Row]) -> float:
    return sum(len(piece) for row in side for piece in row.pieces) / len(side)


def _are_columns(left: Sequence[Row], right: Sequence[Row], both: int, width: float) -> bool:
    """Whether two sides of a strip are columns of text, and not labels with their values or marks with their points."""
    if min(len(left), len(right)) < 2 or both < 2 or any(map(_is_marks, (left, right))):
        return False
    if (
        _width(left) < 0.13 * width
        or _width(right) < (0.08 if both > 2 else 0.13) * width
        or any(map(_is_figures, (left, right)))
    ):
        return False
    few, many = sorted((len(left), len(right)))
    if few < 0.25 * many:
        return False
    if _words_per_row(left) < 1.6 or _words_per_row(right) < 1.6:
        return False
    bold = sum(all(w.bold for w in row.pieces[0]) for row in left)
    return not (bold >= 0.7 * len(left) and sum(w.bold for w in right[0].pieces[0]) == 0 and _width(left) < 0.3 * width)


def _best_strip(items: Sequence[Row], width: float, body: float) -> _Strip | None:
    """The strip between columns that the most rows share, if there is one."""
    best: _Strip | None = None
    tried: list[_Strip] = []
    for at, row in enumerate(items):
        for gap in _gaps(row):
            if any(s.first <= at <= s.last and s.left <= gap[1] and s.right >= gap[0] for s in tried):
                continue
            strip = _strip_from(items, at, gap, body)
            tried.append(strip)
            if (best is None or strip.both > best.both) and _are_columns(*_sides(items, strip), strip.both, width):
                best = strip
    return _upwards(items, _without_tail(items, best, body), body) if best else None


def _without_tail(items: Sequence[Row], strip: _Strip, body: float) -> _Strip:
    """The strip without what stands, after a gap, below two lists of short rows beside one another: there the text goes
    on, and only by chance not across."""
    left, right = _sides(items, strip)
    if max(_words_per_row(left), _words_per_row(right)) > 4.5:
        return strip
    both = max(k for k in range(strip.first, strip.last + 1) if len(_on_sides(items[k], strip)) == 2)
    begins = {round(row.x0) for row in right[:2]}
    for k in range(strip.first + 1, strip.last + 1):
        row = items[k]
        others = [piece[0].x0 for piece in row.pieces if piece[-1].x1 > strip.left + 1]
        elsewhere = bool(others) and all(abs(x - begin) > 4 for x in others for begin in begins)
        if row.top - items[k - 1].bottom > 0.6 * body and (k > both or elsewhere):
            strip.last = k - 1
            break
        begins |= {round(x) for x in others}
    return strip


def _on_sides(row: Row, strip: _Strip) -> set[bool]:
    """On which sides of a strip a row has pieces: False is left, True is right."""
    return {piece[-1].x1 > strip.left + 1 for piece in row.pieces}


def _upwards(items: Sequence[Row], strip: _Strip, body: float) -> _Strip:
    """The strip with the rows above it down from where its right side begins: a column may begin higher than its
    neighbour, and between the lines of it."""
    for k in range(strip.first - 1, -1, -1):
        row = items[k]
        fit = _fits(row, strip.left, strip.right)
        near = items[k + 1].top - row.bottom < 1.2 * body
        if fit is None or not near or row.size > 1.25 * body + 1:
            break
        if row.x0 >= strip.right - 1:
            strip.first = k
    return strip


def blocks(items: list[Row], width: float, body: float) -> list[list[Row]]:
    """Rows in reading order as blocks: what stands above columns, each column, what stands below."""
    if not items:
        return []
    strip = _best_strip(items, width, body)
    if strip is None:
        return [items]
    left, right = _sides(items, strip)
    above, below = items[: strip.first], items[strip.last + 1 :]
    return [
        *blocks(above, width, body),
        *blocks(left, width, body),
        *blocks(right, width, body),
        *blocks(below, width, body),
    ]
