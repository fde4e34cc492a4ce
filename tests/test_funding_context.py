"""What the sentences around a statement about money decide: its name, its end, who takes over."""

from __future__ import annotations

import pytest

from test_funding import passage, rows


def names(*sentences, **given):
    return [row.subject for row in rows(passage(" ".join(sentences), **given))]


DEN = "Den finansieras av Kustfonden till och med maj 2027."
RÅD = "Till och med den 31 maj 2027 bekostas rådgivningen med statsbidrag."
SKOLBÅT = "Skolbåten finansieras av Kustfonden till och med maj 2027."


@pytest.mark.parametrize(
    ("before", "then", "name"),
    [
        ("Rådgivningen Vågen har funnits i tio år.", DEN, "Rådgivningen Vågen"),
        ("Rådgivningen Vågen är öppen igen.", RÅD, "Rådgivningen Vågen"),
        ("Lekcaféet på Höjden öppnade i maj.", "Caféet bekostas av kommunen till maj 2027.", "Lekcaféet på Höjden"),
        ("Mobila skolan har nya bussar.", DEN, "Mobila skolan"),
        # what is no name, or not the one that is meant
        ("Många har hört av sig.", DEN, "Nattöppet"),
        ("Kommunen har hört av sig.", DEN, "Nattöppet"),
        ("Vi har fått frågor.", DEN.replace("Den", "Verksamheten"), "Nattöppet"),
        ("Rådgivningen Vågen har flyttat.", SKOLBÅT, "Skolbåten"),
    ],
)
def test_what_stands_for_the_name_of_the_sentence_before(before, then, name):
    assert names(before, then, heading="Nattöppet") == [name]


@pytest.mark.parametrize(("heading", "name"), [("Nattcaféet öppnar igen", "Nattcaféet"), ("Nattöppet", "Nattöppet")])
def test_a_heading_that_is_a_sentence_gives_its_subject(heading, name):
    assert names("Verksamheten finansieras av Kustfonden till och med maj 2027.", heading=heading)[0] == name


def test_money_that_is_missing_after_the_end_just_told():
    found = rows("Stödlinjen har statliga medel till och med den 31 maj 2027. För tiden därefter saknas finansiering.")
    assert [(row.end.isoformat(), row.certainty, row.subject) for row in found] == [
        ("2027-05-31", "stated", "Stödlinjen"),
        ("2027-05-31", "implied", "Stödlinjen"),
    ]
    assert rows("Möten hålls till och med den 31 maj 2027. För tiden därefter saknas finansiering.") == []


@pytest.mark.parametrize(
    ("then", "successor"),
    [
        ("Från och med den 1 juni driver de två kommunerna verksamheten ihop.", "de två kommunerna"),
        ("Därefter bekostar Region Nordkusten insatsen.", "Region Nordkusten"),
        ("Därefter driver vinden båtarna i land.", None),
        ("Från och med den 1 juni gäller nya tider.", None),
    ],
)
def test_who_runs_it_afterwards(then, successor):
    (row,) = rows(f"Stödlinjen hade statsbidrag till och med den 31 maj 2025. {then}")
    assert row.successor == successor


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Natthjälpen i byn (NIB) startade 2021 och finansieras till och med 2027.", "Natthjälpen i byn (NIB)"),
        ("Partnerskapet (IOP) med föreningen Kölen gäller till och med den 31 maj 2027.", "Kölen"),
    ],
)
def test_a_name_with_its_abbreviation_in_brackets(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Hamnbussen finansierades under 2021–2023 av Kustfonden.", "2021-01-01", "2023-12-31"),
        ("Hamnbussen finansieras under 2026–28 av Kustfonden.", "2026-01-01", "2028-12-31"),
        ("Hamnbussen finansieras under 2026 av Kustfonden.", "2026-01-01", "2026-12-31"),
    ],
)
def test_ranges_of_bare_years(text, start, end):
    (row,) = rows(text)
    assert (row.start.isoformat(), row.end.isoformat()) == (start, end)


def test_money_that_has_been_given_must_be_used():
    (row,) = rows("Medel som har fördelats för 2026 ska vara förbrukade senast den 31 maj 2027.")
    assert (row.kind, row.end.isoformat()) == ("spend_by", "2027-05-31")
