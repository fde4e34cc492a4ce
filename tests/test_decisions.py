"""Decisions: every rule's examples, what each rule is needed for, and sentences that are easily misread."""

import datetime
from functools import lru_cache
from unittest.mock import patch

import pytest
import spacy

from protoparse.cues import CueFinder
from protoparse.decisions import find_decisions
from protoparse.models import Meeting
from protoparse.passages import passages, plain_lines
from protoparse.rules import load
from protoparse.zones import Headings

RULES = load()
OURS = RULES.of_kind("decision")
DATE = datetime.date(2025, 12, 12)


blank = lru_cache(spacy.blank)  # one vocabulary for all: most of the time to build a finder


@lru_cache(maxsize=256)
def finder(without=None):
    with patch("protoparse.cues.spacy.blank", blank):
        return CueFinder(rule for rule in OURS if rule.id != without)


@lru_cache(maxsize=1)
def headings():
    return Headings.of(RULES.data["headings"]["words"])


def read(text, organ="Nämnden", kind="protokoll", without=None):
    """The rows of a text as (text, outcome, organ), and the doubts."""
    items = passages(plain_lines(text), headings())
    rows, doubts = find_decisions(Meeting(kind=kind, organ=organ, date=DATE), items, finder(without))
    return rows, doubts


def brief(text, **known):
    return [(row.text, row.outcome, row.organ) for row in read(text, **known)[0]]


def matches(rows, finds):
    """Whether the rows are exactly what an example says, field by field, in order."""
    if len(rows) != len(finds):
        return False
    pairs = [(getattr(row, key), value) for row, find in zip(rows, finds, strict=True) for key, value in find.items()]
    return all(str(got).strip(" ,") == value for got, value in pairs)


def example_id(value):
    return value.id if hasattr(value, "id") else (value["text"] if isinstance(value, dict) else str(value))[:40]


EXAMPLES = [(rule, example) for rule in OURS for example in rule.examples]
COUNTER = [
    (rule, c if isinstance(c, dict) else {"text": c}) for rule in OURS if not rule.pseudo for c in rule.counterexamples
]
PSEUDO = [(rule, text) for rule in OURS if rule.pseudo for text in rule.counterexamples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=example_id)
def test_a_rule_reads_its_example(rule, example):
    rows, doubts = read(example["text"], example.get("organ", "Nämnden"))
    assert matches(rows, example["finds"]), [(r.text, r.outcome, r.organ) for r in rows]
    assert doubts == []


@pytest.mark.parametrize(("rule", "example"), COUNTER, ids=example_id)
def test_a_rule_leaves_its_counterexample_alone(rule, example):
    assert brief(example["text"], organ=example.get("organ", "Nämnden")) == []


@pytest.mark.parametrize("rule", [rule for rule in OURS if not rule.pseudo], ids=example_id)
def test_without_the_rule_an_example_is_not_read(rule):
    assert any(
        not matches(read(e["text"], e.get("organ", "Nämnden"), without=rule.id)[0], e["finds"]) for e in rule.examples
    )


@pytest.mark.parametrize(("rule", "text"), PSEUDO, ids=example_id)
def test_a_pseudo_rule_keeps_a_row_away(rule, text):
    assert brief(text) == []
    assert brief(text, without=rule.id) != []
