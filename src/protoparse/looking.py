"""Which files a run sees: the PDFs of folders and of single files, with their stamps.

The standard library alone: a run with nothing to do loads neither spaCy nor a PDF reader.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from protoparse import as_rows

# What people put among their minutes that is no PDF.
PAPERS = (".doc", ".docx", ".odt", ".rtf", ".pages", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".heic")


class Refused(ValueError):
    """The run cannot be done as asked; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk: where it lies, its names in the database, and its stamp."""

    at: str
    file: str
    root: str
    path: str
    size: int
    mtime_ns: int

    def row(self, hashed: bool = True) -> as_rows.Row:
        """Its row in `document_paths`, without a stamp where it could not be read, so that it is tried again."""
        stamp = {"size": self.size, "mtime_ns": self.mtime_ns} if hashed else {"size": None, "mtime_ns": None}
        return {"file": self.file, "root": self.root, "path": self.path, **stamp}


@dataclass(slots=True)
class Look:
    """What a run sees: the files, the folders that it reads, and the folders that it could not read."""

    found: dict[str, Found] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    blocked: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # papers that are no PDFs
    notes: list[str] = field(default_factory=list)


def shown(path: str) -> str:
    """A file name as text, whatever bytes it has on disk."""
    return os.fsencode(path).decode("utf-8", "replace")


def _entries(folder: str, look: Look, seen: set[tuple[int, int]]) -> Iterator[tuple[str, os.stat_result]]:
    """All PDFs below a folder in the order of their names; folders behind links too, each once."""
    try:
        here = os.stat(folder)
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        look.blocked.append(folder)
        return
    if (here.st_dev, here.st_ino) in seen:
        return
    seen.add((here.st_dev, here.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _entries(entry.path, look, seen)
        elif entry.name.lower().endswith(".pdf") and (info := file_stat(entry.path)):
            yield entry.path, info
        elif entry.name.lower().endswith(PAPERS):
            look.others.append(entry.name)


def file_stat(path: str) -> os.stat_result | None:
    """What the disk tells of a file; None where there is none to read."""
    try:
        info = os.stat(path)
    except OSError:  # a link to nowhere, or gone since the folder was listed
        return None
    return info if stat.S_ISREG(info.st_mode) else None


def _found(at: str, root: str, info: os.stat_result, base: str) -> Found:
    names = (os.path.relpath(at, base), os.path.relpath(root, base), os.path.relpath(at, root))
    return Found(at, *(shown(name).replace(os.sep, "/") for name in names), info.st_size, info.st_mtime_ns)


def look_at(paths: Iterable[Path], database: Path) -> Look:
    """The PDFs of the given files and folders. Raises Refused where a path does not exist."""
    look, base = Look(), str(database.absolute().parent)
    for path in paths:
        at = os.path.abspath(path)
        if os.path.isdir(at):
            look.folders.append(at)
            files: Iterable[tuple[str, os.stat_result]] = _entries(at, look, set())
            root = at
        elif info := file_stat(at):
            files, root = [(at, info)], os.path.dirname(at)
        else:
            raise Refused(f"{path}: filen eller mappen finns inte")
        for name, info in files:
            one = _found(name, root, info, base)
            look.found.setdefault(one.file, one)
    look.notes += _nothing_there(look)
    look.notes += [
        f"Kan inte läsa mappen {shown(folder)}; inget i den räknas som borttaget." for folder in look.blocked
    ]
    return look


def _nothing_there(look: Look) -> Iterator[str]:
    """What to do about folders without PDFs, and about papers that are none."""
    if not look.found and not look.blocked:
        yield f"Inga PDF-filer i {shown(os.path.relpath(look.folders[0]))}: lägg dem där och kör igen."
    if look.others:
        many = len(look.others) > 1
        which = f"{len(look.others)} filer är inte PDF" if many else "En fil är inte PDF"
        example = f"{'till exempel ' if many else ''}{shown(look.others[0])}"
        yield f"{which} och läses inte ({example}): spara som PDF och läs in igen."


def leave_samples(look: Look, samples: Path) -> None:
    """Leaves our samples out as soon as there is anything else to read."""
    inside = os.path.abspath(samples) + os.sep
    ours = [name for name, one in look.found.items() if one.at.startswith(inside)]
    if ours and len(ours) < len(look.found):
        look.left_out = ours
        for name in ours:
            del look.found[name]
        look.notes.append(f"Exempelfilerna i {samples} lämnas utanför, eftersom det finns egna filer.")
