"""The words of votes: what stands for yes, no, abstaining, being away, in text and over columns (`rules/votes.yml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from protoparse.models import VoteCast
from protoparse.rules import alternatives
from protoparse.text import Text

Totals = dict[VoteCast, int]


class Named(NamedTuple):
    """One person's vote as printed."""

    quote: Text
    name: str
    party: str | None
    vote: VoteCast


@dataclass(frozen=True, slots=True)
class VoteWords:
    """Patterns and tables built once from the word lists."""

    numbers: Mapping[str, int]
    heads: Mapping[str, VoteCast]
    value_heads: frozenset[str]
    sums: frozenset[str]
    carried: frozenset[str]
    hint: re.Pattern[str]  # what any passage about a vote holds: a quick look before a closer one
    title: re.Pattern[str]  # a list of votes by its name, with its number
    called: re.Pattern[str]
    secret: re.Pattern[str]
    total: re.Pattern[str]  # `24 ja-röster`, `Nej: 17`, `en avstår`
    against: re.Pattern[str]  # `9 ledamöter röstar för återremiss och 18 emot`
    bare: re.Pattern[str]  # `17 röster mot 12`
    got: re.Pattern[str]  # `N.N. får 31 röster`
    label: re.Pattern[str]  # in front of a list of names
    verb: re.Pattern[str]  # behind a list of names

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> VoteWords:
        """From the rule file's content."""
        words: Mapping[str, Any] = data["words"]
        small, tens = words["small_numbers"], words["tens"]
        numbers = {**small, **tens}
        numbers |= {f"{ten}{one}": a + b for ten, a in tens.items() for one, b in small.items() if 0 < b < 10}
        n = rf"(?:\d{{1,3}}|{alternatives(numbers)})(?!\w)"
        digits = r"\d{1,3}"
        nouns, voters, verbs = (alternatives(words[name]) for name in ("nouns", "voters", "verbs"))
        side = rf"(?:{alternatives(words['sides'])})(?:[ -]?(?:{nouns}))?(?![\w-])"
        away = {name: rf"(?:{alternatives(words[name])})(?!\w)" for name in ("abstain", "absent")}
        who = rf"(?:\s+(?:{voters}))?(?:\s+(?:som|har|för))*"
        total = (
            rf"(?<![\w§.,:-])(?:(?P<n>{n}){who}(?:\s+(?:{verbs}))?\s+(?:(?P<side>{side})|(?P<abstain>{away['abstain']})"
            rf"|(?P<absent>{away['absent']}))"
            rf"|(?:(?P<side2>{side})|(?P<abstain2>{away['abstain']})|(?P<absent2>{away['absent']}))"
            rf"(?:\s*[:=]\s*|\s*\(|\s+)(?P<n2>{digits})(?![\w/.:-]*\d)\)?)"
        )
        stated = rf"(?:\s*\(\s*(?P<n>{digits})(?:\s*st)?\.?\s*\)|,?\s+(?P<n2>{digits})(?:\s*st\.?)?)?"
        following = rf"(?:(?P<following>{alternatives(words['following'])})\s+)?"
        label = (
            rf"(?<![\w-]){following}(?:(?P<lead>{verbs})\s+)?(?:(?P<with>med|för)\s+)?"
            rf"(?:(?P<side>{side})|(?P<abstain>{away['abstain']})|(?P<absent>{away['absent']}))"
            rf"(?:\s+(?P<by>{verbs}|{alternatives(words['given_by'])}))?{stated}\s*(?P<colon>:?)(?=\s|\Z)"
        )
        verb = (
            rf"\s(?:(?:{verbs})\s+(?P<side>{side})|(?P<abstain>{away['abstain']})|(?P<absent>{away['absent']}))"
            rf"(?:\s*\(\s*(?P<n>{digits})(?:\s*st)?\.?\s*\))?"
        )
        heads = {head: kind for kind, names in words["heads"].items() for head in names}
        return cls(
            numbers,
            heads,
            frozenset(words["value_heads"]),
            frozenset(words["sums"]),
            frozenset(words["carried"]),
            _compiled(rf"{alternatives(words['hints'])}|\b(?:{alternatives(words['sides'])})\b"),
            _compiled(
                rf"\b(?:{alternatives(words['lists'])})(?:\s*(?:nr\.?|nummer)?\s*(?P<number>\d{{1,2}})(?!\d|[-/.]\d))?"
            ),
            _compiled(rf"\b(?:{alternatives(words['called'])})\b"),
            _compiled(rf"\b(?:{alternatives(words['secret'])})\b"),
            _compiled(total),
            _compiled(
                rf"(?<!\w)(?P<yes>{n})\s+(?:{voters})\s+(?:{verbs})\s+för\b[^.]*?(?<!\w)(?P<no>{n})"
                rf"(?:\s+(?:{voters}))?(?:\s+(?:{verbs}))?\s+(?:emot|mot)\b"
            ),
            _compiled(rf"(?<!\w)(?:{n})\s+röster\s+mot\s+(?:{n})"),
            _compiled(rf"\b(?:får|fick|erhåller|erhöll|har fått|med)\s+(?:{n})\s+röst(?:er)?\b"),
            _compiled(label),
            _compiled(verb),
        )

    def number(self, said: str) -> int:
        """`24` or `tjugofyra`."""
        return int(said) if said.isdigit() else self.numbers[said.lower()]

    def kind(self, match: re.Match[str], again: str = "") -> VoteCast:
        """Which side a match of `total`, `label` or `verb` names."""
        if match[f"abstain{again}"]:
            return "abstain"
        if match[f"absent{again}"]:
            return "absent"
        return "yes" if match[f"side{again}"].lower().startswith("ja") else "no"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
