"""What somebody has dealt with is hidden as long as it says the same, and the file stays the user's own."""

from __future__ import annotations

import json
import threading
from datetime import date

import pytest
from click.testing import CliRunner

from conftest import decision, doubt, funding, meeting, open_db, rows
from protoparse import asof, audit, corrections, ingest, marking, store
from protoparse.cli import main
from protoparse.rules import RuleError

DAY = date(2026, 7, 1)


def until(end, name="Lotsen", **given):
    return funding(f"{name} finansieras till {end}.", name, end, **given)


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "p.db"
    written(path, told("a.pdf", "2026-01-10", until("2026-06-30")), told("b.pdf", "2026-02-10", until("2026-05-31")))
    return path


def told(name, day, *claims):
    return rows(
        name, meeting=meeting(day), funding=list(claims), decisions=[decision("Ja.")], doubts=[doubt("Kanske.")]
    )


def written(path, *documents):
    db = open_db(path)
    for document in documents:
        store.write_document(db, document)
    ingest.finish(db, [], corrections.read(path))
    db.conn.close()


def seen(database, **given):
    return asof.report(store.connect(database), DAY, **given)


def call(*arguments):
    return CliRunner().invoke(main, [str(it) for it in arguments])


def marks(database):
    return [dict(row) for row in store.connect(database).execute("SELECT * FROM handled ORDER BY id")]


def shortening(database):
    return next(it for it in seen(database, every=True).findings if it.kind == "shortening")


# --- hidden until it changes


def test_a_handled_finding_is_hidden_and_counted(database):
    before = seen(database)
    id = shortening(database).id
    path = marking.mark(database, id, "Anna Ek", "Ringt regionen.", DAY, DAY)
    after = seen(database)
    assert [it.id for it in before.findings if it.id != id] == [it.id for it in after.findings]
    assert (before.hidden, after.hidden) == (0, 1)
    assert path == database.parent / "corrections" / "hanterat.yml"
    (row,) = marks(database)
    assert "    on: 2026-07-01\n" in path.read_text(encoding="utf-8")
    assert (row["id"], row["kind"], row["status"], row["by"], row["on"], row["note"], row["file"]) == (
        *(id, "finding", "hidden", "Anna Ek", "2026-07-01", "Ringt regionen.", "hanterat.yml"),
    )


def test_a_handled_end_gives_no_alarm(database):
    (due,) = seen(database).due["expired"]
    assert seen(database).alarming
    marking.mark(database, due.id, "Anna Ek", None, DAY, DAY)
    assert seen(database).due["expired"] == []
    assert not seen(database).alarming
    assert not seen(database, every=True).alarming
    assert seen(database, every=True).due["expired"][0].handled.by == "Anna Ek"
    assert marks(database)[0]["kind"] == "end"


def test_an_end_with_another_claim_beside_it_is_shown_again(database):
    (due,) = seen(database).due["expired"]
    marking.mark(database, due.id, "Anna Ek", None, DAY, DAY)
    open_ended = funding("Lotsen pågår tills vidare.", "Lotsen", certainty="open_ended", condition="tills vidare")
    written(database, told("c.pdf", "2026-06-20", open_ended))
    assert [it.id for it in seen(database).due["expired"]] == [due.id]
    assert marks(database)[0]["status"] == "changed"


def test_a_mark_of_another_fingerprint_hides_nothing(database):
    id = shortening(database).id
    corrections.mark(
        database.parent / "corrections" / "x.yml", {"id": id, "seen": "0" * 8, "by": "A", "on": "2026-07-01"}, "handled"
    )
    marking.refresh(database)
    assert id in [it.id for it in seen(database).findings]
    assert marks(database)[0]["status"] == "changed"


