"""The page's picture and the PDF itself."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from datasette.utils.asgi import Response
from pypdfium2 import PdfiumError

from protoparse.site import labels, originals, ours, picture, ranges, web

# Another file under the same address is impossible (ids are content hashes), but a file may be taken away.
KEEP = "private, max-age=3600"


async def page_image(request: Any, datasette: Any) -> Response:
    """`/-/page-image/<document>/<page>.png` or `.jpg`."""
    form, page = request.url_vars["form"], int(request.url_vars["page"])
    found = await ours.find(datasette, request, "documents", request.url_vars["document"])
    if not found:
        return Response.text("Dokumentet finns inte i registret.", status=404, headers=dict(web.SAFE))
    reader, document = found
    try:
        path = await originals.original(reader, document)
        bars = await hidden(reader, document["id"], page)
        etag = picture.etag(document["sha256"], page, form, bars)
        if web.same(request, etag):
            return web.not_modified(etag)
        data = await picture.picture(path, document["sha256"], page, form, bars)
    except originals.Unavailable as error:
        return Response.text(str(error), status=404, headers=dict(web.SAFE))
    except picture.NoSuchPage:
        return Response.text("Dokumentet har ingen sådan sida.", status=404, headers=dict(web.SAFE))
    except PdfiumError:
        return Response.text("Sidan går inte att rita.", status=404, headers=dict(web.SAFE))
    headers = {**web.SAFE, "ETag": etag, "Cache-Control": KEEP}
    return Response(body=data, headers=headers, content_type=picture.FORMATS[form])


async def hidden(reader: ours.Reader, document: str, page: int) -> list[dict[str, float]]:
    """The boxes of the personal numbers that were hidden on a page; the picture hides them from everybody."""
    if "pages" not in reader.tables:
        return []
    found = await reader.query("select * from pages where document = ? and page = ?", [document, page])
    return [box for row in found for box in labels.boxes(row.get("masked"))]


def disposition(path: str) -> str:
    """Shown in the browser, saved under the file's own name."""
    name = quote(path.rsplit("/", 1)[-1])
    return f"inline; filename*=UTF-8''{name}"


async def pdf(request: Any, datasette: Any, send: Any) -> Response | None:
    """`/-/pdf/<document>`: the file as it was read, or a part of it."""
    found = await ours.find(datasette, request, "documents", request.url_vars["document"])
    if not found:
        return await missing(datasette, request)
    reader, document = found
    try:
        path = await originals.original(reader, document)
    except originals.Unavailable as error:
        return await web.sorry(datasette, request, "PDF-filen kan inte visas", str(error))
    etag = f'"{document["sha256"]}"'
    if web.same(request, etag):
        return web.not_modified(etag)
    headers = {
        "etag": etag,
        "cache-control": KEEP,
        "content-disposition": disposition(document["path"]),
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex, nofollow",
    }
    await ranges.send_file(send, path, ranges.asked(request.headers, etag), "application/pdf", headers)
    return None


async def missing(datasette: Any, request: Any) -> Response:
    """A document that no database names; a corrected file's old address leads to the new one."""
    for reader in await ours.readers(datasette, request):
        if new := await ours.moved(reader, request.url_vars["document"]):
            return Response.redirect(datasette.urls.path(f"/-/pdf/{new}"), headers=dict(web.SAFE))
    return await web.sorry(
        datasette, request, "Dokumentet finns inte", "Registret har inget dokument med den adressen."
    )
