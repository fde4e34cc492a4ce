"""Which databases are ours, and which of their tables the visitor may read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary, WeakSet

from datasette.utils.asgi import Forbidden

from protoparse.site import snapshot

Found = TypeVar("Found")

# What a list of documents of several organs calls one (d): with its organ where the title does not say it.
TITLE = """iif(d.organ IS NULL OR instr(lower(d.label), lower(d.organ)), d.label,
    upper(substr(d.organ, 1, 1)) || substr(d.organ, 2) || ': ' || d.label)"""


def sign(document: str) -> str:
    """What stands before the numbers of a document's headings, as SQL: `§`, or `punkt` where no heading has the sign;
    `document` is the column that names it."""
    return f"""iif(exists(select 1 from sections q join evidence w on w.id = q.evidence where q.document = {document}
        and q.number is not null and substr(w.quote, 1, 1) in ('§', '&')), '§', 'punkt')"""


SIGN = frozenset({"documents", "evidence", "runs"})
_known: WeakSet[Any] = WeakSet()  # asked once: render_cell is called for every cell


async def is_ours(db: Any) -> bool:
    """Whether a database was written by protoparse. Only a yes is remembered: a database may be filled later."""
    if db not in _known and set(await db.table_names()) >= SIGN:
        _known.add(db)
    return db in _known


def known(datasette: Any, database: str | None) -> bool:
    """The same without asking the database: for hooks that are called for every cell."""
    return database in datasette.databases and datasette.databases[database] in _known


async def databases(datasette: Any) -> list[Any]:
    """Our databases, in the order they were opened."""
    return [db for name, db in datasette.databases.items() if name != "_internal" and await is_ours(db)]


async def may_read(datasette: Any, actor: Any, database: str, table: str) -> bool:
    """Whether the visitor may see a table. The one place that knows how 0.65 and 1.0 differ in permissions."""
    if hasattr(datasette, "allowed"):
        from datasette.resources import TableResource  # only in 1.0

        return await datasette.allowed(action="view-table", resource=TableResource(database, table), actor=actor)
    if actor is None and _by_configuration():
        answers = _answers.setdefault(datasette, {})
        if (database, table) not in answers:
            answers[database, table] = await _permitted(datasette, None, database, table)
        return answers[database, table]
    return await snapshot.once((database, table, repr(actor)), lambda: _permitted(datasette, actor, database, table))


_answers: WeakKeyDictionary[Any, dict[tuple[str, str], bool]] = WeakKeyDictionary()  # to visitors without a name
_RULES = "datasette.default_permissions"


def _by_configuration() -> bool:
    """Whether the configuration alone says what a visitor without a name may read, so that the answer stays."""
    from datasette.plugins import pm  # which loads us

    plugins = {impl.plugin_name for impl in pm.hook.permission_allowed.get_hookimpls()}
    return plugins == {_RULES} and not pm.hook.get_metadata.get_hookimpls()


async def _permitted(datasette: Any, actor: Any, database: str, table: str) -> bool:
    """What 0.65 answers; for every answer it copies its whole configuration several times."""
    wanted = [("view-table", (database, table)), ("view-database", database), "view-instance"]
    try:
        await datasette.ensure_permissions(actor, wanted)
    except Forbidden:
        return False
    return True


class Reader:
    """One visitor's view of one of our databases: rows as dicts, from permitted and existing tables only."""

    def __init__(self, datasette: Any, db: Any, actor: Any, tables: set[str]):
        self.datasette, self.db, self.actor, self.tables = datasette, db, actor, tables
        self._allowed: dict[str, bool] = {}

    @property
    def name(self) -> str:
        return self.db.name

    async def has(self, *tables: str) -> bool:
        """Whether the tables exist and the visitor may see all of them."""
        return all([await self._has(table) for table in tables])

    async def _has(self, table: str) -> bool:
        if table not in self._allowed:
            self._allowed[table] = table in self.tables and await may_read(self.datasette, self.actor, self.name, table)
        return self._allowed[table]

    async def query(self, sql: str, values: Any = ()) -> list[dict[str, Any]]:
        """The rows of a query of our own; the caller has asked `has`."""
        return [dict(row) for row in await self.ask(lambda db: db.execute(sql, values).fetchall())]

    async def read(self, tables: Iterable[str], sql: str, values: Any = ()) -> list[dict[str, Any]]:
        """The same where the visitor may see all the tables that the query reads; otherwise none."""
        return await self.query(sql, values) if await self.has(*tables) else []

    async def ask(self, question: Callable[[Any], Found], report: bool = False) -> Found:
        """What a function makes of the open database, as the whole request sees it. `report`: one that may take long.
        Raises QueryInterrupted."""
        return await snapshot.ask(self.db, question, report)

    async def rows(self, table: str, rest: str, values: Any = ()) -> list[dict[str, Any]]:
        """Rows of one table; `rest` (where, order by, limit) is always a constant of ours."""
        if not await self.has(table):
            return []
        return await self.query(f"select * from [{table}] {rest}", values)

    async def get(self, table: str, key: Any) -> dict[str, Any] | None:
        """The row with this id, or None."""
        found = await self.rows(table, "where id = ?", [key]) if key is not None else []
        return found[0] if found else None

    async def by_id(self, table: str, keys: Iterable[Any]) -> dict[Any, dict[str, Any]]:
        """The rows with these ids, by id."""
        wanted = json.dumps(sorted({key for key in keys if key is not None}))
        return {
            row["id"]: row for row in await self.rows(table, "where id in (select value from json_each(?))", [wanted])
        }

    async def count(self, table: str, where: str = "1", values: Any = ()) -> int:
        """How many rows of a table hold a condition; 0 for a table that is missing or hidden."""
        if not await self.has(table):
            return 0
        return (await self.query(f"select count(*) as n from [{table}] where {where}", values))[0]["n"]

    def row_url(self, table: str, key: Any) -> str:
        """The address of a row in Datasette's own pages."""
        from datasette.utils import tilde_encode

        return f"{self.datasette.urls.table(self.name, table)}/{tilde_encode(str(key))}"


async def readers(datasette: Any, request: Any) -> list[Reader]:
    """One reader for each of our databases."""
    return [
        Reader(datasette, db, request.actor, set(await db.table_names()) | set(await db.view_names()))
        for db in await databases(datasette)
    ]


async def find(datasette: Any, request: Any, table: str, key: str) -> tuple[Reader, dict[str, Any]] | None:
    """The first of our databases that holds the id, with its row. Ids are hashes: two databases agree or differ."""
    for reader in await readers(datasette, request):
        if row := await reader.get(table, key):
            return reader, row
    return None


def document_label(document: dict[str, Any]) -> str:
    """What to call a document: its title, or the file's name when it does not name itself."""
    return document.get("label") or document.get("title") or document["path"]


async def label(datasette: Any, database: str, key: str) -> str | None:
    """The label of a document in one database; None when it is not there, or not for everybody."""
    if not await may_read(datasette, None, database, "documents"):
        return None

    async def look() -> str | None:
        found = await datasette.get_database(database).execute("select * from documents where id = ?", [key])
        return document_label(dict(found.first())) if found.rows else None

    return await snapshot.once((database, key), look)


async def moved(reader: Reader, document: str) -> str | None:
    """The id of the document that took the place of a corrected file's old one."""
    if "replaced" in reader.tables and (
        rows := await reader.query("select new from replaced where old = ?", [document])
    ):
        return rows[0]["new"]
    rows = await reader.rows("documents", "where replaces = ? limit 1", [document])
    return rows[0]["id"] if rows else None
