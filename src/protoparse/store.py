"""A parsed document → rows; rows → SQLite, with views and full-text index.

`rows_of` is pure and runs where the document was parsed; `write_document` runs in the one process that writes.
"""

from __future__ import annotations

import json
import os
import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from protoparse.schema import (
    APPLICATION,
    FACTS,
    FULL_TEXT,
    INDEXES,
    LETTERS,
    OF_DOCUMENT,
    OF_FACT,
    SCHEMA,
    SEARCHED,
    TABLES,
    VIEWS,
)
from protoparse.swedish import usual
from protoparse.text import Box, Text, boxes

if TYPE_CHECKING:  # pydantic and sqlite-utils cost 350 ms: a run with nothing new must not pay them
    from sqlite_utils import Database

    from protoparse.models import Passage, Protocol

Row = dict[str, Any]
Rows = dict[str, list[Row]]


class NotOurs(ValueError):
    """The file is no database of this program; nothing in it was touched."""


# --- a parsed document → rows


@dataclass(frozen=True, slots=True)
class Source:
    """A file as the database knows it: its content's hash and its path relative to where it was read from."""

    sha256: str
    path: str

    @property
    def id(self) -> str:
        return self.sha256[:12]

    @property
    def label(self) -> str:
        """What to call a document that does not name itself."""
        return PurePosixPath(self.path).name


def row_id(document: str, table: str, *key: object) -> str:
    """`<document>-<letter><8 hex>`: an address that depends on the print, not on what else was found."""
    digest = sha256("\0".join(str(part) for part in key).encode()).hexdigest()
    return f"{document}-{LETTERS[table]}{digest[:8]}"


Spot = tuple[int, float, float]


def _spot(quote: Text, at: int = 0) -> Spot | None:
    """Where on paper the character at an offset was printed."""
    if not quote.runs:
        return None
    run = quote.runs[max(0, bisect_right(quote.runs, at, key=lambda run: run.start) - 1)]
    return run.word.page, round(run.word.top, 1), round(run.word.x0, 1)


class _Prints:
    """Tells the how-many-th print of a quote on its page a quote is, whichever of the prints were found by rules."""

    def __init__(self, passages: Iterable[Passage], quotes: Iterable[Text]):
        self._texts: dict[int, list[Text]] = defaultdict(list)
        for passage in passages:
            for page in {passage.text.page, passage.text.page_end} - {None}:
                self._texts[page].append(passage.text)
        self._spots: dict[tuple[int | None, str], set[Spot]] = defaultdict(set)
        for quote in quotes:
            if spot := _spot(quote):
                self._spots[quote.page, quote.string].add(spot)
        for (page, string), spots in self._spots.items():
            spots.update(spot for spot in self._printed(page, string) if spot[0] == page)

    def _printed(self, page: int | None, string: str) -> Iterator[Spot]:
        for text in self._texts.get(page or 0, ()):
            at = text.string.find(string)
            while at >= 0 and string:
                yield _spot(text, at) or (0, 0.0, 0.0)
                at = text.string.find(string, at + len(string))

    def nth(self, quote: Text) -> int:
        spot = _spot(quote)
        return sorted(self._spots[quote.page, quote.string]).index(spot) if spot else 0


def plain(value: Any) -> Any:
    """A field as SQLite and JSON take it."""
    return value.isoformat() if isinstance(value, date) else value


def fields_of(record: Any) -> Row:
    """A record's own columns: all fields but the evidence and the section."""
    names = type(record).model_fields
    return {name: plain(getattr(record, name)) for name in names if name not in ("evidence", "section")}


# Two facts that rest on the same words are told apart by what they say.
_OWN = {
    "dates": ("text",),
    "funding": ("kind", "end"),
    "roster_changes": ("kind", "incoming", "outgoing"),
    "dissents": ("kind", "name", "group_name"),
    "doubts": ("kind", "cue"),
    "header_fields": ("field", "value"),
    "ballots": ("number",),
    "votes": ("name", "vote"),
}


