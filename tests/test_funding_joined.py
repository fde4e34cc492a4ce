"""Statements about money that take two places to say, subjects shared over "och", and marks of footnotes."""

from __future__ import annotations

import datetime

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pdfs import draw
from protoparse.pdf.reader import read as read_pdf
from test_funding import passage, rows

MAY = datetime.date(2027, 5, 31)


def said(*passages, **given):
    return [(row.subject, row.end, row.source) for row in rows(*passages, **given)]


@pytest.mark.parametrize(
    ("heading", "text", "source"),
    [
        ("Skolbåten (till och med maj 2027)", "Kustfonden finansierar verksamheten.", "Kustfonden"),
        ("Skolbåten, t.o.m. maj 2027", "Betalas av Länsstyrelsen.", "Länsstyrelsen"),
        ("Skolbåten – till och med maj 2027", "Finansiär: Byarna och Ekö kommun", "Byarna och Ekö kommun"),
        (
            "Skolbåten (till och med maj 2027)",
            "Kostnaden delas mellan Ekö kommun och Region Sjö.",
            "Ekö kommun och Region Sjö",
        ),
        ("Skolbåten (till och med maj 2027)", "Den bekostas av Kustfonden och körs av hamnen.", "Kustfonden"),
    ],
)
def test_the_end_in_the_heading_and_the_payer_below(heading, text, source):
    assert said(passage(text), titles={1: heading}) == [("Skolbåten", MAY, source)]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Utställningen Hav och vind (till och med maj 2027)", "Kustfonden finansierar verksamheten."),
        ("Skolbåten (till och med maj 2027)", "Kaféet finansieras av egna intäkter."),
        ("Skolbåten (till och med maj 2027)", "Kustfonden bekostar omledningen."),
        ("Anmälan till Skolbåten (till och med maj 2027)", "Kustfonden betalar."),
        ("Skolbåten (till och med maj 2027)", "Kustfonden finansierar inte verksamheten."),
        ("Skolbåten (bildad 2019)", "Kustfonden finansierar verksamheten."),
    ],
)
def test_a_day_in_a_heading_that_is_no_end_of_money(heading, text):
    assert said(passage(text), titles={1: heading}) == []


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Kustfonden skjuter till 40 000 kronor. Skolbåten kan därför drivas vidare till och med maj 2027.",
            "Kustfonden",
        ),
        (
            "Kustfonden har beviljat Skolbåten 40 000 kronor. Den kan därmed fortsätta till och med maj 2027.",
            "Kustfonden",
        ),
        (
            "Skolbåten har fått nya medel från Kustfonden. Arbetet fortsätter därmed till och med maj 2027.",
            "Kustfonden",
        ),
        ("Kustfonden går in med medel. Därför kan Skolbåten fortsätta till och med maj 2027.", "Kustfonden"),
    ],
)
def test_money_in_one_sentence_and_how_long_in_the_next(text, source):
    assert said(passage(text, heading="Skolbåten")) == [("Skolbåten", MAY, source)]


@pytest.mark.parametrize(
    "text",
    [
        "Kustfonden har fått 3 miljoner kronor. Föreningen Hopp kan därför hyra huset till och med maj 2027.",
        "Gruppen beviljade ledigt. Anna Ek kan därför fortsätta som värd till och med maj 2027.",
        "Kustfonden vill inte skjuta till medel. Skolbåten kan därför drivas till och med maj 2027.",
        "Kustfonden skjuter till 40 000 kronor. Skolbåten kan kanske fortsätta till och med maj 2027.",
        "Kustfonden skjuter till 40 000 kronor. Vägen fortsätter att vara stängd till och med maj 2027.",
    ],
)
def test_what_goes_on_for_other_reasons(text):
    assert said(passage(text, heading="Skolbåten")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Pengarna räcker ett tag till. Den 31 maj 2027 tar de slut.",
        "Medlen är snart förbrukade. Sista dagen med pengar är den 31 maj 2027.",
    ],
)
def test_they_end(text):
    assert [row[:2] for row in said(passage(text, heading="Skolbåten"))] == [("Skolbåten", MAY)]


def test_they_end_is_said_of_money_only():
    assert said(passage("Loven är långa. Den 31 maj 2027 tar de slut.", heading="Skolbåten")) == []


def test_a_clause_after_och_has_the_subject_of_its_sentence():
    first = passage("Läs för mig finansieras av Kustfonden till och med maj 2027.")
    second = passage("Bokbytet pågår i alla byar och ingår i ordinarie verksamhet.")
    assert [row.subject for row in rows(first, second)] == ["Läs för mig", "Bokbytet"]
    third = passage("Hos Navet är läget sämre, där räcker pengarna till maj 2027.")
    assert [row.subject for row in rows(first, third)] == ["Läs för mig", "Navet"]


def words_of(tmp_path, *texts):
    return [word.text for word in read_pdf(draw(tmp_path / "a.pdf", [texts])).pages[0].words]


def noted(text, mark, y=96):
    """A text with a small figure at its end."""
    return (70, 100, text), (70 + stringWidth(text, "Helvetica", 11), y, mark, 7)


def test_a_raised_small_figure_is_the_mark_of_a_footnote(tmp_path):
    assert words_of(tmp_path, *noted("till maj 2026", "2")) == ["till", "maj", "2026"]
    assert words_of(tmp_path, *noted("till Lotsen", "12")) == ["till", "Lotsen"]


def test_figures_that_are_no_mark(tmp_path):
    assert words_of(tmp_path, (70, 100, "nr 20262 och E20")) == ["nr", "20262", "och", "E20"]
    assert words_of(tmp_path, *noted("250 m", "2"))[-1] == "m2"
    assert words_of(tmp_path, *noted("CO", "2", 102))[-1] == "CO2"


@pytest.mark.parametrize(
    ("lead", "certainty", "condition"),
    [
        ("Under förutsättning av fullmäktiges beslut:", "conditional", "Under förutsättning av fullmäktiges beslut"),
        (
            "Under förutsättning av fullmäktiges godkännande beslutar nämnden följande:",
            "conditional",
            "Under förutsättning av fullmäktiges godkännande",
        ),
        ("Nämnden beslutar följande:", "stated", None),
        ("Arbetsutskottet föreslår att nämnden beslutar", "conditional", None),
        ("Arbetsutskottet beslutar föreslå nämnden besluta:", "conditional", None),
        ("Nämnden beslutar enligt vad ordföranden föreslår:", "stated", None),
        ("Avtalen gäller tills vidare. Nämnden beslutar:", "stated", None),
    ],
)
def test_a_condition_of_the_lead_in_holds_for_its_points(lead, certainty, condition):
    (row,) = rows(passage("Skolbåten finansieras till och med maj 2027.", lead=lead))
    assert (row.subject, row.end, row.certainty, row.condition) == ("Skolbåten", MAY, certainty, condition)


def test_the_rest_of_the_year_is_nothing_that_is_paid_for():
    text = "Bidraget till Skolbåten räcker till och med juni 2026. Pengar för resten av året saknas."
    assert {row.subject for row in rows(passage(text, heading="Skolbåten"))} == {"Skolbåten"}
