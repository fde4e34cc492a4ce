"""Statements about money that take two places to say: the end in the heading and the payer in the text below it, the
grant in one sentence and how long it lets something go on in the next."""

from __future__ import annotations

import re
from typing import NamedTuple

from protoparse.money.clauses import Clause, Sentence
from protoparse.money.courses import SEASON
from protoparse.money.days import DateReader, When, coming, days_in, end_of, is_range
from protoparse.money.forms import Forms
from protoparse.money.periods import Fields
from protoparse.money.topics import same_thing, short_for, subject_before_verb
from protoparse.money.words import Words

_NP = r"(?:(?!\s(?:att|som|om|när)\s)[^,;:.()]){2,80}?"


class Headed(NamedTuple):
    """A heading that tells an end beside a name: the name and its time."""

    name: str
    when: When


_BESIDE = re.compile(r"(?:\s*\(|,|\s[–—-])\s*(?:(?:gäller|pågår|löper|beviljad|perioden|projekttid|åren)\s+)?\Z")
_AFTER = re.compile(r"[\s).]*\Z")
_NO_NAME = re.compile(r"\b(?:anmäl|ansök|boka|öppet|öppen|stäng|utställning|sök|insamling)", re.IGNORECASE)


def headed(heading: str, dates: DateReader, words: Words) -> Headed | None:
    """The name and the end of "Lotsen (till och med juni 2027)", "Lotsen – t.o.m. maj 2027" or "Lotsen (2025–2027)"."""
    whens = days_in(heading, dates(heading), 0, ()) if re.search(r"20\d\d", heading) else []
    if len(whens) != 1 or not (whens[0].bound == "until" or is_range(whens[0])):
        return None
    beside = _BESIDE.search(heading, 0, whens[0].start)
    name = heading[: beside.start()].strip() if beside else ""
    if not name or not _AFTER.match(heading, whens[0].end) or _NO_NAME.search(name) or words.body.fullmatch(name):
        return None
    return None if SEASON.search(name.split(" ")[0]) or words.kind_of(name) == "money" else Headed(name, whens[0])


_PAID = r"(?:(?:med|del|sam)?finansieras|bekostas|betalas)"
_PAYS = r"(?:(?:med|del|sam)?finansierar|bekostar|betalar|står\sför|svarar\sför)"
_COST = r"(?:Hela\s)?(?:Kostnaden|Kostnaderna|Driften|Pengarna|Medlen|Finansieringen)"
_MORE = r"(?:(?:,|\s(?:och|men|samt))\s[^.]*)?"
_WHO = rf"(?P<payer>{_NP}(?:\soch\s(?!(?:[a-zåäö]+[rs])\s){_NP})?)"
_BENEATH = tuple(
    re.compile(rf"{pattern}\.?\Z")
    for pattern in (
        rf"(?:(?P<what>{_NP})\s)?(?:(?-i:[Ff]inansieras|[Bb]ekostas|[Bb]etalas)|{_PAID})\sav\s{_WHO}{_MORE}",
        rf"{_WHO}\s{_PAYS}\s(?P<what>{_NP}){_MORE}",
        rf"{_COST}\s(?:delas\s(?:lika\s)?mellan|täcks\sav|bärs\sav|betalas\sav|kommer\sfrån)\s{_WHO}{_MORE}",
        rf"(?:Finansiär|Finansiärer|Finansiering|Betalas\sav|Källa|Medel)(?::|\s[–-])\s{_WHO}{_MORE}",
    )
)
_THE_COST = re.compile(r"(?:hela\s)?(?:kostnaden|kostnaderna|notan|driften|verksamheten|pengarna)\b", re.IGNORECASE)


def beneath(head: Headed, text: str, words: Words) -> Fields | None:
    """What a sentence without a day says under such a heading: who pays for the thing that the heading names."""
    if re.search(r"\d|\b(?:inte|ej|ingen|inga|bör|vill|skulle|sök\w*|ansök\w*)\b", text):
        return None
    match = next(filter(None, (pattern.match(text) for pattern in _BENEATH)), None)
    if match is None or not Forms.of(words).pays(match["payer"]):
        return None
    what = match.groupdict().get("what")
    if what and not (_THE_COST.match(what) or means(what, head.name, words)):
        return None
    period = is_range(head.when)
    return {
        "kind": "budget_period" if period else "funded_until",
        "start": head.when.first if period else None,
        "end": end_of(head.when),
        "when": head.when,
        "subject": head.name,
        "source": match["payer"].strip(),
    }


