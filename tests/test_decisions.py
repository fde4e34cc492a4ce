"""Decisions: every rule's examples, what each rule is needed for, and sentences that are easily misread."""

import datetime
import shutil
from dataclasses import replace
from functools import lru_cache
from unittest.mock import patch

import pytest
import spacy

from protoparse.cues import CueFinder
from protoparse.decisions import find_decisions
from protoparse.models import Meeting
from protoparse.passages import passages, plain_lines
from protoparse.protocol import Kit, parse_text
from protoparse.rules import load, rules_folder
from protoparse.zones import Headings

RULES = load()
OURS = RULES.of_kind("decision")
WORDS = RULES.data["decision"]["words"]
DATE = datetime.date(2025, 12, 12)


blank = lru_cache(spacy.blank)  # one vocabulary for all: most of the time to build a finder


@lru_cache(maxsize=256)
def finder(without=None):
    with patch("protoparse.cues.spacy.blank", blank):
        return CueFinder(rule for rule in OURS if rule.id != without)


@lru_cache(maxsize=1)
def headings():
    return Headings.of(RULES.data["headings"]["words"])


def read(text, organ="Nämnden", kind="protokoll", without=None, words=WORDS):
    """The rows of a text, and the doubts."""
    items = passages(plain_lines(text), headings())
    return find_decisions(Meeting(kind=kind, organ=organ, date=DATE), items, finder(without), words)


def brief(text, **known):
    return [(row.text, row.outcome, row.organ) for row in read(text, **known)[0]]


def matches(rows, finds):
    """Whether the rows are exactly what an example says, field by field, in order."""
    if len(rows) != len(finds):
        return False
    pairs = [(getattr(row, key), value) for row, find in zip(rows, finds, strict=True) for key, value in find.items()]
    return all(str(got).strip(" ,") == value for got, value in pairs)


def example_id(value):
    return value.id if hasattr(value, "id") else (value["text"] if isinstance(value, dict) else str(value))[:40]


EXAMPLES = [(rule, example) for rule in OURS for example in rule.examples]
COUNTER = [
    (rule, c if isinstance(c, dict) else {"text": c}) for rule in OURS if not rule.pseudo for c in rule.counterexamples
]
PSEUDO = [(rule, text) for rule in OURS if rule.pseudo for text in rule.counterexamples]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=example_id)
def test_a_rule_reads_its_example(rule, example):
    rows, doubts = read(example["text"], example.get("organ", "Nämnden"))
    assert matches(rows, example["finds"]), [(r.text, r.outcome, r.organ) for r in rows]
    assert doubts == []


@pytest.mark.parametrize(("rule", "example"), COUNTER, ids=example_id)
def test_a_rule_leaves_its_counterexample_alone(rule, example):
    assert brief(example["text"], organ=example.get("organ", "Nämnden")) == []


@pytest.mark.parametrize("rule", [rule for rule in OURS if not rule.pseudo], ids=example_id)
def test_without_the_rule_an_example_is_not_read(rule):
    assert any(
        not matches(read(e["text"], e.get("organ", "Nämnden"), without=rule.id)[0], e["finds"]) for e in rule.examples
    )


@pytest.mark.parametrize(("rule", "text"), PSEUDO, ids=example_id)
def test_a_pseudo_rule_keeps_a_row_away(rule, text):
    assert brief(text) == []
    assert brief(text, without=rule.id) != []


