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
) -> Path:
    """Writes a PDF that a viewer shows in the given size. `rotate`: the page is stored turned and shown upright through
    /Rotate; `crop` is left, bottom, right, top in user space; `lines` are drawn on every page (y from top)."""
    stored = size if rotate % 180 == 0 else size[::-1]
    canvas = Canvas(str(path), pagesize=size, invariant=1)  # turns the MediaBox itself on a rotated page
    for page in pages:
        if rotate:
            canvas.setPageRotation(rotate)
            canvas.translate(stored[0] if rotate in (90, 180) else 0, stored[1] if rotate in (180, 270) else 0)
            canvas.rotate(rotate)
        if crop:
            canvas.setCropBox(crop)
        for x, y, text, *style in page:
            canvas.setFont(style[1] if len(style) > 1 else "Helvetica", style[0] if style else 11)
            canvas.drawString(x, size[1] - y, text)
        for x0, y0, x1, y1 in lines:
            canvas.line(x0, size[1] - y0, x1, size[1] - y1)
        canvas.showPage()
    canvas.save()
    return path


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
