"""Case numbers (`Dnr KS 2026/123`): beside a title, before it, or on a line of their own."""

from __future__ import annotations

import re

from protoparse.text import Text

_WORD = r"(?:[Dd]\.?nr|[Dd]iarie(?:nr|nummer|beteckning)|[Ää]rende(?:nr|nummer|beteckning|-?id))\b[ .:]*"
_MATTER = (
    r"(?:[Ää]rende(?: nr)?|[Dd]iarie(?: nr)?)\b[ .:]*"  # only before what looks like a case number: `Ärende 3` is none
)
# Laws, reports, bills and acts of the Union are numbered alike.
_LAWS = frozenset(["sou", "sfs", "ds", "dir", "prop", "bet", "rskr", "skr", "mot", "eu", "eg", "ees", "bbr"])
_CODE = r"(?:[A-ZÅÄÖ]{1,6}[a-zåäö]{0,4}[ /-]?)"
_NUMBER = r"(?:\d{4}[./-]\d{1,6}(?:[-.:]\d+)*|\d{2,6}[/-]\d{2,4}(?:[.-]\d+)*|\d{4}-[A-Z]+\d+)"
_WITH_COLON = r"\d{4}:\d{1,6}(?:[-.]\d+)*"  # only behind the code of an organ: alone it is the number of a law
CASE = rf"(?:{_WORD}|{_MATTER})?(?:{_CODE}?{_NUMBER}|{_CODE}{_WITH_COLON})(?:\s?[A-ZÅÄÖ]{{2,6}})?"

_CASE_WORD = re.compile(rf"{_WORD}|{_MATTER}", re.IGNORECASE)
_ONLY = re.compile(rf"\(?(?:{CASE}|{_WORD}\S[^.()]{{0,30}}\d[\w.:/-]*)\)?\Z")
_FIRST = re.compile(rf"\(?({CASE})\)?(?=[\s,]|\Z)")
_LAST = re.compile(rf"[\s,;]+[\(–-]?\s?({_WORD}\S+(?:\s\S*\d\S*)?(?:\s[A-ZÅÄÖ]{{2,6}})?|{CASE})\)?\Z")
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d[/–-](?:(?:19|20)?\d\d)\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def without_case(text: Text) -> tuple[Text, str | None]:
    """A title without its case number, and the case number."""
    string = text.string
    if is_case(string):
        return text[:0], plain_case(string)
    if (match := _FIRST.match(string)) and not _is_other(match.group(1)):
        return text[match.end() :].strip(" ,.:–-\t"), plain_case(match.group(1))
    if (match := _LAST.search(string)) and not _is_other(match.group(1), string[: match.start()]):
        return text[: match.start()].strip(" ,;"), plain_case(match.group(1))
    return text, None


def _is_other(text: str, before: str = "") -> bool:
    """Years, days and the numbers of laws look like case numbers."""
    codes = {word.strip("().,:").lower() for word in (*before.split()[-1:], *re.split(r"[\s/]", text)[:1])}
    law = any(code in _LAWS or (code.endswith("fs") and code.isalpha()) for code in codes)
    return law or bool(_SPAN_OF_YEARS.match(text) or _DAY.match(text))


def plain_case(text: str) -> str:
    """A case number without the word that announces it and without brackets."""
    return _CASE_WORD.sub("", text).strip(" ()")


def is_case(text: str) -> bool:
    """Whether a text is a case number and nothing else."""
    return bool(_ONLY.match(text)) and not _is_other(text)
