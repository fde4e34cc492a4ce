"""The rows of an attendance list: wrapped ones put together, running ones cut, the heads above some of the names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from protoparse.attendees import PRESENT_AS, STANDS_IN, Register, Standing, attendee_of, legend_of, same_height
from protoparse.labels import PARTY
from protoparse.models import Attendee
from protoparse.people import People
from protoparse.text import Text, unwrap


def _open(row: str, people: People) -> bool:
    """Whether a row goes on in the next line: a comma at its end, a bracket not yet closed, the first half of the name
    of a region or an association."""
    last = row.split()[-1:] if "," in row else []
    return bool(_GOES_ON.search(row)) or row.count("(") > row.count(")") or bool(people.half_names.intersection(last))


_GOES_ON = re.compile(r"(?:[,–§-]|\b(?:och|för|ersätter|tjg\.?|ers\.?|stället|av|i|på|vid))\s*\Z")


def _rows(values: Sequence[Text], people: People) -> Iterator[Text]:
    """The rows of a list, wrapped ones put together, running lists cut at their commas or semicolons."""
    if any(";" in value.string for value in values):
        values = list(_split_at(unwrap(values), _SEMICOLON))
    waiting: list[Text] = []
    for value in values:
        above = unwrap(waiting).string
        if waiting and not (
            _open(above, people) or _continues(value.string, people) or _runs_on(above, value.string, people)
        ):
            yield from _cut(unwrap(waiting), people)
            waiting = []
        waiting.append(value)
    if waiting:
        yield from _cut(unwrap(waiting), people)


_PERSON = r"[A-ZÅÄÖ][\w-]+(?:\s(?:(?:von|af|de|van|der|la)\s)*[A-ZÅÄÖ][\w-]+){1,3}"
_BRACKETED = re.compile(rf"{_PERSON}\s*\([^)]*\)?")


def _runs_on(before: str, after: str, people: People) -> bool:
    """Whether a running list is broken inside a name: behind a given name, or before a last word of its own."""
    last, first = before.split(",")[-1].split(), re.split(r"[,;.(]", after, maxsplit=1)[0].split()
    if "," not in before or not last or not first or not first[0][:1].isupper():
        return False
    several = sum(people.starts_with_person(part) for part in _BETWEEN_PARTS.split(before)) > 1
    several = several or len(_BRACKETED.findall(before)) > 1
    if len(last) == 1:
        return people.names.is_given(last[0]) or (
            several and last[0][:1].isupper() and not people.organisation.search(last[0])
        )
    return several and len(first) == 1 and people.read_row(before) is not None


def _rejoined(values: Sequence[Text], register: Register) -> list[Text]:
    """The values with what stands apart on the line of a name (`ersätter N.N.`, a party, a workplace) behind it."""
    kept: list[Text] = []
    columns = {round(v.words[0].x0) for v in values if v.words and register.people.read_row(v.string)}
    for value in values:
        at = next((k for k, before in enumerate(kept) if value.words and _same_line(before, value)), None)
        own = value.words and min((abs(value.words[0].x0 - x) for x in columns), default=9) < 3
        if at is None or own or not _tells_more(value.string, register):
            kept.append(value)
        else:
            kept[at] = kept[at] + " " + value
    return kept


def _tells_more(value: str, register: Register) -> bool:
    """Whether a value is no row of its own but says something of a person."""
    people = register.people
    if people.read_row(value) is not None or value.endswith(":") or _is_plural(value, people):
        return False
    return (
        value[:1].islower()
        or (len(value) <= 4 and people.parties.named(value) is not None)
        or not register.presence.read(value).rest
        or people.titles.at(value) == len(value)
        or bool(STANDS_IN.match(value))
        or (bool(people.organisation.search(value)) and not people.no_person.match(value))
    )


def _same_line(before: Text, value: Text) -> bool:
    """Whether a value stands on the last line of another, to its right."""
    if not before.words:
        return False
    last, first = before.words[-1], value.words[0]
    return same_height(last, first) and last.x1 <= first.x0


def _continues(value: str, people: People) -> bool:
    """Whether a line goes on with the row above: it begins small, and not with the particle of a name."""
    return value[:1] == "(" or (
        value[:1].islower() and value.split()[0].lower() not in people.names.particles and not value.endswith(":")
    )


_AFTER_PARTY = re.compile(r"(?<=\))\s*(?:,|och)\s*(?=[A-ZÅÄÖ][\w-]+\s+[A-ZÅÄÖ])")
_BEFORE_PARTY = re.compile(r"\s*(?:,|\b(?:och|samt)\b)\s*(?=[A-ZÅÄÖ][\w-]+(?:\s[\w-]+){1,3}\s\([A-ZÅÄÖ-]{1,4}\))")
_BETWEEN_PARTS = re.compile(r"\s*,\s*(?:och\s+|samt\s+)?|\s+(?:och|samt)\s+")
_SEMICOLON = re.compile(r"\s*;\s*")


def _cut(row: Text, people: People) -> Iterator[Text]:
    """`N.N. (S), ordförande, M.M. (C)` is two persons, and so is `N.N., ekonomichef, M.M., jurist`."""
    if (head := _INLINE_HEAD.match(row.string)) and people.titles.at(head[1]) != len(head[1]):
        yield row[: head.end()].strip()
        yield from _cut(row[head.end() :], people)
    elif len(PARTY.findall(row.string)) > 1:
        yield from _split_at(row, _BEFORE_PARTY)
    elif len(PARTY.findall(row.string)) == 1:
        yield from _split_at(row, _AFTER_PARTY)
    else:
        yield from _split_at_names(row, people)


def _split_at_names(row: Text, people: People) -> Iterator[Text]:
    """A row without parties cut before each part that is a person's name: it begins with a common given name, or has
    the shape of a name in a list of names and nothing else."""
    cuts = [
        match
        for match in _BETWEEN_PARTS.finditer(row.string)
        if row.string.count("(", 0, match.start()) <= row.string.count(")", 0, match.start())
    ]
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(row)]
    parts = [row.string[a:b] for a, b in zip(starts, ends, strict=True)]
    given = [people.starts_with_person(part) for part in parts]
    bare = any(a and b for a, b in pairwise(given))
    several = sum(given) > 1 and not any(people.organisation.search(part) for part in parts)
    bracketed = len(_BRACKETED.findall(row.string)) > 1
    placed = _each_placed(parts, given, people)
    begin = 0
    for at in range(1, len(parts)):
        shaped = _may_be_person(parts[at], people)
        follows = bare and shaped and _may_be_person(parts[at - 1], people)
        behind_role = shaped and people.titles.at(parts[at - 1]) is not None
        next_role = at + 1 < len(parts) and people.titles.at(parts[at + 1]) is not None
        introduced = behind_role and (next_role or (several and not _DEFINITE.search(parts[at].strip(" ."))))
        known = given[at] or (bracketed and shaped and "(" in parts[at])
        if (known or follows or introduced or at in placed) and people.read_row(row.string[begin : ends[at - 1]]):
            yield row[begin : ends[at - 1]].strip()
            begin = starts[at]
    yield row[begin:].strip()


def _each_placed(parts: Sequence[str], given: Sequence[bool], people: People) -> frozenset[int]:
    """Which parts are names by their place in a list that goes by turns, a name and whom she comes from: behind an
    organization or a single word, and before another or a title. One such pair alone makes no such list."""
    shaped = [first or _may_be_person(part, people) for part, first in zip(parts, given, strict=True)]
    comes_from = [bool(people.organisation.search(part)) or len(part.split()) == 1 for part in parts]
    pairs = [at for at, (name, _) in enumerate(pairwise(parts)) if shaped[at] and comes_from[at + 1] and name]
    if len(pairs) < 2 or not (any(given[at] for at in pairs) or 2 * len(pairs) == len(parts)):
        return frozenset()
    ends = [place or people.titles.at(part) is not None for place, part in zip(comes_from, parts, strict=True)]
    return frozenset(at for at in pairs if at and ends[at - 1] and not _DEFINITE.search(parts[at].strip(" .")))


_DEFINITE = re.compile(r"(?:na|et|(?<!s)en)\Z")  # `Rädda Barnen`
_ONLY_NAME = re.compile(rf"{_PERSON}\s*(?:\([^)]*\))?\s*\Z")


def _may_be_person(part: str, people: People) -> bool:
    """Whether a part of a running list has the shape of a name and of nothing else."""
    name = part.partition("(")[0].strip()
    shaped = _ONLY_NAME.match(part) and people.read_row(part) is not None
    plural = name.endswith(("arna", "erna", "orna"))  # `Unga Örnarna`
    return bool(shaped) and not plural and not people.organisation.search(name) and people.titles.at(name) is None


def _split_at(row: Text, mark: re.Pattern[str]) -> Iterator[Text]:
    start = 0
    for match in mark.finditer(row.string):
        yield row[start : match.start()].strip()
        start = match.end()
    yield row[start:].strip()


def listed(values: Sequence[Text], standing: Standing, register: Register) -> Iterator[Attendee]:
    """The persons of one list; a party or an organisation above some of the names holds for them."""
    values = _rejoined(values, register)
    legend = legend_of(values, register.people)
    for row in _rows(values, register.people):
        if (above := _heading_of(row.string, standing, register.people)) is not None:
            standing = above
            continue
        if (attendee := attendee_of(row, standing, register, legend)) is not None:
            yield attendee


_INLINE_HEAD = re.compile(r"([^\W\d][^:(),]{2,45}):\s+(?=[A-ZÅÄÖ])")
_GROUP = re.compile(
    r"(?P<name>[^\W\d][^:()]*?)\s*(?:\((?P<code>[A-ZÅÄÖa-z]{1,4})\))?\s*(?:,?\s*\(?\d{1,2}(?:\s?st)?\.?\)?)?\s*(?P<colon>:?)\Z"
)


_OF = re.compile(r"\A(?:från|för)\s+", re.IGNORECASE)


def _heading_of(row: str, standing: Standing, people: People) -> Standing | None:
    """`Socialdemokraterna`, `Region Strand:`, `Kommunerna:` above some of the names of a list."""
    match = _GROUP.match(row)
    if match is None or ("," in match["name"] and not _is_plural(match["name"], people)):
        return None
    if people.absent_heads.fullmatch(match["name"]):
        return replace(standing, absent=True, party=None, organization=None)
    if party := people.parties.names.get(match["name"].lower()):
        return Standing(standing.category, standing.serving, party)
    if words := people.presence_heads.fullmatch(match["name"]):
        return Standing(standing.category, standing.serving, presence=PRESENT_AS.sub("", words.group()) or None)
    if _is_plural(match["name"], people):
        return Standing(standing.category, standing.serving)
    if people.read_row(row) is not None or len(match["name"].split()) > 5:
        return None
    name = _OF.sub("", match["name"])
    if people.organisation.search(name) and not name[:1].islower():
        return Standing(standing.category, standing.serving, None, name)
    return Standing(standing.category, standing.serving) if name != match["name"] and match["colon"] else None


def _is_plural(name: str, people: People) -> bool:
    """`Kommunerna`, `Regionen och övriga`, `Från kommunerna`: whose people follow, and no organisation of anybody."""
    parts = re.split(r"\s*(?:,|/|&|\boch\b|\bsamt\b)\s*", re.sub(r"\A(?:från|för)\s+", "", name.lower()).rstrip(" :"))
    return all(part in people.plural_organisations for part in parts)
