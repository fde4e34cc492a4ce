"""Documents are read again after a correction, by the same program as always, one run at a time, beside the site.

A correction that then finds no place, or that cannot be followed, is taken out of the file again: nothing is half done.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from protoparse import corrections, ingest, marking, store
from protoparse.entries import correction as entry_of
from protoparse.handwritten import Item
from protoparse.rules import RuleError

LIMIT = 900.0  # seconds of one run
KEPT = 20  # outcomes that are told
_LINE = 300  # letters of what a failing run says


@dataclass(frozen=True, slots=True)
class Order:
    """A document to read again, the correction that asks for it, and the file that holds it."""

    document: str
    label: str
    at: Path
    correction: str
    written: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an order, in Swedish; `status` is `applied`, `later` (kept, but not read yet), `unneeded`
    (taken out: the row says so by itself) or `refused` (taken out)."""

    order: Order
    status: str
    message: str


class Unready(ValueError):
    """The document cannot be read again now; the message says why and what can be done, in Swedish."""


# --- beforehand


def file_of(database: Path, document: str) -> Path:
    """The PDF of a document as it lies on the disk. Raises Unready where it is gone or another."""
    db = store.connect(database)
    try:
        row = db.execute("SELECT sha256 FROM documents WHERE id = ?", (document,)).fetchone()
        found = db.execute("SELECT file FROM document_paths WHERE document = ? ORDER BY file", (document,)).fetchall()
    finally:
        db.close()
    for (file,) in map(tuple, found):
        at = store.file_of(database, file)
        if row and at.is_file() and _sha256(at) == row["sha256"]:
            return at
    raise Unready(
        "PDF-filen finns inte kvar där den lästes, eller är ändrad. Lägg tillbaka den, eller läs in mappen igen, "
        "och försök sedan på nytt. Inget har sparats."
    )


def _sha256(path: Path) -> str:
    from hashlib import file_digest

    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def flags(database: Path) -> list[str] | None:
    """What the run needs to read a document as the others were; None where it would read all of them again, because
    other rules or another version of the program read them."""
    if not store.current(database):  # a run would begin from nothing
        return None
    db = store.connect(database)
    try:
        found = {row[0] for row in db.execute("SELECT DISTINCT read_with FROM documents")}
    finally:
        db.close()
    asked = {True: ["--keep-personal-numbers"], False: []}
    return next((more for keep, more in asked.items() if found == {str(ingest.How.of(None, keep))}), None)


def identity(written: Path, quote: str | None, by: str) -> str:
    """The id of the correction that was added to a file last, by these words and this person."""
    mine = [it for it in corrections.read_file(written)["corrections"] if (it.quote, it.by) == (quote, by)]
    return mine[-1].id


def take_back(written: Path, correction: str) -> bool:
    """Takes a correction out of its file; whether it was there. Raises RuleError."""
    there = any(it.id == correction for it in corrections.read_file(written)["corrections"])
    if there:
        corrections.remove(written, "corrections", lambda said: entry_of(Item(0, said), written).id == correction)
    return there


# --- the runs


def command(database: Path, files: list[Path], more: list[str]) -> list[str]:
    """The run that reads some files again; naming single files removes nothing."""
    paths = sorted({str(path) for path in files})
    return [sys.executable, "-m", "protoparse", "ingest", "--db", str(database), "--jobs", "1", *more, "--", *paths]


async def started(line: list[str]) -> tuple[int, str]:
    """Runs a command line to its end; gives its exit status, and what it said of errors."""
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    surroundings = {**os.environ, "PYTHONUTF8": "1"}
    run = await asyncio.create_subprocess_exec(*line, stdin=nothing, stdout=nothing, stderr=pipe, env=surroundings)
    try:
        _, said = await asyncio.wait_for(run.communicate(), LIMIT)
    except TimeoutError:
        run.kill()
        await run.wait()
        return -1, f"avbruten efter {LIMIT:g} sekunder"
    return run.returncode or 0, said.decode("utf-8", "replace")


