"""Rows that somebody has looked at and found right, and how often each rule is right.

A judgement holds for what was seen: a row that says something else now has to be looked at again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from protoparse import corrections
from protoparse.entries import Mark
from protoparse.handled import in_order, seen, standing
from protoparse.schema import FACT_LETTERS
from protoparse.store import insert, remake

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

FILE = "granskat.yml"  # where the program itself adds judgements; `granskat-2.yml` and so on when it has grown
FULL = 60_000  # bytes: adding to a file reads all of it, and a reviewer should not have to wait
BY_HAND = "rättelse"  # the rule of the rows that people added
LAYOUT = "layout:"  # begins the name under which the rows of a table are counted that no rule gave
SAMPLE = 30  # rows of every rule: enough to tell a rule that is right 9 times of 10 from one that is right 6 times
SAMPLED = ("decisions", "roster_changes", "funding", "dates", "attendance", "dissents", "ballots", "votes")
Z = 1.959964  # of an interval that holds the truth 19 times of 20

_TABLES = {letter: table for table, letter in FACT_LETTERS.items()}
# What a person does not see of a row, or what other documents and other rows decide.
_APART = {
    *("id", "document", "meeting_date", "year", "section", "page", "ordinal", "corrected", "evidence", "meeting_organ"),
    *("person", "incoming_person", "outgoing_person", "service", "decision", "ballot", "rule"),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a rule's sample were looked at, by what was found; `beside`: how many others, in that order."""

    right: int = 0
    corrected: int = 0
    wrong: int = 0
    beside: tuple[int, int, int] = (0, 0, 0)

    @property
    def judged(self) -> int:
        return self.right + self.corrected + self.wrong

    @property
    def precision(self) -> float | None:
        """The share of the sample that is right; None where nothing of it was looked at."""
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
    remake(db, "judged", standing((_row(db, mark) for mark in in_order(given)), "right"))


def put(db: Database, mark: Mark) -> None:
    """Adds one judgement to the table, in place of an older one of the same row."""
    db.conn.execute("DELETE FROM judged WHERE id = ?", (mark.id,))
    insert(db, "judged", [_row(db, mark)])


# --- how often a rule is right

# Every row that was corrected or found wrong, once, by the rule that read it; what only layout gave by its table. A
# doubt is no row: it tells nothing of its rule.
_CORRECTED = """SELECT coalesce(e.rule, :layout || c."table") AS rule, c.row AS id,
    iif(max(c.kind = 'wrong'), 'wrong', 'corrected') AS found
    FROM corrections c LEFT JOIN evidence e ON e.id = c.evidence
    WHERE c.status = 'applied' AND c.kind IN ('field', 'wrong') AND c.row IS NOT NULL AND e.rule IS NOT :by_hand
    AND c."table" != 'doubts'
    GROUP BY c.row"""
_LOOKED_AT = f"""SELECT rule, id, 'right' AS found FROM judged WHERE status = 'right' AND "table" != 'doubts'
    AND id NOT IN (SELECT row FROM corrections WHERE status = 'applied' AND row IS NOT NULL)
    UNION ALL {_CORRECTED}"""
# The rows that were taken away as wrong belong to their rule's sample still: else it would be drawn from better ones.
REMOVED = f"SELECT rule, id FROM ({_CORRECTED}) WHERE found = 'wrong'"
ORDER = "substr(id, 15), id"  # the ends of ids are hashes of content: drawn without regard to anything, always the same


def tallies(db: Connection) -> dict[str, Tally]:
    """Rule → what was found of its rows; what was corrected counts against it. Only its sample tells how often a rule
    is right: other rows are looked at because something seemed wrong with them, or because of their document."""
    found: dict[str, dict[str, str]] = {}
    for rule, id, what in db.execute(_LOOKED_AT, {"layout": LAYOUT, "by_hand": BY_HAND}):
        found.setdefault(rule, {})[id] = what
    return {rule: _tally(found[rule], sample(db, rule)) for rule in sorted(found)}


def sample(db: Connection, rule: str) -> set[str]:
    """The ids of the rows of a rule that tell how often it is right."""
    by_layout = rule.startswith(LAYOUT)
    tables = [it for it in SAMPLED if not by_layout or it == rule.removeprefix(LAYOUT)]
    which = "e.rule IS NULL" if by_layout else "e.rule = :rule"
    parts = [f"SELECT f.id FROM {table} f JOIN evidence e ON e.id = f.evidence WHERE {which}" for table in tables]
    every = " UNION ".join([*parts, f"SELECT id FROM ({REMOVED}) WHERE rule = :rule"])
    said = {"rule": rule, "layout": LAYOUT, "by_hand": BY_HAND}
    return {row[0] for row in db.execute(f"SELECT id FROM ({every}) ORDER BY {ORDER} LIMIT {SAMPLE}", said)}


def _tally(found: Mapping[str, str], drawn: set[str]) -> Tally:
    inside = Counter(what for id, what in found.items() if id in drawn)
    beside = Counter(what for id, what in found.items() if id not in drawn)
    kinds = ("right", "corrected", "wrong")
    return Tally(*(inside[kind] for kind in kinds), beside=(beside["right"], beside["corrected"], beside["wrong"]))


# --- the files


def file_for(database: Path) -> Path:
    """The file that the next judgement belongs in."""
    folder, stem = corrections.folder_for(database), Path(FILE).stem
    number, path = 1, folder / FILE
    while path.exists() and path.stat().st_size > FULL:
        number += 1
        path = folder / f"{stem}-{number}.yml"
    return path
