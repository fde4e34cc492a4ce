"""The files that people write, and what a run makes of them."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import decision, funding, meeting, parsed, passage
from protoparse import amend, compare, corrections, fieldvalues, ingest, placing, said, store, wordings
from protoparse.cli import main
from protoparse.rules import RuleError

ONE = """corrections:
  - document: a.pdf
    table: finansiering
    quote: Lotsen finansieras till den 31 maj 2026
    set: {till: 2026-06-30}
    by: Anna Ek
    on: 2026-11-22
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corrections").mkdir()
    return tmp_path / "corrections"


def read(folder, text, name="egna.yml"):
    (folder / name).write_text(text, encoding="utf-8")
    return corrections.read(folder.parent / "output" / "p.db")


# --- reading


def test_an_entry(folder):
    (it,) = read(folder, ONE).corrections
    assert (it.document, it.table, it.kind, it.fields, it.by, it.on, it.file) == (
        *("a.pdf", "funding", "field", {"till": "2026-06-30"}, "Anna Ek", "2026-11-22", "egna.yml"),
    )


def test_values_are_what_people_wrote(folder):
    text = ONE.replace("{till: 2026-06-30}", "{no: 9, yes: 010, tid: 13:00, nummer: 2026:14, till: ~, b: 'null', c: }")
    (it,) = read(folder, text).corrections
    assert it.fields == {
        "no": "9",
        "yes": "010",
        "tid": "13:00",
        "nummer": "2026:14",
        "till": None,
        "b": "null",
        "c": None,
    }


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("by:", "who:", "rad 2: rättelse av 'a.pdf': 'who' finns inte; tillåtna är document, table"),
        ("    by: Anna Ek\n", "", "'by' saknas"),
        ("document: a.pdf", "document: ", "'document' saknas"),
        ("by: Anna Ek", "by: [Anna, Ek]", "'by' ska vara text"),
        ("on: 2026-11-22", "on: i går", "'on' är 'i går' och ska vara en dag"),
        ("table: finansiering", "table: pengar", "tabellen 'pengar' finns inte; tillåtna är dokument, punkter, beslut"),
        ("set: {till: 2026-06-30}", "set: {}", "'set' ska ha minst ett fält"),
        ("set: {till: 2026-06-30}", "set: 2026-06-30", "'set' ska ha minst ett fält"),
        ("set: {till: 2026-06-30}", "wrong: false", "'wrong' kan bara vara true"),
        ("set: {till: 2026-06-30}", "note: x", "ett av set, wrong, missing"),
        ("    by:", "    wrong: true\n    by:", "ett av set, wrong, missing"),
        ("    by:", "    page: två\n    by:", "'page' är 'två'"),
        ("    by:", "    page: 0\n    by:", "'page' är '0'"),
        ("    by:", "    where: x\n    by:", "'where' har fält och värden"),
        ("    by:", "    by: Bo\n    by:", "rad 7: 'by' står två gånger"),
        ("    quote: Lotsen finansieras till den 31 maj 2026\n", "", "'quote' saknas"),
        ("table: finansiering", "table: dokument", "utan 'quote'"),
        ("  - document: a.pdf\n    table", "  - a.pdf\n  - table", "ska ha rader som document"),
        ("{till: 2026-06-30}", "{till: 2026-06-30", "går inte att läsa som YAML"),
        ("{till: 2026-06-30}", "{till: &a 2026-06-30, b: *a}", "hänvisningar"),
        ("corrections:", "rättelser:", "filen får innehålla corrections, handled, judged, same, not_same"),
        ("{till: 2026-06-30}", "{[1]: 2}", "ett namn väntas"),
    ],
)
def test_a_file_that_is_not_right_is_one_clear_line(folder, old, new, words):
    assert old in ONE
    with pytest.raises(RuleError) as caught:
        read(folder, ONE.replace(old, new, 1))
    message = str(caught.value)
    assert words in message and message.startswith(str(folder / "egna.yml")) and "\n" not in message


