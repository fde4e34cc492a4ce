"""Set a story through LibreOffice (docx or pptx -> PDF): an office program's text layer is of its own kind.

`render(story, target)` writes the PDF: the same versions of python-docx, python-pptx, LibreOffice and fonts give the
same bytes (dates, random ids and metadata are taken out). `missing(story)` says what the machine lacks. How a document
looks stands in the `style` of its story; all measures are centimetres but those of type, which are points:

    page: {size: [21, 29.7], margins: [top, right, bottom, left], header: 1.2, footer: 1.0}
    fonts: [body, headings]    body: [top, bottom] of running text on the page in points (for the labels)
    styles: {NAME: {font, size, bold, italic, color, before, after, line, align, left, hang, shade, rule, caps, keep}}
        NAME is what a block is set as: text, title, section, case, sub, zone, column, italic, presenters, link, point,
        people, label, value, cell, head, header, footer, box, print; `as: NAME` beside a block sets it otherwise
    section: ["§ {number}\t{title}", "Dnr {case_number}"]    lines of a section's heading (first: section, then: case)
    header, footer: rows of [left, right] or [left, middle, right]; {page} and {pages} count; first: a header of its own
    hyphens: true divides long words at line ends
    bullet: "•"    what stands before points; `bullets:` beside a list of points says otherwise ("1.", "a)", "–", "")
    grid: colour of the lines of forms and tables (none: no lines)    form: widths of a form    logo: {text, color}
"""

import re
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

SOFFICE = ("soffice", "--headless", "--norestore", "--convert-to", "pdf")
LOOKS = {
    "title": {"size": 20, "bold": True, "after": 8},
    "section": {"size": 14, "bold": True, "before": 14, "after": 4, "keep": True},
    "case": {"after": 4, "keep": True},
    "sub": {"bold": True, "before": 8, "after": 2, "keep": True},
    "zone": {"bold": True, "before": 8, "after": 2, "keep": True},
    "column": {"bold": True, "before": 8, "after": 2, "keep": True},
    "italic": {"italic": True},
    "presenters": {"after": 0},
    "link": {"color": "1f5fa8"},
    "label": {"bold": True, "after": 2},
    "value": {"after": 2},
    "people": {"after": 0},
    "point": {"left": 0.63, "hang": 0.63, "after": 3},
    "cell": {"after": 2},
    "head": {"bold": True, "after": 2},
    "header": {"size": 9, "after": 0},
    "footer": {"size": 9, "after": 0},
}


# ---------------------------------------------------------------- program


def missing(story):
    wanted = {"docx": ("docx", "pikepdf"), "pptx": ("pptx", "pikepdf")}[story["layout"]]
    lacks = [f"the package {name}" for name in wanted if not find_spec(name)]
    return lacks if shutil.which("soffice") else [*lacks, "LibreOffice (soffice)"]


def render(story, target):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"story.{story['layout']}"
        {"docx": Document, "pptx": Slides}[story["layout"]](story).save(source)
        subprocess.run(
            [*SOFFICE, f"-env:UserInstallation=file://{folder}/profile", "--outdir", folder, str(source)],
            check=True,
            capture_output=True,
            timeout=300,
        )
        normalise(source.with_suffix(".pdf"), story["title"], target)


