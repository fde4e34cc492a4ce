"""Spans: which ones a group without a year may mean, and which of them lies before, after and nearest to a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from protoparse.dates.almanac import Span
from protoparse.dates.forms import Piece
from protoparse.dates.page import Page
from protoparse.dates.pieces import days_or_none

MOST_BETWEEN = 330  # days between two dates of a list
SEASON = 92  # days
A_WHILE = 45  # days
LONG_AHEAD = 250  # days
UNSURE = "unsure"  # the message where the year cannot be told


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


def choices(group: tuple[Piece, ...], page: Page, anchor: date) -> list[Span]:
    """What the group would span in each of the years around the anchor; more of them for 29 February and week 53."""
    found = _spans(group, page, anchor, 2)
    return found if len(found) >= 5 else _spans(group, page, anchor, 8)


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


def nearest(spans: list[Span], anchor: date) -> Span | None:
    """The one that lies nearest to the day."""
    return min(spans, key=lambda span: distance(span, anchor), default=None)


def the_last(spans: list[Span], anchor: date) -> Span | None:
    """The last one that has begun."""
    return max((span for span in spans if span[0] <= anchor), default=None)


def the_next(spans: list[Span], anchor: date) -> Span | None:
    """The first one that is not over."""
    return min((span for span in spans if span[1] >= anchor), default=None)


def near(spans: list[Span], anchor: date, unit: str) -> Span | None:
    """The nearest; a day behind is meant only where the coming one is more than twice as far away."""
    closest = nearest(spans, anchor)
    coming = the_next(spans, anchor)
    if closest is None or coming is None or closest[1] >= anchor or unit not in ("day", "week"):
        return closest
    return coming if (coming[0] - anchor).days < 2 * (anchor - closest[1]).days else closest


def just_over(spans: list[Span], anchor: date) -> Span | str | None:
    """The coming one; but nobody can tell where one was but some weeks ago, and the next is far away."""
    behind, coming = the_last(spans, anchor), the_next(spans, anchor)
    if behind is None or coming is None or behind[1] >= anchor:
        return coming
    return UNSURE if (anchor - behind[1]).days <= A_WHILE and (coming[0] - anchor).days >= LONG_AHEAD else coming


def after_that(group: tuple[Piece, ...], page: Page, previous: Span) -> Span | None:
    """The next item of a list, which goes on in the year of the one before or, over the turn, in the next."""
    spans = (group_span(group, previous[0].year + step, page) for step in (0, 1))
    coming = next((span for span in spans if span and span[0] >= previous[0]), None)
    return coming if coming and (coming[0] - previous[0]).days <= MOST_BETWEEN else None


def said_when(when: int | str, spans: list[Span], anchor: date) -> Span | None:
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
            return the_next(spans, anchor)
    return next((span for span in spans if span[0].year == anchor.year + int(when)), None)
