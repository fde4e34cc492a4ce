"""Tables whose column heads we know: ruled ones through pdfplumber, others by the places of their column heads.

pdfplumber is slow, so a page is opened with it only where a row of known column heads stands on the page and pdfium
sees a grid of lines.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from protoparse.models import CellPlace
from protoparse.pdf.reader import has_grid
from protoparse.pdf.rows import Row
from protoparse.text import Word

Heads = Sequence[frozenset[str]]  # the column heads of one kind of table each, in lower case
Filled = tuple[CellPlace, list[Word]]  # a cell and its words


class Cell(NamedTuple):
    """A cell of a ruled table, in points from the top left corner of the page as a viewer shows it; `table` counts the
    tables of the page, `row` the rows of the table."""

    table: int
    row: int
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in the cell."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def plain(word: Word) -> str:
    """A word as it is compared with a column head."""
    return word.text.lower().strip(":.")


def names_columns(firsts: Iterable[str], heads: Heads) -> bool:
    """Whether the first words of a row's pieces hold all heads of a known kind of table."""
    found = set(firsts)
    return any(head <= found for head in heads)


def cells_of(path: Path, number: int) -> list[Cell]:
    """The cells of the ruled tables of a page (1-based) in reading order; empty where pdfium sees no grid."""
    if not has_grid(path, number):
        return []
    import pdfplumber  # a fifth of a second, and most runs never need it

    with pdfplumber.open(path, pages=[number]) as pdf:
        page = pdf.pages[0]
        left, top = page.cropbox[0] - page.bbox[0], page.cropbox[1] - page.bbox[1]
        return [
            Cell(t, r, cell[0] - left, cell[1] - top, cell[2] - left, cell[3] - top)
            for t, table in enumerate(page.find_tables())
            for r, row in enumerate(table.rows)
            for cell in row.cells
            if cell is not None
        ]


def ruled(words: Iterable[Word], cells: Sequence[Cell], heads: Heads) -> tuple[list[Filled], list[Word]]:
    """The filled cells of the ruled tables that have known column heads, and the words outside them."""
    inside: dict[Cell, list[Word]] = {cell: [] for cell in cells}
    outside: list[Word] = []
    for word in words:
        cell = next((cell for cell in cells if cell.holds(word)), None)
        (outside if cell is None else inside[cell]).append(word)
    filled: list[Filled] = []
    for table in sorted({cell.table for cell in cells}):
        found, rest = _one_table({c: w for c, w in inside.items() if c.table == table}, heads)
        filled.extend(found)
        outside.extend(rest)
    return filled, outside


def _one_table(inside: dict[Cell, list[Word]], heads: Heads) -> tuple[list[Filled], list[Word]]:
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in inside:
        by_row[cell.row].append(cell)
    first = next((r for r, row in by_row.items() if names_columns(_firsts(row, inside), heads)), None)
    if first is None:
        return [], [word for words in inside.values() for word in words]
    columns = sorted(by_row[first], key=lambda cell: cell.x0)
    names = [" ".join(map(plain, inside[cell])) for cell in columns]
    filled, outside = [], []
    for cell, words in inside.items():
        if cell.row < first:
            outside.extend(words)
        elif words:
            at = max((k for k, c in enumerate(columns) if c.x0 <= cell.x0 + 3), default=0)
            again = names_columns(_firsts(by_row[cell.row], inside), heads)
            filled.append((CellPlace(cell.table, 0 if again else cell.row - first, at, names[at]), words))
    return filled, outside


def _firsts(row: Sequence[Cell], inside: dict[Cell, list[Word]]) -> list[str]:
    return [plain(inside[cell][0]) for cell in row if inside[cell]]


# ---------------------------------------------------------------- without ruling lines


def first_words(row: Row) -> list[str]:
    return [plain(piece[0]) for piece in row.pieces]


def _column_starts(row: Row, heads: Heads) -> list[tuple[float, str]]:
    """Where each column of a table begins, and its head: pieces of the row of heads, and known heads inside them."""
    known = frozenset[str]().union(*heads)
    starts: list[tuple[float, str]] = []
    for piece in row.pieces:
        for at, word in enumerate(piece):
            if at == 0 or plain(word) in known:
                starts.append((word.x0, plain(word)))
            else:
                starts[-1] = (starts[-1][0], f"{starts[-1][1]} {plain(word)}")
    return starts


def _column_of(word: Word, starts: Sequence[tuple[float, str]]) -> int:
    return max((k for k, (x, _) in enumerate(starts) if x <= word.x0 + 6), default=0)


def _ends_table(row: Row, above: Row, starts: Sequence[tuple[float, str]], heads: Heads) -> bool:
    """Whether a row stands below the table: after a gap, across its columns, or to the left of it."""
    if row.top - above.bottom > 2.4 * max(above.size, 8) or row.x0 < starts[0][0] - 8 or row.size > above.size + 2.5:
        return True
    across = any(p[0].x0 < x - 8 and p[-1].x1 > x + 12 for p in row.pieces for x, _ in starts[1:])
    return across and not names_columns(first_words(row), heads)


def unruled(items: Sequence[Row], at: int, heads: Heads) -> tuple[list[Filled], int]:
    """The filled cells of a table without ruling lines whose heads stand in row `at`, and the row after its last."""
    starts = _column_starts(items[at], heads)
    end = at + 1
    while end < len(items) and not _ends_table(items[end], items[end - 1], starts, heads):
        end += 1
    if end < at + 2 or len(starts) < 2:
        return [], at
    pitch = 0.0 if _one_line_rows(items[at + 1 : end], starts) else _pitch(items[at + 1 : end])
    filled: dict[CellPlace, list[Word]] = {}
    number = 0
    for k in range(at, end):
        row = items[k]
        by_column: dict[int, list[Word]] = defaultdict(list)
        for piece in row.pieces:
            for word in piece:
                by_column[_column_of(word, starts)].append(word)
        again = names_columns(first_words(row), heads)
        if not again and _begins_row(row, items[k - 1], by_column, pitch, number):
            number += 1
        for column, words in by_column.items():
            place = CellPlace(at, 0 if again else number, column, starts[column][1])
            filled.setdefault(place, []).extend(words)
    return sorted(filled.items(), key=lambda item: (item[0].row, item[0].column)), end


def _pitch(items: Sequence[Row]) -> float:
    return min((b.top - a.top for a, b in pairwise(items)), default=0.0)


def _one_line_rows(items: Sequence[Row], starts: Sequence[tuple[float, str]]) -> bool:
    """Whether most printed rows fill the first column and another, unnumbered: then each is a row of the table."""
    if any(_NUMBER_FIRST.match(row.pieces[0][0].text) for row in items):
        return False
    full = sum(len(c := {_column_of(p[0], starts) for p in row.pieces}) > 1 and 0 in c for row in items)
    return full >= 0.75 * len(items)


def _begins_row(row: Row, above: Row, by_column: dict[int, list[Word]], pitch: float, number: int) -> bool:
    """Whether a printed row begins a new row of the table: by a number, or by more space above than inside a cell."""
    if number == 0:
        return True
    if 0 not in by_column:
        return False
    return _NUMBER_FIRST.match(by_column[0][0].text) is not None or row.top - above.top > 1.3 * pitch


_NUMBER_FIRST = re.compile(r"\d{1,2}(?:\.\d)?[.)]?\Z")
