"""What a run has to do: what lies on disk beside what the database remembers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

from protoparse import as_rows, entries, placing, store
from protoparse.entries import Correction
from protoparse.looking import Found, Look, file_stat, shown

GUARD = 20  # so many lost files, and a fifth of a folder, look like a folder that is not mounted


@dataclass(frozen=True, slots=True)
class Job:
    """A document to read: its content's hash, the file to read it from, and whether it is new or read anew."""

    source: as_rows.Source
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
        if (
            name not in look.found
            and name not in look.left_out
            and row["document"] in stale
            and (info := file_stat(at))
        ):
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
            made.jobs.setdefault(before["document"], Job(as_rows.Source(hashed, one.path), one.at, "reread"))
        return
    hashed, reason = _hash(one.at)
    source = as_rows.Source(hashed, one.path)
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
        if changed and id not in made.jobs and file_stat(known.at(name)):
            made.jobs[id] = Job(as_rows.Source(row["sha256"], row["path"]), known.at(name), "reread")