# What is easily misread: text, organ, the outcomes of its rows in order.
TRICKY = [
    # the subject is the organ, another one, or nobody we know
    ("Biblioteksnämnden beslutar att låna ut cyklar.", "Biblioteksnämnden", ["approved"]),
    ("Hamnnämnden beslutar att låna ut cyklar.", "Biblioteksnämnden", []),
    ("Fullmäktige beslutar att låna ut cyklar.", "Kommunstyrelsen", []),
    ("Arbetsutskottet beslutar att kalla till möte.", "Kommunstyrelsens arbetsutskott", ["approved"]),
    ("KLG godkänner tidplanen.", "Kustens ledningsgrupp", ["approved"]),
    ("SMHI godkänner tidplanen.", "Kustens ledningsgrupp", []),
    ("Nämnden för barn och lek beslutar att köpa sand.", "Nämnden för barn och lek", ["approved"]),
    ("Ordföranden i hamnnämnden beslutar att stänga kajen.", "Hamnnämnden", ["approved"]),
    # word order and what stands between
    ("Efter en stunds samtal beslutade gruppen därmed att vänta.", "Kajgruppen", ["approved"]),
    ("Hamnnämnden beslutar, med fyra röster mot tre, att riva bryggan.", "Hamnnämnden", ["approved"]),
    ("Hamnnämnden diskuterade bryggan och beslutade att riva den.", "Hamnnämnden", ["approved"]),
    ("Till sekreterare utsågs Siv Lund.", "Kajgruppen", ["elected"]),
    # another time
    ("Hamnnämnden beslutade i mars 2021 att riva bryggan.", "Hamnnämnden", []),
    ("Den 4 juni beslutade hamnnämnden att riva bryggan.", "Hamnnämnden", []),
    ("Den 12 december 2025 beslutade hamnnämnden att riva bryggan.", "Hamnnämnden", ["approved"]),
    ("Hamnnämnden antog en hamnordning den 3 maj 2019.", "Hamnnämnden", []),
    ("Hamnordningen antogs 2019.", "Hamnnämnden", []),
    ("Protokollet från årsmötet den 3 oktober godkändes.", "Hamnnämnden", ["approved"]),
    ("Hamnordningen fastställs i april.", "Hamnnämnden", []),
    ("Hamnnämnden fattar beslut om bryggan på nästa möte.", "Hamnnämnden", []),
    # bound, supposed, wished, asked, refused
    ("Om bryggan godkänns börjar arbetet i maj.", "Hamnnämnden", []),
    ("Bryggan bör avslås.", "Hamnnämnden", []),
    ("Gruppen enades inte om något.", "Kajgruppen", []),
    ("Hamnkontoret föreslår att hamnnämnden godkänner bryggan.", "Hamnnämnden", []),
    ("Hamnnämnden föreslås godkänna bryggan.", "Hamnnämnden", []),
    ("Kontoret lämnade följande förslag till beslut: Bryggan godkänns.", "Hamnnämnden", []),
    ("Ska hamnnämnden besluta att riva bryggan?", "Hamnnämnden", []),
    ("Hamnnämnden beslutar själv om bryggor.", "Hamnnämnden", []),
    # the main act, not one inside it
    ("Hamnnämnden beslutar att inte bevilja bidrag.", "Hamnnämnden", ["rejected"]),
    ("Hamnnämnden beslutar att inte yttra sig.", "Hamnnämnden", ["approved"]),
    ("Hamnnämnden beslutar föreslå kommunfullmäktige att anta hamnordningen.", "Hamnnämnden", ["proposed"]),
    ("Hamnnämnden beslutar att bordlägga valet att utse en ordförande.", "Hamnnämnden", ["deferred"]),
    ("Beslut\nAnsökan om att utse en hamnvakt avslås.", "Hamnnämnden", ["rejected"]),
    ("Beslut\nRapporten antecknas och Siv Lund utses till hamnvakt.", "Hamnnämnden", ["elected"]),
    ("Beslut\nHamnchefen får i uppdrag att godkänna och bordlägga fakturor.", "Hamnnämnden", ["assigned"]),
    # several points
    ("Hamnnämnden beslutar att godkänna avsägelsen och att utse Siv Lund.", "Hamnnämnden", ["approved", "elected"]),
    ("Beslut\n1. Taxan antas.\n2. Hamnchefen får i uppdrag att trycka den.", "Hamnnämnden", ["approved", "assigned"]),
    ("Beslut\nTaxan godkänns med följande avgifter:\n- Jolle: 20 kr\n- Kanot: 5 kr", "Hamnnämnden", ["approved"]),
    ("Beslut\nHamnnämnden ger hamnchefen i uppdrag att\n- måla\n- sopa", "Hamnnämnden", ["assigned", "assigned"]),
    (
        "Beslut\nHamnnämnden föreslår kommunfullmäktige\natt anta taxan,\natt upphäva den gamla.",
        "Hamnnämnden",
        ["proposed", "proposed"],
    ),
    (
        "Beslut\nHamnnämnden beslutar för egen del att anta planen. Hamnnämnden föreslår fullmäktige att anta taxan.",
        "Hamnnämnden",
        ["approved", "proposed"],
    ),
    # a lead-in alone is no decision; what follows is
    (
        "Beslut\nHamnnämnden beslutar för egen del\n1. Taxan antas.\n2. Planen avslås.",
        "Hamnnämnden",
        ["approved", "rejected"],
    ),
    ("Hamnnämnden beslutar följande.\n1. Taxan antas.\n2. Planen avslås.", "Hamnnämnden", ["approved", "rejected"]),
    (
        "Beslut\nHamnnämnden beslutar efter votering, med 7 röster mot 4,\natt anta taxan,\natt avslå motionen.",
        "Hamnnämnden",
        ["approved", "rejected"],
    ),
    (
        "Beslut\nHamnnämnden föreslår att kommunfullmäktige beslutar följande.\n1. Taxan antas.\n2. Planen antas.",
        "Hamnnämnden",
        ["proposed", "proposed"],
    ),
    (
        "Beslut\nHamnnämnden beslutar för egen del\n1. Taxan antas.\nNämnden föreslår fullmäktige\n1. Planen antas.",
        "Hamnnämnden",
        ["approved", "proposed"],
    ),
    ("Beslut\natt anta taxan, samt att i övrigt notera rapporten.", "Hamnnämnden", ["approved", "noted"]),
    # words of an association
    ("Mötet biföll motionen om § 4 i stadgarna.", "Båtklubben Ankaret", ["approved"]),
    ("Styrelsen beviljades ansvarsfrihet för det gångna året.", "Båtklubben Ankaret", ["approved"]),
    ("Att tillsammans med ordföranden justera protokollet valdes Siv Lund.", "Båtklubben Ankaret", ["elected"]),
    ("Föreningen beslutade att gå ur förbundet.", "Båtklubben Ankaret", ["approved"]),
    ("Seglarklubben beslutade att köpa en jolle.", "Båtklubben Ankaret", []),
    ("Rådet beslöt att inte svara utan bjuda in till samtal.", "Kustens brukarråd", ["approved"]),
    ("Siv fick i uppdrag att måla skjulet.", "Båtklubben Ankaret", ["assigned"]),
    ("Mötet ansågs behörigt utlyst.", "Båtklubben Ankaret", []),
    # what is agreed is what counts
    ("Vi enades om att inte trycka någon folder.", "Kajgruppen", ["rejected"]),
    ("Deltagarna var överens om att bordlägga frågan.", "Kajgruppen", ["deferred"]),
    ("Vi kom fram till att kajen är hal, och Siv fick i uppdrag att sanda den.", "Kajgruppen", ["assigned"]),
    ("Hamnnämnden beslutar att inte återremittera ärendet.", "Hamnnämnden", ["approved"]),
    ("Samtliga närvarande ställde sig bakom förslaget.", "Kajgruppen", ["approved"]),
    ("Alla grannkommuner ställde sig bakom förslaget.", "Kajgruppen", []),
    ("Mötet valde att skjuta upp frågan.", "Båtklubben Ankaret", ["deferred"]),
    ("Hamnnämnden väljer att avslå anbudet.", "Hamnnämnden", ["rejected"]),
    ("Siv Lund valde att avslå erbjudandet.", "Båtklubben Ankaret", []),
    ("Mötet valde att inte röka.", "Båtklubben Ankaret", []),
    # one word, or only the verb
    ("Läggs till handlingarna.", "Hamnnämnden", ["noted"]),
    ("Bordläggs.", "Hamnnämnden", ["deferred"]),
    ("Beslut: Återremiss.", "Hamnnämnden", ["remitted"]),
    ("Beslut: Inget beslut.", "Hamnnämnden", []),
    ("Beslut: –", "Hamnnämnden", []),
    # asked, not said
    ("Mötet diskuterade om motionen avslås eller bifalls.", "Båtklubben Ankaret", []),
    ("Hamnnämnden ska besluta om utmaningen antas eller avslås.", "Hamnnämnden", []),
    ("Det är oklart om bidraget beviljas.", "Hamnnämnden", []),
    ("Förslaget om ny hamnordning antas.", "Hamnnämnden", ["approved"]),
    # others, other times, other people's words
    ("Enligt Kustfondens besked beviljas föreningen 20 000 kronor.", "Hamnnämnden", []),
    ("Enligt ordförandens förslag fastställs mötestiderna.", "Hamnnämnden", ["approved"]),
    ("Bidraget beviljades av Kustfonden.", "Hamnnämnden", []),
    ("Förra året avslogs motionen.", "Hamnnämnden", []),
    ("Protokollet från förra mötet med hamnvakterna lades till handlingarna.", "Hamnnämnden", ["noted"]),
    ("Siv Lund berättade att styrelsen i fredags fastställde mötesplanen.", "Båtklubben Ankaret", []),
    ("I brevet står: ”Hamnnämnden beslutar att riva bryggan.”", "Hamnnämnden", []),
    ("”Taxan antas”, skrev tidningen.", "Hamnnämnden", []),
    ("Hamnnämnden antar ”Plan för den inre hamnen”.", "Hamnnämnden", ["approved"]),
    ("Beslut\nVid mötet den 6 februari fastställdes mötesplanen.", "Hamnnämnden", []),
    ("Förslaget att ärendet ska bordläggas diskuterades.", "Hamnnämnden", []),
    # two decisions in one paragraph, or one with its reason
    (
        "Beslut\nRapporten läggs till handlingarna. Hamnchefen får i uppdrag att återkomma i maj.",
        "Hamnnämnden",
        ["noted", "assigned"],
    ),
    ("Beslut\nSiv Lund utses till ledamot. Bo Ahl utses till ersättare.", "Hamnnämnden", ["elected", "elected"]),
    ("Beslut\nFörslaget om glasskiosk avslås. Det är därmed besvarat.", "Hamnnämnden", ["rejected"]),
    ("Beslut\nMallen godkänns. Den ersätter mallen från 2022.", "Hamnnämnden", ["approved"]),
    # scraps between the points
    ("Beslut\nDnr HN 2025/14\n\nTaxan antas.", "Hamnnämnden", ["approved"]),
    ("Beslut\n1. Taxan antas.\n\nAvgifter för gästplatser 2026", "Hamnnämnden", ["approved"]),
    ("Arbets utskottets beslut\nTaxan antas.", "Kommunstyrelsens arbetsutskott", ["approved"]),
    # zones
    ("Beslut\nTaxan antas.\n\nSiv Lund (C) reserverar sig mot beslutet.", "Hamnnämnden", ["approved"]),
    ("Yrkanden\nTaxan avslås.\nBeslut\nTaxan antas.", "Hamnnämnden", ["approved"]),
    ("Hamnnämnden godkänner taxan.\nBeslut\nTaxan antas.", "Hamnnämnden", ["approved"]),
    ("Ärendebeskrivning\nHamnnämnden beslutar att anta taxan.", "Hamnnämnden", []),
    ("Förslag till beslut i kommunfullmäktige\nTaxan antas.", "Hamnnämnden", ["proposed"]),
    ("Förslag till beslut i kommunfullmäktige\nTaxan antas.\nBeslut\nTaxan avslås.", "Kommunfullmäktige", ["rejected"]),
    ("Arbetsutskottets förslag till kommunstyrelsen\nTaxan antas.", "Kommunstyrelsens arbetsutskott", ["proposed"]),
    ("Arbetsutskottets beslut\nTaxan antas.", "Kommunstyrelsen", []),
    ("Beslutspunkter\nSiv Lund ersätter Bo Ahl.", "Kajgruppen", ["elected"]),
]


