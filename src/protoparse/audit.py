"""The funding audit as text for people, JSON, and CSV; as a calendar see `ics`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from protoparse.asof import Due, Quoted, Report, Told, report
from protoparse.findings import number
from protoparse.ics import WHAT, as_ics, tasks_of
from protoparse.owed import Absent, Owed
from protoparse.printable import cited
from protoparse.spreadsheets import guarded

__all__ = ["FORMATS", "report"]

TITLES = {
    "expired": "Har gått ut",
    "expiring": "Går ut inom {within} dagar",
    "deadline_near": "Frister inom {within} dagar",
    "deadline_passed": "Frister som har passerat",
}
TASKS = {
    "commitment_overdue": "Uppdrag som skulle ha varit klara",
    "commitment_near": "Uppdrag som snart ska vara klara",
}
_KINDS = {
    "extension": "Förlängning",
    "shortening": "Förkortning",
    "conflict": "Motsägelse",
    "gap": "Glapp",
    "open_ended": "Utan slutdatum",
    "unconfirmed": "Obekräftat",
}


def _cited(quoted: Quoted, mark: str) -> str:
    return f"    {mark}”{quoted.quote}” – {cited(quoted.file, quoted.page, quoted.meeting_date)}"


def left(days: int) -> str:
    """`om 39 dagar`, `i dag`, `för 1 dag sedan`."""
    return f"för {number(-days)} sedan" if days < 0 else "i dag" if days == 0 else f"om {number(days)}"


def undated_note(report: Report) -> str:
    """That undated documents count on any day, where some of them speak of later days; empty where none does."""
    early = sum(not it.meeting_date and (it.earliest or "") > report.as_of for it in report.undated)
    if not early:
        return ""
    which = "Ett av dem är av sina egna dagar att döma skrivet" if early == 1 else f"{early} av dem är skrivna"
    rest = "" if early == 1 else ", av sina egna dagar att döma"
    return f"Odaterade dokument räknas med vilken dag du än väljer. {which} efter {report.as_of}{rest}."


def _due_lines(due: Due) -> Iterator[str]:
    what = WHAT.get(due.claim.kind)
    yield f"  {due.end}  {due.claim.name or 'okänd verksamhet'}{f' ({what})' if what else ''}, {left(due.days_left)}"
    yield _cited(due.claim, "")
    if due.beside:
        yield _beside(due, due.beside, "bredvid")
    if due.then:
        yield _beside(due, due.then, f"därefter {due.then.successor}")
    if due.perhaps:
        yield _beside(due, due.perhaps, f"kanske samma som {due.perhaps.name}")
    yield _footing(due)


def _beside(due: Due, other: Quoted, what: str) -> str:
    """What stands beside an end, with its quote; without it where that is the end's own."""
    return f"    {what}, enligt samma ord" if other.evidence == due.claim.evidence else _cited(other, f"{what}: ")


def _footing(it: Due | Told | Owed | Absent) -> str:
    """What to call it when it is handled, and by whom it was."""
    mark = it.handled
    note = f": {mark.note}" if mark and mark.note else ""
    return f"    [{it.id}]" + (f" hanterat {mark.on} av {mark.by}{note}" if mark else "")


def as_text(report: Report) -> str:
    """The report for people: by urgency, then the findings with their quotes."""
    lines = [f"Granskning per {report.as_of}"]
    lines += ["", note] if (note := undated_note(report)) else []
    for state, title in TITLES.items():
        if report.due[state]:
            lines += ["", f"{title.format(within=report.within)} ({len(report.due[state])})"]
            lines += [line for due in report.due[state] for line in _due_lines(due)]
    if report.findings:
        lines += ["", f"Mellan dokumenten ({len(report.findings)})"]
    for it in report.findings:
        lines.append(f"  {_KINDS.get(it.kind, it.kind)}. {it.told}.")
        lines += [_cited(it.earlier, "")] if it.earlier else []
        lines += [_cited(it.later, ""), _footing(it)]
    if report.undated:
        lines += ["", f"Dokument utan eget datum ({len(report.undated)})"]
    for dating in report.undated:
        day = f"daterat {dating.meeting_date} genom slutledning" if dating.meeting_date else "odaterat"
        lines.append(f"  {dating.file}: {day}. {dating.reason}")
    if report.old:
        lines += ["", f"Dessutom gick {report.old} ut för mer än ett år sedan."]
    lines += _owed_lines(report)
    if report.hidden:
        counted = "1 hanterad visas inte" if report.hidden == 1 else f"{report.hidden} hanterade visas inte"
        lines += ["", f"{counted}; --all visar {'den' if report.hidden == 1 else 'dem'}."]
    if len(lines) == (3 if note else 1):
        lines.append("Inget att anmärka.")
    return "\n".join(lines)


