"""The audit as the pages see it: the report of a day with what they show beside it, kept while the database stays.

A report over thousands of services takes its time; visitors of the same day look at the same one.
"""

from __future__ import annotations

import asyncio
import datetime
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from protoparse.asof import Report, items_of, report
from protoparse.site import narrow, snapshot
from protoparse.site.narrow import Marks
from protoparse.site.ours import TITLE, Reader

Row = dict[str, Any]
KEPT = 12  # reports that are remembered
NEEDED = ("documents", "funding", "entities", "evidence", "claims", "findings", "commitments", "missing")

_ABOUT = f"""SELECT f.id, f.source, f.amount, f.amount_per, {TITLE} AS label
FROM funding f JOIN documents d ON d.id = f.document"""
_ORGANS = f"""SELECT d.id, coalesce(d.organ_id, d.organ), coalesce(e.name, d.organ), {TITLE}
FROM documents d LEFT JOIN entities e ON e.id = d.organ_id"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A report, what else is known of its claims, and the marks of its items by their identity."""

    report: Report
    about: Mapping[str, Row]
    marked: Mapping[int, Marks]
    counts: narrow.Counts  # of the view without any choice
    named: Mapping[str, Mapping[str, str]]  # the words for organs, sources and documents


_kept: OrderedDict[tuple[Any, ...], Seen] = OrderedDict()
_turns: WeakValueDictionary[tuple[Any, ...], asyncio.Lock] = WeakValueDictionary()


def look(db: Any, as_of: datetime.date, within: int) -> Seen:
    """The report, with what somebody has handled, and what the pages show beside it, from an open database."""
    found = report(db, as_of, within, every=True)
    names = [column[0] for column in db.execute(f"{_ABOUT} LIMIT 0").description]
    about = {row[0]: dict(zip(names, row, strict=True)) for row in db.execute(_ABOUT)}
    organs = [tuple(row) for row in db.execute(_ORGANS)]
    of_document = {row[0]: row[1] for row in organs}
    marked = {id(item): narrow.marks(item, about, of_document) for item in items_of(found)}
    named = {"organ": {row[1]: row[2] for row in organs if row[1]}, "document": {row[0]: row[3] for row in organs}}
    sources = {row["source"].casefold(): row["source"] for row in about.values() if row["source"]}
    return Seen(found, about, marked, narrow.counts(marked.values()), {**named, "source": sources})


async def seen(reader: Reader, as_of: datetime.date, within: int) -> Seen:
    """The same for a visitor, remembered until the database is written; many who ask at once wait for one answer."""
    at = await snapshot.moment(reader.db)
    key = (at, as_of, within)
    if at is None:
        return await reader.ask(lambda db: look(db, as_of, within), report=True)
    async with _turns.setdefault(key, asyncio.Lock()):
        if key not in _kept:
            _kept[key] = await reader.ask(lambda db: look(db, as_of, within), report=True)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


async def may_see(reader: Reader) -> bool:
    """Whether the visitor may read every table that an audit rests on."""
    return await reader.has(*NEEDED)
