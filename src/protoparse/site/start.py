"""The start page: what has been read, what needs attention, what is new, and the organs."""

from __future__ import annotations

import datetime
from typing import Any

from datasette.utils.asgi import Response
from datasette.views.index import IndexView

from protoparse import asof, audit
from protoparse.asof import Report
from protoparse.site import asked as address
from protoparse.site import audit as auditing
from protoparse.site import entity, evidence, labels, ours, quotes, seen, web
from protoparse.site.facts import TELLING
from protoparse.site.ours import Reader

Row = dict[str, Any]
LATEST = 6
FEW = 3  # items of each kind of attention; the audit has them all
ORGANS = 40

_COUNTS = """(select count(*) from decisions f where f.document = d.id) as decisions,
    (select count(*) from roster_changes f where f.document = d.id) as changes,
    (select count(*) from funding f where f.document = d.id) as funding"""
_NEW = f"""select organ_id, organ, count(*) as documents, sum(decisions) as decisions, sum(changes) as changes,
    sum(funding) as funding, max(meeting_date) as last from (
        select d.organ_id, coalesce(e.name, d.organ, 'Okänt organ') as organ, d.meeting_date, {_COUNTS}
        from documents d join runs r on r.id = d.first_run left join entities e on e.id = d.organ_id
        where r.started >= :since and d.status in ('read', 'partly')
    ) group by organ_id, organ order by last is null, last desc, organ limit 25"""
_ORGANS = """select d.organ_id, e.name, count(*) as documents, max(d.meeting_date) as last
    from documents d join entities e on e.id = d.organ_id
    group by d.organ_id order by last is null, last desc, e.name limit :limit"""


async def show(request: Any, datasette: Any, send: Any) -> Response | None:
    """`/?as_of=&sedan=`: ours when a database of ours is served, otherwise Datasette's own."""
    readers = [] if request.url_vars.get("format") else await ours.readers(datasette, request)
    readers = [reader for reader in readers if await reader.has("documents")]
    if not readers:
        return await IndexView.as_view(datasette)(request, send)
    (as_of, dated), since = address.day(request), address.since(request)
    registers = [await overview(reader, as_of, since, dated) for reader in readers]
    context = {"registers": registers, "day": as_of.isoformat(), "dated": dated}
    return await web.page(datasette, request, "start.html", context)


async def overview(reader: Reader, as_of: datetime.date, since: datetime.date | None, dated: bool) -> Row:
    """What one database holds, for the start page."""
    counts = {name: await reader.count(name) for name in ("documents", *TELLING, "doubts")}
    runs = await reader.rows("runs", "order by id desc limit 1")
    return {
        "name": reader.name,
        "counts": counts,
        "tiles": await tiles(reader, counts),
        "run": runs[0] if runs else None,
        "failed": await reader.rows(
            "documents", "where status in ('unread', 'scanned', 'partly') order by path limit 50"
        ),
        **(await attention(reader, as_of, dated) if counts["documents"] else {}),
        "news": await news(reader, since),
        "organs": await organs(reader),
        "latest": await latest(reader, as_of),
        "coming": [] if dated else await coming(reader, as_of),
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


async def attention(reader: Reader, as_of: datetime.date, dated: bool) -> Row:
    """The state of things in a sentence, and what needs somebody's attention, the most urgent first: each kind with its
    first items. Nothing that somebody has handled."""
    if not await seen.may_see(reader):
        return {}
    found = await seen.seen(reader, as_of, address.WITHIN)
    report = asof.opened(found.report)
    draw = quotes.drawn(found.about, found.named["document"], reader.datasette.urls.path)
    day = f"{'Per' if dated else 'I dag,'} {labels.day(as_of)}"
    kinds = [
        {"name": name, "title": title, "tone": tone, "count": len(items), "rows": [draw(it) for it in items[:FEW]]}
        for name, title, tone, items in urgent(report)
        if items
    ]
    headline = f"{day}: {auditing.standing(report)}"
    return {"headline": headline, "attention": kinds, "note": audit.undated_note(report)}


def urgent(report: Report) -> list[tuple[str, str, str, list[Any]]]:
    """List of the audit, title, tone and items of each kind of attention."""
    due = {state: list(report.due.get(state, ())) for state in ("expired", "expiring", "deadline_near")}
    odd = [it for it in report.findings if it.kind == "conflict"]
    late = [it for it in report.tasks.get("commitment_overdue", ()) if not it.deadline]
    soon = {state: audit.TITLES[state].format(within=report.within) for state in due}
    return [
        ("expired", soon["expired"], "error", due["expired"]),
        ("expiring", soon["expiring"], "warning", due["expiring"]),
        ("deadline_near", soon["deadline_near"], "warning", due["deadline_near"]),
        ("findings", "Uppgifter som säger emot varandra", "error", odd),
        ("commitment_overdue", audit.TASKS["commitment_overdue"], "error", late),
    ]


async def news(reader: Reader, since: datetime.date | None) -> Row | None:
    """What documents read since a day have brought, by organ; since the last run that brought any, without a day."""
    if not await reader.has("documents", "runs", "entities"):
        return None
    sql = "select max(r.started) as started from documents d join runs r on r.id = d.first_run"
    last = (await reader.query(sql))[0]["started"]
    if last is None:
        return None
    start = since.isoformat() if since else last
    rows = [
        {**row, "url": entity.url(reader, "organ", row["organ_id"]), "brought": brought(row)}
        for row in await reader.query(_NEW, {"since": start})
    ]
    return {"since": start[:10], "chosen": since is not None, "rows": rows}


def brought(row: Row) -> str:
    """`2 dokument, 14 beslut, 1 byte`."""
    words = (
        (row["documents"], "dokument", "dokument"),
        (row["decisions"], "beslut", "beslut"),
        (row["changes"], "byte", "byten"),
        (row["funding"], "om finansiering", "om finansiering"),
    )
    return ", ".join(labels.counted(*word) for word in words if word[0])


async def latest(reader: Reader, as_of: datetime.date) -> list[Row]:
    """The newest meetings and newsletters known on a day."""
    where = "where status in ('read', 'partly') and coalesce(meeting_date, '') <= ?"
    order = "order by meeting_date is null, meeting_date desc, path limit ?"
    return await reader.rows("documents", f"{where} {order}", [as_of.isoformat(), LATEST])


async def coming(reader: Reader, as_of: datetime.date) -> list[Row]:
    """The meetings to which somebody has summoned, the next first."""
    where = "where status in ('read', 'partly') and meeting_date > ? order by meeting_date, path limit ?"
    return await reader.rows("documents", where, [as_of.isoformat(), LATEST])


async def organs(reader: Reader) -> list[Row]:
    """The organs that have met, those that met last first."""
    rows = await reader.read(("documents", "entities"), _ORGANS, {"limit": ORGANS})
    return [{**row, "url": entity.url(reader, "organ", row["organ_id"])} for row in rows]
