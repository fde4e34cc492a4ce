"""The search page, and the same for programs."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response
from markupsafe import Markup, escape

from protoparse.query import LONGEST, Query, expression, parse
from protoparse.searching import MOST, PAGE, Found, search
from protoparse.site import entity, labels, ours, web
from protoparse.site.ours import Reader
from protoparse.snippets import pieces, spans
from protoparse.swedish import usual

Row = dict[str, Any]
KINDS = {
    "entities": "namn",
    "decisions": "beslut",
    "sections": "paragrafer och punkter",
    "roster_changes": "byten",
    "funding": "finansiering",
    "documents": "dokument",
}
ONE = {**KINDS, "sections": "paragraf eller punkt", "roster_changes": "byte"}
ENTITIES = {"person": "person", "organ": "organ", "service": "verksamhet"}
# An outcome is of one of these: whose column holds it, and what such values are called.
OUTCOMES = {
    "Beslutets utfall": ("decisions", "outcome"),
    "Slag av byte": ("roster_changes", "kind"),
    "Slag av finansiering": ("funding", "kind"),
}
# Parameter of the address → column of the facet, and what it is called.
FACETS = {
    "slag": ("table", "Slag"),
    "utfall": ("outcome", "Utfall"),
    "organ": ("organ", "Organ"),
    "ar": ("year", "År"),
    "dokument": ("document_kind", "Dokument"),
}
# The rows, of whatever kind, that `fts_query` finds; as many as a search looks at.
ROWS = f"""SELECT h.row FROM (SELECT rowid AS id FROM hits_fts WHERE hits_fts MATCH :query
    ORDER BY rowid DESC LIMIT {MOST}) x JOIN hits h ON h.id = x.id"""
VALUES = 12  # of a facet that are shown
JSON = 100  # hits for programs


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asked for, as the address says it."""

    text: str
    filters: Mapping[str, str] = field(default_factory=dict)  # parameter → value
    newest: bool = False
    page: int = 1

    @classmethod
    def of(cls, request: Any) -> Asked:
        """From the address; what makes no sense there is left out."""
        given = request.args
        filters = {name: given.get(name)[:200] for name in FACETS if given.get(name)}
        page = web.number_of(request, "sida")
        return cls((given.get("q") or "").strip()[:LONGEST], filters, given.get("ordning") == "datum", page)

    def address(self, **changed: str | None) -> str:
        """The address of the same search with some parameters changed, or taken away where they are None."""
        given = {"q": self.text, **self.filters, "ordning": "datum" if self.newest else None, **changed}
        return "?" + urlencode({name: value for name, value in given.items() if value})


def fts_query(text: str) -> str:
    """What a visitor writes as an expression for the index of hits; where it seeks nothing, one that finds nothing."""
    return expression(parse(text, usual())) or '""'


async def hidden(reader: Reader) -> list[str]:
    """The kinds of hits that the visitor may not see."""
    return [table for table in KINDS if not await reader.has(table)]


async def found_in(reader: Reader, asked: Asked, size: int = PAGE) -> Found:
    """What one database holds. Raises QueryInterrupted."""
    if not await reader.has("hits"):
        return Found(Query())
    unseen = await hidden(reader)
    filters = {FACETS[name][0]: value for name, value in asked.filters.items()}

    def look(db: sqlite3.Connection) -> Found:
        return search(db, asked.text, filters, asked.newest, asked.page, unseen, size=size)

    usual()  # what is made once for all searches is nobody's long question
    return await reader.ask(look)


def marked(parts: Sequence[tuple[str, bool]]) -> Markup:
    """Pieces of a text with their marks in <mark>, everything else escaped."""
    return Markup("").join(Markup("<mark>{}</mark>").format(text) if mark else escape(text) for text, mark in parts)


def url(row: Mapping[str, Any]) -> str:
    """Where a hit leads: to its words on the page, or to the page of its document, person, organ or service."""
    if row["table"] == "entities":
        return entity.page_of(row["outcome"], row["row"])
    return f"/-/evidence/{row['evidence']}" if row["evidence"] else f"/-/dokument/{row['document']}"


def word(column: str, value: Any) -> str:
    """The Swedish word for a value of a facet."""
    if column == "table":
        return KINDS.get(value, value)
    if column == "document_kind":
        return labels.value("documents", "kind", value) or str(value)
    if column == "outcome":
        words = (labels.value(table, name, value) for table, name in OUTCOMES.values())
        return ENTITIES.get(value) or next(filter(None, words), str(value))
    return str(value)


def hit(reader: Reader, row: Row, query: Query, document: str | None, sign: str | None) -> Row:
    """A found row as the page shows it."""
    words = usual()
    title, text = row["title"] or "", row["text"] or ""
    head = marked(pieces(title, spans(title, query, words), None))
    return {
        **row,
        "kind": ONE[row["table"]],
        "outcome": word("outcome", row["outcome"]) if row["outcome"] else None,
        "url": reader.datasette.urls.path(url(row)),
        "head": head,
        "snippet": marked(pieces(text, spans(text, query, words))),
        "label": document,
        "sign": sign,
    }


