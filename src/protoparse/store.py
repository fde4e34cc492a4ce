"""Rows → SQLite: reading and writing a database, a document at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from protoparse.as_rows import Row, Rows, Source
from protoparse.schema import APPLICATION, FACTS, FULL_TEXT, OF_DOCUMENT, SCHEMA
from protoparse.schema_sql import statements

if TYPE_CHECKING:  # sqlite-utils costs 150 ms: a run with nothing new must not pay it
    from sqlite_utils import Database


class NotOurs(ValueError):
    """The file is no database of this program; nothing in it was touched."""


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
        for statement in statements():
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {SCHEMA}")


def _objects(db: Database) -> list[tuple[str, str]]:
    query = "SELECT name, type FROM sqlite_master WHERE type IN ('view', 'table') AND substr(name, 1, 7) != 'sqlite_'"
    found = db.execute(query).fetchall()
    shadows = tuple(f"{table}_fts_" for table in FULL_TEXT)  # they go with the index that they serve
    return sorted(((n, k) for n, k in found if not n.startswith(shadows)), key=lambda it: (it[1] != "view", it[0]))


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


def remake(db: Database, table: str, rows: Iterable[Row]) -> None:
    """Puts these rows, all with the same columns, in place of all that a table has."""
    found = list(rows)
    db.execute(f"DELETE FROM {table}")
    insert(db, table, found)


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
