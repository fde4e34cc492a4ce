"""Until when is what funded, and where do the documents disagree? Findings across documents, in their first form.

What only documents decide is kept in the tables `claims` and `findings`; what hangs on the day of looking is a query
with an as-of date. No result depends on the order in which documents were read.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from protoparse.store import insert

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

# Agreements and projects are compared among themselves, never with money.
TRACKS = {
    "funded_until": "money",
    "budget_period": "money",
    "agreement_until": "agreement",
    "project_until": "project",
}
DEADLINES = ("application_deadline", "spend_by", "report_by")
OLD = 365  # days after which an expired end is only counted

_FIRM = ("stated", "implied")
_CHANGED = re.compile(
    r"förläng|prolonger|senareläg|tidigareläg|förkort|i förtid|flyttas (?:fram|till)|ändra[st]?\b|i stället för",
    re.IGNORECASE,
)


class Claim(NamedTuple):
    """What one document says of one service's end."""

    id: str
    document: str
    service: str
    name: str
    kind: str
    known: str  # the document's date; empty where it has none, which sorts before all dates
    document_kind: str | None
    path: str
    page: int | None
    ordinal: int
    end: str | None
    old_end: str | None
    certainty: str
    successor: str | None
    text: str
    quote: str | None
    evidence: str | None
    condition: str | None

    @property
    def track(self) -> str:
        return TRACKS[self.kind]

    @property
    def said(self) -> bool:
        """Whether the text itself says that the end is changed."""
        return bool(self.old_end or _CHANGED.search(self.text))

    @property
    def place(self) -> str:
        """File, page and date, as a reader would cite it."""
        page = f" s. {self.page}" if self.page else ""
        return f"{self.path}{page} ({self.known or 'odaterat'})"


_CLAIMS = """SELECT f.id, f.document, f.service, e.name, f.kind, coalesce(d.meeting_date, ''), d.kind, d.path, f.page,
    f.ordinal, f."end", f.old_end, f.certainty, f.successor, f.text, v.quote, f.evidence, f.condition
FROM funding f JOIN documents d ON d.id = f.document JOIN entities e ON e.id = f.service
LEFT JOIN evidence v ON v.id = f.evidence"""


def claims(db: Database | Connection, as_of: str = "9999") -> list[Claim]:
    """All claims known on a day, in order of service, kind and time; those of undated documents come first."""
    kinds = ", ".join(f"'{kind}'" for kind in TRACKS)
    rows = db.execute(f"{_CLAIMS} WHERE f.kind IN ({kinds}) AND coalesce(d.meeting_date, '') <= ?", (as_of,))
    return sorted((Claim(*row) for row in rows), key=lambda it: (it.service, it.track, *_when(it)))


def _when(claim: Claim) -> tuple[str, str, int]:
    return claim.known, claim.document, claim.ordinal


# --- findings


@dataclass(frozen=True, slots=True)
class Finding:
    """Two claims on one service that do not say the same, or one that says too little."""

    kind: str
    severity: str
    earlier: Claim | None
    later: Claim
    message: str
    said: bool | None = None

    @property
    def id(self) -> str:
        key = "\0".join((self.kind, self.earlier.id if self.earlier else "", self.later.id))
        return f"finding-{sha256(key.encode()).hexdigest()[:12]}"

    def row(self) -> dict[str, Any]:
        """Its row in `findings`."""
        return {
            "id": self.id,
            "kind": self.kind,
            "severity": self.severity,
            "service": self.later.service,
            "message": self.message,
            "said": None if self.said is None else int(self.said),
            "earlier": self.earlier.id if self.earlier else None,
            "later": self.later.id,
            "from_end": self.earlier.end if self.earlier else None,
            "to_end": self.later.end,
        }


@dataclass(slots=True)
class Ledger:
    """One service's claims of one track in order of time, those that set its end, and what is to be said of them."""

    claims: Sequence[Claim]
    standing: list[Claim] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def ledgers(found: Iterable[Claim]) -> Iterator[Ledger]:
    """A ledger for every service and track."""
    for _, group in groupby(found, key=lambda it: (it.service, it.track)):
        yield _weigh(Ledger(list(group)))


