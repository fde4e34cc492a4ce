"""Noun phrases around a cue: the subject, the object, and where money comes from."""

from __future__ import annotations

import re

from protoparse.dates import MONTHS
from protoparse.money.clauses import GAP, Clause
from protoparse.money.words import Words

AND = re.compile(r"\b(?:och|samt|men|utan)\b", re.IGNORECASE)
_OPENING = re.compile(
    r".*(?:\b(?:att|men|medan|eftersom|när|där|varav|vilket|vilken|vilka|då)\b|[;:¤!?(“”\"])\s*",
    re.IGNORECASE | re.DOTALL,
)
_ADJUNCT = re.compile(
    r"\s*(?:av|för|under|från|till|efter|i|på|vid|inför|enligt|genom|via|med|utifrån|utöver|inom)\b", re.IGNORECASE
)
STOP = re.compile(
    r"[¤;:,()!?]|\.(?=\s|\Z)|\s[–-]\s|\b(?:genom|via|med|av|från|inom|till|för|under|ur|som|att|så|om|utan|"
    r"enligt|endast|fram|tills|"
    r"tom|senast|medan|men|samt|därefter|varav|vilket|inte|ej|ska|har|är|redan|när|där|efter|sedan|i form|"
    r"och därefter)\b",
    re.IGNORECASE,
)
SOURCE_STOP = re.compile(
    r"[¤;,()!?]|:(?!\d)|\.(?=\s|\Z)|\b(?:till|för|under|som|att|så|om|utan|enligt|endast|fram|tills|senast|medan|"
    r"men|samt|därefter|varav|"
    r"vilket|kopplade|kopplat|kopplad|ska|har|är|när|efter|sedan|från|med|genom|via|ur|av|totalt|år|per|"
    r"motsvarande|beviljas|"
    r"beviljats|avsätts|i samband|i och)\b",
    re.IGNORECASE,
)
_COMPLEMENT = re.compile(r"\b(?:till|för|av|om|kring|avseende|gällande)\s+", re.IGNORECASE)
_HEAD_END = re.compile(
    r"\b(?:till|för|av|om|från|i|på|kring|mellan|med|avseende|gällande|som|hos|vid|enligt|inom)\b", re.IGNORECASE
)
_SOURCE = re.compile(
    r"\b(?P<how>genom|via|med hjälp av|med stöd av|med medel från|medel från|bidrag från|stöd från|"
    r"stödet från|inom ramen för|"
    r"från och med|från|med|av|inom|ur|i)\s+",
    re.IGNORECASE,
)


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(GAP, " ")).strip(' ,;:.–-"”“(')


def cut_at(text: str, stop: re.Pattern[str]) -> str:
    match = stop.search(text)
    return text[: match.start()] if match else text


_INSERTED = re.compile(r",\s+(?:som|vilken|vilket|vilka|där)\s[^,]*,\s*\Z", re.IGNORECASE)  # "Avtalet, som …, gäller"


_DESCRIBED = re.compile(
    r"(?P<name>.*\w)\s+(?:är|var|blir)\s+(?:ett|en)\s+(?:[\w-]+\s+){0,3}[\w-]*(?:projekt|insats|satsning|verksamhet|tjänst|försök|pilot)"
    r"(?:\s+(?:på|med|för|i|inom|om|under|mot|mellan|tillsammans)\s[^.;:]*)?",
    re.IGNORECASE | re.DOTALL,
)


