"""The benchmark's own arithmetic; how fast the program is, no test can say."""

from pathlib import Path

import pdfplumber
import pytest

from protoparse import bench, rules
from protoparse.protocol import Kit

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
RULED = SAMPLE / "protokoll-styrgruppen-hjalpmedel-2026-01-20.pdf"
SHORT = SAMPLE / "kallelse-lanssamverkan-strand-2026-12-04.pdf"


@pytest.fixture(scope="module")
def kit():
    return Kit.of(rules.load())


def test_time_inside_a_step_is_counted_once():
    now = iter([0.0, 1.0, 3.0, 6.0, 10.0])
    watch = bench.Watch(lambda: next(now))
    with watch.step("outer"):
        assert watch.watched("inner", lambda a, b: a + b)(1, 2) == 3
    assert watch.seconds == {"rest": 1.0, "outer": 2.0 + 4.0, "inner": 3.0}


def test_pages_opened_with_pdfplumber_are_counted_and_pdfplumber_is_left_as_it_was(kit, monkeypatch):
    before = pdfplumber.open
    with pdfplumber.open(RULED) as pdf:
        pages = len(pdf.pages)

    def opening(files, kit):
        pdfplumber.open(RULED, pages=[1]).close()
        pdfplumber.open(RULED).close()

    monkeypatch.setattr(bench, "reading", opening)
    assert bench.opened_pages([], kit) == 1 + pages
    assert pdfplumber.open is before


def test_every_step_of_an_ingest_takes_time(kit):
    parts = bench.split([SHORT], kit)
    assert set(bench.ORDER) <= parts.keys() and all(parts[step] >= 0 for step in bench.ORDER)
    assert parts["reading"] > 0 and parts["agenda"] > 0
    assert len(bench.told_split(parts, 1)) == len(bench.ORDER) + 3


def test_ratios_say_whether_the_target_is_met():
    times = {
        "reading and layout": 2.0,
        "pdfplumber, extract_words": 20.0,
        "pdftotext -bbox-layout": 0.5,
        "whole ingest, one process, start included": 3.0,
        "pdfplumber, extract_text": 30.0,
    }
    words, text, whole, opened = bench.told_ratios(times, 0.06)
    assert words.endswith("10.00 (target >= 10: met)") and "4.00" in text and text.endswith("MISSED)")
    assert "0.10" in whole and whole.endswith("met)") and opened.endswith("MISSED)")
    del times["pdftotext -bbox-layout"]
    assert len(bench.told_ratios(times, 0.0)) == 3
