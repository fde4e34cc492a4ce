"""From a document to its records: the table of contents of the program."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from protoparse.agenda import read_agenda
from protoparse.attendance import read_attendance
from protoparse.attendees import Register
from protoparse.cues import CueFinder
from protoparse.dates import MONTHS, Grammar, Mention, Unread, find_dates
from protoparse.deciding.tasks import task_of
from protoparse.decisions import find_decisions
from protoparse.dissents import Words as DissentWords
from protoparse.dissents import find_dissents
from protoparse.funding import find_funding
from protoparse.header import read_meeting, title_index
from protoparse.labels import Words, fields
from protoparse.models import (
    Ballot,
    DateMention,
    Decision,
    Dissent,
    Doubt,
    Evidence,
    Kind,
    Meeting,
    PageText,
    Passage,
    Protocol,
    Section,
    Zone,
)
from protoparse.passages import passages, plain_lines
from protoparse.pdf.layout import Layout, lay_out
from protoparse.pdf.mend import Lexicon, mended
from protoparse.pdf.reader import Document, read
from protoparse.people import People
from protoparse.presence import Presence
from protoparse.privacy import Labels, labels_of, masked, masked_text
from protoparse.quality import judged
from protoparse.roster import find_roster_changes
from protoparse.rules import RuleSet
from protoparse.seats.words import Words as SeatWords
from protoparse.text import Text
from protoparse.ties import Ties
from protoparse.votes import read_votes
from protoparse.votewords import VoteWords
from protoparse.zones import Headings


@dataclass(frozen=True, slots=True)
class Kit:
    """What is built once from the rules and used for every document."""

    headings: Headings
    words: Words
    table_heads: tuple[str, ...]
    register: Register
    votes: VoteWords
    people: People
    grammar: Grammar
    decision_cues: CueFinder
    decision_words: Mapping[str, Any]
    roster_cues: CueFinder
    roster_words: SeatWords
    funding_cues: CueFinder
    funding_words: Mapping[str, Sequence[str]]
    dissent_words: DissentWords
    number_labels: Labels
    lexicon: Callable[[], Lexicon]
    function_words: frozenset[str]

    def is_heading(self, text: str) -> bool:
        """Whether a text is a known sub-heading."""
        return self.headings.zone(text) is not None

    def is_label(self, text: str) -> bool:
        """Whether a text is a label of a protocol's header."""
        return self.words.label(text) is not None

    def heads_persons(self, text: str) -> bool:
        """Whether a text is a label of a protocol's header or a party's name above its members there."""
        return self.is_label(text) or self.people.parties.is_head(text)

    @classmethod
    def of(cls, rules: RuleSet) -> Kit:
        """Raises RuleError when a rule cannot be used."""
        people = People.of(rules.data["people"])
        return cls(
            Headings.of(rules.data["headings"]["words"]),
            Words.of(rules.data["header"]["words"]),
            rules.words("header", "tables"),
            Register(people, Presence.of(rules.data["people"]), rules.data["header"]["words"]),
            VoteWords.of(rules.data["votes"]),
            people,
            Grammar.of(rules.data["dates"]),
            CueFinder(rules.of_kind("decision")),
            rules.data["decision"]["words"],
            CueFinder(rules.of_kind("roster")),
            SeatWords(rules.data["roster"]["words"]),
            CueFinder(rules.of_kind("funding")),
            rules.data["funding"]["words"],
            DissentWords.of(rules.data["dissent"]["words"]),
            labels_of(rules.words("privacy", "personal"), rules.words("privacy", "other")),
            cache(lambda: lexicon_of(rules)),
            frozenset(rules.words("ocr", "function")),
        )


def lexicon_of(rules: RuleSet) -> Lexicon:
    """All words of the rule files; what letters are misread as. Only OCR pages need it, so it is made for the first."""
    words = frozenset(chain.from_iterable(_WORDS.findall(part.lower()) for part in _strings(rules.data)))
    pairs = (pair.split() for pair in rules.words("ocr", "confusions"))
    confusions = tuple((read, printed) for read, printed in pairs)
    return Lexicon(words, confusions, rules.words("ocr", "joined"), frozenset(rules.words("ocr", "apart")))


_WORDS = re.compile(r"[a-zåäöéü]{2,}")


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)


def read_document(path: Path, kit: Kit, keep_numbers: bool = False) -> Document:
    """A PDF file's pages of words: what a machine misread is mended, each page is told how sound its text looks, and
    personal numbers are hidden unless they are kept. Raises Unreadable."""
    document = judged(mended(read(path), kit.lexicon), kit.function_words)
    return document if keep_numbers else masked(document, kit.number_labels)