def _spokesmen(found: Iterable[Claim]) -> list[Claim]:
    """One claim a document: the one that changes an end, else the latest end, else the first said."""
    best = [
        max(group, key=lambda it: (bool(it.old_end), it.end, it.certainty == "stated", -it.ordinal))
        for _, group in groupby(found, key=lambda it: it.document)
    ]
    return sorted(best, key=_when)


def _weigh(ledger: Ledger) -> Ledger:
    firm = [it for it in ledger.claims if it.end and it.certainty in _FIRM]
    said = _spokesmen(firm or [it for it in ledger.claims if it.end and it.certainty == "past"])
    dated, undated = [it for it in said if it.known], [it for it in said if not it.known]
    for claim in undated:
        _follow(ledger, claim)
    last = ledger.standing[-1] if ledger.standing else None
    newest = _fold(ledger, dated)
    if last and newest:  # undated claims may be older or newer than all dated ones
        ends = {it.end for it in dated}
        ledger.findings += [_unordered(it, dated, newest) for it in _one_an_end(undated) if it.end not in ends]
    _open_ended(ledger)
    return ledger


def _fold(ledger: Ledger, dated: Sequence[Claim]) -> Claim | None:
    """Dated claims one after the other, without regard to the undated ones before them."""
    before, ledger.standing = ledger.standing, []
    for claim in dated:
        _follow(ledger, claim)
    newest = ledger.standing[-1] if ledger.standing else None
    ledger.standing = before + ledger.standing
    return newest


def _unordered(undated: Claim, dated: Sequence[Claim], newest: Claim) -> Finding:
    """An undated claim is older than a text that names its end as the one that was; else nobody knows."""
    after = next((it for it in dated if it.old_end == undated.end), None)
    return _moved(undated, after) if after else _conflict(undated, newest)


def _one_an_end(found: Iterable[Claim]) -> list[Claim]:
    return list({it.end: it for it in reversed(list(found))}.values())


def _follow(ledger: Ledger, claim: Claim) -> None:
    """What a claim does to the one that stands."""
    standing = ledger.standing[-1] if ledger.standing else None
    if standing is None:
        ledger.standing.append(claim)
    elif claim.end == standing.end:
        if _weight(claim) > _weight(standing):
            ledger.standing.append(claim)
    elif claim.known == standing.known:
        ledger.findings.append(_conflict(standing, claim))
        if (_weight(claim), claim.end) > (_weight(standing), standing.end):
            ledger.standing.append(claim)
    elif _weight(claim) < _weight(standing) and not claim.said:
        ledger.findings.append(_conflict(standing, claim))
    else:
        ledger.findings.append(_moved(standing, claim))
        ledger.standing.append(claim)


def _weight(claim: Claim) -> int:
    """A protocol weighs more than a newsletter or notes."""
    return 0 if claim.document_kind in ("nyhetsbrev", "minnesanteckningar") else 1


