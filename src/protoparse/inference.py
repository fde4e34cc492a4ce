"""The day of a document that does not date itself, where another document tells of the same meeting.

Nothing here is a guess. A day is taken only where a dated document says that the same organ met on that day, both
tell of the same subject in the same words, the undated one says that it was at the meeting, and the day lies between
the bounds that it gives itself. Where two days would do, none is taken. Only documents that date themselves are
believed, so that the result does not depend on the order of reading.

Dates without a year in the document are not read anew when its day is found; they stay unread.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from protoparse.bounds import PAST, Bounds, Mention, bounds
from protoparse.names import abbreviation, stems
from protoparse.schema import FACTS
from protoparse.sentences import boundaries
from protoparse.store import insert

if TYPE_CHECKING:
    from sqlite_utils import Database

HEAD = 4  # lines of the first page that may say which issue it is
SHARED = 2  # words that both documents must have in one sentence under one heading
MANY = 4  # the same where the dated text stands under another heading, such as `Föregående möte`

# What stands between "vid" and the day, beside the organ's own name.
_MEETING = frozenset(
    stems(
        "möte mötet möten sammanträde sammanträdet dagens senaste förra föregående tidigare ordinarie gemensamma ett "
        "sitt dess kl måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen"
    )
)
_TOLD = re.compile(r"\b(?:vid|på|under)\s+((?:[^\s.;:!?]+\s+){0,9}?)\Z", re.IGNORECASE)
_AT_MEETING = re.compile(
    r"\b(?:vid|på|under)\s+(?:dagens\s+|det\s+senaste\s+|\w+s\s+)?(?:mötet|sammanträdet|möte)\b|"
    r"\bnär\s+(?:\w+\s+){1,4}(?:träffades|möttes|sammanträdde)\b",
    re.I,
)
# Words that two texts on any subject may share.
_HOLLOW = frozenset(
    stems(
        "möte mötet sammanträde sammanträdet fördes förs fördjupad diskussion diskuterades diskuterade dialog dialogen "
        "samtal samtalet behandlades lyftes presenterades informerade information frågan frågor särskilt avseende "
        "kring samt hur där vilket inom från till med och att den det de som för på vid under efter ska kan har var är "
        "inte också även samtliga respektive framtid framtida fortsatt fortsatta januari februari mars april maj juni "
        "juli augusti september oktober november december"
    )
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the headings above it."""

    titles: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Undated:
    """A document without a day of its own."""

    id: str
    kind: str | None
    organ: str | None
    spellings: tuple[str, ...]  # of its organ
    mentions: tuple[Mention, ...]
    parts: tuple[Part, ...]
    head: tuple[str, ...] = ()  # the name of its file and the first lines of its first page

    @property
    def sentences(self) -> Iterator[str]:
        paragraphs = (paragraph for part in self.parts for paragraph in part.text.split("\n"))
        return (paragraph[start:end] for paragraph in paragraphs for start, end in boundaries(paragraph))


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence in which a dated document says that an organ met on a day."""

    document: str
    organ: str | None
    path: str
    day: str
    page: int | None
    evidence: str | None
    sentence: str
    named: tuple[str, ...]  # the words that name the meeting
    part: Part


@dataclass(frozen=True, slots=True)
class Inference:
    """What was found on a document's day, and why."""

    document: str
    meeting_date: str | None = None
    reason: str = ""
    told_by: str | None = None
    page: int | None = None
    sentence: str | None = None
    evidence: str | None = None
    own_sentence: str | None = None
    earliest: str | None = None
    earliest_sentence: str | None = None
    latest: str | None = None
    latest_sentence: str | None = None


# --- the same meeting


def _names_meeting(named: Sequence[str], spellings: Iterable[str]) -> bool:
    """Whether the words between `vid` and the day are the organ's name, and nothing but words for a meeting beside."""
    for spelling in spellings:
        own = tuple(stems(spelling))
        at = next((k for k in range(len(named) - len(own) + 1) if tuple(named[k : k + len(own)]) == own), None)
        if at is not None and own:
            rest = (*named[:at], *named[at + len(own) :])
            if all(word in _MEETING for word in rest):
                return True
    return False


def same_meeting(undated: Undated, told: Telling) -> bool:
    """Whether the sentence speaks of a meeting of the document's organ."""
    if undated.organ is None:
        return False
    if _names_meeting(told.named, undated.spellings):
        return True
    plain = bool(told.named) and all(word in _MEETING for word in told.named)
    return plain and told.organ == undated.organ


