"""The review through Datasette's own test client, over documents that are really read, and once in a browser."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from datasette.app import Datasette

from pdfs import draw
from protoparse import corrections, ingest, judged, marking
from protoparse.clock import today
from protoparse.judged import Tally
from protoparse.site import queue, rereading, reviewing, rulepage
from protoparse.site.queue import Wanted
from protoparse.site.serve import arguments, configuration, metadata, present, serve

pytestmark = [
    pytest.mark.asyncio,
    # Datasette's own: it leaves its connections to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.skipif(hasattr(Datasette, "allowed"), reason="the review is for the forms of Datasette 0.65"),
]
HOSTILE = "<script>alert('å')</script>\"'&: - {x} #\u202e"
NAME = "ett/protokoll nämnden.pdf"
FUNDED = "Lotsen finansieras till och med den 31 maj 2026."
BRIDGE = "Bryggan finansieras till och med den 30 juni 2026."
PAGE = [
    (72, 60, "Omsorgsnämnden", 12),
    (72, 80, "Sammanträdesprotokoll 2026-02-06", 14, "Helvetica-Bold"),
    (72, 120, "§ 12 Verksamheternas pengar", 12, "Helvetica-Bold"),
    (72, 145, FUNDED),
    (72, 175, BRIDGE),
    (72, 205, "Beslut", 11, "Helvetica-Bold"),
    (72, 225, "Nämnden godkänner planen."),
]


class Desk:
    """A register with one document, its site, and a reviewer with her cookies."""

    def __init__(self, ready: Path, folder: Path, review: str = "here"):
        shutil.copytree(ready, folder, dirs_exist_ok=True)
        self.pdf, self.db = folder / "corpus" / NAME, folder / "output" / "r.db"
        self.folder = self.db.parent / "corrections"
        self.site = Datasette([str(self.db)], metadata=metadata("r", present(self.db), review))
        self.cookies: dict[str, str] = {}

    def ingest(self, *paths: Path) -> None:
        ingest.run(paths, self.db, jobs=1, say=lambda line: None)

    def ask(self, sql: str, *values: object) -> list[dict[str, Any]]:
        with contextlib.closing(sqlite3.connect(self.db)) as base:
            base.row_factory = sqlite3.Row
            return [dict(row) for row in base.execute(sql, values)]

    def row(self, text: str, table: str = "funding") -> dict[str, Any]:
        return self.ask(f"select * from {table} where text = ?", text)[0]

    def written(self, name: str) -> Any:
        return yaml.load((self.folder / name).read_text(encoding="utf-8"), yaml.BaseLoader)

    async def get(self, path: str, **headers: str) -> Any:
        answer = await self.site.client.get(path, cookies=dict(self.cookies), headers=headers)
        self.cookies |= dict(answer.cookies)
        return answer

    async def post(self, path: str, said: dict[str, str], headers: dict[str, str] | None = None, **more: Any) -> Any:
        token = {"csrftoken": self.cookies.get("ds_csrftoken", "")}
        answer = await self.site.client.post(
            path, data=token | said, cookies=more.get("cookies", dict(self.cookies)), headers=headers or {}
        )
        self.cookies |= dict(answer.cookies)
        return answer

    async def sit(self, name: str = "Anna Ek") -> None:
        """Says her name."""
        await self.get("/-/granska")
        assert (await self.post("/-/granska/namn", {"namn": name})).status_code == 303

    async def judge(self, row: str, verdict: str, **more: str) -> Any:
        page = (await self.get(f"/-/granska?rad={row}")).text
        seen = re.search(r'name="sett" value="(\w+)"', page)
        return await self.post("/-/granska/dom", {"rad": row, "dom": verdict, "sett": seen[1] if seen else "", **more})

    async def change(self, row: str, **fields: str) -> Any:
        page = (await self.get(f"/-/granska/andra/{row}")).text
        said = dict(re.findall(r'name="(sett)" value="(\w+)"', page))
        return await self.post(f"/-/granska/andra/{row}", said | fields)

    async def read(self) -> None:
        """Waits until all that was asked for is read again."""
        work = rereading.work(self.site, self.db)
        while work.task and not work.task.done():
            await work.task

    @property
    def untouched(self) -> bool:
        return not self.folder.exists()


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the document and its register."""
    folder = tmp_path_factory.mktemp("review")
    pdf = folder / "corpus" / NAME
    pdf.parent.mkdir(parents=True)
    draw(pdf, [PAGE])
    ingest.run([folder / "corpus"], folder / "output" / "r.db", jobs=1, say=lambda line: None)
    return folder


