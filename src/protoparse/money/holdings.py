"""Clauses in which something has money, or money for it lasts or ends."""

from __future__ import annotations

import re

from protoparse.money.forms import DONE, FROM_WHOM, LASTS, LIFE, NP, READY, STRONG, WEAK, WHAT, Claim, Forms

_HAS = (
    r"(?:har|får|fick|hade|äger|drivs|bedrivs|lever|klarar\ssig|rullar|vilar|bygger|överlever|fortsätter|lutar\ssig|fortgår|"
    r"kan\s(?:räkna\smed|fortsätta)|räknar\smed|förfogar\söver|disponerar|ligger|körs|löper|täcks|bärs|står|beviljas|"
    r"pågår|arbetar|verkar|behåller|får\sbehålla|(?:är|har\sblivit)\s(?:beviljad|beviljat|tilldelad|garanterad|utlovad)|"
    r"(?:har\s)?(?:beviljats|tilldelats|garanterats|tillförsäkrats|utlovats|säkrats|fått|erhållit)|"
    r"tilldelas|garanteras|erhåller|mottar)"
)
_ENDS = (
    r"(?:upphör|tar\sslut|är\sslut|slut|slutar|löper\sut|går\sut|sinar|avslutas|ebbar\sut|tryter|dras\sin|dras\stillbaka|"
    r"försvinner|fasas\sut|trappas\sned|stryps|är\still\sända|avvecklas|klingar\sav|är\sförbrukade)"
)
_PERIOD = r"(?:(?:bidrags|finansierings|projekt|stöd|anslags)(?:perioden|period|tiden|tid))"
_CLOSES = r"(?:avslutas|läggs\sned|läggs\sner|stängs|stänger|upphör|avvecklas|fasas\sut)"
_BETWEEN = r"(?:\s(?!(?:sök|ansök|behöv|samla|betala|återbetal)\w*)[\w-]+){0,5}?"


def has(forms: Forms, text: str) -> Claim | None:
    """X har fått besked om finansiering ¤; ¤ har X medel från Y; för X finns pengar ¤; det finns medel för X ¤."""
    said = rf"(?P<said>{forms.money})"
    match = (
        forms.read(rf"{WHAT}\s{_HAS}{_BETWEEN}\s{said}{FROM_WHOM}(?:\s(?:och|,)\s.*)?", text)
        or forms.read(rf"{_HAS}\s{WHAT}\s{said}{FROM_WHOM}", text)
        or forms.read(rf"(?:till|för|åt)\s{WHAT}\s(?:finns|är)\s{said}{FROM_WHOM}(?:\s\w+)?", text)
        or forms.read(
            r"(?:det\s)?(?:finns|har\s(?:avsatts|reserverats|beviljats|anslagits))\s"
            rf"{said}(?:\s\w+t?a)?\s(?:till|för|av|åt)\s{WHAT}{FROM_WHOM}",
            text,
        )
    )
    if match is None or forms.is_payer(match["what"]) or forms.is_money(match["what"]):
        return None
    return Claim(match["what"], match["payer"] or forms.named(match["said"]))


def lasts(forms: Forms, text: str) -> Claim | None:
    """Budgeten för X räcker ¤; Ys stöd till X omfattar ¤; pengarna räcker för X ¤; avtalet med X omfattar ¤."""
    whose = rf"(?:(?P<owner>{NP})s\s)?(?P<said>{forms.money}|{forms.deal})"
    to = rf"(?:\s(?:till|för|av|i|åt|om|kring|med)\s{WHAT})?(?:\sfrån\s(?P<payer>{NP}))?"
    then = rf"(?:(?:\s{READY})?\s(?:för|till)\s(?P<then>{NP})|(?P<rest>(?:\s.*)?))"
    match = forms.read(rf"{whose}{to}\s(?P<verb>{LASTS}){then}", text)
    if match is None or re.search(r"\d|¤", match["rest"] or ""):
        return None
    kind = forms.words.kind_of(match["said"]) or "money"
    return forms.owned(match, match["what"] or match["then"] or "", kind)


def steady(forms: Forms, text: str) -> Claim | None:
    """X är tryggad tack vare pengar från Y ¤; X är finansierad ¤; X finns med i budgeten ¤."""
    means = rf"\s(?:med|genom|via|tack\svare)\s(?:{forms.money})"
    match = (
        forms.read(rf"{WHAT}\s(?:är|blir|har)\s{DONE}{means}{FROM_WHOM}", text)
        or forms.read(rf"{WHAT}\s(?:är|blir)\s(?P<said>finansiera|betal|budgetera)[td]e?{FROM_WHOM}", text)
        or forms.read(rf"{WHAT}\s(?:ligger|finns|är|ingår)\s(?:med\s)?i\s(?:\w+s\s)?budget(?:en)?(?P<payer>)", text)
    )
    paid = match and match.groupdict().get("said") == "betal"
    return Claim(match["what"], match["payer"] or None, WEAK if paid else STRONG) if match else None


def secured(forms: Forms, text: str) -> Claim | None:
    """Xs drift är säkrad ¤; fortsättningen för X är tryggad ¤; genom ett bidrag från Y tryggas X ¤."""
    state = rf"(?:är|har|blir|blev)\s{DONE}"
    match = (
        forms.read(rf"{WHAT}s\s{LIFE}\s{state}{FROM_WHOM}", text)
        or forms.read(rf"{LIFE}(?:en)?\s(?:av|för|i|vid|på)\s{WHAT}\s{state}{FROM_WHOM}", text)
        or forms.read(
            rf"(?:genom|tack\svare|med)\s(?:{forms.money}){FROM_WHOM}\s(?:tryggas|säkras|räddas|garanteras)\s{WHAT}",
            text,
        )
    )
    return Claim(match["what"], match["payer"]) if match else None


def ends(forms: Forms, text: str) -> Claim | None:
    """¤ tar pengarna till X slut; Ys stöd till X upphör ¤; bidragsperioden för X löper ut ¤; pengarna slut ¤."""
    whose = rf"(?:(?P<owner>{NP})s\s)?(?P<said>{forms.money}|{_PERIOD})(?:\s(?:till|för|av|i|åt)\s{WHAT})?"
    whose = rf"{whose}(?:\sfrån\s(?P<payer>{NP}))?"
    verb = r"(?:tar|tog|är|går|löper|upphör|sinar|försvinner)"
    match = forms.read(rf"{whose}\s{_ENDS}(?:\s(?:vid|i|redan|den|under))?", text) or forms.read(
        rf"(?:(?:vid|i|den|under)\s)?{verb}\s{whose}(?:\s(?:slut|ut|in))?", text
    )
    kind = "project" if match and match["said"].lower().startswith("projektperiod") else "money"
    kind = "project" if match and match["said"].lower().startswith("projekttid") else kind
    return forms.owned(match, match["what"] or "", kind) if match else None


def closes(forms: Forms, text: str) -> Claim | None:
    """X avslutas ¤ när pengarna tar slut; sista dag med finansiering för X är ¤."""
    match = forms.read(
        rf"{WHAT}\s{_CLOSES}(?:\s(?:vid|i|den|redan))?\s(?:när|då|eftersom|i\soch\smed\satt)\s(?:{forms.money})\s.*",
        text,
    ) or forms.read(rf"sista\sdag(?:en)?\smed\s(?:{forms.money})\sför\s{WHAT}\s(?:är|blir)(?:\s(?:vid|i|den))?", text)
    return Claim(match["what"]) if match else None
