"""What people put right, in `corrections/*.yml`: reading and checking the files, adding to them, and what became of it.

    corrections:
      - document: protokoll-2025-12-12.pdf     # file name, path, or the document's id
        table: finansiering
        quote: finansieras till och med den 31 januari 2026
        set: {till: 2026-01-31}                # or `wrong: true`, or `missing: {…}`
        by: Anna Ek
        on: 2026-11-22
        note: Slutet gäller till och med.

Every correction is applied to the freshly parsed document (`amend`), so that nothing has to be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from protoparse import entries, handwritten
from protoparse.entries import Correction, Mark
from protoparse.rules import RuleError

FOLDER = "corrections"
NAMES = "names.yml"
FILE = "rattelser.yml"  # where the program itself adds corrections
LISTS = ("corrections", "handled", "judged", "same", "not_same")

_READ = {
    "corrections": entries.correction,
    "handled": entries.mark,
    "judged": entries.mark,
    "same": entries.names,
    "not_same": entries.names,
}


@dataclass(frozen=True, slots=True)
class Book:
    """All that people have written down beside a database."""

    corrections: tuple[Correction, ...] = ()
    handled: tuple[Mark, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    not_same: tuple[tuple[str, ...], ...] = ()
    judged: tuple[Mark, ...] = ()


# --- the files


def _folders(database: Path) -> tuple[Path, Path]:
    folder = database.absolute().parent
    return folder / FOLDER, folder.parent / FOLDER


def folder_for(database: Path) -> Path:
    """Where the program writes for a database: `corrections/` beside it or above it, whichever there is."""
    beside, above = _folders(database)
    return above if above.is_dir() and not beside.is_dir() else beside


def files(database: Path) -> list[Path]:
    """The files that count for a database: the nearest `names.yml`, and all others in its folders of corrections."""
    folders = _folders(database)
    names = (it / NAMES for it in (database.absolute().parent, *folders))
    others = (path for folder in folders for path in sorted(folder.glob("*.yml")) if path.name != NAMES)
    nearest = [path for path in names if path.is_file()][:1]
    return [*nearest, *(path for path in others if path.is_file() and not path.name.startswith("."))]


def stamp(database: Path) -> str:
    """A hash of the files that count for a database, empty where there are none. The files are not checked."""
    found = files(database)
    whole = sha256()
    for path in found:
        whole.update(path.name.encode(errors="replace") + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()[:16] if found else ""


def read(database: Path) -> Book:
    """Everything in the files that count for a database. Raises RuleError with one line that names file and entry."""
    made: dict[str, list[Any]] = {name: [] for name in LISTS}
    for path in files(database):
        for name, said in read_file(path).items():
            made[name] += said
    corrections = {it.id: it for it in made["corrections"]}  # the same one in two places is one
    rest = (tuple(made[name]) for name in ("handled", "same", "not_same", "judged"))
    return Book(tuple(corrections.values()), *rest)


def read_file(path: Path) -> dict[str, list[Any]]:
    """The corrections, marks and names of one file. Raises RuleError."""
    return {name: [] for name in LISTS} | _checked(handwritten.content(path), path)


def _checked(text: str, path: Path) -> dict[str, list[Any]]:
    lists = handwritten.parsed(text, str(path), LISTS)
    return {name: [_READ[name](item, path) for item in items] for name, items in lists.items()}


# --- changing a file

_Drop = Callable[[dict[str, Any]], bool]


def _nothing(said: dict[str, Any]) -> bool:
    return False


def _shrunk(text: str, path: Path, name: str, drop: _Drop) -> str:
    """The text without some entries of a list. Raises RuleError where it would then say something else too."""
    before = handwritten.parsed(text, str(path), LISTS)
    shrunk = handwritten.without(text, str(path), name, drop)
    after = handwritten.parsed(shrunk, str(path), LISTS)
    wanted = {key: [it.value for it in items if key != name or not drop(it.value)] for key, items in before.items()}
    if {key: [it.value for it in items] for key, items in after.items()} != wanted:
        raise RuleError(f"{path}: posten kan inte tas bort så som filen är skriven; ta bort den för hand")
    return shrunk


def _grown(text: str, path: Path, name: str, entry: dict[str, Any]) -> str:
    """The text with an entry more. Raises RuleError where the entry is not right, or the text would say else."""
    before = _checked(text, path)
    grown = handwritten.added(text, str(path), name, entry)
    after = _checked(grown, path)
    if {**after, name: after[name][:-1]} != {name: [], **before}:
        raise RuleError(f"{path}: posten kan inte läggas till så som filen är skriven; lägg till den för hand")
    return grown


def _writable(path: Path) -> None:
    if path.suffix != ".yml" or path.name.startswith("."):
        raise RuleError(f"{path}: filens namn ska sluta på .yml")


def append(path: Path, entry: Mapping[str, Any], name: str = "corrections", instead: _Drop = _nothing) -> None:
    """Adds an entry to the list `name` of a file in a folder of corrections, in place of those that `instead` is true
    of; the other lines stay as they are. Raises RuleError, nothing written, where the file or the entry is not right.
    """
    _writable(path)
    handwritten.rewrite(path, lambda text: _grown(_shrunk(text, path, name, instead), path, name, dict(entry)))


def mark(path: Path, entry: Mapping[str, Any], name: str) -> None:
    """Adds a mark to the list `name` of a file, in place of an older one of the same id. Raises as `append`."""
    append(path, entry, name, instead=lambda said: said.get("id") == entry["id"])


def unmark(database: Path, id: str, name: str) -> int:
    """Takes the marks of an id out of the list `name` of all files that count for a database; how many there were.

    Raises RuleError.
    """
    counts = {path: sum(it.id == id for it in read_file(path)[name]) for path in files(database)}
    for path in (path for path, count in counts.items() if count):
        remove(path, name, lambda said: said.get("id") == id)
    return sum(counts.values())


def remove(path: Path, name: str, drop: _Drop) -> None:
    """Takes the entries that `drop` is true of out of the list `name` of a file. Raises RuleError, nothing written."""
    _writable(path)
    handwritten.rewrite(path, lambda text: _shrunk(text, path, name, drop))
