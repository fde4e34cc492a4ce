"""From a sentence to its rows."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from protoparse.cues import Cue
from protoparse.models import Doubt, Evidence, Passage, Zone
from protoparse.seats.clauses import clauses_of
from protoparse.seats.pairs import merged, paired, placed, posts_for, sharing
from protoparse.seats.parts import DATED, DECIDING, HIDDEN, Clause, Person, Post, Row, Sentence, needs_of, tells
from protoparse.seats.posts import further_groups
from protoparse.seats.pronouns import unclear
from protoparse.seats.reading import Kit, cues_in, decided, may_tell, read_sentence
from protoparse.seats.sides import assembly, clause_group, denied, in_place, satisfied, sides_of
from protoparse.seats.spans import span_of
from protoparse.seats.words import Words
from protoparse.text import Text

TELLING = frozenset({Zone.BODY, Zone.DECISION, Zone.DECISION_GROUP, Zone.INFORMATION})
_ONE_MEETING = re.compile(r"(?:stämma|årsmöte|möte|kongress|konferens|ting)(?:n|t|en|et|s)?\b", re.IGNORECASE)
_EMPLOYER = re.compile(
    r"\s+(?:i|på|vid|inom|hos)\s+(?:[\w-]+\s+){0,3}[\w-]*(?:kommun|region|förvaltning|kontor|län|AB)(?:en|et)?\b"
)
_PAST = re.compile(r"(?:te|de|tes|des)\Z")
_STARTS_OPEN = re.compile(r"\s*(?:Om|Ifall|Huruvida|Vem|Vilka|Vilken|Kan|Ska|Skall|Bör)\s")


def sentence_rows(kit: Kit, text: Text, passage: Passage) -> tuple[list[Row], list[Doubt], bool]:
    """(rows, doubts, whether the sentence grants a resignation told elsewhere)."""
    text = decided(text, passage.zone)
    string = text.string
    if not may_tell(kit, string):
        return [], [], False
    cues = cues_in(kit, string, passage.zone)
    forms = {cue.rule.get("form") for cue in cues}
    if "stop" in forms or not any(tells(cue) for cue in cues) or is_open(string) or kit.words.today.match(string):
        return [], [], False
    grants = "grant" in forms and "not" not in forms
    sentence = read_sentence(kit, text, cues)
    if not sentence.persons:
        return [], [], grants
    rows: list[Row] = []
    failed: list[Cue] = []
    for clause in clauses_of(sentence):
        found = _clause_rows(kit, sentence, clause, passage)
        if found is None:
            continue
        rows.extend(found)
        if not found and "weak" not in needs_of(clause.cue) and any(sides_of(sentence, clause)):
            failed.append(clause.cue)
    rows = _for_one_term(sentence, sharing(merged(rows)))
    doubts = [_doubt(sentence, cue, passage) for cue in failed] if not rows else []
    if not rows and not doubts and (who := unclear(string, cues, sentence.persons)):
        doubts = [_unclear_doubt(sentence, who, passage)]
    return rows, doubts if passage.zone in TELLING else [], grants and not rows


def _for_one_term(sentence: Sentence, rows: list[Row]) -> list[Row]:
    """`väljer för 2026 A till ordförande och omväljer B`: a term before the first name is that of all."""
    named = sentence.masked.find(HIDDEN)
    if len(rows) < 2 or DATED not in sentence.masked[: max(named, 0)] or not rows[0].until:
        return rows
    first = rows[0]
    return [
        replace(row, start=first.start, until=first.until)
        if row.kind == "appointment" and not (row.start or row.until)
        else row
        for row in rows
    ]


def is_open(string: str) -> bool:
    return string.rstrip(' ”"').endswith("?") or bool(_STARTS_OPEN.match(string))


def _doubt(sentence: Sentence, cue: Cue, passage: Passage) -> Doubt:
    said = sentence.string[cue.start : cue.end]
    return Doubt(
        evidence=Evidence(quote=sentence.text, rule=cue.rule.id),
        kind="roster_changes",
        cue=said,
        message=f"”{said}” står bredvid en person, men vem som kommer eller går framgår inte säkert.",
        section=passage.section,
    )


def _unclear_doubt(sentence: Sentence, who: str, passage: Passage) -> Doubt:
    return Doubt(
        evidence=Evidence(quote=sentence.text),
        kind="roster_changes",
        cue=who,
        message=f"Vem ”{who}” är framgår inte säkert; mer än en person kan avses, eller ingen nämns i meningen före.",
        section=passage.section,
    )


def _clause_rows(kit: Kit, sentence: Sentence, clause: Clause, passage: Passage) -> list[Row] | None:
    """The rows of one clause; None where it is denied or plainly tells of nobody."""
    if denied(sentence, clause) or _is_long_ago(sentence, clause.cue):
        return None
    incoming, outgoing = sides_of(sentence, clause)
    rule, change = clause.cue.rule, clause.cue.rule.get("change")
    if not incoming and not outgoing:
        return []
    posts = [p for p in sentence.posts if clause.start <= p.start < clause.end]
    if not posts and clause.cue.rule.get("change") == "appointment" and "next" not in needs_of(clause.cue):
        posts = [p for p in sentence.posts if p.start < clause.start][-1:]
    start, until = span_of(sentence, clause, kit.meeting.date)
    if any(is_passing(sentence.words, post, until) for post in posts):
        return None
    if "offices" in needs_of(clause.cue) and all(person.office for person in incoming):
        posts = []
    if not posts and change == "appointment" and kit.post and not in_place(sentence, clause):
        posts = [kit.post] if "next" not in needs_of(clause.cue) else []
    group = next((p.group for p in posts if p.group), None) or clause_group(sentence, clause)
    group = group or assembly(sentence, posts)
    if not posts and not group and _is_beside_the_point(sentence, clause.cue):
        return None
    if not satisfied(sentence, clause, incoming, outgoing, posts, group):
        return []
    base = Row(
        "departure", None, None, rule.id, sentence.text, passage, group, start=start, until=until,
        represents=next((p.represents for p in posts if p.represents), None),
        label=rule.get("form") in ("label", "link") and passage.zone not in DECIDING,
        hint=rule.get("form") == "link" and not incoming,
        needs=needs_of(clause.cue),
        new=bool(re.search(r"\b(?:ny|nya|nye|nytt)\s", sentence.masked[clause.start : clause.end], re.IGNORECASE)),
    )  # fmt: skip
    pairs = paired(incoming, outgoing)
    if sender := _sender(kit, sentence, clause):
        pairs = [(came and _from(came, sender), left) for came, left in pairs]
    if change == "departure":
        pairs = [(None, p) for p in outgoing or incoming]
    if any(came and left and came.name == left.name for came, left in pairs):
        return []
    if not posts and group and len(pairs) == 1:
        groups = [group, *further_groups(kit.people, sentence, group)]
        return [placed(sentence.words, replace(base, group=it), *pairs[0], None) for it in groups]
    return [
        placed(sentence.words, base, came, left, seat)
        for (came, left), post in zip(pairs, posts_for(sentence, pairs, posts), strict=True)
        for seat in ((post, *post.more) if post and len(pairs) == 1 else (post,))
    ]


_SENDER = re.compile(r"((?:[A-ZÅÄÖ][\w-]*)(?: [A-ZÅÄÖ][\w-]*){0,3}(?: (?:kommun|län|stad))?)[\s\x02]*")


def _sender(kit: Kit, sentence: Sentence, clause: Clause) -> str | None:
    """`Polisen företräds av A`, `Region Strand har utsett A`: whom A comes from."""
    sends = clause.cue.rule.get("before") == "none" and clause.cue.rule.get("after") == "incoming"
    said = sentence.string[clause.cue.start : clause.cue.end].lower()
    if not sends or not ("har " in said or "av" in needs_of(clause.cue)):
        return None
    name = _SENDER.fullmatch(sentence.masked, clause.start, clause.cue.start)
    found = name.group(1) if name else None
    own = kit.meeting.organ or ""
    if found and _ELECTS.search(found):
        return None
    outside = found and kit.people.organisation.search(found) and found.lower() not in own.lower()
    return found if outside and not kit.words.group.search(found or "") else None


# Who elects others' members sends nobody of its own; `Kommunen` is the one whose minutes these are.
_ELECTS = re.compile(
    r"(?i:myndighet|länsstyrelse|regering|domstol|tingsrätt)|^(?:Kommun|Region|Förening|Förbund|Bolag)(?:en|et)$"
)


def _from(person: Person, sender: str) -> Person:
    place = person.about.organization or sender
    return replace(person, about=person.about._replace(organization=place))


def _is_beside_the_point(sentence: Sentence, cue: Cue) -> bool:
    """`A slutar i Ekhults kommun`, `slutar rapporten med …`; `A ersätter B vid beslut i § 4`, `… som föreläsare`: no
    seat is spoken of."""
    if "job" in needs_of(cue):
        word = re.match(r"\s+([^\W\d_]+)", sentence.masked[cue.end :])
        return bool(_EMPLOYER.match(sentence.masked, cue.end)) or bool(
            word and word.group(1) not in sentence.words.after_job
        )
    behind = sentence.masked[cue.end :]
    return "both" in needs_of(cue) and ("§" in behind or bool(sentence.words.on_stage.search(behind)))


def _is_long_ago(sentence: Sentence, cue: Cue) -> bool:
    """`Under förra året ersatte A B`: a change of another year that is only told again."""
    said = sentence.string[cue.start : cue.end].split()[-1].lower()
    return bool(_PAST.search(said)) and bool(sentence.words.long_ago.search(sentence.string))


def is_passing(words: Words, post: Post, until: datetime.date | None) -> bool:
    """An office of one meeting: who adjusts the minutes, a delegate to one annual meeting without a term."""
    once = not until and post.group and _ONE_MEETING.search(post.group) and any("ombud" in p for p in post.positions)
    return bool(once) or any(words.meeting_post.search(position) for position in post.positions)
