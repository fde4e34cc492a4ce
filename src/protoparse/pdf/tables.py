"""Tables whose column heads we know: ruled ones through pdfplumber, others by the places of their column heads.

pdfplumber is slow, so a page is opened with it only where a row of known column heads stands on the page and pdfium
sees a grid of lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from protoparse.models import CellPlace
from protoparse.pdf.reader import has_grid
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
