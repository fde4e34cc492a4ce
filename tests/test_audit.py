"""Names and findings across documents."""

from __future__ import annotations

import csv
import io
import itertools
import json
from dataclasses import replace
from datetime import date

import pytest

from conftest import attendee, change, decision, funding, meeting, open_db, rows, section
from protoparse import asof, audit, entities, findings, ics, inference, names, resolve, store
from protoparse.mentioned import Mention

CLINIC = "Digital ungdomscentral"


def told(name, day, *claims, **given):
    """A document with claims about funding."""
    kind = given.pop("kind", "protokoll")
    return rows(name, meeting=meeting(day, kind=kind), funding=list(claims), **given)


def until(end, subject=CLINIC, **given):
    return funding(f"{subject} finansieras till {end}.", subject, end, **given)


def open_(subject=CLINIC, **given):
    base = {"certainty": "open_ended", "condition": "så länge medel finns"}
    return funding(f"{subject} finansieras så länge medel finns.", subject, **{**base, **given})


def filled(db, *documents):
    for document in documents:
        store.write_document(db, document)
    with store.writing(db):
        resolve.resolve(db)
        if inference.redo(db):
            resolve.resolve(db)
        findings.rebuild(db)
    return db


def found(db):
    return [
        (r["kind"], r["from_end"], r["to_end"], r["said"])
        for r in db.query("SELECT * FROM findings ORDER BY kind, to_end")
    ]


CURRENT = """SELECT s.name, current_end, current_certainty, d.path FROM services s
LEFT JOIN funding f ON f.id = set_by LEFT JOIN documents d ON d.id = f.document ORDER BY 1"""


def current(db):
    return [tuple(row.values()) for row in db.query(CURRENT)]


def seen(db, as_of, within=90):
    return audit.report(db.conn, date.fromisoformat(as_of), within)


