"""How they voted: every ballot with its totals, and the votes of the persons that a list or a table names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from protoparse.models import Ballot, Doubt, Evidence, Line, Passage, Section, Vote, VoteCast
from protoparse.people import People
from protoparse.text import Text, Word
from protoparse.ties import matters
from protoparse.votelists import Told, told
from protoparse.votetables import Tally, tallies
from protoparse.votewords import Named, Totals, VoteWords

WAYS: tuple[VoteCast, ...] = ("yes", "no", "abstain", "absent")
_SPOKEN: dict[VoteCast, str] = {"yes": "ja", "no": "nej", "abstain": "avstår", "absent": "frånvarande"}


@dataclass(slots=True)
class _Poll:
    """A vote while it is put together from what text and tables say of it."""

    quote: Text
    section: int | None
    totals: Totals = field(default_factory=dict)  # as a sentence states them
    sums: Totals = field(default_factory=dict)  # as the lists of names state them
    kinds: set[VoteCast] = field(default_factory=set)  # ways to vote that names are listed for
    names: list[Named] = field(default_factory=list)
    outcome: str | None = None

    def counted(self, way: VoteCast) -> int | None:
        """How many names are listed; None where none could be."""
        return sum(name.vote == way for name in self.names) if way in self.kinds else None


def read_votes(
    lines: Sequence[Line],
    passages: Sequence[Passage],
    sections: Sequence[Section],
    people: People,
    words: VoteWords,
) -> tuple[list[Ballot], list[Vote], list[Doubt]]:
    """The ballots of a document in order, the votes that are told with names, and doubts where totals do not agree."""
    tables = tallies(lines, people, words)
    apart = frozenset(word for tally in tables for word in tally.words)
    events = told(passages, people, words, apart)
    if not tables and not any(event.kind != "call" for event in events):
        return [], [], []
    roots = matters(sections)
    polls: dict[int | None, list[_Poll]] = {}
    for root, said in _by_root(events, roots).items():
        polls[root] = _polls(said)
    _place(tables, polls, passages, sections, roots, words)
    ordered = [(root, poll) for root in _in_order(polls) for poll in polls[root]]
    return _records(ordered)


def _by_root(events: Sequence[Told], roots: Mapping[int | None, int | None]) -> dict[int | None, list[Told]]:
    found: dict[int | None, list[Told]] = {}
    for event in events:
        found.setdefault(roots.get(event.section), []).append(event)
    return found


def _in_order(polls: Mapping[int | None, list[_Poll]]) -> list[int | None]:
    return sorted(polls, key=lambda root: (root is None, root or 0))


# ---------------------------------------------------------------- votes of one section


def _polls(events: Sequence[Told]) -> list[_Poll]:
    """The votes of one section from what its text says, in order."""
    found: list[_Poll] = []
    begun = True  # a vote has been called since the last one was told
    for event in events:
        last = found[-1] if found else None
        if event.kind == "call":
            begun = True
        elif event.kind == "secret":
            if (
                last is not None
                and last.quote.page == event.quote.page
                and not last.totals
                and last.outcome
                and not last.kinds
            ):
                last.outcome += " " + event.quote.string
            else:
                found.append(_Poll(event.quote, event.section, outcome=event.quote.string))
        elif event.kind == "totals":
            if last is not None and not begun and _same_vote(last, event.totals):
                last.totals = last.totals or event.totals
                last.outcome = last.outcome or event.quote.string
            else:
                found.append(_Poll(event.quote, event.section, event.totals, outcome=event.quote.string))
            begun = False
        elif event.side is not None and (event.sure or last is not None):
            if last is None or event.side in last.kinds or (begun and (last.kinds or last.totals) and event.sure):
                if not event.sure:
                    continue
                last = _Poll(event.quote, event.section)
                found.append(last)
            last.kinds.add(event.side)
            last.sums |= event.totals
            last.names.extend(event.names)
            begun = False
    return [poll for poll in found if poll.outcome or {"yes", "no"} & poll.kinds]


def _same_vote(poll: _Poll, totals: Totals) -> bool:
    """Whether totals may be those of a vote already told: they do not contradict it."""
    known = poll.totals or poll.sums or {way: n for way in WAYS if (n := poll.counted(way)) is not None}
    if not poll.totals:
        return True
    return all(known.get(way, n) == n for way, n in totals.items())


# ---------------------------------------------------------------- tables to their votes


def _place(
    tables: Sequence[Tally],
    polls: dict[int | None, list[_Poll]],
    passages: Sequence[Passage],
    sections: Sequence[Section],
    roots: Mapping[int | None, int | None],
    words: VoteWords,
) -> None:
    """Gives every table to the vote that it lists, or makes one of it."""
    where: dict[Word, int | None] = {}
    if tables:
        where = {word: passage.section for passage in passages for word in passage.text.words}
    numbers = {section.number: section.ordinal for section in sections if section.number}
    for tally in tables:
        section = next((where[w] for name in tally.names for w in name.quote.words if w in where), None)
        named = numbers.get(tally.paragraph) or _mentioned(tally, passages, words)
        if named is not None and roots.get(section) != roots.get(named):
            section = named
        mine = polls.setdefault(roots.get(section), [])
        poll = _poll_for(tally, mine)
        if poll is None:
            poll = _Poll(tally.quote, section)
            mine.append(poll)
        poll.kinds |= tally.kinds
        poll.sums |= tally.stated
        poll.names.extend(tally.names)


def _mentioned(tally: Tally, passages: Sequence[Passage], words: VoteWords) -> int | None:
    """The section whose text points to a numbered list (`Se omröstningslista 2`)."""
    if tally.number is None:
        return None
    for passage in passages:
        for match in words.title.finditer(passage.text.string):
            if match["number"] and int(match["number"]) == tally.number and len(passage.text) > len(match.group()) + 3:
                return passage.section
    return None


def _poll_for(tally: Tally, polls: Sequence[_Poll]) -> _Poll | None:
    """The vote without names that a table belongs to: the one with its totals, else the one that its number tells, else
    the only one."""
    free = [poll for poll in polls if not poll.names and poll.totals]
    counts = {way: sum(name.vote == way for name in tally.names) for way in tally.kinds}
    for poll in free:
        if all(counts.get(way, n) == n for way, n in poll.totals.items()):
            return poll
    if tally.number is not None and 0 < tally.number <= len(polls) and polls[tally.number - 1] in free:
        return polls[tally.number - 1]
    return free[0] if free else None


# ---------------------------------------------------------------- records


def _records(ordered: Sequence[tuple[int | None, _Poll]]) -> tuple[list[Ballot], list[Vote], list[Doubt]]:
    ballots: list[Ballot] = []
    votes: list[Vote] = []
    doubts: list[Doubt] = []
    numbers: dict[int | None, int] = {}
    for root, poll in ordered:
        numbers[root] = numbers.get(root, 0) + 1
        stated = {**poll.sums, **poll.totals}
        counted = {way: poll.counted(way) for way in WAYS}
        ballots.append(
            Ballot(
                evidence=Evidence(quote=poll.quote),
                number=numbers[root],
                **{way: stated.get(way) for way in WAYS},
                **{f"counted_{way}": counted[way] for way in WAYS},
                outcome_text=poll.outcome,
                section=poll.section,
            )
        )
        votes.extend(
            Vote(
                evidence=Evidence(quote=name.quote),
                ballot=len(ballots),
                name=name.name,
                party=name.party,
                vote=name.vote,
                section=poll.section,
            )
            for name in poll.names
        )
        if message := _disagreement(poll, counted):
            cue = re.sub(r"\s+", " ", poll.quote.string)[:80]
            doubts.append(
                Doubt(evidence=Evidence(quote=poll.quote), kind="votes", cue=cue, message=message, section=poll.section)
            )
    return ballots, votes, doubts


def _disagreement(poll: _Poll, counted: Mapping[VoteCast, int | None]) -> str | None:
    """Where the text, the sums of a list and its names do not say the same, in Swedish with the figures."""
    told_apart = []
    for way in WAYS:
        figures = {"texten": poll.totals.get(way), "listans summa": poll.sums.get(way), "namnen": counted[way]}
        said = {who: n for who, n in figures.items() if n is not None}
        if len(set(said.values())) > 1:
            told_apart.append(f"{_SPOKEN[way]}: " + ", ".join(f"{who} {n}" for who, n in said.items()))
    return f"Rösterna stämmer inte överens ({'; '.join(told_apart)})." if told_apart else None
