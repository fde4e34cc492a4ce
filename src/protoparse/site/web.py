"""What every answer of ours has in common: headers, templates, plain errors in Swedish."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from inspect import signature
from sqlite3 import OperationalError
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from protoparse.printable import printable
from protoparse.site import ours

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
SAFE = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "same-origin",
}


REVIEW = "/-/granska"


class Unreadable(ValueError):
    """An address asks for something that cannot be read; the message says how to write it, in Swedish."""


def review(datasette: Any) -> str:
    """The way to the review; empty where people may not review, which is everywhere but with `serve --review`."""
    on = (datasette.plugin_config("protoparse") or {}).get("review")
    return datasette.urls.path(REVIEW) if on else ""


async def menu(datasette: Any) -> list[tuple[str, str]]:
    """The way to the rows from every page: the Swedish views of the first database of ours."""
    for db in await ours.databases(datasette):
        views = {"beslut": "Beslut", "byten": "Byten", "finansiering": "Finansiering", "röster": "Röster"}
        found = set(await db.view_names())
        rows = [(datasette.urls.table(db.name, view), name) for view, name in views.items() if view in found]
        more = [(there, "Granska rader")] if (there := review(datasette)) else []
        return [(datasette.urls.path("/-/granskning"), "Granskning"), *rows, *more]
    return []


async def page(datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """One of our own pages."""
    context = {"menu": await menu(datasette), "review": review(datasette), **context}
    body = await datasette.render_template(f"protoparse/{template}", context, request=request, view_name="protoparse")
    return Response.html(printable(body), status=status, headers=dict(SAFE))


def json(data: Any, status: int = 200) -> Response:
    """Data for programs."""
    return Response.json(data, status=status, headers=dict(SAFE))


async def sorry(datasette: Any, request: Any, title: str, message: str, status: int = 404, **more: Any) -> Response:
    """A plain page that says what is wrong and what can be done."""
    context = {"title": title, "message": message, **more}
    return await page(datasette, request, "sorry.html", context, status)


_FAULTS = {
    400: ("Adressen går inte att läsa", "Kontrollera adressen, eller gå till startsidan."),
    403: ("Det här är inte öppet för dig", "Den som sköter registret avgör vad som visas."),
    404: ("Sidan finns inte", "Kontrollera adressen, eller gå till startsidan."),
    500: ("Något gick fel", "Felet är vårt. Försök igen, eller gå till startsidan."),
}


async def nowhere(request: Any, datasette: Any) -> Response:
    """An address that looks like one of ours and is none."""
    return await fault(datasette, request, 404)


OLD = (
    "Registret är av en annan version",
    "Programmet är nyare eller äldre än registret, så sidan kan inte visas. Kör make ingest, och starta sidan igen.",
)


async def fault(datasette: Any, request: Any, status: int, cause: Exception | None = None) -> Response:
    """A plain page about an answer that could not be given."""
    old = isinstance(cause, OperationalError) and str(cause).startswith("no such ")
    return await sorry(datasette, request, *(OLD if old else _FAULTS.get(status, _FAULTS[500])), status)


def plainly(show: Callable[..., Awaitable[Response | None]]) -> Callable[..., Awaitable[Response | None]]:
    """The same page, or a plain word where the address cannot be read, or the database takes longer than a question
    may."""

    names = list(signature(show).parameters)  # Datasette gives what is named

    @wraps(show)
    async def asked(*given: Any) -> Response | None:
        try:
            return await show(*given)
        except QueryInterrupted:
            said = "Det tog för lång tid", "Försök igen om en stund, eller fråga efter mindre.", 503
        except Unreadable as error:
            said = _FAULTS[400][0], str(error), 400
        return await sorry(given[names.index("datasette")], given[names.index("request")], *said)

    return asked


def base(datasette: Any, request: Any) -> str:
    """The site's own address, for what is read elsewhere: feeds, calendars, annotations."""
    return datasette.absolute_url(request, datasette.urls.path("/")).rstrip("/")


def number_of(request: Any, name: str) -> int:
    """A page's number from the query string; 1 for anything that is none."""
    said = request.args.get(name) or ""
    return min(max(int(said), 1), 100_000) if said.isascii() and said.isdigit() and len(said) < 8 else 1


def same(request: Any, etag: str) -> bool:
    """Whether the browser already has this version."""
    given = request.headers.get("if-none-match", "")
    return etag in [tag.strip().removeprefix("W/") for tag in given.split(",")]


def not_modified(etag: str) -> Response:
    """The answer that lets the browser use what it has."""
    return Response(body="", status=304, headers={**SAFE, "ETag": etag})
