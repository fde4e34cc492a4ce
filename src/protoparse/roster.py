"""Who joins, leaves and replaces whom: lasting changes of persons, read sentence by sentence.

A sentence is cut into clauses, one for each wording (`rules/roster.yml`) that tells of a change. The rule says which
side of its wording is the one who comes and which the one who leaves; persons, positions, groups and dates are read by
grammar. What a section tells in several places (title, background, decision) is then put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from protoparse.cues import CueFinder
from protoparse.models import Doubt, Evidence, Meeting, Passage, RosterChange, Zone
from protoparse.people import People
from protoparse.seats.items import for_all, lead_of
from protoparse.seats.lists import (
    Opening,
    is_election,
    listed,
    opening_of,
    opening_of_title,
    same_term,
    segments,
)
from protoparse.seats.matters import NOTES, put_together, with_parties
from protoparse.seats.pairs import filled, same_post
from protoparse.seats.parts import DECIDING, DateReader, Row
from protoparse.seats.pronouns import Told, first_names, only, shared_names
from protoparse.seats.reading import Kit, may_tell
from protoparse.seats.rows import TELLING, sentence_rows
from protoparse.seats.titles import group_in, post_of_title, title_rows
from protoparse.seats.words import Words
from protoparse.sentences import sentences
from protoparse.text import Text, join

# A section about the meeting itself.
_FORMAL = re.compile(
    r"\bjuster(?:are|ing\w*|ande|a)\b|\bprotokollsjuster|\brösträknare\b|\bmötes(?:ordförande|sekreterare|presidium)"
    r"|\bmötets (?:öppnande|ordförande)|\b(?:ordförande|sekreterare)\b.* för (?:mötet|sammanträdet|dagen)|\bupprop\b",
    re.IGNORECASE,
)


_NEWS = frozenset({Zone.BACKGROUND, Zone.BASIS})  # what notes and newsletters tell in them has just happened


def find_roster_changes(
    meeting: Meeting,
    passages: Sequence[Passage],
    cues: CueFinder,
    people: People,
    dates: DateReader,
    words: Words,
    titles: Mapping[int, str] | None = None,
    headings: Mapping[int, Text] | None = None,
) -> tuple[list[RosterChange], list[Doubt]]:
    """The roster changes of a document in order, and the wordings that gave no safe row.

    `titles` and `headings` are the sections' titles as strings and as printed, by the section's ordinal.
    """
    kit = Kit(meeting, cues, people, dates, words, given=first_names(meeting.names), shared=shared_names(meeting.names))
    rows: list[Row] = []
    told: list[Row] = []
    doubts: list[Doubt] = []
    for section, group in _by_section(passages).items():
        title = (titles or {}).get(section) if section is not None else None
        heading = (headings or {}).get(section) if section is not None else None
        found, beside, unread = _section(kit, group, title, heading)
        rows.extend(found)
        told.extend(beside)
        doubts.extend(unread)
    return [_record(row) for row in with_parties(rows, told)], doubts


def _by_section(passages: Iterable[Passage]) -> dict[int | None, list[Passage]]:
    groups: dict[int | None, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.section, []).append(passage)
    return groups


def reads(passage: Passage, meeting: Meeting, sections: frozenset[int | None] = frozenset()) -> bool:
    """Whether a change that a passage tells counts by itself; `sections` has no say here."""
    return passage.zone in TELLING or (passage.zone in _NEWS and meeting.kind in NOTES)


def _section(
    kit: Kit, passages: Sequence[Passage], title: str | None, heading: Text | None
) -> tuple[list[Row], list[Row], list[Doubt]]:
    """(the rows of one matter, what is only told beside them, doubts)."""
    if title and _FORMAL.search(title):
        return [], [], []
    kit = replace(kit, post=post_of_title(kit, title))
    rows: list[Row] = []
    told: list[Row] = []
    doubts: list[Doubt] = []
    granted: Passage | None = None
    opening: Opening | None = None
    lead: Text | None = None
    electing = is_election(title)
    for passage in _decided_after(passages):
        if electing and opening is None and (lines := _elected(kit, title, heading, passage)):
            rows.extend(lines)
            continue
        if opening and (line := listed(kit, opening, passage)):
            rows.extend(line[0])
            opening = line[1]
            continue
        opening = opening_of(kit, passage, rows) or (opening if passage.marker or passage.cell else None)
        if passage.zone is not Zone.BACKGROUND and not reads(passage, kit.meeting):
            continue
        lead = lead_of(kit, passage) or (lead if passage.marker else None)
        found, unread, grants = _passage(kit, passage)
        if lead and passage.marker and all(row.hint for row in found):
            found, unread, grants = _passage(kit, replace(passage, text=join([lead, passage.text])))
            rows = for_all(rows, found[0]) if found else rows
        if not reads(passage, kit.meeting):  # a resignation told in the background counts when it is granted
            told.extend(row for row in found if row.kind == "departure")
            rows.extend(row for row in found if _is_ahead(kit, row))
            continue
        rows.extend(same_term(found, rows))
        doubts.extend(unread)
        if grants and granted is None:
            granted = passage
    label = title_rows(kit, title, heading, passages)
    rows = put_together(rows, told, label, title, granted, passages)
    return [replace(row, group=group_in(kit, row, rows, title)) for row in rows], [*told, *label], doubts


_WAS_DECIDED = re.compile(
    r"(?:[Åå]rs(?:mötet|stämman)|[Mm]ötet|[A-ZÅÄÖa-zåäö-]*(?:stämman|fullmäktige|styrelsen|nämnden|rådet|kongressen))\s+"
    r"(?:valde|utsåg|omvalde|beslutade|beslöt)\b"
)
_RUN_IN_PROPOSAL = re.compile(r"[^.:]{0,60}förslag[^.:]{0,40}:")


def _decided_after(passages: Iterable[Passage]) -> Iterable[Passage]:
    """The passages, with the sentences from where it is told what was decided cut off a proposal in one paragraph:
    `Valberedningens förslag: omval av A. Årsmötet valde A.`"""
    for passage in passages:
        yield passage
        if passage.zone is Zone.PROPOSAL and _RUN_IN_PROPOSAL.match(passage.text.string):
            parts = sentences(passage.text)[1:]
            at = next((n for n, part in enumerate(parts) if _WAS_DECIDED.match(part.string)), None)
            if at is not None:
                yield replace(passage, text=join(parts[at:]), zone=Zone.BODY)


def _elected(kit: Kit, title: str | None, heading: Text | None, passage: Passage) -> list[Row]:
    """The rows of a paragraph under an election's title that is nothing but labels with names behind them."""
    parts = segments(kit, passage)
    election = opening_of_title(kit, title, heading) if parts else None
    lines = [listed(kit, election, part) for part in parts] if election else []
    return [row for line in lines if line for row in line[0]] if all(lines) else []


