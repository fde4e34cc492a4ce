"""The words of which names are made: how they are written, and where one ends."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import NamedTuple

_LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
_UP = "".join(letter for letter in _LETTERS if letter.isupper())
_LOW = "".join(letter for letter in _LETTERS if letter.islower())
LINK = r"['’`\-‐‑]"
# One word of a name: Eva, Ann-Katrin, McLeod, O'Brien, D’Arc; not BUP, and not the `Hälso-` of `Hälso- och sjukvård`.
_NAME_WORD = (
    rf"(?:[{_UP}]{LINK})?[{_UP}][{_LOW}]+(?:[{_UP}][{_LOW}]+)?"
    rf"(?:{LINK}[{_UP}{_LOW}][{_LOW}]*(?:[{_UP}][{_LOW}]+)?)*"
)
_CAPITALS = rf"[{_UP}]{{2,}}(?:{LINK}[{_UP}]+)*"
# Two given names by their first letters: `P-O Lundin`, `A.-K. Lidh`; not the range of `punkt A-C Budget`.
INITIALS = rf"[{_UP}]\.?{LINK}[{_UP}]"
_RANGED = ("unkt", "unkter", "unkterna", "ilaga", "ilagor", "ilagorna", "rupp", "rupper", "rupperna", "el", "lternativ")
_INITIALS_BEFORE_NAME = (
    "".join(rf"(?<!{word}\s)" for word in _RANGED) + rf"{INITIALS}(?:\.(?!\w)|(?![\w./]))(?=\s+[{_UP}])"
)
TOKEN = re.compile(
    rf"(?P<name>{_INITIALS_BEFORE_NAME}|(?:[aA]l-|[eE]l-)?{_NAME_WORD}(?![\w]|-\s))|(?P<initial>[{_UP}]\.|[{_UP}](?![\w./)'’]))"
    rf"|(?P<capitals>{_CAPITALS})(?![\w])|(?P<other>[^\W_]+)"
)


class Part(NamedTuple):
    """One word of a text as the name grammar sees it."""

    kind: str  # name, initial, capitals, particle, other
    start: int
    end: int
    text: str


def trimmed(parts: Sequence[Part]) -> list[Part]:
    """Without particles at the ends and initials at the end but for `Lisa A L`."""
    found = list(parts)
    while found and found[-1].kind == "particle":
        found.pop()
    while found and found[0].kind == "particle":
        found.pop(0)
    return found


def blank(text: str, start: int, end: int) -> bool:
    """Whether nothing but white space, and some of it, stands between two places."""
    return bool(text[start:end]) and not text[start:end].strip()


def proper(word: str) -> str:
    """A word in capitals as a name is written: `ANN-KATRIN` → `Ann-Katrin`."""
    return "-".join(part.capitalize() for part in word.split("-"))


def one_line(name: str) -> str:
    """A name with single blanks."""
    return sys.intern(" ".join(name.split()))
