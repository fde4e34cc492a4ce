"""What a document says of itself: its kind, the organ that met, when, and the labelled fields of its header."""

from __future__ import annotations

import datetime
import re
from collections import Counter
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
from protoparse.particulars import DateReader, read_particulars, told
from protoparse.pdf.layout import Layout
from protoparse.pdf.reader import Document
from protoparse.pdf.rows import cells
from protoparse.people import People
from protoparse.text import Text, Word, join

_PROSE = re.compile(r"[.!?]\s*\Z")
_SPACED = re.compile(r"(?<!\d)((?:19|20)\d\d) (0[1-9]|1[0-2]) (0[1-9]|[12]\d|3[01])(?!\d)")

# ---------------------------------------------------------------- kind, organ, date


def _title_lines(layout: Layout) -> list[Line]:
    """The short lines of the first page, running heads too, top to bottom; a title set over several lines is one."""
    first = [*layout.lines, *(out.line for out in layout.left_out if out.reason != "sidnummer")]
    lines = sorted((ln for ln in first if ln.page == 1 and 0 < len(ln.text) <= 110), key=lambda ln: (ln.top, ln.x0))
    joined: list[Line] = []
    for line in lines:
        if joined and _same_title(joined[-1], line):
            joined[-1] = replace(line, text=join([joined[-1].text, line.text]))
        else:
            joined.append(line)
    return joined


def _same_title(before: Line, line: Line) -> bool:
    """Whether a large line goes on in the next: same size, hardly any space between."""
    alike = line.size == before.size > 13 and (line.bold, line.page) == (before.bold, before.page)
    alike = alike and not _PROSE.search(line.text.string)
    return alike and line.top - before.top < 1.45 * line.size and len(before.text) + len(line.text) <= 110


class _Kind(NamedTuple):
    """The kind of a document, its finer form, and the line that says so (None: told by what it holds)."""

    kind: Kind
    form: str | None
    line: Line | None


def _named_kind(line: Line, words: Words) -> _Kind | None:
    """The kind that a line of the head names."""
    text = line.text.string
    if _PROSE.search(text):
        return None
    for form in words.forms:
        if form.cue.search(text):
            return _Kind(form.kind, form.code, line)
    return next((_Kind(kind, kind, line) for kind in KINDS if words.kinds[kind].search(text)), None)


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
            if words.kinds[kind].match(line.text.string):
                return _Kind(kind, kind, line)
    if found:
        return found[0]
    return _Kind("nyhetsbrev" if landscape else "other", None, None)


_LOOSE = ("bilaga",)  # may stand in a corner of any document


def _is_field(line: Line, words: Words) -> bool:
    """Whether a line begins with a label that is no title (`Justering  Omedelbart efter mötet`)."""
    first = cells(line)[0].string
    head = first.partition(":")[0] if ":" in first else first
    return words.label(head) not in (None, "signatures") and words.label(head) is not None


_NUMBER = re.compile(r"\b(?:nr|nummer|no)\.?\s*\d+(?:\s*[/–-]\s*\d+)?\b|§§?\s*\d+(?:\s*[–-]\s*\d+)?", re.IGNORECASE)


def _organ_in_title(title: str, kind: Kind, words: Words, dates: DateReader) -> str | None:
    """What is left of a title line without kind, date and number."""
    title = _SPACED.sub(r"\1-\2-\3", title)
    for mention in reversed(dates(title)):
        title = title[: mention.bound_start] + " · " + title[mention.end :]
    for cue in (*(form.cue for form in words.forms), *([words.kinds[kind]] if kind in words.kinds else [])):
        title = cue.sub(" ", title)
    title = _NUMBER.sub(" ", title)
    title = _ABBREVIATION.sub("", " ".join(title.split()).strip(" ,.:;–-/|·"))
    met = _MET_WITH.search(title)
    title = _GATHERING.sub("", words.noise.sub("", title)).strip(" ,.:;–-·")
    title = re.sub(r"\s(?:den|i|vid|på)\Z", "", title)
    title = _meeting_of(_IN_PLACE.sub("", title) if met else title)
    return title if len(title) > 3 and any(c.isalpha() for c in title) else None


