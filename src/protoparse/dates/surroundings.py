"""Whether the words around pieces allow a date at all.

True: yes. None: no, but a part of the pieces may be one. False: no, nor any part.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from protoparse.dates.almanac import RELATIVE_UNITS
from protoparse.dates.forms import Piece
from protoparse.dates.page import BEFORE, Page
from protoparse.dates.pieces import days_or_none

Safe = Callable[[Page, list[Piece], list[str]], bool | None]


def _safe_day(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    first, last = pieces[0], pieces[-1]
    if any(piece.rule == "dag-månad" and _is_person(page, piece) for piece in pieces):
        return False
    if re.match(r"[0-9]+\.\s+[A-ZÅÄÖ]", page.cased[first.start : first.end]):  # `3. Mars 2026` is a heading
        return None
    if re.match(r"[0-9]+\.\s", page.low[first.start : first.end]) and page.before("numbered", first.start):
        return None  # `Delegationslista 1. april 2026` is the first of that month
    if all(piece.rule != "dag-snedstreck" for piece in pieces) or any(piece.weekday for piece in pieces):
        return True
    if not page.low[first.start].isdigit() or first.year is not None:
        return True
    return _safe_slash(page, first, last)


def _safe_slash(page: Page, first: Piece, last: Piece) -> bool | None:
    """`14/3` alone: not a fraction, a road, a share of something, nor impossible."""
    told = bool(page.before("day_context", first.start))
    if page.after("pseudo_after", last.end) or page.in_register(first.start) or _is_part(page, first, last):
        return None
    try:
        date(2024, first.number or 0, first.day or 0)
    except ValueError:
        return True if told else None
    text = page.low[first.start : first.end]
    if text in page.grammar.lists["fractions"]:
        return True if page.before("bound", first.start) else None
    smaller = (first.day or 0) < (first.number or 0)
    return True if told or not smaller or page.after("day_after", last.end) else None


def _is_part(page: Page, first: Piece, last: Piece) -> bool:
    """`(2/2)`, `del 1/3`: which part of how many."""
    if (first.day or 0) > (first.number or 0):
        return False
    alone = page.low[max(0, first.start - 1) : first.start] == "(" and page.low[last.end : last.end + 1] == ")"
    return alone or bool(page.before("part_number", first.start))


def _is_person(page: Page, piece: Piece) -> bool:
    """`1 Jan Berg`, `Maj Lund`: a month's name with a capital, then another name."""
    match = re.search(r"([^\W\d_]+)\.?$", page.cased[piece.start : piece.end])
    if not match or not match[1][0].isupper() or match[1].lower() not in page.grammar.lists["month_names_of_people"]:
        return False
    return bool(re.match(r"[ -][A-ZÅÄÖ][a-zåäö]", page.cased[piece.end : piece.end + 3]))


