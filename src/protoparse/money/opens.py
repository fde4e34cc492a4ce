"""Readings of clauses in which something goes on without an end: made permanent, or taken into what is run anyway."""

from __future__ import annotations

import datetime
import re

from protoparse.money.clauses import Clause
from protoparse.money.days import When, day_before, is_range
from protoparse.money.periods import Fields, nearest, usable
from protoparse.money.phrases import head_of, last_phrase, sentence_subject, tidy
from protoparse.money.running import read_into
from protoparse.money.words import Words

# What is asked, wished, planned or a task, or does not come about.
_NOT_SETTLED = re.compile(
    r"\b(?:om|huruvida|hur|ifall|möjlig\w*|förutsättning\w*|bör|borde|kan|kunna|kunde|skulle|vill|ville|önsk\w*|mål(?:et)?|"
    r"målsättning\w*|avsikt\w*|avser|ambition\w*|syfte\w*|på sikt|yrka\w*|behöver|behov\w*|måste|hoppas|diskuter\w*|"
    r"utred\w*|undersök\w*|pröva\w*|uppdra\w*|verka för|arbeta för|ansök\w*|inte|ej|aldrig|ännu|varken|ing(?:en|et|a)|"
    r"planera\w*|tanken|överväg\w*|ställning till|avvakt\w*|inför|innan|tidigast|eventuell\w*|kanske|troligen)\b",
    re.IGNORECASE,
)
_INTO = re.compile(
    r"\b(?:(?:inordnas|inordnats|införlivas|integreras|implementeras|implementerats|inarbetas|inarbetats|arbetas|läggs|förs|"
    r"tas|lyfts|flyttas|går|gå|övergår|övergå|överförs|överförts|överföras|inryms|ryms|ingår|ingå|ligger|finns|drivs|bedrivs|fortsätter|"
    r"fortsätta|fortgår|finansieras|bekostas|hanteras|sköts|lever)"
    r"|(?:blir|bli|är|blivit|görs)\b(?=[^.;:]*\b(?:en|ett)\s+(?:\w+\s+)?(?:del|inslag|uppgift)\b))"
    r"(?P<between>[^.;:]*?)\b(?:in\s+i|in\s+under|över\s+(?:i|till)|i|inom|till|av|inuti|under|som)\s+"
    r"(?P<whose>(?:[\w-]+\s+){0,5})\Z",
    re.IGNORECASE,
)
_PUT = re.compile(
    r"\b(?:inordna|införliva|integrera|implementera|inarbeta|överföra|föra|lägga|ta)\s+(?:in\s+)?(?P<what>[^¤.;:,]+?)\s+"
    r"(?:in\s+)?(?:i|inom|till)\s+(?P<whose>(?:[\w-]+\s+){0,5})\Z",
    re.IGNORECASE,
)
_COST = re.compile(r"\A(?:(?:kostnad|drift|finansiering|verksamhet)\w*)\s+(?:för|av)\s+", re.IGNORECASE)
_LABEL = re.compile(r"\A\s*(?P<name>[^:¤.;!?]{3,60}):\s")


def read_ordinary(clause: Clause) -> Fields | None:
    """X går in i ordinarie drift; X ryms inom kommunens ordinarie ramar; att inordna X i grunduppdraget."""
    return read_into(clause) or _read_home(clause)


def _read_home(clause: Clause) -> Fields | None:
    before = clause.text[clause.low : clause.cue.start]
    match = _PUT.search(before) or _INTO.search(before)
    if match is None or not _settled(clause):
        return None
    what = match.groupdict().get("what")
    lead = clause.masked[clause.low : clause.low + match.start()]
    subject = tidy(what) if what else _subject(lead, clause) or _after_verb(match["between"], clause)
    whose = tidy(match["whose"] + clause.text[clause.cue.start : clause.cue.end])
    return _endless(clause, subject, None if _WORK.search(whose) else whose)


_WORK = re.compile(r"verksamhet|drift|uppdrag|organisation|arbete|linje", re.IGNORECASE)  # where it is run, no payer


def read_permanent(clause: Clause) -> Fields | None:
    """X permanentas från DATE; att permanenta X; X görs permanent."""
    if not _settled(clause):
        return None
    if made := re.match(
        r"göra?\s+(.+?)\s+permanenta?\Z", clause.text[clause.cue.start : clause.cue.end], re.IGNORECASE
    ):
        return _endless(clause, tidy(made[1]), None, dated=True)
    if re.fullmatch(r"permanentar?|permanentat|har permanentat|permanentade", clause.verb):
        stop = re.search(r"[¤.,;:()]|\b(?:från|som|och|inom|med|genom|i och med|fr)\b", clause.after)
        subject = tidy(clause.after[: stop.start()] if stop else clause.after)
        return _endless(clause, subject, None) if subject else None
    return _endless(clause, _subject(clause.before, clause), None, dated=True)


