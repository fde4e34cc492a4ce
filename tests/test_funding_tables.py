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
    ("head", "kind"),
    [
        ("Finansierad t.o.m.", "funded_until"),
        ("Finansiering till och med", "funded_until"),
        ("Medel t.o.m.", "funded_until"),
        ("Bidragsperiod", "funded_until"),
        ("Projektslut", "project_until"),
        ("Projekttid", "project_until"),
    ],
)
def test_a_column_of_money_is_of_money_in_a_table_of_projects_too(head, kind):
    ((found, *_),) = rows(["Projekt", "Finansiär", head], ["Grön kaj", "Sjöfonden", "den 30 juni 2027"])
    assert found == kind


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


def test_sums_with_a_column_for_their_time():
    assert rows(
        ["Insats", "Period", "Belopp"],
        ["Kajlotsen", "2026-01-01–2027-06-30", "640 tkr"],
        ["Totalt", "2026", "640 tkr"],
    ) == [("budget_period", "Kajlotsen", "2026-01-01", "2027-06-30", 640_000, "stated")]
    assert rows(
        ["Bidrag", "Används till", "Belopp", "Gäller"],
        ["Sjöpengen", "Simlärare", "80 tkr", "jan–juni 2026"],
        ["Kajpengen", "Lovskola", "15 tkr", "t.o.m. juni 2026"],
    ) == [
        ("budget_period", "Simlärare", "2026-01-01", "2026-06-30", 80_000, "stated"),
        ("budget_period", "Lovskola", None, "2026-06-30", 15_000, "stated"),
    ]
    assert rows(["Var", "Vem betalar", "Klart t.o.m."], ["Torget i Norr", "Ekö kommun", "30 juni 2026"]) == [
        ("funded_until", "Torget i Norr", None, "2026-06-30", None, "stated")
    ]


def test_projects_with_their_first_and_last_day():
    heads = ["Projekt", "Finansiär", "Projektstart", "Projektslut", "Kommentar"]
    assert rows(heads, ["Grön kaj", "Sjöfonden", "2025-02-01", "2026-10-31", "tre byar deltar"]) == [
        ("project_until", "Grön kaj", "2025-02-01", "2026-10-31", None, "stated")
    ]


@pytest.mark.parametrize("heads", [["Insats", "Period", "Sökt belopp"], ["Insats", "Period", "Ansvarig"]])
def test_times_of_something_else(heads):
    assert rows(heads, ["Kajlotsen", "2026", "45 000 kr"]) == []


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


def granted(before: str, heads: list[str], *lines: list[str], zone: Zone = Zone.BODY):
    """The rows of a table of sums after a sentence: subject, start, end, amount, certainty, source."""
    cells = [
        Passage(Text(cell), Zone.BASIS, section=1, cell=CellPlace(1, n, column, heads[column].lower()))
        for n, line in enumerate(lines, 1)
        for column, cell in enumerate(line)
    ]
    running = [Passage(Text(before), zone, section=1), *cells]
    dates = lambda text: find_dates(text, DAY, KIT.grammar)[0]  # noqa: E731
    found, _ = find_funding(Meeting(date=DAY), running, KIT.funding_cues, dates, {}, KIT.funding_words)
    return [(r.subject, r.start and r.start.year, r.end and r.end.year, r.amount, r.certainty, r.source) for r in found]


HEADS = ["Insats", "Belopp 2027"]
LINES = (["Lotsbåten", "310 000 kr"], ["Sjöräddarna", "45 000 kr"], ["Summa", "355 000 kr"])


def test_sums_that_the_sentence_before_gives_out():
    assert granted("Hamnnämnden beslutar att fördela statsbidraget för 2027 enligt tabellen.", HEADS, *LINES) == [
        ("Lotsbåten", 2027, 2027, 310_000, "stated", "statsbidraget"),
        ("Sjöräddarna", 2027, 2027, 45_000, "stated", "statsbidraget"),
    ]


def test_the_year_may_stand_in_the_sentence_alone():
    told = "Hamnnämnden beslutar att fördela bidrag till föreningarna för 2027 enligt följande:"
    heads, line = ["Mottagare", "Ändamål", "Belopp (tkr)"], ["Sjöräddarna", "Drift", "45"]
    assert [r[:4] for r in granted(told, heads, line)] == [("Sjöräddarna", 2027, 2027, 45_000)]


def test_what_is_proposed_is_conditional():
    told = "Hamnnämnden beslutar att fördela statsbidraget för 2027 enligt tabellen."
    assert {r[4] for r in granted(told, HEADS, *LINES, zone=Zone.PROPOSED)} == {"conditional"}


def test_the_granted_column_beside_the_one_applied_for():
    heads = ["Förening", "Sökt belopp", "Beviljat belopp 2027"]
    found = granted("Ansökningarna framgår nedan.", heads, ["Kören", "90 000 kr", "60 000 kr"])
    assert [r[:5] for r in found] == [("Kören", 2027, 2027, 60_000, "stated")]


@pytest.mark.parametrize(
    ("before", "heads", "line"),
    [
        ("Nämnden går igenom läget.", HEADS, ["Lotsbåten", "310 000 kr"]),
        ("Nämnden beslutar att inte fördela medel för 2027.", HEADS, ["Lotsbåten", "310 000 kr"]),
        ("Nämnden beslutar att fördela medlen enligt tabellen.", ["Insats", "Belopp"], ["Lotsbåten", "310 000 kr"]),
        (
            "Nämnden fördelar medel för 2027 enligt tabellen.",
            ["Insats", "Sökt belopp 2027"],
            ["Lotsbåten", "310 000 kr"],
        ),
        (
            "Nämnden fördelar medel för 2027 enligt tabellen.",
            ["Verksamhet", "Budget 2027"],
            ["Lotsbåten", "310 000 kr"],
        ),
        ("Nämnden fördelar medel för 2027 enligt tabellen.", ["Insats", "Belopp 2027"], ["Lotsbåten", "utreds"]),
    ],
)
def test_other_tables_of_sums_give_nothing(before, heads, line):
    assert granted(before, heads, line) == []