@pytest.mark.parametrize(("text", "organ", "outcomes"), TRICKY, ids=lambda value: str(value)[:50])
def test_what_is_easily_misread(text, organ, outcomes):
    rows, doubts = read(text, organ)
    assert [row.outcome for row in rows] == outcomes, [row.text for row in rows]
    assert doubts == []


# Known failures: what each sentence should give, and why it does not.
UNREAD = [
    ("Beslut\nBidraget betalas ut. Kvitton ska lämnas.", "Kajgruppen", ["approved"] * 2, "two decisions of one kind"),
]


@pytest.mark.parametrize(("text", "organ", "outcomes", "why"), UNREAD, ids=lambda value: str(value)[:50])
@pytest.mark.xfail(strict=True)
def test_what_is_known_to_fail(text, organ, outcomes, why):
    assert [row.outcome for row in read(text, organ)[0]] == outcomes, why


def test_posts_and_names_are_an_election_under_the_heading_of_one():
    items = [
        replace(p, section=1) for p in passages(plain_lines("Suppleanter på ett år: Bo Ahl och Siv Lund."), headings())
    ]

    def outcomes(title):
        rows, _ = find_decisions(Meeting(kind="protokoll", organ="Klubben"), items, finder(), WORDS, {1: title})
        return [row.outcome for row in rows]

    assert outcomes("Val av styrelse") == ["elected"]
    assert outcomes("Styrelsens arbete") == []


