"""Who got a task by a decision, and by when: `ger förvaltningen i uppdrag att … senast den 1 mars`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from protoparse.models import Outcome

if TYPE_CHECKING:
    from protoparse.dates import Mention


class Task(NamedTuple):
    """Who got the task, as printed, and the last day; None where the text does not say."""

    assigned_to: str | None
    due: datetime.date | None


_NAME = r"\b(?P<who>(?:(?!\batt\b)[^;:.]){2,90}?)"
_GIVEN = (
    rf"\b(?:ger|gav|ge|lämnar|lämnade|lämna) {_NAME},? (?:i )?uppdrag(?:et)?\b",
    rf"\buppdr(?:ar|og|a|as|ogs|agits?) (?:åt |till ){_NAME},? (?:att|om)\b",
    rf"\buppdr(?:ar|og|a) {_NAME},? att\b",
    rf"\b(?:uppmanar|uppmanade|uppmana|bemyndigar|bemyndigade|bemyndiga) {_NAME},? att\b",
    rf"{_NAME},? (?:får|fick|ges|gavs|gives|har fått|åläggs|ålades) (?:(?:därmed|även|också|vidare) )?(?:i )?"
    r"uppdrag(?:et)?\b",
    rf"{_NAME},? (?:uppdras|uppdrogs|uppmanas|uppmanades|bemyndigas|bemyndigades)(?: åt)?,? att\b",
    rf"\b(?:får|fick|ges|gavs) {_NAME},? (?:i )?uppdrag(?:et)?\b",  # `Därmed får X i uppdrag att`
)
_DOES = (  # what tells a task only where the decision is one
    rf"{_NAME} (?:ska|skall) (?:(?!\b(?:vara|gälla|bli|kunna|få)\b)[^;:.])*?\b(?:återkomma|återrapportera|redovisa|"
    r"rapportera|ta fram|lämna|utreda|följa upp|undersöka|se över|kontakta|bjuda)\b",
    rf"{_NAME} (?:återkommer|återrapporterar|redovisar|rapporterar|lämnar|utreder|undersöker|kontaktar|ansvarar|"
    r"bjuder in|tar fram|tar kontakt|följer upp|ser över)\b",
    rf"\blåta {_NAME} (?:\w+a)\b",
)
_SENT = (
    # a council may be one for something; what it is sent for is without an article: `för yttrande`
    rf"\b(?:åter)?remitt\w+(?: \w+)? till {_NAME}"
    r"(?= för (?:(?:att|en|ett|ny\w*|vidare|fortsatt|ytterligare|kompletterande|närmare)\b|\w*(?:yttrande|beredning"
    r"|utredning|handläggning|besvarande|svar|synpunkter|komplettering|översyn|prövning|beslut|ställningstagande)\b)"
    r"|(?<!råd)(?<!rådet)(?<!nämnd)(?<!nämnden)(?<!styrelsen)(?<!utskottet)(?<!beredningen)(?<!delegationen)"
    r"(?<!förvaltningen)(?<!centrum) för\b"
    r"|,? (?:som|med|i|att|senast|utan|enligt|innan|där|under|och (?:att|ska|återkom\w+|behandlas))\b"
    r"|\.(?:\s|\Z)|;|\Z)",
)
_FORMS = {
    "given": [re.compile(pattern, re.IGNORECASE) for pattern in _GIVEN],
    "does": [re.compile(pattern, re.IGNORECASE) for pattern in _DOES],
    "sent": [re.compile(pattern, re.IGNORECASE) for pattern in _SENT],
}
_OF: dict[Outcome, tuple[str, ...]] = {
    "assigned": ("given", "does"),
    "remitted": ("sent", "given"),
    "approved": ("given",),
}
_BREAK = re.compile(r"(?<!-)(?:,\s+|\s)(?:och|samt)\s+(?=\S+\Z|\w+(?:\s\w+){0,2}\Z)|[,;:]\s+|\batt\s+", re.IGNORECASE)
# One who can be given a task, and may be one of several: an organ, an office, a title, a person.
_DOER = (
    r"(?:(?!(?:till|från|av|på|med|om|att|som|under|efter|enligt|vid|ska|får|och|samt)\b)"
    r"[\w-]+(?:-(?:, \w+-)* (?:och|samt))? ){0,4}?"
    r"(?:[\w-]*(?i:nämnd|nämnden|nämnderna|styrelse|styrelsen|styrelserna|fullmäktige|kontor|kontoret|kontoren|förvaltning"
    r"|förvaltningen|förvaltningarna|kansliet|avdelningen|enheten|direktör|direktören|chef|chefen|cheferna|sekreterare"
    r"|sekreteraren|kassören|ordförande|ordföranden|utskott|utskottet|grupp|gruppen|beredningen|presidiet|råd|rådet|råden"
    r"|bolag|bolaget|bolagen|förbund|förbundet|samordnaren|ledaren|rektor|rektorn|rektorerna|byrån|myndigheten|AB|Ab)"
    r"|[A-ZÅÄÖÉ][\w’-]+ [A-ZÅÄÖÉ][\w’-]+)"
    r"(?: (?:för|i) [\w-]+(?:s [\w-]+)?(?: och [a-zåäö]+)?(?: AB)?| [A-ZÅÄÖ][\w-]+| AB| \([\w-]{1,4}\))*"
)
_ONE = re.compile(rf"{_DOER}\Z")
_SEVERAL = re.compile(rf"{_DOER}(?:, {_DOER})*,? (?:och|samt) (?:till )?{_DOER}\Z")
_NOBODY = re.compile(
    r"(?:det|den|detta|denna|de|dessa|som|man|vi|han|hon|hen|medel|medlen|pengarna|ansökan|rapporten)\b|\w+as\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r",\s+(?:och\s+|samt\s+)?|(?<!-)\s(?:och|samt|därmed|även|också|att|får|ges)\s+")
_TOLD = re.compile(
    r"\b(?:uppdrag(?:et|en)?|redovisning(?:en)?|återrapportering(?:en)?|yrkande(?:t)?|förslag(?:et)?|motion(?:en)?)\b[^.;]*\batt\s*"
    r"[^,.;]*\Z",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:därmed|även|också|vidare|samt|och|att|nu|åt|i stället)\s+", re.IGNORECASE)
_HANDED = re.compile(
    r"\b(?:återkom\w*|återkoppl\w*|återrapport\w*|återredovis\w*|redovis\w*|rapport\w*|lämna\w*|ta fram|klar\w*"
    r"|slutför\w*|besked|presenter\w*|"
    r"till (?:mötet|sammanträdet|nämnden|styrelsen|kommunstyrelsens|nästa)"
    r"|(?:till|vid|inför|på) (?:[\w-]+ ){0,2}[\w-]*(?:möte|mötet|sammanträde|sammanträdet))\b",
    re.IGNORECASE,
)
_OF_BEFORE = re.compile(  # `redovisa utfallet av mötet den 3 mars`
    r"\b(?:av|från|efter|enligt)\s+[\w-]*(?:möte|mötet|sammanträde\w*|beslut\w*|skrivelse\w*)\s+(?:den|i)?\s*\Z",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"\b(?:under|i|för)(?: år(?:et)?)?\s*\Z", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:före|innan)\b", re.IGNORECASE)
_LONGEST = 12  # words that a receiver's name may have


def task_of(text: str, outcome: Outcome, days: Callable[[str], Sequence[Mention]]) -> Task | None:
    """The task that a decision's text gives; None where it gives none. `days` reads its dates."""
    found = _receiver(text, outcome)
    if found is None:
        return Task(None, _due(text, 0, days(text))) if outcome == "assigned" else None
    who, at = found
    return Task(who, _due(text, at, days(text)))


