"""Undated documents: when another document dates the same meeting, and when nobody can tell."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import decision, evidence, funding, meeting, passage, rows, section, sheet
from protoparse import asof, audit, findings, inference, retold, store, telling
from protoparse.bounds import Mention, bounds
from protoparse.inference import sentence_of
from protoparse.models import DateMention
from protoparse.resolve import resolve

TOLD = "Vid Länsrådets möte den 3 oktober 2025 diskuterades nattlinjens öppettider, bemanning och ekonomi."
OWN = "Vid mötet diskuterades linjens öppettider, bemanning och hur den ska betalas."


def finish(db):
    with store.writing(db):
        resolve(db)
        if inference.redo(db):
            resolve(db)
        findings.rebuild(db)
    return db


def dated(text, day, section, bound=None):
    one = date.fromisoformat(day)
    proof = evidence(text, "datum")
    return DateMention(evidence=proof, text=text, start=one, end=one, precision="day", bound=bound, section=section)


def letter(name="brev.pdf", own=OWN, first="den 1 september 2025", last="den 31 oktober 2025", **given):
    """An undated newsletter that tells of a meeting, with a day behind it and a day ahead."""
    sections = [
        section(1, "Nattlinjen", passages=[passage(own)]),
        section(2, "Ny väg in", passages=[passage(f"Mottagningen öppnades {first}.")]),
        section(3, "Planer", passages=[passage(f"Synpunkter lämnas senast {last}.")]),
    ]
    days = {
        "den 1 september 2025": "2025-09-01",
        "den 31 oktober 2025": "2025-10-31",
        "den 3 november 2025": "2025-11-03",
    }
    mentions = [dated(first, days[first], 2), dated(last, days[last], 3, "by")]
    base = {"meeting": meeting(None, kind="nyhetsbrev", organ="Länsrådet"), "sections": sections, "dates": mentions}
    return rows(name, **{**base, **given})


def protocol(name="protokoll.pdf", told=TOLD, day="2025-12-12", words="den 3 oktober 2025", when="2025-10-03", **given):
    """A dated protocol that tells of an earlier meeting."""
    sections = [section(1, given.pop("heading", "Nattlinjen"), passages=[passage(told)])]
    base = {"meeting": meeting(day, organ=given.pop("organ", "Länsrådet")), "sections": sections}
    return rows(name, **{**base, "dates": [dated(words, when, 1)], **given})


def day_of(db, path="brev.pdf"):
    found = db.query("SELECT meeting_date, meeting_date_source FROM documents WHERE path = ?", [path])
    return tuple(next(found).values())


def written(db, *documents):
    for one in documents:
        store.write_document(db, one)
    return finish(db)


def test_a_document_is_dated_by_another_that_tells_of_the_meeting(db):
    until = funding("Nattlinjen betalas till den 31 december 2025.", "Nattlinjen", "2025-12-31")
    written(db, letter(funding=[until], decisions=[decision("Rådet godkänner planen.")]), protocol())
    assert day_of(db) == ("2025-10-03", "inferred")
    (why,) = db["date_inferences"].rows
    assert (why["earliest"], why["latest"], why["sentence"], why["own_sentence"]) == (
        "2025-09-01",
        "2025-10-31",
        TOLD,
        OWN,
    )
    assert next(db.query("SELECT quote FROM evidence WHERE id = ?", [why["evidence"]]))["quote"] == "den 3 oktober 2025"
    for table in ("funding", "decisions", "dates", "sections"):
        query = (
            f"SELECT x.meeting_date, x.year FROM {table} x JOIN documents d ON d.id = document WHERE path = 'brev.pdf'"
        )
        assert set(db.execute(query).fetchall()) == {("2025-10-03", 2025)}, table
    assert db.execute("PRAGMA foreign_key_check(date_inferences)").fetchall() == []
    text = audit.as_text(asof.report(db.conn, date(2026, 1, 1)))
    assert "brev.pdf: daterat 2025-10-03 genom slutledning" in text
    assert "2025-09-01 och 2025-10-31" in text


@pytest.mark.parametrize(
    "documents",
    [
        [letter()],
        [letter(), protocol(told=TOLD.replace("Länsrådets", "Kulturrådets"))],
        [letter(), protocol(told=TOLD.replace("Länsrådets möte", "arbetsgruppens möte inom Länsrådet"))],
        [letter(), protocol(told=TOLD.replace("Vid Länsrådets möte", "Vid mötet"), organ="Kulturrådet")],
        [letter(), protocol(heading="Fritidsbanken")],
        [letter(), protocol(told="Vid Länsrådets möte den 3 oktober 2025 diskuterades lokaler, parkering och snö.")],
        [letter(), protocol(told=TOLD.replace("Vid Länsrådets möte", "Från"))],
        [letter(), protocol(told=TOLD.replace("diskuterades", "ska rådet ta upp"))],
        [letter(own=OWN.replace("Vid mötet diskuterades", "Många undrar över")), protocol()],
        [letter(last="den 1 september 2025"), protocol()],
        [letter(first="den 3 november 2025"), protocol()],
        [letter(dates=[]), protocol()],
        [
            letter(),
            protocol(),
            protocol(
                "annat.pdf",
                TOLD.replace("3 oktober", "10 oktober"),
                "2025-11-12",
                "den 10 oktober 2025",
                "2025-10-10",
            ),
        ],
        [letter(), protocol(), rows("b.pdf", meeting=meeting("2025-10-03", kind="nyhetsbrev", organ="Länsrådet"))],
        [letter(meeting=meeting(None, kind="nyhetsbrev", organ=None)), protocol()],
    ],
    ids=[
        "alone", "another organ", "a group of the organ", "another organ's own meeting", "another heading",
        "other subjects", "no meeting", "still to come", "nothing of a meeting", "after the last day",
        "before the first day", "no bounds", "two days", "the day is taken", "no organ",
    ],
)  # fmt: skip
def test_a_day_is_never_guessed(db, documents):
    written(db, *documents)
    assert day_of(db) == (None, None)
    (why,) = db["date_inferences"].rows
    assert why["reason"].endswith("Ordningen är okänd.")
    assert why["told_by"] is None


RETOLD = "Vid Länsrådets möte den 3 oktober 2025 diskuterades nattlinjens bemanning och var personalen ska sova."
OWN_RETOLD = "När rådet träffades diskuterades nattlinjens bemanning och var personalen ska sova."


@pytest.mark.parametrize(
    ("own", "title", "found"),
    [
        (OWN_RETOLD, "Nattlinjens bemanning", "2025-10-03"),
        (OWN_RETOLD, "Nattlinjens kök", "2025-10-03"),
        (OWN_RETOLD.replace("var personalen ska sova", "schemat"), "Nattlinjens bemanning", None),
        (OWN_RETOLD.replace("När rådet träffades", "I veckan"), "Nattlinjens bemanning", None),
    ],
)
def test_what_is_told_under_the_heading_of_the_last_meeting(db, own, title, found):
    sections = [section(1, title, passages=[passage(own)])]
    meeting_ = meeting(None, kind="nyhetsbrev", organ="Länsrådet")
    pages = [sheet(text="Nytt från rådet\nOktober 2025")]
    written(
        db,
        rows("brev.pdf", meeting=meeting_, sections=sections, pages=pages),
        protocol(told=RETOLD, heading="Föregående möte"),
    )
    assert day_of(db)[0] == found


def test_the_organ_s_own_protocol_may_just_say_the_meeting(db):
    written(db, letter(), protocol(told=TOLD.replace("Vid Länsrådets möte", "Vid föregående möte")))
    assert day_of(db) == ("2025-10-03", "inferred")


NIGHT_TOLD = "nattlinjens bemanning i Sandby, samtalen på kvällen och jouren"
TOLD_FORMS = [
    f"På Länsrådet den 3 oktober 2025 togs {NIGHT_TOLD} upp.",
    f"Vid Länsrådets möte i Sandby den 3 oktober 2025 redovisades {NIGHT_TOLD}.",
    f"Vid föregående möte (den 3 oktober 2025) informerades om {NIGHT_TOLD}.",
    f"Vid rådets oktobermöte den 3 oktober 2025 behandlades {NIGHT_TOLD}.",
    f"På rådsmötet den 3 oktober 2025 presenterade Ulla Sand {NIGHT_TOLD}.",
    f"När rådet träffades den 3 oktober 2025 talade ledamöterna om {NIGHT_TOLD}.",
    f"Länsrådet diskuterade den 3 oktober 2025 {NIGHT_TOLD}.",
    f"Den 3 oktober 2025 diskuterade Länsrådet {NIGHT_TOLD}.",
    f"Den 3 oktober 2025 fördes i Länsrådet en dialog om {NIGHT_TOLD}.",
    f"Rådets senaste möte hölls den 3 oktober 2025. Då berättade Ulla Sand om {NIGHT_TOLD}.",
    f"Länsrådet sammanträdde den 3 oktober 2025. Mötet gällde annat. Även {NIGHT_TOLD} togs upp.",
    f"Föregående möte, den 3 oktober 2025: {NIGHT_TOLD} diskuterades.",
]
OWN_FORMS = [
    "Rådet diskuterade nattlinjens bemanning i Sandby och samtalen på kvällen.",
    "Ledamöterna pratade vid mötet om bemanningen i Sandby och hur kvällssamtalen i nattlinjen ska gå till.",
    "Det här togs upp på mötet:\n• Nattlinjens bemanning i Sandby\n• Samtalen på kvällen",
    "Rådet möttes i Sandby. Där diskuterades hur nattlinjen ska bemannas. Bemanningen och jouren är svårast i Sandby.",
    "När Länsrådet träffades fick ledamöterna höra om jouren och nattlinjens bemanning i Sandby.",
]


def shared(own, told, title="Nattlinjen", heading="Tillbakablick", organ="Länsrådet"):
    """What a letter has in common with the paragraph of a protocol that dates a meeting."""
    words = "Den 3 oktober 2025" if told.startswith("Den") else "den 3 oktober 2025"
    sentence = sentence_of(told, words)
    more = telling.following(told, sentence)
    named = telling.meeting_of(sentence, words, more)
    if named is None:
        return None
    part = telling.Part((heading,), told)
    one = telling.Telling("b", organ, "b.pdf", "2025-10-03", 1, None, sentence, named, part, more)
    parts = (telling.Part((title,), own),)
    return retold.shared_sentence(telling.Undated("a", "nyhetsbrev", organ, (organ,), (), parts), one)


@pytest.mark.parametrize("told", TOLD_FORMS)
def test_a_meeting_is_told_of_in_many_ways(told):
    assert shared(OWN_FORMS[0], told) == OWN_FORMS[0]


@pytest.mark.parametrize("own", OWN_FORMS)
def test_and_so_it_is_by_the_letter(own):
    assert shared(own, TOLD_FORMS[0])


@pytest.mark.parametrize(
    "told",
    [
        f"Vid arbetsgruppens möte den 3 oktober 2025 diskuterades {NIGHT_TOLD}.",
        f"Vid styrelsens möte den 3 oktober 2025 diskuterades {NIGHT_TOLD}.",
        f"Den 3 oktober 2025 diskuterade Kulturrådet {NIGHT_TOLD}.",
        f"Länsrådet diskuterade {NIGHT_TOLD} som startade den 3 oktober 2025.",
        f"Nattlinjen startade den 3 oktober 2025. Länsrådet diskuterade {NIGHT_TOLD}.",
        f"På Länsrådets uppdrag gjordes den 3 oktober 2025 en översyn: {NIGHT_TOLD}.",
        "På Länsrådet den 3 oktober 2025 diskuterades bemanning, samtal och ekonomi.",
        "På Länsrådet den 3 oktober 2025 diskuterades nattlinjens lokaler, avtal och telefon.",
    ],
)
def test_what_is_no_meeting_of_the_organ_dates_nothing(told):
    assert shared(OWN_FORMS[0], told) is None


@pytest.mark.parametrize(
    ("event", "own", "found"),
    [
        ("Vid ägarsamrådet", "På höstens ägarsamråd", True),
        ("Vid ägarsamrådet", "På vår kurs", False),
        ("Vid ägarsamrådet", "På höstens branddag", False),
    ],
)
def test_a_gathering_that_both_name(event, own, found):
    what = "berättade forskaren Ulla Sand om boken Natten i Sandby."
    assert bool(shared(f"{own} {what}", f"{event} den 3 oktober 2025 {what}")) is found


def test_the_board_of_an_association_is_the_association(db):
    whose = "Samordningsförbundet Bäcken"
    told = f"På styrelsens möte den 3 oktober 2025 diskuterades {NIGHT_TOLD}."
    own = "Styrelsen diskuterade vid sitt möte nattlinjens bemanning i Sandby."
    brief = letter(own=own, meeting=meeting(None, kind="nyhetsbrev", organ=whose))
    written(db, brief, protocol(told=told, organ=f"Styrelsen för {whose}", heading="Återblick"))
    assert day_of(db)[0] == "2025-10-03"


def test_a_second_day_outside_the_bounds_does_no_harm(db):
    other = protocol(
        "annat.pdf", TOLD.replace("3 oktober", "10 januari"), "2025-11-12", "den 10 januari 2025", "2025-01-10"
    )
    written(db, letter(), protocol(), other)
    assert day_of(db) == ("2025-10-03", "inferred")


def test_the_day_goes_with_the_document_that_told_it(db):
    until = funding("Nattlinjen betalas till den 31 december 2025.", "Nattlinjen", "2025-12-31")
    written(db, protocol(), letter(funding=[until]))
    store.remove_document(db, next(db.query("SELECT id FROM documents WHERE path = 'protokoll.pdf'"))["id"])
    finish(db)
    assert day_of(db) == (None, None)
    assert [row["meeting_date"] for row in db["funding"].rows] == [None]
    assert "brev.pdf: odaterat" in audit.as_text(asof.report(db.conn, date(2026, 1, 1)))
    written(db, protocol())
    assert day_of(db) == ("2025-10-03", "inferred")


def day(iso, sentence, words, bound=None):
    return Mention(iso, iso, "day", bound, sentence, words)


def between(*given):
    found = bounds(*given)
    return found.earliest, found.latest


PAST = day("2025-02-01", "Linjen startade den 1 februari 2025.", "den 1 februari 2025")
BY = day("2025-11-14", "Svara senast den 14 november 2025.", "den 14 november 2025", "by")


def test_bounds_are_read_from_what_is_past_and_what_is_to_come():
    plan = day("2026-05-01", "Linjen flyttar den 1 maj 2026.", "den 1 maj 2026")
    year = Mention("2026-01-01", "2026-12-31", "year", None, "Nämnden beslutade om planen för 2026.", "2026")
    found = bounds([plan, BY, PAST, year])
    assert (found.earliest_sentence, found.latest_sentence) == (PAST.sentence, BY.sentence)
    assert between([plan, BY, PAST, year]) == ("2025-02-01", "2025-11-14")
    assert between([plan, year]) == (None, None)


OPENS = "Anmälan öppnar den 1 oktober."
MET = "Vid mötet den 18 september beslutades om en ny lokal."


@pytest.mark.parametrize(
    ("mentions", "sentences", "head", "expected"),
    [
        ([], [MET, OPENS], ["brev-hosten-2026.pdf", "Nytt från rådet"], ("2026-09-18", "2026-10-01")),
        ([], [MET, OPENS], ["brev.pdf", "Nytt från rådet", "Hösten 2026"], ("2026-09-18", "2026-10-01")),
        ([], [MET], ["brev_oktober_2026.pdf"], ("2026-09-18", "2026-10-31")),
        ([], [OPENS], ["brev.pdf", "Nyhetsbrev september 2026"], ("2026-09-01", "2026-10-01")),
        ([PAST, BY], [MET, OPENS], ["brev.pdf"], ("2025-09-18", "2025-10-01")),
        ([PAST, BY], ["Anmälan senast den 14 januari."], ["brev.pdf"], ("2025-02-01", "2025-11-14")),
        ([], ["Vi träffades den 6 februari, och den 9 mars."], ["Hösten 2026"], ("2026-02-06", "2026-12-31")),
        ([], ["Kursen börjar den 14 januari."], ["Hösten 2026"], ("2026-07-01", "2027-01-14")),
        ([], [MET], ["Nytt från rådet", "Nr 3, 2026"], ("2026-09-18", "2026-12-31")),
        ([], [MET], ["höstbrev 2026.pdf", "Nr 3/2026"], ("2026-09-18", "2026-12-31")),
        # what fixes no year
        ([], [MET, OPENS], ["brev.pdf", "Nytt från rådet"], (None, None)),
        ([BY], [MET], ["brev.pdf"], (None, "2025-11-14")),
        ([], [MET, OPENS], ["brev-hosten-2026.pdf", "Våren 2026"], (None, None)),
        ([], [MET, OPENS], ["Vintern 2026"], (None, None)),
        ([], ["Vid mötet den 31 februari sades ingenting."], ["Våren 2026"], ("2026-01-01", "2026-06-30")),
        ([], ["Kursen hölls den 3 maj–5 juni 2024."], ["Våren 2026"], ("2026-01-01", "2026-06-30")),
    ],
)
def test_days_without_a_year_count_where_something_else_fixes_it(mentions, sentences, head, expected):
    assert between(mentions, sentences, head) == expected


def test_days_with_a_year_are_believed_where_the_others_do_not_fit():
    late = "Vid mötet den 20 november beslutades ingenting."
    assert between([PAST, BY], [late], ["Hösten 2025"]) == ("2025-02-01", "2025-11-14")
    assert between([PAST, BY], [late], ["Hösten 2019"]) == ("2025-02-01", "2025-11-14")


def test_the_sentence_of_a_mention():
    text = "Först detta.\nDen 3 maj t.ex. möttes alla. Sedan inget."
    assert sentence_of(text, "3 maj") == "Den 3 maj t.ex. möttes alla."
    assert sentence_of(text, "4 maj") == "4 maj"


# --- two documents seen from day after day: a newsletter dated by the protocol that follows it


CLINIC, NIGHT = "Digital ungdomscentral", "Nattlinjen (NL)"
VECTORS = [
    # as of; end, days left and expired of the clinic; the same of the line; since when a claim without end is beside
    ("2025-10-02", None, None, False, None, None, False, None),
    ("2025-10-03", "2025-12-31", 89, False, "2026-12-31", 454, False, None),
    ("2025-12-12", "2026-01-31", 50, False, "2026-12-31", 384, False, "2025-12-12"),
    ("2025-12-31", "2026-01-31", 31, False, "2026-12-31", 365, False, "2025-12-12"),
    ("2026-01-01", "2026-01-31", 30, False, "2026-12-31", 364, False, "2025-12-12"),
    ("2026-01-31", "2026-01-31", 0, False, "2026-12-31", 334, False, "2025-12-12"),
    ("2026-02-01", "2026-01-31", -1, True, "2026-12-31", 333, False, "2025-12-12"),
    ("2026-12-31", "2026-01-31", -334, True, "2026-12-31", 0, False, "2025-12-12"),
    ("2027-01-01", "2026-01-31", -335, True, "2026-12-31", -1, True, "2025-12-12"),
]


@pytest.fixture
def both(db):
    first = [
        funding("Länets digitala ungdomscentral betalas t.o.m. den 31 december 2025.", CLINIC, "2025-12-31"),
        funding("NL betalas t.o.m. den 31 december 2026.", NIGHT, "2026-12-31"),
    ]
    so_long = {"certainty": "open_ended", "condition": "så länge bidraget finns"}
    then = [
        funding("Centralen betalas t.o.m. den 31 januari 2026.", f"länets {CLINIC.lower()}", "2026-01-31",
                successor="regionen"),
        funding("NL betalas så länge bidraget finns.", "NL", **so_long),
    ]  # fmt: skip
    return written(db, protocol(funding=then), letter(funding=first))


@pytest.mark.parametrize("vector", VECTORS, ids=[it[0] for it in VECTORS])
def test_the_day_decides(both, vector):
    day, *expected = vector
    ends = {row[0]: row for row in both.execute(
        f"SELECT e.name, x.* FROM ({asof.ENDS}) x JOIN entities e ON e.id = service", {"as_of": day}
    )}  # fmt: skip
    report = asof.report(both.conn, date.fromisoformat(day), within=0)
    expired = {it.claim.name for it in report.due["expired"]}
    seen = []
    for name in (CLINIC, NIGHT):
        row = ends.get(name)
        seen += [row[4] if row else None, row[6] if row else None, name in expired]
    beside = ends[NIGHT][7] if NIGHT in ends else None
    since = both.execute("SELECT meeting_date FROM funding WHERE id = ?", (beside,)).fetchone()
    assert [*seen, since[0] if since else None] == expected


def test_findings_of_both(both):
    found = both.query("SELECT kind, from_end, to_end, said, message FROM findings ORDER BY kind")
    (longer, open_) = found
    assert (longer["kind"], longer["from_end"], longer["to_end"], longer["said"]) == (
        "extension",
        "2025-12-31",
        "2026-01-31",
        0,
    )
    assert "31 dagar senare" in longer["message"]
    assert longer["message"].count("”") == 4
    assert longer["message"].endswith("protokoll.pdf s. 1 (2025-12-12).")
    assert (open_["kind"], open_["from_end"], open_["to_end"]) == ("open_ended", "2026-12-31", None)
    assert [(row["current_end"], row["current_certainty"]) for row in both["services"].rows_where(order_by="name")] == [
        ("2026-01-31", "stated"),
        ("2026-12-31", "open_ended"),
    ]


def test_parsed_documents_without_sections_are_left_undated(db):
    written(db, rows("brev.pdf", meeting=meeting(None)))
    assert day_of(db) == (None, None)


def test_a_newsletter_named_for_a_month_is_dated_by_the_meeting_it_tells_of(db):
    sections = [section(1, "Nytt från mötet den 12 juni", passages=[passage("Rådet bytte lokaler.")])]
    alone = {"pages": [sheet(text="Länsrådet informerar\nJuni 2026")], "sections": sections, "dates": []}
    written(db, letter(**alone))
    assert day_of(db) == ("2026-06-12", "inferred")
    (it,) = db["date_inferences"].rows
    assert (it["own_sentence"], it["told_by"]) == ("Nytt från mötet den 12 juni", None)
    assert it["reason"].endswith("Året följer av ”Juni 2026”.")


def test_a_newsletter_is_not_dated_twice_for_the_same_meeting(db):
    sections = [section(1, "Nytt från mötet den 12 juni", passages=[passage("Rådet bytte lokaler.")])]
    alone = {"pages": [sheet(text="Länsrådet informerar\nJuni 2026")], "sections": sections, "dates": []}
    other = rows("annat.pdf", meeting=meeting("2026-06-12", kind="nyhetsbrev", organ="Länsrådet"))
    written(db, letter(**alone), other)
    assert day_of(db) == (None, None)
