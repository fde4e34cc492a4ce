"""The ledger of the rules: what each says, whether its examples hold, what it gave, and whether anybody needs it."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from protoparse.as_rows import plain
from protoparse.cues import CueFinder
from protoparse.dates import find_dates
from protoparse.decisions import find_decisions
from protoparse.funding import find_funding
from protoparse.models import Meeting, Passage
from protoparse.passages import passages, plain_lines
from protoparse.protocol import Kit
from protoparse.roster import find_roster_changes
from protoparse.rules import Rule, RuleSet
from protoparse.text import Text

ANCHOR = datetime.date(2025, 12, 12)  # the day of the meeting where neither example nor rule file (`anchor`) names one
ORGAN = "Nämnden"  # who meets where an example of a decision names nobody

Found = list[Mapping[str, Any]]


# ---------------------------------------------------------------- an example, read


@dataclass(frozen=True, slots=True)
class Reader:
    """The rules as they read their examples."""

    rules: RuleSet
    kit: Kit

    def read(self, rule: Rule, example: Any, without: str | None = None) -> Found:
        """The rows that the rules of one kind make of an example (text, or text with organ, anchor, title, heading).

        `without`: the id of a rule that is left out.
        """
        said = {"text": example} if isinstance(example, str) else example
        day = said.get("anchor") or self.rules.data[rule.kind].get("anchor") or ANCHOR
        day = day if isinstance(day, datetime.date) else datetime.date.fromisoformat(day)
        return _READERS[rule.kind]({**said, "anchor": day}, self.kit, without)


def _running(example: Mapping[str, Any], kit: Kit) -> list[Passage]:
    section = 1 if "title" in example else None
    if "heading" in example:
        return [Passage(Text(example["text"]), heading=example["heading"], section=1)]
    return passages(plain_lines(example["text"]), kit.headings, section=section)


def _rows(found: Sequence[Any]) -> Found:
    return [dict(row) for row in found]


def _decisions(example: Mapping[str, Any], kit: Kit, without: str | None) -> Found:
    meeting = Meeting(kind="protokoll", organ=example.get("organ", ORGAN), date=example["anchor"])
    cues = kit.decision_cues.without(without)
    return _rows(find_decisions(meeting, _running(example, kit), cues, kit.decision_words)[0])


def _roster(example: Mapping[str, Any], kit: Kit, without: str | None) -> Found:
    day, title = example["anchor"], example.get("title")
    meeting = Meeting(organ=example.get("organ"), date=day)
    dates = partial(_dates_in, day=day, kit=kit)
    titles = ({1: title}, {1: Text(title)}) if title else (None, None)
    cues = kit.roster_cues.without(without)
    return _rows(
        find_roster_changes(meeting, _running(example, kit), cues, kit.people, dates, kit.roster_words, *titles)[0]
    )


def _funding(example: Mapping[str, Any], kit: Kit, without: str | None) -> Found:
    day = example["anchor"]
    running = [Passage(Text(example["text"]), heading=example.get("heading"), section=1)]
    cues, dates = kit.funding_cues.without(without), partial(_dates_in, day=day, kit=kit)
    return _rows(find_funding(Meeting(date=day), running, cues, dates, {}, kit.funding_words)[0])


def _dates_in(text: str, day: datetime.date, kit: Kit) -> list[Any]:
    return find_dates(text, day, kit.grammar)[0]


def _dates(example: Mapping[str, Any], kit: Kit, without: str | None) -> Found:
    text = example["text"]
    return [
        {
            "text": text[m.start : m.end],
            "start": m.first,
            "end": m.last,
            "precision": m.precision,
            "bound": m.bound,
            "rule": m.rule,
        }
        for m in _dates_in(text, example["anchor"], kit)
        if m.rule != without
    ]


_READERS: dict[str, Callable[[Mapping[str, Any], Kit, str | None], Found]] = {
    "decision": _decisions,
    "roster": _roster,
    "funding": _funding,
    "dates": _dates,
}


def agrees(wanted: Sequence[Mapping[str, Any]], found: Found) -> bool:
    """Whether each wanted row has one of its own with all the fields that it names, and none is left over."""
    left = list(found)
    for row in wanted:
        hit = next((got for got in left if all(_same(got[key], value) for key, value in row.items())), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def _same(got: Any, wanted: Any) -> bool:
    if isinstance(wanted, (int, float)):
        return got == wanted
    return str(plain(got)).strip(" ,") == str(plain(wanted)).strip(" ,")


# ---------------------------------------------------------------- a rule, looked at


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule with what was seen of it.

    `wrong`: its examples that don't give what they say, and counterexamples that give a row. `answered`: examples that
    come out right without it too. `shadowed`: rules that take all its wordings before it. `rows`, `documents`: what it
    gave in the database (None: no database).
    """

    rule: Rule
    wrong: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    shadowed: tuple[str, ...] = ()
    rows: int | None = None
    documents: int | None = None

    @property
    def needless(self) -> bool:
        """Whether the rule could go without any of its examples noticing."""
        told = self.rule.counterexamples if self.rule.pseudo else self.rule.examples
        return bool(told) and len(self.answered) == len(told)


