"""Which words are read: the words of each page against those of a second reader, pdfplumber, and why they differ.

python -m protoparse.second_reader [PDF or folder …]
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber

from protoparse.pdf.reader import Page, Unreadable, read


class Why(StrEnum):
    """Why two readers differ over a place on a page."""

    LIGATURE = "ligature: one sign for several letters, spelled out here"
    ACCENT = "accent drawn apart from its letter, put on it here"
    SOFT_HYPHEN = "soft hyphen or other invisible sign, taken out here"
    SIGN = "bullet, dash or blank written as another sign of the same look"
    MENDED = "paragraph sign that text recognition misread, mended here"
    LETTERSPACED = "letter-spaced word: another number of pieces (put together later, row by row)"
    DOTS = "line of dots: another number of pieces"
    GLUED = "words glued by the second reader (narrow blanks), apart here"
    SPLIT = "word split by the second reader (wide blanks between letters), whole here"
    OURS_GLUED = "words glued here, apart for the second reader"
    OURS_SPLIT = "word split here, whole for the second reader"
    TWICE = "text drawn twice, read once here"
    TURNED = "text set aslant or across the reading direction"
    OUTSIDE = "outside the CropBox: no viewer shows it"
    UNNAMED = "signs without a Unicode value"
    OTHER = "other"


class Seen(NamedTuple):
    """A word as one of the readers says it, its box in points from the top left corner of the page as a viewer shows
    it, and whether it runs in the reading direction."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    upright: bool = True


class Found(NamedTuple):
    """What comparing a file gave: its pages, the words read here, those of them that no viewer shows, and the places
    where the readers differ."""

    pages: int
    words: int
    unseen: int
    differences: list[Difference]


class Difference(NamedTuple):
    """A place on a page (1-based) where the readers differ: what is read here, what the second reader says, and why."""

    page: int
    ours: str
    theirs: str
    why: Why


# ---------------------------------------------------------------- one page


def ours(page: Page) -> list[Seen]:
    """The words of a page as protoparse reads them."""
    upright = [Seen(w.text, w.x0, w.top, w.x1, w.bottom) for w in page.words]
    return upright + [Seen(w.text, w.x0, w.top, w.x1, w.bottom, False) for w in page.sideways]


def theirs(page: Any) -> list[Seen]:
    """The words of a page as pdfplumber's `extract_words` gives them, moved to the page as a viewer shows it."""
    left, top = page.cropbox[0] - page.bbox[0], page.cropbox[1] - page.bbox[1]
    aslant = {(c["x0"], c["top"]) for c in page.chars if abs(c["matrix"][1]) > 0.02 * abs(c["matrix"][0])}
    return [
        Seen(
            word["text"],
            word["x0"] - left,
            word["top"] - top,
            word["x1"] - left,
            word["bottom"] - top,
            not any((c["x0"], c["top"]) in aslant for c in word.get("chars", ())),
        )
        for word in page.extract_words(return_chars=bool(aslant))
    ]


def differences(
    number: int, mine: Sequence[Seen], other: Sequence[Seen], size: tuple[float, float]
) -> list[Difference]:
    """Where the multisets of words of a page differ, neighbours taken together; `size`: the page's width, height."""
    a, b = _unpaired(mine, other)
    found = []
    for left, right in _places(a, b):
        said, heard = (" ".join(w.text for w in side) for side in (left, right))
        found.append(Difference(number, said, heard, why(left, right, size)))
    return found


def _unpaired(mine: Sequence[Seen], other: Sequence[Seen]) -> tuple[list[Seen], list[Seen]]:
    """The words that only one of the readers has: equal words are paired, first where they lie over one another, then
    wherever they stand."""
    theirs_of: dict[str, list[Seen]] = defaultdict(list)
    for word in other:
        theirs_of[word.text].append(word)
    anywhere: Callable[[Seen, Seen], bool] = lambda a, b: True  # noqa: E731
    for there in (_meet, anywhere):
        lonely = []
        for word in mine:
            same = [w for w in theirs_of[word.text] if there(word, w)]
            if same:
                theirs_of[word.text].remove(same[0])
            else:
                lonely.append(word)
        mine = lonely
    return list(mine), [word for words in theirs_of.values() for word in words]


def _meet(a: Seen, b: Seen) -> bool:
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.bottom, b.bottom) - max(a.top, b.top)
    return wide > 0.2 and high > 0.4 * min(a.bottom - a.top, b.bottom - b.top)


def _places(a: Sequence[Seen], b: Sequence[Seen]) -> list[tuple[list[Seen], list[Seen]]]:
    """Words of both readers that lie over one another, each group from left to right."""
    words = [(w, 0) for w in a] + [(w, 1) for w in b]
    groups: list[list[tuple[Seen, int]]] = []
    for item in sorted(words, key=lambda item: (round(item[0].bottom), item[0].x0)):
        touching = [g for g in groups if any(_meet(item[0], w) for w, _ in g)]
        groups = [g for g in groups if g not in touching] + [[item, *(x for g in touching for x in g)]]
    sides = [[sorted((w for w, s in g if s == side), key=lambda w: w.x0) for side in (0, 1)] for g in groups]
    return [(left, right) for left, right in sides]


