"""The audit page and the page of a service, through Datasette's own test client."""

from __future__ import annotations

import asyncio
import csv
import io
import itertools
import json
import re
import sqlite3
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

import icalendar
import pytest
import yaml
from click.testing import CliRunner
from datasette.app import Datasette

from conftest import decision, funding, meeting, open_db, printed, rows, section
from protoparse import as_rows, audit, cli, clock, ingest, store
from protoparse.site import asked, axis, labels, seen, timeline
from protoparse.site import audit as page
from protoparse.site.serve import metadata, present

pytestmark = [
    pytest.mark.asyncio,
    # Datasette's own: it leaves its connections to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

HOSTILE = "Lotsen <script>alert('å')</script>\"&"
DAY = "2026-06-01"


def until(name, end, text=None, **given):
    return funding(text or f"{name} finansieras till {end}.", name, end, **given)


def paper(file, day, *claims, kind="protokoll", organ="Omsorgsnämnden", **given):
    return rows(file, meeting=meeting(day, kind=kind, organ=organ), funding=list(claims), **given)


def minutes(file, day, *numbers, **given):
    """A protocol of the building board with these paragraphs."""
    parts = [
        section(k, f"Bygget {n}", str(n), heading=printed(f"§ {n} Bygget {n}", top=50.0 * k))
        for k, n in enumerate(numbers, 1)
    ]
    made = paper(file, day, organ="Byggnadsnämnden", sections=parts, **given)
    made["documents"][0]["form"] = "protokoll"
    return made


def filled(path: Path, *documents: as_rows.Rows) -> Path:
    db = open_db(path)
    for document in documents:
        store.write_document(db, document)
    with store.writing(db):
        ingest.finish(db, [])
    db.close()
    return path


OPEN = {"certainty": "open_ended", "condition": "så länge pengarna finns"}
TASK = "Förvaltningen får i uppdrag att se över hyran och återkomma senast den 1 maj 2026."
CARE, CULTURE = "Omsorgsnämnden", "Kulturnämnden"


def some() -> list[as_rows.Rows]:
    """Something of everything as seen on `DAY`, and one document of a later day."""
    return [
        paper(
            "a.pdf",
            "2026-01-10",
            until("Måltidsvännerna", "2026-04-30", source="statsbidrag"),
            until("Dansbanan", "2026-07-31", source="kulturpotten", amount=90000),
            until("Torpet", "2026-12-31"),
            until("Torpet", "2026-06-20", "Ansökan för Torpet ska in senast 2026-06-20.", kind="application_deadline"),
            until("Torpet", "2026-05-02", "Torpet ska redovisas senast 2026-05-02.", kind="report_by"),
            sections=[section(1, "Måltidsvännerna får nya lokaler", "7", case_number="ON 2026/11")],
        ),
        paper(
            "b.pdf",
            "2026-02-10",
            until("Dansbanan", "2027-07-31", "Avtalet om Dansbanan gäller till 2027-07-31.", kind="agreement_until"),
            funding("Torpet bekostas så länge pengarna finns.", "Torpet", **OPEN),
            organ=CULTURE,
        ),
        paper("c.pdf", "2026-02-10", until("Dansbanan", "2026-08-31"), organ=CULTURE),
        paper("c2.pdf", "2026-02-10", until("Dansbanan", "2026-09-30"), organ=CULTURE),
        paper("d.pdf", None, until("Cykelköket", "2026-06-30"), kind="nyhetsbrev", organ=CULTURE),
        paper("e.pdf", "2026-05-20", until(HOSTILE, "2026-06-15", f"{HOSTILE} betalas till 2026-06-15.")),
        minutes(
            "f.pdf",
            "2026-03-20",
            1,
            2,
            decisions=[
                decision(TASK, outcome="assigned", assigned_to="Förvaltningen", due=date(2026, 5, 1), section=1)
            ],
        ),
        minutes("g.pdf", "2026-04-20", 5),
        paper("z.pdf", "2026-09-01", until("Måltidsvännerna", "2027-12-31"), until("Nyheten", "2026-10-01")),
    ]


class Site:
    """A served database, and the way to ask it."""

    def __init__(self, path: Path):
        self.path = path
        self.datasette = Datasette([str(path)], metadata=metadata("protoparse", present(path)))

    async def get(self, path: str, **query: object):
        return await self.datasette.client.get(f"{path}?{urlencode(query, doseq=True)}" if query else path)

    async def items(self, **query: object) -> dict[str, list[dict]]:
        """The JSON of the audit: its items by state, and the findings."""
        found = (await self.get("/-/granskning.json", **{"as_of": DAY, **query})).json()
        return {name: found[name] for name in ("expired", "expiring", "deadline_near", "deadline_passed", "findings")}

    def one(self, sql: str, *values: object):
        db = store.connect(self.path)
        try:
            return db.execute(sql, values).fetchone()[0]
        finally:
            db.close()

    def service(self, name: str) -> str:
        return self.one("select id from entities where kind = 'service' and name = ?", name)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(filled(tmp_path_factory.mktemp("site") / "protoparse.db", *some()))


def names(found: list[dict]) -> list[str]:
    return [(it.get("claim") or it["later"])["name"] for it in found]


def pictures(body: str) -> list[Xml.Element]:
    return [Xml.fromstring(it) for it in re.findall(r"<svg\b.*?</svg>", body, re.DOTALL)]


# --- one truth


@pytest.mark.parametrize("form", ["json", "csv", "ics"])
@pytest.mark.parametrize(("as_of", "within"), [(DAY, 90), (DAY, 10), ("2026-02-09", 400), ("2031-01-01", 90)])
async def test_the_files_are_those_of_the_command_line(site, form, as_of, within):
    options = ["--db", str(site.path), "--as-of", as_of, "--within", str(within), "--format", form]
    told = CliRunner().invoke(cli.main, ["audit", *options]).output
    answer = await site.get(f"/-/granskning.{form}", as_of=as_of, within=within)
    assert answer.headers["content-type"] == page.TYPES[form]
    if form == "ics":  # which command line has no address of the site
        events = [icalendar.Calendar.from_ical(it).walk("VEVENT") for it in (told, answer.text)]
        ours, theirs = ([str(it["UID"]) for it in found] for found in events)
        assert ours == theirs
    else:
        assert answer.text.splitlines() == told.splitlines()


@pytest.mark.parametrize(("as_of", "within"), [(DAY, 90), ("2026-02-09", 400)])
async def test_the_page_shows_what_the_command_line_tells(site, as_of, within):
    items = await site.items(as_of=as_of, within=within)
    body = (await site.get("/-/granskning", as_of=as_of, within=within)).text
    shown = re.findall(r'<article class="due" id="([^"]+)"', body)
    assert shown == [it["claim"]["id"] for state in page.audit.TITLES for it in items[state]]
    sides = [part.split("</article>")[0] for part in body.split('<article class="finding')[1:]]
    told = [[it["id"] for it in (one["earlier"], one["later"]) if it] for one in items["findings"]]
    evidence = {it: site.one("select evidence from funding where id = ?", it) for ids in told for it in ids}
    assert [re.findall(r"/-/evidence/([^\"]+)", part) for part in sides] == [
        [evidence[it] for it in ids] for ids in told
    ]


async def test_the_headline_counts(site):
    body = (await site.get("/-/granskning", as_of=DAY)).text
    assert (
        "<h1>Per 1 juni 2026: 1 har gått ut, 2 går ut inom 90 dagar, 1 frist, 1 motsägelse, 1 uppdrag över tiden</h1>"
        in body
    )
    assert (
        "Per 1 juni 2026: 1 har gått ut, 1 går ut inom 14 dagar"
        in (await site.get("/-/granskning", as_of=DAY, within=14)).text
    )


async def test_later_documents_are_not_known_yet(site):
    early, late = await site.items(), await site.items(as_of="2026-09-02")
    assert names(early["expired"]) == ["Måltidsvännerna"]
    assert "Måltidsvännerna" not in names(late["expired"])
    assert "Nyheten" in names(late["expiring"])
    assert "Nyheten" not in (await site.get("/-/granskning", as_of=DAY)).text


async def test_today_is_the_default(site, monkeypatch):
    today = "2027-02-28"
    monkeypatch.setattr(clock, "datetime", SimpleNamespace(date=SimpleNamespace(today=lambda: date(2027, 2, 28))))
    assert (await site.get("/-/granskning.json")).json()["as_of"] == today
    assert f'name="as_of" value="{today}"' in (await site.get("/-/granskning")).text


@pytest.mark.parametrize(
    "query",
    [
        {"as_of": "i går"},
        {"as_of": "2026-02-30"},
        {"within": "-1"},
        {"within": "många"},
        {"within": "99999"},
        {"within": "²"},
    ],
)
async def test_what_cannot_be_read_is_said(site, query):
    for path in ("/-/granskning", "/-/granskning.csv"):
        answer = await site.get(path, **query)
        assert answer.status_code == 400
        assert "går inte att läsa" in answer.text


# --- filters


@pytest.mark.parametrize(
    ("query", "expired", "expiring", "told"),
    [
        ({}, 1, 2, 5),
        ({"source": "STATSBIDRAG"}, 1, 0, 0),
        ({"source": "kulturpotten"}, 0, 0, 1),
        ({"kind": "conflict"}, 0, 0, 1),
        ({"kind": "expired"}, 1, 0, 0),
        ({"about": "agreement_until"}, 0, 0, 1),
        ({"certainty": "open_ended"}, 0, 0, 1),
        ({"service": "måltid"}, 1, 0, 0),
        ({"service": "dans", "kind": "gap"}, 0, 0, 1),
        ({"kind": "expired", "source": "kulturpotten"}, 0, 0, 0),
        ({"within": 14}, 1, 1, 5),
        ({"within": 92}, 1, 3, 5),
    ],
)
async def test_filters(site, query, expired, expiring, told):
    items = await site.items(**query)
    counted = [len(items[name]) for name in ("expired", "expiring", "findings")]
    assert counted == [expired, expiring, told]
    body = (await site.get("/-/granskning", as_of=DAY, **query)).text
    assert body.count('<article class="finding') == told


async def test_an_organ_by_its_id(site):
    organ = site.one("select id from entities where name = ?", CULTURE)
    items = await site.items(organ=organ, within=100)
    assert set(names(items["expiring"])) == {"Cykelköket", "Dansbanan"}
    assert names(items["expired"]) == []
    body = (await site.get("/-/granskning", as_of=DAY, organ=organ)).text
    assert f'<option value="{organ}" selected>{CULTURE} (' in body


async def test_a_choice_tells_how_many_it_leaves(site):
    body = (await site.get("/-/granskning", as_of=DAY, kind="conflict")).text
    offered = dict(re.findall(r'<option value="(\w+)"(?: selected)?>[^<]*\((\d+)\)', body))
    for kind in ("conflict", "expired", "gap"):
        items = await site.items(kind=kind)
        assert int(offered[kind]) == sum(map(len, items.values()))


async def test_the_filters_go_along_to_the_files(site):
    query = {"as_of": DAY, "within": 10, "source": "statsbidrag"}
    body = (await site.get("/-/granskning", **query)).text
    for form in page.TYPES:
        (link,) = re.findall(rf'href="(/-/granskning\.{form}[^"]*)"', body)
        answer = await site.datasette.client.get(link.replace("&amp;", "&"))
        assert "Måltidsvännerna" in answer.text
        assert "Dansbanan" not in answer.text


async def test_the_spreadsheet_holds_no_formula(tmp_path):
    site = Site(filled(tmp_path / "protoparse.db", paper("a.pdf", "2026-01-01", until("=1+1 Lots", "2026-01-31"))))
    (row,) = list(csv.DictReader(io.StringIO((await site.get("/-/granskning.csv", as_of="2026-03-01")).text)))
    assert row["service"] == "'=1+1 Lots"


# --- what is shown


async def test_both_sides_of_a_finding_with_their_evidence(site):
    body = (await site.get("/-/granskning", as_of=DAY, kind="gap")).text
    (told,) = [part.split("</article>")[0] for part in body.split('<article class="finding')[1:]]
    assert "Avtalet om Dansbanan gäller till 2027-07-31." in told
    assert told.count("Visa på sidan") == told.count("/-/evidence/") == 2
    assert "Slut 31 juli 2027" in told
    assert "Avtalet löper till 31 juli 2027, 334 dagar längre än finansieringen" in told


async def test_an_open_claim_stands_beside_an_end(site):
    body = (await site.get("/-/granskning", as_of="2026-12-01", within=31, service="torpet", kind="expiring")).text
    assert "Bredvid, utan slutdatum (så länge pengarna finns):" in body
    assert "Torpet bekostas så länge pengarna finns." in body


async def test_who_was_to_take_over_and_what_may_be_the_same_stand_beside_an_expired_end(tmp_path):
    then = until(
        "Kvällslotsen Norr", "2026-03-31", "Kvällslotsen Norr finansieras till 2026-03-31, sedan tar regionen över."
    )
    site = Site(
        filled(
            tmp_path / "protoparse.db",
            paper("a.pdf", "2026-01-01", until("Kvällslotsen Norr", "2026-03-31")),
            paper("b.pdf", "2026-02-01", then.model_copy(update={"successor": "Region Norr"})),
            paper("c.pdf", "2026-02-01", until("Kvällslotsen", "2026-12-31")),
            paper("d.pdf", "2026-02-01", until("Kvällslotsen Syd", "2026-12-31")),
        )
    )
    (told,) = (await site.items(as_of="2026-04-15"))["expired"]
    body = (await site.get("/-/granskning", as_of="2026-04-15", kind="expired")).text
    assert told["then"]["successor"] == "Region Norr"
    assert "Därefter Region Norr, enligt:" in body
    assert told["perhaps"]["name"] == "Kvällslotsen"
    assert "Kanske samma som Kvällslotsen, som har ett senare slut:" in body


async def test_tasks_over_time_and_what_is_missing(site):
    body = (await site.get("/-/granskning", as_of=DAY)).text
    late = body[body.index('<section id="commitment_overdue">') :].split("</section>")[0]
    for words in ("1 maj 2026", "för 31 dagar sedan", "<h3>Förvaltningen</h3>", TASK, "f.pdf", "Byggnadsnämnden"):
        assert words in late
    gap = body[body.index('<section id="missing">') :].split("</section>")[0]
    assert "§ 3–4 saknas mellan f.pdf (20 mars 2026, § 1–2) och g.pdf (20 april 2026, § 5)" in gap
    assert "§ 5 Bygget 5" in gap
    assert "/-/dokument/" in gap
    assert "commitment_overdue" not in (await site.get("/-/granskning", as_of="2026-03-19")).text


@pytest.mark.parametrize(
    ("query", "tasks", "missing"),
    [
        ({}, 1, 1),
        ({"about": "task"}, 1, 0),
        ({"kind": "missing_paragraphs"}, 0, 1),
        ({"organ": "Byggnadsnämnden"}, 1, 1),
        ({"organ": CULTURE}, 0, 0),
        ({"service": "torpet"}, 0, 0),
    ],
)
async def test_filters_for_tasks_and_gaps(site, query, tasks, missing):
    if "organ" in query:
        query = {"organ": site.one("select id from entities where name = ?", query["organ"])}
    found = (await site.get("/-/granskning.json", as_of=DAY, **query)).json()
    assert (len(found["commitment_overdue"]), len(found["missing"])) == (tasks, missing)


async def test_undated_documents_and_old_ends(site):
    body = (await site.get("/-/granskning", as_of=DAY)).text
    assert "<strong>d.pdf</strong>: odaterat." in body
    assert "Odaterade dokument räknas med" not in body
    told = (await site.get(f"/-/tjanst/{site.service('Cykelköket')}", as_of=DAY)).text
    assert "Pengarna räcker till 30 juni 2026" in told and ", enligt ett odaterat dokument." in told
    assert "odaterat dokument" not in (await site.get(f"/-/tjanst/{site.service('Torpet')}", as_of=DAY)).text
    assert "Dessutom gick 3 ut för mer än ett år sedan" in (await site.get("/-/granskning", as_of="2027-09-29")).text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Slutar 2026-01-31, och mer.", "Slutar 31 januari 2026, och mer."),
        ("Finns i a-2026-01-31.pdf (2026-01-31).", "Finns i a-2026-01-31.pdf (31 januari 2026)."),
        ("2026-01-31.pdf, mapp/2026-01-31", "2026-01-31.pdf, mapp/2026-01-31"),
        ("Den 2026-02-30 finns inte.", "Den 2026-02-30 finns inte."),
    ],
)
async def test_days_in_a_sentence(said, shown):
    assert labels.days_in(said) == shown


