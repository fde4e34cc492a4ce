"""Words → lines → blocks in reading order.

Rows of words are cut at wide blanks into pieces; where a blank strip runs down between pieces over several rows, the
rows are columns and are read one after another. Lines that repeat at the top or bottom of most pages are furniture and
are kept apart, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from protoparse.models import CellPlace, Line
from protoparse.pdf.reader import Document, Page
from protoparse.pdf.tables import Cell, Filled, Heads, cells_of, names_columns, plain, ruled
from protoparse.text import Text, Word

Piece = list[Word]  # words of one row with no wide blank between them


@dataclass(slots=True)
class Row:
    """Words on one baseline, cut into pieces at wide blanks."""

    pieces: list[Piece]
    top: float
    bottom: float

    @property
    def x0(self) -> float:
        return self.pieces[0][0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1][-1].x1

    @property
    def size(self) -> float:
        return max(word.size for piece in self.pieces for word in piece)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is not running text, and why (in Swedish, for `explain`)."""

    line: Line
    reason: str


@dataclass(slots=True)
class Layout:
    """The running lines of a document in reading order, and what was left out of them."""

    lines: list[Line]
    left_out: list[LeftOut] = field(default_factory=list)


# ---------------------------------------------------------------- rows


def rows(words: Iterable[Word]) -> list[Row]:
    """Words grouped by baseline, top to bottom; inside a row left to right, cut at wide blanks."""
    groups: list[list[Word]] = []
    low: list[float] = []  # the baseline of each group, roughly: its words' middle
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        middle = (word.top + word.bottom) / 2
        height = word.bottom - word.top
        for k in range(len(groups) - 1, max(-1, len(groups) - 5), -1):
            if abs(middle - low[k]) < 0.4 * min(height, groups[k][0].bottom - groups[k][0].top):
                groups[k].append(word)
                break
        else:
            groups.append([word])
            low.append(middle)
    return [_row(group) for group in groups]


