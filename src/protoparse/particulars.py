"""The particulars of a meeting in its header: hours, place, paragraphs, and the days of adjustment and notice."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from protoparse.labels import Field, Words
from protoparse.models import Evidence, HeaderField, Line, Passage
from protoparse.text import Text, join

if TYPE_CHECKING:
    from protoparse.dates import Mention

DateReader = Callable[[str], "list[Mention]"]


def told(field: str, value: object, text: Text) -> HeaderField:
    """A field of the header with the words that say it."""
    shown = value.isoformat() if isinstance(value, datetime.date) else str(value)
    return HeaderField(evidence=Evidence(quote=text), field=field, value=shown, text=text.string)


def values(labelled: Iterable[Field], *groups: str) -> Iterator[Text]:
    """The values of each label of the groups as one text, group by group."""
    found = list(labelled)
    for group in groups:
        yield from (join(label.values) for label in found if label.group == group and label.values)


# ---------------------------------------------------------------- hours and place

_KL = r"\b[kK][lI](?:ockan\b|\b\.?)\s*"
_HOUR = r"(?<![\d.:/–-])(?P<{0}h>[01]?\d|2[0-4])(?:[.:](?P<{0}m>[0-5]\d))?(?![\d/]|[.:]\d)"
_LAST = _HOUR.replace(r"(?<![\d.:/–-])", "").format("b")
_FROM_TO = re.compile(rf"(?P<kl>{_KL})?{_HOUR.format('a')}\s*(?:[-–—]{{1,2}}|till)\s*(?:{_KL})?{_LAST}", re.IGNORECASE)
_FROM = re.compile(rf"(?P<kl>{_KL})?{_HOUR.format('a')}", re.IGNORECASE)
_DIGITS = re.compile(_KL + r"(?P<a>[0-2]\d[0-5]\d)(?:\s*[-–—]\s*(?P<b>[0-2]\d[0-5]\d))?(?!\d)")
_DAY_NAME = re.compile(
    r"\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en|s|ens)?\b(?:\s+den\b)?|\b(?:den|kl|klockan|från|mellan)\b\.?\s*\Z",
    re.IGNORECASE,
)
_HOURS_BEHIND = re.compile(
    r"(?:\s|[(:,.]|kl\b\.?|klockan\b|mellan\b|från\b|för\b|ca\b|och\b|samt\b|till\b|\d{1,2}(?:[.:]\d\d)?|[-–—])*"
)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + "\0" * (end - start) + text[end:]


def _without_breaks(text: str, words: Words) -> str:
    """A text with its breaks (`ajournering 15.00–15.20`) blanked out, offsets kept."""
    breaks = "|".join(re.escape(word) for word in words.lists["breaks"])
    for match in re.finditer(rf"[,(]?\s*\b(?:{breaks})(?![\w])", text, re.IGNORECASE):
        end = _HOURS_BEHIND.match(text, match.end()).end()  # type: ignore[union-attr]
        if not any(c.isdigit() for c in text[match.end() : end]):
            onward = re.compile(_KL).search(text, match.end())
            end = onward.start() if onward else len(text)
        text = _blank(text, match.start(), end)
    return text


def _masked(text: str, dates: DateReader, words: Words) -> str:
    """A text with its days and breaks blanked out."""
    for mention in dates(text):
        text = _blank(text, mention.bound_start, mention.end)
    return _without_breaks(text, words)


Clock = tuple[str, int, int]  # HH:MM and the offsets of the words that say it


def _hhmm(hour: str, minute: str | None) -> str:
    return f"{int(hour):02d}:{minute or '00'}"


def _clocks(text: str, bare: bool) -> list[Clock]:
    """The first and the last hour of a masked text; `bare`: a single `13.00` without `kl` counts too."""
    if digits := _DIGITS.search(text):
        pairs = [(name, digits[name]) for name in ("a", "b") if digits[name]]
        return [(f"{said[:2]}:{said[2:]}", digits.start(), digits.end()) for _, said in pairs]
    spans = [m for m in _FROM_TO.finditer(text) if m["kl"] or m["am"] or m["bm"]]
    if spans:
        first, last = spans[0], spans[-1]
        if len(spans) > 1 and _hhmm(last["bh"], last["bm"]) < _hhmm(first["bh"], first["bm"]):
            last = first
        return [
            (_hhmm(first["ah"], first["am"]), first.start(), first.end()),
            (_hhmm(last["bh"], last["bm"]), last.start(), last.end()),
        ]
    one = next((m for m in _FROM.finditer(text) if m["kl"] or (bare and m["am"])), None)
    return [(_hhmm(one["ah"], one["am"]), one.start(), one.end())] if one else []


def hours(text: Text, dates: DateReader, words: Words, bare: bool = True) -> list[HeaderField]:
    """When a meeting began and ended, as a header's value says it; breaks are no ends."""
    found = _clocks(_masked(text.string, dates, words), bare)
    names = ("time_start", "time_end")
    return [told(name, hour, text[a:b].strip(" ,")) for name, (hour, a, b) in zip(names, found, strict=False)]


