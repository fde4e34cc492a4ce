"""Roster changes: every example of the rules, tricky sentences, whole matters with title, background and decision."""

import datetime
from dataclasses import replace
from functools import cache

import pytest

from protoparse.cues import CueFinder
from protoparse.dates import Grammar, find_dates
from protoparse.models import CellPlace, Meeting, Zone
from protoparse.passages import passages, plain_lines
from protoparse.people import People
from protoparse.roster import find_roster_changes
from protoparse.rules import load
from protoparse.seats.words import Words
from protoparse.text import Text
from protoparse.zones import Headings

RULES = load()
ROSTER = RULES.of_kind("roster")
WORDS = Words(RULES.data["roster"]["words"])
PEOPLE = People.of(RULES.data["people"])
GRAMMAR = Grammar.of(RULES.data["dates"])
HEADINGS = Headings.of(RULES.data["headings"]["words"])
ANCHOR = datetime.date(2026, 2, 6)


@cache
def finder(without: str | None = None) -> CueFinder:
    return CueFinder(rule for rule in ROSTER if rule.id != without)


def read(text, organ=None, anchor=None, title=None, without=None):
    """The rows of a text as plain dictionaries, dates in ISO form."""
    day = datetime.date.fromisoformat(str(anchor)) if anchor else ANCHOR
    running = passages(plain_lines(text), HEADINGS, section=1 if title else None)
    rows, _ = find_roster_changes(
        Meeting(organ=organ, date=day),
        running,
        finder(without),
        PEOPLE,
        lambda string: find_dates(string, day, GRAMMAR)[0],
        WORDS,
        {1: title} if title else None,
        {1: Text(title)} if title else None,
    )
    return [
        {
            key: value.isoformat() if isinstance(value, datetime.date) else value
            for key, value in row
            if key != "evidence"
        }
        for row in rows
    ]


def agrees(want, got):
    """Whether each wanted row has one of its own with all the fields that it names."""
    left = list(got)
    for row in want:
        hit = next((g for g in left if all(g[key] == value for key, value in row.items())), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


EXAMPLES = [(rule.id, example) for rule in ROSTER for example in rule.examples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(EXAMPLES)])
def test_an_example_gives_what_it_says_and_needs_its_rule(rule, example):
    context = {key: example[key] for key in ("organ", "anchor", "title") if key in example}
    got = read(example["text"], **context)
    assert agrees(example["finds"], got), got
    assert not agrees(example["finds"], read(example["text"], **context, without=rule))


COUNTER = [(rule.id, text) for rule in ROSTER for text in rule.counterexamples]


@pytest.mark.parametrize(("rule", "text"), COUNTER, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(COUNTER)])
def test_a_counterexample_gives_nothing(rule, text):
    assert read(text) == []


def row(kind, incoming=None, outgoing=None, **fields):
    """A wanted row: only what a test states is compared."""
    return {"kind": kind, "incoming": incoming, "outgoing": outgoing, **fields}


def replaced(incoming, outgoing, **fields):
    return row("replacement", incoming, outgoing, **fields)


def joined(incoming, **fields):
    return row("appointment", incoming, **fields)


def left(outgoing, **fields):
    return row("departure", outgoing=outgoing, **fields)


VERA, RUNE, BO, MAJ = "Vera Almgren", "Rune Sjödal", "Bo Ekdal", "Maj Holmdal"

