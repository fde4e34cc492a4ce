"""Tables: which grids and which rows of column heads are tables, and which words fill their cells.

A ruled grid is read cell by cell when its first row is a row of column heads: heads that `rules/header.yml` lists, or
words set apart from the cells below them. What has no such row (a box, labels with their values, a form for
signatures) stays running text. Without ruling lines the heads' places tell where the columns are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from protoparse.models import CellPlace
from protoparse.pdf.grid import Cell
from protoparse.pdf.rows import Piece, Row, of_pieces, rows, text_of
from protoparse.pdf.ruling import Rule
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


_UNLISTED = Heads()


def _name(words: Iterable[Word]) -> str:
    return " ".join(map(plain, words))


# ---------------------------------------------------------------- what a row of heads looks like

_MOST_WORDS, _MOST_LETTERS = 8, 60  # of one column head
_NO_HEAD = re.compile(r"§|\(?\d+[.)]?\s|\d+[.)]?\Z|\d{4}-\d\d|[^?]*:\Z|.*[a-zåäö]{3}\.\Z", re.DOTALL)
_VALUE = re.compile(r"[-–+±]?\s?\d.*|[xX×✓–-]|(?i:ja|nej|cirka \d.*|ca\.? \d.*)", re.DOTALL)


def _may_be_heads(texts: Sequence[str], heads: Heads) -> bool:
    """Whether the texts of a row are short enough for heads, and neither numbered nor sentences nor all labels."""
    return not all(map(heads.is_label, texts)) and all(
        len(text) <= _MOST_LETTERS and len(text.split()) <= _MOST_WORDS and not _NO_HEAD.match(text) for text in texts
    )


def _bold(words: Iterable[Word]) -> float:
    """The bold share of some words by their letters."""
    letters = [(len(word.text), word.bold) for word in words]
    total = sum(count for count, _ in letters)
    return sum(count for count, bold in letters if bold) / total if total else 0.0


def _of_values(texts: Sequence[str]) -> bool:
    """Whether a column holds figures, dates or marks."""
    return len(texts) > 1 and sum(bool(_VALUE.fullmatch(text)) for text in texts) >= 0.7 * len(texts)


def _set_apart(head: Sequence[Word], body: Sequence[Word], columns: Sequence[Sequence[str]]) -> bool:
    """Whether a first row is set or worded otherwise than what stands below it: bold, or words above figures.
    `columns` are the texts of the cells below, column by column."""
    if _bold(head) == 1 and _bold(body) < 0.5:
        return True
    figures = any(char.isdigit() for word in head for char in word.text)
    return len(columns) > 2 and not figures and any(_of_values(column) for column in columns[1:])


def _shorter(names: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether three texts or more name what stands below them: one word mostly, no figures or brackets, and most cells
    below have more words. `columns` are the cells' texts, column by column."""
    if len(names) < 3 or len(names) != len(columns) or any(not name.replace(" ", "").isalpha() for name in names):
        return False
    words = [len(name.split()) for name in names]
    longer = [
        2 * sum(len(text.split()) > count for text in texts) > len(texts)
        for count, texts in zip(words, columns, strict=True)
    ]
    return max(words) < 3 and 2 * words.count(1) > len(words) and all(longer)


def _words_of(row: Row) -> list[Word]:
    return [word for piece in row.pieces for word in piece]


# ---------------------------------------------------------------- ruled


def ruled(
    words: Iterable[Word], cells: Sequence[Cell], heads: Heads, number: int, before: Frame | None
) -> tuple[list[Table], list[Word]]:
    """The tables among the ruled grids of a page, numbered from `number`, with the grids that are none but have to be
    read cell by cell; and the words outside them. `before` is the table that ended the page before, if one did: a grid
    of its columns goes on with it."""
    inside: dict[Cell, list[Word]] = {cell: [] for cell in cells}
    outside: list[Word] = []
    for word in words:
        cell = next((cell for cell in cells if cell.holds(word)), None)
        (outside if cell is None else inside[cell]).append(word)
    found: list[Table] = []
    for grid in sorted({cell.table for cell in cells}):
        of_grid = {c: w for c, w in inside.items() if c.table == grid}
        table, rest = _one_grid(of_grid, heads, number, before)
        before = None
        if table is None and (form := form_of(of_grid)) is not None:
            found.append(form)
            continue
        outside.extend(rest)
        if table is not None and table.frame is not None:
            found.append(table)
            number = max(number, table.frame.table + 1)
    return found, outside


