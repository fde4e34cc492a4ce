"""Paragraphs read one by one: their acts, the outcome of a sentence, and the points that a paragraph is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from protoparse.cues import CueFinder
from protoparse.deciding import points
from protoparse.deciding.acts import Act, Verbs, acts, meant
from protoparse.deciding.claims import Claim, deciding
from protoparse.deciding.leads import Frame, Leads
from protoparse.deciding.organs import Organs
from protoparse.deciding.outcomes import outcome_of, outcome_said, stronger
from protoparse.models import Meeting, Outcome, Passage, Zone
from protoparse.passages import ATT
from protoparse.sentences import boundaries
from protoparse.text import Text

_POINTS_BACK = re.compile(r"(?:den|det|de|dessa|denna|detta|därmed|härmed|övriga?)\b|\w+ \w+ därmed\b", re.IGNORECASE)
# Who asks to be released and is: `… har bett att få bli entledigad, vilket mötet beviljade`.
_RELEASE = re.compile(r"\b(?:entledig|avsäg|avsagt sig|avgå|befria|lämna sitt uppdrag|sluta i )", re.IGNORECASE)


@dataclass(slots=True)
class Paragraphs:
    """Reads the paragraphs of one document; `electing` are the sections that are elections."""

    meeting: Meeting
    finder: CueFinder
    organs: Organs
    verbs: Verbs
    electing: frozenset[int]
    leads: Leads = field(init=False)
    known: dict[str, list[Act]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.leads = Leads(self.meeting, self.organs)

    def find(self, text: str) -> list[Act]:
        """The acts of a text; looked for once, as a point is read more than once on its way."""
        if text not in self.known:
            self.known[text] = acts(text, self.finder, self.verbs)
        return self.known[text]

    def lead(self, text: str, passage: Passage | None = None) -> Frame | None:
        """What a lead-in says of the points under it; None when the text is no mere lead-in."""
        return self.leads.read(text, self.find(text), passage)

    def claim(self, text: str, found: list[Act], passage: Passage, alone: bool) -> Claim:
        """A sentence with what is known around it."""
        electing = passage.section in self.electing
        return Claim(text, found, self.organs, self.meeting.date, passage.zone, alone, electing)

    def outcome(self, text: str, act: Act, found: Sequence[Act]) -> tuple[Outcome, Act | None]:
        """The outcome of a sentence whose deciding act is known."""
        if act.form == "opener" or act.outcome is None:
            return outcome_of(text, self.find(text), self.verbs)
        if act.form == "implicit" and _RELEASE.search(text[: act.start]):
            return "elected", act
        if act.form == "consensus":
            agreed = text[act.start :]
            return outcome_of(agreed, self.find(agreed), self.verbs)
        main = stronger(text, act, [a for a in meant(found) if a.outcome])
        if main is not act and main.outcome:
            return main.outcome, main
        return outcome_said(text, act), act

    def organ(self, text: str, found: Sequence[Act], frame: Frame | None) -> tuple[str | None, bool]:
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

    def by_kind(self, unit: Text, passage: Passage) -> list[Text]:
        """A paragraph cut before each sentence that by itself decides something of another kind, or elects."""
        starts, kind = [0], None
        for start, end in boundaries(unit.string):
            text = unit.string[start:end]
            if start and passage.zone is Zone.DECISION and self._is_task(text):
                starts.append(start)
                kind = "assigned"
                continue
            said = deciding(self.claim(text, self.find(text), passage, False))
            outcome = self.outcome(text, said[0], self.find(text))[0] if said else None
            if start and outcome and (outcome != kind or outcome == "elected") and not _POINTS_BACK.match(text):
                starts.append(start)
            kind = outcome or kind
        return [unit[a:b].strip() for a, b in zip(starts, [*starts[1:], len(unit)], strict=True)]

    def _is_task(self, text: str) -> bool:
        """Whether a sentence says by itself what someone is to do (`Moa ringer kansliet.`)."""
        first = next(iter(meant(self.find(text))), None)
        return first is not None and first.form == "duty" and not _POINTS_BACK.match(text)

    def parts(self, unit: Text, frame: Frame | None) -> Iterator[tuple[Text, Frame | None]]:
        """A passage taken apart into its inline points."""
        string = unit.string
        first = points.NUMBER.search(string)
        spans = points.numbered(string) if first else []
        before = string[: first.start()] if first else ""
        lead = self.lead(before) if spans else None
        if spans and (lead or not self.names_only(before, [string[a:b] for a, b in spans])):
            lead = lead or frame
            yield from ((points.trimmed(unit, a, b), lead) for a, b in spans)
        elif inline := self.inline_lead(string):
            yield points.trimmed(unit, inline[0], len(unit)), inline[1]
        else:
            for piece in self._by_opener(unit):
                yield from self._att_points(piece, frame)

    def names_only(self, text: str, listed: Sequence[str]) -> bool:
        """Whether the points of a list only name what the clause before them, with its own verb, speaks of."""
        if not points.is_open_clause(text, meant(self.find(text))):
            return False
        tasks = re.search(r"\batt:?\s*\Z", text) is not None
        return all(points.is_verbless(point, self.find(point), tasks) for point in listed)

    def _att_points(self, piece: Text, frame: Frame | None) -> Iterator[tuple[Text, Frame | None]]:
        """`X beslutar att …, att …` and `att …, att …` as their att-clauses; else the piece as it is."""
        found = self.find(piece.string)
        opened = any(act.form in ("opener", "label") for act in meant(found))
        start = points.first_att(piece.string) if opened else 0
        listed = opened or ATT.match(piece.string)
        spans = points.att_points(piece.string, start, found) if listed else []
        lead = (self.lead(piece.string[:start]) if opened and spans else None) or frame
        yield from ((points.trimmed(piece, a, b), lead) for a, b in spans or [(0, len(piece))])

    def inline_lead(self, text: str) -> tuple[int, Frame] | None:
        """`X föreslår att fullmäktige beslutar: Taxan antas.` in one paragraph: where the point starts, its frame."""
        colon = re.match(r".{20,250}?:\s+(?=[A-ZÅÄÖ])", text)
        lead = self.lead(colon.group()) if colon else None
        return (colon.end(), lead) if colon and lead and lead.outcome == "proposed" and lead.decided else None

    def opens(self, text: str) -> bool:
        """Whether a paragraph begins by saying that the organ that met decides (`Nämnden beslutar …`)."""
        act = next((a for a in meant(self.find(text)) if a.form == "opener"), None)
        subject = self.organs.subject(text, act.start, act.end) if act else None
        return bool(
            subject and self.organs.is_own(subject.name) and not subject.before.strip() and act and not act.past
        )

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
