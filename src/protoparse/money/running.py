"""Readings of clauses in which something is paid for, ends, runs on, or lacks money."""

from __future__ import annotations

import datetime
import re

from protoparse.money.clauses import Clause
from protoparse.money.days import SHIFT, Span, coming, day_before, end_of, is_range
from protoparse.money.periods import (
    OPEN,
    Fields,
    after_span,
    amount_in,
    any_end,
    lasting_in,
    money_time,
    nearest,
    period_in,
    timed,
    until_in,
    usable,
)
from protoparse.money.phrases import (
    STOP,
    complement_of,
    cut_at,
    giver,
    head_of,
    last_phrase,
    named_money,
    owner_before,
    phrase_after,
    phrase_before,
    project_name,
    sentence_subject,
    source_in,
    source_of,
    subject_of,
    tidy,
)
from protoparse.money.words import Words


def read_passive(clause: Clause) -> Fields | None:
    """X finansieras av Y till DATE / under PERIOD / så länge …; har finansierats sedan …"""
    own = "own" in clause.needs  # the cue names the money itself
    source = source_of(clause, not own)
    if clause.negated or ("source" in clause.needs and source is None) or _ASKED_HOW.search(clause.before):
        return None
    subject = subject_of(clause)
    if "cost" in clause.needs and not _COST_OF.match(subject):
        return None
    fields = timed(clause, money_time(clause))
    past = clause.cue.rule.get("certainty") == "past"
    if fields is None and past and re.search(r"\bsedan\b", clause.said, re.IGNORECASE):
        fields = {"kind": "funded_until"}
    subject = _COST_OF.sub("", subject)
    return fields and fields | {"subject": subject, "source": source, "amount": amount_in(clause)}


# How something is to be paid for is asked, or a task: nothing is said to be paid.
_ASKED_HOW = re.compile(
    r"\b(?:hur|huruvida|varifrån)\b[^,;.]*\b(?:kan|ska|skall|bör|skulle|kunde|få)\b[^,;.]*\Z", re.IGNORECASE
)


def read_active(clause: Clause) -> Fields | None:
    """Y finansierar X till DATE."""
    fields, amount = timed(clause, money_time(clause)), amount_in(clause)
    if fields is None or clause.negated or _ASKED_HOW.search(clause.before):
        return None
    source = giver_of(clause)
    paid = amount is not None and re.search(r"\bmed\s+(?:[\w-]+\s+){0,3}¤", clause.after)
    if (source is None or "sum" in clause.needs) and not paid:
        return None
    if "payer" in clause.needs and not _gives(source or "", clause.words):
        return None
    return fields | {"subject": project_name(phrase_after(clause)), "source": source, "amount": amount}


def _gives(phrase: str, words: Words) -> bool:
    return any(pattern.search(phrase) for pattern in (words.money, words.funder, words.body))


def giver_of(clause: Clause) -> str | None:
    """Who gives: the phrase before the cue, that of "Y beslutar att" before an infinitive, or the list's lead."""
    decided = re.compile(r"\b(?:beslutar|beslutade|beslöt|föreslår|föreslog)\b.*\Z", re.IGNORECASE | re.DOTALL)
    before = clause.before
    if match := decided.search(before):
        own = re.search(r"\batt\s+(\S.*)\Z", match.group(), re.DOTALL)  # "beslutar att kommunen bidrar med"
        if own and (phrase := last_phrase(own[1], clause.words)):
            return phrase
        return last_phrase(before[: match.start()], clause.words) or None
    if not before.strip(" ¤,") and clause.sentence.lead and (match := decided.search(clause.sentence.lead)):
        return last_phrase(clause.sentence.lead[: match.start()], clause.words) or None
    if "uppdrag att" in before or "mandat att" in before:
        return last_phrase(cut_at(before, re.compile(r"\b(?:har|får|fick)\b")), clause.words) or None
    return phrase_before(clause) or None


