"""What was decided: passages → decision rows, by the cues of `rules/decisions.yml` and a small grammar of who acts.

Under a heading `Beslut` every point is a decision and the cues only tell its outcome. In other running text a
sentence is a decision only when it says so itself and its subject is the organ that met.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from protoparse.cues import Cue, CueFinder
from protoparse.models import Decision, Doubt, Evidence, Meeting, Outcome, Passage, Zone
from protoparse.rules import load
from protoparse.sentences import boundaries
from protoparse.text import Text, join

_LISTED = (Zone.DECISION, Zone.PROPOSED)  # every point is a row
_OPEN = (Zone.BODY, Zone.INFORMATION, Zone.DECISION_GROUP)  # a row only where the words say so

_MONTH = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_MONTHS = _MONTH.split("|")
_TIME = (
    rf"(?:den \d{{1,2}} (?:{_MONTH})|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}\b|§|(?:{_MONTH})\b|(?:19|20)\d\d\b"
    r"|förra|föregående|senaste|nästa|kommande|tidigare|hösten|våren|sommaren|vintern|höstas|våras|fjol)"
)
# A time in front of the verb, or right behind it, that makes the sentence tell of another meeting.
_FRONTED = re.compile(
    rf"\s*(?:(?:på|vid|under|i|den|år|efter|sedan|redan|när)\b[^.;]*?{_TIME}|(?:19|20)\d\d\b|tidigare\b)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
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
_HABIT = re.compile(
    r"\b(?:årligen|varje (?:år|månad|vecka|höst|vår|termin)|löpande|normalt|vanligtvis|vanligen|alltid|oftast|ofta"
    r"|i regel|på olika nivåer|själva?|i normalfallet|brukar|automatiskt|vid behov|fortlöpande)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:ska|skall|bör|kan|måste|behöver|får|fick|skulle|borde|kunde|vill|ville|har|hade"
    r"|kommer(?: \w+)? att|föreslås|väntas|beräknas|planeras|avses|avser|tänkt|tänker|för att|blivit|hoppas"
    r"|önskar)\b(?:\s[^,.;\s]+){0,5}\s*$",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:inte|ej|aldrig|icke|inget|inga|ingen|något|några)\b", re.IGNORECASE)
_BINDERS = (
    "att|om|ifall|när|då|som|där|vad|vilka|vilken|vilket|innan|eftersom|medan|tills|huruvida|såvida|förutsatt|hur|varför"
    "|förrän|sedan"
)
_BOUND = re.compile(rf"(?:^|[\s,(–-])(?:{_BINDERS})\s*$", re.IGNORECASE)
_SUBCLAUSE = re.compile(
    r"^\s*(?:om|ifall|när|då|innan|eftersom|medan|tills|såvida|förutsatt|trots|utan att|för att|efter att)\b"
    r"|[\s,](?:huruvida|ifall|när|innan|eftersom|medan|tills|såvida|förutsatt|så att|där|förrän|hur|varför|vilket)\b"
    r"|[\s,](?:vilka|vad)\b|,\s*(?:om|då|som)\b|\batt(?! \w+[aå]\b)\b|\bsom(?=(?: \S+)?\s*$)",
    re.IGNORECASE,
)
_FINDS = re.compile(r"\b(?:finner|fann|konstaterar|konstaterade)(?: \w+){0,2}(?:,[^,]{0,60},)? att\s*$", re.IGNORECASE)
_ADVERB = (
    r"(?:därmed|härmed|således|också|även|vidare|därefter|enhälligt|enigt|nu|dock|slutligen|sålunda|i samverkan"
    r"|härefter|för (?:egen|sin) del|i sin helhet|idag|i dag|samtidigt|preliminärt|på delegation|denna dag"
    r"|dessutom|i enighet)"
)
_GAP = re.compile(
    rf"\s*(?:(?:för|i|inom|på|vid|med)\s[^,.;:]{{1,60}}?)?(?:\s*,[^,]{{1,90}},)?(?:\s*,?\s*{_ADVERB}\s*,?)*\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[\s,]*(?:{_ADVERB}[\s,]*)*", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"(?:^|\s)(?:i|på|av|för|från|till|med|hos|inom|vid|via|mot|enligt|åt|om|genom|mellan|under|efter|inför|över)\s*$",
    re.IGNORECASE,
)
_CHAIR_OF = re.compile(r"\bordföranden? (?:i|för)\s+$", re.IGNORECASE)
_AND = re.compile(rf"\b(?:och|samt|men|varefter)\s+(?:{_ADVERB}\s+)*$", re.IGNORECASE)
_CONTENT = re.compile(
    r"\batt\b|\bföljande\b|\benligt\b|\bi enlighet\b|:|\bsålunda\b|^\W*(?:\w+ ){0,2}?\w+a\b", re.IGNORECASE
)
_LEAD_END = re.compile(
    r"(?::|\b(?:att|besluta|beslutar|beslutade|beslöt|beslutas|beslutades|följande|föreslår|samt|och))\s*$",
    re.IGNORECASE,
)
_LEAD_BY = re.compile(
    r"(?:enligt|på förslag|i enlighet|med anledning|utifrån|efter förslag|mot bakgrund|dessutom)\b.{0,150}:\s*$",
    re.IGNORECASE,
)
_PROPOSES = re.compile(r"\b(?:föreslå[rs]?|föreslog|yrkar|yrkade|yrkande|yrkanden|förslag|hemställer)\b", re.IGNORECASE)
_QUOTES_PROPOSAL = re.compile(rf"{_PROPOSES.pattern}[^.]{{0,120}}:", re.IGNORECASE)
_NOT_BEFORE = re.compile(r"\b(?:inte|ej|icke)\s+$", re.IGNORECASE)
_NOT_AFTER = re.compile(r"\s+(?:inte|ej|icke)\b", re.IGNORECASE)
_NOT_ATT = re.compile(
    r"\s*(?:att\s+)?(?:inte|ej|icke)\s+(?!(?:yttra|lämna|ha|anföra|avge|framföra|överklaga|delta)\b)", re.IGNORECASE
)
_PERSON = r"[A-ZÅÄÖÉ][\w’'-]+(?: (?:von|af|de|van))?(?: [A-ZÅÄÖÉ][\w’'-]+){1,3}"
_PERSON_BEFORE = re.compile(
    rf"(?:^|[\s,(]){_PERSON}(?: \([^)]*\))?"
    r"(?:\s*,[^,]{1,90}(?:,[^,]{1,90})?,?| [a-zåäö][^,.]{1,90}(?:,[^,]{1,90})?,?)?\s*$"
)
_PERSON_AFTER = re.compile(rf"\s*(?:(?:tidigare|f\.d\.|förre|förra|avgående)\s)?(?:[a-zåäö]+ ){{0,2}}{_PERSON}")
_ELSEWHERE = re.compile(r"§|\b(?:vid|under) dagens|\bdagens möte|\btjänstgör|\bunder punkt", re.IGNORECASE)
_NUMBER = re.compile(r"(?:(?<=\s)|^)(\d{1,2})[.)]\s+(?=\S)")
_ATT_POINT = re.compile(r"[,;]\s*(?:(?:samt|och|dels)\s+)*(?=att\s)|\s(?:samt|och)\s+(?=att\s)", re.IGNORECASE)
_SUBPOINT = re.compile(r"(?:[•●▪■○◦·*–—o-]|[a-zåäö][.)])\Z")
# A line that names a paper or a scrap of a list, where no verb stands.
_PAPER = re.compile(
    r"(?:[\wåäö-]+ ){0,3}[\wåäö-]*(?:tjänsteutlåtande|tjänsteskrivelse|skrivelse|yttrande|yrkande|protokoll"
    r"|protokollsutdrag|minnesanteckningar|handling|handlingar|bilaga|lista)\b(?:(?! (?:ska|är|blir) ).){0,160}",
    re.IGNORECASE,
)
_JOINS = re.compile(r"att\s", re.IGNORECASE)
_SCRAP = re.compile(r"(?:\W|\b\w{1,3}\b)*")
_ENDED = re.compile(r"[.!?:;][”\"’)]*\s*$")
_INFINITIVE = re.compile(r"(?:inte |ej |därmed |härmed )*(\w+(?:a|å))\b")
_RELATIVE = re.compile(r"\b(?:som|där|vilken|vilket|vilka)\b(?: \S+){0,4} $", re.IGNORECASE)


# ---- Who acts ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """The grammar of organ names and the small words of the rule file, built once."""

    name: re.Pattern[str]
    formal: tuple[str, ...]
    generic: frozenset[str]
    weak: frozenset[str]
    short: dict[str, str]
    past: frozenset[str]
    past_passive: frozenset[str]
    no_infinitive: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    words = load().data["decision"]["words"]
    heads = "|".join(sorted(words["organ_heads"], key=len, reverse=True))
    plain = "|".join(sorted(words["generic"], key=len, reverse=True))
    short = "|".join(word.upper() for word in words["abbreviations"])
    first = rf"(?!(?i:{_BINDERS}|i|på|vid|efter|för|av|till|den|det|och|men|enligt) )[A-ZÅÄÖ][\wåäöé-]*"
    name = (
        rf"(?<![\w-])(?:(?:{first}(?:,? | (?:och|&) )){{0,3}}?(?:\w+-(?:,? \w+-)* (?:och|samt) )?"
        rf"(?!(?i:under|med) )[\w-]*(?:(?i:{heads})|(?i:grupp)(?: [A-ZÅÄÖ][\w-]+(?: och [\w-]+)?)?)"
        rf"(?:s? (?:arbetsutskott|presidium|utskott)(?:et)?)?|(?i:{plain})|(?:{short})|[A-ZÅÄÖ]{{2,5}})(?![\w-])"
    )
    return _Words(
        re.compile(name),
        tuple(words["formal_heads"]),
        frozenset(words["generic"]),
        frozenset(words["weak"]),
        dict(words["abbreviations"]),
        frozenset(words["past"]),
        frozenset(words["past_passive"]),
        frozenset(words["no_infinitive"]),
    )


def _forms(word: str) -> tuple[str, ...]:
    """`nämnden` → `nämnden`, `nämnd`: an organ word with and without its definite ending."""
    return (word, *(word[: -len(end)] for end in ("et", "en", "n") if word.endswith(end) and len(word) > len(end) + 3))


def _same_organ(name: str, organ: str) -> bool:
    """Whether a name in the text is the organ: the same words, or the bare kind (`nämnden`) of it."""
    short = _words().short
    one, two = (" ".join(short.get(part, part) for part in name.lower().split()) for name in (name, organ))
    if set(_forms(one)) & set(_forms(two)) or one.split() == two.split()[: len(one.split())]:
        return True
    if name.isupper() and len(name) <= 5:
        return _is_acronym(one, two)
    if " " in one:
        return one.endswith(two) or two.endswith(one)
    return any(part.endswith(_forms(one)) for part in two.split())


def _is_acronym(short: str, name: str) -> bool:
    """`LGL` of `Länsgemensam ledning`: the same first letter, the others in their order."""
    letters = iter(name)
    return name.startswith(short[0]) and all(letter in letters for letter in short)


class _Subject(NamedTuple):
    """Who a verb says acts: the name as printed, the words before it, and whether it stands behind the verb."""

    name: str
    before: str
    inverted: bool = False


def _subject(text: str, start: int, end: int, organ: str | None) -> _Subject | None:
    """The organ that is the subject of the verb at start to end."""
    left, name = text[:start], _words().name
    if organ and (at := left.lower().rfind(organ.lower())) >= 0 and _GAP.fullmatch(left, at + len(organ)):
        return _actor(left, at, at + len(organ), organ)
    for match in reversed(list(name.finditer(left))):
        if _GAP.fullmatch(left, match.end()):
            return _actor(left, *match.span(), organ)
    after = _AFTER.match(text, end)
    if match := name.match(text, after.end() if after else end):
        return _Subject(match.group(), left, True)
    if _AND.search(left):
        return _shared(left)
    return None


def _actor(left: str, start: int, end: int, organ: str | None) -> _Subject:
    """The organ as a subject; `ordföranden i` it is a word for it as well."""
    chair = _CHAIR_OF.search(left[:start])
    if chair and organ and _same_organ(left[start:end], organ):
        return _Subject("ordföranden", left[: chair.start()])
    return _Subject(left[start:end], left[:start])


def _shared(left: str) -> _Subject | None:
    """The subject of a verb after `och`: that of the first verb of the sentence."""
    for match in _words().name.finditer(left):
        before = left[: match.start()]
        if not _PREPOSITION.search(before) and not _BOUND.search(before):
            return _Subject(match.group(), before if not before.strip() else "")
    return None


def _is_own(name: str, meeting: Meeting, weak: bool = True) -> bool:
    """Whether the name is the organ that met. `weak`: words such as `samtliga` and `ordföranden` count as well."""
    word = name.lower()
    organs = _words()
    if word in organs.generic:
        return weak or word not in organs.weak
    if meeting.organ is None:
        return not name.isupper() or word in organs.short
    return _same_organ(name, meeting.organ)


def _printed(name: str, meeting: Meeting) -> str | None:
    """The organ of a row: the document's when the name is a word for it, else as printed with a capital."""
    if name.lower() in _words().generic or (meeting.organ and _same_organ(name, meeting.organ)):
        return meeting.organ
    return name[:1].upper() + name[1:]


