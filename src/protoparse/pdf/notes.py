"""Marks of footnotes that are run together with the word before them: `2026²` is the year 2026."""

from __future__ import annotations

import re
from typing import Protocol

NOTHING = "\u2060"  # stands for a character that is not read as text, so that the indexes stay
# A mark follows letters, a year, a bracket or a stop, and ends its word; "m²" and "km²" are units.
_WORD = r"(?:(?<=[^\W\d_])|(?<=(?<!\d)(?:19|20)\d\d)|(?<=[.,;:)\]”\"]))"
_UNIT = re.compile(r"(?<![^\W\d_])[kcdm]?m\Z")
_MARK = re.compile(rf"{_WORD}(?P<mark>\d{{1,2}}(?:,\d{{1,2}})?|[¹²³⁰⁴-⁹]{{1,2}})(?=[.,;:)\]”\"]*(?:[\s\x00-\x1f]|\Z))")
_SMALLER, _RAISED = 0.85, 0.12  # of the letters' size


class Letters(Protocol):
    """The characters of a page by index: their size and where they stand on their baseline (points, upwards)."""

    def size(self, index: int) -> float: ...

    def scale(self, index: int) -> float: ...

    def origin(self, index: int) -> tuple[float, float]: ...


def without_marks(string: str, letters: Letters) -> str:
    """The text of a page with each footnote mark replaced by NOTHING: figures smaller and higher than their word."""
    units: list[str] | None = None
    for match in _MARK.finditer(string):
        start, end = match.span("mark")
        if _UNIT.search(string, max(0, start - 3), start):
            continue
        if string[start].isascii() and not _is_raised(letters, start):
            continue
        units = units or list(string)
        units[start:end] = NOTHING * (end - start)
    return "".join(units) if units else string


def _is_raised(letters: Letters, mark: int) -> bool:
    """Whether a figure is smaller than the character before it and stands above its baseline."""
    size = letters.size(mark - 1) * letters.scale(mark - 1)
    smaller = letters.size(mark) * letters.scale(mark) < _SMALLER * size
    return smaller and letters.origin(mark)[1] - letters.origin(mark - 1)[1] > _RAISED * size
