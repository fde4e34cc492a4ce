"""Who was present: attendance lists in the header, beside labels, in columns, in tables, or after the last section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from protoparse.attendees import CATEGORY, Register, Standing, attendee_of, standing_of
from protoparse.labels import Field
from protoparse.models import Attendee, Category, Doubt, Evidence, Line, Passage
from protoparse.namelists import listed
from protoparse.nametables import from_tables, staff_among, tables_of_names
from protoparse.people import People
from protoparse.sentences import sentences
from protoparse.text import Text


def read_attendance(
    labelled: Sequence[Field],
    register: Register,
    lines: Sequence[Line] = (),
    running: Sequence[Passage] = (),
) -> tuple[list[Attendee], list[Doubt]]:
    """The persons present, in the order of the page: from labelled lists, tables of names and, where there are none,
    from sentences that tell them; and doubts where a list is said to stand elsewhere and was not found."""
    fields = [label for label in labelled if label.group in CATEGORY]
    tables = tables_of_names(lines, fields)
    in_tables = {word for table in tables for word in table.words}
    found: list[Attendee] = []
    before = Standing("member")
    for label in fields:
        own = [value for value in label.values if not in_tables.intersection(value.words)]
        standing = standing_of(label, before, register.people)
        rows = list(listed(own, standing, register))
        found.extend(_by_seats(rows, register.people) if standing.category == "member" else rows)
        before = standing
    found = [*_chairs(labelled, found, register), *found]
    if tables:
        found = _each_once([*found, *from_tables(tables, fields, register)])
    if not found:
        found = _from_sentences(running, register)
    return found, ([] if any(one.category == "member" for one in found) else list(_elsewhere(fields)))


_ELSEWHERE = re.compile(r"(?:enligt|se|framgår av)\s+.*(?:bilaga|förteckning|lista|upprop|sida|sid)", re.IGNORECASE)


def _elsewhere(fields: Iterable[Field]) -> Iterator[Doubt]:
    for label in fields:
        for value in label.values:
            if _ELSEWHERE.match(value.string):
                message = "Närvaron står på annan plats, och ingen sådan lista gick att läsa i dokumentet."
                yield Doubt(evidence=Evidence(quote=value), kind="attendance", cue=value.string, message=message)


def _chairs(labelled: Sequence[Field], found: Sequence[Attendee], register: Register) -> Iterator[Attendee]:
    """The chair of a board whose label stands among those of its lists (`Ordförande  N.N.`, `Ledamöter  …`)."""
    for at, label in enumerate(labelled):
        near = [other for other in labelled[max(0, at - 1) : at + 3] if other.group == "members" and other.values]
        if label.group == "chair" and len(label.values) == 1 and any("ledam" in o.label.string.lower() for o in near):
            one = attendee_of(label.values[0], Standing("member", True), register, {})
            if one is not None and all(one.name != other.name for other in found):
                yield one.model_copy(update={"role": label.label.string.strip(" :").lower()})


def _by_seats(rows: Sequence[Attendee], people: People) -> list[Attendee]:
    """The rows of one list; where it tells the seats of a board, who has the role of a guest is none of its members,
    nor is an official, where all the seated are said to come from an organization."""
    seated = [one for one in rows if one.role and people.seats.fullmatch(one.role)]
    staff = staff_among(rows, seated)
    sent = len(seated) > 1 and all(one.organization and not one.party for one in seated)

    def is_guest(one: Attendee) -> bool:
        """Whether somebody among the members has a role, and none on a board."""
        if one.category != "member" or one.serving or not one.role or one.stands_in_for:
            return False
        return bool(people.guests.fullmatch(one.role)) or (sent and staff(one.role))

    if not seated:
        return list(rows)
    guest = {"category": "other", "serving": None}
    return [one.model_copy(update=guest) if is_guest(one) else one for one in rows]


def _each_once(found: Sequence[Attendee]) -> list[Attendee]:
    """Without rows that say of one person in one capacity what another row says."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for one in found:
        key = (one.name, one.category, one.stands_in_for, one.presence)
        if key not in seen:
            kept.append(one)
        seen.add(key)
    return kept


# ---------------------------------------------------------------- sentences

_BETWEEN = re.compile(r",\s+|\s+(?:och|samt)\s+")
_SAID: tuple[tuple[str, Category], ...] = (("present_sentences", "member"), ("guest_sentences", "other"))


def _from_sentences(running: Sequence[Passage], register: Register) -> list[Attendee]:
    """`Närvarande var Moa Vret (ordförande), Ulf Sten och Ida Ros. Som gäst deltog Eva Dahl, rektor.`"""
    begins = [(start, category) for name, category in _SAID for start in register.words.get(name, ())]
    found: list[Attendee] = []
    for passage in running:
        for sentence in sentences(passage.text):
            for start, category in begins:
                if sentence.string.startswith(f"{start} "):
                    found.extend(_told(sentence[len(start) + 1 :].strip(" ."), Standing(category), register))
    return found


def _told(names: Text, standing: Standing, register: Register) -> Iterator[Attendee]:
    """The persons of a running list; a part without a name belongs to the one before it."""
    rows: list[tuple[int, int]] = []
    at = 0
    for cut in [*(m.span() for m in _BETWEEN.finditer(names.string)), (len(names), len(names))]:
        part = (at, cut[0])
        named = register.people.read_row(names.string[slice(*part)]) is not None
        if named or not rows:
            rows.append(part)
        else:
            rows[-1] = (rows[-1][0], part[1])
        at = cut[1]
    read = (attendee_of(names[start:end], standing, register, {}) for start, end in rows)
    yield from (attendee for attendee in read if attendee is not None)
