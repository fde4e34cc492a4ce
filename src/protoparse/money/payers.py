"""Clauses in which somebody pays for something, gives it money, or ceases to."""

from __future__ import annotations

import re

from protoparse.money.forms import DONE, FROM_WHOM, NP, STRONG, WEAK, WHAT, Claim, Forms
from protoparse.money.plain import SUM

_PAYS = (
    r"(?:(?:är\smed\soch\s)?(?:med|del|sam)?finansierar|bekostar|betalar|sponsrar|subventionerar|"
    r"(?:stöder|stödjer|stöttar|understöder)(?=.*\b(?:ekonomiskt|med\s(?:pengar|medel))))"
)
_HOW = r"(?:\sekonomiskt|\s(?:med|genom|ur|via)\s.*)?"
_THING = rf"(?!(?:med|genom|via|ur)\s){WHAT}"
_PART = r"(?:(?:hela|halva|all|alla|större\sdelen\sav|en\sdel\sav|ensam\sför|hälften\sav)\s)?"
_COST = (
    r"(?:kostnaden|kostnaderna|notan|räkningen|finansieringen|driften|driftskostnaden|driftskostnaderna|ekonomin|"
    r"medlen|pengarna|utgifterna|hyran|lönen)"
)
_COST_OF = rf"{_PART}{_COST}(?:\s(?:till|för|av|åt|i|på|kring)\s{WHAT})?"
_TAKES = r"(?:tar|betalar|bär|täcker|övertar|delar(?:\slika)?(?:\spå)?)"
_GIVES = (
    r"(?:(?:har|hade)\s(?:beviljat|gett|givit|garanterat|förlängt|utlovat|lovat|tillfört|skjutit\still|gått\sin\smed|avsatt|"
    r"reserverat|anslagit|säkrat|tryggat|öronmärkt|sagt\sja\still|godkänt|beslutat\som|ordnat|skrivit\sunder)|"
    r"ger|lämnar|beviljar|garanterar|förlänger|utlovar|lovar|tillför|skjuter\still|går\sin\smed|bidrar\smed|avsätter|"
    r"reserverar|anslår|säkrar|tryggar|öronmärker|säger\sja\still|godkänner|beslutar\som|beslutade\som|ställer\supp\smed|"
    r"står\sför|svarar\sför|ordnar|stöttar\smed)"
)
_CEASES = (
    r"(?:avslutar|upphör\smed|drar\sin|drar\stillbaka|drar\ssig\sur|slutar\s(?:att\s)?(?:finansiera|betala|bekosta)|stryper|"
    r"tar\sbort|slopar|avvecklar)"
)


def paid(forms: Forms, text: str) -> Claim | None:
    """Y betalar X ¤; ¤ betalar Y X; Y betalar ¤."""
    opened = rf"(?:(?:enligt|efter|genom|i|under|tills|som|av)\s{NP}\s)?"
    match = forms.read(
        rf"{opened}(?P<verb>{_PAYS})\s(?P<payer>{forms.payer})(?:\s(?:för\s)?{_THING})?{_HOW}", text
    ) or forms.read(rf"(?P<payer>{NP})\s(?P<verb>{_PAYS})(?:\s(?:för\s|av\s)?{_THING})?{_HOW}", text)
    if match is None or not forms.pays(match["payer"]):
        return None
    weak = re.match(r"betalar|sponsrar|subv", match["verb"], re.IGNORECASE)
    return Claim(match["what"] or "", match["payer"], WEAK if weak else STRONG)


def cost(forms: Forms, text: str) -> Claim | None:
    """Y står för kostnaden för X ¤; ¤ står Y för kostnaden för X; Y tar hela notan för X ¤."""
    stands = r"(?:står|svarar)"
    match = (
        forms.read(rf"(?:(?:enligt|efter)\s{NP}\s)?{stands}\s(?P<payer>{NP})\s(?:ensam\s)?för\s{_COST_OF}", text)
        or forms.read(rf"(?P<payer>{NP})\s(?:{stands}|tar\sansvar)\s(?:ensam\s)?för\s{_COST_OF}", text)
        or forms.read(rf"(?P<payer>{NP})\s{_TAKES}\s{_COST_OF}", text)
    )
    return Claim(match["what"] or "", match["payer"]) if match and forms.pays(match["payer"]) else None


def borne(forms: Forms, text: str) -> Claim | None:
    """Kostnaden för X bärs av Y ¤; kostnaden delas mellan Y och Z ¤."""
    verb = r"(?:bärs|tas|täcks|betalas|bekostas|delas(?:\slika)?|fördelas|står)"
    match = forms.read(rf"{_COST_OF}\s{verb}\s(?:av|mellan|på)\s(?P<payer>{NP})", text)
    return Claim(match["what"] or "", match["payer"]) if match and forms.pays(match["payer"]) else None


def given(forms: Forms, text: str) -> Claim | None:
    """Y ger X stöd ¤; Y garanterar finansieringen av X ¤; Y bidrar till X med SUM ¤; Y lägger SUM på X ¤."""
    to = rf"(?:\s(?:till|för|av|åt)\s{WHAT})?"
    sums = rf".*(?:{SUM}|{forms.money}).*"
    match = (
        forms.read(rf"(?P<payer>{NP})\s{_GIVES}\s(?:(?P<whom>{NP})\s)??(?:{forms.money}){to}", text)
        or forms.read(rf"(?P<payer>{NP})\s(?:bidrar|bidrog)\still\s{WHAT}(?P<whom>)\smed\s{sums}", text)
        or forms.read(
            rf"(?P<payer>{NP})\s(?:lägger|satsar)\s{SUM}(?:\s(?:om|per)\sår(?:et)?|\sårligen)?\spå\s{WHAT}(?P<whom>)",
            text,
        )
        or forms.read(rf"(?P<payer>{NP})\s(?:bidrar|bidrog)\smed\s{SUM}(?P<what>)(?P<whom>)", text)
    )
    if match is None or not forms.pays(match["payer"]):
        return None
    what = match["what"] or match["whom"] or ""
    return None if forms.is_payer(what) else Claim(what, match["payer"])


def held(forms: Forms, text: str) -> Claim | None:
    """X är ekonomiskt tryggad ¤; X bärs ekonomiskt av Y ¤; Y håller X med medel ¤."""
    state = r"(?:är|har|blir|blev|bärs|stöds|backas|hålls)\s(?:.*\s)?(?:ekonomiskt|finansiellt)\b"
    match = forms.read(rf"{WHAT}\s{state}(?:\s{DONE})?{FROM_WHOM}", text) or forms.read(
        rf"(?P<payer>{NP})\shåller\s{WHAT}\smed\s(?:{forms.money})", text
    )
    return Claim(match["what"], match["payer"]) if match and not forms.is_money(match["what"]) else None


def ceases(forms: Forms, text: str) -> Claim | None:
    """Y drar in stödet till X ¤; Y avslutar sin finansiering av X ¤; Y slutar finansiera X ¤."""
    match = forms.read(
        rf"(?P<payer>{NP})\s{_CEASES}(?:\s(?:{forms.money})(?:\s(?:till|för|av)\s{WHAT})?)", text
    ) or forms.read(rf"(?P<payer>{NP})\sslutar\s(?:att\s)?(?:finansiera|betala|bekosta)\s(?:för\s)?{WHAT}", text)
    return Claim(match["what"] or "", match["payer"]) if match and forms.pays(match["payer"]) else None
