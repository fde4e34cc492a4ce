"""Readings of clauses in which sums are given, set aside, applied for or proposed."""

from __future__ import annotations

import re

from protoparse.amounts import Amount
from protoparse.money.clauses import Clause
from protoparse.money.days import Span
from protoparse.money.periods import Fields, amount_in, lasting_in, money_time, period_in, timed, until_in
from protoparse.money.phrases import (
    AND,
    SOURCE_STOP,
    cut_at,
    from_pocket,
    head_of,
    named_money,
    phrase_after,
    phrase_before,
    project_name,
    sentence_subject,
    source_in,
    subject_of,
    tidy,
)
from protoparse.money.running import giver_of, run_parties, running_thing

_SUPPORT = re.compile(r"(?:(?:\w+s|vårt|hela)\s+)?stöd\s+till\s+\S", re.IGNORECASE)


def read_sum(clause: Clause) -> Fields | None:
    """Bidraget uppgår till AMOUNT för PERIOD."""
    found, span = running_thing(clause), period_in(clause)
    if found is None and _SUPPORT.match(phrase_before(clause)):
        found = phrase_before(clause), "money"
    amount = amount_in(clause, span.when if span else None)
    near = amount is not None and amount.start - clause.cue.end < 25
    if found is None or found[1] != "money" or span is None or not near:
        return None
    return (
        {"kind": "budget_period", "start": span.start, "end": span.end, "when": span.when}
        | run_parties(clause, found[0], "money")
        | {"amount": amount}
    )


def _handed_by(text: str) -> str | None:
    """Who gives, right after the sum: "3 mnkr av staten"."""
    match = re.search(r"¤\s+av\s+", text)
    return (tidy(cut_at(text[match.end() :], SOURCE_STOP)) or None) if match else None


def _asked(text: str) -> str | None:
    """Who is applied to: "hos Kulturrådet"."""
    match = re.search(r"\bhos\s+", text)
    return (tidy(cut_at(text[match.end() :], SOURCE_STOP)) or None) if match else None


_FOR = re.compile(r"\b(?P<how>till|för|avseende)\s+(?!och\b)", re.IGNORECASE)
_PURPOSE_STOP = re.compile(
    r"[¤;:,()!?]|\.(?=\s|\Z)|\b(?:under|som|genom|via|ur|(?<!och )från|fram|senast|med tillägget|enligt|vilket|"
    r"varav|inom ramen|till och med|i form|så länge)\b",
    re.IGNORECASE,
)


def _purpose(clause: Clause, text: str) -> str:
    """What money is for: after "för" or "till"; empty when only a body, a period or a cost is named."""
    best = ""
    for match in _FOR.finditer(text):
        phrase = cut_at(text[match.end() :], _PURPOSE_STOP)
        goal = re.match(r"\s*att\s+", phrase)
        phrase = tidy(phrase[goal.end() :] if goal else _ARTICLE.sub("", tidy(phrase)))
        first = phrase.split(" ", 1)[0].lower()
        if not phrase or (first in clause.words.weak and not goal) or (goal and first in ("kunna", "få", "ha", "bli")):
            continue
        named = tidy(re.split(r"\s(?:för|till) att\s", phrase)[0])
        if _BARE_DEEDS.fullmatch(named):  # "åtgärder för att nå målen"
            return phrase
        phrase = named or phrase
        phrase = re.sub(r"\A(?:driva|bedriva|genomföra|anordna|arrangera|fortsätta med)\s+(?=\S)", "", phrase)
        phrase = re.sub(r"\s+(?:för|till|från|under|om|och)\Z", "", phrase)
        inner = _FOR.split(phrase)[0].strip()
        if not clause.words.body.search(inner or phrase):
            return phrase if match["how"].lower() != "till" else tidy(inner) or phrase
        best = best or tidy(inner)
    return best


