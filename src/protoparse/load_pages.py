"""How quick the pages of the site are over an invented register: the same addresses asked again and again."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from protoparse import store

DAY = "as_of=2026-11-22"
ROUNDS = 3  # the first is told as cold, the rest as warm
TARGETS = {"evidence": 100, "document": 300, "start": 300, "audit": 300, "service": 300, "person": 300, "organ": 500}
TARGETS |= {
    "matter": 500,
    "table": 500,
    "view with facets": 1500,
    "deep page": 1500,
    "feed": 300,
    "picture": 100,
}  # milliseconds

# Every so-manieth of a table, so that the pages are spread over the whole file.
_SPREAD = 'SELECT {column} FROM "{table}" WHERE {where} ORDER BY rowid LIMIT 1 OFFSET {offset}'
_OF = {
    "evidence": ("evidence", "id", "1", "/-/evidence/{}"),
    "document": ("documents", "id", "1", "/-/dokument/{}"),
    "organ": ("entities", "id", "kind = 'organ'", f"/-/organ/{{}}?{DAY}"),
    "person": ("entities", "id", "kind = 'person'", f"/-/person/{{}}?{DAY}"),
    "service": ("entities", "id", "kind = 'service'", f"/-/tjanst/{{}}?{DAY}"),
    "matter": ("matters", "number", "1", "/-/arende/{}"),
    "picture": ("document_paths", "document", "1", "/-/page-image/{}/1.jpg"),  # cold: drawn; warm: as it was drawn
}
EACH = 20


def hang(path: Path, pdfs: Iterable[Path]) -> None:
    """Adds real PDFs to a register: what is invented has no page to draw."""
    db, base = store.open_db(path), path.absolute().parent
    with store.writing(db):
        for pdf in pdfs:
            digest, root = sha256(pdf.read_bytes()).hexdigest(), os.path.relpath(pdf.absolute().parent, base)
            document = {"id": digest[:12], "path": pdf.name, "label": pdf.name, "status": "read", "sha256": digest}
            place = {"file": f"{root}/{pdf.name}", "document": digest[:12], "root": root, "path": pdf.name}
            if not db.execute("SELECT 1 FROM documents WHERE id = ?", (digest[:12],)).fetchone():
                store.insert(db, "documents", [document])
                store.insert(db, "document_paths", [place])
        db.execute("DELETE FROM unsearched")
    db.conn.close()


def addresses(db: sqlite3.Connection, name: str) -> dict[str, list[str]]:
    """The addresses of every kind of page of a register; `name` is the database's in addresses."""
    found = {kind: pages for kind, of in _OF.items() if (pages := _spread(db, *of))}
    table, audit = f"/{quote(name)}", f"/-/granskning?{DAY}"
    tables = ("decisions", "funding", "sections", "attendance", "documents", "evidence")
    return {
        "start": [f"/?{DAY}"] * 5,
        **found,
        "audit": [audit, f"{audit}&kind=conflict", f"{audit}&all=findings&page=3"],
        "table": [f"{table}/{it}" for it in tables],
        "view with facets": [f"{table}/beslut", f"{table}/byten", f"{table}/finansiering"],
        "deep page": [f"{table}/decisions?_next=2019-05-06%2C~24", f"{table}/beslut?_next=50000"],
        "feed": ["/-/floden/beslut.atom", "/-/floden/fynd.atom", "/-/floden/beslut.atom?sida=50"],
    }  # fmt: skip


def _spread(db: sqlite3.Connection, table: str, column: str, where: str, address: str) -> list[str]:
    count = db.execute(f'SELECT count(*) FROM "{table}" WHERE {where}').fetchone()[0]
    offsets = [count * step // EACH for step in range(min(EACH, count))]
    sql = [_SPREAD.format(column=column, table=table, where=where, offset=offset) for offset in offsets]
    return [address.format(quote(str(db.execute(one).fetchone()[0]), safe="")) for one in sql]


async def taken(path: Path, asked: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[float, float]]]:
    """Wall and processor seconds of every answer, round after round; one that is refused for its time is told."""
    from protoparse.site.serve import opened

    site = opened(path)
    await site.invoke_startup()
    found: dict[str, list[tuple[float, float]]] = {kind: [] for kind in asked}
    for kind, pages in asked.items():
        for address in [*pages] * ROUNDS:
            wall, work = time.perf_counter(), time.process_time()
            answer = await site.client.get(address)
            found[kind].append((time.perf_counter() - wall, time.process_time() - work))
            if answer.status_code != 200:
                print(f"no answer ({answer.status_code}): {address}", file=sys.stderr)
    return found


def at(times: Sequence[float], percent: int) -> float:
    """A percentile, in milliseconds."""
    order = sorted(times)
    return 1000 * order[min(len(order) - 1, len(order) * percent // 100)]


def told(found: Mapping[str, Sequence[tuple[float, float]]]) -> list[str]:
    """The figures as lines: cold and warm by the wall, warm by the processor, beside the targets."""
    lines = [f"{'ms':18}{'cold p95':>9}{'p50':>7}{'p95':>7}{'p99':>7}{'cpu p50':>9}{'cpu p95':>9}{'target p95':>12}"]
    for kind, pairs in found.items():
        cold, warm = _walls(pairs[: len(pairs) // ROUNDS]), pairs[len(pairs) // ROUNDS :]
        walls, work = _walls(warm), [pair[1] for pair in warm]
        figures = [at(cold, 95), at(walls, 50), at(walls, 95), at(walls, 99), at(work, 50), at(work, 95)]
        cells = "".join(f"{it:{width}.0f}" for it, width in zip(figures, (9, 7, 7, 7, 9, 9), strict=True))
        late = "" if figures[2] <= TARGETS[kind] else "  over" if figures[5] > TARGETS[kind] else "  over by the wall"
        lines.append(f"{kind:18}{cells}{TARGETS[kind]:12}{late}")
    return lines


def _walls(pairs: Sequence[tuple[Any, ...]]) -> list[float]:
    return [pair[0] for pair in pairs]
