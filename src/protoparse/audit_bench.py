"""How fast: names, findings and the audit over many documents that nobody wrote, made of rows.

python -m protoparse.bench --audit [documents]
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from protoparse import asof, ingest, store

if TYPE_CHECKING:
    from sqlite_utils import Database

_SYLLABLES = ("ka", "lo", "mi", "ra", "sten", "vik", "berg", "lund", "dal", "mar", "tor", "sol", "ved")
_KINDS = ("funded_until", "funded_until", "project_until", "report_by")
AS_OF = date(2025, 6, 1)
Row = dict[str, Any]


def names(count: int) -> list[str]:
    """So many different names of services."""
    made = ("".join(parts).capitalize() for parts in product(_SYLLABLES, repeat=4))
    return [name for name, _ in zip(made, range(count), strict=False)]


def documents(count: int, claims: int, services: int, decisions: int = 0) -> Iterator[tuple[Row, list[Row], list[Row]]]:
    """Documents with claims about services, taken in turn, and with decisions: their rows by table."""
    words = names(services)
    for n in range(count):
        day = date(2020, 1, 3) + timedelta(days=n * 2000 // count)
        dated = {"meeting_date": day.isoformat(), "year": day.year, "organ": f"Rådet {n % 20}"}
        head = {"document": f"{n:012x}", **dated, "page": 1}
        kind = ("protokoll", "nyhetsbrev")[n % 2]
        about = {"id": f"{n:012x}", "path": f"{n}.pdf", "label": f"{n}.pdf", "kind": kind, "status": "read", **dated}
        turn = [divmod(n * claims + k, services) for k in range(claims)]
        told = [_claim(head, k, words[at], _KINDS[(k + around) % 4], day.year) for k, (around, at) in enumerate(turn)]
        yield about, told, [_decision(head, k) for k in range(decisions)]


def _claim(head: Row, k: int, name: str, kind: str, year: int) -> Row:
    end = date(year + 1 + (k % 7 == 0), 12, 31).isoformat()
    row = {"id": f"{head['document']}-f{k:08x}", **head, "ordinal": k, "subject": name, "kind": kind}
    return {**row, "end": end, "certainty": "stated", "text": f"{name} finansieras till {end}."}


def _decision(head: Row, k: int) -> Row:
    return {"id": f"{head['document']}-d{k:08x}", **head, "ordinal": k, "text": f"Punkt {k}.", "outcome": "approved"}


def filled(db: Database, count: int, claims: int, services: int, decisions: int = 0) -> None:
    """Writes such documents into an empty database; nothing is made of them yet."""
    rows = list(documents(count, claims, services, decisions))
    with store.writing(db):
        store.insert(db, "documents", [about for about, _, _ in rows])
        store.insert(db, "funding", [row for _, told, _ in rows for row in told])
        store.insert(db, "decisions", [row for _, _, points in rows for row in points])


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measured(count: int, claims: int, services: int, decisions: int = 0) -> tuple[float, float]:
    """Seconds to finish a database of such documents, and to audit it."""
    with tempfile.TemporaryDirectory() as folder:
        db = store.open_db(Path(folder) / "bench.db")
        filled(db, count, claims, services, decisions)
        finishing = timed(lambda: ingest.finish(db, []))
        auditing = timed(lambda: asof.report(db.conn, AS_OF))
        db.conn.close()
    return finishing, auditing


def main(count: int = 10_000) -> None:
    """Prints what 2,000 services with 20,000 claims take, and how finishing grows with the number of documents."""
    finishing, auditing = measured(400, 50, 2000)
    print(f"2000 services, 20000 claims: finish {finishing:.2f} s, audit {auditing:.2f} s (target: audit under 2 s)")
    last = 0.0
    for size in (count // 4, count // 2, count):
        finishing, auditing = measured(size, 3, size // 5, 8)
        grown = f", {finishing / last:.1f} times the half" if last else ""
        print(f"{size} documents x 8 decisions x 3 claims: finish {finishing:.2f} s{grown}, audit {auditing:.2f} s")
        last = finishing
