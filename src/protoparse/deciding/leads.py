"""Lead-ins: what `X beslutar att`, `X föreslår Y besluta` and `Beslut:` say of the points under them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from protoparse.deciding.acts import Act, meant
from protoparse.deciding.clauses import PROPOSES, is_free, is_retold
from protoparse.deciding.organs import ADVERB, Organs
from protoparse.models import Meeting, Outcome, Passage, Zone

_LEAD_END = re.compile(
    r"(?::|\b(?:att|besluta|beslutar|beslutade|beslöt|beslutas|beslutades|följande|föreslår|samt|och))\s*$",
    re.IGNORECASE,
)
_LEAD_BY = re.compile(
    r"(?:enligt|på (?:förslag|yrkande|begäran|initiativ)|i (?:enlighet|linje)|med anledning|med bifall|utifrån"
    r"|efter förslag|mot bakgrund|dessutom)\b.{0,200}:\s*$",
    re.IGNORECASE,
)
# What may stand behind `beslutar` without saying what is decided.
_EMPTY = re.compile(
    rf"[\s,]*(?:(?:{ADVERB}|(?:om |enligt )?följande|efter \w+|med [^,.:]{{0,30}}röster[^,.:]{{0,30}}"
    r"|(?:att )?beslutar?)[\s,]*)*[.:]?\s*",
    re.IGNORECASE,
)
_TASKS = re.compile(r"\bi uppdrag(?: att)?:?\s*$")
OPENING = ("opener", "upward", "label")
LISTED = (Zone.DECISION, Zone.PROPOSED)  # zones in which every point is a row


# A clause that deals out what the list below it names: posts, grants, tasks.
_DEALS = re.compile(
    r"(?<!\bmed )(?<!\bpå )(?<!\bunder )(?<!\bgenom )(?<!\bi )(?<!\bför )\bföljande\b[^.;]*:\s*\Z", re.IGNORECASE
)
_NAMED = re.compile(r"[A-ZÅÄÖ][\w-]+ [A-ZÅÄÖ][\w-]+(?: [A-ZÅÄÖ][\w-]+)? \(")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a lead-in says of the points under it: who decides, an outcome of all, whether they are decided at all;
    `each` is the outcome of those that tell none themselves (names and sums under `Följande beviljas bidrag:`)."""

    organ: str | None
    outcome: Outcome | None = None
    rule: str | None = None
    decided: bool = True
    each: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Leads:
    """Reads lead-ins for the organ that met."""

    meeting: Meeting
    organs: Organs

    def read(self, text: str, found: Sequence[Act], passage: Passage | None = None) -> Frame | None:
        """What a lead-in says of the points under it; None when the text is no mere lead-in."""
        able = meant(found)
        openers = [act for act in able if act.form in OPENING]
        if (dealt := _dealt(text, able)) is not None:
            return self._deals(text, dealt, openers)
        empty = bool(openers) and openers[0] is able[0] and self._is_empty(text, openers)
        if not _LEAD_END.search(text) and not (passage and passage.opens_list) and not empty:
            return None
        if not openers:
            return self._plain(text, able, passage)
        if openers[0].form == "opener" and _TASKS.search(text) and not (passage and passage.marker):
            lead = self._opened(text, openers)
            return replace(lead, outcome=lead.outcome or "assigned")
        if any(act.form == "verb" and act.start > openers[0].end for act in able):
            return None
        if re.search(r"\batt \w+", re.sub(r"\batt (?:\w+[ -]){0,6}?beslut\w*", "", text[openers[0].end :])):
            return None
        return self._opened(text, openers)

    def _is_empty(self, text: str, openers: Sequence[Act]) -> bool:
        """Whether `X beslutar för egen del`, `X föreslår att Y beslutar följande.` leaves what is decided to what
        follows."""
        if openers[-1].form == "label":
            return False
        rest = text[openers[-1].end :]
        if openers[-1].form == "upward":
            rest = self.organs.name.sub("", rest, count=1)
        return bool(_EMPTY.fullmatch(rest))

    def unfinished(self, text: str, found: Sequence[Act]) -> Frame | None:
        """The frame of `X beslutar att …,` that an att-clause on the next line may go on with."""
        openers = [act for act in meant(found) if act.form in OPENING]
        return self._opened(text, openers) if openers and not text.lower().startswith("att ") else None

    def _deals(self, text: str, dealt: Act, openers: Sequence[Act]) -> Frame:
        """The frame of `Följande föreningar beviljas bidrag:`, `X beslutar att utse följande personer:`."""
        if openers and openers[0].start < dealt.start:
            return replace(self._opened(text, openers), rule=dealt.rule.id, each=dealt.outcome)
        subject = self.organs.subject(text, dealt.start, dealt.end) if dealt.shape in ("present", "past") else None
        if subject is None:
            return Frame(self.organs.own, None, dealt.rule.id, each=dealt.outcome)
        own = self.organs.is_own(subject.name)
        return Frame(self.organs.printed(subject.name), None, dealt.rule.id, own, dealt.outcome)

    def is_bare(self, text: str, found: Sequence[Act]) -> bool:
        """Whether a sentence only opens a list (`Mötet beslutade följande:`): alone it does not say what is decided."""
        able = meant(found)
        openers = [act for act in able if act.form in OPENING]
        if openers:
            return self._is_empty(text, openers)
        dealt = _dealt(text, able)
        return dealt is not None and not text[dealt.end :].strip(" :.")

    def _plain(self, text: str, able: Sequence[Act], passage: Passage | None) -> Frame | None:
        """A lead-in without `beslutar`: `Enligt förslaget:`, `Nämnden:`, `att`, `Kansliet får i uppdrag att`."""
        own = Frame(self.organs.own)
        if _LEAD_BY.match(text) and not able:
            return own
        organ = self.organs.name.fullmatch(text.strip(" :"))
        if organ and text.rstrip().endswith(":"):
            return Frame(self.organs.printed(organ.group()))
        bare = passage is not None and passage.opens_list and passage.zone in LISTED and len(text.split()) <= 12
        bare = bare and not re.search(r"\b(?:samt|och)\s*$", text)  # a point that another is joined to
        if not able and (bare or text.strip().lower() == "att"):
            return own
        sent = bool(able) and able[0].outcome in ("remitted", "deferred", "rejected") and able[0].form == "verb"
        if _TASKS.search(text) and not (passage and passage.marker) and able and not sent:
            return Frame(self.organs.own, "assigned", able[-1].rule.id)
        return None

    def _opened(self, text: str, openers: Sequence[Act]) -> Frame:
        """The frame of `X beslutar att`, `X föreslår Y besluta att`, `Beslut:`."""
        first, own = openers[0], self.organs.own
        upward = any(act.form == "upward" for act in openers)
        if first.form == "label":
            return Frame(own, None, first.rule.id, not PROPOSES.search(text[: first.start]))
        subject = self.organs.subject(text, first.start, first.end)
        if subject is None:
            passive = first.said.endswith("s") or not text[: first.start].strip()
            return Frame(own, None, first.rule.id, passive and not upward)
        acts = self.organs.is_own(subject.name) and (subject.inverted or is_free(subject.before, True))
        retold = is_retold(text, first, subject.before, self.meeting.date)
        organ = self.organs.printed(subject.name)
        return Frame(organ, "proposed" if upward else None, first.rule.id, acts and not retold)

    def binds(self, passage: Passage) -> bool:
        """Whether the heading above (`X:s beslut`, `X:s förslag till beslut i Y`) speaks of the organ that met."""
        heading = passage.heading or ""
        if passage.zone is Zone.PROPOSED and heading[:1].islower():  # the end of `X:s / förslag till beslut i Y`
            return False
        names = [match.group() for match in self.organs.in_heading(heading)]
        if not self.organs.own or not names:
            return True
        if passage.zone is Zone.PROPOSED:
            return self.organs.proposes_up(heading)
        formal = [name for name in names if name.lower().endswith(self.organs.formal)]
        return not formal or any(self.organs.means_own(name) for name in formal)


def _dealt(text: str, able: Sequence[Act]) -> Act | None:
    """The act of a clause that deals out what the list below it names; None when the text is no such clause."""
    act = next((a for a in reversed(able) if a.rule.get("deals")), None)
    if act is None or _NAMED.search(text):
        return None
    if _DEALS.search(text):
        return act
    ends = not text[act.end :].strip(" :")
    posts = act.outcome == "elected" and (ends or text.rstrip().endswith(":")) and len(text.split()) > 1
    return act if posts and (act.shape == "passive" or text.rstrip().endswith(":")) else None
