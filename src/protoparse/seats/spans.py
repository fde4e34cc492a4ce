"""From when, until when."""

from __future__ import annotations

import datetime
import re

from protoparse.dates import Mention
from protoparse.seats.clauses import is_relative
from protoparse.seats.parts import Clause, Sentence, needs_of

_THEN = re.compile(
    r"\b(?:från|fr\.o\.m\.|från och med)\s+(?:och med\s+)?(?:nu|i dag|idag|dagens datum|dags dato)\b", re.IGNORECASE
)
_TERM = re.compile(
    r"\b(?:för|under|på)\s+(?:tiden|perioden|mandatperioden|mandattiden|åren|år|tidsperioden|kalenderåret"
    r"|(?:resten|återstoden) av \w+|återstående \w+|innevarande mandatperiod,?)[\s(]*$"
    r"|^(?:perioden|mandatperioden|åren|tiden)\s+"
)
_RANGE = re.compile(r"(?:från|fr\.|from)\b.*\b(?:till|t\.)", re.IGNORECASE)
_DAYS = re.compile(r"\d{1,2}\s+\w+(?:\s+\d{4})?\s*[–—-]\s*(?:den\s+)?\d{1,2}\s|\d\d-\d\d\s*[–—-]\s*\d{4}-")
# A date behind one of these is that of a letter or a decision, not of the change.
_OLD_LETTER = re.compile(
    r"(?:skrivelse|skrivelsen|brev|mejl|mail|e-post|daterad|daterat|inkom|inkommen|inkommit|beslutade|utsåg|valde"
    r"|(?:av|från|^|[.:;]\s)\s*\w*(?:fullmäktige|nämnden|styrelsen)|begäran|avsägelse|KF)\s*(?:den\s*)?$"
)


def span_of(
    sentence: Sentence, clause: Clause, anchor: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    """(day of change, end of the term) of a clause."""
    start: datetime.date | None = None
    until: datetime.date | None = None
    # `… efter A, som går i pension i juni`: when she retires is not when her seat is filled.
    aside = min(
        (c.start for c in sentence.cues if c.start > clause.cue.end and is_relative(sentence, c)), default=10**6
    )
    if anchor and _THEN.search(sentence.string[clause.start : clause.end]):
        start = anchor
    if clause.cue.rule.get("change") != "departure" and (first := _takes_office(sentence)):
        return first, None
    for mention in sentence.mentions:
        if not clause.start <= mention.start < min(clause.end, aside):
            continue
        first, last = _bounds(sentence.string, mention, clause, anchor)
        start, until = start or first, until or last
    return start, until


_TAKES_OFFICE = re.compile(r",\s+som\s+(?:tillträder|börjar|tar över|tar vid)\b[^,;.]{0,40}\Z")


def _takes_office(sentence: Sentence) -> datetime.date | None:
    """`efterträds av B, som tillträder den 1 februari`: the day, where the sentence tells it of one person only."""
    told = [m for m in sentence.mentions if _TAKES_OFFICE.search(sentence.string[: min(m.start, m.bound_start)])]
    return told[0].first if len(told) == 1 and told[0].precision in ("day", "month") else None


def _bounds(
    string: str, mention: Mention, clause: Clause, anchor: datetime.date | None
) -> tuple[datetime.date | None, datetime.date | None]:
    said = string[mention.start : mention.end]
    held = re.search(r"\b(?:varit|suttit|arbetat|haft|ingått|verkat|jobbat)\b[^,;]*$", string[: mention.start])
    if mention.bound_text == "sedan" and (held or clause.cue.rule.get("change") == "departure"):
        return None, None  # how long she has been there
    if mention.bound_text == "efter" and (mention.precision != "day" or not any(letter.isdigit() for letter in said)):
        return None, None  # `efter sommaren`, `efter nyår` name no day
    if mention.bound == "from":
        return mention.last if "årsskift" in said else mention.first, None
    if mention.bound in ("until", "by"):
        leaving = clause.cue.rule.get("change") == "departure" and "med" not in mention.bound_text
        return None, None if leaving else _last_day(mention)
    before = string[: mention.start]
    whole_year = mention.precision == "year" and re.search(r"\bför\s+(?:år(?:et)?\s+)?$", before)
    if _RANGE.match(said) or whole_year or _TERM.search(before) or _TERM.search(said[: -len(said.split()[-1])]):
        later = anchor is None or mention.first > anchor
        return (mention.first if later or _RANGE.match(said) or _DAYS.search(said) else None), mention.last
    exact = mention.precision == "day" and mention.first == mention.last and any(letter.isdigit() for letter in said)
    if "dated" in needs_of(clause.cue) and exact and not _OLD_LETTER.search(before):
        return mention.first, None
    return None, None


def _last_day(mention: Mention) -> datetime.date:
    """`fram till den 1 juli` ends on the day before; `till och med` and any other day on the day itself."""
    inclusive = "med" in mention.bound_text or "t.o.m" in mention.bound_text
    turn = mention.bound_text.startswith("fram") and not inclusive and mention.precision == "day"
    return mention.last - datetime.timedelta(days=1) if turn and mention.first.day == 1 else mention.last
