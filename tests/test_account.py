"""Every cue in running text ends as exactly one thing, on our samples and on any text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import SAMPLE
from protoparse import ingest
from protoparse.account import Fate, account, as_text, sums
from protoparse.protocol import Kit, parse_text
from protoparse.rules import load
from test_cli import call

RULES = load()
KIT = Kit.of(RULES)


def fates(text: str, kind: str = "protokoll") -> dict[str, Fate]:
    protocol = parse_text(text, "Hamnnämnden", None, kind, KIT)
    return {told.cue.rule.id: told.fate for _, cues in account(protocol, KIT) for told in cues}


@pytest.mark.parametrize(
    ("text", "rule", "fate"),
    [
        ("Hamnnämnden godkänner planen.", "godkänner", Fate.ROW),
        ("Yrkanden\nModeraterna yrkar att hamnnämnden godkänner planen.", "godkänner", Fate.ZONE),
        ("Ärendebeskrivning\nHamnnämnden godkänner planen.", "godkänner", Fate.ZONE),
        ("Siv Lund ersätter Bo Ek i kajgruppen.", "ersätter-person", Fate.ROW),
        ("Den nya kranen ersätter den gamla.", "ersätter-person", Fate.WORDING),
        ("Hamnnämnden beslutade den 4 maj 2019 att riva bryggan.", "beslutar-att", Fate.WORDING),
        ("Fjärdeverkets kommitterade beslutar att riva bryggan.", "beslutar-att", Fate.DOUBT),
        ("Avtalet om lotsning förlängs med sex månader.", "pengar: förlängs", Fate.DOUBT),
    ],
)
def test_what_becomes_of_a_cue(text, rule, fate):
    assert fates(text).get(rule) == fate, fates(text)


def test_nothing_is_decided_in_a_summons():
    assert fates("Hamnnämnden godkänner planen.", "kallelse")["godkänner"] == Fate.ZONE


def cues_of(text: str) -> Counter:
    finders = (KIT.decision_cues, KIT.roster_cues, KIT.funding_cues)
    return Counter((cue.rule.id, cue.start) for finder in finders for cue in finder.find(text))


def test_on_our_samples_every_cue_is_counted_once_and_few_are_doubts(samples):
    every = Counter()
    for protocol in list(samples.values())[::3]:
        for passage, told in account(protocol, KIT):
            assert Counter((t.cue.rule.id, t.cue.start) for t in told) == cues_of(passage.text.string)
            every.update(t.fate for t in told)
    assert every[Fate.ROW] > 300
    assert every[Fate.DOUBT] <= 0.05 * every.total()


def test_every_doubt_is_met_by_its_cue(samples):
    for protocol in samples.values():
        for passage, told in account(protocol, KIT):
            words = set(passage.text.words)
            here = [d for d in protocol.doubts if d.kind != "dates" and words.issuperset(d.evidence.quote.words)]
            met = {t.cue.rule.id for t in told if t.fate in (Fate.DOUBT, Fate.ROW)}
            assert {d.evidence.rule for d in here} <= met


WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "Hamnnämnden",
                "Nämnden",
                "beslutar",
                "att",
                "godkänner",
                "planen.",
                "Siv Lund",
                "ersätter",
                "Bo Ek",
                "(S)",
            ),
            *(
                "utses",
                "till",
                "ledamot",
                "inte",
                "föreslår",
                "Projektet",
                "finansieras",
                "till och med",
                "2027",
                "den",
            ),
            *(
                "31 maj 2026",
                "med",
                "500 tkr",
                "om",
                "Beslut\n",
                "Yrkande\n",
                "§ 12 ",
                "• ",
                "\n",
                "förlängs",
                "och",
                ".",
            ),
        ]
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.one_of(WORDS, st.text(max_size=80)), st.sampled_from(["protokoll", "kallelse", "nyhetsbrev"]))
def test_on_any_text_every_cue_is_counted_once(text, kind):
    protocol = parse_text(text, "Hamnnämnden", None, kind, KIT)
    for passage, told in account(protocol, KIT):
        assert Counter((t.cue.rule.id, t.cue.start) for t in told) == cues_of(passage.text.string)
        assert all(isinstance(t.fate, Fate) for t in told)


def test_the_sums_are_printed_by_rule(tmp_path, in_this_process):
    base = tmp_path / "p.db"
    ingest.run([next(SAMPLE.glob("protokoll-lanssamverkan-strand-2026-02-06.pdf"))], base, jobs=1, say=str)
    answer = call("rules", "--account", "--db", base)
    assert answer.exit_code == 0, answer.output
    lines = {line.split()[0]: line.split() for line in answer.output.splitlines() if line.strip()}
    total = [int(n) for n in lines["alla"][1:]]
    assert total[0] == sum(total[1:]) > 50
    assert "Tvekan:" in answer.output


def test_no_cue_no_share():
    assert list(as_text(sums([]), RULES))[-1] == "Inga ledord."
