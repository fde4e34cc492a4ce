"""What the templates for Datasette's tables and rows need to speak Swedish about our databases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from datasette.utils import to_css_class
from markupsafe import Markup, escape

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
PROOF = ("evidence", "belagg")


async def words(datasette: Any, database: str | None, view_name: str | None) -> dict[str, Any]:
    """Template variables for a database, a table or a row of ours; nothing for anything else.

    Datasette 1.0 gives its templates other variables: there its own pages are kept.
    """
    if (
        view_name not in ("database", "table", "row")
        or not ours.known(datasette, database)
        or hasattr(datasette, "allowed")
    ):
        return {}
    return {
        "menu": await web.menu(datasette),
        "protoparse_column": labels.column,
        "protoparse_value": labels.value,
        "protoparse_table": labels.table,
        "protoparse_lookups": LOOKUPS,
        "protoparse_paged": set(cells.PAGED),
        "protoparse_rows": rows,
        "protoparse_hidden": set(labels.source()["hidden"]),
    }


def rows(table: str, found: Iterable[Sequence[Any]]) -> Markup:
    """The rows of a table, the way to the page first. Not in the template: there each of a thousand cells is waited
    for on its own, which takes longer than all that a page asks of the database."""
    heads: dict[str, str] = {}
    return Markup("\n").join(Markup(f"<tr>\n{_row(table, row, heads)}</tr>") for row in found)


def _row(table: str, row: Sequence[Any], heads: dict[str, str]) -> str:
    proofs = [cell for cell in row if cell["column"] in PROOF]
    hidden = (*PROOF, "id") if proofs or table in cells.PAGED else PROOF
    shown = [_cell(cell, heads, table) for cell in row if cell["column"] not in hidden]
    proof = "".join(escape(cell["value"]) for cell in proofs if cell["raw"])
    first = f'<td class="nowrap" data-label="Belägg">{proof}</td>\n' if proofs else ""
    return first + "".join(shown)


def _cell(cell: Any, heads: dict[str, str], table: str) -> str:
    """One cell; `heads` remembers what all of a column have in common."""
    name = cell["column"]
    if name not in heads:
        heads[name] = f'" data-label="{escape(labels.column(table, name))}">'
        heads[f"<{name}"] = f'<td class="col-{to_css_class(name)} '
    empty = " empty" if cell["raw"] is None or cell["raw"] == "" else ""
    return f"{heads[f'<{name}']}{cell['value_type']}{empty}{heads[name]}{escape(cell['value'])}</td>\n"
