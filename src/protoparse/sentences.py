"""Splitting a paragraph of Swedish administrative prose into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from protoparse.text import Text

# A full stop after these does not end a sentence.
_ABBREVIATIONS = frozenset(
    [
        "adj",
        "ang",
        "anm",
        "art",
        "avd",
        "avs",
        "bil",
        "bitr",
        "bl.a",
        "bl",
        "ca",
        "cirka",
        "d.v.s",
        "dvs",
        "dir",
        "dnr",
        "doc",
        "dr",
        "e.d",
        "e.dyl",
        "e.g",
        "ekon",
        "etc",
        "ev",
        "exkl",
        "f",
        "f.d",
        "f.n",
        "f.ö",
        "fd",
        "febr",
        "fr.o.m",
        "fr.om",
        "fig",
        "forts",
        "f.o.m",
        "fom",
        "fr",
        "fre",
        "förk",
        "förf",
        "gm",
        "h.t",
        "hr",
        "i.e",
        "i.o",
        "i.s",
        "inkl",
        "inst",
        "jan",
        "jfr",
        "jur",
        "k",
        "kap",
        "kl",
        "kungl",
        "kv",
        "l",
        "lör",
        "m.a.o",
        "m.fl",
        "m.h.a",
        "m.m",
        "m.v",
        "mdkr",
        "milj",
        "mkr",
        "mom",
        "mån",
        "n.b",
        "nr",
        "nov",
        "o",
        "o.a",
        "o.d",
        "o.dyl",
        "o.s.v",
        "obs",
        "okt",
        "ons",
        "ordf",
        "osv",
        "p",
        "p.g.a",
        "pga",
        "par",
        "pkt",
        "proc",
        "prof",
        "prop",
        "q",
        "resp",
        "s",
        "s.a.s",
        "s.k",
        "s.o",
        "sek",
        "sekr",
        "sep",
        "sept",
        "sid",
        "sign",
        "skr",
        "sk",
        "st",
        "st.f",
        "stf",
        "str",
        "sön",
        "t",
        "t.ex",
        "t.f",
        "t.h",
        "t.o.m",
        "t.om",
        "t.v",
        "tel",
        "tex",
        "tf",
        "tfn",
        "tim",
        "tis",
        "tjg",
        "tom",
        "tor",
        "tors",
        "u.a",
        "u.å",
        "uppl",
        "utg",
        "v",
        "v.g",
        "vd",
        "vik",
        "vol",
        "vt",
        "ä",
        "äv",
        "ö",
        "övr",
        "apr",
        "aug",
        "dec",
        "feb",
        "jun",
        "jul",
        "mar",
        "m",
    ]
)
_SHORT_MONTHS = frozenset(("jan", "feb", "febr", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec"))
_END = re.compile(r"[.!?…][”\"’')\]]*(?=\s+[”\"“(\[–—•-]?\s?[A-ZÅÄÖ0-9§ÉÜ])|[.!?…][”\"’')\]]*(?=\s*$)")
_LAST_TOKEN = re.compile(r"([^\s(\[”\"“]+)$")
_MONTH = re.compile(r"\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)


def _is_abbreviation(text: str, at: int) -> bool:
    """Whether the full stop at this place belongs to an abbreviation, an initial or an ordinal number."""
    if text[at] != ".":
        return False
    match = _LAST_TOKEN.search(text, 0, at)
    token = match.group(1) if match else ""
    if token.lower() in _SHORT_MONTHS and re.match(r"\.\s+[A-ZÅÄÖ]", text[at : at + 4]):
        return False  # `före jul. Ansökan …`
    if token.lower() in _ABBREVIATIONS:
        return True
    if len(token) == 1 and token.isupper():
        return True
    return token.isdigit() and ((len(token) <= 2 and at == len(token)) or bool(_MONTH.match(text, at + 1)))


@lru_cache(maxsize=4096)
def boundaries(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) offsets of the sentences of a paragraph, without the blanks around them."""
    spans, start = [], 0
    for match in _END.finditer(text):
        if not _is_abbreviation(text, match.start()):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return tuple(_trimmed(text, a, b) for a, b in spans if text[a:b].strip())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def of_lines(text: str) -> Iterator[str]:
    """The sentences of a text of several paragraphs, a line each."""
    for line in text.split("\n"):
        yield from (line[start:end] for start, end in boundaries(line))


def sentences(text: Text) -> list[Text]:
    """The sentences of a paragraph, each with its origin."""
    return [text[start:end] for start, end in boundaries(text.string)]
