"""Headers on answers that Datasette gives itself."""

from __future__ import annotations

from typing import Any

from protoparse.site import ours, web

QUIET = (b"x-robots-tag", web.SAFE["X-Robots-Tag"].encode())


def wanted(datasette: Any, path: str) -> list[tuple[bytes, bytes]]:
    """No search engine anywhere: minutes name people. No foreign script where our templates show tables and rows."""
    if not any(ours.known(datasette, name) for name in datasette.databases):
        return []
    database, _, rest = path.removeprefix(datasette.urls.path("/")).partition("/")
    dressed = rest and ours.known(datasette, database) and not hasattr(datasette, "allowed")
    return [QUIET, *([(b"content-security-policy", web.CSP.encode())] if dressed else [])]


def guarded(app: Any, datasette: Any) -> Any:
    """The app with our headers added; what an answer already says of itself is kept."""

    async def run(scope: Any, receive: Any, send: Any) -> None:
        async def say(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", []))
                names = {name.lower() for name, _ in given}
                more = [pair for pair in wanted(datasette, scope["path"]) if pair[0] not in names]
                message = {**message, "headers": [*given, *more]}
            await send(message)

        await app(scope, receive, say)

    return run
