"""What two databases say differently, and what changed rules would change."""

from __future__ import annotations

import json
import shutil
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from conftest import change, decision, dissent, funding, open_db, passage, rows, section
from pdfs import draw, paragraph
from protoparse import as_rows, ingest, schema, store
from protoparse.compare import TABLES, Comparison, Incomparable, as_json, as_text, compare, opened, preview
from protoparse.rules import rules_folder
from test_cli import call


def database(path: Path, *documents: as_rows.Rows) -> Path:
    db = open_db(path)
    for document in documents:
        store.write_document(db, document)
    ingest.finish(db, [])
    db.conn.close()
    return path


def compared(tmp_path: Path, one: list[as_rows.Rows], two: list[as_rows.Rows]) -> Comparison:
    return compare(opened(database(tmp_path / "a.db", *one)), opened(database(tmp_path / "b.db", *two)))


def test_a_database_is_like_itself(tmp_path):
    said = rows(decisions=[decision("Planen antas.")], funding=[funding("Lotsen finansieras.", end="2026-05-31")])
    found = compared(tmp_path, [said], [said])
    assert not found.differences
    assert found.alike["decisions"] == found.alike["funding"] == found.alike["documents"] == 1


def test_gained_and_lost_rows_come_with_their_quotes(tmp_path):
    one = rows(decisions=[decision("Planen antas."), decision("Ärendet bordläggs.", outcome="deferred")])
    two = rows(decisions=[decision("Planen antas.")], roster_changes=[change("Ida Ros utses.", incoming="Ida Ros")])
    found = compared(tmp_path, [one], [two])
    assert {(d.how, d.table, d.quote) for d in found.differences} == {
        ("lost", "decisions", "Ärendet bordläggs."),
        ("gained", "roster_changes", "Ida Ros utses."),
    }
    assert found.alike["decisions"] == 1


def test_a_changed_row_says_what_it_was_and_is(tmp_path):
    one = rows(decisions=[decision("Frågan återremitteras.", outcome="approved")])
    two = rows(decisions=[decision("Frågan återremitteras.", outcome="remitted")])
    (only,) = compared(tmp_path, [one], [two]).differences
    assert (only.how, only.changes) == ("changed", {"outcome": ("approved", "remitted")})


def test_a_quote_that_grew_is_the_same_row_changed(tmp_path):
    one = rows(decisions=[decision("Planen antas")])
    two = rows(decisions=[decision("Planen antas och skickas ut.")])
    (only,) = compared(tmp_path, [one], [two]).differences
    assert only.how == "changed"
    assert only.changes["quote"] == ("Planen antas", "Planen antas och skickas ut.")


def test_a_row_in_another_section_is_changed(tmp_path):
    def said(number: str) -> as_rows.Rows:
        return rows(
            sections=[section(1, "Budget", number, passages=[passage("Planen antas.")])],
            decisions=[decision("Planen antas.", section=1)],
        )

    changes = {d.table: d.changes for d in compared(tmp_path, [said("1")], [said("2")]).differences}
    assert changes["decisions"] == {"section": ("1 Budget", "2 Budget")}
    assert changes["sections"] == {"number": ("1", "2")}


def test_documents_of_one_side_are_named_and_not_compared(tmp_path):
    found = compared(tmp_path, [rows("a.pdf")], [rows("b.pdf", decisions=[decision("Planen antas.")])])
    assert (found.only_first, found.only_second, found.differences) == (["a.pdf"], ["b.pdf"], [])


def test_the_text_names_sums_rows_and_rules(tmp_path):
    found = compared(tmp_path, [rows()], [rows(decisions=[decision(f"Planen {k} antas.") for k in range(5)])])
    text = "\n".join(as_text(found, most=2))
    assert "a.pdf, s. 1: ”Planen 0 antas.” [beslutar]" in text
    assert "… och 3 till" in text
    assert "Planen 4" in "\n".join(as_text(found, most=None))
    assert json.loads(as_json(found))["differences"][0]["how"] == "gained"


def test_diff_refuses_what_it_cannot_compare(tmp_path):
    ours = database(tmp_path / "a.db", rows())
    old = shutil.copyfile(ours, tmp_path / "old.db")
    db = sqlite3.connect(old)
    db.execute("PRAGMA user_version = 1")
    db.close()
    with pytest.raises(Incomparable, match="another version"):
        opened(old)
    assert call("diff", ours, old).exit_code == 2
    (tmp_path / "no.db").write_text("not a database at all, but a text" * 10)
    assert call("diff", ours, tmp_path / "no.db").exit_code == 2
    assert call("diff", ours, ours).exit_code == 0


def test_preview_tells_what_a_changed_rule_does_and_leaves_the_database_alone(tmp_path):
    corpus, base, rules = tmp_path / "corpus", tmp_path / "output" / "p.db", tmp_path / "rules"
    corpus.mkdir()
    lines = ["Protokoll Kulturnämnden 2026-02-06", "§ 1 Planen", "Kulturnämnden nickar åt planen."]
    draw(corpus / "protokoll.pdf", [paragraph(60, 80, lines, step=24)])
    shutil.copytree(rules_folder(), rules)
    ingest.run([corpus], base, rules=rules, jobs=1, say=str)
    before = sha256(base.read_bytes()).hexdigest()
    words = (rules / "decisions.yml").read_text(encoding="utf-8")
    rule = "  - id: nickar\n    pattern: nickar åt\n    form: verb\n    outcome: approved\n"
    (rules / "decisions.yml").write_text(words.replace("rules:\n", "rules:\n" + rule, 1), encoding="utf-8")
    told: list[str] = []
    found = preview(base, rules, 1, told.append)
    assert [(d.how, d.table, d.quote, d.rule) for d in found.differences] == [
        ("gained", "decisions", "Kulturnämnden nickar åt planen.", "nickar")
    ]
    assert sha256(base.read_bytes()).hexdigest() == before
    assert {path.name.removesuffix("-wal").removesuffix("-shm") for path in base.parent.iterdir()} == {"p.db"}
    (corpus / "protokoll.pdf").unlink()
    with pytest.raises(Incomparable, match="none of its documents"):
        preview(base, rules, 1, told.append)
    assert any("protokoll.pdf" in line for line in told)


def test_every_table_of_facts_has_a_name_and_shows_its_differences(tmp_path):
    assert set(schema.FACTS) <= set(TABLES)
    found = compared(tmp_path, [rows()], [rows(dissents=[dissent("Ida Ros reserverar sig.", name="Ida Ros")])])
    assert "”Ida Ros reserverar sig.”" in "\n".join(as_text(found))
