"""What a document says of itself: its kind, the organ that met, when, and the labelled fields of its header."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from protoparse.agenda import Agenda
from protoparse.filename import read_name
from protoparse.labels import KINDS, Field, Words, any_of, dealt, fields
from protoparse.models import (
    Attendee,
    DateSource,
    Evidence,
    HeaderField,
    Kind,
    Line,
    Meeting,
    Passage,
)
from protoparse.officers import read_officers
from protoparse.organ import PROSE, SPACED_DAY, is_organ, read_organ, within
from protoparse.particulars import DateReader, read_particulars, told
from protoparse.pdf.layout import Layout
from protoparse.pdf.reader import Document
from protoparse.pdf.rows import cells
from protoparse.people import People
from protoparse.text import Text, Word, join

# ---------------------------------------------------------------- kind, organ, date


_ITEM = re.compile(
    r"§\s*\d{1,4}(?![\d–-])(?:/\d\d)?\.?(?:\s+[^\W\d]|\s*\Z)|\d{1,2}(?:\.\d{1,2})*[.)]?\s+[A-ZÅÄÖ][a-zåäö]"
)


def _above_items(lines: Sequence[Line]) -> list[Line]:
    """The lines of the first page above its first numbered item; all of them when that would leave none."""
    items = [ln.top for ln in lines if ln.page == 1 and ln.size < 15 and _ITEM.match(ln.text.string)]
    first = min(items, default=None)
    above = [ln for ln in lines if ln.page == 1 and (first is None or ln.top < first - 1)]
    return above or [ln for ln in lines if ln.page == 1]


def _title_lines(layout: Layout) -> list[Line]:
    """The short lines of the first page above its items, top to bottom, then the rest of its running heads and feet; a
    title set over several lines is one."""
    above = _above_items(layout.lines)
    aside = [out.line for out in layout.left_out if out.reason != "sidnummer" and out.line.page == 1]
    lowest = max((ln.top for ln in above), default=0.0)
    first = [*above, *(ln for ln in aside if ln.top <= lowest)]
    lines = sorted((ln for ln in first if 0 < len(ln.text) <= 110), key=lambda ln: (ln.top, ln.x0))
    joined: list[Line] = []
    for line in lines:
        if joined and _same_title(joined[-1], line):
            joined[-1] = replace(line, text=join([joined[-1].text, line.text]))
        else:
            joined.append(line)
    return [*joined, *(ln for ln in aside if ln.top > lowest and 0 < len(ln.text) <= 110)]


def _running_heads(layout: Layout) -> list[Line]:
    """The running heads and feet of all pages, each wording once."""
    lines = (out.line for out in layout.left_out if out.reason != "sidnummer")
    return list({" ".join(ln.text.string.split()): ln for ln in lines if 3 < len(ln.text) <= 110}.values())


def _same_title(before: Line, line: Line) -> bool:
    """Whether a large line goes on in the next: same size, hardly any space between."""
    alike = line.size == before.size > 13 and (line.bold, line.page) == (before.bold, before.page)
    alike = alike and not PROSE.search(line.text.string)
    return alike and line.top - before.top < 1.45 * line.size and len(before.text) + len(line.text) <= 110


class _Kind(NamedTuple):
    """The kind of a document, its finer form, and the line that says so (None: told by what it holds)."""

    kind: Kind
    form: str | None
    line: Line | None


def _named_kind(line: Line, words: Words) -> _Kind | None:
    """The kind that a line of the head names."""
    text = line.text.string
    if PROSE.search(text) or words.no_title.search(text):
        return None
    for form in words.forms:
        if form.cue.search(text):
            return _Kind(form.kind, form.code, line)
    named = next((_Kind(kind, kind, line) for kind in KINDS if words.kinds[kind].search(text)), None)
    return named or (_Kind("nyhetsbrev", "nyhetsbrev", line) if _informs(text, words) else None)


_INFORMS = re.compile(r"(?P<who>[A-ZÅÄÖ].{3,60}?) informerar(?=\s*(?:[·|,–-]|\Z))")


def _informs(text: str, words: Words) -> re.Match[str] | None:
    """The head of a newsletter that does not call itself so: `Socialnämnden informerar · maj 2025`."""
    said = _INFORMS.match(text)
    return said if said and is_organ(said["who"], words) else None


def _kind(lines: Sequence[Line], layout: Layout, labelled: Sequence[Field], words: Words, landscape: bool) -> _Kind:
    found = [named for line in lines[:14] if not _is_field(line, words) and (named := _named_kind(line, words))]
    sure = [named for named in found if named.form not in _LOOSE]
    if sure:
        first = sure[0]
        finer = [n for n in sure if n.form in ("utdrag", "omedelbar justering") and n.kind == first.kind]
        return finer[0] if finer and first.form == "protokoll" else first
    if any(f.group in ("adjusters", "paragraphs", "members") for f in labelled):
        return _Kind("protokoll", None, None)
    large = [ln for ln in layout.lines if len(ln.text) <= 80 and (ln.size > 12.5 or ln.bold)]
    for kind in KINDS:
        for line in large:
            if words.kinds[kind].match(line.text.string) and not words.no_title.search(line.text.string):
                return _Kind(kind, kind, line)
    if found:
        return found[0]
    met = [ln for ln in lines[:8] if words.gathering.search(ln.text.string) and _may_be_title(ln, words)]
    if met and not landscape:
        kind: Kind = "protokoll" if words.formal.search(met[0].text.string) else "minnesanteckningar"
        return _Kind(kind, kind, met[0])
    return _Kind("nyhetsbrev" if landscape else "other", None, None)


def _may_be_title(line: Line, words: Words) -> bool:
    """Whether a line is no sentence, no label with its value and does not speak of another meeting or paper."""
    text = line.text.string
    other = words.no_title.search(text) or _other_days(words).search(text) or PROSE.search(text)
    return not other and not _is_field(line, words) and len(text) <= 80


_LOOSE = ("bilaga",)  # may stand in a corner of any document


def _is_value(line: Line, labelled: Sequence[Field]) -> bool:
    """Whether a line begins with the value of a label, other than that of the organ."""
    return bool(line.text.words) and any(
        _place_of(line.text.words[0]) == _place_of(word)
        for field in labelled
        if field.group != "organ"
        for value in (field.label, *field.values)
        for word in value.words[:1]
    )


def _is_field(line: Line, words: Words) -> bool:
    """Whether a line begins with a label that is no title (`Justering  Omedelbart efter mötet`)."""
    first = cells(line)[0].string
    head = first.partition(":")[0] if ":" in first else first
    return words.label(head) not in (None, "signatures") and words.label(head) is not None


class _Day(NamedTuple):
    """The day of a meeting, where it stood, and the printed words."""

    day: datetime.date
    source: DateSource
    said: Text


def _day_in(text: Text, dates: DateReader) -> tuple[datetime.date, Text] | None:
    """The first whole day of a header's text; `2026 03 04` is one here."""
    string = SPACED_DAY.sub(r"\1-\2-\3", text.string)
    mention = next((m for m in dates(string) if m.precision == "day" and m.bound is None), None)
    return (mention.first, text[mention.start : mention.end]) if mention else None


