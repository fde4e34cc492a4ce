"""Tables read cell by cell, put together again into rows under their column heads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from protoparse.models import Line
from protoparse.text import Text, unwrap

# A head of a column of persons.
NAMED = re.compile(r"(?:namn|ledam[oö]t|ledamöter|ersättare|deltagare|förtroendevald)\w*", re.IGNORECASE)
_Parts = dict[int, dict[int, list[Line]]]  # row → column → the lines of the cell


@dataclass(slots=True)
class Grid:
    """A table: the heads of its columns in lower case, their print, where they begin (points), and the rows below them.

    `page` is its last page; `first` and `last` are the indexes of its first and last line among the lines that it was
    read from. The columns count from 0, from the left; a row holds only the cells that are filled.
    """

    page: int
    first: int
    last: int
    heads: dict[int, str] = field(default_factory=dict)
    head: list[Text] = field(default_factory=list)
    starts: dict[int, float] = field(default_factory=dict)
    rows: list[dict[int, Text]] = field(default_factory=list)


def grids(lines: Sequence[Line]) -> list[Grid]:
    """The tables among the lines, in their order; one that goes on over a page break is one."""
    found: list[Grid] = []
    table: int | None = None
    parts: _Parts = {}
    for at, line in enumerate(lines):
        cell = line.cell
        if cell is None:
            continue
        if cell.table != table:
            _close(found, parts)
            parts, table = {}, cell.table
            found.append(Grid(line.page, at, at))
        grid = found[-1]
        grid.last, grid.page = at, line.page
        grid.heads.setdefault(cell.column, cell.head)
        if cell.row == 0:
            if cell.column not in grid.starts:
                grid.head.append(line.text)
            grid.starts.setdefault(cell.column, line.x0)
        else:
            parts.setdefault(cell.row, {}).setdefault(cell.column, []).append(line)
    _close(found, parts)
    return found


def _close(found: list[Grid], parts: _Parts) -> None:
    """Fills the last table's rows; `Ej tjg` is one head, though its second word is known as one."""
    if not found:
        return
    grid = found[-1]
    for column in [c for c, head in grid.heads.items() if head in ("ej", "icke") and c + 1 in grid.heads]:
        grid.heads[column] += " " + grid.heads.pop(column + 1)
        grid.starts.pop(column + 1, None)
        for cells in parts.values():
            if column + 1 in cells:
                cells.setdefault(column, []).extend(cells.pop(column + 1))
    for row in sorted(parts):
        for part in _apart(parts[row]):
            grid.rows.append({column: unwrap(line.text for line in part[column]) for column in sorted(part)})


_MARK = 4  # letters at most of a cross or a party


def _apart(row: Mapping[int, list[Line]]) -> list[Mapping[int, list[Line]]]:
    """A row as the printed rows that it was put together from: a column of crosses or parties on several lines says
    that each line is a row of its own; a name over two lines does not."""
    marked = [ls for ls in row.values() if len(ls) > 1 and all(len(line.text) <= _MARK for line in ls)]
    first = row[min(row)]
    if not marked or len(first) < 2 or len({line.page for lines in row.values() for line in lines}) > 1:
        return [row]
    rows: list[Mapping[int, list[Line]]] = []
    for at, line in enumerate(first):
        end = first[at + 1].top - 3 if at + 1 < len(first) else float("inf")
        start = line.top - 3 if at else float("-inf")
        below = {column: [ln for ln in lines if start <= ln.top < end] for column, lines in row.items()}
        rows.append({column: lines for column, lines in below.items() if lines})
    return rows
