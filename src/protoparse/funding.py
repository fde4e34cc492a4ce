"""Funding statements: until when something is paid for, agreed or runs as a project, and deadlines about money.

A sentence is cut into clauses, each around the cue of one rule. The rule's `form` says how the clause is read: what
stands before and after the cue, which date ends the statement and where the money comes from.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from protoparse.amounts import Amount, find_amounts
from protoparse.cues import Cue, CueFinder
from protoparse.models import Bound, Doubt, Evidence, Funding, Meeting, Passage, Precision, Zone
from protoparse.rules import load
from protoparse.sentences import boundaries
from protoparse.text import Text

COUNTED = (Zone.DECISION, Zone.DECISION_GROUP, Zone.PROPOSED, Zone.BODY, Zone.INFORMATION, Zone.BACKGROUND)
_DAY = datetime.timedelta(days=1)


class Mention(Protocol):
    """A date in running text, as the date grammar gives it; offsets without the bound words."""

    start: int
    end: int
    first: datetime.date
    last: datetime.date
    precision: Precision
    bound: Bound | None
    bound_start: int
    bound_text: str


DateReader = Callable[[str], Sequence[Mention]]


class When(NamedTuple):
    """A date in a sentence: its place with bound words and without, its first and last day, and its bound."""

    start: int
    inner: int
    end: int
    first: datetime.date
    last: datetime.date
    precision: str
    bound: str | None
    word: str
    text: str


class Span(NamedTuple):
    """The time of a statement."""

    start: datetime.date | None = None
    end: datetime.date | None = None
    when: When | None = None


# --- Words -----------------------------------------------------------------------------------------------------------


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _endings(words: Iterable[str], never: Iterable[str] = (), alone: Iterable[str] = ()) -> re.Pattern[str]:
    """Matches a word that ends with one of the words (compounds) or is one of `alone`; a genitive s may follow."""
    return re.compile(rf"\b(?!\w*(?:{_any(never)})\b)(?:[\w-]*?(?:{_any(words)})|(?:{_any(alone)}))s?\b", re.IGNORECASE)


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(words)})\b", re.IGNORECASE)


class Words:
    """The word lists of the rule file as patterns, built once."""

    def __init__(self, lists: Mapping[str, Sequence[str]]):
        def get(name: str) -> Sequence[str]:
            return lists.get(name, ())

        self.money = _endings(get("money"), get("not_money"), get("money_alone"))
        self.classes = {
            "money": self.money,
            "agreement": _endings(get("agreement"), get("not_agreement")),
            "project": _endings(get("project")),
        }
        self.generic = frozenset(get("generic"))
        self.unnamed = frozenset(get("unnamed_money"))
        self.general = frozenset(get("general_headings"))
        self.spans = frozenset(get("spans"))
        self.weak = frozenset(get("weak_purposes"))
        self.prefixes = re.compile(rf"(?:{_any(get('title_prefixes'))})\s+(?=[^\W\d])", re.IGNORECASE)
        self.determiner = re.compile(rf"(?:{_any(get('determiners'))})\s+", re.IGNORECASE)
        self.genitive = re.compile(r"(?:länets|kommunens|kommunernas|regionens|vår|vårt|våra)\s+", re.IGNORECASE)
        loose = _any([*get("adverbs"), *get("auxiliaries")])
        self.before_cue = re.compile(rf"(?:(?:\A|(?<=[\s,]))(?:{loose})[\s,]*)+\Z", re.IGNORECASE)
        self.after_cue = re.compile(rf"\s*(?:(?:{_any(get('adverbs'))})\b[\s,]*)*", re.IGNORECASE)
        self.verb = re.compile(
            rf"\b(?:{_any([*get('verbs'), *get('auxiliaries')])}|\w+erar|\w+eras|bekostas|\w+erades?|\w+ades)\b",
            re.IGNORECASE,
        )
        self.named = re.compile(rf"(?:{_any(get('named_years'))})(?:\s+för)?\s+(?:år\s+)?\Z", re.IGNORECASE)
        self.funder = _whole(get("funders"))
        self.body = re.compile(rf"\w*(?:{_any(get('bodies'))})s?\b", re.IGNORECASE)
        self.gate = tuple(get("gate"))
        self.money_words = (*get("money"), *get("money_alone"))

    def may_fund(self, text: str) -> bool:
        """Quick: whether a text can hold a statement at all."""
        low = text.lower()
        return any(word in low for word in self.gate)

    def speaks_of_money(self, text: str) -> bool:
        """Whether a text names money; the quick look comes first."""
        low = text.lower()
        return any(word in low for word in self.money_words) and self.money.search(low) is not None

    def points_back(self, plain: str) -> bool:
        """Whether a subject only points to something said before: projektet, denna verksamhet."""
        low = plain.lower()
        demonstrative = re.match(r"(?:denna|detta|dessa|den här|det här)\s+\w+\Z", low)
        return low in self.generic or low.removesuffix("s") in self.generic or bool(demonstrative)

    def kind_of(self, head: str) -> str | None:
        """Whether a noun phrase is headed by money, an agreement or a project; None for anything else."""
        tokens = re.findall(r"[\w-]+", head)
        if tokens and tokens[-1].lower() in self.spans and len(tokens) > 1:
            tokens = [token for token in tokens[:-1] if any(p.fullmatch(token) for p in self.classes.values())]
        if not tokens:
            return None
        return next(
            (name for name in ("agreement", "money", "project") if self.classes[name].fullmatch(tokens[-1])), None
        )


@lru_cache(maxsize=4)
def _words(frozen: tuple[tuple[str, tuple[str, ...]], ...]) -> Words:
    return Words(dict(frozen))


def _vocabulary(words: Mapping[str, Sequence[str]] | None) -> Words:
    lists = words if words is not None else load().data["funding"]["words"]
    return _words(tuple((name, tuple(entries)) for name, entries in lists.items()))


# --- Dates -----------------------------------------------------------------------------------------------------------

_OUT = re.compile(r"\b(?:ut|tills)\s+(?:år(?:et)?\s+)?\Z", re.IGNORECASE)
_YEAR_OUT = re.compile(r"\b(?:ut (?:inne\w+ )?året|året ut)\b", re.IGNORECASE)
_BARE_YEAR = re.compile(r"(?<![\w.,:/–§-])20[0-4]\d(?![\w:/]|[.,]\d|\s?(?:kr|tkr|mnkr|procent|%))")
_RANGE = re.compile(r"\d{4}\s*[–-]\s*\d{2,4}\b(?!-)|–|\s(?:till|t\.?\s?o\.?\s?m\.?|och)\s|-\s|\s-")
_SHIFT = re.compile(r"skifte", re.IGNORECASE)
_OLD = re.compile(
    r"(?:tidigare|i\s*stället för|förut|ursprungligen|mot tidigare|förr)\s*(?:som planerat\s*)?\Z", re.IGNORECASE
)
_ASIDE = re.compile(
    r"(?:beslut|beslutet|protokoll|tjänsteskrivelse|tjänsteutlåtande|skrivelse|sammanträde|möte|mötet|"
    r"sammanträdet|daterad|beslutade|"
    r"startade|startades|startat|inleddes|påbörjades|bildades|infördes|invigdes|startade i|startade år|"
    r"startades i|inleddes i|beslutat|inkom|inkommit|jämfört med|jämfört|sedan|än)\s+\Z",
    re.IGNORECASE,
)


def _when(mention: Mention, text: str, offset: int) -> When:
    start, end = mention.start - offset, mention.end - offset
    outer = mention.bound_start - offset if mention.bound and mention.bound_start is not None else start
    bound, word = mention.bound, (mention.bound_text or "").lower()
    if bound is None and (out := _OUT.search(text, 0, start)):
        bound, word, outer = "until", "ut", out.start()
    return When(
        min(outer, start), start, end, mention.first, mention.last, mention.precision, bound, word, text[start:end]
    )


def _year(match: re.Match[str], text: str) -> When:
    year = int(match.group())
    out = _OUT.search(text, 0, match.start())
    start = out.start() if out else match.start()
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    word = "ut" if out else ""
    bound = "until" if out else None
    return When(start, match.start(), match.end(), first, last, "year", bound, word, match.group())


def _rest_of(match: re.Match[str], year: int) -> When:
    """ "Året ut" of the document's year."""
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return When(match.start(), match.start(), match.end(), first, last, "year", "until", "ut", match.group())


def _whens(text: str, mentions: Iterable[Mention], offset: int, amounts: Sequence[Amount]) -> list[When]:
    """The dates of a sentence, bare years among them, in their order."""
    found = [_when(m, text, offset) for m in mentions if offset <= m.start and m.end <= offset + len(text)]
    taken = [(w.start, w.end) for w in found] + [(a.start, a.end) for a in amounts]
    for match in _BARE_YEAR.finditer(text):
        if all(match.end() <= a or match.start() >= b for a, b in taken):
            found.append(_year(match, text))
    return _merged(sorted(found), text)


