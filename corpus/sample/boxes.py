"""Set a story with typst and store its pages as scanners and printing offices do.

Every page lies in a larger sheet (CropBox inside MediaBox) whose rim holds a slug line that no viewer shows, and a
landscape page is stored upright with /Rotate 90.
"""

import json
import tempfile
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
TIMESTAMP = 1_767_225_600  # as in make.py
RIM = 20  # points on each side


def missing(story):
    return [f"the package {name}" for name in ("typst", "pikepdf") if not find_spec(name)]


def render(story, target):
    import typst

    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.pdf"
        typst.compile(
            str(HERE / "layouts" / f"{story['layout']}.typ"),
            output=str(plain),
            root=str(HERE),
            format="pdf",
            timestamp=TIMESTAMP,
            pdf_tags=False,
            sys_inputs={"story": json.dumps(story, ensure_ascii=False)},
        )
        store(plain, story["title"], target)


def store(plain, title, target):
    """Put every page of `plain` into a sheet with a rim, the landscape ones turned."""
    import pikepdf

    with pikepdf.open(plain) as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for number, page in enumerate(pdf.pages, start=1):
            _, _, width, height = map(float, page.mediabox)
            if turned := width > height:
                move = f"0 1 -1 0 {height + RIM:g} {RIM} cm"
                width, height = height, width
            else:
                move = f"1 0 0 1 {RIM} {RIM} cm"
            slug = f"BT /Slug 7 Tf {RIM} 7 Td ({title} - ark {number} - beslutar att skriva ut 2025-01-01) Tj ET"
            page.contents_add(f"q {move}".encode(), prepend=True)
            page.contents_add(f"Q {slug}".encode("cp1252"))
            if "/Font" not in page.resources:
                page.resources.Font = pikepdf.Dictionary()
            page.resources.Font.Slug = font
            page.mediabox = [0, 0, width + 2 * RIM, height + 2 * RIM]
            page.cropbox = [RIM, RIM, width + RIM, height + RIM]
            for key in ("/TrimBox", "/BleedBox", "/ArtBox"):
                if key in page:
                    del page[key]
            if turned:
                page.obj.Rotate = 90
        pdf.save(target, deterministic_id=True)
