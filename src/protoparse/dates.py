"""The Swedish date grammar: a text and the document's day in; first and last day, precision and bound out.

How it reads, in five steps:

1. The text is folded: small letters, plain spaces, words split at a line end joined. Every folded character remembers
   where it stood, so what is found is told in offsets of the text as given.
2. Words and numbers that can open a date (`den`, `mars`, `vecka`, any digit) are the only places where a form is tried.
   A form is a template such as `<weekday>?<den>?<day>_<month><year>?`; what it matches is a `Piece`.
3. Pieces joined by a separator are a chain: `den 5, 12 och 19 maj 2027`, `22 december–7 januari`. What is said once,
   at its end, holds for the whole chain.
4. Where candidates overlap, the longest wins.
5. From left to right each candidate gets its year, its days, and the bound word before it (`senast`, `till och med`).

The words stand in rules/dates.yml. Nothing here knows today's date, the machine's language or the order of a set.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

Span = tuple[date, date]
# The plain names, in order; strftime would need the machine's Swedish locale. All spellings stand in rules/dates.yml.
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as the text says it. Offsets, first and last day leave the bound words out."""

    start: int
    end: int
    first: date
    last: date
    precision: str
    bound: str | None
    bound_start: int
    bound_text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A cue that is no safe date, and why (in Swedish)."""

    start: int
    end: int
    message: str
    rule: str


# ---------------------------------------------------------------------------------------------------------------------
# The calendar: what a unit of a year spans. A ValueError says that there is no such day, week or month.
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a mention, with whatever it says by itself."""

    start: int
    end: int
    rule: str
    unit: str
    family: str
    year: int | None = None
    number: int | None = None  # of the month, week, quarter, season …
    day: int | None = None
    weekday: int | None = None
    when: int | str | None = None  # year words: 0, 1, -1, "next", "past", "this month"
    partial: str = ""  # needs the "next" piece (the `3` of `den 3 och 4 mars`) or the "previous" one (`vecka 3–4`)
    needs_year: bool = False


def _month(year: int, number: int) -> Span:
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def _months(year: int, first: int, last: int) -> Span:
    """From a month to a month; a last month before the first lies in the next year."""
    return _month(year, first)[0], _month(year + (last < first), last)[1]


def _parts(year: int, number: int, parts: int) -> Span:
    """The number-th of so many equal parts of a year."""
    if not 1 <= number <= parts:
        raise ValueError(number)
    size = 12 // parts
    return _months(year, size * (number - 1) + 1, size * number)


def _one(day: date) -> Span:
    return day, day


def _turn(last: date) -> Span:
    return last, last + timedelta(1)


def _week(year: int, number: int) -> Span:
    return date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7)


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> Span:
    """The nth such weekday of the month; the last for -1."""
    first, last = _month(year, month)
    if nth == -1:
        return _one(last - timedelta((last.isoweekday() - weekday) % 7))
    day = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    if day > last:
        raise ValueError(nth)
    return _one(day)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _holiday(year: int, rule: Mapping[str, int]) -> Span:
    if "easter" in rule:
        return _one(easter(year) + timedelta(rule["easter"]))
    if "weekday" in rule:
        start = date(year, rule["month"], rule["from"])
        return _one(start + timedelta((rule["weekday"] - start.isoweekday()) % 7))
    return _one(date(year, rule["month"], rule["day"]))


