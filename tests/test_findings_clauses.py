"""The kinds of findings clause by clause: what is one, and the near-miss that is none."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import funding, meeting, passage, rows, section
from protoparse import asof, ingest, store

NAME = "Lärlingslotsen"


def doc(name, day, *claims, kind="protokoll", **given):
    return rows(name, meeting=meeting(day, kind=kind), funding=list(claims), **given)


def until(end, text=None, name=NAME, **given):
    return funding(text or f"{name} finansieras till och med {end}.", name, end, **given)


def letter(name, day, *claims):
    return doc(name, day, *claims, kind="nyhetsbrev")


def notes(name, day, *claims):
    return doc(name, day, *claims, kind="minnesanteckningar")


def agreement(end, **given):
    return until(end, f"Avtalet gäller till och med {end}.", kind="agreement_until", **given)


def project(end, **given):
    return until(end, f"Projektet pågår till och med {end}.", kind="project_until", **given)


def endless(text="Lotsen finansieras tills vidare.", **given):
    return funding(text, NAME, **{"certainty": "open_ended", "condition": "tills vidare", **given})


LACK = until("2026-12-31", "Från och med 2027 saknas finansiering.", certainty="implied")
CHANGED = until("2027-06-30", "Finansieringen förlängs till och med 2027-06-30.")
OLD_NAMED = until("2026-06-30", "Medlen upphör i förtid.", old_end=date(2026, 12, 31))
WISH = until("2028-12-31", certainty="conditional")
FIRST = doc("a.pdf", "2026-01-10", until("2026-12-31"))


def found(db, documents):
    for one in documents:
        store.write_document(db, one)
    ingest.finish(db, [])
    every = db.query("SELECT kind, from_end, to_end, said FROM findings ORDER BY kind, from_end, to_end")
    return [tuple(row.values()) for row in every]


CLAUSES = {
    # extension, shortening: a later document gives a later or earlier end than the newest claim before it
    "later end, only dates tell": ([FIRST, doc("b.pdf", "2026-05-10", until("2027-06-30"))], [("extension", 0)]),
    "later end, the text says so": ([FIRST, doc("b.pdf", "2026-05-10", CHANGED)], [("extension", 1)]),
    "earlier end, the old one named": ([FIRST, doc("b.pdf", "2026-05-10", OLD_NAMED)], [("shortening", 1)]),
    "the same end": ([FIRST, doc("b.pdf", "2026-05-10", until("2026-12-31"))], []),
    "an older document": ([FIRST, doc("b.pdf", "2025-05-10", until("2026-06-30"))], [("extension", 0)]),
    "another service": ([FIRST, doc("b.pdf", "2026-05-10", until("2027-06-30", name="Hemlotsen"))], []),
    "only a condition": ([FIRST, doc("b.pdf", "2026-05-10", until("2027-06-30", certainty="conditional"))], []),
    "against the newest, not the first": (
        [FIRST, doc("b.pdf", "2026-05-10", CHANGED), doc("c.pdf", "2026-09-10", until("2026-12-31"))],
        [("extension", 1), ("shortening", 0)],
    ),
    "notes that say that it changed": ([FIRST, notes("b.pdf", "2026-05-10", CHANGED)], [("extension", 1)]),
    "a newsletter that a newer one corrects": (
        [letter("a.pdf", "2026-01-10", until("2026-12-31")), letter("b.pdf", "2026-05-10", until("2027-06-30"))],
        [("extension", 0), ("unconfirmed", None)],
    ),
    "later end, another year": (
        [
            FIRST,
            doc("b.pdf", "2026-05-10", until("2027-12-31", "Stödet ska gälla ytterligare ett år, till 2027-12-31.")),
        ],
        [("extension", 1)],
    ),
    "later end, a new last day": (
        [FIRST, doc("b.pdf", "2026-05-10", until("2027-06-30", "Nytt slutdatum är 2027-06-30."))],
        [("extension", 1)],
    ),
    "earlier end, earlier than planned": (
        [FIRST, doc("b.pdf", "2026-05-10", until("2026-06-30", "Pengarna tar slut 2026-06-30, tidigare än planerat."))],
        [("shortening", 1)],
    ),
    "later end, another office": (
        [FIRST, doc("b.pdf", "2026-05-10", until("2027-06-30", "Ytterligare ett kontor betalas till 2027-06-30."))],
        [("extension", 0)],
    ),
    # conflict: ends that cannot be ordered, or a newsletter or notes against a protocol without a word of change
    "two undated": (
        [doc("a.pdf", None, until("2026-12-31")), doc("b.pdf", None, until("2027-06-30"))],
        [("conflict", 0)],
    ),
    "one day": ([FIRST, doc("b.pdf", "2026-01-10", until("2027-06-30"))], [("conflict", 0)]),
    "one day, the same end": ([FIRST, doc("b.pdf", "2026-01-10", until("2026-12-31"))], []),
    "undated against dated": ([FIRST, doc("b.pdf", None, until("2027-06-30"))], [("conflict", 0)]),
    "undated, borne out": ([FIRST, doc("b.pdf", None, until("2026-12-31"))], []),
    "newsletter against protocol": (
        [FIRST, letter("b.pdf", "2026-05-10", until("2027-06-30"))],
        [("conflict", 0), ("unconfirmed", None)],
    ),
    "notes against protocol": ([FIRST, notes("b.pdf", "2026-05-10", until("2027-06-30"))], [("conflict", 0)]),
    "notes against newsletter": (
        [letter("a.pdf", "2026-01-10", until("2026-12-31")), notes("b.pdf", "2026-05-10", until("2027-06-30"))],
        [("extension", 0), ("unconfirmed", None)],
    ),
    "protocol against newsletter": (
        [letter("a.pdf", "2026-01-10", until("2026-12-31")), doc("b.pdf", "2026-05-10", until("2027-06-30"))],
        [("extension", 0)],
    ),
    "the earlier text spoke of a change": (
        [doc("a.pdf", "2026-01-10", CHANGED), notes("b.pdf", "2026-05-10", until("2026-12-31"))],
        [("conflict", 0)],
    ),
    # gap: money after an end is missing or undecided, or a project or agreement runs on; no successor
    "money is missing": ([doc("a.pdf", "2026-01-10", LACK)], [("gap", None)]),
    "money is unsolved": (
        [
            doc(
                "a.pdf",
                "2026-01-10",
                until("2026-12-31", "Hur lotsen betalas efter 2026 är olöst.", certainty="implied"),
            )
        ],
        [("gap", None)],
    ),
    "money was found": ([doc("a.pdf", "2026-01-10", LACK), doc("b.pdf", "2026-05-10", CHANGED)], [("extension", 1)]),
    "somebody takes over": (
        [doc("a.pdf", "2026-01-10", LACK), doc("b.pdf", "2026-05-10", until("2026-12-31", successor="kommunerna"))],
        [],
    ),
    "the project runs on": ([doc("a.pdf", "2026-01-10", until("2026-12-31"), project("2027-03-31"))], [("gap", None)]),
    "the agreement runs on": ([FIRST, doc("b.pdf", "2026-02-10", agreement("2027-03-31"))], [("gap", None)]),
    "the project ends with the money": ([doc("a.pdf", "2026-01-10", until("2026-12-31"), project("2026-12-31"))], []),
    "the project ends before": ([doc("a.pdf", "2026-01-10", until("2026-12-31"), project("2026-10-31"))], []),
    "a project without money": ([doc("a.pdf", "2026-01-10", project("2027-03-31"))], []),
    "runs on, somebody takes over": (
        [doc("a.pdf", "2026-01-10", until("2026-12-31", successor="regionen"), project("2027-03-31"))],
        [],
    ),
    # open_ended: the newest claim has no end
    "no end any more": ([FIRST, doc("b.pdf", "2026-05-10", endless())], [("open_ended", 0)]),
    "an end after all": ([doc("a.pdf", "2026-01-10", endless()), doc("b.pdf", "2026-05-10", CHANGED)], []),
    "never an end": ([doc("a.pdf", "2026-01-10", endless())], [("open_ended", 0)]),
    "no end, but older": ([doc("a.pdf", "2025-01-10", endless()), FIRST], []),
    # unconfirmed: a newsletter's claim of which no protocol within 120 days speaks
    "only a newsletter": ([letter("a.pdf", "2026-01-10", until("2026-12-31"))], [("unconfirmed", None)]),
    "a protocol on the last day": (
        [letter("a.pdf", "2026-01-10", until("2026-12-31")), doc("b.pdf", "2026-05-10", until("2026-12-31"))],
        [],
    ),
    "a protocol a day too late": (
        [letter("a.pdf", "2026-01-10", until("2026-12-31")), doc("b.pdf", "2026-05-11", until("2026-12-31"))],
        [("unconfirmed", None)],
    ),
    "a protocol that names it": (
        [
            letter("a.pdf", "2026-01-10", until("2026-12-31")),
            doc("b.pdf", "2026-02-10", sections=[section(1, "Lotsar", passages=[passage(f"{NAME} berättade.")])]),
        ],
        [],
    ),
    "a protocol that names it by its own name": (
        [
            letter("a.pdf", "2026-01-10", until("2026-12-31", name="Mötesplatsen Gläntan")),
            doc("b.pdf", "2026-02-10", sections=[section(1, "Läget", passages=[passage("Gläntans kök är klart.")])]),
        ],
        [],
    ),
    "a protocol that names it by its letters": (
        [
            letter("a.pdf", "2026-01-10", until("2026-12-31", name="Snabb hjälp hemma (SHH)")),
            doc("b.pdf", "2026-02-10", sections=[section(1, "Läget", passages=[passage("SHH-teamets bil är lagad.")])]),
        ],
        [],
    ),
    "notes are no protocol": (
        [letter("a.pdf", "2026-01-10", until("2026-12-31")), notes("b.pdf", "2026-02-10", until("2026-12-31"))],
        [("unconfirmed", None)],
    ),
    "notes alone": ([notes("a.pdf", "2026-01-10", until("2026-12-31"))], []),
    # agreements and projects are compared among themselves
    "agreement against agreement": (
        [doc("a.pdf", "2026-01-10", agreement("2026-12-31")), doc("b.pdf", "2026-05-10", agreement("2027-12-31"))],
        [("extension", 0)],
    ),
    "agreement before money": (
        [doc("a.pdf", "2026-01-10", agreement("2026-06-30")), doc("b.pdf", "2026-05-10", until("2026-12-31"))],
        [],
    ),
    "project against agreement": (
        [doc("a.pdf", "2026-01-10", project("2026-06-30")), doc("b.pdf", "2026-05-10", agreement("2026-12-31"))],
        [],
    ),
}


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause(db, clause):
    documents, expected = CLAUSES[clause]
    assert [(kind, said) for kind, _, _, said in found(db, documents)] == expected


# --- an undated claim in a long history

YEARS = range(2019, 2027)
HISTORY = [doc(f"{year}.pdf", f"{year}-03-01", until(f"{year}-12-31")) for year in YEARS]


def conflicts(db, *documents):
    every = found(db, [*HISTORY, *documents])
    return [(earlier, later) for kind, earlier, later, _ in every if kind == "conflict"]


def test_an_undated_claim_meets_two_ends_at_most(db):
    assert conflicts(db, letter("brev.pdf", None, until("2021-06-30"))) == [
        ("2020-12-31", "2021-06-30"),
        ("2021-06-30", "2026-12-31"),
    ]


def test_bounds_say_which_ends_an_undated_claim_can_meet(db):
    told = passage("Vid mötet den 5 september beslutades ingenting. Anmälan öppnar den 1 oktober.")
    letter_ = doc("brev-hosten-2022.pdf", None, until("2023-06-30"), kind="nyhetsbrev",
                  sections=[section(1, "Nytt", passages=[told])])  # fmt: skip
    assert conflicts(db, letter_) == [("2022-12-31", "2023-06-30")]


def test_a_claim_older_than_all_others_meets_the_first(db):
    first = doc("brev-varen-2018.pdf", None, until("2018-12-31"), kind="nyhetsbrev")
    assert conflicts(db, first) == [("2018-12-31", "2019-12-31")]


# --- what hangs on the day of looking


@pytest.mark.parametrize(
    ("documents", "day", "expired"),
    [
        ([FIRST], "2026-12-31", []),
        ([FIRST], "2027-01-01", ["2026-12-31"]),
        ([FIRST], "2027-12-31", ["2026-12-31"]),
        ([FIRST], "2028-01-01", []),  # older than 365 days: counted in one line
        ([FIRST, doc("b.pdf", "2027-02-01", CHANGED)], "2027-01-31", ["2026-12-31"]),
        ([FIRST, doc("b.pdf", "2027-02-01", CHANGED)], "2027-02-01", []),
        ([FIRST, doc("b.pdf", "2026-05-10", endless())], "2027-01-01", ["2026-12-31"]),
        ([FIRST, doc("b.pdf", "2026-05-10", WISH)], "2027-01-01", ["2026-12-31"]),
        ([FIRST, doc("b.pdf", "2026-05-10", endless(successor="regionen"))], "2027-01-01", []),
        ([FIRST, doc("b.pdf", "2026-05-10", until("2026-12-31", successor="regionen"))], "2027-01-01", ["2026-12-31"]),
        ([doc("a.pdf", "2026-01-10", until("2026-12-31", successor="regionen"))], "2027-01-01", ["2026-12-31"]),
    ],
)  # fmt: skip
def test_expired(db, documents, day, expired):
    found(db, documents)
    report = asof.report(db.conn, date.fromisoformat(day))
    assert [it.end for it in report.due["expired"]] == expired
    assert report.old == (day == "2028-01-01")