class _Writer:
    """Collects the rows of one document and gives out their ids."""

    def __init__(self, source: Source, protocol: Protocol):
        self.document = source.id
        self.rows: Rows = {"documents": [_document(source, protocol)]}
        self.copied = {name: self.rows["documents"][0][name] for name in ("meeting_date", "year", "organ")}
        facts = [record for table in FACTS for record in getattr(protocol, table)]
        quotes = [record.evidence.quote for record in facts] + [section.heading for section in protocol.sections]
        self.prints = _Prints(protocol.passages, quotes)
        self.given: dict[str, int] = defaultdict(int)
        self.evidence_ids: dict[tuple[Spot | None, str, str | None], str] = {}

    def add(self, table: str, row: Row) -> None:
        self.rows.setdefault(table, []).append(row)

    def new_id(self, table: str, quote: Text, *own: object) -> str:
        key = (quote.page, quote.string, self.prints.nth(quote), *own)
        found = row_id(self.document, table, *key)
        self.given[found] += 1
        again = self.given[found] - 1
        return row_id(self.document, table, *key, again) if again else found

    def evidence(self, quote: Text, rule: str | None) -> str | None:
        """The id of the evidence row for a quote, shared by all facts that one rule reads from the same print."""
        if not quote:
            return None
        key = (_spot(quote), quote.string, rule)
        if key not in self.evidence_ids:
            self.evidence_ids[key] = self.new_id("evidence", quote, *([rule] if rule else []))
            self.add("evidence", _evidence(self.evidence_ids[key], self.document, quote, rule))
        return self.evidence_ids[key]

    def fact(self, table: str, ordinal: int, record: Any, sections: Mapping[int, str]) -> None:
        quote, fields = record.evidence.quote, fields_of(record)
        own = [fields[name] for name in _OWN.get(table, ()) if fields[name] not in (None, quote.string)]
        base = {
            "id": self.new_id(table, quote, *own),
            "document": self.document,
            **self.copied,
            "section": sections.get(getattr(record, "section", None)),
            "page": quote.page,
            "ordinal": ordinal,
        }
        self.add(table, {**base, **fields, "evidence": self.evidence(quote, record.evidence.rule)})


def _as_json(places: Iterable[Box]) -> str:
    found = [dict(zip(box._fields, (box.page, *(round(x, 2) for x in box[1:])), strict=True)) for box in places]
    return json.dumps(found, separators=(",", ":"))


def _compact(places: Iterable[Box]) -> str:
    """Boxes as `[page, x0, top, x1, bottom]`: there are many of them."""
    return "[" + ",".join(f"[{b.page},{b.x0:.1f},{b.top:.1f},{b.x1:.1f},{b.bottom:.1f}]" for b in places) + "]"


def _evidence(id: str, document: str, quote: Text, rule: str | None) -> Row:
    return {
        "id": id,
        "document": document,
        "page": quote.page,
        "quote": quote.printed,
        "boxes": _as_json(boxes(quote)),
        "rule": rule,
    }


def _status(protocol: Protocol) -> str:
    scanned = sum(page.scanned for page in protocol.pages)
    return "read" if not scanned else "scanned" if scanned == len(protocol.pages) else "partly"


_HEADER = (
    *("form", "time_start", "time_end", "place", "chair", "secretary", "paragraphs_from", "paragraphs_to"),
    *("adjusted_on", "notice_up", "notice_down", "appeal_until"),
)


def _document(source: Source, protocol: Protocol) -> Row:
    meeting = protocol.meeting
    return {
        "id": source.id,
        "path": source.path,
        "label": meeting.title or source.label,
        "title": meeting.title,
        "kind": meeting.kind,
        "organ": meeting.organ,
        "meeting_date": plain(meeting.date),
        "meeting_date_source": meeting.date_source,
        "year": meeting.date.year if meeting.date else None,
        "pages": len(protocol.pages),
        **{name: plain(getattr(meeting, name)) for name in _HEADER},
        "adjusters": json.dumps(meeting.adjusters, ensure_ascii=False) if meeting.adjusters else None,
        "quality": min((page.quality for page in protocol.pages if page.quality is not None), default=None),
        "masked": sum(page.numbers for page in protocol.pages),
        "status": _status(protocol),
        "error": None,
        "sha256": source.sha256,
    }


