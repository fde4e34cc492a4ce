"""Documents that mean ill: nothing of theirs runs, nothing breaks, and nothing tells of the machine."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

import feedparser
import html5lib
import icalendar
import openpyxl
import pytest
from datasette.app import Datasette

import hostile
from browsing import chromium, complaints, needs_browser, opened, served
from protoparse.site.serve import metadata, present

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
DAY = "2026-05-01"
EACH = 2  # pages of one kind that are looked at
MOST = 150  # pages altogether
XHTML = "{http://www.w3.org/1999/xhtml}"
SHEETS = ("beslut", "byten", "finansiering", "documents", "sections", "attendance", "evidence", "seats", "matters")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at = tmp_path_factory.mktemp("hemlig-mapp")
    hostile.made(at)
    return at


@pytest.fixture(scope="module")
def db(folder: Path) -> Path:
    return folder / "register.db"


def site(db: Path) -> Datasette:
    return Datasette([str(db)], metadata=metadata("register", present(db)))


def first(db: Path, sql: str) -> str:
    with sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True) as base:
        return base.execute(sql).fetchone()[0]


def starts(db: Path) -> list[str]:
    pages = [
        f"/?as_of={DAY}",
        f"/-/granskning?as_of={DAY}&within=365",
        "/-/nowhere",
        "/-/sok",
        "/-/dokument/x",
        "/-/export/register/beslut.csv",
    ]
    words = ("script", "onerror", "mottagningen", "beslutar", '"><img src=x>', "KS 2026", "§ 1", "'", "cmd", "åååå*")
    pages += [f"/-/sok?q={quote(word)}" for word in words]
    with sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True) as base:
        for kind, address in (
            ("person", "person"),
            ("organ", "organ"),
            ("service", "tjanst"),
            ("organization", "organ"),
        ):
            ids = base.execute("select id from entities where kind = ? order by id limit 2", (kind,))
            pages += [f"/-/{address}/{id}?as_of={DAY}" for (id,) in ids]
        pages += [f"/-/dokument/{id}" for (id,) in base.execute("select id from documents order by id limit 20")]
        pages += [f"/-/evidence/{id}" for (id,) in base.execute("select id from evidence order by id limit 6")]
        pages += [f"/-/arende/{quote(it, safe='')}" for (it,) in base.execute("select number from matters limit 3")]
        tables = base.execute(
            "select name from sqlite_master where type in ('table', 'view') and name not like '%fts%'"
        )
        pages += [f"/register/{quote(name)}" for (name,) in tables]
    return pages


def shape(address: str) -> str:
    """What kind of page an address leads to."""
    split = urlsplit(address)
    path = re.sub(r"(?<=/)(?:[0-9a-f]{12}|[a-z]+-[0-9a-f]{6,})[^/.]*", "*", split.path)
    path = re.sub(r"^/-/(arende|export)/.*", r"/-/\1/*", path)
    return path + "?" + ",".join(sorted({name for name, _ in parse_qsl(split.query)}))


@cache  # it takes longer than to make the page, and several tests look at each
def elements(body: bytes) -> tuple[list, list]:
    """The elements of a page, and where it is no valid HTML."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree = parser.parse(body, transport_encoding="utf-8")
    return [it for it in tree.iter() if isinstance(it.tag, str)], [(where, code) for where, code, _ in parser.errors]


def running(found: list) -> list[str]:
    """What would run, or load something from elsewhere."""
    odd = []
    for it in found:
        tag = it.tag.rpartition("}")[2]
        if tag == "script" and not (it.get("src", "").startswith("/-/static") and not (it.text or "").strip()):
            odd.append(f"script {it.attrib} {it.text}")
        if tag in ("iframe", "object", "embed", "base", "style"):
            odd.append(tag)
        for name, value in it.attrib.items():
            plain = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.lower().startswith("on") or name in ("srcdoc", "style"):
                odd.append(f"{tag} {name}={value[:80]}")
            address = name.rpartition("}")[2] in ("href", "src", "action", "formaction", "data")
            if address and (plain.startswith(("javascript:", "data:", "vbscript:", "file:")) or plain[:2] == "//"):
                odd.append(f"{tag} {name}={value[:80]}")
    return odd


def ways(address: str, found: list) -> Iterator[str]:
    """The addresses on this site that a page leads to."""
    for it in found:
        for name in ("href", "src", "action"):
            if it.get(name) and not it.get(name, "").startswith(("#", "http", "mailto")):
                yield urljoin(address, it.get(name)).partition("#")[0]


async def walked(db: Path) -> dict[str, object]:
    """Every kind of page that can be reached, a few of each."""
    client, seen, kinds = site(db).client, {}, Counter()
    queue = deque(starts(db))
    while queue and len(seen) < MOST:
        address = queue.popleft()
        if address in seen or (kinds[shape(address)] >= EACH and address not in starts(db)):
            continue
        kinds[shape(address)] += 1
        seen[address] = answer = await client.get(address)
        if answer.headers.get("content-type", "").startswith("text/html"):
            queue.extend(ways(address, elements(answer.content)[0]))
        elif "location" in answer.headers:
            queue.append(answer.headers["location"])
    return seen


