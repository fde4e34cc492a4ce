"""Votes in tables: a column for each way to vote, with a cross in it, or one column with the vote as a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from protoparse.grids import NAMED, Grid, grids
from protoparse.models import Line, VoteCast
from protoparse.pdf.rows import cells
from protoparse.people import People
from protoparse.text import Text, Word, join, unwrap
from protoparse.votewords import Named, Totals, VoteWords

_CROSS = re.compile(r"[xX×✓✔*1]|\(?[xX]\)?|ja|nej|avst\w*\.?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"§\s*(\d{1,4})")


@dataclass(slots=True)
class Tally:
    """One vote of a table: the row of heads (or the title above it), the persons, which ways to vote have a column, the
    totals that a row of sums states, and the number and the paragraph that the title gives."""

    quote: Text
    names: list[Named] = field(default_factory=list)
    kinds: frozenset[VoteCast] = frozenset()
    stated: Totals = field(default_factory=dict)
    number: int | None = None
    paragraph: str | None = None
    words: set[Word] = field(default_factory=set)


@dataclass(slots=True)
class _Columns:
    """The columns of one vote in a table."""

    name: int
    party: int | None
    ways: dict[int, VoteCast]
    value: int | None = None


def tallies(lines: Sequence[Line], people: People, words: VoteWords) -> list[Tally]:
    """The votes of all tables in their order; a table that goes on over a page break is one."""
    found: list[Tally] = []
    before: tuple[Grid, list[Tally]] | None = None
    for grid in (*grids(lines), *_loose(lines, words)):
        columns = _columns(grid, words)
        if not columns:
            continue
        again = before is not None and _goes_on(before[0], grid, lines, words)
        made = before[1] if before and again else [_titled(grid, lines, each, words) for each in columns]
        rows = [*grid.rows, *_rows_below(lines, grid, columns, people, words)]
        for each, tally in zip(columns, made, strict=True):
            for row in rows:
                _read(row, each, tally, people, words)
        if not again:
            found.extend(made)
        before = (grid, made)
    found.extend(_lists_beside(lines, people, words))
    return [tally for tally in found if len(tally.names) > 1]


def _columns(grid: Grid, words: VoteWords) -> list[_Columns]:
    """The columns of each vote of a table; where `ja` comes again, another vote begins."""
    name = next(
        (column for column, head in sorted(grid.heads.items()) if NAMED.match(head)), min(grid.heads, default=0)
    )
    party = next((column for column, head in grid.heads.items() if head == "parti"), None)
    votes: list[dict[int, VoteCast]] = []
    for column, head in sorted(grid.heads.items()):
        way = words.heads.get(head.strip(" .:"))
        if way and column != name:
            if not votes or way in votes[-1].values():
                votes.append({})
            votes[-1][column] = way
    found = [_Columns(name, party, ways) for ways in votes if {"yes", "no"} <= set(ways.values())]
    value = next(
        (column for column, head in sorted(grid.heads.items()) if head.strip(" .:") in words.value_heads), None
    )
    if not found and value is not None and value != name:
        found = [_Columns(name, party, {}, value)]
    return found


def _goes_on(before: Grid, grid: Grid, lines: Sequence[Line], words: VoteWords) -> bool:
    """Whether a table with the same heads is the one before, after a page break."""
    if grid.heads != before.heads or grid.page not in (before.page, before.page + 1):
        return False
    between = [line.text.string for line in lines[before.last + 1 : grid.first] if line.text and not line.cell]
    return not any(_PARAGRAPH.search(text) or _new_title(text, words) or len(text) > 60 for text in between)


def _new_title(text: str, words: VoteWords) -> bool:
    return bool(words.title.search(text)) and "forts" not in text.lower()


def _titled(grid: Grid, lines: Sequence[Line], columns: _Columns, words: VoteWords) -> Tally:
    """A table's vote with what the lines right above it say of it."""
    ways = set(columns.ways.values())
    tally = Tally(join(grid.head), kinds=frozenset(ways))
    above = [line for line in lines[max(0, grid.first - 5) : grid.first] if line.text and not line.cell]
    for line in reversed(above):
        title = words.title.search(line.text.string)
        paragraph = _PARAGRAPH.search(line.text.string) if len(line.text) < 90 else None
        if title or (paragraph and tally.paragraph is None):
            tally.quote = line.text if title else tally.quote
            tally.number = int(title["number"]) if title and title["number"] else tally.number
            tally.paragraph = paragraph[1] if paragraph else tally.paragraph
        if title:
            break
    return tally


def _read(row: Mapping[int, Text], columns: _Columns, tally: Tally, people: People, words: VoteWords) -> None:
    """One row of a table into its vote: a person, the sums, or nothing."""
    name = row.get(columns.name)
    first = name.string.lower().strip(" .:") if name else ""
    for text in row.values():
        tally.words.update(text.words)
    if name is None or first.split()[:1] == [] or first.split(":")[0] in words.carried:
        return
    if first in words.sums:
        sums = {way: row[column].string.strip() for column, way in columns.ways.items() if column in row}
        tally.stated |= {way: int(said) for way, said in sums.items() if said.isdigit()}
        return
    person = people.read_row(re.sub(r"\A\d{1,3}[.)]?\s+", "", name.string))
    vote = _vote(row, columns, words)
    if person is None or vote is None:
        return
    said = row[columns.party].string if columns.party is not None and columns.party in row else ""
    party = person.party or (people.parties.named(said) if said else None)
    quote = unwrap(row[column] for column in sorted(row))
    tally.names.append(Named(quote, person.name, party, vote))
    if columns.value is not None:
        tally.kinds = tally.kinds | {vote}


