"""The audit seen from a day: what has ended, what is about to, and what the documents known by then disagree on.

What hangs on the day of looking is a query with an as-of date; the site runs the same ones.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from protoparse import handled
from protoparse.entries import Mark
from protoparse.findings import Finding, findings
from protoparse.ledger import Claim, claims, ledgers
from protoparse.owed import Absent, Owed, absent, tasks
from protoparse.schema import services_sql

if TYPE_CHECKING:
    from sqlite3 import Connection

OLD = 365  # days after which an expired end is only counted

# The last end of every service and track as known on :as_of, with the open or conditional claim after it. A text that
# repeats the end and names who takes over then does not lift it: whether it came to that, no later text has told.
ENDS = """WITH last AS (
    SELECT service, track, max(seq) AS seq FROM claims WHERE standing = 1 AND known <= :as_of GROUP BY service, track)
SELECT c.id, c.service, c.track, c."end", c.known,
    CAST(julianday(c."end") - julianday(:as_of) AS INTEGER) AS days_left,
    (SELECT o.id FROM claims o WHERE o.service = c.service AND o.track = c.track AND o.seq > c.seq AND o.known <= :as_of
        AND o.certainty IN ('open_ended', 'conditional') ORDER BY o.seq DESC LIMIT 1) AS beside,
    (SELECT s.id FROM claims s WHERE s.service = c.service AND s.known <= :as_of AND s.document != c.document
        AND s.known >= c.known AND s.successor IS NOT NULL AND s."end" IS NOT c."end"
        ORDER BY s.known, s.id LIMIT 1) AS successor
FROM last CROSS JOIN claims c ON c.service = last.service AND c.track = last.track AND c.seq = last.seq"""
# Every service with its end as known on :as_of; `known` is empty where only an undated document tells it.
SERVICES = f"""SELECT s.id, s.name, s.current_end, s.current_certainty, s.set_by, c.known,
    CAST(julianday(s.current_end) - julianday(:as_of) AS INTEGER) AS days_left
FROM ({services_sql("o.known <= :as_of")}) s JOIN claims c ON c.id = coalesce(s.set_by,
    (SELECT id FROM claims o WHERE o.service = s.id AND o.known <= :as_of ORDER BY o.seq DESC LIMIT 1))
ORDER BY s.current_end IS NULL, s.current_end, s.name, s.id"""
EXPIRED = f'SELECT * FROM ({ENDS}) WHERE days_left < 0 AND successor IS NULL ORDER BY "end" DESC, service'
# Beside an end that has expired: who was to take over, by a text that gives the same end; and a later end of what may
# be the same service under another name.
THEN = f"""SELECT x.id, min(s.id) FROM ({ENDS}) x JOIN claims s ON s.service = x.service AND s."end" = x."end"
    AND s.successor IS NOT NULL AND s.known <= :as_of WHERE x.days_left < 0 GROUP BY x.id"""
PERHAPS = f"""SELECT x.id, max(y.id) FROM ({ENDS}) x JOIN possible_same p ON x.service IN (p.one, p.other)
    JOIN ({ENDS}) y ON y.service = CASE x.service WHEN p.one THEN p.other ELSE p.one END AND y.track = x.track
    AND y."end" > x."end" WHERE x.days_left < 0 GROUP BY x.id"""
EXPIRING = f'SELECT * FROM ({ENDS}) WHERE days_left BETWEEN 0 AND :within ORDER BY "end", service'
_DUE = """SELECT f.id, f.service, 'deadline' AS track, f."end", coalesce(f.meeting_date, '') AS known,
    CAST(julianday(f."end") - julianday(:as_of) AS INTEGER) AS days_left, NULL AS beside, NULL AS successor
FROM funding f WHERE f.id IN (
    SELECT min(id) FROM funding WHERE kind IN ('application_deadline', 'spend_by', 'report_by') AND "end" IS NOT NULL
    AND coalesce(meeting_date, '') <= :as_of GROUP BY kind, "end", service)"""
DEADLINE_NEAR = f'SELECT * FROM ({_DUE}) WHERE days_left BETWEEN 0 AND :within ORDER BY "end", id'
DEADLINE_PASSED = f'SELECT * FROM ({_DUE}) WHERE days_left < 0 AND days_left >= -{OLD} ORDER BY "end" DESC, id'

QUERIES = {
    "expired": EXPIRED,
    "expiring": EXPIRING,
    "deadline_near": DEADLINE_NEAR,
    "deadline_passed": DEADLINE_PASSED,
}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A claim as it is shown: what it says, and where."""

    id: str
    service: str | None
    name: str | None
    kind: str
    end: str | None
    certainty: str
    condition: str | None
    successor: str | None
    quote: str | None
    document: str
    file: str
    page: int | None
    meeting_date: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """An end or a deadline seen from a day."""

    state: str  # expired, expiring, deadline_near, deadline_passed
    end: str
    days_left: int
    claim: Quoted
    beside: Quoted | None
    id: str
    seen: str  # what a person sees of it, in short: a mark holds as long as this stays
    handled: Mark | None
    then: Quoted | None = None  # of an expired end: the text that names who was to take over
    perhaps: Quoted | None = None  # and a later end of what may be the same service


