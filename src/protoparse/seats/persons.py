"""The persons of a sentence with the office before the name and the apposition behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from protoparse.cues import Cue
from protoparse.dates import Mention
from protoparse.people import Described, People
from protoparse.seats.parts import Person
from protoparse.seats.posts import noun_phrase, small
from protoparse.seats.words import Words


def persons_in(
    people: People,
    words: Words,
    string: str,
    names: Sequence[tuple[int, int, str]],
    cues: Sequence[Cue],
    mentions: Sequence[Mention],
) -> list[Person]:
    """The persons of a sentence with office, party and apposition."""
    starts = [start for start, _, _ in names]
    persons: list[Person] = []
    for at, (start, end, name) in enumerate(names):
        lead, office, role = _office_before(people, words, string, start, persons[-1].end if persons else 0)
        following = starts[at + 1] if at + 1 < len(starts) else len(string)
        titled = (persons[0].start if persons else lead) < starts[0]
        if titled and (title := _NEXT_TITLE.fullmatch(string, end, following)):
            own = _office_before(people, words, string, following, title.start("title"))[0]
            following = title.start("title") if own == title.start("title") else following
        limit = _limit(end, following, cues, mentions)
        stop, about = _apposition(people, words, string, end, limit)
        about = about._replace(role=about.role or role)
        persons.append(Person(lead, stop, name, about, office))
    return persons


# `ordförande A, kassör B och sekreterare C`: where the first has her title before her name, so have the others.
_NEXT_TITLE = re.compile(r"(?:\s*\([^()]{1,6}\))?(?:,|,?\s+(?:och|samt))\s+(?P<title>[\w.-]+(?: [\w.-]+)?)\s+")
_OFFICE = re.compile(r"((?:[\w.-]+(?::\w+)?\s+){1,4})$")


def _office_before(
    people: People, words: Words, string: str, start: int, least: int
) -> tuple[int, str | None, str | None]:
    """(where the office before a name starts, membership noun, other title): `tidigare deltagare`, `socialchef`."""
    match = _OFFICE.search(string[least:start])
    if not match:
        return start, None, None
    first = least + match.start()
    for word in re.finditer(r"\S+", string[first:start]):
        at = first + word.start()
        title = string[at:start].strip()
        plain = people.titles.plain(title)
        base = people.titles.indefinite(plain)
        if base is None:
            continue
        base = base if base == plain else small(base)
        member = bool(words.member.search(base)) and " " not in base.replace("vice ", "")
        if member and string[:at].rstrip().lower().endswith(("till", "som")):
            return start, None, None  # `till ordförande Vera Almgren`: the position, not a title of hers
        return at, base if member else None, None if member else base
    return start, None, None


def _limit(end: int, following: int, cues: Sequence[Cue], mentions: Sequence[Mention]) -> int:
    """How far an apposition may reach: to the next wording, person or date."""
    ahead = [following, *(cue.start for cue in cues if cue.start >= end)]
    ahead += [min(m.start, m.bound_start if m.bound else m.start) for m in mentions if m.start >= end]
    return min(ahead)


_TAIL_STOP = re.compile(
    r"\s+(?:som|till|när|då|sedan|medan|för|har|hade|är|ska|kommer|hälsa\w*|tacka\w*|att|efter|utses|väljs"
    r"|från och med|under|med|av|ut|in|respektive|blir|blev|meddela\w*|vid årsskiftet|därmed|numera|även)(?![\w-])"
    r"|[;.](?=\s|$)|:\s"
)
_REMARK = re.compile(r"\s*\((?:omval|nyval|ny|ny ledamot|fyllnadsval|sammankallande|avgående)\)", re.IGNORECASE)
_LOOSE_END = re.compile(r"(?:,|,?\s+(?:och|samt|respektive|men|medan))*\s*\Z")


def _apposition(people: People, words: Words, string: str, end: int, limit: int) -> tuple[int, Described]:
    """(where the apposition ends, what it says)."""
    bracket, party = people.parties.at(string, end)
    if party is None and string[end : end + 1] == "s":  # `Rune Sjödals (S) avsägelse`
        bracket, party = people.parties.at(string, end + 1)
        bracket = bracket if party else end
    if remark := _REMARK.match(string, bracket):
        bracket = remark.end()
    tail = _LOOSE_END.sub("", string[bracket:limit])
    stop = _tail_end(people, words, tail)
    about = people.describe(tail[:stop]) if stop else Described()
    if about.role is None and about.organization is None:
        return bracket, Described(party or about.party, None, None)
    said = tail[:stop].rstrip(" ,")
    return bracket + len(said), Described(party or about.party, about.role, about.organization)


def _tail_end(people: People, words: Words, tail: str) -> int:
    """Where the apposition stops inside the text behind a name."""
    stop = min((m.start() for m in [_TAIL_STOP.search(tail)] if m), default=len(tail))
    if title := re.match(r"\s*,?\s*", tail):
        after = people.titles.at(tail, title.end())
        if after and (inner := re.match(r"\s+för\s", tail[after:])):
            again = _TAIL_STOP.search(tail, after + inner.end())
            stop = again.start() if again else len(tail)
    for found in re.finditer(r"(,?)\s+(?:i|inom)\s+(?:den\s+)?", tail[:stop]):
        chunk = noun_phrase(words, tail, found.end(), ())
        segment = tail[: found.start()].rsplit(",", 1)[-1].strip()
        titled = bool(segment) and not found.group(1) and people.titles.at(people.titles.plain(segment)) is not None
        if chunk and words.group.search(" ".join(chunk.split()[:4])) and not titled:
            return found.start()
    if cut := re.search(r",?\s+(?:och|samt)\s+(?![\w-]*(?:sjukvård|omsorg|ungdom))(?=\w+(?:s|r|de|t)\s)", tail[:stop]):
        return cut.start()
    return stop
