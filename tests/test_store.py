"""Rows in, `list(table.rows) ==` out."""

from __future__ import annotations

import json
import sqlite3

import pytest

from conftest import (
    attendee,
    ballot,
    change,
    decision,
    doubt,
    evidence,
    funding,
    meeting,
    mention,
    parsed,
    passage,
    printed,
    rows,
    section,
    sheet,
    source,
    vote,
)
from protoparse import as_rows, schema, store
from protoparse.models import Zone

DOC = source().id


def written(db, name="a.pdf", **given):
    store.write_document(db, rows(name, **given))
    return db


def all_of_it() -> dict:
    return {
        "pages": [sheet(text="Länets lots får pengar.")],
        "sections": [section(1, "Ekonomi", "8"), section(2, "Lotsen", parent=1, passages=[passage("En rad.")])],
        "decisions": [decision("Ledningen beslutar att Eva Ek ersätter Bo Al.", section=2)],
        "roster_changes": [change("Eva Ek ersätter Bo Al", incoming="Eva Ek", outgoing="Bo Al", section=2)],
        "funding": [funding("Lotsen finansieras till den 31 maj 2026.", end="2026-05-31", section=2)],
        "dates": [mention("den 31 maj 2026", "2026-05-31")],
        "attendance": [attendee("Eva Ek", party="S")],
        "ballots": [ballot("Med 1 ja-röst mot 0 nej-röster.", yes=1, no=0, section=2)],
        "votes": [vote("Eva Ek", party="S", section=2)],
        "doubts": [doubt("Ledningen beslutar kanske.")],
    }


def test_a_document_and_its_rows(db):
    written(db, **all_of_it())
    assert [(r["number"], r["title"], r["text"]) for r in db["sections"].rows] == [
        ("8", "Ekonomi", ""),
        (None, "Lotsen", "En rad."),
    ]
    (decided,) = db["decisions"].rows
    assert decided == {
        "id": decided["id"],
        "document": DOC,
        "meeting_date": "2025-12-12",
        "year": 2025,
        "organ": "Ledningen",
        "section": next(r["id"] for r in db["sections"].rows if r["title"] == "Lotsen"),
        "page": 1,
        "ordinal": 1,
        "corrected": None,
        "heading": None,
        "text": "Ledningen beslutar att Eva Ek ersätter Bo Al.",
        "outcome": "approved",
        "assigned_to": None,
        "due": None,
        "organ_id": None,
        "meeting_organ": "Ledningen",
        "evidence": decided["evidence"],
    }
    (changed,) = db["roster_changes"].rows
    assert (changed["decision"], changed["incoming"], changed["outgoing"]) == (decided["id"], "Eva Ek", "Bo Al")
    (doubted,) = db["doubts"].rows
    assert (doubted["quote"], doubted["rule"]) == ("Ledningen beslutar kanske.", "r")


def test_every_reference_leads_somewhere(db):
    written(db, **all_of_it())
    store.write_rules(db, [])
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_evidence_keeps_quote_rule_and_a_box_for_every_line(db):
    two_lines = printed("Lotsen finansieras", top=100) + " " + printed("till maj.", page=2, top=50)
    written(db, decisions=[decision("x", evidence={"quote": two_lines, "rule": "beslutar"})])
    (proof,) = db["evidence"].rows
    assert (proof["quote"], proof["rule"], proof["page"]) == ("Lotsen finansieras till maj.", "beslutar", 1)
    assert json.loads(proof["boxes"]) == [
        {"page": 1, "x0": 50.0, "top": 100.0, "x1": 140.0, "bottom": 110.0},
        {"page": 2, "x0": 50.0, "top": 50.0, "x1": 95.0, "bottom": 60.0},
    ]


def test_two_facts_of_one_rule_share_their_evidence():
    made = rows(attendance=[attendee("Eva Ek"), attendee("Eva Ek", category="other")])
    assert len(made["attendance"]) == 2
    assert len({row["id"] for row in made["attendance"]}) == 2
    assert len(made["evidence"]) == 1


