"""Who was present: attendance lists in the header, beside labels, in columns, in tables, or after the last section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from protoparse.grids import Grid, grids
from protoparse.labels import Field
from protoparse.models import Attendee, Category, Doubt, Evidence, Line, Passage
from protoparse.people import People, Person
from protoparse.presence import Presence
from protoparse.sentences import sentences
from protoparse.text import Text, Word, unwrap

_CATEGORY: dict[str, Category] = {"members": "member", "substitutes": "substitute", "others": "other"}


@dataclass(frozen=True, slots=True)
class Register:
    """What reading an attendance list needs: the grammars of persons and of presence, and how sentences begin."""

    people: People
    presence: Presence
    words: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Standing:
    """In what capacity the rows of a list were present: their category and whether they voted (None: not said)."""

    category: Category
    serving: bool | None = None
    party: str | None = None
    organization: str | None = None
    absent: bool = False
    presence: str | None = None


# ---------------------------------------------------------------- one row

_STANDS_IN = re.compile(
    r"\s*[,(]?\s*\b(?:tjänstgörande ersättare för|tjänstgör(?:ande)? för|tjg\.?\s*(?:ers\.?\s*)?för|"
    r"ers(?:ättare|\.)? för|ersätter|i stället för|istället för|ers\.|tjg\.?\s*ers\.?)\s+(?P<who>.+)"
    r"|\s*(?:,|(?<=\))|(?<=\w))\s*\bför\s+(?P<other>(?-i:[A-ZÅÄÖ][\wåäöéü-]+\s[A-ZÅÄÖ]).+)",
    re.IGNORECASE,
)
_FOR = re.compile(r"\s*\(för (?P<who>[^)]+)\)(?P<other>)")
_SERVES = re.compile(r"(?P<not>\b(?:ej|icke|inte)\s+)?\b(?:tjg\b|tjänstgör)", re.IGNORECASE)
_STOOD_IN_BY = re.compile(
    r"\s*[,(–-]?\s*\b(?:ersätts|ersattes|ersatt|företräds|företräddes)\s+av\s*:?\s+(?P<who>.+)", re.IGNORECASE
)
_COUNTED = re.compile(r"\s*\d{1,3}\s?[.)]?\s+(?=\*?[A-ZÅÄÖ])")


def _attendee(row: Text, standing: _Standing, register: Register, legend: Mapping[str, str]) -> Attendee | None:
    """The person of one row, None where nobody is named or the row says that she was not there."""
    people = register.people
    if standing.absent:
        return None
    if (by := _STOOD_IN_BY.search(row.string)) and (away := people.read_row(row.string[: by.start()])):
        came = _attendee(row[by.start("who") :].strip(), standing, register, legend)
        update = {"evidence": Evidence(quote=row), "stands_in_for": away.name, "category": "member", "serving": True}
        return came and came.model_copy(update=update)
    plain = _with_commas(row)
    plain = plain[match.end() :] if (match := _COUNTED.match(plain)) else plain
    present = register.presence.read(plain)
    said = present.rest
    stands_in = _STANDS_IN.search(said) or _FOR.search(said)
    person = people.read_row(said[: stands_in.start()] if stands_in else said)
    if person is None:
        return None
    tail = said[person.span[1] : stands_in.start() if stands_in else None]
    if present.words is None and people.absent.search(tail):
        return None
    instead = people.read_row((stands_in["who"] or stands_in["other"]).strip(" )(")) if stands_in else None
    category, serving = _voting(standing, person, instead, plain[person.span[1] :], present.first is not None, people)
    words = present.words or standing.presence
    if mark := legend.get(_stars(plain, person)):
        category, serving, words = _by_legend(mark, category, serving, words)
    return Attendee(
        evidence=Evidence(quote=row),
        name=person.name,
        category=category,
        party=person.party or standing.party,
        organization=person.organization or standing.organization,
        role=people.plain_role(person.role),
        stands_in_for=instead.name if instead else None,
        presence=words,
        section_from=present.first,
        section_to=present.last,
        serving=serving,
        matter=present.matter,
    )


def _with_commas(row: Text) -> str:
    """A row as it reads with a comma in every wide blank: `Moa Vret    Sjöbo stad`."""
    parts: list[str] = []
    at = 0
    for before, run in pairwise(row.runs):
        wide = run.word.x0 - before.word.x1 > 1.5 * max(before.word.size, 6) and _same_height(before.word, run.word)
        part = row.string[at : before.end]
        if wide and (parts or len(part.split()) > 1) and part[-1].isalnum() and row.string[run.start] not in "(,;":
            parts.append(part + ",")
            at = before.end
    return "".join([*parts, row.string[at:]])


def _voting(
    standing: _Standing, person: Person, instead: Person | None, tail: str, partly: bool, people: People
) -> tuple[Category, bool | None]:
    """A row's own word on whether its person voted goes before that of the list it stands in."""
    if instead:
        return "member", True
    if standing.category == "other":
        return "other", None
    if person.role and people.not_voting.fullmatch(person.role):
        return "other", None
    if person.role and people.stand_ins.fullmatch(person.role) and not standing.serving:
        return "substitute", standing.serving
    if serves := _SERVES.search(tail):
        if not serves["not"]:  # at one matter only she is a substitute still
            return (standing.category if partly else "member"), True
        return "substitute", False
    return standing.category, standing.serving


