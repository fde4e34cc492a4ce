"""What stood on the agenda of each meeting: its headings with their case numbers, and what was done under each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from protoparse import diary
from protoparse.names import owner_key, public
from protoparse.owners import owners
from protoparse.proposals import FORMAL, OWN, WHOLE, Decided, organ_key, rank

if TYPE_CHECKING:
    from sqlite_utils import Database

MEETINGS = ("protokoll", "minnesanteckningar")  # the kinds of documents that tell what was done


@dataclass(frozen=True, slots=True)
class Heading:
    """A section as the database holds it, with its document."""

    id: str
    document: str
    ordinal: int
    number: str | None
    title: str
    case_number: str | None
    parent: str | None
    page: int | None
    evidence: str | None
    kind: str | None
    organ: str | None
    organ_id: str | None
    day: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A heading that is dealt with as one thing, with its case numbers and what was decided under it."""

    heading: Heading
    owner: str  # one word for who keeps the diary
    owner_name: str | None
    printed: tuple[diary.Number, ...]
    decided: tuple[Decided, ...]
    keys: tuple[str, ...] = ()  # its case numbers in one form within the owner
    step: str = "dealt"
    by: Decided | None = None  # the decision that says so

    @property
    def meeting(self) -> tuple[Any, ...]:
        """What an extract of a protocol has in common with the protocol."""
        it = self.heading
        return (self.owner, it.organ_id or it.organ, it.day, it.number or diary.subject(it.title))


_HEADINGS = """SELECT s.id, s.document, s.ordinal, s.number, s.title, s.case_number, s.parent, s.page, s.evidence,
    d.kind, d.organ, d.organ_id, d.meeting_date FROM sections s JOIN documents d ON d.id = s.document
    WHERE d.kind IN ('protokoll', 'minnesanteckningar', 'kallelse') ORDER BY s.document, s.ordinal"""
_DECISIONS = """SELECT section, id, text, outcome, page, evidence, heading, document FROM decisions
    WHERE section IS NOT NULL ORDER BY document, ordinal"""
_PASSAGES = """SELECT section, text FROM passages WHERE section IN (
    SELECT section FROM decisions WHERE outcome = 'proposed') ORDER BY document, ordinal"""


def places(db: Database) -> Iterator[Place]:
    """Every heading that is a thing of its own: with a case number, numbered, or with nothing above it that is."""
    headings = {row[0]: Heading(*row) for row in db.execute(_HEADINGS).fetchall()}
    whose = _owner_of(db, headings.values())
    decided: dict[str, list[Decided]] = defaultdict(list)
    passages: dict[str, list[str]] = defaultdict(list)
    for section, text in db.execute(_PASSAGES).fetchall():
        passages[section].append(text)
    for section, id, text, outcome, page, evidence, heading, _ in db.execute(_DECISIONS).fetchall():
        if section in headings:
            lead = _lead(text, passages[section], heading) if outcome == "proposed" else ""
            top = _top(headings[section], headings)
            decided[top.id].append(Decided(id, text, outcome, page, evidence, lead))
    for it in headings.values():
        if _top(it, headings) is it:
            numbers = tuple(diary.numbers(it.case_number, it.title))
            points = tuple(decided[it.id])
            name, by = step(it, points)
            yield Place(it, *whose[it.document], numbers, points, step=name, by=by)


def _top(it: Heading, headings: Mapping[str, Heading]) -> Heading:
    """The heading that a section belongs to: the nearest with a case number, else the nearest with a number."""
    if it.case_number:
        return it
    chain = [it]
    while (parent := headings.get(chain[-1].parent or "")) and parent not in chain:
        chain.append(parent)
    tests: tuple[Callable[[Heading], object], ...] = (lambda one: one.case_number, lambda one: one.number)
    return next((one for test in tests for one in chain if test(one)), it)


def _lead(text: str, passages: Sequence[str], heading: str | None) -> str:
    """What introduces a point, nearest first: the passages before it from the last that proposes, and its heading."""
    at = next((k for k, one in enumerate(passages) if text[:60] in one), 0)
    before = [one for one in reversed(passages[:at]) if re.search(r"\bföresl", one)]
    return "\n".join([*before[:1], heading or ""])


