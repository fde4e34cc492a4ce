"""Positions with their groups, and groups that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from protoparse.people import People
from protoparse.seats.parts import Post, Sentence
from protoparse.seats.words import Words

# What stands right before a position. At the start of a text and behind a colon or a dash it may stand alone.
_POST_LEAD = re.compile(
    r"\b(?:[Tt]ill|[Ss]om|[Ss]åsom|[Aa]v|blir|blev|är|vara|blivit|bli|längre|vald|utsedd|uppdrag|uppdraget|post|posten|rollen"
    r"|plats|platsen|tjänst|tjänsten)"
    r"(?:\s+(?:sin|sina|sitt|vår|våra|en|ett|ytterligare|gemensam|gemensamma|två|tre|fyra|fem))*\s*$|^\s*$|[:–—-]\s*$"
)
_ACTING = re.compile(r"\b(?:tf|t\.\s?f|tillförordna\w+)\b", re.IGNORECASE)
# A party, or a bare proper name that is no group and no workplace: `kontaktperson för Ekermo`.
_PLACE = re.compile(r"[A-ZÅÄÖ]{1,3}|[A-ZÅÄÖ][a-zåäö]+(?<!skolan)(?<!gården)(?<!hemmet)(?<!huset)(?<!en)(?<!et)")
_OWNER = re.compile(
    r"(?:\b(?:[Tt]ill|[Ss]om|är|blir|blev|vara|varit)|\x02)\s+((?:[\w-]+\s+){0,2}[\w-]{3,})s\s+$"
)  # `till Ekhults kommuns representant`
_POST_LINK = re.compile(
    r"\s*(?:,\s*|,?\s+(?:och|samt|respektive|tillika|och tillika|samt tillika|även)\s+)"
    r"(?:även\s+)?(?:till\s+|som\s+|tillika\s+)?"
)
_IN_GROUP = re.compile(r"\s+(i|inom|ur|vid|på|hos|för|från|till)\s+(?:den\s+|det\s+)?(?=\S)")
_NO_GROUP = re.compile(
    r"\d+\s*%|(?:st[äa]llet?|(?:samma\s+)?(?:tid|tidsperiod|period|mandatperiod)|en tid|perioden|tiden|åren?|mandat\w*"
    r"|att|resten"
    r"|\d+\s*procent|(?:hel|halv|del)tid|återsto\w*|samband|pension|dag|ärende\w*|frågan)\b"
)
# A line that was printed right below: `… till valnämnden Kommunfullmäktige beslutar`.
_GLUED = re.compile(r"(?<=[a-zåäö])\s+(?=[A-ZÅÄÖ][\w-]+\s+(?:beslut\w*|beslöt|föreslår|utser|väljer|valde|utsåg)\b)")
_THE_NEW = re.compile(r"\b(?:den|det|de)\s+nya?\Z", re.IGNORECASE)
# `fram till årsstämman`, `från stämman`: when, not where.
_UNTIL_MEETING = re.compile(
    r"(?:till|från|vid|på)\s+(?:och med\s+)?(?:(?:nästa|ordinarie|nästkommande)\s+)*[\w-]*(?:stämman?|möte|mötet)\b",
    re.IGNORECASE,
)
# `ombud vid sammanträden med Sågens samfällighet`: the seat is in whose meeting it is.
_MEETING_OF = re.compile(
    r"[\w-]*(?:stämm(?:a|an|or|orna)|årsmöte\w*|sammanträden?\w*)\s+(?:i|med|för|hos|inom)\s+(?=\S)"
)
_GROUP_LEAD = re.compile(r"\b(?:[Ii]|inom|[Ii]nom|ur|till|[Tt]ill|för|från)\s+(?=\S)")


def small(title: str) -> str:
    """`Ledamot` at the start of a sentence or in definite form is `ledamot`; `VD` stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def posts_in(people: People, words: Words, masked: str, stops: Sequence[int]) -> list[Post]:
    """The positions that a sentence names outside its persons, each with its group."""
    posts: list[Post] = []
    at = 0
    while (found := people.titles.next(masked, at)) is not None:
        start, at = found
        before = people.titles.without_dropped_lead(masked[:start])
        new = bool(re.search(r"\b(?:[Nn]y[ae]?|[Nn]ytt)\s", masked[len(before) : start]))
        owner = _OWNER.search(before)
        if new or owner or _POST_LEAD.search(before):
            post = _post(people, words, masked, start, at, stops, owner.group(1) if owner else None)
            post = _acting(post) if _ACTING.search(masked[len(before) : start]) else post
            posts.append(replace(post, more=tuple(_more(people, words, masked, post, stops))))
            at = posts[-1].more[-1].end if posts[-1].more else post.end
    return posts