async def test_long_lists_end_with_the_way_to_the_rest(tmp_path):
    claims = [until(f"Verksamheten {chr(65 + n)}{chr(97 + n)}lund", "2026-03-31") for n in range(24)]
    claims += [until(f"Insatsen {chr(65 + n)}{chr(97 + n)}berg", "2026-03-31") for n in range(10)]
    site = Site(filled(tmp_path / "protoparse.db", paper("a.pdf", "2026-01-01", *claims)))
    body = (await site.get("/-/granskning", as_of="2026-03-01")).text
    assert body.count('<article class="due"') == page.SHOWN
    assert len(pictures(body)[1].findall(".//*[@class='name']")) == page.LINES
    for name, shown in (("expiring", (34, 0)), ("tidslinje", (0, 34))):
        (link,) = re.findall(rf'href="(/-/granskning[^"]*all={name})"', body)
        whole = (await site.datasette.client.get(link.replace("&amp;", "&"))).text
        lines = [it for picture in pictures(whole)[1:2] for it in picture.findall(".//*[@class='name']")]
        assert (whole.count('<article class="due"'), len(lines)) == shown


async def test_a_very_long_list_goes_on_page_by_page(site, monkeypatch):
    monkeypatch.setattr(page, "PAGE", 2)
    seen_, link = [], f"/-/granskning?as_of={DAY}&all=findings"
    while link:
        body = (await site.datasette.client.get(link)).text
        seen_.append(body.count('<article class="finding'))
        link = next(iter(re.findall(r'rel="next" href="([^"]+)"', body)), "").replace("&amp;", "&")
    assert seen_ == [2, 2, 1]
    assert "5–5 av 5" in body
    assert (await site.get("/-/granskning", as_of=DAY, all="findings", page=99)).text == body