_EDGE = " ,.;:–-—()·|\0"


def place(text: Text, dates: DateReader, words: Words) -> HeaderField | None:
    """Where a meeting was held: the longest stretch of a value without days, hours and breaks."""
    masked = _masked(text.string, dates, words)
    for pattern in (_FROM_TO, _DIGITS, _FROM):
        for match in pattern.finditer(masked):
            said = match.groupdict()
            if "am" not in said or said.get("kl") or said.get("am") or said.get("bm"):
                masked = _blank(masked, match.start(), match.end())
    for match in _DAY_NAME.finditer(masked):
        masked = _blank(masked, match.start(), match.end())
    pieces = [text[m.start() : m.end()].strip(_EDGE) for m in re.finditer(r"[^\0]+", masked)]
    best = max(pieces, key=len, default=Text())
    if lead := re.match(r"(?:i|Plats:?)\s+(?=[A-ZÅÄÖ])|(?:kl|den)\b\.?\s*", best.string):
        best = best[lead.end() :]
    best = _stripped(best)
    letters = sum(c.isalpha() for c in best.string)
    return told("place", best.string, best) if letters >= 1 and len(best) >= 2 and len(best) <= 120 else None


def _stripped(text: Text) -> Text:
    """A text without the words that led to what was cut from its end (`Fyren, den`)."""
    while match := re.search(r"[\s,;–-]+(?:kl\.?|klockan|den|från|till|och|mellan|samt|i)\Z", text.string):
        text = text[: match.start()]
    return text.strip(_EDGE)


# ---------------------------------------------------------------- paragraphs and days

_NUMBER = re.compile(r"(?<![\d/.:-])(\d{1,4})(?:/\d{2,4})?(?![\d.:])")
_SIGN = re.compile(r"§{1,2}\s?\d{1,4}(?:/\d\d)?(?:\s*[–—-]\s*(?:§\s?)?\d{1,4}(?:/\d\d)?)?(?!\d)")


def paragraphs(text: Text) -> list[HeaderField]:
    """The first and last paragraph that a document holds: of `§§ 31, 33 och 36` 31 and 36."""
    string = re.sub(r"(?<=\d)\s*[–—-]\s*(?=\d)", lambda m: " " * len(m.group()), text.string)
    found = list(_NUMBER.finditer(string))
    if not found:
        return []
    first, last = found[0], found[-1]
    said = text.strip()
    return [told("paragraphs_from", int(first[1]), said), told("paragraphs_to", int(last[1]), said)]


def paragraphs_in_title(lines: Sequence[Line]) -> list[HeaderField]:
    """The paragraphs of a title such as `Regionstyrelsen §§ 1–21`."""
    for line in lines:
        if line.text.string.lstrip().startswith("§"):
            continue
        if (match := _SIGN.search(line.text.string)) and (
            "§§" in match.group() or len(_NUMBER.findall(match.group())) > 1
        ):
            return paragraphs(line.text[match.start() : match.end()])
    return []


def _days(text: Text, dates: DateReader) -> list[tuple[datetime.date, datetime.date, Text]]:
    found = [m for m in dates(text.string) if m.precision == "day" and m.bound in (None, "until", "from")]
    return [(m.first, m.last, text[m.start : m.end]) for m in found]


_AFTER = {
    "adjusted_on": re.compile(
        r"\bjuster(?:ades|at|ats)\b[\s:,]*(?:den|digitalt|elektroniskt|på distans)?[\s:,]*", re.IGNORECASE
    ),
    "notice_up": re.compile(
        r"\b(?:anslaget(?!\s+(?:tas|togs|nedt))|tillkännag\w+|tillkännagetts|anslogs|anslagits|publicerades|anslagen|uppsatt)\b[^.]{0,60}?(?:\bden\b|:|\s)\s*",
        re.IGNORECASE,
    ),
}


def _told_in_sentences(text: Text, dates: DateReader) -> Iterator[HeaderField]:
    """`Protokollet justerades den 20 april 2026 och tillkännagavs på anslagstavlan den 21 april 2026.`"""
    for mention in dates(text.string):
        if mention.precision != "day" or mention.bound:
            continue
        before = text.string[max(0, mention.start - 90) : mention.start]
        for field, cue in _AFTER.items():
            if any(cue.fullmatch(before, match.start()) for match in cue.finditer(before)):
                yield told(field, mention.first, text[mention.start : mention.end])
                break


_LABELLED_DAYS = {
    "adjusted_on": ("adjustment", "adjusters"),
    "notice_up": ("notice_up",),
    "notice_down": ("notice_down",),
    "appeal_until": ("appeal",),
}