@pytest.fixture(autouse=True)
def _without_a_process(monkeypatch, in_this_process):
    """One test below starts the real run."""

    async def run(line: list[str]) -> tuple[int, str]:
        files, database = line[line.index("--") + 1 :], Path(line[line.index("--db") + 1])
        ingest.run([Path(file) for file in files], database, jobs=1, say=lambda line: None)
        return 0, ""

    monkeypatch.setattr(rereading, "started", run)


@pytest.fixture
def desk(ready: Path, tmp_path: Path) -> Desk:
    return Desk(ready, tmp_path)


# --- off, and who may


async def test_without_review_there_is_no_way_to_write(ready, tmp_path):
    desk = Desk(ready, tmp_path, review="")
    row, document = desk.row(FUNDED)["id"], desk.row(FUNDED)["document"]
    for path in ("", "/dom", "/namn", f"/andra/{row}", f"/saknas/{document}", "/rattelser", "/angra", "/lage.json"):
        assert (await desk.get(f"/-/granska{path}")).status_code == 404
        assert (await desk.post(f"/-/granska{path}", {"rad": row, "dom": "ratt"})).status_code == 404
    for path in ("/", "/-/granskning", f"/-/dokument/{document}", f"/-/evidence/{desk.row(FUNDED)['evidence']}"):
        assert "/-/granska?" not in (text := (await desk.get(path)).text)
        assert "/-/granska/" not in text
        assert '/-/granska"' not in text
    assert desk.untouched


