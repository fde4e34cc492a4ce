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
from protoparse.deciding.acts import Act, Verbs, acts, meant
from protoparse.deciding.claims import Claim, deciding, doubtful
from protoparse.deciding.clauses import PROPOSES, QUOTES_PROPOSAL, is_of_other_meeting
from protoparse.deciding.leads import LISTED, OPENING, Frame, Leads
from protoparse.deciding.organs import Organs
from protoparse.deciding.outcomes import outcome_of, outcome_said, stronger
from protoparse.models import Decision, Doubt, Evidence, Meeting, Outcome, Passage, Zone
from protoparse.sentences import boundaries
from protoparse.text import Text, join

_ELECTION = re.compile(r"(?:\w*val|entledigande|byte)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"(?:den|det|de|dessa|denna|detta|därmed|härmed|övriga?)\b|\w+ \w+ därmed\b", re.IGNORECASE)
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
    organs = Organs.of(words, meeting.organ)
    electing = frozenset(section for section, title in (titles or {}).items() if _ELECTION.match(title))
    reader = _Reader(meeting, cues, organs, Verbs.of(words), Leads(meeting, organs), electing)
    if meeting.kind == "kallelse":
        return reader.rows, reader.doubts
    ruled = {p.section for p in passages if p.zone is Zone.DECISION}
    runs = [list(run) for _, run in groupby(passages, key=lambda p: (p.zone, p.section, p.heading))]
    for at, run in enumerate(runs):
        zone, section = run[0].zone, run[0].section
        if zone in LISTED and not (zone is Zone.PROPOSED and _is_dealt_with(runs[at + 1 :], section)):
            reader.listed(run)
        elif zone in _OPEN and not (zone is Zone.BODY and section in ruled):
            reader.open(run, alone=section not in ruled)
    return reader.rows, reader.doubts


def _is_dealt_with(after: Sequence[Sequence[Passage]], section: int | None) -> bool:
    """Whether a proposal is discussed and then decided in the same section: then it is only quoted."""
    zones = [run[0].zone for run in after if run[0].section == section]
    dealt = [at for at, zone in enumerate(zones) if zone in (Zone.MOTION, Zone.PROCEDURE)]
    return bool(dealt) and Zone.DECISION in zones[dealt[0] :]


def _is_point(passage: Passage | None) -> bool:
    """Whether a passage is a point of a list: it has a mark or is an att-clause."""
    return passage is not None and bool(passage.marker or points.JOINS.match(passage.text.string))


@dataclass(slots=True)
class _Reader:
    """Reads the passages of one document in their order."""

    meeting: Meeting
    finder: CueFinder
    organs: Organs
    verbs: Verbs
    leads: Leads
    electing: frozenset[int]
    rows: list[Decision] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    known: dict[str, list[Act]] = field(default_factory=dict)

    def find(self, text: str) -> list[Act]:
        """The acts of a text; looked for once, as a point is read more than once on its way."""
        if text not in self.known:
            self.known[text] = acts(text, self.finder, self.verbs)
        return self.known[text]

    def lead(self, text: str, passage: Passage | None = None) -> Frame | None:
        """What a lead-in says of the points under it; None when the text is no mere lead-in."""
        return self.leads.read(text, self.find(text), passage)

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
                organ=organ or self.meeting.organ,
                section=passage.section,
                heading=passage.heading,
            )
        )

    def point(self, quote: Text, passage: Passage, frame: Frame | None) -> None:
        """One point that is a decision: its outcome, who decides, and a row of it."""
        found = self.find(quote.string)
        outcome, act = outcome_of(quote.string, found, self.verbs)
        organ, upper = self._organ(quote.string, found, frame)
        if upper:
            outcome = "proposed"
        if frame and frame.outcome and not (organ and frame.organ is None):
            outcome = frame.outcome
        opening = next((a for a in meant(found) if a.form in ("opener", "label")), None)
        told = act or opening
        self.row(quote, passage, outcome, organ, told.rule.id if told else frame.rule if frame else None)

    def _organ(self, text: str, found: Sequence[Act], frame: Frame | None) -> tuple[str | None, bool]:
        """Who decides a point, and whether that is a council above the organ that met."""
        if frame and frame.outcome == "proposed":
            return frame.organ, False
        given = frame.organ if frame else self.organs.own
        first = next((a for a in meant(found) if a.form in ("opener", "verb", "upward", "consensus")), None)
        if first is None or first.shape in ("passive", "infinitive"):
            return given, False
        subject = self.organs.subject(text, first.start, first.end)
        if subject is None or subject.before.strip():
            return given, False
        name = self.organs.printed(subject.name)
        return (self.organs.own, True) if self.organs.is_above(name) else (name, False)

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

    # -- under a heading Beslut

    def listed(self, passages: Sequence[Passage]) -> None:
        """A run of passages under one heading that makes every point a row."""
        if not self.leads.binds(passages[0]):
            return
        proposed = passages[0].zone is Zone.PROPOSED
        frame, unfinished = Frame(self.organs.own, "proposed") if proposed else None, None
        marker = None
        for whole, passage, more in self._units(passages):
            before, marker = marker, passage.marker
            if points.is_caption(whole.string, marker, before) and not self.find(whole.string):
                continue
            opens = more or passage.opens_list
            for unit in self._before_lead(whole, opens):
                found = self.find(unit.string)
                last = unit.string.endswith(whole.string[-20:])
                lead = self.lead(unit.string, passage) if last and opens else None
                if lead is not None:
                    frame = self._under(lead, proposed)
                elif points.JOINS.match(unit.string) and unfinished is not None:
                    frame = self._under(unfinished, proposed)
                unfinished = self._unfinished(unit.string, unfinished)
                if lead is None and not self._is_retold(unit.string):
                    kept = points.without_asides(unit, found)
                    if kept is not None:
                        self._points(kept, passage, frame)

    def _is_retold(self, text: str) -> bool:
        """Whether a paragraph under Beslut tells what another organ or another meeting did."""
        first = next((act for act in meant(self.find(text)) if act.outcome or act.form == "opener"), None)
        return self.organs.others_have(text) or is_of_other_meeting(text, first, self.meeting.date)

    def _under(self, lead: Frame, proposed: bool) -> Frame:
        """The lead-in of a list, inside a heading that may make proposals of all."""
        return Frame(self.organs.own, "proposed", lead.rule, lead.decided) if proposed else lead

    def _unfinished(self, text: str, before: Frame | None) -> Frame | None:
        """The frame of `X beslutar att …,` when an att-clause on the next line may go on with it."""
        if re.search(r"[.!?]\s*$", text):
            return None
        opened = self.leads.unfinished(text, self.find(text))
        return opened or (before if points.JOINS.match(text) else None)

    def _units(self, passages: Sequence[Passage]) -> Iterator[tuple[Text, Passage, bool]]:
        """The points of a run, with the bullets that only spell out a point put behind it; and whether more follows."""
        at = 0
        while at < len(passages):
            passage, text = passages[at], passages[at].text
            at += 1
            while at < len(passages) and self._belongs(text.string, passage, passages[at]):
                sign = f"{passages[at].marker} " if passages[at].marker else ""
                text = join([text, Text(sign) + passages[at].text])
                at += 1
            yield text, passage, at < len(passages)

    def _belongs(self, text: str, passage: Passage, after: Passage) -> bool:
        """Whether the next passage only continues a point: a bullet under a full clause, or the rest of a cut line."""
        if after.marker is None:
            if text.rstrip().endswith(":") and passage.marker is None and not passage.opens_list:
                return bool(meant(self.find(text))) and self.lead(text, passage) is None
            return points.is_cut(text, after.text)
        if not points.is_subpoint(after.marker) or points.is_subpoint(passage.marker):
            return False
        if passage.marker is None and " - " not in text and not text.rstrip().endswith((":", "att")):
            return False
        return self.lead(text, passage) is None

    def _before_lead(self, unit: Text, opens: bool) -> list[Text]:
        """A paragraph whose last sentence only opens the list below it, cut before that sentence."""
        spans = boundaries(unit.string)
        if not opens or len(spans) < 2:
            return [unit]
        start = spans[-1][0]
        return [unit] if self.lead(unit.string[start:]) is None else [unit[:start].strip(), unit[start:]]

    # -- the points of a paragraph

    def _points(self, unit: Text, passage: Passage, frame: Frame | None) -> None:
        """A row for each point of a paragraph, unless its lead-in says that nothing is decided."""
        if frame is not None and not frame.decided:
            return
        whole = (
            _is_point(passage) or (frame and frame.outcome) or any(a.form in OPENING for a in self.find(unit.string))
        )
        for piece in [unit] if whole else self._by_kind(unit, passage):
            for part, own in self._parts(piece, frame):
                self.point(part, passage, own)

    def _by_kind(self, unit: Text, passage: Passage) -> list[Text]:
        """A paragraph cut before each sentence that by itself decides something of another kind, or elects."""
        starts, kind = [0], None
        for start, end in boundaries(unit.string):
            text = unit.string[start:end]
            said = deciding(self._claim(text, self.find(text), passage, False))
            outcome = self._reads(text, said[0], self.find(text))[0] if said else None
            if start and outcome and (outcome != kind or outcome == "elected") and not _POINTS_BACK.match(text):
                starts.append(start)
            kind = outcome or kind
        return [unit[a:b].strip() for a, b in zip(starts, [*starts[1:], len(unit)], strict=True)]

    def _parts(self, unit: Text, frame: Frame | None) -> Iterator[tuple[Text, Frame | None]]:
        """A passage taken apart into its inline points."""
        string = unit.string
        first = points.NUMBER.search(string)
        if first and (spans := points.numbered(string)):
            lead = self.lead(string[: first.start()]) or frame
            yield from ((points.trimmed(unit, a, b), lead) for a, b in spans)
        elif inline := self._inline_lead(string):
            yield points.trimmed(unit, inline[0], len(unit)), inline[1]
        else:
            for piece in self._by_opener(unit):
                yield from self._att_points(piece, frame)

    def _att_points(self, piece: Text, frame: Frame | None) -> Iterator[tuple[Text, Frame | None]]:
        """`X beslutar att …, att …` and `att …, att …` as their att-clauses; else the piece as it is."""
        found = self.find(piece.string)
        opened = any(act.form in ("opener", "label") for act in meant(found))
        start = points.first_att(piece.string) if opened else 0
        listed = opened or points.JOINS.match(piece.string)
        spans = points.att_points(piece.string, start, found) if listed else []
        lead = (self.lead(piece.string[:start]) if opened and spans else None) or frame
        yield from ((points.trimmed(piece, a, b), lead) for a, b in spans or [(0, len(piece))])

    def _inline_lead(self, text: str) -> tuple[int, Frame] | None:
        """`X föreslår att fullmäktige beslutar: Taxan antas.` in one paragraph: where the point starts, its frame."""
        colon = re.match(r".{20,250}?:\s+(?=[A-ZÅÄÖ])", text)
        lead = self.lead(colon.group()) if colon else None
        return (colon.end(), lead) if colon and lead and lead.outcome == "proposed" and lead.decided else None

    def _by_opener(self, unit: Text) -> list[Text]:
        """A paragraph cut before each sentence that opens a decision of its own."""
        spans = boundaries(unit.string)
        starts = [0, *(start for start, end in spans[1:] if self._opens_anew(unit.string, start, end))]
        return [unit[a:b].strip() for a, b in zip(starts, [*starts[1:], len(unit)], strict=True)]

    def _opens_anew(self, text: str, start: int, end: int) -> bool:
        found = self.find(text)
        act = next((a for a in found if start <= a.start < end and a.form in ("opener", "upward")), None)
        subject = self.organs.subject(text[start:end], act.start - start, act.end - start) if act else None
        return subject is not None and not subject.before.strip()

    # -- in running text

    def open(self, passages: Sequence[Passage], alone: bool) -> None:
        """A run of passages in which a sentence must say itself that it is a decision."""
        frame = unfinished = None
        quoted = quoting = False
        for passage, after in zip_longest(passages, passages[1:]):
            quoted = bool(quoting)
            text = passage.text.string
            opens = passage.opens_list or (_is_point(after) and not _is_point(passage))
            if passage.opens_list or not _is_point(passage):
                frame = None
            lead = self._spoken_lead(passage, alone) if opens else None
            quoting = bool(QUOTES_PROPOSAL.search(text)) and text.rstrip().endswith(":")
            if lead is not None or (passage.opens_list and PROPOSES.search(text)):
                frame = lead or Frame(None, decided=False)
            elif quoted and frame is None:
                frame = Frame(None, decided=False)
            elif points.JOINS.match(text) and unfinished is not None:
                frame = unfinished
            rows = len(self.rows)
            if lead is None and frame is not None and not passage.opens_list:
                self._points(passage.text, passage, frame)
            elif lead is None and meant(self.find(text)):
                self._paragraph(passage, alone)
            unfinished = self._unfinished(text, unfinished) if len(self.rows) > rows else None

    def _claim(self, text: str, found: list[Act], passage: Passage, alone: bool) -> Claim:
        electing = passage.section in self.electing
        return Claim(text, found, self.organs, self.meeting.date, passage.zone, alone, electing)

    def _spoken_lead(self, passage: Passage, alone: bool) -> Frame | None:
        """A lead-in in running text: it must itself say that something is decided."""
        text = passage.text.string
        lead = self.lead(text, passage)
        if lead is None or lead.rule is None:
            return None
        claim = self._claim(text, self.find(text), passage, alone)
        return None if lead.outcome == "assigned" and deciding(claim) is None else lead

    def _paragraph(self, passage: Passage, alone: bool) -> None:
        if self._labelled(passage) or self._inline(passage):
            return
        quotes = points.quotes(passage.text.string)
        found = [a for a in self.find(passage.text.string) if not any(x < a.start < y for x, y in quotes)]
        for start, end in boundaries(passage.text.string):
            own = [act.moved(-start) for act in found if start <= act.start and act.end <= end]
            if own:
                self._sentence(passage.text[start:end], passage, own, alone)

    def _labelled(self, passage: Passage) -> bool:
        """`Beslut: …` at the start of a paragraph makes all of it a decision."""
        text = passage.text.string
        label = next((act for act in self.find(text) if act.form == "label"), None)
        if label is None:
            return False
        before = text[: label.start].strip(" -–•")
        if before and not re.fullmatch(r"(?:[\w-]+ ){0,3}[\w-]+s", before):
            return False
        kept = points.without_asides(passage.text, self.find(text))
        if kept and not PROPOSES.search(before) and re.search(r"\w{3}", text[label.end :]):
            self._points(kept, passage, None)
        return True

    def _inline(self, passage: Passage) -> bool:
        """`X fattade följande beslut: 1. … 2. …` in one paragraph."""
        text = passage.text.string
        first = points.NUMBER.search(text)
        if not first or not first.start() or not points.numbered(text):
            return False
        lead = self.lead(text[: first.start()])
        if lead is not None:
            self._points(passage.text, passage, lead)
        return lead is not None

    def _sentence(self, sentence: Text, passage: Passage, found: list[Act], alone: bool) -> None:
        if at := points.stuck_heading(sentence.string, found, self.organs.own):
            sentence, found = sentence[at:], [act.moved(-at) for act in found if act.start >= at]
        claim = self._claim(sentence.string, found, passage, alone)
        decided = deciding(claim)
        if decided is None:
            if (act := doubtful(claim)) is not None:
                self.doubt(sentence, passage, act)
            return
        act, organ = decided
        for part in self._sentence_parts(sentence, act):
            outcome, main = self._reads(part.string, act, found)
            self.row(part, passage, outcome, organ, (main or act).rule.id)

    def _sentence_parts(self, sentence: Text, act: Act) -> list[Text]:
        """The points of a sentence that decides: those of `X beslutar att …, att …`; a proposal without its lead-in."""
        if act.form == "opener":
            return [part for part, _ in self._parts(sentence, None)]
        inline = self._inline_lead(sentence.string) if act.form == "upward" else None
        return [sentence[inline[0] :] if inline else sentence]

    def _reads(self, text: str, act: Act, found: Sequence[Act]) -> tuple[Outcome, Act | None]:
        """The outcome of a sentence whose deciding act is known."""
        if act.form == "opener" or act.outcome is None:
            return outcome_of(text, self.find(text), self.verbs)
        if act.form == "consensus":
            agreed = text[act.start :]
            return outcome_of(agreed, self.find(agreed), self.verbs)
        main = stronger(text, act, [a for a in meant(found) if a.outcome])
        if main is not act and main.outcome:
            return main.outcome, main
        return outcome_said(text, act), act
