"""Whether two texts tell of the same meeting: one that dates it and one that does not date itself.

The dated one names the meeting (see `telling`), the undated one says that something was taken up, and both do so in the
same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import lru_cache

from protoparse.names import abbreviation, stem, stems, words
from protoparse.sentences import of_lines
from protoparse.telling import (
    GATHERED,
    MEETING,
    TALKED,
    Part,
    Telling,
    Undated,
    called,
    same_event,
    same_meeting,
)

ALIKE = 2  # words that both must have where both stand under one heading
ANCHORED = 3  # the same under other headings, where one of them is a name or names the subject
WEAK = 5  # the same where the undated text does not say that it was at a meeting
EVENT = 4  # the same for a gathering that is no meeting of the organ itself
SPREAD, TOGETHER = 2, 4  # the same in each of several sections, and in all of them
LONG = 12  # letters of a word that names a subject by itself
COMPOUND = 6  # letters of a word that is found within a longer one
_AT_MEETING = re.compile(
    r"\b(?:vid|på|under|från)\s+(?:[\w-]+\s+){0,3}?(?:\w*(?:mötet|möte|sammanträdet|sammanträde|mötes)|träffen)\b|"
    r"\bnär\s+(?:\w+\s+){1,4}(?:träffades|möttes|sammanträdde|samlades)\b",
    re.IGNORECASE,
)
# Words that two texts on any subject may share.
_HOLLOW = MEETING | frozenset(
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
    for found in GATHERED.finditer(window):
        before = [stem(word) for word in words(window[: found.start()])][-4:]
        after = [stem(word) for word in words(window[found.end() :])][:2]
        for name in called(undated, own=True):
            if any(tuple(near[k : k + len(name)]) == name for near in (before, after) for k in range(len(near))):
                return True
    return False


@lru_cache(maxsize=1 << 12)
def _windows(text: str) -> tuple[tuple[int, str], ...]:
    """One, two and three neighbouring sentences in which somebody talked of something or met."""
    every = list(of_lines(text))
    joined = ((size, " ".join(every[k : k + size])) for size in (1, 2, 3) for k in range(len(every) - size + 1))
    return tuple((size, it) for size, it in joined if TALKED.search(it) or _AT_MEETING.search(it))
