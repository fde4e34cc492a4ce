"""What a heading says its text is about: the service without "lägesrapport", "fortsatt finansiering av", a year."""

from __future__ import annotations

import re
from collections.abc import Mapping

from protoparse.money.topics import DEFINITE, opening_thing, subject_before_verb
from protoparse.money.words import Words

_YEARS = re.compile(r"(?:,?\s+(?:för\s+)?(?:år\s+)?|\s+\()20\d\d(?:\s?[–-]\s?\d{2,4})?\)?\Z")
# "Lotsen (finansierad t.o.m. juni 2027)"
_ENDS_BESIDE = re.compile(
    r"\s*(?:\((?=[^()]*(?:\bfin|medel|pengar|stöd|bidrag))[^()]*(?:till och med|t\.?\s?o\.?\s?m|20\d\d)[^()]*\)"
    r"|\((?:[^()]*\b(?:till och med|t\.?\s?o\.?\s?m)\b[^()]*|20\d\d\s?[–-]\s?(?:20)?\d\d)\)"
    r"|\s[–-]\s(?:finansiera[dt]e?|finansiering|medel|pengar|fin\.)\b.*)\s*\Z",
    re.IGNORECASE,
)
_ZONE_HEADING = re.compile(
    r"(?:beslut\w*|förslag\b.*|ärende\w*|bakgrund|bedömning|beredning|sammanfattning.*|informations\w*.*|"
    r"meddelanden|övrig\w*.*|.*\bförslag\b.*|"
    r"ekonomisk\w* \w+|konsekvenser|yttrande\w*|.*\bbeslut|dialog\w*.*|lägesrapport\w*|rapporter|anmälningsärenden)\Z",
    re.IGNORECASE,
)
_NEWS = re.compile(r"(?:nytt|nyheter|nyhet|senaste nytt|det senaste)\s+(?:från|i|om|inom|hos)\b", re.IGNORECASE)
_KEEPS_S = re.compile(r"(?:plat|hu|kur|bus|slus|kompas|oa|servic|klas|bas|cirku|foku|campu)\Z", re.IGNORECASE)
_LOOSE_END = re.compile(
    r"\b(?:och|samt|eller|för|till|av|om|i|på|med|från|vid|den|det|de|en|ett|vår|vårt|våra)\Z", re.IGNORECASE
)
_NAMED = re.compile(r"(?:[A-ZÅÄÖ]{2,}\b|[A-ZÅÄÖ][\w-]*(?:en|et|an|on|na)\Z|[A-ZÅÄÖ][\w-]*\s.*\b[A-ZÅÄÖ])")


def unadorned(title: str, words: Words) -> str:
    """A heading without what it adds to the name: "Lotsen" of "Lotsen, lägesrapport", "Lotsens projekttid", "Fortsatt
    finansiering av Lotsen 2026"; a heading without such words as it is."""
    plain = _YEARS.sub("", _ENDS_BESIDE.sub("", title))
    if (match := words.about_before.match(plain)) and _may_follow(match, plain, words):
        plain = plain[match.end() :]
    else:
        prefix = words.prefixes.search(plain)
        inside = prefix is None or "(" in plain[: prefix.start()]
        plain = plain if inside else _YEARS.sub("", words.prefixes.sub("", plain, count=1))
    for pattern in (words.about_aside, words.about_owned, words.about_after):
        match = pattern.search(plain)
        if match and words.points_back(plain[: match.start()]):
            return ""  # "Projektets fortsättning"
        if match and (name := _owner(plain[: match.start()], match, words)):
            return _YEARS.sub("", name)
    return plain


def _may_follow(match: re.Match[str], plain: str, words: Words) -> bool:
    """Whether what follows "uppföljning av", "läget i" or "status" is a name: no place after "i", no common noun."""
    name, how = plain[match.end() :], (match["how"] or "").lower()
    if words.funder.fullmatch(name):  # "Ansökan till Kustfonden"
        return False
    service = words.service.fullmatch(name.split()[0].lower()) is not None
    return service if how in ("i", "på") else service or name[:1].isupper() or name[:1] in '”"'


def _owner(name: str, match: re.Match[str], words: Words) -> str:
    """The name before "s projekttid", ", lägesrapport" or " projekttid"; empty where it is none."""
    if not name or _LOOSE_END.search(name) or not re.search(r"\w{3}", name):
        return ""
    if match.re is words.about_after and not _NAMED.match(name):
        return ""
    return name + "s" if match.re is words.about_owned and _KEEPS_S.search(name) else name


def _headline(plain: str, words: Words) -> str | None:
    """The service that a heading with a finite verb tells of, empty if none; None for a heading that is a name."""
    if plain.rstrip().endswith(("?", "!")):
        return ""
    subject = subject_before_verb(plain, words)
    if words.classes["project"].fullmatch(subject.split(" ")[0]) and subject != plain:
        return None  # "Projektet Bättre vägar"
    if not subject or not (words.verb.search(plain) or DEFINITE.search(subject.split()[0])):
        return None
    return opening_thing(plain, words)


def topic_of(title: str | None, words: Words, bound: Mapping[str, str]) -> str:
    """What a heading says the text is about: "Skolnärvaroteamet" of "Finansiering av Skolnärvaroteamets verksamhet"."""
    if not title or _ZONE_HEADING.match(title.strip(" :")):
        return ""
    plain = unadorned(" ".join(title.split()), words)
    if not plain or _NEWS.match(plain) or words.collective.fullmatch(plain) or words.points_back(plain):
        return ""
    known = next((full for short, full in bound.items() if re.match(rf"{short}\b", plain)), None)
    if known and plain not in known:
        return known
    if words.body.fullmatch(plain):  # an organ or a payer is nothing that is paid for
        return ""
    if words.bare_heading.fullmatch(plain):
        return ""
    if (told := _headline(plain, words)) is not None:
        return told
    general = re.split(r"[\s,:–-]", plain.lower(), maxsplit=1)[0] in words.general
    return "" if general else plain[:1].upper() + plain[1:]
