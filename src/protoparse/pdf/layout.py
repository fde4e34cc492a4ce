"""Words → lines in reading order: furniture kept apart, columns one after another, tables cell by cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from protoparse.models import Line
from protoparse.pdf.columns import blocks, cut_at_gutters
from protoparse.pdf.frames import Filled, Frame, Heads, Table
from protoparse.pdf.furniture import LeftOut, running, without_furniture
from protoparse.pdf.grid import cells_of, rules_alone
from protoparse.pdf.open_grids import open_grid
from protoparse.pdf.reader import Document, Page
from protoparse.pdf.rows import Row, line_of, of_pieces, rows, text_of
from protoparse.pdf.ruled import ruled
from protoparse.pdf.ruling import Rule
from protoparse.pdf.unruled import cut_at_cells, unruled
from protoparse.style import SENTENCE_END
from protoparse.text import Text, Word


@dataclass(slots=True)
class Layout:
    """The running lines of a document in reading order, and what was left out of them."""

    lines: list[Line]
    left_out: list[LeftOut] = field(default_factory=list)


def _page_lines(
    page: Page, items: list[Row], heads: Heads, number: int, before: Frame | None
) -> tuple[list[Line], int, Frame | None]:
    """The lines of a page, the number of the next table and the table that the page ends with. `before` is the one that
    the page before ended with."""
    if not items:
        return [], number, before
    body = median(word.size for word in page.words)
    found: list[Table] = []
    if cells := cells_of(page.rules, page.height):
        inside = (word for row in items for piece in row.pieces for word in piece)
        found, outside = ruled(inside, cells, heads, number, before)
        if found:
            items = rows(outside)
            number = max(number, *(table.frame.table + 1 for table in found if table.frame is not None), 0)
        items = cut_at_cells(items, cells)
    alone = rules_alone(page.rules, page.height) if page.rules else []
    lines: list[Line] = []
    last: Frame | None = None
    while items or found:
        table = found[0] if found else None
        above, below = _parted(items, table) if table else (items, [])
        number, last = _unruled(lines, above, page, body, heads, alone, number, None if lines else before, last)
        if table is None:
            break
        _add(lines, _table_lines(table, page, body))
        last, items, found = table.frame, below, found[1:]
    return lines, number, last


def _parted(items: list[Row], table: Table) -> tuple[list[Row], list[Row]]:
    """The rows before and after a table: those above its middle that begin above it, and the rest; what stands beside
    the table comes after it."""
    above = [row for row in items if row.top + row.bottom < 2 * table.top + 4]
    return above, items[len(above) :]


def _unruled(
    lines: list[Line],
    items: list[Row],
    page: Page,
    body: float,
    heads: Heads,
    alone: Sequence[Sequence[Rule]],
    number: int,
    before: Frame | None,
    last: Frame | None,
) -> tuple[int, Frame | None]:
    """Adds the lines of rows without a ruled grid: running text, and tables by their heads alone. Gives the number of
    the next table, and the table when nothing follows it."""
    while items:
        found = unruled(items, heads, alone, number, before)
        found = open_grid(items[: found[1]] if found else items, heads, number) or found
        if found is None:
            _add(lines, _running_lines(items, page, body, heads))
            return number, None
        table, start, end = found
        if start:
            _add(lines, _running_lines(items[:start], page, body, heads))
        _add(lines, _table_lines(table, page, body))
        number, last, before = max(number, table.frame.table + 1 if table.frame else 0), table.frame, None
        items = items[end:]
    return number, last


def _add(lines: list[Line], more: list[Line]) -> None:
    """Puts lines behind others, their columns counted on."""
    first = lines[-1].column + 1 if lines else 0
    lines.extend([replace(line, column=line.column + first) for line in more] if first else more)


def _running_lines(items: list[Row], page: Page, body: float, heads: Heads) -> list[Line]:
    items = cut_at_gutters(items)
    parts: list[list[Row]] = []
    after = 0
    for start, end in _labelled(items, heads):
        parts += blocks(items[after:start], page.width, body)
        parts.append(items[start:end])
        after = end
    parts += blocks(items[after:], page.width, body)
    found: list[Line] = []
    for column, block in enumerate(parts):
        found.extend(_with_whole_labels(block, column, heads))
    return found


def _table_lines(table: Table, page: Page, body: float) -> list[Line]:
    return _form_lines(table.parts, page, body) if table.frame is None else _cell_lines(table.filled)


def _form_lines(parts: Sequence[Sequence[Row]], page: Page, body: float) -> list[Line]:
    """The lines of a grid that is read cell by cell, as one column; values listed in columns are read so."""
    found: list[Line] = []
    above: Row | None = None
    for part in parts:
        for block in blocks(list(part), page.width, body):
            for row in block:
                found.append(line_of(row, 0, above if above is not None and above.top < row.top - 1 else None))
                above = row
    return found


def _labelled(items: Sequence[Row], heads: Heads) -> Iterator[tuple[int, int]]:
    """From which to which row each block of labels with values beside them reaches, three labels at least: what is
    listed in columns there are the values of a label, no columns of the page."""
    start = 0
    while start < len(items):
        end, labels = start, 0
        while end < len(items) and abs(items[end].x0 - items[start].x0) < 3:
            count = _lines_of_label(items, end, heads)
            if not count:
                break
            end, labels = _end_of_values(items, end, count), labels + 1
        if labels > 2:
            yield start, end
        start = max(end, start + 1)


def _with_whole_labels(block: Sequence[Row], column: int, heads: Heads) -> list[Line]:
    """The lines of a block. A label that runs over several lines beside its values is read before them, and values that
    are listed in columns are read column by column."""
    found: list[Line] = []
    at = 0
    while at < len(block):
        above = block[at - 1] if at else None
        count = _lines_of_label(block, at, heads)
        end = _end_of_values(block, at, count)
        second = _second_label(block[at:end], heads) if count else None
        if second is not None:
            for half in _halves(block[at:end], second):
                found.extend(_with_whole_labels(half, column, heads))
            at = end
            continue
        values = [
            of_pieces(row.pieces[row.x0 < block[at].x0 + 3 :])
            for row in block[at:end]
            if row.pieces[1:] or row.x0 > block[at].x0 + 3
        ]
        parts = _listed(values) if count else [values]
        if count < 2 and len(parts) < 2:
            found.append(line_of(block[at], column, above))
            at += 1
            continue
        labels = [of_pieces(row.pieces[:1]) for row in block[at : at + count]]
        found.extend(line_of(row, column, before) for row, before in zip(labels, [above, *labels], strict=False))
        for part in parts:
            found.extend(line_of(row, column, before) for row, before in zip(part, [None, *part], strict=False))
        at = end
    return found


def _listed(values: list[Row]) -> list[list[Row]]:
    """The values of a label, column by column where they are listed in columns."""
    if len(values) < 2:
        return [values]
    return blocks(values, max(row.x1 for row in values) - min(row.x0 for row in values), values[0].size)


def _second_label(region: Sequence[Row], heads: Heads) -> float | None:
    """Where a second label begins in the row of a first one, with values of its own to the right."""
    for k, piece in enumerate(region[0].pieces[1:-1], 1):
        beside = [of_pieces(row.pieces[at:]) for row in region if (at := _piece_at(row, piece[0].x0)) is not None]
        if beside and len(region[0].pieces) > k + 1 and _lines_of_label(beside, 0, heads):
            return piece[0].x0
    return None


def _piece_at(row: Row, x: float) -> int | None:
    return next((k for k, piece in enumerate(row.pieces) if abs(piece[0].x0 - x) < 3), None)


def _halves(region: Sequence[Row], x: float) -> list[list[Row]]:
    """The rows to the left and to the right of a place."""
    left = [[piece for piece in row.pieces if piece[0].x0 < x - 3] for row in region]
    right = [[piece for piece in row.pieces if piece[0].x0 >= x - 3] for row in region]
    return [[of_pieces(pieces) for pieces in half if pieces] for half in (left, right)]


def _end_of_values(block: Sequence[Row], at: int, count: int) -> int:
    """The row after the last one with values of the label that begins in row `at` and runs over `count` rows."""
    end = at + max(count, 1)
    while count and end < len(block) and block[end].x0 > block[at].pieces[0][-1].x1:
        end += 1
    return end


def _lines_of_label(block: Sequence[Row], at: int, heads: Heads) -> int:
    """Over how many rows (three at most) the label runs that a row with values begins with; 0 when it begins with
    none."""
    first = block[at].pieces[0]
    if len(block[at].pieces) < 2:
        return 0
    text = text_of(first)
    whole = int(heads.is_label(text))
    for count, row in enumerate(block[at + 1 : at + 3], 2):
        piece = row.pieces[0]
        if abs(piece[0].x0 - first[0].x0) > 3 or piece[0].size != first[0].size or piece[0].bold != first[0].bold:
            break
        text = f"{text[:-1]}{text_of(piece)}" if text.endswith("-") else f"{text} {text_of(piece)}"
        if heads.is_label(text):
            whole = count
        elif heads.is_label(text_of(piece)):
            break
    return whole


def _block_lines(block: Sequence[Row], column: int) -> list[Line]:
    return [line_of(row, column, above) for row, above in zip(block, [None, *block], strict=False)]


def _cell_lines(filled: Sequence[Filled]) -> list[Line]:
    found: list[Line] = []
    for column, (place, words) in enumerate(filled):
        found.extend(replace(line, cell=place) for line in _block_lines(rows(words), column))
    return found


def lay_out(
    document: Document,
    table_heads: Sequence[str] = (),
    is_heading: Callable[[str], bool] = lambda text: False,
    is_label: Callable[[str], bool] = lambda text: False,
) -> Layout:
    """The lines of a document in reading order, running heads, page numbers and signature boxes left out.

    Tables are read cell by cell; `table_heads` are the column heads (words of one row, blank between them) by which a
    table is known even when nothing sets them apart, and a row of which `is_label` knows everything heads none. What
    `is_heading` knows is never a running head, though it may stand at the same height on many pages.
    """
    heads = Heads(tuple(frozenset(head.lower().split()) for head in table_heads), is_label)
    pages = [(page, rows([*page.words, *page.marks] if page.marks else page.words)) for page in document.pages]
    recurring = running(pages)
    result = Layout([])
    number, frame = 0, None
    notes: list[Line] = []
    for page, items in pages:
        kept, left_out = without_furniture(page, items, recurring, is_heading)
        lines, number, frame = _page_lines(page, kept, heads, number, frame)
        if page.tints:
            lines = list(_tinted(lines, page.tints))
        at = _footnotes_at(lines, page, recurring.body) if page.rules else len(lines)
        result.lines.extend(_with_notes(lines[:at], notes))
        notes = lines[at:]
        if notes and (not at or SENTENCE_END.search(lines[at - 1].text.string)):
            result.lines.extend(notes)
            notes = []
        result.left_out.extend(left_out)
        result.left_out.extend(_kept_apart(word, "utanför sidans kant") for word in page.outside)
    result.lines.extend(notes)
    return result


_NOTE = re.compile(r"(?:\d{1,2}|\*{1,3}|[¹²³⁴-⁹]{1,2})\)?\s?[^\W\d]")


def _footnotes_at(lines: Sequence[Line], page: Page, body: float) -> int:
    """Where the footnotes of a page begin among its lines: small letters at its end below a short ruling line; the
    number of lines where there are none."""
    at = len(lines)
    while (
        at and lines[at - 1].size <= 0.9 * body and lines[at - 1].cell is None and lines[at - 1].top > 0.5 * page.height
    ):
        at -= 1
    if at in (0, len(lines)) or not _NOTE.match(lines[at].text.string):
        return len(lines)
    above, first = lines[at - 1], lines[at]
    short = any(
        rule.y1 - rule.y0 < 1
        and above.bottom - 4 < rule.y0 < first.top + 4
        and abs(rule.x0 - first.x0) < 12
        and 30 < rule.x1 - rule.x0 < 0.45 * page.width
        for rule in page.rules
    )
    return at if short else len(lines)


def _with_notes(lines: Sequence[Line], notes: Sequence[Line]) -> list[Line]:
    """The lines of a page, with the footnotes of the page before behind the sentence that goes on from there."""
    if not notes:
        return list(lines)
    at = next((k for k, line in enumerate(lines, 1) if SENTENCE_END.search(line.text.string)), len(lines))
    return [*lines[:at], *notes, *lines[at:]]


def _tinted(lines: Iterable[Line], tints: Sequence[Rule]) -> Iterator[Line]:
    """The lines, told of each whether it stands on a tinted field."""
    for line in lines:
        x, y = line.x0 + 1, (line.top + line.bottom) / 2
        on = any(tint.x0 <= x <= tint.x1 and tint.y0 <= y <= tint.y1 for tint in tints)
        yield replace(line, tinted=True) if on else line


def sideways_lines(page: Page) -> list[LeftOut]:
    """Words that run across the reading direction (stamps, margin text), kept apart from the running text."""
    return [_kept_apart(word, "står på tvären i marginalen") for word in page.sideways]


def _kept_apart(w: Word, reason: str) -> LeftOut:
    return LeftOut(Line(Text.of_words([w]), w.page, w.x0, w.top, w.x1, w.bottom, w.size, w.bold), reason)
