"""Who comes and who leaves in a clause, and whether it has all that its rule needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from protoparse.cues import Cue
from protoparse.seats.clauses import LIST_GAP, SEAT_LEFT, SEAT_OF, linked_in, list_at, objects_of, subjects_of
from protoparse.seats.parts import DATED, HIDDEN, Clause, Person, Post, Sentence, needs_of
from protoparse.seats.posts import free_group, noun_phrase, stops_of


def denied(sentence: Sentence, clause: Clause) -> bool:
    for cue in sentence.cues:
        if cue.rule.get("form") == "not" and clause.start <= cue.start < clause.end:
            first, last = sorted((cue, clause.cue))
            if not re.search(r",\s*(?:och|men|samt)\s|;", sentence.masked[first.end : last.start]):
                return True
    return False


def sides_of(sentence: Sentence, clause: Clause) -> tuple[list[Person], list[Person]]:
    """(incoming, outgoing) persons of a clause by the rule's sides and the links in it."""
    cue = clause.cue
    before, after = cue.rule.get("before"), cue.rule.get("after")
    if cue.rule.get("form") == "link":
        return _link_sides(sentence, cue)
    linked = linked_in(sentence, clause.start, clause.end)
    if "link" in (cue.rule.get("needs") or "") and not linked:
        linked = [
            p for m in re.finditer(r"\bfrån\s+(?=\x01)", sentence.masked[cue.end : clause.end])
            for p in list_at(sentence, cue.end + m.end())
        ]  # fmt: skip
    subjects = subjects_of(sentence, cue, clause.start) if before in ("incoming", "outgoing") else []
    objects = [p for p in objects_of(sentence, clause) if p not in linked] if after in ("incoming", "outgoing") else []
    if subjects and cue.rule.get("form") == "label" and before == "incoming":
        verb = re.search(r"\b(?:är|blir|blev|blivit)\b", sentence.masked[subjects[-1].end : cue.start])
        subjects = subjects if linked or verb else []
    if before in ("incoming", "outgoing") and not subjects and clause.shared and not (objects and before == after):
        subjects = list(clause.shared)
    if "both" in needs_of(cue) and not subjects and len(objects) >= 2:
        subjects, objects = _inverted(sentence, objects)
    sides: dict[str, list[Person]] = {"incoming": [], "outgoing": list(linked)}
    if before == after and subjects:
        objects = _continued(sentence, objects)
    for side, persons in ((before, subjects), (after, objects)):
        if side in sides:
            sides[side] += [p for p in persons if p.name not in {q.name for q in sides[side]}]
    return sides["incoming"], sides["outgoing"]


def _continued(sentence: Sentence, objects: Sequence[Person]) -> list[Person]:
    """`A utses till ordförande och B till vice ordförande`: a person behind the verb counts if a position follows."""
    return [p for p in objects if re.match(r"\s*(?:till|som)\s", sentence.masked[p.end :])]


def _inverted(sentence: Sentence, objects: list[Person]) -> tuple[list[Person], list[Person]]:
    """`I dag efterträds A av B`: the first behind the verb is its subject."""
    first = [objects[0]]
    for before, now in pairwise(objects):
        if not LIST_GAP.match(sentence.string[before.end : now.start]):
            break
        first.append(now)
    return (first, objects[len(first) :]) if len(first) < len(objects) else ([], objects)


def _link_sides(sentence: Sentence, cue: Cue) -> tuple[list[Person], list[Person]]:
    """A link without a verb: the one before it comes, the one behind it leaves (`Ledamot i N: B efter A`); or, as in
    titles, the one who comes stands last (`Ledamot i N efter A (S), B (S)`)."""
    touching = [
        p for p in sentence.persons if p.end <= cue.start and not sentence.string[p.end : cue.start].strip(" ,")
    ]
    behind = list_at(sentence, cue.end)
    plain = cue.rule.get("before") == "none" and not any(p.start < cue.start for p in sentence.posts)
    if touching:
        return (touching, behind[:1]) if behind and _bare(sentence, cue, touching[0], behind[0]) else ([], [])
    later = [p for p in sentence.persons if p.start > cue.end and p not in behind[:1]]
    if behind and not plain and later:
        return later, behind[:1]
    return [], [] if plain or cue.rule.get("before") != "none" else behind[:1]


