"""Whether a sentence in running text says by itself that something is decided, and by whom."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from protoparse.deciding.acts import Act, meant
from protoparse.deciding.clauses import (
    BEHIND,
    BY_RULE,
    FINDS,
    HABIT,
    MODAL,
    NEVER,
    NOT_AFTER,
    QUOTES_PROPOSAL,
    SUBCLAUSE,
    WHETHER,
    clause,
    is_adverbial,
    is_free,
    is_planned,
    is_reported,
    is_retold,
    without_complement,
)
from protoparse.deciding.organs import Organs
from protoparse.deciding.outcomes import of_persons
from protoparse.models import Zone

_CONTENT = re.compile(
    r"\batt\b|\bföljande\b|\benligt\b|\bi enlighet\b|:|\bsålunda\b|^\W*(?:\w+ ){0,2}?\w+a\b", re.IGNORECASE
)
_ASKED = re.compile(r"\s+(?:\w+ ){0,2}(?:\w+erna|\w+männen|kommunen|regionen) (?:att|besluta)\b", re.IGNORECASE)
_CHOSE = re.compile(r"\b(?P<verb>väljer|valde) att\s+$", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\w(?:n|t|na)\b|\b(?:Förslag|Motion|Ansökan|Revidering|Till|[A-ZÅÄÖ]\w+ (?:\d|[A-ZÅÄÖ]))", re.IGNORECASE
)


class Claim(NamedTuple):
    """A sentence that is read: its words, its acts, and what is known around it."""

    text: str
    acts: list[Act]
    organs: Organs
    today: datetime.date | None
    zone: Zone
    alone: bool  # no heading Beslut in the same section
    electing: bool = False  # the section is an election


class Verdict(NamedTuple):
    """Whether an act decides, and which organ then does."""

    decides: bool
    organ: str | None = None


_NO = Verdict(False)


def deciding(claim: Claim) -> tuple[Act, str | None] | None:
    """The first act that makes the sentence a decision, and the deciding organ."""
    for act in meant(claim.acts):
        if act.form != "label" and (verdict := _verdict(claim, act)).decides:
            return act, verdict.organ
    return None


def doubtful(claim: Claim) -> Act | None:
    """An opener in a main clause whose subject is none that the grammar knows."""
    if claim.zone is Zone.INFORMATION:
        return None
    openers = [act for act in meant(claim.acts) if act.form == "opener"]
    return next((act for act in openers if _CONTENT.search(claim.text[act.end :]) and _unknown_actor(claim, act)), None)


def _verdict(claim: Claim, act: Act) -> Verdict:
    text, own = claim.text, claim.organs.own
    if QUOTES_PROPOSAL.search(text[: act.start]):
        return _NO
    if act.form == "implicit":
        return Verdict(not MODAL.search(text[: act.start]), own)
    if act.form == "post":
        return Verdict(claim.electing or claim.zone is Zone.DECISION_GROUP, own)
    if act.form == "person":
        return Verdict(_persons_change(claim, act), own)
    if HABIT.search(clause(text, act.start)) or HABIT.match(text[act.end :].lstrip()) or text.endswith("?"):
        return _NO
    if act.form == "opener":
        return _opens(claim, act)
    if act.form == "consensus":
        return _agrees(claim, act)
    if act.form == "upward":
        return _proposes(claim, act)
    return _decides_itself(claim, act)


def _decides_itself(claim: Claim, act: Act) -> Verdict:
    """Whether a verb that says what is decided (`godkänner`, `godkänns`) is the verb of a main clause."""
    if act.only_in_decisions and claim.zone is not Zone.DECISION_GROUP:
        return _NO
    sees = act.outcome == "noted" and re.match(r"\s+att\b", claim.text[act.end :])
    if chose := _CHOSE.search(claim.text[: act.start]):  # `Mötet valde att bordlägga frågan`
        return _acts(claim, act._replace(start=chose.start(), end=chose.end(), past=chose["verb"][-1] == "e"))
    if act.shape == "infinitive" or sees:  # to note that something is so is to see it
        return _NO
    if act.shape == "passive" and act.rule.get("where") != "own":
        return _suffers(claim, act)
    return _acts(claim, act)


def _persons_change(claim: Claim, act: Act) -> bool:
    """Whether one person comes after another in an organ."""
    named = claim.zone is Zone.DECISION_GROUP or bool(claim.organs.name.search(claim.text, act.end))
    return named and of_persons(claim.text, act) and not SUBCLAUSE.search(claim.text[: act.start])


def _acts(claim: Claim, act: Act) -> Verdict:
    """Whether the organ that met is the subject of an active verb in a main clause."""
    text, organs = claim.text, claim.organs
    subject = organs.subject(text, act.start, act.end)
    if subject is None:
        elliptic = act.form == "opener" and not text[: act.start].strip(" –-•")
        return Verdict(elliptic, organs.own)
    if not organs.is_own(subject.name, weak=act.form in ("opener", "consensus")):
        return _NO
    if act.rule.get("where") == "named" and subject.name.lower() in organs.generic:
        return _NO
    before = clause(text, act.start) if not subject.inverted else subject.before
    if not (is_adverbial(subject.before) if subject.inverted else is_free(subject.before, claim.alone)):
        return _NO
    if MODAL.search(before) or is_retold(text, act, subject.before, claim.today):
        return _NO
    if NOT_AFTER.match(text, act.end) and act.form != "verb":
        return _NO
    return Verdict(True, organs.printed(subject.name))


def _suffers(claim: Claim, act: Act) -> Verdict:
    """Whether a passive verb stands in a main clause about a definite thing, without another agent."""
    text, before = claim.text, without_complement(clause(claim.text, act.start))
    if act.outcome == "elected":  # `Att justera protokollet utsågs …`: what someone is chosen for
        before = re.sub(r"^\s*att (?:[^,.]{0,50} )?justera [^,.]{0,60}$", "", before, flags=re.IGNORECASE)
    finds = FINDS.search(before)
    if is_reported(text) or WHETHER.search(before) or (not act.past and BY_RULE.match(before)):
        return _NO
    if MODAL.search(before) or NEVER.search(before) or (SUBCLAUSE.search(before) and not finds):
        return _NO
    if (finds and not claim.alone) or is_retold(text, act, before, claim.today):
        return _NO
    if not act.past and act.outcome not in ("deferred", "assigned") and is_planned(text, act.end):
        return _NO
    agent = claim.organs.agent(text, act.end)
    if agent and not claim.organs.is_own_agent(agent):
        return _NO
    if act.outcome not in ("elected", "assigned") and not _is_definite(before, text[act.end :]):
        return _NO
    return Verdict(True, claim.organs.own)


def _is_definite(before: str, after: str) -> bool:
    """Whether a known thing is spoken of: before the verb, or behind it where the verb comes first; a short sentence
    that begins with the verb speaks of the matter at hand."""
    if not before.strip(" –-•") and len(after.split()) <= 8:
        return True
    inverted = not before.strip() or re.match(r"\s*(?:i|därmed|härmed|enligt|med)\b", before, re.IGNORECASE)
    return bool(_DEFINITE.search(before + after[: 40 if inverted else 0]))


def _opens(claim: Claim, act: Act) -> Verdict:
    """Whether `beslutar` and the like open a decision of the organ that met."""
    rest = claim.text[act.end :]
    if not _CONTENT.search(rest) and not rest.lstrip().startswith("om "):
        return _NO
    words = act.said.split()
    if words[-1].endswith("s") or words[0].endswith("s") or words[0] in ("beslut", "beslutet"):
        return _opens_passively(claim, act)
    if not act.past and is_planned(claim.text, act.end):
        return _NO
    if not act.past and re.match(r"\s+om (?!att\b)", rest) and "beslut" not in " ".join(words[1:]):
        return _NO
    return _acts(claim, act)


def _opens_passively(claim: Claim, act: Act) -> Verdict:
    """`Det beslutades att …`, `Beslut fattades om …`."""
    text, before = claim.text, clause(claim.text, act.start)
    if NEVER.search(before) or MODAL.search(before) or SUBCLAUSE.search(before):
        return _NO
    agent = claim.organs.agent(text, act.end)
    told = agent or is_retold(text, act, before, claim.today)
    if told and (not claim.organs.is_own_agent(agent) or BEHIND.match(text, act.end)):
        return _NO
    bare = before.strip(" –-•").lower() in ("", "det") and re.match(r"\s+(?:\w+ ){0,2}?\w+a\b", text[act.end :])
    if not bare and not re.search(r"\batt\b|\bföljande\b|\benligt\b|:|\bom\b", text[act.end :]):
        return _NO
    return Verdict(True, claim.organs.own)


def _agrees(claim: Claim, act: Act) -> Verdict:
    """Whether those who met agree."""
    before = clause(claim.text, act.start)
    if NEVER.search(before) or MODAL.search(before):
        return _NO
    return Verdict(True, claim.organs.own) if before.strip().lower() == "det" else _acts(claim, act)


def _proposes(claim: Claim, act: Act) -> Verdict:
    """Whether the organ that met asks another one to decide."""
    if act.shape == "infinitive":
        return _NO
    verdict = _acts(claim, act)
    if not verdict.decides or "föresl" not in act.said:
        return verdict
    other = _ASKED.match(claim.text, act.end) or any(
        not claim.organs.is_own(m.group()) for m in claim.organs.name.finditer(claim.text, act.end)
    )
    return verdict if other else _NO


def _unknown_actor(claim: Claim, act: Act) -> bool:
    before = clause(claim.text, act.start)
    subject = claim.organs.subject(claim.text, act.start, act.end)
    if subject is not None and (act.past or subject.before.strip() or not claim.organs.may_be_own(subject.name)):
        return False
    if not before.strip() or (subject is not None and claim.organs.is_own(subject.name)):
        return False
    if any(pattern.search(before) for pattern in (SUBCLAUSE, MODAL, NEVER, HABIT)):
        return False
    return not is_retold(claim.text, act._replace(past=True), before, claim.today)