def _merged(whens: list[When], text: str) -> list[When]:
    """Years that are listed ("2026 och 2027") are one period."""
    out: list[When] = []
    for when in whens:
        between = text[out[-1].end : when.start] if out else ""
        if (
            out
            and out[-1].precision == when.precision == "year"
            and when.bound is None
            and out[-1].bound is None
            and re.fullmatch(r"\s*(?:och|samt|,|–|-)\s*", between)
        ):
            out[-1] = out[-1]._replace(end=when.end, last=when.last, text=text[out[-1].inner : when.end])
        else:
            out.append(when)
    return out


def _is_range(when: When) -> bool:
    if when.first == when.last or _SHIFT.search(when.text):
        return False
    return when.precision == "day" or bool(_RANGE.search(when.text))


def _end(when: When) -> datetime.date:
    """The last day that a date lets something run to: "fram till den 1 februari" ends the day before."""
    if _SHIFT.search(when.text):
        return when.first
    if when.bound == "by":
        closing = re.search(r"slut|utgång", when.text, re.IGNORECASE)
        return when.first - _DAY if when.word.startswith(("före", "innan")) and not closing else when.last
    exclusive = when.bound == "until" and when.word in ("till", "fram till", "tills", "fram tills")
    if exclusive and when.precision == "day" and when.first == when.last and when.last.day == 1:
        return when.last - _DAY
    return when.last


def _before(when: When) -> datetime.date:
    """The last day before something lacks: "från 2027" and "efter 2026" both leave the end of 2026."""
    if when.word.startswith("efter") or when.bound is None:
        return when.first if _SHIFT.search(when.text) else when.last
    return when.first if _SHIFT.search(when.text) else when.first - _DAY


# --- Noun phrases ----------------------------------------------------------------------------------------------------

_GAP = "¤"  # stands for dates, sums and conditions: no noun phrase runs over it
_AND = re.compile(r"\b(?:och|samt|men)\b", re.IGNORECASE)
_OPENING = re.compile(
    r".*(?:\b(?:att|men|medan|eftersom|när|där|varav|vilket|vilken|vilka|då)\b|[;:¤!?(“”\"])\s*",
    re.IGNORECASE | re.DOTALL,
)
_ADJUNCT = re.compile(
    r"\s*(?:av|för|under|från|till|efter|i|på|vid|inför|enligt|genom|via|med|utifrån|utöver|inom)\b", re.IGNORECASE
)
_STOP = re.compile(
    r"[¤;:,()!?]|\.(?=\s|\Z)|\s[–-]\s|\b(?:genom|via|med|av|från|inom|till|för|under|ur|som|att|så|om|utan|"
    r"enligt|endast|fram|tills|"
    r"tom|senast|medan|men|samt|därefter|varav|vilket|inte|ej|ska|har|är|redan|när|där|efter|sedan|i form|"
    r"och därefter)\b",
    re.IGNORECASE,
)
_SOURCE_STOP = re.compile(
    r"[¤;:,()!?]|\.(?=\s|\Z)|\b(?:till|för|under|som|att|så|om|utan|enligt|endast|fram|tills|senast|medan|"
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


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace(_GAP, " ")).strip(' ,;:.–-"”“(')


def _cut(text: str, stop: re.Pattern[str]) -> str:
    match = stop.search(text)
    return text[: match.start()] if match else text


class Condition(NamedTuple):
    """A condition's place in a sentence, its words and what it makes of the statement."""

    start: int
    end: int
    text: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its cues, dates and sums, and what is known around it."""

    text: str
    masked: str  # the same length, with dates, sums and conditions hidden
    cues: tuple[Cue, ...]
    whens: tuple[When, ...]
    amounts: tuple[Amount, ...]
    condition: Condition | None
    words: Words
    lead: str = ""  # the paragraph that opens the list
    money_near: bool = False  # money is spoken of shortly before

    def cued(self, *forms: str) -> list[Cue]:
        """The cues of some forms."""
        return [cue for cue in self.cues if cue.rule.get("form") in forms]

    @property
    def inside_condition(self) -> list[When]:
        """The dates of the condition."""
        return [w for w in self.whens if self.condition and self.condition.start <= w.start < self.condition.end]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence around one cue, with the dates and sums in it."""

    sentence: Sentence
    low: int
    high: int
    cue: Cue
    whens: tuple[When, ...]
    amounts: tuple[Amount, ...]

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def masked(self) -> str:
        return self.sentence.masked

    @property
    def words(self) -> Words:
        return self.sentence.words

    @property
    def verb(self) -> str:
        """The cue's words in lower case."""
        return self.text[self.cue.start : self.cue.end].lower()

    @property
    def reads(self) -> str | None:
        return self.cue.rule.get("reads")

    @property
    def needs(self) -> tuple[str, ...]:
        return tuple((self.cue.rule.get("needs") or "").split())

    @property
    def before(self) -> str:
        return self.masked[self.low : self.cue.start]

    @property
    def after(self) -> str:
        return self.masked[self.cue.end : self.high]

    @property
    def said(self) -> str:
        """The clause as printed."""
        return self.text[self.low : self.high]

    @property
    def money(self) -> re.Match[str] | None:
        """The first word for money in the clause."""
        return self.words.money.search(self.masked, self.low, self.high)

    @property
    def certainty(self) -> str | None:
        """What the sentence's condition makes of the clause."""
        condition = self.sentence.condition
        if condition is None:
            return None
        onward = condition.text.lower().startswith("och ")  # "för 2026 och framåt" speaks of the year before it only
        if onward and not any(0 <= condition.start - w.end <= 2 for w in self.whens):
            return None
        return condition.certainty

    @property
    def negated(self) -> bool:
        """Whether a negation stands close to the cue."""
        return any(
            -15 < other.start - self.cue.end < 12 or 0 <= self.cue.start - other.end < 3
            for other in self.sentence.cued("negation")
            if self.low <= other.start < self.high
        )

    @property
    def hedged(self) -> bool:
        """Whether the clause says that it is only likely."""
        return any(self.low <= other.start < self.high for other in self.sentence.cued("hedge"))


def _phrase_before(clause: Clause) -> str:
    """The noun phrase that stands before the cue as its subject; empty when there is none."""
    text = clause.before.rstrip(" ¤,")
    relative = re.search(r",?\s+som(?:\s+(?:i dag|idag|nu|även|också|ska|har|är))?\Z", text)
    if relative:
        text = text[: relative.start()]
        near = re.sub(r".*\b(?:genom|via|med|av)\s", "", text)
        text = near if clause.words.kind_of(_head(near)) else text
    text = clause.words.before_cue.sub("", text).rstrip(" ,¤")
    if _AND.search(text) and re.search(r"\b(?:och|samt|men)\Z", text):
        return ""
    return _last_phrase(text, clause.words)


def _last_phrase(text: str, words: Words) -> str:
    """The noun phrase at the end of a stretch: after the last conjunction or finite verb in it."""
    text = _OPENING.sub("", text, count=1)
    named = re.search(r"\ssom\s", text)
    if named and words.verb.search(text, named.end()):
        text = text[: named.start()]
    verbs = list(words.verb.finditer(text))
    if verbs and text[verbs[-1].end() :].strip():
        text = text[verbs[-1].end() :]
        if _AND.search(text):
            text = _AND.split(text)[-1]
    elif verbs:
        text = text[: verbs[-1].start()]
    text = text[clause_start.end() :] if (clause_start := words.after_cue.match(text)) else text
    if "," in text and not re.search(r",[^,]*\boch\b", text):
        text = text.rsplit(",", 1)[-1]
    return "" if _ADJUNCT.match(text) else _tidy(text)


def _phrase_after(clause: Clause) -> str:
    """The noun phrase right after the cue: the object, or the subject of an inverted clause."""
    text = clause.after
    skip = clause.words.after_cue.match(text)
    text = text[skip.end() :] if skip else text
    return _tidy(_cut(text, _STOP))


def _sentence_subject(clause: Clause) -> str:
    """What the sentence opens with, up to its first finite verb: the subject that a later clause leaves out."""
    text = clause.masked[: clause.cue.start]
    verb = clause.words.verb.search(text)
    if not verb or verb.start() == 0:
        return ""
    head = text[: verb.start()]
    return "" if _ADJUNCT.match(head) or _GAP in head.strip() else _last_phrase(head.split(",")[0], clause.words)


def _subject(clause: Clause) -> str:
    before = _phrase_before(clause)
    if before:
        return before
    ellipsis = re.search(r"\b(?:och|samt|men)[\s,]*\Z", clause.words.before_cue.sub("", clause.before.rstrip(" ,¤")))
    if not ellipsis and clause.low == 0 and (after := _phrase_after(clause)):
        return after
    return _sentence_subject(clause) or ("" if ellipsis else _phrase_after(clause))


_NO_SOURCE = re.compile(
    r"(?:start|anledning|möjlighet|förbehåll|hänsyn|stöd|syfte|hjälp|samma|cirka|ca|minst|högst|totalt|"
    r"sammanlagt|en|ett|att|"
    r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)|\d)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(r"\b(?:ram|ramen|budget|budgeten|budgetram|anslag|anslaget|medel)\b", re.IGNORECASE)


