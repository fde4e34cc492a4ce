"""Facets of tables and views: they count what the filters leave, whichever page is shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from protoparse import store
from protoparse.site import facets
from protoparse.site.serve import opened

ID = "((id > :p0))"
pytestmark = pytest.mark.anyio
ORGANS = ("Hamnrådet", "Sjörådet")
ROWS = 7


@pytest.mark.parametrize(
    ("where", "left"),
    [
        (f"where {ID} ", ""),
        (f"where ([end] < :p1 or [end] is null or ([end] = :p1 and {ID})) ", ""),
        ("where organ = :p0 and (meeting_date > :p2 or (meeting_date = :p2 and ((id > :p1)))) ", "where organ = :p0 "),
        (f"where year = :p0 and (due is null and {ID}) ", "where year = :p0 "),
        (f"where (due is not null or (due is null and {ID})) ", ""),
        ("where organ = :p0 ", "where organ = :p0 "),
        ("where id > :p0 ", "where id > :p0 "),
    ],
)
def test_where_a_page_begins_is_no_condition_of_what_is_counted(where, left):
    begin = "select id, organ from decisions "
    assert facets.whole(begin + where).rstrip() == (begin + left).rstrip()


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "r.db"
    db = store.open_db(path)
    document = {"id": "d" * 12, "path": "a.pdf", "label": "a.pdf", "status": "read"}
    proofs = [
        {
            "id": f"e{n}",
            "document": document["id"],
            "page": 1,
            "quote": f"Punkt {n}.",
            "boxes": "[]",
            "rule": f"r{n % 2}",
        }
        for n in range(ROWS)
    ]
    heads = [{"id": f"s{n}", "document": document["id"], "ordinal": n, "title": f"Rubrik {n}"} for n in range(2)]
    above = [{**heads[0], "number": "4", "parent": None}, {**heads[1], "number": None, "parent": "s0"}]
    rows = [
        {"id": f"x{n}", "document": document["id"], "ordinal": n, "section": f"s{n % 2}", "meeting_date": "2026-03-02"}
        | {"organ": ORGANS[n % 2], "text": f"Punkt {n}.", "outcome": "approved", "evidence": f"e{n}"}
        for n in range(ROWS)
    ]
    with store.writing(db):
        for table, found in (("documents", [document]), ("sections", above), ("evidence", proofs), ("decisions", rows)):
            store.insert(db, table, found)
    db.conn.close()
    return path


async def counted(site, address: str, facet: str) -> dict[str, int]:
    said = (await site.client.get(address)).json()["facet_results"][facet]["results"]
    return {one["value"]: one["count"] for one in said}


async def test_every_page_of_a_table_counts_all_its_rows(register):
    site = opened(register)
    await site.invoke_startup()
    for page in ("", "&_next=2026-03-02,x3", "&_sort=organ", "&_sort=organ&_next=Sj~C3~B6r~C3~A5det,x1"):
        assert await counted(site, f"/r/decisions.json?_size=2{page}", "organ") == {"Hamnrådet": 4, "Sjörådet": 3}
    assert await counted(site, "/r/decisions.json?_size=2&organ=Sjörådet", "organ") == {"Sjörådet": 3}
    assert await counted(site, "/r/beslut.json?_next=4", "regel") == {"r0": 4, "r1": 3}


async def test_a_value_leads_to_the_first_page_of_its_rows(register):
    site = opened(register)
    await site.invoke_startup()
    said = (await site.client.get("/r/decisions.json?_size=2&_next=2026-03-02,x3")).json()["facet_results"]["organ"]
    assert all("_next" not in one["toggle_url"] and "_size=2" in one["toggle_url"] for one in said["results"])


def test_a_row_is_told_by_the_nearest_number_above_it_and_its_innermost_title(register):
    db = sqlite3.connect(register)
    found = db.execute("SELECT id, paragraf, rubrik, regel FROM beslut ORDER BY id LIMIT 2").fetchall()
    assert found == [("x0", "4", "Rubrik 0", "r0"), ("x1", "4", "Rubrik 0", "r1")]
    plan = " ".join(row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT count(*) FROM beslut"))
    assert "sections" not in plan and "evidence" not in plan
