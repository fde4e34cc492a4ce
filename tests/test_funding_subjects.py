"""What a statement about money is about: labels, headings with additions, nouns that take up a longer name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from protoparse.money.mentions import label_of, longer_name
from protoparse.money.titles import topic_of
from protoparse.money.words import vocabulary
from protoparse.text import Run, Text, Word
from test_funding import RULES, passage, read, rows

WORDS = vocabulary(RULES.data["funding"]["words"])


def names(text, **given):
    return [row.subject for row in rows(passage(text, **given))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kajkraft: medel finns till maj 2027.", "Kajkraft"),
        ("Flyt in: fondpengarna tar slut sista februari 2027.", "Flyt in"),
        ("Skärgårdslotsen – finansieras av Kustfonden till och med maj 2027.", "Skärgårdslotsen"),
        ("Grön brygga: läggs ned i förtid. Bidraget dras in från och med den 1 januari 2027.", "Grön brygga"),
        ("Sjölotsarna: avtalet med Ekö folkhögskola gäller till och med den 31 maj 2027.", "Sjölotsarna"),
        (
            "SUA (Stöd till ungdomar i arkipelagen): finansieras till maj 2027.",
            "Stöd till ungdomar i arkipelagen (SUA)",
        ),
        ("Norrbåten: projektet Ungkraft har pengar till och med maj 2027.", "Ungkraft"),
        # no names of services
        ("Status: medel finns till maj 2027.", None),
        ("Beslut: medel finns till maj 2027.", None),
        ("Ekonomi: medel finns till maj 2027.", None),
        ("Kustfonden: pengarna räcker till maj 2027.", None),
        ("Ekö kommun: pengarna räcker till maj 2027.", None),
        ("Statsbidrag: medlen räcker till maj 2027.", None),
        ("Vi kan berätta: medlen räcker till maj 2027.", None),
    ],
)
def test_the_label_of_a_line_under_a_heading_that_says_nothing(text, name):
    found = names(text, heading="Läget i insatserna")
    assert len(found) == 1
    assert found == [name] or (name is None and found[0] in (None, "Medlen", "Pengarna", "medlen", "pengarna"))


def test_a_person_is_no_label():
    assert label_of("Stina: pengarna räcker till maj.", WORDS, {}, {"Stina Ek"}) == ""
    assert label_of("Stinahjälpen: pengarna räcker till maj.", WORDS, {}, {"Stina Ek"}) == "Stinahjälpen"


def test_each_line_of_a_list_has_its_own_name():
    lines = ["Kajkraft: medel finns till maj 2027.", "Norrbåten: nya tider.", "Medel finns till juni 2027."]
    found, _ = read(*[passage(line, heading="Sedan sist") for line in lines])
    assert [row.subject for row in found] == ["Kajkraft", None]


def test_a_heading_in_bold_that_runs_into_its_paragraph():
    words = [("Kajkraft", True), ("55+", True), ("Insatsen har pengar till och med maj 2027.", False)]
    runs, at = [], 0
    for string, bold in words:
        runs.append(Run(at, at + len(string), Word(string, 1, 0, 0, 1, 1, bold=bold)))
        at += len(string) + 1
    text = Text(" ".join(string for string, _ in words), runs)
    (row,) = rows(replace(passage("x", heading="Läget i insatserna"), text=text))
    assert (row.subject, row.heading) == ("Kajkraft 55+", "Kajkraft 55+")


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Sjölotsen, lägesrapport", "Sjölotsen"),
        ("Sjölotsen – fortsatt finansiering", "Sjölotsen"),
        ("Sjölotsen – finansierad t.o.m. 2027-05-31", "Sjölotsen"),
        ("Sjölotsens projekttid", "Sjölotsen"),
        ("Sjölotsens fortsatta finansiering", "Sjölotsen"),
        ("Växtplats Eks fortsättning", "Växtplats Ek"),
        ("Sjölotsen fortsättning", "Sjölotsen"),
        ("Sjölotsen 2027", "Sjölotsen"),
        ("Slutrapport för Sjölotsen", "Sjölotsen"),
        ("Återrapport Sjölotsen", "Sjölotsen"),
        ("Förlängning av projektet Sjölotsen", "Sjölotsen"),
        ("Ansökan om medel till Sjölotsen", "Sjölotsen"),
        ("Ändrat anslag till Sjölotsen", "Sjölotsen"),
        ("Utvärdering av Sjölotsen 2026", "Sjölotsen"),
        ("Läget i Sjölotsen", "Sjölotsen"),
        ("Chatt för unga", "Chatt för unga"),
        # the addition is the name, or nothing is named
        ("Digital uppföljning", "Digital uppföljning"),
        ("Läget i Norrvik", ""),
        ("Läget i insatserna", ""),
        ("Uppföljning av mål", ""),
        ("Sedan sist", ""),
        ("Status", ""),
        ("Laget runt", ""),
        ("Aktuellt", ""),
        ("Ekonomi", ""),
        ("Pågående insatser", ""),
        ("Våra projekt", ""),
        ("Nytt från kommunerna", ""),
        ("Projektets fortsättning", ""),
        ("Information och uppföljning", ""),
    ],
)
def test_what_a_heading_names(heading, name):
    assert topic_of(heading, WORDS, {}) == name


@pytest.mark.parametrize(
    ("plain", "before", "name"),
    [
        ("Linjen", "Fler ringer den maritima stödlinjen.", "maritima stödlinjen"),
        ("Linjen", "Fler ringer Anhöriglinjen.", "Anhöriglinjen"),
        ("Teamet", "Kuratorerna i det skolsociala teamet är nya.", "skolsociala teamet"),
        ("Teamet", "I våras startade ett närsjöteam.", "närsjöteam"),
        ("Resursen", "Många får hjälp av Arbetsresursen i Ekö.", "Arbetsresursen i Ekö"),
        ("vägledningen", "Sjövägledningens telefon är öppen.", "Sjövägledningen"),
        ("Caféet", "Kom till caféet Ankaret.", "caféet Ankaret"),
        # nothing longer, two of them, a group that is no service
        ("Teamet", "Teamet är nytt.", ""),
        ("Teamet", "Närsjöteamet och skolteamet samverkar.", ""),
        ("Gruppen", "Det sa målgruppen.", ""),
        ("Linjen", "Fler ringer jouren.", ""),
        ("Linjer", "Fler ringer Anhöriglinjen.", ""),
        ("Kommunen", "Grannkommunen betalar.", ""),
    ],
)
def test_what_a_bare_noun_takes_up(plain, before, name):
    assert longer_name(plain, before, WORDS) == name


@pytest.mark.parametrize(
    ("text", "heading", "name"),
    [
        ("Fler ringer stödlinjen. Linjen har medel till och med maj 2027.", "Till havs", "stödlinjen"),
        (
            "Kuratorerna i det skolsociala teamet är nya. Teamet finansieras till maj 2027.",
            "Trygg kaj",
            "skolsociala teamet",
        ),
        ("Kuratorerna är nya. Teamet finansieras till maj 2027.", "Trygg kaj", "Trygg kaj"),
        (
            "Rörelse på lika villkor har nya ledare. Statsbidraget till insatsen räcker till maj 2027.",
            "Lika villkor för hälsan",
            "Rörelse på lika villkor",
        ),
        (
            "Ledare på många orter är nya. Statsbidraget till insatsen räcker till maj 2027.",
            "Lika villkor för hälsan",
            "Lika villkor för hälsan",
        ),
        # an adverb is no subject; a name may end in one
        ("Skolbåten är däremot bara finansierad till maj 2027.", None, "Skolbåten"),
        ("Lära Vidare finansieras av Kustfonden till maj 2027.", None, "Lära Vidare"),
        # names with whom they are for
        ("Till maj 2027 bekostas länets chatt för unga med statsbidrag.", None, "chatt för unga"),
        ("Chatten betalas av Kustfonden till maj 2027.", "Chatt för unga", "Chatt för unga"),
        ("EU-projektet Kajen har projekttid 2026-03-01–2027-02-28.", "Pågående insatser", "Kajen"),
    ],
)
def test_what_a_sentence_is_about(text, heading, name):
    assert names(text, heading=heading) == [name]


@pytest.mark.parametrize(
    ("text", "heading", "name", "source"),
    [
        ("Kustfonden medfinansierar Ute med hunden till maj 2027.", "Ute med hunden", "Ute med hunden", "Kustfonden"),
        ("Kustfonden medfinansierar Ute med hunden till maj 2027.", "Läget", "Ute", "Kustfonden"),
        ("Skolbåten – kommunens pengar räcker till maj 2027.", "Läget", "Skolbåten", "kommunen"),
        ("Pengar till Skolbåten saknas efter maj 2027.", "Läget", "Skolbåten", None),
        (
            "Hamnvärden är en projekttjänst på halvtid som finansieras av Kustfonden till maj 2027.",
            "Läget",
            "Hamnvärden",
            "Kustfonden",
        ),
        (
            "Hamnlotsen är ett treårigt projekt för unga på ön som finansieras av Kustfonden till maj 2027.",
            "Läget",
            "Hamnlotsen",
            "Kustfonden",
        ),
        ("Projekttjänsten som hamnvärd avslutas i förtid den 31 maj 2027.", "Läget", "hamnvärd", None),
        ("Projekttjänsten som hamnvärd på halvtid avslutas den 31 maj 2027.", "Läget", "hamnvärd", None),
        ("Skolbåten finansieras även i fortsättningen av Kustfonden till maj 2027.", None, "Skolbåten", "Kustfonden"),
    ],
)
def test_a_name_is_whole_and_no_more(text, heading, name, source):
    (row,) = rows(passage(text, heading=heading))
    assert (row.subject, row.source) == (name, source)


def test_a_day_before_a_colon_begins_nothing():
    (row,) = rows("Inget nytt sedan i mars: Skolbåten är finansierad till och med maj 2027.")
    assert (row.kind, row.start) == ("funded_until", None)


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Driftbidrag till Skolbåten lämnas under åren 2026 och 2027.", ["2027-12-31"]),
        ("Driftbidrag till Skolbåten betalas ut under 2026 och 2027.", []),
        ("Driftbidrag till Skolbåten lämnas under hösten 2026.", []),
    ],
)
def test_a_grant_is_given_over_years_and_paid_out_in_one(text, ends):
    assert [row.end.isoformat() for row in rows(text)] == ends