def unread(source: Source, reason: str) -> Rows:
    """The rows of a file that could not be read: only its document, with the reason in Swedish."""
    row = {"id": source.id, "path": source.path, "label": source.label, "status": "unread", "error": reason}
    return {"documents": [{**row, "sha256": source.sha256}]}


def _sections(writer: _Writer, protocol: Protocol) -> dict[int, str]:
    from protoparse.passages import running_text  # pydantic comes with it

    ids = {section.ordinal: writer.new_id("sections", section.heading) for section in protocol.sections}
    for section in protocol.sections:
        row = {
            "id": ids[section.ordinal],
            "document": writer.document,
            "ordinal": section.ordinal,
            "number": section.number,
            "number_to": section.number_to,
            "title": section.title,
            "case_number": section.case_number,
            "parent": ids.get(section.parent),
            **writer.copied,
            "page": section.page,
            "page_end": section.page_end or section.page,
            "text": running_text(section.passages),
            "evidence": writer.evidence(section.heading, None),
        }
        writer.add("sections", row)
    return ids


def _passages(source: Source, protocol: Protocol, sections: Mapping[int, str]) -> list[Row]:
    """Every paragraph with its zone. Its id depends on its words and on how many alike stand before it on the page."""
    given: Counter[tuple[int | None, str]] = Counter()
    found = []
    for ordinal, passage in enumerate(protocol.passages, 1):
        key = (passage.text.page, passage.text.string)
        row = {
            "id": row_id(source.id, "passages", *key, given[key]),
            "document": source.id,
            "section": sections.get(passage.section) if passage.section else None,
            "ordinal": ordinal,
            "zone": passage.zone.value,
            "heading": passage.heading,
            "marker": passage.marker,
            "page": passage.text.page,
            "text": passage.text.string,
            "boxes": _compact(boxes(passage.text)),
        }
        given[key] += 1
        found.append(row)
    return found


def _pages(source: Source, protocol: Protocol) -> list[Row]:
    return [
        {
            "id": f"{source.id}-p{page.number}",
            "document": source.id,
            "page": page.number,
            "width": page.width,
            "height": page.height,
            "text": page.text,
            "quality": page.quality,
            "quality_note": page.quality_note,
            "masked": _as_json(page.masked) if page.masked else None,
        }
        for page in protocol.pages
    ]


def _finish(rows: Rows) -> None:
    """What a row copies from others: who met, the decision behind a roster change, a doubt's quote and rule."""
    met = rows["documents"][0]["organ"]
    for row in rows.get("decisions", ()):
        row["meeting_organ"], row["organ"] = met, row["organ"] or met
    quotes = {row["id"]: row for row in rows.get("evidence", ())}
    for row in rows.get("doubts", ()):
        said = quotes.get(row["evidence"], {})
        row["quote"], row["rule"] = said.get("quote"), said.get("rule")
    decided = rows.get("decisions", ())
    for row in (*rows.get("dissents", ()), *rows.get("ballots", ())):
        row["decision"] = decided[row["decision"]]["id"] if row["decision"] is not None else None
    for row in rows.get("votes", ()):
        row["ballot"] = rows["ballots"][row["ballot"] - 1]["id"]
    for row in rows.get("roster_changes", ()):
        row["decision"] = _decision_of(row, rows.get("decisions", ()), quotes)


def _decision_of(change: Row, decisions: Iterable[Row], quotes: Mapping[str, Row]) -> str | None:
    """The decision of the same section whose words hold the change's words, or lie in them."""
    said = quotes.get(change["evidence"], {}).get("quote", "")
    for row in decisions:
        if row["section"] == change["section"] and said:
            quote = quotes.get(row["evidence"], {}).get("quote", "")
            if said in quote or (quote and quote in said):
                return row["id"]
    return None


