"""Between which days a document without a date was written, by the days that it tells of itself.

A day told as past lies before it, a day told as to come after it. A day without a year counts only where something
else fixes the year: the season or month that the document is named for, or its days with a year, if they lie close
enough. Where both tell different things, only the days with a year are believed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from protoparse.dates import MONTHS

SPAN = 366  # days between the bounds; wider ones could hold the same meeting of two years
MONTH_AT_MOST = 31  # days of an issue that is named for a month
NEAR = 4  # words beside a date in which its verb is sought

PAST = re.compile(
    r"\b(?:\w{2,}(?:ades|ade|ddes|dde|ttes|tte|ktes|pptes|rdes|ldes|ndes)|fick|gick|hölls|höll|ställde|var|blev|togs|tog|"
    r"gav|gavs|kom|beslöt|skedde|trädde|har \w+t|starten|sedan)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:senast|sista (?:ansöknings)?dag\w*|anmäl\w*|ansök\w* (?:ska|skickas)|nästa möte|kommande|kommer att|ska|"
    r"planeras|välkomna|äger rum)\b",
    re.IGNORECASE,
)
# Said in the present, but of what is still to come.
_SOON = re.compile(r"\b(?:öppnar|startar|börjar|inleds|invigs|hålls|stänger|tillträder|går i pension)\b", re.IGNORECASE)

_MONTH = "|".join(MONTHS)
_SEASONS = {"v": (1, 6), "s": (6, 8), "h": (7, 12)}  # a winter lies in two years
# As printed, or as the name of a file spells it.
_ISSUE = re.compile(
    rf"(?<![^\W_])(?:(?P<season>v[åa]r|sommar|h[öo]st)(?:en|termin|terminen|brev\w*|numme?r\w*|utgåva\w*)?|"
    rf"(?P<month>{_MONTH}))[ ,_-]+(?P<year>20\d\d)(?!\d)|\b(?:nr|nummer)\.?\s?\d{{1,2}}[\s,/_–-]+(?P<of>20\d\d)(?!\d)",
    re.IGNORECASE,
)
# A day whose year stands neither beside it nor after the second day of a range.
_DAY = re.compile(
    rf"(?:(?P<bound>senast|före|innan|till(?: och med)?|t\.\s?o\.\s?m\.?|från(?: och med)?|fr\.\s?o\.\s?m\.?|sedan)"
    rf"\s+)?(?P<words>\bden (?P<day>[12]?\d|3[01])(?::?e)? (?P<month>{_MONTH}))\b"
    rf"(?!\s*(?:(?:[–-]|till|och)\s*(?:den )?\d{{1,2}} \w+\s*)?(?:19|20)\d\d)",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A date as a document gives it, in its sentence."""

    start: str
    end: str
    precision: str
    bound: str | None
    sentence: str
    words: str = ""

    @property
    def around(self) -> str:
        """The mention with the few words beside it: the verb that tells whether it is past stands there."""
        before, found, after = self.sentence.partition(self.words)
        near = (before.split()[-NEAR:], [found], after.split()[:NEAR])
        return " ".join(word for words in near for word in words)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The last day that lies before the writing of a document and the first after it, each with its words."""

    earliest: str | None = None
    earliest_sentence: str | None = None
    latest: str | None = None
    latest_sentence: str | None = None

    @property
    def both(self) -> bool:
        return bool(self.earliest and self.latest)

    @property
    def narrow(self) -> bool:
        """Whether both are known and cannot hold one day of two years."""
        return self.both and 0 <= _days(self.earliest or "", self.latest or "") <= SPAN


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


# --- days with a year


def told(mentions: Iterable[Mention]) -> Bounds:
    """The latest day told as past and the earliest told as to come."""
    found = list(mentions)
    first = max((it for it in found if is_past(it)), key=lambda it: (it.start, it.sentence), default=None)
    last = min((it for it in found if is_ahead(it)), key=lambda it: (it.end, it.sentence), default=None)
    return Bounds(
        first.start if first else None,
        first.sentence if first else None,
        last.end if last else None,
        last.sentence if last else None,
    )


def is_past(it: Mention) -> bool:
    """Whether a document tells of a day as past."""
    sure = it.bound is None and it.precision in ("day", "month")
    return sure and bool(PAST.search(it.around)) and not _AHEAD.search(it.sentence) and not _SOON.search(it.around)


def is_ahead(it: Mention) -> bool:
    """Whether a document tells of a day as still to come."""
    if it.precision != "day" or it.bound == "from":
        return False
    soon = _AHEAD.search(it.sentence) or (_SOON.search(it.around) and not PAST.search(it.around))
    return it.bound == "by" or bool(soon) or (it.bound == "until" and not _only_past(it.sentence))


def _only_past(sentence: str) -> bool:
    return bool(PAST.search(sentence)) and not re.search(r"\w{3,}(?:as|eras|ar)\b", sentence)


# --- days without one


class Issue(NamedTuple):
    """The season, month or year that a document is named for."""

    start: date
    end: date
    words: str


def issue(lines: Iterable[str]) -> Issue | None:
    """From the name of the file and the head of the first page; None where they name two that do not fit."""
    found = {it for line in lines for match in _ISSUE.finditer(line) if (it := _issue(match))}
    inner = [it for it in found if all(other.start <= it.start and it.end <= other.end for other in found)]
    return min(inner, key=lambda it: it.words) if inner else None


def _issue(match: re.Match[str]) -> Issue:
    if match["of"]:
        return Issue(date(int(match["of"]), 1, 1), date(int(match["of"]), 12, 31), match.group())
    year, season, month = int(match["year"]), match["season"], match["month"]
    first, last = _SEASONS[season.lower()[0]] if season else (MONTHS.index(month.lower()) + 1,) * 2
    return Issue(date(year, first, 1), date(year, last, monthrange(year, last)[1]), match.group())


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day and a month in their sentence."""

    day: int
    month: int
    bound: str | None
    sentence: str
    words: str

    def in_year(self, year: int) -> Mention | None:
        """The day of that year; None where the year has no such day."""
        if self.day > monthrange(year, self.month)[1]:
            return None
        day = date(year, self.month, self.day).isoformat()
        return Mention(day, day, "day", self.bound, self.sentence, self.words)