async def test_every_page_asks_for_the_name_first(desk):
    row = desk.row(FUNDED)["id"]
    page = await desk.get(f"/-/granska/andra/{row}?regel=x")
    assert "Vem granskar?" in page.text
    assert f'name="vidare" value="/-/granska/andra/{row}?regel=x"' in page.text
    assert (await desk.post("/-/granska/dom", {"rad": row, "dom": "ratt"})).status_code == 403
    assert (await desk.post("/-/granska/namn", {"namn": " \x00 "})).status_code == 400
    answer = await desk.post("/-/granska/namn", {"namn": "Anna Ek", "vidare": f"/-/granska/andra/{row}?regel=x"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/-/granska/andra/{row}?regel=x")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Anna Ek" in (await desk.get("/-/granska")).text
    assert desk.untouched


@pytest.mark.parametrize("there", ["https://ond.example/", "//ond.example", "/-/granskaond", "/-/granska/\r\nX: y", ""])
async def test_after_the_name_there_is_no_way_out_of_the_site(desk, there):
    await desk.get("/-/granska")
    answer = await desk.post("/-/granska/namn", {"namn": "Anna", "vidare": there})
    assert answer.headers["location"] == "/-/granska"


async def test_only_a_form_of_this_site_is_taken(desk):
    await desk.sit()
    row = desk.row(FUNDED)
    said = {"rad": row["id"], "dom": "ratt"}
    page = (await desk.get(f"/-/granska?rad={row['id']}")).text
    said["sett"] = re.search(r'name="sett" value="(\w+)"', page)[1]
    name = {reviewing.COOKIE: desk.cookies[reviewing.COOKIE]}
    refused = [
        await desk.post("/-/granska/dom", {**said, "csrftoken": "x"}),
        await desk.post("/-/granska/dom", {**said, "csrftoken": "å"}),
        await desk.post("/-/granska/dom", {**said, "csrftoken": ""}),
        await desk.post("/-/granska/dom", said, cookies={}),
        await desk.post("/-/granska/dom", {**said, "csrftoken": ""}, cookies=name),
        await desk.post("/-/granska/dom", said, {"Authorization": "Bearer x"}, cookies=name),
        await desk.post("/-/granska/dom", said, {"Origin": "https://ond.example"}),
        await desk.post("/-/granska/dom", said, {"Origin": "null"}),
        await desk.post("/-/granska/dom", said, {"Referer": "https://ond.example/x"}),
        await desk.post("/-/granska/dom", said, {"Host": "ond.example"}),
        await desk.post("/-/granska/dom", said, {"Content-Type": "text/plain"}),
    ]
    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert all("Gå tillbaka" in it.text or "Inget har ändrats" in it.text for it in refused)
    assert (await desk.post("/-/granska/dom", said | {"anmarkning": "x" * 70_000})).status_code == 413
    assert (await desk.site.client.put("/-/granska/dom", cookies=desk.cookies)).status_code == 405
    assert (await desk.get("/-/granska", host="ond.example")).status_code == 403
    assert (await desk.get("/-/granska/dom")).status_code == 404
    assert desk.untouched
    assert (await desk.post("/-/granska/dom", said, {"Origin": "http://localhost"})).status_code == 303


async def test_no_page_of_the_review_changes_anything_by_being_looked_at(desk):
    await desk.sit()
    row = desk.row(FUNDED)
    for path in (
        *("", f"?rad={row['id']}&dom=fel", f"/andra/{row['id']}?f-end=2027-01-01", "/rattelser", "/angra?id=x"),
        *(f"/hantera/{row['id']}?dom=hantera", f"/saknas/{row['document']}?slag=funding&citat=x", "/lage.json"),
    ):
        answer = await desk.get(f"/-/granska{path}")
        assert answer.status_code == (404 if path.startswith("/angra") else 200), path
        assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert desk.untouched


async def test_serve_opens_the_review_to_other_computers_only_when_told_so_twice(desk, monkeypatch, capsys):
    started: list[list[str]] = []
    monkeypatch.setattr("datasette.cli.cli.main", lambda args, **more: started.append(args))
    with pytest.raises(click.ClickException, match="--review-anyone"):
        serve(desk.db, "0.0.0.0", 18231, review=True)
    serve(desk.db, "127.0.0.1", 18231, review=True)
    said = capsys.readouterr().out.splitlines()[0]
    assert said.startswith("Granskning är på: den som sitter vid den här datorn kan rätta")
    assert str(desk.folder) in said
    serve(desk.db, "0.0.0.0", 18231, review_anyone=True)
    assert "alla som når sidan" in capsys.readouterr().out
    kinds = [json.loads(Path(args[args.index("--metadata") + 1]).read_text())["plugins"] for args in started[-1:]]
    assert kinds == [{"protoparse": {"review": "anyone"}}]
    assert "plugins" not in json.loads(configuration(desk.db).read_text())
    assert "plugins" not in Path(arguments(desk.db, "127.0.0.1", 1)[3]).read_text()


# --- the queue


async def test_a_row_is_shown_with_its_words_its_fields_and_its_page(desk):
    await desk.sit()
    row = desk.row(FUNDED)
    body = (await desk.get(f"/-/granska?rad={row['id']}")).text
    for words in (
        FUNDED,
        "31 maj 2026",
        "Lotsen",
        f"/-/page-image/{row['document']}/1.jpg",
        'class="mark"',
        "Granskat",
    ):
        assert (words in body) == (words != "Granskat")
    assert "Hantera" in body  # an end can be handled
    assert (
        "Hantera <kbd>"
        not in (await desk.get(f"/-/granska?rad={desk.row('Nämnden godkänner planen.', 'decisions')['id']}")).text
    )


async def test_the_queue_leads_through_every_rule_and_passes_by_what_is_judged(desk):
    await desk.sit()
    every = len(await _rows(desk, Wanted()))
    assert every == sum(len(desk.ask(f"select 1 from {it} where evidence is not null")) for it in queue.TABLES[:-1])
    seen, address = [], "/-/granska"
    while at := re.search(r'name="rad" value="([^"]+)"', (await desk.get(address)).text):
        seen.append(at[1])
        answer = await desk.judge(at[1], "ratt")
        address = answer.headers["location"]
        if "rad=" not in address:
            break
    assert len(seen) == len(set(seen)) == every
    assert f"Alla {every} rader i urvalet är granskade." in (await desk.get("/-/granska")).text
    assert f"{every} av {every} granskade" in (await desk.get("/-/granska?visa=alla")).text


async def _rows(desk: Desk, wanted: Wanted) -> list[queue.Waiting]:
    class Reader:
        async def query(self, sql: str, values: Any = ()) -> list[dict[str, Any]]:
            with contextlib.closing(sqlite3.connect(desk.db)) as base:
                base.row_factory = sqlite3.Row
                return [dict(row) for row in base.execute(sql, values)]

    return await queue.queue(Reader(), wanted)  # type: ignore[arg-type]


async def test_the_queue_is_narrowed(desk):
    document = desk.row(FUNDED)["document"]
    funding = await _rows(desk, Wanted(table="funding"))
    assert {it.table for it in funding} == {"funding"}
    assert len(funding) == 2
    rule = funding[0].rule
    assert {it.rule for it in await _rows(desk, Wanted(rule=rule))} == {rule}
    assert await _rows(desk, Wanted(rule=rule, table="dates")) == []
    assert await _rows(desk, Wanted(rule="layout:funding")) == []
    assert await _rows(desk, Wanted(rule="layout:sqlite_master")) == []
    assert await _rows(desk, Wanted(organ="' or 1=1 --")) == []
    pages = [it.id for it in await _rows(desk, Wanted(document=document))]
    assert set(pages) == {it.id for it in await _rows(desk, Wanted())}
    assert queue.wanted({"slag": "evidence; drop", "visa": "x"}) == Wanted()


async def test_the_sample_of_a_rule_is_as_large_as_told_and_always_the_same(desk, monkeypatch):
    monkeypatch.setattr(queue, "SAMPLE", 1)
    first = await _rows(desk, Wanted())
    rules = [it.rule for it in first]
    assert len(rules) == len(set(rules))
    assert first == await _rows(desk, Wanted())
    one = first[0]
    with contextlib.closing(sqlite3.connect(desk.db)) as base:
        assert one.id in judged.sample(base, one.rule)
        said = [one.table, one.id, one.id]
        base.execute(
            'insert into corrections (id, kind, "table", row, status, evidence)'
            f" select 'c1', 'wrong', ?, ?, 'applied', evidence from {one.table} where id = ?",
            said,
        )
        base.execute(f"delete from {one.table} where id = ?", [one.id])
        base.commit()
    assert one.rule not in {it.rule for it in await _rows(desk, Wanted())}  # its place in the sample stays empty


# --- right and wrong


async def test_right_is_kept_and_counted_and_can_be_taken_back(desk):
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    answer = await desk.judge(row, "ratt", anmarkning=f"  Ja\n{HOSTILE}\x07 ")
    assert answer.status_code == 303
    entry = {"id": row, "by": "Anna Ek", "on": today().isoformat(), "note": f"Ja {HOSTILE}"}
    (written,) = desk.written("granskat.yml")["judged"]
    assert {key: written[key] for key in entry} == entry
    assert [it["status"] for it in desk.ask("select * from judged")] == ["right"]
    assert "Granskad som rätt av Anna Ek" in (page := (await desk.get(f"/-/granska?rad={row}")).text)
    assert "<script>alert" not in page
    desk.ingest(desk.pdf)
    assert [it["status"] for it in desk.ask("select * from judged")] == ["right"]
    assert (await desk.judge(row, "ater")).status_code == 303
    assert desk.ask("select * from judged") == []
    assert corrections.read(desk.db).judged == ()


async def test_a_wrong_row_is_written_down_and_gone_when_its_document_is_read_again(desk):
    await desk.sit()
    row = desk.row(FUNDED)
    answer = await desk.judge(row["id"], "fel", anmarkning="Gäller något annat.")
    assert answer.status_code == 303
    await desk.read()
    assert desk.written("granskning.yml")["corrections"] == [
        {
            "document": NAME,
            "table": "finansiering",
            "quote": FUNDED,
            "page": "1",
            "row": row["id"],
            "wrong": "true",
            "by": "Anna Ek",
            "on": today().isoformat(),
            "note": "Gäller något annat.",
        }
    ]
    assert desk.ask("select text from funding") == [{"text": BRIDGE}]
    assert [(it["status"], it["row"]) for it in desk.ask("select * from corrections")] == [("applied", row["id"])]
    assert desk.ask("select path from documents") == [{"path": NAME}]
    assert desk.ask("select path, root from document_paths") == [{"path": NAME, "root": "../corpus"}]
    told = (await desk.get("/-/granska/lage.json")).json()
    assert told["busy"] == []
    assert [it["status"] for it in told["told"]] == ["applied"]
    assert FUNDED in (await desk.get("/-/granska/rattelser")).text


async def test_a_row_that_says_something_else_by_now_is_not_judged(desk):
    await desk.sit()
    answer = await desk.post("/-/granska/dom", {"rad": desk.row(FUNDED)["id"], "dom": "fel", "sett": "00000000"})
    assert answer.status_code == 409
    assert "Raden har ändrats" in answer.text
    assert (await desk.post("/-/granska/dom", {"rad": "nej", "dom": "fel", "sett": ""})).status_code == 409
    assert (await desk.judge(desk.row(FUNDED)["id"], "allt")).status_code == 409
    assert desk.untouched


async def test_fields_are_changed_in_swedish_words_and_the_row_with_them(desk):
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    form = (await desk.get(f"/-/granska/andra/{row}")).text
    assert 'name="f-end" value="2026-05-31"' in form
    assert '<option value="stated" selected>uttryckligt</option>' in form
    fields = {"f-end": "2026-08-31", "f-subject": f"Lotsen {HOSTILE}", "f-certainty": "conditional"}
    answer = await desk.change(row, **fields, anmarkning="Ny dag.")
    assert answer.status_code == 303
    (entry,) = desk.written("granskning.yml")["corrections"]
    said = {"till": "2026-08-31", "verksamhet": f"Lotsen {HOSTILE}", "säkerhet": "villkorat"}
    assert (entry["set"], entry["row"], entry["note"], "wrong" in entry) == (said, row, "Ny dag.", False)
    (now,) = desk.ask("select * from funding where id = ?", row)
    assert (now["end"], now["subject"], now["certainty"]) == ("2026-08-31", f"Lotsen {HOSTILE}", "conditional")
    assert "av Anna Ek" in now["corrected"]
    for path in (f"/-/granska?rad={row}", "/-/granska/rattelser", f"/-/granska/andra/{row}", "/-/regler"):
        assert "<script>alert" not in (await desk.get(path)).text, path


async def test_a_second_change_of_a_row_takes_the_place_of_the_first(desk):
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    await desk.change(row, **{"f-end": "2026-08-31"})
    await desk.change(row, **{"f-end": "2026-09-30", "f-source": "staten"})
    (entry,) = desk.written("granskning.yml")["corrections"]
    assert entry["set"] == {"till": "2026-09-30", "finansiär": "staten"}
    assert desk.ask("select end, source from funding where id = ?", row) == [{"end": "2026-09-30", "source": "staten"}]
    await desk.judge(row, "fel")
    await desk.read()
    (entry,) = desk.written("granskning.yml")["corrections"]
    assert entry["wrong"] == "true"
    assert desk.ask("select * from funding where id = ?", row) == []


async def test_a_row_changed_back_needs_no_correction(desk):
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    await desk.change(row, **{"f-end": "2026-08-31"})
    answer = await desk.change(row, **{"f-end": "2026-05-31"})
    assert answer.headers["location"].endswith("gjort=onodig")
    await desk.read()
    assert desk.ask("select end, corrected from funding where id = ?", row) == [
        {"end": "2026-05-31", "corrected": None}
    ]
    assert (desk.ask("select * from corrections"), corrections.read(desk.db).corrections) == ([], ())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Inget fält är ändrat."),
        ({"f-end": "i maj"}, "ska vara en dag"),
        ({"f-kind": "hemligt"}, "tillåtet är"),
        ({"f-kind": ""}, "kind"),
        ({"f-amount": "många"}, "ska vara ett tal"),
        ({"f-start": "2027-01-01"}, "ligger efter"),
        ({"sett": "0"}, "Raden har ändrats"),
    ],
)
async def test_what_a_field_cannot_hold_is_told_and_nothing_is_written(desk, fields, words):
    await desk.sit()
    answer = await desk.change(desk.row(FUNDED)["id"], **fields)
    assert answer.status_code == 409
    assert words in answer.text
    assert all(f'value="{value}"' in answer.text for name, value in fields.items() if name == "f-end")
    assert desk.untouched


