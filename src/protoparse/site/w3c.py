"""Evidence as W3C Web Annotations: https://www.w3.org/TR/annotation-model/.

Where on a page the words stand is said with the `page` and `viewrect` of RFC 8118.
"""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from protoparse.site import labels, ours, web

Row = dict[str, Any]
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
KIND = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
PAGE = 500


def annotation(evidence: Row, base: str) -> Row:
    """One piece of evidence: its words, and where in the PDF they stand, in points from a page's top left corner."""
    pdf = f"{base}/-/pdf/{evidence['document']}"
    boxes = [
        {
            "type": "FragmentSelector",
            "conformsTo": "http://tools.ietf.org/rfc/rfc8118",
            "value": "page={page:.0f}&viewrect={x0:g},{top:g},{width:g},{height:g}".format(
                **box, width=round(box["x1"] - box["x0"], 2), height=round(box["bottom"] - box["top"], 2)
            ),
        }
        for box in labels.boxes(evidence["boxes"])
    ]
    return {
        "id": f"{base}/-/evidence/{evidence['id']}",
        "type": "Annotation",
        "motivation": "highlighting",
        "target": {
            "source": pdf,
            "selector": [{"type": "TextQuoteSelector", "exact": evidence["quote"]}, *boxes],
        },
    }


def _answer(data: Row) -> Response:
    found = web.json({"@context": CONTEXT, **data})
    return Response(body=found.body, headers=dict(web.SAFE), content_type=KIND)


async def one(request: Any, datasette: Any) -> Response:
    """`/-/evidence/<id>.jsonld`."""
    found = await ours.find(datasette, request, "evidence", request.url_vars["id"])
    if not found:
        return web.json({"ok": False, "error": "Belägget finns inte."}, 404)
    return _answer(annotation(found[1], web.base(datasette, request)))


async def of_document(request: Any, datasette: Any) -> Response:
    """`/-/dokument/<id>.jsonld?sida=`: all evidence of a document, as a page of a collection."""
    key = request.url_vars["id"]
    found = await ours.find(datasette, request, "documents", key)
    if not found:
        return web.json({"ok": False, "error": "Dokumentet finns inte."}, 404)
    reader, _ = found
    page, base = web.number_of(request, "sida"), web.base(datasette, request)
    address = f"{base}/-/dokument/{key}.jsonld"
    total = await reader.count("evidence", "document = ?", [key])
    rows = await reader.rows(
        "evidence", "where document = ? order by page, id limit ? offset ?", [key, PAGE, (page - 1) * PAGE]
    )
    after = {"next": f"{address}?sida={page + 1}"} if total > page * PAGE else {}
    return _answer(
        {
            "id": f"{address}?sida={page}",
            "type": "AnnotationPage",
            "partOf": {"id": address, "type": "AnnotationCollection", "total": total},
            "startIndex": (page - 1) * PAGE,
            **after,
            "items": [annotation(row, base) for row in rows],
        }
    )
