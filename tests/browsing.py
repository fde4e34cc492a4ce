"""A site that is served for real, and a Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REQUIRED = os.environ.get("PROTOPARSE_BROWSER") == "required"
READY = bool(CHROMIUM and find_spec("playwright") and find_spec("axe_playwright_python"))
LONG = 120  # seconds that anything may take: a busy machine is slow, not wrong
PROTOPARSE = (sys.executable, "-m", "protoparse")

needs_browser = pytest.mark.skipif(
    not READY and not REQUIRED, reason="Chromium or the extra `browser` is not installed"
)


@contextmanager
def served(db: Path, *options: str, program: Sequence[str] = (*PROTOPARSE, "serve")) -> Iterator[str]:
    """The address of a site in a process of its own, once it answers; another port where one is taken meanwhile."""
    for _ in range(3):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [*program, *options, "--db", str(db), "--port", str(port)]
        with db.with_suffix(".log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            if _answers(f"http://127.0.0.1:{port}/-/sok", server):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            server.kill()
            server.wait()
    pytest.fail(f"the site does not answer: {db.with_suffix('.log').read_text()}")


def _answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    """Whether the site answers before its process ends."""
    late = time.monotonic() + LONG
    while server.poll() is None and time.monotonic() < late:
        try:
            urllib.request.urlopen(address, timeout=LONG).close()
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without a window."""
    if not READY:
        pytest.fail("PROTOPARSE_BROWSER=required, but Chromium or the extra `browser` is not installed")
    from playwright.sync_api import sync_playwright

    options = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=options, timeout=1000 * LONG)
        yield browser
        browser.close()


def opened(browser: Any, width: int, height: int = 844, scheme: str = "light") -> Any:
    """A Swedish reader's own window of this size, waited for as long as it takes."""
    size = {"width": width, "height": height}
    context = browser.new_context(viewport=size, locale="sv-SE", color_scheme=scheme)
    context.set_default_timeout(1000 * LONG)
    return context.new_page()


def complaints(page: Any, base: str) -> list[str]:
    """What a page says from now on that it should not: in its console, in dialogs, to other hosts."""
    said: list[str] = []
    page.on("dialog", lambda it: (said.append(f"dialog: {it.message} {page.url}"), it.dismiss()))
    page.on("pageerror", lambda it: said.append(f"error: {it} {page.url}"))
    page.on("console", lambda it: said.append(f"{it.type}: {it.text} {page.url}"))
    page.on("request", lambda it: said.append(f"asked: {it.url}") if not it.url.startswith(f"{base}/") else None)
    return said


def loaded(page: Any, sign: str) -> None:
    """Waits until a page with this sign on it stands there whole: a click only sets off, it does not arrive."""
    page.locator(sign).first.wait_for()
    page.wait_for_load_state()


def wide(page: Any) -> bool:
    """Whether the page must be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