SENTENCES = [
    (
        "Rune Sjödal slutar som hamnchef den 31 januari 2026. Han efterträds av Vera Almgren, i dag rektor på "
        "Kajskolan, som tillträder den 1 februari 2026.",
        [replaced(VERA, RUNE, position="hamnchef", from_date="2026-02-01")],
    ),
    (
        "Rådet väljer för 2027 Vera Almgren till ordförande och omväljer Bo Ekdal till vice ordförande.",
        [
            {"kind": "appointment", "incoming": name, "from_date": "2027-01-01", "until_date": "2027-12-31"}
            for name in (VERA, BO)
        ],
    ),
    (
        "Rune Sjödal (M) entledigas från uppdraget i juryn för hamnpriset.",
        [{"kind": "departure", "outgoing": RUNE, "group_name": "juryn för hamnpriset"}],
    ),
    # several seats of one person
    (
        "Rune Sjödal entledigas från uppdragen som ersättare i äldrenämnden och ledamot i valnämnden.",
        [
            {"kind": "departure", "outgoing": RUNE, "position": "ersättare", "group_name": "äldrenämnden"},
            {"kind": "departure", "outgoing": RUNE, "position": "ledamot", "group_name": "valnämnden"},
        ],
    ),
    (
        "Mötet beslutar att utse Vera Almgren till ledamot i styrgruppen och i arbetsgruppen Unga.",
        [
            {"kind": "appointment", "incoming": VERA, "position": "ledamot", "group_name": "styrgruppen"},
            {"kind": "appointment", "incoming": VERA, "position": "ledamot", "group_name": "arbetsgruppen Unga"},
        ],
    ),
    (
        "Rune Sjödal slutar i styrgruppen och i nätverket Digital omsorg.",
        [
            {"kind": "departure", "outgoing": RUNE, "group_name": "styrgruppen"},
            {"kind": "departure", "outgoing": RUNE, "group_name": "nätverket Digital omsorg"},
        ],
    ),
    # a group that only a pronoun names
    (
        "Rune Sjödal har avsagt sig sitt uppdrag i beredningsgruppen. Ledningen utser Bo Ekdal till ledamot i den.",
        [
            {"kind": "departure", "outgoing": RUNE, "group_name": "beredningsgruppen"},
            {"kind": "appointment", "incoming": BO, "position": "ledamot", "group_name": "beredningsgruppen"},
        ],
    ),
    (
        "Styrgruppen och nätverket saknar folk. Vera Almgren utses till ledamot i denna.",
        [{"kind": "appointment", "incoming": VERA, "position": "ledamot", "group_name": None}],
    ),
    # both orders, passive, several in one sentence, chains
    ("I styrgruppen ersätter Vera Almgren Rune Sjödal.", [replaced(VERA, RUNE, group_name="styrgruppen")]),
    (
        "Från och med 1 april ersätts Rune Sjödal (M) av Vera Almgren (M) som ledamot i tekniska nämnden.",
        [replaced(VERA, RUNE, position="ledamot", group_name="tekniska nämnden", from_date="2026-04-01")],
    ),
    (
        "Vera Almgren ersätter Rune Sjödal, enhetschef Ekhults kommun, och Bo Ekdal, enhetschef Norrvalla kommun, "
        "ersätter Maj Holmdal i arbetsgruppen.",
        [
            replaced(VERA, RUNE, outgoing_organization="Ekhults kommun", group_name="arbetsgruppen"),
            replaced(BO, MAJ, incoming_role="enhetschef", group_name="arbetsgruppen"),
        ],
    ),
    ("Vera Almgren ersätter Rune Sjödal som ersätter Bo Ekdal.", [replaced(VERA, RUNE), replaced(RUNE, BO)]),
    (
        "Rune Sjödal och Bo Ekdal lämnar gruppen och ersätts av Vera Almgren och Maj Holmdal.",
        [replaced(VERA, RUNE, group_name="gruppen"), replaced(MAJ, BO, group_name="gruppen")],
    ),
    (
        "I nätverket har Vera Almgren och Maj Holmdal under hösten ersatt Rune Sjödal respektive Bo Ekdal.",
        [replaced(VERA, RUNE, group_name="nätverket"), replaced(MAJ, BO, group_name="nätverket")],
    ),
    (
        "Socialchef Rune Sjödal går i pension den 30 juni 2026 och efterträds av Vera Almgren.",
        [replaced(VERA, RUNE, outgoing_role="Socialchef", from_date="2026-06-30")],
    ),
    (
        "Som ny ledamot i nämnden efter Rune Sjödal (S), som avsagt sig, inträder Vera Almgren (S).",
        [replaced(VERA, RUNE, position="ledamot", group_name="nämnden")],
    ),
    ("I Rune Sjödals ställe utses Vera Almgren till ledamot i styrelsen.", [replaced(VERA, RUNE, position="ledamot")]),
    ("Rune Sjödals plats i nätverket tas över av Vera Almgren.", [replaced(VERA, RUNE, group_name="nätverket")]),
    (
        "På grund av att Rune Sjödal avlidit utses Vera Almgren till ledamot i valnämnden.",
        [replaced(VERA, RUNE, position="ledamot", group_name="valnämnden")],
    ),
    ("Vera Almgren blir ny barnombudsman efter Rune Sjödal.", [replaced(VERA, RUNE, position="barnombudsman")]),
    (
        "Vera Almgren orkar inte längre vara rådets ledamot i nätverket, och i hennes ställe valdes Bo Ekdal.",
        [replaced(BO, VERA)],
    ),
    (
        "Vera Almgren är sedan den 1 april 2026 Ekhults kommuns representant i styrgruppen "
        "och efterträder Rune Sjödal.",
        [replaced(VERA, RUNE, position="representant", group_name="styrgruppen", represents="Ekhults kommun")],
    ),
    (
        "Vera Almgren, tidigare i regionens temagrupp Äldre, ingår numera i arbetsgrupp Hälsa.",
        [joined(VERA, group_name="arbetsgrupp Hälsa")],
    ),
    ("Rådet utökas också med Vera Almgren, som har varit suppleant sedan 2023.", [joined(VERA, group_name="Rådet")]),
    (
        "att entlediga Rune Sjödal (S) som ledamot i miljönämnden och i hans ställe utse Vera Almgren (S)",
        [replaced(VERA, RUNE, position="ledamot", group_name="miljönämnden")],
    ),
    (
        "Rune Sjödal (C) lämnar politiken. Till vice ordförande i rådet efter honom väljs Vera Almgren (M).",
        [replaced(VERA, RUNE, position="vice ordförande", group_name="rådet")],
    ),
    ("Rune Sjödal har gått i pension. Han ersätts av Vera Almgren.", [replaced(VERA, RUNE)]),
    (
        "Vera Almgren, Ekhults kommun, tar den plats i beredningsgruppen som Rune Sjödal lämnade förra året.",
        [replaced(VERA, RUNE, group_name="beredningsgruppen")],
    ),
    (
        "Vera Almgren, Ekhults kommun, och Erik De Plåt, Norrvalla kommun, går in i nätverket Äldre, "
        "medan Rune Sjödal lämnar nätverket.",
        [joined(VERA, group_name="nätverket Äldre"), joined("Erik De Plåt"), left(RUNE, group_name="nätverket")],
    ),
    # lists of persons, positions and groups
    (
        "Till ledamöter i valberedningen väljs Vera Almgren (S), Bo Ekdal (M) och Maj Holmdal (C).",
        [joined(name, position="ledamot", group_name="valberedningen") for name in (VERA, BO, MAJ)],
    ),
    (
        "Till ordförande utses Vera Almgren (S) och till vice ordförande Bo Ekdal (M).",
        [joined(VERA, position="ordförande", incoming_party="S"), joined(BO, position="vice ordförande")],
    ),
    (
        "Till kommunens ombud i Ekhults Hamn AB utses Vera Almgren (S) med Bo Ekdal (M) som ersättare.",
        [joined(VERA, position="ombud", represents="kommunen"), joined(BO, position="ersättare")],
    ),
    ("Till kommunens ombud vid årsstämman utses Vera Almgren (S).", []),
    (
        "Vera Almgren (S) väljs till ordförande i kultur-, idrotts- och fritidsnämnden för tiden "
        "1 januari 2027–31 december 2030.",
        [
            joined(
                VERA,
                position="ordförande",
                group_name="kultur-, idrotts- och fritidsnämnden",
                from_date="2027-01-01",
                until_date="2030-12-31",
            )
        ],
    ),
    (
        "Vera Almgren (S) utses som ny representant för kommunen i Samordningsförbundet Väst efter Rune Sjödal (S).",
        [replaced(VERA, RUNE, represents="kommunen", group_name="Samordningsförbundet Väst")],
    ),
    (
        "Nya deltagare i samordnande grupp Äldre: Vera Almgren, Ekhults kommun; Bo Ekdal, Norrvalla kommun.",
        [
            joined(VERA, incoming_organization="Ekhults kommun", group_name="samordnande grupp Äldre"),
            joined(BO, incoming_organization="Norrvalla kommun", group_name="samordnande grupp Äldre"),
        ],
    ),
    (
        "Vera Almgren utses till tf. socialchef från och med den 1 april 2026 till och med den 30 september 2026.",
        [joined(VERA, position="tillförordnad socialchef", from_date="2026-04-01", until_date="2026-09-30")],
    ),
    (
        "Till ledamöter i valberedningen väljs:\n• Vera Almgren (S)\n• Bo Ekdal (M)",
        [joined(VERA, position="ledamot"), joined(BO, position="ledamot", group_name="valberedningen")],
    ),
    (
        "Lekmannarevisorn Vera Almgren omväljs som lekmannarevisor i Ekhults Hus AB för 2027.",
        [joined(VERA, position="lekmannarevisor", from_date="2027-01-01", until_date="2027-12-31")],
    ),
    # who leaves
    (
        "Rune Sjödal har meddelat att han lämnar sitt uppdrag som ordförande i nätverket från och med den 1 juni 2026.",
        [left(RUNE, position="ordförande", group_name="nätverket", from_date="2026-06-01")],
    ),
    ("Rune Sjödal (S) beviljas entledigande från uppdraget som ersättare i kulturnämnden.", [left(RUNE)]),
    ("Vera Almgren och Bo Ekdal lämnar styrgruppen.", [left(VERA), left(BO, group_name="styrgruppen")]),
    (
        "Rune Sjödals avsägelse från uppdraget som nämndeman vid Ekhults tingsrätt godkänns.",
        [left(RUNE, position="nämndeman", group_name="Ekhults tingsrätt")],
    ),
    ("Rune Sjödal har flyttat och är inte längre med i rådet.", [left(RUNE, group_name="rådet")]),
    (
        "Samtidigt tackar vi Rune Sjödal, som efter nio år lämnar styrgruppen för hjälpmedel.",
        [left(RUNE, group_name="styrgruppen för hjälpmedel")],
    ),
    # who follows whom, told with an infinitive
    (
        "Rådet har utsett Vera Almgren att från den 15 mars 2026 avlösa Rune Sjödal som ersättare i valnämnden.",
        [replaced(VERA, RUNE, position="ersättare", group_name="valnämnden", from_date="2026-03-15")],
    ),
    ("Vi söker någon som kan efterträda Rune Sjödal.", []),
    (
        "Till vice ordförande i rådet efter framlidna Maj Holmdal (V) valdes Bo Ekdal (V).",
        [replaced(BO, MAJ, position="vice ordförande", group_name="rådet")],
    ),
    (
        "Rådet utser till ledamot Vera Almgren (S) efter Rune Sjödal till suppleant Bo Ekdal (S) efter Vera Almgren",
        [replaced(VERA, RUNE, position="ledamot"), replaced(BO, VERA, position="suppleant")],
    ),
    # pronouns mean the only one who can be meant
    (
        "Rune Sjödal berättade att han slutar i rådet till sommaren och att Vera Almgren, kurator, tar hans plats.",
        [replaced(VERA, RUNE, incoming_role="kurator", group_name="rådet")],
    ),
    (
        "Vera Almgren, kurator i Ekhults kommun, är vår nya representant för skolan i nätverket Unga. Hon efterträder "
        "Bo Ekdal, som sedan i mars arbetar inom Socialförvaltningen.",
        [replaced(VERA, BO, position="representant", represents="skolan", group_name="nätverket Unga")],
    ),
    (
        "Vera Almgren lämnar beredningen. Bo Ekdal och Maj Holmdal tar hennes plats.",
        [replaced(BO, VERA, group_name="beredningen"), replaced(MAJ, VERA)],
    ),
    ("Vera Almgren och Maj Holmdal hälsades välkomna. Hon efterträder Rune Sjödal i rådet.", []),
    ("Bo Ekdal tar plats i rådet i stället för henne.", [joined(BO, outgoing=None, group_name="rådet")]),
    ("Rune Sjödal har fått nytt jobb. Han lämnar nätverket den 1 maj 2026.", [left(RUNE, from_date="2026-05-01")]),
    (
        "Rune Sjödal byter arbete och lämnar rådet i april. Skolan utser Vera Almgren, rektor, som ny representant.",
        [replaced(VERA, RUNE, position="representant", group_name="rådet")],
    ),
    ("Rune Sjödal avgår som kassör. Ny kassör blir Vera Almgren.", [replaced(VERA, RUNE, position="kassör")]),
    (
        "Rune Sjödal avgår som kassör. Ny ordförande blir Vera Almgren.",
        [left(RUNE), joined(VERA, position="ordförande")],
    ),
    (
        "Rune Sjödal lämnar gruppen. Ny kontaktperson för Ekermo blir Vera Almgren.",
        [left(RUNE), joined(VERA, group_name=None)],
    ),
    (
        "Arbetsgrupp Äldre får en ny sammankallande. Vera Almgren tar över den 1 juni 2026 efter Rune Sjödal.",
        [replaced(VERA, RUNE, position="sammankallande", group_name="Arbetsgrupp Äldre", from_date="2026-06-01")],
    ),
    (
        "Rådet får en ny lokal. Vera Almgren ersätter Rune Sjödal.",
        [replaced(VERA, RUNE, position=None, group_name=None)],
    ),
    ("Rune Sjödal lämnar nätverket efter nyår.", [left(RUNE, group_name="nätverket", from_date=None)]),
    ("Rune Sjödal lämnar nätverket efter sommaren.", [left(RUNE, group_name="nätverket", from_date=None)]),
    # elected again, asks to go
    (
        "Vera Almgren valdes om som föreningens ombud i rådet för vuxna med demens.",
        [joined(VERA, group_name="rådet för vuxna med demens")],
    ),
    (
        "Till den nya styrgruppen för lärande utsågs Vera Almgren och Bo Ekdal.",
        [joined(VERA, group_name="styrgruppen för lärande"), joined(BO)],
    ),
    (
        "Rune Sjödal har bett om entledigande från redaktionsrådet, vilket nätverket beviljade.",
        [left(RUNE, group_name="redaktionsrådet")],
    ),
    (
        "Maj Sands (S) avsägelse som ersättare i valnämnden godkänns.",
        [left("Maj Sand", outgoing_party="S", position="ersättare")],
    ),
    # what is no group, and whose seat it is
    ("Vera Almgren träder in som ledamot fram till årsstämman.", [joined(VERA, position="ledamot", group_name=None)]),
    (
        "Till ombud vid sammanträden med Sågens Fiber ekonomisk förening för återstoden av året utses Bo Ekdal.",
        [joined(BO, position="ombud", group_name="Sågens Fiber ekonomisk förening")],
    ),
    (
        "Rune Sjödal, rektor i Ekhults kommun, efterträds i gruppen av Vera Almgren, kurator i samma kommun.",
        [replaced(VERA, RUNE, incoming_role="kurator", incoming_organization="Ekhults kommun", group_name="gruppen")],
    ),
    (
        "Polisen företräds numera av Bo Ekdal i stället för Rune Sjödal.",
        [replaced(BO, RUNE, incoming_organization="Polisen")],
    ),
    (
        "Region Strand har utsett Bo Ekdal till ny ersättare i rådet.",
        [joined(BO, incoming_organization="Region Strand")],
    ),
    (
        "Till ledamöter väljs Vera Almgren (M), ordförande, Bo Ekdal (S), vice ordförande, och Maj Holmdal (C).",
        [
            joined(VERA, position="ordförande", incoming_role=None),
            joined(BO, position="vice ordförande"),
            joined(MAJ, position="ledamot"),
        ],
    ),
    # told twice in a sentence, told of what is only said once
    (
        "Valberedningen utökas med Vera Almgren (ny) medan Bo Ekdal är kvar.",
        [joined(VERA, group_name="Valberedningen")],
    ),
    (
        "Rune Sjödal har sagt upp sig från sin tjänst som fastighetschef och slutar den 31 maj 2026.",
        [left(RUNE, position="fastighetschef", from_date="2026-05-31")],
    ),
    (
        "Ny kontaktperson på hamnmuseet blir Vera Almgren, som efterträder Rune Sjödal.",
        [replaced(VERA, RUNE, position="kontaktperson", group_name="hamnmuseet")],
    ),
    (
        "Rune Sjödal går i pension till sommaren, och Vera Almgren efterträder honom som rektor på Björkskolan.",
        [replaced(VERA, RUNE, position="rektor", group_name="Björkskolan")],
    ),
    (
        "Vera Almgren väljs till ledamot i rådet för Rune Sjödals återstående mandattid.",
        [replaced(VERA, RUNE, position="ledamot", group_name="rådet")],
    ),
    (
        "Vera Almgren inträder i styrelsen den 1 maj 2026 när Rune Sjödal slutar.",
        [replaced(VERA, RUNE, group_name="styrelsen", from_date="2026-05-01")],
    ),
    (
        "Vera Almgren (S) väljs till hamnrådets ombud för tiden 1 januari 2025–31 december 2026.",
        [joined(VERA, from_date="2025-01-01", until_date="2026-12-31")],
    ),
    (
        "Vera Almgren (D) förordnas som politisk sekreterare på 25 % av heltid från och med den 1 september 2026.",
        [joined(VERA, position="politisk sekreterare", group_name=None, from_date="2026-09-01")],
    ),
    (
        "Kommunen representeras från mars i rådet av Vera Almgren sedan Rune Sjödal slutat.",
        [replaced(VERA, RUNE, group_name="rådet", incoming_organization=None)],
    ),
    ("Skolan företräds framöver av Vera Almgren.", [joined(VERA)]),
    ("Styrelsen beslutar att utöka arbetsgruppen med Vera Almgren.", [joined(VERA, group_name="arbetsgruppen")]),
    (
        "Nämnden utser inom sig Vera Almgren till ledamot av arbetsutskottet.",
        [joined(VERA, group_name="arbetsutskottet")],
    ),
    (
        "Valmyndigheten har utsett Vera Almgren (S) till ny ledamot efter Rune Sjödal (S).",
        [replaced(VERA, RUNE, position="ledamot", incoming_organization=None)],
    ),
    ("Bevilja Rune Sjödal (S) avsägelse från uppdraget som ledamot i rådet.", [left(RUNE, group_name="rådet")]),
    ("Mötet valde om Vera Almgren till ordförande.", [joined(VERA, position="ordförande")]),
    ("I arbetsgruppen har Vera Almgren tillkommit.", [joined(VERA, group_name="arbetsgruppen")]),
    (
        "Till arbetsgruppen hälsas Vera Almgren, rektor i Ekhult, välkommen som ny medlem.",
        [joined(VERA, position="medlem", group_name="arbetsgruppen")],
    ),
    ("Ingen har ännu utsetts efter Rune Sjödal; Vera Almgren återkommer.", []),
    ("Bo Ekdal ersatte Maj Holmdal under punkt 7.", []),
    ("Rektor Vera Almgren ersatte Rune Sjödal som föredragande.", []),
    ("Vera Almgren tar över ordet efter Rune Sjödal.", []),
    ("Vera Almgren fortsätter som ordförande.", []),
    ("Rune Sjödal kvarstår till dess att en ny ledamot har utsetts.", []),
    ("Vera Almgren efterlyser en ny kassör efter Rune Sjödal.", []),
    ("Vera Almgren vikarierar för Rune Sjödal den här veckan.", []),
    ("Rune Sjödal är tjänstledig till den 31 augusti.", []),
    ("Vera Almgren tackade för ordet och lämnade över till Rune Sjödal.", []),
    ("Vera Almgren informerar om att en ny ordförande väljs i april.", []),
    ("Vera Almgren får i uppdrag att kontakta kommunen efter Rune Sjödal.", []),
    ("Valberedningen består av Vera Almgren, Bo Ekdal och Maj Holmdal.", []),
    ("Vera Almgren valde att avstå från att delta i beslutet.", []),
    ("Boken av Vera Almgren ersätter boken av Rune Sjödal.", []),
    ("Vera Almgren utses att tillsammans med Bo Ekdal ta fram ett förslag.", []),
    ("Vera Almgren ställer sin plats till förfogande om Rune Sjödal önskar.", []),
    ("Föredragande: Vera Almgren. Efter Bo Ekdals inlägg ajournerades mötet.", []),
    # elections of the meeting itself, proposals
    ("Till ordförande för årsmötet valdes Vera Almgren.", []),
    ("Vera Almgren valdes att leda årsmötet.", []),
    ("Valberedningens förslag: omval av Vera Almgren som ordförande.", []),
    (
        "Rune Sjödal har på egen begäran entledigats från sitt uppdrag i den nya beredningsgruppen.",
        [left("Rune Sjödal", group_name="beredningsgruppen")],
    ),
    ("Arbetsgruppen byter Rune Sjödal mot Vera Almgren.", [replaced(VERA, RUNE, group_name="Arbetsgruppen")]),
    (
        "Rune Sjödal lämnar styrgruppen. Vera Almgren tar över hans plats.",
        [replaced(VERA, RUNE, group_name="styrgruppen")],
    ),
    (
        "Rune Sjödal lämnar därmed styrgruppen. Rådet utser Vera Almgren att efterträda honom.",
        [replaced(VERA, RUNE, group_name="styrgruppen")],
    ),
    (
        "Arbetsgrupp Hamn behöver en ny deltagare. Rådet utser Vera Almgren att ersätta Rune Sjödal.",
        [replaced(VERA, RUNE, group_name="Arbetsgrupp Hamn", position="deltagare")],
    ),
    (
        "Rune Sjödal slutar i styrgruppen i maj. Rune Sjödal avtackas efter tolv år i länets styrgrupp.",
        [left("Rune Sjödal", group_name="styrgruppen")],
    ),
    (
        "Fullmäktige väljer Vera Almgren (V) till ledamot i valnämnden efter Rune Sjödal (V), och Rune Sjödal (V) till "
        "ersättare i valnämnden.",
        [
            replaced("Vera Almgren", "Rune Sjödal", position="ledamot", group_name="valnämnden"),
            joined("Rune Sjödal", position="ersättare", group_name="valnämnden"),
        ],
    ),
    (
        "Styrgruppen beslutar att adjungera Vera Almgren från kommunens elevhälsa.",
        [joined(VERA, position="adjungerad")],
    ),
    ("Styrgruppen byter ordning, från Rune Sjödal till Vera Almgren.", []),
    # no change, or no lasting one
    ("Vera Almgren utses inte, och Rune Sjödal fortsätter som ledamot.", []),
    ("Protokollet justeras av Vera Almgren i stället för Rune Sjödal.", []),
    ("Vera Almgren (S) tjänstgör i stället för Rune Sjödal (S).", []),
    ("Ordförande Vera Almgren lämnar sammanträdet och ersätts av vice ordförande Bo Ekdal.", []),
    ("Rune Sjödal är sjukskriven och ersätts tillfälligt av Vera Almgren.", []),
    ("Vera Almgren tog över mötet när Rune Sjödal lämnade.", []),
    ("Vera Almgren (S) ersätter Rune Sjödal (S) vid beslut i § 45.", []),
    ("Vera Almgren slutar rapporten med en sammanfattning.", []),
    ("Utskottet väljer mellan Vera Almgren och Rune Sjödal som ordförande.", []),
    ("Om Rune Sjödal avgår ersätts han av Vera Almgren.", []),
    ("Vera Almgren är ordförande i styrgruppen.", []),
    ("Yrkande\nVera Almgren (S) yrkar att Rune Sjödal utses till ledamot.", []),
    ("Förslag till beslut\nVera Almgren (S) utses till ledamot i valnämnden.", []),
    ("Bakgrund\nVera Almgren (S) utsågs till ledamot i valnämnden.", []),
    ("Kommunen ersätter Vera Almgren för förlorad arbetsinkomst.", []),
]


