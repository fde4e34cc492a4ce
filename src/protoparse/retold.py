"""Whether two texts tell of the same meeting: one that dates it and one that does not date itself.

The dated one names the meeting (`På Länsrådet den 3 oktober 2025 …`, `Rådet träffades den 3 oktober`, `Föregående möte
(den 3 oktober 2025): …`), the undated one says that something was taken up, and both do so in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from protoparse.bounds import PAST, Mention
from protoparse.names import abbreviation, stem, stems, words
from protoparse.sentences import boundaries

ALIKE = 2  # words that both must have where both stand under one heading
ANCHORED = 3  # the same under other headings, where one of them is a name or names the subject
WEAK = 5  # the same where the undated text does not say that it was at a meeting
EVENT = 4  # the same for a gathering that is no meeting of the organ itself
SPREAD, TOGETHER = 2, 4  # the same in each of several sections, and in all of them
LONG = 12  # letters of a word that names a subject by itself
COMPOUND = 6  # letters of a word that is found within a longer one
FOLLOWING = 3  # sentences after one that names the meeting in which it may be told what was said there

# Beside the organ's own name, what a meeting is called by.
_MEETING = frozenset(
    stems(
        "möte mötet möten sammanträde sammanträdet sammankomst sammankomsten träff träffen mötestillfället dagens "
        "senaste förra föregående förgående tidigare ordinarie extra digitala fysiska gemensamma årets första andra "
        "tredje sista närmast ett sitt dess deras det den en kl då när även vårens höstens sommarens vinterns "
        "måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen"
    )
)
_MONTH = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|vår|höst|sommar|vinter"
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
_GATHERED = re.compile(rf"\b(?:{_TALK}|träffades|möttes|sammanträdde|samlades)\b", re.IGNORECASE)
_TALKED = re.compile(rf"\b(?:{_TALK})\b", re.IGNORECASE)
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

_AT_MEETING = re.compile(
    r"\b(?:vid|på|under|från)\s+(?:[\w-]+\s+){0,3}?(?:\w*(?:mötet|möte|sammanträdet|sammanträde|mötes)|träffen)\b|"
    r"\bnär\s+(?:\w+\s+){1,4}(?:träffades|möttes|sammanträdde|samlades)\b",
    re.IGNORECASE,
)
# Words that two texts on any subject may share.
_HOLLOW = _MEETING | frozenset(
    stems(
        "fördes förs fördjupad diskussion diskuterades diskuterade diskutera dialog dialogen samtal samtalet "
        "behandlades behandlade lyftes lyfte presenterades presenterade informerades informerade information "
        "redovisades redovisade redovisning berättade rapporterade rapport genomgång gick igenom frågan frågor "
        "fråga särskilt avseende kring samt hur där vilket inom från till med och att det som för på vid under "
        "efter ska kan har var är inte också även samtliga respektive framtid framtida fortsatt fortsatta januari "
        "februari mars april maj juni juli augusti september oktober november december ledamot ledamöter "
        "ledamöterna styrelsen rådet nämnden gruppen förbundet protokoll protokollet anteckning anteckningar "
        "ärende ärenden punkt arbete arbetet år året läget läge nya många fler flera olika alla kommun kommunen "
        "kommuner kommunerna region regionen län länet länets behov behovet möjlighet möjligheter tog upp fick "
        "höra togs beslut beslutade om hade blev blir bli när sin sina sitt deras man nu redan sedan mellan utan "
        "över bland annat del delar bör tidigare"
    )
)


# Headings under which anything may be told of an earlier meeting.
_LOOKING_BACK = frozenset(
    stems(
        "tillbakablick återblick återkoppling återrapportering uppföljning rapporter rapportering informationspunkter "
        "meddelanden anmälningar delgivningar inledning öppnande öppnas minnesanteckningar föregåendes övrigt runt "
        "aktuellt nuläge lägesrapport lägesrapporter"
    )
)


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
        return (sentence for part in self.parts for sentence in _sentences(part.text))


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


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        for start, end in boundaries(line):
            yield line[start:end]


# --- a sentence that names a meeting by its day


def meeting_of(sentence: str, day: str, after: str = "") -> tuple[str, ...] | None:
    """The words for the meeting on a day that a sentence tells of as past, in small letters; None where it tells of
    none. `after`: the sentences that follow it."""
    at = sentence.find(day)
    if at < 0:
        return None
    before, rest = sentence[:at].rstrip(" (,–-") + " ", sentence[at + len(day) :]
    told = PAST.search(rest) or _TALKED.search(sentence)
    if found := _AT.search(before):
        return _plain(found.group(1)) if told or PAST.search(after) else None
    if (found := _ACTED.search(before)) and (_TALKED.search(f"{sentence} {after}")):
        return _plain(found.group(1))
    if (found := _HEADED.match(before)) and _MEETING & {_held(word) for word in _plain(found.group(1))}:
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
    every = list(_sentences(text))
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
    for name in _names(undated, own=own):
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
    return all(one in _MEETING for one in stems_)


def _names(undated: Undated, *, own: bool) -> Iterator[tuple[str, ...]]:
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
    named = [word for word in told.named if stem(word) not in _MEETING]
    return stem(named[0]) if len(named) == 1 and _EVENT.fullmatch(named[0]) else None


# --- the same words


@lru_cache(maxsize=1 << 15)
def _every_stem(text: str) -> frozenset[str]:
    return frozenset(stems(text))


@lru_cache(maxsize=1 << 16)
def _content(text: str, spellings: tuple[str, ...]) -> frozenset[str]:
    own = {word for spelling in spellings for word in _every_stem(spelling)}
    return frozenset(word for word in _every_stem(text) if len(word) > 2 and not word[0].isdigit()) - _HOLLOW - own


@lru_cache(maxsize=1 << 12)
def _proper(text: str) -> frozenset[str]:
    """The words that are written with a capital letter inside a sentence."""
    found = re.findall(r"(?<=[\w,;:–-]\s)[A-ZÅÄÖ][\w-]+", text)
    return frozenset(word for one in found for word in stems(one))


def _common(one: Set[str], other: Set[str]) -> set[str]:
    """The words of the one that the other has too, or has within a longer word."""
    rest = [word for word in other if len(word) >= COMPOUND]
    return {
        word
        for word in one
        if word in other
        or (
            len(word) >= COMPOUND
            and any(word.startswith(it) or word.endswith(it) or it.startswith(word) or it.endswith(word) for it in rest)
        )
    }


def _title_keys(part: Part) -> set[str]:
    keys = {" ".join(stems(title)) for title in part.titles}
    short = {found.casefold() for title in part.titles if (found := abbreviation(title))}
    return {key for key in keys | short if key} - _HOLLOW


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring sentences of an undated document that may tell what a dated one tells."""

    text: str
    common: set[str]
    strong: bool  # whether they say that it was at a meeting
    size: int  # how many they are


