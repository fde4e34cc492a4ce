"""Funding statements: the rules' own examples, and what only a page around the sentence decides."""

import datetime
from functools import cache

import pytest

from protoparse.cues import CueFinder
from protoparse.dates import Grammar, find_dates
from protoparse.funding import find_funding
from protoparse.models import Meeting, Passage, Zone
from protoparse.rules import load
from protoparse.text import Text, Word

RULES = load()
OWN = RULES.of_kind("funding")
ANCHOR = datetime.date(2025, 12, 12)


@cache
def cues(without=None):
    return CueFinder(rule for rule in OWN if rule.id != without)


@cache
def grammar():
    return Grammar.of(RULES.data["dates"])


def passage(text, zone=Zone.BODY, heading=None, section=1, lead=None):
    return Passage(Text(text), zone, heading, section, lead=Text(lead) if lead else None)


def read(*passages, anchor=ANCHOR, titles=None, without=None):
    return find_funding(
        Meeting(date=anchor),
        [passage(p) if isinstance(p, str) else p for p in passages],
        cues(without),
        lambda text: find_dates(text, anchor, grammar())[0],
        titles or {},
        RULES.data["funding"]["words"],
    )


def rows(*passages, **options):
    return read(*passages, **options)[0]


def right(example, without=None):
    """Whether an example of a rule file yields exactly what it says."""
    found = rows(
        passage(example["text"], heading=example.get("heading")), anchor=example.get("anchor", ANCHOR), without=without
    )
    wanted = example["finds"]
    return len(found) == len(wanted) and all(
        getattr(row, key) == value for row, want in zip(found, wanted, strict=True) for key, value in want.items()
    )