def _one_grid(
    inside: Mapping[Cell, list[Word]], heads: Heads, number: int, before: Frame | None
) -> tuple[Table | None, list[Word]]:
    everything = [word for words in inside.values() for word in words]
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in inside:
        by_row[cell.row].append(cell)
    for row in by_row.values():
        row.sort(key=lambda cell: cell.x0)
    top = _heads_at(by_row, inside, heads)
    if top is None:
        starts = _inner_starts(inside)
        if before is None or not before.fits(starts):
            return None, everything
        return _filled_grid(inside, before, min(by_row), min(by_row) - 1, heads), []
    first, last, listed = top
    frame = _frame(inside, first, last, listed, number)
    if before is not None and before.fits(frame.starts) and before.names == frame.names:
        frame = before
    above = [word for cell, words in inside.items() if cell.row < first for word in words]
    table = _filled_grid(inside, frame, first, last, heads)
    return (table, above) if table.frame is not None and table.frame.rows > frame.rows else (None, everything)


def _inner_starts(inside: Mapping[Cell, list[Word]]) -> list[float]:
    """Where the columns of a grid without heads begin, by its row with the most cells."""
    by_row: dict[int, list[float]] = defaultdict(list)
    for cell in inside:
        by_row[cell.row].append(cell.x0)
    return sorted(max(by_row.values(), key=len))


def _heads_at(
    by_row: Mapping[int, Sequence[Cell]], inside: Mapping[Cell, list[Word]], heads: Heads
) -> tuple[int, int, bool] | None:
    """The first and last row of column heads of a grid, and whether they are listed ones."""
    for row in sorted(by_row):
        if heads.name(plain(inside[cell][0]) for cell in by_row[row] if inside[cell]):
            return row, _last_of_heads(row, by_row, inside), True
    rows = [row for row in sorted(by_row) if sum(bool(inside[cell]) for cell in by_row[row]) > 1]
    if len(rows) < 3:
        return None
    first = rows[0]
    named = [cell for cell in by_row[first] if inside[cell]]
    last = _last_of_heads(first, by_row, inside)
    if len(named) < len(by_row[first]) - 1 or not _may_be_heads([text_of(inside[cell]) for cell in named], heads):
        return None
    below = [cell for cell in inside if cell.row > last and inside[cell]]
    edges = sorted(cell.x0 for cell in by_row[first])
    columns = [
        [text_of(inside[cell]) for cell in below if x - 3 <= cell.x0 < right - 3]
        for x, right in pairwise([*edges, float("inf")])
    ]
    head = [word for cell in named for word in inside[cell]]
    body = [word for cell in below for word in inside[cell]]
    if sum(map(bool, columns)) < 2:
        return None
    if not _set_apart(head, body, columns) and not _shorter([text_of(inside[cell]) for cell in named], columns):
        return None
    return first, last, False


def _last_of_heads(first: int, by_row: Mapping[int, Sequence[Cell]], inside: Mapping[Cell, list[Word]]) -> int:
    """The last row of heads: those that a head reaches down to, or one that parts a head of several columns."""
    last = max((cell.last_row for cell in by_row[first] if inside[cell] and len(by_row[first]) > 1), default=first)
    wide = any(cell.last_column > cell.column for cell in by_row[first])
    if last == first and wide and first + 1 in by_row:
        cells = [cell for cell in by_row[first + 1] if inside[cell]]
        words = [word for cell in cells for word in inside[cell]]
        if len(cells) > len(by_row[first]) and _bold(words) == 1:
            return first + 1
    return last


