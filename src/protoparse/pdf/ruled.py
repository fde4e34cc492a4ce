"""Ruled tables: a grid whose first row is a row of column heads is read cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from protoparse.pdf.forms import form_of
from protoparse.pdf.frames import Filled, Frame, Heads, Table, column_at, heads_again, name_of, plain
from protoparse.pdf.grid import Cell
from protoparse.pdf.heads import bold_share, may_be_heads, set_apart, shorter
from protoparse.pdf.rows import text_of
from protoparse.text import Word


def ruled(
    words: Iterable[Word], cells: Sequence[Cell], heads: Heads, number: int, before: Frame | None
) -> tuple[list[Table], list[Word]]:
    """The tables among the ruled grids of a page, numbered from `number`, with the grids that are none but have to be
    read cell by cell; and the words outside them. `before` is the table that ended the page before, if one did: a grid
    of its columns goes on with it."""
    inside: dict[Cell, list[Word]] = {cell: [] for cell in cells}
    outside: list[Word] = []
    for word in words:
        cell = next((cell for cell in cells if cell.holds(word)), None)
        (outside if cell is None else inside[cell]).append(word)
    found: list[Table] = []
    for grid in sorted({cell.table for cell in cells}):
        of_grid = {c: w for c, w in inside.items() if c.table == grid}
        table, rest = _one_grid(of_grid, heads, number, before)
        before = None
        if table is None and (form := form_of(of_grid)) is not None:
            found.append(form)
            continue
        outside.extend(rest)
        if table is not None and table.frame is not None:
            found.append(table)
            number = max(number, table.frame.table + 1)
    return found, outside


def _one_grid(
    inside: Mapping[Cell, list[Word]], heads: Heads, number: int, before: Frame | None
) -> tuple[Table | None, list[Word]]:
    everything = [word for words in inside.values() for word in words]
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in inside:
        by_row[cell.row].append(cell)
    for row in by_row.values():
        row.sort(key=lambda cell: cell.x0)
    top = _heads_at(by_row, inside, heads)
    if top is None:
        starts = _inner_starts(inside)
        if before is None or not before.fits(starts):
            return None, everything
        return _filled_grid(inside, before, min(by_row), min(by_row) - 1, heads), []
    first, last, listed = top
    frame = _frame(inside, first, last, listed, number)
    if before is not None and before.fits(frame.starts) and before.names == frame.names:
        frame = before
    above = [word for cell, words in inside.items() if cell.row < first for word in words]
    table = _filled_grid(inside, frame, first, last, heads)
    return (table, above) if table.frame is not None and table.frame.rows > frame.rows else (None, everything)


def _inner_starts(inside: Mapping[Cell, list[Word]]) -> list[float]:
    """Where the columns of a grid without heads begin, by its row with the most cells."""
    by_row: dict[int, list[float]] = defaultdict(list)
    for cell in inside:
        by_row[cell.row].append(cell.x0)
    return sorted(max(by_row.values(), key=len))


def _heads_at(
    by_row: Mapping[int, Sequence[Cell]], inside: Mapping[Cell, list[Word]], heads: Heads
) -> tuple[int, int, bool] | None:
    """The first and last row of column heads of a grid, and whether they are listed ones."""
    for row in sorted(by_row):
        if heads.name(plain(inside[cell][0]) for cell in by_row[row] if inside[cell]):
            return row, _last_of_heads(row, by_row, inside), True
    rows = [row for row in sorted(by_row) if sum(bool(inside[cell]) for cell in by_row[row]) > 1]
    if len(rows) < 3:
        return None
    first = rows[0]
    named = [cell for cell in by_row[first] if inside[cell]]
    last = _last_of_heads(first, by_row, inside)
    if len(named) < len(by_row[first]) - 1 or not may_be_heads([text_of(inside[cell]) for cell in named], heads):
        return None
    below = [cell for cell in inside if cell.row > last and inside[cell]]
    edges = sorted(cell.x0 for cell in by_row[first])
    columns = [
        [text_of(inside[cell]) for cell in below if x - 3 <= cell.x0 < right - 3]
        for x, right in pairwise([*edges, float("inf")])
    ]
    head = [word for cell in named for word in inside[cell]]
    body = [word for cell in below for word in inside[cell]]
    if sum(map(bool, columns)) < 2:
        return None
    if not set_apart(head, body, columns) and not shorter([text_of(inside[cell]) for cell in named], columns):
        return None
    return first, last, False


def _last_of_heads(first: int, by_row: Mapping[int, Sequence[Cell]], inside: Mapping[Cell, list[Word]]) -> int:
    """The last row of heads: those that a head reaches down to, or one that parts a head of several columns."""
    last = max((cell.last_row for cell in by_row[first] if inside[cell] and len(by_row[first]) > 1), default=first)
    wide = any(cell.last_column > cell.column for cell in by_row[first])
    if last == first and wide and first + 1 in by_row:
        cells = [cell for cell in by_row[first + 1] if inside[cell]]
        words = [word for cell in cells for word in inside[cell]]
        if len(cells) > len(by_row[first]) and bold_share(words) == 1:
            return first + 1
    return last


def _frame(inside: Mapping[Cell, list[Word]], first: int, last: int, listed: bool, number: int) -> Frame:
    over = [cell for cell in inside if first <= cell.row <= last]
    columns = sorted((cell for cell in over if cell.last_row >= last), key=lambda cell: cell.x0)
    names = []
    for column in columns:
        middle = (column.x0 + column.x1) / 2
        stack = sorted((cell for cell in over if cell.x0 <= middle <= cell.x1), key=lambda cell: cell.top)
        names.append(" ".join(name_of(inside[cell]) for cell in stack if inside[cell]))
    return Frame(tuple(cell.x0 for cell in columns), tuple(names), listed, number, ruled=True)


def _filled_grid(inside: Mapping[Cell, list[Word]], frame: Frame, first: int, last: int, heads: Heads) -> Table:
    """The filled cells from row `first` on, the heads (to row `last`, and where they are repeated) as row 0."""
    filled: list[Filled] = []
    number = frame.rows
    by_row: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for cell, words in inside.items():
        if cell.row >= first and words:
            by_row[cell.row].append((column_at(cell.x0, frame.starts, 3), cell))
    for row in sorted(by_row):
        cells = sorted(by_row[row])
        again = row <= last or heads_again([inside[cell] for _, cell in cells], frame, heads)
        if not again and not (row == first and _goes_on(cells, inside)):
            number += 1
        filled.extend((frame.place(0 if again else number, column), inside[cell]) for column, cell in cells)
    at = [cell for cell in inside if cell.row >= first]
    return Table(
        filled,
        frame._replace(rows=number),
        min(cell.x0 for cell in at),
        min(cell.top for cell in at),
        max(cell.x1 for cell in at),
        max(cell.bottom for cell in at),
    )


def _goes_on(cells: Sequence[tuple[int, Cell]], inside: Mapping[Cell, list[Word]]) -> bool:
    """Whether the first row after a page break is the rest of the row before it: nothing in its first column, and what
    there is begins in mid-sentence."""
    return cells[0][0] > 0 and all(inside[cell][0].text[:1].islower() for _, cell in cells)
