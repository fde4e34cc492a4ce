"""What must stand around a cue (`needs` in the rule file), where the words of the cue alone say too little."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

_NAME = r"(?!(?:Stad|Kommun|Region|AB)\b)[A-ZÅÄÖÉ][\w’'-]+"
PERSON = rf"{_NAME}(?: (?:von|af|de|van|De|Von))?(?: {_NAME}){{1,3}}"
_PERSON_AFTER = re.compile(rf"\s+(?:(?:också|även|som \w+) )?(?:[a-zåäö]+ ){{0,2}}{PERSON}")
_PERSONS = rf"{PERSON}(?: \([^)]*\))?(?:(?:, | och ){PERSON}(?: \([^)]*\))?)*"
_ROLE = r"(?:, [^,.;:]{2,60},)?"
_HEADLESS = r"(?:\w+ )?(?:Beslut\w*: |[Aa]tt |\W)*"
_AGREED = r"(?:.{0,60}\b(?:om|för|beslutar|beslutade|beslöt) att )?"
# One who is called by the first name; no organ and no word for a thing.
_FIRST_NAME = (
    r"(?!(?:Vi|Man|Den|Det|De|Detta|Denna|Dessa|Ingen|Inget|Inga|Som|När|Om|Där|Här|Nya?|Även|Därefter|Sedan|Mötet)\b)"
    r"(?![\w-]*(?:nämnden|styrelsen|fullmäktige|utskottet|mötet|gruppen|ledningen|direktionen|rådet)\b)"
    r"[A-ZÅÄÖÉ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?(?: [A-ZÅÄÖ])?"
)
_EVERYBODY = r"(?:[Aa]lla|[Ss]amtliga|[Vv]ar och en)"
# `lämna`, `att följa upp`: an infinitive that says what someone is to do, not how things are to be.
_DOES = re.compile(
    r"\s(?:[^.;:]{0,90}?\s)?(?!(?:vara|gälla|ha|få|bli|kunna|ingå|upphöra|uppgå|utgå|kvarstå|stå|alla|båda|andra|sina"
    r"|dessa|denna|berörda|aktuella|nya|samma|samtliga)\b)[a-zåäö]{2,}[aå]\b"
)
_POST_BEFORE = re.compile(
    r"\W*(?:(?:till|som|nye?a?|ordinarie|fyllnadsval|omval|nyval|val|av|första|andra|förste|andre|personlig|personliga"
    r"|vice|en|ett|två|tre|fyra|fem|\d)\s+)*",
    re.IGNORECASE,
)
_POST_AFTER = re.compile(rf"(?:\s[^.:;]{{1,80}})?:\s+{PERSON}")
_ACTORS = rf"(?:{_PERSONS}{_ROLE}|{_FIRST_NAME}(?:(?:, | och ){_FIRST_NAME})*|{_EVERYBODY})"
_ACTOR = re.compile(rf"{_AGREED}{_HEADLESS}{_ACTORS}\s+")
_MATTER = re.compile(
    r"(?:fråg|ärende|punkt|förslag|ansök|motion|projekt|val(?:et|en)\b|beslut|planer|skrivels|remiss|inköp|uppdrag"
    r"|\bdet(?:ta)?\b)\w*",
    re.IGNORECASE,
)
_START = re.compile(r"\W*(?:beslut\w*:\s*)?", re.IGNORECASE)

# What upholds until it is repealed; an agreement or a permit just ends.
_STANDING = re.compile(
    r"(?:rutin|riktlinje|taxa|plan|policy|reglemente|föreskrift|stadg|ordning|delegation|regel|regler|instruktion|beslut"
    r"|modell|mall|vision|strategi|program|anvisning|avgift)\w*\b(?![^.;:]*\b(?:är|har) )[^.;:]*$",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\s+(?:om|ifall|när|såvida|därest)\b", re.IGNORECASE)
_PERSON_HERE = re.compile(rf"{PERSON}")

_COMMA = re.compile(r",\s*$")
_LAST = re.compile(r"(?: av \w+(?:et|en))?\s*\.?\s*$")

Test = Callable[[str, int, int], bool]


def tests(words: Mapping[str, Sequence[str]]) -> Mapping[str, Test]:
    """What each value of `needs` asks of the text around a cue at start to end, by the word lists of the rule file."""
    doers = "|".join(sorted(words.get("doers", ()), key=len, reverse=True)) or "(?!)"
    doer = rf"(?:{_PERSONS}{_ROLE}|(?:[\w-]+ (?:och|samt) )?[\w-]*(?i:{doers}))"
    before = re.compile(rf"{_HEADLESS}{doer}(?: (?:också|även|därför|därmed|i sin tur))?\s+")
    after = re.compile(rf"\s+{doer}\s+[a-zåäö]+[aå]\b")
    return {
        "person": lambda text, _, end: bool(_PERSON_AFTER.match(text, end)),
        "names": lambda text, start, end: bool(
            _POST_BEFORE.fullmatch(text[:start].rpartition(". ")[2]) and _POST_AFTER.match(text, end)
        ),
        "duty": lambda text, start, end: bool(before.fullmatch(text[:start]) and _DOES.match(text, end)),
        "actor": lambda text, start, _: bool(_ACTOR.fullmatch(text[:start])),
        "doer": lambda text, _, end: bool(after.match(text, end)),
        "standing": lambda text, start, end: bool(_STANDING.search(text[:start]) and not _CONDITION.match(text, end)),
        "employed": lambda text, start, end: bool(
            _PERSON_HERE.search(text[:start].rpartition(". ")[2]) or _PERSON_AFTER.match(text, end)
        ),
        "matter": lambda text, start, _: bool(_MATTER.search(text[:start].rpartition(". ")[2])),
        "chosen": lambda text, start, end: bool(_START.fullmatch(text[:start]) and _PERSON_AFTER.match(text, end)),
        "last": lambda text, start, end: bool(_COMMA.search(text[:start]) and _LAST.match(text, end)),
        "sum": lambda text, _, end: bool(re.match(r"\s+\d", text[end:])),
        "start": lambda text, start, _: bool(_START.fullmatch(text[:start])),
    }
