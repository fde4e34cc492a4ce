"""The shapes that a plain clause about money can have: each gives what is paid for, by whom, and how sure it is.

The clauses come without days: ¤ in the docstrings stands for where one was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from protoparse.money.phrases import named_money
from protoparse.money.plain import SUM
from protoparse.money.words import Words

STRONG, WEAK = "strong", "weak"  # how sure the words are that money is meant


class Claim(NamedTuple):
    """What a clause says: what is paid for (empty: what the text is about), by whom or what, how sure its words are,
    and whether it is money, an agreement or a project that lasts."""

    subject: str
    source: str | None = None
    sure: str = STRONG
    kind: str = "money"


_NP = r"(?:(?!\s(?:att|som|om|när|eftersom|vilket)\s)[^,;:¤()]){2,90}?"
_PAYS = (
    r"(?:(?:med|del|sam)?finansierar|bekostar|betalar|sponsrar|subventionerar|"
    r"(?:bär|täcker)(?:\s+\w+)?\s+kostnade[nr]\w*|(?:stöder|stödjer|stöttar|understöder)(?=.*\bekonomiskt))"
)
_HOW = r"(?P<rest>(?:\sekonomiskt|\s(?:med|genom|ur|via)\s.*)?)"
_COST = (
    r"(?:hela\s)?(?:kostnaden|kostnaderna|notan|räkningen|finansieringen|driften|driftskostnaden|driftskostnaderna|ekonomin|"
    r"medlen|pengarna|utgifterna)"
)
_FOR = r"(?:till|för|av|åt|i|på|kring)"
_COST_OF = rf"\s(?:ensam\s)?för\s{_COST}(?:\s{_FOR}\s(?P<what>{_NP}))?"
_GIVES = (
    r"(?:(?:har|hade)\s(?:beviljat|gett|givit|garanterat|förlängt|utlovat|lovat|tillfört|skjutit\still|gått\sin\smed|avsatt|"
    r"reserverat|anslagit|säkrat|tryggat|öronmärkt|sagt\sja\still|godkänt|beslutat\som|ordnat)|"
    r"ger|lämnar|beviljar|garanterar|förlänger|utlovar|lovar|tillför|skjuter\still|går\sin\smed|bidrar\smed|avsätter|"
    r"reserverar|anslår|säkrar|tryggar|öronmärker|säger\sja\still|godkänner|beslutar\som|beslutade\som|ställer\supp\smed|"
    r"står\sför|svarar\sför|ordnar)"
)
_HAS = (
    r"(?:har|får|fick|hade|äger|drivs|bedrivs|lever|klarar\ssig|rullar|vilar|bygger|överlever|fortsätter|lutar\ssig|fortgår|"
    r"kan\s(?:räkna\smed|fortsätta)|räknar\smed|förfogar\söver|disponerar|ligger|körs|löper|täcks|bärs|står|beviljas|"
    r"(?:har\s)?(?:beviljats|tilldelats|garanterats|tillförsäkrats|utlovats|säkrats|fått|erhållit)|"
    r"tilldelas|garanteras|erhåller|mottar)"
)
_LASTS = (
    r"(?:gäller|räcker|varar|löper|sträcker\ssig|omfattar|avser|är|har|beräknas|bedöms|väntas|ligger|finns|fortsätter|"
    r"förlängs|täcker|bär|håller|kvarstår|betalas\sut|utgår|lämnas|tryggas|säkras|garanteras)"
)
_ENDS = (
    r"(?:upphör|tar\sslut|är\sslut|löper\sut|går\sut|sinar|avslutas|ebbar\sut|tryter|dras\sin|dras\stillbaka|försvinner|"
    r"fasas\sut|trappas\sned|stryps|är\still\sända|avvecklas|klingar\sav|är\sförbrukade)"
)
_PROLONGED = r"(?:förlängs|förlängdes|har\sförlängts|(?:får|har\sfått|beviljas|har\sbeviljats)\s(?:en\s)?förlängning)"
_MORE = (
    r"(?P<more>\smed\s(?:[\w-]+\s)?(?:år|månad\w*|halvår|kvartal|termin\w*)"
    r"|\sett\s(?:\w+\s)?(?:år|halvår|kvartal)|\ssex\smånader)?"
)
_DONE = r"(?:säkra|trygga|säkerställ|finansiera|garantera|stabil|ordna|lös|betal|skydda)\w*"
_FROM_WHOM = rf"(?:\s(?:från|av|via|genom|hos|ur)\s(?P<payer>{_NP}))?"
_NO_PAYER = re.compile(r"\b(?:avgift|hyra|kund|deltagare|patient|elev|förälder|besökare|medlem)", re.IGNORECASE)


class Shapes(NamedTuple):
    """The shapes of a clause, built once of the word lists."""

    words: Words
    money: str
    payer: str
    deal: str

    @classmethod
    def of(cls, words: Words) -> Shapes:
        return cls(words, words.claim_money, words.claim_payer, words.claim_deal)

    def readers(self) -> tuple[Callable[[str], Claim | None], ...]:
        return (
            self.prolonged,
            self.paid,
            self.cost,
            self.given,
            self.held,
            self.has,
            self.lasts,
            self.steady,
            self.beside,
        )

    def _read(self, pattern: str, text: str) -> re.Match[str] | None:
        """The whole text as a pattern."""
        return self.words.once(pattern, lambda: re.compile(pattern, re.IGNORECASE)).fullmatch(text)

    def beside(self, text: str) -> Claim | None:
        """X (finansierad ¤); medel från Y ¤; fin. ¤ via Y: a name or nothing, and the money without a verb."""
        said = rf"(?:{self.money}|finansiera[dt]e?|finansiering|fin\.?|betal[dt]a?|säkra[dt]e?)"
        what = rf"(?:(?P<what>{_NP})(?:,\s|\s\(\s?))?"
        match = self._read(rf"{what}(?:nu\s)?(?P<said>{said}){_FROM_WHOM}(?:,\s(?P<by>{_NP}))?\s?\)?", text)
        payer = match and (match["payer"] or match["by"])
        if match is None or (match["what"] and self._is_money(match["what"])) or (payer and not self.pays(payer)):
            return None
        return Claim(match["what"] or "", payer or self.named(match["said"]))

    def prolonged(self, text: str) -> Claim | None:
        """X förlängs med ett år, ¤; X får en förlängning ¤; beslut om förlängning av X ¤."""
        match = self._read(
            rf"(?P<what>{_NP})(?:s\sverksamhet)?\s{_PROLONGED}{_MORE}(?P<rest>(?:,?\s(?:med|av|genom|från)\s.*)?)", text
        ) or self._read(
            rf"(?:.*\b)?(?:förlängning|förlängningen|fortsättning)\sav\s(?P<what>{_NP}){_MORE}"
            r"(?P<rest>(?:\s(?:gäller|beviljas|godkänns|är)\b.*)?)",
            text,
        )
        if match is None or self._is_money(match["what"]) or _SEASON.search(match["what"].split(" ")[0]):
            return None
        sure = STRONG if self.words.money.search(match["rest"] or "") or match["more"] else WEAK
        return Claim(match["what"], None, sure)

    def paid(self, text: str) -> Claim | None:
        """Y betalar X ¤; ¤ betalar Y X; Y betalar ¤."""
        opened = rf"(?:(?:enligt|efter|genom|i|under|tills|som|av)\s{_NP}\s)?"
        match = self._read(
            rf"{opened}(?P<verb>{_PAYS})\s(?P<payer>{self.payer})(?:\s(?:för\s)?(?P<what>{_NP}))?{_HOW}", text
        ) or self._read(rf"(?P<payer>{_NP})\s(?P<verb>{_PAYS})(?:\s(?:för\s|av\s)?(?P<what>{_NP}))?{_HOW}", text)
        if match is None or not self.pays(match["payer"]):
            return None
        weak = re.match(r"betalar|sponsrar|subv", match["verb"], re.IGNORECASE)
        return Claim(match["what"] or "", match["payer"], WEAK if weak else STRONG)

    def cost(self, text: str) -> Claim | None:
        """Y står för kostnaden för X ¤; ¤ står Y för kostnaden för X."""
        match = self._read(
            rf"(?:(?:enligt|efter)\s{_NP}\s)?(?:står|svarar)\s(?P<payer>{_NP}){_COST_OF}", text
        ) or self._read(rf"(?P<payer>{_NP})\s(?:står|svarar|tar\sansvar){_COST_OF}", text)
        return Claim(match["what"] or "", match["payer"]) if match and self.pays(match["payer"]) else None

    def given(self, text: str) -> Claim | None:
        """Y ger X stöd ¤; Y garanterar finansieringen av X ¤; Y bidrar till X med SUM ¤."""
        to = rf"(?:\s(?:till|för|av|åt)\s(?P<what>{_NP}))?"
        match = self._read(
            rf"(?P<payer>{_NP})\s{_GIVES}\s(?:(?P<whom>{_NP})\s)??(?:{self.money}){to}", text
        ) or self._read(
            rf"(?P<payer>{_NP})\s(?:bidrar|bidrog)\still\s(?P<what>{_NP})(?P<whom>)\smed\s.*(?:{SUM}|{self.money}).*",
            text,
        )
        if match is None or not self.pays(match["payer"]):
            return None
        what = match["what"] or match["whom"] or ""
        return None if self._pays_only(what) else Claim(what, match["payer"])

    def held(self, text: str) -> Claim | None:
        """X är ekonomiskt tryggad ¤; X bärs ekonomiskt av Y ¤; Y håller X med medel ¤."""
        state = r"(?:är|har|blir|blev|bärs|stöds|backas|hålls)\s(?:.*\s)?ekonomiskt\b"
        match = self._read(rf"(?P<what>{_NP})\s{state}(?:\s{_DONE})?{_FROM_WHOM}", text) or self._read(
            rf"(?P<payer>{_NP})\shåller\s(?P<what>{_NP})\smed\s(?:{self.money})", text
        )
        return Claim(match["what"], match["payer"]) if match and not self._is_money(match["what"]) else None

    def has(self, text: str) -> Claim | None:
        """X har fått besked om finansiering ¤; ¤ har X medel från Y; för X finns pengar ¤."""
        between = r"(?:\s(?!(?:sök|ansök|behöv|samla|betala|återbetal)\w*)[\w-]+){0,5}?"
        what, said = rf"(?P<what>{_NP})", rf"(?P<said>{self.money})"
        match = (
            self._read(rf"{what}\s{_HAS}{between}\s{said}{_FROM_WHOM}(?:\s(?:och|,)\s.*)?", text)
            or self._read(rf"{_HAS}\s{what}\s{said}{_FROM_WHOM}", text)
            or self._read(rf"(?:till|för|åt)\s{what}\s(?:finns|är)\s{said}{_FROM_WHOM}(?:\s\w+)?", text)
            or self._read(rf"(?:det\s)?finns\s{said}(?:\s\w+t?a)?\s(?:till|för|av|åt)\s{what}{_FROM_WHOM}", text)
        )
        if match is None or self._pays_only(match["what"]) or self._is_money(match["what"]):
            return None
        return Claim(match["what"], match["payer"] or self.named(match["said"]))

    def lasts(self, text: str) -> Claim | None:
        """Budgeten för X räcker ¤; Ys stöd till X omfattar ¤; pengarna räcker för X ¤; avtalet med X omfattar ¤."""
        whose = rf"(?:(?P<owner>{_NP})s\s)?(?P<said>{self.money}|{self.deal})"
        to = rf"(?:\s(?:till|för|av|i|åt|om|kring|med)\s(?P<what>{_NP}))?(?:\sfrån\s(?P<payer>{_NP}))?"
        then = rf"(?:\s(?:för|till)\s(?P<then>{_NP})|(?P<rest>(?:\s.*)?))"
        match = self._read(rf"{whose}{to}\s(?P<verb>{_LASTS}){then}", text)
        if match is None or re.search(r"\d|¤", match["rest"] or ""):
            return None
        kind = self.words.kind_of(match["said"]) or "money"
        return self._owned(match, match["what"] or match["then"] or "", kind)

    def steady(self, text: str) -> Claim | None:
        """X är tryggad tack vare pengar från Y ¤; X är finansierad ¤."""
        means = rf"\s(?:med|genom|via|tack\svare)\s(?:{self.money})"
        match = self._read(rf"(?P<what>{_NP})\s(?:är|blir|har)\s{_DONE}{means}{_FROM_WHOM}", text) or self._read(
            rf"(?P<what>{_NP})\s(?:är|blir)\s(?:finansiera|betal)[td]e?{_FROM_WHOM}", text
        )
        return Claim(match["what"], match["payer"]) if match else None

    def ends(self, text: str) -> Claim | None:
        """¤ tar pengarna till X slut; Ys stöd till X upphör ¤."""
        whose = rf"(?:(?P<owner>{_NP})s\s)?(?P<said>{self.money})(?:\s(?:till|för|av|i|åt)\s(?P<what>{_NP}))?"
        whose = rf"{whose}(?:\sfrån\s(?P<payer>{_NP}))?"
        verb = r"(?:tar|tog|är|går|löper|upphör|sinar|försvinner)"
        match = self._read(rf"{whose}\s{_ENDS}(?:\s(?:vid|i|redan|den|under))?", text) or self._read(
            rf"(?:(?:vid|i|den|under)\s)?{verb}\s{whose}(?:\s(?:slut|ut|in))?", text
        )
        return self._owned(match, match["what"] or "", "money") if match else None

    def _owned(self, match: re.Match[str], what: str, kind: str) -> Claim:
        """A claim of somebody's money: who has it pays for what is named, or is what is paid for."""
        owner = match["owner"] or ""
        payer = match["payer"] or (owner if self._pays_only(owner) else None)
        return Claim(what or ("" if payer else owner), payer, STRONG, kind)

    def named(self, said: str) -> str | None:
        """The money itself as where it comes from: "projektmedel", not "finansierad"."""
        return named_money(said, self.words) if self.words.money.search(said) else None

    def _is_money(self, phrase: str) -> bool:
        return self.words.kind_of(re.split(r"\s(?:för|till|av)\s", phrase)[0]) in ("money", "agreement")

    def pays(self, phrase: str) -> bool:
        """Whether a phrase can be somebody who pays: a body or fund, a name, or "man" and "vi"."""
        if _NO_PAYER.search(phrase):
            return False
        somebody = phrase[:1].isupper() or phrase.lower() in ("man", "vi", "de", "båda", "staten")
        return somebody or self._pays_only(phrase)

    def _pays_only(self, phrase: str) -> bool:
        payer = self.words.once("payer", lambda: re.compile(self.payer, re.IGNORECASE))
        return bool(phrase) and payer.fullmatch(phrase) is not None


_SEASON = re.compile(
    r"(?:kurs|utställning|kampanj|tid|period|plan|termin|säsong|lov|ledighet|semester|avtal|anbud|insamling|visning|turné|"
    r"rabatt|erbjudande|dispens|frist|remiss|utlysning|uppdrag|mandat)(?:en|et|n|t|na|erna)?\Z",
    re.IGNORECASE,
)
