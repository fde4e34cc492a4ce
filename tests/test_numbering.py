"""Numbered headings in all their forms, and which numbers at the start of a line are none."""

from dataclasses import replace

import pytest

from printed import HEADINGS, LONG, page, sections
from protoparse.agenda import read_agenda
from protoparse.models import CellPlace
from protoparse.text import Text

ROMAN = {12: "XII", 13: "XIII", 14: "XIV"}
TEXT = f"{LONG}\n{LONG}"
FORMS = [
    ("#§ {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#§{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n}. Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n}: Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n} – Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n} - Ny taxa för torget", "Ny taxa för torget", None),
    ("#KS § {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#Ks {n}. Ny taxa för torget", "Ny taxa för torget", None),
    ("#Kf §{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ KS {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ KS{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#KSAU § {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#SON {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#Au § {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n} § Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n} §. Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n}/20 Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n}/2025 Ny taxa för torget", "Ny taxa för torget", None),
    ("#Punkt {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#Punkt {n}: Ny taxa för torget", "Ny taxa för torget", None),
    ("#Pkt {n} – Ny taxa för torget", "Ny taxa för torget", None),
    ("#Ärende {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#Ärende {n}. Ny taxa för torget", "Ny taxa för torget", None),
    ("#Ärende nr {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#Paragraf {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#Par. {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n}. Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n}) Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n} – Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n}: Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n}.Ny taxa för torget", "Ny taxa för torget", None),
    ("#7.{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#5.2.{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#7.{n}. Ny taxa för torget", "Ny taxa för torget", None),
    ("§ {n}\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("§ {n}\n\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n}\n#Ny taxa för torget\n#och hamnen", "Ny taxa för torget och hamnen", None),
    ("#{n}.\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n}\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("#Punkt {n}\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("#Ärende {n}\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("#KS § {n}\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("#{n} §\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n}/20\n#Ny taxa för torget", "Ny taxa för torget", None),
    ("#Ny taxa för torget § {n}", "Ny taxa för torget", None),
    ("#§ {n} Ny taxa för torget Dnr KS 2026/14", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n} Ny taxa för torget KS2026/00123", "Ny taxa för torget", "KS2026/00123"),
    ("#§ {n} Ny taxa för torget 2026/123-004", "Ny taxa för torget", "2026/123-004"),
    ("#§ {n} Ny taxa för torget KS/2026:12", "Ny taxa för torget", "KS/2026:12"),
    ("#§ {n} Ny taxa för torget SN-2026-14", "Ny taxa för torget", "SN-2026-14"),
    ("#§ {n} Ny taxa för torget (KS 2026/123)", "Ny taxa för torget", "KS 2026/123"),
    ("#§ {n} Ny taxa för torget (Dnr KS 2026/123)", "Ny taxa för torget", "KS 2026/123"),
    ("#§ {n} Ny taxa för torget, dnr KS 2026/123", "Ny taxa för torget", "KS 2026/123"),
    ("#§ {n} Ny taxa för torget – KS 2026/123", "Ny taxa för torget", "KS 2026/123"),
    ("#§ {n} KS 2026/123 Ny taxa för torget", "Ny taxa för torget", "KS 2026/123"),
    ("#§ {n} KS2026/00123 Ny taxa för torget", "Ny taxa för torget", "KS2026/00123"),
    ("#§ {n} Dnr KS 2026/123 Ny taxa för torget", "Ny taxa för torget", "KS 2026/123"),
    ("#§ {n} Dnr: 2026-00123 Ny taxa för torget", "Ny taxa för torget", "2026-00123"),
    ("#§ {n} Dnr SN/2026/0123 Ny taxa för torget", "Ny taxa för torget", "SN/2026/0123"),
    ("#§ {n} SN/2026/0123\n#Ny taxa för torget", "Ny taxa för torget", "SN/2026/0123"),
    ("#§ {n}\nDnr KS 2026/14\n#Ny taxa för torget", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n}\n#Dnr KS 2026/14\n#Ny taxa för torget", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n} Diarienummer 00322/2026\n#Ny taxa för torget", "Ny taxa för torget", "00322/2026"),
    ("#§ {n} Ärendenummer SLK-2024-00074\n#Ny taxa för torget", "Ny taxa för torget", "SLK-2024-00074"),
    ("#§ {n} Ärendenr: KS 2026/14\n#Ny taxa för torget", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n} Ny taxa för torget\nDnr KS 2026/14", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n} Ny taxa för torget\nDiarienummer: KS 2026/14", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n} Ny taxa för torget\nDiarienr KS 2026/14", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n} Ny taxa för torget\nÄrendenr 2026/14", "Ny taxa för torget", "2026/14"),
    ("#§ {n} Ny taxa för torget\n(KS 2026/14)", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n} Ny taxa för torget\nDnr KS 2026-14 106", "Ny taxa för torget", "KS 2026-14 106"),
    ("#§ {n} Ny taxa för torget\nDnr KS 2026/14-106", "Ny taxa för torget", "KS 2026/14-106"),
    ("#§ {n} Ny taxa för torget 2026-2028", "Ny taxa för torget 2026-2028", None),
    ("#§ {n} Ny taxa för torget 2026/2027", "Ny taxa för torget 2026/2027", None),
    ("#§ {n} 2026 års taxa för torget", "2026 års taxa för torget", None),
    ("#§ {n} Detaljplan för Sjöbo 2:14", "Detaljplan för Sjöbo 2:14", None),
    ("#§ {n} Svar på motion om lag (2017:725)", "Svar på motion om lag (2017:725)", None),
    ("#§ {n} Remiss av SOU 2025:14", "Remiss av SOU 2025:14", None),
    ("#§ {n} Remiss av Ds 2025:14", "Remiss av Ds 2025:14", None),
    ("§ {n} Ny taxa för torget", "Ny taxa för torget", None),
    ("{n}. Ny taxa för torget", "Ny taxa för torget", None),
    ("{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("*{n} Ny taxa för torget", "Ny taxa för torget", None),
    (
        "§ {n} Ny taxa för torget och de övriga platserna i tätorterna, samt\nandra platser",
        "Ny taxa för torget och de övriga platserna i tätorterna, samt andra platser",
        None,
    ),
    ("#§ {n} Ärende nr 4 om taxan", "Ärende nr 4 om taxan", None),
    ("#{r}. Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n} a Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n} NY TAXA FÖR TORGET", "NY TAXA FÖR TORGET", None),
    ('#§ {n} "Hela vägen" – lägesrapport', '"Hela vägen" – lägesrapport', None),
    ("#§ {n} eHälsa i länet", "eHälsa i länet", None),
    ("#§ {n} e-arkiv", "e-arkiv", None),
    ("#{n}. e-arkiv i länet", "e-arkiv i länet", None),
    ("#§ {n} Information\n\nDelårsrapport", "Information", None),
    ("#§ {n} Kommunallagen och offentlighet", "Kommunallagen och offentlighet", None),
    ("#§ {n} Ny taxa för torget\n\n\n#Dnr KS 2026/14", "Ny taxa för torget", "KS 2026/14"),
    ("{n} §   Dnr 97.118.206\n\nNy taxa för torget", "Ny taxa för torget", "97.118.206"),
    ("{n} §\nDnr 97.118.206\nNy taxa för torget", "Ny taxa för torget", "97.118.206"),
    ("{n} § Ny taxa för torget", "Ny taxa för torget", None),
    ("{n} §. Ny taxa för torget", "Ny taxa för torget", None),
    ("{n}§\n\nNy taxa för torget", "Ny taxa för torget", None),
    ("§{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n} — Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ 2026/{n} Ny taxa för torget", "Ny taxa för torget", None),
    ("#§ {n} Remiss om vapenlagen (Ds 2026:3)\nDnr 26/14", "Remiss om vapenlagen (Ds 2026:3)", "26/14"),
    ("#§ {n} Ny taxa för torget\nÄrende KS 2026/14", "Ny taxa för torget", "KS 2026/14"),
    ("#§ {n} Ny taxa för torget\nÄrende: 2026-00014", "Ny taxa för torget", "2026-00014"),
    ("*{n}. Ny taxa för torget:", "Ny taxa för torget", None),
    ("#§ {n} Ny taxa för torget\nÄrende-id 2026/14", "Ny taxa för torget", "2026/14"),
]


