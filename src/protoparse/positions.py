"""What the name of a position says of the seat: member, substitute, chair, or a post of its own."""

from __future__ import annotations

import re

MEMBER, SUBSTITUTE, CHAIR, VICE = "member", "substitute", "chair", "vice"

_MEMBER = re.compile(r"(?:ordinarie )?(?:ledamot|ledamöter|medlem|deltagare|gruppmedlem|representant)|ordinarie")
_SUBSTITUTE = re.compile(r"(?:personlig |(?:\d:[ae]|första|förste|andra|andre) )?(?:ersättare|suppleant)")
_CHAIR = re.compile(r"(?:ordförande|ordf\.?)(?:skapet)?")
_VICE = re.compile(r"(?:(\d)(?::[ae]|\.)?|(först[ae])|(andr[ae])|(tredje))?\s*(?:vice |v\.? ?)(?:ordförande|ordf\.?)")
_LEADING = re.compile(r"^(?:(?:ny|nya|nye|nytt|tidigare)\s+)+")
_LINK = re.compile(r"\s*(?:,|/|\b(?:och|samt)(?: tillika)?\b|\btillika\b)\s*")


def parts(position: str | None) -> list[str | None]:
    """The seats that one printed position names: `vice ordförande och ledamot` are two; none is one without a name."""
    found = [part for part in _LINK.split(position or "") if part]
    known = [part for part in found if role(part) in (MEMBER, SUBSTITUTE) or presides(role(part))]
    return list(known) if known and len(known) == len(found) else [position]


def role(position: str | None) -> str | None:
    """What a position is held as. Words for an ordinary member are one role; a post of its own stays its own words."""
    if not position:
        return None
    plain = _LEADING.sub("", " ".join(position.casefold().split()))
    if vice := _VICE.fullmatch(plain):
        number = vice[1] or next((str(n) for n, word in enumerate(vice.groups()[1:], 1) if word), "")
        return VICE + number
    for name, words in ((MEMBER, _MEMBER), (SUBSTITUTE, _SUBSTITUTE), (CHAIR, _CHAIR)):
        if words.fullmatch(plain):
            return name
    return plain


def presides(role: str | None) -> bool:
    """Whether who has the role is elected among the members."""
    return role == CHAIR or (role or "").startswith(VICE)


def single(role: str | None) -> bool:
    """Whether a group has only one at a time: a vice chair without a number may be one of several."""
    return role == CHAIR or bool(re.fullmatch(VICE + r"\d", role or ""))


def one_seat(told: str | None, held: str | None) -> bool:
    """Whether two tellings can be about one seat of one person: a telling without a position fits any."""
    if told == held or told is None:
        return True
    if held is None:
        return told in (MEMBER, SUBSTITUTE)
    return VICE in (told, held) and told.startswith(VICE) and held.startswith(VICE)


def falls_with(left: str | None, held: str | None) -> bool:
    """Whether leaving the one ends the other: all ends where nothing is named, the chair with the membership."""
    return one_seat(left, held) or (left == MEMBER and presides(held))


def excludes(role: str | None, held: str | None) -> bool:
    """Nobody is a member and a substitute of one group at a time."""
    return {role, held} == {MEMBER, SUBSTITUTE} or (presides(role) and held == SUBSTITUTE)
