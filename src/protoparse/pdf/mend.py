"""Text layers that a machine read from pictures: misread words → the words as a reader sees them on the paper.

Only pages that are such pictures are touched. Each mended word keeps what stands in the file as `printed`, which is
what quotes show; all that rules match, and the fields of rows, are the mended words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product

from protoparse.pdf.reader import Document, Page
from protoparse.text import Word


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known words in lower case, pairs of what is read and what is printed, words that are run into others,
    and words after which two words stay two."""

    words: frozenset[str] = frozenset()
    confusions: tuple[tuple[str, str], ...] = ()
    joined: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()


def mended(document: Document, lexicon: Callable[[], Lexicon]) -> Document:
    """The document with the misread words of its OCR pages mended; `misread` of each such page counts them."""
    if not any(page.ocr for page in document.pages):
        return document
    known = _Known(lexicon(), document)
    pages = [_page(page, known) if page.ocr else page for page in document.pages]
    signs = _paragraph_signs([page for page in pages if page.ocr])
    return replace(document, pages=[signs.get(page.number, page) for page in pages])


# --- words


_CORE = re.compile(r"^([^\w|]*)(.*?)([^\w|]*)$", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-zÅÄÖåäöÉé]+(?:-[A-Za-zÅÄÖåäöÉé]+)*")


class _Known:
    """Which words are known: those of the lexicon and those that a document has in the same form at least twice."""

    def __init__(self, lexicon: Lexicon, document: Document):
        self.lexicon = lexicon
        cores = (_core(word.text) for page in document.pages for word in page.words)
        self.seen = Counter(core for core in cores if _PLAIN.fullmatch(core))
        self.low = Counter[str]()
        for core, count in self.seen.items():
            self.low[core.lower()] += count

    def names(self, core: str) -> bool:
        """Whether the lexicon has a word, or two words that make it as a compound (`trafik` + `nämnden`)."""
        low, words = core.lower(), self.lexicon.words
        return low in words or any(
            low[cut:] in words and (low[:cut] in words or (low[cut - 1] == "s" and low[: cut - 1] in words))
            for cut in range(4, len(low) - 4)
        )

    def simple(self, core: str) -> bool:
        """Whether the lexicon has a word or, for a genitive, its root."""
        low = core.lower()
        return low in self.lexicon.words or (low.endswith("s") and low[:-1] in self.lexicon.words)

    def has(self, core: str) -> bool:
        """Whether a word may stand as it is: the lexicon has it or, for a genitive, its root."""
        return self.names(core) or (core.endswith("s") and len(core) > 4 and self.names(core[:-1]))

    def stands(self, part: str) -> bool:
        """Whether a part may be a word of its own: known, and where it is tiny one that often stands before others."""
        tiny = len(part) <= 2 and part.lower() not in self.lexicon.apart
        return self.low[part.lower()] > 2 or (self.has(part) and not tiny)


def _core(text: str) -> str:
    match = _CORE.match(text)
    return match[2] if match else text


def _page(page: Page, known: _Known) -> Page:
    words = [_with(word, _read_anew(word.text, known)) for word in page.words]
    words = _digits_in_company(words)
    parts = [part for line in lines_of(words) for part in _bounds([words[k] for k in line], known)]
    parts = _bullets(parts)
    misread = sum(1 for word in parts if word.printed)
    return replace(page, words=parts, misread=misread)


def _with(word: Word, text: str) -> Word:
    return word if text == word.text else word._replace(text=text, printed=word.printed or word.text)


def _read_anew(text: str, known: _Known) -> str:
    """A misread word as it was printed; the same word where nothing is sure."""
    text = _SIGN_HYPHEN.sub("-", text)
    match = _CORE.match(text)
    if match is None or not match[2]:
        return text
    before, core, after = match.groups()
    if after.startswith("-"):  # half a word
        return text
    if _NUMBER.fullmatch(core) and any(c.isdigit() for c in core):
        return before + _as_number(core) + after
    odd = _SHAPE.search(core) or not _PLAIN.fullmatch(core)
    if len(core) < 4 or (not odd and (len(core) < 5 or known.has(core))):
        return text
    return before + _as_word(core, known) + after


_SIGN_HYPHEN = re.compile(r"(?<=\w)[~¬](?=\w|$)")

# --- numbers: dates, hours, sums and numbers of points, some of whose digits were read as letters

_NUMBER = re.compile(r"[0-9OoIl|]+(?:[-–./:][0-9OoIl|]+)*")
_LETTERS = str.maketrans("OoIl|", "00111")


