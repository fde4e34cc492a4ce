"""Personal identity numbers: none is ever stored, whatever its form; nothing else is hidden."""

import datetime
import json
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pdfs import draw
from protoparse import ingest, rules
from protoparse.explain import explain
from protoparse.pdf.reader import Document, Page, read
from protoparse.privacy import is_personal, labels_of, masked, masked_text
from protoparse.protocol import Kit, parse_text, read_document
from protoparse.text import Word

RULES = rules.load()
KIT = Kit.of(RULES)
LABELS = labels_of(RULES.words("privacy", "personal"), RULES.words("privacy", "other"))


def hidden(text):
    return masked_text(text, LABELS)[0]


def check_digit(nine: str) -> str:
    values = (int(digit) * (2 - at % 2) for at, digit in enumerate(nine))
    return str(-sum(value // 10 + value % 10 for value in values) % 10)


@st.composite
def parts(draw_):
    """Century, day and the last four digits of a number that holds, of a person or a coordination number."""
    born = draw_(st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 1, 1)))
    shift = draw_(st.sampled_from([0, 0, 60]))
    nine = f"{born:%y%m}{born.day + shift:02}{draw_(st.integers(0, 999)):03}"
    return f"{born.year // 100}", nine[:6], nine[6:] + check_digit(nine)


HYPHENS = st.sampled_from(["-", "+", "–", " - ", "- ", " -", "-\n", "\u2011", " – "])
SENTENCES = st.sampled_from(
    [
        "Nämnden beviljar {} ekonomiskt bistånd till och med den 31 maj 2026.",
        "Vårdnadshavare: Alma Grind ({}), närvarar.",
        "{}",
        "Ärende 12: {}. Beslut fattas den 3 mars 2026.",
        "Dnr 2026/14, person {}; telefon 0520-123 45",
        "a) {}, b) {} och c) {}",
    ]
)


@st.composite
def written(draw_):
    century, day, last = draw_(parts())
    century = draw_(st.sampled_from(["", century]))
    hyphen = draw_(st.one_of(HYPHENS, st.just("")))
    return century + day + hyphen + last, day, last


@settings(max_examples=150)
@given(written(), SENTENCES)
def test_no_form_of_a_number_is_left_in_a_text(number, sentence):
    said, day, _ = number
    left = hidden(sentence.format(*[said] * 3))
    assert day not in left
    assert left.count("•") >= 10 * sentence.count("{}")
    assert sentence.split("{")[0] == left[: sentence.index("{")]


@settings(max_examples=150)
@given(parts(), st.integers(1, 9), HYPHENS)
def test_a_wrong_check_digit_is_no_personal_number(number, off, hyphen):
    _, day, last = number
    wrong = day + hyphen + last[:3] + str((int(last[3]) + off) % 10)
    assert hidden(f"Faktura {wrong} betalas.") == f"Faktura {wrong} betalas."


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Pnr 850312 2387 enligt ansökan", "Pnr •••••• •••• enligt ansökan"),
        ("personnummer: 19850312 2387", "personnummer: •••••••• ••••"),
        ("född 1985-03-12-2387.", "född ••••-••-••-••••."),
        ("Siv (8 5 0 3 1 2 - 2 3 8 7)", "Siv (• • • • • • - • • • •)"),
        ("850312-2387/850372-2384", "••••••-••••/••••••-••••"),
        ("§ 19 850312-2387", "§ 19 ••••••-••••"),
        ("född 000229-2399", "född ••••••-••••"),
    ],
)
def test_more_ways_to_write_one(said, left):
    assert hidden(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "Organisationsnummer 212000-1355 och 556016-0680",
        "Orgnr 5560160680, moms SE556016068001",
        "Telefon 0703152389",
        "den 251211 1400 i stadshuset",  # a day and an hour, not after a word for a personal number
        "Bankgiro 5123-4567, plusgiro 12 34 56-7",
        "KS-2025-850312-2385",
        "2026-03-03–2026-03-05, 2026-03-03–2026, 2025-12-11 1400",
        "§§ 10 11 12-1314",
        "1 250 312 000 kr, 2025-12-31, 12.30-14.00",
        "Faktura 8503122387 avslås",
        "99850312-2387",
        "född 010229-2398",  # no such day in 1901 or 2001
    ],
)
def test_other_numbers_stay(said):
    assert hidden(said) == said


def test_what_a_number_is():
    assert is_personal("8503122387")
    assert is_personal("198503122387")
    assert is_personal("8503722384")  # a coordination number
    assert not is_personal("8503122385")
    assert not is_personal("178503122387")


NUMBER = ("850312", "2387")


def secret_page(first="Nämnden beviljar Alma Grind, 850312-", second="2387, bidrag till den 31 maj 2026."):
    return [
        (60, 80, "Protokoll Socialnämnden 2026-02-03", 14, "Helvetica-Bold"),
        (60, 120, "§ 1 Bistånd till 850312-2387", 12, "Helvetica-Bold"),
        (60, 150, "Beslut", 11, "Helvetica-Bold"),
        (60, 170, "Socialnämnden beslutar att bevilja bidrag till 19850312-2387 till och med 2026-12-31."),
        (60, 190, first),
        (60, 204, second),
        (60, 230, "Ordförande Kerstin Alm väljer 8503122387 till justerare i stället för 850312+2387."),
    ]


