"""What is drawn on a page beside its letters: ruling lines (thin strokes, thin boxes, the edges of frames and tinted
fields), tinted fields themselves, and small figures that may be the marks of a list."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw


class Rule(NamedTuple):
    """A line from left to right or from top to bottom; which corner counts as the first is the caller's matter."""

    x0: float
    y0: float
    x1: float
    y1: float


class Drawn(NamedTuple):
    """What is drawn on a page: ruling lines, fields filled with a tint, and small figures (discs, squares, dashes,
    ticks), each as a box of left, bottom, right, top in points, y upwards."""

    rules: list[Rule]
    tints: list[Rule]
    figures: list[Rule]


_Matrix = tuple[float, float, float, float, float, float]
_PLAIN: _Matrix = (1, 0, 0, 1, 0, 0)
_THIN = 2.6  # points: a box no thicker than this is a line
_SHORT = 6.0  # points: shorter ones are ticks, dots and letters drawn as curves
_MANY = 1500  # paths: more than a table ever needs make a drawing
_SEGMENTS = 200  # of one path
_SMALL, _LARGE = 1.6, 11.0  # points: as wide or high as the marks of lists are
_SHOWN = (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE)


def drawn_on(page: pdfium.PdfPage) -> Drawn:
    """What is drawn on a page, in user space and in the order of drawing; nothing of a page that is full of drawing."""
    found = Drawn([], [], [])
    for count, (what, matrix) in enumerate(_objects(page)):
        if count > _MANY:
            return Drawn([], [], [])
        _sort_in(found, what, matrix)
    return found


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, _Matrix]]:
    """The paths and pictures of a page and of the forms on it, each with the matrix of its form."""
    handle, get, kind = page.raw, raw.FPDFPage_GetObject, raw.FPDFPageObj_GetType
    for index in range(raw.FPDFPage_CountObjects(handle)):
        found = get(handle, index)
        what = kind(found)
        if what in _SHOWN:
            yield found, _PLAIN
        elif what == raw.FPDF_PAGEOBJ_FORM:
            yield from _in_form(found, _PLAIN, 2)


def _in_form(form: raw.FPDF_PAGEOBJECT, around: _Matrix, depth: int) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, _Matrix]]:
    matrix = _times(_matrix(form), around)
    for index in range(min(raw.FPDFFormObj_CountObjects(form), _MANY)):
        found = raw.FPDFFormObj_GetObject(form, index)
        what = raw.FPDFPageObj_GetType(found)
        if what in _SHOWN:
            yield found, matrix
        elif what == raw.FPDF_PAGEOBJ_FORM and depth:
            yield from _in_form(found, matrix, depth - 1)


def _matrix(found: raw.FPDF_PAGEOBJECT) -> _Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(found, matrix):
        return _PLAIN
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    """What applying one matrix and then the other does."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _sort_in(found: Drawn, what: raw.FPDF_PAGEOBJECT, matrix: _Matrix) -> None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(what, *edges):
        return
    left, bottom, right, top = (edge.value for edge in edges)
    x0, y0 = _at(left, bottom, matrix)
    x1, y1 = _at(right, top, matrix)
    box = Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    wide, high = box.x1 - box.x0, box.y1 - box.y0
    picture = raw.FPDFPageObj_GetType(what) == raw.FPDF_PAGEOBJ_IMAGE
    small = _SMALL <= max(wide, high) <= _LARGE and wide > 0.6 * high
    if (picture and not small) or (not picture and not _is_drawn(what)):
        return
    if small:
        found.figures.append(box)
    if picture:
        return
    segments = raw.FPDFPath_CountSegments(what)
    if segments <= 5:
        found.rules.extend(_edges(*box))
        if min(wide, high) > _LARGE and _is_tinted(what):
            found.tints.append(box)
    elif segments <= _SEGMENTS:
        found.rules.extend(_strokes(what, segments, _times(_matrix(what), matrix)))


def _is_drawn(path: raw.FPDF_PAGEOBJECT) -> bool:
    """Whether a path leaves something to be seen: it is stroked, or filled with another colour than white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, fill, stroke):
        return False
    return bool(stroke.value) or _is_tinted(path)


def _is_tinted(path: raw.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is filled with another colour than white."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    colour = [ctypes.c_uint(0) for _ in range(4)]
    if not fill.value or not raw.FPDFPageObj_GetFillColor(path, *colour):
        return bool(fill.value)
    *light, opaque = (part.value for part in colour)
    return opaque > 0 and min(light) < 253


def _edges(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """A thin box as one line along its middle, a larger one as the lines around it."""
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    if y1 - y0 <= _THIN:
        if x1 - x0 >= _SHORT:
            yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif x1 - x0 <= _THIN:
        if y1 - y0 >= _SHORT:
            yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    elif x1 - x0 >= _SHORT and y1 - y0 >= _SHORT:
        yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))


def _strokes(path: raw.FPDF_PAGEOBJECT, segments: int, matrix: _Matrix) -> Iterator[Rule]:
    """The straight lines along the page's edges of a path with many segments."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    for index in range(segments):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        there = _at(x.value, y.value, matrix)
        what = raw.FPDFPathSegment_GetType(segment)
        if what == raw.FPDF_SEGMENT_MOVETO:
            start = there
        elif what == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(here, there)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(there, start)
            there = start
        here = there


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    wide, high = abs(a[0] - b[0]), abs(a[1] - b[1])
    if max(wide, high) >= _SHORT and min(wide, high) <= 0.5:
        yield Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