def normalise(source, title, target):
    """Take out of a PDF what differs from run to run."""
    import pikepdf

    with pikepdf.open(source) as pdf:
        for holder, key in (
            (pdf.Root, "/Metadata"),
            (pdf.trailer, "/Info"),
            (pdf.trailer, "/DocChecksum"),
            (pdf.trailer, "/ID"),
        ):
            if key in holder:
                del holder[key]
        pdf.docinfo["/Title"] = title
        pdf.docinfo["/CreationDate"] = "D:20260101000000Z"
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def logo(spec, folder):
    """A small emblem as a picture: waves in a shield."""
    from PIL import Image, ImageDraw

    size, colour = 240, f"#{spec.get('color', '1d5c63')}"
    picture = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(picture)
    shape = spec.get("shape", "shield")
    if shape == "round":
        pen.ellipse((8, 8, size - 8, size - 8), fill=colour)
    elif shape == "square":
        pen.rectangle((8, 8, size - 8, size - 8), fill=colour)
    else:
        pen.polygon([(20, 10), (220, 10), (220, 120), (190, 190), (120, 232), (50, 190), (20, 120)], fill=colour)
    for y in (80, 120, 160):
        for x in range(50, 190, 35):
            pen.arc(
                (x, y - 18, x + 36, y + 18),
                200 if (x // 35) % 2 else 20,
                340 if (x // 35) % 2 else 160,
                fill="white",
                width=9,
            )
    path = Path(folder) / "logo.png"
    picture.save(path)
    return str(path)


# ---------------------------------------------------------------- docx


class Document:
    """A story as a Word file."""

    def __init__(self, story):
        import docx

        self.story, self.style = story, story.get("style") or {}
        self.looks = {**LOOKS, **{k: LOOKS.get(k, {}) | v for k, v in self.style.get("styles", {}).items()}}
        self.fonts = self.style.get("fonts", ["Carlito"])
        self.doc = docx.Document()
        self.at = self.doc  # where paragraphs go: the document, or a cell
        self.fresh = None  # a cell's first paragraph, still unused
        self.set_normal()
        self.set_page()
        self.title()
        self.walk(story["blocks"])

    def save(self, path):
        self.doc.save(path)

    # ---- page

    def set_normal(self):
        normal, base = self.doc.styles["Normal"], self.looks.get("text", {})
        normal.font.name = self.fonts[0]
        normal.font.size = pt(base.get("size", 11))
        properties = normal.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), self.fonts[0])
        language = properties.makeelement(qn("w:lang"), {qn("w:val"): "sv-SE", qn("w:eastAsia"): "sv-SE"})
        properties.append(language)

    def set_page(self):
        page, section = self.style.get("page", {}), self.doc.sections[0]
        section.page_width, section.page_height = (cm(x) for x in page.get("size", (21, 29.7)))
        top, right, bottom, left = page.get("margins", (2.5, 2.5, 2.2, 2.5))
        section.top_margin, section.right_margin = cm(top), cm(right)
        section.bottom_margin, section.left_margin = cm(bottom), cm(left)
        section.header_distance, section.footer_distance = cm(page.get("header", 1.2)), cm(page.get("footer", 1.0))
        self.width = page.get("size", (21, 29.7))[0] - left - right
        if "first" in self.style:
            section.different_first_page_header_footer = True
            self.running(section.first_page_header, self.style["first"], "header")
            self.running(section.first_page_footer, self.style.get("footer", []), "footer")
        self.running(section.header, self.style.get("header", []), "header", "logo" in self.style)
        self.running(section.footer, self.style.get("footer", []), "footer")

    def running(self, part, rows, name, emblem=False):
        """A running head or foot: rows of cells, in a table without lines."""
        if not rows:
            return
        kept, self.at = self.at, part
        width = len(rows[0])
        table = part.add_table(len(rows), width + emblem, cm(self.width))
        table.autofit = False
        widths = self.style.get(f"{name}_widths") or [(self.width - 1.6 * emblem) / width] * width
        for column, given in zip(table.columns, [1.6, *widths] if emblem else widths, strict=True):
            column.width = cm(given)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                cell = table.cell(y, x + emblem)
                cell.width = cm(widths[x])
                paragraph = cell.paragraphs[0]
                self.dress(paragraph, name)
                if x == width - 1 and width > 1:
                    paragraph.alignment = ALIGN["right"]
                elif x and width > 2:
                    paragraph.alignment = ALIGN["center"]
                self.write(paragraph, text, name)
        if emblem:
            for y in range(len(rows)):
                table.cell(y, 0).width = cm(1.6)
            cell = table.cell(0, 0).merge(table.cell(len(rows) - 1, 0)) if len(rows) > 1 else table.cell(0, 0)
            with tempfile.TemporaryDirectory() as folder:
                cell.paragraphs[0].add_run().add_picture(logo(self.style["logo"], folder), width=cm(1.15))
        drop(part.paragraphs[0])
        part.add_paragraph().paragraph_format.space_after = pt(0)
        self.at = kept

    # ---- paragraphs

    def look(self, name):
        return self.looks.get("text", {}) | self.looks.get(name, {})

    def paragraph(self, text, name, block=None, before=""):
        """One paragraph; line breaks in the text are kept, a tab goes to the next stop."""
        block = block or {}
        name = block.get("as", name)
        paragraph, self.fresh = self.fresh or self.at.add_paragraph(), None
        self.dress(paragraph, name)
        if before:
            self.write(paragraph, f"{before}\t", name)
        start = block.get("bold")
        if start and text.startswith(start):
            self.write(paragraph, start, name, bold=True)
            text = text[len(start) :]
        self.write(paragraph, divided(text) if self.style.get("hyphens") and name in RUNNING else text, name)
        return paragraph

    def dress(self, paragraph, name):
        look, form = self.look(name), paragraph.paragraph_format
        form.space_before, form.space_after = pt(look.get("before", 0)), pt(look.get("after", 6))
        form.line_spacing = look.get("line", 1.08)
        form.alignment = ALIGN[look.get("align", "left")]
        if look.get("left") or look.get("hang"):
            form.left_indent, form.first_line_indent = cm(look.get("left", 0)), cm(-look.get("hang", 0))
        for stop in look.get("tabs", ()):
            form.tab_stops.add_tab_stop(cm(stop))
        form.keep_with_next = look.get("keep", False)
        if colour := look.get("shade"):
            shade(paragraph._p.get_or_add_pPr(), colour)
        if colour := look.get("rule"):
            side = look.get("side", "bottom")
            borders(paragraph._p.get_or_add_pPr(), "w:pBdr", {side: colour}, 8, 3)

    def write(self, paragraph, text, name, **further):
        look = self.look(name) | further
        for part in re.split(r"(\{pages?\})", text):
            if not part:
                continue
            if part in ("{page}", "{pages}"):
                runs = field(paragraph, "NUMPAGES" if part == "{pages}" else "PAGE")
            else:
                runs = [paragraph.add_run()]
                for i, line in enumerate(part.split("\n")):
                    if i:
                        runs[0].add_break()
                    runs[0].add_text(line)
            for run in runs:
                self.ink(run, name, look)

    def ink(self, run, name, look):
        font = look.get("font") or (self.fonts[1] if name in HEADINGS and len(self.fonts) > 1 else None)
        if font:
            run.font.name = font
            run._r.rPr.rFonts.set(qn("w:cs"), font)
        if "size" in look:
            run.font.size = pt(look["size"])
        run.font.bold, run.font.italic = look.get("bold"), look.get("italic")
        run.font.all_caps, run.font.underline = look.get("caps"), look.get("underline")
        if colour := look.get("color"):
            run.font.color.rgb = rgb(colour)

    # ---- blocks

    def title(self):
        if self.story.get("banner") is not False:
            self.paragraph(self.story.get("banner") or self.story["title"], "title")
        if head := self.story.get("head"):
            self.table(
                [[k, v] for k, v in head], self.style.get("head_widths", [3, self.width - 3]), ["label", "value"], None
            )
            self.gap()

    def walk(self, blocks):
        for block in blocks:
            for key in (k for k in BLOCKS if k in block):
                BLOCKS[key](self, block)

    def section(self, block):
        s = block["section"]
        known = {k: s.get(k) or "" for k in ("number", "case_number", "title")}
        first = True
        for line in self.style.get("section", ["{number}. {title}"] if s.get("number") else ["{title}"]):
            if line.count("{case_number}") and not s.get("case_number"):
                continue
            self.paragraph(line.format(**known), "section" if first else "case", block)
            first = False

    def points(self, block):
        mark = block.get("bullets", self.style.get("bullet", "•"))
        for i, item in enumerate(block["points"]):
            before = {"1.": f"{i + 1}.", "1)": f"{i + 1})", "a)": f"{chr(97 + i)})"}.get(mark, mark)
            self.paragraph(item.get("point") or item["text"], "point", item | {"as": block.get("as", "point")}, before)

    def people(self, block):
        if heading := block["people"].get("heading"):
            self.paragraph(heading, "label", block)
        rows = [row["say"] for row in block["people"]["rows"]]
        if join := block["people"].get("join"):  # all of them in one paragraph
            rows = [join.join(rows)]
        for row in rows:
            self.paragraph(row, "people", block)

    def presenters(self, block):
        for line in block["presenters"]:
            self.paragraph(line, "presenters", block)

    def lists(self, block):
        n = len(block["lists"])
        self.cells([block["lists"]], block.get("widths") or [self.width / n] * n, None)
        self.gap()

    def columns(self, block):
        n = len(block["columns"])
        self.cells([[[c] for c in block["columns"]]], [self.width / n] * n, None)
        self.gap()

    def column(self, block):
        self.paragraph(block["column"], "column", block)
        self.walk(block["body"])

    def form(self, block):
        """Labels left, values or names right."""
        left = self.style.get("form", [4.2, self.width - 4.2])
        rows = []
        for row in block["form"]:
            right = [row] if "people" in row else [{"print": row["value"], "as": "value"}] if "value" in row else []
            if "sign" in row:
                right = [{"print": "." * 60 + "\n" + row["sign"], "as": "value"}]
            rows.append([[{"print": row["label"], "as": "label"}], right])
        self.cells(rows, left, self.style.get("grid"))
        self.gap()

    def framed(self, block):
        """A box: one shaded cell, or, with `float`, a frame that the text runs around."""
        look = self.look(block.get("as", "box"))
        if side := block.get("float"):
            kept = len(self.at.element.body) if hasattr(self.at, "element") else 0
            self.walk(block["box"])
            for p in self.at.element.body[kept - 1 : -1]:
                properties = p.get_or_add_pPr()
                frame = {"w": str(int(look.get("width", 6) * 567)), "hSpace": "200", "vSpace": "100", "wrap": "around"}
                frame |= {"vAnchor": "text", "hAnchor": "margin", "xAlign": side, "y": "60"}
                properties.insert(
                    0, properties.makeelement(qn("w:framePr"), {qn(f"w:{k}"): v for k, v in frame.items()})
                )
                shade(properties, look.get("shade", "e7f0ee"))
            return
        table = self.cells([[block["box"]]], [look.get("width", self.width)], look.get("line_color"))
        shade(table.cell(0, 0)._tc.get_or_add_tcPr(), look.get("shade", "e7f0ee"))
        self.gap()

    def ruled(self, block):
        """A table: head, rows of texts and blocks, widths."""
        spec = block["table"]
        rows = [
            [c if isinstance(c, list) else [c if isinstance(c, dict) else {"print": str(c), "as": "cell"}] for c in row]
            for row in spec["rows"]
        ]
        for row in rows:
            for cell in row:
                for item in cell:
                    if isinstance(item, dict) and ("text" in item or "point" in item):
                        item.setdefault("as", "cell")
        head = [[[{"print": h, "as": "head"}] for h in spec["head"]]] if spec.get("head") else []
        n = len((head + rows)[0])
        table = self.cells(
            head + rows, spec.get("widths") or [self.width / n] * n, spec.get("grid", self.style.get("grid"))
        )
        if head:
            first = table.rows[0]._tr.get_or_add_trPr()
            first.append(first.makeelement(qn("w:tblHeader"), {}))
            if colour := self.style.get("head_shade"):
                for cell in table.rows[0].cells:
                    shade(cell._tc.get_or_add_tcPr(), colour)
        self.gap()

    def notice(self, block):
        spec = block["notice"]
        self.paragraph(spec.get("title", "Anslag/bevis"), "sub")
        self.paragraph(spec["text"], "text")
        n = max(map(len, spec["rows"]))
        rows = [[*row, *[""] * (n - len(row))] for row in spec["rows"]]
        self.table(rows, [self.width / n] * n, ["cell"] * n, self.style.get("grid", "808080"))
        self.gap()

    def matters(self, block):
        """The list of matters, from the sections of the story."""
        found = [b["section"] for b in self.story["blocks"] if "section" in b and b["section"].get("number")]
        mark = self.style.get("matter", "§ {number}")
        self.table([[mark.format(**s), s["title"]] for s in found], [2.2, self.width - 2.2], ["value", "value"], None)
        self.gap()

    def stop(self, block):
        """A new page, or a new column."""
        if block["break"] != "column":
            self.doc.add_page_break()
            return
        from docx.enum.text import WD_BREAK

        self.doc.paragraphs[-1].add_run().add_break(WD_BREAK.COLUMN)

    def flow(self, block):
        """From here on the text runs in so many columns."""
        from docx.enum.section import WD_SECTION

        section = self.doc.add_section(WD_SECTION.CONTINUOUS)
        columns = section._sectPr.xpath("./w:cols")[0]
        for key in list(columns.attrib):
            del columns.attrib[key]
        columns.set(qn("w:num"), str(block["flow"]))
        columns.set(qn("w:space"), str(int(567 * self.style.get("gutter", 1.0))))
        self.width = (self.page_width() - self.style.get("gutter", 1.0) * (block["flow"] - 1)) / block["flow"]

    def page_width(self):
        page = self.style.get("page", {})
        _, right, _, left = page.get("margins", (2.5, 2.5, 2.2, 2.5))
        return page.get("size", (21, 29.7))[0] - left - right

    # ---- tables

    def table(self, rows, widths, names, grid):
        return self.cells(
            [[[{"print": c, "as": n}] for c, n in zip(row, names, strict=True)] for row in rows], widths, grid
        )

    def cells(self, rows, widths, grid):
        """A table whose cells hold blocks."""
        table = self.at.add_table(len(rows), len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = cm(width)
        properties = table._tbl.tblPr
        if grid:
            sides = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), grid)
            borders(properties, "w:tblBorders", sides, 4, 0)
        kept = self.at
        for y, row in enumerate(rows):
            line = table.rows[y]._tr.get_or_add_trPr()
            line.append(line.makeelement(qn("w:cantSplit"), {}))
            for x, blocks in enumerate(row):
                cell = table.cell(y, x)
                cell.width = cm(widths[x])
                self.at, self.fresh = cell, cell.paragraphs[0]
                before, self.width = self.width, widths[x] - 0.4
                self.walk(blocks if isinstance(blocks, list) else [blocks])
                self.width = before
        self.at, self.fresh = kept, None
        return table

    def gap(self):
        """Word wants a paragraph between tables: a small one."""
        paragraph = self.at.add_paragraph()
        paragraph.paragraph_format.space_after = pt(0)
        paragraph.paragraph_format.line_spacing = pt(self.style.get("gap", 8))

    def rule(self, block):
        paragraph = self.at.add_paragraph()
        paragraph.paragraph_format.space_after = pt(6)
        borders(paragraph._p.get_or_add_pPr(), "w:pBdr", {"bottom": self.style.get("grid", "808080")}, 6, 1)