def _step_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _quarter(day: date) -> Span:
    return _parts(day.year, (day.month + 2) // 3, 4)


def _school_year(day: date, step: int) -> Span:
    return _months(day.year - (day.month < 8) + step, 8, 6)


# What counts from the document's day: `nästa månad` is ("month", 1).
RELATIVE: dict[str, tuple[str, Callable[[date, int], Span]]] = {
    "day": ("day", lambda day, step: _one(day + timedelta(step))),
    "week": ("week", lambda day, step: _week(*(day + timedelta(7 * step)).isocalendar()[:2])),
    "month": ("month", lambda day, step: _month(*_step_months(day, step).timetuple()[:2])),
    "quarter": ("quarter", lambda day, step: _quarter(_step_months(day, 3 * step))),
    "year": ("year", lambda day, step: _months(day.year + step, 1, 12)),
    "year end": ("day", lambda day, step: _one(date(day.year + step, 12, 31))),
    "school year": ("other", _school_year),
    "weekday past": ("day", lambda day, weekday: _one(day - timedelta((day.isoweekday() - weekday - 1) % 7 + 1))),
    "weekday coming": ("day", lambda day, weekday: _one(day + timedelta((weekday - day.isoweekday() - 1) % 7 + 1))),
    "day of month": ("day", lambda day, number: _one(day.replace(day=number))),
}

PRECISION = {
    "day": "day", "month": "month", "week": "week", "quarter": "quarter", "tertial": "tertial", "half": "half",
    "season": "season", "year": "year", "school": "other", "decade": "other", "century": "other",
    "year turn": "day", "half turn": "day", "month turn": "day", "month end": "day", "nth weekday": "day",
    "weekday of week": "day", "holiday": "day",
}  # fmt: skip


# ---------------------------------------------------------------------------------------------------------------------
# The words, and the templates made of them.
# ---------------------------------------------------------------------------------------------------------------------

SPACE = r"(?:[ \t]{1,8}(?:\n[ \t]{0,8})?|\n[ \t]{0,8})"
DASH = "[-‐‑–—−]"
YEAR4 = "(?:19|20)[0-9]{2}"
ANY_YEAR = "(?:1[5-9]|20)[0-9]{2}"  # after a month
END = r"(?!\w)"


def _words(words: Iterable[str]) -> str:
    """Any of the words, the longest first; a space in a word may be a line break."""
    ordered = sorted({str(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", SPACE) for word in ordered) or r"(?!)"


def _index(groups: Mapping[Any, Iterable[str]]) -> dict[str, Any]:
    """word -> what it stands for."""
    return {" ".join(word.split()): key for key, words in groups.items() for word in words}


def _vocabulary(data: Mapping[str, Any]) -> dict[str, list[str]]:
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


def _joints(data: Mapping[str, Any]) -> str:
    """The words that join dates into lists and ranges."""
    return _words([*data["bounds"]["until"], "och", "samt", "eller", "respektive", "resp", "resp.", "alternativt", "&"])


def _terms(data: Mapping[str, Any]) -> dict[str, str]:
    """The named parts of which the templates are composed."""
    words = {name: _words(list_) for name, list_ in _vocabulary(data).items()}
    full = _words(names[0] for names in data["months"].values())
    short = _words(name for names in data["months"].values() for name in names[1:])
    # `jan-mars` is a range; `mars-rapporten` is no month.
    glued = rf"(?!\w)(?!{DASH}(?!(?:{words['month']})\b)[a-zåäö])"
    year_end = rf"(?!\w)(?![:/.][0-9])(?!{SPACE}års\b)"
    y4 = rf"(?P<year>{YEAR4}){year_end}"
    # `-26` is a year unless it goes on: `3 mars-26 april`, `3/3-15/3`.
    y2 = rf"(?P<year2>[0-9]{{2}})(?!\w|[.:/,][0-9]|{DASH}[0-9]|{SPACE}?(?:{words['month']})\b|{SPACE}?kr\b)"
    said = _words(word for key, row in data["year_words"].items() for word in row)
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
        "joint": rf",(?:{SPACE}|(?=[0-9]{{1,2}}(?![0-9])))|{SPACE}?{DASH}|,?{SPACE}(?:{_joints(data)}){SPACE}",
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
        "number": rf"(?P<num>[1-4]|{_words(data['numbers'])})(?!\w|[.:,][0-9])",
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


# The forms: id, what the match means (unit), the chain it may stand in (family), template, and what else it says.
# In a template `_` is white space and <name> a part from `_terms`. Several templates may share an id.
FORMS: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("dag-månad", "day", "day", r"<weekday>?<den>?<day>(?:\._|_?)<month>(?:_månad)?<year>?", {}),
    ("dag-månad", "day", "day", r"<weekday>?<den>?<dayword>_<month>(?:_månad)?<year>?", {}),
    ("dag-snedstreck", "day", "day", r"<weekday>?<den>?<day>/<mnum>(?:<slashyear>|(?!\w|[.,:/][0-9]))", {}),
    ("dag-punkt", "day", "day", r"<weekday>?<den>?<day>\._?<mnum>\._?<y4>", {}),
    ("dag-punkt", "day", "day", r"<weekday>?<den>?<day>[-–]<mnum>[-–]<y4>", {}),
    ("dag-punkt", "day", "day", r"<den><day>\.<mnum>(?![.:,]?\w)", {}),
    ("dag-punkt", "day", "day", r"<weekday>?<den>?<day>\.<mnum>\.?", {"needs_year": True}),
    ("dag-i-lista", "day", "day", r"<weekday>?<den>?<day>\.?(?=<joint>)", {"partial": "next"}),
    ("iso-dag", "day", "iso",
     r"<weekday>?<den>?(?P<year>YEAR4)(?P<sep>[-–./])(?P<mnum>[01]?[0-9])(?P=sep)(?P<day>[0-3]?[0-9])"
     r"(?![0-9])(?!:[0-9])(?![-/](?!YEAR4-)[0-9])", {}),
    ("iso-dag", "day", "iso", r"(?P<mnum>[01][0-9])[-–](?P<day>[0-3][0-9])(?![0-9]|[-–:/.,][0-9])",
     {"partial": "previous"}),
    ("åtta-siffror", "day", "iso",
     r"<den>?(?P<year>YEAR4)(?P<mnum>[01][0-9])(?P<day>[0-3][0-9])(?!\w|[:.,/][0-9]|DASH[0-9]{4}(?![0-9]))", {}),
    ("sex-siffror", "day", "iso",
     r"<den>?<yy>(?P<mnum>[01][0-9])(?P<day>[0-3][0-9])(?!\w|[:.,/][0-9]|DASH[0-9]{4}(?![0-9])|_[0-9]{2,3}\b)", {}),
    ("kort-dag", "day", "iso",
     r"<weekday>?<den>?<yy>[-–](?P<mnum>[01][0-9])[-–](?P<day>[0-3][0-9])(?!\w|[:.,/][0-9]|DASH[0-9]|_[0-9]{2}\b)", {}),
    ("dag-och-vecka", "weekday of week", "", r"<weekday>(?:i_)?<weekword>_?<num><weekyear>?", {}),
    ("veckodag-i-månad", "nth weekday", "", r"<which>_<weekday>i_<month><year>?", {}),
    ("sista-dagen", "month end", "", r"<den>?<last>_(?:dagen_i_|dag_i_)?<month><year>?", {}),
    ("dag-dennes", "+day of month", "", r"<den>?<day>_(?:dennes|ds|d\.s\.)", {}),
    ("dag-ensam", "+day of month", "", r"<den>(?P<day>[0-3]?[0-9]):[ae](?=_?[.,;!?)]|_?$|_kl)", {}),
    ("dag-ensam", "+day of month", "", r"<weekday>(?:den_)?<day>(?=_?[.,;!?)](?![0-9])|_?$|_kl)", {}),
    ("månad", "month", "month", r"<month>(?:_månad)?<year>?", {}),
    ("iso-månad", "month", "month", r"(?P<year>YEAR4)-(?P<mnum>[01][0-9])(?!\w|[-–:/.,][0-9]|_[0-9]{2}\b)", {}),
    ("månadsskifte", "month turn", "",
     r"<monthturn>(?:_(?:mellan_)?<month>_?(?:/|DASH|och)_?(?P<to>MONTHS)\.?(?!\w)<year>?)?", {}),
    ("vecka", "week", "week", r"<weekword>_?(?:nr_|nummer_)?<num><weekyear>?", {}),
    ("vecka", "week", "week", r"<num><weekyear>?", {"partial": "previous"}),
    ("iso-vecka", "week", "", r"(?P<year>YEAR4)(?:,?_|-)?(?:w|v\.?_?|vecka_)<num>", {}),
    ("vecka-kod", "week", "", r"v(?P<year2>[0-9]{2})(?P<num>[0-9]{2})(?!\w|[.:,/-][0-9])", {}),
    *((unit, unit, unit, template, extra)
      for unit in ("quarter", "tertial", "half")
      for template, extra in (
          (f"<{unit}word>_?<number><weekyear>?", {}),
          (f"<which>_<{unit}name><year>?", {}),
          (f"(?P<year>YEAR4)(?:_|[-/])?<{unit}word>_?<number>", {}),
          ("<number><weekyear>?", {"partial": "previous"}),
          ("<which>(?=<joint>)", {"partial": "next"}))),
    ("halvårsskifte", "half turn", "", r"<halfturn><year>?", {}),
    ("årsskifte", "year turn", "", r"<yearturn>(?:_(?:mellan_)?(?P<year>YEAR4)(?:_?(?:/|DASH|och)_?<to>)?)?", {}),
    ("årstid", "season", "season", r"<season><seasonyear>?", {}),
    ("årstid", "season", "season", r"<bareseason><seasonyear>?", {"needs_year": True}),
    ("termin-kort", "season", "season", r"<shortterm>\.?_?(?:DASH_?)?(?:<y4>|<yy>(?![0-9\w]|[.:,/][0-9]))", {}),
    ("årstid-nära", "season", "", r"<seasonpast>", {"when": "ended"}),
    ("årstid-nära", "season", "", r"<seasoncoming>", {"when": "coming"}),
    ("årstid-nära", "season", "", r"<nextseason>_<anyseason>(?!<seasonyear2>)", {"when": "next"}),
    ("årstid-nära", "season", "", r"<lastseason>_(?:årets_)?<anyseason>(?!<seasonyear2>)", {"when": "past"}),
    ("läsår", "school", "", r"<school>_(?P<year>(?:19|20)?[0-9]{2})(?:/|DASH)<to>", {}),
    ("år", "year", "year", r"<label>_<y4label>", {"day": 1}),
    ("år", "year", "year", r"<y4label>", {}),
    ("år", "year", "year", r"(?P<year2>[0-9]{2})(?!\w|[:.,/-]\w|_?%)", {"partial": "previous"}),
    ("årtionde", "decade", "", r"(?P<decade>[12][0-9][0-9]0|[0-9]0)-talet(?!\w)", {}),
    ("helgdag", "holiday", "", r"<holiday><year>", {}),
    ("helgdag", "holiday", "feast", r"<feast>", {}),
    ("räknat-från-mötet", "", "", r"<relative>", {}),
    ("veckodag-nära", "+weekday past", "", r"<pastweekday>", {}),
    ("veckodag-nära", "+weekday coming", "", r"<coming>_<weekdayname>(?!_?(?:den_)?[0-9])", {}),
)  # fmt: skip

NAMES = {"quarter": "kvartal", "tertial": "tertial", "half": "halvår"}
RANGE_RULES = {
    "day": "dagar-från-till", "iso": "dagar-från-till", "month": "månader-från-till", "week": "veckor-från-till",
    "quarter": "kvartal-från-till", "tertial": "tertial-från-till", "half": "halvår-från-till",
    "season": "årstider-från-till", "year": "år-från-till", "feast": "dagar-från-till",
}  # fmt: skip
ENDING_RULE = "periodens-sista-dag"
RULE_IDS = frozenset({NAMES.get(form[0], form[0]) for form in FORMS} | set(RANGE_RULES.values()) | {ENDING_RULE})


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled form: where its template matches, a piece of its unit is read."""

    rule: str
    unit: str
    family: str
    pattern: re.Pattern[str]
    extra: Mapping[str, Any]

    @property
    def opens(self) -> bool:
        """Whether a mention may begin with this form."""
        return self.extra.get("partial") != "previous"


def _compile(data: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    """Every form with its template: white space, names and constants filled in."""
    names = _terms(data)
    names["seasonyear2"] = rf"{SPACE}{YEAR4}"
    months = _vocabulary(data)["month"]
    for rule, unit, family, template, extra in FORMS:
        text = template.replace("_", SPACE).replace("YEAR4", YEAR4).replace("DASH", DASH)
        text = text.replace("MONTHS", _words(months))
        text = re.sub(r"(?<!\?P)<(\w+)>", lambda match: f"(?:{names[match[1]]})", text)
        yield template, Form(NAMES.get(rule, rule), unit, family, re.compile(text), extra)


# How many digits the number has that a template begins with; all others begin with a day, a week or an ordinal.
DIGITS = (
    ("(?P<year>YEAR4)(?P<mnum>", "8"),
    ("<yy>(?P<mnum>", "6"),
    ("(?P<year>YEAR4)", "4"),
    ("<y4label>", "4"),
    ("(?P<decade>", "42"),
)


def _openers(template: str, vocabulary: Mapping[str, list[str]]) -> set[str]:
    """The first words a template can begin with; for a number, how many digits it has; `den 2`: `den` before it."""
    optional, rest = re.match(r"((?:<\w+>\?)*)(.*)", template).groups()  # type: ignore[union-attr]
    if rest.startswith("<den>"):
        optional, rest = optional + "<den>", rest.removeprefix("<den>")
    first = re.match(r"<(\w+)>|([a-z])", rest)
    if first and first[2]:
        return {first[2]}
    word = first[1] if first and first[1] in vocabulary else ""
    lengths = next((digits for start, digits in DIGITS if rest.startswith(start)), "12")
    digits = set(lengths if word in ("", "which") else "")
    terms = [word, *(term for term in re.findall(r"\w+", optional) if term != "den")]
    words = {each.split()[0] for term in terms for each in vocabulary.get(term, ())}
    if "<den>" not in optional:
        return words | digits
    after_den = {f"den {length}" for length in digits} | ({"den"} if word else set())
    return words | after_den | (digits if "<den>?" in optional else set())


# ---------------------------------------------------------------------------------------------------------------------
# The grammar, built once.
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grammar:
    """The forms and word lists of rules/dates.yml, compiled."""

    by_token: Mapping[str, tuple[Form, ...]]
    by_family: Mapping[str, tuple[Form, ...]]
    index: Mapping[str, Mapping[str, Any]]  # list name -> word -> what it stands for
    holidays: tuple[Mapping[str, int], ...]
    seasons: tuple[tuple[int, int], ...]
    relative: tuple[tuple[str, int], ...]
    lists: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    gates: Mapping[str, re.Pattern[str]]  # opening word -> what must follow it for any form to be worth trying
    messages: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Grammar:
        """The grammar of a rule file that has been parsed. ValueError if its rules are not those of the forms."""
        ids = {rule["id"] for rule in data["rules"]}
        if ids != RULE_IDS:
            raise ValueError(f"rules/dates.yml: rules and forms differ: {sorted(ids ^ RULE_IDS)}")
        vocabulary = _vocabulary(data)
        by_token: dict[str, list[Form]] = {}
        by_family: dict[str, list[Form]] = {}
        for template, form in _compile(data):
            by_family.setdefault(form.family, []).append(form)
            for word in sorted(_openers(template, vocabulary)) if form.opens else ():
                by_token.setdefault(word, []).append(form)
        return cls(
            by_token={word: tuple(forms) for word, forms in by_token.items()},
            by_family={family: tuple(forms) for family, forms in by_family.items() if family},
            index=_indexes(data),
            holidays=tuple({key: row[key] for key in row if key != "words"} for row in data["holidays"]),
            seasons=tuple((row["months"][0], row["months"][1]) for row in data["seasons"]),
            relative=tuple((row["unit"], row["step"]) for row in data["relative"]),
            lists={
                **{name: frozenset(data[name]) for name in ("month_names_of_people", "short_units", "fractions")},
                "short_months": frozenset(word for words in data["months"].values() for word in words[1:]),
            },
            patterns={name: re.compile(pattern) for name, pattern in _contexts(data).items()},
            gates={word: re.compile(pattern) for word, pattern in _gates(data).items()},
            messages=dict(data["messages"]),
        )


def _indexes(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    seasons = enumerate(data["seasons"])
    return {
        "weekday": _index(data["weekdays"]),
        "month": _index(data["months"]),
        "ordinal": {**_index(data["ordinals"]), **dict.fromkeys(data["last"], -1)},
        "number": dict(data["numbers"]),
        "when": _index(data["year_words"]),
        "pastweekday": dict(data["weekdays_past"]),
        "holiday": _index({n: row["words"] for n, row in enumerate(data["holidays"])}),
        "relative": _index({n: row["words"] for n, row in enumerate(data["relative"])}),
        "season": _index({
            n: [*row["words"], *row["terms"], *row["bare"], *row["short"], row["past"], row["coming"]]
            for n, row in seasons
        }),
        "bound": _index(data["bounds"]),
    }  # fmt: skip


def _contexts(data: Mapping[str, Any]) -> dict[str, str]:
    """The patterns of what stands before, between, after and around dates."""
    bounds, years, tense = data["bounds"], data["years"], data["tense"]
    until, from_ = _words(bounds["until"]), _words(bounds["from"])
    months = _words(_vocabulary(data)["month"])
    clock = rf"(?:kl\.?|klockan){SPACE}?[0-9]{{1,2}}(?:[.:][0-9]{{2}})?"
    part = rf"(?:(?:den|det){SPACE})?(?:{_words(data['parts'])}){SPACE}(?:av|på)(?:{SPACE}år)?"
    gap = rf":?(?:{SPACE}(?:{_words(data['bound_gap'])}))?(?:{SPACE}{part})?(?:{SPACE}{clock},?)?(?:{SPACE}den)?"
    past = rf"(?:{_words(tense['past'])})\b|\w+(?:{_words(tense['past_endings'])})\b"
    supine = rf"\w*(?:{_words(tense['perfect_endings'])})"
    perfect = rf"(?:{_words(tense['perfect'])}){SPACE}(?:\w+{SPACE}){{0,2}}{supine}\b"
    every = _words(word for row in bounds.values() for word in row)
    return {
        "separator": r"(?P<slash>/)"
        rf"|(?P<range>(?:{SPACE}?{DASH}{{1,2}}{SPACE}?|,?{SPACE}(?:och{SPACE})?(?:{until}){SPACE}(?:i{SPACE})?))"
        rf"|(?P<and>{SPACE}?,?{SPACE}(?:och|samt|eller|respektive|resp\.?|alternativt|&){SPACE}(?:i{SPACE})?)"
        rf"|(?P<comma>,{SPACE}?)",
        "bound": rf"(?<![\w.])(?P<bound>{every}){gap}(?:{SPACE}|(?<=\.))$",
        # `har träffats fyra gånger, senast den 3 maj`: no deadline.
        "lately": rf"\b(?:{_words(tense['perfect'])}){SPACE}[^.!?]{{3,66}},{SPACE}$",
        "calendar": rf"(?:{_words(data['calendars'])}){SPACE}(?:(?:för|under|år){SPACE})?(?P<year>{YEAR4})\s*:?\s*$",
        "clause_end": r"[.,;](?=\s|$)",
        "year_noun": rf"(?<!\w)(?:{_words(years['led_by'])}){SPACE}(?:[a-zåäö]+{SPACE})?[a-zåäö]{{4,}}{SPACE}$",
        "was_due": rf"\b(?:{_words(data['was_due'])})\b[^.!?]*$",
        "lacks": rf"{SPACE}(?:{_words(data['lacks'])})\b",
        "out": rf"{SPACE}ut(?=[\s.,;:!?)]|$)",
        "heads": rf"{SPACE}?:|[ \t]*\n",
        "of_thing": rf"(?:{_words(data['of_things'])}){SPACE}$",
        # `skrivelse från Hemgården den 6 oktober`: a paper, and the meeting it comes from, lie behind.
        "paper": rf"(?:(?:{_words(data['of_things'])})"
        rf"(?:{SPACE}(?:{_words(data['of_day'])})(?:{SPACE}[\w-]+){{0,3}})?,?"
        rf"|från{SPACE}\w*(?:{_words(data['meetings'])})){SPACE}$",
        "day_moved": rf"\b(?:{_words(data['day_movers'])})",
        "part_number": rf"(?<!\w)(?:{_words(data['part_words'])}){SPACE}$",
        "school_form": rf"{SPACE}[1-9](?!\w|[.,:][0-9]|{SPACE}(?:{_words(data['pseudo_after'])})(?!\w))",
        "around_feast": rf"(?<!\w)(?:{_words(data['around_feasts'])}){SPACE}$",
        "goes_on": rf",{SPACE}(?:{months})\b",
        "section_sign": rf",?{SPACE}§",
        "numbered": rf"\w*(?:{_words(data['numbered'])})\b[^.!?\n]*$",
        "from": rf"(?<![\w.])(?P<from>{from_}){SPACE}$",
        "between": rf"(?<!\w)(?:{_words(data['between'])}){SPACE}$",
        "mover": rf"\b(?:{_words(data['movers'])})",
        "ending": rf"(?<!\w)(?:{_words(data['ends'])}){SPACE}av(?:{SPACE}år)?{SPACE}$",
        "month_end": rf"(?<!\w)(?:{_words(data['month_ends'])}){SPACE}$",
        "pseudo_before": rf"(?:(?<!\w)(?:{_words(data['pseudo_before'])})|[§#])[.:]?{SPACE}?$",
        "pseudo_after": rf"(?:{SPACE}|-)?(?:{_words(data['pseudo_after'])})(?!\w)",
        "register": r"\b(?!VT|HT|ST)[A-ZÅÄÖ]{2,6}[ /-]?$",
        "day_context": rf"(?<!\w)(?:{_words(data['day_context'])}|\w+(?:des|ts|as|ras|ade)):?{SPACE}$",
        "day_after": rf"[.,;!?)]|{SPACE}?$|{SPACE}(?:kl|klockan)\b",
        "year_before": rf"(?<!\w)(?:{_words(years['before'])}|\w+(?:{_words(years['before_endings'])})){SPACE}$",
        "year_after": rf"{SPACE}(?:{_words(years['after'])})\b",
        "label_before": rf"(?<!\w)(?:{_words([*years['label'], *years['school']])}){SPACE}$",
        "of_year": rf"{SPACE}års\b",
        "month_before": rf"(?<!\w)(?:i|under|av|för|inför|mellan|{every}){SPACE}$",
        "tertial_cue": rf"(?:{_words(data['tertial_cues'])})",
        "recurring_after": rf",?{SPACE}(?:{_words(data['recurring_after'])})\b",
        "recurring_before": rf"\b(?:{_words(data['recurring_before'])}){SPACE}"
        rf"(?:(?:{every}|i|under|per){SPACE}(?:i{SPACE})?)?$",
        "not_relative": rf"(?<!\w)(?:{_words(data['not_after_relative'])}){SPACE}$",
        "our_spring": rf"{SPACE}?[.,;:!?)]|{SPACE}?$|{SPACE}?\n\n|{SPACE}(?:{_words(data['after_i_vår'])})\b",
        "tense": rf"\b(?:(?P<future>{_words(tense['future'])})\b|(?P<past>{perfect}|{past}))",
        "sentence": r"[.!?:]\s+(?=[A-ZÅÄÖ0-9•–-])|\n[ \t]*\n",
        "paragraph": r"\n[ \t]*\n",
        "hyphen": rf"(?<=[a-zåäö])[-‐\u00ad][ \t]*\n[ \t]*(?=[a-zåäö])(?!(?:{months}|och|eller|samt)\b)|\u00ad",
    }


def _gates(data: Mapping[str, Any]) -> dict[str, str]:
    """What a very common opening word must be followed by. Only for speed: the forms say it again."""
    vocabulary = _vocabulary(data)
    names = _words(vocabulary["month"])
    units = _words(word for name in ("quartername", "tertialname", "halfname") for word in vocabulary[name])
    follows = rf"[./,]|{SPACE}?{DASH}|{SPACE}?(?:{names})|{SPACE}(?:{_joints(data)}|dennes|ds|d\.s|{units})"
    day = rf"(?:{SPACE}?:?[ae]\b)?(?:{follows})"
    return {
        "1": rf"[0-9]{day}",
        "2": rf"[0-9]{{2}}{day}",
        "4": "(?:19|20)|[0-9]{3}0-",
        "den": rf"den{SPACE}(?:{_words([*vocabulary['which'], *vocabulary['dayword']])})",
    }


# ---------------------------------------------------------------------------------------------------------------------
# The page: the folded text, and what a place of it looks like from both sides.
# ---------------------------------------------------------------------------------------------------------------------

ODD_SPACE = re.compile("[\u00a0\u2002\u2003\u2007\u2009\u202f\r\t]")
TOKEN = re.compile(r"[^\W\d_]+|[0-9]+")
NUMBER_AFTER_DEN = re.compile(rf"{SPACE}([0-9]+)")
BEFORE, AFTER = 72, 48  # how far a look back or ahead reaches
LONGEST_LIST = 30
MOST_BETWEEN = 330  # days between two dates of a list


@dataclass(frozen=True, slots=True)
class Page:
    """The folded text. `origin` tells where each of its characters stood; None where nothing moved."""

    low: str
    cased: str
    origin: tuple[int, ...] | None
    anchor: date | None
    grammar: Grammar
    memo: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    steps: dict[tuple[str, int], tuple[str, Piece] | None] = field(default_factory=dict)

    def all(self, name: str) -> list[tuple[int, int, str]]:
        """Every place of the pattern: start, end, name of its group. Looked for once, and only if asked for."""
        if name not in self.memo:
            text = self.cased if name == "sentence" else self.low
            found = self.grammar.patterns[name].finditer(text)
            self.memo[name] = [(match.start(), match.end(), match.lastgroup or "") for match in found]
        return self.memo[name]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the text as it was given."""
        if self.origin is None or start >= end:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1

    def before(self, name: str, at: int) -> re.Match[str] | None:
        """The pattern at the end of what stands before a place."""
        return self.grammar.patterns[name].search(self.low[max(0, at - BEFORE) : at])

    def after(self, name: str, at: int) -> re.Match[str] | None:
        """The pattern right after a place."""
        return self.grammar.patterns[name].match(self.low[at : at + AFTER])

    def in_register(self, at: int) -> bool:
        """Whether the letters of a register stand before a number: `KS 2027/12`."""
        return bool(self.grammar.patterns["register"].search(self.cased[max(0, at - 10) : at]))

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence around a mention begins and ends, within 300 characters either side."""
        stops = self.all("sentence")
        left, right = max(0, start - 300), min(len(self.low), end + 300)
        at = bisect_right(stops, start, key=lambda stop: stop[1])
        if at:
            left = max(left, stops[at - 1][1])
        after = bisect_left(stops, end, key=lambda stop: stop[0])
        return left, min(right, stops[after][0]) if after < len(stops) else right


def _lower(text: str) -> str:
    """Small letters, one for each character (`İ` has two)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _fold(text: str, anchor: date | None, grammar: Grammar) -> Page:
    cased = ODD_SPACE.sub(" ", text)
    low = _lower(cased)
    split = "\u00ad" in low or "-\n" in low or "- \n" in low or "‐\n" in low
    gaps = [match.span() for match in grammar.patterns["hyphen"].finditer(low)] if split else []
    if not gaps:
        return Page(low, cased, None, anchor, grammar)
    edges = [0, *(edge for gap in gaps for edge in gap), len(text)]
    kept = [range(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    origin = tuple(at for part in kept for at in part)
    return Page("".join(low[at] for at in origin), "".join(cased[at] for at in origin), origin, anchor, grammar)


# ---------------------------------------------------------------------------------------------------------------------
# Pieces: what one match of a form says.
# ---------------------------------------------------------------------------------------------------------------------


def _century(year2: str) -> int:
    return int(year2) + (2000 if int(year2) < 70 else 1900)


def _whole_year(text: str) -> int:
    return int(text) if len(text) == 4 else _century(text)


def _decade(text: str) -> int:
    """`60-talet` is that of the century before."""
    return int(text) if len(text) == 4 else int(text) + (1900 if int(text) >= 30 else 2000)


def _follows(first: int, second: str) -> bool:
    """Whether the second of `2025/26` or `2025/2026` is the year after the first."""
    return int(second) == (first + 1) % (100 if len(second) == 2 else 10_000)


def _piece(form: Form, match: re.Match[str], page: Page) -> Piece | None:
    """The piece a match says, or None where its numbers cannot be what the form says."""
    said = {name: " ".join(value.split()) for name, value in match.groupdict().items() if value is not None}
    fields: dict[str, Any] = dict(form.extra)
    for name, value in said.items():
        if name in READERS:
            field, read = READERS[name]
            fields[field] = read(value, page.grammar.index)
    if "relative" in said:
        unit, step = page.grammar.relative[fields["number"]]
        return Piece(match.start(), match.end(), form.rule, "+" + unit, "", number=step)
    piece = Piece(match.start(), match.end(), form.rule, form.unit, form.family, **fields)
    if form.unit in TURNS:
        return TURNS[form.unit](piece, said, page.grammar.index)
    check = CHECKS.get(form.unit)
    return piece if check is None or check(piece, said) else None


def _year_turn(piece: Piece, said: Mapping[str, str], index: Mapping[str, Any]) -> Piece | None:
    """`årsskiftet 2026/27`; with one year only nobody can tell at which end of it."""
    if "year" in said and "to" not in said:
        return replace(piece, when="which")
    return piece if "to" not in said or _follows(piece.year or 0, said["to"]) else None


def _month_turn(piece: Piece, said: Mapping[str, str], index: Mapping[str, Any]) -> Piece | None:
    """`månadsskiftet maj/juni 2026`: the year is that of the second month."""
    if "to" not in said:
        return piece
    if index["month"][said["to"]] != (piece.number or 0) % 12 + 1:
        return None
    return replace(piece, year=piece.year - 1) if piece.year and piece.number == 12 else piece


TURNS = {"year turn": _year_turn, "month turn": _month_turn}


READERS: dict[str, tuple[str, Callable[[str, Mapping[str, Any]], Any]]] = {
    "year": ("year", lambda text, index: _whole_year(text)),
    "year2": ("year", lambda text, index: _century(text)),
    "decade": ("year", lambda text, index: _decade(text)),
    "when": ("when", lambda text, index: index["when"][text]),
    "weekday": ("weekday", lambda text, index: index["weekday"][text]),
    "day": ("day", lambda text, index: int(text)),
    "dayword": ("day", lambda text, index: index["ordinal"][text]),
    "month": ("number", lambda text, index: index["month"][text]),
    "mon": ("number", lambda text, index: index["month"][text]),
    "mnum": ("number", lambda text, index: int(text)),
    "num": ("number", lambda text, index: int(text) if text.isdigit() else index["number"][text]),
    "which": ("day", lambda text, index: int(text[0]) if text[0].isdigit() else index["ordinal"][text]),
    "season": ("number", lambda text, index: index["season"][text]),
    "holiday": ("number", lambda text, index: index["holiday"][text]),
    "relative": ("number", lambda text, index: index["relative"][text]),
    "pastweekday": ("number", lambda text, index: index["pastweekday"][text]),
}
# What a match must also say to be a piece of its unit.
CHECKS: dict[str, Callable[[Piece, Mapping[str, str]], bool]] = {
    "day": lambda piece, said: (piece.number is None or 1 <= piece.number <= 12) and 1 <= (piece.day or 0) <= 39,
    "month": lambda piece, said: 1 <= (piece.number or 0) <= 12,
    "season": lambda piece, said: "to" not in said or (piece.number == WINTER and _next_year(piece, said)),
    "decade": lambda piece, said: piece.year != 2000,  # a decade, or a century?
    "school": lambda piece, said: _next_year(piece, said),
}
WINTER = 3


def _next_year(piece: Piece, said: Mapping[str, str]) -> bool:
    return _follows(piece.year or 0, said["to"])


def _count(piece: Piece, last: int) -> Piece:
    """`första kvartalet`: the ordinal is the number; `sista` is the last of them."""
    if piece.day is None:
        return piece
    return replace(piece, number=last if piece.day == -1 else piece.day, day=None)


def _days(piece: Piece, year: int, page: Page) -> Span:
    """First and last day of a piece in a year. ValueError: there is no such day."""
    number, day, weekday = piece.number or 0, piece.day or 0, piece.weekday or 0
    match piece.unit:
        case "day":
            return _one(date(year, number, day))
        case "month":
            return _month(year, number)
        case "week":
            return _week(year, number)
        case "quarter" | "tertial" | "half" as unit:
            parts = {"quarter": 4, "tertial": 3, "half": 2}[unit]
            return _parts(year, _count(piece, parts).number or 0, parts)
        case "season":
            return _months(year, *page.grammar.seasons[number])
        case "year":
            return _months(year, 1, 12)
        case "school":
            return _months(year, 8, 6)
        case "decade":
            return _months(year, 1, 12)[0], date(year + (99 if year % 100 == 0 else 9), 12, 31)
        case "year turn":
            return _turn(date(year, 12, 31))
        case "half turn":
            return _turn(date(year, 6, 30))
        case "month turn":
            return _turn(_month(year, number)[1])
        case "month end":
            return _one(_month(year, number)[1])
        case "nth weekday":
            return _nth_weekday(year, number, day, weekday)
        case "weekday of week":
            return _one(date.fromisocalendar(year, number, weekday))
        case "holiday":
            return _holiday(year, page.grammar.holidays[number])
    raise ValueError(piece.unit)


# ---------------------------------------------------------------------------------------------------------------------
# Chains: pieces in a row, and whether the words around them allow a date at all.
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """Mentions found together. A group is one piece, or two of a range; no groups: surely no date, nor a part of it."""

    start: int
    end: int
    groups: tuple[tuple[Piece, ...], ...] = ()
    word: bool = False  # a range said in words (`till och med`), not with a dash
    between: bool = False
    why: str = ""  # the message, where it cannot be read


def _read_at(page: Page, forms: Iterable[Form], at: int) -> Iterator[Piece]:
    for form in forms:
        match = form.pattern.match(page.low, at)
        if match and (piece := _piece(form, match, page)):
            yield piece


def _next_piece(page: Page, family: str, at: int) -> Piece | None:
    """The longest piece of the family right here."""
    return max(_read_at(page, page.grammar.by_family[family], at), key=lambda piece: piece.end, default=None)


def _chain(page: Page, first: Piece) -> tuple[list[Piece], list[str], int]:
    """The pieces from this one on, the separators between them, and how far they were looked for."""
    pieces, separators = [first], []
    while first.family and len(pieces) < LONGEST_LIST and (step := _step(page, pieces[-1])):
        separators.append(step[0])
        pieces.append(step[1])
    reach = pieces[-1].start
    while pieces and not _may_end(page, pieces, separators):
        pieces.pop()
        del separators[-1:]
    return pieces, separators, reach


def _step(page: Page, piece: Piece) -> tuple[str, Piece] | None:
    """The separator after a piece and the piece after that; each is looked for once."""
    key = (piece.family, piece.end)
    if key not in page.steps:
        separator = page.grammar.patterns["separator"].match(page.low, piece.end)
        following = _next_piece(page, piece.family, separator.end()) if separator else None
        joined = separator and following and _may_join(separator, piece, following)
        page.steps[key] = (separator.lastgroup or "", following) if separator and following and joined else None
    return page.steps[key]


def _may_join(separator: re.Match[str], left: Piece, right: Piece) -> bool:
    """Whether a separator can stand between these two."""
    kind, tight = separator.lastgroup, separator[0] in "/-–‐‑—−"
    if right.family == "year" and right.partial:  # 2025–27, 2025/26
        right_year = right.year or 0
        if not tight or left.year is None:
            return False
        return right_year == left.year + 1 if kind == "slash" else kind == "range" and left.year < right_year
    if kind == "slash":
        if right.family == "year":
            return right.year == (left.year or 0) + 1
        return right.family in ("month", "season", "week", "iso")
    if right.family == "iso" and right.partial:
        return kind == "range"
    return True


def _may_end(page: Page, pieces: list[Piece], separators: list[str]) -> bool:
    """Whether a chain can stop after its last piece: `vecka 14, 10 personer` stops after 14."""
    last = pieces[-1]
    if last.partial == "next":
        return False
    if last.partial == "previous" and last.family != "year":
        return separators[-1] != "comma" and not page.after("pseudo_after", last.end)
    return True


def _filled(pieces: list[Piece], page: Page) -> list[Piece]:
    """What one piece says for the others: month and year backwards, then the year forwards."""
    dated = sum(piece.year is not None or piece.when is not None for piece in pieces)
    if dated in (0, len(pieces)) and all(piece.number is not None or piece.unit != "day" for piece in pieces):
        return pieces
    pieces = list(pieces)
    for at in range(len(pieces) - 2, -1, -1):
        piece, following = pieces[at], pieces[at + 1]
        if piece.unit == "day" and piece.number is None:
            piece = replace(piece, number=following.number)
        if piece.year is None and piece.when is None:
            piece = replace(piece, year=following.year, when=following.when)
            if piece.year is not None and _later(piece, following, page):
                piece = replace(piece, year=piece.year - 1)
        pieces[at] = piece
    for at in range(1, len(pieces)):
        piece, previous = pieces[at], pieces[at - 1]
        if piece.year is None and piece.when is None and previous.year is not None:
            piece = replace(piece, year=previous.year)
            pieces[at] = replace(piece, year=previous.year + 1) if _later(previous, piece, page) else piece
    return pieces


def _later(first: Piece, second: Piece, page: Page) -> bool:
    try:
        return _days(first, first.year or 0, page) > _days(second, second.year or 0, page)
    except ValueError:
        return False


def _candidate(page: Page, first: Piece, done: dict[str, int]) -> Candidate | None:
    """The mentions that begin with this piece, if the words around them allow it.

    `done` tells per family how far its chains have been read, so that no chain is read again from its middle.
    """
    if first.start < done.get(first.family, 0):
        return None
    pieces, separators, reach = _chain(page, first)
    if first.family and not pieces:
        done[first.family] = reach
    if not pieces or (page.low[first.start].isdigit() and page.before("pseudo_before", first.start)):
        return None
    between = bool(page.before("between", first.start))
    kinds = ["range" if kind in ("range", "slash") or (between and kind == "and" and at == 0) else kind
             for at, kind in enumerate(separators)]  # fmt: skip
    if _loose_list(pieces, kinds):
        return None
    start, end = first.start, pieces[-1].end
    pieces = _filled(pieces, page)
    if any(piece.needs_year and piece.year is None and piece.when is None for piece in pieces):
        return None
    safe = SAFE.get(first.family or first.unit, _safe_else)(page, pieces, kinds)
    if safe is None:
        return None
    if first.family:
        done[first.family] = max(done.get(first.family, 0), pieces[-1].start)
    if not safe or _recurs(page, pieces, start, end):
        return Candidate(start, end)
    joint = page.low[pieces[0].end : pieces[1].start] if separators[:1] == ["range"] else ""
    return Candidate(start, end, _grouped(pieces, kinds), any(map(str.isalpha, joint)), between)


def _loose_list(pieces: list[Piece], kinds: list[str]) -> bool:
    """`5, 10 mars`: bare numbers before a comma are a list only with an `och`, or where `den` says so."""
    bare = pieces[0].partial == "next" and pieces[0].end - pieces[0].start <= 2
    return bare and bool(kinds) and kinds[0] == "comma" and "and" not in kinds


def _grouped(pieces: list[Piece], kinds: list[str]) -> tuple[tuple[Piece, ...], ...]:
    groups: list[tuple[Piece, ...]] = [(pieces[0],)]
    for piece, kind in zip(pieces[1:], kinds, strict=True):
        if kind == "range" and len(groups[-1]) == 1:
            groups[-1] = (groups[-1][0], piece)
        else:
            groups.append((piece,))
    return tuple(groups)


def _recurs(page: Page, pieces: list[Piece], start: int, end: int) -> bool:
    """`den 1 mars varje år` is no date."""
    if any(piece.year is not None for piece in pieces):
        return False
    return bool(page.after("recurring_after", end) or page.before("recurring_before", start))


# Whether the surroundings allow a date. True: yes. None: no, but a part of it may be one. False: no, nor any part.
Safe = Callable[[Page, list[Piece], list[str]], bool | None]


def _safe_day(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    first, last = pieces[0], pieces[-1]
    if any(piece.rule == "dag-månad" and _is_person(page, piece) for piece in pieces):
        return False
    if re.match(r"[0-9]+\.\s+[A-ZÅÄÖ]", page.cased[first.start : first.end]):  # `3. Mars 2026` is a heading
        return None
    if re.match(r"[0-9]+\.\s", page.low[first.start : first.end]) and page.before("numbered", first.start):
        return None  # `Delegationslista 1. april 2026` is the first of that month
    if all(piece.rule != "dag-snedstreck" for piece in pieces) or any(piece.weekday for piece in pieces):
        return True
    if not page.low[first.start].isdigit() or first.year is not None:
        return True
    return _safe_slash(page, first, last)


def _safe_slash(page: Page, first: Piece, last: Piece) -> bool | None:
    """`14/3` alone: not a fraction, a road, a share of something, nor impossible."""
    told = bool(page.before("day_context", first.start))
    if page.after("pseudo_after", last.end) or page.in_register(first.start) or _is_part(page, first, last):
        return None
    try:
        date(2024, first.number or 0, first.day or 0)
    except ValueError:
        return True if told else None
    text = page.low[first.start : first.end]
    if text in page.grammar.lists["fractions"]:
        return True if page.before("bound", first.start) else None
    smaller = (first.day or 0) < (first.number or 0)
    return True if told or not smaller or page.after("day_after", last.end) else None


def _is_part(page: Page, first: Piece, last: Piece) -> bool:
    """`(2/2)`, `del 1/3`: which part of how many."""
    if (first.day or 0) > (first.number or 0):
        return False
    alone = page.low[max(0, first.start - 1) : first.start] == "(" and page.low[last.end : last.end + 1] == ")"
    return alone or bool(page.before("part_number", first.start))


def _is_person(page: Page, piece: Piece) -> bool:
    """`1 Jan Berg`, `Maj Lund`: a month's name with a capital, then another name."""
    match = re.search(r"([^\W\d_]+)\.?$", page.cased[piece.start : piece.end])
    if not match or not match[1][0].isupper() or match[1].lower() not in page.grammar.lists["month_names_of_people"]:
        return False
    return bool(re.match(r"[ -][A-ZÅÄÖ][a-zåäö]", page.cased[piece.end : piece.end + 3]))


def _safe_month(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    first = pieces[0]
    if first.rule == "iso-månad":
        return _safe_number(page, pieces, kinds) if not page.before("label_before", first.start) else None
    if any(_is_person(page, piece) for piece in pieces):
        return False
    if any(piece.year is not None or piece.when is not None for piece in pieces):
        return True
    text = page.low[first.start : pieces[-1].end]
    abbreviated = text.rstrip(".") in page.grammar.lists["short_months"]
    if abbreviated and len(pieces) == 1:  # `i dec.`; but `i jul` is Christmas
        return True if page.before("month_before", first.start) and text.rstrip(".") != "jul" else None
    if page.cased[first.start].isupper() and len(pieces) == 1 and not text.endswith("månad"):
        return True if page.before("month_before", first.start) else None
    return True


def _safe_number(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """Bare digits: not after a register's letters, not before a unit of something else."""
    start, end = pieces[0].start, pieces[-1].end
    # `BUN 171219, § 122` is an organ, the day it met and what it decided.
    met = pieces[0].rule == "sex-siffror" and page.after("section_sign", end)
    if page.after("pseudo_after", end) or (page.in_register(start) and not met):
        return None
    anchor = page.anchor
    if pieces[0].rule in ("sex-siffror", "kort-dag", "åtta-siffror") and anchor:
        return True if all(-40 <= (piece.year or 0) - anchor.year <= 15 for piece in pieces) else None
    return True


def _safe_iso(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    if any(not 1 <= (piece.day or 0) <= 31 for piece in pieces):
        return None
    exact = pieces[0].rule in ("sex-siffror", "kort-dag", "åtta-siffror")
    if exact and any(_days_or_none(piece, piece.year or 0, page) is None for piece in pieces):
        return None
    return _safe_number(page, pieces, kinds) if exact else True


def _safe_year(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """A year alone needs a word that makes it one; two of them explain each other."""
    first, last = pieces[0], pieces[-1]
    if first.day == 1:  # with a label: `år 2026`
        return True
    if page.after("pseudo_after", last.end) or page.low[max(0, first.start - 1) : first.start] in ("/", "-"):
        return None
    if page.in_register(first.start):
        return None
    if len(pieces) > 1 and (page.low[first.end] == "/" or set(kinds) & {"range", "and"}):
        return True if (last.year or 0) >= (first.year or 0) else None
    if re.match(r"[/–-][0-9]", page.low[last.end : last.end + 2]):
        return None
    around = page.before("year_before", first.start) or page.before("bound", first.start)
    return True if around or page.after("year_after", last.end) or _after_noun(page, first, last) else None


def _after_noun(page: Page, first: Piece, last: Piece) -> bool:
    """`startade som projekt 2022.`: a year of our time after a common noun, with which the clause ends."""
    anchor = page.anchor
    if anchor is None or len(page.low) == last.end or not -15 <= (first.year or 0) - anchor.year <= 10:
        return False
    return bool(page.after("clause_end", last.end)) and bool(
        page.grammar.patterns["year_noun"].search(page.cased[max(0, first.start - BEFORE) : first.start])
    )


def _safe_unit(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """`T1` and `H1` need a year, or a word for what happens three times a year; `V` may be a party."""
    first = pieces[0]
    word = re.match(r"\w+?(?=[0-9 .\n])", page.low[first.start : first.end])
    short = word[0] if word else ""
    dated = any(piece.year is not None or piece.when is not None for piece in pieces)
    if page.after("pseudo_after", pieces[-1].end) and not dated:
        return None
    if short in page.grammar.lists["short_units"] and not dated:
        left, right = page.sentence(first.start, first.end)
        near = page.grammar.patterns["tertial_cue"].search(page.low, left, right)
        return True if near and short == "t" else None
    if short == "v" and page.cased[first.start] == "V" and not dated:
        return True if page.low[first.start + 1] in ".0123456789" else None
    return True


def _safe_else(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """`de kommande åren` is no single year, `i år 9` a form at school."""
    first = pieces[0]
    if first.unit == "+year" and first.number == 0 and page.after("school_form", first.end):
        return None
    return None if first.unit in RELATIVE_UNITS and page.before("not_relative", first.start) else True


RELATIVE_UNITS = frozenset("+" + unit for unit in RELATIVE)


def _safe_feast(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """`före jul` is a day, `vid jul` none."""
    return True if len(pieces) == 1 and page.before("around_feast", pieces[0].start) else None


def _safe_season(page: Page, pieces: list[Piece], kinds: list[str]) -> bool | None:
    """`i vår` is a season only where nothing of ours follows."""
    first = pieces[0]
    if first.when == "coming" and first.number == 0:
        return True if page.after("our_spring", first.end) else None
    if first.rule == "termin-kort" and page.anchor and abs((first.year or 0) - page.anchor.year) > 12:
        return None
    return True


SAFE: dict[str, Safe] = {
    "day": _safe_day, "iso": _safe_iso, "month": _safe_month, "year": _safe_year, "season": _safe_season,
    "feast": _safe_feast, "week": _safe_unit, "quarter": _safe_unit, "tertial": _safe_unit, "half": _safe_unit,
}  # fmt: skip


def _days_or_none(piece: Piece, year: int, page: Page) -> Span | None:
    try:
        return _days(piece, year, page)
    except (ValueError, OverflowError):
        return None


# ---------------------------------------------------------------------------------------------------------------------
# Years: which one is meant where none is said.
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """A mention with its year said, that a later one without may lean on."""

    end: int
    year: int
    alone: bool = False  # a year without month or day, which heads no list
    governs: bool = False  # `Plan för 2028: …`: whatever the tense of what follows


@dataclass(frozen=True, slots=True)
class Bound:
    """The bound words before a mention."""

    kind: str | None
    start: int
    text: str = ""


def _group_span(group: tuple[Piece, ...], year: int, page: Page) -> Span | None:
    """What a group spans if its first piece lies in this year; a range may run into the next."""
    first = _days_or_none(group[0], year, page)
    if first is None or len(group) == 1:
        return first
    for last_year in (year, year + 1) if group[1].year is None else (group[1].year,):
        last = _days_or_none(group[1], last_year, page)
        if last and last[1] >= first[0] and last[0] >= first[0]:
            return first[0], last[1]
    return None


def _choices(group: tuple[Piece, ...], page: Page, anchor: date) -> list[Span]:
    """What the group would span in each of the years around the anchor; more of them for 29 February and week 53."""
    near = _spans(group, page, anchor, 2)
    return near if len(near) >= 5 else _spans(group, page, anchor, 8)


def _spans(group: tuple[Piece, ...], page: Page, anchor: date, reach: int) -> list[Span]:
    months = range(1, 13) if group[0].unit == "month turn" and group[0].number is None else (group[0].number,)
    groups = [(replace(group[0], number=month), *group[1:]) for month in months]
    spans = [_group_span(each, anchor.year + step, page) for step in range(-reach, reach + 1)
             for each in groups]  # fmt: skip
    return sorted(span for span in spans if span)


def _distance(span: Span, anchor: date) -> tuple[int, int]:
    """Days between, ties to the future."""
    if span[1] < anchor:
        return (anchor - span[1]).days, 1
    return max(0, (span[0] - anchor).days), 0


def _past(spans: list[Span], anchor: date) -> Span | None:
    return max((span for span in spans if span[0] <= anchor), default=None)


def _future(spans: list[Span], anchor: date) -> Span | None:
    return min((span for span in spans if span[1] >= anchor), default=None)


def _said_when(when: int | str, spans: list[Span], anchor: date) -> Span | None:
    """`nästa år`, `nästkommande`, `i våras`, `i vår`."""
    middle = [span for span in spans if span[0] + (span[1] - span[0]) / 2 <= anchor]
    match when:
        case "next":
            return min((span for span in spans if span[0] > anchor), default=None)
        case "past":
            return max((span for span in spans if span[1] < anchor), default=None)
        case "ended":
            return max(middle, default=None)
        case "coming":
            return _future(spans, anchor)
    return next((span for span in spans if span[0].year == anchor.year + int(when)), None)


def _tense(page: Page, start: int, end: int) -> str:
    """`past` or `future` by the nearest such word of the sentence, or nothing."""
    left, right = page.sentence(start, end)
    lead = page.low.rfind(":", max(0, left - 3), left)
    if lead > 0:  # `Kommande möten: 3 april`
        left = page.sentence(lead, lead)[0]
    cues = page.all("tense")
    before = bisect_right(cues, start, key=lambda cue: cue[1])
    after = bisect_left(cues, end, key=lambda cue: cue[0])
    near = [(start - cue[1], cue[2]) for cue in cues[before - 1 : before] if cue[0] >= left]
    near += [(cue[0] - end, cue[2]) for cue in cues[after : after + 1] if cue[1] <= right]
    return min(near, default=(0, ""))[1]


def _lean(page: Page, seen: list[Seen], start: int, governing: bool = False) -> int | None:
    """The year of the mention before in the same paragraph; only if it governs what follows where that is asked."""
    told = next((each for each in reversed(seen) if not each.alone), None)
    if told is None or start - told.end > 400 or (governing and not told.governs):
        return None
    return None if page.grammar.patterns["paragraph"].search(page.low, told.end, start) else told.year


def _last_year(page: Page, seen: list[Seen], start: int) -> int | None:
    """The year said last in the same paragraph, be it alone: what `året därpå` follows."""
    near = [each for each in seen if start - each.end <= 400]
    apart = near and page.grammar.patterns["paragraph"].search(page.low, near[-1].end, start)
    return near[-1].year if near and not apart else None


def _said_tense(page: Page, group: tuple[Piece, ...], bound: Bound) -> str:
    """`past` or `future` by the words around a group, or nothing."""
    start, end = group[0].start, group[-1].end
    if bound.kind == "by":
        return "past" if page.before("was_due", bound.start) else "future"
    if bound.text == "efter" and page.after("lacks", end):
        return "future"
    if group[-1].unit == "month" and page.after("out", end):
        return "future"
    return _tense(page, start, end)


def _after_that(group: tuple[Piece, ...], page: Page, previous: Span) -> Span | None:
    """The next item of a list, which goes on in the year of the one before or, over the turn, in the next."""
    spans = (_group_span(group, previous[0].year + step, page) for step in (0, 1))
    coming = next((span for span in spans if span and span[0] >= previous[0]), None)
    return coming if coming and (coming[0] - previous[0]).days <= MOST_BETWEEN else None


def _reckoned(group: tuple[Piece, ...], page: Page, anchor: date, spans: list[Span]) -> Span | None:
    """`utfallet per april`, also of a forecast: what is counted lies behind, unless the coming day is the nearer one.

    A list, `per februari, maj och oktober`, tells of months that are over.
    """
    several = page.after("goes_on", group[-1].end)
    nearest = min(spans, key=lambda span: _distance(span, anchor), default=None)
    return _past(spans, anchor) if several or _tense(page, group[0].start, group[-1].end) == "past" else nearest


def _near(spans: list[Span], anchor: date, unit: str) -> Span | None:
    """The nearest; a day behind is meant only where the coming one is more than twice as far away."""
    nearest = min(spans, key=lambda span: _distance(span, anchor), default=None)
    coming = _future(spans, anchor)
    if nearest is None or coming is None or nearest[1] >= anchor or unit not in ("day", "week"):
        return nearest
    return coming if (coming[0] - anchor).days < 2 * (anchor - nearest[1]).days else nearest


def _pick(
    group: tuple[Piece, ...], page: Page, anchor: date, bound: Bound, seen: list[Seen], previous: Span | None
) -> Span | None:
    """The span of a group without year: by weekday, by the list it stands in, by what the words around say of past
    and future, by the mention before, else the nearest."""
    piece, spans = group[0], _choices(group, page, anchor)
    if piece.when == "following":
        year = _last_year(page, seen, piece.start)
        return _group_span(group, year + 1, page) if year else None
    if piece.when is not None:
        return _said_when(piece.when, spans, anchor)
    if piece.weekday and piece.unit == "day":
        near = [span for span in spans if abs(span[0].year - anchor.year) <= 2]
        fitting = [span for span in near if span[0].isoweekday() == piece.weekday]
        if fitting:
            return min(fitting, key=lambda span: _distance(span, anchor))
    if previous and (following := _after_that(group, page, previous)):
        return following
    holding = [span for span in spans if span[0] <= anchor <= span[1]]
    if holding:
        return holding[0]
    if not bound.kind and page.before("paper", piece.start):
        return _past(spans, anchor)
    if page.before("month_end", piece.start):
        return _reckoned(group, page, anchor, spans)
    governing = _lean(page, seen, piece.start, governing=True)
    if governing and (governed := _group_span(group, governing, page)):
        return governed
    tense = _said_tense(page, group, bound)
    if not tense and (bound.kind == "until" or (piece.unit == "month turn" and piece.number is None)):
        tense = "future"
    if tense:
        return _future(spans, anchor) if tense == "future" else _past(spans, anchor)
    year = _lean(page, seen, piece.start)
    leaning = _group_span(group, year, page) if year else None
    return leaning or _near(spans, anchor, piece.unit)


# ---------------------------------------------------------------------------------------------------------------------
# Mentions: candidates with their days and bounds.
# ---------------------------------------------------------------------------------------------------------------------


def _bound(page: Page, start: int, end: int) -> Bound:
    """The bound words right before a mention; `till 2026 års budget` and `till dagens möte` have none."""
    match = page.before("bound", start)
    text = " ".join(match["bound"].split()) if match else ""
    loose = " " not in text and "." not in text and page.grammar.index["bound"].get(text) != "by"
    if not match or (loose and (page.after("of_year", end) or page.low.startswith("dagens", start))):
        return Bound(None, start)
    at = max(0, start - BEFORE) + match.start()
    if text == "från" and page.before("of_thing", at):  # `protokollet från den 3 mars`: its date, no beginning
        return Bound(None, start)
    if text == "senast" and page.before("lately", at):
        return Bound(None, start)
    return Bound(page.grammar.index["bound"][text], at, text)


def _span(
    group: tuple[Piece, ...], page: Page, bound: Bound, seen: list[Seen], previous: Span | None = None
) -> Span | str:
    """First and last day of a group, or the name of the message that says why not."""
    piece, anchor = group[0], page.anchor
    if piece.when == "which":
        return "which_turn"
    if piece.year is not None:
        if any(_days_or_none(each, piece.year if each.year is None else each.year, page) is None for each in group):
            return "impossible"
        return _group_span(group, piece.year, page) or "reversed"
    if anchor is None:
        return "no_anchor"
    if piece.unit in RELATIVE_UNITS:
        return _counted(piece, page, anchor, seen) or "impossible"
    return _pick(group, page, anchor, bound, seen, previous) or ("impossible" if len(group) == 1 else "reversed")


def _counted(piece: Piece, page: Page, anchor: date, seen: list[Seen]) -> Span | None:
    """What counts from the document's day."""
    if piece.unit == "+day of month" and piece.weekday:
        return _named_day(piece.day or 0, piece.weekday, anchor)
    step = piece.day if piece.number is None and piece.weekday is None else piece.number or piece.weekday or 0
    try:
        return RELATIVE[piece.unit[1:]][1](anchor, step or 0)
    except (ValueError, OverflowError):
        return None


def _named_day(day: int, weekday: int, anchor: date) -> Span | None:
    """`torsdagen den 15`: the nearest 15th that is a Thursday."""
    months = [_step_months(anchor, step) for step in range(-3, 4)]
    days = [month.replace(day=day) for month in months if 1 <= day <= monthrange(month.year, month.month)[1]]
    spans = [_one(each) for each in days if each.isoweekday() == weekday]
    return min(spans, key=lambda span: _distance(span, anchor), default=None)


def _precision(piece: Piece) -> str:
    return RELATIVE[piece.unit[1:]][0] if piece.unit in RELATIVE_UNITS else PRECISION[piece.unit]


def _rule(group: tuple[Piece, ...]) -> str:
    return RANGE_RULES[group[0].family] if len(group) > 1 else group[0].rule


def _weekday_wrong(group: tuple[Piece, ...], span: Span) -> bool:
    """Whether a weekday is said that the day does not have."""
    days = zip(group, span, strict=False)
    return any(piece.unit == "day" and piece.weekday not in (None, day.isoweekday()) for piece, day in days)


def _ends_of_period(page: Page, mention: Mention) -> Mention:
    """`utgången av mars`, `per mars`, `ultimo mars`: the last day; `till utgången av mars` is until March."""
    if mention.precision == "day":
        return mention
    before = page.before("ending", mention.start)
    if not before and mention.precision == "month" and not mention.bound:
        before = page.before("month_end", mention.start)
    if not before:
        return mention
    start = max(0, mention.start - BEFORE) + before.start()
    inner = _bound(page, start, start)
    if inner.kind == "until":  # what runs `till utgången av mars` runs through March
        words = page.low[inner.start : mention.start]
        return replace(mention, bound="until", bound_start=inner.start, bound_text=words)
    return replace(mention, start=start, first=mention.last, precision="day", rule=ENDING_RULE,
                   bound=inner.kind, bound_start=inner.start, bound_text=inner.text)  # fmt: skip


def _moved(page: Page, candidate: Candidate, name: str = "mover") -> bool:
    """`flyttas från den 3 till den 10 mars`: two dates, no range."""
    left, _ = page.sentence(candidate.start, candidate.end)
    return bool(page.grammar.patterns[name].search(page.low, left, candidate.start))


def _split_move(candidate: Candidate) -> Candidate:
    groups = tuple((piece,) for group in candidate.groups for piece in group)
    return replace(candidate, groups=groups, word=False)


def _mentions(page: Page, candidate: Candidate, seen: list[Seen]) -> Iterator[Mention | Unread]:
    """What a candidate says, from left to right."""
    opening = page.before("from", candidate.start) if candidate.word and len(candidate.groups[0]) == 2 else None
    moved = bool(opening) and _moved(page, candidate)
    if moved:
        candidate, opening = _split_move(candidate), None
    on_another_day = moved and _moved(page, candidate, "day_moved")
    shared: Bound | None = None
    previous: Span | None = None
    for group in candidate.groups:
        start, end = group[0].start, group[-1].end
        at_first = group is candidate.groups[0]
        if at_first and (opening or candidate.between):
            prefix = opening or page.before("between", start)
            start = max(0, start - BEFORE) + (prefix.start() if prefix else 0)
            bound = Bound(None, start)
        elif on_another_day:
            bound = Bound(None, start)
        elif at_first or moved or shared is None or not shared.kind:
            bound = _bound(page, start, end)
        else:
            bound = replace(shared, start=shared.start)
        shared = bound
        if group[0].when == "following" and not _last_year(page, seen, start):
            continue
        span = _span(group, page, bound, seen, previous)
        previous = None if isinstance(span, str) else span
        if isinstance(span, str):
            yield Unread(*page.place(start, end), page.grammar.messages[span], _rule(group))
            continue
        if _weekday_wrong(group, span):
            yield Unread(*page.place(start, end), page.grammar.messages["weekday"], _rule(group))
        if group[0].year is not None and span[0].year == span[1].year:
            whole = group[0].unit == "year"
            seen.append(
                Seen(end, span[0].year, whole and not page.after("heads", end), whole and _opens_list(page, end))
            )
        mention = Mention(start, end, *span, _precision(group[0]), bound.kind, bound.start if bound.kind else start,
                          bound.text, _rule(group))  # fmt: skip
        yield _placed(page, _ends_of_period(page, mention) if len(candidate.groups) == 1 else mention)


def _opens_list(page: Page, end: int) -> bool:
    return page.low[end : end + 2].lstrip().startswith(":")


def _placed(page: Page, mention: Mention) -> Mention:
    start, end = page.place(mention.start, mention.end)
    bound_start = page.place(mention.bound_start, mention.end)[0] if mention.bound else start
    return replace(mention, start=start, end=end, bound_start=bound_start)


# ---------------------------------------------------------------------------------------------------------------------
# The whole.
# ---------------------------------------------------------------------------------------------------------------------


def _stands_free(low: str, at: int) -> bool:
    """Whether a number begins here, and not the middle of `0480-45`, `2017:725`, `KS/2027` or `12.30`."""
    before = low[at - 1 : at]
    if not before or before in " \n(":
        return True
    if before.isalnum() or before in "§_#%+":
        return False
    left = low[at - 2 : at - 1]
    if before in "/-‐‑–—−":
        return not left.isalnum()
    return not (before in ".:," and left.isdigit())


def _opener(low: str, word: str, at: int) -> str:
    """What the forms are listed under that can begin here, or nothing."""
    if word[0] <= "9":
        return str(len(word)) if _stands_free(low, at) else ""
    if word == "den":
        number = NUMBER_AFTER_DEN.match(low, at + 3)
        return f"den {len(number[1])}" if number else "den"
    return word


def _candidates(page: Page) -> Iterator[Candidate]:
    low, forms, gates = page.low, page.grammar.by_token, page.grammar.gates
    done: dict[str, int] = {}
    inside = 0  # what stands within a day or a month just read is no longer mention
    for token in TOKEN.finditer(low):
        word = token[0]
        if word not in forms and word[0] > "9" and word != "den":
            continue
        at = token.start()
        opener = "" if at < inside else _opener(low, word, at)
        gate = gates.get(opener)
        if opener not in forms or (gate and not gate.match(low, at)):
            continue
        for first in _read_at(page, forms[opener], at):
            candidate = _candidate(page, first, done)
            if candidate:
                inside = max(inside, candidate.end if first.family in ("day", "iso", "month") else 0)
                yield candidate


def _longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that no longer one overlaps, from left to right."""
    kept: list[tuple[int, int, Candidate]] = []
    ordered = sorted(candidates, key=lambda each: (each.start - each.end, each.start))
    for candidate in ordered:
        at = bisect_left(kept, candidate.end, key=lambda each: each[0])
        if at == 0 or kept[at - 1][1] <= candidate.start:
            insort(kept, (candidate.start, candidate.end, candidate), key=lambda each: each[0])
    return [candidate for _, _, candidate in kept]


def find_dates(
    text: str, anchor: date | None, grammar: Grammar, heading: str | None = None
) -> tuple[list[Mention], list[Unread]]:
    """Every date the text mentions, and every cue of one that is not safe, in the order of the text.

    `anchor` is the document's day: forms without a year, and forms that count from today, are read from it. Without it
    they are `Unread`. `heading` stands above the text: that of a calendar ("Mötesdagar 2026") gives its year to it.
    """
    page = _fold(text, anchor, grammar)
    year = grammar.patterns["calendar"].search(heading.lower()) if heading else None
    seen = [Seen(0, int(year["year"]), governs=True)] if year else []
    found = [each for candidate in _longest(_candidates(page)) for each in _mentions(page, candidate, seen)]
    return [each for each in found if isinstance(each, Mention)], [each for each in found if isinstance(each, Unread)]
