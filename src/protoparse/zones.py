"""Known sub-headings and the zones that they open (`rules/headings.yml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from protoparse.models import Zone

_ORGAN = (
    r"(?:(?:[\wåäöÅÄÖ-]+,? (?:och |& )?){0,4}?"
    r"[\wåäöÅÄÖ-]*(?:nämnden|styrelsen|fullmäktige|utskottet|ledningen|ledning|direktionen|presidiet|beredningen|rådet|"
    r"gruppen|stämman|förbundet|revisionen|förvaltningen|kontoret|kommitt[ée]n|au|ks|kf|rs|rf)(?:s|:s)?"
    r"(?: arbetsutskott(?:et)?s?| presidiums?| ordförandes?)?)"
)


def _pattern(heading: str) -> str:
    return "".join(
        _ORGAN if part == "{organ}" else re.escape(part.lower()) for part in re.split(r"(\{organ\})", heading)
    )


@dataclass(frozen=True, slots=True)
class Headings:
    """The known sub-headings: exact ones by their words, those with an organ's name by a pattern."""

    exact: Mapping[str, Zone]
    patterns: tuple[tuple[re.Pattern[str], Zone], ...]
    first_words: frozenset[str]  # of the exact ones: a quick look before a closer one

    @classmethod
    def of(cls, words: Mapping[str, Sequence[str]]) -> Headings:
        """From the word lists of the rule file: zone → headings."""
        exact = {h.lower(): Zone(zone) for zone, hs in words.items() for h in hs if "{organ}" not in h}
        patterns = tuple(
            (re.compile(_pattern(h) + r"\Z"), Zone(zone)) for zone, hs in words.items() for h in hs if "{organ}" in h
        )
        return cls(exact, patterns, frozenset(heading.split()[0] for heading in exact))

    def zone(self, line: str) -> Zone | None:
        """The zone that a line opens when all of it is a known heading (a colon at its end may stand), else None."""
        if len(line) > 90 or not line:
            return None
        plain = " ".join(line.lower().rstrip(" :").split())
        if (zone := self.exact.get(plain)) is not None:
            return zone
        if "besl" not in plain and "förslag" not in plain and "yttrande" not in plain and "föreslår" not in plain:
            return None
        # The most telling heading is the one whose pattern covers it with the longest fixed part: proposals to a
        # higher organ are listed before plain proposals.
        return next((zone for pattern, zone in self.patterns if pattern.match(plain)), None)
