"""Seats from roster changes: when they begin and end, who sat on a day, and what cannot be true together."""

from __future__ import annotations

import random
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from conftest import attendee, change, decision, meeting, open_db, rows, taken
from orders import Made, calm, check_order, check_removal
from protoparse import memberships, positions, schema, seat_findings, seatlist, store
from protoparse.changes import Change, Side, events
from protoparse.resolve import resolve
from protoparse.sitting import of_person, sitting

HARBOUR = "Hamnnämnden"
NETWORK = "Nätverket Kaj"


class Story:
    """A database written row by row: persons and groups are their own ids."""

    def __init__(self, db):
        self.db, self.numbers = db, count(1)

    def tells(self, path, day, *told, kind="protokoll", organ="Fullmäktige", outcome="elected"):
        """A document with its changes, all by decisions of the outcome (None: only told)."""
        id = f"doc{next(self.numbers):03}"
        about = {"id": id, "path": path, "label": path, "kind": kind, "organ_id": organ, "meeting_date": day}
        store.insert(self.db, "documents", [{**about, "status": "read"}])
        for ordinal, one in enumerate(told):
            self._row(f"{id}-{ordinal}", id, day, ordinal, one, outcome)
        return id

    def _row(self, id, document, day, ordinal, told, outcome):
        told = {"outcome": outcome, "words": "", **told}
        outcome, words = told.pop("outcome"), told.pop("words")
        base = {"id": id, "document": document, "meeting_date": day, "page": ordinal + 1, "ordinal": ordinal}
        store.insert(self.db, "evidence", [{"id": f"e{id}", "document": document, "quote": words, "boxes": "[]"}])
        if outcome:
            row = {**base, "id": f"d{id}", "text": words, "outcome": outcome}
            store.insert(self.db, "decisions", [row])
        told = {"decision": f"d{id}" if outcome else None, "evidence": f"e{id}", **told}
        store.insert(self.db, "roster_changes", [{**base, **told, "section": None}])

    def attend(self, document, *names, **more):
        day, _ = self.db.execute("SELECT meeting_date, organ_id FROM documents WHERE id = ?", (document,)).fetchone()
        for ordinal, name in enumerate(names):
            row = {"id": f"{document}-a{ordinal}", "document": document, "meeting_date": day, "page": 1}
            row |= {"ordinal": ordinal, "name": name, "person": name, "category": "member"}
            store.insert(self.db, "attendance", [row | more])

    def done(self):
        for kind, column in (("organ", "group_id"), ("person", "incoming_person"), ("person", "outgoing_person")):
            named = self.db.execute(
                f"SELECT DISTINCT {column} FROM roster_changes WHERE {column} IS NOT NULL"
            ).fetchall()
            self.db.conn.executemany(
                "INSERT OR IGNORE INTO entities VALUES (?, ?, ?)", [(n, kind, n) for (n,) in named]
            )
        with store.writing(self.db):
            seat_findings.rebuild(self.db, memberships.rebuild(self.db))
        return self

    def seats(self):
        """Person, position, first day and what tells it, last day and what tells it."""
        columns = "person, position, from_date, from_source, until_date, until_source"
        found = self.db.execute(f"SELECT {columns} FROM seats ORDER BY person, position, coalesce(from_date, '')")
        return [tuple(row) for row in found.fetchall()]

    def on(self, day, group=HARBOUR, as_of="9999-12-31"):
        """Who sat beyond doubt, who perhaps, and who was only seen."""
        held, present = sitting(self.db.conn, group, day, as_of)
        shown = (
            [(it.name, it.position) for it in held if it.sure],
            [(it.name, it.position) for it in held if not it.sure],
        )
        return *map(sorted, shown), sorted(it.name for it in present)

    def findings(self):
        return [tuple(it) for it in self.db.execute("SELECT kind, person FROM seat_findings ORDER BY kind, person")]

    def messages(self):
        return [it[0] for it in self.db.execute("SELECT message FROM seat_findings ORDER BY kind, person")]


def in_memory():
    db = Database(memory=True)
    db.conn.isolation_level = None
    db.conn.executescript(schema.TABLES)
    return db


@pytest.fixture
def story():
    return Story(in_memory())


