"""One person of an attendance list, as her row and the list around it tell of her."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from protoparse.labels import Field
from protoparse.models import Attendee, Category, Evidence
from protoparse.people import People, Person
from protoparse.presence import Presence
from protoparse.text import Text, Word

CATEGORY: dict[str, Category] = {"members": "member", "substitutes": "substitute", "others": "other"}


@dataclass(frozen=True, slots=True)
class Register:
    """What reading an attendance list needs: the grammars of persons and of presence, and how sentences begin."""

    people: People
    presence: Presence
    words: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """In what capacity the rows of a list were present: their category and whether they voted (None: not said)."""

    category: Category
    serving: bool | None = None
    party: str | None = None
    organization: str | None = None
    absent: bool = False
    presence: str | None = None


_NOT_SERVING = re.compile(r"\b(?:ej|icke)\s+(?:tjänstgörande|tjg|beslutande)\b", re.IGNORECASE)
_SERVING = re.compile(r"\bledam[oö]t|beslutande|\btjänstgörande|\btjg\b", re.IGNORECASE)
PRESENT_AS = re.compile(r"\A(?:närvarande|deltagare|deltog|deltar|på plats(?: i rummet)?|i rummet)\s*", re.IGNORECASE)


def standing_of(label: Field, before: Standing, people: People) -> Standing:
    """What a label says of its list: `Ej tjänstgörande ersättare` did not vote, `Deltagare` says nothing of it, `Via
    Teams` only how those were present whom it goes on with."""
    category = CATEGORY[label.group]
    if how := people.presence_heads.fullmatch(label.label.string.strip(" :")):
        said = PRESENT_AS.sub("", how.group())
        return replace(before, party=None, organization=None, presence=said[:1].lower() + said[1:] or None)
    if _NOT_SERVING.search(label.label.string):
        return Standing(category, False)
    serves = category == "member" and _SERVING.search(label.label.string)
    return Standing(category, True if serves else None)


STANDS_IN = re.compile(
    r"\s*[,(]?\s*\b(?:tjänstgörande ersättare för|tjänstgör(?:ande)? för|tjg\.?\s*(?:ers\.?\s*)?för|"
    r"ers(?:ättare|\.)? för|ersätter|i stället för|istället för|ers\.|tjg\.?\s*ers\.?)\s+(?P<who>.+)"
    r"|\s*(?:,|(?<=\))|(?<=\w))\s*\bför\s+(?P<other>(?-i:[A-ZÅÄÖ][\wåäöéü-]+\s[A-ZÅÄÖ]).+)",
    re.IGNORECASE,
)
_FOR = re.compile(r"\s*\(för (?P<who>[^)]+)\)(?P<other>)")
_NO = r"\b(?:ej|icke|inte)\b"
_SERVES = re.compile(rf"(?P<not>{_NO}\s+)?\b(?:tjg\b|tjänstgör)\w*(?P<never>\s+{_NO})?", re.IGNORECASE)
_STOOD_IN_BY = re.compile(
    r"\s*[,(–-]?\s*\b(?:ersätts|ersattes|ersatt|företräds|företräddes)\s+av\s*:?\s+(?P<who>.+)", re.IGNORECASE
)
_COUNTED = re.compile(r"\s*\d{1,3}\s?[.)]?\s+(?=\*?[A-ZÅÄÖ])")


def attendee_of(row: Text, standing: Standing, register: Register, legend: Mapping[str, str]) -> Attendee | None:
    """The person of one row, None where nobody is named or the row says that she was not there. `legend`: what
    asterisks mean in her list."""
    people = register.people
    if standing.absent:
        return None
    if (by := _STOOD_IN_BY.search(row.string)) and (away := people.read_row(row.string[: by.start()])):
        came = attendee_of(row[by.start("who") :].strip(), standing, register, legend)
        update = {"evidence": Evidence(quote=row), "stands_in_for": away.name, "category": "member", "serving": True}
        return came and came.model_copy(update=update)
    plain = _with_commas(row)
    plain = plain[match.end() :] if (match := _COUNTED.match(plain)) else plain
    present = register.presence.read(plain)
    said = present.rest
    stands_in = STANDS_IN.search(said) or _FOR.search(said)
    person = people.read_row(said[: stands_in.start()] if stands_in else said)
    if person is None:
        return None
    tail = said[person.span[1] : stands_in.start() if stands_in else None]
    if present.words is None and people.absent.search(tail):
        return None
    instead = people.read_row((stands_in["who"] or stands_in["other"]).strip(" )(")) if stands_in else None
    category, serving = _voting(standing, person, instead, plain[person.span[1] :], present.first is not None, people)
    words = present.words or standing.presence
    if mark := legend.get(_stars(plain)):
        category, serving, words = _by_legend(mark, category, serving, words)
    return Attendee(
        evidence=Evidence(quote=row),
        name=person.name,
        category=category,
        party=person.party or standing.party,
        organization=person.organization or standing.organization,
        role=people.titles.written_out(person.role),
        stands_in_for=instead.name if instead else None,
        presence=words,
        section_from=present.first,
        section_to=present.last,
        serving=serving,
        matter=present.matter,
    )


def _with_commas(row: Text) -> str:
    """A row as it reads with a comma in every wide blank: `Moa Vret    Sjöbo stad`."""
    parts: list[str] = []
    at = 0
    for before, run in pairwise(row.runs):
        wide = run.word.x0 - before.word.x1 > 1.5 * max(before.word.size, 6) and same_height(before.word, run.word)
        part = row.string[at : before.end]
        if wide and (parts or len(part.split()) > 1) and part[-1].isalnum() and row.string[run.start] not in "(,;":
            parts.append(part + ",")
            at = before.end
    return "".join([*parts, row.string[at:]])


def _voting(
    standing: Standing, person: Person, instead: Person | None, tail: str, partly: bool, people: People
) -> tuple[Category, bool | None]:
    """A row's own word on whether its person voted goes before that of the list it stands in."""
    if instead:
        return "member", True
    if standing.category == "other":
        return "other", None
    if person.role and people.not_voting.fullmatch(person.role):
        return "other", None
    if serves := _SERVES.search(tail):
        if not (serves["not"] or serves["never"]):  # at one matter only she is a substitute still
            return (standing.category if partly else "member"), True
        return "substitute", False
    if person.role and people.stand_ins.fullmatch(person.role) and not standing.serving:
        return "substitute", standing.serving
    return standing.category, standing.serving


