"""Marks of what somebody has dealt with: hidden as long as it says the same, shown again as soon as it says something
else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from protoparse.entries import Mark
from protoparse.store import remake

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

Row = dict[str, Any]
FILE = "hanterat.yml"  # where the program itself adds marks

# kind → SQL: the id of everything that can be handled, and what a person sees of it
_SEEN: Mapping[str, str] = {
    "finding": """SELECT n.id, n.kind, n.from_end, n.to_end, coalesce(ev.quote, e.text), coalesce(lv.quote, l.text)
        FROM findings n LEFT JOIN funding e ON e.id = n.earlier LEFT JOIN evidence ev ON ev.id = e.evidence
        LEFT JOIN funding l ON l.id = n.later LEFT JOIN evidence lv ON lv.id = l.evidence""",
    "seat": "SELECT id, kind, message FROM seat_findings",
    "missing": "SELECT id, kind, message FROM missing",
    "doubt": "SELECT id, quote, message FROM doubts",
    "commitment": "SELECT id, text, due FROM commitments",
    "end": """SELECT f.id, f."end", f.certainty, b.id, b.condition FROM funding f LEFT JOIN claims c ON c.id = f.id
        LEFT JOIN funding b ON b.id = (SELECT o.id FROM claims o WHERE o.service = c.service AND o.track = c.track
            AND o.seq > c.seq AND o.certainty IN ('open_ended', 'conditional') ORDER BY o.seq DESC LIMIT 1)
        WHERE f."end" IS NOT NULL""",
}


def seen(*parts: Any) -> str:
    """A fingerprint of what a person sees of something: the same until any part of it changes."""
    return sha256("\0".join("" if it is None else str(it) for it in parts).encode()).hexdigest()[:8]


def current(db: Database | Connection, id: str) -> tuple[str, str] | None:
    """What can be handled under an id, and its fingerprint today; None where there is nothing such."""
    for kind, sql in _SEEN.items():
        row = db.execute(f"SELECT * FROM ({sql}) WHERE id = ?", (id,)).fetchone()
        if row:
            return kind, seen(*tuple(row)[1:])
    return None


def marks(db: Connection) -> dict[tuple[str, str], Mark]:
    """The marks of a database by id and fingerprint."""
    rows = db.execute('SELECT id, seen, "by", "on", note, file FROM handled').fetchall()
    return {(row[0], row[1]): Mark(*row) for row in rows}


def redo(db: Database | Connection, given: Iterable[Mark]) -> None:
    """Makes the table `handled` anew: a row for each thing, with the mark that still holds, else the last."""
    remake(db, "handled", standing((_row(db, mark) for mark in in_order(given)), "hidden"))


def _row(db: Database | Connection, mark: Mark) -> Row:
    now = current(db, mark.id)
    status = "gone" if now is None else "hidden" if now[1] == mark.seen else "changed"
    return {**asdict(mark), "kind": now[0] if now else _kind(mark.id), "status": status}


def in_order(given: Iterable[Mark]) -> list[Mark]:
    """Marks as they were made, the last one last."""
    return sorted(given, key=lambda it: (it.on, it.file, it.seen))


def standing(rows: Iterable[Row], holds: str) -> list[Row]:
    """Of several rows of one id the last whose status is `holds`, else the last."""
    found: dict[str, Row] = {}
    for row in rows:
        if row["status"] == holds or found.get(row["id"], row)["status"] != holds:
            found[row["id"]] = row
    return [found[id] for id in sorted(found)]


def _kind(id: str) -> str:
    """What something was that is gone, as far as its id tells."""
    prefixes = {"finding-": "finding", "seat-": "seat", "missing-": "missing"}
    letters = {"u": "doubt", "f": "end", "d": "commitment"}
    return next((kind for it, kind in prefixes.items() if id.startswith(it)), letters.get(id[13:14], "finding"))