@pytest.mark.parametrize(("heading", "title", "case"), FORMS)
def test_a_heading_is_read_in_its_form(heading, title, case):
    prefix = "7." if "7.{n}" in heading else "5.2." if "5.2.{n}" in heading else ""
    found = sections("\n\n".join(f"{heading.format(n=n, r=ROMAN[n])}\n\n{TEXT}" for n in ROMAN))
    assert [(s.number, s.title, s.case_number) for s in found] == [(f"{prefix}{n}", title, case) for n in ROMAN]


def matters(*numbers: int, form: str = "#§ {n} Ärende om sak {n}") -> str:
    """Headings of a form, each with text under it."""
    return "\n\n".join(f"{form.format(n=n)}\n\n{TEXT}" for n in numbers)


PLAIN = "#{n}. Sak {n}"


def listed(*numbers: int, form: str = "§ {n} Ärende om sak {n}") -> str:
    """The same matters as a list."""
    return "\n".join(form.format(n=n) for n in numbers)


SPACED = "\n\n".join(f"§ {n} Ärende om sak {n}" for n in (4, 5, 6))
BUDGET = f"#§ 12 Budget\n\n{TEXT}"
END = f"{TEXT}\n\n#§ 13 Slut\n\n{TEXT}"
BYLAWS = f"#Reglemente\n\n#§ 1 Ändamål\n\n{LONG}\n\n#§ 2 Namn\n\n{LONG}\n\n#§ 5 Säte\n\n{LONG}"
DOCUMENTS = {
    "a list set as headings": (
        ["#Ärendelista\n\n" + listed(4, 5, 6, form="#§ {n} Ärende om sak {n}"), matters(4, 5), matters(6)],
        [("4", 2), ("5", 2), ("6", 3)],
    ),
    "a list without page numbers": ([listed(4, 5, 6), matters(4, 5), matters(6)], [("4", 2), ("5", 2), ("6", 3)]),
    "a list with page numbers": (
        [listed(4, 5, 6, form="§ {n} Ärende om sak {n} 9"), matters(4, 5), matters(6)],
        [("4", 2), ("5", 2), ("6", 3)],
    ),
    "a list with dot leaders": (
        [listed(4, 5, 6, form="§ {n} Ärende om sak {n} ........ 9"), matters(4, 5), matters(6)],
        [("4", 2), ("5", 2), ("6", 3)],
    ),
    "a list with white space": ([SPACED, matters(4, 5), matters(6)], [("4", 2), ("5", 2), ("6", 3)]),
    "a list numbered otherwise": (
        ["*Föredragningslista\n" + listed(1, 2, 3, form="{n}. Ärende om sak {n}"), matters(12, 13), matters(14)],
        [("12", 2), ("13", 2), ("14", 3)],
    ),
    "a list and headings set like the text": (
        [listed(4, 5, 6), matters(4, 5, 6, form="§ {n} Ärende om sak {n}")],
        [("4", 2), ("5", 2), ("6", 2)],
    ),
    "a summons that is nothing but its list": (
        ["#Kallelse till nämnden\n\n*Föredragningslista\n" + listed(1, 2, 3, 4, form="{n}. Sak {n}") + "\n\nVälkomna!"],
        [("1", 1), ("2", 1), ("3", 1), ("4", 1)],
    ),
    "Forts. before the number": ([BUDGET, f"#Forts. § 12 Budget\n\n{END}"], [("12", 1), ("13", 2)]),
    "forts. behind the number": ([BUDGET, f"#§ 12 forts.\n\n{END}"], [("12", 1), ("13", 2)]),
    "(forts.) before the title": ([BUDGET, f"#§ 12 (forts.) Budget\n\n{END}"], [("12", 1), ("13", 2)]),
    "forts. before the title": ([BUDGET, f"#§ 12, forts. Budget\n\n{END}"], [("12", 1), ("13", 2)]),
    "forts. set like the text": ([BUDGET, f"§ 12 forts.\n\n{END}"], [("12", 1), ("13", 2)]),
    "the heading on every page": ([BUDGET, BUDGET, f"#§ 12 Budget\n\n{END}"], [("12", 1), ("13", 3)]),
    "the number on every page": ([BUDGET, f"#§ 12\n\n{END}"], [("12", 1), ("13", 2)]),
    "numbers that jump": ([matters(3, 17, 18, 40)], [("3", 1), ("17", 1), ("18", 1), ("40", 1)]),
    "two meetings": (
        [matters(1, 2, 3), "Protokoll Nämnden 2026-03-04\n\n*Närvarande\nEva Lind\nPer Ek\n\n" + matters(1, 2)],
        [("1", 1), ("2", 1), ("3", 1), ("1", 2), ("2", 2)],
    ),
    "an extract of two organs": (
        [
            "Protokollsutdrag\n\n" + matters(45, form="#AU § {n} Ärende om sak {n}"),
            "Protokollsutdrag\n\n" + matters(32, form="#KS § {n} Ärende om sak {n}"),
        ],
        [("45", 1), ("32", 2)],
    ),
    "laws": (
        [
            f"#§ 1 Jäv\n\n{LONG}\n§ 12 kommunallagen säger så.\n{LONG}\n6 kap. 5 § kommunallagen\n\n"
            f"§ 34 förklaras omedelbart justerad.\n\n§ 3 Förvaltningslagen anger ordningen.\n\n#§ 2 Slut\n\n{TEXT}"
        ],
        [("1", 1), ("2", 1)],
    ),
    "the end of a sentence": (
        [
            f"#§ 1 Jäv\n\n{LONG}\nBordlagt den 20 mars 2026,\n§ 2.\n\n*Beslut\n{LONG}\n\n#§ 2 Mitt\n\n{TEXT}\n\n"
            + matters(3)
        ],
        [("1", 1), ("2", 1), ("3", 1)],
    ),
    "an appendix with paragraphs": ([matters(1, 2), f"#Bilaga 1\n\n{BYLAWS}"], [("1", 1), ("2", 1)]),
    "an appendix with later paragraphs": (
        [matters(11, 12), f"#Bilaga 1 till § 12\n\n#§ 1 Ändamål\n\n{LONG}\n\n#§ 14 Namn\n\n{LONG}"],
        [("11", 1), ("12", 1)],
    ),
    "bold decision points": (
        [f"#§ 1 Budget\n\n*Beslut\n*1. Nämnden antar budgeten.\n*2. Nämnden antar planen.\n\n{matters(2)}"],
        [("1", 1), ("2", 1)],
    ),
    "decision points without full stops": (
        [f"#1. Budget\n\n*Beslut\n1. Budgeten antas\n2. Planen antas\n\n{matters(2, 3, form='#{n}. Ärende {n}')}"],
        [("1", 1), ("2", 1), ("3", 1)],
    ),
    "a list inside a paragraph": (
        [f"#§ 1 Meddelanden\n\n1. Brev från Per Ek\n\n2. Brev från Bo Ståhl\n\n3. Brev från Maj Holm\n\n{matters(2)}"],
        [("1", 1), ("2", 1)],
    ),
    "plain numbers set like the text": (
        ["#Anteckningar\n\n" + matters(1, 2, 3, form="{n}. Ärende om sak {n}")],
        [("1", 1), ("2", 1), ("3", 1)],
    ),
    "signs that were lost": (
        ["#Protokoll\n\n" + matters(37, 38, 39, form="{n} Ärende om sak {n}")],
        [("37", 1), ("38", 1), ("39", 1)],
    ),
    "a list in a newsletter": (
        [
            f"#Nyhetsbrev\n\n#Kurser\n\n{TEXT}\n\n#Tävling\n\n"
            f"1. Gå in på sidan\n\n2. Svara på frågorna\n\n3. Vinn pris\n\n#Kontakt\n\n{TEXT}"
        ],
        [],
    ),
    "steps": ([f"#Plan\n\n#Steg 1\n\n{TEXT}\n\n#Steg 2\n\n{TEXT}\n\n#Steg 3\n\n{TEXT}"], []),
    "decimals": (
        [f"#1 Formalia\n\n#1.1 Öppnande\n\n{TEXT}\n\n#1.2 Val\n\n{TEXT}\n\n#2 Ekonomi\n\n#2.1 Budget\n\n{TEXT}"],
        [("1", 1), ("1.1", 1), ("1.2", 1), ("2", 1), ("2.1", 1)],
    ),
    "Roman numbers over others": (
        [f"#I. Formalia\n\n{matters(1, 2, form=PLAIN)}\n\n#II. Ekonomi\n\n{matters(3, form=PLAIN)}"],
        [("1", 1), ("2", 1), ("3", 1)],
    ),
    "all numbers in the header": (
        [f"#Protokoll\n\nParagrafer §§ 32–33\n§§ 32–33\n\n{matters(32, 33)}"],
        [("32", 1), ("33", 1)],
    ),
    "an extract of one matter": (
        [f"Protokollsutdrag\n\n§ 50 Dnr KS 2026.161\n\n#Bidrag till kajen\n\n{TEXT}"],
        [("50", 1)],
    ),
    "plain paragraphs without white space": (
        ["Protokoll från fiskelagets möte\n" + "\n".join(f"§ {n} Vatten {n}\nBeståndet är gott." for n in (7, 8, 9))],
        [("7", 1), ("8", 1), ("9", 1)],
    ),
    "short paragraphs that look like a list": (
        ["\n\n".join(f"§ {n} Vatten {n}\nLaget beslutar\natt fisket är fritt." for n in (7, 8, 9))],
        [("7", 1), ("8", 1), ("9", 1)],
    ),
    "plain numbers over text": (
        ["#Jaktlaget\n\n" + "\n".join(f"{n}. Marker i öster\nLaget fick älg {n}.\n{LONG}" for n in (1, 2, 3, 4))],
        [("1", 1), ("2", 1), ("3", 1), ("4", 1)],
    ),
    "the names of an appendix": (
        [
            "#Jaktlaget\n\n" + "\n\n".join(f"{n}. Mark {n}\nLaget fick älg.\n{LONG}" for n in (1, 2, 3, 4)),
            "*Bilaga 1 Röstlängd\n\n1 Eva Lind\n2 Per Ek\n3 Bo Ståhl\n4 Maj Holm\n5 Ola By",
        ],
        [("1", 1), ("2", 1), ("3", 1), ("4", 1)],
    ),
    "decimals behind the sign": ([matters(1, 2, 3, form="#§4.{n} Sak {n}")], [("4.1", 1), ("4.2", 1), ("4.3", 1)]),
    "numbers with a year and no sign": (
        [matters(31, 32, 33, form="#{n}/26 Sak i år")],
        [("31", 1), ("32", 1), ("33", 1)],
    ),
    "a day under the last number": (
        ["#Jaktlaget\n\n" + matters(1, 2, 3, form="{n}. Sak {n}") + "\n\n4. Nästa möte\n12 juni 2026."],
        [("1", 1), ("2", 1), ("3", 1), ("4", 1)],
    ),
    "years": ([f"#§ 1 Budget\n\n{LONG}\n2026 Budgeten\n2027 Planen\n\n{matters(2)}"], [("1", 1), ("2", 1)]),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_sections_of_a_document(name):
    pages, expected = DOCUMENTS[name]
    assert [(s.number, s.page) for s in sections(*pages) if s.number] == expected


def test_a_title_set_like_the_text_is_whole_and_eats_no_text():
    title = "Ny taxa för torget, hamnen och de andra platserna i kommunens alla tätorter från\nSjöbo till Ekermo"
    found = sections(f"§ 12 {title}\nBeslut\n{LONG}\n\n§ 13 Övrigt\nEva Lind informerar om läget.\n\n{LONG}")
    assert [s.title for s in found] == [title.replace("\n", " "), "Övrigt"]
    assert found[1].passages[0].text.string == "Eva Lind informerar om läget."


def test_a_heading_whose_case_number_is_set_like_the_text_is_one():
    def heading(n):
        bold = page(f"*{n}. Lån till ridhuset")[0]
        words = (*bold.text.words, *page("KS 2026/31")[0].text.words)
        return replace(bold, text=Text.of_words(words), bold=False, top=90 + 100 * n, gap=14.0)

    lines = [line for n in (1, 2, 3) for line in (heading(n), *page(TEXT))]
    found = read_agenda(lines, HEADINGS).sections
    assert [(s.number, s.title, s.case_number) for s in found] == [
        (str(n), "Lån till ridhuset", "KS 2026/31") for n in (1, 2, 3)
    ]


def test_paragraphs_that_somebody_took_part_in_open_no_section():
    cell = page("§§ 41–44")[0]
    cell = replace(cell, cell=CellPlace(0, 2, 2, "anmärkning", listed=True), gap=None)
    lines = [*page("#Protokoll\n\n*Beslutande"), cell, *page(f"*Övriga\n\nEva Lind\n\n{matters(41, 42)}")]
    assert [s.number for s in read_agenda(lines, HEADINGS).sections] == ["41", "42"]
