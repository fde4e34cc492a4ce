"""The grammar: forms and word lists of rules/dates.yml, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from protoparse.dates.contexts import contexts, gates_of
from protoparse.dates.forms import RULE_IDS, Form, compiled_forms, openers
from protoparse.dates.words import meanings, vocabulary_of

LISTS = ("month_names_of_people", "short_units", "fractions", "since")  # of single words


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
        vocabulary = vocabulary_of(data)
        by_token: dict[str, list[Form]] = {}
        by_family: dict[str, list[Form]] = {}
        for template, form in compiled_forms(data):
            by_family.setdefault(form.family, []).append(form)
            for word in sorted(openers(template, vocabulary)) if form.opens else ():
                by_token.setdefault(word, []).append(form)
        return cls(
            by_token={word: tuple(forms) for word, forms in by_token.items()},
            by_family={family: tuple(forms) for family, forms in by_family.items() if family},
            index=_indexes(data),
            holidays=tuple({key: row[key] for key in row if key != "words"} for row in data["holidays"]),
            seasons=tuple((row["months"][0], row["months"][1]) for row in data["seasons"]),
            relative=tuple((row["unit"], row["step"]) for row in data["relative"]),
            lists={
                **{name: frozenset(data[name]) for name in LISTS},
                "short_months": frozenset(word for words in data["months"].values() for word in words[1:]),
            },
            patterns={name: re.compile(pattern) for name, pattern in contexts(data).items()},
            gates={word: re.compile(pattern) for word, pattern in gates_of(data).items()},
            messages=dict(data["messages"]),
        )


def _indexes(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    seasons = enumerate(data["seasons"])
    return {
        "weekday": meanings(data["weekdays"]),
        "month": meanings(data["months"]),
        "ordinal": {**meanings(data["ordinals"]), **dict.fromkeys(data["last"], -1)},
        "number": dict(data["numbers"]),
        "when": meanings(data["year_words"]),
        "pastweekday": dict(data["weekdays_past"]),
        "holiday": meanings({n: row["words"] for n, row in enumerate(data["holidays"])}),
        "relative": meanings({n: row["words"] for n, row in enumerate(data["relative"])}),
        "season": meanings({
            n: [*row["words"], *row["terms"], *row["bare"], *row["short"], row["past"], row["coming"]]
            for n, row in seasons
        }),
        "bound": meanings(data["bounds"]),
    }  # fmt: skip