def ledger(reader: Reader, db: sqlite3.Connection | None = None, ids: Collection[str] = ()) -> Iterator[Entry]:
    """Every rule of the files (or those with one of the ids), in their order. `db`: where its rows are counted."""
    counts = _counts(db) if db else {}
    kit = reader.kit
    finders = {"decision": kit.decision_cues, "roster": kit.roster_cues, "funding": kit.funding_cues}
    for rule in reader.rules.rules:
        if rule.kind in _READERS and (not ids or rule.id in ids):
            rows, documents = counts.get(rule.id, (0, 0)) if db else (None, None)
            shadows = _shadowed(rule, finders.get(rule.kind))
            yield Entry(rule, _wrong(rule, reader), _answered(rule, reader), shadows, rows, documents)


def _counts(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    return {row["id"]: (row["n_rows"], row["n_documents"]) for row in db.execute("SELECT * FROM rules")}


def _text(example: Any) -> str:
    return example if isinstance(example, str) else example["text"]


def _finds(example: Mapping[str, Any], rule: Rule) -> list[Mapping[str, Any]]:
    """What an example says; a date read by another rule than the example's own says so itself."""
    if rule.kind != "dates":
        return example["finds"]
    return [{"rule": rule.id, **found} for found in example["finds"]]


def _wrong(rule: Rule, reader: Reader) -> tuple[str, ...]:
    examples = [_text(e) for e in rule.examples if not agrees(_finds(e, rule), reader.read(rule, e))]
    return (*examples, *(_text(c) for c in rule.counterexamples if reader.read(rule, c)))


def _answered(rule: Rule, reader: Reader) -> tuple[str, ...]:
    """Examples that the other rules answer alone; of a pseudo rule the sentences that give no row without it either."""
    if rule.pseudo:
        return tuple(_text(c) for c in rule.counterexamples if not reader.read(rule, c, rule.id))
    return tuple(_text(e) for e in rule.examples if agrees(_finds(e, rule), reader.read(rule, e, rule.id)))


def _shadowed(rule: Rule, cues: CueFinder | None) -> tuple[str, ...]:
    """The rules that take every wording of a rule before it."""
    phrases = [part for part in rule.patterns if isinstance(part, str)]
    if cues is None or not phrases or len(phrases) < len(rule.patterns):
        return ()
    winners = [{cue.rule.id for cue in cues.find(phrase)} for phrase in phrases]
    if any(rule.id in found for found in winners):
        return ()
    return tuple(sorted(set().union(*winners)))


# ---------------------------------------------------------------- in words


def as_text(entries: Sequence[Entry], whole: bool = True) -> Iterator[str]:
    """Swedish lines: each rule with its examples (unless not `whole`), then what ought to be looked at."""
    file = None
    for entry in entries:
        if entry.rule.file != file:
            file = entry.rule.file
            yield f"\n{file}"
        yield from _lines(entry, whole)
    yield ""
    yield from _summary(entries)


def _lines(entry: Entry, whole: bool) -> Iterator[str]:
    rule = entry.rule
    gave = "" if entry.rows is None else f": {entry.rows} rader i {entry.documents} dokument"
    yield f"  {rule.id}{' (betyder något annat)' if rule.pseudo else ''}{gave}"
    if not whole:
        return
    if rule.patterns:
        yield "      ord: " + " | ".join(p if isinstance(p, str) else str(list(p)) for p in rule.patterns)
    if rule.note:
        yield f"      {rule.note}"
    yield from (f"      läser: {_text(example)}" for example in rule.examples)
    yield from (f"      läser inte: {_text(example)}" for example in rule.counterexamples)


def _summary(entries: Sequence[Entry]) -> Iterator[str]:
    wrong = [(entry, text) for entry in entries for text in entry.wrong]
    yield f"{len(entries)} regler, {sum(len(e.rule.examples) for e in entries)} exempel, " + (
        f"{sum(len(e.rule.counterexamples) for e in entries)} motexempel; fel: {len(wrong)}"
    )
    yield from (f"  FEL {entry.rule.id}: {text}" for entry, text in wrong)
    yield from _listed("Behövs inte för något av sina exempel", [e.rule.id for e in entries if e.needless])
    shadows = [f"{e.rule.id} (av {', '.join(e.shadowed) or 'ingen'})" for e in entries if e.shadowed]
    yield from _listed("Skyms helt av en annan regel", shadows)
    also = [f"{e.rule.id}: {text}" for e in entries if not e.needless for text in e.answered]
    yield from _listed("Exempel som andra regler klarar ensamma", also)
    if any(entry.rows is not None for entry in entries):
        idle = [e.rule.id for e in entries if e.rows == 0 and not e.rule.pseudo]
        yield from _listed("Gav ingen rad i databasen", idle)


def _listed(title: str, rules: Sequence[str]) -> Iterator[str]:
    yield f"{title}: {len(rules)}"
    yield from (f"  {rule}" for rule in rules)
