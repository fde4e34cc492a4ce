"""Words → lines in reading order: furniture kept apart, columns one after another, tables cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from protoparse.models import Line
from protoparse.pdf.columns import blocks
from protoparse.pdf.furniture import LeftOut, repeated_shapes, without_furniture
from protoparse.pdf.reader import Document, Page
from protoparse.pdf.rows import Row, line_of, rows
from protoparse.pdf.tables import Cell, Filled, Heads, cells_of, first_words, names_columns, ruled, unruled
from protoparse.text import Text


@dataclass(slots=True)
class Layout:
    """The running lines of a document in reading order, and what was left out of them."""

    lines: list[Line]
    left_out: list[LeftOut] = field(default_factory=list)


def page_lines(page: Page, items: list[Row], heads: Heads = (), ruled_cells: Sequence[Cell] = ()) -> list[Line]:
    """The lines of a page in reading order from its rows; tables with known column heads are read cell by cell."""
    if not items:
        return []
    body = median(word.size for word in page.words)
    if ruled_cells:
        filled, outside = ruled((w for row in items for piece in row.pieces for w in piece), ruled_cells, heads)
        if any(place.row for place, _ in filled):  # else only its head is ruled
            return _with_tables(_running_lines(rows(outside), page, body), filled)
    at = next((k for k, row in enumerate(items) if names_columns(first_words(row), heads)), None)
    if at is None:
        return _running_lines(items, page, body)
    filled, end = unruled(items, at, heads)
    if not filled:
        return _running_lines(items, page, body)
    before = _running_lines(items[:at], page, body)
    after = page_lines(page, items[end:], heads)
    return [*before, *_cell_lines(filled, 100 + at), *(replace(ln, column=ln.column + 200) for ln in after)]


def _running_lines(items: list[Row], page: Page, body: float) -> list[Line]:
    found: list[Line] = []
    for column, block in enumerate(blocks(items, page.width, body) if items else []):
        found.extend(_block_lines(block, column))
    return found


def _block_lines(block: Sequence[Row], column: int) -> list[Line]:
    return [line_of(row, column, above) for row, above in zip(block, [None, *block], strict=False)]


def _cell_lines(filled: Sequence[Filled], column: int) -> list[Line]:
    found: list[Line] = []
    for k, (place, words) in enumerate(filled):
        found.extend(replace(line, cell=place) for line in _block_lines(rows(words), column + k))
    return found


def _with_tables(lines: list[Line], filled: Sequence[Filled]) -> list[Line]:
    """The lines outside tables with the cells' lines put in where each table begins."""
    for table in sorted({place.table for place, _ in filled}):
        found = _cell_lines([f for f in filled if f[0].table == table], 100 * (table + 1))
        at = next((k for k, line in enumerate(lines) if line.top > found[0].top and not line.cell), len(lines))
        lines[at:at] = found
    return lines


def _ruled_cells(document: Document, page: Page, items: list[Row], heads: Heads) -> list[Cell]:
    if not any(names_columns(first_words(row), heads) for row in items):
        return []
    return cells_of(document.path, page.number)


def lay_out(
    document: Document, table_heads: Sequence[str] = (), is_heading: Callable[[str], bool] = lambda text: False
) -> Layout:
    """The lines of a document in reading order, running heads, page numbers and signature boxes left out.

    Tables with one of the column heads (words of one row, blank between them) are read cell by cell. What
    `is_heading` knows is never a running head, though it may stand at the same height on many pages.
    """
    heads = [frozenset(head.lower().split()) for head in table_heads]
    pages = [(page, rows(page.words)) for page in document.pages]
    repeated = repeated_shapes(pages) if len(pages) > 1 else set()
    result = Layout([])
    for page, items in pages:
        kept, left_out = without_furniture(page, items, repeated, is_heading)
        result.lines.extend(page_lines(page, kept, heads, _ruled_cells(document, page, kept, heads)))
        result.left_out.extend(left_out)
    return result


def sideways_lines(page: Page) -> list[LeftOut]:
    """Words that run across the reading direction (stamps, margin text), kept apart from the running text."""
    return [
        LeftOut(
            Line(Text.of_words([w]), w.page, w.x0, w.top, w.x1, w.bottom, w.size, w.bold), "står på tvären i marginalen"
        )
        for w in page.sideways
    ]