# --- names


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        ("service", [CLINIC, "länets digitala ungdomscentral", "den digitala ungdomscentralen"]),
        ("service", ["Familjecentralen", "familjecentral", "familjecentralens"]),
        ("organ", ["Samordnande grupp Unga vuxna", "samordnade grupp Unga vuxna"]),
        ("organ", ["Kommunstyrelsen", "kommunstyrelsens", "KOMMUNSTYRELSEN"]),
        ("organization", ["Region Ådals län", "Region Ådals läns"]),
        ("person", ["Ann-Kristin Alm", "Ann Kristin Alm", "ann-kristin alm"]),
    ],
)
def test_spellings_of_one_name(kind, spellings):
    assert len({names.key(kind, name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("organ", "temagrupp Psykisk hälsa", "delgrupp Psykisk hälsa"),
        ("person", "Hans Berg", "Han Berg"),
        ("person", "Asa Berg", "Åsa Berg"),
        ("service", "Äldrelotsen", "Barnlotsen"),
        ("organ", "Socialnämnden", "Skolnämnden"),
        ("organization", "Region Ådals län", "Region Kronoberg"),
    ],
)
def test_names_that_stay_apart(kind, one, other):
    assert names.key(kind, one) != names.key(kind, other)


def test_an_abbreviation_in_brackets_is_shared(db):
    filled(
        db,
        told("a.pdf", "2025-01-01", until("2026-12-31", "Intensivt stöd hemma (ISH)")),
        told("b.pdf", "2025-02-01", until("2026-12-31", "ISH")),
        told("c.pdf", "2025-03-01", until("2026-12-31", "ISH-projektet")),
    )
    (entity,) = db["entities"].rows_where("kind = 'service'")
    assert entity["name"] == "Intensivt stöd hemma (ISH)"
    spelled = db.query("SELECT name FROM aliases WHERE entity = ? ORDER BY 1", [entity["id"]])
    assert [row["name"] for row in spelled] == ["ISH", "ISH-projektet", "Intensivt stöd hemma (ISH)"]


def test_a_heading_explains_an_abbreviation(db):
    heading = section(1, "Information om Intensivt stöd hemma (ISH)")
    filled(
        db,
        told("a.pdf", "2025-01-01", until("2026-12-31", "Intensivt stöd hemma"), sections=[heading]),
        told("b.pdf", "2025-02-01", until("2026-12-31", "ISH")),
    )
    assert len(list(db["services"].rows)) == 1


def test_an_abbreviation_of_two_things_joins_neither():
    both = ("Barn och ungdom (BOU)", "Boende och uppdrag (BOU)", "BOU")
    given, _ = entities.entities([Mention("service", name, "d", "2025") for name in both])
    assert len({entity.id for entity in given.values()}) == 3


def test_columns_that_point_to_entities(db):
    filled(
        db,
        rows(
            attendance=[attendee("Eva Ek", organization="Region Ådals län")],
            roster_changes=[
                change("Eva Ek ersätter Bo Al", incoming="Eva Ek", outgoing="Bo Al", group_name="styrgruppen")
            ],
            decisions=[decision("Ja.", organ="Styrgrupp")],
        ),
    )
    name = {row["id"]: (row["kind"], row["name"]) for row in db["entities"].rows}
    (present,), (changed,), (decided,) = (list(db[it].rows) for it in ("attendance", "roster_changes", "decisions"))
    assert name[present["person"]] == ("person", "Eva Ek") == name[changed["incoming_person"]]
    assert name[present["organization_id"]] == ("organization", "Region Ådals län")
    assert changed["group_id"] == decided["organ_id"]
    assert db.execute("PRAGMA foreign_key_check(aliases)").fetchall() == []


# --- findings


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (until("2025-12-31"), until("2026-01-31"), [("extension", "2025-12-31", "2026-01-31", 0)]),
        (until("2025-12-31"), until("2025-06-30"), [("shortening", "2025-12-31", "2025-06-30", 0)]),
        (until("2025-12-31"), until("2025-12-31"), []),
        (
            until("2025-12-31"),
            until("2026-01-31", old_end=date(2025, 12, 31)),
            [("extension", "2025-12-31", "2026-01-31", 1)],
        ),
        (until("2025-12-31"), open_(), [("open_ended", "2025-12-31", None, 0)]),
        (open_(), until("2025-12-31"), []),
        (
            until("2025-12-31"),
            until("2026-01-31", kind="agreement_until"),
            [("gap", "2025-12-31", "2026-01-31", None)],
        ),
        (until("2025-12-31"), until("2025-10-31", kind="agreement_until"), []),
        (until("2025-12-31"), until("2026-01-31", certainty="conditional"), []),
        (until("2025-12-31"), until("2024-01-31", certainty="past"), []),
        (until("2025-12-31"), until("2026-01-31", "Äldrelotsen"), []),
        (
            until("2025-12-31"),
            until("2026-12-31", kind="budget_period"),
            [("extension", "2025-12-31", "2026-12-31", 0)],
        ),
    ],
)
def test_two_protocols(db, first, then, expected):
    assert found(filled(db, told("a.pdf", "2025-03-01", first), told("b.pdf", "2025-09-01", then))) == expected


def test_a_newsletter_does_not_overrule_a_protocol(db):
    filled(
        db,
        told("a.pdf", "2025-03-01", until("2025-12-31")),
        told("b.pdf", "2025-09-01", until("2026-01-31"), kind="nyhetsbrev"),
    )
    assert found(db) == [("conflict", "2025-12-31", "2026-01-31", 0), ("unconfirmed", None, "2026-01-31", None)]
    assert current(db) == [(CLINIC, "2025-12-31", "stated", "a.pdf")]


def test_a_newsletter_that_says_what_changed_does(db):
    longer = funding("Mottagningen förlängs till 2026-01-31.", CLINIC, "2026-01-31")
    filled(db, told("a.pdf", "2025-03-01", until("2025-12-31")), told("b.pdf", "2025-09-01", longer, kind="nyhetsbrev"))
    assert found(db) == [("extension", "2025-12-31", "2026-01-31", 1), ("unconfirmed", None, "2026-01-31", None)]
    assert current(db) == [(CLINIC, "2026-01-31", "stated", "b.pdf")]


