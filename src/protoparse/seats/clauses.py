"""A sentence cut into clauses, one for each wording that tells of a change; who stands on either side of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from protoparse.cues import Cue
from protoparse.seats.parts import DATED, HIDDEN, Clause, Person, Sentence, needs_of
from protoparse.seats.posts import ASIDE

# Behind these another statement begins: `utökas med A medan B är kvar`.
_TURN = re.compile(r"\b(?:medan|men)\b")
_CONNECTOR = re.compile(r"\s*;\s*|\s*,?\s+(?:och|samt|men|medan|varvid|varefter|då|när|sedan|eftersom|varpå)\s+|,\s+")
LIST_GAP = re.compile(r"\s*(?:,|,?\s*(?:och|samt|respektive|resp\.?|&|/)|,\s*(?:och|samt))\s*\Z")
_BEFORE_PERSON = re.compile(r"([\w.]+)\s*$")
_SUBSTITUTE_OF = re.compile(r"(?:\btill|\bsom)\s+(?:personlig\s+)?(?:ersättare|suppleant)\s+för\s*$")


def clauses_of(sentence: Sentence) -> list[Clause]:
    """One clause for each wording that tells of a change; a link alone makes a clause where there is nothing else."""
    main = [cue for cue in sentence.cues if cue.rule.get("form") in (None, "verb", "label", "grant")]
    main = [cue for cue in main if not is_relative(sentence, cue)]
    verbs = [cue for cue in main if cue.rule.get("form") != "label"]
    if verbs:
        main = [cue for cue in main if cue in verbs or not _beside(cue, verbs)]
    if not main:
        main = [cue for cue in sentence.cues if cue.rule.get("form") == "link"][:1]
    main = [a for a, b in pairwise(main) if not _said_twice(sentence, a, b)] + main[-1:]
    borders = [0, *(_border(sentence, a, b) for a, b in pairwise(main)), len(sentence.string)]
    clauses: list[Clause] = []
    for at, cue in enumerate(main):
        shared = _heirs(sentence, clauses[-1], cue) if clauses else []
        clauses.append(Clause(cue, min(borders[at], cue.start), max(borders[at + 1], cue.end), tuple(shared)))
    return clauses


def _said_twice(sentence: Sentence, first: Cue, second: Cue) -> bool:
    """`Till ledamot utses för 2026 utses A`: a wording written twice before the first name."""
    between = sentence.masked[first.end : second.start]
    early = any(person.start < second.start for person in sentence.persons)
    return first.rule is second.rule and not early and not re.search(r"[,;]|\boch\b", between)


_WHO = re.compile(r"\x01,?\s+som\s+(?:i sin tur\s+)?(?:har\s+|hade\s+|nu\s+|själv\s+)*$")


def is_relative(sentence: Sentence, cue: Cue) -> bool:
    """`… i stället för A som avsagt sig`: says no more of the one whom the link names already."""
    before = sentence.masked[: cue.start]
    if any(seat.start() < cue.start <= seat.end() for seat in SEAT_LEFT.finditer(sentence.masked)):
        return True
    if cue.rule.get("change") != "departure" or not _WHO.search(before):
        return False
    linked = linked_in(sentence, 0, cue.start)
    return any(person.end == before.rindex(HIDDEN) + 1 for person in linked)


def _heirs(sentence: Sentence, before: Clause, cue: Cue) -> list[Person]:
    """Whom a wording without a subject of its own is about: `A ersätter B, som ersätter C` is B, else as before."""
    if _WHO.search(sentence.masked[: cue.start]):
        return [p for p in sentence.persons if p.end <= cue.start][-1:]
    return subjects_of(sentence, before.cue, before.start) or list(before.shared)


def _beside(cue: Cue, verbs: Sequence[Cue]) -> bool:
    """A label in a sentence with a verb is that verb's (`ny ledamot utses`): only the verb makes a clause."""
    return cue.rule.get("change") != "departure" or any(verb.rule.get("change") == "departure" for verb in verbs)


