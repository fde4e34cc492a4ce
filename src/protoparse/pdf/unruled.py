"""Tables without vertical lines: the places of their heads tell where the columns are."""

from __future__ import annotations

from collections.abc import Sequence

from protoparse.pdf.extent import blank_strips, columns_of, cut_at, end_of_table, first_words
from protoparse.pdf.filling import edges_of, filled_rows
from protoparse.pdf.frames import UNLISTED, Frame, Heads, Table, column_at, words_of
from protoparse.pdf.grid import Cell
from protoparse.pdf.heads import bold_share, may_be_heads, of_values, set_apart
from protoparse.pdf.rows import Row, text_of
from protoparse.pdf.ruling import Rule


def unruled(
    items: Sequence[Row], heads: Heads, rules: Sequence[Sequence[Rule]], number: int, before: Frame | None
) -> tuple[Table, int, int] | None:
    """The first table without vertical lines among the rows of a page, and the rows from and to which it runs.
    `rules` are groups of horizontal lines that may part its rows; `before` as for ruled tables."""
    if before is not None and not before.ruled and (found := _continued(items, before)):
        return found
    for at, row in enumerate(items):
        listed = len(row.pieces) > 1 and heads.name(first_words(row))
        if listed or _may_head(items, at, heads):
            found = _table_at(items, at, heads if listed else UNLISTED, rules, number)
            if found is not None:
                return found
    return None


def cut_at_cells(items: Sequence[Row], cells: Sequence[Cell]) -> list[Row]:
    """The rows with pieces cut where a word stands in another cell of a grid than the one before (tinted heads)."""
    if not cells:
        return list(items)
    top, bottom = min(cell.top for cell in cells), max(cell.bottom for cell in cells)
    return [_cut_by(row, cells) if top < (row.top + row.bottom) / 2 < bottom else row for row in items]


def _cut_by(row: Row, cells: Sequence[Cell]) -> Row:
    near = [cell for cell in cells if cell.top < (row.top + row.bottom) / 2 < cell.bottom]
    return cut_at(row, [cell.x0 + 2 for cell in near]) if len(near) > 2 else row


def _may_head(items: Sequence[Row], at: int, heads: Heads) -> bool:
    """Whether a row may be the column heads of a table without vertical lines: three at least, so that labels with
    values are none."""
    texts = [text_of(piece) for piece in items[at].pieces]
    return len(texts) > 2 and at + 2 < len(items) and not texts[0][:1].isdigit() and may_be_heads(texts, heads)


def _lines_of_table(items: Sequence[Row], at: int, rules: Sequence[Sequence[Rule]]) -> tuple[int, list[float]]:
    """The last row of heads when a horizontal line runs right below the row `at` (or one or two rows further down), and
    the heights of the lines from there to where nothing stands between two of them; else `at` and no lines."""
    row = items[at]
    for group in rules:
        if row.x0 < group[0].x0 - 6 or row.x1 > group[0].x1 + 6:
            continue
        below = [rule.y0 for rule in group if rule.y0 > row.bottom - 4]
        last = at
        while below and last + 1 < len(items) and items[last + 1].bottom - 4 < below[0]:
            last += 1
        if not below or last > at + 2 or below[0] - items[last].bottom > 1.2 * row.size:
            continue
        if last > at and bold_share(words_of(row)) > bold_share(words_of(items[last])):
            continue  # the line stands below the first row under the heads
        middles = [(item.top + item.bottom) / 2 for item in items[last + 1 :]]
        lines = below[:1]
        for y in below[1:]:
            if y - lines[-1] > 6 and not any(lines[-1] < middle < y for middle in middles):
                break
            lines.append(y)
        return last, lines
    return at, []


def _table_at(
    items: Sequence[Row], at: int, heads: Heads, rules: Sequence[Sequence[Rule]], number: int
) -> tuple[Table, int, int] | None:
    """The table whose heads begin in row `at`, if it is one."""
    last, lines = _lines_of_table(items, at, rules)
    bold = bold_share(words_of(items[at])) == 1
    while not lines and bold and last + 1 < len(items) and _more_heads(items[last], items[last + 1]):
        last += 1
    known = frozenset[str]().union(*heads.listed)
    columns = columns_of(items[at : last + 1], known)
    end = end_of_table(items, last, columns, heads, lines)
    finer = columns_of([cut_at(row, blank_strips(items[at:end])) for row in items[at : last + 1]], known)
    if len(finer) > len(columns):
        columns = finer
        end = end_of_table(items, last, columns, heads, lines)
    strips = blank_strips(items[at:end])
    body = [cut_at(row, strips) for row in items[last + 1 : end]]
    if not body or len(columns) < 2 or (not heads.listed and not _is_table(items[at : last + 1], body, columns, lines)):
        return None
    edges = edges_of([*items[at : last + 1], *body], columns)
    names = tuple(name for _, _, name in columns)
    frame = Frame(tuple(x for x, _, _ in columns), names, bool(heads.listed), number)
    return filled_rows([*items[at : last + 1], *body], last + 1 - at, edges, frame, heads, lines), at, end


def _more_heads(row: Row, below: Row) -> bool:
    """Whether the row below a bold one is a second line of the heads."""
    return below.top - row.bottom < 0.5 * row.size and bold_share(words_of(below)) == 1


def _is_table(
    head: Sequence[Row], body: Sequence[Row], columns: Sequence[tuple[float, float, str]], lines: Sequence[float]
) -> bool:
    """Whether rows below unlisted heads are cells and not the columns of running text: parted by horizontal lines, or
    short, and with a column of figures."""
    pieces = [piece for row in body for piece in row.pieces]
    full = [row for row in body if len(row.pieces) > 1]
    parted = sum(body[0].top < y for y in lines) > 0
    if len(full) < 2 or (len(full) < 0.5 * len(body) and not parted):
        return False
    if not parted and sum(map(len, pieces)) > 3.5 * len(pieces):
        return False
    edges = edges_of([*head, *body], columns)
    texts: list[list[str]] = [[] for _ in columns]
    for piece in pieces:
        texts[column_at(piece[0].x0, edges, 0)].append(text_of(piece))
    if sum(map(bool, texts)) < 2:
        return False
    words = [word for row in head for piece in row.pieces for word in piece]
    below = [word for piece in pieces for word in piece]
    return parted or (set_apart(words, below, texts) and any(of_values(column) for column in texts[1:]))


def _continued(items: Sequence[Row], before: Frame) -> tuple[Table, int, int] | None:
    """The rows at the top of a page that go on with the table of the page before: at least two, each with several
    cells that begin where its columns do."""
    end = 0
    while end < len(items) and _in_columns(items[end], before):
        end += 1
    full = [row for row in items[:end] if len(row.pieces) > 1]
    if len(full) < 2 or len(full) < 0.5 * end:
        return None
    edges = [start - 6 for start in before.starts]
    return filled_rows(items[:end], 0, edges, before, UNLISTED, ()), 0, end


def _in_columns(row: Row, frame: Frame) -> bool:
    return all(any(abs(piece[0].x0 - start) < 5 for start in frame.starts) for piece in row.pieces)
