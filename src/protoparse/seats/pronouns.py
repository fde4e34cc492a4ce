"""Who is meant by a pronoun or a first name that stands alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from protoparse.cues import Cue
from protoparse.seats.parts import Person, tells
from protoparse.text import Text

_PRONOUN = re.compile(
    r"\b(?:(?P<subject>hon|han|hen)"
    r"|(?:efter|för|av|från|till|efterträder|efterträdde|efterträda|ersätter|ersatte|ersätta|avlöser|avlöste|avlösa)\s+(?P<object>honom|henne|hen|denne|denna)(?!\s+[a-zåäö]*(?:tid|period|punkt))"
    r"|(?P<owner>hans|hennes|hens|dennes|dennas)(?=\s+(?:plats|ställe|uppdrag|roll|post|tjänst|mandat|stol|efterträdare"
    r"|ersättare|avsägelse|avgång|förordnande)))\b",
    re.IGNORECASE,
)
# What ends a clause: behind it the pronoun may be the one named before (`A slutar och B tar hans plats`).
_NEW_CLAUSE = re.compile(r"[;:]|\b(?:och|samt|men|att|som|när|då|sedan|medan|varpå|eftersom)\b|,\s+(?!\Z)[^,]*[,]")
_TO_FOLLOW = re.compile(r"\satt\s+\Z")  # `utser B att efterträda henne`: B is no `henne`
_LISTED = re.compile(r"\s*(?:,|,?\s*(?:och|samt|&))\s*\Z")
_WORD = re.compile(r"(?<![\w-])[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?(?![\w-])(?!\s+[A-ZÅÄÖÉ][a-zåäöéü])")


@dataclass(frozen=True, slots=True)
class Told:
    """The sentence before: its words, whom it names, and who came and who left by its rows."""

    text: Text
    named: tuple[Person, ...] = ()
    came: tuple[Person, ...] = ()
    left: tuple[Person, ...] = ()


def has_pronoun(string: str) -> bool:
    """Whether a sentence speaks of somebody by a pronoun."""
    return bool(_PRONOUN.search(string))


def stand_ins(string: str, persons: Sequence[Person], cues: Sequence[Cue], told: Told | None) -> list[Person]:
    """The pronouns of a sentence as persons, each under the name of the only one who can be meant.

    One who is named in the same sentence goes before those of the sentence before. A pronoun that may mean several
    persons is left out.
    """
    found: list[Person] = []
    for match in _PRONOUN.finditer(string):
        kind = str(match.lastgroup)
        start, end = match.span(kind)
        before = [p for p in persons if p.end <= start]
        before = before if kind == "subject" else _without_subject(string, before, match.start())
        who = only(before) if before else _of_before(kind, _side(cues, end), persons, told)
        if who is not None:
            found.append(replace(who, start=start, end=end, office=None, pronoun=True, earlier=not before))
    return found


def _without_subject(string: str, before: list[Person], at: int) -> list[Person]:
    """Those named before, without the subject of the pronoun's own clause: her own place would be `sin plats`."""
    if not before or (_NEW_CLAUSE.search(string, before[-1].end, at) and not _TO_FOLLOW.search(string, 0, at)):
        return before
    end = len(before) - 1
    while end and _LISTED.match(string[before[end - 1].end : before[end].start]):
        end -= 1
    return before[:end]


def unclear(string: str, cues: Sequence[Cue], persons: Sequence[Person]) -> str | None:
    """A pronoun right before a wording of change that nobody stands for."""
    for match in _PRONOUN.finditer(string):
        start, end = match.span(str(match.lastgroup))
        near = 12 if match.lastgroup == "subject" else len(string)
        beside = any(tells(cue) and 0 <= cue.start - end <= near for cue in cues)
        if beside and not any(p.start == start for p in persons):
            return match.group(str(match.lastgroup))
    return None


def _side(cues: Sequence[Cue], at: int) -> str | None:
    """On which side of the change the subject of the next wording stands."""
    return next((cue.rule.get("before") for cue in cues if cue.start >= at and tells(cue)), None)


def _of_before(kind: str, side: str | None, here: Sequence[Person], told: Told | None) -> Person | None:
    if told is None:
        return None
    first = told.came if kind == "subject" and side == "incoming" else told.left
    names = {person.name for person in here}
    others = [p for p in told.named if p.name not in names] if kind != "subject" else told.named
    return only(first) or only(others)


def only(persons: Iterable[Person]) -> Person | None:
    """The one person that all of them are, None if they are several or none."""
    found = {person.name: person for person in reversed(list(persons))}
    return next(iter(found.values())) if len(found) == 1 else None


def first_names(names: Collection[str]) -> dict[str, str]:
    """First name → whole name, for the first names that only one of the persons bears."""
    several = shared_names(names)
    pairs = ((name.partition(" ")[0], name) for name in names if " " in name)
    return {first: name for first, name in pairs if first not in several}


def shared_names(names: Collection[str]) -> frozenset[str]:
    """First names that more than one of the persons bears."""
    counted = Counter(name.partition(" ")[0] for name in set(names) if " " in name)
    return frozenset(first for first, n in counted.items() if n > 1)


def alone(string: str, given: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """First names that stand alone, with the whole name of the one who bears it: (start, end, name)."""
    found = []
    for word in _WORD.finditer(string) if given else ():
        said = word.group()
        stem = said if said in given else said.removesuffix("s")
        if stem in given and not _follows_a_name(string, word.start()):
            found.append((word.start(), word.start() + len(stem), given[stem]))
    return found


def _follows_a_name(string: str, at: int) -> bool:
    return bool(re.search(r"[A-ZÅÄÖ][\w-]*\s\Z", string[:at])) and not re.search(r"[.!?]\s\Z", string[:at])
