"""The command line as a user meets it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from conftest import decision, funding, open_db, rows
from pdfs import draw, paragraph
from protoparse import ingest, store
from protoparse.cli import main


def call(*arguments: object, stdin: str | None = None):
    return CliRunner().invoke(main, [str(it) for it in arguments], input=stdin)


@pytest.fixture
def database(tmp_path) -> Path:
    path = tmp_path / "p.db"
    db = open_db(path)
    claim = funding("Lotsen finansieras till den 31 maj 2026.", end="2026-05-31")
    store.write_document(db, rows(decisions=[decision("Planen antas.")], funding=[claim]))
    ingest.finish(db, [])
    db.conn.close()
    return path


# --- wrong use: one clear line, exit status 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest", "nowhere"], "nowhere: filen eller mappen finns inte"),
        (["ingest", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["ingest", "--rules", "nowhere"], "Directory 'nowhere' does not exist"),
        (["audit", "--db", "none.db"], "registret none.db finns inte ännu; läs in PDF-filer först"),
        (["audit", "--as-of", "igår"], "'igår' is no date of the form YYYY-MM-DD"),
        (["audit", "--format", "xml"], "'xml' is not one of"),
        (["audit", "--within", "-1"], "-1 is not in the range"),
        (["score", "nowhere"], "Directory 'nowhere' does not exist"),
        (["score", ".", "--db", "none.db"], "none.db finns inte"),
        (["serve", "--db", "none.db"], "none.db finns inte"),
        (["explain", "nowhere.pdf"], "File 'nowhere.pdf' does not exist"),
        (["try", "--kind", "brev", "Hej"], "'brev' is not one of"),
        (["sing"], "No such command 'sing'"),
    ],
)
def test_wrong_use(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    result = call(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("command", [["audit", "--db"], ["score", ".", "--db"], ["ingest", ".", "--db"]])
def test_a_file_that_is_no_database_of_ours(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    Path("x.db").write_text("hej " * 500)
    result = call(*command, "x.db")
    assert result.exit_code == 2
    assert "is not a database" in result.output
    assert Path("x.db").read_text() == "hej " * 500


# --- help


@pytest.mark.parametrize("command", ["", "ingest", "audit", "try", "explain", "score", "serve"])
def test_help(command):
    result = call(*command.split(), "--help")
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")


def test_help_is_quick_and_loads_nothing_heavy():
    code = (
        "import sys; from protoparse.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'spacy', 'pydantic', 'sqlite_utils', 'datasette', 'yaml', 'rapidfuzz'} & set(sys.modules)))"
    )
    began = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - began < 1.5  # 0.1 s on a quiet machine


# --- ingest


@pytest.fixture
def corpus(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    folder.mkdir()
    lines = [
        "Protokoll Kommunstyrelsen 2026-03-10",
        "",
        "§ 1 Plan",
        "",
        "Beslut",
        "Kommunstyrelsen beslutar att anta planen.",
    ]
    draw(folder / "ok.pdf", [paragraph(70, 80, lines, step=16)])
    return folder


def test_ingest_says_what_it_did(corpus):
    result = call("ingest", "--jobs", 1)
    assert result.exit_code == 0
    assert result.output.splitlines()[-2:] == [
        "Klart: nya 1, ändrade 0, oförändrade 0, oläsbara 0, inskannade 0, borttagna 0.",
        "Se registret: make serve (protoparse serve).",
    ]
    db = store.connect("output/protoparse.db")
    assert [tuple(row) for row in db.execute("SELECT path, status, pages FROM documents")] == [("ok.pdf", "read", 1)]
    assert call("ingest").output == "Klart: nya 0, ändrade 0, oförändrade 1, oläsbara 0, inskannade 0, borttagna 0.\n"


def test_files_that_cannot_be_read_get_a_reason_and_exit_status_1(corpus):
    (corpus / "empty.pdf").touch()
    (corpus / "broken.pdf").write_text("no PDF at all")
    Canvas(str(corpus / "locked.pdf"), encrypt="secret").save()
    (corpus / "cut.pdf").write_bytes((corpus / "ok.pdf").read_bytes()[:300])
    result = call("ingest", "--jobs", 2)
    assert result.exit_code == 1
    assert "oläsbara 4" in result.output
    assert "Oläsbara filer är oftast skadade" in result.output
    db = store.connect("output/protoparse.db")
    reasons = dict(db.execute("SELECT path, error FROM documents WHERE status = 'unread'").fetchall())
    assert set(reasons) == {"broken.pdf", "cut.pdf", "empty.pdf", "locked.pdf"}
    assert "tom" in reasons["empty.pdf"]
    assert "lösenord" in reasons["locked.pdf"]
    assert "trasig" in reasons["broken.pdf"]
    assert all("internt fel" not in reason for reason in reasons.values())
    assert db.execute("SELECT count(*) FROM documents WHERE status = 'read'").fetchone()[0] == 1
    assert call("ingest").exit_code == 0  # nothing became unread in this run


def test_a_folder_without_pdfs_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("tom").mkdir()
    assert call("ingest", "tom").output.splitlines()[0] == "Inga PDF-filer i tom: lägg dem där och kör igen."
    Path("tom/möte.docx").touch()
    Path("tom/läsmig.txt").touch()
    said = call("ingest", "tom").output
    assert "En fil är inte PDF och läses inte (möte.docx): spara som PDF och läs in igen." in said
    Path("tom/blad.JPG").touch()
    assert "2 filer är inte PDF och läses inte (till exempel blad.JPG)" in call("ingest", "tom").output
    assert "läsmig" not in said


def test_a_picture_without_text_is_scanned(corpus, in_this_process):
    canvas = Canvas(str(corpus / "scan.pdf"))
    canvas.drawInlineImage(Image.new("L", (8, 8)), 50, 50, 400, 600)
    canvas.showPage()
    canvas.save()
    result = call("ingest", "--jobs", 1)
    assert result.exit_code == 0
    assert "inskannade 1" in result.output
    assert "kör dem genom textigenkänning (OCR)" in result.output


def test_a_broken_rule_is_one_line(corpus, tmp_path):
    folder = tmp_path / "myrules"
    folder.mkdir()
    (folder / "x.yml").write_text("kind: decision\nrules:\n  - id: a\n    patern: b\n")
    result = call("ingest", "--rules", folder)
    assert result.exit_code == 2
    assert "unknown key 'patern'; allowed: id, pattern" in result.output
    assert len(result.output.splitlines()) == 1


# --- audit


@pytest.mark.parametrize(
    ("as_of", "within", "status", "said"),
    [
        ("2026-05-01", 90, 1, "Går ut inom 90 dagar (1)"),
        ("2026-05-01", 5, 0, "Inget att anmärka."),
        ("2026-06-01", 90, 1, "Har gått ut (1)"),
        ("2028-06-01", 90, 0, "Dessutom gick 1 ut för mer än ett år sedan."),
        ("2025-12-11", 365, 0, "Inget att anmärka."),
    ],
)
def test_audit(database, as_of, within, status, said):
    result = call("audit", "--db", database, "--as-of", as_of, "--within", within)
    assert (result.exit_code, said in result.output) == (status, True)


@pytest.mark.parametrize("form", ["json", "csv", "ics"])
def test_audit_in_other_forms(database, form):
    result = call("audit", "--db", database, "--as-of", "2026-05-01", "--format", form)
    assert result.exit_code == 1
    assert "Lotsen" in result.output
    if form == "json":
        assert [it["days_left"] for it in json.loads(result.output)["expiring"]] == [30]


# --- try


def test_try_reads_a_text():
    result = call("try", "--organ", "Nämnden", "--anchor", "2026-03-10", "Nämnden beslutar att anta planen.")
    assert result.exit_code == 0
    answer = json.loads(result.output)
    assert list(answer) == ["decisions", "roster_changes", "funding", "dates"]
    assert [(it["outcome"], it["organ"]) for it in answer["decisions"]] == [("approved", "Nämnden")]


def test_try_answers_line_for_line():
    lines = [{"text": "Mötet är den 1 mars 2026."}, {"text": "Inget."}, {"text": "Den 2 maj.", "anchor": "2026-03-10"}]
    result = call("try", stdin="\n".join(json.dumps(line) for line in lines) + "\n\n")
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [[it["start"] for it in answer["dates"]] for answer in answers] == [["2026-03-01"], [], ["2026-05-02"]]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Expecting property name"),
        ("[1]", 'a line must be a JSON object with a "text"'),
        ('{"text": 1}', 'a line must be a JSON object with a "text"'),
        ('{"text": "x", "kind": "brev"}', "kind is 'brev'"),
        ('{"text": "x", "anchor": "i dag"}', "Invalid isoformat string"),
    ],
)
def test_try_refuses_what_it_cannot_read(line, said):
    result = call("try", stdin=line)
    assert result.exit_code == 2
    assert said in result.output


# --- score


def test_score_and_its_floor(database, tmp_path):
    label = {
        "file": "a.pdf",
        "document": {"kind": "protokoll", "body": None, "meeting_date": "2025-12-12"},
        "decisions": [{"text": "Planen antas.", "outcome": "approved"}],
    }
    (tmp_path / "a.gold.json").write_text(json.dumps(label))
    assert json.loads(call("score", tmp_path, "--db", database, "--json").output)["decisions"]["f1"] == 1.0
    (tmp_path / "floors.json").write_text('{"funding": {"f1": 0.5}}')
    result = call("score", tmp_path, "--db", database)
    assert result.exit_code == 1
    assert "funding f1 0.0 is below its floor 0.5" in result.output


def test_explain_refuses_a_page_that_is_not_there(corpus):
    result = call("explain", corpus / "ok.pdf", "--page", 9)
    assert result.exit_code == 2
    assert "sidan 9 finns inte" in result.output


def test_the_clock_is_read_in_one_place():
    read = []
    for path in Path(ingest.__file__).parent.rglob("*.py"):
        text = path.read_text()
        read += [path.name for word in (".today(", ".now(", "utcnow(", "time.time(", "localtime(") if word in text]
    assert read == ["clock.py"]
