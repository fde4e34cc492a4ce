"""For how long a person was present, as a row of an attendance list says it: paragraphs, times, `delvis`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from protoparse.rules import alternatives

_NUMBER = r"\d{1,4}(?:/\d{2,4})?"
_SPAN = rf"{_NUMBER}(?:\s?[-–—]\s?(?:§\s?)?{_NUMBER})?"
_MORE = rf"(?:\s?,\s?|\s?\+\s?|\s(?:och|samt|&)\s)(?:§§?\s?)?{_SPAN}(?![.:]\d)"
_LETTERS = r"[A-ZÅÄÖ](?![\w.])(?:\s?[-–]\s?[A-ZÅÄÖ](?!\w))?(?:(?:,\s|\s(?:och|samt)\s)[A-ZÅÄÖ](?!\w))*"
_CLOCK = r"\d{1,2}[.:]\d{2}"
_TO = r"\s?[-–—]\s?"
_EACH = re.compile(rf"({_NUMBER})(?:\s?[-–—]\s?(?:§\s?)?({_NUMBER}))?")


class Present(NamedTuple):
    """What a row says of how long a person was there: the words as printed, the first and last paragraph of an unbroken
    run of them, the one matter that she was there for, and the row without those words."""

    words: str | None
    first: str | None
    last: str | None
    matter: str | None
    rest: str


class _Run(NamedTuple):
    """Paragraphs that a row names: how they are bound (from, until, not, nothing), the spans, the unit before them."""

    bound: str | None
    spans: tuple[tuple[int, int], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Presence:
    """The grammar of remarks on presence, built once from the word lists of `rules/people.yml`."""

    remark: re.Pattern[str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Presence:
        """From the rule file's content, or its `words` alone."""
        words: Mapping[str, Sequence[str]] = data.get("words", data)["presence"]
        bounds = "|".join(rf"(?P<{name}>{alternatives(words[name])})" for name in ("from", "until", "not"))
        bound = rf"(?:(?:{bounds})\s*)?"
        lead = rf"(?:(?:{alternatives(words['lead'])})\s+)*"
        unit = rf"(?P<unit>§§?|(?:{alternatives(words['units'])})(?!\w))\s*"
        numbers = rf"(?P<numbers>(?:§\s?)?{_SPAN}(?![.:]\d)(?:{_MORE})*)"
        letters = rf"(?P<letters>(?-i:{_LETTERS}))"
        hour = r"\d{1,2}(?:[.:]\d{2})?"
        clock = rf"(?:(?:kl\.?|klockan)\s*{hour}(?:{_TO}{hour})?|{_CLOCK}{_TO}{_CLOCK})"
        plain = rf"(?P<plain>(?:{alternatives(words['words'])})(?=\s*(?:[,;().§]|kl\b|\Z)))"
        body = rf"(?:{unit}(?:{numbers}|{letters})|(?P<clock>{clock})|{plain})"
        return cls(re.compile(rf"(?<![\w§])(?i:{lead}{bound}{body})"))

    def read(self, row: str) -> Present:
        """What a row says of presence. The words are cut out of the row, with the brackets that held nothing else."""
        found = list(self.remark.finditer(row))
        if not found:
            return Present(None, None, None, None, row)
        runs = [_run(match) for match in found if match["numbers"]]
        letters = [match.group("unit", "letters") for match in found if match["letters"]]
        first, last = _limits(runs)
        rest = _without(row, [match.span() for match in found])
        return Present(_printed(row, found), first, last, _matter(runs, letters), rest)


def _run(match: re.Match[str]) -> _Run:
    bound = next((name for name in ("from", "until", "not") if match[name]), None)
    spans = tuple((_plain(m[1]), _plain(m[2] or m[1])) for m in _EACH.finditer(match["numbers"]))
    return _Run(bound, spans, match["unit"])


def _plain(number: str) -> int:
    """`60/26` is paragraph 60 of that year."""
    return int(number.partition("/")[0])


def _limits(runs: Sequence[_Run]) -> tuple[str | None, str | None]:
    """The first and last paragraph where they are one unbroken run."""
    by_bound = {run.bound: run for run in runs}
    if len(by_bound) < len(runs) or "not" in by_bound:
        return None, None
    if None not in by_bound:
        start, end = by_bound.get("from"), by_bound.get("until")
        return (str(start.spans[0][0]) if start else None), (str(end.spans[-1][1]) if end else None)
    if len(runs) > 2 or ("from" in by_bound):
        return None, None
    spans = by_bound[None].spans + (by_bound["until"].spans if "until" in by_bound else ())
    if "until" in by_bound:  # `§ 60 till § 72`
        return str(spans[0][0]), str(spans[-1][1])
    unbroken = all(b[0] == a[1] + 1 for a, b in pairwise(spans)) and all(a <= b for a, b in spans)
    return (str(spans[0][0]), str(spans[-1][1])) if unbroken else (None, None)


def _matter(runs: Sequence[_Run], letters: Sequence[tuple[str, str]]) -> str | None:
    """The one matter that a person came for."""
    if len(runs) > 1 or len(letters) > 1 or any(run.bound for run in runs):
        return None
    parts = [f"{unit.lower()} {said}" for unit, said in letters]
    if runs:
        if len(runs[0].spans) != 1 or len(set(runs[0].spans[0])) != 1:
            return None
        unit = "§" if runs[0].unit.startswith("§") else runs[0].unit.lower()
        parts.insert(0, f"{unit} {runs[0].spans[0][0]}")
    return " ".join(parts) or None


_BETWEEN = re.compile(r"[\s,;]*(?:och|samt)?[\s,;]*\Z")


def _printed(row: str, found: Sequence[re.Match[str]]) -> str:
    """The remarks as printed; what stands between them is left out unless it only ties them together."""
    said = ""
    end = 0
    for match in found:
        if said:
            between = row[end : match.start()]
            said += between if _BETWEEN.match(between) and between else ", "
        said += match.group()
        end = match.end()
    return " ".join(said.split())


def _without(row: str, spans: Sequence[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in spans:
        kept.append(row[at:start])
        at = end
    kept.append(row[at:])
    rest = "".join(kept)
    rest = re.sub(r"\(\s*[,;]?\s*(?:och|samt)?\s*[,;]?\s*\)", " ", rest)
    rest = re.sub(r"\(\s*[,;]\s*", "(", re.sub(r"  +", " ", rest))
    return re.sub(r"(?:\s*[,;–-])+\s*\Z", "", rest).rstrip()
