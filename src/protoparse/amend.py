"""A parsed document and its corrections → rows, and what became of each correction. Pure: nothing has to be undone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from protoparse import as_rows, fieldvalues, placing, wordings
from protoparse.entries import Correction
from protoparse.fates import Fate, Spot, records, settled, spot, with_added
from protoparse.models import Meeting, Protocol
from protoparse.paper import Print
from protoparse.schema import FACTS

_NOT_READ = "dokumentet gick inte att läsa"


def meeting(own: Sequence[Correction], stated: Meeting) -> Meeting:
    """What the document says of itself as people corrected it: the rules read the rest by that day and organ."""
    said: dict[str, Any] = {}
    for _, fate in _of_document(own, stated):
        said |= fate.after or {} if fate.status == "applied" else {}
    if not said:
        return stated
    made, _, _ = fieldvalues.changed("documents", stated, said)
    source = stated.date_source if "meeting_date" not in said else "corrected" if said["meeting_date"] else None
    return Meeting(**{**dict(made), "date_source": source})


def _of_document(own: Sequence[Correction], stated: Meeting) -> list[tuple[Correction, Fate]]:
    mine = [it for it in own if it.table == "documents"]
    return list(zip(mine, settled("documents", mine, stated), strict=True))


# --- changing the rows


def _sentence(it: Correction, fate: Fate) -> str:
    """What a row says of a correction of it."""
    what = "Tillagt" if it.kind == "missing" else "Rättat"
    before, after = fate.before or {}, fate.after or {}
    moved = (f"{wordings.FIELDS[name]} {_shown(before[name])} → {_shown(after[name])}" for name in before)
    said = f"{what} {it.on} av {it.by}" + (f": {', '.join(moved)}" if it.kind == "field" else "")
    return f"{said}. {it.note}" if it.note else f"{said}."


def _shown(value: Any) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return "tomt" if value in (None, "") else str(value)


def _mark(row: as_rows.Row, it: Correction, fate: Fate) -> None:
    row["corrected"] = "\n".join(part for part in (row["corrected"], _sentence(it, fate)) if part)


def _take_out(made: as_rows.Rows, table: str, ids: set[str]) -> None:
    """Removes rows; what hung on them hangs on nothing, on the section around them, or goes with them."""
    lost = [row for row in made.get(table, ()) if row["id"] in ids]
    made[table] = [row for row in made.get(table, ()) if row["id"] not in ids]
    if table == "sections":
        _lift(made, {row["id"]: row["parent"] for row in lost})
    if table == "ballots":
        _take_out(made, "votes", {row["id"] for row in made.get("votes", ()) if row["ballot"] in ids})
    for row in _all(made) if table == "decisions" else ():
        if row.get("decision") in ids:
            row["decision"] = None


def _lift(made: as_rows.Rows, parents: Mapping[str, str | None]) -> None:
    for row in _all(made):
        for column in ("section", "parent"):
            while row.get(column) in parents:
                row[column] = parents[row[column]]


def _all(made: as_rows.Rows) -> Iterator[as_rows.Row]:
    return (row for rows in made.values() for row in rows)


# --- all of it


def rows(source: as_rows.Source, protocol: Protocol, own: Sequence[Correction]) -> as_rows.Rows:
    """The rows of a document with its corrections, and the table `corrections` of what became of each."""
    if not own:
        return as_rows.rows_of(source, protocol)
    own, paper = sorted(own, key=lambda it: it.id), Print(protocol)
    grown, added, fates = with_added(protocol, own, paper)
    made = as_rows.rows_of(source, grown)
    for row in chain.from_iterable(made.get(table, ()) for table in ("documents", "sections", *FACTS)):
        row["corrected"] = None
    fates |= _on_document(made["documents"][0], own, protocol)
    fates |= {it.id: _new(made, added[it.id], it) for it in own if it.id in added}
    fates |= _on_rows(made, own, protocol, paper)
    made["corrections"] = [_row(it, source.id, fates[it.id]) for it in own]
    return as_rows.searchable(made)


def unread(source: as_rows.Source, reason: str, own: Sequence[Correction]) -> as_rows.Rows:
    """The rows of a file that could not be read, and its corrections, which find nothing there."""
    fate = Fate("gone", _NOT_READ)
    return {**as_rows.unread(source, reason), "corrections": [_row(it, source.id, fate) for it in own]}


def _on_document(row: as_rows.Row, own: Sequence[Correction], protocol: Protocol) -> dict[str, Fate]:
    found = _of_document(own, protocol.stated or protocol.meeting)
    for it, fate in found:
        if fate.status == "applied":
            _mark(row, it, fate)
    return {it.id: fate for it, fate in found}


def _new(made: as_rows.Rows, at: Spot, it: Correction) -> Fate:
    row = made[at.table][at.index]
    fate = Fate("applied", after={name: row[name] for name in fieldvalues.named(it.table, it.fields)})
    _mark(row, it, fate)
    return _placed(fate, row)


def _placed(fate: Fate, row: as_rows.Row) -> Fate:
    return replace(fate, row=row["id"], page=row["page"], evidence=row["evidence"])


def _on_rows(made: as_rows.Rows, own: Sequence[Correction], protocol: Protocol, paper: Print) -> dict[str, Fate]:
    """Changes rows and takes out wrong ones, all found before any is changed."""
    fates: dict[str, Fate] = {}
    meant: dict[Spot, list[Correction]] = defaultdict(list)
    for it in own:
        if it.kind != "missing" and it.table != "documents":
            found = spot(it, protocol, [row["id"] for row in made.get(it.table, ())], paper)
            if isinstance(found, Fate):
                fates[it.id] = found
            else:
                meant[found].append(it)
    wrong: dict[str, set[str]] = defaultdict(set)
    for at, mine in meant.items():
        row = made[at.table][at.index]
        for it, fate in zip(mine, settled(at.table, mine, records(protocol, at.table)[at.index][0]), strict=True):
            fates[it.id] = _placed(fate, row)
            if fate.status == "applied" and it.kind == "wrong":
                wrong[at.table].add(row["id"])
            elif fate.status == "applied":
                row.update(fate.after or {})
                _met(row)
                _mark(row, it, fate)
    for table, ids in wrong.items():
        _take_out(made, table, ids)
    return fates


def _met(row: as_rows.Row) -> None:
    """A decision without an organ of its own is that of the organ that met."""
    if "meeting_organ" in row:
        row["organ"] = row["organ"] or row["meeting_organ"]


def _row(it: Correction, document: str, fate: Fate) -> as_rows.Row:
    said = {name: _json(getattr(fate, name)) for name in ("before", "after")}
    page = fate.page or it.page
    return placing.row(it, document, fate.status, fate.message, row=fate.row, page=page, evidence=fate.evidence, **said)


def _json(fields: Mapping[str, Any] | None) -> str | None:
    return None if fields is None else json.dumps(fields, ensure_ascii=False)
