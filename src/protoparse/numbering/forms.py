"""Every form of number that opens a matter, and what a line that begins with one says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from protoparse.case_numbers import is_case
from protoparse.models import Line
from protoparse.text import Text

_GOES_ON = r"(?:\(?[Ff]orts(?:\.|ättning)?\)?(?:\s(?:av|på|från))?[:,]?\s+)?"
_END = r"\s*[.:]?(?:\s*[–—|/-])?(?:\s+|\Z)"
_TITLE = r"(?=[”\"“'»A-ZÅÄÖ0-9§]|[a-zåäö](?:-[a-zåäö]|[A-ZÅÄÖ]))"  # e-arkiv, eHälsa
_ORGAN = (
    r"(?!(?:Se|Jfr|Enl|Enligt|Och|Samt|Lag|Lagen|Under|Beslut|Av|Till|Med|Mot|Den|Bilaga|Obs)\b)"
    r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,6}"
)
PARAGRAPH = re.compile(
    rf"{_GOES_ON}(?:(?P<organ>{_ORGAN})\s?)?§{{1,2}}\s?(?:{_ORGAN}\s?)?"
    r"(?:(?:19|20)\d\d[/:])?(?P<number>\d{1,4}(?:\.\d{1,2}){0,2})(?!\d|:\d|\s?kap)(?:\s?/\s?(?P<year>\d{2,4}))?(?:\s?[–-]\s?(?P<to>\d{1,4})(?!\d))?"
    rf"(?:\s?[a-h](?=[\s.:]|\Z))?{_END}"
)
BEHIND = re.compile(rf"{_GOES_ON}(?P<number>\d{{1,4}})\s?§{_END}")
SPELT = re.compile(rf"{_GOES_ON}Par(?:agraf|\.)\s?(?P<number>\d{{1,4}})(?!\d){_END}")
CODED = re.compile(
    rf"(?P<organ>[A-ZÅÄÖ]{{2,6}}|[A-ZÅÄÖ][fsnu])\s(?P<number>\d{{1,4}})(?:/(?P<year>\d{{2,4}}))?{_END}{_TITLE}"
)
NUMBER = re.compile(
    r"(?:(?P<word>Punkt|Ärende|Pkt\.?|Nr\.?|Dagordningspunkt|Ärendepunkt)\s(?:nr\.?\s)?)?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,2}})(?!\d)\s?[.):]?(?:\s?[–-])?(?:\s+{_TITLE}|(?<=[.)])(?=[A-ZÅÄÖ])|\s*\Z)"
)
YEARED = re.compile(rf"(?P<number>\d{{1,3}})/(?P<year>(?:20)?\d\d)[.:]?\s+{_TITLE}")
LETTER = re.compile(rf"(?P<letter>[A-L])[.):]\s+{_TITLE}")
ROMAN = re.compile(rf"(?P<roman>[IVX]{{1,6}})(?:[.):]|\s[–-])\s+{_TITLE}")
LAST = re.compile(r"(?P<title>[”\"“A-ZÅÄÖ].{2,150}?)[ ,–-]+\(?§\s?(?P<number>\d{1,4})\)?\Z")
_APPENDIX = re.compile(r"Bilag(?:a|or)\b(?: ?(?:\d{1,3}|[A-Z]))?(?:[ .:–-].{0,60})?\Z")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(slots=True)
class Candidate:
    """A line that may be a numbered heading."""

    at: int  # index of the line
    number: str  # of a letter its place in the alphabet
    number_to: str | None
    rest: Text  # the title, as far as it stands on the line
    organ: str | None = None  # the code of an organ beside the number
    score: float = 0.0
    strong: bool = False  # set as a heading
    lettered: bool = False  # counted by a letter (`B. Ekonomi`)
    untitled: bool = False  # a paragraph of text stands behind the number (`§ 2 Styrelsen beslutade att …`)

    @property
    def key(self) -> tuple[int, ...]:
        """The number for comparing."""
        return tuple(int(part) for part in self.number.split("."))

    @property
    def bare(self) -> bool:
        """Whether no title stands on the line."""
        return not self.rest or is_case(self.rest.string)


def opens_page(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the first one of its page."""
    return at == 0 or lines[at - 1].page != lines[at].page


def is_appendix(lines: Sequence[Line], at: int) -> bool:
    """Whether an appendix begins at a line."""
    return opens_page(lines, at) and bool(_APPENDIX.match(lines[at].text.string))


def starts_with_number(text: str) -> bool:
    """Whether a line starts with a number of any form."""
    return bool(NUMBER.match(text) or PARAGRAPH.match(text))


def candidate_of(at: int, line: Line, patterns: Sequence[re.Pattern[str]]) -> Candidate | None:
    """The candidate that the line at index `at` is by the first of these patterns that it begins with."""
    match = next((m for pattern in patterns if (m := pattern.match(line.text.string))), None)
    if not match:
        return None
    groups = match.groupdict()
    number, to, year = groups.get("number"), groups.get("to"), groups.get("year")
    if groups.get("roman"):
        number = _arabic(groups["roman"])
    if letter := groups.get("letter"):
        number = str(ord(letter) - ord("A") + 1)
    if number is None or (year and not to and len(year) == 2 and int(year) > 69):
        return None
    if to and ("." in number or int(to) <= int(number)):
        to = None
    start, end = match.span("title") if groups.get("title") else (match.end(), len(line.text))
    organ = (groups.get("organ") or "").lower() or None
    return Candidate(at, number, to, line.text[start:end].strip(), organ, lettered=letter is not None)


def _arabic(roman: str) -> str | None:
    """`XII` is 12; None where the letters are no number."""
    values = [_ROMAN_VALUES[letter] for letter in roman]
    total = sum(-a if a < b else a for a, b in pairwise([*values, 0]))
    tens, ones = divmod(total, 10)
    spelt = "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    return str(total) if spelt == roman else None


def is_title(text: str) -> bool:
    """Whether a text starts as a title does."""
    return bool(text) and len(text) <= 220 and bool(re.match(r"(?:[”\"“'»A-ZÅÄÖ0-9§(]|[a-zåäö](?:-|[A-ZÅÄÖ]))", text))


def after_number(lines: Sequence[Line], at: int) -> Line | None:
    """The next printed line but case numbers."""
    following = (line for line in lines[at + 1 : at + 5] if line.text and not is_case(line.text.string))
    return next(following, None)


def line_before(lines: Sequence[Line], at: int) -> Line | None:
    """The line before in the same column of the page; None at its top."""
    line, before = lines[at], lines[at - 1] if at else None
    if before is None or (line.size and (before.page, before.column) != (line.page, line.column)):
        return None
    return before
