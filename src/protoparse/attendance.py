"""Who was present: attendance lists in the header, beside labels, in columns, or after the last section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from protoparse.labels import Field
from protoparse.models import Attendee, Category, Evidence
from protoparse.people import People, Person
from protoparse.text import Text, unwrap

_CATEGORY: dict[str, Category] = {"members": "member", "substitutes": "substitute", "others": "other"}
_STANDS_IN = re.compile(
    r"\s*[,(]?\s*\b(?:tjänstgörande ersättare för|tjänstgör(?:ande)? för|tjg\.?\s*(?:ers\.?\s*)?för|"
    r"ers(?:ättare|\.)? för|ersätter|i stället för|istället för|ers\.|tjg\.?\s*ers\.?)\s+(?P<who>.+)"
    r"|\s*,\s*för\s+(?P<other>[A-ZÅÄÖ].+)",
    re.IGNORECASE,
)
_FOR = re.compile(r"\s*\(för (?P<who>[^)]+)\)(?P<other>)")


def _open(row: str) -> bool:
    """Whether a row goes on in the next line: a comma at its end or a bracket not yet closed."""
    return bool(_GOES_ON.search(row)) or row.count("(") > row.count(")")


_GOES_ON = re.compile(r"(?:[,–-]|\b(?:och|för|ersätter|tjg\.?|ers\.?|stället|av|i|på|vid))\s*\Z")


def _rows(values: Sequence[Text]) -> Iterator[Text]:
    """The rows of a list, wrapped ones put together, running lists cut at their commas or semicolons."""
    if any(";" in value.string for value in values):
        values = list(_split_at(unwrap(values), _SEMICOLON))
    waiting: list[Text] = []
    for value in values:
        waiting.append(value)
        if not _open(unwrap(waiting).string):
            yield from _cut(unwrap(waiting))
            waiting = []
    if waiting:
        yield from _cut(unwrap(waiting))


_AFTER_PARTY = re.compile(r"(?<=\))\s*(?:,|och)\s*(?=[A-ZÅÄÖ][\w-]+\s+[A-ZÅÄÖ])")
_SEMICOLON = re.compile(r"\s*;\s*")


def _cut(row: Text) -> Iterator[Text]:
    """`N.N. (S), M.M. (C)` is two persons."""
    return _split_at(row, _AFTER_PARTY)


def _split_at(row: Text, mark: re.Pattern[str]) -> Iterator[Text]:
    start = 0
    for match in mark.finditer(row.string):
        yield row[start : match.start()].strip()
        start = match.end()
    yield row[start:].strip()


def _attendee(row: Text, category: Category, people: People) -> Attendee | None:
    match = _STANDS_IN.search(row.string) or _FOR.search(row.string)
    person = people.read_row(row.string[: match.start()] if match else row.string)
    if person is None:
        return None
    instead = people.read_row((match["who"] or match["other"]).strip(" )(")) if match else None
    return _record(row, person, instead, "member" if instead else category)


def _record(row: Text, person: Person, instead: Person | None, category: Category) -> Attendee:
    return Attendee(
        evidence=Evidence(quote=row),
        name=person.name,
        category=category,
        party=person.party,
        organization=person.organization,
        role=person.role,
        stands_in_for=instead.name if instead else None,
    )


def read_attendance(labelled: Sequence[Field], people: People) -> list[Attendee]:
    """The persons present, in the order of the page."""
    found = []
    for label in labelled:
        category = _CATEGORY.get(label.group)
        if category is None:
            continue
        rows = (_attendee(row, category, people) for row in _rows(label.values))
        found.extend(row for row in rows if row is not None)
    return found
