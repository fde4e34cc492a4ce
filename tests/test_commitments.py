"""Tasks with a day, and the later sections that report back."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import decision, meeting, mention, passage, rows, section, source, taken
from orders import Made, calm, check_order, check_removal
from protoparse import asof, audit, commitments, handled, ics, store
from protoparse.entries import Mark
from protoparse.models import Section
from protoparse.resolve import resolve

TASK = "Förvaltningen får i uppdrag att redovisa en plan för skolgårdarnas belysning senast den 5 maj 2025."


def task(text=TASK, due="2025-05-05", to="Förvaltningen", **given):
    day = date.fromisoformat(due) if due else None
    return decision(text, **{"outcome": "assigned", "due": day, "assigned_to": to, "section": 1, **given})


def part(title="Belysning på skolgårdar", text="", number="4", case=None, ordinal=1) -> Section:
    said = [passage(line, zone="body", section=ordinal) for line in text.split("\n") if line]
    return section(ordinal, title, number, case_number=case, passages=said)


def minutes(name, day, *sections, organ="Skolnämnden", kind="protokoll", **given):
    return rows(name, meeting=meeting(day, kind=kind, organ=organ), sections=list(sections), **given)


def given_task(case=None, **more):
    return minutes("a.pdf", "2025-03-04", part(case=case), decisions=[task(**more)])


def finish(db):
    with store.writing(db):
        resolve(db)
        commitments.rebuild(db)
    return db


def filled(db, *documents):
    for document in documents:
        store.write_document(db, document)
    return finish(db)


def told(db):
    return [(r["reported_on"], r["final"], r["how"]) for r in db.query("SELECT * FROM commitments ORDER BY id")]


def promised(db, text, words="den 5 maj 2025", bound="by", kind="minnesanteckningar", **given):
    day = mention(words, "2025-05-05").model_copy(update={"section": 1, "bound": bound})
    filled(db, minutes("a.pdf", "2025-03-04", part("Laget runt", text), kind=kind, dates=[day], **given))
    return [(r["assigned_to"], r["due"], r["text"]) for r in db["commitments"].rows]


@pytest.mark.parametrize(
    ("text", "bound", "who", "due"),
    [
        ("Siv Lund återkommer senast den 5 maj 2025 med en kalkyl.", "by", "Siv Lund", "2025-05-05"),
        ("Siv Lund, kommunen, tar fram en mall till den 5 maj 2025.", "until", "Siv Lund", "2025-05-05"),
        ("Processledaren ska redovisa läget före den 5 maj 2025.", "by", "Processledaren", "2025-05-04"),
    ],
)
def test_a_promise_in_notes_is_a_task(db, text, bound, who, due):
    assert promised(db, f"Alla var där. {text}", bound=bound) == [(who, due, text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Kommunerna lämnar sina ansökningar senast den 5 maj 2025.", "minnesanteckningar"),
        ("Bidraget till Siv Lund lämnas senast den 5 maj 2025.", "minnesanteckningar"),
        ("Siv Lund berättar att anbud lämnas senast den 5 maj 2025.", "minnesanteckningar"),
        ("Siv Lund återkommer senast den 5 maj 2025 med en kalkyl.", "protokoll"),
    ],
)
def test_what_is_no_promise(db, text, kind):
    assert promised(db, text, kind=kind) == []


def test_a_promise_that_is_decided_is_told_once(db):
    text = "Siv Lund återkommer senast den 5 maj 2025 med en kalkyl."
    assert len(promised(db, text, decisions=[task(text, to="Siv Lund")])) == 1


@pytest.mark.parametrize(
    ("title", "text", "how"),
    [
        ("Plan för belysning", "Förvaltningen redovisar planen för skolgårdarnas belysning.", "ärendenummer SN 2025/7"),
        ("Belysning", "Förvaltningen har tagit fram det som begärdes i mars, § 4.", "ärendenummer SN 2025/7"),
        ("Återrapportering av skolgårdarnas belysning", "", "ärendenummer SN 2025/7"),
    ],
)
def test_a_report_under_the_same_case_number(db, title, text, how):
    filled(db, given_task("SN 2025/7"), minutes("b.pdf", "2025-05-06", part(title, text, "31", "SN 2025/7")))
    assert told(db) == [("2025-05-06", 1, how)]


@pytest.mark.parametrize("printed", ["SN/2025:7", "Dnr SN 2025-0007", "2025.007 SN", "sn 2025/7"])
def test_a_case_number_is_the_same_in_any_print(db, printed):
    report = part("Återrapportering av skolgårdarnas belysning", "", "31", printed)
    filled(db, given_task("SN 2025/7"), minutes("b.pdf", "2025-05-06", report))
    assert told(db) == [("2025-05-06", 1, "ärendenummer SN 2025/7")]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Plan för skolgårdarnas belysning", "Nämnden beslutar att köpa nya lyktor."),
        ("Skolgårdarnas belysning", "Förvaltningen ska redovisa planen för skolgårdarnas belysning i juni."),
        ("Skolgårdarnas belysning", "Planen för skolgårdarnas belysning har inte redovisats."),
        ("Begäran om förlängd tid för slutrapport om skolgårdarnas belysning", ""),
        ("Ekonomisk uppföljning", "Förvaltningen redovisar utfallet efter fyra månader."),
    ],
)
def test_the_same_matter_is_no_report(db, title, text):
    filled(db, given_task("SN 2025/7"), minutes("b.pdf", "2025-05-06", part(title, text, "31", "SN 2025/7")))
    assert told(db) == [(None, None, None)]


def test_a_report_that_was_sent_back_is_none(db):
    put_off = decision("Ärendet återremitteras.", outcome="remitted", section=1)
    later = part("Återrapportering av skolgårdarnas belysning", "", "31", "SN 2025/7")
    filled(db, given_task("SN 2025/7"), minutes("b.pdf", "2025-05-06", later, decisions=[put_off]))
    assert told(db) == [(None, None, None)]


@pytest.mark.parametrize("kind", ["kallelse", "nyhetsbrev"])
def test_only_minutes_report(db, kind):
    later = part("Återrapportering av uppdrag om skolgårdarnas belysning")
    filled(db, given_task(), minutes("b.pdf", "2025-05-06", later, kind=kind))
    assert told(db) == [(None, None, None)]


@pytest.mark.parametrize(
    ("title", "text", "how"),
    [
        ("Återrapportering av uppdrag om skolgårdarnas belysning", "", "rubrik"),
        ("Uppföljning av uppdrag", "– Plan för skolgårdars belysning: klar och utskickad.", "ordalydelse"),
        ("Lyktor", "Enligt uppdraget redovisar Siv Ek planen för skolgårdarnas belysning.", "ordalydelse"),
    ],
)
def test_a_report_by_its_words(db, title, text, how):
    filled(db, given_task(), minutes("b.pdf", "2025-05-06", part(title, text, "31")))
    assert told(db) == [("2025-05-06", 1, how)]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Uppföljning av uppdrag", "– Plan för skolgårdars belysning: inte klar, redovisas i juni."),
        ("Återrapportering av uppdrag om badplatsernas belysning och bryggor", ""),
        ("Lyktor", "Siv Ek redovisar planen för gatornas underhåll enligt uppdraget."),
    ],
)
def test_other_words_are_no_report(db, title, text):
    filled(db, given_task(), minutes("b.pdf", "2025-05-06", part(title, text, "31")))
    assert told(db) == [(None, None, None)]


def test_words_that_many_tasks_share_tell_nothing(db):
    names = ["bryggor", "lekplatser", "parkbänkar", "fontäner"]
    others = [task(f"Parkchefen får i uppdrag att ta fram en plan för Ekbackas {name}.", None) for name in names]
    several = [part(f"Ärende {k}", ordinal=k) for k in range(1, 5)]
    for k, one in enumerate(others, 1):
        others[k - 1] = one.model_copy(update={"section": k})
    report = part("Redovisning av uppdrag om plan för Ekbackas belysning")
    given = minutes("a.pdf", "2025-03-04", *several, decisions=others)
    filled(db, given, minutes("b.pdf", "2025-05-06", report))
    assert told(db) == [(None, None, None)] * 4


def test_an_earlier_or_another_organs_report_is_none(db):
    heading = "Återrapportering av uppdrag om skolgårdarnas belysning"
    before = minutes("b.pdf", "2025-02-01", part(heading))
    other = minutes("c.pdf", "2025-05-06", part(heading), organ="Parknämnden")
    filled(db, given_task(), before, other)
    assert told(db) == [(None, None, None)]


def test_the_organ_that_the_task_names_may_get_the_report(db):
    text = "Skolnämnden får i uppdrag att återkomma till kommunstyrelsen om skolgårdarnas belysning i maj 2025."
    given = minutes(
        "a.pdf",
        "2025-03-04",
        part(case="KS 2025/9"),
        organ="Kommunfullmäktige",
        decisions=[task(text, to="Skolnämnden")],
    )
    report = part("Återrapportering, skolgårdarnas belysning", "", "60", "KS 2025/9")
    filled(db, given, minutes("b.pdf", "2025-05-06", report, organ="Kommunstyrelsen"))
    assert told(db) == [("2025-05-06", 1, "ärendenummer KS 2025/9")]


def test_two_sections_that_could_report_tie_nothing(db):
    one = part("Återrapportering av uppdrag om skolgårdarnas belysning", ordinal=1)
    other = part("Slutrapport om skolgårdarnas belysning", number="5", ordinal=2)
    filled(db, given_task(), minutes("b.pdf", "2025-05-06", one, other))
    assert told(db) == [(None, None, None)]


def test_a_report_in_part_leaves_the_task_open(db):
    filled(db, given_task(), minutes("b.pdf", "2025-04-06", part("Delrapport om skolgårdarnas belysning")))
    assert told(db) == [("2025-04-06", 0, "delrapport, rubrik")]
    (owed,) = seen(db, "2025-06-01")["commitment_overdue"]
    assert (owed.reported_on, owed.how, owed.days_left) == ("2025-04-06", "delrapport, rubrik", -27)
    filled(db, minutes("c.pdf", "2025-05-20", part("Slutrapport om skolgårdarnas belysning")))
    assert told(db) == [("2025-05-20", 1, "rubrik")]


def seen(db, as_of, within=90):
    return asof.report(db.conn, date.fromisoformat(as_of), within).tasks


def test_the_day_of_looking_decides(db):
    filled(db, given_task(), minutes("b.pdf", "2025-06-10", part("Slutrapport om skolgårdarnas belysning")))
    count = {day: [len(found) for found in seen(db, day).values()] for day in SEEN}
    assert count == SEEN


SEEN = {
    "2025-03-03": [0, 0],  # the task is not known yet
    "2025-03-04": [0, 1],
    "2025-05-05": [0, 1],
    "2025-05-06": [1, 0],
    "2025-06-09": [1, 0],
    "2025-06-10": [0, 0],  # the report is known
}


def test_a_task_without_a_day_is_never_overdue(db):
    filled(db, given_task(due=None, text="Förvaltningen får i uppdrag att se över skolgårdarnas belysning."))
    assert len(told(db)) == 1
    assert seen(db, "2027-01-01") == {"commitment_overdue": [], "commitment_near": []}


def test_a_right_is_no_task(db):
    filled(db, given_task(due=None, text="Kassören bemyndigas att teckna lån."))
    assert told(db) == []


def test_a_later_decision_moves_the_day(db):
    text = "Nämnden beslutar att tiden förlängs till den 30 september 2025 för planen om belysning."
    day = mention("den 30 september 2025", "2025-09-30").model_copy(update={"section": 1})
    later = minutes("b.pdf", "2025-05-06", part("Skolgårdar", text, "31", "SN 2025/7"), dates=[day])
    filled(db, given_task("SN 2025/7"), later)
    (before,) = seen(db, "2025-05-05")["commitment_near"]
    (after,) = seen(db, "2025-10-01")["commitment_overdue"]
    assert (before.due, before.due_before) == ("2025-05-05", None)
    assert (after.due, after.due_before, after.days_left) == ("2025-09-30", "2025-05-05", -1)
    assert seen(db, "2025-06-01", 10) == {"commitment_overdue": [], "commitment_near": []}


def test_an_extract_and_a_newsletter_tell_of_the_same_task(db):
    extract = minutes("u.pdf", "2025-03-04", part(), decisions=[task()])
    extract["documents"][0]["form"] = "utdrag"
    letter = minutes("n.pdf", "2025-03-20", part(number=None), kind="nyhetsbrev", decisions=[task()])
    filled(db, extract, letter, given_task())
    assert [row["document"] for row in db["commitments"].rows] == [source("a.pdf").id]


def test_the_audit_shows_them(db):
    filled(db, given_task())
    report = asof.report(db.conn, date(2025, 6, 1))
    assert not report.alarming
    text = audit.as_text(report)
    assert "Uppdrag som skulle ha varit klara (1)" in text
    assert f"”{TASK}” – a.pdf s. 1 (2025-03-04)" in text
    (row,) = json.loads(audit.as_json(report))["commitment_overdue"]
    assert (row["due"], row["assigned_to"], row["file"]) == ("2025-05-05", "Förvaltningen", "a.pdf")
    assert "commitment_overdue,,,,2025-05-05,-27,Skolnämnden: Förvaltningen" in audit.as_csv(report)
    calendar = ics.as_ics(report)
    assert "DTSTART;VALUE=DATE:20250505" in calendar and "SUMMARY:Förvaltningen: uppdrag ska vara klart" in calendar


def test_a_handled_task_is_left_out(db):
    filled(db, given_task())
    (row,) = db["commitments"].rows
    mark = Mark(row["id"], handled.seen(row["text"], row["due"]), "E. Ek", "2025-06-01", "", "a.yml")
    with store.writing(db):
        handled.redo(db, [mark])
    assert seen(db, "2025-06-01")["commitment_overdue"] == []
    whole = asof.report(db.conn, date(2025, 6, 1), every=True)
    assert f"[{row['id']}] hanterat 2025-06-01 av E. Ek" in audit.as_text(whole)
    assert asof.report(db.conn, date(2025, 6, 1)).hidden == 1


# --- whatever the order


HEADINGS = ["Återrapportering av uppdrag om skolgårdarnas belysning", "Delrapport om badets bryggor", "Skolgårdar"]
TEXTS = [TASK, "Chefen får i uppdrag att till maj 2025 redovisa badets bryggor."]
document = st.fixed_dictionaries(
    {
        "day": st.sampled_from(["2025-03-04", "2025-04-01", "2025-06-01"]),
        "organ": st.sampled_from(["Skolnämnden", "Parknämnden"]),
        "title": st.sampled_from(HEADINGS),
        "case": st.sampled_from([None, "SN 2025/7"]),
        "tasks": st.lists(st.sampled_from(TEXTS), max_size=2, unique=True),
    }
)


def made(number, said):
    return minutes(
        f"{number}.pdf",
        said["day"],
        part(said["title"], case=said["case"]),
        organ=said["organ"],
        decisions=[task(text) for text in said["tasks"]],
    )


COMMITMENTS = Made(finish, ["commitments"])
some = st.lists(document, min_size=1, max_size=5)


@calm
@given(some, st.randoms(use_true_random=False), st.integers(0, 5))
def test_neither_order_nor_batches_matter(db, said, random, cut):
    check_order(COMMITMENTS, db, [made(number, it) for number, it in enumerate(said)], random, cut)


@calm
@given(some, st.integers(0, 5))
def test_a_removed_document_takes_just_what_it_said(db, said, which):
    check_removal(COMMITMENTS, db, [made(number, it) for number, it in enumerate(said)], which)


def test_many_documents_are_quick(db):
    start = date(2015, 1, 1)
    documents, sections, decisions = [], [], []
    for number in range(5_000):
        day = (start + timedelta(number % 3000)).isoformat()
        id, organ = f"{number:012x}", f"organ-{number % 40}"
        documents.append({"id": id, "path": f"{id}.pdf", "label": id, "kind": "protokoll", "status": "read"})
        documents[-1] |= {"organ": organ, "organ_id": organ, "meeting_date": day, "year": int(day[:4])}
        title = f"Återrapportering av uppdrag om lykta{number} vid väg{number % 997}"
        row = {"id": f"{id}-s", "document": id, "ordinal": 1, "number": "4", "title": title, "text": title}
        sections.append(row | {"case_number": f"SN {number % 5000}", "meeting_date": day, "page": 1})
        for k in (1, 2):
            text = f"Förvaltningen får i uppdrag att redovisa lykta{number - 40 * k} vid väg{(number - 40 * k) % 997}."
            row = {"id": f"{id}-d{k}", "document": id, "section": f"{id}-s", "ordinal": k, "text": text}
            decisions.append(row | {"outcome": "assigned", "due": day, "organ": organ, "organ_id": organ})
            decisions[-1] |= {"meeting_date": day, "year": int(day[:4]), "page": 1, "assigned_to": "Förvaltningen"}
    with store.writing(db):
        store.insert(db, "documents", documents)
        store.insert(db, "sections", sections)
        store.insert(db, "decisions", decisions)
        spent = taken(lambda: commitments.rebuild(db))
    assert db["commitments"].count == 10_000
    assert spent < 2, spent  # half of that on a machine with nothing else to do