_AND = re.compile(r"(?:\s*,|\s*,?\s+(?:och|samt))\s+(?:även\s+)?(?:(?:till|som|såsom)\s+)?")

_AND_IN = re.compile(r"(?:i|inom|ur|från)\s")


def _more(people: People, words: Words, masked: str, post: Post, stops: Sequence[int]) -> Iterator[Post]:
    """The seats told right behind one: `ledamot i X, ersättare i Y`, `ledamot i X och i Y`."""
    last = post
    while last.group and (link := _AND.match(masked, last.end)):
        at = link.end()
        if (end := people.titles.at(masked, at)) is not None:
            following = _post(people, words, masked, at, end, stops, None)
        elif _AND_IN.match(masked, at):
            group, _, end = _of_group(words, masked, at - 1, stops)
            following = replace(last, start=at, end=end, group=group)
        else:
            return
        if not following.group or not words.group.search(following.group):
            return
        yield following
        last = following


def _acting(post: Post) -> Post:
    return replace(post, positions=(f"tillförordnad {post.positions[0]}", *post.positions[1:]))


def _post(
    people: People, words: Words, masked: str, start: int, end: int, stops: Sequence[int], owner: str | None
) -> Post:
    first, printed = people.titles.singular(masked[start:end]), masked[start:end]
    positions = [
        small(first) if re.search(r"(?:^|[:–—-])\s*(?:(?:[Nn]y[ae]?|[Nn]ytt)\s+)?$", masked[:start]) else first
    ]
    paired = False
    while (link := _POST_LINK.match(masked, end)) and (found := people.titles.next(masked, link.end())):
        lead = people.titles.plain(masked[link.end() : found[1]])
        if people.titles.singular(lead) != people.titles.singular(masked[found[0] : found[1]]):
            break
        paired = paired or "respektive" in link.group()
        positions.append(people.titles.singular(masked[found[0] : found[1]]))
        end = found[1]
    group, represents, end = _of_group(words, masked, end, stops)
    if represents and group is None and not (words.stands_for.search(positions[-1]) or _PLACE.fullmatch(represents)):
        group, represents = represents, None  # `kontaktpolitiker för Kajskolan`
    if owner and first in ("representant", "ombud", "kontaktperson", "kontaktpolitiker"):
        represents = represents or owner
    elif owner:
        group = group or owner
    plural = len(positions) == 1 and people.titles.plain(printed).lower() != positions[0].lower()
    return Post(start, end, tuple(positions), group, represents, paired, plural)


def _of_group(words: Words, masked: str, end: int, stops: Sequence[int]) -> tuple[str | None, str | None, int]:
    """(group, who is represented, where both end) of what follows a position."""
    group = represents = None
    while match := _IN_GROUP.match(masked, end):
        whose = _MEETING_OF.match(masked, match.end())
        at = whose.end() if whose else match.end()
        chunk = noun_phrase(words, masked, at, stops)
        if match.start(1) in stops or not chunk or not chunk[0].isalnum() or _NO_GROUP.match(chunk):
            break
        preposition = "i" if whose else match.group(1)
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
        end = at + len(chunk)
    if (
        group is None
        and represents is None
        and (bare := re.match(r"\s+(?:av\s+(?=\w*utskott))?(?=[^\W\d_])", masked[end:]))
    ):
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
    if glued := _GLUED.search(masked, start, end):
        end = glued.start()
    at = start
    while match := words.stop.search(masked, at, end):
        if not (on := words.goes_on.match(masked, match.start(), end)):
            end = match.start()
            break
        at = on.end()
    return re.sub(r"(?:\s+(?:och|samt|i|inom|nu|på|för))+\s*$", "", masked[start:end].rstrip(" ,.;:!?–-")).rstrip(" ,.")