def _owed_lines(report: Report) -> Iterator[str]:
    """Tasks that are not among the deadlines already, and what is missing."""
    for state, title in TASKS.items():
        shown = [task for task in report.tasks.get(state, ()) if not task.deadline]
        if shown:
            yield from ("", f"{title} ({len(shown)})")
        for task in shown:
            yield from _task_lines(task)
    if report.old_tasks:
        yield from ("", f"Dessutom skulle {report.old_tasks} uppdrag ha varit klara för mer än ett år sedan.")
    if report.missing:
        yield from ("", f"Saknas i registret ({len(report.missing)})")
    for it in report.missing:
        yield f"  {it.message}"
        yield _footing(it)


def _task_lines(task: Owed) -> Iterator[str]:
    moved = f", flyttat från {task.due_before}" if task.due_before else ""
    to = task.assigned_to or "vem framgår inte"
    yield f"  {task.due}  {task.organ}: {to}, {left(task.days_left)}{moved}"
    yield f"    ”{task.quote}” – {cited(task.file, task.page, task.meeting_date)}"
    if task.reported_on:
        yield f"    redovisat i del {task.reported_on} ({task.how})"
    elif task.days_left < 0:
        yield "    Ingen återrapport hittades i registret."
    yield _footing(task)


def as_json(report: Report) -> str:
    """The whole report for programs."""
    due = {state: [asdict(it) for it in found] for state, found in report.due.items()}
    findings = [asdict(it) for it in report.findings]
    whole = {"as_of": report.as_of, "within": report.within, **due, "expired_old": report.old, "findings": findings}
    whole["hidden"] = report.hidden
    whole["undated"] = [asdict(it) for it in report.undated]
    whole["services"] = [asdict(it) for it in report.services]
    whole |= {state: [asdict(it) for it in found] for state, found in report.tasks.items()}
    whole |= {"commitment_overdue_old": report.old_tasks, "missing": [asdict(it) for it in report.missing]}
    return json.dumps(whole, ensure_ascii=False, indent=2)


_COLUMNS = ("kind", "severity", "service", "from_end", "to_end", "days_left", "message", "quote", "file", "page")
_COLUMNS += ("earlier_quote", "earlier_file", "earlier_page")


def as_csv(report: Report) -> str:
    """One line for every end, deadline and finding."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for row in (
        [_due_row(due) for found in report.due.values() for due in found]
        + [_told_row(it) for it in report.findings]
        + [*map(_task_row, tasks_of(report)), *map(_missing_row, report.missing)]
    ):
        writer.writerow([guarded(row.get(name)) for name in _COLUMNS])
    return out.getvalue()


def _due_row(due: Due) -> dict[str, Any]:
    row = {"kind": due.state, "service": due.claim.name, "to_end": due.end, "days_left": due.days_left}
    return {**row, "quote": due.claim.quote, "file": due.claim.file, "page": due.claim.page}


def _task_row(it: Owed) -> dict[str, Any]:
    said = f"{it.organ}: {it.assigned_to or ''}".strip(": ")
    row = {"kind": it.state, "message": said, "from_end": it.due_before, "to_end": it.due, "days_left": it.days_left}
    return {**row, "quote": it.quote, "file": it.file, "page": it.page}


def _missing_row(it: Absent) -> dict[str, Any]:
    row = {"kind": f"missing_{it.kind}", "message": it.message, "to_end": it.day}
    return {**row, "quote": it.quote, "file": it.file, "page": it.page}


def _told_row(it: Told) -> dict[str, Any]:
    row = {"kind": it.kind, "severity": it.severity, "service": it.later.name, "message": it.message}
    row |= {
        "from_end": it.from_end,
        "to_end": it.to_end,
        "quote": it.later.quote,
        "file": it.later.file,
        "page": it.later.page,
    }
    if it.earlier:
        row |= {"earlier_quote": it.earlier.quote, "earlier_file": it.earlier.file, "earlier_page": it.earlier.page}
    return row


FORMATS: dict[str, Callable[[Report], str]] = {"text": as_text, "json": as_json, "csv": as_csv, "ics": as_ics}