def means(what: str, name: str, words: Words) -> bool:
    """Whether "verksamheten", "teamet" or the name itself stands for what a heading names."""
    low = what.lower()
    return (
        words.points_back(what)
        or name.lower().startswith(low)
        or same_thing(what, name, words)
        or short_for(what, name, words)
    )


_SO = r"(?:därför|därmed|därigenom|på så sätt|på så vis|tack vare (?:det|detta|pengarna|bidraget|stödet|beslutet))"
_GO_ON = (
    rf"(?:kan\s(?:nu\s)?(?:{_SO}\s)?(?:fortsätta|drivas(?:\svidare)?|pågå|leva\svidare|bedrivas|finnas\skvar|"
    r"hållas\sigång)|fortsätter|drivs\svidare|pågår|lever\svidare|finns\skvar|blir\skvar|förlängs)"
)
_LATER = r"(?:\s(?:nu|fortsätta|drivas|vidare|pågå|leva|finnas|kvar))*\s*\Z"
_FOLLOWS = (
    re.compile(rf"(?P<so>{_SO})\s(?:kan|fortsätter|drivs|förlängs)\s(?P<what>{_NP}){_LATER}", re.IGNORECASE),
    re.compile(rf"(?P<what>{_NP})\s{_GO_ON}(?:\s(?:nu|vidare|{_SO}))*\s*\Z", re.IGNORECASE),
)
_THEREFORE = re.compile(rf"\b{_SO}\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:den|det|de|verksamheten|arbetet|insatsen|projektet|satsningen)\b", re.IGNORECASE)
_GAVE = re.compile(
    r"\b(?:beviljat|beviljar|beviljade|skjuter till|skjutit till|sköt till|går in med|gått in med|gick in med|"
    r"bidrar med|har fått|fick|får|har beviljats|beviljas|tilldelas|tilldelats|har gett|ger|gav|avsatt|avsätter|"
    r"avsatte|sagt ja till|sa ja till|säger ja till|ställer upp med|anslår|anslagit|tack vare|godkänt)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:inte|ej|ingen|inga|inget|bör|borde|skulle|vill|hoppas|ansökt|söker|avslag|om att få|kanske)\b", re.IGNORECASE
)


def may_follow(text: str) -> bool:
    """Quick: whether a sentence can say how long something goes on, by what the sentence before gave it."""
    low = text.lower()
    return any(word in low for word in ("fortsätt", "drivas", "drivs", "vidare", "pågå", "tar de slut", "finns kvar"))


def read_following(sentence: Sentence) -> Fields | None:
    """What goes on to a day because of what the sentence before gives: "Kustfonden skjuter till 40 000 kronor. Lotsen
    kan därför drivas vidare till och med maj 2027." None where no money is given there."""
    before, words = sentence.previous, sentence.words
    when = next((w for w in sentence.whens if w.bound == "until"), None)
    if not before or when is None or sentence.condition or _OPEN.search(sentence.text) or _OPEN.search(before):
        return None
    if not _GAVE.search(before) or not (words.money.search(before) or re.search(r"\d\s(?:kr|tkr|mnkr|mil)", before)):
        return None
    said = sentence.text[: when.start].rstrip()
    match = next(filter(None, (pattern.match(said) for pattern in _FOLLOWS)), None)
    if match is None or not (_THEREFORE.search(said) or _PRONOUN.match(match["what"])):
        return None
    when = coming(when, sentence.today)
    what = _THEREFORE.sub("", match["what"]).strip()
    to, payer = _given(before, words)
    subject = to if to and _stands_for(what, to, words) else what
    return {
        "kind": "funded_until",
        "start": None,
        "end": end_of(when),
        "when": when,
        "subject": subject,
        "source": payer,
    }