def elect(name, position="ledamot", group=HARBOUR, after=None, **more):
    kind = "replacement" if after else "appointment"
    out = {"outgoing": after, "outgoing_person": after} if after else {}
    base = {"kind": kind, "incoming": name, "incoming_person": name, "group_name": group, "group_id": group}
    return {**base, "position": position, **out, **more}


def leave(name, position="ledamot", group=HARBOUR, **more):
    base = {"kind": "departure", "outgoing": name, "outgoing_person": name, "group_name": group, "group_id": group}
    return {**base, "position": position, **more}


# --- what a position is


@pytest.mark.parametrize(
    ("position", "role"),
    [
        ("ledamot", "member"),
        ("ny ordinarie ledamot", "member"),
        ("Representant", "member"),
        ("suppleant", "substitute"),
        ("personlig ersättare", "substitute"),
        ("ordförande", "chair"),
        ("1:e vice ordförande", "vice1"),
        ("förste vice ordförande", "vice1"),
        ("andre vice ordförande", "vice2"),
        ("vice ordförande", "vice"),
        ("tillförordnad ordförande", "tillförordnad ordförande"),
        ("kassör", "kassör"),
        (None, None),
    ],
)
def test_role_of_a_position(position, role):
    assert positions.role(position) == role


def test_two_positions_in_one_are_two_seats():
    assert positions.parts("vice ordförande och ledamot") == ["vice ordförande", "ledamot"]
    assert positions.parts("hälso- och vårddirektör") == ["hälso- och vårddirektör"]
    assert positions.parts(None) == [None]
    assert positions.single("chair") and positions.single("vice2") and not positions.single("vice")


# --- a story of twelve documents


@pytest.fixture
def harbour(story):
    last = {"until_date": "2026-12-31"}
    story.tells(
        "kf-jan.pdf",
        "2023-01-16",
        elect("Ada Alm", "ordförande", **last),
        elect("Ada Alm", **last),
        elect("Bo Bäck", **last),
        elect("Cia Cell", "ersättare", **last),
    )
    swap = elect("Dan Dal", after="Bo Bäck", from_date="2024-04-01", **last)
    story.tells("kallelse.pdf", "2024-02-12", swap, kind="kallelse")
    story.tells("ks.pdf", "2024-02-20", swap, outcome="proposed", organ="Styrelsen")
    story.tells("kf-mars.pdf", "2024-03-11", leave("Bo Bäck"), swap)
    story.tells("brev.pdf", "2024-03-20", elect("Dan Dal", after="Bo Bäck"), kind="nyhetsbrev", outcome=None)
    story.tells("brev2.pdf", None, elect("Eva Ek", "medlem", NETWORK), kind="nyhetsbrev", outcome=None)
    story.tells("kf-sept.pdf", "2024-09-10", elect("Cia Cell", **last))
    new = elect("Fia Falk", "ordförande", after="Ada Alm", from_date="2025-03-01", **last)
    story.tells("kf-feb.pdf", "2025-02-10", leave("Ada Alm", "ordförande", from_date="2025-02-28"), new)
    vague = "Gun Gren lämnar nätverket efter sommaren."
    story.tells("anteckningar.pdf", "2025-05-05", leave("Gun Gren", None, NETWORK, words=vague), outcome=None)
    all_of_it = leave("Dan Dal", None, None, words="Dan Dal avsäger sig samtliga sina uppdrag.")
    story.tells("kf-juni.pdf", "2025-06-09", all_of_it)
    met = story.tells("hamn.pdf", "2025-10-01", organ=HARBOUR)
    story.attend(met, "Ada Alm", "Bo Bäck", "Cia Cell", "Hal Hed")
    mandate = {"from_date": "2027-01-01", "until_date": "2030-12-31"}
    again = "Fia Falk omväljs till ordförande."
    story.tells(
        "kf-nov.pdf",
        "2026-11-16",
        elect("Fia Falk", "ordförande", words=again, **mandate),
        elect("Cia Cell", **mandate),
    )
    return story.done()


