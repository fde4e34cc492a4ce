"""What we add to answers that Datasette gives itself: headers, and a guard against formulas in its CSV."""

from __future__ import annotations

from typing import Any

from protoparse.site import ours, paging, refused, snapshot, web
from protoparse.spreadsheets import Guard

SURE = (b"x-content-type-options", b"nosniff")
QUIET = (b"x-robots-tag", web.SAFE["X-Robots-Tag"].encode())


def wanted(datasette: Any, path: str) -> list[tuple[bytes, bytes]]:
    """No search engine anywhere, unless the configuration lets them in: minutes name people. No guessing what a file
    is. No foreign script where our templates show tables and rows."""
    if not any(ours.known(datasette, name) for name in datasette.databases):
        return []
    database, _, rest = path.removeprefix(datasette.urls.path("/")).partition("/")
    dressed = rest and ours.known(datasette, database) and not hasattr(datasette, "allowed")
    quiet = [] if refused.open_to_robots(datasette) else [QUIET]
    return [*quiet, SURE, *([(b"content-security-policy", web.CSP.encode())] if dressed else [])]


def is_sheet(scope: dict[str, Any], kind: bytes) -> bool:
    """Whether an answer is a CSV that Datasette writes; our own pages guard theirs."""
    asked = scope["path"].endswith(".csv") or b"_format=csv" in scope.get("query_string", b"")
    return asked and "/-/" not in scope["path"] and kind.startswith((b"text/plain", b"text/csv"))


def guarded(app: Any, datasette: Any) -> Any:
    """The app with our headers added (what an answer already says of itself is kept) and no formulas in its CSV."""

    async def run(scope: Any, receive: Any, send: Any) -> None:
        guard: Guard | None = None

        async def say(message: dict[str, Any]) -> None:
            nonlocal guard
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                end()  # what is answered is known now: a slow visitor holds nothing
                names = {name.lower(): value for name, value in given}
                more = [pair for pair in wanted(datasette, scope["path"]) if pair[0] not in names]
                kept = [pair for pair in given if pair[0].lower() != QUIET[0] or not refused.open_to_robots(datasette)]
                message = {**message, "headers": [*kept, *more]}
                guard = Guard() if is_sheet(scope, names.get(b"content-type", b"")) and more else None
            elif guard:
                last = not message.get("more_body")
                message = {**message, "body": guard.feed(message.get("body", b""), last)}
            await send(message)

        nonlocal looked
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        if not looked:  # a first request may come before Datasette has called our startup
            await ours.databases(datasette)
            looked = True
        if refusal := refused.answer(datasette, scope):
            await refusal.asgi_send(send)
            return
        with snapshot.request() as end:
            await app(paging.from_the_beginning(scope, datasette), receive, say)

    looked = False
    return run