def _vote(row: Mapping[int, Text], columns: _Columns, words: VoteWords) -> VoteCast | None:
    """The one way that a row is crossed in; None where it is crossed in none or in several."""
    if columns.value is not None:
        said = row[columns.value].string.lower().strip(" .") if columns.value in row else ""
        return words.heads.get(said)
    crossed = [
        way for column, way in columns.ways.items() if column in row and _CROSS.fullmatch(row[column].string.strip())
    ]
    return crossed[0] if len(crossed) == 1 else None


# ---------------------------------------------------------------- rows that no table holds


def _starts(line: Line) -> list[tuple[float, str, Text]]:
    """The cells of a line: where each begins, its words in lower case, and its text."""
    return [(cell.runs[0].word.x0, cell.string.lower().strip(" .:"), cell) for cell in cells(line) if cell.runs]


def _loose(lines: Sequence[Line], words: VoteWords) -> Iterator[Grid]:
    """Rows of heads of a vote that were not read as a table."""
    for at, line in enumerate(lines):
        if line.cell or len(line.text) > 90 or "nej" not in line.text.string.lower():
            continue
        found = _starts(line)
        ways = [words.heads.get(head) for _, head, _ in found]
        if "yes" not in ways or "no" not in ways or len(found) > 12:
            continue
        if ways[0] is not None:  # no head over the names
            found.insert(0, (0.0, "namn", Text()))
        grid = Grid(line.page, at, at, head=[line.text])
        grid.heads = {column: head for column, (_, head, _) in enumerate(found)}
        grid.starts = {column: x for column, (x, _, _) in enumerate(found)}
        yield grid


def _rows_below(
    lines: Sequence[Line], grid: Grid, columns: Sequence[_Columns], people: People, words: VoteWords
) -> Iterator[dict[int, Text]]:
    """The rows of a table that were read as running lines: those under loose heads, and those that go on over a page
    break without the heads. They end at the first line that is no such row."""
    name = columns[0].name
    for line in lines[grid.last + 1 :]:
        if line.cell or line.page > grid.page + 1:
            return
        row: dict[int, Text] = {}
        for x, _, text in _starts(line):
            column = min(grid.starts, key=lambda c: abs(grid.starts[c] - x)) if grid.starts else 0
            column = name if not row else column
            row[column] = row[column] + " " + text if column in row else text
        first = row[name].string.lower().strip(" .:") if name in row else ""
        known = first in words.sums or first.split(":")[0] in words.carried
        if not known and (len(row) < 2 or people.read_row(re.sub(r"\A\d{1,3}[.)]?\s+", "", row[name].string)) is None):
            return
        grid.page = line.page
        yield row


# ---------------------------------------------------------------- lists of names side by side


def _lists_beside(lines: Sequence[Line], people: People, words: VoteWords) -> Iterator[Tally]:
    """`Ja-röster (2)` and `Nej-röster (1)` side by side, the names of each below it."""
    for at, line in enumerate(lines):
        heads = _side_heads(line, words)
        if not heads:
            continue
        tally = Tally(line.text, kinds=frozenset(way for _, way, _ in heads), words=set(line.text.words))
        tally.stated |= {way: number for _, way, number in heads if number is not None}
        for below in lines[at + 1 :]:
            named = _names_below(below, [(x, way) for x, way, _ in heads], people)
            if not named:
                break
            tally.names.extend(named)
            tally.words.update(below.text.words)
        yield tally


def _side_heads(line: Line, words: VoteWords) -> list[tuple[float, VoteCast, int | None]]:
    """Where the list of each side begins, and how many it says to name; empty where a line is no such row."""
    if line.cell or len(line.text) > 80 or "nej" not in line.text.string.lower():
        return []
    found = []
    for x, head, _ in _starts(line):
        match = words.label.fullmatch(head)
        if match is None:
            return []
        number = match["n"] or match["n2"]
        found.append((x, words.kind(match), int(number) if number else None))
    ways = [way for _, way, _ in found]
    return found if {"yes", "no"} <= set(ways) and len(set(ways)) == len(ways) else []


def _names_below(line: Line, starts: Sequence[tuple[float, VoteCast]], people: People) -> list[Named]:
    """The persons of a line, each under the head that it begins with; empty where something else stands there."""
    named = []
    for x, _, text in _starts(line) if not line.cell else ():
        start, way = min(starts, key=lambda it: abs(it[0] - x))
        person = people.read_row(text.string)
        if person is None or abs(start - x) > 30:
            return []
        named.append(Named(text, person.name, person.party, way))
    return named
