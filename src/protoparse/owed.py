"""What is owed, seen from a day: tasks without a report, protocols and paragraphs that nobody has.

Each list is a query with an as-of date; the site runs the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

    from protoparse.entries import Mark

ADJUSTED = 30  # days after a meeting before its protocol is missed: it has to be adjusted and published first

# Every task as it stood on :as_of, without what later sections say of it.
STOOD = """SELECT id, organ, organ_id, assigned_to, text, case_number, document, page, meeting_date, evidence, section,
    due AS newest, CASE WHEN due_before IS NULL OR moved_on <= :as_of THEN due ELSE due_before END AS last_day,
    CASE WHEN moved_on <= :as_of THEN due_before END AS due_before,
    CASE WHEN reported_on <= :as_of THEN reported END AS reported,
    CASE WHEN reported_on <= :as_of THEN reported_on END AS reported_on,
    CASE WHEN reported_on <= :as_of THEN how END AS how, final
FROM commitments WHERE meeting_date <= :as_of"""
# Those with a day that no report has ended. `deadline`: the same words are shown among the deadlines already.
_OPEN = f"""SELECT c.*, CAST(julianday(c.last_day) - julianday(:as_of) AS INTEGER) AS days_left,
    (SELECT min(f.id) FROM funding f WHERE f.document = c.document AND f.section IS c.section AND f."end" = c.last_day
        AND f.kind IN ('application_deadline', 'spend_by', 'report_by')) AS deadline
FROM ({STOOD}) c WHERE c.newest IS NOT NULL AND (c.reported IS NULL OR c.final = 0)"""
COMMITMENT_OVERDUE = f"SELECT * FROM ({_OPEN}) WHERE days_left < 0 ORDER BY last_day DESC, id"
COMMITMENT_NEAR = f"SELECT * FROM ({_OPEN}) WHERE days_left BETWEEN 0 AND :within ORDER BY last_day, id"
_ORDER = {"commitment_overdue": "o.last_day DESC, o.id", "commitment_near": "o.last_day, o.id"}
TASKS = {"commitment_overdue": COMMITMENT_OVERDUE, "commitment_near": COMMITMENT_NEAR}

# What is missing as known on :as_of, and where the protocols of an organ begin, which is no gap.
ABSENT = f"""SELECT * FROM missing WHERE known <= :as_of
AND (kind != 'protocol' OR julianday(:as_of) - julianday(day) > {ADJUSTED})"""
MISSING = f"""SELECT * FROM ({ABSENT}) WHERE kind != 'begins'
ORDER BY kind DESC, coalesce(day, known) DESC, organ, first, id"""


@dataclass(frozen=True, slots=True)
class Owed:
    """A task with a day, and what has been reported so far."""

    id: str
    state: str  # commitment_overdue, commitment_near
    due: str
    due_before: str | None
    days_left: int
    organ: str | None
    assigned_to: str | None
    case_number: str | None
    text: str
    quote: str
    document: str
    file: str
    page: int | None
    meeting_date: str | None
    evidence: str | None
    reported_on: str | None  # of a report in part
    how: str | None
    deadline: str | None  # the funding row that says the same
    newest: str  # the last day with all that is known today
    handled: Mark | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """Paragraphs or a protocol that no document holds."""

    id: str
    kind: str
    organ: str | None
    day: str | None
    first: int | None
    last: int | None
    message: str
    quote: str | None
    document: str | None
    file: str | None
    page: int | None
    evidence: str | None
    handled: Mark | None = None


def tasks(db: Connection, as_of: str, within: int) -> dict[str, list[Owed]]:
    """The overdue tasks and those due within some days, by the name of their query."""
    return {state: _tasks(db, state, sql, as_of, within) for state, sql in TASKS.items()}


def _tasks(db: Connection, state: str, sql: str, as_of: str, within: int) -> list[Owed]:
    rows = db.execute(
        f"""SELECT o.id, ?3, o.last_day, o.due_before, o.days_left, o.organ, o.assigned_to, o.case_number, o.text,
        CASE WHEN instr(o.text, v.quote) THEN o.text ELSE coalesce(v.quote, o.text) END, o.document, d.path, o.page,
        o.meeting_date, o.evidence, o.reported_on, o.how,
        o.deadline, o.newest FROM ({sql.replace(":as_of", "?1").replace(":within", "?2")}) o
        JOIN documents d ON d.id = o.document LEFT JOIN evidence v ON v.id = o.evidence
        ORDER BY {_ORDER[state]}""",
        (as_of, within, state),
    )
    return [Owed(*row) for row in rows]


def absent(db: Connection, as_of: str) -> list[Absent]:
    """What no document holds, as far as documents known on a day show."""
    rows = db.execute(
        f"""SELECT m.id, m.kind, m.organ, m.day, m.first, m.last, m.message, v.quote, d.id, d.path, m.page, m.evidence
        FROM ({MISSING}) m LEFT JOIN documents d ON d.id = coalesce(m.after, m.before)
        LEFT JOIN evidence v ON v.id = m.evidence
        ORDER BY m.kind DESC, coalesce(m.day, m.known) DESC, m.organ, m.first, m.id""",
        {"as_of": as_of},
    )
    return [Absent(*row) for row in rows]
