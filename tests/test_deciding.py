"""Decisions: who decides in whose minutes, lists and lead-ins, older minutes, what is only told or signed, wordings."""

import pytest

from protoparse.decisions import find_decisions
from protoparse.models import Meeting
from protoparse.passages import passages, plain_lines
from test_decisions import WORDS, finder, headings, read

# bare names of boards and meetings: organ, text, the outcomes of its rows in order
ORGANS = [
    ("Brf Tallkotten", "Styrelsen beslutade att byta portkod.", ["approved"]),
    ("Brf Tallkotten", "Stämman beslutade att höja avgiften.", ["approved"]),
    ("Styrelsen för Brf Tallkotten", "Styrelsen noterar rapporten.", ["noted"]),
    ("Styrelsen för Brf Tallkotten", "Stämman beslutade att höja avgiften.", []),
    ("Föreningsstämman i Brf Tallkotten", "Styrelsen beslutade att byta portkod.", []),
    ("Föreningsstämman i Brf Tallkotten", "Stämman beslutade att byta portkod.", ["approved"]),
    ("Räddningstjänstförbundet Norra", "Direktionen beslutar att fastställa budgeten.", ["approved"]),
    ("Räddningstjänstförbundet Norra", "Förbundsdirektionen godkänner delårsrapporten.", ["approved"]),
    ("Kommunstyrelsen", "Kommunfullmäktige beslutar att anta planen.", []),
    ("Kommunstyrelsen", "Nämnden beslutar att anta planen.", []),
    ("Kommunstyrelsens arbetsutskott", "Kommunstyrelsen beslutar att anta planen.", []),
    ("Kommunstyrelsens arbetsutskott", "Arbetsutskottet beslutar att anta planen.", ["approved"]),
    ("Kommunstyrelsens arbetsutskott", "Utskottet beslutar att anta planen.", ["approved"]),
    ("Socialnämnden", "Kommunstyrelsen beslutar att anta planen.", []),
    ("Kommunfullmäktiges", "Kommunfullmäktige beslutar att anta planen.", ["approved"]),
    ("Socialnämndens", "Nämnden beslutar att anta planen.", ["approved"]),
    ("Vindelns vattenråd", "Rådet beslutade att söka bidrag.", ["approved"]),
    ("Vindelns vattenråd", "Styrelsen beslutade att söka bidrag.", ["approved"]),
    ("Lokala brottsförebyggande rådet", "Rådet beslutar att genomföra en mätning.", ["approved"]),
    ("Lokala brottsförebyggande rådet", "Kommunstyrelsen beslutar att genomföra en mätning.", []),
    ("Studentkåren i Norrby", "Kårmötet beslutade att höja avgiften.", ["approved"]),
    ("Studentkåren i Norrby", "Kårstyrelsen beslutade att höja avgiften.", ["approved"]),
    ("Datasektionen", "Sektionsmötet beslutade att välja Siv Lund till kassör.", ["elected"]),
    ("Datasektionen", "Sektionen beslutade att köpa en soffa.", ["approved"]),
    ("Nätverket för språkombud", "Nätverket beslutade att träffas varje månad.", ["approved"]),
    ("Styrgruppen för Nära vård i Ödala", "Styrgruppen beslutar att förlänga projektet.", ["approved"]),
    ("Samverkansgruppen Barnens bästa", "Ledningsgruppen beslutade att avvakta.", []),
    ("Länsstyrgruppen", "Styrgruppen beslutar att förlänga projektet.", ["approved"]),
    ("Gemensam nämnd för hjälpmedel", "Nämnden beslutar att förlänga avtalet.", ["approved"]),
    ("Hembygdsföreningen Lien", "Ordföranden fick i uppdrag att ringa Vägverket.", ["assigned"]),
    ("Samfällighetsföreningen Björken", "Styrelsen sade nej till anbudet.", ["rejected"]),
    ("Samfällighetsföreningen Björken", "Kommunstyrelsen beslutade att asfaltera vägen.", []),
    (None, "Mötet beslutade att asfaltera vägen.", ["approved"]),
]