def rows_of(source: Source, protocol: Protocol) -> Rows:
    """All rows of a parsed document, table by table: plain values that pickle cheaply."""
    writer = _Writer(source, protocol)
    writer.rows["pages"] = _pages(source, protocol)
    sections = _sections(writer, protocol)
    writer.rows["passages"] = _passages(source, protocol, sections)
    for table in FACTS:
        for ordinal, record in enumerate(getattr(protocol, table), 1):
            writer.fact(table, ordinal, record, sections)
    _finish(writer.rows)
    return searchable(writer.rows)


def searchable(rows: Rows) -> Rows:
    """The rows of a document with what can be found of them by searching, as they are now."""
    from protoparse.hits import hits_of  # the dates that it reads cost 200 ms: a run with nothing new must not pay

    return {**rows, "hits": hits_of(rows, usual())}


# --- rows → SQLite


def connect(path: Path | str) -> sqlite3.Connection:
    """A plain connection for reading, rows by name. Raises NotOurs where the file is no database of ours."""
    db = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=30)
    db.row_factory = sqlite3.Row
    try:
        ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    except sqlite3.DatabaseError as error:
        raise NotOurs(f"{path} is not a database: {error}") from error
    if not ours:
        raise NotOurs(f"{path} was not made by protoparse")
    return db


def current(path: Path | str) -> bool:
    """Whether the file exists and has the tables of this version of the program."""
    if not Path(path).exists() or not Path(path).stat().st_size:
        return False
    db = connect(path)
    try:
        return db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
    finally:
        db.close()


def load() -> None:
    """Loads what writing needs; it takes a quarter of a second, which a caller may have to spare."""
    import sqlite_utils  # noqa: F401


def open_db(path: Path | str) -> Database:
    """The database for writing, made when it does not exist, emptied when an older version made it."""
    from sqlite_utils import Database

    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    ready = current(path)
    db = Database(sqlite3.connect(path, timeout=30, isolation_level=None))
    db.execute("PRAGMA journal_mode = WAL")  # people read while the ingest writes
    db.execute("PRAGMA synchronous = NORMAL")
    if not ready:
        create(db)
        db.execute("VACUUM")  # what an older version wrote may hold what this one hides
    return db


def create(db: Database) -> None:
    """All tables, indexes, views and full-text indexes, after dropping what was there."""
    with db.atomic():
        for name, kind in _objects(db):
            db.execute(f"DROP {kind} IF EXISTS [{name}]")
        for statement in _schema():
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {SCHEMA}")


def _objects(db: Database) -> list[tuple[str, str]]:
    query = "SELECT name, type FROM sqlite_master WHERE type IN ('view', 'table') AND substr(name, 1, 7) != 'sqlite_'"
    found = db.execute(query).fetchall()
    shadows = tuple(f"{table}_fts_" for table in FULL_TEXT)  # they go with the index that they serve
    return sorted(((n, k) for n, k in found if not n.startswith(shadows)), key=lambda it: (it[1] != "view", it[0]))


def _schema() -> Iterator[str]:
    yield from (part for part in TABLES.split(";\n") if part.strip())
    for table in (*INDEXES, *(set(FACTS) - set(INDEXES))):
        for column in (*(OF_FACT if table in FACTS else ()), *INDEXES.get(table, ())):
            more = ' DESC, "id"' if column == "meeting_date" else ""  # as tables are shown: the newest first
            yield f'CREATE INDEX "{table}_{column}" ON {table} ("{column}"{more})'
    yield "CREATE INDEX claims_order ON claims (service, track, seq)"
    yield "CREATE INDEX documents_read ON documents (first_run DESC, meeting_date DESC, id)"  # the order of feeds
    yield "CREATE INDEX hits_facet ON hits (id, facet)"  # what a search reads of every row that matches
    yield (
        "CREATE TRIGGER hits_facets AFTER INSERT ON hits BEGIN INSERT OR IGNORE INTO facets VALUES "
        '(new.facet, new."table", new.organ, new.year, new.outcome, new.document_kind); END'
    )
    for table, columns in FULL_TEXT.items():
        yield from _full_text(table, columns)
    for table, columns in SEARCHED.items():
        yield from _searched(table, columns)
    for name, sql in VIEWS.items():
        yield f"CREATE VIEW {name} AS {sql}"


