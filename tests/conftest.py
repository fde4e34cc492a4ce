"""Factories with defaults, so that a test states only what it is about."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest

from protoparse import as_rows, ingest, store
from protoparse.models import (
    Attendee,
    Ballot,
    DateMention,
    Decision,
    Dissent,
    Doubt,
    Evidence,
    Funding,
    Meeting,
    PageText,
    Passage,
    Protocol,
    RosterChange,
    Section,
    Vote,
)
from protoparse.text import Text, Word

if TYPE_CHECKING:
    from sqlite_utils import Database

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"


def printed(string: str, page: int = 1, top: float = 100.0, x: float = 50.0) -> Text:
    """A line of text as if it stood on a page."""
    words = []
    for part in string.split():
        words.append(Word(part, page, x, top, x + 5.0 * len(part), top + 10.0, 11.0))
        x += 5.0 * (len(part) + 1)
    return Text.of_words(words)


def evidence(string: str, rule: str | None = "r", **place: Any) -> Evidence:
    return Evidence(quote=printed(string, **place), rule=rule)


def decision(text: str, rule: str = "beslutar", page: int = 1, top: float = 100.0, **given: Any) -> Decision:
    proof = evidence(text, rule, page=page, top=top)
    return Decision(**{"evidence": proof, "text": text, "outcome": "approved", **given})


def funding(
    text: str, subject: str = "Lotsen", end: str | None = None, rule: str = "finansieras", **given: Any
) -> Funding:
    last = date.fromisoformat(end) if end else None
    base = {"evidence": evidence(text, rule), "text": text, "kind": "funded_until", "certainty": "stated"}
    return Funding(**{**base, "subject": subject, "end": last, **given})


def change(text: str, rule: str = "ersätter", **given: Any) -> RosterChange:
    return RosterChange(**{"evidence": evidence(text, rule), "kind": "replacement", **given})


def mention(text: str, day: str, rule: str = "datum", **place: Any) -> DateMention:
    one = date.fromisoformat(day)
    return DateMention(evidence=evidence(text, rule, **place), text=text, start=one, end=one, precision="day")


def attendee(name: str, **given: Any) -> Attendee:
    return Attendee(**{"evidence": evidence(name, None), "name": name, "category": "member", **given})


def ballot(text: str, **given: Any) -> Ballot:
    return Ballot(**{"evidence": evidence(text, None), "number": 1, **given})


def dissent(text: str, **given: Any) -> Dissent:
    base = {"evidence": evidence(text, None), "kind": "reservation", "text": text}
    return Dissent(**{**base, **given})


def vote(name: str, **given: Any) -> Vote:
    return Vote(**{"evidence": evidence(name, None), "ballot": 1, "name": name, "vote": "yes", **given})


def doubt(text: str, **given: Any) -> Doubt:
    return Doubt(**{"evidence": evidence(text), "kind": "decisions", "cue": "beslutar", "message": "oklart", **given})


def section(ordinal: int, title: str, number: str | None = None, **given: Any) -> Section:
    base = {
        "ordinal": ordinal,
        "number": number,
        "title": title,
        "page": 1,
        "heading": printed(title, top=50.0 * ordinal),
    }
    return Section(**{**base, **given})


def passage(text: str, page: int = 1, top: float = 100.0, **given: Any) -> Passage:
    return Passage(printed(text, page, top), **given)


def sheet(number: int = 1, text: str = "", **given: Any) -> PageText:
    return PageText(**{"number": number, "width": 595.0, "height": 842.0, "text": text, **given})


def parsed(**given: Any) -> Protocol:
    """What `protocol.parse` gives."""
    return Protocol(**{"meeting": meeting(), "pages": [sheet()], **given})


def meeting(day: str | None = "2025-12-12", **given: Any) -> Meeting:
    base = {"kind": "protokoll", "organ": "Ledningen", "date": date.fromisoformat(day) if day else None}
    return Meeting(**{**base, **given})


def source(name: str = "a.pdf") -> as_rows.Source:
    return as_rows.Source(sha256(name.encode()).hexdigest(), name)


def rows(name: str = "a.pdf", **given: Any) -> as_rows.Rows:
    """The rows of a document that says what is given."""
    return as_rows.rows_of(source(name), parsed(**given))


@cache
def _empty() -> bytes:
    """The file of a database without a document."""
    with TemporaryDirectory() as folder:
        store.open_db(Path(folder) / "empty.db").close()
        return (Path(folder) / "empty.db").read_bytes()


def open_db(path: Path) -> Database:
    """`store.open_db`; where no file is, of a copy of an empty database, which takes a twentieth of the time."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_empty())
    return store.open_db(path)


