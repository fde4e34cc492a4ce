"""The evidence page: a row's printed words, marked on the picture of the page they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from datasette.utils.asgi import Response

from protoparse.site import labels, originals, ours, web
from protoparse.site.ours import Reader

Row = dict[str, Any]

# The tables whose rows rest on evidence, the ones that say most first.
SUPPORTED = (
    "decisions",
    "roster_changes",
    "funding",
    "dates",
    "attendance",
    "dissents",
    "ballots",
    "votes",
    "doubts",
    "sections",
    "header_fields",
)
# Columns that the page shows elsewhere, or that only machines need.
APART = {
    "id",
    "document",
    "meeting_date",
    "year",
    "section",
    "page",
    "page_end",
    "ordinal",
    "evidence",
    "parent",
    "quote",
}
DAYS = {"start", "end", "old_end", "from_date", "until_date", "from_end", "to_end", "due"}
ONE = {
    "decisions": "Beslut",
    "roster_changes": "Byte",
    "funding": "Finansiering",
    "dates": "Datum",
    "attendance": "Närvaro",
    "dissents": "Reservation, anteckning eller jäv",
    "ballots": "Omröstning",
    "votes": "Röst",
    "doubts": "Tveksamhet",
    "sections": "Rubrik",
    "header_fields": "Dokumentets huvud",
}
PADDING = 1.5  # points of air around a box: letters that touch the mark are hard to read


@dataclass(slots=True)
class Sheet:
    """One page with its marks: what the overlay needs. Units are points from the top left corner as viewed."""

    page: int
    width: float
    height: float
    image: str
    boxes: list[Row] = field(default_factory=list)
    others: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Proof:
    """One evidence row with all that the page says about it."""

    evidence: Row
    document: Row
    rule: Row | None
    facts: list[Row]
    section: Row | None
    sheets: list[Sheet]
    beside: list[Row]


def place(row: Row) -> tuple[float, float]:
    """Where on the page a piece of evidence begins, for walking through them as they stand."""
    first = (labels.boxes(row["boxes"]) or [{"top": 0.0, "x0": 0.0}])[0]
    return first["top"], first["x0"]


def shown(table: str, row: Row) -> list[tuple[str, str]]:
    """A row's fields with Swedish labels: only those that say something, ids of entities left out."""
    entity = {"organ_id", "incoming_person", "outgoing_person", "group_id", "service", "person", "decision", "ballot"}
    skip = APART | entity | {name for name in row if name.endswith("_id")}
    return [
        (labels.column(table, name), spelled(table, name, row[name]))
        for name in row
        if name not in skip and row[name] not in (None, "")
    ]


def spelled(table: str, column: str, value: Any) -> str:
    """A field as a reader wants it: days and amounts in Swedish, codes as words."""
    if word := labels.value(table, column, value):
        return word
    if column in DAYS:
        return labels.day(value)
    if column == "amount":
        return f"{labels.number(value)}\u00a0kr"
    return str(value)


async def supported(reader: Reader, evidence: Row, organ: str | None) -> list[Row]:
    """The rows that rest on the evidence. What the page already says (the quote, the document's organ) is left out."""
    said = {evidence["quote"], organ}
    found = []
    for table in SUPPORTED:
        for row in await reader.rows(table, "where evidence = ? order by ordinal", [evidence["id"]]):
            new = {name: value for name, value in row.items() if value not in said}
            fields = shown(table, {name: value for name, value in new.items() if (table, name) != ("sections", "text")})
            url = reader.row_url(table, row["id"])
            service = reader.datasette.urls.path(f"/-/tjanst/{row['service']}") if row.get("service") else None
            about = {"fields": fields, "url": url, "service": service}
            found.append({"table": table, "name": ONE[table], "row": row, **about})
    return found


async def sheets(reader: Reader, evidence: Row, beside: list[Row]) -> list[Sheet]:
    """The pages that the evidence stands on; a sentence that runs over a page has two."""
    boxes = labels.boxes(evidence["boxes"])
    found = []
    for page in sorted({evidence["page"] or 1, *(int(box["page"]) for box in boxes)}):
        size = await reader.rows("pages", "where document = ? and page = ?", [evidence["document"], page])
        width, height = (size[0]["width"], size[0]["height"]) if size else (595.0, 842.0)
        image = reader.datasette.urls.path(f"/-/page-image/{evidence['document']}/{page}.jpg")
        mine = [mark(box) for box in boxes if box["page"] == page]
        others = [
            {
                "id": row["id"],
                "quote": row["quote"],
                "boxes": [mark(box) for box in labels.boxes(row["boxes"]) if box["page"] == page],
            }
            for row in beside
            if row["id"] != evidence["id"]
        ]
        found.append(Sheet(page, width, height, image, mine, [other for other in others if other["boxes"]]))
    return found


def mark(box: Row) -> Row:
    """A stored box as an SVG rectangle with a little air."""
    return {
        "x": round(box["x0"] - PADDING, 2),
        "y": round(box["top"] - PADDING, 2),
        "width": round(box["x1"] - box["x0"] + 2 * PADDING, 2),
        "height": round(box["bottom"] - box["top"] + 2 * PADDING, 2),
    }