def test_the_seats_of_the_story(harbour):
    assert harbour.seats() == [
        ("Ada Alm", "ledamot", "2023-01-16", "decided", "2026-12-31", "stated"),
        ("Ada Alm", "ordförande", "2023-01-16", "decided", "2025-02-28", "stated"),
        ("Bo Bäck", "ledamot", "2023-01-16", "decided", "2024-03-31", "stated"),
        ("Cia Cell", "ersättare", "2023-01-16", "decided", "2024-09-10", "followed"),
        ("Cia Cell", "ledamot", "2024-09-10", "decided", "2030-12-31", "stated"),
        ("Dan Dal", "ledamot", "2024-04-01", "stated", "2025-06-09", "decided"),
        ("Eva Ek", "medlem", None, "undated", None, None),
        ("Fia Falk", "ordförande", "2025-03-01", "stated", "2030-12-31", "stated"),
        ("Gun Gren", None, None, None, None, "vague"),
    ]


@pytest.mark.parametrize(
    ("day", "sure"),
    [
        ("2023-01-15", []),
        ("2023-01-16", ["Ada Alm ledamot", "Ada Alm ordförande", "Bo Bäck ledamot", "Cia Cell ersättare"]),
        ("2024-03-31", ["Ada Alm ledamot", "Ada Alm ordförande", "Bo Bäck ledamot", "Cia Cell ersättare"]),
        ("2024-04-01", ["Ada Alm ledamot", "Ada Alm ordförande", "Cia Cell ersättare", "Dan Dal ledamot"]),
        ("2025-01-01", ["Ada Alm ledamot", "Ada Alm ordförande", "Cia Cell ledamot", "Dan Dal ledamot"]),
        ("2025-03-01", ["Ada Alm ledamot", "Cia Cell ledamot", "Dan Dal ledamot", "Fia Falk ordförande"]),
        ("2025-10-01", ["Ada Alm ledamot", "Cia Cell ledamot", "Fia Falk ordförande"]),
        ("2028-01-01", ["Cia Cell ledamot", "Fia Falk ordförande"]),
        ("2031-01-01", []),
    ],
)
def test_who_sat_on_a_day(harbour, day, sure):
    found, unsure, _ = harbour.on(day)
    assert [" ".join(it) for it in found] == sure
    assert unsure == []


def test_members_seen_without_an_election_stand_apart(harbour):
    assert harbour.on("2025-10-01")[2] == ["Bo Bäck", "Hal Hed"]
    assert harbour.on("2025-10-01", as_of="2025-09-30")[2] == []
    assert harbour.on("2026-10-01")[2] == []


def test_what_is_not_known_yet_is_not_told(harbour):
    assert harbour.on("2024-05-01", as_of="2024-03-10")[0] == [
        ("Ada Alm", "ledamot"),
        ("Ada Alm", "ordförande"),
        ("Bo Bäck", "ledamot"),
        ("Cia Cell", "ersättare"),
    ]


def test_without_days_nothing_is_sure(harbour):
    assert harbour.on("2025-06-01", NETWORK) == ([], [("Eva Ek", "medlem"), ("Gun Gren", None)], [])
    assert harbour.on("2027-06-01", NETWORK)[1] == [("Eva Ek", "medlem")]


def test_the_deciding_protocol_makes_the_seat(harbour):
    path = "SELECT path FROM roster_changes r JOIN documents d ON d.id = r.document WHERE r.id ="
    query = f"{path} (SELECT {{}} FROM seats WHERE name = ?)"
    assert harbour.db.execute(query.format("began"), ("Dan Dal",)).fetchall() == [("kf-mars.pdf",)]
    assert harbour.db.execute(query.format("ended"), ("Bo Bäck",)).fetchall() == [("kf-mars.pdf",)]


def test_who_left_and_is_present_is_a_finding(harbour):
    assert harbour.findings() == [("present_after", "Bo Bäck")]
    assert harbour.messages() == [
        "Bo Bäck lämnar ledamot i Hamnnämnden med 2024-03-31 som sista dag enligt kf-mars.pdf s. 2 (2024-03-11), men "
        "står bland de närvarande ledamöterna i hamn.pdf s. 1 (2025-10-01), och inget nytt val är känt."
    ]


@pytest.mark.parametrize(("later", "told"), [("Byalaget", [("present_after", "Bo Bäck")]), ("Region Strand", [])])
def test_of_two_of_one_name_nobody_knows_who_left(story, later, told):
    story.attend(story.tells("a.pdf", "2025-01-10", organ=HARBOUR), "Bo Bäck", organization="Byalaget")
    story.tells("b.pdf", "2025-03-10", leave("Bo Bäck", from_date="2025-03-31"))
    story.attend(story.tells("c.pdf", "2025-06-10", organ=HARBOUR), "Bo Bäck", organization=later)
    assert story.done().findings() == told


