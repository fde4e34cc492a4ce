"""Who joins, leaves and replaces whom: lasting changes of persons, read sentence by sentence.

A sentence is cut into clauses, one for each wording (`rules/roster.yml`) that tells of a change. The rule says which
side of its wording is the one who comes and which the one who leaves; persons, positions, groups and dates are read by
grammar. What a section tells in several places (title, background, decision) is then put together.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import pairwise

from protoparse.cues import Cue, CueFinder
from protoparse.dates import Mention
from protoparse.models import Doubt, Evidence, Meeting, Passage, RosterChange, RosterKind, Zone
from protoparse.people import Described, People
from protoparse.sentences import sentences
from protoparse.text import Text, join

DateReader = Callable[[str], list[Mention]]

_TELLING = frozenset({Zone.BODY, Zone.DECISION, Zone.DECISION_GROUP, Zone.INFORMATION})
_NOTES = frozenset({"nyhetsbrev", "minnesanteckningar"})  # their `Bakgrund` and `Inledning` tell news
_DECIDING = frozenset({Zone.DECISION, Zone.DECISION_GROUP})
_HIDDEN = "\x01"  # stands for the characters of a person in a masked sentence
_DATED = "\x02"  # stands for the characters of a date

_GROUP = re.compile(
    r"\b(?i:[\w-]*(?:grupp(?:en|erna)?|nätverk(?:et)?|nämnd(?:en|erna)?|styrelse(?:n)?|fullmäktige|utskott(?:et)?|råd(?:et)?"
    r"|beredning(?:en)?|presidi(?:um|et)|ledning(?:en)?|kommitt[ée](?:n)?|forum(?:et)?|direktion(?:en)?|team(?:et)?"
    r"|delegation(?:en)?|förbund(?:et)?|stiftelse(?:n)?|förening(?:en)?|bolag(?:et)?|revision(?:en)?|stämma(?:n)?"
    r"|kollegi(?:um|et)|panel(?:en)?|kansli(?:et)?|organisation(?:en)?|samverkan)s?)(?![\w])|\b(?:AB|Aktiebolag|HB|ALU|AU)\b"
)
# Where a noun phrase (a group's name) ends: marks, hidden persons and dates, and words that go on with something else.
_STOP_WORDS = [
    "godkänns", "beviljas", "bifalls", "medges", "noteras", "läggs", "anmäls", "anmäldes", "som", "efter", "när",
    "då", "sedan", "medan", "där", "vilken", "vilket", "utses", "väljs", "att", "har", "hade", "är", "blir", "inte",
    "även", "med", "genom", "enligt", "under", "till", r"på \d+", "fram till", "från", r"fr\.?\s?o\.?\s?m\.?",
    r"t\.?\s?o\.?\s?m\.?", "vid", "på grund", "i stället", "i hans", "i hennes", "i deras", "i dennes", "i ställe",
    "istället", "representant",
    "för (?:tiden|perioden|mandatperioden|resten|återstoden|återstående|åren|år|en|innevarande|att|den tid)",
]  # fmt: skip
_STOP_AFTER_AND = [
    "till", "som", "har", "är", "blir", "går", "ska", "kommer", r"önska\w*", r"tacka\w*", r"avtacka\w*",
    r"hälsa\w*", "i hans", "i hennes", "i dennes", "därmed", r"begär\w*", r"uppdra\w*", "ger", r"noterar\w*",
    r"översänd\w*", r"ersätt\w*", r"beslut\w*", r"utse\w*", r"välj\w*", r"\w*val",
    r"inled\w*", r"återgå\w*", r"fortsätt\w*",
    r"kvarst\w*", r"\w+r (?:sin|sitt|ny)",
]  # fmt: skip
_STOP = re.compile(
    r"(?<!-),|[;:](?=\s|$)|\.(?=\s*$)|\s[–—-]\s|[\x01\x02(]"
    rf"|\s(?:{'|'.join(_STOP_WORDS)}|(?:och|samt) (?:{'|'.join(_STOP_AFTER_AND)}))(?![\w])"
)
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
_CONNECTOR = re.compile(r"\s*;\s*|\s*,?\s+(?:och|samt|men|medan|varvid|varefter|då|när|sedan|eftersom|varpå)\s+|,\s+")
_LIST_GAP = re.compile(r"\s*(?:,|,?\s*(?:och|samt|respektive|resp\.?|&|/)|,\s*(?:och|samt))\s*\Z")
_BEFORE_PERSON = re.compile(r"([\w.]+)\s*$")
# fmt: off
_NO_SUBJECT = frozenset([
    "av", "från", "med", "enligt", "hos", "till", "för", "mot", "om", "åt", "vid", "utom", "förutom", "jämte",
    "genom", "efter", "över", "mellan", "under", "på", "i", "inför", "inklusive",
])
# What may stand between a person and the wording that she is the subject of.
_GAP_WORDS = frozenset([
    "har", "hade", "är", "blir", "blev", "ska", "skall", "kommer", "att", "nu", "också", "även", "därmed", "därför",
    "sedan", "själv", "i", "skrivelse", "skrivelsen", "brev", "mejl", "mail", "e-post", "daterad", "daterat",
    "inkommen", "inkom", "inkommit", "den", "med", "en", "ett", "begäran", "anmält", "anmäler", "meddelat",
    "meddelar", "meddelade", "informerar", "berättar", "om", "hon", "han", "hen", "begärt", "få", "bli", "på",
    "egen", "idag", "dag", "härmed", "numera", "åter", "enhälligt", "enhälliga", "som", "vid", "år", "för", "från",
    "och", "tidigare", "ordinarie", "kommunen", "kommunfullmäktige", "fullmäktige", "av", "kommunstyrelsen",
    "nämnden", "styrelsen", "styrgruppen", "länsstyrelsen", "juni", "nyligen", "redan", "snart", "formellt",
    "förra", "tillsvidare", "tillfälligt", "under", "våren", "hösten", "sommaren", "vintern", "året", "därefter",
    "denna", "detta", "sitt", "uppdrag", "pension", "gått", "avgående", "välkomnas", "hälsas", "hälsades", "önskas",
    "önskades", "egna", "personliga", "skäl", "grund", "hälsoskäl", "flytt", "samt", "dels",
])
# fmt: on
_THEN = re.compile(
    r"\b(?:från|fr\.o\.m\.|från och med)\s+(?:och med\s+)?(?:nu|i dag|idag|dagens datum|dags dato)\b", re.IGNORECASE
)
_TERM = re.compile(
    r"\b(?:för|under|på)\s+(?:tiden|perioden|mandatperioden|mandattiden|åren|år|tidsperioden|kalenderåret"
    r"|(?:resten|återstoden) av \w+|återstående \w+|innevarande mandatperiod,?)[\s(]*$"
    r"|^(?:perioden|mandatperioden|åren|tiden)\s+"
)
_RANGE = re.compile(r"(?:från|fr\.|from)\b.*\b(?:till|t\.)", re.IGNORECASE)
# A date behind one of these is that of a letter or a decision, not of the change.
_OLD_LETTER = re.compile(
    r"(?:skrivelse|skrivelsen|brev|mejl|mail|e-post|daterad|daterat|inkom|inkommen|inkommit|beslutade|utsåg|valde"
    r"|fullmäktige|nämnden|styrelsen|begäran|avsägelse|KF)\s*(?:den\s*)?$"
)
_ELECTION = re.compile(r"\b(?:\w*val|omval|nyval|byte|ny|nya|ersättare efter|efterträdare)\b", re.IGNORECASE)
_RESIGNATION = re.compile(r"\b(?:avsäg\w*|entledig\w*|avgång|avgår|befrielse|utträde)\b", re.IGNORECASE)
_MEMBER = re.compile(
    r"(?:ledamot|ersättare|suppleant|deltagare|representant|medlem|ordförande|ombud|revisor|kontaktperson|nämndeman|huvudman)$",
    re.IGNORECASE,
)
_STANDS_FOR = re.compile(
    r"(?:representant|företrädare|ombud|ledamot|ersättare|suppleant|deltagare|medlem)$", re.IGNORECASE
)
_MEETING_POST = re.compile(
    r"(?:justerare|rösträknare|mötesordförande|mötessekreterare|justeringsperson)", re.IGNORECASE
)
# fmt: off
_AFTER_JOB = frozenset([
    "i", "på", "som", "vid", "sin", "sitt", "den", "och", "efter", "till", "under", "nu", "samt", "inom", "från",
    "snart", "redan", "hos", "när", "då", "medan", "men", "om", "fr", "t",
])
# fmt: on
# A section about the meeting itself.
_FORMAL = re.compile(
    r"\bjuster(?:are|ing\w*|ande|a)\b|\bprotokollsjuster|\brösträknare\b|\bmötes(?:ordförande|sekreterare|presidium)"
    r"|\bmötets (?:öppnande|ordförande)|\b(?:ordförande|sekreterare)\b.* för (?:mötet|sammanträdet|dagen)|\bupprop\b",
    re.IGNORECASE,
)
_ONE_MEETING = re.compile(r"(?:stämma|årsmöte|möte|kongress|konferens|ting)(?:n|t|en|et|s)?\b", re.IGNORECASE)
_EMPLOYER = re.compile(
    r"\s+(?:i|på|vid|inom|hos)\s+(?:[\w-]+\s+){0,3}[\w-]*(?:kommun|region|förvaltning|kontor|län|AB)(?:en|et)?\b"
)
_STARTS_OPEN = re.compile(r"\s*(?:Om|Ifall|Huruvida|Vem|Vilka|Vilken|Kan|Ska|Skall|Bör)\s")
_SUBSTITUTE_OF = re.compile(r"(?:\btill|\bsom)\s+(?:personlig\s+)?(?:ersättare|suppleant)\s+för\s*$")


# ---------------------------------------------------------------- what a sentence holds


@dataclass(frozen=True, slots=True)
class _Person:
    """A person in a sentence: `start` to `end` holds the office before the name, the name and the apposition."""

    start: int
    end: int
    name: str
    about: Described
    office: str | None = None  # the membership noun before the name: `tidigare deltagare Per Ek`


@dataclass(frozen=True, slots=True)
class _Post:
    """A position with its group: `ledamot i valnämnden`."""

    start: int
    end: int
    positions: tuple[str, ...]
    group: str | None = None
    represents: str | None = None
    paired: bool = False  # `ordförande respektive vice ordförande`: one each


@dataclass(slots=True)
class _Sentence:
    """A sentence with all that the grammar found in it."""

    text: Text
    string: str
    cues: list[Cue]
    persons: list[_Person]
    mentions: list[Mention]
    masked: str
    posts: list[_Post] = field(default_factory=list)
    organ: str | None = None


@dataclass(frozen=True, slots=True)
class _Clause:
    cue: Cue
    start: int
    end: int
    shared: tuple[_Person, ...] = ()  # the subject of the clause before, where this one has none of its own


@dataclass(frozen=True, slots=True)
class _Row:
    """A change as one clause tells it, before the section is put together."""

    kind: RosterKind
    incoming: _Person | None
    outgoing: _Person | None
    rule: str
    quote: Text
    passage: Passage
    group: str | None = None
    position: str | None = None
    represents: str | None = None
    start: datetime.date | None = None
    until: datetime.date | None = None
    label: bool = False
    new: bool = False
    needs: frozenset[str] = frozenset()
    hint: bool = False  # tells who left a seat, but no change of its own (`val av ledamot efter A`)


@dataclass(frozen=True, slots=True)
class _Kit:
    """What does not change while a document is read."""

    meeting: Meeting
    cues: CueFinder
    people: People
    dates: DateReader
    last: _Person | None = None  # who left in the sentence before: `efter honom`, `Hon ersätts av …`
    post: _Post | None = None  # the seat that the section's title says is filled


def find_roster_changes(
    meeting: Meeting,
    passages: Sequence[Passage],
    cues: CueFinder,
    people: People,
    dates: DateReader,
    titles: Mapping[int, str] | None = None,
    headings: Mapping[int, Text] | None = None,
) -> tuple[list[RosterChange], list[Doubt]]:
    """The roster changes of a document in order, and the wordings that gave no safe row.

    `titles` and `headings` are the sections' titles as strings and as printed, by the section's ordinal.
    """
    kit = _Kit(meeting, cues, people, dates)
    rows: list[RosterChange] = []
    doubts: list[Doubt] = []
    for section, group in _by_section(passages).items():
        title = (titles or {}).get(section) if section is not None else None
        heading = (headings or {}).get(section) if section is not None else None
        found, unread = _section(kit, group, title, heading)
        rows.extend(found)
        doubts.extend(unread)
    return rows, doubts


def _by_section(passages: Iterable[Passage]) -> dict[int | None, list[Passage]]:
    groups: dict[int | None, list[Passage]] = {}
    for passage in passages:
        groups.setdefault(passage.section, []).append(passage)
    return groups


# ---------------------------------------------------------------- a section


def reads(passage: Passage, meeting: Meeting, sections: frozenset[int | None] = frozenset()) -> bool:
    """Whether a change that a passage tells counts by itself; `sections` has no say here."""
    return passage.zone in _TELLING or (passage.zone is Zone.BACKGROUND and meeting.kind in _NOTES)


def _section(
    kit: _Kit, passages: Sequence[Passage], title: str | None, heading: Text | None
) -> tuple[list[RosterChange], list[Doubt]]:
    if title and _FORMAL.search(title):
        return [], []
    kit = replace(kit, post=_post_of_title(kit, title))
    rows: list[_Row] = []
    told: list[_Row] = []
    doubts: list[Doubt] = []
    granted: Passage | None = None
    for passage in passages:
        if passage.zone not in _TELLING and passage.zone is not Zone.BACKGROUND:
            continue
        found, unread, grants = _passage(kit, passage)
        if not reads(passage, kit.meeting):  # a resignation told in the background counts when it is granted
            told.extend(row for row in found if row.kind == "departure")
            rows.extend(row for row in found if _is_ahead(kit, row))
            continue
        rows.extend(found)
        doubts.extend(unread)
        if grants and granted is None:
            granted = passage
    label = _title_rows(kit, title, heading, passages)
    rows = _put_together(rows, told, label, title, granted, passages)
    group = _group_of_title(kit, title)
    organ = kit.meeting.organ
    return [
        _record(replace(row, group=_full_group(row.group, organ) if row.group else None), group) for row in rows
    ], doubts


def _is_ahead(kit: _Kit, row: _Row) -> bool:
    """A departure on a day to come counts wherever it is told; a resignation must be granted, the past is past."""
    day = kit.meeting.date
    return row.kind == "departure" and "asked" not in row.needs and bool(row.start and day and row.start >= day)


def _post_of_title(kit: _Kit, title: str | None) -> _Post | None:
    """The seat of a title like `Val av ledamot i valnämnden`."""
    if not title or not _ELECTION.search(title):
        return None
    posts = _posts(kit.people, title, ())
    return posts[0] if len(posts) == 1 else None


def _title_rows(kit: _Kit, title: str | None, heading: Text | None, passages: Sequence[Passage]) -> list[_Row]:
    """What the section's title says of persons: `Avsägelse som ledamot i N - A (S)`, `Ledamot i N efter A, B`."""
    if not title or not passages:
        return []
    passage = replace(passages[0], text=heading or Text(title), zone=Zone.BODY)
    rows, _, _ = _sentence_rows(kit, Text(title), passage)
    return [replace(row, quote=heading or Text(title), label=True) for row in rows]