async def shown(reader: Reader, found: Found) -> list[Row]:
    """The rows of a page with the names of their documents."""
    names = {
        id: ours.document_label(row)
        for id, row in (await reader.by_id("documents", (row["document"] for row in found.rows))).items()
    }
    sql = f"""select d.id, {ours.sign("d.id")} as sign from documents d
        where d.id in (select value from json_each(?))"""
    signs = {row["id"]: row["sign"] for row in await reader.query(sql, [json.dumps(sorted(names))])}
    return [hit(reader, row, found.query, names.get(row["document"]), signs.get(row["document"])) for row in found.rows]


def kind_of(outcome: str) -> str:
    """What a value of the column of outcomes is: of a decision, a change, a claim on money, or a name."""
    return next((title for title, of in OUTCOMES.items() if labels.value(*of, outcome)), "Slag av namn")


def told_apart(counts: Mapping[str, Counter[Any]]) -> list[tuple[str, str, str, Counter[Any]]]:
    """Parameter, column, title and values of every facet; outcomes of different kinds each under their own title."""
    found = []
    for name, (column, title) in FACETS.items():
        count = counts.get(column, Counter())
        for kind in (*OUTCOMES, "Slag av namn") if column == "outcome" else (None,):
            part = Counter({value: n for value, n in count.items() if kind_of(value) == kind}) if kind else count
            found.append((name, column, kind or title, part))
    return found


def facets(asked: Asked, counts: Mapping[str, Counter[Any]]) -> list[Row]:
    """Every facet that tells rows apart or is chosen, its values with their counts and addresses."""
    made = []
    for name, column, title, count in told_apart(counts):
        chosen = asked.filters.get(name)
        if chosen and column == "outcome" and kind_of(chosen) != title:
            continue
        order = sorted(count.items(), key=lambda one: (-one[0], 0) if column == "year" else (-one[1], str(one[0])))
        values = [
            {"word": word(column, value), "n": n, "url": asked.address(**{name: str(value)})}
            for value, n in order[:VALUES]
        ]
        off = asked.address(**{name: None}) if chosen else None
        if chosen or len(values) > 1 or (values and column == "outcome" and len(counts[column]) > 1):
            made.append({"title": title, "values": values, "off": off, "chosen": word(column, chosen)})
    return made


async def show(request: Any, datasette: Any) -> Response:
    """`/-/sok?q=`."""
    asked = Asked.of(request)
    rows: list[Row] = []
    results: list[Found] = []
    slow = False
    counts: dict[str, Counter[Any]] = {}
    for reader in await ours.readers(datasette, request) if asked.text else []:
        try:
            found = await found_in(reader, asked)
        except QueryInterrupted:
            slow = True
            continue
        results.append(found)
        rows += await shown(reader, found)
        for name, count in found.facets.items():
            counts[name] = counts.get(name, Counter()) + count
    bare = not (rows or slow) and not any(
        [await reader.count("documents") for reader in await ours.readers(datasette, request)]
    )
    context = {"bare": bare, "rows": rows, "facets": facets(asked, counts), **told(asked, results), "slow": slow}
    return await web.page(datasette, request, "search.html", context)


def told(asked: Asked, results: Sequence[Found]) -> Row:
    """Everything about a search but its rows."""
    total = sum(found.total for found in results)
    more = any(found.total > asked.page * PAGE for found in results)
    meant = list(dict.fromkeys(near for found in results for near in found.suggestions))
    return {
        "q": asked.text,
        "total": total,
        "bounded": any(found.bounded for found in results),
        "nothing": all(found.query.empty for found in results),
        "most": MOST,
        "filtered": bool(asked.filters),
        "newest": asked.newest,
        "page": asked.page,
        "pages": max((-(-found.total // PAGE) for found in results), default=1),
        "meant": [{"word": near, "url": Asked(near).address()} for near in meant],
        "by": {"best": asked.address(ordning=None), "newest": asked.address(ordning="datum")},
        "all": Asked(asked.text).address(),
        "before": asked.address(sida=str(asked.page - 1)) if asked.page > 1 else None,
        "after": asked.address(sida=str(asked.page + 1)) if more else None,
    }


async def as_json(request: Any, datasette: Any) -> Response:
    """`/-/sok.json?q=`: a list of table, id, text and url. Raises QueryInterrupted: half a list would look whole."""
    asked, hits = Asked.of(request), []
    for reader in await ours.readers(datasette, request) if asked.text else []:
        found = await found_in(reader, asked, JSON)
        for row in found.rows:
            text = row["title"] if row["table"] in ("sections", "documents", "entities") else row["text"]
            text = row["title"] if row["table"] == "roster_changes" else text
            path = reader.datasette.urls.path(url(row))
            hits.append({"table": row["table"], "id": row["row"], "text": text, "url": path})
    return web.json(hits)
