"""A PDF file → pages of words, through pdfium.

pdfium is not thread-safe: one process reads one file at a time. All coordinates leave this file in points from the
top left corner of the page as a viewer shows it (CropBox and /Rotate applied).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from protoparse.pdf.notes import NOTHING, without_marks
from protoparse.pdf.ruling import Rule, drawn_on
from protoparse.text import DRAWN, Box, Word


class Unreadable(Exception):
    """A file that cannot be read; the message is the reason, in Swedish."""


@dataclass(slots=True)
class Page:
    """One page: 1-based number, size in points as a viewer shows it, its words in the order of the content stream,
    whether it holds no text but a picture, the words that run across the reading direction (stamps), those outside the
    edges of what is shown, the ruling lines, the fields filled with a tint, and the marks of lists that are drawn.

    `ocr`: a machine read the words from a picture that covers the page; `cover` is the share of the page that pictures
    cover, told only where it matters. `misread` counts words that were mended; `quality` and `note` say how sound the
    text layer looks. `masked` are the places of the `numbers` personal numbers that were hidden.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    sideways: list[Word] = field(default_factory=list)
    outside: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    tints: list[Rule] = field(default_factory=list)
    marks: list[Word] = field(default_factory=list)
    scanned: bool = False
    ocr: bool = False
    cover: float | None = None
    misread: int = 0
    quality: float | None = None
    note: str | None = None
    numbers: int = 0
    masked: tuple[Box, ...] = ()


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
        scanner = _from_scanner(document)
        return Document(path, [_page(document, index, scanner) for index in range(len(document))])
    finally:
        document.close()


FEW = 15  # a page with fewer words may be a picture with a stamp or a running head on it


def _page(document: pdfium.PdfDocument, index: int, scanner: bool) -> Page:
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise Unreadable(f"sidan {index + 1} är trasig") from error
    view = _View.of(page)
    textpage = page.get_textpage()
    try:
        result = Page(index + 1, view.width, view.height)
        wide, high = 2 * view.width, 2 * view.height
        for word, sideways in _words(textpage, view, index + 1):
            if not (0 < word.x0 + word.x1 < wide and 0 < word.top + word.bottom < high):
                result.outside.append(word)
            else:
                (result.sideways if sideways else result.words).append(word)
        if result.sideways:
            _complete_stamps(result)
        rules, tints, figures = ([Rule(*view.box(*box)) for box in boxes] for boxes in drawn_on(page))
        result.rules, result.tints = rules, [t for t in tints if _is_field(t, view)]
        result.marks = _marks(figures, result.words) if figures else []
        result.scanned = len(result.words) < 3 and _has_picture(page)
        result.ocr = _is_ocr(page, textpage, result.words, scanner)
        if not result.scanned and not result.ocr and len(result.words) < FEW:
            result.cover = _cover(page)
        return result
    finally:
        textpage.close()
        page.close()


def _is_field(tint: Rule, view: _View) -> bool:
    """Whether a tinted box is a field on the page and not its ground."""
    return (tint.x1 - tint.x0) * (tint.y1 - tint.y0) < 0.4 * view.width * view.height


_MOST_FIGURES = 400  # on one page: more are a drawing


def _marks(figures: Sequence[Rule], words: Sequence[Word]) -> list[Word]:
    """The small figures that stand alone before the first word of a line, at the height of its letters, as bullets."""
    if len(figures) > _MOST_FIGURES:
        return []
    alone = [f for k, f in enumerate(figures) if not any(_crowds(f, o) for o in figures[:k] + figures[k + 1 :])]
    found: list[Word] = []
    for x0, top, x1, bottom in dict.fromkeys(alone):
        middle = (top + bottom) / 2
        level = [w for w in words if 0.05 * w.size < w.bottom - middle - 0.25 * w.size < 0.85 * w.size]
        after = min((w for w in level if w.x0 > x1), key=lambda w: w.x0, default=None)
        before = max((w.x1 for w in level if w.x0 < x1), default=-1000.0)
        if after is None or not 0.15 < (max(x1 - x0, bottom - top) / after.size) < 0.95:
            continue
        if x0 - before > 1.2 * after.size and 0.1 < (after.x0 - x1) / after.size < 3.5:
            found.append(after._replace(text="•", x0=x0, x1=x1, printed=DRAWN))
    return found


def _crowds(one: Rule, other: Rule) -> bool:
    """Whether another figure stands beside one, as the parts of a drawing do; not one drawn over it."""
    if other == one or abs(one.y0 - other.y0) > 8:
        return False
    inside = other.x0 > one.x0 - 2 and other.x1 < one.x1 + 2
    return not inside and other.x0 < one.x1 + 24 and other.x1 > one.x0 - 24


