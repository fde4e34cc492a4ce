"""Seats as pages show them: who sits in a group, where a person has sat, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from protoparse import sitting
from protoparse.site import entity, labels
from protoparse.site.ours import Reader
from protoparse.sitting import Held

Row = dict[str, Any]
ODD = 30  # contradictions that a page lists, the newest first


async def of_group(reader: Reader, key: str, day: str) -> tuple[list[Row], list[Row]]:
    """Who sits in a group on a day, and who was only seen there as a member."""
    if not await reader.has("seats", "attendance", "entities", "documents"):
        return [], []
    held, present = await reader.ask(lambda db: sitting.sitting(db, key, day))
    rows = [{**it._asdict(), "url": entity.url(reader, "person", it.person)} for it in present]
    return await shown(reader, held), rows


async def of_person(reader: Reader, key: str, day: str) -> list[Row]:
    """The seats of a person as known on a day, the newest first."""
    if not await reader.has("seats", "entities"):
        return []
    held = await reader.ask(lambda db: sitting.of_person(db, key, day))
    return [await _whose(reader, row) for row in await shown(reader, held)]


async def _whose(reader: Reader, row: Row) -> Row:
    """A seat with the organ whose minutes tell of its group, where the group has a name that others have as well."""
    plain = row["group_name"] and " " not in row["group_name"]
    return {**row, "told_by": await entity.told_by(reader, row["group"]) if plain else []}


async def shown(reader: Reader, held: Sequence[Held]) -> list[Row]:
    """Seats with what their days are from, and the ways to the words that tell of them."""
    groups = await reader.by_id("entities", (it.group for it in held))
    changes = await reader.by_id("roster_changes", (id for it in held for id in (it.began, it.ended)))
    return [_seat(reader, it, groups.get(it.group), changes) for it in held]


def _seat(reader: Reader, held: Held, group: Row | None, changes: dict[str, Row]) -> Row:
    return {
        **held._asdict(),
        "group_name": group["name"] if group else None,
        "url": entity.url(reader, "organ", held.group),
        "person_url": entity.url(reader, "person", held.person),
        "from_word": labels.value("seats", "from_source", held.from_source),
        "until_word": labels.value("seats", "until_source", held.until_source),
        "began": _words(reader, changes.get(held.began or "")),
        "ended": _words(reader, changes.get(held.ended or "")),
    }


def _words(reader: Reader, change: Row | None) -> str | None:
    evidence = change and change["evidence"]
    return reader.datasette.urls.path(f"/-/evidence/{evidence}") if evidence else None


async def contradictions(reader: Reader, column: str, key: str, day: str) -> list[Row]:
    """What was known on a day to contradict itself of a `person` or a group (`group_id`), but for what is handled."""
    sql = f"select * from ({sitting.CONTRADICTIONS}) where {column} = :key limit {ODD}"
    return await reader.read(("seat_findings",), sql, {"key": key, "as_of": day})
