"""What a document says of itself, and who was present."""

import datetime

import pytest

from pdfs import draw, paragraph
from protoparse import rules
from protoparse.agenda import read_agenda
from protoparse.attendance import read_attendance
from protoparse.attendees import Register
from protoparse.dates import Grammar, find_dates
from protoparse.header import read_meeting, title_index
from protoparse.labels import Words, fields
from protoparse.models import Line
from protoparse.passages import passages, plain_lines
from protoparse.pdf.layout import lay_out
from protoparse.pdf.reader import read
from protoparse.people import People
from protoparse.presence import Presence
from protoparse.text import Text
from protoparse.zones import Headings

RULES = rules.load()
WORDS = Words.of(RULES.data["header"]["words"])
PEOPLE = People.of(RULES.data["people"])
REGISTER = Register(PEOPLE, Presence.of(RULES.data["people"]), RULES.data["header"]["words"])
GRAMMAR = Grammar.of(RULES.data["dates"])
HEADINGS = Headings.of(RULES.data["headings"]["words"])


def meeting_of(file):
    document = read(file)
    layout = lay_out(document)
    agenda = read_agenda(layout.lines, HEADINGS, title_index(layout.lines, WORDS))
    labelled = fields([*agenda.front, *agenda.back], WORDS)
    present, _ = read_attendance(labelled, REGISTER)
    meeting, _ = read_meeting(
        document, layout, agenda, labelled, present, WORDS, lambda text: find_dates(text, None, GRAMMAR)[0], PEOPLE
    )
    return meeting, present


BODY = paragraph(70, 300, ["1. Mötet öppnas", "Ordföranden hälsar alla välkomna till dagens möte.", "2. Avslutning"])


@pytest.mark.parametrize(
    ("title", "kind", "organ", "day"),
    [
        ("Protokoll Länssamråd Nord 2027-02-19", "protokoll", "Länssamråd Nord", "2027-02-19"),
        (
            "Protokoll fört vid sammanträde med styrgruppen den 19 februari 2027",
            "protokoll",
            "styrgruppen",
            "2027-02-19",
        ),
        ("Minnesanteckningar Skolrådet 19 februari 2027", "minnesanteckningar", "Skolrådet", "2027-02-19"),
        ("Kallelse till Socialnämnden 2027-02-19", "kallelse", "Socialnämnden", "2027-02-19"),
        ("Nyhetsbrev Kulturnätverket", "nyhetsbrev", "Kulturnätverket", None),
        ("Protokoll nr 4/2027, Byggnadsnämnden 2027-02-19", "protokoll", "Byggnadsnämnden", "2027-02-19"),
    ],
)
def test_a_title_line_tells_kind_organ_and_date(tmp_path, title, kind, organ, day):
    meeting, _ = meeting_of(draw(tmp_path / "a.pdf", [[(70, 80, title, 16), *BODY]]))
    assert (meeting.kind, meeting.organ) == (kind, organ)
    assert meeting.date == (datetime.date.fromisoformat(day) if day else None)
    assert meeting.date_source == ("title" if day else None)


COVER = [
    (300, 60, "Kulturnämnden", 12, "Helvetica-Bold"),
    (300, 75, "Protokoll", 12, "Helvetica-Bold"),
    (70, 130, "Plats och tid", 9, "Helvetica-Bold"),
    (185, 130, "Stora salen den 19 februari 2027"),
    (70, 160, "Beslutande", 9, "Helvetica-Bold"),
    *paragraph(
        185, 160, ["Moa Vret (S), ordförande", "Ulf Sten (M)", "Ida Ros (C) ersätter Ola Berg (C)", "Vakant (L)"]
    ),
    (70, 230, "Ej tjänstgörande", 9, "Helvetica-Bold"),
    (70, 240, "ersättare", 9, "Helvetica-Bold"),
    *paragraph(185, 230, ["Eva Dahl (S)", "Bo Lund (M)"]),
    (70, 270, "Övriga deltagare", 9, "Helvetica-Bold"),
    *paragraph(185, 270, ["Kim Ek (kulturchef med ansvar för", "bibliotek och museer) § 4", "4 elever från årskurs 8"]),
    (70, 330, "Utses att justera", 9, "Helvetica-Bold"),
    (185, 330, "Ulf Sten (M)"),
    (70, 360, "Sekreterare", 9, "Helvetica-Bold"),
    (185, 375, "Tove Alm"),
]


def test_a_cover_page_with_labels_left_and_values_right(tmp_path):
    meeting, present = meeting_of(draw(tmp_path / "c.pdf", [COVER]))
    assert (meeting.kind, meeting.organ, str(meeting.date)) == ("protokoll", "Kulturnämnden", "2027-02-19")
    assert meeting.date_source == "header"
    assert meeting.title == "Protokoll Kulturnämnden 2027-02-19"
    assert (meeting.secretary, meeting.adjusters) == ("Tove Alm", ("Ulf Sten",))
    assert [(a.name, a.party, a.category, a.stands_in_for) for a in present] == [
        ("Moa Vret", "S", "member", None),
        ("Ulf Sten", "M", "member", None),
        ("Ida Ros", "C", "member", "Ola Berg"),
        ("Eva Dahl", "S", "substitute", None),
        ("Bo Lund", "M", "substitute", None),
        ("Kim Ek", None, "other", None),
    ]
    assert present[0].role == "ordförande"
    assert present[5].role == "kulturchef med ansvar för bibliotek och museer"


