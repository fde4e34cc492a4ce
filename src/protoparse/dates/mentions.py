"""Mentions: candidates with their days and bounds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from protoparse.dates.almanac import PRECISION, RELATIVE, RELATIVE_UNITS, Span, month_after, one_day
from protoparse.dates.chains import Candidate
from protoparse.dates.forms import ENDING_RULE, RANGE_RULES, Piece
from protoparse.dates.page import BEFORE, Page
from protoparse.dates.pieces import days_or_none
from protoparse.dates.spans import distance, group_span
from protoparse.dates.years import Bound, Seen, day_of_month, pick, year_last_said


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as the text says it. Offsets, first and last day leave the bound words out."""

    start: int
    end: int
    first: date
    last: date
    precision: str
    bound: str | None
    bound_start: int
    bound_text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A cue that is no safe date, and why (in Swedish)."""

    start: int
    end: int
    message: str
    rule: str


def _bound(page: Page, start: int, end: int) -> Bound:
    """The bound words right before a mention; `till 2026 års budget` and `till dagens möte` have none."""
    match = page.before("bound", start)
    text = " ".join(match["bound"].split()) if match else ""
    loose = " " not in text and "." not in text and page.grammar.index["bound"].get(text) != "by"
    if not match or (loose and (page.after("of_year", end) or page.low.startswith("dagens", start))):
        return Bound(None, start)
    at = max(0, start - BEFORE) + match.start()
    if text == "från" and page.before("of_thing", at):  # `protokollet från den 3 mars`: its date, no beginning
        return Bound(None, start)
    if text == "senast" and (page.before("lately", at) or page.grammar.index["pastweekday"].get(page.low[start:end])):
        return Bound(None, start)
    return Bound(page.grammar.index["bound"][text], at, text)


def _span(
    group: tuple[Piece, ...], page: Page, bound: Bound, seen: list[Seen], previous: Span | None = None
) -> Span | str:
    """First and last day of a group, or the name of the message that says why not."""
    piece, anchor = group[0], page.anchor
    if piece.when == "which":
        return "which_turn"
    if piece.year is not None:
        if any(days_or_none(each, piece.year if each.year is None else each.year, page) is None for each in group):
            return "impossible"
        return group_span(group, piece.year, page) or "reversed"
    if anchor is None:
        return "no_anchor"
    if piece.unit in RELATIVE_UNITS:
        return _counted(piece, page, anchor) or "impossible"
    return pick(group, page, anchor, bound, seen, previous) or ("impossible" if len(group) == 1 else "reversed")


def _counted(piece: Piece, page: Page, anchor: date) -> Span | None:
    """What counts from the document's day."""
    if piece.unit == "+day of month" and piece.weekday:
        return _named_day(piece.day or 0, piece.weekday, anchor)
    if piece.rule == "dag-ensam":
        return day_of_month(piece.day or 0, page, anchor, piece.start, piece.end)
    step = piece.day if piece.number is None and piece.weekday is None else piece.number or piece.weekday or 0
    try:
        return RELATIVE[piece.unit[1:]][1](anchor, step or 0)
    except (ValueError, OverflowError):
        return None


def _named_day(day: int, weekday: int, anchor: date) -> Span | None:
    """`torsdagen den 15`: the nearest 15th that is a Thursday."""
    months = [month_after(anchor, step) for step in range(-3, 4)]
    days = [month.replace(day=day) for month in months if 1 <= day <= monthrange(month.year, month.month)[1]]
    spans = [one_day(each) for each in days if each.isoweekday() == weekday]
    return min(spans, key=lambda span: distance(span, anchor), default=None)


def _precision(piece: Piece) -> str:
    return RELATIVE[piece.unit[1:]][0] if piece.unit in RELATIVE_UNITS else PRECISION[piece.unit]


def _rule(group: tuple[Piece, ...]) -> str:
    return RANGE_RULES[group[0].family] if len(group) > 1 else group[0].rule


