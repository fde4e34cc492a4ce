"""Counting against labels."""

from __future__ import annotations

import json

import pytest

from conftest import attendee, change, decision, funding, meeting, open_db, rows, section
from protoparse import measure, store

LABEL = {"file": "a.pdf", "document": {"kind": "protokoll", "body": "Ledningen", "meeting_date": "2025-12-12"}}


@pytest.fixture
def scored(tmp_path):
    """Scores what a document says against labels."""

    def score(said: dict, **labels) -> dict:
        db = open_db(tmp_path / "p.db")
        store.write_document(db, rows("sub/a.pdf", **said))
        db.conn.close()
        (tmp_path / "a.gold.json").write_text(json.dumps(LABEL | labels))
        return measure.score(store.connect(tmp_path / "p.db"), tmp_path)

    return score


def short(figures: dict, kind: str) -> tuple:
    return tuple(figures[kind][name] for name in ("gold", "found", "tp"))


def gold(text: str, **more) -> dict:
    return {"text": text, "outcome": "approved", "section": "8", "page": 1, "body": "Ledningen", **more}


@pytest.mark.parametrize(
    ("labels", "found", "expected"),
    [
        (["Planen antas."], ["Planen antas"], (1, 1, 1)),
        (["Planen antas."], ["Taxan höjs."], (1, 1, 0)),
        (["Planen antas."], ["Planen antas.", "Taxan höjs."], (1, 2, 1)),
        (["Planen antas."], ["Planen antas.", "Planen antas."], (1, 1, 1)),
        (["Planen antas och börjar gälla."], [], (1, 0, 0)),
        (["Planen antas. Den börjar gälla nu."], ["Planen antas.", "Den börjar gälla nu."], (1, 1, 1)),
        (["Planen antas."], ["Planen antas. Detta var efter en mycket lång diskussion i flera timmar."], (1, 1, 0)),
        (["Planen antas här i dag.", "Planen antas här i dag."], ["Planen antas här i dag."], (2, 1, 1)),
    ],
)
def test_decisions(scored, labels, found, expected):
    said = {"decisions": [decision(text, top=20.0 * n) for n, text in enumerate(found)]}
    assert short(scored(said, decisions=[gold(text) for text in labels]), "decisions") == expected


def test_an_optional_label_counts_neither_found_nor_missed(scored):
    labels = [gold("Planen antas.", optional=True), gold("Taxan höjs.", optional=True)]
    assert short(scored({"decisions": [decision("Planen antas.")]}, decisions=labels), "decisions") == (0, 0, 0)


def test_fields_and_typed(scored):
    said = {
        "sections": [section(1, "Ekonomi", "8"), section(2, "Lotsen", parent=1)],
        "decisions": [
            decision("Planen antas.", section=2),
            decision("Taxan höjs.", section=2, outcome="noted", top=300),
        ],
    }
    figures = scored(said, decisions=[gold("Planen antas."), gold("Taxan höjs.")], sections=[])
    assert figures["decisions"]["fields"] == {"outcome": "1/2", "section": "2/2", "page": "2/2", "body": "2/2"}
    assert figures["decisions"]["typed"] == 0.5
    assert short(figures, "sections") == (0, 1, 0)  # a sub-heading is not counted


@pytest.mark.parametrize(
    ("label", "found", "tp"),
    [
        ({"number": "8", "title": "Ekonomi"}, section(1, "Ekonomi", "8"), 1),
        ({"number": "8", "title": "Ekonomi"}, section(1, "Ekonomi", "9"), 0),
        ({"number": None, "title": "Ekonomi"}, section(1, "Ekonomi"), 1),
        ({"number": None, "title": "Ekonomi"}, section(1, "Personal"), 0),
    ],
)
def test_sections(scored, label, found, tp):
    assert scored({"sections": [found]}, sections=[{**label, "page": 1}])["sections"]["tp"] == tp


@pytest.mark.parametrize(
    ("label", "tp"),
    [
        ({"incoming": "Eva Ek", "outgoing": "Bo Al"}, 1),
        ({"incoming": "eva ek", "outgoing": "Bo Al"}, 1),
        ({"incoming": "Eva Eks", "incoming_alt": ["Eva Ek"], "outgoing": "Bo Al"}, 1),
        ({"incoming": "Eva Ek", "outgoing": None}, 0),
        ({"incoming": "Eva Ek", "outgoing": "Bo Al", "kind": "appointment"}, 0),
    ],
)
def test_roster_changes(scored, label, tp):
    said = {"roster_changes": [change("Eva Ek ersätter Bo Al", incoming="Eva Ek", outgoing="Bo Al")]}
    figures = scored(said, roster_changes=[{"kind": "replacement", "group": None, **label}])
    assert figures["roster_changes"]["tp"] == tp


