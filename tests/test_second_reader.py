"""The comparison with a second reader: equal words are no difference, and each kind of difference is known by name."""

from pathlib import Path

import pytest

from protoparse import second_reader
from protoparse.second_reader import Seen, Why

SAMPLE = Path(__file__).resolve().parent.parent / "corpus" / "sample"
SIZE = (500.0, 700.0)


def words(*texts, blank=4.0, letter=6, x=50.0, upright=True):
    """Words of one line, ten points high, with letters and blanks between the words of the given widths."""
    found = []
    for text in texts:
        found.append(Seen(text, x, 100, x + letter * len(text), 110, upright))
        x += letter * len(text) + blank
    return found


def kinds(mine, other):
    return [one.why for one in second_reader.differences(1, mine, other, SIZE)]


def test_equal_words_in_another_order_are_no_difference():
    mine = words("Rådet", "köper", "en", "båt")
    assert kinds(mine, mine[::-1]) == []


def test_a_word_of_another_page_half_is_a_difference_of_its_own():
    mine = [*words("båt"), Seen("båt", 50, 300, 68, 310)]
    (one,) = second_reader.differences(3, mine, words("båt"), SIZE)
    assert (one.page, one.ours, one.theirs, one.why) == (3, "båt", "", Why.OTHER)


@pytest.mark.parametrize(
    "mine, other, why",
    [
        (words("finans"), words("ﬁnans"), Why.LIGATURE),
        (words("fört"), words("f¨ort"), Why.ACCENT),
        (words("båten"), words("ba\u030aten"), Why.ACCENT),
        (words("Tun-"), words("Tun\u00ad"), Why.SOFT_HYPHEN),
        (words("•"), words("\uf0b7"), Why.SIGN),
        (words("Karl-Erik"), words("Karl\u2010Erik"), Why.SIGN),
        (words("§", "12"), words("&", "12"), Why.MENDED),
        (words("§14"), words("$14"), Why.MENDED),
        (words("S", "V", "A", "R", blank=3), words("SVAR", letter=9), Why.LETTERSPACED),
        (words(".", ".", ".", ".", blank=0.2), words("....."), Why.DOTS),
        (words("en", "båt", blank=1.5), words("enbåt"), Why.GLUED),
        (words("båten"), words("bå", "ten", blank=0.1), Why.SPLIT),
        (words("enbåt"), words("en", "båt", blank=2), Why.OURS_GLUED),
        (words("bå", "ten", blank=0.1), words("båten"), Why.OURS_SPLIT),
        (words("Beslut"), words("BBeesslluutt"), Why.TWICE),
        (words("KOM"), words("K", "O", "M", blank=0, upright=False), Why.TURNED),
        ([], words("skärmärke", x=620), Why.OUTSIDE),
        (words("båt"), words("(cid:12)(cid:3)"), Why.UNNAMED),
        (words("båt"), words("bat"), Why.OTHER),
        (words("båt"), [], Why.OTHER),
    ],
)
def test_kinds(mine, other, why):
    assert kinds(mine, other) == [why]


def test_the_samples_differ_for_known_reasons_only():
    names = ("protokollsutdrag-kommunstyrelsen-norrvalla-2026-04-14", "protokoll-styrgruppen-hjalpmedel-2026-04-21")
    results = [(name, second_reader.measure(SAMPLE / f"{name}.pdf")) for name in names]
    found = {one.why for _, result in results for one in result.differences}
    assert found == {Why.TURNED, Why.LETTERSPACED}
    text = "\n".join(second_reader.told("samples", results))
    assert (
        text.startswith("samples: ")
        and "letter-spaced word" in text
        and "'S T Y R G R U P P E N' / 'STYRGRUPPEN'" in text
    )
    assert f" {Why.OTHER}\n" not in text


def test_places_without_a_reason_are_all_listed():
    odd = second_reader.differences(2, words("båt"), words("bat"), SIZE)
    result = second_reader.Found(2, 10, 0, odd * 3)
    text = second_reader.told("x", [("a.pdf", result)])
    assert len(text) == 5 and text[1:3] == ["      3 other", "        'båt' / 'bat' (a.pdf p. 2)"]
