"""Tasks that organs gave and promises in notes, and the later sections of the same organ that report back.

That the same matter goes on is no report. Reports are found by case number or by words, through indexes; where more
than one section could be meant, nothing is tied.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from protoparse.diary import numbers
from protoparse.names import key
from protoparse.promised import promises
from protoparse.reported import MOVED, Section, content, units
from protoparse.reporting import Index, Task, Tie, named_organ, report_of
from protoparse.sentences import of_lines
from protoparse.store import remake

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = dict[str, Any]

_TASKS = """SELECT f.id, f.document, f.meeting_date, f.year, coalesce(f.organ, ''), coalesce(f.organ_id, d.organ_id),
    f.section, s.number, coalesce(s.title, ''), f.page, coalesce(s.case_number, p.case_number), f.text, f.assigned_to,
    f.due, f.evidence, d.kind
FROM decisions f JOIN documents d ON d.id = f.document
LEFT JOIN sections s ON s.id = f.section LEFT JOIN sections p ON p.id = s.parent
WHERE (f.outcome = 'assigned' OR f.due IS NOT NULL) AND f.meeting_date IS NOT NULL
AND coalesce(f.organ_id, d.organ_id) IS NOT NULL
AND (d.kind IN ('protokoll', 'minnesanteckningar') OR (d.kind = 'nyhetsbrev' AND f.due IS NOT NULL))
ORDER BY d.kind = 'nyhetsbrev', d.form IS 'utdrag', f.meeting_date, f.document, f.ordinal"""
_REPORTS = (
    "återrapport* återredovis* återkoppl* slutrapport* slutredovis* delrapport* delredovis* lägesrapport* rapport* "
    "redovis* avrapport* presenter* uppdrag* uppföljning* tagit följt inkommit begär* "
    "föredrog föredrar visade klart lämnat lämnade utfört utrett "
    "kartlagt undersökt genomfört slutfört sammanställt"
).replace(" ", " OR ")
_SECTIONS = f"""SELECT s.id, d.organ_id, d.meeting_date, s.title, coalesce(s.case_number, p.case_number), s.text
FROM sections_fts x JOIN sections s ON s.rowid = x.rowid JOIN documents d ON d.id = s.document
LEFT JOIN sections p ON p.id = s.parent WHERE sections_fts MATCH '{_REPORTS}'
AND d.kind IN ('protokoll', 'minnesanteckningar') AND d.meeting_date IS NOT NULL
AND d.organ_id IN (SELECT organ_id FROM temp.given) AND NOT EXISTS (
    SELECT 1 FROM decisions f WHERE f.section = s.id AND f.outcome IN ('deferred', 'remitted', 'rejected'))
ORDER BY d.meeting_date, s.id"""
_AUTHORITY = re.compile(r"\bbemyndiga|\bge[rs]? \w+ rätt\b", re.IGNORECASE)  # a right is no task


def _case_key(case: str | None) -> str | None:
    """A case number as it is compared: `KS/2025:12` is `KS 2025/12`."""
    number = next(iter(numbers(case and case.upper())), None)
    return f"{number.code or ''} {number.year or ''}/{number.serial}".strip() if number else None


def _tasks(db: Database) -> list[Task]:
    found: dict[tuple[Any, ...], Task] = {}
    told: dict[tuple[str, str | None], list[Task]] = defaultdict(list)
    decided = (Task(*row) for row in db.execute(_TASKS).fetchall())
    for task in chain(decided, promises(db)):
        own = content(task.text) - content(task.to or "") - content(task.organ)
        task = task._replace(case=_case_key(task.case), own=own, about=content(task.title))
        again = task.kind == "nyhetsbrev" and any(_same(task, it) for it in told[task.organ_id, task.due])
        if not again and (task.due or not _AUTHORITY.search(task.text)):
            found.setdefault((task.organ_id, task.due, task.number, task.day, task.text.casefold()), task)
            told[task.organ_id, task.due].append(task)
    return list(found.values())


def _same(one: Task, other: Task) -> bool:
    """Whether a newsletter tells again of a task that a protocol gives."""
    return 2 * len(one.own & other.own) >= len(one.own)


def _indexes(db: Database, organs: Iterable[str]) -> dict[str, Index]:
    db.execute("CREATE TEMP TABLE IF NOT EXISTS given (organ_id TEXT PRIMARY KEY)")
    db.execute("DELETE FROM temp.given")
    db.conn.executemany("INSERT OR IGNORE INTO temp.given VALUES (?)", [(id,) for id in sorted(organs)])
    found: dict[str, Index] = defaultdict(Index)
    for row in db.execute(_SECTIONS).fetchall():
        section = Section(*row)
        section = section._replace(case=_case_key(section.case), text=section.text or "")
        for unit in units(section):
            found[section.organ_id].add(unit)
    return found


def _named(db: Database, tasks: Iterable[Task]) -> dict[str, str]:
    """Task → the organ to which it is to be reported, where only one organ of that name has documents."""
    by_key: dict[str, set[str]] = defaultdict(set)
    for organ, id in db.execute("SELECT DISTINCT organ, organ_id FROM documents WHERE organ_id IS NOT NULL"):
        by_key[key("organ", organ)].add(id)
    keys = {task.id: name for task in tasks if (name := named_organ(task))}
    return {id: next(iter(by_key[name])) for id, name in keys.items() if len(by_key[name]) == 1}


def _commonness(tasks: Iterable[Task]) -> dict[str, Counter[str]]:
    """Organ → in how many sections with tasks a word stands."""
    seen: dict[str, dict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
    for task in tasks:
        for word in task.own | task.about:
            seen[task.organ_id][word].add(task.section)
    return {organ: Counter({word: len(at) for word, at in found.items()}) for organ, found in seen.items()}


_EXTENSIONS = """SELECT s.id, d.organ_id, d.meeting_date, s.title, coalesce(s.case_number, p.case_number), s.text,
    t.text, t."end" FROM sections_fts x JOIN sections s ON s.rowid = x.rowid JOIN documents d ON d.id = s.document
