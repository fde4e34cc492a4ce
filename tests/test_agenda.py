"""Headings, sub-headings and zones, from lines that say how they are set."""

import pytest

from protoparse import rules
from protoparse.agenda import read_agenda
from protoparse.models import Line, Zone
from protoparse.passages import passages, plain_lines
from protoparse.text import Text, Word
from protoparse.zones import Headings

HEADINGS = Headings.of(rules.load().data["headings"]["words"])


def page(text: str, number: int = 1) -> list[Line]:
    """Lines of a page: `#` before a line sets it bold and large, `*` bold; an empty line is white space."""
    out, y, gap = [], 100.0, None
    for raw in text.strip("\n").split("\n"):
        if not raw.strip():
            gap, y = 14.0, y + 14
            continue
        size, bold = (14.0, True) if raw.startswith("#") else (11.0, raw.startswith("*"))
        plain = raw.lstrip("#* ")
        words, x = [], 70.0
        for word in plain.split():
            words.append(Word(word, number, x, y, x + 5 * len(word), y + size, size, bold))
            x += 5 * len(word) + 3
        x1 = words[-1].x1
        out.append(Line(Text.of_words(words), number, 70, y, x1, y + size, size, bold, gap if out else None))
        gap, y = 0.0, y + 13
    return out


def sections(*pages: str):
    lines = [line for k, text in enumerate(pages, 1) for line in page(text, k)]
    return read_agenda(lines, HEADINGS).sections


LONG = "Nämnden har under våren tagit del av flera rapporter om hur arbetet fortskrider i kommunens olika delar."


@pytest.mark.parametrize(
    ("heading", "number", "title", "case"),
    [
        ("#§ 12 Ny taxa för torget", "12", "Ny taxa för torget", None),
        ("#§12 Ny taxa för torget", "12", "Ny taxa för torget", None),
        ("#§ 12. Ny taxa för torget", "12", "Ny taxa för torget", None),
        ("§ 12 2026.014 KUN\n\n#Ny taxa för torget", "12", "Ny taxa för torget", "2026.014 KUN"),
        ("§ 12\n#Ny taxa för torget", "12", "Ny taxa för torget", None),
        ("#KS § 12 Ny taxa för torget", "12", "Ny taxa för torget", None),
        ("#§ 12/26 Ny taxa för torget", "12", "Ny taxa för torget", None),
        ("#§ 12 Ny taxa för torget Dnr KS 2026/14", "12", "Ny taxa för torget", "KS 2026/14"),
        ("#12. Ny taxa för torget", "12", "Ny taxa för torget", None),
        ("#12 Ny taxa för torget", "12", "Ny taxa för torget", None),
        ("#7.1 Ny taxa för torget", "7.1", "Ny taxa för torget", None),
        ("#§ 12 Ny taxa för torget och\n#andra platser", "12", "Ny taxa för torget och andra platser", None),
    ],
)
def test_a_heading_is_read_in_its_form(heading, number, title, case):
    follow = heading.replace("12", "13", 1).replace("7.1", "7.2").replace("taxa", "avgift")
    found = sections(f"{heading}\n\n{LONG}\n\n{follow}\n\n{LONG}")
    assert (found[0].number, found[0].title, found[0].case_number) == (number, title, case)
    assert len(found) == 2


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
