"""The outcome of a decision point: its main act, or the stronger one that is joined to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from protoparse.deciding.acts import Act, Verbs, meant
from protoparse.deciding.clauses import NOT_AFTER
from protoparse.deciding.organs import AFTER
from protoparse.models import Outcome

INFINITIVE = re.compile(r"(?:inte |ej |därmed |härmed )*(\w+(?:a|å))\b")
_NOT_BEFORE = re.compile(r"\b(?:inte|ej|icke)\s+$", re.IGNORECASE)
_NOT_ATT = re.compile(
    r"\s*(?:att\s+)?(?:inte|ej|icke)\s+(?!(?:yttra|lämna|ha|anföra|avge|framföra|överklaga|delta)\b)"
    r"(?![^.]*\butan (?!att\b))",  # not this but that: something is carried
    re.IGNORECASE,
)
_REFUSED: dict[str, Outcome] = {
    **dict.fromkeys(("approved", "elected", "assigned"), "rejected"),
    **dict.fromkeys(("rejected", "deferred", "remitted"), "approved"),
}
_RELATIVE = re.compile(r"\b(?:som|där|vilken|vilket|vilka)\b(?: \S+){0,4} $", re.IGNORECASE)
_PERSON = r"[A-ZÅÄÖÉ][\w’'-]+(?: (?:von|af|de|van))?(?: [A-ZÅÄÖÉ][\w’'-]+){1,3}"
_PERSON_BEFORE = re.compile(
    rf"(?:^|[\s,(]){_PERSON}(?: \([^)]*\))?"
    r"(?:\s*,[^,]{1,90}(?:,[^,]{1,90})?,?| [a-zåäö][^,.]{1,90}(?:,[^,]{1,90})?,?)?\s*$"
)
_PERSON_AFTER = re.compile(rf"\s*(?:(?:tidigare|f\.d\.|förre|förra|avgående)\s)?(?:[a-zåäö]+ ){{0,2}}{_PERSON}")
_ELSEWHERE = re.compile(r"§|\b(?:vid|under) dagens|\bdagens möte|\btjänstgör|\bunder punkt", re.IGNORECASE)


def outcome_of(text: str, found: Sequence[Act], verbs: Verbs) -> tuple[Outcome, Act | None]:
    """The outcome of a point and the act that tells it; whatever is carried is `approved`."""
    able = meant(found)
    main = _main(text, able, verbs)
    if main is None or main.outcome is None:
        at = _content_start(text, able)
        return ("rejected" if at > 0 and _NOT_ATT.match(text, at) else "approved"), None
    return outcome_said(text, main), main


def outcome_said(text: str, act: Act) -> Outcome:
    """The outcome of an act, turned round where `inte` stands at it: what is not granted is rejected, what is not
    put off is carried."""
    told = act.outcome or "approved"
    if not (_NOT_BEFORE.search(text[: act.start]) or NOT_AFTER.match(text, act.end)):
        return told
    return _REFUSED.get(told, told)


def stronger(text: str, main: Act, others: Sequence[Act]) -> Act:
    """A later act joined by `och` that outranks a weak one: `noteras och Eva Lind utses`."""
    if main.outcome in ("assigned", "proposed", "rejected", "deferred", "remitted"):
        return main
    joined = (act for act in others if act.start > main.start and act.rank > main.rank)
    return next((act for act in joined if _coordinated(text[main.end : act.start])), main)


def of_persons(text: str, act: Act) -> bool:
    """Whether a person stands on both sides of the act, for longer than one meeting."""
    return bool(
        _PERSON_BEFORE.search(text[: act.start]) and _PERSON_AFTER.match(text, act.end) and not _ELSEWHERE.search(text)
    )


def _coordinated(between: str) -> bool:
    """Whether the words between two acts join them and do not make one part of the other."""
    if not re.search(r"\b(?:och|samt)\b|[.;] ", between):
        return False
    return not re.search(r"(?<!och )(?<!samt )\b(?:att|som)\b", between)


def _content_start(text: str, found: Sequence[Act]) -> int:
    """Where what is decided begins: after `X beslutar (…) att`, else at the start."""
    first = found[0] if found else None
    if first and first.form in ("opener", "label", "consensus"):
        if first.said.endswith(" att"):
            return first.end
        bare = AFTER.match(text, first.end)
        if bare and any(other.start == bare.end() and other.shape == "infinitive" for other in found):
            return bare.end()
        rest = text[first.end :]
        att = re.match(r"(?:[^.:]{0,200}?)\batt\b\s*", rest) or re.match(r"[^.:]{0,120}:\s*", rest)
        return first.end + (att.end() if att else 0)
    att = re.match(r"\s*att\s+", text, re.IGNORECASE)
    return att.end() if att else 0


def _main(text: str, found: Sequence[Act], verbs: Verbs) -> Act | None:
    """The main act of a point, None when its main verb is none that a rule knows."""
    at = _content_start(text, found)
    able = [a for a in found if a.start >= at and a.outcome and (a.form != "person" or of_persons(text, a))]
    lead = _leading(text, at, able, verbs)
    if lead == "unknown":
        return None
    if lead is None:
        finite = [a for a in able if a.shape != "infinitive"]
        free = [a for a in finite if not _RELATIVE.search(text[at : a.start])]
        named = [a for a in able if a in finite or not re.search(r"\batt $", text[at : a.start])]
        lead = next(iter(free or finite or named), None)
    return stronger(text, lead, able) if lead else None


def _leading(text: str, at: int, able: Sequence[Act], verbs: Verbs) -> Act | Literal["unknown"] | None:
    """The act that is the first infinitive of a point; `unknown` when the point begins with an infinitive that is
    none, None when it does not begin with one."""
    start = at + len(text[at:]) - len(text[at:].lstrip(" ,"))
    for act in able:
        if act.start >= start and not text[start : act.start].strip(" ,").replace("inte", "").replace("ej", "").strip():
            return act
    match = INFINITIVE.match(text, start)
    return "unknown" if match and verbs.starts_infinitive(match.group(1)) else None
