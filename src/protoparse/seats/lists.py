"""Elections told as a list: a sentence that opens it (`Till ledamöter i valnämnden väljs`), then a name a line."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from protoparse.cues import Cue
from protoparse.models import Passage, Zone
from protoparse.seats.clauses import LIST_GAP
from protoparse.seats.pairs import officer
from protoparse.seats.parts import DECIDING, Clause, Person, Row, Sentence, needs_of
from protoparse.seats.persons import persons_in
from protoparse.seats.posts import posts_in, small
from protoparse.seats.reading import Kit, cues_in, decided, read_sentence
from protoparse.seats.rows import TELLING, is_open, is_passing
from protoparse.seats.sides import clause_group
from protoparse.seats.spans import span_of
from protoparse.sentences import sentences
from protoparse.text import Text, join

_SAME_TERM = re.compile(r"\bsamma\s+(?:tid|tidsperiod|period|mandatperiod|mandattid)\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*(?P<words>[^:.;]{3,60}?)\s*:\s*(?=\S)")
_SEGMENT = re.compile(
    r"(?:^|(?<=[\w).,;]\s))(?P<words>(?:(?:vice|ordinarie|personlig[ae]?)\s+)?[^\W\d_]+)(?P<colon>:)?(?=\s+(?-i:[A-ZÅÄÖ]))",
    re.IGNORECASE,
)
_RUN_IN = re.compile(r"\s*(?P<words>(?:[Vv]ice\s+|[Oo]rdinarie\s+|[Pp]ersonlig[ae]?\s+)?[^\W\d_]+)\s+(?=[A-ZÅÄÖ])")
_BARE_LABEL = re.compile(r"\s*(?P<words>[^:.;]{3,60}?)\s*:?\s*\Z")
_ORDINARY = re.compile(r"ordinarie(?:\s+ledam\w+)?", re.IGNORECASE)
_AFTER = re.compile(r"\s*,?\s+(?:efter|i\s?stället för|ersätter)\s+(?:(?:avlidn|framlidn|avgåend|avgångn)[ea]\s+)?\Z")
_REST = re.compile(r"[\s,.;]*(?:\(?(?:om|ny|fyllnads)val(?:d)?\)?)?[\s,.;]*\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[;,]\s*)?(?:\(?(?:om|ny)val(?:d)?\)?)?[;,]?\s*\Z", re.IGNORECASE)
_SEAT = re.compile(
    r"\s*,?\s*((?:[\w:]+\.?\s+)?(?:v\.?\s+|vice\s+)?(?:ordf(?:örande)?|sammankallande|kassör|sekreterare))\b\.?",
    re.IGNORECASE,
)
_AS = re.compile(r"\s*,?\s*(?:från\s+(?:uppdraget|sitt uppdrag|uppdragen)\s+)?(som\s+)(?=\S)")
_EMPTY = re.compile(r"\s*(?:vakant|vakans)\b(?!.*\b(?:utses|väljs)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opening:
    """What the sentence that opens a list says of all its lines."""

    text: Text
    cue: Cue
    position: str | None
    group: str | None
    represents: str | None
    start: datetime.date | None
    until: datetime.date | None
    new: bool
    titled: bool = False  # the title of the section opens it


# A quick look before the grammar: a colon at the end, or a word that elects or releases.
MAY_OPEN = re.compile(
    r":\s*\Z|(?i:\b(?:uts|välj|val[dt]|omv|nyv|inv|återv|förordn|utnämn|tills[aä]tt|entledig|befri|avsäg))"
)


def opening_of(kit: Kit, passage: Passage, before: list[Row]) -> Opening | None:
    """The opening of a list, where the last sentence of a passage elects or releases and names nobody.

    `before` are the rows of the section so far: `för samma tid` is theirs.
    """
    if passage.zone not in TELLING or passage.text.string.rstrip().endswith((".", "?", "!")):
        return None
    if not MAY_OPEN.search(passage.text.string):
        return None
    text = [decided(sentence, passage.zone) for sentence in sentences(passage.text)[-1:]]
    cues = cues_in(kit, text[0].string, passage.zone) if text else []
    main = next((cue for cue in cues if opens(cue)), None)
    if main is None or any(cue.rule.get("form") in ("stop", "not") for cue in cues) or is_open(text[0].string):
        return None
    sentence = read_sentence(kit, text[0], cues)
    return None if sentence.persons else _opening(kit, sentence, main, before)


_ORGAN_SEATS = re.compile(
    r"\b\w*(?:styrelse|nämnd|råd|utskott|beredning|kommitté|ledam[oö]t|ledamöt|ersättare|suppleant|revisor|kassör|ombud|representant)",
    re.IGNORECASE,
)
_ELECTED = re.compile(r"\((?:om|ny|fyllnads)val(?:d)?\)", re.IGNORECASE)


def is_election(title: str | None) -> bool:
    """Whether a title may be that of an election to seats of an organ; who leads the meeting is no such."""
    return bool(title and "val" in title[:14].lower() and _ORGAN_SEATS.search(title))


def opening_of_title(kit: Kit, title: str | None, heading: Text | None) -> Opening | None:
    """The opening that an election's title is: `Val av styrelse`, with lines like `Ordförande: A` below."""
    if not title:
        return None
    cues = [cue for cue in kit.cues.find(title) if cue.rule.get("form") in ("heading", "stop", "not")]
    if not cues or any(cue.rule.get("form") != "heading" for cue in cues) or cues[0].start > 14:
        return None
    sentence = read_sentence(kit, heading or Text(title), cues)
    if sentence.persons:
        return None
    start, until = span_of(sentence, Clause(cues[0], 0, len(title)), kit.meeting.date)
    group = kit.post.group if kit.post else None
    return Opening(sentence.text, cues[0], None, group, None, start, until, False, titled=True)


