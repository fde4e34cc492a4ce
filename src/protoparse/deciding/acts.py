"""The cues of a text as acts: what kind of wording each is, the form of its verb, and the outcome that it tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from protoparse.cues import Cue, CueFinder
from protoparse.deciding import surroundings
from protoparse.models import Outcome
from protoparse.rules import Rule

Shape = Literal["passive", "past", "present", "infinitive"]


class Act(NamedTuple):
    """A cue of a rule at start to end: the words said there, the form of the verb, whether it is in the past tense."""

    start: int
    end: int
    rule: Rule
    said: str
    shape: Shape
    past: bool

    @property
    def form(self) -> str | None:
        """How the rule is read (`opener`, `verb`, …)."""
        return self.rule.get("form")

    @property
    def outcome(self) -> Outcome | None:
        """The outcome that the rule tells."""
        return self.rule.get("outcome")  # type: ignore[return-value]

    @property
    def rank(self) -> int:
        """Which of two acts joined by `och` is the main one."""
        return int(self.rule.get("rank") or 2)

    @property
    def only_in_decisions(self) -> bool:
        """Whether the words tell an outcome but never make a sentence a decision."""
        return self.rule.get("where") == "decision"

    def moved(self, by: int) -> Act:
        """The same act in a text that begins elsewhere."""
        return self._replace(start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Verbs:
    """What cannot be told by a verb's ending, by the word lists of the rule file."""

    past: frozenset[str]
    past_passive: frozenset[str]
    no_infinitive: frozenset[str]
    needs: Mapping[str, surroundings.Test]

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Verbs:
        """From the `words` of the rule file."""
        lists = (frozenset(words.get(key, ())) for key in ("past", "past_passive", "no_infinitive"))
        return cls(*lists, needs=surroundings.tests(words))

    def shape(self, said: str, rule: Rule) -> Shape:
        """The form of the first word of a cue."""
        if rule.get("form") in ("duty", "post", "noun"):
            return "present"
        word = re.split(r"\s", said, maxsplit=1)[0]
        if rule.get("form") == "state" or word in ("får", "fick") or word.endswith("s"):
            return "passive"
        if word.endswith(("de", "te")) or word in self.past:
            return "past"
        return "present" if word.endswith("r") else "infinitive"

    def is_past(self, said: str, rule: Rule) -> bool:
        """Whether the verb of a cue is in the past tense, active or passive."""
        return any(self._is_preterite(word) for word in said.split()[: 3 if rule.get("form") == "opener" else 1])

    def _is_preterite(self, word: str) -> bool:
        bare = word.removesuffix("s")
        return bare.endswith(("de", "te")) or bare in self.past or word in self.past_passive

    def act(self, text: str, cue: Cue) -> Act:
        """A cue with what its words say."""
        said = text[cue.start : cue.end].lower()
        return Act(*cue, said, self.shape(said, cue.rule), self.is_past(said, cue.rule))

    def starts_infinitive(self, word: str) -> bool:
        """Whether a word on -a or -å at the start of a point is an infinitive."""
        return word.lower() not in self.no_infinitive and word[0].islower()


def acts(text: str, finder: CueFinder, verbs: Verbs) -> list[Act]:
    """The acts of a text, those of `lägger … till handlingarna` widened to the verb; left out where it is missing."""
    found = []
    for cue in finder.find(text):
        helpers, needs = cue.rule.get("with"), cue.rule.get("needs")
        if needs and not verbs.needs[needs](text, cue.start, cue.end):
            continue
        start = _helper(tuple(helpers)).search(text, 0, cue.start) if helpers else None
        if start or not helpers:
            found.append(cue._replace(start=start.start()) if start else cue)
    wide = [cue for cue in found if cue.rule.get("with")]
    inner = [c for c in found if not any(w is not c and w.start <= c.start and c.end <= w.end for w in wide)]
    return sorted((verbs.act(text, cue) for cue in inner), key=lambda act: act.start)


@lru_cache(maxsize=64)
def _helper(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b(?=(?:(?!\batt\b|\b(?:{'|'.join(words)})\b)[^.;])*\Z)", re.IGNORECASE)


def meant(found: Sequence[Act]) -> list[Act]:
    """The acts without those of pseudo rules."""
    return [act for act in found if not act.rule.pseudo]