def _frame(inside: Mapping[Cell, list[Word]], first: int, last: int, listed: bool, number: int) -> Frame:
    over = [cell for cell in inside if first <= cell.row <= last]
    columns = sorted((cell for cell in over if cell.last_row >= last), key=lambda cell: cell.x0)
    names = []
    for column in columns:
        middle = (column.x0 + column.x1) / 2
        stack = sorted((cell for cell in over if cell.x0 <= middle <= cell.x1), key=lambda cell: cell.top)
        names.append(" ".join(_name(inside[cell]) for cell in stack if inside[cell]))
    return Frame(tuple(cell.x0 for cell in columns), tuple(names), listed, number, ruled=True)


def _filled_grid(inside: Mapping[Cell, list[Word]], frame: Frame, first: int, last: int, heads: Heads) -> Table:
    """The filled cells from row `first` on, the heads (to row `last`, and where they are repeated) as row 0."""
    filled: list[Filled] = []
    number = frame.rows
    by_row: dict[int, list[tuple[int, Cell]]] = defaultdict(list)
    for cell, words in inside.items():
        if cell.row >= first and words:
            by_row[cell.row].append((_column_at(cell.x0, frame.starts, 3), cell))
    for row in sorted(by_row):
        cells = sorted(by_row[row])
        again = row <= last or _is_heads([inside[cell] for _, cell in cells], frame, heads)
        if not again and not (row == first and _goes_on(cells, inside)):
            number += 1
        filled.extend((frame.place(0 if again else number, column), inside[cell]) for column, cell in cells)
    at = [cell for cell in inside if cell.row >= first]
    return Table(
        filled,
        frame._replace(rows=number),
        min(cell.x0 for cell in at),
        min(cell.top for cell in at),
        max(cell.x1 for cell in at),
        max(cell.bottom for cell in at),
    )


def _goes_on(cells: Sequence[tuple[int, Cell]], inside: Mapping[Cell, list[Word]]) -> bool:
    """Whether the first row after a page break is the rest of the row before it: nothing in its first column, and what
    there is begins in mid-sentence."""
    return cells[0][0] > 0 and all(inside[cell][0].text[:1].islower() for _, cell in cells)


def _is_heads(cells: Sequence[Sequence[Word]], frame: Frame, heads: Heads) -> bool:
    """Whether the filled cells of a row are the heads once more."""
    if frame.listed and heads.name(plain(words[0]) for words in cells):
        return True
    return [_name(words) for words in cells] == [name for name in frame.names if name]


def _column_at(x: float, starts: Sequence[float], slack: float) -> int:
    return max((k for k, start in enumerate(starts) if start <= x + slack), default=0)


# ---------------------------------------------------------------- ruled, without heads


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
        parts.extend(_parts([printed for _, printed in sorted(by_row[row], key=lambda item: item[0].x0)]))
    at = list(inside)
    edges = min(c.x0 for c in at), min(c.top for c in at), max(c.x1 for c in at), max(c.bottom for c in at)
    return Table([], None, *edges, parts)


def _parts(cells: Sequence[Sequence[Row]]) -> list[list[Row]]:
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


# ---------------------------------------------------------------- without vertical lines


def first_words(row: Row) -> list[str]:
    """The first word of each piece of a row, as compared with column heads."""
    return [plain(piece[0]) for piece in row.pieces]


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
            found = _table_at(items, at, heads if listed else _UNLISTED, rules, number)
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
    return _cut_at(row, [cell.x0 + 2 for cell in near]) if len(near) > 2 else row


