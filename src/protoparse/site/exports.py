"""All rows of a table or view, filtered and sorted as the table page is, as a workbook, CSV or one JSON list.

Datasette's own CSV stream is the source, so that filters, search and permissions mean the same everywhere; only its
order is not: see `paging`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import xlsxwriter
from datasette.utils.asgi import Response

from protoparse.site import labels, ours, web
from protoparse.spreadsheets import guarded, unguarded

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
CELL = 32_767  # letters that a cell of a workbook can hold
LINES = 1_048_575  # rows that a sheet can hold beside its heading
_OWN = ("_stream", "_dl", "_labels", "_size", "_next", "_shape")


async def show(request: Any, datasette: Any) -> Response:
    """`/-/export/<database>/<table>.xlsx`, `.csv` or `.json`, with the filters of the table page as query string."""
    database, table, form = (request.url_vars[name] for name in ("database", "table", "form"))
    if not ours.known(datasette, database):
        return await web.sorry(datasette, request, "Sidan finns inte", "Det finns inget sådant register.")
    asked = [(name, text) for name in request.args for text in request.args.getlist(name) if name not in _OWN]
    found = await datasette.client.get(
        datasette.urls.table(database, table, format="csv"),
        params=[*asked, ("_stream", "on")],
        cookies=request.cookies,
    )
    if found.status_code != 200:
        return await web.sorry(
            datasette, request, "Tabellen finns inte", "Registret har ingen sådan tabell, eller så får du inte se den."
        )
    columns, rows = parsed(found.text)
    types = await kinds(datasette, database, table)
    make = {"xlsx": workbook, "csv": sheet, "json": listed}[form]
    usual = labels.source()["tables"].get(table, {}).get("sort_desc")
    body = make(table, columns, ordered(columns, typed(columns, rows, types), dict(asked), usual))
    name = quote(f"{table}.{form}")
    headers = {**web.SAFE, "content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(body=body, headers=headers, content_type=KINDS[form])


def parsed(text: str) -> tuple[list[str], Iterator[list[str]]]:
    """The columns and the rows of a CSV."""
    rows = csv.reader(io.StringIO(text, newline=""))
    return next(rows, []), rows


async def kinds(datasette: Any, database: str, table: str) -> dict[str, type]:
    """The columns of a table or view that hold numbers."""
    found = await datasette.get_database(database).execute("select name, type from pragma_table_info(?)", [table])
    numbers = {"INTEGER": int, "INT": int, "REAL": float}
    return {name: numbers[kind] for name, kind in found.rows if kind in numbers}


def typed(columns: list[str], rows: Iterator[list[str]], types: dict[str, type]) -> Iterator[list[Any]]:
    """The cells of a CSV as the values that they stand for; an empty cell is no value."""
    wanted = [types.get(name) for name in columns]
    for row in rows:
        yield [_value(cell, kind) for cell, kind in zip(row, wanted, strict=False)]


def _value(cell: str, kind: type | None) -> Any:
    if cell == "":
        return None
    if kind:
        try:
            return kind(cell)
        except ValueError:  # SQLite keeps what a column's type does not say
            pass
    return unguarded(cell)


def ordered(
    columns: list[str], rows: Iterator[list[Any]], asked: dict[str, str], usual: str | None
) -> Iterator[list[Any]]:
    """The rows in the order asked for, or in the table's usual one; what has no value comes last going down."""
    name = asked.get("_sort") or asked.get("_sort_desc") or usual
    if name not in columns:
        return rows
    at = columns.index(name)
    down = not asked.get("_sort")
    found = sorted(rows, key=lambda row: (row[at] is not None, isinstance(row[at], str), row[at]), reverse=down)
    return iter(found)


def sheet(table: str, columns: list[str], rows: Iterator[list[Any]]) -> bytes:
    """A CSV without formulas."""
    out = io.StringIO()
    csv.writer(out).writerows([columns, *([guarded(cell) for cell in row] for row in rows)])
    return out.getvalue().encode()


def workbook(table: str, columns: list[str], rows: Iterator[list[Any]]) -> bytes:
    """A sheet with Swedish headings. Text stays text: no formula, no link, whatever it begins with."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(labels.table(table)[:31].translate(str.maketrans("[]:*?/\\", "       ")))
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [labels.column(table, name) for name in columns], book.add_format({"bold": True}))
        for at, row in enumerate(rows, 1):
            if at > LINES:
                break
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell[:CELL])
                elif cell is not None:
                    sheet.write_number(at, column, cell)
    return out.getvalue()


def listed(table: str, columns: list[str], rows: Iterator[list[Any]]) -> bytes:
    """A list of objects, one a row."""
    found = [dict(zip(columns, row, strict=False)) for row in rows]
    return json.dumps(found, ensure_ascii=False, indent=1).encode()
