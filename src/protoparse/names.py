"""Spellings → entities: one person, organization, organ or service under the ways it is written.

Only spellings that differ by inflection, case, hyphens or a leading `länets` are joined, and abbreviations that a
text itself explains in brackets. Nothing depends on the order in which documents were read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# Where names stand: table, column, column of the entity, kind.
COLUMNS = (
    ("attendance", "name", "person", "person"),
    ("roster_changes", "incoming", "incoming_person", "person"),
    ("roster_changes", "outgoing", "outgoing_person", "person"),
    ("attendance", "organization", "organization_id", "organization"),
    ("roster_changes", "incoming_organization", "incoming_organization_id", "organization"),
    ("roster_changes", "outgoing_organization", "outgoing_organization_id", "organization"),
    ("documents", "organ", "organ_id", "organ"),
    ("decisions", "organ", "organ_id", "organ"),
    ("roster_changes", "group_name", "group_id", "organ"),
    ("funding", "subject", "service", "service"),
)

_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_ABBREVIATION = re.compile(r"[A-ZÅÄÖ0-9][\wÅÄÖåäö&-]{0,8}[A-ZÅÄÖ0-9]")
_LEADING = frozenset(
    (
        "den",
        "det",
        "de",
        "denna",
        "detta",
        "dessa",
        "länets",
        "kommunens",
        "regionens",
        "vår",
        "vårt",
        "våra",
        "projektet",
    )
)
_TRAILING = frozenset(("projekt", "projektet", "verksamheten", "satsningen"))
_SMALL = frozenset(("och", "i", "för", "av", "på", "till", "med", "om", "samt", "vid"))
_ENDINGS = ("arna", "erna", "orna", "en", "et", "na", "s", "a", "n", "t", "e")


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", name).replace("\u00ad", "").casefold()
    return [word for word in re.split(r"[\s\-‐‑–—/.,:;\"'”“’]+", plain) if word]


def stem(word: str) -> str:
    """A word without the endings of number, gender, definiteness and genitive; short words are left alone."""
    if word == "samordnade":
        word = "samordnande"  # a slip that the minutes themselves make
    ending = next((it for it in _ENDINGS if word.endswith(it) and len(word) - len(it) >= (3 if it == "s" else 4)), None)
    return stem(word[: -len(ending)]) if ending else word


def stems(text: str) -> list[str]:
    """The stems of all words of a text."""
    return [stem(word) for word in _words(text.replace("(", " ").replace(")", " "))]


def _trimmed(words: list[str]) -> list[str]:
    while len(words) > 1 and words[0] in _LEADING:
        words = words[1:]
    while len(words) > 1 and words[-1] in _TRAILING:
        words = words[:-1]
    return words


def key(kind: str, name: str) -> str:
    """What all spellings of one name have in common. Persons keep every letter: `Hans` is no genitive."""
    words = _words(_unbracketed(name))
    if kind != "person":
        words = [stem(word) for word in _trimmed(words)]
    return " ".join(words) or name.casefold()


def _unbracketed(name: str) -> str:
    """A name without the abbreviation that it explains."""
    found = _BRACKET.search(name)
    return name[: found.start()] if found and _ABBREVIATION.fullmatch(found.group(1)) else name


def abbreviation(name: str) -> str | None:
    """`Intensiv kontextuell behandling (IKB)` → IKB."""
    found = _BRACKET.search(name)
    return found.group(1) if found and _ABBREVIATION.fullmatch(found.group(1)) else None


def explained(kind: str, name: str) -> tuple[str, str] | None:
    """`Intensiv kontextuell behandling (IKB)` → (the key of IKB, the key of its long form)."""
    found = _BRACKET.search(name)
    if not found or not _ABBREVIATION.fullmatch(found.group(1)):
        return None
    return key(kind, found.group(1)), key(kind, name)


def explained_in(kind: str, title: str) -> tuple[str, str] | None:
    """The same from a heading, where only the last words may belong to the name: their initials must agree."""
    pair = explained(kind, title)
    words = _unbracketed(title).split()
    for start in range(len(words) - 1, -1, -1) if pair else ():
        initials = "".join(word[0] for word in words[start:] if word.casefold() not in _SMALL)
        if initials.casefold() == pair[0]:
            return pair[0], key(kind, " ".join(words[start:]))
    return None


def abbreviations(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Abbreviation → long form, without those that stand for two things."""
    longs: dict[str, set[str]] = defaultdict(set)
    for short, long in pairs:
        longs[short].add(long)
    return {short: next(iter(found)) for short, found in longs.items() if len(found) == 1}


