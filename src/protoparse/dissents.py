"""Who went against a decision or took no part in it: reservations, notes in the minutes, conflicts of interest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from protoparse.models import Dissent, DissentKind, Doubt, Evidence, Passage, Zone
from protoparse.people import People
from protoparse.sentences import boundaries
from protoparse.text import Text

_KINDS: tuple[DissentKind, ...] = ("reservation", "abstains", "conflict", "note")
_OWN = (Zone.DISSENT, Zone.CONFLICT)
_TOLD = (*_OWN, Zone.BODY, Zone.DECISION, Zone.DECISION_GROUP, Zone.PROCEDURE, Zone.VOTE, Zone.ATTENDANCE)
_LIST = re.compile(r"[\s,;:.()&–-]|\boch\b|\bsamt\b|\bsamtliga\b|\bför\b", re.IGNORECASE)
_PARTY = r"[A-ZÅÄÖ]{1,4}"
_ONE = rf"(?:\({_PARTY}\)|{_PARTY}\b|[A-ZÅÄÖ]\w+(?:partiet|erna)\b)"
_LONGEST = 4000  # characters of a note that its row keeps
_MEMBERS = re.compile(
    r"\b(?:(?i:samtliga |övriga |de ))?(?:närvarande )?"
    r"(?:(?i:ledamöter(?:na)?|ledamot|representanter(?:na)?|företrädar(?:e|na))) (?:för|från|i) "
    rf"(?:{_ONE}(?:(?:,| och| samt) {_ONE})*|[a-zåäö]+(?:styrelsen|nämnden|utskottet))"
    rf"|\b{_PARTY}-?(?:, {_PARTY}-?)*(?: och {_PARTY})?-(?:grupperna|gruppen|ledamöterna|ledamöter|fraktionen)"
    rf"|\({_PARTY}\)-gruppen|\b[Ss]tyrelsens ledamöter|\b[Ll]edamöterna i \w+"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of `rules/dissents.yml` as patterns."""

    cues: Mapping[DissentKind, re.Pattern[str]]
    headings: Mapping[str, DissentKind]
    others: re.Pattern[str]
    nobody: re.Pattern[str]
    groups: re.Pattern[str]
    under: re.Pattern[str]  # what a member does to a note, under a heading of notes

    @classmethod
    def of(cls, words: Mapping[str, object]) -> Words:
        """From the rule file."""

        def any_of(name: str) -> re.Pattern[str]:
            listed = sorted(words[name], key=len, reverse=True)  # type: ignore[call-overload]
            return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)

        return cls(
            {kind: any_of(kind) for kind in _KINDS},
            dict(words["headings"]),  # type: ignore[call-overload]
            any_of("others"),
            any_of("nobody"),
            any_of("groups"),
            any_of("note_under"),
        )


class _Statement(NamedTuple):
    """A sentence that tells of a dissent, at start to end of a passage, and who dissents by it; `listed`: names under a
    heading, without a verb."""

    passage: int
    start: int
    end: int
    kind: DissentKind
    listed: bool
    who: Sequence[dict[str, str | None]]


def find_dissents(
    running: Sequence[Passage], people: People, names: frozenset[str], words: Words
) -> tuple[list[Dissent], list[Doubt]]:
    """The dissents of a document in their order, and the places where the text does not say who. `names`: persons
    known from the attendance list."""
    rows: list[Dissent] = []
    doubts: list[Doubt] = []
    found = [one for at in range(len(running)) for one in _statements(running, at, people, names, words)]
    told = [one for one in found if one.who]
    for one in found:
        passage = running[one.passage]
        quote = passage.text[one.start : one.end].strip()
        if not one.who and not one.listed and quote.string.endswith((".", ":", "!", ";")):
            doubts.append(_doubt(quote, one.kind, passage))
        after = next((k for k in told if k[:2] > one[:2]), None)
        text = _note(running, one, after) if one.kind == "note" and passage.zone in _OWN else quote.string
        base = {"evidence": Evidence(quote=quote), "kind": one.kind, "text": text, "section": passage.section}
        rows.extend(Dissent(**base, **who) for who in one.who)
    return rows, doubts


