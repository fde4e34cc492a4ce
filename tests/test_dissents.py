"""Who went against a decision or took no part in it, who got a task and by when."""

from __future__ import annotations

import datetime

import pytest

from conftest import rows
from protoparse.dates import find_dates
from protoparse.deciding.tasks import task_of
from protoparse.protocol import Kit, parse_text
from protoparse.rules import load
from protoparse.ties import Ties
from protoparse.votes import read_votes

KIT = Kit.of(load())
DAY = datetime.date(2026, 2, 6)


def read(text: str):
    protocol = parse_text(text, "Hamnnämnden", DAY, "protokoll", KIT)
    return protocol, [(d.kind, d.name or d.group_name, d.party) for d in protocol.dissents]


BESLUT = "Beslut\nHamnnämnden godkänner planen.\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Reservation\nSiv Lund (M) reserverar sig mot beslutet.", [("reservation", "Siv Lund", "M")]),
        (
            "Reservationer\nMot beslutet reserverar sig Siv Lund (M), Bo Ek (KD) och Eva Dahl (L).",
            [("reservation", "Siv Lund", "M"), ("reservation", "Bo Ek", "KD"), ("reservation", "Eva Dahl", "L")],
        ),
        (
            "Reservation\nSiv Lund (M) reserverar sig till förmån för Bo Eks (KD) yrkande.",
            [("reservation", "Siv Lund", "M")],
        ),
        ("Reservation\nSD-gruppen reserverar sig skriftligt.", [("reservation", "SD-gruppen", None)]),
        ("Reservation\nSiv Lund (M), Bo Ek (KD)", [("reservation", "Siv Lund", "M"), ("reservation", "Bo Ek", "KD")]),
        ("Siv Lund (M) lämnar en skriftlig reservation.", [("reservation", "Siv Lund", "M")]),
        ("Protokollsanteckning\nSiv Lund (M) lämnar en protokollsanteckning.", [("note", "Siv Lund", "M")]),
        ("Protokollsanteckningar\nBo Ek (KD) antecknar som yttrande en skrivelse.", [("note", "Bo Ek", "KD")]),
        ("Anteckning\nBo Ek (KD) lämnar ett yttrande.\nHamnnämnden antecknar detta.", [("note", "Bo Ek", "KD")]),
        (
            "Protokollsanteckning\nRepresentanterna från S, V och MP antecknar en skrivelse från den 18 mars.",
            [("note", "Representanterna från S, V och MP", None)],
        ),
        ("Bo Ek (KD) lämnar ett yttrande.", []),
        ("Särskilt yttrande\nBo Ek (KD): Vi hade hellre sett ett annat beslut.", [("note", "Bo Ek", "KD")]),
        (
            "Deltar inte i beslutet\nSiv Lund (M) och Bo Ek (KD)",
            [("abstains", "Siv Lund", "M"), ("abstains", "Bo Ek", "KD")],
        ),
        ("Bo Ek (KD) avstår från att delta i beslutet.", [("abstains", "Bo Ek", "KD")]),
        ("Jäv\nPå grund av jäv deltar Bo Ek (KD) inte i handläggningen.", [("conflict", "Bo Ek", "KD")]),
        ("Jäv\nBo Ek (KD) anmäler jäv och ersätts av Siv Lund (M).", [("conflict", "Bo Ek", "KD")]),
        # nothing of the kind
        ("Jäv\nIngen anmäler jäv.", []),
        ("Reservationer\nInga reservationer anmäldes.", []),
        ("Reservation\nVi anser att Siv Lund har rätt.", []),
        ("Bakgrund\nSiv Lund (M) reserverade sig mot beslutet i utskottet.", []),
        ("Regionen reserverar 2 mnkr för hamnen.", []),
    ],
)
def test_who_dissents(text, told):
    assert read(BESLUT + text)[1] == told


def test_a_dissent_without_a_name_is_a_doubt():
    protocol, told = read(BESLUT + "Reservation\nTvå ledamöter reserverar sig mot beslutet.")
    assert told == []
    assert [(d.kind, d.message) for d in protocol.doubts] == [
        ("dissents", "Någon reserverar sig, men texten säger inte vem.")
    ]


