"""The time and the sum of a clause: its end, its period, its old end."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from protoparse.amounts import Amount
from protoparse.money.clauses import Clause
from protoparse.money.days import SHIFT, Span, When, coming, day_before, end_of, is_range

_OLD = re.compile(
    r"(?:tidigare|i\s*stället för|förut|ursprungligen|mot tidigare|förr)\s*(?:som planerat\s*)?"
    r"(?:(?:i|vid|till|fram till|till och med|t\.o\.m\.)\s+)?\Z",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"(?:\boch|\bmen|,)\s+inte\s+(?:(?:bara|endast|längre|först|redan|som\s+\w+)\s+){0,2}"
    r"(?:(?:i|vid|under|för|fram|till|och|med|ut|den)\s+)*\Z",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\binte\s+(?:(?:ända|längre|som\s+\w+)\s+){0,2}(?:(?:fram|till|i|vid|ut)\s+)*\Z", re.IGNORECASE)
_BUT = re.compile(
    r"\butan\s+(?:(?:bara|endast|redan|i\s+stället|istället|nu|löper|räcker|gäller|varar|upphör)\s+){0,3}",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:beslut|beslutet|protokoll|tjänsteskrivelse|tjänsteutlåtande|skrivelse|sammanträde|möte|mötet|"
    r"sammanträdet|daterad|beslutade|"
    r"startade|startades|startat|inleddes|påbörjades|bildades|infördes|invigdes|startade i|startade år|"
    r"startades i|inleddes i|halva|delar av|hälften av|en del av|beslutat|"
    r"inkom|inkommit|jämfört med|jämfört|sedan|(?<!längre )än)\s+\Z",
    re.IGNORECASE,
)


def usable(clause: Clause) -> list[When]:
    """The dates that can be the statement's time: not an old end, a name ("budget 2026") or another paper's date."""
    found = []
    for when in clause.whens:
        lead = clause.text[max(0, when.start - 40) : when.start]
        if (
            is_former(clause, when)
            or (clause.words.named.search(lead) and when.bound != "from")
            or (_ASIDE.search(lead) and when.bound != "by")
        ):
            continue
        found.append(when)
    return found


def is_former(clause: Clause, when: When) -> bool:
    """Whether a date is the end that no longer holds: "tidigare i maj", "och inte i juni", "inte till maj utan …"."""
    lead = clause.text[max(0, when.start - 40) : when.start]
    if _OLD.search(lead) or (_CONTRAST.search(lead) and any(other.end < when.start for other in clause.whens)):
        return True
    return bool(_DENIED.search(lead)) and any(_instead(clause, when, other) for other in clause.whens)


def _instead(clause: Clause, when: When, other: When) -> bool:
    """Whether "utan" leads from one date to another."""
    but = _BUT.search(clause.text, when.end, other.start) if other.start > when.end else None
    return but is not None and other.start - but.end() < 12


def _extends(clause: Clause) -> bool:
    if clause.cue.rule.get("form") == "runs" and clause.verb.startswith(("förläng", "har förläng", "är förläng")):
        return True
    return bool(_MOVED.search(clause.said))


_MOVED = re.compile(
    r"\b(?:utsträck\w*|sträck\w* ut|senareläg\w*|tidigareläg\w*|skjuts? (?:fram|upp)|flytta(?:s|ts)? (?:fram|bak\w*)?|"
    r"förkorta\w*|kortas|kortats|ändra[ts]?)\b|"
    r"\b(?:projekttid|projektperiod|avtalstid|avtalsperiod|löptid|slutdatum)\w* "
    r"(?:har )?(?:förläng\w*|flytta\w*)",
    re.IGNORECASE,
)


_WHOLE_YEAR = re.compile(r"\bi\s?stället för (?:under )?(?:hela året|året ut|(?:till )?årets slut)\b", re.IGNORECASE)


def old_end(clause: Clause, chosen: When | None) -> datetime.date | None:
    """The former end, where the sentence gives it: "(tidigare januari 2026)", "från den 31 mars till …"."""
    if chosen and _WHOLE_YEAR.search(clause.said):
        return datetime.date(chosen.last.year, 12, 31)
    for when in clause.whens:
        if is_former(clause, when):
            return end_of(when)
    if chosen is None or not _extends(clause):
        return None
    if is_range(chosen) and (chosen.bound == "from" or _FROM_OLD.match(chosen.text)):
        return chosen.first
    return next((w.last for w in clause.whens if _leads_to(w, chosen) and not _begins(w)), None)


_FROM_OLD = re.compile(r"från\s+(?!och\s)(?!(?:den\s+)?1(?:\s|:a)|\d{4}-\d\d-01)", re.IGNORECASE)


def _leads_to(when: When, chosen: When) -> bool:
    return when.bound == "from" and 0 <= chosen.start - when.end <= 2


def _begins(when: When) -> bool:
    """Whether a prolonged agreement's "från" is its new start: "från och med", or the first day of a month."""
    return when.word != "från" or when.first.day == 1


def nearest(clause: Clause, whens: Sequence[When]) -> When | None:
    """The first date after the cue, else the last one before it."""
    after = [when for when in whens if when.start >= clause.cue.end - 1]
    return after[0] if after else (whens[-1] if whens else None)


