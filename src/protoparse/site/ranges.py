"""Sends a file, or the part of it that a browser's PDF viewer asks for, so that a page in the middle opens at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from datasette.utils.asgi import asgi_start

CHUNK = 65536  # bytes
_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


def asked(headers: Mapping[str, str], etag: str) -> str:
    """What the request says of the part it wants; empty where it wants all, or a part of another version."""
    return headers.get("range", "") if headers.get("if-range", etag) == etag else ""


def part(said: str, size: int) -> range | None:
    """The bytes that a header names, of a file of so many bytes. All of them where it names none, or several parts,
    which a server may leave aside; None where the file does not reach so far."""
    found = _ONE.fullmatch(said.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        return range(size)
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size) if int(last) and size else None
    if last and int(last) < int(first):
        return range(size)
    return range(int(first), min(size, int(last) + 1) if last else size) if int(first) < size else None


async def send_file(send: Any, path: Path, said: str, content_type: str, headers: dict[str, str]) -> None:
    """The whole file, or the part that `said` names. Raises OSError before anything is sent."""
    with path.open("rb") as file:
        size = path.stat().st_size
        wanted = part(said, size)
        about = {**headers, "accept-ranges": "bytes"}
        if wanted is None:
            about |= {"content-range": f"bytes */{size}", "content-length": "0"}
            return await _all(send, 416, about, content_type, file, range(0))
        about["content-length"] = str(len(wanted))
        if len(wanted) < size:
            about["content-range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
        await _all(send, 206 if len(wanted) < size else 200, about, content_type, file, wanted)


async def _all(
    send: Any, status: int, headers: dict[str, str], content_type: str, file: BinaryIO, wanted: range
) -> None:
    await asgi_start(send, status, headers, content_type)
    file.seek(wanted.start)
    for at in range(wanted.start, wanted.stop, CHUNK):
        data = file.read(min(CHUNK, wanted.stop - at))
        await send({"type": "http.response.body", "body": data, "more_body": True})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
