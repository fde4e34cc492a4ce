"""Words → rows: words on one baseline, cut into pieces at wide blanks; and rows → lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from protoparse.models import Line
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


def of_pieces(pieces: list[Piece]) -> Row:
    words = [word for piece in pieces for word in piece]
    return Row(pieces, min(w.top for w in words), max(w.bottom for w in words))


def text_of(piece: Piece) -> str:
    """The words of a piece with a blank between them."""
    return " ".join(word.text for word in piece)


def line_of(row: Row, column: int, above: Row | None) -> Line:
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