def closer(sheet: Sheet) -> str | None:
    """The part of the page around the marks, as an SVG viewBox: what a telephone can show at a readable size."""
    if not sheet.boxes:
        return None
    top = max(0.0, min(box["y"] for box in sheet.boxes) - 14)
    bottom = min(sheet.height, max(box["y"] + box["height"] for box in sheet.boxes) + 14)
    left = max(0.0, min(box["x"] for box in sheet.boxes) - 10)
    right = min(sheet.width, max(box["x"] + box["width"] for box in sheet.boxes) + 10)
    if right - left < 240:
        right = min(sheet.width, left + 240)
    return f"{left:g} {top:g} {right - left:g} {bottom - top:g}"


async def gather(reader: Reader, evidence: Row) -> Proof:
    """All that the page and its JSON say about a piece of evidence."""
    document = await reader.get("documents", evidence["document"])
    beside = await reader.rows("evidence", "where document = ? and page = ?", [evidence["document"], evidence["page"]])
    beside.sort(key=lambda row: (*place(row), row["id"]))
    facts = await supported(reader, evidence, (document or {}).get("organ"))
    section = None
    if facts:
        row = facts[0]["row"]
        section = row if facts[0]["table"] == "sections" else await reader.get("sections", row["section"])
    return Proof(
        evidence,
        document or {"id": evidence["document"], "path": "", "title": None, "sha256": ""},
        await reader.get("rules", evidence["rule"]),
        facts,
        section,
        await sheets(reader, evidence, beside),
        beside,
    )


async def also(reader: Reader, proof: Proof) -> list[Row]:
    """What other rules read from exactly the same words, each with its own evidence."""
    mine = proof.evidence
    twins = [row for row in proof.beside if row["boxes"] == mine["boxes"] and row["id"] != mine["id"]]
    return [
        {"id": twin["id"], "name": fact["name"], "fields": fact["fields"]}
        for twin in twins
        for fact in await supported(reader, twin, proof.document.get("organ"))
    ]


async def numbered(reader: Reader, section: Row | None) -> str:
    """`§ 12 Rubrik`: a sub-heading is told with the number that it stands under."""
    if not section:
        return ""
    number, parent = section["number"], section["parent"]
    while not number and parent:
        above = await reader.get("sections", parent)
        number, parent = (above["number"], above["parent"]) if above else (None, None)
    return f"{number} {section['title']}".strip() if number else section["title"]


async def show(request: Any, datasette: Any) -> Response:
    """`/-/evidence/<id>`."""
    key = request.url_vars["id"]
    found = await ours.find(datasette, request, "evidence", key)
    if not found:
        return await elsewhere(datasette, request, key)
    reader, evidence = found
    proof = await gather(reader, evidence)
    try:
        await originals.original(reader, proof.document)
        gone = None
    except originals.Unavailable as error:
        gone = str(error)
    ids = [row["id"] for row in proof.beside]
    at = ids.index(key)
    context = {
        "proof": proof,
        "also": await also(reader, proof),
        "title": ours.document_label(proof.document),
        "what": proof.facts[0]["name"] if proof.facts else "Belägg",
        "section": await numbered(reader, proof.section),
        "gone": gone,
        "at": at + 1,
        "total": len(ids),
        "previous": ids[at - 1] if at else None,
        "next": ids[at + 1] if at + 1 < len(ids) else None,
        "closer": closer(proof.sheets[0]),
        "pdf": datasette.urls.path(f"/-/pdf/{evidence['document']}#page={evidence['page'] or 1}"),
        "row_url": reader.row_url("evidence", key),
        "spell": spelled,
    }
    return await web.page(datasette, request, "evidence.html", context)


async def elsewhere(datasette: Any, request: Any, key: str) -> Response:
    """An id that no database holds: a corrected file's old address leads on, anything else is told plainly."""
    document, _, rest = key.partition("-")
    for reader in await ours.readers(datasette, request):
        if new := await ours.moved(reader, document):
            same = f"{new}-{rest}"
            there = f"/-/evidence/{same}" if await reader.get("evidence", same) else f"/-/dokument/{new}"
            return Response.redirect(datasette.urls.path(there), headers=dict(web.SAFE))
    return await web.sorry(
        datasette,
        request,
        "Belägget finns inte",
        "Registret har inget belägg med den adressen. Dokumentet kan ha tagits bort, eller adressen vara avklippt.",
    )


async def as_json(request: Any, datasette: Any) -> Response:
    """`/-/evidence/<id>.json`: the same for programs."""
    key = request.url_vars["id"]
    found = await ours.find(datasette, request, "evidence", key)
    if not found:
        return web.json({"ok": False, "error": "Belägget finns inte."}, 404)
    reader, evidence = found
    proof = await gather(reader, evidence)
    path = datasette.urls.path
    return web.json(
        {
            **{name: evidence[name] for name in ("id", "page", "quote")},
            "boxes": labels.boxes(evidence["boxes"]),
            "pages": [{"page": s.page, "width": s.width, "height": s.height, "image": s.image} for s in proof.sheets],
            "document": {
                name: proof.document.get(name) for name in ("id", "title", "kind", "organ", "meeting_date", "sha256")
            },
            "section": await numbered(reader, proof.section) or None,
            "rule": evidence["rule"],
            "rows": [{"table": fact["table"], "id": fact["row"]["id"], "url": fact["url"]} for fact in proof.facts],
            "pdf": path(f"/-/pdf/{evidence['document']}#page={evidence['page'] or 1}"),
            "url": path(f"/-/evidence/{key}"),
        }
    )