async def test_nothing_to_tell(site, tmp_path):
    assert "Ingenting stämmer med villkoren" in (await site.get("/-/granskning", as_of=DAY, service="finns inte")).text
    calm = Site(filled(tmp_path / "calm.db", paper("a.pdf", "2026-01-01", until("Lotsen", "2029-01-01"))))
    assert "Inget att anmärka" in (await calm.get("/-/granskning", as_of=DAY)).text
    open_db(tmp_path / "protoparse.db").close()
    empty = Datasette([str(tmp_path / "protoparse.db")]).client
    assert "make ingest" in (await empty.get("/-/granskning")).text
    assert "<svg" not in (await empty.get("/-/granskning")).text


async def test_a_new_reading_is_seen_at_once(tmp_path):
    path = filled(tmp_path / "protoparse.db", paper("a.pdf", "2026-01-01", until("Lotsen", "2026-03-31")))
    site = Site(path)
    assert names((await site.items(as_of="2026-03-01"))["expiring"]) == ["Lotsen"]
    filled(path, paper("b.pdf", "2026-02-01", until("Bryggan", "2026-03-31")))
    assert names((await site.items(as_of="2026-03-01"))["expiring"]) == ["Bryggan", "Lotsen"]


async def test_many_visitors_wait_for_one_report(site, monkeypatch):
    made = []
    look = seen.look
    monkeypatch.setattr(seen, "look", lambda *asked: made.append(asked) or look(*asked))
    answers = await asyncio.gather(*(site.get("/-/granskning", as_of="2025-11-11") for _ in range(5)))
    assert [it.status_code for it in answers] == [200] * 5
    assert len(made) == 1


