"""Takes the pictures of the README and the handbook anew from the samples: python docs/pictures.py

Needs Chromium and the extra `browser`. The pictures show 20 September 2026, so that they are the same on any day.
"""

from __future__ import annotations

import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "corpus" / "sample"
DAY = "2026-09-20"
SIZE = {"width": 1200, "height": 780}
PROGRAM = [sys.executable, "-m", "protoparse"]
COLORS = 128  # enough for text on paper, and a fifth of the bytes


@contextmanager
def served(db: Path, *more: str) -> Iterator[tuple[str, sqlite3.Connection]]:
    """The site over a database, and the database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run = [*PROGRAM, "serve", "--db", str(db), "--port", str(port), *more]
    server = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base}/-/sok", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield base, sqlite3.connect(db)
    finally:
        server.terminate()
        server.wait(10)


def pictures(db: sqlite3.Connection) -> dict[str, str]:
    """Name of the picture → address."""

    def one(sql: str) -> str:
        return str(db.execute(sql).fetchone()[0])

    service = one("select id from entities where kind = 'service' and name = 'Anhöriglinjen'")
    document = one("select id from documents where path like '%lanssamverkan-strand-2026-09-18%'")
    words = "select evidence from funding where document = ? and end = '2027-12-31' order by ordinal"
    evidence = db.execute(words, (document,)).fetchone()[0]
    organ = one("select group_id from seats group by 1 order by count(*) desc, 1 limit 1")
    person = one("select person from seats group by 1 order by count(*) desc, 1 limit 1")
    matter = one("select number from matters where kind = 'motion' order by documents desc, id limit 1")
    return {
        "start": f"/?as_of={DAY}",
        "granskning": f"/-/granskning?as_of={DAY}",
        "belagg": f"/-/evidence/{evidence}",
        "verksamhet": f"/-/tjanst/{service}?as_of={DAY}",
        "dokument": f"/-/dokument/{document}",
        "organ": f"/-/organ/{organ}?as_of={DAY}",
        "person": f"/-/person/{person}?as_of={DAY}",
        "arende": f"/-/arende/{quote(matter)}",
        "sok": "/-/sok?q=mottagning",
        "beslut": "/protoparse/beslut",
    }


def take(page: Page, address: str, path: Path) -> None:
    """The part of a page that a screen shows, as a small PNG."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    with Image.open(BytesIO(page.screenshot())) as image:
        image.convert("RGB").quantize(COLORS).save(path, optimize=True)


def review(page: Page, base: str, db: sqlite3.Connection) -> None:
    """A row before somebody who has told her name."""
    sql = """select f.id from decisions f join documents d on d.id = f.document
        where d.path like '%lanssamverkan-strand-2026-09-18%' and f.heading is not null order by length(f.text), f.id"""
    row = db.execute(sql).fetchone()[0]
    page.goto(f"{base}/-/granska")
    page.locator("#namn").fill("Anna Ek")
    page.locator("#namn").press("Enter")
    page.wait_for_load_state("networkidle")
    take(page, f"{base}/-/granska?rad={row}", HERE / "bilder" / "granska.png")


def main() -> None:
    """All pictures, into docs/bilder/."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        register = Path(folder) / "protoparse.db"
        run = [*PROGRAM, "ingest", str(SAMPLES), "--db", str(register)]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL)
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=SIZE, locale="sv-SE")
        with served(register) as (base, db):
            for name, address in pictures(db).items():
                take(page, base + address, HERE / "bilder" / f"{name}.png")
        with served(register, "--review") as (base, db):
            review(page, base, db)
        browser.close()


if __name__ == "__main__":
    main()
