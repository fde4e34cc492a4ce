"""What somebody found right stays right as long as it says the same, and tells how right a rule is."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import attendee, decision, funding, meeting, open_db, rows
from protoparse import corrections, ingest, judged, marking, store
from protoparse.entries import Mark
from protoparse.judged import Tally, wilson

DAY = date(2026, 7, 1)


def told(**given):
    base = {"meeting": meeting("2026-01-10"), "decisions": [decision("Ja."), decision("Nej.", rule="avslår")]}
    return rows("a.pdf", **{**base, "attendance": [attendee("Eva Ek")], **given})


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "p.db"
    written(path, told())
    return path


def written(path, document):
    db = open_db(path)
    store.write_document(db, document)
    ingest.finish(db, [], corrections.read(path))
    db.conn.close()


def asked(database, sql, *values):
    return [tuple(row) for row in store.connect(database).execute(sql, values)]


def id_of(database, text, table="decisions"):
    return asked(database, f"SELECT id FROM {table} WHERE {'name' if table == 'attendance' else 'text'} = ?", text)[0][
        0
    ]


def state(database):
    return asked(database, 'SELECT id, "table", rule, status, "by", "on", note, file FROM judged ORDER BY id')


def test_a_row_found_right_is_kept_in_the_file_and_in_the_table(database):
    id = id_of(database, "Ja.")
    path = marking.judge(database, id, "Anna Ek", "Stämmer.", DAY)
    assert path == database.parent / "corrections" / "granskat.yml"
    (mark,) = corrections.read(database).judged
    now = judged.current(store.connect(database), id)
    assert mark == Mark(id, now[2], "Anna Ek", "2026-07-01", "Stämmer.", "granskat.yml")
    assert state(database) == [
        (id, "decisions", "beslutar", "right", "Anna Ek", "2026-07-01", "Stämmer.", "granskat.yml")
    ]


def test_what_layout_gave_is_counted_by_its_table(database):
    marking.judge(database, id_of(database, "Eva Ek", "attendance"), "Anna", None, DAY)
    assert judged.tallies(store.connect(database)) == {"layout:attendance": Tally(right=1)}


def test_a_judgement_survives_reading_again_and_not_a_change(database):
    id = id_of(database, "Ja.")
    marking.judge(database, id, "Anna", None, DAY)
    written(database, told())
    assert [row[3] for row in state(database)] == ["right"]
    written(database, told(decisions=[decision("Ja.", outcome="rejected")]))
    assert [row[3] for row in state(database)] == ["changed"]
    assert judged.tallies(store.connect(database)) == {}
    written(database, told(decisions=[]))
    assert [(row[1], row[3]) for row in state(database)] == [("decisions", "gone")]


def test_the_fingerprint_is_of_what_is_seen(database):
    row = {"id": "a", "text": "Ja.", "organ_id": "organ-1", "person": "p", "ordinal": 1, "corrected": "x", "year": 1}
    other = {"id": "b", "text": "Ja.", "organ_id": "organ-2", "person": "q", "ordinal": 2, "corrected": None, "year": 2}
    assert judged.fingerprint(row, "Ja.") == judged.fingerprint(other, "Ja.")
    assert judged.fingerprint(row, "Ja.") != judged.fingerprint(row, "Ja!")
    assert judged.fingerprint(row, "Ja.") != judged.fingerprint({**row, "text": "Nej."}, "Ja.")


def test_a_judgement_is_taken_back(database):
    id = id_of(database, "Ja.")
    marking.judge(database, id, "Anna", None, DAY)
    assert marking.unmark(database, id, "judged") == 1
    assert marking.unmark(database, id, "judged") == 0
    assert state(database) == []
    assert corrections.read(database).judged == ()


def test_a_row_is_judged_once_however_often_somebody_does(database):
    id = id_of(database, "Ja.")
    marking.judge(database, id, "Anna", None, DAY)
    marking.judge(database, id, "Bo", None, DAY)
    assert [row[4] for row in state(database)] == ["Bo"]
    assert [mark.by for mark in corrections.read(database).judged] == ["Bo"]


def test_a_grown_file_is_followed_by_another(database, monkeypatch):
    monkeypatch.setattr(judged, "FULL", 10)
    for text in ("Ja.", "Nej."):
        marking.judge(database, id_of(database, text), "Anna", None, DAY)
    assert {mark.file for mark in corrections.read(database).judged} == {"granskat.yml", "granskat-2.yml"}
    marking.refresh(database)
    assert [row[3] for row in state(database)] == ["right", "right"]


@pytest.mark.parametrize("id", ["", "x", "documents", "000000000000-d00000000", "000000000000-e00000000"])
def test_what_is_no_row_of_facts_cannot_be_judged(database, id):
    with pytest.raises(marking.Unknown):
        marking.judge(database, id, "Anna", None, DAY)
    assert not (database.parent / "corrections").exists()


def test_corrected_and_wrong_rows_count_against_their_rule(database):
    right, wrong = id_of(database, "Ja."), id_of(database, "Nej.")
    marking.judge(database, right, "Anna", None, DAY)
    db = store.open_db(database)
    proofs = dict(asked(database, "SELECT id, evidence FROM decisions"))
    for number, (row, kind, status) in enumerate(
        [
            (wrong, "wrong", "applied"),
            (right, "field", "applied"),
            (right, "field", "applied"),
            (right, "wrong", "gone"),
        ]
    ):
        db["corrections"].insert(
            {"id": f"c{number}", "kind": kind, "table": "decisions", "row": row, "status": status}
            | {"evidence": proofs[row]}
        )
    db.conn.close()
    assert judged.tallies(store.connect(database)) == {
        "avslår": Tally(wrong=1),
        "beslutar": Tally(corrected=1),  # its row was found right once, and corrected since
    }


def test_only_the_sample_tells_how_often_a_rule_is_right(database, monkeypatch):
    written(database, told(decisions=[decision(f"Beslut {number}.") for number in range(6)]))
    ids = sorted((row[0] for row in asked(database, "SELECT id FROM decisions")), key=lambda id: id[14:])
    monkeypatch.setattr(judged, "SAMPLE", 3)
    for id in (ids[0], ids[1], ids[4]):
        marking.judge(database, id, "Anna", None, DAY)
    assert judged.tallies(store.connect(database)) == {"beslutar": Tally(right=2, beside=(1, 0, 0))}
    evidence, gone = asked(database, "SELECT evidence FROM decisions WHERE id = ?", ids[0])[0][0], ids[0]
    db = store.open_db(database)
    for row in (gone, ids[5]):  # the one lies in the sample, the other does not
        db["corrections"].insert(
            {"id": row, "kind": "wrong", "table": "decisions", "row": row, "status": "applied", "evidence": evidence}
        )
    db.execute("DELETE FROM decisions WHERE id IN (?, ?)", (gone, ids[5]))
    db.conn.commit()
    db.conn.close()
    base = store.connect(database)
    assert judged.sample(base, "beslutar") == set(ids[:3])  # a wrong row that was taken away is not made up for
    assert judged.tallies(base) == {"beslutar": Tally(right=1, wrong=1, beside=(1, 0, 1))}


def test_rows_that_people_added_are_of_no_rule(database):
    written(database, told(funding=[funding("Lotsen till maj.", rule="rättelse")]))
    db = store.open_db(database)
    row = asked(database, "SELECT id, evidence FROM funding")[0]
    db["corrections"].insert(
        {"id": "c", "kind": "field", "table": "funding", "row": row[0], "evidence": row[1], "status": "applied"}
    )
    db.conn.close()
    assert judged.tallies(store.connect(database)) == {}


@pytest.mark.parametrize(
    ("right", "judged_", "low", "high"),
    [(0, 1, 0.0, 0.793), (1, 1, 0.207, 1.0), (9, 10, 0.596, 0.982), (30, 30, 0.886, 1.0), (15, 30, 0.332, 0.668)],
)
def test_wilsons_interval(right, judged_, low, high):
    assert wilson(right, judged_) == pytest.approx((low, high), abs=0.001)


def test_a_tally_without_rows_claims_nothing():
    assert (Tally().precision, Tally().interval) == (None, None)
    assert Tally(right=3, corrected=1, wrong=0).precision == 0.75
