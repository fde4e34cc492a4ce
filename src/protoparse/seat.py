"""One seat: a person in one position of one group without a break, with all that was told of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from protoparse.changes import SOURCES, Change, Event

RETOLD = 183  # days within which a second telling of a beginning still tells of the same one

VIEWED = ("party", "organization", "position", "represents", "from_date", "from_source", "from_known", "until_date")
VIEWED += ("until_source", "until_known", "began", "ended")
_UNSURE = ("told", "followed", "vague", "undated")  # ends that a decision or a printed day puts right


@dataclass(slots=True, eq=False)
class Seat:
    """One person in one position of one group, with all that was told of it, in order of time."""

    person: str
    begins: list[Event] = field(default_factory=list)
    ends: list[Event] = field(default_factory=list)

    @property
    def told(self) -> list[Event]:
        return [*self.begins, *self.ends]

    @property
    def role(self) -> str | None:
        return next((it.role for it in self.told if it.role), None)

    @property
    def position(self) -> str | None:
        return next((it.position for it in self.told if it.position), None)

    @property
    def beginning(self) -> Event | None:
        """What tells the first day."""
        best = self.begins[0] if self.begins else None
        for event in self.begins[1:]:
            best = event if best and _puts_right(event, best) else best
        return best

    @property
    def began(self) -> Change | None:
        """The weightiest of the changes that tell of the beginning: of a decision and what retells it the decision."""
        first = self.begins[0].change.known if self.begins else ""
        near = [it.change for it in self.begins if days_between(first, it.change.known) <= RETOLD]
        return min(near, key=lambda it: (it.weight, not it.known, it.known, it.document, it.ordinal), default=None)

    @property
    def ending(self) -> Event | None:
        """What tells the last day. One document may release somebody and name a successor's first day: the printed
        day of the two counts."""
        first = min(self.ends, key=lambda it: (it.source in _UNSURE, not it.change.known, it.order), default=None)
        same = [it for it in self.ends if first and it.change.document == first.change.document]
        return min(same, key=lambda it: (SOURCES.index(it.source), it.pair is not None, it.order), default=None)

    @property
    def mandate(self) -> Change | None:
        """The newest change that prints until when the person is elected."""
        printed = [it.change for it in self.begins if it.change.until_date]
        return max(printed, key=lambda it: (it.known, it.until_date, it.id), default=None)

    @property
    def from_date(self) -> str | None:
        return self.beginning.day if self.beginning else None

    @property
    def until_date(self) -> str | None:
        if self.ends:
            return self.ending.day if self.ending else None
        return self.mandate.until_date if self.mandate else None

    @property
    def id(self) -> str:
        """An address that depends on who sits where by which change, not on what else was told."""
        change = self.began or (self.ending or self.told[0]).change
        return f"held-{_digest(self.person, change.group or change.organ, self.role, change.id)}"

    def row(self) -> dict[str, Any]:
        """Its row in `seats`."""
        began, ending, beginning, mandate = self.began, self.ending, self.beginning, self.mandate
        change = began or (ending or self.told[0]).change
        sides = [it.side for it in self.told]
        return {
            "id": self.id,
            "person": self.person,
            "name": next((it.name for it in sides if it.name), None),
            "party": next((it.party for it in sides if it.party), None),
            "organization": next((it.organization for it in sides if it.organization), None),
            "group_id": change.group,
            "group_name": change.group_name,
            "position": self.position,
            "represents": next((it.change.represents for it in self.told if it.change.represents), None),
            "from_date": self.from_date,
            "from_source": beginning.source if beginning else None,
            "from_known": beginning.change.known or None if beginning else None,
            "until_date": self.until_date,
            "until_source": ending.source if ending else "stated" if mandate else None,
            "until_known": ending.change.known or None if ending else None,
            "began": began.id if began else None,
            "ended": ending.change.id if ending else None,
            "mandate_until": mandate.until_date if mandate else None,
            "known": min(it.change.known for it in self.told) or None,
        }

    def steps(self) -> Iterator[dict[str, Any]]:
        """Its rows in `seat_steps`: what began it, what ended it, and what tells of it again or for a new mandate."""
        began, ending = self.began, self.ending
        views = {day: self.known_by(day).view() for day in {it.change.known for it in self.told}}
        for event in self.told:
            change = event.change
            chosen = (ending and ending.change, "ended") if not event.begins else (began, "began")
            step = chosen[1] if change is chosen[0] else "retold" if not event.begins else "again"
            yield {
                "id": f"step-{_digest(self.id, change.id, event.begins)}",
                "seat": self.id,
                "change": change.id,
                "document": change.document,
                "step": step,
                "meeting_date": change.known or None,
                "page": change.page,
                "until_date": change.until_date if event.begins else None,
                "evidence": change.evidence,
                "view": views[change.known],
            }

    def known_by(self, day: str) -> Seat:
        """The seat as the documents up to a day tell it; undated ones are known always."""
        begins, ends = ([it for it in told if it.change.known <= day] for told in (self.begins, self.ends))
        return Seat(self.person, begins, ends)

    def view(self) -> str:
        """What the tellings say, as JSON: days with their sources, whether somebody left, which changes tell it."""
        row = self.row()
        return json.dumps({name: row[name] for name in VIEWED} | {"gone": int(bool(self.ends))}, ensure_ascii=False)


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:12]


def _puts_right(event: Event, best: Event) -> bool:
    """Whether a later telling tells the first day better: not every one, since an election for a new mandate is not."""
    if event.source != "stated" or best.source == "again":
        near = days_between(best.change.known, event.change.known) <= RETOLD
        return event.source == "decided" and best.source in _UNSURE and near
    if best.day is None or (event.day or "") <= best.day:
        return best.source != "stated"
    retold = event.pair is not None and event.pair == best.pair
    return best.source != "stated" and (retold or best.source in _UNSURE) and _near(event, best)


def _near(event: Event, other: Event) -> bool:
    return days_between(other.change.known, event.change.known) <= RETOLD


def days_between(first: str, second: str) -> int:
    """Days between two days; none where one is unknown."""
    if not (first and second):
        return 0
    return abs((datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days)
