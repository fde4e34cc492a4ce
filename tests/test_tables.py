"""Tables cell by cell: ruled, partly ruled, without lines, over page breaks; and what looks like one and is none."""

import pdfplumber
import pytest

from pdfs import draw, grid, paragraph, table
from protoparse.pdf.grid import cells_of
from protoparse.pdf.layout import lay_out
from protoparse.pdf.reader import read

GRANTS = [
    ["Bidrag", "Används till", "Belopp", "Sök senast"],
    ["Lärlyftet", "Bokombud", "1 150 tkr", "2026-04-15"],
    ["Kustmiljö", "Utflykter", "640 tkr", "–"],
    ["Lovskola", "Sommarlovet", "2 025 tkr", "2026-05-29"],
]
XS = (60, 180, 300, 420)
LINES = (55, 175, 295, 415, 530)
HEADS = ["bidrag", "används till", "belopp", "sök senast"]


def order(file):
    return [line.text.string for line in lay_out(read(file)).lines]


def cells(file, **known):
    return [(x.cell.row, x.cell.head, x.text.string) for x in lay_out(read(file), **known).lines if x.cell]


def rows_of(file, **known):
    found = {}
    for row, head, text in cells(file, **known):
        found.setdefault(row, {}).setdefault(head, []).append(text)
    return [{head: " ".join(texts) for head, texts in found[row].items()} for row in sorted(found)]


EXPECTED = [dict(zip(HEADS, row, strict=True)) for row in GRANTS]
FLAT = [(55, y, 530, y) for y in (138, 158, 178, 198, 218)]
RULED = {
    "ruled": grid(LINES, (138, 158, 178, 198, 218)),
    "inner lines only": [(55, y, 530, y) for y in (158, 178, 198)] + [(x, 138, x, 218) for x in LINES[1:-1]],
    "horizontal lines": FLAT,
    "above, below the heads, and at the end": [FLAT[0], FLAT[1], FLAT[-1]],
    "none": [],
}


@pytest.mark.parametrize("lines", RULED.values(), ids=RULED)
def test_a_table_of_any_heads_is_read_row_by_row(tmp_path, lines):
    text = paragraph(60, 100, ["Nämnden söker bidrag enligt listan här nedanför, som nämnden har fått ta del av."])
    end = paragraph(60, 260, ["Nämnden följer frågan och återkommer i höst med en ny redovisning av läget."])
    file = draw(tmp_path / "t.pdf", [[*text, *table(XS, 150, GRANTS), *end]], lines=lines)
    assert rows_of(file) == EXPECTED
    running = [line.text.string[:7] for line in lay_out(read(file)).lines if not line.cell]
    assert running == ["Nämnden", "Nämnden"]


def test_heads_that_are_not_bold_are_known_by_the_figures_below_them(tmp_path):
    file = draw(tmp_path / "p.pdf", [table(XS, 150, GRANTS, head="Helvetica")], lines=RULED["ruled"])
    assert rows_of(file) == EXPECTED


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_table_on_a_turned_page(tmp_path, rotate):
    file = draw(tmp_path / "r.pdf", [table(XS, 150, GRANTS)], size=(842, 595), rotate=rotate, lines=RULED["ruled"])
    assert rows_of(file) == EXPECTED


def test_cells_of_several_lines_and_heads_of_two(tmp_path):
    rows = [["Bidrag", "Sök eller\nrekvirera senast", "Belopp"], ["Kustmiljö i\nskolan", "2026-04-15", "640 tkr"]]
    rows += [["Lovskola", "2026-05-29", "75 tkr"]]
    lines = grid((55, 175, 295, 415), (138, 168, 198, 228))
    file = draw(tmp_path / "m.pdf", [table(XS, 150, rows, step=30)], lines=lines)
    assert rows_of(file)[1] == {
        "bidrag": "Kustmiljö i skolan",
        "sök eller rekvirera senast": "2026-04-15",
        "belopp": "640 tkr",
    }
    unruled = draw(tmp_path / "n.pdf", [table(XS, 150, [*rows, ["Språk", "2026-06-01", "80 tkr"]], step=30)])
    assert [row["bidrag"] for row in rows_of(unruled)] == ["Bidrag", "Kustmiljö i skolan", "Lovskola", "Språk"]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_over_a_page_break(tmp_path, repeated):
    first = table(XS, 740, GRANTS)
    second = table(
        XS,
        60,
        [*GRANTS[:1], ["Musik", "Sång", "80 tkr", "2026-09-01"]]
        if repeated
        else [["Musik", "Sång", "80 tkr", "2026-09-01"]],
    )
    second = second if repeated else [(x, y, text, size) for x, y, text, size, _ in second]
    lines = [*grid(LINES, (728, 748, 768, 788, 808)), *grid(LINES, (48, 68, 88) if repeated else (48, 68))]
    split = [[rule for rule in lines if (rule[1] > 400) == top] for top in (True, False)]
    one = draw(tmp_path / "1.pdf", [first], lines=split[0])
    two = draw(tmp_path / "2.pdf", [second], lines=split[1])
    document = read(one)
    page = read(two).pages[0]
    page.number = 2
    page.words = [word._replace(page=2) for word in page.words]
    document.pages.append(page)
    found = [
        (line.page, line.cell.table, line.cell.row) for line in lay_out(document).lines if line.cell.head == "bidrag"
    ]
    assert found == [(1, 0, 0), (1, 0, 1), (1, 0, 2), (1, 0, 3), *([(2, 0, 0)] if repeated else []), (2, 0, 4)]


