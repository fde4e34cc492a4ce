"""What a document says of itself, and who was present."""

import datetime

import pytest

from pdfs import draw, paragraph
from protoparse import rules
from protoparse.agenda import read_agenda
from protoparse.attendance import read_attendance
from protoparse.dates import Grammar, find_dates
from protoparse.header import read_meeting, title_index
from protoparse.labels import Words, fields
from protoparse.models import Line
from protoparse.pdf.layout import lay_out
from protoparse.pdf.reader import read
from protoparse.people import People
from protoparse.text import Text
from protoparse.zones import Headings

RULES = rules.load()
WORDS = Words.of(RULES.data["header"]["words"])
PEOPLE = People.of(RULES.data["people"])
GRAMMAR = Grammar.of(RULES.data["dates"])
HEADINGS = Headings.of(RULES.data["headings"]["words"])


def meeting_of(file):
    layout = lay_out(read(file))
    agenda = read_agenda(layout.lines, HEADINGS, title_index(layout.lines, WORDS))
    labelled = fields([*agenda.front, *agenda.back], WORDS)
    first = read(file).pages[0]
    meeting = read_meeting(
        layout,
        labelled,
        agenda.passages,
        WORDS,
        lambda text: find_dates(text, None, GRAMMAR)[0],
        lambda row: (person := PEOPLE.read_row(row)) and person.name,
        first.width > first.height,
    )
    return meeting, read_attendance(labelled, PEOPLE)


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
    present = read_attendance(
        fields(plain("Närvarande:", "Moa Vret, Sjöbo stad", "Ulf Sten,", "Regionen"), WORDS), PEOPLE
    )
    assert [(a.name, a.organization) for a in present] == [("Moa Vret", "Sjöbo stad"), ("Ulf Sten", "Regionen")]
    running = read_attendance(fields(plain("Beslutande: Moa Vret (S), Ulf Sten (M)"), WORDS), PEOPLE)
    assert [(a.name, a.party) for a in running] == [("Moa Vret", "S"), ("Ulf Sten", "M")]


def test_absent_persons_are_no_rows():
    labelled = fields(plain("Närvarande:", "Moa Vret (S)", "Frånvarande:", "Ulf Sten (M)"), WORDS)
    assert [a.name for a in read_attendance(labelled, PEOPLE)] == ["Moa Vret"]