def _as_stated(meeting: Meeting) -> Meeting:
    return meeting


def parse(source: Path | Document, kit: Kit, amend: Callable[[Meeting], Meeting] = _as_stated) -> Protocol:
    """All records of a PDF file or of a document already read. `amend` puts right what the document says of itself,
    before the rest is read by its day and organ. Raises Unreadable."""
    document = source if isinstance(source, Document) else read_document(source, kit)
    layout = lay_out(document, kit.table_heads, kit.is_heading, kit.is_label)
    agenda = read_agenda(layout.lines, kit.headings, title_index(layout.lines, kit.words), kit.heads_persons)
    around = [line for line in (*agenda.front, *agenda.back) if line.cell is None or line.cell.listed]
    labelled = fields(around, kit.words)
    attendance, unlisted = read_attendance(labelled, kit.register, layout.lines, agenda.passages)
    meeting, header_fields = read_meeting(
        document, layout, agenda, labelled, attendance, kit.words, _absolute_dates(kit), kit.people
    )
    meeting = meeting.model_copy(update={"names": frozenset(a.name for a in attendance)})
    protocol = _facts(amend(meeting), agenda.sections, agenda.passages, kit)
    protocol.stated, protocol.lines = meeting, [line.text for line in layout.lines]
    protocol.pages = _pages(document, layout)
    protocol.attendance = attendance
    protocol.header_fields = header_fields
    protocol.ballots, protocol.votes, uneven = read_votes(
        layout.lines, agenda.passages, agenda.sections, kit.people, kit.votes
    )
    protocol.doubts += [*unlisted, *uneven]
    return _tied(protocol)


def parse_text(text: str, organ: str | None, anchor: datetime.date | None, kind: Kind, kit: Kit) -> Protocol:
    """What the rules make of a piece of text, read as if it stood on a page."""
    meeting = Meeting(kind=kind, organ=organ, date=anchor)
    text, _ = masked_text(text, kit.number_labels)
    return _tied(_facts(meeting, [], passages(plain_lines(text), kit.headings), kit))


Told = TypeVar("Told", Dissent, Ballot)


def _tied(protocol: Protocol) -> Protocol:
    """Dissents and ballots with the decision that each belongs to: a vote and a conflict of interest come before it."""
    if protocol.decisions and (protocol.dissents or protocol.ballots):
        ties = Ties.of(protocol.passages, protocol.decisions, protocol.sections)
        protocol.dissents = [_of_decision(one, ties, one.kind == "conflict") for one in protocol.dissents]
        protocol.ballots = [_of_decision(one, ties, True) for one in protocol.ballots]
    return protocol


def _of_decision(record: Told, ties: Ties, ahead: bool) -> Told:
    decision = ties.decision(record.evidence.quote, record.section, ahead)
    return record.model_copy(update={"decision": decision})


def _facts(meeting: Meeting, sections: list[Section], running: Sequence[Passage], kit: Kit) -> Protocol:
    """Decisions, roster changes, funding and dates of the running text."""
    dates = _date_reader(meeting.date, kit)
    if meeting.date is None and meeting.issued_in:
        dates = _month_reader(meeting.issued_in, kit)

    def mentions(text: str) -> list[Mention]:
        return dates(text)[0]

    titles = _titles(sections)
    headings = {section.ordinal: section.heading for section in sections}
    protocol = Protocol(meeting, sections=sections, passages=list(running))
    decided, decision_doubts = find_decisions(meeting, running, kit.decision_cues, kit.decision_words, titles)
    protocol.decisions = [_with_task(decision, mentions) for decision in decided]
    protocol.roster_changes, roster_doubts = find_roster_changes(
        meeting, running, kit.roster_cues, kit.people, mentions, kit.roster_words, titles, headings
    )
    protocol.funding, funding_doubts = find_funding(
        meeting, running, kit.funding_cues, mentions, titles, kit.funding_words, headings
    )
    protocol.dates, date_doubts = _dates(running, dates, titles)
    protocol.dissents, dissent_doubts = find_dissents(running, kit.people, meeting.names, kit.dissent_words)
    protocol.doubts = [*decision_doubts, *roster_doubts, *funding_doubts, *date_doubts, *dissent_doubts]
    return protocol


def _with_task(decision: Decision, dates: Callable[[str], list[Mention]]) -> Decision:
    task = task_of(decision.text, decision.outcome, dates)
    return decision.model_copy(update={"assigned_to": task.assigned_to, "due": task.due}) if task else decision


