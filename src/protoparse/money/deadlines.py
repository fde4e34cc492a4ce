"""Readings of clauses with a last day: money must be applied for, spent or reported on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from protoparse.money.clauses import Clause
from protoparse.money.days import Span, end_of, is_range
from protoparse.money.periods import Fields, amount_in, nearest, period_in, usable
from protoparse.money.phrases import complement_of, cut_at, head_of, phrase_before, sentence_subject, tidy
from protoparse.money.running import running_thing

_CALL = re.compile(r"\b(?:utlysning|ansök)\w*", re.IGNORECASE)
_HANDED_IN = re.compile(
    r"\b(?:inne|inskickad|inskickade|insända|insänt|inlämnat|inkommen|inkomna|inkommit|kommit in|komma in|"
    r"inlämnad|inlämnade|inlämnas|lämnas|lämnats|lämna|skickas|skickats|skicka|"
    r"göras|görs|ställas|ställs|tillhanda|till handa|insänd|sändas|registreras|öppen|öppna|stänger|nå|finnas)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\bansök\w+\s+(?:om|till)\s+(?P<what>(?:(?!\b(?:ska|skall|måste|är|blir|bör|kan|lämnas|skickas|har|vara|"
    r"senast|görs)\b)[^¤,.;])+)",
    re.IGNORECASE,
)


_ASKED_FOR = re.compile(r"\s+(?:om|för)\s+(?P<what>.+)\Z", re.DOTALL)
_NAMED_BODY = re.compile(r"(?:\s+(?:i\s+)?[A-ZÅÄÖ][\w-]*)*\s*\Z")


def _about(clause: Clause) -> str:
    """What is applied for; empty where only the receiver of the application is told: "ansökan till länsstyrelsen"."""
    match = _ABOUT.search(clause.masked, clause.low, clause.high)
    if match is None or not re.search(r"till\s+\Z", match.string[match.start() : match.start("what")], re.IGNORECASE):
        return match["what"] if match else ""
    asked = _ASKED_FOR.search(match["what"])
    receiver = match["what"][: asked.start()] if asked else match["what"]
    if not _receives(receiver, clause):
        return match["what"]
    return asked["what"] if asked else ""


def _receives(who: str, clause: Clause) -> bool:
    """Whether a phrase is somebody who gives money: "Kustfonden", "nämnden", "Region Sjö", "Ekö kommun"."""
    found = clause.words.funder.search(who) or clause.words.body.search(who)
    if found is None or found.group().endswith("s") or who[: found.start()].count(" ") > 2:
        return False
    return _NAMED_BODY.match(who, found.end()) is not None


def read_deadline(clause: Clause) -> Fields | None:
    """Money must be applied for, spent or reported by a date."""
    needs, kind = clause.needs, clause.reads
    if "call" in needs and not _CALL.search(clause.masked[: clause.cue.start]):
        return None
    if _refused(clause, needs):
        return None
    span = _deadline_span(clause, needs, kind)
    if span is None:
        return None
    fields: Fields = {
        "kind": kind,
        "start": span.start if kind == "spend_by" else None,
        "end": span.end,
        "when": span.when,
    }
    return fields | {
        "subject": _deadline_subject(clause, kind),
        "source": _owner_of_money(clause) or (_authority(clause) if kind == "application_deadline" else None),
        "amount": amount_in(clause),
    }


def _owner_of_money(clause: Clause) -> str | None:
    """ "Kustfondens medel" come from Kustfonden."""
    owner = clause.money and re.search(r"([\w-]+)s\s+\Z", clause.masked[: clause.money.start()])
    return owner[1] if owner and clause.words.funder.fullmatch(owner[1]) else None


_AT = re.compile(r"\b(?:hos|till|från)\s+(?:(?:den|det)\s+)?(?=(?P<who>[^¤,;.]+))", re.IGNORECASE)
_IN_HAND = re.compile(
    r"\b(?:vara|nå|ha nått|kommit|komma)\s+(?P<who>[^¤,;.]+?)(?:\s+till\s?handa)?\s*(?:[¤,;.]|\Z)", re.IGNORECASE
)


def _authority(clause: Clause) -> str | None:
    """Who is applied to: "rekvireras hos Skolverket", "lämnas till länsstyrelsen", "ska vara fonden tillhanda"."""
    for pattern in (_AT, _IN_HAND):
        for match in pattern.finditer(clause.said):
            named = clause.words.funder.search(match["who"])
            if named is None or clause.words.verb.search(match["who"], 0, named.start()):
                continue
            if not _AT.search(match["who"], 0, named.end()):  # "stöd till byar skickas till Boverket"
                return tidy(match["who"][: named.end()])
    return None


_FINITE = re.compile(r"\b(?:har|hade|ska|skall|måste|får|kan|bör|skulle)\b", re.IGNORECASE)
_TASKS = re.compile(r"\buppdrag\w*\b|\bprotokoll", re.IGNORECASE)


def _refused(clause: Clause, needs: Sequence[str]) -> bool:
    """Whether a deadline is about something else than money."""
    about = _about(clause)
    beside = re.search(r"\b(?:på|om|av|över|enligt|med|för)\s+\Z", clause.before)
    if "handed" in needs and (beside or not _HANDED_IN.search(clause.said)):
        return True
    if about and clause.reads == "application_deadline" and not _money_in(clause, about):
        return True
    if clause.reads == "spend_by" and (clause.negated or _has_been(clause)):
        return True
    if "money" in needs and (not _about_money(clause) or _WHAT_HAPPENS.match(clause.after)):
        return True
    if clause.reads == "application_deadline" and _for_something_else(clause):
        return True
    return clause.reads == "report_by" and _about_a_task(clause)


def _only_of_money(clause: Clause) -> bool:
    """Whether the verb is said of nothing but money."""
    return clause.verb.startswith(("förbruka", "upparbeta"))


def _for_something_else(clause: Clause) -> bool:
    """Whether a place, a permit or a post is applied for and no money: "Sista ansökningsdag till gymnasiet"."""
    if clause.money or clause.amounts or clause.words.speaks_of_money(clause.sentence.around):
        return False
    return bool(clause.words.elsewhere.search(clause.text) or clause.words.elsewhere.search(clause.sentence.around))


def _about_a_task(clause: Clause) -> bool:
    """Whether a task is reported on; "får i uppdrag att lämna slutrapporten till Kustfonden" is about money."""
    if re.search(r"\bi uppdrag att\b", clause.before) and (clause.money or clause.words.funder.search(clause.said)):
        return False
    return bool(_TASKS.search(clause.said))


def _has_been(clause: Clause) -> bool:
    """Whether money has been used, which is no demand: "hur medlen har använts", "hade 3 mnkr förbrukats"."""
    verbs = _FINITE.findall(clause.before)
    return bool(verbs) and verbs[-1].lower() in ("har", "hade")


def _money_in(clause: Clause, text: str) -> bool:
    return bool(clause.words.money.search(text) or re.search(r"stöd|stipend|ersättning|pott|fond", text, re.IGNORECASE))


def _about_money(clause: Clause) -> bool:
    """Whether money is spoken of in the clause, or just before it and the clause only points back."""
    if clause.money or clause.amounts or _only_of_money(clause):
        return True
    if clause.low and (
        clause.words.money.search(clause.masked, 0, clause.low)
        or any(a.end <= clause.low for a in clause.sentence.amounts)
    ):
        return not _object_is_other(clause)
    if clause.reads == "report_by" and clause.words.funder.search(clause.said):
        return True
    if _object_is_other(clause):
        return False
    return clause.sentence.money_near and not re.search(r"\b(?:uppdrag|nämnd|styrelse)", clause.said, re.IGNORECASE)


def _object_is_other(clause: Clause) -> bool:
    """Whether what is reported on is named and no money: "redovisa ett förslag senast …"."""
    if clause.reads != "report_by":
        return False
    return bool(clause.words.reported_otherwise.match(clause.after))


_WHAT_HAPPENS = re.compile(r"\s+(?:vad som (?:händer|sker|ska)|hur det (?:går|blir)|om det)\b", re.IGNORECASE)


def _deadline_span(clause: Clause, needs: Sequence[str], kind: str | None) -> Span | None:
    whens = usable(clause)
    if "period" in needs or kind == "spend_by":
        ranged = period_in(clause, led=True)
        if ranged and not any(w.bound in ("by", "until") for w in whens):
            return ranged
    told = [w for w in whens if w.bound in ("by", "until") and not (w.bound == "until" and kind == "report_by")]
    if (when := nearest(clause, [w for w in told if w.bound == "by"] or told)) is not None:
        return Span(when.first if is_range(when) else None, end_of(when), when)
    bare = [
        w
        for w in whens
        if w.precision == "day"
        and w.start >= clause.cue.end
        and re.fullmatch(r"\s*(?:(?:vid|till|per|före)\s+)?", clause.text[clause.cue.end : w.start])
    ]
    if (
        kind == "spend_by" and bare and re.search(r"\b(?:vara|varit)\s+\Z", clause.before)
    ):  # "ska vara upparbetade den 1 maj"
        return Span(None, bare[0].last, bare[0])
    if _AT_HAND.search(clause.said) and (near := nearest(clause, [w for w in whens if w.precision == "day"])):
        return Span(None, near.last, near)  # "ska vara länsstyrelsen till handa den 1 maj"
    if "any" in needs:
        after = [w for w in whens if w.start >= clause.cue.end - 1 and (w.bound != "from" or is_range(w))]
        beside = after or [
            w
            for w in whens
            if w.end <= clause.cue.start + 1
            and re.fullmatch(r"\s*(?:är|blir)?\s*", clause.text[w.end : clause.cue.start])
        ]
        return Span(None, beside[0].last, beside[0]) if beside else None
    return None


_SOUGHT = re.compile(
    r"\s*(?:(?:om|för|till|av|ur)\s+)?(?P<what>[^¤:,.;()]+?)\s*(?:\b(?:är|var|blir|infaller)\b|[:¤]|\Z)", re.IGNORECASE
)


def _what_is_sought(clause: Clause) -> str:
    """The money or what it is for, between cue and day: "sista dag att söka kulturbidrag är den 3 maj"."""
    match = _SOUGHT.match(clause.after)
    what = tidy(match["what"]) if match else ""
    if clause.words.kind_of(head_of(what)) == "money":
        return complement_of(what) or what
    return what if what[:1].isupper() else ""


_AT_HAND = re.compile(r"\bska(?:ll)?\s+vara\b.*\btill\s?handa\b", re.IGNORECASE | re.DOTALL)


def _deadline_subject(clause: Clause, kind: str | None) -> str:
    """What a deadline is about: what is applied for, the money that is spent or reported on."""
    if about := _about(clause):
        what = re.sub(r"\s+(?:för|till|under|om)\s*\Z", "", about)
        return complement_of(what) or tidy(what)
    if kind == "spend_by":
        found = running_thing(clause)
        if found is None and _only_of_money(clause):
            return phrase_before(clause)
        return (complement_of(found[0]) or head_of(found[0])) if found else ""
    if "any" in clause.needs:
        return sentence_subject(clause) if "call" in clause.needs else _what_is_sought(clause)
    if ("handed" in clause.needs or not clause.needs) and not re.search(
        r"er[as]r?s?\Z|as\Z|ats?\Z|ade?\Z", clause.verb
    ):
        own = clause.text[clause.cue.start : clause.cue.end]
        return own + (_tail(clause) if re.match(r"\s+(?:ur|för|av|från)\s", clause.after) else "")
    money = clause.money
    beside = money and re.match(r"\s+(?:till|för|mot)\s+(?!att\b)[^¤,;:.]+", clause.masked[money.end() : clause.high])
    return complement_of(beside.group()) if beside and kind != "report_by" else money.group() if money else ""


def _tail(clause: Clause) -> str:
    stop = re.compile(
        r"[¤;:,()]|\b(?:ska|skall|måste|kan|lämnas|skickas|till|senast|görs|är|har|bör|finnas|ges)\b|\b(?:av|om)\s+hur\b",
        re.IGNORECASE,
    )
    tail = tidy(cut_at(clause.after, stop))
    return f" {tail}" if tail else ""
