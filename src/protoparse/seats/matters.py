"""Title, background and decision of one matter put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from protoparse.models import Passage
from protoparse.seats.pairs import filled, fold, same_post
from protoparse.seats.parts import DECIDING, Person, Row

NOTES = frozenset({"nyhetsbrev", "minnesanteckningar"})  # their `Bakgrund` and `Inledning` tell news
ELECTION = re.compile(r"\b(?:\w*val|omval|nyval|byte|ny|nya|ersättare efter|efterträdare)\b", re.IGNORECASE)
_RESIGNATION = re.compile(r"\b(?:avsäg\w*|entledig\w*|avgång|avgår|befrielse|utträde)\b", re.IGNORECASE)


def put_together(
    rows: list[Row],
    told: list[Row],
    label: list[Row],
    title: str | None,
    granted: Passage | None,
    passages: Sequence[Passage],
) -> list[Row]:
    """Title, background and decision of one matter: the decision counts, the others fill in what it leaves out."""
    hints = [*label, *(row for row in rows if row.label or row.hint)]
    firm = _left_before([row for row in rows if not (row.label or row.hint)])
    rows = [row for row in rows if not row.hint]
    firm = [row for row in firm if "thanks" not in row.needs or not _named_elsewhere(row, [*rows, *told])]
    leaving = [*hints, *told]
    gone = [row for row in firm if row.kind == "departure" and row.group and row.passage.zone not in DECIDING]
    firm = [
        _completed(_with_outgoing(row, [*leaving, *gone] if _in_seat(row) else leaving, title), leaving) for row in firm
    ]
    decided = [row for row in firm if row.passage.zone in DECIDING]
    firm = [row for row in firm if row in decided or not _repeats(row, decided)]
    loose = [row for row in hints if row not in label and not row.hint and not _repeats(row, firm)]
    release = _release([row for row in (*told, *label, *loose) if not row.hint], firm, title, granted, passages)
    firm = [row for row in firm if not _part_of(row, firm)]
    from_title = _from_title(label, firm, release, passages)
    return _unique([*firm, *(row for row in loose if not _repeats(row, release)), *release, *from_title])


def _in_seat(row: Row) -> bool:
    """Whether a decision fills somebody's seat: `Lisa Ek utses till ny ledamot`."""
    return row.new and row.passage.zone in DECIDING


def _named_elsewhere(row: Row, others: Iterable[Row]) -> bool:
    """Whether another row tells that the one who is thanked leaves."""
    who = row.outgoing and row.outgoing.name
    return any(other is not row and other.outgoing and other.outgoing.name == who for other in others)


def _left_before(rows: Sequence[Row]) -> list[Row]:
    """`A lämnar gruppen X den 31 maj. Styrelsen beslutar att B ersätter A`: the seat is the one that A leaves, and what
    is told of her leaving beside the decision is part of the replacement."""
    left = {row.outgoing.name: row for row in rows if row.kind == "departure" and row.outgoing}
    named = [row for row in rows if row.kind == "departure" and row.group]
    kept = []
    for row in rows:
        same = [it for it in named if _leaves(it, row)]
        if row.kind == "replacement" and not row.group and len({fold(it.group or "") for it in same}) == 1:
            row = filled(row, same[0])
        kept.append(row)
    parts = [it for it in left.values() if it.passage.zone not in DECIDING and any(_one_change(it, r) for r in kept)]
    return [row for row in kept if row not in parts]


def _leaves(departure: Row, row: Row) -> bool:
    """Whether a departure is that of the one whom a row's newcomer replaces, from the same seat as far as is told."""
    same = departure.outgoing and row.outgoing and departure.outgoing.name == row.outgoing.name
    return bool(same and same_post(departure, row))


def _one_change(departure: Row, row: Row) -> bool:
    return row.kind == "replacement" and bool(departure.group and row.group) and _leaves(departure, row)


def _part_of(row: Row, others: Iterable[Row]) -> bool:
    """`A har avsagt sig alla uppdrag … att entlediga A från …`: a departure told bare and told with its seat."""
    if row.kind != "departure" or row.group or row.position or row.outgoing is None:
        return False
    return any(
        other.kind == "departure" and other.outgoing and other.outgoing.name == row.outgoing.name and other.group
        for other in others
        if other is not row
    )