def shared_sentence(undated: Undated, told: Telling) -> str | None:
    """The words of the undated document that tell of the same subject at the same meeting, if there are any."""
    event = None
    if not same_meeting(undated, told) and not (event := same_event(undated, told)):
        return None
    found = [it for part in undated.parts if (it := _of_part(part, undated, told, event))]
    sure = [window for window, is_sure in found if is_sure]
    if sure:
        return max(sure, key=lambda it: (len(it.common), -it.size, it.text)).text
    spread = [window for window, _ in found if len(window.common) >= SPREAD]
    together = {word for window in spread for word in window.common}
    if event is None and len(together) >= TOGETHER and len(spread) > 1 and any(window.strong for window in spread):
        return " … ".join(window.text for window in spread)
    return None


def _of_part(part: Part, undated: Undated, told: Telling, event: str | None) -> tuple[_Window, bool] | None:
    """The sentences of a section that share most with the telling, and whether they share enough."""
    if not _every_stem(told.told) & (_every_stem(part.text) | _every_stem(" ".join(part.titles[:1]))) - _HOLLOW:
        return None
    found = [(window, _enough(window, part, undated, told, event)) for window in _talks(part, undated, told, event)]
    return max(found, key=lambda it: (it[1], -it[0].size if it[1] else 0, len(it[0].common), -it[0].size), default=None)


def _talks(part: Part, undated: Undated, told: Telling, event: str | None) -> Iterator[_Window]:
    """The sentences of a section in which somebody talked of what the telling has too."""
    wanted = _content(told.told, undated.spellings) - {event}
    title = _content(" ".join(part.titles[:1]), undated.spellings)
    for size, text in _windows(part.text):
        if not wanted & (said := _content(text, undated.spellings)) or (event and event not in _every_stem(text)):
            continue
        common = _common(wanted, (said | title) - {event})
        if len(common) >= ALIKE:
            yield _Window(text, common, bool(_AT_MEETING.search(text)) or _acts(text, undated), size)


def _enough(window: _Window, part: Part, undated: Undated, told: Telling, event: str | None) -> bool:
    title = _content(" ".join(part.titles[:1]), undated.spellings)
    said, first = (_content(text, undated.spellings) for text in (window.text, told.sentence))
    if event is None and window.strong and _title_keys(part) & _title_keys(told.part):
        return len(_common(_content(told.told, undated.spellings), said)) >= ALIKE
    names = title | _proper(window.text) | _proper(told.told)
    if not (window.common & names or any(len(word) >= LONG for word in window.common)):
        return False
    elsewhere = _content(" ".join(told.part.titles[:1]), undated.spellings) - _LOOKING_BACK - set(told.named)
    astray = bool(elsewhere) and not _common(elsewhere, said | title)  # what is told stands under another subject
    needed = EVENT if event else (ANCHORED + astray if window.strong else WEAK)
    half = min(len(first) or len(window.common), len(said | title))
    return len(window.common) >= needed and len(window.common) * 2 >= half


def _acts(window: str, undated: Undated) -> bool:
    """Whether the organ itself is said to have talked: `Rådet diskuterade …`."""
    for found in _GATHERED.finditer(window):
        before = [stem(word) for word in words(window[: found.start()])][-4:]
        after = [stem(word) for word in words(window[found.end() :])][:2]
        for name in _names(undated, own=True):
            if any(tuple(near[k : k + len(name)]) == name for near in (before, after) for k in range(len(near))):
                return True
    return False


@lru_cache(maxsize=1 << 12)
def _windows(text: str) -> tuple[tuple[int, str], ...]:
    """One, two and three neighbouring sentences in which somebody talked of something or met."""
    every = list(_sentences(text))
    joined = ((size, " ".join(every[k : k + size])) for size in (1, 2, 3) for k in range(len(every) - size + 1))
    return tuple((size, it) for size, it in joined if _TALKED.search(it) or _AT_MEETING.search(it))
