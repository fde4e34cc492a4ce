#!/usr/bin/env python3
"""Write the sample corpus: story/*.yml -> *.pdf, *.gold.json and *.order.json, and the table in README.md.

    python corpus/sample/make.py [NAME ...] [--out DIR]

A story file holds text and labels side by side: a sentence and, beside it, what it records. The PDF is set from the
text by a typst layout (layouts/*.typ); the labels become NAME.gold.json, and the texts alone, in the order in which a
person reads them, NAME.order.json. Nothing of this comes from protoparse: the only thing looked up is the page on which
a text landed, and that is read from the finished PDF with pdfplumber. A text that cannot be found there is an error.

Needs: the packages `typst`, `pdfplumber` and `PyYAML`, and the fonts Carlito and Liberation installed where the system
finds its fonts (Debian and Ubuntu: fonts-crosextra-carlito, fonts-liberation). The same versions of these give the
same bytes.
"""

import argparse
import bisect
import importlib.util
import json
import re
import sys
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
STORY, LAYOUTS = HERE / "story", HERE / "layouts"
TIMESTAMP = 1_767_225_600  # 2026-01-01 00:00 UTC: every PDF says that it was made then

ROSTER = (
    "kind",
    "incoming",
    "incoming_role",
    "incoming_org",
    "outgoing",
    "outgoing_role",
    "outgoing_org",
    "group",
    "position",
    "from",
    "until",
)
FUNDING = ("subject", "source", "amount", "kind", "start", "end", "certainty")
FURTHER = ("condition", "old_end", "successor", "optional")  # keys that a label may carry beyond the fixed ones
LABELS = {"decision", "roster", "funding", "trap"}
PRINT_ONLY = {
    "italic",
    "presenters",
    "link",
    "url",
    "label",
    "value",
    "sign",
    "notice",
    "matters",
    "break",
    "bullets",
    "band",
    "cells",
    "cover",
    "as",
    "bold",
    "print",
    "rule",
    "flow",
    "float",
    "widths",
    "tall",
    "lead",
}
KINDS = ("sections", "decisions", "roster_changes", "attendance", "funding")


@dataclass(frozen=True)
class Layout:
    """What the maker must know of a layout.

    Its fonts, where running text stands on the page (points from the top), whether it is drawn in reading order, and
    the module beside this one that sets it, with `render(story, target)` and `missing(story)` (None: typst).
    A story may say its own `fonts`, `body` and `in_order` in `style`.
    """

    fonts: tuple[str, ...] = ()
    body: tuple[float, float] = (0, 10_000)
    in_order: bool = True
    maker: str | None = None


LAYOUTS_KNOWN = {
    "word": Layout(("Carlito",), (68, 785)),
    "slides": Layout(("Liberation Sans",), (0, 515), in_order=False),
    "cover": Layout(("Liberation Sans", "Liberation Serif"), (110, 772)),
    "region": Layout(("Caladea", "Liberation Sans"), (100, 772)),
    "table": Layout(("Carlito", "DejaVu Sans"), (60, 790)),
    "scan": Layout(("Liberation Serif",), (60, 800), maker="scans"),
    "latex": Layout(("New Computer Modern",), (90, 735)),
    "plain": Layout(),
    "council": Layout(("Caladea", "Carlito"), (75, 770)),
    "extract": Layout(("Caladea",), (118, 770)),
    "summons": Layout(("Carlito",), (60, 785)),
    "board": Layout(("Liberation Sans",), (85, 810), maker="boxes"),
    "margin": Layout(("Liberation Serif", "Liberation Sans"), (75, 785)),
    "docx": Layout(maker="office"),
    "pptx": Layout(maker="office", in_order=False),
}


def layout_of(story):
    """The layout of a story, with what its `style` says otherwise."""
    known, style = LAYOUTS_KNOWN[story["layout"]], story.get("style") or {}
    return Layout(
        tuple(style.get("fonts", known.fonts)),
        tuple(style.get("body", known.body)),
        style.get("in_order", known.in_order),
        known.maker,
    )


