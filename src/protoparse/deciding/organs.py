"""The grammar of organ names: who is meant by one, and who acts in a clause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

BINDERS = (
    "att|om|ifall|när|då|som|där|vad|vilka|vilken|vilket|innan|eftersom|medan|tills|huruvida|såvida|förutsatt|hur|varför"
    "|förrän|sedan"
)
ADVERB = (
    r"(?:därmed|härmed|således|också|även|vidare|därefter|enhälligt|enigt|nu|dock|slutligen|sålunda|i samverkan"
    r"|härefter|för (?:egen|sin) del|i sin helhet|idag|i dag|samtidigt|preliminärt|på delegation|denna dag"
    r"|dessutom|i enighet)"
)
BOUND = re.compile(rf"(?:^|[\s,(–-])(?:{BINDERS})\s*$", re.IGNORECASE)
PREPOSITION = re.compile(
    r"(?:^|\s)(?:i|på|av|för|från|till|med|hos|inom|vid|via|mot|enligt|åt|om|genom|mellan|under|efter|inför|över)\s*$",
    re.IGNORECASE,
)
AFTER = re.compile(rf"[\s,]*(?:{ADVERB}[\s,]*)*", re.IGNORECASE)
# What may stand between a subject and its verb.
_GAP = re.compile(
    rf"\s*(?:(?:för|i|inom|på|vid|med)\s[^,.;:]{{1,60}}?)?(?:\s*,[^,]{{1,90}},)?(?:\s*,?\s*{ADVERB}\s*,?)*\s*",
    re.IGNORECASE,
)
_CHAIR_OF = re.compile(r"\bordföranden? (?:i|för)\s+$", re.IGNORECASE)
_GENITIVE = re.compile(
    r"(fullmäktige|(?:nämnd|styrels|grupp|ledning|beredning|direktion|sektion|delegation)en|stämman"
    r"|(?:utskott|förbund|råd|nätverk|möt|presidi|sällskap)et)s\Z",
    re.IGNORECASE,
)
_AND = re.compile(rf"\b(?:och|samt|men|varefter)\s+(?:{ADVERB}\s+)*$", re.IGNORECASE)


class Subject(NamedTuple):
    """Who a verb says acts: the name as printed, the words before it, and whether it stands behind the verb."""

    name: str
    before: str
    inverted: bool = False


@lru_cache(maxsize=4)
def _name_pattern(heads: tuple[str, ...], plain: tuple[str, ...], short: tuple[str, ...]) -> re.Pattern[str]:
    head, word, capitals = ("|".join(sorted(words, key=len, reverse=True)) or "(?!)" for words in (heads, plain, short))
    first = rf"(?!(?i:{BINDERS}|i|på|vid|efter|för|av|till|den|det|och|men|enligt) )[A-ZÅÄÖ][\wåäöé-]*"
    return re.compile(
        rf"(?<![\w-])(?:(?:{first}(?:,? | (?:och|&) )){{0,3}}?(?:\w+-(?:,? \w+-)* (?:och|samt) )?"
        rf"(?!(?i:under|med) )[\w-]*(?:(?i:{head})|(?i:grupp)(?: [A-ZÅÄÖ][\w-]+(?: och [\w-]+)?)?)"
        rf"(?:s? (?:arbetsutskott|presidium|utskott)(?:et)?)?|(?i:{word})|(?:{capitals})|[A-ZÅÄÖ]{{2,5}})(?![\w-])"
    )


def _forms(word: str) -> tuple[str, ...]:
    """`nämnden` → `nämnden`, `nämnd`: an organ word with and without its definite ending."""
    return (word, *(word[: -len(end)] for end in ("et", "en", "n") if word.endswith(end) and len(word) > len(end) + 2))


def _is_acronym(short: str, name: str) -> bool:
    """`LGL` of `Länsgemensam ledning`: the same first letter, the others in their order."""
    letters = iter(name)
    return name.startswith(short[0]) and all(letter in letters for letter in short)


@dataclass(frozen=True, slots=True)
class Organs:
    """How organs are named, by the word lists of the rule file, and which of them met (`own`, None: not known)."""

    own: str | None
    name: re.Pattern[str]
    formal: tuple[str, ...]
    public: tuple[str, ...]  # words of councils, boards and committees of municipalities and regions
    sittings: frozenset[str]  # bare names of the board of an association that met
    generic: frozenset[str]
    weak: frozenset[str]
    short: Mapping[str, str]
    own_names: tuple[str, ...] = ()  # in small letters, of the organ that met: its name, and that without a place

    @classmethod
    def of(cls, words: Mapping[str, Any], own: str | None, title: str | None = None) -> Organs:
        """From the `words` of the rule file; `title` is the document's, which may name the kind of meeting."""
        own = nominative(own) if own else None
        short: Mapping[str, str] = words.get("abbreviations", {})
        generic = frozenset(words.get("generic", ()))
        sittings, meetings, others = _sittings(words, own, title or "")
        generic = (generic - others) | meetings
        if own and _has(own, words.get("associations", ())):
            generic |= frozenset(words.get("whole", ()))
        lists: dict[str, Sequence[str]] = {key: words.get(key, ()) for key in ("organ_heads", "generic")}
        return cls(
            own,
            _name_pattern(*(tuple(part) for part in lists.values()), tuple(word.upper() for word in short)),
            tuple(words.get("formal_heads", ())),
            tuple(words.get("public", ())),
            sittings,
            generic,
            frozenset(words.get("weak", ())),
            short,
            _own_names(own) if own else (),
        )

    # -- which organ a name means

    def means_own(self, name: str) -> bool:
        """Whether a name is that of the organ that met: the same words, or the bare kind (`nämnden`) of it."""
        if self.own is None:
            return False
        one, two = (" ".join(self.short.get(part, part) for part in n.lower().split()) for n in (name, self.own))
        if set(_forms(one)) & set(_forms(two)) or one.split() == two.split()[: len(one.split())]:
            return True
        if name.isupper() and len(name) <= 5:
            return _is_acronym(one, two)
        if " " in one:  # `Arbets utskottet`: a word that a scanner broke
            whole = two.replace(" ", "")
            broken = any(whole.endswith(_forms(one.replace(" ", joint))) for joint in ("", "s"))
            return one.endswith(two) or two.endswith(one) or broken
        return any(part.endswith(_forms(one)) for part in two.split())

    def is_own(self, name: str, weak: bool = True) -> bool:
        """Whether the name stands for the organ that met. `weak`: words such as `samtliga` and `ordföranden` do."""
        word = name.lower()
        if word in self.generic:
            return weak or word not in self.weak
        if self.own is None:
            return not name.isupper() or word in self.short
        return word in self.sittings or self.means_own(name)

    def may_be_own(self, name: str) -> bool:
        """Whether a bare name (`ledningsgruppen`) that is not the organ's may still mean the one that met, where
        nobody has but one such organ: outside municipalities and regions."""
        public = self.own is None or _has(f"{self.own} {name}", self.public)
        return not public and bool(re.fullmatch(r"[A-ZÅÄÖ][\wåäöé]+(?:en|et|an)", name))

    def printed(self, name: str) -> str | None:
        """The organ of a row: the document's when the name is a word for it, else as printed with a capital."""
        if name.lower() in self.generic or self.means_own(name):
            return self.own
        return name[:1].upper() + name[1:]

    def is_above(self, name: str | None) -> bool:
        """Whether a name is that of a council above the organ that met."""
        return bool(name and self.own and _is_council(name) and not _is_council(self.own))

    # -- who acts

    def subject(self, text: str, start: int, end: int) -> Subject | None:
        """The organ that is the subject of the verb at start to end."""
        left = text[:start]
        for own in self.own_names:
            at = left.lower().rfind(own)
            if at >= 0 and not left[at - 1 : at].isalnum() and _GAP.fullmatch(left, at + len(own)):
                return self._actor(left, at, at + len(own))
        for match in reversed(list(self.name.finditer(left))):
            if _GAP.fullmatch(left, match.end()):
                return self._actor(left, *match.span())
        after = AFTER.match(text, end)
        behind = after.end() if after else end
        if match := self._own_at(text, behind) or self.name.match(text, behind):
            return Subject(match.group(), left, True)
        return self._shared(left) if _AND.search(left) else None

    def _own_at(self, text: str, at: int) -> re.Match[str] | None:
        """A name of the organ that met at a place of a text."""
        names = "|".join(map(re.escape, self.own_names))
        return re.compile(rf"(?:{names})(?!\w)", re.IGNORECASE).match(text, at) if names else None

    def _actor(self, left: str, start: int, end: int) -> Subject:
        """The organ as a subject; `ordföranden i` it is a word for it as well."""
        chair = _CHAIR_OF.search(left[:start])
        if chair and self.means_own(left[start:end]):
            return Subject("ordföranden", left[: chair.start()])
        return Subject(left[start:end], left[:start])

    def _shared(self, left: str) -> Subject | None:
        """The subject of a verb after `och`: that of the first verb of the sentence."""
        if match := self._own_at(left, 0):
            return Subject(match.group(), "")
        for match in self.name.finditer(left):
            before = left[: match.start()]
            if not PREPOSITION.search(before) and not BOUND.search(before):
                return Subject(match.group(), before if not before.strip() else "")
        return None

    def agent(self, text: str, end: int) -> str | None:
        """Who does what a passive verb says (`av nämnden`); a single word when it is no organ."""
        match = re.match(r"\s+(?:av|i)\s+", text[end:])
        if match is None:
            return None
        if name := self.name.match(text, end + match.end()):
            return name.group()
        return text[end:][match.end() :].split(" ")[0] if match.group().strip() == "av" else None

    def is_own_agent(self, agent: str | None) -> bool:
        return bool(agent and self.name.match(agent) and self.is_own(agent))

    def others_have(self, text: str) -> bool:
        """`Arbetsutskottet har den 3 mars behandlat ärendet`: another organ's work, retold."""
        match = self.name.match(text)
        return bool(match and re.match(r"\s+har\s", text[match.end() :]) and not self.is_own(match.group()))

    # -- headings

    def in_heading(self, heading: str) -> Iterator[re.Match[str]]:
        """The organs of a heading, its genitives read as names (`Socialnämndens` → `Socialnämnden`)."""
        plain = re.sub(r"(?<=[nett])s\b", "", heading)
        plain = re.sub(r"(?<=fullmäktige)s\b", "", plain)
        return self.name.finditer(plain)

    def proposes_up(self, heading: str) -> bool:
        """Whether `X:s förslag till beslut i Y` is a proposal by the organ that met to another one."""
        by, _, to = heading.partition("örslag")
        if to and not all(self._own_names(by)):
            return False
        return not any(self._own_names(to or heading))

    def _own_names(self, heading: str) -> Iterable[bool]:
        return (self.means_own(match.group()) for match in self.in_heading(heading))