_ARTICLE = re.compile(
    r"\A(?:en|ett)\s+(?!(?:kostnad|summa|värde|belopp|del|nivå|början|total|andel)\w*\b)(?=\S)", re.IGNORECASE
)
_BARE_DEEDS = re.compile(r"åtgärder|insatser|arbete|arbetet|aktiviteter|satsningar", re.IGNORECASE)
_TASK_PAID = re.compile(
    r"\buppdrag att\s+(?:betala ut|fördela|genomföra|driva|bedriva|anordna)?\s*(?P<what>[^¤,;:.]+?)\s+och\b[^,;:.]*\Z",
    re.IGNORECASE,
)
_FOR_THAT = re.compile(r"\s+för\s+(?:detta|det|ändamålet|uppdraget)\b", re.IGNORECASE)
_RAISED = re.compile(
    r"(?:(?P<whose>.+?)s\s+)?(?:\w+\s+)?(?:[\w-]*(?:kommunbidrag|bidrag|anslag|ram)|avsättning|[\w-]+avsättning)(?:et|en|ets|ens)?"
    r"(?:\s+(?:till|för)\s+(?P<what>.+))?",
    re.IGNORECASE,
)


def _read_raise(clause: Clause) -> Fields | None:
    """X:s kommunbidrag höjs med AMOUNT för PERIOD."""
    period = period_in(clause, led=True)
    amount = amount_in(clause, period.when if period else None)
    raised = _RAISED.fullmatch(phrase_before(clause))
    near = amount is not None and re.fullmatch(r"[\s¤]*", clause.masked[clause.cue.end : amount.start])
    if (
        clause.negated
        or period is None
        or raised is None
        or not (near or clause.amounts[1:] or len(clause.amounts) == 1)
    ):
        return None
    fields = timed(clause, period)
    return fields and fields | {"subject": raised["what"] or raised["whose"] or "", "source": None, "amount": amount}


_REQUEST = re.compile(
    r"\b(?:begäran|hemställan|framställan|yrkande\w*|förslag\w*|motion\w*|beslut(?:et|en|s)?|uppdrag\w*)\b",
    re.IGNORECASE,
)
_DECIDED_THAT = re.compile(
    r".*\b(?:beslut(?:ar|ade|at)|beslöt|enades\s+om|enas\s+om|bestämde|fastställer|konstaterar|noterar|meddelar)\s+att\s",
    re.IGNORECASE | re.DOTALL,
)


def read_grant(clause: Clause) -> Fields | None:
    """X beviljas AMOUNT för PERIOD; AMOUNT avsätts till X."""
    if "raise" in clause.needs:
        return _read_raise(clause)
    amount, period = amount_in(clause), money_time(clause, period_first=True)
    amount = amount_in(clause, period.when if period else None) or amount
    money = clause.money
    if _not_granted(clause, amount, money) or _on_the_day(clause, period):
        return None
    if amount is None and period is not None and clause.sentence.condition is None:
        period = period_in(clause, led=True) or until_in(clause, ("until",)) or lasting_in(clause)
    fields = timed(clause, period)
    if fields is None and clause.sentence.inside_condition and clause.certainty == "conditional":
        fields = {"kind": "funded_until", "end": None, "start": None, "when": None}
    if fields is None:
        return None
    return fields | _grant_parties(clause) | {"amount": amount}


_DONE = re.compile(r"(?:ades|ats|fick|fått|slogs|höll|slagits)\Z")


def _on_the_day(clause: Clause, period: Span | None) -> bool:
    """Whether a month tells when something was given and not for how long: "medlen fördelades i mars"."""
    when = period and period.when
    if not when or when.precision != "month" or not _DONE.search(clause.verb):
        return False
    return re.search(r"\bi\s+\Z", clause.text[: when.start], re.IGNORECASE) is not None


