"""Running heads, page numbers, places for signatures and pages of electronic signatures: found by repetition, place and
shape, kept apart with the reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from protoparse.models import Line
from protoparse.pdf.grid import Cell, cells_of
from protoparse.pdf.reader import Page
from protoparse.pdf.rows import Piece, Row, line_of, of_pieces, text_of
from protoparse.text import DRAWN


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is not running text, and why (in Swedish, for `explain`)."""

    line: Line
    reason: str


_WORD_AND_NUMBER = (
    r"(?:sida|sid\.?|sidan|sidnr\.?|sidnummer|blad|page)\s*:?\s*\d{1,3}(?:\s*(?:\(|av|/|of)\s*\d{1,3}\s*\)?)?"
)
_OF_PAGES = r"\d{1,3}\s*(?:\(\s*\d{1,3}\s*\)|(?:av|of|/)\s*\d{1,3})"
_PAGE_NUMBER = re.compile(rf"{_WORD_AND_NUMBER}|{_OF_PAGES}|[-–]\s*\d{{1,3}}\s*[-–]", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"\(?\d{1,3}\)?")
_NUMBERS_OF_PAGES = re.compile(rf"\b{_WORD_AND_NUMBER}|(?<![\d./-]){_OF_PAGES}(?![\d.])", re.IGNORECASE)
_SIGNATURES = re.compile(
    r"(?:(?:justerandes?|justerar(?:nas?|e|es)?|just\.?|protokollsjusterare|ordförandens?|ordf\.?|sekreterarens?|sekr\.?"
    r"|utdragsbestyrkande|utdrag(?:et)?\s+best(?:yrks|yrkes)?\.?|(?:sign(?:atur(?:er)?)?|initialer)\.?)"
    r"(?:\s*(?:sign(?:atur(?:er)?)?|initialer)\.?)?\s*[:/]?\s*[_.…]*\s*)+",
    re.IGNORECASE,
)
_ONLY_OFFICE = re.compile(r"(?:justerare|ordförande|ordf\.?|sekreterare|sekr\.?|justerande)\s*:?\s*", re.IGNORECASE)
_TO_SIGN = re.compile(r"\bsign|initialer|\butdrag", re.IGNORECASE)
_RULE_OF_SIGNS = re.compile(r"[_.…\s]*_{4,}[_\s]*")
_FILE_PATH = re.compile(r"(?:\\\\|[A-Za-z]:\\|file:/).*|\S*[\\/]\S*\.(?:docx?|odt|pdf|dotx?)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\b(?:besöksadress|postadress|org(?:anisations)?\.?\s?-?(?:nr|nummer)|bankgiro|plusgiro|telefon|tfn|växel|telefax|fax"
    r"|e-post|webbplats|hemsida)\b|\bbox\s\d|\b\d{3}\s\d{2}\s[A-ZÅÄÖ]|\bwww\.|\S@\S",
    re.IGNORECASE,
)

_PARAGRAPH = re.compile(r"(?:[A-ZÅÄÖ]\w{0,6}\s)?§\s?\d+(?!\d|\s?[-–])")  # one may go on at the top of several pages

_REASON_NUMBER = "sidnummer"
_REASON_REPEATED = "återkommer på de flesta sidor"
_REASON_SIGNATURE = "plats för signatur"
_REASON_PATH = "filens sökväg"
_REASON_ADDRESS = "adressrad vid sidans fot"
_REASON_SIGNED = "sida med elektroniska underskrifter"


@dataclass(slots=True)
class Running:
    """What recurs at the edges of a document's pages: the shapes of short texts and how far from their edge (in points)
    they stand, and the usual size of the document's letters."""

    places: Mapping[Shape, Sequence[float]] = field(default_factory=dict)
    body: float = 0.0

    def holds(self, text: str, row: Row, page: Page) -> bool:
        """Whether a text recurs at the place where it stands."""
        upper, distance = _edge(row, page)
        return any(
            abs(distance - place) <= _WANDERS
            for shape in _shapes(text, page.number)
            for place in self.places.get((shape, upper), ())
        )


Shape = tuple[str, bool]  # a text with its page number masked, and whether it stands in the upper half
_SAME_PLACE = 14.0  # points within which a text recurs
_WANDERS = 60.0  # points that a text known to recur may stand away, as on a first page with a taller head
_OUTERMOST = 0.09  # of the page's height


def _shapes(text: str, page: int) -> set[str]:
    """A text as it may recur, so that only true repetitions look alike (`§ 27`, `§ 28` do not): as it is, and with what
    may be the number of its page masked."""
    lower = text.lower()
    masked = _NUMBERS_OF_PAGES.sub("#", lower)
    if masked != lower:
        return {masked}
    return {lower, re.sub(rf"(?<![\d-]){page}(?![\d-])", "#", lower, count=1)}


def _edge(row: Row, page: Page) -> tuple[bool, float]:
    """Whether a row stands in the upper half of its page, and its distance from that edge."""
    upper = row.top < page.height / 2
    return upper, row.top if upper else page.height - row.bottom


