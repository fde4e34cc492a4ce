"""Years: which one is meant where none is said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date

from protoparse.dates.almanac import Span
from protoparse.dates.forms import Piece
from protoparse.dates.page import Page
from protoparse.dates.pieces import days_or_none

MOST_BETWEEN = 330  # days between two dates of a list


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention with its year said, that a later one without may lean on."""

    end: int
    year: int
    alone: bool = False  # a year without month or day, which heads no list
    governs: bool = False  # `Plan för 2028: …`: whatever the tense of what follows


@dataclass(frozen=True, slots=True)
class Bound:
    """The bound words before a mention."""

    kind: str | None
    start: int
    text: str = ""


def group_span(group: tuple[Piece, ...], year: int, page: Page) -> Span | None:
    """What a group spans if its first piece lies in this year; a range may run into the next."""
    first = days_or_none(group[0], year, page)
    if first is None or len(group) == 1:
        return first
    for last_year in (year, year + 1) if group[1].year is None else (group[1].year,):
        last = days_or_none(group[1], last_year, page)
        if last and last[1] >= first[0] and last[0] >= first[0]:
            return first[0], last[1]
    return None


def _choices(group: tuple[Piece, ...], page: Page, anchor: date) -> list[Span]:
    """What the group would span in each of the years around the anchor; more of them for 29 February and week 53."""
    near = _spans(group, page, anchor, 2)
    return near if len(near) >= 5 else _spans(group, page, anchor, 8)


def _spans(group: tuple[Piece, ...], page: Page, anchor: date, reach: int) -> list[Span]:
    months = range(1, 13) if group[0].unit == "month turn" and group[0].number is None else (group[0].number,)
    groups = [(replace(group[0], number=month), *group[1:]) for month in months]
    spans = [group_span(each, anchor.year + step, page) for step in range(-reach, reach + 1)
             for each in groups]  # fmt: skip
    return sorted(span for span in spans if span)


def distance(span: Span, anchor: date) -> tuple[int, int]:
    """Days between, ties to the future."""
    if span[1] < anchor:
        return (anchor - span[1]).days, 1
    return max(0, (span[0] - anchor).days), 0


def _past(spans: list[Span], anchor: date) -> Span | None:
    return max((span for span in spans if span[0] <= anchor), default=None)


def _future(spans: list[Span], anchor: date) -> Span | None:
    return min((span for span in spans if span[1] >= anchor), default=None)


def _said_when(when: int | str, spans: list[Span], anchor: date) -> Span | None:
    """`nästa år`, `nästkommande`, `i våras`, `i vår`."""
    middle = [span for span in spans if span[0] + (span[1] - span[0]) / 2 <= anchor]
    match when:
        case "next":
            return min((span for span in spans if span[0] > anchor), default=None)
        case "past":
            return max((span for span in spans if span[1] < anchor), default=None)
        case "ended":
            return max(middle, default=None)
        case "coming":
            return _future(spans, anchor)
    return next((span for span in spans if span[0].year == anchor.year + int(when)), None)


def _tense(page: Page, start: int, end: int) -> str:
    """`past` or `future` by the nearest such word of the sentence, or nothing."""
    left, right = page.sentence(start, end)
    lead = page.low.rfind(":", max(0, left - 3), left)
    if lead > 0:  # `Kommande möten: 3 april`
        left = page.sentence(lead, lead)[0]
    cues = page.all("tense")
    before = bisect_right(cues, start, key=lambda cue: cue[1])
    after = bisect_left(cues, end, key=lambda cue: cue[0])
    near = [(start - cue[1], cue[2]) for cue in cues[before - 1 : before] if cue[0] >= left]
    near += [(cue[0] - end, cue[2]) for cue in cues[after : after + 1] if cue[1] <= right]
    return min(near, default=(0, ""))[1]


def _lean(page: Page, seen: list[Seen], start: int, governing: bool = False) -> int | None:
    """The year of the mention before in the same paragraph; only if it governs what follows where that is asked."""
    told = next((each for each in reversed(seen) if not each.alone), None)
    if told is None or start - told.end > 400 or (governing and not told.governs):
        return None
    return None if page.grammar.patterns["paragraph"].search(page.low, told.end, start) else told.year


