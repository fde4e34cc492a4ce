"""A PDF file → pages of words, through pdfium.

pdfium is not thread-safe: one process reads one file at a time. All coordinates leave this file in points from the
top left corner of the page as a viewer shows it (CropBox and /Rotate applied).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from protoparse.text import Word


class Unreadable(Exception):
    """A file that cannot be read; the message is the reason, in Swedish."""


@dataclass(slots=True)
class Page:
    """One page: 1-based number, size in points as a viewer shows it, its words in the order of the content stream,
    whether it holds no text but a picture, and the words that run across the reading direction (stamps)."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    sideways: list[Word] = field(default_factory=list)
    scanned: bool = False


@dataclass(slots=True)
class Document:
    """The pages of a file."""

    path: Path
    pages: list[Page]


_REASONS = {
    raw.FPDF_ERR_PASSWORD: "filen är skyddad med lösenord",
    raw.FPDF_ERR_FORMAT: "filen är ingen PDF eller är trasig",
    raw.FPDF_ERR_SECURITY: "filens skydd känns inte igen",
    raw.FPDF_ERR_FILE: "filen kan inte öppnas",
}


def open_pdf(path: Path) -> pdfium.PdfDocument:
    """The file opened by pdfium. Raises Unreadable with a plain reason."""
    try:
        if path.stat().st_size == 0:
            raise Unreadable("filen är tom")
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Unreadable(_REASONS.get(raw.FPDF_GetLastError(), "filen är ingen PDF eller är trasig")) from error
    except OSError as error:
        raise Unreadable(f"filen kan inte öppnas ({error.strerror})") from error
    if len(document) == 0:
        raise Unreadable("filen har inga sidor")
    return document


def read(path: Path) -> Document:
    """All pages of a file. Raises Unreadable with a plain reason."""
    document = open_pdf(path)
    try:
        return Document(path, [_page(document, index) for index in range(len(document))])
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, index: int) -> Page:
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise Unreadable(f"sidan {index + 1} är trasig") from error
    view = _View.of(page)
    textpage = page.get_textpage()
    try:
        result = Page(index + 1, view.width, view.height)
        for word, sideways in _words(textpage, view, index + 1):
            (result.sideways if sideways else result.words).append(word)
        result.scanned = len(result.words) < 3 and _has_picture(page)
        return result
    finally:
        textpage.close()
        page.close()


def has_grid(path: Path, number: int) -> bool:
    """Whether ruling lines on a page (1-based) cross: two long horizontal ones and two vertical ones."""
    document = open_pdf(path)
    try:
        page = document[number - 1]
        boxes = [obj.get_bounds() for obj in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3)]
    finally:
        document.close()
    flat = sum(1 for left, bottom, right, top in boxes if right - left > 60 and top - bottom < 3)
    tall = sum(1 for left, bottom, right, top in boxes if top - bottom > 8 and right - left < 3)
    framed = sum(1 for left, bottom, right, top in boxes if right - left > 20 and top - bottom > 8)
    return (flat >= 2 and tall >= 2) or framed >= 4


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3))


@dataclass(frozen=True, slots=True)
class _View:
    """How user space maps to what a viewer shows."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @classmethod
    def of(cls, page: pdfium.PdfPage) -> _View:
        left, bottom, right, top = page.get_cropbox()
        return cls(left, bottom, right, top, page.get_rotation() % 360)

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A rectangle of user space as x0, top, x1, bottom from the top left corner of the page as shown."""
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.rotation == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


# pdfium marks a hyphen at a line end as U+FFFE and runs the two halves together.
_TOKEN = re.compile(r"[^\s\x00-\x1f\ufffe\ufeff]+\ufffe?")
_SPLIT = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_CHANGED = re.compile(r"[^\x20-\x7e\u00c0-\u00ff§–—”“’•…°½]")
_TABLE = str.maketrans(
    {
        "\ufffe": "-", "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u00ad": "", "\u200b": "", "\u200c": "",
        "\u200d": "", "\u2060": "", "\ufeff": "", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st",
        "ﬆ": "st", "\uf0b7": "•", "\uf0a7": "•", "\uf02d": "–", "\uf0fc": "•", "\uf0d8": "•", "●": "•", "▪": "•",
    }
)  # fmt: skip
_ACCENTS = {"¨": "\u0308", "˚": "\u030a", "°": "\u030a", "´": "\u0301", "`": "\u0300", "ˆ": "\u0302"}
_ACCENT = re.compile(r"([¨˚´`ˆ])\s?([A-Za-zı])")


def normalise(text: str) -> str:
    """A word as a reader sees it: ligatures spelled out, one kind of hyphen, no soft hyphens inside, composed letters.

    LaTeX prints `ö` as a spacing accent before its letter (`¨o`); such pairs are composed.
    """
    if not _CHANGED.search(text):
        return text
    if text.endswith("\u00ad"):
        text = text[:-1] + "-"
    text = unicodedata.normalize("NFC", text.translate(_TABLE))
    if _ACCENT.search(text):
        text = _ACCENT.sub(lambda m: unicodedata.normalize("NFC", m[2].replace("ı", "i") + _ACCENTS[m[1]]), text)
    return text