def running_thing(clause: Clause) -> tuple[str, str] | None:
    """The subject of a verb of ending or running, and whether it is money, an agreement or a project."""
    if (meant := _meant(phrase_before(clause), clause)) is not None:
        return meant
    inverted = cut_at(clause.after, re.compile(r"[¤;:,()]|\b(?:fram|tills|så länge|senast|när|om det|i förtid)\b"))
    own = clause.text[clause.cue.start : clause.cue.end]
    for phrase in (
        phrase_before(clause),
        tidy(inverted),
        f"{own.split()[-1]} {tidy(inverted)}",
        " ".join(own.split()[1:-1]),  # "finns pengar avsatta"
        sentence_subject(clause),
    ):
        phrase = _SET_ASIDE.sub("", phrase)
        part = _PART.fullmatch(phrase)
        head = clause.words.determiner.sub("", head_of(part["whole"] if part else phrase), count=1) if phrase else ""
        head = re.sub(r"\s*\([^)]*\)", "", head)
        if head and (kind := clause.words.kind_of(head)):
            return phrase, kind
        name = re.match(r"(?:(?:den|det|de|denna|detta)\s+)?(\w+)\s+[A-ZÅÄÖ”\"]", phrase)
        if name and (kind := clause.words.kind_of(name[1])) == "project":
            return phrase, kind
    return None


_SET_ASIDE = re.compile(
    r"\s+(?:avsatt|reserverad|säkrad|säkrat|budgeterad|öronmärkt|beviljad|beviljat|tillgänglig|kvar)(?:a|e)?\Z",
    re.IGNORECASE,
)
_POINTER = {"den": "n", "denna": "n", "det": "t", "detta": "t", "de": "plural", "dessa": "plural"}
_NEUTER = re.compile(r"(?:[ae]t|avtal|kontrakt|projekt|bidrag|anslag|stöd|försök|partnerskap|arrende)\Z", re.IGNORECASE)
_PLURAL = re.compile(r"(?:na|en|erna|medel|medlen|pengar)\Z", re.IGNORECASE)


_PART = re.compile(r"(?P<whose>.*?)s\s+(?:del|andel|delar)\s+av\s+(?P<whole>.+)", re.IGNORECASE)


def _meant(phrase: str, clause: Clause) -> tuple[str, str] | None:
    """The money, agreement or project of the sentence before that "Den", "Det" or "De" stands for, by its gender."""
    gender, text = _POINTER.get(phrase.lower()), clause.sentence.previous
    if gender is None or not text:
        return None
    found = (
        (match, kind)
        for kind in ("agreement", "project", "money")
        for match in clause.words.classes[kind].finditer(text)
    )
    for match, kind in sorted(found, key=lambda pair: pair[0].start()):
        noun = match.group()
        fits = {
            "t": bool(_NEUTER.search(noun)),
            "plural": bool(_PLURAL.search(noun)),
            "n": not _NEUTER.search(noun) and not (kind == "money" and _PLURAL.search(noun) and noun[-3:] != "gen"),
        }
        if fits[gender]:
            verb = clause.words.verb.search(text, match.end())
            tail = cut_at(text[match.end() : verb.start() if verb else len(text)], _TAIL_STOP)
            return noun + tail.rstrip(), kind
    return None


_TAIL_STOP = re.compile(r"[,;:.()\d]|\b(?:som|från|till och med|fram|och|den|ska|är|har|under)\b", re.IGNORECASE)
_USED = re.compile(r"\b(?:utnyttja\w*|använda?)\s+(?:\w+\s+){0,3}option\w*\s+och(?:\s+att)?\s+\Z", re.IGNORECASE)
_FORMAL = re.compile(
    r"\s*(?:(?:ett|en|nytt|ny|upprättat|föreliggande|bifogat|bilagt|förslag(?:et)?)\s+)*(?:till\s+)?", re.IGNORECASE
)


