"""Words come out of a file as a reader sees them, with boxes where a viewer shows them."""

import pypdfium2 as pdfium
import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pdfs import draw
from protoparse.pdf.reader import Unreadable, normalise, read


def test_words_have_boxes_size_and_weight(tmp_path):
    file = draw(tmp_path / "a.pdf", [[(100, 200, "Nämnden antar", 14, "Helvetica-Bold"), (100, 230, "planen.")]])
    page = read(file).pages[0]
    assert [(w.text, w.size, w.bold) for w in page.words] == [
        ("Nämnden", 14, True),
        ("antar", 14, True),
        ("planen.", 11, False),
    ]
    first = page.words[0]
    assert first.x0 == pytest.approx(100, abs=2)
    assert first.top < 200 < first.bottom + 1
    assert (page.number, page.width, page.height) == (1, 595, 842)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_boxes_of_a_rotated_page_are_where_a_viewer_shows_them(tmp_path, rotate):
    file = draw(tmp_path / "r.pdf", [[(100, 200, "Protokoll", 12)]], rotate=rotate)
    page = read(file).pages[0]
    (word,) = page.words
    assert (page.width, page.height) == (595, 842)
    assert (word.x0, word.top, word.x1, word.bottom) == pytest.approx(_ink(file), abs=5)
    assert word.x0 == pytest.approx(100, abs=2)
    assert word.size == 12


def test_text_across_the_reading_direction_is_kept_apart(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "m.pdf"))
    canvas.drawString(100, 400, "Nämnden antar planen")
    canvas.rotate(90)
    canvas.drawString(300, -30, "Signerat elektroniskt")
    canvas.rotate(-45)
    canvas.drawString(450, 212, "Utkast")
    canvas.save()
    page = read(tmp_path / "m.pdf").pages[0]
    assert [w.text for w in page.words] == ["Nämnden", "antar", "planen"]
    assert [w.text for w in page.sideways] == ["Signerat", "elektroniskt", "Utkast"]


def test_boxes_count_from_the_corner_of_the_crop_box(tmp_path):
    file = draw(tmp_path / "c.pdf", [[(100, 200, "Protokoll")]], crop=(50, 300, 500, 742))
    page = read(file).pages[0]
    assert (page.width, page.height) == (450, 442)
    word = page.words[0]
    assert (word.x0, word.top, word.x1, word.bottom) == pytest.approx(_ink(file), abs=5)


def _ink(file):
    """The box of everything drawn on the first page, in points, as pdfium renders it."""
    image = pdfium.PdfDocument(file)[0].render(scale=2).to_pil().convert("L").point(lambda v: 255 if v < 220 else 0)
    return [edge / 2 for edge in image.getbbox()]


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("ﬁnansieras", "finansieras"),
        ("f¨or", "för"),
        ("˚Arjäng", "Årjäng"),
        ("sam\u00adverkan", "samverkan"),
        ("besluta\u00ad", "besluta-"),
        ("Ann\u2011Britt", "Ann-Britt"),
        ("a\u030arsmo\u0308te", "årsmöte"),
        ("besluta\ufffe", "besluta-"),
        ("\uf0b7", "•"),
        ("2026–2027", "2026–2027"),
        ("café", "café"),
    ],
)
def test_a_word_is_normalised(raw, seen):
    assert normalise(raw) == seen


def test_no_break_blanks_part_words(tmp_path):
    page = read(draw(tmp_path / "n.pdf", [[(100, 200, "1\u00a0250\u00a0000 kr")]])).pages[0]
    assert [w.text for w in page.words] == ["1", "250", "000", "kr"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "tom"), (b"%PDF-1.4 nothing more", "trasig"), (b"<html></html>", "ingen PDF")],
)
def test_what_cannot_be_read_says_why(tmp_path, content, reason):
    file = tmp_path / "x.pdf"
    file.write_bytes(content)
    with pytest.raises(Unreadable, match=reason):
        read(file)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(Unreadable, match="kan inte öppnas"):
        read(tmp_path / "none.pdf")