def _is_ahead(kit: Kit, row: Row) -> bool:
    """A departure on a day to come counts wherever it is told; a resignation must be granted, the past is past."""
    day = kit.meeting.date
    return row.kind == "departure" and "asked" not in row.needs and bool(row.start and day and row.start >= day)


def _record(row: Row) -> RosterChange:
    incoming, outgoing = row.incoming, row.outgoing
    return RosterChange(
        evidence=Evidence(quote=row.quote, rule=row.rule),
        kind=row.kind,
        incoming=incoming.name if incoming else None,
        incoming_role=incoming.about.role if incoming else None,
        incoming_organization=incoming.about.organization if incoming else None,
        incoming_party=incoming.about.party if incoming else None,
        outgoing=outgoing.name if outgoing else None,
        outgoing_role=outgoing.about.role if outgoing else None,
        outgoing_organization=outgoing.about.organization if outgoing else None,
        outgoing_party=outgoing.about.party if outgoing else None,
        group_name=row.group,
        position=row.position,
        represents=row.represents,
        from_date=row.start,
        until_date=row.until,
        section=row.passage.section,
        heading=row.passage.heading,
    )


def _resting_on(row: Row, told: Told | None) -> Row:
    """The evidence of a row that takes up somebody of the sentence before holds both sentences."""
    taken = told and any(person and person.earlier for person in (row.incoming, row.outgoing))
    return replace(row, quote=join([told.text, row.quote])) if told and taken else row