def test_seats_of_a_person_newest_first(harbour):
    found = of_person(harbour.db.conn, "Cia Cell", "2025-01-01")
    assert [(it.position, it.since, it.until, it.sure) for it in found] == [
        ("ledamot", "2024-09-10", "2026-12-31", 1),
        ("ersättare", "2023-01-16", "2024-09-10", 0),
    ]


def test_printed_in_swedish(harbour):
    assert list(seatlist.of_groups(harbour.db.conn, "2025-10-01", "hamnnämnden")) == [
        "Hamnnämnden 2025-10-01",
        "  ordförande: Fia Falk, från 2025-03-01 till 2026-12-31 – kf-feb.pdf s. 2 (2025-02-10)",
        "  ledamot: Ada Alm, från 2023-01-16 (beslutets dag) till 2026-12-31 – kf-jan.pdf s. 2 (2023-01-16)",
        "  ledamot: Cia Cell, från 2024-09-10 (beslutets dag) till 2026-12-31 – kf-sept.pdf s. 1 (2024-09-10)",
        "  Utan känt val:",
        "    Bo Bäck närvarade som ledamot 2025-10-01, inget val känt",
        "    Hal Hed närvarade som ledamot 2025-10-01, inget val känt",
        "",
    ]
    assert list(seatlist.of_groups(harbour.db.conn, "2025-10-01"))[4:6] == [
        "  Utan känt val närvarade 2 personer som ledamot; --group visar vilka.",
        "",
    ]
    assert next(seatlist.contradictions(harbour.db.conn, "2025-10-01")) == "Handlingarna säger emot varandra:"
    assert list(seatlist.contradictions(harbour.db.conn, "2025-09-30")) == []
    columns = "(id, kind, status) SELECT id, 'seat', 'hidden' FROM seat_findings"
    harbour.db.execute(f"INSERT INTO handled {columns}")
    assert list(seatlist.contradictions(harbour.db.conn, "2025-10-01")) == []
    with pytest.raises(seatlist.Unknown, match="Kajnämnden"):
        list(seatlist.of_groups(harbour.db.conn, "2025-10-01", "Kajnämnden"))


# --- one rule after the other


def test_leaving_one_position_leaves_the_other(story):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm", "ledamot och vice ordförande"))
    story.tells("b.pdf", "2025-06-10", leave("Ada Alm", "vice ordförande")).strip()
    assert [it[4] for it in story.done().seats()] == [None, "2025-06-10"]


@pytest.mark.parametrize("left", ["ledamot", None])
def test_leaving_the_group_leaves_the_chair(story, left):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm", "ordförande"), elect("Ada Alm"))
    story.tells("b.pdf", "2025-06-10", leave("Ada Alm", left))
    assert [it[4] for it in story.done().seats()] == ["2025-06-10", "2025-06-10"]


def test_who_leaves_from_a_day_has_the_day_before_as_the_last(story):
    id = story.tells(
        "a.pdf", "2025-01-10", leave("Ada Alm", from_date="2025-02-01", words="från och med den 1 februari")
    )
    day = {"id": "t1", "document": id, "page": 1, "ordinal": 1, "text": "den 1 februari", "start": "2025-02-01"}
    store.insert(story.db, "dates", [{**day, "end": "2025-02-01", "precision": "day", "bound": "from"}])
    story.tells("b.pdf", "2025-01-10", leave("Bo Bäck", from_date="2025-02-01", words="den 1 februari"))
    assert [it[4] for it in story.done().seats()] == ["2025-01-31", "2025-02-01"]


def test_a_departure_without_group_ends_nothing(story):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm"))
    story.tells("b.pdf", "2025-06-10", leave("Ada Alm", None, None, words="Ada Alm går i pension."))
    assert story.done().seats() == [("Ada Alm", "ledamot", "2025-01-10", "decided", None, None)]


@pytest.mark.parametrize("outcome", ["proposed", "rejected", "deferred", "remitted"])
def test_what_is_not_decided_gives_no_seat(story, outcome):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm"), outcome=outcome)
    assert story.done().seats() == []


