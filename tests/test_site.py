"""The site through Datasette's own test client, over a database with one small PDF."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import get_args

import click
import pytest
from datasette.app import Datasette
from markupsafe import escape
from PIL import Image

from conftest import open_db
from pdfs import draw
from protoparse import as_rows, hits, models, store
from protoparse.pdf.reader import read
from protoparse.site import labels, ranges
from protoparse.site.serve import arguments, configuration, metadata, present, serve

pytestmark = [
    pytest.mark.asyncio,
    # Datasette's own: it leaves its connections to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

# Datasette 1.0 gives its templates other variables; there its own tables and rows are kept.
dressed = pytest.mark.skipif(hasattr(Datasette, "allowed"), reason="our tables and rows are for Datasette 0.65")

HOSTILE = "<script>alert('å')</script>\"'&"
NAME = "år 2026/pröva \"<b>' .pdf"
QUOTE = "Nämnden beslutar att anta planen"
BOX = {"page": 1, "x0": 72.0, "top": 91.5, "x1": 240.25, "bottom": 103.0}


class Site:
    """A database of ours with its PDF, and the ids in it."""

    def __init__(self, folder: Path, rotate: int = 0, crop: tuple[float, float, float, float] | None = None):
        self.root = folder / "papper"
        self.pdf = self.root / NAME
        self.pdf.parent.mkdir(parents=True)
        page = [(72, 100, QUOTE), (72, 150, "Nästa punkt")]
        draw(self.pdf, [page, [(72, 100, "Sida två")]], rotate=rotate, crop=crop)
        self.sha = sha256(self.pdf.read_bytes()).hexdigest()
        self.document = self.sha[:12]
        self.evidence = f"{self.document}-e00000001"
        self.db = folder / "protoparse.db"
        self.served: Datasette | None = None  # until the database is changed
        self._fill()

    def _rows(self) -> as_rows.Rows:
        doc = {"document": self.document}
        fact = {**doc, "meeting_date": "2026-02-06", "year": 2026, "organ": "Nämnden", "page": 1, "ordinal": 1}
        section = {**fact, "id": f"{self.document}-u1", "number": "12", "title": f"Plan {HOSTILE}", "page_end": 1}
        own = {"path": NAME, "label": f"Protokoll {HOSTILE}", "title": None, "kind": "protokoll", "pages": 2}
        boxes = json.dumps([BOX, {**BOX, "page": 2}])
        quotes = [
            (1, f"{QUOTE} {HOSTILE}", boxes),
            (2, "Nästa punkt", json.dumps([{**BOX, "top": 140, "bottom": 152}])),
        ]
        return {
            "documents": [
                {
                    **own,
                    "id": self.document,
                    "organ": "Nämnden",
                    "meeting_date": "2026-02-06",
                    "status": "read",
                    "sha256": self.sha,
                }
            ],
            "pages": [
                {**doc, "id": f"{self.document}-p{n}", "page": n, "width": 595.0, "height": 842.0} for n in (1, 2)
            ],
            "evidence": [
                {**doc, "id": f"{self.document}-e0000000{n}", "page": 1, "quote": quote, "boxes": at, "rule": None}
                for n, quote, at in quotes
            ],
            "sections": [{**section, "text": "Planen antas", "evidence": f"{self.document}-e00000002"}],
            "decisions": [
                {
                    **fact,
                    "id": f"{self.document}-d1",
                    "section": section["id"],
                    "text": QUOTE,
                    "outcome": "approved",
                    "evidence": self.evidence,
                }
            ],
            "roster_changes": [
                {
                    **fact,
                    "id": f"{self.document}-r1",
                    "kind": "appointment",
                    "incoming": HOSTILE,
                    "evidence": self.evidence,
                }
            ],
        }

    def _fill(self) -> None:
        db = open_db(self.db)
        with store.writing(db):
            db.execute("insert into runs (id, started) values (1, '2026-02-07T06:00:00')")
            store.write_document(db, self._rows(), run=1)
            insert = "insert into document_paths values (?, ?, ?, ?, null, null)"
            db.execute(insert, [str(self.pdf), self.document, str(self.root), NAME])
            insert = (
                "insert into documents (id, path, label, status, error) values ('00', 'x.pdf', 'x.pdf', 'unread', ?)"
            )
            db.execute(insert, ["filen är trasig"])
            hits.refresh(db)
        db.close()

    def change(self, sql: str, *values: object) -> None:
        self.add(sql, [values])

    def add(self, sql: str, rows: list[tuple]) -> None:
        """The same for many rows."""
        self.served = None
        db = sqlite3.connect(self.db)
        db.execute("pragma synchronous = off")
        db.executemany(sql, rows)
        db.commit()
        db.close()

    def refresh(self) -> None:
        self.served = None
        db = store.open_db(self.db)
        hits.refresh(db)
        db.close()

    async def get(self, path: str, **headers: str):
        if self.served is None:
            self.served = Datasette([str(self.db)], metadata=metadata("protoparse", present(self.db)))
        return await self.served.client.get(
            path, headers={name.replace("_", "-"): text for name, text in headers.items()}
        )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


# --- evidence


async def test_the_evidence_page_marks_the_stored_boxes(site):
    body = (await site.get(f"/-/evidence/{site.evidence}")).text
    assert QUOTE in body
    marks = re.findall(r'<rect class="mark" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', body)
    air = 1.5
    box = [BOX["x0"] - air, BOX["top"] - air, BOX["x1"] - BOX["x0"] + 2 * air, BOX["bottom"] - BOX["top"] + 2 * air]
    assert {tuple(map(float, mark)) for mark in marks} == {tuple(box)}
    assert body.count('viewBox="0 0 595.0 842.0"') == 2  # a sentence that runs over a page is marked on both


async def test_the_evidence_page_names_its_row_and_source(site):
    body = (await site.get(f"/-/evidence/{site.evidence}")).text
    for words in (
        "12 Plan",
        "6 februari 2026",
        "sidorna 1–2 av 2",
        "bifallet",
        "Utfall",
        f"/-/pdf/{site.document}#page=1",
    ):
        assert words in body
    assert f"/protoparse/decisions/{site.document}-d1" in body


async def test_evidence_leads_to_its_neighbours_on_the_page(site):
    first = (await site.get(f"/-/evidence/{site.evidence}")).text
    assert "belägg 1 av 2" in first
    assert f'rel="next" href="/-/evidence/{site.document}-e00000002"' in first
    assert (
        f'rel="prev" href="/-/evidence/{site.evidence}"'
        in (await site.get(f"/-/evidence/{site.document}-e00000002")).text
    )


async def test_evidence_as_json(site):
    found = (await site.get(f"/-/evidence/{site.evidence}.json")).json()
    assert found["boxes"] == [BOX, {**BOX, "page": 2}]
    assert found["quote"] == f"{QUOTE} {HOSTILE}"
    assert [row["table"] for row in found["rows"]] == ["decisions", "roster_changes"]
    assert found["pages"][0] == {
        "page": 1,
        "width": 595.0,
        "height": 842.0,
        "image": f"/-/page-image/{site.document}/1.jpg",
    }


async def test_what_other_rules_read_from_the_same_words(site):
    site.change("update evidence set boxes = (select boxes from evidence where id = ?)", site.evidence)
    body = (await site.get(f"/-/evidence/{site.document}-e00000002")).text
    assert "Ur samma ord" in body
    assert "<dt>Utfall</dt><dd>bifallet</dd>" in body


@pytest.mark.parametrize("boxes", ["", "null", "[]", "{}", '[{"page": 1}]', '["x"]', "not json"])
async def test_unreadable_boxes_leave_the_page_standing(site, boxes):
    site.change("update evidence set boxes = ?", boxes)
    answer = await site.get(f"/-/evidence/{site.evidence}")
    assert answer.status_code == 200
    assert QUOTE in answer.text


async def test_a_corrected_document_takes_over_the_old_address(site):
    site.change("insert into replaced values ('gammal', ?)", site.document)
    answer = await site.get("/-/evidence/gammal-e00000001")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/-/evidence/{site.evidence}")
    assert (await site.get("/-/evidence/gammal-e9")).headers["location"] == f"/-/dokument/{site.document}"
    assert (await site.get("/-/dokument/gammal")).headers["location"] == f"/-/dokument/{site.document}"


# --- safety


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/-/evidence/{e}",
        "/-/dokument/{d}",
        "/-/sok?q=planen",
        "/-/sok?q={h}",
        "/protoparse/decisions",
        "/protoparse/beslut",
        "/protoparse/roster_changes",
        "/protoparse/evidence",
    ],
)
async def test_text_from_pdfs_is_escaped(site, path):
    answer = await site.get(path.format(e=site.evidence, d=site.document, h=HOSTILE))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<b>'" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/-/evidence/{e}",
        "/-/evidence/{e}.json",
        "/-/dokument/{d}",
        "/-/sok?q=x",
        "/-/sok.json?q=x",
        "/-/evidence/x",
    ],
)
async def test_our_pages_run_no_script_but_ours(site, path):
    answer = await site.get(path.format(e=site.evidence, d=site.document))
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "noindex" in answer.headers["x-robots-tag"]
    if "html" in answer.headers["content-type"]:
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", answer.text)


@dressed
@pytest.mark.parametrize(
    "path", ["/protoparse/decisions", "/protoparse/beslut?utfall=bifallet", "/protoparse/decisions/{d}-d1"]
)
async def test_tables_and_rows_run_no_script(site, path):
    answer = await site.get(path.format(d=site.document))
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text


@dressed
@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/-/sok?q=planen",
            "/-/sok?q=finnsinte",
            "/-/evidence/{d}-e00000001",
            "/-/evidence/x",
            "/-/dokument/{d}",
            "/-/pdf/x",
        ),
        *(
            "/protoparse/decisions",
            "/protoparse/beslut?utfall=val",
            "/protoparse/decisions?_search=planen&page__gt=0",
            "/protoparse/decisions/{d}-d1",
        ),
    ],
)
async def test_no_english_on_our_pages(site, path):
    body = (await site.get(path.format(d=site.document))).text
    seen = re.sub(r"<code>.*?</code>|<[^>]+>", " ", body.replace(HOSTILE, ""))
    english = (
        "the and search rows row next view sort home table filter apply page download powered queries show error found"
    )
    found = set(re.findall(r"[a-zåäö]+", seen.lower())) & set(english.split())
    assert not found


async def test_a_row_names_what_its_ids_mean(site):
    body = (await site.get(f"/protoparse/decisions/{site.document}-d1")).text
    assert f'<a href="/-/dokument/{site.document}">Protokoll' in body
    assert f'/protoparse/sections/{site.document}-u1">Plan' in body


async def test_search_engines_are_asked_to_stay_away_from_tables_too(site):
    assert "noindex" in (await site.get("/protoparse/decisions")).headers["x-robots-tag"]


@pytest.mark.parametrize("path", ["../hemlig.pdf", "/etc/passwd", "år 2026/../../hemlig.pdf", "hemlig\0.pdf", "."])
@pytest.mark.parametrize("address", ["/-/pdf/{d}", "/-/page-image/{d}/1.png"])
async def test_no_path_leads_out_of_the_folder(site, path, address):
    (site.root.parent / "hemlig.pdf").write_bytes(site.pdf.read_bytes())  # even with the right checksum
    site.change("update documents set path = ?", path)
    site.change("update document_paths set path = ?", path)
    assert (await site.get(address.format(d=site.document))).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/-/pdf/..%2f..%2fetc%2fpasswd",
        "/-/pdf/../../etc/passwd",
        "/-/page-image/..%2f/1.png",
        "/-/page-image/{d}/1.svg",
        "/-/page-image/{d}/0.png",
        "/-/page-image/{d}/3.png",
        "/-/page-image/x/1.png",
        "/-/pdf/x",
        "/-/evidence/x",
        "/-/evidence/x.json",
        "/-/dokument/x",
        "/-/evidence/%00",
        "/-/evidence/'",
    ],
)
async def test_what_the_database_does_not_hold_is_not_found(site, path):
    assert (await site.get(path.format(d=site.document))).status_code == 404


async def test_a_changed_file_is_not_shown(site):
    site.pdf.write_bytes(site.pdf.read_bytes() + b"\n")
    answer = await site.get(f"/-/pdf/{site.document}")
    assert (answer.status_code, "har ändrats" in answer.text) == (404, True)
    assert (await site.get(f"/-/page-image/{site.document}/1.png")).status_code == 404


async def test_a_lost_file_leaves_the_words(site):
    site.pdf.unlink()
    answer = await site.get(f"/-/evidence/{site.evidence}")
    assert answer.status_code == 200
    assert QUOTE in answer.text
    assert "finns inte längre" in answer.text
    assert "page-image" not in answer.text


# --- pictures and PDFs


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("jpg", b"\xff\xd8")])
async def test_the_page_picture(site, form, start):
    answer = await site.get(f"/-/page-image/{site.document}/2.{form}")
    assert answer.content.startswith(start)
    again = await site.get(f"/-/page-image/{site.document}/2.{form}", if_none_match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


async def test_pages_whose_text_looks_misread_are_pointed_out(site):
    assert "felläst" not in (await site.get(f"/-/dokument/{site.document}")).text
    with sqlite3.connect(site.db) as db:
        db.execute("update pages set quality = 0.7, quality_note = ? where page = 2", [f"3 av 10 ord {HOSTILE}"])
    text = (await site.get(f"/-/dokument/{site.document}")).text
    assert "felläst på en sida" in text
    assert "sida 2 (3 av 10 ord &lt;script&gt;" in text


async def test_what_is_hidden_is_covered_in_the_picture_and_the_pages_say_so(site):
    before = await site.get(f"/-/page-image/{site.document}/1.png")
    with sqlite3.connect(site.db) as db:
        db.execute("update pages set masked = ? where page = 1", [json.dumps([BOX])])
        db.execute("update documents set masked = 1")
    after = await site.get(f"/-/page-image/{site.document}/1.png", if_none_match=before.headers["etag"])
    assert after.status_code == 200
    picture = Image.open(BytesIO(after.content)).convert("L")
    bar = [round(BOX[edge] * picture.width / 595) for edge in ("x0", "top", "x1", "bottom")]
    assert picture.crop(bar).getextrema() == (0, 0)
    assert picture.getpixel((bar[2] + 20, bar[1] + 4)) == 255
    assert "1 personnummer är dolt" in (await site.get(f"/-/dokument/{site.document}")).text
    assert "står kvar i PDF-filen" in (await site.get(f"/-/evidence/{site.evidence}")).text


@pytest.mark.parametrize(("rotate", "crop"), [(0, None), (90, None), (180, None), (270, None), (0, (50, 50, 500, 800))])
async def test_the_picture_and_the_boxes_agree(tmp_path, rotate, crop):
    """All ink stands in the boxes that the reader gives, whatever rotation and crop box."""
    site = Site(tmp_path, rotate, crop)
    picture = Image.open(BytesIO((await site.get(f"/-/page-image/{site.document}/1.png")).content)).convert("L")
    page = read(site.pdf).pages[0]
    scale = picture.width / page.width
    assert scale == pytest.approx(picture.height / page.height, abs=0.01)
    for word in page.words:
        box = [round(edge * scale) for edge in (word.x0 - 2, word.top - 2, word.x1 + 2, word.bottom + 2)]
        assert picture.crop(box).getextrema()[0] < 100, f"no ink in the box of {word.text}"
        picture.paste(255, box)
    assert picture.getextrema()[0] > 200, "ink outside the boxes"


async def test_the_pdf_is_served_as_it_was_read(site):
    answer = await site.get(f"/-/pdf/{site.document}")
    assert answer.content == site.pdf.read_bytes()
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("inline; filename*=UTF-8''pr%C3%B6va%20%22%3Cb%3E")
    assert (await site.get(f"/-/pdf/{site.document}", if_none_match=answer.headers["etag"])).status_code == 304


@pytest.mark.parametrize(
    ("said", "size", "wanted"),
    [
        ("", 10, range(10)),
        ("bytes=0-3", 10, range(4)),
        ("bytes=4-", 10, range(4, 10)),
        ("bytes=4-99", 10, range(4, 10)),
        ("bytes=-3", 10, range(7, 10)),
        ("bytes=-99", 10, range(10)),
        ("bytes=10-", 10, None),
        ("bytes=-0", 10, None),
        ("bytes=0-", 0, None),
        *((said, 10, range(10)) for said in ("bytes=-", "bytes=5-2", "bytes=0-1,4-5", "rows=0-3", "bytes=a-b")),
        ("bytes=" + "9" * 40 + "-", 10, range(10)),
    ],
)
async def test_which_bytes_a_header_names(said, size, wanted):
    assert ranges.part(said, size) == wanted


async def test_a_viewer_may_fetch_the_part_of_a_pdf_that_it_shows(site):
    address, data = f"/-/pdf/{site.document}", site.pdf.read_bytes()
    whole = await site.get(address)
    assert (whole.status_code, whole.headers["accept-ranges"]) == (200, "bytes")
    piece = await site.get(address, range="bytes=10-19")
    assert (piece.status_code, piece.content) == (206, data[10:20])
    assert piece.headers["content-range"] == f"bytes 10-19/{len(data)}"
    assert (await site.get(address, range="bytes=-7", if_range=whole.headers["etag"])).content == data[-7:]
    other = await site.get(address, range="bytes=-7", if_range='"another"')
    assert (other.status_code, other.content) == (200, data)
    beyond = await site.get(address, range=f"bytes={len(data)}-")
    assert (beyond.status_code, beyond.content) == (416, b"")
    assert beyond.headers["content-range"] == f"bytes */{len(data)}"
    site.pdf.write_bytes(data + b"\n")  # another file in its place: no part of it either
    assert (await site.get(address, range="bytes=0-9")).status_code == 404


# --- search, start page, document


async def test_search_finds_decisions_and_leads_to_their_words(site):
    found = (await site.get("/-/sok.json?q=beslut")).json()
    assert found == [
        {"table": "decisions", "id": f"{site.document}-d1", "text": QUOTE, "url": f"/-/evidence/{site.evidence}"}
    ]
    assert "<mark>beslutar</mark>" in (await site.get("/-/sok?q=beslut")).text


async def test_the_start_page_tells_what_was_read(site):
    body = (await site.get("/")).text
    assert re.search(r"<strong>1</strong> beslut", body)
    assert "filen är trasig" in body
    assert f"/-/dokument/{site.document}" in body
    assert 'lang="sv"' in body


async def test_an_empty_database_says_what_to_do(tmp_path):
    open_db(tmp_path / "protoparse.db").close()
    body = (await Datasette([str(tmp_path / "protoparse.db")]).client.get("/")).text
    assert "make ingest" in body


async def test_a_document_shows_its_agenda_with_what_was_decided(site):
    body = (await site.get(f"/-/dokument/{site.document}")).text
    assert body.index("Plan") < body.index(QUOTE)
    assert "bifallet" in body


async def test_a_document_shows_tasks_votes_and_who_was_against(site):
    section, quote = f"{site.document}-u1", site.evidence
    site.change("update decisions set assigned_to = 'hamnchefen', due = '2026-03-01'")
    put = "insert into {} (id, document, ordinal, section, evidence, {}) values (?, ?, 1, ?, ?, {})"
    base = (site.document, section, quote)
    site.change(put.format("ballots", "number, yes, counted_no", "1, 16, 9"), "b1", *base)
    against = put.format("dissents", "kind, name, party, group_name, text", "'reservation', ?, ?, ?, 'x'")
    site.change(against, "x1", *base, HOSTILE, "M", None)
    site.change(against, "x2", *base, None, None, "SD-gruppen")
    body = (await site.get(f"/-/dokument/{site.document}")).text
    assert "uppdrag till hamnchefen, klart senast 1 mars 2026" in body
    assert "16 ja, 9 nej" in body
    assert f"{escape(HOSTILE)} (M), SD-gruppen" in body
    assert body.count(">reservation<") == 1


# --- Datasette's own pages


async def test_tables_lead_to_the_evidence(site):
    for table in ("decisions", "beslut"):
        body = (await site.get(f"/protoparse/{table}")).text
        assert f'<a href="/-/evidence/{site.evidence}">visa på sidan<span class="unseen">: ' in body
    assert "2 rutor" in (await site.get("/protoparse/evidence")).text
    assert '<span title="approved">bifallet</span>' in (await site.get("/protoparse/decisions")).text


async def test_every_column_is_described_in_swedish(site):
    source = labels.source()
    for table, columns in present(site.db).items():
        own = source["tables"].get(table, {}).get("columns", {})
        missing = [name for name in columns if name not in own and name not in source["common"]]
        assert table in source["hidden"] or not missing, f"{table}: {missing} are missing in metadata.yml"


async def test_all_codes_have_a_swedish_word():
    kinds = {
        ("decisions", "outcome"): models.Outcome,
        ("roster_changes", "kind"): models.RosterKind,
        ("funding", "kind"): models.FundingKind,
        ("funding", "certainty"): models.Certainty,
        ("dates", "precision"): models.Precision,
        ("dates", "bound"): models.Bound,
        ("attendance", "category"): models.Category,
        ("votes", "vote"): models.VoteCast,
        ("documents", "kind"): models.Kind,
        ("documents", "meeting_date_source"): models.DateSource,
    }
    for (table, column), codes in kinds.items():
        assert all(labels.value(table, column, code) for code in get_args(codes)), (table, column)


async def test_databases_of_others_are_left_alone(tmp_path):
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("create table documents (id integer primary key, evidence text, outcome text)")
    db.execute("insert into documents values (1, 'x', 'approved')")
    db.commit()
    db.close()
    client = Datasette([str(path)]).client
    start, table = await client.get("/"), await client.get("/other/documents")
    assert "Protokollregistret" not in start.text
    assert "other" in start.text
    assert "visa på sidan" not in table.text
    assert "tables.css" not in table.text
    assert "x-robots-tag" not in table.headers
    assert (await client.get("/.json")).status_code == 200
    assert (await client.get("/-/evidence/x")).status_code == 404


async def test_hidden_tables_stay_hidden(site):
    about = metadata("protoparse", present(site.db))
    about["databases"]["protoparse"]["tables"]["decisions"]["allow"] = {"id": "root"}
    client = Datasette([str(site.db)], metadata=about).client
    assert (await client.get("/-/sok.json?q=beslut")).json() == []
    assert "bifallet" not in (await client.get(f"/-/evidence/{site.evidence}")).text
    about["databases"]["protoparse"]["allow"] = {"id": "root"}
    assert (
        await Datasette([str(site.db)], metadata=about).client.get(f"/-/evidence/{site.evidence}")
    ).status_code == 404


@dressed
async def test_keys_tell_nothing_of_a_table_that_is_closed(site):
    key, section = f"{site.document}-d1", f"{site.document}-u1"
    row = f"/protoparse/decisions/{key}"
    about = metadata("protoparse", present(site.db))
    told = Datasette([str(site.db)], metadata=metadata("protoparse", present(site.db))).client
    title = (await told.get("/protoparse/sections.json?_shape=array")).json()[0]["title"]
    table = "/protoparse/decisions.json?_labels=on&_facet=section&_shape=objects"
    said = (await told.get(table)).json()
    assert said["rows"][0]["section"]["label"] == said["facet_results"]["section"]["results"][0]["label"] == title
    for name in ("sections", "evidence"):
        about["databases"]["protoparse"]["tables"][name]["allow"] = {"id": "root"}
    closed = Datasette([str(site.db)], metadata=about).client
    said = (await closed.get(table)).json()
    assert said["rows"][0]["id"] == key
    assert said["rows"][0]["section"] == said["facet_results"]["section"]["results"][0]["label"] == section
    for address in (row, "/protoparse/decisions", "/protoparse/decisions?_facet=section"):
        assert str(escape(title)) not in (await closed.get(address)).text, address
    about["databases"]["protoparse"]["tables"]["decisions"]["allow"] = {"id": "root"}
    of_document = f"/protoparse/documents/{site.document}"
    assert "Beslut (rådata)" in (await told.get(of_document)).text
    assert "Beslut (rådata)" not in (await Datasette([str(site.db)], metadata=about).client.get(of_document)).text


@dressed
async def test_tables_have_days_names_and_numbers_that_lead_somewhere(site):
    site.change("insert into entities values ('organ-1', 'organ', 'Nämnden'), ('organization-9', 'organization', 'AB')")
    site.change(
        "insert into matters (id, number, title, first_date, documents, organs) values ('m1', 'KS 2026/12 å', 'Plan',"
        " '2026-02-06', 1, 1)"
    )
    decisions = (await site.get("/protoparse/decisions")).text
    assert '<time datetime="2026-02-06" title="2026-02-06">6 feb 2026</time>' in decisions
    assert "1 träff" not in decisions
    for table, address, words in (
        ("entities", "/-/organ/organ-1", "Nämnden"),
        ("organs", "/-/organ/organ-1", "Nämnden"),
        ("matters", "/-/arende/KS%202026/12%20%C3%A5", "KS 2026/12 å"),
        ("documents", f"/-/dokument/{site.document}", "Protokoll"),
    ):
        body = (await site.get(f"/protoparse/{table}")).text
        assert f'<a href="{address}">{words}' in body, table
        assert ">Rad-id<" not in body.partition("<table")[2]
    assert "7 feb 2026 klockan 6.00 UTC" in (await site.get("/protoparse/runs")).text
    found = (await site.get("/protoparse/decisions?meeting_date__exact=2026-02-06")).text
    assert "1 rad " in found


async def test_a_register_of_another_version_says_what_to_do(site):
    site.change("insert into entities values ('organ-1', 'organ', 'Nämnden')")
    site.change("alter table decisions rename column organ_id to other_id")
    answer = await site.get("/-/organ/organ-1")
    assert answer.status_code == 500
    assert "Registret är av en annan version" in answer.text and "make ingest" in answer.text


@dressed
async def test_the_list_of_tables_and_a_question_are_told_in_swedish(site):
    body = (await site.get("/protoparse")).text
    for words in ("Alla tabeller", "Alla PDF-filer som har lästs", 'href="/protoparse/beslut"', "Fråga med SQL"):
        assert words in body, words
    assert "hidden" not in body
    found = (await site.get("/protoparse?sql=select+%27%3Cb%3E%27+as+x,+:n+as+y&n=7")).text
    assert "&lt;b&gt;" in found and "<td" in found and "1 rad ·" in found and 'name="n" value="7"' in found
    wrong = await site.get("/protoparse?sql=select+%3Cscript%3E")
    assert wrong.status_code == 400
    assert "Frågan går inte att besvara" in wrong.text and "<script>" not in wrong.text
    for english in ("Custom SQL", "Powered by", "Tables"):
        assert english not in body + found + wrong.text
    assert "rader i claims" not in (await site.get(f"/protoparse/documents/{site.document}")).text
    site.change(
        "update documents set adjusters = ?, quality = 0.875 where id = ?", '["Eva Ek", "Åke Ö"]', site.document
    )
    row = (await site.get(f"/protoparse/documents/{site.document}")).text
    assert "Eva Ek, Åke Ö" in row and ">0,88<" in row


# --- serve


async def test_the_configuration_comes_from_one_source(site):
    written = json.loads(configuration(site.db).read_text(encoding="utf-8"))
    tables = written["databases"]["protoparse"]["tables"]
    assert tables["decisions"]["facets"] == [{"whole": "organ"}, {"whole": "year"}, {"whole": "outcome"}]
    assert tables["claims"]["hidden"]
    assert "units" not in json.dumps(written)
    columns = present(site.db)
    for name, table in tables.items():
        assert set(table["columns"]) == set(columns[name])
        facets = {column for facet in table.get("facets", []) for column in facet.values()}
        assert {*facets, table.get("sort_desc", "id")} <= {*columns[name], "id"}
    assert "127.0.0.1" in arguments(site.db, "127.0.0.1", 8001)


async def test_serve_says_plainly_what_is_wrong(site, tmp_path):
    with pytest.raises(click.ClickException, match="finns inte"):
        serve(tmp_path / "saknas.db", "127.0.0.1", 8001)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(click.ClickException, match="upptagen"):
            serve(site.db, "127.0.0.1", taken.getsockname()[1])


async def test_rows_written_while_serving_are_seen(site):
    client = Datasette([str(site.db)]).client
    assert "beslutar" in (await client.get("/-/sok?q=beslut")).text
    site.change("update decisions set text = 'Nämnden avslår'")
    site.refresh()
    assert "beslutar" not in (await client.get("/-/sok?q=besluta")).text
    assert "avslår" in (await client.get("/-/sok?q=avsl%C3%A5r")).text


async def test_dates_and_numbers_are_swedish():
    assert labels.day("2025-12-01") == "1 december 2025"
    assert labels.day(None) == ""
    assert labels.day("våren") == "våren"
    assert labels.number(1250000.0) == "1\u00a0250\u00a0000"
    assert labels.number(0.5) == "0,50"