def test_figures_set_to_the_right_stay_below_their_head(tmp_path):
    rows = [["Enhet", "Utfall", "Budget"], ["Skolan", "1 402", "1 398"], ["Kultur", "12", "9"], ["Vård", "455", "460"]]
    drawn = table((60, 200, 260), 150, rows)
    shifted = [(x + (26 - 5 * len(text) if x > 60 else 0), y, text, size, font) for x, y, text, size, font in drawn]
    assert rows_of(draw(tmp_path / "f.pdf", [shifted]))[1:] == [
        {"enhet": "Skolan", "utfall": "1 402", "budget": "1 398"},
        {"enhet": "Kultur", "utfall": "12", "budget": "9"},
        {"enhet": "Vård", "utfall": "455", "budget": "460"},
    ]


NO_TABLES = {
    "labels with values": (
        [["Plats", "Stora salen, klockan 13"], ["Beslutande", "Moa Vret (S)"], ["Justerare", "Ulf Sten (M)"]],
        grid((55, 175, 415), (138, 158, 178, 198)),
    ),
    "one box": ([["Förslag till beslut"], ["Nämnden antar planen."]], grid((55, 415), (138, 178))),
    "a form to sign": ([["Ordförande", "Justerare"], ["Moa Vret", "Ulf Sten"]], grid((55, 175, 415), (138, 158, 178))),
    "a numbered matter": (
        [["§ 12", "Val av justerare"], ["", "Nämnden utser Moa Vret."], ["", "Hon justerar på fredag."]],
        grid((55, 175, 415), (138, 158, 178, 198)),
    ),
}


@pytest.mark.parametrize(("rows", "lines"), NO_TABLES.values(), ids=NO_TABLES)
def test_a_grid_without_heads_stays_running_text(tmp_path, rows, lines):
    assert cells(draw(tmp_path / "n.pdf", [table((60, 180), 150, rows, head="Helvetica")], lines=lines)) == []


def test_a_row_of_nothing_but_labels_heads_no_table(tmp_path):
    rows = [["Ledamöter", "Ersättare", "Övriga"], ["Moa Vret", "Ulf Sten", "Åke Alm"], ["Eva Lo", "Per Ro", "Bo Ek"]]
    file = draw(tmp_path / "l.pdf", [table(XS, 150, rows)], lines=grid(LINES[:4], (138, 158, 178, 198)))
    assert cells(file, is_label=lambda text: text in ("Ledamöter", "Ersättare", "Övriga")) == []
    assert len(cells(file)) == 9


def test_three_columns_of_text_with_bold_headings_are_no_table(tmp_path):
    body = ["Mottagningen öppnar i mars och", "har plats för alla unga vuxna", "som vill prata med någon."]
    drawn = [
        x
        for k in range(3)
        for x in [(60 + 170 * k, 150, "Ny mottagning", 9, "Helvetica-Bold"), *paragraph(60 + 170 * k, 165, body, 9, 12)]
    ]
    lines = lay_out(read(draw(tmp_path / "c.pdf", [drawn]))).lines
    assert [x.cell for x in lines] == [None] * 12
    assert [x.text.string for x in lines[:4]] == ["Ny mottagning", *body]