def tied(text: str) -> list[str | None]:
    protocol, _ = read(text)
    return [None if d.decision is None else protocol.decisions[d.decision].text for d in protocol.dissents]


def test_a_reservation_belongs_to_the_decision_before_it():
    text = BESLUT + "Reservation\nSiv Lund (M) reserverar sig.\nBeslut\nHamnnämnden avslår motionen."
    assert tied(text) == ["Hamnnämnden godkänner planen."]


def test_a_conflict_of_interest_belongs_to_the_decision_after_it():
    assert tied("Jäv\nBo Ek (KD) anmäler jäv.\n" + BESLUT) == ["Hamnnämnden godkänner planen."]


def test_the_point_that_is_named_counts():
    points = "Beslut\nHamnnämnden beslutar\natt riva bryggan,\natt stänga kajen.\n"
    assert tied(points + "Reservation\nSiv Lund (M) reserverar sig mot punkt 1.") == ["att riva bryggan,"]


def test_nobody_reserves_against_the_immediate_adjustment():
    points = "Beslut\nHamnnämnden beslutar\natt riva bryggan,\natt förklara paragrafen omedelbart justerad.\n"
    assert tied(points + "Reservation\nSiv Lund (M) reserverar sig.") == ["att riva bryggan,"]


def test_the_database_points_to_the_decision():
    protocol, _ = read(BESLUT + "Reservation\nSiv Lund (M) reserverar sig.")
    found = rows(decisions=protocol.decisions, dissents=protocol.dissents)
    assert [row["decision"] for row in found["dissents"]] == [found["decisions"][0]["id"]]


# ---------------------------------------------------------------- tasks


@pytest.mark.parametrize(
    ("text", "outcome", "who", "due"),
    [
        ("att ge hamnkontoret i uppdrag att utreda frågan,", "assigned", "hamnkontoret", None),
        ("Hamnkontoret får i uppdrag att senast den 1 mars redovisa läget.", "assigned", "Hamnkontoret", "2026-03-01"),
        ("att uppdra åt hamnchefen att återkomma före den 1 juni 2026.", "assigned", "hamnchefen", "2026-05-31"),
        ("Därmed får hamn- och fiskekontoret i uppdrag att vänta.", "assigned", "hamn- och fiskekontoret", None),
        ("Hamnchefen uppdras att ta fram en plan till mötet i maj.", "assigned", "Hamnchefen", "2026-05-31"),
        ("Nämnden antar planen och ger hamnchefen i uppdrag att sprida den.", "approved", "hamnchefen", None),
        ("Hamnchefen får i uppdrag att vid nämndens möte i oktober 2026 redovisa läget.", "assigned", "Hamnchefen",
         "2026-10-31"),
        ("Kansliet ges i uppdrag att mäta. Uppdraget återredovisas i maj 2026.", "assigned", "Kansliet", "2026-05-31"),
        ("Kansliet får i uppdrag att mäta, med återrapport till första budgeten 2027.", "assigned", "Kansliet", None),
        ("Kansliet får i uppdrag att redovisa utfallet av mötet den 3 mars 2026.", "assigned", "Kansliet", None),
        ("Siv Lund återkommer med ett förslag senast i april 2026.", "assigned", "Siv Lund", "2026-04-30"),
        ("Ärendet återremitteras till hamnkontoret för nya mätningar.", "remitted", "hamnkontoret", None),
        ("Den remitteras till tio byar, som svarar senast den 1 juni 2026.", "remitted", "tio byar", "2026-06-01"),
        ("Försöket ska utvärderas senast den 1 juni 2026.", "assigned", None, "2026-06-01"),
        ("Hamnnämnden Syd och hamnnämnden Nord får i uppdrag att mäta.", "assigned",
         "Hamnnämnden Syd och hamnnämnden Nord", None),
        ("Planen godkänns, och kansliet och hamnchefen får i uppdrag att sprida den.", "approved",
         "kansliet och hamnchefen", None),
        ("att ge Hamnbolaget AB, Bad AB och kommunchefen i uppdrag att mäta", "assigned",
         "Hamnbolaget AB, Bad AB och kommunchefen", None),
        ("Ordföranden och sekreteraren bemyndigas att teckna avtal.", "assigned", "Ordföranden och sekreteraren", None),
        ("Nämnden för hamnar och fiske får i uppdrag att mäta.", "assigned", "Nämnden för hamnar och fiske", None),
        ("Den remitteras till byns råd för fiske och hamnnämnden.", "remitted",
         "byns råd för fiske och hamnnämnden", None),
        ("Den remitteras till hamnnämnden, tekniska nämnden och byns råd för fiske för yttrande.", "remitted",
         "hamnnämnden, tekniska nämnden och byns råd för fiske", None),
        ("Den remitteras till styrelsen för Hamn AB.", "remitted", "styrelsen för Hamn AB", None),
        ("Ärendet återremitteras till kansliet som får i uppdrag att mäta.", "remitted", "kansliet", None),
        ("Enligt förslaget att spara får hamnchefen i uppdrag att mäta.", "assigned", "hamnchefen", None),
        ("att ge hamnchefen i uppdrag att under 2026 redovisa läget varje månad.", "assigned", "hamnchefen", None),
    ],
)  # fmt: skip
def test_who_got_the_task_and_by_when(text, outcome, who, due):
    task = task_of(text, outcome, lambda string: find_dates(string, DAY, KIT.grammar)[0])
    assert (task.assigned_to, task.due and task.due.isoformat()) == (who, due)