async def test_a_row_that_somebody_corrected_by_hand_is_left_to_the_file(desk):
    await desk.sit()
    row = desk.row(FUNDED)
    entry = {"document": NAME, "table": "finansiering", "quote": FUNDED, "set": {"till": "2026-07-31"}}
    corrections.append(desk.folder / "egna.yml", entry | {"by": "Bo", "on": "2026-03-01"})
    desk.ingest(desk.pdf)
    answer = await desk.change(row["id"], **{"f-end": "2026-08-31"})
    assert (answer.status_code, "egna.yml" in answer.text) == (409, True)
    assert (await desk.judge(row["id"], "fel")).status_code == 409
    assert not (desk.folder / "granskning.yml").exists()


async def test_the_day_of_a_document_is_put_right(desk):
    await desk.sit()
    document = desk.row(FUNDED)["document"]
    answer = await desk.change(document, **{"f-meeting_date": "2026-02-09"})
    assert answer.headers["location"] == f"/-/dokument/{document}?gjort=andrad"
    (entry,) = desk.written("granskning.yml")["corrections"]
    assert (entry["table"], entry["set"], "quote" in entry) == ("dokument", {"mötesdag": "2026-02-09"}, False)
    assert desk.ask("select meeting_date from documents") == [{"meeting_date": "2026-02-09"}]
    assert "Sparat: raden är rättad." in (await desk.get(answer.headers["location"])).text


