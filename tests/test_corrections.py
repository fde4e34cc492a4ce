"""What people put right lasts: it finds its row by the printed words, and says so when it does not."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import (
    attendee,
    ballot,
    change,
    decision,
    dissent,
    doubt,
    evidence,
    funding,
    meeting,
    mention,
    parsed,
    passage,
    printed,
    section,
    sheet,
    source,
    vote,
)
from protoparse import amend, fieldvalues, protocol, rules, wordings
from protoparse.entries import Correction
from protoparse.models import HeaderField

WHO = {"by": "Anna Ek", "on": "2026-11-22"}


def right(table="funding", quote="Lotsen finansieras till den 31 maj 2026.", document="a.pdf", **given):
    """A correction; `set`, `wrong` or `missing` say what of."""
    kind = next(it for it in ("set", "wrong", "missing") if it in given)
    said = given.pop(kind)
    base = {"document": document, "table": table, "quote": quote, "page": None, "file": "egna.yml", **WHO}
    kinds = {"set": "field", "wrong": "wrong", "missing": "missing"}
    return Correction(**{**base, "kind": kinds[kind], "fields": said if kind != "wrong" else {}, **given})


def paper(**given):
    """A document in which every table has a row."""
    lines = [
        passage("Lotsen finansieras till den 31 maj 2026.", top=200, section=1, heading="Ekonomi"),
        passage("Nämnden godkänner planen.", top=220, section=1),
        passage("Eva Ek ersätter Bo Al i Styrgruppen.", top=240, section=2),
        passage("Cilla Dal lämnar uppdraget i Styrgruppen.", top=260, section=2),
        passage("Rapporten ska lämnas senast den 1 mars 2026.", top=280, section=2),
        passage("Rapporten ska lämnas senast den 1 mars 2026.", page=2, top=100),
        passage("Den 1 mars 2026 möts gruppen, och den 31 mars 2026 igen.", page=2, top=130),
    ]
    base = {
        "meeting": meeting(title="Protokoll"),
        "pages": [sheet(1), sheet(2)],
        "sections": [section(1, "Budget", "1"), section(2, "Val", "2", parent=1)],
        "passages": lines,
        "funding": [funding(lines[0].text.string, end="2026-05-31", section=1, evidence=proof(lines[0]))],
        "decisions": [decision(lines[1].text.string, section=2, evidence=proof(lines[1]))],
        "roster_changes": [change("", incoming="Eva Ek", outgoing="Bo Al", section=2, evidence=proof(lines[2]))],
        "dates": [
            mention("den 1 mars 2026", "2026-03-01", page=1, top=280).model_copy(
                update={"evidence": part(lines[4], "senast den 1 mars 2026")}
            ),
            mention("den 1 mars 2026", "2026-03-01").model_copy(
                update={"evidence": part(lines[5], "senast den 1 mars 2026")}
            ),
            mention("den 31 mars 2026", "2026-03-31").model_copy(
                update={"evidence": part(lines[6], "den 31 mars 2026")}
            ),
        ],
        "attendance": [attendee("Eva Ek", evidence=evidence("Eva Ek", None, top=50))],
        "ballots": [ballot("16 ja och 9 nej", yes=16, no=9, decision=0)],
        "votes": [vote("Eva Ek", evidence=evidence("Eva Ek", None, top=700))],
        "dissents": [dissent("Bo Al reserverar sig.", name="Bo Al", decision=0)],
        "doubts": [doubt("Kanske.")],
        "header_fields": [
            HeaderField(evidence=evidence("Ordförande Eva Ek", None), field="chair", value="Eva Ek", text="Eva Ek")
        ],
    }
    return parsed(**{**base, **given})


def proof(line):
    return evidence("x").model_copy(update={"quote": line.text})


def part(line, words):
    at = line.text.string.index(words)
    return evidence("x").model_copy(update={"quote": line.text[at : at + len(words)]})


def made(*own, of=None):
    return amend.rows(source(), of or paper(), own)


def fates(*own, of=None):
    rows = {row["id"]: row for row in made(*own, of=of)["corrections"]}
    return [(rows[it.id]["status"], rows[it.id]["message"]) for it in own]


def fate(*own, of=None):
    return fates(*own, of=of)[0]


# --- fields


@pytest.mark.parametrize(
    ("table", "quote", "said", "column", "value"),
    [
        ("funding", "Lotsen finansieras till", {"till": "2026-06-30"}, "end", "2026-06-30"),
        ("funding", "Lotsen finansieras till", {"säkerhet": "villkorat"}, "certainty", "conditional"),
        ("funding", "Lotsen finansieras till", {"amount": "125000"}, "amount", 125000.0),
        ("decisions", "godkänner planen", {"outcome": "noterat"}, "outcome", "noted"),
        ("decisions", "godkänner planen", {"uppdrag till": "förvaltningen"}, "assigned_to", "förvaltningen"),
        ("roster_changes", "Eva Ek ersätter", {"incoming_party": "S"}, "incoming_party", "S"),
        ("dates", "den 31 mars 2026", {"start": "2026-03-30"}, "start", "2026-03-30"),
        ("attendance", "Eva Ek", {"kategori": "ersättare"}, "category", "substitute"),
        ("ballots", "16 ja och 9 nej", {"no": "10"}, "no", 10),
        ("votes", "Eva Ek", {"vote": "avstår"}, "vote", "abstain"),
        ("dissents", "Bo Al reserverar sig", {"party": "M"}, "party", "M"),
        ("doubts", "Kanske", {"message": "Utrett."}, "message", "Utrett."),
        ("header_fields", "Ordförande Eva Ek", {"value": "Eva Ekh"}, "value", "Eva Ekh"),
        ("sections", "Val", {"rubrik": "Val av ledamöter", "number": "3"}, "title", "Val av ledamöter"),
    ],
)
def test_a_field_of_every_table(table, quote, said, column, value):
    before, own = made(), right(table, quote, set=said)
    after = made(own)
    changed = [(old, new) for old, new in zip(before[table], after[table], strict=True) if new["corrected"]]
    ((old, new),) = changed
    assert new[column] == value != old[column]
    assert new["id"] == old["id"] and new["corrected"].startswith("Rättat 2026-11-22 av Anna Ek: ")
    (row,) = after["corrections"]
    assert (row["status"], row["row"], row["evidence"]) == ("applied", old["id"], old["evidence"])
    assert json.loads(row["before"])[column] == old[column] and json.loads(row["after"])[column] == value


def test_only_that_row_is_changed():
    plain, after = made(), made(right("dates", "den 31 mars 2026", set={"bound": "by"}))
    assert after.keys() - plain.keys() == {"corrections"}
    changed = [
        (table, {name for name, value in new.items() if value != old.get(name)})
        for table, rows in plain.items()
        for old, new in zip(rows, after[table], strict=True)
        if any(value != old.get(name) for name, value in new.items())
    ]
    assert changed == [("dates", {"bound", "corrected"})]


def test_searching_finds_the_row_as_it_is_now():
    own = [right(set={"subject": "Nattlinjen"}), right("decisions", "godkänner planen", wrong=True)]
    plain, after = made(), made(*own)
    rows = {row["id"] for table in ("funding", "decisions") for row in after[table]}
    assert {row["row"] for row in after["hits"] if row["table"] in ("funding", "decisions")} <= rows
    assert "Nattlinjen" in str(after["hits"]) and "Nattlinjen" not in str(plain["hits"])


def test_a_decision_without_an_organ_is_that_of_the_meeting():
    assert (
        made(right("decisions", "godkänner planen", set={"organ": "Presidiet"}))["decisions"][0]["organ"] == "Presidiet"
    )
    of = paper(decisions=[decision("Nämnden godkänner planen.", organ="Presidiet")])
    own = right("decisions", "godkänner planen", set={"organ": None})
    assert made(own, of=of)["decisions"][0]["organ"] == "Ledningen"


def test_a_field_can_be_emptied_and_the_note_is_told():
    after = made(right(set={"till": None}, note="Inget slut är bestämt."))
    (row,) = after["funding"]
    assert row["end"] is None
    assert row["corrected"] == ("Rättat 2026-11-22 av Anna Ek: till 2026-05-31 → tomt. Inget slut är bestämt.")


@pytest.mark.parametrize(
    ("table", "said", "words"),
    [
        ("funding", {"slutet": "2026-01-31"}, "'slutet' finns inte; tillåtna är text (text), kind (slag)"),
        ("funding", {"end": "31 januari"}, "end är '31 januari' och ska vara en dag"),
        ("funding", {"amount": "mycket"}, "ska vara ett tal"),
        ("funding", {"kind": "gåva"}, "tillåtet är 'funded_until'"),
        ("funding", {"start": "2027-01-01"}, "start 2027-01-01 ligger efter end 2026-05-31"),
        ("funding", {"text": None}, "text är None"),
        ("funding", {"evidence": "x"}, "'evidence' finns inte"),
        ("funding", {"end": "2026-01-31", "till": "2026-02-01"}, "står två gånger"),
    ],
)
def test_a_value_that_cannot_be_is_told(table, said, words):
    status, message = fate(right(table, set=said))
    assert status == "invalid" and words in message
    assert made(right(table, set=said))[table][0]["corrected"] is None


def test_what_the_rules_read_now_is_no_longer_needed():
    assert fate(right(set={"end": "2026-05-31"}))[0] == "unneeded"
    assert made(right(set={"end": "2026-05-31"}))["funding"][0]["corrected"] is None


# --- finding the row


@pytest.mark.parametrize(
    "quote",
    [
        "Lotsen finansieras till den 31 maj 2026.",
        "lotsen finansie-\nras till den 31 maj 2026",
        "  finansieras   till den 31 maj ",
        "Lotsen finansieras till den 31 maj 2026. Nämnden godkänner planen.",
    ],
)
def test_words_are_found_however_they_are_written(quote):
    assert fate(right(quote=quote, set={"end": "2026-06-30"}))[0] == "applied"


def test_words_are_whole_words():
    assert fate(right("dates", "1 mars 2026 igen", set={"bound": "by"}))[0] == "gone"


def test_a_longer_quote_means_the_row_within_it_only():
    own = right("dates", "möts gruppen, och den 31 mars 2026 igen", set={"bound": "by"})
    assert [row["bound"] for row in made(own)["dates"]] == [None, None, "by"]


def test_the_page_tells_two_prints_apart():
    both = right("dates", "senast den 1 mars 2026", set={"bound": "by"})
    status, message = fate(both)
    assert status == "gone" and "passar på 2 rader i datum" in message
    second = right("dates", "senast den 1 mars 2026", set={"bound": "by"}, page=2)
    assert [row["bound"] for row in made(second)["dates"]] == [None, "by", None]
    assert (
        fate(right("dates", "senast den 1 mars 2026", set={"bound": "by"}, page=3))[1] == "orden står inte på sidan 3"
    )


def two_changes():
    words = evidence("Eva Ek efterträder Bo Al och Cilla Dal efterträder Per Sjö.")
    pairs = [("Eva Ek", "Bo Al"), ("Cilla Dal", "Per Sjö")]
    return paper(roster_changes=[change("", incoming=one, outgoing=two, evidence=words) for one, two in pairs])


def test_rows_on_the_same_words_are_told_apart_by_what_they_say():
    quote = "Cilla Dal efterträder Per Sjö"
    assert fate(right("roster_changes", quote, set={"outgoing": "Per Sjöö"}), of=two_changes())[0] == "gone"
    own = right("roster_changes", quote, set={"outgoing": "Per Sjöö"}, where={"tillträder": "Cilla Dal"})
    assert [row["outgoing"] for row in made(own, of=two_changes())["roster_changes"]] == ["Bo Al", "Per Sjöö"]
    id = made(of=two_changes())["roster_changes"][1]["id"]
    own = right("roster_changes", quote, set={"outgoing": "Per Sjöö"}, row=id)
    assert [row["outgoing"] for row in made(own, of=two_changes())["roster_changes"]] == ["Bo Al", "Per Sjöö"]


def test_where_that_the_rules_outgrew_is_no_longer_needed():
    own = right(set={"end": "2026-05-31"}, where={"end": "2026-06-30"})
    assert fate(own)[0] == "unneeded"
    assert fate(right(wrong=True, where={"end": "2026-06-30"}))[0] == "unneeded"
    assert fate(right(set={"end": "2026-07-31"}, where={"end": "2026-06-30"}))[0] == "gone"
    assert fate(right(set={"end": "2026-07-31"}, where={"slutet": "2026-06-30"}))[0] == "invalid"


def test_an_anchor_that_is_gone_is_told():
    assert fate(right(quote="Står ingenstans.", set={"end": "2026-01-31"})) == ("gone", "orden står inte i dokumentet")
    assert fate(right(quote="—", set={"end": "2026-01-31"})) == ("gone", "orden står inte i dokumentet")
    status, message = fate(right(quote="Cilla Dal lämnar uppdraget", set={"end": "2026-01-31"}))
    assert (status, message) == ("gone", "orden står kvar, men ingen rad i finansiering vilar på dem")


# --- wrong rows


@pytest.mark.parametrize(
    ("table", "quote"),
    [
        ("funding", "Lotsen finansieras"),
        ("decisions", "godkänner planen"),
        ("roster_changes", "Eva Ek ersätter"),
        ("dates", "den 31 mars 2026"),
        ("attendance", "Eva Ek"),
        ("ballots", "16 ja och 9 nej"),
        ("votes", "Eva Ek"),
        ("dissents", "Bo Al reserverar sig"),
        ("doubts", "Kanske"),
        ("header_fields", "Ordförande Eva Ek"),
        ("sections", "Val"),
    ],
)
def test_a_wrong_row_of_every_table_is_taken_out(table, quote):
    before, after = made()[table], made(right(table, quote, wrong=True))
    left = {row["id"] for row in after[table]}
    (gone,) = [row for row in before if row["id"] not in left]
    (row,) = after["corrections"]
    assert (row["status"], row["row"], row["after"]) == ("applied", gone["id"], None)
    assert row["evidence"] in {it["id"] for it in after["evidence"]}


def test_what_hung_on_a_wrong_row_hangs_on_nothing():
    assert made()["dissents"][0]["decision"] and made()["ballots"][0]["decision"]
    after = made(right("decisions", "godkänner planen", wrong=True))
    assert (after["dissents"][0]["decision"], after["ballots"][0]["decision"]) == (None, None)
    assert made(right("ballots", "16 ja", wrong=True))["votes"] == []
    before, after = made(), made(right("sections", "Val", wrong=True))
    assert after["roster_changes"][0]["section"] == before["sections"][0]["id"]
    after = made(right("sections", "Val", wrong=True), right("sections", "Budget", wrong=True))
    assert after["sections"] == [] and after["funding"][0]["section"] is after["decisions"][0]["section"] is None


def test_a_wrong_row_that_is_not_read_any_more():
    own = right("roster_changes", "Cilla Dal lämnar uppdraget", wrong=True)
    assert fate(own) == ("unneeded", "orden står kvar, men den felaktiga raden läses inte längre")
    assert fate(right("roster_changes", "Bortklippt.", wrong=True))[0] == "gone"


# --- missing rows


@pytest.mark.parametrize(
    ("table", "quote", "said", "wanted"),
    [
        (
            "roster_changes",
            "Cilla Dal lämnar uppdraget",
            {"slag": "avgång", "avgår": "Cilla Dal"},
            {"kind": "departure"},
        ),
        ("decisions", "Cilla Dal lämnar", {"outcome": "noted"}, {"text": "Cilla Dal lämnar", "section": "2"}),
        ("funding", "Rapporten ska lämnas senast", {"kind": "report_by", "end": "2026-03-01"}, {"certainty": "stated"}),
        ("dates", "den 1 mars 2026 möts", {"start": "2026-03-01"}, {"end": "2026-03-01", "precision": "day"}),
        ("attendance", "Cilla Dal", {"namn": "Cilla Dal"}, {"category": "member"}),
        ("dissents", "Cilla Dal lämnar", {"kind": "abstains", "name": "Cilla Dal"}, {"text": "Cilla Dal lämnar"}),
        ("ballots", "Cilla Dal lämnar", {"ja": "3", "nej": "2"}, {"number": 1, "yes": 3, "no": 2}),
    ],
)
def test_a_missing_row_of_every_table(table, quote, said, wanted):
    own = right(table, quote, missing=said, page=1 if table == "funding" else None)
    before, after = made(), made(own)
    assert [row["id"] for row in after[table][:-1]] == [row["id"] for row in before[table]]
    new = after[table][-1]
    assert new["corrected"] == "Tillagt 2026-11-22 av Anna Ek."
    numbers = {row["id"]: row["number"] for row in after["sections"]}
    assert {**wanted} == {name: numbers[new[name]] if name == "section" else new[name] for name in wanted}
    (proof,) = [row for row in after["evidence"] if row["id"] == new["evidence"]]
    assert proof["rule"] == "rättelse" and json.loads(proof["boxes"])
    (row,) = after["corrections"]
    assert (row["status"], row["row"], row["page"]) == ("applied", new["id"], new["page"])


def test_a_missing_row_keeps_the_ids_of_all_others():
    own = [
        right("decisions", "Nämnden godkänner planen.", missing={"outcome": "noted"}),
        right("dates", "senast den 1 mars 2026", missing={"start": "2026-03-02"}, page=1),
    ]
    before, after = made(), made(*own)
    for table in ("decisions", "dates", "roster_changes", "evidence"):
        assert {row["id"] for row in before[table]} <= {row["id"] for row in after[table]}


def test_a_row_that_the_rules_find_now():
    own = right("roster_changes", "Eva Ek ersätter Bo Al", missing={"kind": "replacement", "incoming": "Eva Ek"})
    assert fate(own) == ("unneeded", "reglerna hittar nu raden själva")
    assert len(made(own)["roster_changes"]) == 1


@pytest.mark.parametrize(
    ("table", "quote", "said", "status", "words"),
    [
        ("roster_changes", "Finns inte", {"kind": "departure"}, "gone", "orden står inte i dokumentet"),
        ("funding", "Rapporten ska lämnas", {"kind": "report_by"}, "gone", "orden står på 2 ställen"),
        ("roster_changes", "Cilla Dal lämnar", {"incoming": "Cilla Dal"}, "invalid", "'kind' saknas"),
        ("roster_changes", "Cilla Dal lämnar", {"vem": "Cilla Dal"}, "invalid", "'vem' finns inte"),
        ("votes", "Cilla Dal", {"name": "Cilla Dal"}, "invalid", "kan inte läggas till"),
        ("sections", "Cilla Dal", {"title": "Cilla Dal"}, "invalid", "kan inte läggas till"),
    ],
)
def test_a_missing_row_that_cannot_be_added(table, quote, said, status, words):
    found, message = fate(right(table, quote, missing=said))
    assert found == status and words in message


def test_words_outside_the_running_text_are_found_on_the_lines():
    line = printed("Närvarande: Doris Ull", top=20)
    own = right("attendance", "Doris Ull", missing={"name": "Doris Ull"})
    assert fate(own)[0] == "gone"
    found = made(own, of=paper(lines=[line]))["attendance"][-1]
    assert (found["name"], found["section"]) == ("Doris Ull", None)


# --- several corrections


def test_two_corrections_of_one_row():
    one, two = right(set={"end": "2026-06-30"}), right(set={"successor": "regionen"})
    (row,) = made(one, two)["funding"]
    assert (row["end"], row["successor"]) == ("2026-06-30", "regionen")
    assert row["corrected"].count("Rättat") == 2
    again = right(set={"till": "2026-06-30"}, file="annan.yml")
    assert [status for status, _ in fates(one, again)] == ["applied", "applied"]


@pytest.mark.parametrize(
    "other",
    [
        right(set={"end": "2026-07-31"}, file="b.yml"),
        right(wrong=True, file="b.yml"),
        right(set={"end": "2026-05-31"}, file="b.yml"),
    ],
)
def test_corrections_that_contradict_one_another_are_not_used(other):
    one = right(set={"end": "2026-06-30"}, file="a.yml")
    (first, second) = fates(one, other)
    assert first == (
        "invalid",
        "säger emot en annan rättelse av samma rad (Anna Ek 2026-11-22 i b.yml); ingen av dem används",
    )
    assert second[0] == "invalid" and "a.yml" in second[1]
    assert made(one, other)["funding"][0]["end"] == "2026-05-31"


# --- the document itself


def of_document(**said):
    return right("documents", None, set=said)


def read(*own, **stated):
    """The rows of a document whose head says `stated`, as the reading does it."""
    before = meeting(**stated)
    after = amend.meeting(own, before)
    return amend.rows(source(), paper(meeting=after, stated=before), own)


def test_the_day_of_a_document():
    after = read(of_document(mötesdag="2024-12-12"), title="Protokoll")
    (row,) = after["documents"]
    assert (row["meeting_date"], row["year"], row["meeting_date_source"]) == ("2024-12-12", 2024, "corrected")
    assert row["corrected"] == "Rättat 2026-11-22 av Anna Ek: mötesdag 2025-12-12 → 2024-12-12."
    for table in ("decisions", "funding", "dates", "sections"):
        assert {(it["meeting_date"], it["year"]) for it in after[table]} == {("2024-12-12", 2024)}


def test_other_fields_of_a_document():
    own = [of_document(organ="Tekniska nämnden", title="Ny titel"), of_document(adjusters=["Eva Ek", "Bo Al"])]
    after = read(*own)
    (row,) = after["documents"]
    assert (row["organ"], row["label"], row["adjusters"]) == ("Tekniska nämnden", "Ny titel", '["Eva Ek", "Bo Al"]')
    assert "justerare tomt → Eva Ek, Bo Al" in row["corrected"]
    assert after["decisions"][0]["organ"] == "Tekniska nämnden"
    assert row["meeting_date_source"] != "corrected"


def test_a_day_that_the_document_does_not_say():
    (row,) = read(of_document(meeting_date=None))["documents"]
    assert (row["meeting_date"], row["meeting_date_source"]) == (None, None)


def test_corrections_of_a_document_that_do_not_fit():
    found = {row["after"]: row["status"] for row in read(of_document(meeting_date="2025-12-12"))["corrections"]}
    assert found == {'{"meeting_date": "2025-12-12"}': "unneeded"}
    one, two = of_document(organ="A"), of_document(organ="B")
    after = read(one, two)
    assert [row["status"] for row in after["corrections"]] == ["invalid", "invalid"]
    assert after["documents"][0]["organ"] == "Ledningen"
    assert read(of_document(meeting_date="i går"))["corrections"][0]["status"] == "invalid"
    assert read(of_document(sha256="x"))["corrections"][0]["status"] == "invalid"


def test_the_rest_is_read_by_the_corrected_day():
    kit = protocol.Kit.of(rules.load())
    pdf = Path(__file__).parents[1] / "corpus" / "sample" / "protokoll-styrgruppen-hjalpmedel-2026-01-20.pdf"
    before = protocol.parse(pdf, kit)
    own = [of_document(meeting_date="2020-01-20")]
    after = protocol.parse(pdf, kit, lambda met: amend.meeting(own, met))
    assert (before.meeting.date.year, after.meeting.date.year, after.stated) == (2026, 2020, before.meeting)
    moved = {it.text for it in after.dates} & {it.text for it in before.dates if it not in after.dates}
    assert moved and not any(text[-4:].isdigit() for text in moved)


def test_a_file_that_cannot_be_read():
    found = amend.unread(source(), "trasig", [right(wrong=True)])
    assert (found["documents"][0]["status"], found["corrections"][0]["status"]) == ("unread", "gone")


# --- properties

POOL = [
    right(set={"end": "2026-06-30"}),
    right(set={"end": "2026-07-31"}, by="Bo"),
    right(set={"successor": "regionen"}),
    right("decisions", "godkänner planen", wrong=True),
    right("decisions", "godkänner planen", set={"outcome": "noted"}),
    right("sections", "Val", wrong=True),
    right("roster_changes", "Cilla Dal lämnar", missing={"kind": "departure", "outgoing": "Cilla Dal"}),
    right("decisions", "Cilla Dal lämnar", missing={"outcome": "noted"}),
    right("dates", "senast den 1 mars 2026", page=2, wrong=True),
    right("ballots", "16 ja", wrong=True),
    right("votes", "Eva Ek", set={"vote": "no"}),
    right(quote="Borta.", wrong=True),
]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), unique_by=lambda it: it.id), st.randoms())
def test_neither_order_nor_repetition_matters(own, random):
    document = paper()
    before = deepcopy(document)
    once = amend.rows(source(), document, own)
    shuffled = random.sample(own, len(own))
    assert amend.rows(source(), document, shuffled) == once == amend.rows(source(), document, own)
    assert document == before
    assert len(once["corrections"]) == len(own) if own else "corrections" not in once


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), unique_by=lambda it: it.id))
def test_rows_that_no_correction_means_stay_as_they_are(own):
    plain, after = made(), made(*own)
    meant = {row["row"] for row in after.get("corrections", ()) if row["status"] == "applied"}
    loose = {"decision", "section", "parent", "ballot", "corrected"}  # may have hung on a row that is taken out
    for table in ("decisions", "funding", "dates", "attendance", "dissents", "roster_changes"):
        new = {row["id"]: {k: v for k, v in row.items() if k not in loose} for row in after[table]}
        for row in plain[table]:
            if row["id"] not in meant:
                assert new[row["id"]] == {k: v for k, v in row.items() if k not in loose}
    ids = {row["id"] for rows in after.values() for row in rows}
    for rows in after.values():
        for row in rows:
            assert all(row.get(name) in {None, *ids} for name in ("decision", "ballot", "section", "parent"))


# --- the words that people may use


def test_no_two_fields_of_a_table_share_a_word():
    for table in fieldvalues.MODELS:
        words = [wordings.FIELDS[name] for name in fieldvalues.names_of(table)]
        assert len(words) == len(set(words)), table
        assert all(wordings.field(word, fieldvalues.names_of(table)) for word in words)


def test_tables_by_any_word():
    assert [wordings.table(it) for it in ("Beslut", "funding", "närvaro", "stycken")] == [
        *("decisions", "funding", "attendance", None),
    ]
    assert set(wordings.TABLES) == set(fieldvalues.MODELS)