_NUMBERS = {
    "ett": 1,
    "en": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
}
_LENGTH = re.compile(
    rf"\b(?:i|på|under|om|för)\s+(?P<count>{'|'.join(_NUMBERS)}|\d{{1,2}})\s+(?P<unit>år|månad(?:er)?)\b", re.IGNORECASE
)
_FROM_THEN = re.compile(
    r"\s*,?\s*(?:räknat\s+|med (?:start|början)\s+(?:i\s+|den\s+)?|från\s+|\(|och\s+)?\Z", re.IGNORECASE
)
_THEN_ON = re.compile(r"\s*,?\s*(?:och\s+|gälla\s+)?\Z", re.IGNORECASE)
_OPTIONAL = re.compile(r"\b(?:option|möjlighet|rätt|ytterligare|förläng\w*)\b", re.IGNORECASE)


def lasting_in(clause: Clause) -> Span | None:
    """A length that begins on a day: "i två år från den 1 januari 2026", "från 2026 och i tre år"."""
    for length in _LENGTH.finditer(clause.text, clause.low, clause.high):
        if _OPTIONAL.search(clause.text, max(clause.low, length.start() - 40), length.start()):
            continue
        for when in usable(clause):
            begins = when.bound == "from" and not when.word.startswith(("efter", "sedan"))
            started = re.search(r"med (?:start|början)\s+(?:i\s+|den\s+)?\Z", clause.text[: when.start], re.IGNORECASE)
            after = when.start >= length.end() and _FROM_THEN.match(clause.text[length.end() : when.start])
            before = when.end <= length.start() and _THEN_ON.match(clause.text[when.end : length.start()])
            if (begins or started) and not is_range(when) and (after or before):
                months = int(_NUMBERS.get(length["count"].lower(), 0) or length["count"])
                months *= 12 if length["unit"].lower() == "år" else 1
                return Span(when.first, _months_later(when.first, months) - datetime.timedelta(1), when)
    return None


def _months_later(day: datetime.date, months: int) -> datetime.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1) - datetime.timedelta(1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def until_in(clause: Clause, bounds: Sequence[str] = ("until", "by")) -> Span | None:
    """An end that is said as such: until, by, or a range; with the start where "från" gives one."""
    whens = usable(clause)
    until = nearest(clause, [w for w in whens if w.bound in bounds or (w.bound == "from" and is_range(w))])
    if until is None:
        return None
    if clause.verb.startswith(
        "har "
    ):  # "har fått medel till halvårsskiftet": what is given is there for a time to come
        until = coming(until, clause.sentence.today)
    if is_range(until):
        start = None if old_end(clause, until) else until.first
        return Span(start, until.last, until)
    opened = [w for w in whens if w.bound == "from" and w is not until and w.word != "efter" and w.first <= until.last]
    opened = [w for w in opened if ":" not in clause.text[w.end : until.start]]  # "Nytt sedan i maj: medel till juni"
    start = opened[-1].first if opened and (not _extends(clause) or _begins(opened[-1])) else None
    return Span(start, end_of(until), until)


def money_time(clause: Clause, period_first: bool = False) -> Span | None:
    """The time of money that is paid or given: an end, a period or a length from a day on; "senast" ends no grant."""
    until, period = until_in(clause, ("until",)), period_in(clause)
    found = (period or until) if period_first else (until or period)
    return found or lasting_in(clause)


_PERIOD_LEAD = re.compile(
    r"(?:\b(?:under|för|åren?|perioden|för år|under år|i|inför|avser|avseende|verksamhetsåret|budgetåret)\s+)\Z",
    re.IGNORECASE,
)
_LONG = ("year", "half", "season", "quarter", "tertial", "month", "other")


def period_in(clause: Clause, led: bool = False) -> Span | None:
    """A named period: a range, or a year, half year, season … that stands alone or after under, för, i."""
    whens = [w for w in usable(clause) if w.bound is None and (is_range(w) or w.precision in _LONG)]
    whens = [w for w in whens if not SHIFT.search(w.text)]
    if led:
        whens = [w for w in whens if is_range(w) or _PERIOD_LEAD.search(clause.text[max(0, w.start - 20) : w.start])]
    when = nearest(clause, whens)
    return Span(when.first, when.last, when) if when else None


def any_end(clause: Clause) -> Span | None:
    """For verbs that say an end themselves: any date that is no start."""
    if found := until_in(clause):
        return found
    when = nearest(clause, [w for w in usable(clause) if w.bound != "from"])
    return Span(None, end_of(when), when) if when else None


Fields = dict[str, Any]
OPEN = ("open_ended", "conditional")


def amount_in(clause: Clause, when: When | None = None) -> Amount | None:
    """The sum of the clause: the first that is no unit price; of several the one before the date."""
    sums = [a for a in clause.amounts if a.per != "unit"]
    if when is not None and len(sums) > 1:
        sums = [a for a in sums if a.end <= when.start] or sums
    return sums[0] if sums else None


def timed(clause: Clause, span: Span | None) -> Fields | None:
    """Kind, start and end of a statement about money; None when nothing tells its time.

    A period with both ends is a `budget_period`. Without an end only a condition makes a statement: tills vidare.
    """
    if span is None and clause.certainty not in OPEN:
        return None
    span = span or Span()
    end = None if clause.certainty == "open_ended" and span.when and span.when.bound is None else span.end
    kind = "budget_period" if span.start and end else "funded_until"
    return {"kind": kind, "start": span.start, "end": end, "when": span.when}


def after_span(clause: Clause) -> Span | None:
    when = nearest(clause, [w for w in usable(clause) if w.word.startswith("efter")])
    return Span(None, day_before(when), when) if when else None