def _may_head(items: Sequence[Row], at: int, heads: Heads) -> bool:
    """Whether a row may be the column heads of a table without vertical lines: three at least, so that labels with
    values are none."""
    texts = [text_of(piece) for piece in items[at].pieces]
    return len(texts) > 2 and at + 2 < len(items) and not texts[0][:1].isdigit() and _may_be_heads(texts, heads)


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
        if last > at and _bold(_words_of(row)) > _bold(_words_of(items[last])):
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
    bold = _bold(_words_of(items[at])) == 1
    while not lines and bold and last + 1 < len(items) and _more_heads(items[last], items[last + 1]):
        last += 1
    known = frozenset[str]().union(*heads.listed)
    columns = _columns(items[at : last + 1], known)
    end = _end(items, last, columns, heads, lines)
    finer = _columns([_cut_at(row, _strips(items[at:end])) for row in items[at : last + 1]], known)
    if len(finer) > len(columns):
        columns = finer
        end = _end(items, last, columns, heads, lines)
    strips = _strips(items[at:end])
    body = [_cut_at(row, strips) for row in items[last + 1 : end]]
    if not body or len(columns) < 2 or (not heads.listed and not _is_table(items[at : last + 1], body, columns, lines)):
        return None
    edges = _edges([*items[at : last + 1], *body], columns)
    names = tuple(name for _, _, name in columns)
    frame = Frame(tuple(x for x, _, _ in columns), names, bool(heads.listed), number)
    return _filled_rows([*items[at : last + 1], *body], last + 1 - at, edges, frame, heads, lines), at, end


def _end(
    items: Sequence[Row],
    last: int,
    columns: Sequence[tuple[float, float, str]],
    heads: Heads,
    lines: Sequence[float],
) -> int:
    """The row after the last one of the table whose heads end in row `last`."""
    end = last + 1
    while end < len(items) and not _ends(items[end], items[end - 1], columns, heads, lines):
        end += 1
    return end


def _strips(items: Sequence[Row]) -> list[float]:
    """Where words begin behind a blank strip that runs down through all rows: narrower than between pieces, but wider
    than between words. In fewer than three rows such a strip says nothing."""
    if len(items) < 3:
        return []
    edges = sorted((word.x0, word.x1) for row in items for word in _words_of(row))
    wide = 0.6 * max(min(row.size for row in items), 6)
    found: list[float] = []
    reach = edges[0][1]
    for x0, x1 in edges:
        if x0 - reach > wide:
            found.append(x0)
        reach = max(reach, x1)
    return found


def _cut_at(row: Row, starts: Sequence[float]) -> Row:
    """A row whose pieces are cut where a column begins."""
    pieces: list[Piece] = []
    for piece in row.pieces:
        pieces.append([piece[0]])
        for before, word in pairwise(piece):
            if any(before.x1 < x - 2 <= word.x0 for x in starts):
                pieces.append([word])
            else:
                pieces[-1].append(word)
    return of_pieces(pieces)


def _more_heads(row: Row, below: Row) -> bool:
    """Whether the row below a bold one is a second line of the heads."""
    return below.top - row.bottom < 0.5 * row.size and _bold(_words_of(below)) == 1


def _columns(rows_of_heads: Sequence[Row], known: frozenset[str]) -> list[tuple[float, float, str]]:
    """From where to where each column's head stands, and the head: pieces of the rows of heads that overlap, and
    listed heads inside them."""
    columns: list[tuple[float, float, str]] = []
    for piece in rows_of_heads[0].pieces:
        for at, word in enumerate(piece):
            if at == 0 or (plain(word) in known and not _goes_on_small(piece, at)):
                columns.append((word.x0, word.x1, plain(word)))
            else:
                x0, _, name = columns[-1]
                columns[-1] = (x0, word.x1, f"{name} {plain(word)}")
    for row in rows_of_heads[1:]:
        for piece in row.pieces:
            a, b = piece[0].x0, piece[-1].x1
            k = max(range(len(columns)), key=lambda k: min(b, columns[k][1]) - max(a, columns[k][0]))
            x0, x1, name = columns[k]
            columns[k] = (min(a, x0), max(b, x1), f"{name} {_name(piece)}")
    return columns


