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
from protoparse.seats.pronouns import has_pronoun
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


_SEATING = re.compile(r"\b(?:byte|nya?|\w*val|represent\w+|utse\w*|nominering\w*)\b", re.IGNORECASE)


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
    if lead and _SEATING.search(title[: lead.end()]):
        chunk = noun_phrase(kit.words, title, lead.end(), ())
        several = (
            bool(re.search(r"(?:grupper|nämnder|styrelser)(?:na)?$", chunk)) or len(kit.words.group.findall(chunk)) > 1
        )
        return _definite(chunk) if chunk and kit.words.group.search(chunk) and not several else None
    return None


_FOR_TIME = re.compile(r"\s+(?:för|på)\s+(?:ett|en|två|tre|fyra|år|åren|tiden|perioden|mandatperioden|\d).*$")
_BARE_ORGAN = re.compile(
    r"[a-zåäö]*(?:(?P<n>styrelse)|(?P<en>beredning|nämnd|grupp|delegation)|(?P<et>råd|utskott|presidium))"
)


def _definite(group: str) -> str:
    """`styrelse för 2026`, as in `Val av styrelse för 2026`, is `styrelsen`."""
    group = _FOR_TIME.sub("", group)
    bare = _BARE_ORGAN.fullmatch(group)
    return group.removesuffix("um") + str(bare.lastgroup) if bare else group


_OWN_GROUP = re.compile(r"(?i:[a-zåäö]*(?:gruppen|nätverket))")
_BARE_GROUP = re.compile(
    rf"(?i:{_OWN_GROUP.pattern}|utskottet|nämnden|rådet|kommittén|beredningen|delegationen|forumet|förbundet)"
)
_OWN_SEATS = re.compile(r"(?i:grupp(?:en)?|nätverk(?:et)?|råd(?:et)?)\b")  # organs whose notes tell of their own seats
_BOARD_SEAT = re.compile(r"(?:ledamot|ersättare|suppleant|ordförande|sammankallande|kassör|sekreterare)\Z")
_OF_GROUPS = re.compile(r"(?i:grupperna|grupper|nätverken)\b")


def group_in(kit: Kit, row: Row, rows: Sequence[Row], title: str | None) -> str | None:
    """The group of a row: as told, a bare `gruppen` in full where title, sub-heading or the meeting's organ name it;
    where none is told that of the title, the sub-heading, the other rows, or the organ whose own seats are meant."""
    heading, organ, of_title = row.passage.heading, kit.meeting.organ, group_of_title(kit, title)
    named = heading if heading and _NAMES_GROUP.fullmatch(heading) else None
    if row.group and _POINTING.fullmatch(row.group):
        return _pointed_at(kit, row, rows)
    if row.group:
        if heading and title and row.group.lower() == "gruppen" and _is_group_under(heading, title, row):
            return heading
        whole = [_in_full(row.group, name) for name in (named, of_title)]
        whole.append(_in_full(row.group, organ) if organ and " " in organ and _OWN_GROUP.fullmatch(row.group) else None)
        return next((name for name in whole if name), row.group)
    if row.position and kit.words.office.match(row.position):
        return None
    if of_title or named:
        return of_title or named
    board = row.position is not None and bool(_BOARD_SEAT.search(row.position))
    others = {fold(other.group): other.group for other in rows if other.group}
    if board and len(others) == 1:
        return next(iter(others.values()))
    if row.position == "adjungerad":
        return organ
    if has_pronoun(row.quote.string) and not (row.incoming and row.outgoing):
        return None  # `utser B i hennes ställe`: the seat is hers, and she is told of elsewhere
    own = organ and _OWN_SEATS.search(organ) and "job" not in row.needs and not row.represents
    seat = board or row.position in (None, "deltagare", "medlem")
    return organ if own and seat else None


_POINTING = re.compile(r"(?:den|det|denna|detta|dessa|dem|samma|nämnda)", re.IGNORECASE)


def _pointed_at(kit: Kit, row: Row, rows: Sequence[Row]) -> str | None:
    """The one group that `ledamot i denna` can mean: that of the other rows, else the only one named before it."""
    others = {fold(it.group): it.group for it in rows if it.group and not _POINTING.fullmatch(it.group)}
    string = row.passage.text.string
    before = string[: max(string.find(row.quote.string), 0)]
    named = [(_NAMES_GROUP.match(before, m.start()) or m).group() for m in kit.words.group.finditer(before)]
    found = others or {fold(name): small(name) for name in named}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_group_under(heading: str, title: str, row: Row) -> bool:
    """`Psykisk hälsa` under the title `Rapporter från grupperna` is a group."""
    return row.passage.zone in (Zone.BODY, Zone.INFORMATION) and bool(_OF_GROUPS.search(title)) and heading != title


def _in_full(group: str, name: str | None) -> str | None:
    """The longer name that a bare one (`gruppen`, `utskottet`) stands for, None where it is none of it."""
    if not name or not _BARE_GROUP.fullmatch(group) or fold(group) == fold(name):
        return None
    stem = re.sub(r"(?:en|et|n)$", "", fold(group))
    whole = " " in name or fold(name).endswith(fold(group))
    return (name if " " in name else small(name)) if whole and stem in fold(name) else None