def _date(lines: Sequence[Line], labelled: Sequence[Field], kind: Kind, words: Words, dates: DateReader) -> _Day | None:
    other = _other_days(words)
    for line in lines:
        named = kind in words.kinds and words.kinds[kind].search(line.text.string)
        named = named or (_informs(line.text.string, words) if kind == "nyhetsbrev" else None)
        if named and not other.search(_behind(line.text.string, named)) and (found := _day_in(line.text, dates)):
            return _Day(found[0], "title", found[1])
    for group in ("date", "place_time", "time", "place"):
        for label in labelled:
            if label.group == group and label.values and (found := _day_in(join(label.values), dates)):
                return _Day(found[0], "header", found[1])
    taken = {
        _place_of(value.words[0])
        for f in labelled
        if f.group not in ("date", "place_time", "time", "place", "organ")
        for value in f.values
        if value.words
    }
    if kind == "nyhetsbrev":
        return _issued(lines, words, dates)
    for line in lines[:12]:
        if len(line.text) > 90 or PROSE.search(line.text.string) or other.search(line.text.string):
            continue
        if (found := _day_in(line.text, dates)) and _place_of(line.text.words[0]) not in taken:
            return _Day(found[0], "title" if line.size > 14 else "header", found[1])
    return _without_year(lines, labelled, words, dates)


_MASTHEAD = 4  # so many lines at the top of a newsletter may tell the day without saying what day it is
_ISSUED = re.compile(
    r"\b(?:publicera[dt]|utgiv(?:en|et)|utgivningsdag|(?:ut)?skicka[dt]|utsän[dt]|uppdatera[dt]|datum|läget\sper)\s*:?\s*"
    r"(?:den\s+)?\Z",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"(?:nr|nummer|årgång|utgåva|vecka|v\.?)\s*\d+(?:\s*[/:–-]\s*\d+)?", re.IGNORECASE)