def _source_in(text: str, words: Words, agents: bool = True) -> str | None:
    """Where the money comes from in a stretch of text: after genom, via, med, av, från, ur, inom or i."""
    for match in _SOURCE.finditer(text):
        how, phrase = match["how"].lower(), _tidy(_cut(text[match.end() :], _SOURCE_STOP))
        phrase = re.sub(r"\s+och\s+\w+(?:s|ar|er|ade)\b.*", "", phrase) if words.verb.search(phrase) else phrase
        phrase = re.sub(r"\s+(?:och|samt)\Z", "", phrase)
        if phrase.lower() in ("medel", "bidrag", "stöd", "pengar") and " från " in text[match.end() :]:
            continue
        if not phrase or how == "från och med" or (_NO_SOURCE.match(phrase) and not words.money.search(phrase)):
            continue
        if how == "inom" and not _FRAME.search(phrase):
            continue
        if how == "i" and (not words.money.match(phrase) or not _named_money(phrase, words)):
            continue
        if how == "med" and not (agents or words.money.search(phrase)):
            continue
        if how in ("av", "genom", "via") and not agents and not words.money.search(phrase):
            continue
        return phrase.split(" på ")[0].split(" i ")[0] if how != "inom" else phrase
    return None


def _source(clause: Clause, agents: bool = True) -> str | None:
    """The source in a clause: after the verb, or topicalised before it."""
    rest = clause.masked[clause.cue.start : clause.high]
    return _source_in(rest, clause.words, agents) or _source_in(clause.before, clause.words, False)


def _named_money(head: str, words: Words) -> str | None:
    """The money of a phrase as a source, unless it is only "medlen" or "finansieringen"."""
    plain = _tidy(head)
    bare = (
        words.determiner.sub("", plain.lower(), count=1)
        if plain.lower().startswith(("den ", "det "))
        else plain.lower()
    )
    nameless = not plain or bare in words.unnamed or bare.endswith((" finansiering", "finansieringen", " pengar"))
    return None if nameless else plain


# --- The time of a statement -----------------------------------------------------------------------------------------


def _usable(clause: Clause) -> list[When]:
    """The dates that can be the statement's time: not an old end, a name ("budget 2026") or another paper's date."""
    found = []
    for when in clause.whens:
        lead = clause.text[max(0, when.start - 40) : when.start]
        if _OLD.search(lead) or clause.words.named.search(lead) or _ASIDE.search(lead):
            continue
        found.append(when)
    return found


def _extends(clause: Clause) -> bool:
    return clause.cue.rule.get("form") == "runs" and clause.verb.startswith(("förläng", "har förläng", "är förläng"))


def _old_end(clause: Clause, chosen: When | None) -> datetime.date | None:
    """The former end, where the sentence gives it: "(tidigare januari 2026)", "från den 31 mars till …"."""
    for when in clause.whens:
        if _OLD.search(clause.text[max(0, when.start - 40) : when.start]):
            return _end(when)
    if chosen is None or not _extends(clause):
        return None
    if _is_range(chosen) and chosen.bound == "from":
        return chosen.first
    return next((w.last for w in clause.whens if w.bound == "from" and 0 <= chosen.start - w.end <= 2), None)


def _nearest(clause: Clause, whens: Sequence[When]) -> When | None:
    """The first date after the cue, else the last one before it."""
    after = [when for when in whens if when.start >= clause.cue.end - 1]
    return after[0] if after else (whens[-1] if whens else None)


def _until(clause: Clause) -> Span | None:
    """An end that is said as such: until, by, or a range; with the start where "från" gives one."""
    whens = _usable(clause)
    until = _nearest(clause, [w for w in whens if w.bound in ("until", "by") or (w.bound == "from" and _is_range(w))])
    if until is None:
        return None
    if _is_range(until):
        start = None if _old_end(clause, until) else until.first
        return Span(start, until.last, until)
    opened = [w for w in whens if w.bound == "from" and w is not until and w.word != "efter" and w.first <= until.last]
    start = opened[-1].first if opened and not _extends(clause) else None
    return Span(start, _end(until), until)


_PERIOD_LEAD = re.compile(
    r"(?:\b(?:under|för|åren?|perioden|för år|under år|i|inför|avser|avseende|verksamhetsåret|budgetåret)\s+)\Z",
    re.IGNORECASE,
)
_LONG = ("year", "half", "season", "quarter", "tertial", "month", "other")


def _period(clause: Clause, led: bool = False) -> Span | None:
    """A named period: a range, or a year, half year, season … that stands alone or after under, för, i."""
    whens = [w for w in _usable(clause) if w.bound is None and (_is_range(w) or w.precision in _LONG)]
    whens = [w for w in whens if not _SHIFT.search(w.text)]
    if led:
        whens = [w for w in whens if _is_range(w) or _PERIOD_LEAD.search(clause.text[max(0, w.start - 20) : w.start])]
    when = _nearest(clause, whens)
    return Span(when.first, when.last, when) if when else None


def _any_end(clause: Clause) -> Span | None:
    """For verbs that say an end themselves: any date that is no start."""
    if found := _until(clause):
        return found
    when = _nearest(clause, [w for w in _usable(clause) if w.bound != "from"])
    return Span(None, _end(when), when) if when else None


# --- Readings of a clause, by the form of its rule -------------------------------------------------------------------

Fields = dict[str, Any]
_OPEN = ("open_ended", "conditional")


def _amount(clause: Clause, when: When | None = None) -> Amount | None:
    """The sum of the clause: the first that is no unit price; of several the one before the date."""
    sums = [a for a in clause.amounts if a.per != "unit"]
    if when is not None and len(sums) > 1:
        sums = [a for a in sums if a.end <= when.start] or sums
    return sums[0] if sums else None


def _timed(clause: Clause, span: Span | None) -> Fields | None:
    """Kind, start and end of a statement about money; None when nothing tells its time.

    A period with both ends is a `budget_period`. Without an end only a condition makes a statement: tills vidare.
    """
    if span is None and clause.certainty not in _OPEN:
        return None
    span = span or Span()
    end = None if clause.certainty == "open_ended" and span.when and span.when.bound is None else span.end
    kind = "budget_period" if span.start and end else "funded_until"
    return {"kind": kind, "start": span.start, "end": end, "when": span.when}


def _read_passive(clause: Clause) -> Fields | None:
    """X finansieras av Y till DATE / under PERIOD / så länge …; har finansierats sedan …"""
    source = _source(clause)
    if clause.negated or ("source" in clause.needs and source is None):
        return None
    fields = _timed(clause, _until(clause) or _period(clause))
    past = clause.cue.rule.get("certainty") == "past"
    if fields is None and past and re.search(r"\bsedan\b", clause.said, re.IGNORECASE):
        fields = {"kind": "funded_until"}
    return fields and fields | {"subject": _subject(clause), "source": source, "amount": _amount(clause)}


def _read_active(clause: Clause) -> Fields | None:
    """Y finansierar X till DATE."""
    fields = _timed(clause, _until(clause) or _period(clause))
    if fields is None or clause.negated:
        return None
    source = _agent(clause)
    if source is None:
        return None
    return fields | {"subject": _phrase_after(clause), "source": source, "amount": _amount(clause)}


def _agent(clause: Clause) -> str | None:
    """Who gives: the phrase before the cue, that of "Y beslutar att" before an infinitive, or the list's lead."""
    decided = re.compile(r"\b(?:beslutar|beslutade|beslöt|föreslår|föreslog)\b.*\Z", re.IGNORECASE | re.DOTALL)
    before = clause.before
    if match := decided.search(before):
        return _last_phrase(before[: match.start()], clause.words) or None
    if not before.strip(" ¤,") and clause.sentence.lead and (match := decided.search(clause.sentence.lead)):
        return _last_phrase(clause.sentence.lead[: match.start()], clause.words) or None
    if "uppdrag att" in before or "mandat att" in before:
        return _last_phrase(_cut(before, re.compile(r"\b(?:har|får|fick)\b")), clause.words) or None
    return _phrase_before(clause) or None


def _head(phrase: str) -> str:
    """A noun phrase up to its first preposition."""
    return _tidy(_cut(phrase, _HEAD_END))


def _complement(text: str) -> str:
    """What stands after till, för, av, om in a phrase: "Statsbidraget till Familjeguiden" → "Familjeguiden"."""
    match = _COMPLEMENT.search(text)
    if not match:
        return ""
    stop = re.compile(r"[¤;:,()]|\b(?:från|under|som|genom|via|med|fram|tills|är|har|finns|inte)\b", re.IGNORECASE)
    return _tidy(_cut(text[match.end() :], stop))


def _running(clause: Clause) -> tuple[str, str] | None:
    """The subject of a verb of ending or running, and whether it is money, an agreement or a project."""
    inverted = _cut(clause.after, re.compile(r"[¤;:,()]|\b(?:fram|tills|så länge|senast|när|om det|i förtid)\b"))
    own = clause.text[clause.cue.start : clause.cue.end]
    for phrase in (
        _money_phrase(clause),
        _tidy(inverted),
        f"{own.split()[-1]} {_tidy(inverted)}",
        _sentence_subject(clause),
    ):
        head = clause.words.determiner.sub("", _head(phrase), count=1) if phrase else ""
        if head and (kind := clause.words.kind_of(head)):
            return phrase, kind
        name = re.match(r"(?:(?:den|det|de|denna|detta)\s+)?(\w+)\s+[A-ZÅÄÖ”\"]", phrase)
        if name and (kind := clause.words.kind_of(name[1])) == "project":
            return phrase, kind
    return None


