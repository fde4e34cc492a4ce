"""What a clause says of its verb: another time, a wish, a plan, a negation, a condition."""

from __future__ import annotations

import datetime
import re

from protoparse.dates import MONTHS
from protoparse.deciding.acts import Act
from protoparse.deciding.organs import BOUND, PREPOSITION

_MONTH = "|".join(MONTHS)
_TIME = (
    rf"(?:den \d{{1,2}} (?:{_MONTH})|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}\b|§|(?:{_MONTH})\b|(?:19|20)\d\d\b"
    r"|förra|föregående|senaste|nästa|kommande|tidigare|hösten|våren|sommaren|vintern|höstas|våras|fjol|går\b"
    r"|(?:mån|tis|ons|tors|fre|lör|sön)dags\b)"
)
# A time in front of the verb, or right behind it, that makes the sentence tell of another meeting.
_FRONTED = re.compile(
    rf"\s*(?:(?:på|vid|under|i|den|år|efter|sedan|redan|när)\b[^.;]*?{_TIME}|(?:19|20)\d\d\b|tidigare\b"
    r"|(?:förra|föregående) (?:året?|månad(?:en)?|veckan?|mötet?|sammanträdet?|våren?|hösten?|sommaren?|gången)\b)",
    re.IGNORECASE,
)
# The same in front of a point under Beslut, where only another meeting makes it no decision.
_OTHER_MEETING = re.compile(
    rf"\s*(?:på|vid|under)\s+(?:\w+\s+)?(?:\w*mötet?|sammanträdet?|årsmötet?)\s+(?:i\s+|under\s+)?{_TIME}",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"\s*,?\s*(?:av (?:[\w-]+\s){1,3}?)?(?:även |redan |också )?"
    rf"(?:(?:vid|på|under|i|år|sedan)\s+(?:[\w-]+\s){{0,3}}?)?{_TIME}",
    re.IGNORECASE,
)
# A time behind a verb in the present tense that makes the sentence a plan.
_PLANNED = re.compile(
    rf"[^.:;]{{0,60}}?\b(?:i|under|efter|på|vid|innan)\s+(?:(?:{_MONTH})\b|(?:våren|hösten|sommaren|vintern|årsskiftet)\b"
    r"|(?:nästa|kommande|senare)\s)",
    re.IGNORECASE,
)
HABIT = re.compile(
    r"\b(?:årligen|varje (?:år|månad|vecka|höst|vår|termin)|löpande|normalt|vanligtvis|vanligen|alltid|oftast|ofta"
    r"|i regel|på olika nivåer|själva?|i normalfallet|brukar|automatiskt|vid behov|fortlöpande)\b",
    re.IGNORECASE,
)
# What statutes say happens, happens every time.
BY_RULE = re.compile(r"\s*enligt (?:\w*(?:stadg|lag|reglement|ordning)\w*|praxis)\b(?!.*\bförslag)", re.IGNORECASE)
MODAL = re.compile(
    r"\b(?:ska|skall|bör|kan|måste|behöver|får|fick|skulle|borde|kunde|vill|ville|har|hade"
    r"|kommer(?: \w+)? att|föreslås|väntas|beräknas|planeras|avses|avser|tänkt|tänker|för att|blivit|hoppas"
    r"|önskar)\b(?:\s[^,.;\s]+){0,5}\s*$",
    re.IGNORECASE,
)
NEVER = re.compile(r"\b(?:inte|ej|aldrig|icke|inget|inga|ingen|något|några)\b", re.IGNORECASE)
SUBCLAUSE = re.compile(
    r"^\s*(?:om|ifall|när|då|innan|eftersom|medan|tills|såvida|förutsatt|trots|utan att|för att|efter att)\b"
    r"|[\s,](?:huruvida|ifall|när|innan|eftersom|medan|tills|såvida|förutsatt|så att|där|förrän|hur|varför|vilket)\b"
    r"|[\s,](?:vilka|vad)\b|,\s*(?:om|då|som)\b|\batt(?! \w+[aå]\b)\b|\bsom(?=(?: \S+)?\s*$)",
    re.IGNORECASE,
)
# Whether something is so is asked, not said: `diskuterade om motionen avslås`.
WHETHER = re.compile(
    r"\b(?:är|ställning till|oklart|osäkert|ovisst|diskutera\w*|prövar?|prövade|pröva|undrar?|undrade|frågar?|frågade"
    r"|besluta|beslutar|beslutade|avgöra|avgör|avgjorde|veta|vet|utreda|utreder|utredde|bedöma|bedömer|undersöka|undersöker"
    r"|beror på|besked) (?:om|ifall|huruvida)\s",
    re.IGNORECASE,
)
# What others have told or decided.
_REPORTED = re.compile(
    r"\s*(?:enligt|av)\s+(?:[^\s,.]+\s){1,4}?"
    r"(?:besked|beskedet|uppgifter?|beslut|brevet|tidningen|rapporten|\w+meddelande)\b",
    re.IGNORECASE,
)
# `Siv Lunds förslag att klubben ska byta namn`: what is proposed is no clause of the verb that follows.
_COMPLEMENT = re.compile(
    r"^(\s*(?:[^\s,.]+\s){0,3}?"
    r"(?:förslag(?:et)?|yrkandet?|begäran|önskemålet?|tanken|idén|motion(?:en)?|initiativ(?:et)?)) (?:om )?att "
    r"[^,.;:]*?\b(?:ska|skall|bör|kan|får|måste) (?:[^\s,.]+ ){0,3}?\w+[aå]s?\b[^.;:]*?\s(?=$)",
    re.IGNORECASE,
)
# The chair finds that …: what follows is a decision where no heading Beslut says it again.
FINDS = re.compile(r"\b(?:finner|fann|konstaterar|konstaterade)(?: \w+){0,2}(?:,[^,]{0,60},)? att\s*$", re.IGNORECASE)
PROPOSES = re.compile(r"\b(?:föreslå[rs]?|föreslog|yrkar|yrkade|yrkande|yrkanden|förslag|hemställer)\b", re.IGNORECASE)
QUOTES_PROPOSAL = re.compile(rf"{PROPOSES.pattern}[^.]{{0,120}}:", re.IGNORECASE)
NOT_AFTER = re.compile(r"\s+(?:inte|ej|icke)\b", re.IGNORECASE)
_DATE = re.compile(
    rf"(?P<before>\b(?:från|med|till|senast|före|efter|per|av|t\.o\.m\.|fr\.o\.m\.)\s+)?"
    rf"(?:den (?P<day>\d{{1,2}}) (?P<month>{_MONTH}) (?P<year>\d{{4}})|(?P<iso>\d{{4}}-\d\d-\d\d)"
    r"|(?P<section>(?<!av )(?:§\s?\d+|\d+\s?§)(?!\d| (?:i|av) \w*(?:stadg|lag|ordning|förordning|reglement|avtal))))",
    re.IGNORECASE,
)


