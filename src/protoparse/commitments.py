"""Tasks that organs gave, and the later sections of the same organ that report back.

That the same matter goes on is no report. Reports are found by case number or by words, through indexes; where more
than one section could be meant, nothing is tied.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from protoparse.names import key
from protoparse.reported import MOVED, PARTIAL, Section, Unit, content, units
from protoparse.sentences import of_lines
from protoparse.store import insert

if TYPE_CHECKING:
    from sqlite_utils import Database

RARE = 3  # tasks of an organ that may share a word that still tells which one is meant
ALIKE = 0.6  # share of a report's own words that the task must have

Row = dict[str, Any]


class Task(NamedTuple):
    """A decision that gives somebody something to do, or a last day for it."""

    id: str
    document: str
    day: str
    year: int | None
    organ: str
    organ_id: str
    section: str | None
    number: str | None
    title: str
    page: int | None
    case: str | None
    text: str
    to: str | None
    due: str | None
    evidence: str | None
    kind: str
    own: frozenset[str] = frozenset()  # what its text is about, without who gave and who got it
    about: frozenset[str] = frozenset()  # what the heading above it is about


class Tie(NamedTuple):
    """A task's report."""

    section: Section
    how: str
    partial: bool


# --- tying

_MONTHS = ("januari", "februari", "mars", "april", "maj", "juni")
_MONTHS += ("juli", "augusti", "september", "oktober", "november", "december")


def cites(text: str, task: Task) -> bool:
    """Whether a text names the paragraph in which the task was given: by day and number, or by month and number."""
    if not task.number or not re.search(rf"§\s*{re.escape(task.number)}\b", text):
        return False
    day = date.fromisoformat(task.day)
    month = _MONTHS[day.month - 1]
    named = rf"(?:{day.day} {month} {day.year}|{task.day}|i {month})[^.\n]{{0,12}}§\s*{re.escape(task.number)}\b"
    return bool(re.search(named, text))


@dataclass(slots=True)
class Index:
    """The reports of one organ, by case number and by words."""

    by_case: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    by_word: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))

    def add(self, unit: Unit) -> None:
        """Takes in a report."""
        if unit.section.case:
            self.by_case[unit.section.case].append(unit)
        for word in unit.words | content(unit.section.title) if unit.refers else ():
            self.by_word[word].append(unit)


def _by_case(task: Task, index: Index) -> list[tuple[Unit, str]]:
    """Reports under the same case number that speak of the task, or name its paragraph."""
    found = []
    for unit in index.by_case.get(task.case or "", ()):
        about = unit.words | content(unit.section.title)
        enough = len(task.own & about) >= (1 if task.due else 2)
        if unit.section.day > task.day and (enough or cites(unit.section.text, task)):
            found.append((unit, f"ärendenummer {unit.section.case}"))
    return found


def _by_words(task: Task, index: Index, common: Counter[str]) -> list[tuple[Unit, str]]:
    """Reports that share the task's rare words."""
    near: dict[tuple[str, str], Unit] = {}
    for word in sorted(task.own | task.about):
        if common[word] <= RARE:
            near |= {(unit.section.id, unit.said): unit for unit in index.by_word.get(word, ())}
    later = (unit for unit in near.values() if unit.section.day > task.day)
    return [(unit, unit.how) for unit in later if _alike(task, unit, common)]


def _alike(task: Task, unit: Unit, common: Counter[str]) -> bool:
    """Whether most of what the report is about is what the task is about, and not by words that other tasks share."""
    to, place = content(task.to or ""), content(unit.section.title)
    if to and to <= unit.words and place and place <= task.about:  # `Nätverket visade …, enligt uppdraget`
        return True
    about = unit.words - to - content(task.organ)
    shared = about & (task.own | task.about)
    rare = {word for word in shared if common[word] <= RARE}
    other = unit.section.case and task.case and unit.section.case != task.case
    return bool(rare & task.own) and len(rare) >= (3 if other else 2) and len(shared) >= ALIKE * len(about)


def report_of(task: Task, index: Index, common: Counter[str], named: Index | None = None) -> Tie | None:
    """The section that reports back: the first final one, else the first that reports in part; None where unsure.

    `named`: the reports to another organ that the task names, which count under the task's case number only.
    """
    found = _by_case(task, index) or (_by_case(task, named) if named else []) or _by_words(task, index, common)
    asks_part = bool(PARTIAL.search(task.text))
    ties = [(unit, how, bool(PARTIAL.search(unit.said)) and not asks_part) for unit, how in found]
    for partial in (False, True):
        days = [it for it in ties if it[2] is partial]
        first = min((unit.section.day for unit, *_ in days), default=None)
        sections = {unit.section.id: (unit, how) for unit, how, _ in days if unit.section.day == first}
        if len(sections) > 1:
            sections = {id: it for id, it in sections.items() if content(it[0].section.title) & task.about}
        if len(sections) == 1:
            unit, how = next(iter(sections.values()))
            return Tie(unit.section, f"delrapport, {how}" if partial else how, partial)
        if days:
            return None
    return None


_TO = re.compile(r"\b(?:till|för|inför) (\w+(?:styrelsen|nämnden|fullmäktige|utskottet|rådet))\b")


def named_organ(task: Task) -> str | None:
    """The key of the one organ, other than its own, to which a task is to be reported."""
    found = {key("organ", name) for name in _TO.findall(task.text)}
    return next(iter(found)) if len(found) == 1 and found != {key("organ", task.organ)} else None


# --- from and to the database

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
    return re.sub(r"\s+", " ", case).strip().upper() if case else None


def _tasks(db: Database) -> list[Task]:
    found: dict[tuple[Any, ...], Task] = {}
    told: dict[tuple[str, str | None], list[Task]] = defaultdict(list)
    for row in db.execute(_TASKS).fetchall():
        task = Task(*row)
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
    db.execute("DELETE FROM commitments")
    insert(db, "commitments", rows)
