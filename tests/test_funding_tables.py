"""Tables of grants, agreements and projects: what each column of days says of each row."""

from __future__ import annotations

import datetime

import pytest

from pdfs import draw
from protoparse.dates import find_dates
from protoparse.funding import find_funding
from protoparse.models import CellPlace, Meeting, Passage, Zone
from protoparse.pdf.reader import read
from protoparse.protocol import Kit, parse
from protoparse.rules import load
from protoparse.text import Text

KIT = Kit.of(load())
DAY = datetime.date(2026, 3, 19)


def rows(heads: list[str], *lines: list[str]):
    """The funding rows of a table, brief: kind, subject, start, end, amount, certainty."""
    running = [
        Passage(Text(cell), Zone.BASIS, section=1, cell=CellPlace(1, n, column, heads[column].lower()))
        for n, line in enumerate([heads, *lines])
        for column, cell in enumerate(line)
        if cell
    ]
    dates = lambda text: find_dates(text, DAY, KIT.grammar)[0]  # noqa: E731
    found, _ = find_funding(Meeting(date=DAY), running, KIT.funding_cues, dates, {}, KIT.funding_words)
    iso = lambda day: day and day.isoformat()  # noqa: E731
    return [(r.kind, r.subject, iso(r.start), iso(r.end), r.amount, r.certainty) for r in found]


def test_a_column_for_each_deadline():
    assert rows(
        ["Stöd", "Summa (tkr)", "Ansökan senast", "Används senast", "Redovisas"],
        ["Kajbidraget", "450", "2026-04-15", "31 december 2026", "mars 2027"],
        ["Fyrfonden", "1 200", "–", "2027-06-30", ""],
    ) == [
        ("application_deadline", "Kajbidraget", None, "2026-04-15", None, "stated"),
        ("spend_by", "Kajbidraget", None, "2026-12-31", 450_000, "stated"),
        ("report_by", "Kajbidraget", None, "2027-03-31", None, "stated"),
        ("spend_by", "Fyrfonden", None, "2027-06-30", 1_200_000, "stated"),
    ]


def test_agreements_and_projects_with_their_periods():
    assert rows(
        ["Avtal", "Avtalstid"], ["Lotsning i hamnen", "2026-01-01–2027-12-31"], ["Isbrytning", "tills vidare"]
    ) == [
        ("agreement_until", "Lotsning i hamnen", "2026-01-01", "2027-12-31", None, "stated"),
        ("agreement_until", "Isbrytning", None, None, None, "open_ended"),
    ]
    assert rows(["Projekt", "Finansiär", "Till och med"], ["Grön kaj", "Sjöfonden", "den 30 juni 2027"]) == [
        ("project_until", "Grön kaj", None, "2027-06-30", None, "stated"),
    ]


@pytest.mark.parametrize(
    ("heads", "line"),
    [
        (["Åtgärd", "Ansvarig", "Klart"], ["Måla bryggan", "Siv Lund", "2026-05-01"]),
        (["Åtgärd", "Ansvarig", "Till och med"], ["Måla bryggan", "Siv Lund", "2026-05-01"]),
        (["Motion", "Inlämnad", "Redovisas"], ["Motion om bryggor", "2025-05-01", "2026-05-01"]),
        (["Belopp", "Redovisas"], ["450 000 kr", "2026-05-01"]),
        (["Bidrag", "Redovisas"], ["Kajbidraget", "i nämnden"]),
        (["Bidrag", "Beslutat"], ["Kajbidraget", "2026-05-01"]),
    ],
)
def test_other_tables_give_nothing(heads, line):
    assert rows(heads, line) == []


def test_from_the_page_to_the_row(tmp_path):
    xs, ys = (60, 220, 320, 430, 540), (150, 175, 200, 225)
    cells = [
        ("Bidrag", "Belopp", "Ansökan senast", "Redovisas senast"),
        ("Kajbidraget", "450 tkr", "2026-04-15", "2027-02-15"),
        ("Fyrfonden", "90 tkr", "2026-05-29", "2027-03-01"),
    ]
    text = [(60, 80, "Protokoll Hamnnämnden 2026-03-19", 16), (60, 120, "§ 4 Bidrag till hamnen", 12, "Helvetica-Bold")]
    text += [
        (x + 4, y + 16, word, 9) for y, line in zip(ys, cells, strict=False) for x, word in zip(xs, line, strict=False)
    ]
    lines = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    protocol = parse(read(draw(tmp_path / "t.pdf", [text], lines=lines)), KIT)
    found = [(r.kind, r.subject, r.end.isoformat(), r.section) for r in protocol.funding]
    assert found == [
        ("application_deadline", "Kajbidraget", "2026-04-15", 1),
        ("report_by", "Kajbidraget", "2027-02-15", 1),
        ("application_deadline", "Fyrfonden", "2026-05-29", 1),
        ("report_by", "Fyrfonden", "2027-03-01", 1),
    ]
    assert protocol.funding[0].evidence.quote.string == "Kajbidraget 450 tkr 2026-04-15 2027-02-15"


def test_sums_for_a_year():
    assert rows(
        ["Mottagare", "Ändamål", "Belopp 2027"],
        ["Kajens sångkör", "Körresa", "45 000 kr"],
        ["Summa", "", "45 000 kr"],
    ) == [("budget_period", "Kajens sångkör", "2027-01-01", "2027-12-31", 45000.0, "stated")]
    assert rows(["Insats", "Bidrag (tkr) 2027"], ["Kajlotsen", "450"])[0][:5] == (
        "budget_period",
        "Kajlotsen",
        "2027-01-01",
        "2027-12-31",
        450000.0,
    )


@pytest.mark.parametrize(
    "heads",
    [
        ["Verksamhet", "Budget 2027"],
        ["Förening", "Sökt belopp 2027"],
        ["Förening", "Sökt", "Belopp 2027"],
        ["Förening", "Bidrag 2026", "Bidrag 2027"],
        ["Konto", "Belopp 2027"],
        ["Förening", "Belopp"],
    ],
)
def test_other_sums_are_no_grants(heads):
    assert rows(heads, ["Kajens sångkör", *["45 000 kr"] * (len(heads) - 1)]) == []
