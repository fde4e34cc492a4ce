"""Persons, organs, seats, meetings and decisions as Popolo JSON: https://www.popoloproject.com/specs/."""

from __future__ import annotations

import json
from typing import Any

from datasette.utils.asgi import Response

from protoparse.site import ours, web
from protoparse.site.ours import Reader

Row = dict[str, Any]

_NAMES = """select e.id, e.name, e.kind, (select json_group_array(name) from (
    select name from aliases a where a.entity = e.id and a.name != e.name order by name)) as others
    from entities e where e.kind in ('person', 'organ', 'organization') order by e.id"""
_EVENTS = "select * from documents where organ_id is not null and meeting_date is not null order by meeting_date, id"
# What became of a motion, in Popolo's own words where it has them.
_RESULTS = {"approved": "pass", "elected": "pass", "assigned": "pass", "rejected": "fail"}


def _said(**fields: Any) -> Row:
    """An object without what nobody says."""
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


def named(row: Row, base: str) -> Row:
    """A person or an organization under all spellings."""
    where = {"person": "person", "organ": "organ"}.get(row["kind"])
    return _said(
        id=row["id"],
        name=row["name"],
        classification=None if row["kind"] == "person" else row["kind"],
        other_names=[{"name": name} for name in json.loads(row["others"])],
        links=[{"url": f"{base}/-/{where}/{row['id']}"}] if where else [],
    )


def membership(row: Row, base: str) -> Row:
    """A seat; its decision is the source."""
    return _said(
        id=row["id"],
        person_id=row["person"],
        organization_id=row["group_id"],
        on_behalf_of=row["party"] or row["organization"],
        role=row["position"],
        start_date=row["from_date"],
        end_date=row["until_date"],
        sources=[{"url": f"{base}/-/evidence/{row[name]}"} for name in ("began_by", "ended_by") if row[name]],
    )


def event(row: Row, base: str) -> Row:
    """A meeting that a document tells of."""
    return _said(
        id=row["id"],
        name=ours.document_label(row),
        classification=row["kind"],
        start_date=row["meeting_date"],
        location=row["place"],
        organization_id=row["organ_id"],
        sources=[{"url": f"{base}/-/dokument/{row['id']}"}],
    )


def motion(row: Row, base: str) -> Row:
    """A decision."""
    return _said(
        id=row["id"],
        text=row["text"],
        classification=row["outcome"],
        organization_id=row["organ_id"],
        date=row["meeting_date"],
        result=_RESULTS.get(row["outcome"]),
        sources=[{"url": f"{base}/-/evidence/{row['evidence']}"}] if row["evidence"] else [],
    )


async def gathered(reader: Reader, base: str) -> Row:
    """One database as Popolo's lists."""
    names = await reader.read(("entities",), _NAMES)
    if not await reader.has("aliases"):
        names = [{**row, "others": "[]"} for row in names]
    seats = """select s.*, b.evidence as began_by, e.evidence as ended_by from seats s
        left join roster_changes b on b.id = s.began left join roster_changes e on e.id = s.ended order by s.id"""
    sat = await reader.read(("seats", "roster_changes"), seats)
    met = await reader.read(("documents",), _EVENTS)
    decided = await reader.rows("decisions", "order by meeting_date, id")
    return {
        "persons": [named(row, base) for row in names if row["kind"] == "person"],
        "organizations": [named(row, base) for row in names if row["kind"] != "person"],
        "memberships": [membership(row, base) for row in sat],
        "events": [event(row, base) for row in met],
        "motions": [motion(row, base) for row in decided],
    }


async def show(request: Any, datasette: Any) -> Response:
    """`/-/popolo.json`: everything."""
    base = web.base(datasette, request)
    whole: dict[str, list[Row]] = {}
    for reader in await ours.readers(datasette, request):
        for name, rows in (await gathered(reader, base)).items():
            whole.setdefault(name, []).extend(rows)
    return web.json(whole)
