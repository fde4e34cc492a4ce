"""Where the words of a query stand in a text, found by their stems too, and the part of the text that shows most."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from protoparse.query import Query
from protoparse.swedish import WORD, Swedish, terms

LONGEST = 20_000  # characters that are looked through
WIDE = 260  # characters of a snippet
BEFORE = 70  # of them before the first mark

Span = tuple[int, int]


def spans(text: str, query: Query, words: Swedish) -> list[Span]:
    """From where to where a text is marked, in order and apart from one another."""
    stems = {term for piece in query.pieces for term in piece.stems}
    phrases = [phrase.casefold().split() for piece in query.pieces for phrase in piece.phrases]
    found = list(WORD.finditer(text[:LONGEST]))
    single = [match.span() for match in found if not stems.isdisjoint(terms(words, match[0]))] if stems else []
    return _joined([*single, *_printed(found, phrases)])


def _printed(found: Sequence[re.Match[str]], phrases: Iterable[Sequence[str]]) -> Iterator[Span]:
    folded = [match[0].casefold() for match in found]
    for phrase in phrases:
        for at in range(len(folded) - len(phrase) + 1):
            if folded[at : at + len(phrase)] == phrase:
                yield found[at].start(), found[at + len(phrase) - 1].end()


def _joined(found: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def pieces(text: str, marks: Sequence[Span], wide: int | None = WIDE) -> list[tuple[str, bool]]:
    """A text, or the part of it with most marks, in pieces: words and whether they are marked."""
    start, end = (0, len(text)) if wide is None else _window(text, marks, wide)
    found, at = [], start
    for first, last in marks:
        if start <= first and last <= end:
            found += [(text[at:first], False), (text[first:last], True)]
            at = last
    found.append((text[at:end], False))
    return [("… ", False)] * (start > 0) + [one for one in found if one[0]] + [(" …", False)] * (end < len(text))


def _window(text: str, marks: Sequence[Span], wide: int) -> Span:
    """The part of a text that begins a little before the mark after which most follow closely, cut between words."""
    first = max(marks, key=lambda mark: (_following(marks, mark[0], wide), -mark[0]), default=(0, 0))[0]
    start = max(0, first - BEFORE)
    start = text.find(" ", start, first) + 1 or start if start else 0
    end = min(len(text), start + wide)
    return start, text.rfind(" ", start + wide // 2, end) if end < len(text) and " " in text[
        start + wide // 2 : end
    ] else end


def _following(marks: Sequence[Span], start: int, wide: int) -> int:
    return sum(start <= first and last <= start + wide - BEFORE for first, last in marks)