def _border(sentence: Sentence, first: Cue, second: Cue) -> int:
    """Where the clause of the first wording ends and that of the second begins."""
    between = [p for p in sentence.persons if first.end <= p.start and p.end <= second.start]
    wants = second.rule.get("before") in ("incoming", "outgoing")
    limit = second.start
    if wants and between:
        filled = first.rule.get("after") not in ("incoming", "outgoing") or _has_subject(sentence, first)
        needs_object = "both" in needs_of(first) or not filled
        limit = _group_start(sentence, between)
        if needs_object and limit == between[0].start:
            limit = between[-1].start if len(between) > 1 else second.start
    if relative := _WHO.search(sentence.masked[: second.start]):
        return relative.start() + 1
    connectors = [m for m in _CONNECTOR.finditer(sentence.masked, first.end, limit) if m.end() <= limit]
    return connectors[-1].start() if connectors else limit


def _group_start(sentence: Sentence, persons: Sequence[Person]) -> int:
    """Where the last list of persons (`A, B och C`) begins."""
    start = persons[-1].start
    for before, now in zip(reversed(persons[:-1]), reversed(persons[1:]), strict=True):
        if not LIST_GAP.match(sentence.string[before.end : now.start]):
            break
        start = before.start
    return start


def _has_subject(sentence: Sentence, cue: Cue) -> bool:
    return cue.rule.get("before") in ("incoming", "outgoing") and any(p.end <= cue.start for p in sentence.persons)


# `i A:s ställe`, `tar A:s plats`
SEAT_OF = re.compile(
    r"\b(?:i|på|tar|tog|tagit|(?:tar|tog|ta|tagit)\s+över|intar|intog|fyller|övertar|får|är|blir)\s+(\x01+)s?(?:\s*\([^()]*\))?\s+(?:ställe|plats|efterträdare)\b",
    re.IGNORECASE,
)
# `tar den plats i rådet som A lämnade`
SEAT_LEFT = re.compile(r"\bden (?:plats|stol)\b[^.;\x01]*\bsom\s+(\x01+)\s+(?:lämna|ha|inne|ställ)\w*", re.IGNORECASE)


# `för A:s återstående mandattid`, `under resten av A:s mandatperiod`
_TERM_OF = re.compile(
    r"\b(?:för|under)\s+(?:(?:resten|återstoden)\s+av\s+)?(\x01+)s?(?:\s*\([^()]*\))?\s+"
    r"(?:(?:återstående|kvarvarande)\s+\w+|mandat\w+)"
)


def linked_in(sentence: Sentence, start: int, end: int) -> list[Person]:
    """The persons that a link names (`efter A`, `i stället för B`)."""
    found: list[Person] = []
    for cue in sentence.cues:
        if cue.rule.get("form") == "link" and start <= cue.start < end:
            found += list_at(sentence, cue.end)
    said = sentence.masked[start:end]
    for match in (*SEAT_OF.finditer(said), *SEAT_LEFT.finditer(said), *_TERM_OF.finditer(said)):
        found += [p for p in sentence.persons if p.start == start + match.start(1)]
    return found


def list_at(sentence: Sentence, at: int) -> list[Person]:
    """The list of persons that starts right here."""
    found: list[Person] = []
    for person in sentence.persons:
        if person.start < at:
            continue
        gap = sentence.string[at : person.start]
        again = person.name in {other.name for other in found}
        if again or (not LIST_GAP.match(gap) if found else gap.strip(" :")):
            break
        found.append(person)
        at = person.end
    return found


_WHO_SHORT = re.compile(r",?\s+som\s+(?:[\w.\x02]+\s+){0,6}\Z")


# A verb or something like it behind the one who opens the sentence; no preposition or conjunction.
_FINITE = re.compile(r"\s+(?!(?:och|samt|som|att|i|på|för|till|med|av|från|vid|under|efter|inom)\b)[a-zåäö]+\s")