@cache
def maker(name):
    """A module beside this one that sets documents by other means than typst."""
    spec = importlib.util.spec_from_file_location(f"sample_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ---------------------------------------------------------------- text


def reads(text):
    """A source text as a reader says it: a line break is a space, or nothing between the parts of a double name."""
    return " ".join(re.sub(r"-\n(?=[A-ZÅÄÖ0-9])", "-", text.replace("\u00ad", "")).split())


SPACING = {"¨": "\u0308", "˚": "\u030a", "´": "\u0301"}  # accents printed as marks of their own, before their letter


def squash(text):
    """Letters and digits only, in lower case: what two ways of reading the same print agree on."""
    text = re.sub("([¨˚´])(\\w)", lambda m: m[2] + SPACING[m[1]], text)
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


@dataclass
class Printed:
    """The running text of a finished PDF, squashed, and where each of its pages begins."""

    text: str
    starts: list[int]
    in_order: bool
    at: int = 0

    def page(self, offset):
        return bisect.bisect_right(self.starts, offset)

    def find(self, *ways, move=True):
        """The page where a text begins, said in the first of `ways` that is printed.

        It is looked for from the last find on (in slides: from the top of its page).
        """
        offset = next((o for o in (self.text.find(squash(w), self.at) for w in ways) if o >= 0), -1)
        if offset < 0:
            raise LookupError(f"not printed after page {self.page(self.at)}: {ways[0]!r}")
        if move:
            self.at = offset if self.in_order else self.starts[self.page(offset) - 1]
        return self.page(offset)


def printed(pdf, layout):
    """Read a PDF with pdfplumber, in the order in which it was drawn, without running heads and feet."""
    import pdfplumber

    top, bottom = layout.body
    starts, parts = [], []
    with pdfplumber.open(pdf) as file:
        for page in file.pages:
            starts.append(sum(map(len, parts)))
            parts.append(squash("".join(c["text"] for c in page.chars if top <= c["top"] <= bottom)))
    return Printed("".join(parts), starts, layout.in_order)


# ---------------------------------------------------------------- labels


@dataclass
class Labels:
    """Walks a story in reading order and writes down what each text records, and on which page it was printed."""

    story: dict
    printed: Printed
    section: str | None = None
    heading: str | None = None
    gold: dict = field(default_factory=lambda: {k: [] for k in KINDS})

    def walk(self, blocks):
        for block in blocks:
            allow(block, READERS.keys() | LABELS | PRINT_ONLY)
            for key in (k for k in READERS if k in block):
                READERS[key](self, block)

    def read_section(self, block):
        s = block["section"]
        number, case = s.get("number"), s.get("case_number")
        number_, case_, title = number or "", case or "", s["title"]
        page = self.printed.find(f"{number_} {case_} {title}", f"{number_} {title} {case_}", f"{number_} {title}")
        row = {"number": number, "title": reads(s["title"]), "page": page}
        if case or self.story["layout"] == "cover" or self.story.get("cases"):
            row["case_number"] = case
        self.gold["sections"].append(row | extra(s))
        self.section, self.heading = number or row["title"], None

    def read_matters(self, block):
        """A printed list of matters names every section once: what follows is looked for after it."""
        for title in [b["section"]["title"] for b in self.story["blocks"] if "section" in b]:
            self.printed.find(title)

    def read_sub(self, block):
        self.heading = reads(block["sub"])
        self.printed.find(self.heading)

    def read_zone(self, block):
        self.heading = None
        self.printed.find(block["zone"])

    def read_column(self, block):
        self.heading = reads(block["column"])
        self.printed.find(self.heading, move=False)
        self.walk(block["body"])

    def read_text(self, block):
        """A paragraph or a point of a list, and the labels beside it."""
        text = reads(block.get("text") or block["point"])
        self.printed.find(text)
        for label in block.get("decision") or []:
            self.gold["decisions"].append(self.decision(text, label))
        for label in block.get("roster") or []:
            self.gold["roster_changes"].append(self.fact(text, label, ROSTER))
        for label in block.get("funding") or []:
            self.gold["funding"].append(self.fact(text, label, FUNDING))

    def decision(self, text, label):
        allow(label, {"text", "body", "outcome", *FURTHER})
        said = quoted(text, label.get("text", text))
        row = {
            "section": self.section,
            "heading": self.heading,
            "text": said,
            "body": label.get("body", self.story["document"]["body"]),
        }
        return row | {"outcome": label["outcome"], "page": self.page(said)} | extra(label)

    def fact(self, text, label, keys):
        allow(label, {*keys, *FURTHER, "quote"})
        said = quoted(text, label.get("quote", text))
        return (
            {k: label.get(k) for k in keys}
            | {"section": self.section, "page": self.page(said), "quote": said}
            | extra(label)
        )

    def page(self, said):
        return self.printed.find(said, move=False)

    def read_table(self, block):
        """Rows of cells: a text, or a block with its labels; a cell may hold a list of blocks."""
        for row in block["table"]["rows"]:
            for cell in row:
                self.walk(cell if isinstance(cell, list) else [cell] if isinstance(cell, dict) else [])

    def read_people(self, block):
        """A list of names: {say: the printed row, name, org, role, stands_in_for}; a row without a name is no label."""
        for row in block["people"]["rows"]:
            if row.get("name"):
                quoted(reads(row["say"]), row["name"])
                self.gold["attendance"].append(
                    {
                        "name": row["name"],
                        "party_or_org": row.get("org"),
                        "role": row.get("role"),
                        "category": block["people"]["category"],
                        "stands_in_for": row.get("for"),
                    }
                )


READERS = {
    "matters": Labels.read_matters,
    "section": Labels.read_section,
    "sub": Labels.read_sub,
    "zone": Labels.read_zone,
    "column": Labels.read_column,
    "text": Labels.read_text,
    "point": Labels.read_text,
    "people": Labels.read_people,
    "table": Labels.read_table,
    "points": lambda self, b: self.walk(b["points"]),
    "columns": lambda self, b: self.walk(b["columns"]),
    "lists": lambda self, b: self.walk(b["lists"]),
    "box": lambda self, b: self.walk(b["box"]),
    "form": lambda self, b: self.walk(b["form"]),
    "body": lambda self, b: self.walk(b["body"]) if "column" not in b else None,
}


def allow(given, known):
    if unknown := given.keys() - known:
        raise KeyError(f"unknown keys {sorted(unknown)} in {given}")


def extra(label):
    return {k: label[k] for k in FURTHER if k in label}


def quoted(text, part):
    if part not in text:
        raise ValueError(f"label {part!r} is no part of {text!r}")
    return part


def gold(name, story, pdf):
    """The labels of one document, in the form of *.gold.json."""
    if (by := layout_of(story).maker) and hasattr(maker(by), "as_read"):
        story = maker(by).as_read(story)  # a scan: what was read, not what was printed
    labels = Labels(story, printed(pdf, layout_of(story)))
    labels.walk(story["blocks"])
    rows = labels.gold
    return {
        "file": f"{name}.pdf",
        "document": story["document"],
        "sections": rows["sections"],
        "decisions": rows["decisions"],
        "roster_changes": rows["roster_changes"],
        "attendance": rows["attendance"],
        "adjusters": story.get("adjusters", []),
        "chair": story.get("chair"),
        "secretary": story.get("secretary"),
        "funding": rows["funding"],
        "notes": story["notes"],
    }


# ---------------------------------------------------------------- order of reading

HEADINGS = {  # how a layout prints a section's heading; others: number, title, case number
    "cover": "{number} {case_number} {title}",
    "region": "{number} {case_number} {title}",
    "extract": "{number} {case_number} {title}",
    "margin": "Punkt {number} {title}",
    "plain": "{title}",
    "slides": "{title}",
    "pptx": "{title}",
}
OPENS = {  # what a layout prints above the first block, from the head of the story
    "word": ("title", "head"),
    "plain": ("heading", "head"),
    "latex": ("heading", "association", "when"),
    "margin": ("body", "when"),
    "region": ("front",),
    "summons": ("banner",),
    "table": ("front", "corner"),
}
SHOWN = (  # the keys of a block that are printed, in this order
    "section", "sub", "zone", "column", "label", "value", "cover", "text", "print", "italic", "link", "presenters",
    "point", "points", "people", "lists", "columns", "form", "box", "table", "notice", "matters", "sign", "body",
)  # fmt: skip


def order(story):
    """The printed texts of a story in the order in which a person reads them: columns one after another, tables row by
    row and cell by cell. Running heads, page numbers and what a layout says by itself are not among them."""
    ends = strings([pair if story["layout"] == "plain" else pair[::-1] for pair in story.get("signed", [])])
    texts = [" ".join(t.split()) for t in [*opening(story), *shown(story["blocks"], story), *ends] if t.strip()]
    if "scan" not in story:
        return texts
    return [maker("scans").misread(t, story.get("ocr") or {}) for t in texts] if story["scan"]["layer"] else []


def opening(story):
    """The texts above the first block."""
    if story["layout"] == "docx":
        title = "" if story.get("banner") is False else story.get("banner") or story["title"]
        return [title, *strings(story.get("head"))]
    keys = OPENS.get(story["layout"], ())
    if story["layout"] == "table" and not story.get("ruled", True):
        keys = keys[::-1]
    head = {"body": story["document"]["body"], **story}
    return [text for key in keys for text in strings(head.get(key))]


def strings(value):
    """All strings of nested lists."""
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [str(value)] if value is not None else []


def shown(block, story):
    """The printed texts of a block, or of a list of them."""
    if isinstance(block, list):
        return [text for part in block for text in shown(part, story)]
    if not isinstance(block, dict):
        return [block] if isinstance(block, str) else []
    keys = [k for k in SHOWN if k in block]
    if "label" in block and "points" in block:  # a table with a title: the line in italics stands below it
        keys = ["label", "value", "points", "italic"]
    if "cells" in block:
        return strings(block["cells"])
    return [text for key in keys for text in printed_key(key, block[key], story)]


def printed_key(key, value, story):
    if key == "section":
        return [heading(value, story)]
    if key == "people":
        lines = [value.get("lead"), value.get("heading"), *(row["say"].replace(" | ", " ") for row in value["rows"])]
        return strings([line for line in lines if line is not None])
    if key == "table":
        return [*strings(value.get("head", [])), *(t for c in flat(value["rows"]) for t in shown(c, story))]
    if key == "notice" and isinstance(value, dict):
        return strings([value.get("title", ""), value["text"], value["rows"]])
    if key == "matters":
        found = [b["section"] for b in story["blocks"] if "section" in b and b["section"].get("number")]
        case = "{case_number} " if story["layout"] == "council" else ""
        return [("{number} " + case + "{title}").format(**blank(s)) for s in found]
    if key in ("presenters", "value", "sign", "notice"):
        return strings(value)
    return [value] if isinstance(value, str) else shown(value, story)


def heading(section, story):
    """A section's heading as its layout prints it."""
    lines = [HEADINGS.get(story["layout"], "{number} {title} {case_number}")]
    if story["layout"] == "docx":
        usual = ["{number}. {title}"] if section.get("number") else ["{title}"]
        lines = (story.get("style") or {}).get("section", usual)
        lines = [line for line in lines if "{case_number}" not in line or section.get("case_number")]
    return " ".join(line.format(**blank(section)) for line in lines)


def blank(section):
    return {k: section.get(k) or "" for k in ("number", "case_number", "title")}


def flat(rows):
    return [cell for row in rows for cell in row]


# ---------------------------------------------------------------- making


@cache
def families():
    """The fonts that are installed."""
    import typst

    return frozenset(typst.Fonts().families())


def missing(story):
    """What this machine lacks to set a story: fonts, programs."""
    layout = layout_of(story)
    lacks = sorted(set(layout.fonts) - families())
    return lacks + (maker(layout.maker).missing(story) if layout.maker else [])


def render(story, target):
    """Set one story as a PDF. The layout gets the whole story; it prints texts and leaves labels alone."""
    if name := layout_of(story).maker:
        return maker(name).render(story, target)
    import typst

    typst.compile(
        str(LAYOUTS / f"{story['layout']}.typ"),
        output=str(target),
        root=str(HERE),
        format="pdf",
        timestamp=TIMESTAMP,
        pdf_tags=False,
        sys_inputs={"story": json.dumps(story, ensure_ascii=False)},
    )


def stories(names=()):
    """name -> story, in the order of their files."""
    files = sorted(STORY.glob("*.yml"))
    return {f.stem: yaml.safe_load(f.read_text(encoding="utf-8")) for f in files if not names or f.stem in names}


def write_json(path, data):
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def make(name, story, out):
    """Write NAME.pdf and NAME.gold.json into `out`; returns the labels."""
    render(story, out / f"{name}.pdf")
    labels = gold(name, story, out / f"{name}.pdf")
    write_json(out / f"{name}.gold.json", labels)
    write_json(out / f"{name}.order.json", order(story))
    return labels


def traps(block):
    """How many reasons stand beside `trap` anywhere in a block."""
    if isinstance(block, list):
        return sum(map(traps, block))
    if not isinstance(block, dict):
        return 0
    why = block.get("trap", [])
    return (len(why) if isinstance(why, list) else 1) + sum(traps(v) for k, v in block.items() if k != "trap")


def table(made):
    """The README's table: document, kind, what is hard in it, rows per kind, traps."""
    kinds = [*(k.replace("_", " ") for k in KINDS), "traps"]
    rows = [cells("document", "kind", "what is hard in it", *kinds), "|---|---|---|" + "--:|" * len(kinds)]
    for name, (story, labels) in made.items():
        counts = [*(sum(not r.get("optional") for r in labels[k]) for k in KINDS), traps(story["blocks"])]
        rows.append(cells(f"`{name}`", f"{story['document']['kind']}, {story['look']}", reads(story["hard"]), *counts))
    return "\n".join(rows)


def cells(*values):
    return "| " + " | ".join(map(str, values)) + " |"


def update_readme(made):
    readme = HERE / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split("<!-- table -->")
    after = rest.split("<!-- /table -->")[1]
    readme.write_text(f"{before}<!-- table -->\n{table(made)}\n<!-- /table -->{after}", encoding="utf-8")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("names", nargs="*", metavar="NAME", help="names of story files without .yml (default: all)")
    ap.add_argument("--out", type=Path, default=HERE)
    args = ap.parse_args()
    chosen = stories(args.names)
    if lacks := sorted({lack for story in chosen.values() for lack in missing(story)}):
        sys.exit(f"not found: {', '.join(lacks)} (see corpus/sample/README.md)")
    args.out.mkdir(parents=True, exist_ok=True)
    made = {}
    for name, story in chosen.items():
        made[name] = story, make(name, story, args.out)
        print(name, *(f"{k} {len(made[name][1][k])}" for k in KINDS), sep="  ")
    if args.out == HERE and not args.names:
        update_readme(made)


if __name__ == "__main__":
    main()