def test_a_summons_decides_nothing():
    assert brief("Beslut\nTaxan antas.", kind="kallelse") == []


def test_a_proposal_upwards_belongs_to_the_organ_that_makes_it():
    (row,) = brief("Hamnnämnden föreslår att kommunfullmäktige beslutar: Taxan antas.", organ="Hamnnämnden")
    assert row == ("Taxan antas.", "proposed", "Hamnnämnden")


def test_who_cannot_be_placed_is_a_doubt():
    rows, doubts = read("Hamnkaptenen beslutade att stänga kajen.", "Hamnnämnden")
    assert rows == []
    assert [(doubt.kind, doubt.cue) for doubt in doubts] == [("decisions", "beslutade")]
    assert str(doubts[0].evidence.quote) == "Hamnkaptenen beslutade att stänga kajen."


def test_the_quote_is_the_point_and_the_rule_the_one_that_told_the_outcome():
    (row,), _ = read("Beslut: Kajen målas om. Ärendet bordläggs inte.", "Hamnnämnden")
    assert str(row.evidence.quote) == row.text == "Beslut: Kajen målas om. Ärendet bordläggs inte."
    (row,), _ = read("Beslut\nMotionen avslås.", "Hamnnämnden")
    assert (row.evidence.rule, row.heading) == ("avslår", "Beslut")


def test_the_word_lists_are_those_of_the_rules_that_were_loaded():
    text = "Kajlaget beslutar att riva bryggan."
    assert read(text, "Hamnnämnden")[0] == []
    own_words = {**WORDS, "organ_heads": [*WORDS["organ_heads"], "laget"]}
    assert [row.organ for row in read(text, "Kajlaget", words=own_words)[0]] == ["Kajlaget"]
    assert read(text, "Hamnnämnden", words={**own_words, "generic": []})[1] == []  # an organ, but another one


def test_a_folder_of_rules_is_honoured_to_its_words(tmp_path):
    folder = tmp_path / "rules"
    shutil.copytree(rules_folder(), folder)
    file = folder / "decisions.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("generic: [mötet,", "generic: [mötet, båtlaget,"), "utf-8")
    said = [
        [row.organ for row in parse_text("Båtlaget godkänner taxan.", "Hamnen", DATE, "protokoll", kit).decisions]
        for kit in (Kit.of(load(folder)), Kit.of(RULES))
    ]
    assert said == [["Hamnen"], []]
