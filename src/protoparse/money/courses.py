"""Clauses in which something is prolonged or goes on, and names with their money beside them."""

from __future__ import annotations

import re

from protoparse.money.forms import APPLIED, FROM_WHOM, NEAR, NP, READY, STRONG, WEAK, WHAT, Claim, Forms
from protoparse.money.plain import SUM

_PROLONGED = r"(?:förlängs|förlängdes|har\sförlängts|(?:får|har\sfått|beviljas|har\sbeviljats)\s(?:en\s)?förlängning)"
_MORE = (
    r"(?P<more>\smed\s(?:[\w-]+\s)?(?:år|månad\w*|halvår|kvartal|termin\w*)"
    r"|\sett\s(?:\w+\s)?(?:år|halvår|kvartal)|\ssex\smånader)?"
)
_ON = r"(?:fortsätta|leva\svidare|drivas\svidare|finnas\skvar|vara\skvar|bestå)"
_GOES_ON = (
    rf"(?:(?:kan|får|kunde|kommer\satt\s(?:kunna\s)?)\s?{_ON}"
    r"|fortsätter|lever\svidare|drivs\svidare|blir\skvar|finns\skvar|fortgår)"
)
_LAST_DAY = r"(?:projektslut|slutdatum|sluttid|slutdag|projekttid|projektperiod)(?:et|en)?"
SEASON = re.compile(
    r"(?:kurs|utställning|kampanj|tid|period|plan|termin|säsong|lov|ledighet|semester|avtal|anbud|insamling|visning|turné|"
    r"rabatt|erbjudande|dispens|frist|remiss|utlysning|uppdrag|mandat)(?:en|et|n|t|na|erna)?\Z",
    re.IGNORECASE,
)


def beside(forms: Forms, text: str) -> Claim | None:
    """X (finansierad ¤); medel från Y ¤; fin. ¤ via Y; ekonomin säkrad ¤: a name or nothing, and money, no verb."""
    said = rf"(?:{forms.money}|finansiera[dt]e?|fin\.?|betal[dt]a?|säkra[dt]e?|klart?\smed\s(?:{forms.money}))"
    what = rf"(?:{WHAT}(?:,\s|\s\(\s?))?"
    match = forms.read(
        rf"{what}(?:nu\s)?(?P<said>{said})(?:\s{READY})?{FROM_WHOM}(?:,\s(?P<by>{NP}))?\s?\)?", text
    ) or forms.read(rf"(?P<what>)(?P<said>)finansiär(?:er)?(?:\sär|:)?\s(?P<payer>{NP})(?P<by>)(?:\s?\(\s?\)?)?", text)
    payer = match and (match["payer"] or match["by"])
    if match is None or (match["what"] and forms.is_money(match["what"])) or (payer and not forms.pays(payer)):
        return None
    return Claim(match["what"] or "", payer or forms.named(match["said"]))


def prolonged(forms: Forms, text: str) -> Claim | None:
    """X förlängs med ett år, ¤; X får en förlängning ¤; beslut om förlängning av X ¤; förlängs ¤."""
    match = (
        forms.read(rf"{WHAT}(?:s\sverksamhet)?\s{_PROLONGED}{_MORE}(?P<rest>(?:,?\s(?:med|av|genom|från)\s.*)?)", text)
        or forms.read(
            rf"(?:.*\b)?(?:förlängning|förlängningen|fortsättning)\sav\s{WHAT}{_MORE}"
            r"(?P<rest>(?:\s(?:gäller|beviljas|godkänns|är)\b.*)?)",
            text,
        )
        or forms.read(rf"(?P<what>)(?:förlängs|förlängd|förlängt|förlängdes){_MORE}(?P<rest>)", text)
    )
    if match is None or forms.is_money(match["what"]) or SEASON.search(match["what"].split(" ")[0]):
        return None
    sure = STRONG if forms.words.money.search(match["rest"] or "") or match["more"] else WEAK
    return Claim(match["what"], None, sure)


def moved(forms: Forms, text: str) -> Claim | None:
    """Projektslut flyttat ¤; projekttiden för X är förlängd ¤."""
    verb = r"(?:är\s|har\s|blir\s)?(?:nu\s)?(?:(?:fram)?flytta|senareläg|tidigareläg|ändra|förläng|förkorta|korta)\w*"
    why = r"(?:\s(?:enligt|efter)\s.*)?"
    match = forms.read(
        rf"(?:(?P<whose>{NP})s\s)?{_LAST_DAY}(?:\s(?:för|av|i)\s{WHAT})?\s{verb}{why}",
        text,
    )
    return Claim(match["what"] or match["whose"] or "", None, STRONG, "project") if match else None


def goes_on(forms: Forms, text: str) -> Claim | None:
    """X kan fortsätta ¤, right after money has been spoken of; med stöd av Y kan X fortsätta ¤."""
    means = rf"(?:med|tack\svare|genom)\s(?:stöd\sav|hjälp\sav|(?:{forms.money})\s(?:från|av))\s(?P<payer>{NP})"
    match = forms.read(rf"{means}\s(?:kan|får)\s{WHAT}\s{_ON}", text)
    if match and forms.pays(match["payer"]):
        return Claim(match["what"], match["payer"])
    match = forms.read(rf"{WHAT}\s{_GOES_ON}(?:\s(?:med|genom|tack\svare|som|och)\s.*)?", text)
    return Claim(match["what"], None, NEAR) if match and not forms.is_money(match["what"]) else None


def applied(forms: Forms, text: str) -> Claim | None:
    """Ansökan till Y om SUM för X ¤ är inskickad."""
    match = forms.read(
        rf"(?:en\s)?ansökan(?:\still\s(?P<payer>{NP}))?\som\s(?:{SUM}|{forms.money})(?:\s(?:för|till)\s{WHAT})?"
        r"\s(?:är|har)\s(?:nu\s)?(?:inskickad|inlämnad|insänd|gjord|skickats|lämnats|skickad|lämnad|inskickats)(?:\sin)?",
        text,
    )
    return Claim(match["what"] or "", match["payer"], APPLIED) if match else None
