"""What is to become of each correction of a document: the row that it means, and whether it can be followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from protoparse import fieldvalues, models, wordings
from protoparse.entries import Correction
from protoparse.fieldvalues import MODELS, Unfit
from protoparse.models import Evidence, Protocol, Record
from protoparse.paper import Place, Print, nearness
from protoparse.schema import FACTS
from protoparse.text import Text

RULE = "rättelse"  # the rule of the rows that people add
_CANNOT_LACK = ("votes", "doubts", "header_fields", "sections")
_READ_NOW = "reglerna läser nu så av sig själva"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a correction."""

    status: str  # applied, gone, unneeded, invalid
    message: str | None = None
    row: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    page: int | None = None
    evidence: str | None = None


# --- corrections of one row


def settled(table: str, mine: Sequence[Correction], record: Record) -> list[Fate]:
    """What becomes of each correction of one row; those that contradict one another are left out, all of them."""
    wishes = [_wish(table, it, record) for it in mine]
    return [_against(k, mine, wishes) or wish for k, wish in enumerate(wishes)]


def _wish(table: str, it: Correction, record: Record) -> Fate:
    if it.kind == "wrong":
        return Fate("applied", before=fieldvalues.columns(record))
    try:
        _, before, after = fieldvalues.changed(table, record, it.fields)
    except Unfit as error:
        return Fate("invalid", str(error))
    if before == after:
        return Fate("unneeded", _READ_NOW, before=before, after=after)
    return Fate("applied", before=before, after=after)


def _against(k: int, mine: Sequence[Correction], wishes: Sequence[Fate]) -> Fate | None:
    """Why a correction cannot be followed beside the others."""
    for other, (it, wish) in enumerate(zip(mine, wishes, strict=True)):
        if other != k and _contradict(wishes[k], wish):
            whose = f"{it.by} {it.on} i {it.file}"
            return Fate("invalid", f"säger emot en annan rättelse av samma rad ({whose}); ingen av dem används")
    return None


def _contradict(one: Fate, other: Fate) -> bool:
    if "invalid" in (one.status, other.status):
        return False
    if one.after is None or other.after is None:
        return (one.after is None) != (other.after is None)
    return any(one.after[name] != other.after[name] for name in one.after.keys() & other.after.keys())


# --- finding the row


class Spot(NamedTuple):
    """A row by its table and its place among the document's rows there, from 0."""

    table: str
    index: int


def records(protocol: Protocol, table: str) -> list[tuple[Record, Text]]:
    """The records of a table with the words that they rest on."""
    if table == "sections":
        names = models.SectionHead.model_fields
        heads = [models.SectionHead(**{name: getattr(it, name) for name in names}) for it in protocol.sections]
        return [(head, it.heading) for head, it in zip(heads, protocol.sections, strict=True)]
    return [(it, it.evidence.quote) for it in getattr(protocol, table)]


def _near(it: Correction, records: Sequence[tuple[Record, Text]], places: Sequence[Place]) -> dict[int, int]:
    """The rows that rest on the words of a correction, with how near they are."""
    ranks = (nearness(quote, it.quote or "", it.page, places) for _, quote in records)
    return {k: rank for k, rank in enumerate(ranks) if rank is not None}


def spot(it: Correction, protocol: Protocol, ids: Sequence[str], paper: Print) -> Spot | Fate:
    """The one row that a correction means, or why there is none. `ids`: those of the table's rows."""
    there, places = [record for record, _ in records(protocol, it.table)], paper.find(it.quote, it.page)
    near = _near(it, records(protocol, it.table), places)
    try:
        fit = [k for k in near if ids[k] == it.row]
        fit = fit or [k for k in near if not it.where or fieldvalues.holds(it.table, there[k], it.where)]
        if not fit and it.kind == "field" and any(fieldvalues.holds(it.table, there[k], it.fields) for k in near):
            return Fate("unneeded", _READ_NOW)
    except Unfit as error:
        return Fate("invalid", str(error))
    best = [k for k in fit if near[k] == min(near[other] for other in fit)]
    return Spot(it.table, best[0]) if len(best) == 1 else _nowhere(it, len(best), bool(near or places))


def _nowhere(it: Correction, rows: int, printed: bool) -> Fate:
    table = wordings.TABLES[it.table][0]
    page = f" på sidan {it.page}" if it.page else " i dokumentet"
    if rows:
        return Fate("gone", f"orden passar på {rows} rader i {table}; skriv fler ord, 'page' eller 'where'")
    if not printed:
        return Fate("gone", f"orden står inte{page}")
    if it.kind == "wrong":
        return Fate("unneeded", "orden står kvar, men den felaktiga raden läses inte längre")
    return Fate("gone", f"orden står kvar, men ingen rad i {table} vilar på dem")


# --- rows that are missing


def with_added(
    protocol: Protocol, own: Sequence[Correction], paper: Print
) -> tuple[Protocol, dict[str, Spot], dict[str, Fate]]:
    """The document with the records that people add at the end of each table, their places by correction, and what
    became of the corrections that could not be followed."""
    lists = {table: list(getattr(protocol, table)) for table in FACTS}
    spots: dict[str, Spot] = {}
    fates: dict[str, Fate] = {}
    for it in (it for it in own if it.kind == "missing"):
        made = _added(it, records(protocol, it.table), paper)
        if isinstance(made, Fate):
            fates[it.id] = made
        else:
            spots[it.id] = Spot(it.table, len(lists[it.table]))
            lists[it.table].append(made)
    return replace(protocol, **lists), spots, fates


def _added(it: Correction, there: Sequence[tuple[Record, Text]], paper: Print) -> Record | Fate:
    if it.table in _CANNOT_LACK:
        return Fate("invalid", f"rader i {wordings.TABLES[it.table][0]} kan inte läggas till för hand")
    places = paper.find(it.quote, it.page)
    if not places:
        return _nowhere(it, 0, False)
    try:
        if any(fieldvalues.holds(it.table, record, it.fields) for record in _beside(there, places)):
            return Fate("unneeded", "reglerna hittar nu raden själva")
        if len(places) > 1:
            return Fate("gone", f"orden står på {len(places)} ställen; skriv fler ord eller 'page'")
        said = fieldvalues.named(it.table, it.fields)
        return fieldvalues.built(it.table, _whole(it.table, said, places[0]))
    except Unfit as error:
        return Fate("invalid", str(error))


def _beside(there: Iterable[tuple[Record, Text]], places: Sequence[Place]) -> Iterator[Record]:
    """The records that rest on some of the words."""
    words = {word for place in places for word in place.text.words}
    return (record for record, quote in there if words & set(quote.words))


def _whole(table: str, said: dict[str, Any], place: Place) -> dict[str, Any]:
    """What people said of a row, with what its place on the page tells."""
    around = place.passage
    given: dict[str, Any] = {"evidence": Evidence(quote=place.text, rule=RULE), "text": place.text.printed}
    given |= {"section": around.section if around else None, "heading": around.heading if around else None}
    given |= {"certainty": "stated", "precision": "day", "category": "member", "number": 1}
    given |= {"end": said.get("start")} if table == "dates" else {}
    return {name: value for name, value in given.items() if name in MODELS[table].model_fields} | said
