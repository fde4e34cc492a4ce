"""Headings, sub-headings and zones, from lines that say how they are set."""

import pytest

from printed import HEADINGS, LONG, sections
from protoparse.models import Zone
from protoparse.passages import passages, plain_lines


def test_a_span_of_paragraphs_has_both_ends():
    found = sections(f"#§§ 12–14 Information\n\n{LONG}\n\n#§ 15 Övrigt\n\n{LONG}")
    assert [(s.number, s.number_to) for s in found] == [("12", "14"), ("15", None)]


def test_the_list_of_matters_and_quoted_paragraphs_are_no_sections():
    contents = "\n".join(f"§ {n} Ärende {n} om taxan" for n in range(4, 8))
    body = [f"#§ {n} Ärende {n} om taxan\n\n{LONG}\n§ 5 kommunallagen säger detsamma.\n\n{LONG}" for n in range(4, 8)]
    found = sections(contents, *body)
    assert [(s.number, s.page) for s in found] == [("4", 2), ("5", 3), ("6", 4), ("7", 5)]


def test_numbered_decision_points_are_no_sections():
    points = "1. Nämnden antar budgeten.\n2. Nämnden antar planen."
    text = f"#§ 1 Budget\n\n{LONG}\n\n*Beslut\n{points}\n\n#§ 2 Övrigt\n\n{LONG}"
    found = sections(text)
    assert [s.number for s in found] == ["1", "2"]
    points = [p for p in found[0].passages if p.zone is Zone.DECISION]
    assert [(p.marker, p.text.string) for p in points] == [
        ("1.", "Nämnden antar budgeten."),
        ("2.", "Nämnden antar planen."),
    ]


def test_a_heading_repeated_after_a_page_break_goes_on():
    found = sections(f"#§ 1 Budget\n\n{LONG}", f"#§ 1 Budget, forts.\n\n{LONG}\n\n#§ 2 Övrigt\n\n{LONG}")
    assert [(s.number, s.page, s.page_end) for s in found] == [("1", 1, 2), ("2", 2, 2)]


def test_numbers_that_jump_and_repeat_are_kept():
    found = sections("".join(f"#{n}. Punkt om {w}\n\n{LONG}\n\n" for n, w in [(2, "a"), (2, "b"), (4, "c"), (6, "d")]))
    assert [s.number for s in found] == ["2", "2", "4", "6"]


def test_sub_headings_are_children_and_decimals_have_their_parent():
    text = f"#1. Information\n\n*Digital fritidsbank\n{LONG}\n\n*Lånecykeln\n{LONG}\n\n#2. Beslut\n\n{LONG}"
    found = sections(text)
    assert [(s.number, s.title, s.parent) for s in found] == [
        ("1", "Information", None),
        (None, "Digital fritidsbank", 1),
        (None, "Lånecykeln", 1),
        ("2", "Beslut", None),
    ]
    decimal = sections(f"#7 Ekonomi\n\n{LONG}\n\n#7.1 Budget\n\n{LONG}\n\n#8 Övrigt\n\n{LONG}")
    assert [(s.number, s.parent) for s in decimal] == [("7", None), ("7.1", 1), ("8", None)]


def test_a_numbered_agenda_item_on_the_agenda_is_no_list_of_matters():
    first, second = sections("# 1 Dagordning\nDagordningen godkänns med ett tillägg.\n\n# 2 Budget\n" + LONG)
    assert [p.zone for p in (*first.passages, *second.passages)] == [Zone.BODY, Zone.BODY]


def test_without_numbers_the_largest_recurring_type_is_a_section():
    found = sections(f"#Aktuellt\n\n*Biblioteket\n{LONG}", f"#Beslutspunkter\n\n*Mötestider\n{LONG}")
    assert [(s.title, s.parent is None) for s in found] == [
        ("Aktuellt", True),
        ("Biblioteket", False),
        ("Beslutspunkter", True),
        ("Mötestider", False),
    ]
    assert found[3].zone is Zone.DECISION_GROUP


def test_a_paragraph_runs_over_a_page_break():
    found = sections(
        "#§ 1 Budget\n\nNämnden har gått igenom ekonomin och", "funnit att den är god.\n\n#§ 2 Slut\n\n" + LONG
    )
    assert [p.text.string for p in found[0].passages] == ["Nämnden har gått igenom ekonomin och funnit att den är god."]
    assert (found[0].passages[0].text.page, found[0].passages[0].text.page_end) == (1, 2)


def test_a_known_heading_may_run_over_two_lines():
    zone = "*Samhällsbyggnadsnämndens\n*förslag till beslut"
    two = f"{LONG}\noch hur det går vidare."
    text = f"#§ 1 Cykelplan\n\n{two}\n\n{zone}\n\n{two}\n\n#§ 2 Slut\n\n{two}"
    last = sections(text)[0].passages[-1]
    assert (last.zone, last.heading) == (Zone.PROPOSAL, "Samhällsbyggnadsnämndens förslag till beslut")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nytt mötesdatum\nKulturnämnden beslutar att flytta mötet.", 2),
        ("Kulturnämnden beslutar att flytta\nmötet till den 3 mars.", 1),
        ("Till ledamot utses Moa\nVret från Sjöbo stad för tiden fram till årets slut.", 1),
        ("Beslut\nPlanen antas.", 1),
    ],
)
def test_line_breaks_count_in_text_without_places(text, parts):
    assert len(passages(plain_lines(text), HEADINGS)) == parts


@pytest.mark.parametrize(
    ("line", "zone"),
    [
        ("Beslut", Zone.DECISION),
        ("BESLUT:", Zone.DECISION),
        ("Kommunfullmäktiges beslut", Zone.DECISION),
        ("Barn- och fritidsnämndens beslut", Zone.DECISION),
        ("Förslag till beslut", Zone.PROPOSAL),
        ("Kommunstyrelsens förslag till beslut", Zone.PROPOSAL),
        ("Förslag till beslut i kommunfullmäktige", Zone.PROPOSED),
        ("Arbetsutskottets förslag till kommunstyrelsen", Zone.PROPOSED),
        ("Förslag till beslut på sammanträdet", Zone.MOTION),
        ("Yrkanden", Zone.MOTION),
        ("Beslutsgång", Zone.PROCEDURE),
        ("Ärendebeskrivning", Zone.BACKGROUND),
        ("Expedieras till", Zone.DISTRIBUTION),
        ("Beslutsprocess", None),
        ("Nämndens beslut var klokt", None),
        ("Beslut om budget", None),
    ],
)
def test_known_sub_headings_open_their_zone(line, zone):
    assert HEADINGS.zone(line) == zone
