"""Finding words again that a person copied from a page, however they are spaced, hyphenated and punctuated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from protoparse.models import Passage, Protocol
from protoparse.text import Text, join, unwrap

_TOKEN = re.compile(r"[^\W_]+")


def _pattern(words: str) -> re.Pattern[str] | None:
    """Finds words however they are spaced, hyphenated and punctuated."""
    between = r"[\W_]*".join(map(re.escape, _TOKEN.findall(words)))
    return re.compile(rf"(?<!\w){between}(?!\w)", re.IGNORECASE) if between else None


def _bare(words: str) -> str:
    return "".join(_TOKEN.findall(words)).casefold()


def _on_page(text: Text, page: int | None) -> bool:
    return page is None or (text.page is not None and text.page <= page <= (text.page_end or text.page))


class Place(NamedTuple):
    """Where words were found: their text, and the passage that they begin in."""

    text: Text
    passage: Passage | None


class Print:
    """All words of a document, for finding some of them again."""

    def __init__(self, protocol: Protocol):
        headings = [section.heading for section in protocol.sections]
        running = join(passage.text for passage in protocol.passages)
        self._texts = [running, *headings, unwrap(protocol.lines)]
        self._of = {word: passage for passage in protocol.passages for word in passage.text.words}

    def find(self, words: str | None, page: int | None) -> list[Place]:
        """Everywhere that the words are printed."""
        pattern, found = _pattern(words or ""), {}
        for text in self._texts if pattern else ():
            for match in pattern.finditer(text.string):
                part = text[match.start() : match.end()]
                if part.words and _on_page(part, page):
                    found.setdefault(part.words[0], Place(part, self._of.get(part.words[0])))
        return list(found.values())


def nearness(quote: Text, words: str, page: int | None, places: Sequence[Place]) -> int | None:
    """How well a row's quote fits the words: 0 the same, 1 it holds them, 2 it lies in them; None not at all, or not on
    the page. `places`: where the words stand."""
    strings, pattern = (quote.string, quote.printed), _pattern(words)
    if pattern is None or not _on_page(quote, page):
        return None
    if any(_bare(it) == _bare(words) for it in strings):
        return 0
    if any(pattern.search(it) for it in strings):
        return 1
    own = set(quote.words)
    return 2 if own and any(own <= set(place.text.words) for place in places) else None
