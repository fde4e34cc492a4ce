"""What a section's title says of persons, seats and groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from protoparse.models import Passage, Zone
from protoparse.seats.matters import ELECTION
from protoparse.seats.pairs import fold
from protoparse.seats.parts import Post, Row
from protoparse.seats.posts import noun_phrase, posts_in, small
from protoparse.seats.reading import Kit
from protoparse.seats.rows import sentence_rows
from protoparse.text import Text


def post_of_title(kit: Kit, title: str | None) -> Post | None:
    """The seat of a title like `Val av ledamot i valnämnden`."""
    if not title or not ELECTION.search(title):
        return None
    posts = posts_in(kit.people, kit.words, title, ())
    return posts[0] if len(posts) == 1 else None


def title_rows(kit: Kit, title: str | None, heading: Text | None, passages: Sequence[Passage]) -> list[Row]:
    """What the section's title says of persons: `Avsägelse som ledamot i N - A (S)`, `Ledamot i N efter A, B`."""
    if not title or not passages:
        return []
    passage = replace(passages[0], text=heading or Text(title), zone=Zone.BODY)
    rows, _, _ = sentence_rows(kit, Text(title), passage)
    return [replace(row, quote=heading or Text(title), label=True) for row in rows]


_NAMES_GROUP = re.compile(
    r"(?:[Ss]amordnande |[Ll]änets )?(?i:[\w-]*(?:grupp|nätverk))(?:en|et)?(?:\s+[A-ZÅÄÖ][\w/-]*(?:\s+[\w/-]+){0,5})?"
)
_SEAT_TITLE = re.compile(r"\b(?:i|inom|till|val av|ny deltagare|nya deltagare|ny representant)\s+(?=\S)", re.IGNORECASE)


def group_of_title(kit: Kit, title: str | None) -> str | None:
    """The group that a title names (`Byte av deltagare i samordnande grupp Unga`) or is (`Nätverket Unga`)."""
    if not title:
        return None
    if _NAMES_GROUP.fullmatch(title):
        return small(title)
    posts = posts_in(kit.people, kit.words, title, ())
    named = next((post.group for post in posts if post.group), None)
    if named:
        return named
    lead = _SEAT_TITLE.search(title)
    if lead and re.search(r"\b(?:[Bb]yte|[Nn]ya?|\w*[Vv]al)\b", title[: lead.end()]):
        chunk = noun_phrase(kit.words, title, lead.end(), ())
        several = (
            bool(re.search(r"(?:grupper|nämnder|styrelser)(?:na)?$", chunk)) or len(kit.words.group.findall(chunk)) > 1
        )
        return chunk if chunk and kit.words.group.search(chunk) and not several else None
    return None


_BARE_GROUP = re.compile(r"(?i:[a-zåäö]*(?:gruppen|nätverket))")


def full_group(group: str | None, title_group: str | None) -> str | None:
    """`gruppen` under the heading `Arbetsgrupp Unga` is that group."""
    if not group or not title_group or not _BARE_GROUP.fullmatch(group):
        return group or title_group
    stem = re.sub(r"(?:en|et|n)$", "", fold(group))
    return title_group if stem in fold(title_group) and " " in title_group else group
