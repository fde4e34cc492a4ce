"""Words → rows: words on one baseline, cut into pieces at wide blanks; and rows → lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from protoparse.models import Line
from protoparse.text import Text, Word

Piece = list[Word]  # words of one row with no wide blank between them
_LEFT = attrgetter("x0")


@dataclass(slots=True)
class Row:
    """Words on one baseline, cut into pieces at wide blanks; `size` is that of its largest letters."""

    pieces: list[Piece]
    top: float
    bottom: float
    size: float

    @property
    def x0(self) -> float:
        return self.pieces[0][0].x0

    @property
    def x1(self) -> float:
        return self.pieces[-1][-1].x1


def rows(words: Iterable[Word]) -> list[Row]:
    """Words grouped by baseline, top to bottom; inside a row left to right, cut at wide blanks."""
    groups: list[list[Word]] = []
    low: list[tuple[float, float]] = []  # the middle of each group's first word and its height, as a baseline
    keyed = [(word.top + word.bottom, word.x0, at, word) for at, word in enumerate(words)]
    keyed.sort()
    for twice, _, _, word in keyed:
        middle = twice / 2
        height = word.bottom - word.top
        for k in range(len(groups) - 1, max(-1, len(groups) - 5), -1):
            place, high = low[k]
            if abs(middle - place) < 0.4 * (height if height < high else high):
                groups[k].append(word)
                break
        else:
            groups.append([word])
            low.append((middle, height))
    return [_row(group) for group in groups]


def _unspaced(words: list[Word]) -> list[Word]:
    """Letterspaced words put together (`P R O T O K O L L`); a blank wider than those between letters parts them."""
    letters = 0
    for word in words:
        if len(word.text) == 1 and word.text.isalpha():
            letters += 1
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
    words.sort(key=_LEFT)
    if len(words) > 5:
        words = _unspaced(words)
    before = words[0]
    piece = [before]
    pieces: list[Piece] = [piece]
    top, bottom, size = before.top, before.bottom, before.size
    for word in words[1:]:
        gap = word.x0 - before.x1
        if gap > 6.3 and gap > 1.05 * before.size and gap > 1.05 * word.size:
            piece = [word]
            pieces.append(piece)
        else:
            piece.append(word)
        if word.top < top:
            top = word.top
        if word.bottom > bottom:
            bottom = word.bottom
        if word.size > size:
            size = word.size
        before = word
    return Row(pieces, top, bottom, size)


def of_pieces(pieces: list[Piece]) -> Row:
    words = [word for piece in pieces for word in piece]
    top, bottom = min(w.top for w in words), max(w.bottom for w in words)
    return Row(pieces, top, bottom, max(w.size for w in words))


def text_of(piece: Piece) -> str:
    """The words of a piece with a blank between them."""
    return " ".join(word.text for word in piece)


def line_of(row: Row, column: int, above: Row | None) -> Line:
    """The line that a row prints, in this column of the page; `above` is the row before it in the same column."""
    pieces = row.pieces
    words = pieces[0] if len(pieces) == 1 else [word for piece in pieces for word in piece]
    first, size, bold, plain = words[0], words[0].size, True, True
    for word in words:
        if not word.bold:
            bold = False
        if word.size != size:
            plain = False
    return Line(
        Text.of_words(words),
        first.page,
        first.x0,
        row.top,
        words[-1].x1,
        row.bottom,
        size if plain else _usual_size(words),
        bold,
        row.top - above.top - 1.17 * above.size if above is not None else None,
        column,
    )


def _usual_size(words: Iterable[Word]) -> float:
    """The font size of most of the characters."""
    sizes = Counter[float]()
    for word in words:
        sizes[word.size] += len(word.text)
    return sizes.most_common(1)[0][0]


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
