"""Readings of clauses in which something is paid for, ends, runs on, or lacks money."""

from __future__ import annotations

import re

from protoparse.money.clauses import Clause
from protoparse.money.days import Span, day_before, is_range
from protoparse.money.periods import (
    OPEN,
    Fields,
    after_span,
    amount_in,
    any_end,
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


def read_passive(clause: Clause) -> Fields | None:
    """X finansieras av Y till DATE / under PERIOD / så länge …; har finansierats sedan …"""
    source = source_of(clause)
    if clause.negated or ("source" in clause.needs and source is None):
        return None
    fields = timed(clause, until_in(clause) or period_in(clause))
    past = clause.cue.rule.get("certainty") == "past"
    if fields is None and past and re.search(r"\bsedan\b", clause.said, re.IGNORECASE):
        fields = {"kind": "funded_until"}
    return fields and fields | {"subject": subject_of(clause), "source": source, "amount": amount_in(clause)}


def read_active(clause: Clause) -> Fields | None:
    """Y finansierar X till DATE."""
    fields = timed(clause, until_in(clause) or period_in(clause))
    if fields is None or clause.negated:
        return None
    source = giver_of(clause)
    if source is None:
        return None
    return fields | {"subject": phrase_after(clause), "source": source, "amount": amount_in(clause)}


def giver_of(clause: Clause) -> str | None:
    """Who gives: the phrase before the cue, that of "Y beslutar att" before an infinitive, or the list's lead."""
    decided = re.compile(r"\b(?:beslutar|beslutade|beslöt|föreslår|föreslog)\b.*\Z", re.IGNORECASE | re.DOTALL)
    before = clause.before
    if match := decided.search(before):
        return last_phrase(before[: match.start()], clause.words) or None
    if not before.strip(" ¤,") and clause.sentence.lead and (match := decided.search(clause.sentence.lead)):
        return last_phrase(clause.sentence.lead[: match.start()], clause.words) or None
    if "uppdrag att" in before or "mandat att" in before:
        return last_phrase(cut_at(before, re.compile(r"\b(?:har|får|fick)\b")), clause.words) or None
    return phrase_before(clause) or None


def running_thing(clause: Clause) -> tuple[str, str] | None:
    """The subject of a verb of ending or running, and whether it is money, an agreement or a project."""
    inverted = cut_at(clause.after, re.compile(r"[¤;:,()]|\b(?:fram|tills|så länge|senast|när|om det|i förtid)\b"))
    own = clause.text[clause.cue.start : clause.cue.end]
    for phrase in (
        phrase_before(clause),
        tidy(inverted),
        f"{own.split()[-1]} {tidy(inverted)}",
        sentence_subject(clause),
    ):
        head = clause.words.determiner.sub("", head_of(phrase), count=1) if phrase else ""
        if head and (kind := clause.words.kind_of(head)):
            return phrase, kind
        name = re.match(r"(?:(?:den|det|de|denna|detta)\s+)?(\w+)\s+[A-ZÅÄÖ”\"]", phrase)
        if name and (kind := clause.words.kind_of(name[1])) == "project":
            return phrase, kind
    return None


_RUNS_KIND = {"money": "funded_until", "agreement": "agreement_until", "project": "project_until"}


def read_runs(clause: Clause) -> Fields | None:
    """Money, an agreement or a project upphör, räcker, gäller, löper, pågår … to a date."""
    if "solution" in clause.needs:
        return _read_solution(clause)
    found = (subject_of(clause), "project") if "anything" in clause.needs else running_thing(clause)
    if found is None or clause.negated or not {found[1], "anything"} & set(clause.needs):
        return None
    phrase, kind = found
    if re.match(r"(?:ett|en)\s", phrase, re.IGNORECASE):
        phrase = sentence_subject(clause) or phrase if kind == "project" else phrase
    span = _run_span(clause, kind)
    if clause.certainty == "open_ended" and span and span.when and span.when.bound is None:
        span = None
    if span is None and not (clause.certainty in OPEN and kind == "money"):
        return None
    span = span or Span()
    fields: Fields = {"kind": _RUNS_KIND[kind], "start": span.start, "end": span.end, "when": span.when}
    return fields | run_parties(clause, phrase, kind)


def run_parties(clause: Clause, phrase: str, kind: str) -> Fields:
    """Subject and source of a running statement."""
    named = complement_of(phrase) if kind != "project" else ""
    if owned := re.fullmatch(r"(.{4,}?)s (?:finansiering|medel|pengar|projektmedel)", phrase):
        return {"subject": owned[1], "amount": amount_in(clause)}
    if kind == "money":
        source = source_in(phrase + " ", clause.words, True) if " från " in f" {phrase} " else None
        return {
            "subject": named,
            "source": source or named_money(head_of(phrase), clause.words),
            "amount": amount_in(clause),
        }
    if kind == "agreement":
        return {"subject": named or head_of(phrase), "amount": amount_in(clause)}
    if re.match(r"\w*projekt\w*s\s", phrase, re.IGNORECASE):
        phrase = re.sub(r"s\Z", "", phrase.split()[0])
    return {"subject": project_name(phrase)}


_ENDING = re.compile(
    r"upphör|slut|sinar|löp\w* ut|g[åi]\w* ut|gick ut|avsluta|fasas|trappas|avveckla|räck|varar|dras|"
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
    if span is None:
        ranged = period_in(clause, led=True)
        loose = ranged and (is_range(ranged.when) or ranged.when.precision == "year")
        span = ranged if loose and not _payment(verb) else None
    return None if span and _payment(verb) and span.when.bound == "by" else span


def _payment(verb: str) -> bool:
    """Days on which money is paid out are no ends."""
    return verb.lower() in ("betalas ut", "utgår", "lämnas", "finns", "tecknas", "ingås", "är klar", "är klara")


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
    return fields | {"kind": kind, "subject": "Projektet", "source": source and (giver(clause.after) or source)}


def read_last_year(clause: Clause) -> Fields | None:
    """2026 är sista året med statliga medel."""
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
        "end": day_before(when),
        "when": when,
        "subject": complement or owner_before(clause),
    }


def read_lack(clause: Clause) -> Fields | None:
    """Från 2027 saknas finansiering; ingen finansiering efter …; osäkert om statsbidraget fortsätter efter …"""
    money = clause.money
    bare = re.search(r"\b(?:o|med)?finansiera(?:s|d|t|de)\b", clause.said)
    when = nearest(clause, [w for w in usable(clause) if w.bound == "from" and w.word != "sedan" and not is_range(w)])
    if when is None or not (money or bare):
        return None
    subject = _lacking_subject(clause, money)
    source = named_money(money.group(), clause.words) if money else None
    return {"kind": "funded_until", "end": day_before(when), "when": when, "subject": subject, "source": source}


def _lacking_subject(clause: Clause, money: re.Match[str] | None) -> str:
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