# ---------------------------------------------------------------- why

_LIGATURES = re.compile("[\ufb00-\ufb06]")
_ACCENTS = re.compile("[¨˚´`ˆ\u0300-\u036f]")
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\ufffe\x00-\x1f]")
_UNNAMED = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff\ufffd]")
_MISREAD = re.compile(r"[&$£]+")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def why(left: Sequence[Seen], right: Sequence[Seen], size: tuple[float, float]) -> Why:
    """Why the readers differ over one place: the words of the first and of the second."""
    said, heard = "".join(w.text for w in left), "".join(w.text for w in right)
    if not left and all(_outside(word, size) for word in right):
        return Why.OUTSIDE
    if not all(word.upright for word in (*left, *right)):
        return Why.TURNED
    if _ACCENTS.search(heard) and _bare(said) == _bare(heard):
        return Why.ACCENT
    if _letters(said) == _letters(heard):
        return _same_letters(left, right, said, heard)
    if _UNNAMED.search(heard):
        return Why.UNNAMED
    if "§" in said and _MISREAD.sub("", heard) == said.replace("§", ""):
        return Why.MENDED
    if said and _is_twice(_letters(said), _letters(heard)):
        return Why.TWICE
    return Why.OTHER


def _same_letters(left: Sequence[Seen], right: Sequence[Seen], said: str, heard: str) -> Why:
    single = max(sum(len(w.text) == 1 for w in side) for side in (left, right))
    if re.fullmatch(r"[._]+", said):
        return Why.DOTS
    if _LIGATURES.search(heard):
        return Why.LIGATURE
    if _HIDDEN.search(heard):
        return Why.SOFT_HYPHEN
    if len(left) == len(right):
        if "§" in said and _MISREAD.search(heard):
            return Why.MENDED
        return Why.SIGN if said != heard else Why.OTHER
    if single >= 3:
        return Why.LETTERSPACED
    if not left or not right:
        return Why.SIGN if not _letters(said + heard) else Why.OTHER
    if len(left) > len(right):
        return Why.GLUED if _parted(left) else Why.OURS_SPLIT
    return Why.SPLIT if not _parted(right) else Why.OURS_GLUED


def _parted(words: Sequence[Seen]) -> bool:
    """Whether the blanks between words are as wide as between words: a ninth of the height of the line or more."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    return min(gaps) >= 0.11 * (words[0].bottom - words[0].top)


def _outside(word: Seen, size: tuple[float, float]) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return not (0 <= x <= size[0] and 0 <= y <= size[1])


def _bare(text: str) -> str:
    """Letters without accents, in any order: an accent may stand before or after its letter."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", text).replace("ı", "i"))
    return _letters(plain)


def _is_twice(said: str, heard: str) -> bool:
    return sorted(heard) == sorted(said * 2) or heard == said * 3


# ---------------------------------------------------------------- all pages


def measure(path: Path) -> Found:
    """Compares the two readers on every page of a file. Raises Unreadable."""
    document = read(path)
    words = unseen = 0
    found: list[Difference] = []
    with pdfplumber.open(path) as pdf:
        for page, second in zip(document.pages, pdf.pages, strict=True):
            mine, size = ours(page), (page.width, page.height)
            words += len(mine)
            unseen += sum(_outside(word, size) for word in mine)
            found.extend(differences(page.number, mine, theirs(second), size))
            second.close()
    return Found(len(document.pages), words, unseen, found)


def told(name: str, results: Sequence[tuple[str, Found]]) -> list[str]:
    """How many places differ by kind, with an example of each, and all places without a known reason."""
    pages, words, unseen = (sum(found[k] for _, found in results) for k in range(3))
    places: dict[Why, list[str]] = defaultdict(list)
    for file, found in results:
        for one in found.differences:
            places[one.why].append(f"{one.ours!r} / {one.theirs!r} ({file} p. {one.page})")
    total = sum(map(len, places.values()))
    lines = [f"{name}: {pages} pages, {words} words; {total} places where pdfplumber's words differ"]
    if unseen:
        lines.append(f"  {unseen:5d} words that both readers read, though they lie outside the CropBox")
    for why_, shown in sorted(places.items(), key=lambda item: list(Why).index(item[0])):
        lines += [
            f"  {len(shown):5d} {why_}",
            *(f"        {text}" for text in (shown if why_ is Why.OTHER else shown[:1])),
        ]
    return lines


def _measured(file: Path) -> Found | None:
    try:
        return measure(file)
    except Unreadable as error:
        print(f"{file.name}: {error}")
        return None


def main(paths: Iterable[str]) -> None:
    """Prints for each folder or file how its words differ from pdfplumber's, by kind; read here / by pdfplumber."""
    for path in map(Path, paths or ["corpus/sample"]):
        files = sorted(path.glob("*.pdf")) if path.is_dir() else [path]
        results = [(file.name, found) for file in files if (found := _measured(file))]
        print("\n".join(told(str(path), results)))


if __name__ == "__main__":
    main(sys.argv[1:])
