"""The sample corpus: labels well-formed, printed where they say, and made anew from their source.

protoparse itself takes no part here. One document of each way of making is set anew; with PROTOPARSE_RENDER=all every
one is.
"""

import importlib.util
import itertools
import json
import os
import re
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

import pdfplumber
import pytest
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
NAMES = sorted(f.name.removesuffix(".gold.json") for f in SAMPLE.glob("*.gold.json") if f.name != "cross.gold.json")

WHERE = {"section", "page", "quote"}
PERSONS = {f"{side}{key}" for side in ("incoming", "outgoing") for key in ("", "_role", "_org")}
SHAPE = {
    "sections": {"number", "title", "page"},
    "decisions": {"section", "heading", "text", "body", "outcome", "page"},
    "roster_changes": {"kind", *PERSONS, "group", "position", "from", "until", *WHERE},
    "attendance": {"name", "party_or_org", "role", "category", "stands_in_for"},
    "funding": {"subject", "source", "amount", "kind", "start", "end", "certainty", *WHERE},
}
MAY = {"sections": {"case_number"}, "funding": {"condition", "old_end", "successor"}}
VALUES = {
    ("decisions", "outcome"): {
        "approved",
        "noted",
        "rejected",
        "deferred",
        "remitted",
        "assigned",
        "elected",
        "proposed",
    },
    ("roster_changes", "kind"): {"replacement", "appointment", "departure"},
    ("attendance", "category"): {"member", "substitute", "other"},
    ("funding", "kind"): {
        "funded_until",
        "application_deadline",
        "spend_by",
        "report_by",
        "agreement_until",
        "project_until",
        "budget_period",
    },
    ("funding", "certainty"): {"stated", "implied", "open_ended", "conditional", "past"},
}
DAYS = {"from", "until", "start", "end", "old_end"}


