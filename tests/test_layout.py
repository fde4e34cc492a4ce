"""Reading order, columns, labels beside values, tables, and what is left out."""

from itertools import chain

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pdfs import draw, paragraph
from protoparse.passages import passages
from protoparse.pdf.layout import lay_out
from protoparse.pdf.reader import read
from protoparse.pdf.rows import cells, rows
from protoparse.zones import Headings

BODY = [
    "Gruppen har arbetat med frågan under",
    "våren och lämnar sitt förslag till",
    "nämnden i september.",
]


def order(file, heads=()):
    return [line.text.string for line in lay_out(read(file), heads).lines]


def test_two_columns_are_read_one_after_the_other(tmp_path):
    left, right = paragraph(50, 200, ["Vänster " + t for t in BODY]), paragraph(320, 200, ["Höger " + t for t in BODY])
    file = draw(tmp_path / "a.pdf", [list(chain.from_iterable(zip(right, left, strict=True)))])
    assert [t.split()[0] for t in order(file)] == ["Vänster"] * 3 + ["Höger"] * 3


def test_column_titles_on_one_line_drawn_last_stand_above_their_columns(tmp_path):
    bodies = [x for k in range(3) for x in paragraph(40 + 300 * k, 140, [f"Spalt{k} {t}" for t in BODY], 12, 15)]
    titles = [(40 + 300 * k, 100, f"Rubrik{k} för spalten", 15, "Helvetica-Bold") for k in range(3)]
    top = [(40, 50, "Information", 24, "Helvetica-Bold")]
    file = draw(tmp_path / "s.pdf", [bodies + titles + top], size=(960, 540))
    firsts = [t.split()[0] for t in order(file)]
    assert firsts == ["Information"] + [w for k in range(3) for w in [f"Rubrik{k}", *[f"Spalt{k}"] * 3]]


def test_labels_and_values_are_read_row_by_row(tmp_path):
    labels = [(70, 100, "Plats och tid", 9, "Helvetica-Bold"), (70, 130, "Beslutande", 9, "Helvetica-Bold")]
    values = paragraph(185, 100, ["Stora salen", "kl. 13.00"]) + paragraph(185, 130, ["Moa Vret (S)", "Ulf Sten (M)"])
    lines = lay_out(read(draw(tmp_path / "f.pdf", [labels + values]))).lines
    assert [x.text.string for x in lines] == [
        "Plats och tid Stora salen",
        "kl. 13.00",
        "Beslutande Moa Vret (S)",
        "Ulf Sten (M)",
    ]
    assert [c.string for c in cells(lines[0])] == ["Plats och tid", "Stora salen"]


def test_hanging_numbers_stay_with_their_points(tmp_path):
    points = paragraph(50, 100, ["1.", "2.", "3."], step=20) + paragraph(
        90, 100, [f"Nämnden antar förslag {k} enligt bilagan" for k in "abc"], step=20
    )
    assert order(draw(tmp_path / "h.pdf", [points])) == [
        f"{n}. Nämnden antar förslag {k} enligt bilagan" for n, k in zip("123", "abc", strict=True)
    ]


def test_running_heads_and_page_numbers_are_left_out_with_the_reason(tmp_path):
    pages = [
        [
            (400, 40, "Kulturnämnden"),
            (520, 40, f"{n} (4)"),
            *paragraph(70, 200 + 40 * n, BODY),
            (70, 160, f"§ {10 + n} Ärende nummer {n}"),
            (70, 800, "Justerandes signatur"),
        ]
        for n in range(1, 5)
    ]
    layout = lay_out(read(draw(tmp_path / "p.pdf", pages)))
    assert {out.line.text.string.split("(")[0].strip() for out in layout.left_out} >= {"Justerandes signatur"}
    kept = " ".join(line.text.string for line in layout.lines)
    assert "Kulturnämnden" not in kept
    assert "(4)" not in kept
    assert kept.count("Ärende nummer") == 4
    assert all(out.reason for out in layout.left_out)