def _joined_to(
    people: People, words: Words, rows: list[Row], found: list[Row], told: Told | None, zone: Zone
) -> list[Row]:
    """The rows of the sentences so far and of the next one. `A lämnar rådet. Efter honom väljs B`, `A är ny ledamot.
    Hon efterträder B`, `A lämnar rådet. Ny ledamot blir B`: the first row becomes part of the replacement."""
    found = [_resting_on(row, told) for row in found]
    if told and len(found) == 1 and not (told.came or told.left):
        found = [_announced(people, words, found[0], told)]
    if told and len(found) == 1 and zone not in DECIDING:
        found = [_successor(words, found[0], rows, told)]
    kept: list[Row] = []
    for row in rows:
        at = next((n for n, new in enumerate(found) if told and _takes_up(new, row)), None)
        if at is None:
            kept.append(row)
        else:
            found[at] = filled(found[at], row)
    return kept + found


_GETS_NEW = re.compile(
    r"(?P<group>[^,.;:]{3,60}?)\s+(?:får|fick|har fått|behöver|söker|saknar)\s+(?:en\s+|ett\s+)?ny(?:tt)?\s+(?=\S)"
)


def _announced(people: People, words: Words, new: Row, told: Told) -> Row:
    """`Styrgruppen får en ny ordförande. A tar över efter B`: the sentence before names the seat."""
    said = _GETS_NEW.match(told.text.string)
    if said is None or new.position or (end := people.titles.at(told.text.string, said.end())) is None:
        return new
    group = said.group("group") if words.group.search(said.group("group")) else None
    position = told.text.string[said.end() : end]
    return replace(new, position=position, group=new.group or group, quote=join([told.text, new.quote]))


def _takes_up(new: Row, row: Row) -> bool:
    if new.kind != "replacement" or not same_post(new, row):
        return False
    left = row.kind == "departure" and row.outgoing and new.outgoing and new.outgoing.earlier
    if left:
        return bool(row.outgoing and new.outgoing and row.outgoing.name == new.outgoing.name)
    came = row.kind == "appointment" and row.incoming and new.incoming and new.incoming.earlier
    return bool(came and row.incoming and new.incoming and row.incoming.name == new.incoming.name)


def _successor(words: Words, new: Row, rows: Sequence[Row], told: Told) -> Row:
    """A new holder told right behind the only one who leaves takes her place."""
    gone = only(told.left)
    if (
        new.kind != "appointment"
        or not (new.new and (new.position or new.rule == "ny-för"))
        or gone is None
        or told.came
    ):
        return new
    row = next((row for row in rows if row.outgoing == gone and row.kind == "departure"), None)
    same = row and same_post(row, new) and (row.position or words.stands_for.search(new.position or "ledamot"))
    if not same:
        return new
    quote = join([told.text, new.quote])
    return replace(new, kind="replacement", outgoing=replace(gone, earlier=True), quote=quote)


def _passage(kit: Kit, passage: Passage) -> tuple[list[Row], list[Doubt], bool]:
    if not may_tell(kit, passage.text.string):
        return [], [], False
    rows: list[Row] = []
    doubts: list[Doubt] = []
    grants = False
    for sentence in sentences(passage.text):
        found, unread, granted = sentence_rows(kit, sentence, passage)
        rows = _joined_to(kit.people, kit.words, rows, found, kit.told, passage.zone)
        doubts.extend(unread)
        grants = grants or granted
        came = tuple(row.incoming for row in found if row.incoming)
        left = tuple(row.outgoing for row in found if row.outgoing and row.kind == "departure")
        kit = replace(kit, told=Told(sentence, came=came, left=left))
    return rows, doubts, grants
