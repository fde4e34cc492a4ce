"""What goes on without an end, what is undecided after one, who takes over on a day, and what only looks like it."""

from __future__ import annotations

import pytest

from protoparse.findings import _lacks
from protoparse.ledger import _changes
from protoparse.models import Zone
from test_funding import passage, rows

SKOLBÅT = "Skolbåten finansieras av Kustfonden till och med maj 2027. "


@pytest.mark.parametrize(
    ("text", "name", "start"),
    [
        ("Skolbåten permanentas från den 1 maj 2026.", "Skolbåten", "2026-05-01"),
        ("Styrelsen beslutar att permanenta Skolbåten.", "Skolbåten", None),
        ("Skolbåten ryms från 2027 i byarnas ordinarie ramar.", "Skolbåten", "2027-01-01"),
        ("Skolbåten är nu en del av fritidsgårdarnas grunduppdrag.", "Skolbåten", None),
        ("Skolbåten: går in i fritidsgårdarnas ordinarie drift från årsskiftet.", "Skolbåten", "2026-01-01"),
        ("Från och med maj 2026 går Skolbåten in i ordinarie drift.", "Skolbåten", "2026-05-01"),
        ("Skolbåten finansieras av byarna utan bortre gräns.", "Skolbåten", None),
        ("Skolbåten finansieras av byarna tills annat beslutas.", "Skolbåten", None),
        ("Skolbåten är tillsvidarefinansierad.", "Skolbåten", None),
        ("Från 2027 övergår Skolbåten i ordinarie drift.", "Skolbåten", "2027-01-01"),
    ],
)
def test_what_goes_on_without_an_end(text, name, start):
    (row,) = rows(passage(text, heading="Läget"))
    assert (row.kind, row.certainty, row.end, row.subject) == ("funded_until", "open_ended", None, name)
    assert (row.start and row.start.isoformat()) == start


@pytest.mark.parametrize(
    "text",
    [
        "Kostnaden på 900 000 kronor finansieras inom nämndens ram.",
        "Kostnaden för fendrarna, 80 000 kronor, ryms inom befintlig budget.",
        "Kostnaden för de nya fendrarna ryms inom ordinarie budget.",
        "Inköpet av fendrar finansieras inom befintlig ram.",
        "Utbildningskostnaderna ryms inom ordinarie budget.",
        "Fendrarna för 80 000 kronor bekostas inom befintlig budget.",
    ],
)
def test_a_cost_that_a_budget_has_room_for_is_no_service(text):
    assert rows(passage(text, heading="Läget")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kostnaden för Skolbåten ryms inom ordinarie budget.",
        "Skolbåten ryms inom ordinarie budget.",
    ],
)
def test_a_service_that_goes_over_into_the_budget(text):
    (row,) = rows(passage(text, heading="Läget"))
    assert (row.certainty, row.subject) == ("open_ended", "Skolbåten")


@pytest.mark.parametrize(
    "text",
    [
        "Förvaltningen ska utreda om Skolbåten kan permanentas från och med 2026.",
        "Frågan om att inordna Skolbåten i ordinarie verksamhet diskuterades.",
        "Skolbåten bör bli en del av grunduppdraget från och med 2026.",
        "Skolbåten permanentas inte.",
        "Ska Skolbåten permanentas från 2026?",
        "Parkeringsförbudet vid hamnen permanentas från och med 2026.",
        "Personalen går in i ordinarie verksamhet från och med maj 2026.",
        "Nämnden blir permanent från och med 2026.",
        "Skolbåten har öppet i ordinarie verksamhet från och med maj 2026.",
        "Verksamheten går in i ordinarie drift från och med 2026.",
    ],
)
def test_what_is_asked_wished_or_something_else(text):
    assert rows(text) == []


def test_a_proposal_to_make_permanent_hangs_on_the_decision():
    (row,) = rows(passage("Skolbåten permanentas från och med maj 2026.", zone=Zone.PROPOSED))
    assert row.certainty == "conditional"
    (row,) = rows("Utskottet föreslår att Skolbåten permanentas från och med maj 2026.")
    assert row.certainty == "conditional"


@pytest.mark.parametrize(
    "text",
    [
        "Beslut om fortsättning har ännu inte fattats.",
        "Fortsättningen är oklar.",
        "Vem som ska betala Skolbåten därefter är inte bestämt.",
        "För resten av 2027 har inga medel budgeterats.",
        "Därefter finns ingen finansiär.",
        "Fortsättning hösten 2027 oklar, ingen finansiär hittad.",
    ],
)
def test_what_comes_after_an_end_is_undecided(text):
    told, lack = rows(SKOLBÅT + text)
    assert (told.certainty, lack.certainty, lack.end, lack.subject) == ("stated", "implied", told.end, "Skolbåten")
    assert _lacks(lack.text)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Hur Skolbåten ska finansieras efter den 31 maj 2027 är en öppen fråga.", "2027-05-31"),
        ("Inga pengar finns avsatta till Skolbåten för 2027.", "2026-12-31"),
        ("Styrelsen har inte hittat någon finansiär för Skolbåten efter maj 2027.", "2027-05-31"),
        ("Beslut om Skolbåtens fortsättning efter den 31 maj 2027 har inte fattats.", "2027-05-31"),
    ],
)
def test_an_end_told_by_what_is_undecided_after_it(text, end):
    (row,) = rows(text)
    assert (row.kind, row.certainty, row.end.isoformat(), row.subject) == ("funded_until", "implied", end, "Skolbåten")
    assert _lacks(row.text)


