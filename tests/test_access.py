"""What a visitor may not have: files of the machine, hidden tables, other people's SQL, and an index of names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from protoparse.cli import main
from protoparse.site import serve
from protoparse.site.serve import arguments, metadata, present
from test_site_pages import Told

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
TOKEN = "hemligtord"
DAY = "as_of=2026-11-22"


@pytest.fixture
def site(tmp_path: Path) -> Told:
    return Told(tmp_path)


def opened(site: Told, settings: dict | None = None, **more: object) -> Datasette:
    config = metadata("protoparse", present(site.db), **more)
    return Datasette([str(site.db)], metadata=config, settings=settings or {})


async def test_search_engines_are_kept_out_of_everything(site):
    robots = await site.get("/robots.txt")
    assert (robots.status_code, "Disallow: /\n" in robots.text) == (200, True)
    pages = ("/", "/-/sok", f"/-/pdf/{site.document}", "/protoparse", "/protoparse/beslut", "/protoparse/beslut.json",
             "/-/static-plugins/protoparse/protoparse.css", "/-/versions.json", "/nowhere/at/all",
             f"/-/page-image/{site.document}/1.png", "/-/floden/beslut.atom", "/-/databases.json")  # fmt: skip
    for address in pages:
        answer = await site.get(address)
        assert answer.headers["x-robots-tag"] == "noindex, nofollow", address
        assert answer.headers["x-content-type-options"] == "nosniff", address


async def test_search_engines_are_let_in_only_where_the_configuration_says_so(site):
    client = opened(site, robots=True).client
    assert "Allow: /\n" in (await client.get("/robots.txt")).text
    for address in ("/", "/protoparse/beslut", f"/-/pdf/{site.document}"):
        assert "x-robots-tag" not in (await client.get(address)).headers, address


async def test_pages_about_the_machine_are_refused(site):
    for name in ("databases", "metadata", "threads"):
        for address in (f"/-/{name}", f"/-/{name}.json", f"/-/{name}/"):
            answer = await site.get(address)
            assert answer.status_code == 403, address
            assert str(site.db.parent) not in answer.text


async def test_databases_of_others_keep_their_pages(tmp_path):
    client = Datasette(memory=True).client
    for address in ("/-/databases.json", "/-/metadata.json"):
        assert (await client.get(address)).status_code == 200
    assert (await client.get("/robots.txt")).status_code == 404


async def test_sql_of_visitors_can_be_turned_off(site):
    ask = "/protoparse.json?sql=select+1"
    assert (await opened(site).client.get(ask)).status_code == 200
    closed = opened(site, {"default_allow_sql": False}).client
    assert (await closed.get(ask)).status_code == 403
    assert (await closed.get("/protoparse?sql=select+1")).status_code == 403
    for address in ("/", "/-/sok?q=plan", "/protoparse/beslut", "/-/export/protoparse/beslut.csv"):
        assert (await closed.get(address)).status_code == 200, address
    assert "default_allow_sql 1" in " ".join(arguments(site.db, "127.0.0.1", 8001))
    assert "default_allow_sql 0" in " ".join(arguments(site.db, "0.0.0.0", 8001))
    assert "default_allow_sql 1" in " ".join(arguments(site.db, "0.0.0.0", 8001, sql=True))
    assert "default_allow_sql 0" in " ".join(arguments(site.db, "127.0.0.1", 8001, sql=False))


async def test_the_command_line_says_what_is_open(site, monkeypatch):
    given = []
    monkeypatch.setattr(serve, "serve", lambda *said: given.append(said[1:]))
    for options in ([], ["--no-sql"], ["--sql", "--robots"]):
        assert CliRunner().invoke(main, ["serve", "--db", str(site.db), *options]).exit_code == 0
    assert [said[4:6] for said in given] == [(None, False), (False, False), (True, True)]


async def test_sql_that_writes_is_refused(site):
    for sql in (
        "delete from documents",
        "attach 'x' as y",
        "pragma writable_schema=1",
        "vacuum into '/tmp/x'",
        "select load_extension('x')",
    ):
        assert (await site.get(f"/protoparse.json?sql={sql}")).status_code == 400, sql


async def test_the_database_is_not_to_be_downloaded(site):
    assert (await site.get("/protoparse.db")).status_code == 403
    assert "allow_download 0" in " ".join(arguments(site.db, "127.0.0.1", 8001))


async def test_a_link_to_another_file_is_not_followed_to_its_words(site, tmp_path):
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF-1.4 secret")
    site.pdf.unlink()
    site.pdf.symlink_to(secret)
    for address in (f"/-/pdf/{site.document}", f"/-/page-image/{site.document}/1.png"):
        answer = await site.get(address)
        assert (answer.status_code, b"secret" in answer.content) == (404, False), address
    assert "har ändrats" in (await site.get(f"/-/pdf/{site.document}")).text


async def test_a_pdf_is_sent_once(site):
    first = await site.get(f"/-/pdf/{site.document}")
    assert first.content == site.pdf.read_bytes()
    again = await site.get(f"/-/pdf/{site.document}", if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


# Tables that can be hidden, each with its words that no page of ours may then tell.
HIDDEN = {
    "decisions": ("text", "heading"),
    "roster_changes": ("incoming", "outgoing", "group_name"),
    "funding": ("subject", "text", "condition"),
    "attendance": ("name", "role"),
    "seats": ("name", "group_name"),
    "seat_findings": ("message",),
    "commitments": ("text",),
    "missing": ("message",),
    "matters": ("title",),
    "findings": ("message",),
    "aliases": ("name",),
    "possible_same": ("reason",),
    "entities": ("name",),
    "documents": ("label", "title"),
}


TOGETHER = (
    ("decisions", "aliases", "seats", "missing"), ("roster_changes", "funding", "possible_same"), ("documents",),
    ("attendance", "seat_findings", "commitments", "findings", "matters"), ("entities",),
)  # fmt: skip


@pytest.mark.parametrize("tables", TOGETHER)
async def test_a_hidden_table_is_told_nowhere(site, tables):
    site.change(
        "insert into funding (id, document, ordinal, service, kind, certainty, text, end, meeting_date, evidence)"
        " values ('f1', ?, 1, 'service-Lotsen', 'funded_until', 'stated', 'nu', '2026-03-01', '2026-02-06', ?)",
        site.document,
        site.evidence,
    )
    site.change("insert into findings (id, kind, severity, service, message, later) values"
                " ('x9', 'gap', 'warning', 'service-Lotsen', 'lucka', 'f1')")  # fmt: skip
    config = metadata("protoparse", present(site.db))
    for table in tables:
        config["databases"]["protoparse"]["tables"][table]["allow"] = False
        for column in HIDDEN[table]:
            site.change(f"update {table} set {column} = ?", TOKEN)
    client = Datasette([str(site.db)], metadata=config).client
    doc = site.document
    pages = (
        f"/?{DAY}",
        f"/-/dokument/{doc}",
        f"/-/evidence/{site.evidence}",
        f"/-/evidence/{site.evidence}.json",
        f"/-/sok?q={TOKEN}",
        f"/-/sok.json?q={TOKEN}",
        f"/-/granskning?{DAY}",
        f"/-/granskning.json?{DAY}",
        f"/-/granskning.csv?{DAY}",
        f"/-/person/person-EvaEk?{DAY}",
        f"/-/organ/organ-1?{DAY}",
        f"/-/tjanst/service-Lotsen?{DAY}",
        f"/-/tjanst/service-Lotsen.ics?{DAY}",
        "/-/arende/KS%202026/12",
        "/-/popolo.json",
        "/-/floden/beslut.atom",
        "/-/floden/byten.atom",
        "/-/floden/fynd.atom",
        f"/-/dokument/{doc}.jsonld",
        *(f"/-/export/protoparse/{table}.csv" for table in tables),
        *(f"/protoparse/{table}" for table in tables),
    )
    told = {}
    for address in pages:
        answer = await client.get(address)
        assert answer.status_code < 500, address
        body = answer.text.replace(f'value="{TOKEN}"', "").replace(f"q={TOKEN}", "").replace(f"”{TOKEN}”", "")
        body = body.replace(f"Sökning: {TOKEN}", "")
        if TOKEN in body:
            told[address] = body[max(0, body.find(TOKEN) - 300) :][:350]
    assert told == {}
