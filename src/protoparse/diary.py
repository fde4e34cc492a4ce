"""Case numbers in one form, and what the words of a title say of its matter.

`KS 2025/123`, `KS/2025:123`, `Dnr KS 2025-00123`, `2025/123 KS` and `KS 2025/123-4` (a document of the matter) are one
number; `SN 2025/123` is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from protoparse.case_numbers import plain_case
from protoparse.names import stems, words

CENTURY = 50  # two digits below it are a year of this century

_CODE = r"[A-ZÅÄÖ]{1,8}(?:[a-zåäö]{1,4}(?![A-Za-zåäö]))?"
_NUMBER = re.compile(
    rf"(?:(?P<front>{_CODE})[ ./:-]{{0,2}})?(?<![\d])(?:(?P<one>\d{{2,6}})\s?[./:-]\s?(?P<two>\d{{1,6}})"
    r"|(?P<year>\d{4}|\d{2})-?(?P<inner>[A-ZÅÄÖ]{1,6})-?(?P<serial>\d+))"
    r"(?P<rest>(?:[-.:/]\d{1,4})*)(?:\s?(?P<back>[A-ZÅÄÖ]{2,8})(?![\w]| ?\d))?"
)
_SEPARATED = re.compile(r"\d\s?[./:-]\s?\d|\d[A-ZÅÄÖ]+-?\d")
_BETWEEN = re.compile(r"(?:\s|,|;|&|/|\(|\)|och|samt|[Dd](?:nr|iarienummer|iarienr)\.?:?)*")


class Number(NamedTuple):
    """A case number: the code of its diary (None: not said), its year (None: not clear) and its serial number."""

    code: str | None
    year: int | None
    serial: str
    printed: str

    @property
    def bare(self) -> tuple[int | None, str]:
        """The number without its code."""
        return self.year, self.serial


def numbers(case_number: str | None, title: str = "") -> list[Number]:
    """The case numbers of a heading: its case number, and those with a code beside it that were left in its title."""
    if not case_number:
        return []
    case = plain_case(case_number)
    whole = _listed([_number(match) for match in _NUMBER.finditer(case)])
    if not whole:
        return [Number(None, None, re.sub(r"\W", "", case).casefold(), case)] if re.search(r"\d", case) else []
    if _SEPARATED.search(title):
        whole += [*_in_a_row(f"{case} {title}", len(case)), *_at_the_end(title)]
    return list({(it.code, it.bare): it for it in whole}.values())


def _listed(found: list[Number]) -> list[Number]:
    """`KS 2025/12, 2025/14`: the code of the first holds for those behind it that have none."""
    codes = [it.code for it in found]
    if len(found) < 2:
        return found
    return [it._replace(code=it.code or next(filter(None, reversed(codes[:at])), None)) for at, it in enumerate(found)]


def _in_a_row(text: str, at: int) -> Iterator[Number]:
    """Numbers that follow one another from the start of a text and go on behind `at`."""
    end = 0
    while match := _NUMBER.match(text, _past(text, end)):
        end = match.end()
        if end > at and match["front"] and _is_sure(found := _number(match)):
            yield found


def _past(text: str, at: int) -> int:
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _at_the_end(title: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(title):
        if match["front"] and match.end() == len(title.rstrip(" ,)")) and _is_sure(found := _number(match)):
            yield found


def _is_sure(it: Number) -> bool:
    """Whether a piece of a title is a case number: a code in capitals, and no years (`Läsår 2026/2027`)."""
    return bool(it.code and len(it.code) > 1 and it.printed[:2].isupper() and not _year(it.serial))


def _year(text: str) -> int | None:
    return int(text) if len(text) == 4 and text[:2] in ("19", "20") and text.isdigit() else None


def _number(match: re.Match[str]) -> Number:
    code = match["front"] or match["inner"] or match["back"]
    one, two = (match["year"], match["serial"]) if match["year"] else (match["one"], match["two"])
    year, serial = _ordered(one, two) if not match["inner"] else (_full_year(one), two.lstrip("0") or "0")
    end = match.end() if match["back"] and not match["front"] and not match["rest"] else match.start("rest")
    return Number(code.upper() if code else None, year, serial, match.string[match.start() : end].strip(" ./:-"))


def _ordered(one: str, two: str) -> tuple[int | None, str]:
    """Year and serial number, whichever stands first; where either could be the year both are the number."""
    if year := _year(one):
        return year, two.lstrip("0") or "0"
    if year := _year(two):
        return year, one.lstrip("0") or "0"
    if len(two) == 2 < len(one):
        return _full_year(two), one.lstrip("0") or "0"
    if len(one) == 2 < len(two):
        return _full_year(one), two.lstrip("0") or "0"
    return None, f"{one.lstrip('0')}/{two.lstrip('0')}"


def _full_year(two: str) -> int:
    return int(two) if len(two) == 4 else int(two) + (2000 if int(two) < CENTURY else 1900)


# --- titles

_PERSON = r"[A-ZÅÄÖ][^()]{2,60}?\((?:[A-Za-zÅÄÖåäö]{1,4}|-)\)"
_BY = re.compile(
    rf"\s*(?:\b(?:av|från)|\s[-–—])\s+{_PERSON}(?:(?:,|\s+och|\s+samt)\s+{_PERSON})*(?:,?\s+m\.?\s?fl\.?|\s+med flera)?"
)
# What a title says of the step and not of the matter.
_HOLLOW = frozenset(
    stems(
        "svar svaret besvarande yttrande remiss remissvar motion motionen medborgarförslag e-förslag interpellation "
        "enkel fråga beslut beslutet antagande antagandet antas fastställande godkännande förslag beredning "
        "återremiss återremitterat bordlagt bordlagd ärende ärendet över på om gällande angående avseende rörande till "
        "av från för i och att med ang en ett den det de m fl mm fortsatt fortsatta fortsättning verksamhet m.m. "
        "kommunens kommunfullmäktige"
    )
)
_ABOUT = r"(?:om|av|från|att|angående|ang|gällande|avseende|rörande|kring|med|nr|till|för|i|[-–—:,.”\"0-9])"
_MOTION = re.compile(
    rf"(?:^|[-–—:]\s)(?:\w+\s)?motion(?:en|er)?(?:\s*$|\s*{_ABOUT})|"
    r"\b(?:svar|svaret|besvarande|besvarad|yttrande|yttranden|remiss|remissvar|beredning|återtagande|anmälan|inkomna?|"
    r"ny|nya|väckta?|obesvarade)\s(?:(?:på|av|över|för|om|med anledning av|till|från)\s)?(?:\w+\s)?motion",
    re.IGNORECASE,
)
_CITIZEN = re.compile(r"medborgar(?:förslag|motion|initiativ)|\be-förslag|\bfolkinitiativ", re.IGNORECASE)
_QUESTION = re.compile(
    rf"\binterpellation|\benk(?:el|la) fråg|^(?:svar på )?fråg(?:a|or) {_ABOUT}\b.*\([A-ZÅÄÖ]{{1,4}}\)", re.IGNORECASE
)
# Titles under which many things are gathered; they name no matter.
_GATHERED = re.compile(
    r"(?:nya|inkomna|anmälda|väckta|obesvarade) (?:motioner|medborgarförslag|interpellationer|ärenden|initiativ\w*)|"
    r"anmäl(?:an|ningar?|da|ningsärenden)\b|meddelanden?\b|information(?:er)?\b|redovisning(?:ar)?\b|delegat|"
    r"delegerade|val av justerare|övrig|rapporter|föregående protokoll",
    re.IGNORECASE,
)


_KINDS = {"motion": _MOTION, "citizen": _CITIZEN, "question": _QUESTION}


def kind_of(titles: Iterable[str]) -> str:
    """`motion`, `citizen`, `question` or `other`, by the words of the titles under which a matter was dealt with."""
    found = {_kind(title) for title in titles}
    return next((kind for kind in _KINDS if kind in found), "other")


@lru_cache(maxsize=65536)
def _kind(title: str) -> str:
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(title)), "other")


def is_gathered(title: str) -> bool:
    """Whether a title gathers many things (`Nya motioner`, `Meddelanden`)."""
    return bool(_GATHERED.match(title))


@lru_cache(maxsize=65536)
def subject(title: str) -> tuple[str, ...]:
    """The stems of a title's words that name the matter, in their order, without who moved it and without the step."""
    plain = _BY.sub(" ", title)
    return tuple(stem for stem in stems(plain) if stem not in _HOLLOW) or tuple(words(title))


def tells_apart(key: tuple[str, ...]) -> bool:
    """Whether a title's words are enough to know its matter by."""
    return sum(len(word) for word in key if not word.isdigit()) >= 10
