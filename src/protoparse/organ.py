"""The organ that met: by a label, by the title, by the head and the running heads of the pages, by its deeds.

A title names an organ in many cases and compounds (`Hamnrådets möte`, `Valberedningsprotokoll`); the name is kept in
the form that a list of organs would have. A name that many organs share (`styrelsen`, `nätverket`) is only taken where
no head says whose it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from protoparse.labels import Field, Words, any_of
from protoparse.models import Kind, Line, Passage
from protoparse.particulars import DateReader
from protoparse.pdf.rows import cells
from protoparse.text import Text, join

PROSE = re.compile(r"[.!?]\s*\Z")
SPACED_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d) (0[1-9]|1[0-2]) (0[1-9]|[12]\d|3[01])(?!\d)")


class Organ(NamedTuple):
    """An organ's name and the printed words that it was read from."""

    name: str
    said: Text


# ---------------------------------------------------------------- what is left of a title

_NUMBER = re.compile(
    r"\b(?:nr|nummer|no)\.?\s*\d+(?:\s*[/–:-]\s*\d+)?\b|§§?\s*\d+(?:\s*[–-]\s*\d+)?|(?<!\d)\d{1,3}\s?[/:]\s?(?:20)?\d\d(?!\d)",
    re.IGNORECASE,
)
_GATHERED = r"(?:möte|sammanträde|stämma|träff|förhandling|samverkan|konferens|session|avstämning|workshop)"
_MET_WITH = re.compile(r"(?:sammanträde|möte|förhandling|samverkan|träff) med\b", re.IGNORECASE)
# `Styrelsesammanträde med Samordningsförbundet`, `Dialogmöte Nätverket`: what kind of meeting is no part of the name
_GATHERING = re.compile(
    r"\A[\wåäöÅÄÖ-]*(?:möte|sammanträde|stämma|träff)t?\s+(?:\d{1,3}\s+)?(?:(?:med|i|för|nr)\s+|[·,–-]\s+)?(?=[A-ZÅÄÖ])"
)
# `Styrgruppsmöte Steget vidare`: of a group's meeting, the group is
_MEETING_OF_GROUP = re.compile(
    r"\A(\w*(?:grupp|nätverk|råd|forum|kommitté))s?(?:möte|träff|sammanträde)t?\s+(?=[A-ZÅÄÖ])"
)
_BEHIND_GATHERING = re.compile(rf"\A.*?\b\w*{_GATHERED}(?:t|et|n|en|r)?\s(?:med|i|för|inom|hos)\s", re.IGNORECASE)
_TRAILING = re.compile(
    r"\s+[–-]?\s*(?:(?:ordinarie|extra|konstituerande)\s)?(?:(?:vår|höst|sommar|vinter|års|styrelse|medlems|förenings|"
    r"arbets|uppstarts|planerings|avstämnings|nätverks|digitalt\s)?(?:möte|sammanträde|stämma|träff)t?)\s*\d{0,3}\Z"
    r"|\s+informerar\Z"
)
_IN_PLACE = re.compile(r"\s(?:i|på)\s[A-ZÅÄÖ][\wåäö-]*(?:\s[A-ZÅÄÖ][\wåäö-]*)*\Z")
# `Välfärdsrådet   Datum 2025-09-19`: what stands before a value in the head of a page is no part of a name
_LABEL_OF_VALUE = re.compile(
    r"\s(?:\w*datum|mötesdag|sammanträdesdag|sida|sidan|sid|dnr|diarienr|\w*nummer|tid|plats)\s*[.:]*(?=\s*(?:·|\Z))",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\s*\([A-ZÅÄÖ]{2,6}\)\Z")
_MEETING = re.compile(
    rf"(?P<organ>.{{4,}}?)s (?:(?:ordinarie|extra|konstituerande|första|andra|tredje|sista|gemensamma|digitala)\s)*"
    rf"\w*?{_GATHERED}(?:et|en|t)?"
    r"(?:\s(?:i|på|vid|nr)\s.{2,40}|,.{2,40}|\s·.{0,40}|\s\d{1,3})?\Z"
)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _meeting_of(title: str) -> str:
    """`regionstyrelsens sammanträde` → `Regionstyrelsen`."""
    match = _MEETING.match(title)
    return _capital(match["organ"]) if match else title


def _rest_of(title: str, kind: Kind, words: Words, dates: DateReader) -> str | None:
    """What is left of a title line without kind, date and number."""
    title = SPACED_DAY.sub(r"\1-\2-\3", title)
    for mention in reversed(dates(title)):
        title = title[: mention.bound_start] + " · " + title[mention.end :]
    title = _LABEL_OF_VALUE.sub("", title)
    for cue in (*(form.cue for form in words.forms), *([words.kinds[kind]] if kind in words.kinds else [])):
        title = cue.sub(" ", title)
    title = _NUMBER.sub(" ", title)
    title = _ABBREVIATION.sub("", " ".join(title.split()).strip(" ,.:;–-/|·"))
    met = _MET_WITH.search(title)
    title = _MEETING_OF_GROUP.sub(r"\1 ", words.noise.sub("", title))
    title = _GATHERING.sub("", title).strip(" ,.:;–-·")
    title = re.sub(r"\s(?:den|i|vid|på)\Z", "", title)
    title = _meeting_of(_IN_PLACE.sub("", title) if met else title)
    return title if len(title) > 3 and any(c.isalpha() for c in title) else None


def _parts(title: str) -> Iterator[str]:
    """What stands before and after the day in a title, the title as a whole, what its dashes and commas part, and what
    stands behind the word for the meeting."""
    around = [part.strip(" ,.:;–-") for part in title.split("·")]
    between = [part.strip() for part in re.split(r"\s[–—|•·-]\s|[,·|•]\s|\s[·•]", title)]
    behind = [_BEHIND_GATHERING.sub("", part, count=1) for part in around]
    yield from dict.fromkeys([*around, " ".join(title.replace("·", " ").split()), *between, *behind])


# ---------------------------------------------------------------- what is a name

_OF_SOMETHING = re.compile(r"\s(?:inom|om|av|från|till|på|mellan|med|vid|i|genom|under|efter|respektive)\s")
_NO_ORGAN = re.compile(
    r"\bkommun\b|\bsida\b|\bstad\b|\bblad\b|\d|\bpunkt|paragraf|§|sammanträde|årsmöte|\bmöte\b|[.!?:]\s|\bbilaga\b",
    re.IGNORECASE,
)
# `Länssamråd Nord`, `Samrådet Norra älvdalen`
_PLACE_BEHIND = re.compile(
    r"(?:(?:\s[A-ZÅÄÖ][\wåäöéü-]+){1,2}|\s(?:Norra|Södra|Östra|Västra|Mellersta|Nedre|Övre|Inre|Yttre)\s[a-zåäö]+)\Z"
)
_OWNER_BEHIND = re.compile(r"(?<=\w)\s(?:vid|hos)\s[A-ZÅÄÖ].*\Z")  # `Elevkåren vid Granby gymnasium`


def is_organ(text: str, words: Words) -> bool:
    """Whether a line is an organ's name and nothing else."""
    short = len(text.split()) <= 8 and len(text) <= 70 and text[:1].isupper()
    if not short or _NO_ORGAN.search(text) or _no_name(words).search(text):
        return False
    if words.organ_start.match(text):
        return True
    if words.label(text.split()[0]) not in (None, "organ"):
        return False
    text = _IN_PLACE.sub("", text)
    name = _PLACE_BEHIND.sub("", text)
    return not _OF_SOMETHING.search(text) and bool(words.organ_ending.search(text) or words.organ_ending.search(name))


def _no_name(words: Words) -> re.Pattern[str]:
    """Words that make of an organ's name a sentence or something else (`Inledning`, `Nätverket träffades i`)."""
    alone = any_of(words.lists["no_organs"])
    inside = any_of(words.lists["no_organ_words"])
    return re.compile(
        rf"\A(?:{alone})\Z|\A\w*(?:området|område|förrådet|förråd)(?!\w)|(?:område|förråd)(?:et)?\Z|\s(?:{inside})(?!\w)|\s\w+(?:ade|ades|dde|ddes)\b|"
        r"\s(?:att|och|för|i|på|med|som|den|en|ett|till|av|om|inom|samt)\Z",
        re.IGNORECASE,
    )


def _nominative(name: str, words: Words) -> str:
    """`Kommunfullmäktiges` → `Kommunfullmäktige`, `Elevkåren vid Granby gymnasium` → `Elevkåren`, and the association
    of `Brf Måsens styrelse`."""
    name = _OWNER_BEHIND.sub("", name)
    board = re.fullmatch(r"(.{4,}?)s?(?:\s|,\s)styrelsen?", name)
    if board and _is_association(board[1], words):
        return board[1]
    if name[-1:] == "s" and (" " not in name or not words.organ_start.match(name)):
        stem = re.fullmatch(rf"(.*(?:{any_of(words.lists['organ_endings'])}))s", name, re.IGNORECASE)
        return stem[1] if stem else name
    return name


def _is_generic(name: str, words: Words) -> bool:
    """Whether many organs are called so."""
    return name.lower() in words.lists["generic_organs"]


def _is_association(name: str, words: Words) -> bool:
    """Whether a name is that of an association, a foundation or a company, which a board speaks for."""
    found = rf"(?:\A|\s)\w*(?:{any_of(words.lists['associations'])})(?!\w)"
    return len(name.split()) <= 8 and bool(re.search(found, name, re.IGNORECASE)) and not _is_generic(name, words)


# ---------------------------------------------------------------- where names stand


def _named(texts: Iterable[Text], kind: Kind, words: Words, dates: DateReader, title: bool) -> Iterator[Organ]:
    """The organs that texts name, in the order of the texts and of their parts; in a title an organ may be written
    small."""
    for text in texts:
        rest = _rest_of(text.string, kind, words, dates)
        for part in _parts(rest) if rest else ():
            name = _nominative(_TRAILING.sub("", part), words)
            if is_organ(_capital(name) if title else name, words) or _is_company(name, words):
                yield Organ(name, text)


def _is_company(name: str, words: Words) -> bool:
    """Whether a short name is one of an association or a company that ends no other list."""
    plain = not _NO_ORGAN.search(name) and not _no_name(words).search(name) and not _OF_SOMETHING.search(name)
    return name[:1].isupper() and plain and len(name.split()) > 1 and _is_association(name, words)


def _of_compounds(texts: Iterable[Text], words: Words) -> Iterator[Organ]:
    """`Valberedningsprotokoll` → `Valberedningen`, `Kårstyrelsemöte nr 4` → `Kårstyrelsen`."""
    stems: dict[str, str] = words.lists["compound_organs"]
    cue = re.compile(
        rf"\b(?P<before>\w*)(?P<stem>{any_of(stems)})(?:{_GATHERED}|protokoll|anteckningar)(?:et|en|t)?\b",
        re.IGNORECASE,
    )
    for text in texts:
        if match := cue.search(text.string):
            yield Organ(_capital((match["before"] + stems[match["stem"].lower()]).lower()), text)


_SUBJECT = re.compile(
    r"(?:\A|(?<=[.!?]\s))([A-ZÅÄÖ][\w-]+(?:\s(?:och\s)?[a-zåäö][\w-]+){0,4}?)\s"
    r"(?:beslutar|beslutade|beslöt|godkänner|fastställer|antar|föreslår)\b"
)


def _by_deeds(passages: Sequence[Passage], words: Words) -> Organ | None:
    """The organ that decides in the text, when the document's head names none."""
    subjects = Counter(m.group(1) for p in passages for m in _SUBJECT.finditer(p.text.string))
    name = next((name for name, _ in subjects.most_common() if words.organ_ending.search(name)), None)
    said = next((p.text for p in passages if name and name in p.text.string), None)
    return Organ(name, within(said, name)) if said and name else None


def within(text: Text, part: str) -> Text:
    """The printed words of a part of a text; all of it when the part was put together."""
    at = text.string.lower().find(part.lower())
    return text[at : at + len(part)] if at >= 0 else text


_WHOSE = re.compile(r"\w+s (?:för|till|om|åt|med|i|på)\b")  # `Kommunens nyhetsbrev för föreningar`


def _likely(titles: Sequence[Text], kind: Kind, words: Words, dates: DateReader) -> Organ | None:
    """What is left of a title, when it may be a name that no list knows."""
    for title in titles:
        rest = _rest_of(title.string, kind, words, dates)
        name = _GATHERING.sub("", rest.split("·")[0]).strip(" ,.:;–-") if rest else ""
        name = _nominative(_TRAILING.sub("", name), words) if name else ""
        readers = kind == "nyhetsbrev" and (_WHOSE.match(name) or not name[:1].isupper())
        if len(name.split()) >= 2 and not readers and not _NO_ORGAN.search(name) and not _no_name(words).search(name):
            return Organ(name, title)
    return None


def _may_be_organ(value: str) -> bool:
    """Whether the value of a label such as `Nämnd` is a name."""
    return value[:1].isupper() and len(value.split()) <= 9 and not re.search(r"\d|[.:]\Z", value)


# ---------------------------------------------------------------- the whole name


def _definite_stem(word: str) -> str:
    """`arbetsutskottet` → `arbetsutskott`, `nämnden` → `nämnd`."""
    return re.sub(r"(?:et|en|t|n)\Z", "", word.lower())


def _is_fuller(longer: str, name: str, words: Words) -> bool:
    """Whether a name is the same one with a place, a subject or the organ that it belongs to."""
    if len(longer) <= len(name) or len(longer.split()) > 9:
        return False
    if longer.lower().startswith(name.lower() + " "):
        rest = longer[len(name) + 1 :]
        own = name.lower() in {known.lower() for known in words.lists["organ_names"]}
        of_subject = _is_generic(name, words) and re.match(r"(?:för|inom|kring|mot|i|om)\s", rest)
        return bool(of_subject) or (rest[:1].isupper() and not own)
    return " " not in name and bool(re.search(rf"\w{{4,}}s {re.escape(_definite_stem(name))}\Z", longer.lower()))


_SUBJECT_BEHIND = (
    r"\s(?:för|inom|kring|mot|om)\s[\w-]+(?:\s(?:och\s)?[\w-]+){0,4}?"
    r"(?=\s(?:(?:den|på|hölls|hade|har|höll|träffades|möttes|samlades|vid|kl|klockan)\s|i\s(?-i:[A-ZÅÄÖ])|\d)|[,.;:(]|\Z)"
)


def _in_text(name: str, passages: Sequence[Passage]) -> Organ | None:
    """The subject of a network or a group, where a text says with whom one met (`möte med Nätverket för X`)."""
    cue = re.compile(
        rf"(?:{_GATHERED}\w*|anteckningar|protokoll)\s(?:med|i|för|från)\s(?P<name>{re.escape(name)}{_SUBJECT_BEHIND})",
        re.IGNORECASE,
    )
    for passage in passages[:6]:
        if match := cue.search(passage.text.string):
            return Organ(_capital(match["name"]), passage.text[match.start("name") : match.end("name")])
    return None


def _whole(
    organ: Organ, heads: Sequence[Organ], passages: Sequence[Passage], titled: Sequence[Organ], words: Words
) -> Organ:
    """An organ with its whole name as a head of the pages or the text says it; a board whose association a head names
    is the association."""
    fuller = next((one for one in (*titled, *heads) if _is_fuller(one.name, organ.name, words)), None)
    if fuller:
        return fuller
    if not _is_generic(organ.name, words):
        return organ
    owner = next((one for one in (*titled, *heads) if _is_association(one.name, words)), None)
    other = next((one for one in (*titled, *heads) if not _is_generic(one.name, words)), None)
    return owner or _in_text(organ.name, passages) or other or organ


def read_organ(
    lines: Sequence[Line],
    running: Sequence[Line],
    labelled: Sequence[Field],
    kind: Kind,
    passages: Sequence[Passage],
    words: Words,
    dates: DateReader,
    heading: float | None = None,
) -> Organ | None:
    """The organ that met. `lines`: the lines of the first page above its first item; `running`: the running heads and
    feet of all pages; `labelled`: the labelled fields; `passages`: the running text; `heading`: where on the first page
    the first heading of a section stands, since an organ that a heading names may only be spoken of.

    By a label; by the title; by a line of its own, the largest first; by what a title leaves; by a running head; by
    a compound of the title (`Kårstyrelsemöte`); by its deeds in the text. A newsletter is known by deeds before lines.
    """
    for label in labelled:
        if label.group == "organ" and label.values and _may_be_organ(label.values[0].string):
            return Organ(label.values[0].string, label.values[0])
    plain = [line for line in lines if not PROSE.search(line.text.string)]
    titles = [line.text for line in plain if kind in words.kinds and words.kinds[kind].search(line.text.string)]
    titles += [line.text for line in plain if words.gathering.search(line.text.string) and line.text not in titles]
    titles += [line.text for line in plain if _FROM.match(line.text.string) and kind == "nyhetsbrev"]
    under = [after for line, after in pairwise(plain) if line.text in titles]
    large = _continued([line for line in plain if line in lines[:12]])
    large.sort(key=lambda ln: (-ln.size, not ln.bold, ln not in under))
    below = [line for line in large if heading is not None and line.page == 1 and line.top > heading + 1]
    large = [line for line in large if line not in below]
    deeds = _by_deeds(passages, words)
    titled = list(_named(titles, kind, words, dates, title=True))
    heads, told, feet = (
        list(_named(_pieces(some, words), kind, words, dates, title=False)) for some in (large, below, running)
    )
    by_text = [deeds] if deeds else []
    order = [titled, by_text if kind in ("nyhetsbrev", "other") else [], heads]
    likely = _likely(titles, kind, words, dates)
    order += [[likely] if likely else [], [] if kind == "nyhetsbrev" else told, feet]
    order += [list(_of_compounds((line.text for line in lines[:12]), words)), by_text]
    first = next((found[0] for found in order if found), None)
    return _whole(first, [*heads, *feet], passages, titled, words) if first else None


_FROM = re.compile(r"från\s+\S")


def _pieces(lines: Iterable[Line], words: Words) -> Iterator[Text]:
    """Lines and their cells; of a line that names a kind of organ and beside it the organ, only the name."""
    for line in lines:
        parts = cells(line)
        if len(parts) > 1 and _is_kind(parts[0].string, words) and is_organ(parts[1].string, words):
            yield from parts[1:]
        else:
            yield line.text
            yield from parts


def _is_kind(text: str, words: Words) -> bool:
    """Whether a cell is a bare word for organs of a kind: `Förbund`, `Styrgrupp:`."""
    lists = ("organ_endings", "organ_starts", "generic_organs", "associations")
    return any(text.lower().rstrip(" :") in words.lists[name] for name in lists)


_GOES_ON = re.compile(r"(?:\w-(?:\s?och)?|\soch|\sför)\Z")


def _continued(lines: Sequence[Line]) -> list[Line]:
    """Lines of which one that breaks off inside a name (`Vård- och`) has the next one behind it."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        close = before and abs(before.size - line.size) < 0.5 and abs(before.x0 - line.x0) < 40
        if before and close and line.text.string[:1].islower() and _GOES_ON.search(before.text.string):
            found[-1] = replace(before, text=join([before.text, line.text]))
        else:
            found.append(line)
    return found