def _receiver(text: str, outcome: Outcome) -> tuple[str, int] | None:
    """Who gets the task, and where the words about it begin."""
    for pattern in (pattern for form in _OF.get(outcome, ()) for pattern in _FORMS[form]):
        for match in pattern.finditer(text):
            if not _is_inside(text, match) and (who := _name(match["who"])):
                return who, match.end("who")
    return None


def _name(said: str) -> str | None:
    """The receiver's name without what stands before it in the sentence; None where it names nobody."""
    known = next((part for part in _tails(said) if _ONE.match(part) or _SEVERAL.match(part)), None)
    said = known or _BREAK.split(said)[-1]
    while lead := _LEAD.match(said):
        said = said[lead.end() :]
    said = said.strip(" ,–-")
    if not said or _NOBODY.match(said) or len(said.split()) > _LONGEST:
        return None
    return said


def _tails(said: str) -> Iterator[str]:
    """What may name several: all of it, and what stands behind each comma or `och`, the longest first."""
    yield said.strip(" ,")
    yield from (said[match.end() :].strip(" ,") for match in _JOINT.finditer(said))


def _is_inside(text: str, match: re.Match[str]) -> bool:
    """Whether the words stand in what another clause speaks of (`redovisningen av uppdraget att X får i uppdrag`)."""
    if match.start("who") > match.start():  # `får X i uppdrag`
        return False
    before = text[: match.start("who")].rpartition(". ")[2]
    return bool(_TOLD.search(before)) and not re.search(r"\boch\b[^,.]{0,30}\Z", before)


def _due(text: str, at: int, days: Sequence[Mention]) -> datetime.date | None:
    """The last day: a bound one, else the day of a meeting or report that the task is to be ready for."""
    behind = [day for day in days if day.end > at]
    for day in behind:
        if day.bound == "by" or (day.bound == "until" and _HANDED.search(text[at : day.start])):
            early = _BEFORE.search(day.bound_text)
            return day.first - datetime.timedelta(days=1) if early else day.last
    for day in behind:
        near = text[max(at, day.bound_start - 60) : day.bound_start]
        if (
            day.bound is None
            and _HANDED.search(near)
            and not _OF_BEFORE.search(near)
            and (day.precision != "year" or _YEAR_BEFORE.search(near))  # `första budgeten 2025` names no day
            and re.search(r"(?:\b(?:i|den|till|under|på|v\.|vecka)|[\w)])\s*\Z", near)
        ):
            return day.last
    return None
