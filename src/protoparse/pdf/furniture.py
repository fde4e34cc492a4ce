"""Running heads, page numbers and boxes for signatures: found by repetition and place, kept apart with the reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from protoparse.models import Line
from protoparse.pdf.reader import Page
from protoparse.pdf.rows import Row, line_of, of_pieces, text_of


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is not running text, and why (in Swedish, for `explain`)."""

    line: Line
    reason: str


_PAGE_NUMBER = re.compile(
    r"(?:(?:sida|sid\.?|sidan|blad|page)\s*\d{1,3}(?:\s*(?:\(|av|/|of)\s*\d{1,3}\s*\)?)?"
    r"|\d{1,3}\s*(?:\(|av|of|/)\s*\d{1,3}\s*\)?|\(?\d{1,3}\)?|[-–]\s*\d{1,3}\s*[-–])",
    re.IGNORECASE,
)
_SIGNATURES = re.compile(
    r"(?:(?:justerandes?|justerar(?:nas?|e)?|ordförandens?|ordf\.?|utdragsbestyrkande)"
    r"(?:\s*sign(?:atur(?:er)?)?\.?)?\s*)+",
    re.IGNORECASE,
)


def _shape(text: str, page: int) -> str:
    """A text with its page number masked, so that only true repetitions look alike (`§ 27`, `§ 28` do not)."""
    return re.sub(rf"(?<![\d-]){page}(?![\d-])", "#", text.lower(), count=1)


def _at_edge(top: float, bottom: float, page: Page) -> bool:
    return bottom < 0.2 * page.height or top > 0.85 * page.height


Shape = tuple[str, bool]  # a masked text and whether it stands in the upper half


def repeated_shapes(pages: Sequence[tuple[Page, list[Row]]]) -> set[Shape]:
    """Shapes of short pieces of text that stand at the same edge of at least 60 % of the pages (two at the least)."""
    seen: dict[Shape, set[int]] = defaultdict(set)
    for page, items in pages:
        for row in items:
            if _at_edge(row.top, row.bottom, page):
                for piece in row.pieces:
                    text = text_of(piece)
                    if len(text) <= 90:
                        seen[_shape(text, page.number), row.top < page.height / 2].add(page.number)
    enough = max(2, 0.6 * max(1, sum(bool(items) for _, items in pages) - 1))
    return {shape for shape, on in seen.items() if len(on) >= enough}


def _why_left_out(text: str, row: Row, page: Page, repeated: set[Shape]) -> str | None:
    if not _at_edge(row.top, row.bottom, page):
        return None
    if _PAGE_NUMBER.fullmatch(text) and (row.bottom < 0.12 * page.height or row.top > 0.88 * page.height):
        return "sidnummer"
    if _SIGNATURES.fullmatch(text) and row.top > page.height / 2:
        return "plats för signatur"
    if (_shape(text, page.number), row.top < page.height / 2) in repeated:
        return "återkommer på de flesta sidor"
    return None


def without_furniture(
    page: Page, items: list[Row], repeated: set[Shape], is_heading: Callable[[str], bool]
) -> tuple[list[Row], list[LeftOut]]:
    """The rows of a page without running heads, page numbers and signature boxes; and those, with the reason."""
    kept: list[Row] = []
    left_out: list[LeftOut] = []
    for row in items:
        stay = []
        for piece in row.pieces:
            text = text_of(piece)
            reason = None if is_heading(text) else _why_left_out(text, row, page, repeated)
            if reason:
                left_out.append(LeftOut(line_of(of_pieces([piece]), 0, None), reason))
            else:
                stay.append(piece)
        if len(stay) == len(row.pieces):
            kept.append(row)
        elif stay:
            kept.append(of_pieces(stay))
    return kept, left_out