def _put_together(
    rows: list[_Row],
    told: list[_Row],
    label: list[_Row],
    title: str | None,
    granted: Passage | None,
    passages: Sequence[Passage],
) -> list[_Row]:
    """Title, background and decision of one matter: the decision counts, the others fill in what it leaves out."""
    hints = [*label, *(row for row in rows if row.label or row.hint)]
    firm = [row for row in rows if not (row.label or row.hint)]
    rows = [row for row in rows if not row.hint]
    leaving = [*hints, *told]
    firm = [_completed(_with_outgoing(row, leaving, title), leaving) for row in firm]
    decided = [row for row in firm if row.passage.zone in _DECIDING]
    firm = [row for row in firm if row in decided or not _repeats(row, decided)]
    loose = [row for row in hints if row not in label and not row.hint and not _repeats(row, firm)]
    release = _release([row for row in (*told, *label, *loose) if not row.hint], firm, title, granted, passages)
    from_title = _from_title(label, firm, release, passages)
    return _unique([*firm, *(row for row in loose if not _repeats(row, release)), *release, *from_title])


def _repeats(row: _Row, others: Iterable[_Row]) -> bool:
    """Whether another row already tells what this one tells: the same person comes, or the same person leaves."""
    for other in others:
        if row is other:
            continue
        same_in = row.incoming and other.incoming and row.incoming.name == other.incoming.name
        same_out = row.outgoing and other.outgoing and row.outgoing.name == other.outgoing.name
        if (same_in and _same_post(row, other)) or (same_out and not (row.incoming and not same_in)):
            return True
    return False


