"""What two databases say differently: rows gained, lost and changed, each with its quote.

`preview` makes the second one: the documents of a database read anew with other rules, in a place of its own.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from protoparse import ingest, schema, store
from protoparse.summary import Say

# table → its Swedish name
TABLES = {
    "documents": "dokument",
    "sections": "avsnitt",
    "decisions": "beslut",
    "roster_changes": "byten",
    "funding": "finansiering",
    "dates": "datum",
    "attendance": "närvaro",
    "dissents": "reservationer",
    "ballots": "omröstningar",
    "votes": "röster",
    "header_fields": "huvud",
    "doubts": "tvekanden",
    "findings": "fynd",
}
# Copies, places and what is made of all documents together: no statement of the row itself.
_NOT_SAID = frozenset(
    (
        *("id", "document", "meeting_date", "year", "ordinal", "evidence", "section", "page", "page_end", "parent"),
        *("decision", "ballot", "quoted", "read_by", "in_number", "in_title"),
    )
)
# Names of entities are made of all documents together too; the row keeps them as printed in columns of its own.
_ENTITIES = frozenset(
    (
        *("organ_id", "person", "organization_id", "group_id", "service"),
        *("incoming_person", "incoming_organization_id", "outgoing_person", "outgoing_organization_id"),
    )
)
# What a table repeats of its document or its evidence, or is too long to be read in a list.
_REPEATED = {"decisions": {"meeting_organ"}, "doubts": {"organ", "rule", "quote"}, "sections": {"organ", "text"}}
_OF_DOCUMENT = ("kind", "title", "organ", "meeting_date", "meeting_date_source", "pages", "status", "error")


@dataclass(frozen=True, slots=True)
class Said:
    """A row as a reader compares it: where it stands, its quote, the rule, and what it says."""

    page: int | None
    quote: str
    rule: str | None
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of `table` in `document` (its path) that only one side has, or that says something else.

    `changes`: column → what it was, what it is; empty where the row is gained or lost.
    """

    how: Literal["gained", "lost", "changed"]
    table: str
    document: str
    page: int | None
    quote: str
    rule: str | None
    fields: Mapping[str, Any]
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences, the rows that both sides have alike (by table), and documents that only one side has."""

    differences: list[Difference]
    alike: Mapping[str, int]
    only_first: list[str]
    only_second: list[str]


class Incomparable(ValueError):
    """A database whose rows cannot be compared with today's; the message says what to do."""


def opened(database: Path) -> sqlite3.Connection:
    """A database for comparing. Raises Incomparable where another version of the program made it, store.NotOurs."""
    db = store.connect(database)
    if not store.current(database):
        db.close()
        raise Incomparable(f"{database} was made by another version of protoparse; run 'protoparse ingest' on it first")
    return db


def compare(first: sqlite3.Connection, second: sqlite3.Connection) -> Comparison:
    """The differences from one database to another, document by document; documents are the same by content."""
    one, two = _documents(first), _documents(second)
    shared = sorted(one.keys() & two.keys(), key=lambda id: (two[id].path, id))
    found: list[Difference] = []
    alike: Counter[str] = Counter()
    for id in shared:
        path = two[id].path
        found.extend(_differences("documents", path, {id: one[id].said}, {id: two[id].said}, alike))
        for table in ("sections", *schema.FACTS):
            found.extend(_differences(table, path, _rows(first, table, id), _rows(second, table, id), alike))
    found.extend(_differences("findings", "", _findings(first), _findings(second), alike))
    only_first = sorted(one[id].path for id in one.keys() - two.keys())
    return Comparison(found, dict(alike), only_first, sorted(two[id].path for id in two.keys() - one.keys()))


class _Document(NamedTuple):
    path: str
    said: Said


def _documents(db: sqlite3.Connection) -> dict[str, _Document]:
    rows = db.execute("SELECT * FROM documents")
    return {
        row["id"]: _Document(row["path"], Said(None, "", None, {name: row[name] for name in _OF_DOCUMENT}))
        for row in rows
    }


def _rows(db: sqlite3.Connection, table: str, document: str) -> dict[str, Said]:
    query = f"""SELECT t.*, e.quote AS quoted, e.rule AS read_by, s.number AS in_number, s.title AS in_title
        FROM {table} t LEFT JOIN evidence e ON e.id = t.evidence
        LEFT JOIN sections s ON s.id = {"NULL" if table == "sections" else "t.section"}
        WHERE t.document = ? ORDER BY t.ordinal"""
    return {row["id"]: _said(row, table) for row in db.execute(query, (document,))}


def _said(row: sqlite3.Row, table: str) -> Said:
    left_out = _NOT_SAID | _ENTITIES | _REPEATED.get(table, {"organ"})
    fields = {name: value for name, value in dict(row).items() if name not in left_out}
    if table != "sections":
        fields["section"] = " ".join(part for part in (row["in_number"], row["in_title"]) if part) or None
    return Said(row["page"], row["quoted"] or "", row["read_by"], fields)


