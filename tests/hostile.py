"""A register whose documents mean ill: in the PDFs, in their names, and in every text that a row can hold."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from pdfs import draw
from protoparse import hits, schema, store

SAMPLES = Path(__file__).parents[1] / "corpus" / "sample"
READ = ("protokoll-lanssamverkan-strand-2026-02-06", "protokoll-kommunstyrelsen-norrvalla-2026-04-14",
        "nyhetsbrev-lanssamverkan-strand-hosten-2026")  # fmt: skip
RUN = "window.pwned=1"
TEXTS = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"' onload='{RUN}' onfocus='{RUN}' autofocus x='",
    f"javascript:{RUN}",
    f"]]></summary><script>{RUN}</script>&#60;b&#62;",
    f"</svg></text></title></style></textarea><svg onload={RUN}>",
    f"<!-- --!><iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "+1+1|cmd",
    "\t=1+1",
    "rad ett\r\nATTENDEE:mailto:x@example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:ond",
    'cell "med", citat;\nny rad, =2+2',
    "\u202egnälkab\u202c \u200f\u2066 \ufeff",
    "styr\x00tecken \x01\x08\x0b\x0c\x1b[31m\x7f\x85\ufffe\uffff",
    "{{ 7 * 7 }} {% raw %} ${7*7} %s {0}",
    "../../../../etc/passwd %2e%2e%2f ..\\..\\ file:///etc/passwd",
    "\U0001f469\u200d\U0001f467 \U0001f1f8\U0001f1ea Zalgo\u0335\u0336\u0337",
    "' OR 1=1; DROP TABLE documents; --",
    "* \" ( NEAR AND OR NOT : ^ {stems} -",
    "å" * 300,
)  # fmt: skip
LONG = {"documents": "T" * 10_000, "decisions": "b" * 100_000, "sections": "S" * 100_000}
NAMES = (
    f'"><img src=x onerror={RUN}>.pdf', "rad\nett.pdf", "=cmd|x!A0.pdf", "..%2f..%2fetc%2fpasswd.pdf",
    "\u202efdp.exe.pdf", "'; DROP TABLE documents; --.pdf", "a" * 240 + ".pdf",
)  # fmt: skip
# Written by us, or read by a fixed pattern: no document can put other words there.
_CODES = re.compile(
    r"(^|_)(id|sha256|kind|status|outcome|severity|certainty|category|precision|bound|vote|track|zone|step|source|date|"
    r"start|end|due|year|day|known|by|on|boxes|masked|version|rules|names|started|ended|read_with|corrections|first|"
    r"last|field|table|row|file|root|presence|amount_per|number|number_to|before|after|seen|path|replaces|corrected|"
    r"earliest|latest|until|up|down|quality_note|rule|cue|section_from|section_to|matter|marker|view)$"
)


def protocol(path: Path, text: str) -> None:
    """A protocol that says a hostile text wherever it can."""
    said = re.sub(r"[^\x20-\xff]", " ", text)
    lines = [
        f"Nämnden för {said}", "Protokoll 2026-03-02", f"Närvarande: {said} (S), Eva {said} (M)", "",
        f"§ 1 {said}", f"Dnr KS 2026/../%2e%2e/{said[:20]}", "Beslut", f"Nämnden beslutar att {said} antas.", "",
        f"§ 2 Val av ledamot {said}", "Beslut", f"Nämnden beslutar att välja Eva {said} efter Per {said}.", "",
        f"§ 3 Mottagningen {said}", f"Mottagningen {said} finansieras till och med den 31 december 2026 av {said}.",
    ]  # fmt: skip
    draw(path, [[(50, 60 + 16 * k, line, 14 if line.startswith("§") else 10) for k, line in enumerate(lines)]])


def folder(corpus: Path) -> None:
    """PDFs that mean ill, and a few good ones that give rows to all tables."""
    corpus.mkdir()
    for name in READ:
        shutil.copy(SAMPLES / f"{name}.pdf", corpus)
    for name, text in zip(NAMES, TEXTS, strict=False):
        protocol(corpus / name, text)
    protocol(Path(os.fsdecode(os.fsencode(corpus) + b"/\xff\xfe\xe5.pdf")), TEXTS[7])
    draw(corpus / "lang.pdf", [[(50, 60, "Protokoll 2026-03-03"), (50, 90, "§ 1 " + "X" * 100_000)]])
    (corpus / "tom.pdf").write_bytes(b"")
    (corpus / "skript.pdf").write_text(f"<script>{RUN}</script>")


def texts(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every table and column in which words of a document can stand."""
    found = []
    for table in re.findall(r"CREATE TABLE (\w+)", schema.TABLES):
        for _, name, kind, *_ in db.execute(f'PRAGMA table_info("{table}")').fetchall():
            points = {row[3] for row in db.execute(f'PRAGMA foreign_key_list("{table}")')}
            if kind == "TEXT" and name not in points and not _CODES.search(name):
                found.append((table, name))
    skip = {"document_paths", "replaced", "hits", "facets", "unsearched", "words", "runs", "rules"}
    return [(table, name) for table, name in found if table not in skip]


def spoil(path: Path) -> None:
    """Every text of every row becomes one that means ill; where nothing stood, nothing stands."""
    db = store.open_db(path)
    with store.writing(db):
        for at, (table, name) in enumerate(texts(db.conn)):
            rows = db.execute(f'SELECT rowid FROM "{table}" WHERE "{name}" IS NOT NULL ORDER BY rowid').fetchall()
            for k, (rowid,) in enumerate(rows):
                text = LONG[table] if k == 0 and table in LONG else TEXTS[(at + k) % len(TEXTS)]
                db.execute(f'UPDATE "{table}" SET "{name}" = ? WHERE rowid = ?', (text, rowid))
        db.execute("UPDATE matters SET number = 'KS 2026/1/../%2e%2e/<b>' WHERE rowid = 1")
        hits.refresh(db)
    db.conn.close()


def made(at: Path) -> Path:
    """Reads the folder for real and spoils its rows; the database."""
    folder(at / "corpus")
    path = at / "register.db"
    command = [sys.executable, "-m", "protoparse", "ingest", at / "corpus", "--db", path, "--jobs", "2"]
    done = subprocess.run(command, check=False, capture_output=True)
    assert done.returncode == 1, done.stderr.decode()  # two files are no PDFs
    assert b"Traceback" not in done.stderr
    spoil(path)
    return path