def _repeats(row: Row, others: Iterable[Row]) -> bool:
    """Whether another row already tells what this one tells: the same person comes, or the same person leaves."""
    for other in others:
        if row is other:
            continue
        same_in = row.incoming and other.incoming and row.incoming.name == other.incoming.name
        same_out = row.outgoing and other.outgoing and row.outgoing.name == other.outgoing.name
        if (same_in and same_post(row, other)) or (same_out and not (row.incoming and not same_in)):
            return True
    return False


def _with_outgoing(row: Row, hints: Sequence[Row], title: str | None) -> Row:
    """An election completed with the one who leaves, as the title or the background tells it."""
    if row.kind != "appointment" or row.incoming is None:
        return row
    names = {
        hint.outgoing.name: hint
        for hint in hints
        if hint.outgoing
        and hint.outgoing.name != row.incoming.name
        and same_post(row, hint)
        and _may_fill(row, hint, title)
    }
    if len(names) != 1:
        return row
    hint = next(iter(names.values()))
    return replace(row, kind="replacement", outgoing=hint.outgoing, group=row.group or hint.group)


def _completed(row: Row, hints: Sequence[Row]) -> Row:
    """A departure or replacement with the seat that the title or the background names."""
    for hint in hints:
        same = row.outgoing and hint.outgoing and row.outgoing.name == hint.outgoing.name
        if same and hint is not row and same_post(row, hint):
            row = filled(row, replace(hint, start=None, until=None))
    return row


def _may_fill(row: Row, hint: Row, title: str | None) -> bool:
    """Whether a told departure is of the seat that is filled: the title or the sentence speaks of a new holder."""
    if hint.label and hint.incoming is not None and row.incoming is not None:
        return _same_person(hint.incoming.name, row.incoming.name)
    return row.new or hint.kind == "replacement" or bool(ELECTION.search(title or "")) or hint.label


def _same_person(a: str, b: str) -> bool:
    """Whether two names of one matter are one person's, a slip of the pen apart (`Persson`, `Pehrsson`)."""
    return a == b or (a.split()[0] == b.split()[0] and SequenceMatcher(None, a, b).ratio() > 0.85)


def _release(
    told: Sequence[Row], firm: Sequence[Row], title: str | None, granted: Passage | None, passages: Sequence[Passage]
) -> list[Row]:
    """Resignations told in the title or the background that the section grants."""
    if any(row.kind == "departure" and row.passage.zone in DECIDING for row in firm):
        return []
    resigning = bool(_RESIGNATION.search(title or "")) and not ELECTION.search(title or "")
    decided = [p for p in passages if p.zone in DECIDING]
    if granted is None and not (resigning and decided and not any(_REFUSED.search(p.text.string) for p in decided)):
        return []
    if granted is None and any(row.kind != "departure" for row in firm):
        return []
    best: dict[str, Row] = {}
    for row in told:
        if row.kind == "departure" and row.outgoing:
            before = best.get(row.outgoing.name)
            best[row.outgoing.name] = filled(before, row) if before else row
    return list(best.values())


_REFUSED = re.compile(r"\b(?:avslå\w*|bordl\w+|återremitt\w+|inte|avslag)\b", re.IGNORECASE)


def _from_title(
    label: Sequence[Row], firm: Sequence[Row], release: Sequence[Row], passages: Sequence[Passage]
) -> list[Row]:
    """An election told whole by the title, where the decision names nobody (`enligt valberedningens förslag`)."""
    decided = [p for p in passages if p.zone in DECIDING]
    if firm or release or not decided or any(_REFUSED.search(p.text.string) for p in decided):
        return []
    return [row for row in label if row.incoming is not None]


def _unique(rows: Iterable[Row]) -> list[Row]:
    seen: dict[tuple[object, ...], Row] = {}
    for row in rows:
        key = (
            row.kind, row.incoming and row.incoming.name, row.outgoing and row.outgoing.name,
            fold(row.group or ""), row.position,
        )  # fmt: skip
        seen.setdefault(key, row)
    return list(seen.values())


def with_parties(rows: Sequence[Row], told: Sequence[Row]) -> list[Row]:
    """The rows of one matter, with the party that only another of its rows gives a person."""
    known: dict[str, str] = {}
    for row in (*rows, *told):
        for person in (row.incoming, row.outgoing):
            if person and person.about.party:
                known.setdefault(person.name, person.about.party)
    return [
        replace(row, incoming=_of_party(row.incoming, known), outgoing=_of_party(row.outgoing, known)) for row in rows
    ]


def _of_party(person: Person | None, known: Mapping[str, str]) -> Person | None:
    if person is None or person.about.party or person.name not in known:
        return person
    return replace(person, about=person.about._replace(party=known[person.name]))