def _goes_on_small(piece: Piece, at: int) -> bool:
    """Whether a word goes on with the head before it: `Tjänstgörande ersättare`, with no more than a word's blank."""
    before, word = piece[at - 1], piece[at]
    return word.text[:1].islower() and piece[0].text[:1].isupper() and word.x0 - before.x1 < 0.6 * word.size


def _ends(
    row: Row, above: Row, columns: Sequence[tuple[float, float, str]], heads: Heads, lines: Sequence[float]
) -> bool:
    """Whether a row stands below the table: below its last line, after a gap, across its columns, or left of it. Its
    heads once more, but for the first (`Övriga` for `Namn`), go on with it."""
    if len(row.pieces) > 1 and [_name(piece) for piece in row.pieces[1:]] == [name for _, _, name in columns[1:]]:
        return False
    if len(lines) > 1 and (row.top + row.bottom) / 2 > lines[-1] and row.top - above.bottom > 0.3 * row.size:
        return True
    gap = row.top - above.bottom > 2.4 * max(above.size, 8)
    if gap or row.x0 < columns[0][0] - 8 or row.size > above.size + 2.5:
        return True
    across = any(
        piece[0].x0 < right[0] - 8 and piece[-1].x1 > right[0] + 12 and not _blank_between(piece, left[0], right[1])
        for piece in row.pieces
        for left, right in pairwise(columns)
    )
    return across and not heads.name(first_words(row))


def _blank_between(piece: Piece, x0: float, x1: float) -> bool:
    """Whether a blank wider than those between words lies in a piece between two places: it may part two cells."""
    return any(
        after.x0 - before.x1 > 0.6 * after.size and before.x1 > x0 and after.x0 < x1
        for before, after in pairwise(piece)
    )


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
    edges = _edges([*head, *body], columns)
    texts: list[list[str]] = [[] for _ in columns]
    for piece in pieces:
        texts[_column_at(piece[0].x0, edges, 0)].append(text_of(piece))
    if sum(map(bool, texts)) < 2:
        return False
    words = [word for row in head for piece in row.pieces for word in piece]
    below = [word for piece in pieces for word in piece]
    return parted or (_set_apart(words, below, texts) and any(_of_values(column) for column in texts[1:]))


def _edges(items: Sequence[Row], columns: Sequence[tuple[float, float, str]]) -> list[float]:
    """Where each column begins: in the widest blank strip between its head and the head before it that no piece of the
    table crosses; so that figures set to the right stay below their head."""
    pieces = [piece for row in items for piece in row.pieces]
    edges = [min(columns[0][0], min(piece[0].x0 for piece in pieces)) - 1]
    for (_, left_end, _), (start, _, _) in pairwise(columns):
        strip = _widest_blank(pieces, left_end, start)
        edges.append(strip if strip is not None else start - 6)
    return edges


def _widest_blank(pieces: Sequence[Piece], left: float, right: float) -> float | None:
    """The right edge of the widest blank strip between two heads, with a piece to its right."""
    spans = [(p[0].x0, p[-1].x1) for p in pieces if p[-1].x1 > left]
    ends = [x1 for _, x1 in spans if x1 < right]
    begins = dict.fromkeys(x0 for x0, _ in spans if x0 > left)
    across = any(x0 < left - 2 and x1 > right + 2 for x0, x1 in spans)
    if across or not begins:
        return None
    best: tuple[float, float] | None = None
    for begin in begins:
        if begin > right + 1:
            continue
        end = max((e for e in ends if e <= begin), default=left)
        crossed = any(x0 < begin - 1 and x1 > begin for x0, x1 in spans)
        if not crossed and (best is None or begin - end > best[0]):
            best = (begin - end, begin)
    return best[1] - 1 if best else None