def _statements(
    running: Sequence[Passage], at: int, people: People, names: frozenset[str], words: Words
) -> Iterator[_Statement]:
    """The statements of one passage, with who makes them."""
    if running[at].zone not in _TOLD:
        return
    for start, end, kind, listed in _said(running[at], words):
        who = tuple(_who(running[at].text.string[start:end].strip(), kind, listed, people, names, words))
        yield _Statement(at, start, end, kind, listed, who)


def _note(running: Sequence[Passage], one: _Statement, after: _Statement | None) -> str:
    """A note with all its words: those behind the sentence that opens it, to the next statement or heading."""
    first = running[one.passage]
    parts: list[str] = []
    for at in range(one.passage, len(running)):
        passage = running[at]
        if (passage.zone, passage.heading, passage.section) != (first.zone, first.heading, first.section):
            break
        start = one.start if at == one.passage else 0
        end = after.start if after is not None and after.passage == at else len(passage.text.string)
        parts.append(passage.text.string[start:end].strip())
        if (after is not None and after.passage == at) or sum(map(len, parts)) > _LONGEST:
            break
    return " ".join(part for part in parts if part)


def _said(passage: Passage, words: Words) -> Iterator[tuple[int, int, DissentKind, bool]]:
    """The sentences (start, end) that tell of a dissent; under a heading of its own also a list of names without a verb
    (True), and what a member notes there."""
    own = passage.zone in _OWN
    heading = (passage.heading or "").lower()
    meant = next((kind for word, kind in words.headings.items() if word in heading), None) if own else None
    for at, (start, end) in enumerate(boundaries(passage.text.string)):
        sentence = passage.text.string[start:end].strip()
        kind = next((kind for kind in _KINDS if words.cues[kind].search(sentence)), None)
        if kind == "conflict" and meant in (None, "conflict") and "?" in sentence:
            continue
        if kind is not None:
            if not words.nobody.search(sentence):
                yield start, end, kind, False
        elif meant and (at == 0 or (meant == "note" and words.under.search(sentence))):
            yield start, end, meant, True


def _who(
    text: str, kind: DissentKind, listed: bool, people: People, names: frozenset[str], words: Words
) -> Iterator[dict[str, str | None]]:
    """The persons and groups of a sentence that dissent; of a list only where it is nothing but names."""
    end = len(text)
    if other := words.others.search(text):
        end = other.start()
    spans = [span for span in people.names.within(text, names) if span[0] < end]
    found: list[tuple[int, int, dict[str, str | None]]] = []
    for start, stop, name in spans:
        after, party = people.parties.at(text, stop)
        found.append((start, after, {"name": name, "party": party, "group_name": None}))
    for match in (*_MEMBERS.finditer(text, 0, end), *words.groups.finditer(text, 0, end)):
        if all(match.end() <= a or match.start() >= b for a, b, _ in found):
            found.append((match.start(), match.end(), {"name": None, "party": None, "group_name": match.group()}))
    found.sort(key=lambda one: one[0])
    noted = words.under.search(text) if listed and kind == "note" else None
    if noted is not None and found and found[0][0] == 0:
        listed = False
    if listed and not _only_names(text, found):
        return
    if kind == "note" and not listed:
        cue = noted or words.cues[kind].search(text)
        found = [one for one in found if cue is None or one[0] < cue.start() or re.search(r"\bav\s*\Z", text[: one[0]])]
    yield from (who for _, _, who in found)


def _only_names(text: str, found: Sequence[tuple[int, int, object]]) -> bool:
    """Whether a text holds nothing but the persons found, or begins with one and a colon."""
    if not found:
        return False
    if found[0][0] == 0 and text[found[0][1] :].lstrip().startswith(":"):
        return len(found) == 1 or found[1][0] > found[0][1] + 1
    rest = "".join(" " if any(a <= at < b for a, b, _ in found) else c for at, c in enumerate(text))
    return not _LIST.sub("", rest)


_MESSAGES = {
    "reservation": "Någon reserverar sig, men texten säger inte vem.",
    "note": "Någon lämnar en anteckning, men texten säger inte vem.",
    "abstains": "Någon deltar inte i beslutet, men texten säger inte vem.",
    "conflict": "Någon är jävig, men texten säger inte vem.",
}


def _doubt(quote: Text, kind: DissentKind, passage: Passage) -> Doubt:
    evidence = Evidence(quote=quote)
    return Doubt(evidence=evidence, kind="dissents", cue=kind, message=_MESSAGES[kind], section=passage.section)
