"""Matters as they are looked at on a day: one matter's way as Swedish text, and what still waits for an answer.

What hangs on the day of looking is a query with an as-of date; the site runs the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from protoparse import diary
from protoparse.schema import MATTER_STATUS, MATTER_STEPS

if TYPE_CHECKING:
    from sqlite3 import Connection, Row

# Where a matter stands on :as_of: by its last step that says something of it, dated ones first.
STANDING = """SELECT m.id, CASE (SELECT s.step FROM matter_steps s
        WHERE s.matter = m.id AND coalesce(s.meeting_date, '') <= :as_of AND s.step NOT IN ('dealt', 'announced')
        ORDER BY s.meeting_date IS NULL, s.ordinal DESC LIMIT 1)
    WHEN 'remitted' THEN 'remitted' WHEN 'deferred' THEN 'deferred' WHEN 'decided' THEN 'decided'
    WHEN 'rejected' THEN 'decided' WHEN 'noted' THEN 'decided' ELSE 'open' END AS status FROM matters m"""

# A matter's way, step by step, with what answers each step's decision as far as known on :as_of.
WAY = """SELECT s.id, s.step, s.meeting_date, s.organ, s.page, s.document, s.section, s.decision, s.evidence,
    x.number, x.title, d.path, c.text, b.meeting_date AS answered_on, b.organ AS answered_by, a.agrees, a.answer
FROM matter_steps s JOIN documents d ON d.id = s.document LEFT JOIN sections x ON x.id = s.section
LEFT JOIN decisions c ON c.id = s.decision
LEFT JOIN answers a ON a.proposal = s.decision
LEFT JOIN decisions b ON b.id = a.answer AND coalesce(b.meeting_date, '') <= :as_of
WHERE s.matter = :matter AND (coalesce(s.meeting_date, '') <= :as_of OR s.step = 'announced')
ORDER BY s.ordinal"""

# Proposals to another organ that no decision answers. The same point in an extract counts once, and one that its organ
# has made anew counts as the later one.
UNANSWERED = """WITH waiting AS (
    SELECT min(p.id) AS id, p.document, p.section, p.meeting_date, p.organ, p.organ_id, x.number, x.title,
        x.case_number, p.text, p.page, p.evidence, d.path, p.ordinal, max(s.matter) AS matter,
        CAST(julianday(:as_of) - julianday(p.meeting_date) AS INTEGER) AS days
    FROM decisions p JOIN documents d ON d.id = p.document LEFT JOIN sections x ON x.id = p.section
    LEFT JOIN matter_steps s ON s.section = p.section
    WHERE p.outcome = 'proposed' AND coalesce(p.meeting_date, '') <= :as_of
    AND NOT EXISTS (SELECT 1 FROM answers a JOIN decisions b ON b.id = a.answer
        WHERE a.proposal = p.id AND coalesce(b.meeting_date, '') <= :as_of)
    GROUP BY coalesce(p.organ_id, p.organ, p.document), p.meeting_date, p.text, x.title)
SELECT * FROM waiting w WHERE NOT EXISTS (SELECT 1 FROM matter_steps n WHERE n.matter = w.matter
    AND n.step = 'proposed' AND n.organ_id IS w.organ_id
    AND n.meeting_date > w.meeting_date AND n.meeting_date <= :as_of)
ORDER BY meeting_date IS NULL, meeting_date, organ, document, ordinal"""

# Motions, citizens' proposals and questions that have not been decided on.
PENDING = f"""SELECT m.id, m.number, m.title, m.kind, m.owner, t.status,
    (SELECT min(s.meeting_date) FROM matter_steps s WHERE s.matter = m.id AND s.step != 'announced') AS since
FROM matters m JOIN ({STANDING}) t ON t.id = m.id
WHERE m.kind != 'other' AND t.status != 'decided' AND EXISTS (SELECT 1 FROM matter_steps s WHERE s.matter = m.id
    AND coalesce(s.meeting_date, '') <= :as_of AND s.step != 'announced')
ORDER BY since IS NULL, since, m.number, m.id"""


class Unknown(LookupError):
    """No matter has the number; the message says so in Swedish."""


def named(db: Connection, number: str) -> list[str]:
    """The ids of the matters that a case number means, in any print; without its code those of every code."""
    query = """SELECT id, number FROM matters WHERE number = ? OR (number LIKE ? AND number LIKE ?)
        ORDER BY owner, number, id"""
    found: list[str] = []
    for wanted in diary.numbers(number):
        year = f"%{wanted.year % 100:02}%" if wanted.year else "%"  # however it is printed, its last digits stand there
        for id, printed in db.execute(query, (number, f"%{wanted.serial}%", year)):
            same = (it.bare == wanted.bare and wanted.code in (None, it.code) for it in diary.numbers(printed))
            found += [id] if printed == number or any(same) else []
    return list(dict.fromkeys(found))


def of_number(db: Connection, number: str, day: str) -> Iterator[str]:
    """The lines for every matter of a number: what it is, where it stands on the day, and its way. Raises Unknown."""
    ids = named(db, number)
    if not ids:
        raise Unknown(f"Inget ärende har numret ”{number}”.")
    for id in ids:
        yield from _of_matter(db, id, day)


def _of_matter(db: Connection, id: str, day: str) -> Iterator[str]:
    shown, title, owner = db.execute("SELECT number, title, owner FROM matters WHERE id = ?", (id,)).fetchone()
    steps = db.execute(WAY, {"as_of": day, "matter": id}).fetchall()
    if not steps:
        yield f"{shown} · ännu inte känt den {day}"
        return
    (status,) = db.execute(f"SELECT status FROM ({STANDING}) WHERE id = :id", {"as_of": day, "id": id}).fetchone()
    yield f"{shown} · {title}"
    yield f"{owner + ' · ' if owner else ''}{MATTER_STATUS[status]} den {day}"
    for row in steps:
        yield from _of_step(row)
    yield ""


def _of_step(row: Row) -> Iterator[str]:
    paragraph = f", § {row['number']}" if row["number"] else ""
    yield f"  {row['meeting_date'] or 'utan datum'}  {row['organ'] or ''}{paragraph}: {MATTER_STEPS[row['step']]}"
    if row["text"]:
        yield f"    ”{row['text']}”"
    if row["answered_on"]:
        how = {1: ", enligt förslaget", 0: ", inte enligt förslaget"}.get(row["agrees"], "")
        yield f"    Besvarat {row['answered_on']} av {row['answered_by']}{how}."
    yield f"    {row['path']}, sida {row['page']}"


def waiting(db: Connection, day: str) -> Iterator[str]:
    """The lines for proposals and motions that the documents known on the day do not answer."""
    proposals = db.execute(UNANSWERED, {"as_of": day}).fetchall()
    yield f"Förslag utan känt svar den {day}: {len(proposals)}"
    for row in proposals:
        number = f" ({row['case_number']})" if row["case_number"] else ""
        yield f"  {row['meeting_date'] or 'utan datum'}  {row['organ'] or ''}: {row['title'] or ''}{number}"
        yield f"    ”{row['text']}” – {row['path']}, sida {row['page']}"
    motions = db.execute(PENDING, {"as_of": day}).fetchall()
    yield f"Motioner, medborgarförslag och frågor som inte är avgjorda den {day}: {len(motions)}"
    for row in motions:
        yield f"  {row['since'] or 'utan datum'}  {row['number']} {row['title']}: {MATTER_STATUS[row['status']]}"