def _is_upper(name: str) -> bool:
    return name.lower().endswith("fullmäktige")


# ---- What a verb's form is -----------------------------------------------------------------------------------------


def _shape(text: str, cue: Cue) -> str:
    """`passive`, `past`, `present` or `infinitive`, by the ending of the cue's first word."""
    word = re.split(r"\s", text[cue.start : cue.end].lower(), maxsplit=1)[0]
    if cue.rule.get("form") == "state" or word in ("får", "fick"):
        return "passive"
    if word.endswith("s"):
        return "passive"
    if word.endswith(("de", "te")) or word in _words().past:
        return "past"
    return "present" if word.endswith("r") else "infinitive"


def _is_past(text: str, cue: Cue) -> bool:
    words = text[cue.start : cue.end].lower().split()[: 3 if cue.rule.get("form") == "opener" else 1]
    return any(_is_preterite(word) for word in words)


def _is_preterite(word: str) -> bool:
    bare = word.removesuffix("s")
    return bare.endswith(("de", "te")) or bare in _words().past or word in _words().past_passive


def _cues(finder: CueFinder, text: str) -> list[Cue]:
    """The cues of a text, those of `lägger … till handlingarna` widened to the verb; left out where it is missing."""
    found = []
    for cue in finder.find(text):
        helpers = cue.rule.get("with")
        start = _helper(tuple(helpers)).search(text, 0, cue.start) if helpers else None
        if start or not helpers:
            found.append(cue._replace(start=start.start()) if start else cue)
    wide = [cue for cue in found if cue.rule.get("with")]
    inner = [c for c in found if not any(w is not c and w.start <= c.start and c.end <= w.end for w in wide)]
    return sorted(inner, key=lambda cue: cue.start)