def _not_granted(clause: Clause, amount: Amount | None, money: re.Match[str] | None) -> bool:
    loose = clause.verb in (
        "får",
        "fick",
        "har fått",
        "erhåller",
        "mottar",
        "satsas",
    )
    if sentence_opens_list(clause) and amount is None:
        return True
    if amount is None and (_WHICH_MONEY.search(clause.before) or _IN_A_TABLE.search(clause.after)):
        return True
    if clause.negated or (amount is None and (money is None or clause.verb == "beviljade medel")):
        return True
    if clause.verb in ("går till", "gick till") and not re.match(r"\s*¤", clause.after):
        what = re.match(r"(?:.*\batt\s)?\s*([^¤,;]*)¤+[\s,]*\Z", clause.before, re.DOTALL)
        if what is None or (what[1].strip() and not clause.words.former.match(f"{what[1].strip().lower()} ")):
            return True  # only a bare sum, or what remains of one
    asked = clause.masked[clause.cue.end : max(clause.cue.end, amount.start)] if amount else ""
    if re.search(r"\b(?:en|ett)\s+(?:ansök|begär|förfråg|faktur|räkning)\w*", asked, re.IGNORECASE):
        return True
    if loose and amount and clause.words.verb.search(clause.masked, clause.cue.end, max(clause.cue.end, amount.start)):
        return True  # "fick vara kvar på 100 kr"
    if loose and (
        (money is None and amount is None) or (not money and clause.cue.start > (amount.start if amount else 0))
    ):
        return True
    if (
        loose
        and amount is None
        and not re.match(r"\s*(?:\w+\s+){0,2}[\w-]*(?:medel|bidrag|stöd|anslag|pengar)\b", clause.after)
    ):
        return True
    said = _DECIDED_THAT.sub("", clause.before)
    return bool(_REQUEST.search(head_of(tidy(said)) or said))


# "Medel som har fördelats för 2025 ska …" only says which money is meant.
_WHICH_MONEY = re.compile(
    r"\b[\w-]*(?:medel|medlen|bidrag|bidraget|bidragen|stöd|stödet|pengar|pengarna|anslag|anslaget)\s+"
    r"som\s+(?:redan\s+|nu\s+)?(?:har\s+|hade\s+|ännu\s+|tidigare\s+)*\Z",
    re.IGNORECASE,
)
_IN_A_TABLE = re.compile(
    r"\benligt\s+(?:(?:den\s+)?(?:följande|nedanstående|bifogad\w*|bilagd\w*)|(?:tabell|uppställning|fördelning|lista|"
    r"förteckning|sammanställning|bilag)\w*|nedan)\b|\bsom framgår\b",
    re.IGNORECASE,
)


def sentence_opens_list(clause: Clause) -> bool:
    """Whether the items that follow say who gets what: "Dessa föreningar beviljas stöd under 2026:"."""
    return clause.text.rstrip().endswith(":")


def _grant_parties(clause: Clause) -> Fields:
    """Who or what gets the money, and from where."""
    phrase = phrase_before(clause) or (
        "" if clause.low == 0 and not AND.search(clause.before) else sentence_subject(clause)
    )
    source = source_in(clause.after, clause.words, False) or from_pocket(clause.after)
    source = source or _handed_by(clause.after)
    task = _TASK_PAID.search(clause.masked[: clause.cue.start]) if _FOR_THAT.match(clause.after) else None
    if task:
        return {"subject": tidy(task["what"]), "source": source}
    if clause.verb.startswith(("går ", "gick ")):
        return {"subject": _purpose(clause, clause.after) or phrase_after(clause), "source": source}
    if clause.verb.endswith(" till"):
        return {"subject": phrase_after(clause), "source": source}
    if phrase and clause.words.kind_of(head_of(phrase)) != "money" and not re.match(r"\d|[¤]", phrase):
        if clause.words.body.search(phrase):
            purpose = _purpose(clause, clause.after) or _within(clause.after)
            return {
                "subject": purpose if purpose and not clause.words.body.search(purpose) else phrase,
                "source": source,
            }
        return {"subject": project_name(phrase), "source": source}
    named = named_money(head_of(phrase), clause.words) if phrase else None
    source = source or source_in(clause.before, clause.words, False)
    inverted = phrase_after(clause) if phrase or (clause.low == 0 and not clause.before.strip(" ¤,")) else ""
    purpose = _purpose(clause, clause.after) or _purpose(clause, clause.before) or inverted
    return {"subject": purpose, "source": source or (named if named and "stats" in named.lower() else None)}


def _within(text: str) -> str:
    """The agreement or the work within which a body gets money: "inom överenskommelsen om psykisk hälsa"."""
    match = re.search(
        r"\binom (?:ramen för\s+)?((?:[\w-]*överenskommelse|[\w-]*avtal|satsning|program)\w*\s+\S[^¤,;.]*)", text
    )
    return tidy(match[1]) if match else ""