def test_text_that_looks_like_a_running_head_but_stands_in_the_text_is_kept(tmp_path):
    pages = [[*paragraph(70, 300 + n, BODY), (70, 400, "Kulturnämnden")] for n in range(3)]
    assert order(draw(tmp_path / "k.pdf", pages)).count("Kulturnämnden") == 3


def test_a_ruled_table_is_read_cell_by_cell(tmp_path):
    page = [
        (60, 115, "Beslut"),
        (310, 115, "Ansvarig"),
        *paragraph(60, 145, ["Ta fram en ny mall för", "gruppens rapporter"]),
        *paragraph(310, 145, ["Moa Vret och", "Ulf Sten"]),
    ]
    ys, xs = (100, 125, 175), (50, 300, 500)
    grid = [(50, y, 500, y) for y in ys] + [(x, 100, x, 175) for x in xs]
    file = draw(tmp_path / "t.pdf", [page], lines=grid)
    assert order(file, ["Beslut Ansvarig"]) == [
        "Beslut",
        "Ansvarig",
        "Ta fram en ny mall för",
        "gruppens rapporter",
        "Moa Vret och",
        "Ulf Sten",
    ]


def test_words_of_one_baseline_make_one_row():
    from protoparse.text import Word

    words = [Word("b", 1, 40, 100, 50, 111, 10), Word("a", 1, 10, 100.5, 38, 111.5, 10), Word("c", 1, 10, 120, 20, 131)]
    assert [[w.text for p in row.pieces for w in p] for row in rows(words)] == [["a", "b"], ["c"]]


def test_letterspaced_words_are_put_together(tmp_path):
    spaced = [(50 + 12 * k + (20 if k > 7 else 0), 100, c, 10) for k, c in enumerate("PROTOKOLLNORD")]
    kept = [(50, 130, "a b c", 10)]
    assert order(draw(tmp_path / "l.pdf", [spaced + kept])) == ["PROTOKOL LNORD", "a b c"]


def test_a_table_without_ruling_lines_is_read_by_its_column_heads(tmp_path):
    page = [
        *paragraph(60, 100, ["Gruppen gick igenom listan över det som ska göras före nästa möte i höst."]),
        (60, 140, "Punkt"),
        (260, 140, "Beslut"),
        (460, 140, "Ansvarig"),
        *paragraph(60, 160, ["1 Ny mall", "Mallen är klar."]),
        *paragraph(260, 160, ["Mallen antas och", "läggs ut."]),
        (460, 160, "Moa Vret"),
        (60, 200, "2 Kurs"),
        (260, 200, "Bordläggs."),
        *paragraph(60, 260, ["Mötet avslutades klockan tolv och nästa möte hålls den 3 mars."]),
    ]
    lines = lay_out(read(draw(tmp_path / "u.pdf", [page])), ["Punkt Beslut"]).lines
    table = [(x.cell.row, x.cell.head, x.text.string) for x in lines if x.cell]
    assert table == [
        (0, "punkt", "Punkt"),
        (0, "beslut", "Beslut"),
        (0, "ansvarig", "Ansvarig"),
        (1, "punkt", "1 Ny mall"),
        (1, "punkt", "Mallen är klar."),
        (1, "beslut", "Mallen antas och"),
        (1, "beslut", "läggs ut."),
        (1, "ansvarig", "Moa Vret"),
        (2, "punkt", "2 Kurs"),
        (2, "beslut", "Bordläggs."),
    ]
    assert [x.text.string[:6] for x in lines if not x.cell] == ["Gruppe", "Mötet "]


def test_a_known_heading_at_the_same_height_on_every_page_is_no_running_head(tmp_path):
    pages = [[(70, 60, "Kulturnämnden"), (70, 120, "Beslut"), *paragraph(70, 300 + 9 * n, BODY)] for n in range(4)]
    layout = lay_out(read(draw(tmp_path / "b.pdf", pages)), is_heading=lambda text: text == "Beslut")
    assert sum(line.text.string == "Beslut" for line in layout.lines) == 4
    assert {out.line.text.string for out in layout.left_out} == {"Kulturnämnden"}