def test_only_the_main_clause_gives_a_task():
    told = "Nämnden godkänner redovisningen av uppdraget att hamnchefen får i uppdrag att mäta vattnet."
    assert task_of(told, "approved", lambda string: []) is None


@pytest.mark.parametrize("text", ["Planen godkänns.", "Bo Ek avsäger sig uppdraget.", "Det ska redovisas i nämnden."])
def test_no_task(text):
    assert task_of(text, "approved", lambda string: []) is None


def test_the_columns_come_out_of_try():
    protocol, _ = read("Beslut\nHamnchefen får i uppdrag att redovisa läget senast den 1 mars 2026.")
    assert [(d.assigned_to, d.due) for d in protocol.decisions] == [("Hamnchefen", datetime.date(2026, 3, 1))]


def test_a_vote_belongs_to_the_decision_that_follows():
    text = "Omröstning\nMed 7 ja-röster mot 4 nej-röster bifalls planen.\n" + BESLUT
    protocol, _ = read(text)
    ballots = read_votes([], protocol.passages, [], KIT.people, KIT.votes)[0]
    assert [(b.yes, b.no) for b in ballots] == [(7, 4)]
    ties = Ties.of(protocol.passages, protocol.decisions, [])
    tied_to = ties.decision(ballots[0].evidence.quote, ballots[0].section, ahead=True)
    assert protocol.decisions[tied_to].text == "Hamnnämnden godkänner planen."


def test_a_note_has_its_words_and_a_heading_about_conflicts_raises_no_doubt():
    protocol, _ = read(
        "§ 1 Anmälan av jäv samt val av justerare\n"
        "Beslut\nHamnnämnden utser Bo Ek (KD) att justera.\nProtokollsanteckningar\n"
        "Siv Lund (M) antecknar följande till protokollet: Det gick för fort. Vi väntar gärna.\n\n"
        "Bryggan står kvar.\n\n"
        "Bo Ek (KD) antecknar en skrivelse.\nReservationer\nSiv Lund (M) reserverar sig."
    )
    assert [row.text for row in protocol.dissents] == [
        "Siv Lund (M) antecknar följande till protokollet: Det gick för fort. Vi väntar gärna. Bryggan står kvar.",
        "Bo Ek (KD) antecknar en skrivelse.",
        "Siv Lund (M) reserverar sig.",
    ]
    assert [row.kind for row in protocol.doubts] == []
