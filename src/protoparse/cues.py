"""Where the rules' cues stand in a piece of text. The only file that knows spaCy."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from typing import Any, NamedTuple

import spacy
from spacy.attrs import LOWER
from spacy.language import Language
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc

from protoparse.rules import Rule, RuleError


class Cue(NamedTuple):
    """A rule's cue in a text: character offsets start to end."""

    start: int
    end: int
    rule: Rule


@lru_cache(maxsize=1)
def _language() -> Language:
    return spacy.blank("sv")


@lru_cache(maxsize=512)
def _doc(text: str) -> Doc:
    """The tokens of a text; the finders of several kinds of rules ask for the same sentences."""
    return _language().make_doc(text)


class CueFinder:
    """Finds the cues of a set of rules; built once, used for every sentence.

    Phrases match whole tokens whatever their case. Token patterns (gaps, alternatives) are looked for with spaCy's
    Matcher, which is slow: each rule has one of its own, asked only where a word stands that the rule needs. Cues that
    lie inside a pseudo rule's cue are dropped; of overlapping cues the longest stays.
    """

    def __init__(self, rules: Iterable[Rule]):
        self._vocab = _language().vocab
        self._phrases = PhraseMatcher(self._vocab, attr="LOWER")
        self._tokens: dict[str, Matcher] = {}  # rule → its token patterns
        self._anchored: dict[int, list[str]] = {}  # word → the rules of which a token pattern cannot do without it
        self._rules: dict[str, Rule] = {}
        self._muted: int | None = None  # the key of a rule that is left out
        for rule in rules:
            self._add(rule)

    def without(self, rule: str | None) -> CueFinder:
        """A finder that leaves one rule out (None: no rule); it shares all else with this one."""
        other = copy(self)
        other._muted = self._vocab.strings.add(rule) if rule else None
        return other

    def rule(self, name: str) -> Rule | None:
        """A rule by its id; None where it is left out or there is none."""
        return None if self._vocab.strings.add(name) == self._muted else self._rules.get(name)

    def _add(self, rule: Rule) -> None:
        self._rules[rule.id] = rule
        phrases = [_doc(part) for part in rule.patterns if isinstance(part, str)]
        tokens = [_lowered(part) for part in rule.patterns if not isinstance(part, str)]
        if phrases:
            self._phrases.add(rule.id, phrases)
        if tokens:
            matcher = self._tokens[rule.id] = Matcher(self._vocab, validate=True)
            try:
                matcher.add(rule.id, [list(part) for part in tokens], greedy="LONGEST")
            except ValueError as error:
                raise RuleError(f"{rule.file}: rule {rule.id!r}: {error}") from error
            for word in sorted({word for pattern in tokens for word in _anchor(pattern, rule)}):
                self._anchored.setdefault(self._vocab.strings.add(word), []).append(rule.id)

    def find(self, text: str) -> list[Cue]:
        """The cues of a sentence or paragraph in their order, pseudo cues included, none overlapping another."""
        doc = _doc(text)
        hits = self._phrases(doc)
        words = self._anchored.keys() & doc.to_array(LOWER).tolist()
        for rule in {rule for word in words for rule in self._anchored[word]}:
            hits += self._tokens[rule](doc)
        return _longest(self._cue(doc, *hit) for hit in hits if hit[0] != self._muted)

    def _cue(self, doc: Doc, key: int, start: int, end: int) -> Cue:
        span = doc[start:end]
        return Cue(span.start_char, span.end_char, self._rules[self._vocab.strings[key]])


def _lowered(pattern: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Token patterns compare lower case, so that `LOWER: Beslut` cannot silently match nothing."""

    def low(value: Any) -> Any:
        if isinstance(value, str):
            return value.lower()
        if isinstance(value, list):
            return [low(part) for part in value]
        return {key: low(part) for key, part in value.items()} if isinstance(value, dict) else value

    return tuple({key: low(value) if key == "LOWER" else value for key, value in token.items()} for token in pattern)


def _anchor(pattern: Iterable[dict[str, Any]], rule: Rule) -> Iterable[str]:
    """The words of the most telling token that a pattern cannot do without: few alternatives, long words."""
    needed = [words for token in pattern if token.get("OP", "1") in ("1", "+") and (words := _words(token))]
    if not needed:
        raise RuleError(f"{rule.file}: rule {rule.id!r}: a token pattern needs a token with LOWER that is not optional")
    return min(needed, key=lambda words: (len(words), -min(map(len, words))))


def _words(token: dict[str, Any]) -> list[str]:
    """The words that a token may be, when the pattern lists them."""
    low = token.get("LOWER")
    return [low] if isinstance(low, str) else list(low.get("IN", ())) if isinstance(low, dict) else []


def _longest(cues: Iterable[Cue]) -> list[Cue]:
    kept: list[Cue] = []
    for cue in sorted(set(cues), key=lambda cue: (cue.start - cue.end, cue.start, cue.rule.id)):
        if all(cue.end <= other.start or cue.start >= other.end for other in kept):
            kept.append(cue)
    return sorted(kept, key=lambda cue: (cue.start, cue.end))
