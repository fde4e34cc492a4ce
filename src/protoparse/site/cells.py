"""How cells look in Datasette's own tables: evidence as a link, codes with their Swedish word, boxes short."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from protoparse.site import labels, ours

EVIDENCE = {"evidence", "belagg"}


def _plain(value: Any) -> Any:
    """The id behind a foreign key, which Datasette may already have expanded to value and label."""
    return value["value"] if isinstance(value, dict) else value


def _link(url: str, text: Any) -> Markup:
    return Markup('<a href="{}">{}</a>').format(url, text)


def _boxes(value: Any) -> str:
    lines = labels.boxes(value)
    return labels.counted(len(lines), "ruta", "rutor") if lines else ""


def render(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """The cell's contents, or None to leave it to Datasette."""
    key = _plain(value)
    if key in (None, "") or table is None:
        return None
    if column in EVIDENCE or (table, column) == ("evidence", "id"):
        return _link(datasette.urls.path(f"/-/evidence/{key}"), "visa på sidan")
    if (table, column) == ("evidence", "boxes"):
        return _boxes(key)
    if column == "document" and isinstance(value, dict):
        return _link(datasette.urls.path(f"/-/dokument/{key}"), value["label"])
    if column == "dokument":
        return lambda: _document(datasette, database, key)
    if column == "id" and "base" in labels.source()["tables"].get(table, {}):
        return _first(row, datasette)
    if word := labels.value(table, column, key):
        return Markup('<span title="{}">{}</span>').format(word, key)
    return None


def _first(row: Any, datasette: Any) -> Markup | None:
    """A view's first column leads to the page: the last one may stand outside the screen."""
    evidence = row["belagg"] if "belagg" in row.keys() else None  # noqa: SIM118 - a row of SQLite is no dict
    return _link(datasette.urls.path(f"/-/evidence/{evidence}"), "visa på sidan") if evidence else None


async def _document(datasette: Any, database: str, key: str) -> Markup:
    """A document by its label: views have no foreign keys for Datasette to follow."""
    found = await ours.label(datasette, database, key)
    return _link(datasette.urls.path(f"/-/dokument/{key}"), found or key)