_STARS = re.compile(r"[\s•-]*(\*+)")
_STARS_BEHIND = re.compile(r"[^*]*?(\*+)\)?\s*\Z")
_LEGEND = re.compile(r"\s*(\*+)\)?\s*[=:–-]?\s*(?P<said>[^\W\d].*)")


def _stars(row: str, person: Person) -> str:
    """The asterisks before or behind a name."""
    match = _STARS.match(row) or _STARS_BEHIND.match(row)
    return match[1] if match else ""


def _legend(values: Iterable[Text], people: People) -> dict[str, str]:
    """What asterisks mean, where a line of the list says so: `* = tjänstgörande ersättare`."""
    found: dict[str, str] = {}
    for value in values:
        match = _LEGEND.match(value.string)
        if match and people.read_row(value.string) is None:
            found[match[1]] = match["said"]
    return found


def _by_legend(
    said: str, category: Category, serving: bool | None, words: str | None
) -> tuple[Category, bool | None, str | None]:
    if serves := _SERVES.search(said):
        return ("substitute", False, words) if serves["not"] else ("member", True, words)
    if re.match(r"ersättare|suppleant", said, re.IGNORECASE):
        return "substitute", serving, words
    return category, serving, words or said.strip(" .()")


# ---------------------------------------------------------------- the rows of a list


def _open(row: str, people: People) -> bool:
    """Whether a row goes on in the next line: a comma at its end, a bracket not yet closed, the first half of the name
    of a region or an association."""
    last = row.split()[-1:] if "," in row else []
    return bool(_GOES_ON.search(row)) or row.count("(") > row.count(")") or bool(people.half_names.intersection(last))


_GOES_ON = re.compile(r"(?:[,–§-]|\b(?:och|för|ersätter|tjg\.?|ers\.?|stället|av|i|på|vid))\s*\Z")


def _rows(values: Sequence[Text], people: People) -> Iterator[Text]:
    """The rows of a list, wrapped ones put together, running lists cut at their commas or semicolons."""
    if any(";" in value.string for value in values):
        values = list(_split_at(unwrap(values), _SEMICOLON))
    waiting: list[Text] = []
    for value in values:
        above = unwrap(waiting).string
        if waiting and not (
            _open(above, people) or _continues(value.string, people) or _runs_on(above, value.string, people)
        ):
            yield from _cut(unwrap(waiting), people)
            waiting = []
        waiting.append(value)
    if waiting:
        yield from _cut(unwrap(waiting), people)


_PERSON = r"[A-ZÅÄÖ][\w-]+(?:\s(?:(?:von|af|de|van|der|la)\s)*[A-ZÅÄÖ][\w-]+){1,3}"
_BRACKETED = re.compile(rf"{_PERSON}\s*\([^)]*\)?")


