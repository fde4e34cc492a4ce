"""One matter through organs and years, and the decision that answers a proposal."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from conftest import decision, meeting, passage, rows, section, sheet, taken
from orders import Made, calm, check_order, check_removal
from protoparse import casebook, diary, matters, proposals, store
from protoparse.cli import main
from protoparse.models import Zone
from protoparse.resolve import resolve


def item(number, title, case=None, points=(), lead=None, parent=None):
    """A heading with what was decided under it: texts with their outcomes."""
    return {"number": number, "title": title, "case": case, "points": points, "lead": lead, "parent": parent}


def minutes(day, organ, *items, owner="Granås kommun", kind="protokoll", name=None):
    """The rows of a document; `owner` stands at the head of its first page."""
    sections, decided, running = [], [], []
    for at, it in enumerate(items, 1):
        case = {"case_number": it["case"]} if it["case"] else {}
        sections.append(section(at, it["title"], it["number"], parent=it["parent"], **case))
        if it["lead"]:
            running.append(passage(it["lead"], section=at, zone=Zone.DECISION))
        for k, (outcome, text) in enumerate(it["points"]):
            decided.append(decision(text, outcome=outcome, section=at, top=100.0 * at + 10 * k))
            running.append(passage(text, section=at, zone=Zone.DECISION, top=100.0 * at + 10 * k))
    return rows(
        name or f"{organ}-{day}-{owner}-{kind}.pdf",
        meeting=meeting(day, organ=organ, kind=kind),
        pages=[sheet(text=f"{owner}\n{organ}" if owner else organ)],
        sections=sections,
        decisions=decided,
        passages=running,
    )


def finish(db):
    with store.writing(db):
        resolve(db)
        matters.rebuild(db)


def read(db, *documents):
    for one in documents:
        store.write_document(db, one)
    finish(db)


def found(db):
    return {row["number"]: row for row in db.query("SELECT * FROM matters")}


def steps(db, number):
    query = """SELECT s.step, s.meeting_date, s.organ FROM matter_steps s JOIN matters m ON m.id = s.matter
        WHERE m.number = ? ORDER BY s.ordinal"""
    return [tuple(row.values()) for row in db.query(query, (number,))]


def answered(db):
    query = """SELECT p.text AS p, a.text AS a, x.agrees, x.how FROM answers x JOIN decisions p ON p.id = x.proposal
        JOIN decisions a ON a.id = x.answer ORDER BY p.meeting_date, p.document, p.ordinal"""
    return [tuple(row.values()) for row in db.query(query)]


# --- case numbers


@pytest.mark.parametrize(
    "printed",
    [
        "KS 2025/123",
        "KS/2025:123",
        "Dnr KS 2025-00123",
        "2025/123 KS",
        "KS2025/123",
        "KS 2025/123-4",
        "KS-2025-00123",
        "2025.123 KS",
        "KS 2025.123",
        "KS 123/2025",
        "Ks 2025/123",
        "KS 123/25",
        "2025-KS00123",
        "(KS 2025/123)",
        "25KS123",
        "2025KS0123",
        "KS/123/2025",
    ],
)
def test_one_number_in_many_prints(printed):
    (it,) = diary.numbers(printed)
    assert (it.code, it.year, it.serial) == ("KS", 2025, "123")


@pytest.mark.parametrize("other", ["SN 2025/123", "KS 2024/123", "KS 2025/124", "KS 2025/1230", "KSAU 2025/123"])
def test_other_numbers_stay_apart(other):
    assert diary.numbers(other)[0][:3] != diary.numbers("KS 2025/123")[0][:3]


def test_a_number_without_a_code_and_one_whose_year_is_not_clear():
    assert diary.numbers("2025/7")[0][:3] == (None, 2025, "7")
    assert diary.numbers("00322/2026")[0][:3] == (None, 2026, "322")
    assert diary.numbers("45/23")[0][:3] == (None, None, "45/23")
    assert diary.numbers("A-17b")[0][:3] == (None, None, "a17b")
    assert diary.numbers(None, "Skolskjuts KS 2025/1") == []


@pytest.mark.parametrize(
    ("case", "title"),
    [
        ("KS 2025/12 och BUN 2025/44", "Skolskjuts"),
        ("KS 2025/12", "BUN 2025/44 Skolskjuts"),
        ("BUN 2025/44", "Skolskjuts KS 2025/12"),
        ("KS 2025/12, dnr BUN 2025/44", "Skolskjuts"),
    ],
)
def test_two_numbers_of_one_heading(case, title):
    assert {it.code for it in diary.numbers(case, title)} == {"KS", "BUN"}


def test_a_code_holds_for_the_numbers_behind_it():
    assert [it[:3] for it in diary.numbers("KS 2025/12, 2025/14")] == [("KS", 2025, "12"), ("KS", 2025, "14")]
    assert [it.code for it in diary.numbers("2025/12, SN 2025/14")] == [None, "SN"]


def test_years_in_a_title_are_no_number():
    assert len(diary.numbers("BUN 2025/44", "Läsår 2026/2027")) == 1
    assert len(diary.numbers("BUN 2025/44", "Yttrande över SOU 2025:44 om LVU")) == 1


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Motion från Ylva Tång (MP) om solceller", "motion"),
        ("Svar på motion om solceller", "motion"),
        ("Yttrande över motion gällande solceller", "motion"),
        ("Nya motioner", "motion"),
        ("Motion - tryggare torg", "motion"),
        ("Program för lek, motion och friluftsliv", "other"),
        ("Motionsspår vid sjön", "other"),
        ("Medborgarförslag om en bänk", "citizen"),
        ("Svar på e-förslag om en bänk", "citizen"),
        ("Interpellation om vägsalt", "question"),
        ("Enkel fråga till nämndens ordförande", "question"),
        ("Fråga om ansvarsfrihet", "other"),
    ],
)
def test_kinds(title, kind):
    assert diary.kind_of([title]) == kind


def test_what_a_title_is_about():
    one = diary.subject("Motion av Ylva Tång (MP) och Per Strid (S) om solceller på skolornas tak")
    assert one == diary.subject("Svar på motion om solceller på skolornas tak - Ylva Tång (MP) m.fl.")
    assert one != diary.subject("Motion om solceller på badhusets tak")


# --- matters


def test_a_matter_through_organs(db):
    read(
        db,
        minutes(
            "2025-02-03",
            "Kommunstyrelsens arbetsutskott",
            item("4", "Hamnbadet", "KS 2025/12", [("deferred", "Ärendet bordläggs.")]),
        ),
        minutes(
            "2025-03-03",
            "Kommunstyrelsen",
            item(
                "9",
                "Upprustning av Hamnbadet",
                "KS/2025:12",
                [("proposed", "Kommunstyrelsen föreslår kommunfullmäktige besluta att rusta upp Hamnbadet.")],
            ),
        ),
        minutes(
            "2025-03-31",
            "Kommunfullmäktige",
            item("2", "Upprustning av Hamnbadet", "Dnr KS 2025-00012", [("approved", "Hamnbadet rustas upp.")]),
        ),
    )
    (it,) = found(db).values()
    assert (it["title"], it["status"], it["owner"]) == ("Upprustning av Hamnbadet", "decided", "Granås kommun")
    assert (it["first_date"], it["last_date"], it["documents"], it["organs"]) == ("2025-02-03", "2025-03-31", 3, 3)
    assert [step for step, _, _ in steps(db, it["number"])] == ["deferred", "proposed", "decided"]
    assert [agrees for _, _, agrees, _ in answered(db)] == [1]


def test_two_owners_have_two_matters(db):
    one = item("4", "Badet", "KS 2025/12", [("approved", "Badet rustas upp.")])
    read(
        db,
        minutes("2025-02-03", "Kommunstyrelsen", one),
        minutes("2025-02-03", "Kommunstyrelsen", one, owner="Sillviks kommun"),
    )
    assert sorted(row["owner"] for row in db.query("SELECT owner FROM matters")) == ["Granås kommun", "Sillviks kommun"]


def test_a_board_with_a_name_of_its_own_is_one_of_the_municipality(db):
    read(
        db,
        minutes(
            "2025-02-03",
            "Barn- och skolnämnden",
            item("4", "Skolgården", "BSN 2025/3", [("approved", "Gården byggs om.")]),
        ),
        minutes(
            "2025-03-03", "Kommunfullmäktige", item("4", "Skolgården", "BSN 2025/3", [("approved", "Gården byggs om.")])
        ),
    )
    assert [row["organs"] for row in found(db).values()] == [2]


def test_a_number_without_code_joins_the_only_one_that_fits(db):
    read(
        db,
        minutes(
            "2025-02-03", "Kommunstyrelsen", item("4", "Torghandel", "KS 2025/12", [("approved", "Torget hyrs ut.")])
        ),
        minutes(
            "2025-03-03",
            "Kommunfullmäktige",
            item("4", "Taxa för torghandel", "2025/12", [("approved", "Taxan antas.")]),
        ),
        minutes("2025-03-04", "Miljönämnden", item("7", "Tillsynsplan", "2025/12", [("approved", "Planen antas.")])),
    )
    assert {number: row["documents"] for number, row in found(db).items()} == {"KS 2025/12": 2, "2025/12": 1}


def test_a_number_without_code_joins_none_of_two(db):
    read(
        db,
        minutes("2025-02-03", "Kommunstyrelsen", item("4", "Torghandel", "KS 2025/12")),
        minutes("2025-02-04", "Miljönämnden", item("4", "Torghandel", "MN 2025/12")),
        minutes("2025-03-03", "Kommunfullmäktige", item("4", "Torghandel", "2025/12")),
    )
    assert sorted(found(db)) == ["2025/12", "KS 2025/12", "MN 2025/12"]


def test_a_sub_section_belongs_to_the_matter_above_it(db):
    under = item(None, "Finansiering", None, [("rejected", "Ansökan avslås.")], parent=1)
    read(db, minutes("2025-02-03", "Kommunstyrelsen", item("4", "Torget", "KS 2025/12"), under))
    assert steps(db, "KS 2025/12") == [("rejected", "2025-02-03", "Kommunstyrelsen")]


def test_an_extract_is_no_second_step(db):
    one = item("4", "Torget", "KS 2025/12", [("approved", "Torget byggs om.")])
    more = item("5", "Bron", "KS 2025/13", [("approved", "Bron målas.")])
    extract = minutes("2025-02-03", "Kommunstyrelsen", one, name="utdrag.pdf")
    whole = minutes("2025-02-03", "Kommunstyrelsen", one, more, name="protokoll.pdf")
    read(db, extract, whole)
    assert len(steps(db, "KS 2025/12")) == 1
    store.remove_document(db, whole["documents"][0]["id"])
    finish(db)
    assert len(steps(db, "KS 2025/12")) == 1 and sorted(found(db)) == ["KS 2025/12"]


def test_a_summons_announces_until_there_are_minutes(db):
    called = minutes("2025-02-03", "Kommunstyrelsen", item("2", "Torget", "KS 2025/12"), kind="kallelse")
    read(db, called)
    assert steps(db, "KS 2025/12") == [("announced", "2025-02-03", "Kommunstyrelsen")]
    assert found(db)["KS 2025/12"]["status"] == "open"
    read(
        db,
        minutes("2025-02-03", "Kommunstyrelsen", item("4", "Torget", "KS 2025/12", [("approved", "Torget byggs om.")])),
    )
    assert [step for step, _, _ in steps(db, "KS 2025/12")] == ["decided"]


def test_a_newsletter_is_no_step(db):
    read(db, minutes("2025-02-03", "Kommunstyrelsen", item("2", "Torget", "KS 2025/12"), kind="nyhetsbrev"))
    assert not found(db)


@pytest.mark.parametrize(
    ("points", "step"),
    [
        ([], "dealt"),
        ([("noted", "Informationen noteras.")], "noted"),
        ([("approved", "Planen antas."), ("deferred", "Frågan om skyltar bordläggs.")], "decided"),
        ([("approved", "Punkt 1 antas."), ("deferred", "Ärendet bordläggs i övrigt.")], "deferred"),
        (
            [("approved", "Paragrafen justeras omedelbart justerad."), ("remitted", "Planen återremitteras.")],
            "remitted",
        ),
        (
            [("approved", "Yttrandet antas."), ("proposed", "Nämnden föreslår kommunfullmäktige att planen antas.")],
            "proposed",
        ),
        ([("assigned", "Chefen får i uppdrag att sälja."), ("noted", "Redovisningen noteras.")], "decided"),
    ],
)
def test_the_strongest_decision_gives_the_step(db, points, step):
    read(db, minutes("2025-02-03", "Kommunstyrelsen", item("4", "Skyltplan", "KS 2025/12", points)))
    assert [it[0] for it in steps(db, "KS 2025/12")] == [step]


def test_an_undated_step_stands_last_and_says_nothing_of_the_state(db):
    read(
        db,
        minutes("2025-02-03", "Kommunstyrelsen", item("4", "Torget", "KS 2025/12", [("approved", "Torget byggs om.")])),
        minutes(None, "Kommunstyrelsen", item("5", "Torget", "KS 2025/12", [("deferred", "Ärendet bordläggs.")])),
    )
    assert [it[:2] for it in steps(db, "KS 2025/12")] == [("decided", "2025-02-03"), ("deferred", None)]
    assert found(db)["KS 2025/12"]["status"] == "decided"


def test_the_state_as_a_day_saw_it(db):
    read(
        db,
        minutes(
            "2025-02-03",
            "Kommunstyrelsen",
            item("4", "Torget", "KS 2025/12", [("remitted", "Ärendet återremitteras.")]),
        ),
        minutes("2025-03-03", "Kommunstyrelsen", item("4", "Torget", "KS 2025/12", [("approved", "Torget byggs om.")])),
    )
    states = [db.execute(casebook.STANDING, {"as_of": day}).fetchone()[1] for day in ("2025-02-20", "2025-03-20")]
    assert states == ["remitted", "decided"]


# --- motions


MOTION = "Motion från Ylva Tång (MP) om solceller på skolornas tak remitteras till kommunstyrelsen."


def test_a_motion_is_handed_in_prepared_and_answered(db):
    read(
        db,
        minutes(
            "2025-02-03",
            "Kommunfullmäktige",
            item("4", "Motion om solceller på skolornas tak", "KS 2025/12", [("remitted", MOTION)]),
        ),
        minutes(
            "2025-05-05",
            "Kommunstyrelsen",
            item(
                "8",
                "Svar på motion om solceller på skolornas tak",
                "KS 2025/12",
                [("proposed", "Kommunstyrelsen föreslår kommunfullmäktige att avslå motionen.")],
            ),
        ),
        minutes(
            "2025-05-26",
            "Kommunfullmäktige",
            item(
                "3", "Svar på motion om solceller på skolornas tak", "KS 2025/12", [("approved", "Motionen bifalls.")]
            ),
        ),
    )
    it = found(db)["KS 2025/12"]
    assert (it["kind"], it["status"]) == ("motion", "decided")
    assert [step for step, _, _ in steps(db, "KS 2025/12")] == ["raised", "proposed", "decided"]
    assert [(agrees, how) for _, _, agrees, how in answered(db)] == [(1, "ärendenummer"), (0, "ärendenummer")]


def test_of_two_motions_handed_in_together_the_named_one_is_answered(db):
    other = "Motion från Per Strid (S) om en ny brygga överlämnas till tekniska nämnden."
    read(
        db,
        minutes(
            "2025-02-03",
            "Kommunfullmäktige",
            item("4", "Nya motioner", "KS 2025/12", [("remitted", other), ("remitted", MOTION)]),
        ),
        minutes(
            "2025-05-26",
            "Kommunfullmäktige",
            item(
                "3",
                "Svar på motion om solceller på skolornas tak",
                "KS 2025/12",
                [("approved", "Motionen anses besvarad.")],
            ),
        ),
    )
    assert answered(db) == [(MOTION, "Motionen anses besvarad.", None, "ärendenummer")]


def test_a_motion_sent_back_is_not_handed_in_again(db):
    back = "Motionen återremitteras till kommunstyrelsen."
    read(
        db,
        minutes(
            "2025-02-03", "Kommunfullmäktige", item("4", "Motion om en brygga", "KS 2025/12", [("remitted", back)])
        ),
    )
    assert [step for step, _, _ in steps(db, "KS 2025/12")] == ["remitted"]


# --- answers

ASK = "Kommunstyrelsen föreslår kommunfullmäktige besluta att "


def asked_and_decided(
    db,
    proposed,
    decided,
    case=("KS 2025/12", "KS 2025/12"),
    title=("Bygget vid Kajgatan",) * 2,
    days=("2025-02-03", "2025-02-24"),
):
    read(
        db,
        minutes(days[0], "Kommunstyrelsen", item("4", title[0], case[0], [("proposed", text) for text in proposed])),
        minutes(days[1], "Kommunfullmäktige", item("9", title[1], case[1], decided)),
    )
    return answered(db)


def test_a_chain_is_answered_step_by_step(db):
    au = "Arbetsutskottet föreslår kommunstyrelsen föreslå kommunfullmäktige besluta att Kajgatan stängs av under 2026."
    read(
        db,
        minutes(
            "2025-01-20", "Kommunstyrelsens arbetsutskott", item("1", "Kajgatan", "KS 2025/12", [("proposed", au)])
        ),
        minutes(
            "2025-02-03",
            "Kommunstyrelsen",
            item("4", "Kajgatan", "KS 2025/12", [("proposed", ASK + "Kajgatan stängs av under 2026.")]),
        ),
        minutes(
            "2025-02-24",
            "Kommunfullmäktige",
            item("9", "Kajgatan", "KS 2025/12", [("approved", "Kajgatan stängs av under 2026.")]),
        ),
    )
    first, second = answered(db)
    assert first == (au, ASK + "Kajgatan stängs av under 2026.", 1, "ärendenummer")
    assert second == (ASK + "Kajgatan stängs av under 2026.", "Kajgatan stängs av under 2026.", 1, "ärendenummer")


@pytest.mark.parametrize(
    ("proposed", "outcome", "decided", "agrees"),
    [
        ("anta taxan för 2026.", "approved", "Taxan för 2026 antas.", 1),
        ("anta taxan för 2026.", "approved", "Kommunfullmäktige beslutar enligt kommunstyrelsens förslag.", 1),
        ("anta taxan för 2026.", "approved", "Kommunfullmäktige bifaller miljönämndens förslag.", None),
        ("anta taxan för 2026.", "approved", "Kommunstyrelsens förslag bifalls.", 1),
        ("anta taxan för 2026.", "approved", "Kommunstyrelsens förslag bifalls med ändringen att § 4 utgår.", None),
        ("bevilja klubben 40 000 kr.", "approved", "Klubben beviljas 30 000 kr.", 0),
        ("anta taxan för 2026.", "rejected", "Förslaget om taxan för 2026 avslås.", 0),
        ("anta taxan för 2026.", "remitted", "Ärendet återremitteras.", 0),
        ("avslå motionen.", "rejected", "Motionen avslås och anses därmed besvarad.", 1),
        ("bifalla motionen.", "rejected", "Motionen avslås.", 0),
        ("anse motionen besvarad.", "approved", "Kommunfullmäktige anser motionen besvarad.", 1),
    ],
)
def test_whether_the_answer_agrees(db, proposed, outcome, decided, agrees):
    assert [it[2] for it in asked_and_decided(db, [ASK + proposed], [(outcome, decided)])] == [agrees]


def test_points_are_tied_by_their_wording(db):
    asked = ["Badet rustas upp för 3 mnkr.", "Kiosken vid stranden rivs."]
    given_ = [("rejected", "Kiosken vid stranden rivs inte."), ("approved", "Badet rustas upp för 3 mnkr.")]
    found_ = asked_and_decided(db, [ASK + asked[0], ASK + asked[1]], given_)
    assert [(p.removeprefix(ASK), a) for p, a, _, _ in found_] == [
        ("Badet rustas upp för 3 mnkr.", "Badet rustas upp för 3 mnkr."),
        ("Kiosken vid stranden rivs.", "Kiosken vid stranden rivs inte."),
    ]
    assert [it[2] for it in found_] == [1, 0]


def test_what_is_not_clear_is_left_out(db):
    asked = ["Skolan i Norr får en ny matsal.", "Skolan i Söder får en ny matsal."]
    assert asked_and_decided(db, asked, [("approved", "Skolan får en ny matsal.")]) == []
    assert asked_and_decided(db, [ASK + "köpa marken vid ån."], [("approved", "Ordföranden tackas.")]) == []


def test_a_matter_put_off_is_answered_at_the_next_meeting(db):
    text = ASK + "anta taxan för 2026."
    read(
        db,
        minutes("2025-02-03", "Kommunstyrelsen", item("4", "Taxan", "KS 2025/12", [("proposed", text)])),
        minutes(
            "2025-02-24", "Kommunfullmäktige", item("9", "Taxan", "KS 2025/12", [("deferred", "Ärendet bordläggs.")])
        ),
        minutes(
            "2025-03-24", "Kommunfullmäktige", item("3", "Taxan", "KS 2025/12", [("approved", "Taxan för 2026 antas.")])
        ),
    )
    assert answered(db) == [(text, "Taxan för 2026 antas.", 1, "ärendenummer")]


def test_a_proposal_made_anew_is_the_one_that_is_answered(db):
    text = ASK + "anta taxan för 2026."
    read(
        db,
        minutes("2025-02-03", "Kommunstyrelsen", item("4", "Taxan", "KS 2025/12", [("proposed", text)])),
        minutes("2025-04-03", "Kommunstyrelsen", item("7", "Taxan", "KS 2025/12", [("proposed", text)])),
        minutes(
            "2025-04-24", "Kommunfullmäktige", item("3", "Taxan", "KS 2025/12", [("approved", "Taxan för 2026 antas.")])
        ),
    )
    (day,) = db.execute("SELECT p.meeting_date FROM answers a JOIN decisions p ON p.id = a.proposal").fetchone()
    assert day == "2025-04-03"


def test_another_number_under_the_same_title_answers_too(db):
    text = "Miljönämnden föreslår kommunfullmäktige besluta att anta naturvårdsplanen för skärgården."
    read(
        db,
        minutes(
            "2025-02-03", "Miljönämnden", item("4", "Naturvårdsplan för skärgården", "MN 2025/3", [("proposed", text)])
        ),
        minutes(
            "2025-03-24",
            "Kommunfullmäktige",
            item(
                "3",
                "Antagande av naturvårdsplan för skärgården",
                "KS 2025/88",
                [("approved", "Naturvårdsplanen för skärgården antas.")],
            ),
        ),
    )
    assert answered(db) == [(text, "Naturvårdsplanen för skärgården antas.", 1, "rubrik")]


@pytest.mark.parametrize(
    ("days", "case"),
    [(("2025-02-03", "2026-03-24"), (None, None)), (("2025-02-03", "2025-03-24"), ("KS 2025/1", "KS 2025/2"))],
)
def test_the_same_title_is_not_enough_after_a_year_or_against_the_numbers(db, days, case):
    decided = [("approved", "Planen för skärgården antas.")]
    assert (
        asked_and_decided(db, [ASK + "anta planen för skärgården."], decided, case, ("Plan för skärgården",) * 2, days)
        == []
    )


def test_two_matters_of_one_title_answer_nothing(db):
    text = ASK + "anta planen för skärgården."
    decided = [("approved", "Planen för skärgården antas.")]
    read(
        db,
        minutes("2025-02-03", "Kommunstyrelsen", item("4", "Plan för skärgården", None, [("proposed", text)])),
        minutes("2025-03-24", "Kommunfullmäktige", item("3", "Plan för skärgården", "KS 2025/5", decided)),
        minutes("2025-04-24", "Kommunfullmäktige", item("3", "Plan för skärgården", "KS 2025/9", decided)),
    )
    assert answered(db) == []


def test_what_introduces_the_points_says_who_is_asked(db):
    first = item(
        "4",
        "Taxan",
        "KS 2025/12",
        [("proposed", "Taxan för 2026 antas.")],
        lead="Nämnden föreslår kommunfullmäktige besluta:",
    )
    read(
        db,
        minutes("2025-02-03", "Miljönämnden", first),
        minutes(
            "2025-02-10", "Kommunstyrelsen", item("2", "Taxan", "KS 2025/12", [("noted", "Taxan för 2026 noteras.")])
        ),
        minutes(
            "2025-02-24", "Kommunfullmäktige", item("9", "Taxan", "KS 2025/12", [("approved", "Taxan för 2026 antas.")])
        ),
    )
    assert [it[1] for it in answered(db)] == ["Taxan för 2026 antas."]


def test_an_organ_that_is_no_board_is_asked_by_name(db):
    text = "Styrgruppen föreslår att Kustrådet Väst beslutar att införa en gemensam avgift för båtplatser."
    read(
        db,
        minutes(
            "2025-02-03",
            "Styrgruppen för hamnar",
            item("4", "Gemensam avgift för båtplatser", None, [("proposed", text)]),
            owner=None,
        ),
        minutes(
            "2025-03-24",
            "Samverkan Kustrådet Väst",
            item("3", "Något annat", None, [("approved", "Planen antas.")]),
            owner=None,
        ),
        minutes(
            "2025-04-24",
            "Kustrådet Väst",
            item(
                "3", "Gemensam avgift för båtplatser", None, [("approved", "En gemensam avgift för båtplatser införs.")]
            ),
            owner=None,
        ),
    )
    assert [(a, how) for _, a, _, how in answered(db)] == [("En gemensam avgift för båtplatser införs.", "rubrik")]


def test_the_organ_asked_is_the_first_behind_the_verb():
    known = frozenset(proposals.organ_key(it) for it in ("Kommunstyrelsen", "Kommunfullmäktige", "Socialnämnden"))

    def whom(text, own="Socialnämndens arbetsutskott", lead=""):
        return proposals.asked(proposals.Decided("d", text, "proposed", lead=lead), proposals.organ_key(own), known)

    assert whom("Utskottet föreslår nämnden besluta att köpa.") == proposals.organ_key("Socialnämnden")
    assert whom("Utskottet föreslår fullmäktige besluta att köpa.") == proposals.organ_key("Kommunfullmäktige")
    assert whom("Taxan antas.", lead="Förslag till beslut i KF") == proposals.organ_key("Kommunfullmäktige")
    assert whom("att föreslå kommunerna att två och två teckna avtal med socialnämnden i länet och staten") is None
    assert whom("Nämnden avstyrker motionen.") is None
    granby = frozenset({proposals.organ_key("Granby kommunstyrelse")})
    one = proposals.Decided("d", "Utskottet föreslår kommunstyrelsen att köpa marken.", "proposed")
    assert proposals.asked(one, "utskott", granby) == proposals.organ_key("Granby kommunstyrelse")


@pytest.mark.parametrize(
    ("text", "count"),
    [("Miljönämnden avstyrker motionen.", 1), ("Miljönämnden föreslår Hamnbolaget AB att avslå motionen.", 0)],
)
def test_only_a_proposal_that_names_nobody_goes_to_whoever_decides_above(db, text, count):
    title = "Motion om solceller på skolornas tak"
    read(
        db,
        minutes("2025-02-03", "Miljönämnden", item("4", title, "KS 2025/12", [("proposed", text)])),
        minutes("2025-03-24", "Kommunfullmäktige", item("3", title, "KS 2025/12", [("rejected", "Motionen avslås.")])),
    )
    assert len(answered(db)) == count


def test_a_motion_without_a_decision_is_handed_in_only_where_the_title_says_so(db):
    read(
        db,
        minutes("2025-02-03", "Kommunfullmäktige", item("4", "Motion om en brygga", "KS 2025/12")),
        minutes("2025-02-03", "Kommunfullmäktige", item("5", "Ny motion om en bänk", "KS 2025/13"), name="b.pdf"),
    )
    assert [steps(db, number)[0][0] for number in ("KS 2025/12", "KS 2025/13")] == ["dealt", "raised"]


def test_a_removed_answer_goes_with_its_document(db):
    asked_and_decided(db, [ASK + "anta taxan för 2026."], [("approved", "Taxan för 2026 antas.")])
    (id,) = db.execute("SELECT id FROM documents WHERE organ = 'Kommunfullmäktige'").fetchone()
    store.remove_document(db, id)
    assert db.execute("SELECT count(*) FROM answers").fetchone() == (0,)
    assert {row["parent"] for row in db.query("PRAGMA foreign_key_check")} <= {"rules"}


# --- looked at on a day


def told(db, *documents):
    read(db, *documents)
    db.conn.row_factory = sqlite3.Row
    return db.conn


TAX = [
    minutes("2025-02-03", "Kommunstyrelsen", item("4", "Taxan", "KS 2025/12", [("proposed", ASK + "anta taxan.")])),
    minutes("2025-02-24", "Kommunfullmäktige", item("9", "Taxan", "KS 2025/12", [("approved", "Taxan antas.")])),
]


def test_a_way_in_words(db):
    seen = told(db, *TAX)
    first, second, *lines = casebook.of_number(seen, "2025-00012 KS", "2025-12-01")
    assert (first, second) == ("KS 2025/12 · Taxan", "Granås kommun · avgjort den 2025-12-01")
    assert "  2025-02-03  Kommunstyrelsen, § 4: förslag till högre organ" in lines
    assert "    Besvarat 2025-02-24 av Kommunfullmäktige, enligt förslaget." in lines
    assert f"    {TAX[1]['documents'][0]['path']}, sida 1" in lines
    early = "\n".join(casebook.of_number(seen, "2025/12", "2025-02-10"))
    assert "pågår" in early and "Besvarat" not in early and "2025-02-24" not in early
    assert list(casebook.of_number(seen, "2025/12", "2025-01-01")) == ["KS 2025/12 · ännu inte känt den 2025-01-01"]
    with pytest.raises(casebook.Unknown, match="SN 2025/12"):
        list(casebook.of_number(seen, "SN 2025/12", "2025-12-01"))


def test_proposals_wait_until_the_day_of_their_answer(db):
    seen = told(db, *TAX)
    waits = {day: seen.execute(casebook.UNANSWERED, {"as_of": day}).fetchall() for day in ("2025-02-10", "2025-02-24")}
    assert [row["days"] for row in waits["2025-02-10"]] == [7] and not waits["2025-02-24"]


def test_a_proposal_waits_once(db):
    """Neither its extract nor what its organ has proposed anew counts twice."""
    one = item("4", "Taxan", "KS 2025/12", [("proposed", ASK + "anta taxan.")])
    more = item("5", "Bron", "KS 2025/13", [("approved", "Bron målas.")])
    seen = told(
        db,
        minutes("2025-02-03", "Kommunstyrelsen", one, name="utdrag.pdf"),
        minutes("2025-02-03", "Kommunstyrelsen", one, more, name="protokoll.pdf"),
        minutes("2025-04-07", "Kommunstyrelsen", one, name="april.pdf"),
    )
    assert [row["meeting_date"] for row in seen.execute(casebook.UNANSWERED, {"as_of": "2025-12-01"})] == ["2025-04-07"]
    assert len(seen.execute(casebook.UNANSWERED, {"as_of": "2025-03-01"}).fetchall()) == 1


def test_motions_that_wait(db):
    title = "Motion om solceller på skolornas tak"
    seen = told(
        db,
        minutes("2025-02-03", "Kommunfullmäktige", item("4", title, "KS 2025/12", [("remitted", MOTION)])),
        minutes("2025-05-26", "Kommunfullmäktige", item("3", title, "KS 2025/12", [("rejected", "Motionen avslås.")])),
    )
    waits = {day: seen.execute(casebook.PENDING, {"as_of": day}).fetchall() for day in ("2025-03-01", "2025-06-01")}
    assert [(row["number"], row["since"]) for row in waits["2025-03-01"]] == [("KS 2025/12", "2025-02-03")]
    assert not waits["2025-06-01"]
    assert any("Motion om solceller" in line for line in casebook.waiting(seen, "2025-03-01"))


def test_the_command(db, tmp_path):
    read(db, *TAX)
    file = ["--db", str(tmp_path / "protoparse.db"), "--as-of", "2025-12-01"]
    shown = CliRunner().invoke(main, ["matter", "KS 2025-00012", *file])
    assert shown.exit_code == 0 and shown.output.startswith("KS 2025/12 · Taxan")
    waits = CliRunner().invoke(main, ["matter", *file])
    assert waits.exit_code == 0 and "Förslag utan känt svar den 2025-12-01: 0" in waits.output
    unknown = CliRunner().invoke(main, ["matter", "KS 2025/99", *file])
    assert unknown.exit_code == 2 and "Inget ärende har numret" in unknown.stderr


# --- what holds for any documents

ORGANS = ["Kommunstyrelsens arbetsutskott", "Kommunstyrelsen", "Kommunfullmäktige", "Miljönämnden", "Kustrådet"]
TITLES = ["Plan för skärgården", "Svar på motion om en brygga vid ån", "Motion om en brygga vid ån", "Information"]
CASES = [None, "KS 2025/12", "KS/2025:12", "2025/12", "MN 2025/12", "KS 2025/13 och MN 2025/12"]
POINTS = [
    ("proposed", ASK + "anta planen för skärgården."),
    ("proposed", "Miljönämnden tillstyrker motionen."),
    ("approved", "Planen för skärgården antas."),
    ("approved", "Kommunfullmäktige beslutar enligt kommunstyrelsens förslag."),
    ("remitted", "Motionen om en brygga vid ån remitteras till kommunstyrelsen."),
    ("rejected", "Motionen avslås."),
    ("deferred", "Ärendet bordläggs."),
]
an_item = st.builds(
    item,
    st.sampled_from(["1", "2", "3"]),
    st.sampled_from(TITLES),
    st.sampled_from(CASES),
    st.lists(st.sampled_from(POINTS), max_size=2),
)
a_document = st.tuples(
    st.sampled_from([None, "2025-02-03", "2025-02-24", "2025-03-24", "2026-02-01"]),
    st.sampled_from(ORGANS),
    st.lists(an_item, min_size=1, max_size=3, unique_by=lambda it: it["number"]),
    st.sampled_from(["Granås kommun", "Granås kommun", "Sillviks kommun", None]),
    st.sampled_from(["protokoll", "protokoll", "minnesanteckningar", "kallelse"]),
)
some = st.lists(a_document, min_size=1, max_size=6)
MATTERS = Made(finish, ["matters", "matter_steps", "answers"])


def made(number, it):
    day, organ, items, owner, kind = it
    return minutes(day, organ, *items, owner=owner, kind=kind, name=f"{number}.pdf")


@calm
@given(some, st.randoms(use_true_random=False), st.integers(0, 6))
def test_neither_order_nor_batches_matter(db, said, random, cut):
    check_order(MATTERS, db, [made(number, it) for number, it in enumerate(said)], random, cut)


@calm
@given(some, st.integers(0, 6))
def test_a_removed_document_takes_just_what_it_said(db, said, which):
    check_removal(MATTERS, db, [made(number, it) for number, it in enumerate(said)], which)


def test_twenty_thousand_sections_are_quick(db):
    start = date(2020, 1, 7)
    db.execute("BEGIN")
    for at in range(400):
        day, organ = (start + timedelta(days=3 * at)).isoformat(), ORGANS[1 + at % 2]
        document = {
            "id": f"d{at:04}",
            "path": f"{at}.pdf",
            "label": "x",
            "kind": "protokoll",
            "organ": organ,
            "organ_id": None,
            "meeting_date": day,
            "status": "read",
        }
        store.insert(db, "documents", [document])
        listed = [
            {
                "id": f"d{at:04}-s{k}",
                "document": document["id"],
                "ordinal": k,
                "number": str(k),
                "title": f"Åtgärd vid plats {k + at // 2 * 50}",
                "case_number": f"KS 2025/{k + at // 2 * 50}",
                "parent": None,
                "page": 1,
                "evidence": None,
            }
            for k in range(50)
        ]
        store.insert(db, "sections", listed)
        store.insert(
            db,
            "decisions",
            [
                {
                    "id": f"d{at:04}-d{k}",
                    "document": document["id"],
                    "section": f"d{at:04}-s{k}",
                    "ordinal": k,
                    "page": 1,
                    "text": f"{ASK if at % 2 == 0 else ''}Plats {k} får 10 nya bänkar.",
                    "outcome": "approved" if at % 2 else "proposed",
                    "evidence": None,
                    "heading": None,
                }
                for k in range(50)
            ],
        )
    db.execute("COMMIT")
    with store.writing(db):
        took = taken(lambda: matters.rebuild(db))
    assert db.execute("SELECT count(*) FROM matter_steps").fetchone() == (20000,)
    assert db.execute("SELECT count(*) FROM answers WHERE agrees = 1").fetchone() == (10000,)
    assert took < 6, f"{took:.1f} s"  # under 2 s where nothing else is done