def test_dates_and_case_numbers_beside_their_matters_are_no_column(tmp_path):
    matters = ["Taxa för torghandel", "Svar på motion om fria resor", "Detaljplan för Måsudden", "Val till valnämnden"]
    left = [(60, 100 + 14 * k, f"§ {k + 4}") for k in range(4)] + [
        (100, 100 + 14 * k, f"KS 2026.{k}80", 9) for k in range(4)
    ]
    right = paragraph(200, 100, matters, step=14) + [(520, 100 + 14 * k, str(k + 3)) for k in range(4)]
    assert order(draw(tmp_path / "d.pdf", [left + right])) == [
        f"§ {k + 4} KS 2026.{k}80 {matter} {k + 3}" for k, matter in enumerate(matters)
    ]


def test_two_lists_of_names_end_where_the_text_goes_on(tmp_path):
    left = ["Ledamöter", "Moa Vret (S), ordförande", "Ulf Sten (M)", "Åke Alm (C)"]
    right = ["Ersättare", "Eva Lo (S)", "Per Ro (M)"]
    after = [(60, 180, "§ 1 Öppnande", 11, "Helvetica-Bold"), (60, 196, "Mötet öppnas.")]
    drawn = [*paragraph(60, 100, left), *paragraph(320, 100, right), *after]
    assert order(draw(tmp_path / "n.pdf", [drawn])) == [*left, *right, "§ 1 Öppnande", "Mötet öppnas."]


def left_out(file):
    layout = lay_out(read(file))
    return [line.text.string for line in layout.lines], {(x.line.text.string, x.reason) for x in layout.left_out}


def test_heads_of_odd_and_even_pages(tmp_path):
    heads = [[(400, 40, "Länsrådet")], [(70, 40, "Protokoll 2026-03-03")]]
    pages = [[*heads[n % 2], *paragraph(70, 200 + 31 * n, [f"Text på sida {n}"])] for n in range(6)]
    kept, out = left_out(draw(tmp_path / "o.pdf", pages))
    assert kept == [f"Text på sida {n}" for n in range(6)]
    assert {text for text, _ in out} == {"Länsrådet", "Protokoll 2026-03-03"}


def test_a_text_that_recurs_at_other_heights_is_no_running_head(tmp_path):
    pages = [[(70, 60 + 35 * n, "Bidrag"), *paragraph(70, 300 + 20 * n, BODY)] for n in range(3)]
    assert left_out(draw(tmp_path / "b.pdf", pages))[0].count("Bidrag") == 3


def test_a_paragraph_that_goes_on_at_the_top_of_pages_is_kept(tmp_path):
    pages = [[(70, 50, "§ 12 forts."), *paragraph(70, 300 + 20 * n, BODY)] for n in range(3)]
    assert left_out(draw(tmp_path / "f.pdf", pages))[0].count("§ 12 forts.") == 3


def test_numbers_of_pages_and_other_numbers(tmp_path):
    page = [
        (70, 100, "Sida vid sida", 11),
        *paragraph(70, 300, BODY),
        (70, 775, "Antal deltagare", 11),
        (300, 775, "14", 11),
        (70, 800, "Justerares sign", 9),
        (300, 800, "Utdragsbestyrkande", 9),
        (500, 820, "Sid 1/3", 9),
    ]
    kept, out = left_out(draw(tmp_path / "n.pdf", [page]))
    assert kept == ["Sida vid sida", *BODY, "Antal deltagare 14"]
    assert out == {
        ("Justerares sign", "plats för signatur"),
        ("Utdragsbestyrkande", "plats för signatur"),
        ("Sid 1/3", "sidnummer"),
    }
    lone = [*paragraph(70, 300, BODY), (290, 815, "7", 9)]
    assert left_out(draw(tmp_path / "l.pdf", [lone]))[1] == {("7", "sidnummer")}


def test_addresses_and_paths_at_the_foot(tmp_path):
    foot = [(70, 800, "Postadress: Box 12, 123 45 Hällby", 8), (70, 815, r"G:\nämnd\protokoll.docx", 8)]
    kept, out = left_out(draw(tmp_path / "a.pdf", [[*paragraph(70, 300, BODY), *foot]]))
    assert kept == BODY
    assert {reason for _, reason in out} == {"adressrad vid sidans fot", "filens sökväg"}


