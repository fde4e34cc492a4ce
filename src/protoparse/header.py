"""What a document says of itself: its kind, the organ that met, when, and the labelled fields of its header."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from protoparse.dates import Mention
from protoparse.labels import KINDS, Field, Words
from protoparse.models import Kind, Line, Meeting, Passage
from protoparse.pdf.layout import Layout
from protoparse.pdf.rows import cells
from protoparse.text import join

DateReader = Callable[[str], "list[Mention]"]

_PROSE = re.compile(r"[.!?]\s*\Z")

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
    return alike and line.top - before.top < 1.45 * line.size and len(before.text) + len(line.text) <= 110


def _kind(lines: Sequence[Line], layout: Layout, labelled: Sequence[Field], words: Words, landscape: bool) -> Kind:
    for line in lines[:14]:
        for kind in KINDS:
            if words.kinds[kind].search(line.text.string) and not _PROSE.search(line.text.string):
                return kind
    if any(f.group in ("adjusters", "paragraphs", "members") for f in labelled):
        return "protokoll"
    large = [ln for ln in layout.lines if len(ln.text) <= 80 and (ln.size > 12.5 or ln.bold)]
    for kind in KINDS:
        if any(words.kinds[kind].match(ln.text.string) for ln in large):
            return kind
    return "nyhetsbrev" if landscape else "other"


_NUMBER = re.compile(r"\b(?:nr|nummer|no)\.?\s*\d+(?:\s*[/–-]\s*\d+)?\b|§§?\s*\d+(?:\s*[–-]\s*\d+)?", re.IGNORECASE)


def _organ_in_title(title: str, kind: Kind, words: Words, dates: DateReader) -> str | None:
    """What is left of a title line without kind, date and number."""
    for mention in reversed(dates(title)):
        title = title[: mention.bound_start] + " " + title[mention.end :]
    if kind in words.kinds:
        title = words.kinds[kind].sub(" ", title)
    title = _NUMBER.sub(" ", title)
    title = " ".join(title.split()).strip(" ,.:;–-()/|")
    title = words.noise.sub("", title).strip(" ,.:;–-")
    title = re.sub(r"\s(?:den|i|vid|på)\Z", "", title)
    title = _meeting_of(title)
    return title if len(title) > 3 and any(c.isalpha() for c in title) else None


_MEETING = re.compile(r"(?P<organ>.{4,}?)s (?:sammanträde|möte|årsmöte|årsstämma|stämma)\Z")


def _meeting_of(title: str) -> str:
    """`regionstyrelsens sammanträde` → `Regionstyrelsen`."""
    match = _MEETING.match(title)
    return match["organ"][:1].upper() + match["organ"][1:] if match else title


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


_PLACE_BEHIND = re.compile(r"(?:\s[A-ZÅÄÖ][\wåäöéü-]+){1,2}\Z")  # `Länssamråd Nord`


_SUBJECT = re.compile(
    r"(?:\A|(?<=[.!?]\s))([A-ZÅÄÖ][\w-]+(?:\s(?:och\s)?[a-zåäö][\w-]+){0,4}?)\s"
    r"(?:beslutar|beslutade|beslöt|godkänner|fastställer|antar|föreslår)\b"
)


def _organ_by_deeds(passages: Sequence[Passage], words: Words) -> str | None:
    """The organ that decides in the text, when the document's head names none."""
    subjects = Counter(m.group(1) for p in passages for m in _SUBJECT.finditer(p.text.string))
    return next((name for name, _ in subjects.most_common() if words.organ_ending.search(name)), None)


def _organ(
    lines: Sequence[Line],
    labelled: Sequence[Field],
    kind: Kind,
    words: Words,
    dates: DateReader,
    by_deeds: str | None,
) -> str | None:
    """By a label; by the title line or a line of its own, whichever reads most like an organ's name; by its deeds."""
    for label in labelled:
        if label.group == "organ" and label.values and _is_organ(label.values[0].string, words):
            return label.values[0].string
    named = [line for line in lines if kind in words.kinds and words.kinds[kind].search(line.text.string)]
    titles = [rest for line in named if (rest := _organ_in_title(line.text.string, kind, words, dates))]
    for title in titles:
        if _is_organ(title[:1].upper() + title[1:], words):
            return title
    if kind in ("nyhetsbrev", "other") and by_deeds:
        return by_deeds
    for line in sorted(lines[:12], key=lambda ln: -ln.size):
        for cell in (line.text, *cells(line)):
            rest = _organ_in_title(cell.string, kind, words, dates)
            if rest and _is_organ(rest, words):
                return rest
    likely = [title for title in titles if len(title.split()) >= 2 and not _NO_ORGAN.search(title)]
    return next(iter(likely), None) or by_deeds