def _days(start: str, end: str) -> int:
    return (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days


def _moved(earlier: Claim, later: Claim) -> Finding:
    days = _days(earlier.end or "", later.end or "")
    kind, way = ("extension", "senare") if days > 0 else ("shortening", "tidigare")
    why = (
        "texten säger att slutet ändras" if later.said else "ingen text säger att slutet ändras, bara datumen visar det"
    )
    message = (
        f"{later.name}: slutet flyttas från {earlier.end} till {later.end}, {_number(abs(days))} {way}, enligt "
        f"{later.place} jämfört med {earlier.place}; {why}."
    )
    severity = "info" if kind == "extension" and later.said else "warning"
    return Finding(kind, severity, earlier, later, message, later.said)


def _number(days: int) -> str:
    return f"{days} dag" if days == 1 else f"{days} dagar"


def _conflict(one: Claim, other: Claim) -> Finding:
    if one.known and other.known and one.known != other.known:
        earlier, later = one, other
        why = "den senare texten är inget protokoll och säger inte att något ändrats"
    else:
        earlier, later = sorted((one, other), key=lambda it: (it.end or "", it.id))
        undated = not (one.known and other.known)
        why = "ett av dokumenten saknar datum" if undated else "dokumenten har samma datum"
        why = f"det går inte att säga vilket som gäller, {why}"
    days = abs(_days(earlier.end or "", later.end or ""))
    message = (
        f"{later.name}: {earlier.end} enligt {earlier.place} men {later.end} enligt {later.place}, "
        f"{_number(days)} isär; {why}."
    )
    return Finding("conflict", "error", earlier, later, message, later.said or earlier.said)


def _open_ended(ledger: Ledger) -> None:
    """The newest claim has no end; an end that was given before stays the last one known."""
    told = [it for it in ledger.claims if it.certainty == "open_ended" or (it.end and it.certainty in _FIRM)]
    if not told or told[-1].certainty != "open_ended":
        return
    newest, before = told[-1], ledger.standing[-1] if ledger.standing else None
    clause = f" ({newest.condition})" if newest.condition else ""
    last = f"senast kända slut är {before.end} enligt {before.place}" if before else "inget slut är känt"
    if before and not (before.known and newest.known):
        last += ", men ordningen är okänd eftersom ett dokument saknar datum"
    message = f"{newest.name}: enligt {newest.place} finns inget slutdatum{clause}; {last}."
    severity = "warning" if before else "info"
    ledger.findings.append(Finding("open_ended", severity, before, newest, message, newest.said))


def rebuild(db: Database) -> None:
    """Makes `claims` and `findings` anew from all documents."""
    books = list(ledgers(claims(db)))
    db.execute("DELETE FROM findings")
    db.execute("DELETE FROM claims")
    insert(db, "claims", [row for book in books for row in _claim_rows(book)])
    rows = {finding.id: finding.row() for book in books for finding in book.findings}
    insert(db, "findings", [rows[id] for id in sorted(rows)])


def _claim_rows(ledger: Ledger) -> Iterator[dict[str, Any]]:
    standing = {it.id for it in ledger.standing}
    for seq, it in enumerate(ledger.claims, 1):
        yield {
            "id": it.id,
            "document": it.document,
            "service": it.service,
            "track": it.track,
            "seq": seq,
            "known": it.known,
            "end": it.end,
            "certainty": it.certainty,
            "successor": it.successor,
            "standing": int(it.id in standing),
        }


# --- what hangs on the day of looking; the site runs the same queries

# The last end of every service and track as known on :as_of, with the open or conditional claim after it.
ENDS = """WITH known AS (SELECT * FROM claims WHERE known <= :as_of),
last AS (SELECT service, track, max(seq) AS seq FROM known WHERE standing = 1 GROUP BY service, track)
SELECT c.id, c.service, c.track, c."end", c.known,
    CAST(julianday(c."end") - julianday(:as_of) AS INTEGER) AS days_left,
    (SELECT o.id FROM known o WHERE o.service = c.service AND o.track = c.track AND o.seq > c.seq
        AND o.certainty IN ('open_ended', 'conditional') ORDER BY o.seq DESC LIMIT 1) AS beside,
    (SELECT s.id FROM known s WHERE s.service = c.service AND s.document != c.document AND s.known >= c.known
        AND s.seq > c.seq AND s.successor IS NOT NULL LIMIT 1) AS successor
FROM last JOIN claims c ON c.service = last.service AND c.track = last.track AND c.seq = last.seq"""
EXPIRED = f'SELECT * FROM ({ENDS}) WHERE days_left < 0 AND successor IS NULL ORDER BY "end" DESC, service'
EXPIRING = f'SELECT * FROM ({ENDS}) WHERE days_left BETWEEN 0 AND :within ORDER BY "end", service'
_DUE = """SELECT f.id, f.service, 'deadline' AS track, f."end", coalesce(f.meeting_date, '') AS known,
    CAST(julianday(f."end") - julianday(:as_of) AS INTEGER) AS days_left, NULL AS beside, NULL AS successor
FROM funding f WHERE f.kind IN ('application_deadline', 'spend_by', 'report_by') AND f."end" IS NOT NULL
    AND coalesce(f.meeting_date, '') <= :as_of
    AND NOT EXISTS (SELECT 1 FROM funding o WHERE o.kind = f.kind AND o."end" = f."end" AND o.id < f.id
        AND coalesce(o.service, '') = coalesce(f.service, '') AND coalesce(o.meeting_date, '') <= :as_of)"""
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


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with both its claims."""

    kind: str
    severity: str
    message: str
    said: bool | None
    earlier: Quoted | None
    later: Quoted


@dataclass(slots=True)
class Report:
    """The audit seen from a day."""

    as_of: str
    within: int
    due: dict[str, list[Due]]
    findings: list[Told]
    old: int  # ends that expired more than a year ago

    @property
    def alarming(self) -> bool:
        """Whether something is newly expired, contradicted, or about to end."""
        return bool(self.due["expired"] or self.due["expiring"] or any(it.kind == "conflict" for it in self.findings))


_QUOTED = """SELECT f.id, f.service, coalesce(e.name, f.subject), f.kind, f."end", f.certainty, f.condition,
    f.successor, coalesce(v.quote, f.text), f.document, d.path, f.page, d.meeting_date, f.evidence
FROM funding f JOIN documents d ON d.id = f.document LEFT JOIN entities e ON e.id = f.service
LEFT JOIN evidence v ON v.id = f.evidence WHERE f.id = ?"""


def _quoted(db: Connection, id: str | None) -> Quoted | None:
    row = db.execute(_QUOTED, (id,)).fetchone() if id else None
    return Quoted(*row) if row else None


def report(db: Connection, as_of: datetime.date, within: int = 90) -> Report:
    """The audit as if today were `as_of`: later documents are not known yet, undated ones are."""
    day = as_of.isoformat()
    due = {state: _due(db, state, sql, day, within) for state, sql in QUERIES.items()}
    fresh = [it for it in due["expired"] if it.days_left >= -OLD]
    old, due["expired"] = len(due["expired"]) - len(fresh), fresh
    found = [finding for book in ledgers(claims(db, day)) for finding in book.findings]
    return Report(day, within, due, [_told(it) for it in sorted(found, key=_urgency)], old)


def _due(db: Connection, state: str, sql: str, as_of: str, within: int) -> list[Due]:
    rows = db.execute(sql, {"as_of": as_of, "within": within}).fetchall()
    # row: id, service, track, end, known, days_left, beside, successor
    return [Due(state, row[3], row[5], _quoted(db, row[0]), _quoted(db, row[6])) for row in rows]


def _urgency(finding: Finding) -> tuple[int, str, str]:
    order = ("error", "warning", "info")
    return order.index(finding.severity), finding.later.name, finding.id


def _told(it: Finding) -> Told:
    earlier = _as_quoted(it.earlier) if it.earlier else None
    return Told(it.kind, it.severity, it.message, it.said, earlier, _as_quoted(it.later))


def _as_quoted(it: Claim) -> Quoted:
    said = {name: getattr(it, name) for name in Quoted.__slots__ if hasattr(it, name)}
    return Quoted(**said | {"quote": it.quote or it.text}, file=it.path, meeting_date=it.known or None)


# --- the report in four forms

_TITLES = {
    "expired": "Har gått ut",
    "expiring": "Går ut inom {within} dagar",
    "deadline_near": "Frister inom {within} dagar",
    "deadline_passed": "Frister som har passerat",
}
_KINDS = {
    "extension": "Förlängning",
    "shortening": "Förkortning",
    "conflict": "Motsägelse",
    "open_ended": "Utan slutdatum",
}
_WHAT = {
    "application_deadline": "ansökan",
    "spend_by": "medlen ska vara använda",
    "report_by": "redovisning",
    "agreement_until": "avtal",
    "project_until": "projekt",
}


def _cited(quoted: Quoted, mark: str) -> str:
    page = f" s. {quoted.page}" if quoted.page else ""
    return f"    {mark}”{quoted.quote}” – {quoted.file}{page} ({quoted.meeting_date or 'odaterat'})"


def _left(days: int) -> str:
    return f"för {_number(-days)} sedan" if days < 0 else "i dag" if days == 0 else f"om {_number(days)}"


def _due_lines(due: Due) -> Iterator[str]:
    what = _WHAT.get(due.claim.kind)
    yield f"  {due.end}  {due.claim.name or 'okänd tjänst'}{f' ({what})' if what else ''}, {_left(due.days_left)}"
    yield _cited(due.claim, "")
    if due.beside:
        yield _cited(due.beside, "bredvid: ")


def as_text(report: Report) -> str:
    """The report for people: by urgency, then the findings with their quotes."""
    lines = [f"Granskning per {report.as_of}"]
    for state, title in _TITLES.items():
        if report.due[state]:
            lines += ["", f"{title.format(within=report.within)} ({len(report.due[state])})"]
            lines += [line for due in report.due[state] for line in _due_lines(due)]
    if report.findings:
        lines += ["", f"Mellan dokumenten ({len(report.findings)})"]
    for it in report.findings:
        lines.append(f"  {_KINDS.get(it.kind, it.kind)}. {it.message}")
        lines += [_cited(it.earlier, "")] if it.earlier else []
        lines.append(_cited(it.later, ""))
    if report.old:
        lines += ["", f"Dessutom gick {report.old} ut för mer än ett år sedan."]
    if len(lines) == 1:
        lines.append("Inget att anmärka.")
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """The whole report for programs."""
    due = {state: [asdict(it) for it in found] for state, found in report.due.items()}
    findings = [asdict(it) for it in report.findings]
    whole = {"as_of": report.as_of, "within": report.within, **due, "expired_old": report.old, "findings": findings}
    return json.dumps(whole, ensure_ascii=False, indent=2)


_COLUMNS = ("kind", "severity", "service", "from_end", "to_end", "days_left", "message", "quote", "file", "page")
_COLUMNS += ("earlier_quote", "earlier_file", "earlier_page")


def _guarded(value: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def as_csv(report: Report) -> str:
    """One line for every end, deadline and finding."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in [_due_row(due) for found in report.due.values() for due in found] + [
        _told_row(it) for it in report.findings
    ]:
        writer.writerow([_guarded(row.get(name)) for name in _COLUMNS])
    return out.getvalue()


