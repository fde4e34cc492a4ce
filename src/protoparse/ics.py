"""The funding audit as a calendar: RFC 5545, by hand, as nothing of it is needed but days with a reminder."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from protoparse.asof import Report
from protoparse.owed import Owed

# What a claim ends or asks for, in a word.
WHAT = {
    "application_deadline": "ansökan",
    "spend_by": "medlen ska vara använda",
    "report_by": "redovisning",
    "agreement_until": "avtal",
    "project_until": "projekt",
}


def tasks_of(report: Report) -> Iterator[Owed]:
    """All tasks of a report."""
    yield from (task for found in report.tasks.values() for task in found)


def _escaped(text: str) -> str:
    plain = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", " ", text)
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


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


def as_ics(report: Report, site: str = "") -> str:
    """Ends, deadlines and tasks as all-day events with a reminder 30 days ahead; the ids stay the same from run to run.

    `site` is the address of the site that serves the evidence, without a slash at its end.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//protoparse//granskning//SV", "CALSCALE:GREGORIAN"]
    seen: dict[str, list[str]] = {}
    for event in (*_ends(report), *_last_days(report)):
        seen[event.id] = _event_lines(event, report.as_of, site)
    for id in sorted(seen):
        lines += seen[id]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


class _Event(NamedTuple):
    """A day in the calendar."""

    id: str
    end: str
    name: str
    what: str
    quote: str | None
    file: str
    page: int | None
    evidence: str | None


def _ends(report: Report) -> Iterator[_Event]:
    for due in (due for found in report.due.values() for due in found):
        it, what = due.claim, WHAT.get(due.claim.kind, "finansieringen går ut")
        yield _Event(it.id, due.end, it.name or it.file, what, it.quote, it.file, it.page, it.evidence)


def _last_days(report: Report) -> Iterator[_Event]:
    for it in tasks_of(report):
        if not it.deadline:
            name = it.assigned_to or it.organ or it.file
            yield _Event(it.id, it.due, name, "uppdrag ska vara klart", it.quote, it.file, it.page, it.evidence)


def _event_lines(event: _Event, as_of: str, site: str) -> list[str]:
    day = datetime.date.fromisoformat(event.end)
    page = f" s. {event.page}" if event.page else ""
    there = f"{site}/-/evidence/{event.evidence}"
    said = f"”{event.quote}” – {event.file}{page}, {there}"
    return [
        "BEGIN:VEVENT",
        f"UID:{event.id}@protoparse",
        f"DTSTAMP:{as_of.replace('-', '')}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{event.name}: {event.what}')}",
        f"DESCRIPTION:{_escaped(said)}",
        *([f"URL:{there}"] if site and event.evidence else []),
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P30D",
        f"DESCRIPTION:{_escaped(event.name)}",
        "END:VALARM",
        "END:VEVENT",
    ]
