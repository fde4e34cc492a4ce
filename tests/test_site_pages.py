"""Pages of persons, organs and matters, and the start page, over a database with a few rows of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from test_site import HOSTILE, Site

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
NAME = f"Eva Ek {HOSTILE}"


class Told(Site):
    """A site with a person who has sat in an organ, a matter in two steps, a task, and a hole in the numbering."""

    def _fill(self) -> None:
        super()._fill()
        here, doc = f"{self.document}-r1", self.document
        named = {"person-EvaEk": NAME, "person-EvaEek": "Eva Eek", "organ-1": "Nämnden", "service-Lotsen": "Lotsen"}
        for key, name in named.items():
            self.change("insert into entities values (?, ?, ?)", key, key.partition("-")[0], name)
        self.change("update documents set organ_id = 'organ-1' where id = ?", doc)
        self.change("update decisions set organ_id = 'organ-1'")
        self.change("update roster_changes set incoming_person = 'person-EvaEk', group_id = 'organ-1'")
        self.change(
            "insert into seats (id, person, name, group_id, group_name, position, from_date, from_source, from_known,"
            " until_date, until_source, until_known, began, ended, known)"
            " values ('seat-1', 'person-EvaEk', ?, 'organ-1', 'nämnden', 'ledamot', '2026-02-06', 'decided',"
            " '2026-02-06', '2026-08-31', 'stated', '2026-06-01', ?, ?, '2026-02-06')",
            *(NAME, here, here),
        )
        began = {"position": "ledamot", "from_date": "2026-02-06", "from_source": "decided", "gone": 0, "began": here}
        left = {**began, "until_date": "2026-08-31", "until_source": "stated", "gone": 1, "ended": here}
        for day, known in (("2026-02-06", began), ("2026-06-01", left)):
            self.change(
                "insert into seat_steps (id, seat, change, document, step, meeting_date, view)"
                " values (?, 'seat-1', ?, ?, 'began', ?, ?)",
                *(f"step-{day}", here, doc, day, json.dumps(known)),
            )
        self.change(
            "insert into seat_findings values ('x1', 'double', 'warning', 'person-EvaEk', 'organ-1', ?, ?, ?,"
            " null, '2026-06-01')",
            *(f"Två på samma plats {HOSTILE}", here, here),
        )
        self.change(
            "insert into attendance (id, document, ordinal, name, person, category, party, meeting_date)"
            " values ('a1', ?, 1, 'Eva Ek', 'person-EvaEk', 'member', 'S', '2026-02-06')",
            doc,
        )
        self.change("insert into aliases values ('al1', 'person-EvaEk', 'E. Ek', ?)", doc)
        self.change("insert into possible_same values ('p1', 'person-EvaEk', 'person-EvaEek', 'person', 'nästan lika')")
        self.change(
            "insert into matters (id, number, title, kind, owner, status, first_date, last_date, documents, organs)"
            " values ('m1', 'KS 2026/12', ?, 'motion', 'Granås', 'open', '2026-02-06', '2026-03-06', 1, 1)",
            f"Plan {HOSTILE}",
        )
        self.change(
            "insert into matter_steps (id, matter, document, section, decision, step, meeting_date, organ, organ_id,"
            " page, ordinal, evidence) values ('s1', 'm1', ?, ?, ?, 'proposed', '2026-02-06', 'Nämnden',"
            " 'organ-1', 1, 1, ?)",
            *(doc, f"{doc}-u1", f"{doc}-d1", self.evidence),
        )
        self.change(
            "insert into decisions (id, document, ordinal, text, outcome, organ, meeting_date, evidence)"
            " values ('d2', ?, 2, 'Rådet antar planen', 'approved', 'Rådet', '2026-03-06', ?)",
            *(doc, self.evidence),
        )
        self.change("insert into answers values (?, 'd2', 1, 'ärendenummer')", f"{doc}-d1")
        self.change(
            "insert into commitments (id, document, meeting_date, organ_id, text, due, assigned_to)"
            " values ('d2', ?, '2026-03-06', 'organ-1', 'Ta fram en plan', '2026-05-01', 'förvaltningen')",
            doc,
        )
        self.change(
            "insert into missing (id, kind, organ_id, year, known, message)"
            " values ('g1', 'paragraphs', 'organ-1', 2026, '2026-03-06', '§§ 13–14 saknas')"
        )


@pytest.fixture
def site(tmp_path: Path) -> Told:
    return Told(tmp_path)


async def test_a_person_with_seats_presence_and_changes(site):
    body = (await site.get("/-/person/person-EvaEk?as_of=2026-11-22")).text
    for words in (
        "ledamot",
        "6 februari 2026",
        "31 augusti 2026",
        "E. Ek",
        "nästan lika",
        "1 möte",
        "Två på samma plats",
    ):
        assert words in body, words
    assert f"/-/evidence/{site.evidence}" in body
    assert "/-/organ/organ-1" in body
    assert "<script>alert" not in body


async def test_a_person_as_was_known_on_a_day(site):
    assert "31 augusti 2026" not in (await site.get("/-/person/person-EvaEk?as_of=2026-05-01")).text
    assert "Inget val" in (await site.get("/-/person/person-EvaEk?as_of=2026-01-01")).text
    assert "Två på samma plats" not in (await site.get("/-/person/person-EvaEk?as_of=2026-05-01")).text


async def test_an_organ_tells_who_sits_there_on_a_day(site):
    sits = (await site.get("/-/organ/organ-1?as_of=2026-05-01")).text
    left = (await site.get("/-/organ/organ-1?as_of=2026-10-01")).text
    assert "/-/person/person-EvaEk" in sits.partition("Möten och dokument")[0]
    assert "/-/person/person-EvaEk" not in left.partition("Möten och dokument")[0]
    for words in ("försenat", "klart senast 1 maj 2026", "§§ 13–14 saknas", "KS 2026/12", "Alla daterade beslut (1)"):
        assert words in left, words


async def test_a_page_of_a_past_day_shows_what_was_known_then(site):
    site.change(
        "insert into votes (id, document, ordinal, ballot, name, person, vote, organ, meeting_date)"
        " values ('v1', ?, 1, 'b1', 'Eva Ek', 'person-EvaEk', 'no', 'Nämnden', '2026-02-06')",
        site.document,
    )
    site.change("update commitments set reported = 's2', reported_on = '2026-04-01'")
    site.change(
        "insert into dissents (id, document, ordinal, kind, name, person, text, section, organ, meeting_date)"
        " values ('x1', ?, 1, 'reservation', 'Eva Ek', 'person-EvaEk', '-', ?, 'Nämnden', '2026-02-06')",
        *(site.document, f"{site.document}-u1"),
    )
    about = "dokument som är daterade senare räknas inte"
    for address, words in {
        "/-/person/person-EvaEk": ("röstade nej", "punkt 12", "reservation", "1 möte", "Val, byten och avgångar"),
        "/-/organ/organ-1": ("Senaste besluten", "punkt 12 Plan", "6 februari 2026 ·", "KS 2026/12"),
    }.items():
        before, then = [(await site.get(f"{address}?as_of={day}")).text for day in ("2026-02-05", "2026-02-06")]
        assert about in before
        assert about not in (await site.get(address)).text
        for word in words:
            assert word not in before, word
            assert word in then, word
    site.change("update evidence set quote = '§ 12 Plan'")
    assert "§ 12 Plan" in (await site.get("/-/organ/organ-1")).text
    assert "återrapporterat" not in (await site.get("/-/organ/organ-1?as_of=2026-03-31")).text
    assert "återrapporterat" in (await site.get("/-/organ/organ-1?as_of=2026-04-01")).text


async def test_a_protocol_is_missed_when_it_could_have_come(site):
    site.change(
        "insert into missing (id, kind, organ_id, year, known, day, message)"
        " values ('g2', 'protocol', 'organ-1', 2026, '2026-03-06', '2026-05-01', 'Nämnden 2026-05-01 saknas')"
    )
    assert "Nämnden 1 maj 2026" not in (await site.get("/-/organ/organ-1?as_of=2026-05-20")).text
    assert "Nämnden 1 maj 2026" in (await site.get("/-/organ/organ-1?as_of=2026-06-20")).text


async def test_a_matter_with_the_answer_to_its_proposal(site):
    body = (await site.get("/-/arende/KS%202026/12")).text
    assert "Besvarat av Rådet 6 mars 2026" in body
    assert "enligt förslaget" in body
    assert "Hör ihop genom ärendenummer" in body
    assert (await site.get("/-/arende/KS%202026%2F12")).status_code == 200
    assert (await site.get("/-/arende/Dnr%20KS%202026-00012")).status_code == 200
    assert (await site.get("/-/arende/m1")).status_code == 200
    missing = await site.get("/-/arende/KS%202026/%3Cscript%3E")
    assert missing.status_code == 404
    assert "<script>" not in missing.text.replace("<script src", "")


async def test_pages_for_ids_that_nobody_has(site):
    for address in ("/-/person/person-none", "/-/organ/organ-none", "/-/arende/none", "/-/person/", "/-/organ"):
        assert (await site.get(address)).status_code == 404, address
    wrong = await site.get("/-/person/organ-1")
    assert (wrong.status_code, wrong.headers["location"]) == (302, "/-/organ/organ-1")


async def test_a_day_that_cannot_be_read_is_told(site):
    for address in ("/-/person/person-EvaEk?as_of=igår", "/-/organ/organ-1?as_of=1", "/?as_of=x", "/?sedan=x"):
        answer = await site.get(address)
        assert (answer.status_code, "Skriv den som" in answer.text) == (400, True), address


async def test_cells_lead_to_the_pages(site):
    body = (await site.get("/protoparse/seats")).text
    assert 'href="/-/person/person-EvaEk"' in body
    assert 'href="/-/organ/organ-1"' in body


async def test_the_start_page_tells_what_is_new_and_what_ends(site):
    site.change(
        "insert into funding (id, document, ordinal, service, kind, certainty, text, end, meeting_date,"
        " evidence) values"
        " ('f1', ?, 1, 'service-Lotsen', 'funded_until', 'stated', 'till 1 mars', '2026-03-01', '2026-02-06', ?)",
        *(site.document, site.evidence),
    )
    site.change(
        "insert into claims values"
        " ('f1', ?, 'service-Lotsen', 'money', 1, '2026-02-06', '2026-03-01', 'stated', null, 1)",
        site.document,
    )
    soon = (await site.get("/?as_of=2026-02-07")).text
    assert "Går ut inom 90 dagar" in soon
    assert "1 mars 2026" in soon
    assert "/-/tjanst/service-Lotsen" in soon
    assert "/-/granskning?as_of=2026-02-07#expiring" in soon
    assert "<h1>Per 7 februari 2026: 1 går ut inom 90 dagar</h1>" in soon
    assert "Har gått ut" in (await site.get("/?as_of=2026-04-01")).text
    assert "uppdrag över tiden" not in soon
    late = (await site.get("/?as_of=2026-05-03")).text
    assert "1 uppdrag över tiden</h1>" in late
    assert "Uppdrag som skulle ha varit klara" in late
    assert "Förvaltningen" in late[late.index("Uppdrag som skulle") :]
    assert "Nytt sedan 7 februari 2026" in soon
    assert "1 dokument, 2 beslut, 1 byte, 1 om finansiering" in soon
    assert "Inget har lästs in sedan dess" in (await site.get("/?sedan=2026-02-08")).text


async def test_a_group_with_a_common_name_shows_whose_minutes_tell_of_it(site):
    site.change("insert into entities values ('organ-2', 'organ', 'Styrelsen'), ('organ-3', 'organ', 'Byalaget')")
    site.change("update documents set organ_id = 'organ-3', organ = 'Byalaget'")
    site.change("update roster_changes set group_id = 'organ-2'")
    site.change("update seats set group_id = 'organ-2', group_name = 'styrelsen'")
    group = (await site.get("/-/organ/organ-2")).text
    assert "<title>Styrelsen (Byalaget) –" in group
    assert 'i protokoll från <a href="/-/organ/organ-3">Byalaget</a>' in group
    assert 'i protokoll från <a href="/-/organ/organ-3">Byalaget</a>' in (await site.get("/-/person/person-EvaEk")).text
    assert "i protokoll från" not in (await site.get("/-/organ/organ-3")).text


async def test_an_unsure_seat_is_explained(site):
    explained = "betyder att dokumenten inte säger"
    assert explained not in (await site.get("/-/organ/organ-1?as_of=2026-05-01")).text
    site.change("""update seat_steps set view = '{"position": "ledamot", "gone": 0}'""")
    body = (await site.get("/-/organ/organ-1?as_of=2026-05-01")).text
    assert ">osäkert</span>" in body
    assert explained in body


async def test_a_person_shows_each_vote_with_its_day_and_words(site):
    doc = site.document
    site.change(
        "insert into ballots (id, document, ordinal, number, evidence) values ('b1', ?, 1, 1, ?)",
        *(doc, site.evidence),
    )
    site.change(
        "insert into votes (id, document, ordinal, ballot, name, person, vote, organ, meeting_date)"
        " values ('v1', ?, 1, 'b1', 'Eva Ek', 'person-EvaEk', 'no', 'Nämnden', '2026-02-06')",
        doc,
    )
    body = (await site.get("/-/person/person-EvaEk")).text
    votes = body[body.index("Röster och avvikande") :]
    assert "Röster i omröstningar: 1 nej." in votes
    assert "röstade nej" in votes
    assert f'href="/-/evidence/{site.evidence}"' in votes
    assert "6 februari 2026 · Nämnden" in votes


async def test_decisions_that_name_a_person_only_where_she_is_told_of(site):
    named = (
        "insert into decisions (id, document, ordinal, text, outcome, meeting_date) values (?, ?, 9, ?, 'approved', ?)"
    )
    site.change(
        "insert into documents (id, path, label, kind, status, sha256)"
        " values ('else', 'e.pdf', 'E', 'protokoll', 'read', 'x')"
    )
    site.change("insert into aliases values ('al2', 'person-EvaEk', 'Eva Ek', ?)", site.document)
    site.change(named, "d7", site.document, "Eva Ek ska justera protokollet.", "2026-02-06")
    site.change(named, "d8", site.document, "Per Ek ska ordna lokalen.", "2026-02-06")
    site.change(named, "d9", "else", "Eva Ek ska laga taket.", "2026-02-06")
    body = (await site.get("/-/person/person-EvaEk")).text
    assert "Eva Ek ska justera protokollet." in body
    assert "ordna lokalen" not in body
    assert "laga taket" not in body


async def test_pages_write_days_in_words(site):
    site.change("update documents set title = 'Protokoll Nämnden 2026-02-06', label = 'Protokoll Nämnden 2026-02-06'")
    for address in (f"/-/dokument/{site.document}", "/-/organ/organ-1", "/-/person/person-EvaEk", "/", "/-/arende/m1"):
        body = (await site.get(address)).text
        assert "Protokoll Nämnden 6 februari 2026" in body, address
        assert "Protokoll Nämnden 2026-02-06" not in body, address


async def test_an_empty_cell_is_no_empty_state(site):
    css = (await site.get("/-/static-plugins/protoparse/protoparse.css")).text
    assert "\n.empty" not in css  # would draw a box around every empty cell of a table
    assert "div.empty" in css