def plain(*rows: str) -> list[Line]:
    return [Line(Text(row)) for row in rows]


def test_a_list_under_its_label_and_a_running_list():
    present, _ = read_attendance(
        fields(plain("Närvarande:", "Moa Vret, Sjöbo stad", "Ulf Sten,", "Regionen"), WORDS), REGISTER
    )
    assert [(a.name, a.organization) for a in present] == [("Moa Vret", "Sjöbo stad"), ("Ulf Sten", "Regionen")]
    running, _ = read_attendance(fields(plain("Beslutande: Moa Vret (S), Ulf Sten (M)"), WORDS), REGISTER)
    assert [(a.name, a.party) for a in running] == [("Moa Vret", "S"), ("Ulf Sten", "M")]


def test_absent_persons_are_no_rows():
    labelled = fields(plain("Närvarande:", "Moa Vret (S)", "Frånvarande:", "Ulf Sten (M)"), WORDS)
    assert [a.name for a in read_attendance(labelled, REGISTER)[0]] == ["Moa Vret"]


def test_a_label_over_two_lines_and_names_in_two_columns(tmp_path):
    page = [
        (70, 60, "Protokoll Kulturnämnden 2027-02-19", 16),
        (70, 120, "Närvarande", 9, "Helvetica-Bold"),
        (70, 131, "ersättare", 9, "Helvetica-Bold"),
        *paragraph(185, 120, ["Eva Dahl (S)", "Bo Lund (M)", "Kim Ros (C)"]),
        (70, 180, "Beslutande", 9, "Helvetica-Bold"),
        *paragraph(185, 180, ["Moa Vret, S, ordförande", "Ulf Sten, M"]),
        *paragraph(345, 180, ["Ida Alm (C)", "Tor Berg (V) tjg ers för", "Lo Ek (V)"]),
    ]
    _, present = meeting_of(draw(tmp_path / "w.pdf", [page]))
    assert [(a.name, a.party, a.category, a.stands_in_for) for a in present] == [
        ("Eva Dahl", "S", "substitute", None),
        ("Bo Lund", "M", "substitute", None),
        ("Kim Ros", "C", "substitute", None),
        ("Moa Vret", "S", "member", None),
        ("Ulf Sten", "M", "member", None),
        ("Ida Alm", "C", "member", None),
        ("Tor Berg", "V", "member", "Lo Ek"),
    ]


def test_labels_side_by_side_above_their_lists(tmp_path):
    page = [
        (70, 60, "Protokoll Skolrådet 2027-02-19", 16),
        (70, 120, "Närvarande", 11, "Helvetica-Bold"),
        (300, 120, "Övriga", 11, "Helvetica-Bold"),
        (460, 120, "Förhinder", 11, "Helvetica-Bold"),
        *paragraph(70, 135, ["Moa Vret, Sjöbo stad", "Ulf Sten, Regionen"]),
        *paragraph(300, 135, ["Ida Alm, sekreterare"]),
        *paragraph(460, 135, ["Tor Berg"]),
    ]
    _, present = meeting_of(draw(tmp_path / "s.pdf", [page]))
    assert [(a.name, a.category) for a in present] == [
        ("Moa Vret", "member"),
        ("Ulf Sten", "member"),
        ("Ida Alm", "other"),
    ]


def test_a_table_of_names_with_a_column_for_presence(tmp_path):
    rows = [("Moa Vret", "Sjöbo stad", "X"), ("Ulf Sten", "Regionen", "–"), ("Ida Alm för Lo Ek", "Regionen", "X")]
    page = [(60, 100, "Namn"), (220, 100, "Organisation"), (400, 100, "Närvarande")]
    page += [(x, 120 + 14 * k, cell) for k, row in enumerate(rows) for x, cell in zip((60, 220, 400), row, strict=True)]
    lines = lay_out(read(draw(tmp_path / "n.pdf", [page])), ["Namn Organisation"]).lines
    present, _ = read_attendance([], REGISTER, lines)
    assert [(a.name, a.organization, a.stands_in_for) for a in present] == [
        ("Moa Vret", "Sjöbo stad", None),
        ("Ida Alm", "Regionen", "Lo Ek"),
    ]


def test_attendance_told_in_sentences():
    text = "Närvarande var Moa Vret (ordförande), Ulf Sten och Ida Alm. Som gäst deltog Tor Berg, rektor, Sjöbo stad."
    present, _ = read_attendance([], REGISTER, (), passages(plain_lines(text), HEADINGS))
    assert [(a.name, a.category, a.role, a.organization) for a in present] == [
        ("Moa Vret", "member", "ordförande", None),
        ("Ulf Sten", "member", None, None),
        ("Ida Alm", "member", None, None),
        ("Tor Berg", "other", "rektor", "Sjöbo stad"),
    ]


def test_a_running_list_with_semicolons():
    rows = ["Deltagare: Moa Vret, Sjöbo stad; Ulf", "Sten, Regionen; Ida Alm, rektor"]
    labelled = fields(plain(*rows), WORDS)
    assert [(a.name, a.organization) for a in read_attendance(labelled, REGISTER)[0]] == [
        ("Moa Vret", "Sjöbo stad"),
        ("Ulf Sten", "Regionen"),
        ("Ida Alm", None),
    ]
