"""A row's fields as a form shows them, and what a filled-in form means as an entry of the file of corrections."""

from __future__ import annotations

import datetime
import json
import types
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from protoparse import corrections, fieldvalues, placing, store, wordings
from protoparse.entries import Correction
from protoparse.entries import correction as entry_of
from protoparse.fieldvalues import MODELS
from protoparse.handwritten import Item
from protoparse.models import Evidence
from protoparse.site import evidence, labels
from protoparse.text import Text

Row = dict[str, Any]
FILE = "granskning.yml"  # where the review adds corrections
LONG = 60  # letters from which a field gets several lines
QUOTE = 4000  # letters of pasted words
_LINES = ("text", "heading", "condition", "message")
ADDABLE = ("decisions", "roster_changes", "funding", "dates", "attendance", "dissents", "ballots")
_OF_DOCUMENT = ("meeting_date", "organ", "title", "kind")  # what the review offers of a document itself


class Taken(ValueError):
    """A row cannot be corrected from here; the message says in Swedish where it can."""


# --- the form


def _types(table: str, name: str) -> tuple[Any, ...]:
    """What a field can hold, without None."""
    field = MODELS[table].model_fields["date" if name == "meeting_date" else name]
    found = field.annotation
    parts = get_args(found) if get_origin(found) in (Union, types.UnionType) else (found,)
    return tuple(part for part in parts if part is not type(None))


def options(table: str, name: str) -> list[tuple[str, str]]:
    """The codes that a field can hold with their Swedish words; empty where it holds anything else."""
    found = _types(table, name)
    if found == (bool,):
        return [("true", "ja"), ("false", "nej")]
    codes = [code for part in found if get_origin(part) is Literal for code in get_args(part)]
    known = wordings.codes(table, name)
    return [(code, known.get(code) or labels.value(table, name, code) or code) for code in codes]


def _needed(table: str, name: str) -> bool:
    return MODELS[table].model_fields["date" if name == "meeting_date" else name].is_required()


def shown(value: Any) -> str:
    """A column's value as a form shows it, and as it comes back unchanged."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) and value.is_integer() and value < 1e6 else _plain(value)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _current(table: str, name: str, row: Mapping[str, Any]) -> str:
    value = row.get(name)
    if _types(table, name) == (bool,) and value is not None:
        return "true" if value else "false"
    return shown(value)


def names(table: str) -> list[str]:
    """The fields of a table that the review offers."""
    known = fieldvalues.names_of(table)
    return [name for name in _OF_DOCUMENT if name in known] if table == "documents" else known


def usual(table: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What a new row gets by itself, where nobody says else: its words are those on the page."""
    given = {"text": "ord", "certainty": "stated", "precision": "day", "category": "member", "number": 1}
    given |= {"end": said.get("start")} if table == "dates" else {}
    return {name: given[name] for name in given if name in names(table)}


def fields(table: str, row: Mapping[str, Any], said: Mapping[str, str] | None = None, new: bool = False) -> list[Row]:
    """The fields of a form: what the row holds now, or what somebody has filled in. `new`: of a row that is missing."""
    spared = usual(table, {}) if new else {}
    found = []
    for name in names(table):
        value = said.get(f"f-{name}", "") if said is not None else _current(table, name, row)
        kinds = _types(table, name)
        looks = "day" if datetime.date in kinds else "number" if {int, float} & set(kinds) else "text"
        long = looks == "text" and (name in _LINES or len(value) > LONG)
        found.append(
            {
                "name": f"f-{name}",
                "label": wordings.FIELDS.get(name, name).capitalize(),
                "hint": labels.description(table, name),
                "value": value,
                "kind": "choice" if options(table, name) else "long" if long else looks,
                "options": options(table, name),
                "needed": _needed(table, name) and name not in spared,
            }
        )
    return found


# --- what a form means


def moved(table: str, row: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, str | None]:
    """The fields that a form gives other values than the row has: by column, None for emptied ones."""
    found = {}
    for name in names(table):
        if f"f-{name}" in said and (new := said[f"f-{name}"]) != " ".join(_current(table, name, row).split()):
            found[name] = new or None
    return found


