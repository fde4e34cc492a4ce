"""The rows that wait to be looked at: the same few of every rule for everybody, so that its precision can be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted

from protoparse.judged import BY_HAND, LAYOUT, ORDER, REMOVED, SAMPLE, SAMPLED
from protoparse.site.ours import Reader

Row = dict[str, Any]
MOST = 2000  # rows of one document or one choice
_LONG = 200  # letters of a value that an address can carry

TABLES = (*SAMPLED, "doubts")  # what is no row yet is asked for by itself
NEEDED = (*TABLES, "documents", "evidence", "rules", "judged", "corrections")


class TooMany(Exception):
    """The register is too large to draw the rows from all of it in time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows the reviewer has chosen to see, and which of them is before her."""

    rule: str = ""
    table: str = ""
    organ: str = ""
    document: str = ""
    every: bool = False  # the judged ones too
    row: str = ""

    def query(self, **more: str) -> str:
        """The choice as the end of an address, `?regel=…`."""
        said = {"regel": self.rule, "slag": self.table, "organ": self.organ, "dokument": self.document}
        said |= {"visa": "alla" if self.every else "", "rad": self.row, **more}
        found = urlencode({name: value for name, value in said.items() if value})
        return f"?{found}" if found else ""

    def at(self, row: str) -> Wanted:
        """The same choice with another row before her."""
        return replace(self, row=row)


def wanted(said: Any) -> Wanted:
    """A choice as an address or a form says it; `said` gives values by name, None for none."""
    given = {name: (said.get(name) or "").strip()[:_LONG] for name in ("regel", "slag", "organ", "dokument", "rad")}
    table = given["slag"] if given["slag"] in TABLES else ""
    every = said.get("visa") == "alla"
    return Wanted(given["regel"], table, given["organ"], given["dokument"], every, given["rad"])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the queue; `state` is empty, `right`, `corrected`, or `again` where it has changed since."""

    id: str
    table: str
    rule: str
    state: str

    @property
    def open(self) -> bool:
        return self.state in ("", "again")


def _part(table: str, asked: Wanted) -> str:
    """The rows of one table that fit the choice."""
    group = f"coalesce(e.rule, '{LAYOUT}{table}')"
    conditions = ["e.rule IS NOT :by_hand"]
    conditions += ["f.organ = :organ"] if asked.organ else []
    conditions += ["f.document = :document"] if asked.document else []
    if asked.rule.startswith(LAYOUT):
        conditions.append("e.rule IS NULL")
    elif asked.rule:
        conditions.append("e.rule = :rule")
    return f"""SELECT f.id, '{table}' AS "table", {group} AS rule, f.page, f.ordinal, f.corrected
        FROM {table} f JOIN evidence e ON e.id = f.evidence WHERE {" AND ".join(conditions)}"""


def _tables(asked: Wanted) -> tuple[str, ...]:
    of_layout = asked.rule.removeprefix(LAYOUT) if asked.rule.startswith(LAYOUT) else ""
    if of_layout:
        return (of_layout,) if of_layout in TABLES and asked.table in ("", of_layout) else ()
    return (asked.table,) if asked.table else SAMPLED


def _sql(asked: Wanted) -> str:
    """The queue: a document from its first page on, else the sample of every rule, one of each in turn.

    The sample is the one by which `judged` tells how often a rule is right: a row that was taken away as wrong leaves
    its place empty.
    """
    found = " UNION ALL ".join(_part(table, asked) for table in _tables(asked))
    turn = f"row_number() OVER (PARTITION BY rule ORDER BY {ORDER})"
    gone = f"""(SELECT count(*) FROM ({REMOVED}) r
        WHERE r.rule = t.rule AND (substr(r.id, 15), r.id) < (substr(t.id, 15), t.id))"""
    left = "turn <= :sample" if asked.organ or asked.table else f"turn <= :sample AND turn + {gone} <= :sample"
    inner, order = (
        (f"SELECT *, 0 AS turn FROM ({found})", 'page, q."table", ordinal, q.id')
        if asked.document
        else (f"SELECT * FROM (SELECT *, {turn} AS turn FROM ({found})) t WHERE {left}", "turn, q.rule, q.id")
    )
    return f"""SELECT q.id, q."table", q.rule, CASE
        WHEN q.corrected IS NOT NULL THEN 'corrected' WHEN j.status = 'right' THEN 'right'
        WHEN j.status = 'changed' THEN 'again' ELSE '' END AS state
        FROM ({inner}) q LEFT JOIN judged j ON j.id = q.id ORDER BY {order} LIMIT {MOST}"""


async def queue(reader: Reader, asked: Wanted) -> list[Waiting]:
    """The rows of a choice in their order, the judged ones too. Raises TooMany."""
    if not _tables(asked):
        return []
    said = {"rule": asked.rule, "organ": asked.organ, "document": asked.document}
    try:
        rows = await reader.query(_sql(asked), said | {"by_hand": BY_HAND, "layout": LAYOUT, "sample": SAMPLE})
    except QueryInterrupted:
        raise TooMany from None
    return [Waiting(**row) for row in rows]


def shown(found: list[Waiting], asked: Wanted) -> Waiting | None:
    """The row that is before the reviewer: the one that she asks for, else the first that waits."""
    asked_for = next((it for it in found if it.id == asked.row), None)
    if asked.row or asked_for:
        return asked_for
    return next((it for it in found if it.open or asked.every), None)


def beside(found: list[Waiting], asked: Wanted, at: Waiting) -> tuple[str, str]:
    """The rows before and after one, empty where there is none; the judged ones are passed by unless she wants all."""
    here = found.index(at)
    before = [it.id for it in found[:here]]  # back leads to what was judged just now, too
    after = [it.id for it in found[here + 1 :] if it.open or asked.every]
    return before[-1] if before else "", after[0] if after else ""


async def choices(reader: Reader) -> dict[str, list[Row]]:
    """What can be chosen: rules that gave rows, and organs."""
    rules = "select id, n_rows from rules where n_rows > 0 and id is not ? order by id"
    organs = (
        "select organ, count(*) as n from documents where organ is not null group by organ order by organ limit 300"
    )
    return {"rules": await reader.query(rules, [BY_HAND]), "organs": await reader.query(organs)}


async def next_rule(reader: Reader) -> str:
    """The rule that has been looked at least, for a register that is too large to draw rows from all of it; empty
    where every rule has been."""
    sql = """select r.id from rules r left join (select rule, count(*) as n from judged where status = 'right'
        group by rule) j on j.rule = r.id where r.n_rows > 0 and r.id is not ? and coalesce(j.n, 0) < min(r.n_rows, ?)
        order by coalesce(j.n, 0), r.n_rows desc, r.id limit 1"""
    found = await reader.query(sql, [BY_HAND, SAMPLE])
    return found[0]["id"] if found else ""


def counted(found: list[Waiting]) -> tuple[int, int]:
    """How many rows of the queue are done, and how many there are."""
    return sum(not it.open for it in found), len(found)