def test_what_is_gone_is_told(database):
    id = shortening(database).id
    marking.mark(database, id, "Anna Ek", None, DAY, DAY)
    db = store.open_db(database)
    store.remove_document(db, rows("b.pdf")["documents"][0]["id"])
    ingest.finish(db, [], corrections.read(database))
    db.conn.close()
    assert [(row["kind"], row["status"]) for row in marks(database)] == [("finding", "gone")]


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("SELECT id FROM doubts LIMIT 1", "doubt"),
        ("SELECT id FROM commitments", "commitment"),
        ("SELECT id FROM missing", "missing"),
        ("SELECT id FROM seat_findings", "seat"),
        ("SELECT id FROM funding LIMIT 1", "end"),
    ],
)
def test_everything_that_can_be_handled(database, sql, kind):
    db = store.open_db(database)
    decided = next(db["decisions"].rows)
    db["commitments"].insert(
        {"id": decided["id"], "document": decided["document"], "text": "Återkom.", "due": "2026-05-01"}
    )
    db["missing"].insert({"id": "missing-1", "kind": "paragraphs", "message": "§§ 3–5 saknas."})
    db["seat_findings"].insert({"id": "seat-1", "kind": "double", "severity": "warning", "message": "Två på en plats."})
    id = db.execute(sql).fetchone()[0]
    db.conn.close()
    marking.mark(database, id, "Bo", None, DAY, DAY)
    assert [(row["id"], row["kind"], row["status"]) for row in marks(database)] == [(id, kind, "hidden")]


def test_the_newest_mark_takes_the_place_of_the_old(database):
    id = shortening(database).id
    marking.mark(database, id, "Anna Ek", "Först.", DAY, DAY)
    marking.mark(database, id, "Bo Al", "Sedan.", DAY, DAY)
    assert [(row["by"], row["note"]) for row in marks(database)] == [("Bo Al", "Sedan.")]
    assert (database.parent / "corrections" / "hanterat.yml").read_text().count(id) == 1


def test_of_two_marks_the_one_that_holds_counts(database):
    it = shortening(database)
    folder = database.parent / "corrections"
    corrections.mark(folder / "a.yml", {"id": it.id, "seen": it.seen, "by": "A", "on": "2026-06-01"}, "handled")
    corrections.mark(folder / "b.yml", {"id": it.id, "seen": "other", "by": "B", "on": "2026-06-30"}, "handled")
    marking.refresh(database)
    assert [(row["by"], row["status"]) for row in marks(database)] == [("A", "hidden")]
    assert it.id not in [found.id for found in seen(database).findings]


# --- the command


def test_the_command_marks_and_unmarks(database):
    id = shortening(database).id
    done = call("handled", id, "--db", database, "--by", "Anna Ek", "--as-of", DAY)
    assert (done.exit_code, id in done.output) == (0, True)
    assert id not in call("audit", "--db", database, "--as-of", DAY).output
    undone = call("handled", id, "--db", database, "--undo")
    assert (undone.exit_code, undone.output) == (0, f"{id} visas igen.\n")
    assert f"[{id}]" in call("audit", "--db", database, "--as-of", DAY).output
    assert marks(database) == []
    assert call("handled", id, "--db", database, "--undo").output == f"{id} var inte hanterat.\n"


def test_wrong_use_of_the_command(database):
    assert call("handled", "finding-1", "--db", database).exit_code == 2
    unknown = call("handled", "finding-1", "--db", database, "--by", "Anna Ek")
    assert (unknown.exit_code, unknown.output.count("\n")) == (2, 1)
    assert not (database.parent / "corrections").exists()


def test_the_audit_shows_all_when_asked(database):
    it = shortening(database)
    marking.mark(database, it.id, "Anna Ek", "Ringt.", DAY, DAY)
    text = call("audit", "--db", database, "--as-of", DAY).output
    assert it.id not in text and "1 hanterad visas inte; --all visar den." in text
    every = call("audit", "--db", database, "--as-of", DAY, "--all").output
    assert f"[{it.id}] hanterat 2026-07-01 av Anna Ek: Ringt." in every and "visas inte" not in every


def test_json_carries_the_marks(database):
    it = shortening(database)
    marking.mark(database, it.id, "Anna Ek", None, DAY, DAY)
    some = json.loads(audit.as_json(seen(database)))
    every = json.loads(audit.as_json(seen(database, every=True)))
    assert (some["hidden"], every["hidden"]) == (1, 0)
    (found,) = [one for one in every["findings"] if one["id"] == it.id]
    assert (found["seen"], found["handled"]["by"]) == (it.seen, "Anna Ek")
    assert all(one["id"] and one["seen"] for one in every["expired"])


# --- the file

