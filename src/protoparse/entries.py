"""One entry of the files that people write, checked strictly: a correction, a mark, names that belong together."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from protoparse import wordings
from protoparse.handwritten import Item
from protoparse.rules import RuleError

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


def _digest(said: Any) -> str:
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def digest(corrections: Iterable[Correction]) -> str | None:
    """What a document remembers of its corrections, so that a change is seen; None for no corrections."""
    ids = sorted(it.id for it in corrections)
    return _digest(ids)[:16] if ids else None


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


def correction(item: Item, path: Path) -> Correction:
    """Raises RuleError with one line that names file and entry, as the others do."""
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


def mark(item: Item, path: Path) -> Mark:
    """Something that was handled. Raises RuleError."""
    said = _entry(item, path, "hanterat", _MARK, ("id", "seen", "by", "on"))
    if not (day := _day(said["on"])):
        raise _refuse(
            item, path, f"hanterat {said['id']!r}", f"'on' är {said['on']!r} och ska vara en dag (ÅÅÅÅ-MM-DD)"
        )
    return Mark(said["id"], said["seen"], said["by"], day, said.get("note"), path.name)


def names(item: Item, path: Path) -> tuple[str, ...]:
    """Names that are one, or that are not. Raises RuleError."""
    said = item.value
    if not (isinstance(said, list) and len(said) > 1 and all(isinstance(it, str) for it in said)):
        raise _refuse(item, path, "namn", "en rad ska vara två eller fler namn inom hakparentes: [Eva Ek, E. Ek]")
    return tuple(said)