EXAMPLES = [(rule.id, example) for rule in OWN for example in rule.examples]
COUNTER = [(rule.id, text) for rule in OWN for text in rule.counterexamples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{i} {e['text'][:30]}" for i, e in EXAMPLES])
def test_example_yields_what_it_says(rule, example):
    assert right(example), rows(passage(example["text"], heading=example.get("heading")))


@pytest.mark.parametrize(("rule", "text"), COUNTER, ids=[f"{i} {t[:30]}" for i, t in COUNTER])
def test_counterexample_yields_nothing(rule, text):
    assert rows(text) == []


@pytest.mark.parametrize("rule", [rule for rule in OWN if not rule.pseudo], ids=lambda rule: rule.id)
def test_rule_is_needed(rule):
    assert rule.examples
    assert not all(right(example, without=rule.id) for example in rule.examples)


@pytest.mark.parametrize("rule", [rule for rule in OWN if rule.pseudo], ids=lambda rule: rule.id)
def test_pseudo_rule_is_needed(rule):
    assert any(rows(text, without=rule.id) for text in rule.counterexamples)


D = datetime.date
TRICKY = [
    (
        "Projektet, som finansieras av Energifonden, pågår till och med den 30 juni 2027.",
        [("project_until", D(2027, 6, 30), "stated", "Projektet")],
    ),
    (
        "Under förutsättning att riksdagen beslutar om medel finansieras lotsen till och med 2027.",
        [("funded_until", D(2027, 12, 31), "conditional", "lotsen")],
    ),
    (
        "Så länge statsbidraget finns bekostas resorna av kommunförbundet.",
        [("funded_until", None, "open_ended", "resorna")],
    ),
    ("Efter 2026 upphör statsbidraget till Läxhjälpen.", [("funded_until", D(2026, 12, 31), "stated", "Läxhjälpen")]),
    ("Medlen måste användas före den 1 juli 2026.", [("spend_by", D(2026, 6, 30), "stated", "Medlen")]),
    (
        "Bidrag på 75 000 kronor beviljas Hembygdsgillet för 2026.",
        [("budget_period", D(2026, 12, 31), "stated", "Hembygdsgillet")],
    ),
    (
        "Socialnämnden beslutar att bevilja Jouren Lyktan 400 000 kronor för år 2026.",
        [("budget_period", D(2026, 12, 31), "stated", "Jouren Lyktan")],
    ),
    (
        "Hyresavtalet gäller från och med den 1 januari 2026 till och med den 31 december 2030.",
        [("agreement_until", D(2030, 12, 31), "stated", "Hyresavtalet")],
    ),
    (
        "Projektet Ljus finansieras till hälften av kommunen under perioden 1 januari 2026–31 december 2027.",
        [("budget_period", D(2027, 12, 31), "stated", "Ljus")],
    ),
    ("Hur arbetet ska finansieras efter 2026 är oklart.", [("funded_until", D(2026, 12, 31), "implied", "arbetet")]),
    (
        "Läxhjälpen finansieras med statsbidrag till den 31 januari 2026.",
        [("funded_until", D(2026, 1, 31), "stated", "Läxhjälpen")],
    ),
    (
        "Läxhjälpen finansieras med statsbidrag till den 1 februari 2026.",
        [("funded_until", D(2026, 1, 31), "stated", "Läxhjälpen")],
    ),
    (
        "Läxhjälpen finansieras med statsbidrag till och med den 1 februari 2026.",
        [("funded_until", D(2026, 2, 1), "stated", "Läxhjälpen")],
    ),
    ("Synpunkter på ansökan lämnas senast den 3 mars 2026.", []),
    ("Mottagningen har öppet till den 23 december 2026.", []),
    ("Taxan gäller från den 1 januari 2026.", []),
    ("Investeringen beräknas kosta 12 mnkr och finansieras inom budget 2026.", []),
    ("Budgeten för 2026 antas.", []),
    ("Arvodet betalas ut den 25 mars 2026.", []),
    ("Kommunen söker en ny chef under 2026.", []),
    ("Avtalet undertecknades den 3 mars 2025.", []),
    ("Bygglovet upphör att gälla den 31 december 2027.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TRICKY, ids=[text[:50] for text, _ in TRICKY])
def test_tricky(text, expected):
    assert [(row.kind, row.end, row.certainty, row.subject) for row in rows(text)] == expected


def test_successor_stands_in_the_next_sentence():
    (row,) = rows("Läxhjälpen finansieras med statsbidrag till och med maj 2026. Därefter tar regionen över ansvaret.")
    assert (row.successor, row.text) == (
        "regionen",
        "Läxhjälpen finansieras med statsbidrag till och med maj 2026.",
    )


def test_evidence_is_the_printed_sentence():
    printed = ["Bra.", "Medlen", "räcker", "till", "2027."]
    words = [Word(word, 3, 10.0 * at, 0, 10.0 * at + 9, 10) for at, word in enumerate(printed)]
    (row,) = rows(Passage(Text.of_words(words)))
    assert (str(row.evidence.quote), row.evidence.quote.page, len(row.evidence.quote.words)) == (
        "Medlen räcker till 2027.",
        3,
        4,
    )
    assert row.evidence.rule == "pengar: räcker"


SUBJECTS = [
    ("Projektet pågår till juni 2026.", "Nattlinjen", {}, "Nattlinjen"),
    ("Projektet pågår till juni 2026.", None, {1: "Nattlinjen"}, "Nattlinjen"),
    ("Projektet pågår till juni 2026.", "Bakgrund", {1: "Lägesrapport Nattlinjen"}, "Nattlinjen"),
    ("Projektet pågår till juni 2026.", "Dialog om framtid", {}, "Projektet"),
    ("Länets digitala läxhjälp finansieras till juni 2026.", "Digital läxhjälp", {}, "Digital läxhjälp"),
    ("Läxhjälpen finansieras till juni 2026.", "Digital läxhjälp", {}, "Digital läxhjälp"),
    ("NIT finansieras till juni 2026.", "Nära insatsteam (NIT)", {}, "Nära insatsteam (NIT)"),
    ("NIT (Nära insatsteam) är nytt. NIT-projektet finansieras till juni 2026.", None, {}, "Nära insatsteam (NIT)"),
    ("Familjelotsen finansieras till juni 2026.", "Nattlinjen", {}, "Familjelotsen"),
]


@pytest.mark.parametrize(("text", "heading", "titles", "subject"), SUBJECTS)
def test_subject_takes_the_pages_full_name(text, heading, titles, subject):
    (row,) = rows(passage(text, heading=heading), titles=titles)
    assert row.subject == subject


def test_only_zones_where_something_is_said_or_decided_count():
    text = "Läxhjälpen beviljas 40 000 kr för 2026."
    counted = {Zone.BODY, Zone.DECISION, Zone.DECISION_GROUP, Zone.PROPOSED, Zone.INFORMATION, Zone.BACKGROUND}
    assert {zone for zone in Zone if rows(passage(text, zone))} == counted


def test_what_is_proposed_upwards_is_conditional():
    (row,) = rows(passage("Läxhjälpen beviljas 40 000 kr för 2026.", Zone.PROPOSED))
    assert row.certainty == "conditional"


def test_a_grant_told_twice_is_the_decisions_row():
    found = rows(
        passage("Föreningen Öppet hus får 40 000 kr i bidrag för 2026.", Zone.BACKGROUND),
        passage("Föreningen Öppet hus beviljas 40 000 kr för 2026.", Zone.DECISION),
    )
    assert [row.text for row in found] == ["Föreningen Öppet hus beviljas 40 000 kr för 2026."]


def test_the_list_point_takes_its_giver_from_the_lead_in():
    (row,) = rows(passage("avsätta 2 mnkr till läxhjälp för 2026", Zone.DECISION, lead="Kommunstyrelsen beslutar att"))
    assert (row.source, row.subject, row.amount) == ("Kommunstyrelsen", "läxhjälp", 2_000_000)


def test_money_that_had_ended_is_past():
    (row,) = rows("Läxhjälpen beviljades 300 tkr för 2023–2024.")
    assert (row.certainty, row.start, row.end) == ("past", D(2023, 1, 1), D(2024, 12, 31))


def test_an_extension_without_a_day_is_a_doubt():
    found, doubts = read("Finansieringen förlängs med sex månader.")
    assert found == []
    assert [(doubt.kind, doubt.cue) for doubt in doubts] == [("funding", "förlängs")]


def test_two_kinds_in_one_sentence_share_their_money():
    found = rows("Medlen ska vara förbrukade senast den 31 december 2026 och återrapporterade senast den 1 mars 2027.")
    assert [(row.kind, row.end) for row in found] == [("spend_by", D(2026, 12, 31)), ("report_by", D(2027, 3, 1))]