def test_the_seeds_without_a_date_for_the_newsletter(db):
    """The two ends cannot be ordered; the open claim of the protocol does not overwrite the newsletter's date."""
    ish = "Intensivt stöd hemma (ISH)"
    filled(
        db,
        told("brev.pdf", None, until("2026-12-31", ish), until("2025-12-31"), kind="nyhetsbrev"),
        told("protokoll.pdf", "2025-12-12", until("2026-01-31"), open_("ISH")),
    )
    assert found(db) == [("conflict", "2025-12-31", "2026-01-31", 0), ("open_ended", "2026-12-31", None, 0)]
    assert current(db) == [
        (CLINIC, "2026-01-31", "stated", "protokoll.pdf"),
        (ish, "2026-12-31", "open_ended", "brev.pdf"),
    ]
    text = audit.as_text(seen(db, "2025-12-12"))
    assert "Digital ungdomscentral finansieras till 2025-12-31.” – brev.pdf s. 1 (odaterat)" in text
    assert "Digital ungdomscentral finansieras till 2026-01-31.” – protokoll.pdf s. 1 (2025-12-12)" in text


def test_the_seeds_with_a_date_for_the_newsletter(db):
    filled(
        db,
        told("brev.pdf", "2025-10-03", until("2025-12-31"), kind="nyhetsbrev"),
        told("protokoll.pdf", "2025-12-12", until("2026-01-31")),
    )
    assert found(db) == [("extension", "2025-12-31", "2026-01-31", 0)]
    (row,) = db["findings"].rows
    assert "31 dagar senare" in row["message"]
    assert "brev.pdf s. 1 (2025-10-03)" in row["message"]


@pytest.mark.parametrize(
    "days", [("2025-03-01", "2025-03-01"), (None, None), (None, "2025-03-01"), ("2025-03-01", None)]
)
def test_ends_that_cannot_be_ordered(db, days):
    filled(db, told("a.pdf", days[0], until("2025-12-31")), told("b.pdf", days[1], until("2026-01-31")))
    assert found(db) == [("conflict", "2025-12-31", "2026-01-31", 0)]


@pytest.mark.parametrize(
    ("day", "earliest", "note"),
    [
        ("2025-03-01", "2025-06-01", "Ett av dem är av sina egna dagar att döma skrivet efter 2025-03-01."),
        ("2025-07-01", "2025-06-01", ""),
        ("2025-03-01", None, ""),
    ],
)
def test_that_an_undated_document_counts_before_its_own_days_is_told(day, earliest, note):
    undated = [asof.Dating("brev.pdf", None, "Odaterat.", None, None, None, earliest, None)]
    dated = [asof.Dating("annat.pdf", "2025-09-01", "Daterat.", None, None, None, "2025-08-01", None)]
    report = asof.Report(day, 90, {state: [] for state in asof.QUERIES}, [], 0, undated + dated, [])
    said = audit.as_text(report)
    assert said.startswith(f"Granskning per {day}")
    assert ("Odaterade dokument räknas med" in said) == bool(note)
    assert note in said
    two = audit.undated_note(replace(report, undated=undated * 2))
    assert ("2 av dem är skrivna efter 2025-03-01" in two) == bool(note)


def test_an_undated_claim_that_a_dated_one_bears_out_is_no_conflict(db):
    filled(
        db,
        told("a.pdf", None, until("2025-12-31")),
        told("b.pdf", "2025-03-01", until("2025-12-31")),
        told("c.pdf", "2025-09-01", until("2026-06-30")),
    )
    assert found(db) == [("extension", "2025-12-31", "2026-06-30", 0)]


def test_a_text_that_names_the_old_end_is_newer_than_an_undated_claim_of_it(db):
    shorter = until("2026-12-31", old_end=date(2027, 6, 30))
    filled(db, told("a.pdf", None, until("2027-06-30"), kind="nyhetsbrev"), told("b.pdf", "2026-02-06", shorter))
    assert found(db) == [("shortening", "2027-06-30", "2026-12-31", 1)]


def test_a_conditional_end_is_shown_only_where_no_other_is_known(db):
    filled(db, told("a.pdf", "2025-03-01", until("2026-06-30", certainty="conditional")))
    assert current(db) == [(CLINIC, "2026-06-30", "conditional", "a.pdf")]
    filled(db, told("b.pdf", "2025-02-01", until("2025-06-30")))
    assert current(db) == [(CLINIC, "2025-06-30", "stated", "b.pdf")]


def test_two_ends_in_one_document_are_one_claim(db):
    filled(
        db,
        told("a.pdf", "2025-03-01", until("2025-12-31")),
        told("b.pdf", "2025-09-01", until("2025-12-31"), until("2026-12-31")),
    )
    assert found(db) == [("extension", "2025-12-31", "2026-12-31", 0)]


