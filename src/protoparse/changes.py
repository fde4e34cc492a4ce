"""Roster changes of all documents → who begins and who ends, in which group, on which day, and what tells the day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from protoparse.dates import MONTHS
from protoparse.positions import parts, role
from protoparse.printable import cited

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

# What tells the day, the surest first: printed; the day of the decision; the day of a text that only tells of it; the
# text says when, but no day; the text does not date itself.
SOURCES = ("stated", "decided", "told", "followed", "vague", "again", "undated")
_DECIDED = frozenset(("elected", "approved", "assigned"))
_UNDECIDED = frozenset(("proposed", "rejected", "deferred", "remitted"))

_MONTH = f"(?:{'|'.join(MONTHS)})"
_SEASON = r"(?:sommaren|hösten|vintern|våren|semest\w+|jul\w*|(?:halv)?årsskiftet|påsk\w*)"
_VAGUE = re.compile(
    rf"\b(?:nästa|nästkommande|kommande) (?:ordinarie )?(?:möte|sammanträde|år\b|mandat|termin)|"
    rf"\b(?:efter|från|fr\.?\s?o\.?\s?m\.?|inför|under|vid|i) (?:och med )?(?:\w+ )?(?:{_SEASON}|{_MONTH}\b)|"
    r"\b(?:efter|från) (?:och med )?(?:mötet|sammanträdet|(?:bolags|års|förenings)?(?:stämman?|mötet))\b|"
    rf"pension till {_SEASON}|\bförra året\b|\bi fjol\b|\btidigare i år\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:omv[aä]l|återv[aä]l)", re.IGNORECASE)
_ANEW = re.compile(r"\bnyv[aä]l", re.IGNORECASE)
_ALL = re.compile(r"\b(?:samtliga|alla)\s+(?:av\s+)?(?:sina\s+)?(?:\w+\s+)?(?:förtroende)?uppdrag", re.IGNORECASE)


class Side(NamedTuple):
    """A person of a change, as printed there."""

    person: str | None
    name: str | None
    party: str | None
    organization: str | None


class Change(NamedTuple):
    """A roster change with its document."""

    id: str
    document: str
    known: str  # the document's date; empty where it has none
    document_kind: str | None
    path: str
    page: int | None
    ordinal: int
    section: str | None
    kind: str
    incoming: Side
    outgoing: Side
    group: str | None  # the entity
    group_name: str | None
    organ: str | None  # the entity whose document it is
    position: str | None
    represents: str | None
    from_date: str | None
    until_date: str | None
    outcome: str | None
    words: str  # the quote
    evidence: str | None
    away_from: bool  # the day is bound by `från`: of one who leaves the first without the seat

    @property
    def decided(self) -> bool:
        """Whether a decision stands behind it, and not only a telling."""
        return self.outcome in _DECIDED

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """The lower the weightier: decided by a protocol, decided, told by a protocol, told."""
        protocol = self.document_kind == "protokoll"
        return not (self.decided and protocol), not self.decided, not protocol

    @property
    def place(self) -> str:
        """File, page and date, as a reader would cite it."""
        return cited(self.path, self.page, self.known)


_CHANGES = f"""SELECT r.id, r.document, coalesce(d.meeting_date, ''), d.kind, d.path, r.page, r.ordinal, r.section,
    r.kind, r.incoming_person, r.incoming, r.incoming_party, r.incoming_organization,
    r.outgoing_person, r.outgoing, r.outgoing_party, r.outgoing_organization,
    r.group_id, r.group_name, d.organ_id, r.position, r.represents, r.from_date, r.until_date, c.outcome,
    coalesce(v.quote, ''), r.evidence,
    r.kind = 'departure' AND EXISTS (SELECT 1 FROM dates t WHERE t.document = r.document
        AND t.page = r.page AND t.start = r.from_date AND t.bound = 'from' AND instr(v.quote, t.text))
