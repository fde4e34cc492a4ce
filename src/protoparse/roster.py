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
from protoparse.seats.matters import NOTES, put_together
from protoparse.seats.parts import DateReader, Person, Row, tells
from protoparse.seats.reading import MAY, Kit
from protoparse.seats.rows import TELLING, sentence_rows
from protoparse.seats.titles import full_group, group_of_title, post_of_title, title_rows
from protoparse.seats.words import Words
from protoparse.sentences import sentences
from protoparse.text import Text, join

# A section about the meeting itself.
_FORMAL = re.compile(
    r"\bjuster(?:are|ing\w*|ande|a)\b|\bprotokollsjuster|\brösträknare\b|\bmötes(?:ordförande|sekreterare|presidium)"
    r"|\bmötets (?:öppnande|ordförande)|\b(?:ordförande|sekreterare)\b.* för (?:mötet|sammanträdet|dagen)|\bupprop\b",
    re.IGNORECASE,
)


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
    kit = Kit(meeting, cues, people, dates, words)
    rows: list[RosterChange] = []
    doubts: list[Doubt] = []
    for section, group in _by_section(passages).items():
        title = (titles or {}).get(section) if section is not None else None
        heading = (headings or {}).get(section) if section is not None else None
        found, unread = _section(kit, group, title, heading)
        rows.extend(found)
        doubts.extend(unread)
    return rows, doubts


def _by_section(passages: Iterable[Passage]) -> dict[int | None, list[Passage]]:
    groups: dict[int | None, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.section, []).append(passage)
    return groups


def reads(passage: Passage, meeting: Meeting, sections: frozenset[int | None] = frozenset()) -> bool:
    """Whether a change that a passage tells counts by itself; `sections` has no say here."""
    return passage.zone in TELLING or (passage.zone is Zone.BACKGROUND and meeting.kind in NOTES)


def _section(
    kit: Kit, passages: Sequence[Passage], title: str | None, heading: Text | None
) -> tuple[list[RosterChange], list[Doubt]]:
    if title and _FORMAL.search(title):
        return [], []
    kit = replace(kit, post=post_of_title(kit, title))
    rows: list[Row] = []
    told: list[Row] = []
    doubts: list[Doubt] = []
    granted: Passage | None = None
    for passage in passages:
        if passage.zone not in TELLING and passage.zone is not Zone.BACKGROUND:
            continue
        found, unread, grants = _passage(kit, passage)
        if not reads(passage, kit.meeting):  # a resignation told in the background counts when it is granted
            told.extend(row for row in found if row.kind == "departure")
            rows.extend(row for row in found if _is_ahead(kit, row))
            continue
        rows.extend(found)
        doubts.extend(unread)
        if grants and granted is None:
            granted = passage
    label = title_rows(kit, title, heading, passages)
    rows = put_together(rows, told, label, title, granted, passages)
    group = group_of_title(kit, title)
    organ = kit.meeting.organ
    return [
        _record(replace(row, group=full_group(row.group, organ) if row.group else None), group) for row in rows
    ], doubts


def _is_ahead(kit: Kit, row: Row) -> bool:
    """A departure on a day to come counts wherever it is told; a resignation must be granted, the past is past."""
    day = kit.meeting.date
    return row.kind == "departure" and "asked" not in row.needs and bool(row.start and day and row.start >= day)


def _record(row: Row, title_group: str | None) -> RosterChange:
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
        group_name=full_group(row.group, title_group),
        position=row.position,
        represents=row.represents,
        from_date=row.start,
        until_date=row.until,
        section=row.passage.section,
        heading=row.passage.heading,
    )


def _resting_on(row: Row, before: Text, last: Person | None) -> Row:
    """The evidence of a row that takes up the one who left in the sentence before holds both sentences."""
    taken = row.kind == "replacement" and last is not None and row.outgoing is last
    return replace(row, quote=join([before, row.quote])) if taken else row


def _taken_up(row: Row, found: Sequence[Row], last: Person | None) -> bool:
    """`A lämnar rådet. Efter honom väljs B`: the departure becomes part of the replacement."""
    return row.kind == "departure" and row.outgoing is last and any(new.outgoing is last for new in found if last)


def _said(kit: Kit, passage: Passage) -> list[Text]:
    """The sentences of a passage; a list point that is only a name is read with the words that open the list."""
    whole = sentences(passage.text)
    lead = passage.lead
    if lead is None or not MAY.search(passage.text.string) or not lead.string.rstrip().endswith(":"):
        return whole
    names = kit.people.names_in(passage.text.string, kit.meeting.names)
    if not names or names[0][0] > 0 or any(tells(cue) for cue in kit.cues.find(passage.text.string)):
        return whole
    return [join([lead.strip(" :"), passage.text])]


def _passage(kit: Kit, passage: Passage) -> tuple[list[Row], list[Doubt], bool]:
    if not MAY.search(passage.text.string):
        return [], [], False
    rows: list[Row] = []
    doubts: list[Doubt] = []
    grants = False
    before = Text()
    for sentence in _said(kit, passage):
        found, unread, granted = sentence_rows(kit, sentence, passage)
        found = [_resting_on(row, before, kit.last) for row in found]
        rows = [row for row in rows if not _taken_up(row, found, kit.last)] + found
        doubts.extend(unread)
        grants = grants or granted
        gone = [row.outgoing for row in found if row.kind == "departure"]
        kit, before = replace(kit, last=gone[0] if len(gone) == 1 else None), sentence
    return rows, doubts, grants
