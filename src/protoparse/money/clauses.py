"""A sentence with its cues, cut into clauses around them; conditions are set aside first."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from protoparse.amounts import Amount
from protoparse.cues import Cue
from protoparse.money.days import When
from protoparse.money.words import Words, alternatives

GAP = "¤"  # stands for dates, sums and conditions: no noun phrase runs over it


class Condition(NamedTuple):
    """A condition's place in a sentence, its words and what it makes of the statement."""

    start: int
    end: int
    text: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its cues, dates and sums, and what is known around it."""

    text: str
    masked: str  # the same length, with dates, sums and conditions hidden
    cues: tuple[Cue, ...]
    whens: tuple[When, ...]
    amounts: tuple[Amount, ...]
    condition: Condition | None
    words: Words
    lead: str = ""  # the paragraph that opens the list
    money_near: bool = False  # money is spoken of shortly before
    vetoes: tuple[Cue, ...] = ()  # words that say that their part of the sentence is not about money
    around: str = ""  # the heading and the title above
    today: datetime.date | None = None  # the day of the meeting
    previous: str = ""  # the sentence before, for "Den upphör att gälla …"
    ended: datetime.date | None = None  # the last end told of before, for "Därefter saknas …"

    def cued(self, *forms: str) -> list[Cue]:
        """The cues of some forms."""
        return [cue for cue in self.cues if cue.rule.get("form") in forms]

    @property
    def inside_condition(self) -> list[When]:
        """The dates of the condition."""
        return [w for w in self.whens if self.condition and self.condition.start <= w.start < self.condition.end]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence around one cue, with the dates and sums in it."""

    sentence: Sentence
    low: int
    high: int
    cue: Cue
    whens: tuple[When, ...]
    amounts: tuple[Amount, ...]

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def masked(self) -> str:
        return self.sentence.masked

    @property
    def words(self) -> Words:
        return self.sentence.words

    @property
    def verb(self) -> str:
        """The cue's words in lower case."""
        return self.text[self.cue.start : self.cue.end].lower()

    @property
    def reads(self) -> str | None:
        return self.cue.rule.get("reads")

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple((self.cue.rule.get("needs") or "").split())

    @property
    def before(self) -> str:
        return self.masked[self.low : self.cue.start]

    @property
    def after(self) -> str:
        return self.masked[self.cue.end : self.high]

    @property
    def said(self) -> str:
        """The clause as printed."""
        return self.text[self.low : self.high]

    @property
    def money(self) -> re.Match[str] | None:
        """The first word for money in the clause."""
        return self.words.money.search(self.masked, self.low, self.high)

    @property
    def certainty(self) -> str | None:
        """What the sentence's condition makes of the clause."""
        condition = self.sentence.condition
        if condition is None or self._in_other_point(condition):
            return None
        onward = condition.text.lower().startswith("och ")  # "för 2026 och framåt" speaks of the year before it only
        if onward and not any(0 <= condition.start - w.end <= 2 for w in self.whens):
            return None
        return condition.certainty

    def _in_other_point(self, condition: Condition) -> bool:
        """Whether a condition stands in an att-clause before: "att bevilja A …, om X antas, och att bevilja B"."""
        if condition.start > self.cue.start or not _ATT.search(self.text, 0, condition.start):
            return False
        return bool(_NEXT_POINT.search(self.text, condition.end, self.cue.start))

    @property
    def negated(self) -> bool:
        """Whether a negation stands close to the cue."""
        return any(
            -15 < other.start - self.cue.end < 12
            or self.cue.start <= other.start < self.cue.end
            or 0 <= self.cue.start - other.end < 3
            for other in self.sentence.cued("negation")
            if self.low <= other.start < self.high and not self._contrasts(other)
        )

    def _contrasts(self, negation: Cue) -> bool:
        """Whether a negation only sets a date off from another: "i mars och inte i juni"."""
        given = [when for when in self.whens if when.bound != "from"]
        after = any(0 <= when.start - negation.end < 30 for when in given)
        before = any(when.end < negation.start for when in given) and _AND_NOT.search(self.text, 0, negation.start)
        return after and bool(before or (len(given) > 1 and _BUT_TO.search(self.text, negation.end)))

    @property
    def hedged(self) -> bool:
        """Whether the clause says that it is only likely."""
        return any(self.low <= other.start < self.high for other in self.sentence.cued("hedge"))


