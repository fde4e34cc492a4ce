"""The schema as SQL: what makes the tables, their indexes, triggers and views in an empty database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from protoparse.schema import FACTS, FULL_TEXT, INDEXES, OF_FACT, SEARCHED, TABLES, VIEWS


def statements() -> Iterator[str]:
    """What makes all tables, indexes, triggers, views and full-text indexes, in order."""
    yield from (part for part in TABLES.split(";\n") if part.strip())
    for table in (*INDEXES, *(set(FACTS) - set(INDEXES))):
        for column in (*(OF_FACT if table in FACTS else ()), *INDEXES.get(table, ())):
            more = ' DESC, "id"' if column == "meeting_date" else ""  # as tables are shown: the newest first
            yield f'CREATE INDEX "{table}_{column}" ON {table} ("{column}"{more})'
    yield "CREATE INDEX claims_order ON claims (service, track, seq)"
    yield "CREATE INDEX documents_read ON documents (first_run DESC, meeting_date DESC, id)"  # the order of feeds
    yield "CREATE INDEX hits_facet ON hits (id, facet)"  # what a search reads of every row that matches
    yield (
        "CREATE TRIGGER hits_facets AFTER INSERT ON hits BEGIN INSERT OR IGNORE INTO facets VALUES "
        '(new.facet, new."table", new.organ, new.year, new.outcome, new.document_kind); END'
    )
    for table, columns in FULL_TEXT.items():
        yield from _full_text(table, columns)
    for table, columns in SEARCHED.items():
        yield from _searched(table, columns)
    for name, sql in VIEWS.items():
        yield f"CREATE VIEW {name} AS {sql}"


def _full_text(table: str, columns: Sequence[str]) -> Iterator[str]:
    """An index over a table's columns, kept right by triggers; å, ä and ö stay letters of their own."""
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    drop = f"INSERT INTO {table}_fts ({table}_fts, rowid, {names}) VALUES ('delete', old.rowid, {old});"
    add = f"INSERT INTO {table}_fts (rowid, {names}) VALUES (new.rowid, {new});"
    yield (
        f'CREATE VIRTUAL TABLE {table}_fts USING fts5 ({names}, content="{table}", '
        "tokenize='unicode61 remove_diacritics 0')"
    )
    yield f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {add} END"
    yield f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {drop} END"
    yield f"CREATE TRIGGER {table}_au AFTER UPDATE OF {names} ON {table} BEGIN {drop} {add} END"


def _searched(table: str, columns: Sequence[str]) -> Iterator[str]:
    """Triggers that remember whose hits no longer say what its rows say; `hits.refresh` makes them anew."""
    key = "id" if table == "documents" else "document"
    names = ", ".join(f'"{name}"' for name in columns)
    changed = " OR ".join(f'old."{name}" IS NOT new."{name}"' for name in columns)
    events = {"ai": ("INSERT", "new", ""), "ad": ("DELETE", "old", ""), "au": (f"UPDATE OF {names}", "new", changed)}
    for name, (event, row, when) in events.items():
        yield (
            f"CREATE TRIGGER {table}_hits_{name} AFTER {event} ON {table} {f'WHEN {when}' if when else ''} "
            f"BEGIN INSERT OR IGNORE INTO unsearched VALUES ({row}.{key}); END"
        )
