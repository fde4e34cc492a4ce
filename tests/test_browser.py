"""The evidence page in a real browser: the marks stand over the right words of the picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from browsing import chromium, complaints, needs_browser, opened, served
from conftest import open_db
from pdfs import draw, paragraph
from protoparse import store
from protoparse.pdf.reader import read

pytestmark = needs_browser

LINES = ["Nämnden beslutar att Eva Lind ersätter Per Ek i beredningsgruppen", "från och med den 1 mars 2026."]
AIR = 1.5  # points that the overlay adds around a box

# Where the browser has put things, once it has laid out all that it has.
PROBE = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
  const box = (it) => { const b = it.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; };
  const page = document;
  done({
    loaded: [...page.images].map((it) => it.complete && it.naturalWidth > 0),
    image: box(page.querySelector(".sheet img")),
    marks: [...page.querySelectorAll(".sheet rect.mark")].map(box),
    shown: box(page.querySelector(".sheets")),
    closer: getComputedStyle(page.querySelector(".closer")).display,
    scrolls: page.documentElement.scrollWidth > page.documentElement.clientWidth,
  });
})))"""


def fill(folder: Path) -> tuple[Path, str, list[dict]]:
    """A database with one page far down on which two printed lines are evidence."""
    pdf = draw(folder / "papper.pdf", [paragraph(72, 640, LINES)])
    digest = sha256(pdf.read_bytes()).hexdigest()
    document, page = digest[:12], read(pdf).pages[0]
    tops = sorted({word.top for word in page.words})
    lines = [[word for word in page.words if abs(word.top - top) < 3] for top in tops[:: max(1, len(tops) // 2)]]
    boxes = [
        {
            "page": 1,
            "x0": min(word.x0 for word in line),
            "top": min(word.top for word in line),
            "x1": max(word.x1 for word in line),
            "bottom": max(word.bottom for word in line),
        }
        for line in lines
    ]
    own = {"id": document, "path": pdf.name, "label": "Protokoll", "pages": 1, "status": "read", "sha256": digest}
    evidence = {"id": f"{document}-e1", "document": document, "page": 1, "quote": " ".join(LINES), "rule": None}
    rows = {
        "documents": [own],
        "pages": [
            {"id": f"{document}-p1", "document": document, "page": 1, "width": page.width, "height": page.height}
        ],
        "evidence": [{**evidence, "boxes": json.dumps(boxes)}],
    }
    db = open_db(folder / "protoparse.db")
    with store.writing(db):
        store.write_document(db, rows)
        insert = "insert into document_paths values (?, ?, ?, ?, null, null)"
        db.execute(insert, [str(pdf), document, str(folder), pdf.name])
    db.close()
    return folder / "protoparse.db", f"{document}-e1", boxes


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, list[dict]]]:
    """The address of the site, the one evidence in it and its boxes."""
    db, evidence, boxes = fill(tmp_path_factory.mktemp("site"))
    with served(db) as base:
        yield base, evidence, boxes


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


def shown(browser: Any, site: tuple, width: int, height: int) -> Any:
    """The evidence in a window of this size."""
    page = opened(browser, width, height)
    page.goto(f"{site[0]}/-/evidence/{site[1]}")
    return page


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_the_marks_stand_where_the_words_are(browser, site, width, height):
    seen = shown(browser, site, width, height).evaluate(PROBE)
    assert seen["loaded"] == [True]
    left, top, wide, high = seen["image"]
    scale = wide / 595.0
    assert high == pytest.approx(842.0 * scale, abs=1.5)
    boxes = site[2]
    assert len(seen["marks"]) == len(boxes) == 2
    for mark, box in zip(seen["marks"], boxes, strict=True):
        expected = [
            left + (box["x0"] - AIR) * scale,
            top + (box["top"] - AIR) * scale,
            (box["x1"] - box["x0"] + 2 * AIR) * scale,
            (box["bottom"] - box["top"] + 2 * AIR) * scale,
        ]
        assert mark == pytest.approx(expected, abs=1.5)


def test_a_wide_window_brings_the_marks_into_view(browser, site):
    seen = shown(browser, site, 1400, 900).evaluate(PROBE)
    _, top, _, high = seen["shown"]
    assert all(top <= mark[1] <= top + high for mark in seen["marks"])
    assert seen["closer"] == "none"


def test_a_telephone_gets_a_closer_look_and_no_sideways_scrolling(browser, site):
    seen = shown(browser, site, 390, 844).evaluate(PROBE)
    assert seen["closer"] == "block"
    assert not seen["scrolls"]


def test_the_marked_words_are_visible_on_the_screen(browser, site):
    page = shown(browser, site, 1400, 900)
    page.evaluate(PROBE)
    with Image.open(BytesIO(page.screenshot())) as image:
        colours = image.convert("RGB").getcolors(maxcolors=1 << 24)
    amber = sum(count for count, (red, green, blue) in colours if red > 235 and 205 < green < 245 and blue < 190)
    assert amber > 1500, "no marked words on the screen"


@pytest.mark.parametrize("path", ["/", "/-/sok?q=beslut", "/-/evidence/{e}", "/-/dokument/{d}", "/-/granskning"])
def test_our_pages_load_without_complaint(browser, site, path):
    """Nothing is blocked by our own policy, nothing is missing."""
    base, evidence, _ = site
    page = opened(browser, 1280)
    said = complaints(page, base)
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto(base + path.format(e=evidence, d=evidence.split("-")[0]))
    assert "Protokollregistret" in page.content()
    page.context.close()
    assert said == []


def test_every_complaint_is_heard(browser, site):
    page = opened(browser, 1280)
    said = complaints(page, site[0])
    page.route("http://elsewhere.test/**", lambda route: route.fulfill(body="window.loaded = 1"))
    page.set_content(
        "<script>alert('hej'); console.error('nej')</script><script>throw Error('oj')</script>"
        "<script src='http://elsewhere.test/x.js'></script>"
    )
    page.wait_for_function("window.loaded")
    page.context.close()
    heard = ("dialog: hej", "error: nej", "error: oj", "asked: http://elsewhere.test/x.js")
    assert [one for one in heard if not any(line.startswith(one) for line in said)] == []