_AND_NOT = re.compile(r"(?:\boch|\bmen|,)\s+\Z", re.IGNORECASE)
_BUT_TO = re.compile(r"\butan\s", re.IGNORECASE)
_ATT = re.compile(r"\batt\s", re.IGNORECASE)
_NEXT_POINT = re.compile(r"(?:[,;]|\b(?:och|samt|dels))\s+att\s", re.IGNORECASE)
_WEAK = ("lack", "after", "noun", "into")
_STRONG_CUT = re.compile(r";|:(?=\s)|,?\s\b(?:men|medan|därefter|varav)\b", re.IGNORECASE)
_SOFT_CUT = re.compile(r",?\s\b(?:och|samt)\b", re.IGNORECASE)
_CONDITION_END = re.compile(r",(?!\d)|;|\.(?=\s|\Z)|\b(?:men|varav)\b|\bdärefter\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"\b(?:osäkert|oklart|oklar|osäker|ovisst|oviss|fråg\w+|beslut\w*|inform\w+|dialog|beror på)\s+\Z", re.IGNORECASE
)
# "om" opens a condition at the start and after a comma, a day or a sum; after a noun it says what that is about.
_APART_FROM = re.compile(
    r"(?:\A|[,;(–]\s*|\d\s+|\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|kr|"
    r"kronor|mnkr|tkr|endast|bara|men|och|ut|årsskiftet|halvårsskiftet|sommaren|hösten|våren)\s+)\Z",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")


_AFTER_IF = ("passive", "active", "grant", "granter", "runs")


def first_condition(text: str, cues: Sequence[Cue]) -> Condition | None:
    """The first condition of a sentence: så länge …, under förutsättning att …, om riksdagen …, tills vidare."""
    return next(
        (found for cue in cues if cue.rule.get("form") == "condition" if (found := _one(text, cue, cues))), None
    )


def _one(text: str, cue: Cue, cues: Sequence[Cue]) -> Condition | None:
    """The condition that a cue opens; None where "om" does not open one."""
    needs = (cue.rule.get("needs") or "").split()
    certainty = cue.rule.get("certainty") or "conditional"
    if needs == ["nothing"]:
        return Condition(cue.start, cue.end, text[cue.start : cue.end], certainty)
    if "apart" in needs:
        if not _APART_FROM.search(text, 0, cue.start) or re.match(r"\s+(?:inte|ej)\b", text[cue.end :]):
            return None
        needs.remove("apart")
    stop = _CONDITION_END.search(text, cue.end)
    end = stop.start() if stop else len(text)
    if needs and (
        _QUESTION.search(text, 0, cue.start)
        or not re.search(rf"\b(?:{alternatives(needs)})\b", text[cue.end : end], re.I)
    ):
        return None
    said = re.search(rf"\b(?:{alternatives(needs)})\b", text[cue.end : end], re.I) if needs else None
    if said and _ATT.search(text[max(0, cue.start - 4) : cue.start]):  # "att om bidraget beviljas avsätta 2 mnkr"
        inner = cue.end + said.end()
        end = next((c.start for c in cues if inner < c.start < end and c.rule.get("form") in _AFTER_IF), end)
    elif cue.start == 0 and not (stop and stop.group() == ","):
        end = next((c.start for c in cues if c.start > cue.end and c.rule.get("form") in ("passive", "grant")), end)
    return Condition(cue.start, end, text[cue.start : end].strip(), certainty)


def masked_text(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with stretches hidden, and with brackets that hold a date."""
    chars = list(text)
    for start, end in spans:
        for at in range(max(0, start), min(end, len(chars))):
            chars[at] = GAP
    return _BRACKETS.sub(lambda m: GAP * len(m.group()) if GAP in m.group() else m.group(), "".join(chars))


def _boundary(masked: str, start: int, end: int) -> int | None:
    """Where between two cues the clause ends: at men, medan, därefter; else at och, samt; else at a comma."""
    for pattern in (_STRONG_CUT, _SOFT_CUT):
        if cuts := list(pattern.finditer(masked, start, end)):
            return cuts[-1].start() if pattern is _STRONG_CUT else cuts[-1].end()
    comma = masked.rfind(",", start, end)
    return comma if comma >= 0 else None


def _stretches(masked: str, cues: Sequence[Cue]) -> list[tuple[int, int, list[Cue]]]:
    """The clauses as (from, to, cues)."""
    found: list[tuple[int, int, list[Cue]]] = []
    for cue in cues:
        cut = _boundary(masked, found[-1][2][-1].end, cue.start) if found else 0
        if cut is None:
            found[-1][2].append(cue)
            continue
        if found:
            found[-1] = (found[-1][0], cut, found[-1][2])
        found.append((cut, len(masked), [cue]))
    return found


def clauses_of(sentence: Sentence, forms: Iterable[str]) -> Iterable[list[Clause]]:
    """Per clause of the sentence its possible readings, surest first: a lack of money, verbs, "finansiering efter"."""
    hidden = sentence.condition
    told = min((cue.start for cue in sentence.cued(*forms)), default=0)
    takes_over = next((cue.start for cue in sentence.cued("successor") if cue.start > told), len(sentence.text))
    main = [
        c
        for c in sentence.cued(*forms)
        if not (hidden and hidden.start <= c.start < hidden.end) and c.start < takes_over and not _vetoed(c, sentence)
    ]
    main = main or [c for c in sentence.cued("into", "successor") if c.rule.get("form") in forms]
    verbs = [c for c in main if c.rule.get("form") not in _WEAK]
    cutting = [c for c in main if c in verbs or sentence.text[c.start : c.end].lower() in ("saknas", "saknar")] or main[
        :1
    ]
    for low, high, _ in _stretches(sentence.masked, cutting):
        here = [c for c in main if low <= c.start < high]
        order = sorted(
            here, key=lambda c: {"lack": 0, "into": 2, "after": 3, "noun": 4}.get(c.rule.get("form") or "", 1)
        )
        yield [clause for cue in order for clause in _pieces(sentence, low, high, cue)]


_APART = re.compile(r";|,\s(?:och|samt|som|vilket)\b|\b(?:men|medan|varav)\b", re.IGNORECASE)


def _vetoed(cue: Cue, sentence: Sentence) -> bool:
    """Whether a veto stands in the same part of the sentence as a cue."""
    if cue.rule.get("reads") == "spend_by":  # "överskottet från statsbidraget får användas till och med …"
        return False
    return any(
        not _APART.search(sentence.text, min(cue.end, veto.end), max(cue.start, veto.start)) for veto in sentence.vetoes
    )


def _pieces(sentence: Sentence, low: int, high: int, cue: Cue) -> Iterable[Clause]:
    given = sentence.inside_condition
    whens = tuple(w for w in sentence.whens if low <= w.start < high and w not in given)
    yield Clause(sentence, low, high, cue, whens, tuple(a for a in sentence.amounts if low <= a.start < high))


def shares(clause: Clause) -> list[Clause]:
    """ "1 mnkr för 2026 och 2 mnkr för 2027" is two statements: each sum with the period that follows it."""
    periods = [w for w in clause.whens if w.bound is None and w.precision == "year"]
    sums = [a for a in clause.amounts if a.per != "unit"]
    marks = sorted(
        [(a.start, "sum", a) for a in sums] + [(w.start, "when", w) for w in periods], key=lambda mark: mark[0]
    )
    alternate = [kind for _, kind, _ in marks] == ["sum", "when"] * (len(marks) // 2)
    if clause.cue.rule.get("form") not in ("grant", "granter") or len(marks) < 4 or not alternate:
        return [clause]
    return [replace(clause, amounts=(marks[at][2],), whens=(marks[at + 1][2],)) for at in range(0, len(marks), 2)]