def _same_post(a: _Row, b: _Row) -> bool:
    return _agree(a.group, b.group) and _agree_words(a.position, b.position)


def _agree(a: str | None, b: str | None) -> bool:
    return not a or not b or _fold(a) == _fold(b) or _fold(a) in _fold(b) or _fold(b) in _fold(a)


def _agree_words(a: str | None, b: str | None) -> bool:
    return not a or not b or bool(set(re.split(r",?\s+och\s+|,\s*", a)) & set(re.split(r",?\s+och\s+|,\s*", b)))


def _fold(group: str) -> str:
    return re.sub(r"[\W_]+", "", group).lower()


def _with_outgoing(row: _Row, hints: Sequence[_Row], title: str | None) -> _Row:
    """An election completed with the one who leaves, as the title or the background tells it."""
    if row.kind != "appointment" or row.incoming is None:
        return row
    names = {
        hint.outgoing.name: hint
        for hint in hints
        if hint.outgoing
        and hint.outgoing.name != row.incoming.name
        and _same_post(row, hint)
        and _may_fill(row, hint, title)
    }
    if len(names) != 1:
        return row
    hint = next(iter(names.values()))
    return replace(row, kind="replacement", outgoing=hint.outgoing, group=row.group or hint.group)


def _completed(row: _Row, hints: Sequence[_Row]) -> _Row:
    """A departure or replacement with the seat that the title or the background names."""
    for hint in hints:
        same = row.outgoing and hint.outgoing and row.outgoing.name == hint.outgoing.name
        if same and hint is not row and _same_post(row, hint):
            row = _filled(row, replace(hint, start=None, until=None))
    return row


def _may_fill(row: _Row, hint: _Row, title: str | None) -> bool:
    """Whether a told departure is of the seat that is filled: the title or the sentence speaks of a new holder."""
    if hint.label and hint.incoming is not None and row.incoming is not None:
        return _same_person(hint.incoming.name, row.incoming.name)
    return row.new or hint.kind == "replacement" or bool(_ELECTION.search(title or "")) or hint.label


def _same_person(a: str, b: str) -> bool:
    """Whether two names of one matter are one person's, a slip of the pen apart (`Persson`, `Pehrsson`)."""
    return a == b or (a.split()[0] == b.split()[0] and SequenceMatcher(None, a, b).ratio() > 0.85)


def _release(
    told: Sequence[_Row], firm: Sequence[_Row], title: str | None, granted: Passage | None, passages: Sequence[Passage]
) -> list[_Row]:
    """Resignations told in the title or the background that the section grants."""
    if any(row.kind == "departure" and row.passage.zone in _DECIDING for row in firm):
        return []
    resigning = bool(_RESIGNATION.search(title or "")) and not _ELECTION.search(title or "")
    decided = [p for p in passages if p.zone in _DECIDING]
    if granted is None and not (resigning and decided and not any(_REFUSED.search(p.text.string) for p in decided)):
        return []
    if granted is None and any(row.kind != "departure" for row in firm):
        return []
    best: dict[str, _Row] = {}
    for row in told:
        if row.kind == "departure" and row.outgoing:
            before = best.get(row.outgoing.name)
            best[row.outgoing.name] = _filled(before, row) if before else row
    return list(best.values())


_REFUSED = re.compile(r"\b(?:avslå\w*|bordl\w+|återremitt\w+|inte|avslag)\b", re.IGNORECASE)


def _filled(row: _Row, other: _Row) -> _Row:
    """A row with what another row of the same change knows more."""
    outgoing = row.outgoing
    if outgoing and other.outgoing and not outgoing.about.party:
        outgoing = replace(outgoing, about=outgoing.about._replace(party=other.outgoing.about.party))
    return replace(
        row,
        outgoing=outgoing,
        group=row.group or other.group,
        position=row.position or other.position,
        until=row.until or other.until,
        start=row.start or other.start,
    )


def _from_title(
    label: Sequence[_Row], firm: Sequence[_Row], release: Sequence[_Row], passages: Sequence[Passage]
) -> list[_Row]:
    """An election told whole by the title, where the decision names nobody (`enligt valberedningens förslag`)."""
    decided = [p for p in passages if p.zone in _DECIDING]
    if firm or release or not decided or any(_REFUSED.search(p.text.string) for p in decided):
        return []
    return [row for row in label if row.incoming is not None]


def _unique(rows: Iterable[_Row]) -> list[_Row]:
    seen: dict[tuple[object, ...], _Row] = {}
    for row in rows:
        key = (
            row.kind, row.incoming and row.incoming.name, row.outgoing and row.outgoing.name,
            _fold(row.group or ""), row.position,
        )  # fmt: skip
        seen.setdefault(key, row)
    return list(seen.values())


_NAMES_GROUP = re.compile(
    r"(?:[Ss]amordnande |[Ll]änets )?(?i:[\w-]*(?:grupp|nätverk))(?:en|et)?(?:\s+[A-ZÅÄÖ][\w/-]*(?:\s+[\w/-]+){0,5})?"
)
_SEAT_TITLE = re.compile(r"\b(?:i|inom|till|val av|ny deltagare|nya deltagare|ny representant)\s+(?=\S)", re.IGNORECASE)


def _group_of_title(kit: _Kit, title: str | None) -> str | None:
    """The group that a title names (`Byte av deltagare i samordnande grupp Unga`) or is (`Nätverket Unga`)."""
    if not title:
        return None
    if _NAMES_GROUP.fullmatch(title):
        return _small(title)
    posts = _posts(kit.people, title, ())
    named = next((post.group for post in posts if post.group), None)
    if named:
        return named
    lead = _SEAT_TITLE.search(title)
    if lead and re.search(r"\b(?:[Bb]yte|[Nn]ya?|\w*[Vv]al)\b", title[: lead.end()]):
        chunk = _chunk(title, lead.end(), ())
        several = bool(re.search(r"(?:grupper|nämnder|styrelser)(?:na)?$", chunk)) or len(_GROUP.findall(chunk)) > 1
        return chunk if chunk and _GROUP.search(chunk) and not several else None
    return None


_BARE_GROUP = re.compile(r"(?i:[a-zåäö]*(?:gruppen|nätverket))")


def _full_group(group: str | None, title_group: str | None) -> str | None:
    """`gruppen` under the heading `Arbetsgrupp Unga` is that group."""
    if not group or not title_group or not _BARE_GROUP.fullmatch(group):
        return group or title_group
    stem = re.sub(r"(?:en|et|n)$", "", _fold(group))
    return title_group if stem in _fold(title_group) and " " in title_group else group


def _record(row: _Row, title_group: str | None) -> RosterChange:
    incoming, outgoing = row.incoming, row.outgoing
    return RosterChange(
        evidence=Evidence(quote=row.quote, rule=row.rule),
        kind=row.kind,
        incoming=incoming.name if incoming else None,
        incoming_role=incoming.about.role if incoming else None,
        incoming_organization=incoming.about.organization if incoming else None,
        incoming_party=incoming.about.party if incoming else None,
        outgoing=outgoing.name if outgoing else None,
        outgoing_role=outgoing.about.role if outgoing else None,
        outgoing_organization=outgoing.about.organization if outgoing else None,
        outgoing_party=outgoing.about.party if outgoing else None,
        group_name=_full_group(row.group, title_group),
        position=row.position,
        represents=row.represents,
        from_date=row.start,
        until_date=row.until,
        section=row.passage.section,
        heading=row.passage.heading,
    )


# ---------------------------------------------------------------- a passage, a sentence


def _resting_on(row: _Row, before: Text, last: _Person | None) -> _Row:
    """The evidence of a row that takes up the one who left in the sentence before holds both sentences."""
    taken = row.kind == "replacement" and last is not None and row.outgoing is last
    return replace(row, quote=join([before, row.quote])) if taken else row


def _taken_up(row: _Row, found: Sequence[_Row], last: _Person | None) -> bool:
    """`A lämnar rådet. Efter honom väljs B`: the departure becomes part of the replacement."""
    return row.kind == "departure" and row.outgoing is last and any(new.outgoing is last for new in found if last)