def test_a_page_of_electronic_signatures_is_kept_apart(tmp_path):
    proof = [
        "Verifikat",
        "Transaktion 8F2C-41D7-A903",
        "Undertecknat av Moa Vret med BankID",
        "2026-05-04 10:12:40 IP: 192.0.2.14",
    ]
    talk = ["Signering med BankID införs i höst.", "§ 4 Verifikat och transaktioner gicks igenom 2026-05-04."]
    kept, out = left_out(draw(tmp_path / "e.pdf", [paragraph(70, 100, talk), paragraph(70, 100, proof)]))
    assert kept == talk
    assert {reason for _, reason in out} == {"sida med elektroniska underskrifter"}


def test_text_outside_the_page_is_kept_apart(tmp_path):
    file = draw(tmp_path / "c.pdf", [[(100, 200, "Protokoll"), (20, 60, "Utkast")]], crop=(50, 300, 500, 742))
    assert left_out(file) == (["Protokoll"], {("Utkast", "utanför sidans kant")})


LABELS = (
    "Beslutande",
    "Ej tjänstgörande ersättare",
    "Ersättare",
    "Justeringens plats och tid",
    "Anslag sätts upp",
    "Anslag tas ned",
)


def in_header(file):
    return [x.text.string for x in lay_out(read(file), is_label=lambda text: text in LABELS).lines]


def test_a_label_over_several_lines_is_read_before_its_values(tmp_path):
    labels = [*paragraph(70, 100, ["Beslutande"]), *paragraph(70, 150, ["Ej tjänstgörande", "ersättare"])]
    labels += paragraph(70, 190, ["Justeringens plats", "och tid"])
    names = [
        *paragraph(200, 100, ["Moa Vret (S)", "Ulf Sten (M)", "Åke Alm (C)"]),
        *paragraph(200, 150, ["Eva Lo (S)", "Per Ro (M)"]),
    ]
    more = [*paragraph(380, 100, ["Bo Ek (V)", "Liv Dal (MP)", "Siv Ås (L)"]), (200, 190, "Kansliet")]
    assert in_header(draw(tmp_path / "l.pdf", [labels + names + more])) == [
        *("Beslutande", "Moa Vret (S)", "Ulf Sten (M)", "Åke Alm (C)", "Bo Ek (V)", "Liv Dal (MP)", "Siv Ås (L)"),
        *("Ej tjänstgörande", "ersättare", "Eva Lo (S)", "Per Ro (M)"),
        *("Justeringens plats", "och tid", "Kansliet"),
    ]


def test_labels_side_by_side_keep_their_values(tmp_path):
    drawn = [
        *paragraph(70, 100, ["Anslag", "sätts upp"]),
        (170, 100, "2026-03-01"),
        (300, 100, "Anslag"),
        (300, 113, "tas ned"),
    ]
    drawn.append((420, 100, "2026-03-24"))
    assert in_header(draw(tmp_path / "s.pdf", [drawn])) == [
        "Anslag",
        "sätts upp",
        "2026-03-01",
        "Anslag",
        "tas ned",
        "2026-03-24",
    ]


def test_a_column_may_begin_between_the_lines_of_its_neighbour(tmp_path):
    left = paragraph(50, 100, ["Vänster " + t for t in BODY * 2])
    right = [(320, 119, "Rubrik till höger", 13, "Helvetica-Bold"), *paragraph(320, 139, ["Höger " + t for t in BODY])]
    firsts = [t.split()[0] for t in order(draw(tmp_path / "b.pdf", [left + right]))]
    assert firsts == ["Vänster"] * 6 + ["Rubrik"] + ["Höger"] * 3


