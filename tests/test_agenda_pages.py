"""Whole little documents, drawn as PDFs: where numbers, titles and case numbers stand on the page."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pdfs import draw, grid, paragraph, table
from printed import HEADINGS
from protoparse.agenda import read_agenda
from protoparse.models import Zone
from protoparse.pdf.layout import lay_out
from protoparse.pdf.reader import read

BOLD = "Helvetica-Bold"
TEXT = [
    "Nämnden har under våren tagit del av flera rapporter om hur arbetet fortskrider.",
    "Rapporterna visar att mycket återstår att göra före sommaren i kommunens delar.",
]


def sections(path, *pages):
    layout = lay_out(read(draw(path / "a.pdf", pages)), (), lambda text: HEADINGS.zone(text) is not None)
    return [(s.number, s.title, s.case_number, s.page) for s in read_agenda(layout.lines, HEADINGS).sections]


def in_margin(form, first=3, font=BOLD, case=None, under=False):
    """Numbers in a margin column, titles and text beside it."""
    out, y = [(150, 60, "Sammanträdesprotokoll", 16, BOLD)], 110
    for n in range(first, first + 3):
        out += [(60, y, form.format(n=n), 11, font), (150, y, f"Ärende om sak {n}", 11, BOLD)]
        if case:
            out.append((60, y + 14, case.format(n=n), 9) if under else (460, y, case.format(n=n), 9))
        out += [*paragraph(150, y + 20, TEXT * 3), (60 if under else 150, y + 108, "Beslut", 11, BOLD)]
        out.append((150, y + 122 - 14 * under, "Nämnden godkänner rapporten.", 11))
        y += 170
    return out


@pytest.mark.parametrize("form", ["§ {n}", "{n}.", "{n}"])
@pytest.mark.parametrize("font", [BOLD, "Helvetica"])
def test_numbers_in_a_margin_column(tmp_path, form, font):
    found = sections(tmp_path, in_margin(form, font=font), in_margin(form, 6, font=font))
    assert found == [(str(n), f"Ärende om sak {n}", None, 1 if n < 6 else 2) for n in range(3, 9)]


@pytest.mark.parametrize("under", [False, True])
def test_case_numbers_far_right_or_under_the_number(tmp_path, under):
    found = sections(tmp_path, in_margin("§ {n}", case="KN 2026/{n}", under=under))
    assert found == [(str(n), f"Ärende om sak {n}", f"KN 2026/{n}", 1) for n in range(3, 6)]


def test_a_list_of_matters_in_columns_is_no_section(tmp_path):
    matters = [(x, 90 + 16 * n, text) for n in (3, 4, 5) for x, text in ((60, f"§ {n}"), (110, f"Ärende om sak {n}"))]
    pages = [(520, 90 + 16 * n, str(n)) for n in (3, 4, 5)]
    found = sections(tmp_path, [(60, 90, "Ärenden", 14, BOLD), *matters, *pages], in_margin("§ {n}"))
    assert [(number, page) for number, _, _, page in found] == [("3", 2), ("4", 2), ("5", 2)]


def test_a_number_at_the_right_edge_and_a_title_over_two_lines(tmp_path):
    first, second = [], []
    for k, n in enumerate((4, 5, 6)):
        y = 80 + 170 * k
        first += [(60, y, f"Ärende om sak {n}", 12, BOLD), (500, y, f"§ {n}", 12, BOLD), *paragraph(60, y + 20, TEXT)]
        second += [(60, y, f"§ {n}", 11, BOLD), (400, y, f"Diarienummer 0032{n}/2026", 10)]
        second += [(60, y + 20, "Ny taxa för torget och de andra platserna i tätorterna", 13, BOLD)]
        second += [(60, y + 36, f"samt hamnen nummer {n}", 13, BOLD), *paragraph(60, y + 60, TEXT * 2)]
    assert sections(tmp_path, first) == [(str(n), f"Ärende om sak {n}", None, 1) for n in (4, 5, 6)]
    whole = "Ny taxa för torget och de andra platserna i tätorterna samt hamnen nummer"
    assert sections(tmp_path, second) == [(str(n), f"{whole} {n}", f"0032{n}/2026", 1) for n in (4, 5, 6)]


@pytest.mark.parametrize(("shape", "font"), [(str, BOLD), (str.upper, "Helvetica"), (str, "Helvetica")])
def test_headings_without_numbers_by_weight_capitals_or_white_space(tmp_path, shape, font):
    titles = [shape(t) for t in ("Mötets öppnande", "Läget i grupperna", "Ny samordnare", "Nästa möte")]
    drawn = [(60, 60, "Minnesanteckningar", 18, BOLD)]
    for k, title in enumerate(titles):
        drawn += [(60, 110 + 110 * k, title, 11, font), *paragraph(60, 124 + 110 * k, TEXT * 2)]
    assert sections(tmp_path, drawn)[-4:] == [(None, title, None, 1) for title in titles]


@pytest.mark.parametrize(
    "lead", ["Hamnstyrelsen beslutar", "Hamnstyrelsen beslutar följande:", "HAMNSTYRELSEN BESLUTAR"]
)
def test_a_lead_in_set_in_bold_is_no_heading_and_opens_its_list(tmp_path, lead):
    page = [(60, 60, "Protokoll Hamnstyrelsen 2026-03-19", 16, BOLD)]
    for n in (1, 2, 3):
        y = 90 + 150 * n
        page += [(60, y, f"§ {n} Ärende om kaj {n}", 12, BOLD), *paragraph(60, y + 20, TEXT)]
        page += [(60, y + 52, lead, 11, BOLD), (75, y + 72, "att riva bryggan,"), (75, y + 88, "att stänga kajen.")]
    agenda = read_agenda(lay_out(read(draw(tmp_path / "a.pdf", [page]))).lines, HEADINGS)
    assert [s.number for s in agenda.sections] == ["1", "2", "3"]
    points = [p for p in agenda.passages if p.text.string.startswith("att ")]
    assert len(points) == 6
    if not lead.isupper():
        assert {str(p.lead) for p in points} == {lead}


@pytest.mark.parametrize(("heading", "zone"), [("Bakgrund", Zone.DECISION), ("Förslag till beslut", Zone.PROPOSAL)])
def test_a_bold_lead_in_ends_the_background_but_no_proposal(tmp_path, heading, zone):
    page = [(60, 60, "Protokoll Hamnstyrelsen 2026-03-19", 16, BOLD), (60, 110, "§ 1 Bryggan i hamnen", 12, BOLD)]
    page += [(60, 130, heading, 11, BOLD), *paragraph(60, 146, TEXT), (60, 180, "Hamnstyrelsen beslutar", 11, BOLD)]
    page += [(60, 196, "att riva bryggan,"), (60, 212, "att stänga kajen.")]
    page += [(60, 250, "§ 2 Kajen", 12, BOLD), *paragraph(60, 270, TEXT), (60, 320, "§ 3 Kranen", 12, BOLD)]
    agenda = read_agenda(lay_out(read(draw(tmp_path / "a.pdf", [page]))).lines, HEADINGS)
    assert {p.zone for p in agenda.passages if p.text.string.startswith("att ")} == {zone}


def beside(heads, x, step=40):
    """Bold headings at the left edge, each with text that begins at `x` on its line."""
    out = [(60, 60, "Sammanträdesprotokoll", 16, BOLD)]
    for k, head in enumerate(heads):
        y = 110 + k * step
        left = x if x else 62 + stringWidth(head + " ", BOLD, 11)
        out += [
            (60, y, head, 11, BOLD),
            (left, y, "Vi har talat om saken."),
            (x or 60, y + 13, "Mötet beslutar att göra så."),
        ]
    return out


@pytest.mark.parametrize(
    ("heads", "x", "expected"),
    [
        (["Taket", "Grinden", "Trappan"], 200, [(None, "Taket"), (None, "Grinden"), (None, "Trappan")]),
        (["1. Taket", "2. Grinden", "3. Trappan"], 200, [("1", "Taket"), ("2", "Grinden"), ("3", "Trappan")]),
        (["1. Taket.", "2. Grinden.", "3. Trappan."], 0, [("1", "Taket"), ("2", "Grinden"), ("3", "Trappan")]),
        (["Taket:", "Grinden:", "Trappan:"], 0, [(None, "Sammanträdesprotokoll")]),
    ],
)
def test_headings_before_their_text_on_one_line(tmp_path, heads, x, expected):
    assert [(number, title) for number, title, _, _ in sections(tmp_path, beside(heads, x))] == expected


def test_a_smaller_heading_in_a_box_is_no_child(tmp_path):
    text = ["Det har gått bra i år och vi ser fram emot nästa.", "Många har hört av sig till oss."] * 3
    out, y = [(60, 50, "Nytt från hamnen", 24, BOLD)], 100
    for title, size, space in (
        ("Bryggan", 15, 12),
        ("Bastun", 15, 12),
        ("Sök stöd", 12, 8),
        ("Båten", 15, 30),
        ("Fisk", 15, 12),
    ):
        y += space
        out += [(60, y + 15, title, size, BOLD), *paragraph(60, y + 32, text)]
        y += 32 + 13 * len(text)
    layout = lay_out(read(draw(tmp_path / "a.pdf", [out])), (), lambda text: HEADINGS.zone(text) is not None)
    found = read_agenda(layout.lines, HEADINGS, 0).sections
    assert [s.title for s in found if s.parent is None] == ["Bryggan", "Bastun", "Sök stöd", "Båten", "Fisk"]


UNTITLED = [
    ["Till ordförande för mötet valdes Siv Falk."],
    ["Kassören redogjorde för läget, som är gott. Föreningen har 212 000 kr på kontot", "och inga skulder."],
    ["Styrelsen beslutade att köpa en ny vedklyv till bystugan och att den gamla ska", "säljas före hösten."],
    ["Inga övriga frågor fanns. Ordföranden avslutade mötet."],
]


def untitled(indent, below, signed=False):
    """Paragraphs (§) of text without a title, behind their number or `below` it."""
    y, out = 110, [(60, 60, "Protokoll fört vid möte i Ekby byalag", 14, BOLD)]
    for n, text in enumerate(UNTITLED, 1):
        out += [(60, y, f"§ {n}", 11, BOLD if below else "Helvetica"), *paragraph(indent, y + 14 * below, text)]
        y += 50
    names = [(60, "Siv Falk", "Ordförande"), (300, "Bo Lund", "Sekreterare")]
    return out + [(x, y + 30 + 13 * k, part) for x, *parts in names for k, part in enumerate(parts) if signed]


@pytest.mark.parametrize(("indent", "below"), [(90, False), (60, True)])
def test_text_behind_or_below_a_number_without_title_stays_text(tmp_path, indent, below):
    lines = lay_out(read(draw(tmp_path / "a.pdf", [untitled(indent, below, signed=True)]))).lines
    agenda = read_agenda(lines, HEADINGS)
    assert [(s.number, s.title) for s in agenda.sections] == [
        ("1", "Till ordförande för mötet valdes Siv Falk"),
        ("2", "Kassören redogjorde för läget, som är gott"),
        ("3", "Styrelsen beslutade att köpa en ny vedklyv till bystugan och att den gamla ska säljas före hösten"),
        ("4", "Inga övriga frågor fanns"),
    ]
    assert [str(p.text) for p in agenda.passages] == [" ".join(text) for text in UNTITLED]
    assert [str(line.text) for line in agenda.back] == ["Siv Falk Bo Lund", "Ordförande Sekreterare"]


def test_titles_over_text_are_no_text_without_title(tmp_path):
    drawn = [(60, 60, "Protokoll", 14, BOLD)]
    for n in (1, 2, 3):
        drawn += [(60, 50 + 70 * n, f"§ {n} Ärende om sak {n}"), *paragraph(60, 64 + 70 * n, TEXT)]
    assert [title for _, title, _, _ in sections(tmp_path, drawn)] == [f"Ärende om sak {n}" for n in (1, 2, 3)]


def test_a_list_of_chosen_persons_with_posts_is_no_signature(tmp_path):
    drawn = [(60, 60, "Protokoll", 14, BOLD)]
    for n in (1, 2, 3):
        drawn += [(60, 50 + 70 * n, f"§ {n} Ärende om sak {n}", 12, BOLD), *paragraph(60, 70 + 70 * n, TEXT)]
    drawn += [(60, 340, "§ 4 Styrelse", 12, BOLD), (60, 370, "Siv Falk"), (60, 383, "Ordförande")]
    assert read_agenda(lay_out(read(draw(tmp_path / "a.pdf", [drawn]))).lines, HEADINGS).back == []


LABELS = [
    (["Mötets öppnande"], ["Ordföranden hälsade alla välkomna till mötet.", "Alla fick presentera sig."]),
    (
        ["Avtal och", "överenskommelser"],
        [
            "Avtalet med Sjöbo ses över under hösten. De som har skrivit på",
            "det träffas igen i september.",
            "Alla är nöjda.",
        ],
    ),
    (["Gruppen för", "anhöriga"], ["Gruppen har skrivit ett förslag till ny uppgift som skickas ut", "före sommaren."]),
    (["Beslut"], ["Gruppen godkänner sin nya uppgift."]),
    (["Nästa möte"], ["Nästa möte hålls den 14 september i Sjöbo."]),
]


def labelled(font, y=110, step=55):
    out = []
    for k, (label, text) in enumerate(LABELS):
        out += [(60, y + k * step + 13 * n, part, 11, font) for n, part in enumerate(label)]
        out += paragraph(190, y + k * step, text)
    return out


@pytest.mark.parametrize("font", [BOLD, "Helvetica"])
def test_labels_over_two_lines_beside_their_text_are_whole_titles(tmp_path, font):
    drawn = [(60, 60, "Anteckningar", 16, BOLD), *labelled(font)]
    layout = lay_out(read(draw(tmp_path / "a.pdf", [drawn])), (), lambda text: HEADINGS.zone(text) is not None)
    agenda = read_agenda(layout.lines, HEADINGS)
    assert [s.title for s in agenda.sections] == [" ".join(label) for label, _ in LABELS if label != ["Beslut"]]
    assert [p.zone for p in agenda.sections[2].passages][-1] is Zone.DECISION
    assert " ".join(str(p.text) for p in agenda.sections[1].passages) == " ".join(LABELS[1][1])


@pytest.mark.parametrize("font", [BOLD, "Helvetica"])
def test_labels_of_rows_inside_a_section_are_no_sections(tmp_path, font):
    drawn = [(60, 60, "Fonder", 13, BOLD), *paragraph(60, 80, TEXT * 2), *labelled(font, 160)]
    drawn += [(60, 450, "Avslutning", 13, BOLD), *paragraph(60, 470, TEXT)]
    assert [title for _, title, _, _ in sections(tmp_path, drawn)] == ["Fonder", "Avslutning"]


def test_bold_links_are_no_headings(tmp_path):
    drawn = [(60, 60, "Nyhetsbrev", 18, BOLD)]
    for k, title in enumerate(("Nytt arbete i Sjöbo", "Nu är våren här", "Träff för anhöriga")):
        y = 110 + 90 * k
        drawn += [(60, y, title, 11, BOLD), *paragraph(60, y + 16, TEXT), (60, y + 60, "Läs mer om saken", 11, BOLD)]
    titles = [title for _, title, _, _ in sections(tmp_path, drawn)]
    assert titles == ["Nytt arbete i Sjöbo", "Nu är våren här", "Träff för anhöriga"]


def test_a_title_that_fills_its_cell_is_whole(tmp_path):
    rows = [
        ("Nr", "Ärende", "Beslut"),
        ("1", "Rapport Sjöbo\nHamnplan", "Läget är gott."),
        ("2", "Öppettider", "Kvar."),
    ]
    rows += [("3", "Torget\nFrågan är ny.", "Vi väntar."), ("4", "Nästa möte", "Den 3 maj.")]
    drawn = [(60, 60, "Minnesanteckningar", 14, BOLD), *table((60, 100, 260), 105, rows, 40)]
    lines = grid((56, 96, 256, 500), [90 + 40 * k for k in range(6)])
    known = ("Nr", "Ärende", "Beslut")
    layout = lay_out(
        read(draw(tmp_path / "a.pdf", [drawn], lines=lines)), known, lambda t: HEADINGS.zone(t) is not None
    )
    titles = [s.title for s in read_agenda(layout.lines, HEADINGS).sections]
    assert titles == ["Rapport Sjöbo Hamnplan", "Öppettider", "Torget", "Nästa möte"]


@pytest.mark.parametrize("gap", [False, True])
def test_numbers_in_a_table_are_no_sections_where_headings_count_every_matter(tmp_path, gap):
    """Of decisions, say: `Nr | Ärende | Beslut`, numbered through the year. Where a heading is missing they may be."""
    rows = [
        ("Nr", "Ärende", "Beslut"),
        ("12", "Turlistan", "Godkänns."),
        ("13", "Inköpen", "Kvar."),
        ("14", "Ön", "Nej."),
    ]
    drawn = [(60, 40, "Minnesanteckningar", 14, BOLD)]
    drawn += [
        (60, 60, "1. Mötets öppnande", 12, BOLD),
        *paragraph(60, 76, TEXT),
        (60, 150, "2. Sammanställning", 12, BOLD),
    ]
    drawn += table((60, 100, 260), 185, rows, 40)
    heads = ("4. Ekonomi", "5. Nästa möte", "6. Övrigt") if gap else ("3. Ekonomi", "4. Nästa möte", "5. Övrigt")
    for k, head in enumerate(heads):
        drawn += [(60, 400 + 70 * k, head, 12, BOLD), *paragraph(60, 416 + 70 * k, TEXT)]
    lines = grid((56, 96, 256, 500), [170 + 40 * k for k in range(5)])
    known = ("Nr", "Ärende", "Beslut")
    layout = lay_out(
        read(draw(tmp_path / "a.pdf", [drawn], lines=lines)), known, lambda t: HEADINGS.zone(t) is not None
    )
    numbers = [s.number for s in read_agenda(layout.lines, HEADINGS).sections if s.number]
    assert ("12" in numbers) is gap
    assert gap or numbers == ["1", "2", "3", "4", "5"]


def test_a_heading_without_text_of_its_own_begins_anew(tmp_path):
    """A background on one page of a newsletter is over under the title of the next."""
    slides = {
        "Bryggan": ("Bakgrund", "Samtal på mötet"),
        "Korta nyheter": ("Ny kran", "Ny kaj", "Ny båt"),
        "Beslut": ("Mötestider nästa år", "Hamngruppen"),
    }
    pages = [[(45, 200, "Länsrådet Sävnäs", 34, BOLD), (45, 240, "Nyhetsbrev hösten 2026", 20)]]
    for title, below in slides.items():
        pages.append([(45, 30, title, 26, BOLD)])
        for k, head in enumerate(below):
            pages[-1] += [(45, 62 + 90 * k, head, 13, BOLD), *paragraph(45, 80 + 90 * k, TEXT, 13, 17)]
    agenda = read_agenda(lay_out(read(draw(tmp_path / "a.pdf", pages, size=(842, 473)))).lines, HEADINGS)
    zones = {s.title: {p.zone for p in s.passages} for s in agenda.sections if s.passages}
    assert zones["Bryggan"] == zones["Samtal på mötet"] == {Zone.BACKGROUND}
    assert zones["Ny kran"] == zones["Ny båt"] == {Zone.BODY}
    assert zones["Mötestider nästa år"] == zones["Hamngruppen"] == {Zone.DECISION}