async def test_reports_are_remembered_but_not_for_ever(site):
    for n in range(seen.KEPT + 5):
        assert (await site.get("/-/granskning", as_of=date(2026, 1, 1 + n))).status_code == 200
    assert len(seen._kept) <= seen.KEPT


async def test_what_somebody_has_handled_is_folded_away(tmp_path):
    site = Site(filled(tmp_path / "protoparse.db", *some()))
    before = await site.items()
    done = [before["expired"][0], next(it for it in before["findings"] if it["kind"] == "conflict")]
    columns = '(id, kind, seen, "by", "on", note, file, status)'
    put = f"insert into handled {columns} values (?, 'x', ?, ?, ?, ?, 'h.yml', 'hidden')"
    with sqlite3.connect(site.path) as db:
        for it in done:
            db.execute(put, [it["id"], it["seen"], "Anna Ek", "2026-05-30", f"Ringt {HOSTILE}"])
    after = await site.items()
    assert [len(before[name]) - len(after[name]) for name in ("expired", "findings")] == [1, 1]
    body = (await site.get("/-/granskning", as_of=DAY)).text
    shown, folded = body.split('<section id="hanterat">')
    assert "Måltidsvännerna finansieras" not in shown
    assert "motsägelse" not in shown[shown.index("<h1>") : shown.index("</h1>")]
    start = (await site.get("/", as_of=DAY)).text
    assert shown[shown.index("<h1>") : shown.index("</h1>")] in start
    assert "Måltidsvännerna" not in start[start.index("<h1>") : start.index('class="tiles"')]
    assert folded.count("av Anna Ek: Ringt Lotsen &lt;script&gt;") == 2
    assert "30 maj 2026" in folded
    service = (await site.get(f"/-/tjanst/{site.service('Måltidsvännerna')}", as_of=DAY)).text
    assert "av Anna Ek" in service
    options = ["--db", str(site.path), "--as-of", DAY, "--format", "json"]
    told = json.loads(CliRunner().invoke(cli.main, ["audit", *options]).output)
    assert (await site.get("/-/granskning.json", as_of=DAY)).json() == told


