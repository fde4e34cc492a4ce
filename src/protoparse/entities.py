"""Mentions → entities: persons, organizations, organs and services under all their spellings.

Nothing depends on the order in which documents were read. What is unsure is kept apart and listed as a pair.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from protoparse import cores, names, persons
from protoparse.mentioned import Around, Groups, Keys, Mention, Pairs, Place
from protoparse.said import Said
from protoparse.things import keyed


@dataclass(slots=True)
class Entity:
    """One thing under its spellings: how often each was met, and in which document first."""

    kind: str
    key: str
    suffix: str = ""  # what tells it from others of the name
    spellings: Counter[str] = field(default_factory=Counter)
    first: dict[str, tuple[str, str]] = field(default_factory=dict)  # spelling → (date, document)

    @property
    def id(self) -> str:
        digest = sha256("\0".join((self.kind, self.key)).encode()).hexdigest()
        return f"{self.kind}-{digest[:8]}"

    @property
    def name(self) -> str:
        """The spelling to show: without a leading `länets`, the commonest, the fullest."""
        best = min(self._full(), key=lambda it: (names.leads(it.split()[0]) if it.split() else True, *self._rank(it)))
        shown = best if self.kind in ("person", "organization") else best[:1].upper() + best[1:]
        return f"{shown} ({self.suffix})" if self.suffix else shown

    def _full(self) -> Collection[str]:
        """The spellings that are not just short for another one."""
        if self.kind == "organ":
            return [it for it in self.spellings if not names.bare(it)] or self.spellings
        if self.kind != "service" or len(self.spellings) == 1:
            return self.spellings
        short = {key for spelling in self.spellings for key in cores.shorts(spelling)}
        explained = {pair[0] for spelling in self.spellings if (pair := names.explained(self.kind, spelling))}
        return [it for it in self.spellings if names.key(self.kind, it) not in short | explained] or self.spellings

    def _rank(self, spelling: str) -> tuple[int, int, str]:
        return -self.spellings[spelling], -len(spelling), spelling

    def met(self, mention: Mention) -> None:
        first = (mention.date, mention.document)
        self.spellings[mention.name] += mention.times
        self.first[mention.name] = min(first, self.first.get(mention.name, first))


class Unsure(NamedTuple):
    """Two entities that may be one."""

    one: str
    other: str
    kind: str
    why: str


Given = dict[Place, Entity]


def entities(
    mentions: Iterable[Mention],
    titles: Iterable[str] = (),
    said: Said | None = None,
    tied: Iterable[tuple[str, str]] = (),
) -> tuple[Given, list[Unsure]]:
    """The entity of every mention, and the pairs that a person should look at. `tied`: names of services that the
    documents use of one thing, as the agreement under one case number."""
    said, tied = said or Said(), list(tied)
    by_kind: dict[str, list[Mention]] = defaultdict(list)
    for one in sorted(mentions, key=lambda it: (*it.place, it.date)):
        by_kind[one.kind].append(one)
    given: Given = {}
    unsure: list[Unsure] = []
    around = Around.of(by_kind)
    for kind, found in sorted(by_kind.items()):
        person = kind == "person"
        made, pairs = _persons(found, said) if person else keyed(kind, found, titles, said, around, tied)
        given.update(_made(kind, found, made))
        unsure += _listed(kind, pairs, made, given, said)
    return given, sorted(set(unsure))


def _made(kind: str, found: Iterable[Mention], keys: Keys) -> Given:
    made: dict[str, Entity] = {}
    given: Given = {}
    for one in found:
        key, suffix = keys[one.place]
        entity = made.setdefault(key, Entity(kind, key, suffix))
        entity.met(one)
        given[one.place] = entity
    return given


def _listed(kind: str, pairs: Pairs, keys: Keys, given: Given, said: Said) -> Iterator[Unsure]:
    by_key = {keys[place][0]: entity for place, entity in given.items() if place[0] == kind}
    for a, b, why in pairs:
        one, other = by_key.get(a), by_key.get(b)
        if one and other and one is not other and not said.apart(one.spellings, other.spellings):
            yield Unsure(*sorted((one.id, other.id)), kind, why)


# --- persons


def _persons(found: Sequence[Mention], said: Said) -> tuple[Keys, Pairs]:
    by_key: dict[str, list[Mention]] = defaultdict(list)
    for one in found:
        by_key[said.own_key(one.name) or names.key("person", one.name)].append(one)
    people: list[persons.Person] = []
    homes: dict[int, list[Place]] = defaultdict(list)
    for key, mentions in sorted(by_key.items()):
        beside = {one.place: persons.seen(one.party, one.organization, one.role) for one in mentions}
        seen = {(beside[one.place], one.document) for one in mentions}
        for person, where in persons.people_of(key, seen):
            people.append(person)
            homes[id(person)] += [it.place for it in mentions if (beside[it.place], it.document) in where]
    return _joined_persons(people, homes, said)


def _joined_persons(
    people: Sequence[persons.Person], homes: Mapping[int, Sequence[tuple[str, ...]]], said: Said
) -> tuple[Keys, Pairs]:
    shared = Counter(one.key for one in people)
    keys = {id(one): f"{one.key}\0{one.label}" if shared[one.key] > 1 else one.key for one in people}
    spelled = {id(one): {place[1] for place in homes[id(one)]} for one in people}
    groups, pairs = Groups(), []
    for pair in persons.pairs(people):
        a, b = id(pair.one), id(pair.other)
        if said.apart(spelled[a], spelled[b]):
            continue
        if pair.sure:
            groups.join(keys[a], keys[b])
        else:
            pairs.append((keys[a], keys[b], pair.why))
    for names_ in said.same:
        same = [keys[id(one)] for one in people if any(said.means(one, spelled[id(one)], name) for name in names_)]
        for other in same[1:]:
            groups.join(same[0], other)
    made: Keys = {}
    for one in people:
        suffix = one.label if shared[one.key] > 1 else ""
        for place in homes[id(one)]:
            made[place] = groups.of(keys[id(one)]), suffix
    return made, [(groups.of(a), groups.of(b), why) for a, b, why in pairs]