def check(table: str, row: Mapping[str, Any], said: Mapping[str, Any]) -> None:
    """Raises Unfit, in Swedish, where a row of the table cannot hold these values."""
    own: dict[str, Any] = {name: row[name] for name in fieldvalues.names_of(table) if name in row}
    own |= {"evidence": Evidence(quote=Text("ord"))} if "evidence" in MODELS[table].model_fields else {}
    own |= {"ballot": 1} if table == "votes" else {}
    own.pop("adjusters", None)  # a list, kept as text
    fieldvalues.built(table, own | fieldvalues.named(table, said))


def in_words(table: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Columns and codes as the file has them, in Swedish words."""
    return {
        wordings.FIELDS.get(name, name): wordings.codes(table, name).get(value, value) for name, value in said.items()
    }


def named(database: Path, document: str) -> str:
    """What a file of corrections calls a document: its path as the register shows it, or its id where the path means
    another one too."""
    db = store.connect(database)
    try:
        path = db.execute("SELECT path FROM documents WHERE id = ?", (document,)).fetchone()[0]
        rows = db.execute("SELECT document, path, file FROM document_paths ORDER BY file").fetchall()
    finally:
        db.close()
    known: dict[str, list[str]] = {}
    for owner, own, file in map(tuple, rows):
        known.setdefault(owner, []).extend([own, str(store.file_of(database, file))])
    probe = Correction(path, "documents", "field", {}, None, None, "", "")
    return path if document in placing.placed([probe], known) else document


def earlier(database: Path, table: str, row: str) -> tuple[dict[str, Any], set[str]]:
    """What the review has corrected in a row before, by column, and the ids of those corrections, whether the document
    has been read since or not. Raises Taken where the row was corrected or added elsewhere."""
    db = store.connect(database)
    try:
        query = """SELECT file, kind FROM corrections WHERE "table" = ? AND coalesce(row, document) = ?
            AND status = 'applied'"""
        found = [tuple(it) for it in db.execute(query, (table, row)).fetchall()]
    finally:
        db.close()
    for file, kind in found:
        if file != FILE:
            raise Taken(f"Raden är redan rättad i filen {file}. Ändra där, och läs in igen.")
        if kind == "missing":
            raise Taken("Raden är tillagd för hand. Ta bort den under Rättelser, och lägg till den på nytt.")
    path = corrections.folder_for(database) / FILE
    known = corrections.read_file(path)["corrections"] if path.is_file() else []
    own = named(database, row) if table == "documents" else row
    mine = [it for it in known if it.table == table and own == (it.document if table == "documents" else it.row)]
    said = [fieldvalues.named(table, it.fields) for it in mine]
    return {name: value for it in said for name, value in it.items()}, {it.id for it in mine}


def entry(table: str, proof: Mapping[str, Any], way: str, said: Any, **known: Any) -> Row:
    """One entry of the file; `proof` gives the printed words and their page, `known` document, row, by, on, note."""
    order = ("document", "table", "quote", "page", "row")
    base = {"table": wordings.TABLES[table][0], "quote": proof.get("quote"), "page": proof.get("page"), **known}
    what = {name: base[name] for name in order if base.get(name) is not None}
    signed = {name: base[name] for name in ("by", "on", "note") if base.get(name)}
    return {**what, way: said, **signed}


def moves(row: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """A correction's fields with their Swedish names: what stood there, and what stands there now."""
    before, after = (json.loads(row[name]) if row[name] else {} for name in ("before", "after"))
    return [
        (
            labels.column(row["table"], name),
            *(
                evidence.spelled(row["table"], name, it.get(name)) if it.get(name) not in (None, "") else ""
                for it in (before, after)
            ),
        )
        for name in after
    ]


def write(database: Path, made: Mapping[str, Any], old: Collection[str]) -> Path:
    """Adds an entry to the review's file, in place of the earlier corrections `old`. Raises RuleError."""
    path = corrections.folder_for(database) / FILE
    corrections.append(path, made, instead=lambda said: bool(old) and entry_of(Item(0, said), path).id in old)
    return path
