"""In which order pages are read: the words of each page against the order of the texts that the document was made of.

python -m protoparse.reading [folder …]

Beside a PDF, `NAME.order.json` lists its texts in the order in which a person reads them; it comes from the
source of the document and never from a parser.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from protoparse import rules
from protoparse.models import Line
from protoparse.pdf.layout import lay_out
from protoparse.pdf.reader import read
from protoparse.protocol import Kit


class Token(NamedTuple):
    """A word as it is compared (letters and digits, lower case), as it is printed, its 1-based page, and whether it may
    be the mark of a list, which no source needs to hold."""

    word: str
    shown: str
    page: int = 0
    mark: bool = False


class PageOrder(NamedTuple):
    """How one page was read: how many words the source has too, Kendall's tau between the two orders (1: the same), how
    many of those words stand out of order, words of the source that are missing from the page and words that only the
    page has; and where the order breaks, as short quotes."""

    page: int
    matched: int
    tau: float
    moved: int
    missing: list[str]
    extra: list[str]
    breaks: list[str]


def squash(text: str) -> str:
    """Letters and digits only, in lower case and composed."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text.replace("\u00ad", ""))).lower()


def source_tokens(texts: Iterable[str]) -> list[Token]:
    """The words of the source in their order."""
    return [Token(word, shown) for text in texts for shown in text.split() if (word := squash(shown))]


_MARK = re.compile(r"\(?(?:\d{1,2}|[a-zåäö])[.)]")


def page_tokens(lines: Sequence[Line], known: frozenset[str]) -> list[Token]:
    """The words of the lines as they were read. The halves of a word that was divided at a line end are one word where
    the source knows it as one."""
    found: list[Token] = []
    ends: set[int] = set()
    for line in lines:
        for at, shown in enumerate(line.text.string.split()):
            if word := squash(shown):
                found.append(Token(word, shown, line.page, at == 0 and bool(_MARK.fullmatch(shown))))
        ends.add(len(found))
    joined: list[Token] = []
    for at, token in enumerate(found):
        before = joined[-1] if joined else None
        if before and at in ends and before.shown.endswith(("-", "–", "/")) and before.word + token.word in known:
            joined[-1] = before._replace(word=before.word + token.word, shown=before.shown + token.shown)
        else:
            joined.append(token)
    return joined


# ---------------------------------------------------------------- which word is which

_NEAR = {1: 40, 2: 150}  # words; a phrase of three is looked for anywhere


def align(read: Sequence[Token], source: Sequence[Token]) -> list[int | None]:
    """For each word that was read its place in the source, None where it has none.

    Long phrases first, at last single words near their neighbours: which word is meant is told by the words around it,
    never by the order of the phrases.
    """
    places: list[int | None] = [None] * len(read)
    taken = [False] * len(source)
    for length in (8, 5, 3, 2, 1):
        for alone in (True, False):
            _match(read, source, places, taken, length, alone)
            _extend(read, source, places, taken)
    return places


def _grams(tokens: Sequence[Token], free: Sequence[bool], length: int) -> dict[tuple[str, ...], list[int]]:
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(tokens) - length + 1):
        if all(free[at : at + length]):
            grams[tuple(t.word for t in tokens[at : at + length])].append(at)
    return grams


def _match(
    read: Sequence[Token],
    source: Sequence[Token],
    places: list[int | None],
    taken: list[bool],
    length: int,
    alone: bool,
) -> None:
    """Match phrases of so many words: those that occur once on both sides (alone), or the nearest ones."""
    ours = _grams(read, [p is None for p in places], length)
    theirs = _grams(source, [not t for t in taken], length)
    for at, gram in sorted((at, gram) for gram, ats in ours.items() for at in ats):
        if any(p is not None for p in places[at : at + length]) or (length == 1 and read[at].mark):
            continue
        found = [j for j in theirs.get(gram, ()) if not any(taken[j : j + length])]
        if not found or (alone and (len(found) > 1 or len(ours[gram]) > 1)):
            continue
        near = [p for p in _neighbours(places, at) if p is not None]
        best = min(found, key=lambda j: (min((abs(j - p) for p in near), default=j), j))
        if length in _NEAR and near and min(abs(best - p) for p in near) > _NEAR[length]:
            continue
        for k in range(length):
            places[at + k], taken[best + k] = best + k, True


def _neighbours(places: Sequence[int | None], at: int) -> tuple[int | None, int | None]:
    """Where the nearest matched words before and after a place stand in the source."""
    before = next((places[k] for k in range(at - 1, -1, -1) if places[k] is not None), None)
    after = next((places[k] for k in range(at + 1, len(places)) if places[k] is not None), None)
    return before, after


def _extend(read: Sequence[Token], source: Sequence[Token], places: list[int | None], taken: list[bool]) -> None:
    """Matches grow over equal words on both sides."""
    for step, order in ((1, range(len(read) - 1)), (-1, range(len(read) - 1, 0, -1))):
        for at in order:
            place = places[at]
            if place is None or places[at + step] is not None or not 0 <= place + step < len(source):
                continue
            if not taken[place + step] and read[at + step].word == source[place + step].word:
                places[at + step], taken[place + step] = place + step, True


# ---------------------------------------------------------------- how well


def kendall(places: Sequence[int]) -> float:
    """Kendall's tau of different places against their rising order: 1 in order (and if fewer than two), -1 reversed."""
    total = len(places) * (len(places) - 1) // 2
    seen: list[int] = []
    wrong = 0
    for place in places:
        at = bisect_left(seen, place)
        wrong += len(seen) - at
        seen.insert(at, place)
    return 1 - 2 * wrong / total if total else 1.0