def _filled_rows(
    items: Sequence[Row], after_heads: int, edges: Sequence[float], frame: Frame, heads: Heads, lines: Sequence[float]
) -> Table:
    body = items[after_heads:]
    bands = [sum(y < (row.top + row.bottom) / 2 for y in lines) for row in body]
    by_lines = len(set(bands)) > max(1.0, 0.4 * len(body))
    pitch = 0.0 if _one_line_rows(body, edges) else min((b.top - a.top for a, b in pairwise(body)), default=0.0)
    full = [(b.top - a.top) for a, b in pairwise(body) if len(a.pieces) > 1 and len(b.pieces) > 1]
    tight = 0.85 * min(full, default=0.0)
    filled: dict[CellPlace, list[Word]] = {}
    number = frame.rows
    for k, row in enumerate(items):
        by_column: dict[int, list[Word]] = defaultdict(list)
        for piece in row.pieces:
            for word in piece:
                by_column[_column_at(word.x0, edges, 0.5)].append(word)
        again = k < after_heads or _is_heads([by_column[c] for c in sorted(by_column)], frame, heads)
        if not again and number == frame.rows:
            number += 1
        elif not again:
            at = k - after_heads
            if by_lines and bands[at] < len(lines):
                number += bands[at] != bands[at - 1]
            else:
                number += _begins_row(row, items[k - 1], by_column, pitch, tight)
        for column, words in by_column.items():
            filled.setdefault(frame.place(0 if again else number, column), []).extend(words)
    return Table(
        sorted(filled.items(), key=lambda item: (item[0].row, item[0].column)),
        frame._replace(rows=number),
        min(row.x0 for row in items),
        items[0].top,
        max(row.x1 for row in items),
        items[-1].bottom,
    )


def _one_line_rows(items: Sequence[Row], edges: Sequence[float]) -> bool:
    """Whether most printed rows fill the first column and another, unnumbered: then each is a row of the table."""
    if any(_NUMBER_FIRST.match(row.pieces[0][0].text) for row in items):
        return False
    full = sum(len(c := {_column_at(p[0].x0, edges, 0.5) for p in row.pieces}) > 1 and 0 in c for row in items)
    return full >= 0.75 * len(items)


def _begins_row(row: Row, above: Row, by_column: Mapping[int, Sequence[Word]], pitch: float, tight: float) -> bool:
    """Whether a printed row begins a new row of the table: by a number, or by more space above than inside a cell.
    Where each printed row is one of the table (`pitch` 0), words of the first column alone go on with the row above
    when they stand nearer to it than other rows do (`tight`) or begin in mid-sentence."""
    if not by_column.get(0):
        return False
    first = by_column[0][0].text
    if not pitch and len(by_column) == 1 and (row.top - above.top < tight or first[:1].islower()):
        return False
    return _NUMBER_FIRST.match(first) is not None or row.top - above.top > 1.3 * pitch


_POINT = re.compile(r"\(?(?:\d{1,2}|[a-zåäö])[.)]\Z")
_NUMBER_FIRST = re.compile(r"\d{1,2}(?:\.\d)?[.)]?\Z")


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
    return _filled_rows(items[:end], 0, edges, before, _UNLISTED, ()), 0, end


def _in_columns(row: Row, frame: Frame) -> bool:
    return all(any(abs(piece[0].x0 - start) < 5 for start in frame.starts) for piece in row.pieces)


# ---------------------------------------------------------------- without lines and without heads

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
    if not (_may_be_heads(texts[0], heads) and _shorter(texts[0], below)):
        parts = [part for cells in grid for part in _parts([cell for cell in cells if cell])]
        return Table([], None, *edges, parts)
    starts = tuple(piece[0].x0 for piece in items[0].pieces)
    names = tuple(text.lower() for text in texts[0])
    frame = Frame(starts, names, False, number, len(grid) - 1)
    filled = [
        (frame.place(row, column), [word for line in cell for word in _words_of(line)])
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
    if any(_bold(_words_of(row)) == 1 for row in items[len(groups[0]) :]) or not _wrapped(grid, starts):
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
