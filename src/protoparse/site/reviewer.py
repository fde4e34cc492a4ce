"""The way into the review: who reviews, what was done just now, and how things are told that cannot be done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from protoparse import judged
from protoparse.site import editing, evidence, ours, queue, rereading, reviewing, web
from protoparse.site.ours import Reader
from protoparse.site.rereading import Outcome

Row = dict[str, Any]
Page = Callable[[Any, Any, Reader, str], Awaitable[Response]]

# What was done on the page before, by the word that the address carries.
DONE = {
    "ratt": "Sparat: raden är rätt.",
    "fel": "Sparat: raden är fel. Dokumentet läses om, och raden försvinner när det är klart.",
    "andrad": "Sparat: raden är rättad.",
    "ater": "Granskningen av raden är borttagen.",
    "hanterat": "Markerat som hanterat.",
    "visas": "Det visas igen.",
    "tillagd": "Raden är tillagd.",
    "angrad": "Rättelsen är borttagen.",
    "onodig": "Så läses raden av sig själv; ingen rättelse behövs.",
    "senare": "Rättelsen är sparad, men dokumentet är inte omläst ännu. Se Rättelser.",
}
CHANGED = "Raden har ändrats sedan du öppnade sidan. Se den som den är nu, och döm igen."
GONE = "Raden finns inte, eller inte längre."


class Refused(ValueError):
    """What a form asks for cannot be done; the message says why in Swedish."""


# --- the way in


def page(do: Page) -> Callable[[Any, Any], Awaitable[Response]]:
    """A page of the review: nowhere where it is off, and a question where the reviewer has not said her name."""

    async def run(request: Any, datasette: Any) -> Response:
        if not reviewing.on(datasette):
            return await web.nowhere(request, datasette)
        for reader in await ours.readers(datasette, request):
            if await reader.has(*queue.NEEDED) and reader.db.path:
                break
        else:
            return await web.sorry(datasette, request, "Ingen granskning här", "Registret finns inte, eller är äldre.")
        if name := reviewing.who(request):
            return await do(request, datasette, reader, name)
        return await nameless(request, datasette)

    return run


async def nameless(request: Any, datasette: Any, status: int = 200) -> Response:
    """The question for the reviewer's name; after it she comes back to the page that she wanted."""
    there = request.path + (f"?{request.query_string}" if request.query_string else "")
    context = {"there": there if request.method == "GET" else datasette.urls.path(reviewing.HERE), "name": ""}
    return await web.page(datasette, request, "reviewer.html", context, status if request.method == "GET" else 403)


async def named(request: Any, datasette: Any) -> Response:
    """`POST /-/granska/namn`: keeps the reviewer's name, and goes on to a page of the review."""
    if not reviewing.on(datasette):
        return await web.nowhere(request, datasette)
    if request.method != "POST":
        context = {"there": datasette.urls.path(reviewing.HERE), "name": reviewing.who(request)}
        return await web.page(datasette, request, "reviewer.html", context)
    said = await request.post_vars()
    name, there = reviewing.clean(said.get("namn", ""), reviewing.NAME), said.get("vidare", "")
    if not name:
        context = {"there": there, "name": "", "problem": "Skriv ditt namn."}
        return await web.page(datasette, request, "reviewer.html", context, 400)
    here = datasette.urls.path(reviewing.HERE)
    safe = there == here or there.startswith((f"{here}/", f"{here}?"))
    return reviewing.remember(onward(there if safe and there.isascii() and there.isprintable() else here), name)


def onward(url: str) -> Response:
    """To a page, after a form; going back does not send the form again."""
    return Response.redirect(url, status=303, headers=dict(web.SAFE))


async def given(request: Any) -> dict[str, str]:
    """A form's fields, each in one line."""
    said = await request.post_vars()
    return {name: reviewing.clean(value, editing.QUOTE) for name, value in said.items()}


async def fact(reader: Reader, id: str) -> tuple[str, Row, Row]:
    """A row of facts by its id: its table, the row, and the evidence that it rests on. Raises Refused."""
    table = judged.table_of(id)
    row = await reader.get(table, id) if table in queue.TABLES else None
    proof = await reader.get("evidence", row["evidence"]) if row else None
    if not (table and row and proof):
        raise Refused(GONE)
    return table, row, proof


async def refused(datasette: Any, request: Any, error: Exception, status: int = 409) -> Response:
    """The plain page that says why nothing was done."""
    return await web.sorry(datasette, request, "Det gick inte", str(error), status, back=True)


def frame(datasette: Any, reader: Reader, request: Any) -> Row:
    """What every page of the review shows: what was done just now, and what is being read."""
    runs = rereading.work(datasette, Path(reader.db.path))
    return {
        "said": DONE.get(request.args.get("gjort") or ""),
        "busy": runs.busy,
        "outcomes": [told(it) for it in list(runs.told)[-3:] if it.status != "applied"],
        "here": datasette.urls.path(reviewing.HERE),
        "tables": {table: evidence.ONE[table] for table in queue.TABLES},
        "spell": evidence.spelled,
    }


def told(outcome: Outcome) -> Row:
    """An outcome as the pages show it."""
    return {"status": outcome.status, "label": outcome.order.label, "message": outcome.message}