def _as_number(core: str) -> str:
    digits = sum(c.isdigit() for c in core)
    letters = sum(c in "OoIl|" for c in core)
    if not letters:
        return core
    shaped = re.fullmatch(r"\d{4}-\d\d-\d\d|\d{1,2}[.:]\d\d|\d{1,4}/\d{1,4}|(?:19|20)\d\d", core.translate(_LETTERS))
    litres = re.fullmatch(r"\d{2,}l", core)
    return core.translate(_LETTERS) if shaped or (digits >= letters and not litres) else core


def _digits_in_company(words: list[Word]) -> list[Word]:
    """`OOO` and `O` between groups of digits: a sum."""
    out = list(words)
    for at, (before, word) in enumerate(pairwise(words), 1):
        if (
            re.fullmatch(r"[Oo]{3}", word.text)
            and re.fullmatch(r"\d{1,3}", out[at - 1].text)
            and before.page == word.page
        ):
            out[at] = _with(word, "000")
    return out


# --- letters


_DOTS = {"a": "åä", "o": "ö", "A": "ÅÄ", "O": "Ö"}


def _as_word(core: str, known: _Known) -> str:
    """The one known word that a word can be a misreading of; signs that no word has are put right by their form."""
    if not any(c.isalpha() for c in core) or re.search(r"[/@\\]|www|\.\w", core):
        return core
    readings = _readings(core, known.lexicon.confusions)
    if not _PLAIN.fullmatch(core) or _SHAPE.search(core):
        found = {one for one in readings if known.names(one) and _cased(one)}
        return _only(found) or (core if found else _by_shape(core))
    long = len(core) >= (7 if core[0].isupper() else 6)
    dotted = {one for one in _undotted(core) if known.names(one)}
    dotted = dotted or {one for one in _undotted(core) if known.seen[one] > max(1, known.seen[core])}
    if dotted or not long or known.low[core.lower()] > 2:
        return dotted.pop() if len(dotted) == 1 and long else core
    found = {one for one in readings if known.simple(one) and _cased(one)}
    return _only(found) or core


def _only(found: set[str]) -> str | None:
    """The one word that was found; of the same word with and without a capital, the one with."""
    return min(found) if len({one.lower() for one in found}) == 1 else None


# What stands in no Swedish word: `I` after a letter, digits, `ii`, `q` but in `qv` and `qu`, `c` before most
# consonants.
_SHAPE = re.compile(
    r"[A-Za-zåäöÅÄÖ]I(?=[a-zåäö])|[a-zåäö]{2}I$|[A-Za-zåäöÅÄÖ][01|!](?=[a-zåäö])|[A-ZÅÄÖ]{3}0"
    r"|(?<=[A-Za-zåäöÅÄÖ])(?:q(?![vuw])|c(?![khcaeiouyåäö-]))|(?<=[A-HJ-Za-hj-zåäöÅÄÖ])ii(?=[a-hj-zåäö])"
)


def _by_shape(core: str) -> str:
    """Signs inside words that can only be one letter: `kommunstyreIsen`, `Torqny`."""
    core = re.sub(r"(?<=[a-zåäö])[I|1](?=[a-zåäö])|(?<=[a-zåäö]{2})[I|]$|(?<=^[A-ZÅÄÖ])[I|1](?=[a-zåäö]{2})", "l", core)
    core = re.sub(r"(?<=[a-zåäö])0(?=[a-zåäö])", "o", core)
    core = re.sub(r"(?<=[A-Za-zåäö])q(?![vuw])", "g", core)
    core = re.sub(r"(?<=[A-HJ-Za-hj-zåäöÅÄÖ])ii(?=[a-hj-zåäö])", "ä", core)
    return re.sub(r"(?<=[A-ZÅÄÖ])0(?=[A-ZÅÄÖ]|$)", "O", core) if re.fullmatch(r"[A-ZÅÄÖ0]{5,}", core) else core


