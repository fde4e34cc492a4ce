"""Years: which one is meant where none is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from protoparse.dates.almanac import Span, month_after, month_of, one_day
from protoparse.dates.forms import Piece
from protoparse.dates.page import Page
from protoparse.dates.spans import (
    SEASON,
    UNSURE,
    after_that,
    choices,
    distance,
    group_span,
    just_over,
    near,
    nearest,
    said_when,
    the_last,
    the_next,
)
from protoparse.dates.tense import Told, is_apart, is_direct, told, told_before

HALF_A_YEAR = 182  # days behind: so far back only what surely tells of the past is read


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


def _lean(page: Page, seen: list[Seen], start: int, governing: bool = False) -> Seen | None:
    """The mention before in the same paragraph; only if it governs what follows where that is asked."""
    last = next((each for each in reversed(seen) if not each.alone), None)
    if last is None or start - last.end > 400 or (governing and not last.governs):
        return None
    return None if page.grammar.patterns["paragraph"].search(page.low, last.end, start) else last


def year_last_said(page: Page, seen: list[Seen], start: int) -> int | None:
    """The year said last in the same paragraph, be it alone: what `året därpå` follows."""
    said = [each for each in seen if start - each.end <= 400]
    apart = said and page.grammar.patterns["paragraph"].search(page.low, said[-1].end, start)
    return said[-1].year if said and not apart else None


def _said(page: Page, group: tuple[Piece, ...], bound: Bound) -> Told:
    """What the words around a group say of past and future."""
    start, end = group[0].start, group[-1].end
    ahead = (bound.text == "efter" and page.after("lacks", end)) or (
        group[-1].unit == "month" and page.after("out", end)
    )
    return Told("future", start, start) if ahead else told(page, start, end)


def _reckoned(group: tuple[Piece, ...], page: Page, anchor: date, spans: list[Span]) -> Span | None:
    """`utfallet per april`, also of a forecast: what is counted lies behind, unless the coming day is the nearer one.

    A list, `per februari, maj och oktober`, tells of months that are over.
    """
    several = page.after("goes_on", group[-1].end)
    over = several or told(page, group[0].start, group[-1].end).tense == "past"
    return the_last(spans, anchor) if over else nearest(spans, anchor)


def _of_thing(group: tuple[Piece, ...], page: Page, anchor: date, spans: list[Span]) -> Span | None:
    """`rapporten för augusti`, `prognosen för december`: a period by what the thing over it is. A report's lies as near
    as it can, a plan's ahead, unless it has just begun to be over."""
    over = None if group[0].unit == "day" else page.before("thing_over", group[0].start)
    closest = nearest(spans, anchor)
    if not over or closest is None or over["report"]:
        return closest if over else None
    return closest if (anchor - closest[1]).days <= SEASON else the_next(spans, anchor)


def _due(group: tuple[Piece, ...], page: Page, anchor: date, bound: Bound, spans: list[Span]) -> Span | str | None:
    """`senast den 3 maj` lies ahead; but where the words before tell of the past (`skulle lämnas senast`) it lies as
    near as it can, and with no word at all nobody knows whether a day just over is meant."""
    if page.before("was_due", bound.start):
        return the_last(spans, anchor)
    cue = told_before(page, bound.start, bound.start)
    if cue.kind == "past" or page.before("should", bound.start):
        return near(spans, anchor, group[0].unit)
    told_of = cue.kind or told(page, group[0].start, group[-1].end).kind
    return the_next(spans, anchor) if told_of else _no_word(group, page, anchor, spans)


def _no_word(group: tuple[Piece, ...], page: Page, anchor: date, spans: list[Span]) -> Span | str | None:
    """A last day of which no verb tells: ahead, but where it is told how far the matter has come (`senast den 3 maj:
    inte klar`) as near as it can be."""
    _, right = page.sentence(group[0].start, group[-1].end)
    if page.grammar.patterns["standing"].search(page.low, group[-1].end, right):
        return near(spans, anchor, group[0].unit)
    return just_over(spans, anchor)


def _behind(
    group: tuple[Piece, ...], page: Page, anchor: date, cue: Told, bound: Bound, spans: list[Span]
) -> Span | str | None:
    """The last one, where the nearest word of the sentence tells of the past. What would lie more than half a year
    back, nearer to its next time, must hang on that word itself, and not on an event or a clause behind it."""
    start, end = group[0].start, group[-1].end
    past, coming = the_last(spans, anchor), the_next(spans, anchor)
    reach = max(cue.end, bound.start) if bound.kind == "until" else cue.end  # `fick förlängt till den 31 mars`
    ahead = page.grammar.patterns["ahead"].search(page.low, cue.start, reach)
    if ahead and bound.kind == "until":  # `förlängdes till den 31 mars`, `har beviljats till den 31 mars`
        now = page.low.startswith("har", cue.start)
        return the_next(spans, anchor) if now else just_over(spans, anchor)
    if past is None or coming is None or distance(past, anchor) < distance(coming, anchor):
        return past
    hangs_on_it = is_direct(page, cue, start, end) or page.after("section_sign", end)
    if hangs_on_it or ((anchor - past[1]).days <= HALF_A_YEAR and not ahead):
        return past
    if ahead or is_apart(page, cue, start, end):
        return near(spans, anchor, group[0].unit)
    return UNSURE if page.before("event", start) else past