def _runs_on(before: str, after: str, people: People) -> bool:
    """Whether a running list is broken inside a name: behind a given name, or before a last word of its own."""
    last, first = before.split(",")[-1].split(), re.split(r"[,;.(]", after, maxsplit=1)[0].split()
    if "," not in before or not last or not first or not first[0][:1].isupper():
        return False
    several = sum(people.starts_with_person(part) for part in _BETWEEN_PARTS.split(before)) > 1
    several = several or len(_BRACKETED.findall(before)) > 1
    if len(last) == 1:
        return people.is_given(last[0]) or (
            several and last[0][:1].isupper() and not people.organisation.search(last[0])
        )
    return several and len(first) == 1 and people.read_row(before) is not None


def _rejoined(values: Sequence[Text], register: Register) -> list[Text]:
    """The values with what stands apart on the line of a name (`ersätter N.N.`, a party, a workplace) behind it."""
    kept: list[Text] = []
    columns = {round(v.words[0].x0) for v in values if v.words and register.people.read_row(v.string)}
    for value in values:
        at = next((k for k, before in enumerate(kept) if value.words and _same_line(before, value)), None)
        own = value.words and min((abs(value.words[0].x0 - x) for x in columns), default=9) < 3
        if at is None or own or not _tells_more(value.string, register):
            kept.append(value)
        else:
            kept[at] = kept[at] + " " + value
    return kept


def _tells_more(value: str, register: Register) -> bool:
    """Whether a value is no row of its own but says something of a person."""
    people = register.people
    if people.read_row(value) is not None or value.endswith(":") or _is_plural(value, people):
        return False
    return (
        value[:1].islower()
        or (len(value) <= 4 and people.party(value) is not None)
        or not register.presence.read(value).rest
        or people.title_at(value) == len(value)
        or bool(_STANDS_IN.match(value))
        or (bool(people.organisation.search(value)) and not people.no_person.match(value))
    )


def _same_line(before: Text, value: Text) -> bool:
    """Whether a value stands on the last line of another, to its right."""
    if not before.words:
        return False
    last, first = before.words[-1], value.words[0]
    return _same_height(last, first) and last.x1 <= first.x0


def _same_height(one: Word, other: Word) -> bool:
    return one.page == other.page and abs(one.top - other.top) < 3


def _continues(value: str, people: People) -> bool:
    """Whether a line goes on with the row above: it begins small, and not with the particle of a name."""
    return value[:1] == "(" or (
        value[:1].islower() and value.split()[0].lower() not in people.particles and not value.endswith(":")
    )


_AFTER_PARTY = re.compile(r"(?<=\))\s*(?:,|och)\s*(?=[A-ZÅÄÖ][\w-]+\s+[A-ZÅÄÖ])")
_PARTY = re.compile(r"\([A-ZÅÄÖ-]{1,4}\)")
_BEFORE_PARTY = re.compile(r"\s*(?:,|\b(?:och|samt)\b)\s*(?=[A-ZÅÄÖ][\w-]+(?:\s[\w-]+){1,3}\s\([A-ZÅÄÖ-]{1,4}\))")
_BETWEEN_PARTS = re.compile(r"\s*,\s*(?:och\s+|samt\s+)?|\s+(?:och|samt)\s+")
_SEMICOLON = re.compile(r"\s*;\s*")


def _cut(row: Text, people: People) -> Iterator[Text]:
    """`N.N. (S), ordförande, M.M. (C)` is two persons, and so is `N.N., ekonomichef, M.M., jurist`."""
    if (head := _INLINE_HEAD.match(row.string)) and people.title_at(head[1]) != len(head[1]):
        yield row[: head.end()].strip()
        yield from _cut(row[head.end() :], people)
    elif len(_PARTY.findall(row.string)) > 1:
        yield from _split_at(row, _BEFORE_PARTY)
    elif len(_PARTY.findall(row.string)) == 1:
        yield from _split_at(row, _AFTER_PARTY)
    else:
        yield from _split_at_names(row, people)