def _object_thing(clause: Clause) -> tuple[str, str] | None:
    """The agreement that is made, approved or ended: "ingå överenskommelse om …", "teckna ett hyresavtal med …"."""
    said = clause.masked[clause.cue.start : clause.high].split(None, 1)
    rest = said[1] if len(said) > 1 else ""
    formal = _FORMAL.match(rest) if "förslag" in clause.verb else None
    rest = re.sub(r"\([^)]*\)", " ", rest[formal.end() :] if formal else rest)
    phrase = re.sub(r"\s(?:för|från|till|under|i)\Z", "", tidy(cut_at(rest, _OBJECT_STOP)))
    head = clause.words.determiner.sub("", head_of(phrase), count=1)
    return (phrase, "agreement") if clause.words.kind_of(head) == "agreement" else None


_OBJECT_STOP = re.compile(
    r"[¤;:,]|\b(?:att gälla|fram|tills|senast|så länge|på|enligt|för (?:perioden|tiden|år))\b", re.IGNORECASE
)
_OPTION = re.compile(r"\b(?:kan|kunna|får|möjlig\w*|option\w*|rätt)\b[^,;]*\Z", re.IGNORECASE)
_RUNS_KIND = {"money": "funded_until", "agreement": "agreement_until", "project": "project_until"}


def read_runs(clause: Clause) -> Fields | None:
    """Money, an agreement or a project upphör, räcker, gäller, löper, pågår … to a date."""
    if "solution" in clause.needs:
        return _read_solution(clause)
    made = "object" in clause.needs
    found = (subject_of(clause), "project") if "anything" in clause.needs else None
    found = (phrase_before(clause), "agreement") if "leased" in clause.needs and phrase_before(clause) else found
    found = found or (_object_thing(clause) if made else running_thing(clause))
    if (lasting := _while_money_lasts(clause)) is not None:
        return lasting
    if _OPTION.search(clause.before) and clause.verb.startswith("förläng") and not _USED.search(clause.before):
        return None
    if found and re.match(r"(?:inga|inget|ingen)\b", found[0], re.IGNORECASE):
        return None
    if found is None or clause.negated or not {found[1], "anything"} & set(clause.needs):
        return None
    phrase, kind = found
    if re.match(r"(?:ett|en)\s", phrase, re.IGNORECASE):
        phrase = sentence_subject(clause) or phrase if kind == "project" else phrase
    span = _run_span(clause, kind)
    if span and span.when and SHIFT.search(span.when.text) and clause.cue.rule.get("certainty") != "past":
        span = span._replace(end=end_of(coming(span.when, clause.sentence.today)))
    if clause.certainty == "open_ended" and span and span.when and span.when.bound is None:
        span = None
    endless = clause.certainty in OPEN if kind == "money" else kind == "agreement" and clause.certainty == "open_ended"
    if span is None and not endless:
        return None
    span = span or Span()
    fields: Fields = {"kind": _RUNS_KIND[kind], "start": span.start, "end": span.end, "when": span.when}
    return fields | run_parties(clause, phrase, kind)


_OWN_MONEY = re.compile(
    r"(?:\A|¤|[,;:.]\s)\s*(?P<who>(?:[^\W\d][\w-]*\s){1,4}?)(?:har\s+)?(?:meddela[rtd]e?|besluta[rtd]e?|beslutat|aviserat|"
    r"förlänger|förlängt|förlängde)\s+(?:nu\s+)?(?:att\s+)?(?:sin\s|sitt\s|sina\s)?\w*"
    r"(?:medfinansiering|finansiering|stöd|bidrag|medlen|pengarna|anslag)(?:en|et)?\b",
    re.IGNORECASE,
)