def in_order(places: Sequence[int]) -> list[bool]:
    """Which of the places belong to the longest rising chain; the others have been moved."""
    tails: list[int] = []  # index of the smallest last place of a chain of each length
    before: list[int | None] = []
    for at, place in enumerate(places):
        length = bisect_left(tails, place, key=lambda k: places[k])
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [at]
    kept = [False] * len(places)
    at_last = tails[-1] if tails else None
    while at_last is not None:
        kept[at_last] = True
        at_last = before[at_last]
    return kept


def compare(lines: Sequence[Line], left_out: Sequence[Line], texts: Sequence[str], pages: int) -> list[PageOrder]:
    """Each page's order against the source's. Words of lines left out on purpose are not missing."""
    source = source_tokens(texts)
    known = frozenset(token.word for token in source)
    read = page_tokens(lines, known)
    places = align(read, source)
    missing = _missing(read, places, source, page_tokens(left_out, known))
    return [_page(page, read, places, source, missing[page]) for page in range(1, pages + 1)]


def _missing(
    read: Sequence[Token], places: Sequence[int | None], source: Sequence[Token], left_out: Sequence[Token]
) -> dict[int, list[str]]:
    """The words of the source that nobody read, by the page on which the word before them stands."""
    pages = {place: token.page for token, place in zip(read, places, strict=True) if place is not None}
    spare: dict[str, int] = defaultdict(int)
    for token in left_out:
        spare[token.word] += 1
    found: dict[int, list[str]] = defaultdict(list)
    page = 1
    for at, token in enumerate(source):
        page = pages.get(at, page)
        if at in pages:
            continue
        if spare[token.word]:
            spare[token.word] -= 1
        else:
            found[page].append(token.shown)
    return found


def _page(
    page: int, read: Sequence[Token], places: Sequence[int | None], source: Sequence[Token], missing: list[str]
) -> PageOrder:
    matched = [(t, p) for t, p in zip(read, places, strict=True) if t.page == page and p is not None]
    extra = [t.shown for t, p in zip(read, places, strict=True) if t.page == page and p is None and not t.mark]
    order = [p for _, p in matched]
    kept = in_order(order)
    return PageOrder(page, len(matched), kendall(order), kept.count(False), missing, extra, _breaks(matched, source))


def _breaks(matched: Sequence[tuple[Token, int]], source: Sequence[Token]) -> list[str]:
    """Where the order goes back: what stands before and after, and what should have followed."""
    found = []
    for k, ((_, p), (_, q)) in enumerate(pairwise(matched)):
        if q < p:
            before = " ".join(t.shown for t, _ in matched[max(0, k - 3) : k + 1])
            after = " ".join(t.shown for t, _ in matched[k + 1 : k + 5])
            found.append(f"… {before} | {after} … (source: {' '.join(t.shown for t in source[p + 1 : p + 5])})")
    return found


# ---------------------------------------------------------------- telling


def _order_of(pdf: Path) -> Path:
    return pdf.with_suffix(".order.json")


def measure(pdf: Path, kit: Kit) -> list[PageOrder]:
    """The order of each page of a PDF that has its `NAME.order.json` beside it. Raises Unreadable."""
    texts = json.loads(_order_of(pdf).read_text(encoding="utf-8"))
    document = read(pdf)
    layout = lay_out(document, kit.table_heads, kit.is_heading, kit.is_label)
    return compare(layout.lines, [item.line for item in layout.left_out], texts, len(document.pages))


def told(results: Sequence[tuple[str, PageOrder]], worst: int = 10) -> list[str]:
    """The figures of all pages with words of the source, and the worst pages with what is out of order on them."""
    pages = [(name, page) for name, page in results if page.matched]
    if not pages:
        return ["no page with an order to compare"]
    matched = sum(page.matched for _, page in pages)
    moved = sum(page.moved for _, page in pages)
    missing = sum(len(page.missing) for _, page in pages)
    extra = sum(len(page.extra) for _, page in pages)
    perfect = sum(page.tau == 1 for _, page in pages)
    lines = [
        f"reading order: {len(pages)} pages, {matched} words of the source",
        f"  mean tau {sum(page.tau for _, page in pages) / len(pages):.4f}; {perfect} pages at 1.0",
        f"  words out of order {100 * moved / matched:.2f} %; missing {100 * missing / (matched + missing):.2f} %; "
        f"only on the page {100 * extra / (matched + extra):.2f} %",
    ]
    for name, page in sorted(pages, key=lambda item: (item[1].tau, -item[1].moved))[:worst]:
        if page.tau < 1:
            lines.append(f"  {page.tau:.3f} {name} p. {page.page}: {page.moved} of {page.matched} words moved")
            lines.extend(f"        {text}" for text in page.breaks[:3])
    for title, words_of in (("missing", lambda p: p.missing), ("only on the page", lambda p: p.extra)):
        for name, page in sorted(pages, key=lambda item: -len(words_of(item[1])))[:worst]:
            if words := words_of(page):
                lines.append(f"  {title}: {len(words)} words: {name} p. {page.page}: {' '.join(words[:12])}")
    return lines


def measure_all(paths: Iterable[Path]) -> list[tuple[str, PageOrder]]:
    """The pages of all PDFs (files or folders) that have their order beside them, with the name of the file.
    Raises Unreadable."""
    kit = Kit.of(rules.load())
    pdfs = sorted(pdf for path in paths for pdf in (path.rglob("*.pdf") if path.is_dir() else [path]))
    return [(pdf.stem, page) for pdf in pdfs if _order_of(pdf).exists() for page in measure(pdf, kit)]


def main(paths: Sequence[str]) -> None:
    """Prints how the order of reading agrees with the source, for all PDFs with an order beside them."""
    print("\n".join(told(measure_all(map(Path, paths or ["corpus/sample"])))))


if __name__ == "__main__":
    main(sys.argv[1:])