def _split_at_names(row: Text, people: People) -> Iterator[Text]:
    """A row without parties cut before each part that is a person's name: it begins with a common given name, or has
    the shape of a name in a list of names and nothing else."""
    cuts = [
        match
        for match in _BETWEEN_PARTS.finditer(row.string)
        if row.string.count("(", 0, match.start()) <= row.string.count(")", 0, match.start())
    ]
    starts = [0, *(match.end() for match in cuts)]
    ends = [*(match.start() for match in cuts), len(row)]
    parts = [row.string[a:b] for a, b in zip(starts, ends, strict=True)]
    given = [people.starts_with_person(part) for part in parts]
    bare = any(a and b for a, b in pairwise(given))
    several = sum(given) > 1 and not any(people.organisation.search(part) for part in parts)
    bracketed = len(_BRACKETED.findall(row.string)) > 1
    begin = 0
    for at in range(1, len(parts)):
        shaped = _may_be_person(parts[at], people)
        follows = bare and shaped and _may_be_person(parts[at - 1], people)
        behind_role = shaped and people.title_at(parts[at - 1]) is not None
        next_role = at + 1 < len(parts) and people.title_at(parts[at + 1]) is not None
        introduced = behind_role and (next_role or (several and not _DEFINITE.search(parts[at].strip(" ."))))
        known = given[at] or (bracketed and shaped and "(" in parts[at])
        if (known or follows or introduced) and people.read_row(row.string[begin : ends[at - 1]]):
            yield row[begin : ends[at - 1]].strip()
            begin = starts[at]
    yield row[begin:].strip()


_DEFINITE = re.compile(r"(?:na|et|(?<!s)en)\Z")  # `Rädda Barnen`
_ONLY_NAME = re.compile(rf"{_PERSON}\s*(?:\([^)]*\))?\s*\Z")


def _may_be_person(part: str, people: People) -> bool:
    """Whether a part of a running list has the shape of a name and of nothing else."""
    name = part.partition("(")[0].strip()
    shaped = _ONLY_NAME.match(part) and people.read_row(part) is not None
    plural = name.endswith(("arna", "erna", "orna"))  # `Unga Örnarna`
    return bool(shaped) and not plural and not people.organisation.search(name) and people.title_at(name) is None


def _split_at(row: Text, mark: re.Pattern[str]) -> Iterator[Text]:
    start = 0
    for match in mark.finditer(row.string):
        yield row[start : match.start()].strip()
        start = match.end()
    yield row[start:].strip()


def _list(values: Sequence[Text], standing: _Standing, register: Register) -> Iterator[Attendee]:
    """The persons of one list; a party or an organisation above some of the names holds for them."""
    values = _rejoined(values, register)
    legend = _legend(values, register.people)
    for row in _rows(values, register.people):
        if (above := _heading_of(row.string, standing, register.people)) is not None:
            standing = above
            continue
        if (attendee := _attendee(row, standing, register, legend)) is not None:
            yield attendee


_INLINE_HEAD = re.compile(r"([^\W\d][^:(),]{2,45}):\s+(?=[A-ZÅÄÖ])")
_GROUP = re.compile(
    r"(?P<name>[^\W\d][^:()]*?)\s*(?:\((?P<code>[A-ZÅÄÖa-z]{1,4})\))?\s*(?:,?\s*\(?\d{1,2}(?:\s?st)?\.?\)?)?\s*(?P<colon>:?)\Z"
)


_OF = re.compile(r"\A(?:från|för)\s+", re.IGNORECASE)


def _heading_of(row: str, standing: _Standing, people: People) -> _Standing | None:
    """`Socialdemokraterna`, `Region Strand:`, `Kommunerna:` above some of the names of a list."""
    match = _GROUP.match(row)
    if match is None or ("," in match["name"] and not _is_plural(match["name"], people)):
        return None
    if people.absent_heads.fullmatch(match["name"]):
        return replace(standing, absent=True, party=None, organization=None)
    if party := people.party_names.get(match["name"].lower()):
        return _Standing(standing.category, standing.serving, party)
    if words := people.presence_heads.fullmatch(match["name"]):
        return _Standing(standing.category, standing.serving, presence=_PRESENT_AS.sub("", words.group()) or None)
    if _is_plural(match["name"], people):
        return _Standing(standing.category, standing.serving)
    if people.read_row(row) is not None or len(match["name"].split()) > 5:
        return None
    name = _OF.sub("", match["name"])
    if people.organisation.search(name) and not name[:1].islower():
        return _Standing(standing.category, standing.serving, None, name)
    return _Standing(standing.category, standing.serving) if name != match["name"] and match["colon"] else None