def _goes_on(sentence: Sentence, end: int, cue: Cue) -> bool:
    """`A har flyttat och lämnar rådet`: the one who opens the sentence is the subject of its second verb too."""
    opens = sentence.persons[0].end == end and not sentence.masked[: sentence.persons[0].start].strip()
    gap = sentence.masked[end : cue.start]
    plain = not re.search(r"[;:]|\b(?:att|som|när|då|om|medan)\b", gap) and HIDDEN not in gap
    return opens and plain and bool(_FINITE.match(gap)) and bool(re.search(r"\boch\s+$", gap))


def subjects_of(sentence: Sentence, cue: Cue, start: int) -> list[Person]:
    """The list of persons that the wording has for its subject: right before it but for auxiliaries and dates."""
    before = [p for p in sentence.persons if start <= p.start and p.end <= cue.start]
    linked = {p.start for p in linked_in(sentence, start, cue.start)}
    before = [p for p in before if p.start not in linked]
    while before and not _fits_gap(sentence, before[-1].end, cue):
        before.pop()
    if not before:
        return []
    first = _group_start(sentence, before)
    group = [p for p in before if p.start >= first]
    word = _BEFORE_PERSON.search(sentence.string[:first])
    allowed = cue.rule.get("form") in ("label", "grant") and word and word.group(1).lower() in ("från", "av", "för")
    told_of = _WHO_SHORT.match(sentence.masked[before[-1].end : cue.start])
    return [] if word and word.group(1).lower() in sentence.words.no_subject and not (allowed or told_of) else group


def _fits_gap(sentence: Sentence, end: int, cue: Cue) -> bool:
    """Whether nothing but auxiliaries, dates and the like stands between a person and her wording."""
    aside = ASIDE.match(sentence.masked, end, cue.start)
    end = aside.end() if aside else end
    gap = sentence.masked[end : cue.start]
    if "touching" in needs_of(cue):
        return not gap.strip()
    if "seat" in needs_of(cue):
        said = gap.removeprefix("s") + sentence.string[cue.start : cue.end]
        return bool(re.match(r"\s+(?:plats|stol|uppdrag|roll|tjänst|post|mandat|förordnande)\b[^,;]*$", said))
    if _goes_on(sentence, end, cue) or _WHO_SHORT.match(gap):
        return True
    if any(end <= post.start and post.end <= cue.start for post in sentence.posts):
        return False
    words = re.findall(r"[^\W_][\w.-]*", re.sub(r"^s\b", "", gap.replace(DATED, " ")))
    return len(words) <= 14 and all(word.lower().rstrip(".") in sentence.words.gap or word.isdigit() for word in words)


def objects_of(sentence: Sentence, clause: Clause) -> list[Person]:
    """The persons behind the wording that nothing else claims."""
    start, end = clause.cue.end, clause.end
    linked = {p.start for p in linked_in(sentence, clause.start, end)}
    behind = [p for p in sentence.persons if start <= p.start < end and p.start not in linked]
    found: list[Person] = []
    for person in behind:
        if person.pronoun and sentence.string[start : person.start].strip():
            continue
        if found and _TURN.search(sentence.masked, found[-1].end, person.start):
            break
        word = _BEFORE_PERSON.search(sentence.string[start : person.start])
        said = word.group(1).lower() if word else ""
        listed = bool(found) and bool(LIST_GAP.match(sentence.string[found[-1].end : person.start]))
        deputy = said == "med" and bool(re.match(r"\s+som\s", sentence.masked[person.end :]))
        if said in sentence.words.no_subject and not (_may_follow(clause.cue, said) or listed or deputy):
            continue
        if _SUBSTITUTE_OF.search(sentence.string[start : person.start]):
            continue
        if "touching" in needs_of(clause.cue) and not found and sentence.string[start : person.start].strip():
            break
        found.append(person)
    return found


def _may_follow(cue: Cue, word: str) -> bool:
    if word in ("av", "till", "med", "mot") and word in needs_of(cue):
        return True
    return (
        cue.rule.get("form") in ("label", "grant")
        and word in ("från", "av", "för")
        and cue.rule.get("change") == "departure"
    )
