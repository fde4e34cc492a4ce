"""Facets that count every row that a table's filters leave, whichever page of it is shown.

Datasette (0.65) counts from where the page begins: fewer on every next page, and slowly, as no index of a facet's
column knows where pages begin. `paging` lets even the first page begin somewhere.
"""

from __future__ import annotations

import re
from typing import Any

from datasette.facets import ColumnFacet
from datasette.utils.asgi import Request

TYPE = "whole"  # of facets in the configuration, beside Datasette's own
_COLUMN = r"(?:\[[^\]]+\]|\w+)"
_AFTER = r"\(\((?:\[id\]|id)\ >\ :p\d+\)\)"
# The last condition of Datasette's SQL for a page of a table with ids: after an id, or after a value and an id.
_BEGINNING = re.compile(
    rf"""(?:\bwhere|\band)\ (?:{_AFTER}
    |\({_COLUMN}\ is\ null\ and\ {_AFTER}\)
    |\({_COLUMN}\ is\ not\ null\ or\ \({_COLUMN}\ is\ null\ and\ {_AFTER}\)\)
    |\({_COLUMN}\ [<>]\ :p\d+(?:\ or\ {_COLUMN}\ is\ null)?\ or\ \({_COLUMN}\ =\ :p\d+\ and\ {_AFTER}\)\)
    )\s*$""",
    re.VERBOSE,
)


def whole(sql: str) -> str:
    """The SQL of a page's rows without the condition that says where the page begins."""
    return _BEGINNING.sub("", sql)


def unpaged(request: Request) -> Request:
    """The request for the first page: a chosen value leads to the beginning of its rows."""
    parts = [part for part in request.scope.get("query_string", b"").split(b"&") if part.partition(b"=")[0] != b"_next"]
    return Request({**request.scope, "query_string": b"&".join(parts)}, request.receive)


class WholeFacet(ColumnFacet):
    """Datasette's facet of a column, over all pages."""

    type = TYPE

    def __init__(self, ds: Any, request: Request, database: str, sql: str | None = None, **more: Any):
        super().__init__(ds, unpaged(request), database, sql=sql and whole(sql), **more)

    async def suggest(self) -> list[Any]:
        """Nothing beside what Datasette suggests itself."""
        return []
