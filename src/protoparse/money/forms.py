"""What the shapes of a clause about money are made of: noun phrases, who can pay, what is money, and their claim.

The clauses come without days: ¤ in the shapes' docstrings stands for where one was.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from protoparse.money.phrases import named_money
from protoparse.money.words import Words

# How sure the words are that money is meant: by themselves, for a service, or where money was just spoken of;
# what is applied for is not given yet.
STRONG, WEAK, NEAR, APPLIED = "strong", "weak", "near", "applied"


class Claim(NamedTuple):
    """What a clause says: what is paid for (empty: what the text is about), by whom or what, how sure its words are,
    and whether it is money, an agreement or a project that lasts."""

    subject: str
    source: str | None = None
    sure: str = STRONG
    kind: str = "money"


NP = r"(?:(?!\s(?:att|som|om|när|eftersom|vilket|då)\s)[^,;:¤()]){2,90}?"
WHAT = rf"(?P<what>{NP})"
FROM_WHOM = rf"(?:\s(?:från|av|via|genom|hos|ur)\s(?P<payer>{NP}))?"
DONE = r"(?:säkra|trygga|säkerställ|finansiera|garantera|betal|rädda|ordna|lös|budgetera)(?:d|t|ts|de|da)"
READY = r"(?:klart?|klara|finns|beviljade?|beviljat|avsatta?|reserverade?|reserverat|slut|" + DONE + ")"
LASTS = (
    r"(?:gäller|räcker|varar|löper|sträcker\ssig|omfattar|avser|är|har|beräknas|bedöms|väntas|ligger|finns|fortsätter|"
    r"förlängs|täcker|bär|håller|kvarstår|betalas\sut|utgår|lämnas|tryggas|säkras|garanteras)"
)
LIFE = r"(?:fortsatta\s)?(?:drift|verksamhet|fortsättning|framtid|fortlevnad|existens|arbete)"
_NO_PAYER = re.compile(r"\b(?:avgift|hyra|kund|deltagare|patient|elev|förälder|besökare|medlem)", re.IGNORECASE)
_ANYBODY = ("man", "vi", "de", "båda", "staten", "parterna")


class Forms(NamedTuple):
    """The noun phrases of money, agreements and payers as patterns, of the word lists."""

    words: Words
    money: str
    payer: str
    deal: str

    @classmethod
    def of(cls, words: Words) -> Forms:
        return cls(words, words.claim_money, words.claim_payer, words.claim_deal)

    def read(self, pattern: str, text: str) -> re.Match[str] | None:
        """The whole text as a pattern."""
        return self.words.once(pattern, lambda: re.compile(pattern, re.IGNORECASE)).fullmatch(text)

    def named(self, said: str) -> str | None:
        """The money itself as where it comes from: "projektmedel", not "finansierad"."""
        return named_money(said, self.words) if self.words.money.search(said) else None

    def is_money(self, phrase: str) -> bool:
        """Whether a phrase is headed by money or an agreement."""
        return self.words.kind_of(re.split(r"\s(?:för|till|av)\s", phrase)[0]) in ("money", "agreement")

    def is_payer(self, phrase: str) -> bool:
        """Whether a phrase is a body, a fund or another known payer."""
        return bool(phrase) and self.read(self.payer, phrase) is not None

    def pays(self, phrase: str) -> bool:
        """Whether a phrase can be somebody who pays: a body or fund, a name, or "man" and "vi"."""
        if _NO_PAYER.search(phrase):
            return False
        if phrase[:1].isupper() or phrase.lower() in _ANYBODY:
            return True
        return any(self.is_payer(part) for part in (phrase, *re.split(r"\s(?:och|samt)\s", phrase)))

    def owned(self, match: re.Match[str], what: str, kind: str = "money") -> Claim:
        """A claim of somebody's money: who has it pays for what is named, or is what is paid for."""
        owner = match["owner"] or ""
        payer = match["payer"] or (owner if self.is_payer(owner) else None)
        return Claim(what or ("" if payer else owner), payer, STRONG, kind)