def _stands_for(what: str, to: str, words: Words) -> bool:
    """Whether "den", "arbetet" or "teamet" is what has been given the money."""
    return bool(_PRONOUN.match(what) or short_for(what, to, words) or words.service_bare.fullmatch(what.lower()))


_FROM = re.compile(r"\b(?:från|av)\s(?P<payer>(?:[A-ZÅÄÖ][\wåäö-]*)(?:\s[A-ZÅÄÖ][\wåäö-]*|\s(?:kommun|fonden))*)")
_WHOM = re.compile(
    rf"\A\s(?:(?P<whom>[A-ZÅÄÖ]{_NP})\s)?(?:ett\s|nya\s|ytterligare\s|sammanlagt\s)*(?:\d|\w*(?:medel|bidrag|pengar|stöd)\b)"
)


def _given(before: str, words: Words) -> tuple[str, str | None]:
    """Who has been given money by a sentence, and who gave it."""
    gave = _GAVE.search(before)
    if gave is None:
        return "", None
    first = re.sub(r"\s+(?:har|nu|också)\Z", "", before[: gave.start()].strip())
    if (source := _FROM.search(before, gave.end())) is not None:
        return (first if not re.match(r"tack vare", gave.group(), re.IGNORECASE) else ""), source["payer"]
    whom = _WHOM.match(before[gave.end() :])
    return (whom["whom"] or "" if whom else ""), first if first and Forms.of(words).pays(first) else None


_THEY_END = re.compile(
    r"\A(?:(?:Sedan|Då)\s)?(?:Den\s|Vid\s|I\s)?.{4,40}?\s(?:tar|är)\sde\sslut\b|\ADe\s(?:tar\sslut|räcker|upphör)\b"
)
_LAST_DAY = re.compile(r"\b[Ss]ista\sdagen\smed\s(?P<money>[\w-]+)\s(?:är|blir|infaller)\b")


def read_their_end(sentence: Sentence) -> Fields | None:
    """ "Pengarna räcker ett tag till. Den 30 september tar de slut.", "Sista dagen med pengar är den 30 september"."""
    last, words = _LAST_DAY.search(sentence.text), sentence.words
    they = _THEY_END.match(sentence.text) and _THEIR.match(sentence.previous)
    money = last and words.money.fullmatch(last["money"])
    if not (they or money) or len(sentence.whens) != 1 or sentence.condition or _OPEN.search(sentence.text):
        return None
    when = coming(sentence.whens[0], sentence.today)
    source = _FROM.search(sentence.previous) if _THEIR.match(sentence.previous) else None
    pays = source["payer"] if source else None
    return {"kind": "funded_until", "start": None, "end": end_of(when), "when": when, "subject": "", "source": pays}


_THEIR = re.compile(r"(?:Pengarna|Medlen|Bidragen|Anslagen|Projektmedlen|Statsbidraget|Bidraget)\b")


def shared_subject(clause: Clause) -> str:
    """The subject that a clause after "och" shares with the one before it: "Bokstart" of "Bokstart pågår i alla byar
    och ingår i ordinarie verksamhet". Empty where that is a word that points back, money or somebody who says it."""
    text, words = clause.text, clause.words
    before = text[: clause.cue.start]
    at = _AT.match(before)
    if at and not words.body.search(at["name"]) and not words.funder.search(at["name"]):
        return at["name"]
    link = _AND.search(before)
    if link is None or re.search(r"[:;]|\b(?:att|som)\s", before[: link.start()]):
        return ""
    subject = subject_before_verb(text, words)
    first = subject.split(" ")[0]
    if (
        not subject
        or len(subject) >= link.start()
        or first.lower() in words.no_subject
        or words.before_cue.fullmatch(subject)
    ):
        return ""
    if words.points_back(subject) or words.kind_of(subject) in ("money", "agreement") or words.body.search(subject):
        return ""
    return subject


_AT = re.compile(r"Hos (?P<name>[A-ZÅÄÖ][\wåäö-]+(?: [A-ZÅÄÖ][\wåäö-]+)*) [^.;:]*, där\b")
_AND = re.compile(r"\s(?:och|samt)\s(?:(?!(?:den|det|de|vi|man)\s)[a-zåäö-]+\s){0,4}\Z")
