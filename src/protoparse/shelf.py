"""What a run has read and not yet written: readers see the register as it was until all of it is done.

It lies beside the database, so that an interrupted run need not read the same files once more.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

Rows = dict[str, list[dict[str, Any]]]
Key = tuple[Hashable, ...]


class Busy(ValueError):
    """Another run works on the same database."""


class Shelf:
    """Documents that were read, each by what makes it another one: its content, its name, what it was read with."""

    def __init__(self, file: IO[bytes]):
        self._file = file
        self._places: dict[Key, int] = {}
        at = 0
        for line in file:
            if not line.endswith(b"\n"):  # the run was stopped while it wrote
                break
            self._places[tuple(json.loads(line)["key"])] = at
            at += len(line)
        file.truncate(at)

    def __contains__(self, key: Key) -> bool:
        return key in self._places

    def put(self, key: Key, rows: Rows) -> None:
        """Keeps the rows of a document."""
        self._places[key] = self._file.seek(0, 2)
        self._file.write(json.dumps({"key": key, "rows": rows}).encode() + b"\n")
        self._file.flush()

    def take(self, key: Key) -> Rows:
        """The rows that were kept."""
        self._file.seek(self._places[key])
        return json.loads(self._file.readline())["rows"]


@contextmanager
def shelf(database: Path) -> Iterator[Shelf]:
    """The shelf of a database, with what an interrupted run has left; gone when all has been written. Raises Busy."""
    path = database.with_name(f"{database.name}-read")
    with path.open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(f"{database}: another ingest is running") from error
        file.seek(0)
        yield Shelf(file)
        path.unlink(missing_ok=True)