def test_signatures_below_two_lists_are_no_part_of_them(tmp_path):
    lists = [*paragraph(60, 100, ["Moa Vret, Hällby kommun", "Ulf Sten, Granås kommun", "Åke Alm, Sillviks kommun"])]
    lists += paragraph(300, 100, ["Eva Lo, regionen", "Per Ro, projektledare", "Bo Ek, sekreterare"])
    signed = [(60, 160, "Vid protokollet"), (340, 160, "Justeras"), (60, 190, "Bo Ek"), (340, 190, "Moa Vret")]
    assert order(draw(tmp_path / "s.pdf", [lists + signed]))[6:] == ["Vid protokollet Justeras", "Bo Ek Moa Vret"]


POINTS = ["anta planen för badplatserna,", "ge chefen i uppdrag att skriva under avtalet", "och att återkomma i maj."]


@pytest.mark.parametrize("kind", ["disc", "ring", "square", "dash"])
def test_marks_that_are_drawn_stand_before_their_points_and_are_no_words(tmp_path, kind):
    page = [(70, 100, "Nämnden beslutar att"), *paragraph(88, 120, POINTS)]
    figures = [(kind, 78, 116, 4), (kind, 78, 129, 4)]
    lines = lay_out(read(draw(tmp_path / "m.pdf", [page], figures=figures))).lines
    assert [x.text.string for x in lines[1:]] == [f"• {POINTS[0]}", f"• {POINTS[1]}", POINTS[2]]
    assert lines[1].x0 < 80
    assert [w.text for w in lines[1].text.words] == POINTS[0].split()
    assert lines[1].text.printed == POINTS[0]


def test_marks_that_are_drawn_open_points_of_a_list(tmp_path):
    page = [(70, 100, "Nämnden beslutar att"), *paragraph(88, 120, POINTS)]
    figures = [("disc", 78, 116, 4), ("disc", 78, 129, 4)]
    lines = lay_out(read(draw(tmp_path / "p.pdf", [page], figures=figures))).lines
    found = passages(lines, Headings.of({}))
    assert [(x.marker, x.text.string) for x in found[1:]] == [("•", POINTS[0]), ("•", " ".join(POINTS[1:]))]
    assert found[1].lead is not None
    assert found[2].text.printed == " ".join(POINTS[1:])


def test_marks_beside_points_in_a_second_column(tmp_path):
    page = [*paragraph(60, 100, BODY), *paragraph(340, 100, POINTS)]
    lines = lay_out(read(draw(tmp_path / "c.pdf", [page], figures=[("disc", 330, 96, 4)]))).lines
    assert [x.text.string for x in lines] == [*BODY, f"• {POINTS[0]}", *POINTS[1:]]


@pytest.mark.parametrize(
    "figures",
    [
        [("square", 40 + 6 * k, 96, 4) for k in range(4)],  # parts of a drawing
        [("dash", 78, 103, 8)],  # below the letters
        [("disc", 30, 96, 4)],  # far off
        [("disc", 92, 96, 14)],  # as high as a picture
    ],
)
def test_other_figures_are_no_marks(tmp_path, figures):
    assert order(draw(tmp_path / "f.pdf", [paragraph(100, 100, BODY)], figures=figures)) == BODY


def test_lines_on_a_tinted_field_say_so(tmp_path):
    page = [(70, 100, "§ 4 Ny busslinje", 12), *paragraph(70, 130, BODY)]
    lines = lay_out(read(draw(tmp_path / "t.pdf", [page], tints=[(60, 86, 540, 106)]))).lines
    assert [x.tinted for x in lines] == [True, False, False, False]
    whole = draw(tmp_path / "w.pdf", [page], tints=[(0, 0, 595, 842)])
    assert not any(x.tinted for x in lay_out(read(whole)).lines)


@pytest.mark.parametrize("known", [True, False])
def test_offices_at_the_foot_are_places_to_sign(tmp_path, known):
    foot = [(70, 800, "Justerare", 8), (200, 800, "Justerare", 8), (330, 800, "Utdragsbestyrkande", 8)]
    pages = [[*paragraph(70, 300 + n, BODY), *foot] for n in range(2)]
    layout = lay_out(read(draw(tmp_path / "j.pdf", pages)), is_heading=lambda text: known and text == "Justerare")
    assert [x.text.string for x in layout.lines] == BODY * 2