def _at_edge(row: Row, page: Page) -> bool:
    return row.bottom < 0.2 * page.height or row.top > 0.85 * page.height


def running(pages: Sequence[tuple[Page, list[Row]]]) -> Running:
    """What recurs at the same place of the same edge: on 60 % of the pages (two at the least), of the odd or of the
    even ones, or, at the very edge, on three pages that follow one another."""
    words = [word.size for _, items in pages for row in items for piece in row.pieces for word in piece]
    if len(pages) < 2 or not words:
        return Running(body=median(words) if words else 0.0)
    seen: dict[Shape, list[tuple[float, int, bool]]] = defaultdict(list)
    for page, items in pages:
        for row in items:
            if _at_edge(row, page):
                upper, distance = _edge(row, page)
                outermost = distance < _OUTERMOST * page.height
                for piece in row.pieces:
                    text = text_of(piece)
                    if len(text) <= 90:
                        for shape in _shapes(text, page.number):
                            seen[shape, upper].append((distance, page.number, outermost))
    filled = [page.number for page, items in pages if items]
    places = {shape: found for shape, at in seen.items() if (found := _recurring(at, filled))}
    return Running(places, median(words))


def _recurring(at: Sequence[tuple[float, int, bool]], filled: Sequence[int]) -> list[float]:
    """The distances from the edge around which a text recurs."""
    found = []
    for distance in sorted({round(d) for d, _, _ in at}):
        here = {number: outer for d, number, outer in at if abs(d - distance) <= _SAME_PLACE}
        if _often(here, filled):
            found.append(float(distance))
    return found


def _often(here: Mapping[int, bool], filled: Sequence[int]) -> bool:
    if len(here) >= max(2, 0.6 * max(1, len(filled) - 1)):
        return True
    if not all(here.values()):
        return False
    for parity in (0, 1):
        half = [number for number in filled if number % 2 == parity]
        if len(half) > 1 and set(here) <= set(half) and len(here) >= max(2, 0.6 * (len(half) - 1)):
            return True
    return any({number, number + 1, number + 2} <= set(here) for number in here)


# ---------------------------------------------------------------- pages of electronic signatures