def test_a_mandate_that_ran_out_begins_another_seat(story):
    story.tells("a.pdf", "2015-01-10", elect("Ada Alm", until_date="2018-12-31"))
    story.tells("b.pdf", "2023-01-10", elect("Ada Alm", until_date="2026-12-31"))
    assert [(it[2], it[4]) for it in story.done().seats()] == [
        ("2015-01-10", "2018-12-31"),
        ("2023-01-10", "2026-12-31"),
    ]


def test_the_release_stands_where_the_successor_comes_later(story):
    story.tells("a.pdf", "2025-05-05", leave("Bo Bäck"))
    story.tells("b.pdf", "2025-06-16", elect("Dan Dal", after="Bo Bäck"))
    assert story.done().seats()[0] == ("Bo Bäck", "ledamot", None, None, "2025-05-05", "decided")
    assert story.findings() == []
    assert story.on("2025-05-05") == ([("Bo Bäck", "ledamot")], [], [])
    assert story.on("2025-05-04") == ([], [("Bo Bäck", "ledamot")], [])
    assert story.on("2020-05-04") == ([], [], [])


def test_a_newsletter_before_the_protocol_is_put_right(story):
    story.tells("a.pdf", "2025-05-05", elect("Dan Dal", None, after="Bo Bäck"), kind="nyhetsbrev", outcome=None)
    story.tells("b.pdf", "2025-06-16", elect("Dan Dal", after="Bo Bäck", from_date="2025-07-01"))
    assert story.done().seats() == [
        ("Bo Bäck", "ledamot", None, None, "2025-06-30", "stated"),
        ("Dan Dal", "ledamot", "2025-07-01", "stated", None, None),
    ]


def test_a_chair_without_known_end_has_a_new_one_after(story):
    story.tells("a.pdf", "2019-01-10", elect("Ada Alm", "ordförande"))
    story.tells("b.pdf", "2023-01-10", elect("Bo Bäck", "ordförande"))
    assert [it[4:] for it in story.done().seats()] == [("2023-01-10", "followed"), (None, None)]
    assert story.findings() == []


def test_after_four_years_without_a_word_nothing_is_sure(story):
    story.tells("a.pdf", "2019-01-10", elect("Ada Alm"))
    story.done()
    assert story.on("2022-12-31") == ([("Ada Alm", "ledamot")], [], [])
    assert story.on("2023-02-01") == ([], [("Ada Alm", "ledamot")], [])


def test_namesakes_stay_two(story):
    other = {"incoming_person": "Ada Alm (M)", "incoming_party": "M"}
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm", incoming_party="S"), {**elect("Ada Alm"), **other})
    story.tells("b.pdf", "2025-03-10", leave("Ada Alm", outgoing_person="Ada Alm (M)"))
    assert [(it[0], it[4]) for it in story.done().seats()] == [("Ada Alm", None), ("Ada Alm (M)", "2025-03-10")]


def test_an_undated_end_gives_no_day(story):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm"))
    story.tells("b.pdf", None, leave("Ada Alm"), kind="nyhetsbrev", outcome=None)
    assert story.done().seats() == [("Ada Alm", "ledamot", "2025-01-10", "decided", None, "undated")]
    assert story.on("2025-06-01") == ([], [("Ada Alm", "ledamot")], [])


def test_who_changes_place_in_a_group_leaves_nothing_else(story):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm", "ersättare"))
    story.tells("b.pdf", "2025-03-10", elect("Ada Alm", after="Ada Alm", from_date="2025-04-01"))
    assert story.done().seats() == [
        ("Ada Alm", "ersättare", "2025-01-10", "decided", "2025-03-31", "followed"),
        ("Ada Alm", "ledamot", "2025-04-01", "stated", None, None),
    ]


@pytest.mark.parametrize(
    ("words", "day", "source"),
    [
        ("Ada Alm väljs till ledamot.", "2025-01-10", "decided"),
        ("Ada Alm väljs till ledamot från och med nästa möte.", None, "vague"),
        ("Ada Alm väljs till ledamot från bolagsstämman 2025.", None, "vague"),
        ("Ada Alm har under hösten tagit plats.", None, "vague"),
        ("Ada Alm väljs till ledamot till och med årsstämman 2026.", "2025-01-10", "decided"),
        ("Ada Alm omväljs till ledamot.", None, "again"),
        ("Valda blev Bo Bäck (omval) och Ada Alm (nyval).", "2025-01-10", "decided"),
        ("Valda blev Bo Bäck (nyval) och Ada Alm (omval).", None, "again"),
    ],
)
def test_what_tells_the_first_day(story, words, day, source):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm", words=words))
    assert [it[2:4] for it in story.done().seats()] == [(day, source)]


