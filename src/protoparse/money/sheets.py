"""Tables of grants, agreements and projects: a row is a subject, and each column of days says what falls due.

`Bidrag | Belopp | Ansökan senast | Förbrukas senast | Redovisas senast` gives up to three statements a row;
`Förening | Belopp 2026` says what each row has got for a year.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from protoparse.amounts import Amount, find_amounts
from protoparse.models import Certainty, Evidence, Funding, FundingKind, Passage
from protoparse.money.days import DateReader, Mention
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


def read_tables(running: Sequence[Passage], dates: DateReader, words: Words) -> Iterator[Funding]:
    """The funding statements of the tables among the passages, row by row.

    Nothing is read from a table without a column that says what its days are, or that is not about money, agreements
    or projects: a list of tasks has days, too.
    """
    for rows in _tables(running):
        kinds = {column: kind for column, head in _heads(rows).items() if (kind := _kind(head, words))}
        if kinds and _is_about_money(_heads(rows), words):
            for row in rows:
                yield from _statements(row, kinds, dates, words)
        elif granted := _granted(_heads(rows)):
            yield from (found for row in rows if (found := _sum_of_year(row, *granted, words)))


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


# Who or what gets money, and a sum for one year. A column of what was asked for, spent or earned tells of no grant.
_RECEIVER = re.compile(
    r"(?:mottagare|bidragsmottagare|förening|föreningar|organisation|insats|insatser|verksamhet|projekt|aktivitet|satsning)\b"
)
_YEAR_SUM = re.compile(
    r"(?:beviljat |tilldelat |beslutat |fördelat )?(?:belopp|bidrag|verksamhetsbidrag|föreningsbidrag|stöd|tilldelning|"
    r"fördelning|medel|summa|beviljat|beviljas|tilldelas)(?:,? ?\(?(?:kr|tkr|kronor)\)?)?(?: för| år)? (20\d\d)\b"
)
_OTHER_SUM = re.compile(r"budget|utfall|prognos|kostnad|intäkt|resultat|avvikelse|sökt|ansökt|föresl|förslag|20\d\d")


def _granted(heads: Mapping[int, str]) -> tuple[int, int, int] | None:
    """The columns of receiver and sum and the year, where a table is a list of grants for that year."""
    first = min(heads, default=0)
    sums = [(column, int(match[1])) for column, head in heads.items() if (match := _YEAR_SUM.match(head.strip()))]
    others = (head for column, head in heads.items() if column not in (first, *(at for at, _ in sums)))
    if len(sums) != 1 or not _RECEIVER.match(heads[first].strip()) or any(_OTHER_SUM.search(head) for head in others):
        return None
    return first, *sums[0]


_TOTAL = re.compile(r"(?:summa|totalt|total|kvar|reserv|återstår|ofördelat)\b", re.IGNORECASE)


def _sum_of_year(row: _Row, receiver: int, column: int, year: int, words: Words) -> Funding | None:
    name, cell = row.cells.get(receiver), row.cells.get(column)
    if name is None or cell is None or _TOTAL.match(name.text.string) or sum(c.isalpha() for c in name.text.string) < 3:
        return None
    amount = _amount(_Row({column: cell}), {})
    if amount is None:
        return None
    return Funding(
        evidence=Evidence(quote=row.text, rule=_RULE),
        text=row.text.string,
        kind="budget_period",
        certainty="stated",
        subject=name.text.string.strip(),
        source=_source(row, words),
        amount=amount.value,
        amount_per=amount.per if amount.per != "unit" else None,
        amount_text=amount.text,
        start=datetime.date(year, 1, 1),
        end=datetime.date(year, 12, 31),
        section=cell.section,
        heading=cell.heading,
    )


def _is_about_money(heads: Mapping[int, str], words: Words) -> bool:
    return any(words.table_money.search(head) for head in heads.values())


def _statements(row: _Row, kinds: Mapping[int, FundingKind], dates: DateReader, words: Words) -> Iterator[Funding]:
    subject = _subject(row, kinds)
    if subject is None:
        return
    amount, source = _amount(row, kinds), _source(row, words)
    for column, kind in sorted(kinds.items()):
        cell = row.cells.get(column)
        if cell is None or _NOTHING.fullmatch(cell.text.string):
            continue
        days = dates(cell.text.string)
        open_end = _OPEN_END.search(cell.text.string)
        if not days and not open_end:
            continue
        first, last = (days[0], days[-1]) if days else (None, None)
        certainty: Certainty = "open_ended" if open_end else "stated"
        yield Funding(
            evidence=Evidence(quote=row.text, rule=_RULE),
            text=row.text.string,
            kind=_of_row(kind, row, words),
            certainty=certainty,
            subject=subject,
            source=source,
            amount=amount.value if amount and kind in _USE else None,
            amount_per=amount.per if amount and kind in _USE and amount.per != "unit" else None,
            amount_text=amount.text if amount and kind in _USE else None,
            start=_start(kind, first, last),
            end=last.last if last and not open_end else None,
            section=cell.section,
            heading=cell.heading,
        )


def _of_row(kind: FundingKind, row: _Row, words: Words) -> FundingKind:
    """`Till och med` is said of agreements and projects too: the head of the first column, or its cell, tells."""
    if kind != "funded_until":
        return kind
    first = min(row.cells)
    said = f"{row.head(first)} {row.cells[first].text.string}"
    if words.classes["agreement"].search(said):
        return "agreement_until"
    return "project_until" if words.classes["project"].search(row.head(first)) else kind


def _start(kind: FundingKind, first: Mention | None, last: Mention | None) -> datetime.date | None:
    """The first day of a period: two days, a range or a year; a month alone is only when it ends."""
    if first is None or last is None or kind not in _USE[1:]:
        return None
    period = first is not last or (first.precision in ("day", "year") and first.first != first.last)
    return first.first if period else None


def _subject(row: _Row, kinds: Mapping[int, FundingKind]) -> str | None:
    """The first cell that is words and no day, sum or number."""
    for column in sorted(row.cells):
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
        if found := find_amounts(text):
            return found[0]
        if (unit := _UNIT.search(row.head(column))) and _BARE.fullmatch(text):
            return next((a._replace(text=text) for a in find_amounts(f"{text} {unit.group()}")), None)
    return None


def _source(row: _Row, words: Words) -> str | None:
    for column in sorted(row.cells):
        if words.table_source.fullmatch(row.head(column).strip()):
            text = row.cells[column].text.string.strip()
            return None if _NOTHING.fullmatch(text) else text
    return None
