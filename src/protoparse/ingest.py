"""Which files are new or changed; workers that read them, each within a time limit; one process that writes.

Looking needs the standard library alone: a run with nothing to do loads neither spaCy nor a PDF reader.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import file_digest, sha256
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from protoparse import __version__, corrections, entries, placing, said, schema, store
from protoparse.corrections import Book
from protoparse.entries import Correction
from protoparse.rules import RuleError, rules_hash
from protoparse.shelf import Busy, Shelf, shelf

if TYPE_CHECKING:
    from sqlite_utils import Database

LIMIT = 120.0  # seconds that one document may take; the longest real ones take two
AHEAD = 16  # documents that each worker may be ahead of the one that is written
EXAMPLES = 3  # of a rule, to show what it reads
GUARD = 20  # so many lost files, and a fifth of a folder, look like a folder that is not mounted


class Refused(ValueError):
    """The run cannot be done as asked; the message says what to mend."""


# --- looking


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk: where it lies, its names in the database, and its stamp."""

    at: str
    file: str
    root: str
    path: str
    size: int
    mtime_ns: int

    def row(self, hashed: bool = True) -> store.Row:
        """Its row in `document_paths`, without a stamp where it could not be read, so that it is tried again."""
        stamp = {"size": self.size, "mtime_ns": self.mtime_ns} if hashed else {"size": None, "mtime_ns": None}
        return {"file": self.file, "root": self.root, "path": self.path, **stamp}


@dataclass(slots=True)
class Look:
    """What a run sees: the files, the folders that it reads, and the folders that it could not read."""

    found: dict[str, Found] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def shown(path: str) -> str:
    """A file name as text, whatever bytes it has on disk."""
    return os.fsencode(path).decode("utf-8", "replace")