# --- what cannot be true together

YEAR = {"until_date": "2026-12-31"}


@pytest.mark.parametrize(
    ("first", "then", "kinds"),
    [
        (elect("Ada Alm", "ordförande", **YEAR), elect("Bo Bäck", "ordförande", **YEAR), ["double"]),
        (elect("Ada Alm", "ordförande"), elect("Bo Bäck", "ordförande"), ["double"]),
        (elect("Ada Alm", "ordförande", **YEAR), elect("Bo Bäck", "ordförande", after="Cia Cell"), ["other"]),
        (elect("Ada Alm", "ordförande", **YEAR), elect("Bo Bäck", "ordförande", after="Ada Alm"), []),
        (elect("Ada Alm", "ledamot", **YEAR), elect("Bo Bäck", "ledamot", **YEAR), []),
        (elect("Ada Alm", "ordförande", until_date="2025-02-09"), elect("Bo Bäck", "ordförande"), []),
        (elect("Ada Alm", "ordförande", **YEAR), elect("Bo Bäck", "ordförande", outcome=None), []),
        (elect("Ada Alm", after="Bo Bäck"), elect("Cia Cell", after="Bo Bäck"), ["left_before"]),
        (elect("Ada Alm", after="Bo Bäck"), elect("Cia Cell", "ersättare", after="Bo Bäck"), []),
        (elect("Ada Alm", after="Bo Bäck"), elect("Ada Alm", after="Bo Bäck"), []),
        (elect("Ada Alm", after="Bo Bäck"), leave("Bo Bäck"), ["left_before"]),
        (leave("Bo Bäck"), elect("Ada Alm", after="Bo Bäck"), []),
        (leave("Bo Bäck"), leave("Bo Bäck"), []),
        (elect("Ada Alm", after="Bo Bäck"), elect("Ada Alm", after="Cia Cell"), ["again"]),
        (elect("Ada Alm", after="Bo Bäck"), elect("Ada Alm", "ersättare", after="Cia Cell"), []),
        (elect("Ada Alm", after="Bo Bäck"), elect("Ada Alm", group="Varvsnämnden", after="Cia Cell"), []),
    ],
)
def test_contradictions(story, first, then, kinds):
    story.tells("a.pdf", "2025-01-10", first)
    story.tells("b.pdf", "2025-02-10", then)
    assert [kind for kind, _ in story.done().findings()] == kinds
    assert all("a.pdf s. 1 (2025-01-10)" in it and "b.pdf s. 1 (2025-02-10)" in it for it in story.messages())


def test_a_successor_who_left_explains_the_next(story):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm", after="Bo Bäck"))
    story.tells("b.pdf", "2025-01-30", leave("Ada Alm"))
    story.tells("c.pdf", "2025-02-10", elect("Cia Cell", after="Bo Bäck"))
    assert story.done().findings() == []


def test_who_may_be_one_person_is_no_contradiction(story):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm", "ordförande", **YEAR))
    story.tells("b.pdf", "2025-02-10", elect("A. Alm", "ordförande", **YEAR))
    story.db.execute("INSERT INTO possible_same VALUES ('1', 'A. Alm', 'Ada Alm', 'person', 'initial')")
    assert story.done().findings() == []


@pytest.mark.parametrize(
    ("position", "more", "found"),
    [
        ("ledamot", {}, True),
        ("ledamot", {"category": "substitute"}, False),
        ("ledamot", {"stands_in_for": "Cia Cell"}, False),
        ("ledamot", {"role": "tjänstgörande ersättare"}, False),
        ("ersättare", {}, False),
        ("ordförande", {}, False),
    ],
)
def test_present_after_the_last_day(story, position, more, found):
    story.tells("a.pdf", "2025-01-10", leave("Bo Bäck", position))
    story.attend(story.tells("b.pdf", "2025-02-10", organ=HARBOUR), "Bo Bäck", **more)
    assert (story.done().findings() == [("present_after", "Bo Bäck")]) == found