@pytest.mark.parametrize(("text", "wanted"), SENTENCES, ids=[text[:60] for text, _ in SENTENCES])
def test_sentences(text, wanted):
    got = read(text)
    assert agrees(wanted, got), got


RESIGNED = (
    "Ärendebeskrivning\nRune Sjödal (S) har i skrivelse den 3 mars 2026 avsagt sig uppdraget som ledamot "
    "i byggnadsnämnden.\n"
)
SEAT = {"position": "ledamot", "group_name": "byggnadsnämnden"}

MATTERS = [
    ("Avsägelse som ledamot i byggnadsnämnden - Rune Sjödal (S)", "Beslut\nAvsägelsen beviljas.", [left(RUNE, **SEAT)]),
    (
        "Avsägelse",
        RESIGNED + "Beslut\nSekreteraren skickar Rune Sjödals brev vidare till Valmyndigheten.",
        [left(RUNE, from_date=None, **SEAT)],
    ),
    ("Avsägelse som ledamot i byggnadsnämnden - Rune Sjödal (S)", "Beslut\nAvsägelsen avslås.", []),
    ("Läget", "Bakgrund\nRune Sjödal slutar den 31 maj 2026.\nBeslut\nInformationen noteras.", [left(RUNE)]),
    ("Läget", "Bakgrund\nRune Sjödal slutade den 31 maj 2020.\nBeslut\nInformationen noteras.", []),
    ("Läget i byggnadsnämnden", RESIGNED + "Beslut\nInformationen noteras.", []),
    (
        "Kommunalt kompletteringsval - Ledamot i byggnadsnämnden efter Rune Sjödal (S), Vera Almgren (S)",
        "Beslut\nVera Almgren (S) utses till ledamot i byggnadsnämnden för tiden till och med den 31 december 2026.",
        [replaced(VERA, RUNE, outgoing_party="S", until_date="2026-12-31", **SEAT)],
    ),
    (
        "Kompletteringsval - Ledamot i byggnadsnämnden efter Rune Sjödal (S), Vera Almgren (S)",
        "Beslut\nValet förrättas enligt valberedningens förslag.",
        [replaced(VERA, RUNE, **SEAT)],
    ),
    ("Kompletteringsval - Ledamot i byggnadsnämnden efter Rune Sjödal (S)", "Beslut\nValet bordläggs.", []),
    (
        "Val av ny ledamot i byggnadsnämnden",
        RESIGNED + "Beslut\nVera Almgren (S) utses till ny ledamot i byggnadsnämnden.",
        [replaced(VERA, RUNE, **SEAT)],
    ),
    (
        "Avsägelse och fyllnadsval",
        RESIGNED + "Beslut\n1. Avsägelsen beviljas.\n2. Vera Almgren (S) utses till ny ledamot i byggnadsnämnden.",
        [left(RUNE, **SEAT), replaced(VERA, RUNE, **SEAT)],
    ),
    (
        "Val av vice ordförande och ledamot i valnämnden",
        "Beslut\n1. Vera Almgren (S) utses till ledamot i valnämnden.\n"
        "2. Vera Almgren (S) utses till vice ordförande i valnämnden.",
        [joined(VERA, position="ledamot"), joined(VERA, position="vice ordförande")],
    ),
    (
        "Byte av deltagare i arbetsgrupp Sjöräddning",
        "Vera Almgren ersätter Rune Sjödal.",
        [replaced(VERA, RUNE, group_name="arbetsgrupp Sjöräddning")],
    ),
    (
        "Samverkan",
        "Rune Sjödal lämnar temagrupp Hamn & hav den 31 mars 2026. Fullmäktige beslutar att Vera Almgren ersätter "
        "Rune Sjödal från och med den 1 april 2026.",
        [replaced(VERA, RUNE, group_name="temagrupp Hamn & hav", from_date="2026-04-01")],
    ),
    (
        "Samverkan",
        "Rune Sjödal har meddelat att han lämnar temagrupp Hamn.\nBeslut\nStyrgruppen utser Vera Almgren att ersätta "
        "Rune Sjödal.",
        [replaced(VERA, RUNE, group_name="temagrupp Hamn")],
    ),
    (
        "Samverkan",
        "Rune Sjödal lämnar temagrupp Hamn.\nBeslut\nStyrgruppen utser Vera Almgren till ny ledamot.",
        [replaced(VERA, RUNE, group_name="temagrupp Hamn", position="ledamot")],
    ),
    (
        "Samverkan",
        "Rune Sjödal lämnar styrgruppen. I arbetsgruppen ersätts Rune Sjödal av Vera Almgren.",
        [left(RUNE, group_name="styrgruppen"), replaced(VERA, RUNE, group_name="arbetsgruppen")],
    ),
    ("Arbetsgrupp Unga", "Vera Almgren är ny i gruppen.", [joined(VERA, group_name="arbetsgrupp Unga")]),
    ("Val av justerare", "Beslut\nVera Almgren (S) utses.", []),
    ("Val av ledamot i valnämnden", "Beslut\nVera Almgren (S) utses.", [joined(VERA, position="ledamot")]),
]


