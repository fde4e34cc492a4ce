"""Readings of clauses that give an end its place: a new last day under a label, and who takes over on a day."""

from __future__ import annotations

import datetime
import re

from protoparse.money.clauses import Clause
from protoparse.money.days import is_range
from protoparse.money.periods import Fields, nearest, until_in, usable
from protoparse.money.phrases import cut_at, tidy
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