def phrase_before(clause: Clause) -> str:
    """The noun phrase that stands before the cue as its subject; empty when there is none."""
    before = clause.before
    if clause.low and re.match(
        r"[\s,]*som(?:\s+\w+)?\s*\Z", before
    ):  # the clause is a relative one: "avtalet, som gäller"
        before = clause.masked[: clause.cue.start]
    text = _INSERTED.sub("", before).rstrip(" ¤,")
    if re.match(r"\s*Som\s", text):  # "Som vi har berättat finansieras …": the subject follows
        return ""
    relative = re.search(r",?\s+som(?:\s+(?:i dag|idag|nu|även|också|ska|har|är))?\Z", text)
    if relative:
        text = text[: relative.start()]
        if described := _DESCRIBED.fullmatch(text.rstrip(" ¤,")):  # "Lotsen är ett treårigt projekt, 2024–2026, som …"
            return last_phrase(described["name"], clause.words)
        near = re.sub(r".*\b(?:genom|via|med|av|på)\s", "", text)
        text = near if clause.words.kind_of(head_of(near)) else text
    text = clause.words.before_cue.sub("", text).rstrip(" ,¤")
    if AND.search(text) and re.search(r"\b(?:och|samt|men|utan)\Z", text):
        return ""
    return last_phrase(text, clause.words)


_BRACKET = re.compile(r"(?<=\w)\s+\([^()]*\)")  # "Stöd i hemmet (SIH)": the name goes on over it


def last_phrase(text: str, words: Words) -> str:
    """The noun phrase at the end of a stretch: after the last conjunction or finite verb in it."""
    text = re.sub(r"\A\s*de[tn]?\s+som\b.*?\b(?:är|var|blir)\s+", "", text, flags=re.IGNORECASE)  # a cleft
    text = _BRACKET.sub("", text)
    text = _OPENING.sub("", text, count=1)
    named = re.search(r"\ssom\s", text)
    if named and words.verb.search(text, named.end()):
        text = text[: named.start()]
    verbs = list(words.verb.finditer(text))
    if verbs and text[verbs[-1].end() :].strip():
        text = text[verbs[-1].end() :]
        if AND.search(text):
            text = AND.split(text)[-1]
    elif verbs:
        text = text[: verbs[-1].start()]
    text = text[clause_start.end() :] if (clause_start := words.after_cue.match(text)) else text
    if "," in text and not re.search(r",[^,]*\boch\b", text):
        text = text.rsplit(",", 1)[-1]
    text = re.sub(r"\A\s*(?:över|upp)\s+(?=[A-ZÅÄÖ])", "", text)  # "tar över Lotsen"
    return "" if _ADJUNCT.match(text) else tidy(text)


def phrase_after(clause: Clause) -> str:
    """The noun phrase right after the cue: the object, or the subject of an inverted clause."""
    text = clause.after
    skip = clause.words.after_cue.match(text)
    text = text[skip.end() :] if skip else text
    phrase = cut_at(text, STOP)
    if clause.words.audience.match(text, len(phrase.rstrip())):  # "chattstöd för unga" is one name
        phrase = text[: len(phrase) + 4] + cut_at(text[len(phrase) + 4 :], STOP)
    return tidy(phrase)


def sentence_subject(clause: Clause) -> str:
    """What the sentence opens with, up to its first finite verb: the subject that a later clause leaves out."""
    text = clause.masked[: clause.cue.start]
    verb = clause.words.verb.search(text)
    if not verb or verb.start() == 0:
        return ""
    head = text[: verb.start()]
    if _ADJUNCT.match(head) or GAP in head.strip():
        return ""
    if " att " in head and clause.words.kind_of(head_of(head)):  # "avtalet om att låna huset är uppsagt men gäller"
        return tidy(head)
    return last_phrase(head.split(",")[0], clause.words)


def subject_of(clause: Clause) -> str:
    before = phrase_before(clause)
    if before:
        return before
    ellipsis = re.search(
        r"\b(?:och|samt|men|utan)[\s,]*\Z", clause.words.before_cue.sub("", clause.before.rstrip(" ,¤"))
    )
    if not ellipsis and clause.low == 0 and (after := phrase_after(clause)):
        return after
    return sentence_subject(clause) or ("" if ellipsis else phrase_after(clause))