def _bare(sentence: Sentence, cue: Cue, came: Person, left: Person) -> bool:
    """Whether `A i stället för B` stands by itself, as in a list, and is no part of what A did at the meeting."""
    before, after = sentence.masked[: came.start].strip(), sentence.masked[left.end :].lstrip()
    alone = not before or before.endswith((":", "-", "–", "—")) or any(p.end >= len(before) for p in sentence.posts)
    if cue.rule.get("before") == "incoming":
        return alone
    if cue.rule.id == "efter-person" and not before:
        return False
    return alone and bool(re.match(r"$|[.,;(\x02]|(?:i|inom|som|från|fr\.o\.m|till|t\.o\.m|och)\b", after))


def satisfied(
    sentence: Sentence,
    clause: Clause,
    incoming: Sequence[Person],
    outgoing: Sequence[Person],
    posts: Sequence[Post],
    group: str | None,
) -> bool:
    """Whether the clause has what its rule needs."""
    needs, cue = needs_of(clause.cue), clause.cue
    change = cue.rule.get("change")
    known = bool(outgoing) and change != "departure"
    if "both" in needs and not (incoming and outgoing):
        return False
    if change == "appointment" and not incoming:
        return False
    if "link" in needs and not outgoing and not ("av" in needs and _from_now_on(sentence, clause)):
        return False
    if "seat-of" in needs and not _somebodys_seat(sentence.masked[clause.start : clause.end]):
        return False
    if "held" in needs and _OTHER_THING.match(sentence.masked, cue.end):
        return False
    if "offices" in needs and incoming and all(person.office for person in incoming):
        return True
    if "thanks" in needs and not _YEARS.search(sentence.masked[clause.start : clause.end]):
        return False
    if "adjunct" in needs and not posts and not group and _lasting(sentence, clause):
        return bool(incoming)
    if needs & {"post", "post|link"} and not (posts or group or known or in_place(sentence, clause)):
        return False
    if "next" in needs and not any(_directly(sentence, cue, post) or _leads(sentence, cue, post) for post in posts):
        return False
    if "colon" in needs and not _NAMED_NEXT.match(sentence.masked, cue.end):
        return False
    if "label-post" in needs:
        heads = [p for p in posts if not sentence.masked[p.end : cue.start].strip()]
        return bool(heads) and sentence.masked[cue.end :].lstrip().startswith(":")
    if "new" in needs and not re.search(r"\b(?:ny[ae]?|nytt)\s", sentence.masked[cue.end : clause.end]):
        return False
    if "group" in needs:
        chunk = noun_phrase(sentence.words, sentence.masked, cue.end + 1, stops_of(sentence))
        return bool(sentence.words.group.search(" ".join(chunk.split()[:3])))
    return True


_NAMED_NEXT = re.compile(rf"[^.;:,{HIDDEN}]{{2,60}}(?::|\sär)\s+{HIDDEN}")  # `avgående ledamöter i rådet: A`
# `efter tolv år i rådet`, `som suttit i rådet sedan 2014`
_YEARS = re.compile(
    r"\b(?:efter|i|under)\s+(?:\w+\s+){0,2}(?:år|mandatperiod(?:er)?)\b|\b(?:efter|för)\s+(?:sin|hennes|hans)\s+tid\b|\bsedan\s+\d{4}\b"
)
_FROM_THEN_ON = re.compile(r"\b(?:tills vidare|framöver|fortsättningsvis|(?:kommande|styrgruppens|gruppens) möten)\b")


def _lasting(sentence: Sentence, clause: Clause) -> bool:
    """`… beslutar att adjungera A`, `adjungerar A tills vidare`: not for one meeting only."""
    decided = re.search(r"\bbeslut\w+ att\s+\Z", sentence.masked[: clause.cue.start])
    return bool(decided or _FROM_THEN_ON.search(sentence.string[clause.cue.end : clause.end]))


