"""The patterns of what stands before, between, after and around dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from protoparse.dates.words import DASH, SPACE, YEAR4, any_of, joints, vocabulary_of


def contexts(data: Mapping[str, Any]) -> dict[str, str]:
    """The patterns of what stands before, between, after and around dates."""
    bounds, years, tense = data["bounds"], data["years"], data["tense"]
    until, from_ = any_of(bounds["until"]), any_of(bounds["from"])
    months = any_of(vocabulary_of(data)["month"])
    clock = rf"(?:kl\.?|klockan){SPACE}?[0-9]{{1,2}}(?:[.:][0-9]{{2}})?"
    part = rf"(?:(?:den|det){SPACE})?(?:{any_of(data['parts'])}){SPACE}(?:av|på)(?:{SPACE}år)?"
    gap = rf":?(?:{SPACE}(?:{any_of(data['bound_gap'])}))?(?:{SPACE}{part})?(?:{SPACE}{clock},?)?(?:{SPACE}den)?"
    past = rf"(?:{any_of(tense['past'])}|\w*(?:{any_of(tense['past_verbs'])})|\w+(?:{any_of(tense['past_endings'])}))\b"
    not_ahead = any_of(tense["no_infinitives"])
    infinitive = (
        rf"(?:\w+t{SPACE}|inte{SPACE}|också{SPACE}|även{SPACE})?(?!(?:{not_ahead})\b)"
        rf"(?:[a-zåäö]{{2,}}(?<!rn)as?\b|(?:{any_of(tense['infinitives'])})s?\b|ha\b(?!{SPACE}(?!ett\b)\w+ts?\b))"
    )
    deciding = any_of(tense["deciding"])
    planned = rf"(?:{any_of(tense['perfect'])}){SPACE}(?:\w+{SPACE}){{0,2}}(?:{any_of(tense['planned'])})"
    supine = rf"\w*(?:{any_of(tense['perfect_endings'])})"
    perfect = rf"(?:{any_of(tense['perfect'])}){SPACE}(?:\w+{SPACE}){{0,2}}{supine}\b"
    should_have = rf"skulle{SPACE}(?:\w+{SPACE}){{0,3}}?ha{SPACE}(?:\w+{SPACE})?{supine}\b"
    every = any_of(word for row in bounds.values() for word in row)
    return {
        "separator": r"(?P<slash>/)"
        rf"|(?P<range>(?:{SPACE}?{DASH}{{1,2}}{SPACE}?|,?{SPACE}(?:och{SPACE})?(?:{until}){SPACE}(?:i{SPACE})?))"
        rf"|(?P<and>{SPACE}?,?{SPACE}(?:och|samt|eller|respektive|resp\.?|alternativt|&){SPACE}(?:i{SPACE})?)"
        rf"|(?P<comma>,{SPACE}?)",
        "bound": rf"(?<![\w.])(?P<bound>{every}){gap}(?:{SPACE}|(?<=\.))$",
        # `har träffats fyra gånger, senast den 3 maj`: no deadline.
        "lately": rf"\b(?:{any_of(tense['perfect'])}){SPACE}[^.!?]{{3,66}},{SPACE}$"
        rf"|\b(?:{any_of(data['met'])}){SPACE}$",
        "calendar": rf"(?:{any_of(data['calendars'])}){SPACE}(?:(?:för|under|år){SPACE})?(?P<year>{YEAR4})\s*:?\s*$",
        "clause_end": rf"[.,;](?=\s|$)|{SPACE}(?:och|men)\b",
        "year_noun": rf"(?<!\w)(?:{any_of(years['led_by'])}){SPACE}(?:[a-zåäö]+{SPACE})?[a-zåäö]{{4,}}{SPACE}$"
        rf"|(?<!\w)(?:[a-zåäö]{{3,}}(?:as|es|gs|vs)|klar[at]?|färdig[at]?){SPACE}$",
        "should": rf"\b(?:{any_of(data['should'])})\b[^.!?]*$",
        "was_due": rf"\b(?:{any_of(data['was_due'])})\b[^.!?]*$",
        "lacks": rf"{SPACE}(?:{any_of(data['lacks'])})\b",
        "out": rf"{SPACE}ut(?=[\s.,;:!?)]|$)",
        "heads": rf"{SPACE}?:|[ \t]*\n",
        "of_thing": rf"(?:{any_of(data['of_things'])}){SPACE}$",
        # `skrivelse från Hemgården den 6 oktober`: a paper, and the meeting it comes from, lie behind.
        "paper": rf"(?:(?:{any_of(data['of_things'])})"
        rf"(?:{SPACE}(?:{any_of(data['of_day'])})(?:{SPACE}[\w-]+){{0,3}})?,?"
        rf"|från{SPACE}\w*(?:{any_of(data['meetings'])})){SPACE}$",
        "of": rf"(?<!\w)av{SPACE}$",
        "day_moved": rf"\b(?:{any_of(data['day_movers'])})",
        "part_number": rf"(?<!\w)(?:{any_of(data['part_words'])}){SPACE}$",
        "school_form": rf"{SPACE}[1-9](?!\w|[.,:][0-9]|{SPACE}(?:{any_of(data['pseudo_after'])})(?!\w))",
        "around_feast": rf"(?<!\w)(?:{any_of(data['around_feasts'])}){SPACE}$",
        "goes_on": rf",{SPACE}(?:{months})\b",
        "section_sign": rf",?{SPACE}§",
        "numbered": rf"\w*(?:{any_of(data['numbered'])})\b[^.!?\n]*$",
        "from": rf"(?<![\w.])(?P<from>{from_}){SPACE}$",
        "between": rf"(?<!\w)(?:{any_of(data['between'])}){SPACE}$",
        "mover": rf"\b(?:{any_of(data['movers'])})",
        "ending": rf"(?<!\w)(?:{any_of(data['ends'])}){SPACE}av(?:{SPACE}år)?{SPACE}$",
        "month_end": rf"(?<!\w)(?:{any_of(data['month_ends'])}){SPACE}$",
        "pseudo_before": rf"(?:(?<!\w)(?:{any_of(data['pseudo_before'])})|[§#])[.:]?{SPACE}?$",
        "pseudo_after": rf"(?:{SPACE}|-)?(?:{any_of(data['pseudo_after'])})(?!\w)",
        "register": r"\b(?!VT|HT|ST)[A-ZÅÄÖ]{2,6}[ /-]?$",
        "day_context": rf"(?<!\w)(?:{any_of(data['day_context'])}|\w+(?:des|ts|as|ras|ade)):?{SPACE}$",
        "day_after": rf"[.,;!?)]|{SPACE}?$|{SPACE}(?:kl|klockan)\b",
        "year_before": rf"(?<!\w)(?:{any_of(years['before'])}|\w+(?:{any_of(years['before_endings'])})){SPACE}$",
        "year_after": rf"{SPACE}(?:{any_of(years['after'])})\b",
        "label_before": rf"(?<!\w)(?:{any_of([*years['label'], *years['school']])}){SPACE}$",
        "of_year": rf"{SPACE}års\b",
        "month_before": rf"(?<!\w)(?:i|under|av|för|inför|mellan|{every}){SPACE}$",
        "tertial_cue": rf"(?:{any_of(data['tertial_cues'])})",
        "recurring_after": rf",?{SPACE}(?:{any_of(data['recurring_after'])})\b",
        "recurring_before": rf"\b(?:{any_of(data['recurring_before'])}){SPACE}"
        rf"(?:(?:{every}|i|under|per){SPACE}(?:i{SPACE})?)?$",
        "not_relative": rf"(?<!\w)(?:{any_of(data['not_after_relative'])}){SPACE}$",
        "our_spring": rf"{SPACE}?[.,;:!?)]|{SPACE}?$|{SPACE}?\n\n|{SPACE}(?:{any_of(data['after_i_vår'])})\b",
        "tense": rf"\b(?:(?P<open>(?:(?:{deciding}){SPACE})?att{SPACE}(?:{any_of(tense['looking_back'])})\b"
        rf"|(?:{any_of(tense['open'])})\b|(?:{any_of(tense['settled'])}){SPACE}?:)|(?P<future>{any_of(tense['future'])}|{planned}|(?:{deciding}){SPACE}att)\b"
        rf"|(?P<aim>att{SPACE}{infinitive})|(?P<past>{perfect}|{should_have}|{past}))",
        "small_words": rf":?(?:{SPACE}(?:{any_of(data['small_words'])})){{0,3}}{SPACE}",
        "clause": rf"[,;–]|{SPACE}(?:{any_of(data['clause_words'])})\b",
        "event": rf"(?:{any_of(data['events'])}){SPACE}(?:(?:den|i|på){SPACE})?$",
        "ahead": rf"\b(?:{any_of(data['ahead_verbs'])})",
        "standing": rf"\b(?:{any_of(data['standing'])})\b",
        "report": rf"(?:{any_of(data['reports'])}){SPACE}$",
        "thing_over": rf"(?:(?P<report>{any_of(data['reports'])})|{any_of(data['plans'])}){SPACE}"
        rf"(?:{any_of(data['over'])}){SPACE}$",
        "sentence": r"[.!?:]\s+(?=[A-ZÅÄÖ0-9•–-])|\n[ \t]*\n",
        "paragraph": r"\n[ \t]*\n",
        "hyphen": rf"(?<=[a-zåäö])[-‐\u00ad][ \t]*\n[ \t]*(?=[a-zåäö])(?!(?:{months}|och|eller|samt)\b)|\u00ad",
    }


def gates_of(data: Mapping[str, Any]) -> dict[str, str]:
    """What a very common opening word must be followed by. Only for speed: the forms say it again."""
    vocabulary = vocabulary_of(data)
    names = any_of(vocabulary["month"])
    units = any_of(word for name in ("quartername", "tertialname", "halfname") for word in vocabulary[name])
    follows = rf"[./,]|{SPACE}?{DASH}|{SPACE}?(?:{names})|{SPACE}(?:{joints(data)}|dennes|ds|d\.s|{units})"
    day = rf"(?:{SPACE}?:?[ae]\b)?(?:{follows})"
    return {
        "1": rf"[0-9]{day}",
        "2": rf"[0-9]{{2}}{day}",
        "4": "(?:19|20)|[0-9]{3}0-",
        "den": rf"den{SPACE}(?:{any_of([*vocabulary['which'], *vocabulary['dayword']])})",
    }
