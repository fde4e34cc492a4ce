"""The ledger of the rules: examples that fail, rules that nobody needs, that others hide, that gave nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from conftest import decision, open_db, rows
from protoparse import ingest, store
from protoparse.protocol import Kit
from protoparse.rulebook import Entry, Reader, agrees, as_text, ledger
from protoparse.rules import load, rules_folder
from test_cli import call


def entries(folder: Path | None = None, *ids: str) -> dict[str, Entry]:
    rules = load(folder)
    return {entry.rule.id: entry for entry in ledger(Reader(rules, Kit.of(rules)), ids=ids)}


@pytest.fixture(scope="module")
def ours() -> dict[str, Entry]:
    return entries()


def test_every_rule_of_ours_is_right_needed_and_seen(ours):
    assert {name: entry.wrong for name, entry in ours.items() if entry.wrong} == {}
    assert [name for name, entry in ours.items() if entry.needless] == []
    assert {name: entry.shadowed for name, entry in ours.items() if entry.shadowed} == {}
    assert {entry.rule.kind for entry in ours.values()} == {"decision", "roster", "funding", "dates"}


@pytest.fixture
def changed(tmp_path):
    """Our rules with another list of decision rules put in front."""

    def make(*added: dict) -> Path:
        folder = tmp_path / "rules"
        shutil.copytree(rules_folder(), folder)
        data = yaml.safe_load((folder / "decisions.yml").read_text(encoding="utf-8"))
        data["rules"] = [*added, *data["rules"]]
        (folder / "decisions.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return folder

    return make


def rule(id: str, pattern: object, *examples: dict, **keys: object) -> dict:
    return {"id": id, "pattern": pattern, "form": "verb", "outcome": "approved", "examples": list(examples), **keys}


NODS = {"text": "Nämnden nickar åt planen.", "finds": [{"outcome": "approved", "organ": "Nämnden"}]}


def test_a_new_rule_that_reads_its_example(changed):
    entry = entries(changed(rule("nickar", "nickar åt", NODS)), "nickar")["nickar"]
    assert (entry.wrong, entry.answered, entry.shadowed, entry.needless) == ((), (), (), False)


def test_an_example_that_says_something_else_is_named(changed):
    folder = changed(rule("nickar", "nickar åt", {**NODS, "finds": [{"outcome": "rejected"}]}))
    assert entries(folder, "nickar")["nickar"].wrong == (NODS["text"],)
    answer = call("rules", "nickar", "--rules", folder, "--db", "none.db")
    assert answer.exit_code == 1
    assert "FEL nickar: Nämnden nickar åt planen." in answer.output


def test_a_counterexample_that_gives_a_row_is_named(changed):
    folder = changed(rule("nickar", "nickar åt", NODS, counterexamples=["Nämnden nickar åt planen igen."]))
    assert entries(folder, "nickar")["nickar"].wrong == ("Nämnden nickar åt planen igen.",)


def test_a_rule_whose_example_another_answers_is_needless(changed):
    told = {"text": "Nämnden godkänner planen med nöje.", "finds": [{"outcome": "approved"}]}
    entry = entries(changed(rule("nöje", "med nöje", told, form="aside")), "nöje")["nöje"]
    assert entry.needless


def test_a_rule_with_another_rules_wording_is_hidden_by_it(changed):
    folder = changed(rule("åter", "godkänner", {"text": "Nämnden godkänner planen.", "finds": [{}]}))
    found = entries(folder, "åter", "godkänner")
    assert [name for name, entry in found.items() if entry.shadowed] == ["åter"]
    assert found["åter"].shadowed == ("godkänner",)


def test_rows_are_counted_and_idle_rules_named(tmp_path):
    db = open_db(tmp_path / "p.db")
    store.write_document(db, rows(decisions=[decision("Planen godkänns.", rule="godkänner")]))
    ingest.finish(db, [ingest.rule_row(r) for r in load().rules])
    rules = load()
    found = list(ledger(Reader(rules, Kit.of(rules)), store.connect(tmp_path / "p.db")))
    counted = {entry.rule.id: (entry.rows, entry.documents) for entry in found}
    assert counted["godkänner"] == (1, 1)
    assert counted["avslår"] == (0, 0)
    text = "\n".join(as_text(found, whole=False))
    assert "  godkänner: 1 rader i 1 dokument" in text
    assert "  avslår\n" in text.split("Gav ingen rad i databasen")[1]


def test_rows_agree_one_by_one():
    assert agrees([{"a": 1}, {"a": 2}], [{"a": 2, "b": 0}, {"a": 1, "b": 0}])
    assert not agrees([{"a": 1}], [{"a": 1}, {"a": 1}])
    assert not agrees([{"a": 1}, {"a": 1}], [{"a": 1}])
    assert not agrees([{"a": None}], [{"a": "None such"}])


def test_an_unknown_rule_is_wrong_use():
    answer = call("rules", "no-such-rule")
    assert answer.exit_code == 2
    assert "no rule 'no-such-rule'" in answer.output