# --- what is missing, and taking back


async def test_a_missing_row_is_added_by_the_words_on_the_page(desk):
    await desk.sit()
    document = desk.row(FUNDED)["document"]
    path = f"/-/granska/saknas/{document}?slag=decisions"
    assert "Orden som de står på sidan" in (await desk.get(path)).text
    words = "Bryggan finansieras\n till och med den 30 juni 2026."
    said = {"citat": words, "f-text": "Bryggan får pengar.", "f-outcome": "approved", "sida": "1"}
    answer = await desk.post(path, said)
    assert answer.headers["location"] == f"/-/dokument/{document}?gjort=tillagd"
    (entry,) = desk.written("granskning.yml")["corrections"]
    assert entry["missing"] == {"text": "Bryggan får pengar.", "utfall": "bifallet"}
    assert (entry["quote"], entry["page"], "row" in entry) == (" ".join(words.split()), "1", False)
    (row,) = desk.ask("select * from decisions where text = 'Bryggan får pengar.'")
    assert row["corrected"].startswith("Tillagt")
    assert row["id"] not in [it.id for it in await _rows(desk, Wanted())]  # people's own rows are not judged
    assert (await desk.change(row["id"], **{"f-text": "Annat."})).status_code == 409


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"citat": "", "f-text": "x", "f-outcome": "approved"}, "Klistra in orden"),
        ({"citat": "Bryggan", "f-text": "", "f-outcome": ""}, "minst ett fält"),
        ({"citat": "Bryggan", "f-text": "x"}, "outcome"),
        ({"citat": "Bryggan", "f-text": "x", "f-outcome": "approved", "sida": "99"}, "Sidan finns inte"),
        ({"citat": "Bryggan", "f-text": "x", "f-outcome": "approved", "sida": "../1"}, "Sidan finns inte"),
        ({"citat": "Det här står ingenstans", "f-text": "x", "f-outcome": "approved"}, "orden står inte i dokumentet"),
    ],
)
async def test_a_row_without_words_on_the_page_is_not_added(desk, said, words):
    await desk.sit()
    answer = await desk.post(f"/-/granska/saknas/{desk.row(FUNDED)['document']}?slag=decisions", said)
    assert answer.status_code == 409
    assert words in answer.text
    await desk.read()
    assert corrections.read(desk.db).corrections == ()
    assert desk.ask("select * from corrections") == []


