"""Rows that somebody has looked at and found right, and how often each rule is right.

A judgement holds for what was seen: a row that says something else now has to be looked at again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from protoparse import corrections
from protoparse.entries import Mark
from protoparse.handled import seen
from protoparse.schema import FACT_LETTERS
from protoparse.store import insert

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

FILE = "granskat.yml"  # where the program itself adds judgements; `granskat-2.yml` and so on when it has grown
FULL = 60_000  # bytes: adding to a file reads all of it, and a reviewer should not have to wait
BY_HAND = "rättelse"  # the rule of the rows that people added
LAYOUT = "layout:"  # begins the name under which the rows of a table are counted that no rule gave
Z = 1.959964  # of an interval that holds the truth 19 times of 20

_TABLES = {letter: table for table, letter in FACT_LETTERS.items()}
# What a person does not see of a row, or what other documents and other rows decide.
_APART = {
    *("id", "document", "meeting_date", "year", "section", "page", "ordinal", "corrected", "evidence", "meeting_organ"),
    *("person", "incoming_person", "outgoing_person", "service", "decision", "ballot", "rule"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a rule were looked at, by what was found."""

    right: int = 0
    corrected: int = 0
    wrong: int = 0

    @property
    def judged(self) -> int:
        return self.right + self.corrected + self.wrong

    @property
    def precision(self) -> float | None:
        """The share that is right; None where nothing was looked at."""
        return self.right / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval around the share, 95 %."""
        return wilson(self.right, self.judged) if self.judged else None


def wilson(right: int, judged: int) -> tuple[float, float]:
    """The lowest and highest share that so many right ones of so many speak for (`judged` is not 0)."""
    share, spread = right / judged, Z * Z / judged
    middle = share + spread / 2
    reach = Z * math.sqrt(share * (1 - share) / judged + spread / (4 * judged))
    low, high = (middle - reach) / (1 + spread), (middle + reach) / (1 + spread)
    return max(0.0, low) if right else 0.0, min(1.0, high) if right < judged else 1.0


def table_of(id: str) -> str | None:
    """The table of facts that a row's id names; None for any other id."""
    return _TABLES.get(id[13:14]) if id[12:13] == "-" else None


def group(table: str, rule: str | None) -> str:
    """The name under which a row is counted: its rule, or its table where the layout alone gave it."""
    return rule or LAYOUT + table


def fingerprint(row: Mapping[str, Any], quote: str | None) -> str:
    """A row as a person sees it, in short: the same until a field or the printed words are others."""
    shown = (row[name] for name in sorted(row) if name not in _APART and not name.endswith("_id"))
    return seen(quote, *shown)


def current(db: Database | Connection, id: str) -> tuple[str, str | None, str] | None:
    """The table, the rule and the fingerprint today of a row; None where there is no such row of facts."""
    table = table_of(id)
    if table is None:
        return None
    found = db.execute(f"SELECT * FROM {table} WHERE id = ?", (id,))
    names, row = [column[0] for column in found.description], found.fetchone()
    if row is None:
        return None
    said = dict(zip(names, tuple(row), strict=True))
    proof = db.execute("SELECT quote, rule FROM evidence WHERE id = ?", (said["evidence"],)).fetchone()
    quote, rule = tuple(proof) if proof else (None, None)
    return table, rule, fingerprint(said, quote)


def _row(db: Database | Connection, mark: Mark) -> dict[str, Any]:
    now = current(db, mark.id)
    status = "gone" if now is None else "right" if now[2] == mark.seen else "changed"
    table, rule = (now[0], group(now[0], now[1])) if now else (table_of(mark.id), None)
    return {**asdict(mark), "table": table, "rule": rule, "status": status}


def redo(db: Database, given: Iterable[Mark]) -> None:
    """Makes the table `judged` anew: for each row of facts the judgement that still holds, else the last."""
    found: dict[str, dict[str, Any]] = {}
    for mark in sorted(given, key=lambda it: (it.on, it.file, it.seen)):
        row = _row(db, mark)
        if found.get(mark.id, {}).get("status") != "right" or row["status"] == "right":
            found[mark.id] = row
    db.execute("DELETE FROM judged")
    insert(db, "judged", [found[id] for id in sorted(found)])


def put(db: Database, mark: Mark) -> None:
    """Adds one judgement to the table, in place of an older one of the same row."""
    db.conn.execute("DELETE FROM judged WHERE id = ?", (mark.id,))
    insert(db, "judged", [_row(db, mark)])


# --- how often a rule is right

# Every row that was corrected or found wrong, once, by the rule that read it; what only layout gave by its table. A
# doubt is no row: it tells nothing of its rule.
_CORRECTED = """SELECT coalesce(e.rule, :layout || c."table") AS rule, max(c.kind = 'wrong') AS wrong
    FROM corrections c LEFT JOIN evidence e ON e.id = c.evidence
    WHERE c.status = 'applied' AND c.kind IN ('field', 'wrong') AND c.row IS NOT NULL AND e.rule IS NOT :by_hand
    AND c."table" != 'doubts'
    GROUP BY c.row"""
_RIGHT = """SELECT rule, count(*) FROM judged WHERE status = 'right' AND "table" != 'doubts'
    AND id NOT IN (SELECT row FROM corrections WHERE status = 'applied' AND row IS NOT NULL) GROUP BY rule"""


def tallies(db: Connection) -> dict[str, Tally]:
    """Rule → what was found of its rows; what was corrected counts against it."""
    right = dict(db.execute(_RIGHT).fetchall())
    query = f"SELECT rule, sum(wrong), sum(NOT wrong) FROM ({_CORRECTED}) GROUP BY rule"
    odd = {rule: counts for rule, *counts in db.execute(query, {"layout": LAYOUT, "by_hand": BY_HAND})}
    return {
        rule: Tally(right.get(rule, 0), wrong=odd.get(rule, (0, 0))[0], corrected=odd.get(rule, (0, 0))[1])
        for rule in sorted({*right, *odd})
    }


# --- the files


def file_for(database: Path) -> Path:
    """The file that the next judgement belongs in."""
    folder, stem = corrections.folder_for(database), Path(FILE).stem
    number, path = 1, folder / FILE
    while path.exists() and path.stat().st_size > FULL:
        number += 1
        path = folder / f"{stem}-{number}.yml"
    return path
