"""The words of rules/dates.yml as patterns: the named parts of which the templates of the forms are composed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

SPACE = r"(?:[ \t]{1,8}(?:\n[ \t]{0,8})?|\n[ \t]{0,8})"
DASH = "[-‐‑–—−]"
YEAR4 = "(?:19|20)[0-9]{2}"
ANY_YEAR = "(?:1[5-9]|20)[0-9]{2}"  # after a month
END = r"(?!\w)"


def any_of(words: Iterable[str]) -> str:
    """Any of the words, the longest first; a space in a word may be a line break."""
    ordered = sorted({str(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", SPACE) for word in ordered) or r"(?!)"


def meanings(groups: Mapping[Any, Iterable[str]]) -> dict[str, Any]:
    """word -> what it stands for."""
    return {" ".join(word.split()): key for key, words in groups.items() for word in words}


def vocabulary_of(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The word list of every part of the templates that is made of words."""
    years, units, seasons = data["years"], data["units"], data["seasons"]

    def every(groups: Mapping[Any, list[str]]) -> list[str]:
        return [word for words in groups.values() for word in words]

    return {
        "weekday": every(data["weekdays"]),
        "weekdayname": [word for word in every(data["weekdays"]) if word.endswith(("dag", "dagen"))],
        "den": ["den"],
        "dayword": every(data["ordinals"]),
        "month": every(data["months"]),
        "which": [*every(data["ordinals"]), *data["last"]],
        "last": data["last"],
        "season": [word for season in seasons for word in (*season["words"], *season["terms"])],
        "bareseason": [word for season in seasons for word in season["bare"]],
        "shortterm": [word for season in seasons for word in season["short"]],
        "seasonpast": [season["past"] for season in seasons],
        "seasoncoming": [season["coming"] for season in seasons],
        "nextseason": data["season_words"]["next"],
        "lastseason": data["season_words"]["past"],
        "label": years["label"],
        "school": years["school"],
        "holiday": [word for holiday in data["holidays"] for word in holiday["words"] if "feast" not in holiday],
        "feast": [word for holiday in data["holidays"] for word in holiday["words"] if "feast" in holiday],
        "relative": [word for row in data["relative"] for word in row["words"]],
        "coming": data["weekdays_coming"],
        "pastweekday": list(data["weekdays_past"]),
        **{f"{unit}word": words["before"] for unit, words in units.items()},
        **{f"{unit}name": words["after"] for unit, words in units.items() if "after" in words},
        **{f"{unit}turn": words for unit, words in data["turns"].items()},
    }


def joints(data: Mapping[str, Any]) -> str:
    """The words that join dates into lists and ranges."""
    return any_of([*data["bounds"]["until"], "och", "samt", "eller", "respektive", "resp", "resp.", "alternativt", "&"])


def terms_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The named parts of which the templates are composed."""
    words = {name: any_of(list_) for name, list_ in vocabulary_of(data).items()}
    full = any_of(names[0] for names in data["months"].values())
    short = any_of(name for names in data["months"].values() for name in names[1:])
    # `jan-mars` is a range; `mars-rapporten` is no month.
    glued = rf"(?!\w)(?!{DASH}(?!(?:{words['month']})\b)[a-zåäö])"
    year_end = rf"(?!\w)(?![:/.][0-9])(?!{SPACE}års\b)"
    y4 = rf"(?P<year>{YEAR4}){year_end}"
    # `-26` is a year unless it goes on: `3 mars-26 april`, `3/3-15/3`.
    y2 = rf"(?P<year2>[0-9]{{2}})(?!\w|[.:/,][0-9]|{DASH}[0-9]|{SPACE}?(?:{words['month']})\b|{SPACE}?kr\b)"
    said = any_of(word for key, row in data["year_words"].items() for word in row)
    rel = rf"(?P<when>{said}){END}"
    short_year = rf"{SPACE}?[-–'’]{y2}"
    return {
        **{name: rf"(?:{pattern}){END}" for name, pattern in words.items()},
        **{f"{unit}word": rf"(?:{words[f'{unit}word']})\.?" for unit in data["units"]},
        # `lördag–söndag 14–15 mars`: which weekday belongs to which day is not looked at.
        "weekday": rf"(?:(?:{words['weekday']}){SPACE}?{DASH}{SPACE}?(?:{words['weekday']})"
        rf"|(?P<weekday>{words['weekday']}))\.?,?{SPACE}",
        "weekdayname": rf"(?P<weekday>{words['weekdayname']}){END}",
        "den": rf"den{SPACE}",
        "day": rf"(?P<day>[0-3]?[0-9])(?![0-9])(?:{SPACE}?:[ae]{END}|[ae]{END})?",
        "dayword": rf"(?P<dayword>{words['dayword']})",
        "month": rf"(?P<month>{full}){glued}|(?P<mon>{short})\.?{glued}",
        "joint": rf",(?:{SPACE}|(?=[0-9]{{1,2}}(?![0-9])))|{SPACE}?{DASH}|,?{SPACE}(?:{joints(data)}){SPACE}",
        "mnum": r"(?P<mnum>[01]?[0-9])(?![0-9])",
        "y4": y4,
        "y4label": rf"(?P<year>{YEAR4})(?!\w|[:.][0-9]|,[0-9]|-talet)",
        "yy": r"(?P<year2>[0-9]{2})",
        "year": rf"(?:,?{SPACE}(?:(?:år|av){SPACE})?|{SPACE}?{DASH})(?P<year>{ANY_YEAR}){year_end}"
        rf"|{short_year}|,?{SPACE}{rel}",
        "slashyear": rf"(?:{SPACE}|{SPACE}?[-–/'’]{SPACE}?){y4}|{SPACE}?[-–'’/]{y2}|{SPACE}{rel}",
        "weekyear": rf"(?:,?{SPACE}(?:år{SPACE})?|{DASH}|/){y4}|{SPACE}?['’]{y2}|{SPACE}{rel}",
        "seasonyear": rf"{SPACE}(?:av{SPACE})?(?P<year>{YEAR4})(?:(?:/|{DASH})(?P<to>{YEAR4}|[0-9]{{2}}))?{year_end}"
        rf"|{short_year}|{SPACE}{rel}",
        "to": rf"(?P<to>{YEAR4}|[0-9]{{2}})(?!\w|[:/][0-9])",
        "num": r"(?P<num>[0-9]{1,2})(?!\w|[.:,][0-9])",
        "number": rf"(?P<num>[1-4]|{any_of(data['numbers'])})(?!\w|[.:,][0-9])",
        "which": rf"(?P<which>{words['which']}|[1-4]:[ae]){END}",
        "season": rf"(?P<season>{words['season']}){END}",
        "bareseason": rf"(?P<season>{words['bareseason']}){END}",
        "anyseason": rf"(?P<season>{words['season']}|{words['bareseason']}){END}",
        "shortterm": rf"(?P<season>{words['shortterm']})",
        "seasonpast": rf"(?P<season>{words['seasonpast']}){END}",
        "seasoncoming": rf"(?P<season>{words['seasoncoming']}){END}",
        "holiday": rf"(?P<holiday>{words['holiday']}){END}",
        "feast": rf"(?P<holiday>{words['feast']})(?![\w-])",
        "relative": rf"(?P<relative>{words['relative']}){END}",
        "pastweekday": rf"(?P<pastweekday>{words['pastweekday']}){END}",
    }
