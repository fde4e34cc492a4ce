"""The dates of a sentence as funding reads them: with bound words, bare years among them, and the last day meant."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from protoparse.amounts import Amount
from protoparse.models import Bound, Precision

_DAY = datetime.timedelta(days=1)


class Mention(Protocol):
    """A date in running text, as the date grammar gives it; offsets without the bound words."""

    start: int
    end: int
    first: datetime.date
    last: datetime.date
    precision: Precision
    bound: Bound | None
    bound_start: int
    bound_text: str


DateReader = Callable[[str], Sequence[Mention]]


class When(NamedTuple):
    """A date in a sentence: its place with bound words and without, its first and last day, and its bound."""

    start: int
    inner: int
    end: int
    first: datetime.date
    last: datetime.date
    precision: str
    bound: str | None
    word: str
    text: str


class Span(NamedTuple):
    """The time of a statement."""

    start: datetime.date | None = None
    end: datetime.date | None = None
    when: When | None = None


_OUT = re.compile(r"\b(?:ut|tills)\s+(?:år(?:et)?\s+)?\Z", re.IGNORECASE)
_THEN_OUT = re.compile(r"\s+ut(?=[\s.,;:!?)]|\Z)", re.IGNORECASE)
YEAR_OUT = re.compile(r"\b(?:ut (?:inne\w+ )?året|året ut)\b", re.IGNORECASE)
_BARE_YEAR = re.compile(
    r"(?<![\w.,:/–§-])(?P<first>20[0-4]\d)(?:\s?[–-]\s?(?P<last>20[0-4]\d|(?:1[3-9]|[2-4]\d)(?![-–\d])))?"
    r"(?![\w:/]|[.,]\d|\s?(?:kr|tkr|mnkr|procent|%))"
)
_RANGE = re.compile(r"\d{4}\s*[–-]\s*\d{2,4}\b(?!-)|–|\s(?:till|t\.?\s?o\.?\s?m\.?|och)\s|-\s|\s-")
_CLOSING = re.compile(r"slut|utgång", re.IGNORECASE)
SHIFT = re.compile(r"skifte", re.IGNORECASE)


def _when(mention: Mention, text: str, offset: int) -> When:
    start, end = mention.start - offset, mention.end - offset
    outer = mention.bound_start - offset if mention.bound and mention.bound_start is not None else start
    bound, word = mention.bound, (mention.bound_text or "").lower()
    if _CLOSING.search(text, outer, start):  # "före utgången av 2027"
        word = text[outer:start].strip().lower()
    # "Medlen betalas ut den 30 juni" is no end: only a longer time is lasted out.
    if bound is None and mention.first != mention.last and (out := _OUT.search(text, 0, start)):
        bound, word, outer = "until", "ut", out.start()
    if bound is None and mention.precision == "month" and (out := _THEN_OUT.match(text, end)):  # "mars ut"
        bound, word, end = "until", "ut", out.end()
    return When(
        min(outer, start), start, end, mention.first, mention.last, mention.precision, bound, word, text[start:end]
    )


_TERM_ENDS = re.compile(
    r"(?P<bound>\b(?:(?:fram\s+)?till(?:\s+och\s+med)?|t\.?\s?o\.?\s?m\.?|intill)\s+)?"
    r"\b(?P<term>vår|sommar|höst)(?:terminens|ens|arens)\s+(?:slut|utgång)\s+\Z",
    re.IGNORECASE,
)
_TERM_END = {"vår": (6, 30), "sommar": (8, 31), "höst": (12, 31)}


def _term_end(year: When, text: str) -> When:
    """A year after "till vårterminens slut" as the last day of the season; any other year as it is."""
    term = _TERM_ENDS.search(text, 0, year.inner) if year.precision == "year" else None
    if term is None:
        return year
    last = datetime.date(year.first.year, *_TERM_END[term["term"].lower()])
    word = (term["bound"] or "").strip().lower()
    start = term.start("term")
    bound = "until" if word else None
    return When(term.start(), start, year.end, last, last, "season", bound, word, text[start : year.end])


def _year(match: re.Match[str], text: str) -> When:
    year = int(match["first"])
    until = max(year, int(match["first"][: 4 - len(match["last"])] + match["last"])) if match["last"] else year
    out = _OUT.search(text, 0, match.start())
    start = out.start() if out else match.start()
    first, last = datetime.date(year, 1, 1), datetime.date(until, 12, 31)
    word = "ut" if out else ""
    bound = "until" if out else None
    return When(start, match.start(), match.end(), first, last, "year", bound, word, match.group())


def rest_of_year(match: re.Match[str], year: int) -> When:
    """ "Året ut" of the document's year."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return When(match.start(), match.start(), match.end(), first, last, "year", "until", "ut", match.group())