async def test_a_correction_is_taken_back(desk):
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    await desk.judge(row, "fel")
    await desk.read()
    (made,) = desk.ask("select id from corrections")
    answer = await desk.post("/-/granska/angra", made)
    assert answer.headers["location"] == "/-/granska/rattelser?gjort=angrad"
    assert [it["id"] for it in desk.ask("select id from funding where text = ?", FUNDED)] == [row]
    assert (desk.ask("select * from corrections"), corrections.read(desk.db).corrections) == ([], ())
    assert (await desk.post("/-/granska/angra", made)).status_code == 409
    assert (await desk.post("/-/granska/angra", {"id": "../../etc/passwd"})).status_code == 409


async def test_without_the_pdf_nothing_is_written(desk):
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    desk.pdf.write_bytes(desk.pdf.read_bytes() + b"\n")
    answer = await desk.judge(row, "fel")
    assert (answer.status_code, "PDF-filen finns inte kvar" in answer.text) == (409, True)
    assert desk.untouched


async def test_a_file_that_cannot_be_read_is_told_in_swedish_and_left_alone(desk):
    await desk.sit()
    desk.folder.mkdir()
    (desk.folder / "granskning.yml").write_text("corrections:\n  - trasig\n")
    answer = await desk.judge(desk.row(FUNDED)["id"], "fel")
    assert answer.status_code == 409
    assert "granskning.yml, rad 2" in answer.text
    assert (desk.folder / "granskning.yml").read_text() == "corrections:\n  - trasig\n"


async def test_a_run_that_stops_leaves_the_correction_and_says_so(desk, monkeypatch):
    async def stopped(line: list[str]) -> tuple[int, str]:
        return 2, "protoparse: en annan körning pågår\n"

    monkeypatch.setattr(rereading, "started", stopped)
    await desk.sit()
    answer = await desk.change(desk.row(FUNDED)["id"], **{"f-end": "2026-08-31"})
    assert answer.headers["location"].endswith("gjort=senare")
    assert "en annan körning pågår" in (await desk.get("/-/granska")).text
    assert len(corrections.read(desk.db).corrections) == 1
    desk.ingest(desk.pdf)
    assert desk.ask("select status from corrections") == [{"status": "applied"}]


