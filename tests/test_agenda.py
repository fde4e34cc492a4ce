"""Headings, sub-headings and zones, from lines that say how they are set."""

from dataclasses import replace
from itertools import pairwise

import pytest

from printed import HEADINGS, LONG, page, sections
from protoparse.agenda import read_agenda
from protoparse.models import CellPlace, Line, Zone
from protoparse.passages import passages, plain_lines
from protoparse.text import Text, Word


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
        ("Moa Vret, tidigare chef \n\ni söder, lämnar gruppen.", 1),
        ("Stödet gäller för 2025 \n\n–2027 i hela länet.", 1),
        ("Nämnden beslutar\n\natt anta planen,\n\natt sälja huset.", 3),
        ("Planen antas.\n\nden gäller i år", 2),
        ("Planen antas\n\nHuset säljs", 2),
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
        ("Kommunstyrelsens arbetsutskotts beslut", Zone.DECISION),
        ("Nämnden för stöd och omsorgs beslut", Zone.DECISION),
        ("Miljö- och byggnadsnämndens beslut § 14", Zone.DECISION),
        ("KSAU:s beslut", Zone.DECISION),
        ("Beslut för egen del", Zone.DECISION),
        ("Arbetsutskottets beslut på nämndens vägnar", Zone.DECISION),
        ("Arbetsutskottets förslag till beslut 2026-03-10", Zone.PROPOSAL),
        ("Kommundirektörens förslag till beslut", Zone.PROPOSAL),
        ("Regionala utvecklingsnämndens förslag", Zone.PROPOSAL),
        ("Kommunstyrelsens förslag till kommunfullmäktiges beslut", Zone.PROPOSED),
        ("Kommunstyrelsens förslag till beslut i kommunfullmäktige", Zone.PROPOSED),
        ("Yrkande från S och V", Zone.MOTION),
        ("Reservation (M)", Zone.DISSENT),
        ("Protokollsanteckning från Moderaterna", Zone.DISSENT),
        ("Omröstning 3", Zone.VOTE),
        ("Bilaga 2", Zone.BASIS),
        ("Informationspunkter, forts.", Zone.INFORMATION),
        ("Expedieras till (forts)", Zone.DISTRIBUTION),
        ("Enligt arbetsutskottets förslag:", None),
        ("I enlighet med förvaltningens förslag till beslut", None),
        ("Bifalla arbetsutskottets förslag", None),
        ("Avslag på kommunstyrelsens förslag", None),
        ("Nämnden antar förvaltningens förslag", None),
        ("Nämnden beslutar", None),
        ("Bakgrund.", None),
        ("Beslutsprocess", None),
        ("Nämndens beslut var klokt", None),
        ("Beslut om budget", None),
    ],
)
def test_known_sub_headings_open_their_zone(line, zone):
    assert HEADINGS.zone(line) == zone


def test_letters_that_rise_from_a_are_taken_off_the_titles():
    text = "\n\n".join(
        f"#{letter}. {title}\n\n{LONG}" for letter, title in zip("ABC", ("Hamn", "Bod", "Båt"), strict=True)
    )
    assert [(s.number, s.title) for s in sections(f"Båtklubben\n\n{text}")] == [
        (None, "Hamn"),
        (None, "Bod"),
        (None, "Båt"),
    ]
    assert [s.title for s in sections(f"#B. Hamn\n\n{LONG}\n\n#D. Bod\n\n{LONG}")] == ["B. Hamn", "D. Bod"]


def titles(text: str) -> list[tuple[str, bool]]:
    """The titles of a document whose first line names it, and whether each stands at the top level."""
    agenda = read_agenda(page(text), HEADINGS, 0, lambda words: words in ("Organ", "Tid", "Ort"))
    return [(section.title, section.parent is None) for section in agenda.sections]


def test_labels_of_the_header_are_no_sections():
    matters = f"*Bryggan\n{LONG}\n\n*Bastun\n{LONG}"
    assert titles(f"#Protokoll\n\n*Organ\nHamnstyrelsen\n*Tid\nkl. 18\n\n{matters}") == [
        ("Bryggan", True),
        ("Bastun", True),
    ]
    assert titles(f"#Protokoll\n\n*Organ Hamnstyrelsen\n*Tid klockan 18\n\n{LONG}") == []
    assert titles(f"#Nytt\n\n*Tid för vila\n{LONG}\n\n*Bastun\n{LONG}") == [("Tid för vila", True), ("Bastun", True)]


