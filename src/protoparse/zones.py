"""Known sub-headings and the zones that they open (`rules/headings.yml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from protoparse.models import Zone

# An organ's name holds, before its noun, words in the genitive, adjectives and parts of a compound; other words
# (`enligt`, `bifalla`) belong to a sentence.
_BEFORE = (
    r"(?:[\w-]+-,? (?:och |& |samt )?|\w+ och |\w+s |länsgemensam |"
    r"\w*(?:ala|iska|iva|samma|ella|liga|männa|terna) ){0,4}?"
)
ORGAN_NOUN = (
    r"[\w-]*(?:nämnden|styrelsen|fullmäktige|utskottet|ledningen|ledning|direktionen|presidiet|beredningen|rådet|gruppen|"
    r"stämman|förbundet|revisionen|förvaltningen|kontoret|kommitt[ée]n|delegationen|nätverket|föreningen|samverkan|"
    r"revisorerna|revisorernas|ordföranden|direktören|chefen|au|ks|kf|rs|rf)"
)
_ORGAN = (
    rf"(?:{_BEFORE}{ORGAN_NOUN}(?: (?:för|i) [\w-]+(?: och [\w-]+)?)?(?:s|:s)?"
    r"(?: arbetsutskott(?:et)?s?| presidiums?| ordförandes?)?)"
)
_PARTY = r"\(?(?:[a-zåäö]{1,3}|\w+demokraterna|moderaterna|liberalerna|\w+partiet|\w+listan)\)?"
_PLACES = {
    "organ": _ORGAN,
    "parti": rf"{_PARTY}(?:(?:, ?| och | samt ){_PARTY})*",
    "nr": r"(?:(?:den )?\d[\d:./-]*(?: \w+ \d{4})?|§ ?\d+)",
}
_PLACE = re.compile(r"\{(\w+)\}")
_PARTS = re.compile(r"\s*/\s*|\s(?:och|samt|&)\s")
_CONTINUED = re.compile(r",? \(?forts(?:ättning|\.)?\)?\Z")


def _pattern(heading: str) -> re.Pattern[str]:
    parts = re.split(_PLACE, heading.lower())
    known = "".join(_PLACES[part] if k % 2 else re.escape(part) for k, part in enumerate(parts))
    return re.compile(known + r"\Z")


def _fixed(heading: str) -> str:
    """The longest word of a heading outside its places: without it no line can be that heading."""
    return max(_PLACE.sub(" ", heading.lower()).split(), key=len)


@dataclass(frozen=True, slots=True, eq=False)
class Headings:
    """The known sub-headings: exact ones by their words, those with an organ's name by a pattern."""

    exact: Mapping[str, Zone]
    patterns: tuple[tuple[str, re.Pattern[str], Zone], ...]
    first_words: frozenset[str]  # of the exact ones: a quick look before a closer one
    links: tuple[str, ...] = ()  # how the words of a link begin

    @classmethod
    def of(cls, words: Mapping[str, Sequence[str]]) -> Headings:
        """From the word lists of the rule file: zone → headings, and `link` → how the words of a link begin."""
        links = tuple(begin.lower() for begin in words.get("link", ()))
        words = {zone: known for zone, known in words.items() if zone != "link"}
        exact = {h.lower(): Zone(zone) for zone, hs in words.items() for h in hs if "{" not in h}
        patterns = tuple((_fixed(h), _pattern(h), Zone(zone)) for zone, hs in words.items() for h in hs if "{" in h)
        return cls(exact, patterns, frozenset(heading.split()[0] for heading in exact), links)

    def zone(self, line: str) -> Zone | None:
        """The zone that a line opens when all of it is a known heading (a colon at its end may stand, and `forts.`),
        else None."""
        return _zone(self, line) if 0 < len(line) <= 90 else None

    def is_link(self, line: str) -> bool:
        """Whether a line is the words of a link (`Läs mer om kursen`, `Anmäl dig här`, `→ Till programmet`)."""
        arrow = line[:1] in ("→", "►") or line.rstrip()[-1:] in ("→", "►", "›")
        return arrow or line.lower().startswith(self.links)

    def by_parts(self, line: str) -> Zone | None:
        """The zone of two headings in one (`Omröstning och beslut`, `Beslut/Åtgärd`): the decision's where one of the
        two is that of a decision, else the first one's."""
        parts = _PARTS.split(line.strip(" :").lower())
        zones = [self.whole(part) for part in parts]
        if len(parts) != 2 or not parts[1]:
            return None
        if Zone.DECISION in zones and "/" in line:
            return Zone.DECISION
        return zones[0] if all(zones) else None

    def whole(self, line: str) -> Zone | None:
        """The zone of a line that is one known heading."""
        plain = " ".join(line.lower().rstrip(" :.").split())
        if (zone := self.exact.get(plain)) is not None and (line[-1] != "." or plain == "exp"):
            return zone
        if line[-1] == ".":
            return self.whole(line[: match.start()]) if (match := _CONTINUED.search(line.lower())) else None
        if (match := _CONTINUED.search(plain)) is not None:
            return self.whole(plain[: match.start()])
        # The most telling heading is the one whose pattern covers it with the longest fixed part: proposals to a
        # higher organ are listed before plain proposals.
        return next((zone for fixed, pattern, zone in self.patterns if fixed in plain and pattern.match(plain)), None)


@lru_cache(maxsize=8192)
def _zone(headings: Headings, line: str) -> Zone | None:
    """Every line of a document is asked about several times."""
    if (zone := headings.whole(line)) is not None:
        return zone
    return headings.by_parts(line) if _PARTS.search(line) else None