@dataclass(slots=True)
class Entity:
    """One thing under its spellings: how often each was met, and in which document first."""

    kind: str
    key: str
    spellings: Counter[str] = field(default_factory=Counter)
    first: dict[str, tuple[str, str]] = field(default_factory=dict)  # spelling → (date, document)

    @property
    def id(self) -> str:
        digest = sha256("\0".join((self.kind, self.key)).encode()).hexdigest()
        return f"{self.kind}-{digest[:8]}"

    @property
    def name(self) -> str:
        """The spelling to show: without a leading `länets`, the commonest, the fullest."""
        best = min(self.spellings, key=lambda it: (_words(it)[:1] and _words(it)[0] in _LEADING, *self._rank(it)))
        return best if self.kind in ("person", "organization") else best[:1].upper() + best[1:]

    def _rank(self, spelling: str) -> tuple[int, int, str]:
        return -self.spellings[spelling], -len(spelling), spelling

    def met(self, spelling: str, times: int, first: tuple[str, str]) -> None:
        self.spellings[spelling] += times
        self.first[spelling] = min(first, self.first.get(spelling, first))


Mention = tuple[str, str, int, str, str]  # kind, spelling, how often, earliest date, document


def entities(mentions: Iterable[Mention], titles: Iterable[str] = ()) -> dict[tuple[str, str], Entity]:
    """The entity of every (kind, spelling)."""
    mentions = list(mentions)
    short = _short_forms({(kind, name) for kind, name, *_ in mentions}, titles)
    made: dict[tuple[str, str], Entity] = {}
    given = {}
    for kind, name, times, date, document in mentions:
        base = key(kind, name)
        base = short.get(kind, {}).get(base, base)
        entity = made.setdefault((kind, base), Entity(kind, base))
        entity.met(name, times, (date, document))
        given[kind, name] = entity
    return given


def _short_forms(names: Iterable[tuple[str, str]], titles: Iterable[str]) -> dict[str, dict[str, str]]:
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, name in names:
        if kind != "person" and (pair := explained(kind, name)):
            pairs[kind].append(pair)
    for title in titles:
        if pair := explained_in("service", title):
            pairs["service"].append(pair)
    return {kind: abbreviations(found) for kind, found in pairs.items()}


def resolve(db: Database) -> None:
    """Makes `entities` and `aliases` anew from all documents and fills the columns that point to them."""
    titles = [row[0] for row in db.execute("SELECT DISTINCT title FROM sections WHERE title LIKE '%(%)%' ORDER BY 1")]
    given = entities(_mentions(db), titles)
    db.execute("CREATE TEMP TABLE IF NOT EXISTS spelled (kind, name, entity, PRIMARY KEY (kind, name))")
    db.execute("DELETE FROM spelled")
    rows = [(kind, name, entity.id) for (kind, name), entity in given.items()]
    db.conn.executemany("INSERT INTO spelled VALUES (?, ?, ?)", rows)
    for table, column, target, kind in COLUMNS:
        _point(db, table, column, target, kind)
    _write(db, {entity.id: entity for entity in given.values()})


def _mentions(db: Database) -> list[Mention]:
    found: list[Mention] = []
    for table, column, _, kind in COLUMNS:
        document = "id" if table == "documents" else "document"
        query = f"""SELECT ?, "{column}", count(*), coalesce(meeting_date, '9999'), {document} FROM {table}
            WHERE "{column}" IS NOT NULL GROUP BY "{column}", {document} ORDER BY 2, 5"""
        found += db.execute(query, (kind,)).fetchall()
    return found


def _point(db: Database, table: str, column: str, target: str, kind: str) -> None:
    entity = f'(SELECT entity FROM spelled WHERE kind = ? AND name = {table}."{column}")'
    query = f"UPDATE {table} SET {target} = {entity} WHERE {target} IS NOT {entity}"
    db.execute(query, (kind, kind))


def _write(db: Database, made: Mapping[str, Entity]) -> None:
    db.execute("DELETE FROM aliases")
    db.execute("DELETE FROM entities")
    ordered = [made[id] for id in sorted(made)]
    rows = [(one.id, one.kind, one.name) for one in ordered]
    db.conn.executemany("INSERT INTO entities VALUES (?, ?, ?)", rows)
    aliases = [
        (f"{one.id}-{sha256(name.encode()).hexdigest()[:8]}", one.id, name, one.first[name][1])
        for one in ordered
        for name in sorted(one.spellings)
    ]
    db.conn.executemany("INSERT INTO aliases VALUES (?, ?, ?, ?)", aliases)