def segments(kit: Kit, passage: Passage) -> list[Passage]:
    """A paragraph under an election's title as its lines, one for each label; none where the first has no label.

    Outside a decision each line must be a label with a colon, or say that somebody is elected (`omval`).
    """
    string = passage.text.string
    if passage.zone not in TELLING:
        return []
    starts = [
        match.start("words")
        for match in _SEGMENT.finditer(string)
        if _position(kit, match.group("words"))
        and (passage.zone in DECIDING or match.group("colon") or _ELECTED.search(string))
    ]
    if not starts or string[: starts[0]].strip():
        return []
    ends = [*starts[1:], len(string)]
    return [replace(passage, text=passage.text[a:b].strip()) for a, b in zip(starts, ends, strict=True)]


def opens(cue: Cue) -> bool:
    """Whether a wording may open a list of those who are elected or released."""
    change, form = cue.rule.get("change"), cue.rule.get("form")
    if change == "appointment":
        elects = form in (None, "verb", "heading") and cue.rule.get("after") == "incoming"
        return elects or (form == "label" and bool(needs_of(cue) & {"label-post", "next"}))
    return change == "departure" and cue.rule.get("after") == "outgoing" and form != "grant"


def _opening(kit: Kit, sentence: Sentence, cue: Cue, before: list[Row]) -> Opening | None:
    clause = Clause(cue, 0, len(sentence.string))
    posts = sentence.posts or ([kit.post] if kit.post else [])
    start, until = span_of(sentence, clause, kit.meeting.date)
    if any(is_passing(kit.words, post, until) for post in posts):
        return None
    group = next((post.group for post in posts if post.group), None) or clause_group(sentence, clause)
    if not posts and not group and cue.rule.get("change") == "appointment" and "följande" not in sentence.string:
        return None
    if _SAME_TERM.search(sentence.string):
        start, until = start or _last(before, "start"), until or _last(before, "until")
        group = group or next((row.group for row in reversed(before) if row.group), None)
    alone = len(posts) == 1 and len(posts[0].positions) == 1
    new = bool(re.search(r"\b(?:ny|nya|nye)\s", sentence.string))
    represents = posts[0].represents if posts else None
    return Opening(sentence.text, cue, posts[0].positions[0] if alone else None, group, represents, start, until, new)


def _last(rows: list[Row], name: str) -> datetime.date | None:
    return getattr(rows[-1], name) if rows else None


def same_term(rows: list[Row], before: list[Row]) -> list[Row]:
    """Rows told `för samma tid`, with the days of the one before them."""
    return [
        replace(row, start=row.start or _last(before, "start"), until=row.until or _last(before, "until"))
        if before and _SAME_TERM.search(row.quote.string)
        else row
        for row in rows
    ]


