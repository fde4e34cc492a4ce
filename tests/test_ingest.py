"""Which files a run reads, what it forgets, and that no file costs another anything."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import fake_read
from protoparse import as_rows, ingest, looking, planning, store
from protoparse.rules import RuleError
from protoparse.summary import Summary
from protoparse.workers import Task, reading


class Folder:
    """A folder of files, a database beside it, and runs over them."""

    def __init__(self, tmp_path: Path):
        self.corpus = tmp_path / "corpus"
        self.corpus.mkdir()
        self.database = tmp_path / "output" / "p.db"
        self.said: list[str] = []
        self.rules = tmp_path / "rules"
        self.rules.mkdir()
        self.rule("beslutar")

    def rule(self, id: str) -> None:
        text = f"kind: decision\nrules:\n  - id: {id}\n    pattern: beslutar\n"
        (self.rules / "decisions.yml").write_text(text)

    def put(self, name: str, content: str) -> Path:
        path = self.corpus / name
        path.parent.mkdir(exist_ok=True, parents=True)
        before = path.stat().st_mtime_ns if path.exists() else 0
        path.write_text(content)
        if before:  # so that a change within one tick of the clock is seen
            os.utime(path, ns=(before + 1000, before + 1000))
        return path

    def run(self, *paths: Path, **options) -> Summary:
        self.said = []
        options = {"read": fake_read, "say": self.said.append, "jobs": 2, "rules": self.rules, **options}
        return ingest.run(paths or (self.corpus,), self.database, **options)

    def rows(self, table: str, order: str = "1") -> list[dict]:
        db = store.connect(self.database)
        try:
            return [dict(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY {order}")]
        finally:
            db.close()

    def documents(self) -> dict[str, str]:
        return {row["path"]: row["status"] for row in self.rows("documents", "path")}

    def id_of(self, path: str) -> str:
        return next(row["id"] for row in self.rows("documents") if row["path"] == path)


@pytest.fixture(autouse=True)
def _without_workers(request):
    """Most tests are about what is read, not by whom."""
    if not request.node.get_closest_marker("usefixtures"):
        request.getfixturevalue("in_this_process")


@pytest.fixture
def workers():
    """Marks a test that needs real worker processes."""


in_workers = pytest.mark.usefixtures("workers")


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path)
    made.put("a.pdf", "aaa")
    made.put("sub/b.PDF", "bb")
    made.put("notes.txt", "no PDF")
    made.put(".hidden.pdf", "x")
    return made


def counts(summary: Summary) -> dict[str, int]:
    return {name: value for name, value in summary.row().items() if value}


def no_reader(task):
    raise AssertionError(f"{task.at} is read again")


@in_workers
def test_new_files(folder):
    assert counts(folder.run()) == {"new": 2}
    assert folder.documents() == {"a.pdf": "read", "sub/b.PDF": "read"}
    assert [row["text"] for row in folder.rows("decisions", "text")] == ["Beslut om 2 tecken.", "Beslut om 3 tecken."]
    assert folder.said == [
        "[1/2] a.pdf: 1 beslut, 0 byten, 0 om finansiering",
        "[2/2] sub/b.PDF: 1 beslut, 0 byten, 0 om finansiering",
    ]


def thresholds(task):
    return {"thresholds": gc.get_threshold()}


@in_workers
def test_workers_look_for_cycles_seldom_and_nobody_else_does():
    before = gc.get_threshold()
    with reading([Task(as_rows.Source("a" * 64, "a.pdf"), "a.pdf", None)], 1, thresholds, 60) as rows:
        (found,) = rows
    assert found["thresholds"][0] == 50_000 and gc.get_threshold() == before


def test_unchanged_files_are_not_read(folder):
    folder.run()
    assert counts(folder.run(read=no_reader)) == {"unchanged": 2}
    runs = folder.rows("runs")
    assert [(row["new"], row["unchanged"]) for row in runs] == [(2, 0), (0, 2)]
    assert all(row["ended"] and row["rules"] and row["version"] for row in runs)


def test_a_touched_file_is_not_read(folder):
    folder.run()
    os.utime(folder.corpus / "a.pdf", ns=(1, 1))
    assert counts(folder.run(read=no_reader)) == {"unchanged": 2}
    assert [row["mtime_ns"] for row in folder.rows("document_paths") if row["path"] == "a.pdf"] == [1]


def test_a_changed_file_replaces_its_document(folder):
    folder.run()
    old = folder.id_of("a.pdf")
    folder.put("a.pdf", "aaaa")
    assert counts(folder.run()) == {"changed": 1, "unchanged": 1}
    new = folder.id_of("a.pdf")
    assert new != old
    assert [row["replaces"] for row in folder.rows("documents") if row["id"] == new] == [old]
    assert folder.rows("replaced") == [{"old": old, "new": new}]
    assert "Beslut om 3 tecken." not in [row["text"] for row in folder.rows("decisions")]


def test_a_renamed_file_is_the_same_document(folder):
    folder.run()
    before = folder.rows("decisions")
    (folder.corpus / "a.pdf").rename(folder.corpus / "c.pdf")
    assert counts(folder.run(read=no_reader)) == {"unchanged": 2}
    assert folder.rows("decisions") == before
    assert [(row["path"], row["label"]) for row in folder.rows("documents", "path")] == [
        ("c.pdf", "c.pdf"),
        ("sub/b.PDF", "b.PDF"),
    ]


def test_one_file_under_two_names_is_one_document(folder):
    folder.put("copy.pdf", "aaa")
    assert counts(folder.run()) == {"new": 2}
    paths = {row["path"]: row["document"] for row in folder.rows("document_paths")}
    assert paths["a.pdf"] == paths["copy.pdf"] != paths["sub/b.PDF"]
    (folder.corpus / "a.pdf").unlink()
    assert counts(folder.run(read=no_reader)) == {"unchanged": 2}
    assert list(folder.documents()) == ["copy.pdf", "sub/b.PDF"]


def test_one_of_two_copies_is_changed(folder):
    folder.put("copy.pdf", "aaa")
    folder.run()
    folder.put("copy.pdf", "aaaa")
    assert counts(folder.run()) == {"changed": 1, "unchanged": 2}
    assert list(folder.documents()) == ["a.pdf", "copy.pdf", "sub/b.PDF"]
    assert folder.rows("replaced") == []


def test_a_file_takes_the_content_of_another(folder):
    folder.run()
    old, kept = folder.id_of("a.pdf"), folder.id_of("sub/b.PDF")
    folder.put("a.pdf", "bb")
    assert counts(folder.run(read=no_reader)) == {"unchanged": 1}
    assert folder.rows("replaced") == [{"old": old, "new": kept}]


def test_a_lost_file_is_removed(folder):
    folder.run()
    (folder.corpus / "a.pdf").unlink()
    assert counts(folder.run()) == {"unchanged": 1, "removed": 1}
    assert list(folder.documents()) == ["sub/b.PDF"]
    assert len(folder.rows("decisions")) == 1


def test_naming_single_files_removes_nothing(folder):
    folder.run()
    (folder.corpus / "a.pdf").unlink()
    assert counts(folder.run(folder.corpus / "sub" / "b.PDF")) == {"unchanged": 1}
    assert len(folder.documents()) == 2


def test_a_folder_loses_only_its_own_files(folder):
    folder.run()
    (folder.corpus / "a.pdf").unlink()
    assert counts(folder.run(folder.corpus / "sub")) == {"unchanged": 1}
    assert len(folder.documents()) == 2


def test_a_folder_that_does_not_exist_is_refused(folder):
    folder.run()
    with pytest.raises(looking.Refused, match="finns inte"):
        folder.run(folder.corpus / "gone")
    assert len(folder.documents()) == 2


def test_many_lost_files_look_like_an_accident(tmp_path):
    folder = Folder(tmp_path)
    files = [folder.put(f"{n:02}.pdf", str(n)) for n in range(26)]
    folder.run()
    for path in files[:21]:
        path.unlink()
    assert counts(folder.run(read=no_reader)) == {"unchanged": 5}
    assert len(folder.documents()) == 26
    (line,) = folder.said
    assert "21 av 26" in line
    assert "--prune" in line
    assert counts(folder.run(read=no_reader, prune=True)) == {"unchanged": 5, "removed": 21}


def test_twenty_lost_files_are_removed(tmp_path):
    folder = Folder(tmp_path)
    files = [folder.put(f"{n:02}.pdf", str(n)) for n in range(22)]
    folder.run()
    for path in files[:20]:
        path.unlink()
    assert counts(folder.run(read=no_reader)) == {"unchanged": 2, "removed": 20}


@in_workers
def test_one_bad_file_costs_no_other_anything(folder):
    folder.put("0-bug.pdf", "BUG")
    folder.put("c-hang.pdf", "HANG")
    folder.put("d-scan.pdf", "SCANNED")
    summary = folder.run(limit=8.0)  # a worker of a busy machine needs seconds to begin
    assert counts(summary) == {"new": 5, "unread": 2, "scanned": 1}
    assert folder.documents() == {
        "0-bug.pdf": "unread",
        "a.pdf": "read",
        "c-hang.pdf": "unread",
        "d-scan.pdf": "scanned",
        "sub/b.PDF": "read",
    }
    reasons = {row["path"]: row["error"] for row in folder.rows("documents") if row["error"]}
    assert reasons == {
        "0-bug.pdf": "internt fel vid läsningen: KeyError: 'bug'",
        "c-hang.pdf": "läsningen avbröts efter 8 sekunder",
    }
    assert counts(folder.run(read=no_reader)) == {"unchanged": 5}


@in_workers
def test_a_crashed_worker_costs_only_its_file(folder):
    folder.put("c.pdf", "crash")
    assert counts(folder.run(read=crash_on_c)) == {"new": 3, "unread": 1}
    assert [row["error"] for row in folder.rows("documents") if row["error"]] == ["läsningen kraschade (kod 9)"]


def crash_on_c(task):
    if task.at.endswith("c.pdf"):
        os._exit(9)
    return fake_read(task)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_tried_again(folder):
    path = folder.put("c.pdf", "ccc")
    path.chmod(0)
    assert counts(folder.run()) == {"new": 3, "unread": 1}
    path.chmod(0o600)
    assert counts(folder.run()) == {"changed": 1, "unchanged": 2}


def test_a_file_that_cannot_be_opened(folder, monkeypatch):
    monkeypatch.setattr(planning, "_hash", lambda path: ("0" * 64, "filen kan inte öppnas: nej"))
    assert counts(folder.run(folder.corpus / "a.pdf")) == {"new": 1, "unread": 1}
    monkeypatch.undo()
    assert counts(folder.run(folder.corpus / "a.pdf")) == {"changed": 1}
    assert folder.documents() == {"a.pdf": "read"}


def test_rebuild_reads_everything_and_changes_nothing(folder):
    folder.run()
    before = [folder.rows(table) for table in ("documents", "decisions", "evidence", "document_paths")]
    assert counts(folder.run(rebuild=True)) == {"reread": 2}
    assert [folder.rows(table) for table in ("documents", "decisions", "evidence", "document_paths")] == before


def test_changed_rules_read_everything_again_wherever_it_lies(folder):
    folder.run()
    folder.rule("beslutade")
    assert counts(folder.run(folder.corpus / "sub")) == {"reread": 2}
    assert counts(folder.run(read=no_reader)) == {"unchanged": 2}


def test_a_broken_rule_file_stops_the_run_before_anything_is_written(folder):
    (folder.rules / "x.yml").write_text("kind: nothing")
    with pytest.raises(RuleError, match=r"x\.yml"):
        folder.run()
    assert not folder.database.exists()


def test_an_interrupted_run_is_finished_by_the_next(folder, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(ingest, "finish", stop)
    with pytest.raises(KeyboardInterrupt):
        folder.run()
    assert folder.rows("rules") == []
    monkeypatch.undo()
    assert counts(folder.run(read=no_reader)) == {"unchanged": 2}
    assert [(row["id"], row["pattern"], row["n_rows"]) for row in folder.rows("rules")] == [("beslutar", "beslutar", 2)]


def test_samples_stay_out_beside_own_files(tmp_path):
    folder = Folder(tmp_path)
    samples = folder.corpus / "sample"
    folder.put("sample/s.pdf", "sss")
    assert counts(folder.run(samples=samples)) == {"new": 1}
    assert folder.said == ["[1/1] sample/s.pdf: 1 beslut, 0 byten, 0 om finansiering"]
    folder.put("own.pdf", "own")
    assert counts(folder.run(samples=samples)) == {"new": 1, "removed": 1}
    assert "lämnas utanför" in folder.said[0]
    assert list(folder.documents()) == ["own.pdf"]


def test_a_moved_project_is_unchanged(folder, tmp_path):
    project, moved = tmp_path, tmp_path.parent / f"{tmp_path.name}-moved"
    folder.run()
    project.rename(moved)
    folder.corpus, folder.database, folder.rules = moved / "corpus", moved / "output" / "p.db", moved / "rules"
    assert counts(folder.run(read=no_reader)) == {"unchanged": 2}
    assert store.file_of(folder.database, folder.rows("document_paths")[0]["file"]).exists()


def test_readers_never_see_half_a_document(folder):
    folder.run()
    reader = store.connect(folder.database)
    db = store.open_db(folder.database)
    with store.writing(db):
        store.remove_rows(db, folder.id_of("a.pdf"))
        assert reader.execute("SELECT count(*) FROM decisions").fetchone()[0] == 2
    assert reader.execute("SELECT count(*) FROM decisions").fetchone()[0] == 1
    db.conn.close()
    reader.close()


def test_the_summary_is_swedish():
    said = str(Summary(new=1, changed=2, unchanged=3, unread=4, scanned=5, removed=6))
    assert said == "Klart: nya 1, ändrade 2, oförändrade 3, oläsbara 4, inskannade 5, borttagna 6."


def test_a_run_with_nothing_new_loads_nothing_heavy(folder):
    folder.run()
    code = (
        "import sys; from pathlib import Path; from protoparse import ingest\n"
        f"paths = [Path({str(folder.corpus)!r})], Path({str(folder.database)!r})\n"
        f"print(ingest.run(*paths, rules=Path({str(folder.rules)!r})))\n"
        "heavy = {'spacy', 'pdfplumber', 'pypdfium2', 'rapidfuzz', 'pydantic', 'sqlite_utils', 'pebble', 'rich',\n"
        "    'protoparse.dates'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "oförändrade 2" in done.stdout
