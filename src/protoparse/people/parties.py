"""Parties: the letters in brackets behind a name, and the heads above a party's members."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_BRACKET = re.compile(r"\s*\(+\s*(?:fd|f\.d\.|tidigare)?\s*([A-Za-zÅÄÖåäö!]{1,7}|[-–—])\s*[,.]?\s*\)+")
_COMMA_PARTY = re.compile(
    r"(?!,?\s+[vV]\.?\s*ordf)(?:,?\s+(?=[a-zåäö])|,\s+(?=[A-ZÅÄÖ]))([A-ZÅÄÖ]{1,3}|[a-zåäö]{1,3})(?=\s*(?:[,;.(]|$))"
)
FORMER = re.compile(r"\s*\((?:fd|f\.d\.|tidigare)\s+[\w-]{1,7}\)")
_BEHIND_PARTY = re.compile(r"\s*(?:\([^()]{1,5}\))?[\s,]*(?:\(?\d{1,2}(?:\s?st)?\.?\)?)?\s*:?\s*\Z")


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties that `rules/people.yml` knows, and what is none."""

    known: Mapping[str, str]
    none: frozenset[str]
    no_codes: frozenset[str]
    names: Mapping[str, str]

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Parties:
        """From the words of the rule file."""
        return cls(
            known={party.lower(): party for party in words["parties"]},
            none=frozenset(words["no_party"]),
            no_codes=frozenset(words["no_party_codes"]),
            names=words["party_names"],
        )

    def at(self, text: str, at: int) -> tuple[int, str | None]:
        """Where a party bracket that starts here ends, and its party; (at, None) where there is none."""
        if former := FORMER.match(text, at):
            return former.end(), None
        match = _BRACKET.match(text, at)
        if match is None:
            return at, None
        code = match.group(1)
        if code in self.none or code == "—":
            return match.end(), None
        party = self._read(code)
        return (match.end(), party) if party else (at, None)

    def behind_comma(self, text: str) -> tuple[int, str | None]:
        """Where a party ends that a text begins with after a comma (`, s`), and the party; (0, None) without one."""
        match = _COMMA_PARTY.match(text)
        party = self.known.get(match.group(1).lower()) if match else None
        return (match.end(), party) if match and party else (0, None)

    def named(self, code: str) -> str | None:
        """The party that a cell or a bracket names; None for `-` and what is no party."""
        code = code.strip(" ()")
        return None if code in self.none else self._read(code)

    def is_head(self, text: str) -> bool:
        """Whether a text is nothing but a party's name, its letters or a count behind it (`Centerpartiet (C), 4`)."""
        return _BEHIND_PARTY.sub("", text).lower() in self.names

    def _read(self, code: str) -> str | None:
        if (known := self.known.get(code.lower())) is not None:
            return known
        capital = code[:1].isupper() and len(code) <= 4 and sum(letter.isupper() for letter in code) * 2 >= len(code)
        return code if capital and code.upper() not in self.no_codes else None
