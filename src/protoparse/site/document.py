"""The page of one document: its agenda with what was decided under each point."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from protoparse import schema
from protoparse.site import evidence, originals, ours, reviewer, web
from protoparse.site.facts import TELLING, against, brought, counted, together, told
from protoparse.site.ours import Reader

Row = dict[str, Any]


async def show(request: Any, datasette: Any) -> Response:
    """`/-/dokument/<id>`: the agenda with what was decided under each point."""
    key = request.url_vars["id"]
    found = await ours.find(datasette, request, "documents", key)
    if not found:
        return await replaced(datasette, request, key)
    reader, row = found
    sections = await reader.rows("sections", "where document = ? order by ordinal", [key])
    facts: dict[str | None, list[Row]] = {}
    for table in TELLING:
        for fact in await reader.rows(table, "where document = ? order by ordinal", [key]):
            facts.setdefault(fact["section"], []).append(told(table, fact))
    for fact in await reader.rows("ballots", "where document = ? order by ordinal", [key]):
        facts.setdefault(fact["section"], []).append(counted(fact))
    for same in together(await reader.rows("dissents", "where document = ? order by ordinal", [key])):
        facts.setdefault(same[0]["section"], []).append(against(same))
    context = {
        "document": row,
        "title": ours.document_label(row),
        "sections": sections,
        "facts": facts,
        "present": await reader.rows("attendance", "where document = ? order by ordinal", [key]),
        "head": await reader.rows("header_fields", "where document = ? order by ordinal", [key]),
        "brought": await brought(reader, key),
        "weak": await reader.rows("pages", "where document = ? and quality < ? order by page", [key, schema.SOUND]),
        "sheets": await sheets(reader, row),
        "numbers": await numbers(reader, key),
        "row_url": reader.row_url("documents", key),
        "told": reviewer.DONE.get(request.args.get("gjort") or ""),
        "spell": evidence.spelled,
    }
    return await web.page(datasette, request, "document.html", context)


async def sheets(reader: Reader, row: Row) -> list[Row]:
    """The pages whose pictures stand beside the agenda; none where the PDF is gone."""
    try:
        await originals.original(reader, row)
    except originals.Unavailable:
        return []
    return await reader.rows("pages", "where document = ? order by page", [row["id"]])


async def numbers(reader: Reader, key: str) -> dict[str, list[str]]:
    """Section → the numbers of the matters that it deals with, where they have a page."""
    sql = """select t.section, m.number from matter_steps t join matters m on m.id = t.matter
        where t.document = ? and t.section is not null order by t.ordinal, m.number"""
    found: dict[str, list[str]] = {}
    for row in await reader.read(("matters", "matter_steps"), sql, [key]):
        found.setdefault(row["section"], []).append(row["number"])
    return found


async def replaced(datasette: Any, request: Any, key: str) -> Response:
    """A document that is gone: on to the corrected one, or a plain word."""
    for reader in await ours.readers(datasette, request):
        if new := await ours.moved(reader, key):
            return Response.redirect(datasette.urls.path(f"/-/dokument/{new}"), headers=dict(web.SAFE))
    return await web.sorry(
        datasette, request, "Dokumentet finns inte", "Registret har inget dokument med den adressen."
    )