def _owner_of(db: Database, headings: Iterable[Heading]) -> dict[str, tuple[str, str | None]]:
    """Document → one word for who keeps its diary (the municipality or region, else the organ itself), and its name.

    Boards whose municipality nobody names are those of one; an organ whose other documents name it has it from them.
    """
    said = owners(db, public)
    by_organ: dict[str | None, set[str]] = defaultdict(set)
    documents = {it.document: it for it in headings}
    for id, it in documents.items():
        if id in said:
            by_organ[it.organ_id].add(owner_key(said[id]))
    return {
        id: (owner_key(said[id]), said[id]) if id in said else _unsaid(it, by_organ.get(it.organ_id, set()))
        for id, it in documents.items()
    }


def _unsaid(it: Heading, of_organ: set[str]) -> tuple[str, str | None]:
    if it.organ_id and len(of_organ) == 1:
        return next(iter(of_organ)), None
    if not it.organ:
        return f"?{it.document}", None
    if not public(it.organ):
        return f"{OWN}{organ_key(it.organ)}", it.organ
    return ("?region" if it.organ.casefold().startswith("region") else "?"), None


def once(places: Sequence[Place]) -> list[Place]:
    """Each matter of a meeting once: an extract beside the protocol, or a second copy, is no second step."""
    size = Counter(it.heading.document for it in places)
    best: dict[tuple[Any, ...], tuple[int, str]] = {}
    for it in places:
        if it.heading.day:
            mine = (-size[it.heading.document], it.heading.document)
            best[it.meeting] = min(best.get(it.meeting, mine), mine)
    return [it for it in places if not it.heading.day or best[it.meeting][1] == it.heading.document]


def ahead(called: Iterable[Place], met: Iterable[Place]) -> list[Place]:
    """What a summons announces, where no protocol of that meeting is there."""
    held = {(it.heading.organ_id or it.heading.organ, it.heading.day) for it in met}
    return [it for it in called if (it.heading.organ_id or it.heading.organ, it.heading.day) not in held]


# --- steps

_RAISED = re.compile(r"\b(?:får (?:fram)?ställas|väcks?|väckts|tas emot|anmäls|lämnas in)\b", re.IGNORECASE)
_ANSWERING = re.compile(r"svar|besvar|yttrand|redovisning", re.IGNORECASE)
_NEW = re.compile(r"\b(?:ny|nya|nytt|inkom\w*|väck\w*|anmäl\w*)\b", re.IGNORECASE)
_STEPS = {"approved": "decided", "assigned": "decided", "elected": "decided", "rejected": "rejected", "noted": "noted"}
# The strongest first. What is sent back or put off as a whole outweighs what was decided beside it.
_STRENGTH = ("proposed", "whole", "decided", "rejected", "raised", "remitted", "deferred", "noted")


def step(it: Heading, points: Sequence[Decided]) -> tuple[str, Decided | None]:
    """What was done with a matter under a heading, and the decision that says it."""
    if it.kind == "kallelse":
        return "announced", None
    handed_in = _is_handed_in(it)
    found = [(_strength(one), k) for k, one in enumerate(points) if not FORMAL.search(one.text)]
    if not found:
        return ("raised" if handed_in and _NEW.search(it.title) else "dealt"), None
    one = points[min(found)[1]]
    name = _step(one)
    return ("raised" if name == "remitted" and handed_in and not re.search(r"\båter", one.text) else name), one


def _is_handed_in(it: Heading) -> bool:
    """Whether a motion, a proposal of citizens or a question is handed in: the council only sends it on."""
    if rank(organ_key(it.organ or "")) != 3:
        return False
    return diary.kind_of([it.title]) != "other" and not _ANSWERING.match(it.title)


def _step(one: Decided) -> str:
    if one.outcome == "approved" and _RAISED.search(one.text) and not re.search(r"besvara|avsl", one.text):
        return "raised"
    return _STEPS.get(one.outcome, one.outcome)


def _strength(one: Decided) -> int:
    name = _step(one)
    whole = name in ("remitted", "deferred") and WHOLE.match(one.text)
    return _STRENGTH.index("whole" if whole else name)