def test_the_order_of_reading_does_not_matter(tmp_path):
    documents = [
        told("a.pdf", "2025-03-01", until("2025-12-31"), until("2026-12-31", "Lots (DUM)")),
        told("b.pdf", None, until("2026-01-31", "länets digitala ungdomscentral"), kind="nyhetsbrev"),
        told("c.pdf", "2025-09-01", open_("den digitala ungdomscentralen")),
    ]
    seen_ = set()
    for n, order in enumerate(itertools.permutations(documents)):
        db = filled(open_db(tmp_path / f"{n}.db"), *order)
        tables = ("entities", "aliases", "claims", "findings")
        seen_.add(json.dumps({table: list(db.query(f"SELECT * FROM {table} ORDER BY id")) for table in tables}))
        db.conn.close()
    assert len(seen_) == 1


def test_a_removed_document_takes_its_findings_along(db):
    filled(db, told("a.pdf", "2025-03-01", until("2025-12-31")), told("b.pdf", "2025-09-01", until("2026-01-31")))
    store.remove_document(db, next(db.query("SELECT id FROM documents WHERE path = 'b.pdf'"))["id"])
    assert found(db) == []
    filled(db)
    assert current(db) == [(CLINIC, "2025-12-31", "stated", "a.pdf")]


# --- seen from a day


@pytest.mark.parametrize(
    ("as_of", "end", "days_left", "states"),
    [
        ("2025-10-03", "2025-12-31", 89, ["expiring"]),
        ("2025-12-12", "2026-01-31", 50, ["expiring"]),
        ("2026-01-31", "2026-01-31", 0, ["expiring"]),
        ("2026-02-01", "2026-01-31", -1, ["expired"]),
        ("2025-10-02", None, None, []),
    ],
)
def test_the_day_decides(db, as_of, end, days_left, states):
    filled(
        db,
        told("brev.pdf", "2025-10-03", until("2025-12-31"), kind="nyhetsbrev"),
        told("protokoll.pdf", "2025-12-12", until("2026-01-31", successor="Region Ådals län")),
    )
    report = seen(db, as_of)
    due = [it for found_ in report.due.values() for it in found_]
    assert [it.state for it in due] == states
    assert [(it.end, it.days_left) for it in due] == ([(end, days_left)] if states else [])
    assert report.alarming == bool(states)
    kinds = {"2025-10-02": [], "2025-10-03": ["unconfirmed"]}  # no protocol is known yet on that day
    assert [it.kind for it in report.findings] == kinds.get(as_of, ["extension"])


def test_the_audit_of_one_service_is_what_the_whole_audit_says_of_it(db):
    filled(
        db,
        told("a.pdf", "2025-03-01", until("2025-12-31"), until("2026-03-31", "Äldrelotsen")),
        told("b.pdf", "2025-09-01", until("2026-01-31"), until("2025-10-01", "Äldrelotsen", kind="report_by")),
        told("c.pdf", "2025-09-02", until("2025-12-31", "Äldrelotsen")),
    )
    whole = seen(db, "2025-12-01")
    for service in whole.services:
        one = audit.report(db.conn, date(2025, 12, 1), service=service.id)
        for state, found_ in whole.due.items():
            assert one.due[state] == [it for it in found_ if it.claim.service == service.id]
        assert one.findings == [it for it in whole.findings if it.later.service == service.id]
        assert one.services == [service]
    assert len(whole.services) == 2
    assert len(whole.findings) == 2


def test_an_open_claim_stands_beside_an_expired_end(db):
    filled(db, told("a.pdf", "2025-03-01", until("2025-12-31")), told("b.pdf", "2025-09-01", open_()))
    (due,) = seen(db, "2026-01-01").due["expired"]
    assert (due.end, due.beside.condition) == ("2025-12-31", "så länge medel finns")


def test_a_successor_named_later_lifts_an_expired_end(db):
    taken_over = open_(successor="Regionen")
    filled(db, told("a.pdf", "2025-03-01", until("2025-12-31")), told("b.pdf", "2025-09-01", taken_over))
    assert seen(db, "2026-01-01").due["expired"] == []


