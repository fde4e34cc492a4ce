"""Where the record of seats contradicts itself: findings with both places, each in one Swedish sentence.

Only what cannot be true as it is told is a finding. Where a document may just be missing there is none: a chair without
a known end simply has a new one after him or her, unless the mandates overlap or both were elected within a year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from protoparse import positions
from protoparse.changes import Change, Event, Side
from protoparse.memberships import Attended, attended
from protoparse.seat import Seat, days_between
from protoparse.store import remake

if TYPE_CHECKING:
    from sqlite_utils import Database

YEAR = 365  # days within which two elections of different persons to one chair need a word of why
_SURE = ("stated", "decided")  # days that count against somebody

Alike = Callable[[str | None, str | None], bool]  # may two entities be one person?
Names = Mapping[str, str]  # entity of a group → its name


@dataclass(frozen=True, slots=True)
class Finding:
    """Two tellings that cannot both be true."""

    kind: str
    severity: str
    person: str
    group: str | None
    message: str
    earlier: Change
    later: Change | None = None
    attended: Attended | None = None

    def row(self) -> dict[str, Any]:
        """Its row in `seat_findings`."""
        known = [self.earlier.known, self.later.known if self.later else "", self.attended.day if self.attended else ""]
        places = [self.earlier.id, self.later.id if self.later else "", self.attended.id if self.attended else ""]
        return {
            "id": f"seat-{sha256(repr((self.kind, self.person, places)).encode()).hexdigest()[:12]}",
            "kind": self.kind,
            "severity": self.severity,
            "person": self.person,
            "group_id": self.group,
            "message": self.message,
            "earlier": self.earlier.id,
            "later": places[1] or None,
            "attended": places[2] or None,
            "known": max(known) or None,
        }


def called(side: Side) -> str:
    """`Anna Ek (S)`."""
    return f"{side.name} ({side.party})" if side.party else side.name or ""


def _seat(seat: Seat, names: Names) -> str:
    group = seat.told[0].change.group
    return f"{seat.position or 'plats'} i {names.get(group or '', '')}".removesuffix(" i ")


# --- one kind after the other


def at_once(first: Seat, second: Seat, alike: Alike, names: Names) -> Finding | None:
    """Two persons in a position that only one can have, or a successor of somebody who did not sit there."""
    one, other = first.began, second.began
    if not (one and other and one.decided and other.decided) or alike(first.person, second.person):
        return None
    if (one.document, one.section) == (other.document, other.section) or not _overlap(first, second):
        return None
    sure = bool(first.until_date and first.ending is None) or _stated_past(first, second)
    holder, new = called(first.begins[0].side), called(second.begins[0].side)
    replaced = other.outgoing
    told = f"{new} väljs till {_seat(second, names)} enligt {other.place}"
    if replaced.person and replaced.person != first.person:
        if alike(replaced.person, first.person):
            return None
        told = f"{new} efterträder {called(replaced)} som {_seat(second, names)} enligt {other.place}"
    kind = "other" if replaced.person else "double"
    until = f" till och med {first.until_date}" if sure else ""
    message = f"{told}, men {holder} har uppdraget{until} enligt {one.place}, och ingen text säger att det lämnas."
    return Finding(kind, "warning" if sure else "info", second.person, other.group, message, one, other)


def _stated_past(first: Seat, second: Seat) -> bool:
    ending = first.ending
    return bool(ending and ending.source == "stated" and ending.day and ending.day > (second.from_date or ""))


def _overlap(first: Seat, second: Seat) -> bool:
    """Whether two seats of one position cannot stand beside each other."""
    since, until = second.from_date, first.until_date
    if not (first.from_date and since):
        return False
    if first.ending and first.ending.source == "followed":
        return first.ending.change is second.began and days_between(first.from_date, since) <= YEAR
    if first.ending is None and until is None:
        return first.from_date == since
    return bool(until and until > since and (first.ending is None or first.ending.source == "stated"))


def left_before(seat: Seat, home: Iterable[Seat], alike: Alike, names: Names) -> Finding | None:
    """Somebody leaves a seat that another took by an earlier decision and still has."""
    ends = [it for it in seat.ends if it.change.decided and it.change.known and it.source in _SURE]
    for one, other in combinations(ends, 2):
        taken, later = one.change.incoming, other.change.incoming
        if one.pair is None or one.change.document == other.change.document or one.role != other.role:
            continue
        if later.person is None and not _anew(one, other):
            continue
        if later.person and (later.person == taken.person or alike(later.person, taken.person)):
            continue
        if not any(_holds(it, one, other) for it in home):
            continue
        what = f"efterträds av {called(later)}" if later.person else "lämnar sitt uppdrag"
        message = (
            f"{called(seat.told[0].side)} {what} som {_seat(seat, names)} enligt {other.change.place}, men "
            f"efterträddes redan av {called(taken)} enligt {one.change.place}."
        )
        return Finding("left_before", "warning", seat.person, one.change.group, message, one.change, other.change)
    return None


def _anew(one: Event, other: Event) -> bool:
    """Whether a release is a decision of its own, and no late word of the one that was known."""
    protocol = other.change.document_kind == "protokoll" and other.change.outcome == "elected"
    return protocol and bool(one.day and other.day and other.day > one.day)


def _holds(seat: Seat, one: Event, other: Event) -> bool:
    """Whether a seat is the successor's, held when the second change was decided."""
    if seat.person != one.change.incoming.person or one.pair not in {it.pair for it in seat.begins}:
        return False
    until = seat.until_date
    return (until is None and not seat.ends) or (until or "") >= (other.day or other.change.known)


