"""Whether people may review here, who does, and what keeps other sites from doing it in their name.

There are no accounts: the reviewer's name is what she says, kept in a cookie. So nothing may be sent from elsewhere: a
change needs a form of ours (Datasette's token, also where no cookie came along) and this site's own address as origin.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from datasette.utils.asgi import Response

from protoparse.site import web

HERE = web.REVIEW
COOKIE = "protoparse_granskare"
TOKEN = "ds_csrftoken"  # Datasette's cookie beside the field of the form
LONGEST = 64 * 1024  # bytes of a form
NAME, NOTE = 80, 1000  # letters
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")

STALE = "Formuläret är för gammalt, eller kom inte från den här sidan. Gå tillbaka, ladda om sidan och försök igen."
ELSEWHERE = "Formuläret skickades från en annan webbplats. Inget har ändrats."
STRANGE = "Granskningen svarar bara på datorns egen adress, http://127.0.0.1. Inget har ändrats."
LONG = "Formuläret är för långt. Inget har ändrats."
UNREADABLE = "Formuläret går inte att läsa. Inget har ändrats."


def on(datasette: Any) -> bool:
    """Whether people may review: only where `serve --review` says so."""
    return bool(web.review(datasette))


def anyone(datasette: Any) -> bool:
    """Whether other computers may review too."""
    return (datasette.plugin_config("protoparse") or {}).get("review") == "anyone"


# --- who


def clean(text: str, longest: int = NOTE) -> str:
    """What somebody wrote, in one line and without letters that only machines see."""
    return " ".join(_CONTROL.sub("", text).split())[:longest].rstrip()


def who(request: Any) -> str:
    """The reviewer's name; empty where she has not said it."""
    return clean(unquote(request.cookies.get(COOKIE) or ""), NAME)


def remember(response: Response, name: str) -> Response:
    """Keeps the name for a year on this computer, for this site."""
    response.set_cookie(COOKIE, quote(name, safe=""), max_age=365 * 86400, httponly=True, samesite="lax")
    return response


# --- what comes from elsewhere


def is_here(scope: Mapping[str, Any], datasette: Any) -> bool:
    """Whether an address belongs to the review."""
    path, here = scope["path"], datasette.urls.path(HERE)
    return path == here or path.startswith(f"{here}/")


def _netloc(address: str) -> str:
    return urlsplit(address).netloc.casefold()


def _host(host: str) -> str:
    """`[::1]:8001` → `::1`."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def refusal(scope: Mapping[str, Any], headers: Mapping[bytes, bytes], datasette: Any) -> tuple[int, str] | None:
    """Why a request is not let through, with the status; None where it is."""
    host = headers.get(b"host", b"").decode("latin-1")
    if not anyone(datasette) and _host(host) not in LOOPBACK:
        return 403, STRANGE
    if scope["method"] in ("GET", "HEAD"):
        return None
    if scope["method"] != "POST":
        return 405, UNREADABLE
    origin = headers.get(b"origin", headers.get(b"referer", b"")).decode("latin-1")
    if origin and _netloc(origin) != host.casefold():
        return 403, ELSEWHERE
    if not headers.get(b"content-type", b"").startswith(b"application/x-www-form-urlencoded"):
        return 403, STALE
    return None


def unfit(body: bytes, headers: Mapping[bytes, bytes]) -> tuple[int, str] | None:
    """Why the contents of a form are not let through. Datasette lets a request without any cookie pass unasked."""
    if len(body) > LONGEST:
        return 413, LONG
    try:
        said = dict(parse_qsl(body.decode("utf-8"), max_num_fields=200))
    except ValueError:
        return 400, UNREADABLE
    names = [part.partition(b"=")[0].strip() for part in headers.get(b"cookie", b"").split(b";")]
    return None if TOKEN.encode() in names and said.get("csrftoken", "").isascii() else (403, STALE)


async def _body(receive: Any) -> bytes:
    """The contents of a request, read no further than a form may be long."""
    body, more = b"", True
    while more and len(body) <= LONGEST:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _answer(send: Any, status: int, words: str) -> None:
    response = Response.text(words, status=status, headers=dict(web.SAFE))
    await response.asgi_send(send)


def guarded(app: Any, datasette: Any) -> Any:
    """The app, with the addresses of the review closed to everything that is not a form of ours."""

    async def run(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not on(datasette) or not is_here(scope, datasette):
            await app(scope, receive, send)
            return
        headers = {name.lower(): value for name, value in scope["headers"]}
        refused, body = refusal(scope, headers, datasette), b""
        if refused is None and scope["method"] == "POST":
            body = await _body(receive)
            refused = unfit(body, headers)
        if refused:
            await _answer(send, *refused)
        else:
            await app(scope, _again(body, receive) if body else receive, _in_swedish(send))

    return run


def _again(body: bytes, receive: Any) -> Any:
    """Gives the contents that were read already, then what comes after them."""
    parts = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def read() -> Any:
        return next(parts, None) or await receive()

    return read


def _in_swedish(send: Any) -> Any:
    """Puts our words in place of Datasette's where it finds the token wrong; what we say ourselves has our headers."""
    replaced = False

    async def say(message: dict[str, Any]) -> None:
        nonlocal replaced
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message.get("headers", [])}
            replaced = message["status"] == 403 and b"content-security-policy" not in names
            if replaced:
                await _answer(send, 403, STALE)
        if not replaced:
            await send(message)

    return say
