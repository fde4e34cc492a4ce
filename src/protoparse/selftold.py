"""The meeting that a newsletter without a day tells of itself, where it names the month of its issue.

`Beslut från mötet den 23 maj` under `Juni 2025`, `Vid mötet den 12 juni beslutade …`. A day is taken only where the
newsletter tells of one day of its organ's meetings, as past, in that month or the one before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from protoparse.bounds import MONTH_AT_MOST, PAST, Issue, Mention, Yearless, is_ahead, issue, yearless
from protoparse.dates import MONTHS
from protoparse.names import stems
from protoparse.sentences import of_lines
from protoparse.telling import GATHERED, Part, Telling, Undated, meeting_of, same_meeting

BESIDE = 4  # words before a day in which the verb is sought


_WHOLE = re.compile(
    rf"\bden (?P<day>[12]?\d|3[01]) (?P<month>{'|'.join(MONTHS)}) (?P<year>20\d\d)(?!\d)", re.IGNORECASE
)


class Own(NamedTuple):
    """A day on which a newsletter says that its organ met, its words, and what the newsletter is named for."""

    day: str
    sentence: str
    issue: str


_FROM = re.compile(r"\bfrån\s+(?!och med\b)(?:[^\s.;:!?(),]+\s+){1,6}\Z", re.IGNORECASE)
_NEXT = re.compile(r"\A\W*(?:\d{4}\W+)?(?:i\s+[A-ZÅÄÖ]\w+\s+)?")
_TO_COME = re.compile(r"\b(?:ska|kommer|ta[rs]|\w{3,}(?:as|eras|ar))\b", re.IGNORECASE)
_LONG_AGO = re.compile(
    r"\b(?:i fjol|fjolår\w*|(?:förra|föregående) år\w*|året innan|år sedan|förra (?:våren|hösten|sommaren|vintern))\b",
    re.IGNORECASE,
)
_EARLIER = frozenset(stems("föregående förgående förra tidigare första"))


def own_meeting(undated: Undated) -> Own | None:
    """The day of the one meeting that a newsletter tells of; None where it tells of none or of several."""
    named = issue(undated.head) if undated.kind == "nyhetsbrev" else None
    if named is None or (named.end - named.start).days >= MONTH_AT_MOST:
        return None
    told = list(_told(undated, named))
    days = {day for day, _, _ in told}
    before = (named.start - timedelta(days=1)).replace(day=1)
    sure = [sentence for _, sentence, earlier in told if not earlier]
    if len(days) != 1 or not sure or not before.isoformat() <= (day := days.pop()) <= named.end.isoformat():
        return None
    return Own(day, sure[0], named.words)


def _told(undated: Undated, named: Issue) -> Iterator[tuple[str, str, bool]]:
    """The days on which the organ is said to have met, the words, and whether they speak of an earlier meeting."""
    for part in undated.parts:
        for text in (*part.titles[:1], *of_lines(part.text)):
            for day in _days(text, named):
                yield from _of(day, undated, part)


def _days(text: str, named: Issue) -> Iterator[Mention]:
    """The days of a text with their year; one without is the last that does not lie after the issue."""
    for whole in _WHOLE.finditer(text):
        it = Yearless(int(whole["day"]), MONTHS.index(whole["month"].lower()) + 1, None, text, whole.group())
        if found := it.in_year(int(whole["year"])):
            yield found
    for it in yearless([text]):
        years = (it.in_year(year) for year in (named.end.year, named.end.year - 1))
        found = next((day for day in years if day and date.fromisoformat(day.start) <= named.end), None)
        if found and found.bound is None:
            yield found


def _of(it: Mention, undated: Undated, part: Part) -> Iterator[tuple[str, str, bool]]:
    before, _, after = it.sentence.partition(it.words)
    if is_ahead(it) or not (_FROM.search(before) or _is_past(before, after)):
        return
    named = meeting_of(it.sentence, it.words, past=True)
    if named is None:
        return
    telling = Telling(undated.id, undated.organ, "", it.start, None, None, it.sentence, named, part)
    if same_meeting(undated, telling):
        earlier = bool(_LONG_AGO.search(it.sentence)) or bool(_EARLIER & {word for one in named for word in stems(one)})
        yield it.start, it.sentence, earlier


def _is_past(before: str, after: str) -> bool:
    """Whether the verb beside a day is in the past: the one after it where it opens the sentence, else that before."""
    rest = after[found.end() :] if (found := _NEXT.match(after)) else after
    if PAST.match(rest) or GATHERED.match(rest):
        return True
    near = " ".join(before.split()[-BESIDE:])
    return bool(GATHERED.search(near)) and not _TO_COME.search(near)
