"""Claims on an axis of time: where every bar, tick and label of the plot stands. Pure geometry; the template draws it.

Units are those of the plot's viewBox: 1 is about a pixel on a wide screen.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from protoparse.site import labels
from protoparse.site.axis import UNKNOWN, WIDE, Axis, Frame, axis, begin_of, day_of, moved, ticks

Row = Mapping[str, Any]

HEAD = 38.0  # the axis above the rows
LANE, BAR, AIR = 15.0, 9.0, 12.0  # from bar to bar, a bar's height, the air of a row
TRACKS = {"money": "pengar", "agreement": "avtal", "project": "projekt"}


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
        sure = "stated" if it["certainty"] == "implied" else it["certainty"]
        groups.setdefault((it["track"], it["end"], sure), []).append(it)
    return list(groups.values())


def _weightiest(groups: Sequence[list[Row]], most: int) -> list[list[Row]]:
    """Those that set an end or contradict it, then the newest."""
    return sorted(groups, key=lambda it: (not _sets(it), not _odd(it), _negative(it)))[:most]


def _negative(group: Sequence[Row]) -> tuple[int, int]:
    newest = group[-1]
    return -(day_of(newest["known"]) or datetime.date.min).toordinal(), -newest["seq"]


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
    if not any(map(begin_of, group)):
        yield "undated"


def _bar(group: Sequence[Row], over: Axis, y: float, alone: bool) -> Bar:
    first, newest = group[0], group[-1]
    end = day_of(first["end"]) or (begin_of(newest) if first["certainty"] == "past" else None) or over.last
    begins = [day for it in group if (day := begin_of(it))]
    begin = min([*begins, end]) if begins else min(moved(end, -UNKNOWN), end)
    x, to = over.at(begin), over.at(end)
    sets = next((it for it in reversed(group) if it["last"]), newest)
    dated = [(day, it) for it in group if (day := day_of(it["known"]))]
    dots = [(over.at(day), it["title"], it["evidence_url"]) for day, it in dated if day > dated[0][0]]
    width = round(max(4.0, to - x), 1)
    return Bar(round(to - width, 1), y, width, " ".join(_looks(group)), sets["title"], sets["evidence_url"],
               _label(group, over, alone), dots)  # fmt: skip


def _label(group: Sequence[Row], over: Axis, alone: bool) -> str:
    """`31 dec 2026 avtal`; where many services stand together an end that does not hold is told by its title alone."""
    first = group[0]
    what = "" if alone or first["track"] == "money" else f" {TRACKS[first['track']]}"
    day = day_of(first["end"])
    if not day:
        return f"utan slut{what}" if first["certainty"] != "past" else f"slut{what}" if alone else ""
    if not alone and not _sets(group) and not _odd(group):
        return ""
    return f"{labels.short_day(first['end'])}{what}{' →' if day > over.last else ''}"
