"""Searching in a register.

A search reads the newest rows that match, a bounded number of them, so that a word on every page costs no more than
one on a few; what was left out is said. Everything here is SQL that only reads.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from rapidfuzz import process

from protoparse.hits import FACETS, filter_term
from protoparse.query import PREFIX, Piece, Query, expression, parse, titled, widened
from protoparse.swedish import Swedish, fold, is_compound, stem, usual

Row = dict[str, Any]
MOST = 20_000  # rows that a search looks at, the newest first
RANKED = 4_000  # so many are weighed by how often and where the words stand; of more, only where
PAGE = 20
TITLED = 2_000  # of those, so many may stand first because of their titles
REMEMBERED = 500_000  # values of facets kept in memory
PART = 5  # letters from which a word may be the last part of compounds that no list names
WIDEST = 30  # further stems of one word
LIKE = 80  # how alike a word must be to be suggested, of 100

_COLUMNS = (0.0, 0.0, 6.0, 1.0, 0.2)  # weights of the index's columns: what stands in a title says most
_FIRST = {"entities": 3.0, "decisions": 1.6, "sections": 1.3}  # what rows are worth by their kind; others count once


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search found."""

    query: Query
    rows: Sequence[Row] = ()
    total: int = 0
    bounded: bool = False  # there is more than was looked at
    facets: Mapping[str, Counter[Any]] = field(default_factory=dict)
    suggestions: Sequence[str] = ()


class Vocabulary:
    """The words of a register."""

    def __init__(self, db: sqlite3.Connection, words: Swedish):
        self.db, self.words = db, words

    def knows(self, own: str) -> bool:
        """Whether a stem stands anywhere."""
        return bool(self.db.execute("SELECT 1 FROM words WHERE stem = ? LIMIT 1", (own,)).fetchone())

    def common(self, query: Query, most: int) -> bool:
        """Whether a word stands in more rows than are looked at: weighing would have to read all of them."""
        stems = json.dumps([own for piece in query.pieces for own in piece.stems])
        sql = (
            "SELECT 1 FROM words WHERE stem IN (SELECT value FROM json_each(?)) GROUP BY stem HAVING sum(n) > ? LIMIT 1"
        )
        return bool(self.db.execute(sql, (stems, most)).fetchone())

    def more(self, piece: Piece) -> list[str]:
        """Compounds that end in a word; for the last word of a query, where nothing is called so, what begins so."""
        own = piece.stems[0]
        if own in self.words.heads:  # the index has them already
            return []
        begun = piece.open and len(piece.word) >= PREFIX and not any(map(self.knows, piece.stems))
        longer = self.ending(own) if len(own) >= PART else []
        return [*longer, *(self.beginning(fold(piece.word)) if begun else ())]

    def beginning(self, letters: str) -> list[str]:
        """Stems of words that begin so, the most frequent first."""
        query = "SELECT stem FROM words WHERE word >= ? AND word < ? GROUP BY stem ORDER BY sum(n) DESC, stem LIMIT ?"
        return [own for (own,) in self.db.execute(query, (letters, letters + "\uffff", WIDEST))]

    def ending(self, part: str) -> list[str]:
        """Stems of compounds whose last part is this stem, the most frequent first."""
        back = part[::-1]
        query = """SELECT stem FROM words WHERE backwards > ? AND backwards < ? GROUP BY stem
            ORDER BY sum(n) DESC, stem LIMIT 200"""
        longer = [own for (own,) in self.db.execute(query, (back, back + "\uffff"))]
        known = _Known(self)
        return list(islice((own for own in longer if is_compound(self.words, own, part, known)), WIDEST))

    def like(self, word: str) -> str | None:
        """The word whose stem is most like that of one that stands nowhere, among those that begin alike."""
        own = stem(self.words, word)
        query = """SELECT stem, word, max(n) FROM words
            WHERE word >= ? AND word < ? AND length(stem) BETWEEN ? AND ? GROUP BY stem"""
        given = (own[:1], own[:1] + "\uffff", len(own) - 2, len(own) + 2)
        near = {like: printed for like, printed, _ in self.db.execute(query, given)}
        found = process.extractOne(own, near.keys(), score_cutoff=LIKE)
        return near[found[0]] if found else None


class _Known:
    """All words of a register as a set that is asked one by one."""

    def __init__(self, words: Vocabulary):
        self._words = words

    def __contains__(self, word: object) -> bool:
        query = "SELECT 1 FROM words WHERE word = ? OR stem = ? LIMIT 1"
        return bool(self._words.db.execute(query, (word, word)).fetchone())


def understood(
    db: sqlite3.Connection, text: str, words: Swedish, filters: Mapping[str, str], hidden: Sequence[str] = ()
) -> Query:
    """A visitor's text as a query, widened by the words of the register and narrowed by facets (column → value)."""
    wanted = tuple(filter_term(*one) for one in sorted(filters.items()))
    unwanted = tuple(filter_term("table", table) for table in hidden)
    return replace(widened(parse(text, words), Vocabulary(db, words).more), filters=wanted, hidden=unwanted)


