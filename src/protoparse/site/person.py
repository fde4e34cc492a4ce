"""The page of a person: where she or he has sat, when, and in which decisions the name stands."""

from __future__ import annotations

import json
from typing import Any

from datasette.utils.asgi import Response

from protoparse.site import asked as address
from protoparse.site import entity, facts, labels, seats, web
from protoparse.site.entity import KNOWN
from protoparse.site.ours import TITLE, Reader, sign

Row = dict[str, Any]
LATEST = 40
CHANGES, MET = ("roster_changes", "documents"), ("attendance", "documents")
DISSENTS, VOTES = ("dissents", "documents", "sections"), ("votes", "documents", "sections")

_MET = f"""select d.organ_id, coalesce(e.name, d.organ) as organ, count(distinct d.id) as times,
    min(d.meeting_date) as first, max(d.meeting_date) as last,
    group_concat(distinct a.category) as categories, group_concat(distinct a.role) as roles
from attendance a join documents d on d.id = a.document left join entities e on e.id = d.organ_id
where a.person = :person and {KNOWN} group by coalesce(d.organ_id, d.organ) order by times desc, organ"""

_CHANGES = f"""select r.*, {TITLE} as label from roster_changes r join documents d on d.id = r.document
where :person in (r.incoming_person, r.outgoing_person) and {KNOWN}
order by r.meeting_date is null, r.meeting_date desc, r.ordinal"""

_DISSENTS = f"""select x.*, {TITLE} as label, {sign("d.id")} as sign, s.number, s.title
from dissents x join documents d on d.id = x.document left join sections s on s.id = x.section
where x.person = :person and {KNOWN}
order by x.meeting_date is null, x.meeting_date desc, x.ordinal limit :limit"""

_COUNTED = f"""select v.vote, count(*) as times from votes v join documents d on d.id = v.document
where v.person = :person and {KNOWN} group by v.vote order by times desc"""

_VOTES = f"""select v.vote, v.organ, v.meeting_date, coalesce(v.evidence, b.evidence) as evidence, b.outcome_text,
    {sign("d.id")} as sign, s.number, s.title, d.label
from votes v join documents d on d.id = v.document left join ballots b on b.id = v.ballot
left join sections s on s.id = v.section
where v.person = :person and {KNOWN}
order by v.meeting_date is null, v.meeting_date desc, v.ordinal, v.id limit :limit"""

_MEETINGS = f"""select d.id, d.label, d.path, d.meeting_date, d.organ, a.category, a.role, a.evidence
from attendance a join documents d on d.id = a.document where a.person = :person and {KNOWN}
group by d.id order by d.meeting_date is null, d.meeting_date desc, d.path limit :limit"""

# Only in documents where the person is known to be told of: a namesake's decisions are not hers.
_NAMED = f"""select f.*, {sign("d.id")} as sign, s.number, s.title, d.label
from decisions f join documents d on d.id = f.document
left join sections s on s.id = f.section
where f.document in (select document from attendance where person = :person
    union select document from roster_changes where :person in (incoming_person, outgoing_person))
and exists (select 1 from json_each(:names) n where instr(f.text, n.value))
and f.id not in (select decision from roster_changes where :person in (incoming_person, outgoing_person)
    and decision is not null)
and {KNOWN}
order by f.meeting_date is null, f.meeting_date desc, f.document, f.ordinal limit :limit"""


async def show(request: Any, datasette: Any) -> Response:
    """`/-/person/<id>?as_of=`."""
    here = await entity.found(request, datasette, "person")
    if isinstance(here, Response):
        return here
    as_of, dated = address.day(request)
    reader, row = here
    key, day = row["id"], as_of.isoformat()
    of = {"person": key, "limit": LATEST, "day": address.until(as_of, dated)}
    context = {
        "person": row,
        "spell": labels.value,
        "names": await entity.names(reader, row),
        "unsure": await entity.unsure(reader, key),
        "tags": await tags(reader, key),
        "day": day,
        "dated": dated,
        "seats": await seats.of_person(reader, key, day),
        "odd": await seats.contradictions(reader, "person", key, day),
        "met": [met(reader, it) for it in await reader.read(MET, _MET, of)],
        "changes": [facts.changed(it) for it in await reader.read(CHANGES, _CHANGES, of)],
        "dissents": [facts.against([it]) | it for it in await reader.read(DISSENTS, _DISSENTS, of)],
        "meetings": [came(it) for it in await reader.read(MET, _MEETINGS, of)],
        "decisions": await named(reader, row, of),
        "counted": [voted(it) for it in await reader.read(VOTES, _COUNTED, of)],
        "votes": [voted(it) for it in await reader.read(VOTES, _VOTES, of)],
    }
    return await web.page(datasette, request, "person.html", context)


async def tags(reader: Reader, key: str) -> list[str]:
    """Party and organization as they stand beside the name, the commonest first."""
    sql = """select tag from (
        select party as tag, count(*) as times from attendance where person = :key and party is not null group by 1
        union all
        select organization, count(*) from attendance where person = :key and organization is not null group by 1
    ) order by times desc, tag limit 4"""
    return [row["tag"] for row in await reader.read(MET, sql, {"key": key})]


def met(reader: Reader, row: Row) -> Row:
    """How often a person was at an organ's meetings, and as what."""
    words = {labels.value("attendance", "category", it) or it for it in (row["categories"] or "").split(",") if it}
    return {**row, "url": entity.url(reader, "organ", row["organ_id"]), "as": ", ".join(sorted(words))}


async def named(reader: Reader, person: Row, of: Row) -> list[Row]:
    """Decisions whose text has the person's full name, apart from elections and departures."""
    names = {person["name"], *(it["name"] for it in await entity.names(reader, person))}
    values = of | {"names": json.dumps(sorted(it for it in names if " " in it))}
    return [facts.decided(it) for it in await reader.read((*CHANGES, "decisions", "sections"), _NAMED, values)]


def voted(row: Row) -> Row:
    """A vote, or how many of the same, with its Swedish word."""
    return {**row, "word": labels.value("votes", "vote", row["vote"]) or row["vote"]}


def came(row: Row) -> Row:
    """A meeting where a person was, and as what."""
    return {**row, "as": row["role"] or labels.value("attendance", "category", row["category"]) or row["category"]}
