"""A sentence in which a dated text names a meeting by its day, and whose meeting that is.

`På Länsrådet den 3 oktober 2025 …`, `Rådet träffades den 3 oktober`, `Föregående möte (den 3 oktober 2025): …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from protoparse.bounds import PAST, Mention
from protoparse.dates import MONTHS
from protoparse.names import stem, stems, words
from protoparse.sentences import of_lines

FOLLOWING = 3  # sentences after one that names the meeting in which it may be told what was said there

# Beside the organ's own name, what a meeting is called by.
MEETING = frozenset(
    stems(
        "möte mötet möten sammanträde sammanträdet sammankomst sammankomsten träff träffen mötestillfället dagens "
        "senaste förra föregående förgående tidigare ordinarie extra digitala fysiska gemensamma årets första andra "
        "tredje sista närmast ett sitt dess deras det den en kl då när även vårens höstens sommarens vinterns "
        "måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen"
    )
)
_MONTH = "|".join((*MONTHS, "vår", "höst", "sommar", "vinter"))
_HELD = re.compile(rf"(?:(?P<season>{_MONTH})|(?P<whose>\w{{3,}}?)s?)(?:möte[nt]?s?|sammanträde[nt]?s?|träff(?:en)?)")
# An organ by its kind alone; only its own papers may call it so.
_KINDS = (
    *("styrelse", "nämnd", "råd", "forum", "grupp", "ledning", "nätverk", "utskott", "beredning", "kommitté"),
    *("förbund", "förening", "presidium", "direktion", "fullmäktige", "samverkan", "kollegium", "panel"),
)
_BOARDS = ("förbund", "förening", "stiftelse", "bolag", "kooperativ", "federation")  # they meet by their boards
_EVENT = re.compile(r"\w*(?:samråd|konferens|dialog|dag|forum|seminari|workshop|stämma|upptakt|hearing|möte)\w{0,4}")

_TALK = (
    r"diskuter(?:ade|ades|at|ats)|fördes|behandlade[s]?|behandlats|lyft(?:e|es|s)|tog(?:s)?(?: \w+)? upp|tagits upp|"
    r"informerade[s]?|redovisade[s]?|presenterade[s]?|rapporterade[s]?|berättade[s]?|föredrogs?|delgavs|avhandlades|"
    r"samtalade[s]?|talade[s]?|pratade[s]?|resonerade[s]?|gick(?:s)? (?:\w+ )?igenom|ställdes|uppmärksammade[s]?|"
    r"fick (?:\w+ )?(?:information|höra|veta|redovisning\w*|genomgång\w*|rapport\w*|lägesbild\w*|lägesrapport\w*)|"
    r"enades|beslutade[s]?|beslöt(?:s)?|godkände[s]?|stod på (?:dagordningen|agendan)|var uppe|visade[s]?|"
    r"(?:hade|förde|höll) en? (?:\w+ )?(?:dialog|diskussion|samtal|genomgång|dragning)"
)
GATHERED = re.compile(rf"\b(?:{_TALK}|träffades|möttes|sammanträdde|samlades)\b", re.IGNORECASE)
TALKED = re.compile(rf"\b(?:{_TALK})\b", re.IGNORECASE)
_MET = r"träffades|möttes|sammanträdde|samlades|sågs|hade möte|hölls|höll möte|ägde rum|var|genomfördes"
_DAYNAME = r"(?:(?:mån|tis|ons|tors|fre|lör|sön)dagen)?"
_WORDS = r"(?:[^\s.;:!?(),]+\s+)"
_IN_PLACE = re.compile(r"\s(?:i|på)\s+(?:[A-ZÅÄÖ]\S*\s*)+")
_AT = re.compile(rf"\b(?:vid|på|under|från|efter|sedan)\s+({_WORDS}{{0,9}}?)\Z", re.IGNORECASE)
_HEADED = re.compile(rf"\A\W*({_WORDS}{{1,6}}?)\Z")
_ACTED = re.compile(
    rf"(?:\A|\b(?:när|då|att|som|sedan)\s)\W*({_WORDS}{{1,6}}?)(?:{_MET}|{_TALK})\s+(?:senast\s+|redan\s+|också\s+|sig\s+)?"
    rf"{_DAYNAME}\s*\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\A\W*(?:\d{{4}}\s+)?(?:{_MET}|{_TALK}|fick|hade|höll|tog|gick)\s+(?:(?:på|vid|i|inom|under|av)\s+)?"
    rf"((?:[^\s.;:!?(),]+\s*){{1,4}})",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"\A\W*(?:redan\s+|{_DAYNAME}\s*)?\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the headings above it."""

    titles: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Undated:
    """A document without a day of its own."""

    id: str
    kind: str | None
    organ: str | None
    spellings: tuple[str, ...]  # of its organ
    mentions: tuple[Mention, ...]
    parts: tuple[Part, ...]
    head: tuple[str, ...] = ()  # the name of its file and the first lines of its first page
    others: frozenset[str] = frozenset()  # the first words of all other organs' names, as stems

    @property
    def sentences(self) -> Iterator[str]:
        return (sentence for part in self.parts for sentence in of_lines(part.text))


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence in which a dated document says that an organ met on a day."""

    document: str
    organ: str | None
    path: str
    day: str
    page: int | None
    evidence: str | None
    sentence: str
    named: tuple[str, ...]  # the words that name the meeting, in small letters
    part: Part
    more: str = ""  # what the sentences after it tell of the meeting

    @property
    def told(self) -> str:
        return f"{self.sentence} {self.more}".strip()


# --- a sentence that names a meeting by its day


def meeting_of(sentence: str, day: str, after: str = "", past: bool = False) -> tuple[str, ...] | None:
    """The words for the meeting on a day that a sentence tells of as past, in small letters; None where it tells of
    none. `after`: the sentences that follow it; `past`: whether it is known to be told as past."""
    at = sentence.find(day)
    if at < 0:
        return None
    before, rest = sentence[:at].rstrip(" (,–-") + " ", sentence[at + len(day) :]
    told = past or PAST.search(rest) or TALKED.search(sentence)
    if found := _AT.search(before):
        return _plain(found.group(1)) if told or PAST.search(after) else None
    if (found := _ACTED.search(before)) and (past or TALKED.search(f"{sentence} {after}")):
        return _plain(found.group(1))
    if (found := _HEADED.match(before)) and MEETING & {_held(word) for word in _plain(found.group(1))}:
        return _plain(found.group(1)) if told or PAST.search(after) else None
    if _OPENS.match(before) and (found := _AFTER.match(rest)):
        return ("…", *_plain(found.group(1)))
    return None


def _plain(text: str) -> tuple[str, ...]:
    return tuple(words(_IN_PLACE.sub(" ", f" {text}") if re.search(r"(?i)möte|träde", text) else text))


def _held(word: str) -> str:
    """`aprilmötet` is a meeting, as `mötet` is."""
    found = _HELD.fullmatch(word)
    return stem("möte") if found and found["season"] else stem(word)


def following(text: str, sentence: str) -> str:
    """The sentences after one that tell, without a day of their own, what was said."""
    every = list(of_lines(text))
    at = every.index(sentence) + 1 if sentence in every else len(every)
    found = []
    for one in every[at : at + FOLLOWING]:
        if re.search(rf"\bden \d|\d\d-\d\d|\bnästa\b|\b\d+ (?:{_MONTH})", one, re.IGNORECASE):
            break
        found.append(one)
    return " ".join(found)


# --- the same organ


def same_meeting(undated: Undated, told: Telling) -> bool:
    """Whether the sentence speaks of a meeting of the document's organ."""
    if undated.organ is None:
        return False
    own = told.organ == undated.organ
    opens = told.named[:1] == ("…",)
    named = tuple(_split(told.named[1:] if opens else told.named))
    for name in called(undated, own=own):
        at = next((k for k in range(len(named) - len(name) + 1) if named[k : k + len(name)] == name), None)
        if at is not None and (at == 0 if opens else _only_meeting((*named[:at], *named[at + len(name) :]))):
            return True
    return own and not opens and bool(named) and _only_meeting(named)


