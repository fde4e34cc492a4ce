"""The record types that travel between the floors of the program.

Lines, passages and sections carry `Text`, so that every record made of them can say where it was printed.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from protoparse.text import Box, Text


class Zone(StrEnum):
    """What part of a section a passage stands in; it decides what the same words mean."""

    BODY = "body"  # running text under no known sub-heading
    DECISION = "decision"  # Beslut
    DECISION_GROUP = "decision_group"  # Beslutspunkter: a group of matters that are decided
    PROPOSED = "proposed"  # Förslag till beslut i kommunfullmäktige: what this organ proposes to a higher one
    PROPOSAL = "proposal"  # Förslag till beslut: not decided by anybody yet
    MOTION = "motion"  # Yrkanden, nominations, proposals made at the meeting
    PROCEDURE = "procedure"  # Beslutsgång
    VOTE = "vote"  # Omröstning
    DISSENT = "dissent"  # Reservation, protokollsanteckning
    CONFLICT = "conflict"  # Jäv
    BACKGROUND = "background"  # Ärendebeskrivning, Beredning, Bedömning, consequences
    BASIS = "basis"  # Beslutsunderlag
    DISTRIBUTION = "distribution"  # Expedieras till
    APPEAL = "appeal"  # Hur man överklagar
    INFORMATION = "information"  # Informationspunkter, Meddelanden, Övrigt
    ATTENDANCE = "attendance"  # Närvarande, Beslutande, Övriga
    HEADER = "header"  # the meeting's header block: place, time, adjusters, signatures
    CONTENTS = "contents"  # a list of matters


class CellPlace(NamedTuple):
    """A cell of a table: which table of the document, its row (0 are the column heads; rows count on over a page
    break), its column from the left, the head of that column in lower case, and whether `rules/header.yml` lists heads
    of this table."""

    table: int
    row: int
    column: int
    head: str
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of one column: its words, its 1-based page, its box in points from the top left corner,
    the font size of most of its characters and whether all of it is bold. `gap` is the white space above it in
    points (to the line before in the same column; None at the top of a block), `column` counts blocks on the page,
    `tinted` says that it stands on a tinted field. A list mark that is drawn stands in the text but is no word.
    """

    text: Text
    page: int = 1
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    bold: bool = False
    gap: float | None = None
    column: int = 0
    cell: CellPlace | None = None  # where it stands in a table
    tinted: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list point of running text, unwrapped to one string without line breaks.

    `heading` is the nearest sub-heading above it, `marker` the list mark that stood before it (`1.`, `•`; `att` is no
    mark), `lead` the paragraph that opens the list (`Socialnämnden beslutar att`), which itself has `opens_list`;
    `section` is the ordinal of the innermost section, None outside sections; `cell` is its place in a table.
    """

    text: Text
    zone: Zone = Zone.BODY
    heading: str | None = None
    section: int | None = None
    marker: str | None = None
    lead: Text | None = None
    opens_list: bool = False
    cell: CellPlace | None = None


@dataclass(slots=True)
class Section:
    """An agenda section or a sub-heading inside one. `ordinal` counts from 1 in document order; `parent` is the
    ordinal of the section around it; pages are 1-based."""

    ordinal: int
    number: str | None
    title: str
    page: int
    heading: Text
    number_to: str | None = None
    case_number: str | None = None
    parent: int | None = None
    page_end: int | None = None
    zone: Zone = Zone.BODY
    passages: list[Passage] = field(default_factory=list)


Kind = Literal["protokoll", "minnesanteckningar", "nyhetsbrev", "kallelse", "other"]
DateSource = Literal["title", "header", "inferred", "filename", "corrected"]
Outcome = Literal["approved", "noted", "rejected", "deferred", "remitted", "assigned", "elected", "proposed"]
RosterKind = Literal["replacement", "appointment", "departure"]
Precision = Literal["day", "week", "month", "quarter", "tertial", "half", "season", "year", "other"]
Bound = Literal["until", "by", "from"]
FundingKind = Literal[
    "funded_until",
    "application_deadline",
    "spend_by",
    "report_by",
    "agreement_until",
    "project_until",
    "budget_period",
]
Certainty = Literal["stated", "implied", "open_ended", "conditional", "past"]
DissentKind = Literal["reservation", "note", "abstains", "conflict"]
Category = Literal["member", "substitute", "other"]
VoteCast = Literal["yes", "no", "abstain", "absent"]


class Record(BaseModel):
    """What all records share is only their configuration: immutable, no unknown fields, `Text` allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Evidence(Record):
    """The printed words that a row rests on, and the id of the rule that read them (None: layout alone)."""

    quote: Text
    rule: str | None = None


class Meeting(Record):
    """What a document says of itself. Everything is None where the document does not say it."""

    kind: Kind = "other"
    title: str | None = None
    organ: str | None = None
    date: datetime.date | None = None
    date_source: DateSource | None = None
    issued_in: datetime.date | None = None  # the first day of the month that the head of an undated newsletter names
    chair: str | None = None
    secretary: str | None = None
    adjusters: tuple[str, ...] = ()
    form: str | None = None  # finer than the kind: utdrag, omedelbar justering, anslag …
    time_start: str | None = None  # HH:MM, as the header says it
    time_end: str | None = None
    place: str | None = None
    paragraphs_from: int | None = None
    paragraphs_to: int | None = None
    adjusted_on: datetime.date | None = None
    notice_up: datetime.date | None = None
    notice_down: datetime.date | None = None
    appeal_until: datetime.date | None = None
    names: frozenset[str] = frozenset()  # persons of the attendance list, as printed


