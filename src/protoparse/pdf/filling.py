"""Which words fill the cells of a table without vertical lines, and where its rows begin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from protoparse.models import CellPlace
from protoparse.pdf.frames import Frame, Heads, Table, column_at, heads_again
from protoparse.pdf.rows import Piece, Row
from protoparse.text import Word


def edges_of(items: Sequence[Row], columns: Sequence[tuple[float, float, str]]) -> list[float]:
    """Where each column begins: in the widest blank strip between its head and the head before it that no piece of the
    table crosses; so that figures set to the right stay below their head."""
    pieces = [piece for row in items for piece in row.pieces]
    edges = [min(columns[0][0], min(piece[0].x0 for piece in pieces)) - 1]
    for (_, left_end, _), (start, _, _) in pairwise(columns):
        strip = _widest_blank(pieces, left_end, start)
        edges.append(strip if strip is not None else start - 6)
    return edges


def _widest_blank(pieces: Sequence[Piece], left: float, right: float) -> float | None:
    """The right edge of the widest blank strip between two heads, with a piece to its right."""
    spans = [(p[0].x0, p[-1].x1) for p in pieces if p[-1].x1 > left]
    ends = [x1 for _, x1 in spans if x1 < right]
    begins = dict.fromkeys(x0 for x0, _ in spans if x0 > left)
    across = any(x0 < left - 2 and x1 > right + 2 for x0, x1 in spans)
    if across or not begins:
        return None
    best: tuple[float, float] | None = None
    for begin in begins:
        if begin > right + 1:
            continue
        end = max((e for e in ends if e <= begin), default=left)
        crossed = any(x0 < begin - 1 and x1 > begin for x0, x1 in spans)
        if not crossed and (best is None or begin - end > best[0]):
            best = (begin - end, begin)
    return best[1] - 1 if best else None


def filled_rows(
    items: Sequence[Row], after_heads: int, edges: Sequence[float], frame: Frame, heads: Heads, lines: Sequence[float]
) -> Table:
    """The table of these rows, its heads the first `after_heads` of them; `edges` tell where each column begins,
    `lines` how high the horizontal lines between its rows stand."""
    body = items[after_heads:]
    bands = [sum(y < (row.top + row.bottom) / 2 for y in lines) for row in body]
    by_lines = len(set(bands)) > max(1.0, 0.4 * len(body))
    pitch = 0.0 if _one_line_rows(body, edges) else min((b.top - a.top for a, b in pairwise(body)), default=0.0)
    full = [(b.top - a.top) for a, b in pairwise(body) if len(a.pieces) > 1 and len(b.pieces) > 1]
    tight = 0.85 * min(full, default=0.0)
    filled: dict[CellPlace, list[Word]] = {}
    number = frame.rows
    for k, row in enumerate(items):
        by_column: dict[int, list[Word]] = defaultdict(list)
        for piece in row.pieces:
            for word in piece:
                by_column[column_at(word.x0, edges, 0.5)].append(word)
        again = k < after_heads or heads_again([by_column[c] for c in sorted(by_column)], frame, heads)
        if not again and number == frame.rows:
            number += 1
        elif not again:
            at = k - after_heads
            if by_lines and bands[at] < len(lines):
                number += bands[at] != bands[at - 1]
            else:
                number += _begins_row(row, items[k - 1], by_column, pitch, tight)
        for column, words in by_column.items():
            filled.setdefault(frame.place(0 if again else number, column), []).extend(words)
    return Table(
        sorted(filled.items(), key=lambda item: (item[0].row, item[0].column)),
        frame._replace(rows=number),
        min(row.x0 for row in items),
        items[0].top,
        max(row.x1 for row in items),
        items[-1].bottom,
    )


def _one_line_rows(items: Sequence[Row], edges: Sequence[float]) -> bool:
    """Whether most printed rows fill the first column and another, unnumbered: then each is a row of the table."""
    if any(_NUMBER_FIRST.match(row.pieces[0][0].text) for row in items):
        return False
    full = sum(len(c := {column_at(p[0].x0, edges, 0.5) for p in row.pieces}) > 1 and 0 in c for row in items)
    return full >= 0.75 * len(items)


def _begins_row(row: Row, above: Row, by_column: Mapping[int, Sequence[Word]], pitch: float, tight: float) -> bool:
    """Whether a printed row begins a new row of the table: by a number, or by more space above than inside a cell.
    Where each printed row is one of the table (`pitch` 0), words of the first column alone go on with the row above
    when they stand nearer to it than other rows do (`tight`) or begin in mid-sentence."""
    if not by_column.get(0):
        return False
    first = by_column[0][0].text
    if not pitch and len(by_column) == 1 and (row.top - above.top < tight or first[:1].islower()):
        return False
    return _NUMBER_FIRST.match(first) is not None or row.top - above.top > 1.3 * pitch


_NUMBER_FIRST = re.compile(r"\d{1,2}(?:\.\d)?[.)]?\Z")
