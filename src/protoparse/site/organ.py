"""The page of an organ or group: who sits there on a day, what it decides, and what is missing of it."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from protoparse.owed import ABSENT, STOOD
from protoparse.schema import services_sql
from protoparse.site import asked as address
from protoparse.site import entity, facts, labels, seats, web
from protoparse.site.entity import KNOWN
from protoparse.site.ours import TITLE, Reader, sign

Row = dict[str, Any]
LATEST = 15
DECISIONS = ("documents", "decisions", "sections")
CHANGES, FUNDING, MATTERS = ("roster_changes", "documents"), ("funding", "documents"), ("matters", "matter_steps")

_MEETINGS = f"""select d.id, d.label, d.title, d.path, d.kind, d.meeting_date, d.year, d.status,
    (select count(*) from decisions f where f.document = d.id) as decisions,
    (select count(*) from roster_changes f where f.document = d.id) as changes,
    (select count(*) from funding f where f.document = d.id) as funding
from documents d where d.organ_id = :organ and {KNOWN} order by d.meeting_date is null, d.meeting_date desc, d.path"""

_DECISIONS = f"""select f.*, {sign("f.document")} as sign, s.number, s.title
from decisions f left join sections s on s.id = f.section
where f.organ_id = :organ and coalesce(f.meeting_date, '') <= :day
order by f.meeting_date is null, f.meeting_date desc, f.document, f.ordinal limit :limit"""

_CHANGES = f"""select r.*, {TITLE} as label from roster_changes r join documents d on d.id = r.document
where r.group_id = :organ and {KNOWN} order by r.meeting_date is null, r.meeting_date desc, r.ordinal limit :limit"""

_SERVICES = f"""with told as materialized (
    select distinct f.service from documents d cross join funding f on f.document = d.id
    where d.organ_id = :organ and {KNOWN} and f.service is not null)
select v.id, v.name, v.current_end, v.current_certainty
from told join ({services_sql("o.known <= :day")}) v on v.id = told.service
where v.current_certainty is not null order by v.current_end is null, v.current_end, v.name limit :limit"""

# How a matter stood on a past day is not kept: its state is told where nothing has happened since.
_MATTERS = """select m.id, m.number, m.title, iif(coalesce(m.last_date, '') <= :day, m.status, null) as status,
    max(t.meeting_date) as last
from matter_steps t join matters m on m.id = t.matter where t.organ_id = :organ and coalesce(t.meeting_date, '') <= :day
group by m.id order by m.status = 'decided', last desc, m.number limit :limit"""

_TASKS = f"""select *, last_day as due from ({STOOD}) where organ_id = :organ
order by reported is not null, last_day is null, last_day, id limit 30"""

_MISSING = f"""select * from ({ABSENT}) where organ_id = :organ
and id not in (select id from handled where status = 'hidden')
order by kind = 'begins', year desc, known desc, id limit 30"""


async def show(request: Any, datasette: Any) -> Response:
    """`/-/organ/<id>?as_of=`."""
    here = await entity.found(request, datasette, "organ")
    if isinstance(here, Response):
        return here
    as_of, dated = address.day(request)
    reader, row = here
    key, day = row["id"], as_of.isoformat()
    of = {"organ": key, "limit": LATEST, "day": address.until(as_of, dated)}
    meetings = await reader.read(("documents", "decisions"), _MEETINGS, of)
    held, present = await seats.of_group(reader, key, day)
    context = {
        "organ": row,
        "day": day,
        "dated": dated,
        "names": await entity.names(reader, row),
        "unsure": await entity.unsure(reader, key),
        "told_by": await entity.told_by(reader, key) if not meetings else [],
        "held": held,
        "present": present,
        "odd": await seats.contradictions(reader, "group_id", key, day),
        "meetings": meetings,
        "years": by_year(meetings),
        "decisions": [facts.decided(it) for it in await reader.read(DECISIONS, _DECISIONS, of)],
        "total": await total(reader, of, dated),
        "changes": [facts.changed(it) for it in await reader.read(CHANGES, _CHANGES, of)],
        "services": [served(reader, it) for it in await reader.read(FUNDING, _SERVICES, of)],
        "matters": [matter(reader, it) for it in await reader.read(MATTERS, _MATTERS, of)],
        "tasks": await reader.read(("commitments",), _TASKS, {"organ": key, "as_of": day}),
        "missing": await reader.read(("missing", "documents"), _MISSING, {"organ": key, "as_of": day}),
        "table": lambda table: reader.datasette.urls.table(reader.name, table),
        "spell": labels.value,
    }
    return await web.page(datasette, request, "organ.html", context)


async def total(reader: Reader, of: Row, dated: bool) -> int:
    """How many decisions the table shows that the page leads to: of a past day those with a day."""
    return await reader.count("decisions", "organ_id = :organ" + (" and meeting_date <= :day" if dated else ""), of)


def by_year(meetings: list[Row]) -> dict[int | None, list[Row]]:
    """The meetings of each year, the newest first; undated ones last."""
    found: dict[int | None, list[Row]] = {}
    for row in meetings:
        found.setdefault(row["year"], []).append(row)
    return found


def served(reader: Reader, row: Row) -> Row:
    """A service that the organ speaks of, with its current end."""
    word = labels.value("funding", "certainty", row["current_certainty"]) if row["current_certainty"] else None
    return {**row, "url": entity.url(reader, "service", row["id"]), "word": None if word == "uttryckligt" else word}


def matter(reader: Reader, row: Row) -> Row:
    """A matter that the organ has dealt with."""
    there = reader.datasette.urls.path(f"/-/arende/{row['number']}")
    return {**row, "url": there, "word": labels.value("matters", "status", row["status"]) if row["status"] else None}
