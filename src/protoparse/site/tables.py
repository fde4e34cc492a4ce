"""What the templates for Datasette's tables and rows need to speak Swedish about our databases."""

from __future__ import annotations

from typing import Any

from protoparse.site import cells, labels, ours, web

# Datasette's filters that a reader needs, in her words.
LOOKUPS = {
    "contains": "innehåller",
    "exact": "är",
    "not": "är inte",
    "startswith": "börjar med",
    "gte": "från och med",
    "lte": "till och med",
    "isnull": "saknas",
    "notnull": "finns",
}


async def words(datasette: Any, database: str | None, view_name: str | None) -> dict[str, Any]:
    """Template variables for a table or a row of ours; nothing for anything else.

    Datasette 1.0 gives its templates other variables: there its own pages are kept.
    """
    if view_name not in ("table", "row") or not ours.known(datasette, database) or hasattr(datasette, "allowed"):
        return {}
    return {
        "menu": await web.menu(datasette),
        "protoparse_column": labels.column,
        "protoparse_value": labels.value,
        "protoparse_table": labels.table,
        "protoparse_lookups": LOOKUPS,
        "protoparse_paged": set(cells.PAGED),
    }