# a higher organ's lead-in under a heading of proposals: organ, text, the outcomes of its rows in order
UPWARDS = [
    (
        "Regionstyrelsen",
        "Regionstyrelsens förslag till beslut i regionfullmäktige\nRegionfullmäktige beslutar\n"
        "1. att anta planen,\n2. att avsätta 2 miljoner kronor.",
        ["proposed", "proposed"],
    ),
    (
        "Kommunstyrelsen",
        "Kommunstyrelsens förslag till kommunfullmäktige\nKommunfullmäktige beslutar\n"
        "att anta planen,\natt upphäva policyn.",
        ["proposed", "proposed"],
    ),
    ("Kommunstyrelsen", "Förslag till beslut i kommunfullmäktige\nKommunfullmäktige antar planen.", ["proposed"]),
    (
        "Kommunstyrelsen",
        "Kommunstyrelsens förslag till beslut i kommunfullmäktige\n"
        "Kommunfullmäktige beslutar att anta planen. Planen gäller från 2026.",
        ["proposed"],
    ),
    (
        "Kommunstyrelsen",
        "Förslag till beslut\nKommunstyrelsen beslutar\natt anta planen.\n"
        "Beslut\nKommunstyrelsen beslutar\natt avslå planen.",
        ["rejected"],
    ),
    (
        "Socialnämnden",
        "Socialnämndens förslag till kommunfullmäktige\n1. Taxan antas.\n2. Den gamla taxan upphävs.",
        ["proposed", "proposed"],
    ),
]

# lists under a clause that deals out posts and grants: organ, text, the outcomes of its rows in order
DEALT = [
    (
        "Kulturnämnden",
        "Beslut\nFöljande föreningar beviljas stöd för 2026:\n– Kören Glädje 10 000 kr\n– Teatern 20 000 kr",
        ["approved", "approved"],
    ),
    (
        "Kulturnämnden",
        "Beslut\nNämnden beviljar följande stipendier:\na) Moa Dahl 5 000 kr\nb) Ivar Ros 5 000 kr",
        ["approved", "approved"],
    ),
    (
        "Kulturnämnden",
        "Följande föreningar beviljas stöd för 2026: • Kören Glädje 10 000 kr\n• Teatern 20 000 kr",
        ["approved", "approved"],
    ),
    (
        "Kulturnämnden",
        "Beslut\nNämnden avsätter medel enligt följande:\n1. Biblioteket 40 000 kronor\n2. Badhuset 60 000 kronor",
        ["approved", "approved"],
    ),
    (
        "Kulturnämnden",
        "Beslut\nNämnden godkänner planen under följande villkor:\n• Staketet målas.\n• Grinden lagas.",
        ["approved"],
    ),
    (
        "Kulturnämnden",
        "Beslut\nTaxan fastställs med följande avgifter:\n• Barn 20 kr\n• Vuxen 40 kr\n• Senior 30 kr",
        ["approved"],
    ),
    (
        "Kulturnämnden",
        "Beslut\nTill ledamöter i juryn utses:\n• Moa Dahl (C)\n• Ivar Ros (S)\n• Vakant (M)",
        ["elected", "elected"],
    ),
    (
        "Kommunfullmäktige",
        "Beslut\nKommunfullmäktige beslutar att utse följande:\n1. Moa Dahl (C), ordförande\n2. Ivar Ros (S)",
        ["elected", "elected"],
    ),
    (
        "Kommunfullmäktige",
        "Kommunfullmäktige väljer följande personer till nämndemän:\n• Moa Dahl (C)\n• Ivar Ros (S)",
        ["elected", "elected"],
    ),
    ("Kommunfullmäktige", "Beslut\nFöljande ansökningar avslås:\n• Kören Glädje\n• Teatern", ["rejected", "rejected"]),
]

# lead-ins and labels that the page does not set apart: organ, text, the outcomes of its rows in order
LEADS = [
    (
        "Kommunfullmäktige",
        "YRKANDEN\nMoa Dahl (c) yrkar avslag.\nPROPOSITION\n"
        "Ordföranden finner yrkandet avslaget.\nKOMMUNFULLMÄKTIGE BESLUTAR\natt anta planen,\natt avslå motionen.",
        ["approved", "rejected"],
    ),
    ("Kommunfullmäktige", "KOMMUNFULLMÄKTIGE BESLUTAR\natt anta planen.", ["approved"]),
    (
        "Hamnnämnden",
        "Beslutsgång\nOrdföranden finner att nämnden bifaller förslaget.\n"
        "Hamnnämnden beslutar\natt anta planen,\natt laga kajen.",
        ["approved", "approved"],
    ),
    ("Hamnnämnden", "Hamnnämnden beslutar att\na) laga kajen,\nb) avslå ansökan.", ["approved", "rejected"]),
    ("Hamnklubben", "Förslag: Moa Dahl. Beslut: Mötet beslutade att välja Moa Dahl.", ["elected"]),
    ("Hamnklubben", "Förslag: att köpa en bänk.\nBeslut: Mötet beslutade\n• att köpa en bänk.", ["approved"]),
    ("Hamnklubben", "Frågan diskuterades länge. Beslut: Bänken köps in.", ["approved"]),
    (
        "Hamnnämnden",
        "Kontoret har redovisat läget. Hamnnämnden beslutar\natt anta planen,\natt laga kajen.",
        ["approved", "approved"],
    ),
]

