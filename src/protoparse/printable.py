"""Text that a page or a terminal can show: what steers one is left out; and how a place is cited."""

from __future__ import annotations

import re

# Controls but for tab and line ends, a carriage return that ends no line, and what is no character at all.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|\r(?!\n)")


def printable(text: str) -> str:
    """The text without control characters, which can move a cursor, colour a terminal or break a page."""
    return _ODD.sub("", text)


def cited(path: str, page: int | None, day: str | None) -> str:
    """A place as a reader would cite it: `protokoll.pdf s. 3 (2026-03-01)`."""
    return f"{path}{f' s. {page}' if page else ''} ({day or 'odaterat'})"
