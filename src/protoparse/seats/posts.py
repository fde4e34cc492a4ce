"""Positions with their groups, and groups that stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from protoparse.people import People
from protoparse.seats.parts import Post, Sentence
from protoparse.seats.words import Words

# What stands right before a position. At the start of a text and behind a colon or a dash it may stand alone.
_POST_LEAD = re.compile(
    r"\b(?:[Tt]ill|[Ss]om|[Ss]åsom|[Aa]v|blir|blev|är|blivit|bli|längre|vald|utsedd|uppdrag|uppdraget|post|posten|rollen"
    r"|plats|platsen|tjänst|tjänsten)"
    r"(?:\s+(?:sin|sina|sitt|vår|våra|en|ett|ytterligare|gemensam|gemensamma|två|tre|fyra|fem))*\s*$|^\s*$|[:–—-]\s*$"
)
_OWNER = re.compile(
    r"(?:\b(?:[Tt]ill|[Ss]om|är|blir|blev)|\x02)\s+((?:[\w-]+\s+){0,2}[\w-]{3,})s\s+$"
)  # `till Ekhults kommuns representant`
_POST_LINK = re.compile(
    r"\s*(?:,\s*|,?\s+(?:och|samt|respektive|tillika|och tillika|samt tillika|även)\s+)"
    r"(?:även\s+)?(?:till\s+|som\s+|tillika\s+)?"
)
_IN_GROUP = re.compile(r"\s+(i|inom|ur|vid|på|hos|för|från|till)\s+(?:den\s+|det\s+)?(?=\S)")
_NO_GROUP = re.compile(
    r"(?:tid|en tid|perioden|tiden|åren?|mandat\w*|att|resten|återsto\w*|samband|pension|dag|ärende\w*|frågan)\b"
)
_GROUP_LEAD = re.compile(r"\b(?:[Ii]|inom|[Ii]nom|ur|till|[Tt]ill|för|från)\s+(?=\S)")


def small(title: str) -> str:
    """`Ledamot` at the start of a sentence or in definite form is `ledamot`; `VD` stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def posts_in(people: People, words: Words, masked: str, stops: Sequence[int]) -> list[Post]:
    """The positions that a sentence names outside its persons, each with its group."""
    posts: list[Post] = []
    at = 0
    while (found := people.next_title(masked, at)) is not None:
        start, at = found
        before = people.without_dropped_lead(masked[:start])
        new = bool(re.search(r"\b(?:[Nn]y[ae]?|[Nn]ytt)\s", masked[len(before) : start]))
        owner = _OWNER.search(before)
        if new or owner or _POST_LEAD.search(before):
            posts.append(_post(people, words, masked, start, at, stops, owner.group(1) if owner else None))
            at = posts[-1].end
    return posts


def _post(
    people: People, words: Words, masked: str, start: int, end: int, stops: Sequence[int], owner: str | None
) -> Post:
    first = people.singular(masked[start:end])
    positions = [
        small(first) if re.search(r"(?:^|[:–—-])\s*(?:(?:[Nn]y[ae]?|[Nn]ytt)\s+)?$", masked[:start]) else first
    ]
    paired = False
    while (link := _POST_LINK.match(masked, end)) and (found := people.next_title(masked, link.end())):
        lead = people.plain_title(masked[link.end() : found[1]])
        if people.singular(lead) != people.singular(masked[found[0] : found[1]]):
            break
        paired = paired or "respektive" in link.group()
        positions.append(people.singular(masked[found[0] : found[1]]))
        end = found[1]
    group, represents, end = _of_group(words, masked, end, stops)
    if represents and group is None and not words.stands_for.search(positions[-1]):
        group, represents = represents, None  # `kontaktpolitiker för Kajskolan`
    if owner and first in ("representant", "ombud", "kontaktperson", "kontaktpolitiker"):
        represents = represents or owner
    elif owner:
        group = group or owner
    return Post(start, end, tuple(positions), group, represents, paired)


def _of_group(words: Words, masked: str, end: int, stops: Sequence[int]) -> tuple[str | None, str | None, int]:
    """(group, who is represented, where both end) of what follows a position."""
    group = represents = None
    while match := _IN_GROUP.match(masked, end):
        chunk = noun_phrase(words, masked, match.end(), stops)
        if match.start(1) in stops or not chunk or not chunk[0].isalnum() or _NO_GROUP.match(chunk):
            break
        preposition = match.group(1)
        head = re.split(r"\s(?:i|inom)\s", chunk)[0]
        if preposition in ("för", "från") and not words.group.search(head):
            chunk = head
        organ = preposition == "för" and not group and bool(words.group.search(chunk))
        stands_for = preposition in ("för", "från") and not organ
        if stands_for and represents is None:
            represents = chunk
        elif group is None and not stands_for and preposition != "till":
            group = chunk
        else:
            break
        end = match.end() + len(chunk)
    if group is None and represents is None and (bare := re.match(r"\s+(?=[^\W\d_])", masked[end:])):
        chunk = noun_phrase(words, masked, end + bare.end(), stops)
        if (
            chunk
            and words.group.search(chunk)
            and re.match(r"för tiden|[\x02]|till och med|$|\.", masked[end + bare.end() + len(chunk) :].lstrip())
        ):
            return chunk, None, end + bare.end() + len(chunk)
    return group, represents, end


def noun_phrase(words: Words, masked: str, start: int, stops: Sequence[int]) -> str:
    """A noun phrase from here to where the sentence goes on with something else."""
    end = min((stop for stop in stops if stop > start), default=len(masked))
    if match := words.stop.search(masked, start, end):
        end = match.start()
    return re.sub(r"\s+(?:och|samt|i|inom|nu|nu)\s*$", "", masked[start:end].rstrip(" ,.;:–-")).rstrip(" ,.")


def stops_of(sentence: Sentence) -> list[int]:
    return sorted(cue.start for cue in sentence.cues)


def free_group(sentence: Sentence, start: int, end: int) -> str | None:
    """A group that stands without a position: `ersätter Per Ek i styrgruppen`."""
    stops = stops_of(sentence)
    asides = list(ASIDE.finditer(sentence.masked))
    for lead in _GROUP_LEAD.finditer(sentence.masked, start, end):
        if lead.start() in stops or any(aside.start() < lead.start() < aside.end() for aside in asides):
            continue
        chunk = noun_phrase(sentence.words, sentence.masked, lead.end(), stops)
        if chunk and sentence.words.group.search(" ".join(chunk.split()[:6])):
            return re.sub(r"^(?:den|det)\s+", "", chunk)
    return None


ASIDE = re.compile(
    r",\s+(?:som|tidigare|hittills|sedan|numera)\s[^,]*,"
)  # `A, som är ersättare i beredningen, utträder …`