def test_a_foot_to_sign_that_has_moved_up_is_left_out(tmp_path):
    foot = [(70, 200, "Ordförandens sign", 8), (200, 200, "Justerandes sign", 8), (330, 200, "Utdragsbestyrkande", 8)]
    assert left_out(draw(tmp_path / "u.pdf", [[*paragraph(70, 100, BODY), *foot]]))[0] == BODY
    names = [(70, 200, "Ordförande"), (200, 200, "Justerare"), (330, 200, "Sekreterare")]
    kept = left_out(draw(tmp_path / "n.pdf", [[*paragraph(70, 100, BODY), *names]]))[0]
    assert kept == [*BODY, "Ordförande Justerare Sekreterare"]


LEFT = [
    "Styrgruppen beslutade att förlänga",
    "projektet till den 30 juni. Samordnaren",
    "lämnar sitt uppdrag i mars och ersätts",
    "tills vidare av en vikarie från länet.",
    "Arbetet går vidare som det var tänkt.",
]
RIGHT = [
    "Rådet har tackat nej till erbjudandet.",
    "En ny ansökan lämnas i februari om",
    "inget annat sägs före jul. Den som vill",
    "delta hör av sig till kansliet senast",
    "den 14 januari med ett kort brev.",
]


def test_columns_parted_by_a_gutter_no_wider_than_a_letter(tmp_path):
    widest = max(stringWidth(line, "Helvetica", 11) for line in LEFT)
    page = [(50, 60, "Rådsnytt för hela länet", 22), *paragraph(50, 100, LEFT), *paragraph(59 + widest, 100, RIGHT)]
    assert order(draw(tmp_path / "g.pdf", [page]))[1:] == [*LEFT, *RIGHT]


@pytest.mark.parametrize("shift", [0, 3, 6, 10])
@pytest.mark.parametrize("size", [14, 18])
def test_columns_with_headings_at_other_heights_below_a_banner(tmp_path, shift, size):
    page = [(50, 50, "Rådsnytt", 26, "Helvetica-Bold")]
    for x, y, head, lines in ((50, 100, "Till vänster", LEFT), (310, 100 + shift, "Till höger", RIGHT)):
        for k in range(2):
            page.append((x, y, f"{head} {k}", size, "Helvetica-Bold"))
            page += paragraph(x, y + 20, lines)
            y += 110
    firsts = ["Till vänster 0", *LEFT, "Till vänster 1", *LEFT, "Till höger 0", *RIGHT, "Till höger 1", *RIGHT]
    assert order(draw(tmp_path / "b.pdf", [page])) == ["Rådsnytt", *firsts]


def test_a_large_heading_above_columns_and_another_between_them_part_the_page(tmp_path):
    page = []
    for k, y in enumerate((100, 260)):
        page.append((50, y, f"Del {k}", 18, "Helvetica-Bold"))
        page += [*paragraph(50, y + 30, LEFT), *paragraph(310, y + 30, RIGHT)]
    assert order(draw(tmp_path / "p.pdf", [page])) == ["Del 0", *LEFT, *RIGHT, "Del 1", *LEFT, *RIGHT]


def test_figures_of_a_row_at_the_foot_are_no_page_numbers(tmp_path):
    pages = [
        [
            *paragraph(70, 300 + 9 * n, BODY),
            (70, 792, f"Transport {n}"),
            *((300 + 60 * k, 792, v) for k, v in enumerate("2010")),
        ]
        for n in range(3)
    ]
    numbered = [[*page, (290, 820, str(n))] for n, page in enumerate(pages, 1)]
    kept, out = left_out(draw(tmp_path / "f.pdf", numbered))
    assert [text for text in kept if text.startswith("Transport")] == [f"Transport {n} 2 0 1 0" for n in range(3)]
    assert {text for text, _ in out} == {"1", "2", "3"}