# `tar över punkten efter B`, and not `tar över rollen efter B`.
_OTHER_THING = re.compile(
    r"\s+(?!\w*(?:uppdrag|roll|tjänst|post|plats|ansvar|samordn|ledning|ledar|ordförand|skap|klubb|stafett|stol))"
    r"(?!(?:i|från|den|igen|numera|även|också|då|nu)\b)[a-zåäö]+(?:en|et|na|erna)\b"
)


_FROM_NOW_ON = re.compile(r"\b(?:framöver|fortsättningsvis|hädanefter|i fortsättningen|numera)\b")
_SINCE_GONE = re.compile(
    r"\s*,?\s*(?:sedan|då|när|efter att)\s+\x01+\s+(?:har\s+)?(?:slutat|avgått|lämnat|gått|avsagt|flyttat)\b"
)


def _from_now_on(sentence: Sentence, clause: Clause) -> bool:
    """`Skolan företräds framöver av A`, `… av A sedan B slutat`: a change, and not how it has always been."""
    said = sentence.masked[clause.start : clause.end]
    return bool(_FROM_NOW_ON.search(said) or _SINCE_GONE.search(sentence.masked, clause.cue.end))


def _somebodys_seat(said: str) -> bool:
    return bool(
        SEAT_OF.search(said) or SEAT_LEFT.search(said) or re.search(r"\b(?:hans|hennes|deras|dennes)\s+plats", said)
    )


def in_place(sentence: Sentence, clause: Clause) -> bool:
    """`… och utse B i hans ställe`: the seat is the one told before."""
    said = sentence.masked[clause.start : clause.end]
    return bool(re.search(r"(?:\x01|\b(?:hans|hennes|dennes|deras))\s+(?:ställe|plats)|\bi\s?stället\b", said))


def _leads(sentence: Sentence, cue: Cue, post: Post) -> bool:
    """`Ny ordförande blir B`: the seat stands before the verb, its holder right behind."""
    new = re.search(r"(?:^|[.:;]\s)\s*(?:[Tt]ill\s+)?[Nn]y[ae]?\s+\Z", sentence.masked[: post.start])
    behind = sentence.masked[cue.end :].lstrip().startswith((HIDDEN, DATED))
    return bool(new) and behind and not sentence.masked[post.end : cue.start].strip()


def _directly(sentence: Sentence, cue: Cue, post: Post) -> bool:
    gap = sentence.masked[cue.end : post.start]
    return post.start >= cue.end and not re.sub(
        r"\b(?:ny|nya|nye|nytt|tf\.?|t\.f\.|tillförordnad|vår|som|till|ordinarie)\b|[\s\x01]", "", gap
    )


_ADVERB = re.compile(r"(?:(?:därmed|därför|också|även|nu|samtidigt|dessutom|således|sedan|då|redan|själv)\s+)*")


def clause_group(sentence: Sentence, clause: Clause) -> str | None:
    cue = clause.cue
    if "med" in needs_of(cue):
        head = re.sub(r"^.*?\batt\s+", "", sentence.masked[clause.start : cue.start]).strip()
        if "offices" not in needs_of(cue) and not sentence.words.group.search(head):  # `att utöka rådet med A`
            head = noun_phrase(sentence.words, sentence.masked, cue.end + 1, stops_of(sentence))
        return head if sentence.words.group.search(head) and HIDDEN not in head else None
    if "group" in needs_of(cue):
        lead = _ADVERB.match(sentence.masked, cue.end + 1)
        at = lead.end() if lead else cue.end + 1
        return noun_phrase(sentence.words, sentence.masked, at, stops_of(sentence)) or None
    if "mot" in needs_of(cue) and (head := sentence.masked[clause.start : cue.start].strip()) and HIDDEN not in head:
        own = head if sentence.words.group.fullmatch(head) else None
        return free_group(sentence, cue.end, clause.end) or own
    opening = free_group(sentence, 0, clause.start) if re.match(r"(?:I|Inom)\s", sentence.masked) else None
    return free_group(sentence, clause.start, clause.end) or opening


def assembly(sentence: Sentence, posts: Sequence[Post]) -> str | None:
    """The county board appoints members of the assembly only: told to an assembly, the seat is in it."""
    organ = sentence.organ or ""
    told = posts and "länsstyrelse" in sentence.string.lower() and "fullmäktige" in organ.lower()
    return organ[:1].lower() + organ[1:] if told else None
