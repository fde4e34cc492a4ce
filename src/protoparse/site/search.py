"""A simple search over sections and decisions through the database's own full-text index."""

from __future__ import annotations

import re
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response
from markupsafe import Markup, escape

from protoparse.site import evidence, labels, ours, web
from protoparse.site.ours import Reader

Row = dict[str, Any]
TABLES = ("decisions", "sections")
LIMIT = 50
SHORT = 3  # shorter words are not searched by their beginning: `i*` would be everything
_TOKEN = re.compile(r'"([^"]+)"|(\S+)')
_START, _STOP = "\x02", "\x03"  # cannot stand in text from a PDF; become <mark> after escaping


def fts_query(text: str) -> str:
    """What a visitor writes as an FTS5 query that is always valid: every word in quotes, words by their beginning,
    phrases in quotes exact."""
    parts = []
    for phrase, word in _TOKEN.findall(text.replace("\0", "")):
        plain = (phrase or word).replace('"', "")
        if re.search(r"\w", plain):
            parts.append(f'"{plain}"' + ("*" if word and len(plain) >= SHORT and plain[-1].isalpha() else ""))
    return " ".join(parts)


def marked(snippet: str) -> Markup:
    """A snippet with its hits in <mark>, everything else escaped."""
    return Markup(str(escape(snippet)).replace(_START, "<mark>").replace(_STOP, "</mark>"))


async def hits(reader: Reader, table: str, query: str) -> list[Row]:
    """The best rows of a table for a query."""
    if not await reader.has(table) or f"{table}_fts" not in reader.tables:
        return []
    sql = f"""select t.*, snippet([{table}_fts], -1, :start, :stop, '…', 30) as snippet
        from [{table}_fts] join [{table}] t on t.rowid = [{table}_fts].rowid
        where [{table}_fts] match :query order by bm25([{table}_fts]) limit :limit"""
    return await reader.query(sql, {"query": query, "start": _START, "stop": _STOP, "limit": LIMIT + 1})


async def hit(reader: Reader, table: str, row: Row) -> Row:
    """A found row as the page and the JSON show it."""
    document = await reader.get("documents", row["document"]) or {"path": row["document"]}
    section = row if table == "sections" else await reader.get("sections", row["section"])
    where = f"/-/evidence/{row['evidence']}" if row["evidence"] else f"/-/dokument/{row['document']}"
    return {
        "table": table,
        "id": row["id"],
        "text": row["text"] if table == "decisions" else row["title"],
        "url": reader.datasette.urls.path(where),
        "snippet": marked(row["snippet"]),
        "document": ours.document_label(document),
        "date": row["meeting_date"],
        "organ": row["organ"],
        "section": await evidence.numbered(reader, section),
        "page": row["page"],
        "outcome": labels.value(table, "outcome", row.get("outcome")),
    }


async def search(datasette: Any, request: Any, text: str) -> tuple[list[Row], bool, bool]:
    """Groups of hits per table, whether there are more than shown, and whether it took too long."""
    query, groups, more = fts_query(text), [], False
    for reader in await ours.readers(datasette, request) if query else []:
        for table in TABLES:
            try:
                rows = await hits(reader, table, query)
            except QueryInterrupted:
                return groups, more, True
            more = more or len(rows) > LIMIT
            if rows:
                found = [await hit(reader, table, row) for row in rows[:LIMIT]]
                name = {"decisions": "Beslut", "sections": "Punkter och paragrafer"}[table]
                groups.append({"name": name, "hits": found, "more": len(rows) > LIMIT})
    return groups, more, False


async def show(request: Any, datasette: Any) -> Response:
    """`/-/sok?q=`."""
    text = (request.args.get("q") or "").strip()[:300]
    groups, more, slow = await search(datasette, request, text)
    total = sum(len(group["hits"]) for group in groups)
    context = {"q": text, "groups": groups, "total": total, "more": more, "slow": slow, "limit": LIMIT}
    return await web.page(datasette, request, "search.html", context)


async def as_json(request: Any, datasette: Any) -> Response:
    """`/-/sok.json?q=`: a list of table, id, text and url."""
    groups, _, _ = await search(datasette, request, (request.args.get("q") or "").strip()[:300])
    names = ("table", "id", "text", "url")
    return web.json([{name: found[name] for name in names} for group in groups for found in group["hits"]])