def _weekday_wrong(group: tuple[Piece, ...], span: Span) -> bool:
    """Whether a weekday is said that the day does not have."""
    days = zip(group, span, strict=False)
    return any(piece.unit == "day" and piece.weekday not in (None, day.isoweekday()) for piece, day in days)


def _ends_of_period(page: Page, mention: Mention) -> Mention:
    """`utgången av mars`, `per mars`, `ultimo mars`: the last day; `till utgången av mars` is until March."""
    if mention.precision == "day":
        return mention
    before = page.before("ending", mention.start)
    if not before and mention.precision == "month" and not mention.bound:
        before = page.before("month_end", mention.start)
    if not before:
        return mention
    start = max(0, mention.start - BEFORE) + before.start()
    inner = _bound(page, start, start)
    if inner.kind == "until":  # what runs `till utgången av mars` runs through March
        words = page.low[inner.start : mention.start]
        return replace(mention, bound="until", bound_start=inner.start, bound_text=words)
    return replace(mention, start=start, first=mention.last, precision="day", rule=ENDING_RULE,
                   bound=inner.kind, bound_start=inner.start, bound_text=inner.text)  # fmt: skip


def _moved(page: Page, candidate: Candidate, name: str = "mover") -> bool:
    """`flyttas från den 3 till den 10 mars`: two dates, no range."""
    left, _ = page.sentence(candidate.start, candidate.end)
    return bool(page.grammar.patterns[name].search(page.low, left, candidate.start))


def _split_move(candidate: Candidate) -> Candidate:
    groups = tuple((piece,) for group in candidate.groups for piece in group)
    return replace(candidate, groups=groups, word=False)


def mentions_of(page: Page, candidate: Candidate, seen: list[Seen]) -> Iterator[Mention | Unread]:
    """What a candidate says, from left to right."""
    opening = page.before("from", candidate.start) if candidate.word and len(candidate.groups[0]) == 2 else None
    moved = bool(opening) and _moved(page, candidate)
    if moved:
        candidate, opening = _split_move(candidate), None
    on_another_day = moved and _moved(page, candidate, "day_moved")
    shared: Bound | None = None
    previous: Span | None = None
    for group in candidate.groups:
        start, end = group[0].start, group[-1].end
        at_first = group is candidate.groups[0]
        if at_first and (opening or candidate.between):
            prefix = opening or page.before("between", start)
            start = max(0, start - BEFORE) + (prefix.start() if prefix else 0)
            bound = Bound(None, start)
        elif on_another_day:
            bound = Bound(None, start)
        elif at_first or moved or shared is None or not shared.kind:
            bound = _bound(page, start, end)
        else:
            bound = replace(shared, start=shared.start)
        shared = bound
        if group[0].when == "following" and not year_last_said(page, seen, start):
            continue
        span = _span(group, page, bound, seen, previous)
        previous = None if isinstance(span, str) else span
        if isinstance(span, str):
            yield Unread(*page.place(start, end), page.grammar.messages[span], _rule(group))
            continue
        if _weekday_wrong(group, span):
            yield Unread(*page.place(start, end), page.grammar.messages["weekday"], _rule(group))
        if group[0].year is not None and span[0].year == span[1].year:
            whole = group[0].unit == "year"
            seen.append(
                Seen(end, span[0].year, whole and not page.after("heads", end), whole and _opens_list(page, end))
            )
        mention = Mention(start, end, *span, _precision(group[0]), bound.kind, bound.start if bound.kind else start,
                          bound.text, _rule(group))  # fmt: skip
        yield _placed(page, _ends_of_period(page, mention) if len(candidate.groups) == 1 else mention)


def _opens_list(page: Page, end: int) -> bool:
    return page.low[end : end + 2].lstrip().startswith(":")


def _placed(page: Page, mention: Mention) -> Mention:
    start, end = page.place(mention.start, mention.end)
    bound_start = page.place(mention.bound_start, mention.end)[0] if mention.bound else start
    return replace(mention, start=start, end=end, bound_start=bound_start)