_PRESENT_AS = re.compile(r"\A(?:närvarande|deltagare|deltog|deltar|på plats(?: i rummet)?|i rummet)\s*", re.IGNORECASE)


def _is_plural(name: str, people: People) -> bool:
    """`Kommunerna`, `Regionen och övriga`, `Från kommunerna`: whose people follow, and no organisation of anybody."""
    parts = re.split(r"\s*(?:,|/|&|\boch\b|\bsamt\b)\s*", re.sub(r"\A(?:från|för)\s+", "", name.lower()).rstrip(" :"))
    return all(part in people.plural_organisations for part in parts)


# ---------------------------------------------------------------- all lists of a document


def read_attendance(
    labelled: Sequence[Field],
    register: Register,
    lines: Sequence[Line] = (),
    running: Sequence[Passage] = (),
) -> tuple[list[Attendee], list[Doubt]]:
    """The persons present, in the order of the page: from labelled lists, tables of names and, where there are none,
    from sentences that tell them; and doubts where a list is said to stand elsewhere and was not found."""
    fields = [label for label in labelled if label.group in _CATEGORY]
    tables = [(grid, above) for grid in grids(lines) if _is_roll(grid, above := _above(grid, lines, fields), fields)]
    in_tables = {word for grid, _ in tables for row in grid.rows for cell in row.values() for word in cell.words}
    in_tables |= {word for grid, _ in tables for text in grid.head for word in text.words}
    found: list[Attendee] = []
    before = _Standing("member")
    for label in fields:
        own = [value for value in label.values if not in_tables.intersection(value.words)]
        standing = _standing(label, before, register.people)
        rows = list(_list(own, standing, register))
        found.extend(_by_seats(rows, register.people) if standing.category == "member" else rows)
        before = standing
    found = [*_chairs(labelled, found, register), *found]
    for grid, above in tables:
        for part in _side_by_side(grid):
            found.extend(_roll(part, above, fields, register))
    if tables:
        found = _each_once(found)
    if not found:
        found = _from_sentences(running, register)
    return found, ([] if any(one.category == "member" for one in found) else list(_elsewhere(fields)))


_ELSEWHERE = re.compile(r"(?:enligt|se|framgår av)\s+.*(?:bilaga|förteckning|lista|upprop|sida|sid)", re.IGNORECASE)


def _elsewhere(fields: Iterable[Field]) -> Iterator[Doubt]:
    for label in fields:
        for value in label.values:
            if _ELSEWHERE.match(value.string):
                message = "Närvaron står på annan plats, och ingen sådan lista gick att läsa i dokumentet."
                yield Doubt(evidence=Evidence(quote=value), kind="attendance", cue=value.string, message=message)


_NOT_SERVING = re.compile(r"\b(?:ej|icke)\s+(?:tjänstgörande|tjg|beslutande)\b", re.IGNORECASE)
_SERVING = re.compile(r"\bledam[oö]t|beslutande|\btjänstgörande|\btjg\b", re.IGNORECASE)


def _chairs(labelled: Sequence[Field], found: Sequence[Attendee], register: Register) -> Iterator[Attendee]:
    """The chair of a board whose label stands among those of its lists (`Ordförande  N.N.`, `Ledamöter  …`)."""
    for at, label in enumerate(labelled):
        near = [other for other in labelled[max(0, at - 1) : at + 3] if other.group == "members" and other.values]
        if label.group == "chair" and len(label.values) == 1 and any("ledam" in o.label.string.lower() for o in near):
            one = _attendee(label.values[0], _Standing("member", True), register, {})
            if one is not None and all(one.name != other.name for other in found):
                yield one.model_copy(update={"role": label.label.string.strip(" :").lower()})


def _by_seats(rows: Sequence[Attendee], people: People) -> list[Attendee]:
    """The rows of one list; where it tells the seats of a board, who has the role of a guest is none of its members."""
    if not any(one.role and people.seats.fullmatch(one.role) for one in rows):
        return list(rows)
    return [
        one.model_copy(update={"category": "other", "serving": None})
        if one.category == "member" and one.role and people.guests.fullmatch(one.role)
        else one
        for one in rows
    ]