def _full_text(table: str, columns: Sequence[str]) -> Iterator[str]:
    """An index over a table's columns, kept right by triggers; å, ä and ö stay letters of their own."""
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    drop = f"INSERT INTO {table}_fts ({table}_fts, rowid, {names}) VALUES ('delete', old.rowid, {old});"
    add = f"INSERT INTO {table}_fts (rowid, {names}) VALUES (new.rowid, {new});"
    yield (
        f'CREATE VIRTUAL TABLE {table}_fts USING fts5 ({names}, content="{table}", '
        "tokenize='unicode61 remove_diacritics 0')"
    )
    yield f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {add} END"
    yield f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {drop} END"
    yield f"CREATE TRIGGER {table}_au AFTER UPDATE OF {names} ON {table} BEGIN {drop} {add} END"


def _searched(table: str, columns: Sequence[str]) -> Iterator[str]:
    """Triggers that remember whose hits no longer say what its rows say; `hits.refresh` makes them anew."""
    key = "id" if table == "documents" else "document"
    names = ", ".join(f'"{name}"' for name in columns)
    changed = " OR ".join(f'old."{name}" IS NOT new."{name}"' for name in columns)
    events = {"ai": ("INSERT", "new", ""), "ad": ("DELETE", "old", ""), "au": (f"UPDATE OF {names}", "new", changed)}
    for name, (event, row, when) in events.items():
        yield (
            f"CREATE TRIGGER {table}_hits_{name} AFTER {event} ON {table} {f'WHEN {when}' if when else ''} "
            f"BEGIN INSERT OR IGNORE INTO unsearched VALUES ({row}.{key}); END"
        )


def scrub(path: Path | str) -> None:
    """Writes the database anew, so that nothing that was deleted or changed can be read from its file."""
    db = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        for table in FULL_TEXT:
            db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()


def insert(db: Database, table: str, rows: Sequence[Row]) -> None:
    """Rows with the same columns, in one statement."""
    if rows:
        columns = list(rows[0])
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        values = [[row[name] for name in columns] for row in rows]
        db.conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction: readers see all of it or nothing. Nested, it is part of the outer one."""
    if not db.conn.in_transaction:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            db.conn.rollback()
            raise
        db.execute("COMMIT")
    else:
        yield


def write_document(db: Database, rows: Rows, replaces: str | None = None, run: int | None = None) -> None:
    """A document's rows in one transaction, in place of what it said before and of the document that it replaces."""
    row = rows["documents"][0]
    with writing(db):
        before = db.execute("SELECT first_run, replaces FROM documents WHERE id = ?", (row["id"],)).fetchone()
        first_run, old = before or (run, None)
        remove_rows(db, row["id"])
        if replaces and replaces != row["id"]:
            remove_document(db, replaces)
            redirect(db, replaces, row["id"])
        db.execute("DELETE FROM documents WHERE id = ?", (row["id"],))
        insert(db, "documents", [{**row, "first_run": first_run, "replaces": replaces or old}])
        _insert_facts(db, rows)
        if "hits" in rows:
            db.execute("DELETE FROM unsearched WHERE document = ?", (row["id"],))


def _insert_facts(db: Database, rows: Rows) -> None:
    for table in reversed(OF_DOCUMENT):
        insert(db, table, rows.get(table, ()))


def remove_rows(db: Database, document: str) -> None:
    """All that a document said, but not the document itself."""
    ours = "(SELECT id FROM funding WHERE document = ?)"
    with writing(db):
        db.execute(f"DELETE FROM findings WHERE earlier IN {ours} OR later IN {ours}", (document, document))
        db.execute("DELETE FROM date_inferences WHERE told_by = ?", (document,))
        _remove_seats(db, document)
        mine = "(SELECT id FROM decisions WHERE document = ?)"
        db.execute(f"DELETE FROM answers WHERE proposal IN {mine} OR answer IN {mine}", (document, document))
        db.execute("DELETE FROM missing WHERE ? IN (before, after)", (document,))
        for table in OF_DOCUMENT:
            db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def _remove_seats(db: Database, document: str) -> None:
    changes = "(SELECT id FROM roster_changes WHERE document = :document)"
    attended = "(SELECT id FROM attendance WHERE document = :document)"
    for table, where in (
        ("seat_findings", f"earlier IN {changes} OR later IN {changes} OR attended IN {attended}"),
        ("seats", f"began IN {changes} OR ended IN {changes}"),
    ):
        db.execute(f"DELETE FROM {table} WHERE {where}", {"document": document})


