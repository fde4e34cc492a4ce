"""Pages of a sorted table that hold each row once.

Datasette (0.65 and 1.0a41) orders the first page by the sorted column alone, and all later ones by the row's id too:
where many rows have the same value, as all decisions of a meeting have its day, rows are lost between the first page
and the second. So the first page is asked for as what comes after the beginning, which is ordered like the others. A
stream of all rows can't be asked for so: it comes in the order of the ids.
"""

from __future__ import annotations

import re
from typing import Any

from datasette.utils import tilde_decode

from protoparse import schema
from protoparse.site import labels, ours

_ALL_UP = b"_next=$null,"  # of an ascending sort: after no value and an empty id
_ALL_DOWN = b"_next=~F4~8F~BF~BF,"  # of a descending one: before the last character there is
_WITH_ID = frozenset(re.findall(r"CREATE TABLE (\w+) \((?:[^\n]*\n)?\s*id TEXT PRIMARY KEY", schema.TABLES))


def from_the_beginning(scope: dict[str, Any], datasette: Any) -> dict[str, Any]:
    """The request as Datasette should see it; unchanged unless it asks for the first page of a sorted table of ours."""
    path = scope["path"].removeprefix(datasette.urls.path("/")).strip("/").split("/")
    table = tilde_decode(path[-1].removesuffix(".csv").removesuffix(".json"))
    if len(path) != 2 or table not in _WITH_ID or not ours.known(datasette, tilde_decode(path[0])):
        return scope
    parts = [part for part in scope.get("query_string", b"").split(b"&") if part]
    asked = {name: text for name, _, text in (part.decode("latin-1").partition("=") for part in parts)}
    if "_next" in asked:
        return scope
    if "_stream" in asked:
        more, parts = b"_sort=id", [part for part in parts if not part.startswith(b"_sort")]
    else:
        usual = labels.source()["tables"].get(table, {}).get("sort_desc")
        down = asked.get("_sort_desc") or (usual and not asked.get("_sort"))
        more = _ALL_DOWN if down else _ALL_UP if asked.get("_sort") else b""
    return {**scope, "query_string": b"&".join([*parts, more] if more else parts)}
