"""The day of a document that does not date itself, where another document tells of the same meeting.

Nothing here is a guess. A day is taken only where a dated document says that the same organ met on that day, both
tell of the same subject in the same words, the undated one says that it was at the meeting, and the day lies between
the bounds that it gives itself. Where two days would do, none is taken. Only documents that date themselves are
believed, so that the result does not depend on the order of reading. Where no other document tells, a newsletter named
for a month is believed on the one meeting that it tells of itself (see `selftold`).

Dates without a year in the document are not read anew when its day is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from protoparse.bounds import Bounds, Mention, bounds
from protoparse.names import stems
from protoparse.retold import shared_sentence
from protoparse.schema import FACTS
from protoparse.selftold import own_meeting
from protoparse.sentences import boundaries
from protoparse.store import remake
from protoparse.telling import Part, Telling, Undated, following, meeting_of

if TYPE_CHECKING:
    from sqlite_utils import Database

HEAD = 4  # lines of the first page that may say which issue it is


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


def infer(undated: Undated, tellings: Iterable[Telling], taken: Mapping[tuple[str, str], str]) -> Inference:
    """The day of a document, or why it has none. `taken`: kind and organ with day → a document that has it already."""
    own = bounds(undated.mentions, undated.sentences, undated.head)
    known = Inference(undated.id, **asdict(own))
    found: dict[str, tuple[Telling, str]] = {}
    for told in sorted(tellings, key=lambda it: (it.day, it.document, it.sentence)):
        if told.day not in found and (same := shared_sentence(undated, told)):
            found[told.day] = told, same
    reason = _refusal(undated, own, found, taken)
    if not found and (met := own_meeting(undated)) and (f"{undated.kind}/{undated.organ}", met.day) not in taken:
        why = f"Dokumentet berättar självt om ett enda möte: ”{met.sentence}” Året följer av ”{met.issue}”."
        return _with(known, meeting_date=met.day, reason=why, own_sentence=met.sentence)
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
    remake(db, "date_inferences", (asdict(it) for it in sorted(found, key=lambda it: it.document)))
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
        first = (stems(name)[:1] for entity, given in spellings.items() if entity != organ for name in given)
        others = frozenset(word for found in first for word in found)
        yield Undated(id, kind, organ, names, *said, (path, *_head(db, id)), others), told, taken


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
        part = Part(tuple(title for title in titles if title), text or "")
        sentence, more = _in_section(part, words)
        named = meeting_of(sentence, words, more)
        if named is not None:
            yield Telling(document, organ, path, day, page, evidence, sentence, named, part, more)


def _in_section(part: Part, words: str) -> tuple[str, str]:
    """The sentence with a mention and what follows it; a heading with it is followed by the section."""
    sentence = sentence_of(part.text, words)
    if sentence != words:
        return sentence, following(part.text, sentence)
    title = next((title for title in part.titles[:1] if words in title), None)
    return (title, following(f"{title}\n{part.text}", title)) if title else (words, "")
