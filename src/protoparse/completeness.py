"""What the documents themselves show to be absent: paragraphs that no document holds, meetings without protocol.

Only numbering that runs over the year has gaps, and whether it does is read from the protocols. A protocol that the
reader may have misread gives no gap: what stands at the start of a line on a neighbouring page is not missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from protoparse.inference import sentence_of
from protoparse.names import stem, stems
from protoparse.store import insert

if TYPE_CHECKING:
    from sqlite_utils import Database

MOVED = 7  # days before and after an announced day within which a meeting counts as the announced one, moved
FEW = 5  # paragraphs that may well have a protocol of their own, adjusted at once
MISREAD = 0.3  # share of a protocol's paragraphs; where more are missing, the reading is to blame

Row = dict[str, Any]


class Numbered(NamedTuple):
    """A protocol with the paragraphs that it holds."""

    id: str
    path: str
    day: str
    organ_id: str
    organ: str
    part: bool  # an extract, or paragraphs adjusted at once: it fills gaps and makes none
    whole: bool  # every page was read
    signed: bool  # its numbers are paragraphs, no agenda numbers
    numbers: frozenset[int]
    first: int
    last: int
    page: int | None
    evidence: str | None  # the heading of its first paragraph


@dataclass(frozen=True, slots=True)
class Sitting:
    """The protocols of one organ's day."""

    protocols: tuple[Numbered, ...]

    @property
    def day(self) -> str:
        return self.protocols[0].day

    @property
    def first(self) -> int:
        return min(it.first for it in self.protocols)

    @property
    def last(self) -> int:
        return max(it.last for it in self.protocols)

    @property
    def opening(self) -> Numbered:
        return min(self.protocols, key=lambda it: (it.first, it.id))

    @property
    def closing(self) -> Numbered:
        return max(self.protocols, key=lambda it: (it.last, it.id))

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset().union(*(it.numbers for it in self.protocols))


class Gap(NamedTuple):
    """Paragraphs that no document holds, between two protocols, before the first of a year, or inside one."""

    numbers: frozenset[int]
    before: Numbered | None
    after: Numbered
    sure: bool = True  # whether the numbering is known to start at 1 with the year


# --- how an organ numbers


def running(sittings: Sequence[Sitting]) -> bool:
    """Whether the paragraphs of a year are numbered through: no protocol starts before the end of the one before."""
    return all(one.last < other.first for one, other in pairwise(sittings))


def _years(sittings: Iterable[Sitting]) -> dict[int, list[Sitting]]:
    found: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in sorted(sittings, key=lambda it: it.day):
        found[int(sitting.day[:4])].append(sitting)
    return dict(found)


class Habit(NamedTuple):
    """What the turns of the year show of an organ's numbering."""

    restarts: bool
    continues: bool


def habit(years: Mapping[int, Sequence[Sitting]]) -> Habit:
    """Whether the numbers start anew with a year, or go on."""
    turns = [(years[year][-1].last, years[year + 1][0].first) for year in years if year + 1 in years]
    restarts = any(first <= last for last, first in turns) or any(
        sittings[0].first == 1 for year, sittings in years.items() if year - 1 in years
    )
    return Habit(restarts, not restarts and any(first == last + 1 for last, first in turns))


def gaps(sittings: Iterable[Sitting], held: frozenset[tuple[int, int]] = frozenset()) -> list[Gap]:
    """The gaps of one organ. `held`: year and number of paragraphs that extracts hold."""
    years = {year: found for year, found in _years(sittings).items() if running(found)}
    way = habit(years)
    found = []
    for year, own in years.items():
        taken = {number for at, number in held if at == year}
        found += _leading(years.get(year - 1), own[0], way)
        found += [_between(one, other) for one, other in pairwise(own)]
        found += [gap for sitting in own if (gap := _inside(sitting, taken))]
        found = [gap._replace(numbers=gap.numbers - taken) if gap.after.day[:4] == str(year) else gap for gap in found]
    return [gap for gap in found if gap.numbers]