def _is_dated(group: tuple[Piece, ...], page: Page) -> bool:
    """`skrivelse från Hemgården den 6 oktober`, `ändringar av den 11 maj`: the day of what is on paper."""
    start = group[0].start
    return bool(page.before("paper", start) or (group[0].unit == "day" and page.before("of", start)))


def pick(
    group: tuple[Piece, ...], page: Page, anchor: date, bound: Bound, seen: list[Seen], previous: Span | None
) -> Span | str | None:
    """The span of a group without year: by weekday, by the list it stands in, by what the words around say of past
    and future, by the mention before, else the nearest. The name of a message, where the year cannot be told."""
    piece, spans = group[0], choices(group, page, anchor)
    if piece.when == "following":
        year = year_last_said(page, seen, piece.start)
        return group_span(group, year + 1, page) if year else None
    if piece.when is not None:
        return said_when(piece.when, spans, anchor)
    if piece.weekday and piece.unit == "day":
        about = [span for span in spans if abs(span[0].year - anchor.year) <= 2]
        fitting = [span for span in about if span[0].isoweekday() == piece.weekday]
        if fitting:
            return nearest(fitting, anchor)
    if previous and (following := after_that(group, page, previous)):
        return following
    holding = [span for span in spans if span[0] <= anchor <= span[1]]
    if holding:
        return holding[0]
    if not bound.kind and _is_dated(group, page):
        return the_last(spans, anchor)
    if page.before("month_end", piece.start):
        return _reckoned(group, page, anchor, spans)
    governing = _lean(page, seen, piece.start, governing=True)
    if governing and (governed := group_span(group, governing.year, page)):
        return governed
    return _by_words(group, page, anchor, bound, seen, spans)


def day_of_month(number: int, page: Page, anchor: date, start: int, end: int) -> Span | None:
    """`nästa träff blir den 8:e`: in the month of the document, or in the next or the last where the words say so."""
    months = [month_after(anchor, step) for step in (-1, 0, 1)]
    spans = [one_day(month.replace(day=number)) for month in months
             if 1 <= number <= month_of(month.year, month.month)[1].day]  # fmt: skip
    tense = told(page, start, end).tense
    own = next((span for span in spans if span[0].month == anchor.month), None)
    return {"future": the_next, "past": the_last}[tense](spans, anchor) if tense and own else own


def _by_words(
    group: tuple[Piece, ...], page: Page, anchor: date, bound: Bound, seen: list[Seen], spans: list[Span]
) -> Span | str | None:
    """The span of a group by what the words around say of past and future, by the mention before, else the nearest."""
    piece = group[0]
    if bound.kind == "by":
        return _due(group, page, anchor, bound, spans)
    if not bound.kind and (thing := _of_thing(group, page, anchor, spans)):
        return thing
    cue = _said(page, group, bound)
    if bound.text in page.grammar.lists["since"] and cue.tense != "future":
        return the_last(spans, anchor)
    if cue.tense == "past":
        return _behind(group, page, anchor, cue, bound, spans)
    if cue.kind == "aim" and not bound.kind and piece.unit == "day":
        return just_over(spans, anchor)
    if cue.tense == "future" or (piece.unit == "month turn" and piece.number is None):
        return the_next(spans, anchor)
    if bound.kind == "until" and page.before("report", bound.start):  # `utfallet till och med april`
        return nearest(spans, anchor)
    if bound.kind == "until":
        return the_next(spans, anchor) if cue.kind else _no_word(group, page, anchor, spans)
    return _by_mention(group, page, seen, anchor, spans)


def _by_mention(group: tuple[Piece, ...], page: Page, seen: list[Seen], anchor: date, spans: list[Span]) -> Span | None:
    """The span of a group in the year said before, if the same sentence or a story of other years says it; else the
    nearest."""
    last = _lean(page, seen, group[0].start)
    here = last is not None and last.end >= page.sentence(group[0].start, group[0].start)[0]
    leaning = group_span(group, last.year, page) if last and (here or abs(last.year - anchor.year) > 1) else None
    return leaning or near(spans, anchor, group[0].unit)