async def test_a_file_broken_while_a_run_reads_is_told_and_the_next_order_is_taken(desk, monkeypatch):
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    whole = rereading.started

    async def breaking(line: list[str]) -> tuple[int, str]:
        (desk.folder / "egna.yml").write_text("corrections: [")
        return 0, ""

    monkeypatch.setattr(rereading, "started", breaking)
    answer = await desk.change(row, **{"f-end": "2026-08-31"})
    assert answer.headers["location"].endswith("gjort=senare")
    assert "egna.yml" in (await desk.get("/-/granska")).text
    (desk.folder / "egna.yml").unlink()
    monkeypatch.setattr(rereading, "started", whole)
    assert (await desk.change(row, **{"f-end": "2026-09-30"})).status_code == 303
    assert desk.ask("select end from funding where id = ?", row) == [{"end": "2026-09-30"}]


async def test_a_register_read_with_other_rules_is_not_read_anew_behind_the_back(desk, monkeypatch):
    monkeypatch.setattr(ingest, "rules_hash", lambda folder: "andra")
    await desk.sit()
    await desk.judge(desk.row(FUNDED)["id"], "fel")
    await desk.read()
    assert "andra regler" in (await desk.get("/-/granska")).text
    assert len(desk.ask("select * from funding")) == 2


async def test_the_real_run_reads_the_one_document_again(desk, monkeypatch):
    monkeypatch.undo()
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    answer = await desk.change(row, **{"f-end": "2026-08-31"})
    assert answer.headers["location"].endswith("gjort=andrad")
    assert desk.ask("select end from funding where id = ?", row) == [{"end": "2026-08-31"}]
    assert len(desk.ask("select * from documents")) == 1


async def test_many_corrections_at_once_are_read_in_few_runs(desk, monkeypatch):
    runs: list[list[str]] = []
    before = rereading.started

    async def counted(line: list[str]) -> tuple[int, str]:
        runs.append(line)
        await asyncio.sleep(0)
        return await before(line)

    monkeypatch.setattr(rereading, "started", counted)
    await desk.sit()
    for text in (FUNDED, BRIDGE):
        assert (await desk.judge(desk.row(text)["id"], "fel")).status_code == 303
    await desk.read()
    assert desk.ask("select * from funding") == []
    assert len(runs) <= 2


# --- handled


async def test_an_end_is_handled_from_the_audit_and_shown_again(desk):
    await desk.sit()
    row = desk.row(FUNDED)["id"]
    audit = (await desk.get("/-/granskning?as_of=2026-06-15")).text
    way = f"/-/granska/hantera/{row}?as_of=2026-06-15"
    assert f'href="{way}"' in audit
    assert "Markera som hanterat" in (await desk.get(way)).text
    answer = await desk.post(way, {"dom": "hantera", "anmarkning": f"Ringt. {HOSTILE}"})
    assert answer.headers["location"] == "/-/granskning?as_of=2026-06-15&gjort=hanterat"
    (mark,) = desk.written("hanterat.yml")["handled"]
    assert (mark["id"], mark["by"], mark["note"]) == (row, "Anna Ek", f"Ringt. {HOSTILE}")
    page = (await desk.get(answer.headers["location"])).text
    assert "Markerat som hanterat." in page
    assert re.search(r"Hanterat <span class=\"count\">1</span>", page)
    assert "<script>alert" not in page
    answer = await desk.post(way, {"dom": "visa"})
    assert answer.headers["location"].endswith("gjort=visas")
    assert corrections.read(desk.db).handled == ()
    assert (await desk.post(way, {"dom": "x"})).status_code == 409
    assert (await desk.get("/-/granska/hantera/finns-inte")).status_code == 404


# --- rules


async def test_how_right_the_rules_are_survives_reading_again(desk):
    await desk.sit()
    right, wrong = desk.row(FUNDED)["id"], desk.row(BRIDGE)["id"]
    rule = desk.ask("select e.rule from funding f join evidence e on e.id = f.evidence where f.id = ?", right)[0][
        "rule"
    ]
    await desk.judge(right, "ratt")
    await desk.judge(wrong, "fel")
    await desk.read()
    ingest.run([desk.pdf.parent], desk.db, jobs=1, rebuild=True, say=lambda line: None)
    page = (await desk.get("/-/regler")).text
    row = next(part for part in page.split("<tr ") if part.startswith(f'id="{rule.replace(" ", "_")}"'))
    assert "50\u00a0%" in row
    assert "9–91\u00a0%; 1 rätt av 2" in row
    assert f"/-/granska?regel={rule.replace(':', '%3A').replace(' ', '+')}" in row
    assert "regel=" in row


