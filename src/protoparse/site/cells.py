"""How cells look in Datasette's own tables: evidence as a link, codes in Swedish, boxes short."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from datasette.utils import tilde_encode
from markupsafe import Markup

from protoparse.site import entity, labels, ours

EVIDENCE = {"evidence", "belagg"}
# What tells one row from another, the shortest first.
TELLING = ("rubrik", "beslut", "stycke", "text", "quote", "title", "name", "message")
# Where ids lead, and what the row there is called. Tables have their labels from Datasette, single rows do not.
REFERS = {
    "section": ("sections", "title"),
    "parent": ("sections", "title"),
    "decision": ("decisions", "text"),
    "earlier": ("funding", "text"),
    "later": ("funding", "text"),
    "set_by": ("funding", "text"),
}
# Tables whose rows have a page of their own, and the column that leads there.
PAGED = {
    "documents": "label",
    "matters": "number",
    **dict.fromkeys(("entities", "people", "organs", "organizations", "services"), "name"),
}
PRINTED = {"text", "quote", "cue", "title", "before", "after", "examples", "pattern", "path"}  # as the document has it
_DAY = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?", re.ASCII)
# Columns that name a person, an organ, an organization or a service: they lead to its page.
ENTITIES = {
    *("person", "incoming_person", "outgoing_person", "service", "entity", "organ_id", "group_id", "one", "other"),
    *("organization_id", "incoming_organization_id", "outgoing_organization_id"),
}


def _plain(value: Any) -> Any:
    """The id behind a foreign key, which Datasette may already have expanded to value and label."""
    return value["value"] if isinstance(value, dict) else value


def _link(url: str, text: Any) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, text)


def _proof(datasette: Any, key: Any, row: Any) -> Markup:
    """The way to the words on the page; whom it is read aloud to hears which row it belongs to."""
    names = set(row.keys())
    told = next((str(row[name]) for name in TELLING if name in names and row[name]), "")
    about = Markup('<span class="unseen">: {}</span>').format(told[:80]) if told else ""
    return Markup('<a href="{}">visa på sidan{}</a>').format(datasette.urls.path(f"/-/evidence/{key}"), about)


def _boxes(value: Any) -> str:
    lines = labels.boxes(value)
    return labels.counted(len(lines), "ruta", "rutor") if lines else ""


def render(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """The cell's contents, or None to leave it to Datasette."""
    key = _plain(value)
    if key in (None, "") or table is None:
        return None
    if column in EVIDENCE or (table, column) == ("evidence", "id"):
        return _proof(datasette, key, row)
    if (table, column) == ("evidence", "boxes"):
        return _boxes(key)
    if PAGED.get(table) == column:
        return _page(datasette, table, row, key)
    if column == "document" and isinstance(value, dict):
        return _link(datasette.urls.path(f"/-/dokument/{key}"), labels.days_in(value["label"]))
    if column in ("document", "dokument", "replaces"):
        return lambda: _document(datasette, database, key)
    if column in ENTITIES and entity.kind_of(key) in entity.PAGES:
        there = datasette.urls.path(entity.page_of(entity.kind_of(key), key))
        return (
            _link(there, value["label"]) if isinstance(value, dict) else lambda: _named(datasette, database, key, there)
        )
    if column in REFERS and not isinstance(value, dict):
        return lambda: _referred(datasette, database, *REFERS[column], key)
    if column == "id" and "base" in labels.source()["tables"].get(table, {}):
        return _first(row, datasette)
    if column in ("amount", "belopp") and isinstance(key, int | float):
        return f"{labels.number(key)}\u00a0kr"
    if word := labels.value(table, column, key):
        return Markup('<span title="{}">{}</span>').format(key, word)
    if (table, column) == ("documents", "quality"):
        return f"{key:.2f}".replace(".", ",")
    if (table, column) == ("documents", "adjusters"):
        return ", ".join(_names(key))
    return _day(column, key) if isinstance(key, str) and column not in PRINTED else None


def _names(said: str) -> list[str]:
    """Names kept as a JSON list; what is none is left as it is."""
    try:
        found = json.loads(said)
    except ValueError:
        return [said]
    return [str(it) for it in found] if isinstance(found, list) else [said]


def _day(column: str, said: str) -> Markup | str | None:
    """A day in Swedish, and the days of a sentence of ours; the title says how a filter wants the day."""
    if found := _DAY.fullmatch(said):
        words = labels.time_of(said) if found[1] else labels.short_day(said)
        return Markup('<time datetime="{}" title="{}">{}</time>').format(said, said, words)
    return labels.days_in(said) if column in ("message", "label") else None


def _page(datasette: Any, table: str, row: Any, said: Any) -> Markup | None:
    """The way from a name, a title or a case number to its page; none for what has no page."""
    if table == "documents":
        return _link(datasette.urls.path(f"/-/dokument/{_plain(row['id'])}"), labels.days_in(said))
    if table == "matters":
        return _link(datasette.urls.path(f"/-/arende/{quote(said)}"), said)
    kind = entity.kind_of(_plain(row["id"]))
    return _link(datasette.urls.path(entity.page_of(kind, row["id"])), said) if kind in entity.PAGES else None


def _first(row: Any, datasette: Any) -> Markup | None:
    """A view's first column leads to the page: the last one may stand outside the screen."""
    evidence = row["belagg"] if "belagg" in row.keys() else None  # noqa: SIM118 - a row of SQLite is no dict
    return _proof(datasette, evidence, row) if evidence else None


async def _document(datasette: Any, database: str, key: str) -> Markup:
    """A document by its label: views have no foreign keys for Datasette to follow."""
    found = await ours.label(datasette, database, key)
    return _link(datasette.urls.path(f"/-/dokument/{key}"), labels.days_in(found) if found else key)


async def _named(datasette: Any, database: str, key: str, there: str) -> Markup | None:
    """A person, organ or service by name, with the way to its page; nothing where not everybody may see names."""
    if not await ours.may_read(datasette, None, database, "entities"):
        return None
    found = (await datasette.get_database(database).execute("select name from entities where id = ?", [key])).first()
    return _link(there, found[0]) if found else None


async def _referred(datasette: Any, database: str, table: str, name: str, key: str) -> Markup | None:
    """The row that an id leads to, by its name; nothing where not everybody may see it."""
    if not await ours.may_read(datasette, None, database, table):
        return None
    db = datasette.get_database(database)
    found = (await db.execute(f"select [{name}] from [{table}] where id = ?", [key])).first()
    return _link(f"{datasette.urls.table(database, table)}/{tilde_encode(str(key))}", found[0]) if found else None
