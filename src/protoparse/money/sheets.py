"""Tables of grants, agreements and projects: a row is a subject, and each column of days says what falls due.

`Bidrag | Belopp | Ansökan senast | Förbrukas senast | Redovisas senast` gives up to three statements a row;
`Förening | Belopp 2026` says what each row has got for a year.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from protoparse.amounts import Amount, find_amounts
from protoparse.models import Certainty, Evidence, Funding, FundingKind, Passage
from protoparse.money.days import DateReader, When, days_in
from protoparse.money.words import Words
from protoparse.text import Text, join

_RULE = "pengar: tabell"
_UNIT = re.compile(r"\b(?:tkr|kkr|mnkr|mkr|tusen kronor|miljoner kronor|kronor|kr|sek)\b", re.IGNORECASE)
_BARE = re.compile(r"(?:\d{1,3}(?:[ \u00a0.]\d{3})+|\d+)(?:,\d+)?\s*")
_NOTHING = re.compile(r"[\s–—-]*(?:ej aktuellt|nej|saknas|okänt)?[\s–—-]*", re.IGNORECASE)
_OPEN_END = re.compile(r"\btills vidare\b", re.IGNORECASE)
_USE: tuple[FundingKind, ...] = ("spend_by", "funded_until", "agreement_until", "project_until", "budget_period")


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row by column, each with the head of its column in lower case."""

    cells: Mapping[int, Passage]

    def head(self, column: int) -> str:
        cell = self.cells[column].cell
        return cell.head if cell else ""

    @property
    def text(self) -> Text:
        """The whole row as it is printed, cell after cell."""
        return join([self.cells[column].text for column in sorted(self.cells)])


class Granted(NamedTuple):
    """What the sentence before a table says of its rows: the first and last day, who gives, and how sure it is."""

    start: datetime.date | None
    end: datetime.date | None
    source: str | None
    certainty: Certainty


def read_tables(
    running: Sequence[Passage], dates: DateReader, words: Words, granted: Callable[[Passage], Granted | None]
) -> Iterator[Funding]:
    """The funding statements of the tables among the passages, row by row.

    Nothing is read from a table without a column that says what its days are, or that is not about money, agreements
    or projects: a list of tasks has days, too. A table of sums is read where the sentence before it gives them
    (`granted` tells) or a head says so, and the year is told.
    """
    for rows in _tables(running):
        heads = _heads(rows)
        kinds = {column: kind for column, head in heads.items() if (kind := _kind(head, words))}
        if kinds and _is_about_money(heads, words):
            for row in rows:
                yield from _statements(row, kinds, dates, words)
        elif not kinds and (spans := _spans(heads, words)):
            before = _before(running, rows)
            if before and _REFUSED.search(before.text.string):
                continue
            told = granted(before) if before else None
            for row in rows:
                yield from _statements(row, spans, dates, words, told)
        elif not kinds and (sums := _sums(heads, words)):
            before = _before(running, rows)
            told = granted(before) if before else None
            if told is None and not _tells_itself(heads, sums, before, words):
                continue
            for column, year in sums.items():
                yield from _grants(rows, column, year, told, words)


def _tells_itself(
    heads: Mapping[int, str], sums: Mapping[int, int | None], before: Passage | None, words: Words
) -> bool:
    """Whether a table without a sentence that gives is one of grants: its head says so, or it lists receivers with
    one sum for one year, and what stands before it speaks of money and neither of wishes nor of costs."""
    if any(words.table_given.search(heads[column]) for column in sums):
        return True
    text = before.text.string if before else ""
    others = [head for column, head in heads.items() if column not in sums]
    if any(words.table_wish.search(told) for told in [*others, text]) or _REFUSED.search(text):
        return False
    receiver = words.table_receiver.match(heads[min(heads)].strip())
    money = not text or words.speaks_of_money(text)
    return len(sums) == 1 and all(sums.values()) and receiver is not None and money


_REFUSED = re.compile(r"\b(?:inte|ej|avslå\w*)\b", re.IGNORECASE)


def _before(running: Sequence[Passage], rows: Sequence[_Row]) -> Passage | None:
    """The paragraph before a table, in its section."""
    first = next(iter(rows[0].cells.values()))
    place = first.cell and first.cell.table
    at = next(at for at, p in enumerate(running) if p.cell and p.cell.table == place)
    before = next((p for p in reversed(running[:at]) if not p.cell), None)
    return before if before is not None and before.section == first.section else None