ReadDates = Callable[..., tuple[list[Mention], list[Unread]]]  # a text, and the heading above it if it matters


def _date_reader(anchor: datetime.date | None, kit: Kit) -> ReadDates:
    """Dates of a text against the document's date; the same sentence is read once."""

    @lru_cache(maxsize=1024)
    def dates(text: str, heading: str | None = None) -> tuple[list[Mention], list[Unread]]:
        return find_dates(text, anchor, kit.grammar, heading)

    return dates


def _month_reader(first: datetime.date, kit: Kit) -> ReadDates:
    """Dates of a text written on an unknown day of a month: what is the same day seen from its first and its last, and
    a day that is said to lie in that month; `i går` and `på fredag` are not read."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    bare, early, late = (_date_reader(day, kit) for day in (None, first, last))
    in_month = re.compile(
        rf"\d\.?(?::?e)?\s*(?:{MONTHS[first.month - 1][:3]}|/\s*0?{first.month}(?!\d))", re.IGNORECASE
    )

    @lru_cache(maxsize=1024)
    def dates(text: str, heading: str | None = None) -> tuple[list[Mention], list[Unread]]:
        sure, unread = bare(text, heading)
        if not unread:
            return sure, unread
        one, other = early(text, heading)[0], late(text, heading)[0]
        safe = {it for it in one if it in other} | {
            it
            for it in (*one, *other)
            if it.precision == "day"
            and it.first <= last
            and it.last >= first
            and in_month.search(text, it.start, it.end)
        }
        read = sorted(safe, key=lambda it: (it.start, it.end, it.first))
        return read, [it for it in unread if not any(m.start < it.end and it.start < m.end for m in read)]

    return dates


def _absolute_dates(kit: Kit) -> Callable[[str], list[Mention]]:
    return lambda text: find_dates(text, None, kit.grammar)[0]


def _titles(sections: Sequence[Section]) -> Mapping[int, str]:
    return {section.ordinal: section.title for section in sections}


_LONGEST_LINE = 80  # characters
_NO_DATES = frozenset({Zone.CONTENTS, Zone.ATTENDANCE, Zone.HEADER})


def _dates(
    running: Sequence[Passage], dates: ReadDates, titles: Mapping[int, str]
) -> tuple[list[DateMention], list[Doubt]]:
    found: list[DateMention] = []
    doubts: list[Doubt] = []
    line, line_of = "", None  # the last short line of a section that ends with a year, which may head a list
    for passage in running:
        if passage.zone in _NO_DATES:
            continue
        said = passage.text.string
        line = "" if passage.section != line_of else line
        above = next((text for text in (passage.heading, titles.get(passage.section or 0), line) if _dated(text)), None)
        mentions, unread = dates(said, *([above] if above else []))
        line, line_of = (said if _dated(said) and len(said) <= _LONGEST_LINE else line), passage.section
        found.extend(_mention(passage, mention) for mention in mentions)
        doubts.extend(_unread(passage, doubt) for doubt in unread)
    return found, doubts


def _dated(text: str | None) -> bool:
    """Whether a line ends with figures, as that above a calendar does."""
    return bool(text) and (text or "").rstrip(" :")[-2:].isdigit()


def _mention(passage: Passage, mention: Mention) -> DateMention:
    return DateMention(
        evidence=Evidence(quote=passage.text[mention.bound_start : mention.end], rule=mention.rule),
        text=passage.text[mention.start : mention.end].printed,
        start=mention.first,
        end=mention.last,
        precision=mention.precision,
        bound=mention.bound,
        section=passage.section,
    )


def _unread(passage: Passage, unread: Unread) -> Doubt:
    quote: Text = passage.text[unread.start : unread.end]
    return Doubt(
        evidence=Evidence(quote=quote, rule=unread.rule),
        kind="dates",
        cue=quote.string,
        message=unread.message,
        section=passage.section,
    )


def _pages(document: Document, layout: Layout) -> list[PageText]:
    texts: dict[int, list[str]] = {page.number: [] for page in document.pages}
    for line in layout.lines:
        texts[line.page].append(line.text.string)
    return [
        PageText(
            number=page.number,
            width=page.width,
            height=page.height,
            text="\n".join(texts[page.number]),
            scanned=page.scanned,
            quality=page.quality,
            quality_note=page.note,
            numbers=page.numbers,
            masked=page.masked,
        )
        for page in document.pages
    ]