def test_sentences_in_large_type_are_no_headings():
    slide = "#Vi har i år lärt känna varandra i länet och\n#det ger kraft att gå vidare."
    text = f"Nytt\n\n#Läget i år\n\n{LONG}\n\n{slide}\n\n#Mer att göra\n\n{LONG}"
    assert titles(text) == [("Läget i år", True), ("Mer att göra", True)]


def test_the_largest_line_over_all_headings_names_the_document():
    large = replace(page("#Hamngruppen i mars")[0], size=20.0, gap=None)
    rest = page("\n\n".join(f"#{title}\n\n{LONG}" for title in ("Bryggan", "Bastun", "Båten")))
    found = read_agenda([large, *(replace(line, gap=14.0) for line in rest[:1]), *rest[1:]], HEADINGS).sections
    assert [s.title for s in found] == ["Bryggan", "Bastun", "Båten"]


def zones(*pages: str, number: int = 0) -> list[tuple[Zone, str]]:
    return [(p.zone, p.text.string) for p in sections(*pages)[number].passages]


def test_a_label_begins_a_paragraph_and_so_do_capitals():
    text = "#§ 1 Soffa\n\nFörslag: att köpa en soffa till rummet på våningen.\nBeslut: Mötet köper soffan."
    assert [z for z, _ in zones(f"{text}\n\n#§ 2 Slut\n\n{LONG}")] == [Zone.PROPOSAL, Zone.BODY]
    text = "#§ 1 Väg\n\nPROPOSITION\nOrdföranden finner bifall till förslaget.\nKOMMUNFULLMÄKTIGE BESLUTAR\natt bygga."
    assert zones(f"{text}\n\n#§ 2 Slut\n\n{LONG}")[1][1] == "KOMMUNFULLMÄKTIGE BESLUTAR att bygga."


@pytest.mark.parametrize(
    ("heading", "zone"),
    [
        ("Propositionsordning och votering", Zone.PROCEDURE),
        ("Ledamöter och ersättare", Zone.ATTENDANCE),
        ("Beslut/Åtgärd", Zone.DECISION),
        ("Upplysningar", Zone.APPEAL),
        ("Soffa och beslut", None),
        ("Omröstning och", None),
    ],
)
def test_headings_of_two_parts(heading, zone):
    assert HEADINGS.zone(heading) is zone


def test_a_matter_called_like_a_sub_heading_is_no_background():
    matters = "\n\n".join(f"#{title}\n\nRapporten godkändes. {LONG}" for title in ("Ekonomi", "Gården", "Trappan"))
    assert [s.zone for s in sections(f"Styrelsemöte\n\n{matters}")] == [Zone.BODY] * 3
    assert sections(f"#§ 1 Uppföljning\n\n{LONG}\n\n#§ 2 Slut\n\n{LONG}")[0].zone is Zone.BODY
    single = sections(f"Utdrag\n\n#Beslut\n\nGården säljs. {LONG}\n\n#Bakgrund\n\n{LONG}\n\n#Gården\n\n{LONG}")
    assert [s.zone for s in single] == [Zone.DECISION, Zone.BACKGROUND, Zone.BODY]


def test_signatures_at_the_foot_of_a_page_are_not_the_heading_of_the_next():
    first = f"#§ 1 Väg\n\n{LONG}\n\nJusterare"
    found = zones(first, f"Nämnden beslutar att bygga vägen.\n\n#§ 2 Slut\n\n{LONG}")
    assert found[-1] == (Zone.BODY, "Nämnden beslutar att bygga vägen.")


@pytest.mark.parametrize(
    "block", ["Vid protokollet\nEva Lind\n\nJusteras\nPer Ek", "Underskrifter\nSekreterare Eva Lind"]
)
def test_signatures_set_like_the_text_end_the_last_section(block):
    text = f"#§ 1 Väg\n\n{LONG}\n\n#§ 2 Slut\n\nMötet avslutas av Per Ek.\n\n{block}"
    agenda = read_agenda(page(text), HEADINGS)
    assert [p.text.string for p in agenda.sections[1].passages] == ["Mötet avslutas av Per Ek."]
    assert agenda.back[0].text.string == block.split("\n")[0]