def listed(kit: Kit, opening: Opening, passage: Passage) -> tuple[list[Row], Opening] | None:
    """The rows of one line of a list, and the opening with the label that the line sets; None where it is no line."""
    string = passage.text.string
    if opening.cue.rule.get("form") == "label" and "next" in needs_of(opening.cue) and _LABEL.match(string):
        return None  # `Ny ledamot: A`, then `Ansvarig: B`
    seat = _position(kit, passage.cell.head.capitalize()) if passage.cell else None
    if seat and kit.words.member.search(seat):
        opening = replace(opening, position=seat)  # two columns: who is elected, and her deputy
    elif passage.zone is Zone.ATTENDANCE:
        position = _position(kit, passage.heading or "")
        opening = replace(opening, position=position)
        if position is None:
            return None
    elif passage.zone not in TELLING:
        return None
    if _EMPTY.match(string):
        return [], opening
    if (label := _LABEL.match(string)) and (position := _position(kit, label.group("words"))):
        rows = _rows(kit, replace(opening, position=position), passage, label.end())
        return (rows, opening) if rows is not None else None
    if opening.titled and (label := _RUN_IN.match(string)) and (position := _position(kit, label.group("words"))):
        rows = _rows(kit, replace(opening, position=position), passage, label.end())
        return (rows, opening) if rows is not None else None
    if (bare := _BARE_LABEL.match(string)) and (position := _position(kit, bare.group("words"))):
        return [], replace(opening, position=position)
    rows = _rows(kit, opening, passage, 0)
    return (rows, opening) if rows is not None else None


def _position(kit: Kit, words: str) -> str | None:
    """The position that a label names: `Ersättare`, `ordinarie`, `Personliga suppleanter`."""
    said = words.strip()
    if _ORDINARY.fullmatch(said):
        return "ledamot"
    found = kit.people.titles.next(said)
    if found is None or found[1] != len(said) or len(said[: found[0]].split()) > 2:
        return None
    singular = kit.people.titles.singular(said[found[0] : found[1]])
    return singular[:1].lower() + singular[1:]


def _rows(kit: Kit, opening: Opening, passage: Passage, at: int) -> list[Row] | None:
    """A line that holds nothing but names, with what belongs to them, as rows."""
    string = passage.text.string
    names = kit.people.names.within(string, kit.meeting.names)
    persons = persons_in(kit.people, kit.words, string, names, (), kit.dates(string))
    if not persons or string[at : persons[0].start].strip():
        return None
    quote, rows = join([opening.text.strip(" :"), passage.text]), list[Row]()
    ends = [*(person.start for person in persons[1:]), len(string)]
    before = ""
    for n, (person, end) in enumerate(zip(persons, ends, strict=True)):
        person, gap = _with_seat(kit, person, string[person.end : end])
        if n and _AFTER.fullmatch(before) and rows[-1].incoming:
            rows[-1] = replace(rows[-1], kind="replacement", outgoing=person)
        elif n and not (LIST_GAP.match(before) or _BETWEEN.fullmatch(before)):
            return None
        else:
            rows.append(_row(kit, opening, passage, person, quote))
        before = gap
    return rows if _REST.match(before) else None


def _with_seat(kit: Kit, person: Person, gap: str) -> tuple[Person, str]:
    """`A (S), 1:e v ordf B (M)`: a person with the seat that stands behind her, and what is left of the gap."""
    if as_what := _AS.match(gap):
        posts = posts_in(kit.people, kit.words, gap[as_what.start(1) :], ())
        if len(posts) == 1 and as_what.start(1) + posts[0].end >= len(gap.rstrip(" .,;")):
            about = person.about._replace(role=posts[0].positions[0], organization=posts[0].group)
            return replace(person, about=about), ""
    said = _SEAT.match(gap)
    post = officer(kit.words.member, said.group(1)) if said and person.about.role is None else None
    if not said or post is None:
        return person, gap
    return replace(person, about=person.about._replace(role=post)), gap[said.end() :]


def _row(kit: Kit, opening: Opening, passage: Passage, person: Person, quote: Text) -> Row:
    leaves = opening.cue.rule.get("change") == "departure"
    position, group = small(person.office) if person.office else opening.position, opening.group
    role = person.about.role
    if role and (post := officer(kit.words.member, role)):
        position = post
        if person.about.organization and kit.words.group.search(person.about.organization):
            group = person.about.organization
        kept = None if group == person.about.organization else person.about.organization
        person = replace(person, about=person.about._replace(role=None, organization=kept))
    return Row(
        "departure" if leaves else "appointment", None if leaves else person, person if leaves else None,
        opening.cue.rule.id, quote, passage, group, position, opening.represents, opening.start, opening.until,
        label=opening.cue.rule.get("form") == "label" and passage.zone not in DECIDING,
        new=opening.new, needs=needs_of(opening.cue) - {"asked"},
    )  # fmt: skip