# --- safety


@pytest.mark.parametrize("path", ["/-/granskning", "/-/tjanst/{s}"])
async def test_hostile_words_are_only_words(site, path):
    answer = await site.get(path.format(s=site.service(HOSTILE)), as_of=DAY)
    assert "<script" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", answer.text)
    assert all(picture.tag == "svg" for picture in pictures(answer.text))


@pytest.mark.parametrize("facet", [*asked.FACETS, "service"])
async def test_a_hostile_address_is_only_words(site, facet):
    answer = await site.get("/-/granskning", as_of=DAY, **{facet: HOSTILE})
    assert answer.status_code == 200
    assert "<script" not in answer.text


async def test_what_is_hidden_from_a_visitor_is_not_audited(site):
    about = metadata("protoparse", present(site.path))
    about["databases"]["protoparse"]["tables"]["funding"]["allow"] = {"id": "root"}
    client = Datasette([str(site.path)], metadata=about).client
    for path in ("/-/granskning", "/-/granskning.json", f"/-/tjanst/{site.service('Torpet')}"):
        answer = await client.get(path)
        assert answer.status_code == 404
        assert "Torpet" not in answer.text


# --- calendars


async def test_a_calendar_that_others_read(site):
    answer = await site.get("/-/granskning.ics", as_of=DAY, within=400)
    found = icalendar.Calendar.from_ical(answer.text)
    events = {str(it["UID"]): it for it in found.walk("VEVENT")}
    items = await site.items(within=400)
    due = {it["claim"]["id"]: it for state in page.audit.TITLES for it in items[state]}
    (task,) = set(events) - {f"{id}@protoparse" for id in due}
    assert str(events[task]["SUMMARY"]) == "Förvaltningen: uppdrag ska vara klart"
    assert set(events) == {f"{id}@protoparse" for id in due} | {task}
    for id, it in due.items():
        event = events[f"{id}@protoparse"]
        assert event["DTSTART"].dt.isoformat() == it["end"]
        assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(days=1)
        assert str(event["URL"]) == f"http://localhost/-/evidence/{it['claim']['evidence']}"
        assert len(event.walk("VALARM")) == 1
    assert any(HOSTILE in str(event["SUMMARY"]) for event in events.values())
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))


