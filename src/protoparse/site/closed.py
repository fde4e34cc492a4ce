"""Foreign keys that lead to a table which is not for everybody are left out of what Datasette knows.

Datasette 0.65 writes the names of the rows that keys lead to, and counts the rows that lead to one, without asking
whether their table may be seen; 1.0 asks.
"""

from __future__ import annotations

from typing import Any

from protoparse.site import ours


def close(datasette: Any, db: Any) -> None:
    """Lets a database of ours tell only of keys to and from tables that are open to all."""
    if hasattr(datasette, "allowed") or hasattr(db, "protoparse_closed"):
        return
    of_table, of_all = db.foreign_keys_for_table, db.get_all_foreign_keys

    async def seen(keys: list[dict[str, Any]]) -> list[dict[str, Any]]:
        tables = {key["other_table"] for key in keys}
        shown = {table for table in tables if await ours.may_read(datasette, None, db.name, table)}
        return [key for key in keys if key["other_table"] in shown]

    async def keys_of(table: str) -> list[dict[str, Any]]:
        return await seen(await of_table(table))

    async def keys_of_all() -> dict[str, dict[str, list[dict[str, Any]]]]:
        found = await of_all()
        return {table: {way: await seen(keys) for way, keys in ways.items()} for table, ways in found.items()}

    db.foreign_keys_for_table, db.get_all_foreign_keys, db.protoparse_closed = keys_of, keys_of_all, True
