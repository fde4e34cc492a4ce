"""Headers in shapes that no two offices share: each is drawn, read as a whole document, and all its fields compared."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from pdfs import draw, paragraph
from protoparse import as_rows, protocol, rules

KIT = protocol.Kit.of(rules.load())
COLUMNS = (
    *("kind", "form", "organ", "meeting_date", "time_start", "time_end", "place", "chair", "secretary", "adjusters"),
    *("paragraphs_from", "paragraphs_to", "adjusted_on", "notice_up", "notice_down", "appeal_until"),
)
BOLD = "Helvetica-Bold"


def lines(*rows: str, x: float = 70, y: float = 60, size: float = 11, step: float = 15) -> list[tuple]:
    """Rows one under another; an empty one leaves its place blank."""
    return [item for item in paragraph(x, y, rows, size, step) if item[2]]


def columns(*rows: tuple[str, str], y: float = 120, left: float = 70, right: float = 190) -> list[tuple]:
    """Labels left and values right; a value of several lines is written with line breaks."""
    drawn = []
    for label, value in rows:
        parts, names = value.split("\n"), label.split("\n")
        drawn += [(left, y + 12 * k, name, 9, BOLD) for k, name in enumerate(names) if name]
        drawn += [(right, y + 12 * k, part, 10) for k, part in enumerate(parts) if part]
        y += 12 * max(len(parts), len(names)) + 8
    return drawn


AGENDA = paragraph(
    70,
    560,
    [
        "§ 1 Mötets öppnande",
        "Ordföranden hälsar alla välkomna till dagens möte och förklarar det öppnat.",
        "§ 2 Lägesrapport",
        "Förvaltningen berättar om arbetet under våren och svarar på frågor från mötet.",
    ],
    11,
    20,
)
NUMBERED = paragraph(
    70,
    560,
    [
        "1. Mötet öppnas",
        "Alla hälsas välkomna till dagens möte, som är det andra för i år.",
        "2. Lägesrapport",
        "Arbetet under våren gås igenom och frågor från deltagarna besvaras.",
    ],
    11,
    20,
)


def signatures(*rows: tuple[float, float, str]) -> list[tuple]:
    return [(x, y, text, 10) for x, y, text in rows]


SHAPES: dict[str, tuple[list[list[tuple]], dict[str, Any]]] = {
    "labels left, values right": (
        [
            [
                (70, 70, "SAMMANTRÄDESPROTOKOLL", 16, BOLD),
                (70, 92, "Parknämnden", 13, BOLD),
                *columns(
                    ("Plats och tid", "Sessionssalen, Granby stadshus\ntisdagen den 3 mars 2026 kl. 13.00–15.20"),
                    ("Beslutande", "Moa Vret (S), ordförande\nUlf Sten (M)"),
                    ("Utses att justera", "Ulf Sten (M)"),
                    ("Justeringens\nplats och tid", "Stadshuset, 2026-03-09 kl. 16.00"),
                    ("Paragrafer", "§§ 14–29"),
                    ("Sekreterare", "................................\nTove Alm"),
                    ("Ordförande", "................................\nMoa Vret"),
                    ("Justerande", "................................\nUlf Sten"),
                ),
                *AGENDA,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Parknämnden",
            "meeting_date": "2026-03-03",
            "time_start": "13:00",
            "time_end": "15:20",
            "place": "Sessionssalen, Granby stadshus",
            "chair": "Moa Vret",
            "secretary": "Tove Alm",
            "adjusters": ["Ulf Sten"],
            "paragraphs_from": 14,
            "paragraphs_to": 29,
            "adjusted_on": "2026-03-09",
        },
    ),
    "labels above their values": (
        [
            [
                (70, 60, "Protokoll", 20, BOLD),
                (70, 84, "Hamnstyrelsen", 14),
                (70, 120, "SAMMANTRÄDESDATUM", 8, BOLD),
                (70, 133, "2026-03-04", 11),
                (230, 120, "TID", 8, BOLD),
                (230, 133, "13:00-16.45", 11),
                (390, 120, "PLATS", 8, BOLD),
                (390, 133, "Lotsgatan 2", 11),
                (70, 170, "ORDFÖRANDE", 8, BOLD),
                (70, 183, "Eva Dahl", 11),
                (230, 170, "SEKRETERARE", 8, BOLD),
                (230, 183, "Bo Lund", 11),
                (390, 170, "JUSTERARE", 8, BOLD),
                (390, 183, "Kim Ek", 11),
                *AGENDA,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Hamnstyrelsen",
            "meeting_date": "2026-03-04",
            "time_start": "13:00",
            "time_end": "16:45",
            "place": "Lotsgatan 2",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek"],
        },
    ),
    "label with colon on the line": (
        [
            [
                *lines(
                    "Protokoll från Länsrådet för ridvägar",
                    "Datum: onsdag 4 mars 2026",
                    "Tid: klockan 9 till 11.30",
                    "Plats: Digitalt via Teams",
                    "Ordförande: Eva Dahl",
                    "Sekreterare: Bo Lund",
                    "Justerare: Kim Ek och Ida Ros",
                ),
                *NUMBERED,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Länsrådet för ridvägar",
            "meeting_date": "2026-03-04",
            "time_start": "09:00",
            "time_end": "11:30",
            "place": "Digitalt via Teams",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek", "Ida Ros"],
        },
    ),
    "all labels first, then all values": (
        [
            [
                *lines("Sammanträdesprotokoll", "Valnämnden"),
                *lines("Plats och tid", "Paragrafer", "Ordförande", "Sekreterare", "Justerare", y=110),
                *lines(
                    "Rådhuset, sal 2, den 4 mars 2026 kl. 17.00–18.10",
                    "§§ 3–9",
                    "Eva Dahl",
                    "Bo Lund",
                    "Kim Ek",
                    y=185,
                ),
                *AGENDA,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Valnämnden",
            "meeting_date": "2026-03-04",
            "time_start": "17:00",
            "time_end": "18:10",
            "place": "Rådhuset, sal 2",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek"],
            "paragraphs_from": 3,
            "paragraphs_to": 9,
        },
    ),
    "values over several lines, a break that is no end": (
        [
            [
                (70, 70, "Protokoll Fritidsnämnden", 16, BOLD),
                *columns(
                    (
                        "Tid och plats",
                        "Torsdagen den 5 mars 2026\nkl. 08.30–12.00, ajournering 10.00–10.15\nIshallen,\nentré B",
                    ),
                    ("Justerare", "Kim Ek (C) och\nIda Ros (V)"),
                    ("Ordförande", "Eva Dahl (S)"),
                    ("Sekreterare", "Bo Lund"),
                ),
                *AGENDA,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Fritidsnämnden",
            "meeting_date": "2026-03-05",
            "time_start": "08:30",
            "time_end": "12:00",
            "place": "Ishallen, entré B",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek", "Ida Ros"],
        },
    ),
    "dotted signatures on the last page": (
        [
            [(70, 70, "Protokoll Styrgruppen för vägljus 2026-03-06", 16), *NUMBERED],
            [
                *lines("3. Mötet avslutas", "Ordföranden tackar alla och avslutar mötet.", y=60),
                *signatures(
                    (70, 700, "Ordförande ............................ Eva Dahl"),
                    (70, 730, "Sekreterare ........................... Bo Lund"),
                    (70, 760, "Justerare ............................. Kim Ek"),
                ),
            ],
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Styrgruppen för vägljus",
            "meeting_date": "2026-03-06",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek"],
        },
    ),
    "names above what they are": (
        [
            [
                (70, 70, "Årsmötesprotokoll", 18, BOLD),
                (70, 95, "Föreningen Sjölyktan", 13),
                (70, 115, "Lördagen den 7 mars 2026 kl. 14–16, Folkets hus i Granby", 11),
                *NUMBERED,
            ],
            [
                *lines("3. Mötet avslutas", "Mötets ordförande tackar alla och avslutar mötet.", y=60),
                *signatures(
                    (70, 300, "Eva Dahl"),
                    (300, 300, "Bo Lund"),
                    (70, 314, "Ordförande för mötet"),
                    (300, 314, "Sekreterare"),
                    (70, 380, "Kim Ek"),
                    (300, 380, "Ida Ros"),
                    (70, 394, "Justeras"),
                    (300, 394, "Justeras"),
                ),
            ],
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Föreningen Sjölyktan",
            "meeting_date": "2026-03-07",
            "time_start": "14:00",
            "time_end": "16:00",
            "place": "Folkets hus i Granby",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek", "Ida Ros"],
        },
    ),
    "signatures side by side under their labels": (
        [
            [
                (70, 70, "Protokoll, Samrådet Norra älvdalen, 2026 03 10", 15),
                *NUMBERED,
                *signatures(
                    (70, 720, "Vid protokollet"),
                    (230, 720, "Ordförande"),
                    (400, 720, "Justeras"),
                    (70, 760, "Bo Lund"),
                    (230, 760, "Eva Dahl"),
                    (400, 760, "Kim Ek"),
                ),
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Samrådet Norra älvdalen",
            "meeting_date": "2026-03-10",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek"],
        },
    ),
    "fört vid sammanträde med, i, den": (
        [
            [
                *lines(
                    "Protokoll fört vid sammanträde med beredningen för vattenvård i Granby",
                    "den 11 mars 2026",
                    size=13,
                ),
                *lines("Närvarande: Eva Dahl (ordförande), Bo Lund (sekreterare), Kim Ek", y=110),
                *NUMBERED,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "beredningen för vattenvård",
            "meeting_date": "2026-03-11",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
        },
    ),
    "the organ stands in the running head": (
        [
            [
                (70, 40, "Granby kommun", 9),
                (230, 40, "SAMMANTRÄDESPROTOKOLL", 9),
                (480, 40, f"{n} (2)", 9),
                (230, 52, "Miljöutskottet", 9),
                (400, 52, "2026-03-12", 9),
                *body,
                (70, 810, "Justerandes sign", 7),
                (400, 810, "Utdragsbestyrkande", 7),
            ]
            for n, body in (
                (
                    1,
                    [
                        *columns(
                            ("Plats och tid", "Kansliet kl. 10.00–11.15"),
                            ("Justerare", "Kim Ek"),
                            ("Paragrafer", "§ 40"),
                        ),
                        *AGENDA,
                    ],
                ),
                (2, lines("§ 3 Nästa sammanträde", "Nästa sammanträde är den 2 april 2026.", y=100)),
            )
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Miljöutskottet",
            "meeting_date": "2026-03-12",
            "time_start": "10:00",
            "time_end": "11:15",
            "place": "Kansliet",
            "adjusters": ["Kim Ek"],
            "paragraphs_from": 40,
            "paragraphs_to": 40,
        },
    ),
    "an extract": (
        [
            [
                (70, 60, "PROTOKOLLSUTDRAG", 14, BOLD),
                (70, 80, "Kulturberedningen", 12),
                (70, 96, "Sammanträdesdatum 2026-03-13", 11),
                *lines(
                    "§ 22 Lån av Kvarnsalen",
                    "Beslut",
                    "Kulturberedningen beslutar att låna ut Kvarnsalen till bygdespelet.",
                    "Protokollsutdrag till",
                    "Bygdespelet",
                    y=160,
                    step=24,
                ),
            ]
        ],
        {"kind": "protokoll", "form": "utdrag", "organ": "Kulturberedningen", "meeting_date": "2026-03-13"},
    ),
    "adjusted at once": (
        [
            [
                (70, 60, "Sammanträdesprotokoll", 15, BOLD),
                (70, 82, "Jordbruksnämnden – omedelbart justerad paragraf", 13, BOLD),
                *columns(
                    ("Tid", "2026-03-16, kl. 13–14"),
                    ("Plats", "Ladan"),
                    ("Justerare", "Kim Ek (M)"),
                    ("Paragrafer", "§§ 7, 9 och 12"),
                ),
                *AGENDA,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "omedelbar justering",
            "organ": "Jordbruksnämnden",
            "meeting_date": "2026-03-16",
            "time_start": "13:00",
            "time_end": "14:00",
            "place": "Ladan",
            "adjusters": ["Kim Ek"],
            "paragraphs_from": 7,
            "paragraphs_to": 12,
        },
    ),
    "a box with the notice under the head": (
        [
            [
                (70, 60, "Protokoll Tekniska utskottet", 16, BOLD),
                *columns(
                    ("Plats och tid", "Förrådet, den 17 mars 2026 kl. 15.00–15.40"),
                    ("Utses att justera", "Kim Ek (L)"),
                    ("Justeringens tid", "2026-03-20"),
                ),
                (70, 260, "ANSLAG/BEVIS", 10, BOLD),
                (70, 275, "Tekniska utskottets protokoll är nu justerat, vilket härmed anslås.", 10),
                *columns(
                    ("Organ", "Tekniska utskottet"),
                    ("Sammanträdesdatum", "2026-03-17"),
                    ("Datum för anslags\nuppsättande", "2026-03-21"),
                    ("Datum för anslags\nnedtagande", "2026-04-12"),
                    ("Sista dag för\növerklagande", "2026-04-11"),
                    y=292,
                ),
                *AGENDA,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Tekniska utskottet",
            "meeting_date": "2026-03-17",
            "time_start": "15:00",
            "time_end": "15:40",
            "place": "Förrådet",
            "adjusters": ["Kim Ek"],
            "adjusted_on": "2026-03-20",
            "notice_up": "2026-03-21",
            "notice_down": "2026-04-12",
            "appeal_until": "2026-04-11",
        },
    ),
    "a notice alone": (
        [
            [
                (70, 60, "Anslag", 20, BOLD),
                (70, 86, "Protokollet är justerat.", 11),
                *columns(
                    ("Organ", "Hamnstyrelsen"),
                    ("Sammanträdesdatum", "2026-03-18"),
                    ("Paragrafer", "§§ 12–20"),
                    ("Anslaget sätts upp", "2026-03-25"),
                    ("Anslaget tas ned", "2026-04-16"),
                    ("Förvaringsplats för protokollet", "Hamnkontoret"),
                    right=260,
                ),
            ]
        ],
        {
            "kind": "other",
            "form": "anslag",
            "organ": "Hamnstyrelsen",
            "meeting_date": "2026-03-18",
            "paragraphs_from": 12,
            "paragraphs_to": 20,
            "notice_up": "2026-03-25",
            "notice_down": "2026-04-16",
        },
    ),
    "decisions in short": (
        [
            [
                (70, 60, "Beslut i korthet", 20, BOLD),
                (70, 86, "Regionala trafiknämnden 19 mars 2026", 13),
                *lines("Nämnden godkänner delårsrapporten.", "Nämnden antar en ny taxa för cykelbåten.", y=140),
            ]
        ],
        {
            "kind": "protokoll",
            "form": "beslutslista",
            "organ": "Regionala trafiknämnden",
            "meeting_date": "2026-03-19",
        },
    ),
    "notes": (
        [
            [
                (70, 60, "Minnesanteckningar nätverksträff", 16, BOLD),
                (70, 82, "Nätverket Läslust", 13),
                *lines(
                    "När: 20 mars 2026 kl 9-11.30",
                    "Var: Biblioteket i Sundby",
                    "Mötesledare: Eva Dahl",
                    "Vid pennan: Bo Lund",
                    y=110,
                ),
                *NUMBERED,
            ]
        ],
        {
            "kind": "minnesanteckningar",
            "form": "minnesanteckningar",
            "organ": "Nätverket Läslust",
            "meeting_date": "2026-03-20",
            "time_start": "09:00",
            "time_end": "11:30",
            "place": "Biblioteket i Sundby",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
        },
    ),
    "a summons": (
        [
            [
                (70, 60, "KALLELSE", 20, BOLD),
                (70, 86, "Överförmyndarnämnden", 14),
                *columns(
                    ("Tid", "Tisdagen den 24 mars 2026 kl. 13.30"),
                    ("Plats", "Sal Linden"),
                    ("Ordförande", "Eva Dahl"),
                    ("Sekreterare", "Bo Lund"),
                ),
                *AGENDA,
            ]
        ],
        {
            "kind": "kallelse",
            "form": "kallelse",
            "organ": "Överförmyndarnämnden",
            "meeting_date": "2026-03-24",
            "time_start": "13:30",
            "place": "Sal Linden",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
        },
    ),
    "an official's letter": (
        [
            [
                (70, 60, "Tjänsteskrivelse", 18, BOLD),
                *columns(
                    ("Datum", "2026-03-25"), ("Dnr", "PN 2026/12"), ("Handläggare", "Bo Lund"), ("Till", "Parknämnden")
                ),
                (70, 240, "Förslag till beslut", 12, BOLD),
                (70, 258, "Parknämnden beslutar att godkänna planen för lekplatserna.", 11),
            ]
        ],
        {"kind": "other", "form": "tjänsteskrivelse", "meeting_date": "2026-03-25"},
    ),
    "a student union's assembly": (
        [
            [
                (70, 60, "Protokoll Divisionsstämma 3", 18, BOLD),
                (70, 84, "Divisionen för Kartografi", 13),
                *lines(
                    "Datum: 2026-03-26",
                    "Tid: 17:17",
                    "Plats: HB4",
                    "Mötesordförande: Eva Dahl",
                    "Mötessekreterare: Bo Lund",
                    "Justeringspersoner: Kim Ek, Ida Ros",
                    y=110,
                ),
                *NUMBERED,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Divisionen för Kartografi",
            "meeting_date": "2026-03-26",
            "time_start": "17:17",
            "place": "HB4",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek", "Ida Ros"],
        },
    ),
    "functionaries elected in sentences": (
        [
            [
                (70, 60, "Protokoll fört vid ordinarie föreningsstämma i Brf Solrosen", 14, BOLD),
                (70, 82, "Måndagen den 30 mars 2026", 11),
                *paragraph(
                    70,
                    140,
                    [
                        "1. Val av stämmoordförande",
                        "Till ordförande för stämman valdes Eva Dahl.",
                        "2. Anmälan av protokollförare",
                        "Stämman utsåg Bo Lund att föra dagens protokoll.",
                        "3. Val av justerare",
                        "Att jämte ordföranden justera protokollet valdes Kim Ek och Ida Ros.",
                        "4. Val av styrelse",
                        "Till ordförande i styrelsen valdes Tor Berg och till sekreterare Moa Vret.",
                    ],
                    11,
                    22,
                ),
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Brf Solrosen",
            "meeting_date": "2026-03-30",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek", "Ida Ros"],
        },
    ),
    "a regional board over two days": (
        [
            [
                (70, 60, "REGIONFULLMÄKTIGE", 16, BOLD),
                (70, 80, "Protokoll 14–15 april 2026, §§ 30–58", 13),
                *columns(
                    ("Plats", "Landstingssalen, Sundby"),
                    ("Ordförande", "Eva Dahl (C)"),
                    ("Sekreterare", "Bo Lund"),
                    ("Justerare", "Kim Ek (S)\nIda Ros (M)"),
                ),
                *AGENDA,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Regionfullmäktige",
            "meeting_date": "2026-04-14",
            "place": "Landstingssalen, Sundby",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek", "Ida Ros"],
            "paragraphs_from": 30,
            "paragraphs_to": 58,
        },
    ),
    "a trade union's joint meeting": (
        [
            [
                (70, 60, "Samverkansprotokoll", 17, BOLD),
                (70, 82, "Förvaltningens samverkansgrupp (FSG)", 13),
                *columns(
                    ("Datum", "260416"),
                    ("Tid", "kl 1300-1430"),
                    ("För arbetsgivaren", "Eva Dahl, ordförande"),
                    ("För Vision", "Kim Ek"),
                    ("Vid protokollet", "Bo Lund"),
                ),
                *NUMBERED,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Förvaltningens samverkansgrupp",
            "meeting_date": "2026-04-16",
            "time_start": "13:00",
            "time_end": "14:30",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
        },
    ),
    "days that are none of the meeting": (
        [
            [
                (70, 50, "Utskriven 2026-05-02", 9),
                (70, 70, "Protokoll Skogsrådet", 16),
                (70, 92, "Justerat 2026-04-28", 10),
                (70, 106, "Nästa möte: 2026-06-11", 10),
                *columns(("Möte", "nr 3/2026"), ("Mötesdatum", "22/4 2026"), ("Kl.", "9.15"), y=130),
                *NUMBERED,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Skogsrådet",
            "meeting_date": "2026-04-22",
            "time_start": "09:15",
            "adjusted_on": "2026-04-28",
        },
    ),
    "capitals, and the text spells the name": (
        [
            [
                (70, 60, "PROTOKOLL STYRELSEMÖTE", 15, BOLD),
                (70, 80, "BRF KVARNBACKEN", 13, BOLD),
                *columns(("DATUM", "23 APRIL 2026"), ("ORDFÖRANDE", "EVA DAHL"), ("SEKRETERARE", "BO LUND"), y=110),
                *paragraph(
                    70,
                    560,
                    [
                        "1. Mötet öppnas",
                        "Styrelsen i Brf Kvarnbacken hälsas välkommen till dagens möte.",
                        "2. Ekonomi",
                        "Kassören går igenom det senaste kvartalet och svarar på frågor.",
                    ],
                    11,
                    20,
                ),
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Brf Kvarnbacken",
            "meeting_date": "2026-04-23",
            "chair": "EVA DAHL",
            "secretary": "BO LUND",
        },
    ),
    "adjusted and put up in a sentence": (
        [
            [
                (70, 60, "Protokoll Arkivnämnden 2026-04-24", 16),
                *AGENDA,
                *lines(
                    "Protokollet justerades den 29 april 2026 och tillkännagavs på anslagstavlan den 30 april 2026.",
                    "Ordförande: Eva Dahl",
                    "Sekreterare: Bo Lund",
                    y=700,
                    size=10,
                ),
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Arkivnämnden",
            "meeting_date": "2026-04-24",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusted_on": "2026-04-29",
            "notice_up": "2026-04-30",
        },
    ),
    "signed electronically": (
        [
            [
                (70, 60, "Protokoll från Presidiet för vattenrådet den 27 april 2026", 14),
                *lines(
                    "Protokollet är undertecknat elektroniskt av Bo Lund (sekreterare), Eva Dahl (ordförande) och",
                    "Kim Ek (justerare).",
                    y=90,
                    size=10,
                ),
                *NUMBERED,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Presidiet för vattenrådet",
            "meeting_date": "2026-04-27",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
            "adjusters": ["Kim Ek"],
        },
    ),
    "genitive in the title": (
        [
            [
                (70, 60, "Protokoll från kulturrådets sammanträde den 28 april 2026 i Sundby", 14),
                *lines("Deltagare", "Eva Dahl, ordförande", "Bo Lund, sekreterare", "Kim Ek", y=100),
                *NUMBERED,
            ]
        ],
        {
            "kind": "protokoll",
            "form": "protokoll",
            "organ": "Kulturrådet",
            "meeting_date": "2026-04-28",
            "chair": "Eva Dahl",
            "secretary": "Bo Lund",
        },
    ),
    "a place that is part of the name": (
        [
            [
                (70, 60, "Minnesanteckningar Ledningsgrupp Sundby 29 april 2026", 15),
                *lines("Tid: 08.00", "Plats: Teams", y=90),
                *NUMBERED,
            ]
        ],
        {
            "kind": "minnesanteckningar",
            "form": "minnesanteckningar",
            "organ": "Ledningsgrupp Sundby",
            "meeting_date": "2026-04-29",
            "time_start": "08:00",
            "place": "Teams",
        },
    ),
    "a reservation": (
        [
            [
                (70, 60, "Reservation", 18, BOLD),
                (70, 86, "Parknämnden 2026-04-30, § 14", 12),
                *lines("Vi reserverar oss mot beslutet till förmån för vårt eget yrkande.", "Kim Ek (M)", y=120),
            ]
        ],
        {"kind": "other", "form": "reservation", "organ": "Parknämnden", "meeting_date": "2026-04-30"},
    ),
    "nothing told": (
        [[*lines("Tack för en fin dag i parken!", "Vi ses igen när det blir varmt.", y=120)]],
        {"kind": "other"},
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_field_of_a_header(tmp_path: Path, shape: str):
    pages, expected = SHAPES[shape]
    parsed = protocol.parse(draw(tmp_path / "blad.pdf", pages), KIT)
    row = as_rows.rows_of(as_rows.Source("0" * 64, "blad.pdf"), parsed)["documents"][0]
    row = {**row, "adjusters": json.loads(row["adjusters"] or "[]") or None}
    assert {name: row[name] for name in COLUMNS if row[name] is not None} == expected


def read_rows(tmp_path: Path, title: str, rows: tuple[str, ...] = ()) -> dict[str, Any]:
    page = [(70, 60, title, 15), *lines(*rows, y=95, step=20), *AGENDA]
    parsed = protocol.parse(draw(tmp_path / "blad.pdf", [page]), KIT)
    return as_rows.rows_of(as_rows.Source("0" * 64, "blad.pdf"), parsed)["documents"][0]


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("Protokoll styrelsemöte nr 4/2026 Föreningen Sjölyktan 2026-03-04", "Föreningen Sjölyktan"),
        ("Kommunstyrelsens arbetsutskott 2026-03-04 Protokoll", "Kommunstyrelsens arbetsutskott"),
        ("Protokoll Kommunala pensionärsrådet (KPR) 2026-03-04", "Kommunala pensionärsrådet"),
        ("Protokoll Samverkansnämnden i Mellanbygden 2026-03-04", "Samverkansnämnden i Mellanbygden"),
        (
            "Protokoll fört vid styrelsesammanträde med Samordningsförbundet Älven den 4 mars 2026",
            "Samordningsförbundet Älven",
        ),
        ("Mötesprotokoll – Chefsnätverk IFO 2026-03-04", "Chefsnätverk IFO"),
        ("Protokoll Ledningsgrupp Barn och unga 2026-03-04", "Ledningsgrupp Barn och unga"),
        (
            "Barn- och utbildningsnämndens arbetsutskott, protokoll 4 mars 2026",
            "Barn- och utbildningsnämndens arbetsutskott",
        ),
        ("Protokoll nr 3 från möte i Länsgruppen Trygg skola, torsdag 4 mars 2026 i Sundby", "Länsgruppen Trygg skola"),
        ("Protokoll Sektionsmöte 2026-03-04 Sektionen för Maskin", "Sektionen för Maskin"),
        ("Protokoll från Kårfullmäktiges möte 2026-03-04", "Kårfullmäktige"),
        ("Minnesanteckningar Dialogmöte Ledningsnätverk Äldre 4 mars 2026", "Ledningsnätverk Äldre"),
        ("Kallelse till extra bolagsstämma i Granby Hamn AB 2026-03-04", "Granby Hamn AB"),
        ("Protokoll årsmöte Granby Hembygdsförening söndag 4 mars 2026", "Granby Hembygdsförening"),
        ("Protokoll HÄLSO- OCH SJUKVÅRDSNÄMNDEN 2026-03-04", "Hälso- och sjukvårdsnämnden"),
        ("Protokoll MBL-förhandling 2026-03-04", None),
    ],
)
def test_an_organ_in_a_title(tmp_path: Path, title: str, organ: str | None):
    row = read_rows(tmp_path, title)
    assert (row["organ"], row["meeting_date"]) == (organ, "2026-03-04")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("Tid: 13:00–15:00 (paus 14:00–14:15)",), {"time_start": "13:00", "time_end": "15:00"}),
        (("Tid och plats: Kl 18.30 i Folkets hus",), {"time_start": "18:30", "place": "Folkets hus"}),
        (("Plats och tid: Kansliet, 2026-03-04, 08:15 - 11:40",), {"time_end": "11:40", "place": "Kansliet"}),
        (("Tid: kl. 13.00-14.00 och kl. 14.15-16.00",), {"time_start": "13:00", "time_end": "16:00"}),
        (("Tid 4 mars 2026 kl. 13–15", "Plats Kansliet"), {"time_end": "15:00", "place": "Kansliet"}),
        (("Mötestid: 09:00", "Avslutas: 11:00"), {"time_start": "09:00", "time_end": "11:00"}),
        (
            ("Mötet öppnades kl. 18.00 och avslutades kl. 19.30.",),
            {"time_start": "18:00", "time_end": "19:30"},
        ),
        (("Nästa möte: tisdag 7 april 2026 kl. 9.00–12.00, Sal B",), {"time_start": None, "place": None}),
        (
            ("Ordförande: Eva Dahl (S) §§ 1–5, Kim Ek (M) §§ 6–9",),
            {"chair": "Eva Dahl", "paragraphs_from": None},
        ),
        (("Justerare: Kim Ek (M), ersättare Ida Ros (C)",), {"adjusters": '["Kim Ek"]'}),
        (("Ordförande – Eva Dahl", "Sekreterare – Bo Lund"), {"chair": "Eva Dahl", "secretary": "Bo Lund"}),
        (("Beslutande", "Eva Dahl (S), vice ordförande", "Kim Ek (M)"), {"chair": None}),
        (
            ("Beslutande", "Eva Dahl (S), vice ordförande, tjänstgörande ordförande", "Kim Ek (M)"),
            {"chair": "Eva Dahl"},
        ),
        (
            ("Protokollet omfattar §§ 12/26–25/26", "Justerat den 11 mars 2026"),
            {"paragraphs_from": 12, "paragraphs_to": 25, "adjusted_on": "2026-03-11"},
        ),
        (("Anslagstid: 2026-03-12 – 2026-04-03",), {"notice_up": "2026-03-12", "notice_down": "2026-04-03"}),
        (("Protokollet justeras digitalt senast den 9 mars 2026",), {"adjusted_on": None}),
        (("Justering: Omedelbar justering av § 1",), {"form": "protokoll"}),
    ],
)
def test_rows_of_a_header(tmp_path: Path, rows: tuple[str, ...], expected: dict[str, Any]):
    row = read_rows(tmp_path, "Protokoll Parknämnden 2026-03-04", rows)
    assert {name: row[name] for name in expected} == expected


def test_each_field_leads_to_its_words(tmp_path: Path):
    page, _ = SHAPES["labels left, values right"]
    parsed = protocol.parse(draw(tmp_path / "blad.pdf", page), KIT)
    made = as_rows.rows_of(as_rows.Source("0" * 64, "blad.pdf"), parsed)
    quotes = {row["id"]: row["quote"] for row in made["evidence"]}
    told = {row["field"]: (row["value"], quotes[row["evidence"]]) for row in made["header_fields"]}
    assert told["time_start"] == ("13:00", "kl. 13.00–15.20")
    assert told["meeting_date"] == ("2026-03-03", "tisdagen den 3 mars 2026")
    assert told["paragraphs_to"] == ("29", "§§ 14–29")
    assert told["adjusters"] == ("Ulf Sten", "Ulf Sten")
    assert all(row["id"].startswith("000000000000-h") for row in made["header_fields"])


def test_a_picture_without_words_is_known_by_its_files_name_alone(tmp_path: Path):
    path = draw(tmp_path / "protokollsutdrag-socialnamnden-2026-03-04.pdf", [[]])
    parsed = protocol.parse(path, KIT)
    about = parsed.meeting
    assert (about.kind, about.form, about.organ) == ("protokoll", "utdrag", "Socialnämnden")
    assert (about.date, about.date_source) == (datetime.date(2026, 3, 4), "filename")
    assert {row.field: row.text for row in parsed.header_fields}["organ"].startswith("Filens namn:")


def test_a_files_name_never_speaks_over_the_pages(tmp_path: Path):
    page = lines("Minnesanteckningar", "Allt är sagt på en kort stund i solen.", size=14)
    about = protocol.parse(draw(tmp_path / "protokoll-socialnamnden-2026-03-04.pdf", [page]), KIT).meeting
    assert (about.kind, about.organ, about.date) == ("minnesanteckningar", None, None)


def test_a_name_with_two_days_tells_none(tmp_path: Path):
    about = protocol.parse(draw(tmp_path / "kallelse 2026-03-04 andrad 2026-03-06.pdf", [[]]), KIT).meeting
    assert (about.kind, about.date, about.date_source) == ("kallelse", None, None)
