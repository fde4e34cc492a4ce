"""Attendance blocks of many shapes, drawn and read whole."""

from __future__ import annotations

import pytest

from pdfs import draw, paragraph
from protoparse import rules
from protoparse.protocol import Kit, parse

KIT = Kit.of(rules.load())
TITLE = (60, 50, "Protokoll Kulturnämnden 2027-02-19", 16)
BODY = paragraph(60, 560, ["§ 1 Mötet öppnas", "Ordföranden öppnar mötet.", "§ 2 Avslutning", "Mötet avslutas."])
FIELDS = ("name", "party", "organization", "role", "category", "stands_in_for", "presence")
FIELDS += ("section_from", "section_to", "serving", "matter")

# What stands on the page (x, y, text, size[, font]), and the rows: `member` and what is not said are left out.
SHAPES: dict[str, tuple[list[tuple], list[dict]]] = {
    "headings of presence and absence": (
        [
            (60, 90, "Närvarande", 10, "Helvetica-Bold"),
            (60, 104, "På plats:", 10),
            (60, 118, "Moa Vret, Sjöbo stad", 10),
            (60, 132, "Ulf Sten, Region Havet", 10),
            (60, 146, "Via Teams:", 10),
            (60, 160, "Ida Alm, Sjöbo stad", 10),
            (60, 174, "Meddelat förhinder:", 10),
            (60, 188, "Tor Ekman, Norrhamns kommun", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Sjöbo stad"},
            {"name": "Ulf Sten", "organization": "Region Havet"},
            {"name": "Ida Alm", "organization": "Sjöbo stad", "presence": "via Teams"},
        ],
    ),
    "labels of presence, the values behind them": (
        [
            (60, 90, "Närvarande på plats: Moa Vret, Ulf Sten och Ida Alm", 10),
            (60, 104, "Via Teams: Tor Ekman, Lo Berg", 10),
            (60, 118, "Del av mötet: Bo Lind", 10),
            (60, 132, "Ej närvarande: Eva Dahl", 10),
            (60, 146, "Antecknare: Ulf Sten", 10),
        ],
        [
            {"name": "Moa Vret", "presence": "på plats"},
            {"name": "Ulf Sten", "presence": "på plats"},
            {"name": "Ida Alm", "presence": "på plats"},
            {"name": "Tor Ekman", "presence": "via Teams"},
            {"name": "Bo Lind", "presence": "del av mötet"},
        ],
    ),
    "a running list under its label": (
        [
            (60, 90, "Närvarande:", 10),
            (60, 104, "Moa Vret, Ulf Sten, Zlatko Brankovic, Ida Alm, Tor Ekman, Lo Berg, Bo Lind, Farideh", 10),
            (60, 118, "Karimi, Eva Dahl och Per Ek.", 10),
            (60, 132, "Frånvarande:", 10),
            (60, 146, "Kaj Ros", 10),
        ],
        [
            {"name": "Moa Vret"},
            {"name": "Ulf Sten"},
            {"name": "Zlatko Brankovic"},
            {"name": "Ida Alm"},
            {"name": "Tor Ekman"},
            {"name": "Lo Berg"},
            {"name": "Bo Lind"},
            {"name": "Farideh Karimi"},
            {"name": "Eva Dahl"},
            {"name": "Per Ek"},
        ],
    ),
    "a bold label and a running list broken inside a name": (
        [
            (60, 90, "Närvarande:", 10, "Helvetica-Bold"),
            (125, 90, "Moa Vret (ordförande), Ulf Sten (kassör), Ida Alm (sekreterare), Tor", 10),
            (60, 104, "Ekman (ledamot), Lo Berg (suppleant)", 10),
        ],
        [
            {"name": "Moa Vret", "role": "ordförande"},
            {"name": "Ulf Sten", "role": "kassör"},
            {"name": "Ida Alm", "role": "sekreterare"},
            {"name": "Tor Ekman", "role": "ledamot"},
            {"name": "Lo Berg", "role": "suppleant", "category": "substitute"},
        ],
    ),
    "a column of seats": (
        [
            (60, 90, "Närvarande", 10),
            (150, 90, "Moa Vret", 10),
            (300, 90, "ordförande", 10),
            (150, 104, "Ulf Sten", 10),
            (300, 104, "kassör", 10),
            (150, 118, "Ida Alm", 10),
            (300, 118, "ledamot", 10),
            (150, 132, "Lo Berg", 10),
            (300, 132, "suppleant", 10),
            (150, 146, "Bo Lind", 10),
            (300, 146, "revisor", 10),
            (60, 160, "Frånvarande", 10),
            (150, 160, "Eva Dahl", 10),
            (300, 160, "ledamot", 10),
        ],
        [
            {"name": "Moa Vret", "role": "ordförande"},
            {"name": "Ulf Sten", "role": "kassör"},
            {"name": "Ida Alm", "role": "ledamot"},
            {"name": "Lo Berg", "role": "suppleant", "category": "substitute"},
            {"name": "Bo Lind", "role": "revisor", "category": "other"},
        ],
    ),
    "headings that name where people come from": (
        [
            (60, 90, "Närvarande", 10, "Helvetica-Bold"),
            (60, 104, "Från Sjöbo stad:", 10),
            (60, 118, "Moa Vret, socialchef", 10),
            (60, 132, "Ulf Sten", 10),
            (60, 146, "Från Region Havet:", 10),
            (60, 160, "Ida Alm, sjukhuschef", 10),
            (60, 174, "Från patientföreningarna:", 10),
            (60, 188, "Tor Ekman", 10),
            (60, 202, "Frånvarande:", 10),
            (60, 216, "Lo Berg", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Sjöbo stad", "role": "socialchef"},
            {"name": "Ulf Sten", "organization": "Sjöbo stad"},
            {"name": "Ida Alm", "organization": "Region Havet", "role": "sjukhuschef"},
            {"name": "Tor Ekman"},
        ],
    ),
    "parties of a negotiation": (
        [
            (60, 90, "Från kommunen", 10),
            (180, 90, "Moa Vret, HR-chef, ordförande", 10),
            (180, 104, "Ulf Sten, enhetschef", 10),
            (60, 118, "Från facken", 10),
            (180, 118, "Ida Alm, Vision", 10),
            (180, 132, "Tor Ekman, Kommunal", 10),
            (180, 146, "Lo Berg, Akavia", 10),
            (60, 160, "Skyddsombud", 10),
            (180, 160, "Bo Lind", 10),
            (60, 174, "Frånvarande", 10),
            (180, 174, "Per Ek, Vårdförbundet", 10),
        ],
        [
            {"name": "Moa Vret", "role": "HR-chef, ordförande"},
            {"name": "Ulf Sten", "role": "enhetschef"},
            {"name": "Ida Alm", "organization": "Vision"},
            {"name": "Tor Ekman", "organization": "Kommunal"},
            {"name": "Lo Berg", "organization": "Akavia"},
            {"name": "Bo Lind"},
        ],
    ),
    "two organisations side by side": (
        [
            (60, 90, "Deltagare", 11, "Helvetica-Bold"),
            (60, 110, "Region Havet", 10),
            (300, 110, "Sjöbo stad", 10),
            (60, 124, "Moa Vret, sjukhuschef", 10),
            (300, 124, "Tor Ekman, socialchef", 10),
            (60, 138, "Ulf Sten, läkare", 10),
            (300, 138, "Lo Berg", 10),
            (60, 152, "Ida Alm", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Region Havet", "role": "sjukhuschef"},
            {"name": "Ulf Sten", "organization": "Region Havet", "role": "läkare"},
            {"name": "Ida Alm", "organization": "Region Havet"},
            {"name": "Tor Ekman", "organization": "Sjöbo stad", "role": "socialchef"},
            {"name": "Lo Berg", "organization": "Sjöbo stad"},
        ],
    ),
    "who sits in the place of whom": (
        [
            (60, 90, "Beslutande:", 10),
            (60, 104, "Moa Vret (S), ordförande", 10),
            (60, 118, "Ulf Sten (M), ersätts av Ida Alm (M)", 10),
            (60, 132, "Lo Berg (C), frånvarande", 10),
            (60, 146, "Tor Ekman (V), tjg ers för Lo Berg (C)", 10),
        ],
        [
            {"name": "Moa Vret", "party": "S", "role": "ordförande", "serving": True},
            {"name": "Ida Alm", "party": "M", "stands_in_for": "Ulf Sten", "serving": True},
            {"name": "Tor Ekman", "party": "V", "stands_in_for": "Lo Berg", "serving": True},
        ],
    ),
    "a column of stand-ins": (
        [
            (60, 90, "Beslutande", 10, "Helvetica-Bold"),
            (60, 108, "Ledamot", 10),
            (205, 108, "Parti", 10),
            (265, 108, "Ersättare", 10),
            (400, 108, "Anmärkning", 10),
            (60, 122, "Moa Vret", 10),
            (205, 122, "S", 10),
            (400, 122, "Ordförande", 10),
            (60, 136, "Ulf Sten", 10),
            (205, 136, "M", 10),
            (265, 136, "Ida Alm (M)", 10),
            (60, 150, "Lo Berg", 10),
            (205, 150, "C", 10),
            (400, 150, "§§ 1–2", 10),
        ],
        [
            {"name": "Moa Vret", "party": "S", "role": "Ordförande", "serving": True},
            {"name": "Ida Alm", "party": "M", "stands_in_for": "Ulf Sten", "serving": True},
            {
                "name": "Lo Berg",
                "party": "C",
                "presence": "§§ 1–2",
                "section_from": "1",
                "section_to": "2",
                "serving": True,
            },
        ],
    ),
    "a column of roles": (
        [
            (60, 90, "Närvarande", 10, "Helvetica-Bold"),
            (60, 108, "Namn", 10),
            (205, 108, "Organisation", 10),
            (400, 108, "Roll", 10),
            (60, 122, "Moa Vret", 10),
            (205, 122, "Sjöbo stad", 10),
            (400, 122, "Ordf.", 10),
            (60, 136, "Ulf Sten", 10),
            (205, 136, "Region Havet", 10),
            (400, 136, "Vice ordf.", 10),
            (60, 150, "Lo Berg", 10),
            (205, 150, "Havets FK", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Sjöbo stad", "role": "ordförande"},
            {"name": "Ulf Sten", "organization": "Region Havet", "role": "Vice ordförande"},
            {"name": "Lo Berg", "organization": "Havets FK"},
        ],
    ),
    "a table without heads": (
        [
            (60, 90, "Beslutande", 10, "Helvetica-Bold"),
            (60, 108, "Moa Vret", 10),
            (205, 108, "S", 10),
            (265, 108, "Ordförande", 10),
            (60, 122, "Ulf Sten", 10),
            (205, 122, "M", 10),
            (265, 122, "Vice ordförande", 10),
            (60, 136, "Lo Berg", 10),
            (205, 136, "C", 10),
            (265, 136, "Tjg ers för Bo Ek", 10),
            (60, 150, "Eva Dahl", 10),
            (205, 150, "V", 10),
        ],
        [
            {"name": "Moa Vret", "party": "S", "role": "Ordförande", "serving": True},
            {"name": "Ulf Sten", "party": "M", "role": "Vice ordförande", "serving": True},
            {"name": "Lo Berg", "party": "C", "stands_in_for": "Bo Ek", "serving": True},
            {"name": "Eva Dahl", "party": "V", "serving": True},
        ],
    ),
    "a table without heads beside a label": (
        [
            (60, 108, "Beslutande", 10, "Helvetica-Bold"),
            (150, 108, "Moa Vret", 10),
            (305, 108, "S", 10),
            (365, 108, "Ordförande", 10),
            (150, 122, "Ulf Sten", 10),
            (305, 122, "M", 10),
            (365, 122, "Vice ordförande", 10),
            (150, 136, "Lo Berg", 10),
            (305, 136, "C", 10),
            (365, 136, "ersätter Bo Ek (C)", 10),
            (150, 150, "Eva Dahl", 10),
            (305, 150, "V", 10),
        ],
        [
            {"name": "Moa Vret", "party": "S", "role": "Ordförande", "serving": True},
            {"name": "Ulf Sten", "party": "M", "role": "Vice ordförande", "serving": True},
            {"name": "Lo Berg", "party": "C", "stands_in_for": "Bo Ek", "serving": True},
            {"name": "Eva Dahl", "party": "V", "serving": True},
        ],
    ),
    "posts as labels": (
        [
            (60, 90, "Ordförande", 10),
            (180, 90, "Moa Vret", 10),
            (60, 104, "Sekreterare", 10),
            (180, 104, "Ulf Sten", 10),
            (60, 118, "Ledamöter", 10),
            (180, 118, "Ida Alm", 10),
            (180, 132, "Lo Berg", 10),
            (60, 146, "Suppleanter", 10),
            (180, 146, "Bo Lind", 10),
            (60, 160, "Övriga", 10),
            (180, 160, "Per Ek, revisor", 10),
        ],
        [
            {"name": "Moa Vret", "role": "ordförande", "serving": True},
            {"name": "Ida Alm", "serving": True},
            {"name": "Lo Berg", "serving": True},
            {"name": "Bo Lind", "category": "substitute"},
            {"name": "Per Ek", "role": "revisor", "category": "other"},
        ],
    ),
    "a list of voters": (
        [
            (60, 90, "Röstlängd", 10, "Helvetica-Bold"),
            (60, 104, "1. Moa Vret", 10),
            (60, 118, "2. Ulf Sten", 10),
            (60, 132, "3. Ida Alm (genom fullmakt)", 10),
            (60, 146, "4. Lo Berg", 10),
        ],
        [{"name": "Moa Vret"}, {"name": "Ulf Sten"}, {"name": "Ida Alm"}, {"name": "Lo Berg"}],
    ),
    "names and roles in turn": (
        [
            (60, 90, "Övriga närvarande: Moa Vret, förvaltningschef, Ulf Sten, ekonom, Zlatko Brankovic, jurist §", 10),
            (60, 104, "12, Ida Alm, sekreterare", 10),
        ],
        [
            {"name": "Moa Vret", "role": "förvaltningschef", "category": "other"},
            {"name": "Ulf Sten", "role": "ekonom", "category": "other"},
            {
                "name": "Zlatko Brankovic",
                "role": "jurist",
                "category": "other",
                "presence": "§ 12",
                "section_from": "12",
                "section_to": "12",
                "matter": "§ 12",
            },
            {"name": "Ida Alm", "role": "sekreterare", "category": "other"},
        ],
    ),
    "dashes": (
        [
            (60, 90, "Deltagare:", 10),
            (60, 104, "Moa Vret – Sjöbo stad", 10),
            (60, 118, "Ulf Sten – Region Havet (ordf.)", 10),
            (60, 132, "Ida Alm – Finsam Havet", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Sjöbo stad"},
            {"name": "Ulf Sten", "organization": "Region Havet", "role": "ordförande"},
            {"name": "Ida Alm", "organization": "Finsam Havet"},
        ],
    ),
    "bullets": (
        [
            (60, 90, "Närvarande:", 10),
            (60, 104, "• Moa Vret, Sjöbo stad (sammankallande)", 10),
            (60, 118, "• Ulf Sten, FUB", 10),
            (60, 132, "• Ida Alm, SPF Seniorerna", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Sjöbo stad", "role": "sammankallande"},
            {"name": "Ulf Sten", "organization": "FUB"},
            {"name": "Ida Alm", "organization": "SPF Seniorerna"},
        ],
    ),
    "short roles": (
        [
            (60, 90, "Ledamöter: Moa Vret, ordf., Ulf Sten, v. ordf., Ida Alm, sekr., Lo Berg", 10),
            (60, 104, "Suppleanter: Bo Lind, Per Ek", 10),
            (60, 118, "Revisor: Eva Dahl", 10),
            (60, 132, "Förhinder: Kaj Ros", 10),
        ],
        [
            {"name": "Moa Vret", "role": "ordförande", "serving": True},
            {"name": "Ulf Sten", "role": "vice ordförande", "serving": True},
            {"name": "Ida Alm", "role": "sekreterare", "serving": True},
            {"name": "Lo Berg", "serving": True},
            {"name": "Bo Lind", "category": "substitute"},
            {"name": "Per Ek", "category": "substitute"},
        ],
    ),
    "a running list with parties": (
        [
            (60, 90, "Närvarande: Moa Vret (S) ordförande, Ulf Sten (M), Ida Alm (C), Lo", 10),
            (60, 104, "Berg (V), Bo Lind (SD) §§ 1–2 samt Per Ek (L)", 10),
        ],
        [
            {"name": "Moa Vret", "party": "S", "role": "ordförande"},
            {"name": "Ulf Sten", "party": "M"},
            {"name": "Ida Alm", "party": "C"},
            {"name": "Lo Berg", "party": "V"},
            {"name": "Bo Lind", "party": "SD", "presence": "§§ 1–2", "section_from": "1", "section_to": "2"},
            {"name": "Per Ek", "party": "L"},
        ],
    ),
    "organisations before their people": (
        [
            (60, 90, "Deltagare:", 10),
            (60, 104, "Sjöbo stad: Moa Vret, Ulf Sten", 10),
            (60, 118, "Region Havet: Ida Alm och Lo Berg", 10),
            (60, 132, "Frånvarande: Bo Lind", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Sjöbo stad"},
            {"name": "Ulf Sten", "organization": "Sjöbo stad"},
            {"name": "Ida Alm", "organization": "Region Havet"},
        ],
    ),
    "a count behind the label": (
        [
            (60, 90, "Närvarande (4 st):", 10),
            (60, 104, "Moa Vret", 10),
            (60, 118, "Ulf Sten", 10),
            (60, 132, "Ida Alm", 10),
            (60, 146, "Lo Berg (anlände § 2)", 10),
            (60, 160, "Adjungerad: Per Ek, VD", 10),
        ],
        [
            {"name": "Moa Vret"},
            {"name": "Ulf Sten"},
            {"name": "Ida Alm"},
            {"name": "Lo Berg", "presence": "anlände § 2", "section_from": "2"},
            {"name": "Per Ek", "role": "VD", "category": "other"},
        ],
    ),
    "a label divided at its hyphen": (
        [
            (60, 90, "Tjänste-", 10),
            (170, 90, "Moa Vret, kanslichef", 10),
            (60, 104, "personer", 10),
            (170, 104, "Ulf Sten, jurist § 1", 10),
            (170, 118, "Ida Alm, registrator", 10),
        ],
        [
            {"name": "Moa Vret", "role": "kanslichef", "category": "other"},
            {
                "name": "Ulf Sten",
                "role": "jurist",
                "category": "other",
                "presence": "§ 1",
                "section_from": "1",
                "section_to": "1",
                "matter": "§ 1",
            },
            {"name": "Ida Alm", "role": "registrator", "category": "other"},
        ],
    ),
    "a label beside the middle of its block": (
        [
            (60, 111, "Närvarande", 10),
            (170, 90, "Moa Vret (S), ordförande; Ulf Sten (M);", 10),
            (170, 104, "Ida Alm (C); Tor Ekman (V); Lo", 10),
            (170, 118, "Berg (L); Bo Lind (KD);", 10),
            (170, 132, "Per Ek (S)", 10),
            (60, 160, "Ersättare", 10),
            (170, 160, "Eva Dahl (M)", 10),
        ],
        [
            {"name": "Moa Vret", "party": "S", "role": "ordförande"},
            {"name": "Ulf Sten", "party": "M"},
            {"name": "Ida Alm", "party": "C"},
            {"name": "Tor Ekman", "party": "V"},
            {"name": "Lo Berg", "party": "L"},
            {"name": "Bo Lind", "party": "KD"},
            {"name": "Per Ek", "party": "S"},
            {"name": "Eva Dahl", "party": "M", "category": "substitute"},
        ],
    ),
    "wrapped rows side by side": (
        [
            (60, 90, "Närvarande", 12, "Helvetica-Bold"),
            (60, 110, "Kommunerna", 10),
            (300, 110, "Regionen och övriga", 10),
            (60, 124, "Moa Vret, Sjöbo stad,", 10),
            (300, 124, "Tor Ekman, Region Havet, vice", 10),
            (60, 138, "ordförande", 10),
            (300, 138, "ordförande", 10),
            (60, 152, "Ulf Sten, Norrhamns kommun", 10),
            (300, 152, "Lo Berg, brukarrepresentant", 10),
            (60, 166, "Ida Alm, Ekby kommun", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Sjöbo stad", "role": "ordförande"},
            {"name": "Ulf Sten", "organization": "Norrhamns kommun"},
            {"name": "Ida Alm", "organization": "Ekby kommun"},
            {"name": "Tor Ekman", "organization": "Region Havet", "role": "vice ordförande"},
            {"name": "Lo Berg", "role": "brukarrepresentant"},
        ],
    ),
    "the board of a company": (
        [
            (60, 90, "Närvarande styrelseledamöter", 10),
            (220, 90, "Moa Vret, ordförande", 10),
            (220, 104, "Ulf Sten", 10),
            (220, 118, "Ida Alm", 10),
            (60, 132, "Suppleanter", 10),
            (220, 132, "Lo Berg", 10),
            (60, 146, "Arbetstagarrepresentanter", 10),
            (220, 146, "Bo Lind, Unionen", 10),
            (60, 160, "Från bolaget", 10),
            (220, 160, "Per Ek, VD", 10),
            (220, 174, "Eva Dahl, CFO", 10),
            (60, 188, "Anmält förhinder", 10),
            (220, 188, "Kaj Ros", 10),
        ],
        [
            {"name": "Moa Vret", "role": "ordförande"},
            {"name": "Ulf Sten"},
            {"name": "Ida Alm"},
            {"name": "Lo Berg", "category": "substitute"},
            {"name": "Bo Lind", "organization": "Unionen"},
            {"name": "Per Ek", "role": "VD", "category": "other"},
            {"name": "Eva Dahl", "role": "CFO", "category": "other"},
        ],
    ),
    "a student union": (
        [
            (
                60,
                90,
                "Närvarande: Moa Vret (ordförande), Ulf Sten (vice ordförande), Ida Alm (utbildningsansvarig),",
                10,
            ),
            (60, 104, "Tor Ekman (eventansvarig), Lo Berg (ledamot)", 10),
            (60, 118, "Adjungerade: Bo Lind, Per Ek", 10),
            (60, 132, "Frånvarande: Eva Dahl (anmält)", 10),
        ],
        [
            {"name": "Moa Vret", "role": "ordförande"},
            {"name": "Ulf Sten", "role": "vice ordförande"},
            {"name": "Ida Alm", "role": "utbildningsansvarig"},
            {"name": "Tor Ekman", "role": "eventansvarig"},
            {"name": "Lo Berg", "role": "ledamot"},
            {"name": "Bo Lind", "category": "other"},
            {"name": "Per Ek", "category": "other"},
        ],
    ),
    "a council of patients": (
        [
            (60, 90, "Deltagare:", 10),
            (60, 104, "Moa Vret, Reumatikerförbundet", 10),
            (60, 118, "Ulf Sten, Diabetesföreningen Havet", 10),
            (60, 132, "Ida Alm, verksamhetschef Medicin, Region Havet", 10),
            (60, 146, "Tor Ekman, patientsamordnare", 10),
            (60, 160, "Förhinder: Lo Berg, Astmaförbundet", 10),
        ],
        [
            {"name": "Moa Vret", "organization": "Reumatikerförbundet"},
            {"name": "Ulf Sten", "organization": "Diabetesföreningen Havet"},
            {"name": "Ida Alm", "organization": "Region Havet", "role": "verksamhetschef Medicin"},
            {"name": "Tor Ekman", "role": "patientsamordnare"},
        ],
    ),
    "absence between two lists": (
        [
            (60, 90, "Närvarande:", 10),
            (60, 104, "Moa Vret", 10),
            (60, 118, "Ulf Sten", 10),
            (60, 132, "Ej närvarande:", 10),
            (60, 146, "Ida Alm", 10),
            (60, 160, "Lo Berg", 10),
            (60, 174, "Övriga:", 10),
            (60, 188, "Bo Lind, sekreterare", 10),
        ],
        [{"name": "Moa Vret"}, {"name": "Ulf Sten"}, {"name": "Bo Lind", "role": "sekreterare", "category": "other"}],
    ),
    "a given name that is a label too": (
        [
            (60, 90, "Datum", 10),
            (180, 90, "2027-02-19", 10),
            (60, 104, "Deltagare", 10),
            (180, 104, "Dag Alm, rektor", 10),
            (180, 118, "Ulf Sten, kurator", 10),
            (180, 132, "Lo Berg, skolsköterska", 10),
        ],
        [
            {"name": "Dag Alm", "role": "rektor"},
            {"name": "Ulf Sten", "role": "kurator"},
            {"name": "Lo Berg", "role": "skolsköterska"},
        ],
    ),
    "a label less than a letter from its list": (
        [
            (60, 90, "Beslutande", 10),
            (115, 90, "Moa Vret (S), ordförande", 10),
            (115, 104, "Ulf Sten (M)", 10),
            (60, 118, "Ersättare", 10),
            (115, 118, "Ida Alm (C)", 10),
        ],
        [
            {"name": "Moa Vret", "party": "S", "role": "ordförande", "serving": True},
            {"name": "Ulf Sten", "party": "M", "serving": True},
            {"name": "Ida Alm", "party": "C", "category": "substitute"},
        ],
    ),
    "a longer list below a list, as far below and above its label": (
        [
            *((60, 90, "Plats och tid", 10), (165, 90, "Kulturhuset, kl. 9", 10)),
            *((60, 105, "Beslutande", 10), (165, 105, "Moa Vret (S), ordförande", 10)),
            *((165, 119, "Ulf Sten (M)", 10), (165, 134, "Ida Alm (C)", 10)),
            *((60, 148, "Övriga deltagare", 10), (165, 148, "Tor Ekman, kulturchef", 10)),
            *((165, 163, "Bo Lind, sekreterare", 10), (165, 177, "Eva Dahl, Föreningen Havet", 10)),
            *((60, 192, "Utses att justera", 10), (165, 192, "Ulf Sten", 10)),
        ],
        [
            {"name": "Moa Vret", "party": "S", "role": "ordförande", "serving": True},
            {"name": "Ulf Sten", "party": "M", "serving": True},
            {"name": "Ida Alm", "party": "C", "serving": True},
            {"name": "Tor Ekman", "role": "kulturchef", "category": "other"},
            {"name": "Bo Lind", "role": "sekreterare", "category": "other"},
            {"name": "Eva Dahl", "organization": "Föreningen Havet", "category": "other"},
        ],
    ),
    "substitutes in a column beside the members": (
        [
            (60, 90, "Närvarande", 11, "Helvetica-Bold"),
            *((x, 110, head, 10, "Helvetica-Bold") for x, head in zip((60, 205), ("Ledamöter", "Parti"), strict=True)),
            *((x, 110, head, 10, "Helvetica-Bold") for x, head in zip((265, 395), ("Ersättare", "Parti"), strict=True)),
            *((60, 124, "Moa Vret", 10), (205, 124, "S", 10), (265, 124, "Ida Alm", 10), (395, 124, "C", 10)),
            *((60, 138, "Ulf Sten", 10), (205, 138, "M", 10), (265, 138, "Lo Berg", 10), (395, 138, "V", 10)),
            *((60, 152, "Tor Ekman", 10), (205, 152, "L", 10)),
        ],
        [
            {"name": "Moa Vret", "party": "S"},
            {"name": "Ulf Sten", "party": "M"},
            {"name": "Tor Ekman", "party": "L"},
            {"name": "Ida Alm", "party": "C", "category": "substitute"},
            {"name": "Lo Berg", "party": "V", "category": "substitute"},
        ],
    ),
    "a roll of votes of associations": (
        [
            (60, 90, "Röstlängd", 11, "Helvetica-Bold"),
            *((60, 110, "Namn", 10), (200, 110, "Förening", 10), (330, 110, "Röster", 10)),
            *((60, 124, "Moa Vret", 10), (200, 124, "Sjöbo IK", 10), (330, 124, "2", 10)),
            *((60, 138, "Ulf Sten", 10), (200, 138, "Havets FK", 10), (330, 138, "1", 10)),
        ],
        [{"name": "Moa Vret", "organization": "Sjöbo IK"}, {"name": "Ulf Sten", "organization": "Havets FK"}],
    ),
    "names in capitals": (
        [(60, 90, "Närvarande: MOA VRET, ULF STEN, IDA ALM", 10), (60, 104, "Sekreterare: Bo Lind", 10)],
        [{"name": "MOA VRET"}, {"name": "ULF STEN"}, {"name": "IDA ALM"}],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_block_is_read_whole(tmp_path, shape):
    block, expected = SHAPES[shape]
    attendance = parse(draw(tmp_path / "p.pdf", [[TITLE, *block, *BODY]]), KIT).attendance
    rows = [{name: getattr(one, name) for name in FIELDS} for one in attendance]
    open_fields = (None, "member")
    assert [{name: value for name, value in row.items() if value not in open_fields} for row in rows] == expected


def test_names_of_parties_head_no_sections_where_nothing_is_numbered(tmp_path):
    bold = "Helvetica-Bold"
    page = [
        TITLE,
        (60, 90, "Närvarande ledamöter", 11, bold),
        (60, 106, "Socialdemokraterna (S)", 10, bold),
        (60, 120, "Moa Vret", 10),
        (60, 134, "Ulf Sten", 10),
        (60, 150, "Moderaterna", 10, bold),
        (60, 164, "Ida Alm", 10),
        (60, 300, "Mötets öppnande", 10, bold),
        (60, 316, "Ordföranden öppnar mötet.", 10),
        (60, 350, "Budget", 10, bold),
        (60, 366, "Styrelsen beslutade att anta budgeten.", 10),
    ]
    protocol = parse(draw(tmp_path / "p.pdf", [page]), KIT)
    assert [(one.name, one.party) for one in protocol.attendance] == [
        ("Moa Vret", "S"),
        ("Ulf Sten", "S"),
        ("Ida Alm", "M"),
    ]
    assert [section.title for section in protocol.sections] == ["Mötets öppnande", "Budget"]