_STARS = re.compile(r"[\s•-]*(\*+)")
_STARS_BEHIND = re.compile(r"[^*]*?(\*+)\)?\s*\Z")
_LEGEND = re.compile(r"\s*(\*+)\)?\s*[=:–-]?\s*(?P<said>[^\W\d].*)")


def _stars(row: str) -> str:
    """The asterisks before or behind a name."""
    match = _STARS.match(row) or _STARS_BEHIND.match(row)
    return match[1] if match else ""


def legend_of(values: Iterable[Text], people: People) -> dict[str, str]:
    """What asterisks mean, where a line of the list says so: `* = tjänstgörande ersättare`."""
    found: dict[str, str] = {}
    for value in values:
        match = _LEGEND.match(value.string)
        if match and people.read_row(value.string) is None:
            found[match[1]] = match["said"]
    return found


def _by_legend(
    said: str, category: Category, serving: bool | None, words: str | None
) -> tuple[Category, bool | None, str | None]:
    if serves := _SERVES.search(said):
        return ("substitute", False, words) if serves["not"] or serves["never"] else ("member", True, words)
    if re.match(r"ersättare|suppleant", said, re.IGNORECASE):
        return "substitute", serving, words
    return category, serving, words or said.strip(" .()")


def same_height(one: Word, other: Word) -> bool:
    """Whether two words stand on one line of a page (within 3 points)."""
    return one.page == other.page and abs(one.top - other.top) < 3
