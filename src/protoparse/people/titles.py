"""Titles and offices: `vice ordförande`, `Hälso- och sjukvårdsdirektör`, `ledamöterna`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from protoparse.rules import alternatives


@dataclass(frozen=True, slots=True)
class Titles:
    """The words of `rules/people.yml` that say what somebody is."""

    pattern: re.Pattern[str]
    in_any_number: re.Pattern[str]  # plural forms too
    plurals: Mapping[str, str]
    lead: re.Pattern[str]
    dropped_lead: re.Pattern[str]
    short: Mapping[str, str]

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Titles:
        """From the words of the rule file."""
        return cls(
            pattern=_titles(words, ()),
            in_any_number=_titles(words, words["plurals"]),
            plurals=words["plurals"],
            lead=re.compile(rf"(?:(?:{alternatives(words['acting'])})\s+)", re.IGNORECASE),
            dropped_lead=re.compile(
                rf"(?:(?:{alternatives((*words['former'], *words['coming'], *words['acting']))})\s+)+", re.IGNORECASE
            ),
            short=words["short_roles"],
        )

    def at(self, text: str, at: int = 0) -> int | None:
        """Where the title that starts here ends (`vice ordförande`, `Hälso- och sjukvårdsdirektör`), None if none."""
        lead = self.lead.match(text, at)
        match = self.pattern.match(text, lead.end() if lead else at)
        return match.end() if match else None

    def plain(self, title: str) -> str:
        """A title without `tidigare`, `ny`, `tf.` before it."""
        lead = self.dropped_lead.match(title)
        return title[lead.end() :] if lead else title

    def without_dropped_lead(self, before: str) -> str:
        """A text without the `ny`, `tf.`, `tidigare` that it ends with."""
        words = before.rstrip().split(" ")
        while words and self.dropped_lead.fullmatch(words[-1] + " "):
            words.pop()
        return " ".join(words) + " " if words else ""

    def written_out(self, role: str | None) -> str | None:
        """A role with its abbreviations written out: `2:e v ordf` → `2:e vice ordförande`."""
        if role is None:
            return None
        words = [self.short.get(word.lower().rstrip(",."), "") + "," * word.endswith(",") for word in role.split()]
        plain = [new if new.strip(",") else old for new, old in zip(words, role.split(), strict=True)]
        return " ".join(plain) if plain != role.split() else role

    def next(self, text: str, at: int = 0) -> tuple[int, int] | None:
        """(start, end) of the first title from here on, plural forms too."""
        if (match := self.in_any_number.search(text, at)) is None:
            return None
        election = match.group().lower().rfind("val-") + 4  # `kompletteringsval-Ledamot`: a dash that lost its blanks
        return match.start() + (election if election > 3 else 0), match.end()

    def singular(self, title: str) -> str:
        """A position in its plain form: `ledamöter` → `ledamot`, `ordinarie ledamot` → `ledamot`."""
        words = self.plain(title).split()
        return " ".join(self.plurals.get(word.lower(), word) for word in words)

    def indefinite(self, title: str) -> str | None:
        """A title that stands before a name, in its plain form (`ledamoten` → `ledamot`); None where it is none."""
        if self.pattern.fullmatch(title):
            return title
        words = title.split()
        for stem in _stems(words[-1]) if words else ():
            if self.pattern.fullmatch(plain := " ".join([*words[:-1], stem])):
                return plain
        return None

    def is_office(self, words: str) -> bool:
        """`ordförande`, `ordföranden`, `tjänstgörande ersättarna`, `ledamöterna`."""
        plain = words.lower()
        forms = (plain, plain[:-2], plain[:-2] + "e") if plain.endswith("na") else (plain,)
        return self.indefinite(plain) is not None or any(self.in_any_number.fullmatch(form) for form in forms)

    def is_definite(self, word: str) -> bool:
        """`Ledamoten`, `Ordföranden`, `Socialchefen`: a person is told of by office."""
        return word.endswith(("n", "s", "t")) and any(
            len(stem) > 3 and self.pattern.fullmatch(stem) for stem in _stems(word)
        )


def _stems(word: str) -> tuple[str, ...]:
    """What a definite form may be the definite form of: ledamoten, ordföranden, chefen, ombudet."""
    return word[:-1], word[:-2], word[:-2] + "e"


def _titles(words: Mapping[str, Any], plurals: Iterable[str]) -> re.Pattern[str]:
    """A title: modifiers, a coordinated first half (`hälso- och`), a listed word or one with a title's ending."""
    lead = rf"(?:(?:{alternatives(words['title_modifiers'])})\s+)*"
    halves = r"(?:[^\W\d_]+-(?:,\s+[^\W\d_]+-)*\s+(?:och|samt)\s+)?"
    listed, ending = alternatives((*words["titles"], *plurals)), alternatives(words["title_suffixes"])
    return re.compile(rf"(?<![\w-]){lead}{halves}(?:{listed}|[\w-]*?(?:{ending}))(?![\w-])", re.IGNORECASE)