@pytest.mark.parametrize(
    ("title", "text", "wanted"), MATTERS, ids=[f"{n}-{title[:40]}" for n, (title, _, _) in enumerate(MATTERS)]
)
def test_matters(title, text, wanted):
    got = read(text, organ="Kommunfullmäktige", title=title)
    assert agrees(wanted, got), got


LISTS = [
    (
        "Fyllnadsval",
        "Beslut\nKommunfullmäktige väljer\n1. Vera Almgren (M) till ledamot i valnämnden efter Rune Sjödal (M)\n"
        "2. Bo Ekdal (M) till ersättare i valnämnden efter Vera Almgren (M)",
        [
            replaced(VERA, RUNE, position="ledamot", group_name="valnämnden"),
            replaced("Bo Ekdal", "Vera Almgren", position="ersättare", group_name="valnämnden"),
        ],
    ),
    (
        "Val",
        "Beslut\nStyrelsen beslutar att utse följande personer:\n- Vera Almgren till ledamot i hamnrådet\n"
        "- Bo Ekdal till ersättare i hamnrådet\nför tiden till och med den 31 december 2026.",
        [
            joined(VERA, position="ledamot", until_date="2026-12-31"),
            joined("Bo Ekdal", position="ersättare", until_date="2026-12-31"),
        ],
    ),
    (
        "Val",
        "Beslut\nFullmäktige utser för återstoden av mandatperioden, det vill säga till och med den 31 december 2026:\n"
        "- Vera Almgren (S) till ledamot i hamnrådet efter Rune Sjödal (S)",
        [replaced(VERA, RUNE, position="ledamot", group_name="hamnrådet", until_date="2026-12-31")],
    ),
    ("Val", "Beslut\nStyrelsen väljer\n1. Vägen till hamnen\n2. Färgen på bryggan", []),
    (
        "Val till valnämnden",
        "Beslut\nTill ledamöter och ersättare i hamnnämnden för åren 2027–2030 väljs\nLedamöter\n"
        "Vera Almgren (S), ordf\nBo Ekdal (M), 1:e v ordf\nErsättare\nMaj Holmdal (C)",
        [
            joined(
                VERA, position="ordförande", group_name="hamnnämnden", from_date="2027-01-01", until_date="2030-12-31"
            ),
            joined(BO, position="1:e vice ordförande", incoming_party="M"),
            joined(MAJ, position="ersättare", group_name="hamnnämnden", until_date="2030-12-31"),
        ],
    ),
    (
        "Val till kulturnämnden",
        "Beslut\nTill ledamöter i kulturnämnden till och med den 31 december 2026 utses:\n1. Vera Almgren (S), "
        "2:e vice ordförande\n2. Bo Ekdal (M)\n3. Vakant (SD)\nTill ersättare för samma tid utses\n1. Maj Holmdal (C)",
        [
            joined(VERA, position="2:e vice ordförande", until_date="2026-12-31"),
            joined(BO, position="ledamot", until_date="2026-12-31"),
            joined(MAJ, position="ersättare", group_name="kulturnämnden", until_date="2026-12-31"),
        ],
    ),
    (
        "Representation i samverkansnämnden",
        "Beslut\nStyrelsen utser följande personer:\n– ordinarie: Vera Almgren (S)\n– ersättare: Bo Ekdal (M)",
        [joined(VERA, position="ledamot", group_name="samverkansnämnden"), joined(BO, position="ersättare")],
    ),
    (
        "Avsägelser",
        "Beslut\nFöljande avsägelser beviljas:\n• Vera Almgren (S), ledamot i kulturnämnden\n"
        "• Bo Ekdal (M), som ersättare i valnämnden",
        [
            left(VERA, position="ledamot", group_name="kulturnämnden"),
            left(BO, position="ersättare", group_name="valnämnden"),
        ],
    ),
    (
        "Fyllnadsval",
        "Beslut\nTill ledamöter i valnämnden väljs\n• Vera Almgren (S) efter Rune Sjödal (S)\n• Bo Ekdal (M)",
        [replaced(VERA, RUNE, group_name="valnämnden"), joined(BO, group_name="valnämnden")],
    ),
    (
        "Val av styrelse för ett år",
        "Beslut\nOrdförande: Vera Almgren (omval)\nLedamöter: Bo Ekdal och Maj Holmdal\nKassör Rune Sjödal",
        [
            joined(VERA, position="ordförande", group_name="styrelsen"),
            joined(BO, position="ledamot"),
            joined(MAJ, position="ledamot"),
            joined(RUNE, position="kassör", group_name="styrelsen"),
        ],
    ),
    (
        "Val av valberedning",
        "Sammankallande: Vera Almgren. Ledamöter: Bo Ekdal och Maj Holmdal.",
        [
            joined(VERA, position="sammankallande"),
            joined(BO, group_name="valberedningen"),
            joined(MAJ, position="ledamot"),
        ],
    ),
    ("Val av styrelse", "Valberedningens förslag:\nOrdförande: Vera Almgren\nKassör: Bo Ekdal", []),
    ("Val av styrelse", "Ordföranden Vera Almgren redogjorde för läget. Kassör Bo Ekdal svarade.", []),
    ("Val av styrelse", "Kassör Bo Ekdal presenterade sig och Ordförande Vera Almgren hälsade välkommen.", []),
    (
        "Läget",
        "Beslut\nNy deltagare i arbetsgruppen:\n• Vera Almgren, Ekhults kommun.\n• Ansvarig: Bo Ekdal",
        [joined(VERA, position="deltagare", group_name="arbetsgruppen", incoming_organization="Ekhults kommun")],
    ),
    ("Val av styrelse", "Avgående: Vera Almgren och Bo Ekdal", []),
    ("Val av styrelse", "Kvarstår ett år: Vera Almgren och Bo Ekdal", []),
    ("Val av ordförande och sekreterare", "Ordförande: Vera Almgren\nSekreterare: Bo Ekdal", []),
    ("Rapport från styrelsen", "Ordförande: Vera Almgren\nKassör: Bo Ekdal", []),
    ("Val av valberedning", "Valberedningen har bestått av:\nVera Almgren\nBo Ekdal", []),
    (
        "Val av ordförande",
        "Valberedningens förslag: omval av Rune Sjödal. Årsmötet valde Vera Almgren till ordförande för ett år.",
        [joined(VERA, position="ordförande")],
    ),
    ("Val av ordförande", "Valberedningens förslag: omval av Rune Sjödal. Fullmäktige väljer Vera Almgren.", []),
    (
        "Representanter till styrgruppen för parken",
        "Beslut\nEnligt yrkande från MP:\nTill representanter i styrgruppen för parken utses:\nVera Almgren (MP)\n"
        "Rune Sjödal (S)\nBo Ekdal (L)",
        [joined(name, position="representant", group_name="styrgruppen för parken") for name in (VERA, RUNE, BO)],
    ),
    (
        "Nominering till hamnrådet",
        "Beslut\nEnligt kontorets förslag:\nTill ledamot i hamnrådet utses för tiden till och med 2027 utses "
        "Vera Almgren.",
        [joined(VERA, position="ledamot", group_name="hamnrådet", until_date="2027-12-31")],
    ),
    (
        "Val av ledamot",
        "Beslut\nVera Almgren (S) väljs till ledamot i valnämnden i enlighet med Bo Ekdals (S) yrkande.",
        [joined(VERA, position="ledamot", group_name="valnämnden")],
    ),
    (
        "Utseende av tillgänglighetsombud för kulturnämnden",
        "Beslut\nNämnden utser Vera Almgren till tillgänglighetsombud.",
        [joined(VERA, position="tillgänglighetsombud", group_name=None)],
    ),
    ("Protokollet", "Beslut\nTill justerare väljs\nVera Almgren (S)\nBo Ekdal (M)", []),
    ("Arbetet", "Styrelsen beslutar att utse en arbetsgrupp:\nVera Almgren\nBo Ekdal", []),
    ("Val", "Valberedningen föreslår till ledamöter i rådet:\n• Vera Almgren (S)\n• Bo Ekdal (M)", []),
]


