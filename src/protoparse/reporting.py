"""Which later section reports back on a task: by case number or by words; where more than one could be meant, none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from protoparse.dates import MONTHS
from protoparse.names import key
from protoparse.reported import PARTIAL, Section, Unit, content

RARE = 3  # tasks of an organ that may share a word that still tells which one is meant
ALIKE = 0.6  # share of a report's own words that the task must have


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


def cites(text: str, task: Task) -> bool:
    """Whether a text names the paragraph in which the task was given: by day and number, or by month and number."""
    if not task.number or not re.search(rf"§\s*{re.escape(task.number)}\b", text):
        return False
    day = date.fromisoformat(task.day)
    month = MONTHS[day.month - 1]
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