# told of another meeting: organ, text, the outcomes of its rows in order
TOLD = [
    ("Hamnklubben", "Stämman beslutade i maj 2024 att höja avgiften.\nRapporten godkändes.", ["approved"]),
    ("Hamnklubben", "Stämman beslutade i maj 2024 att höja avgiften. Rapporten godkändes.", ["approved"]),
]

# what is no decision: organ, text, the outcomes of its rows in order
INVENTED = [
    ("Hamnnämnden", "Beslut\nTaxan antas.\n\nVid protokollet: Moa Dahl\n\nJusteras: Ivar Ros, Siv Lund", ["approved"]),
    ("Hamnnämnden", "Beslut\nTaxan antas.\n\nOrdförandens sign\nJusterandes sign", ["approved"]),
    ("Hamnnämnden", "Beslut\nTaxan antas.\n\nJusterare ……… Ordförande ………", ["approved"]),
    ("Hamnnämnden", "Beslut\nOrdförande får i uppdrag att skriva under.", ["assigned"]),
    ("Hamnnämnden", "Beslut\nOrdföranden Moa Dahl utses till ombud.", ["elected"]),
    ("Hamnklubben", "Efter diskussion beslutades enligt följande.", []),
    ("Hamnklubben", "Bryggans arrende är uppsagt i våras och upphör att gälla den 9 oktober.", []),
    ("Hamnklubben", "Beslut\nAvtalet med banken upphör att gälla den 1 maj.", ["approved"]),
    ("Hamnnämnden", "Bygglovet upphör att gälla om arbetet inte påbörjats inom två år.", []),
]

# wordings: organ, text, the outcomes of its rows in order
WORDINGS = [
    ("Hamnklubben", "Vi bestämde oss för att köpa en ny bänk.", ["approved"]),
    ("Hamnklubben", "Det bestämdes att städdagen hålls den 3 maj.", ["approved"]),
    ("Hamnklubben", "Mötet ansåg att bänken är ful.", []),
    ("Hamnklubben", "Informationen antecknas till protokollet.", ["noted"]),
    ("Hamnnämnden", "Hamnnämnden tackar för redovisningen av djupmätningen.", ["noted"]),
    ("Hamnnämnden", "Beslut\nNämnden tackar för dragningen om bryggan.", ["noted"]),
    ("Hamnklubben", "Moa Dahl tackade för redovisningen av djupmätningen.", []),
    ("Hamnnämnden", "Nämnden överlämnar skrivelsen till utredningen om hamnar.", ["approved"]),
    ("Hamnklubben", "Beslutet blev att måla om bryggan.", ["approved"]),
    ("Hamnklubben", "Förslaget fick vila till nästa möte.", ["deferred"]),
    ("Hamnklubben", "Valda blev Moa Dahl och Ivar Ros.", ["elected"]),
    ("Hamnklubben", "Till kassör valdes Moa Dahl om.", ["elected"]),
    ("Hamnklubben", "Omval av Moa Dahl som kassör.", ["elected"]),
    ("Hamnklubben", "Moa Dahl omvaldes till kassör.", ["elected"]),
    ("Hamnklubben", "Moa Dahl valdes om som kassör.", ["elected"]),
    ("Hamnklubben", "Kassören redogjorde för bokslutet och detta godkändes.", ["approved"]),
    ("Hamnklubben", "Bokslutet gicks igenom och godkändes.", ["approved"]),
    ("Hamnklubben", "Moa Dahl redovisade förslaget, som antogs.", ["approved"]),
    ("Hamnklubben", "Vi var överens om att inte köpa någon bänk.", ["rejected"]),
    ("Hamnklubben", "Mötet enades om att Moa ringer kommunen.", ["assigned"]),
    ("Hamnklubben", "Mötet röstade för att köpa en bänk.", ["approved"]),
    ("Hamnklubben", "Mötet röstade nej till förslaget.", ["rejected"]),
    ("Hamnklubben", "Motionen bifölls inte.", ["rejected"]),
    ("Hamnklubben", "Beslutades att köpa en bänk.", ["approved"]),
    ("Hamnklubben", "Beslöts bordlägga frågan.", ["deferred"]),
    ("Hamnklubben", "Mötet gav styrelsen i uppdrag att köpa en bänk.", ["assigned"]),
    ("Hamnklubben", "Det uppdrogs åt Moa Dahl att köpa en bänk.", ["assigned"]),
    ("Hamnklubben", "Styrelsen fick fria händer att köpa en bänk.", ["assigned"]),
    ("Hamnklubben", "Mötet ställde sig positivt till förslaget.", ["approved"]),
    ("Hamnklubben", "Rapporten lades med godkännande till handlingarna.", ["noted"]),
    ("Hamnklubben", "Mötet var enigt om att köpa en bänk.", ["approved"]),
    ("Hamnklubben", "Mötet ajournerades i tio minuter.", []),
    ("Hamnklubben", "Mötet förklarades öppnat.", []),
    ("Hamnklubben", "Moa Dahl adjungerades till styrelsen.", ["elected"]),
    ("Hamnklubben", "Ansvarsfrihet beviljades styrelsen.", ["approved"]),
    ("Hamnklubben", "Styrelsen beviljades ansvarsfrihet.", ["approved"]),
    ("Hamnklubben", "Dagordningen fastställdes.", ["approved"]),
    ("Hamnklubben", "Priset för en gästplats fastställdes till 340 kronor.", ["approved"]),
    ("Hamnklubben", "Röstlängden fastställdes till 34 röster.", ["approved"]),
    ("Hamnklubben", "Beslut om bänken tas i höst.", []),
    ("Hamnklubben", "Styrelsen återkommer i frågan.", []),
    ("Hamnnämnden", "Beslut\nNämnden bordlägger ärendet och återkommer i maj.", ["deferred"]),
    ("Hamnnämnden", "Beslut\nInformationen föranleder ingen åtgärd.", ["noted"]),
    (
        "Hamnnämnden",
        "Nämnden beslutar att ställa sig bakom yttrandet och översända det till kommunstyrelsen.",
        ["approved"],
    ),
    ("Hamnnämnden", "Beslut\nMoa Dahl (C) går in i stället för Ivar Ros (C) som ledamot.", ["elected"]),
    ("Hamnnämnden", "Beslut\natt bevilja Ivar Ros (C) avsägelse som ledamot", ["elected"]),
]