def _subject_words(sentence: str, spellings: Iterable[str]) -> set[str]:
    own = {word for spelling in spellings for word in stems(spelling)}
    return {word for word in stems(sentence) if len(word) > 2 and not word.isdigit()} - _HOLLOW - own


def _title_keys(part: Part) -> set[str]:
    keys = {" ".join(stems(title)) for title in part.titles}
    short = {found.casefold() for title in part.titles if (found := abbreviation(title))}
    return {key for key in keys | short if key} - _HOLLOW


def shared_sentence(undated: Undated, told: Telling) -> str | None:
    """The sentence of the undated document that tells of the same subject at its meeting, if there is one."""
    wanted = _subject_words(told.sentence, undated.spellings)
    best: list[tuple[int, str]] = []
    for part in undated.parts:
        needed = _needed(part, told, wanted)
        for start, end in boundaries(part.text) if needed else ():
            sentence = part.text[start:end]
            common = wanted & _subject_words(sentence, undated.spellings)
            if len(common) >= needed and _AT_MEETING.search(sentence):
                best.append((len(common), sentence))
    return max(best)[1] if best else None


def _needed(part: Part, told: Telling, wanted: set[str]) -> int:
    """How many words both must have; none do where nothing says that both are on one subject."""
    if _title_keys(part) & _title_keys(told.part):
        return SHARED
    named = {word for word in stems(part.titles[0]) if len(word) > 2} - _HOLLOW if part.titles else set()
    return MANY if named and named <= wanted else 0


def infer(undated: Undated, tellings: Iterable[Telling], taken: Mapping[tuple[str, str], str]) -> Inference:
    """The day of a document, or why it has none. `taken`: kind and organ with day → a document that has it already."""
    own = bounds(undated.mentions, undated.sentences, undated.head)
    known = Inference(undated.id, **asdict(own))
    found: dict[str, tuple[Telling, str]] = {}
    for told in sorted(tellings, key=lambda it: (it.day, it.document, it.sentence)):
        if told.day not in found and same_meeting(undated, told) and (same := shared_sentence(undated, told)):
            found[told.day] = told, same
    reason = _refusal(undated, own, found, taken)
    if reason:
        between = f" Det är skrivet mellan {own.earliest} och {own.latest}, av dess egna dagar att döma."
        return _with(known, reason=f"{reason}{between if own.narrow else ''} Ordningen är okänd.")
    (told, same) = found[_within(own, found)[0]]
    why = (
        f"Samma möte omtalas i {told.path}{f' s. {told.page}' if told.page else ''}: ”{told.sentence}” "
        f"Dokumentets egna dagar ger gränserna {known.earliest} och {known.latest}."
    )
    return _with(
        known,
        meeting_date=told.day,
        reason=why,
        told_by=told.document,
        page=told.page,
        sentence=told.sentence,
        evidence=told.evidence,
        own_sentence=same,
    )


def _with(one: Inference, **fields: Any) -> Inference:
    return Inference(**{**asdict(one), **fields})


def _within(known: Bounds, days: Iterable[str]) -> list[str]:
    return sorted(day for day in days if (known.earliest or "") <= day <= (known.latest or ""))


def _refusal(
    undated: Undated, known: Bounds, found: Mapping[str, Any], taken: Mapping[tuple[str, str], str]
) -> str | None:
    """Why no day can be taken; None where exactly one can."""
    if not found:
        return "Inget annat dokument daterar samma möte."
    if not known.both:
        return "Dokumentets egna dagar ger inga gränser åt båda håll."
    if not known.narrow:
        return f"Dokumentets egna dagar ger inga rimliga gränser ({known.earliest} och {known.latest})."
    days = _within(known, found)
    if len(days) != 1:
        told = ", ".join(sorted(found))
        return f"Andra dokument talar om {told}, och {'ingen' if not days else 'mer än en'} av dagarna ryms."
    if taken.get((f"{undated.kind}/{undated.organ}", days[0])):
        return f"Ett annat dokument av samma slag är redan daterat {days[0]}."
    return None


# --- from and to the database

_UNDATED = "(meeting_date IS NULL OR meeting_date_source IS 'inferred') AND status IN ('read', 'partly')"
_COPIES = (*FACTS, "sections")


def redo(db: Database) -> bool:
    """Makes `date_inferences` and the days that hang on it anew. Whether any document's day changed."""
    found = [infer(one, tellings, taken) for one, tellings, taken in _questions(db)]
    db.execute("DELETE FROM date_inferences")
    insert(db, "date_inferences", [asdict(it) for it in sorted(found, key=lambda it: it.document)])
    days = {it.document: it.meeting_date for it in found}
    before = db.execute(f"SELECT id, meeting_date FROM documents WHERE {_UNDATED}").fetchall()
    changed = [(id, days.get(id)) for id, day in before if day != days.get(id)]
    for id, day in changed:
        _date(db, id, day)
    return bool(changed)


