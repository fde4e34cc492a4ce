"""Text keeps the printed origin of every character through slicing, joining and unwrapping."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protoparse.text import Text, Word, boxes, join, seam, unwrap

LETTERS = st.text("abcåäöÅÄ12.-", min_size=1, max_size=8)


def word(text: str, page: int = 1, x0: float = 0, top: float = 0, width: float = 10) -> Word:
    return Word(text, page, x0, top, x0 + width, top + 10, 10)


texts = st.lists(LETTERS, min_size=1, max_size=6).map(
    lambda parts: Text.of_words(word(part, x0=20 * k) for k, part in enumerate(parts))
)


def origins(text: Text) -> list[tuple[str, Word] | tuple[str, None]]:
    """Every character with its word."""
    of = {k: run.word for run in text.runs for k in range(run.start, run.end)}
    return [(c, of.get(k)) for k, c in enumerate(text.string)]


@given(texts, st.integers(0, 40), st.integers(0, 40))
def test_a_slice_keeps_string_and_origins(text, a, b):
    part = text[a:b]
    assert part.string == text.string[a:b]
    assert origins(part) == origins(text)[a:b]


@given(texts, st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_slices_compose(text, a, b, c, d):
    assert text[a : a + b][c : c + d] == text[a + c : min(a + b, a + c + d)]


@given(texts)
def test_runs_increase_and_lie_inside(text):
    ends = [0, *(edge for run in text.runs for edge in (run.start, run.end)), len(text)]
    assert ends == sorted(ends)


@given(st.lists(texts, max_size=5), st.sampled_from([" ", "\n", ""]))
def test_join_is_the_join_of_strings_and_origins(parts, separator):
    joined = join(parts, separator)
    assert joined.string == separator.join(part.string for part in parts)
    assert [w for _, w in origins(joined) if w] == [w for part in parts for _, w in origins(part) if w]


@given(st.lists(texts, max_size=5))
def test_unwrap_loses_only_hyphens_and_no_origin_of_the_rest(lines):
    whole = unwrap(lines)
    assert whole.string.replace("-", "").replace(" ", "") == "".join(x.string for x in lines).replace("-", "").replace(
        " ", ""
    )
    for character, origin in origins(whole):
        assert origin is None or character in origin.text


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("beslutar att remit-", "tera ärendet", "beslutar att remittera ärendet"),
        ("Hälso-", "och sjukvård", "Hälso- och sjukvård"),
        ("skol-", "eller fritidsverksamhet", "skol- eller fritidsverksamhet"),
        ("Karl-", "Erik Dahl", "Karl-Erik Dahl"),
        ("covid-", "19", "covid-19"),
        ("MBL-", "förhandling", "MBL-förhandling"),
        ("e-", "post", "e-post"),
        ("Mona El-", "gåker", "Mona Elgåker"),
        ("socialtjänst", "och skola", "socialtjänst och skola"),
        ("perioden 2026 –", "2027", "perioden 2026 – 2027"),
        ("perioden 2026–", "2027", "perioden 2026–2027"),
    ],
)
def test_lines_are_joined_as_a_reader_does(before, after, joined):
    assert unwrap([Text(before), Text(after)]).string == joined


def test_seam_tells_what_to_drop_and_insert():
    assert seam("besluta-", "de") == (1, "")
    assert seam("besluta", "de") == (0, " ")


def test_one_box_per_printed_line_also_over_a_page_break():
    text = Text.of_words([word("a", x0=10), word("b", x0=30), word("c", x0=5, top=15), word("d", page=2, x0=40)])
    assert [(b.page, b.x0, b.top, b.x1) for b in boxes(text)] == [(1, 10, 0, 40), (1, 5, 15, 15), (2, 40, 0, 50)]


def test_a_text_is_sliced_forwards_only():
    with pytest.raises(ValueError, match="forwards"):
        Text("abc")[::-1]


def test_strip_keeps_the_origin():
    text = Text.of_words([word("(S),")]).strip("(),")
    assert text.string == "S"
    assert text.words[0].text == "(S),"


def test_words_far_apart_on_a_line_have_a_box_each():
    words = [Word(t, 1, x, 100.0, x + 30.0, 110.0, 10.0) for t, x in (("Siv", 50.0), ("Lund", 85.0), ("Norrby", 300.0))]
    assert [(b.x0, b.x1) for b in boxes(Text.of_words(words))] == [(50.0, 115.0), (300.0, 330.0)]