_SAME_DAY = re.compile(
    r"\b(?:omedelbart|direkt|strax|genast)\s(?:efter|i anslutning till|vid)\b|"
    r"\bi (?:direkt |omedelbar )?anslutning till\b|\bsamma dag\b|\bdagen för (?:mötet|sammanträdet)\b",
    re.IGNORECASE,
)


def days(
    labelled: Sequence[Field], lines: Sequence[Line], dates: DateReader, met_on: datetime.date | None
) -> list[HeaderField]:
    """The days of adjustment, of the notice and of the last appeal; a day `senast` which is none of adjustment. Minutes
    adjusted `omedelbart efter sammanträdet` were so on the day of the meeting, `met_on`."""
    found: dict[str, HeaderField] = {}
    for field, groups in _LABELLED_DAYS.items():
        for value in values(labelled, *groups):
            said = _days(value, dates)
            if field == "appeal_until":
                said = [(m.first, m.last, value[m.start : m.end]) for m in dates(value.string) if m.precision == "day"]
            if said and field not in found:
                first, last, text = said[0]
                found[field] = told(field, first, text)
                if field == "notice_up" and (last != first or len(said) > 1):
                    found["notice_down"] = told("notice_down", said[-1][1], said[-1][2])
    at_once = (text for text in values(labelled, "adjustment") if not _days(text, dates))
    for text in at_once:
        if met_on and (match := _SAME_DAY.search(text.string)):
            found.setdefault("adjusted_on", told("adjusted_on", met_on, text[match.start() :].strip()))
    for row in _told_in_sentences(join(line.text for line in lines), dates):
        found.setdefault(row.field, row)
    return list(found.values())


def read_particulars(
    labelled: Sequence[Field],
    title: Sequence[Line],
    lines: Sequence[Line],
    running: Sequence[Passage],
    words: Words,
    dates: DateReader,
    met_on: datetime.date | None,
) -> list[HeaderField]:
    """Hours, place, paragraphs and days. `title`: the lines at the top of the first page; `lines`: those of the header
    and of the end of the document; `running`: its running text; `met_on`: the day of the meeting, when it is known."""
    found: list[HeaderField] = []
    for value in values(labelled, "time", "place_time", "date", "place"):
        if said := hours(value, dates, words):
            found.extend(said)
            break
    for value in values(labelled, "time_end"):
        if not any(row.field == "time_end" for row in found) and (said := hours(value, dates, words)):
            found.append(told("time_end", said[0].value, said[0].evidence.quote))
    places = (place(value, dates, words) for value in values(labelled, "place", "place_time"))
    found.extend([where for where in places if where][:1])
    if not found:
        found = _in_a_line(title, dates, words)
    if not any(row.field.startswith("time") for row in found):
        found.extend(_in_sentences([*(line.text for line in lines), *(passage.text for passage in running)]))
    numbered = [rows for value in values(labelled, "paragraphs") if (rows := paragraphs(value))]
    found.extend(numbered[0] if numbered else paragraphs_in_title(title))
    return [*found, *days(labelled, lines, dates, met_on)]


_OPENED = re.compile(rf"\b(?:öppna(?:de|des|s|r)|började|inleddes)\b[^.§]{{0,40}}?(?P<hour>{_KL}{_HOUR.format('a')})")
_CLOSED = re.compile(rf"\b(?:avsluta(?:de|des|s|r|t)|upphörde)\b[^.§]{{0,40}}?(?P<hour>{_KL}{_HOUR.format('a')})")


def _in_sentences(texts: Sequence[Text]) -> Iterator[HeaderField]:
    """`Mötet öppnades kl. 18.00 och avslutades kl. 19.30.`: the first opening and the last closing."""
    told_of = [text for text in texts if _OF_A_MEETING.search(text.string)]
    opened = [(text, match) for text in told_of for match in _OPENED.finditer(text.string)]
    closed = [(text, match) for text in told_of for match in _CLOSED.finditer(text.string)]
    for field, found in (("time_start", opened[:1]), ("time_end", closed[-1:])):
        for text, match in found:
            said = text[match.start("hour") : match.end("hour")]
            yield told(field, _hhmm(match["ah"], match["am"]), said.strip(" ,."))


_OF_A_MEETING = re.compile(r"möte|sammanträde|stämma|ordförande", re.IGNORECASE)


def _in_a_line(lines: Sequence[Line], dates: DateReader, words: Words) -> list[HeaderField]:
    """Hours and place of a line without labels: `Söndagen den 15 mars 2026 kl. 15.00–17.10, Kafé Dörren`."""
    for line in lines:
        if not any(m.precision == "day" for m in dates(line.text.string)):
            continue
        if said := hours(line.text, dates, words, bare=False):
            rest = line.text.string[line.text.string.find(said[-1].text) + len(said[-1].text) :]
            behind = line.text[len(line.text) - len(rest) :]
            where = place(behind, dates, words) if rest.startswith(",") else None
            return [*said, *([where] if where else [])]
    return []