def _complete_stamps(page: Page) -> None:
    """Moves what is printed upright inside a stamp in the margin to the words of that stamp: figures and initials
    between turned words, beside the text and never in it."""
    for left in (True, False):
        edge = 0.1 * page.width
        stamp = [w for w in page.sideways if (w.x1 < edge if left else w.x0 > page.width - edge)]
        if not stamp:
            continue
        x0, x1 = min(w.x0 for w in stamp) - 4, max(w.x1 for w in stamp) + 4
        caught = [w for w in page.words if w.x0 > x0 and w.x1 < x1]
        text = [w for w in page.words if (w.x0 > x1 if left else w.x1 < x0)]
        if caught and len(caught) < 0.1 * len(text):
            page.words = [w for w in page.words if not (w.x0 > x0 and w.x1 < x1)]
            page.sideways += caught


# Programs and machines that lay text over pictures of pages; `Producer` or `Creator` of the file.
_SCANNERS = re.compile(
    r"abbyy|finereader|omnipage|tesseract|ocrmypdf|paper capture|\bocr\b|readiris|kofax|scan|kopiator|copier|iR-?ADV"
    r"|bizhub|workcentre|altalink|aficio|taskalfa|ecosys|officejet|laserjet|mfp|\bMX-\d|iris",
    re.IGNORECASE,
)
_PAGE_SIZE = 0.6  # of a page's area: a picture of this size is the page itself
_SIGN = re.compile(r"[&$£]{1,2}(?:\d{1,4})?")  # what OCR makes of `§`


def _from_scanner(document: pdfium.PdfDocument) -> bool:
    return any(_SCANNERS.search(document.get_metadata_value(key)) for key in ("Producer", "Creator"))


def _is_ocr(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, words: list[Word], scanner: bool) -> bool:
    """Whether the words were read by a machine from a picture that covers the page: they are not drawn, their font has
    no glyphs, the file comes from a scanner, or paragraph signs are misread as such machines do."""
    if not words:
        return False
    suspect = scanner or _undrawn(textpage) or any(_SIGN.fullmatch(word.text) for word in words)
    return suspect and _cover(page) >= _PAGE_SIZE


def _undrawn(textpage: pdfium.PdfTextPage) -> bool:
    """Whether characters at the start, in the middle and at the end of a page are not drawn."""
    count = textpage.count_chars()
    name, flags = ctypes.create_string_buffer(64), ctypes.c_int()
    for index in {0, count // 2, count // 2 + 1, max(0, count - 3)}:
        drawn = raw.FPDFText_GetTextObject(textpage.raw, index)
        if drawn and raw.FPDFTextObj_GetTextRenderMode(drawn) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
            return True
        raw.FPDFText_GetFontInfo(textpage.raw, index, name, 64, flags)
        if b"GlyphLess" in name.value or b"HiddenHorz" in name.value:
            return True
    return False


def _cover(page: pdfium.PdfPage) -> float:
    """The share of a page that its pictures cover, as it is shown."""
    left, bottom, right, top = page.get_cropbox()
    area = 0.0
    for picture in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        x0, y0, x1, y1 = picture.get_bounds()
        area += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    whole = (right - left) * (top - bottom)
    return min(1.0, area / whole) if whole > 0 else 0.0


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
        "ﬆ": "st", "\uf0b7": "•", "\uf0a7": "•", "\uf02d": "–", "\uf0fc": "✓", "\uf0d8": "•", "●": "•", "▪": "•",
        "\uf0fe": "☑", "\uf0fd": "☒", "\uf0fb": "✗", "\uf0a8": "☐", "\uf06f": "☐", "\x7f": "•", "‣": "•", "⁃": "•",
        "∙": "•", "➢": "•", "➤": "•", "►": "•", "▶": "•", "❖": "•", "◆": "•", "⦁": "•", "⚫": "•",
    }
)  # fmt: skip
_SYMBOL = re.compile(r"[\ue000-\uf8ff]")  # of a font of symbols: alone it is a mark, whichever it is
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
    if _SYMBOL.fullmatch(text) and ord(text) not in _TABLE:
        return "•"
    text = unicodedata.normalize("NFC", text.translate(_TABLE))
    if _ACCENT.search(text):
        text = _ACCENT.sub(lambda m: unicodedata.normalize("NFC", m[2].replace("ı", "i") + _ACCENTS[m[1]]), text)
    return text