@lru_cache(maxsize=64)
def _helper(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b(?=(?:(?!\batt\b|\b(?:{'|'.join(words)})\b)[^.;])*\Z)", re.IGNORECASE)


def _meant(cues: Sequence[Cue]) -> list[Cue]:
    return [cue for cue in cues if not cue.rule.pseudo]


# ---- The outcome of a point ----------------------------------------------------------------------------------------


def _content_start(text: str, cues: Sequence[Cue]) -> int:
    """Where what is decided begins: after `X beslutar (…) att`, else at the start."""
    for cue in cues:
        if cue.rule.get("form") in ("opener", "label"):
            rest = text[cue.end :]
            bare = _AFTER.match(text, cue.end)
            if bare and any(other.start == bare.end() and _shape(text, other) == "infinitive" for other in cues):
                return bare.end()
            att = re.match(r"(?:[^.:]{0,200}?)\batt\b\s*", rest) or re.match(r"[^.:]{0,120}:\s*", rest)
            return cue.end + (att.end() if att else 0)
        break
    att = re.match(r"\s*att\s+", text, re.IGNORECASE)
    return att.end() if att else 0


def _leading(text: str, at: int, cues: Sequence[Cue]) -> Cue | bool | None:
    """The cue that is the first infinitive of a point; False when the point begins with an infinitive that is no cue,
    None when it does not begin with one."""
    start = at + len(text[at:]) - len(text[at:].lstrip(" ,"))
    match = _INFINITIVE.match(text, start)
    for cue in cues:
        if cue.start >= start and not text[start : cue.start].strip(" ,").replace("inte", "").replace("ej", "").strip():
            return cue
    if match and match.group(1).lower() not in _words().no_infinitive and match.group(1)[0].islower():
        return False
    return None


def _main(text: str, cues: Sequence[Cue]) -> Cue | None:
    """The cue of the main act of a point, None when its main verb is none that a rule knows."""
    at = _content_start(text, cues)
    able = [
        c
        for c in cues
        if c.start >= at and c.rule.get("outcome") and (c.rule.get("form") != "person" or _of_persons(text, c))
    ]
    lead = _leading(text, at, able)
    if lead is False:
        return None
    if lead is None or lead is True:
        finite = [c for c in able if _shape(text, c) != "infinitive"]
        free = [c for c in finite if not _RELATIVE.search(text[at : c.start])]
        named = [c for c in able if c in finite or not re.search(r"\batt $", text[at : c.start])]
        lead = next(iter(free or finite or named), None)
    return _stronger(text, lead, able) if lead else None


def _rank(cue: Cue) -> int:
    return int(cue.rule.get("rank") or 2)


def _stronger(text: str, main: Cue, cues: Sequence[Cue]) -> Cue:
    """A later act joined by `och` that outranks a weak one: `noteras och Eva Lind utses`."""
    if main.rule.get("outcome") in ("assigned", "proposed", "rejected", "deferred", "remitted"):
        return main
    joined = (c for c in cues if c.start > main.start and _rank(c) > _rank(main))
    return next((c for c in joined if _coordinated(text[main.end : c.start])), main)


def _coordinated(between: str) -> bool:
    """Whether the words between two acts join them and do not make one part of the other."""
    if not re.search(r"\b(?:och|samt)\b|[.;] ", between):
        return False
    return not re.search(r"(?<!och )(?<!samt )\b(?:att|som)\b", between)


def _negated(text: str, cue: Cue) -> bool:
    if cue.rule.get("outcome") not in ("approved", "elected", "assigned"):
        return False
    return bool(_NOT_BEFORE.search(text[: cue.start]) or _NOT_AFTER.match(text, cue.end))


def _outcome(text: str, cues: Sequence[Cue]) -> tuple[Outcome, Cue | None]:
    """The outcome of a point and the cue that tells it; whatever is carried is `approved`."""
    able = _meant(cues)
    main = _main(text, able)
    if main is None:
        at = _content_start(text, able)
        opened = at > 0 and _NOT_ATT.match(text, at)
        return ("rejected" if opened else "approved"), None
    if _negated(text, main):
        return "rejected", main
    return main.rule.get("outcome"), main  # type: ignore[return-value]


# ---- Whether a sentence decides ------------------------------------------------------------------------------------


def _of_persons(text: str, cue: Cue) -> bool:
    """Whether a person stands on both sides of the cue, for longer than one meeting."""
    return bool(
        _PERSON_BEFORE.search(text[: cue.start]) and _PERSON_AFTER.match(text, cue.end) and not _ELSEWHERE.search(text)
    )


def _is_today(text: str, date: datetime.date | None) -> bool:
    if re.search(r"\bper capsulam\b|\bdagens\b", text, re.IGNORECASE):
        return True
    if date is None:
        return False
    return f"den {date.day} {_MONTHS[date.month - 1]}" in text.lower() or date.isoformat() in text


_DATE = re.compile(
    rf"(?P<before>\b(?:från|med|till|senast|före|efter|per|av|t\.o\.m\.|fr\.o\.m\.)\s+)?"
    rf"(?:den (?P<day>\d{{1,2}}) (?P<month>{_MONTH}) (?P<year>\d{{4}})|(?P<iso>\d{{4}}-\d\d-\d\d)"
    r"|(?P<section>§\s?\d+|\d+\s?§))",
    re.IGNORECASE,
)


def _earlier(rest: str, today: datetime.date | None) -> bool:
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
        return datetime.date(int(match["year"]), _MONTHS.index(match["month"].lower()) + 1, int(match["day"]))
    except ValueError:
        return datetime.date.min


def _planned(text: str, end: int) -> bool:
    return bool(_PLANNED.match(re.split(r"\batt\b", text[end:], maxsplit=1)[0]))


def _retold(text: str, cue: Cue, before: str, meeting: Meeting, tense: str) -> bool:
    """Whether a time says that this happened at another meeting."""
    if _is_today(text, meeting.date):
        return False
    front = bool(before.strip()) and bool(_FRONTED.match(before))
    if text[: cue.end].lower().endswith(" till"):  # what follows is what was decided
        return False
    if tense == "past" and _earlier(text[cue.end :], meeting.date):
        return True
    within = tense == "past" and re.search(_TIME, text[cue.start : cue.end], re.IGNORECASE)
    return front or bool(within) or (tense == "past" and bool(_BEHIND.match(text, cue.end)))


def _clause(text: str, start: int) -> str:
    """The words of the verb's own clause that stand before it."""
    cut = max(
        (m.end() for m in re.finditer(r"[.;]\s|,\s(?:men|och|samt|varför)\s|\s(?:men|varefter)\s", text[:start])),
        default=0,
    )
    return text[cut:start]


def _free(before: str, alone: bool) -> bool:
    """Whether the words before a subject leave its clause a main clause."""
    if _FINDS.search(before):
        return alone
    if _BOUND.search(before) or _PREPOSITION.search(before):
        return False
    return not before.strip() or bool(
        re.search(r"(?:[,;:–-]|\b(?:och|men|samt|varefter|varpå|Därefter|så))\s*$", before)
    )


def _front_free(before: str) -> bool:
    """Whether the words before an inverted verb are an adverbial and no clause."""
    if _FINDS.search(before):
        return True
    return not re.match(r"\s*(?:om|ifall|när|innan|så snart|först när)\b", before, re.IGNORECASE) and not re.search(
        r"\b(?:att|som|vad|det|den|vilket|vilken|vilka|hur|om)\s*$", before
    )


class _Case(NamedTuple):
    """A sentence that is read: its words, its cues, and what is known around it."""

    text: str
    cues: list[Cue]
    meeting: Meeting
    zone: Zone
    alone: bool  # no heading Beslut in the same section


_NO = (False, None)


def _acts(case: _Case, cue: Cue) -> tuple[bool, str | None]:
    """Whether the organ that met is the subject of an active verb in a main clause; and its name."""
    text, meeting = case.text, case.meeting
    subject = _subject(text, cue.start, cue.end, meeting.organ)
    form = cue.rule.get("form")
    if subject is None:
        elliptic = form == "opener" and not text[: cue.start].strip(" –-•")
        return elliptic, meeting.organ
    if not _is_own(subject.name, meeting, weak=form in ("opener", "consensus")):
        return _NO
    clause = _clause(text, cue.start) if not subject.inverted else subject.before
    if not (_front_free(subject.before) if subject.inverted else _free(subject.before, case.alone)):
        return _NO
    if _MODAL.search(clause) or _retold(
        text, cue, subject.before, meeting, "past" if _is_past(text, cue) else "present"
    ):
        return _NO
    if _NOT_AFTER.match(text, cue.end) and form != "verb":
        return _NO
    return True, _printed(subject.name, meeting)


_DEFINITE = re.compile(
    r"\w(?:n|t|na)\b|\b(?:Förslag|Motion|Ansökan|Revidering|Till|[A-ZÅÄÖ]\w+ (?:\d|[A-ZÅÄÖ]))", re.IGNORECASE
)


def _agent(text: str, end: int) -> str | None:
    match = re.match(r"\s+(?:av|i)\s+", text[end:])
    name = _words().name.match(text, end + match.end()) if match else None
    if name:
        return name.group()
    return text[end:][match.end() :].split(" ")[0] if match and match.group().strip() == "av" else None


def _suffers(case: _Case, cue: Cue) -> tuple[bool, str | None]:
    """Whether a passive verb stands in a main clause about a definite thing, without another agent."""
    text, meeting = case.text, case.meeting
    clause = _clause(text, cue.start)
    if _MODAL.search(clause) or (_SUBCLAUSE.search(clause) and not _FINDS.search(clause)):
        return _NO
    if (_FINDS.search(clause) and not case.alone) or _NEVER.search(clause):
        return _NO
    past = _is_past(text, cue)
    if _retold(text, cue, clause, meeting, "past" if past else "present"):
        return _NO
    if not past and cue.rule.get("outcome") not in ("deferred", "assigned") and _planned(text, cue.end):
        return _NO
    agent = _agent(text, cue.end)
    if agent and not (_words().name.match(agent) and _is_own(agent, meeting)):
        return _NO
    if cue.rule.get("outcome") != "elected" and not _DEFINITE.search(
        clause
        + text[cue.end :][
            : 40 if not clause.strip() or re.match(r"\s*(?:i|därmed|härmed|enligt|med)\b", clause, re.IGNORECASE) else 0
        ]
    ):
        return _NO
    return True, meeting.organ


def _opens(case: _Case, cue: Cue) -> tuple[bool, str | None]:
    """Whether `beslutar` and the like open a decision of the organ that met."""
    text = case.text
    if not _CONTENT.search(text[cue.end :]) and not text[cue.end :].lstrip().startswith("om "):
        return _NO
    words = text[cue.start : cue.end].lower().split()
    passive = words[-1].endswith("s") or words[0].endswith("s") or words[0] in ("beslut", "beslutet")
    if not passive:
        present = not _is_past(text, cue)
        if present and _planned(text, cue.end):
            return _NO
        if present and re.match(r"\s+om (?!att\b)", text[cue.end :]) and "beslut" not in " ".join(words[1:]):
            return _NO
        return _acts(case, cue)
    clause = _clause(text, cue.start)
    if _NEVER.search(clause) or _MODAL.search(clause) or _SUBCLAUSE.search(clause):
        return _NO
    if _retold(text, cue, clause, case.meeting, "past") or _agent(text, cue.end):
        agent = _agent(text, cue.end)
        if not (agent and _words().name.match(agent) and _is_own(agent, case.meeting)) or _BEHIND.match(text, cue.end):
            return _NO
    if not re.search(r"\batt\b|\bföljande\b|\benligt\b|:|\bom\b", text[cue.end :]):
        return _NO
    return True, case.meeting.organ


def _agrees(case: _Case, cue: Cue) -> tuple[bool, str | None]:
    """Whether those who met agree."""
    clause = _clause(case.text, cue.start)
    if _NEVER.search(clause) or _MODAL.search(clause):
        return _NO
    return (True, case.meeting.organ) if clause.strip().lower() == "det" else _acts(case, cue)


def _proposes(case: _Case, cue: Cue) -> tuple[bool, str | None]:
    """Whether the organ that met asks another one to decide."""
    if _shape(case.text, cue) == "infinitive":
        return _NO
    acts, organ = _acts(case, cue)
    if not acts or "föresl" not in case.text[cue.start : cue.end].lower():
        return acts, organ
    rest = case.text[cue.end :]
    other = any(not _is_own(m.group(), case.meeting) for m in _words().name.finditer(rest))
    return (True, organ) if other else _NO


def _is_decision(case: _Case, cue: Cue) -> tuple[bool, str | None]:
    """Whether the cue makes its sentence a decision, and of which organ."""
    form = cue.rule.get("form")
    if _QUOTES_PROPOSAL.search(case.text[: cue.start]):
        return _NO
    if form == "implicit":
        return not _MODAL.search(case.text[: cue.start]), case.meeting.organ
    if form == "person":
        named = case.zone is Zone.DECISION_GROUP or bool(_words().name.search(case.text, cue.end))
        return named and _of_persons(case.text, cue) and not _SUBCLAUSE.search(
            case.text[: cue.start]
        ), case.meeting.organ
    if (
        _HABIT.search(_clause(case.text, cue.start))
        or _HABIT.match(case.text[cue.end :].lstrip())
        or case.text.endswith("?")
    ):
        return _NO
    if form == "opener":
        return _opens(case, cue)
    if form == "consensus":
        return _agrees(case, cue)
    if form == "upward":
        return _proposes(case, cue)
    if cue.rule.get("where") == "decision" and case.zone is not Zone.DECISION_GROUP:
        return _NO
    shape = _shape(case.text, cue)
    seen = cue.rule.get("outcome") == "noted" and re.match(r"\s+att\b", case.text[cue.end :])
    if shape == "infinitive" or seen:  # to note that something is so is to see it
        return _NO
    return _suffers(case, cue) if shape == "passive" else _acts(case, cue)


def _deciding(case: _Case) -> tuple[Cue, str | None] | None:
    """The first cue that makes the sentence a decision, and the deciding organ."""
    for cue in case.cues:
        if not cue.rule.pseudo and cue.rule.get("form") != "label":
            yes, organ = _is_decision(case, cue)
            if yes:
                return cue, organ
    return None


def _doubtful(case: _Case) -> Cue | None:
    """An opener in a main clause whose subject is none that the grammar knows."""
    if case.zone is Zone.INFORMATION:
        return None
    openers = [c for c in _meant(case.cues) if c.rule.get("form") == "opener"]
    return next((c for c in openers if _CONTENT.search(case.text[c.end :]) and _unknown_actor(case, c)), None)


def _unknown_actor(case: _Case, cue: Cue) -> bool:
    before = _clause(case.text, cue.start)
    if not before.strip() or _subject(case.text, cue.start, cue.end, case.meeting.organ) is not None:
        return False
    if any(pattern.search(before) for pattern in (_SUBCLAUSE, _MODAL, _NEVER, _HABIT)):
        return False
    return not _retold(case.text, cue, before, case.meeting, "past")


# ---- Points --------------------------------------------------------------------------------------------------------


def _numbered(text: str) -> list[tuple[int, int]]:
    """The points of an inline list 1. … 2. …, as offsets without their numbers; empty when there is none."""
    found = []
    for match in _NUMBER.finditer(text):
        if int(match.group(1)) == len(found) + 1 and (
            found or not text[: match.start()].strip() or re.search(r":\s*$", text[: match.start()])
        ):
            found.append(match)
    if not found:
        return []
    ends = [*(m.start() for m in found[1:]), len(text)]
    return [(m.end(), end) for m, end in zip(found, ends, strict=True)]


def _att_points(text: str, start: int, cues: Sequence[Cue]) -> list[tuple[int, int]]:
    """The att-clauses of an inline list from an offset on; empty when there is only one."""
    known = {cue.start for cue in cues if not cue.rule.pseudo}
    cuts = [start]
    for match in _ATT_POINT.finditer(text, start):
        follows = match.end() + len("att ")
        comma = match.group().lstrip().startswith((",", ";"))
        listed = text[start:].lower().startswith("att ") and comma
        if (follows in known and _strong(cues, follows)) or (listed and _INFINITIVE.match(text, follows)):
            cuts.append(match.end())
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)] if len(cuts) > 1 else []