class Work:
    """The runs over one database: what waits, what is being read, and what became of the last ones."""

    def __init__(self, database: Path):
        self.database = database
        self.waiting: list[tuple[Order, asyncio.Future[Outcome] | None]] = []
        self.reading: list[Order] = []
        self.told: deque[Outcome] = deque(maxlen=KEPT)
        self.task: asyncio.Task[None] | None = None
        self.count = 0  # outcomes so far

    def ask(self, order: Order) -> asyncio.Future[Outcome]:
        """Has a document read again as soon as it can be; gives what will become of it."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self.waiting.append((order, outcome))
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._run())
        return outcome

    @property
    def busy(self) -> list[str]:
        """The documents that are being read or wait for it."""
        orders = [*self.reading, *(order for order, _ in self.waiting)]
        return list(dict.fromkeys(order.label for order in orders))

    async def _run(self) -> None:
        while self.waiting:
            batch, self.waiting = self.waiting, []
            self.reading = [order for order, _ in batch]
            try:
                problem = await self._read(self.reading)
                found = await asyncio.to_thread(self._outcomes, self.reading, problem)
            except (RuleError, store.NotOurs, sqlite3.Error, OSError) as error:
                said = f"Rättelsen är sparad, men dokumentet är inte omläst: {error}."
                found = [Outcome(order, "later", said) for order in self.reading]
            self.reading = []
            for (_, future), outcome in zip(batch, found, strict=True):
                self._tell(outcome, future)

    def _tell(self, outcome: Outcome, future: asyncio.Future[Outcome] | None) -> None:
        if future is None:  # only cleans up after one that was told already
            return
        self.told.append(outcome)
        self.count += 1
        if not future.done():
            future.set_result(outcome)
        if outcome.status in ("refused", "unneeded"):
            self.waiting.append((outcome.order, None))

    async def _read(self, orders: list[Order]) -> str | None:
        """One run; what went wrong with it, in Swedish, or None."""
        more = await asyncio.to_thread(flags, self.database)
        if more is None:
            return (
                "registret är läst med andra regler eller en annan version av programmet. Kör make ingest "
                "(protoparse ingest), så används rättelsen"
            )
        line = command(self.database, [order.at for order in orders], more)
        code, said = await started(line)
        last = "".join(said.strip().splitlines()[-1:])[:_LINE]
        return None if code in (0, 1) else f"läsningen stannade: {last or 'okänt fel'}"

    def _outcomes(self, orders: list[Order], problem: str | None) -> list[Outcome]:
        """What the corrections have become, from the database; what cannot be used is taken out of its file."""
        marking.refresh(self.database)  # what was judged while the run read is not lost
        db = store.connect(self.database)
        try:
            query = "SELECT c.status, c.message, d.status AS read, d.error FROM documents d"
            query += " LEFT JOIN corrections c ON c.id = ? WHERE d.id = ?"
            rows = [db.execute(query, (order.correction, order.document)).fetchone() for order in orders]
        finally:
            db.close()
        return [self._outcome(order, row, problem) for order, row in zip(orders, rows, strict=True)]

    def _outcome(self, order: Order, row: Any, problem: str | None) -> Outcome:
        if problem:
            return Outcome(order, "later", f"Rättelsen är sparad, men dokumentet är inte omläst: {problem}.")
        if row is None or row["read"] == "unread":
            reason = row["error"] if row else "det finns inte längre i registret"
            return Outcome(order, "later", f"Rättelsen är sparad, men dokumentet gick inte att läsa: {reason}.")
        if row["status"] == "applied":
            return Outcome(order, "applied", "Rättelsen används.")
        try:
            gone = not take_back(order.written, order.correction)
        except RuleError as error:
            return Outcome(order, "later", f"Rättelsen kunde inte användas, och inte heller tas bort: {error}.")
        if gone:
            return Outcome(order, "applied", "Rättelsen är borttagen.")
        if row["status"] == "unneeded":
            return Outcome(order, "unneeded", "Rättelsen behövs inte och är borttagen: så lästes raden från början.")
        reason = row["message"] or "den hittar inte sin plats"
        return Outcome(order, "refused", f"Rättelsen gick inte att använda och är borttagen igen: {reason}.")


_works: WeakKeyDictionary[Any, dict[str, Work]] = WeakKeyDictionary()


def work(datasette: Any, database: Path) -> Work:
    """The runs over a database of a site."""
    return _works.setdefault(datasette, {}).setdefault(str(database), Work(database))