@pytest.mark.parametrize(("title", "text", "wanted"), LISTS, ids=[f"{n}-{t}" for n, (t, _, _) in enumerate(LISTS)])
def test_lists(title, text, wanted):
    got = read(text, organ="Kommunfullmäktige", title=title)
    assert agrees(wanted, got), got


def present(text, *names, organ=None, heading=None, title=None):
    """(rows, doubts) of a text at a meeting where these persons are present."""
    running = [replace(p, heading=heading) for p in passages(plain_lines(text), HEADINGS, section=1)]
    meeting = Meeting(date=ANCHOR, organ=organ, kind="minnesanteckningar", names=frozenset(names))
    titles = {1: title} if title else None
    return find_roster_changes(
        meeting, running, finder(), PEOPLE, lambda s: find_dates(s, ANCHOR, GRAMMAR)[0], WORDS, titles
    )


def test_a_first_name_is_the_only_one_present_who_bears_it():
    rows, _ = present("Rune lämnar rådet. Hans plats tas av Vera Almgren.", RUNE, MAJ)
    assert [(r.kind, r.incoming, r.outgoing, r.group_name) for r in rows] == [("replacement", VERA, RUNE, "rådet")]
    assert rows[0].evidence.quote.string == "Rune lämnar rådet. Hans plats tas av Vera Almgren."