def _date(
    lines: Sequence[Line], labelled: Sequence[Field], kind: Kind, words: Words, dates: DateReader
) -> tuple[datetime.date | None, str | None]:
    def day(text: str) -> datetime.date | None:
        return next((m.first for m in dates(text) if m.precision == "day" and m.bound is None), None)

    for line in lines:
        if kind in words.kinds and words.kinds[kind].search(line.text.string) and (found := day(line.text.string)):
            return found, "title"
    for group in ("date", "place"):
        for label in labelled:
            values = " ".join(value.string for value in label.values)
            if label.group == group and (found := day(values)):
                return found, "header"
    top = [] if kind == "nyhetsbrev" else lines[:12]
    for line in top:
        if len(line.text) <= 90 and (found := day(line.text.string)) and not _PROSE.search(line.text.string):
            return found, "title" if line.size > 14 else "header"
    return None, None


_DOTS = re.compile(r"[.…_]{4,}")


def _people_under(labelled: Sequence[Field], group: str, name: Callable[[str], str | None]) -> list[str]:
    values = [v.string for f in labelled if f.group == group for v in f.values if not _DOTS.search(v.string)]
    return list(dict.fromkeys(n for value in values if (n := name(value))))


def read_meeting(
    layout: Layout,
    labelled: Sequence[Field],
    passages: Sequence[Passage],
    words: Words,
    dates: DateReader,
    name: Callable[[str], str | None],
    landscape: bool,
) -> Meeting:
    """The header of a document. `name` reads the person's name of a row; `landscape`: pages wider than high."""
    lines = _title_lines(layout)
    kind = _kind(lines, layout, labelled, words, landscape)
    day, source = _date(lines, labelled, kind, words, dates)
    chair = _people_under(labelled, "chair", name)
    secretary = _people_under(labelled, "secretary", name)
    organ = _in_small_letters(_organ(lines, labelled, kind, words, dates, _organ_by_deeds(passages, words)))
    return Meeting(
        kind=kind,
        title=_title(lines, kind, words, organ, day),
        organ=organ,
        date=day,
        date_source=source,
        chair=chair[0] if chair else None,
        secretary=secretary[0] if secretary else None,
        adjusters=tuple(_people_under(labelled, "adjusters", name)),
    )


def _in_small_letters(organ: str | None) -> str | None:
    """`KOMMUNSTYRELSEN` is how a head is set, not how the organ is called."""
    return organ.capitalize() if organ and organ.isupper() and len(organ) > 5 else organ


def _title(lines: Sequence[Line], kind: Kind, words: Words, organ: str | None, day: datetime.date | None) -> str | None:
    """The title as printed; one that is only `Protokoll` gets the organ and the day of the meeting."""
    named = [ln for ln in lines if kind in words.kinds and words.kinds[kind].search(ln.text.string)]
    best = max(named or lines, key=lambda ln: ln.size, default=None)
    if best is None or len(best.text.string.split()) > 1:
        return best.text.string if best else None
    return " ".join(part for part in (best.text.string.capitalize(), organ, day and day.isoformat()) if part)


def title_index(lines: Sequence[Line], words: Words) -> int | None:
    """The index of the line near the top of the first page that names the kind of document (the last of them when the
    title runs over several lines), if there is one."""
    at = next((at for at, line in enumerate(lines[:8]) if line.page == 1 and _names_kind(line, words)), None)
    while at is not None and at + 1 < len(lines) and _same_title(lines[at], lines[at + 1]):
        at += 1
    return at


def _names_kind(line: Line, words: Words) -> bool:
    return len(line.text) < 110 and any(words.kinds[kind].search(line.text.string) for kind in KINDS)
