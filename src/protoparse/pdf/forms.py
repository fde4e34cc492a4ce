"""Grids without heads, and the order in which the cells of a row are read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from protoparse.pdf.frames import Table
from protoparse.pdf.grid import Cell
from protoparse.pdf.rows import Row, of_pieces, rows, text_of
from protoparse.text import Word


def form_of(inside: Mapping[Cell, list[Word]]) -> Table | None:
    """A grid without heads whose printed lines would mix the lines of several cells, to be read cell by cell: labels
    that stand at half the height of their values, or over several lines beside them; wrapped cells side by side."""
    by_row: dict[int, list[tuple[Cell, list[Row]]]] = defaultdict(list)
    for cell, words in inside.items():
        if words:
            by_row[cell.row].append((cell, rows(words)))
    if not any(_mixes([printed for _, printed in cells]) for cells in by_row.values()):
        return None
    parts: list[list[Row]] = []
    for row in sorted(by_row):
        parts.extend(parts_of([printed for _, printed in sorted(by_row[row], key=lambda item: item[0].x0)]))
    at = list(inside)
    edges = min(c.x0 for c in at), min(c.top for c in at), max(c.x1 for c in at), max(c.bottom for c in at)
    return Table([], None, *edges, parts)


def parts_of(cells: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The cells of a row as they are read: as one printed line where each is one; a label or the number of a point
    together with the first line beside it; else one cell after another."""
    if all(len(printed) == 1 for printed in cells):
        return [[of_pieces([piece for printed in cells for piece in printed[0].pieces])]]
    first, *others = cells
    if len(first) == 1 and (len(cells) == 2 or _POINT.match(text_of(first[0].pieces[0]))):
        beside, *more = others
        return [[of_pieces([*first[0].pieces, *beside[0].pieces]), *beside[1:]], *map(list, more)]
    return [list(printed) for printed in cells]


def _mixes(cells: Sequence[Sequence[Row]]) -> bool:
    """Whether reading the cells of a row line by line would mix them: several of them have several lines, or one has
    them and stands beside two others, or beside one that begins lower."""
    long = [printed for printed in cells if len(printed) > 1]
    if not long or len(cells) < 2:
        return False
    first = min(printed[0].top for printed in long)
    lower = any(printed[0].top > first + 0.5 * printed[0].size for printed in cells)
    return len(long) > 1 or len(cells) > 2 or lower


_POINT = re.compile(r"\(?(?:\d{1,2}|[a-zåäö])[.)]\Z")
