"""The page of a person: where she or he has sat, when, and in which decisions the name stands."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from protoparse import sitting
from protoparse.site import asked as address
from protoparse.site import entity, facts, labels, web
from protoparse.site.asked import Unreadable
from protoparse.site.ours import Reader

Row = dict[str, Any]
LATEST = 40

_MET = """select d.organ_id, coalesce(e.name, d.organ) as organ, count(distinct d.id) as times,
    min(d.meeting_date) as first, max(d.meeting_date) as last,
    group_concat(distinct a.category) as categories, group_concat(distinct a.role) as roles
from attendance a join documents d on d.id = a.document left join entities e on e.id = d.organ_id
where a.person = ? group by coalesce(d.organ_id, d.organ) order by times desc, organ"""

_CHANGES = """select r.*, d.label from roster_changes r join documents d on d.id = r.document
where :person in (r.incoming_person, r.outgoing_person)
order by r.meeting_date is null, r.meeting_date desc, r.ordinal"""

_DISSENTS = """select x.*, d.label from dissents x join documents d on d.id = x.document where x.person = ?
order by x.meeting_date is null, x.meeting_date desc, x.ordinal limit ?"""

_VOTES = """select v.vote, count(*) as times from votes v where v.person = ? group by v.vote order by times desc"""


async def show(request: Any, datasette: Any) -> Response:
    """`/-/person/<id>?as_of=`."""
    here = await entity.found(request, datasette, "person")
    if isinstance(here, Response):
        return here
    try:
        as_of, dated = address.day(request)
    except Unreadable as error:
        return await web.sorry(datasette, request, "Adressen går inte att läsa", str(error), 400)
    reader, row = here
    key, day = row["id"], as_of.isoformat()
    context = {
        "person": row,
        "spell": labels.value,
        "names": await entity.names(reader, row),
        "unsure": await entity.unsure(reader, key),
        "tags": await tags(reader, key),
        "day": day,
        "dated": dated,
        "seats": await seats(reader, key, day),
        "odd": await reader.rows(
            "seat_findings",
            "where person = ? and coalesce(known, '') <= ? "
            "and id not in (select id from handled where status = 'hidden') order by known, id",
            [key, day],
        ),
        "met": [met(reader, it) for it in await asked(reader, "attendance", _MET, [key])],
        "changes": [changed(it) for it in await asked(reader, "roster_changes", _CHANGES, {"person": key})],
        "dissents": [facts.against([it]) | it for it in await asked(reader, "dissents", _DISSENTS, [key, LATEST])],
        "votes": [
            {"word": labels.value("votes", "vote", it["vote"]) or it["vote"], "times": it["times"]}
            for it in await asked(reader, "votes", _VOTES, [key])
        ],
    }
    return await web.page(datasette, request, "person.html", context)


async def asked(reader: Reader, table: str, sql: str, values: Any) -> list[Row]:
    """The rows of one of the queries above, where the visitor may see its table."""
    return await reader.query(sql, values) if await reader.has(table) and await reader.has("documents") else []


async def tags(reader: Reader, key: str) -> list[str]:
    """Party and organization as they stand beside the name, the commonest first."""
    sql = """select tag from (
        select party as tag, count(*) as times from attendance where person = :key and party is not null group by 1
        union all
        select organization, count(*) from attendance where person = :key and organization is not null group by 1
    ) order by times desc, tag limit 4"""
    return [row["tag"] for row in await asked(reader, "attendance", sql, {"key": key})]


async def seats(reader: Reader, key: str, day: str) -> list[Row]:
    """The seats of a person as known on a day, the newest first."""
    if not await reader.has("seats") or not await reader.has("entities"):
        return []
    held = await reader.ask(lambda db: sitting.of_person(db, key, day))
    return [await seat(reader, it) for it in held]


async def seat(reader: Reader, held: sitting.Held) -> Row:
    """A seat as pages show it: days with what they are from, and the ways to the words that tell of them."""
    group = await reader.get("entities", held.group)
    ends = {}
    for name, change in (("began", held.began), ("ended", held.ended)):
        told = await reader.get("roster_changes", change)
        ends[name] = told and told["evidence"] and reader.datasette.urls.path(f"/-/evidence/{told['evidence']}")
    return {
        **held._asdict(),
        "group_name": group["name"] if group else None,
        "url": entity.url(reader, "organ", held.group),
        "person_url": entity.url(reader, "person", held.person),
        "from_word": labels.value("seats", "from_source", held.from_source),
        "until_word": labels.value("seats", "until_source", held.until_source),
        **ends,
    }


def met(reader: Reader, row: Row) -> Row:
    """How often a person was at an organ's meetings, and as what."""
    words = {labels.value("attendance", "category", it) or it for it in (row["categories"] or "").split(",") if it}
    return {**row, "url": entity.url(reader, "organ", row["organ_id"]), "as": ", ".join(sorted(words))}


def changed(row: Row) -> Row:
    """A roster change in one line."""
    return {**row, "tag": labels.value("roster_changes", "kind", row["kind"]), "line": facts.change(row)}