class SectionHead(Record):
    """What people can put right of a section's heading."""

    number: str | None = None
    number_to: str | None = None
    title: str
    case_number: str | None = None


class HeaderField(Record):
    """One field of a document's header: its name (a column of `documents`), what it is worth (`09:00`, `2026-03-04`, a
    name) and the words that say so, as printed."""

    evidence: Evidence
    field: str
    value: str
    text: str


class Decision(Record):
    """One decision point. `assigned_to` got a task by it (as printed), to be done by `due`."""

    evidence: Evidence
    text: str
    outcome: Outcome
    organ: str | None = None
    assigned_to: str | None = None
    due: datetime.date | None = None
    section: int | None = None
    heading: str | None = None


class RosterChange(Record):
    """A lasting change of who sits where."""

    evidence: Evidence
    kind: RosterKind
    incoming: str | None = None
    incoming_role: str | None = None
    incoming_organization: str | None = None
    incoming_party: str | None = None
    outgoing: str | None = None
    outgoing_role: str | None = None
    outgoing_organization: str | None = None
    outgoing_party: str | None = None
    group_name: str | None = None
    position: str | None = None
    represents: str | None = None
    from_date: datetime.date | None = None
    until_date: datetime.date | None = None
    section: int | None = None
    heading: str | None = None


class DateMention(Record):
    """A date in running text; start and end are the first and last day of the mention itself."""

    evidence: Evidence
    text: str
    start: datetime.date
    end: datetime.date
    precision: Precision
    bound: Bound | None = None
    section: int | None = None


class Funding(Record):
    """A statement that money, an agreement or a project runs to an end, or that a deadline about money falls."""

    evidence: Evidence
    text: str
    kind: FundingKind
    certainty: Certainty
    subject: str | None = None
    source: str | None = None
    amount: float | None = None
    amount_per: Literal["year", "month", "each"] | None = None
    amount_text: str | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    old_end: datetime.date | None = None
    successor: str | None = None
    condition: str | None = None
    section: int | None = None
    heading: str | None = None


class Attendee(Record):
    """One person present, in one capacity."""

    evidence: Evidence
    name: str
    category: Category
    party: str | None = None
    organization: str | None = None
    role: str | None = None
    stands_in_for: str | None = None
    presence: str | None = None  # as printed: `§§ 115–122`, `kl. 13.00–15.20`, `delvis`
    section_from: str | None = None  # the first and last paragraph of an unbroken run
    section_to: str | None = None
    serving: bool | None = None  # whether the person voted; None where the page does not tell
    matter: str | None = None  # the one matter that the person was there for


class Ballot(Record):
    """One vote: the totals that the text states and those that its list of names gives. `number` counts the votes of
    one numbered section; counted totals are None where no list names such voters."""

    evidence: Evidence
    number: int
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    absent: int | None = None
    counted_yes: int | None = None
    counted_no: int | None = None
    counted_abstain: int | None = None
    counted_absent: int | None = None
    outcome_text: str | None = None
    decision: int | None = None  # the place of its decision in `Protocol.decisions`, from 0
    section: int | None = None


class Vote(Record):
    """How one person voted; `ballot` is the place of its ballot among the document's ballots, from 1."""

    evidence: Evidence
    ballot: int
    name: str
    vote: VoteCast
    party: str | None = None
    section: int | None = None


class Dissent(Record):
    """A person (`name`) or group that went against a decision, had something noted, or took no part in it.

    `decision` is the place of its decision in `Protocol.decisions`, counted from 0; None where there is none.
    """

    evidence: Evidence
    kind: DissentKind
    text: str
    name: str | None = None
    party: str | None = None
    group_name: str | None = None
    decision: int | None = None
    section: int | None = None


class Doubt(Record):
    """A cue was found and no safe row could be made of it; the message says why, in Swedish."""

    evidence: Evidence
    kind: str  # the table whose row was not made: decisions, roster_changes, dates, funding, attendance, votes
    cue: str
    message: str
    section: int | None = None


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as it is shown and searched: 1-based number, size in points, its text in reading order; how sound its text
    layer looks (0 to 1; None without words) and why, in Swedish; how many personal numbers were hidden, and where."""

    number: int
    width: float
    height: float
    text: str
    scanned: bool = False
    quality: float | None = None
    quality_note: str | None = None
    numbers: int = 0
    masked: tuple[Box, ...] = ()


@dataclass(slots=True)
class Protocol:
    """All that was read from one document. `stated` is what it says of itself where people corrected `meeting`;
    `lines` are the words of all its pages, for finding quotes again."""

    meeting: Meeting
    pages: list[PageText] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    roster_changes: list[RosterChange] = field(default_factory=list)
    funding: list[Funding] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    attendance: list[Attendee] = field(default_factory=list)
    dissents: list[Dissent] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)
    votes: list[Vote] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    header_fields: list[HeaderField] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    stated: Meeting | None = None
    lines: list[Text] = field(default_factory=list)