_LONGER = re.compile(
    r"\s*(?:en\s+)?(?:\w+\s+)?(?:förlängning|fortsättning)\s+av\s+(?P<what>[^¤,;:.()]+)", re.IGNORECASE
)


def _granted_longer(clause: Clause) -> Fields | None:
    """A funder grants "en förlängning av" something to an end."""
    match, span = _LONGER.match(clause.after), until_in(clause, ("until",))
    source = giver_of(clause) if match and span else None
    if match is None or span is None or clause.negated or not source or not clause.words.funder.search(source):
        return None
    subject = project_name(tidy(match["what"]))
    return {"kind": "funded_until", "end": span.end, "when": span.when, "subject": subject, "source": source}


def read_granter(clause: Clause) -> Fields | None:
    """Y avsätter AMOUNT till X för PERIOD; Y beviljar X AMOUNT."""
    period = money_time(clause, period_first=True)
    amount = amount_in(clause, period.when if period else None)
    verb = clause.verb
    if longer := _granted_longer(clause):
        return longer
    if clause.negated or (
        amount is None and (not _gives_money(clause) or sentence_opens_list(clause) or _IN_A_TABLE.search(clause.after))
    ):
        return None
    if "purpose" in clause.needs and (amount is None or not re.search(r"¤\s+(?:i \w+\s+)?till\s", clause.after)):
        return None
    on = re.search(r"¤\s+på\s+([^¤,;:.()]+)", clause.after) if verb == "satsar" else None
    if verb in ("ger", "satsar") and (amount is None or not (clause.money or on)):
        return None
    if amount is None and period is not None:
        period = period_in(clause, led=True) or until_in(clause, ("until",)) or lasting_in(clause)
    fields = timed(clause, period)
    if fields is None:
        return None
    taken = _receiver(phrase_after(clause), clause)
    taken = "" if clause.words.kind_of(head_of(taken)) == "money" or clause.words.money.search(taken) else taken
    pocket = from_pocket(clause.after)
    joint = "medfinansier" in verb or "delfinansier" in verb
    subject = taken if taken and not clause.words.body.search(taken) else _purpose(clause, clause.after) or taken
    subject = re.sub(r"\s+(?:under|för|från|i)\Z", "", tidy(on[1])) if on else subject
    uses = verb.startswith(("använd", "disponer", "nyttj"))
    if ("uppdrag att" in clause.before or uses) and not pocket:
        found = source_in(clause.after, clause.words, False)
        pocket = (found and named_money(found, clause.words)) if uses else found
    fields |= {
        "subject": "" if joint and not taken else subject,
        "source": pocket or (None if uses else giver_of(clause)),
        "amount": amount,
    }
    if re.search(r"\b(?:föreslår|föreslås|förslag)\b", clause.before, re.IGNORECASE):
        fields["certainty"] = "conditional"
    if verb == "avsätt":
        fields["certainty"], fields["source"] = "conditional", None
    return fields


def _receiver(phrase: str, clause: Clause) -> str:
    """Who gets something, before what is given: "Öppna dörren ett verksamhetsbidrag"."""
    for given in re.finditer(r"\s(?:ett|en)\s(?=([\w-]+)(?:\s([\w-]+))?)", phrase):
        if any(word and clause.words.money.fullmatch(word) for word in given.groups()):
            return phrase[: given.start()]
    return phrase


def _gives_money(clause: Clause) -> bool:
    """Whether the object of giving is money without a sum: "fördela medel till kommunerna"."""
    return bool(
        re.match(r"\s*(?:\w+\s+){0,2}?[\w-]*(?:medel|medlen|bidrag|bidraget|anslag|stöd|pengar)\b", clause.after)
    ) and (clause.words.money.search(clause.after) is not None)


