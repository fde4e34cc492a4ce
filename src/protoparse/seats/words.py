"""The word lists of the rule file as patterns: what is a group, a membership, and where a noun phrase ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

# What ends a noun phrase and is no word of a list: marks, hidden persons and dates, abbreviations.
_MARKS = r"(?<!-),|[;:](?=\s|$)|\.(?=\s*$)|\s[–—-]\s|[\x01\x02(]"
_TURNS = (r"av(?=\s+\x01)", r"av(?=\s+[A-ZÅÄÖ])", r"på \d+", r"fr\.?\s?o\.?\s?m\.?", r"t\.?\s?o\.?\s?m\.?")
_TURNS_AFTER_AND = (r"\w*val", r"\w+r (?:sin|sitt|ny)")


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first; `*` at the end of one stands for any ending."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in longest) or r"(?!)"


def _forms(heads: Iterable[str]) -> Iterable[str]:
    """`grupp(en)` is `grupp` and `gruppen`."""
    for head in heads:
        stem, _, endings = head.rstrip(")").partition("(")
        yield from (stem + ending for ending in ("", *(part for part in endings.split("|") if part)))


class Words:
    """The word lists of `rules/roster.yml` as patterns, built once."""

    def __init__(self, lists: Mapping[str, Sequence[str]]):
        def get(name: str) -> Sequence[str]:
            return lists.get(name, ())

        self.group = re.compile(
            rf"\b(?i:[\w-]*(?:{alternatives(_forms(get('group_heads')))})s?)(?![\w])|\b(?:{alternatives(get('companies'))})\b"
        )
        self.stop = re.compile(
            rf"{_MARKS}|\s(?:{'|'.join(_TURNS)}|{alternatives(get('group_ends'))}"
            rf"|(?:och|samt) (?:{'|'.join(_TURNS_AFTER_AND)}|{alternatives(get('group_ends_after_and'))}))(?![\w])"
        )
        self.company_behind = re.compile(rf"\s+(?:{alternatives([*get('companies'), *get('company_ends')])})(?![\w])")
        self.goes_on = re.compile(rf"\s+(?:{alternatives(get('group_goes_on'))})(?![\w])")
        self.member = re.compile(rf"(?:{alternatives(get('memberships'))})$", re.IGNORECASE)
        self.stands_for = re.compile(rf"(?:{alternatives(get('representatives'))})$", re.IGNORECASE)
        self.today = re.compile(rf"\s*(?:{alternatives(get('today'))})\b[^.:]{{0,40}}:", re.IGNORECASE)
        self.long_ago = re.compile(rf"\b(?:{alternatives(get('long_ago'))})\b", re.IGNORECASE)
        self.on_stage = re.compile(rf"\bsom (?:\w+)?(?:{alternatives(get('on_stage'))})\b", re.IGNORECASE)
        self.meeting_post = re.compile(rf"(?:{alternatives(get('meeting_posts'))})", re.IGNORECASE)
        self.office = re.compile(rf"(?:tillförordnad\s+)?(?:{alternatives(get('offices'))})\Z", re.IGNORECASE)
        self.after_job = frozenset(get("after_job"))
        self.no_subject = frozenset(get("before_no_subject"))
        self.gap = frozenset(get("between_subject_and_verb"))
