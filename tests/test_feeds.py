"""Feeds and exports, read by parsers that are not ours."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import feedparser
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protoparse.site import feeds
from protoparse.spreadsheets import Guard, guarded, unguarded
from test_site import HOSTILE, Site

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
BASE = "http://localhost"
FORMULA = '=HYPERLINK("http://x.test";"klicka")'


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def add(site: Site, count: int, text: str = "Nämnden beslutar om ärende {}.") -> None:
    site.add(
        "insert into decisions (id, document, ordinal, text, outcome, organ, evidence) values (?, ?, ?, ?, ?, ?, ?)",
        [
            (f"{site.document}-x{n}", site.document, 10 + n, text.format(n), "approved", "Nämnden", site.evidence)
            for n in range(count)
        ],
    )


# --- feeds


@pytest.mark.asyncio
async def test_a_feed_names_each_decision_and_leads_to_its_words(site):
    answer = await site.get("/-/floden/beslut.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    found = feedparser.parse(answer.text)
    assert not found.bozo, found.bozo_exception
    (entry,) = found.entries
    assert entry.id == f"urn:protoparse:{site.document}-d1"
    assert entry.title == f"Nämnden · punkt 12 Plan {HOSTILE}: bifallet"
    assert entry.link == f"http://localhost/-/evidence/{site.evidence}"
    assert (entry.updated, entry.published) == ("2026-02-07T06:00:00Z", "2026-02-06T00:00:00Z")
    assert entry.summary.startswith("Nämnden beslutar att anta planen")


@pytest.mark.asyncio
async def test_what_comes_from_a_page_is_text_in_a_feed(site):
    found = feedparser.parse((await site.get("/-/floden/byten.atom")).text)
    assert found.entries[0].summary_detail.type == "text/plain"
    assert HOSTILE in found.entries[0].summary
    assert "<script>" not in (await site.get("/-/floden/byten.atom")).text


@pytest.mark.asyncio
async def test_all_rows_are_in_the_pages_of_a_feed_each_once(site):
    add(site, 2 * feeds.PAGE + 5)
    seen, address = [], "/-/floden/beslut.atom"
    while address:
        found = feedparser.parse((await site.get(address)).text)
        seen += [entry.id for entry in found.entries]
        address = next((link.href for link in found.feed.links if link.rel == "next"), "").removeprefix(BASE)
    assert len(seen) == len(set(seen)) == 2 * feeds.PAGE + 6


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("q=planen", 1),
        ("q=simhallen", 0),
        ("sedan=2026-02-07", 1),
        ("sedan=2026-02-08", 0),
        ("organ=organ-none", 0),
        ("tjanst=service-none", 0),
        ("q=%22%27)%20OR%201=1--", 0),
        ("sida=2", 0),
        ("sida=-3", 1),
        ("sida=%C2%B2", 1),
    ],
)
async def test_a_feed_of_what_was_chosen(site, asked, count):
    answer = await site.get(f"/-/floden/beslut.atom?{asked}")
    assert answer.status_code == 200
    found = feedparser.parse(answer.text)
    assert not found.bozo
    assert len(found.entries) == count


@pytest.mark.asyncio
async def test_findings_are_a_feed_too(site):
    site.change(
        "insert into funding (id, document, ordinal, kind, certainty, text, evidence) values (?, ?, 1, ?, ?, ?, ?)",
        *("f1", site.document, "funded_until", "stated", "Lotsen finansieras till den 1 mars 2026.", site.evidence),
    )
    site.change(
        "insert into findings (id, kind, severity, message, later) values ('finding-1', 'gap', 'warning', ?, 'f1')",
        f"Lotsen: pengar saknas {HOSTILE}",
    )
    (entry,) = feedparser.parse((await site.get("/-/floden/fynd.atom")).text).entries
    assert entry.title.startswith("Glapp: ")
    assert entry.summary.startswith(f"Lotsen: pengar saknas {HOSTILE}")


@given(st.text())
def test_any_text_makes_a_feed_that_can_be_read(text):
    row = {
        "id": "d1",
        "tag": "approved",
        "text": text,
        "organ": text,
        "label": text,
        "title": text,
        "number": "1",
        "sign": "§",
    }
    row |= {"read_at": "2026-02-07 06:00:00", "meeting_date": None, "evidence": None, "document": "x", "page": None}
    found = feedparser.parse(feeds.atom("beslut", [row], "http://x.test", "http://x.test/a", 0))
    assert len(found.entries) == 1
    assert not found.bozo


# --- exports


@pytest.mark.asyncio
async def test_a_workbook_holds_all_rows_and_no_formula(site):
    add(site, 150, FORMULA)
    answer = await site.get("/-/export/protoparse/decisions.xlsx?_sort=ordinal")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    assert len(rows) == 152
    cells = [cell for row in rows for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert sum(cell.value == FORMULA for cell in cells) == 150
    assert rows[0][0].value == "Rad-id"
    assert [row[7].value for row in rows[1:]] == [1, *range(10, 160)]
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.asyncio
async def test_an_export_keeps_the_filters_of_the_table(site):
    add(site, 3)
    all_of_it = (await site.get("/-/export/protoparse/decisions.json")).json()
    one = (await site.get("/-/export/protoparse/decisions.json?text__contains=ärende 1")).json()
    assert (len(all_of_it), len(one)) == (4, 1)
    assert one[0]["ordinal"] == 11
    assert one[0]["due"] is None


@pytest.mark.asyncio
async def test_an_export_of_nothing_we_have_is_told(site):
    for address in ("protoparse/nothing.xlsx", "other/decisions.xlsx", "protoparse/decisions.exe"):
        assert (await site.get(f"/-/export/{address}")).status_code == 404


@pytest.mark.asyncio
@pytest.mark.parametrize("order", ["", "_sort_desc=organ&"])
@pytest.mark.parametrize("address", ["/protoparse/decisions.csv", "/-/export/protoparse/decisions.csv"])
async def test_the_csv_of_a_table_holds_all_rows_and_no_formula(site, address, order):
    add(site, 150, FORMULA)
    text = (await site.get(f"{address}?{order}_stream=on")).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len({row["id"] for row in rows}) == len(rows) == 151
    assert sum(row["text"] == f"'{FORMULA}" for row in rows) == 150
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row.values() if cell)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "order", ["", "_sort_desc=meeting_date", "_sort=meeting_date", "_sort=page", "_sort_desc=page"]
)
async def test_rows_of_one_day_and_of_none_stand_each_on_one_page(site, order):
    """Datasette's first page of a sorted table lacks the order by id that all others have."""
    add(site, 120)
    site.change("update decisions set meeting_date = '2026-03-03', page = 3 where ordinal % 2")
    seen, address = [], f"/protoparse/decisions.json?_shape=objects&{order}"
    while address:
        answer = (await site.get(address)).json()
        seen += [row["id"] for row in answer["rows"]]
        address = (answer["next_url"] or "").removeprefix(BASE)
    assert len(seen) == len(set(seen)) == 121


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=3)), st.data())
def test_a_csv_in_pieces_is_guarded_as_a_whole(rows, data):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    whole = out.getvalue().encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=5)))
    guard = Guard()
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    got = b"".join(guard.feed(piece) for piece in pieces) + guard.feed(b"", True)
    found = list(csv.reader(io.StringIO(got.decode(), newline="")))
    want = list(csv.reader(io.StringIO(whole.decode(), newline="")))
    assert found == [[guarded(cell) for cell in row] for row in want]