async def test_the_rules_are_told_without_the_review_too(ready, tmp_path):
    desk = Desk(ready, tmp_path, review="")
    body = (await desk.get("/-/regler")).text
    assert "Ännu har ingen jämfört urvalens rader" in body
    assert "Lotsen" not in body
    assert "Exempel" not in body or "<li>" in body


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(), ("", "")),
        (Tally(right=30), ("100\u00a0%", "89–100\u00a0%")),
        (Tally(right=299, wrong=1), ("99,7\u00a0%", "98–100\u00a0%")),
        (Tally(right=9999, corrected=1), ("99,9\u00a0%", "100–100\u00a0%")),
        (Tally(corrected=1, wrong=2), ("0\u00a0%", "0–56\u00a0%")),
    ],
)
async def test_figures(tally, words):
    said = rulepage.figures(tally)
    assert (said["precision"], said["interval"]) == words


async def test_marking_keeps_what_was_judged_while_a_run_read(desk):
    row = desk.row(FUNDED)["id"]
    marking.judge(desk.db, row, "Anna", None, today())
    with contextlib.closing(sqlite3.connect(desk.db)) as base:
        base.execute("delete from judged")
        base.commit()
    marking.refresh(desk.db)
    assert [it["id"] for it in desk.ask("select id from judged")] == [row]


async def test_a_register_too_large_for_one_queue_is_led_through_rule_by_rule(desk, monkeypatch):
    whole = queue.queue

    async def slow(reader: Any, wanted: Wanted) -> list[queue.Waiting]:
        if not wanted.rule:
            raise queue.TooMany
        return await whole(reader, wanted)

    monkeypatch.setattr(queue, "queue", slow)
    await desk.sit()
    answer = await desk.get("/-/granska?slag=funding")
    assert answer.status_code == 303
    assert "regel=" in answer.headers["location"]
    row = desk.row(FUNDED)["id"]
    assert FUNDED in (await desk.get(f"/-/granska?rad={row}")).text
    assert (await desk.judge(row, "ratt")).status_code == 303
    assert [it["id"] for it in desk.ask("select id from judged")] == [row]


async def test_a_doubt_leads_to_the_row_that_is_missing(desk):
    await desk.sit()
    proof, document = desk.row(FUNDED)["evidence"], desk.row(FUNDED)["document"]
    id = f"{document}-u00000001"
    with contextlib.closing(sqlite3.connect(desk.db)) as base:
        base.execute(
            "insert into doubts (id, document, ordinal, kind, message, evidence)"
            " values (?, ?, 1, 'funding', 'oklart', ?)",
            (id, document, proof),
        )
        base.commit()
    page = (await desk.get(f"/-/granska?rad={id}")).text
    assert 'value="ratt"' not in page
    way = re.search(r'id="andra" href="([^"]+)"', page)[1].replace("&amp;", "&")
    form = (await desk.get(way)).text
    assert f">{FUNDED}</textarea>" in form
    assert 'name="sida" inputmode="numeric" value="1"' in form
    answer = await desk.post(f"/-/granska/hantera/{id}?fran=rad", {"dom": "hantera"})
    assert answer.headers["location"] == f"/-/granska?rad={id}&gjort=hanterat"
    assert [it["kind"] for it in desk.ask("select kind from handled")] == ["doubt"]


async def test_the_pages_of_the_review_are_valid_html_with_every_field_labelled(desk):
    html5lib = pytest.importorskip("html5lib")
    names = [await desk.get("/-/granska")]
    await desk.sit(f"Anna {HOSTILE}")
    row = desk.row(FUNDED)
    await desk.judge(desk.row(BRIDGE)["id"], "fel")
    await desk.read()
    paths = ["/-/granska", f"/-/granska?rad={row['id']}", "/-/granska?rad=x", "/-/granska?slag=votes", "/-/regler"]
    paths += [f"/-/granska/andra/{row['id']}", f"/-/granska/andra/{row['document']}", "/-/granska/rattelser"]
    paths += [f"/-/granska/saknas/{row['document']}{more}" for more in ("", "?slag=attendance", "?slag=ballots")]
    paths += [f"/-/granska/hantera/{row['id']}", "/-/granska/namn", f"/-/dokument/{row['document']}", "/-/granskning"]
    for answer in (*names, *[await desk.get(path) for path in paths]):
        parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
        tree = parser.parse(answer.text)
        assert parser.errors == [], answer.url
        ids = [it.get("id") for it in tree.iter() if it.get("id")]
        assert len(ids) == len(set(ids)), answer.url
        labelled = {it.get("for") for it in tree.iter("label")}
        fields = [it for tag in ("input", "select", "textarea", "progress") for it in tree.iter(tag)]
        assert [it.get("name") for it in fields if it.get("type") != "hidden" and it.get("id") not in labelled] == []
        assert "<script>alert" not in answer.text