def _standing(label: Field, before: _Standing, people: People) -> _Standing:
    """What a label says of its list: `Ej tjänstgörande ersättare` did not vote, `Deltagare` says nothing of it, `Via
    Teams` only how those were present whom it goes on with."""
    category = _CATEGORY[label.group]
    if how := people.presence_heads.fullmatch(label.label.string.strip(" :")):
        said = _PRESENT_AS.sub("", how.group())
        return replace(before, party=None, organization=None, presence=said[:1].lower() + said[1:] or None)
    if _NOT_SERVING.search(label.label.string):
        return _Standing(category, False)
    serves = category == "member" and _SERVING.search(label.label.string)
    return _Standing(category, True if serves else None)


def _each_once(found: Sequence[Attendee]) -> list[Attendee]:
    """Without rows that say of one person in one capacity what another row says."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for one in found:
        key = (one.name, one.category, one.stands_in_for, one.presence)
        if key not in seen:
            kept.append(one)
        seen.add(key)
    return kept


# ---------------------------------------------------------------- sentences

_BETWEEN = re.compile(r",\s+|\s+(?:och|samt)\s+")
_SAID: tuple[tuple[str, Category], ...] = (("present_sentences", "member"), ("guest_sentences", "other"))


def _from_sentences(running: Sequence[Passage], register: Register) -> list[Attendee]:
    """`Närvarande var Moa Vret (ordförande), Ulf Sten och Ida Ros. Som gäst deltog Eva Dahl, rektor.`"""
    begins = [(start, category) for name, category in _SAID for start in register.words.get(name, ())]
    found: list[Attendee] = []
    for passage in running:
        for sentence in sentences(passage.text):
            for start, category in begins:
                if sentence.string.startswith(f"{start} "):
                    found.extend(_told(sentence[len(start) + 1 :].strip(" ."), _Standing(category), register))
    return found


def _told(names: Text, standing: _Standing, register: Register) -> Iterator[Attendee]:
    """The persons of a running list; a part without a name belongs to the one before it."""
    rows: list[tuple[int, int]] = []
    at = 0
    for cut in [*(m.span() for m in _BETWEEN.finditer(names.string)), (len(names), len(names))]:
        part = (at, cut[0])
        named = register.people.read_row(names.string[slice(*part)]) is not None
        if named or not rows:
            rows.append(part)
        else:
            rows[-1] = (rows[-1][0], part[1])
        at = cut[1]
    read = (_attendee(names[start:end], standing, register, {}) for start, end in rows)
    yield from (attendee for attendee in read if attendee is not None)


# ---------------------------------------------------------------- tables of names

_NAMED = re.compile(r"(?:namn|ledam[oö]t|ledamöter|ersättare|deltagare|förtroendevald)\w*", re.IGNORECASE)
_PRESENT = re.compile(r"(?:närv|deltog|deltar)", re.IGNORECASE)
_IN_PLACE = re.compile(r"(?:tjg|tjänstg|ers)\S*(?:\s+ers\S*)?\s+för|ersätter|(?:i\s?)stället för", re.IGNORECASE)
_SUBSTITUTED = re.compile(
    r"(?:ersätts|ersatt) av|ersättare\b(?!.*\bför)|(?:tjg|tjänstg)\S*\s+ers\S*\Z|inkallad\b", re.IGNORECASE
)
_ON_DUTY = re.compile(r"(?:tjg|tjänstg)", re.IGNORECASE)
_OFF_DUTY = re.compile(r"(?:ej|icke)\s*(?:tjg|tjänstg)", re.IGNORECASE)
_PART = re.compile(r"(?:paragraf|§|ärende|närvarotid|tid\b|anm)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:organisation|medlemsorganisation|förening|kommun\b|arbetsplats|arbetsgivare|representerar|förvaltning)",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?:roll|titel|uppdrag|funktion|befattning)", re.IGNORECASE)
_ABSENT = re.compile(r"[–—-]|nej|ej|frånv\w*\.?|förhinder", re.IGNORECASE)
_CROSS = re.compile(r"[xX×✓✔*1]|ja", re.IGNORECASE)
_VOTE = re.compile(r"(?:ja|nej)\b(?!\s*/)", re.IGNORECASE)

_CATEGORIES_SAID: dict[str, Category] = {
    "övriga": "other",
    "övriga deltagare": "other",
    "övriga närvarande": "other",
    "tjänstepersoner": "other",
    "tjänstemän": "other",
    "ersättare": "substitute",
    "ej tjänstgörande ersättare": "substitute",
    "ledamöter": "member",
    "beslutande": "member",
    "tjänstgörande ersättare": "member",
}


def _above(grid: Grid, lines: Sequence[Line], fields: Sequence[Field]) -> Field | None:
    """The label of an attendance list that stands on the line right above a table."""
    words = lines[grid.first - 1].text.words if grid.first else ()
    return next((label for label in fields if set(words).intersection(label.label.words)), None)


def _is_roll(grid: Grid, above: Field | None, fields: Sequence[Field]) -> bool:
    """Whether a table says who was there: by a column for it, or because it stands under a label for such a list. A
    list of votes alone is none."""
    heads = list(grid.heads.values())
    if not grid.rows:
        return False
    if not any(_NAMED.match(head) for head in heads):
        return False
    if any(_PRESENT.match(head) or _ON_DUTY.match(head) or _OFF_DUTY.match(head) for head in heads):
        return True
    if any(_VOTE.match(head) for head in heads):
        return False
    words = {word for row in grid.rows for cell in row.values() for word in cell.words}
    return above is not None or any(words.intersection(value.words) for label in fields for value in label.values)


_SUBSTITUTES = re.compile(r"ersättare|suppleant(?:er)?")


def _side_by_side(grid: Grid) -> list[Grid]:
    """A table as two, where a column of substitutes beside the members is a list of its own: filled from the top down,
    and not only where somebody is away."""
    named = [c for c in sorted(grid.heads) if _NAMED.match(grid.heads[c])]
    at = next((c for c in named[1:] if _SUBSTITUTES.fullmatch(grid.heads[c])), None)
    filled = [at in row for row in grid.rows]
    if at is None or True not in filled or True in filled[filled.count(True) :]:
        return [grid]
    return [_columns(grid, [c for c in grid.heads if (c < at) == left]) for left in (True, False)]


def _columns(grid: Grid, columns: Sequence[int]) -> Grid:
    """Some columns of a table."""
    rows = [{c: text for c, text in row.items() if c in columns} for row in grid.rows]
    heads = {c: grid.heads[c] for c in columns}
    return replace(grid, heads=heads, rows=[row for row in rows if row])


def _roll(grid: Grid, above: Field | None, fields: Sequence[Field], register: Register) -> Iterator[Attendee]:
    """The persons of a table, each in the capacity that its row, its sub-heading or the label around it tells."""
    labels: dict[Word, Field] = {word: label for label in fields for value in label.values for word in value.words}
    crossed = {
        column
        for column, head in grid.heads.items()
        if any(column in row and _CROSS.fullmatch(row[column].string.strip()) for row in grid.rows)
    }
    standing: _Standing | None = None
    for row in grid.rows:
        cells = {grid.heads[column]: (column, text) for column, text in row.items()}
        head, name = next(
            ((head, text) for head, (_, text) in cells.items() if _NAMED.match(head)), ("", next(iter(row.values())))
        )
        said = _CATEGORIES_SAID.get(name.string.lower().rstrip(":"))
        around = above or (labels.get(name.words[0]) if name.words else None)
        if said or (len(row) == 1 and len(grid.heads) > 1):
            standing = _Standing(said) if said else standing
            continue
        base = standing or (_standing(around, _Standing("member"), register.people) if around else _Standing("member"))
        if standing is None and _SUBSTITUTES.fullmatch(head):
            base = _Standing("substitute")
        attendee = _attendee(name, base, register, {})
        if (came := _came_instead(name, row, grid, base, register)) is not None:
            yield came
        elif attendee is not None and not (
            _crossed_out(row, grid, crossed) or _said_absent(name, row, register.people)
        ):
            yield _told_by_cells(attendee, row, grid, crossed, base, register)


def _came_instead(
    name: Text, row: Mapping[int, Text], grid: Grid, standing: _Standing, register: Register
) -> Attendee | None:
    """Who sat in the place of the person of a row, where a column names her."""
    away = register.people.read_row(name.string)
    for column, text in row.items():
        if away and text is not name and _SUBSTITUTED.match(grid.heads[column]):
            came = _attendee(text, standing, register, {})
            if came is not None and came.stands_in_for is None:
                update = {"stands_in_for": away.name, "category": "member", "serving": True}
                return came.model_copy(update={"evidence": Evidence(quote=_quote(row)), **update})
    return None


def _crossed_out(row: Mapping[int, Text], grid: Grid, crossed: set[int]) -> bool:
    """Whether the row says that its person was not there: so in the column of presence, or by no cross at all."""
    columns = [c for c, head in grid.heads.items() if _PRESENT.match(head)] or [
        c for c, head in grid.heads.items() if (_ON_DUTY.match(head) or _OFF_DUTY.match(head)) and c in crossed
    ]
    said = [row[c].string.strip() for c in columns if c in row]
    if said:
        return all(_ABSENT.fullmatch(text) for text in said)
    return any(c in crossed for c in columns)


def _said_absent(name: Text, row: Mapping[int, Text], people: People) -> bool:
    """Whether a cell beside the name says nothing but that its person was not there."""
    return any(people.absent.fullmatch(text.string.strip(" .()")) for text in row.values() if text is not name)


def _told_by_cells(
    attendee: Attendee,
    row: Mapping[int, Text],
    grid: Grid,
    crossed: set[int],
    standing: _Standing,
    register: Register,
) -> Attendee:
    """A row's name with what its other cells say."""
    update: dict[str, object] = {"evidence": Evidence(quote=_quote(row))}
    people = register.people
    for column, text in row.items():
        head, said = grid.heads[column], text.string.strip()
        cross = bool(_CROSS.fullmatch(said))
        if head == "parti" and not attendee.party:
            update["party"] = people.party(said)
        elif _PLACE.match(head) and not attendee.organization:
            update["organization"] = said
        elif _ROLE.match(head) and not attendee.role:
            update["role"] = people.plain_role(said)
        elif _OFF_DUTY.match(head) and cross:
            update |= {"category": "substitute", "serving": False}
        elif (_IN_PLACE.match(head) or (_ON_DUTY.match(head) and not cross)) and (who := people.read_row(said)):
            update |= {"stands_in_for": who.name, "category": "member", "serving": True}
        elif _ON_DUTY.match(head) and cross:
            update |= {"category": "member", "serving": True}
        elif _PART.match(head) or (_PRESENT.match(head) and not cross):
            update |= _remarked(attendee, said, standing, register) | _part(said, head, register.presence)
    return attendee.model_copy(update=update)


