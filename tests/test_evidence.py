"""Every row's boxes hold its words, read back from the page by a reader that is not ours."""

import re
from pathlib import Path

import pdfplumber
import pytest

from protoparse import rules
from protoparse.protocol import Kit, parse
from protoparse.text import boxes

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
NAMES = [
    "protokoll-lanssamverkan-strand-2026-02-06",  # Word-like, two columns, a sentence over a page break
    "nyhetsbrev-lanssamverkan-strand-hosten-2025",  # slides of three columns
    "protokoll-kommunstyrelsen-norrvalla-2026-03-10",  # cover page, §
    "protokoll-utbildningsnamnden-norrvalla-2026-03-19",  # a page stored turned, a CropBox inside the MediaBox
    "protokoll-socialnamnden-granas-2026-03-24",  # made by LibreOffice
]


def squash(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def read_back(pdf, quote):
    """The characters whose middle lies in the boxes of a quote, by pdfplumber, boxes in their order."""
    found = ""
    for box in boxes(quote):
        page = pdf.pages[box.page - 1]
        left, top = page.cropbox[0], page.cropbox[1]
        for char in page.chars:
            x, y = (char["x0"] + char["x1"]) / 2 - left, (char["top"] + char["bottom"]) / 2 - top
            if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
                found += char["text"]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_boxes_of_every_row_hold_its_words(samples, name):
    protocol = samples[f"{name}.pdf"]
    facts = [
        *protocol.decisions,
        *protocol.roster_changes,
        *protocol.funding,
        *protocol.dates,
        *protocol.attendance,
    ]
    assert len(facts) > 20
    with pdfplumber.open(SAMPLE / f"{name}.pdf") as pdf:
        turned = {page.page_number for page in pdf.pages if page.rotation}
        for fact in facts:
            quote = fact.evidence.quote
            if not turned & {box.page for box in boxes(quote)}:  # pdfplumber does not turn such pages
                assert squash(read_back(pdf, quote)) == squash(quote.string), quote.string


@pytest.mark.parametrize("name", NAMES)
def test_a_row_says_what_stands_in_its_quote(samples, name):
    protocol = samples[f"{name}.pdf"]
    for decision in protocol.decisions:
        assert squash(decision.text) in squash(decision.evidence.quote.string)
    for mention in protocol.dates:
        assert squash(mention.text) in squash(mention.evidence.quote.string)
    for attendee in protocol.attendance:
        assert squash(attendee.name) in squash(attendee.evidence.quote.string)


def test_the_same_file_gives_the_same_rows(samples):
    once, again = samples[f"{NAMES[0]}.pdf"], parse(SAMPLE / f"{NAMES[0]}.pdf", Kit.of(rules.load()))
    assert once.decisions == again.decisions
    assert once.funding == again.funding
    assert once.dates == again.dates
