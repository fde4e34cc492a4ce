"""Atom feeds: what is new among decisions, roster changes and findings; all of it, or of one organ, service or search.

A feed page holds at most `PAGE` entries, the newest reading first, and leads to the older ones as RFC 5005 says: what
is in the database is in the feed.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree as Xml

from datasette.utils.asgi import Response

from protoparse.printable import printable
from protoparse.schema import NUMBER, TITLE
from protoparse.site import facts, labels, ours, search, web
from protoparse.site.ours import Reader, sign

Row = dict[str, Any]
PAGE = 100
_NEVER = "1970-01-01 00:00:00"  # where no run is known
ATOM = "http://www.w3.org/2005/Atom"
TITLES = {"beslut": "Beslut", "byten": "Byten", "fynd": "Iakttagelser"}

# From the documents to their rows, in the order of `documents_read`: only what is shown is ever looked at.
_PLACE = "LEFT JOIN runs r ON r.id = d.first_run"
_COMMON = f"""d.id AS document, d.label, d.meeting_date, d.organ, f.page, f.evidence,
    coalesce(r.started, '{_NEVER}') AS read_at, {NUMBER} AS number, {sign("d.id")} AS sign,
    {TITLE} AS title"""
# Each feed: its rows, the order in which they came, and what a choice asks of them.
_ROWS = {
    "beslut": f"""SELECT f.id, f.outcome AS tag, f.text AS text, f.organ_id, {_COMMON}
        FROM documents d CROSS JOIN decisions f ON f.document = d.id {_PLACE}""",
    "byten": f"""SELECT f.id, f.kind AS tag, f.incoming, f.outgoing, f.position, f.group_name, f.group_id AS organ_id,
        {_COMMON}
        FROM documents d CROSS JOIN roster_changes f ON f.document = d.id {_PLACE}""",
    "fynd": f"""SELECT x.id, x.kind AS tag, x.message AS text, d.organ_id, {_COMMON}
        FROM documents d CROSS JOIN funding f ON f.document = d.id JOIN findings x ON x.later = f.id {_PLACE}""",
}
_CODES = {"beslut": ("decisions", "outcome"), "byten": ("roster_changes", "kind"), "fynd": ("findings", "kind")}
_TABLES = {"beslut": "decisions", "byten": "roster_changes", "fynd": "findings"}
_ASKED = {  # what each choice asks of the rows
    "organ": {
        "beslut": ":organ IN (f.organ_id, d.organ_id)",
        "byten": ":organ IN (f.group_id, d.organ_id)",
        "fynd": "d.organ_id = :organ",
    },
    "tjanst": {
        "beslut": "f.section IN (SELECT section FROM funding WHERE service = :tjanst)",
        "byten": "f.section IN (SELECT section FROM funding WHERE service = :tjanst)",
        "fynd": "x.service = :tjanst",
    },
    "q": dict.fromkeys(TITLES, f"f.id IN ({search.ROWS})"),
    "sedan": dict.fromkeys(TITLES, "coalesce(r.started, '') >= :sedan"),
}


def choices(request: Any) -> dict[str, str]:
    """What a visitor asks of a feed: an organ, a service, words, a day since when; empty ones left out."""
    return {name: text for name in _ASKED if (text := (request.args.get(name) or "").strip()[:300])}


def conditions(feed: str, chosen: dict[str, str]) -> str:
    """The WHERE clause for what was chosen; its values are parameters."""
    return " AND ".join(_ASKED[name][feed] for name in chosen) or "1"


async def entries(reader: Reader, feed: str, chosen: dict[str, str], page: int) -> list[Row]:
    """One page of a feed, and one entry more where there is a next page."""
    sql = f"""{_ROWS[feed]} WHERE {conditions(feed, chosen)}
        ORDER BY d.first_run DESC, d.meeting_date DESC, d.id, f.ordinal, 1 LIMIT {PAGE + 1} OFFSET {page * PAGE}"""
    return await reader.query(sql, {**chosen, "query": search.fts_query(chosen.get("q", ""))})


def said(feed: str, row: Row) -> tuple[str, str]:
    """The heading and the text of an entry."""
    tag = labels.value(*_CODES[feed], row["tag"]) or row["tag"]
    text = facts.change(row) if feed == "byten" else row["text"]
    where = f"{row['sign']} {row['number']} {row['title']}" if row["number"] else row["title"]
    head = " · ".join(it for it in (row["organ"] or row["label"], where) if it)
    return f"{head}: {tag}" if feed != "fynd" else f"{tag.capitalize()}: {head}", text


def entry(feed: str, row: Row, base: str) -> Xml.Element:
    """A row as an Atom entry; what it says is text, never markup."""
    title, text = said(feed, row)
    link = f"{base}/-/evidence/{row['evidence']}" if row["evidence"] else f"{base}/-/dokument/{row['document']}"
    found = Xml.Element("entry")
    _text(found, "id", f"urn:protoparse:{row['id']}")
    _text(found, "title", title)
    _text(found, "updated", moment(row["read_at"]))
    if row["meeting_date"]:
        _text(found, "published", f"{row['meeting_date']}T00:00:00Z")
    Xml.SubElement(found, "link", rel="alternate", type="text/html", href=link)
    author = Xml.SubElement(found, "author")
    _text(author, "name", row["organ"] or row["label"])
    page = f", sida {row['page']}" if row["page"] else ""
    _text(found, "summary", f"{text}\n{row['label']}{page}", type="text")
    return found


def moment(stamp: str) -> str:
    """`2026-02-06 09:30:00` → `2026-02-06T09:30:00Z`: runs are dated in UTC."""
    return f"{stamp.replace(' ', 'T')}Z"


def _text(parent: Xml.Element, name: str, text: str, **attributes: str) -> None:
    Xml.SubElement(parent, name, attributes).text = printable(text)


def atom(feed: str, rows: list[Row], base: str, address: str, page: int) -> bytes:
    """The whole feed. `address` is its own, without the page."""
    root = Xml.Element("feed", {"xmlns": ATOM, "xml:lang": "sv"})
    _text(root, "id", address)
    _text(root, "title", f"{TITLES[feed]} – Protokollregistret")
    _text(root, "updated", moment(max((row["read_at"] for row in rows), default=_NEVER)))
    Xml.SubElement(root, "link", rel="self", type="application/atom+xml", href=_paged(address, page))
    Xml.SubElement(root, "link", rel="alternate", type="text/html", href=f"{base}/")
    if page:
        Xml.SubElement(root, "link", rel="previous", href=_paged(address, page - 1))
    if len(rows) > PAGE:
        Xml.SubElement(root, "link", rel="next", href=_paged(address, page + 1))
    root.extend(entry(feed, row, base) for row in rows[:PAGE])
    return Xml.tostring(root, encoding="utf-8", xml_declaration=True)


def _paged(address: str, page: int) -> str:
    return address if not page else f"{address}{'&' if '?' in address else '?'}{urlencode({'sida': page + 1})}"


async def show(request: Any, datasette: Any) -> Response:
    """`/-/floden/{beslut,byten,fynd}.atom?organ=&tjanst=&q=&sedan=&sida=`."""
    feed, chosen = request.url_vars["feed"], choices(request)
    page = web.number_of(request, "sida") - 1
    rows: list[Row] = []
    for reader in await ours.readers(datasette, request):
        if await reader.has(_TABLES[feed], "documents"):
            rows += await entries(reader, feed, chosen, page)
    base = web.base(datasette, request)
    address = f"{base}/-/floden/{feed}.atom" + (f"?{urlencode(chosen)}" if chosen else "")
    body = atom(feed, rows, base, address, page)
    return Response(body=body, headers=dict(web.SAFE), content_type="application/atom+xml; charset=utf-8")