def test_a_page_with_only_a_picture_is_scanned(tmp_path):
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    Image.new("L", (50, 50), 128).save(tmp_path / "i.png")
    canvas = Canvas(str(tmp_path / "s.pdf"))
    canvas.drawImage(str(tmp_path / "i.png"), 0, 0, 595, 842)
    canvas.showPage()
    canvas.drawString(100, 100, "Sidan har text på sig")
    canvas.save()
    assert [page.scanned for page in read(tmp_path / "s.pdf").pages] == [True, False]


def test_a_spacing_accent_stands_over_its_letter(tmp_path):
    """As LaTeX prints them, the accent is a character of its own; sample protocols have it on either side."""
    width = {c: stringWidth(c, "Helvetica", 20) for c in "¨U"}
    over = 300 + (width["U"] - width["¨"]) / 2
    drawn = [(300, 200, "U", 20), (over, 200, "¨", 20), (300 + width["U"], 200, "ber", 20)]
    page = read(draw(tmp_path / "l.pdf", [drawn])).pages[0]
    assert [w.text for w in page.words] == ["Über"]


def test_misread_paragraph_signs_on_a_picture_of_a_page_are_the_mark_of_ocr(tmp_path):
    from PIL import Image
    from reportlab.pdfgen.canvas import Canvas

    Image.new("L", (50, 50), 255).save(tmp_path / "i.png")
    canvas = Canvas(str(tmp_path / "o.pdf"))
    for picture in (True, False):
        if picture:
            canvas.drawImage(str(tmp_path / "i.png"), 0, 0, 595, 842)
        canvas.drawString(100, 700, "& 112 Val av justerare && 3-4 Alm & Ek $ 5 kr")
        canvas.showPage()
    canvas.save()
    assert [page.ocr for page in read(tmp_path / "o.pdf").pages] == [True, False]


def test_figures_drawn_one_below_another_are_words_of_their_own(tmp_path):
    page = read(draw(tmp_path / "v.pdf", [[(500, 200 + 14 * k, str(k + 3), 10) for k in range(4)]])).pages[0]
    assert [(w.text, round(w.bottom)) for w in page.words] == [(str(k + 3), round(202.5 + 14 * k)) for k in range(4)]


def test_everything_of_a_stamp_in_the_margin_is_kept_apart(tmp_path):
    body = [(90, 100 + 14 * k, "Nämnden antar planen för året och tackar") for k in range(30)]
    stamp = [
        (26, 700, "Dokumentnyckel 7GH2-KQ41 Sida 1/3"),
        (26, 420, "MV"),
        (26, 380, "1/3"),
        (26, 350, "Signerat av"),
    ]
    upright = [(19, 390, "UL", 7), (19, 240, "2/3", 7)]
    page = read(draw(tmp_path / "s.pdf", [[*body, *upright]], turned=stamp)).pages[0]
    assert {w.text for w in page.words} == {"Nämnden", "antar", "planen", "för", "året", "och", "tackar"}
    assert {"1/3", "2/3", "MV", "UL", "av", "7GH2-KQ41"} <= {w.text for w in page.sideways}


def test_numbers_in_the_margin_beside_a_stamp_are_text(tmp_path):
    body = [(90, 100 + 14 * k, "Nämnden antar planen för året") for k in range(30)]
    page = read(
        draw(tmp_path / "n.pdf", [[*body, (45, 100, "§ 4")]], turned=[(22, 700, "Signerat av Moa Vret")])
    ).pages[0]
    assert [w.text for w in page.words[-2:]] == ["§", "4"]


@pytest.mark.parametrize(
    ("raw", "seen"), [("\uf0b7", "•"), ("\uf0fc", "✓"), ("\uf076", "•"), ("\x7f", "•"), ("➢", "•")]
)
def test_a_sign_of_a_font_of_symbols_is_a_mark(raw, seen):
    assert normalise(raw) == seen
