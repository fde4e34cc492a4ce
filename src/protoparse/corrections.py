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

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from protoparse import handwritten, wordings
from protoparse.handwritten import Item
from protoparse.rules import RuleError

FOLDER = "corrections"
NAMES = "names.yml"
FILE = "rattelser.yml"  # where the program itself adds corrections
LISTS = ("corrections", "handled", "same", "not_same")

_KINDS = {"set": "field", "wrong": "wrong", "missing": "missing"}
_ALLOWED = ("document", "table", "quote", "page", "row", "where", *_KINDS, "by", "on", "note")
_MARK = ("id", "seen", "by", "on", "note")
_TRUE = ("true", "ja", "yes")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: `fields` are what should stand (kind `field`) or what the lacking row says (`missing`); `where`
    and `row` tell rows apart that rest on the same words."""

    document: str
    table: str
    kind: str  # field, wrong, missing
    fields: Mapping[str, Any]
    quote: str | None
    page: int | None
    by: str
    on: str
    note: str | None = None
    where: Mapping[str, Any] = field(default_factory=dict)
    row: str | None = None
    file: str = ""

    @property
    def id(self) -> str:
        return f"correction-{_digest(asdict(self))[:12]}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding, doubt, end, commitment or gap that somebody has dealt with, as it was (`seen`) at that time."""

    id: str
    seen: str
    by: str
    on: str
    note: str | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """All that people have written down beside a database."""

    corrections: tuple[Correction, ...] = ()
    handled: tuple[Mark, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    not_same: tuple[tuple[str, ...], ...] = ()


def _digest(said: Any) -> str:
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def digest(corrections: Iterable[Correction]) -> str | None:
    """What a document remembers of its corrections, so that a change is seen; None for no corrections."""
    ids = sorted(it.id for it in corrections)
    return _digest(ids)[:16] if ids else None


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
    return Book(tuple(corrections.values()), tuple(made["handled"]), tuple(made["same"]), tuple(made["not_same"]))


def read_file(path: Path) -> dict[str, list[Any]]:
    """The corrections, marks and names of one file. Raises RuleError."""
    return {name: [] for name in LISTS} | _checked(handwritten.content(path), path)


def _checked(text: str, path: Path) -> dict[str, list[Any]]:
    lists = handwritten.parsed(text, str(path), LISTS)
    return {name: [_READ[name](item, path) for item in items] for name, items in lists.items()}


# --- one entry


def _refuse(item: Item, path: Path, what: str, problem: str) -> RuleError:
    return RuleError(f"{path}, rad {item.line}: {what}: {problem}")


def _entry(item: Item, path: Path, what: str, allowed: Sequence[str], needed: Sequence[str]) -> dict[str, Any]:
    """An entry whose keys are known, and whose needed ones are texts."""
    said = item.value
    if not isinstance(said, dict):
        raise _refuse(item, path, what, f"ska ha rader som {allowed[0]}: …")
    what = f"{what} {said.get(allowed[0])!r}"
    if unknown := [key for key in said if key not in allowed]:
        raise _refuse(item, path, what, f"{unknown[0]!r} finns inte; tillåtna är {', '.join(allowed)}")
    if lacking := [key for key in needed if said.get(key) is None]:
        raise _refuse(item, path, what, f"{lacking[0]!r} saknas")
    for key in ("document", "table", "quote", "row", "id", "seen", "by", "note"):
        if not isinstance(said.get(key), str | None):
            raise _refuse(item, path, what, f"{key!r} ska vara text")
    return said


def _day(said: Any) -> str | None:
    try:
        return datetime.date.fromisoformat(str(said)).isoformat()
    except ValueError:
        return None


def _correction(item: Item, path: Path) -> Correction:
    refuse = partial(_refuse, item, path)
    said = _entry(item, path, "rättelse av", _ALLOWED, ("document", "table", "by", "on"))
    what = f"rättelse av {said['document']!r}"
    ways = [key for key in _KINDS if key in said]
    if len(ways) != 1:
        raise refuse(what, f"en rättelse har ett av {', '.join(_KINDS)}")
    if not (day := _day(said["on"])):
        raise refuse(what, f"'on' är {said['on']!r} och ska vara en dag (ÅÅÅÅ-MM-DD)")
    if not (table := wordings.table(said["table"])):
        known = ", ".join(words[0] for words in wordings.TABLES.values())
        raise refuse(what, f"tabellen {said['table']!r} finns inte; tillåtna är {known}")
    if problem := _contents(said, ways[0], table):
        raise refuse(what, problem)
    given = {key: said.get(key) for key in ("document", "quote", "by", "note", "row")}
    page, where = said.get("page"), said.get("where") or {}
    fields = said[ways[0]] if ways[0] != "wrong" else {}
    given |= {"page": int(page) if page else None, "where": where, "fields": fields}
    return Correction(**given, table=table, kind=_KINDS[ways[0]], on=day, file=path.name)


def _contents(said: Mapping[str, Any], way: str, table: str) -> str | None:
    """What is wrong with the parts of a correction that hang together; None where nothing is."""
    if table == "documents" and (way != "set" or said.get("quote")):
        return "om ett helt dokument kan bara 'set' sägas, utan 'quote'"
    if table != "documents" and not said.get("quote"):
        return "'quote' saknas: orden som de står på sidan"
    if way == "wrong" and str(said["wrong"]).casefold() not in _TRUE:
        return "'wrong' kan bara vara true"
    if way != "wrong" and not (isinstance(said[way], dict) and said[way]):
        return f"{way!r} ska ha minst ett fält, till exempel {{till: 2026-01-31}}"
    if not isinstance(said.get("where"), dict | None) or (way == "missing" and (said.get("where") or said.get("row"))):
        return "'where' har fält och värden, och finns bara vid 'set' och 'wrong'"
    page = said.get("page")
    return (
        None
        if page is None or (str(page).isdecimal() and int(page) > 0)
        else f"'page' är {page!r} och ska vara ett tal"
    )


def _mark(item: Item, path: Path) -> Mark:
    said = _entry(item, path, "hanterat", _MARK, ("id", "seen", "by", "on"))
    if not (day := _day(said["on"])):
        raise _refuse(
            item, path, f"hanterat {said['id']!r}", f"'on' är {said['on']!r} och ska vara en dag (ÅÅÅÅ-MM-DD)"
        )
    return Mark(said["id"], said["seen"], said["by"], day, said.get("note"), path.name)


def _names(item: Item, path: Path) -> tuple[str, ...]:
    said = item.value
    if not (isinstance(said, list) and len(said) > 1 and all(isinstance(it, str) for it in said)):
        raise _refuse(item, path, "namn", "en rad ska vara två eller fler namn inom hakparentes: [Eva Ek, E. Ek]")
    return tuple(said)


_READ = {"corrections": _correction, "handled": _mark, "same": _names, "not_same": _names}


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


def remove(path: Path, name: str, drop: _Drop) -> None:
    """Takes the entries that `drop` is true of out of the list `name` of a file. Raises RuleError, nothing written."""
    _writable(path)
    handwritten.rewrite(path, lambda text: _shrunk(text, path, name, drop))