@pytest.mark.parametrize(
    "text", ["- x", "x", "corrections: 3", "corrections: {a: b}", "handled: [x]", "handled: [{id: x}]"]
)
def test_other_files_that_are_not_right(folder, text):
    with pytest.raises(RuleError, match=r"egna\.yml, rad 1: "):
        read(folder, text)


def test_a_file_that_is_no_utf8(folder):
    (folder / "egna.yml").write_bytes("corrections: å".encode("latin-1"))
    with pytest.raises(RuleError, match="UTF-8"):
        corrections.read(folder.parent / "p.db")


def test_the_command_ends_with_one_line_and_status_2(folder):
    (folder / "egna.yml").write_text("corrections: 3")
    (folder.parent / "a.pdf").write_bytes(b"x")
    done = CliRunner().invoke(main, ["ingest", str(folder.parent / "a.pdf"), "--db", str(folder.parent / "p.db")])
    assert (done.exit_code, done.output.count("\n")) == (2, 1)
    assert not (folder.parent / "p.db").exists()


def test_an_empty_file_says_nothing(folder):
    for text in ("", "# bara ord\n", "corrections:\nhandled:\n"):
        assert read(folder, text) == corrections.Book()


def test_names_may_stand_in_any_file(folder):
    read(folder, "same: [[Eva Ek, E. Ek]]\nnot_same: [[A, B]]")
    read(folder, "same: [[Bo Al, B. Al]]", "mer.yml")
    found, stamp = said.read(folder.parent / "p.db")
    assert (found.same, found.not_same) == ((("Eva Ek", "E. Ek"), ("Bo Al", "B. Al")), (("A", "B"),))
    read(folder, "same: [[Bo Al, Bosse Al]]", "mer.yml")
    assert said.read(folder.parent / "p.db")[1] != stamp


def test_the_same_correction_in_two_places_is_one(folder):
    assert len(read(folder, ONE + ONE.split("\n", 1)[1]).corrections) == 1


def test_where_the_program_writes(tmp_path):
    database = tmp_path / "output" / "p.db"
    assert corrections.folder_for(database) == tmp_path / "output" / "corrections"
    (tmp_path / "corrections").mkdir()
    assert corrections.folder_for(database) == tmp_path / "corrections"


# --- adding

ENTRY = {"document": "b.pdf", "table": "beslut", "quote": "Ja: #1", "wrong": "true", "by": "Bo", "on": "2026-01-02"}


def test_adding_keeps_what_people_wrote(folder):
    path = folder / "egna.yml"
    text = "# Först\n" + ONE + "\n# Sedan\nhandled: []\n"
    path.write_text(text)
    corrections.append(path, ENTRY)
    new = path.read_text().splitlines()
    assert [line for line in new if line in text.splitlines()] == text.splitlines()
    assert [it.quote for it in corrections.read_file(path)["corrections"]] == [
        *("Lotsen finansieras till den 31 maj 2026", "Ja: #1"),
    ]


def test_whatever_is_added_is_read_back(folder):
    said = {
        "till": None,
        "no": "9",
        "yes": "null",
        "tid": "13:00",
        "tom": "",
        "adj": ["Eva", "no"],
        "år": 2026,
        "ja": True,
    }
    entry = {
        "document": "å: b #1.pdf",
        "table": "beslut",
        "quote": "- Ja 'x' \"y\"\nrad två: ~",
        "page": 2,
        "set": said,
    }
    path = folder / "rattelser.yml"
    corrections.append(path, {**entry, "by": "true", "on": date(2026, 1, 2), "note": "~"})
    (it,) = corrections.read_file(path)["corrections"]
    assert it.fields == said | {"år": "2026", "ja": "true"}
    assert (it.document, it.quote, it.page) == (entry["document"], entry["quote"], 2)
    assert (it.by, it.on, it.note) == ("true", "2026-01-02", "~")
    assert "    on: 2026-01-02\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("change", [{"on": "x"}, {"table": "x"}, {"x": "y"}, {"set": {"a": "b"}}, {"quote": None}])
