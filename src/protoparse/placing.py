"""Which document a correction is about, and the table of what became of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from protoparse.entries import Correction
from protoparse.store import insert

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

# --- which document is meant


def _spelled(path: str) -> str:
    return "/" + unicodedata.normalize("NFC", path).casefold().strip("/").removesuffix(".pdf")


def _meant(named: str, documents: Mapping[str, Sequence[str]]) -> list[str]:
    """The documents that a name means: by id, by the path that the database shows, or by the end of a path."""
    if named in documents:
        return [named]
    end = _spelled(named)
    whole = [id for id, paths in documents.items() if end in map(_spelled, paths)]
    return (
        whole
        if len(whole) == 1
        else [id for id, paths in documents.items() if any(_spelled(it).endswith(end) for it in paths)]
    )


def placed(corrections: Iterable[Correction], documents: Mapping[str, Sequence[str]]) -> dict[str, list[Correction]]:
    """Document → its corrections. `documents`: the paths under which each is known."""
    found: dict[str, list[Correction]] = {}
    for it in corrections:
        meant = _meant(it.document, documents)
        if len(meant) == 1:
            found.setdefault(meant[0], []).append(it)
    return found


# --- the table


def row(it: Correction, document: str | None, status: str, message: str | None = None, **known: Any) -> dict[str, Any]:
    """A correction's row; `known`: row, before, after, page and evidence as far as there are any."""
    base = {
        "id": it.id,
        "document": document,
        "file": it.file,
        "named": it.document,
        "kind": it.kind,
        "table": it.table,
        "row": None,
        "before": None,
        "after": None,
        "quote": it.quote,
        "page": it.page,
        "by": it.by,
        "on": it.on,
        "note": it.note,
        "status": status,
        "message": message,
        "evidence": None,
    }
    return base | known


_NO_DOCUMENT = "dokumentet finns inte i registret"
_NOT_READ = "dokumentet kunde inte läsas, så rättelsen är inte prövad"


def clear(db: Database, rows: Iterable[Mapping[str, Any]]) -> None:
    """Makes room for what became of corrections that found no document before, or another one."""
    db.conn.executemany("DELETE FROM corrections WHERE id = ?", [(row["id"],) for row in rows])


def redo(db: Database, corrections: Iterable[Correction], documents: Mapping[str, Sequence[str]]) -> None:
    """The rows of corrections that no document that was read carries; the others came with their documents."""
    known = {row[0] for row in db.execute("SELECT id FROM corrections WHERE document IS NOT NULL").fetchall()}
    db.execute("DELETE FROM corrections WHERE document IS NULL")
    rest = sorted((it for it in corrections if it.id not in known), key=lambda it: it.id)
    insert(db, "corrections", [row(it, None, "gone", _lost(_meant(it.document, documents), documents)) for it in rest])


def _lost(meant: Sequence[str], documents: Mapping[str, Sequence[str]]) -> str:
    if len(meant) < 2:
        return _NOT_READ if meant else _NO_DOCUMENT
    paths = ", ".join(sorted(documents[id][0] for id in meant))
    return f"namnet passar på flera dokument ({paths}); skriv mer av sökvägen"


_COUNTED = {
    "applied": "används",
    "gone": "hittar inte sin plats",
    "unneeded": "behövs inte längre",
    "invalid": "går inte att använda",
}


def told(db: Connection) -> Iterator[str]:
    """What a run says of corrections, in Swedish: a line for each that is not in use, and the sums."""
    counted = dict(db.execute("SELECT status, count(*) FROM corrections GROUP BY status").fetchall())
    query = """SELECT file, named, quote, message FROM corrections WHERE status != 'applied'
        ORDER BY status, file, named, id"""
    for file, named, quote, message in db.execute(query) if counted else ():
        words = f", ”{quote}”" if quote else ""
        yield f"Rättelse i {file} ({named}{words}): {message}"
    if counted:
        sums = (f"{counted[status]} {word}" for status, word in _COUNTED.items() if status in counted)
        yield f"Rättelser: {', '.join(sums)}."