def read_apply(clause: Clause) -> Fields | None:
    """X har ansökt om AMOUNT för PERIOD: not granted yet."""
    span = period_in(clause) or until_in(clause)
    amount = amount_in(clause, span.when if span else None)
    if span is None or (amount is None and (not _gives_money(clause) or sentence_opens_list(clause))):
        return None
    period = "budget_period" if span.start else "funded_until"
    fields = {"kind": period, "start": span.start, "end": span.end, "when": span.when, "amount": amount}
    inner = re.match(r"\w*ansök\w*\s+(.+?)\s+om\Z", clause.text[clause.cue.start : clause.cue.end], re.IGNORECASE)
    who = inner[1] if inner else subject_of(clause)
    decided = re.search(r"\bbeslut\w+\b", clause.said, re.IGNORECASE)
    purpose = _purpose(clause, clause.after)
    if clause.words.body.search(who) or decided:  # a body applies for something: that is what the money is for
        who, fields = purpose, fields | {"instead": who}
    source = source_in(clause.after, clause.words, False) or from_pocket(clause.after) or _asked(clause.after)
    if amount is None and source is None:  # "Tolv föreningar har sökt bidrag för 2025" tells of no money in particular
        return None
    return fields | {"subject": who, "source": source}


def read_propose(clause: Clause) -> Fields | None:
    """Y föreslår för PERIOD ett bidrag om AMOUNT."""
    span = period_in(clause, led=True)
    amount = amount_in(clause)
    money = clause.words.money.search(clause.after)
    told = re.search(r"[\w-]*(?:anslag|bidrag|medel|stöd)\s+(?:om|på)\s+(?:\w+\s+){0,2}¤", clause.after)
    if span is None or amount is None or money is None or not told:
        return None
    purpose = _purpose(clause, clause.after[told.end() - 1 :].split("varav")[0])
    fields = {"kind": "budget_period", "start": span.start, "end": span.end, "when": span.when, "amount": amount}
    named = re.search(r"([\w-]+)(?:anslag|bidrag|medel)\b", told.group())
    stem = re.sub(r"s\Z", "", named[1]) if named and len(named[1]) > 3 else ""
    return fields | {"subject": purpose or stem, "source": named_money(told.group().split()[0], clause.words)}


# What is said of the money must take it for granted: a grant may also be refused, questioned or examined.
_RECEIVED = re.compile(
    r"\bhar (?:kommit|betalats|utbetalats|mottagits|tagits emot|satts in|beviljats)\b"
    r"|\b(?:betalas ut|utbetalas|kom in)\b",
    re.IGNORECASE,
)


def read_noun(clause: Clause) -> Fields | None:
    """Kommunens bidrag på AMOUNT till X för PERIOD, whatever is said of it."""
    owner = re.search(r"((?:\b[A-ZÅÄÖ][\w-]+\s)?\b[\w-]{3,})s\s+\Z", clause.before)
    span, amount = period_in(clause, led=True), next((a for a in clause.amounts if a.start >= clause.cue.end), None)
    if (
        owner is None
        or span is None
        or amount is None
        or not _RECEIVED.search(clause.after)
        or clause.negated
        or amount.start - clause.cue.end > 8
    ):
        return None
    purpose = _purpose(clause, clause.after)
    if not purpose or not (clause.words.body.search(owner[1]) or clause.words.funder.search(owner[1])):
        return None
    fields = {"kind": "budget_period", "start": span.start, "end": span.end, "when": span.when, "amount": amount}
    return fields | {"subject": purpose, "source": owner[1]}


def read_enables(clause: Clause) -> Fields | None:
    """Statsbidraget ger möjlighet att höja … under PERIOD."""
    head, span = phrase_before(clause), until_in(clause) or period_in(clause, led=True)
    if span is None or clause.words.kind_of(head_of(head)) != "money":
        return None
    tail = re.sub(
        r"\A\s*(?:att\s+)?(?:inom \w+ (?:budget|ram)\s+)?", "", cut_at(clause.after, re.compile(r"[¤;:,]|\bunder\b"))
    )
    fields = {
        "kind": "budget_period" if span.start else "funded_until",
        "start": span.start,
        "end": span.end,
        "when": span.when,
    }
    return fields | {"subject": tidy(tail), "source": tidy(head_of(head)) or None, "amount": amount_in(clause)}
