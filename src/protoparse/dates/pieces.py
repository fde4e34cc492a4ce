"""Pieces: what one match of a form says, and which days that is in a year."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from protoparse.dates.almanac import (
    Span,
    holiday_of,
    month_of,
    months_of,
    nth_weekday,
    one_day,
    part_of_year,
    turn_after,
    week_of,
)
from protoparse.dates.forms import Form, Piece
from protoparse.dates.page import Page


def _century(year2: str) -> int:
    return int(year2) + (2000 if int(year2) < 70 else 1900)


def _whole_year(text: str) -> int:
    return int(text) if len(text) == 4 else _century(text)


def _decade(text: str) -> int:
    """`60-talet` is that of the century before."""
    return int(text) if len(text) == 4 else int(text) + (1900 if int(text) >= 30 else 2000)


def _follows(first: int, second: str) -> bool:
    """Whether the second of `2025/26` or `2025/2026` is the year after the first."""
    return int(second) == (first + 1) % (100 if len(second) == 2 else 10_000)


def piece_of(form: Form, match: re.Match[str], page: Page) -> Piece | None:
    """The piece a match says, or None where its numbers cannot be what the form says."""
    said = {name: " ".join(value.split()) for name, value in match.groupdict().items() if value is not None}
    fields: dict[str, Any] = dict(form.extra)
    for name, value in said.items():
        if name in READERS:
            field, read = READERS[name]
            fields[field] = read(value, page.grammar.index)
    if "relative" in said:
        unit, step = page.grammar.relative[fields["number"]]
        return Piece(match.start(), match.end(), form.rule, "+" + unit, "", number=step)
    piece = Piece(match.start(), match.end(), form.rule, form.unit, form.family, **fields)
    if form.unit in TURNS:
        return TURNS[form.unit](piece, said, page.grammar.index)
    check = CHECKS.get(form.unit)
    return piece if check is None or check(piece, said) else None


def _year_turn(piece: Piece, said: Mapping[str, str], index: Mapping[str, Any]) -> Piece | None:
    """`årsskiftet 2026/27`; with one year only nobody can tell at which end of it."""
    if "year" in said and "to" not in said:
        return replace(piece, when="which")
    return piece if "to" not in said or _follows(piece.year or 0, said["to"]) else None


def _month_turn(piece: Piece, said: Mapping[str, str], index: Mapping[str, Any]) -> Piece | None:
    """`månadsskiftet maj/juni 2026`: the year is that of the second month."""
    if "to" not in said:
        return piece
    if index["month"][said["to"]] != (piece.number or 0) % 12 + 1:
        return None
    return replace(piece, year=piece.year - 1) if piece.year and piece.number == 12 else piece


TURNS = {"year turn": _year_turn, "month turn": _month_turn}

READERS: dict[str, tuple[str, Callable[[str, Mapping[str, Any]], Any]]] = {
    "year": ("year", lambda text, index: _whole_year(text)),
    "year2": ("year", lambda text, index: _century(text)),
    "decade": ("year", lambda text, index: _decade(text)),
    "when": ("when", lambda text, index: index["when"][text]),
    "weekday": ("weekday", lambda text, index: index["weekday"][text]),
    "day": ("day", lambda text, index: int(text)),
    "dayword": ("day", lambda text, index: index["ordinal"][text]),
    "month": ("number", lambda text, index: index["month"][text]),
    "mon": ("number", lambda text, index: index["month"][text]),
    "mnum": ("number", lambda text, index: int(text)),
    "num": ("number", lambda text, index: int(text) if text.isdigit() else index["number"][text]),
    "which": ("day", lambda text, index: int(text[0]) if text[0].isdigit() else index["ordinal"][text]),
    "season": ("number", lambda text, index: index["season"][text]),
    "holiday": ("number", lambda text, index: index["holiday"][text]),
    "relative": ("number", lambda text, index: index["relative"][text]),
    "pastweekday": ("number", lambda text, index: index["pastweekday"][text]),
}
# What a match must also say to be a piece of its unit.
CHECKS: dict[str, Callable[[Piece, Mapping[str, str]], bool]] = {
    "day": lambda piece, said: (piece.number is None or 1 <= piece.number <= 12) and 1 <= (piece.day or 0) <= 39,
    "month": lambda piece, said: 1 <= (piece.number or 0) <= 12,
    "season": lambda piece, said: "to" not in said or (piece.number == WINTER and _next_year(piece, said)),
    "decade": lambda piece, said: piece.year != 2000,  # a decade, or a century?
    "school": lambda piece, said: _next_year(piece, said),
}
WINTER = 3


def _next_year(piece: Piece, said: Mapping[str, str]) -> bool:
    return _follows(piece.year or 0, said["to"])


def _count(piece: Piece, last: int) -> Piece:
    """`första kvartalet`: the ordinal is the number; `sista` is the last of them."""
    if piece.day is None:
        return piece
    return replace(piece, number=last if piece.day == -1 else piece.day, day=None)


def days_of(piece: Piece, year: int, page: Page) -> Span:
    """First and last day of a piece in a year. ValueError: there is no such day."""
    number, day, weekday = piece.number or 0, piece.day or 0, piece.weekday or 0
    match piece.unit:
        case "day":
            return one_day(date(year, number, day))
        case "month":
            return month_of(year, number)
        case "week":
            return week_of(year, number)
        case "quarter" | "tertial" | "half" as unit:
            parts = {"quarter": 4, "tertial": 3, "half": 2}[unit]
            return part_of_year(year, _count(piece, parts).number or 0, parts)
        case "season":
            return months_of(year, *page.grammar.seasons[number])
        case "year":
            return months_of(year, 1, 12)
        case "school":
            return months_of(year, 8, 6)
        case "decade":
            return months_of(year, 1, 12)[0], date(year + (99 if year % 100 == 0 else 9), 12, 31)
        case "year turn":
            return turn_after(date(year, 12, 31))
        case "half turn":
            return turn_after(date(year, 6, 30))
        case "month turn":
            return turn_after(month_of(year, number)[1])
        case "month end":
            return one_day(month_of(year, number)[1])
        case "nth weekday":
            return nth_weekday(year, number, day, weekday)
        case "weekday of week":
            return one_day(date.fromisocalendar(year, number, weekday))
        case "holiday":
            return holiday_of(year, page.grammar.holidays[number])
    raise ValueError(piece.unit)


def days_or_none(piece: Piece, year: int, page: Page) -> Span | None:
    """First and last day of a piece in a year, or nothing where the calendar has no such day."""
    try:
        return days_of(piece, year, page)
    except (ValueError, OverflowError):
        return None
