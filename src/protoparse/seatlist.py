"""Seats as Swedish text: who sits in a group on a day, where a person has sat, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from protoparse import names, positions
from protoparse.printable import cited
from protoparse.sitting import CONTRADICTIONS, Held, Present, of_person, sitting

if TYPE_CHECKING:
    from sqlite3 import Connection

SOURCES = {
    "stated": "",
    "decided": " (beslutets dag)",
    "told": " (dagen då det berättas)",
    "followed": " (följd av en annan)",
}
_NO_BEGINNING = {
    "again": "omvald, satt redan förut",
    "vague": "början utan utskriven dag",
    "undated": "början i ett dokument utan datum",
}
_PLACES = """SELECT r.id, d.path, r.page, d.meeting_date FROM roster_changes r JOIN documents d ON d.id = r.document
WHERE r.id IN ({})"""


class Unknown(LookupError):
    """No group or person of the name has a seat; the message says so in Swedish."""


def found(db: Connection, kind: str, name: str) -> list[str]:
    """The entities of a kind that a name means: in any spelling, else those whose name holds it. Raises Unknown."""
    column = "group_id" if kind == "organ" else "person"
    rows = db.execute(
        f"""SELECT DISTINCT e.id, e.name, a.name FROM entities e LEFT JOIN aliases a ON a.entity = e.id
        WHERE e.kind = ? AND (e.id IN (SELECT {column} FROM seats) OR e.id IN (SELECT organ_id FROM documents))""",
        (kind,),
    ).fetchall()
    key = names.key(kind, name)
    same = {id for id, *spelled in rows if key in (names.key(kind, it) for it in spelled if it)}
    held = {id for id, shown, alias in rows if name.casefold() in f"{shown}\n{alias}".casefold()}
    if not (same or held):
        what = "Ingen grupp" if kind == "organ" else "Ingen person"
        raise Unknown(f"{what} som heter ”{name}” har någon känd plats.")
    return sorted(same or held)


def of_groups(db: Connection, day: str, group: str | None = None) -> Iterator[str]:
    """The lines for a group by its name, or for all groups in which somebody sits on the day."""
    rows = db.execute("SELECT DISTINCT group_id FROM seats")
    ids = found(db, "organ", group) if group else [row[0] for row in rows]
    for name, id in sorted((_name(db, id), id or "") for id in ids):
        held, present = sitting(db, id or None, day)
        if held or present or group:
            yield f"{name or 'Uppdrag utan känd grupp'} {day}"
            yield from _held(db, held)
            yield from _seen(present) if group else _counted(present)
            yield from [] if held or present else ["  Ingen känd plats den dagen."]
            yield ""


def _held(db: Connection, held: list[Held]) -> Iterator[str]:
    places = _places(db, held)
    yield from (f"  {_line(it, places)}" for it in held if it.sure)
    if unsure := [it for it in held if not it.sure]:
        yield "  Osäkert:"
        yield from (f"    {_line(it, places)}" for it in unsure)


def _seen(present: list[Present]) -> Iterator[str]:
    if present:
        yield "  Utan känt val:"
        yield from (f"    {_called(it)} närvarade som {_as(it)} {it.day}, inget val känt" for it in present)


def _counted(present: list[Present]) -> Iterator[str]:
    if present:
        who = "1 person" if len(present) == 1 else f"{len(present)} personer"
        yield f"  Utan känt val närvarade {who} som ledamot; --group visar vilka."


def of_person_named(db: Connection, day: str, name: str) -> Iterator[str]:
    """The lines for all persons that a name means."""
    for id in found(db, "person", name):
        seats = of_person(db, id, day)
        yield _name(db, id)
        places = _places(db, seats)
        yield from (f"  {_line(it, places, of_person=_name(db, it.group))}" for it in seats)
        if not seats:
            yield "  Ingen känd plats."
        yield ""


def contradictions(db: Connection, day: str, group: str | None = None, person: str | None = None) -> Iterator[str]:
    """The lines on what contradicts itself, of all or of a group or a person by name."""
    groups = found(db, "organ", group) if group else None
    people = found(db, "person", person) if person else None
    rows = db.execute(CONTRADICTIONS, {"as_of": day}).fetchall()
    messages = [row[5] for row in rows if (groups is None or row[4] in groups) and (people is None or row[3] in people)]
    if messages:
        yield "Handlingarna säger emot varandra:"
        yield from (f"  – {message}" for message in messages)


def _name(db: Connection, id: str | None) -> str:
    row = db.execute("SELECT name FROM entities WHERE id = ?", (id,)).fetchone()
    return row[0] if row else ""


def _as(it: Present) -> str:
    return it.role if it.role and positions.presides(positions.role(it.role)) else "ledamot"


def _called(it: Held | Present) -> str:
    beside = it.party or it.organization
    return f"{it.name} ({beside})" if beside and not it.name.endswith(")") else it.name


def _line(it: Held, places: dict[str, str], of_person: str | None = None) -> str:
    what = it.position or "plats"
    group = f" i {of_person}" if of_person else ", okänd grupp"
    who = f"{what}: {_called(it)}" if of_person is None else f"{what}{group}"
    where = "; ".join(dict.fromkeys(places[id] for id in (it.began, it.ended) if id in places))
    stands_for = f", företräder {it.represents}" if it.represents else ""
    return f"{who}{stands_for}, {_time(it)} – {where}"


def _time(it: Held) -> str:
    until = _until(it)
    return f"{_since(it)}{' ' if it.since and it.until else ', '}{until}" if until else _since(it)


def _since(it: Held) -> str:
    if it.since:
        return f"från {it.since}{SOURCES.get(it.from_source or '', '')}"
    return _NO_BEGINNING.get(it.from_source or "", "början okänd")


def _until(it: Held) -> str:
    if it.until:
        return f"till {it.until}{SOURCES.get(it.until_source or '', '')}"
    return "har lämnat, dagen är okänd" if it.ended else ""


def _places(db: Connection, held: Iterable[Held]) -> dict[str, str]:
    """Roster change → file, page and date."""
    ids = sorted({id for it in held for id in (it.began, it.ended) if id})
    rows = db.execute(_PLACES.format(", ".join("?" * len(ids))), ids)
    return {id: cited(path, page, day) for id, path, page, day in rows}