def test_a_list_of_voters_is_no_sub_heading():
    text = f"#§ 1 Väg\n\n{LONG}\n\n#§ 2 Slut\n\n{LONG}"
    appendix = "#Bilaga 1\n\n#Lista över röster\n\nEva Lind ja\nPer Ek nej"
    assert [s.title for s in sections(text, appendix)] == ["Väg", "Slut"]
    assert [s.title for s in sections(text, "#Röstlängd\n\nEva Lind\nPer Ek")] == ["Väg", "Slut"]


def test_the_end_of_a_sentence_is_no_heading_of_its_own():
    text = "#§ 1 Väg\n\nEva Lind lämnar följande\nprotokollsanteckning:\nVägen är för dyr för kommunen."
    assert zones(f"{text}\n\n#§ 2 Slut\n\n{LONG}")[0] == (
        Zone.DISSENT,
        "Eva Lind lämnar följande protokollsanteckning:",
    )
    text = f"#§ 1 Väg\n\n{LONG} Regionen har lämnat ett\nyttrande\nom vägen."
    assert {z for z, _ in zones(f"{text}\n\n#§ 2 Slut\n\n{LONG}")} == {Zone.BODY}


def test_columns_of_matters_decisions_and_persons_have_their_zones():
    def cell(column: int, head: str, text: str, bold: bool = False, row: int = 1) -> Line:
        line = page(f"*{text}" if bold else text)[0]
        return replace(line, cell=CellPlace(0, row, column, head, listed=False), gap=None, top=100 * row + column)

    def matter(n: int, title: str, decided: str) -> list[Line]:
        head = [cell(0, "nr", str(n), row=n), cell(1, "fråga", title, True, n), cell(1, "fråga", LONG, row=n)]
        return [*head, cell(2, "beslut/åtgärd", decided, row=n), cell(3, "vem", "Moa Vret", row=n)]

    lines = [
        *matter(1, "Bastun", "Bastun målas."),
        *matter(2, "Bryggan", "Bryggan lagas."),
        *matter(3, "Båten", "Nej."),
    ]
    found = read_agenda(lines, HEADINGS).sections
    assert [(s.number, s.title) for s in found] == [("1", "Bastun"), ("2", "Bryggan"), ("3", "Båten")]
    assert [p.zone for p in found[0].passages] == [Zone.BODY, Zone.DECISION, Zone.BASIS]


def test_a_paragraph_that_begins_with_its_heading_has_its_zone_alone():
    text = (
        "Bakgrund: Planen är från 2019.\nDen ska gälla längre.\n\nYrkande: Eva Lind (S) vill vänta.\n\nMötet avslutas."
    )
    found = [(p.zone, p.heading) for p in passages(plain_lines(text), HEADINGS)]
    assert found == [(Zone.BACKGROUND, "Bakgrund"), (Zone.MOTION, "Yrkande"), (Zone.BODY, None)]


def test_the_points_of_a_proposal_on_its_headings_line_are_proposed():
    text = "Förslag till beslut: Nämnden beslutar att\n1. anta planen,\n2. ge ett uppdrag."
    assert {p.zone for p in passages(plain_lines(text), HEADINGS)} == {Zone.PROPOSAL}


def test_a_lead_under_a_proposal_opens_no_decision():
    text = "Förslag till beslut\nNämnden beslutar\natt anta planen,\natt ge ett uppdrag."
    assert {p.zone for p in passages(plain_lines(text), HEADINGS)} == {Zone.PROPOSAL}


def row(top: float, *cells: tuple[float, str], bold: bool = False, gap: float | None = 2.0, column: int = 0) -> Line:
    """A line of words at places of their own."""
    words = []
    for x, text in cells:
        for word in text.split():
            words.append(Word(word, 1, x, top, x + 5 * len(word), top + 11, 11.0, bold))
            x += 5 * len(word) + 3
    return Line(Text.of_words(words), 1, words[0].x0, top, words[-1].x1, top + 11, 11.0, bold, gap, column)


def test_heads_of_columns_are_no_sub_headings():
    first, last = page(f"#§ 1 Uppföljning\n\n{LONG}"), page(f"#§ 2 Slut\n\n{LONG}")
    side_by_side = [
        row(300, (70, "Uppdrag"), bold=True),
        row(313, (70, "Översyn av lokaler för unga")),
        row(300, (300, "Läge"), bold=True, gap=None, column=1),
        row(313, (300, "Klart till hösten"), column=1),
    ]
    one_row = [row(340, (70, "Namn"), (300, "Belopp"), bold=True), row(353, (70, "Torget"), (300, "640 tkr"))]
    found = read_agenda([*first, *side_by_side, *one_row, *last], HEADINGS).sections
    assert [s.title for s in found] == ["Uppföljning", "Slut"]
    assert "Översyn av lokaler för unga" in [p.text.string for p in found[0].passages]