def _money_phrase(clause: Clause) -> str:
    """The noun phrase before the cue with its complement ("Medlen till Språkvänner", "avtalet om tolkar")."""
    return _phrase_before(clause)


_RUNS_KIND = {"money": "funded_until", "agreement": "agreement_until", "project": "project_until"}


def _read_runs(clause: Clause) -> Fields | None:
    """Money, an agreement or a project upphör, räcker, gäller, löper, pågår … to a date."""
    if "solution" in clause.needs:
        return _read_solution(clause)
    found = (_subject(clause), "project") if "anything" in clause.needs else _running(clause)
    if found is None or clause.negated or not {found[1], "anything"} & set(clause.needs):
        return None
    phrase, kind = found
    if re.match(r"(?:ett|en)\s", phrase, re.IGNORECASE):
        phrase = _sentence_subject(clause) or phrase if kind == "project" else phrase
    span = _run_span(clause, kind)
    if clause.certainty == "open_ended" and span and span.when and span.when.bound is None:
        span = None
    if span is None and not (clause.certainty in _OPEN and kind == "money"):
        return None
    span = span or Span()
    fields: Fields = {"kind": _RUNS_KIND[kind], "start": span.start, "end": span.end, "when": span.when}
    return fields | _run_parties(clause, phrase, kind)


_RUNS_KIND = {"money": "funded_until", "agreement": "agreement_until", "project": "project_until"}


def _run_parties(clause: Clause, phrase: str, kind: str) -> Fields:
    """Subject and source of a running statement."""
    named = _complement(phrase) if kind != "project" else ""
    if owned := re.fullmatch(r"(.{4,}?)s (?:finansiering|medel|pengar|projektmedel)", phrase):
        return {"subject": owned[1], "amount": _amount(clause)}
    if kind == "money":
        source = _source_in(phrase + " ", clause.words, True) if " från " in f" {phrase} " else None
        return {
            "subject": named,
            "source": source or _named_money(_head(phrase), clause.words),
            "amount": _amount(clause),
        }
    if kind == "agreement":
        return {"subject": named or _head(phrase), "amount": _amount(clause)}
    if re.match(r"\w*projekt\w*s\s", phrase, re.IGNORECASE):
        phrase = re.sub(r"s\Z", "", phrase.split()[0])
    return {"subject": _project_name(phrase)}


def _project_name(phrase: str) -> str:
    """ "Projektet Trygg hemgång" is "Trygg hemgång"."""
    match = re.match(
        r"(?:(?:pilot)?projektet|insatsen|satsningen|piloten|försöket)\s+(?=[”\"A-ZÅÄÖ])(.+)", phrase, re.IGNORECASE
    )
    return _tidy(match[1]) if match and re.match(r"[”\"A-ZÅÄÖ]", match[1]) else phrase


_ENDING = re.compile(
    r"upphör|slut|sinar|löp\w* ut|g[åi]\w* ut|gick ut|avsluta|fasas|trappas|avveckla|räck|varar|dras|"
    r"försvinner|tas bort|slopas|sinade",
    re.I,
)
_CUT_OFF = re.compile(r"dras|försvinner|tas bort|slopas|upphör", re.IGNORECASE)


def _run_span(clause: Clause, kind: str) -> Span | None:
    verb = clause.text[clause.cue.start : clause.cue.end]
    if _CUT_OFF.search(verb):
        cut = _nearest(
            clause, [w for w in _usable(clause) if w.bound == "from" and not w.word.startswith(("efter", "sedan"))]
        )
        if cut and not _is_range(cut):
            return Span(None, _before(cut), cut)
    if _ENDING.search(verb):
        ended = _any_end(clause) or _after_span(clause)
        return Span(None, ended.end, ended.when) if ended else None
    span = _until(clause)
    if span is None:
        ranged = _period(clause, led=True)
        loose = ranged and (_is_range(ranged.when) or ranged.when.precision == "year")
        span = ranged if loose and not _payment(verb) else None
    return None if span and _payment(verb) and span.when.bound == "by" else span


def _after_span(clause: Clause) -> Span | None:
    when = _nearest(clause, [w for w in _usable(clause) if w.word.startswith("efter")])
    return Span(None, _before(when), when) if when else None


def _payment(verb: str) -> bool:
    """Days on which money is paid out are no ends."""
    return verb.lower() in ("betalas ut", "utgår", "lämnas", "finns", "tecknas", "ingås", "är klar", "är klara")


def _read_solution(clause: Clause) -> Fields | None:
    span = _after_span(clause)
    if span is None:
        return None
    subject = re.sub(r"\s+(?:bedöms|anses|är|bedömdes)\b.*", "", _tidy(clause.before)) or None
    return {"kind": "project_until", "end": span.end, "when": span.when, "subject": subject}


def _read_sum(clause: Clause) -> Fields | None:
    """Bidraget uppgår till AMOUNT för PERIOD."""
    found, span = _running(clause), _period(clause)
    amount = _amount(clause, span.when if span else None)
    near = amount is not None and amount.start - clause.cue.end < 25
    if found is None or found[1] != "money" or span is None or not near:
        return None
    return (
        {"kind": "budget_period", "start": span.start, "end": span.end, "when": span.when}
        | _run_parties(clause, found[0], "money")
        | {"amount": amount}
    )


_FOR = re.compile(r"\b(?P<how>till|för|avseende)\s+", re.IGNORECASE)
_PURPOSE_STOP = re.compile(
    r"[¤;:,()!?]|\.(?=\s|\Z)|\b(?:under|som|genom|via|ur|från|fram|senast|med tillägget|enligt|vilket|"
    r"varav|inom ramen|till och med|i form|så länge)\b",
    re.IGNORECASE,
)


def _purpose(clause: Clause, text: str) -> str:
    """What money is for: after "för" or "till"; empty when only a body, a period or a cost is named."""
    best = ""
    for match in _FOR.finditer(text):
        phrase = _cut(text[match.end() :], _PURPOSE_STOP)
        goal = re.match(r"\s*att\s+", phrase)
        phrase = _tidy(phrase[goal.end() :] if goal else phrase)
        first = phrase.split(" ", 1)[0].lower()
        if not phrase or (first in clause.words.weak and not goal):
            continue
        phrase = _tidy(re.split(r"\s(?:för|till) att\s", phrase)[0]) or phrase
        phrase = re.sub(r"\s+(?:för|till|från|under|om|och)\Z", "", phrase)
        inner = _FOR.split(phrase)[0].strip()
        if not clause.words.body.search(inner or phrase):
            return phrase if match["how"].lower() != "till" else _tidy(inner) or phrase
        best = best or _tidy(inner)
    return best


_REQUEST = re.compile(
    r"\b(?:begäran|hemställan|framställan|yrkande\w*|förslag\w*|motion\w*|beslut\w*|uppdrag\w*)\b", re.IGNORECASE
)


def _read_grant(clause: Clause) -> Fields | None:
    """X beviljas AMOUNT för PERIOD; AMOUNT avsätts till X."""
    amount, period = _amount(clause), _period(clause) or _until(clause)
    amount = _amount(clause, period.when if period else None) or amount
    money = clause.money
    if _not_granted(clause, amount, money):
        return None
    if amount is None and period is not None and clause.sentence.condition is None:
        period = _period(clause, led=True) or _until(clause)
    fields = _timed(clause, period)
    if fields is None and clause.sentence.inside_condition and clause.certainty == "conditional":
        fields = {"kind": "funded_until", "end": None, "start": None, "when": None}
    if fields is None:
        return None
    return fields | _grant_parties(clause) | {"amount": amount}


def _not_granted(clause: Clause, amount: Amount | None, money: re.Match[str] | None) -> bool:
    loose = clause.verb in (
        "får",
        "fick",
        "har fått",
        "erhåller",
        "mottar",
        "satsas",
    )
    if clause.negated or (amount is None and money is None):
        return True
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
    return bool(_REQUEST.search(_head(_tidy(clause.before)) or clause.before))


def _grant_parties(clause: Clause) -> Fields:
    """Who or what gets the money, and from where."""
    phrase = _phrase_before(clause) or (
        "" if clause.low == 0 and not _AND.search(clause.before) else _sentence_subject(clause)
    )
    source = _source_in(clause.after, clause.words, False) or _from_pocket(clause.after)
    if phrase and clause.words.kind_of(_head(phrase)) != "money" and not re.match(r"\d|[¤]", phrase):
        if clause.words.body.search(phrase):
            purpose = _purpose(clause, clause.after)
            return {
                "subject": purpose if purpose and not clause.words.body.search(purpose) else phrase,
                "source": source,
            }
        return {"subject": _project_name(phrase), "source": source}
    named = _named_money(_head(phrase), clause.words) if phrase else None
    source = source or _source_in(clause.before, clause.words, False)
    inverted = _phrase_after(clause) if phrase or (clause.low == 0 and not clause.before.strip(" ¤,")) else ""
    purpose = _purpose(clause, clause.after) or _purpose(clause, clause.before) or inverted
    return {"subject": purpose, "source": source or (named if named and "stats" in named.lower() else None)}