@pytest.mark.parametrize(
    "text",
    [
        "Därefter saknas personal.",
        "Beslut om nya lokaler har inte fattats.",
        "Ingen upphandling av båt är klar.",
        "Hur snön ska skottas därefter är olöst.",
    ],
)
def test_another_thing_is_undecided(text):
    assert len(rows(SKOLBÅT + text)) == 1


def test_money_of_a_year_that_has_passed_leaves_no_gap():
    assert rows("Inga medel fanns avsatta för 2024.") == []


@pytest.mark.parametrize(
    ("text", "kind", "end", "old_end"),
    [
        ("Nytt slutdatum för Ljuset: 2026-09-30 (tidigare 2026-03-31).", "project_until", "2026-09-30", "2026-03-31"),
        (
            "Projekttiden för Ljuset utsträcks från den 31 mars 2026 till den 30 september 2026.",
            "project_until",
            "2026-09-30",
            "2026-03-31",
        ),
        (
            "Medlen till Ljuset tar slut den 30 juni 2026 i stället för vid årsskiftet 2026/2027.",
            "funded_until",
            "2026-06-30",
            "2026-12-31",
        ),
    ],
)
def test_an_end_that_moves_tells_the_old_one(text, kind, end, old_end):
    (row,) = rows(text)
    assert (row.kind, row.end.isoformat(), row.old_end.isoformat()) == (kind, end, old_end)
    assert (row.start, row.subject) == (None, "Ljuset")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ljuset får stöd ytterligare ett år, till och med den 31 maj 2027.", True),
        ("Tiden utsträcks till den 31 maj 2027.", True),
        ("Byarna förlänger med ett halvår, till den 31 maj 2027.", True),
        ("Ljuset stängs tidigare än planerat, den 31 maj 2027.", True),
        ("Stödet till Ljuset löper numera till och med den 31 maj 2027.", True),
        ("Avtalet, som skulle ha gått ut i mars, gäller till och med den 31 maj 2027.", True),
        ("Ljuset skulle ha öppnat i mars och har medel till den 31 maj 2027.", False),
        ("Ljuset finansieras till och med den 31 maj 2027.", False),
        ("Ljuset har arbetat med ungdomar i två år och har medel till den 31 maj 2027.", False),
    ],
)
def test_whether_a_text_says_that_an_end_moves(text, said):
    assert _changes(text) is said


@pytest.mark.parametrize(
    ("then", "who"),
    [
        ("Från nyår svarar Region Nord ensam för driften.", "Region Nord"),
        ("Sjövalla kommun tar vid som huvudman den 1 januari.", "Sjövalla kommun"),
        ("Därefter går ansvaret över till Sjövalla kommun.", "Sjövalla kommun"),
        ("Från årsskiftet står Sjövalla kommun själv för kostnaden.", "Sjövalla kommun"),
        ("Från 2026 drivs den vidare av Föreningen Kölen i egen regi.", "Föreningen Kölen"),
        ("Från nyår gäller nya öppettider.", None),
        ("Vem som tar vid är inte bestämt.", None),
    ],
)
def test_who_takes_over_from_the_new_year(then, who):
    row = rows(f"Skolbåten finansieras av Kustfonden till och med den 31 december 2025. {then}")[0]
    assert row.successor == who


@pytest.mark.parametrize(
    ("text", "name", "who"),
    [
        ("Skolbåten: Sjövalla kommun tar vid som huvudman den 1 oktober 2026.", "Skolbåten", "Sjövalla kommun"),
        ("Mötesplatsen Kajen tas över av Sjövalla kommun den 1 maj 2026.", "Mötesplatsen Kajen", "Sjövalla kommun"),
        ("Den 1 maj 2026 tar socialnämnden över ansvaret för nattcaféet.", "nattcaféet", "socialnämnden"),
    ],
)
def test_who_takes_over_where_the_end_is_told_elsewhere(text, name, who):
    (row,) = rows(text)
    assert (row.subject, row.successor, row.end, row.certainty) == (name, who, None, "implied")
    assert row.start is not None


@pytest.mark.parametrize(
    "text",
    [
        "Vägen tas över av kommunen den 1 maj 2026.",
        "Den 1 maj 2026 tar Ulla Ek över ansvaret för nattcaféet.",
        "Frågan är vem som tar över nattcaféet den 1 maj 2026.",
        "Sjövalla kommun tar vid.",
    ],
)
def test_no_successor(text):
    assert rows(text) == []


def test_who_takes_over_one_thing_says_nothing_of_the_next():
    found = rows("Skolbåten: Sjövalla kommun tar vid den 1 maj 2026.", "Pengarna räcker till och med juni 2026.")
    assert [row.subject for row in found] == ["Skolbåten", None]