def _readings(core: str, confusions: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The words that differ from a word by one misreading, or by the same one wherever it stands."""
    for read, printed in confusions:
        at = core.find(read)
        if at >= 0 and core.count(read) > 1:
            yield core.replace(read, printed)
        while at >= 0:
            yield core[:at] + printed + core[at + len(read) :]
            at = core.find(read, at + 1)


def _cased(one: str) -> bool:
    """Whether a word has capitals where words have them: all, none or the first."""
    return one.isupper() or one[1:].islower()


def _undotted(core: str) -> Iterator[str]:
    """The words that lost the dots or rings of up to two letters."""
    places = [k for k, c in enumerate(core) if c in _DOTS][:10]
    for count in (1, 2):
        for some in combinations(places, count):
            for letters in product(*(_DOTS[core[k]] for k in some)):
                one = list(core)
                for k, letter in zip(some, letters, strict=True):
                    one[k] = letter
                yield "".join(one)


# --- where words begin and end


def lines_of(words: Sequence[Word]) -> list[list[int]]:
    """The indexes of the words line by line, in the order of the file."""
    lines: list[list[int]] = []
    for at, word in enumerate(words):
        before = words[at - 1] if at else None
        if before is not None and word.x0 >= before.x0 and _level(before, word):
            lines[-1].append(at)
        else:
            lines.append([at])
    return lines


def _level(a: Word, b: Word) -> bool:
    low = min(a.bottom - a.top, b.bottom - b.top)
    return min(a.bottom, b.bottom) - max(a.top, b.top) > 0.4 * low


def _bounds(line: Sequence[Word], known: _Known) -> list[Word]:
    """A line with words in pieces put together and words that run into each other parted."""
    out: list[Word] = []
    at = 0
    while at < len(line):
        for length in (3, 2):
            some = line[at : at + length]
            if len(some) == length and _in_pieces(some, known):
                out.append(_joined(some))
                at += length
                break
        else:
            out.extend(_parted(line[at], known))
            at += 1
    return out


def _in_pieces(some: Sequence[Word], known: _Known) -> bool:
    """Whether words that stand close make a known word together, and one of them is none by itself."""
    inner = [word.text for word in some[:-1]] + [re.sub(r"[^\w|]+$", "", some[-1].text)]
    inner[0] = re.sub(r"^[^\w|]+", "", inner[0])
    if not all(_PLAIN.fullmatch(part) for part in inner) or not all(part.islower() for part in inner[1:]):
        return False
    if any(b.x0 - a.x1 > 0.7 * max(a.size, 6) for a, b in pairwise(some)):
        return False
    whole = "".join(inner)
    if len(whole) < 6 or all(known.stands(part) for part in inner):
        return False
    if known.low[whole.lower()] == 0 and inner[0].lower() in known.lexicon.apart and not _NO_ONSET.match(inner[1]):
        return False  # `till stånd`
    return known.simple(whole) or (len(whole) >= 8 and known.low[whole.lower()] > 0)


# How no Swedish word begins: two consonants that stand together only inside words, or no vowel at all.
_NO_ONSET = re.compile(
    r"(?!bl|br|dr|dv|fj|fl|fn|fr|gl|gn|gr|hj|kl|kn|kr|kv|lj|mj|nj|pj|pl|pr|ps|sch|sj|sk|sl|sm|sn|sp|st|sv|th|tj|tr|tv"
    r"|vr|ch|ph)[bcdfghjklmnpqrstvwxz]{2}|[bcdfghjklmnpqrstvwxz]+$"
)


def _joined(some: Sequence[Word]) -> Word:
    return some[0]._replace(
        text="".join(word.text for word in some),
        printed=" ".join(word.printed or word.text for word in some),
        top=min(word.top for word in some),
        x1=max(word.x1 for word in some),
        bottom=max(word.bottom for word in some),
    )


def _parted(word: Word, known: _Known) -> list[Word]:
    match = _CORE.match(word.text)
    core = match[2] if match else ""
    if len(core) < 7 or not _PLAIN.fullmatch(core) or known.has(core) or known.low[core.lower()] > 1:
        return [word]
    for small in known.lexicon.joined:
        if core.endswith(small) and len(core) - len(small) >= 4 and known.has(core[: -len(small)]):
            return _cut(word, word.text.index(core) + len(core) - len(small))
        if core.lower().startswith(small) and len(core) - len(small) >= 5 and known.has(core[len(small) :]):
            return _cut(word, word.text.index(core) + len(small))
    return [word]


def _cut(word: Word, at: int) -> list[Word]:
    """A word as two, their boxes by the share of letters."""
    x = word.x0 + (word.x1 - word.x0) * at / len(word.text)
    return [
        word._replace(text=word.text[:at], x1=x, printed=word.text[:at]),
        word._replace(text=word.text[at:], x0=x, printed=""),
    ]


# --- the first word of a line: list marks and paragraph signs

_BULLET = re.compile(r"[e¢«©®¤°»]|\*")


def _bullets(words: list[Word]) -> list[Word]:
    """List marks that were read as a letter or another sign, when at least two lines begin with them; and `l.` before
    `2.`"""
    starts = [line[0] for line in lines_of(words) if len(line) > 1]
    firsts = [at for at in starts if _BULLET.fullmatch(words[at].text)]
    out = list(words)
    for at in firsts if len(firsts) > 1 else ():
        out[at] = _with(words[at], "•")
    for at, later in pairwise(k for k in starts if re.fullmatch(r"[lI|]\.|\d{1,2}\.", words[k].text)):
        if words[at].text in ("l.", "I.", "|.") and words[later].text == "2.":
            out[at] = _with(words[at], "1.")
    return out


_WEAK = re.compile(r"[8S5g9B]")
_NO_SIGN = re.compile(r"([8S5g9B]?)(\d{0,4})")
_MISREAD = re.compile(r"(?P<sign>[&$£]{1,2})(?P<rest>\d{1,4}(?:[–-]\d{1,4})?)?")


@dataclass(frozen=True, slots=True)
class _Place:
    """A number at the start of a line that may be a paragraph's: where, and whether its sign is plain."""

    page: Page
    at: int
    number: int
    sure: bool
    mended: str = ""  # what its first word should be
    bare: bool = False  # no sign at all, or one that looks like a part of the number


def _paragraph_signs(pages: Sequence[Page]) -> dict[int, Page]:
    """The pages with paragraph signs put right: `& 12` anywhere; `8 14`, `S 14` and a lost sign only at the start of a
    line between § 13 and § 15."""
    words = {page.number: [_strong_sign(page.words, at) for at in range(len(page.words))] for page in pages}
    places = [place for page in pages for place in _numbered(replace(page, words=words[page.number]))]
    for before, place, after in _neighbours(places):
        if _fits(before, place, after):
            some = words[place.page.number]
            some[place.at] = _with(some[place.at], place.mended)
    changed = {}
    for page in pages:
        more = sum(1 for a, b in zip(page.words, words[page.number], strict=True) if a is not b and not a.printed)
        changed[page.number] = replace(page, words=words[page.number], misread=page.misread + more)
    return changed


def _strong_sign(words: Sequence[Word], at: int) -> Word:
    word = words[at]
    match = _MISREAD.fullmatch(word.text)
    follows = at + 1 < len(words) and words[at + 1].text[:1].isdigit()
    if match and (match["rest"] or follows):
        return _with(word, "§" * len(match["sign"]) + (match["rest"] or ""))
    return word


def _numbered(page: Page) -> Iterator[_Place]:
    """Numbers at the starts of lines with what may be a paragraph sign before them, or with a capital after them."""
    for line in lines_of(page.words):
        texts = [page.words[k].text for k in line[:3]]
        if match := re.fullmatch(r"§+(\d{1,4})?[.:]?", texts[0]):
            number = match[1] or (re.match(r"\d{1,4}", texts[1]) or [""])[0] if len(texts) > 1 or match[1] else ""
            if number:
                yield _Place(page, line[0], int(number), sure=True)
        elif len(texts) > 1 and _WEAK.fullmatch(texts[0]) and re.fullmatch(r"\d{1,4}", texts[1]):
            yield _Place(page, line[0], int(texts[1]), sure=False, mended="§")
        elif len(texts) > 1 and texts[1][:1].isupper() and (match := _NO_SIGN.fullmatch(texts[0])):
            sign, number = match.groups()
            if not sign or not number:
                if texts[0].isdigit():
                    yield _Place(page, line[0], int(texts[0]), sure=False, mended=f"§ {texts[0]}", bare=True)
            else:
                yield _Place(page, line[0], int(number), sure=False, mended=f"§ {number}", bare=True)
                if sign.isdigit():
                    yield _Place(page, line[0], int(texts[0]), sure=False, mended=f"§ {texts[0]}", bare=True)


def _fits(before: int | None, place: _Place, after: int | None) -> bool:
    """Whether a number continues the sequence of paragraphs; without a plain sign, it must fill a gap exactly."""
    follows, leads = before == place.number - 1, after == place.number + 1
    if place.bare:
        return follows and leads
    return (follows and (after is None or after > place.number)) or (
        leads and (before is None or before < place.number)
    )


def _neighbours(places: Sequence[_Place]) -> Iterator[tuple[int | None, _Place, int | None]]:
    """Every unsure number with the number of the paragraph before it, which it may itself have become sure by, and of
    the plain one after it."""
    before: int | None = None
    for at, place in enumerate(places):
        if place.sure:
            before = place.number
            continue
        after = next((other.number for other in places[at + 1 :] if other.sure), None)
        yield before, place, after
        if _fits(before, place, after):
            before = place.number
