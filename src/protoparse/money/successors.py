"""Who pays for or runs something after its money has ended, as the sentence itself or the next one tells."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from protoparse.money.clauses import masked_text
from protoparse.money.days import SHIFT, When
from protoparse.money.phrases import tidy
from protoparse.money.words import Words

# Quick: whether a sentence can tell of a successor at all.
MAY_SUCCEED = re.compile(
    r"\b(?:därefter|efter det|därpå|sedan|då|över|övertar|övertas|övergår|från|efter|vid|fr)\b", re.IGNORECASE
)
_LATEST = 31  # days after an end within which "från och med …" can be the day of a successor
_NO_PART = r"inte|ingen|inget|man|vi|frågan|ärendet|över|upp|varefter|innan|därefter|sedan|när|om"
_WHO = rf"(?P<who>(?:(?!\b(?:{_NO_PART})\b)[^¤,;:.()]){{2,70}}?)"
_LAST = (
    r"(?P<who>(?:(?!\b(?:från|fr|efter|den|under|som|med|för|enligt|vid|inte|utan|så|om|tills)\b)[^¤,;:()])+?)"
    r"(?=\s+(?:från|fr|efter|den|under|som|med|för|enligt|vid|inte|utan|så|om|tills)\b|\s*[¤,;:()]|\.?\s*\Z)"
)
_HOME = (
    r"(?P<who>(?:(?!\b(?:från|den|under|som)\b)[^¤,;:.()])*?"
    r"(?:budget|budgeten|ram|ramen|drift|driften|verksamhet|anslag))\b"
)
_NEW_YEAR = r"(?:från|efter|vid)\s+(?:och\s+med\s+)?(?:nyår(?:et)?|års-?\s?skiftet)"
_THEN = rf"(?:(?:¤+|{_NEW_YEAR}|därefter|efter\s+det(?:ta)?|därpå|sedan|då|varefter)\s*,?\s+)"
_LEAD = r"(?:\A\s*|[,;]\s*|\b(?:och|men)\s+)"
_TAKES = r"(?:tar|ska\s+ta|kommer\s+att\s+ta)"
_RUNS = r"(?:övertar|driver|bedriver|bekostar|finansierar|betalar|sköter)"
_IS_RUN = r"(?:tas|övertas|drivs|bedrivs|bekostas|finansieras|betalas|sköts)"
_BURDEN = (
    r"(?:(?:ett|hela|det|allt)\s+)?(?:(?:samlat|fulla?|eget|gemensamt|fortsatta?)\s+)?"
    r"(?:ansvar\w*|kostnad\w*|finansiering\w*|drift\w*|uppdrag\w*)"
)


def _patterns(words: Words) -> list[re.Pattern[str]]:
    thing = rf"(?:den|det|dem|{words.any_service}|{_BURDEN})"
    forms = (
        rf"{_LEAD}{_THEN}{_TAKES}\s+{_WHO}\s+(?:över\b|vid\b|{_BURDEN})",
        rf"{_LEAD}{_THEN}{_RUNS}\s+{_WHO}\s+(?:vidare\s+)?{thing}(?!\w)",
        rf"{_LEAD}{_THEN}(?:ansvarar|svarar|står)\s+{_WHO}\s+(?:(?:ensam|ensamt|själv|själva|gemensamt)\s+)?för\s",
        rf"{_LEAD}{_THEN}{_IS_RUN}\s[^.;¤]*?\bav\s+{_LAST}",
        rf"{_LEAD}{_THEN}(?:övergår|(?:går|förs|flyttas|lämnas)\s[^.;¤]*?\böver)\s[^.;¤]*?\b(?:till|in\s+i|i)\s+{_LAST}",
        rf"{_LEAD}{_THEN}blir\s[^.;¤]*?\ben\s+del\s+av\s+{_LAST}",
        rf"{_LEAD}{_THEN}(?:ingår|ryms|inryms|inordnas|införlivas)\s[^.;¤]*?\b(?:i|inom)\s+{_HOME}",
        rf"{_LEAD}{_WHO}\s+{_TAKES}\s+(?:{_THEN})?(?:över|vid)\b",
        rf"{_LEAD}då\s+{_WHO}\s+{_TAKES}\s+(?:över|vid)\b",
        rf"{_LEAD}{_WHO}\s+{_RUNS}\s+(?:därefter|sedan|då|efter\s+det)\b",
        rf"{_LEAD}{_WHO}\s+(?:ansvarar|svarar|står)\s+(?:därefter|sedan|då|efter\s+det)\s+för\s",
        rf"{_LEAD}(?:{thing})\s+(?:övertas|tas\s+(?:{_THEN})?över|{_IS_RUN}\s+{_THEN})\s*[^.;¤]*?\bav\s+{_LAST}",
        rf"{_LEAD}(?:{thing})\s+(?:övergår|(?:går|förs|flyttas)\s+(?:{_THEN})?över)\s*[^.;¤]*?\b(?:till|i)\s+{_LAST}",
        rf"\b(?:innan|varefter)\s+{_WHO}\s+{_TAKES}\s+över\b",
    )
    return [re.compile(form, re.IGNORECASE) for form in forms]


def successor_in(
    text: str, whens: Sequence[When], end: datetime.date | None, words: Words, start: int = 0
) -> str | None:
    """Who takes over by a sentence, from `start` on. A day said of it must follow `end`, the last day of the money."""
    masked = masked_text(text, [(when.start, when.end) for when in whens])
    patterns = words.once("successors", lambda: _patterns(words))
    for match in (match for pattern in patterns for match in pattern.finditer(masked, start)):
        who = _ALONE.sub("", tidy(match["who"]))
        who = re.sub(r"^(?:då|även|också|nu|helt|istället|i stället)\s+", "", who)
        drives = _DRIVES.search(match.group()) and not (
            _ACTS.search(who) or who != who.lower() or _OPERATION.search(match.group())
        )
        if _is_somebody(who, words) and not drives and _follows(match, whens, end):
            return who
    return None


def _is_somebody(who: str, words: Words) -> bool:
    """Whether a phrase can be a successor: somebody or some budget, no clause and nothing that is itself paid for."""
    return len(who) > 2 and len(who.split()) <= 9 and not words.verb.search(who) and not _NOBODY.match(who)


_NOBODY = re.compile(
    r"(?:den|det|de|dem|detta|denna|hon|han|ingen|inget|verksamheten|insatsen|projektet|arbetet|frågan|slut\w*)\Z|"
    r"(?:nästa|samma|hur|vem|om|att|ny|nya|nytt)\b",
    re.IGNORECASE,
)


def _follows(match: re.Match[str], whens: Iterable[When], end: datetime.date | None) -> bool:
    """Whether the days in what has been matched come right after the end of the money."""
    days = [when for when in whens if match.start() <= when.start < match.end("who")]
    if end is None:
        return not days
    return all(0 < (_near(when, end) - end).days <= _LATEST for when in days)


def _near(when: When, end: datetime.date) -> datetime.date:
    """The first day of a date; one without a year is the next after the end."""
    first = when.first + datetime.timedelta(1) if SHIFT.search(when.text) else when.first
    if re.search(r"\d{4}", when.text) or (first.month == 2 and first.day == 29):
        return first
    first = first.replace(year=end.year)
    return first if first > end else first.replace(year=end.year + 1)


_ALONE = re.compile(r"\s+(?:i\s+egen\s+regi|på\s+egen\s+hand|ensamt?|själva?|gemensamt)\Z", re.IGNORECASE)
_DRIVES = re.compile(r"\b(?:driver|bedriver|sköter)\b", re.IGNORECASE)  # the wind drives boats too
_OPERATION = re.compile(r"\b(?:verksamheten|insatsen|tjänsten|driften|stödet|arbetet)\b", re.IGNORECASE)
LABELLED = re.compile(r"\A\s*(?P<name>[^:¤.;!?]{3,60}):\s")  # "Lotsen: kommunen tar vid den 1 maj"
_SOMEBODY = r"(?P<who>(?:(?!\b(?:att|som|om|hur|inte|och\s+att)\b)[^¤,;:.()]){3,60}?)"
_WHAT = r"(?P<what>(?:(?!\b(?:från|den|efter|under|som)\b)[^¤,;:.()]){3,60}?)"
_OVER = r"(?:över|vid)(?:\s+(?:hela\s+)?(?:ansvaret|driften|huvudmannaskapet|verksamheten|kostnaden|finansieringen))?"
_TAKEOVERS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\A\s*(?:¤+\s+)?{_TAKES}\s+{_SOMEBODY}\s+{_OVER}(?:\s+(?:för|av)\s+{_WHAT})?(?=\s*(?:[¤,.;]|\Z|\bfrån\b|\bsom\b))",
        rf"(?:\A|:)\s*{_SOMEBODY}\s+{_TAKES}\s+{_OVER}(?:\s+(?:för|av)\s+{_WHAT})?(?=\s*(?:[¤,.;]|\Z|\bfrån\b|\bsom\b))",
        rf"(?:\A|:)\s*{_SOMEBODY}\s+övertar\s+(?:ansvaret|driften|huvudmannaskapet|kostnaden)\s+(?:för|av)\s+{_WHAT}"
        r"(?=\s*(?:[¤,.;]|\Z|\bfrån\b))",
        rf"\A\s*¤+\s+övertar\s+{_SOMEBODY}\s+(?:ansvaret|driften|huvudmannaskapet|kostnaden)\s+(?:för|av)\s+{_WHAT}"
        r"(?=\s*(?:[¤,.;]|\Z))",
        rf"(?:\A|:)\s*(?:{_WHAT}\s+)?(?:(?:ska|kommer\s+att)\s+)?(?:övertas|tas\s+över|drivs\s+vidare|{_IS_RUN}\s+fortsättningsvis)"
        rf"\s*(?:¤+\s*)?av\s+{_LAST}",
        rf"\A\s*¤+\s+(?:övertas|tas|drivs)\s+{_WHAT}\s+(?:över\s+|vidare\s+)?av\s+{_LAST}",
        rf"(?:\A|:)\s*(?:ansvaret\s+för\s+|driften\s+av\s+|huvudmannaskapet\s+för\s+)?(?:{_WHAT}\s+)?"
        rf"(?:övergår|går\s+över|förs\s+över|flyttas\s+över|överförs)\s*(?:¤+\s*)?till\s+{_LAST}",
    )
]


def takes_over(masked: str, words: Words) -> tuple[str, str] | None:
    """Who takes over what by a sentence on its own; what is empty where a label or the text before says it."""
    for match in (match for pattern in _TAKEOVERS if (match := pattern.search(masked))):
        who, what = _ALONE.sub("", tidy(match["who"])), tidy(match.groupdict().get("what") or "")
        if _is_somebody(who, words) and _ACTS.search(who) and not words.verb.search(what):
            return who, what
    return None


_ACTS = re.compile(  # who can run something: a body, or a name
    r"\b\w*(?:byarna|byalaget|byalagen|klubben|klubbarna|kommun|kommunen|kommunerna|region|regionen|nämnd|nämnden|nämnderna|styrelsen|förvaltning|förvaltningen|förbund|"
    r"förbundet|föreningen|förening|bolaget|AB|stiftelsen|verket|myndigheten|förmedlingen|kassan|skolan|kyrkan|församlingen|"
    r"elevhälsan|vården|omsorgen|tjänsten|huvudmännen|parterna|kontoret|staden|högskola|linjen|mottagningen|centralen|rådgivning|rådgivningen|enheten|avdelningen|teamet|jouren)s?\b",
    re.IGNORECASE,
)