def _due_row(due: Due) -> dict[str, Any]:
    row = {"kind": due.state, "service": due.claim.name, "to_end": due.end, "days_left": due.days_left}
    return {**row, "quote": due.claim.quote, "file": due.claim.file, "page": due.claim.page}


def _told_row(it: Told) -> dict[str, Any]:
    row = {"kind": it.kind, "severity": it.severity, "service": it.later.name, "message": it.message}
    row |= {"to_end": it.later.end, "quote": it.later.quote, "file": it.later.file, "page": it.later.page}
    if it.earlier:
        row |= {"from_end": it.earlier.end, "earlier_quote": it.earlier.quote}
        row |= {"earlier_file": it.earlier.file, "earlier_page": it.earlier.page}
    return row


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 bytes a line, as RFC 5545 asks; a letter is never cut."""
    parts, size = [""], 0
    for letter in line:
        size += len(letter.encode())
        if size > 74:
            parts.append("")
            size = 1 + len(letter.encode())
        parts[-1] += letter
    return "\r\n ".join(parts)


def as_ics(report: Report) -> str:
    """Ends and deadlines as all-day events with a reminder 30 days ahead; the ids stay the same from run to run."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//protoparse//granskning//SV", "CALSCALE:GREGORIAN"]
    seen: dict[str, list[str]] = defaultdict(list)
    for found in report.due.values():
        for due in found:
            seen[due.claim.id] = _event(due, report.as_of)
    for id in sorted(seen):
        lines += seen[id]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(due: Due, as_of: str) -> list[str]:
    day = datetime.date.fromisoformat(due.end)
    what = _WHAT.get(due.claim.kind, "finansieringen går ut")
    page = f" s. {due.claim.page}" if due.claim.page else ""
    said = f"”{due.claim.quote}” – {due.claim.file}{page}, /-/evidence/{due.claim.evidence}"
    return [
        "BEGIN:VEVENT",
        f"UID:{due.claim.id}@protoparse",
        f"DTSTAMP:{as_of.replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{due.claim.name or due.claim.file}: {what}')}",
        f"DESCRIPTION:{_escaped(said)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P30D",
        f"DESCRIPTION:{_escaped(due.claim.name or due.claim.file)}",
        "END:VALARM",
        "END:VEVENT",
    ]


FORMATS: dict[str, Callable[[Report], str]] = {"text": as_text, "json": as_json, "csv": as_csv, "ics": as_ics}