def _strong(cues: Sequence[Cue], at: int) -> bool:
    return any(
        cue.start == at and (cue.rule.get("where") != "decision" or cue.rule.get("outcome") != "assigned")
        for cue in cues
    )


def _own_lead(text: str) -> int:
    """Where the att-list of `X beslutar att …, att …` starts."""
    match = re.search(r"\batt\s", text, re.IGNORECASE)
    return match.start() if match else 0


def _trim(text: Text, start: int, end: int) -> Text:
    return re_sub_tail(text[start:end].strip())


def re_sub_tail(text: Text) -> Text:
    """Without the `samt` or `och` that joins the next point."""
    match = re.search(r"[,;]?\s+(?:samt|och|dels)\s*$", text.string)
    return text[: match.start()] if match else text


# ---- The reader ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a lead-in says of the points under it."""

    organ: str | None
    outcome: Outcome | None = None
    rule: str | None = None
    decided: bool = True


@dataclass(slots=True)
class _Reader:
    """Reads the passages of one document in their order."""

    meeting: Meeting
    finder: CueFinder
    rows: list[Decision]
    doubts: list[Doubt]
    known: dict[str, list[Cue]]

    def find(self, text: str) -> list[Cue]:
        """The cues of a text; looked for once, as a point is read more than once on its way."""
        if text not in self.known:
            self.known[text] = _cues(self.finder, text)
        return self.known[text]

    def row(self, quote: Text, passage: Passage, outcome: Outcome, organ: str | None, rule: str | None) -> None:
        """Adds a decision."""
        if not quote.string.strip(" .,;:"):
            return
        self.rows.append(
            Decision(
                evidence=Evidence(quote=quote, rule=rule),
                text=quote.string,
                outcome=outcome,
                organ=organ or self.meeting.organ,
                section=passage.section,
                heading=passage.heading,
            )
        )

    def point(self, quote: Text, passage: Passage, frame: _Frame | None, cues: Sequence[Cue] | None = None) -> None:
        """One point that is a decision: its outcome, who decides, and a row of it."""
        found = self.find(quote.string) if cues is None else cues
        outcome, cue = _outcome(quote.string, found)
        organ, upper = self._organ(quote.string, found, frame)
        if upper:
            outcome = "proposed"
        rule = (
            cue.rule.id
            if cue
            else next((c.rule.id for c in _meant(found) if c.rule.get("form") in ("opener", "label")), None)
        )
        if frame and frame.outcome and not (organ and frame.organ is None):
            outcome = frame.outcome
        self.row(quote, passage, outcome, organ, rule or (frame.rule if frame else None))

    def _organ(self, text: str, cues: Sequence[Cue], frame: _Frame | None) -> tuple[str | None, bool]:
        """Who decides a point, and whether that is a council above the organ that met."""
        if frame and frame.outcome == "proposed":
            return frame.organ, False
        first = next((c for c in _meant(cues) if c.rule.get("form") in ("opener", "verb", "upward", "consensus")), None)
        if first is None or _shape(text, first) in ("passive", "infinitive"):
            return (frame.organ if frame else self.meeting.organ), False
        subject = _subject(text, first.start, first.end, self.meeting.organ)
        if subject is None or subject.before.strip():
            return (frame.organ if frame else self.meeting.organ), False
        name = _printed(subject.name, self.meeting)
        if name and self.meeting.organ and _is_upper(name) and not _is_upper(self.meeting.organ):
            return self.meeting.organ, True
        return name, False

    # -- under a heading Beslut

    def listed(self, passages: Sequence[Passage]) -> None:
        """A run of passages under one heading that makes every point a row."""
        if not self._binds(passages[0]):
            return
        frame, open_end = self._start(passages[0]), None
        for whole, passage, more in self._units(passages):
            for unit in self._before_lead(whole, more or passage.opens_list):
                cues = self.find(unit.string)
                last = unit.string.endswith(whole.string[-20:])
                lead = self._lead(unit.string, cues, passage) if last and (more or passage.opens_list) else None
                if lead is not None:
                    frame = self._under(lead, passages[0])
                elif _JOINS.match(unit.string) and open_end is not None:
                    frame = self._under(open_end, passages[0])
                open_end = self._open_end(unit.string, cues, open_end)
                if lead is None and (kept := self._without_asides(unit, cues)) is not None:
                    self._listed_unit(kept, passage, frame, cues if kept is unit else self.find(kept.string))

    def _open_end(self, text: str, cues: Sequence[Cue], before: _Frame | None) -> _Frame | None:
        """The frame of `X beslutar att …,` when an att-clause on the next line may go on with it."""
        if re.search(r"[.!?]\s*$", text):
            return None
        openers = [c for c in _meant(cues) if c.rule.get("form") in ("opener", "upward", "label")]
        if openers and not text.lower().startswith("att "):
            return self._opened(text, openers)
        return before if _JOINS.match(text) else None

    def _before_lead(self, unit: Text, opens: bool) -> list[Text]:
        """A paragraph whose last sentence only opens the list below it, cut before that sentence."""
        spans = boundaries(unit.string)
        if not opens or len(spans) < 2 or not _LEAD_END.search(unit.string):
            return [unit]
        start = spans[-1][0]
        if self._lead(unit.string[start:], None, None) is None:
            return [unit]
        return [unit[:start].strip(), unit[start:]]

    def _start(self, passage: Passage) -> _Frame | None:
        return _Frame(self.meeting.organ, "proposed") if passage.zone is Zone.PROPOSED else None

    def _under(self, lead: _Frame, passage: Passage) -> _Frame:
        """The lead-in of a list, inside a heading that may make proposals of all."""
        if passage.zone is Zone.PROPOSED:
            return _Frame(self.meeting.organ, "proposed", lead.rule, lead.decided)
        return lead

    def _binds(self, passage: Passage) -> bool:
        """Whether a heading `X:s beslut`, `X:s förslag till beslut i Y` speaks of the organ that met."""
        heading, meeting = passage.heading or "", self.meeting.organ
        if passage.zone is Zone.PROPOSED and heading[:1].islower():  # the end of `X:s / förslag till beslut i Y`
            return False
        names = [(m.group(), m.end()) for m in _genitives(heading)]
        if not meeting or not names:
            return True
        if passage.zone is Zone.PROPOSED:
            return _proposes_up(heading, meeting)
        formal = [name for name, _ in names if name.lower().endswith(_words().formal)]
        return not formal or any(_same_organ(name, meeting) for name in formal)

    def _units(self, passages: Sequence[Passage]) -> Iterator[tuple[Text, Passage, bool]]:
        """The points of a run, with the bullets that only spell out a point put behind it."""
        at = 0
        while at < len(passages):
            passage, text = passages[at], passages[at].text
            at += 1
            while at < len(passages) and self._belongs(text.string, passage, passages[at]):
                sign = f"{passages[at].marker} " if passages[at].marker else ""
                text = join([text, Text(sign) + passages[at].text])
                at += 1
            yield text, passage, at < len(passages)

    def _belongs(self, text: str, passage: Passage, after: Passage) -> bool:
        """Whether the next passage only continues a point: a bullet under a full clause, or the rest of a cut line."""
        if after.marker is None and text.rstrip().endswith(":") and passage.marker is None and not passage.opens_list:
            cues = self.find(text)
            return bool(_meant(cues)) and self._lead(text, cues, passage) is None
        if after.marker is None:
            cut = not _ENDED.search(text) and after.text.string[:1].islower()
            return cut and not re.match(r"att\s", after.text.string)
        if not _SUBPOINT.match(after.marker) or (passage.marker and _SUBPOINT.match(passage.marker)):
            return False
        if passage.marker is None and " - " not in text and not text.rstrip().endswith((":", "att")):
            return False
        return self._lead(text, self.find(text), passage) is None

    def _without_asides(self, unit: Text, cues: Sequence[Cue]) -> Text | None:
        """A passage under Beslut without the sentences that record something else; None when nothing is left."""
        asides = [c for c in cues if c.rule.get("form") == "aside"]
        if self._told_of_others(unit.string):
            return None
        if not asides:
            paper = _PAPER.fullmatch(unit.string) and not _meant(cues)
            return None if paper or _SCRAP.fullmatch(unit.string) else unit
        kept = [(a, b) for a, b in boundaries(unit.string) if not any(a <= aside.start < b for aside in asides)]
        if not kept or not any(a <= cue.start < b for cue in _meant(cues) for a, b in kept):
            return None
        return unit[kept[0][0] : kept[-1][1]]

    def _told_of_others(self, text: str) -> bool:
        """`Arbetsutskottet har den 3 mars behandlat ärendet`: another organ's work, retold."""
        match = _words().name.match(text)
        return bool(match and re.match(r"\s+har\s", text[match.end() :]) and not _is_own(match.group(), self.meeting))

    def _listed_unit(self, unit: Text, passage: Passage, frame: _Frame | None, cues: Sequence[Cue]) -> None:
        if frame is not None and not frame.decided:
            return
        for part, own in self._parts(unit, cues, frame):
            self.point(part, passage, own)

    def _parts(self, unit: Text, cues: Sequence[Cue], frame: _Frame | None) -> Iterator[tuple[Text, _Frame | None]]:
        """A passage taken apart into its inline points."""
        string = unit.string
        if points := _numbered(string):
            lead = self._lead(string[: _NUMBER.search(string).start()], None, None) or frame  # type: ignore[union-attr]
            yield from ((_trim(unit, a, b), lead) for a, b in points)
            return
        if inline := self._inline_lead(string):
            yield _trim(unit, inline[0], len(unit)), inline[1]
            return
        pieces = self._by_opener(unit, cues)
        for piece in pieces:
            own = self.find(piece.string) if len(pieces) > 1 else cues
            opened = any(c.rule.get("form") in ("opener", "label") for c in _meant(own))
            start = _own_lead(piece.string) if opened else 0
            listed = opened or piece.string.lower().startswith("att ")
            points = _att_points(piece.string, start, own) if listed else []
            if points:
                lead = self._lead(piece.string[:start], None, None) if opened else frame
                yield from ((_trim(piece, a, b), lead or frame) for a, b in points)
            else:
                yield _trim(piece, 0, len(piece)), frame

    def _inline_lead(self, text: str) -> tuple[int, _Frame] | None:
        """`X föreslår att fullmäktige beslutar: Taxan antas.` in one paragraph: where the point starts, its frame."""
        colon = re.match(r".{20,250}?:\s+(?=[A-ZÅÄÖ])", text)
        lead = self._lead(colon.group(), None, None) if colon else None
        return (colon.end(), lead) if colon and lead and lead.outcome == "proposed" and lead.decided else None

    def _by_opener(self, unit: Text, cues: Sequence[Cue]) -> list[Text]:
        """A paragraph cut before each sentence that opens a decision of its own."""
        starts = [0]
        spans = boundaries(unit.string)
        for start, end in spans[1:]:
            for cue in cues:
                if start <= cue.start < end and cue.rule.get("form") in ("opener", "upward"):
                    subject = _subject(unit.string[start:end], cue.start - start, cue.end - start, self.meeting.organ)
                    if subject and not subject.before.strip():
                        starts.append(start)
                    break
        return [unit[a:b].strip() for a, b in zip(starts, [*starts[1:], len(unit)], strict=True)]

    # -- lead-ins

    def _lead(self, text: str, cues: Sequence[Cue] | None, passage: Passage | None) -> _Frame | None:
        """What a lead-in says of the points under it; None when the text is no mere lead-in."""
        if not _LEAD_END.search(text) and not (passage and passage.opens_list):
            return None
        found = _meant(self.find(text) if cues is None else cues)
        openers = [c for c in found if c.rule.get("form") in ("opener", "upward", "label")]
        if not openers:
            return self._plain_lead(text, found, passage)
        if any(c.rule.get("form") == "verb" and c.start > openers[0].end for c in found):
            return None
        if re.search(r"\batt \w+", re.sub(r"\batt (?:\w+[ -]){0,6}?beslut\w*", "", text[openers[0].end :])):
            return None
        return self._opened(text, openers)

    def _plain_lead(self, text: str, found: Sequence[Cue], passage: Passage | None) -> _Frame | None:
        if _LEAD_BY.match(text) and not found:
            return _Frame(self.meeting.organ)
        organ = _words().name.fullmatch(text.strip(" :"))
        if organ and text.rstrip().endswith(":"):
            return _Frame(_printed(organ.group(), self.meeting))
        bare = passage is not None and passage.opens_list and passage.zone in _LISTED and len(text.split()) <= 12
        if not found and (bare or text.strip().lower() == "att"):
            return _Frame(self.meeting.organ)
        if re.search(r"\bi uppdrag(?: att)?:?\s*$", text) and not (passage and passage.marker) and found:
            return _Frame(self.meeting.organ, "assigned", found[-1].rule.id)
        return None

    def _opened(self, text: str, openers: Sequence[Cue]) -> _Frame:
        """The frame of `X beslutar att`, `X föreslår Y besluta att`, `Beslut:`."""
        first = openers[0]
        upward = any(c.rule.get("form") == "upward" for c in openers)
        if first.rule.get("form") == "label":
            blocked = _PROPOSES.search(text[: first.start])
            return _Frame(self.meeting.organ, None, first.rule.id, not blocked)
        subject = _subject(text, first.start, first.end, self.meeting.organ)
        if subject is None:
            passive = text[first.start : first.end].lower().endswith("s") or not text[: first.start].strip()
            return _Frame(self.meeting.organ, None, first.rule.id, passive and not upward)
        own = _is_own(subject.name, self.meeting) and (subject.inverted or _free(subject.before, True))
        retold = _retold(text, first, subject.before, self.meeting, "past" if _is_past(text, first) else "present")
        return _Frame(
            _printed(subject.name, self.meeting), "proposed" if upward else None, first.rule.id, own and not retold
        )

    # -- in running text

    def open(self, passages: Sequence[Passage], alone: bool) -> None:
        """A run of passages in which a sentence must say itself that it is a decision."""
        frame = open_end = None
        quoted = quoting = False
        for passage in passages:
            quoted = bool(quoting)
            if passage.lead is None or passage.opens_list:
                frame = None
            text = passage.text.string
            cues = self.find(text)
            lead = self._spoken_lead(passage, cues, alone) if passage.opens_list else None
            quoting = _QUOTES_PROPOSAL.search(text) and text.rstrip().endswith(":")
            if lead is not None or (passage.opens_list and _PROPOSES.search(text)):
                frame = lead or _Frame(None, decided=False)
            elif quoted and frame is None:
                frame = _Frame(None, decided=False)
            elif _JOINS.match(text) and open_end is not None:
                frame = open_end
            rows = len(self.rows)
            if lead is None and frame is not None and not passage.opens_list:
                self._listed_unit(passage.text, passage, frame, cues)
            elif lead is None and any(not cue.rule.pseudo for cue in cues):
                self._paragraph(passage, cues, alone)
            open_end = self._open_end(text, cues, open_end) if len(self.rows) > rows else None

    def _spoken_lead(self, passage: Passage, cues: Sequence[Cue], alone: bool) -> _Frame | None:
        """A lead-in in running text: it must itself say that something is decided."""
        lead = self._lead(passage.text.string, cues, passage)
        if lead is None or lead.rule is None:
            return None
        case = _Case(passage.text.string, list(cues), self.meeting, passage.zone, alone)
        return None if lead.outcome == "assigned" and _deciding(case) is None else lead

    def _paragraph(self, passage: Passage, cues: Sequence[Cue], alone: bool) -> None:
        if self._labelled(passage, cues) or self._inline(passage, cues):
            return
        for start, end in boundaries(passage.text.string):
            own = [Cue(c.start - start, c.end - start, c.rule) for c in cues if start <= c.start and c.end <= end]
            if own:
                self._sentence(passage.text[start:end], passage, own, alone)

    def _labelled(self, passage: Passage, cues: Sequence[Cue]) -> bool:
        """`Beslut: …` at the start of a paragraph makes all of it a decision."""
        label = next((c for c in cues if c.rule.get("form") == "label"), None)
        if label is None:
            return False
        before = passage.text.string[: label.start].strip(" -–•")
        if before and not re.fullmatch(r"(?:[\w-]+ ){0,3}[\w-]+s", before):
            return False
        if _PROPOSES.search(before):
            return True
        self._listed_unit(passage.text, passage, None, cues)
        return True

    def _inline(self, passage: Passage, cues: Sequence[Cue]) -> bool:
        """`X fattade följande beslut: 1. … 2. …` in one paragraph."""
        points = _numbered(passage.text.string)
        first = _NUMBER.search(passage.text.string)
        if not points or not first or not first.start():
            return False
        lead = self._lead(passage.text.string[: first.start()], None, None)
        if lead is None:
            return False
        self._listed_unit(passage.text, passage, lead, cues)
        return True

    def _sentence(self, sentence: Text, passage: Passage, cues: list[Cue], alone: bool) -> None:
        if at := _stuck_heading(sentence.string, cues, self.meeting.organ):
            sentence, cues = sentence[at:], [Cue(c.start - at, c.end - at, c.rule) for c in cues if c.start >= at]
        case = _Case(sentence.string, cues, self.meeting, passage.zone, alone)
        decided = _deciding(case)
        if decided is None:
            if (cue := _doubtful(case)) is not None:
                self._doubt(sentence, passage, cue)
            return
        cue, organ = decided
        for part in self._sentence_parts(sentence, cue, cues):
            outcome, main = self._reads(part.string, cue, cues)
            self.row(part, passage, outcome, organ, (main or cue).rule.id)

    def _sentence_parts(self, sentence: Text, cue: Cue, cues: Sequence[Cue]) -> list[Text]:
        """The points of a sentence that decides: those of `X beslutar att …, att …`; a proposal without its lead-in."""
        form = cue.rule.get("form")
        if form == "opener":
            return [part for part, _ in self._parts(sentence, cues, None)]
        inline = self._inline_lead(sentence.string) if form == "upward" else None
        return [sentence[inline[0] :] if inline else sentence]

    def _reads(self, text: str, cue: Cue, cues: Sequence[Cue]) -> tuple[Outcome, Cue | None]:
        """The outcome of a sentence whose deciding cue is known."""
        if cue.rule.get("form") == "opener":
            return _outcome(text, self.find(text))
        outcome: Outcome = "rejected" if _negated(text, cue) else cue.rule.get("outcome")  # type: ignore[assignment]
        stronger = _stronger(text, cue, [c for c in _meant(cues) if c.rule.get("outcome")])
        return (outcome, cue) if stronger is cue else (stronger.rule.get("outcome"), stronger)  # type: ignore[return-value]

    def _doubt(self, sentence: Text, passage: Passage, cue: Cue) -> None:
        self.doubts.append(
            Doubt(
                evidence=Evidence(quote=sentence, rule=cue.rule.id),
                kind="decisions",
                cue=sentence.string[cue.start : cue.end],
                message="Det framgår inte säkert vem som beslutar; ingen rad gjordes.",
                section=passage.section,
            )
        )