def test_a_wrong_entry_is_not_added(folder, change):
    path = folder / "egna.yml"
    path.write_text(ONE)
    with pytest.raises(RuleError):
        corrections.append(path, {**ENTRY, **change})
    assert path.read_text() == ONE and os.listdir(folder) == ["egna.yml"]


def test_a_broken_file_is_not_added_to(folder):
    path = folder / "egna.yml"
    path.write_text("corrections: [")
    with pytest.raises(RuleError):
        corrections.append(path, ENTRY)
    assert path.read_text() == "corrections: ["


# --- which document

PATHS = {"111111111111": ["2025/a.pdf", "/in/2025/a.pdf"], "222222222222": ["a.pdf", "/in/a.pdf"], "3": ["å b.pdf"]}


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("111111111111", "111111111111"),
        ("2025/a.pdf", "111111111111"),
        ("in/2025/a.pdf", "111111111111"),
        ("a.pdf", "222222222222"),
        ("a\u030a b.pdf", "3"),
        ("Å B", "3"),
        ("2025/A.PDF", "111111111111"),
        ("b.pdf", None),
        ("../a.pdf", None),
    ],
)
def test_a_document_by_name_path_or_id(named, found):
    (it,) = made(named)
    assert list(placing.placed([it], PATHS)) == ([found] if found else [])


def made(named):
    text = ONE.replace("a.pdf", named)
    return corrections._checked(text, Path("egna.yml"))["corrections"]


# --- runs


def reader(task):
    """A document that says until when two services are funded; its file's words are its day."""
    words = Path(task.at).read_text()
    stated = meeting(words.split()[0], title=None)
    lines = [passage("Lotsen finansieras till den 31 maj 2026.", top=200), passage("Planen godkänns.", top=220)]
    if "KORT" in words:
        lines = lines[1:]
    found = [funding(it.text.string, end="2026-05-31") for it in lines[:1] if "Lotsen" in it.text.string]
    document = parsed(meeting=amend.meeting(task.corrections, stated), stated=stated, passages=lines, funding=found)
    document.decisions = [decision("Planen godkänns.", top=220)]
    return amend.rows(task.source, document, task.corrections)


class Project:
    """A folder of documents with corrections beside its database."""

    def __init__(self, root):
        self.corpus, self.folder, self.database = root / "corpus", root / "corrections", root / "output" / "p.db"
        self.corpus.mkdir(parents=True)
        self.folder.mkdir()
        for name, words in {"a.pdf": "2025-12-12", "b.pdf": "2026-01-15", "c.pdf": "2026-02-10"}.items():
            (self.corpus / name).write_text(words)

    def write(self, text, name="egna.yml"):
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, *paths, **options):
        self.said = []
        options = {"read": reader, "say": self.said.append, "jobs": 1, **options}
        return ingest.run(paths or (self.corpus,), self.database, **options)

    def all(self, query):
        db = store.connect(self.database)
        try:
            return [tuple(row) for row in db.execute(query)]
        finally:
            db.close()

    def dump(self):
        tables = ("funding", "decisions", "corrections", "findings", "claims", "handled", "evidence", "documents")
        return {table: self.all(f"SELECT * FROM {table} ORDER BY 1") for table in tables}

    def statuses(self):
        return dict(self.all("SELECT named, status FROM corrections"))


@pytest.fixture
def project(tmp_path, in_this_process):
    return Project(tmp_path / "p")


def ends(project):
    return dict(project.all('SELECT d.path, f."end" FROM funding f JOIN documents d ON d.id = f.document'))