def plain(key, name=None):
    return lambda self, block: self.paragraph(block[key], name or key, block)


BLOCKS = {
    "break": Document.stop,
    "flow": Document.flow,
    "section": Document.section,
    "sub": plain("sub"),
    "zone": plain("zone"),
    "column": Document.column,
    "text": plain("text"),
    "print": plain("print"),
    "italic": plain("italic"),
    "link": plain("link"),
    "presenters": Document.presenters,
    "points": Document.points,
    "people": Document.people,
    "lists": Document.lists,
    "columns": Document.columns,
    "form": Document.form,
    "box": Document.framed,
    "table": Document.ruled,
    "notice": Document.notice,
    "matters": Document.matters,
    "rule": Document.rule,
    "body": lambda self, block: self.walk(block["body"]) if "column" not in block else None,
}
RUNNING = {"text", "point"}
HEADINGS = {"title", "section", "sub", "zone", "column", "head"}


def divided(text):
    """Long words with soft hyphens where a line may end: before a plain consonant that begins a syllable."""
    place = re.compile(r"(?<=[aeiouyåäölrnm])(?=[bdfgklmnprtv][aeiouyåäö]\w{2})")

    def divide(word):
        at, out = 0, ""
        for m in place.finditer(word[0]):
            if re.search("[aeiouyåäö]", word[0][at : m.start()]) and m.start() - at > 2:
                out, at = out + word[0][at : m.start()] + "\u00ad", m.start()
        return out + word[0][at:]

    return re.sub(r"\b[a-zåäöA-ZÅÄÖ][a-zåäö]{10,}\b", divide, text)


