"""The word lists of the rule file as patterns: what is money, an agreement, a project, a verb, a body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from protoparse.models import FundingKind


T = TypeVar("T")


def alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"


def _endings(words: Iterable[str], never: Iterable[str] = (), alone: Iterable[str] = ()) -> re.Pattern[str]:
    """Matches a word that ends with one of the words (compounds) or is one of `alone`; a genitive s may follow."""
    return re.compile(
        rf"\b(?!\w*(?:{alternatives(never)})\b)(?:[\w-]*?(?:{alternatives(words)})|(?<!-)(?:{alternatives(alone)}))s?\b",
        re.IGNORECASE,
    )


def _money_phrase(money: Sequence[str], never: Sequence[str], alone: Sequence[str]) -> str:
    """A noun phrase of money with what describes it, as a pattern: "sitt fortsatta stöd", "fondens projektmedel"."""
    described = (
        r"(?:(?:en|ett|det|den|de|sin|sitt|sina|ny|nya|nytt|fortsatt|fortsatta|full|fulla|egna|delad|gemensam|"
        r"[\w-]+(?:liga?|ligt|iga|igt|iska?|iskt|ade|gade|längt|längd|längda|amma|ella|ala|nde)|(?-i:[A-ZÅÄÖ])?[\w-]+s)\s){0,3}"
    )
    compound = rf"(?!\w*(?:{alternatives(never)})\b)[\w-]*(?:{alternatives(money)})"
    return rf"{described}(?:{compound}|(?<![\w-])(?:{alternatives(alone)}))\b"


def _payer_phrase(payers: Sequence[str], named: Sequence[str], services: str) -> str:
    """A phrase for somebody who pays, as a pattern; only some nouns are followed by a name: "Region Sjö"."""
    name = rf"(?:\s(?!{services}\b)(?-i:[A-ZÅÄÖ])[\w-]+)?"
    some = r"(?:(?:de|alla|båda|samtliga|alla de)\s(?:\w+\s)?)?(?:[\w-]+s?\s(?:och\s[\w-]+s?\s)?)?"
    return (
        rf"(?:{some}(?:{alternatives(named)}){name}|{some}[\w-]*(?:{alternatives(payers)})(?:\si\s(?-i:[A-ZÅÄÖ])\w+)?)"
    )


_DEFINITE = "en|n|et|t|an|arna|erna|orna|na"  # the endings of a definite noun

# The kinds of days that a table's column may hold, the most telling words first.
_HEADS: tuple[FundingKind, ...] = ("application_deadline", "report_by", "spend_by", "funded_until")


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
        heads = {kind: get(f"heads_{kind}") for kind in _HEADS}
        self.heads = {kind: re.compile(rf"\b(?:{alternatives(said)})", re.IGNORECASE) for kind, said in heads.items()}
        self.table_money = re.compile(rf"\b(?:{alternatives(get('heads_money'))})(?:et|en|er|s)?\b", re.IGNORECASE)
        self.table_sum = re.compile(rf"\b(?:{alternatives(get('heads_sum'))})", re.IGNORECASE)
        self.table_given = re.compile(rf"(?<!ej )\b(?:{alternatives(get('heads_given'))})", re.IGNORECASE)
        self.table_receiver = re.compile(rf"(?:{alternatives(get('heads_receiver'))})\b", re.IGNORECASE)
        self.table_wish = re.compile(rf"(?:{alternatives(get('heads_wish'))})", re.IGNORECASE)
        self.table_source = re.compile(rf"(?:{alternatives(get('heads_source'))})", re.IGNORECASE)
        self.table_start = re.compile(rf"(?:{alternatives(get('heads_start'))})", re.IGNORECASE)
        self.table_span = re.compile(rf"(?:{alternatives(get('heads_span'))})", re.IGNORECASE)
        self.table_purpose = re.compile(rf"(?:{alternatives(get('heads_purpose'))})", re.IGNORECASE)
        self.generic = frozenset(get("generic"))
        self.unnamed = frozenset(get("unnamed_money"))
        self.general = frozenset(get("general_headings"))
        self.bare_heading = re.compile(rf"(?:{alternatives(get('bare_headings'))})(?:\s+[a-zåäö]+)?", re.IGNORECASE)
        adjectives = alternatives(get("about_adjectives"))
        about = rf"(?:(?:{adjectives})\s+)*(?:{alternatives(get('about'))})(?:e?n|e?t|erna|arna)?"
        named = rf"(?:(?:{adjectives})\s+)*(?:{alternatives(get('about_named'))})"
        more = r"(?:(?:om|av|för|till|i)\s+[\w-]*(?:medel|bidrag|stöd|finansiering|drift|avtal)\s+)?"
        self.about_before = re.compile(
            rf"(?:{about}\s+{more}(?P<how>för|till|av|om|från|i|på|kring|gällande|avseende|angående|rörande)"
            rf"|{named})\s+(?:(?:projektet|insatsen|satsningen|piloten)\s+)?(?=[^\W\d]|[”\"])",
            re.IGNORECASE,
        )
        self.about_aside = re.compile(
            rf"\s*(?:,|:|\s[–-])\s+(?:{about}|{named}|(?:fortsatt\s+)?finansiera[dt]e?|förlängs|förlängd|förlängt)\b.*\Z",
            re.IGNORECASE,
        )
        self.about_owned = re.compile(rf"(?<=\w)s\s+(?:(?-i:[a-zåäö]+)\s)?{about}\Z", re.IGNORECASE)
        self.about_only = re.compile(rf"(?:{about}|{named})", re.IGNORECASE)
        self.about_after = re.compile(rf"\s+{named}\Z", re.IGNORECASE)
        self.collective = re.compile(
            rf"(?:\w+(?:a|s)\s+)*(?:{alternatives(get('collectives'))})(?:na|en)?(?:\s+(?:i|inom|på|för|under)\s.*)?",
            re.IGNORECASE,
        )
        self.spans = frozenset(get("spans"))
        self.weak = frozenset(get("weak_purposes"))
        self.prefixes = re.compile(
            rf"(?<![\w-])(?:{alternatives(get('title_prefixes'))}|[\w-]+(?:medel|bidrag|anslag) (?:för|till))"
            r"\s+(?=[^\W\d])",
            re.IGNORECASE,
        )
        self.determiner = re.compile(rf"(?:{alternatives(get('determiners'))})\s+", re.IGNORECASE)
        self.former = re.compile(
            r"\A(?:(?:den|det|de) )?(?:förra|tidigare|gamla|nya|befintliga|gällande|beviljade?|beviljat|återstående"
            r"|resterande|kvarvarande|oförbrukade) "
        )
        self.genitive = re.compile(
            r"(?<![\w-])(?:länets|kommunens|kommunernas|regionens|vår|vårt|våra)\s+", re.IGNORECASE
        )
        self.adverbs = tuple(get("adverbs"))
        loose = alternatives([*self.adverbs, *get("auxiliaries")])
        # A capital inside a sentence makes the word a part of a name: "Lära Vidare finansieras".
        self.before_cue = re.compile(rf"(?:(?:\A(?i:{loose})|(?<=[\s,])(?:{loose}))[\s,]*)+\Z")
        self.after_cue = re.compile(rf"\s*(?:(?:{alternatives(get('adverbs'))})\b[\s,]*)*", re.IGNORECASE)
        self.verb = re.compile(
            rf"\b(?:{alternatives([*get('verbs'), *get('auxiliaries')])}"
            r"|\w+erar|\w+eras|bekostas|\w+erades?|\w+ades)\b",
            re.IGNORECASE,
        )
        self.named = re.compile(rf"(?:{alternatives(get('named_years'))})(?:\s+för)?\s+(?:år\s+)?\Z", re.IGNORECASE)
        self.funder = re.compile(
            rf"\b(?:{alternatives(get('funders'))}|[\w-]*(?:{alternatives(get('funder_endings'))}))s?\b", re.IGNORECASE
        )
        self.pot = _endings(get("pots"))
        self.elsewhere = re.compile(rf"\b(?:{alternatives(get('applied_for_otherwise'))})", re.IGNORECASE)
        self.reported_otherwise = re.compile(
            rf"\s+(?:(?!och\b|hur\b)\w+\s+){{0,3}}?[\w-]*(?:{alternatives(get('reported_otherwise'))})\b", re.IGNORECASE
        )
        self.tenancy = re.compile(rf"\b(?:{alternatives(get('tenancy'))})", re.IGNORECASE)
        self.otherwise_permanent = re.compile(
            rf"(?:{alternatives(get('otherwise_permanent'))})(?:{_DEFINITE}|er|or|ar|ens|ets|ernas)?\b", re.IGNORECASE
        )
        self.body = re.compile(rf"\w*(?:{alternatives(get('bodies'))})s?\b", re.IGNORECASE)
        kinds = alternatives(get("service_nouns"))
        others = alternatives(get("not_service_nouns"))
        self.service = re.compile(rf"(?!(?:{others}))[\w-]*(?:{kinds})(?:{_DEFINITE})s?", re.IGNORECASE)
        self.never_service = re.compile(rf"(?:{others})", re.IGNORECASE)
        self.audience = re.compile(rf"\s*för\s+(?:{alternatives(get('audiences'))})\b", re.IGNORECASE)
        self.service_bare = re.compile(rf"(?:{kinds})(?:{_DEFINITE})s?", re.IGNORECASE)
        self.any_service = rf"(?:{alternatives(get('stands_for'))}|[\w-]*(?:{kinds})(?:{_DEFINITE}))"
        self.money_words = (*get("money"), *get("money_alone"))
        self.claim_money = _money_phrase(get("money"), get("not_money"), [*get("money_alone"), *get("claim_money")])
        self.claim_deal = (
            rf"(?:(?:det|den)\s(?:[\w-]+\s){{0,2}})?[\w-]*(?:{alternatives(get('agreement'))})(?:\s\([^()]*\))?"
        )
        self.claim_payer = _payer_phrase(
            [*get("bodies"), *get("funders"), *get("funder_endings"), *get("payers")],
            get("named_bodies"),
            self.any_service,
        )
        self._claims = re.compile(rf"{alternatives([*self.money_words, *get('claim_gate')])}")
        self.not_claim = re.compile(
            rf"\b(?:{alternatives(get('not_claims'))}|(?:{alternatives(get('not_claims_alone'))})\b)", re.IGNORECASE
        )
        self._built: dict[str, Any] = {}
        self.no_subject = frozenset(get("no_subject"))
        self.stands_for = frozenset(get("stands_for"))
        self.gate = (*get("gate"), *get("claim_gate"))

    def once(self, name: str, build: Callable[[], T]) -> T:
        """What another file builds of the words, built at the first call."""
        if name not in self._built:
            self._built[name] = build()
        return cast("T", self._built[name])

    def may_fund(self, text: str) -> bool:
        """Quick: whether a text can hold a statement at all."""
        low = text.lower()
        return any(word in low for word in self.gate)

    def may_claim(self, text: str) -> bool:
        """Quick: whether a text can be a statement that only grammar reads."""
        return self._claims.search(text.lower()) is not None

    def speaks_of_money(self, text: str) -> bool:
        """Whether a text names money; the quick look comes first."""
        low = text.lower()
        return any(word in low for word in self.money_words) and self.money.search(low) is not None

    def points_back(self, plain: str) -> bool:
        """Whether a subject only points to something said before: projektet, denna verksamhet."""
        low = plain.lower()
        demonstrative = re.match(r"(?:denna|detta|dessa|den här|det här)\s+\w+\Z", low)
        if demonstrative or re.match(r"(?:den |det |de )?nuvarande\s+\w+\Z", low):
            return True
        low = self.former.sub("", low)
        return low in self.generic or low.removesuffix("s") in self.generic

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


def vocabulary(lists: Mapping[str, Sequence[str]]) -> Words:
    """The patterns of the word lists; built once for the same lists."""
    return _words(tuple((name, tuple(entries)) for name, entries in lists.items()))
