"""Claims on an axis of time: where every bar, tick and label of the plot stands. Pure geometry; the template draws it.

Units are those of the plot's viewBox: 1 is about a pixel on a wide screen.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from protoparse.dates import MONTHS
from protoparse.site import labels

Row = Mapping[str, Any]

HEAD = 38.0  # the axis above the rows
LANE, BAR, AIR = 15.0, 9.0, 12.0  # from bar to bar, a bar's height, the air of a row
TICK = 48.0  # a label of the axis needs so much
LETTER = 7.3  # a letter of a name
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)  # months between ticks
BEFORE, AFTER = 550, 1100  # days around the day of looking that an overview shows
UNKNOWN = 60  # days of fading bar for a claim whose document has no day
OPEN = 200  # days that the axis leaves for a claim without an end
TRACKS = {"money": "pengar", "agreement": "avtal", "project": "projekt"}


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
class Bar:
    """What documents say of one end: from the first of them, or the start that they give, to the end."""

    x: float
    y: float
    width: float
    looks: str  # classes: track, and standing, older, past, open, conditional, undated, conflict
    title: str
    url: str | None
    label: str  # beside its end; empty where another bar of the row says more
    dots: list[tuple[float, str, str | None]]  # later documents that say the same: where, words, evidence

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Line:
    """One service: its name, and its bars below one another."""

    y: float
    height: float
    name: str
    short: str
    url: str
    bars: list[Bar]
    more: int  # older bars that are left out


@dataclass(slots=True)
class Plot:
    """The whole picture."""

    height: float
    ticks: list[tuple[float, str, bool]]  # where, label, whether a year begins
    today: float
    as_of: str
    frame: Frame
    lines: list[Line] = field(default_factory=list)

    @property
    def looks(self) -> set[str]:
        """The kinds of bars in it, for the legend."""
        return {look for line in self.lines for bar in line.bars for look in bar.looks.split()}


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


def _day(text: Any) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _begin(claim: Row) -> datetime.date | None:
    return _day(claim["start"]) or _day(claim["known"])


def _moved(day: datetime.date, days: int) -> datetime.date:
    """So many days on; the calendar's first and last day are not passed."""
    ordinal = min(datetime.date.max.toordinal() - 400, max(400, day.toordinal() + days))
    return datetime.date.fromordinal(ordinal)


def axis(claims: Sequence[Row], as_of: datetime.date, frame: Frame = WIDE, *, whole: bool = False) -> Axis:
    """From the first month to the last that the plot shows: all of a service, or the years around the day."""
    begins = [day for it in claims if (day := _begin(it))]
    ends = [day for it in claims if (day := _day(it["end"]))]
    first, last = min([*begins, *ends, as_of]), max([*ends, as_of])
    if any(it["certainty"] == "open_ended" for it in claims):
        last = max(last, _moved(as_of, OPEN))
    if not whole:
        first, last = max(first, _moved(as_of, -BEFORE)), min(last, _moved(as_of, AFTER))
    first, last = min(first, _moved(as_of, -UNKNOWN)), _moved(max(last, _moved(as_of, UNKNOWN)), 0)
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
    month = MONTHS[day.month - 1][:3]
    return f"{month} {day.year}" if first or day.month == 1 else month


def plot(
    claims: Iterable[Row], as_of: datetime.date, frame: Frame = WIDE, *, most: int = 3, alone: bool = False
) -> Plot:
    """The plot of claims that stand together by service, in the order given; `most` bars a line.

    `alone`: of one service; all of its time instead of the years around the day, and a line for every track. A claim
    has service, name, url, track, seq, known, start, end, certainty, last, conflict, title and evidence_url.
    """
    found = list(claims)
    over = axis(found, as_of, frame, whole=alone)
    made = Plot(HEAD, ticks(over), over.at(as_of), as_of.isoformat(), frame)
    for _, of_line in groupby(found, key=lambda it: (it["service"], it["track"] if alone else "")):
        made.lines.append(_line(list(of_line), over, made.height, most, alone))
        made.height += made.lines[-1].height
    made.height += AIR
    return made


def _line(claims: Sequence[Row], over: Axis, top: float, most: int, alone: bool) -> Line:
    groups = _same(claims)
    kept = sorted(_weightiest(groups, most), key=lambda it: _order(it[0]))
    under = top + over.frame.above + (AIR + LANE - BAR) / 2
    bars = [_bar(group, over, under + LANE * n, alone) for n, group in enumerate(kept)]
    name = TRACKS[claims[0]["track"]].capitalize() if alone else claims[0]["name"]
    height = over.frame.above + AIR + LANE * len(bars)
    return Line(top, height, name, over.frame.short(name), claims[0]["url"], bars, len(groups) - len(kept))


def _order(claim: Row) -> tuple[str, int]:
    return claim["known"], claim["seq"]


def _same(claims: Sequence[Row]) -> list[list[Row]]:
    """Claims that say the same end of the same track, in order of time."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for it in sorted(claims, key=_order):
        groups.setdefault((it["track"], it["end"], it["certainty"]), []).append(it)
    return list(groups.values())


def _weightiest(groups: Sequence[list[Row]], most: int) -> list[list[Row]]:
    """Those that set an end or contradict it, then the newest."""
    return sorted(groups, key=lambda it: (not _sets(it), not _odd(it), _negative(it)))[:most]


def _negative(group: Sequence[Row]) -> tuple[int, int]:
    newest = group[-1]
    return -(_day(newest["known"]) or datetime.date.min).toordinal(), -newest["seq"]


def _sets(group: Sequence[Row]) -> bool:
    return any(it["last"] for it in group)


def _odd(group: Sequence[Row]) -> bool:
    return any(it["conflict"] for it in group)


def _looks(group: Sequence[Row]) -> Iterator[str]:
    first = group[0]
    yield first["track"]
    if first["certainty"] in ("open_ended", "conditional", "past"):
        yield {"open_ended": "open"}.get(first["certainty"], first["certainty"])
    elif not _sets(group):
        yield "older"
    if _sets(group):
        yield "standing"
    if _odd(group):
        yield "conflict"
    if not _begin(first):
        yield "undated"


def _bar(group: Sequence[Row], over: Axis, y: float, alone: bool) -> Bar:
    first, newest = group[0], group[-1]
    end = _day(first["end"]) or (_begin(newest) if first["certainty"] == "past" else None) or over.last
    begin = min(_begin(first) or _moved(end, -UNKNOWN), end)
    x, to = over.at(begin), over.at(end)
    sets = next((it for it in reversed(group) if it["last"]), newest)
    dots = [(over.at(day), it["title"], it["evidence_url"]) for it in group[1:] if (day := _day(it["known"]))]
    width = round(max(4.0, to - x), 1)
    return Bar(round(to - width, 1), y, width, " ".join(_looks(group)), sets["title"], sets["evidence_url"],
               _label(group, over, alone), dots)  # fmt: skip


def _label(group: Sequence[Row], over: Axis, alone: bool) -> str:
    """`31 dec 2026 avtal`; where many services stand together an end that does not hold is told by its title alone."""
    first = group[0]
    what = "" if alone or first["track"] == "money" else f" {TRACKS[first['track']]}"
    day = _day(first["end"])
    if not day:
        return f"utan slut{what}" if first["certainty"] != "past" else f"slut{what}" if alone else ""
    if not alone and not _sets(group) and not _odd(group):
        return ""
    return f"{labels.short_day(first['end'])}{what}{' →' if day > over.last else ''}"