OURS = """# Våra anteckningar

handled:   # det som är klart
  - id: finding-1
    seen: abcd1234   # före jul
    by: Anna Ek
    on: 2026-01-02

  # sedan
  - {id: "finding-2", seen: ef, by: Bo, on: 2026-01-03}

same:
  - [Eva Ek, E. Ek]
# slut
"""


def test_what_people_wrote_stays_as_it_is(tmp_path):
    path = tmp_path / "hanterat.yml"
    path.write_text(OURS, encoding="utf-8")
    corrections.mark(
        path, {"id": "finding-3", "seen": "12", "by": 'Åsa: "Ö" # x', "on": "2026-02-01", "note": "ja\nnej"}, "handled"
    )
    text = path.read_text(encoding="utf-8")
    added = [line for line in text.splitlines() if line not in OURS.splitlines()]
    assert [line for line in text.splitlines() if line not in added] == OURS.splitlines()
    found = corrections.read_file(path)
    assert [(it.id, it.by) for it in found["handled"]] == [
        *(("finding-1", "Anna Ek"), ("finding-2", "Bo"), ("finding-3", 'Åsa: "Ö" # x')),
    ]
    assert found["handled"][2].note == "ja\nnej" and found["same"] == [("Eva Ek", "E. Ek")]
    corrections.remove(path, "handled", lambda said: said["id"] == "finding-3")
    assert path.read_text(encoding="utf-8") == OURS


@pytest.mark.parametrize(
    "text", ["", "# bara ord\n", "handled:\n", "handled: []\n", "handled: # tom\n\nsame: []\n", "same:\n- [A, B]"]
)
def test_a_first_mark(tmp_path, text):
    path = tmp_path / "hanterat.yml"
    path.write_text(text)
    corrections.mark(path, {"id": "x", "seen": "1", "by": "Bo", "on": "2026-01-01"}, "handled")
    assert [it.id for it in corrections.read_file(path)["handled"]] == ["x"]
    corrections.unmark(tmp_path / "p.db", "x", "handled")


@pytest.mark.parametrize(
    "entry",
    [
        {"id": "x", "seen": "1", "by": "Bo"},
        {"id": "x", "by": "Bo", "on": "2026-01-01"},
        {"id": "x", "seen": "1", "by": "Bo", "on": "i går"},
        {"id": "x", "seen": "1", "by": "Bo", "on": "2026-01-01", "more": "1"},
    ],
)
def test_a_wrong_mark_is_refused_and_nothing_written(tmp_path, entry):
    path = tmp_path / "corrections" / "hanterat.yml"
    with pytest.raises(RuleError):
        corrections.mark(path, entry, "handled")
    assert not path.exists() and list(path.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["x.txt", ".x.yml"])
def test_only_files_of_the_folder_are_written(tmp_path, name):
    with pytest.raises(RuleError):
        corrections.mark(tmp_path / name, {"id": "x", "seen": "1", "by": "Bo", "on": "2026-01-01"}, "handled")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    other = tmp_path / "other.yml"
    other.write_text("# mitt\n")
    folder = tmp_path / "corrections"
    folder.mkdir()
    (folder / "hanterat.yml").symlink_to(other)
    corrections.mark(folder / "hanterat.yml", {"id": "x", "seen": "1", "by": "Bo", "on": "2026-01-01"}, "handled")
    assert other.read_text() == "# mitt\n"
    assert "id: x" in (folder / "hanterat.yml").read_text()


def test_a_list_in_brackets_is_left_to_people(tmp_path):
    path = tmp_path / "hanterat.yml"
    path.write_text("handled: [{id: a, seen: b, by: c, on: 2026-01-01}]\n")
    with pytest.raises(RuleError, match="hakparenteser"):
        corrections.mark(path, {"id": "x", "seen": "1", "by": "Bo", "on": "2026-01-01"}, "handled")


def test_many_writers_lose_nothing(tmp_path):
    path = tmp_path / "hanterat.yml"

    def write(k):
        corrections.mark(path, {"id": f"x{k}", "seen": "1", "by": "Bo", "on": "2026-01-01"}, "handled")

    threads = [threading.Thread(target=write, args=(k,)) for k in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(it.id for it in corrections.read_file(path)["handled"]) == sorted(f"x{k}" for k in range(12))
    assert [it.name for it in tmp_path.iterdir()] == ["hanterat.yml"]
