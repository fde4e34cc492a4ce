"""Marking findings, ends, deadlines, doubts, tasks and gaps as handled, and showing them again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from datasette.utils.asgi import Response

from protoparse import handled, marking
from protoparse.clock import today
from protoparse.rules import RuleError
from protoparse.site import asked, labels, reviewing, web
from protoparse.site.ours import Reader
from protoparse.site.reviewer import Refused, frame, given, onward, refused

Row = dict[str, Any]
# What a thing is called by its kind, and what tells of it: SQL of one id.
KINDS: Mapping[str, tuple[str, str]] = {
    "finding": ("Iakttagelse", "select message as text, null as document, null as evidence from findings where id = ?"),
    "seat": (
        "Motsägelse om en plats",
        "select message as text, null as document, null as evidence from seat_findings where id = ?",
    ),
    "missing": ("Saknas", "select message as text, before as document, evidence from missing where id = ?"),
    "doubt": (
        "Tveksamhet",
        "select message || ': ' || coalesce(quote, cue, '') as text, document, evidence from doubts where id = ?",
    ),
    "commitment": ("Uppdrag", "select text, document, evidence from commitments where id = ?"),
    "end": ("Slut eller frist", "select text, document, evidence from funding where id = ?"),
}
# Where a handled thing was met, and where its reviewer goes back to.
PLACES = {"granskning": "/-/granskning", "rad": reviewing.HERE}


async def show(request: Any, datasette: Any, reader: Reader, name: str) -> Response:
    """`/-/granska/hantera/<id>`: what it is, and a note of what was done."""
    key, path = request.url_vars["id"], datasette.urls.path
    now = await reader.ask(lambda db: handled.current(db, key))
    if not now:
        return await refused(datasette, request, Refused("Det finns inte, eller inte längre."), 404)
    try:
        as_of, dated = asked.day(request)
        if request.method == "POST":
            return await _marked(request, datasette, reader, key, name, as_of)
    except (web.Unreadable, Refused, RuleError, marking.Unknown) as error:
        return await refused(datasette, request, error)
    word, sql = KINDS[now[0]]
    mark = await reader.get("handled", key)
    context = {
        "id": key,
        "what": word,
        "thing": (await reader.query(sql, [key]) or [{"text": key, "document": None, "evidence": None}])[0],
        "mark": mark if mark and mark["status"] != "gone" else None,
        "status": labels.value("handled", "status", mark["status"]) if mark else "",
        "action": path(address(key, as_of.isoformat() if dated else "", _place(request.args))),
        "back": path(_back(key, as_of.isoformat() if dated else "", _place(request.args))),
    }
    return await web.page(datasette, request, "handle.html", frame(datasette, reader, request) | context)


def _place(said: Any) -> str:
    place = said.get("fran") or ""
    return place if place in PLACES else "granskning"


def address(id: str, as_of: str = "", place: str = "granskning") -> str:
    """Where something is marked as handled, as it is seen on a day."""
    said = {"as_of": as_of, "fran": place if place != "granskning" else ""}
    found = urlencode({name: value for name, value in said.items() if value})
    return f"{reviewing.HERE}/hantera/{quote(id, safe='')}{f'?{found}' if found else ''}"


def _back(id: str, as_of: str, place: str) -> str:
    said = {"as_of": as_of} if place == "granskning" else {"rad": id}
    found = urlencode({name: value for name, value in said.items() if value})
    return PLACES[place] + (f"?{found}" if found else "")


async def _marked(request: Any, datasette: Any, reader: Reader, id: str, name: str, as_of: Any) -> Response:
    said, database = await given(request), Path(reader.db.path)
    if said.get("dom") == "visa":
        await asyncio.to_thread(marking.unmark, database, id)
    elif said.get("dom") == "hantera":
        note = said.get("anmarkning", "")[: reviewing.NOTE] or None
        await asyncio.to_thread(marking.mark, database, id, name, note, as_of, today())
    else:
        raise Refused(reviewing.UNREADABLE)
    dated, place = request.args.get("as_of") or "", _place(request.args)
    there = _back(id, as_of.isoformat() if dated else "", place)
    word = "visas" if said["dom"] == "visa" else "hanterat"
    return onward(datasette.urls.path(f"{there}{'&' if '?' in there else '?'}gjort={word}"))


def offered(draw: Callable[[Any], Row], datasette: Any, as_of: str) -> Callable[[Any], Row]:
    """How an item of an audit is shown, with the way to mark it as handled where people may."""
    if not reviewing.on(datasette):
        return draw

    def with_way(item: Any) -> Row:
        return draw(item) | {"handle": datasette.urls.path(address(item.id, as_of))}

    return with_way