@dataclass(frozen=True, slots=True)
class Service:
    """A service with its end as known on a day."""

    id: str
    name: str
    current_end: str | None
    current_certainty: str
    set_by: str | None
    known: str  # from which day; empty where only an undated document tells it
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with both its claims."""

    kind: str
    severity: str
    message: str  # in one sentence, with the quotes
    told: str  # the same without them
    said: bool | None
    from_end: str | None
    to_end: str | None
    earlier: Quoted | None
    later: Quoted
    id: str
    seen: str
    handled: Mark | None


Item = Due | Told | Owed | Absent


@dataclass(frozen=True, slots=True)
class Dating:
    """A document that does not date itself: its day by inference, or why it has none."""

    file: str
    meeting_date: str | None
    reason: str
    sentence: str | None
    evidence: str | None
    own_sentence: str | None
    earliest: str | None
    latest: str | None


@dataclass(slots=True)
class Report:
    """The audit seen from a day."""

    as_of: str
    within: int
    due: dict[str, list[Due]]
    findings: list[Told]
    old: int  # ends that expired more than a year ago
    undated: list[Dating]
    services: list[Service]
    hidden: int = 0  # handled ones that are left out
    tasks: dict[str, list[Owed]] = field(default_factory=dict)
    old_tasks: int = 0  # tasks whose day passed more than a year ago
    missing: list[Absent] = field(default_factory=list)

    @property
    def alarming(self) -> bool:
        """Whether something that nobody has handled is newly expired, contradicted, or about to end."""
        conflicts = [it for it in self.findings if it.kind == "conflict"]
        return any(it.handled is None for it in (*self.due["expired"], *self.due["expiring"], *conflicts))


_QUOTED = """SELECT f.id, f.service, coalesce(e.name, f.subject), f.kind, f."end", f.certainty, f.condition,
    f.successor, coalesce(v.quote, f.text), f.document, d.path, f.page, d.meeting_date, f.evidence
