"""Persons: names in running text, rows of attendance lists, titles and organisations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protoparse.people import People
from protoparse.rules import load

PEOPLE = People.of(load().data["people"])

ROWS = [
    ("Vera Almgren (S), ordförande", ("Vera Almgren", "S", "ordförande", None)),
    ("Vera Almgren, Norrvalla kommun", ("Vera Almgren", None, None, "Norrvalla kommun")),
    ("Rune Åkerhielm, Patientföreträdare", ("Rune Åkerhielm", None, "Patientföreträdare", None)),
    ("Kommundirektör Sixten Moberg", ("Sixten Moberg", None, "Kommundirektör", None)),
    ("Hans Holmdal, digitalt", ("Hans Holmdal", None, None, None)),
    ("Vera Almgren, m", ("Vera Almgren", "M", None, None)),
    ("Vera Almgren (v)", ("Vera Almgren", "V", None, None)),
    ("Vera Almgren (-)", ("Vera Almgren", None, None, None)),
    ("Vera Almgren ((KD)", ("Vera Almgren", "KD", None, None)),
    ("Vera Almgren (C,)", ("Vera Almgren", "C", None, None)),
    ("Vera Almgren (C) (fd M)", ("Vera Almgren", "C", None, None)),
    ("Vera Almgren (fd SD)", ("Vera Almgren", None, None, None)),
    ("Vera Almgren (BUP)", ("Vera Almgren", None, None, "BUP")),
    ("Vera Almgren (L) §§ 130–133", ("Vera Almgren", "L", None, None)),
    ("Vera Almgren (L) kl. 13.00–15.20", ("Vera Almgren", "L", None, None)),
    ("Vera Almgren (delvis)", ("Vera Almgren", None, None, None)),
    ("*Vera Almgren", ("Vera Almgren", None, None, None)),
    ("Vera Almgren, ekonomichef, § 133", ("Vera Almgren", None, "ekonomichef", None)),
    (
        "Marja Dahlin samordnare Nära vård, Region Strand",
        ("Marja Dahlin", None, "samordnare Nära vård", "Region Strand"),
    ),
    ("Marja Dahlin, Avdelningschef Stadsmiljö", ("Marja Dahlin", None, "Avdelningschef Stadsmiljö", None)),
    ("Marja Dahlin (M), 1:e vice ordförande", ("Marja Dahlin", "M", "1:e vice ordförande", None)),
    ("Marja Dahlin, rektor i Ekhults kommun", ("Marja Dahlin", None, "rektor", "Ekhults kommun")),
    ("Marja Dahlin, hälso- och sjukvårdsstrateg", ("Marja Dahlin", None, "hälso- och sjukvårdsstrateg", None)),
    (
        "Marja Dahlin, tidigare sektionschef habiliteringen väst RKL",
        ("Marja Dahlin", None, "sektionschef", "habiliteringen väst RKL"),
    ),
    (
        "Marja Dahlin, barnmorska på kvinnokliniken Ekhult, HSF RKL",
        ("Marja Dahlin", None, "barnmorska", "kvinnokliniken Ekhult, HSF RKL"),
    ),
    ("Marja Dahlin, chef för elevhälsan", ("Marja Dahlin", None, "chef för elevhälsan", None)),
    ("ANN-KATRIN DAHLIN", ("ANN-KATRIN DAHLIN", None, None, None)),
    ("Lisa A L", ("Lisa A L", None, None, None)),
    ("Per-Olof P. Ekdal", ("Per-Olof P. Ekdal", None, None, None)),
    ("Carl von der Heide (M)", ("Carl von der Heide", "M", None, None)),
    ("Zoë Şimşek-Żak (MP)", ("Zoë Şimşek-Żak", "MP", None, None)),
    ("P-O Lundin (C)", ("P-O Lundin", "C", None, None)),
    ("A-K Lidh (Region Strand, antecknar)", ("A-K Lidh", None, None, "Region Strand")),
    ("Ordförande C.-G. Ekdal (S)", ("C.-G. Ekdal", "S", "Ordförande", None)),
    ('Stig "Stickan" Fors', ('Stig "Stickan" Fors', None, None, None)),
]


@pytest.mark.parametrize(("row", "expected"), ROWS, ids=[row for row, _ in ROWS])
def test_rows(row, expected):
    person = PEOPLE.read_row(row)
    assert person is not None
    assert (person.name, person.party, person.role, person.organization) == expected
    assert row[slice(*person.span)] == person.name


NOBODY = [
    "Vakant (M)",
    "4 elever",
    "Enligt förteckning",
    "Barn och unga",
    "Region Strand",
    "",
    "§ 12",
    "Ekhults kommun",
]


@pytest.mark.parametrize("row", NOBODY)
def test_rows_without_a_person(row):
    assert PEOPLE.read_row(row) is None


NAMES = [
    ("Vera Almgrens uppdrag övertas av Rune Ek.", ["Vera Almgren", "Rune Ek"]),
    ("Johanna Fors plats tas av Mats Ek.", ["Johanna Fors", "Mats Ek"]),
    ("Därtill utses Vera Almgren och Maj Holm till Barn och unga i Region Strand.", ["Vera Almgren", "Maj Holm"]),
    ("Kommundirektör Rune Ek och socialchef Anna Maria von Essen talade.", ["Rune Ek", "Anna Maria von Essen"]),
    ("Ledamoten Rune Ek och Ordföranden Vera Almgren", ["Rune Ek", "Vera Almgren"]),
    ("Västra Skogslandet och Norra Hamnstaden i Upplands Väsby kommun", []),
    ("Barn och unga, Nära vård och Psykisk hälsa", []),
    ("Rehabenheten Holmsund samt Park- och hamnförvaltningen", []),
    ("Rune Ek sektionschef Habiliteringen Söder", ["Rune Ek"]),
    ("Vera Almgren (S), Dragana Savić (V)", ["Vera Almgren", "Dragana Savić"]),
    ("AB Ekhults Energi och Ekhults Bostäder AB", []),
    ("Per den 31 augusti 2026 och Maj 2026", []),
    ("Därtill Vera Almgren", ["Vera Almgren"]),
    ("Meddelas Nahid Åkerhielm från styrgruppen.", ["Nahid Åkerhielm"]),
    ("Vera Wenning yrkar avslag på Vera Redovisning.", ["Vera Wenning"]),
    ("A-K Lidh går igenom läget, och I P-O Lundins ställe väljs C-G Ek.", ["A-K Lidh", "P-O Lundin", "C-G Ek"]),
    ("Punkt A-C Lokaler samt bilaga B-D Hamnen", []),
    ("Med gjorde Erik De Plåt och I Vera Almgrens ställe", ["Erik De Plåt", "Vera Almgren"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=[text for text, _ in NAMES])
def test_names_in_running_text(text, expected):
    found = PEOPLE.names.within(text)
    assert [name for *_, name in found] == expected
    assert all(text[start:end] == name for start, end, name in found)


def test_known_names_are_found_whatever_their_shape():
    text = "Rapporten gavs av Sju Wan Ordförande."
    assert PEOPLE.names.within(text, frozenset(["Sju Wan Ordförande"]))[0][2] == "Sju Wan Ordförande"


_given = st.sampled_from(["Vera", "Rune", "Ann-Katrin", "Lars-Åke", "Zoë", "Maj", "Linnéa"])
_sur = st.sampled_from(["Almgren", "Ek", "Fors", "Šimić", "Müller", "Larsson-Ek", "O'Neill", "McLeod", "de la Rue"])


@given(_given, _sur, st.sampled_from(["", " (S)", ", rektor", " och andra"]))
def test_a_name_is_found_whole(first, last, after):
    text = f"Till mötet kom {first} {last}{after}."
    assert [name for *_, name in PEOPLE.names.within(text)] == [f"{first} {last}"]


@given(_given, _sur, st.sampled_from(["S", "SD", "KD", "MP"]), st.sampled_from(["", ", ordförande", " § 4"]))
def test_a_row_gives_name_and_party(first, last, party, after):
    person = PEOPLE.read_row(f"{first} {last} ({party}){after}")
    assert person is not None
    assert (person.name, person.party) == (f"{first} {last}", party)


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    assert all(0 <= start < end <= len(text) for start, end, _ in PEOPLE.names.within(text))
    PEOPLE.read_row(text)