def _from_pocket(text: str) -> str | None:
    """The fund after "ur", or the giver after "från" when nothing but the sum stands before it."""
    match = re.search(r"\bur\s+|\A\s*(?:¤|i|[\w-]*(?:medel|bidrag|stöd|pengar)|\s)*\bfrån\s+", text)
    phrase = _tidy(_cut(text[match.end() :], _SOURCE_STOP)) if match else ""
    return phrase.split(" på ")[0] or None


def _read_granter(clause: Clause) -> Fields | None:
    """Y avsätter AMOUNT till X för PERIOD; Y beviljar X AMOUNT."""
    period = _period(clause) or _until(clause)
    amount = _amount(clause, period.when if period else None)
    verb = clause.verb
    if clause.negated or (amount is None and not _gives_money(clause)):
        return None
    if verb in ("ger", "satsar") and (amount is None or not clause.money):
        return None
    if amount is None and period is not None:
        period = _period(clause, led=True) or _until(clause)
    fields = _timed(clause, period)
    if fields is None:
        return None
    taken = _phrase_after(clause)
    taken = "" if clause.words.kind_of(_head(taken)) == "money" or clause.words.money.search(taken) else taken
    pocket = _from_pocket(clause.after)
    joint = "medfinansier" in verb or "delfinansier" in verb
    subject = taken if taken and not clause.words.body.search(taken) else _purpose(clause, clause.after) or taken
    if "uppdrag att" in clause.before and not pocket:
        pocket = _source_in(clause.after, clause.words, False)
    fields |= {"subject": "" if joint and not taken else subject, "source": pocket or _agent(clause), "amount": amount}
    if re.search(r"\b(?:föreslår|föreslås|förslag)\b", clause.before, re.IGNORECASE):
        fields["certainty"] = "conditional"
    if verb == "avsätt":
        fields["certainty"], fields["source"] = "conditional", None
    return fields


def _gives_money(clause: Clause) -> bool:
    """Whether the object of giving is money without a sum: "fördela medel till kommunerna"."""
    return bool(
        re.match(r"\s*(?:\w+\s+){0,2}?[\w-]*(?:medel|medlen|bidrag|bidraget|anslag|stöd|pengar)\b", clause.after)
    ) and (clause.words.money.search(clause.after) is not None)


def _read_apply(clause: Clause) -> Fields | None:
    """X har ansökt om AMOUNT för PERIOD: not granted yet."""
    span = _period(clause) or _until(clause)
    amount = _amount(clause, span.when if span else None)
    if amount is None or span is None:
        return None
    period = "budget_period" if span.start else "funded_until"
    fields = {"kind": period, "start": span.start, "end": span.end, "when": span.when, "amount": amount}
    return fields | {
        "subject": _subject(clause),
        "source": _source_in(clause.after, clause.words, False) or _from_pocket(clause.after),
    }


def _read_propose(clause: Clause) -> Fields | None:
    """Y föreslår för PERIOD ett bidrag om AMOUNT."""
    span = _period(clause, led=True)
    amount = _amount(clause)
    money = clause.words.money.search(clause.after)
    told = re.search(r"[\w-]*(?:anslag|bidrag|medel|stöd)\s+(?:om|på)\s+(?:\w+\s+){0,2}¤", clause.after)
    if span is None or amount is None or money is None or not told:
        return None
    purpose = _purpose(clause, clause.after[told.end() - 1 :].split("varav")[0])
    fields = {"kind": "budget_period", "start": span.start, "end": span.end, "when": span.when, "amount": amount}
    named = re.search(r"([\w-]+)(?:anslag|bidrag|medel)\b", told.group())
    stem = re.sub(r"s\Z", "", named[1]) if named and len(named[1]) > 3 else ""
    return fields | {"subject": purpose or stem, "source": _named_money(told.group().split()[0], clause.words)}


def _read_enables(clause: Clause) -> Fields | None:
    """Statsbidraget ger möjlighet att höja … under PERIOD."""
    head, span = _phrase_before(clause), _until(clause) or _period(clause, led=True)
    if span is None or clause.words.kind_of(_head(head)) != "money":
        return None
    tail = re.sub(
        r"\A\s*(?:att\s+)?(?:inom befintlig budget\s+)?", "", _cut(clause.after, re.compile(r"[¤;:,]|\bunder\b"))
    )
    fields = {
        "kind": "budget_period" if span.start else "funded_until",
        "start": span.start,
        "end": span.end,
        "when": span.when,
    }
    return fields | {"subject": _tidy(tail), "source": _tidy(_head(head)) or None, "amount": _amount(clause)}


def _read_label(clause: Clause) -> Fields | None:
    """Projekttid: 2024–2026; with money in the sentence it is a period of money. Finansiering: SOURCE t.o.m. DATE."""
    span = _until(clause) or _period(clause)
    if span is None:
        return None
    fields: Fields = {
        "kind": clause.reads,
        "start": span.start,
        "end": span.end,
        "when": span.when,
        "amount": _amount(clause),
    }
    if clause.reads == "funded_until":
        return fields | {"source": _tidy(_cut(clause.after, _STOP)) or None} if not clause.before.strip() else None
    if clause.reads == "agreement_until":
        return fields | {"subject": "Avtalet"}
    source = _source_in(clause.after, clause.words, False)
    kind = "budget_period" if source and span.start else clause.reads
    return fields | {"kind": kind, "subject": "Projektet", "source": source and (_giver(clause.after) or source)}


def _giver(text: str) -> str | None:
    """Who stands after "medel från"."""
    match = re.search(r"\b(?:medel|bidrag|stöd|pengar) från\s+", text)
    return (_tidy(_cut(text[match.end() :], _SOURCE_STOP)) or None) if match else None


def _read_last_year(clause: Clause) -> Fields | None:
    """2026 är sista året med statliga medel."""
    money = clause.money
    when = next((w for w in reversed(_usable(clause)) if w.precision == "year"), None)
    if money is None or when is None:
        return None
    phrase = _phrase_after(clause)
    source = _named_money(phrase, clause.words) if clause.words.money.search(phrase) else None
    subject = "" if clause.words.money.search(phrase) else phrase
    return {
        "kind": "funded_until",
        "end": when.last,
        "when": when,
        "source": source,
        "subject": subject or _complement(clause.after[clause.after.find(phrase) + len(phrase) :]),
    }


_HANDED_IN = re.compile(
    r"\b(?:inne|inskickad|inskickade|insända|insänt|inlämnat|inkommen|inkomna|inkommit|kommit in|komma in|"
    r"inlämnad|inlämnade|inlämnas|lämnas|lämnats|lämna|skickas|skickats|skicka|"
    r"göras|görs|ställas|ställs|tillhanda|insänd|sändas|registreras|öppen|öppna|stänger|nå|finnas)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\bansök\w+\s+(?:om|till)\s+(?P<what>(?:(?!\b(?:ska|skall|måste|bör|kan|lämnas|skickas|har|vara|"
    r"senast|görs)\b)[^¤,.;])+)",
    re.IGNORECASE,
)


def _read_deadline(clause: Clause) -> Fields | None:
    """Money must be applied for, spent or reported by a date."""
    needs, kind = clause.needs, clause.reads
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
    return fields | {"subject": _deadline_subject(clause, kind), "source": None, "amount": _amount(clause)}


_TASKS = re.compile(r"\buppdrag\w*\b|\bprotokoll", re.IGNORECASE)


def _refused(clause: Clause, needs: Sequence[str]) -> bool:
    """Whether a deadline is about something else than money."""
    about = _ABOUT.search(clause.masked, clause.low, clause.high)
    beside = re.search(r"\b(?:på|om|av|över|enligt|med|för)\s+\Z", clause.before)
    if "handed" in needs and (beside or not _HANDED_IN.search(clause.said)):
        return True
    if about and clause.reads == "application_deadline" and not _money_in(clause, about["what"]):
        return True
    if clause.negated and clause.reads == "spend_by":
        return True
    if "money" in needs and not _about_money(clause):
        return True
    return clause.reads == "report_by" and bool(_TASKS.search(clause.said))


def _money_in(clause: Clause, text: str) -> bool:
    return bool(clause.words.money.search(text) or re.search(r"stöd|stipend|ersättning|pott|fond", text, re.IGNORECASE))


def _about_money(clause: Clause) -> bool:
    """Whether money is spoken of in the clause, or just before it and the clause only points back."""
    if clause.money or clause.amounts:
        return True
    if clause.low and clause.words.money.search(clause.masked, 0, clause.low):
        return True
    if clause.reads == "report_by" and clause.words.funder.search(clause.said):
        return True
    return clause.sentence.money_near and not re.search(r"\b(?:uppdrag|nämnd|styrelse)", clause.said, re.IGNORECASE)