async def test_the_calendar_of_a_service_holds_all_its_ends(site):
    answer = await site.get(f"/-/tjanst/{site.service('Dansbanan')}.ics", as_of=DAY)
    days = [it["DTSTART"].dt.isoformat() for it in icalendar.Calendar.from_ical(answer.text).walk("VEVENT")]
    assert sorted(days) == ["2026-08-31", "2027-07-31"]


# --- the page of a service


async def test_a_service_tells_its_end_and_what_stands_beside_it(site):
    body = (await site.get(f"/-/tjanst/{site.service('Torpet')}", as_of=DAY)).text
    assert "Pengarna räcker till 31 december 2026, om 213 dagar. En nyare uppgift är utan slutdatum." in body
    assert "Torpet finansieras till 2026-12-31." in body
    assert "Torpet ska redovisas senast 2026-05-02." in body
    assert body.index("2 maj 2026") < body.index("20 juni 2026")


async def test_the_end_is_the_one_of_the_view(site):
    for name in ("Måltidsvännerna", "Dansbanan", "Torpet", "Cykelköket"):
        end = site.one("select current_end from services where name = ?", name)
        body = (await site.get(f"/-/tjanst/{site.service(name)}", as_of="2026-12-31")).text
        assert f'<p class="until"><time datetime="{end}">' in body


