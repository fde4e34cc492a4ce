"""Who comes for whom, with which position; rows of one sentence that tell one change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from protoparse.models import RosterKind
from protoparse.seats.parts import Person, Post, Row, Sentence
from protoparse.seats.words import Words


def same_post(a: Row, b: Row) -> bool:
    return _agree(a.group, b.group) and _agree_words(a.position, b.position)


def _agree(a: str | None, b: str | None) -> bool:
    return not a or not b or fold(a) == fold(b) or fold(a) in fold(b) or fold(b) in fold(a)


def _agree_words(a: str | None, b: str | None) -> bool:
    return not a or not b or bool(set(re.split(r",?\s+och\s+|,\s*", a)) & set(re.split(r",?\s+och\s+|,\s*", b)))


def fold(group: str) -> str:
    return re.sub(r"[\W_]+", "", group).lower()


def filled(row: Row, other: Row) -> Row:
    """A row with what another row of the same change knows more."""
    outgoing = row.outgoing
    if outgoing and other.outgoing and not outgoing.about.party:
        outgoing = replace(outgoing, about=outgoing.about._replace(party=other.outgoing.about.party))
    return replace(
        row,
        outgoing=outgoing,
        group=row.group or other.group,
        position=row.position or other.position,
        represents=row.represents or other.represents,
        until=row.until or other.until,
        start=row.start or other.start,
    )


_CHAIRS = (
    (re.compile(r"(?i:(?:vice|v\.?|v:e)\s*ordf(?:\.|örande)?)\Z"), "vice ordförande"),
    (re.compile(r"(?i:ordf(?:\.|örande)?)\Z"), "ordförande"),
)


def paired(incoming: Sequence[Person], outgoing: Sequence[Person]) -> list[tuple[Person | None, Person | None]]:
    """Who comes for whom. One for several or several for one: each; several for as many: in their order."""
    if not outgoing:
        return [(p, None) for p in incoming]
    if not incoming:
        return [(None, p) for p in outgoing]
    if len(incoming) == len(outgoing):
        return list(zip(incoming, outgoing, strict=True))
    if len(outgoing) == 1 or len(incoming) == 1:
        return [(a, b if a.name != b.name or len(incoming) == 1 else None) for a in incoming for b in outgoing]
    return [*((a, None) for a in incoming), *((None, b) for b in outgoing)]


def posts_for(
    sentence: Sentence, pairs: Sequence[tuple[Person | None, Person | None]], posts: Sequence[Post]
) -> list[Post | None]:
    """The position of each pair: one for all, or one each where they are told one by one."""
    if not posts:
        return [None] * len(pairs)
    if len(posts) == 1 and posts[0].paired and len(posts[0].positions) == len(pairs):
        return [replace(posts[0], positions=(position,)) for position in posts[0].positions]
    if len(posts) == 1 or len(pairs) == 1:
        return [posts[0]] * len(pairs)
    first = [p for p in (came or left for came, left in pairs) if p]
    leads = posts[0].start < first[0].start
    return [_nearest(sentence, posts, person, leads) for person in first]


def _nearest(sentence: Sentence, posts: Sequence[Post], person: Person, leads: bool) -> Post:
    """The position right behind a person (`A till ordförande`), else the one that leads, else the next."""
    for post in posts:
        if post.start >= person.end and not re.sub(r"\s|till|som|ny\b", "", sentence.masked[person.end : post.start]):
            return post
    if leads:
        return next((p for p in reversed(posts) if p.start < person.start), posts[0])
    return next((p for p in posts if p.start >= person.end), posts[-1])


def placed(words: Words, base: Row, came: Person | None, left: Person | None, post: Post | None) -> Row:
    kind: RosterKind = "replacement" if came and left else "appointment" if came else "departure"
    offices = [p.office for p in (left, came) if p and p.office]
    position = " och ".join(post.positions) if post else offices[0] if offices else None
    if came and post and post.plural and came.about.role and (own := officer(words.member, came.about.role)):
        position, came = own, replace(came, about=came.about._replace(role=None))
    if came and left:
        came = _settled(came, left)
    if position is None:
        position = "adjungerad" if "adjunct" in base.needs else _implied(base)
    group = (post.group if post and post.group else None) or base.group
    if group is None and left and _holds_seat(words, left):
        group, position = left.about.organization, position or left.about.role
        left = replace(left, about=left.about._replace(organization=None))
    represents = (post.represents if post else None) or base.represents
    return replace(base, kind=kind, incoming=came, outgoing=left, position=position, group=group, represents=represents)


def officer(member: re.Pattern[str], role: str) -> str | None:
    """The position that is meant where a role behind a name is a seat and no job: `ordf`, `2:e vice ordförande`."""
    said = role.strip(" .")
    number = re.match(r"(?:\d|[a-zåäö]+)(?::[ae])?\.?\s+(?=v|ordf)", said)
    for pattern, name in _CHAIRS:
        if pattern.fullmatch(said[number.end() :] if number and not said.startswith("v") else said):
            return f"{number.group()}{name}" if number and not said.startswith("v") else name
    return said if member.search(said) and " " not in said else None


_SAME_PLACE = re.compile(r"\s*\b(?:i|vid|på|inom|från)?\s*samma (kommun|region|förvaltning|verksamhet|enhet|skola)\Z")


def _settled(came: Person, left: Person) -> Person:
    """`A i Ekhults kommun ersätts av B i samma kommun`: where A works."""
    role, place = came.about.role, came.about.organization
    said = _SAME_PLACE.search(place or "") or _SAME_PLACE.search(role or "")
    if said is None:
        return came
    other = left.about.organization
    known = other if other and said.group(1) in other.lower() else None
    return replace(came, about=came.about._replace(role=role and _SAME_PLACE.sub("", role), organization=known))


def _holds_seat(words: Words, person: Person) -> bool:
    """`A, ordförande i nätverket, ersätts av B`: the apposition names the seat."""
    role, place = person.about.role, person.about.organization
    return bool(role and place and words.member.search(role) and words.group.search(place))


def _implied(row: Row) -> str | None:
    return "ordförande" if re.search(r"ordförande(?:skapet|posten|uppdraget|klubban)\b", row.quote.string) else None


def merged(rows: list[Row]) -> list[Row]:
    """One leaves and one comes in the same sentence, for the same seat as far as is said: one replacement."""
    rows = _once(_absorbed(rows))
    came = [row for row in rows if row.kind == "appointment"]
    left = [row for row in rows if row.kind == "departure"]
    if len(came) != 1 or len(left) != 1 or len(rows) != 2:
        return rows
    a, b = came[0], left[0]
    if a.incoming is None or b.outgoing is None or a.incoming.name == b.outgoing.name or not same_post(a, b):
        return rows
    return [
        replace(
            a, kind="replacement", outgoing=b.outgoing, group=a.group or b.group, position=a.position or b.position,
            start=a.start or b.start, until=a.until or b.until,
        )
    ]  # fmt: skip


def _once(rows: list[Row]) -> list[Row]:
    """`A har sagt upp sig och slutar som samordnare`, `Ny samordnare blir B, som efterträder A`: told bare and with
    the seat, it is one change."""
    kept = list(rows)
    for row in rows:
        bare = not (row.group or row.position)
        at = next((n for n, other in enumerate(kept) if bare and other is not row and _one(row, other)), None)
        if at is not None:
            told = filled(kept[at], row)
            kept[at] = replace(told, kind=row.kind, outgoing=row.outgoing) if told.incoming else told
            kept = [other for other in kept if other is not row]
    return kept


def _one(bare: Row, seated: Row) -> bool:
    """Whether a row without a seat tells of the same person as one with it."""
    if not (seated.group or seated.position):
        return False
    if bare.kind == seated.kind == "departure":
        return bool(bare.outgoing and seated.outgoing and bare.outgoing.name == seated.outgoing.name)
    came = bare.kind == "replacement" and seated.kind == "appointment"
    return bool(came and bare.incoming and seated.incoming and bare.incoming.name == seated.incoming.name)


def _absorbed(rows: list[Row]) -> list[Row]:
    """`A går i pension och efterträds av B`: the departure is part of the replacement, and fills it in."""
    replaced = {row.outgoing.name for row in rows if row.kind == "replacement" and row.outgoing}
    parts = {row.outgoing.name: row for row in rows if row.kind == "departure" and row.outgoing}
    kept = []
    for row in rows:
        name = row.outgoing.name if row.outgoing else ""
        if row.kind != "departure" or name not in replaced:
            kept.append(filled(row, parts[name]) if row.kind == "replacement" and name in parts else row)
    return kept


def sharing(rows: list[Row]) -> list[Row]:
    """What only the last of several alike clauses says (`… och B ersätter C i styrgruppen`) holds for all."""
    if len(rows) < 2 or any(row.rule != rows[0].rule for row in rows):
        return rows
    last = rows[-1]
    return [
        replace(
            row, group=row.group or last.group, start=row.start or last.start, until=row.until or last.until,
            position=row.position or last.position,
        )
        for row in rows
    ]  # fmt: skip
