"""Ids that depend on what is printed and where, not on what else was found."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from protoparse.schema import LETTERS
from protoparse.text import Text

if TYPE_CHECKING:
    from protoparse.models import Passage


def row_id(document: str, table: str, *key: object) -> str:
    """`<document>-<letter><8 hex>`: an address that depends on the print, not on what else was found."""
    digest = sha256("\0".join(str(part) for part in key).encode()).hexdigest()
    return f"{document}-{LETTERS[table]}{digest[:8]}"


Spot = tuple[int, float, float]


def spot_of(quote: Text, at: int = 0) -> Spot | None:
    """Where on paper the character at an offset was printed."""
    if not quote.runs:
        return None
    run = quote.runs[max(0, bisect_right(quote.runs, at, key=lambda run: run.start) - 1)]
    return run.word.page, round(run.word.top, 1), round(run.word.x0, 1)


class Prints:
    """Tells the how-many-th print of a quote on its page a quote is, whichever of the prints were found by rules."""

    def __init__(self, passages: Iterable[Passage], quotes: Iterable[Text]):
        self._texts: dict[int, list[Text]] = defaultdict(list)
        for passage in passages:
            for page in {passage.text.page, passage.text.page_end} - {None}:
                self._texts[page].append(passage.text)
        self._spots: dict[tuple[int | None, str], set[Spot]] = defaultdict(set)
        for quote in quotes:
            if spot := spot_of(quote):
                self._spots[quote.page, quote.string].add(spot)
        for (page, string), spots in self._spots.items():
            spots.update(spot for spot in self._printed(page, string) if spot[0] == page)

    def _printed(self, page: int | None, string: str) -> Iterator[Spot]:
        for text in self._texts.get(page or 0, ()):
            at = text.string.find(string)
            while at >= 0 and string:
                yield spot_of(text, at) or (0, 0.0, 0.0)
                at = text.string.find(string, at + len(string))

    def nth(self, quote: Text) -> int:
        """Which print of its words on its page a quote is, from 0."""
        spot = spot_of(quote)
        return sorted(self._spots[quote.page, quote.string]).index(spot) if spot else 0