async def test_evidence_leads_to_the_service(site):
    evidence = site.one("select evidence from funding where text like 'Dansbanan finansieras%' limit 1")
    body = (await site.get(f"/-/evidence/{evidence}")).text
    assert f'<a href="/-/tjanst/{site.service("Dansbanan")}">Allt om verksamheten</a>' in body


async def test_a_service_that_was_not_yet_spoken_of(site):
    body = (await site.get(f"/-/tjanst/{site.service('Nyheten')}", as_of=DAY)).text
    assert "Inget känt dokument säger till när" in body
    assert "<svg" not in body


async def test_a_service_lists_all_that_is_said_in_order_of_time(site):
    body = (await site.get(f"/-/tjanst/{site.service('Dansbanan')}", as_of=DAY)).text
    every = body[body.index('id="uppgifter"') :]
    quotes = ["till 2026-07-31", "gäller till 2027-07-31", "till 2026-08-31"]
    assert all(quote in every for quote in quotes)
    assert every.index(quotes[0]) < every.index(quotes[1])
    assert "90\u00a0000\u00a0kr · kulturpotten" in every
    assert "gäller</span>" in every
    assert "motsägs</span>" in every
    assert "avtal" in body


async def test_sections_that_name_a_service(site):
    body = (await site.get(f"/-/tjanst/{site.service('Måltidsvännerna')}", as_of=DAY)).text
    assert "Punkt 7 Måltidsvännerna får nya lokaler" in body
    assert 'href="/-/arende/ON%202026/11">ON 2026/11</a>' in body
    assert (await site.get("/-/arende/ON%202026/11")).status_code == 200


async def test_an_unsure_pair_tells_what_to_write(tmp_path):
    pair = ['Solglimten: hemma, "öppet"', 'Solglimten: hemma, "öppet" dygnet runt']
    papers = [paper(f"{n}.pdf", "2026-01-01", until(name, "2026-12-31")) for n, name in enumerate(pair)]
    site = Site(filled(tmp_path / "protoparse.db", *papers))
    body = (await site.get(f"/-/tjanst/{site.service(pair[0])}", as_of=DAY)).text
    blocks = [it.replace("&#34;", '"').replace("&#39;", "'") for it in re.findall(r"<pre>(.*?)</pre>", body, re.DOTALL)]
    assert [yaml.safe_load(it) for it in blocks] == [{"same": [pair]}, {"not_same": [pair]}]


@pytest.mark.parametrize("key", ["x", "service-00000000", "{organ}", "'", "%00", "..%2f"])
async def test_an_unknown_service_is_not_found(site, key):
    key = key.format(organ=site.one("select id from entities where kind = 'organ' limit 1"))
    answer = await site.get(f"/-/tjanst/{key}")
    assert answer.status_code == 404
    assert (await site.get(f"/-/tjanst/{key}.ics")).status_code == 404


# --- the plot


def claim(**given):
    base = {
        "service": "s",
        "name": "Lotsen",
        "url": "/s",
        "track": "money",
        "seq": 1,
        "known": "2026-01-10",
        "start": None,
    }
    end = {
        "end": "2026-12-31",
        "certainty": "stated",
        "last": True,
        "conflict": False,
        "title": "t",
        "evidence_url": "/e",
    }
    return {**base, **end, **given}


AS_OF = date(2026, 6, 1)


async def test_a_bar_goes_from_the_documents_day_to_the_end():
    made = timeline.plot([claim()], AS_OF)
    (bar,) = made.lines[0].bars
    over = axis.axis([claim()], AS_OF)
    assert (bar.x, bar.end) == (over.at(date(2026, 1, 10)), pytest.approx(over.at(date(2026, 12, 31)), abs=0.2))
    assert bar.x < made.today < bar.end
    assert (bar.looks, bar.label) == ("money standing", "31 dec 2026")