@given(st.text(st.sampled_from("'=+-@\t1a,")))
def test_a_guard_can_be_taken_off(text):
    assert unguarded(guarded(text)) == text or guarded(text) == text


def test_numbers_stay_numbers():
    assert [guarded(it) for it in ("-31", "+4,5", "-1+1", "=1", "'=1", -3, None)] == [
        *("-31", "+4,5", "'-1+1", "'=1", "''=1"),
        *(-3, None),
    ]


# --- for other programs


@pytest.mark.asyncio
async def test_evidence_as_a_web_annotation(site):
    found = (await site.get(f"/-/evidence/{site.evidence}.jsonld")).json()
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    quote, first, _ = found["target"]["selector"]
    assert quote == {"type": "TextQuoteSelector", "exact": f"Nämnden beslutar att anta planen {HOSTILE}"}
    assert first["value"] == "page=1&viewrect=72,91.5,168.25,11.5"
    assert found["target"]["source"] == f"http://localhost/-/pdf/{site.document}"


@pytest.mark.asyncio
async def test_all_annotations_of_a_document(site):
    found = (await site.get(f"/-/dokument/{site.document}.jsonld")).json()
    assert found["partOf"]["total"] == len(found["items"]) == 2
    assert "next" not in found
    assert (await site.get("/-/dokument/none.jsonld")).status_code == 404


@pytest.mark.asyncio
async def test_popolo_has_seats_meetings_and_decisions(site):
    site.change("insert into entities values ('person-1', 'person', 'Eva Ek'), ('organ-1', 'organ', 'Nämnden')")
    site.change("update documents set organ_id = 'organ-1' where kind is not null")
    site.change(
        "insert into seats (id, person, name, group_id, position, from_date, began) values (?, ?, ?, ?, ?, ?, ?)",
        *("seat-1", "person-1", "Eva Ek", "organ-1", "ledamot", "2026-02-06", f"{site.document}-r1"),
    )
    found = json.loads((await site.get("/-/popolo.json")).text)
    assert [(it["id"], it["name"]) for it in found["persons"]] == [("person-1", "Eva Ek")]
    (seat,) = found["memberships"]
    assert seat == {
        "id": "seat-1",
        "person_id": "person-1",
        "organization_id": "organ-1",
        "role": "ledamot",
        "start_date": "2026-02-06",
        "sources": [{"url": f"http://localhost/-/evidence/{site.evidence}"}],
    }
    assert [it["organization_id"] for it in found["events"]] == ["organ-1"]
    assert [it["result"] for it in found["motions"]] == ["pass"]
