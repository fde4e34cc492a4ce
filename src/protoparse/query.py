"""What a visitor writes in the search field → an expression for the full-text index that is always valid.

Words are sought by their stems, phrases in quotes as printed; `§ 12`, case numbers and days by what rows are about;
`-word` excludes, `OR` (or `ELLER`) lets one of two be enough. Nothing that is written is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from protoparse.dates import MONTHS
from protoparse.swedish import WORD, Swedish, fold, stem

LONGEST = 300  # characters of a query that are read
MOST = 16  # pieces of a query that are read
PREFIX = 3  # letters from which the last word may be the beginning of another

_MONTH = "|".join(MONTHS)
_PIECE = re.compile(
    rf"""(?P<no>(?<!\S)-(?=["\w]))?(?:
    "(?P<phrase>[^"]*)"?
    |(?:§+\s*|\b(?:paragraf|punkt)\s+)(?P<number>\d{{1,4}}(?:\.\d{{1,3}}){{0,3}})
    |(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\w)
    |(?P<day2>[0-3]?\d)/(?P<month2>[01]?\d)(?!\w|[/.:-]\d)(?:[ -](?P<year2>(?:19|20)\d\d)(?!\w))?
    |(?P<day3>[0-3]?\d)\s+(?P<month3>{_MONTH})(?!\w)(?:\s+(?P<year3>(?:19|20)\d\d)(?!\w))?
    |(?P<case>(?:\b[a-zåäö]{{1,5}}[ /-]?)?(?:\d{{4}}[./:-]\d{{1,6}}|\d{{2,4}}/\d{{2,4}})(?:[-.:]\d+)*)(?!\w)
    |(?P<either>(?<!\S)(?-i:OR|ELLER)(?!\S))
    |(?P<word>[^\W_]+)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CASE = re.compile(r"([^\W\d_]*)\D*?(\d+)[./:-](\d+)")


# ---------------------------------------------------------------- what rows are about, as single words of an index


def number_term(number: str) -> str:
    """`8.1` → the word that stands for § 8.1."""
    return "p" + number.replace(".", "x")


def day_term(day: str) -> str:
    """`2025-12-12` → the word that stands for a meeting on that day."""
    return "d" + day.replace("-", "")


def said_day_terms(day: str) -> tuple[str, str]:
    """The words for a day that a text names: with and without its year."""
    return "t" + day.replace("-", ""), "t" + day[5:].replace("-", "")


def case_terms(case: str) -> tuple[str, ...]:
    """`KS 2026.019` → words for 2026/19, with and without the organ's letters; none where it has another shape."""
    match = _CASE.search(case)
    if not match:
        return ()
    number = f"{int(match[2])}x{int(match[3])}"
    code = fold(match[1])
    return tuple(dict.fromkeys((f"c{number}", f"c{code}{number}")))


# ---------------------------------------------------------------- a query in pieces


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that is sought: a word by its stems, or what is printed or what a row is about."""

    word: str = ""
    stems: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    excluded: bool = False
    open: bool = False  # the last word, which may not be finished

    @property
    def empty(self) -> bool:
        return not (self.stems or self.phrases or self.about)


@dataclass(frozen=True, slots=True)
class Query:
    """A query, understood: all groups must be found, of a group any piece; of `without` nothing."""

    groups: tuple[tuple[Piece, ...], ...] = ()
    without: tuple[Piece, ...] = ()
    filters: tuple[str, ...] = ()  # words of which a row must have each
    hidden: tuple[str, ...] = ()  # and none of these

    @property
    def empty(self) -> bool:
        """Whether nothing is sought: only what must not be found, or nothing at all."""
        return not self.groups

    @property
    def pieces(self) -> Iterator[Piece]:
        return (piece for group in self.groups for piece in group)


def _tokens(text: str) -> str:
    return " ".join(WORD.findall(text))


def _day(year: str | None, month: str, day: str) -> Piece:
    """A day as texts print it, as rows name it, and as the day of a meeting."""
    try:
        found = date(int(year or 2000), int(month), int(day))
    except ValueError:
        return Piece()
    spelled = f"{found.day} {MONTHS[found.month - 1]}"
    if year is None:
        return Piece(phrases=(spelled, f"{found.day} {found.month}"), about=(said_day_terms(str(found))[1],))
    about = (day_term(str(found)), said_day_terms(str(found))[0])
    return Piece(phrases=(f"{spelled} {year}", f"{found:%Y %m %d}"), about=about)


def _month(name: str) -> str:
    return str([month.lower() for month in MONTHS].index(name.lower()) + 1)


def _piece(match: re.Match[str], words: Swedish) -> Piece:
    """What one match of the pattern seeks; empty where it says nothing."""
    said = match.groupdict()
    if said["phrase"] is not None:
        return Piece(phrases=tuple(filter(None, [_tokens(said["phrase"])])))
    if said["number"]:
        return Piece(about=(number_term(said["number"]),))
    if said["year"] or said["day2"]:
        found = _day(
            said["year"] or said["year2"], said["month"] or said["month2"] or "", said["day"] or said["day2"] or ""
        )
        return found if not found.empty else Piece(phrases=(_tokens(match[0]),))
    if said["day3"]:
        return _day(said["year3"], _month(said["month3"]), said["day3"])
    if said["case"]:
        return Piece(phrases=(_tokens(said["case"]),), about=case_terms(said["case"])[-1:])
    word = said["word"] or ""
    return Piece(word=word, stems=tuple(dict.fromkeys((stem(words, word), fold(word)))))


def parse(text: str, words: Swedish) -> Query:
    """A visitor's words in pieces. Never raises."""
    text = text.replace("\0", " ")[:LONGEST]
    groups: list[list[Piece]] = []
    without: list[Piece] = []
    either = False
    for match in list(_PIECE.finditer(text))[:MOST]:
        if match["either"]:
            either = bool(groups)
            continue
        piece = replace(_piece(match, words), excluded=bool(match["no"]), open=match.end() == len(text))
        if piece.empty:
            continue
        if piece.excluded:
            without.append(piece)
        elif either:
            groups[-1].append(piece)
        else:
            groups.append([piece])
        either = False
    return Query(tuple(map(tuple, _telling(groups, words))), tuple(without))


def _telling(groups: Sequence[list[Piece]], words: Swedish) -> Sequence[list[Piece]]:
    """The groups without those that are only small words (och, att), unless there is nothing else."""
    kept = [group for group in groups if not all(fold(piece.word) in words.silent for piece in group)]
    return kept or groups


def widened(query: Query, more: Callable[[Piece], Iterable[str]]) -> Query:
    """The query with further stems for its words: compounds that end in them, words that begin like the last."""

    def wide(piece: Piece) -> Piece:
        return replace(piece, stems=tuple(dict.fromkeys((*piece.stems, *more(piece))))) if piece.word else piece

    return replace(query, groups=tuple(tuple(wide(piece) for piece in group) for group in query.groups))


# ---------------------------------------------------------------- the expression


def _any(terms: Iterable[str]) -> str:
    return " OR ".join(f'"{term}"' for term in terms)


def _sought(piece: Piece, columns: str) -> str:
    parts = [(columns, piece.stems), ("title text", piece.phrases), ("about", piece.about)]
    return " OR ".join(f"{{{where}}} : ({_any(terms)})" for where, terms in parts if terms)


def _all(parts: Iterable[str]) -> str:
    return " AND ".join(f"({part})" for part in parts)


def expression(query: Query, own: str = "head stems") -> str:
    """The query for the index; empty where nothing is sought. `own`: the columns of what is said in the row itself.

    Words may stand in what a row is about (its organ, document and section) as long as something is said in the row
    itself: one of the words, a phrase, a number, a day.
    """
    if query.empty:
        return ""
    lone = all(piece.word for piece in query.pieces)
    columns = own if lone and len(query.groups) == 1 else "head stems about"
    parts = [" OR ".join(_sought(piece, columns) for piece in group) for group in query.groups]
    if lone and len(query.groups) > 1:
        parts.append(f"{{head stems}} : ({_any(term for piece in query.pieces for term in piece.stems)})")
    if query.filters:
        parts.extend(f'{{about}} : "{term}"' for term in query.filters)
    without = " OR ".join(_sought(piece, "head stems") for piece in query.without)
    if query.hidden:
        without = " OR ".join(filter(None, [without, f"{{about}} : ({_any(query.hidden)})"]))
    return f"({_all(parts)}) NOT ({without})" if without else _all(parts)


def titled(query: Query) -> str:
    """The query for those rows whose titles have one of its words; empty where it has no words."""
    heads = _any(term for piece in query.pieces for term in piece.stems)
    if not heads:
        return ""
    if len(query.groups) == 1 and all(piece.word for piece in query.pieces):
        return expression(query, "head")
    return f"({expression(query)}) AND {{head}} : ({heads})"