def test_a_correction_is_applied_and_lasts(project):
    project.run()
    before = project.dump()
    project.write(ONE)
    assert project.run().reread == 1
    assert project.said[-1] == "Rättelser: 1 används."
    assert ends(project) == {"a.pdf": "2026-06-30", "b.pdf": "2026-05-31", "c.pdf": "2026-05-31"}
    assert project.run(rebuild=True).reread == 3
    assert ends(project)["a.pdf"] == "2026-06-30"
    (project.folder / "egna.yml").unlink()
    assert project.run().reread == 1
    assert project.dump() == before
    assert not any("Rättelse" in line for line in project.said)


def test_nothing_is_read_again_without_need(project):
    project.write(ONE)
    project.run()
    again = project.run(read=None)
    assert (again.reread, again.unchanged) == (0, 3)
    assert project.said == ["Rättelser: 1 används."]
    project.write("# mer\n" + ONE)
    assert project.run(read=None).reread == 0


def test_findings_hang_on_corrected_rows(project):
    project.run()
    assert project.all("SELECT count(*) FROM findings") == [(0,)]
    project.write(ONE)
    project.run()
    assert project.all("SELECT kind, from_end, to_end FROM findings") == [("shortening", "2026-06-30", "2026-05-31")]


def test_a_corrected_day_moves_the_document_in_time(project):
    words = "corrections:\n- {document: a.pdf, table: dokument, set: {mötesdag: 2026-03-01}, by: A, on: 2026-11-22}\n"
    project.write(words)
    project.run()
    assert ("2026-03-01", 2026) in project.all("SELECT meeting_date, year FROM funding")
    assert ("2026-03-01",) in project.all("SELECT known FROM claims")


def test_what_finds_no_place_is_told(project):
    project.write(
        ONE
        + ONE.split("\n", 1)[1].replace("a.pdf", "finns-inte.pdf")
        + ONE.split("\n", 1)[1].replace("a.pdf", "b.pdf").replace("2026-06-30", "2026-05-31")
        + ONE.split("\n", 1)[1].replace("a.pdf", "c.pdf").replace("till:", "slutar:")
    )
    project.run()
    assert project.statuses() == {"a.pdf": "applied", "finns-inte.pdf": "gone", "b.pdf": "unneeded", "c.pdf": "invalid"}
    told = [line for line in project.said if line.startswith("Rättelse")]
    quote = "”Lotsen finansieras till den 31 maj 2026”"
    assert told[:2] == [
        f"Rättelse i egna.yml (finns-inte.pdf, {quote}): dokumentet finns inte i registret",
        told[1],
    ]
    assert "'slutar' finns inte" in told[1]
    assert told[-1] == ("Rättelser: 1 används, 1 hittar inte sin plats, 1 behövs inte längre, 1 går inte att använda.")


def test_a_document_that_comes_later_gets_its_correction(project):
    project.write(ONE.replace("a.pdf", "d.pdf"))
    project.run()
    assert project.statuses() == {"d.pdf": "gone"}
    (project.corpus / "d.pdf").write_text("2026-03-03")
    assert project.run().new == 1
    assert project.statuses() == {"d.pdf": "applied"} and ends(project)["d.pdf"] == "2026-06-30"


def test_a_document_that_goes_leaves_its_correction(project):
    project.write(ONE)
    project.run()
    (project.corpus / "a.pdf").unlink()
    project.run()
    assert project.statuses() == {"a.pdf": "gone"}
    assert project.all("SELECT document FROM corrections") == [(None,)]


def test_a_replaced_file_keeps_the_corrections_of_its_name(project):
    project.run()
    ((id,),) = project.all("SELECT id FROM documents WHERE path = 'a.pdf'")
    other = ONE.split("\n", 1)[1].replace("a.pdf", id)
    project.write(ONE + other.replace("{till: 2026-06-30}", "{tar över: regionen}"))
    project.run()
    assert set(project.statuses().values()) == {"applied"}
    (project.corpus / "a.pdf").write_text("2025-12-12 rättad")
    assert project.run().changed == 1
    assert project.statuses() == {"a.pdf": "applied", id: "gone"}
    (project.corpus / "a.pdf").write_text("2025-12-12 KORT")
    project.run()
    assert project.statuses()["a.pdf"] == "gone"