def emptied(db: Database) -> Database:
    """The same database as it was before the first document: what `store.create` does, quicker."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "empty.db").write_bytes(_empty())
        with closing(sqlite3.connect(Path(folder) / "empty.db")) as empty:
            empty.backup(db.conn)
    return db


UNIT = 0.04  # seconds of `_a_known_sum` on the machine on which the limits of the tests were set, at rest


def _a_known_sum() -> float:
    began = time.process_time()
    sum(n * n % 7 for n in range(500_000))
    return time.process_time() - began


def taken(work: Callable[[], object]) -> float:
    """Processor seconds that work would take on the machine on which the limits were set, at rest: where it is slower,
    or has something else to do, a known sum takes longer too."""
    began = time.process_time()
    work()
    took = time.process_time() - began
    return took * UNIT / max(UNIT, _a_known_sum())


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """An ingest reads without workers, whose start takes most of its time; they have tests of their own."""
    monkeypatch.setattr(ingest, "reading", lambda tasks, workers, read, limit: nullcontext(map(read, tasks)))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    made = open_db(tmp_path / "protoparse.db")
    yield made
    made.conn.close()


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> None:
    """Each Datasette would compile its templates anew, which takes most of its time; here they share what is made."""
    if "datasette" in sys.modules:
        from datasette import hookimpl
        from datasette.plugins import pm
        from jinja2 import BytecodeCache

        kept: dict[str, bytes] = {}

        class Compiled(BytecodeCache):
            def load_bytecode(self, bucket: Any) -> None:
                if bucket.key in kept:
                    bucket.bytecode_from_string(kept[bucket.key])

            def dump_bytecode(self, bucket: Any) -> None:
                kept[bucket.key] = bucket.bytecode_to_string()

        class Plugin:
            @staticmethod
            @hookimpl
            def prepare_jinja2_environment(env: Any) -> None:
                env.bytecode_cache = Compiled()

        pm.register(Plugin, "templates are compiled once")


@pytest.fixture(scope="session")
def samples() -> dict[str, Protocol]:
    """The sample corpus as it is read, by file name; what takes most of the time is done once for all tests."""
    from protoparse.protocol import Kit, parse
    from protoparse.rules import load

    kit = Kit.of(load())
    return {path.name: parse(path, kit) for path in sorted(SAMPLE.glob("*.pdf"))}


@pytest.fixture(scope="session")
def samples_db(samples: dict[str, Protocol], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The sample corpus in a database, finished; to be asked only."""
    made = open_db(tmp_path_factory.mktemp("samples_db") / "protoparse.db")
    for name, found in samples.items():
        digest = sha256((SAMPLE / name).read_bytes()).hexdigest()
        store.write_document(made, as_rows.rows_of(as_rows.Source(digest, name), found))
    ingest.finish(made, [])
    yield made
    made.conn.close()


def fake_read(task: Any) -> as_rows.Rows:
    """A reader for ingest's tests: the file's words decide what happens. Runs in a worker."""
    said = Path(task.at).read_bytes().decode("latin-1")
    if "HANG" in said:
        time.sleep(60)
    if "BUG" in said:
        raise KeyError("bug")
    if "SCANNED" in said:
        return as_rows.rows_of(task.source, parsed(pages=[sheet(scanned=True)]))
    return as_rows.rows_of(task.source, parsed(decisions=[decision(f"Beslut om {len(said)} tecken.")]))