_SIGNED_WITH = re.compile(
    r"\b(?:signerat?s?\s+(?:med|av|digitalt|elektroniskt)|(?:undertecknat?s?|underskrivet)\s+(?:av|med|digitalt|elektroniskt)"
    r"|bankid|penneo|scrive|assently|getaccept|visma\s+addo|adobe\s+(?:acrobat\s+)?sign|freja\s?eid|eidas|verifikat"
    r"|elektronisk[at]?\s+(?:underskrift(?:er)?|signatur(?:er)?)|undertecknare|signatärer)",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(
    r"\b(?:transaktions?(?:-?id|nummer)?|dokument(?:-?id|nyckel)|hash(?:värde|summa)?|kontrollsumma|sha-?(?:256|512)"
    r"|tidsstämpel|ip(?:-adress)?\b|verifikat(?:ion)?(?:s?id|snummer)?)|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b[0-9a-f]{32,}\b"
    r"|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b(?:[A-Z0-9]{5}-){4,}[A-Z0-9]{5}\b|\d{4}-\d\d-\d\d\s\d\d:\d\d:\d\d",
    re.IGNORECASE,
)


def is_signature_page(items: Sequence[Row]) -> bool:
    """Whether a page is a proof of electronic signatures: several words of signing and technical marks beside them, and
    no numbered paragraph."""
    text = "\n".join(text_of(piece) for row in items for piece in row.pieces)
    if re.search(r"(?m)^§", text):
        return False
    signed = {match.group().lower() for match in _SIGNED_WITH.finditer(text)}
    technical = {match.group().lower() for match in _TECHNICAL.finditer(text)}
    return len(signed) > 1 and len(technical) > 1


# ---------------------------------------------------------------- line by line


def _why_left_out(text: str, row: Row, page: Page, recurring: Running) -> str | None:
    """Why a piece of a row at the edge of its page is no running text; None when it is."""
    lower = row.top > page.height / 2
    outer = row.bottom < 0.12 * page.height or row.top > 0.88 * page.height
    repeated = recurring.holds(text, row, page)
    if (outer and _PAGE_NUMBER.fullmatch(text)) or (repeated and _BARE_NUMBER.fullmatch(text)):
        return _REASON_NUMBER
    if lower and _SIGNATURES.fullmatch(text) and (not _ONLY_OFFICE.fullmatch(text) or repeated):
        return _REASON_SIGNATURE
    if _PARAGRAPH.match(text):
        return None
    large = row.size > 1.35 * recurring.body and not _edge(row, page)[1] < _OUTERMOST * page.height
    if repeated and not large:
        return _REASON_REPEATED
    if outer and _FILE_PATH.fullmatch(text):
        return _REASON_PATH
    if outer and lower and len(_ADDRESS.findall(text)) > 1 and row.size < recurring.body:
        return _REASON_ADDRESS
    return None


def _whole_row(row: Row, page: Page, reasons: Sequence[str | None], first: bool, last: bool) -> list[str | None]:
    """The reasons of a row's pieces, its bare numbers and lines to sign on judged by what stands beside them: a number
    alone at the end of the page, or beside a running head, is the page's."""
    outer = row.bottom < 0.12 * page.height or row.top > 0.88 * page.height
    found = list(reasons)
    texts = [text_of(piece) for piece in row.pieces]
    others = [reason for text, reason in zip(texts, reasons, strict=True) if not _BARE_NUMBER.fullmatch(text)]
    numbers = len(texts) - len(others)
    if row.top > 0.8 * page.height and _REASON_SIGNATURE in found and all(map(_SIGNATURES.fullmatch, texts)):
        return [_REASON_SIGNATURE] * len(texts)
    for at, text in enumerate(texts):
        alone = (first or last) and not others and numbers == 1
        beside = bool(others) and all(others)
        own = text.strip("()") == str(page.number) and (first or last) and numbers == 1
        if found[at] == _REASON_NUMBER and _BARE_NUMBER.fullmatch(text) and (numbers > 1 or None in others):
            found[at] = None  # the figures of a table's row
        if found[at] is None and outer and _BARE_NUMBER.fullmatch(text) and (alone or beside or own):
            found[at] = _REASON_NUMBER
        elif found[at] is None and row.top > 0.8 * page.height and _RULE_OF_SIGNS.fullmatch(text):
            found[at] = _REASON_SIGNATURE
    return found


def _beside_signs(row: Row, page: Page, reasons: Sequence[str | None], recurring: Running) -> Sequence[str | None]:
    """The reasons of a row's pieces, where what is left of a foot to sign recurs: a word that may be a heading is none
    there."""
    rest = [text_of(piece) for piece, reason in zip(row.pieces, reasons, strict=True) if reason is None]
    if _REASON_SIGNATURE not in reasons or not all(recurring.holds(text, row, page) for text in rest):
        return reasons
    return [reason or _REASON_SIGNATURE for reason in reasons]


def _in_tables(page: Page, items: Sequence[Row], recurring: Running) -> list[Cell]:
    """The cells of the grids that hold more than running heads: nothing in them is one."""
    cells = cells_of(page.rules, page.height)
    kept = []
    for table in {cell.table for cell in cells}:
        grid = [cell for cell in cells if cell.table == table]
        inside = [(row, piece) for row in items for piece in row.pieces if any(cell.holds(piece[0]) for cell in grid)]
        own = sum(not recurring.holds(text_of(piece), row, page) for row, piece in inside)
        if len({cell.row for cell in grid}) > 2 and own > 0.5 * len(inside):
            kept.extend(grid)
    return kept


def without_furniture(
    page: Page, items: list[Row], recurring: Running, is_heading: Callable[[str], bool]
) -> tuple[list[Row], list[LeftOut]]:
    """The rows of a page without running heads, page numbers and places for signatures; and those, with the reason. Of
    a page of electronic signatures nothing is kept."""
    if is_signature_page(items):
        return [], [_left_out(piece, _REASON_SIGNED) for row in items for piece in row.pieces]
    tables = _in_tables(page, items, recurring) if any(_at_edge(row, page) for row in items) else []
    kept: list[Row] = []
    left_out: list[LeftOut] = []
    for at, row in enumerate(items):
        if not _at_edge(row, page):
            kept.append(row)
            continue
        reasons = [
            None
            if is_heading(text_of(piece)) or any(cell.holds(piece[0]) for cell in tables)
            else _why_left_out(text_of(piece), row, page, recurring)
            for piece in row.pieces
        ]
        if not any(cell.holds(row.pieces[0][0]) for cell in tables):
            reasons = _whole_row(row, page, reasons, at == 0, at == len(items) - 1)
            reasons = _beside_signs(row, page, reasons, recurring)
        stay = [piece for piece, reason in zip(row.pieces, reasons, strict=True) if reason is None]
        if all(map(_is_drawn, stay)):
            stay = []  # a drawn mark without its words is part of the drawing
        left_out.extend(
            _left_out(piece, reason)
            for piece, reason in zip(row.pieces, reasons, strict=True)
            if reason is not None and not _is_drawn(piece)
        )
        if len(stay) == len(row.pieces):
            kept.append(row)
        elif stay:
            kept.append(of_pieces(stay))
    while kept and _is_to_sign(kept[-1]):
        left_out.extend(_left_out(piece, _REASON_SIGNATURE) for piece in kept.pop().pieces)
    return kept, left_out


def _is_drawn(piece: Piece) -> bool:
    return len(piece) == 1 and piece[0].printed == DRAWN


def _is_to_sign(row: Row) -> bool:
    """Whether a row holds nothing but places to sign, two at least: the foot of a last page may have moved up."""
    text = " ".join(text_of(piece) for piece in row.pieces)
    return len(_TO_SIGN.findall(text)) > 1 and _SIGNATURES.fullmatch(text) is not None


def _left_out(piece: Piece, reason: str) -> LeftOut:
    return LeftOut(line_of(of_pieces([piece]), 0, None), reason)