def _safe_month(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    first = pieces[0]
    if first.rule == "iso-månad":
        return _safe_number(page, pieces, kinds) if not page.before("label_before", first.start) else None
    if any(_is_person(page, piece) for piece in pieces):
        return False
    if any(piece.year is not None or piece.when is not None for piece in pieces):
        return True
    text = page.low[first.start : pieces[-1].end]
    abbreviated = text.rstrip(".") in page.grammar.lists["short_months"]
    if abbreviated and len(pieces) == 1:  # `i dec.`; but `i jul` is Christmas
        return True if page.before("month_before", first.start) and text.rstrip(".") != "jul" else None
    if page.cased[first.start].isupper() and len(pieces) == 1 and not text.endswith("månad"):
        return True if page.before("month_before", first.start) else None
    return True


def _safe_number(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """Bare digits: not after a register's letters, not before a unit of something else."""
    start, end = pieces[0].start, pieces[-1].end
    # `BUN 171219, § 122` is an organ, the day it met and what it decided.
    met = pieces[0].rule == "sex-siffror" and page.after("section_sign", end)
    if page.after("pseudo_after", end) or (page.in_register(start) and not met):
        return None
    anchor = page.anchor
    if pieces[0].rule in ("sex-siffror", "kort-dag", "åtta-siffror") and anchor:
        return True if all(-40 <= (piece.year or 0) - anchor.year <= 15 for piece in pieces) else None
    return True


def _safe_iso(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    if any(not 1 <= (piece.day or 0) <= 31 for piece in pieces):
        return None
    exact = pieces[0].rule in ("sex-siffror", "kort-dag", "åtta-siffror")
    if exact and any(days_or_none(piece, piece.year or 0, page) is None for piece in pieces):
        return None
    return _safe_number(page, pieces, kinds) if exact else True


def _safe_year(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """A year alone needs a word that makes it one; two of them explain each other."""
    first, last = pieces[0], pieces[-1]
    if first.day == 1:  # with a label: `år 2026`
        return True
    if page.after("pseudo_after", last.end) or page.low[max(0, first.start - 1) : first.start] in ("/", "-"):
        return None
    if page.in_register(first.start):
        return None
    if len(pieces) > 1 and (page.low[first.end] == "/" or set(kinds) & {"range", "and"}):
        return True if (last.year or 0) >= (first.year or 0) else None
    if re.match(r"[/–-][0-9]", page.low[last.end : last.end + 2]):
        return None
    around = page.before("year_before", first.start) or page.before("bound", first.start)
    return True if around or page.after("year_after", last.end) or _after_noun(page, first, last) else None


def _after_noun(page: Page, first: Piece, last: Piece) -> bool:
    """`startade som projekt 2022.`: a year of our time after a common noun, with which the clause ends."""
    anchor = page.anchor
    if anchor is None or len(page.low) == last.end or not -15 <= (first.year or 0) - anchor.year <= 10:
        return False
    return bool(page.after("clause_end", last.end)) and bool(
        page.grammar.patterns["year_noun"].search(page.cased[max(0, first.start - BEFORE) : first.start])
    )


def _safe_unit(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """`T1` and `H1` need a year, or a word for what happens three times a year; `V` may be a party."""
    first = pieces[0]
    word = re.match(r"\w+?(?=[0-9 .\n])", page.low[first.start : first.end])
    short = word[0] if word else ""
    dated = any(piece.year is not None or piece.when is not None for piece in pieces)
    if page.after("pseudo_after", pieces[-1].end) and not dated:
        return None
    if short in page.grammar.lists["short_units"] and not dated:
        left, right = page.sentence(first.start, first.end)
        near = page.grammar.patterns["tertial_cue"].search(page.low, left, right)
        return True if near and short == "t" else None
    if short == "v" and page.cased[first.start] == "V" and not dated:
        return True if page.low[first.start + 1] in ".0123456789" else None
    return True


def _safe_else(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """`de kommande åren` is no single year, `i år 9` a form at school."""
    first = pieces[0]
    if first.unit == "+year" and first.number == 0 and page.after("school_form", first.end):
        return None
    return None if first.unit in RELATIVE_UNITS and page.before("not_relative", first.start) else True


def _safe_feast(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """`före jul` is a day, `vid jul` none."""
    return True if len(pieces) == 1 and page.before("around_feast", pieces[0].start) else None


def _safe_season(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """`i vår` is a season only where nothing of ours follows."""
    first = pieces[0]
    if first.when == "coming" and first.number == 0:
        return True if page.after("our_spring", first.end) else None
    if first.rule == "termin-kort" and page.anchor and abs((first.year or 0) - page.anchor.year) > 12:
        return None
    return True


SAFE: dict[str, Safe] = {
    "day": _safe_day, "iso": _safe_iso, "month": _safe_month, "year": _safe_year, "season": _safe_season,
    "feast": _safe_feast, "week": _safe_unit, "quarter": _safe_unit, "tertial": _safe_unit, "half": _safe_unit,
}  # fmt: skip


def allowed(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """Whether the surroundings of a chain allow a date; `kinds` are the separators between its pieces."""
    return SAFE.get(pieces[0].family or pieces[0].unit, _safe_else)(page, pieces, kinds)