def days_in(text: str, mentions: Iterable[Mention], offset: int, amounts: Sequence[Amount]) -> list[When]:
    """The dates of a sentence, bare years among them, in their order."""
    found = [_when(m, text, offset) for m in mentions if offset <= m.start and m.end <= offset + len(text)]
    taken = [(w.start, w.end) for w in found] + [(a.start, a.end) for a in amounts]
    for match in _BARE_YEAR.finditer(text):
        if all(match.end() <= a or match.start() >= b for a, b in taken):
            found.append(_year(match, text))
    return _merged(sorted(_term_end(when, text) for when in found), text)


_SPANS = ("year", "half", "season", "quarter", "tertial", "month")


def _follow(one: When, other: When) -> bool:
    """Whether two periods are years, or the second begins on the day after the first ends."""
    years = one.precision == other.precision == "year"
    next_to = one.precision in _SPANS and other.precision in _SPANS and other.first == one.last + _DAY
    return years or (next_to and "year" in (one.precision, other.precision))


def _merged(whens: list[When], text: str) -> list[When]:
    """Years that are listed ("2026 och 2027") are one period, and a year with the part of a year that follows it."""
    out: list[When] = []
    for when in whens:
        between = text[out[-1].end : when.start] if out else ""
        if (
            out
            and _follow(out[-1], when)
            and when.bound is None
            and out[-1].bound is None
            and re.fullmatch(r"\s*(?:och|samt|,|–|-)\s*(?:under\s+)?", between)
        ):
            out[-1] = out[-1]._replace(end=when.end, last=when.last, text=text[out[-1].inner : when.end])
        else:
            out.append(when)
    return out


def is_range(when: When) -> bool:
    if when.first == when.last or SHIFT.search(when.text):
        return False
    return when.precision == "day" or bool(_RANGE.search(when.text))


def end_of(when: When) -> datetime.date:
    """The last day that a date lets something run to: "fram till den 1 februari" ends the day before."""
    if SHIFT.search(when.text):
        return when.first
    if when.bound == "by":
        closing = _CLOSING.search(f"{when.word} {when.text}")
        return when.first - _DAY if when.word.startswith(("före", "innan")) and not closing else when.last
    exclusive = when.bound == "until" and when.word in ("till", "fram till", "tills", "fram tills")
    if exclusive and when.precision == "day" and when.first == when.last and when.last.day == 1:
        return when.last - _DAY
    return when.last


def day_before(when: When) -> datetime.date:
    """The last day before something lacks: "från 2027" and "efter 2026" both leave the end of 2026."""
    if when.word.startswith("efter") or when.bound is None:
        return when.first if SHIFT.search(when.text) else when.last
    return when.first if SHIFT.search(when.text) else when.first - _DAY


def coming(when: When, today: datetime.date | None) -> When:
    """The coming one, where a day without a year has been read as the last one: money lacks "efter halvårsskiftet"."""
    if today is None or re.search(r"\d{4}", when.text) or when.last >= today:
        return when
    return when._replace(first=_next_year(when.first), last=_next_year(when.last))


def _next_year(day: datetime.date) -> datetime.date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