def test_a_later_election_explains_the_presence(story):
    story.tells("a.pdf", "2025-01-10", leave("Bo Bäck"))
    story.tells("b.pdf", "2025-02-01", elect("Bo Bäck", "ersättare"))
    story.attend(story.tells("c.pdf", "2025-02-10", organ=HARBOUR), "Bo Bäck")
    assert story.done().findings() == []


# --- properties

PEOPLE = ["Eva Ek", "Bo Åhl", "Ada Alm"]
said = st.builds(
    lambda kind, incoming, outgoing, group, position, first, number: change(
        f"{incoming} {kind} {outgoing} {group} {position} {number}",
        kind=kind,
        incoming=None if kind == "departure" else incoming,
        outgoing=None if kind == "appointment" else outgoing,
        group_name=group,
        position=position,
        from_date=first,
    ),
    st.sampled_from(["replacement", "appointment", "departure"]),
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
    st.sampled_from(["Hamnnämnden", "hamnnämndens sammanträde", None]),
    st.sampled_from(["ledamot", "ordförande", "ersättare", None]),
    st.sampled_from([None, None, date(2026, 1, 1)]),
    st.integers(1, 9),
)
document = st.fixed_dictionaries(
    {
        "day": st.sampled_from([None, "2025-10-01", "2025-10-01", "2026-02-01", "2026-06-01"]),
        "kind": st.sampled_from(["protokoll", "nyhetsbrev", "kallelse"]),
        "changes": st.lists(said, max_size=3),
        "here": st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True),
    }
)
some = st.lists(document, min_size=1, max_size=5)


def made(number, told):
    about = meeting(told["day"], kind=told["kind"], organ="Hamnnämnden")
    decided = [decision(it.evidence.quote.string, outcome="elected") for it in told["changes"][:1]]
    here = [attendee(name) for name in told["here"]]
    return rows(f"{number}.pdf", meeting=about, roster_changes=told["changes"], decisions=decided, attendance=here)


def finish(db):
    with store.writing(db):
        resolve(db)
        seat_findings.rebuild(db, memberships.rebuild(db))


SEATS = Made(finish, ["seats", "seat_steps", "seat_findings"])


@calm
@given(some, st.randoms(use_true_random=False), st.integers(0, 5))
def test_neither_order_nor_batches_matter(db, told, random, cut):
    check_order(SEATS, db, [made(number, it) for number, it in enumerate(told)], random, cut)


@calm
@given(some, st.integers(0, 5))
def test_a_removed_document_takes_just_what_it_said(db, told, which):
    check_removal(SEATS, db, [made(number, it) for number, it in enumerate(told)], which)


def test_five_thousand_changes_are_quick():
    dice = random.Random(7)
    told = []
    for number in range(5000):
        group, day = f"Grupp {number % 40}", f"{2015 + number % 12}-{1 + number % 9:02}-10"
        people = [Side(it, it, None, None) for it in (f"P {dice.randrange(900)}", f"P {dice.randrange(900)}")]
        place = dice.choice(["ledamot", "ersättare", "ordförande", None])
        base = (f"c{number}", f"d{number // 20}", day, "protokoll", "a.pdf", 1, number, None, "replacement", *people)
        told.append(Change(*base, group, group, None, place, None, None, None, "elected", "", None, False))
    folded = []

    def fold():
        folded.extend(memberships.fold(events(told)))
        seat_findings.findings(folded, [], lambda one, other: one == other, {})

    assert taken(fold) < 2  # half a second on a machine at rest
    assert len(folded) > 5000


def test_who_was_known_to_have_left_does_not_sit_before_the_day_is_told(story):
    story.tells("a.pdf", "2025-01-10", elect("Ada Alm"))
    story.tells("b.pdf", "2025-03-10", leave("Ada Alm"), kind="nyhetsbrev", outcome=None)
    story.tells("c.pdf", "2025-05-10", leave("Ada Alm", from_date="2025-03-31"))
    story.done()
    assert story.on("2025-03-20") == ([("Ada Alm", "ledamot")], [], [])
    assert story.on("2025-03-20", as_of="2025-04-01") == ([], [], [])
    assert story.on("2025-03-05", as_of="2025-04-01") == ([("Ada Alm", "ledamot")], [], [])
    assert story.on("2025-03-20", as_of="2025-03-01") == ([("Ada Alm", "ledamot")], [], [])


