"""Readings of clauses that give an end its place: a new last day under a label, a service that somebody prolongs,
and who takes over on a day."""

from __future__ import annotations

import datetime
import re

from protoparse.money.clauses import Clause
from protoparse.money.days import is_range
from protoparse.money.periods import Fields, nearest, until_in, usable
from protoparse.money.phrases import cut_at, tidy
from protoparse.money.running import read_runs
from protoparse.money.successors import LABELLED, takes_over
from protoparse.money.words import Words

_KINDS = {"money": "funded_until", "agreement": "agreement_until", "project": "project_until"}
_OF = re.compile(r"\s*(?:för|av|på|i)\s+(?P<what>[^¤:;,()]+?)\s*(?=[¤:;,()]|\bär\b|\bblir\b)", re.IGNORECASE)


def read_new_end(clause: Clause) -> Fields | None:
    """Nytt slutdatum för X: DATE (tidigare DATE)."""
    if clause.negated or clause.hedged:
        return None
    days = [w for w in usable(clause) if w.bound != "from" and w.start >= clause.cue.end]
    span = until_in(clause)
    when = span.when if span and span.when and span.when.start >= clause.cue.end else nearest(clause, days)
    if when is None:
        return None
    of = _OF.match(clause.after)
    what = tidy(of["what"]) if of else ""
    kind = clause.words.kind_of(cut_at(what, re.compile(r"\s(?:för|av|om|med|till)\s"))) or "project"
    named = re.search(r"\s(?:för|av|om|med|till)\s+(?P<rest>.+)", what)
    return {
        "kind": _KINDS[kind],
        "end": when.last,
        "when": when,
        "subject": named["rest"] if named and clause.words.kind_of(what[: named.start()]) else what,
    }


_OBJECT_ENDS = re.compile(
    r"[¤:;,()]|\b(?:med|till|t\.?\s?o\.?\s?m|fram|under|för|så att|ytterligare|ännu|ett|två)(?!\w)", re.IGNORECASE
)
_MAYBE = re.compile(r"\b(?:kan|kunna|får|skulle|möjlig\w*|option\w*|rätt)\b[^,;]*\Z", re.IGNORECASE)
_TWO_NAMES = re.compile(r"[A-ZÅÄÖ]\w{3,} [A-ZÅÄÖ]\w+\Z")  # a sum lets no person go on
_NO_SERVICE = re.compile(r"(?:beslut|förslag|ande|are|chef|punkt|fråg\w*|svar|nytt|information)\Z", re.IGNORECASE)
_THAT = re.compile(r".*\batt\s+(?P<what>[^¤,;:]+?)\s*\Z", re.IGNORECASE | re.DOTALL)


_PROLONGS = re.compile(r"(?:har )?förläng(?:er|a|t|de)\Z", re.IGNORECASE)


def read_running(clause: Clause) -> Fields | None:
    """Money, an agreement or a project runs to a day, or somebody prolongs a service."""
    return read_runs(clause) or (read_prolonged(clause) if _PROLONGS.match(clause.verb) else None)


def read_prolonged(clause: Clause) -> Fields | None:
    """Y förlänger X med ett år, till DATE; X: Y förlänger till DATE; Y skjuter till SUM så att X kan fortsätta."""
    span = until_in(clause)
    if span is None or span.end is None or clause.negated or clause.hedged or clause.certainty:
        return None
    what = _carried_on(clause) if "sum" in clause.needs else _prolonged(clause)
    return {"kind": "funded_until", "end": span.end, "when": span.when, "subject": what} if what else None


def _carried_on(clause: Clause) -> str:
    """What money that somebody gives lets go on: the subject after "att"."""
    said = _THAT.match(clause.before)
    named = said["what"] if said and clause.sentence.amounts else ""
    return named if named and (_is_named(named, clause.words) or _TWO_NAMES.match(named)) else ""


def _prolonged(clause: Clause) -> str:
    """The object of "förlänger" where it is a service; where there is none, the name that the line begins with."""
    if _MAYBE.search(clause.before):
        return ""
    what = tidy(cut_at(clause.after, _OBJECT_ENDS))
    if not what:
        label = LABELLED.match(clause.masked)
        return tidy(label["name"]) if label and not _NO_SERVICE.search(label["name"]) else ""
    return what if _is_named(what, clause.words) else ""


def _is_named(what: str, words: Words) -> bool:
    """Whether a phrase is a service by its noun or one name, and neither a body, money, an agreement nor a pointer.

    Two names may be a person's, who is appointed for longer.
    """
    first, *more = what.split()
    if words.kind_of(first) or words.body.fullmatch(first) or words.points_back(what) or _NO_SERVICE.search(first):
        return False
    return (first[:1].isupper() and not more) or words.service.search(what) is not None


def read_takeover(clause: Clause) -> Fields | None:
    """X: Y tar vid som huvudman den DATE: who runs it from a day on, while its end is told elsewhere."""
    day = nearest(clause, [w for w in usable(clause) if w.bound in ("from", None) and not is_range(w)])
    if day is None or clause.negated or clause.hedged or clause.certainty:
        return None
    if day.precision != "day" and day.bound != "from":
        return None
    found = takes_over(clause.masked, clause.words)
    if found is None:
        return None
    who, what = found
    label = LABELLED.match(clause.masked)
    if not (label or _is_service(what, clause.words)):
        return None
    first = day.first + datetime.timedelta(1) if day.word.startswith("efter") else day.first
    return {
        "kind": "funded_until",
        "certainty": "implied",
        "start": first,
        "subject": tidy(label["name"]) if label else what,
        "successor": who,
        "when": day,
    }


def _is_service(what: str, words: Words) -> bool:
    """Whether what is taken over can be a service: by its noun, or because a name follows a definite noun."""
    if words.service.search(what) or words.classes["project"].search(what):
        return True
    named = re.match(r"(?P<kind>\w+(?:en|et|an|na))\s+[A-ZÅÄÖ]", what)
    return (
        bool(named) and not words.otherwise_permanent.search(named["kind"]) and not words.body.fullmatch(named["kind"])
    )
