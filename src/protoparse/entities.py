"""Mentions → entities: persons, organizations, organs and services under all their spellings.

Nothing depends on the order in which documents were read. What is unsure is kept apart and listed as a pair.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from rapidfuzz import fuzz

from protoparse import cores, names, persons
from protoparse.said import Said

ALIKE = 90  # from here two names are worth a look
WITHIN = "det ena namnet ryms i det andra"
FEW = 3  # longer names in which a shorter one may stand and still be worth a look
CROWD = 40  # words that more names share tell nothing

# Names of one thing that differ in such a word are names of two things.
_TYPES = tuple(
    names.stems(
        "temagrupp arbetsgrupp delgrupp styrgrupp projektgrupp referensgrupp ledningsgrupp grupp nätverk råd nämnd "
        "utskott beredningsgrupp beredning styrelse kommun region förbund förening skola lots mottagning"
    )
)


class Mention(NamedTuple):
    """A name in a document, how often, and what stands beside it."""

    kind: str
    name: str
    document: str
    date: str
    times: int = 1
    party: str = ""
    organization: str = ""
    role: str = ""
    owner: str | None = None  # whose board meets, where a board meets
    organ: str | None = None  # the document's

    @property
    def place(self) -> tuple[str, str, str, str, str, str]:
        """By what its rows are found again."""
        return self.kind, self.name, self.document, self.party, self.organization, self.role


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


class _Groups:
    """Keys that mean one thing; the smallest stands for all."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, key: str) -> str:
        while (above := self._parent.get(key, key)) != key:
            key = above
        return key

    def join(self, one: str, other: str) -> None:
        a, b = sorted((self.of(one), self.of(other)))
        self._parent[b] = a


Place = tuple[str, str, str, str, str, str]
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
    around = _Around.of(by_kind)
    for kind, found in sorted(by_kind.items()):
        keyed = _persons(found, said) if kind == "person" else _things(kind, found, titles, said, around, tied)
        made, pairs = keyed
        given.update(_made(kind, found, made))
        unsure += _listed(kind, pairs, made, given, said)
    return given, sorted(set(unsure))


class _Around(NamedTuple):
    """What names of other kinds tell."""

    places: frozenset[str]  # municipalities and regions
    others: frozenset[str]  # the keys of organs and organizations

    @classmethod
    def of(cls, by_kind: Mapping[str, Sequence[Mention]]) -> _Around:
        others = {one.name for kind in ("organ", "organization") for one in by_kind.get(kind, ())}
        owners = {one.owner for found in by_kind.values() for one in found if one.owner}
        places = {place for name in others | owners for place in names.places(name)}
        return cls(frozenset(places), frozenset(names.key("organ", name) for name in others))


Keys = dict[Place, tuple[str, str]]  # place of a mention → key and suffix
Pairs = list[tuple[str, str, str]]  # key, key, why


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


# --- organizations, organs, services


def _things(
    kind: str,
    found: Sequence[Mention],
    titles: Iterable[str],
    said: Said,
    around: _Around,
    tied: Iterable[tuple[str, str]],
) -> tuple[Keys, Pairs]:
    owners = _owners(found) if kind == "organ" else {}
    short = _short_forms(kind, {one.name for one in found}, titles if kind == "service" else ())
    base = {one.place: _base(kind, one, owners, short, said) for one in found}
    spelled: dict[str, set[str]] = defaultdict(set)
    for one in found:
        spelled[base[one.place]].add(one.name)
    alike = list(_spaced({it.name: base[it.place] for it in found}))
    if kind == "service":
        alike += _subtitled({base[it.place]: it.name for it in found})
        alike += _turned({it.name: base[it.place] for it in found})
        of_name = {it.name: base[it.place] for it in found}
        alike += [(of_name[one], of_name[other]) for one, other in tied]
    groups = _Groups()
    for key, other in alike:
        if not said.apart(spelled[key], spelled[other]):
            groups.join(key, other)
    for key, other in _shorter(kind, found, base, groups, around, short):
        if not said.apart(spelled[key], spelled[other]):
            groups.join(key, other)
    for names_ in said.same:
        keys = [base[it.place] for it in found if any(said.is_(it.name, name) for name in names_)]
        for other in keys[1:]:
            groups.join(keys[0], other)
    shared = Counter(key.partition("\0")[0] for key in {groups.of(key) for key in base.values()})
    titles = _titles(found) if kind == "organ" else {}
    keys = {}
    for place, one in base.items():
        plain, _, owner = (key := groups.of(one)).partition("\0")
        keys[place] = key, titles.get(owner, owner) if shared[plain] > 1 else ""
    return keys, list(_similar(sorted({key for key, _ in keys.values()})))


