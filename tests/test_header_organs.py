"""Heads of minutes, notes and newsletters of associations, groups and networks: each compared as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pdfs import draw
from protoparse import as_rows, protocol, rules

KIT = protocol.Kit.of(rules.load())
COLUMNS = (
    *("kind", "organ", "title", "meeting_date", "time_start", "time_end", "place", "chair", "secretary", "adjusters"),
    *("paragraphs_from", "paragraphs_to", "adjusted_on", "notice_up", "notice_down", "appeal_until"),
)
BODY = (
    "1. Mötet öppnas",
    "Alla hälsas välkomna till dagens möte, som är det andra för i år.",
    "2. Lägesrapport",
    "Arbetet under våren gås igenom och frågor från deltagarna besvaras.",
)
LATER = ("3. Ekonomi", "Kassan gås igenom och de närvarande får svar på sina frågor.")


def drawn(head: tuple[Any, ...], body: tuple[str, ...], above: str | None, below: str | None) -> list[list[tuple]]:
    """Two pages: lines of a head (size and text, or text of 11 points; a list is a row of cells), the body under them,
    a running head and foot on both."""
    pages = []
    for number, (top, rows) in enumerate(((head, body), ((), LATER))):
        items: list[tuple] = [(70, 32, above, 9)] if above else []
        y = 80.0
        for row in top:
            size, text = row if isinstance(row, tuple) else (11, row)
            for k, cell in enumerate([text] if isinstance(text, str) else text):
                items.append((70 + 150 * k, y, cell, size, *(["Helvetica-Bold"] if size > 12 else [])))
            y += size * 1.9 + 2
        y = max(y + 20, 330.0) if number == 0 else 90.0
        items += [(70, y + 22 * k, text, 11) for k, text in enumerate(rows)]
        pages.append([*items, *([(70, 800, below, 9)] if below else [])])
    return pages


def row_of(path: Path, head: tuple[Any, ...], body=BODY, above=None, below=None) -> dict[str, Any]:
    pages = drawn(head, body, above, below) if (above or below) else drawn(head, body, above, below)[:1]
    parsed = protocol.parse(draw(path / "blad.pdf", pages), KIT)
    row = as_rows.rows_of(as_rows.Source("0" * 64, "blad.pdf"), parsed)["documents"][0]
    row = {**row, "adjusters": json.loads(row["adjusters"] or "[]") or None}
    return {name: row[name] for name in COLUMNS if row[name] is not None}


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "genitive of a board of directors": (
        {"head": ((16, "Direktionens protokoll"), "2026-03-04")},
        {"kind": "protokoll", "organ": "Direktionen", "title": "Direktionens protokoll", "meeting_date": "2026-03-04"},
    ),
    "genitive before a yearly meeting, whole name in the foot": (
        {
            "head": (
                (16, "Protokoll fört vid Byalagets årsmöte"),
                "söndagen den 8 mars 2026 kl. 15.00–16.30, Bystugan",
                "Ordförande: Eva Dahl",
                "Sekreterare: Bo Lund",
            ),
            "below": "Byalaget i Norrånger",
        },
        {
            "kind": "protokoll",
            "organ": "Byalaget i Norrånger",
            "title": "Protokoll fört vid Byalagets årsmöte",
            "meeting_date": "2026-03-08",
            "time_start": "15:00",
            "time_end": "16:30",
            "place": "Bystugan",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
        },
    ),
    "compound with minutes": (
        {"head": ((16, "Valberedningsprotokoll"), "2026-03-04", "Sammankallande: Eva Dahl")},
        {
            "kind": "protokoll",
            "organ": "Valberedningen",
            "title": "Valberedningsprotokoll 2026-03-04",
            "meeting_date": "2026-03-04",
            "chair": "Eva Dahl",
        },
    ),
    "genitive before a meeting": (
        {"head": ((16, "Hamnrådets möte den 4 mars 2026"), "Protokoll")},
        {
            "kind": "protokoll",
            "organ": "Hamnrådet",
            "title": "Protokoll Hamnrådet 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "board of a foundation in the running head": (
        {"head": ((16, "Styrelsens sammanträde 2026-03-04"), "Protokoll"), "above": "Stiftelsen Lotshuset"},
        {
            "kind": "protokoll",
            "organ": "Stiftelsen Lotshuset",
            "title": "Protokoll Stiftelsen Lotshuset 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "newsletter in its definite form": (
        {"head": ((16, "Nyhetsbrevet"), (13, "Mars 2026"), "Aktuellt från vårens möte i Trygghetsrådet Sävnäs")},
        {"kind": "nyhetsbrev", "organ": "Trygghetsrådet Sävnäs", "title": "Nyhetsbrevet Trygghetsrådet Sävnäs"},
    ),
    "letter of a housing association": (
        {"head": ((16, "Infobrev från styrelsen nr 2"), "Brf Tranan, mars 2026")},
        {"kind": "nyhetsbrev", "organ": "Brf Tranan", "title": "Infobrev från styrelsen nr 2"},
    ),
    "notes behind a dash": (
        {"head": ((16, "Samordningsgruppen Våga – anteckningar"), "4 mars 2026 kl. 9–11", "Antecknade: Ida Ros")},
        {
            "kind": "minnesanteckningar",
            "organ": "Samordningsgruppen Våga",
            "title": "Samordningsgruppen Våga – anteckningar",
            "meeting_date": "2026-03-04",
            "time_start": "09:00",
            "time_end": "11:00",
            "secretary": "Ida Ros",
        },
    ),
    "network named in the running head": (
        {
            "head": (
                (16, "Anteckningar från nätverksträff"),
                "Onsdag 4 mars 2026",
                "Närvarande: Eva Dahl (ordf.), Bo Lund, Ida Ros (antecknar)",
            ),
            "above": "Nätverket för skolbibliotek i Mälarbygden",
        },
        {
            "kind": "minnesanteckningar",
            "organ": "Nätverket för skolbibliotek i Mälarbygden",
            "title": "Anteckningar från nätverksträff",
            "meeting_date": "2026-03-04",
            "chair": "Eva Dahl",
            "secretary": "Ida Ros",
        },
    ),
    "jottings of a meeting": (
        {"head": ((16, "Mötesnoteringar"), (13, "Arbetsgruppen Ung i Tärna"), "2026-03-04")},
        {
            "kind": "minnesanteckningar",
            "organ": "Arbetsgruppen Ung i Tärna",
            "title": "Mötesnoteringar Arbetsgruppen Ung i Tärna 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "first meeting of a network": (
        {"head": ((16, "Uppstartsmöte Nätverket Glesbygdsvård"), "Datum: 2026-03-04", "Plats: Bygdegården")},
        {
            "kind": "minnesanteckningar",
            "organ": "Nätverket Glesbygdsvård",
            "title": "Uppstartsmöte Nätverket Glesbygdsvård",
            "meeting_date": "2026-03-04",
            "place": "Bygdegården",
        },
    ),
    "network told in the first sentence": (
        {
            "head": ((16, "Minnesanteckningar"), "Tid: 4 mars 2026 kl 9", "Deltagare: Eva Dahl, Bo Lund"),
            "body": (
                "Anteckningar från möte med Nätverket för odling i skolan den 4 mars.",
                "Nätverket träffades för tredje gången och gick laget runt.",
                "Nätverket beslutade att ses igen i höst.",
            ),
        },
        {
            "kind": "minnesanteckningar",
            "organ": "Nätverket för odling i skolan",
            "title": "Minnesanteckningar Nätverket för odling i skolan 2026-03-04",
            "meeting_date": "2026-03-04",
            "time_start": "09:00",
        },
    ),
    "housing association in the running head, numbers in the title": (
        {
            "head": (
                (16, "Styrelsemöte nr 3/2026"),
                "Tid: måndag 9 mars kl. 18.30–20.00",
                "Plats: Tvättstugan",
                ["Närvarande", "Eva Dahl", "ordförande"],
                ["", "Bo Lund", "sekreterare"],
                ["", "Kim Ek", "ledamot"],
            ),
            "above": "HSB Brf Rönnbäret i Vikåsa",
            "body": (
                "1. Dagordning",
                "Dagordningen godkändes. Kim Ek valdes att justera dagens protokoll.",
                "2. Ekonomi",
                "Kassan är god.",
            ),
        },
        {
            "kind": "protokoll",
            "organ": "HSB Brf Rönnbäret i Vikåsa",
            "title": "Styrelsemöte nr 3/2026",
            "meeting_date": "2026-03-09",
            "time_start": "18:30",
            "time_end": "20:00",
            "place": "Tvättstugan",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek"],
        },
    ),
    "joint consultation": (
        {
            "head": (
                (16, "MBL-protokoll"),
                (13, "Förvaltningssamverkan kultur och fritid"),
                "2026-03-04",
                ["Plats", "Förrådet, rum 2"],
                ["För arbetsgivaren", "Eva Dahl, ordförande"],
                ["", "Bo Lund, sekreterare"],
            )
        },
        {
            "kind": "protokoll",
            "organ": "Förvaltningssamverkan kultur och fritid",
            "title": "MBL-protokoll Förvaltningssamverkan kultur och fritid 2026-03-04",
            "meeting_date": "2026-03-04",
            "place": "Förrådet, rum 2",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
        },
    ),
    "negotiation of a central group": (
        {"head": ((16, "Förhandlingsprotokoll enligt 11 § MBL"), (13, "Centrala samverkansgruppen"), "2026-03-04")},
        {
            "kind": "protokoll",
            "organ": "Centrala samverkansgruppen",
            "title": "Förhandlingsprotokoll enligt 11 § MBL",
            "meeting_date": "2026-03-04",
        },
    ),
    "company": (
        {
            "head": ((16, "Protokoll styrelsemöte"), "Datum: 2026-03-04", "Justeras: Eva Dahl, ordförande"),
            "above": "Sävnäs Energi AB",
        },
        {
            "kind": "protokoll",
            "organ": "Sävnäs Energi AB",
            "title": "Protokoll styrelsemöte",
            "meeting_date": "2026-03-04",
            "chair": "Eva Dahl",
            "adjusters": ["Eva Dahl"],
        },
    ),
    "board of a student union as a compound": (
        {"head": ((16, "Kårstyrelsemöte 7, protokoll"), "2026-03-04")},
        {
            "kind": "protokoll",
            "organ": "Kårstyrelsen",
            "title": "Kårstyrelsemöte 7, protokoll",
            "meeting_date": "2026-03-04",
        },
    ),
    "section of a student union in the foot, speaker opens": (
        {
            "head": ((16, "Protokoll fört vid sektionsmöte 2"), "2026-03-04"),
            "below": "Kemisektionen vid Vikens Studentkår",
            "body": (
                "1. Formalia",
                "Talman Eva Dahl öppnade mötet kl. 17.15.",
                "2.1 Styrelsen",
                "Styrelsen berättade om terminen.",
            ),
        },
        {
            "kind": "protokoll",
            "organ": "Kemisektionen",
            "title": "Protokoll fört vid sektionsmöte 2",
            "meeting_date": "2026-03-04",
            "time_start": "17:15",
            "chair": "Eva Dahl",
        },
    ),
    "constituting meeting": (
        {
            "head": (
                (16, "Protokoll från konstituerande styrelsemöte"),
                (12, "Samfällighetsföreningen Ekbacken"),
                "2026-03-04",
                "Justering: Omedelbart efter mötet",
            )
        },
        {
            "kind": "protokoll",
            "organ": "Samfällighetsföreningen Ekbacken",
            "title": "Protokoll från konstituerande styrelsemöte",
            "meeting_date": "2026-03-04",
            "adjusted_on": "2026-03-04",
        },
    ),
    "general meeting": (
        {"head": ((16, "Stämmoprotokoll"), "Ordinarie föreningsstämma i Brf Svalan den 4 mars 2026")},
        {
            "kind": "protokoll",
            "organ": "Brf Svalan",
            "title": "Stämmoprotokoll Brf Svalan 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "agenda of an association": (
        {"head": ((16, "Dagordning för styrelsemöte 2026-03-04"), (13, "Idrottsföreningen Kamraterna"))},
        {
            "kind": "kallelse",
            "organ": "Idrottsföreningen Kamraterna",
            "title": "Dagordning för styrelsemöte 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "quarterly letter of an association of authorities": (
        {"head": ((16, "Kvartalsbrev 1/2026"), (13, "Samordningsförbundet Älvdalen"))},
        {"kind": "nyhetsbrev", "organ": "Samordningsförbundet Älvdalen", "title": "Kvartalsbrev 1/2026"},
    ),
    "letter of a local group": (
        {"head": ((16, "Månadsbrev mars"), "Lokal samverkansgrupp Norr")},
        {"kind": "nyhetsbrev", "organ": "Lokal samverkansgrupp Norr", "title": "Månadsbrev mars"},
    ),
    "management group as a title": (
        {"head": ((16, "Ledningsgruppsmöte 4 mars 2026"), "Socialförvaltningens ledningsgrupp")},
        {
            "kind": "minnesanteckningar",
            "organ": "Socialförvaltningens ledningsgrupp",
            "title": "Ledningsgruppsmöte 4 mars 2026",
            "meeting_date": "2026-03-04",
        },
    ),
    "capitals": (
        {"head": ((16, "PROTOKOLL"), (13, "STYRELSEMÖTE VIKENS VÄGFÖRENING"), "2026-03-04")},
        {
            "kind": "protokoll",
            "organ": "Vikens vägförening",
            "title": "Protokoll Vikens vägförening 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "board above its association": (
        {"head": ((16, "Protokoll"), (13, "Styrelsen"), (12, "Föreningen Sjölyktan"), "2026-03-04")},
        {
            "kind": "protokoll",
            "organ": "Föreningen Sjölyktan",
            "title": "Protokoll Föreningen Sjölyktan 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "genitive of an association before the meeting of its board": (
        {"head": ((16, "Brf Lyktans styrelsemöte 2026-03-04"), "Protokoll")},
        {
            "kind": "protokoll",
            "organ": "Brf Lyktan",
            "title": "Protokoll Brf Lyktan 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "dashes": (
        {"head": ((16, "Protokoll – Extra årsmöte – Vikens Ridklubb – 2026-03-04"),)},
        {
            "kind": "protokoll",
            "organ": "Vikens Ridklubb",
            "title": "Protokoll – Extra årsmöte – Vikens Ridklubb – 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "committee in the corner, its short name in the title": (
        {
            "head": (
                "Kommunstyrelsens arbetsutskott",
                (16, "Kallelse till arbetsutskottet"),
                "Tid: onsdag 4 mars 2026 kl. 8.30",
                "Plats: Kommunkontoret",
            )
        },
        {
            "kind": "kallelse",
            "organ": "Kommunstyrelsens arbetsutskott",
            "title": "Kallelse till arbetsutskottet",
            "meeting_date": "2026-03-04",
            "time_start": "08:30",
            "place": "Kommunkontoret",
        },
    ),
    "name over two lines of the head": (
        {"head": ("Vård- och", "omsorgsnämnden", (16, "Protokoll"), "2026-03-04")},
        {
            "kind": "protokoll",
            "organ": "Vård- och omsorgsnämnden",
            "title": "Protokoll Vård- och omsorgsnämnden 2026-03-04",
            "meeting_date": "2026-03-04",
        },
    ),
    "office under a wrapped row": (
        {
            "head": ((16, "Protokoll Samverkansledningen Fjällbygd"), "4 mars 2026"),
            "body": (
                "1. Upprop",
                "Ordföranden Eva Dahl, socialchef i Tärna kommun, hälsade alla välkomna.",
                "2. Budget",
                "Budgeten gicks igenom.",
                "Närvarande",
                "Eva Dahl, Tärna kommun,",
                "ordförande",
                "Bo Lund, Viks kommun",
            ),
        },
        {
            "kind": "protokoll",
            "organ": "Samverkansledningen Fjällbygd",
            "title": "Protokoll Samverkansledningen Fjällbygd",
            "meeting_date": "2026-03-04",
            "chair": "Eva Dahl",
        },
    ),
    "weekday that does not fit the year": (
        {"head": ((16, "Styrelsemöte nr 3/2026"), "Tid: tisdag 9 mars kl. 18.30", "Brf Lyktan")},
        {"kind": "protokoll", "organ": "Brf Lyktan", "title": "Styrelsemöte nr 3/2026", "time_start": "18:30"},
    ),
    "no organ in headings of a letter": (
        {"head": ((16, "Nyhetsbrev mars 2026"), (13, "Inledning"), (13, "Samverkan"), "Verksamhetsområdet växer")},
        {"kind": "nyhetsbrev", "title": "Nyhetsbrev mars 2026"},
    ),
    "last minutes are no title": (
        {
            "head": ((16, "Arbetsmöte 4 mars 2026"), "Föregående protokoll"),
            "body": ("Vi gick igenom vad som sades förra gången.", "Inget nytt hade hänt."),
        },
        {"kind": "minnesanteckningar", "title": "Arbetsmöte 4 mars 2026", "meeting_date": "2026-03-04"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_head_as_a_whole(tmp_path: Path, case: str):
    drawing, expected = CASES[case]
    assert row_of(tmp_path, **drawing) == expected


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Nyhetsbrevet Parknämnden 2026-03-04", "nyhetsbrev"),
        ("Hamnnytt Parknämnden", "nyhetsbrev"),
        ("Parknämnden informerar · 4 mars 2026", "nyhetsbrev"),
        ("Utskick från Parknämnden", "nyhetsbrev"),
        ("Något nytt Parknämnden", "other"),
        ("Ordföranden informerar", "other"),
        ("Veckobrev från Parknämnden", "nyhetsbrev"),
        ("Aktuellt inom Parknämnden", "nyhetsbrev"),
        ("Parknämnden – noteringar 2026-03-04", "minnesanteckningar"),
        ("Minnesanteckning Parknämnden 2026-03-04", "minnesanteckningar"),
        ("Mötesreferat Parknämnden 2026-03-04", "minnesanteckningar"),
        ("Workshop Parknämnden 2026-03-04", "minnesanteckningar"),
        ("Föredragningslista Parknämnden 2026-03-04", "kallelse"),
        ("Ärendelista för Parknämnden 2026-03-04", "kallelse"),
        ("Inbjudan till möte med Parknämnden 2026-03-04", "kallelse"),
        ("Fullmäktigeprotokoll 2026-03-04", "protokoll"),
        ("Extra sammanträde Parknämnden 2026-03-04", "protokoll"),
        ("Besiktningsprotokoll Parknämnden 2026-03-04", "other"),
    ],
)
def test_the_kind_that_a_title_names(tmp_path: Path, title: str, kind: str):
    assert row_of(tmp_path, ((16, title),))["kind"] == kind


@pytest.mark.parametrize(
    "line",
    [
        "Inledning",
        "Samverkan",
        "Målgruppen",
        "Nätverket träffades i",
        "Bostadsområdet",
        "Förrådet",
        "Styrelsen har ordet",
    ],
)
def test_what_is_no_organ(tmp_path: Path, line: str):
    assert "organ" not in row_of(tmp_path, ((16, "Minnesanteckningar 4 mars 2026"), (13, line)))


NOTES = ("Laget runt", "Alla berättar om läget.", "Arbetsgrupp barn och unga", "Arbetsgruppen har haft två möten.")


@pytest.mark.parametrize(
    ("head", "organ"),
    [
        (((16, "Minnesanteckningar"), (13, "Temagrupp Äldre & hälsa"), "2026-03-04"), "Temagrupp Äldre & hälsa"),
        (("Länsrådet Sävnäs", (16, "Anteckningar"), "Samverkansgrupp Unga & arbete"), "Samverkansgrupp Unga & arbete"),
        (((16, "Anteckningar fokusgrupp trygg hamn"), "4 mars 2026"), "fokusgrupp trygg hamn"),
        (("Länsrådet Sävnäs", (16, "Minnesanteckningar"), "2026-03-04"), "Länsrådet Sävnäs"),
        (("Länsrådet Sävnäs Datum 2026-03-04", (16, "Minnesanteckningar")), "Länsrådet Sävnäs"),
    ],
)
def test_the_head_goes_before_the_headings_of_sections(tmp_path: Path, head: tuple[Any, ...], organ: str):
    assert row_of(tmp_path, head, NOTES)["organ"] == organ


@pytest.mark.parametrize(
    ("cells", "organ"),
    [
        (["Förbund", "Hamnförbundet Norrvik"], "Hamnförbundet Norrvik"),
        (["Förening:", "Fiskeföreningen Norrvik"], "Fiskeföreningen Norrvik"),
        (["Hamnförbundet Norrvik", "Sida 1"], "Hamnförbundet Norrvik"),
        (["Förbund", "Norrvik"], "Förbund Norrvik"),
    ],
)
def test_a_word_for_the_kind_of_organ_in_the_cell_before_is_no_part_of_its_name(
    tmp_path: Path, cells: list[str], organ: str
):
    head = ((16, "Protokoll styrelsemöte"), cells, ["Datum", "2026-03-04"])
    assert row_of(tmp_path, head)["organ"] == organ


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (("Kommunens nyhetsbrev för föreningar och företag, 4 mars 2026",), None),
        (("Regionens nyhetsbrev till medarbetare, mars 2026",), None),
        (((16, "Nyhetsbrev"), "från samrådet för trygga hamnar, mars 2026"), "samrådet för trygga hamnar"),
        (((16, "Hamnnytt"), "Länsrådet Sävnäs informerar · 4 mars 2026"), "Länsrådet Sävnäs"),
    ],
)
def test_whose_newsletter_it_is(tmp_path: Path, head: tuple[Any, ...], expected: str | None):
    row = row_of(tmp_path, head, NOTES[:2])
    assert (row["kind"], row.get("organ")) == ("nyhetsbrev", expected)


def test_the_day_of_a_newsletter_stands_behind_who_informs(tmp_path: Path):
    row = row_of(tmp_path, ((16, "Hamnnytt"), "Länsrådet Sävnäs informerar · 4 mars 2026"), NOTES)
    assert row["meeting_date"] == "2026-03-04"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (((16, "Nyhetsbrev"), "Länsrådets brev till föreningar | Publicerat 4 mars 2026"), "2026-03-04"),
        (((16, "Nyhetsbrev"), "Nr 4, onsdag 4 mars 2026"), "2026-03-04"),
        (((16, "Nyhetsbrev"), "Länsrådet Sävnäs · nr 2/2026 · den 4 mars 2026"), "2026-03-04"),
        (((16, "Nyhetsbrev"), "2026-03-04"), "2026-03-04"),
        (((16, "Nyhetsbrev"), "Ansvarig utgivare: Eva Lind, uppdaterad: 2026-03-04"), "2026-03-04"),
        (((16, "Nyhetsbrev"), "Anhörigdagen, 14 april 2026"), None),
        (((16, "Nyhetsbrev"), "Träff onsdag 14 april 2026"), None),
        (((16, "Nyhetsbrev"), "Länsrådet Sävnäs · senast den 14 april 2026"), None),
        (((16, "Nyhetsbrev"), "Här skickar vi vårt brev. Nästa kommer den 14 april 2026."), None),
        (((16, "Nyhetsbrev"), "Nr 4, mars 2026"), None),
    ],
)
def test_a_newsletter_has_the_day_of_its_issue_and_no_other(
    tmp_path: Path, head: tuple[Any, ...], expected: str | None
):
    row = row_of(tmp_path, head, NOTES[:2])
    assert (row["kind"], row.get("meeting_date")) == ("nyhetsbrev", expected)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Styrgruppsmöte Trygg hamn", "Styrgrupp Trygg hamn"),
        ("Arbetsgruppsmöte Unga & arbete", "Arbetsgrupp Unga & arbete"),
        ("Dialogmöte Länsrådet Sävnäs", "Länsrådet Sävnäs"),
    ],
)
def test_of_the_meeting_of_a_group_the_group_is_the_organ(tmp_path: Path, title: str, expected: str):
    assert row_of(tmp_path, ((16, "Minnesanteckningar"), (12, title), "2026-03-04"), NOTES)["organ"] == expected
