"""How fast: reading against pdfplumber and pdftotext, a whole ingest against pdfplumber, and where its time goes.

python -m protoparse.bench [PDF or folder …]
python -m protoparse.bench --audit [documents]: names, findings and the audit over generated documents

Times are processor time, so that other work on the machine disturbs them little; only the whole ingest, whose worker is
nobody's to ask, and what it is compared with are timed by the wall.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pdfplumber

from protoparse import as_rows, audit_bench, ingest, protocol, rules, store
from protoparse.pdf.layout import lay_out
from protoparse.pdf.reader import Unreadable, read
from protoparse.protocol import Kit

STEPS = {  # what `protocol` calls → the step that its time is told under
    "read": "reading",
    "lay_out": "layout",
    "title_index": "agenda",
    "read_agenda": "agenda",
    "fields": "agenda",
    "read_attendance": "agenda",
    "read_meeting": "agenda",
    "find_decisions": "decisions",
    "find_roster_changes": "roster",
    "find_funding": "funding",
    "find_dates": "dates",
    "_dates": "dates",
}
ORDER = ("reading", "layout", "agenda", "decisions", "roster", "funding", "dates", "rows", "store", "findings")


class Watch:
    """Seconds by step; while a step inside another runs, only the inner one is counted."""

    def __init__(self, clock: Callable[[], float] = time.process_time):
        self.seconds: dict[str, float] = defaultdict(float)
        self._clock, self._running, self._since = clock, ["rest"], clock()

    def _turn(self) -> None:
        now = self._clock()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """What runs inside is counted under this name."""
        self._turn()
        self._running.append(name)
        try:
            yield
        finally:
            self._turn()
            self._running.pop()

    def watched(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time counted under this name."""

        def run(*args: Any) -> Any:
            with self.step(name):
                return work(*args)

        return run


def files_of(paths: Iterable[str]) -> list[Path]:
    """All PDFs of files and folders, sorted."""
    return sorted(file for path in map(Path, paths) for file in (path.rglob("*.pdf") if path.is_dir() else [path]))


def _processor() -> float:
    return sum(os.times()[:4])  # with the programs that were started


def seconds(work: Callable[[], object], times: int = 1, clock: Callable[[], float] = _processor) -> float:
    """The shortest of so many runs."""
    best = float("inf")
    for _ in range(times):
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


# ---------------------------------------------------------------- what is timed


def reading(files: Sequence[Path], kit: Kit) -> int:
    """Words and layout of all readable files, as an ingest does it; the number of pages."""
    pages = 0
    for file in files:
        try:
            document = read(file)
        except Unreadable:
            continue
        lay_out(document, kit.table_heads, kit.is_heading, kit.is_label)
        pages += len(document.pages)
    return pages


def opened_pages(files: Sequence[Path], kit: Kit) -> int:
    """How many pages reading and layout open with pdfplumber."""
    opened: Counter[str] = Counter()
    really = pdfplumber.open

    def counted(path: Path, *args: Any, **named: Any) -> Any:
        pdf = really(path, *args, **named)
        opened["pages"] += len(pdf.pages)
        return pdf

    with patch.object(pdfplumber, "open", counted):
        reading(files, kit)
    return opened["pages"]


def _by_pdfplumber(files: Sequence[Path], method: str) -> None:
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                getattr(page, method)()
                page.close()


def _by_pdftotext(files: Sequence[Path]) -> None:
    for file in files:
        subprocess.run(["pdftotext", "-bbox-layout", str(file), "-"], stdout=subprocess.DEVNULL, check=False)


def _ingest(files: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "protoparse", "ingest", "--jobs", "1", "--db", f"{folder}/bench.db"]
        done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
        if done.returncode > 1:
            sys.exit(done.stderr)


def _start() -> None:
    kit = "from protoparse import protocol, rules, store; protocol.Kit.of(rules.load()); store.load()"
    subprocess.run([sys.executable, "-c", kit], check=True)


