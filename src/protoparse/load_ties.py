"""What a register knows only over all its documents, for an invented one: names, ends, seats, matters, tasks."""

from __future__ import annotations

from protoparse import commitments, completeness, findings, matters, memberships, seat_findings, store

_NAMED = {  # where the names of each kind stand
    "person": (("attendance", "name"), ("roster_changes", "incoming"), ("roster_changes", "outgoing")),
    "organ": (("documents", "organ"), ("roster_changes", "group_name")),
    "service": (("funding", "subject"),),
}
_POINTING = (  # table, column with a name, column for who is meant, kind
    ("documents", "organ", "organ_id", "organ"),
    ("decisions", "organ", "organ_id", "organ"),
    ("attendance", "name", "person", "person"),
    ("roster_changes", "incoming", "incoming_person", "person"),
    ("roster_changes", "outgoing", "outgoing_person", "person"),
    ("roster_changes", "group_name", "group_id", "organ"),
    ("funding", "subject", "service", "service"),
)


def name(db: store.Database) -> None:
    """Persons, organs and services as entities, by their names alone, and the rows that speak of them."""
    for kind, places in _NAMED.items():
        told = " UNION ".join(f'SELECT {column} AS name FROM "{table}"' for table, column in places)
        db.execute(
            f"INSERT INTO entities SELECT printf('{kind}-%08x', row_number() OVER (ORDER BY name)), '{kind}', name "
            f"FROM (SELECT DISTINCT name FROM ({told}) WHERE name IS NOT NULL)"
        )
    db.execute("INSERT INTO aliases (id, entity, name) SELECT 'a-' || id, id, name FROM entities")
    db.execute("CREATE TEMP TABLE called (kind TEXT, name TEXT, id TEXT, PRIMARY KEY (kind, name)) WITHOUT ROWID")
    db.execute("INSERT INTO called SELECT kind, name, id FROM entities")
    for table, column, target, kind in _POINTING:
        db.execute(
            f"UPDATE {table} SET {target} = (SELECT id FROM called WHERE kind = '{kind}' AND name = {table}.{column})"
        )


def tie(db: store.Database) -> None:
    """Everything that an ingest makes of all documents together, but for the names, which are given."""
    name(db)
    findings.rebuild(db)
    seat_findings.rebuild(db, memberships.rebuild(db))
    matters.rebuild(db)
    commitments.rebuild(db)
    completeness.rebuild(db)