def own_money(clause: Clause) -> str | None:
    """Who tells of money, where that is a payer: "Region Sjö har meddelat att medfinansieringen av X upphör"."""
    match = _OWN_MONEY.search(clause.text)
    who = tidy(match["who"]) if match else ""
    pays = clause.words.funder.search(who) or re.search(r"\b(?:region|kommun|stiftelse)\w*\b", who, re.IGNORECASE)
    return who if pays else None


def _while_money_lasts(clause: Clause) -> Fields | None:
    """X drivs vidare så länge medlen räcker."""
    condition = clause.sentence.condition
    if condition is None or clause.certainty != "open_ended" or clause.negated or usable(clause):
        return None
    subject = subject_of(clause)
    if not clause.words.money.search(condition.text) or clause.words.kind_of(head_of(subject)) not in (None, "project"):
        return None
    return {"kind": "funded_until", "subject": subject}


_INTO = re.compile(
    r"\b(?P<verb>ingår|ingå|inryms|ryms|inarbetas|arbetas in|läggs in|förs in|tas in|införlivas|finansieras|bekostas)\b"
    r"(?P<between>.*?)\b(?:i|inom)\s+(?P<whose>(?:[\w-]+\s+){0,4})\Z",
    re.IGNORECASE | re.DOTALL,
)


_COST_OF = re.compile(
    r"\A(?:(?:hela|halva|all)\s+)?(?:kostnad\w*|drift\w*|finansiering\w*)(?:\s+(?:för|av)\s+|\Z)", re.IGNORECASE
)


def read_into(clause: Clause) -> Fields | None:
    """Från DATE ingår X i ordinarie budget: money without an end, from a day on."""
    match = None if _ASKED_HOW.search(clause.before) else _INTO.search(clause.before)
    when = nearest(clause, [w for w in usable(clause) if w.bound == "from" and not is_range(w)])
    if match is None or when is None or re.search(r"\b(?:inte|ej|aldrig)\b", clause.before):
        return None
    if clause.verb == "ram" and re.match(r"\s+för\b", clause.after):
        return None
    start = when.first if not when.word.startswith("efter") else day_before(when) + datetime.timedelta(days=1)
    subject = last_phrase(clause.words.before_cue.sub("", clause.before[: match.start()].rstrip(" ,¤")), clause.words)
    return {
        "kind": "funded_until",
        "certainty": "open_ended",
        "start": start,
        "subject": _COST_OF.sub("", subject or tidy(match["between"])),
        "source": tidy(match["whose"] + clause.text[clause.cue.start : clause.cue.end]),
        "when": when,
    }


_DASHED = re.compile(r"\A[^–—]+\s[–—]\s(?=[a-zåäö])")  # "Lotsen – kommunens pengar räcker": the label before the dash


