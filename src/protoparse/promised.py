"""What somebody promises in notes to do by a day: `Moa Vret återkommer senast den 1 mars med en kostnadsberäkning`.

No decision, as nobody decides it, but a task that those who met wait for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from protoparse.inference import sentence_of
from protoparse.reporting import Task

if TYPE_CHECKING:
    from sqlite_utils import Database

_DAYS = """SELECT t.id, t.document, d.meeting_date, d.year, coalesce(d.organ, ''), d.organ_id, t.section, s.number,
    coalesce(s.title, ''), t.page, s.case_number, t.text, t.start, t."end", t.evidence, s.text
FROM dates t JOIN documents d ON d.id = t.document JOIN sections s ON s.id = t.section
WHERE d.kind = 'minnesanteckningar' AND d.organ_id IS NOT NULL AND t.bound IN ('by', 'until')
AND t.precision IN ('day', 'month', 'week') AND t."end" > d.meeting_date ORDER BY t.document, t.ordinal"""
_DECIDED = "SELECT text FROM decisions WHERE document = ?"
_WHO = (
    r"(?P<who>[A-ZÅÄÖÉ][\w’-]+(?: (?:von|af|de) )?(?: [A-ZÅÄÖÉ][\w’-]+){1,2}"
    r"|[A-ZÅÄÖ][\w-]*(?:ledaren|samordnaren|sekreteraren|chefen|direktören|ordföranden|kansliet|kontoret|förvaltningen"
    r"|gruppen))"
)
_DOES = (
    r"(?:återkommer|återrapporterar|redovisar|rapporterar|presenterar|lämnar|skickar|sammanställer|undersöker|utreder"
    r"|kontaktar|skriver|ordnar|tar fram|ser över|följer upp|stämmer av|tar reda på)"
)
_WILL = (
    r"(?:ska|skall|kommer att|lovar att) (?:återkomma|återrapportera|redovisa|rapportera|presentera|lämna|skicka"
    r"|sammanställa|undersöka|utreda|kontakta|skriva|ordna|ta fram|se över|följa upp|stämma av|ta reda på)"
)
_PROMISE = re.compile(rf"\W*{_WHO}(?:, [^,.;]{{2,40}},)? (?:{_DOES}|{_WILL})\b")
_BEFORE = re.compile(r"\b(?:före|innan)\s+(?:den\s+)?\Z", re.IGNORECASE)


def promises(db: Database) -> Iterator[Task]:
    """The promises with a last day in notes of organs, but for those that are decisions already."""
    for row in db.execute(_DAYS).fetchall():
        id, document, day, year, organ, organ_id, section, number, title, page, case, *told = row
        said, start, end, evidence, text = told
        sentence = sentence_of(text or "", said)
        match = _PROMISE.match(sentence)
        if match is None or any(_tells(it, sentence) for (it,) in db.execute(_DECIDED, (document,))):
            continue
        early = _BEFORE.search(sentence[: sentence.find(said)])
        due = (date.fromisoformat(start) - timedelta(1)).isoformat() if early else end
        own = f"{document}-c{sha256(id.encode()).hexdigest()[:8]}"
        yield Task(
            own, document, day, year, organ, organ_id, section, number, title, page, case, sentence.strip(" •–-"),
            match["who"], due, evidence, "minnesanteckningar",
        )  # fmt: skip


def _tells(decision: str, sentence: str) -> bool:
    return decision.strip(" .") in sentence or sentence.strip(" .") in decision