def _base(kind: str, one: Mention, owners: Mapping[str, set[str]], short: Mapping[str, str], said: Said) -> str:
    if own := said.own_key(one.name):
        return own
    key = names.key(kind, one.name)
    if kind == "organ" and names.bare(one.name):
        if one.organ and names.itself(one.name, one.organ):
            return _base(kind, one._replace(name=one.organ), owners, short, said)
        return f"{key}\0{names.key(kind, one.organ)}" if one.organ else key
    if kind == "organ" and (board := names.board(one.name)):
        key, named = board
        owner = named or one.owner or _only(owners, key, one)
        return f"{key}\0{names.owner_key(owner)}" if owner else key
    return short.get(key, key)


def _only(owners: Mapping[str, set[str]], key: str, one: Mention) -> str | None:
    """The owner where the text names none: the only one there is, or the only one that is known to have the board and
    whose own document it is."""
    everyone = {owner for known in owners.values() for owner in known}
    known = owners.get(key, set()) if one.organ and names.key("organ", one.organ) == key else everyone
    return next(iter(known)) if len(known) == 1 else None


def _owners(found: Iterable[Mention]) -> dict[str, set[str]]:
    """Board → the municipalities and regions that are known to have one."""
    owners: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if board := names.board(one.name):
            owners[board[0]] |= {names.owner_key(owner) for owner in (board[1] or one.owner,) if owner}
    return owners


def _titles(found: Iterable[Mention]) -> dict[str, str]:
    """What tells boards and groups of one name apart, as it is printed."""
    printed: dict[str, set[str]] = defaultdict(set)
    for one in found:
        board = names.board(one.name)
        if owner := (board and board[1]) or one.owner:
            printed[names.owner_key(owner)].add(owner)
        if one.organ:
            printed[names.key("organ", one.organ)].add(one.organ)
    return {key: min(names_) for key, names_ in printed.items()}


def _short_forms(kind: str, spellings: Iterable[str], titles: Iterable[str]) -> dict[str, str]:
    pairs = [pair for name in spellings if (pair := names.explained(kind, name))]
    pairs += [pair for title in titles if (pair := names.explained_in(kind, title))]
    return names.abbreviations(pairs)