def clause(text: str, start: int) -> str:
    """The words of the verb's own clause that stand before it."""
    cut = max(
        (m.end() for m in re.finditer(r"[.;]\s|,\s(?:men|och|samt|varför)\s|\s(?:men|varefter)\s", text[:start])),
        default=0,
    )
    return text[cut:start]


def without_complement(before: str) -> str:
    """The words before a verb without the att-clause that says what was proposed."""
    return _COMPLEMENT.sub(r"\1 ", before)


def is_reported(text: str) -> bool:
    """Whether a sentence begins by naming another source of what it says."""
    return bool(_REPORTED.match(text))


def is_of_other_meeting(text: str, act: Act | None, today: datetime.date | None) -> bool:
    """`Vid mötet den 6 februari fastställdes planen`: a point under Beslut that tells of another meeting."""
    return bool(act and act.past and _OTHER_MEETING.match(text[: act.start]) and not _is_today(text, today))


def is_free(before: str, alone: bool) -> bool:
    """Whether the words before a subject leave its clause a main clause."""
    if FINDS.search(before):
        return alone
    if BOUND.search(before) or PREPOSITION.search(before):
        return False
    return not before.strip() or bool(
        re.search(r"(?:[,;:–-]|\b(?:och|men|samt|varefter|varpå|Därefter|så))\s*$", before)
    )


def is_adverbial(before: str) -> bool:
    """Whether the words before an inverted verb are an adverbial and no clause."""
    if FINDS.search(before):
        return True
    return not re.match(r"\s*(?:om|ifall|när|innan|så snart|först när)\b", before, re.IGNORECASE) and not re.search(
        r"\b(?:att|som|vad|det|den|vilket|vilken|vilka|hur|om)\s*$", before
    )


def is_planned(text: str, end: int) -> bool:
    """Whether a time behind a verb in the present tense makes a plan of it."""
    return bool(_PLANNED.match(re.split(r"\batt\b", text[end:], maxsplit=1)[0]))


def is_retold(text: str, act: Act, before: str, today: datetime.date | None) -> bool:
    """Whether a time says that this happened at another meeting."""
    if _is_today(text, today):
        return False
    front = bool(before.strip()) and bool(_FRONTED.match(before))
    if text[: act.end].lower().endswith(" till"):  # what follows is what was decided
        return False
    if not act.past:
        return front
    within = re.search(_TIME, act.said, re.IGNORECASE)
    return front or bool(within or BEHIND.match(text, act.end)) or _names_earlier(text[act.end :], today)


def _is_today(text: str, date: datetime.date | None) -> bool:
    if re.search(r"\bper capsulam\b|\bdagens\b", text, re.IGNORECASE):
        return True
    if date is None:
        return False
    return f"den {date.day} {MONTHS[date.month - 1]}" in text.lower() or date.isoformat() in text


def _names_earlier(rest: str, today: datetime.date | None) -> bool:
    """Whether the words behind a verb in the past tense name an earlier day, or a section of minutes."""
    att = re.search(r"\batt\b", rest)
    for match in _DATE.finditer(rest[: att.start() if att else len(rest)]):
        if match["section"]:
            return True
        if not match["before"] and (today is None or _day(match) < today):
            return True
    return False


def _day(match: re.Match[str]) -> datetime.date:
    """The day of a full date; one that does not exist counts as earlier than any."""
    try:
        if match["iso"]:
            return datetime.date.fromisoformat(match["iso"])
        return datetime.date(int(match["year"]), MONTHS.index(match["month"].lower()) + 1, int(match["day"]))
    except ValueError:
        return datetime.date.min