class _Boxes:
    """Boxes, sizes and fonts of the characters of a text page, with the C buffers made once."""

    def __init__(self, textpage: pdfium.PdfTextPage, view: _View):
        self._raw, self._view = textpage.raw, view
        self._rect = raw.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._bold: dict[bytes, bool] = {}

    def loose(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top of a character in user space, as tall as its font."""
        rect = self._rect
        if not raw.FPDFText_GetLooseCharBox(self._raw, index, rect):
            return None
        return rect.left, rect.bottom, rect.right, rect.top

    def size(self, index: int) -> float:
        """The nominal font size in points, before any scaling of the page."""
        return raw.FPDFText_GetFontSize(self._raw, index)

    def angle(self, index: int) -> float:
        """The direction of a character's baseline in radians, as the viewer shows it."""
        return (raw.FPDFText_GetCharAngle(self._raw, index) + self._view.rotation * 0.017453292519943295) % 6.2831853

    def bold(self, index: int) -> bool:
        """Whether the name of the character's font says bold. (The font weight that pdfium tells is 400 for bold in
        files of LibreOffice and Aspose, and 0 in many of macOS.)"""
        raw.FPDFText_GetFontInfo(self._raw, index, self._name, 128, self._flags)
        name = self._name.value
        if name not in self._bold:
            self._bold[name] = bool(_BOLD.search(name))
        return self._bold[name]


_BOLD = re.compile(rb"bold|black|heavy|semibold|[-,]bd|cmbx|SFBX|lmbx", re.IGNORECASE)


def _string(textpage: pdfium.PdfTextPage) -> str:
    """The text of a page, one UTF-16 unit per character index."""
    count = textpage.count_chars()
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    length = raw.FPDFText_GetText(textpage.raw, 0, count, buffer)
    if length - 1 == count:
        return bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    # Characters without a Unicode value are left out of the text: ask for each, so that the indexes agree.
    unicode_of = raw.FPDFText_GetUnicode
    return "".join(chr(unicode_of(textpage.raw, i) & 0xFFFF or 1) for i in range(count))


def _words(textpage: pdfium.PdfTextPage, view: _View, number: int) -> Iterator[tuple[Word, bool]]:
    boxes = _Boxes(textpage, view)
    string = _string(textpage)
    if len(string) != textpage.count_chars():  # a pair of surrogates was decoded to one character
        string = "".join("\ufffd" if ord(c) > 0xFFFF else c for c in string)
    line_end, bold, mixed = -1, False, False
    for match in _TOKEN.finditer(string):
        start, end = match.start(), match.end()
        if start > line_end:  # a new line of pdfium's: look the font up anew
            line_end = _next_break(string, start)
            bold, mixed = _line_weight(boxes, start, line_end)
        for a, b in _pieces(string, start, end):
            word, sideways = _word(boxes, view, number, string, a, b, boxes.bold(a) if mixed else bold)
            if word is not None:
                yield word, sideways


def _next_break(string: str, start: int) -> int:
    end = string.find("\r", start)
    return end if end >= 0 else len(string)


def _line_weight(boxes: _Boxes, start: int, end: int) -> tuple[bool, bool]:
    """Whether a line is bold, and whether its first and last characters differ so that each word must be asked."""
    first = boxes.bold(start)
    last = boxes.bold(max(start, end - 2))
    return first, first != last


def _pieces(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """A token cut at no-break blanks."""
    token = string[start:end]
    if not _SPLIT.search(token):
        return [(start, end)]
    cuts, at = [], 0
    for match in _SPLIT.finditer(token):
        cuts.append((start + at, start + match.start()))
        at = match.end()
    cuts.append((start + at, end))
    return [(a, b) for a, b in cuts if b > a]


def _word(
    boxes: _Boxes, view: _View, number: int, string: str, start: int, end: int, bold: bool
) -> tuple[Word | None, bool]:
    text = normalise(string[start:end])
    first, last = boxes.loose(start), boxes.loose(end - 1)
    if not text or first is None or last is None:
        return None, False
    x0, top, x1, bottom = view.box(
        min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])
    )
    height = bottom - top
    size = boxes.size(start)
    if not 0.6 * height < size < 1.7 * height:
        size = 0.87 * height  # the nominal size is scaled by the page's matrix, or the font lies about its height
    sideways = height > 1.3 * (x1 - x0) and len(text) > 1 and _turned(boxes.angle(start))
    return Word(text, number, x0, top, x1, bottom, round(size, 1), bold), sideways


def _turned(angle: float) -> bool:
    return 0.4 < angle < 5.88