def _stuck_heading(text: str, cues: Sequence[Cue], organ: str | None) -> int:
    """Where the sentence starts when a heading without a full stop stands in front of it; else 0."""
    at = text.find(organ) if organ else -1
    before = text[:at]
    if at < 1 or len(before.split()) > 8 or not before[0].isupper() or re.search(r"[,;:–-]\s*$", before):
        return 0
    if _BOUND.search(before) or _PREPOSITION.search(before) or any(cue.start < at for cue in cues):
        return 0
    return at if any(cue.start == at + len(organ or "") + 1 and cue.rule.get("form") == "opener" for cue in cues) else 0


def _genitives(heading: str) -> Iterator[re.Match[str]]:
    """The organs of a heading, its genitives read as names (`Socialnämndens` → `Socialnämnden`)."""
    plain = re.sub(r"(?<=[nett])s\b", "", heading)
    plain = re.sub(r"(?<=fullmäktige)s\b", "", plain)
    return _words().name.finditer(plain)


def _proposes_up(heading: str, organ: str) -> bool:
    """Whether `X:s förslag till beslut i Y` is a proposal by the organ that met to another one."""
    by, _, to = heading.partition("örslag")
    proposers = [m.group() for m in _genitives(by)]
    targets = [m.group() for m in _genitives(to or heading)]
    if any(not _same_organ(name, organ) for name in proposers if to):
        return False
    return not any(_same_organ(name, organ) for name in targets)