def _split(named: Iterable[str]) -> Iterator[str]:
    """The stems of the words; `styrelsemötet` is the meeting of the `styrelse`."""
    for word in named:
        found = _HELD.fullmatch(word)
        if found and found["whose"] and found["whose"].endswith(_KINDS):
            yield stem(found["whose"])
            yield stem("möte")
        else:
            yield _held(word)


def _only_meeting(stems_: Iterable[str]) -> bool:
    return all(one in MEETING for one in stems_)


def called(undated: Undated, *, own: bool) -> Iterator[tuple[str, ...]]:
    """What the organ is called by: its spellings, the first word of them where no other organ has it too, and in papers
    of its own its kind."""
    for spelling in undated.spellings:
        found = tuple(stems(spelling))
        yield found
        if (
            len(found) > 1
            and found[0].endswith(_stemmed(_KINDS))
            and found[0] not in (*undated.others, *_stemmed(_KINDS))
        ):
            yield found[:1]
        if own:
            kinds = [kind for kind in _KINDS for word in words(spelling) if re.search(rf"{kind}\w{{0,3}}$", word)]
            boards = [kind for kind in _BOARDS for word in words(spelling) if kind in word]
            yield from ((form,) for form in _stemmed([*kinds, *boards, *(["styrelse"] if boards else [])]))


def _stemmed(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        {form for kind in kinds for form in (kind, *(stem(kind + it) for it in ("", "et", "ets", "n", "ns", "en")))}
    )


def same_event(undated: Undated, told: Telling) -> str | None:
    """The stem of a gathering that a paper of the same organ dates: `ägarsamrådet`."""
    if told.organ != undated.organ or undated.organ is None:
        return None
    named = [word for word in told.named if stem(word) not in MEETING]
    return stem(named[0]) if len(named) == 1 and _EVENT.fullmatch(named[0]) else None
