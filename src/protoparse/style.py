"""How lines are set: what most of the text looks like, and what stands out from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from protoparse.models import Line


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


def words_bold(line: Line) -> bool:
    """Whether a heading's words are bold; its number may be set otherwise."""
    words = line.text.words
    return line.bold or (len(words) > 1 and words[0].text[:1].isdigit() and all(word.bold for word in words[1:]))


def alike(a: Line, b: Line) -> bool:
    """Whether two lines of a page may be parts of one heading."""
    return a.page == b.page and a.cell == b.cell and words_bold(a) == words_bold(b) and abs(a.size - b.size) < 0.6


def parted(line: Line, before: Line | None) -> bool:
    """Whether white space parts a line from the one before it: the start of a page or column, a gap, an empty line."""
    if before is None or not before.text:
        return True
    if not line.size:
        return False  # text without places: only an empty line parts
    return line.gap is None or line.gap > 0.5 * max(line.size, 8)
