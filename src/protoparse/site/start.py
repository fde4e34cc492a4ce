"""The start page, and the page of one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from datasette.utils.asgi import Response
from datasette.views.index import IndexView

from protoparse import schema
from protoparse.site import evidence, labels, ours, web
from protoparse.site.ours import Reader

Row = dict[str, Any]
LATEST = 8
TELLING = ("decisions", "roster_changes", "funding")


async def show(request: Any, datasette: Any, send: Any) -> Response | None:
    """`/`: ours when a database of ours is served, otherwise Datasette's own."""
    readers = [] if request.url_vars.get("format") else await ours.readers(datasette, request)
    readers = [reader for reader in readers if await reader.has("documents")]
    if not readers:
        return await IndexView.as_view(datasette)(request, send)
    context = {"registers": [await overview(reader) for reader in readers]}
    return await web.page(datasette, request, "start.html", context)


async def overview(reader: Reader) -> Row:
    """What one database holds, for the start page."""
    counts = {name: await reader.count(name) for name in ("documents", *TELLING, "findings", "doubts")}
    runs = await reader.rows("runs", "order by id desc limit 1")
    return {
        "name": reader.name,
        "counts": counts,
        "tiles": await tiles(reader, counts),
        "run": runs[0] if runs else None,
        "failed": await reader.rows(
            "documents", "where status in ('unread', 'scanned', 'partly') order by path limit 50"
        ),
        "latest": await latest(reader),
        "findings": await findings(reader),
        "table": lambda table: reader.datasette.urls.table(reader.name, table),
        "label": ours.document_label,
        "spell": evidence.spelled,
    }


async def tiles(reader: Reader, counts: Row) -> list[Row]:
    """The four numbers at the top, each with the way to its rows."""
    views = {"decisions": "beslut", "roster_changes": "byten", "funding": "finansiering", "documents": "documents"}
    words = {
        "documents": ("dokument", "dokument", "protokoll, minnesanteckningar och nyhetsbrev"),
        "decisions": ("beslut", "beslut", "med organ, paragraf och utfall"),
        "roster_changes": ("byte", "byten", "vem som efterträder vem, och var"),
        "funding": ("uppgift om finansiering", "uppgifter om finansiering", "vad som tar slut, och när"),
    }
    found = []
    for table, view in views.items():
        if await reader.has(table):
            count, (one, many, note) = counts[table], words[table]
            url = reader.datasette.urls.table(reader.name, view if view in reader.tables else table)
            found.append({"count": count, "name": one if count == 1 else many, "note": note, "url": url})
    return found


async def latest(reader: Reader) -> list[Row]:
    """The newest documents with what each brought."""
    documents = await reader.rows(
        "documents",
        "where status in ('read', 'partly') order by meeting_date is null, meeting_date desc, path limit ?",
        [LATEST],
    )
    return [{**row, "brought": await brought(reader, row["id"])} for row in documents]


async def brought(reader: Reader, document: str) -> str:
    """`4 beslut, 2 byten, 1 uppgift om finansiering`."""
    words = {
        "decisions": ("beslut", "beslut"),
        "roster_changes": ("byte", "byten"),
        "funding": ("finansiering", "finansieringar"),
    }
    counts = [(await reader.count(table, "document = ?", [document]), *words[table]) for table in TELLING]
    return ", ".join(labels.counted(*count) for count in counts if count[0]) or "inga beslut eller byten"


async def findings(reader: Reader) -> list[Row]:
    """The weightiest findings, with the way to the words of both claims."""
    order = "order by case severity when 'error' then 0 when 'warning' then 1 else 2 end, to_end desc, id limit 6"
    return [
        {**row, "sources": [claim for key in (row["earlier"], row["later"]) if (claim := await source(reader, key))]}
        for row in await reader.rows("findings", order)
    ]