def stops_of(sentence: Sentence) -> list[int]:
    """Where wordings start that no group's name goes past; the `nya` of `den nya arbetsgruppen` is none."""
    return sorted(
        cue.start
        for cue in sentence.cues
        if not (cue.rule.get("form") == "label" and _THE_NEW.search(sentence.masked, 0, cue.end))
    )


def free_group(sentence: Sentence, start: int, end: int) -> str | None:
    """A group that stands without a position: `ersätter Per Ek i styrgruppen`."""
    stops = stops_of(sentence)
    told = [cue.start for cue in sentence.cues]
    gone = [m for m in _GONE_ON.finditer(sentence.masked) if not any(m.start() <= at < m.end() for at in told)]
    asides = [*ASIDE.finditer(sentence.masked), *gone]
    for lead in _GROUP_LEAD.finditer(sentence.masked, start, end):
        if lead.start() in stops or _UNTIL_MEETING.match(sentence.masked, lead.start()):
            continue
        if any(aside.start() < lead.start() < aside.end() for aside in asides):
            continue
        chunk = noun_phrase(sentence.words, sentence.masked, lead.end(), stops)
        if chunk and sentence.words.group.search(" ".join(chunk.split()[:6])):
            chunk = _MEETINGS.sub(r"\1", _SO_LONG.sub("", _SEAT_IN.sub("", chunk)))
            return re.sub(r"^(?:den|det|de)\s+(?:nya?\s+|nybildade\s+|nystartade\s+)?", "", chunk)
    return None


def further_groups(people: People, sentence: Sentence, group: str) -> list[str]:
    """The groups told right behind one that stands without a position: `lämnar rådet X och nätverket Y`."""
    at = sentence.masked.find(group)
    told = Post(at, at + len(group), ("",), group)
    more = _more(people, sentence.words, sentence.masked, told, stops_of(sentence)) if at >= 0 else ()
    return [it.group for it in more if it.group and it.positions == ("",)]


_SO_LONG = re.compile(r"\s+i\s+(?:\w+\s+){1,2}år\Z")  # `suttit i styrgruppen i tolv år`
_MEETINGS = re.compile(r"\A(\w+?)s\s+(?:\w+\s+)?(?:möten|sammanträden|träffar)\Z")  # `till nämndens möten`
# `entledigas från sitt uppdrag i rådet`, `från platsen i arbetsgruppen`: the seat is no part of the group's name.
_SEAT_IN = re.compile(
    r"(?:(?:sitt|sina|sin|dennes|hans|hennes)\s+(?:\w+\s+)?)?\w*"
    r"(?:uppdrag(?:en|et)?|plats(?:en)?|post(?:en)?|roll(?:en)?|mandat(?:et)?|stol(?:en)?|förordnande(?:t)?)\s+"
    r"(?:i|inom|vid|på)\s+"
)


# `B, som numera arbetar i valnämnden`: where she went.
_GONE_ON = re.compile(
    r"\x01,?\s+som\s+(?:har\s+|nu\s+|numera\s+|redan\s+)*(?:gått|fått|flyttat|börjat|bytt|tillträtt|går|får|byter|börjar"
    r"|flyttar|tillträder|arbetar|jobbar|blir|är)\b[^,;]*"
)
ASIDE = re.compile(
    r",\s+(?:som|tidigare|hittills|sedan|numera)\s[^,]*,"
)  # `A, som är ersättare i beredningen, utträder …`