TELLINGS = [  # first days, last days and seats that a later document puts right
    ("a.pdf", "2025-01-10", elect("Ada Alm", None), "protokoll", None),
    ("b.pdf", "2025-02-10", elect("Ada Alm", "ledamot", from_date="2025-01-20"), "protokoll", "elected"),
    ("c.pdf", "2025-02-20", elect("Bo Bäck", until_date="2026-12-31"), "protokoll", "elected"),
    ("d.pdf", "2025-03-10", leave("Ada Alm"), "nyhetsbrev", None),
    ("e.pdf", "2025-04-10", leave("Ada Alm", from_date="2025-03-31"), "protokoll", "elected"),
    ("f.pdf", "2025-05-10", elect("Cia Cell", after="Bo Bäck", from_date="2025-06-01"), "protokoll", "elected"),
    ("g.pdf", "2025-06-10", elect("Cia Cell", until_date="2028-12-31"), "protokoll", "elected"),
]


def registered(story, known):
    for name, day, told, kind, outcome in TELLINGS:
        if day <= known:
            story.tells(name, day, told, kind=kind, outcome=outcome)
    return story.done()


@pytest.mark.parametrize("known", [day for _, day, *_ in TELLINGS])
def test_as_of_a_day_is_as_if_nothing_later_were_here(known):
    days = ["2025-01-15", "2025-02-15", "2025-03-20", "2025-04-15", "2025-05-31", "2025-06-15", "2027-01-15"]
    now, then = (registered(Story(in_memory()), day) for day in ("9999-12-31", known))
    for day in days:
        asked = [[it._replace(id="") for it in sitting(of.db.conn, HARBOUR, day, known)[0]] for of in (now, then)]
        assert asked[0] == asked[1], day


def test_the_command_prints_seats(tmp_path):
    from click.testing import CliRunner

    from protoparse.cli import main

    path = tmp_path / "protoparse.db"
    db = open_db(path)
    text = "Ada Alm väljs till ledamot i Hamnnämnden."
    told = change(text, kind="appointment", incoming="Ada Alm", group_name="Hamnnämnden", position="ledamot")
    store.write_document(db, rows("a.pdf", meeting=meeting("2025-01-10"), roster_changes=[told]))
    finish(db)
    db.conn.close()
    asked = ["seats", "--db", str(path), "--as-of", "2025-02-01"]
    for more in ([], ["--group", "hamnnämndens"], ["--person", "ada alm"]):
        answer = CliRunner().invoke(main, asked + more)
        assert answer.exit_code == 0
        assert "från 2025-01-10 (dagen då det berättas) – a.pdf s. 1 (2025-01-10)" in answer.output
    assert "Hamn" not in CliRunner().invoke(main, [*asked[:-1], "2025-01-09"]).output
    answer = CliRunner().invoke(main, [*asked, "--group", "Kajnämnden"])
    assert (answer.exit_code, "Ingen grupp" in answer.output) == (2, True)


def test_spellings_are_one_person_and_namesakes_two(db):
    def said(name, day, kind, words, **more):
        side = {"appointment": "incoming", "departure": "outgoing"}[kind]
        more = {f"{side}_{key}": value for key, value in more.items()}
        told = change(
            words, kind=kind, group_name="Hamnnämnden", position="ledamot", **{side: words[: len(name)]}, **more
        )
        store.write_document(db, rows(f"{day}{words}.pdf", meeting=meeting(day), roster_changes=[told]))

    said("Eva-Lena Ek", "2025-01-10", "appointment", "Eva-Lena Ek väljs till ledamot i Hamnnämnden.", party="S")
    said("Eva-Lena Ek", "2025-01-10", "appointment", "Eva-Lena Ek blir ledamot i Hamnnämnden.", party="M")
    said("Eva Lena Ek", "2025-03-10", "departure", "Eva Lena Ek lämnar Hamnnämnden.", party="S")
    finish(db)
    found = db.execute("SELECT party, from_date, until_date FROM seats ORDER BY party").fetchall()
    assert found == [("M", "2025-01-10", None), ("S", "2025-01-10", "2025-03-10")]
