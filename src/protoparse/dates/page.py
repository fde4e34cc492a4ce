"""The page: the folded text, and what a place of it looks like from both sides."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date

from protoparse.dates.forms import Piece
from protoparse.dates.grammar import Grammar

ODD_SPACE = re.compile("[\u00a0\u2002\u2003\u2007\u2009\u202f\r\t]")
BEFORE = 72  # how far a look back reaches
AFTER = 48  # and one ahead


@dataclass(frozen=True, slots=True)
class Page:
    """The folded text. `origin` tells where each of its characters stood; None where nothing moved."""

    low: str
    cased: str
    origin: tuple[int, ...] | None
    anchor: date | None
    grammar: Grammar
    memo: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    steps: dict[tuple[str, int], tuple[str, Piece] | None] = field(default_factory=dict)

    def all(self, name: str) -> list[tuple[int, int, str]]:
        """Every place of the pattern: start, end, name of its group. Looked for once, and only if asked for."""
        if name not in self.memo:
            text = self.cased if name == "sentence" else self.low
            found = self.grammar.patterns[name].finditer(text)
            self.memo[name] = [(match.start(), match.end(), match.lastgroup or "") for match in found]
        return self.memo[name]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as it was given."""
        if self.origin is None or start >= end:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1

    def before(self, name: str, at: int) -> re.Match[str] | None:
        """The pattern at the end of what stands before a place."""
        return self.grammar.patterns[name].search(self.low[max(0, at - BEFORE) : at])

    def after(self, name: str, at: int) -> re.Match[str] | None:
        """The pattern right after a place."""
        return self.grammar.patterns[name].match(self.low[at : at + AFTER])

    def in_register(self, at: int) -> bool:
        """Whether the letters of a register stand before a number: `KS 2027/12`."""
        return bool(self.grammar.patterns["register"].search(self.cased[max(0, at - 10) : at]))

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence around a mention begins and ends, within 300 characters either side."""
        stops = self.all("sentence")
        left, right = max(0, start - 300), min(len(self.low), end + 300)
        at = bisect_right(stops, start, key=lambda stop: stop[1])
        if at:
            left = max(left, stops[at - 1][1])
        after = bisect_left(stops, end, key=lambda stop: stop[0])
        return left, min(right, stops[after][0]) if after < len(stops) else right


def _lower(text: str) -> str:
    """Small letters, one for each character (`İ` has two)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold(text: str, anchor: date | None, grammar: Grammar) -> Page:
    """The page of a text: small letters, plain spaces, words split at a line end joined."""
    cased = ODD_SPACE.sub(" ", text)
    low = _lower(cased)
    split = "\u00ad" in low or "-\n" in low or "- \n" in low or "‐\n" in low
    gaps = [match.span() for match in grammar.patterns["hyphen"].finditer(low)] if split else []
    if not gaps:
        return Page(low, cased, None, anchor, grammar)
    edges = [0, *(edge for gap in gaps for edge in gap), len(text)]
    kept = [range(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    origin = tuple(at for part in kept for at in part)
    return Page("".join(low[at] for at in origin), "".join(cased[at] for at in origin), origin, anchor, grammar)