class _Boxes:
    """Boxes, sizes and fonts of the characters of a text page, with the C buffers made once."""

    def __init__(self, textpage: pdfium.PdfTextPage, view: _View):
        self._raw, self._view = textpage.raw, view
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._bold: dict[bytes, bool] = {}
        self._sizes: dict[float, float] = {}  # the sizes of a line's characters by the heights of their boxes
        self._loose: tuple[int, tuple[float, float, float, float] | None] = (-1, None)  # what was asked for last
        self._origin: tuple[int, tuple[float, float]] = (-1, (0.0, 0.0))

    def loose(self, index: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right, top of a character in user space, as tall as its font."""
        if self._loose[0] == index:
            return self._loose[1]
        rect = self._rect
        known = raw.FPDFText_GetLooseCharBox(self._raw, index, rect)
        found = (rect.left, rect.bottom, rect.right, rect.top) if known else None
        self._loose = (index, found)
        return found

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character stands on its baseline, in user space."""
        if self._origin[0] == index:
            return self._origin[1]
        raw.FPDFText_GetCharOrigin(self._raw, index, self._x, self._y)
        found = (self._x.value, self._y.value)
        self._origin = (index, found)
        return found

    def falls(self, first: int, last: int) -> bool:
        """Whether two characters of one token stand on different lines: pdfium runs figures together that are drawn one
        below another. Where the box of the last one stands about the baseline of the first, they do not."""
        y = self.origin(first)[1]
        box = self.loose(last)
        if box is not None and -3 < y - (0.8 * box[1] + 0.2 * box[3]) < 3:
            return False
        raw.FPDFText_GetCharOrigin(self._raw, last, self._x, self._y)
        return abs(y - self._y.value) > 7

    def upright(self, first: int, last: int, scale: float) -> tuple[float, float, float, float, float] | None:
        """The box of a word as a viewer shows it, and its size, of a page that is not turned; None where its last
        character seems not to stand on the baseline of its first: then it has to be looked at closer."""
        rect, x, y = self._rect, self._x, self._y
        if not raw.FPDFText_GetLooseCharBox(self._raw, last, rect):
            return None
        raw.FPDFText_GetCharOrigin(self._raw, first, x, y)
        left, level, right = x.value, y.value, rect.right
        low, high = rect.bottom, rect.top
        if not -3 < level - (0.8 * low + 0.2 * high) < 3:
            return None
        nominal = self._sizes.get(high - low)
        if nominal is None:
            nominal = self._sizes[high - low] = raw.FPDFText_GetFontSize(self._raw, first)
        size = nominal * scale
        if size <= 0.5:
            return None
        down, edge = self._view.top - level, self._view.left
        x0, x1 = (left, right) if left < right else (right, left)
        return x0 - edge, down - _ASCENT * size, x1 - edge, down + _DESCENT * size, round(size, 1)

    def new_line(self) -> None:
        """Forgets the sizes that go with the heights of the line before."""
        self._sizes.clear()

    def scale(self, index: int) -> float:
        """How much larger than its nominal size a character is printed; 0 when its baseline is not horizontal."""
        matrix = self._matrix
        if not raw.FPDFText_GetMatrix(self._raw, index, matrix):
            return 1.0
        upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) < 0.02 * matrix.a
        return matrix.d if upright else 0.0

    def middle(self, index: int) -> float:
        """The middle of a character's ink from left to right, in user space."""
        edges = [ctypes.c_double() for _ in range(4)]
        raw.FPDFText_GetCharBox(self._raw, index, *edges)
        return (edges[0].value + edges[1].value) / 2

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
        string = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        # A pair of surrogates is one character but two indexes: then unit by unit.
        return string if len(string) == count else "".join(map(chr, buffer[:count]))
    # Characters without a Unicode value are left out of the text: ask for each, so that the indexes agree.
    unicode_of = raw.FPDFText_GetUnicode
    return "".join(chr(unicode_of(textpage.raw, i) & 0xFFFF or 1) for i in range(count))


