"""Names of the database → entities, aliases, pairs to look at, and the columns that point to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from protoparse import rules, said
from protoparse.entities import Entity, Unsure, entities
from protoparse.mentioned import Mention
from protoparse.names import stem
from protoparse.owners import owners

if TYPE_CHECKING:
    from sqlite_utils import Database

# Where names stand: table, column, column of the entity, kind; party, organization and role beside a person's name.
COLUMNS: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("attendance", "name", "person", "person", ("party", "organization", "role")),
    *(
        ("roster_changes", side, f"{side}_person", "person", (f"{side}_party", f"{side}_organization", f"{side}_role"))
        for side in ("incoming", "outgoing")
    ),
    ("votes", "name", "person", "person", ("party", "", "")),
    ("dissents", "name", "person", "person", ("party", "", "")),
    ("attendance", "organization", "organization_id", "organization", ()),
    ("roster_changes", "incoming_organization", "incoming_organization_id", "organization", ()),
    ("roster_changes", "outgoing_organization", "outgoing_organization_id", "organization", ()),
    ("documents", "organ", "organ_id", "organ", ()),
    ("decisions", "organ", "organ_id", "organ", ()),
    ("roster_changes", "group_name", "group_id", "organ", ()),
    ("funding", "subject", "service", "service", ()),
)


def resolve(db: Database, told: said.Said | None = None) -> None:
    """Makes `entities`, `aliases` and `possible_same` anew from all documents and fills the columns that point to them.

    What people say of names is read beside the database where it is not given.
    """
    told = told or said.read(_file(db))[0]
    titles = [row[0] for row in db.execute("SELECT DISTINCT title FROM sections WHERE title LIKE '%(%)%' ORDER BY 1")]
    found = _mentions(db)
    named = {one.name for one in found if one.kind == "service"}
    tied = [pair for pair in (*_agreements(db), *_by_partner(db)) if named.issuperset(pair)]
    given, unsure = entities(found, titles, told, tied)
    db.execute(
        "CREATE TEMP TABLE IF NOT EXISTS spelled (kind, name, document, party, organization, role, entity, "
        "PRIMARY KEY (kind, name, document, party, organization, role)) WITHOUT ROWID"
    )
    db.execute("DELETE FROM spelled")
    rows = [(*place, entity.id) for place, entity in given.items()]
    db.conn.executemany("INSERT INTO spelled VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    for table, column, target, kind, beside in COLUMNS:
        _point(db, table, column, target, kind, beside)
    _write(db, {entity.id: entity for entity in given.values()}, unsure)


def _file(db: Database) -> Path:
    return Path(db.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0] or "none.db")


def _document(table: str) -> str:
    return "id" if table == "documents" else "document"


# Whose document it is; what a newsletter names and nobody meets as may be anything.
_MET = """SELECT id, organ FROM documents WHERE organ IS NOT NULL
    AND (kind IN ('protokoll', 'minnesanteckningar', 'kallelse')
    OR organ IN (SELECT organ FROM documents WHERE kind IN ('protokoll', 'minnesanteckningar', 'kallelse')))"""


_POINTING = re.compile(
    r"\A(?:den|det|de|denna|detta|dessa|hela|vår|vårt|våra|den här|det här|de här)\s+", re.IGNORECASE
)


def _nameless() -> frozenset[str]:
    """What a funding row may be about without naming it: "projektet" of one document is not that of another."""
    lists = rules.load()
    return frozenset((*lists.words("funding", "generic"), *lists.words("funding", "papers")))


def _names_service(subject: str, nameless: frozenset[str]) -> bool:
    low = subject.casefold().strip()
    return _POINTING.sub("", low) not in nameless and low not in nameless


def _mentions(db: Database) -> list[Mention]:
    """Every name where it stands; a subject that is only such a noun as "projektet" is no name of a service."""
    nameless = _nameless()
    return [one for one in _named(db) if one.kind != "service" or _names_service(one.name, nameless)]


def _named(db: Database) -> list[Mention]:
    whose = owners(db)
    organs = dict(db.execute(_MET).fetchall())
    found: list[Mention] = []
    for table, column, _, kind, beside in COLUMNS:
        document = _document(table)
        tags = ", ".join(f"coalesce({name}, '')" if name else "''" for name in beside) if beside else "'', '', ''"
        query = f"""SELECT ?, "{column}", {document}, coalesce(meeting_date, '9999'), count(*), {tags} FROM {table}
            WHERE "{column}" IS NOT NULL GROUP BY 2, 3, 6, 7, 8"""
        for row in db.execute(query, (kind,)).fetchall():
            found.append(Mention(*row, owner=whose.get(row[2]), organ=organs.get(row[2])))
    return found


_AGREEMENT = re.compile(r"\b\w*(?:avtal|överenskommelse|partnerskap)(?:et|en|n|s|ets)?\b", re.IGNORECASE)
_PARTNER = re.compile(r"\bmed (?:föreningen |bolaget |stiftelsen )?([A-ZÅÄÖ][\w-]+)")


def _agreements(db: Database) -> Iterator[tuple[str, str]]:
    """Subjects of agreements of one sort with one partner under one case number, where one of them is called by the
    agreement alone: the agreement that ends and the one that follows it."""
    rows = db.execute(
        """SELECT f.subject, s.case_number, f.text FROM funding f JOIN sections s ON s.id = f.section
        WHERE f.kind = 'agreement_until' AND f.subject IS NOT NULL AND s.case_number IS NOT NULL ORDER BY 1, 3"""
    )
    same: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for subject, number, text in rows.fetchall():
        for sort in {stem(word.casefold()) for word in _AGREEMENT.findall(text)}:
            for partner in {stem(word.casefold()) for word in _PARTNER.findall(text)}:
                same[(number, sort, partner)].append(subject)
    for subjects in same.values():
        bare = [subject for subject in subjects if _AGREEMENT.search(subject)]
        yield from ((one, other) for one in bare for other in subjects if one != other)


_WITH = re.compile(r"[\w-]*(?:avtal|avtalet|kontraktet|överenskommelsen)\s+med\s+(?P<who>[A-ZÅÄÖ].*)", re.IGNORECASE)


def _by_partner(db: Database) -> Iterator[tuple[str, str]]:
    """`Avtalet med Sjöbuss AB` and the one thing that an agreement with Sjöbuss AB is said to be about in the papers of
    the same owner, where the section that names the partner alone speaks of that thing, too."""
    whose, organs = owners(db), dict(db.execute(_MET).fetchall())
    rows = db.execute(
        """SELECT f.document, f.subject, f.text, coalesce(s.title, '') || ' ' || coalesce(s.text, '') FROM funding f
        LEFT JOIN sections s ON s.id = f.section
        WHERE f.kind = 'agreement_until' AND f.subject IS NOT NULL ORDER BY f.subject, f.text, f.id"""
    ).fetchall()
    told = [(whose.get(document) or organs.get(document), *rest) for document, *rest in rows]
    known: dict[tuple[str, str], set[str]] = {}
    for owner, bare, _, around in told:
        if owner is None or not (match := _WITH.fullmatch(bare)):
            continue
        who = match["who"]
        if (owner, who) not in known:
            near = ((thing, text) for home, thing, text, _ in told if home == owner and who in text)
            known[owner, who] = {thing for thing, text in near if _is_about(who, text, thing)}
        if len(things := known[owner, who]) == 1 and _speaks_of(around, thing := min(things)):
            yield bare, thing


def _is_about(who: str, text: str, thing: str) -> bool:
    """Whether a text speaks of an agreement with somebody about a thing."""
    about = rf"\bmed\s+{re.escape(who)}\s+(?:om|avseende|gällande|för)\s+{re.escape(thing)}(?!\w)"
    return re.search(about, text, re.IGNORECASE) is not None


def _speaks_of(text: str, thing: str) -> bool:
    """Whether a text has the first telling word of a thing's name."""
    head = next((word for word in re.findall(r"\w+", thing.casefold()) if len(word) > 4), None)
    return head is not None and stem(head) in {stem(word) for word in re.findall(r"\w+", text.casefold())}