@pytest.mark.parametrize("lines", [RULED["ruled"], [*grid((55, 295, 530), (138, 178)), (55, 158, 295, 158)]])
def test_the_cells_are_those_that_pdfplumber_finds(tmp_path, lines):
    file = draw(tmp_path / "g.pdf", [table(XS, 150, GRANTS)], lines=lines)
    page = read(file).pages[0]
    ours = [(c.x0, c.top, c.x1, c.bottom) for c in cells_of(page.rules, page.height)]
    with pdfplumber.open(file) as pdf:
        theirs = [cell for found in pdf.pages[0].find_tables() for row in found.rows for cell in row.cells if cell]
    assert sorted(ours) == [pytest.approx(cell, abs=1) for cell in sorted(theirs)]


def test_tinted_heads_close_together_are_cut_at_the_edges_of_their_fields(tmp_path):
    rows = [
        ["Insats", "Givare", "Belopp (tkr)", "Slutdatum"],
        ["Alfa", "Länet", "450", "2026-12-31"],
        ["Beta", "Stat", "75", "2027-06-30"],
    ]
    tint = grid((56, 88, 124, 182, 240), (138, 156))
    file = draw(tmp_path / "t.pdf", [table((60, 92, 128, 186), 150, rows, head="Helvetica")], lines=tint)
    assert rows_of(file) == [
        dict(zip(("insats", "givare", "belopp (tkr)", "slutdatum"), row, strict=True)) for row in rows
    ]


NAMES = "Moa Vret (S), ordförande;\nUlf Sten (M); Åke Alm (C);\nEva Lo (S); Per Ro (M)"


def running(file, **known):
    return [line.text.string for line in lay_out(read(file), **known).lines]


def test_a_label_at_half_the_height_of_its_values_is_read_before_them(tmp_path):
    lines = grid((55, 175, 415), (138, 158, 198, 218))
    values = [(180, 150, "Stora salen", 9), *[(180, 168 + 11 * k, part, 9) for k, part in enumerate(NAMES.split("\n"))]]
    one = [
        (60, 150, "Plats", 9),
        *values,
        (60, 179, "Beslutande", 9),
        (60, 210, "Justerare", 9),
        (180, 210, "Ulf Sten", 9),
    ]
    first, *others = NAMES.split("\n")
    file = draw(tmp_path / "1.pdf", [one], lines=lines)
    assert running(file) == ["Plats Stora salen", f"Beslutande {first}", *others, "Justerare Ulf Sten"]
    two = [(60, 150, "Plats", 9), *values, (60, 174, "Närvarande", 9), (60, 185, "ledamöter", 9)]
    file = draw(tmp_path / "2.pdf", [two], lines=lines)
    assert running(file) == ["Plats Stora salen", "Närvarande", "ledamöter", first, *others]


def test_wrapped_cells_of_a_grid_without_heads_are_read_cell_by_cell(tmp_path):
    rows = [["4", "Taxan för båtplatser\nhöjs från maj", "Moa Vret tar\nfram underlag"], ["5", "Nästa möte", "2 maj"]]
    file = draw(
        tmp_path / "w.pdf", [table((60, 180, 300), 150, rows, 30, "Helvetica")], lines=grid(LINES[:4], (138, 168, 198))
    )
    assert running(file) == [
        *("4", "Taxan för båtplatser", "höjs från maj", "Moa Vret tar", "fram underlag"),
        "5 Nästa möte 2 maj",
    ]


SEATS = [
    (("Uppgift",), ("Avgår",), ("Tillträder",)),
    (("Ombud vid årsmötet för", "Almvikens museum"), ("Ture Brask (C)",), ("Vera Lindell (M)",)),
    (("Ersättare i styrelsen för", "Almvikens museum"), ("Nils Orre (S)",), ("Siv Myrberg (V)",)),
]
SEAT_XS, SEAT_LINES = (60, 185, 330), (55, 180, 325, 480)


def wrapped(rows, xs=SEAT_XS, y=150, space=8, bold=()):
    """What `draw` prints of rows of cells, each a tuple of lines; the rows in `bold` in bold letters."""
    found = []
    for row, cells_of_row in enumerate(rows):
        for x, cell in zip(xs, cells_of_row, strict=True):
            style = (9, "Helvetica-Bold") if row in bold else (9,)
            found += [(x, y + 11 * k, text, *style) for k, text in enumerate(cell)]
        y += 11 * max(map(len, cells_of_row)) + space
    return found