# under a heading Beslut, as in a table's column of them
CELLS = [
    ("Styrgruppen Hemmafronten", "Beslut\nKontraktet förlängs inte.", ["rejected"]),
    ("Styrgruppen Hemmafronten", "Beslut\nEwa undersöker en ny lokal.", ["assigned"]),
    (
        "Styrgruppen Hemmafronten",
        "Beslut\nGruppen godkänner budgeten. Göran tar fram en prognos.",
        ["approved", "assigned"],
    ),
    ("Styrgruppen Hemmafronten", "Beslut\nIngen åtgärd.", []),
    ("Styrgruppen Hemmafronten", "Beslut\nInformation.", []),
    ("Styrgruppen Hemmafronten", "Beslut\nEnligt förslag.", ["approved"]),
    ("Utskottet", "Utskottet beslutar att ge kansliet i uppdrag att\n• måla\n• sopa", ["assigned", "assigned"]),
]

# other people's decisions, rules, plans, questions
OTHERS = [
    ("Hamnklubben", "Kommunen har beviljat föreningen 20 000 kr.", []),
    ("Hamnklubben", "Styrelsen i Ankarklubben beslutade att köpa båten.", []),
    ("Hamnklubben", "Enligt stadgarna väljs styrelsen på årsmötet.", []),
    ("Hamnklubben", "Moa undrade om styrelsen beslutat något.", []),
    ("Hamnklubben", "Ingen ansökan beviljades.", []),
    ("Hamnklubben", "Om styrelsen bestämmer sig för att köpa båten krävs lån.", []),
    ("Hamnklubben", "Kommunen anställer Moa Dahl som rektor.", []),
    ("Hamnklubben", "Moa åtog sig att boka lokal.", []),
    ("Kommunstyrelsen", "Socialnämnden enades om att avstå.", []),
    ("Kommunstyrelsen", "Styrelsen för Hamnbolaget AB beslutade att höja taxan.", []),
    ("Nätverket för hav", "Kustchefernas nätverk antog i våras en egen hamnordning.", []),
    ("Hamnklubben", "Följande beslutades vid förra mötet: bänken köps.", []),
    ("Hamnklubben", "Mötet konstaterade att kassan är tom.", []),
    ("Hamnklubben", "Siv tackade ja till inbjudan.", []),
    ("Hamnklubben", "Klubben tackade ja till inbjudan.", ["approved"]),
    ("Hamnklubben", "Kassören föreslog att avgiften höjs och mötet beslutade så.", ["approved"]),
]