def test_attendance_is_the_best_pairing(scored):
    said = {"attendance": [attendee("Eva Ek", category="other"), attendee("Eva Ek", party="S")]}
    both = [
        {"name": "Eva Ek", "category": it, "party_or_org": "S" if it == "member" else None}
        for it in ("member", "other")
    ]
    figures = scored(said, attendance=both)
    assert short(figures, "attendance") == (2, 2, 2)
    assert figures["attendance"]["fields"] == {"party_or_org": "1/1"}


@pytest.mark.parametrize(
    ("more", "tp", "typed"),
    [
        ({}, 1, 1.0),
        ({"kind": "budget_period"}, 1, 1.0),
        ({"kind": "report_by"}, 1, 0.0),
        ({"end": "2026-06-30"}, 0, None),
        ({"quote": "Något annat.", "subject": "Något helt annat"}, 0, None),
        ({"quote": "Något annat."}, 1, 1.0),
    ],
)
def test_funding(scored, more, tp, typed):
    words = "Lotsen finansieras till den 31 maj 2026."
    label = {"kind": "funded_until", "certainty": "stated", "subject": "Lotsen", "end": "2026-05-31", "quote": words}
    figures = scored({"funding": [funding(words, end="2026-05-31")]}, funding=[label | more])["funding"]
    assert (figures["tp"], figures["typed"]) == (tp, typed)


def test_heads_of_documents(scored):
    right = scored({})["documents"]
    wrong = scored({"meeting": meeting("2025-12-13", kind="nyhetsbrev", organ="Nämnden")})["documents"]
    assert right == {"kind": "1/1", "meeting_date": "1/1", "organ": "1/1"}
    assert wrong == {"kind": "0/1", "meeting_date": "0/1", "organ": "0/1"}


def test_a_document_that_is_absent_is_wholly_missed(scored):
    figures = scored({}, file="b.pdf", decisions=[gold("Planen antas.")])
    assert short(figures, "decisions") == (1, 0, 0)
    assert figures["absent"] == ["b.pdf"]
    assert "b.pdf" in measure.as_text(figures)


def test_floors(scored, tmp_path):
    figures = scored({"decisions": [decision("Planen antas.")]}, decisions=[gold("Planen antas."), gold("Taxan höjs.")])
    assert measure.below(figures, tmp_path) == []
    (tmp_path / "floors.json").write_text('{"decisions": {"precision": 1, "recall": 0.6}}')
    assert measure.below(figures, tmp_path) == ["decisions recall 0.5 is below its floor 0.6"]


def test_floors_are_lifted_freely_and_lowered_with_a_reason(scored, tmp_path):
    figures = scored({"decisions": [decision("Planen antas.")]}, decisions=[gold("Planen antas."), gold("Taxan höjs.")])
    path = tmp_path / "floors.json"
    path.write_text('{"decisions": {"precision": 0.8, "recall": 0.6}}')
    assert measure.raise_floors(figures, tmp_path) == ["decisions precision: 0.8 -> 1.0"]
    assert measure.below(figures, tmp_path) == ["decisions recall 0.5 is below its floor 0.6"]
    with pytest.raises(measure.BadLabels, match="reason"):
        measure.lower_floors(figures, tmp_path, "  ")
    assert measure.lower_floors(figures, tmp_path, "The tax is read by nobody.") == ["decisions recall: 0.6 -> 0.5"]
    assert measure.below(figures, tmp_path) == []
    assert json.loads(path.read_text()) == {
        "decisions": {"precision": 1.0, "recall": 0.5},
        "lowered": [{"floor": "decisions recall", "from": 0.6, "to": 0.5, "reason": "The tax is read by nobody."}],
    }


def test_a_floor_of_documents_is_a_share(scored, tmp_path):
    (tmp_path / "floors.json").write_text('{"documents": {"kind": 1.1}}')
    (line,) = measure.below(scored({}), tmp_path)
    assert line.startswith("documents kind ")


@pytest.mark.parametrize(
    "floors", ["[", '{"beslut": {"f1": 1}}', '{"decisions": {"f2": 1}}', '{"decisions": {"f1": "x"}}']
)
def test_floors_that_cannot_be_read(scored, tmp_path, floors):
    (tmp_path / "floors.json").write_text(floors)
    for read in (measure.below, measure.raise_floors, lambda *given: measure.lower_floors(*given, "why")):
        with pytest.raises(measure.BadLabels, match=r"floors\.json"):
            read(scored({}), tmp_path)


def test_labels_that_cannot_be_read(tmp_path):
    (tmp_path / "a.gold.json").write_text("{")
    with pytest.raises(measure.BadLabels, match=r"a\.gold\.json"):
        list(measure.labels(tmp_path))
