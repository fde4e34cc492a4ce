"""Rows → blocks in reading order: where a blank strip runs down between pieces over several rows, the rows are columns
and are read one after another; labels with their values, and marks with their points, are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from protoparse.pdf.rows import Row, of_pieces, text_of
from protoparse.text import Word

_MARK_ONLY = re.compile(r"(?:§+\s*)?\(?[\d.,:/–-]*[a-zA-Z]?[.)]?|[•●▪■o–·*-]")


@dataclass(slots=True)
class _Strip:
    """A blank strip that runs down between the pieces of consecutive rows."""

    left: float
    right: float
    first: int
    last: int
    both: int = 1  # rows with pieces on both sides


def _gaps(items: Sequence[Row], at: int) -> list[tuple[float, float]]:
    """The blanks between the pieces of a row, or between it and the next one where they stand beside one another."""
    row = items[at]
    found = [(a[-1].x1, b[0].x0) for a, b in pairwise(row.pieces)]
    if at + 1 < len(items) and _overlap(row, items[at + 1]):
        left, right = sorted((row, items[at + 1]), key=lambda r: r.x0)
        if right.x0 - left.x1 >= 6:
            found.append((left.x1, right.x0))
    return found


def _overlap(row: Row, below: Row) -> bool:
    """Whether two rows that follow one another stand at nearly the same height."""
    return below.top < row.bottom - 0.3 * (row.bottom - row.top)


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
    before = {piece[0].x0 >= gap[1] - 1 for piece in items[at].pieces}
    for k in range(at + 1, len(items)):
        row = items[k]
        fit = _fits(row, strip.left, strip.right)
        if fit is None or (row.size > 1.25 * body + 1 and not _heads_column(items, k, strip, body)):
            break
        sides = {piece[0].x0 >= fit[1] - 1 for piece in row.pieces}
        blank = row.top - items[k - 1].bottom
        if len(sides) == 1 and blank > 2.2 * body:
            break
        strip.left, strip.right = fit
        strip.last = k
        strip.both += len(sides) == 2 or (before != sides and _overlap(items[k - 1], row))
        before = sides
    return strip


def _heads_column(items: Sequence[Row], at: int, strip: _Strip, body: float) -> bool:
    """Whether a row of large letters beside or across a strip heads what stands in a column, and not a new part of the
    page below the columns: it stands on both sides or on the right; or the right column runs on past it; or that one
    has ended, and what follows is as narrow as the left column."""
    if _reaches_right(items[at], strip):
        return True
    above = next((k for k in range(at - 1, strip.first - 1, -1) if _reaches_right(items[k], strip)), None)
    below = next((k for k in range(at + 1, len(items)) if _reaches_right(items[k], strip)), len(items))
    if above is None:
        return False
    if below < len(items) and _fits(items[below], strip.left, strip.right) is not None:
        return items[below].top - items[above].bottom < 1.9 * body
    narrow = 0.6 * (strip.left - items[at].x0)
    return sum(row.x1 - row.x0 > narrow for row in items[at + 1 : below]) > 1


def _reaches_right(row: Row, strip: _Strip) -> bool:
    return row.pieces[-1][-1].x1 > strip.left + 1


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


def _beside_parties(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether a side holds what belongs to the members on the other: their parties, set apart in brackets, or what they
    are behind those, or in small letters beside short names."""
    if _mostly(row.pieces[0][0].text.startswith("(") for row in right):
        return True
    apart = [[len(r.pieces) > 1 and r.pieces[-1][0].text.startswith("(") for r in side] for side in (left, right)]
    if _mostly(apart[0]) and not _mostly(apart[1]):
        return True
    small = [[row.pieces[0][0].text[:1].islower() for row in side] for side in (left, right)]
    return not any(small[0]) and _mostly(small[1]) and _words_per_row(left) < 4 and _words_per_row(right) < 4