CASES = [*CELLS, *OTHERS, *ORGANS, *UPWARDS, *DEALT, *LEADS, *TOLD, *INVENTED, *WORDINGS]


@pytest.mark.parametrize(("organ", "text", "outcomes"), CASES, ids=lambda value: str(value)[:50])
def test_what_secretaries_write(organ, text, outcomes):
    rows, doubts = read(text, organ)
    assert [row.outcome for row in rows] == outcomes, [row.text for row in rows]
    assert doubts == []


@pytest.mark.parametrize(
    ("organ", "text", "decides"),
    [
        ("Brf Tallkotten", "Styrelsen beslutade att byta portkod.", "Styrelsen"),
        ("Brf Tallkotten", "Stämman beslutade att höja avgiften.", "Brf Tallkotten"),
        ("Datasektionen", "Sektionsmötet beslutade att köpa en soffa.", "Datasektionen"),
        ("Havsforum Norra kusten", "Havsforum antar planen.", "Havsforum Norra kusten"),
        ("Havsforum Norra kusten", "Havsforumet beslutar att anta planen.", "Havsforum Norra kusten"),
        ("Länssamverkan Vik", "Efter samtal beslutar Länssamverkan att anta planen.", "Länssamverkan Vik"),
        ("Socialnämndens", "Nämnden antar planen.", "Socialnämnden"),
        ("Kommunfullmäktiges", "Planen antas.", "Kommunfullmäktige"),
        (
            "Direktionen för Samordningsförbundet Ån",
            "Direktionen antar planen.",
            "Direktionen för Samordningsförbundet Ån",
        ),
    ],
)
def test_who_decides(organ, text, decides):
    (row,), _ = read(text, organ)
    assert row.organ == decides


@pytest.mark.parametrize(
    ("organ", "text"),
    [
        ("Region Norra kusten", "Region Sörkusten antar planen."),
        ("Havsforum Norra kusten", "Havsforum Sörkusten antar planen."),
        ("Havsforum Norra kusten", "Ungas havsforum antar planen."),
    ],
)
def test_the_first_word_of_a_name_before_another_place_is_another_organ(organ, text):
    assert [row.organ for row in read(text, organ)[0] if row.organ == organ] == []


def test_the_title_tells_whether_the_board_or_the_members_met():
    def outcomes(title, text):
        meeting = Meeting(kind="protokoll", organ="Båtklubben Viken", title=title)
        return [
            row.outcome for row in find_decisions(meeting, passages(plain_lines(text), headings()), finder(), WORDS)[0]
        ]

    board, members = "Styrelsen beslutar att köpa en pump.", "Årsmötet beslutar att köpa en pump."
    assert outcomes("Styrelsemöte nr 3", board) == outcomes("Protokoll från årsmöte", members) == ["approved"]
    assert outcomes("Styrelsemöte nr 3", members) == outcomes("Protokoll från årsmöte", board) == []


def test_points_of_a_dealt_list_stand_alone_and_a_post_that_is_vacant_is_none():
    text = "Beslut\nTill ledamöter i juryn utses:\n• Moa Dahl (C)\n• Vakant (M)\n• Ivar Ros (S)"
    assert [(row.text, row.outcome) for row in read(text, "Kulturnämnden")[0]] == [
        ("Moa Dahl (C)", "elected"),
        ("Ivar Ros (S)", "elected"),
    ]


def test_what_the_chair_finds_yields_to_what_the_organ_then_decides():
    found = "Ordföranden finner att hamnnämnden avslår yrkandet."
    assert [row.outcome for row in read(found, "Hamnnämnden")[0]] == ["rejected"]
    assert [
        row.outcome for row in read(f"{found}\n\nHamnnämnden beslutar att laga bryggan till våren.", "Hamnnämnden")[0]
    ] == ["approved"]


@pytest.mark.parametrize(
    ("organ", "doubted"), [("Brf Tallkotten", ["beslutar"]), ("Kommunstyrelsen", []), ("Kustens ledningsgrupp", [])]
)
def test_a_bare_name_that_may_be_the_organ_is_doubted_in_an_association(organ, doubted):
    _, doubts = read("Ledningsgruppen beslutar att köpa en mast.", organ)
    assert [doubt.cue for doubt in doubts] == doubted


