"""A second reading of a sentence about money, by grammar instead of by cue: who pays for what, and how long.

It is asked only where no cue has been read, and only what is said as settled is taken. `plain` gives the clauses
without what is inserted; a clause then has one of a few shapes: somebody pays for something, something has money,
money lasts, something is prolonged, or a name with money and a day beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from protoparse.amounts import MAY_HOLD_AMOUNT
from protoparse.money.clauses import Sentence
from protoparse.money.courses import applied, beside, goes_on, moved, prolonged
from protoparse.money.days import coming, day_before, end_of
from protoparse.money.forms import APPLIED, NEAR, STRONG, Claim, Forms
from protoparse.money.holdings import closes, ends, has, lasts, secured, steady
from protoparse.money.payers import borne, ceases, cost, given, held, paid
from protoparse.money.periods import Fields
from protoparse.money.phrases import project_name, tidy
from protoparse.money.plain import ANY_DAY, DAY, FROM, PERIOD, UNTIL, Plain, plain_clauses
from protoparse.money.words import Words


def read_claims(sentence: Sentence) -> Iterator[Fields]:
    """The statements of a sentence that no cue has read; none where it is asked, wished, denied or something else."""
    words = sentence.words
    for plain in plain_clauses(sentence):
        time = _time(plain, sentence)
        if _UNSETTLED.search(plain.text) or (words.not_claim.search(plain.text) and not _APPLIED.match(plain.text)):
            continue
        if time and time["start"] and _NO_PERIOD.search(plain.text):
            continue  # when it is paid out is not how long it lasts
        claim = _claim(plain, words) if time else None
        if time and claim and _fits(claim, words, sentence):
            kind = {"agreement": "agreement_until", "project": "project_until"}.get(claim.kind, time["kind"])
            sure = {"certainty": "conditional"} if claim.sure == APPLIED else {}
            yield time | sure | {"kind": kind, "subject": claim.subject, "source": claim.source}


_APPLIED = re.compile(r"(?:En\s)?ansökan\s(?:till|om)\s", re.IGNORECASE)


_UNSETTLED = re.compile(
    r"\b(?:inte|ej|aldrig|ing(?:en|et|a)|varken|utan|saknas?|bör|borde|skulle|vill|ville|önska\w*|hoppas|yrka\w*|begär\w*|"
    r"hur|huruvida|frågan om|frågan är|utred\w*|undersök\w*|pröva\w*|diskuter\w*|behöver|behov\w*|behövs|målet|"
    r"ambition\w*|planera\w*|tanken|överväg\w*|avsla\w*|avslå\w*|avslog\w*|avser att|möjlighet\w*|kanske|eventuell\w*|"
    r"vädja\w*|uppdrag att)\b",
    re.IGNORECASE,
)


_NO_PERIOD = re.compile(r"\b(?:betalas ut|utgår|lämnas)\b|\bbudget", re.IGNORECASE)


def read_heading(sentence: Sentence) -> Fields | None:
    """What a heading says beside its name: "Lotsen (finansierad t.o.m. juni 2027)", "Lotsen – medel till maj"."""
    words = sentence.words
    plain = next(plain_clauses(sentence), None)
    when = plain and plain.day(UNTIL)
    if plain is None or when is None or _UNSETTLED.search(plain.text) or words.not_claim.search(plain.text):
        return None
    label, rest = _labelled(_bare(_GONE.sub(" ", plain.text)))
    claim = beside(Forms.of(words), rest)
    what = claim and (claim.subject or label)
    if not claim or not what or not _fits(claim._replace(subject=what), words, sentence):
        return None
    time = {"kind": "funded_until", "start": None, "end": end_of(when), "when": when}
    return time | {"subject": what, "source": claim.source}


def _time(plain: Plain, sentence: Sentence) -> Fields | None:
    """When a claim ends: a last day, a period, or "tills vidare"."""
    if when := plain.day(UNTIL):
        when = coming(when, sentence.today)
        return {"kind": "funded_until", "start": None, "end": end_of(when), "when": when}
    if when := plain.day(PERIOD):
        return {"kind": "budget_period", "start": when.first, "end": when.last, "when": when}
    if sentence.condition and sentence.condition.certainty == "open_ended":
        return {"kind": "funded_until", "start": None, "end": None, "when": None}
    if (when := plain.day(FROM)) and not plain.day(DAY):
        return {"kind": "funded_until", "start": None, "end": day_before(when), "when": when}
    if when := plain.day(DAY):
        return {"kind": "funded_until", "start": None, "end": end_of(coming(when, sentence.today)), "when": when}
    return None


_GONE = re.compile(rf"{UNTIL}|(?:\b(?:under|för|i|åren?|hela|perioden|tiden)\s+)*{PERIOD}", re.IGNORECASE)
_STOP = re.compile(ANY_DAY)
_AT_DAY = re.compile(rf"(?:\b(?:vid|i|under|den|från)\s+)*{ANY_DAY}", re.IGNORECASE)


def _claim(plain: Plain, words: Words) -> Claim | None:
    """The first shape that a clause has; the name before a colon or dash stands for what it leaves out."""
    forms = Forms.of(words)
    if not (plain.day(UNTIL) or plain.day(PERIOD) or not plain.day(ANY_DAY)):
        return _shaped(_AT_AN_END, forms, _labelled(_bare(_AT_DAY.sub(" ", plain.text)))[1])
    text = _bare(_STOP.sub("¤", _GONE.sub(" ", plain.text)))
    label, rest = _labelled(text)
    if label and words.about_only.fullmatch(label) and forms.pays(rest):
        return Claim("", rest)
    return _shaped(_LASTING, forms, rest) or (_shaped(_LASTING, forms, text) if label else None)


Shape = Callable[[Forms, str], Claim | None]
_AT_AN_END: tuple[Shape, ...] = (ceases, closes, ends)  # with a bare day, or the first day without
_LASTING: tuple[Shape, ...] = (
    applied,
    cost,
    borne,
    lasts,
    prolonged,
    paid,
    given,
    held,
    has,
    steady,
    secured,
    moved,
    ceases,
    closes,
    beside,
    goes_on,
)


def _shaped(shapes: Sequence[Shape], forms: Forms, text: str) -> Claim | None:
    """What the first shape that a clause has says."""
    return next((claim for shape in shapes if (claim := shape(forms, text))), None)


def _bare(text: str) -> str:
    """A clause without who says it and without the gaps that its days have left."""
    return _spoken(re.sub(r"\s+(?=[,\s])", "", _SAID.sub("", text)).strip(" ,.–-"))


# Who decides or tells that something is so is not part of it: "Nämnden beslutar att Lotsen förlängs".
_SAID = re.compile(
    r"\A.*\b(?:beslut\w*|beslöt|meddela\w*|informera\w*|konstatera\w*|notera\w*|berätta\w*|uppge\w*|säger|skriver|"
    r"bekräfta\w*|framgår|enade?s\s+om|överens\s+om|innebär|rapportera\w*|besked\s+om|klart|löfte\s+om|fastslår|fastställer|"
    r"föresl\w+|förslag\w*(?:\s(?:är|om|till))?)\s+(?:\w+\s+)?att\s+"
    r"(?!(?:(?!\w*(?:orna|arna|erna)\b)(?-i:[a-zåäö]+a)|gå|stå|ge)\s)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?P<label>[^:]{2,60}?)(?::|\s[–—-])\s(?P<rest>.*)\Z", re.DOTALL)


def _labelled(text: str) -> tuple[str, str]:
    """What stands before a colon or a dash, and the rest."""
    match = _LABEL.match(text)
    return (match["label"], match["rest"]) if match else ("", text)


_CLEFT = re.compile(r"\A(?:Det|Då) är (?P<who>.+?) som (?=\w+r\b)", re.IGNORECASE)
_PROMISED = re.compile(
    r"\b(?:(?:har|hade)\s+)?(?:nu\s+)?(?:åtagit sig|åtar sig|lovat|lovar|utlovat|garanterat|garanterar|förbundit sig|"
    r"förbinder sig|beslutat|beslutar|beslutade|bestämt|sagt ja till|enats om|enades om|kommit överens om|tagit på sig|"
    r"tar på sig|meddelat|meddelar|bekräftat|bekräftar|kommer|ska|skall)\s+"
    r"(?:(?:om|att|sig|man|de)\s+)*(?:fortsätta\s+(?:att\s+)?)?(?P<verb>\w+a|stå|gå|ge)\b(?!\s+med\s+\d)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\bfortsätter\s+(?:att\s+)?(?P<verb>\w+a|stå|ge)\b", re.IGNORECASE)


def _spoken(text: str) -> str:
    """A clause with one finite verb: "har lovat att betala" is "betalar", "det är X som betalar" "X betalar"."""
    text = _CLEFT.sub(lambda m: f"{m['who']} ", text)
    for pattern in (_GOES_ON, _PROMISED):
        text = pattern.sub(lambda m: _present(m["verb"]), text, count=1)
    return text


_ER = re.compile(r"(?:stödj|förläng|skjut|håll|driv|godkänn|sätt|ställ|ök)a\Z", re.IGNORECASE)


def _present(infinitive: str) -> str:
    """The present tense of an infinitive: betala, betalar; godkänna, godkänner; bära, bär."""
    if infinitive.lower() == "bära":
        return "bär"
    return f"{infinitive[:-1]}er" if _ER.search(infinitive) else f"{infinitive}r"


def _fits(claim: Claim, words: Words, sentence: Sentence) -> bool:
    """Whether what is paid for can be a service, the surer the weaker the words are."""
    what = project_name(tidy(words.genitive.sub("", claim.subject, count=1)))
    if not what:
        return True
    if words.body.fullmatch(what) or words.kind_of(what) in ("money", "agreement") or _NO_THING.match(what):
        return False
    if words.otherwise_permanent.search(_NOUN.sub("", what).split(" ")[0]) or words.verb.search(what):
        return False
    if claim.sure in (STRONG, APPLIED):
        return True
    if claim.sure == NEAR and not _money_told(sentence):
        return False
    if _PERSON.fullmatch(what):
        return words.service.search(what) is not None
    named = what[:1].isupper() and not (sentence.text.startswith(what) and " " not in what and not sentence.money_near)
    return bool(named or words.service.search(what) or words.points_back(what))


def _money_told(sentence: Sentence) -> bool:
    """Whether the sentence, or the one right before it, speaks of money."""
    told = f"{sentence.previous} {sentence.text}"
    return sentence.words.speaks_of_money(told) or MAY_HOLD_AMOUNT.search(told) is not None


_NOUN = re.compile(r"\A(?:(?:den|det|de|en|ett|vår|vårt|våra)\s+)?(?:[a-zåäö]+a\s+)?", re.IGNORECASE)
_NO_THING = re.compile(
    r"(?:\d|den \d|detta\Z|det\Z|de\Z|vi\Z|man\Z|ytterligare|att\b|sin\b|sitt\b|sina\b|¤)", re.IGNORECASE
)
_PERSON = re.compile(r"[A-ZÅÄÖ][a-zåäöé]+ [A-ZÅÄÖ][a-zåäöé]+")
