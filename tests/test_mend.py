"""Text layers of scans: what a machine misread is read as it was printed, and the quote shows what the file says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pdfs import draw
from protoparse import as_rows, rules
from protoparse.pdf.mend import lines_of, mended
from protoparse.pdf.reader import Document, Page, read
from protoparse.protocol import Kit, parse, read_document
from protoparse.quality import judged
from protoparse.text import Text, Word, boxes

KIT = Kit.of(rules.load())


def page_of(*lines: str, ocr: bool = True, number: int = 1) -> Page:
    words = []
    for at, line in enumerate(lines):
        x = 60.0
        for part in line.split(" "):
            words.append(Word(part, number, x, 100.0 + 20 * at, x + 5.0 * len(part), 112.0 + 20 * at, 11.0))
            x += 5.0 * len(part) + 4
    return Page(number, 595.0, 842.0, words, ocr=ocr)


def read_anew(*lines: str, ocr: bool = True) -> list[str]:
    document = mended(Document(None, [page_of(*lines, ocr=ocr)]), KIT.lexicon)
    words = document.pages[0].words
    return [" ".join(words[k].text for k in line) for line in lines_of(words)]


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("Socialnamnden beslutar", "Socialnämnden beslutar"),
        ("läggs till handIingarna.", "läggs till handlingarna."),
        ("Kommunstyre1sen", "Kommunstyrelsen"),
        ("kommunstyreIsen", "kommunstyrelsen"),
        ("den 30 apri1 2O26", "den 30 april 2026"),
        ("2O26-O1-l5 kl. 14.OO", "2026-01-15 kl. 14.00"),
        ("1 25O OOO kr", "1 250 000 kr"),
        ("be slutar att", "beslutar att"),
        ("läggs till han dlingar", "läggs till handlingar"),
        ("nämnden beslutaratt anta", "nämnden beslutar att anta"),
        ("Proto~kollet justeras 2026~02~03", "Proto-kollet justeras 2026-02-03"),
        ("ersatter henne som ledamot", "ersätter henne som ledamot"),
        ("Förvaltninqen föreslår", "Förvaltningen föreslår"),
        ("trafikniimnden", "trafiknämnden"),
        ("EKERM0 KOMMUN", "EKERMO KOMMUN"),
        ("till samrnanträdet", "till sammanträdet"),
        ("tiIl mötet av Torqny EIsason", "till mötet av Torgny Elsason"),
        ("Niista möte undcr våren", "Nästa möte under våren"),
        ("lnformation om läget", "Information om läget"),
    ],
)
def test_misread_words_are_mended(read_as, printed):
    assert read_anew(read_as) == [printed]


@pytest.mark.parametrize(
    "said",
    [
        "Sara Sander och Hakan Alm utses",  # names may have any letters
        "i land, över huvud taget, om hand",  # each a word by itself
        "Bilaga A4 och B1, punkt 2b, 10l",
        "se www.exempel.se/namnd1 eller namnd@exempel.se",
        "Alm & Ek AB",
        "(S), (M), 7-4, 12.30 och 2026-02-03",
        "eTjänst i iPad",
        "få till stånd ett avtal i stället för",
        "bestäm-",
        "e post",
        "Désirée Lindqvist, Eric Isacsson, Claes Boqvist, värdkommun",
        "vid process, center, picnic, backen och scenen",
    ],
)
def test_what_may_be_right_stays(said):
    assert read_anew(said) == [said]


def test_words_that_stand_right_elsewhere_in_the_document_are_known():
    right = ["Tillgänglighetsberedningen sammanträdde.", "Om tillgänglighetsberedningen yttrar sig"]
    assert read_anew(*right, "av tillgänglighets beredningen i maj")[-1] == "av tillgänglighetsberedningen i maj"
    assert read_anew("Åke Ögren", "Åke Ögren", "Ake Ogren")[-1] == "Ake Ogren"  # too short to be sure


@pytest.mark.parametrize(
    ("lines", "mended_lines"),
    [
        (["§ 13 Budget", "8 14 Val", "§ 15 Taxor"], ["§ 13 Budget", "§ 14 Val", "§ 15 Taxor"]),
        (["& 13 Budget", "S 14 Val", "$ 15 Taxor"], ["§ 13 Budget", "§ 14 Val", "§ 15 Taxor"]),
        (["§ 13 Budget", "5 14 Val", "g 15 Taxor", "§ 16 Mer"], ["§ 13 Budget", "§ 14 Val", "§ 15 Taxor", "§ 16 Mer"]),
        (["§ 13 Budget", "14 Val", "§ 15 Taxor"], ["§ 13 Budget", "§ 14 Val", "§ 15 Taxor"]),
        (["§ 13 Budget", "814 Val", "§ 15 Taxor"], ["§ 13 Budget", "§ 14 Val", "§ 15 Taxor"]),
        (["§ 13 Budget", "S14 Val", "§ 15 Taxor"], ["§ 13 Budget", "§ 14 Val", "§ 15 Taxor"]),
        (["§ 13 Budget", "8 14 personer deltog", "§ 14 Val"], ["§ 13 Budget", "8 14 personer deltog", "§ 14 Val"]),
        (["§ 13 Budget", "14 Februari", "§ 14 Val"], ["§ 13 Budget", "14 Februari", "§ 14 Val"]),
        (["8 14 personer", "12 Stolar"], ["8 14 personer", "12 Stolar"]),
        (["& 112 Val av justerare && 3-4 Alm & Ek"], ["§ 112 Val av justerare §§ 3-4 Alm & Ek"]),
    ],
)
def test_paragraph_signs_are_mended_where_the_sequence_makes_it_safe(lines, mended_lines):
    assert read_anew(*lines) == mended_lines


def test_list_marks_are_mended_where_several_lines_begin_with_them():
    assert read_anew("e att anta planen", "e att avslå motionen") == ["• att anta planen", "• att avslå motionen"]
    assert read_anew("e att anta planen", "och budgeten") == ["e att anta planen", "och budgeten"]
    assert read_anew("l. att anta planen", "2. att avslå motionen")[0] == "1. att anta planen"


def test_the_quote_shows_what_stands_in_the_file():
    document = mended(Document(None, [page_of("Nämnden be slutar enligt handIingarna.")]), KIT.lexicon)
    words = document.pages[0].words
    text = Text.of_words(words)
    assert text.string == "Nämnden beslutar enligt handlingarna."
    assert text.printed == "Nämnden be slutar enligt handIingarna."
    assert text[8:16].printed == "be slutar"
    assert text[8:12].printed == "besl"  # a part of a mended word has no printed form of its own
    assert len(boxes(text)) == 1
    assert document.pages[0].misread == 2


@given(st.lists(st.text("abeinrstlåäöIO01 &$§-~", min_size=1, max_size=12), max_size=12))
def test_nothing_but_ocr_is_touched(parts):
    page = page_of(" ".join(parts), ocr=False)
    document = Document(None, [page])
    assert mended(document, KIT.lexicon) is document


@given(st.lists(st.text("abeinrstlåäöIO01&$§~.", min_size=1, max_size=12), min_size=1, max_size=12))
def test_what_is_printed_is_what_was_read(parts):
    page = page_of(" ".join(parts))
    words = mended(Document(None, [page]), KIT.lexicon).pages[0].words
    assert Text.of_words(words).printed.replace(" ", "") == "".join(parts)


def scan(path, pages, mode=3, picture=True, producer="", size=11):
    Image.new("L", (60, 80), 250).save(path.with_suffix(".png"))
    canvas = Canvas(str(path))
    canvas.setProducer(producer)
    for lines in pages:
        if picture:
            canvas.drawImage(str(path.with_suffix(".png")), 0, 0, 595, 842)
        for at, line in enumerate(lines):
            text = canvas.beginText(60, 760 - 16 * at)
            text.setTextRenderMode(mode)
            text.setFont("Times-Roman", size)
            text.textOut(line)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return path


MINUTES = [
    "Protokoll Socialnämnden 2026-02-03",
    "& 12 Budget",
    "Beslut",
    "Socialnamnden be slutar att godkänna budgeten.",
]


@pytest.mark.parametrize(
    ("given_", "ocr"),
    [
        ({}, True),
        ({"mode": 0, "producer": "ABBYY FineReader"}, True),
        ({"mode": 0, "producer": "Word"}, True),  # `& 12` on a picture of the page
        ({"mode": 3, "picture": False}, False),
        ({"mode": 0, "picture": False, "producer": "ABBYY FineReader"}, False),
    ],
)
def test_a_page_of_ocr_is_a_picture_with_words_that_are_not_drawn(tmp_path, given_, ocr):
    assert [page.ocr for page in read(scan(tmp_path / "s.pdf", [MINUTES], **given_)).pages] == [ocr]


def test_a_scan_gives_rows_of_mended_words_with_quotes_of_the_read_ones(tmp_path):
    protocol = parse(scan(tmp_path / "s.pdf", [MINUTES]), KIT)
    (decision,) = protocol.decisions
    assert decision.organ == "Socialnämnden"
    assert decision.evidence.quote.printed == "Socialnamnden be slutar att godkänna budgeten."
    rows = as_rows.rows_of(as_rows.Source("a" * 64, "s.pdf"), protocol)
    quotes = {row["id"]: row["quote"] for row in rows["evidence"]}
    assert quotes[rows["decisions"][0]["evidence"]] == "Socialnamnden be slutar att godkänna budgeten."
    assert rows["decisions"][0]["text"] == "Socialnämnden beslutar att godkänna budgeten."
    assert "§ 12 Budget" in rows["pages"][0]["text"]
    assert rows["pages"][0]["quality"] < 0.9
    assert rows["pages"][0]["quality_note"] == "textlager från OCR, 3 av 12 ord verkar fellästa"


def quality(*lines, **given_):
    page = page_of(*lines, ocr=False)
    for name, value in given_.items():
        setattr(page, name, value)
    page = judged(Document(None, [page]), KIT.function_words).pages[0]
    return page.quality, page.note


SOUND = [
    "Kommunstyrelsen beslutar att anta planen för 2026-2027 (bilaga 2) och att anvisa 1,5 mnkr till",
    "samverkan med regionen enligt KS/2026:12-3. Ärendet bereds av VGR, SKR och e-hälsomyndigheten,",
    "se www.exempel.se/KS2026_1 eller skriv till namn@exempel.se. Nästkommande möte: kl. 09.00-11.30,",
    "A4, CO2, B-uppsats, § 4, 25 %, 7–4, skr. 2025/26:12, MBL§19, kvm, tkr, Dr. Åström-Björk & Wirsén.",
]


def test_sound_pages_are_near_one():
    assert quality(*SOUND) == (1.0, None)


def test_text_whose_letters_nobody_can_tell_is_worth_nothing():
    shift = {k: k - 29 for k in range(ord("D"), ord("z") + 1)}
    shifted = [line.translate(shift) for line in SOUND]
    assert quality(*shifted)[0] == 0
    assert "går inte att tyda" in quality(*shifted)[1]
    assert quality(*["\ue012\ue034\ue055 \ue011\ufffd\ufffd (cid:12)(cid:40)"] * 4)[0] < 0.1
    caesar = str.maketrans("aeiouyåäöbcdfghjklmnprstv", "bcdfghjklaeiouyåäömnprstv"[::-1])
    assert quality(*[line.lower().translate(caesar) for line in SOUND])[0] < 0.5


def test_english_and_lists_of_names_are_sound():
    assert quality("The board of the foundation has approved the annual report of the year.") == (1.0, None)
    names = ["Alma Björk (S), Sven-Erik Åström (M), Mohamed Al-Khatib (V), Þóra Jónsdóttir (C)"] * 6
    assert quality(*names) == (1.0, None)


def test_a_page_without_words_has_no_quality_and_a_stamped_picture_a_low_one():
    assert quality() == (None, None) or quality("")[0] is not None
    low, note = quality("Assently signerat 2026-02-03", cover=0.98)
    assert low < 0.1
    assert note == "sidan är en bild, bara 3 ord är text"
    assert quality("Anteckningar", cover=0.3) == (1.0, None)


def test_born_digital_text_is_read_as_it_stands(tmp_path):
    lines = [(60, 100 + 16 * k, line) for k, line in enumerate(MINUTES)]
    file = draw(tmp_path / "d.pdf", [lines])
    assert read_document(file, KIT).pages[0].words == read(file).pages[0].words
