"""A coordinator's way through the site in a real browser, and every page through axe and a strict HTML parser.

Needs Chromium and the extra `browser` (`pip install .[dev,browser]`). Where they are missing the tests are skipped with
a line; with PROTOPARSE_BROWSER=required they fail instead.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import html5lib
import icalendar
import pytest

from browsing import PROTOPARSE, chromium, loaded, needs_browser, opened, served, wide

SAMPLES = Path(__file__).parents[1] / "corpus" / "sample"
AIR = 1.5  # points that the overlay adds around a box
WIDTHS = [390, 1280]
ENGLISH = ("Next page", "View and edit", "Suggested facets", "rows where", "This data as", "Powered by", "Query took")

pytestmark = needs_browser


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of one collaboration and one municipality."""
    folder = tmp_path_factory.mktemp("journey")
    (folder / "corpus").mkdir()
    for pdf in (*SAMPLES.glob("*lanssamverkan-strand*.pdf"), *SAMPLES.glob("*norrvalla*.pdf")):
        shutil.copy(pdf, folder / "corpus")
    path = folder / "register.db"
    command = [*PROTOPARSE, "ingest", str(folder / "corpus"), "--db", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def site(db: Path) -> Iterator[str]:
    """The address of the site over these documents."""
    with served(db) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A page of a telephone and of a desk; whatever the console says is an error."""
    page = opened(browser, request.param)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.context.close()
    assert said == []


def query(db: Path, sql: str, *values: object) -> Any:
    with sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True) as base:
        return base.execute(sql, values).fetchone()


def test_from_the_start_page_to_the_calendar(page, site, db):
    page.goto(f"{site}/?as_of=2026-09-20")
    assert page.locator("h2", has_text="Behöver uppmärksamhet").is_visible()
    assert not wide(page)

    page.get_by_role("searchbox").first.fill("brukarmedverkan")
    page.get_by_role("button", name="Sök").first.click()
    loaded(page, "mark")
    assert not wide(page)

    page.goto(f"{site}/-/sok?q=Anhöriglinjen+Folkhälsofonden")
    page.locator("main a[href*='/-/evidence/']").first.click()
    loaded(page, ".sheet img")
    the_marks_stand_over_the_words(page, db)
    assert not wide(page)

    page.locator("a[href*='/-/dokument/']").first.click()
    loaded(page, "h2:text-is('Dagordning')")
    assert not wide(page)

    service = query(db, "select id from entities where kind = 'service' and name = 'Anhöriglinjen'")[0]
    page.goto(f"{site}/-/granskning?as_of=2026-09-20&service=Anh%C3%B6riglinjen")
    page.locator(f"main a[href*='/-/tjanst/{service}']:visible").first.click()
    page.wait_for_url(f"**/-/tjanst/{service}*")
    assert page.locator("h1").inner_text().startswith("Anhöriglinjen")
    assert page.locator(".timeline svg:visible").first.is_visible()
    bars = page.locator(".timeline svg:visible a[href*='/-/evidence/']")
    assert bars.count() >= 2
    assert not wide(page)

    with urllib.request.urlopen(f"{site}/-/tjanst/{service}.ics?as_of=2026-09-20") as answer:
        events = icalendar.Calendar.from_ical(answer.read()).walk("VEVENT")
    assert "2027-12-31" in {event["DTSTART"].dt.isoformat() for event in events}


def the_marks_stand_over_the_words(page: Any, db: Path) -> None:
    """The overlay's place on the screen against the stored box, to half a point."""
    key = page.url.rpartition("/")[2].partition("?")[0]
    boxes = json.loads(query(db, "select boxes from evidence where id = ?", key)[0])
    width = query(db, "select width from pages where document = ? and page = ?", key[:12], boxes[0]["page"])[0]
    image = page.locator(".sheet img").first.bounding_box()
    mark = page.locator(".sheet rect.mark").first.bounding_box()
    scale = image["width"] / width
    assert abs((mark["x"] - image["x"]) / scale - (boxes[0]["x0"] - AIR)) < 0.8
    assert abs((mark["y"] - image["y"]) / scale - (boxes[0]["top"] - AIR)) < 0.8
    assert abs(mark["width"] / scale - (boxes[0]["x1"] - boxes[0]["x0"] + 2 * AIR)) < 1.5


def addresses(db: Path) -> list[str]:
    """One of every kind of page."""
    document = query(db, "select id from documents where path like '%2026-09-18%'")[0]
    evidence = query(db, "select evidence from decisions where document = ? order by ordinal", document)[0]
    person = query(db, "select person from seats order by id")[0]
    organ = query(db, "select organ_id from documents where id = ?", document)[0]
    service = query(db, "select service from claims order by id")[0]
    number = query(db, "select number from matters order by documents desc, id")[0]
    return [
        *("/", "/?as_of=2026-09-20", "/-/granskning?as_of=2026-09-20", "/-/granskning?as_of=1999-01-01"),
        *(f"/-/dokument/{document}", f"/-/evidence/{evidence}", f"/-/person/{person}", f"/-/organ/{organ}"),
        *(f"/-/tjanst/{service}", f"/-/arende/{urllib.request.quote(number)}"),
        *("/-/sok", "/-/sok?q=ungdom", "/-/sok?q=finnsinte", "/-/person/none"),
        *(
            "/register/beslut?_size=20",
            "/register/decisions?outcome=approved&_size=20",
            f"/register/documents/{document}",
        ),
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_no_page_has_a_serious_fault_of_accessibility(browser, site, db, scheme, width):
    from axe_playwright_python.base import AXE_FILE_PATH

    axe = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
    page, found = opened(browser, width, 900, scheme), []
    for address in addresses(db):
        page.goto(site + address)
        page.evaluate(axe)
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        for fault in result["violations"]:
            if fault["impact"] in ("serious", "critical"):
                found += [(address, fault["id"], node["html"][:160]) for node in fault["nodes"][:3]]
    page.context.close()
    assert found == []


# What a finger must hit: controls, and links that stand by themselves. Links in sentences and names in lists are text.
CONTROLS = "button, select, summary, input:not([type=hidden]), .menu a, .onpage a, .button, .there, .pageref, .walk a"
LOOK = """controls => {
  const seen = e => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 };
  const said = e => e.textContent.replace(/\\s+/g, ' ').trim();
  const words = () => {  // of ours: what documents say, and what is typed, is left as it is
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode())
      if (!walk.currentNode.parentElement.closest('table, pre, code, kbd, svg, blockquote, .snippet, .row main'))
        found.push(walk.currentNode.data);
    return found;
  };
  const links = {};
  for (const a of document.querySelectorAll('main a[href]'))
    if (!a.closest('svg')) (links[said(a)] ??= new Set()).add(a.getAttribute('href'));
  return {
    low: [...document.querySelectorAll(controls)].filter(e => seen(e) && e.getBoundingClientRect().height < 39.5)
      .map(e => e.outerHTML.slice(0, 120)),
    levels: [...document.querySelectorAll('h1, h2, h3, h4')].map(e => Number(e.tagName[1])),
    vague: Object.keys(links).filter(text => /^(visa|läs|här|nästa|se)\\b[^:]*$/i.test(text) && links[text].size > 1),
    days: words().flatMap(text => text.match(/(?<![\\w./-])\\d{4}-\\d\\d-\\d\\d(?![\\w.-])/g) || []),
    bare: [...document.querySelectorAll('table')].filter(e => !e.caption || e.querySelector('th:not([scope])')).length,
  };
}"""


def test_every_page_reads_well_on_a_telephone(browser, site, db):
    page = opened(browser, 390)
    for address in addresses(db):
        page.goto(site + address)
        found = page.evaluate(LOOK, CONTROLS)
        levels = found.pop("levels")
        assert levels[0] == 1 and levels.count(1) == 1, (address, levels)
        assert all(b - a <= 1 for a, b in pairwise(levels)), (address, levels)
        assert found == {"low": [], "vague": [], "days": [], "bare": 0}, address
        assert not wide(page), address
    page.context.close()


def test_a_point_of_the_agenda_shows_its_page_beside_it(browser, site, db):
    page = opened(browser, 1280)
    document = query(db, "select id from documents where path like '%norrvalla-2026-06-15%' order by id")[0]
    page.goto(f"{site}/-/dokument/{document}")
    page.wait_for_load_state("networkidle")
    link = page.locator("a.pageref").last
    place = link.get_attribute("href")
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.evaluate("link => link.click()")
    beside, sheet = page.locator(".sheets").bounding_box(), page.locator(place).bounding_box()
    assert page.evaluate("scrollY") == before
    assert sheet["y"] < beside["y"] + beside["height"] / 2 and sheet["y"] + sheet["height"] > beside["y"]
    page.context.close()


def test_every_page_is_valid_html_in_swedish(site, db):
    for address in addresses(db):
        try:
            with urllib.request.urlopen(site + address) as answer:
                body = answer.read()
        except urllib.request.HTTPError as error:
            body = error.read()
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(body, transport_encoding="utf-8")
        assert [(place, code) for place, code, _ in parser.errors] == [], address
        text = body.decode()
        assert '<html lang="sv">' in text
        assert [words for words in ENGLISH if words in text] == [], address
        assert len(set(ids := [part.split('"')[0] for part in text.split(' id="')[1:]])) == len(ids), address


def test_a_page_can_be_used_with_the_keyboard_alone(browser, site):
    page = opened(browser, 1280, 900)
    page.goto(site + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**#innehall")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.context.close()
