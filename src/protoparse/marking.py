"""Marking something as handled, or a row as right, and taking the mark away: the file that people keep, and the table
made of it."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from protoparse import corrections, handled, judged, store
from protoparse.asof import report
from protoparse.entries import Mark

if TYPE_CHECKING:
    from sqlite3 import Connection

_ALL = 36_500  # days ahead: whatever is dated at all


class Unknown(ValueError):
    """There is nothing to handle under an id; the message says so in Swedish."""


def _seen(db: Connection, id: str, as_of: datetime.date) -> str:
    """The fingerprint of what a person sees of something on a day."""
    found = report(db, as_of, _ALL, every=True)
    for it in (*found.findings, *(due for dues in found.due.values() for due in dues)):
        if it.id == id:
            return it.seen
    if now := handled.current(db, id):
        return now[1]
    raise Unknown(f"{id}: finns inte bland det som kan hanteras; id står inom hakparentes i granskningen")


def mark(database: Path, id: str, by: str, note: str | None, as_of: datetime.date, on: datetime.date) -> Path:
    """Marks a finding, doubt, end, commitment or gap, as it is seen on the day `as_of`, as handled on the day `on`.

    Gives the file that holds the mark. Raises Unknown, RuleError, store.NotOurs, nothing written.
    """
    db = store.connect(database)
    try:
        entry = {"id": id, "seen": _seen(db, id, as_of), "by": by, "on": on.isoformat()}
    finally:
        db.close()
    path = corrections.folder_for(database) / handled.FILE
    corrections.mark(path, entry | ({"note": note} if note else {}), "handled")
    refresh(database)
    return path


def unmark(database: Path, id: str, name: str = "handled") -> int:
    """Takes all marks (or judgements, `judged`) of an id away; how many there were.

    Raises RuleError, store.NotOurs.
    """
    store.connect(database).close()
    count = corrections.unmark(database, id, name)
    refresh(database)
    return count


def refresh(database: Path) -> None:
    """Makes the tables `handled` and `judged` anew from the files, where the database is one of this version.

    Raises RuleError.
    """
    book = corrections.read(database)
    if store.current(database):
        db = store.open_db(database)
        with store.writing(db):
            handled.redo(db, book.handled)
            judged.redo(db, book.judged)
        db.conn.close()


def judge(database: Path, id: str, by: str, note: str | None, on: datetime.date) -> Path:
    """Marks a row of facts, as it is now, as found right on a day. Gives the file that holds the mark.

    Raises Unknown, RuleError, store.NotOurs, nothing written.
    """
    db = store.connect(database)
    try:
        now = judged.current(db, id)
    finally:
        db.close()
    if now is None:
        raise Unknown(f"{id}: raden finns inte")
    path = judged.file_for(database)
    entry = {"id": id, "seen": now[2], "by": by, "on": on.isoformat()} | ({"note": note} if note else {})
    corrections.mark(path, entry, "judged")
    if store.current(database):
        written = store.open_db(database)
        with store.writing(written):
            judged.put(written, Mark(id, now[2], by, on.isoformat(), note, path.name))
        written.conn.close()
    return path
