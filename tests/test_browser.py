"""The evidence page in a real browser: the marks stand over the right words of the picture.

Chromium is run headless as a plain process. Where it is missing the tests are skipped with a line; with
PROTOPARSE_BROWSER=required they fail instead.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from PIL import Image

import browsing
from browsing import CHROMIUM, REQUIRED
from conftest import open_db
from pdfs import draw, paragraph
from protoparse import store
from protoparse.pdf.reader import read

pytestmark = pytest.mark.skipif(not CHROMIUM and not REQUIRED, reason="Chromium is not installed")

LINES = ["Nämnden beslutar att Eva Lind ersätter Per Ek i beredningsgruppen", "från och med den 1 mars 2026."]
AIR = 1.5  # points that the overlay adds around a box

# Laid over the page in an iframe of the same origin, this tells where the browser has put things.
PROBE = """<!DOCTYPE html><meta charset="utf-8"><body><pre id="out"></pre><script>
const frame = document.createElement("iframe");
frame.style.cssText = "border:0;width:%(width)dpx;height:%(height)dpx";
frame.onload = () => {
  const page = frame.contentDocument;
  const box = (it) => { const b = it.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; };
  document.getElementById("out").textContent = JSON.stringify({
    loaded: [...page.images].map((it) => it.complete && it.naturalWidth > 0),
    image: box(page.querySelector(".sheet img")),
    marks: [...page.querySelectorAll(".sheet rect.mark")].map(box),
    shown: box(page.querySelector(".sheets")),
    closer: getComputedStyle(page.querySelector(".closer")).display,
    scrolls: page.documentElement.scrollWidth > page.documentElement.clientWidth,
  });
};
frame.src = "%(url)s";
document.body.append(frame);
</script></body>"""


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
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, list[dict], Path]]:
    """The site as `protoparse serve` gives it, with a folder of probes beside it."""
    if not CHROMIUM:
        pytest.fail("PROTOPARSE_BROWSER=required, but Chromium is not installed")
    folder = tmp_path_factory.mktemp("site")
    db, evidence, boxes = fill(folder)
    (folder / "probes").mkdir()
    code = (
        "import sys; from pathlib import Path; from datasette.cli import cli; "
        "from protoparse.site.serve import arguments; "
        "_, probes, _, db, _, port = sys.argv; "
        "cli.main([*arguments(Path(db), '127.0.0.1', int(port)), '--static', 'probes:' + probes])"
    )
    with browsing.served(db, program=(sys.executable, "-c", code, str(folder / "probes"))) as base:
        yield base, evidence, boxes, folder


def chromium(folder: Path, *arguments: str) -> str:
    """What a headless Chromium prints. Its profile lies in the test's folder."""
    fixed = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}",
    ]
    done = subprocess.run([CHROMIUM, *fixed, *arguments], capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def measured(served: tuple, width: int, height: int) -> dict:
    """Where Chromium puts the picture and the marks in a window of this size."""
    base, evidence, _, folder = served
    probe = PROBE % {"width": width, "height": height, "url": f"/-/evidence/{evidence}"}
    (folder / "probes" / f"{width}.html").write_text(probe, encoding="utf-8")
    size = f"--window-size={width + 40},{height + 40}"
    dom = chromium(folder, size, "--virtual-time-budget=8000", "--dump-dom", f"{base}/probes/{width}.html")
    found = re.search(r'<pre id="out">(.+?)</pre>', dom, re.DOTALL)
    assert found, dom[-1500:]
    return json.loads(unescape(found[1]))


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_the_marks_stand_where_the_words_are(served, width, height):
    seen = measured(served, width, height)
    assert seen["loaded"] == [True]
    left, top, wide, high = seen["image"]
    scale = wide / 595.0
    assert high == pytest.approx(842.0 * scale, abs=1.5)
    boxes = served[2]
    assert len(seen["marks"]) == len(boxes) == 2
    for mark, box in zip(seen["marks"], boxes, strict=True):
        expected = [
            left + (box["x0"] - AIR) * scale,
            top + (box["top"] - AIR) * scale,
            (box["x1"] - box["x0"] + 2 * AIR) * scale,
            (box["bottom"] - box["top"] + 2 * AIR) * scale,
        ]
        assert mark == pytest.approx(expected, abs=1.5)


def test_a_wide_window_brings_the_marks_into_view(served):
    seen = measured(served, 1400, 900)
    _, top, _, high = seen["shown"]
    assert all(top <= mark[1] <= top + high for mark in seen["marks"])
    assert seen["closer"] == "none"


def test_a_telephone_gets_a_closer_look_and_no_sideways_scrolling(served):
    seen = measured(served, 390, 844)
    assert seen["closer"] == "block"
    assert not seen["scrolls"]


def test_the_marked_words_are_visible_on_the_screen(served):
    base, evidence, _, folder = served
    picture = folder / "evidence.png"
    chromium(
        folder,
        "--window-size=1400,900",
        "--virtual-time-budget=8000",
        f"--screenshot={picture}",
        f"{base}/-/evidence/{evidence}",
    )
    with Image.open(picture) as image:
        colours = image.convert("RGB").getcolors(maxcolors=1 << 24)
    amber = sum(count for count, (red, green, blue) in colours if red > 235 and 205 < green < 245 and blue < 190)
    assert amber > 1500, "no marked words on the screen"


@pytest.mark.parametrize("path", ["/", "/-/sok?q=beslut", "/-/evidence/{e}", "/-/dokument/{d}", "/-/granskning"])
def test_our_pages_load_without_complaint(served, path):
    """Nothing is blocked by our own policy, nothing is missing."""
    base, evidence, _, folder = served
    url = base + path.format(e=evidence, d=evidence.split("-")[0])
    fixed = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command = [CHROMIUM, *fixed, "--enable-logging=stderr", "--virtual-time-budget=5000", "--dump-dom", url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    complaints = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert "Protokollregistret" in done.stdout
    assert not complaints