def run_parties(clause: Clause, phrase: str, kind: str) -> Fields:
    """Subject and source of a running statement."""
    phrase = _DASHED.sub("", phrase)
    if kind == "money" and (part := _PART.fullmatch(phrase)):
        return {"subject": complement_of(part["whole"]), "source": part["whose"], "amount": amount_in(clause)}
    named = complement_of(phrase) if kind != "project" else ""
    owned = re.fullmatch(r"(?:dagens|årets|fjolårets) .+|(.{4,}?)s (?:finansiering|medel|pengar|projektmedel)", phrase)
    if owned and owned[1]:
        if clause.words.body.fullmatch(owned[1]) or clause.words.funder.fullmatch(owned[1]):
            return {"source": owned[1], "amount": amount_in(clause)}
        return {"subject": owned[1], "amount": amount_in(clause)}
    if kind == "money":
        source = source_in(phrase + " ", clause.words, True) if " från " in f" {phrase} " else None
        return {
            "subject": named or _earlier_subject(clause) or _for_whom(clause),
            "source": source
            or named_money(head_of(phrase), clause.words)
            or source_in(clause.after, clause.words, False),
            "amount": amount_in(clause),
        }
    if kind == "agreement":
        named = _JOINT.sub("", named)
        if joint := _PARTNER.search(phrase):  # what the association does is what the partnership is for
            return {"subject": tidy(joint["who"])}
        # "Avtalet med Strandbad AB" and "Planavtalet med exploatören" say which; "avtalet med leverantören" does not.
        plain = clause.words.points_back(head_of(phrase))
        party = re.search(r"\smed\s+(?:\w+\s+)?(?=[A-ZÅÄÖ])" if plain else r"\smed\s+\S", phrase)
        if named and (tenancy := clause.words.tenancy.search(head_of(phrase))) and not clause.words.points_back(named):
            return {"subject": re.sub(r"\smed\s.*?(?=\s(?:avseende|gällande|för|om)\s)", "", phrase[tenancy.start() :])}
        if not named and re.fullmatch(r"(?:kontrakt|avtal|hyreskontrakt|hyresavtal)", phrase, re.IGNORECASE):
            return {"subject": sentence_subject(clause) or phrase}  # "Stugan hyrs på kontrakt som går ut …"
        if named and not plain and clause.words.points_back(named):
            # "hyresavtalet för nuvarande lokaler" says more than "nuvarande lokaler"
            return {"subject": phrase, "amount": amount_in(clause)}
        return {"subject": named or (phrase if party else head_of(phrase)), "amount": amount_in(clause)}
    if re.match(r"\w*projekt\w*s\s", phrase, re.IGNORECASE):
        phrase = re.sub(r"s\Z", "", phrase.split()[0])
    return {"subject": project_name(phrase)}


# "det idéburna offentliga partnerskapet Öppna Dörren" is called Öppna Dörren.
_JOINT = re.compile(r"\A(?:det\s)?(?:[a-zåäö]+a\s){0,2}(?:partnerskapet|samarbetet)\s+(?=[A-ZÅÄÖ”\"])")
_PARTNER = re.compile(
    r"\bpartnerskap(?:et)?\s+(?:\([^()]*\)\s+)?med\s+(?:den\s+)?(?:(?:ideella\s+)?(?:föreningen|stiftelsen|organisationen)\s+)"
    r"(?P<who>[A-ZÅÄÖ”\"].*)",
    re.IGNORECASE,
)


_FOR = re.compile(
    r"\s*För\s+(?!(?:närvarande|tiden|perioden|året|åren|detta|det|ändamålet|övrigt|att|hela)\b)(?P<what>[^¤,;:.]+?)\s*\Z"
)


def _for_whom(clause: Clause) -> str:
    """What the sentence opens with: "För samtalsgrupperna finns medel"."""
    match = _FOR.match(clause.before)
    return tidy(match["what"]) if match and not clause.words.verb.search(match["what"]) else ""


def _earlier_subject(clause: Clause) -> str:
    """What the clause before speaks of: "Lotsen är ett projekt; medlen räcker till maj"."""
    if not clause.low and not re.search(r"[;:]|,\s(?:och|men)\b", clause.before):
        return ""
    phrase = project_name(sentence_subject(clause))
    return "" if clause.words.body.search(phrase) or clause.words.kind_of(head_of(phrase)) == "money" else phrase


_ENDING = re.compile(
    r"upphör|slut|sinar|(?:löp|g[åi])\w* (?:\w+ ){0,2}ut|gick ut|avsluta|fasas|trappas|avveckla|räck|varar|dras|"
    r"försvinner|tas bort|slopas|sinade",
    re.I,
)
_CUT_OFF = re.compile(r"dras|försvinner|tas bort|slopas|upphör", re.IGNORECASE)


