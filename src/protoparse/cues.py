"""Where the rules' cues stand in a piece of text. The only file that knows spaCy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from protoparse.rules import Rule, RuleError


class Cue(NamedTuple):
    """A rule's cue in a text: character offsets start to end."""

    start: int
    end: int
    rule: Rule


class CueFinder:
    """Finds the cues of a set of rules; built once, used for every sentence.

    Phrases match whole tokens whatever their case. Token patterns (gaps, alternatives) are looked for with spaCy's
    Matcher. Cues that lie inside a pseudo rule's cue are dropped; of overlapping cues the longest stays.
    """

    def __init__(self, rules: Iterable[Rule]):
        self._nlp = spacy.blank("sv")
        self._phrases = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._tokens = Matcher(self._nlp.vocab, validate=True)
        self._rules: dict[str, Rule] = {}
        for rule in rules:
            self._add(rule)
        self._has_tokens = len(self._tokens) > 0

    def _add(self, rule: Rule) -> None:
        self._rules[rule.id] = rule
        phrases = [self._nlp.make_doc(part) for part in rule.patterns if isinstance(part, str)]
        tokens = [_lowered(part) for part in rule.patterns if not isinstance(part, str)]
        if phrases:
            self._phrases.add(rule.id, phrases)
        if tokens:
            try:
                self._tokens.add(rule.id, [list(part) for part in tokens], greedy="LONGEST")
            except ValueError as error:
                raise RuleError(f"{rule.file}: rule {rule.id!r}: {error}") from error

    def find(self, text: str) -> list[Cue]:
        """The cues of a sentence or paragraph in their order, pseudo cues included, none overlapping another."""
        doc = self._nlp.make_doc(text)
        hits = self._phrases(doc)
        if self._has_tokens:
            hits = hits + self._tokens(doc)
        return _longest(self._cue(doc, *hit) for hit in hits)

    def _cue(self, doc: Doc, key: int, start: int, end: int) -> Cue:
        span = doc[start:end]
        return Cue(span.start_char, span.end_char, self._rules[self._nlp.vocab.strings[key]])


def _lowered(pattern: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Token patterns compare lower case, so that `LOWER: Beslut` cannot silently match nothing."""

    def low(value: Any) -> Any:
        if isinstance(value, str):
            return value.lower()
        if isinstance(value, list):
            return [low(part) for part in value]
        return {key: low(part) for key, part in value.items()} if isinstance(value, dict) else value

    return tuple({key: low(value) if key == "LOWER" else value for key, value in token.items()} for token in pattern)


def _longest(cues: Iterable[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in sorted(set(cues), key=lambda cue: (cue.start - cue.end, cue.start, cue.rule.id)):
        if all(cue.end <= other.start or cue.start >= other.end for other in kept):
            kept.append(cue)
    return sorted(kept, key=lambda cue: (cue.start, cue.end))
