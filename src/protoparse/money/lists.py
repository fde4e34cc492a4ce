"""Lists of grants: a lead-in says who gives what kind of money for which time, each item a recipient and a sum.

`Dessa föreningar beviljas stöd under 2026:` / `Föreningen Lyktan 85 000 kronor`, as points or in a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from protoparse.amounts import Amount
from protoparse.money.clauses import Clause, Sentence, clauses_of, masked_text
from protoparse.money.days import Span, When, end_of, is_range
from protoparse.money.periods import money_time
from protoparse.money.phrases import from_pocket, source_in, tidy
from protoparse.money.running import giver_of
from protoparse.money.words import Words


class Lead(NamedTuple):
    """What a lead-in says for all its items: its clause, the time of the money and where it comes from."""

    clause: Clause
    span: Span | None
    source: str | None


class Portion(NamedTuple):
    """A recipient or purpose with its sum and the time that the item itself tells."""

    what: str
    amount: Amount
    span: Span | None


_LOOSE = re.compile(
    r"(?:har )?(?:får|fått|fick|erhåller|erhållit|ger|gett|satsas|satsar|mottar|går till)\Z", re.IGNORECASE
)


def lead_of(sentence: Sentence) -> Lead | None:
    """The lead-in of a list of grants; None where nothing is given in it."""
    if sentence.vetoes or sentence.cued("negation", "apply"):
        return None
    readings = [clause for clauses in clauses_of(sentence, ("grant", "granter")) for clause in clauses]
    clause = next(iter(readings), None)
    if clause is None or (_LOOSE.match(clause.verb) and clause.money is None):
        return None
    source = from_pocket(clause.after) or from_pocket(clause.before) or source_in(clause.after, clause.words, False)
    gives = clause.cue.rule.get("form") == "granter"
    return Lead(clause, money_time(clause, period_first=True), source or (giver_of(clause) if gives else None))


_TO = re.compile(
    r"\s*(?:till|åt|för)\s+(?P<what>[^¤;,.()]+?)\s*(?=[¤;,.()]|\Z|\b(?:som|under|från|till och med|fram till)\b)",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\A[\s,;.]*(?:(?:och|samt|varav)\s+)?", re.IGNORECASE)
_GIVEN = re.compile(
    r"[\s,:;–-]*(?:\b(?:beviljas|tilldelas|får|erhåller|avsätts|med|om|på|högst|cirka|ca)\b[\s,:;]*)*\Z", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:totalt|total|summa|summan|sammanlagt|återstår|kvarstår|tillsammans)\b", re.IGNORECASE)
_LONGEST = 120  # characters of a recipient: what is longer is a sentence


def portions(
    text: str, amounts: Sequence[Amount], whens: Sequence[When], words: Words, after: bool = False
) -> list[Portion]:
    """The recipients of a list item or of a row of them, each with its sum; empty where one cannot be told.

    Either all stand before their sums (`Lyktan 5 000 kr, Bojen 3 000 kr`) or all after (`5 000 kr till Lyktan`), with
    `after` only so.
    """
    if not amounts or any(amount.per == "unit" for amount in amounts):
        return []
    masked = masked_text(text, [*((a.start, a.end) for a in amounts), *((w.start, w.end) for w in whens)])
    edges = [*(a.start for a in amounts), len(text)]
    ends = [0, *(a.end for a in amounts)]
    before = [
        _GIVEN.sub("", _JOINT.sub("", masked[a:b].split("¤")[-1])) for a, b in zip(ends, edges[:-1], strict=False)
    ]
    behind = [
        match["what"] if (match := _TO.match(masked, a, b)) else "" for a, b in zip(ends[1:], edges[1:], strict=True)
    ]
    orders = [behind] if after else [before, behind]
    what = next((found for found in orders if all(_names(each, words) for each in found)), None)
    if what is None:
        return []
    times = [_time([w for w in whens if a <= w.start < b]) for a, b in zip(ends[1:], edges[1:], strict=True)]
    found = [Portion(_clean(name), amount, time) for name, amount, time in zip(what, amounts, times, strict=True)]
    return [portion for portion in found if not _TOTAL.match(portion.what)]


def shared_out(clause: Clause) -> list[Portion]:
    """The parts of a sum given to several: "20 000 kr till Lyktan, 15 000 kr till Bojen och 9 000 kr till Kören"."""
    sums = [a for a in clause.amounts if a.start >= clause.cue.start]
    if len(sums) < 2 or clause.cue.rule.get("form") not in ("grant", "granter"):
        return []
    text = clause.text[: clause.high]
    found = portions(text, sums, [w for w in clause.whens if w.start > sums[0].start], clause.words, after=True)
    return found if len(found) == len(sums) else []


def _clean(name: str) -> str:
    return re.sub(r"\s+(?:och|samt|för|under|i|till|från|avseende)\Z", "", tidy(name))


def _names(text: str, words: Words) -> bool:
    """Whether a stretch can be a recipient's name or a purpose: some letters and no finite verb."""
    plain = tidy(text)
    return sum(c.isalpha() for c in plain) > 2 and len(plain) <= _LONGEST and not words.verb.search(plain)


def _time(whens: Sequence[When]) -> Span | None:
    when = next((w for w in whens if w.bound != "by"), None)
    if when is None or (when.bound == "from" and not is_range(when)):
        return None
    if is_range(when) or (when.bound is None and when.first != when.last):
        return Span(when.first, when.last, when)
    return Span(None, end_of(when), when) if when.bound == "until" else None