def split(files: Sequence[Path], kit: Kit) -> dict[str, float]:
    """Seconds that each step of an ingest takes, all in this process; `rest` is what lies between the steps."""
    watch = Watch()
    with tempfile.TemporaryDirectory() as folder:
        db = store.open_db(f"{folder}/bench.db")
        for file in files:
            source = as_rows.Source(sha256(file.read_bytes()).hexdigest(), file.name)
            with _watching(watch):
                try:
                    found = protocol.parse(file, kit)
                except Unreadable:
                    continue
            with watch.step("rows"):
                rows = as_rows.rows_of(source, found)
            with watch.step("store"):
                store.write_document(db, rows)
        with watch.step("findings"):
            ingest.finish(db, [])
        db.conn.close()
    return dict(watch.seconds)


@contextmanager
def _watching(watch: Watch) -> Iterator[None]:
    watched = {name: watch.watched(step, getattr(protocol, name)) for name, step in STEPS.items()}
    with patch.multiple(protocol, **watched):
        yield


# ---------------------------------------------------------------- telling


def told_split(parts: dict[str, float], pages: int) -> list[str]:
    """The steps of an ingest in milliseconds a page, and parsing against reading. `start` is the loading of libraries
    and rules, once a run."""
    each = {name: 1000 * parts.get(name, 0.0) / max(pages, 1) for name in (*ORDER, "rest", "start")}
    lines = [f"  {name:43s} {ms:7.2f} ms a page" for name, ms in each.items()]
    read_, parsed = each["reading"] + each["layout"], sum(each[k] for k in ORDER[2:7])
    lines.append(f"  parsing (agenda to dates) / reading and layout {parsed / read_:5.2f} (target: at most 1)")
    return lines


def main(paths: list[str]) -> None:
    """Prints milliseconds a page and ratios; the ratios are what to quote, machines differ."""
    files, kit = files_of(paths or ["corpus/sample"]), Kit.of(rules.load())
    pages = reading(files, kit)
    opened = opened_pages(files, kit)
    print(f"{len(files)} files, {pages} pages; pages opened with pdfplumber: {opened} ({opened / max(pages, 1):.1%})")
    times: dict[str, float] = {}

    def tell(name: str, taken: float) -> None:
        times[name] = taken
        print(f"{name:45s} {taken:7.2f} s {1000 * taken / max(pages, 1):7.1f} ms a page", flush=True)

    tell("reading and layout", seconds(lambda: reading(files, kit), 3))
    tell("pdfplumber, extract_words", seconds(lambda: _by_pdfplumber(files, "extract_words")))
    if shutil.which("pdftotext"):
        tell("pdftotext -bbox-layout", seconds(lambda: _by_pdftotext(files), 3))
    else:
        print("pdftotext is not installed (poppler-utils): not compared")
    wall = time.perf_counter
    tell("whole ingest, one process, start included", seconds(lambda: _ingest(files), clock=wall))
    tell("pdfplumber, extract_text", seconds(lambda: _by_pdfplumber(files, "extract_text"), clock=wall))
    print("\n".join(told_ratios(times, opened / max(pages, 1))))
    print("the ingest by its steps:")
    print("\n".join(told_split({**split(files, kit), "start": seconds(_start)}, pages)))


def told_ratios(times: dict[str, float], opened: float) -> list[str]:
    """What is promised, with the figure that was reached; `opened` is the share of pages opened with pdfplumber."""
    own = times["reading and layout"]
    found = [("extract_words / reading", times["pdfplumber, extract_words"] / own, ">=", 10.0)]
    if "pdftotext -bbox-layout" in times:
        found.append(("reading / pdftotext", own / times["pdftotext -bbox-layout"], "<=", 2.5))
    whole = times["whole ingest, one process, start included"] / times["pdfplumber, extract_text"]
    found += [("ingest / extract_text", whole, "<=", 1.0), ("pages opened with pdfplumber", opened, "<=", 0.05)]
    return [
        f"{name:45s} {value:7.2f} (target {sign} {goal:g}: {'met' if _meets(value, sign, goal) else 'MISSED'})"
        for name, value, sign, goal in found
    ]


def _meets(value: float, sign: str, goal: float) -> bool:
    return value >= goal if sign == ">=" else value <= goal


if __name__ == "__main__":
    if sys.argv[1:2] == ["--audit"]:
        audit_bench.main(*map(int, sys.argv[2:3]))
    else:
        main(sys.argv[1:])
