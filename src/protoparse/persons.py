"""Which mentions of a name are one person.

One name with two parties or two employers is two people until someone says otherwise. Spellings that leave out a
middle name, an accent or all but an initial are joined only where nobody else can be meant and something beside the
name agrees; what is likely but not sure is handed back as a pair to look at.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_ROOT = re.compile(
    r"\b([A-ZÅÄÖ][a-zåäöé]+ kommun)\b|\b(Region(?:en)? [A-ZÅÄÖ]\w+(?: län)?)|\b(Kommunförbundet)\b|\b(Länsstyrelsen)\b|"
    r"^(Region(?:en)?)$"
)
_OFFICIAL = re.compile(
    r"chef|ledare|direktör|sekreterare|samordnare|handläggare|strateg|controller|rektor|läkare|sköterska|lärare|kurator|"
    r"psykolog|utredare|jurist|ekonom|kommunikatör|specialist|konsult|planerare",
    re.IGNORECASE,
)


class Seen(NamedTuple):
    """What stands beside a name, as far as it tells people apart."""

    party: str = ""
    root: str = ""  # the municipality, region or association that an organization belongs to
    official: bool = False

    def against(self, other: Seen) -> bool:
        """Whether both cannot be said of one person."""
        return (
            bool(self.party and other.party and self.party != other.party)
            or bool(self.root and other.root and not _one_root(self.root, other.root))
            or bool((self.party and other.official) or (self.official and other.party))
        )

    def with_(self, other: Seen) -> bool:
        """Whether something beside the name agrees."""
        return bool((self.party and self.party == other.party) or (other.root and _one_root(self.root, other.root)))

    @property
    def told(self) -> bool:
        return bool(self.party or self.root or self.official)

    @property
    def label(self) -> str:
        return self.party or self.root


def _one_root(one: str, other: str) -> bool:
    """`Region` alone may be any region."""
    return bool(one) and (one == other or one.startswith(f"{other} ") or other.startswith(f"{one} "))


def seen(party: str | None, organization: str | None, role: str | None) -> Seen:
    """From the columns of a row. Who has a party is a politician, whatever the office is called."""
    match = _ROOT.search(organization or "")
    root = re.sub("^Regionen", "Region", match.group(0)) if match else ""
    return Seen((party or "").upper(), root, bool(not party and _OFFICIAL.search(role or "")))


@dataclass(slots=True)
class Person:
    """Mentions of one name that are taken for one person."""

    key: str
    seen: list[Seen] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)

    def against(self, other: Seen) -> bool:
        return any(one.against(other) for one in self.seen)

    def with_(self, other: Seen) -> bool:
        return any(one.with_(other) for one in self.seen)

    def can_be(self, other: Person) -> bool:
        return not any(self.against(one) for one in other.seen)

    def agrees(self, other: Person) -> bool:
        return any(self.with_(one) for one in other.seen)

    @property
    def label(self) -> str:
        return min((one.label for one in self.seen if one.label), default="")


def people_of(name_key: str, mentions: Iterable[tuple[Seen, str]]) -> list[tuple[Person, set[tuple[Seen, str]]]]:
    """The persons behind mentions (what was seen, document) of one name, each with its mentions."""
    documents: dict[Seen, set[str]] = defaultdict(set)
    for one, document in mentions:
        documents[one].add(document)
    people: list[Person] = []
    home: dict[Seen, Person] = {}
    for one in sorted(documents, key=lambda it: (-sum(map(bool, it)), it)):
        if one.told:
            home[one] = _joined(people, one, name_key)
            home[one].seen.append(one)
            home[one].documents |= documents[one]
    found: dict[int, set[tuple[Seen, str]]] = {id(it): set() for it in people}
    for one in home:
        found[id(home[one])] |= {(one, document) for document in documents[one]}
    for document in sorted(documents.get(Seen(), ())):
        person = _bare(people, document, name_key)
        found.setdefault(id(person), set()).add((Seen(), document))
    return [(it, found[id(it)]) for it in people]


def _joined(people: list[Person], one: Seen, name_key: str) -> Person:
    """The only person that can be meant, one that agrees first; otherwise a new one."""
    possible = [it for it in people if not it.against(one)]
    agreeing = [it for it in possible if it.with_(one)]
    for found in (agreeing, possible):
        if len(found) == 1:
            return found[0]
    people.append(Person(name_key))
    return people[-1]


def _bare(people: list[Person], document: str, name_key: str) -> Person:
    """Who a name with nothing beside it is: the only one there is, or the only one in the same document."""
    if len(people) == 1:
        return people[0]
    here = [it for it in people if document in it.documents and it.seen]
    if len(here) == 1:
        return here[0]
    bare = next((it for it in people if not it.seen), None)
    if bare is None:
        bare = Person(name_key)
        people.append(bare)
    return bare


# --- spellings


def folded(name_key: str) -> str:
    """Without accents and rings."""
    split = unicodedata.normalize("NFD", name_key)
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def accents_left_out(bare: str, full: str) -> bool:
    """Whether the one is the other with accents left out, none put in and none exchanged."""
    a, b = unicodedata.normalize("NFC", bare), unicodedata.normalize("NFC", full)
    same_length = len(a) == len(b) and a != b
    return same_length and all(x == y or (x == folded(y) and x != y) for x, y in zip(a, b, strict=True))


def middle_left_out(short: str, long: str) -> bool:
    """`Maria Wallin Krok` of `Maria Elisabet Wallin Krok`: first and last word agree, the rest in order."""
    a, b = short.split(), long.split()
    if not 2 <= len(a) < len(b) or (a[0], a[-1]) != (b[0], b[-1]):
        return False
    rest = iter(b)
    return all(word in rest for word in a)


def initial_of(short: str, long: str) -> bool:
    """`A Ek` of `Anna Ek`, `A K Ek` of `Anna Karin Ek`."""
    a, b = short.split(), long.split()
    if not 1 < len(a) == len(b) or a == b or a[-1] != b[-1]:
        return False
    given = zip(a[:-1], b[:-1], strict=True)
    return all(x == y or (len(x) == 1 < len(y) and y.startswith(x)) for x, y in given)


class Pair(NamedTuple):
    """Two persons, whether they are surely one, and why they may be."""

    one: Person
    other: Person
    sure: bool
    why: str


def pairs(people: Sequence[Person]) -> Iterator[Pair]:
    """Persons that are one or may be. Only names that share their last word or their letters are laid side by side."""
    yield from _namesakes(people)
    yield from _unaccented(people)
    yield from _renamed(people)
    blocks: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        blocks[one.key.rpartition(" ")[2]].append(one)
    for block in blocks.values():
        for short in block:
            yield from _fuller(short, block)


def _namesakes(people: Sequence[Person]) -> Iterator[Pair]:
    by_key: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        by_key[one.key].append(one)
    for same in by_key.values():
        for k, one in enumerate(same):
            yield from (
                Pair(one, other, False, "samma namn, annat parti eller annan organisation") for other in same[k + 1 :]
            )


def _unaccented(people: Sequence[Person]) -> Iterator[Pair]:
    blocks: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        blocks[folded(one.key)].append(one)
    for block in blocks.values():
        for bare in block:
            full = [it for it in block if accents_left_out(bare.key, it.key)]
            sure = len({it.key for it in full}) == 1 and len([it for it in full if bare.can_be(it)]) == 1
            yield from (Pair(it, bare, sure and bare.can_be(it), "utan prickar eller accent") for it in full)


def _renamed(people: Sequence[Person]) -> Iterator[Pair]:
    """`Ann Ek` and `Ann Ek Lund`: somebody who took a second surname, or somebody else."""
    by_key: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        by_key[one.key].append(one)
    for long in people:
        head, _, _ = long.key.rpartition(" ")
        same = [it for it in by_key.get(head, ()) if " " in head and it.can_be(long) and it.agrees(long)]
        yield from (Pair(long, it, False, "ett efternamn till") for it in same)


def _fuller(short: Person, block: Sequence[Person]) -> Iterator[Pair]:
    for why, test in (("mellannamn utelämnat", middle_left_out), ("bara initial", initial_of)):
        long = [it for it in block if test(short.key, it.key)]
        for other in long:
            alone = len(long) == 1 and short.can_be(other)
            double = why != "bara initial" and len(short.key.split()) > 2  # two surnames agree beside the first name
            near = short.agrees(other) or (why == "bara initial" and bool(short.documents & other.documents))
            yield Pair(other, short, alone and (double or near), why)
