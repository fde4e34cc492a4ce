"""Chains: pieces in a row, and what one of them says for the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from protoparse.dates.forms import Form, Piece
from protoparse.dates.page import Page
from protoparse.dates.pieces import days_of, piece_of
from protoparse.dates.surroundings import allowed

LONGEST_LIST = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """Mentions found together. A group is one piece, or two of a range; no groups: surely no date, nor a part of it."""

    start: int
    end: int
    groups: tuple[tuple[Piece, ...], ...] = ()
    word: bool = False  # a range said in words (`till och med`), not with a dash
    between: bool = False
    why: str = ""  # the message, where it cannot be read


def read_at(page: Page, forms: Iterable[Form], at: int) -> Iterator[Piece]:
    """The pieces of all forms that match right here."""
    for form in forms:
        match = form.pattern.match(page.low, at)
        if match and (piece := piece_of(form, match, page)):
            yield piece


def _next_piece(page: Page, family: str, at: int) -> Piece | None:
    """The longest piece of the family right here."""
    return max(read_at(page, page.grammar.by_family[family], at), key=lambda piece: piece.end, default=None)


def _chain(page: Page, first: Piece) -> tuple[list[Piece], list[str], int]:
    """The pieces from this one on, the separators between them, and how far they were looked for."""
    pieces, separators = [first], []
    while first.family and len(pieces) < LONGEST_LIST and (step := _step(page, pieces[-1])):
        separators.append(step[0])
        pieces.append(step[1])
    reach = pieces[-1].start
    while pieces and not _may_end(page, pieces, separators):
        pieces.pop()
        del separators[-1:]
    return pieces, separators, reach


def _step(page: Page, piece: Piece) -> tuple[str, Piece] | None:
    """The separator after a piece and the piece after that; each is looked for once."""
    key = (piece.family, piece.end)
    if key not in page.steps:
        separator = page.grammar.patterns["separator"].match(page.low, piece.end)
        following = _next_piece(page, piece.family, separator.end()) if separator else None
        joined = separator and following and _may_join(separator, piece, following)
        page.steps[key] = (separator.lastgroup or "", following) if separator and following and joined else None
    return page.steps[key]


def _may_join(separator: re.Match[str], left: Piece, right: Piece) -> bool:
    """Whether a separator can stand between these two."""
    kind, tight = separator.lastgroup, separator[0] in "/-–‐‑—−"
    if right.family == "year" and right.partial:  # 2025–27, 2025/26
        right_year = right.year or 0
        if not tight or left.year is None:
            return False
        return right_year == left.year + 1 if kind == "slash" else kind == "range" and left.year < right_year
    if kind == "slash":
        if right.family == "year":
            return right.year == (left.year or 0) + 1
        return right.family in ("month", "season", "week", "iso")
    if right.family == "iso" and right.number is None:  # 2027-03-02–03; but 2027-03-02-03 is a number
        return separator[0] == "–" and left.rule == "iso-dag" and (right.day or 0) > (left.day or 0)
    if right.family == "iso" and right.partial:
        return kind == "range"
    return True


def _may_end(page: Page, pieces: list[Piece], separators: list[str]) -> bool:
    """Whether a chain can stop after its last piece: `vecka 14, 10 personer` stops after 14."""
    last = pieces[-1]
    if last.partial == "next":
        return False
    if last.partial == "previous" and last.family != "year":
        return separators[-1] != "comma" and not page.after("pseudo_after", last.end)
    return True


def _filled(pieces: list[Piece], page: Page) -> list[Piece]:
    """What one piece says for the others: month and year backwards, then the year forwards."""
    dated = sum(piece.year is not None or piece.when is not None for piece in pieces)
    if dated in (0, len(pieces)) and all(piece.number is not None or piece.unit != "day" for piece in pieces):
        return pieces
    pieces = list(pieces)
    for at in range(len(pieces) - 2, -1, -1):
        piece, following = pieces[at], pieces[at + 1]
        if piece.unit == "day" and piece.number is None:
            piece = replace(piece, number=following.number)
        if piece.year is None and piece.when is None:
            piece = replace(piece, year=following.year, when=following.when)
            if piece.year is not None and _later(piece, following, page):
                piece = replace(piece, year=piece.year - 1)
        pieces[at] = piece
    for at in range(1, len(pieces)):
        piece, previous = pieces[at], pieces[at - 1]
        if piece.number is None and piece.family == "iso":
            piece = replace(piece, number=previous.number)
        if piece.year is None and piece.when is None and previous.year is not None:
            piece = replace(piece, year=previous.year)
            pieces[at] = replace(piece, year=previous.year + 1) if _later(previous, piece, page) else piece
    return pieces


def _later(first: Piece, second: Piece, page: Page) -> bool:
    try:
        return days_of(first, first.year or 0, page) > days_of(second, second.year or 0, page)
    except ValueError:
        return False


def candidate_of(page: Page, first: Piece, done: dict[str, int]) -> Candidate | None:
    """The mentions that begin with this piece, if the words around them allow it.

    `done` tells per family how far its chains have been read, so that no chain is read again from its middle.
    """
    if first.start < done.get(first.family, 0):
        return None
    pieces, separators, reach = _chain(page, first)
    if first.family and not pieces:
        done[first.family] = reach
    if not pieces or (page.low[first.start].isdigit() and page.before("pseudo_before", first.start)):
        return None
    between = bool(page.before("between", first.start))
    kinds = ["range" if kind in ("range", "slash") or (between and kind == "and" and at == 0) else kind
             for at, kind in enumerate(separators)]  # fmt: skip
    if _loose_list(pieces, kinds):
        return None
    start, end = first.start, pieces[-1].end
    pieces = _filled(pieces, page)
    if any(piece.needs_year and piece.year is None and piece.when is None for piece in pieces):
        return None
    safe = allowed(page, pieces, kinds)
    if safe is None:
        return None
    if first.family:
        done[first.family] = max(done.get(first.family, 0), pieces[-1].start)
    if not safe or _recurs(page, pieces, start, end):
        return Candidate(start, end)
    joint = page.low[pieces[0].end : pieces[1].start] if separators[:1] == ["range"] else ""
    return Candidate(start, end, _grouped(pieces, kinds), any(map(str.isalpha, joint)), between)


def _loose_list(pieces: list[Piece], kinds: list[str]) -> bool:
    """`5, 10 mars`: bare numbers before a comma are a list only with an `och`, or where `den` says so."""
    bare = pieces[0].partial == "next" and pieces[0].end - pieces[0].start <= 2
    return bare and bool(kinds) and kinds[0] == "comma" and "and" not in kinds


def _grouped(pieces: list[Piece], kinds: list[str]) -> tuple[tuple[Piece, ...], ...]:
    groups: list[tuple[Piece, ...]] = [(pieces[0],)]
    for piece, kind in zip(pieces[1:], kinds, strict=True):
        if kind == "range" and len(groups[-1]) == 1:
            groups[-1] = (groups[-1][0], piece)
        else:
            groups.append((piece,))
    return tuple(groups)


def _recurs(page: Page, pieces: list[Piece], start: int, end: int) -> bool:
    """`den 1 mars varje år` is no date."""
    if any(piece.year is not None for piece in pieces):
        return False
    return bool(page.after("recurring_after", end) or page.before("recurring_before", start))
