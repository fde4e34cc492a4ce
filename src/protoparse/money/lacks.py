"""Readings of clauses that leave open how something is paid for after a day: undecided, nobody found, nothing kept."""

from __future__ import annotations

import datetime
import re

from protoparse.money.clauses import Clause
from protoparse.money.days import When, day_before, end_of, is_range
from protoparse.money.periods import Fields, nearest, usable
from protoparse.money.phrases import complement_of, cut_at, last_phrase, tidy
from protoparse.money.running import read_lack

_GOES_ON = re.compile(
    r"\b(?:fortsättning\w*|fortsatt (?:drift|verksamhet|finansiering|stöd|medfinansiering)|"
    r"framtid(?:en)?|fortlevnad\w*|"
    r"vad som händer|vad som sker|hur det blir|hur det går|[\w-]*huvudman\w*)\b",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\b[\w-]*finansiär\w*|\b(?:betala|bekosta|finansiera|driva)[sr]?\b|\bstår för (?:kostnad|notan)\w*|"
    r"\b(?:kostnaden|kostnaderna|notan)\b",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"saknas|saknar|budgeter|avsatt|avsätt|reserver|beslut|klar|säkra|\bfinns\b|\bfanns\b|undan|anslag|öronmärk|"
    r"utlov|hitta|bevilja|anvisa|tillgäng|lös|bestäm|avgjor|oviss|osäker|ordna|tryggad|gar[ao]nter|vet ingen|ingen vet",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:därefter|efter det(?:ta)?|sedan|efter denna tid|efter den (?:dagen|tiden)|då|vidare|längre|"
    r"tiden efter|projektets? slut|projektslut\w*|projekttidens slut)\b|\brest(?:en|erande (?:del|tid))\b|"
    r"\bfortsättning\w*|\bfortsatt\b|"
    r"\b(?:annan|annat|ny|nytt|nya)\s+(?:med)?(?:finansi\w+|huvudman|pengar|medel|lösning)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:upphandling\w*|bygg\w*|detaljplan\w*|rekrytering\w*|bemanning\w*|personal\w*|lokal\w*|tomt\w*|chef\w*|"
    r"anställning\w*|förordnande\w*|tidplan\w*|mark\w*|linjedragning\w*|sändning\w*|mötestid\w*)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\brest(?:en|erande (?:del|tid(?:en)?)) (?:av|utav|under)\s+(?:år(?:et)?\s+)?\Z|\bresten av\s+\Z", re.I
)


def read_open_question(clause: Clause) -> Fields | None:
    """Hur X ska betalas efter DATE är olöst; inga medel har budgeterats för 2027; fortsättningen är inte beslutad."""
    fields = read_lack(clause) or _read_open(clause)
    if fields and not fields.get("subject") and (opening := _FOR.match(clause.text)):
        fields["subject"] = tidy(opening["what"])
    return fields


_FOR = re.compile(r"\s*För\s+(?P<what>[A-ZÅÄÖ][^,;:.\d]{2,50}?)\s+(?:finns|har|är|saknas)\b")


def _read_open(clause: Clause) -> Fields | None:
    said, money = clause.said, clause.money
    pays, goes_on = _PAYS.search(said), _GOES_ON.search(said)
    near = clause.sentence.money_near or clause.sentence.ended is not None
    if _OTHER.search(said) or not (money or pays or (goes_on and (near or _after(clause)))) or not _FOUND.search(said):
        return None
    when, end = _last_day(clause)
    if end is None:
        return None
    source = None
    return {"kind": "funded_until", "end": end, "when": when, "subject": _subject(clause), "source": source}


def _after(clause: Clause) -> bool:
    """Whether a named thing's future after a day is in question: "Lotsarnas fortsättning efter den 31 maj"."""
    named = re.search(r"[A-ZÅÄÖ][\w-]+s\s+(?:fortsättning|framtid|fortlevnad)", clause.said)
    return bool(named) and any(when.word.startswith("efter") for when in clause.whens)


_NEAR = datetime.timedelta(62)  # "hösten" begins in July; the money of the spring ends in May


def _last_day(clause: Clause) -> tuple[When | None, datetime.date | None]:
    """The last day with money: before a day or a period to come, else the end told of just before."""
    told = [w for w in clause.sentence.whens if w.end <= clause.low and w.bound != "from" and not is_range(w)]
    ended = end_of(told[-1]) if told else clause.sentence.ended
    today = clause.sentence.today
    whens = usable(clause)
    opened = nearest(clause, [w for w in whens if w.bound == "from" and w.word != "sedan" and not is_range(w)])
    if opened:
        return opened, day_before(opened)
    period = nearest(clause, [w for w in whens if w.bound is None and (is_range(w) or w.precision != "day")])
    if period is None:
        return None, ended if not whens and _THEN.search(clause.said) else None
    if _REST.search(clause.text[: period.start]):
        return period, ended if ended and period.first <= ended < period.last else None
    if ended and period.first - _NEAR <= ended <= period.last:
        return period, ended
    coming = today is None or period.first > today
    return period, period.first - datetime.timedelta(1) if coming else None


_ASKED = re.compile(
    r"\b(?:hur|om|vem som)\s+(?P<what>[^¤,;:]+?)\s+(?:(?:ska|skall|kan|kommer att)\s+)?"
    r"(?:betalas|bekostas|finansieras|drivas|fortsätta|få fortsatt\w*|klaras)\b|"
    r"\bvem som (?:(?:ska|kan|kommer att)\s+)?(?:betala|betalar|bekosta|bekostar|finansiera|finansierar|driva|driver)"
    r"\s+(?P<paid>[^¤,;:]+?)\s*(?=¤|,|;|\b(?:därefter|sedan|är|när|efter)\b)",
    re.IGNORECASE,
)
_SET_ASIDE = re.compile(
    r"\A\s*(?:är|finns|fanns|har)?\s*(?:ännu\s+)?(?:av|bud|res|be|an|sä|öron)\w+(?=\s+(?:till|för)\b)", re.I
)
_FINANCIER = re.compile(r"\b[\w-]*finansiär\w*", re.IGNORECASE)
_TAIL = re.compile(r"[¤,;.]|\b(?:är|var|har|finns|saknas|efter|från|ännu|inte|fortfarande|när|som|under)\b", re.I)


def _subject(clause: Clause) -> str:
    said = clause.masked[clause.low : clause.high]
    if asked := _ASKED.search(said):
        return tidy(asked["what"] or asked["paid"] or "")
    named = _GOES_ON.search(said) or clause.words.money.search(said) or _FINANCIER.search(said)
    if named:
        whose = re.search(r"([\w-]{4,})s\s+\Z", said[: named.start()])
        rest = _SET_ASIDE.sub("", said[named.end() :])
        told = re.sub(r"\s+(?:för|under|till)\Z", "", complement_of(cut_at(rest, _TAIL)))
        return told or (whose[1] if whose else "")
    if clause.verb.startswith(("står utan", "är utan", "saknar")):
        return last_phrase(clause.before, clause.words)
    return ""