def _settled(clause: Clause) -> bool:
    """Whether the sentence says it as something that is so, is decided or will be, up to the cue and right after it."""
    asked = _NOT_SETTLED.search(clause.text, clause.low, clause.cue.end)
    low = clause.low and _NOT_SETTLED.search(clause.text[: clause.low].split(",")[-1])
    denied = re.match(r"\s+(?:inte|ej|först om|endast om|bara om)\b", clause.text[clause.cue.end :])
    lead = clause.sentence.lead and _NOT_SETTLED.search(clause.sentence.lead)
    return not (asked or low or denied or lead) and not clause.negated


def _subject(text: str, clause: Clause) -> str:
    """What stands before the verb; a subject that is left out stands at the sentence's start or before its colon."""
    text = re.sub(r",?\s+som\s*\Z", "", text.rstrip())
    found = last_phrase(clause.words.before_cue.sub("", text.rstrip(" ,¤")), clause.words)
    found = found or sentence_subject(clause)  # "Lotsen pågår i tre kommuner och ingår i ordinarie verksamhet"
    if found:
        return found
    label = _LABEL.match(clause.masked)
    return tidy(label["name"]) if label else ""


def _after_verb(between: str, clause: Clause) -> str:
    """The subject of an inverted clause: "Från och med maj går Lotsen in i ordinarie drift"."""
    between = re.sub(r"\b(?:en|ett)\s+(?:\w+\s+)?(?:del|inslag|uppgift)\b", " ", between)
    text = re.sub(r"\b(?:in|över|vidare|därefter|sedan|nu|helt|även|också|därmed|ska|som)\b", " ", between)
    return tidy(text) if re.search(r"\w", text) and not re.search(r"¤|\d|\b(?:från|och med)\b", text) else ""


def _endless(clause: Clause, subject: str, source: str | None, dated: bool = False) -> Fields | None:
    """The statement without an end, from a day on where one is said; None where its time or subject does not fit."""
    words, sentence = clause.words, clause.sentence
    cost, subject = _COST.match(subject), _COST.sub("", subject)
    whens = usable(clause)
    begins = nearest(clause, [w for w in whens if w.bound == "from" and not is_range(w)])
    if not begins and [w for w in whens if not dated or w.bound is not None or is_range(w)]:
        return None  # "blir en del av driften år 2028": a plan, or a sum of that year
    begins = begins or nearest(clause, whens)
    unnamed = not subject or words.points_back(subject) or _BARE_COST.fullmatch(subject)
    if unnamed and not (sentence.around.strip() or sentence.previous):
        return None
    if subject and _is_something_else(subject, words):
        return None
    if not begins and _is_one_cost(clause, subject, cost is not None):
        return None
    return {
        "kind": "funded_until",
        "certainty": "open_ended",
        "start": _first_day(begins),
        "subject": "" if _BARE_COST.fullmatch(subject) else subject,
        "source": source,
        "when": begins,
    }


def _is_one_cost(clause: Clause, subject: str, cost: bool) -> bool:
    """Whether a sum, a cost or a purchase finds room in a budget: no service goes over into it."""
    if not _FINDS_ROOM.search(clause.before):
        return False
    service = clause.words.service.search(subject) is not None
    named = service or subject[:1].isupper()
    return bool(_PURCHASE.match(subject) or (clause.amounts and not service) or (cost and not named))


_FINDS_ROOM = re.compile(r"\b(?:ryms|inryms|finansieras|bekostas|hanteras|täcks)\b", re.IGNORECASE)
_PURCHASE = re.compile(
    r"(?:\w+\s+){0,2}?[\w-]*(?:kostnad|utgift|inköp|köp|anskaffning|upphandling|investering|renovering|reparation|utrustning)"
    r"(?:e[nt]|erna|arna|er|ar|en)?(?:\s|\Z)",
    re.IGNORECASE,
)


def _is_something_else(subject: str, words: Words) -> bool:
    """Whether what goes on is no service: people, a street, a rule, an organ."""
    if words.classes["project"].search(subject):
        return False
    head = (head_of(subject).split() or [subject])[-1]
    return bool(words.otherwise_permanent.search(head) or words.body.fullmatch(head) or _PRONOUN.fullmatch(head))


_PRONOUN = re.compile(r"vi|man|de|ni|hon|han|jag", re.IGNORECASE)
_BARE_COST = re.compile(r"(?:kostnaden|kostnaderna|driften|finansieringen)?", re.IGNORECASE)


def _first_day(when: When | None) -> datetime.date | None:
    if when is None:
        return None
    return (
        day_before(when) + datetime.timedelta(1)
        if when.word.startswith("efter") or "skifte" in when.text
        else when.first
    )