def test_a_successor_named_beside_the_end_does_not(db):
    then = until("2025-12-31", successor="kommunerna")
    filled(db, told("a.pdf", "2025-03-01", until("2025-12-31")), told("b.pdf", "2025-09-01", then))
    assert [it.end for it in seen(db, "2026-01-01").due["expired"]] == ["2025-12-31"]


def test_beside_an_expired_end_stands_who_was_to_take_over(db):
    then = until("2025-12-31", successor="kommunerna")
    filled(db, told("a.pdf", "2025-03-01", until("2025-12-31")), told("b.pdf", "2025-09-01", then))
    (due,) = seen(db, "2026-01-01").due["expired"]
    assert (due.then.file, due.then.successor) == ("b.pdf", "kommunerna")
    assert "därefter kommunerna: ”" in audit.as_text(seen(db, "2026-01-01"))
    assert "därefter" not in audit.as_text(seen(db, "2025-12-31"))


def test_a_quote_that_tells_the_end_and_who_takes_over_is_printed_once(db):
    filled(db, told("a.pdf", "2025-03-01", until("2025-12-31", successor="kommunerna")))
    text = audit.as_text(seen(db, "2026-01-01"))
    assert "därefter kommunerna, enligt samma ord" in text and text.count("a.pdf") == 1


def test_beside_an_expired_end_stands_a_later_one_of_what_may_be_the_same(db):
    documents = [
        told("a.pdf", "2025-03-01", until("2025-12-31", "Nattjouren Norr")),
        told("b.pdf", "2025-09-01", until("2026-12-31", "Nattjouren")),
        told("c.pdf", "2025-09-01", until("2026-12-31", "Nattjouren Syd")),
        told("d.pdf", "2025-09-01", until("2026-12-31", "Dagjouren")),
    ]
    filled(db, *documents)
    (due,) = seen(db, "2026-01-01").due["expired"]
    assert (due.claim.name, due.perhaps.name, due.perhaps.end) == ("Nattjouren Norr", "Nattjouren", "2026-12-31")
    assert "kanske samma som Nattjouren: ”" in audit.as_text(seen(db, "2026-01-01"))
    assert seen(db, "2025-08-31").due["expired"] == []


def test_what_ended_long_ago_is_only_counted(db):
    filled(db, told("a.pdf", "2020-03-01", until("2020-12-31")))
    report = seen(db, "2026-01-01")
    assert (report.due["expired"], report.old, report.alarming) == ([], 1, False)
    assert "gick 1 ut för mer än ett år sedan" in audit.as_text(report)


def test_deadlines(db):
    claims = [
        until("2026-03-01", kind="application_deadline"),
        until("2026-01-01", "Lotsen", kind="report_by"),
        until("2027-01-01", "Lotsen", kind="spend_by"),
    ]
    filled(db, told("a.pdf", "2025-03-01", *claims))
    report = seen(db, "2026-02-01")
    assert {state: [it.end for it in due] for state, due in report.due.items()} == {
        "expired": [],
        "expiring": [],
        "deadline_near": ["2026-03-01"],
        "deadline_passed": ["2026-01-01"],
    }


# --- the report in other forms


@pytest.fixture
def report(db):
    formula = until("2025-12-31", "=SUMMA(A1)")
    filled(db, told("a.pdf", "2025-03-01", formula), told("b.pdf", "2025-09-01", until("2026-01-31", "=SUMMA(A1)")))
    return seen(db, "2026-01-01")


def test_json(report):
    whole = json.loads(audit.as_json(report))
    assert [it["claim"]["file"] for it in whole["expiring"]] == ["b.pdf"]
    assert [(it["kind"], it["earlier"]["file"], it["later"]["page"]) for it in whole["findings"]] == [
        ("extension", "a.pdf", 1)
    ]


def test_csv_is_safe_to_open(report):
    lines = list(csv.DictReader(io.StringIO(audit.as_csv(report))))
    assert [(it["kind"], it["service"], it["to_end"]) for it in lines] == [
        ("expiring", "'=SUMMA(A1)", "2026-01-31"),
        ("extension", "'=SUMMA(A1)", "2026-01-31"),
    ]


def test_ics_is_stable_and_folded(report):
    text = ics.as_ics(report)
    assert text == ics.as_ics(report)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "DTSTART;VALUE=DATE:20260131\r\nDTEND;VALUE=DATE:20260201\r\n" in text
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("UID:") == 1
