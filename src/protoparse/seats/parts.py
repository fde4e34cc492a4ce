"""What a sentence about seats holds: persons, positions, clauses, and the rows that they give."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from protoparse.cues import Cue
from protoparse.dates import Mention
from protoparse.models import Passage, RosterKind, Zone
from protoparse.people import Described
from protoparse.seats.words import Words
from protoparse.text import Text

DateReader = Callable[[str], list[Mention]]
DECIDING = frozenset({Zone.DECISION, Zone.DECISION_GROUP})
HIDDEN = "\x01"  # stands for the characters of a person in a masked sentence
DATED = "\x02"  # stands for the characters of a date


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a sentence: `start` to `end` holds the office before the name, the name and the apposition."""

    start: int
    end: int
    name: str
    about: Described
    office: str | None = None  # the membership noun before the name: `tidigare deltagare Per Ek`
    pronoun: bool = False  # `hon`, `hennes`: `name` is hers who is meant
    earlier: bool = False  # … and named in the sentence before


@dataclass(frozen=True, slots=True)
class Post:
    """A position with its group: `ledamot i valnämnden`."""

    start: int
    end: int
    positions: tuple[str, ...]
    group: str | None = None
    represents: str | None = None
    paired: bool = False  # `ordförande respektive vice ordförande`: one each
    plural: bool = False  # `till ledamöter`: what stands behind a name may be her own seat (`A, ordförande`)
    more: tuple[Post, ...] = ()  # seats of the same persons: `ledamot i X och ersättare i Y`


@dataclass(slots=True)
class Sentence:
    """A sentence with all that the grammar found in it."""

    text: Text
    string: str
    cues: list[Cue]
    persons: list[Person]
    mentions: list[Mention]
    masked: str
    words: Words
    posts: list[Post] = field(default_factory=list)
    organ: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    cue: Cue
    start: int
    end: int
    shared: tuple[Person, ...] = ()  # the subject of the clause before, where this one has none of its own


@dataclass(frozen=True, slots=True)
class Row:
    """A change as one clause tells it, before the section is put together."""

    kind: RosterKind
    incoming: Person | None
    outgoing: Person | None
    rule: str
    quote: Text
    passage: Passage
    group: str | None = None
    position: str | None = None
    represents: str | None = None
    start: datetime.date | None = None
    until: datetime.date | None = None
    label: bool = False
    new: bool = False
    needs: frozenset[str] = frozenset()
    hint: bool = False  # tells who left a seat, but no change of its own (`val av ledamot efter A`)


def tells(cue: Cue) -> bool:
    return cue.rule.get("form") in (None, "verb", "label", "link", "grant")


def needs_of(cue: Cue) -> frozenset[str]:
    return frozenset((cue.rule.get("needs") or "").split())
