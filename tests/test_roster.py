"""Roster changes: every example of the rules, tricky sentences, whole matters with title, background and decision."""

import datetime
from functools import cache

import pytest

from protoparse.cues import CueFinder
from protoparse.dates import Grammar, find_dates
from protoparse.models import Meeting
from protoparse.passages import passages, plain_lines
from protoparse.people import People
from protoparse.roster import find_roster_changes
from protoparse.rules import load
from protoparse.text import Text
from protoparse.zones import Headings

RULES = load()
ROSTER = RULES.of_kind("roster")
PEOPLE = People.of(RULES.data["people"])
GRAMMAR = Grammar.of(RULES.data["dates"])
HEADINGS = Headings.of(RULES.data["headings"]["words"])
ANCHOR = datetime.date(2026, 2, 6)


@cache
def finder(without: str | None = None) -> CueFinder:
    return CueFinder(rule for rule in ROSTER if rule.id != without)


def read(text, organ=None, anchor=None, title=None, without=None):
    """The rows of a text as plain dictionaries, dates in ISO form."""
    day = datetime.date.fromisoformat(str(anchor)) if anchor else ANCHOR
    running = passages(plain_lines(text), HEADINGS, section=1 if title else None)
    rows, _ = find_roster_changes(
        Meeting(organ=organ, date=day),
        running,
        finder(without),
        PEOPLE,
        lambda string: find_dates(string, day, GRAMMAR)[0],
        {1: title} if title else None,
        {1: Text(title)} if title else None,
    )
    return [
        {
            key: value.isoformat() if isinstance(value, datetime.date) else value
            for key, value in row
            if key != "evidence"
        }
        for row in rows
    ]


def agrees(want, got):
    """Whether each wanted row has one of its own with all the fields that it names."""
    left = list(got)
    for row in want:
        hit = next((g for g in left if all(g[key] == value for key, value in row.items())), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


EXAMPLES = [(rule.id, example) for rule in ROSTER for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(EXAMPLES)])
def test_an_example_gives_what_it_says_and_needs_its_rule(rule, example):
    context = {key: example[key] for key in ("organ", "anchor", "title") if key in example}
    got = read(example["text"], **context)
    assert agrees(example["finds"], got), got
    assert not agrees(example["finds"], read(example["text"], **context, without=rule))


COUNTER = [(rule.id, text) for rule in ROSTER for text in rule.counterexamples]


@pytest.mark.parametrize(("rule", "text"), COUNTER, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(COUNTER)])
def test_a_counterexample_gives_nothing(rule, text):
    assert read(text) == []