def test_a_first_name_that_two_bear_is_a_doubt():
    rows, doubts = present("Bo ersätter Maj i rådet.", BO, "Bo Strandell", MAJ)
    assert rows == []
    assert [doubt.cue for doubt in doubts] == ["ersätter"]


def test_a_pronoun_that_means_nobody_told_of_is_a_doubt():
    rows, doubts = present("Hennes plats i rådet tas av Bo Ekdal.", MAJ, VERA)
    assert rows == []
    assert [doubt.cue for doubt in doubts] == ["Hennes"]


def test_a_bare_group_is_the_one_of_title_sub_heading_or_organ():
    welcomed = "Vera Almgren är ny i gruppen."
    assert present(welcomed, organ="Arbetsgrupp Unga")[0][0].group_name == "Arbetsgrupp Unga"
    under = present(welcomed, heading="Psykisk hälsa", title="Lägesrapporter från grupperna")
    assert under[0][0].group_name == "Psykisk hälsa"
    chosen = present("Bo Ekdal väljs till ledamot i utskottet.", title="Val av revisor och ledamot i hamnutskottet")
    assert chosen[0][0].group_name == "hamnutskottet"
    own = present("Bo Ekdal har tagit över efter Rune Sjödal.", organ="Nätverket Unga")
    assert own[0][0].group_name == "Nätverket Unga"
    job = present("Bo Ekdal slutar den 1 juni 2026.", organ="Nätverket Unga")
    assert job[0][0].group_name is None


