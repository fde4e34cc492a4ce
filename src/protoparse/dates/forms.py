"""The forms a date is written in: templates of named parts, and the pieces that they match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from protoparse.dates.words import DASH, SPACE, YEAR4, any_of, terms_of, vocabulary_of


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
     r"<weekday>?<den>?(?P<year>YEAR4)(?P<sep>[-–./]|_[-–]_)(?P<mnum>[01]?[0-9])(?P=sep)(?P<day>[0-3]?[0-9])"
     r"(?![0-9])(?!:[0-9])(?![-/](?!YEAR4-)[0-9])", {}),
    ("iso-dag", "day", "iso", r"(?P<mnum>[01][0-9])[-–](?P<day>[0-3][0-9])(?![0-9]|[-–:/.,][0-9])",
     {"partial": "previous"}),
    ("iso-dag", "day", "iso", r"(?P<day>[0-3][0-9])(?!\w|[-–:/.,][0-9])", {"partial": "previous"}),
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
          (f"(?P<year>YEAR4)_års_<which>_<{unit}name>", {}),
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


def compiled_forms(data: Mapping[str, Any]) -> Iterator[tuple[str, Form]]:
    """Every form with its template: white space, names and constants filled in."""
    names = terms_of(data)
    names["seasonyear2"] = rf"{SPACE}{YEAR4}"
    months = vocabulary_of(data)["month"]
    for rule, unit, family, template, extra in FORMS:
        text = template.replace("_", SPACE).replace("YEAR4", YEAR4).replace("DASH", DASH)
        text = text.replace("MONTHS", any_of(months))
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


def openers(template: str, vocabulary: Mapping[str, list[str]]) -> set[str]:
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
