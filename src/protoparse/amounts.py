"""Sums of money in Swedish running text."""

from __future__ import annotations

import re
from typing import NamedTuple


class Amount(NamedTuple):
    """A sum of money: its place in the text, its value in SEK, what it is counted per (`year`, `month`, `each`;
    `unit` for a price per day, pupil, place …; None for a plain sum) and the words as printed."""

    start: int
    end: int
    value: float
    per: str | None
    text: str


_BLANK = "[ \u00a0\u2009\u202f]"
_WORDS = {
    "en halv": 0.5,
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "tolv": 12,
}
# Units from the largest to the smallest: the first that fits is meant. A bare 'miljoner' counts anything.
_UNITS = (
    (1e9, rf"md(?:r{_BLANK}?)?kr\b|miljard(?:er)?{_BLANK}(?:svenska{_BLANK})?(?:kronor|kr)\b"),
    (
        1e6,
        rf"mn{_BLANK}?kr\b|m\.?kr\b|msek\b|mil[jl]\.?{_BLANK}?(?:kr\b|kronor\b)"
        rf"|miljon(?:er)?{_BLANK}(?:svenska{_BLANK})?(?:kronor|kr)\b",
    ),
    (1e3, rf"t\.?kr\b|kkr\b|tsek\b|tusen{_BLANK}(?:kronor|kr)\b|tusenlappar\b"),
    (1.0, r"kr\b|kronor\b|sek\b|:-"),
)
_NUMBER = rf"(?:\d{{1,3}}(?:{_BLANK}\d{{3}})+|\d{{1,3}}(?:\.\d{{3}})+|\d+)(?:[,.]\d+)?"
_PER = (
    (
        "unit",
        rf"{_BLANK}?(?:/|per{_BLANK})(?:dygn|dag|timm|tim\b|vecka|elev|barn|plats|person|invånar|kvm|m2|m²|st\b|ton|kwh|"
        r"besök|deltagar|hushåll|resa|lägenhet|tillfälle|ledamot|vårddygn)\w*",
    ),
    ("year", rf"{_BLANK}?/{_BLANK}?år\b|{_BLANK}per{_BLANK}år\b|{_BLANK}om{_BLANK}året\b|{_BLANK}årligen\b"),
    ("month", rf"{_BLANK}?/{_BLANK}?mån(?:ad)?\b|{_BLANK}(?:per|i){_BLANK}månad(?:en)?\b"),
    ("each", rf"{_BLANK}(?:vardera|var|per{_BLANK}(?:kommun|part|huvudman|förening))\b"),
)
_UNIT = "|".join(f"(?P<u{at}>{pattern})" for at, (_, pattern) in enumerate(_UNITS))
_TAIL = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _PER)
# A digit, a decimal sign or a dash before the number makes it part of something longer: a range, a case number.
_AMOUNT = re.compile(
    rf"(?<![\d.,:/–§-])(?:(?P<sek>sek{_BLANK}(?P<after>{_NUMBER})\b)"
    rf"|(?:(?P<number>{_NUMBER})|\b(?P<word>{'|'.join(_WORDS)})(?={_BLANK}mil)){_BLANK}?(?:{_UNIT}))"
    rf"(?:{_TAIL})?",
    re.IGNORECASE,
)
_YEARLY_BEFORE = re.compile(r"\bårlig(?:en|t|a)?(?:\s\w+)?(?:\s(?:om|på|med))?\s*\Z", re.IGNORECASE)
MAY_HOLD_AMOUNT = re.compile(r"kr|kronor|sek\b|:-", re.IGNORECASE)


def _number(printed: str) -> float:
    """The value of a printed number: a comma is the decimal sign, so is a full stop unless three digits follow."""
    plain = re.sub(_BLANK, "", printed)
    plain = re.sub(r"\.(?=\d{3}(?:\D|\Z))", "", plain)
    return float(plain.replace(",", "."))


def _value(match: re.Match[str]) -> float:
    if match["sek"]:
        return _number(match["after"])
    factor = next(factor for at, (factor, _) in enumerate(_UNITS) if match[f"u{at}"])
    number = _number(match["number"]) if match["number"] else _WORDS[match["word"].lower()]
    return round(number * factor, 2)


def _per(match: re.Match[str], text: str) -> str | None:
    said = next((name for name, _ in _PER if match[name]), None)
    return said or ("year" if _YEARLY_BEFORE.search(text, max(0, match.start() - 30), match.start()) else None)


def find_amounts(text: str) -> list[Amount]:
    """The sums of money of a text in their order. Percentages, bare millions and ranges are none."""
    if not MAY_HOLD_AMOUNT.search(text):
        return []
    return [Amount(m.start(), m.end(), _value(m), _per(m, text), m.group()) for m in _AMOUNT.finditer(text)]
