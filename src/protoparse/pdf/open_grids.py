"""Tables that neither lines nor the look of their heads tell: columns of cells, wrapped beside shorter ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from protoparse.pdf.forms import parts_of
from protoparse.pdf.frames import Frame, Heads, Table, words_of
from protoparse.pdf.heads import bold_share, may_be_heads, shorter
from protoparse.pdf.rows import Row, of_pieces, text_of

_LONGEST = 8  # printed lines of a cell: what runs on longer is a text in columns


def open_grid(items: Sequence[Row], heads: Heads, number: int) -> tuple[Table, int, int] | None:
    """The first table that neither lines nor the look of its heads tell, and the rows from and to which it runs: three
    columns or more whose cells begin side by side, row after row, with more space between the rows than inside the
    cells, and wrapped cells beside shorter ones. Columns of prose and lists side by side have no such rows."""
    at = 0
    while at + 3 < len(items):
        end = at + 1
        if len(items[at].pieces) > 2:
            end = _end_of_columns(items, at)
            if end - at > 3 and (cells := _cells_of_rows(items[at:end], heads)):
                return _open_table(items[at:end], cells, heads, number), at, end
        at = end
    return None


def _open_table(items: Sequence[Row], grid: Sequence[Sequence[Sequence[Row]]], heads: Heads, number: int) -> Table:
    """The table of these cells: with heads, where its first row names what stands below; else row by row."""
    texts = [[" ".join(text_of(line.pieces[0]) for line in cell) for cell in cells] for cells in grid]
    edges = min(row.x0 for row in items), items[0].top, max(row.x1 for row in items), items[-1].bottom
    below = [[text for text in column if text] for column in zip(*texts[1:], strict=True)]
    if not (may_be_heads(texts[0], heads) and shorter(texts[0], below)):
        parts = [part for cells in grid for part in parts_of([cell for cell in cells if cell])]
        return Table([], None, *edges, parts)
    starts = tuple(piece[0].x0 for piece in items[0].pieces)
    names = tuple(text.lower() for text in texts[0])
    frame = Frame(starts, names, False, number, len(grid) - 1)
    filled = [
        (frame.place(row, column), [word for line in cell for word in words_of(line)])
        for row, cells in enumerate(grid)
        for column, cell in enumerate(cells)
        if cell
    ]
    return Table(filled, frame, *edges)


def _end_of_columns(items: Sequence[Row], at: int) -> int:
    """The row after the last one whose pieces all begin where those of row `at` do, none reaching into the next
    column, in letters of one size."""
    first = items[at]
    starts = [piece[0].x0 for piece in first.pieces]
    end = at + 1
    while end < len(items):
        row, above = items[end], items[end - 1]
        if row.top - above.bottom > 2 * max(above.size, 8) or abs(row.size - above.size) > 1 + (end == at + 1):
            break
        places = [_start_at(piece[0].x0, starts) for piece in row.pieces]
        if None in places or any(
            place is not None and place + 1 < len(starts) and piece[-1].x1 > starts[place + 1]
            for place, piece in zip(places, row.pieces, strict=True)
        ):
            break
        end += 1
    return end


def _start_at(x: float, starts: Sequence[float]) -> int | None:
    """The column that begins at a place."""
    return next((k for k, start in enumerate(starts) if abs(x - start) < 3), None)


def _cells_of_rows(items: Sequence[Row], heads: Heads) -> list[list[list[Row]]]:
    """The cells of rows in columns, row by row; nothing where they are no rows of a table."""
    pitch = min(below.top - above.top for above, below in pairwise(items))
    groups = [[items[0]]]
    for above, row in pairwise(items):
        if row.top - above.top > 1.25 * pitch:
            groups.append([row])
        else:
            groups[-1].append(row)
    starts = [piece[0].x0 for piece in items[0].pieces]
    grid = [[_column_of(group, start) for start in starts] for group in groups]
    full = sum(all(cells) and len(group[0].pieces) == len(starts) for group, cells in zip(groups, grid, strict=True))
    ragged = sum(len({len(cell) for cell in cells}) > 1 for cells in grid)
    if len(grid) < 3 or full < 0.75 * len(grid) or ragged < 2 or ragged < 0.3 * len(grid):
        return []
    if any(len(group) > _LONGEST or not _opens_row(group[0], starts[0], heads) for group in groups):
        return []
    if any(bold_share(words_of(row)) == 1 for row in items[len(groups[0]) :]) or not _wrapped(grid, starts):
        return []
    return grid


def _column_of(group: Sequence[Row], start: float) -> list[Row]:
    """The printed lines of a row's cell in the column that begins at a place."""
    return [of_pieces([piece]) for row in group for piece in row.pieces if abs(piece[0].x0 - start) < 3]


def _wrapped(grid: Sequence[Sequence[Sequence[Row]]], starts: Sequence[float]) -> bool:
    """Whether most cells of several lines are broken where the next column begins, as cells are, and not where a
    sentence beside them goes on below: their next word would have stood in its way."""
    filled: list[bool] = []
    for cells in grid:
        for cell, right in zip(cells, starts[1:], strict=False):
            for row, below in pairwise(cell):
                word = below.pieces[0][0]
                filled.append(row.x1 + word.x1 - word.x0 > right - 1.5 * row.size - 6)
    return 2 * sum(filled) >= len(filled)


def _opens_row(row: Row, left: float, heads: Heads) -> bool:
    """Whether a printed line may be the first of a table's row: it has a first cell, which is neither a label nor a
    mark, and another."""
    text = text_of(row.pieces[0])
    return len(row.pieces) > 1 and abs(row.x0 - left) < 3 and text[0].isalnum() and not heads.is_label(text)
