"""Statements about money that are read by the build of their sentence, and what looks like them and is none."""

from __future__ import annotations

import datetime

import pytest

from protoparse.dates import find_dates
from protoparse.funding import find_funding
from protoparse.models import Meeting
from protoparse.text import Text
from test_funding import ANCHOR, RULES, cues, grammar, passage, read, rows

MAY = datetime.date(2027, 5, 31)


def said(text, **given):
    return [(row.subject, row.end, row.certainty, row.source) for row in rows(passage(text, **given))]


@pytest.mark.parametrize(
    ("text", "subject", "source"),
    [
        # somebody pays, in every order
        ("Ekö kommun betalar Skolbåten till och med maj 2027.", "Skolbåten", "Ekö kommun"),
        ("Till och med maj 2027 betalar Kustfonden Skolbåten.", "Skolbåten", "Kustfonden"),
        ("Det är Ekö kommun som betalar Skolbåten till och med maj 2027.", "Skolbåten", "Ekö kommun"),
        (
            "Kustfonden har åtagit sig att finansiera den rullande verkstaden till och med maj 2027.",
            "den rullande verkstaden",
            None,
        ),
        ("Till och med maj 2027 står Kustfonden för kostnaden för Skolbåten.", "Skolbåten", "Kustfonden"),
        ("Kustfonden ger Skolbåten stöd till och med maj 2027.", "Skolbåten", "Kustfonden"),
        ("Kustfonden förlänger sitt stöd till Skolbåten till och med maj 2027.", "Skolbåten", "Kustfonden"),
        ("Byarna bidrar till Skolbåten med 40 000 kronor om året till och med maj 2027.", "Skolbåten", "Byarna"),
        ("Nämnden beslutar att godkänna fortsatt finansiering av Skolbåten till och med maj 2027.", "Skolbåten", None),
        ("Kostnaden för Skolbåten delas lika mellan Kustfonden och byarna till och med maj 2027.", "Skolbåten", None),
        ("Kustfonden tar hela notan för Skolbåten till och med maj 2027.", "Skolbåten", "Kustfonden"),
        ("Kustfonden drar in stödet till Skolbåten från och med den 1 juni 2027.", "Skolbåten", "Kustfonden"),
        # something has money
        ("Med stöd av Kustfonden kan Skolbåten fortsätta till och med maj 2027.", "Skolbåten", "Kustfonden"),
        ("Skolbåten finns med i budgeten till och med maj 2027.", "Skolbåten", None),
        ("Skolbåtens drift är säkrad till och med maj 2027.", "Skolbåten", None),
        ("Skolbåten är beviljad medel till och med maj 2027.", "Skolbåten", None),
        ("Skolbåten har, som nämnts i våras, medel till och med maj 2027.", "Skolbåten", None),
        ("Skolbåten har – efter två avslag – fått pengar till och med maj 2027.", "Skolbåten", None),
        ("Skolbåten har fått besked om fortsatt finansiering till och med maj 2027.", "Skolbåten", None),
        ("Skolbåten klarar sig på projektmedel till och med maj 2027.", "Skolbåten", "projektmedel"),
        ("Till och med maj 2027 har Skolbåten medel från Kustfonden.", "Skolbåten", "Kustfonden"),
        ("Till Skolbåten finns pengar till och med maj 2027.", "Skolbåten", None),
        ("Skolbåten är tryggad ekonomiskt till och med maj 2027.", "Skolbåten", None),
        # money lasts
        ("Budgeten för Skolbåten räcker till och med maj 2027.", "Skolbåten", None),
        ("Ekonomin i Skolbåten är tryggad till och med maj 2027.", "Skolbåten", None),
        ("Bidraget till Skolbåten betalas därför ut till och med maj 2027.", "Skolbåten", None),
        ("I maj 2027 tar pengarna till Skolbåten slut.", "Skolbåten", None),
        ("Skolbåten avslutas den 31 maj 2027 när pengarna tar slut.", "Skolbåten", None),
        ("Bidragsperioden för Skolbåten löper ut den 31 maj 2027.", "Skolbåten", None),
        ("Medel är reserverade för Skolbåten till och med maj 2027.", "Skolbåten", None),
        # something goes on
        ("Kustfonden skjuter till 40 tkr. Skolbåten kan därmed fortsätta till och med maj 2027.", "Skolbåten", None),
        ("Skolbåten förlängs med ett år, till och med maj 2027.", "Skolbåten", None),
        ("Nämnden beslutar att Skolbåtens verksamhet förlängs till och med maj 2027.", "Skolbåten", None),
        ("Beslut om förlängning av språkcaféet Kajutan till och med maj 2027.", "språkcaféet Kajutan", None),
        # a name and its money
        ("Skolbåten: medel till och med maj 2027.", "Skolbåten", None),
        ("Skolbåten (fin. t.o.m. maj 2027)", "Skolbåten", None),
        ("Skolbåten: fin. t.o.m. maj 2027 via Kustfonden.", "Skolbåten", "Kustfonden"),
        ("Skolbåten – medel t.o.m. maj 2027, Ekö kommun.", "Skolbåten", "Ekö kommun"),
        ("Skolbåten: Ekö kommun betalar till och med maj 2027.", "Skolbåten", "Ekö kommun"),
    ],
)
def test_money_however_it_is_put(text, subject, source):
    found = said(text)
    assert [row[:3] for row in found] == [(subject, MAY, "stated")]
    assert source is None or found[0][3] == source


def test_what_is_proposed_goes_on_without_an_end_or_is_an_agreement():
    assert said("Förslaget är att Kustfonden betalar Skolbåten till och med maj 2027.")[0][1:3] == (MAY, "conditional")
    assert said("Kustfonden betalar Skolbåten tills vidare.")[0][:3] == ("Skolbåten", None, "open_ended")
    (row,) = rows("Partnerskapet med Kvällsjouren Stina omfattar åren 2025–2027.")
    assert (row.kind, row.subject, row.end.year) == ("agreement_until", "Kvällsjouren Stina", 2027)