def _said(kit: _Kit, passage: Passage) -> list[Text]:
    """The sentences of a passage; a list point that is only a name is read with the words that open the list."""
    whole = sentences(passage.text)
    lead = passage.lead
    if lead is None or not _MAY.search(passage.text.string) or not lead.string.rstrip().endswith(":"):
        return whole
    names = kit.people.names_in(passage.text.string, kit.meeting.names)
    if not names or names[0][0] > 0 or any(_tells(cue) for cue in kit.cues.find(passage.text.string)):
        return whole
    return [join([lead.strip(" :"), passage.text])]


# A person (two capitalised words, initials and particles between) or the granting of a resignation: what a sentence
# must hold to be worth the search for wordings.
_MAY = re.compile(
    r"[^\W\d_a-zåäöéü][\w'’-]*\.?\s+(?:(?:[a-z]{1,3}|[A-ZÅÄÖ]\.?)\s+){0,2}[^\W\d_a-zåäöéü]\w"
    r"|[Aa]vsäg|[Ee]ntledig|[Bb]egäran|länsstyrelsen"
)


def _passage(kit: _Kit, passage: Passage) -> tuple[list[_Row], list[Doubt], bool]:
    if not _MAY.search(passage.text.string):
        return [], [], False
    rows: list[_Row] = []
    doubts: list[Doubt] = []
    grants = False
    before = Text()
    for sentence in _said(kit, passage):
        found, unread, granted = _sentence_rows(kit, sentence, passage)
        found = [_resting_on(row, before, kit.last) for row in found]
        rows = [row for row in rows if not _taken_up(row, found, kit.last)] + found
        doubts.extend(unread)
        grants = grants or granted
        gone = [row.outgoing for row in found if row.kind == "departure"]
        kit, before = replace(kit, last=gone[0] if len(gone) == 1 else None), sentence
    return rows, doubts, grants


def _sentence_rows(kit: _Kit, text: Text, passage: Passage) -> tuple[list[_Row], list[Doubt], bool]:
    """(rows, doubts, whether the sentence grants a resignation told elsewhere)."""
    string = text.string
    if not _MAY.search(string):
        return [], [], False
    cues = [cue for cue in kit.cues.find(string) if not cue.rule.pseudo]
    forms = {cue.rule.get("form") for cue in cues}
    if "stop" in forms or not any(_tells(cue) for cue in cues) or _is_open(string):
        return [], [], False
    grants = "grant" in forms and "not" not in forms
    sentence = _read(kit, text, cues)
    if not sentence.persons:
        return [], [], grants
    rows: list[_Row] = []
    failed: list[Cue] = []
    for clause in _clauses(sentence):
        found = _clause_rows(kit, sentence, clause, passage)
        if found is None:
            continue
        rows.extend(found)
        if not found and "weak" not in _needs(clause.cue) and any(_sides(sentence, clause, kit.last)):
            failed.append(clause.cue)
    rows = _shared(_merged(rows))
    doubts = [_doubt(sentence, cue, passage) for cue in failed] if not rows else []
    return rows, doubts if passage.zone in _TELLING else [], grants and not rows


def _tells(cue: Cue) -> bool:
    return cue.rule.get("form") in (None, "verb", "label", "link", "grant")


def _is_open(string: str) -> bool:
    return string.rstrip(' ”"').endswith("?") or bool(_STARTS_OPEN.match(string))


def _needs(cue: Cue) -> frozenset[str]:
    return frozenset((cue.rule.get("needs") or "").split())


def _doubt(sentence: _Sentence, cue: Cue, passage: Passage) -> Doubt:
    said = sentence.string[cue.start : cue.end]
    return Doubt(
        evidence=Evidence(quote=sentence.text, rule=cue.rule.id),
        kind="roster_changes",
        cue=said,
        message=f"”{said}” står bredvid en person, men vem som kommer eller går framgår inte säkert.",
        section=passage.section,
    )


def _read(kit: _Kit, text: Text, cues: list[Cue]) -> _Sentence:
    string = text.string
    mentions = kit.dates(string)
    names = kit.people.names_in(string, kit.meeting.names)
    mentions = [m for m in mentions if not any(m.start < end and start < m.end for start, end, _ in names)]
    if any("both" in _needs(cue) for cue in cues):
        names = _with_given(kit, string, names, cues)
    persons = _persons(kit.people, string, names, cues, mentions)
    masked = _mask(string, persons, mentions)
    sentence = _Sentence(text, string, cues, persons, mentions, masked, organ=kit.meeting.organ)
    sentence.posts = _posts(kit.people, masked, _stops(sentence))
    return sentence


def _with_given(
    kit: _Kit, string: str, names: list[tuple[int, int, str]], cues: Sequence[Cue]
) -> list[tuple[int, int, str]]:
    """Given names alone (`Mats uppdrag övertas av …`) right beside a wording that needs two persons."""
    both = [cue for cue in cues if "both" in _needs(cue)]
    single = [
        span
        for span in kit.people.given_in(string)
        if any(0 <= cue.start - span[1] <= 1 or 0 <= span[0] - cue.end <= 1 for cue in both)
        and all(span[1] <= start or span[0] >= end for start, end, _ in names)
    ]
    return sorted([*names, *single])


def _mask(string: str, persons: Sequence[_Person], mentions: Sequence[Mention]) -> str:
    """The sentence with persons and dates blacked out, offsets kept."""
    letters = list(string)
    for mention in mentions:
        at = min(mention.start, mention.bound_start) if mention.bound else mention.start
        letters[at : mention.end] = _DATED * (mention.end - at)
    for person in persons:
        letters[person.start : person.end] = _HIDDEN * (person.end - person.start)
    return "".join(letters)


# ---------------------------------------------------------------- persons and what is said of them


def _persons(
    people: People, string: str, names: Sequence[tuple[int, int, str]], cues: Sequence[Cue], mentions: Sequence[Mention]
) -> list[_Person]:
    """The persons of a sentence with office, party and apposition."""
    starts = [start for start, _, _ in names]
    persons: list[_Person] = []
    for at, (start, end, name) in enumerate(names):
        lead, office, role = _office_before(people, string, start, persons[-1].end if persons else 0)
        following = starts[at + 1] if at + 1 < len(starts) else len(string)
        limit = _limit(string, end, following, cues, mentions)
        stop, about = _apposition(people, string, end, limit)
        about = about._replace(role=about.role or role)
        persons.append(_Person(lead, stop, name, about, office))
    return persons


_OFFICE = re.compile(r"((?:[\w.-]+(?::\w+)?\s+){1,4})$")


def _office_before(people: People, string: str, start: int, least: int) -> tuple[int, str | None, str | None]:
    """(where the office before a name starts, membership noun, other title): `tidigare deltagare`, `socialchef`."""
    match = _OFFICE.search(string[least:start])
    if not match:
        return start, None, None
    first = least + match.start()
    for word in re.finditer(r"\S+", string[first:start]):
        at = first + word.start()
        title = string[at:start].strip()
        plain = people.plain_title(title)
        base = people.indefinite(plain)
        if base is None:
            continue
        base = base if base == plain else _small(base)
        member = bool(_MEMBER.search(base)) and " " not in base.replace("vice ", "")
        if member and string[:at].rstrip().lower().endswith(("till", "som")):
            return start, None, None  # `till ordförande Vera Almgren`: the position, not a title of hers
        return at, base if member else None, None if member else base
    return start, None, None


