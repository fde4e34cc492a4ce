"""How fast: a whole ingest in one process against pdfplumber's `extract_text` alone on the same files.

python -m protoparse.bench [PDF or folder …]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pdfplumber

from protoparse.pdf.layout import lay_out
from protoparse.pdf.reader import Unreadable, read


def _files(paths: Iterable[str]) -> list[Path]:
    return sorted(file for path in map(Path, paths) for file in (path.rglob("*.pdf") if path.is_dir() else [path]))


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ingest(files: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "protoparse", "ingest", "--jobs", "1", "--db", f"{folder}/bench.db"]
        done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=False)
        if done.returncode > 1:
            sys.exit(done.stderr)


def _reading(files: list[Path]) -> int:
    pages = 0
    for file in files:
        try:
            document = read(file)
        except Unreadable:
            continue
        lay_out(document)
        pages += len(document.pages)
    return pages


def _pdfplumber(files: list[Path]) -> None:
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.close()


def main(paths: list[str]) -> None:
    """Prints seconds and milliseconds a page; the ratio is what to quote, machines differ."""
    files = _files(paths or ["corpus/sample"])
    pages = _reading(files)
    rows = [
        ("reading and layout (pdfium)", _timed(lambda: _reading(files) and None)),
        ("whole ingest, one process, start included", _timed(lambda: _ingest(files))),
        ("pdfplumber, extract_text alone", _timed(lambda: _pdfplumber(files))),
    ]
    print(f"{len(files)} files, {pages} pages")
    for name, seconds in rows:
        print(f"{name:45s} {seconds:7.2f} s {1000 * seconds / max(pages, 1):7.1f} ms a page")
    print(f"{'ingest / pdfplumber':45s} {rows[1][1] / rows[2][1]:7.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