@pytest.mark.parametrize(
    ("given", "looks", "label"),
    [
        ({"certainty": "open_ended", "end": None, "last": False}, "money open", "utan slut"),
        ({"certainty": "conditional", "last": False, "seq": 2}, "money conditional", ""),
        ({"certainty": "past", "end": None, "last": False}, "money past", ""),
        ({"last": False}, "money older", ""),
        ({"last": False, "conflict": True}, "money older conflict", "31 dec 2026"),
        ({"track": "agreement"}, "agreement standing", "31 dec 2026 avtal"),
        ({"known": ""}, "money standing undated", "31 dec 2026"),
        ({"start": "2026-02-01", "known": ""}, "money standing", "31 dec 2026"),
    ],
)
async def test_how_a_bar_looks(given, looks, label):
    (bar,) = timeline.plot([claim(**given)], AS_OF).lines[0].bars
    assert (bar.looks, bar.label) == (looks, label)


async def test_claims_of_one_end_are_one_bar_with_a_dot_for_each_further_document():
    twice = [claim(), claim(seq=2, title="the same paper")]
    made = timeline.plot([*twice, claim(seq=3, known="2026-03-01", title="again")], AS_OF)
    (bar,) = made.lines[0].bars
    assert [dot[1:] for dot in bar.dots] == [("again", "/e")]


async def test_an_undated_document_beside_a_dated_one_leaves_the_bar_its_beginning():
    known = [claim(known="", last=False), claim(seq=2, known="2026-03-01", certainty="implied")]
    (bar,) = timeline.plot(known, AS_OF).lines[0].bars
    assert bar.x == timeline.plot([claim(known="2026-03-01")], AS_OF).lines[0].bars[0].x
    assert (bar.looks, bar.dots) == ("money standing", [])


async def test_the_bars_that_say_most_are_kept():
    ends = [claim(seq=n, end=f"2026-1{n}-01", last=n == 0, conflict=n == 1) for n in range(3)]
    ends += [claim(seq=9, known="2026-05-05", certainty="open_ended", end=None, last=False)]
    line = timeline.plot(ends, AS_OF, most=3).lines[0]
    assert line.more == 1
    assert [bar.looks for bar in line.bars] == ["money standing", "money older conflict", "money open"]


@pytest.mark.parametrize("frame", [axis.WIDE, axis.OF_ONE, axis.NARROW])
@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize(
    ("known", "end", "as_of"),
    [
        ("2026-01-10", "2026-12-31", AS_OF),
        ("1994-01-10", "2094-12-31", AS_OF),
        ("2026-12-31", "2026-01-01", AS_OF),
        ("0001-01-01", "9999-12-31", AS_OF),
        ("", "0001-01-01", date(9999, 12, 31)),
        ("", None, date(1, 1, 1)),
    ],
)
async def test_nothing_stands_outside_the_sheet(frame, alone, known, end, as_of):
    made = timeline.plot([claim(known=known, end=end)], as_of, frame, alone=alone)
    places = [made.today, *(x for x, _, _ in made.ticks)]
    places += [x for line in made.lines for bar in line.bars for x in (bar.x, bar.end)]
    assert all(frame.names - 4 <= x <= frame.right + 0.1 for x in places)
    xs = [x for x, _, _ in made.ticks]
    assert all(after - before > axis.TICK * 0.8 for before, after in itertools.pairwise(xs))


async def test_every_bar_leads_to_its_evidence_and_tells_its_words(site):
    body = (await site.get("/-/granskning", as_of=DAY)).text
    wide = next(it for it in pictures(body) if it.get("class") == "broad")
    bars = [it for it in wide.iter("a") if (it.get("class") or "").startswith("bar ")]
    assert bars
    assert all(re.fullmatch(r"/-/evidence/\S+", it.get("href")) and it.find("title").text for it in bars)
    titles = " ".join(it.find("title").text for it in bars)
    assert "Dansbanan: avtal till 31 juli 2027 (uttryckligt). ”Avtalet om Dansbanan gäller till 2027-07-31.”" in titles
    assert "Motsägs av ett annat dokument." in titles
    table = body[body.index('<details class="astable">') :].split("</details>")[0]
    assert table.count("Dansbanan</a>") == 4


async def test_the_titles_of_the_formats_and_the_page_agree(site):
    report = audit.report(store.connect(site.path), date.fromisoformat(DAY))
    assert list(page.titles(report))[:4] == list(audit.TITLES)
    assert json.loads(audit.as_json(report))["as_of"] == DAY