class Lazily(dict):
    """Names of alignments, looked up when a document is made: the module reads without python-docx."""

    def __missing__(self, name):
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        return getattr(WD_ALIGN_PARAGRAPH, name.upper())


ALIGN = Lazily()


def qn(name):
    from docx.oxml.ns import qn

    return qn(name)


def pt(value):
    from docx.shared import Pt

    return Pt(value)


def cm(value):
    from docx.shared import Cm

    return Cm(value)


def rgb(value):
    from docx.shared import RGBColor

    return RGBColor.from_string(value.upper())


def field(paragraph, name):
    """A page number that the program fills in: three runs."""
    runs = [paragraph.add_run() for _ in range(3)]
    for run, kind, text in zip(runs, ("begin", None, "end"), (None, name, None), strict=True):
        element = run._r.makeelement(
            qn("w:fldChar" if kind else "w:instrText"), {qn("w:fldCharType"): kind} if kind else {}
        )
        element.text = text
        run._r.append(element)
    return runs


def shade(properties, colour):
    attributes = {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): colour}
    properties.append(properties.makeelement(qn("w:shd"), attributes))


def borders(properties, name, sides, size, space):
    box = properties.makeelement(qn(name), {})
    for side, colour in sides.items():
        attributes = {"val": "single", "sz": str(size), "space": str(space), "color": colour}
        box.append(box.makeelement(qn(f"w:{side}"), {qn(f"w:{k}"): v for k, v in attributes.items()}))
    properties.append(box)


