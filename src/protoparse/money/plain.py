"""A sentence in its plainest wording: without inserted clauses, brackets and adverbs, its days and sums as signs.

What is left is read by grammar (`money.claims`): subject, verb, object and where the days stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from protoparse.money.clauses import Sentence
from protoparse.money.days import When, is_range
from protoparse.money.words import Words

# A day is one character that tells its kind and which one it is; a sum is one sign for all.
_FIRST = {"until": 0xE000, "period": 0xE100, "from": 0xE200, "by": 0xE300, "day": 0xE400}
UNTIL, PERIOD, FROM, BY, DAY = (f"[{chr(low)}-{chr(low + 0xFF)}]" for low in _FIRST.values())
ANY_DAY, SUM = f"[{chr(0xE000)}-{chr(0xE4FF)}]", chr(0xE500)
SIGN = f"[{chr(0xE000)}-{SUM}]"


class Plain(NamedTuple):
    """A plain clause, and the days that its signs stand for."""

    text: str
    whens: tuple[When, ...]

    def day(self, kind: str) -> When | None:
        """The first day of a kind (`UNTIL`, `PERIOD` …) in the clause."""
        match = re.search(kind, self.text)
        return self.whens[ord(match.group()) & 0xFF] if match else None


_LED = re.compile(
    r"\b(?:under|för|perioden|åren?|budgetåret|verksamhetsåret|avser|omfattar|avseende)\s+\Z", re.IGNORECASE
)
_LONG = ("year", "half", "season", "other")


def _kind(when: When, text: str) -> str:
    if is_range(when) and when.bound in (None, "from"):
        return "period"
    if when.bound is None and when.precision in _LONG and _LED.search(text[: when.start]):
        return "period"
    return when.bound or "day"


def _signed(sentence: Sentence) -> str:
    """The text with a sign for each day and sum, and without its condition."""
    marks = [(w.start, w.end, chr(_FIRST[_kind(w, sentence.text)] + at)) for at, w in enumerate(sentence.whens[:256])]
    marks += [(a.start, a.end, SUM) for a in sentence.amounts]
    if sentence.condition:
        low, high = sentence.condition.start, sentence.condition.end
        marks = [(low, high, ""), *(mark for mark in marks if not low <= mark[0] < high)]
    out, at = [], 0
    for start, end, sign in sorted(marks):
        if start >= at:
            out += [sentence.text[at:start], f" {sign} "]
            at = end
    return "".join([*out, sentence.text[at:]])


_DASHED = re.compile(r"\s[–—-]\s([^–—:]{3,70}?)\s[–—-]\s")
_ASIDE = re.compile(
    r",\s(?:(?:som|vilken|vilket|vilka|där|enligt|efter|med|trots|liksom|precis|i likhet|tack vare|utöver|förutom|"
    r"dock|alltså|nämligen|inklusive|exklusive|allt|delvis|ett|en|den|det|i enlighet|på|vid|inom|nu|\w+ande)\b[^,]*?"
    rf"|\s*{SUM}[^,]*),(?=\s)",
    re.IGNORECASE,
)
_THAT_IS = re.compile(r",?\s*\b(?:det vill säga|d\.?\s?v\.?\s?s\.?|närmare bestämt)\s*", re.IGNORECASE)
_BRACKET = re.compile(r"(?<=\S)\s*\([^()]*\)")
_DAYS = re.compile(ANY_DAY)
_ENDS = re.compile(f"{UNTIL}|{PERIOD}")


def _without_asides(text: str) -> str:
    """The text without what is inserted between commas, dashes or brackets, unless an end is told there."""
    text = _THAT_IS.sub(" ", text)
    for pattern in (_BRACKET, _DASHED, _ASIDE, _ASIDE):
        text = pattern.sub(lambda m: m.group() if _ENDS.search(m.group()) else " ", text)
    return text


_KEPT = ("inte", "ej", "inte längre", "tills vidare", "under förutsättning", "totalt", "sammanlagt", "sedan", "vidare")


def _adverbs(words: Words) -> re.Pattern[str]:
    loose = sorted((word for word in words.adverbs if word not in _KEPT), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, loose))})(?![\w-])")


_CUT = re.compile(r";\s|\soch\satt\s|,?\sså\satt\s|\s(?:men|medan|varefter|varav)\s|,\s(?:och|så)\s|,\s(?=därefter\b)")
_SPACE = re.compile(r"\s+")
_BEFORE_STOP = re.compile(r"\s+(?=[,.;:)])")


def plain_clauses(sentence: Sentence) -> Iterator[Plain]:
    """The clauses of a sentence that hold a day, in plain wording; all of one that goes on without an end."""
    loose = sentence.words.once("adverbs", lambda: _adverbs(sentence.words))
    text = _SPACE.sub(" ", loose.sub(" ", _without_asides(_signed(sentence))))
    endless = sentence.condition and sentence.condition.certainty == "open_ended" and not _DAYS.search(text)
    for part in _CUT.split(_BEFORE_STOP.sub("", text)):
        if endless or _DAYS.search(part):
            yield Plain(part.strip(" ,."), sentence.whens)
