"""People read while an ingest writes: every answer is the register as it was or as it has become, never half of it."""

from __future__ import annotations

import asyncio
import fcntl
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.database import QueryInterrupted

from protoparse import ingest, planning, store, workers
from protoparse.site import snapshot
from protoparse.site.serve import metadata, present

SAMPLES = Path(__file__).parents[1] / "corpus" / "sample"
DAY = "as_of=2026-09-20"
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")


class Register:
    """A folder of documents, their database, and the site over it."""

    def __init__(self, folder: Path):
        self.corpus, self.db = folder / "corpus", folder / "register.db"
        self.site = Datasette([str(self.db)], metadata=metadata("register", present(self.db)))
        self.addresses = self._addresses()

    def add(self, names: str) -> None:
        for pdf in SAMPLES.glob(names):
            shutil.copy(pdf, self.corpus)

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        """An ingest in a process of its own."""
        command = [sys.executable, "-m", "protoparse", "ingest", str(self.corpus), "--db", str(self.db), "--jobs", "1"]
        return subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL)

    def killed(self, *options: str) -> None:
        """An ingest that is killed as soon as it has read one document."""
        code = (
            "import os, signal, sys; from protoparse.cli import main; from protoparse.shelf import Shelf\n"
            "put = Shelf.put\n"
            "Shelf.put = lambda *given: (put(*given), os.kill(os.getpid(), signal.SIGKILL)); main(sys.argv[1:])"
        )
        command = [sys.executable, "-c", code, "ingest", str(self.corpus), "--db", str(self.db), "--jobs", "1"]
        done = subprocess.run([*command, *options], stdout=subprocess.DEVNULL, check=False)
        assert done.returncode == -signal.SIGKILL

    def ids(self, sql: str) -> list[str]:
        with sqlite3.connect(f"{self.db.as_uri()}?mode=ro", uri=True) as db:
            return [row[0] for row in db.execute(sql)]

    def _addresses(self) -> list[str]:
        service = self.ids("select id from entities where kind = 'service' and name = 'Anhöriglinjen'")[0]
        organ = self.ids("select organ_id from documents where organ_id is not null order by path")[0]
        document = self.ids("select id from documents where kind = 'protokoll' order by path")[0]
        pages = (f"/?{DAY}&", f"/-/granskning?{DAY}&within=365", f"/-/granskning.json?{DAY}&within=365")
        facts = (f"/-/organ/{organ}?{DAY}", f"/-/tjanst/{service}?{DAY}", f"/-/dokument/{document}")
        found = ("/-/sok.json?q=verksamheten", "/-/sok?q=beslut", "/-/popolo.json", "/-/floden/fynd.atom")
        return [*pages, *facts, *found]

    async def body(self, address: str) -> str:
        answer = await self.site.client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return answer.text

    async def state(self) -> dict[str, str]:
        return {address: await self.body(address) for address in self.addresses}

    async def while_running(self, work: subprocess.Popen[bytes]) -> dict[str, set[str]]:
        """All that the pages said until the work was done."""
        said: dict[str, set[str]] = {}
        while work.poll() is None:
            for address in self.addresses:
                said.setdefault(address, set()).add(await self.body(address))
                await asyncio.sleep(0)
        assert work.returncode in (0, 1)
        return said


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few samples and their database."""
    folder = tmp_path_factory.mktemp("read_once")
    (folder / "corpus").mkdir()
    for name in ("protokoll-lanssamverkan-strand-2026-02-06", "nyhetsbrev-lanssamverkan-strand-hosten-2026"):
        shutil.copy(SAMPLES / f"{name}.pdf", folder / "corpus")
    command = [sys.executable, "-m", "protoparse", "ingest", folder / "corpus", "--db", folder / "register.db"]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture
def register(read_once: Path, tmp_path: Path) -> Register:
    return Register(Path(shutil.copytree(read_once, tmp_path / "here")))


@pytest.mark.asyncio
async def test_every_answer_is_of_before_or_of_after(register):
    before = await register.state()
    register.add("protokoll-lanssamverkan-strand-2025-12-05.pdf")
    said = await register.while_running(register.start("--rebuild"))
    after = await register.state()
    changed = [address for address in before if before[address] != after[address]]
    assert len(changed) >= 5
    for address, bodies in said.items():
        assert bodies <= {before[address], after[address]}, address
    assert all(before[address] in said[address] for address in before)


@pytest.mark.asyncio
async def test_a_run_that_is_killed_leaves_the_register_as_it_was_and_its_reading_to_the_next(register):
    before = await register.state()
    kept = register.db.with_name("register.db-read")
    register.killed("--rebuild")
    assert await register.state() == before
    assert (done := kept.read_bytes().count(b"\n")) == 1
    said: list[str] = []
    read: list[str] = []

    def watched(task):
        read.append(task.at)
        return workers.read_document(task)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "reading", lambda tasks, *_: _serial(map(watched, tasks)))
        summary = ingest.run((register.corpus,), register.db, say=said.append, rebuild=True, jobs=1)
    assert summary.reread == len(register.ids("select id from documents"))
    assert len(read) == summary.reread - done
    assert not kept.exists()
    assert await register.state() == before


def _serial(rows):
    return nullcontext(rows)


def test_two_runs_at_once_are_refused(register):
    with (register.db.with_name("register.db-read")).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        work = register.start("--rebuild")
        assert work.wait() == 2


@pytest.mark.asyncio
async def test_a_page_that_began_before_a_change_ends_before_it(register):
    db = register.site.get_database("register")
    with snapshot.request() as end:
        count = "select count(*) from decisions"
        first = await snapshot.ask(db, lambda it: it.execute(count).fetchone()[0])
        then = await snapshot.moment(db)
        with sqlite3.connect(register.db) as other:
            other.execute("delete from decisions")
        assert await snapshot.ask(db, lambda it: it.execute(count).fetchone()[0]) == first > 0
        end()
        assert await snapshot.ask(db, lambda it: it.execute(count).fetchone()[0]) == 0
        assert await snapshot.moment(db) != then


@pytest.mark.asyncio
async def test_no_question_runs_for_ever(register):
    db = register.site.get_database("register")
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with snapshot.request():
        here = snapshot.of(db)
        for _ in range(2):  # and the connection can be used again
            with pytest.raises(QueryInterrupted):
                await here.run(lambda it: it.execute(endless).fetchone(), limit=50)
        assert await here.run(lambda it: it.execute("select 1").fetchone()[0]) == 1
    with pytest.raises(QueryInterrupted):
        await db.execute_fn(lambda it: snapshot.within(it, lambda it: it.execute(endless).fetchone(), 50))


@pytest.mark.asyncio
async def test_a_page_that_takes_too_long_says_so(register, monkeypatch):
    monkeypatch.setattr(snapshot, "within", _too_late)
    for address in (
        "/",
        f"/-/granskning?{DAY}",
        "/-/popolo.json",
        "/-/organ/organ-x",
        "/-/arende/KS%202026-1",
        "/-/sok.json?q=beslut",
    ):
        answer = await register.site.client.get(address)
        assert (answer.status_code, "Det tog för lång tid" in answer.text) == (503, True), address
        assert "script-src 'self'" in answer.headers["content-security-policy"]
    answer = await register.site.client.get("/-/sok?q=beslut")
    assert "Sökningen tog för lång tid" in answer.text and "Inga träffar" not in answer.text


def test_a_machine_that_is_busy_with_something_else_stops_no_question():
    """Waiting for the processor is not work: only work is limited so tightly."""
    db = sqlite3.connect(":memory:")
    db.create_function("wait", 0, lambda: time.sleep(0.2) or 1)
    long = "with recursive n(i) as (select wait() union all select i + 1 from n where i < 9000) select max(i) from n"
    assert snapshot.within(db, lambda it: it.execute(long).fetchone()[0], 100) == 9000
    with pytest.raises(QueryInterrupted):
        snapshot.within(db, lambda it: it.execute(long).fetchone(), 100 // snapshot.STARVED)
    db.close()


def _too_late(*_):
    raise QueryInterrupted("interrupted", "", None)


@pytest.mark.asyncio
async def test_idle_connections_are_used_again_and_few(register):
    db = register.site.get_database("register")
    await asyncio.gather(*(register.body("/-/sok?q=beslut") for _ in range(12)))
    opened = len(db._all_file_connections)
    for _ in range(5):
        await register.body("/-/sok?q=beslut")
    assert len(db._all_file_connections) == opened


def test_what_is_known_of_a_database_tells_whether_people_may_be_reading(tmp_path):
    path = tmp_path / "new.db"
    db = store.open_db(path)
    db.execute("insert into runs (started) values ('2026-01-01')")
    assert not planning.remembered(path).shown
    db.execute("insert into runs (ended) values ('2026-01-01')")
    assert planning.remembered(path).shown
    db.close()


def test_looking_for_commits_takes_away_no_lock(tmp_path):
    """Closing a database file that was opened by hand would: another process could then write over what is read."""
    path = tmp_path / "a.db"
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("CREATE TABLE t (n)")
    writer.commit()
    datasette = Datasette([str(path)])
    db = datasette.get_database("a")
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    before = snapshot.stamp(db)
    code = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=0); db.execute('INSERT INTO t VALUES (1)'); "
        "db.commit(); print(db.execute('PRAGMA wal_checkpoint(TRUNCATE)').fetchone()[0])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"  # busy: the reader still holds its place
    assert snapshot.stamp(db) != before
    reader.close()
    writer.close()
