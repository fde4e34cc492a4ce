"""The calendar: what a unit of a year spans. A ValueError says that there is no such day, week or month."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

Span = tuple[date, date]
# The plain names, in order; strftime would need the machine's Swedish locale. All spellings stand in rules/dates.yml.
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


def month_of(year: int, number: int) -> Span:
    """The first and the last day of a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months_of(year: int, first: int, last: int) -> Span:
    """From a month to a month; a last month before the first lies in the next year."""
    return month_of(year, first)[0], month_of(year + (last < first), last)[1]


def part_of_year(year: int, number: int, parts: int) -> Span:
    """The number-th of so many equal parts of a year."""
    if not 1 <= number <= parts:
        raise ValueError(number)
    size = 12 // parts
    return months_of(year, size * (number - 1) + 1, size * number)


def one_day(day: date) -> Span:
    """A day as a span."""
    return day, day


def turn_after(last: date) -> Span:
    """A last day and the first one after it."""
    return last, last + timedelta(1)


def week_of(year: int, number: int) -> Span:
    """Monday and Sunday of a week, as ISO 8601 counts them."""
    return date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> Span:
    """The nth such weekday of the month; the last for -1."""
    first, last = month_of(year, month)
    if nth == -1:
        return one_day(last - timedelta((last.isoweekday() - weekday) % 7))
    day = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    if day > last:
        raise ValueError(nth)
    return one_day(day)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def holiday_of(year: int, rule: Mapping[str, int]) -> Span:
    """The day of a holiday, as its row of rules/dates.yml reckons it."""
    if "easter" in rule:
        return one_day(easter(year) + timedelta(rule["easter"]))
    if "weekday" in rule:
        start = date(year, rule["month"], rule["from"])
        return one_day(start + timedelta((rule["weekday"] - start.isoweekday()) % 7))
    return one_day(date(year, rule["month"], rule["day"]))


def month_after(day: date, months: int) -> date:
    """The first day of the month so many months after that of the day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _quarter(day: date) -> Span:
    return part_of_year(day.year, (day.month + 2) // 3, 4)


def _school_year(day: date, step: int) -> Span:
    return months_of(day.year - (day.month < 8) + step, 8, 6)


# What counts from the document's day: `nästa månad` is ("month", 1).
RELATIVE: dict[str, tuple[str, Callable[[date, int], Span]]] = {
    "day": ("day", lambda day, step: one_day(day + timedelta(step))),
    "week": ("week", lambda day, step: week_of(*(day + timedelta(7 * step)).isocalendar()[:2])),
    "month": ("month", lambda day, step: month_of(*month_after(day, step).timetuple()[:2])),
    "quarter": ("quarter", lambda day, step: _quarter(month_after(day, 3 * step))),
    "year": ("year", lambda day, step: months_of(day.year + step, 1, 12)),
    "year end": ("day", lambda day, step: one_day(date(day.year + step, 12, 31))),
    "school year": ("other", _school_year),
    "weekday past": ("day", lambda day, weekday: one_day(day - timedelta((day.isoweekday() - weekday - 1) % 7 + 1))),
    "weekday coming": ("day", lambda day, weekday: one_day(day + timedelta((weekday - day.isoweekday() - 1) % 7 + 1))),
    "day of month": ("day", lambda day, number: one_day(day.replace(day=number))),
}

PRECISION = {
    "day": "day", "month": "month", "week": "week", "quarter": "quarter", "tertial": "tertial", "half": "half",
    "season": "season", "year": "year", "school": "other", "decade": "other", "century": "other",
    "year turn": "day", "half turn": "day", "month turn": "day", "month end": "day", "nth weekday": "day",
    "weekday of week": "day", "holiday": "day",
}  # fmt: skip
RELATIVE_UNITS = frozenset("+" + unit for unit in RELATIVE)