def again(seat: Seat, alike: Alike, names: Names) -> Finding | None:
    """Somebody is elected after two persons to what is one seat."""
    begins = [it for it in seat.begins if it.change.decided and it.pair and it.role and it.source in _SURE]
    for one, other in combinations(begins, 2):
        gone, gone_later = one.change.outgoing, other.change.outgoing
        if one.change.document == other.change.document or one.role != other.role or not (one.day and other.day):
            continue
        if gone.person == gone_later.person or alike(gone.person, gone_later.person):
            continue
        if not one.day < other.day <= (one.change.until_date or _a_year_after(one.day)):
            continue
        since = f"sedan {one.day}, efter {called(gone)}, enligt {one.change.place}"
        message = (
            f"{called(one.side)} väljs till {_seat(seat, names)} efter {called(gone_later)} enligt "
            f"{other.change.place}, men har uppdraget redan {since}."
        )
        return Finding("again", "info", seat.person, one.change.group, message, one.change, other.change)
    return None


def _a_year_after(day: str) -> str:
    return f"{int(day[:4]) + 1}{day[4:]}"


def present_after(seat: Seat, home: Iterable[Seat], seen: Iterable[Attended], names: Names) -> Finding | None:
    """Somebody is present as a member after the last day, and no other seat explains it."""
    ending = seat.ending
    if ending is None or not ending.day or ending.source not in _SURE:
        return None
    if seat.role not in (None, positions.MEMBER):
        return None
    seen = list(seen)
    if len({it.organization.casefold() for it in seen if it.organization}) > 1:
        return None  # two of one name, from two organizations: nobody knows which of them left
    other = [it for it in home if it.person == seat.person and it is not seat]
    for one in sorted((it for it in seen if it.day > (ending.day or "")), key=lambda it: (it.day, it.id)):
        if not any(_covers(it, one.day) for it in other):
            message = (
                f"{called(seat.told[-1].side)} lämnar {_seat(seat, names)} med {ending.day} som sista dag enligt "
                f"{ending.change.place}, men står bland de närvarande ledamöterna i {one.place}, "
                "och inget nytt val är känt."
            )
            return Finding("present_after", "warning", seat.person, one.group, message, ending.change, None, one)
    return None


def _covers(seat: Seat, day: str) -> bool:
    """Whether a seat may have been held on a day: unknown days stand open."""
    return (seat.from_date or "") <= day and (seat.until_date is None or day <= seat.until_date)


# --- all of them


def findings(seats: Iterable[Seat], seen: Iterable[Attended], alike: Alike, names: Names) -> list[Finding]:
    """All findings on seats, in the order of their groups."""
    homes: dict[str, list[Seat]] = defaultdict(list)
    present: dict[tuple[str, str], list[Attended]] = defaultdict(list)
    for seat in seats:
        if group := seat.told[0].change.group:
            homes[group].append(seat)
    for one in seen:
        present[one.person, one.group].append(one)
    return [it for group in sorted(homes) for it in _of_group(group, homes[group], present, alike, names)]


def _of_group(
    group: str, home: list[Seat], present: Mapping[tuple[str, str], list[Attended]], alike: Alike, names: Names
) -> Iterator[Finding]:
    by_person: dict[str, list[Seat]] = defaultdict(list)
    singles: dict[str, list[Seat]] = defaultdict(list)
    for seat in home:
        by_person[seat.person].append(seat)
        if seat.from_date and positions.single(seat.role):
            singles[seat.role or ""].append(seat)
    for held in singles.values():
        held.sort(key=lambda it: (it.from_date or "", it.id))
        found = (at_once(one, other, alike, names) for one, other in pairwise(held))
        yield from (it for it in found if it)
    for seat in home:
        successors = [it for end in seat.ends for it in by_person.get(end.change.incoming.person or "", ())]
        mine = by_person[seat.person]
        seen = present.get((seat.person, group), ())
        found = (left_before(seat, successors, alike, names), again(seat, alike, names))
        yield from (it for it in (*found, present_after(seat, mine, seen, names)) if it)


def rebuild(db: Database, seats: Iterable[Seat]) -> None:
    """Makes `seat_findings` anew from the seats and from who was present."""
    unsure = {frozenset(row) for row in db.execute("SELECT one, other FROM possible_same WHERE kind = 'person'")}
    names = dict(db.execute("SELECT id, name FROM entities WHERE kind = 'organ'").fetchall())

    def alike(one: str | None, other: str | None) -> bool:
        return one == other or frozenset((one, other)) in unsure

    found = (it.row() for it in findings(seats, attended(db), alike, names))
    remake(db, "seat_findings", {row["id"]: row for row in found}.values())