def _spans(heads: Mapping[int, str], words: Words) -> dict[int, FundingKind]:
    """The column that says for how long each sum is given; empty where sums are wished for, compared or not there."""
    spans = [column for column, head in heads.items() if words.table_span.fullmatch(head.strip())]
    others = [head for column, head in heads.items() if column not in spans]
    wished = any(words.table_wish.search(head) and not words.table_given.search(head) for head in others)
    sums = [head for head in others if words.table_sum.search(head)]
    return {spans[0]: "budget_period"} if len(spans) == 1 and sums and not wished else {}


_YEAR = re.compile(r"\b20[0-4]\d\b")


def _sums(heads: Mapping[int, str], words: Words) -> dict[int, int | None]:
    """The columns of sums that are given, with the year that the head names: those with a word of granting alone."""
    given = {column for column, head in heads.items() if words.table_sum.search(head)}
    given -= {column for column, head in heads.items() if words.table_wish.search(head)}
    sure = {column for column in given if words.table_given.search(heads[column])}
    years = {column: _YEAR.findall(heads[column]) for column in sure or given}
    return {column: int(found[0]) if found else None for column, found in years.items() if len(found) < 2}


def _grants(
    rows: Sequence[_Row], column: int, year: int | None, told: Granted | None, words: Words
) -> Iterator[Funding]:
    """A grant for each row with a sum in the column."""
    head = next(row.head(column) for row in rows if column in row.cells)
    start = datetime.date(year, 1, 1) if year else told.start if told else None
    end = datetime.date(year, 12, 31) if year else told.end if told else None
    if end is None or (year and told and told.end and not told.end.year >= year):
        return
    for row in rows:
        cell, subject = row.cells.get(column), _subject(row, {column: "budget_period"}, words)
        amount = _sum(cell.text.string, head) if cell else None
        if cell is None or amount is None or subject is None or _TOTAL.match(subject):
            continue
        yield Funding(
            evidence=Evidence(quote=row.text, rule=_RULE),
            text=row.text.string,
            kind="budget_period" if start else "funded_until",
            certainty=told.certainty if told else "stated",
            subject=subject,
            source=_source(row, {}, words) or (told.source if told else None),
            amount=amount.value,
            amount_per=amount.per if amount.per != "unit" else None,
            amount_text=amount.text,
            start=start,
            end=end,
            section=cell.section,
            heading=cell.heading,
        )


_TOTAL = re.compile(r"(?:total|summa|sammanlagt|återst|kvar|reserv|ofördela|delsumma)", re.IGNORECASE)


def _tables(running: Sequence[Passage]) -> list[list[_Row]]:
    """The tables of a document, the cells of each row put together (a cell may hold several passages: the first)."""
    found: dict[int, dict[int, dict[int, Passage]]] = {}
    for passage in running:
        if passage.cell and passage.cell.row:
            row = found.setdefault(passage.cell.table, {}).setdefault(passage.cell.row, {})
            row.setdefault(passage.cell.column, passage)
    return [[_Row(row) for _, row in sorted(rows.items())] for _, rows in sorted(found.items())]


def _heads(rows: Sequence[_Row]) -> dict[int, str]:
    return {column: row.head(column) for row in rows for column in row.cells}


def _kind(head: str, words: Words) -> FundingKind | None:
    """What the days under a head are."""
    return next((kind for kind, pattern in words.heads.items() if pattern.search(head)), None)


def _is_about_money(heads: Mapping[int, str], words: Words) -> bool:
    return any(words.table_money.search(head) for head in heads.values())


def _statements(
    row: _Row, kinds: Mapping[int, FundingKind], dates: DateReader, words: Words, told: Granted | None = None
) -> Iterator[Funding]:
    subject = _subject(row, kinds, words)
    if subject is None or _TOTAL.match(subject):
        return
    amount, source = _amount(row, kinds), _source(row, kinds, words) or (told.source if told else None)
    for column, kind in sorted(kinds.items()):
        cell = row.cells.get(column)
        if cell is None or _NOTHING.fullmatch(cell.text.string):
            continue
        days = _days(cell.text.string, dates)
        open_end = _OPEN_END.search(cell.text.string)
        if not days and not open_end:
            continue
        first, last = (days[0], days[-1]) if days else (None, None)
        certainty: Certainty = "open_ended" if open_end else told.certainty if told else "stated"
        yield Funding(
            evidence=Evidence(quote=row.text, rule=_RULE),
            text=row.text.string,
            kind=_of_row(kind, row, row.head(column), words),
            certainty=certainty,
            subject=subject,
            source=source,
            amount=amount.value if amount and kind in _USE else None,
            amount_per=amount.per if amount and kind in _USE and amount.per != "unit" else None,
            amount_text=amount.text if amount and kind in _USE else None,
            start=_start(kind, cell.text.string, first, last)
            or (_begins(row, dates, words) if kind in _USE[1:] else None),
            end=last.last if last and not open_end else None,
            section=cell.section,
            heading=cell.heading,
        )


