"""Each kind of finding, and what must give none."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import funding, meeting, passage, rows, section
from protoparse import asof, findings, store
from protoparse.resolve import resolve

NAME = "Nattlinjen"


def told(name, day, *claims, kind="protokoll", **given):
    return rows(name, meeting=meeting(day, kind=kind), funding=list(claims), **given)


def until(end, text=None, subject=NAME, **given):
    return funding(text or f"{subject} finansieras till {end}.", subject, end, **given)


def project(end, text=None, **given):
    return until(end, text or f"Projektet {NAME} pågår till {end}.", kind="project_until", **given)


def lack(year):
    return until(f"{year - 1}-12-31", f"Från och med {year} saknas finansiering.", certainty="implied")


def open_(text="Linjen betalas tills vidare.", **given):
    return funding(text, NAME, **{"certainty": "open_ended", "condition": "tills vidare", **given})


def found(db, *documents):
    for one in documents:
        store.write_document(db, one)
    with store.writing(db):
        resolve(db)
        findings.rebuild(db)
    rows_ = db.query("SELECT * FROM findings ORDER BY kind, from_end, to_end")
    return [(row["kind"], row["from_end"], row["to_end"]) for row in rows_]


def ends(db):
    query = "SELECT current_end, current_certainty FROM services ORDER BY name"
    return [tuple(row.values()) for row in db.query(query)]


# --- a subject that names no service


@pytest.mark.parametrize("plain", ["Projektet", "insatsen", "Ansökan", "Delrapport", "Den här satsningen", "Revision"])
def test_a_bare_noun_of_two_documents_is_not_one_service(db, plain):
    early, late = (until(day, subject=plain) for day in ("2026-06-30", "2027-06-30"))
    assert found(db, told("a.pdf", "2026-01-01", early), told("b.pdf", "2026-03-01", late)) == []
    assert {row["service"] for row in db["funding"].rows} == {None}
    assert ends(db) == []


@pytest.mark.parametrize("name", ["Projektet Lotsen", "Revisionsstödet", "Insatsen för unga"])
def test_a_longer_name_is_a_service(db, name):
    early, late = (until(day, subject=name) for day in ("2026-06-30", "2027-06-30"))
    told_ = found(db, told("a.pdf", "2026-01-01", early), told("b.pdf", "2026-03-01", late))
    assert told_ == [("extension", "2026-06-30", "2027-06-30")]


# --- a later document


def test_a_sum_for_a_year_inside_the_time_paid_for_changes_nothing(db):
    share = until("2026-12-31", "Granås bidrar med 100 tkr för 2026.", kind="budget_period")
    assert found(db, told("a.pdf", "2026-01-01", until("2027-06-30")), told("b.pdf", "2026-03-01", share)) == []
    assert ends(db) == [("2027-06-30", "stated")]


def test_a_sum_does_not_close_a_claim_without_end(db):
    share = until("2026-12-31", "Granås bidrar med 100 tkr för 2026.", kind="budget_period")
    documents = [
        told("a.pdf", "2025-11-01", until("2026-12-31"), kind="nyhetsbrev"),
        told("b.pdf", "2026-02-01", open_()),
        told("c.pdf", "2026-03-01", share),
    ]
    assert found(db, *documents) == [("open_ended", "2026-12-31", None)]
    assert ends(db) == [("2026-12-31", "open_ended")]


def test_of_one_day_the_text_that_names_the_old_end_is_the_newer(db):
    moved = until("2026-12-31", old_end=date(2026, 6, 30))
    documents = [told("b.pdf", "2026-03-01", until("2026-06-30")), told("a.pdf", "2026-03-01", moved)]
    assert found(db, *documents) == [("extension", "2026-06-30", "2026-12-31")]


def test_two_documents_of_one_day_that_differ(db):
    documents = [told("a.pdf", "2026-03-01", until("2026-10-31")), told("b.pdf", "2026-03-01", until("2026-11-30"))]
    assert found(db, *documents) == [("conflict", "2026-10-31", "2026-11-30")]
    assert ends(db) == [("2026-10-31", "stated")]  # the careful one


def test_agreements_are_compared_among_themselves(db):
    first = until("2027-06-30", "Avtalet gäller till 2027-06-30.", kind="agreement_until")
    then = until("2028-06-30", "Avtalet förlängs till 2028-06-30.", kind="agreement_until")
    documents = [told("a.pdf", "2025-11-01", first), told("b.pdf", "2026-04-01", then, open_())]
    assert found(db, *documents) == [("extension", "2027-06-30", "2028-06-30"), ("open_ended", None, None)]
    assert next(db.query("SELECT said FROM findings WHERE kind = 'extension'"))["said"] == 1


def test_an_agreement_until_further_notice_is_no_finding_of_its_own(db):
    assert found(db, told("a.pdf", "2026-01-01", open_("Avtalet gäller tills vidare.", kind="agreement_until"))) == []


def test_a_summons_only_proposes(db):
    longer = until("2027-12-31", "Finansieringen förlängs till 2027-12-31.")
    documents = [told("a.pdf", "2026-01-01", until("2026-12-31")), told("b.pdf", "2026-05-01", longer, kind="kallelse")]
    assert found(db, *documents) == []
    assert ends(db) == [("2026-12-31", "stated")]


def test_a_summons_tells_what_nothing_else_does(db):
    assert found(db, told("a.pdf", "2026-05-01", until("2026-12-31"), kind="kallelse")) == []
    assert ends(db) == [("2026-12-31", "stated")]


def test_money_that_is_applied_for_comes_before_the_end_of_a_project(db):
    wish = until("2027-12-31", certainty="conditional", condition="ansökt")
    assert found(db, told("a.pdf", "2026-05-01", project("2026-11-30"), wish)) == []
    assert ends(db) == [("2027-12-31", "conditional")]


def test_an_undated_end_may_lie_beside_any_that_stood(db):
    documents = [
        told("a.pdf", "2026-03-19", until("2026-06-30")),
        told("b.pdf", "2026-04-27", until("2027-12-31")),
        told("c.pdf", None, until("2026-12-31"), kind="nyhetsbrev"),
    ]
    assert found(db, *documents) == [
        ("conflict", "2026-06-30", "2026-12-31"),
        ("conflict", "2026-12-31", "2027-12-31"),
        ("extension", "2026-06-30", "2027-12-31"),
    ]


def test_what_is_past_stands_until_something_firm_is_said(db):
    past = until("2025-12-31", "Linjen finansierades till och med 2025-12-31.", certainty="past")
    assert found(db, told("a.pdf", "2026-02-01", past)) == []
    assert ends(db) == [("2025-12-31", "past")]
    assert [it.end for it in asof.report(db.conn, date(2026, 3, 1)).due["expired"]] == ["2025-12-31"]
    assert found(db, told("b.pdf", "2026-04-01", until("2026-12-31"))) == []
    assert asof.report(db.conn, date(2026, 3, 1)).due["expired"] != []
    assert asof.report(db.conn, date(2026, 5, 1)).due["expired"] == []


# --- gaps


def test_money_that_is_said_to_be_missing(db):
    paid = until("2026-12-31", "Linjen bekostas under 2026.", kind="budget_period")
    assert found(db, told("a.pdf", "2026-02-06", paid, lack(2027))) == [("gap", "2026-12-31", None)]
    (row,) = db["findings"].rows
    assert "saknas" in row["message"]
    assert row["earlier"] != row["later"]


@pytest.mark.parametrize(
    "later",
    [
        until("2027-12-31"),
        open_(),
        until("2026-12-31", "Linjen betalas till 2026-12-31, därefter av regionen.", successor="regionen"),
    ],
    ids=["more money", "no end", "a successor"],
)
def test_a_gap_is_closed(db, later):
    kinds = [it[0] for it in found(db, told("a.pdf", "2026-02-06", lack(2027)), told("b.pdf", "2026-09-01", later))]
    assert "gap" not in kinds


def test_a_condition_closes_no_gap(db):
    wish = until("2027-12-31", certainty="conditional", condition="om fonden bifaller")
    assert found(db, told("a.pdf", "2026-02-06", lack(2027)), told("b.pdf", "2026-09-01", wish)) == [
        ("gap", "2026-12-31", None)
    ]


def test_before_the_money_was_found_there_was_a_gap(db):
    found(db, told("a.pdf", "2026-02-06", lack(2027)), told("b.pdf", "2026-09-01", until("2027-12-31")))
    seen = [it.kind for it in asof.report(db.conn, date(2026, 8, 1)).findings]
    assert seen == ["gap"]


@pytest.mark.parametrize("kind", ["project_until", "agreement_until"])
def test_a_project_that_outlives_its_money(db, kind):
    longer = until("2026-12-31", "Det förlängs till 2026-12-31.", kind=kind)
    assert found(db, told("a.pdf", "2026-05-22", longer, until("2026-08-31"))) == [("gap", "2026-08-31", "2026-12-31")]
    assert "122 dagar" in next(db["findings"].rows)["message"]


@pytest.mark.parametrize(
    "claims",
    [
        (project("2026-08-31"), until("2026-08-31")),
        (project("2026-08-31"), until("2026-12-31")),
        (project("2026-12-31"), until("2026-08-31", successor="kommunerna")),
        (project("2026-12-31"), until("2026-08-31"), open_()),
        (project("2026-12-31"),),
    ],
)
def test_no_gap(db, claims):
    assert "gap" not in [it[0] for it in found(db, told("a.pdf", "2026-05-22", *claims))]


# --- unconfirmed


def test_what_only_a_newsletter_says(db):
    letter = told("a.pdf", "2026-04-01", until("2026-08-31"), kind="nyhetsbrev")
    late = told("b.pdf", "2026-12-01", until("2026-08-31"))
    assert found(db, letter, late) == [("unconfirmed", None, "2026-08-31")]
    assert [it.kind for it in asof.report(db.conn, date(2026, 7, 1)).findings] == ["unconfirmed"]


@pytest.mark.parametrize(
    "other",
    [
        told("b.pdf", "2026-06-01", until("2026-08-31")),
        told("b.pdf", "2026-02-01", until("2026-08-31")),
        told("b.pdf", "2026-06-01", sections=[section(1, "Övrigt", passages=[passage("Mer om Nattlinjen.")])]),
    ],
    ids=["the same claim", "said before", "the name in its text"],
)
@pytest.mark.parametrize("day", ["2026-04-01", None])
def test_a_protocol_that_speaks_of_it_confirms(db, other, day):
    letter = told("a.pdf", day, until("2026-08-31"), kind="nyhetsbrev")
    assert found(db, letter, other, told("z.pdf", "2026-12-01")) == []
