"""What a run tells of itself: a line for each document, a bar on a terminal, and the sums with what to do next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from protoparse.as_rows import Row, Rows

Say = Callable[[str], None]


@dataclass(slots=True)
class Summary:
    """What a run did, counted in documents."""

    new: int = 0
    changed: int = 0
    reread: int = 0
    unchanged: int = 0
    unread: int = 0
    scanned: int = 0
    removed: int = 0
    doubtful: int = 0  # read, but their text looks misread
    masked: int = 0  # personal numbers hidden in the documents that were read

    def __str__(self) -> str:
        parts = [f"nya {self.new}", f"ändrade {self.changed}", f"oförändrade {self.unchanged}"]
        parts += [f"omlästa {self.reread}"] if self.reread else []
        parts += [f"oläsbara {self.unread}", f"inskannade {self.scanned}", f"borttagna {self.removed}"]
        lines = ["Klart: " + ", ".join(parts) + "."]
        if self.doubtful:
            lines.append(f"{self.doubtful} dokument har sidor vars text verkar felläst; se sidorna i registret.")
        if self.masked:
            lines.append(f"{self.masked} personnummer har dolts. (De står kvar i PDF-filerna.)")
        return "\n".join(lines)

    def row(self) -> Row:
        return {name: getattr(self, name) for name in self.__slots__}


@contextmanager
def progress(total: int, say: Say) -> Iterator[Callable[[str], None]]:
    """Yields what to call after each document: a bar on a terminal, plain lines otherwise."""
    if not sys.stdout.isatty():
        done = iter(range(1, total + 1))
        yield lambda line: say(f"[{next(done)}/{total}] {line}")
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda line: bar.update(task, advance=1, description=line.replace("[", "\\["))


def line_of(rows: Rows) -> str:
    """A document in one line: its path and what was found, or why nothing was."""
    row = rows["documents"][0]
    if row["status"] == "unread":
        return f"{row['path']}: OLÄSBAR, {row['error']}"
    if row["status"] == "scanned":
        return f"{row['path']}: inskannad, ingen text att läsa"
    count = {name: len(rows.get(name, ())) for name in ("decisions", "roster_changes", "funding")}
    said = f"{count['decisions']} beslut, {count['roster_changes']} byten, {count['funding']} om finansiering"
    return f"{row['path']}: {said}" + (" (några sidor är inskannade)" if row["status"] == "partly" else "")


def advice(summary: Summary) -> Iterator[str]:
    """What to do about files that could not be read, and after the first run."""
    if summary.scanned:
        yield "Inskannade filer är bilder utan text: kör dem genom textigenkänning (OCR) och läs in dem igen."
    if summary.unread:
        yield "Oläsbara filer är oftast skadade eller skyddade med lösenord: lägg in hela filer utan lösenord."
    if summary.new and not (summary.changed or summary.unchanged or summary.reread or summary.removed):
        yield "Se registret: make serve (protoparse serve)."