def test_a_last_day_that_is_moved_and_money_that_is_applied_for():
    (row,) = rows("Skolbåten: projektslut flyttat till 2027-05-31 enligt beslut.")
    assert (row.kind, row.subject, row.end) == ("project_until", "Skolbåten", MAY)
    (row,) = rows("Ansökan till Kustfonden om 3 mnkr för Skolbåten 2027–2028 är inskickad.")
    assert (row.subject, row.source, row.certainty) == ("Skolbåten", "Kustfonden", "conditional")


def test_money_that_nobody_else_has_promised():
    found = rows("Bidraget till Skolbåten upphör 2027-05-31. Byarna har inte hittat någon annan finansiär.")
    assert [(row.end, row.certainty) for row in found] == [(MAY, "stated"), (MAY, "implied")]


def test_what_goes_on_without_an_end_is_what_its_own_sentence_is_about():
    text = "Bokcaféet pågår i alla byar och ingår i ordinarie verksamhet."
    assert [row.subject for row in rows(passage(text, heading="Skolbåten"))] == ["Bokcaféet"]


@pytest.mark.parametrize(
    ("text", "end", "old_end"),
    [
        ("Bidraget till Skolbåten räcker till vårterminens slut 2027.", "2027-06-30", None),
        ("Skolbåten bekostas av Ekö kommun under 2026 och första kvartalet 2027.", "2027-03-31", None),
        (
            "Bidraget till Skolbåten betalas ut till och med maj 2027 i stället för hela året.",
            "2027-05-31",
            "2027-12-31",
        ),
    ],
)
def test_ends_that_are_told_in_a_roundabout_way(text, end, old_end):
    (row,) = rows(text)
    assert (row.end.isoformat(), row.old_end and row.old_end.isoformat()) == (end, old_end)


@pytest.mark.parametrize(
    ("text", "heading", "name"),
    [
        ("Därutöver bekostas Skolbåten av Kustfonden till och med maj 2027.", "Sjöfart", "Skolbåten"),
        ("Skolbåten är ett treårigt projekt, 2025–2027, som finansieras av Kustfonden.", None, "Skolbåten"),
        ("Kustfonden finansierar värdarna till och med maj 2027.", "Bryggvärdarnas första år", "Bryggvärdarna"),
        ("Boendestödet i Norr finansieras av Kustfonden till och med maj 2027.", None, "Boendestödet i Norr"),
    ],
)
def test_whose_money_it_is(text, heading, name):
    assert said(text, heading=heading)[0][0] == name


@pytest.mark.parametrize(
    "text",
    [
        "Vi hoppas att Skolbåten får medel till och med 2027.",
        "Skolbåten bör finansieras till och med 2027.",
        "Föreningen yrkar att Skolbåten finansieras till och med 2027.",
        "Frågan är om Skolbåten har medel till och med maj 2027.",
        "Föreningen önskar pengar till Skolbåten till och med 2027.",
        "Skolbåten har ännu inte fått besked om medel till och med 2027.",
        "Ekö kommun betalar Ulla Ek till och med maj 2027.",
        "Ekö kommun betalar lånet till och med 2030.",
        "Lönen till värden betalas till och med maj 2027.",
        "Licensen är betald till och med maj 2027.",
        "Medlen betalas ut den 30 juni 2027.",
        "Budgeten för 2027 är 400 mnkr.",
        "Simkursen förlängs till och med maj 2027.",
        "Remisstiden förlängs med en månad, till den 31 maj 2027.",
        "Nämnden beviljar stödet i hemmet till och med den 31 maj 2027.",
        "Under 2026 fick 61 elever stöd.",
        "Skolbåten fortsätter till och med maj 2027.",
        "Annonsen är betald till och med maj 2027.",
        "Länsstyrelsen ger stöd och råd till och med maj 2027.",
        "Policyn för bidrag till Skolbåten gäller till och med 2027.",
        "Samrådet om pengarna till Skolbåten pågår till och med maj 2027.",
    ],
)
def test_what_is_no_money_that_lasts(text):
    assert [row.kind for row in rows(text)] == []
    assert [row.kind for row in rows(passage(text, heading="Skolbåten"))] == []


@pytest.mark.parametrize(
    ("heading", "subject"),
    [
        ("Skolbåten (finansierad t.o.m. maj 2027)", "Skolbåten"),
        ("Skolbåten – medel till och med maj 2027", "Skolbåten"),
        ("Skolbåten: fin. t.o.m. maj 2027", "Skolbåten"),
        ("Fortsatt finansiering av Skolbåten till och med maj 2027", None),
        ("Skolbåten – ansökan om medel t.o.m. maj 2027", None),
        ("Budget till och med maj 2027", None),
    ],
)
def test_a_heading_that_says_the_end(heading, subject):
    found, _ = find_funding(
        Meeting(date=ANCHOR),
        [passage("Vintern har varit mild."), passage("Båten har två värdar.", section=2)],
        cues(),
        lambda text: find_dates(text, ANCHOR, grammar())[0],
        {2: heading},
        RULES.data["funding"]["words"],
        {2: Text(f"4 {heading}")},
    )
    assert [(row.subject, row.end, row.section) for row in found] == ([(subject, MAY, 2)] if subject else [])


def test_the_end_told_last_says_which_year_is_meant():
    found = read("Bidraget till Skolbåten räcker till och med maj 2026. Avtalet om Skolbåten löper året ut.")[0]
    assert [row.end.isoformat() for row in found] == ["2026-05-31", "2026-12-31"]