def _deadline_span(clause: Clause, needs: Sequence[str], kind: str | None) -> Span | None:
    whens = _usable(clause)
    if "period" in needs or kind == "spend_by":
        ranged = _period(clause, led=True)
        if ranged and not any(w.bound in ("by", "until") for w in whens):
            return ranged
    told = [w for w in whens if w.bound in ("by", "until") and not (w.bound == "until" and kind == "report_by")]
    if (when := _nearest(clause, [w for w in told if w.bound == "by"] or told)) is not None:
        return Span(when.first if _is_range(when) else None, _end(when), when)
    if "any" in needs:
        after = [w for w in whens if w.start >= clause.cue.end - 1 and (w.bound != "from" or _is_range(w))]
        beside = after or [
            w
            for w in whens
            if w.end <= clause.cue.start + 1
            and re.fullmatch(r"\s*(?:är|blir)?\s*", clause.text[w.end : clause.cue.start])
        ]
        return Span(None, beside[0].last, beside[0]) if beside else None
    return None


def _deadline_subject(clause: Clause, kind: str | None) -> str:
    """What a deadline is about: what is applied for, the money that is spent or reported on."""
    about = _ABOUT.search(clause.masked, clause.low, clause.high)
    if about:
        return _complement(about["what"]) or _tidy(about["what"])
    if kind == "spend_by":
        found = _running(clause)
        return (_complement(found[0]) or _head(found[0])) if found else ""
    if "any" in clause.needs:
        return ""
    if ("handed" in clause.needs or not clause.needs) and not re.search(r"er[as]r?s?\Z", clause.verb):
        own = clause.text[clause.cue.start : clause.cue.end]
        return own + (_tail(clause) if re.match(r"\s+(?:ur|för|av|från)\s", clause.after) else "")
    money = clause.money
    beside = money and re.match(r"\s+(?:till|för|mot)\s+(?!att\b)[^¤,;:.]+", clause.masked[money.end() : clause.high])
    return _complement(beside.group()) if beside and kind != "report_by" else money.group() if money else ""


def _tail(clause: Clause) -> str:
    stop = re.compile(
        r"[¤;:,()]|\b(?:ska|skall|måste|kan|lämnas|skickas|till|senast|görs|är|har|bör|finnas|ges)\b", re.IGNORECASE
    )
    tail = _tidy(_cut(clause.after, stop))
    return f" {tail}" if tail else ""


def _read_after(clause: Clause) -> Fields | None:
    """… finansiering efter 2026: the end is implied."""
    when = next((w for w in _usable(clause) if w.word.startswith("efter") and 0 <= w.start - clause.cue.end <= 2), None)
    complement = ""
    if when is None:
        when = next((w for w in _usable(clause) if w.word.startswith("efter") and w.start > clause.cue.end), None)
        between = clause.text[clause.cue.end : when.start] if when else ""
        if not re.fullmatch(r"\s+(?:av|för|till)\s+(?:[\w-]+\s+){1,5}", between):
            return None
        complement = _tidy(re.sub(r"\A\s+(?:av|för|till)\s+", "", between))
    return {
        "kind": "funded_until",
        "end": _before(when),
        "when": when,
        "subject": complement or _owner(clause),
    }


def _owner(clause: Clause) -> str:
    """Whose money: "projektets finansiering", "teamets framtida ekonomi"; the genitive nearest before the cue."""
    matches = list(re.finditer(r"\b([\w-]{4,}?)s(?=\s)", clause.masked[: clause.cue.start]))
    for match in reversed(matches):
        word = match[1]
        if clause.words.classes["project"].fullmatch(word) or word.lower() in clause.words.generic or word.isupper():
            return word
    return ""


def _read_lack(clause: Clause) -> Fields | None:
    """Från 2027 saknas finansiering; ingen finansiering efter …; osäkert om statsbidraget fortsätter efter …"""
    money = clause.money
    bare = re.search(r"\b(?:o|med)?finansiera(?:s|d|t|de)\b", clause.said)
    when = _nearest(
        clause, [w for w in _usable(clause) if w.bound == "from" and w.word != "sedan" and not _is_range(w)]
    )
    if when is None or not (money or bare):
        return None
    subject = _lacking_subject(clause, money)
    source = _named_money(money.group(), clause.words) if money else None
    return {"kind": "funded_until", "end": _before(when), "when": when, "subject": subject, "source": source}


def _lacking_subject(clause: Clause, money: re.Match[str] | None) -> str:
    if money and clause.verb == "saknar":
        return _phrase_before(clause) or _tidy(clause.text[clause.cue.end : money.start()])
    if money:
        return _complement(_cut(clause.masked[money.end() : clause.high], re.compile(r"[¤,;]"))) or _owner(clause)
    asked = re.search(r"\b(?:hur|om|att)\s+(.+?)\s+(?:(?:ska|skall|kan|kommer att)\s+)?finansieras\b", clause.said)
    if asked:
        return _tidy(asked[1])
    verb = re.search(r"\bfinansiera(?:s|d|t|de)\b", clause.said)
    if verb and verb.start() < clause.cue.start - clause.low:
        return re.sub(
            r"\Ahur\s+",
            "",
            _last_phrase(clause.words.before_cue.sub("", clause.said[: verb.start()]), clause.words),
            flags=re.I,
        )
    return _subject(clause)


READERS: dict[str, Callable[[Clause], Fields | None]] = {
    "passive": _read_passive,
    "active": _read_active,
    "runs": _read_runs,
    "sum": _read_sum,
    "grant": _read_grant,
    "granter": _read_granter,
    "apply": _read_apply,
    "propose": _read_propose,
    "enables": _read_enables,
    "label": _read_label,
    "last_year": _read_last_year,
    "deadline": _read_deadline,
    "lack": _read_lack,
    "after": _read_after,
}
_WEAK = ("lack", "after")


# --- Sentences into clauses ------------------------------------------------------------------------------------------

_STRONG_CUT = re.compile(r";|,?\s\b(?:men|medan|därefter|varav)\b", re.IGNORECASE)
_SOFT_CUT = re.compile(r",?\s\b(?:och|samt)\b", re.IGNORECASE)
_CONDITION_END = re.compile(r",|;|\.(?=\s|\Z)|\b(?:men|varav)\b|\bdärefter\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"\b(?:osäkert|oklart|oklar|osäker|ovisst|oviss|fråg\w+|beslut\w*|inform\w+|dialog|beror på)\s+\Z", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^()]*\)")


def _condition(text: str, cues: Sequence[Cue]) -> Condition | None:
    """The first condition of a sentence: så länge …, under förutsättning att …, om riksdagen …, tills vidare."""
    return next(
        (found for cue in cues if cue.rule.get("form") == "condition" if (found := _one(text, cue, cues))), None
    )


def _one(text: str, cue: Cue, cues: Sequence[Cue]) -> Condition | None:
    """The condition that a cue opens; None where "om" does not open one."""
    needs = (cue.rule.get("needs") or "").split()
    certainty = cue.rule.get("certainty") or "conditional"
    if needs == ["nothing"]:
        return Condition(cue.start, cue.end, text[cue.start : cue.end], certainty)
    stop = _CONDITION_END.search(text, cue.end)
    end = stop.start() if stop else len(text)
    if needs and (
        _QUESTION.search(text, 0, cue.start) or not re.search(rf"\b(?:{_any(needs)})\b", text[cue.end : end], re.I)
    ):
        return None
    if cue.start == 0 and not (stop and stop.group() == ","):
        end = next((c.start for c in cues if c.start > cue.end and c.rule.get("form") in ("passive", "grant")), end)
    return Condition(cue.start, end, text[cue.start : end].strip(), certainty)