def test_a_footnote_stands_after_the_text_and_in_no_sentence(tmp_path):
    note = [(70, 760, "1 Enligt rapporten om badvatten,", 8), (70, 770, "som lämnades i maj.", 8)]
    first = [*paragraph(70, 700, ["Nämnden beslutar att anta planen1 för", "badplatserna och att ge"]), *note]
    second = paragraph(70, 80, ["chefen i uppdrag att följa den.", "Mötet avslutas."])
    file = draw(tmp_path / "n.pdf", [first, second], lines=[(70, 745, 200, 745)])
    assert order(file) == [
        *("Nämnden beslutar att anta planen1 för", "badplatserna och att ge", "chefen i uppdrag att följa den."),
        *("1 Enligt rapporten om badvatten,", "som lämnades i maj.", "Mötet avslutas."),
    ]


def test_names_below_lines_to_sign_are_no_footnotes(tmp_path):
    signed = [(70, 760, "Moa Vret", 8), (70, 770, "Sekreterare", 8)]
    file = draw(tmp_path / "s.pdf", [[*paragraph(70, 700, BODY[:2]), *signed], paragraph(70, 80, BODY)],
                lines=[(70, 745, 200, 745)])  # fmt: skip
    assert order(file)[:4] == [*BODY[:2], "Moa Vret", "Sekreterare"]


MEMBERS = [("Amalia Sandhamn", "(M)", "ordförande"), ("Botvid Hellström Ek", "(S)", "vice ordförande")]
MEMBERS += [
    ("Cajsa Lindvall", "(C)", ""),
    ("Folke Granlund Dahl", "(SD)", "för Åsa Rydh (SD)"),
    ("Greta Moen", "(V)", ""),
]


def test_parties_and_roles_in_columns_stay_beside_their_members(tmp_path):
    drawn = [
        (x, 150 + 13 * k, text, 10)
        for k, member in enumerate(MEMBERS)
        for x, text in zip((70, 240, 300), member, strict=True)
        if text
    ]
    assert order(draw(tmp_path / "m.pdf", [drawn])) == [" ".join(filter(None, member)) for member in MEMBERS]


def test_roles_in_small_letters_stay_beside_their_names(tmp_path):
    roles = ["ordförande", "kassör", "sekreterare", "ledamot", "förvaltare, Ankarets Drift AB (§ 3)"]
    names = [name for name, _, _ in MEMBERS]
    drawn = paragraph(70, 300, names) + paragraph(240, 300, roles)
    assert order(draw(tmp_path / "r.pdf", [drawn])) == [f"{a} {b}" for a, b in zip(names, roles, strict=True)]


def test_two_lists_with_parties_set_apart_are_two_lists(tmp_path):
    drawn = [
        (left + x, 150 + 13 * k, text, 10)
        for k, (name, party, _) in enumerate(MEMBERS)
        for left in (50, 300)
        for x, text in ((0, f"{name}{'' if left == 50 else '-Ek'}"), (150, party))
    ]
    names = [text.removesuffix("-Ek") for text in order(draw(tmp_path / "p.pdf", [drawn]))]
    assert names == [f"{name}{end} {party}" for end in ("", "-Ek") for name, party, _ in MEMBERS]


def test_a_number_in_a_running_head_may_be_that_of_one_page(tmp_path):
    pages = [[(60, 40, "Direktionens protokoll nr 2/2031", 9), *paragraph(60, 150, BODY)] for _ in range(3)]
    assert "Direktionens protokoll nr 2/2031" not in order(draw(tmp_path / "n.pdf", pages))


def test_a_word_that_may_be_a_heading_is_none_in_a_foot_to_sign(tmp_path):
    foot = [(60, 810, "Justering:", 8), (200, 810, "Utdragsbestyrkande:", 8)]
    file = draw(tmp_path / "j.pdf", [[*paragraph(60, 300, BODY), *foot]] * 3)
    layout = lay_out(read(file), is_heading=lambda text: text.startswith("Justering"))
    assert {line.text.string for line in layout.lines} == set(BODY)
    once = draw(tmp_path / "o.pdf", [[*paragraph(60, 300, BODY), *foot], paragraph(60, 300, BODY)])
    layout = lay_out(read(once), is_heading=lambda text: text.startswith("Justering"))
    assert "Justering:" in [line.text.string for line in layout.lines]
