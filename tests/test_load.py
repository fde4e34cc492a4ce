"""The invented register: the same every time, with the words of a real one, and measured from end to end."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from pathlib import Path

from conftest import open_db, rows, sheet
from protoparse import load, load_pages, store

TEXT = "Nämnden beslutar att hamnen får en kajplats och att kajplatsen städas av nämnden."


def made(tmp_path: Path, name: str) -> sqlite3.Connection:
    like = tmp_path / f"like-{name}.db"
    db = open_db(like)
    store.write_document(db, rows(pages=[sheet(text=TEXT)]))
    db.close()
    load.build(tmp_path / name, 2 * load.PAGES, like)
    return store.connect(tmp_path / name)


def test_the_same_words_give_the_same_register_which_can_be_searched(tmp_path, capsys, monkeypatch):
    one, other = made(tmp_path, "a.db"), made(tmp_path, "b.db")
    for table in ("documents", "sections", "decisions", "hits", "entities"):
        said = [tuple(row) for row in one.execute(f"SELECT * FROM {table}")]
        assert said and said == [tuple(row) for row in other.execute(f"SELECT * FROM {table}")]
    monkeypatch.setattr(load_pages, "EACH", 2)  # of twenty: whether it measures, not how quick it is
    monkeypatch.setattr(load, "queries", lambda *given, every=load.queries: every(*given)[::10])
    load.main(["--db", str(tmp_path / "a.db")])
    told = capsys.readouterr().out
    assert "60 pages" in told and "p95" in told


def test_words_are_as_frequent_as_they_are_and_compounds_are_rarer():
    speech = load.speech(Counter({"hamnen": 50, "kajen": 5, "bryggan": 1}), size=6)
    weights = [b - a for a, b in zip((0, *speech.sums), speech.sums, strict=False)]
    assert speech.words[:3] == ("hamnen", "kajen", "bryggan")
    assert weights[:3] == [50, 5, 1]
    assert len(speech.words) == 6 and weights[3:] == sorted(weights[3:], reverse=True)
    assert set(speech.say(random.Random(1), 50).split()) <= set(speech.words)


def test_percentiles():
    assert load.percentiles([n / 1000 for n in range(100)]) == "p50 50, p95 95, p99 99 ms"