@pytest.fixture(scope="module")
def pages(db: Path) -> dict:
    return asyncio.run(walked(db))


def test_every_kind_of_page_answers(pages):
    kinds = {shape(address).partition("?")[0] for address in pages}
    for kind in ("/", "/-/dokument/*", "/-/evidence/*", "/-/tjanst/*", "/-/organ/*", "/-/person/*", "/-/arende/*",
                 "/-/sok", "/-/granskning", "/-/granskning.csv", "/-/granskning.ics", "/-/pdf/*", "/-/export/*",
                 "/-/floden/beslut.atom", "/register/beslut", "/register/rules"):  # fmt: skip
        assert kind in kinds, kind
    odd = {address: it.status_code for address, it in pages.items() if it.status_code not in (200, 302, 404)}
    assert odd == {}


def test_nothing_runs_on_any_page(pages):
    found = {
        a: running(elements(it.content)[0]) for a, it in pages.items() if "text/html" in it.headers["content-type"]
    }
    assert {address: odd for address, odd in found.items() if odd} == {}
    assert len(found) > 60


def test_pages_of_ours_are_valid_and_strict(pages):
    own = {a: it for a, it in pages.items() if (a.startswith("/-/") or a[:2] in ("/", "/?"))}
    for address, it in own.items():
        csp = it.headers.get("content-security-policy", "")
        if it.status_code != 302 and "/static" not in address and "/-/pdf/" not in address:
            assert "script-src 'self';" in csp, address
            assert "unsafe" not in csp, address
        assert it.headers["x-robots-tag"].startswith("noindex"), address
        assert it.headers.get("x-content-type-options") == "nosniff" or "/static" in address, address
        if "text/html" in it.headers["content-type"]:
            assert elements(it.content)[1] == [], address


def test_no_page_tells_where_things_lie(pages, folder):
    told = [address for address, it in pages.items() if b"hemlig-mapp" in it.content or b"Traceback" in it.content]
    assert told == []


# --- what programs read


async def got(db: Path, address: str) -> object:
    answer = await site(db).client.get(address)
    assert answer.status_code == 200, address
    assert answer.headers["x-content-type-options"] == "nosniff"
    return answer


FORMULA = re.compile(r"^[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def formulas(rows: list) -> list:
    cells = [cell for row in rows for cell in row if isinstance(cell, str)]
    return [cell[:60] for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)]


