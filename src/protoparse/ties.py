"""Which decision of its matter something belongs to: a reservation, a conflict of interest, a vote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from protoparse.models import Decision, Passage, Section
from protoparse.text import Text, Word

_FORMAL = re.compile(r"\bomedelbart? juster", re.IGNORECASE)  # nobody votes or reserves himself against that
_POINT = re.compile(r"\b(?:punkt(?:en)?|beslutspunkt(?:en)?|att-sats(?:en)?)\s+(\d{1,2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ties:
    """Where the decisions of a document stand: matter (numbered section) and passage, by their place in the list."""

    places: Mapping[int, tuple[int | None, int]]
    matters: Mapping[int | None, int | None]
    at_word: Mapping[Word, int]
    decided: Mapping[Word, int]
    running: Sequence[Passage]

    @classmethod
    def of(cls, running: Sequence[Passage], decisions: Sequence[Decision], sections: Sequence[Section]) -> Ties:
        """From a document's passages, decisions and sections."""
        at_word = {word: at for at, passage in enumerate(running) for word in passage.text.words}
        decided = {word: at for at, decision in enumerate(decisions) for word in decision.evidence.quote.words}
        ties = cls({}, matters(sections), at_word, decided, running)
        places = {
            at: (ties.matters.get(decision.section), ties.passage_of(decision.evidence.quote))
            for at, decision in enumerate(decisions)
            if not _FORMAL.search(decision.text)
        }
        return cls(places, ties.matters, at_word, decided, running)

    def passage_of(self, quote: Text) -> int:
        """The place of the passage that a quote stands in; that of the last one where it stands in none."""
        at = next((self.at_word[word] for word in quote.words if word in self.at_word), None)
        if at is None:
            at = next((k for k, passage in enumerate(self.running) if quote.string in passage.text.string), None)
        return len(self.running) if at is None else at

    def decision(self, quote: Text, section: int | None, ahead: bool) -> int | None:
        """The place of the decision that the quote is printed in or names by number, else of the nearest one in its
        matter: before it, or (`ahead`) after it; on the other side where there is none."""
        shared = [self.decided[word] for word in quote.words if word in self.decided]
        if shared and len(shared) == len(quote.words):
            return shared[0]
        matter, at = self.matters.get(section), self.passage_of(quote)
        same = {decision: place[1] for decision, place in self.places.items() if place[0] == matter}
        if (named := _POINT.search(quote.string)) and 0 < int(named[1]) <= len(same):
            return list(same)[int(named[1]) - 1]
        before = [decision for decision, passage in same.items() if passage <= at]
        after = [decision for decision, passage in same.items() if passage >= at]
        if ahead and after:
            return after[0]
        return before[-1] if before else after[0] if after else None


def matters(sections: Sequence[Section]) -> dict[int | None, int | None]:
    """Section → the numbered one that it belongs to (the outermost one where none is numbered)."""
    by_ordinal = {section.ordinal: section for section in sections}
    found: dict[int | None, int | None] = {}
    for section in sections:
        top = section
        while top.number is None and top.parent in by_ordinal:
            top = by_ordinal[top.parent]
        found[section.ordinal] = top.ordinal
    return found