def remove_document(db: Database, document: str) -> None:
    """A document with all its rows and paths."""
    with writing(db):
        remove_rows(db, document)
        db.execute("DELETE FROM document_paths WHERE document = ?", (document,))
        db.execute("DELETE FROM documents WHERE id = ?", (document,))


def redirect(db: Database, old: str, new: str) -> None:
    """Makes the address of a replaced document lead to the one that took its place, through all later corrections."""
    db.execute("DELETE FROM replaced WHERE old = ?", (new,))
    db.execute("UPDATE replaced SET new = ? WHERE new = ?", (new, old))
    db.execute("INSERT OR REPLACE INTO replaced VALUES (?, ?)", (old, new))


def file_of(database: Path | str, file: str) -> Path:
    """Where a file of `document_paths` lies: its name is kept relative to the database, so that both can move."""
    return Path(os.path.normpath(Path(database).absolute().parent / file))


def files_of(db: sqlite3.Connection, database: Path) -> dict[str, tuple[str, Path | None]]:
    """Document → its path, and a file that still holds it (None: gone); by path."""
    found: dict[str, tuple[str, Path | None]] = {}
    query = """SELECT d.id, d.path, p.file FROM documents d LEFT JOIN document_paths p ON p.document = d.id
        ORDER BY d.path, p.file"""
    for row in db.execute(query):
        file = file_of(database, row["file"]) if row["file"] else None
        at = file if file and file.is_file() else None
        if found.get(row["id"], ("", None))[1] is None:
            found[row["id"]] = (row["path"], at)
    return found


def set_path(db: Database, document: str, file: Row) -> None:
    """Remembers that a file (the other columns of `document_paths`) holds this document."""
    db.execute("DELETE FROM document_paths WHERE file = ?", (file["file"],))
    insert(db, "document_paths", [{**file, "document": document}])


def name_document(db: Database, document: str, path: str) -> None:
    """The path that a document is shown under; its label too, where it does not name itself."""
    label = Source("", path).label
    query = "UPDATE documents SET path = ?, label = coalesce(title, ?) WHERE id = ? AND path != ?"
    db.execute(query, (path, label, document, path))


def write_rules(db: Database, rules: Iterable[Row]) -> None:
    """The account of the rules: each with how many rows it gave in how many documents."""
    count = """SELECT e.rule, count(*), count(DISTINCT e.document) FROM evidence e JOIN ({facts}) f ON f.evidence = e.id
        WHERE e.rule IS NOT NULL GROUP BY e.rule"""
    facts = " UNION ALL ".join(
        f"SELECT evidence FROM {table} WHERE evidence IS NOT NULL" for table in FACTS if table != "doubts"
    )
    counts = {rule: (rows, documents) for rule, rows, documents in db.execute(count.format(facts=facts))}
    named = {row["id"]: row for row in rules}
    missing = {rule for (rule,) in db.execute("SELECT DISTINCT rule FROM evidence WHERE rule IS NOT NULL")} - set(named)
    for rule in sorted(missing):  # read by the program itself, not by a rule file
        named[rule] = {"id": rule, "kind": None, "file": None, "pattern": None, "note": None, "examples": None}
    with writing(db):
        db.execute("DELETE FROM rules")
        insert(db, "rules", [_counted(row, *counts.get(row["id"], (0, 0))) for row in named.values()])


def _counted(row: Row, rows: int, documents: int) -> Row:
    return {**row, "n_rows": rows, "n_documents": documents}