def _findings(db: sqlite3.Connection) -> dict[str, Said]:
    query = "SELECT f.*, e.name FROM findings f LEFT JOIN entities e ON e.id = f.service"
    columns = ("kind", "severity", "said", "from_end", "to_end")
    return {
        row["id"]: Said(None, row["message"], None, {"service": row["name"], **{name: row[name] for name in columns}})
        for row in db.execute(query)
    }


def _differences(
    table: str, path: str, one: Mapping[str, Said], two: Mapping[str, Said], alike: Counter[str]
) -> Iterator[Difference]:
    """The differences between the rows of one document; a row whose quote grew or shrank is the same row, changed."""
    lost = {id: row for id, row in one.items() if id not in two}
    gained = {id: row for id, row in two.items() if id not in one}
    pairs = [(one[id], row) for id, row in two.items() if id in one]
    for id, row in list(gained.items()):
        twin = next((old for old in lost if _same_place(lost[old], row)), None) if row.quote else None
        if twin is not None:
            pairs.append((lost.pop(twin), gained.pop(id)))
    for before, after in pairs:
        changes = _changes(before, after)
        if changes:
            yield _difference("changed", table, path, after, changes)
        else:
            alike[table] += 1
    yield from (_difference("gained", table, path, row, {}) for row in gained.values())
    yield from (_difference("lost", table, path, row, {}) for row in lost.values())


def _same_place(one: Said, two: Said) -> bool:
    return one.page == two.page and bool(one.quote) and (one.quote in two.quote or two.quote in one.quote)


def _changes(before: Said, after: Said) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys((*before.fields, *after.fields))
    found = {name: (before.fields.get(name), after.fields.get(name)) for name in names}
    found["quote"] = (before.quote, after.quote)
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


def _difference(
    how: Literal["gained", "lost", "changed"], table: str, path: str, row: Said, changes: Mapping[str, tuple[Any, Any]]
) -> Difference:
    return Difference(how, table, path, row.page, row.quote, row.rule, row.fields, changes)


# --- reading anew with other rules


def preview(database: Path, rules: Path | None, jobs: int | None, say: Say) -> Comparison:
    """What other rules would change in a database over the documents already ingested. Nothing is written to it.

    Documents whose file is gone are left out and named through `say`. Raises Incomparable, RuleError, store.NotOurs.
    """
    before = opened(database)
    files = store.files_of(before, database)
    missing = sorted(path for path, file in files.values() if file is None)
    here = [file for _, file in files.values() if file is not None]
    for path in missing:
        say(f"Filen saknas och räknas inte: {path}")
    if not here:
        raise Incomparable(f"{database}: none of its documents' files is left to read")
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / database.name
        kept = any(ingest.kept(row["read_with"]) for row in before.execute("SELECT read_with FROM documents"))
        ingest.run(here, other, rules=rules, jobs=jobs, say=say, keep_numbers=kept, beside=database)
        after = store.connect(other)
        found = compare(before, after)
        after.close()
    before.close()
    return Comparison(found.differences, found.alike, [], [])


# --- in words

_SIGNS = {"gained": "+", "lost": "−", "changed": "~"}


def as_json(comparison: Comparison) -> str:
    """Everything, as one JSON object."""
    return json.dumps(asdict(comparison), ensure_ascii=False, indent=1)


def as_text(comparison: Comparison, most: int | None = 40) -> Iterator[str]:
    """Swedish lines: the sums by table, then at most `most` rows (None: all) of each table with quotes."""
    yield from (f"Bara i den första: {path}" for path in comparison.only_first)
    yield from (f"Bara i den andra: {path}" for path in comparison.only_second)
    count = Counter((d.table, d.how) for d in comparison.differences)
    yield f"{'':14}{'nya':>8}{'borta':>8}{'ändrade':>9}{'lika':>8}"
    for table, name in TABLES.items():
        gained, lost, changed = (count[table, how] for how in ("gained", "lost", "changed"))
        yield f"{name:14}{gained:>8}{lost:>8}{changed:>9}{comparison.alike.get(table, 0):>8}"
    for table, name in TABLES.items():
        rows = [d for d in comparison.differences if d.table == table]
        if rows:
            yield f"\n{name.capitalize()}"
        for row in rows[:most]:
            yield from _lines(row)
        if most is not None and len(rows) > most:
            yield f"  … och {len(rows) - most} till (--all visar alla)"


def _lines(row: Difference) -> Iterator[str]:
    place = f"{row.document}, s. {row.page}" if row.page else row.document
    rule = f" [{row.rule}]" if row.rule else ""
    yield f"  {_SIGNS[row.how]} {place}{': ' if place else ''}”{row.quote}”{rule}"
    if row.how == "changed":
        yield from (f"      {name}: {_shown(old)} → {_shown(new)}" for name, (old, new) in row.changes.items())
    else:
        yield "      " + ", ".join(f"{name}: {value}" for name, value in _telling(row.fields, row.quote))


def _telling(fields: Mapping[str, Any], quote: str) -> Iterable[tuple[str, Any]]:
    return ((name, value) for name, value in fields.items() if value is not None and value != quote)


def _shown(value: Any) -> str:
    return "inget" if value is None else f"{value}"