def _small(title: str) -> str:
    """`Ledamot` at the start of a sentence or in definite form is `ledamot`; `VD` stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _limit(string: str, end: int, following: int, cues: Sequence[Cue], mentions: Sequence[Mention]) -> int:
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


def _apposition(people: People, string: str, end: int, limit: int) -> tuple[int, Described]:
    """(where the apposition ends, what it says)."""
    bracket, party = people.party_at(string, end)
    if remark := _REMARK.match(string, bracket):
        bracket = remark.end()
    tail = _LOOSE_END.sub("", string[bracket:limit])
    stop = _tail_end(people, tail)
    about = people.describe(tail[:stop]) if stop else Described()
    if about.role is None and about.organization is None:
        return bracket, Described(party or about.party, None, None)
    said = tail[:stop].rstrip(" ,")
    return bracket + len(said), Described(party or about.party, about.role, about.organization)


def _tail_end(people: People, tail: str) -> int:
    """Where the apposition stops inside the text behind a name."""
    stop = min((m.start() for m in [_TAIL_STOP.search(tail)] if m), default=len(tail))
    if title := re.match(r"\s*,?\s*", tail):
        after = people.title_at(tail, title.end())
        if after and (inner := re.match(r"\s+för\s", tail[after:])):
            again = _TAIL_STOP.search(tail, after + inner.end())
            stop = again.start() if again else len(tail)
    for found in re.finditer(r"(,?)\s+(?:i|inom)\s+(?:den\s+)?", tail[:stop]):
        chunk = _chunk(tail, found.end(), ())
        segment = tail[: found.start()].rsplit(",", 1)[-1].strip()
        titled = bool(segment) and not found.group(1) and people.title_at(people.plain_title(segment)) is not None
        if chunk and _GROUP.search(" ".join(chunk.split()[:4])) and not titled:
            return found.start()
    if cut := re.search(r",?\s+(?:och|samt)\s+(?![\w-]*(?:sjukvård|omsorg|ungdom))(?=\w+(?:s|r|de|t)\s)", tail[:stop]):
        return cut.start()
    return stop


# ---------------------------------------------------------------- positions and groups


def _posts(people: People, masked: str, stops: Sequence[int]) -> list[_Post]:
    """The positions that a sentence names outside its persons, each with its group."""
    posts: list[_Post] = []
    at = 0
    while (found := people.next_title(masked, at)) is not None:
        start, at = found
        before = people.without_dropped_lead(masked[:start])
        new = bool(re.search(r"\b(?:[Nn]y[ae]?|[Nn]ytt)\s", masked[len(before) : start]))
        owner = _OWNER.search(before)
        if new or owner or _POST_LEAD.search(before):
            posts.append(_post(people, masked, start, at, stops, owner.group(1) if owner else None))
            at = posts[-1].end
    return posts


def _post(people: People, masked: str, start: int, end: int, stops: Sequence[int], owner: str | None) -> _Post:
    first = people.singular(masked[start:end])
    positions = [
        _small(first) if re.search(r"(?:^|[:–—-])\s*(?:(?:[Nn]y[ae]?|[Nn]ytt)\s+)?$", masked[:start]) else first
    ]
    paired = False
    while (link := _POST_LINK.match(masked, end)) and (found := people.next_title(masked, link.end())):
        lead = people.plain_title(masked[link.end() : found[1]])
        if people.singular(lead) != people.singular(masked[found[0] : found[1]]):
            break
        paired = paired or "respektive" in link.group()
        positions.append(people.singular(masked[found[0] : found[1]]))
        end = found[1]
    group, represents, end = _of_group(masked, end, stops)
    if represents and group is None and not _STANDS_FOR.search(positions[-1]):
        group, represents = represents, None  # `kontaktpolitiker för Kajskolan`
    if owner and first in ("representant", "ombud", "kontaktperson", "kontaktpolitiker"):
        represents = represents or owner
    elif owner:
        group = group or owner
    return _Post(start, end, tuple(positions), group, represents, paired)


def _of_group(masked: str, end: int, stops: Sequence[int]) -> tuple[str | None, str | None, int]:
    """(group, who is represented, where both end) of what follows a position."""
    group = represents = None
    while match := _IN_GROUP.match(masked, end):
        chunk = _chunk(masked, match.end(), stops)
        if match.start(1) in stops or not chunk or not chunk[0].isalnum() or _NO_GROUP.match(chunk):
            break
        preposition = match.group(1)
        head = re.split(r"\s(?:i|inom)\s", chunk)[0]
        if preposition in ("för", "från") and not _GROUP.search(head):
            chunk = head
        organ = preposition == "för" and not group and bool(_GROUP.search(chunk))
        stands_for = preposition in ("för", "från") and not organ
        if stands_for and represents is None:
            represents = chunk
        elif group is None and not stands_for and preposition != "till":
            group = chunk
        else:
            break
        end = match.end() + len(chunk)
    if group is None and represents is None and (bare := re.match(r"\s+(?=[^\W\d_])", masked[end:])):
        chunk = _chunk(masked, end + bare.end(), stops)
        if (
            chunk
            and _GROUP.search(chunk)
            and re.match(r"för tiden|[\x02]|till och med|$|\.", masked[end + bare.end() + len(chunk) :].lstrip())
        ):
            return chunk, None, end + bare.end() + len(chunk)
    return group, represents, end


def _chunk(masked: str, start: int, stops: Sequence[int]) -> str:
    """A noun phrase from here to where the sentence goes on with something else."""
    end = min((stop for stop in stops if stop > start), default=len(masked))
    if match := _STOP.search(masked, start, end):
        end = match.start()
    return re.sub(r"\s+(?:och|samt|i|inom|nu|nu)\s*$", "", masked[start:end].rstrip(" ,.;:–-")).rstrip(" ,.")


def _stops(sentence: _Sentence) -> list[int]:
    return sorted(cue.start for cue in sentence.cues)


def _free_group(sentence: _Sentence, start: int, end: int) -> str | None:
    """A group that stands without a position: `ersätter Per Ek i styrgruppen`."""
    stops = _stops(sentence)
    asides = list(_ASIDE.finditer(sentence.masked))
    for lead in _GROUP_LEAD.finditer(sentence.masked, start, end):
        if lead.start() in stops or any(aside.start() < lead.start() < aside.end() for aside in asides):
            continue
        chunk = _chunk(sentence.masked, lead.end(), stops)
        if chunk and _GROUP.search(" ".join(chunk.split()[:6])):
            return re.sub(r"^(?:den|det)\s+", "", chunk)
    return None


# ---------------------------------------------------------------- clauses


def _clauses(sentence: _Sentence) -> list[_Clause]:
    """One clause for each wording that tells of a change; a link alone makes a clause where there is nothing else."""
    main = [cue for cue in sentence.cues if cue.rule.get("form") in (None, "verb", "label", "grant")]
    main = [cue for cue in main if not _relative(sentence, cue)]
    verbs = [cue for cue in main if cue.rule.get("form") != "label"]
    if verbs:
        main = [cue for cue in main if cue in verbs or not _beside(cue, verbs)]
    if not main:
        main = [cue for cue in sentence.cues if cue.rule.get("form") == "link"][:1]
    borders = [0, *(_border(sentence, a, b) for a, b in pairwise(main)), len(sentence.string)]
    clauses: list[_Clause] = []
    for at, cue in enumerate(main):
        shared = _heirs(sentence, clauses[-1], cue) if clauses else []
        clauses.append(_Clause(cue, min(borders[at], cue.start), max(borders[at + 1], cue.end), tuple(shared)))
    return clauses


_WHO = re.compile(r"\x01,?\s+som\s+(?:i sin tur\s+)?(?:har\s+|hade\s+|nu\s+|själv\s+)*$")


def _relative(sentence: _Sentence, cue: Cue) -> bool:
    """`… i stället för A som avsagt sig`: says no more of the one whom the link names already."""
    before = sentence.masked[: cue.start]
    if any(seat.start() < cue.start <= seat.end() for seat in _SEAT_LEFT.finditer(sentence.masked)):
        return True
    if cue.rule.get("change") != "departure" or not _WHO.search(before):
        return False
    linked = _linked(sentence, 0, cue.start)
    return any(person.end == before.rindex(_HIDDEN) + 1 for person in linked)


def _heirs(sentence: _Sentence, before: _Clause, cue: Cue) -> list[_Person]:
    """Whom a wording without a subject of its own is about: `A ersätter B, som ersätter C` is B, else as before."""
    if _WHO.search(sentence.masked[: cue.start]):
        return [p for p in sentence.persons if p.end <= cue.start][-1:]
    return _subjects(sentence, before.cue, before.start) or list(before.shared)


def _beside(cue: Cue, verbs: Sequence[Cue]) -> bool:
    """A label in a sentence with a verb is that verb's (`ny ledamot utses`): only the verb makes a clause."""
    return cue.rule.get("change") != "departure" or any(verb.rule.get("change") == "departure" for verb in verbs)


def _border(sentence: _Sentence, first: Cue, second: Cue) -> int:
    """Where the clause of the first wording ends and that of the second begins."""
    between = [p for p in sentence.persons if first.end <= p.start and p.end <= second.start]
    wants = second.rule.get("before") in ("incoming", "outgoing")
    limit = second.start
    if wants and between:
        filled = first.rule.get("after") not in ("incoming", "outgoing") or _has_subject(sentence, first)
        needs_object = "both" in _needs(first) or not filled
        limit = _group_start(sentence, between)
        if needs_object and limit == between[0].start:
            limit = between[-1].start if len(between) > 1 else second.start
    if relative := _WHO.search(sentence.masked[: second.start]):
        return relative.start() + 1
    connectors = [m for m in _CONNECTOR.finditer(sentence.masked, first.end, limit) if m.end() <= limit]
    return connectors[-1].start() if connectors else limit