def _mostly(found: Iterable[bool]) -> bool:
    """Whether seven in ten are true."""
    each = list(found)
    return sum(each) >= 0.7 * len(each)


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
        or _beside_parties(left, right)
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
    for at in range(len(items)):
        for gap in _gaps(items, at):
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
    left_edge, right_edge = strip.left, strip.right
    for k in range(strip.first - 1, -1, -1):
        row = items[k]
        fit = _fits(row, left_edge, right_edge)
        near = items[k + 1].top - row.bottom < 1.2 * body
        right = row.x0 >= strip.right - 1
        if fit is None or not near or (row.size > 1.25 * body + 1 and not right):
            break
        left_edge, right_edge = fit
        if right:
            strip.first, strip.left, strip.right = k, left_edge, right_edge
    return strip


_NARROW = 0.55  # of the letters' size: a gutter is wider than this, and than most blanks between words
_LEAST = 3.0  # points: a quick look before a closer one


def cut_at_gutters(items: Sequence[Row]) -> list[Row]:
    """The rows with pieces cut where a narrow gutter runs down: where, in four rows or more that no word of the rows
    between them crosses, words begin at one place behind a blank that is wider than others."""
    begins: list[tuple[float, int, bool]] = []  # where words begin, in which row, whether inside a piece
    margin = min((row.x0 for row in items), default=0.0) + 60
    for at, row in enumerate(items):
        for piece in row.pieces:
            if piece[0].x0 > margin:
                begins.append((piece[0].x0, at, False))
            end, size = 10000.0, 0.0
            for word in piece:
                x0 = word.x0
                if x0 - end > _LEAST and x0 > margin and x0 - end > _NARROW * min(word.size, size):
                    begins.append((x0, at, True))
                end, size = word.x1, word.size
    if sum(inside for _, _, inside in begins) < 1 or len(begins) < 4:
        return list(items)
    begins.sort()
    cuts: dict[int, list[float]] = {}
    start = 0
    for end in range(1, len(begins) + 1):
        if end < len(begins) and begins[end][0] - begins[start][0] <= 1.2:
            continue
        for x, at in _of_gutter(items, begins[start:end]):
            cuts.setdefault(at, []).append(x)
        start = end
    return [_cut(row, cuts[at]) if at in cuts else row for at, row in enumerate(items)]


def _of_gutter(items: Sequence[Row], begins: Sequence[tuple[float, int, bool]]) -> list[tuple[float, int]]:
    """The places to cut, with their rows, among words that begin at one place, where a gutter runs down there."""
    if len(begins) < 4 or not any(inside for _, _, inside in begins):
        return []
    found: list[tuple[float, int]] = []
    ordered = sorted(begins, key=lambda begin: begin[1])
    run = [ordered[0]]
    for begin in [*ordered[1:], None]:
        if begin is not None and not any(_crosses(row, begin[0]) for row in items[run[-1][1] + 1 : begin[1]]):
            run.append(begin)
            continue
        inside = [(x, at) for x, at, cut in run if cut]
        if len(run) > 3 and len(inside) < 0.8 * len(run) + 1:
            found += inside
        if begin is not None:
            run = [begin]
    return found


def _crosses(row: Row, x: float) -> bool:
    """Whether a word of a row stands at a place or right before it."""
    near = x - 0.4 * row.pieces[0][0].size
    return any(
        piece[0].x0 < x - 1 and piece[-1].x1 > near and any(w.x0 < x - 1 and w.x1 > near for w in piece)
        for piece in row.pieces
    )


def _cut(row: Row, places: Sequence[float]) -> Row:
    """A row with pieces cut where a word begins at one of these places."""
    pieces: list[list[Word]] = []
    for piece in row.pieces:
        pieces.append([piece[0]])
        for word in piece[1:]:
            if word.x0 in places:
                pieces.append([word])
            else:
                pieces[-1].append(word)
    return Row(pieces, row.top, row.bottom, row.size)


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