def _unspaced(words: list[Word]) -> list[Word]:
    """Letterspaced words put together (`P R O T O K O L L`); a blank wider than those between letters parts them."""
    letters = sum(len(word.text) == 1 and word.text.isalpha() for word in words)
    if letters < 5 or letters < 0.8 * len(words):
        return words
    gaps = sorted(b.x0 - a.x1 for a, b in pairwise(words))
    usual = gaps[len(gaps) // 3]
    joined = [words[0]]
    for before, word in pairwise(words):
        if word.x0 - before.x1 < usual + 0.22 * word.size:
            last = joined[-1]
            joined[-1] = last._replace(text=last.text + word.text, x1=word.x1)
        else:
            joined.append(word)
    return joined


def _row(words: list[Word]) -> Row:
    words.sort(key=lambda w: w.x0)
    if len(words) > 5:
        words = _unspaced(words)
    pieces: list[Piece] = [[words[0]]]
    for before, word in pairwise(words):
        if word.x0 - before.x1 > 1.05 * max(before.size, word.size, 6):
            pieces.append([word])
        else:
            pieces[-1].append(word)
    return Row(pieces, min(w.top for w in words), max(w.bottom for w in words))


# ---------------------------------------------------------------- columns

_MARK_ONLY = re.compile(r"(?:§+\s*)?\(?[\d.,:/–-]*[a-zA-Z]?[.)]?|[•●▪■o–·*-]")


@dataclass(slots=True)
class _Strip:
    """A blank strip that runs down between the pieces of consecutive rows."""

    left: float
    right: float
    first: int
    last: int
    both: int = 1  # rows with pieces on both sides


def _gaps(row: Row) -> list[tuple[float, float]]:
    return [(a[-1].x1, b[0].x0) for a, b in pairwise(row.pieces)]


def _fits(row: Row, left: float, right: float) -> tuple[float, float] | None:
    """What is left of the strip when it passes this row; None when words stand in its way."""
    for piece in row.pieces:
        x0, x1 = piece[0].x0, piece[-1].x1
        if x1 <= left + 1 or x0 >= right - 1:
            continue
        if x0 <= left and x1 >= right:
            return None
        if x0 <= left or (x1 < right and x1 - left < right - x0):
            left = max(left, x1)
        else:
            right = min(right, x0)
    return (left, right) if right - left >= 6 else None


def _strip_from(items: Sequence[Row], at: int, gap: tuple[float, float], body: float) -> _Strip:
    """The strip that starts in a gap of row `at` and runs as far down as it can."""
    strip = _Strip(gap[0], gap[1], at, at)
    blank = 0.0
    for k in range(at + 1, len(items)):
        row = items[k]
        fit = _fits(row, strip.left, strip.right)
        if fit is None or row.size > 1.25 * body + 1:
            break
        sides = {piece[0].x0 >= fit[1] - 1 for piece in row.pieces}
        blank = row.top - items[k - 1].bottom
        if len(sides) == 1 and blank > 2.2 * body:
            break
        strip.left, strip.right = fit
        strip.last = k
        strip.both += len(sides) == 2
    return strip


def _sides(items: Sequence[Row], strip: _Strip) -> tuple[list[Row], list[Row]]:
    left, right = [], []
    for row in items[strip.first : strip.last + 1]:
        a = [p for p in row.pieces if p[-1].x1 <= strip.left + 1]
        b = [p for p in row.pieces if p[-1].x1 > strip.left + 1]
        if a:
            left.append(_of_pieces(a))
        if b:
            right.append(_of_pieces(b))
    return left, right


def _of_pieces(pieces: list[Piece]) -> Row:
    words = [word for piece in pieces for word in piece]
    return Row(pieces, min(w.top for w in words), max(w.bottom for w in words))


def _is_marks(side: Sequence[Row]) -> bool:
    """Whether a side holds only numbers, paragraph signs or bullets: hanging marks are no column."""
    marks = sum(
        len(row.pieces) == 1 and bool(_MARK_ONLY.fullmatch(" ".join(w.text for w in row.pieces[0]))) for row in side
    )
    return marks >= 0.5 * len(side)


def _width(side: Sequence[Row]) -> float:
    return max(row.x1 for row in side) - min(row.x0 for row in side)


def _words_per_row(side: Sequence[Row]) -> float:
    return sum(len(piece) for row in side for piece in row.pieces) / len(side)


def _are_columns(left: Sequence[Row], right: Sequence[Row], both: int, width: float) -> bool:
    """Whether two sides of a strip are columns of text, and not labels with their values or marks with their points."""
    if min(len(left), len(right)) < 2 or both < 2 or _is_marks(left) or _is_marks(right):
        return False
    if min(_width(left), _width(right)) < 0.13 * width:
        return False
    few, many = sorted((len(left), len(right)))
    if few < 0.25 * many:
        return False
    if _words_per_row(left) < 1.6 or _words_per_row(right) < 1.6:
        return False
    bold = sum(all(w.bold for w in row.pieces[0]) for row in left)
    return not (bold >= 0.7 * len(left) and sum(w.bold for w in right[0].pieces[0]) == 0 and _width(left) < 0.3 * width)


def _best_strip(items: Sequence[Row], width: float, body: float) -> _Strip | None:
    """The strip between columns that the most rows share, if there is one."""
    best: _Strip | None = None
    tried: list[_Strip] = []
    for at, row in enumerate(items):
        for gap in _gaps(row):
            if any(s.first <= at <= s.last and s.left <= gap[1] and s.right >= gap[0] for s in tried):
                continue
            strip = _strip_from(items, at, gap, body)
            tried.append(strip)
            if (best is None or strip.both > best.both) and _are_columns(*_sides(items, strip), strip.both, width):
                best = strip
    return _upwards(items, best, body) if best else None


def _upwards(items: Sequence[Row], strip: _Strip, body: float) -> _Strip:
    """The strip with the rows above it that belong to its right side: a column may begin higher than its neighbour."""
    while strip.first > 0:
        row = items[strip.first - 1]
        fit = _fits(row, strip.left, strip.right)
        near = items[strip.first].top - row.bottom < 1.2 * body
        if fit is None or not near or row.x0 < strip.right - 1 or row.size > 1.25 * body + 1:
            return strip
        strip.first -= 1
    return strip


def blocks(items: list[Row], width: float, body: float) -> list[list[Row]]:
    """Rows in reading order as blocks: what stands above columns, each column, what stands below."""
    if not items:
        return []
    strip = _best_strip(items, width, body)
    if strip is None:
        return [items]
    left, right = _sides(items, strip)
    above, below = items[: strip.first], items[strip.last + 1 :]
    return [
        *blocks(above, width, body),
        *blocks(left, width, body),
        *blocks(right, width, body),
        *blocks(below, width, body),
    ]


# ---------------------------------------------------------------- lines


def _line(row: Row, column: int, above: Row | None) -> Line:
    words = [word for piece in row.pieces for word in piece]
    sizes = Counter[float]()
    for word in words:
        sizes[word.size] += len(word.text)
    return Line(
        Text.of_words(words),
        words[0].page,
        words[0].x0,
        row.top,
        words[-1].x1,
        row.bottom,
        sizes.most_common(1)[0][0],
        all(word.bold for word in words),
        row.top - above.top - 1.17 * above.size if above is not None else None,
        column,
    )


def cells(line: Line) -> list[Text]:
    """A line cut at its wide blanks: a label and its value, the cells of a row."""
    if not line.text.runs:
        return [line.text]
    cut, start = [], 0
    for before, run in pairwise(line.text.runs):
        if run.word.x0 - before.word.x1 > 1.05 * max(before.word.size, run.word.size, 6):
            cut.append(line.text[start : before.end])
            start = run.start
    return [*cut, line.text[start : len(line.text)]]


def page_lines(page: Page, items: list[Row], heads: Heads = (), ruled_cells: Sequence[Cell] = ()) -> list[Line]:
    """The lines of a page in reading order from its rows; tables with known column heads are read cell by cell."""
    if not items:
        return []
    body = median(word.size for word in page.words)
    if ruled_cells:
        filled, outside = ruled((w for row in items for piece in row.pieces for w in piece), ruled_cells, heads)
        if any(place.row for place, _ in filled):  # else only its head is ruled
            return _with_tables(_running_lines(rows(outside), page, body), filled)
    at = next((k for k, row in enumerate(items) if names_columns(_first_words(row), heads)), None)
    if at is None:
        return _running_lines(items, page, body)
    filled, end = _unruled(items, at, heads)
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
    return [_line(row, column, above) for row, above in zip(block, [None, *block], strict=False)]


# ---------------------------------------------------------------- tables


def _first_words(row: Row) -> list[str]:
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
    return across and not names_columns(_first_words(row), heads)


def _unruled(items: Sequence[Row], at: int, heads: Heads) -> tuple[list[Filled], int]:
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
        again = names_columns(_first_words(row), heads)
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


# ---------------------------------------------------------------- furniture

_PAGE_NUMBER = re.compile(
    r"(?:(?:sida|sid\.?|sidan|blad|page)\s*\d{1,3}(?:\s*(?:\(|av|/|of)\s*\d{1,3}\s*\)?)?"
    r"|\d{1,3}\s*(?:\(|av|of|/)\s*\d{1,3}\s*\)?|\(?\d{1,3}\)?|[-–]\s*\d{1,3}\s*[-–])",
    re.IGNORECASE,
)
_SIGNATURES = re.compile(
    r"(?:(?:justerandes?|justerar(?:nas?|e)?|ordförandens?|ordf\.?|utdragsbestyrkande)"
    r"(?:\s*sign(?:atur(?:er)?)?\.?)?\s*)+",
    re.IGNORECASE,
)


def _shape(text: str, page: int) -> str:
    """A text with its page number masked, so that only true repetitions look alike (`§ 27`, `§ 28` do not)."""
    return re.sub(rf"(?<![\d-]){page}(?![\d-])", "#", text.lower(), count=1)


def _text(piece: Piece) -> str:
    return " ".join(word.text for word in piece)


def _at_edge(top: float, bottom: float, page: Page) -> bool:
    return bottom < 0.2 * page.height or top > 0.85 * page.height


Shape = tuple[str, bool]  # a masked text and whether it stands in the upper half


def _repeated(pages: Sequence[tuple[Page, list[Row]]]) -> set[Shape]:
    """Shapes of short pieces of text that stand at the same edge of at least 60 % of the pages (two at the least)."""
    seen: dict[Shape, set[int]] = defaultdict(set)
    for page, items in pages:
        for row in items:
            if _at_edge(row.top, row.bottom, page):
                for piece in row.pieces:
                    text = _text(piece)
                    if len(text) <= 90:
                        seen[_shape(text, page.number), row.top < page.height / 2].add(page.number)
    enough = max(2, 0.6 * max(1, sum(bool(items) for _, items in pages) - 1))
    return {shape for shape, on in seen.items() if len(on) >= enough}


def _why_left_out(text: str, row: Row, page: Page, repeated: set[Shape]) -> str | None:
    if not _at_edge(row.top, row.bottom, page):
        return None
    if _PAGE_NUMBER.fullmatch(text) and (row.bottom < 0.12 * page.height or row.top > 0.88 * page.height):
        return "sidnummer"
    if _SIGNATURES.fullmatch(text) and row.top > page.height / 2:
        return "plats för signatur"
    if (_shape(text, page.number), row.top < page.height / 2) in repeated:
        return "återkommer på de flesta sidor"
    return None


def _without_furniture(
    page: Page, items: list[Row], repeated: set[Shape], is_heading: Callable[[str], bool]
) -> tuple[list[Row], list[LeftOut]]:
    """The rows of a page without running heads, page numbers and signature boxes; and those, with the reason."""
    kept: list[Row] = []
    left_out: list[LeftOut] = []
    for row in items:
        stay = []
        for piece in row.pieces:
            text = _text(piece)
            reason = None if is_heading(text) else _why_left_out(text, row, page, repeated)
            if reason:
                left_out.append(LeftOut(_line(_of_pieces([piece]), 0, None), reason))
            else:
                stay.append(piece)
        if len(stay) == len(row.pieces):
            kept.append(row)
        elif stay:
            kept.append(_of_pieces(stay))
    return kept, left_out


def _ruled_cells(document: Document, page: Page, items: list[Row], heads: Heads) -> list[Cell]:
    if not any(names_columns(_first_words(row), heads) for row in items):
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
    repeated = _repeated(pages) if len(pages) > 1 else set()
    result = Layout([])
    for page, items in pages:
        kept, left_out = _without_furniture(page, items, repeated, is_heading)
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
