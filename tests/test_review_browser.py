"""The review with the keyboard in a real browser, and its pages through axe. Needs what `test_journey` needs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browsing import PROTOPARSE, chromium, loaded, needs_browser, opened, served, wide
from test_journey import SAMPLES, query

pytestmark = needs_browser
ONE = "minnesanteckningar-lanssamverkan-strand-2026-05-22.pdf"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a site with review over one document, and its database."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "corpus").mkdir()
    shutil.copy(SAMPLES / ONE, folder / "corpus")
    path = folder / "register.db"
    command = [*PROTOPARSE, "ingest", str(folder / "corpus"), "--db", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    with served(path, "--review") as base:
        yield base, path


@pytest.fixture
def page() -> Iterator[Any]:
    """A page of a desk; whatever the console says is an error."""
    said: list[str] = []
    with chromium() as browser:
        page = opened(browser, 1280, 900)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("response", lambda it: said.append(f"{it.status} {it.url}") if it.status >= 500 else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
    assert said == []


def faults(page: Any) -> list[Any]:
    """What axe finds serious on the page."""
    from axe_playwright_python.base import AXE_FILE_PATH

    page.evaluate(Path(AXE_FILE_PATH).read_text(encoding="utf-8"))
    few = "{exclude: [['tbody tr:nth-child(n+4)']]}"  # of the rules, which are many and alike
    found = page.evaluate(f"axe.run({few}, {{resultTypes: ['violations']}})")["violations"]
    return [(it["id"], it["nodes"][0]["html"][:160]) for it in found if it["impact"] in ("serious", "critical")]


def test_a_reviewer_walks_through_the_rows_with_the_keyboard(page, desk):
    site, db = desk
    page.goto(f"{site}/-/granska?slag=funding")
    assert faults(page) == []
    page.get_by_label("Ditt namn").fill("Anna Ek")
    page.keyboard.press("Enter")
    loaded(page, "#ratt")
    assert faults(page) == []
    assert not wide(page)

    first = page.locator("input[name=rad]").first.get_attribute("value")
    page.keyboard.press("r")
    page.wait_for_url("**gjort=ratt**")
    assert "raden är rätt" in page.locator("#lage").inner_text()
    assert query(db, 'select status, "by" from judged where id = ?', first) == ("right", "Anna Ek")

    second = page.locator("input[name=rad]").first.get_attribute("value")
    assert second != first
    page.keyboard.press("k")
    page.wait_for_url(f"**rad={first}**")
    assert "Granskad som rätt av Anna Ek" in page.locator(".said").inner_text()
    page.keyboard.press("j")
    page.wait_for_url(f"**rad={second}**")

    page.keyboard.press("?")
    assert page.locator("#hjalp dl").is_visible()
    page.locator("#anmarkning").fill("rf")  # letters in a field are no keys
    assert query(db, "select count(*) from judged") == (1,)
    page.locator("h1").first.evaluate("document.activeElement.blur()")
    page.keyboard.press("f")
    page.wait_for_url("**gjort=fel**")
    page.locator("#lage .good", has_text="Rättelsen används").wait_for()
    assert query(db, "select id from funding where id = ?", second) is None
    assert query(db, 'select note, "by" from corrections where row = ?', second) == ("rf", "Anna Ek")

    third = page.locator("input[name=rad]").first.get_attribute("value")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ä', bubbles: true}))")
    page.wait_for_url(f"**/andra/{third}**")
    assert faults(page) == []
    for address in ("/-/granska/rattelser", "/-/regler", f"/-/granska/saknas/{first[:12]}?slag=funding"):
        page.goto(site + address)
        assert faults(page) == [], address
        assert not wide(page)
