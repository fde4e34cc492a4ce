"""Votes told in text: totals in sentences, and lists of the names that voted one way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from protoparse.models import Passage, VoteCast, Zone
from protoparse.people import People
from protoparse.sentences import boundaries
from protoparse.text import Text, Word, join
from protoparse.votewords import Named, Totals, VoteWords

# In these zones votes are told that others have held, or that somebody proposes.
_TOLD_OF_OTHERS = frozenset(
    {Zone.BACKGROUND, Zone.BASIS, Zone.PROPOSAL, Zone.APPEAL, Zone.DISTRIBUTION, Zone.CONTENTS, Zone.CONFLICT}
)


@dataclass(slots=True)
class Told:
    """Something that the text says of a vote: that one begins (`call`), its totals, the names on one side, or how
    candidates fared in secret. `at` is the index of the passage and the offset in it."""

    kind: Literal["call", "totals", "side", "secret"]
    at: tuple[int, int]
    quote: Text
    section: int | None
    totals: Totals = field(default_factory=dict)
    names: list[Named] = field(default_factory=list)
    side: VoteCast | None = None
    sure: bool = True  # False: only beside another list does it tell of a vote


def told(passages: Sequence[Passage], people: People, words: VoteWords, apart: frozenset[Word]) -> list[Told]:
    """All that the passages say of votes, in their order; passages of the words of tables (`apart`) say nothing."""
    found: list[Told] = []
    above: list[Text] = []  # lines of a list of names that goes on, each printed as a paragraph of its own
    waiting: Told | None = None  # a label whose names stand in the passages below it
    heading: tuple[int | None, str | None] = (None, None)
    for index, passage in enumerate(passages):
        if passage.zone in _TOLD_OF_OTHERS or (apart and apart.intersection(passage.text.words)):
            waiting, above = None, []
            continue
        if heading != (heading := (passage.section, passage.heading)) and passage.heading:
            waiting = _label_alone(Text(passage.heading), index, passage, words)
            if waiting is None and passage.zone is Zone.VOTE:
                found.append(Told("call", (index, 0), passage.text, passage.section))
        if (alone := _label_alone(passage.text, index, passage, words)) is not None:
            waiting = alone
            continue
        if waiting is not None and (names := _only_names(passage.text, waiting.side, people)):
            if not waiting.names:
                waiting.quote = waiting.quote if waiting.quote.runs else names[0].quote
                found.append(waiting)
            waiting.names.extend(names)
            continue
        waiting = None
        if words.hint.search(passage.text.string):
            found.extend(_in_passage(index, replace(passage, text=join([*above, passage.text])), people, words))
            above = []
        elif _OPEN_LIST.search(passage.text.string) and _only_names(passage.text, "yes", people):
            above.append(passage.text)
        else:
            above = []
    return found


_OPEN_LIST = re.compile(r"\(\w{1,4}\),\s*\Z")


def _label_alone(text: Text, index: int, passage: Passage, words: VoteWords) -> Told | None:
    """`Ja-röster (7):` or `Följande röstar nej:` on a line of its own."""
    match = words.label.fullmatch(text.string.strip())
    if match is None or not (
        match["colon"] or match["following"] or match["by"] or match["n"] or _plural(match["side"])
    ):
        return None
    side = words.kind(match)
    number = match["n"] or match["n2"]
    return Told("side", (index, 0), text, passage.section, {side: int(number)} if number else {}, side=side)


def _plural(side: str | None) -> bool:
    return bool(side) and len(str(side)) > 4


def _in_passage(index: int, passage: Passage, people: People, words: VoteWords) -> Iterator[Told]:
    text = passage.text
    lists = sorted(
        [*_labelled(index, passage, people, words), *_before_verb(index, passage, people, words)], key=lambda it: it[0]
    )
    taken = [span for span, _ in lists]
    events = [told for _, told in lists]
    events += [
        Told("call", (index, match.start()), text[match.start() : match.end()], passage.section)
        for match in words.called.finditer(text.string)
    ]
    for start, end in boundaries(text.string):
        if not any(a < end and start < b for a, b in taken):
            events.extend(_totals(index, passage, text[start:end], start, words))
    yield from sorted(_together(events), key=lambda event: event.at)


# ---------------------------------------------------------------- totals


def _totals(index: int, passage: Passage, sentence: Text, start: int, words: VoteWords) -> Iterator[Told]:
    string = sentence.string
    found: Totals = {}
    if against := words.against.search(string):
        found = {"yes": words.number(against["yes"]), "no": words.number(against["no"])}
    for match in words.total.finditer(string):
        again = "" if match["n"] else "2"
        found.setdefault(words.kind(match, again), words.number(match["n"] or match["n2"]))
    if "yes" in found or "no" in found:
        yield Told("totals", (index, start), sentence, passage.section, found)
    elif words.bare.search(string):
        yield Told("totals", (index, start), sentence, passage.section)
    elif words.got.search(string) and words.secret.search(passage.text.string + " " + (passage.heading or "")):
        yield Told("secret", (index, start), sentence, passage.section)


def _together(events: list[Told]) -> Iterator[Told]:
    """`Sju röstar ja. Sex röstar nej.` is one account; totals of one side alone are none."""
    events = sorted(events, key=lambda event: event.at)
    before: Told | None = None
    for event in events:
        if event.kind != "totals" or not event.totals:
            yield event
            continue
        if before is not None and not before.totals.keys() & event.totals.keys():
            before.totals |= event.totals
            before.quote = before.quote + " " + event.quote
            event, before = before, None
        if {"yes", "no"} <= event.totals.keys():
            yield event
            before = None
        else:
            before = event


# ---------------------------------------------------------------- names

_Span = tuple[int, int]


def _labelled(index: int, passage: Passage, people: People, words: VoteWords) -> Iterator[tuple[_Span, Told]]:
    """`Ja-röster (12): N.N. (S), M.M. (V)`."""
    string = passage.text.string
    end = 0
    for match in words.label.finditer(string):
        if match.start() < end or not (_telling(match) or (passage.zone is Zone.VOTE and match.start() == end == 0)):
            continue
        side = words.kind(match)
        names, stop = names_from(passage.text, match.end(), side, people)
        if names:
            number = match["n"] or match["n2"]
            stated: Totals = {side: int(number)} if number else {}
            end = stop
            event = Told("side", (index, match.start()), passage.text[match.start() : stop], passage.section, stated)
            event.names, event.side, event.sure = names, side, side in ("yes", "no")
            yield (match.start(), stop), event


def _telling(match: object) -> bool:
    return any(match[name] for name in ("colon", "following", "lead", "by", "n"))  # type: ignore[index]


_QUOTE_ENDS = re.compile(r"[.!?][”\"]\s+")  # `… bifall till yrkandet från SD." N.N. (S) …`


def _before_verb(index: int, passage: Passage, people: People, words: VoteWords) -> Iterator[tuple[_Span, Told]]:
    """`N.N. (S), M.M. (V) och ordföranden P.P. (S) röstar ja (3).`"""
    string = passage.text.string
    starts = [*(start for start, _ in boundaries(string)), *(match.end() for match in _QUOTE_ENDS.finditer(string))]
    end = 0
    for match in words.verb.finditer(string):
        side = words.kind(match)
        for start in sorted({end, *(s for s in starts if end <= s < match.start())}):
            names, stop = names_from(passage.text, start, side, people)
            if names and not string[stop : match.start()].strip(" ,"):
                stated: Totals = {side: int(match["n"])} if match["n"] else {}
                quote = passage.text[start : match.end()].strip(" ,")
                event = Told("side", (index, start), quote, passage.section, stated, names, side, side in ("yes", "no"))
                yield (start, match.end()), event
                end = match.end()
                break


def _only_names(text: Text, side: VoteCast | None, people: People) -> list[Named]:
    """The persons of a passage that holds names and nothing else."""
    if side is None:
        return []
    names, stop = names_from(text, 0, side, people)
    return names if not text.string[stop:].strip(" .,;") else []


def names_from(text: Text, at: int, side: VoteCast, people: People) -> tuple[list[Named], int]:
    """The persons of a running list that starts here, and where it ends: names with their parties, between commas,
    with offices before or behind them."""
    string = text.string
    found: list[Named] = []
    end = at
    while True:
        start = _past_separator(string, end if found else at, bool(found))
        start = people.past_office(string, start)
        span = people.name_at(string, start)
        if span is None:
            return found, end
        if end != at and span[0] == end:
            return found, end
        stop, party = people.parties.at(string, span[1])
        found.append(Named(text[span[0] : stop], " ".join(string[span[0] : span[1]].split()), party, side))
        end = people.past_role(string, stop)


def _past_separator(string: str, at: int, inside: bool) -> int:
    while at < len(string) and (string[at].isspace() or (inside and string[at] in ",;") or string[at] in "*•"):
        at += 1
    for word in ("och ", "samt "):
        if inside and string.startswith(word, at):
            return at + len(word)
    return at