_NO_SOURCE = re.compile(
    r"(?:start|anledning|möjlighet|förbehåll|hänsyn|stöd|syfte|hjälp|samma|cirka|ca|minst|högst|totalt|"
    r"sammanlagt|en|ett|att|"
    rf"(?:{'|'.join(MONTHS)})|\d)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(r"\b(?:ram|ramen|budget|budgeten|budgetram|anslag|anslaget|medel)\b", re.IGNORECASE)


def source_in(text: str, words: Words, agents: bool = True) -> str | None:
    """Where the money comes from in a stretch of text: after genom, via, med, av, från, ur, inom or i."""
    for match in _SOURCE.finditer(text):
        how, phrase = match["how"].lower(), tidy(cut_at(text[match.end() :], SOURCE_STOP))
        phrase = re.sub(r"\s+och\s+\w+(?:s|ar|er|ade)\b.*", "", phrase) if words.verb.search(phrase) else phrase
        phrase = re.sub(r"\s+(?:och|samt)\Z", "", phrase)
        if phrase.lower() in ("medel", "bidrag", "stöd", "pengar") and " från " in text[match.end() :]:
            continue
        if not phrase or how == "från och med" or (_NO_SOURCE.match(phrase) and not words.money.search(phrase)):
            continue
        if how == "inom" and not _FRAME.search(phrase):
            continue
        if how == "i" and not _pays(phrase, words):
            continue
        if how == "med" and not (agents or words.money.search(phrase)):
            continue
        if how == "från" and not agents and not (words.money.search(phrase) or words.funder.search(phrase)):
            continue
        if how in ("av", "genom", "via") and not agents and not words.money.search(phrase):
            continue
        return phrase.split(" på ")[0].split(" i ")[0] if how != "inom" else phrase
    return None


def _pays(phrase: str, words: Words) -> bool:
    """Whether what stands after "i" is where money comes from: a pot or a named grant, no form such as driftstöd."""
    if words.pot.search(phrase):
        return True
    form = re.search(r"(?:stöd|stödet|bidrag|bidraget)\b", phrase, re.IGNORECASE)
    return bool(words.money.match(phrase) and named_money(phrase, words) and (not form or "stats" in phrase.lower()))


def source_of(clause: Clause, agents: bool = True) -> str | None:
    """The source in a clause: after the verb, or topicalised before it."""
    rest = clause.masked[clause.cue.start : clause.high]
    return source_in(rest, clause.words, agents) or source_in(clause.before, clause.words, False)


def named_money(head: str, words: Words) -> str | None:
    """The money of a phrase as a source, unless it is only "medlen" or "finansieringen"."""
    plain = tidy(head)
    bare = (
        words.determiner.sub("", plain.lower(), count=1)
        if plain.lower().startswith(("den ", "det "))
        else plain.lower()
    )
    nameless = not plain or bare in words.unnamed or bare.endswith((" finansiering", "finansieringen", " pengar"))
    return None if nameless else plain


def head_of(phrase: str) -> str:
    """A noun phrase up to its first preposition."""
    return tidy(cut_at(phrase, _HEAD_END))


def complement_of(text: str) -> str:
    """What stands after till, för, av, om in a phrase: "Statsbidraget till Familjeguiden" → "Familjeguiden"."""
    match = _COMPLEMENT.search(text)
    if not match:
        return ""
    stop = re.compile(
        r"[¤;:,()]|\b(?:från|under|som|genom|via|med|fram|tills|är|har|finns|saknas|inte|ska|skall|"
        r"måste|kan|bör|får)\b",
        re.IGNORECASE,
    )
    return tidy(cut_at(text[match.end() :].removeprefix("att "), stop))


_PAID = re.compile(
    r"\b(?:finansieras|bekostas|betalas)\s+(?:(?:helt|delvis|i dag)\s+)?(?:av|med|genom|via)\s+"
    r"|\b(?:medlen|pengarna|bidraget|stödet|finansieringen)\s+(?:kommer|kom|tas|hämtas)\s+(?:från|ur)\s+",
    re.IGNORECASE,
)


def paid_before(text: str, words: Words) -> tuple[str, str | None]:
    """What the text before says is paid for and by whom: "Gruppen finansieras med statsbidrag. Pengarna räcker …"."""
    match = next(reversed(list(_PAID.finditer(text))), None)
    if match is None:
        return "", None
    passive = match.group().lower().startswith(("finansieras", "bekostas", "betalas"))
    opening = re.split(r"[.!?]\s", text[: match.start()])[-1]
    subject = last_phrase(opening, words) if passive else ""
    return subject, tidy(re.split(r"\soch\s(?:\w+en|\w+na)\b|,", cut_at(text[match.end() :], SOURCE_STOP))[0]) or None


_POST = re.compile(r"projekttjänsten\s+som\s+(?P<name>.+?)(?:\s+(?:på|i|vid|inom|hos)\s.*)?\Z", re.IGNORECASE)


def project_name(phrase: str) -> str:
    """ "Projektet Trygg hemgång" is "Trygg hemgång", "projekttjänsten som hamnlots" is "hamnlots"."""
    if post := _POST.match(phrase):
        return tidy(post["name"])
    match = re.match(
        r"(?:(?:pilot|[A-ZÅÄÖ]{2,}-)?projektet|insatsen|satsningen|piloten|försöket)\s+(?=[”\"A-ZÅÄÖ])(.+)",
        phrase,
        re.IGNORECASE,
    )
    return tidy(match[1]) if match and re.match(r"[”\"A-ZÅÄÖ]", match[1]) else phrase


def from_pocket(text: str) -> str | None:
    """The fund after "ur", or the giver after "från" when nothing but the sum stands before it."""
    match = re.search(r"\bur\s+|\A\s*(?:¤|i|[\w-]*(?:medel|bidrag|stöd|pengar)|\s)*\bfrån\s+", text)
    phrase = tidy(cut_at(text[match.end() :], SOURCE_STOP)) if match else ""
    return phrase.split(" på ")[0] or None


_TAKEN = re.compile(
    r"\b(?:medlen|pengarna|beloppet|summan|kostnaden|kostnaderna|bidraget|stödet|finansiering(?:en)?|medel)\s+"
    r"(?:(?:ska|skall)\s+)?(?:tas|tages|hämtas|anvisas|anvisa|finansieras|belastar|belasta|betalas|sker|täcks|ryms)\s+"
    r"(?:(?:ur|från|inom|genom|via|av|med)\s+)?",
    re.IGNORECASE,
)
_TAKEN_STOP = re.compile(
    r"[¤;,()]|:(?!\d)|\.(?=\s|\Z)|\b(?:och|under|samt|som|vilket|till|med|20\d\d|enligt)\b", re.IGNORECASE
)


def taken_from(text: str, words: Words) -> str | None:
    """What money is said to be taken from: "medlen tas ur nämndens anslag för oförutsedda behov"."""
    match = _TAKEN.search(text)
    phrase = re.sub(r"\s+för\Z", "", tidy(cut_at(text[match.end() :], _TAKEN_STOP))) if match else ""
    pays = (
        words.money.search(phrase) or words.pot.search(phrase) or _FRAME.search(phrase) or words.funder.search(phrase)
    )
    return phrase if pays else None


def giver(text: str) -> str | None:
    """Who stands after "medel från"."""
    match = re.search(r"\b(?:medel|bidrag|stöd|pengar) från\s+", text)
    return (tidy(cut_at(text[match.end() :], SOURCE_STOP)) or None) if match else None


def owner_before(clause: Clause) -> str:
    """Whose money: "projektets finansiering", "teamets framtida ekonomi"; the genitive nearest before the cue."""
    matches = list(re.finditer(r"\b([\w-]{4,}?)s(?=\s)", clause.masked[: clause.cue.start]))
    for match in reversed(matches):
        word = match[1]
        if clause.words.classes["project"].fullmatch(word) or word.lower() in clause.words.generic or word.isupper():
            return word
    return ""
