"""The measure of reading order itself: it must tell a page in order from one that is not."""

import random
from pathlib import Path

import pytest

from protoparse import reading
from protoparse.models import Line
from protoparse.text import Text, Word

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"


def line(text, page=1):
    return Line(Text.of_words(Word(word, page, 0, 0, 1, 1) for word in text.split()), page)


LEFT = ["Lägret vid Tallsjön", "fick många gäster", "och en ny brygga"]
RIGHT = ["Kören sjöng visor", "hela den långa kvällen", "under gamla ekar"]
TEXTS = [" ".join(LEFT), " ".join(RIGHT)]


def one(lines, texts=TEXTS, left_out=()):
    (page,) = reading.compare([line(t) for t in lines], [line(t) for t in left_out], texts, 1)
    return page


def test_columns_read_one_after_another_are_in_order():
    page = one([*LEFT, *RIGHT])
    assert (page.tau, page.moved, page.missing, page.extra, page.breaks) == (1.0, 0, [], [], [])
    assert page.matched == 20


def test_columns_read_across_are_out_of_order():
    page = one([f"{a} {b}" for a, b in zip(LEFT, RIGHT, strict=True)])
    assert page.tau < 0.75 and page.moved >= 6
    assert page.breaks[0] == "… Tallsjön Kören sjöng visor | fick många gäster hela … (source: hela den långa kvällen)"


def test_blocks_in_the_wrong_order_score_low():
    assert one([*RIGHT, *LEFT]).tau < 0.1


def test_a_shuffled_page_scores_low():
    lines = [*LEFT, *RIGHT]
    words = " ".join(lines).split()
    random.Random(4).shuffle(words)
    assert one([" ".join(words)]).tau < 0.5


def test_repeated_words_are_told_apart_by_their_neighbours():
    texts = ["Beslut Rådet köper en båt", "Beslut Rådet säljer en vagn", "Beslut Rådet lånar en cykel"]
    assert one(texts, texts).tau == 1
    swapped = one([texts[1], texts[0], texts[2]], texts)
    assert swapped.matched == 15 and swapped.moved == 5


def test_missing_and_extra_words_are_told_by_page():
    lines = [line("Kvarnen maler om natten", 1), line("Sida 2", 2), line("Bagaren sover länge", 2)]
    first, second = reading.compare(lines, [], ["Kvarnen maler mjöl om natten.", "Bagaren sover länge"], 2)
    assert (first.missing, first.extra, second.extra) == (["mjöl"], [], ["Sida", "2"])


def test_what_is_left_out_on_purpose_is_not_missing():
    assert one(["Bagaren sover"], ["Tallköping", "Bagaren sover"], ["Tallköping"]).missing == []
    assert one(["Bagaren sover"], ["Tallköping", "Bagaren sover"]).missing == ["Tallköping"]


def test_a_word_divided_at_a_line_end_is_one_word():
    page = one(["Den gamla vatten-", "kvarnen och Ann-", "Karin mal-"], ["Den gamla vattenkvarnen och Ann-Karin mal"])
    assert (page.missing, page.extra, page.tau) == ([], [], 1)


def test_marks_of_lists_need_no_source():
    assert (
        one(["1. Rådet köper en båt", "b) Rådet säljer en vagn"], ["Rådet köper en båt", "Rådet säljer en vagn"]).extra
        == []
    )


@pytest.mark.parametrize("places, tau", [([], 1), ([7], 1), ([1, 2, 9], 1), ([9, 2, 1], -1), ([2, 1, 3], 1 / 3)])
def test_kendall(places, tau):
    assert reading.kendall(places) == pytest.approx(tau)


def test_the_longest_rising_chain_stays():
    assert reading.in_order([5, 1, 2, 9, 3]) == [False, True, True, False, True]


def test_the_figures_name_the_worst_pages():
    good, bad = one([*LEFT, *RIGHT]), one([*RIGHT, *LEFT])
    text = "\n".join(reading.told([("bra", good), ("illa", bad)]))
    assert "1 pages at 1.0" in text and "illa p. 1: 10 of 20 words moved" in text and " bra p. 1" not in text
    assert reading.told([]) == ["no page with an order to compare"]


@pytest.fixture(scope="module")
def samples():
    return reading.measure_all([SAMPLE])


def test_floor_of_the_samples(samples):
    pages = [page for _, page in samples if page.matched]
    matched = sum(page.matched for page in pages)
    assert len(pages) > 100 and matched > 18_000
    assert sum(page.tau for page in pages) / len(pages) >= 0.995
    assert sum(page.tau == 1 for page in pages) >= 85
    assert sum(page.moved for page in pages) <= 0.007 * matched
    assert sum(len(page.missing) for page in pages) <= 0.002 * matched
    assert sum(len(page.extra) for page in pages) <= 0.009 * matched


def test_a_shuffled_sample_falls_below_the_floor(samples, monkeypatch):
    """The floor can be missed: the same pages with their lines shuffled."""
    lay_out = reading.lay_out

    def shuffled(*args):
        layout = lay_out(*args)
        random.Random(1).shuffle(layout.lines)
        layout.lines.sort(key=lambda item: item.page)
        return layout

    monkeypatch.setattr(reading, "lay_out", shuffled)
    pages = [page for _, page in reading.measure_all([SAMPLE / "protokoll-lanssamverkan-strand-2026-02-06.pdf"])]
    assert len(pages) == 3 and sum(page.tau for page in pages) / len(pages) < 0.5