def _group_start(sentence: _Sentence, persons: Sequence[_Person]) -> int:
    """Where the last list of persons (`A, B och C`) begins."""
    start = persons[-1].start
    for before, now in zip(reversed(persons[:-1]), reversed(persons[1:]), strict=True):
        if not _LIST_GAP.match(sentence.string[before.end : now.start]):
            break
        start = before.start
    return start


def _has_subject(sentence: _Sentence, cue: Cue) -> bool:
    return cue.rule.get("before") in ("incoming", "outgoing") and any(p.end <= cue.start for p in sentence.persons)


# `i A:s ställe`, `tar A:s plats`
_SEAT_OF = re.compile(
    r"\b(?:i|på|tar|tog|tagit|intar|intog|fyller|övertar|får|är|blir)\s+(\x01+)s?(?:\s*\([^()]*\))?\s+(?:ställe|plats|efterträdare)\b",
    re.IGNORECASE,
)


# `tar den plats i rådet som A lämnade`
_SEAT_LEFT = re.compile(r"\bden (?:plats|stol)\b[^.;\x01]*\bsom\s+(\x01+)\s+(?:lämna|ha|inne|ställ)\w*", re.IGNORECASE)


def _linked(sentence: _Sentence, start: int, end: int) -> list[_Person]:
    """The persons that a link names (`efter A`, `i stället för B`)."""
    found: list[_Person] = []
    for cue in sentence.cues:
        if cue.rule.get("form") == "link" and start <= cue.start < end:
            found += _list_at(sentence, cue.end)
    said = sentence.masked[start:end]
    for match in (*_SEAT_OF.finditer(said), *_SEAT_LEFT.finditer(said)):
        found += [p for p in sentence.persons if p.start == start + match.start(1)]
    return found


def _list_at(sentence: _Sentence, at: int) -> list[_Person]:
    """The list of persons that starts right here."""
    found: list[_Person] = []
    for person in sentence.persons:
        if person.start < at:
            continue
        gap = sentence.string[at : person.start]
        if not _LIST_GAP.match(gap) if found else gap.strip(" :"):
            break
        found.append(person)
        at = person.end
    return found


_WHO_SHORT = re.compile(r",?\s+som\s+(?:[\w.\x02]+\s+){0,6}\Z")


def _goes_on(sentence: _Sentence, end: int, cue: Cue) -> bool:
    """`A har flyttat och lämnar rådet`: the one who opens the sentence is the subject of its second verb too."""
    opens = sentence.persons[0].end == end and not sentence.masked[: sentence.persons[0].start].strip()
    gap = sentence.masked[end : cue.start]
    plain = not re.search(r"[;:]|\b(?:att|som|när|då|om|medan)\b", gap) and _HIDDEN not in gap
    return opens and plain and bool(re.match(r"\s+(?:har|är|hade|blir)\s", gap)) and bool(re.search(r"\boch\s+$", gap))


_ASIDE = re.compile(
    r",\s+(?:som|tidigare|hittills|sedan|numera)\s[^,]*,"
)  # `A, som är ersättare i beredningen, utträder …`


def _subjects(sentence: _Sentence, cue: Cue, start: int) -> list[_Person]:
    """The list of persons that the wording has for its subject: right before it but for auxiliaries and dates."""
    before = [p for p in sentence.persons if start <= p.start and p.end <= cue.start]
    linked = {p.name for p in _linked(sentence, start, cue.start)}
    before = [p for p in before if p.name not in linked]
    while before and not _fits_gap(sentence, before[-1].end, cue):
        before.pop()
    if not before:
        return []
    first = _group_start(sentence, before)
    group = [p for p in before if p.start >= first]
    word = _BEFORE_PERSON.search(sentence.string[:first])
    allowed = cue.rule.get("form") in ("label", "grant") and word and word.group(1).lower() in ("från", "av", "för")
    told_of = _WHO_SHORT.match(sentence.masked[before[-1].end : cue.start])
    return [] if word and word.group(1).lower() in _NO_SUBJECT and not (allowed or told_of) else group


def _fits_gap(sentence: _Sentence, end: int, cue: Cue) -> bool:
    """Whether nothing but auxiliaries, dates and the like stands between a person and her wording."""
    aside = _ASIDE.match(sentence.masked, end, cue.start)
    end = aside.end() if aside else end
    gap = sentence.masked[end : cue.start]
    if "touching" in _needs(cue):
        return not gap.strip()
    if "seat" in _needs(cue):
        said = gap.removeprefix("s") + sentence.string[cue.start : cue.end]
        return bool(re.match(r"\s+(?:plats|uppdrag|roll|tjänst|post|mandat)\b[^,;]*$", said))
    if _goes_on(sentence, end, cue) or _WHO_SHORT.match(gap):
        return True
    if any(end <= post.start and post.end <= cue.start for post in sentence.posts):
        return False
    words = re.findall(r"[^\W_][\w.-]*", re.sub(r"^s\b", "", gap.replace(_DATED, " ")))
    return len(words) <= 14 and all(word.lower().rstrip(".") in _GAP_WORDS or word.isdigit() for word in words)


def _objects(sentence: _Sentence, clause: _Clause) -> list[_Person]:
    """The persons behind the wording that nothing else claims."""
    start, end = clause.cue.end, clause.end
    linked = {p.name for p in _linked(sentence, clause.start, end)}
    behind = [p for p in sentence.persons if start <= p.start and p.start < end and p.name not in linked]
    found: list[_Person] = []
    for person in behind:
        word = _BEFORE_PERSON.search(sentence.string[start : person.start])
        said = word.group(1).lower() if word else ""
        listed = bool(found) and bool(_LIST_GAP.match(sentence.string[found[-1].end : person.start]))
        deputy = said == "med" and bool(re.match(r"\s+som\s", sentence.masked[person.end :]))
        if said in _NO_SUBJECT and not (_may_follow(clause.cue, said) or listed or deputy):
            continue
        if _SUBSTITUTE_OF.search(sentence.string[start : person.start]):
            continue
        if "touching" in _needs(clause.cue) and not found and sentence.string[start : person.start].strip():
            break
        found.append(person)
    return found


def _may_follow(cue: Cue, word: str) -> bool:
    if word in ("av", "till", "med") and word in _needs(cue):
        return True
    return (
        cue.rule.get("form") in ("label", "grant")
        and word in ("från", "av", "för")
        and cue.rule.get("change") == "departure"
    )


# ---------------------------------------------------------------- a clause's rows


def _clause_rows(kit: _Kit, sentence: _Sentence, clause: _Clause, passage: Passage) -> list[_Row] | None:
    """The rows of one clause; None where it is denied or plainly tells of nobody."""
    if _denied(sentence, clause):
        return None
    incoming, outgoing = _sides(sentence, clause, kit.last)
    rule, change = clause.cue.rule, clause.cue.rule.get("change")
    if not incoming and not outgoing:
        return []
    posts = [p for p in sentence.posts if clause.start <= p.start < clause.end]
    if not posts and clause.cue.rule.get("change") == "appointment" and "next" not in _needs(clause.cue):
        posts = [p for p in sentence.posts if p.start < clause.start][-1:]
    start, until = _span(sentence, clause, kit.meeting.date)
    if any(_passing(post, until) for post in posts):
        return None
    if not posts and change == "appointment" and kit.post and not _in_place(sentence, clause):
        posts = [kit.post] if "next" not in _needs(clause.cue) else []
    group = next((p.group for p in posts if p.group), None) or _clause_group(sentence, clause)
    group = group or _assembly(sentence, posts)
    if not posts and not group and _is_beside_the_point(sentence, clause.cue):
        return None
    if not _satisfied(sentence, clause, incoming, outgoing, posts, group):
        return []
    base = _Row(
        "departure", None, None, rule.id, sentence.text, passage, group, start=start, until=until,
        represents=next((p.represents for p in posts if p.represents), None),
        label=rule.get("form") in ("label", "link") and passage.zone not in _DECIDING,
        hint=rule.get("form") == "link" and not incoming,
        needs=_needs(clause.cue),
        new=bool(re.search(r"\b(?:ny|nya|nye|nytt)\s", sentence.masked[clause.start : clause.end])),
    )  # fmt: skip
    pairs = _pairs(sentence, incoming, outgoing)
    if change == "departure":
        pairs = [(None, p) for p in outgoing or incoming]
    return [
        _placed(base, came, left, post)
        for (came, left), post in zip(pairs, _posts_for(sentence, pairs, posts), strict=True)
    ]