def _entries(folder: str, look: Look, seen: set[tuple[int, int]]) -> Iterator[tuple[str, os.stat_result]]:
    """All PDFs below a folder in the order of their names; folders behind links too, each once."""
    try:
        here = os.stat(folder)
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        look.blocked.append(folder)
        return
    if (here.st_dev, here.st_ino) in seen:
        return
    seen.add((here.st_dev, here.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _entries(entry.path, look, seen)
        elif entry.name.lower().endswith(".pdf") and (info := _stat(entry.path)):
            yield entry.path, info


def _stat(path: str) -> os.stat_result | None:
    try:
        info = os.stat(path)
    except OSError:  # a link to nowhere, or gone since the folder was listed
        return None
    return info if stat.S_ISREG(info.st_mode) else None


def _found(at: str, root: str, info: os.stat_result, base: str) -> Found:
    names = (os.path.relpath(at, base), os.path.relpath(root, base), os.path.relpath(at, root))
    return Found(at, *(shown(name).replace(os.sep, "/") for name in names), info.st_size, info.st_mtime_ns)


def look_at(paths: Iterable[Path], database: Path) -> Look:
    """The PDFs of the given files and folders. Raises Refused where a path does not exist."""
    look, base = Look(), str(database.absolute().parent)
    for path in paths:
        at = os.path.abspath(path)
        if os.path.isdir(at):
            look.folders.append(at)
            files: Iterable[tuple[str, os.stat_result]] = _entries(at, look, set())
            root = at
        elif info := _stat(at):
            files, root = [(at, info)], os.path.dirname(at)
        else:
            raise Refused(f"{path}: no such file or folder")
        for name, info in files:
            one = _found(name, root, info, base)
            look.found.setdefault(one.file, one)
    look.notes += [
        f"Kan inte läsa mappen {shown(folder)}; inget i den räknas som borttaget." for folder in look.blocked
    ]
    return look


def leave_samples(look: Look, samples: Path) -> None:
    """Leaves our samples out as soon as there is anything else to read."""
    inside = os.path.abspath(samples) + os.sep
    ours = [name for name, one in look.found.items() if one.at.startswith(inside)]
    if ours and len(ours) < len(look.found):
        look.left_out = ours
        for name in ours:
            del look.found[name]
        look.notes.append(f"Exempelfilerna i {samples} lämnas utanför, eftersom det finns egna filer.")


# --- planning


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read: its content's hash, the file to read it from, and whether it is new or read anew."""

    source: store.Source
    at: str
    kind: str  # new, changed, reread
    reason: str | None = None  # why it cannot even be opened


@dataclass(slots=True)
class Known:
    """What the database remembers."""

    database: Path
    paths: dict[str, sqlite3.Row] = field(default_factory=dict)
    documents: dict[str, sqlite3.Row] = field(default_factory=dict)
    finished: bool = True
    shown: bool = False  # whether a run has been finished, so that people may be reading

    def at(self, file: str) -> str:
        """Where a remembered file lies."""
        return str(store.file_of(self.database, file))


@dataclass(slots=True)
class Plan:
    """What a run has to do."""

    jobs: dict[str, Job] = field(default_factory=dict)
    links: dict[str, tuple[str, Found, bool]] = field(default_factory=dict)  # file → document, file, readable
    gone: list[str] = field(default_factory=list)
    replaced: dict[str, str] = field(default_factory=dict)  # old document → new
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    notes: list[str] = field(default_factory=list)
    unfinished: bool = False
    corrections: dict[str, list[Correction]] = field(default_factory=dict)  # document → its own
    known_as: dict[str, list[str]] = field(default_factory=dict)  # document → the paths that a correction may name

    @property
    def empty(self) -> bool:
        """Whether nothing in the database would change."""
        return not (self.jobs or self.links or self.gone or self.removed or self.unfinished)


def remembered(database: Path, names: str = "") -> Known:
    """Paths and documents of a database; nothing where there is none, or one of an older version.

    `names`: the hash of what people say; where it is another than last time, the run has something to do.
    """
    if not store.current(database):
        return Known(database, finished=False)
    db = store.connect(database)
    try:
        paths = {row["file"]: row for row in db.execute("SELECT * FROM document_paths")}
        documents = {
            row["id"]: row
            for row in db.execute("SELECT id, path, sha256, status, read_with, corrections FROM documents")
        }
        last = db.execute("SELECT ended, names FROM runs ORDER BY id DESC LIMIT 1").fetchone()
        shown = db.execute("SELECT 1 FROM runs WHERE ended IS NOT NULL LIMIT 1").fetchone() is not None
    finally:
        db.close()
    finished = bool(last and last["ended"] and last["names"] == names)
    return Known(database, paths, documents, finished, shown)


def plan(
    look: Look,
    known: Known,
    read_with: str,
    rebuild: bool = False,
    prune: bool = False,
    said: Callable[[], Sequence[Correction]] = tuple,
) -> Plan:
    """Compares what lies on disk with what the database remembers. `said` gives the corrections, where anything hangs
    on them."""
    made = Plan(notes=list(look.notes), unfinished=not known.finished)
    stale = {id for id, row in known.documents.items() if rebuild or row["read_with"] != read_with}
    files = dict(look.found)
    if stale:
        files.update(_elsewhere(look, known, stale))
    for one in files.values():
        _place(one, known, stale, made)
    made.gone = _gone(look, known, prune, made)
    _orphans(known, made)
    if not made.empty:
        _correct(known, made, said())
    here = {made.links[name][0] if name in made.links else known.paths[name]["document"] for name in look.found}
    made.unchanged = len(here - set(made.jobs))
    return made


def _elsewhere(look: Look, known: Known, stale: set[str]) -> dict[str, Found]:
    """Files outside the folders of this run that changed rules make us read again."""
    found = {}
    for name, row in known.paths.items():
        at = known.at(name)
        if name not in look.found and name not in look.left_out and row["document"] in stale and (info := _stat(at)):
            found[name] = Found(at, name, row["root"], row["path"], info.st_size, info.st_mtime_ns)
    return found


def _place(one: Found, known: Known, stale: set[str], made: Plan) -> None:
    """Decides what becomes of one file."""
    before = known.paths.get(one.file)
    if before:
        one = Found(one.at, one.file, before["root"], before["path"], one.size, one.mtime_ns)
    if before and (before["size"], before["mtime_ns"]) == (one.size, one.mtime_ns):
        if before["document"] in stale:
            hashed = known.documents[before["document"]]["sha256"]
            made.jobs.setdefault(before["document"], Job(store.Source(hashed, one.path), one.at, "reread"))
        return
    hashed, reason = _hash(one.at)
    source = store.Source(hashed, one.path)
    made.links[one.file] = (source.id, one, reason is None)
    if source.id in known.documents and source.id not in stale:
        return
    kind = "reread" if source.id in known.documents else "changed" if before else "new"
    made.jobs.setdefault(source.id, Job(source, one.at, kind, reason))


def _hash(path: str) -> tuple[str, str | None]:
    """A file's SHA-256; where it cannot be read, that of its name and the reason."""
    try:
        with open(path, "rb") as file:
            return file_digest(file, "sha256").hexdigest(), None
    except OSError as error:
        return sha256(os.fsencode(path)).hexdigest(), f"filen kan inte öppnas: {error.strerror}"


def _below(folder: str, at: str) -> bool:
    return at.startswith(folder.rstrip(os.sep) + os.sep)


def _gone(look: Look, known: Known, prune: bool, made: Plan) -> list[str]:
    """Files that a folder of this run has lost; none where so many are lost that it looks like an accident."""
    lost = set(look.left_out) & set(known.paths)
    for folder in look.folders:
        inside = [name for name in known.paths if _below(folder, known.at(name))]
        gone = [name for name in inside if name not in look.found and name not in look.left_out]
        gone = [name for name in gone if not any(_below(blocked, known.at(name)) for blocked in look.blocked)]
        if len(gone) > GUARD and len(gone) > len(inside) / 5 and not prune:
            made.notes.append(
                f"{len(gone)} av {len(inside)} filer saknas i {shown(folder)}; inget togs bort. "
                "Är det meningen, kör igen med --prune."
            )
        else:
            lost.update(gone)
    return sorted(lost)


def _orphans(known: Known, made: Plan) -> None:
    """Documents that no file holds any longer: replaced where their file has another content now, else removed."""
    after = {name: row["document"] for name, row in known.paths.items() if name not in made.gone}
    after.update({name: link[0] for name, link in made.links.items()})
    alive = set(after.values())
    for id in sorted(set(known.documents) - alive):
        files = sorted(name for name, row in known.paths.items() if row["document"] == id and name in after)
        if files:
            made.replaced[id] = after[files[0]]
        else:
            made.removed.append(id)


def _correct(known: Known, made: Plan, given: Sequence[Correction]) -> None:
    """Gives each document its corrections; one whose corrections are others than when it was read is read again."""
    files = {name: row["document"] for name, row in known.paths.items() if name not in made.gone}
    files |= {name: link[0] for name, link in made.links.items()}
    for name, id in sorted(files.items()):
        paths = [made.links[name][1].path] if name in made.links else [known.paths[name]["path"]]
        paths += [known.documents[id]["path"]] if id in known.documents else []
        made.known_as.setdefault(id, []).extend([*paths, known.at(name)])
    made.corrections = placing.placed(given, made.known_as)
    for name, id in sorted(files.items()):
        row = known.documents.get(id)
        changed = row and row["corrections"] != entries.digest(made.corrections.get(id, ()))
        if changed and id not in made.jobs and _stat(known.at(name)):
            made.jobs[id] = Job(store.Source(row["sha256"], row["path"]), known.at(name), "reread")


# --- reading, in workers


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to read one document."""

    source: store.Source
    at: str
    rules: str | None
    keep_numbers: bool = False
    corrections: tuple[Correction, ...] = ()


_kits: dict[str | None, Any] = {}  # a worker builds its rules once


def read_document(task: Task) -> store.Rows:
    """Parses one file into rows; a file that cannot be read gives its document row with the reason."""
    from protoparse import amend, protocol, rules  # only workers pay for spaCy and the PDF readers
    from protoparse.pdf.reader import Unreadable

    if task.rules not in _kits:
        _kits[task.rules] = protocol.Kit.of(rules.load(Path(task.rules) if task.rules else None))
    try:
        kit = _kits[task.rules]
        document = protocol.read_document(Path(task.at), kit, task.keep_numbers)
        parsed = protocol.parse(document, kit, partial(amend.meeting, task.corrections))
        return amend.rows(task.source, parsed, task.corrections)
    except Unreadable as error:
        return amend.unread(task.source, str(error), task.corrections)


Read = Callable[[Task], store.Rows]


def _result(future: Any, task: Task, limit: float) -> store.Rows:
    """The border that isolates a document: whatever one file does to its worker becomes that file's reason."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return store.unread(task.source, f"läsningen avbröts efter {limit:g} sekunder")
    except ProcessExpired as error:
        return store.unread(task.source, f"läsningen kraschade (kod {error.exitcode})")
    except RuleError:
        raise
    except Exception as error:  # noqa: BLE001 -- the one place where any mistake costs only the document at hand
        return store.unread(task.source, f"internt fel vid läsningen: {type(error).__name__}: {error}")


def _context() -> Any:
    """Workers are forked from a clean server that has loaded spaCy once; where there is no fork, they are started."""
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["protoparse.protocol", "protoparse.pdf.reader", "protoparse.store"])
    return context


def _collect_seldom() -> None:
    """In a worker: parsing makes many small records and hardly a cycle among them; looking for cycles as often as
    Python does by itself takes a seventh of its time."""
    import gc

    gc.set_threshold(50_000, 50, 50)


@contextmanager
def reading(tasks: Sequence[Task], workers: int, read: Read, limit: float) -> Iterator[Iterator[store.Rows]]:
    """Starts the workers at once and yields the rows of all documents in the order of the tasks."""
    if not tasks:
        yield iter(())
        return
    from pebble import ProcessPool

    pool = ProcessPool(max_workers=min(workers, len(tasks)), context=_context(), initializer=_collect_seldom)
    ahead = AHEAD * workers  # so that a file that hangs does not keep the other workers waiting
    futures = deque((pool.schedule(read, args=(task,), timeout=limit), task) for task in tasks[:ahead])
    try:
        yield _in_order(pool, futures, iter(tasks[ahead:]), read, limit)
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


def _in_order(pool: Any, futures: deque[Any], rest: Iterator[Task], read: Read, limit: float) -> Iterator[store.Rows]:
    while futures:
        if task := next(rest, None):
            futures.append((pool.schedule(read, args=(task,), timeout=limit), task))
        yield _result(*futures.popleft(), limit)


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# --- the run


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

    def row(self) -> store.Row:
        return {name: getattr(self, name) for name in self.__slots__}


Say = Callable[[str], None]


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
    stamp = (__version__, rules_hash(rules))
    look = look_at(paths, database)
    if samples:
        leave_samples(look, samples)
    known = remembered(database, names)
    todo = plan(look, known, _read_with(stamp, keep_numbers), rebuild, prune, lambda: book().corrections)
    for note in todo.notes:
        say(note)
    if todo.empty:
        return _nothing(database, todo, stamp, names, say)
    done = _Run(database, todo, known, stamp, rules, say, (book(), names), keep_numbers).do(
        read, jobs or cores(), limit
    )
    if not keep_numbers and any(kept(row["read_with"]) for row in known.documents.values()):
        store.scrub(database)
    return done


KEPT = "personnummer"  # ends `read_with` where personal numbers were kept


def _read_with(stamp: tuple[str, str], keep_numbers: bool) -> str:
    return "/".join((*stamp, KEPT) if keep_numbers else stamp)


def kept(read_with: str | None) -> bool:
    """Whether a document was read with its personal numbers left as they are."""
    return (read_with or "").endswith(f"/{KEPT}")


def _nothing(database: Path, todo: Plan, stamp: tuple[str, str], names: str, say: Say) -> Summary:
    """A run with nothing to do leaves only its own line."""
    done = Summary(unchanged=todo.unchanged)
    db = sqlite3.connect(database, timeout=30)
    columns = {"version": stamp[0], "rules": stamp[1], "names": names, **done.row()}
    listed, marks = ", ".join(columns), ", ".join("?" * len(columns))
    db.execute(f"INSERT INTO runs (ended, {listed}) VALUES (datetime('now'), {marks})", list(columns.values()))
    for line in placing.told(db):
        say(line)
    db.commit()
    db.close()
    return done


def _line(rows: store.Rows) -> str:
    """A document in one line: its path and what was found, or why nothing was."""
    row = rows["documents"][0]
    if row["status"] == "unread":
        return f"{row['path']}: OLÄSBAR, {row['error']}"
    if row["status"] == "scanned":
        return f"{row['path']}: inskannad, ingen text att läsa"
    count = {name: len(rows.get(name, ())) for name in ("decisions", "roster_changes", "funding")}
    said = f"{count['decisions']} beslut, {count['roster_changes']} byten, {count['funding']} om finansiering"
    return f"{row['path']}: {said}" + (" (några sidor är inskannade)" if row["status"] == "partly" else "")


class _Run:
    """One run that changes something."""

    def __init__(
        self,
        database: Path,
        todo: Plan,
        known: Known,
        stamp: tuple[str, str],
        rules: Path | None,
        say: Say,
        people: tuple[Book, str],
        keep_numbers: bool = False,
    ):
        self.book, self.names = people
        self.todo, self.known, self.stamp, self.rules, self.say = todo, known, stamp, rules, say
        self.base, self.keep_numbers = database, keep_numbers
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
                Task(job.source, job.at, folder, self.keep_numbers, own.get(job.source.id, ()))
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
        return job.source.sha256, job.source.path, job.at, _read_with(self.stamp, self.keep_numbers), said or ""

    def _write_all(
        self, jobs: Sequence[Job], rows: Iterator[store.Rows], rules: Sequence[store.Row], kept: Shelf | None
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
                advance(_line(said))
        with store.writing(db) if kept else nullcontext():
            for job in jobs if kept else ():
                self._write(db, run, job, kept.take(self._key(job)))
            self._rest(db)
            finish(db, rules, self.book, self.todo.known_as)
            self._end(db, run)
        for line in placing.told(db.conn):
            self.say(line)
        db.conn.close()

    def _read(self, job: Job, rows: Iterator[store.Rows], kept: Shelf | None) -> store.Rows:
        """A document as it was read, now or by a run that was stopped."""
        key = self._key(job)
        if kept and key in kept:
            return kept.take(key)
        said = store.unread(job.source, job.reason) if job.reason else next(rows)
        if kept is not None:
            kept.put(key, said)
        return said

    def _start(self, db: Database) -> int:
        values = (*self.stamp, self.names)
        return db.execute("INSERT INTO runs (version, rules, names) VALUES (?, ?, ?)", values).lastrowid

    def _end(self, db: Database, run: int) -> None:
        columns = self.done.row()
        sets = ", ".join(f"{name} = ?" for name in columns)
        db.execute(f"UPDATE runs SET ended = datetime('now'), {sets} WHERE id = ?", [*columns.values(), run])

    def _write(self, db: Database, run: int, job: Job, rows: store.Rows) -> None:
        """One document, its paths and the documents that it replaces, in one transaction."""
        id, row = job.source.id, rows["documents"][0]
        row["read_with"] = _read_with(self.stamp, self.keep_numbers)
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


def rule_row(rule: Any) -> store.Row:
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