def _remarked(attendee: Attendee, said: str, standing: _Standing, register: Register) -> dict[str, object]:
    """What a cell of remarks says of the person of its row: a role, for whom she sits."""
    read = _attendee(Text(f"{attendee.name}, {said}"), standing, register, {})
    if read is None or read.name != attendee.name:
        return {}
    told = {"role": attendee.role or read.role, "organization": attendee.organization or read.organization}
    if read.stands_in_for:
        told |= {"stands_in_for": read.stands_in_for, "category": "member", "serving": True}
    elif read.category != standing.category:
        told |= {"category": read.category, "serving": read.serving}
    return told


def _part(said: str, head: str, presence: Presence) -> dict[str, object]:
    """What a cell says of presence at a part of the meeting; the unit may stand in the head alone."""
    present = presence.read(said)
    if present.words is None and re.match(r"\d", said) and re.match(r"paragraf|§", head, re.IGNORECASE):
        present = presence.read(f"§ {said}")
        return {"presence": said, "section_from": present.first, "section_to": present.last, "matter": present.matter}
    if present.words is None:
        return {}
    return {
        "presence": present.words,
        "section_from": present.first,
        "section_to": present.last,
        "matter": present.matter,
    }


def _quote(row: Mapping[int, Text]) -> Text:
    return unwrap(row[column] for column in sorted(row))