@pytest.mark.asyncio
@pytest.mark.parametrize("table", SHEETS)
async def test_exports_hold_text_and_all_of_it(db, table):
    count = int(first(db, f'select count(*) from "{table}"'))
    rows = list(csv.reader(io.StringIO((await got(db, f"/-/export/register/{table}.csv")).text, newline="")))
    assert len(rows) == count + 1
    assert len({len(row) for row in rows}) == 1
    assert formulas(rows) == []
    book = openpyxl.load_workbook(io.BytesIO((await got(db, f"/-/export/register/{table}.xlsx")).content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell.hyperlink for cell in cells if cell.hyperlink]
    assert book.active.max_row == count + 1
    assert len(json.loads((await got(db, f"/-/export/register/{table}.json")).text)) == count


@pytest.mark.asyncio
@pytest.mark.parametrize("feed", ["beslut", "byten", "fynd"])
async def test_feeds_are_read_by_another_parser(db, feed):
    found = feedparser.parse((await got(db, f"/-/floden/{feed}.atom")).content, sanitize_html=False)
    assert not found.bozo
    assert found.entries
    for it in found.entries:
        assert it.summary_detail.type == "text/plain"
        assert [link.href for link in it.links if not link.href.startswith("http://localhost/-/")] == []


@pytest.mark.asyncio
async def test_calendars_hold_no_event_of_a_document(db):
    service = first(db, "select service from funding where service is not null and end is not null order by id")
    for address in (f"/-/granskning.ics?as_of={DAY}&within=3650", f"/-/tjanst/{service}.ics?as_of={DAY}"):
        body = (await got(db, address)).content
        lines = body.decode().split("\r\n")
        assert [line for line in lines if line.startswith("ATTENDEE") or "\n" in line or "\r" in line] == []
        assert max(len(line.encode()) for line in lines) <= 75
        for event in icalendar.Calendar.from_ical(body).walk("VEVENT"):
            assert set(event) <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL"}, address
        assert b"BEGIN:VEVENT" in body, address


@pytest.mark.asyncio
async def test_data_for_programs_is_json_and_leads_home(db):
    document = first(db, "select document from evidence order by id")
    addresses = (
        "/-/popolo.json",
        "/-/sok.json?q=script",
        f"/-/granskning.json?as_of={DAY}",
        f"/-/dokument/{document}.jsonld",
    )
    for address in addresses:
        said = json.loads((await got(db, address)).text)
        urls = re.findall(r'"(?:url|id|source)": "(\w+:[^"]*)', json.dumps(said))
        assert [url for url in urls if not url.startswith(("http://localhost/-/", "http://tools.ietf.org"))] == []


@pytest.mark.parametrize("form", ["text", "json", "csv", "ics"])
def test_the_command_line_prints_no_control_character(db, form):
    command = [sys.executable, "-m", "protoparse", "audit", "--db", str(db), "--as-of", DAY, "--within", "365"]
    done = subprocess.run([*command, "--format", form], capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    said = done.stdout.decode()
    assert re.findall(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", said) == []
    if form == "csv":
        assert formulas(list(csv.reader(io.StringIO(said, newline="")))) == []
    if form == "json":
        json.loads(said)


# --- what anybody may ask


@pytest.mark.asyncio
async def test_only_documents_of_the_register_are_served(db, folder):
    client = site(db).client
    document = first(db, "select id from documents where status = 'read' order by id")
    for way in (
        "..%2f..%2fregister.db",
        "%2e%2e/register.db",
        "../register.db",
        "register.db",
        f"{document}%00",
        f"{document}/..",
        quote(str(folder / "register.db"), safe=""),
        "x" * 5000,
        "%ff%fe",
    ):
        for base in ("/-/pdf/", "/-/page-image/"):
            answer = await client.get(f"{base}{way}" + ("/1.png" if "image" in base else ""))
            assert answer.status_code in (404, 302), way
            assert b"SQLite format" not in answer.content
    assert (await client.get("/register.db")).status_code in (403, 404)


@pytest.mark.asyncio
async def test_nonsense_is_answered_plainly(db):
    client = site(db).client
    for address in (
        "/?as_of=nonsens",
        "/?as_of=9999-99-99",
        "/-/granskning?within=-1",
        "/-/granskning?within=1e9",
        "/-/granskning?page=-5&all=expired",
        "/-/granskning?page=99999999999999999999",
        f"/-/sok?q={'a' * 50_000}",
        "/-/sok?q=%ff%fe%00",
        "/-/sok?q=x&sida=-1",
        "/-/sok?q=beslut&sida=99999999",
        "/-/sok?q=beslut&organ=%27%22%3Cscript%3E&ar=x&slag=%00",
        "/-/floden/beslut.atom?sida=-1",
        "/-/floden/beslut.atom?sida=999999999",
        "/-/floden/beslut.atom?organ=%00&q=%22&sedan=x",
        "/-/arende/%00",
        "/-/arende/..%2f..%2f",
        "/-/person/%00",
        "/-/organ/%ff",
        "/-/evidence/%f0%9f%98%80",
        "/-/dokument/'%20or%201=1",
        "/-/export/register/sqlite_master.csv",
        "/-/export/register/documents.csv?_sort=nope",
        "/-/export/nope/documents.csv",
        "/-/export/register/%2e%2e.csv",
        "/-/tjanst/%0d%0aX: y",
        "/?sedan=0000-00-00",
        "/-/granskning.ics?as_of=x",
        "/-/granskning?organ=" + "o" * 9000,
        '/-/sok.json?q=""""',
    ):
        answer = await client.get(address)
        assert answer.status_code in (200, 302, 400, 404), (address[:60], answer.status_code)
        assert b"Traceback" not in answer.content, address[:60]
        if "text/html" in answer.headers["content-type"]:
            assert running(elements(answer.content)[0]) == [], address[:60]
            assert '<html lang="sv">' in answer.text, address[:60]


@pytest.mark.asyncio
@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENS"])
async def test_other_methods_change_nothing(db, method):
    client = site(db).client
    before = db.read_bytes()
    document = first(db, "select id from documents where status = 'read' order by id")
    for address in ("/", "/-/granskning", f"/-/dokument/{document}", f"/-/pdf/{document}", "/register/documents"):
        answer = await client.request(method, address)
        assert answer.status_code < 500, (method, address)
        assert answer.headers["x-robots-tag"].startswith("noindex")
    assert db.read_bytes() == before


# --- in a browser


def one_of_each(pages: dict) -> list[str]:
    """The address of one page of each kind that a browser shows."""
    kinds = {shape(a): a for a, it in pages.items() if it.status_code == 200 and "html" in it.headers["content-type"]}
    return sorted(kinds.values())


@needs_browser
def test_nothing_runs_in_a_browser_and_nothing_is_asked_of_others(pages, db):
    """What a browser complains of, what it asks and every dialog is told; so is a page on which a script ran."""
    addresses = one_of_each(pages)
    with served(db) as base, chromium() as browser:
        page = opened(browser, 1280, 900)
        said = complaints(page, base)
        for address in addresses:
            page.goto(base + address)
            if page.evaluate("'pwned' in window"):
                said.append(f"ran {address}")
    assert said == []
    assert len(addresses) > 40