FROM funding f JOIN documents d ON d.id = f.document LEFT JOIN entities e ON e.id = f.service
LEFT JOIN evidence v ON v.id = f.evidence WHERE f.id = ?"""


def _quoted(db: Connection, id: str | None) -> Quoted | None:
    row = db.execute(_QUOTED, (id,)).fetchone() if id else None
    return Quoted(*row) if row else None


_Marks = Mapping[tuple[str, str], Mark]


def report(
    db: Connection, as_of: datetime.date, within: int = 90, service: str | None = None, every: bool = False
) -> Report:
    """The audit as if today were `as_of`: later documents are not known yet, undated ones are.

    With the id of a service only what concerns it. What somebody has handled is counted and left out, unless `every`.
    """
    day, marks = as_of.isoformat(), handled.marks(db)
    when = (day, within, service)
    seen = {state: _due(db, state, _only(sql, "service", service), when, marks) for state, sql in QUERIES.items()}
    due, old = {state: found for state, (found, _) in seen.items()}, seen["expired"][1]
    found = findings(db, ledgers(claims(db, day, service)), day)
    known = [Service(*row) for row in db.execute(_only(SERVICES, "id", service), {"as_of": day, "service": service})]
    undated = [] if service else _datings(db, day)
    told = [_told(it, marks) for it in sorted(found, key=_urgency)]
    whole = Report(day, within, due, told, old, undated, known)
    if not service:
        _add_owed(db, whole, marks)
    return whole if every else opened(whole)


def opened(report: Report) -> Report:
    """The report without what somebody has handled."""
    hidden = len({it.id for it in items_of(report) if it.handled})
    return replace(only(report, lambda it: not it.handled), hidden=hidden)


def items_of(report: Report) -> Iterator[Item]:
    """All items of a report, in its order."""
    for found in (*report.due.values(), report.findings, *report.tasks.values(), report.missing):
        yield from found


def only(report: Report, wanted: Callable[[Item], bool]) -> Report:
    """The report with some of its items."""
    due = {state: [it for it in found if wanted(it)] for state, found in report.due.items()}
    tasks = {state: [it for it in found if wanted(it)] for state, found in report.tasks.items()}
    told, missing = ([it for it in found if wanted(it)] for found in (report.findings, report.missing))
    return replace(report, due=due, findings=told, tasks=tasks, missing=missing)


def _only(sql: str, column: str, service: str | None) -> str:
    """A query of ours held to one service."""
    if service is None:
        return sql
    return f"SELECT * FROM ({sql}) WHERE {column} = :service"


def _add_owed(db: Connection, whole: Report, marks: _Marks) -> None:
    """Tasks and what is missing, with the marks of those who dealt with them."""
    for state, found in tasks(db, whole.as_of, whole.within).items():
        marked = [replace(it, handled=marks.get((it.id, handled.seen(it.text, it.newest)))) for it in found]
        whole.tasks[state] = [it for it in marked if it.days_left >= -OLD]
        whole.old_tasks += len(marked) - len(whole.tasks[state])
    missing = absent(db, whole.as_of)
    whole.missing = [replace(it, handled=marks.get((it.id, handled.seen(it.kind, it.message)))) for it in missing]


_DATINGS = """SELECT d.path, i.meeting_date, i.reason, i.sentence, i.evidence, i.own_sentence, i.earliest, i.latest
FROM date_inferences i JOIN documents d ON d.id = i.document
WHERE i.meeting_date <= ? OR (i.meeting_date IS NULL AND EXISTS (SELECT 1 FROM claims c WHERE c.document = i.document))
ORDER BY i.meeting_date IS NOT NULL, d.path"""


def _datings(db: Connection, as_of: str) -> list[Dating]:
    """Documents dated by inference, and undated ones with claims, whose place in time nobody knows."""
    return [Dating(*row) for row in db.execute(_DATINGS, (as_of,))]


def _due(
    db: Connection, state: str, sql: str, when: tuple[str, int, str | None], marks: _Marks
) -> tuple[list[Due], int]:
    """The ends in a state, and how many more lie so far back that they are only counted."""
    as_of, within, service = when
    rows = db.execute(sql, {"as_of": as_of, "within": within, "service": service}).fetchall()
    # row: id, service, track, end, known, days_left, beside, successor
    fresh = [row for row in rows if row[5] >= -OLD]
    found = [_as_due(state, row[3], row[5], _quoted(db, row[0]), _quoted(db, row[6]), marks) for row in fresh]
    around = _looked_around(db, found, as_of) if state == "expired" and found else found
    return around, len(rows) - len(fresh)


def _looked_around(db: Connection, found: list[Due], as_of: str) -> list[Due]:
    """Expired ends with what else is known of them."""
    then, perhaps = (dict(db.execute(sql, {"as_of": as_of}).fetchall()) for sql in (THEN, PERHAPS))
    return [
        replace(it, then=_quoted(db, then.get(it.claim.id)), perhaps=_quoted(db, perhaps.get(it.claim.id)))
        for it in found
    ]


def _as_due(state: str, end: str, days_left: int, claim: Quoted, beside: Quoted | None, marks: _Marks) -> Due:
    seen = handled.seen(end, claim.certainty, beside and beside.id, beside and beside.condition)
    return Due(state, end, days_left, claim, beside, claim.id, seen, marks.get((claim.id, seen)))


def _urgency(finding: Finding) -> tuple[int, str, str]:
    order = ("error", "warning", "info")
    return order.index(finding.severity), finding.later.name, finding.id


def _told(it: Finding, marks: _Marks) -> Told:
    earlier, later = _as_quoted(it.earlier) if it.earlier else None, _as_quoted(it.later)
    seen = handled.seen(it.kind, it.from_end, it.to_end, earlier and earlier.quote, later.quote)
    told = (it.kind, it.severity, it.message, it.told, it.said, it.from_end, it.to_end)
    return Told(*told, earlier, later, it.id, seen, marks.get((it.id, seen)))


def _as_quoted(it: Claim) -> Quoted:
    said = (it.id, it.service, it.name, it.kind, it.end, it.certainty, it.condition, it.successor)
    return Quoted(*said, it.quote or it.text, it.document, it.path, it.page, it.known or None, it.evidence)