def test_words_in_the_margin_beside_known_ones_are_sub_headings():
    lines = [
        row(100, (50, "Beslut"), (150, "Nämnden avger yttrandet.")),
        row(120, (50, "Till kännedom"), (150, "Svaret ska ha kommit in i maj.")),
        row(133, (150, "Det skickas av kansliet.")),
    ]
    found = passages(lines, HEADINGS)
    assert [(p.heading, p.zone) for p in found[:2]] == [("Beslut", Zone.DECISION), ("Till kännedom", Zone.BODY)]
    assert found[1].text.string.startswith("Svaret ska ha kommit in i maj.")


def att_points(*rows: tuple[float, str]) -> list[str]:
    """The passages of lines at heights (points), with the white space between them that follows from these."""
    tops = [top for top, _ in rows]
    gaps = [None, *(below - above - 11 for above, below in pairwise(tops))]
    lines = [row(top, (50, text), gap=gap) for (top, text), gap in zip(rows, gaps, strict=True)]
    return [p.text.string for p in passages(lines, HEADINGS)]


WIDE = "Hamnen har under året haft fler besökare än väntat och avgifterna räcker till mer än vad"


def test_att_clauses_without_commas_under_a_lead_in_are_points_of_their_own():
    first, second = "att anta planen för hamnen", "att ge hamnchefen i uppdrag att laga bryggan"
    found = att_points((100, WIDE), (114, "som var tänkt."), (134, "Nämnden beslutar"), (154, first), (174, second))
    assert found[-2:] == [first, second]
    assert att_points((100, WIDE), (114, "Nämnden beslutar"), (128, first), (142, second))[-2:] == [first, second]


def test_an_att_at_the_beginning_of_a_wrapped_line_is_no_point():
    first = "att ge hamnchefen i uppdrag att tillsammans med kansliet och klubbarna i hamnen se till"
    found = att_points((100, WIDE), (114, "Nämnden beslutar"), (128, first), (142, "att bryggan lagas"))
    assert found[-1] == f"{first} att bryggan lagas"
    told = att_points((100, WIDE), (114, "Eva berättar"), (128, "att bryggan är klar"), (142, "att den ska invigas"))
    assert len(told) == 1


@pytest.mark.parametrize(("size", "zone"), [(12.0, Zone.PROPOSAL), (14.0, Zone.BODY)])
def test_a_smaller_sub_heading_goes_on_with_the_proposal(size, zone):
    parts = ("#§ 1 Taxor", LONG, f"#Förslag till beslut\n{LONG}", f"#Taxa för hamnen\n{LONG}", "#§ 2 Slut", LONG)
    lines = page("\n\n".join(parts))
    lines = [replace(ln, size=size) if ln.text.string == "Taxa för hamnen" else ln for ln in lines]
    found = read_agenda(lines, HEADINGS).sections
    assert [(s.title, s.zone) for s in found if s.parent] == [("Taxa för hamnen", zone)]


@pytest.mark.parametrize("parting", [" ", "\n"])
def test_what_was_decided_ends_a_proposal_with_its_label(parting):
    found = passages(
        plain_lines(f"Valberedningens förslag: omval av Siv Falk.{parting}Årsmötet valde Siv Falk."), HEADINGS
    )
    assert [(p.zone, str(p.text)) for p in found] == [
        (Zone.PROPOSAL, "Valberedningens förslag: omval av Siv Falk."),
        (Zone.BODY, "Årsmötet valde Siv Falk."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Styrelsens förslag: höjd avgift.\nÅrsmötet beslutade redan 2023 om en höjning.",
        "Förslag: vänta.\nStyrelsen beslutade om att föreslå årsmötet samma sak.",
        "Förslag: höjd avgift.\nNämnden beslutar att höja avgiften.",
    ],
)
def test_what_was_decided_before_or_is_asked_for_stays_in_the_proposal(text):
    assert {p.zone for p in passages(plain_lines(text), HEADINGS)} == {Zone.PROPOSAL}
