"""How lines are set: what most of the text looks like, and what stands out from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from protoparse.models import Line
from protoparse.text import Text

SENTENCE_END = re.compile(r"[.!?:][”\"’)]*\s*$")


@dataclass(frozen=True, slots=True)
class Body:
    """What most of the running text looks like: its font size in points and whether it is bold."""

    size: float
    bold: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Body:
        """Measured by characters over all lines."""
        weights = Counter[tuple[float, bool]]()
        for line in lines:
            weights[round(line.size, 1), line.bold] += len(line.text)
        (size, bold), _ = weights.most_common(1)[0] if weights else ((0.0, False), 0)
        return cls(size, bold)

    def stands_out(self, line: Line) -> bool:
        """Whether a line is set as a heading: larger than the body, or bold where the body is not."""
        return line.size > self.size + 0.9 or (line.bold and not self.bold and line.size > self.size - 1.6)

    def words_stand_out(self, words: Text, line: Line) -> bool:
        """Whether some words of a line are set as a heading, whatever stands beside them (a case number)."""
        if self.stands_out(line):
            return True
        bold = bool(words) and not self.bold and line.size > self.size - 1.6
        return bold and all(word.bold for word in words.words)


def words_bold(line: Line) -> bool:
    """Whether a heading's words are bold; its number may be set otherwise."""
    words = line.text.words
    return line.bold or (len(words) > 1 and words[0].text[:1].isdigit() and all(word.bold for word in words[1:]))


def alike(a: Line, b: Line) -> bool:
    """Whether two lines of a page may be parts of one heading."""
    return a.page == b.page and a.cell == b.cell and words_bold(a) == words_bold(b) and abs(a.size - b.size) < 0.6


def room_before(line: Line, before: Line, right: float) -> bool:
    """Whether the first word of a line had room at the end of the line before, where text runs to `right`: then its
    writer began anew."""
    words = line.text.words
    if not words or not before.size:
        return False
    last = 0
    while last + 1 < len(words) and last < 3 and _keeps_next(words[last].text):
        last += 1
    return before.x1 + 0.4 * before.size + (words[last].x1 - words[0].x0) < right - 3


def _keeps_next(word: str) -> bool:
    """Whether a no-break blank may stand behind a word: `2 025 tkr`, `§ 12` are one word to whoever sets the line."""
    return word.isdigit() or word in ("§", "§§")


def parted(line: Line, before: Line | None) -> bool:
    """Whether white space parts a line from the one before it: the start of a page or column, a gap, an empty line."""
    if before is None or not before.text:
        return True
    if not line.size:
        return False  # text without places: only an empty line parts
    return line.gap is None or line.gap > 0.5 * max(line.size, 8)