def _point(db: Database, table: str, column: str, target: str, kind: str, beside: tuple[str, ...]) -> None:
    tags = ("party", "organization", "role")
    values = [f"coalesce({table}.{name}, '')" if name else "''" for name in beside] or ["''"] * 3
    also = " AND ".join(f"{tag} = {value}" for tag, value in zip(tags, values, strict=True))
    entity = f"""(SELECT entity FROM spelled WHERE kind = ? AND name = {table}."{column}"
        AND document = {table}.{_document(table)} AND {also})"""
    db.execute(f"UPDATE {table} SET {target} = {entity} WHERE {target} IS NOT {entity}", (kind, kind))


def _write(db: Database, made: dict[str, Entity], unsure: Iterable[Unsure]) -> None:
    for table in ("possible_same", "aliases", "entities"):
        db.execute(f"DELETE FROM {table}")
    ordered = [made[id] for id in sorted(made)]
    rows = [(one.id, one.kind, one.name) for one in ordered]
    db.conn.executemany("INSERT INTO entities VALUES (?, ?, ?)", rows)
    aliases = [
        (f"{one.id}-{_digest(name)}", one.id, name, one.first[name][1])
        for one in ordered
        for name in sorted(one.spellings)
    ]
    db.conn.executemany("INSERT INTO aliases VALUES (?, ?, ?, ?)", aliases)
    pairs = {(it.one, it.other): it for it in unsure}
    listed = [(f"same-{_digest(''.join(ids))}", *ids, it.kind, it.why) for ids, it in sorted(pairs.items())]
    db.conn.executemany("INSERT INTO possible_same VALUES (?, ?, ?, ?, ?)", listed)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]