def _begins(row: _Row, dates: DateReader, words: Words) -> datetime.date | None:
    """The first day in the column of starts."""
    cell = next((row.cells[c] for c in row.cells if words.table_start.fullmatch(row.head(c).strip())), None)
    days = _days(cell.text.string, dates) if cell else []
    return days[0].first if days else None


def _days(text: str, dates: DateReader) -> list[When]:
    """The days of a cell, a bare year among them."""
    return days_in(text, dates(text), 0, ())


def _of_row(kind: FundingKind, row: _Row, head: str, words: Words) -> FundingKind:
    """`Till och med` is said of agreements and projects too: the head of the first column, or its cell, tells.

    `Medel t.o.m.` and `Finansierad t.o.m.` say themselves that they are of money.
    """
    if kind != "funded_until" or words.money.search(head) or _MONEY_HEAD.search(head):
        return kind
    first = min(row.cells)
    said = f"{row.head(first)} {row.cells[first].text.string}"
    if words.classes["agreement"].search(said):
        return "agreement_until"
    project = words.classes["project"].search(row.head(first)) or _PROJECT_HEAD.match(head.strip())
    return "project_until" if project else kind


_MONEY_HEAD = re.compile(r"\b(?:finansier|medel|bidrag|anslag)", re.IGNORECASE)
_PROJECT_HEAD = re.compile(r"projekt(?:slut|tid|period)", re.IGNORECASE)


_UNTIL = re.compile(r"\s*(?:t\.?\s?o\.?\s?m|till|fram till|ut\b)", re.IGNORECASE)


def _start(kind: FundingKind, text: str, first: When | None, last: When | None) -> datetime.date | None:
    """The first day of a period: two days, a range or a year; a month alone is only when it ends."""
    if first is None or last is None or kind not in _USE[1:]:
        return None
    if kind == "budget_period" and (first.bound == "until" or _UNTIL.match(text)):
        return None
    longer = first.precision in ("day", "year", "half", "season", "quarter") or kind == "budget_period"
    period = first is not last or (longer and first.first != first.last)
    return first.first if period else None


def _purposes(row: _Row, kinds: Mapping[int, FundingKind], words: Words) -> list[int]:
    """The columns that say what each sum goes to, in a table of sums and their times; a deadline is the grant's own."""
    if set(kinds.values()) != {"budget_period"}:
        return []
    return [column for column in row.cells if words.table_purpose.fullmatch(row.head(column).strip())]


def _subject(row: _Row, kinds: Mapping[int, FundingKind], words: Words) -> str | None:
    """The first cell that is words and no day, sum or number; who pays is passed over, the column of names leads."""
    purposes = _purposes(row, kinds, words)
    named = [c for c in row.cells if words.table_receiver.match(row.head(c).strip())] or purposes
    others = [c for c in row.cells if not words.table_source.fullmatch(row.head(c).strip()) and c not in named]
    for column in [*sorted(named), *sorted(others)]:
        text = row.cells[column].text.string.strip()
        if column in kinds or _BARE.fullmatch(text) or _NOTHING.fullmatch(text) or find_amounts(text):
            continue
        return text if sum(c.isalpha() for c in text) > 2 else None
    return None


def _amount(row: _Row, kinds: Mapping[int, FundingKind]) -> Amount | None:
    """The sum of the row; a bare number takes the unit that its head names."""
    for column in sorted(row.cells):
        text = row.cells[column].text.string.strip()
        if column in kinds:
            continue
        if found := _sum(text, row.head(column)):
            return found
    return None


def _sum(text: str, head: str) -> Amount | None:
    """The sum of a cell; a bare number takes the unit that its head names."""
    if found := find_amounts(text):
        return found[0]
    if (unit := _UNIT.search(head)) and _BARE.fullmatch(text.strip()):
        return next((a._replace(text=text) for a in find_amounts(f"{text} {unit.group()}")), None)
    return None


def _source(row: _Row, kinds: Mapping[int, FundingKind], words: Words) -> str | None:
    purposes = _purposes(row, kinds, words)
    for column in sorted(row.cells):
        head = row.head(column).strip()
        if words.table_source.fullmatch(head) or (purposes and words.money.fullmatch(head)):
            text = row.cells[column].text.string.strip()
            return None if _NOTHING.fullmatch(text) else text
    return None