def _spaced(base: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Keys that differ only in where words are parted: `språk kafé` and `språkkafé`. From the keys of the spellings."""
    tight: dict[str, set[str]] = defaultdict(set)
    for name, key in base.items():
        plain, _, owner = key.partition("\0")
        tight[f"{plain.replace(' ', '')}\0{owner}"].add(key)
        if all(len(word) > 2 for word in names.words(name)):  # a letter at the end would be taken for an ending
            tight[f"{names.key('service', ''.join(names.words(name)))}\0{owner}"].add(key)
    return ((min(same), other) for _, same in sorted(tight.items()) for other in sorted(same - {min(same)}))


def _turned(base: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Keys of the same words in another order: `Fyrens mottagning` and `Mottagningen Fyren`."""
    same: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, key in base.items():
        if found := cores.turned(name):
            same[found].add(key)
    return ((min(keys), other) for _, keys in sorted(same.items()) for other in sorted(keys - {min(keys)}))


def _subtitled(spellings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`Strandlinjen` and `Strandlinjen – närtrafik`, where the name has only one such subtitle."""
    longer: dict[str, list[str]] = defaultdict(list)
    for key, name in sorted(spellings.items()):
        head, dash, _ = name.partition(" – ")
        if dash:
            longer[names.key("service", head)].append(key)
    return ((head, keys[0]) for head, keys in longer.items() if head in spellings and len(set(keys)) == 1)


def _shorter(
    kind: str,
    found: Sequence[Mention],
    base: Mapping[Place, str],
    groups: _Groups,
    around: _Around,
    explained: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """A shorter name with the only longer one that it can stand for, where documents of one family bear both."""
    bearers: dict[str, list[Mention]] = defaultdict(list)
    for one in found:
        bearers[groups.of(base[one.place])].append(one)
    longer: dict[str, set[str]] = defaultdict(set)
    for key in sorted(bearers):
        for name in {one.name for one in bearers[key]}:
            for short in _short_keys(kind, name, around.places):
                if (home := groups.of(explained.get(short, short))) in bearers and home != key:
                    longer[home].add(key)
    borne = _by_word([*bearers, *around.others]) if kind == "service" else {}
    for short, keys in sorted(longer.items()):
        (long, *more) = sorted(keys)
        if more or _borne_elsewhere(short, long, borne):
            continue
        if _one_family(bearers[short], bearers[long]):
            yield short, long


def _short_keys(kind: str, name: str, places: Collection[str]) -> set[str]:
    return (
        cores.shorts(name, places)
        if kind == "service"
        else (names.unplaced(name, places) if kind == "organ" else set())
    )


def _by_word(keys: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        plain = key.partition("\0")[0]
        for word in set(plain.split()):
            found[word].append(plain)
    return found


_ABOUT_IT = re.compile(r"\b(?:med|om|till|för|av|från|ur|hos)\b")


def _borne_elsewhere(short: str, long: str, borne: Mapping[str, Sequence[str]]) -> bool:
    """Whether something else bears the words of the short name too; `bidrag till Pärlan` only speaks of it."""
    own, whole = set(short.split()), set(long.split())
    near = min((borne.get(word, ()) for word in own), key=len, default=())
    others = (other for other in near if other != short and not set(other.split()) <= whole)
    return any(own <= set(_ABOUT_IT.split(other)[0].split()) for other in others)


def _one_family(one: Iterable[Mention], other: Iterable[Mention]) -> bool:
    """Whether the documents are of one organ, or of boards of one municipality; those of no known organ may be."""
    families = sorted({family for mention in (*one, *other) if (family := _family(mention))}, key=len)
    return all(f"{it} ".startswith(f"{families[0]} ") for it in families)


def _family(one: Mention) -> str | None:
    if one.owner:
        return names.owner_key(one.owner)
    key = names.key("organ", one.organ or "")
    return None if names.board(one.organ or "") and not key.endswith("råd") else key or None


def _similar(keys: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Keys worth a look, among those that share a word that few have."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        for word in {word[:5] for word in key.partition("\0")[0].split() if len(word) > 3}:
            blocks[word].append(key)
    near = {(a, b) for block in blocks.values() if len(block) <= CROWD for a in block for b in block if a < b}
    found = [(a, b, why) for a, b in sorted(near) if (why := _why_alike(a, b))]
    times = Counter(min(a, b, key=len) for a, b, why in found if why == WITHIN)
    yield from (it for it in found if it[2] != WITHIN or times[min(it[0], it[1], key=len)] <= FEW)


def _why_alike(a: str, b: str) -> str | None:
    (plain_a, _, owner_a), (plain_b, _, owner_b) = a.partition("\0"), b.partition("\0")
    if owner_a and owner_b and owner_a != owner_b:
        return None
    one, other = set(plain_a.split()), set(plain_b.split())
    if any(names.stem(word).endswith(_TYPES) for word in one ^ other) or plain_a == plain_b == "":
        return None
    if one < other or other < one:
        longer, rest = max(one, other, key=len), one ^ other
        return WITHIN if len(rest) <= 3 and len(longer) <= 6 else None
    if plain_a == plain_b:
        return "samma namn, okänt för vilken kommun"
    return "nästan samma bokstäver" if fuzz.ratio(plain_a, plain_b) >= ALIKE else None


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
    groups, pairs = _Groups(), []
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
