"""Pictures of pages: pdfium draws, pillow packs, a small cache remembers."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

Bars = Sequence[dict[str, float]]  # boxes of hidden numbers, in points from the top left corner of the page

SCALE = 2.0  # pixels a point: sharp on a telephone, 60 ms and 200 kB for a page of A4
LONGEST = 2600  # pixels: a poster must not fill the memory
FORMATS = {"png": "image/png", "jpg": "image/jpeg"}
VERSION = "1"  # part of the ETag: raise it when pages are drawn in another way
BAR = 1.0  # points that a bar reaches over its box: letters of some fonts do too
CACHE_BYTES = 48 * 1024 * 1024

# pdfium is not thread-safe: one thread of its own draws everything, which is lock and executor in one.
_painter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="protoparse-page")
_cache: OrderedDict[tuple[str, int, str, str], bytes] = OrderedDict()


class NoSuchPage(LookupError):
    """The document has no such page."""


def _shape(bars: Bars) -> str:
    """What tells two sets of bars apart; empty without any."""
    return hashlib.sha256(json.dumps(list(bars), sort_keys=True).encode()).hexdigest()[:8] if bars else ""


def etag(sha256: str, page: int, form: str, bars: Bars = ()) -> str:
    """The picture's version: it depends on the file's content, the page, what is hidden and how we draw."""
    return f'"{sha256[:20]}-{page}-{form}-{VERSION}{_shape(bars)}"'


def draw(path: Path, page: int, form: str, bars: Bars = ()) -> bytes:
    """One page (from 1) as a viewer shows it: cropped and rotated, with black bars over what is hidden."""
    with pypdfium2.PdfDocument(path) as document:
        if not 1 <= page <= len(document):
            raise NoSuchPage(page)
        sheet = document[page - 1]
        scale = min(SCALE, LONGEST / max(sheet.get_size()))
        picture = sheet.render(scale=scale).to_pil().convert("RGB")
        sheet.close()
    cover(picture, bars, scale)
    packed = io.BytesIO()
    if form == "png":
        picture.save(packed, "PNG")
    else:
        picture.save(packed, "JPEG", quality=85)
    return packed.getvalue()


def cover(picture: Image.Image, bars: Bars, scale: float) -> None:
    """Draws the bars on a picture of `scale` pixels a point."""
    brush = ImageDraw.Draw(picture)
    for bar in bars:
        corners = (bar["x0"] - BAR, bar["top"] - BAR, bar["x1"] + BAR, bar["bottom"] + BAR)
        brush.rectangle([edge * scale for edge in corners], fill="black")


def _remember(key: tuple[str, int, str, str], data: bytes) -> None:
    _cache[key] = data
    while len(_cache) > 1 and sum(map(len, _cache.values())) > CACHE_BYTES:
        _cache.popitem(last=False)


def _draw_once(path: Path, sha256: str, page: int, form: str, bars: Bars) -> bytes:
    key = sha256, page, form, _shape(bars)
    if key not in _cache:
        _remember(key, draw(path, page, form, bars))
    _cache.move_to_end(key)
    return _cache[key]


async def picture(path: Path, sha256: str, page: int, form: str, bars: Bars = ()) -> bytes:
    """The page's picture, from the cache when it was drawn before."""
    return await asyncio.get_running_loop().run_in_executor(_painter, _draw_once, path, sha256, page, form, bars)
