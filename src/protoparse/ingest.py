"""A run: what is new or changed is read by workers and written by one process; then what is known only over all
documents is made anew.

A run with nothing to do loads neither spaCy nor a PDF reader.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from protoparse import __version__, as_rows, corrections, entries, placing, said, schema, store
from protoparse.corrections import Book
from protoparse.looking import Refused, leave_samples, look_at
from protoparse.planning import Job, Known, Plan, plan, remembered
from protoparse.rules import rules_hash
from protoparse.shelf import Busy, Shelf, shelf
from protoparse.summary import Say, Summary, line_of, progress
from protoparse.workers import Read, Task, cores, read_document, reading

if TYPE_CHECKING:
    from sqlite_utils import Database

LIMIT = 120.0  # seconds that one document may take; the longest real ones take two
EXAMPLES = 3  # of a rule, to show what it reads


KEPT = "personnummer"  # ends `read_with` where personal numbers were kept


@dataclass(frozen=True, slots=True)
class How:
    """How documents are read: one that was read otherwise is read again."""

    version: str
    rules: str  # the hash of the rules
    keep_numbers: bool

    @classmethod
    def of(cls, rules: Path | None, keep_numbers: bool) -> How:
        """By this version of the program with a folder of rules, or its own."""
        return cls(__version__, rules_hash(rules), keep_numbers)

    def __str__(self) -> str:
        return "/".join((self.version, self.rules, *([KEPT] if self.keep_numbers else [])))


def run(
    paths: Sequence[Path],
    database: Path,
    *,
    rules: Path | None = None,
    jobs: int | None = None,
    rebuild: bool = False,
    prune: bool = False,
    samples: Path | None = None,
    keep_numbers: bool = False,
    say: Say = print,
    read: Read = read_document,
    limit: float = LIMIT,
    beside: Path | None = None,
) -> Summary:
    """Reads what is new or changed into the database; personal numbers are hidden unless `keep_numbers` is set, and
    documents that were read the other way are read again. What people say is read beside another database if one is
    given. Raises Refused, RuleError or store.NotOurs, nothing written.
    """
    names, book = corrections.stamp(beside or database), cache(lambda: corrections.read(beside or database))
    how = How.of(rules, keep_numbers)
    look = look_at(paths, database)
    if samples:
        leave_samples(look, samples)
    known = remembered(database, names)
    todo = plan(look, known, str(how), rebuild, prune, lambda: book().corrections)
    for note in todo.notes:
        say(note)
    if todo.empty:
        return _nothing(database, todo, how, names, say)
    done = _Run(database, todo, known, how, rules, say, (book(), names)).do(read, jobs or cores(), limit)
    if not keep_numbers and any(kept(row["read_with"]) for row in known.documents.values()):
        store.scrub(database)
    return done


def kept(read_with: str | None) -> bool:
    """Whether a document was read with its personal numbers left as they are."""
    return (read_with or "").endswith(f"/{KEPT}")


def _nothing(database: Path, todo: Plan, how: How, names: str, say: Say) -> Summary:
    """A run with nothing to do leaves only its own line."""
    done = Summary(unchanged=todo.unchanged)
    db = sqlite3.connect(database, timeout=30)
    columns = {"version": how.version, "rules": how.rules, "names": names, **done.row()}
    listed, marks = ", ".join(columns), ", ".join("?" * len(columns))
    db.execute(f"INSERT INTO runs (ended, {listed}) VALUES (datetime('now'), {marks})", list(columns.values()))
    for line in placing.told(db):
        say(line)
    db.commit()
    db.close()
    return done


class _Run:
    """One run that changes something."""

    def __init__(
        self,
        database: Path,
        todo: Plan,
        known: Known,
        how: How,
        rules: Path | None,
        say: Say,
        people: tuple[Book, str],
    ):
        self.book, self.names = people
        self.base, self.todo, self.known, self.how, self.rules, self.say = database, todo, known, how, rules, say
        self.done = Summary(unchanged=todo.unchanged, removed=len(todo.removed))
        self.olds: dict[str, list[str]] = defaultdict(list)
        for old, new in sorted(todo.replaced.items()):
            self.olds[new].append(old)

    def do(self, read: Read, workers: int, limit: float) -> Summary:
        from protoparse.rules import load

        rules = load(self.rules)  # before anything is written: a broken rule file stops the run
        jobs = sorted(self.todo.jobs.values(), key=lambda job: (job.source.path, job.source.id))
        with self._kept() as kept:
            folder = str(self.rules) if self.rules else None
            own = {id: tuple(given) for id, given in self.todo.corrections.items()}
            tasks = [
                Task(job.source, job.at, folder, self.how.keep_numbers, own.get(job.source.id, ()))
                for job in jobs
                if not job.reason and not (kept and self._key(job) in kept)
            ]
            with reading(tasks, workers, read, limit) as rows:
                store.load()  # while the workers load spaCy
                self._write_all(jobs, rows, [rule_row(rule) for rule in rules.rules], kept)
        return self.done

    @contextmanager
    def _kept(self) -> Iterator[Shelf | None]:
        """Where read documents wait, if people may be reading. Raises Refused while another run works."""
        if not self.known.shown:
            yield None
            return
        try:
            with shelf(self.base) as kept:
                yield kept
        except Busy as error:
            raise Refused(str(error)) from error

    def _key(self, job: Job) -> tuple[str, ...]:
        """What makes a read document another one."""
        said = entries.digest(self.todo.corrections.get(job.source.id, ()))
        return job.source.sha256, job.source.path, job.at, str(self.how), said or ""

    def _write_all(
        self, jobs: Sequence[Job], rows: Iterator[as_rows.Rows], rules: Sequence[as_rows.Row], kept: Shelf | None
    ) -> None:
        """A first run shows what it has read as it goes; any other when all of it is done, at one stroke."""
        first = list(islice(rows, 1))  # a rule that spaCy refuses shows here, before anything is written
        rows = chain(first, rows)
        db = store.open_db(self.base)
        run = self._start(db)
        with progress(len(jobs), self.say) as advance:
            for job in jobs:
                said = self._read(job, rows, kept)
                if kept is None:
                    self._write(db, run, job, said)
                advance(line_of(said))
        with store.writing(db) if kept else nullcontext():
            for job in jobs if kept else ():
                self._write(db, run, job, kept.take(self._key(job)))
            self._rest(db)
            finish(db, rules, self.book, self.todo.known_as)
            self._end(db, run)
        for line in placing.told(db.conn):
            self.say(line)
        db.conn.close()

    def _read(self, job: Job, rows: Iterator[as_rows.Rows], kept: Shelf | None) -> as_rows.Rows:
        """A document as it was read, now or by a run that was stopped."""
        key = self._key(job)
        if kept and key in kept:
            return kept.take(key)
        said = as_rows.unread(job.source, job.reason) if job.reason else next(rows)
        if kept is not None:
            kept.put(key, said)
        return said

    def _start(self, db: Database) -> int:
        values = (self.how.version, self.how.rules, self.names)
        return db.execute("INSERT INTO runs (version, rules, names) VALUES (?, ?, ?)", values).lastrowid

    def _end(self, db: Database, run: int) -> None:
        columns = self.done.row()
        sets = ", ".join(f"{name} = ?" for name in columns)
        db.execute(f"UPDATE runs SET ended = datetime('now'), {sets} WHERE id = ?", [*columns.values(), run])

    def _write(self, db: Database, run: int, job: Job, rows: as_rows.Rows) -> None:
        """One document, its paths and the documents that it replaces, in one transaction."""
        id, row = job.source.id, rows["documents"][0]
        row["read_with"] = str(self.how)
        row["corrections"] = entries.digest(self.todo.corrections.get(id, ()))
        olds = self.olds.pop(id, [])
        with store.writing(db):
            placing.clear(db, rows.get("corrections", ()))
            store.write_document(db, rows, replaces=olds[0] if olds else None, run=run)
            self._forward(db, id, olds[1:])
            for _, one, readable in [link for link in self.todo.links.values() if link[0] == id]:
                store.set_path(db, id, one.row(readable))
        self._count(job, row["status"])
        self.done.masked += row.get("masked") or 0
        self.done.doubtful += row.get("quality") is not None and row["quality"] < schema.SOUND

    def _count(self, job: Job, status: str) -> None:
        setattr(self.done, job.kind, getattr(self.done, job.kind) + 1)
        before = self.known.documents.get(job.source.id)
        self.done.unread += status == "unread" and not (before and before["status"] == "unread")
        self.done.scanned += status == "scanned"

    @staticmethod
    def _forward(db: Database, id: str, olds: Iterable[str]) -> None:
        for old in olds:
            store.remove_document(db, old)
            store.redirect(db, old, id)

    def _rest(self, db: Database) -> None:
        """What needs no reading: new names of known documents, lost files, removed documents."""
        jobs = self.todo.jobs
        with store.writing(db):
            for id, one, readable in self.todo.links.values():
                if id not in jobs:
                    store.set_path(db, id, one.row(readable))
            for id, olds in self.olds.items():
                self._forward(db, id, olds)
                db.execute("UPDATE documents SET replaces = coalesce(replaces, ?) WHERE id = ?", (olds[0], id))
            for file in self.todo.gone:
                db.execute("DELETE FROM document_paths WHERE file = ?", (file,))
            for id in self.todo.removed:
                store.remove_document(db, id)
            for id in self._renamed():
                self._name(db, id)

    def _renamed(self) -> list[str]:
        """Documents whose files are not all the same as before."""
        moved = {link[0] for link in self.todo.links.values()}
        return sorted(moved | {self.known.paths[file]["document"] for file in self.todo.gone})

    def _name(self, db: Database, id: str) -> None:
        rows = db.execute("SELECT path, file FROM document_paths WHERE document = ?", (id,)).fetchall()
        here = [path for path, file in rows if store.file_of(self.base, file).exists()]
        if names := here or [path for path, _ in rows]:
            store.name_document(db, id, min(names))


def rule_row(rule: Any) -> as_rows.Row:
    """A rule as the table `rules` shows it; phrases are joined by bars."""
    patterns = (part if isinstance(part, str) else str(list(part)) for part in rule.patterns)
    return {
        "id": rule.id,
        "kind": rule.kind,
        "file": rule.file,
        "pattern": " | ".join(patterns),
        "note": rule.note or None,
        "examples": "\n".join(" ".join(str(it["text"]).split()) for it in rule.examples[:EXAMPLES]) or None,
    }


def finish(
    db: Database,
    rules: Sequence[Mapping[str, Any]],
    book: Book | None = None,
    known_as: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """What is known only over all documents: names, findings, what people have handled, and the account of the rules.

    `known_as`: the paths of all documents, by which corrections name them.
    """
    from protoparse import (
        commitments,
        completeness,
        findings,
        handled,
        hits,
        inference,
        judged,
        matters,
        memberships,
        seat_findings,
    )
    from protoparse.resolve import resolve

    book = book or Book()
    told = said.Said.of(book.same, book.not_same)

    with store.writing(db):
        resolve(db, told)
        if inference.redo(db):
            resolve(db, told)  # which spelling was met first hangs on the days
        findings.rebuild(db)
        seat_findings.rebuild(db, memberships.rebuild(db))
        matters.rebuild(db)
        commitments.rebuild(db)
        completeness.rebuild(db)
        placing.redo(db, book.corrections, known_as or {})
        handled.redo(db, book.handled)
        judged.redo(db, book.judged)
        hits.refresh(db)
        store.write_rules(db, [dict(rule) for rule in rules])
