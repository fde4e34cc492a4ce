"""Which decision answers a proposal to a higher organ, and which one answers a motion.

An answer is later in time, by the organ that the proposal went to, in the same matter: of the same case number, or,
where no number ties them, under the same title within a year and without a competitor. What is not clear gives none.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from protoparse.diary import subject, tells_apart
from protoparse.names import stems
from protoparse.proposals import FORMAL, OWN, Decided, asked, goes_up, points, rank, ways

YEAR = 366  # days within which the same title is the same matter
NUMBER, TITLE = "ärendenummer", "rubrik"


@dataclass(frozen=True, slots=True)
class Unit:
    """A heading of a document with all that was decided under it."""

    id: str  # its section
    document: str
    owner: str
    organ: str  # its name
    organ_key: str  # one for all its spellings
    day: str | None
    title: str
    numbers: tuple[str, ...] = ()  # its matters, normal forms within the owner
    decided: tuple[Decided, ...] = ()
    raises: bool = False  # a motion or a question is handed in here


class Answer(NamedTuple):
    """A proposal (or the handing in of a motion) and the decision on it; `agrees` is None where nobody can say."""

    proposal: str
    answer: str
    agrees: int | None
    how: str


class Docket:
    """All headings of all documents, found by matter and by title."""

    def __init__(self, units: Iterable[Unit]):
        """Takes the headings in any order; each meeting's only once."""
        self.by_number: dict[tuple[str, str], list[Unit]] = defaultdict(list)
        self.by_title: dict[tuple[str, tuple[str, ...]], list[Unit]] = defaultdict(list)
        for unit in sorted((it for it in units if it.day), key=lambda it: (it.day, rank(it.organ_key), it.id)):
            for number in unit.numbers:
                self.by_number[unit.owner, number].append(unit)
            if tells_apart(subject(unit.title)):
                self.by_title[unit.owner, subject(unit.title)].append(unit)

    def same_number(self, unit: Unit) -> list[Unit]:
        """Later headings of the same matters, by day."""
        found = {it.id: it for number in unit.numbers for it in self.by_number[unit.owner, number] if _later(unit, it)}
        return sorted(found.values(), key=lambda it: (it.day or "", rank(it.organ_key), it.id))

    def same_title(self, unit: Unit, organ: str | None) -> list[Unit]:
        """Later headings of an organ (None: of any other) with the same title within a year, where all are one
        matter. An organ that is no board may be asked by anybody."""
        about = subject(unit.title)
        listed = [it for owner in (unit.owner, f"{OWN}{organ}") for it in self.by_title.get((owner, about), ())]
        found = [
            it
            for it in listed
            if _later(unit, it)
            and (it.organ_key == organ if organ else it.organ_key != unit.organ_key or unit.raises)
            and _days(unit, it) <= YEAR
            and not _is_other(unit, it)
        ]
        return found if len({it.numbers or (it.id,) for it in found}) == 1 else []

    def earlier_twin(self, unit: Unit, answer: Unit) -> bool:
        """Whether the proposing organ had the matter once more, with proposals, before it was answered."""
        again = (it for number in unit.numbers for it in self.by_number[unit.owner, number])
        return any(
            it.organ_key == unit.organ_key
            and (unit.day or "") < (it.day or "") < (answer.day or "")
            and any(one.outcome == "proposed" for one in it.decided)
            for it in again
        )


def _later(unit: Unit, other: Unit) -> bool:
    if not unit.day or not other.day or unit.id == other.id:
        return False
    same = unit.day == other.day and rank(other.organ_key) > rank(unit.organ_key)
    return same or unit.day < other.day


def _days(unit: Unit, other: Unit) -> int:
    days = [datetime.date.fromisoformat(it.day or "") for it in (unit, other)]
    return (days[1] - days[0]).days


def _is_other(unit: Unit, it: Unit) -> bool:
    """Two numbers of one diary: certainly two matters."""
    diaries = {number.split("-")[0] for number in unit.numbers} & {number.split("-")[0] for number in it.numbers}
    return bool(diaries) and not set(unit.numbers) & set(it.numbers)


def answers(units: Sequence[Unit], docket: Docket) -> list[Answer]:
    """All answers; `units` may hold the same heading of a meeting twice (an extract beside the protocol)."""
    met: dict[str, set[str]] = defaultdict(set)
    for unit in units:
        met[unit.owner].add(unit.organ_key)
    apart = {unit.organ_key for unit in units if unit.owner.startswith(OWN)}
    known = {owner: frozenset(organs | apart) for owner, organs in met.items()}
    found: dict[str, Answer] = {}
    for unit in units:
        for it in (*_to_proposals(unit, docket, known[unit.owner]), *_to_motions(unit, docket)):
            found.setdefault(it.proposal, it)
    return list(found.values())


def _to_proposals(unit: Unit, docket: Docket, known: frozenset[str]) -> Iterator[Answer]:
    groups: dict[str | None, list[Decided]] = defaultdict(list)
    for one in unit.decided:
        if one.outcome == "proposed":
            organ = asked(one, unit.organ_key, known)
            if organ or goes_up(one):
                groups[organ].append(one)
    for organ, proposals in groups.items():
        how, first = _first_answer(unit, organ, docket)
        if first and not docket.earlier_twin(unit, first):
            for one, other, agrees in points(proposals, first.decided, unit.organ_key):
                yield Answer(one.id, other.id, agrees, how)


def _first_answer(unit: Unit, organ: str | None, docket: Docket) -> tuple[str, Unit | None]:
    """The first meeting of the organ that was asked (None: of any higher one) that did not only put the matter off."""
    for how, later in ((NUMBER, docket.same_number(unit)), (TITLE, docket.same_title(unit, organ))):
        if fitting := [it for it in later if _may_answer(it, organ, unit.organ_key)]:
            return how, next((it for it in fitting if not _put_off(it)), None)
    return NUMBER, None


def _may_answer(it: Unit, organ: str | None, proposer: str) -> bool:
    if not it.decided:
        return False
    return it.organ_key == organ if organ else rank(it.organ_key) > rank(proposer)


def _put_off(it: Unit) -> bool:
    """Whether a matter was only put off."""
    rest = [one for one in it.decided if not FORMAL.search(one.text)]
    return all(one.outcome == "deferred" for one in rest)


def _to_motions(unit: Unit, docket: Docket) -> Iterator[Answer]:
    """The decision on a motion that was handed in here."""
    handed = [one for one in unit.decided if one.outcome == "remitted"] if unit.raises else []
    for how, later in ((NUMBER, docket.same_number(unit)), (TITLE, docket.same_title(unit, None))) if handed else ():
        for it in later:
            ending = [one for one in it.decided if one.outcome != "proposed" and ways(one.text)]
            if ending and (one := _handed_in(handed, it.title)):
                way = frozenset(way for end in ending for way in ways(end.text))
                agrees = {frozenset({"yes"}): 1, frozenset({"no"}): 0}.get(way)
                yield Answer(one.id, ending[0].id, agrees, how)
        if later:
            break


def _handed_in(handed: Sequence[Decided], title: str) -> Decided | None:
    """Which of several motions handed in a title speaks of."""
    if len(handed) == 1:
        return handed[0]
    about = set(subject(title))
    found = [one for one in handed if about <= set(stems(one.text))]
    return found[0] if len(found) == 1 else None
