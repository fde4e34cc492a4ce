"""Ruled tables through pdfplumber. It is slow, so a page is opened only where a row of known column heads stands on
it and pdfium sees a grid of lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from protoparse.pdf.reader import has_grid
from protoparse.text import Word


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


def has_column_heads(rows: Iterable[Iterable[Sequence[Word]]], heads: Sequence[frozenset[str]]) -> bool:
    """Whether some row, cut at its wide blanks, begins its pieces with all words of a known table head."""
    return any(head <= {piece[0].text.lower().strip(":.") for piece in row} for row in rows for head in heads)


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
