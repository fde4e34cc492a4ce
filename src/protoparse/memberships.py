"""Who sat in which group and position, from when to when, and by which decisions.

A seat is one person in one position of one group without a break. An election or a replacement begins it, and goes on
with it where the person sits already (a new mandate, or the same change told again). A departure, a successor or the
printed end of the mandate ends it. Days are those that are printed, else the day of the decision, on which both the old
and the new holder sit. What only tells of a change (a newsletter) gives the day of the telling and says so. Documents
without a date never put anything in order: what they alone say is a seat without days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from protoparse import positions
from protoparse.changes import Event, changes, day_after, day_before, events
from protoparse.seat import Seat
from protoparse.store import remake

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database


@dataclass(slots=True)
class Group:
    """The seats of one group while its events are taken in one after the other, in order of time."""

    seats: dict[str, list[Seat]] = field(default_factory=lambda: defaultdict(list))
    singles: dict[str, list[Seat]] = field(default_factory=lambda: defaultdict(list))

    def take(self, event: Event) -> None:
        """One event, later than or as late as all before it."""
        if event.begins:
            self._begin(event)
        else:
            self._end(event)

    def take_undated(self, event: Event) -> None:
        """What nothing puts in order: it tells again of a seat that is known, marks its end, or stands alone."""
        held = [it for it in self.seats[event.person] if _fits(event, it)]
        if not held:
            self._new(event)
        elif event.begins and len(held) == 1:
            held[0].begins.append(event)
        elif not event.begins and len(held) == 1 and (not held[0].ends or held[0].ends[0].source == "undated"):
            held[0].ends.append(event)

    def _begin(self, event: Event) -> None:
        seat = self._latest(event)
        if seat and (_goes_on(seat, event) or _retold(seat, event)):
            seat.begins.append(event)
        else:
            seat = self._new(event)
        if not seat.ends and seat.begins[-1] is event:
            self._leave_others(event, seat)

    def _end(self, event: Event) -> None:
        held = [it for it in self.seats[event.person] if _fits(event, it)]
        open_ = [it for it in held if not it.ends and not _past(it, event) and not _older(event, it)]
        for seat in open_:
            seat.ends.append(event)
        if open_ or event.everywhere:
            return
        ended = [it for it in held if it.ends and not _older(event, it)]
        if ended:
            max(enumerate(ended), key=lambda it: (it[1].role == event.role, it[0]))[1].ends.append(event)
        else:
            self._new(event)

    def _new(self, event: Event) -> Seat:
        seat = Seat(event.person)
        (seat.begins if event.begins else seat.ends).append(event)
        self.seats[event.person].append(seat)
        if event.role and positions.single(event.role):
            self.singles[event.role].append(seat)
        return seat

    def _latest(self, event: Event) -> Seat | None:
        held = [it for it in self.seats[event.person] if positions.one_seat(event.role, it.role)]
        return max(enumerate(held), key=lambda it: (it[1].role == event.role, it[0]), default=(0, None))[1]

    def _leave_others(self, event: Event, seat: Seat) -> None:
        """Who becomes a member is no substitute any longer, and the only chair follows the one before."""
        own = [
            it for it in self.seats[event.person] if positions.excludes(event.role, it.role) and not _past(it, event)
        ]
        before = [it for it in self.singles[event.role or ""] if it is not seat and not it.ends] if event.day else []
        for other in [it for it in own if not it.ends] + [it for it in before if _followed(it, event)]:
            last = day_before(event.day) if event.source == "stated" else event.day
            holder = other.told[-1]
            other.ends.append(replace(holder, change=event.change, begins=False, day=last, source="followed"))


def _fits(event: Event, seat: Seat) -> bool:
    if event.begins:
        return positions.one_seat(event.role, seat.role)
    return positions.falls_with(event.role, seat.role)


def _goes_on(seat: Seat, event: Event) -> bool:
    """Whether a seat is held on: nobody left it, and its mandate had not run out when the new one began."""
    until = seat.mandate.until_date if seat.mandate else None
    if seat.ends:
        return False
    return event.source == "again" or not until or (event.day or event.change.known) <= (day_after(until) or "")


def _retold(seat: Seat, event: Event) -> bool:
    """Whether a beginning is that of a seat that was left since."""
    until = seat.until_date
    if event.pair and event.pair in {it.pair for it in seat.begins}:
        return True
    return bool(seat.ends and event.day and until and event.day <= until)


def _past(seat: Seat, event: Event) -> bool:
    """Whether a mandate had run out before the day of an end, so that there must have been another one since."""
    until = seat.mandate.until_date if seat.mandate else None
    return bool(until and (event.day or event.change.known) > until)


def _older(event: Event, seat: Seat) -> bool:
    """Whether an end lies before a seat's beginning, and is that of an earlier one. Who leaves before the first day
    never sat."""
    since = seat.from_date
    return bool(event.day and since and event.day < since and event.change.known >= since)


def _followed(seat: Seat, event: Event) -> bool:
    """Whether a chair simply has a new one after him or her: not where both are elected by one text, nor where a
    printed mandate says until when, since one that overlaps is for people to look into."""
    if not seat.begins or seat.begins[-1].change.document == event.change.document or seat.mandate:
        return False
    return (seat.from_date or seat.begins[-1].change.known) < (event.day or "")


def fold(found: Iterable[Event]) -> list[Seat]:
    """All seats that the events make, in no matter what order they are given."""
    groups: dict[tuple[str, ...], Group] = defaultdict(Group)
    ordered = sorted(found, key=lambda it: it.order)
    homes: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for event in ordered:
        if not event.everywhere:
            homes[event.person].add(_home(event))
    for dated in (True, False):
        for event in (it for it in ordered if bool(it.change.known) == dated):
            for home in sorted(homes[event.person]) if event.everywhere else (_home(event),):
                (groups[home].take if dated else groups[home].take_undated)(event)
    return [seat for home in sorted(groups) for held in groups[home].seats.values() for seat in held]


def _home(event: Event) -> tuple[str, ...]:
    """The group; a post outside all groups is one of its own in the organ that speaks of it."""
    change = event.change
    return (change.group,) if change.group else (change.organ or "", event.role or "")


def rebuild(db: Database) -> list[Seat]:
    """Makes `seats` and `seat_steps` anew from the roster changes of all documents, and gives them."""
    seats = fold(events(changes(db)))
    remake(db, "seats", {it["id"]: it for it in (seat.row() for seat in seats)}.values())
    remake(db, "seat_steps", {it["id"]: it for seat in seats for it in seat.steps()}.values())
    return seats


# --- who was present


class Attended(NamedTuple):
    """A person present as a member."""

    id: str
    person: str
    group: str
    day: str
    path: str
    page: int | None
    organization: str | None = None

    @property
    def place(self) -> str:
        page = f" s. {self.page}" if self.page else ""
        return f"{self.path}{page} ({self.day})"


_SEEN = """SELECT a.id, a.person, d.organ_id, a.meeting_date, d.path, a.page, a.organization
FROM attendance a JOIN documents d ON d.id = a.document
WHERE a.category = 'member' AND a.stands_in_for IS NULL AND a.serving IS NOT 0 AND a.person IS NOT NULL
AND a.meeting_date IS NOT NULL AND d.organ_id IS NOT NULL AND coalesce(d.kind, '') != 'kallelse'
AND coalesce(a.role, '') NOT LIKE '%ersättare%' AND coalesce(a.role, '') NOT LIKE '%suppleant%'"""


def attended(db: Database | Connection) -> list[Attended]:
    """Who was present as a member in his or her own seat."""
    return [Attended(*row) for row in db.execute(_SEEN)]
