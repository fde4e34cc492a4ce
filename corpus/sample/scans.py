"""Scanned documents: a page set by typst becomes a crooked grey picture, with or without a layer of misread words.

The story says how in `scan`: `layer` (false: picture only), `seed`, `tilt` (degrees), `grey` (the paper), and in `ocr`
what the reading machine made of printed words: {printed words: read words}. The labels of such a document quote what
was read, because that is what a reader of the file gets; names and days are as printed. Of a picture without words
nothing but the document itself is labelled.

Needs pypdfium2, Pillow and reportlab besides what make.py needs.
"""

import io
import json
import math
import random
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
DPI, QUALITY = 120, 42
QUOTED = {"text", "point", "title", "quote", "zone"}  # what labels quote from the page
FONTS = ("Liberation Serif", "Liberation Sans")


def missing(story):
    """Fonts and packages that this machine lacks."""
    import importlib.util

    import typst

    packages = [p for p in ("pypdfium2", "PIL", "reportlab") if importlib.util.find_spec(p) is None]
    return packages + sorted(set(FONTS) - set(typst.Fonts().families()))


def render(story, target):
    import typst

    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean.pdf"
        typst.compile(
            str(HERE / "layouts" / "scan.typ"),
            output=str(clean),
            root=str(HERE),
            format="pdf",
            sys_inputs={"story": json.dumps(story, ensure_ascii=False)},
        )
        photograph(clean, target, story)


def photograph(clean, target, story):
    """Copy a PDF as a scanner does: each page a picture, and over it the words that were read, not drawn."""
    import pdfplumber
    import pypdfium2
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    scan = story["scan"]
    canvas = Canvas(str(target), invariant=1, pageCompression=1)
    canvas.setTitle("")
    canvas.setCreator("Kopiator")
    pictures = pypdfium2.PdfDocument(clean)
    with pdfplumber.open(clean) as pages:
        for number, page in enumerate(pages.pages):
            chance = random.Random(f"{scan['seed']}-{number}")
            tilt = scan["tilt"] * chance.uniform(-1, 1)
            shift = chance.uniform(-4, 4), chance.uniform(-4, 4)
            picture = spoil(pictures[number].render(scale=DPI / 72, grayscale=True).to_pil(), tilt, shift, scan, chance)
            jpeg = io.BytesIO()
            picture.save(jpeg, "JPEG", quality=QUALITY)
            canvas.setPageSize((page.width, page.height))
            canvas.drawImage(ImageReader(jpeg), 0, 0, page.width, page.height)
            if scan["layer"]:
                lay(canvas, page, tilt, shift, story.get("ocr") or {})
            canvas.showPage()
    canvas.save()


def spoil(picture, tilt, shift, scan, chance):
    """What the glass does: a turn and a shift, grey paper, a dark edge, specks."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    moved = tuple(round(s * DPI / 72) for s in shift)
    picture = picture.convert("L").rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    picture = ImageChops.offset(picture, *moved).filter(ImageFilter.GaussianBlur(0.55))
    low = 38
    picture = picture.point([round(low + (scan["grey"] - low) * v / 255) for v in range(256)])
    wide, high = picture.width // 3, picture.height // 3
    grain = Image.frombytes("L", (wide, high), chance.randbytes(wide * high))
    grain = grain.resize(picture.size).point([round((v - 128) / 26) + 128 for v in range(256)])
    picture = ImageChops.add(picture, grain, offset=-128)
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y, r = chance.randrange(picture.width), chance.randrange(picture.height), chance.choice((0, 0, 1, 1, 2))
        draw.ellipse((x, y, x + r, y + r), fill=chance.randrange(60, 150))
    for x in range(7):
        draw.line((x, 0, x, picture.height), fill=min(255, 90 + x * 20))
    return picture


def lay(canvas, page, tilt, shift, ocr):
    """Print the read words invisibly where their pictures lie."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    turn = math.radians(tilt)
    cx, cy = page.width / 2, page.height / 2
    for line in page.extract_text_lines(return_chars=True):
        for word, x0, x1, bottom, size in read_words(page, line, ocr):
            # the picture was turned about its middle, then shifted right and down
            dx, dy = x0 - cx, (page.height - bottom) - cy
            x = cx + dx * math.cos(turn) - dy * math.sin(turn) + shift[0]
            y = cy + dx * math.sin(turn) + dy * math.cos(turn) - shift[1]
            text = canvas.beginText()
            text.setTextRenderMode(3)
            text.setTextTransform(math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), x, y + 0.22 * size)
            text.setFont("Times-Roman", size)
            text.setHorizScale(100 * (x1 - x0) / stringWidth(word, "Times-Roman", size))
            text.textOut(word + " ")
            canvas.drawText(text)


def read_words(page, line, ocr):
    """(read word, left, right, bottom, size) along one printed line; misread words stand where the printed ones do."""
    box = (0, line["top"] - 0.5, page.width, line["bottom"] + 0.5)
    words = page.crop(box).extract_words(x_tolerance=1.5, extra_attrs=["size"])
    words = [w for w in words if line["x0"] - 1 <= w["x0"] and w["x1"] <= line["x1"] + 1]
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            some = words[at : at + length]
            printed = " ".join(w["text"] for w in some)
            if length == 1 or printed in ocr:
                break
        x0, x1 = some[0]["x0"], some[-1]["x1"]
        read = ocr.get(printed, printed).split()
        letter = space = (x1 - x0) / (sum(map(len, read)) + len(read) - 1)
        for word in read:
            width = letter * len(word)
            yield word, x0, x0 + width, max(w["bottom"] for w in some), some[0]["size"]
            x0 += width + space
        at += len(some)


def as_read(story):
    """The story as its labels see it: quoted in the words that were read, or without a word."""
    if not story["scan"]["layer"]:
        return story | {"blocks": [], "chair": None, "secretary": None, "adjusters": []}
    ocr = story.get("ocr") or {}

    def read(value):
        if isinstance(value, dict):
            return {k: misread(v, ocr) if k in QUOTED and isinstance(v, str) else read(v) for k, v in value.items()}
        return [read(v) for v in value] if isinstance(value, list) else value

    return story | {"blocks": read(story["blocks"])}


def misread(text, ocr):
    """A text in the words of the layer; punctuation belongs to its word, as in the file."""
    words, out, at = text.split(), [], 0
    while at < len(words):
        for length in (3, 2, 1):
            printed = " ".join(words[at : at + length])
            if length == 1 or printed in ocr:
                break
        out.append(ocr.get(printed, printed))
        at += length
    return " ".join(out)