def test_needs_are_known():
    known = {
        "both",
        "post",
        "position",
        "next",
        "group",
        "av",
        "till",
        "job",
        "adjunct",
        "asked",
        "med",
        "mot",
        "thanks",
        "dated",
        "link",
        "post|link",
        "touching",
        "weak",
        "new",
        "label-post",
        "colon",
        "seat",
        "seat-of",
        "held",
        "offices",
    }
    assert {need for rule in ROSTER for need in (rule.get("needs") or "").split()} <= known


@pytest.mark.parametrize("text", [text for text, wanted in SENTENCES if wanted])
def test_rows_rest_on_printed_words(text):
    found, _ = find_roster_changes(
        Meeting(date=ANCHOR),
        passages(plain_lines(text), HEADINGS),
        finder(),
        PEOPLE,
        lambda string: find_dates(string, ANCHOR, GRAMMAR)[0],
        WORDS,
    )
    for change in found:
        for name in (change.incoming, change.outgoing):
            assert name is None or name in change.evidence.quote.string


def test_a_wording_beside_a_person_that_cannot_be_read_is_a_doubt():
    running = passages(plain_lines("Rune Sjödal ersätts av en vikarie."), HEADINGS)
    rows, doubts = find_roster_changes(
        Meeting(date=ANCHOR), running, finder(), PEOPLE, lambda string: find_dates(string, ANCHOR, GRAMMAR)[0], WORDS
    )
    assert rows == []
    assert [(doubt.kind, doubt.cue) for doubt in doubts] == [("roster_changes", "ersätts av")]


