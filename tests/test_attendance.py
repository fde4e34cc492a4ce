"""Who was present: rows, lists, tables and sentences, with all that the page says of each person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdfs import draw, paragraph
from protoparse import rules
from protoparse.attendance import read_attendance
from protoparse.attendees import Register
from protoparse.labels import Words, fields
from protoparse.models import Line
from protoparse.people import People
from protoparse.presence import Presence
from protoparse.protocol import Kit, parse
from protoparse.text import Text

RULES = rules.load()
WORDS = Words.of(RULES.data["header"]["words"])
PRESENCE = Presence.of(RULES.data["people"])
REGISTER = Register(People.of(RULES.data["people"]), PRESENCE, RULES.data["header"]["words"])
KIT = Kit.of(RULES)

NOTHING = {
    "party": None,
    "organization": None,
    "role": None,
    "category": "member",
    "stands_in_for": None,
    "presence": None,
    "section_from": None,
    "section_to": None,
    "serving": None,
    "matter": None,
}


def said(attendee) -> dict:
    """What a row says beyond its evidence, without what it leaves open."""
    columns = {name: getattr(attendee, name) for name in ("name", *NOTHING)}
    return {name: value for name, value in columns.items() if name == "name" or value != NOTHING[name]}


def under(label: str, *rows: str) -> list[dict]:
    """The rows of a list under a label, as text without places."""
    labelled = fields([Line(Text(f"{label}:")), *(Line(Text(row)) for row in rows)], WORDS)
    return [said(one) for one in read_attendance(labelled, REGISTER)[0]]


def on_paper(tmp_path, *pages, **given) -> list[dict]:
    """The rows of a drawn document."""
    return [said(one) for one in parse(draw(tmp_path / "p.pdf", pages, **given), KIT).attendance]


def only(number: str) -> dict[str, str]:
    return {"section_from": number, "section_to": number}


M = {"name": "Moa Vret"}
ROWS = [
    ("Moa Vret (S), ordförande", M | {"party": "S", "role": "ordförande"}),
    ("Moa Vret/ordf", M | {"role": "ordförande"}),
    ("Moa Vret (S) / kassör", M | {"party": "S", "role": "kassör"}),
    ("Moa Vret, kassör/sekreterare", M | {"role": "kassör/sekreterare"}),
    ("Moa Vret, kassör tillika sekreterare", M | {"role": "kassör"}),
    ("Moa Vret, ekonomichef, tillika sekreterare", M | {"role": "ekonomichef"}),
    ("Moa Vret, ekonomichef tillika inköpschef", M | {"role": "ekonomichef tillika inköpschef"}),
    ("Moa Vret (S) (1:e vice ordförande)", M | {"party": "S", "role": "1:e vice ordförande"}),
    ("Moa Vret, s", M | {"party": "S"}),
    ("Moa Vret c", M | {"party": "C"}),
    ("Moa Vret (-)", M),
    ("Moa Vret (OB)", M),
    ("Moa Vret, Sjöbo stad", M | {"organization": "Sjöbo stad"}),
    ("Moa Vret, Brukarrepresentant", M | {"role": "Brukarrepresentant"}),
    ("Skolchef Moa Vret", M | {"role": "Skolchef"}),
    ("Moa Vret (L) §§ 1–33", M | {"party": "L", "presence": "§§ 1–33", "section_from": "1", "section_to": "33"}),
    ("Moa Vret (M) fr.o.m. § 60", M | {"party": "M", "presence": "fr.o.m. § 60", "section_from": "60"}),
    ("Moa Vret (M) t.o.m. § 12", M | {"party": "M", "presence": "t.o.m. § 12", "section_to": "12"}),
    (
        "Moa Vret (M), fr.o.m. § 3 t.o.m. § 9",
        M | {"party": "M", "presence": "fr.o.m. § 3 t.o.m. § 9", "section_from": "3", "section_to": "9"},
    ),
    ("Moa Vret (V) §§ 4-6, 9", M | {"party": "V", "presence": "§§ 4-6, 9"}),
    ("Moa Vret (V) §§ 7, 8", M | {"party": "V", "presence": "§§ 7, 8", "section_from": "7", "section_to": "8"}),
    ("Moa Vret §§ 7, 8 och 9", M | {"presence": "§§ 7, 8 och 9", "section_from": "7", "section_to": "9"}),
    ("Moa Vret (KD), ej § 118", M | {"party": "KD", "presence": "ej § 118"}),
    ("Moa Vret (C) kl. 13.00–15.20", M | {"party": "C", "presence": "kl. 13.00–15.20"}),
    ("Moa Vret, Sjöbo stad (till kl. 14.00)", M | {"organization": "Sjöbo stad", "presence": "till kl. 14.00"}),
    ("Moa Vret (delvis)", M | {"presence": "delvis"}),
    ("Moa Vret (MP), på distans", M | {"party": "MP", "presence": "på distans"}),
    (
        "Moa Vret, digital strateg, § 133",
        M | {"role": "digital strateg", "presence": "§ 133", "matter": "§ 133"} | only("133"),
    ),
    (
        "Moa Vret (punkt B, vattenverket, driftchef) §94",
        M
        | {"organization": "vattenverket", "role": "driftchef", "presence": "punkt B, §94", "section_from": "94"}
        | {"section_to": "94", "matter": "§ 94 punkt B"},
    ),
    ("Moa Vret, jurist, punkt 5", M | {"role": "jurist", "presence": "punkt 5", "matter": "punkt 5"} | only("5")),
    ("3. Moa Vret (S)", M | {"party": "S"}),
    ("12 Moa Vret (S)", M | {"party": "S"}),
    ("Moa Vret (S) tjg ers för Ulf Sten (S)", M | {"party": "S", "stands_in_for": "Ulf Sten", "serving": True}),
    ("Moa Vret (S) ersätter Ulf Sten (S)", M | {"party": "S", "stands_in_for": "Ulf Sten", "serving": True}),
    (
        "Moa Vret (S) §§ 5–9 tjg för Ulf Sten (S)",
        M | {"party": "S", "stands_in_for": "Ulf Sten", "serving": True}
        | {"presence": "§§ 5–9", "section_from": "5", "section_to": "9"},
    ),
    (
        "Moa Vret (S) tjg för Ulf Sten (S) §§ 5–9",
        M | {"party": "S", "stands_in_for": "Ulf Sten", "serving": True}
        | {"presence": "§§ 5–9", "section_from": "5", "section_to": "9"},
    ),
    ("Moa Vret (V), ej tjg", M | {"party": "V", "category": "substitute", "serving": False}),
    ("Moa Vret (V), tjg", M | {"party": "V", "serving": True}),
    ("Moa Vret (V), insynsplats", M | {"party": "V", "role": "insynsplats", "category": "other"}),
    ("Moa von Vret (M)", {"name": "Moa von Vret", "party": "M"}),
    ("Jean de la Tour (L)", {"name": "Jean de la Tour", "party": "L"}),
    ("Lars-Åke Ek-Björklund (C)", {"name": "Lars-Åke Ek-Björklund", "party": "C"}),
    ("Zlatica Šimić Dahl (SD)", {"name": "Zlatica Šimić Dahl", "party": "SD"}),
    ("Ali M. Al-Hassan (S)", {"name": "Ali M. Al-Hassan", "party": "S"}),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected"), ROWS, ids=[row for row, _ in ROWS])
def test_a_row(row, expected):
    assert under("Närvarande", row) == [expected]


NOBODY = [
    "Vakant (M)",
    "Enligt förteckning",
    "Se bilaga 1",
    "Moa Vret (S), frånvarande",
    "Moa Vret (S) (anmält förhinder)",
    "Elevrådet",
]


@pytest.mark.parametrize("row", NOBODY)
def test_a_row_without_anybody_present(row):
    assert under("Närvarande", row) == []


@pytest.mark.parametrize(
    ("label", "category", "serving"),
    [
        ("Beslutande", "member", True),
        ("Ledamöter", "member", True),
        ("Tjänstgörande ersättare", "member", True),
        ("Närvarande", "member", None),
        ("Deltagare", "member", None),
        ("Ej tjänstgörande ersättare", "substitute", False),
        ("Ej beslutande", "substitute", False),
        ("Ersättare", "substitute", None),
        ("Övriga närvarande", "other", None),
        ("Adjungerade", "other", None),
        ("Insynsplats", "other", None),
        ("Personalföreträdare", "other", None),
        ("Föredragande", "other", None),
    ],
)
def test_what_a_label_says_of_its_list(label, category, serving):
    (row,) = under(label, "Moa Vret (S)")
    assert (row.get("category", "member"), row.get("serving")) == (category, serving)


def test_a_substitute_who_serves_at_one_matter_is_a_substitute_still():
    (row,) = under("Ersättare", "Moa Vret (L), tjänstgör § 22")
    assert row == M | {"party": "L", "category": "substitute", "serving": True, "presence": "tjänstgör § 22"} | {
        "section_from": "22",
        "section_to": "22",
        "matter": "§ 22",
    }


@pytest.mark.parametrize("label", ["Frånvarande", "Förhinder", "Anmält förhinder"])
def test_who_was_away_gives_no_row(label):
    assert under(label, "Moa Vret (S)") == []


def test_commas_between_persons_without_parties():
    found = under("Övriga", "Eva Lundal, ekonomichef, Per Ostvik, jurist, Maj Skär, Norrhamns kommun")
    assert [(r["name"], r.get("role"), r.get("organization")) for r in found] == [
        ("Eva Lundal", "ekonomichef", None),
        ("Per Ostvik", "jurist", None),
        ("Maj Skär", None, "Norrhamns kommun"),
    ]


def test_semicolons_between_persons():
    found = under("Övriga", "Eva Lundal, ekonomichef; Per Ostvik,", "jurist; Maj Skär")
    assert [(r["name"], r.get("role")) for r in found] == [
        ("Eva Lundal", "ekonomichef"),
        ("Per Ostvik", "jurist"),
        ("Maj Skär", None),
    ]


def test_parties_above_their_members():
    found = under("Beslutande", "Socialdemokraterna", "Moa Vret", "Ulf Sten, gruppledare", "Moderaterna (2)", "Ida Alm")
    assert [(r["name"], r["party"]) for r in found] == [("Moa Vret", "S"), ("Ulf Sten", "S"), ("Ida Alm", "M")]


def test_organisations_above_their_people():
    found = under("Deltagare", "Kommunerna:", "Moa Vret, Sjöbo stad", "Region Havet:", "Ulf Sten", "Ida Alm, läkare")
    assert [(r["name"], r.get("organization")) for r in found] == [
        ("Moa Vret", "Sjöbo stad"),
        ("Ulf Sten", "Region Havet"),
        ("Ida Alm", "Region Havet"),
    ]


def test_an_organisation_that_runs_on_in_the_next_line():
    found = under(
        "Deltagare", "Moa Vret, samordnare Äldre, Region", "Havslandet", "Ulf Sten, Norrhamns", "kommun", "Ida Alm"
    )
    assert [(r["name"], r.get("organization")) for r in found] == [
        ("Moa Vret", "Region Havslandet"),
        ("Ulf Sten", "Norrhamns kommun"),
        ("Ida Alm", None),
    ]


@pytest.mark.parametrize(
    ("legend", "expected"),
    [
        ("* = tjänstgörande ersättare", {"serving": True}),
        ("* ersättare", {"category": "substitute"}),
        ("*) deltog under eftermiddagen", {"presence": "deltog under eftermiddagen"}),
    ],
)
def test_an_asterisk_means_what_its_legend_says(legend, expected):
    assert under("Närvarande", "*Moa Vret (S)", "Ulf Sten (M)", legend) == [
        M | {"party": "S"} | expected,
        {"name": "Ulf Sten", "party": "M"},
    ]


def test_an_asterisk_without_a_legend_means_nothing():
    assert under("Närvarande", "*Moa Vret (S)") == [M | {"party": "S"}]


def test_a_list_that_stands_elsewhere_is_a_doubt():
    labelled = fields([Line(Text("Beslutande: Enligt bifogad förteckning"))], WORDS)
    found, doubts = read_attendance(labelled, REGISTER)
    assert found == []
    assert [(d.kind, d.cue) for d in doubts] == [("attendance", "Enligt bifogad förteckning")]


# ---------------------------------------------------------------- drawn pages

TITLE = (60, 50, "Protokoll Kulturnämnden 2027-02-19", 16)
BODY = paragraph(60, 560, ["§ 1 Mötet öppnas", "Ordföranden öppnar mötet.", "§ 2 Avslutning", "Mötet avslutas."])


def table(top: float, starts: tuple[float, ...], rows: list[tuple[str, ...]], step: float = 14) -> list[tuple]:
    return [
        (x, top + step * k, cell, 10) for k, row in enumerate(rows) for x, cell in zip(starts, row, strict=True) if cell
    ]


def ruling(
    left: float, right: float, tops: list[float], columns: list[float]
) -> list[tuple[float, float, float, float]]:
    across = [(left, y, right, y) for y in tops]
    return across + [(x, tops[0], x, tops[-1]) for x in columns]


ROLL = [
    ("Namn", "Parti", "Närv", "Tjg för", "Paragrafer"),
    ("Moa Vret", "S", "X", "", ""),
    ("Ulf Sten", "M", "", "", ""),
    ("Ida Alm", "V", "X", "Lo Berg", "14–16"),
    ("Tor Ekman", "-", "X", "", "§ 15"),
]
READ = [
    M | {"party": "S"},
    {"name": "Ida Alm", "party": "V", "stands_in_for": "Lo Berg", "serving": True}
    | {"presence": "14–16", "section_from": "14", "section_to": "16"},
    {"name": "Tor Ekman", "presence": "§ 15", "section_from": "15", "section_to": "15", "matter": "§ 15"},
]  # fmt: skip


@pytest.mark.parametrize("lines", [(), ruling(55, 520, [108, 123, 137, 151, 165, 179], [55, 200, 260, 320, 420, 520])])
def test_a_table_with_crosses(tmp_path, lines):
    page = [TITLE, *table(120, (60, 205, 265, 325, 425), ROLL), *BODY]
    assert on_paper(tmp_path, page, lines=lines) == READ


def test_columns_for_serving_and_votes(tmp_path):
    rows = [
        ("Namn", "Parti", "Tjg", "Ej tjg", "Ja", "Nej"),
        ("Moa Vret", "S", "X", "", "X", ""),
        ("Ulf Sten", "M", "X", "", "", "X"),
        ("Ida Alm", "V", "", "X", "", ""),
        ("Lo Berg", "C", "", "", "", ""),
    ]
    protocol = parse(draw(tmp_path / "t.pdf", [[TITLE, *table(120, (60, 205, 265, 325, 385, 445), rows), *BODY]]), KIT)
    assert [said(one) for one in protocol.attendance] == [
        M | {"party": "S", "serving": True},
        {"name": "Ulf Sten", "party": "M", "serving": True},
        {"name": "Ida Alm", "party": "V", "category": "substitute", "serving": False},
    ]
    assert [(v.name, v.vote) for v in protocol.votes] == [("Moa Vret", "yes"), ("Ulf Sten", "no")]


@pytest.mark.parametrize("lines", [(), ruling(55, 540, [117, 131, 145, 159, 173, 187], [])])
def test_who_sits_for_an_absent_member_is_told_in_the_last_column(tmp_path, lines):
    rows = [
        ("Ledamot", "Parti", "Uppdrag", "Tjänstgörande ersättare"),
        ("Moa Vret", "S", "Ordförande", ""),
        ("Ulf Sten", "M", "Frånvarande", "Ida Alm (M)"),
        ("Tor Wenning", "C", "", ""),
        ("Lo Berg", "V", "Frånvarande", ""),
    ]
    page = [TITLE, (60, 95, "Närvarolista", 11), *table(120, (60, 205, 265, 395), rows), *BODY]
    assert on_paper(tmp_path, page, lines=lines) == [
        M | {"party": "S", "role": "Ordförande"},
        {"name": "Ida Alm", "party": "M", "stands_in_for": "Ulf Sten", "serving": True},
        {"name": "Tor Wenning", "party": "C"},
    ]


def test_a_column_of_seats_tells_who_votes(tmp_path):
    rows = [
        ("Namn", "Parti", "Funktion", "Anmärkning"),
        ("Moa Vret", "S", "Ordförande", ""),
        ("Ulf Sten", "M", "Ledamot", "ej § 15"),
        ("Ida Alm", "V", "Ersättare", "tjänstgör för Lo Berg"),
        ("Tor Wenning", "C", "Ersättare", "tjänstgör ej"),
        ("Eva Dahl", "", "Kulturchef", "§ 14"),
    ]
    page = [TITLE, (60, 95, "Närvarolista", 11), *table(120, (60, 205, 265, 395), rows), *BODY]
    found = on_paper(tmp_path, page)
    assert [(it["name"], it.get("category", "member"), it.get("role")) for it in found] == [
        ("Moa Vret", "member", "Ordförande"),
        ("Ulf Sten", "member", "Ledamot"),
        ("Ida Alm", "member", None),
        ("Tor Wenning", "substitute", None),
        ("Eva Dahl", "other", "Kulturchef"),
    ]
    assert found[2]["stands_in_for"] == "Lo Berg"


def roll_of(tmp_path, rows: list[tuple[str, ...]]) -> list[tuple]:
    page = [TITLE, (60, 95, "Närvarande", 11, "Helvetica-Bold"), *table(120, (60, 205, 365), rows), *BODY]
    return [
        (it["name"], it.get("category", "member"), it.get("role"), it.get("serving")) for it in on_paper(tmp_path, page)
    ]


def test_the_function_tells_who_of_a_board_with_organizations_votes(tmp_path):
    rows = [
        ("Namn", "Organisation", "Funktion"),
        ("Moa Vret", "Sjöbo stad", "Ordförande"),
        ("Ulf Sten", "Region Havet", "Ledamot"),
        ("Ida Alm", "Sjöbo stad", "Tjänstgörande ersättare"),
        ("Tor Wenning", "Region Havet", "Ersättare"),
        ("Lo Berg", "Region Havet", "Ej tjänstgörande ersättare"),
        ("Eva Dahl", "Hamnförbundet", "Förbundschef"),
        ("Bo Lind", "Hamnförbundet", "Sekreterare"),
        ("Siv Falk", "Fyrhuset", "Samordnare, § 2"),
    ]
    assert [row[:3] for row in roll_of(tmp_path, rows)[:2]] == [
        ("Moa Vret", "member", "Ordförande"),
        ("Ulf Sten", "member", "Ledamot"),
    ]
    assert [(name, category, serving) for name, category, _, serving in roll_of(tmp_path, rows)[2:]] == [
        ("Ida Alm", "member", True),
        ("Tor Wenning", "substitute", False),
        ("Lo Berg", "substitute", False),
        ("Eva Dahl", "other", None),
        ("Bo Lind", "other", None),
        ("Siv Falk", "other", None),
    ]
    assert roll_of(tmp_path, rows)[-1][2] == "Samordnare"


@pytest.mark.parametrize(
    ("rows", "others"),
    [
        (  # nobody has a seat: a group where nobody votes
            [("Moa Vret", "Sjöbo stad", "Socialchef"), ("Ulf Sten", "Region Havet", "Ordförande")],
            [],
        ),
        (  # a board that elects its secretary
            [
                ("Moa Vret", "Sjöbo IK", "Ordförande"),
                ("Ulf Sten", "Havets FK", "Ledamot"),
                ("Ida Alm", "Sjöbo IK", "Kassör"),
                ("Lo Berg", "Havets FK", "Sekreterare"),
                ("Eva Dahl", "Förbundet", "Kanslichef"),
            ],
            ["Eva Dahl"],
        ),
        (  # two offices of one member
            [
                ("Moa Vret", "Sjöbo stad", "Ordförande"),
                ("Ulf Sten", "Region Havet", "Ledamot, vice ordförande"),
                ("Ida Alm", "Region Havet", "Ledamot (justerare)"),
            ],
            [],
        ),
    ],
)
def test_without_a_seat_somebody_may_be_a_member_still(tmp_path, rows, others):
    found = roll_of(tmp_path, [("Namn", "Organisation", "Roll"), *rows])
    assert len(found) == len(rows)
    assert [name for name, category, *_ in found if category == "other"] == others


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "Moa Vret, Sjöbo kommun (sammankallande), Ulf Sten, Fiskeriverket, Runhild Sköld, Tullkassan, "
            "Tjelvar Brask, Region Havet, Ida Alm, samordnare",
            ["Sjöbo kommun", "Fiskeriverket", "Tullkassan", "Region Havet", None],
        ),
        ("Moa Vret, Tullverket, Runhild Sköld, Havskontoret", ["Tullverket", "Havskontoret"]),
        (
            "Runhild Sköld, Tullkassan, Tjelvar Brask, Fiskeriverket, Yrsa Falkman, Sjöbo kommun",
            ["Tullkassan", "Fiskeriverket", "Sjöbo kommun"],
        ),
        (
            "Moa Vret, Sjöbo kommun, ordförande, Ulf Sten, Tullkassan, vice ordförande, Runhild Sköld, Fiskeriverket",
            ["Sjöbo kommun", "Tullkassan", "Fiskeriverket"],
        ),
    ],
)
def test_a_list_that_goes_by_turns_of_name_and_organization(row, expected):
    assert [one.get("organization") for one in under("Deltagare", row)] == expected


@pytest.mark.parametrize(
    "row",
    [
        "Moa Vret, Sjöbo kommun, Unga Örnarna, Havskontoret, Ulf Sten, Fiskeriverket",
        "Moa Vret, Tullverket, Norra Hamnen, Ulf Sten, Fiskeriverket",
    ],
)
def test_a_second_organization_is_no_person(row):
    assert [one["name"] for one in under("Deltagare", row)] == ["Moa Vret", "Ulf Sten"]


BOARD = ("Moa Vret, Sjöbo stad, ordförande", "Ulf Sten, Region Havet, ledamot", "Siv Falk, Region Havet, ledamot")


@pytest.mark.parametrize(
    ("label", "row", "category"),
    [
        ("Närvarande", "Eva Dahl, Hamnförbundet, förbundschef", "other"),
        ("Närvarande", "Eva Dahl, Hamnförbundet, sekreterare", "other"),
        ("Närvarande", "Eva Dahl, Region Havet, regionråd", "member"),
        ("Närvarande", "Eva Dahl, Region Havet", "member"),
        ("Ledamöter", "Eva Dahl, Hamnförbundet, förbundschef", "member"),
    ],
)
def test_an_official_in_the_list_of_a_board_is_no_member(label, row, category):
    assert under(label, *BOARD, row)[-1].get("category", "member") == category
    assert all("category" not in one for one in under(label, *BOARD))


def test_the_heads_of_columns_are_nobody():
    assert [one["name"] for one in under("Närvarande", "Namn Myndighet", "Moa Vret, Tullkassan")] == ["Moa Vret"]


def test_a_list_of_votes_is_no_attendance(tmp_path):
    rows = [("Namn", "Parti", "Ja", "Nej"), ("Moa Vret", "S", "X", ""), ("Ulf Sten", "M", "", "X")]
    assert on_paper(tmp_path, [TITLE, *table(120, (60, 205, 265, 325), rows), *BODY]) == []


def test_three_columns_beside_a_label(tmp_path):
    page = [
        TITLE,
        (60, 120, "Beslutande", 10, "Helvetica-Bold"),
        *paragraph(170, 120, ["Moa Vret (S)", "Ulf Sten (M)"], 10),
        *paragraph(300, 120, ["Ida Alm (C)", "Tor Ekman (V)"], 10),
        *paragraph(430, 120, ["Lo Berg (L)", "Bo Lind (KD) §§ 1–2"], 10),
        *BODY,
    ]
    found = on_paper(tmp_path, page)
    assert [(r["name"], r["party"], r["serving"]) for r in found] == [
        ("Moa Vret", "S", True),
        ("Ulf Sten", "M", True),
        ("Ida Alm", "C", True),
        ("Tor Ekman", "V", True),
        ("Lo Berg", "L", True),
        ("Bo Lind", "KD", True),
    ]
    assert found[-1]["section_to"] == "2"


def test_a_list_on_the_last_page(tmp_path):
    front = [TITLE, (60, 120, "Beslutande: Enligt närvarolista, bilaga 1", 10), *BODY]
    roll = [
        (60, 60, "Närvarolista", 14, "Helvetica-Bold"),
        (60, 90, "Ledamöter", 10, "Helvetica-Bold"),
        *paragraph(60, 104, ["Moa Vret (S), ordförande", "Ulf Sten (M)"], 10),
        (60, 160, "Ersättare", 10, "Helvetica-Bold"),
        *paragraph(60, 174, ["Ida Alm (C)"], 10),
    ]
    assert on_paper(tmp_path, front, roll) == [
        M | {"party": "S", "role": "ordförande", "serving": True},
        {"name": "Ulf Sten", "party": "M", "serving": True},
        {"name": "Ida Alm", "party": "C", "category": "substitute"},
    ]


def test_a_list_without_labels_on_the_last_page(tmp_path):
    title = (60, 60, "Närvarolista", 14, "Helvetica-Bold")
    roll = [title, *paragraph(60, 90, ["Moa Vret (S), ordförande", "Ulf Sten (M)"], 10)]
    sections = [
        (60, 160, "§ 1 Mötet öppnas", 13, "Helvetica-Bold"),
        (60, 180, "Ordföranden öppnar mötet och hälsar alla välkomna."),
        (60, 210, "§ 2 Avslutning", 13, "Helvetica-Bold"),
        (60, 230, "Mötet avslutas."),
    ]
    assert on_paper(tmp_path, [TITLE, *sections], roll) == [
        M | {"party": "S", "role": "ordförande"},
        {"name": "Ulf Sten", "party": "M"},
    ]


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("S", {"party": "S"}),
        ("Norrhamns kommun", {"organization": "Norrhamns kommun"}),
        ("ersätter Bo Ekvall (C)", {"stands_in_for": "Bo Ekvall"}),
        ("§§ 1–2", {"presence": "§§ 1–2", "section_from": "1", "section_to": "2"}),
        ("vice ordförande", {"role": "vice ordförande"}),
    ],
)
def test_what_stands_apart_on_the_line_of_a_name(tmp_path, beside, expected):
    page = [
        TITLE,
        (60, 120, "Beslutande", 10, "Helvetica-Bold"),
        *paragraph(170, 120, ["Moa Vret", "Ulf Sten", "Ida Alm"], 10),
        (320, 133, beside, 10),
        *BODY,
    ]
    serving = {"serving": True}
    assert on_paper(tmp_path, page) == [
        M | serving,
        {"name": "Ulf Sten"} | serving | expected,
        {"name": "Ida Alm"} | serving,
    ]


def test_a_table_under_a_label_has_the_standing_of_the_label(tmp_path):
    page = [
        TITLE,
        (60, 100, "Beslutande", 10, "Helvetica-Bold"),
        *table(
            118,
            (60, 205, 265),
            [("Ledamot", "Parti", "Ersätter"), ("Moa Vret", "S", ""), ("Ida Alm", "C", "Bo Ek (C)")],
        ),
        (60, 190, "Ej tjänstgörande ersättare", 10, "Helvetica-Bold"),
        *table(208, (60, 205), [("Ersättare", "Parti"), ("Lo Berg", "V"), ("Tor Ekman", "L")]),
        *BODY,
    ]
    found = on_paper(tmp_path, page)
    assert [(r["name"], r["party"], r.get("stands_in_for")) for r in found] == [
        ("Moa Vret", "S", None),
        ("Ida Alm", "C", "Bo Ek"),
        ("Lo Berg", "V", None),
        ("Tor Ekman", "L", None),
    ]
    assert [r.get("category", "member") for r in found] == ["member", "member", "substitute", "substitute"]


@given(st.integers(1, 400), st.integers(0, 40), st.sampled_from(["§ ", "§§ ", "§"]), st.sampled_from(["–", "-", " – "]))
def test_a_run_of_paragraphs_is_read_back(first, more, sign, dash):
    present = PRESENCE.read(f"Moa Vret (S) {sign}{first}{dash}{first + more}")
    assert (present.first, present.last, present.rest) == (str(first), str(first + more), "Moa Vret (S)")


@given(st.text(max_size=60))
def test_any_row_can_be_read(text):
    assert isinstance(PRESENCE.read(text).rest, str)
    under("Närvarande", text)