def find_decisions(
    meeting: Meeting, passages: Sequence[Passage], cues: CueFinder
) -> tuple[list[Decision], list[Doubt]]:
    """The decision points of a document in their order, and the places where a cue could not be read safely."""
    reader = _Reader(meeting, cues, [], [], {})
    if meeting.kind == "kallelse":
        return reader.rows, reader.doubts
    ruled = {p.section for p in passages if p.zone is Zone.DECISION}
    runs = [list(run) for _, run in groupby(passages, key=lambda p: (p.zone, p.section, p.heading))]
    for at, run in enumerate(runs):
        zone, section = run[0].zone, run[0].section
        if zone in _LISTED and not (zone is Zone.PROPOSED and _is_dealt_with(runs[at + 1 :], section)):
            reader.listed(run)
        elif zone in _OPEN and not (zone is Zone.BODY and section in ruled):
            reader.open(run, alone=section not in ruled)
    return reader.rows, reader.doubts


def _is_dealt_with(after: Sequence[Sequence[Passage]], section: int | None) -> bool:
    """Whether a proposal is discussed and then decided in the same section: then it is only quoted."""
    zones = [run[0].zone for run in after if run[0].section == section]
    dealt = [at for at, zone in enumerate(zones) if zone in (Zone.MOTION, Zone.PROCEDURE)]
    return bool(dealt) and Zone.DECISION in zones[dealt[0] :]
