"""What the pages of persons, organs and services have in common: names, unsure pairs, and the ways between them."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from protoparse.site import ours, web
from protoparse.site.ours import Reader

Row = dict[str, Any]
PAGES = {"person": "person", "organ": "organ", "organization": "organ", "service": "tjanst"}
KNOWN = "coalesce(d.meeting_date, '') <= :day"  # what a page about a past day shows: undated documents too
_GONE = {
    "person": ("Personen finns inte", "Registret har ingen person med den adressen."),
    "organ": ("Organet finns inte", "Registret har inget organ och ingen grupp med den adressen."),
}


def kind_of(key: Any) -> str:
    """`person-1a2b3c4d` → `person`."""
    return str(key).rpartition("-")[0]


def page_of(kind: str, key: str) -> str:
    """The address of an entity's page, without the site's own part."""
    return f"/-/{PAGES[kind]}/{key}"


async def found(request: Any, datasette: Any, page: str) -> tuple[Reader, Row] | Response:
    """The entity that an address names; a plain page where no database has it, the right page for another kind."""
    key = request.url_vars["id"]
    here = await ours.find(datasette, request, "entities", key)
    if not here or here[1]["kind"] not in PAGES:
        return await web.sorry(datasette, request, *_GONE[page])
    if PAGES[here[1]["kind"]] != page:
        there = datasette.urls.path(page_of(here[1]["kind"], key))
        return Response.redirect(there, headers=dict(web.SAFE))
    return here


async def names(reader: Reader, entity: Row) -> list[Row]:
    """The other spellings of an entity, each with the document where it was met first."""
    sql = """select a.name, a.document, d.label from aliases a left join documents d on d.id = a.document
        where a.entity = ? and a.name != ? order by a.name"""
    return await reader.read(("aliases", "documents"), sql, [entity["id"], entity["name"]])


async def told_by(reader: Reader, key: str | None) -> list[Row]:
    """The organs whose documents tell who sits in a group, at most three: `Styrelsen` is the board of many."""
    sql = """select d.organ_id as id, coalesce(e.name, d.organ) as name, count(*) as times from roster_changes r
        join documents d on d.id = r.document left join entities e on e.id = d.organ_id
        where r.group_id = :key and d.organ is not null and d.organ_id is not :key
        group by 1, 2 order by times desc, name limit 3"""
    rows = await reader.read(("roster_changes", "documents", "entities"), sql, {"key": key})
    return [{**row, "url": url(reader, "organ", row["id"])} for row in rows]


async def unsure(reader: Reader, key: str) -> list[Row]:
    """Entities that may be the same: people decide it in names.yml."""
    sql = """select e.id, e.kind, e.name, p.reason from possible_same p
        join entities e on e.id = case when p.one = :key then p.other else p.one end
        where :key in (p.one, p.other) order by e.name"""
    rows = await reader.read(("possible_same", "entities"), sql, {"key": key})
    return [{**row, "url": reader.datasette.urls.path(page_of(row["kind"], row["id"]))} for row in rows]


def url(reader: Reader, kind: str, key: str | None) -> str | None:
    """The address of an entity's page; None where there is none to lead to."""
    return reader.datasette.urls.path(page_of(kind, key)) if key else None