_MET_WITH = re.compile(r"(?:sammanträde|möte|förhandling|samverkan) med\b", re.IGNORECASE)
# `Styrelsesammanträde med Samordningsförbundet`, `Dialogmöte Nätverket`: what kind of meeting is no part of the name
_GATHERING = re.compile(
    r"\A[\wåäöÅÄÖ-]*(?:möte|sammanträde|stämma|träff)t?\s+(?:(?:med|i|för|nr)\s+|·\s+)?(?=[A-ZÅÄÖ])"
)
_IN_PLACE = re.compile(r"\s(?:i|på)\s[A-ZÅÄÖ][\wåäö-]*(?:\s[A-ZÅÄÖ][\wåäö-]*)*\Z")
_ABBREVIATION = re.compile(r"\s*\([A-ZÅÄÖ]{2,6}\)\Z")
_MEETING = re.compile(
    r"(?P<organ>.{4,}?)s (?:sammanträde|möte|årsmöte|årsstämma|stämma)"
    r"(?:\s(?:i|på|vid|nr)\s.{2,40}|,.{2,40}|\s·.{2,40})?\Z"
)


def _meeting_of(title: str) -> str:
    """`regionstyrelsens sammanträde` → `Regionstyrelsen`."""
    match = _MEETING.match(title)
    return match["organ"][:1].upper() + match["organ"][1:] if match else title


def _parts(title: str) -> list[str]:
    """What stands before and after the day in a title, the title as a whole, and what its dashes and commas part."""
    around = [part.strip(" ,.:;–-") for part in title.split("·")]
    between = [part.strip() for part in re.split(r"\s[–—|·-]\s|[,·|]\s|\s·", title)]
    return list(dict.fromkeys([*around, " ".join(title.replace("·", " ").split()), *between]))


_OF_SOMETHING = re.compile(r"\s(?:inom|om|av|från|till|på|mellan|med|vid)\s")
_NO_ORGAN = re.compile(
    r"\bkommun\b|\bsida\b|\bstad\b|\bblad\b|\d|\bpunkt|paragraf|§|sammanträde|årsmöte|\bmöte\b", re.IGNORECASE
)


def _is_organ(text: str, words: Words) -> bool:
    """Whether a line is an organ's name and nothing else."""
    short = len(text.split()) <= 8 and len(text) <= 70 and text[:1].isupper()
    if not short or _NO_ORGAN.search(text):
        return False
    if words.organ_start.match(text):
        return True
    name = _PLACE_BEHIND.sub("", text)
    return not _OF_SOMETHING.search(text) and bool(words.organ_ending.search(text) or words.organ_ending.search(name))


# `Länssamråd Nord`, `Samrådet Norra älvdalen`
_PLACE_BEHIND = re.compile(
    r"(?:(?:\s[A-ZÅÄÖ][\wåäöéü-]+){1,2}|\s(?:Norra|Södra|Östra|Västra|Mellersta|Nedre|Övre|Inre|Yttre)\s[a-zåäö]+)\Z"
)


_SUBJECT = re.compile(
    r"(?:\A|(?<=[.!?]\s))([A-ZÅÄÖ][\w-]+(?:\s(?:och\s)?[a-zåäö][\w-]+){0,4}?)\s"
    r"(?:beslutar|beslutade|beslöt|godkänner|fastställer|antar|föreslår)\b"
)


def _organ_by_deeds(passages: Sequence[Passage], words: Words) -> Text | None:
    """The organ that decides in the text, when the document's head names none."""
    subjects = Counter(m.group(1) for p in passages for m in _SUBJECT.finditer(p.text.string))
    name = next((name for name, _ in subjects.most_common() if words.organ_ending.search(name)), None)
    said = next((p.text for p in passages if name and name in p.text.string), None)
    return _within(said, name) if said and name else None


def _within(text: Text, part: str) -> Text:
    """The printed words of a part of a text; all of it when the part was put together."""
    at = text.string.lower().find(part.lower())
    return text[at : at + len(part)] if at >= 0 else text


class _Organ(NamedTuple):
    """An organ's name and the printed words that it was read from."""

    name: str
    said: Text


def _organ(
    lines: Sequence[Line],
    labelled: Sequence[Field],
    kind: Kind,
    words: Words,
    dates: DateReader,
    by_deeds: Text | None,
) -> _Organ | None:
    """By a label; by the title line or a line of its own, whichever reads most like an organ's name; by its deeds."""
    for label in labelled:
        if label.group == "organ" and label.values and _may_be_organ(label.values[0].string):
            return _Organ(label.values[0].string, label.values[0])
    named = [line for line in lines if kind in words.kinds and words.kinds[kind].search(line.text.string)]
    titles = [
        _Organ(rest, line.text) for line in named if (rest := _organ_in_title(line.text.string, kind, words, dates))
    ]
    for title in titles:
        for part in _parts(title.name):
            if _is_organ(part[:1].upper() + part[1:], words):
                return _Organ(part, title.said)
    if kind in ("nyhetsbrev", "other") and by_deeds:
        return _Organ(by_deeds.string, by_deeds)
    for line in sorted(lines[:12], key=lambda ln: -ln.size):
        for cell in (line.text, *cells(line)):
            rest = _organ_in_title(cell.string, kind, words, dates)
            for part in _parts(rest) if rest else ():
                if _is_organ(part, words):
                    return _Organ(part, cell)
    firsts = [_Organ(_GATHERING.sub("", title.name.split("·")[0]).strip(" ,.:;–-"), title.said) for title in titles]
    likely = [title for title in firsts if _is_likely(title)]
    return next(iter(likely), None) or (_Organ(by_deeds.string, by_deeds) if by_deeds else None)