def yearless(sentences: Iterable[str]) -> Iterator[Yearless]:
    """The days without a year that sentences tell of."""
    for sentence in sentences:
        for match in _DAY.finditer(sentence):
            month = MONTHS.index(match["month"].lower()) + 1
            yield Yearless(int(match["day"]), month, _bound(match["bound"]), sentence, match["words"])


def _bound(words: str | None) -> str | None:
    plain = (words or "").lower()
    kinds = {"by": ("senast", "före", "innan"), "until": ("t",), "from": ("fr", "sedan")}
    return next((kind for kind, starts in kinds.items() if plain.startswith(starts)), None)


def placed(days: Iterable[Yearless], first: date, last: date) -> Iterator[Mention]:
    """Days with the year that they must have in a document written between two days: what is past lies before the
    last of them, what is to come after the first, and no further off than need be."""
    for it in days:
        dated = [found for year in range(first.year - 1, last.year + 2) if (found := it.in_year(year))]
        past = [found for found in dated if is_past(found) and found.start <= last.isoformat()]
        ahead = [found for found in dated if is_ahead(found) and found.end >= first.isoformat()]
        if past and not ahead:
            yield max(past)
        elif ahead and not past:
            yield min(ahead)


# --- together


def bounds(mentions: Sequence[Mention], sentences: Iterable[str] = (), head: Iterable[str] = ()) -> Bounds:
    """Between which days a document was written: by its days with a year, by its sentences with days without one,
    and by what its head and file name name it for."""
    sure, named = told(mentions), issue(head)
    first, last = _window(sure, named)
    if first is None or last is None:
        return sure
    every = told([*mentions, *placed(yearless(sentences), first, last)])
    if named and not every.narrow:
        every = _named(every, named)
    return every if every.narrow else sure


def _named(found: Bounds, named: Issue) -> Bounds:
    """A bound that is missing, or too far from the other, is that of the season or month in the document's name."""
    own_first, own_last = ((day.isoformat(), named.words) for day in named[:2])
    first = (found.earliest, found.earliest_sentence or "") if found.earliest else own_first
    last = (found.latest, found.latest_sentence or "") if found.latest else own_last
    filled = Bounds(*first, *last)
    return filled if filled.narrow else Bounds(*max(first, own_first), *min(last, own_last))


def _window(sure: Bounds, named: Issue | None) -> tuple[date | None, date | None]:
    """The days between which a document surely was written, close enough to fix a year."""
    if named:
        return named.start, named.end
    if sure.narrow:
        return date.fromisoformat(sure.earliest or ""), date.fromisoformat(sure.latest or "")
    return None, None