def _run_span(clause: Clause, kind: str) -> Span | None:
    verb = clause.text[clause.cue.start : clause.cue.end]
    if _CUT_OFF.search(verb):
        cut = nearest(
            clause, [w for w in usable(clause) if w.bound == "from" and not w.word.startswith(("efter", "sedan"))]
        )
        if cut and not is_range(cut):
            return Span(None, day_before(cut), cut)
    if _ENDING.search(verb):
        ended = any_end(clause) or after_span(clause)
        return Span(None, ended.end, ended.when) if ended else None
    span = until_in(clause)
    if span is None and "leased" not in clause.needs:
        ranged = period_in(clause, led=True)
        loose = ranged and (is_range(ranged.when) or ranged.when.precision in ("year", "half", "season"))
        granted = ranged and ranged.when.first.year < ranged.when.last.year and verb.lower() in _GRANTED
        span = ranged if loose and (granted or not _payment(verb)) else None
    dated = (
        _payment(verb)
        or verb.lower() in ("tecknas", "ingås", "sluts", "godkänns", "undertecknas")
        or "object" in clause.needs
    )
    return None if span and dated and span.when.bound == "by" else span or lasting_in(clause)


_GRANTED = ("utgår", "lämnas", "finns")  # "bidrag lämnas under åren 2026 och 2027"
_MOVED = ("förs över", "överförs", "flyttas över", "balanseras")


def _payment(verb: str) -> bool:
    """Days on which money is paid out or moved are no ends."""
    return verb.lower() in _MOVED or verb.lower() in ("betalas ut", "utgår", "lämnas", "finns", "är klar", "är klara")


def _read_solution(clause: Clause) -> Fields | None:
    span = after_span(clause)
    if span is None:
        return None
    subject = re.sub(r"\s+(?:bedöms|anses|är|bedömdes)\b.*", "", tidy(clause.before)) or None
    return {"kind": "project_until", "end": span.end, "when": span.when, "subject": subject}


def read_label(clause: Clause) -> Fields | None:
    """Projekttid: 2024–2026; with money in the sentence it is a period of money. Finansiering: SOURCE t.o.m. DATE."""
    span = until_in(clause) or period_in(clause)
    if span is None:
        return None
    fields: Fields = {
        "kind": clause.reads,
        "start": span.start,
        "end": span.end,
        "when": span.when,
        "amount": amount_in(clause),
    }
    if clause.reads == "funded_until":
        return fields | {"source": tidy(cut_at(clause.after, STOP)) or None} if not clause.before.strip() else None
    if clause.reads == "agreement_until":
        return fields | {"subject": "Avtalet"}
    source = source_in(clause.after, clause.words, False)
    kind = "budget_period" if source and span.start else clause.reads
    whose = re.match(r"\s+(?:för|av|i)\s+(?:projektet\s+)?(?=[A-ZÅÄÖ”\"])", clause.after)
    named = last_phrase(cut_at(clause.after[whose.end() :], STOP), clause.words) if whose else ""
    who = phrase_before(clause) if re.search(r"\b(?:har|hade)\s*\Z", clause.before) else ""
    return fields | {
        "kind": kind,
        "subject": named or project_name(who) or "Projektet",
        "source": source and (giver(clause.after) or source),
    }


def read_last_year(clause: Clause) -> Fields | None:
    """2028 är sista året med pengar från Sjöfonden."""
    money = clause.money
    when = next((w for w in reversed(usable(clause)) if w.precision == "year"), None)
    if money is None or when is None:
        return None
    phrase = phrase_after(clause)
    source = named_money(phrase, clause.words) if clause.words.money.search(phrase) else None
    subject = "" if clause.words.money.search(phrase) else phrase
    return {
        "kind": "funded_until",
        "end": when.last,
        "when": when,
        "source": source,
        "subject": subject or complement_of(clause.after[clause.after.find(phrase) + len(phrase) :]),
    }