def _is_beside_the_point(sentence: _Sentence, cue: Cue) -> bool:
    """`A slutar i Ekhults kommun`, `slutar rapporten med …`; `A ersätter B vid beslut i § 4`: no seat is spoken of."""
    if "job" in _needs(cue):
        word = re.match(r"\s+([^\W\d_]+)", sentence.masked[cue.end :])
        return bool(_EMPLOYER.match(sentence.masked, cue.end)) or bool(word and word.group(1) not in _AFTER_JOB)
    return "both" in _needs(cue) and "§" in sentence.masked[cue.end :]


def _passing(post: _Post, until: datetime.date | None) -> bool:
    """An office of one meeting: who adjusts the minutes, a delegate to one annual meeting without a term."""
    once = not until and post.group and _ONE_MEETING.search(post.group) and any("ombud" in p for p in post.positions)
    return bool(once) or any(_MEETING_POST.search(position) for position in post.positions)


def _denied(sentence: _Sentence, clause: _Clause) -> bool:
    for cue in sentence.cues:
        if cue.rule.get("form") == "not" and clause.start <= cue.start < clause.end:
            first, last = sorted((cue, clause.cue))
            if not re.search(r",\s*(?:och|men|samt)\s|;", sentence.masked[first.end : last.start]):
                return True
    return False


def _sides(sentence: _Sentence, clause: _Clause, last: _Person | None = None) -> tuple[list[_Person], list[_Person]]:
    """(incoming, outgoing) persons of a clause by the rule's sides and the links in it."""
    cue = clause.cue
    before, after = cue.rule.get("before"), cue.rule.get("after")
    if cue.rule.get("form") == "link":
        return _link_sides(sentence, cue)
    linked = _linked(sentence, clause.start, clause.end)
    if "link" in (cue.rule.get("needs") or "") and not linked:
        linked = [
            p for m in re.finditer(r"\bfrån\s+(?=\x01)", sentence.masked[cue.end : clause.end])
            for p in _list_at(sentence, cue.end + m.end())
        ]  # fmt: skip
    linked = linked or _whose_place(sentence, clause)
    if last and not linked and _AFTER_HIM.search(sentence.masked[clause.start : clause.end]):
        linked = [last]
    subjects = _subjects(sentence, cue, clause.start) if before in ("incoming", "outgoing") else []
    objects = [p for p in _objects(sentence, clause) if p not in linked] if after in ("incoming", "outgoing") else []
    if subjects and cue.rule.get("form") == "label" and before == "incoming":
        verb = re.search(r"\b(?:är|blir|blev|blivit)\b", sentence.masked[subjects[-1].end : cue.start])
        subjects = subjects if linked or verb else []
    if before in ("incoming", "outgoing") and not subjects and clause.shared and not (objects and before == after):
        subjects = list(clause.shared)
    if last and before == "outgoing" and not subjects and _HE.search(sentence.masked[: cue.start]):
        subjects = [last]
    if "both" in _needs(cue) and not subjects and len(objects) >= 2:
        subjects, objects = _inverted(sentence, objects)
    sides: dict[str, list[_Person]] = {"incoming": [], "outgoing": list(linked)}
    if before == after and subjects:
        objects = _continued(sentence, objects)
    for side, persons in ((before, subjects), (after, objects)):
        if side in sides:
            sides[side] += [p for p in persons if p not in sides[side]]
    return sides["incoming"], sides["outgoing"]


_AFTER_HIM = re.compile(
    r"\b(?:efter|i ?stället för) (?:honom|henne|hen)\b|\b(?:hans|hennes|dennes) (?:ställe|plats)\b", re.IGNORECASE
)
_HE = re.compile(r"\b(?:han|hon|hen)\s+(?:har\s+|kommer att\s+|ska\s+)?$", re.IGNORECASE)


def _whose_place(sentence: _Sentence, clause: _Clause) -> list[_Person]:
    """`A orkar inte längre, och i hennes ställe valdes B`: the only one told of before."""
    place = re.search(r"\b(?:hans|hennes|dennes)\s+(?:ställe|plats)\b", sentence.masked[clause.start : clause.end])
    before = [p for p in sentence.persons if place and p.end <= clause.start + place.start()]
    return before if len(before) == 1 and clause.cue.start > clause.start + (place.start() if place else 0) else []


def _continued(sentence: _Sentence, objects: Sequence[_Person]) -> list[_Person]:
    """`A utses till ordförande och B till vice ordförande`: a person behind the verb counts if a position follows."""
    return [p for p in objects if re.match(r"\s*(?:till|som)\s", sentence.masked[p.end :])]


def _inverted(sentence: _Sentence, objects: list[_Person]) -> tuple[list[_Person], list[_Person]]:
    """`I dag efterträds A av B`: the first behind the verb is its subject."""
    first = [objects[0]]
    for before, now in pairwise(objects):
        if not _LIST_GAP.match(sentence.string[before.end : now.start]):
            break
        first.append(now)
    return (first, objects[len(first) :]) if len(first) < len(objects) else ([], objects)


def _link_sides(sentence: _Sentence, cue: Cue) -> tuple[list[_Person], list[_Person]]:
    """A link without a verb: the one before it comes, the one behind it leaves (`Ledamot i N: B efter A`); or, as in
    titles, the one who comes stands last (`Ledamot i N efter A (S), B (S)`)."""
    touching = [
        p for p in sentence.persons if p.end <= cue.start and not sentence.string[p.end : cue.start].strip(" ,")
    ]
    behind = _list_at(sentence, cue.end)
    plain = cue.rule.get("before") == "none" and not any(p.start < cue.start for p in sentence.posts)
    if touching:
        return (touching, behind[:1]) if behind and _bare(sentence, cue, touching[0], behind[0]) else ([], [])
    later = [p for p in sentence.persons if p.start > cue.end and p not in behind[:1]]
    if behind and not plain and later:
        return later, behind[:1]
    return [], [] if plain or cue.rule.get("before") != "none" else behind[:1]


def _bare(sentence: _Sentence, cue: Cue, came: _Person, left: _Person) -> bool:
    """Whether `A i stället för B` stands by itself, as in a list, and is no part of what A did at the meeting."""
    before, after = sentence.masked[: came.start].strip(), sentence.masked[left.end :].lstrip()
    alone = not before or before.endswith((":", "-", "–", "—")) or any(p.end >= len(before) for p in sentence.posts)
    if cue.rule.get("before") == "incoming":
        return alone
    if cue.rule.id == "efter-person" and not before:
        return False
    return alone and bool(re.match(r"$|[.,;(\x02]|(?:i|inom|som|från|fr\.o\.m|till|t\.o\.m|och)\b", after))


def _satisfied(
    sentence: _Sentence,
    clause: _Clause,
    incoming: Sequence[_Person],
    outgoing: Sequence[_Person],
    posts: Sequence[_Post],
    group: str | None,
) -> bool:
    """Whether the clause has what its rule needs."""
    needs, cue = _needs(clause.cue), clause.cue
    change = cue.rule.get("change")
    known = bool(outgoing) and change != "departure"
    if "both" in needs and not (incoming and outgoing):
        return False
    if change == "appointment" and not incoming:
        return False
    if "link" in needs and not outgoing:
        return False
    if "seat-of" in needs and not _somebodys_seat(sentence.masked[clause.start : clause.end]):
        return False
    if needs & {"post", "post|link"} and not (posts or group or known or _in_place(sentence, clause)):
        return False
    if "next" in needs and not any(_directly(sentence, cue, post) for post in posts):
        return False
    if "label-post" in needs:
        heads = [p for p in posts if not sentence.masked[p.end : cue.start].strip()]
        return bool(heads) and sentence.masked[cue.end :].lstrip().startswith(":")
    if "new" in needs and not re.search(r"\b(?:ny[ae]?|nytt)\s", sentence.masked[cue.end : clause.end]):
        return False
    if "group" in needs:
        chunk = _chunk(sentence.masked, cue.end + 1, _stops(sentence))
        return bool(chunk) and bool(_GROUP.match(chunk) or _GROUP.search(" ".join(chunk.split()[:3])))
    return True


