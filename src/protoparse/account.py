"""The account of the cues: each one found in running text ends as exactly one of five things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from protoparse import decisions, funding, roster
from protoparse.cues import Cue
from protoparse.models import Doubt, Evidence, Meeting, Passage, Protocol
from protoparse.protocol import Kit
from protoparse.rules import RuleSet


class Fate(StrEnum):
    """What became of a cue; the value is the Swedish word for it."""

    ROW = "rad"
    DOUBT = "tvekan"
    PSEUDO = "pseudoregel"  # a longer wording that means something else
    ZONE = "zon"  # it stands where nobody decides or tells news: a proposal, a motion, the background
    WORDING = "ordalydelse"  # the words around it: no person, day or sum; retold, planned, denied; a helping word


@dataclass(frozen=True, slots=True)
class Told:
    """A cue and what became of it; `why` is the doubt's message or the zone."""

    cue: Cue
    fate: Fate
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of rule: the table that it fills, and the zones in which it reads."""

    table: str
    reads: Callable[[Passage, Meeting, frozenset[int | None]], bool]


_KINDS = {
    "decision": _Kind("decisions", decisions.reads),
    "roster": _Kind("roster_changes", roster.reads),
    "funding": _Kind("funding", funding.reads),
}


def account(protocol: Protocol, kit: Kit) -> Iterator[tuple[Passage, list[Told]]]:
    """Every passage of a document with its cues and what became of each, in their order."""
    finders = (kit.decision_cues, kit.roster_cues, kit.funding_cues)
    ruled = decisions.ruled(protocol.passages)
    said = {
        kind: (_Quotes.of(getattr(protocol, is_.table)), _Quotes.of(d for d in protocol.doubts if d.kind == is_.table))
        for kind, is_ in _KINDS.items()
    }
    for passage in protocol.passages:
        cues = [cue for finder in finders for cue in finder.find(passage.text.string)]
        yield passage, [_told(cue, passage, protocol.meeting, ruled, *said[cue.rule.kind]) for cue in cues]


class _Quotes:
    """The quotes of rows or doubts, looked up by the words that they are printed with."""

    def __init__(self, records: Sequence[tuple[Evidence, str]]):
        self._records = records
        self._by_word: dict[object, str] = {}
        for evidence, why in records:
            self._by_word |= dict.fromkeys(evidence.quote.words, why)

    @classmethod
    def of(cls, records: Iterable[object]) -> _Quotes:
        return cls([(r.evidence, r.message if isinstance(r, Doubt) else "") for r in records])

    def why(self, cue: Cue, passage: Passage) -> str | None:
        """What is said of the record that rests on a cue's words; None where none does."""
        words = passage.text[cue.start : cue.end].words
        if words:
            return next((self._by_word[word] for word in words if word in self._by_word), None)
        text = passage.text.string  # typed in, not printed: the quote is looked for
        for evidence, why in self._records:
            at = text.find(evidence.quote.string)
            if 0 <= at < cue.end and cue.start < at + len(evidence.quote.string):
                return why
        return None


def _told(
    cue: Cue, passage: Passage, meeting: Meeting, ruled: frozenset[int | None], rows: _Quotes, doubts: _Quotes
) -> Told:
    if cue.rule.pseudo:
        return Told(cue, Fate.PSEUDO)
    if rows.why(cue, passage) is not None:
        return Told(cue, Fate.ROW)
    if (message := doubts.why(cue, passage)) is not None:
        return Told(cue, Fate.DOUBT, message)
    if not _KINDS[cue.rule.kind].reads(passage, meeting, ruled):
        return Told(cue, Fate.ZONE, str(passage.zone))
    return Told(cue, Fate.WORDING)


# ---------------------------------------------------------------- sums

Sums = Mapping[str, Counter[Fate]]  # rule → what became of its cues


def sums(told: Iterable[Told]) -> dict[str, Counter[Fate]]:
    """The fates of many cues, by rule."""
    found: dict[str, Counter[Fate]] = {}
    for one in told:
        found.setdefault(one.cue.rule.id, Counter())[one.fate] += 1
    return found


def as_text(found: Sums, rules: RuleSet) -> Iterator[str]:
    """Swedish lines: a row a rule, the sums of each file, and the share of doubts among all cues."""
    yield f"{'':34}{'ledord':>8}" + "".join(f"{fate:>13}" for fate in Fate)
    every: Counter[Fate] = Counter()
    for file in dict.fromkeys(rule.file for rule in rules.rules if rule.kind in _KINDS):
        own = [rule.id for rule in rules.rules if rule.file == file and rule.id in found]
        total = sum((found[id] for id in own), Counter())
        every += total
        yield f"\n{_line(file, total)}"
        yield from (_line(f"  {id}", found[id]) for id in own)
    yield f"\n{_line('alla', every)}"
    cues = every.total()
    yield f"Tvekan: {100 * every[Fate.DOUBT] / cues:.1f} procent av ledorden" if cues else "Inga ledord."


def _line(name: str, fates: Counter[Fate]) -> str:
    return f"{name:34}{fates.total():>8}" + "".join(f"{fates[fate] or '':>13}" for fate in Fate)
