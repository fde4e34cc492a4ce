"""From a document to its records: the table of contents of the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from protoparse.cues import CueFinder
from protoparse.models import (
    Attendee,
    DateMention,
    Decision,
    Doubt,
    Funding,
    Kind,
    Meeting,
    Passage,
    RosterChange,
    Section,
)
from protoparse.passages import passages, plain_lines
from protoparse.rules import RuleSet
from protoparse.zones import Headings


@dataclass(slots=True)
class Protocol:
    """All that was read from one document."""

    meeting: Meeting
    sections: list[Section] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    roster_changes: list[RosterChange] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    attendance: list[Attendee] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Kit:
    """What is built once from the rules and used for every document."""

    headings: Headings
    decision_cues: CueFinder
    roster_cues: CueFinder
    funding_cues: CueFinder

    @classmethod
    def of(cls, rules: RuleSet) -> Kit:
        return cls(
            Headings.of(rules.data["headings"]["words"]),
            CueFinder(rules.of_kind("decision")),
            CueFinder(rules.of_kind("roster")),
            CueFinder(rules.of_kind("funding")),
        )


def parse_text(text: str, organ: str | None, anchor: date | None, kind: Kind, kit: Kit) -> Protocol:
    """What the rules make of a piece of text, read as if it stood on a page."""
    meeting = Meeting(kind=kind, organ=organ, date=anchor)
    return Protocol(meeting, passages=passages(plain_lines(text), kit.headings))
