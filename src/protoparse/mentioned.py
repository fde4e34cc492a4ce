"""Names as documents mention them, and what ties them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from protoparse import names


class Mention(NamedTuple):
    """A name in a document, how often, and what stands beside it."""

    kind: str
    name: str
    document: str
    date: str
    times: int = 1
    party: str = ""
    organization: str = ""
    role: str = ""
    owner: str | None = None  # whose board meets, where a board meets
    organ: str | None = None  # the document's

    @property
    def place(self) -> tuple[str, str, str, str, str, str]:
        """By what its rows are found again."""
        return self.kind, self.name, self.document, self.party, self.organization, self.role


Place = tuple[str, str, str, str, str, str]
Keys = dict[Place, tuple[str, str]]  # place of a mention → key and suffix
Pairs = list[tuple[str, str, str]]  # key, key, why


class Groups:
    """Keys that mean one thing; the smallest stands for all."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def of(self, key: str) -> str:
        while (above := self._parent.get(key, key)) != key:
            key = above
        return key

    def join(self, one: str, other: str) -> None:
        a, b = sorted((self.of(one), self.of(other)))
        self._parent[b] = a


class Around(NamedTuple):
    """What names of other kinds tell."""

    places: frozenset[str]  # municipalities and regions
    others: frozenset[str]  # the keys of organs and organizations

    @classmethod
    def of(cls, by_kind: Mapping[str, Sequence[Mention]]) -> Around:
        others = {one.name for kind in ("organ", "organization") for one in by_kind.get(kind, ())}
        owners = {one.owner for found in by_kind.values() for one in found if one.owner}
        places = {place for name in others | owners for place in names.places(name)}
        return cls(frozenset(places), frozenset(names.key("organ", name) for name in others))
