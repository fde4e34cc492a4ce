"""Searching: Swedish words, the query language, what is found and what is not, and the page."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from conftest import SAMPLE, change, decision, funding, meeting, passage, rows, section
from protoparse import hits, search_bench, searching, store
from protoparse.query import case_terms, expression, parse
from protoparse.searching import search
from protoparse.site.search import Asked, facets
from protoparse.site.serve import metadata, present
from protoparse.snippets import pieces, spans
from protoparse.swedish import fold, shadow, stem, terms, usual

HOSTILE = '<script>alert("x")</script>'


# --- words


@pytest.mark.parametrize(
    "family",
    [
        "ledamot ledamöter ledamöterna ledamotens LEDAMOT",
        "beslut beslutet beslöt beslutade beslutas",
        "protokoll protokollet protokollens",
        "skola skolan skolor",
        "kvinna kvinnan kvinnorna",
        "projekt projektet projekten",
        "ärende ärendet ärendena",
        "brygga bryggan bryggor bryggorna",
        "arrende arrendet arrendena",
        "avslog avslås avslagits avslag",
        "nämndledamot nämndledamöterna",
        "kommitté kommittén kommitte",
        "cykelplan cykelplanen cykelplaner",
        "idé idéer ide",
    ],
)
def test_inflections_have_one_stem(family):
    assert len({stem(usual(), word) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("råd", "rad"), ("lön", "lon"), ("här", "har"), ("Lindén", "Lind"), ("val", "vål"), ("arena", "are")],
)
def test_other_words_have_other_stems(one, other):
    assert stem(usual(), one) != stem(usual(), other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("jourmottagningarna", ["jourmottagning", "mottagning"]),
        ("hamnstyrelsens", ["hamnstyrelse", "styrelse"]),
        ("mottagning", ["mottagning"]),
        ("avtal", ["avtal"]),
        ("förråd", ["förråd"]),
        ("hjälpmedel", ["hjälpmedel"]),
        ("festivalen", ["festival"]),
    ],
)
def test_compounds_are_found_by_their_last_part(word, parts):
    assert list(terms(usual(), word)) == parts


def test_a_word_without_end_is_read_in_no_time_to_speak_of():
    """Each of its endings was once copied to be looked up: half a minute for this one."""
    assert terms(usual(), "ba" * 300_000 + "mottagningen")[1:] == ("mottagning",)


def test_there_are_at_least_sixty_irregular_forms():
    assert len(usual().irregular) >= 60


def test_marks_on_letters_fall_but_swedish_letters_stay():
    assert fold("Åsa Lindén Müller Sørås É") == "åsa linden muller sörås e"
    assert shadow(usual(), "Nämnderna beslöt.", None) == "nämnd beslut"


@given(st.text())
def test_any_word_has_a_stem(text):
    assert shadow(usual(), text) == shadow(usual(), text)


# --- the query language


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bryggan", '({head stems} : ("brygg" OR "bryggan"))'),
        ('"anta planen"', '({title text} : ("anta planen"))'),
        ("§ 8.1", '({about} : ("p8x1"))'),
        ("KS 2025/0123", '({title text} : ("KS 2025 0123") OR {about} : ("cks2025x123"))'),
        ("", ""),
        ("-planen", ""),
        ('" NEAR( *', '({title text} : ("NEAR"))'),
    ],
)
def test_what_is_written_becomes_an_expression(text, said):
    assert expression(parse(text, usual())) == said


def test_small_words_count_only_alone():
    assert expression(parse("bryggan och", usual())) == expression(parse("bryggan", usual()))
    assert expression(parse("och", usual()))


@pytest.mark.parametrize("case", ["KS 2026.019", "KS 2026/19", "ks2026/0019", "KS/2026:19-4", "KS 2026-00019"])
def test_case_numbers_are_one_however_they_are_written(case):
    assert case_terms(case)[-1] == "cks2026x19"


@pytest.fixture(scope="module")
def empty() -> Any:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE hits_fts USING fts5(title, text, head, stems, about)")
    return db


@given(st.text(max_size=60) | st.text('"§*-()^:{}+ ORNEAT2015/åä', max_size=40))
def test_no_text_is_an_error(empty, text):
    if match := expression(parse(text, usual())):
        assert empty.execute("SELECT count(*) FROM hits_fts WHERE hits_fts MATCH ?", (match,)).fetchone() == (0,)


# --- what is found


TOLD = passage("Ungdomsmottagningen flyttar till hamnen den 31 december 2026. Färgen på muren är grå.", section=1)
PLACE = section(1, "Arrende av bryggan", "12", case_number="KS 2025/177", passages=[TOLD])
MORE = {
    "decisions": [decision(f"Nämnden antar arrendet {HOSTILE}", section=1)],
    "roster_changes": [change("Eva Ek ersätter Bo Al", incoming="Eva Ek", outgoing="Bo Al", group_name="Hamnrådet")],
    "funding": [funding("Lotsen bekostas av regionen.", "Lotsen", "2026-05-31")],
}


@pytest.fixture
def filled(db) -> sqlite3.Connection:
    store.write_document(db, rows(sections=[PLACE], **MORE))
    store.write_document(
        db, rows("b.pdf", meeting=meeting("2024-02-06", organ="Rådet"), decisions=[decision("Rådet godkänner planen.")])
    )
    hits.refresh(db)
    return db.conn


def tables(db: sqlite3.Connection, text: str, **more: Any) -> list[str]:
    return sorted(row["table"] for row in search(db, text, **more).rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mottagning", ["sections"]),
        ("ungdomsmottagningar", ["sections"]),
        ("mottagningen -hamn", []),
        ("bryggor", ["decisions", "sections"]),
        ("brygg", ["decisions", "sections"]),
        ('"arrende av bryggan"', ["decisions", "sections"]),
        ('"arrende av bryggor"', []),
        ("§ 12", ["decisions", "sections"]),
        ("§ 13", []),
        ("KS 2025/177", ["decisions", "sections"]),
        ("RS 2025/177", []),
        ("31/12", ["sections"]),
        ("31 december 2026", ["sections"]),
        ("2024-02-06", ["decisions", "documents"]),
        ("hamnrådets", ["roster_changes"]),
        ("Ek", ["roster_changes"]),
        ("finns OR mottagning", ["sections"]),
        ("mottagning ELLER lots", ["funding", "sections"]),
        ("gra", []),
        ("grå", ["sections"]),
        ("far", []),
        ("rådet planen", ["decisions"]),
    ],
)
def test_what_is_found(filled, text, found):
    assert tables(filled, text) == found


def test_parts_of_compounds_are_learnt_from_the_register(db):
    said = ["Valrossbassängen och havsbassängen är tomma.", "En havsbris och en valross."]
    store.write_document(db, rows(decisions=[decision(text) for text in said]))
    hits.refresh(db)
    assert "bassäng" not in usual().heads
    assert [row["text"] for row in search(db.conn, "bassäng").rows] == said[:1]


def test_titles_and_decisions_come_first_and_newest_when_asked(db):
    for name, day in (("a.pdf", "2024-01-01"), ("b.pdf", "2025-01-01")):
        said = {"sections": [section(1, "Hamnen", "1", passages=[passage("Om hamnen.")])]}
        store.write_document(
            db, rows(name, meeting=meeting(day), decisions=[decision("Hamnen byggs.", section=1)], **said)
        )
    hits.refresh(db)
    best = search(db.conn, "hamn").rows
    assert [row["table"] for row in best] == ["decisions", "decisions", "sections", "sections"]
    assert [row["meeting_date"][:4] for row in search(db.conn, "hamn", newest=True).rows] == [
        "2025",
        "2025",
        "2024",
        "2024",
    ]


def test_only_the_newest_candidates_are_looked_at_and_that_is_said(db):
    for year in range(2001, 2011):
        store.write_document(
            db, rows(f"{year}.pdf", meeting=meeting(f"{year}-01-01"), decisions=[decision("Bron rivs.")])
        )
    found = search(db.conn, "bron", most=4)
    assert found.bounded and found.total == 4
    assert sorted(row["meeting_date"][:4] for row in found.rows) == ["2007", "2008", "2009", "2010"]
    assert not search(db.conn, "bron", most=10).bounded


@pytest.mark.parametrize("most", [1, 3])
def test_words_that_are_everywhere_are_not_weighed(filled, monkeypatch, most):
    weighed = []
    monkeypatch.setattr(searching, "_weighed", lambda *given: weighed.append(given) or [])
    search(filled, "bryggan", most=most)
    assert bool(weighed) is (most == 3)


def test_many_hits_are_ordered_without_weighing_each(filled, monkeypatch):
    monkeypatch.setattr(searching, "RANKED", 0)
    assert [row["table"] for row in search(filled, "brygga").rows] == ["decisions", "sections"]


def test_facets_count_and_narrow(filled):
    found = search(filled, "bryggan OR planen")
    assert found.facets["table"] == {"decisions": 2, "sections": 1}
    assert found.facets["year"] == {2025: 2, 2024: 1}
    narrowed = search(filled, "bryggan OR planen", {"year": "2024"})
    assert [row["text"] for row in narrowed.rows] == ["Rådet godkänner planen."]
    assert tables(filled, "bryggan OR planen", hidden=["decisions"]) == ["sections"]


def test_a_word_that_stands_nowhere_gives_a_suggestion(filled):
    assert list(search(filled, "ungdomsmotagningen grå").suggestions) == ["ungdomsmottagningen grå"]
    assert not search(filled, "xyzzyplugh").suggestions


# --- hits follow their rows


def test_a_changed_row_is_found_by_its_new_words_only(db):
    store.write_document(db, rows(decisions=[decision("Bron rivs.")]))
    db.execute("UPDATE decisions SET text = 'Tornet målas.'")
    hits.refresh(db)
    assert tables(db.conn, "bron") == []
    assert tables(db.conn, "torn") == ["decisions"]
    db.execute("UPDATE documents SET meeting_date = '2020-05-05', year = 2020")
    hits.refresh(db)
    assert search(db.conn, "torn").rows[0]["meeting_date"] == "2020-05-05"
    db.execute("DELETE FROM decisions")
    hits.refresh(db)
    assert tables(db.conn, "torn") == []
    assert not db.execute("SELECT * FROM unsearched").fetchall()


def test_scrubbing_and_removing_leave_a_sound_index(db, tmp_path):
    store.write_document(db, rows(decisions=[decision("Bron rivs.")]))
    store.write_document(db, rows("b.pdf", decisions=[decision("Tornet målas.")]))
    store.remove_document(db, rows()["documents"][0]["id"])
    db.execute("DELETE FROM unsearched")
    db.conn.commit()
    store.scrub(tmp_path / "protoparse.db")
    assert tables(db.conn, "bron") == []
    assert tables(db.conn, "tornen") == ["decisions"]
    db.execute("INSERT INTO hits_fts (hits_fts) VALUES ('integrity-check')")


def test_names_are_found_by_all_their_spellings(db):
    db.execute(
        "INSERT INTO entities VALUES ('person-1', 'person', 'Eva Ek'), ('organization-1', 'organization', 'Ek AB')"
    )
    db.execute("INSERT INTO aliases VALUES ('1', 'person-1', 'E. Eklöf', NULL)")
    hits.refresh(db)
    assert [row["row"] for row in search(db.conn, "eklöf").rows] == ["person-1"]
    assert [row["row"] for row in search(db.conn, "ek").rows] == ["person-1"]
    db.execute("UPDATE entities SET name = 'Eva Gran' WHERE id = 'person-1'")
    hits.refresh(db)
    assert tables(db.conn, "gran") == ["entities"]
    assert tables(db.conn, "ek") == []


# --- marks


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("mottagning", ["Ungdomsmottagningen"]),
        ("flytta hamn", ["flyttar", "hamnen"]),
        ('"flyttar till hamnen"', ["flyttar till hamnen"]),
        ('"flytta till"', []),
        ("31/12", ["31 december"]),
    ],
)
def test_hits_are_marked_by_stem_part_and_phrase(query, marks):
    text = TOLD.text.string
    assert [text[start:end] for start, end in spans(text, parse(query, usual()), usual())] == marks


def test_a_snippet_is_the_part_with_most_marks():
    text = "ord " * 200 + "kajen och bron vid kajen " + "mer " * 200
    found = pieces(text, spans(text, parse("kaj bro", usual()), usual()))
    assert [said for said, mark in found if mark] == ["kajen", "bron", "kajen"]
    assert found[0] == ("… ", False) and found[-1] == (" …", False)
    assert sum(len(said) for said, _ in found) < 300


@given(st.text(max_size=400), st.text(max_size=20))
def test_pieces_lose_no_letter(text, query):
    marks = spans(text, parse(query, usual()), usual())
    assert "".join(said for said, _ in pieces(text, marks, None)) == text


# --- the labelled queries


def test_recall_and_precision_on_the_samples(samples_db):
    queries = search_bench.labelled(SAMPLE / "queries.yml")
    assert len(queries) >= 40
    precision, recall = search_bench.rates(list(search_bench.judged(samples_db.conn, queries)))
    assert precision >= 0.99
    assert recall >= 0.98


# --- the page


async def page(db: Path, path: str) -> Any:
    return await Datasette([str(db)], metadata=metadata("protoparse", present(db))).client.get(path)


@pytest.fixture
def register(filled, tmp_path) -> Path:
    filled.commit()
    return tmp_path / "protoparse.db"


@pytest.mark.asyncio
async def test_the_page_marks_what_was_found_and_escapes_the_rest(register):
    body = (await page(register, "/-/sok?q=arrenden")).text
    assert "<mark>arrendet</mark>" in body and "<mark>Arrende</mark>" in body
    assert HOSTILE not in body
    assert str(escape(HOSTILE)) in body


@pytest.mark.asyncio
async def test_the_page_has_facets_with_counts_and_a_way_back(register):
    body = (await page(register, "/-/sok?q=bryggan+OR+planen")).text
    assert re.search(r'href="\?q=bryggan\+OR\+planen&amp;ar=2024">2024</a> <span class="count">1<', body)
    body = (await page(register, "/-/sok?q=bryggan+OR+planen&ar=2024&ordning=datum&sida=0")).text
    assert "1 träff" in body and "ta bort" in body


def test_outcomes_of_different_kinds_stand_apart():
    counts = {"outcome": Counter({"approved": 4, "rejected": 1, "replacement": 2, "report_by": 3, "service": 1})}
    shown = {one["title"]: [value["word"] for value in one["values"]] for one in facets(Asked("x"), counts)}
    assert shown == {
        "Beslutets utfall": ["bifallet", "avslaget"],
        "Slag av byte": ["byte"],
        "Slag av finansiering": ["ska redovisas senast"],
        "Slag av namn": ["verksamhet"],
    }
    chosen = facets(Asked("x", {"utfall": "replacement"}), {"outcome": Counter(replacement=2)})
    assert [(one["title"], one["chosen"]) for one in chosen] == [("Slag av byte", "byte")]
    assert facets(Asked("x"), {"outcome": Counter(approved=3)}) == []


@pytest.mark.asyncio
async def test_the_page_without_hits_says_what_to_do(register):
    body = (await page(register, "/-/sok?q=ungdomsmotagning")).text
    assert "Inga träffar" in body and "Menade du" in body and "Pröva färre ord" in body
    assert "Så här kan du söka" in (await page(register, "/-/sok?q=%22")).text
    assert "Den sidan finns inte" in (await page(register, "/-/sok?q=bryggan&sida=99")).text


@pytest.mark.asyncio
async def test_a_bounded_search_says_so(register, monkeypatch):
    monkeypatch.setattr(searching.search, "__defaults__", (*searching.search.__defaults__[:4], 1, 20))
    assert "senaste visas" in (await page(register, "/-/sok?q=bryggan")).text


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "query", ["%00", "%22OR%22", "AND+NOT", "{a}:b*", "-", "§", "a%20b%20" * 60, "q&slag=%27&ar=x&sida=-1"]
)
async def test_the_page_answers_anything(register, query):
    assert (await page(register, "/-/sok?q=" + query)).status_code == 200
    assert isinstance((await page(register, "/-/sok.json?q=" + query)).json(), list)


@pytest.mark.asyncio
async def test_programs_get_table_id_text_and_url(register):
    (found,) = (await page(register, "/-/sok.json?q=godk%C3%A4nna")).json()
    assert (found["table"], found["text"]) == ("decisions", "Rådet godkänner planen.")
    assert found["url"].startswith("/-/evidence/") and set(found) == {"table", "id", "text", "url"}