@pytest.mark.parametrize(
    ("tables", "letter"),
    [
        ({"decisions": [decision("Ja.")]}, "d"),
        ({"dates": [mention("den 1 maj 2026", "2026-05-01")]}, "t"),
        ({"funding": [funding("Ja.")]}, "f"),
        ({"roster_changes": [change("Ja.")]}, "r"),
        ({"attendance": [attendee("Eva Ek")]}, "a"),
        ({"ballots": [ballot("Med 7 ja mot 6 nej.")]}, "b"),
        ({"doubts": [doubt("Ja.")]}, "u"),
        ({"sections": [section(1, "Val")]}, "s"),
    ],
)
def test_ids_say_document_and_table(tables, letter):
    (table,) = tables
    assert rows(**tables)[table][0]["id"].startswith(f"{DOC}-{letter}")
    assert len(rows(**tables)[table][0]["id"]) == len(DOC) + 10


def test_a_rule_less_leaves_all_other_ids_alone():
    """The same words twice on a page: the second keeps its id when nobody reads the first."""
    said = [passage("Det noteras.", top=100), passage("Det noteras.", top=200)]
    first, second = decision("Det noteras.", top=100), decision("Det noteras.", top=200)
    both = rows(passages=said, decisions=[first, second])["decisions"]
    alone = rows(passages=said, decisions=[second])["decisions"]
    assert both[0]["id"] != both[1]["id"]
    assert alone[0]["id"] == both[1]["id"]


def test_two_facts_on_the_same_words_keep_their_ids_without_each_other():
    words = "Lotsen finansieras till maj och projektet till juni."
    one, two = funding(words, end="2026-05-31"), funding(words, end="2026-06-30", kind="project_until", rule="projekt")
    both = {row["kind"]: row["id"] for row in rows(funding=[one, two])["funding"]}
    assert rows(funding=[two])["funding"][0]["id"] == both["project_until"]
    assert rows(funding=[one])["funding"][0]["id"] == both["funded_until"]


def test_writing_again_changes_nothing(db):
    written(db, **all_of_it())
    before = {table: list(db[table].rows) for table in ("documents", *schema.OF_DOCUMENT)}
    written(db, **all_of_it())
    assert {table: list(db[table].rows) for table in before} == before


def test_a_removed_document_leaves_nothing(db):
    written(db, "b.pdf", **all_of_it())
    before = {table: list(db[table].rows) for table in ("documents", *schema.OF_DOCUMENT)}
    written(db, "a.pdf", **all_of_it())
    store.remove_document(db, DOC)
    assert {table: list(db[table].rows) for table in before} == before
    assert db.execute("SELECT count(*) FROM decisions_fts WHERE decisions_fts MATCH 'ersätter'").fetchone() == (1,)


def test_a_failed_write_leaves_what_was_there(db):
    written(db, decisions=[decision("Det gamla.")])
    broken = rows(decisions=[decision("Det nya.")])
    broken["decisions"][0]["text"] = None
    with pytest.raises(sqlite3.IntegrityError):
        store.write_document(db, broken)
    assert [row["text"] for row in db["decisions"].rows] == ["Det gamla."]


def test_a_replaced_document_leads_to_the_new_one(db):
    for name, old in (("a.pdf", None), ("b.pdf", "a.pdf"), ("c.pdf", "b.pdf")):
        store.write_document(db, rows(name), replaces=source(old).id if old else None)
    assert [(r["id"], r["replaces"]) for r in db["documents"].rows] == [(source("c.pdf").id, source("b.pdf").id)]
    assert {r["old"]: r["new"] for r in db["replaced"].rows} == {
        source("a.pdf").id: source("c.pdf").id,
        source("b.pdf").id: source("c.pdf").id,
    }
    store.write_document(db, rows("a.pdf"), replaces=source("c.pdf").id)  # and back again
    assert {r["old"]: r["new"] for r in db["replaced"].rows} == {
        source("b.pdf").id: source("a.pdf").id,
        source("c.pdf").id: source("a.pdf").id,
    }


def test_reading_anew_keeps_what_a_document_replaces(db):
    store.write_document(db, rows("a.pdf"))
    store.write_document(db, rows("b.pdf"), replaces=DOC)
    store.write_document(db, rows("b.pdf"))
    assert [row["replaces"] for row in db["documents"].rows] == [DOC]