_PARTED = re.compile(r"\s*[|·•–—,]\s*|\s{3,}")


def _issued(lines: Sequence[Line], words: Words, dates: DateReader) -> _Day | None:
    """The day of a newsletter that a line gives as the day of its issue, or that stands in its masthead beside its
    number, its name and its organ only: any other day may be that of something to come."""
    for at, line in enumerate(lines[:14]):
        text = line.text.string
        days = [] if PROSE.search(text) else [m for m in dates(text) if m.precision == "day"]
        for mention in days:
            said = _ISSUED.search(text, 0, mention.start)
            if said or (at < _MASTHEAD and not mention.bound and _is_masthead(text, mention.start, mention.end, words)):
                return _Day(mention.first, "header", line.text[mention.start : mention.end])
    return None


def _issued_in(lines: Sequence[Line], words: Words, dates: DateReader) -> datetime.date | None:
    """The first day of the month that the masthead of a newsletter names (`Juni 2026`); None where it names two."""
    other = _other_days(words)
    plain = [ln.text.string for ln in lines[:_MASTHEAD] if not PROSE.search(ln.text.string)]
    found = {
        mention.first
        for text in plain
        if not other.search(text)
        for mention in dates(text)
        if mention.precision == "month"
        and mention.first.replace(day=1) == mention.last.replace(day=1)
        and not mention.bound
        and _is_masthead(text, mention.start, mention.end, words)
    }
    return found.pop() if len(found) == 1 else None


def _is_masthead(text: str, start: int, end: int, words: Words) -> bool:
    """Whether a line holds nothing beside its day but the number, the name and the organ of a newsletter."""
    before = re.sub(
        r"(?:\A|(?<=[\s,|·]))(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?,?\s+)?(?:den\s+)?\Z",
        "",
        text[:start],
        flags=re.IGNORECASE,
    )
    rest = [part for part in _PARTED.split(f"{before}|{text[end:]}") if part.strip()]
    return all(
        _ISSUE.fullmatch(part.strip()) or words.kinds["nyhetsbrev"].search(part) or is_organ(part.strip(), words)
        for part in rest
    )


_DAY_ALONE = re.compile(
    r"\b(?:(?P<weekday>mån|tis|ons|tors|fre|lör|sön)dag(?:en)?,?\s+)?(?:den\s+)?(?P<day>\d{1,2})\s+"
    r"(?P<month>januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b(?!\s*\d{4})",
    re.IGNORECASE,
)
_WEEKDAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")
_YEAR = re.compile(r"(?<![\d.-])20[0-4]\d(?![\d-])")


def _without_year(lines: Sequence[Line], labelled: Sequence[Field], words: Words, dates: DateReader) -> _Day | None:
    """A day whose year stands elsewhere in the head (`Protokoll nr 3/2026`, `Tid: måndag 9 mars kl. 18`): taken when
    the head names one year only and the weekday, where one stands, falls on that day."""
    other = _other_days(words)
    head = [
        line.text for line in lines[:12] if not PROSE.search(line.text.string) and not other.search(line.text.string)
    ]
    years = {year for text in head for year in _YEAR.findall(text.string)}
    said = [
        join(f.values) for group in ("date", "place_time", "time") for f in labelled if f.group == group and f.values
    ]
    for text in (*said, *head):
        match = _DAY_ALONE.search(text.string)
        if match is None or len(years) != 1:
            continue
        mentions = dates(f"{match['day']} {match['month']} {next(iter(years))}")
        if mentions and mentions[0].precision == "day":
            day = mentions[0].first
            if not match["weekday"] or _WEEKDAYS[day.weekday()] == match["weekday"].lower():
                return _Day(day, "header", text[match.start() : match.end()])
        return None
    return None


def _other_days(words: Words) -> re.Pattern[str]:
    """Words of a line whose day is none of the meeting."""
    return re.compile(rf"\b(?:{any_of(words.lists['not_meeting_day'])})", re.IGNORECASE)


def _behind(text: str, cue: re.Match[str]) -> str:
    """A title without the word that names its kind (`Kallelse 2026-03-04`)."""
    return text[: cue.start()] + text[cue.end() :]


def _place_of(word: Word) -> tuple[int, float, float]:
    return word.page, word.top, word.x0