def load_make():
    spec = importlib.util.spec_from_file_location("sample_make", SAMPLE / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = load_make()
STORIES = make.stories()


@cache
def gold(name):
    return json.loads((SAMPLE / f"{name}.gold.json").read_text(encoding="utf-8"))


def squash(text):
    marks = {"¨": "\u0308", "˚": "\u030a", "´": "\u0301"}  # printed before their letter, as LaTeX does
    text = re.sub("([¨˚´])(\\w)", lambda m: m[2] + marks[m[1]], text)
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


class Drawn(PDFLayoutAnalyzer):
    """The characters of a page in the order of drawing: what pdfplumber's `chars` say, in half the time."""

    def begin_page(self, page, ctm):
        self.text = []

    def end_page(self, page):
        """No layout is wanted."""

    begin_figure = end_figure = render_image = paint_path = lambda self, *args: None

    def render_char(self, matrix, font, fontsize, scaling, rise, cid, *args):
        self.text.append(font.to_unichr(cid))
        return font.char_width(cid) * fontsize * scaling


@cache
def pages(pdf):
    """The whole text of each page, in the order of drawing: [(squashed, as it is)]."""
    device = Drawn(PDFResourceManager())
    interpreter, raw = PDFPageInterpreter(device.rsrcmgr, device), []
    with pdf.open("rb") as file:
        for page in PDFPage.get_pages(file):
            interpreter.process_page(page)
            raw.append("".join(device.text))
    return [(squash(t), t) for t in raw]


def stands_on(name, number, text):
    """Whether `text` stands on page `number`, or begins there and goes on over the page break."""
    squashed = [s for s, _ in pages(SAMPLE / f"{name}.pdf")]
    here, there, text = squashed[number - 1], "".join(squashed[number : number + 1]), squash(text)
    return text in here or any(text[:k] in here and text[k:] in there for k in range(8, len(text) - 8))


def is_day(value):
    return value is None or date.fromisoformat(value).isoformat() == value


def rows(kind):
    return [(name, row) for name in NAMES for row in gold(name)[kind]]


def test_every_story_has_its_pdf_and_labels():
    assert sorted(STORIES) == NAMES
    limits = {name: 600_000 if story["layout"] == "scan" else 300_000 for name, story in STORIES.items()}
    assert all((SAMPLE / f"{name}.pdf").stat().st_size < limits[name] for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_document_is_well_formed(name):
    labels = gold(name)
    assert labels["file"] == f"{name}.pdf"
    assert labels["document"].keys() == {"kind", "body", "meeting_date"} and is_day(labels["document"]["meeting_date"])
    assert labels["document"]["kind"] in {"protokoll", "nyhetsbrev", "minnesanteckningar", "kallelse", "other"}
    assert labels.keys() == {"file", "document", *SHAPE, "adjusters", "chair", "secretary", "notes"}


@pytest.mark.parametrize("kind", SHAPE)
def test_rows_are_well_formed(kind):
    for name, row in rows(kind):
        assert SHAPE[kind] <= row.keys() <= SHAPE[kind] | MAY.get(kind, set()) | {"optional"}, (name, row)
        assert all(row[key] in allowed for (k, key), allowed in VALUES.items() if k == kind), (name, row)
        assert all(is_day(row.get(key)) for key in DAYS), (name, row)


@pytest.mark.parametrize("kind", ["decisions", "roster_changes", "funding"])
def test_rows_name_a_section_of_their_document(kind):
    for name, row in rows(kind):
        named = {s["number"] or s["title"] for s in gold(name)["sections"]}
        assert row["section"] in named or (row["section"] is None and not named), (name, row)


@pytest.mark.parametrize(
    "kind, key", [("sections", "title"), ("decisions", "text"), ("roster_changes", "quote"), ("funding", "quote")]
)
def test_what_is_quoted_stands_on_its_page(kind, key):
    for name, row in rows(kind):
        assert stands_on(name, row["page"], row[key]), (name, row["page"], row[key])


@pytest.mark.parametrize("side", ["incoming", "outgoing"])
def test_persons_stand_in_their_quote(side):
    for name, row in rows("roster_changes"):
        for key in (side, f"{side}_role", f"{side}_org"):
            assert squash(row[key] or "") in squash(row["quote"]), (name, key, row)


def test_groups_are_named_in_their_document():
    for name, row in rows("roster_changes"):
        text = "".join(s for s, _ in pages(SAMPLE / f"{name}.pdf"))
        assert squash(row["group"] or "") in text, (name, row)


def test_names_of_the_present_are_printed():
    for name in NAMES:
        text = "".join(s for s, _ in pages(SAMPLE / f"{name}.pdf"))
        people = [v for row in gold(name)["attendance"] for v in row.values()]
        people += [gold(name)["chair"], gold(name)["secretary"], *gold(name)["adjusters"]]
        people = [p for p in people if p and p not in {"member", "substitute", "other"}]
        printed = [(p, p.replace("ordförande", "ordf.")) for p in people]  # a role's label is written out
        assert [p for p, short in printed if squash(p) not in text and squash(short) not in text] == []


# ---- the order of reading


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_reading_is_the_storys(name):
    texts = json.loads((SAMPLE / f"{name}.order.json").read_text(encoding="utf-8"))
    assert texts == make.order(STORIES[name])
    assert bool(texts) == any(s for s, _ in pages(SAMPLE / f"{name}.pdf"))


def test_the_order_of_reading_holds_what_is_printed():
    for name in NAMES:
        printed = "".join(s for s, _ in pages(SAMPLE / f"{name}.pdf"))
        words = [squash(word) for text in make.order(STORIES[name]) for word in text.split()]
        missing = [word for word in words if word not in printed]
        assert len(missing) <= 1, (name, missing)  # a word may be divided between two pages


def test_columns_are_read_one_after_another_and_tables_row_by_row():
    story = {"layout": "slides", "blocks": []}
    columns = [{"column": "Vänster", "body": [{"text": "ett"}]}, {"column": "Höger", "body": [{"text": "två"}]}]
    assert make.shown({"columns": columns}, story) == ["Vänster", "ett", "Höger", "två"]
    table = {"widths": [1, 2], "head": ["A", "B"], "rows": [["a1", [{"text": "b1"}]], [{"text": "a2"}, "b2"]]}
    assert make.shown({"table": table}, story) == ["A", "B", "a1", "b1", "a2", "b2"]


# ---- what is hard occurs


def test_titles_of_columns_are_drawn_after_their_bodies():
    _, text = pages(SAMPLE / "nyhetsbrev-lanssamverkan-strand-hosten-2025.pdf")[3]
    bodies, titles = ("telefon för den", "hälsas varmt", "personliga besök"), ("Anhöriglinjen", "Språkvänner")
    assert max(map(text.index, bodies)) < min(map(text.rindex, titles))


def test_both_hyphens_stand_at_line_ends_and_a_sentence_runs_over_the_page():
    name = "protokoll-lanssamverkan-strand-2026-02-06"
    with pdfplumber.open(SAMPLE / f"{name}.pdf") as pdf:
        lines = [line["text"] for page in pdf.pages for line in page.extract_text_lines()]
    ends = {(a.split()[-1], b.split()[0]) for a, b in itertools.pairwise(lines) if a.endswith("-")}
    assert {("Hälso-", "och"), ("Per-", "Olof")} < ends and any(re.match("[a-zåäö]", b) for a, b in ends if b != "och")
    squashed = [s for s, _ in pages(SAMPLE / f"{name}.pdf")]
    assert any(squash(d["text"]) not in squashed[d["page"] - 1] for d in gold(name)["decisions"])


def test_a_scan_is_a_picture_with_misread_words_or_without_any():
    with pdfplumber.open(SAMPLE / "protokoll-arbetsutskottet-ekermo-2025-11-12.pdf") as read:
        assert all(len(page.images) == 1 for page in read.pages)
        text = "".join(page.extract_text() for page in read.pages)
    assert all(said in text for said in ("& 113 F", "§ 114 S", "$ 115 B", "stats bidrag", "kommunstyreIsen"))
    with pdfplumber.open(SAMPLE / "protokoll-arbetsutskottet-ekermo-2025-12-10.pdf") as unread:
        assert all(len(page.images) == 1 and not page.chars for page in unread.pages)


def test_one_table_is_ruled_and_one_is_not():
    names = (f"protokoll-styrgruppen-hjalpmedel-{day}.pdf" for day in ("2026-01-20", "2026-04-21"))
    ruled, bare = (pdfplumber.open(SAMPLE / name) for name in names)
    with ruled, bare:
        assert all(page.find_tables() for page in ruled.pages)
        assert not any(page.lines or page.rects for page in bare.pages)


def test_accents_are_printed_as_marks_of_their_own():
    _, text = pages(SAMPLE / "protokoll-foreningen-oppna-dorren-2026-03-15.pdf")[0]
    assert "f¨ort vid ˚arsm¨ote" in text and not set("åäöÅÄÖ") & set(text)


def test_a_protocol_is_badly_numbered_and_one_has_no_sections():
    numbers = [s["number"] for s in gold("protokoll-folkhalsoradet-hallby-2026-03-05")["sections"]]
    assert numbers == ["1", "2", "2", "4", "6", "5", "8"]
    assert gold("protokoll-strandens-brukarrad-2026-02-10")["sections"] == []


def test_a_page_is_stored_turned_and_a_rim_is_hidden():
    with pdfplumber.open(SAMPLE / "protokoll-utbildningsnamnden-norrvalla-2026-03-19.pdf") as pdf:
        assert sorted(page.rotation for page in pdf.pages) == [0, 0, 0, 0, 90]
        for page in pdf.pages:
            x0, top, x1, bottom = page.cropbox
            assert (page.mediabox[2] - page.mediabox[0], page.mediabox[3] - page.mediabox[1]) == (x1 + x0, bottom + top)
            hidden = "".join(c["text"] for c in page.chars if not (x0 < c["x0"] < x1 and top < c["top"] < bottom))
            assert "beslutar att skriva ut" in hidden


# ---- findings across the documents


CROSS = json.loads((SAMPLE / "cross.gold.json").read_text(encoding="utf-8"))
ACROSS = ("extension", "shortening", "conflict", "open_ended", "gap")


@cache
def ends():
    return {(f"{name}.pdf", row["end"]) for name, row in rows("funding")}


def test_findings_rest_on_labelled_ends():
    assert sorted(CROSS["documents"]) == [f"{name}.pdf" for name in NAMES]
    for finding in CROSS["findings"]:
        first, last = finding["files"][0], finding["files"][-1]
        assert finding["type"] in ACROSS and finding["severity"] in {"error", "warning", "info"}, finding
        assert (first, finding["from"]) in ends() and (finding["to"] is None or (last, finding["to"]) in ends()), (
            finding
        )
        if "days" in finding:
            days = date.fromisoformat(finding["to"]) - date.fromisoformat(finding["from"])
            assert days.days == finding["days"] and finding["said"] in {0, 1}, finding
    claims = [*CROSS["unconfirmed"], *CROSS["tolerable_unconfirmed"]]
    assert all((claim["file"], claim["end"]) in ends() for claim in claims)


def test_services_rest_on_labelled_ends_and_findings_name_them():
    assert all((s["deciding_file"], s["current_end"]) in ends() for s in CROSS["services"])
    named = [s["id"] for s in CROSS["services"]]
    assert len(named) == len(set(named)) and {f["subject"] for f in CROSS["findings"]} <= set(named)


def test_vectors_know_the_documents_of_their_day():
    days = {f"{name}.pdf": gold(name)["document"]["meeting_date"] for name in NAMES}
    days |= {name: said["meeting_date"] for name, said in CROSS["inferred_dates"].items()}
    assert {name for name, day in days.items() if day is None} == CROSS["undated"].keys()
    for vector in CROSS["as_of_vectors"]:
        known = {name for name, day in days.items() if day and day <= vector["as_of"]}
        assert set(vector["documents_known"]) == known
        for row in (value for key, value in vector.items() if key not in {"as_of", "documents_known"}):
            if end := row.get("current_end") or row.get("last_dated_end"):
                left = (date.fromisoformat(end) - date.fromisoformat(vector["as_of"])).days
                assert (row["days_left"], row["expired"]) == (left, left < 0), (vector["as_of"], row)


@pytest.mark.parametrize("kind", ["persons", "groups"])
def test_joined_spellings_are_printed(kind):
    text = "".join(s for name in NAMES for s, _ in pages(SAMPLE / f"{name}.pdf"))
    variants = [v for entity in CROSS["entities"][kind] for v in entity["variants"]]
    assert variants and [v for v in variants if squash(v) not in text] == []


def test_floors_are_shares_of_known_kinds():
    floors = json.loads((SAMPLE / "floors.json").read_text(encoding="utf-8"))
    assert floors.keys() - {"lowered"} == {*SHAPE, "documents"}
    assert all(lowered["reason"].strip() for lowered in floors.pop("lowered", []))
    assert floors["documents"].keys() == {"kind", "meeting_date", "organ"}
    for kind, row in floors.items():
        if kind != "documents":
            assert {"precision", "recall", "f1"} <= row.keys() <= {"precision", "recall", "f1", "typed"}, kind
        assert all(0 < floor <= 1 for floor in row.values()), kind


# ---- made anew


def smallest_of_families():
    """The name of one document of each way of making (typst alone, boxes, scan, docx, pptx): the shortest story."""
    longest_first = sorted(NAMES, key=lambda name: len(json.dumps(STORIES[name])), reverse=True)
    ways = {name: STORIES[name]["layout"] if make.layout_of(STORIES[name]).maker else "typst" for name in longest_first}
    return sorted({way: name for name, way in ways.items()}.values())


SET_ANEW = NAMES if os.environ.get("PROTOPARSE_RENDER") == "all" else smallest_of_families()


@pytest.fixture(scope="module")
def anew(tmp_path_factory):
    """name -> (where its PDF is, labels); a document is set when it is asked for, and only once."""
    pytest.importorskip("typst", reason="typst is not installed: the samples cannot be set anew")
    out = tmp_path_factory.mktemp("samples")

    @cache
    def document(name):
        if lacks := make.missing(STORIES[name]):
            pytest.skip(f"not installed: {', '.join(lacks)}")
        return out / f"{name}.pdf", make.make(name, STORIES[name], out)

    return document


def words(pdf):
    with pdfplumber.open(pdf) as file:
        return [[w["text"] for w in page.extract_words()] for page in file.pages]


def same_bytes(one, other):
    return one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("name", SET_ANEW)
def test_set_anew_the_words_and_labels_are_the_same(name, anew):
    pdf, labels = anew(name)
    assert labels == gold(name)
    assert same_bytes(pdf, SAMPLE / f"{name}.pdf") or words(pdf) == words(SAMPLE / f"{name}.pdf")


@pytest.mark.parametrize("name", smallest_of_families())
def test_setting_twice_gives_the_same_bytes(name, anew, tmp_path):
    pdf, _ = anew(name)
    if not same_bytes(pdf, SAMPLE / f"{name}.pdf"):  # set with other versions than the sample was
        make.render(STORIES[name], tmp_path / "again.pdf")
        assert same_bytes(pdf, tmp_path / "again.pdf")


def test_the_table_of_the_readme_is_up_to_date():
    made = {name: (story, gold(name)) for name, story in STORIES.items()}
    assert make.table(made) in (SAMPLE / "README.md").read_text(encoding="utf-8")


# ---- the maker fails loudly


def test_a_text_that_is_not_printed_is_an_error():
    with pytest.raises(LookupError, match="not printed"):
        make.Printed(text="alltannat", starts=[0], in_order=True).find("Nämnden beslutar")


@pytest.mark.parametrize(
    "block", [{"text": "Beslut: Ja.", "decisions": []}, {"text": "Beslut: Ja.", "decision": [{"outcom": "noted"}]}]
)
def test_a_misspelled_key_is_an_error(block):
    labels = make.Labels({"layout": "word"}, make.Printed("beslutja", [0], in_order=True))
    with pytest.raises(KeyError, match="unknown keys"):
        labels.walk([block])


def test_a_label_that_is_no_part_of_its_text_is_an_error():
    with pytest.raises(ValueError, match="no part of"):
        make.quoted("Anna Ek utses.", "Per Ek")


@pytest.mark.parametrize(
    "text, read",
    [
        ("Hälso-\noch sjukvård", "Hälso- och sjukvård"),
        ("Karl-\nErik", "Karl-Erik"),
        ("1,8\u00a0mnkr\när", "1,8 mnkr är"),
    ],
)
def test_how_a_source_text_reads(text, read):
    assert make.reads(text) == read