def _is_likely(title: _Organ) -> bool:
    """Whether what is left of a title may be a name that no list knows."""
    name = title.name
    return len(name.split()) >= 2 and not _NO_ORGAN.search(name) and not _PROSE.search(title.said.string)


def _may_be_organ(value: str) -> bool:
    """Whether the value of a label such as `Nämnd` is a name."""
    return value[:1].isupper() and len(value.split()) <= 9 and not re.search(r"\d|[.:]\Z", value)


class _Day(NamedTuple):
    """The day of a meeting, where it stood, and the printed words."""

    day: datetime.date
    source: DateSource
    said: Text


def _day_in(text: Text, dates: DateReader) -> tuple[datetime.date, Text] | None:
    """The first whole day of a header's text; `2026 03 04` is one here."""
    string = _SPACED.sub(r"\1-\2-\3", text.string)
    mention = next((m for m in dates(string) if m.precision == "day" and m.bound is None), None)
    return (mention.first, text[mention.start : mention.end]) if mention else None


def _date(lines: Sequence[Line], labelled: Sequence[Field], kind: Kind, words: Words, dates: DateReader) -> _Day | None:
    other = _other_days(words)
    for line in lines:
        named = kind in words.kinds and words.kinds[kind].search(line.text.string)
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
    top = [] if kind == "nyhetsbrev" else lines[:12]
    for line in top:
        if len(line.text) > 90 or _PROSE.search(line.text.string) or other.search(line.text.string):
            continue
        if (found := _day_in(line.text, dates)) and _place_of(line.text.words[0]) not in taken:
            return _Day(found[0], "title" if line.size > 14 else "header", found[1])
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
    deeds = _organ_by_deeds(agenda.passages, words)
    organ = _organ(lines, labelled, said.kind, words, dates, deeds) if said.form not in _NO_MEETING else None
    name = _in_small_letters(organ.name, agenda.passages) if organ else None
    found = [told("form", said.form, said.line.text)] if said.form and said.line else []
    if organ and name:
        found.append(told("organ", name, _within(organ.said, organ.name)))
    if day:
        found.append(told("meeting_date", day.day, day.said))
    title = [
        line for line in lines[:14] if not _is_field(line, words) and not _other_days(words).search(line.text.string)
    ]
    found += _of_the_meeting(said.kind, title, layout, agenda, labelled, present, words, dates, people)
    meeting = Meeting(
        kind=said.kind,
        title=_title(lines, said.kind, words, name, day.day if day else None),
        organ=name,
        date=day.day if day else None,
        date_source=day.source if day else None,
        form=said.form,
        **_columns(found),
    )
    return meeting, found


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
            *read_particulars(front, title, agenda.front, [], words, dates),
            *read_officers(front, [], [], [], [], {}, [], words, people),
        ]
    tail = [*tail, *(out.line for out in layout.left_out if out.line.page == 1 and out.reason != "sidnummer")][:200]
    titles = {section.ordinal: section.title for section in agenda.sections}
    return [
        *read_particulars([*front, *back], title, [*agenda.front, *tail], agenda.passages, words, dates),
        *read_officers(front, back, tail, agenda.front, agenda.passages, titles, present, words, people),
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
    named = [ln for ln in lines if kind in words.kinds and words.kinds[kind].search(ln.text.string)]
    best = max(named or lines, key=lambda ln: ln.size, default=None)
    if best is None or len(best.text.string.split()) > 1:
        return best.text.string if best else None
    return " ".join(part for part in (best.text.string.capitalize(), organ, day and day.isoformat()) if part)


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
    if line.page != 1 or not text or len(text) > 90 or _PROSE.search(text):
        return False
    day = bool(_WHOLE_DAY.search(text)) and len(text) <= 70 and not re.match(r"§|\d{1,3}[.)]?\s+[A-ZÅÄÖ]", text)
    return day or _is_organ(text, words) or _is_field(line, words)


def _names_kind(line: Line, words: Words) -> bool:
    text = line.text.string
    return len(text) < 110 and (
        any(words.kinds[kind].search(text) for kind in KINDS) or any(form.cue.search(text) for form in words.forms)
    )