def _mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with stretches hidden, and with brackets that hold a date."""
    chars = list(text)
    for start, end in spans:
        for at in range(max(0, start), min(end, len(chars))):
            chars[at] = _GAP
    return _BRACKETS.sub(lambda m: _GAP * len(m.group()) if _GAP in m.group() else m.group(), "".join(chars))


def _boundary(masked: str, start: int, end: int) -> int | None:
    """Where between two cues the clause ends: at men, medan, därefter; else at och, samt; else at a comma."""
    for pattern in (_STRONG_CUT, _SOFT_CUT):
        if cuts := list(pattern.finditer(masked, start, end)):
            return cuts[-1].start() if pattern is _STRONG_CUT else cuts[-1].end()
    comma = masked.rfind(",", start, end)
    return comma if comma >= 0 else None


def _stretches(masked: str, cues: Sequence[Cue]) -> list[tuple[int, int, list[Cue]]]:
    """The clauses as (from, to, cues)."""
    found: list[tuple[int, int, list[Cue]]] = []
    for cue in cues:
        cut = _boundary(masked, found[-1][2][-1].end, cue.start) if found else 0
        if cut is None:
            found[-1][2].append(cue)
            continue
        if found:
            found[-1] = (found[-1][0], cut, found[-1][2])
        found.append((cut, len(masked), [cue]))
    return found


def _readings(sentence: Sentence) -> Iterable[list[Clause]]:
    """Per clause of the sentence its possible readings, surest first: a lack of money, verbs, "finansiering efter"."""
    hidden = sentence.condition
    takes_over = next((cue.start for cue in sentence.cued("successor")), len(sentence.text))
    main = [
        c
        for c in sentence.cued(*READERS)
        if not (hidden and hidden.start <= c.start < hidden.end) and c.start < takes_over
    ]
    verbs = [c for c in main if c.rule.get("form") not in _WEAK]
    cutting = [c for c in main if c in verbs or sentence.text[c.start : c.end].lower() in ("saknas", "saknar")] or main[
        :1
    ]
    for low, high, _ in _stretches(sentence.masked, cutting):
        here = [c for c in main if low <= c.start < high]
        order = sorted(here, key=lambda c: {"lack": 0, "after": 2}.get(c.rule.get("form") or "", 1))
        yield [clause for cue in order for clause in _pieces(sentence, low, high, cue)]


def _pieces(sentence: Sentence, low: int, high: int, cue: Cue) -> Iterable[Clause]:
    given = sentence.inside_condition
    whens = tuple(w for w in sentence.whens if low <= w.start < high and w not in given)
    yield Clause(sentence, low, high, cue, whens, tuple(a for a in sentence.amounts if low <= a.start < high))


def _shares(clause: Clause) -> list[Clause]:
    """ "1 mnkr för 2026 och 2 mnkr för 2027" is two statements: each sum with the period that follows it."""
    periods = [w for w in clause.whens if w.bound is None and w.precision == "year"]
    sums = [a for a in clause.amounts if a.per != "unit"]
    marks = sorted(
        [(a.start, "sum", a) for a in sums] + [(w.start, "when", w) for w in periods], key=lambda mark: mark[0]
    )
    alternate = [kind for _, kind, _ in marks] == ["sum", "when"] * (len(marks) // 2)
    if clause.cue.rule.get("form") not in ("grant", "granter") or len(marks) < 4 or not alternate:
        return [clause]
    return [replace(clause, amounts=(marks[at][2],), whens=(marks[at + 1][2],)) for at in range(0, len(marks), 2)]


# --- The document ----------------------------------------------------------------------------------------------------

_HINT = re.compile(
    r"\d|skifte|sedan|förläng|året|ytterligare|så länge|tills|vidare|permanent|utan slut|framåt|framöver|"
    r"årligen|förutsa?ä?tt|förbehåll|villkor|i mån|\bom\b|"
    r"januari|februari|mars\b|april|\bmaj\b|juni|juli|augusti|september|oktober|november|december|hösten|"
    r"våren|sommaren|terminen|kvartal|halvår",
    re.IGNORECASE,
)
_SHORT_LAST = re.compile(r"([A-ZÅÄÖ][\wåäöé-]+(?:[ ][\wåäöé-]+){0,6}) \(([A-ZÅÄÖ]{2,7})\)")
_SHORT_FIRST = re.compile(r"\b([A-ZÅÄÖ]{2,7}) \(([A-ZÅÄÖ][\wåäöé-]+(?:[ ][\wåäöé-]+){1,6})\)")
_STEM = re.compile(r"(?:ernas|ernas|orna|erna|arna|ningen|heten|ens|ets|en|et|na|ar|er|or|a|n|t|s)\Z")


def _fits(short: str, words: Sequence[str]) -> bool:
    """Whether the letters of an abbreviation come in order in the words, its first letter first."""
    text, at = " ".join(words).lower(), 0
    if not text.startswith(short[0].lower()):
        return False
    for letter in short.lower():
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True


def _bindings(texts: Iterable[str]) -> dict[str, str]:
    """Abbreviations that the document explains: IKB → Intensiv kontextuell behandling (IKB)."""
    bound: dict[str, str] = {}
    for text in texts:
        if "(" not in text:
            continue
        for match in _SHORT_FIRST.finditer(text):
            if _fits(match[1], match[2].split()):
                bound.setdefault(match[1], f"{match[2]} ({match[1]})")
        for match in _SHORT_LAST.finditer(text):
            words = match[1].split()
            for size in range(1, len(words) + 1):
                if words[-size][0].isupper() and _fits(match[2], words[-size:]):
                    bound.setdefault(match[2], f"{' '.join(words[-size:])} ({match[2]})")
                    break
    return bound


def _stems(text: str, words: Words) -> frozenset[str]:
    plain = words.genitive.sub("", re.sub(r"\([^)]*\)", "", text.lower()))
    tokens = [
        token for token in re.findall(r"[\wåäö-]+", plain) if token not in ("den", "det", "de", "och", "i", "på", "för")
    ]
    return frozenset(_STEM.sub("", token) if len(token) > 4 else token for token in tokens)


@dataclass(slots=True)
class _Document:
    """What is known while the passages of a document go by."""

    meeting: Meeting
    cues: CueFinder
    dates: DateReader
    titles: Mapping[int, str]
    words: Words
    bound: dict[str, str]
    rows: list[Funding] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    said: dict[int | None, str] = field(default_factory=dict)  # the last subject of a section
    moneyed: set[int | None] = field(default_factory=set)  # sections in which money has been spoken of

    def read(self, passage: Passage, following: Passage | None) -> None:
        """All sentences of a passage."""
        string = passage.text.string
        if not self.words.may_fund(string):
            return
        spans, here = boundaries(string), ""
        mentions: Sequence[Mention] | None = None
        for at, (start, end) in enumerate(spans):
            text = string[start:end]
            if end - start < _LONGEST and self.words.may_fund(text) and _HINT.search(text):
                mentions = self.dates(string) if mentions is None else mentions
                coming = string[slice(*spans[at + 1])] if at + 1 < len(spans) else _opening(following, passage)
                sentence = self._sentence(passage, start, text, mentions)
                here = self._statements(passage, start, sentence, coming, here) if sentence else here
        if passage.section not in self.moneyed and self.words.speaks_of_money(string):
            self.moneyed.add(passage.section)

    def _sentence(self, passage: Passage, start: int, text: str, mentions: Sequence[Mention]) -> Sentence | None:
        """The sentence with its cues; None where it can be no statement."""
        cues = self.cues.find(text)
        if not cues or any(cue.rule.pseudo and cue.rule.get("form") == "veto" for cue in cues):
            return None
        cues = [cue for cue in cues if not cue.rule.pseudo]
        amounts = find_amounts(text)
        whens = _whens(text, mentions, start, amounts)
        if (rest := _YEAR_OUT.search(text)) and self.meeting.date:
            whens = sorted([*whens, _rest_of(rest, self.meeting.date.year)])
        condition = _condition(text, cues)
        hidden = [(w.start, w.end) for w in whens] + [(a.start, a.end) for a in amounts]
        masked = _mask(text, [*hidden, (condition.start, condition.end)] if condition else hidden)
        near = passage.section in self.moneyed or self.words.speaks_of_money(passage.text.string[:start])
        return Sentence(
            text,
            masked,
            tuple(cues),
            tuple(whens),
            tuple(amounts),
            condition,
            self.words,
            str(passage.lead or ""),
            near,
        )

    def _statements(self, passage: Passage, start: int, sentence: Sentence, coming: str, here: str) -> str:
        """The rows of a sentence; gives back what was last spoken of."""
        quote = passage.text[start : start + len(sentence.text)]
        first = len(self.rows)
        for readings in _readings(sentence):
            for clause, fields in _first_read(readings):
                row = self._row(passage, quote, clause, fields, coming, here)
                if all((row.kind, row.end, row.amount) != (r.kind, r.end, r.amount) for r in self.rows[first:]):
                    self.rows.append(row)
                    self.zones.append(passage.zone)
                here = row.subject or here
        if len(self.rows) == first:
            self.doubts.extend(_doubts(sentence, quote, passage.section))
        self.said[passage.section] = here or self.said.get(passage.section, "")
        return here

    def _row(self, passage: Passage, quote: Text, clause: Clause, fields: Fields, coming: str, here: str) -> Funding:
        certainty, end = self._certainty(clause, fields, passage.zone)
        amount: Amount | None = fields.get("amount")
        money = fields["kind"] in _MONEY_KINDS
        condition = clause.sentence.condition
        return Funding(
            evidence=Evidence(quote=quote, rule=clause.cue.rule.id),
            text=clause.text,
            kind=fields["kind"],
            certainty=certainty,
            subject=self._resolve(fields.get("subject") or "", passage, here) or None,
            source=fields.get("source") or _source_of_condition(clause),
            amount=amount.value if amount else None,
            amount_per=amount.per if amount and amount.per != "unit" else None,
            amount_text=amount.text if amount else None,
            start=fields.get("start"),
            end=end,
            old_end=_old_end(clause, fields.get("when")),
            successor=self._successor(clause.sentence, coming) if money else None,
            condition=condition.text if condition and clause.certainty and certainty in _OPEN else None,
            section=passage.section,
            heading=passage.heading,
        )

    def _certainty(self, clause: Clause, fields: Fields, zone: Zone) -> tuple[Any, datetime.date | None]:
        """The certainty and the end: what the reading says, then the condition, the zone, the tense and hedges."""
        rule, end = clause.cue.rule.get("certainty"), fields.get("end")
        said = fields.get("certainty") or (rule if rule != "past" else None)
        if not said and _PROPOSED.search(clause.text, 0, clause.cue.start):
            said = "conditional"
        if said or fields["kind"] not in _MONEY_KINDS:
            return said or "stated", end
        if clause.certainty:
            given = clause.sentence.inside_condition
            return clause.certainty, given[-1].last if clause.certainty == "conditional" and not end and given else end
        if zone == Zone.PROPOSED:
            return "conditional", end
        if self._is_past(fields, rule):
            return "past", end
        return "implied" if clause.hedged else "stated", end

    def _is_past(self, fields: Fields, rule: str | None) -> bool:
        """Money that had ended when the text was written."""
        end, today = fields.get("end"), self.meeting.date
        if end is None or today is None:
            return rule == "past"
        return end < today

    def _successor(self, sentence: Sentence, coming: str) -> str | None:
        """Who pays afterwards, by this sentence or the next."""
        own = _successor_in(sentence.text, sentence.cues)
        if own or not _CARRIES_ON.match(coming):
            return own
        return _successor_in(coming, self.cues.find(coming))

    def _just_before(self, passage: Passage, plain: str) -> str:
        """What the section right before spoke of, for a "projektet" under a heading that says nothing."""
        return self.said.get((passage.section or 0) - 1, "") if plain else ""

    def _topic(self, passage: Passage) -> str:
        """What the heading, else the section's title, says the text is about; empty when it says nothing."""
        for title in (passage.heading, self.titles.get(passage.section or 0)):
            if not title or _ZONE_HEADING.match(title.strip(" :")):
                continue
            plain = _YEARS.sub("", self.words.prefixes.sub("", " ".join(title.split()), count=1))
            known = next((full for short, full in self.bound.items() if re.match(rf"{short}\b", plain)), None)
            if known and plain not in known:
                return known
            if re.split(r"[\s,:–-]", plain.lower(), maxsplit=1)[0] not in self.words.general:
                return plain[:1].upper() + plain[1:]
        return ""

    def _resolve(self, subject: str, passage: Passage, here: str) -> str:
        """The subject's full name: the heading's wording, an explained abbreviation, what "projektet" stands for."""
        topic, words = self._topic(passage), self.words
        plain = _project_name(words.genitive.sub("", _tidy(subject), count=1))
        plain = plain[:1].upper() + plain[1:] if subject[:1].isupper() else plain
        if not plain or words.points_back(plain):
            return here or topic or self.said.get(passage.section, "") or self._just_before(passage, plain) or plain
        if full := _spelled_out(plain, self.bound):
            return full
        return topic if _same_thing(plain, topic, words) else plain