def _somebodys_seat(said: str) -> bool:
    return bool(
        _SEAT_OF.search(said) or _SEAT_LEFT.search(said) or re.search(r"\b(?:hans|hennes|deras|dennes)\s+plats", said)
    )


def _in_place(sentence: _Sentence, clause: _Clause) -> bool:
    """`… och utse B i hans ställe`: the seat is the one told before."""
    said = sentence.masked[clause.start : clause.end]
    return bool(re.search(r"\b(?:hans|hennes|dennes|deras)\s+(?:ställe|plats)|\bi\s?stället\b", said))


def _directly(sentence: _Sentence, cue: Cue, post: _Post) -> bool:
    gap = sentence.masked[cue.end : post.start]
    return post.start >= cue.end and not re.sub(
        r"\b(?:ny|nya|nye|nytt|tf\.?|t\.f\.|tillförordnad|vår|som|till|ordinarie)\b|[\s\x01]", "", gap
    )


def _clause_group(sentence: _Sentence, clause: _Clause) -> str | None:
    cue = clause.cue
    if "med" in _needs(cue):
        head = re.sub(r"^.*?\batt\s+", "", sentence.masked[clause.start : cue.start]).strip()
        return head if _GROUP.search(head) and _HIDDEN not in head else None
    if "group" in _needs(cue):
        return _chunk(sentence.masked, cue.end + 1, _stops(sentence)) or None
    opening = _free_group(sentence, 0, clause.start) if re.match(r"(?:I|Inom)\s", sentence.masked) else None
    return _free_group(sentence, clause.start, clause.end) or opening


def _assembly(sentence: _Sentence, posts: Sequence[_Post]) -> str | None:
    """The county board appoints members of the assembly only: told to an assembly, the seat is in it."""
    organ = sentence.organ or ""
    told = posts and "länsstyrelse" in sentence.string.lower() and "fullmäktige" in organ.lower()
    return organ[:1].lower() + organ[1:] if told else None


def _pairs(
    sentence: _Sentence, incoming: Sequence[_Person], outgoing: Sequence[_Person]
) -> list[tuple[_Person | None, _Person | None]]:
    """Who comes for whom. One for several or several for one: each; several for as many: in their order."""
    if not outgoing:
        return [(p, None) for p in incoming]
    if not incoming:
        return [(None, p) for p in outgoing]
    if len(incoming) == len(outgoing):
        return list(zip(incoming, outgoing, strict=True))
    if len(outgoing) == 1 or len(incoming) == 1:
        return [(a, b) for a in incoming for b in outgoing]
    return [*((a, None) for a in incoming), *((None, b) for b in outgoing)]


def _posts_for(
    sentence: _Sentence, pairs: Sequence[tuple[_Person | None, _Person | None]], posts: Sequence[_Post]
) -> list[_Post | None]:
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


def _nearest(sentence: _Sentence, posts: Sequence[_Post], person: _Person, leads: bool) -> _Post:
    """The position right behind a person (`A till ordförande`), else the one that leads, else the next."""
    for post in posts:
        if post.start >= person.end and not re.sub(r"\s|till|som|ny\b", "", sentence.masked[person.end : post.start]):
            return post
    if leads:
        return next((p for p in reversed(posts) if p.start < person.start), posts[0])
    return next((p for p in posts if p.start >= person.end), posts[-1])


def _placed(base: _Row, came: _Person | None, left: _Person | None, post: _Post | None) -> _Row:
    kind: RosterKind = "replacement" if came and left else "appointment" if came else "departure"
    offices = [p.office for p in (left, came) if p and p.office]
    position = " och ".join(post.positions) if post else offices[0] if offices else None
    if position is None:
        position = "adjungerad" if "adjunct" in base.needs else _implied(base)
    group = (post.group if post and post.group else None) or base.group
    if group is None and left and _holds_seat(left):
        group, position = left.about.organization, position or left.about.role
        left = replace(left, about=left.about._replace(organization=None))
    represents = (post.represents if post else None) or base.represents
    return replace(base, kind=kind, incoming=came, outgoing=left, position=position, group=group, represents=represents)


def _holds_seat(person: _Person) -> bool:
    """`A, ordförande i nätverket, ersätts av B`: the apposition names the seat."""
    role, place = person.about.role, person.about.organization
    return bool(role and place and _MEMBER.search(role) and _GROUP.search(place))


def _implied(row: _Row) -> str | None:
    return "ordförande" if re.search(r"ordförande(?:skapet|posten|uppdraget|klubban)\b", row.quote.string) else None


def _merged(rows: list[_Row]) -> list[_Row]:
    """One leaves and one comes in the same sentence, for the same seat as far as is said: one replacement."""
    rows = _absorbed(rows)
    came = [row for row in rows if row.kind == "appointment"]
    left = [row for row in rows if row.kind == "departure"]
    if len(came) != 1 or len(left) != 1 or len(rows) != 2:
        return rows
    a, b = came[0], left[0]
    if a.incoming is None or b.outgoing is None or a.incoming.name == b.outgoing.name or not _same_post(a, b):
        return rows
    return [
        replace(
            a, kind="replacement", outgoing=b.outgoing, group=a.group or b.group, position=a.position or b.position,
            start=a.start or b.start, until=a.until or b.until,
        )
    ]  # fmt: skip


def _absorbed(rows: list[_Row]) -> list[_Row]:
    """`A går i pension och efterträds av B`: the departure is part of the replacement, and fills it in."""
    replaced = {row.outgoing.name for row in rows if row.kind == "replacement" and row.outgoing}
    parts = {row.outgoing.name: row for row in rows if row.kind == "departure" and row.outgoing}
    kept = []
    for row in rows:
        name = row.outgoing.name if row.outgoing else ""
        if row.kind != "departure" or name not in replaced:
            kept.append(_filled(row, parts[name]) if row.kind == "replacement" and name in parts else row)
    return kept


def _shared(rows: list[_Row]) -> list[_Row]:
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


# ---------------------------------------------------------------- dates


def _span(
    sentence: _Sentence, clause: _Clause, anchor: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """(day of change, end of the term) of a clause."""
    start: datetime.date | None = None
    until: datetime.date | None = None
    # `… efter A, som går i pension i juni`: when she retires is not when her seat is filled.
    aside = min((c.start for c in sentence.cues if c.start > clause.cue.end and _relative(sentence, c)), default=10**6)
    if anchor and _THEN.search(sentence.string[clause.start : clause.end]):
        start = anchor
    for mention in sentence.mentions:
        if not clause.start <= mention.start < min(clause.end, aside):
            continue
        first, last = _bounds(sentence.string, mention, clause, anchor)
        start, until = start or first, until or last
    return start, until


def _bounds(
    string: str, mention: Mention, clause: _Clause, anchor: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    said = string[mention.start : mention.end]
    held = re.search(r"\b(?:varit|suttit|arbetat|haft|ingått|verkat|jobbat)\b[^,;]*$", string[: mention.start])
    if mention.bound_text == "sedan" and (held or clause.cue.rule.get("change") == "departure"):
        return None, None  # how long she has been there
    if mention.bound == "from":
        return mention.last if "årsskift" in said else mention.first, None
    if mention.bound in ("until", "by"):
        leaving = clause.cue.rule.get("change") == "departure" and "med" not in mention.bound_text
        return None, None if leaving else _last_day(mention)
    before = string[: mention.start]
    whole_year = mention.precision == "year" and re.search(r"\bför\s+(?:år(?:et)?\s+)?$", before)
    if _RANGE.match(said) or whole_year or _TERM.search(before) or _TERM.search(said[: -len(said.split()[-1])]):
        later = anchor is None or mention.first > anchor
        return (mention.first if later or _RANGE.match(said) else None), mention.last
    exact = mention.precision == "day" and mention.first == mention.last and any(letter.isdigit() for letter in said)
    if "dated" in _needs(clause.cue) and exact and not _OLD_LETTER.search(before):
        return mention.first, None
    return None, None


def _last_day(mention: Mention) -> datetime.date:
    """`fram till den 1 juli` ends on the day before; `till och med` and any other day on the day itself."""
    inclusive = "med" in mention.bound_text or "t.o.m" in mention.bound_text
    turn = mention.bound_text.startswith("fram") and not inclusive and mention.precision == "day"
    return mention.last - datetime.timedelta(days=1) if turn and mention.first.day == 1 else mention.last
