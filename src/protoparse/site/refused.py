"""What is refused before anything is asked: methods that a page does not have, and pages that tell of the machine."""

from __future__ import annotations

import re
from typing import Any

from datasette.utils.asgi import Response

from protoparse.site import ours, web

METHODS = ("GET", "HEAD", "OPTIONS")
_MACHINE = re.compile(r"/-/(?:databases|metadata|threads)(?:\.json)?/?")  # they name folders
_ROBOTS = {
    False: "# Protokoll namnger personer: inget här ska indexeras.\nUser-agent: *\nDisallow: /\n",
    True: "User-agent: *\nDisallow: /-/\nAllow: /\n",
}


def open_to_robots(datasette: Any) -> bool:
    """Whether the configuration lets search engines in; they are kept out unless it says so."""
    return bool((datasette.plugin_config("protoparse") or {}).get("robots"))


def answer(datasette: Any, scope: dict[str, Any]) -> Response | None:
    """The answer to a request that goes no further; None for all others, and while no database of ours is served."""
    if not any(ours.known(datasette, name) for name in datasette.databases):
        return None
    path = "/" + scope["path"].removeprefix(datasette.urls.path("/"))
    if scope["method"] not in METHODS and not (scope["method"] == "POST" and path.startswith("/-/")):
        headers = {**web.SAFE, "Allow": ", ".join(METHODS)}
        return Response.text("Så kan man inte fråga här.", status=405, headers=headers)
    if _MACHINE.fullmatch(path):
        return Response.text("Sidan berättar om datorn och visas inte.", status=403, headers=dict(web.SAFE))
    if path == "/robots.txt":
        return Response.text(_ROBOTS[open_to_robots(datasette)], headers=dict(web.SAFE))
    return None
