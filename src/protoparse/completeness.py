"""What the documents themselves show to be absent: paragraphs that no document holds, meetings without protocol.

A protocol that the reader may have misread gives no gap: what stands at the start of a line on a neighbouring page is
not missing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, Any

from protoparse.announced import meetings
from protoparse.gaps import Gap, Numbered, Row, Sitting, gaps, rows_of
from protoparse.store import remake

if TYPE_CHECKING:
    from sqlite_utils import Database

_PART = ("utdrag", "omedelbar justering")
_PROTOCOLS = """SELECT id, path, meeting_date, organ_id, organ, form, status, paragraphs_from, paragraphs_to,
label FROM documents WHERE kind = 'protokoll' AND organ_id IS NOT NULL AND meeting_date IS NOT NULL
AND status IN ('read', 'partly') ORDER BY meeting_date, id"""
_NUMBERS = """SELECT s.document, s.number, s.number_to, s.page, s.evidence, substr(e.quote, 1, 4)
FROM sections s JOIN documents d ON d.id = s.document LEFT JOIN evidence e ON e.id = s.evidence
WHERE d.kind = 'protokoll' AND s.number IS NOT NULL ORDER BY s.document, s.ordinal"""
_UNREAD = """SELECT path, organ_id, meeting_date FROM documents WHERE status IN ('scanned', 'unread', 'partly')
AND coalesce(kind, 'protokoll') IN ('protokoll', 'other') AND organ_id IS NOT NULL AND meeting_date IS NOT NULL
ORDER BY meeting_date, path"""
_ANNUAL = re.compile(r"årsmöte|stämma\b|stämmo", re.IGNORECASE)
_SIGN = re.compile(r"\s*[§&$]")  # scanned pages show the sign as one of its look-alikes


def _protocols(db: Database) -> list[Numbered]:
    headings: dict[str, list[Any]] = defaultdict(list)
    for document, *heading in db.execute(_NUMBERS):
        headings[document].append(heading)
    rows = db.execute(_PROTOCOLS).fetchall()
    return [found for row in rows if (found := _numbered(row, headings.get(row[0], [])))]


def _numbered(row: Sequence[Any], headings: Sequence[Any]) -> Numbered | None:
    id, path, day, organ_id, organ, form, status, printed_from, printed_to, label = row
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
        opening[2], opening[3], bool(_ANNUAL.search(label)),
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
    series: dict[tuple[str, bool], list[Numbered]] = defaultdict(list)
    for protocol in _protocols(db):
        series[protocol.organ_id, protocol.annual].append(protocol)
    unread: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, organ, day in db.execute(_UNREAD):
        unread[organ].append((day, path))
    found = []
    for (organ, _), own in series.items():
        for gap in _gaps_of(own):
            if left := _unseen(gap, _on_pages(db, gap)):
                since = gap.before.day if gap.before else f"{gap.after.day[:4]}-01-01"
                between = [path for day, path in unread[organ] if since <= day <= gap.after.day]
                found += rows_of(gap._replace(numbers=left), between)
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


def rebuild(db: Database) -> None:
    """Makes `missing` anew from all documents."""
    remake(db, "missing", sorted((*paragraphs(db), *meetings(db)), key=lambda row: row["id"]))