LEFT JOIN sections p ON p.id = s.parent JOIN dates t ON t.section = s.id
WHERE sections_fts MATCH 'förläng* OR senareläg* OR skjuts OR flyttas OR anstånd' AND t.precision IN ('day', 'month')
AND d.kind IN ('protokoll', 'minnesanteckningar') AND coalesce(s.case_number, p.case_number) IS NOT NULL
ORDER BY d.meeting_date, s.id, t.ordinal"""


def _extensions(db: Database) -> dict[tuple[str, str], list[tuple[Section, str]]]:
    """Organ and case number → later sections that give more time, with the new day."""
    days: dict[tuple[Section, str], set[str]] = defaultdict(set)
    for *row, said, end in db.execute(_EXTENSIONS).fetchall():
        section = Section(*row)
        section = section._replace(case=_case_key(section.case))
        for sentence in of_lines(section.text):
            if (match := MOVED.search(sentence)) and said in sentence[match.start() :]:
                days[section, sentence].add(end)
    found: dict[tuple[str, str], list[tuple[Section, str]]] = defaultdict(list)
    for (section, _), ends in days.items():
        if len(ends) == 1:
            found[section.organ_id, section.case or ""].append((section, next(iter(ends))))
    return found


def _moved(task: Task, later: Sequence[tuple[Section, str]]) -> tuple[Section, str] | None:
    """The newest day that a later section gives the task."""
    newer = (it for it in later if task.due and it[0].day > task.day and it[1] > task.due)
    fit = [it for it in newer if task.own & content(it[0].text)]
    return max(fit, key=lambda it: (it[0].day, it[1], it[0].id), default=None)


def _row(task: Task, tie: Tie | None, moved: tuple[Section, str] | None) -> Row:
    row = {name: getattr(task, name) for name in ("id", "document", "year", "organ", "organ_id", "section", "page")}
    return row | {
        "meeting_date": task.day,
        "case_number": task.case,
        "text": task.text,
        "assigned_to": task.to,
        "due": moved[1] if moved else task.due,
        "due_before": task.due if moved else None,
        "moved": moved[0].id if moved else None,
        "moved_on": moved[0].day if moved else None,
        "reported": tie.section.id if tie else None,
        "reported_on": tie.section.day if tie else None,
        "final": (0 if tie.partial else 1) if tie else None,
        "how": tie.how if tie else None,
        "evidence": task.evidence,
    }


def rebuild(db: Database) -> None:
    """Makes `commitments` anew from all documents."""
    tasks = _tasks(db)
    to = _named(db, tasks)
    indexes = _indexes(db, {*(task.organ_id for task in tasks), *to.values()})
    common, later = _commonness(tasks), _extensions(db)
    cases = Counter((task.organ_id, task.case) for task in tasks if task.due)
    rows = []
    for task in sorted(tasks, key=lambda it: it.id):
        named = indexes.get(to.get(task.id, ""))
        tie = report_of(task, indexes.get(task.organ_id, Index()), common[task.organ_id], named)
        alone = cases[task.organ_id, task.case] == 1
        moved = _moved(task, later.get((task.organ_id, task.case or ""), ()) if alone else ())
        rows.append(_row(task, tie, moved))
    remake(db, "commitments", rows)
