"""The whole: where a text can open a date, and every date that it mentions."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from datetime import date

from protoparse.dates.chains import Candidate, candidate_of, read_at
from protoparse.dates.grammar import Grammar
from protoparse.dates.mentions import Mention, Unread, mentions_of
from protoparse.dates.page import Page, fold
from protoparse.dates.words import SPACE
from protoparse.dates.years import Seen

TOKEN = re.compile(r"[^\W\d_]+|[0-9]+")
NUMBER_AFTER_DEN = re.compile(rf"{SPACE}([0-9]+)")


def _stands_free(low: str, at: int) -> bool:
    """Whether a number begins here, and not the middle of `0480-45`, `2017:725`, `KS/2027` or `12.30`."""
    before = low[at - 1 : at]
    if not before or before in " \n(":
        return True
    if before.isalnum() or before in "§_#%+":
        return False
    left = low[at - 2 : at - 1]
    if before in "/-‐‑–—−":
        return not left.isalnum()
    return not (before in ".:," and left.isdigit())


def _opener(low: str, word: str, at: int) -> str:
    """What the forms are listed under that can begin here, or nothing."""
    if word[0] <= "9":
        return str(len(word)) if _stands_free(low, at) else ""
    if word == "den":
        number = NUMBER_AFTER_DEN.match(low, at + 3)
        return f"den {len(number[1])}" if number else "den"
    return word


def _candidates(page: Page) -> Iterator[Candidate]:
    low, forms, gates = page.low, page.grammar.by_token, page.grammar.gates
    done: dict[str, int] = {}
    inside = 0  # what stands within a day or a month just read is no longer mention
    for token in TOKEN.finditer(low):
        word = token[0]
        if word not in forms and word[0] > "9" and word != "den":
            continue
        at = token.start()
        opener = "" if at < inside else _opener(low, word, at)
        gate = gates.get(opener)
        if opener not in forms or (gate and not gate.match(low, at)):
            continue
        for first in read_at(page, forms[opener], at):
            candidate = candidate_of(page, first, done)
            if candidate:
                inside = max(inside, candidate.end if first.family in ("day", "iso", "month") else 0)
                yield candidate


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that no longer one overlaps, from left to right."""
    kept: list[tuple[int, int, Candidate]] = []
    ordered = sorted(candidates, key=lambda each: (each.start - each.end, each.start))
    for candidate in ordered:
        at = bisect_left(kept, candidate.end, key=lambda each: each[0])
        if at == 0 or kept[at - 1][1] <= candidate.start:
            insort(kept, (candidate.start, candidate.end, candidate), key=lambda each: each[0])
    return [candidate for _, _, candidate in kept]


def find_dates(
    text: str, anchor: date | None, grammar: Grammar, heading: str | None = None
) -> tuple[list[Mention], list[Unread]]:
    """Every date the text mentions, and every cue of one that is not safe, in the order of the text.

    `anchor` is the document's day: forms without a year, and forms that count from today, are read from it. Without it
    they are `Unread`. `heading` stands above the text: that of a calendar ("Mötesdagar 2026") gives its year to it.
    """
    page = fold(text, anchor, grammar)
    year = grammar.patterns["calendar"].search(heading.lower()) if heading else None
    seen = [Seen(0, int(year["year"]), governs=True)] if year else []
    found = [each for candidate in _longest(_candidates(page)) for each in mentions_of(page, candidate, seen)]
    return [each for each in found if isinstance(each, Mention)], [each for each in found if isinstance(each, Unread)]
