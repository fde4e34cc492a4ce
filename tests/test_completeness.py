"""Paragraphs that no document holds, and meetings that were announced and have no protocol."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import meeting, mention, passage, printed, rows, section, sheet, taken
from orders import Made, calm, check_order, check_removal
from protoparse import asof, audit, completeness, gaps, store
from protoparse.models import Section
from protoparse.resolve import resolve


def heading(number, ordinal=1, sign="§ ", **given) -> Section:
    title = f"Ärende {number}"
    return section(ordinal, title, str(number), heading=printed(f"{sign}{number} {title}", top=20.0 * ordinal), **given)


def protocol(name, day, *numbers, form="protokoll", organ="Skolnämnden", sign="§ ", text="", **given):
    """A protocol with these paragraphs."""
    headings = [heading(number, k, sign) for k, number in enumerate(numbers, 1)]
    about = meeting(day, organ=organ, **given)
    made = rows(name, meeting=about, sections=headings, pages=[sheet(text=text)])
    made["documents"][0]["form"] = form
    return made


def finish(db):
    with store.writing(db):
        resolve(db)
        completeness.rebuild(db)
    return db


def filled(db, *documents):
    for document in documents:
        store.write_document(db, document)
    return finish(db)


def found(db):
    query = """SELECT first, last, b.path AS before, a.path AS after FROM missing m
        LEFT JOIN documents b ON b.id = before LEFT JOIN documents a ON a.id = after
        WHERE m.kind != 'protocol' ORDER BY known, first"""
    return [tuple(row.values()) for row in db.query(query)]


MARCH, MAY, JUNE = "2025-03-04", "2025-05-06", "2025-06-03"


def test_paragraphs_between_two_protocols(db):
    filled(db, protocol("a.pdf", MARCH, 1, 2, 3), protocol("b.pdf", MAY, 7, 8, 9))
    assert found(db) == [(4, 6, "a.pdf", "b.pdf")]
    (row,) = db["missing"].rows
    assert row["message"] == (
        "Skolnämnden: § 4–6 saknas mellan a.pdf (2025-03-04, § 1–3) och b.pdf (2025-05-06, § 7–9). "
        "Paragraferna kan ha justerats för sig."
    )
    assert (row["known"], row["year"], row["kind"]) == (MAY, 2025, "paragraphs")
    assert db["evidence"].get(row["evidence"])["quote"] == "§ 7 Ärende 7"


def test_nothing_is_missing(db):
    filled(db, protocol("a.pdf", MARCH, 1, 2, 3), protocol("b.pdf", MAY, 4, 5, 6))
    assert found(db) == []


def test_before_the_first_protocol_of_a_year(db):
    filled(db, protocol("a.pdf", MARCH, 12, 13))
    assert found(db) == [(1, 11, None, "a.pdf")]
    (row,) = db["missing"].rows
    assert row["kind"] == "begins"
    assert row["message"] == (
        "Skolnämnden 2025: det äldsta protokollet här är a.pdf (2025-03-04, § 12–13). "
        "Finns det tidigare protokoll, är de inte inlästa."
    )
    assert asof.report(db.conn, date(2025, 6, 1)).missing == []  # where a year begins is nothing to look for


@pytest.mark.parametrize(
    "documents",
    [
        [("a.pdf", MARCH, 1, 2, 3), ("b.pdf", MAY, 1, 2, 3, 4), ("c.pdf", JUNE, 9, 10)],  # every meeting starts at 1
        [("a.pdf", MARCH, 4, 5, 6), ("b.pdf", MAY, 5, 6, 7, 8)],
        [("a.pdf", "2024-11-05", 30, 31), ("b.pdf", MARCH, 40, 41)],  # goes on, or starts anew: both may be
    ],
)
def test_where_the_numbering_is_not_known_nothing_is_said(db, documents):
    filled(db, *(protocol(*document) for document in documents))
    assert [row for row in found(db) if row[3] != "a.pdf"] == []


def test_agenda_numbers_are_no_paragraphs(db):
    filled(db, protocol("a.pdf", MARCH, 2, 3, sign="Punkt "), protocol("b.pdf", MAY, 7, 8, sign="Punkt "))
    assert found(db) == []


def test_numbers_that_start_anew_with_the_year(db):
    autumn, spring = protocol("a.pdf", "2024-11-05", 1, 2), protocol("b.pdf", MARCH, 2, 3)
    filled(db, autumn, spring)
    assert found(db) == [(1, 1, None, "b.pdf")]


def test_numbers_that_run_over_the_turn_of_the_year(db):
    years = [("a.pdf", "2023-12-05", 50, 51), ("b.pdf", "2024-02-05", 52, 53), ("c.pdf", "2025-02-05", 60, 61)]
    filled(db, *(protocol(*document) for document in years))
    assert found(db) == [(1, 49, None, "a.pdf"), (54, 59, "b.pdf", "c.pdf")] or found(db) == [
        (54, 59, "b.pdf", "c.pdf")
    ]


@pytest.mark.parametrize("form", ["utdrag", "omedelbar justering"])
def test_extracts_fill_gaps_and_make_none(db, form):
    whole = protocol("a.pdf", MARCH, 1, 2, 3), protocol("b.pdf", MAY, 7, 8, 9)
    filled(db, *whole, protocol("u.pdf", "2025-04-01", 5, form=form), protocol("v.pdf", JUNE, 20, form=form))
    assert found(db) == [(4, 4, "a.pdf", "b.pdf"), (6, 6, "a.pdf", "b.pdf")]


def test_two_files_of_one_meeting_are_one_protocol(db):
    filled(db, protocol("a.pdf", MARCH, 1, 2, 5), protocol("b.pdf", MARCH, 3, 4), protocol("c.pdf", MAY, 6))
    assert found(db) == []


def test_a_general_meeting_numbers_for_itself(db):
    annual = protocol("å.pdf", MARCH, 1, 2, 3, organ="Föreningen Kajen", title="Protokoll fört vid årsmöte")
    board = [protocol(f"{day}.pdf", day, *numbers, organ="Föreningen Kajen") for day, numbers in BOARD.items()]
    filled(db, annual, *board)
    assert found(db) == [(1, 30, None, f"{MAY}.pdf"), (34, 35, f"{MAY}.pdf", f"{JUNE}.pdf")]


BOARD = {MAY: (31, 32, 33), JUNE: (36, 37, 38)}


def test_a_paragraph_missing_inside_may_be_secret(db):
    filled(db, protocol("a.pdf", MARCH, 1, 2, 3, 5, 6))
    assert found(db) == [(4, 4, "a.pdf", "a.pdf")]
    assert next(db["missing"].rows)["message"].endswith("Paragrafen kan vara sekretessbelagd.")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("§ 4 Rubrik som inte lästes", ""),  # what stands on a page is not missing
        ("", "§ 4\nRubrik"),
    ],
)
def test_a_heading_that_was_not_read_is_not_missing(db, first, second):
    filled(db, protocol("a.pdf", MARCH, 1, 2, 3, text=first), protocol("b.pdf", MAY, 5, 6, text=second))
    assert found(db) == []


def test_a_reference_to_a_paragraph_does_not_hide_a_gap(db):
    text = "Se beslutet den 1 april,\n§ 5 och framåt."
    filled(db, protocol("a.pdf", MARCH, 1, 2, 3), protocol("b.pdf", MAY, 7, 8, text=text))
    assert found(db) == [(4, 6, "a.pdf", "b.pdf")]


def test_a_protocol_of_which_much_is_missing_was_misread(db):
    filled(db, protocol("a.pdf", MARCH, 1, 2, 5, 6, 9))
    assert found(db) == []


def test_a_reference_that_was_read_as_a_heading_is_left_out(db):
    filled(db, protocol("a.pdf", MARCH, 101, 102, 103, 3, 104), protocol("b.pdf", MAY, 107, 108))
    assert found(db) == [(1, 100, None, "a.pdf"), (105, 106, "a.pdf", "b.pdf")]


def test_a_number_out_of_order_is_left_out(db):
    filled(db, protocol("a.pdf", MARCH, 101, 95, 102, 103, 104), protocol("b.pdf", MAY, 105, 120, 106, 107))
    assert found(db) == [(1, 100, None, "a.pdf")]


def test_an_unread_document_between_is_named(db):
    scan = rows("scan.pdf", meeting=meeting("2025-04-01", organ="Skolnämnden"), pages=[sheet(scanned=True)])
    filled(db, protocol("a.pdf", MARCH, 1, 2, 3), protocol("b.pdf", MAY, 7, 8, 9), scan)
    assert next(db["missing"].rows)["message"].endswith("De kan stå i scan.pdf, som saknar läsbar text.")


# --- meetings


def minutes(name, day, text=None, next_day=None, words=None, title="Nästa möte", kind="protokoll", organ="Skolnämnden"):
    """Minutes that announce the next meeting."""
    said = [passage(text, zone="body", section=1)] if text else []
    dates = [mention(words, next_day).model_copy(update={"section": 1})] if words else []
    part = section(1, title, "9", passages=said, heading=printed(f"9 {title}"))
    about = meeting(day, organ=organ, kind=kind)
    page = sheet(text=f"{title}\n{text or ''}")
    return rows(name, meeting=about, sections=[part], dates=dates, pages=[page])


def days(db, as_of="2026-01-01"):
    report = asof.report(db.conn, date.fromisoformat(as_of))
    return [it.day for it in report.missing if it.kind == "protocol"]


SAID = "Nästa möte är tisdagen den 6 maj 2025 kl. 9."


@pytest.mark.parametrize(
    ("title", "text", "words"),
    [
        ("Nästa möte", SAID, "tisdagen den 6 maj 2025"),
        ("Nästa möte", "Tisdagen den 6 maj 2025 kl. 13–15, Rådhuset.", "Tisdagen den 6 maj 2025"),
        ("Övrigt", f"Kaffet var slut. {SAID}", "tisdagen den 6 maj 2025"),
        ("Avslutning", "Skolnämnden möts nästa gång den 6 maj 2025 i Rådhuset.", "den 6 maj 2025"),
        ("Avslutning", "Nämnden möts nästa gång den 6 maj 2025 i Rådhuset.", "den 6 maj 2025"),
        ("Kommande möten", "Skolnämnden sammanträder den 8 april 2025 och den 6 maj 2025.", "den 6 maj 2025"),
        ("Avslutning", "Nästa nämndsmöten är den 8 april 2025 och den 6 maj 2025.", "den 6 maj 2025"),
    ],
)
def test_an_announced_meeting_without_protocol(db, title, text, words):
    filled(db, minutes("a.pdf", MARCH, text, MAY, words, title))
    assert days(db) == [MAY]
    (row,) = db["missing"].rows
    assert db["evidence"].get(row["evidence"])["quote"] == words
    assert row["message"].startswith(f"Skolnämnden {MAY}: mötet är utlyst i a.pdf ({MARCH}), men protokoll")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Nästa möte", "Kallelsen till nästa möte skickas den 6 maj 2025."),
        ("Nästa möte", "Underlag ska finnas den 6 maj 2025."),
        ("Övrigt", "Kursen hålls den 6 maj 2025. Nästa möte bestäms senare."),
        ("Övrigt", "Beredningsgruppens nästa möte är den 6 maj 2025."),
        ("Övrigt", "Nästa möte i kommunstyrelsen är den 6 maj 2025."),
        ("Övrigt", "Skolnämnden sammanträder den 6 maj 2025."),
        ("Kommande möten", "Arbetsgruppen träffas den 6 maj 2025."),
    ],
)
def test_other_days_announce_no_meeting(db, title, text):
    filled(db, minutes("a.pdf", MARCH, text, MAY, "den 6 maj 2025", title))
    assert days(db) == []


@pytest.mark.parametrize("held", [MAY, "2025-05-13", "2025-04-29"])
@pytest.mark.parametrize("kind", ["protokoll", "minnesanteckningar"])
def test_a_meeting_that_was_held_or_moved(db, held, kind):
    later = rows("b.pdf", meeting=meeting(held, organ="Skolnämnden", kind=kind))
    filled(db, minutes("a.pdf", MARCH, SAID, MAY, "den 6 maj 2025"), later)
    assert days(db) == []


@pytest.mark.parametrize(("held", "organ"), [("2025-05-14", "Skolnämnden"), (MAY, "Parknämnden")])
def test_a_meeting_of_another_day_or_organ_is_another(db, held, organ):
    later = rows("b.pdf", meeting=meeting(held, organ=organ))
    filled(db, minutes("a.pdf", MARCH, SAID, MAY, "den 6 maj 2025"), later)
    assert days(db) == [MAY]


def test_a_meeting_that_was_called_off(db):
    told = minutes("b.pdf", JUNE, "Mötet den 6 maj ställdes in.", MAY, "den 6 maj", "Inledning")
    filled(db, minutes("a.pdf", MARCH, SAID, MAY, "den 6 maj 2025"), told)
    assert days(db) == []


def test_a_summons_without_protocol(db):
    summons = rows("k.pdf", meeting=meeting(MAY, organ="Skolnämnden", kind="kallelse"))
    filled(db, summons)
    assert days(db) == [MAY]
    assert "kallelsen k.pdf" in next(db["missing"].rows)["message"]
    filled(db, rows("p.pdf", meeting=meeting(MAY, organ="Skolnämnden")))
    assert days(db) == []


def test_a_protocol_is_missed_only_when_it_has_had_time_to_be_adjusted(db):
    filled(db, minutes("a.pdf", MARCH, SAID, MAY, "den 6 maj 2025"))
    seen = {day: days(db, day) for day in ("2025-03-01", "2025-05-07", "2025-06-05", "2025-06-06")}
    assert seen == {"2025-03-01": [], "2025-05-07": [], "2025-06-05": [], "2025-06-06": [MAY]}


def test_the_audit_shows_what_is_missing(db):
    filled(db, protocol("a.pdf", MARCH, 1, 2, 3), protocol("b.pdf", MAY, 7, 8, 9))
    report = asof.report(db.conn, date(2025, 6, 1))
    assert not report.alarming
    text = audit.as_text(report)
    assert "Saknas i registret (1)" in text and "§ 4–6 saknas mellan a.pdf" in text
    (row,) = json.loads(audit.as_json(report))["missing"]
    assert (row["first"], row["last"], row["file"]) == (4, 6, "b.pdf")
    assert "missing_paragraphs" in audit.as_csv(report)
    assert asof.report(db.conn, date(2025, 5, 1)).missing == []


# --- whatever the order

document = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["2024-10-01", "2025-01-20", MARCH, MAY]),
        "organ": st.sampled_from(["Skolnämnden", "Parknämnden"]),
        "first": st.integers(1, 20),
        "many": st.integers(1, 5),
        "form": st.sampled_from(["protokoll", "protokoll", "utdrag"]),
        "kind": st.sampled_from(["protokoll", "protokoll", "kallelse"]),
    }
)


def made(number, said):
    numbers = range(said["first"], said["first"] + said["many"])
    return protocol(f"{number}.pdf", said["day"], *numbers, form=said["form"], organ=said["organ"], kind=said["kind"])


MISSING = Made(finish, ["missing"])
some = st.lists(document, min_size=1, max_size=6)


@calm
@given(some, st.randoms(use_true_random=False), st.integers(0, 6))
def test_neither_order_nor_batches_matter(db, said, random, cut):
    check_order(MISSING, db, [made(number, it) for number, it in enumerate(said)], random, cut)


@calm
@given(some, st.integers(0, 6))
def test_a_removed_document_takes_just_what_it_said(db, said, which):
    check_removal(MISSING, db, [made(number, it) for number, it in enumerate(said)], which)


@given(st.sets(st.integers(1, 300)))
def test_ranges_hold_all_numbers(numbers):
    spans = gaps.ranges(numbers)
    assert {n for first, last in spans for n in range(first, last + 1)} == numbers
    assert all(one[1] + 1 < other[0] for one, other in pairwise(spans))


def test_many_documents_are_quick(db):
    documents, sections, evidence = [], [], []
    for number in range(5_000):
        organ, at = f"organ-{number % 40}", number // 40
        day = (date(2005, 1, 10) + timedelta(30 * at)).isoformat()
        id, first = f"{number:012x}", 1 + 10 * (int(day[5:7]) - 1)
        row = {"id": id, "path": f"{id}.pdf", "label": id, "kind": "protokoll", "status": "read", "organ": organ}
        documents.append(row | {"organ_id": organ, "meeting_date": day, "year": int(day[:4]), "form": "protokoll"})
        for k in range(2):
            quote = {"id": f"{id}-e{k}", "document": id, "page": 1, "quote": f"§ {first + k} Ärende", "boxes": "[]"}
            evidence.append(quote)
            row = {"id": f"{id}-s{k}", "document": id, "ordinal": k, "number": str(first + k), "title": "Ärende"}
            sections.append(row | {"page": 1, "evidence": f"{id}-e{k}", "text": ""})
    with store.writing(db):
        store.insert(db, "documents", documents)
        store.insert(db, "evidence", evidence)
        store.insert(db, "sections", sections)
        spent = taken(lambda: completeness.rebuild(db))
    assert db["missing"].count > 500
    assert spent < 2, spent  # a quarter of that on a machine with nothing else to do