FROM roster_changes r JOIN documents d ON d.id = r.document
LEFT JOIN decisions c ON c.id = r.decision LEFT JOIN evidence v ON v.id = r.evidence
WHERE coalesce(d.kind, '') != 'kallelse'
AND coalesce(c.outcome, '') NOT IN ({", ".join(f"'{it}'" for it in sorted(_UNDECIDED))})"""


def changes(db: Database | Connection) -> list[Change]:
    """All changes but those that are only proposed, in order of time; those of undated documents come first."""
    rows = (tuple(row) for row in db.execute(_CHANGES))
    found = [Change(*row[:9], Side(*row[9:13]), Side(*row[13:17]), *row[17:27], bool(row[27])) for row in rows]
    return sorted(found, key=lambda it: (it.known, it.document, it.ordinal, it.id))


@dataclass(frozen=True, slots=True)
class Event:
    """One person begins or ends in one seat by one change."""

    change: Change
    side: Side
    begins: bool
    role: str | None
    position: str | None
    day: str | None  # the first day with the seat, or the last
    source: str
    everywhere: bool = False  # ends what the person holds in any group

    @property
    def person(self) -> str:
        return self.side.person or ""

    @property
    def order(self) -> tuple[str, bool, str, int, str]:
        """The order of time; of one day the ends come first. Undated ones have an order only to be told apart."""
        change = self.change
        return change.known, self.begins, change.document, change.ordinal, f"{change.id}{self.role}"

    @property
    def pair(self) -> tuple[str, str] | None:
        """Who follows whom: a change that names both is known again when it is retold."""
        change = self.change
        ids = change.incoming.person, change.outgoing.person
        return (ids[0], ids[1]) if ids[0] and ids[1] else None


def events(found: Iterable[Change]) -> Iterator[Event]:
    """What each change begins and ends."""
    for change in found:
        if change.incoming.person and (change.group or change.position):
            day, source = _first_day(change)
            yield from (
                Event(change, change.incoming, True, role(it), it, day, source) for it in parts(change.position)
            )
        if change.outgoing.person and change.outgoing.person != change.incoming.person:
            yield from _ends(change)


def _ends(change: Change) -> Iterator[Event]:
    day, source = _last_day(change)
    if change.group or change.position:
        for part in parts(change.position):
            yield Event(change, change.outgoing, False, role(part), part, day, source)
    elif _ALL.search(change.words):
        yield Event(change, change.outgoing, False, None, None, day, source, everywhere=True)


def _first_day(change: Change) -> tuple[str | None, str]:
    """The first day with the seat. Who is elected again had it before, since nobody knows when."""
    if _elected_again(change):
        return None, "again"
    return (change.from_date, "stated") if change.from_date else _day_told(change)


def _elected_again(change: Change) -> bool:
    if not _AGAIN.search(change.words):
        return False
    if not _ANEW.search(change.words):
        return True
    said = re.search(rf"{re.escape(change.incoming.name or '')}(?: \([^()]*\))*,? \(?(nyval|omval)", change.words)
    return bool(said) and said[1] == "omval"


def _last_day(change: Change) -> tuple[str | None, str]:
    """The last day with the seat: the day before a successor's first, where a day is printed."""
    if change.kind != "departure":
        return (day_before(change.from_date), "stated") if change.from_date else _day_told(change)
    if change.until_date or change.from_date:
        last = change.until_date or (day_before(change.from_date) if change.away_from else change.from_date)
        return last, "stated"
    return _day_told(change)


def _day_told(change: Change) -> tuple[str | None, str]:
    """Where no day is printed the day of the decision, on which both sit; no day where the text names another time."""
    if not change.known:
        return None, "undated"
    if _VAGUE.search(change.words):
        return None, "vague"
    return change.known, "decided" if change.decided else "told"


def day_before(day: str | None) -> str | None:
    return _moved(day, -1)


def day_after(day: str | None) -> str | None:
    return _moved(day, 1)


def _moved(day: str | None, days: int) -> str | None:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat() if day else None