def every_cell(database):
    db = sqlite3.connect(database)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    for table in tables:
        for row in db.execute(f'SELECT * FROM "{table}"'):
            yield from ((table, str(cell)) for cell in row if isinstance(cell, str | int))


def holding(database):
    return sorted({table for table, cell in every_cell(database) if any(part in cell for part in NUMBER)})


def test_no_table_of_the_database_holds_a_number_and_the_flag_reads_anew(tmp_path, in_this_process):
    folder, database = tmp_path / "pdf", tmp_path / "p.db"
    folder.mkdir()
    draw(folder / "a.pdf", [secret_page()])
    said = []
    summary = ingest.run([folder], database, jobs=1, say=said.append)
    assert summary.masked == 5
    assert "5 personnummer har dolts" in str(summary)
    assert holding(database) == []
    db = sqlite3.connect(database)
    assert db.execute("SELECT masked FROM documents").fetchone() == (5,)
    assert db.execute("SELECT masked FROM runs").fetchone() == (5,)
    boxes = json.loads(db.execute("SELECT masked FROM pages").fetchone()[0])
    assert len(boxes) == 6  # one number runs over a line
    assert {round(box["top"]) for box in boxes} == {round(y - 0.9 * s) for y, s in
        [(120, 12), (170, 11), (190, 11), (204, 11), (230, 11)]}  # fmt: skip
    text = db.execute("SELECT text FROM pages").fetchone()[0]
    assert "Alma Grind, ••••••-" in text
    db.close()

    assert ingest.run([folder], database, jobs=1, keep_numbers=True, say=said.append).reread == 1
    assert {"pages", "sections", "evidence"} <= set(holding(database))
    assert ingest.run([folder], database, jobs=1, keep_numbers=True, say=said.append).unchanged == 1
    assert ingest.run([folder], database, jobs=1, say=said.append).reread == 1
    assert holding(database) == []
    files = b"".join(file.read_bytes() for file in tmp_path.glob("p.db*"))
    assert b"850312" not in files


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=written(), at=st.integers(0, 2))
def test_numbers_are_hidden_in_the_words_of_a_page(tmp_path, number, at):
    said, day, _ = number
    lines = ["Nämnden beslutar att bevilja", "bidrag enligt ansökan från", "sökanden den 3 mars 2026"]
    lines[at : at + 1] = f"{lines[at]} {said}.".split("\n")
    rows = [(60, 100 + 14 * k, line.replace("\u2011", "-")) for k, line in enumerate(lines)]
    page = read_document(draw(tmp_path / "h.pdf", [rows]), KIT).pages[0]
    assert page.numbers == 1
    assert page.masked
    assert day not in " ".join(word.text for word in page.words)


def test_a_number_whose_halves_are_drawn_apart_is_found(tmp_path):
    rows = [(60, 100, "850312-"), (60, 130, "Nästa rad"), (104, 100, "2387")]
    page = read_document(draw(tmp_path / "d.pdf", [rows]), KIT).pages[0]
    assert [word.text for word in page.words] == ["••••••-", "Nästa", "rad", "••••"]


def test_a_page_without_numbers_is_left_as_it_is(tmp_path):
    document = read(draw(tmp_path / "n.pdf", [[(60, 100, "Telefon 0520-123 45, orgnr 212000-1355")]]))
    assert masked(document, LABELS).pages[0] is document.pages[0]


def test_a_tried_text_is_masked_too():
    protocol = parse_text("Nämnden beslutar att bevilja 850312-2387 bidrag.", None, None, "protokoll", KIT)
    assert protocol.decisions
    assert all("850312" not in row.evidence.quote.string for row in protocol.decisions)


def test_a_mended_word_hides_what_was_printed():
    from protoparse.privacy import _masked_words

    words, _ = _masked_words([Word("850312-2387", 1, 0, 0, 50, 10, printed="85O3l2-2387")], LABELS)
    assert as_printed(words) == "••••••-••••"


def as_printed(words):
    from protoparse.text import Text

    return Text.of_words(words).printed


def test_what_stands_on_its_side_or_outside_the_page_is_hidden_too():
    word = Word("850312-2387", 1, 0, 0, 50, 10)
    page = Page(1, 595.0, 842.0, sideways=[word], outside=[word])
    (hidden_page,) = masked(Document(None, [page]), LABELS).pages
    assert [w.text for w in hidden_page.sideways + hidden_page.outside] == ["••••••-••••"] * 2
    assert hidden_page.numbers == 2


def test_explain_hides_them_too_unless_they_are_asked_for(tmp_path):
    file = draw(tmp_path / "a.pdf", [secret_page()])
    said = "\n".join(explain(file))
    assert "850312" not in said
    assert "dolda personnummer: 5" in said
    assert "850312-2387" in "\n".join(explain(file, keep_numbers=True))
