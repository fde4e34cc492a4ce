"""Which rows of an audit are wanted: by organ, source, kind, what it is about, certainty, and the service's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from protoparse.asof import Due, Quoted, Report, Told
from protoparse.site import labels
from protoparse.site.asked import FACETS, Asked

Row = dict[str, Any]
Item = Due | Told

STATES = {
    "expired": "har gått ut",
    "expiring": "går ut",
    "deadline_near": "frist framför",
    "deadline_passed": "frist som har passerat",
}


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
    """The claims that an item rests on."""
    found = [item.claim] if isinstance(item, Due) else [item.earlier, item.later]
    return [it for it in found if it]


def kind_of(item: Item) -> str:
    return item.state if isinstance(item, Due) else item.kind


def items_of(report: Report) -> Iterator[Item]:
    """All items of a report, in its order."""
    for found in report.due.values():
        yield from found
    yield from report.findings


def marks(item: Item, about: Mapping[str, Row]) -> Marks:
    """The marks of an item; `about` holds organ and source of every claim."""
    claims = quoted_of(item)
    rows = [about[it.id] for it in claims if it.id in about]
    values = {
        "organ": frozenset(row["organ_key"] for row in rows if row["organ_key"]),
        "source": frozenset(row["source"].casefold() for row in rows if row["source"]),
        "kind": frozenset({kind_of(item)}),
        "about": frozenset(it.kind for it in claims),
        "certainty": frozenset(it.certainty for it in claims),
    }
    return Marks(values, (claims[-1].name or "").casefold(), item.handled is not None)


def unfit(found: Marks, asked: Asked) -> list[str]:
    """What an item is not wanted for: facets, and `service` where the name is another. Empty for a wanted item."""
    odd = [facet for facet, value in asked.chosen.items() if _plain(facet, value) not in found.values[facet]]
    return [*odd, "service"] if asked.service and asked.service.casefold() not in found.name else odd


def _plain(facet: str, value: str) -> str:
    return value.casefold() if facet == "source" else value


def narrowed(report: Report, marked: Mapping[int, Marks], asked: Asked) -> Report:
    """The report with the wanted items only; what belongs to no item is told only where nothing is left out."""
    if not (asked.chosen or asked.service):
        return report
    due = {state: [it for it in found if not unfit(marked[id(it)], asked)] for state, found in report.due.items()}
    findings = [it for it in report.findings if not unfit(marked[id(it)], asked)]
    left = replace(report, due=due, findings=findings, old=0, undated=[])
    kept = {claim.service for item in items_of(left) for claim in quoted_of(item)}
    return replace(left, services=[it for it in report.services if it.id in kept])


def choices(
    marked: Mapping[int, Marks], asked: Asked, named: Mapping[str, Mapping[str, str]]
) -> dict[str, list[Choice]]:
    """Every facet with its values, the commonest first; `named` holds the words for organs and sources."""
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for it in marked.values():
        odd = unfit(it, asked)
        for facet in () if it.handled or len(odd) > 1 else odd or FACETS:
            if facet in counts:
                counts[facet].update(it.values[facet])
    return {facet: list(_choices(facet, counts[facet], asked.chosen.get(facet, ""), named.get(facet, {})))
            for facet in FACETS}  # fmt: skip


def _choices(facet: str, counts: Counter[str], chosen: str, named: Mapping[str, str]) -> Iterable[Choice]:
    wanted = _plain(facet, chosen)
    if wanted and wanted not in counts:
        counts[wanted] = 0
    for value, count in sorted(counts.items(), key=lambda it: (-it[1], it[0])):
        yield Choice(value, named.get(value) or spelled(facet, value), count, value == wanted)


def spelled(facet: str, value: str) -> str:
    """A facet's value in Swedish words."""
    words = {
        "kind": STATES.get(value) or labels.value("findings", "kind", value),
        "about": labels.value("funding", "kind", value),
        "certainty": labels.value("funding", "certainty", value),
    }
    return words.get(facet) or value