def nominative(organ: str) -> str:
    """An organ's name as a subject: `Socialnämndens` → `Socialnämnden`."""
    return _GENITIVE.sub(r"\1", organ)


_PLACE_BEHIND = re.compile(
    r"(?P<name>[A-ZÅÄÖ][\w-]{5,})(?:\s(?:[A-ZÅÄÖ][\w-]+|och|&|länet|bygden|kusten|dalen|kommunerna))+\Z"
)


def _own_names(own: str) -> tuple[str, ...]:
    """`Samverkansforum Norra länet`: what it is called in its own minutes, in small letters, the longest first."""
    placed = _PLACE_BEHIND.match(own)
    if placed is None or placed["name"].lower() in ("region", "kommun", "landsting"):
        return (own.lower(),)
    bare = placed["name"].lower()
    return own.lower(), f"{bare}en", f"{bare}et", bare


def _has(text: str, words: Iterable[str]) -> bool:
    """Whether a text has one of the words; a short one must stand alone."""
    low = text.lower()
    apart = set(re.split(r"\W+", low))
    return any(word in (low if len(word) > 3 else apart) for word in words)


def _sittings(
    words: Mapping[str, Any], own: str | None, title: str
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Which bare names (`styrelsen`, `årsmötet`) mean the board that met or the meeting of all, and which mean another
    organ.

    In the minutes of a council or committee they mean nothing of its own. Where an association's board met its annual
    meeting is another organ, and the other way round; where nothing tells which of them met both are read."""
    none: frozenset[str] = frozenset()
    board, meetings = (frozenset(words.get(key, ())) for key in ("boards", "assemblies"))
    if own is None or _has(own, words.get("public", ())):
        return none, none, none
    said = f"{own} {title}"
    if _has(said, words.get("assembly_words", ())):
        return none, meetings, board
    if _has(said, words.get("board_words", ())):
        return board, none, meetings
    if _has(own, words.get("groups", ())) and not _has(own, words.get("associations", ())):
        return none, none, none
    return board, meetings, none


def _is_council(name: str) -> bool:
    return name.lower().endswith("fullmäktige")
