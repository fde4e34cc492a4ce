"""Small PDFs for tests, drawn with reportlab: a page is a list of (x, y from the top, text[, size[, font]])."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)


def draw(
    path: Path,
    pages: Sequence[Sequence[tuple]],
    size: tuple[float, float] = A4,
    rotate: int = 0,
    crop: tuple[float, float, float, float] | None = None,
    lines: Sequence[tuple[float, float, float, float]] = (),
    figures: Sequence[tuple[str, float, float, float]] = (),
    tints: Sequence[tuple[float, float, float, float]] = (),
    turned: Sequence[tuple] = (),
) -> Path:
    """Writes a PDF that a viewer shows in the given size. `rotate`: the page is stored turned and shown upright through
    /Rotate; `crop` is left, bottom, right, top in user space. On every page (y from top): `lines`; `figures`, which are
    a disc, ring, square or dash with their middle and size; `tints`, filled boxes; `turned`, (x, y, text[, size]) that
    runs upwards."""
    stored = size if rotate % 180 == 0 else size[::-1]
    canvas = Canvas(str(path), pagesize=size, invariant=1)  # turns the MediaBox itself on a rotated page
    for page in pages:
        if rotate:
            canvas.setPageRotation(rotate)
            canvas.translate(stored[0] if rotate in (90, 180) else 0, stored[1] if rotate in (180, 270) else 0)
            canvas.rotate(rotate)
        if crop:
            canvas.setCropBox(crop)
        for x0, y0, x1, y1 in tints:
            canvas.setFillGray(0.85)
            canvas.rect(x0, size[1] - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
            canvas.setFillGray(0)
        for kind, x, y, large in figures:
            _figure(canvas, kind, x, size[1] - y, large)
        for x, y, text, *style in turned:
            canvas.saveState()
            canvas.setFont("Helvetica", style[0] if style else 7)
            canvas.translate(x, size[1] - y)
            canvas.rotate(90)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
        for x, y, text, *style in page:
            canvas.setFont(style[1] if len(style) > 1 else "Helvetica", style[0] if style else 11)
            canvas.drawString(x, size[1] - y, text)
        for x0, y0, x1, y1 in lines:
            canvas.line(x0, size[1] - y0, x1, size[1] - y1)
        canvas.showPage()
    canvas.save()
    return path


def _figure(canvas: Canvas, kind: str, x: float, y: float, large: float) -> None:
    if kind in ("disc", "ring"):
        canvas.circle(x, y, large / 2, stroke=kind == "ring", fill=kind == "disc")
    elif kind == "square":
        canvas.rect(x - large / 2, y - large / 2, large, large, stroke=0, fill=1)
    else:
        canvas.rect(x - large / 2, y - 0.4, large, 0.8, stroke=0, fill=1)


def paragraph(x: float, y: float, lines: Sequence[str], size: float = 11, step: float = 13) -> list[tuple]:
    """Lines of text one under another."""
    return [(x, y + k * step, line, size) for k, line in enumerate(lines)]


def table(
    x: Sequence[float], y: float, rows: Sequence[Sequence[str]], step: float = 20, head: str = "Helvetica-Bold"
) -> list[tuple]:
    """The cells of a table, rows `step` points apart, columns beginning at `x`; the first row in the font `head`. The
    lines of a cell are parted by a line break."""
    cells = []
    for row, texts in enumerate(rows):
        for left, text in zip(x, texts, strict=False):
            font = head if row == 0 else "Helvetica"
            cells += [(left, y + row * step + 11 * k, part, 9, font) for k, part in enumerate(text.split("\n")) if part]
    return cells


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float, float, float]]:
    """The lines of a ruled table between these places."""
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