def test_columns_of_a_table_are_members_and_their_deputies():
    opening, *_ = passages(plain_lines("Beslut\nTill ledamöter och ersättare i valnämnden utses:"), HEADINGS, section=1)
    cells = [("Vera Almgren (S)", 0, "ledamöter"), ("Bo Ekdal (S)", 1, "ersättare"), ("Maj Holmdal", 2, "ansvarig")]
    table = [
        replace(opening, text=Text(name), zone=Zone.BASIS, cell=CellPlace(0, 1, column, head))
        for name, column, head in cells
    ]
    rows, _ = find_roster_changes(
        Meeting(date=ANCHOR),
        [opening, *table],
        finder(),
        PEOPLE,
        lambda s: find_dates(s, ANCHOR, GRAMMAR)[0],
        WORDS,
    )
    assert [(r.incoming, r.position, r.group_name) for r in rows] == [
        (VERA, "ledamot", "valnämnden"),
        (BO, "ersättare", "valnämnden"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Närvarande: Bo Ekdal (ersätter Rune Sjödal), Maj Holmdal",
        "Deltagare på plats: Vera Almgren, Bo Ekdal ersätter Rune Sjödal",
        "Frånvarande: Rune Sjödal, ersätts av Bo Ekdal",
        "I fjol ersatte Vera Almgren Rune Sjödal i nätverket.",
        "För tre år sedan efterträdde Vera Almgren Rune Sjödal som ordförande.",
        "Vera Almgren ersätter Rune Sjödal som huvudtalare på skärgårdsdagen.",
    ],
)
def test_who_stands_in_today_or_came_another_year_is_no_change(text):
    assert read(text) == []