# under Beslut in the minutes of Kommunstyrelsen: text, the rows (outcome, text)
LEADS = [
    (
        "På förslag av Moa Dahl (M):\nÄrendet bordläggs till mötet i maj.",
        [("deferred", "Ärendet bordläggs till mötet i maj.")],
    ),
    (
        "Enligt punkt 1 i kontorets förslag:\nÅrsrapporten för 2025 godkänns.\n"
        "På förslag av Moa Dahl (M):\nPunkterna 2–5 i kontorets förslag bordläggs.",
        [
            ("approved", "Årsrapporten för 2025 godkänns."),
            ("deferred", "Punkterna 2–5 i kontorets förslag bordläggs."),
        ],
    ),
    (
        "Med bifall till Ivar Ros yrkande:\nMotionen avslås.\nI enlighet med kontorets förslag:\nTaxan antas.",
        [("rejected", "Motionen avslås."), ("approved", "Taxan antas.")],
    ),
    (
        "Enligt förslaget fördelas medlen så här: Kanotlaget får hälften.",
        [("approved", "Enligt förslaget fördelas medlen så här: Kanotlaget får hälften.")],
    ),
    (
        "Kommunstyrelsen föreslår att kommunfullmäktige beslutar:\n1.\n\nHamnnämnden tilldelas 500 tkr för en brygga.\n"
        "2. Föreningen Galten tilldelas 300 tkr.",
        [
            ("proposed", "Hamnnämnden tilldelas 500 tkr för en brygga."),
            ("proposed", "Föreningen Galten tilldelas 300 tkr."),
        ],
    ),
    (
        "Enligt kontorets förslag:\nRapporten godkänns.\n"
        "Kommunstyrelsen tillstyrker kontorets förslag och föreslår att kommunfullmäktige beslutar:\nPlanen antas.",
        [("approved", "Rapporten godkänns."), ("proposed", "Planen antas.")],
    ),
    (
        "Redovisning av uppdraget från 2025 till hamnkontoret,\natt måla bryggan, antecknas.",
        [("noted", "Redovisning av uppdraget från 2025 till hamnkontoret, att måla bryggan, antecknas.")],
    ),
    (
        "Taxan fastställs enligt bilaga\n2.\n\nPlanen antas.",
        [("approved", "Taxan fastställs enligt bilaga 2."), ("approved", "Planen antas.")],
    ),
    (
        "Kommunstyrelsen översänder yttrandet som svar på rapporterna:\n1. Granskning av hamnen 2025\n"
        "2. Granskning av badet",
        [
            (
                "approved",
                "Kommunstyrelsen översänder yttrandet som svar på rapporterna: 1. Granskning av hamnen 2025 "
                "2. Granskning av badet",
            )
        ],
    ),
    (
        "Dessa ärenden går vidare till fullmäktige för beslut\n- Leksaksbibliotek.\n- Cykelpool.",
        [("approved", "Dessa ärenden går vidare till fullmäktige för beslut - Leksaksbibliotek. - Cykelpool.")],
    ),
    (
        "Ärendet återremitteras till kansliet som får i uppdrag att:\n1. utreda kostnaden\n2. se över tiderna",
        [
            (
                "remitted",
                "Ärendet återremitteras till kansliet som får i uppdrag att: 1. utreda kostnaden 2. se över tiderna",
            )
        ],
    ),
    (
        "Kommunstyrelsen beslutar om följande mötesdagar:\n1. Den 3 april\n2. Den 4 juni",
        [("approved", "Den 3 april"), ("approved", "Den 4 juni")],
    ),
    (
        "1. Kommunstyrelsen godkänner detta\n2. Planen för hamnen",
        [("approved", "Kommunstyrelsen godkänner detta"), ("approved", "Planen för hamnen")],
    ),
    (
        "Till representanter i styrgruppen för vatten utses:\nMoa Dahl (M)\nBo Alm Lind (S)\nPer Gren (V)",
        [
            (
                "elected",
                "Till representanter i styrgruppen för vatten utses: Moa Dahl (M) Bo Alm Lind (S) Per Gren (V)",
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "rows"), LEADS, ids=[text[:40] for text, _ in LEADS])
def test_lead_ins_and_what_they_open(text, rows):
    found, _ = read(f"Beslut\n{text}", "Kommunstyrelsen")
    assert [(row.outcome, row.text) for row in found] == rows
