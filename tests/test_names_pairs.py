"""Pairs of spellings: those that are one name, those that are two, and those that only people can tell."""

from __future__ import annotations

import pytest

from conftest import funding, meeting, rows, section
from protoparse import store
from protoparse.entities import entities
from protoparse.mentioned import Mention
from protoparse.resolve import resolve

COUNCIL = "Länsrådet"
NORTH = ("Norrby kommun", "Granvik kommun", "Region Älvlandet")  # so that these places are known


def mention(kind, spelled, document, organ=COUNCIL, owner=None):
    """`Siv Lo | S | Norrby kommun | rektor`: a name and what stands beside it."""
    name, *beside = (part.strip() for part in spelled.split("|"))
    party, organization, role = (*beside, "", "", "")[:3]
    return Mention(kind, name, document, "2026", 1, party, organization, role, owner, organ)


def meet(kind, *spelled):
    """How many things the spellings are, and the reasons for which two are listed as perhaps the same."""
    found = [mention(kind, it, f"d{n}") for n, it in enumerate(spelled)]
    known = [mention("organization", name, "d9") for name in NORTH]
    given, unsure = entities([*found, *known])
    return len({given[it.place].id for it in found}), [it.why for it in unsure if it.kind == kind]


SAME = [
    # inflection, case, hyphens, signs
    ("service", "Trygghetslinjen", "trygghetslinjens"),
    ("service", "Läsfrämjarna", "Läsfrämjarnas"),
    ("service", "Mobilt hälsoteam", "det mobila hälsoteamet"),
    ("service", "Kulturkompaniet", "Kulturkompaniets fortsatta verksamhet"),
    ("service", "projektet Blå tråden", "Blå tråden"),
    ("service", "länets anhörigcentral", "Anhörigcentralen"),
    ("service", "Språk & arbete", "Språk och arbete"),
    ("service", "Rese-kompisen", "Rese kompisen"),
    ("service", "Rese-kompisen", "Resekompisen"),
    ("service", "Lek kafé", "Lekkaféet"),
    ("service", "föreningen Varma händer", "Varma händer"),
    ("service", "Rapport från Fjällbussen", "Rapport från Fjällbussen"),
    ("service", "Nuläge Fjällbussen", "Fjällbussen"),
    ("service", "Fjällbussen – uppföljning", "Fjällbussen"),
    ("service", "Fjällbussen, redovisning", "Fjällbussen"),
    ("service", "Fjällbussens fortsättning", "Fjällbussen"),
    # abbreviations
    ("service", "TSV (Tidigt stöd i vardagen)", "TSV"),
    ("service", "TSV (Tidigt stöd i vardagen)", "TSV-satsningen"),
    ("service", "TSV (Tidigt stöd i vardagen)", "Tidigt stöd i vardagen"),
    ("service", "Stöd i vardagen efter sjukhus (SVS)", "SVS"),
    ("service", "Stöd i vardagen efter sjukhus (SVS)", "SVS-projektet"),
    ("service", "Stöd i vardagen efter sjukhus (SVS)", "Stöd i vardagen efter sjukhus"),
    ("service", "SVS", "SVS-teamet"),
    ("service", "SVS", "SVS:s"),
    # a word that introduces a proper name, a place, an adjective
    ("service", "Stödlinjen Pärlan", "Pärlan"),
    ("service", "Stödlinjen Pärlan", "Stödlinjen"),
    ("service", "Pärlans stödlinje", "Stödlinjen Pärlan"),
    ("service", "Lånebussen i Norrby", "Lånebussen"),
    ("service", "Blå vila på Alhaga gård", "Blå vila"),
    ("service", "Ungdomssatsningen Hoppa in", "Hoppa in"),
    ("organ", "samverkansgruppen för äldre", "Samverkansgrupp Äldre"),
    ("organ", "arbetsgruppen för cykelvägar", "Arbetsgrupp cykelvägar"),
    ("organ", "Styrelsen för Samordningsförbundet Bäcken", "Samordningsförbundet Bäcken"),
    ("service", "Norrby Lånebuss", "Lånebussen i Norrby"),
    ("service", "Norrby Seglarskola", "seglarskolan"),
    ("service", "Nya lånebussen i Norrby", "lånebussen"),
    ("service", "Kunskapsnoden för ätstörningar", "kunskapsnoden"),
    ("service", "Pionjärprojektet", "projektet Pionjär"),
    ("organ", "samverkansgruppen Unga vuxna", "samverkansgrupp Unga vuxna"),
    ("organ", "Samverkansgrupp unga & vuxna", "Samverkansgrupp unga och vuxna"),
    ("organ", "Länsforum", "länsforums möte"),
    ("organ", "Länsforum", "Länsforum Älvlandet"),
    ("organ", "Folkhälsoråd", "folkhälsorådet"),
    ("organization", "Region Älvlandet", "Region Älvlandets"),
    ("organization", "Älvens missions-församling", "Älvens missions församling"),
    ("person", "Ulla-Britt Ros", "Ulla Britt Ros"),
    ("person", "Ulla-Britt Ros | C", "U-B Ros | C"),
    ("person", "Sten Erik Rask | M", "Sten E Rask | M"),
    ("person", "Dušan Lo", "Dusan Lo"),
    ("person", "Zoë Ek", "Zoe Ek"),
    ("person", "Åke Sund | S", "Åke Sund | S | | ordförande"),
    ("person", "Åke Sund || Norrby kommun | rektor", "Åke Sund || Skolan, Norrby kommun"),
    ("person", "Ida Maria Berg Falk", "Ida Berg Falk"),
]
TWO = [
    ("service", "Skogslotsen", "Skogslotsarna"),
    ("service", "Skogslotsen", "Skogslotten"),
    ("service", "Familjehuset Boken", "Familjehuset Björken"),
    ("service", "Stödlinjen Pärlan", "Stödlinjen Korallen"),
    ("service", "Hemteamet i Norrby", "Hemteamet i Granvik"),
    ("service", "Barnhälsoteamet", "Elevhälsoteamet"),
    ("service", "Lek – yngre barn", "Lek – äldre barn"),
    ("service", "Avtalet om tolkning", "Avtalet om tvätt"),
    ("service", "SVS", "SVU"),
    ("service", "Bidrag till Pärlan", "Bidrag till Korallen"),
    ("organ", "temagrupp Barn", "delgrupp Barn"),
    ("organ", "styrgrupp Hjälpmedel", "arbetsgrupp Hjälpmedel"),
    ("organ", "Nämnden för teknik", "Nämnden för kultur"),
    ("organ", "Byggnadsnämnden i Norrby", "Byggnadsnämnden i Granvik"),
    ("organ", "Regionfullmäktige", "Regionstyrelsen"),
    ("organization", "Norrby kommun", "Granvik kommun"),
    ("person", "Jens Borg", "Jen Borg"),
    ("person", "Måns Borg", "Mans Berg"),
    ("person", "Björn Ås", "Bjarn Ås"),
    ("person", "Siri Lo", "Sara Lo"),
]
PERHAPS = [
    ("service", "teamet", "Teamet Nord"),
    ("service", "Mottagningen", "Mottagningen Ung"),
    ("service", "Stödlinjen Pärlan", "Pärlan", "Pärlan för barn"),
    ("service", "Lånebussen", "Lånebussen i Norrby", "Lånebussen i Granvik"),
    ("service", "Trygghetslinjen", "Trygghetsslinjen"),
    ("service", "Kunskapsnoden", "Kunskapsnoderna"),
    ("person", "Rune Hall | S", "Rune Hall | KD"),
    ("person", "Rune Hall || Norrby kommun | chef", "Rune Hall || Region Älvlandet | chef"),
    ("person", "Tea Mo | C", "Tea Mo Frost | C"),
    ("person", "A Borg", "Anna Borg"),
    ("person", "A Borg | S", "Anna Borg | M"),
    ("person", "Anna Borg", "Anna Karin Borg"),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_one_name(kind, one, other):
    assert meet(kind, one, other)[0] == 1
    assert meet(kind, other, one)[0] == 1


@pytest.mark.parametrize(("kind", "one", "other"), TWO)
def test_two_names(kind, one, other):
    assert meet(kind, one, other) == (2, [])


@pytest.mark.parametrize(("kind", "spelled"), [(kind, spelled) for kind, *spelled in PERHAPS])
def test_names_that_people_must_look_at(kind, spelled):
    number, why = meet(kind, *spelled)
    assert number == len(spelled)
    assert why


# --- a short name is the long one only where nothing else can be meant


@pytest.mark.parametrize(
    ("long", "short", "others", "joined"),
    [
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", COUNCIL), [], True),
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", None), [], True),
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", f"{COUNCIL} Älvlandet"), [], True),
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", "Kulturrådet"), [], False),
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", COUNCIL), [("service", "Butiken Pärlan")], False),
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", COUNCIL), [("service", "Butiken i Pärlan")], False),
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", COUNCIL), [("service", "Avtalet med Pärlan")], True),
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", COUNCIL), [("organization", "Stiftelsen Svarta Pärlan")], False),
        (("Stödlinjen Pärlan", COUNCIL), ("Pärlan", COUNCIL), [("organization", "Stödlinjen Pärlan")], True),
        (("Lånebussen i Norrby", COUNCIL), ("Lånebussen", "Kulturrådet"), [], False),
        (("Rörliga sjukteamet i Norrby", COUNCIL), ("sjukteamet", COUNCIL), [], True),
        (("Rörliga teamet i Norrby", COUNCIL), ("teamet", COUNCIL), [], False),
    ],
)
def test_a_short_name(long, short, others, joined):
    one, other = (mention("service", name, f"d{n}", organ) for n, (name, organ) in enumerate((long, short)))
    more = [mention(kind, name, f"e{n}") for n, (kind, name) in enumerate(others)]
    places = [mention("organization", name, "d9") for name in NORTH]
    given, unsure = entities([one, other, *more, *places])
    assert (given[one.place] is given[other.place]) == joined
    assert joined or any(it.kind == "service" for it in unsure) or short[0] == "teamet"


@pytest.mark.parametrize(("owner", "joined"), [("Norrby kommun", True), ("Granvik kommun", False), (None, True)])
def test_boards_of_one_municipality_are_a_family(owner, joined):
    one = mention("service", "Stödlinjen Pärlan", "a", "Kommunstyrelsen", "Norrby kommun")
    other = mention("service", "Pärlan", "b", "Socialnämnden", owner)
    given, _ = entities([one, other])
    assert (given[one.place] is given[other.place]) == joined


def test_the_fullest_spelling_is_shown():
    found = [mention("service", name, f"d{n}") for n, name in enumerate(["Pärlan", "Pärlan", "Stödlinjen Pärlan"])]
    given, _ = entities(found)
    assert {it.name for it in given.values()} == {"Stödlinjen Pärlan"}


@pytest.mark.parametrize(("organ", "joined"), [("Alla som bryr sig", True), ("Hamnrådet", False)])
def test_a_newsletter_of_nobody_who_meets_may_speak_of_any_family(db, organ, joined):
    long, short = (funding("Ja.", name) for name in ("Stödlinjen Pärlan", "Pärlan"))
    documents = [
        rows("a.pdf", meeting=meeting(organ="Länsrådet"), funding=[long]),
        rows("b.pdf", meeting=meeting(organ="Hamnrådet")),
        rows("c.pdf", meeting=meeting(kind="nyhetsbrev", organ=organ), funding=[short]),
    ]
    for one in documents:
        store.write_document(db, one)
    resolve(db)
    assert (db["services"].count == 1) == joined


BUS = "Avtalet med Sjöbuss AB om skolskjuts på Norrön gäller till och med 2026."


@pytest.mark.parametrize(
    ("title", "partner", "organ", "more", "services"),
    [
        ("Förlängning av avtal om skolskjuts", "Sjöbuss AB", "Kommunstyrelsen", None, 1),
        ("Förlängning av avtal", "Sjöbuss AB", "Kommunstyrelsen", None, 2),
        ("Förlängning av avtal om skolskjuts", "Landbuss AB", "Kommunstyrelsen", None, 2),
        ("Förlängning av avtal om skolskjuts", "Sjöbuss AB", "Hamnrådet", None, 2),
        ("Förlängning av avtal om skolskjuts", "Sjöbuss AB", "Kommunstyrelsen", "skolskjuts på Sörön", 3),
    ],
    ids=["the same", "nothing told of the thing", "another partner", "another organ", "two things"],
)
def test_an_agreement_by_its_partner_alone(db, title, partner, organ, more, services):
    documents = [("a.pdf", "Kommunstyrelsen", "Avtal", BUS, "skolskjuts på Norrön")]
    documents += [("b.pdf", organ, title, f"Avtalet med {partner} förlängs till 2028.", f"avtalet med {partner}")]
    documents += [("c.pdf", "Kommunstyrelsen", "Mer", BUS.replace("Norrön", "Sörön"), more)] if more else []
    for name, whose, heading, text, subject in documents:
        claim = funding(text, subject, "2026-12-31", kind="agreement_until", section=1)
        given = {"meeting": meeting("2025-01-10", organ=whose), "sections": [section(1, heading)]}
        store.write_document(db, rows(name, funding=[claim], **given))
    with store.writing(db):
        resolve(db)
    assert db.execute("SELECT count(DISTINCT service) FROM funding").fetchone()[0] == services


@pytest.mark.parametrize(
    ("number", "text", "services"),
    [
        ("KS 2025/7", "Kommunstyrelsen beslutar att med Simklubben i Sandby teckna nytt arrendeavtal till 2029.", 1),
        ("KS 2025/8", "Kommunstyrelsen beslutar att med Simklubben i Sandby teckna nytt arrendeavtal till 2029.", 2),
        ("KS 2025/7", "Kommunstyrelsen beslutar att med Ridklubben i Sandby teckna nytt arrendeavtal till 2029.", 2),
        ("KS 2025/7", "Kommunstyrelsen beslutar att med Simklubben i Sandby teckna nytt köpavtal till 2029.", 2),
    ],
    ids=["the same", "another matter", "another partner", "another sort"],
)
def test_the_next_agreement_of_a_matter_is_the_same_service(db, number, text, services):
    first = "Arrendeavtalet med Simklubben i Sandby gäller till och med 2026."
    for name, day, case, said, subject in (
        ("a.pdf", "2025-01-10", "KS 2025/7", first, "Arrendeavtalet med Simklubben i Sandby"),
        ("b.pdf", "2025-06-10", number, text, "nytt arrendeavtal"),
    ):
        claim = funding(said, subject, "2026-12-31", kind="agreement_until", section=1)
        given = {"meeting": meeting(day, organ=COUNCIL), "sections": [section(1, "Avtal", case_number=case)]}
        store.write_document(db, rows(name, funding=[claim], **given))
    with store.writing(db):
        resolve(db)
    assert db.execute("SELECT count(DISTINCT service) FROM funding").fetchone()[0] == services
