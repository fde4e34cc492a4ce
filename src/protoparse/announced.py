"""Meetings that were announced, by a summons or by the minutes before, and of which there is no protocol."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from protoparse.gaps import Row, row_id
from protoparse.inference import sentence_of
from protoparse.names import stem, stems

if TYPE_CHECKING:
    from sqlite_utils import Database

MOVED = 7  # days before and after an announced day within which a meeting counts as the announced one, moved

_MEETING = r"(?:styrelse|nämnds?|råds|utskotts)?(?:möten?|sammanträden?)"
_NEXT = re.compile(
    rf"\bnästa (?:\w+ )?{_MEETING}\b|\b(?:möts|träffas|sammanträder|ses)\b[^.]{{0,20}}\bnästa gång\b|"
    r"\bnästa gång\b[^.]{0,40}\b(?:möts|träffas|sammanträder|ses)\b|\bdärefter (?:möts|träffas|sammanträder|ses)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"\b(?:nästa|kommande) (?:{_MEETING}|mötes\w+|sammanträdes\w+)\b", re.IGNORECASE)
_MEETS = re.compile(r"\b(?:sammanträder|möts|träffas|ses|har (?:möten?|sammanträden?))\b", re.IGNORECASE)
_ITSELF = re.compile(r"(?:styrelsen|nämnden|rådet|utskottet|gruppen|direktionen|nätverket)\Z", re.IGNORECASE)
_BARE = re.compile(
    r"\W*(?:nästa (?:möte|sammanträde)\W+)?(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b|den \d|\d)", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:kallelse|handling|skick|anmäl|senast|lämna|inläm|förslag|ansök|underlag|material|inställ|ställs|ställdes|"
    r"flytta|justera|protokollet)\w*",
    re.IGNORECASE,
)
_ORGAN = re.compile(
    r"\b(\w*(?:grupp|råd|nämnd|styrelse|utskott|nätverk|kommitté|beredning|fullmäktige|presidi|delegation|forum))"
    r"(?:en|et|n|ns|ens|ets|et|um|ums|ar|er|arna|erna|s)?\b(?!s? (?:sal|sessionssal|lokal|rum|hus|kansli))",
    re.IGNORECASE,
)
_CANCELLED = re.compile(
    r"\b(?:ställ(?:s|des|ts|t|a|as|de) in|inställ\w+|flytta\w*|ersätt\w*|ersatt\w*|avbok\w*|blev inte av)\b",
    re.IGNORECASE,
)


class Announced(NamedTuple):
    """A day on which an organ was to meet, and the words that say so."""

    organ_id: str
    organ: str
    day: str
    known: str
    document: str
    path: str
    page: int | None
    evidence: str | None
    summons: bool


def announces(sentence: str, words: str, title: str, organ: str) -> bool:
    """Whether a sentence gives a day, as the words `words`, as that of the organ's next meeting."""
    at = sentence.find(words)
    if at < 0 or _of_others(sentence, organ):
        return False
    if match := next((m for m in _NEXT.finditer(sentence) if m.end() <= at), None):
        return not _OTHER.search(sentence[match.end() : at])
    told = bool(_TITLE.search(title)) and not _OTHER.search(sentence)
    return told and bool(_BARE.match(sentence) or _NEXT.search(sentence) or _MEETS.search(sentence[:at]))


def _of_others(sentence: str, organ: str) -> bool:
    """Whether another organ is named in the sentence. The organ itself may be named by its last word, and by what it is
    (`Styrelsen sammanträder …`)."""
    own = set(stems(organ))
    found = [match for match in _ORGAN.finditer(sentence) if match.start() or not _ITSELF.match(match.group(0))]
    named = {stem(match.group(0).casefold()) for match in found}
    return any(not any(word.endswith(name) for word in own) for name in named)