_NO_MEETING = ("tjänsteskrivelse",)  # written by an official to an organ that has not met yet
_TAIL = 40  # so many lines at the end of a document may hold its signatures


def read_meeting(
    document: Document,
    layout: Layout,
    agenda: Agenda,
    labelled: Sequence[Field],
    present: Sequence[Attendee],
    words: Words,
    dates: DateReader,
    people: People,
) -> tuple[Meeting, list[HeaderField]]:
    """The header of a document, and its fields one by one with the words that say them.

    `labelled`: the labelled fields before and after the sections; `present`: those of the attendance list. What the
    pages do not say is read from the file's name only where no page holds a word.
    """
    if not any(page.words for page in document.pages):
        return _by_name(document.path.stem, words)
    lines = _title_lines(layout)
    first = document.pages[0]
    labelled = _labelled(layout, agenda, labelled, words)
    said = _kind(lines, layout, labelled, words, first.width > first.height)
    day = _date(lines, dealt(labelled), said.kind, words, dates)
    organ = None
    if said.form not in _NO_MEETING:
        heads = [line for line in lines if not _is_value(line, labelled)]
        running = _running_heads(layout)
        top = _first_heading(agenda)
        organ = read_organ(heads, running, labelled, said.kind, agenda.passages, words, dates, top)
    name = _in_small_letters(organ.name, agenda.passages) if organ else None
    found = [told("form", said.form, said.line.text)] if said.form and said.line else []
    if organ and name:
        found.append(told("organ", name, within(organ.said, organ.name)))
    if day:
        found.append(told("meeting_date", day.day, day.said))
    title = [
        line for line in lines[:14] if not _is_field(line, words) and not _other_days(words).search(line.text.string)
    ]
    met_on = day.day if day else None
    found += _of_the_meeting(said.kind, title, layout, agenda, labelled, present, met_on, words, dates, people)
    meeting = Meeting(
        kind=said.kind,
        title=_title(lines, said.kind, words, name, met_on),
        organ=name,
        date=met_on,
        date_source=day.source if day else None,
        issued_in=_issued_in(lines, words, dates) if said.kind == "nyhetsbrev" and not day else None,
        form=said.form,
        **_columns(found),
    )
    return meeting, found


def _first_heading(agenda: Agenda) -> float | None:
    """Where on the first page the first heading of a section stands, in points from its top."""
    headings = (section.heading for section in agenda.sections)
    return min((h.words[0].top for h in headings if h.words and h.words[0].page == 1), default=None)


def _labelled(layout: Layout, agenda: Agenda, labelled: Sequence[Field], words: Words) -> Sequence[Field]:
    """The labelled fields; in a document without numbers, where a header may look like sections, all of page 1."""
    if any(section.number for section in agenda.sections) or not agenda.sections:
        return labelled
    back = _words_of(agenda.back)
    behind = [f for f in labelled if f.label.words and _place_of(f.label.words[0]) in back]
    return [*fields([line for line in layout.lines if line.page == 1], words), *behind]


def _of_the_meeting(
    kind: Kind,
    title: Sequence[Line],
    layout: Layout,
    agenda: Agenda,
    labelled: Sequence[Field],
    present: Sequence[Attendee],
    met_on: datetime.date | None,
    words: Words,
    dates: DateReader,
    people: People,
) -> list[HeaderField]:
    """Particulars and officers; a newsletter has none, a summons only those that its labels name."""
    if kind == "nyhetsbrev":
        return []
    last = {_place_of(line.text.words[0]) for line in agenda.back if line.text.words}
    back = [f for f in labelled if f.label.words and _place_of(f.label.words[0]) in _words_of(agenda.back)]
    front = dealt([f for f in labelled if f not in back])
    tail = agenda.back if last else layout.lines[-_TAIL:]
    if kind == "kallelse":
        return [
            *read_particulars(front, title, agenda.front, [], words, dates, met_on),
            *read_officers(front, [], [], [], [], [], {}, [], words, people),
        ]
    tail = [*tail, *(out.line for out in layout.left_out if out.line.page == 1 and out.reason != "sidnummer")][:200]
    titles = {section.ordinal: section.title for section in agenda.sections}
    return [
        *read_particulars([*front, *back], title, [*agenda.front, *tail], agenda.passages, words, dates, met_on),
        *read_officers(front, back, tail, agenda.front, layout.lines, agenda.passages, titles, present, words, people),
    ]


def _words_of(lines: Sequence[Line]) -> set[tuple[int, float, float]]:
    return {_place_of(word) for line in lines for word in line.text.words}