def test_two_documents_of_one_name_need_more_of_the_path(project):
    for name in ("x", "y"):
        (project.corpus / name).mkdir()
        (project.corpus / name / "e.pdf").write_text(f"2026-04-0{len(name)} {name}")
    project.write(ONE.replace("a.pdf", "e.pdf"))
    project.run()
    assert "flera dokument (x/e.pdf, y/e.pdf)" in project.said[-2]
    project.write(ONE.replace("a.pdf", "x/e.pdf"))
    project.run()
    assert project.statuses() == {"x/e.pdf": "applied"}


def test_the_order_of_reading_does_not_matter(project, tmp_path):
    other = Project(tmp_path / "q")
    for it in (project, other):
        it.write(ONE + ONE.split("\n", 1)[1].replace("a.pdf", "c.pdf").replace("2026-06-30", "2026-08-31"))
    project.run()
    for name in ("c.pdf", "b.pdf", "a.pdf"):
        other.run(other.corpus / name)

    def plain(it):
        db = store.connect(it.database)
        columns = [row["name"] for row in db.execute("PRAGMA table_info(documents)") if row["name"] != "first_run"]
        return it.dump() | {"documents": it.all(f"SELECT {', '.join(columns)} FROM documents ORDER BY 1")}

    assert plain(project) == plain(other)


def test_marks_are_heeded_without_a_reading(project):
    project.write(ONE)
    project.run()
    ((id,),) = project.all("SELECT id FROM findings")
    project.write(f"handled:\n- {{id: {id}, seen: x, by: A, on: 2026-01-01}}\n", "hanterat.yml")
    assert project.run(read=None).reread == 0
    assert project.all("SELECT id, status FROM handled") == [(id, "changed")]
    (project.folder / "hanterat.yml").unlink()
    project.run(read=None)
    assert project.all("SELECT id FROM handled") == []


def test_a_preview_reads_with_the_same_corrections(tmp_path, in_this_process):
    corpus = Path(__file__).parents[1] / "corpus" / "sample" / "kallelse-lanssamverkan-strand-2026-12-04.pdf"
    (tmp_path / "corrections").mkdir()
    day = "{document: kallelse-lanssamverkan-strand-2026-12-04.pdf, table: dokument, set: {mötesdag: 2026-12-05}"
    (tmp_path / "corrections" / "egna.yml").write_text(f"corrections:\n- {day}, by: A, on: 2026-01-01}}\n")
    database = tmp_path / "output" / "p.db"
    ingest.run([corpus], database, jobs=1, say=lambda line: None)
    assert store.connect(database).execute("SELECT meeting_date FROM documents").fetchone()[0] == "2026-12-05"
    found = compare.preview(database, None, 1, lambda line: None)
    assert found.differences == []


def test_looking_loads_no_heavy_library():
    program = (
        "import sys; from protoparse import ingest, corrections, placing, handled; "
        "print(sorted({'spacy', 'pydantic', 'sqlite_utils'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# --- the handbook

README = Path(__file__).parents[1] / "corrections" / "README.md"


def test_every_block_of_the_handbook_can_be_copied(folder):
    blocks = [part.split("```")[0] for part in README.read_text(encoding="utf-8").split("```yaml\n")[1:]]
    found = [read(folder, block) for block in blocks]
    assert len(blocks) == 8 and all(book != corrections.Book() for book in found)
    for it in (it for book in found for it in book.corrections):
        assert len(fieldvalues.named(it.table, it.fields)) == len(it.fields)
        assert len(fieldvalues.named(it.table, it.where)) == len(it.where)


def test_the_handbook_names_every_field():
    text = README.read_text(encoding="utf-8")
    for table, words in wordings.TABLES.items():
        (line,) = [line for line in text.splitlines() if line.startswith(f"| {words[0]} | ")]
        assert [name for name in fieldvalues.names_of(table) if f"`{name}`" not in line] == [], table