def drop(paragraph):
    paragraph._p.getparent().remove(paragraph._p)


# ---------------------------------------------------------------- pptx


SLIDE_LOOKS = {
    "title": {"size": 30, "bold": True},
    "section": {"size": 26, "bold": True},
    "column": {"size": 16, "bold": True, "after": 4},
    "sub": {"size": 16, "bold": True, "after": 2},
    "text": {"size": 14, "after": 7},
    "point": {"size": 14, "after": 4},
    "italic": {"size": 12, "italic": True},
    "link": {"size": 13, "color": "1f5fa8"},
    "footer": {"size": 10},
}


class Slides:
    """A story as a presentation: one section, one slide; columns are text boxes side by side."""

    def __init__(self, story):
        import pptx

        self.story, self.style = story, story.get("style") or {}
        self.looks = {**SLIDE_LOOKS, **{k: SLIDE_LOOKS.get(k, {}) | v for k, v in self.style.get("styles", {}).items()}}
        self.file = pptx.Presentation()
        self.width, self.height = self.style.get("size", (33.87, 19.05))
        self.file.slide_width, self.file.slide_height = cm(self.width), cm(self.height)
        for number, block in enumerate(story["blocks"], 1):
            self.slide(block, number)

    def save(self, path):
        self.file.save(path)

    def slide(self, block, number):
        slide, accent = self.file.slides.add_slide(self.file.slide_layouts[6]), self.style.get("accent", "1d5c63")
        if block.get("cover"):
            self.band(slide, 0, 0, self.width, self.height, accent)
            self.band(slide, 0, self.height - 3.2, self.width, 0.25, self.style.get("second", "f0b429"))
            self.box(slide, (2.5, 5.2, self.width - 5, 3), [("title", block["section"]["title"])], "ffffff")
            self.box(slide, (2.5, 9.0, self.width - 5, 3), list(self.lines(block.get("body", []))), "ffffff")
            return
        self.band(slide, 0, 0, 0.7, self.height, accent)
        bodies = [("column", c) for c in block["columns"]] if "columns" in block else [("body", block)]
        gap, left, top = 1.2, 2.0, self.style.get("top", 4.0)
        width = (self.width - left - 1.6 - gap * (len(bodies) - 1)) / len(bodies)
        for i, (kind, body) in enumerate(bodies):
            lines = [("column", body["column"])] if kind == "column" else []
            if "tall" in body:
                self.band(
                    slide,
                    left + i * (width + gap) - 0.2,
                    top - 0.2,
                    width + 0.4,
                    body["tall"],
                    self.style.get("tint", "e8f1ee"),
                )
            self.box(
                slide,
                (left + i * (width + gap), top, width, self.height - top - 2),
                lines + list(self.lines(body["body"])),
            )
        self.box(slide, (left, 1.3, self.width - 4, 2), [("section", block["section"]["title"])], accent)
        foot = self.style.get("footer", self.story["title"])
        self.box(slide, (left, self.height - 1.4, self.width - 6, 1), [("footer", foot)], "6b6b6b")
        self.box(slide, (self.width - 3, self.height - 1.4, 2, 1), [("footer", str(number))], "6b6b6b")

    def lines(self, blocks):
        for block in blocks:
            if "points" in block:
                mark = block.get("bullets", self.style.get("bullet", "•"))
                yield from (("point", f"{mark} {p['point']}".strip()) for p in block["points"])
            for key in ("sub", "text", "italic", "link"):
                if key in block:
                    yield key, block[key]

    def band(self, slide, x, y, width, height, colour):
        shape = slide.shapes.add_shape(1, cm(x), cm(y), cm(width), cm(height))
        shape.fill.solid()
        shape.fill.fore_color.rgb = pptx_rgb(colour)
        shape.line.fill.background()
        shape.shadow.inherit = False

    def box(self, slide, where, lines, colour=None):
        frame = slide.shapes.add_textbox(*map(cm, where)).text_frame
        frame.word_wrap = True
        for i, (name, text) in enumerate(lines):
            look = self.looks["text"] | self.looks.get(name, {})
            paragraph = frame.paragraphs[0] if not i else frame.add_paragraph()
            paragraph.space_after = pt(look.get("after", 0))
            for j, line in enumerate(text.split("\n")):
                if j:
                    paragraph.add_line_break()
                run = paragraph.add_run()
                run.text = line
                run.font.name = look.get("font", self.style.get("fonts", ["Carlito"])[0])
                run.font.size, run.font.bold, run.font.italic = pt(look["size"]), look.get("bold"), look.get("italic")
                if shown := look.get("color") or colour:
                    run.font.color.rgb = pptx_rgb(shown)


def pptx_rgb(value):
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(value.upper())