def _between(one: Sitting, other: Sitting) -> Gap:
    return Gap(frozenset(range(one.last + 1, other.first)), one.closing, other.opening)


def _leading(before: Sequence[Sitting] | None, first: Sitting, way: Habit) -> list[Gap]:
    """What is missing before the first protocol of a year; nothing where the turn of the year can be read two ways."""
    if before and way.continues:
        return [_between(before[-1], first)]
    if way.continues or (before and not way.restarts):
        return []
    return [Gap(frozenset(range(1, first.first)), None, first.opening, way.restarts)]


def _inside(sitting: Sitting, taken: Iterable[int]) -> Gap | None:
    absent = frozenset(range(sitting.first, sitting.last + 1)) - sitting.numbers - frozenset(taken)
    if not all(it.whole for it in sitting.protocols) or len(absent) > MISREAD * (sitting.last - sitting.first + 1):
        return None
    return Gap(absent, sitting.opening, sitting.opening)


# --- what is said of a gap


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers together: 3, 4, 5, 9 → (3, 5), (9, 9)."""
    groups = groupby(enumerate(sorted(numbers)), key=lambda it: it[1] - it[0])
    found = [[number for _, number in group] for _, group in groups]
    return [(group[0], group[-1]) for group in found]


def _spelled(first: int, last: int) -> str:
    return f"§ {first}" if first == last else f"§ {first}–{last}"


def _cited(it: Numbered) -> str:
    return f"{it.path} ({it.day}, {_spelled(it.first, it.last)})"


def message(gap: Gap, first: int, last: int, unread: Sequence[str]) -> str:
    """The gap in Swedish, with the documents that show it and what may explain it."""
    said, after = _spelled(first, last), gap.after
    one = first == last
    if gap.before is gap.after:
        why = f"Paragraf{'en' if one else 'erna'} kan vara sekretessbelagd{'' if one else 'a'}."
        return f"{after.organ}: {said} finns inte i {_cited(after)}. {why}"
    if gap.before is None:
        sure = "" if gap.sure else ", om numreringen börjar på 1 vid årsskiftet"
        text = f"{after.organ} {after.day[:4]}: {said} saknas före {_cited(after)}{sure}."
    else:
        text = f"{after.organ}: {said} saknas mellan {_cited(gap.before)} och {_cited(after)}."
        text += f" Paragraf{'en' if one else 'erna'} kan ha justerats för sig." if len(gap.numbers) <= FEW else ""
    if unread:
        text += f" De kan stå i {' och '.join(unread)}, som saknar läsbar text."
    return text


def _row_id(*parts: Any) -> str:
    return "missing-" + sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def _rows_of(gap: Gap, unread: Sequence[str]) -> Iterator[Row]:
    after = gap.after
    before = gap.before.id if gap.before else None
    for first, last in ranges(gap.numbers):
        yield {
            "id": _row_id("paragraphs", after.organ_id, after.day[:4], first, last, before, after.id),
            "kind": "paragraphs",
            "organ": after.organ,
            "organ_id": after.organ_id,
            "year": int(after.day[:4]),
            "first": first,
            "last": last,
            "day": None,
            "before": before,
            "after": after.id,
            "known": after.day,
            "page": after.page,
            "message": message(gap, first, last, unread),
            "evidence": after.evidence,
        }


# --- paragraphs, from the database

_PART = ("utdrag", "omedelbar justering")
_PROTOCOLS = """SELECT id, path, meeting_date, organ_id, organ, form, status, paragraphs_from, paragraphs_to
FROM documents WHERE kind = 'protokoll' AND organ_id IS NOT NULL AND meeting_date IS NOT NULL
AND status IN ('read', 'partly') ORDER BY meeting_date, id"""
_NUMBERS = """SELECT s.document, s.number, s.number_to, s.page, s.evidence, substr(e.quote, 1, 4)
FROM sections s JOIN documents d ON d.id = s.document LEFT JOIN evidence e ON e.id = s.evidence
WHERE d.kind = 'protokoll' AND s.number IS NOT NULL ORDER BY s.document, s.ordinal"""
_UNREAD = """SELECT path, organ_id, meeting_date FROM documents WHERE status IN ('scanned', 'unread', 'partly')
AND coalesce(kind, 'protokoll') IN ('protokoll', 'other') AND organ_id IS NOT NULL AND meeting_date IS NOT NULL
ORDER BY meeting_date, path"""
_SIGN = re.compile(r"\s*[§&$]")  # scanned pages show the sign as one of its look-alikes


def _protocols(db: Database) -> list[Numbered]:
    headings: dict[str, list[Any]] = defaultdict(list)
    for document, *heading in db.execute(_NUMBERS):
        headings[document].append(heading)
    rows = db.execute(_PROTOCOLS).fetchall()
    return [found for row in rows if (found := _numbered(row, headings.get(row[0], [])))]


def _numbered(row: Sequence[Any], headings: Sequence[Any]) -> Numbered | None:
    id, path, day, organ_id, organ, form, status, printed_from, printed_to = row
    own = [heading for heading in headings if heading[0].isdigit()]
    spans = [(int(one), int(to if (to or "").isdigit() else one)) for one, to, *_ in own]
    upward = _upward([one for one, _ in spans])
    numbers = _near_each_other(frozenset(n for one, to in spans if one in upward for n in range(one, to + 1)))
    if not numbers:
        return None
    own = [heading for heading in own if int(heading[0]) in numbers]
    first, last = min(numbers), max(numbers)
    # what the front page says may reach further than what was read, but never so far that one of both is wrong
    if printed_from and printed_to and printed_from <= first and last <= printed_to:
        first, last = printed_from, printed_to
    sparse = last - first + 1 > 2 * len(numbers)
    signed = sum(bool(_SIGN.match(quote or "")) for *_, quote in own) * 2 > len(own)
    opening = min(own, key=lambda heading: int(heading[0]))
    return Numbered(
        id, path, day, organ_id, organ or "", form in _PART or sparse, status == "read", signed, numbers, first, last,
        opening[2], opening[3],
    )  # fmt: skip


def _upward(numbers: Sequence[int]) -> set[int]:
    """The longest rising row of numbers: what breaks it is a reference to another paragraph, read as a heading.

    Of two such rows the denser one: `101, 95, 102` is 101 and 102.
    """
    mirrored = {-number for number in _rising([-number for number in reversed(numbers)])}
    return min(_rising(numbers), mirrored, key=lambda row: max(row) - min(row) if row else 0)


def _rising(numbers: Sequence[int]) -> set[int]:
    ends: list[int] = []  # for each length, the place of the smallest number that such a row ends with
    before: list[int | None] = []
    for at, number in enumerate(numbers):
        length = bisect_left(ends, number, key=lambda place: numbers[place])
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [at]
    found, place = set(), ends[-1] if ends else None
    while place is not None:
        found.add(numbers[place])
        place = before[place]
    return found


def _near_each_other(numbers: frozenset[int]) -> frozenset[int]:
    """Without a number that is far from all others: a reference at the start of a line, read as a heading."""
    if len(numbers) < 3:
        return numbers
    middle, reach = median(numbers), 10 + 2 * len(numbers)
    return frozenset(number for number in numbers if abs(number - middle) <= reach)


def paragraphs(db: Database) -> list[Row]:
    """The rows on paragraphs that no document holds."""
    by_organ: dict[str, list[Numbered]] = defaultdict(list)
    for protocol in _protocols(db):
        by_organ[protocol.organ_id].append(protocol)
    unread: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, organ, day in db.execute(_UNREAD):
        unread[organ].append((day, path))
    found = []
    for organ, own in by_organ.items():
        for gap in _gaps_of(own):
            if left := _unseen(gap, _on_pages(db, gap)):
                since = gap.before.day if gap.before else f"{gap.after.day[:4]}-01-01"
                between = [path for day, path in unread[organ] if since <= day <= gap.after.day]
                found += _rows_of(gap._replace(numbers=left), between)
    return found


def _gaps_of(own: Sequence[Numbered]) -> list[Gap]:
    whole = [it for it in own if not it.part]
    if not whole or not all(it.signed for it in whole):
        return []
    held = frozenset((int(it.day[:4]), number) for it in own if it.part for number in it.numbers)
    return gaps([Sitting(tuple(group)) for _, group in groupby(whole, key=lambda it: it.day)], held)


def _unseen(gap: Gap, seen: set[int]) -> frozenset[int]:
    """What is left of a gap: a heading that was not read lies inside a protocol, or right at the edge of the gap."""
    if gap.before is gap.after:
        return gap.numbers - seen
    left = set(gap.numbers)
    while left and max(left) in seen:
        left.remove(max(left))
    while gap.before and left and min(left) in seen:
        left.remove(min(left))
    return frozenset(left)


_PAGES = "SELECT text FROM pages WHERE document IN (?, ?) AND text LIKE '%§%'"
_HEADED = re.compile(r"(?m)(?<![,\d(]\n)^[ \t]*§+[ \t]*(\d{1,4})(?:\s*[–—-]\s*(?:§\s*)?(\d{1,4}))?\b")
_NAMED = re.compile(r"§+\s*(\d{1,4})(?:\s*[–—-]\s*(?:§\s*)?(\d{1,4}))?")


def _on_pages(db: Database, gap: Gap) -> set[int]:
    """Paragraphs that the pages of both protocols name; between protocols only those that begin a line."""
    inside = gap.before is gap.after
    pages = db.execute(_PAGES, (gap.before.id if gap.before else None, gap.after.id)).fetchall()
    found = set()
    for (text,) in pages:
        for match in (_NAMED if inside else _HEADED).finditer(text):
            one, to = int(match[1]), int(match[2] or match[1])
            found |= set(range(one, to + 1)) if to - one < 500 else {one}
    return found


# --- meetings that were announced

_NEXT = re.compile(
    r"\bnästa (?:\w+ )?(?:möte|sammanträde)\b|\b(?:möts|träffas|sammanträder|ses)\b[^.]{0,20}\bnästa gång\b|"
    r"\bnästa gång\b[^.]{0,40}\b(?:möts|träffas|sammanträder|ses)\b|\bdärefter (?:möts|träffas|sammanträder|ses)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(?:nästa|kommande) (?:möte|möten|sammanträde|sammanträden)\b", re.IGNORECASE)
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
    return told and bool(_BARE.match(sentence) or _NEXT.search(sentence))


def _of_others(sentence: str, organ: str) -> bool:
    """Whether another organ is named in the sentence; the organ itself may be named by its last word."""
    own = set(stems(organ))
    named = {stem(match.group(0).casefold()) for match in _ORGAN.finditer(sentence)}
    return any(not any(word.endswith(name) for word in own) for name in named)


_SUMMONS = """SELECT d.organ_id, d.organ, d.meeting_date, d.meeting_date, d.id, d.path, h.page, h.evidence
FROM documents d LEFT JOIN header_fields h ON h.document = d.id AND h.field = 'meeting_date'
WHERE d.kind = 'kallelse' AND d.organ_id IS NOT NULL AND d.meeting_date IS NOT NULL ORDER BY d.id, h.ordinal"""
_PHRASES = ("nästa möte", "nästa sammanträde", "nästa gång", "kommande möten", "kommande sammanträden", "därefter")
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
        "id": _row_id("protocol", it.organ_id, it.day, it.document),
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


def rebuild(db: Database) -> None:
    """Makes `missing` anew from all documents."""
    db.execute("DELETE FROM missing")
    insert(db, "missing", sorted((*paragraphs(db), *meetings(db)), key=lambda row: row["id"]))
