"""Which rows of an audit are wanted: by organ, source, kind, what it is about, certainty, and the service's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from protoparse.asof import Due, Item, Quoted, Report, Told, items_of, only
from protoparse.owed import Absent, Owed
from protoparse.site import labels
from protoparse.site.asked import FACETS, Asked

Row = dict[str, Any]

STATES = {
    "expired": "har gått ut",
    "expiring": "går ut",
    "deadline_near": "frist framför",
    "deadline_passed": "frist som har passerat",
    "commitment_overdue": "uppdrag som skulle ha varit klart",
    "commitment_near": "uppdrag som snart ska vara klart",
    "missing_paragraphs": "paragrafer saknas",
    "missing_protocol": "protokoll saknas",
}
TASK = "task"  # what a task is about, beside the kinds of funding


class Marks(NamedTuple):
    """By what one item is found: the values of every facet, and the service's name in small letters."""

    values: Mapping[str, frozenset[str]]
    name: str
    handled: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, and how many items the rest of the view leaves it."""

    value: str
    label: str
    count: int
    chosen: bool


def quoted_of(item: Item) -> list[Quoted]:
    """The claims that an item rests on; a task or a gap has none."""
    found = [item.claim] if isinstance(item, Due) else [item.earlier, item.later] if isinstance(item, Told) else []
    return [it for it in found if it]


def kind_of(item: Item) -> str:
    if isinstance(item, Absent):
        return f"missing_{item.kind}"
    return item.kind if isinstance(item, Told) else item.state


def marks(item: Item, about: Mapping[str, Row], organs: Mapping[str, str]) -> Marks:
    """The marks of an item; `about` holds what is known of every claim, `organs` the organ of every document."""
    claims = quoted_of(item)
    rows = [about[it.id] for it in claims if it.id in about]
    documents = [item.document] if isinstance(item, Owed | Absent) else [it.document for it in claims]
    values = {
        "organ": frozenset(organs[it] for it in documents if organs.get(it)),
        "source": frozenset(row["source"].casefold() for row in rows if row["source"]),
        "kind": frozenset({kind_of(item)}),
        "about": frozenset({TASK}) if isinstance(item, Owed) else frozenset(it.kind for it in claims),
        "certainty": frozenset(it.certainty for it in claims),
    }
    name = (claims[-1].name or "") if claims else ""
    return Marks(values, name.casefold(), item.handled is not None)


def unfit(found: Marks, asked: Asked) -> list[str]:
    """What an item is not wanted for: facets, and `service` where the name is another. Empty for a wanted item."""
    odd = [facet for facet, value in asked.chosen.items() if _plain(facet, value) not in found.values[facet]]
    return [*odd, "service"] if asked.service and asked.service.casefold() not in found.name else odd


def _plain(facet: str, value: str) -> str:
    return value.casefold() if facet == "source" else value


def narrowed(report: Report, marked: Mapping[int, Marks], asked: Asked) -> Report:
    """The report with the wanted items only; what belongs to no item is told only where nothing is left out."""
    if not asked.narrow:
        return report
    wanted = {key for key, it in marked.items() if not unfit(it, asked)}
    left = replace(only(report, lambda it: id(it) in wanted), old=0, old_tasks=0, undated=[])
    kept = {claim.service for item in items_of(left) for claim in quoted_of(item)}
    return replace(left, services=[it for it in report.services if it.id in kept])


Counts = Mapping[str, Mapping[str, int]]


def counts(marked: Iterable[Marks], asked: Asked | None = None) -> Counts:
    """How many items each value of each facet would leave, the other facets as they are chosen."""
    found: dict[str, dict[str, int]] = {facet: defaultdict(int) for facet in FACETS}
    for it in marked:
        odd = unfit(it, asked) if asked else []
        for facet in () if it.handled or len(odd) > 1 else odd or FACETS:
            for value in it.values.get(facet, ()):
                found[facet][value] += 1
    return found


def choices(found: Counts, asked: Asked, named: Mapping[str, Mapping[str, str]]) -> dict[str, list[Choice]]:
    """Every facet with its values, the commonest first; `named` holds the words for organs and sources."""
    return {
        facet: list(_choices(facet, dict(found[facet]), asked.chosen.get(facet, ""), named.get(facet, {})))
        for facet in FACETS
    }


def _choices(facet: str, counts: dict[str, int], chosen: str, named: Mapping[str, str]) -> Iterable[Choice]:
    wanted = _plain(facet, chosen)
    if wanted and wanted not in counts:
        counts[wanted] = 0
    for value, count in sorted(counts.items(), key=lambda it: (-it[1], it[0])):
        yield Choice(value, named.get(value) or spelled(facet, value), count, value == wanted)


def spelled(facet: str, value: str) -> str:
    """A facet's value in Swedish words."""
    words = {
        "kind": STATES.get(value) or labels.value("findings", "kind", value),
        "about": "uppdrag" if value == TASK else labels.value("funding", "kind", value),
        "certainty": labels.value("funding", "certainty", value),
    }
    return words.get(facet) or value