_DEFINITE = re.compile(r"(?:en|et|an|on|na)\Z", re.IGNORECASE)


def _same_thing(plain: str, topic: str, words: Words) -> bool:
    """Whether a heading names what the sentence names: "ungdomsmottagningen" under "Digital ungdomsmottagning"."""
    own, other = _stems(plain, words), _stems(topic, words)
    return own == other or bool(own and own < other and len(other) <= len(own) + 2 and _DEFINITE.search(plain))


def _opening(following: Passage | None, passage: Passage) -> str:
    """The first sentence of the next passage under the same heading: it may name a successor."""
    if following is None or (following.section, following.heading) != (passage.section, passage.heading):
        return ""
    return next((following.text.string[slice(*span)] for span in boundaries(following.text.string)), "")


def _first_read(readings: Sequence[Clause]) -> list[tuple[Clause, Fields]]:
    """The statements of the surest reading of a clause."""
    for clause in readings:
        read = READERS[clause.cue.rule.get("form") or ""]
        if found := [(share, fields) for share in _shares(clause) if (fields := read(share)) is not None]:
            return found
    return []


_LONGER = re.compile(
    r"förläng\w* med \w+ (?:månad|år)|ytterligare (?:ett|två|tre|fyra|sex|\d+) (?:år|månader)", re.IGNORECASE
)


def _doubts(sentence: Sentence, quote: Text, section: int | None) -> list[Doubt]:
    """An extension of money by months or years, whose end cannot be reckoned."""
    cue = next(iter(sentence.cued("runs", "grant")), None)
    if (
        cue is None
        or sentence.whens
        or not _LONGER.search(sentence.text)
        or not sentence.words.money.search(sentence.text)
    ):
        return []
    message = "Pengar förlängs, men texten säger inte från vilken dag."
    evidence = Evidence(quote=quote, rule=cue.rule.id)
    return [
        Doubt(
            evidence=evidence, kind="funding", cue=sentence.text[cue.start : cue.end], message=message, section=section
        )
    ]


def _source_of_condition(clause: Clause) -> str | None:
    """ "så länge statsbidraget betalas ut" names the source."""
    condition = clause.sentence.condition
    match = condition and condition.certainty == "open_ended" and clause.words.money.search(condition.text)
    return _named_money(match.group(), clause.words) if match and match.group().lower() != "medel" else None


def _spelled_out(plain: str, bound: Mapping[str, str]) -> str | None:
    """The full form of an abbreviation that the document explains, of a compound with it, or of the long name alone."""
    short = re.match(r"([A-ZÅÄÖ]{2,7})(?:-\w+)?\Z", plain)
    if short and short[1] in bound:
        return bound[short[1]]
    return next((full for name, full in bound.items() if full.lower() == f"{plain} ({name})".lower()), None)


_PROPOSED = re.compile(r"\bföresl(?:år|ås|og|ogs)\b", re.IGNORECASE)
_LONGEST = 1500  # characters: what is longer is a table, not a sentence
_YEARS = re.compile(r"\s+20\d\d(?:\s?[–-]\s?\d{2,4})?\Z")
_CARRIES_ON = re.compile(r"\s*(?:Därefter|Efter det|Sedan|Verksamheten|Ansvaret|Insatsen|Därpå|Från och med|Då)\b")
_MONEY_KINDS = ("funded_until", "budget_period")
_ZONE_HEADING = re.compile(
    r"(?:beslut\w*|förslag\b.*|ärende\w*|bakgrund|bedömning|beredning|sammanfattning.*|informations\w*.*|"
    r"meddelanden|övrig\w*.*|"
    r"ekonomisk\w* \w+|konsekvenser|yttrande\w*|.*\bbeslut|dialog\w*.*|lägesrapport\w*|rapporter|anmälningsärenden)\Z",
    re.IGNORECASE,
)


_SUCCESSOR_STOP = re.compile(
    r"[,;:.()]|\b(?:över|ett|hela|det|ansvar\w*|kostnad\w*|verksamhet\w*|för|från|som|och guiden|insats\w*|"
    r"av|genom|driften|arbetet|finansiering\w*|"
    r"med|i)\b",
    re.IGNORECASE,
)


def _successor_in(text: str, cues: Sequence[Cue]) -> str | None:
    """Who or what takes over after the end: the noun phrase after "därefter tar", "övertas av", "övergår i"."""
    cue = next((c for c in cues if c.rule.get("form") == "successor"), None)
    if cue is None:
        return None
    said, rest = text[cue.start : cue.end].lower(), text[cue.end :]
    if "övergår" in said:
        taken = re.search(r"\b(?:i|till)\s+(.+)", text[cue.start :])
        return _tidy(_cut(taken[1], re.compile(r"[,;.()]|\b(?:från|efter|den|under)\b"))) or None if taken else None
    if said.endswith(("finansieras", "bekostas", "övertas")):
        agent = re.search(r"\bav\s+", rest)
        rest = rest[agent.end() :] if agent else ""
    return _tidy(_cut(rest, _SUCCESSOR_STOP)) or None


_SAME = {"budget_period": "funded_until"}
_RANK = {Zone.DECISION: 0, Zone.DECISION_GROUP: 0, Zone.PROPOSED: 1}


def _once(rows: Sequence[Funding], zones: Sequence[Zone]) -> list[Funding]:
    """Without restatements: of one sum or subject with one period in a section the decision's row stays."""
    kept: dict[tuple[Any, ...], int] = {}
    for at, row in enumerate(rows):
        what = row.amount if row.amount is not None else (row.subject or "").lower()
        key = (row.section, _SAME.get(row.kind, row.kind), row.end, what) if what else ("", at)
        first = kept.get(key)
        if first is None or _RANK.get(zones[at], 2) < _RANK.get(zones[first], 2):
            kept[key] = at
        elif row.amount is None and _RANK.get(zones[at], 2) == _RANK.get(zones[first], 2):
            kept[(*key, at)] = at
    return [rows[at] for at in sorted(kept.values())]


def find_funding(
    meeting: Meeting,
    passages: Sequence[Passage],
    cues: CueFinder,
    dates: DateReader,
    titles: Mapping[int, str] = {},
    words: Mapping[str, Sequence[str]] | None = None,
) -> tuple[list[Funding], list[Doubt]]:
    """The funding statements of a document, in their order, and the cues that no safe row could be made of.

    `titles` gives the sections' titles by ordinal; `words` are the rule file's word lists (default: those that come
    with the program).
    """
    counted = [passage for passage in passages if passage.zone in COUNTED]
    bound = _bindings(
        [
            *(title for title in titles.values()),
            *(str(p.heading or "") for p in counted),
            *(p.text.string for p in counted),
        ]
    )
    document = _Document(meeting, cues, dates, titles, _vocabulary(words), bound)
    for at, passage in enumerate(counted):
        document.read(passage, counted[at + 1] if at + 1 < len(counted) else None)
    return _once(document.rows, document.zones), document.doubts
