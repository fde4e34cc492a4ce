"""A sentence read: its persons, dates and positions, the persons and dates blacked out for the grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from protoparse.cues import Cue, CueFinder
from protoparse.dates import Mention
from protoparse.models import Meeting, Zone
from protoparse.people import People
from protoparse.seats.parts import DATED, DECIDING, HIDDEN, DateReader, Person, Post, Sentence, needs_of
from protoparse.seats.persons import persons_in
from protoparse.seats.posts import posts_in, stops_of
from protoparse.seats.pronouns import Told, alone, has_pronoun, stand_ins
from protoparse.seats.words import Words
from protoparse.text import Text


@dataclass(frozen=True, slots=True)
class Kit:
    """What does not change while a document is read."""

    meeting: Meeting
    cues: CueFinder
    people: People
    dates: DateReader
    words: Words
    told: Told | None = None  # the sentence before: whom `hon` and `hans plats` may mean
    shared: frozenset[str] = frozenset()  # first names that several of those present bear
    given: Mapping[str, str] = field(default_factory=dict)  # first name → whole name of the only one who bears it
    post: Post | None = None  # the seat that the section's title says is filled


# A person (two capitalised words, initials and particles between) or the granting of a resignation: what a sentence
# must hold to be worth the search for wordings.
MAY = re.compile(
    r"[^\W\d_a-zåäöéü][\w'’-]*\.?\s+(?:(?:[a-z]{1,3}|[A-ZÅÄÖ]\.?)\s+){0,2}[^\W\d_a-zåäöéü]\w"
    r"|[Aa]vsäg|[Ee]ntledig|[Bb]egäran|länsstyrelsen"
)


def may_tell(kit: Kit, string: str) -> bool:
    """Whether a sentence names a person, by a whole name, a known first name or a pronoun, or grants a resignation."""
    if MAY.search(string) or alone(string, kit.given):
        return True
    return kit.told is not None and has_pronoun(string) and bool(MAY.search(kit.told.text.string))


# `Enligt kontorets förslag: …` above a decision says on what it rests.
_BASIS = re.compile(
    r"\s*(?:I enlighet med|Enligt|I överensstämmelse med)\s[^:;.]{0,140}"
    r"\b\w*(?:förslag|yrkande|nominering|begäran|framställan)"
    r"(?:et|t|en|n)?\b[^:;.]{0,80}:\s*(?=\S)"
)
_THAT_IS = re.compile(r"\bdet vill säga\b", re.IGNORECASE)  # nobody wants anything
# `A, i dag rektor på Tuna skola`: what she is, and no word on this meeting
_NOW_ROLE = re.compile(r",\s+(?:i dag|idag)\s+(?!frånv|sjuk|borta|förhindr)[a-zåäö]+", re.IGNORECASE)
_ON_BASIS = re.compile(r"\b(?:enligt|i enlighet med)\s[^,;.:]{0,100}", re.IGNORECASE)


def decided(text: Text, zone: Zone) -> Text:
    """A sentence of a decision without the proposal that it names as its ground at the start."""
    basis = _BASIS.match(text.string) if zone in DECIDING else None
    return text[basis.end() :] if basis else text


def cues_in(kit: Kit, string: str, zone: Zone) -> list[Cue]:
    """The wordings of a sentence; the proposal that a decision follows (`enligt A:s yrkande`) takes nothing back."""
    asides = [match.span() for said in (_THAT_IS, _NOW_ROLE) for match in said.finditer(string)]
    cues = [
        cue
        for cue in kit.cues.find(string)
        if not cue.rule.pseudo and not any(start <= cue.start < end for start, end in asides)
    ]
    if zone not in DECIDING or not any(cue.rule.get("form") == "stop" for cue in cues):
        return cues
    grounds = [match.span() for match in _ON_BASIS.finditer(string)]
    return [
        cue
        for cue in cues
        if not (cue.rule.id == "bara-förslag" and any(start <= cue.start < end for start, end in grounds))
    ]


def read_sentence(kit: Kit, text: Text, cues: list[Cue]) -> Sentence:
    string = text.string
    mentions = kit.dates(string)
    names = kit.people.names.within(string, kit.meeting.names)
    names = [name for name in names if not kit.words.company_behind.match(string, name[1])]
    short = alone(string, kit.given)
    names = sorted([*names, *(a for a in short if all(a[1] <= start or a[0] >= end for start, end, _ in names))])
    mentions = [m for m in mentions if not any(m.start < end and start < m.end for start, end, _ in names)]
    if any("both" in needs_of(cue) for cue in cues):
        names = _with_given(kit, string, names, cues)
    persons = persons_in(kit.people, kit.words, string, names, cues, mentions)
    told = _named_before(kit) if has_pronoun(string) else None
    persons = sorted([*persons, *stand_ins(string, persons, cues, told)], key=lambda person: person.start)
    masked = _mask(string, persons, mentions)
    sentence = Sentence(text, string, cues, persons, mentions, masked, kit.words, organ=kit.meeting.organ)
    sentence.posts = posts_in(kit.people, kit.words, masked, stops_of(sentence))
    return sentence


def _named_before(kit: Kit) -> Told | None:
    """The sentence before with the persons that it names."""
    if kit.told is None:
        return None
    string = kit.told.text.string
    names = sorted([*kit.people.names.within(string, kit.meeting.names), *alone(string, kit.given)])
    persons = persons_in(kit.people, kit.words, string, names, kit.cues.find(string), kit.dates(string))
    return replace(kit.told, named=tuple(persons))


def _with_given(
    kit: Kit, string: str, names: list[tuple[int, int, str]], cues: Sequence[Cue]
) -> list[tuple[int, int, str]]:
    """Given names alone (`Mats uppdrag övertas av …`) right beside a wording that needs two persons."""
    both = [cue for cue in cues if "both" in needs_of(cue)]
    single = [
        span
        for span in kit.people.names.given_in(string)
        if span[2] not in kit.shared
        and not (kit.told and has_pronoun(string[span[0] :].split(" ")[0] + string[span[1] : span[1] + 20]))
        and any(0 <= cue.start - span[1] <= 1 or 0 <= span[0] - cue.end <= 1 for cue in both)
        and all(span[1] <= start or span[0] >= end for start, end, _ in names)
    ]
    return sorted([*names, *single])


def _mask(string: str, persons: Sequence[Person], mentions: Sequence[Mention]) -> str:
    """The sentence with persons and dates blacked out, offsets kept."""
    letters = list(string)
    for mention in mentions:
        at = min(mention.start, mention.bound_start) if mention.bound else mention.start
        letters[at : mention.end] = DATED * (mention.end - at)
    for person in persons:
        letters[person.start : person.end] = HIDDEN * (person.end - person.start)
    return "".join(letters)
