"""Tables: their cells, their columns, and the column heads that are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from protoparse.models import CellPlace
from protoparse.pdf.rows import Row
from protoparse.text import Word

Filled = tuple[CellPlace, list[Word]]  # a cell and its words


class Frame(NamedTuple):
    """What a table's columns are: where each begins, its head in lower case, whether the heads are listed, the table's
    number in the document, the number of its last row and whether vertical lines part its columns. A table over a page
    break goes on with it."""

    starts: tuple[float, ...]
    names: tuple[str, ...]
    listed: bool
    table: int
    rows: int = 0
    ruled: bool = False

    def place(self, row: int, column: int) -> CellPlace:
        """The place of a cell in this table."""
        return CellPlace(self.table, row, column, self.names[column], self.listed)

    def fits(self, starts: Sequence[float]) -> bool:
        """Whether columns that begin at these places are this table's."""
        return len(starts) == len(self.starts) and all(abs(a - b) < 5 for a, b in zip(starts, self.starts, strict=True))


@dataclass(slots=True)
class Table:
    """A table of one page: its filled cells in reading order, its frame, and from where to where it stands. A grid
    without heads that is read cell by cell has no frame, but `parts`: rows that are read one after another."""

    filled: list[Filled]
    frame: Frame | None
    x0: float
    top: float
    x1: float
    bottom: float
    parts: list[list[Row]] = field(default_factory=list)


def plain(word: Word) -> str:
    """A word as it is compared with a column head."""
    return word.text.lower().strip(":.")


@dataclass(frozen=True, slots=True)
class Heads:
    """The column heads that are known, those of one kind of table together, in lower case; and what is a label of a
    protocol's header: a row of nothing but labels heads no table."""

    listed: tuple[frozenset[str], ...] = ()
    is_label: Callable[[str], bool] = lambda text: False

    def name(self, firsts: Iterable[str]) -> bool:
        """Whether the first words of a row's pieces hold all heads of a known kind of table."""
        found = set(firsts)
        return any(head <= found for head in self.listed)


UNLISTED = Heads()


def name_of(words: Iterable[Word]) -> str:
    """Words as they are compared with a column head."""
    return " ".join(map(plain, words))


def words_of(row: Row) -> list[Word]:
    """The words of all pieces of a row."""
    return [word for piece in row.pieces for word in piece]


def heads_again(cells: Sequence[Sequence[Word]], frame: Frame, heads: Heads) -> bool:
    """Whether the filled cells of a row are the heads once more."""
    if frame.listed and heads.name(plain(words[0]) for words in cells):
        return True
    return [name_of(words) for words in cells] == [name for name in frame.names if name]


def column_at(x: float, starts: Sequence[float], slack: float) -> int:
    """The last column that begins at a place or before it, but for so much slack in points."""
    return max((k for k, start in enumerate(starts) if start <= x + slack), default=0)