def read_after(clause: Clause) -> Fields | None:
    """… finansiering efter 2026: the end is implied."""
    if (decided := _noun_with_end(clause)) is not None:
        return decided
    when = next((w for w in usable(clause) if w.word.startswith("efter") and 0 <= w.start - clause.cue.end <= 2), None)
    complement = ""
    if when is None:
        when = next((w for w in usable(clause) if w.word.startswith("efter") and w.start > clause.cue.end), None)
        between = clause.text[clause.cue.end : when.start] if when else ""
        if not re.fullmatch(r"\s+(?:av|för|till)\s+(?:[\w-]+\s+){1,5}", between):
            return None
        complement = tidy(re.sub(r"\A\s+(?:av|för|till)\s+", "", between))
    return {
        "kind": "funded_until",
        "end": day_before(coming(when, clause.sentence.today)),
        "when": when,
        "subject": complement or owner_before(clause),
    }


_DECIDED = re.compile(
    r"\A\s*(?:fortsatt\s+)?\Z|\b(?:beslutar|beslutade|enades|godkänner|godkände)\s+(?:om\s+)?(?:fortsatt\s+)?\Z",
    re.IGNORECASE,
)


def _noun_with_end(clause: Clause) -> Fields | None:
    """ "Finansiering av X till och med 2026" as a point of its own or decided upon."""
    whole = clause.words.verb.search(clause.masked, clause.cue.end, clause.high) is None
    object_ = re.match(r"\s+(?:av|för|till)\s+([^¤,;:.]+?)\s*¤", clause.after)
    span = until_in(clause)
    if not (whole and object_ and span and clause.verb.endswith("finansiering") and _DECIDED.search(clause.before)):
        return None
    return {"kind": "funded_until", "end": span.end, "when": span.when, "subject": tidy(object_[1])} | {
        "certainty": "conditional" if clause.certainty == "conditional" else "stated"
    }


_THEREAFTER = re.compile(
    r"\b(?:därefter|efter det(?:ta)?|efter denna tid|efter den dagen|efter projektets slut)\b", re.IGNORECASE
)


def _end_before(clause: Clause) -> datetime.date | None:
    """The end that "därefter" speaks of: one told before in the sentence, else the last one told of."""
    told = [when for when in clause.sentence.whens if when.end <= clause.cue.start and when.bound == "until"]
    return end_of(told[-1]) if told else clause.sentence.ended


def read_lack(clause: Clause) -> Fields | None:
    """Från 2027 saknas finansiering; ingen finansiering efter …; osäkert om statsbidraget fortsätter efter …"""
    money = clause.money
    bare = re.search(r"\b(?:o|med)?finansiera(?:s|d|t|de)\b", clause.said)
    when = nearest(clause, [w for w in usable(clause) if w.bound == "from" and w.word != "sedan" and not is_range(w)])
    then = _end_before(clause) if when is None and _THEREAFTER.search(clause.said) else None
    if (when is None and then is None) or not (money or bare):
        return None
    subject = _lacking_subject(clause, money)
    source = named_money(money.group(), clause.words) if money else None
    return {
        "kind": "funded_until",
        "end": day_before(coming(when, clause.sentence.today)) if when else then,
        "when": when,
        "subject": subject,
        "source": source,
    }


def _lacking_subject(clause: Clause, money: re.Match[str] | None) -> str:
    if clause.verb.startswith("utan "):
        return phrase_before(clause)
    if money and clause.verb == "saknar":
        return phrase_before(clause) or tidy(clause.text[clause.cue.end : money.start()])
    if money:
        return complement_of(cut_at(clause.masked[money.end() : clause.high], re.compile(r"[¤,;]"))) or owner_before(
            clause
        )
    asked = re.search(r"\b(?:hur|om|att)\s+(.+?)\s+(?:(?:ska|skall|kan|kommer att)\s+)?finansieras\b", clause.said)
    if asked:
        return tidy(asked[1])
    verb = re.search(r"\bfinansiera(?:s|d|t|de)\b", clause.said)
    if verb and verb.start() < clause.cue.start - clause.low:
        return re.sub(
            r"\Ahur\s+",
            "",
            last_phrase(clause.words.before_cue.sub("", clause.said[: verb.start()]), clause.words),
            flags=re.I,
        )
    return subject_of(clause)
