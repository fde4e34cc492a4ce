"""Gaps in the paragraphs of an organ: between its protocols, and inside one.

Only numbering that runs over the year has gaps, and whether it does is read from the protocols. What lies before the
first protocol of a year is no gap, as nobody knows that it was meant to be here: it is said once where the year begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby, pairwise
from typing import Any, NamedTuple

FEW = 5  # paragraphs that may well have a protocol of their own, adjusted at once
MISREAD = 0.3  # share of a protocol's paragraphs; where more are missing, the reading is to blame

Row = dict[str, Any]


class Numbered(NamedTuple):
    """A protocol with the paragraphs that it holds."""

    id: str
    path: str
    day: str
    organ_id: str
    organ: str
    part: bool  # an extract, or paragraphs adjusted at once: it fills gaps and makes none
    whole: bool  # every page was read
    signed: bool  # its numbers are paragraphs, no agenda numbers
    numbers: frozenset[int]
    first: int
    last: int
    page: int | None
    evidence: str | None  # the heading of its first paragraph
    annual: bool  # a general meeting, which numbers for itself


@dataclass(frozen=True, slots=True)
class Sitting:
    """The protocols of one organ's day."""

    protocols: tuple[Numbered, ...]

    @property
    def day(self) -> str:
        return self.protocols[0].day

    @property
    def first(self) -> int:
        return min(it.first for it in self.protocols)

    @property
    def last(self) -> int:
        return max(it.last for it in self.protocols)

    @property
    def opening(self) -> Numbered:
        return min(self.protocols, key=lambda it: (it.first, it.id))

    @property
    def closing(self) -> Numbered:
        return max(self.protocols, key=lambda it: (it.last, it.id))

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset().union(*(it.numbers for it in self.protocols))


class Gap(NamedTuple):
    """Paragraphs that no document holds, between two protocols, before the first of a year, or inside one."""

    numbers: frozenset[int]
    before: Numbered | None
    after: Numbered

    @property
    def kind(self) -> str:
        """`paragraphs` where two protocols frame the gap, `begins` before the first one of a year."""
        return "paragraphs" if self.before else "begins"


# --- how an organ numbers


def running(sittings: Sequence[Sitting]) -> bool:
    """Whether the paragraphs of a year are numbered through: no protocol starts before the end of the one before."""
    return all(one.last < other.first for one, other in pairwise(sittings))


def _years(sittings: Iterable[Sitting]) -> dict[int, list[Sitting]]:
    found: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in sorted(sittings, key=lambda it: it.day):
        found[int(sitting.day[:4])].append(sitting)
    return dict(found)


class Habit(NamedTuple):
    """What the turns of the year show of an organ's numbering."""

    restarts: bool
    continues: bool


def habit(years: Mapping[int, Sequence[Sitting]]) -> Habit:
    """Whether the numbers start anew with a year, or go on."""
    turns = [(years[year][-1].last, years[year + 1][0].first) for year in years if year + 1 in years]
    restarts = any(first <= last for last, first in turns) or any(
        sittings[0].first == 1 for year, sittings in years.items() if year - 1 in years
    )
    return Habit(restarts, not restarts and any(first == last + 1 for last, first in turns))


def gaps(sittings: Iterable[Sitting], held: frozenset[tuple[int, int]] = frozenset()) -> list[Gap]:
    """The gaps of one organ. `held`: year and number of paragraphs that extracts hold."""
    years = {year: found for year, found in _years(sittings).items() if running(found)}
    way = habit(years)
    found = []
    for year, own in years.items():
        taken = {number for at, number in held if at == year}
        found += _leading(years.get(year - 1), own[0], way)
        found += [_between(one, other) for one, other in pairwise(own)]
        found += [gap for sitting in own if (gap := _inside(sitting, taken))]
        found = [gap._replace(numbers=gap.numbers - taken) if gap.after.day[:4] == str(year) else gap for gap in found]
    return [gap for gap in found if gap.numbers]


def _between(one: Sitting, other: Sitting) -> Gap:
    return Gap(frozenset(range(one.last + 1, other.first)), one.closing, other.opening)


def _leading(before: Sequence[Sitting] | None, first: Sitting, way: Habit) -> list[Gap]:
    """What is missing before the first protocol of a year; nothing where the turn of the year can be read two ways."""
    if before and way.continues:
        return [_between(before[-1], first)]
    if way.continues or (before and not way.restarts):
        return []
    return [Gap(frozenset(range(1, first.first)), None, first.opening)]


def _inside(sitting: Sitting, taken: Iterable[int]) -> Gap | None:
    absent = frozenset(range(sitting.first, sitting.last + 1)) - sitting.numbers - frozenset(taken)
    if not all(it.whole for it in sitting.protocols) or len(absent) > MISREAD * (sitting.last - sitting.first + 1):
        return None
    return Gap(absent, sitting.opening, sitting.opening)


# --- what is said of a gap


def ranges(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers together: 3, 4, 5, 9 → (3, 5), (9, 9)."""
    groups = groupby(enumerate(sorted(numbers)), key=lambda it: it[1] - it[0])
    found = [[number for _, number in group] for _, group in groups]
    return [(group[0], group[-1]) for group in found]


def _spelled(first: int, last: int) -> str:
    return f"§ {first}" if first == last else f"§ {first}–{last}"


def _cited(it: Numbered) -> str:
    return f"{it.path} ({it.day}, {_spelled(it.first, it.last)})"


def message(gap: Gap, first: int, last: int, unread: Sequence[str]) -> str:
    """The gap in Swedish, with the documents that show it and what may explain it."""
    said, after = _spelled(first, last), gap.after
    one = first == last
    if gap.before is gap.after:
        why = f"Paragraf{'en' if one else 'erna'} kan vara sekretessbelagd{'' if one else 'a'}."
        return f"{after.organ}: {said} finns inte i {_cited(after)}. {why}"
    if gap.before is None:
        begins = f"det äldsta protokollet här är {_cited(after)}"
        return f"{after.organ} {after.day[:4]}: {begins}. Finns det tidigare protokoll, är de inte inlästa."
    text = f"{after.organ}: {said} saknas mellan {_cited(gap.before)} och {_cited(after)}."
    text += f" Paragraf{'en' if one else 'erna'} kan ha justerats för sig." if len(gap.numbers) <= FEW else ""
    if unread:
        text += f" De kan stå i {' och '.join(unread)}, som saknar läsbar text."
    return text


def row_id(*parts: Any) -> str:
    """The id of a row on something missing: a hash of what it says."""
    return "missing-" + sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


def rows_of(gap: Gap, unread: Sequence[str]) -> Iterator[Row]:
    """The rows of a gap, one for each run of paragraphs. `unread`: paths of documents between that nobody can read."""
    after = gap.after
    before = gap.before.id if gap.before else None
    for first, last in ranges(gap.numbers) if gap.before else [(min(gap.numbers), max(gap.numbers))]:
        yield {
            "id": row_id(gap.kind, after.organ_id, after.day[:4], first, last, before, after.id),
            "kind": gap.kind,
            "organ": after.organ,
            "organ_id": after.organ_id,
            "year": int(after.day[:4]),
            "first": first,
            "last": last,
            "day": None,
            "before": before,
            "after": after.id,
            "known": after.day,
            "page": after.page,
            "message": message(gap, first, last, unread),
            "evidence": after.evidence,
        }
