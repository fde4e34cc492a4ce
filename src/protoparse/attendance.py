"""Who was present: attendance lists in the header, beside labels, in columns, or after the last section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from protoparse.labels import Field
from protoparse.models import Attendee, Category, Evidence, Line, Passage
from protoparse.people import People, Person
from protoparse.sentences import sentences
from protoparse.text import Text, unwrap

_CATEGORY: dict[str, Category] = {"members": "member", "substitutes": "substitute", "others": "other"}
_STANDS_IN = re.compile(
    r"\s*[,(]?\s*\b(?:tjänstgörande ersättare för|tjänstgör(?:ande)? för|tjg\.?\s*(?:ers\.?\s*)?för|"
    r"ers(?:ättare|\.)? för|ersätter|i stället för|istället för|ers\.|tjg\.?\s*ers\.?)\s+(?P<who>.+)"
    r"|\s*(?:,|(?<=\))|(?<=\w))\s*\bför\s+(?P<other>(?-i:[A-ZÅÄÖ][\wåäöéü-]+\s[A-ZÅÄÖ]).+)",
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
_PARTY = re.compile(r"\([A-ZÅÄÖ-]{1,4}\)")
_BEFORE_PARTY = re.compile(r"\s*(?:,|\boch\b)\s*(?=[A-ZÅÄÖ][\w-]+(?:\s[\w-]+){1,3}\s\([A-ZÅÄÖ-]{1,4}\))")
_SEMICOLON = re.compile(r"\s*;\s*")


def _cut(row: Text) -> Iterator[Text]:
    """`N.N. (S), ordförande, M.M. (C)` is two persons."""
    return _split_at(row, _BEFORE_PARTY if len(_PARTY.findall(row.string)) > 1 else _AFTER_PARTY)


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


def read_attendance(
    labelled: Sequence[Field],
    people: People,
    lines: Sequence[Line] = (),
    running: Sequence[Passage] = (),
    words: Mapping[str, Sequence[str]] | None = None,
) -> list[Attendee]:
    """The persons present, in the order of the page: from labelled lists, else from tables of names among the lines,
    else from sentences that tell them (`words`: how such sentences begin)."""
    found = []
    for label in labelled:
        category = _CATEGORY.get(label.group)
        if category is None:
            continue
        rows = (_attendee(row, category, people) for row in _rows(label.values))
        found.extend(row for row in rows if row is not None)
    return found or _from_tables(lines, people) or _from_sentences(running, people, words or {})


# ---------------------------------------------------------------- sentences

_BETWEEN = re.compile(r",\s+|\s+(?:och|samt)\s+")
_SAID: tuple[tuple[str, Category], ...] = (("present_sentences", "member"), ("guest_sentences", "other"))


def _from_sentences(running: Sequence[Passage], people: People, words: Mapping[str, Sequence[str]]) -> list[Attendee]:
    """`Närvarande var Moa Vret (ordförande), Ulf Sten och Ida Ros. Som gäst deltog Eva Dahl, rektor.`"""
    begins = [(start, category) for name, category in _SAID for start in words.get(name, ())]
    found: list[Attendee] = []
    for passage in running:
        for sentence in sentences(passage.text):
            for start, category in begins:
                if sentence.string.startswith(f"{start} "):
                    found.extend(_told(sentence[len(start) + 1 :].strip(" ."), category, people))
    return found


def _told(names: Text, category: Category, people: People) -> Iterator[Attendee]:
    """The persons of a running list; a part without a name belongs to the one before it."""
    rows: list[tuple[int, int]] = []
    at = 0
    for cut in [*(m.span() for m in _BETWEEN.finditer(names.string)), (len(names), len(names))]:
        part = (at, cut[0])
        named = people.read_row(names.string[slice(*part)]) is not None
        if named or not rows:
            rows.append(part)
        else:
            rows[-1] = (rows[-1][0], part[1])
        at = cut[1]
    read = (_attendee(names[start:end], category, people) for start, end in rows)
    yield from (attendee for attendee in read if attendee is not None)


# ---------------------------------------------------------------- tables of names

_PRESENT = re.compile(r"(?:närv|deltog|tjg|tjänstg)", re.IGNORECASE)
_ABSENT = re.compile(r"[–—-]|nej|ej|frånv\w*|förhinder", re.IGNORECASE)
_VOTE = frozenset(("ja", "nej", "avstår", "avst"))


def _from_tables(lines: Sequence[Line], people: People) -> list[Attendee]:
    """Attendance from tables with a column of names and one that says who was there; a list of votes is none."""
    rows: dict[tuple[int, int, int], dict[str, list[Text]]] = {}
    for line in lines:
        if line.cell and line.cell.row:
            key = (line.page, line.cell.table, line.cell.row)
            rows.setdefault(key, {}).setdefault(line.cell.head, []).append(line.text)
    heads = {head for row in rows.values() for head in row}
    if not any(_PRESENT.match(head) for head in heads) or heads & _VOTE:
        return []
    found: list[Attendee] = []
    category: Category = "member"
    for row in rows.values():
        cells = {head: unwrap(parts) for head, parts in row.items()}
        name = cells.get("namn") or cells.get("ledamot") or next(iter(cells.values()))
        said = _CATEGORIES_SAID.get(name.string.lower().rstrip(":"))
        if said or len(cells) == 1:
            category = said or category
        elif (attendee := _table_row(name, cells, category, people)) is not None:
            found.append(attendee)
    return found


_CATEGORIES_SAID: dict[str, Category] = {
    "övriga": "other",
    "övriga deltagare": "other",
    "tjänstepersoner": "other",
    "ersättare": "substitute",
    "ledamöter": "member",
}


def _table_row(name: Text, cells: Mapping[str, Text], category: Category, people: People) -> Attendee | None:
    if any(_PRESENT.match(head) and _ABSENT.fullmatch(cell.string.strip()) for head, cell in cells.items()):
        return None
    attendee = _attendee(name, category, people)
    if attendee is None:
        return None
    place, party = cells.get("organisation"), cells.get("parti")
    return attendee.model_copy(
        update={
            "organization": attendee.organization or (place.string if place else None),
            "party": attendee.party or (party.string.strip("()") if party else None),
        }
    )
