"""What people say of names in `names.yml` or the files of `corrections/`; it wins over every rule.

    same:
      - [Mirja Kettunäs, M. Kettunäs]
    not_same:
      - [Läxhjälpen, Läxhjälparna]

A person may be told from a namesake by party or organization: `Maria Lindfors (S)`, `Maria Lindfors, Region Nord`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from protoparse import corrections
from protoparse.names import key, words

if TYPE_CHECKING:
    from protoparse.persons import Person

_PARTY = re.compile(r"^(.*\S)\s+\(([A-ZÅÄÖ]{1,4})\)$")


def _plain(name: str) -> str:
    return " ".join(words(name))


@dataclass(frozen=True, slots=True)
class Said:
    """Names that are the same, and names that are not."""

    same: tuple[tuple[str, ...], ...] = ()
    not_same: tuple[tuple[str, ...], ...] = ()
    _apart: frozenset[str] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, same: Iterable[Iterable[str]] = (), not_same: Iterable[Iterable[str]] = ()) -> Said:
        """From lists of names."""
        apart = tuple(tuple(group) for group in not_same)
        return cls(
            tuple(tuple(group) for group in same), apart, frozenset(_plain(it) for group in apart for it in group)
        )

    def is_(self, spelling: str, name: str) -> bool:
        """Whether a spelling is the one that was written in the file."""
        return _plain(spelling) == _plain(name)

    def own_key(self, spelling: str) -> str | None:
        """A key of its own for a spelling that is said not to be another of the same key."""
        plain = _plain(spelling)
        if plain not in self._apart:
            return None
        groups = [group for group in self.not_same if plain in map(_plain, group)]
        alike = any(
            key("service", other) == key("service", spelling)
            for group in groups
            for other in group
            if _plain(other) != plain
        )
        return plain if alike else None

    def apart(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Whether any of these spellings is said not to be any of those."""
        first, second = set(map(_plain, one)), set(map(_plain, other))
        for group in self.not_same:
            plain = set(map(_plain, group))
            if first & plain and second & plain and (first & plain) != (second & plain):
                return True
        return False

    def means(self, person: Person, spellings: Iterable[str], name: str) -> bool:
        """Whether a name of the file, perhaps with party or organization, means this person."""
        name, tag = _tagged(name)
        if not any(self.is_(spelling, name) for spelling in spellings):
            return False
        return not tag or any(
            tag.casefold() in (one.party.casefold(), one.root.casefold())
            or (one.root and one.root.casefold() in tag.casefold())
            for one in person.seen
        )


def _tagged(name: str) -> tuple[str, str | None]:
    if match := _PARTY.match(name):
        return match.group(1), match.group(2)
    plain, comma, tag = name.partition(", ")
    return (plain, tag) if comma else (name, None)


def read(database: Path) -> tuple[Said, str]:
    """The names in the files that count for a database, and the hash of these files. Raises RuleError."""
    book = corrections.read(database)
    return Said.of(book.same, book.not_same), corrections.stamp(database)