def _date(db: Database, document: str, day: str | None) -> None:
    year, source = (int(day[:4]), "inferred") if day else (None, None)
    db.execute(
        "UPDATE documents SET meeting_date = ?, year = ?, meeting_date_source = ? WHERE id = ?",
        (day, year, source, document),
    )
    for table in _COPIES:
        db.execute(f"UPDATE {table} SET meeting_date = ?, year = ? WHERE document = ?", (day, year, document))


_Question = tuple[Undated, list[Telling], dict[tuple[str, str], str]]


def _questions(db: Database) -> Iterator[_Question]:
    documents = db.execute(f"SELECT id, kind, organ_id, path FROM documents WHERE {_UNDATED} ORDER BY id").fetchall()
    if not documents:
        return
    spellings = defaultdict(list)
    for entity, name in db.execute(
        "SELECT entity, a.name FROM aliases a JOIN entities e ON e.id = entity AND e.kind = 'organ' ORDER BY 2"
    ):
        spellings[entity].append(name)
    told = list(_tellings(db))
    dated = db.execute(f"SELECT kind, organ_id, meeting_date, id FROM documents WHERE NOT ({_UNDATED}) ORDER BY id")
    taken = {(f"{kind}/{organ}", day): id for kind, organ, day, id in dated if day}
    for id, kind, organ, path in documents:
        names = tuple(spellings.get(organ, ()))
        said = tuple(_mentions(db, id)), tuple(_parts(db, id))
        yield Undated(id, kind, organ, names, *said, (path, *_head(db, id))), told, taken


def _head(db: Database, document: str) -> list[str]:
    rows = db.execute("SELECT text FROM pages WHERE document = ? AND page = 1", (document,)).fetchall()
    return [line for (text,) in rows for line in (text or "").split("\n")[:HEAD]]


def _parts(db: Database, document: str) -> Iterator[Part]:
    rows = db.execute(
        """SELECT s.title, p.title, g.title, s.text FROM sections s LEFT JOIN sections p ON p.id = s.parent
        LEFT JOIN sections g ON g.id = p.parent WHERE s.document = ? ORDER BY s.ordinal""",
        (document,),
    )
    for *titles, text in rows.fetchall():
        yield Part(tuple(title for title in titles if title), text or "")


def sentence_of(text: str, words: str) -> str:
    """The sentence of a section that holds a mention; the mention itself where the section does not hold it."""
    for paragraph in text.split("\n"):
        at = paragraph.find(words)
        for start, end in boundaries(paragraph) if at >= 0 else ():
            if start <= at < end:
                return paragraph[start:end]
    return words


def _mentions(db: Database, document: str) -> Iterator[Mention]:
    rows = db.execute(
        """SELECT t.start, t."end", t.precision, t.bound, t.text, coalesce(s.text, '') FROM dates t
        LEFT JOIN sections s ON s.id = t.section WHERE t.document = ? ORDER BY t.ordinal""",
        (document,),
    )
    for start, end, precision, bound, words, text in rows.fetchall():
        yield Mention(start, end, precision, bound, sentence_of(text, words), words)


def _tellings(db: Database) -> Iterator[Telling]:
    """Sentences of dated documents that say that something was taken up at a meeting on an earlier day."""
    rows = db.execute(
        f"""SELECT d.id, d.organ_id, d.path, t.start, t.page, t.evidence, t.text, s.text, s.title, p.title, g.title
        FROM dates t JOIN documents d ON d.id = t.document JOIN sections s ON s.id = t.section
        LEFT JOIN sections p ON p.id = s.parent LEFT JOIN sections g ON g.id = p.parent
        WHERE t.precision = 'day' AND t.bound IS NULL AND t.start < d.meeting_date
        AND NOT ({_UNDATED.replace("meeting_date", "d.meeting_date").replace("status", "d.status")})
        ORDER BY d.id, t.ordinal"""
    )
    for document, organ, path, day, page, evidence, words, text, *titles in rows.fetchall():
        sentence = sentence_of(text or "", words)
        match = _TOLD.search(sentence[: max(0, sentence.find(words))])
        if match and PAST.search(sentence[match.end() :]):
            part = Part(tuple(title for title in titles if title), text or "")
            named = tuple(stems(match.group(1)))
            yield Telling(document, organ, path, day, page, evidence, sentence, named, part)