def year_last_said(page: Page, seen: list[Seen], start: int) -> int | None:
    """The year said last in the same paragraph, be it alone: what `året därpå` follows."""
    near = [each for each in seen if start - each.end <= 400]
    apart = near and page.grammar.patterns["paragraph"].search(page.low, near[-1].end, start)
    return near[-1].year if near and not apart else None


def _said_tense(page: Page, group: tuple[Piece, ...], bound: Bound) -> str:
    """`past` or `future` by the words around a group, or nothing."""
    start, end = group[0].start, group[-1].end
    if bound.kind == "by":
        return "past" if page.before("was_due", bound.start) else "future"
    if bound.text == "efter" and page.after("lacks", end):
        return "future"
    if group[-1].unit == "month" and page.after("out", end):
        return "future"
    return _tense(page, start, end)


def _after_that(group: tuple[Piece, ...], page: Page, previous: Span) -> Span | None:
    """The next item of a list, which goes on in the year of the one before or, over the turn, in the next."""
    spans = (group_span(group, previous[0].year + step, page) for step in (0, 1))
    coming = next((span for span in spans if span and span[0] >= previous[0]), None)
    return coming if coming and (coming[0] - previous[0]).days <= MOST_BETWEEN else None


def _reckoned(group: tuple[Piece, ...], page: Page, anchor: date, spans: list[Span]) -> Span | None:
    """`utfallet per april`, also of a forecast: what is counted lies behind, unless the coming day is the nearer one.

    A list, `per februari, maj och oktober`, tells of months that are over.
    """
    several = page.after("goes_on", group[-1].end)
    nearest = min(spans, key=lambda span: distance(span, anchor), default=None)
    return _past(spans, anchor) if several or _tense(page, group[0].start, group[-1].end) == "past" else nearest


def _near(spans: list[Span], anchor: date, unit: str) -> Span | None:
    """The nearest; a day behind is meant only where the coming one is more than twice as far away."""
    nearest = min(spans, key=lambda span: distance(span, anchor), default=None)
    coming = _future(spans, anchor)
    if nearest is None or coming is None or nearest[1] >= anchor or unit not in ("day", "week"):
        return nearest
    return coming if (coming[0] - anchor).days < 2 * (anchor - nearest[1]).days else nearest


def pick(
    group: tuple[Piece, ...], page: Page, anchor: date, bound: Bound, seen: list[Seen], previous: Span | None
) -> Span | None:
    """The span of a group without year: by weekday, by the list it stands in, by what the words around say of past
    and future, by the mention before, else the nearest."""
    piece, spans = group[0], _choices(group, page, anchor)
    if piece.when == "following":
        year = year_last_said(page, seen, piece.start)
        return group_span(group, year + 1, page) if year else None
    if piece.when is not None:
        return _said_when(piece.when, spans, anchor)
    if piece.weekday and piece.unit == "day":
        near = [span for span in spans if abs(span[0].year - anchor.year) <= 2]
        fitting = [span for span in near if span[0].isoweekday() == piece.weekday]
        if fitting:
            return min(fitting, key=lambda span: distance(span, anchor))
    if previous and (following := _after_that(group, page, previous)):
        return following
    holding = [span for span in spans if span[0] <= anchor <= span[1]]
    if holding:
        return holding[0]
    if not bound.kind and page.before("paper", piece.start):
        return _past(spans, anchor)
    if page.before("month_end", piece.start):
        return _reckoned(group, page, anchor, spans)
    governing = _lean(page, seen, piece.start, governing=True)
    if governing and (governed := group_span(group, governing, page)):
        return governed
    tense = _said_tense(page, group, bound)
    if not tense and (bound.kind == "until" or (piece.unit == "month turn" and piece.number is None)):
        tense = "future"
    if tense:
        return _future(spans, anchor) if tense == "future" else _past(spans, anchor)
    year = _lean(page, seen, piece.start)
    leaning = group_span(group, year, page) if year else None
    return leaning or _near(spans, anchor, piece.unit)