_NUMBERS = ("paragraphs_from", "paragraphs_to")
_DAYS = ("adjusted_on", "notice_up", "notice_down", "appeal_until")
_WORDS = ("time_start", "time_end", "place", "chair", "secretary")


def _columns(fields: Sequence[HeaderField]) -> dict[str, Any]:
    """The columns of a meeting that its fields fill."""
    found: dict[str, Any] = {"adjusters": tuple(row.value for row in fields if row.field == "adjusters")}
    for row in fields:
        if row.field in _NUMBERS:
            found[row.field] = int(row.value)
        elif row.field in _DAYS:
            found[row.field] = datetime.date.fromisoformat(row.value)
        elif row.field in _WORDS:
            found[row.field] = row.value
    return found


def _by_name(stem: str, words: Words) -> tuple[Meeting, list[HeaderField]]:
    """The header of a document without a word on its pages: what the file's name says, and nothing else."""
    named = read_name(stem, words)
    said = {"form": named.form, "organ": named.organ, "meeting_date": named.day and named.day.isoformat()}
    fields = [
        HeaderField(evidence=Evidence(quote=Text()), field=field, value=value, text=f"Filens namn: {stem}")
        for field, value in said.items()
        if value
    ]
    meeting = Meeting(
        kind=named.kind or "other",
        organ=named.organ,
        date=named.day,
        date_source="filename" if named.day else None,
        form=named.form,
    )
    return meeting, fields


def _in_small_letters(organ: str, running: Sequence[Passage]) -> str:
    """`BRF SOLROSEN` is how a head is set, not how the organ is called: the text may write it otherwise."""
    if not organ.isupper() or len(organ) <= 5:
        return organ
    spelled = re.compile(rf"\b{re.escape(organ)}\b", re.IGNORECASE)
    found = (match.group() for p in running for match in spelled.finditer(p.text.string))
    name = next((name for name in found if not name.isupper()), organ.capitalize())
    return name[:1].upper() + name[1:]


def _title(lines: Sequence[Line], kind: Kind, words: Words, organ: str | None, day: datetime.date | None) -> str | None:
    """The title as printed; one that is only `Protokoll` gets the organ and the day of the meeting."""
    plain = [ln for ln in lines if not PROSE.search(ln.text.string) and not _is_field(ln, words)] or lines
    named = [ln for ln in plain if (found := _named_kind(ln, words)) and found.kind == kind]
    gathered = [ln for ln in plain if words.gathering.search(ln.text.string)]
    best = max(named or gathered or plain, key=lambda ln: ln.size, default=None)
    if best is None or len(best.text.string.split()) > 1:
        return best.text.string if best else None
    said = best.text.string.capitalize() if best.text.string.isupper() else best.text.string
    said = said[:1].upper() + said[1:]
    own = organ and not said.lower().startswith(organ.lower()[:6])
    return " ".join(part for part in (said, own and organ, day and day.isoformat()) if part)


def title_index(lines: Sequence[Line], words: Words) -> int | None:
    """The index of the last line of the title near the top of the first page, if a line there names the kind of
    document: a title may run over several lines, and the organ, the day and labelled fields may follow it."""
    at = next((at for at, line in enumerate(lines[:8]) if line.page == 1 and _names_kind(line, words)), None)
    while at is not None and at + 1 < len(lines):
        after = lines[at + 1]
        if not (_same_title(lines[at], after) or _belongs_to_title(after, words)):
            break
        at += 1
    return at


_WHOLE_DAY = re.compile(
    r"\b\d{1,2}\s+[a-zåäö]{3,9}\s+(?:19|20)\d\d\b|\b(?:19|20)\d\d[- ]\d\d[- ]\d\d\b|\b\d{1,2}/\d{1,2}[- ]"
)


def _belongs_to_title(line: Line, words: Words) -> bool:
    """Whether a line under a title is the organ, a day or a labelled field."""
    text = line.text.string
    if line.page != 1 or not text or len(text) > 90 or PROSE.search(text):
        return False
    day = bool(_WHOLE_DAY.search(text)) and len(text) <= 70 and not re.match(r"§|\d{1,3}[.)]?\s+[A-ZÅÄÖ]", text)
    return day or is_organ(text, words) or _is_field(line, words)


def _names_kind(line: Line, words: Words) -> bool:
    text = line.text.string
    return len(text) < 110 and (
        any(words.kinds[kind].search(text) for kind in KINDS) or any(form.cue.search(text) for form in words.forms)
    )
