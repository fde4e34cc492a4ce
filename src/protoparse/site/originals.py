"""Finds the PDF behind a document. Only a file that the database names, unchanged since it was read, is served."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path, PurePosixPath
from typing import Any

from protoparse.site.ours import Reader


class Unavailable(Exception):
    """The PDF cannot be shown; the message says why, in Swedish, for the reader of the page."""


_sums: dict[Path, tuple[tuple[int, int], str]] = {}


def sha256(path: Path) -> str:
    """The file's SHA-256; computed again only when its size or time has changed."""
    stat = path.stat()
    stamp = (stat.st_size, stat.st_mtime_ns)
    if path not in _sums or _sums[path][0] != stamp:
        with path.open("rb") as file:
            _sums[path] = stamp, hashlib.file_digest(file, "sha256").hexdigest()
    return _sums[path][1]


def below(root: Path, name: str) -> Path | None:
    """The file called `name` under `root`; None for a name that would lead out of it."""
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or "\0" in name:
        return None
    path = root / name  # links are followed, as when it was read; the checksum decides what is served
    return path if path.is_file() else None


def choose(candidates: list[tuple[Path, str]], wanted: str) -> Path:
    """The first candidate that is still the file that was read."""
    paths = [path for root, name in candidates if (path := below(root, name))]
    for path in paths:
        if sha256(path) == wanted:
            return path
    if paths:
        raise Unavailable(
            "PDF-filen har ändrats sedan den lästes in, så den visas inte. Läs in den igen för att se den nya lydelsen."
        )
    raise Unavailable(
        "PDF-filen finns inte längre där den lästes. Lägg tillbaka den, eller läs in mappen igen. "
        "Uppgifterna nedan är kvar som de lästes."
    )


async def original(reader: Reader, document: dict[str, Any]) -> Path:
    """The document's PDF on disk. Raises Unavailable."""
    candidates = await places(reader, document)
    try:
        return await asyncio.to_thread(choose, candidates, document["sha256"])
    except OSError as error:
        raise Unavailable("PDF-filen går inte att öppna just nu.") from error


async def places(reader: Reader, document: dict[str, Any]) -> list[tuple[Path, str]]:
    """Where the document's PDF may lie, as (folder, name under it): where it was read, told from the folder of the
    database, then the folders named in the plugin's configuration, for a database that has moved."""
    names = [(document["path"], None)]
    if "document_paths" in reader.tables:  # not asked through `has`: the paths are used here, not shown
        sql = "select path, root from document_paths where document = ? order by file"
        names = [(row["path"], row["root"]) for row in await reader.query(sql, [document["id"]])] + names
    config = reader.datasette.plugin_config("protoparse", database=reader.name) or {}
    roots = [Path(root) for root in config.get("roots", [])]
    base = Path(reader.datasette.get_database(reader.name).path or ".").absolute().parent
    read = [(base / root, name) for name, root in names if root]
    return read + [(root, name) for name, _ in names for root in roots]