_SUMMONS = """SELECT d.organ_id, d.organ, d.meeting_date, d.meeting_date, d.id, d.path, h.page, h.evidence
FROM documents d LEFT JOIN header_fields h ON h.document = d.id AND h.field = 'meeting_date'
WHERE d.kind = 'kallelse' AND d.organ_id IS NOT NULL AND d.meeting_date IS NOT NULL ORDER BY d.id, h.ordinal"""
_PHRASES = ("nästa", "kommande möten", "kommande sammanträden", "kommande styrelsemöten", "därefter")
_NEXT_DAYS = f"""SELECT d.organ_id, d.organ, t.start, d.meeting_date, d.id, d.path, t.page, t.evidence,
    t.text, t.section, coalesce(s.title, ''), coalesce(s.text, '')
FROM pages_fts x JOIN pages p ON p.rowid = x.rowid JOIN documents d ON d.id = p.document
JOIN dates t ON t.document = p.document AND t.page = p.page LEFT JOIN sections s ON s.id = t.section
WHERE pages_fts MATCH '{" OR ".join(f'"{phrase}"' for phrase in _PHRASES)}'
AND d.kind IN ('protokoll', 'minnesanteckningar') AND d.organ_id IS NOT NULL AND t.start > d.meeting_date
AND t.precision = 'day' AND t.bound IS NULL ORDER BY d.id, t.ordinal"""
_LOOSE = "SELECT text FROM passages WHERE document = ? AND page = ? AND section IS NULL ORDER BY ordinal"
_HELD = """SELECT organ_id, meeting_date FROM documents WHERE organ_id IS NOT NULL AND meeting_date IS NOT NULL
AND (kind IN ('protokoll', 'minnesanteckningar') OR (status IN ('scanned', 'unread') AND kind IS NOT 'kallelse'))"""
_TOLD = """SELECT t.text, coalesce(s.text, '') FROM dates t JOIN documents d ON d.id = t.document
LEFT JOIN sections s ON s.id = t.section WHERE t.start = ? AND t.precision = 'day' AND d.organ_id = ?"""


def _announced(db: Database) -> Iterator[Announced]:
    for row in db.execute(_SUMMONS).fetchall():
        yield Announced(*row, summons=True)
    for *row, words, section, title, text in db.execute(_NEXT_DAYS).fetchall():
        if section is None:
            text = "\n".join(text for (text,) in db.execute(_LOOSE, (row[4], row[6])))
        if announces(sentence_of(text, words), words, title, row[1] or ""):
            yield Announced(*row, summons=False)


def meetings(db: Database) -> list[Row]:
    """The rows on meetings that were announced and of which there is neither protocol nor notes."""
    held: dict[str, set[str]] = defaultdict(set)
    for organ, day in db.execute(_HELD):
        held[organ].add(day)
    first: dict[tuple[str, str], Announced] = {}
    for it in sorted(_announced(db), key=lambda it: (it.known, it.document)):
        first.setdefault((it.organ_id, it.day), it)
    return [_meeting(it) for it in first.values() if not _took_place(it, held[it.organ_id]) and not _cancelled(db, it)]


def _took_place(it: Announced, days: Iterable[str]) -> bool:
    """Whether the organ met on the day, or so near that the meeting was moved."""
    since, until = (_shifted(it.day, days) for days in (-MOVED, MOVED))
    return any(since <= day <= until and (it.summons or day > it.known) for day in days)


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _cancelled(db: Database, it: Announced) -> bool:
    rows = db.execute(_TOLD, (it.day, it.organ_id)).fetchall()
    return any(_CANCELLED.search(sentence_of(text, words)) for words, text in rows)


def _meeting(it: Announced) -> Row:
    how = f"kallelsen {it.path}" if it.summons else f"{it.path} ({it.known})"
    said = f"{it.organ} {it.day}: mötet är utlyst i {how}, men protokoll eller minnesanteckningar saknas."
    return {
        "id": row_id("protocol", it.organ_id, it.day, it.document),
        "kind": "protocol",
        "organ": it.organ,
        "organ_id": it.organ_id,
        "year": int(it.day[:4]),
        "first": None,
        "last": None,
        "day": it.day,
        "before": it.document,
        "after": None,
        "known": it.known,
        "page": it.page,
        "message": f"{said} Mötet kan vara inställt eller flyttat.",
        "evidence": it.evidence,
    }