@pytest.mark.parametrize(
    ("scanned", "status"), [([False, False], "read"), ([True, False], "partly"), ([True, True], "scanned")]
)
def test_status(scanned, status):
    made = rows(pages=[sheet(n, scanned=yes) for n, yes in enumerate(scanned, 1)])
    assert made["documents"][0]["status"] == status


def test_what_the_document_does_not_say_is_null(db):
    written(db, meeting=meeting(None, organ=None, kind="nyhetsbrev"))
    (row,) = db["documents"].rows
    assert [row[name] for name in ("title", "organ", "meeting_date", "year", "replaces")] == [None] * 5
    assert row["label"] == "a.pdf"


@pytest.mark.parametrize(("query", "hits"), [("länets", 1), ("LÄNETS", 1), ("lanets", 0), ("pengar", 1)])
def test_search_keeps_swedish_letters_apart(db, query, hits):
    written(db, pages=[sheet(text="Länets lots får pengar.")])
    assert db.execute("SELECT count(*) FROM pages_fts WHERE pages_fts MATCH ?", (query,)).fetchone() == (hits,)


def test_views_spell_out_the_section(db):
    written(db, **all_of_it())
    (row,) = db["beslut"].rows
    assert [row[it] for it in ("paragraf", "rubrik", "utfall", "datum")] == ["8", "Ekonomi", "bifallet", "2025-12-12"]
    (row,) = db["byten"].rows
    assert [row[it] for it in ("slag", "tilltrader", "avgar")] == ["byte", "Eva Ek", "Bo Al"]
    (row,) = db["finansiering"].rows
    assert [row[it] for it in ("tjanst", "slag", "till")] == ["Lotsen", "finansierat till", "2026-05-31"]


def test_the_account_of_the_rules(db):
    written(db, decisions=[decision("Ja."), decision("Nej.", top=300)])
    written(db, "b.pdf", decisions=[decision("Ja.")], dates=[mention("den 1 maj 2026", "2026-05-01")])
    base = {"kind": "decision", "file": "decisions.yml", "pattern": "beslutar", "note": None}
    store.write_rules(db, [{"id": "beslutar", **base}, {"id": "oanvänd", **base}])
    assert [(r["id"], r["n_rows"], r["n_documents"]) for r in db["rules"].rows] == [
        ("beslutar", 3, 2),
        ("oanvänd", 0, 0),
        ("datum", 1, 1),
    ]


def test_a_foreign_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(store.NotOurs, match=r"other\.db was not made by protoparse"):
        store.open_db(path)


def test_no_database_at_all(tmp_path):
    path = tmp_path / "text.db"
    path.write_text("hej " * 1000)
    with pytest.raises(store.NotOurs, match="is not a database"):
        store.open_db(path)


def test_an_older_database_is_made_anew(tmp_path):
    path = tmp_path / "p.db"
    db = store.open_db(path)
    store.write_document(db, rows())
    db.execute("PRAGMA user_version = 0")
    db.conn.close()
    db = store.open_db(path)
    assert list(db["documents"].rows) == []
    db.conn.close()


def test_evidence_of_nothing_printed_is_no_evidence():
    made = rows(decisions=[decision("x", evidence=evidence(""))])
    assert made["decisions"][0]["evidence"] is None


def test_every_passage_is_kept_with_its_zone():
    said = passage("Planen antas.", page=2, zone=Zone.DECISION, heading="Beslut", section=1, marker="1.")
    again = passage("Planen antas.", page=2, top=130.0, zone=Zone.PROPOSAL, section=1)
    found = as_rows.rows_of(source(), parsed(sections=[section(1, "Plan", "4")], passages=[said, again]))
    first, second = found["passages"]
    assert (first["zone"], first["heading"], first["marker"], first["page"]) == ("decision", "Beslut", "1.", 2)
    assert (first["section"], first["ordinal"], second["zone"]) == (found["sections"][0]["id"], 1, "proposal")
    assert first["id"] != second["id"]
    assert json.loads(first["boxes"]) == [[2, 50.0, 100.0, 115.0, 110.0]]
    assert set(schema.ZONES) == {zone.value for zone in Zone}
