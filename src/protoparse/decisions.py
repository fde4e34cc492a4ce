"""What was decided: passages → decision rows, by the cues of `rules/decisions.yml` and a small grammar of who acts.

Under a heading `Beslut` every point is a decision and the cues only tell its outcome. In other running text a
sentence is a decision only when it says so itself and its subject is the organ that met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import Any

from protoparse.cues import CueFinder
from protoparse.deciding import points
from protoparse.deciding.acts import Act, Verbs, meant
from protoparse.deciding.blocks import blocks, is_point
from protoparse.deciding.claims import deciding, doubtful
from protoparse.deciding.clauses import PROPOSES, QUOTES_PROPOSAL, is_of_other_meeting
from protoparse.deciding.leads import LISTED, OPENING, Frame
from protoparse.deciding.organs import Organs
from protoparse.deciding.outcomes import outcome_of
from protoparse.deciding.paragraphs import Paragraphs
from protoparse.models import Decision, Doubt, Evidence, Meeting, Outcome, Passage, Zone
from protoparse.passages import ATT
from protoparse.sentences import boundaries
from protoparse.text import Text, join

_ELECTION = re.compile(r"(?:\w*val|entledigande|byte)\b", re.IGNORECASE)
_FOUND = re.compile(r"\b(?:finner|fann|konstaterar|konstaterade)\b", re.IGNORECASE)
_OPEN = (Zone.BODY, Zone.INFORMATION, Zone.DECISION_GROUP)  # a row only where the words say so


def find_decisions(
    meeting: Meeting,
    passages: Sequence[Passage],
    cues: CueFinder,
    words: Mapping[str, Any],
    titles: Mapping[int, str] | None = None,
) -> tuple[list[Decision], list[Doubt]]:
    """The decision points of a document in their order, and the places where a cue could not be read safely.

    `words` are the word lists of the rule file: names of organs, forms of verbs. `titles` are those of the sections.
    """
    electing = frozenset(section for section, title in (titles or {}).items() if _ELECTION.match(title))
    organs = Organs.of(words, meeting.organ, meeting.title)
    reader = _Reader(Paragraphs(meeting, cues, organs, Verbs.of(words), electing))
    if meeting.kind == "kallelse":
        return reader.rows, reader.doubts
    passages = blocks(passages, organs.own)
    sections = ruled(passages)
    spoken = reader.spoken(passages)
    runs = [list(run) for _, run in groupby(passages, key=lambda p: (p.zone, p.section, p.heading))]
    for at, run in enumerate(runs):
        zone, section = run[0].zone, run[0].section
        if zone in LISTED and not (zone is Zone.PROPOSED and _is_dealt_with(runs[at + 1 :], section)):
            reader.listed(run)
        elif reads(run[0], meeting, sections):
            reader.open(run, alone=section not in sections and section not in spoken)
    return reader.rows, reader.doubts


def ruled(passages: Sequence[Passage]) -> frozenset[int | None]:
    """The sections that have a heading `Beslut`: in their other running text nothing is decided."""
    return frozenset(p.section for p in passages if p.zone is Zone.DECISION)


def reads(passage: Passage, meeting: Meeting, sections: frozenset[int | None]) -> bool:
    """Whether decisions are looked for in a passage; `sections` are those of `ruled`."""
    if meeting.kind == "kallelse" or (passage.zone is Zone.BODY and passage.section in sections):
        return False
    return passage.zone in (*LISTED, *_OPEN)


def _is_dealt_with(after: Sequence[Sequence[Passage]], section: int | None) -> bool:
    """Whether a proposal is discussed and then decided in the same section: then it is only quoted."""
    zones = [run[0].zone for run in after if run[0].section == section]
    dealt = [at for at, zone in enumerate(zones) if zone in (Zone.MOTION, Zone.PROCEDURE)]
    return bool(dealt) and Zone.DECISION in zones[dealt[0] :]


def _points_back(text: str, found: Sequence[Act]) -> bool:
    """Whether a sentence (`Så beslutades.`) only says that what stands before it was decided."""
    return len(found) == 1 and found[0].form == "implicit" and len(text.split()) <= 4


@dataclass(slots=True)
class _Reader:
    """Reads the passages of one document in their order."""

    read: Paragraphs
    rows: list[Decision] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    # -- rows

    def row(self, quote: Text, passage: Passage, outcome: Outcome, organ: str | None, rule: str | None) -> None:
        """Adds a decision."""
        if not quote.string.strip(" .,;:"):
            return
        self.rows.append(
            Decision(
                evidence=Evidence(quote=quote, rule=rule),
                text=quote.string,
                outcome=outcome,
                organ=organ or self.read.organs.own,
                section=passage.section,
                heading=passage.heading,
            )
        )

    def point(self, quote: Text, passage: Passage, frame: Frame | None) -> None:
        """One point that is a decision: its outcome, who decides, and a row of it."""
        found = self.read.find(quote.string)
        outcome, act = outcome_of(quote.string, found, self.read.verbs)
        organ, upper = self.read.organ(quote.string, found, frame)
        if frame and frame.each and act is None:
            outcome = frame.each
        if upper:
            outcome = "proposed"
        if frame and frame.outcome and not (organ and frame.organ is None):
            outcome = frame.outcome
        opening = next((a for a in meant(found) if a.form in ("opener", "label")), None)
        told = act or opening
        self.row(quote, passage, outcome, organ, told.rule.id if told else frame.rule if frame else None)

    def doubt(self, sentence: Text, passage: Passage, act: Act) -> None:
        """Adds a place that could not be read safely."""
        self.doubts.append(
            Doubt(
                evidence=Evidence(quote=sentence, rule=act.rule.id),
                kind="decisions",
                cue=sentence.string[act.start : act.end],
                message="Det framgår inte säkert vem som beslutar; ingen rad gjordes.",
                section=passage.section,
            )
        )

    def spoken(self, passages: Sequence[Passage]) -> frozenset[int | None]:
        """The sections in whose running text the chair finds something and the organ then decides: the decision is what
        counts there."""
        found: set[int | None] = set()
        done: set[int | None] = set()
        for passage in passages:
            if passage.zone not in (*_OPEN, Zone.PROCEDURE, Zone.VOTE):
                continue
            text = passage.text.string
            if passage.section in found and self.read.opens(text):
                done.add(passage.section)
            if _FOUND.search(text):
                found.add(passage.section)
        return frozenset(done)

    # -- under a heading Beslut

    def listed(self, passages: Sequence[Passage]) -> None:
        """A run of passages under one heading that makes every point a row."""
        if not self.read.leads.binds(passages[0]):
            return
        proposed = passages[0].zone is Zone.PROPOSED
        frame, unfinished = Frame(self.read.organs.own, "proposed") if proposed else None, None
        marker, beside = None, False
        for whole, passage, more in self._units(passages):
            before, marker = marker, passage.marker
            if points.is_caption(whole.string, marker, before) and not self.read.find(whole.string):
                continue
            opens = more or passage.opens_list
            for unit in self._before_lead(whole, opens):
                found = self.read.find(unit.string)
                last = unit.string.endswith(whole.string[-20:])
                kept = points.without_asides(unit, found)
                # what only lists the things of an aside (`A anmäler jäv i följande ärenden:`) decides nothing
                beside = kept is None if passage.marker is None else beside
                lead = self.read.lead(unit.string, passage) if last and opens and kept else None
                if lead is not None:
                    frame = self._under(lead, proposed)
                elif ATT.match(unit.string) and unfinished is not None:
                    frame = self._under(unfinished, proposed)
                unfinished = self._unfinished(unit.string, unfinished)
                if (
                    lead is None
                    and kept is not None
                    and not self._is_retold(unit.string)
                    and (meant(found) or not beside)
                ):
                    self._points(kept, passage, frame)

    def _is_retold(self, text: str) -> bool:
        """Whether a paragraph under Beslut tells what another organ or another meeting did."""
        first = next((act for act in meant(self.read.find(text)) if act.outcome or act.form == "opener"), None)
        return self.read.organs.others_have(text) or is_of_other_meeting(text, first, self.read.meeting.date)

    def _under(self, lead: Frame, proposed: bool) -> Frame:
        """The lead-in of a list, inside a heading that may make proposals of all: `Fullmäktige beslutar` as well, but
        not what the organ that met decides `för egen del`."""
        return Frame(self.read.organs.own, "proposed", lead.rule) if proposed else lead

    def _unfinished(self, text: str, before: Frame | None) -> Frame | None:
        """The frame of `X beslutar att …,` when an att-clause on the next line may go on with it."""
        if re.search(r"[.!?]\s*$", text):
            return None
        opened = self.read.leads.unfinished(text, self.read.find(text))
        return opened or (before if ATT.match(text) else None)

    def _units(self, passages: Sequence[Passage]) -> Iterator[tuple[Text, Passage, bool]]:
        """The points of a run, with the bullets that only spell out a point put behind it; and whether more follows."""
        at = 0
        while at < len(passages):
            passage, text = passages[at], passages[at].text
            at += 1
            first = at
            listed = self._only_listed(text.string, passages, at)
            while at < len(passages) and (
                at < listed
                or self._belongs(text.string, passage, passages[at])
                or (
                    at > first
                    and points.is_subpoint(passages[at].marker)
                    and passages[at].marker == passages[first].marker
                )
            ):
                sign = f"{passages[at].marker} " if passages[at].marker else ""
                text = join([text, Text(sign) + passages[at].text])
                at += 1
            yield text, passage, at < len(passages)

    def _only_listed(self, text: str, passages: Sequence[Passage], at: int) -> int:
        """How far the passages only name the things or persons that the clause before them speaks of: points without
        a verb under a clause with its own, names under `utses:`."""
        end = at
        if passages[at - 1].marker is None and text.rstrip().endswith(":") and self._elects(text):
            while end < len(passages) and passages[end].marker is None and points.is_person(passages[end].text.string):
                end += 1
            if end > at:
                return end
        while end < len(passages) and passages[end].marker is not None:
            end += 1
        same = passages[at - 1].marker, passages[at].marker if end > at else None
        if end == at or (same[0] and points.is_subpoint(same[0]) == points.is_subpoint(same[1])):
            return at
        if self.read.lead(text, passages[at - 1]) is not None:
            return at
        return end if self.read.names_only(text, [passage.text.string for passage in passages[at:end]]) else at

    def _elects(self, text: str) -> bool:
        return any(act.outcome == "elected" for act in meant(self.read.find(text)))

    def _belongs(self, text: str, passage: Passage, after: Passage) -> bool:
        """Whether the next passage only continues a point: a bullet under a full clause, or the rest of a cut line."""
        if after.marker is None:
            if text.rstrip().endswith(":") and passage.marker is None and not passage.opens_list:
                return bool(meant(self.read.find(text))) and self.read.lead(text, passage) is None
            bare = ATT.match(after.text.string) and not ATT.match(text) and not passage.marker
            if bare and text.rstrip().endswith(",") and points.is_verbless(text, self.read.find(text)):
                return True  # `Redovisning av uppdraget, / att måla bryggan, antecknas.`
            return points.is_cut(text, after.text)
        if not points.is_subpoint(after.marker) or points.is_subpoint(passage.marker):
            return False
        if passage.marker is None and " - " not in text and not text.rstrip().endswith((":", "att")):
            return False
        return self.read.lead(text, passage) is None

    def _before_lead(self, unit: Text, opens: bool) -> list[Text]:
        """A paragraph whose last sentence only opens the list below it, cut before that sentence."""
        spans = boundaries(unit.string)
        if not opens or len(spans) < 2:
            return [unit]
        start = spans[-1][0]
        return [unit] if self.read.lead(unit.string[start:]) is None else [unit[:start].strip(), unit[start:]]

    # -- the points of a paragraph

    def _points(self, unit: Text, passage: Passage, frame: Frame | None) -> None:
        """A row for each point of a paragraph, unless its lead-in says that nothing is decided."""
        if frame is not None and not frame.decided:
            return
        whole = (
            is_point(passage)
            or (frame and frame.outcome)
            or any(a.form in OPENING for a in self.read.find(unit.string))
        )
        for piece in [unit] if whole else self.read.by_kind(unit, passage):
            for part, own in self.read.parts(piece, frame):
                self.point(part, passage, own)

    # -- in running text

    def open(self, passages: Sequence[Passage], alone: bool) -> None:
        """A run of passages in which a sentence must say itself that it is a decision."""
        frame = unfinished = None
        quoted = quoting = False
        for passage, after in zip_longest(passages, passages[1:]):
            quoted = bool(quoting)
            text = passage.text.string
            opens = passage.opens_list or (is_point(after) and not is_point(passage))
            if passage.opens_list or not is_point(passage):
                frame = None
            lead = self._spoken_lead(passage, alone) if opens else None
            quoting = bool(QUOTES_PROPOSAL.search(text)) and text.rstrip().endswith(":")
            if lead is not None or (passage.opens_list and PROPOSES.search(text)):
                frame = lead or Frame(None, decided=False)
            elif quoted and frame is None:
                frame = Frame(None, decided=False)
            elif ATT.match(text) and unfinished is not None:
                frame = unfinished
            rows = len(self.rows)
            if lead is None and frame is not None and not passage.opens_list:
                self._points(passage.text, passage, frame)
            elif lead is None and meant(self.read.find(text)):
                self._paragraph(passage, alone)
            unfinished = self._unfinished(text, unfinished) if len(self.rows) > rows else None

    def _spoken_lead(self, passage: Passage, alone: bool) -> Frame | None:
        """A lead-in in running text: it must itself say that something is decided."""
        text = passage.text.string
        lead = self.read.lead(text, passage)
        if lead is None or lead.rule is None:
            return None
        claim = self.read.claim(text, self.read.find(text), passage, alone)
        return None if (lead.outcome == "assigned" or lead.each) and deciding(claim) is None else lead

    def _paragraph(self, passage: Passage, alone: bool) -> None:
        if self._labelled(passage) or self._inline(passage):
            return
        quotes = points.quotes(passage.text.string)
        found = [a for a in self.read.find(passage.text.string) if not any(x < a.start < y for x, y in quotes)]
        before: int | None = None  # where the sentence before begins that is no row of its own
        for start, end in boundaries(passage.text.string):
            own = [act.moved(-start) for act in found if start <= act.start and act.end <= end]
            if before is not None and own and _points_back(passage.text.string[start:end], own):
                own, start = [act.moved(start - before) for act in own], before
            rows = len(self.rows)
            if own:
                self._sentence(passage.text[start:end], passage, own, alone)
            before = start if len(self.rows) == rows else None

    def _labelled(self, passage: Passage) -> bool:
        """`Beslut: …` at the start of a paragraph makes all of it a decision."""
        text = passage.text.string
        label = next((act for act in self.read.find(text) if act.form == "label"), None)
        if label is None:
            return False
        before = text[: label.start].strip(" -–•")
        if before and not re.fullmatch(r"(?:[\w-]+ ){0,3}[\w-]+s", before):
            return False
        kept = points.without_asides(passage.text, self.read.find(text))
        if kept and not PROPOSES.search(before) and re.search(r"\w{3}", text[label.end :]):
            self._points(kept, passage, None)
        return True

    def _inline(self, passage: Passage) -> bool:
        """`X fattade följande beslut: 1. … 2. …` in one paragraph."""
        text = passage.text.string
        first = points.NUMBER.search(text)
        if not first or not first.start() or not points.numbered(text):
            return False
        lead = self.read.lead(text[: first.start()])
        if lead is not None:
            self._points(passage.text, passage, lead)
        return lead is not None

    def _sentence(self, sentence: Text, passage: Passage, found: list[Act], alone: bool) -> None:
        if at := points.stuck_heading(sentence.string, found, self.read.organs.own):
            sentence, found = sentence[at:], [act.moved(-at) for act in found if act.start >= at]
        if self.read.leads.is_bare(sentence.string, found):
            return
        claim = self.read.claim(sentence.string, found, passage, alone)
        decided = deciding(claim)
        if decided is None:
            if (act := doubtful(claim)) is not None:
                self.doubt(sentence, passage, act)
            return
        act, organ = decided
        for part in self._sentence_parts(sentence, act):
            outcome, main = self.read.outcome(part.string, act, found)
            self.row(part, passage, outcome, organ, (main or act).rule.id)

    def _sentence_parts(self, sentence: Text, act: Act) -> list[Text]:
        """The points of a sentence that decides: those of `X beslutar att …, att …`; a proposal without its lead-in."""
        if act.form == "opener":
            return [part for part, _ in self.read.parts(sentence, None)]
        inline = self.read.inline_lead(sentence.string) if act.form == "upward" else None
        return [sentence[inline[0] :] if inline else sentence]