def search(
    db: sqlite3.Connection,
    text: str,
    filters: Mapping[str, str] | None = None,
    newest: bool = False,
    page: int = 1,
    hidden: Sequence[str] = (),
    most: int = MOST,
    size: int = PAGE,
) -> Found:
    """One page of the rows that match, the best first, or the newest. No text is an error.

    `filters`: column of a facet → its value; `hidden`: tables of which nothing is found; `most`: rows looked at.
    """
    words = usual()
    query = understood(db, text, words, filters or {}, hidden)
    if query.empty:
        return Found(query)
    match = expression(query)
    ids, facets = _matching(db, match, most + 1)
    if not ids:
        return Found(query, suggestions=suggestions(db, text, query, words))
    bounded, ids, facets = len(ids) > most, ids[:most], facets[:most]
    values = _values_of(db, set(facets))
    if newest:
        order: Iterable[str] = ids
    elif len(ids) <= RANKED and not Vocabulary(db, words).common(query, most):
        order = _weighed(db, match, values, dict(zip(ids, facets, strict=True)))
    else:
        order = _titled_first(db, query, values, ids, facets)
    first = max(0, page - 1) * size
    shown = [int(id) for id in islice(order, first, first + size)]
    return Found(query, _rows(db, shown), len(ids), bounded, _counts(values, facets))


Numbers = Sequence[str]  # of rows or of their facets, the newest first
Values = Mapping[str, tuple[Any, ...]]


def _matching(db: sqlite3.Connection, match: str, most: int) -> tuple[Numbers, Numbers]:
    """The newest rows that match, and their facets. As two long texts: so many rows one by one would take longer than
    it takes to find them."""
    sql = """SELECT group_concat(id), group_concat(facet) FROM (
        SELECT h.id, h.facet FROM hits_fts f CROSS JOIN hits h INDEXED BY hits_facet ON h.id = f.rowid
        WHERE hits_fts MATCH ? ORDER BY f.rowid DESC LIMIT ?)"""
    ids, facets = db.execute(sql, (match, most)).fetchone()
    return (ids.split(","), facets.split(",")) if ids else ((), ())


_values: dict[str, tuple[Any, ...]] = {}  # their numbers are hashes of them: the same in every register


def _values_of(db: sqlite3.Connection, ids: Set[str]) -> Values:
    """The values behind the numbers of facets."""
    if strange := ids - _values.keys():
        if len(_values) > REMEMBERED:
            _values.clear()
            strange = set(ids)
        names = ", ".join(f'"{name}"' for name in FACETS)
        sql = f"SELECT id, {names} FROM facets WHERE id IN (SELECT value FROM json_each(?))"
        given = f"[{','.join(sorted(strange))}]"
        _values.update((str(id), tuple(values)) for id, *values in db.execute(sql, (given,)))
    return _values


def _counts(values: Values, facets: Numbers) -> dict[str, Counter[Any]]:
    """How the rows fall on the values of every facet."""
    counts: dict[str, Counter[Any]] = {name: Counter() for name in FACETS}
    columns = list(counts.values())
    for id, n in Counter(facets).items():
        for count, value in zip(columns, values[id], strict=True):
            count[value] += n
    for count in columns:
        del count[None]
    return counts


def _worth(values: Values, facets: Iterable[str]) -> dict[str, float]:
    """What each facet that occurs is worth by the kind of its rows."""
    return {id: _FIRST.get(values[id][0], 1.0) for id in set(facets)}


def _weighed(db: sqlite3.Connection, match: str, values: Values, facet: Mapping[str, str]) -> list[str]:
    """All rows that match, by how often and where their words stand, and by what they are; `facet`: that of each."""
    sql = f"SELECT rowid, bm25(hits_fts, {', '.join(map(str, _COLUMNS))}) FROM hits_fts WHERE hits_fts MATCH ?"
    worth = _worth(values, facet.values())
    scores = [(score * worth[facet[str(id)]], -id) for id, score in db.execute(sql, (match,)) if str(id) in facet]
    return [str(-id) for _, id in sorted(scores)]


def _titled_first(db: sqlite3.Connection, query: Query, values: Values, ids: Numbers, facets: Numbers) -> Iterator[str]:
    """Newest rows whose titles have a word of the query first, then by what they are; the newest first among equals."""
    worth = _worth(values, facets)
    weights = list(map(worth.__getitem__, facets))
    place = {id: at for at, id in enumerate(ids)}
    for id in _titled(db, query):
        if id in place:
            weights[place[id]] += 1
    for rank in sorted(set(weights), reverse=True):
        yield from (id for id, weight in zip(ids, weights, strict=True) if weight == rank)


def _titled(db: sqlite3.Connection, query: Query) -> Numbers:
    """The newest rows that match and whose titles have a word of the query."""
    match = titled(query)
    sql = """SELECT group_concat(id) FROM (
        SELECT rowid AS id FROM hits_fts WHERE hits_fts MATCH ? ORDER BY rowid DESC LIMIT ?)"""
    (ids,) = db.execute(sql, (match, TITLED)).fetchone() if match else (None,)
    return ids.split(",") if ids else ()


def _rows(db: sqlite3.Connection, ids: Sequence[int]) -> list[Row]:
    """The rows with these numbers, in their order."""
    names = ("id", "document", "table", "row", "organ", "outcome", "document_kind", "meeting_date", "section")
    names = (*names, "page", "evidence", "number", "title", "text")
    marks = ", ".join("?" * len(ids))
    columns = ", ".join(f'"{name}"' for name in names)
    found = db.execute(f"SELECT {columns} FROM hits WHERE id IN ({marks})", ids)
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in found}
    return [rows[id] for id in ids if id in rows]


def suggestions(db: sqlite3.Connection, text: str, query: Query, words: Swedish) -> list[str]:
    """What else might have been meant: the text with every word that stands nowhere changed to the one most like it."""
    vocabulary, meant = Vocabulary(db, words), text
    for piece in query.pieces:
        strange = len(piece.word) > 3 and not any(map(vocabulary.knows, piece.stems))
        if strange and (near := vocabulary.like(piece.word)):
            meant = meant.replace(piece.word, near, 1)
    return [meant] if meant != text else []
