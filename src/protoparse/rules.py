"""Rule files: cues in YAML that people who do not program can read and extend.

A rule file holds one `kind` of rules. Every rule has an `id`, one or more `pattern`s, `examples` that it must read
and `counterexamples` that it must leave alone; each kind of rule adds keys of its own, declared in `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

# What each kind of rule may say beyond the common keys, and what the value may be (None: any text).
KINDS: dict[str, dict[str, tuple[str, ...] | None]] = {
    "dates": {},
    "headings": {},
    "people": {},
    "header": {},
    "dissent": {},
    "ocr": {},
    "privacy": {},
    "votes": {},
    "search": {},
    "decision": {
        "form": (
            "opener",
            "label",
            "verb",
            "state",
            "person",
            "implicit",
            "consensus",
            "upward",
            "aside",
            "duty",
            "post",
            "noun",
        ),
        "outcome": ("approved", "noted", "rejected", "deferred", "remitted", "assigned", "elected", "proposed"),
        "rank": None,
        "with": None,
        "where": ("anywhere", "decision", "own", "named"),
        "needs": (
            "person",
            "names",
            "duty",
            "doer",
            "actor",
            "start",
            "standing",
            "employed",
            "matter",
            "sum",
            "chosen",
            "last",
        ),
        "deals": (True,),
    },
    "roster": {
        "change": ("replacement", "appointment", "departure"),
        "before": ("incoming", "outgoing", "none", "position"),
        "after": ("incoming", "outgoing", "none", "position"),
        "needs": None,
        "form": None,
    },
    "funding": {
        "form": (
            "passive",
            "active",
            "runs",
            "sum",
            "grant",
            "granter",
            "apply",
            "propose",
            "enables",
            "label",
            "last_year",
            "deadline",
            "after",
            "into",
            "permanent",
            "new_end",
            "prolonged",
            "takeover",
            "claim",
            "noun",
            "lack",
            "hedge",
            "negation",
            "condition",
            "successor",
            "veto",
        ),
        "reads": (
            "funded_until",
            "application_deadline",
            "spend_by",
            "report_by",
            "agreement_until",
            "project_until",
            "budget_period",
        ),
        "certainty": ("stated", "implied", "open_ended", "conditional", "past"),
        "needs": None,
    },
}
COMMON = ("id", "pattern", "note", "examples", "counterexamples", "pseudo")


class RuleError(ValueError):
    """A rule file that cannot be used; the message names the file, the rule and the mend."""


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as itself: its keys are dictionaries
class Rule:
    """One rule: the phrases that are its cue and what its kind says of them.

    `patterns` are phrases, or token patterns (tuples of spaCy token dictionaries). A `pseudo` rule is a wording that
    holds a cue but means something else: it silences the cues that it covers.
    """

    id: str
    kind: str
    file: str
    patterns: tuple[Any, ...]
    note: str = ""
    pseudo: bool = False
    keys: dict[str, str] = field(default_factory=dict)
    examples: tuple[dict[str, Any], ...] = ()
    counterexamples: tuple[Any, ...] = ()

    def get(self, key: str, default: str | None = None) -> str | None:
        """What the rule says under a key of its kind."""
        return self.keys.get(key, default)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules, the word lists beside them, and a hash that changes when any of them does."""

    rules: tuple[Rule, ...]
    data: dict[str, dict[str, Any]]
    hash: str

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """The rules of one kind in the order of their file."""
        return tuple(rule for rule in self.rules if rule.kind == kind)

    def words(self, kind: str, name: str) -> tuple[str, ...]:
        """A word list of a rule file (`words:`), empty where there is none."""
        return tuple(self.data.get(kind, {}).get("words", {}).get(name, ()))


def alternatives(words: Iterable[str]) -> str:
    """The part of a pattern that matches any of the words of a list, the longest first; a blank may be any space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


def _patterns(raw: Any) -> tuple[Any, ...]:
    if raw is None:
        return ()
    if isinstance(raw, str):
        return (raw,)
    if raw and all(isinstance(part, dict) for part in raw):
        return (tuple(raw),)
    return tuple(part if isinstance(part, str) else tuple(part) for part in raw)


def _rule(raw: dict[str, Any], kind: str, file: str) -> Rule:
    own = KINDS[kind]
    where = f"{file}: rule {raw.get('id', raw)!r}"
    if "id" not in raw:
        raise RuleError(f"{where}: a rule needs an id")
    for key, value in raw.items():
        if key in COMMON:
            continue
        if key not in own:
            raise RuleError(f"{where}: unknown key {key!r}; allowed: {', '.join((*COMMON, *own))}")
        allowed = own[key]
        if allowed and value not in allowed:
            raise RuleError(f"{where}: {key} is {value!r}; allowed: {', '.join(allowed)}")
    return Rule(
        id=str(raw["id"]),
        kind=kind,
        file=file,
        patterns=_patterns(raw.get("pattern")),
        note=str(raw.get("note", "")),
        pseudo=bool(raw.get("pseudo", False)),
        keys={key: value for key, value in raw.items() if key in own},
        examples=tuple(raw.get("examples") or ()),
        counterexamples=tuple(raw.get("counterexamples") or ()),
    )


def rules_folder() -> Path:
    """The rules that come with the program: beside the sources in a checkout, inside the package when installed."""
    packaged = Path(str(files("protoparse"))) / "_rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def load(folder: Path | None = None) -> RuleSet:
    """All rule files of a folder (default: those that come with the program). Raises RuleError."""
    folder = folder or rules_folder()
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder of rules")
    return _load(folder, tuple((path.name, path.stat().st_mtime_ns) for path in sorted(folder.glob("*.yml"))))


def read_yaml(path: Path) -> Any:
    """What a file says. Raises yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _parse(path: Path) -> dict[str, Any]:
    try:
        data = read_yaml(path)
    except yaml.YAMLError as error:
        raise RuleError(f"{path.name}: not readable as YAML: {error}") from error
    if not isinstance(data, dict) or data.get("kind") not in KINDS:
        raise RuleError(f"{path.name}: needs a line 'kind:' with one of {', '.join(KINDS)}")
    return data


@lru_cache(maxsize=4)
def _load(folder: Path, stamp: tuple[tuple[str, int], ...]) -> RuleSet:
    rules: list[Rule] = []
    data: dict[str, dict[str, Any]] = {}
    digest = sha256()
    for name, _ in stamp:
        path = folder / name
        digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
        content = _parse(path)
        data[content["kind"]] = content
        rules.extend(_rule(raw, content["kind"], name) for raw in content.get("rules") or ())
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError(f"{rule.file}: the id {rule.id!r} is used twice")
        seen.add(rule.id)
    return RuleSet(tuple(rules), data, digest.hexdigest()[:16])


def rules_hash(folder: Path | None = None) -> str:
    """The hash of a folder's rule files without reading them as YAML: quick enough for a run with nothing to do."""
    folder = folder or rules_folder()
    digest = sha256()
    for path in sorted(folder.glob("*.yml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