def _words(textpage: pdfium.PdfTextPage, view: _View, number: int) -> Iterator[tuple[Word, bool]]:
    boxes = _Boxes(textpage, view)
    make, plain = tuple.__new__, not view.rotation
    string = _string(textpage)
    if _SPACING_ACCENT.search(string):
        string = _composed(string, boxes)
    if plain:
        string = without_marks(string, boxes)
    line_end, bold, mixed, scale, uneven = -1, False, False, 1.0, False
    for match in _TOKEN.finditer(string):
        start, end = match.start(), match.end()
        if start > line_end:  # a new line of pdfium's: look the font up anew
            line_end = _next_break(string, start)
            bold, mixed = _line_weight(boxes, start, line_end)
            scale = boxes.scale(start)
            uneven = boxes.scale(max(start, line_end - 1)) != scale
            boxes.new_line()
        if uneven:
            scale = boxes.scale(start)
        placed = boxes.upright(start, end - 1, scale) if plain and scale and match.group().isascii() else None
        if placed is not None:
            x0, top, x1, bottom, size = placed
            text = normalise(match.group())
            sideways = bottom - top > 1.3 * (x1 - x0) and end - start > 1 and _turned(boxes.angle(start))
            weight = boxes.bold(start) if mixed else bold
            yield make(Word, (text, number, x0, top, x1, bottom, size, weight, "")), sideways
            continue
        pieces = [(start, end)] if match.group().isascii() else _pieces(string, start, end)
        if scale and end - start > 1 and boxes.falls(start, end - 1):
            pieces = [part for a, b in pieces for part in _levels(boxes, a, b)]
        for a, b in pieces:
            text = normalise(string[a:b])
            placed = _place(boxes, view, a, b, scale) if text else None
            if placed is not None:
                x0, top, x1, bottom, size = placed
                sideways = False
                if not scale or (bottom - top > 1.3 * (x1 - x0) and b - a > 1):
                    angle = boxes.angle(a)
                    sideways = _turned(angle) or (not scale and _slanted(angle))
                yield (
                    make(Word, (text, number, x0, top, x1, bottom, size, boxes.bold(a) if mixed else bold, "")),
                    sideways,
                )


_SPACING_ACCENT = re.compile(r"[¨˚´`ˆ]")


def _composed(string: str, boxes: _Boxes) -> str:
    """Spacing accents put on the letter that they are printed over, which may stand before or after them (`¨o`, `a˚`);
    the blank that their width seems to make (`Na˚ got`) is taken out."""
    units = list(string)
    for match in _SPACING_ACCENT.finditer(string):
        at = match.start()
        base = _under(units, at, boxes)
        if base is None:
            continue
        units[base] = unicodedata.normalize("NFC", units[base].replace("ı", "i") + _ACCENTS[match.group()])
        units[at] = NOTHING
        for blank in (at - 1, at + 1):
            if 0 < blank < len(units) and units[blank] == " " and _touch(units, blank, boxes):
                units[blank] = NOTHING
    return "".join(units)


def _under(units: list[str], at: int, boxes: _Boxes) -> int | None:
    """The index of the letter that an accent is printed over."""
    middle = boxes.middle(at)
    for near in (at - 1, at + 1, at - 2, at + 2):
        if 0 <= near < len(units) and units[near].isalpha():
            box = boxes.loose(near)
            if box is not None and box[0] <= middle <= box[2]:
                return near
    return None


def _touch(units: list[str], blank: int, boxes: _Boxes) -> bool:
    """Whether the letters on both sides of a blank stand as close as inside a word."""
    left = next((k for k in range(blank - 1, max(-1, blank - 3), -1) if units[k].isalnum()), None)
    right = next((k for k in range(blank + 1, min(len(units), blank + 3)) if units[k].isalnum()), None)
    a, b = (boxes.loose(k) if k is not None else None for k in (left, right))
    return a is not None and b is not None and -1 < b[0] - a[2] < 0.12 * (a[3] - a[1])


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


def _levels(boxes: _Boxes, start: int, end: int) -> list[tuple[int, int]]:
    """A token cut where its characters go on at another height."""
    cuts = [start, *(k for k in range(start + 1, end) if boxes.falls(k - 1, k)), end]
    return list(pairwise(cuts))


_ASCENT, _DESCENT = 0.9, 0.25  # of the font size: above and below the baseline, as most fonts of offices have it


def _place(
    boxes: _Boxes, view: _View, start: int, end: int, scale: float
) -> tuple[float, float, float, float, float] | None:
    """The box of a word as a viewer shows it, and its size in points.

    Its height is told from baseline and size: pdfium's boxes are as low as the letter itself for many embedded fonts.
    """
    last = boxes.loose(end - 1)
    if last is None:
        return None
    nominal = boxes.size(start)
    if scale and nominal * scale > 0.5:
        size = nominal * scale
        x, y = boxes.origin(start)
        return *view.box(min(x, last[2]), y - _DESCENT * size, max(x, last[2]), y + _ASCENT * size), round(size, 1)
    first = boxes.loose(start) or last
    x0, top, x1, bottom = view.box(
        min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])
    )
    height = min(bottom - top, x1 - x0) if view.rotation % 180 == 0 else bottom - top
    size = nominal if 0.6 * height < nominal < 1.7 * height else 0.87 * height
    return x0, top, x1, bottom, round(size, 1)


def _slanted(angle: float) -> bool:
    """Whether a baseline runs aslant, as that of a watermark does."""
    return 0.15 < angle % 1.5707963267948966 < 1.42


def _turned(angle: float) -> bool:
    return 0.4 < angle < 5.88
