"""The Swedish date grammar: its examples, a table of its own, and what must hold for every text."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import taken
from protoparse.dates import RULE_IDS, Grammar, Mention, find_dates

RULES = Path(__file__).parents[1] / "rules" / "dates.yml"
DATA = yaml.safe_load(RULES.read_text(encoding="utf-8"))
GRAMMAR = Grammar.of(DATA)
ANCHOR = date(2027, 2, 19)
MONTHS = [names[0] for names in DATA["months"].values()]


def read(text: str, anchor: date | None = ANCHOR) -> list[Mention]:
    return find_dates(text, anchor, GRAMMAR)[0]


def rows(text: str, anchor: date | None = ANCHOR) -> list[tuple[str, str, str, str, str | None]]:
    return [
        (text[m.start : m.end], m.first.isoformat(), m.last.isoformat(), m.precision, m.bound)
        for m in read(text, anchor)
    ]


def short(text: str, anchor: date | None = ANCHOR) -> list[str]:
    """Each mention as `text = first..last precision bound`, the last day and bound only where there is one."""
    return [
        f"{t} = {first}{'' if first == last else '..' + last} {precision}{' ' + bound if bound else ''}"
        for t, first, last, precision, bound in rows(text, anchor)
    ]


# --- The examples of the rule file -----------------------------------------------------------------------------------

EXAMPLES = [(rule["id"], example) for rule in DATA["rules"] for example in rule["examples"]]
COUNTER = [(rule["id"], text) for rule in DATA["rules"] for text in rule.get("counterexamples", ())]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example_of_a_rule(rule: str, example: dict) -> None:
    text, anchor = example["text"], example.get("anchor", DATA["anchor"])
    found = [
        (text[m.start : m.end], m.first, m.last, m.precision, m.bound, m.rule)
        for m in find_dates(text, anchor, GRAMMAR)[0]
    ]
    assert found == [
        (f["text"], f["start"], f["end"], f["precision"], f.get("bound"), f.get("rule", rule)) for f in example["finds"]
    ]


@pytest.mark.parametrize(("rule", "text"), COUNTER)
def test_counterexample_of_a_rule(rule: str, text: str) -> None:
    assert rows(text, DATA["anchor"]) == []


def test_rules_are_those_of_the_forms() -> None:
    assert {rule["id"] for rule in DATA["rules"]} == RULE_IDS
    with pytest.raises(ValueError, match="nyform"):
        Grammar.of({**DATA, "rules": [*DATA["rules"], {"id": "nyform"}]})


# --- A table -----------------------------------------------------------------------------------------------------

TABLE = {
    # days
    "Vi ses 2 mars.": ["2 mars = 2027-03-02 day"],
    "Mötet hölls tisdagen den 1 december.": ["tisdagen den 1 december = 2026-12-01 day"],
    "Justering sker tors. 4 mars, kl. 08.30.": ["tors. 4 mars = 2027-03-04 day"],
    "den 6 \nmaj 2027": ["den 6 \nmaj 2027 = 2027-05-06 day"],
    "den 6 novem-\nber 2027": ["den 6 novem-\nber 2027 = 2027-11-06 day"],
    "den 6 feb\u00adruari 2027": ["den 6 feb\u00adruari 2027 = 2027-02-06 day"],
    "i mars-\napril 2027": ["mars-\napril 2027 = 2027-03-01..2027-04-30 month"],
    "Den 29 februari hölls mötet.": ["Den 29 februari = 2024-02-29 day"],
    # numbers
    "från 2027–04–06": ["2027–04–06 = 2027-04-06 day from"],
    "2027-4-6": ["2027-4-6 = 2027-04-06 day"],
    "2027/04/06": ["2027/04/06 = 2027-04-06 day"],
    "6/4/2027": ["6/4/2027 = 2027-04-06 day"],
    "2027-04-06 – 2027-05-07": ["2027-04-06 – 2027-05-07 = 2027-04-06..2027-05-07 day"],
    "20270406-20270507": ["20270406-20270507 = 2027-04-06..2027-05-07 day"],
    "6–8/4 2027": ["6–8/4 2027 = 2027-04-06..2027-04-08 day"],
    # lists and ranges
    "den 6 april respektive 7 maj 2027": ["den 6 april = 2027-04-06 day", "7 maj 2027 = 2027-05-07 day"],
    "senast den 6 april och den 7 maj 2027": ["den 6 april = 2027-04-06 day by", "den 7 maj 2027 = 2027-05-07 day by"],
    "mellan den 6 och 8 april 2027": ["mellan den 6 och 8 april 2027 = 2027-04-06..2027-04-08 day"],
    "måndag 5 – fredag 9 april 2027": ["måndag 5 – fredag 9 april 2027 = 2027-04-05..2027-04-09 day"],
    "april och maj 2027": ["april = 2027-04-01..2027-04-30 month", "maj 2027 = 2027-05-01..2027-05-31 month"],
    "vecka 10, 12 och 14 2027": [
        "vecka 10 = 2027-03-08..2027-03-14 week",
        "12 = 2027-03-22..2027-03-28 week",
        "14 2027 = 2027-04-05..2027-04-11 week",
    ],
    "första och andra kvartalet 2027": [
        "första = 2027-01-01..2027-03-31 quarter",
        "andra kvartalet 2027 = 2027-04-01..2027-06-30 quarter",
    ],
    "24 november 2026–7 januari": ["24 november 2026–7 januari = 2026-11-24..2027-01-07 day"],
    "20 december–8 januari 2028": ["20 december–8 januari 2028 = 2027-12-20..2028-01-08 day"],
    "första, andra och fjärde kvartalet 2027": [
        "första = 2027-01-01..2027-03-31 quarter",
        "andra = 2027-04-01..2027-06-30 quarter",
        "fjärde kvartalet 2027 = 2027-10-01..2027-12-31 quarter",
    ],
    "den 5,6 och 7 april 2027": [
        "den 5 = 2027-04-05 day",
        "6 = 2027-04-06 day",
        "7 april 2027 = 2027-04-07 day",
    ],
    "lördag-söndag 10.–11.4.2027": ["lördag-söndag 10.–11.4.2027 = 2027-04-10..2027-04-11 day"],
    "Vi ses torsdagen den 25, kl. 13.": ["torsdagen den 25 = 2027-02-25 day"],
    "Huset är från april 1874.": ["april 1874 = 1874-04-01..1874-04-30 month from"],
    # bounds
    "fram till och med\nden 6 april 2027": ["den 6 april 2027 = 2027-04-06 day until"],
    "t o m 6 april 2027": ["6 april 2027 = 2027-04-06 day until"],
    "Svar senast kl. 12.00 den 6 april 2027": ["den 6 april 2027 = 2027-04-06 day by"],
    "till utgången av april 2027": ["april 2027 = 2027-04-01..2027-04-30 month until"],
    "senast under hösten 2027": ["hösten 2027 = 2027-07-01..2027-12-31 season by"],
    "Gäller t.o.m.2027-04-06": ["2027-04-06 = 2027-04-06 day until"],
    "2027-04-06/2027-05-07": ["2027-04-06/2027-05-07 = 2027-04-06..2027-05-07 day"],
    "förslag till 2028 års budget": ["2028 = 2028-01-01..2028-12-31 year"],
    # years without being said
    "Arbetet avslutades den 3 april.": ["den 3 april = 2026-04-03 day"],
    "Bryggan ska vara lagad den 3 januari.": ["den 3 januari = 2028-01-03 day"],
    "Kommunen beslutade att svara senast den 3 januari.": ["den 3 januari = 2028-01-03 day by"],
    "Första tid: maj 2025, andra tid: september.": [
        "maj 2025 = 2025-05-01..2025-05-31 month",
        "september = 2025-09-01..2025-09-30 month",
    ],
    "Gruppen har träffats tre gånger, senast den 4 januari.": ["den 4 januari = 2027-01-04 day"],
    "Kontoret har stängt 22/12–6/1 2028.": ["22/12–6/1 2028 = 2027-12-22..2028-01-06 day"],
    "Det sades vid mötet att lokalen blir klar i januari.": ["januari = 2028-01-01..2028-01-31 month"],
    "Frågan gäller februari.": ["februari = 2027-02-01..2027-02-28 month"],
    "Vårdagen för grannarna hålls den 9 oktober.": ["den 9 oktober = 2027-10-09 day"],
    "Nu bokar vi om: boka in v. 41.": ["v. 41 = 2027-10-11..2027-10-17 week"],
    "Höstmarknad 9 oktober, Torget i Lillby": ["9 oktober = 2027-10-09 day"],
    "Ny chef tillträder i augusti.": ["augusti = 2027-08-01..2027-08-31 month"],
    "Kommande fikastunder: 3 mars, 5 maj, 15 september": [
        "3 mars = 2027-03-03 day",
        "5 maj = 2027-05-05 day",
        "15 september = 2027-09-15 day",
    ],
    "Träffar: 12 januari, 3 mars, 9 september": [
        "12 januari = 2027-01-12 day",
        "3 mars = 2027-03-03 day",
        "9 september = 2027-09-09 day",
    ],
    "Träffar: 10 december, 14 januari": ["10 december = 2026-12-10 day", "14 januari = 2027-01-14 day"],
    "Hela laget deltog den 9 oktober.": ["den 9 oktober = 2026-10-09 day"],
    "Skrivelse från Byalaget den 9 oktober läggs till handlingarna.": ["den 9 oktober = 2026-10-09 day"],
    "Frågan från mötet den 9 oktober kvarstår.": ["den 9 oktober = 2026-10-09 day"],
    "Plan för 2028: träffen flyttas från oktober till november.": [
        "2028 = 2028-01-01..2028-12-31 year",
        "oktober = 2028-10-01..2028-10-31 month",
        "november = 2028-11-01..2028-11-30 month",
    ],
    "Avtalet förlängs från den 1 till den 31 maj 2028.": [
        "den 1 = 2028-05-01 day from",
        "den 31 maj 2028 = 2028-05-31 day until",
    ],
    "Prognosen per november väntas visa överskott.": ["per november = 2026-11-30 day"],
    "Utfallet redovisades per den sista maj.": ["den sista maj = 2026-05-31 day"],
    # what the words around say
    "Yttrande från den 4 januari 2027.": ["den 4 januari 2027 = 2027-01-04 day"],
    "Taxan gäller från med läsåret 2027/28.": ["läsåret 2027/28 = 2027-08-01..2028-06-30 other from"],
    "BUN 261219, § 122": ["261219 = 2026-12-19 day"],
    "Stödet finns kvar året ut.": ["året ut = 2027-12-31 day"],
    "Protokollet från den 4 januari 2027 godkänns.": ["den 4 januari 2027 = 2027-01-04 day"],
    "Rutinen från 2017 ersätts.": ["2017 = 2017-01-01..2017-12-31 year"],
    "Arvodet är höjt från den 4 januari 2027.": ["den 4 januari 2027 = 2027-01-04 day from"],
    "Svaren skulle ha varit hos Moa Dahl senast den 1 september.": ["den 1 september = 2026-09-01 day by"],
    "Efter den 31 augusti saknas lokal.": ["den 31 augusti = 2027-08-31 day from"],
    "Mötesdagar 2027: 6 mars, 18 september och 27 november.": [
        "2027 = 2027-01-01..2027-12-31 year",
        "6 mars = 2027-03-06 day",
        "18 september = 2027-09-18 day",
        "27 november = 2027-11-27 day",
    ],
    "Bryggan ska vara lagad vid utgången av 2027 och kvittona lämnade senast den 14 april året därpå.": [
        "utgången av 2027 = 2027-12-31 day",
        "den 14 april året därpå = 2028-04-14 day by",
    ],
    "Skulden betalas före utgången av mars 2028.": ["utgången av mars 2028 = 2028-03-31 day by"],
    "Pengarna räcker november ut.": ["november = 2027-11-01..2027-11-30 month"],
    "Delegationslista skolskjuts 1. april 2027": ["april 2027 = 2027-04-01..2027-04-30 month"],
    "Försöket startade som projekt 2022.": ["2022 = 2022-01-01..2022-12-31 year"],
    "Den 1 mars året därpå, Vision Norrby 2030.": [],
    # none
    "Barn i år 1 och elever i år 9, blad (2/2), del 1/3, BUN 261219": [],
    "Platsen behålls till och med hösten det år barnet fyller sju.": [],
    "§ 14 3/4 av platserna, 27-3 i röster, kl 10.15-11.30": [],
    "Tfn 0470-12 03 04, postnummer 352 46, org.nr 212000-0662": [],
    "HSN/2027:44, KS-2027-0112, dnr 2027-01-11-7": [],
    "Målgrupp 16–25 år, 2 500 kronor, 12,5 % och 3 (14)": [],
    "väg 23/7, rum 12/3, bilaga 5, Vision 2035": [],
    "Årligen senast den 1 mars, varje år i maj, den siste april varje år": [],
    "anmälda till dagens lista; Per Mars, i vår stad, på 2000-talet": [],
    "snarast, löpande, inom kort, varje vår": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TABLE.items())
def test_table(text: str, expected: list[str]) -> None:
    assert short(text) == expected


@pytest.mark.parametrize("text", ["31 april 2027", "30 februari 2028", "2027-02-29", "vecka 53 2027", "den 31/6 2027"])
def test_what_is_in_no_calendar_is_a_doubt(text: str) -> None:
    mentions, unread = find_dates(f"Datum: {text}.", ANCHOR, GRAMMAR)
    assert mentions == []
    assert [f"Datum: {text}."[u.start : u.end] for u in unread] == [text]
    assert unread[0].message == "dagen eller veckan finns inte i kalendern"


@pytest.mark.parametrize("text", ["den 5 maj", "nästa vecka", "vecka 12", "i höstas", "våren", "den 5/5", "årsskiftet"])
def test_without_anchor_a_year_is_not_guessed(text: str) -> None:
    mentions, unread = find_dates(text, None, GRAMMAR)
    assert (mentions, len(unread)) == ([], 1)
    assert unread[0].message == "dokumentet saknar datum, så året är okänt"
    assert len(read(text)) == 1


@pytest.mark.parametrize("text", ["den 5 maj 2027", "2027-05-05", "5/5 2027", "vecka 12 2027", "våren 2027", "VT27"])
def test_without_anchor_what_is_said_in_full_is_read(text: str) -> None:
    assert rows(text, None) == rows(text) != []


def test_a_wrong_weekday_is_told_and_the_date_wins() -> None:
    mentions, unread = find_dates("måndagen den 6 april 2027", ANCHOR, GRAMMAR)
    assert [m.first for m in mentions] == [date(2027, 4, 6)]
    assert [u.message for u in unread] == ["veckodagen stämmer inte med datumet"]


def test_the_year_of_a_calendars_heading_holds_for_its_list() -> None:
    mentions, _ = find_dates("6 mars, 18 september och 27 november.", ANCHOR, GRAMMAR, heading="Mötesdagar 2028")
    assert [(m.start, m.first) for m in mentions] == [
        (0, date(2028, 3, 6)),
        (8, date(2028, 9, 18)),
        (25, date(2028, 11, 27)),
    ]
    mentions, _ = find_dates("Den 6 mars blir det regn.", ANCHOR, GRAMMAR, heading="Budget 2028")
    assert [m.first for m in mentions] == [date(2027, 3, 6)]


def test_bound_words_stand_before_the_mention() -> None:
    text = "Det gäller Fram till\noch  med den 6 april 2027."
    (mention,) = read(text)
    assert text[mention.bound_start : mention.start] == "Fram till\noch  med "
    assert (mention.bound, mention.bound_text) == ("until", "fram till och med")


def test_without_bound_the_bound_begins_with_the_mention() -> None:
    (mention,) = read("Mötet den 6 april 2027.")
    assert (mention.bound, mention.bound_start, mention.bound_text) == (None, mention.start, "")


# --- What must hold for every day and every text ------------------------------------------------------------------

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2041, 12, 31))
SHAPES = [
    lambda d: d.isoformat(),
    lambda d: f"{d:%Y}–{d:%m}–{d:%d}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d:%y%m%d}",
    lambda d: f"{d:%Y/%m/%d}",
    lambda d: f"{d:%Y.%m.%d}",
    lambda d: f"{d.day}/{d.month} {d.year}",
    lambda d: f"{d.day}/{d.month}-{d:%y}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"den {d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"den {d.day}:e {MONTHS[d.month - 1].upper()} {d.year}",
    lambda d: f"den {DATA['ordinals'][d.day][0]} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"den {d.day}\n{MONTHS[d.month - 1]}\n{d.year}",
    lambda d: f"{DATA['weekdays'][d.isoweekday()][0]} den {d.day} {MONTHS[d.month - 1]} {d.year}",
]  # fmt: skip


@given(DAYS, st.sampled_from(SHAPES))
def test_every_day_in_every_shape(day: date, shape) -> None:
    said = shape(day)
    assert rows(f"Det var {said}.") == [(said, day.isoformat(), day.isoformat(), "day", None)]


@given(DAYS)
def test_every_abbreviation(day: date) -> None:
    for name in DATA["months"][day.month]:
        said = f"{day.day} {name} {day.year}"
        assert rows(f"Det var {said}!")[0][1:] == (day.isoformat(), day.isoformat(), "day", None)


@given(DAYS, st.integers(1, 400), st.sampled_from(["–", "-", " - ", " till ", " t.o.m. ", " till och med "]))
def test_every_range(day: date, length: int, joint: str) -> None:
    last = day + timedelta(length)
    said = f"{day.day} {MONTHS[day.month - 1]} {day.year}{joint}{last.day} {MONTHS[last.month - 1]} {last.year}"
    assert rows(f"Det var {said}.") == [(said, day.isoformat(), last.isoformat(), "day", None)]


WORDS = [
    *("den", "3", "14", "31", "mars", "maj", "2027", "-26", "–", "-", "/", "och", ",", "till", "vecka", "v.", "senast"),
    *("t.o.m.", "årsskiftet", "våren", "kvartal", "första", "fredag", "§", "kr", "\n", "-\n", "i", "år", ":", "."),
]


SOUP = st.lists(st.sampled_from(WORDS), max_size=30)


@given(st.one_of(st.text(max_size=200), SOUP.map(" ".join), SOUP.map("".join)), st.sampled_from([ANCHOR, None]))
def test_any_text_is_survived_and_offsets_lie_in_it(text: str, anchor: date | None) -> None:
    mentions, unread = find_dates(text, anchor, GRAMMAR)
    for m in mentions:
        assert 0 <= m.bound_start <= m.start < m.end <= len(text)
        assert m.first <= m.last
        assert (m.bound is None) == (m.bound_text == "") == (m.bound_start == m.start)
        assert m.rule in RULE_IDS
        assert m.precision in {"day", "week", "month", "quarter", "tertial", "half", "season", "year", "other"}
    for u in unread:
        assert 0 <= u.start < u.end <= len(text)
        assert u.rule in RULE_IDS
    ends = [0, *(m.end for m in mentions)]
    assert all(m.start >= end for m, end in zip(mentions, ends, strict=False))


def test_the_same_in_every_process() -> None:
    code = (
        "import sys, yaml, datetime; from protoparse.dates import *;"
        "g = Grammar.of(yaml.safe_load(open(sys.argv[1], encoding='utf-8')));"
        "print(find_dates(sys.argv[2], datetime.date(2027, 2, 19), g))"
    )
    text = " Vidare ".join(TABLE)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(RULES), text],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


# --- Speed --------------------------------------------------------------------------------------------------------

PAGE = (
    "Nämnden tog del av förvaltningens redovisning av ärendet och fann att underlaget var tillräckligt. "
    "Ordföranden Eva Lind (S) ställde proposition på yrkandena och fann att de bifallits, 9 röster mot 4. "
    "Protokollsutdrag skickas till ekonomienheten. Tjänsteutlåtandet den 14 januari 2027, dnr 2027/118, § 22. "
) * 8


def seconds(text: str) -> float:
    start = time.process_time()
    find_dates(text, ANCHOR, GRAMMAR)
    return time.process_time() - start


def test_an_ordinary_page_is_quick() -> None:
    assert min(seconds(PAGE) for _ in range(20)) < 0.005  # about 1 ms; leaves room for slow machines


@pytest.mark.parametrize("part", ["1", "1 ", " ", "\n", "12-", "3/4", "den ", "2027-", "i i ", "1.1.", "aaaades "])
def test_no_long_text_takes_for_ever(part: str) -> None:
    assert taken(lambda: find_dates(part * (100_000 // len(part)), ANCHOR, GRAMMAR)) < 5


@pytest.mark.parametrize("part", ["3, ", "3 och ", "v. 3, ", "mars–", "den 3 mars ", "3/4, ", "2027–2028, "])
def test_no_long_list_takes_for_ever(part: str) -> None:
    """Each of these is thousands of dates; quadratic reading would take minutes."""
    assert taken(lambda: find_dates(part * (30_000 // len(part)), ANCHOR, GRAMMAR)) < 5
