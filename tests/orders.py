"""What holds for whatever is made over all documents: neither the order of reading nor its batches matter, and a
removed document takes just what it said."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, settings

from conftest import emptied
from protoparse import as_rows, store

if TYPE_CHECKING:
    from sqlite_utils import Database

# How the reading went, not what was read; and numbers that a search index gives its rows by itself.
RUN = {"runs", "document_paths", "replaced", "rules", "hits", "facets", "unsearched", "words"}
calm = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Made:
    """Tables that are made anew over all documents, and what makes them; without any named, all that tell what was
    read."""

    finish: Callable[[Database], Any]
    tables: Collection[str] = ()

    def told(self, db: Database) -> dict[str, list[str]]:
        """All rows, once they are made anew."""
        self.finish(db)
        return {table: sorted(json.dumps(row) for row in db.query(f"SELECT * FROM {table}")) for table in self._of(db)}

    def _of(self, db: Database) -> Collection[str]:
        listed = [name for name in db.table_names() if "_fts" not in name and not name.startswith("sqlite_")]
        return self.tables or {*listed, "services"} - RUN

    def read(self, db: Database, *batches: Sequence[as_rows.Rows]) -> dict[str, list[str]]:
        """All rows after documents were written in batches to an empty database."""
        emptied(db)
        found: dict[str, list[str]] = {}
        for batch in batches:
            for document in batch:
                store.write_document(db, document)
            found = self.told(db)
        return found


def check_order(made: Made, db: Database, documents: Sequence[as_rows.Rows], random: Random, cut: int) -> None:
    """All at once is the same as in another order and in two batches."""
    whole = made.read(db, documents)
    mixed = random.sample(documents, len(documents))
    assert made.read(db, mixed[:cut], mixed[cut:]) == whole


def check_removal(made: Made, db: Database, documents: Sequence[as_rows.Rows], which: int) -> None:
    """Without one of the documents it is as if that had never been read."""
    gone = documents[which % len(documents)]
    made.read(db, documents)
    with store.writing(db):
        store.remove_document(db, gone["documents"][0]["id"])
    left = made.told(db)
    assert left == made.read(db, [it for it in documents if it is not gone])
