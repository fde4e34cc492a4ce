"""How sound a page's text layer looks: the share of its words that have the shape of words, and what a reader is told.

A page of a word processor's own text is near 1, a well-read scan somewhat below, one that was badly read clearly
below, and text whose letters are coded in a way that nobody can read is near 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from protoparse.pdf.reader import FEW, Document, Page
from protoparse.text import Word

_BROKEN = re.compile(r"[\ufffd\x00-\x1f\x7f-\x9f\ue000-\uf8ff]|\(cid:\d+\)")
_ADDRESS = re.compile(r"[@/\\]|www|https?:|\w\.\w|\w_\w")
_LETTERS = re.compile(r"[^\W\d_]")
_VOWELS = "aeiouyåäöéèüáàóæøAEIOUYÅÄÖÉÜÆØ"
_TORN = re.compile(
    r"[a-zåäö][01|!][a-zåäö]"  # a digit in a word
    r"|[a-zåäö]{2}I[a-zåäö]{2}|^[a-zåäö]+[A-ZÅÄÖ]{1,2}[a-zåäö]*[A-ZÅÄÖ]"  # capitals in a word
    r"|[A-ZÅÄÖ]{3}0[A-ZÅÄÖ]?$"
    r"|[^\W\d_][¬~^<>{}=£$¢¤¦][^\W\d_]"  # signs that stand in no word
    r"|^[&$£]{1,2}\d+$"
)
_PILE = re.compile(r"[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{7,}")
_FOREIGN = re.compile(r"[^\W\d_\u0041-\u024f\u1e00-\u1eff]")


@lru_cache(maxsize=1 << 15)  # most words of a page stand on others too
def _sound(text: str) -> bool:
    """Whether a word has the shape of a word, number or sign."""
    if _BROKEN.search(text):
        return False
    letters = _LETTERS.findall(text)
    if len(letters) < 2 or _ADDRESS.search(text):
        return True
    if _TORN.search(text) or _PILE.search(text) or _FOREIGN.search(text):
        return False
    voiced = any(letter in _VOWELS for letter in letters)
    return voiced or len(letters) < 5 or text.isupper()


def _readable(words: Sequence[Word], function_words: Collection[str]) -> bool:
    """Whether a page with enough text has any of the words that no text is without, or vowels as languages do."""
    if any(word.text.lower().strip(".,;:()") in function_words for word in words if len(word.text) > 1):
        return True
    letters = [letter for word in words for letter in word.text if letter.isalpha()]
    if len(letters) < 200:
        return True
    vowels = sum(letter in _VOWELS for letter in letters) / len(letters)
    return 0.25 < vowels < 0.55 and sum(map(_sound, (word.text for word in words))) > 0.8 * len(words)


def judged(document: Document, function_words: Collection[str] = frozenset()) -> Document:
    """The document with the quality of every page that has words (0 to 1), and a note in Swedish where there is
    something to say."""
    return replace(document, pages=[_judged(page, function_words) for page in document.pages])


def _judged(page: Page, function_words: Collection[str]) -> Page:
    words = page.words
    if not words:
        return page
    if page.cover is not None and page.cover > 0.8:
        quality = round(len(words) / (10 * FEW), 2)
        return replace(page, quality=quality, note=f"sidan är en bild, bara {len(words)} ord är text")
    if not _readable(words, function_words):
        return replace(
            page, quality=0.0, note="textens tecken går inte att tyda: filen säger inte vilka bokstäver de är"
        )
    unsound = sum(not _sound(word.text) for word in words if not word.printed)
    misread = unsound + page.misread
    quality = round(max(0.0, 1 - misread / len(words)), 3)
    return replace(page, quality=quality, note=_note(page, misread))


def _note(page: Page, misread: int) -> str | None:
    total = f"{misread} av {len(page.words)} ord verkar fellästa"
    if page.ocr:
        return f"textlager från OCR, {total}" if misread else "textlager från OCR"
    return total if misread else None
