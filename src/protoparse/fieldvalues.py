"""Fields as people write them, checked against the record types: Swedish words for names and codes, text for values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from protoparse import as_rows, models, wordings
from protoparse.models import Meeting, Record

MODELS: Mapping[str, type[Record]] = {
    "decisions": models.Decision,
    "roster_changes": models.RosterChange,
    "funding": models.Funding,
    "dates": models.DateMention,
    "attendance": models.Attendee,
    "ballots": models.Ballot,
    "votes": models.Vote,
    "dissents": models.Dissent,
    "doubts": models.Doubt,
    "header_fields": models.HeaderField,
    "sections": models.SectionHead,
    "documents": Meeting,
}
# What the program itself finds out: where a row stands, and what it hangs on.
_OURS = ("evidence", "section", "decision", "ballot", "date", "date_source", "names", "issued_in")
_COLUMN = {"date": "meeting_date"}  # a field of the meeting → its column
_SPANS = (("start", "end"), ("from_date", "until_date"), ("paragraphs_from", "paragraphs_to"))


class Unfit(ValueError):
    """A value that a field cannot have; the message says in Swedish what it can."""


def names_of(table: str) -> list[str]:
    """The fields of a table that people can set, by the names of their columns."""
    return [_COLUMN.get(name, name) for name in MODELS[table].model_fields if name not in _OURS or name in _COLUMN]


def named(table: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as people wrote them → by column, codes in place of their Swedish words. Raises Unfit."""
    known, found = names_of(table), {}
    for word, value in said.items():
        name = wordings.field(word, known)
        if name is None:
            allowed = ", ".join(f"{it} ({wordings.FIELDS[it]})" if it in wordings.FIELDS else it for it in known)
            raise Unfit(f"fältet {word!r} finns inte; tillåtna är {allowed}")
        if name in found:
            raise Unfit(f"fältet {word!r} står två gånger")
        found[name] = wordings.code(table, name, value)
    return found


def built(table: str, values: Mapping[str, Any]) -> Record:
    """A record of a table from its columns. Raises Unfit with what is wrong with the first wrong one."""
    fields = {column: name for name, column in _COLUMN.items()}
    try:
        made = MODELS[table].model_validate({fields.get(name, name): value for name, value in values.items()})
    except ValidationError as error:
        raise Unfit(_problem(error.errors()[0])) from error
    for first, last in _SPANS:
        low, high = getattr(made, first, None), getattr(made, last, None)
        if low is not None and high is not None and low > high:
            raise Unfit(f"{first} {low} ligger efter {last} {high}")
    return made


def _problem(error: Mapping[str, Any]) -> str:
    name = ".".join(_COLUMN.get(str(part), str(part)) for part in error["loc"])
    kind = error["type"]
    if kind == "missing":
        return f"fältet {name!r} saknas"
    said = f"{name} är {error['input']!r}"
    if kind == "literal_error":
        return f"{said}; tillåtet är {error['ctx']['expected'].replace(' or ', ' eller ')}"
    if kind.startswith("date"):
        return f"{said} och ska vara en dag (ÅÅÅÅ-MM-DD)"
    if kind.startswith(("int", "float")):
        return f"{said} och ska vara ett tal"
    return f"{said}, och det passar inte i fältet"


def columns(record: Record) -> dict[str, Any]:
    """A record's columns as SQLite takes them."""
    found = {_COLUMN.get(name, name): value for name, value in as_rows.fields_of(record).items()}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def changed(table: str, record: Record, said: Mapping[str, Any]) -> tuple[Record, dict[str, Any], dict[str, Any]]:
    """The record with the fields set; what they were, and what they are. Raises Unfit."""
    own = {_COLUMN.get(name, name): getattr(record, name) for name in type(record).model_fields}
    wanted = named(table, said)
    made = built(table, own | wanted)
    old, new = columns(record), columns(made)
    return made, {name: old[name] for name in wanted}, {name: new[name] for name in wanted}


def holds(table: str, record: Record, said: Mapping[str, Any]) -> bool:
    """Whether a record says this already. Raises Unfit."""
    _, before, after = changed(table, record, said)
    return before == after