async def source(reader: Reader, funding: str | None) -> Row | None:
    """Where a claim stands: its document by name, its page and its evidence."""
    claim = await reader.get("funding", funding)
    document = await reader.get("documents", claim["document"]) if claim else None
    if not claim or not document or not claim["evidence"]:
        return None
    return {"name": ours.document_label(document), "page": claim["page"], "evidence": claim["evidence"]}


async def document(request: Any, datasette: Any) -> Response:
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
        "row_url": reader.row_url("documents", key),
        "spell": evidence.spelled,
    }
    return await web.page(datasette, request, "document.html", context)


def told(table: str, fact: Row) -> Row:
    """A fact as one line under its section."""
    column = {"decisions": "outcome", "roster_changes": "kind", "funding": "kind"}[table]
    tag = labels.value(table, column, fact[column]) or fact[column]
    text = fact.get("text") if table != "roster_changes" else change(fact)
    return line(table, tag, text, fact) | {"name": evidence.ONE[table], "meta": task(fact), "fact": fact}


def line(table: str, tag: str, text: str | None, fact: Row) -> Row:
    """What the template shows of a fact: a mark, words, and where they stand."""
    return {"table": table, "tag": tag, "text": text, "meta": "", "evidence": fact["evidence"]}


def task(fact: Row) -> str:
    """`uppdrag till förvaltningen, klart senast 1 mars 2026`, of a decision that gives one."""
    who = f"uppdrag till {fact['assigned_to']}" if fact.get("assigned_to") else ""
    by = f"klart senast {labels.day(fact['due'])}" if fact.get("due") else ""
    return ", ".join(part for part in (who, by) if part)


def counted(ballot: Row) -> Row:
    """`16 ja, 9 nej, 2 avstår`; the sentence where it gives no figures that can be told apart."""
    sides = (("yes", "ja"), ("no", "nej"), ("abstain", "avstår"), ("absent", "frånvarande"))
    figures = ((ballot[side] if ballot[side] is not None else ballot[f"counted_{side}"], word) for side, word in sides)
    said = ", ".join(f"{number} {word}" for number, word in figures if number is not None)
    return line("ballots", "omröstning", said or ballot["outcome_text"], ballot)


def together(dissents: Sequence[Row]) -> list[list[Row]]:
    """The dissents that one sentence tells."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in dissents:
        found.setdefault((row["evidence"], row["kind"], row["section"]), []).append(row)
    return list(found.values())


def against(same: Sequence[Row]) -> Row:
    """`Eva Lind (M), SD-gruppen`, those who reserve themselves together."""
    names = [f"{row['name']} ({row['party']})" if row["party"] else row["name"] or row["group_name"] for row in same]
    tag = labels.value("dissents", "kind", same[0]["kind"]) or same[0]["kind"]
    return line("dissents", tag, ", ".join(names), same[0])


def change(fact: Row) -> str:
    """`Eva Lind ersätter Per Ek i beredningsgruppen`."""
    if fact["incoming"] and fact["outgoing"]:
        who = f"{fact['incoming']} efter {fact['outgoing']}"
    else:
        who = fact["incoming"] or fact["outgoing"] or "namn saknas"
    return ", ".join(part for part in (who, fact["position"], fact["group_name"]) if part)


async def replaced(datasette: Any, request: Any, key: str) -> Response:
    """A document that is gone: on to the corrected one, or a plain word."""
    for reader in await ours.readers(datasette, request):
        if new := await ours.moved(reader, key):
            return Response.redirect(datasette.urls.path(f"/-/dokument/{new}"), headers=dict(web.SAFE))
    return await web.sorry(
        datasette, request, "Dokumentet finns inte", "Registret har inget dokument med den adressen."
    )


async def nowhere(request: Any, datasette: Any) -> Response:
    """An address that looks like one of ours and is none."""
    return await web.sorry(datasette, request, "Sidan finns inte", "Kontrollera adressen, eller gå till startsidan.")