@pytest.mark.parametrize("lines", [[], grid(SEAT_LINES, (138, 158, 188, 218))], ids=["no lines", "ruled"])
def test_short_names_above_longer_cells_are_heads_though_they_look_like_them(tmp_path, lines):
    text = paragraph(60, 100, ["Beredningen lägger fram namnen här nedanför, som alla har sagt ja till att stå kvar."])
    end = paragraph(60, 250, ["Beredningen följer frågan och återkommer i höst med ny redovisning av alla uppdrag."])
    file = draw(tmp_path / "s.pdf", [[*text, *wrapped(SEATS), *end]], lines=lines)
    assert rows_of(file)[1:] == [
        dict(zip(("uppgift", "avgår", "tillträder"), map(" ".join, row), strict=True)) for row in SEATS[1:]
    ]
    assert [line.text.string[:11] for line in lay_out(read(file)).lines if not line.cell] == ["Beredningen"] * 2


def test_rows_without_lines_and_heads_are_read_cell_by_cell(tmp_path):
    rows = [
        (("2.",), ("Ny belysning på torget", "och vid stationen"), ("Ture Brask (C)",)),
        (("3.",), ("Gångväg längs ån mellan", "bron och badplatsen"), ("Vera Lindell (M)",)),
        (("4.",), ("Städning av parken",), ("Siv Myrberg (V),", "Nils Orre (S)")),
    ]
    file = draw(tmp_path / "r.pdf", [wrapped(rows, (60, 85, 205))])
    assert order(file) == [
        "2. Ny belysning på torget",
        "och vid stationen",
        "Ture Brask (C)",
        "3. Gångväg längs ån mellan",
        "bron och badplatsen",
        "Vera Lindell (M)",
        "4. Städning av parken",
        "Siv Myrberg (V),",
        "Nils Orre (S)",
    ]


PROSE = (
    ("Gruppen arbetar vidare med", "frågan under våren"),
    ("Vi ses igen i november", "och då i Almviken"),
    ("Mer läsning finns nu",),
)
BESIDE = {
    "lists of names": [(("Ture-Lennart Brask (C)",), ("Nils Orre Dahlgren (S)",), ("Vera Lindell Hage (M)",))] * 4,
    "texts in columns": [(("Om vägen",), ("Om mötet",), ("Om webben",)), tuple(cell * 3 for cell in PROSE)],
    "texts in columns, one below another, with headings": [
        row for _ in range(3) for row in ((("Om vägen",), ("Om mötet",), ("Om webben",)), PROSE)
    ],
}


@pytest.mark.parametrize("rows", BESIDE.values(), ids=BESIDE)
def test_lists_and_texts_side_by_side_are_read_column_by_column(tmp_path, rows):
    bold = [k for k, row in enumerate(rows) if row[0][0].startswith("Om")]
    file = draw(tmp_path / "l.pdf", [wrapped(rows, (60, 220, 380), bold=bold)])
    assert order(file) == [text for column in zip(*rows, strict=True) for cell in column for text in cell]


def test_points_with_blanks_inside_go_on_where_they_are_indented(tmp_path):
    points = []
    for k in range(4):
        y = 150 + 35 * k
        points += [(60, y, "•"), (75, y, f"KS 2031.{k}"), (180, y, "Chefen har beslutat om bidrag till föreningen för")]
        points += [(75, y + 13, "nästa år")]
    lines = order(draw(tmp_path / "d.pdf", [points]))
    assert [line[:11] for line in lines[:2]] == ["• KS 2031.0", "nästa år"]


def test_a_head_of_two_words_is_one_though_its_second_word_may_head_a_column(tmp_path):
    heads = ["Ledamot", "Parti", "Uppdrag", "Tjänstgörande ersättare"]
    rows = [["Vera Lindell", "M", "Ordförande", ""], ["Ture Brask", "C", "Frånvarande", "Siv-Britt Myrberg Hane (C)"]]
    rows += [["Nils Orre", "S", "", ""]]
    cells_of_rows = table((60, 200, 240, 350), 150, [heads, *rows])
    lines = [(55, y, 530, y) for y in (158, 178, 198, 218)]
    file = draw(tmp_path / "h.pdf", [[x for x in cells_of_rows if x[2]]], lines=lines)
    found = rows_of(file, table_heads=["ledamot parti", "namn ersättare"])
    assert found[1:] == [{head.lower(): text for head, text in zip(heads, row, strict=True) if text} for row in rows]
