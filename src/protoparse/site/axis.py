"""The axis of a plot: which days it spans, where a day stands, and which labels fit.

Units are those of the plot's viewBox: 1 is about a pixel on a wide screen.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from protoparse.dates import MONTHS

Row = Mapping[str, Any]

TICK = 52.0  # a label of the axis needs so much
LETTER = 7.3  # a letter of a name
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)  # months between ticks
BEFORE, AFTER = 550, 1100  # days around the day of looking that an overview shows
UNKNOWN = 60  # days of fading bar for a claim whose document has no day
OPEN = 200  # days that the axis leaves for a claim without an end


@dataclass(frozen=True, slots=True)
class Frame:
    """The sheet: its width, the column of names, and the room for labels after the axis."""

    width: float
    names: float
    tail: float
    above: float = 0.0  # the height of a name that stands over its bars

    @property
    def right(self) -> float:
        return self.width - self.tail

    def short(self, name: str) -> str:
        """As much of a name as fits."""
        letters = int((self.names or self.width) / LETTER)
        return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"


WIDE = Frame(1120.0, 250.0, 120.0)
OF_ONE = Frame(1120.0, 76.0, 120.0)  # the lines of one service have short names
NARROW = Frame(360.0, 0.0, 104.0, 16.0)  # a telephone, without scrolling


@dataclass(frozen=True, slots=True)
class Axis:
    """Days to places."""

    first: datetime.date
    last: datetime.date
    frame: Frame

    def at(self, day: datetime.date) -> float:
        """Where a day stands; days outside stand on the edge."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.frame.names + min(1.0, max(0.0, share)) * (self.frame.right - self.frame.names), 1)


def day_of(text: Any) -> datetime.date | None:
    """A day of the database; None for an empty one."""
    return datetime.date.fromisoformat(text) if text else None


def begin_of(claim: Row) -> datetime.date | None:
    """Where a claim's bar begins: the start that it gives, or its document's day; None where neither is known."""
    return day_of(claim["start"]) or day_of(claim["known"])


def moved(day: datetime.date, days: int) -> datetime.date:
    """So many days on; the calendar's first and last day are not passed."""
    ordinal = min(datetime.date.max.toordinal() - 400, max(400, day.toordinal() + days))
    return datetime.date.fromordinal(ordinal)


def axis(claims: Sequence[Row], as_of: datetime.date, frame: Frame = WIDE, *, whole: bool = False) -> Axis:
    """From the first month to the last that the plot shows: all of a service, or the years around the day."""
    begins = [day for it in claims if (day := begin_of(it))]
    ends = [day for it in claims if (day := day_of(it["end"]))]
    first, last = min([*begins, *ends, as_of]), max([*ends, as_of])
    if any(it["certainty"] == "open_ended" for it in claims):
        last = max(last, moved(as_of, OPEN))
    if not whole:
        first, last = max(first, moved(as_of, -BEFORE)), min(last, moved(as_of, AFTER))
    first, last = min(first, moved(as_of, -UNKNOWN)), moved(max(last, moved(as_of, UNKNOWN)), 0)
    return Axis(first.replace(day=1), _month(last.replace(day=1), 1), frame)


def _month(day: datetime.date, months: int) -> datetime.date:
    years, month = divmod(day.month - 1 + months, 12)
    return datetime.date(min(datetime.MAXYEAR, day.year + years), month + 1, 1)


def ticks(over: Axis) -> list[tuple[float, str, bool]]:
    """The axis's labels: as close as they fit, the year where it begins."""
    months = (over.last.year - over.first.year) * 12 + over.last.month - over.first.month
    room = (over.frame.right - over.frame.names) / TICK
    step = next((it for it in STEPS if months / it <= room), STEPS[-1])
    begin = over.first if step < 12 else over.first.replace(month=1)
    begin = begin.replace(month=(begin.month - 1) // min(step, 12) * min(step, 12) + 1)
    days = (_month(begin, step * n) for n in range(months // step + 2))
    shown = [day for day in days if over.first <= day < over.last]
    return [(over.at(day), _tick(day, step, day == shown[0]), day.month == 1) for day in shown]


def _tick(day: datetime.date, step: int, first: bool) -> str:
    if step >= 12:
        return str(day.year)
    if day.month == 1:
        return str(day.year)
    return f"{MONTHS[day.month - 1][:3]}{f' {day.year}' if first else ''}"
