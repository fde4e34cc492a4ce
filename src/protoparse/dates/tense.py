"""Past or future: what the words around a date say of it.

A cue is a word or two of the sentence: `past` (`hölls`, `har beslutats`) and `future` (`ska`, `hålls`) tell on either
side of the date. What somebody decides or promises to do (`aim`: `enades om att hålla mötet den 3 maj`) lies ahead,
and what is told of, or is the case (`open`: `informerade om resan den 3 maj`), says nothing of its day; both only
tell of dates behind them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from protoparse.dates.page import Page

ONLY_BEHIND = frozenset({"aim", "open"})


@dataclass(frozen=True, slots=True)
class Told:
    """The cue that is nearest to a date: `past`, `future`, `aim`, `open` or nothing; where it stands."""

    kind: str = ""
    start: int = 0
    end: int = 0

    @property
    def tense(self) -> str:
        """`past`, `future` or nothing."""
        return {"past": "past", "future": "future", "aim": "future"}.get(self.kind, "")


def told_before(page: Page, start: int, end: int) -> Told:
    """The last cue of the sentence before a date, the words that lead into a list included."""
    left, _ = page.sentence(start, end)
    lead = page.low.rfind(":", max(0, left - 3), left)
    if lead > 0:  # `Kommande möten: 3 april`
        left = page.sentence(lead, lead)[0]
    cues = page.all("tense")
    at = bisect_right(cues, start, key=lambda cue: cue[1])
    return next((Told(kind, a, b) for a, b, kind in cues[max(0, at - 1) : at] if a >= left), Told())


def _told_after(page: Page, start: int, end: int) -> Told:
    _, right = page.sentence(start, end)
    cues = page.all("tense")
    at = bisect_left(cues, end, key=lambda cue: cue[0])
    ahead = (cue for cue in cues[at : at + 3] if cue[2] not in ONLY_BEHIND and cue[1] <= right)
    return next((Told(kind, a, b) for a, b, kind in ahead), Told())


def told(page: Page, start: int, end: int) -> Told:
    """The cue of the sentence that is nearest to a date; one right before it (`skickades ut i`) is nearer than any."""
    before, after = told_before(page, start, end), _told_after(page, start, end)
    if not before.kind or not after.kind:
        return before if before.kind else after
    return before if start - before.end <= after.start - end or is_direct(page, before, start, end) else after


def is_direct(page: Page, cue: Told, start: int, end: int) -> bool:
    """Whether nothing but small words stands between a cue and the date: `infördes den 1 maj`, `i maj hölls`."""
    between = page.low[cue.end : start] if cue.end <= start else page.low[end : cue.start]
    return bool(page.grammar.patterns["small_words"].fullmatch(between))


def is_apart(page: Page, cue: Told, start: int, end: int) -> bool:
    """Whether another clause begins between a cue and the date: `infördes 2019 och betalas ut i juni`."""
    between = page.low[cue.end : start] if cue.end <= start else page.low[end : cue.start]
    return bool(page.grammar.patterns["clause"].search(between))
