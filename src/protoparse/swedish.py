"""Swedish words for searching: stems, the last parts of compounds, and the shadow of a text that an index holds.

A stem is the Snowball stem of a word with what that misses mended by word lists. å, ä and ö are letters of their own;
é and other marks count as the letters that they stand on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from protoparse.rules import load

WORD = re.compile(r"[^\W_]+")
LONG = 4  # an irregular form of so many letters is known at the end of a longer word too
PART = 3  # the least number of letters of a compound's parts
_VOWEL = re.compile("[aeiouyåäö]")
_MARKED = re.compile("[^\x00-\x7fåäö]")
_JOINTS = ("", "s", "e", "o", "a", "u")
_OTHER = str.maketrans({"ø": "ö", "æ": "ä", "ß": "ss", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True, eq=False)  # hashed as itself: the caches below are keyed by it
class Swedish:
    """The word lists of `rules/search.yml`, ready for use."""

    irregular: Mapping[str, str]
    whole: frozenset[str]
    heads: frozenset[str]
    particles: frozenset[str]
    simple: frozenset[str]
    silent: frozenset[str]

    @classmethod
    def of(cls, lists: Mapping[str, Any]) -> Swedish:
        """From the `words` of the rule file."""
        families = [line.split() for line in lists["stems"]]
        irregular = {form: family[0] for family in families for form in family}
        plain = cls(irregular, frozenset(lists["whole"]), *[frozenset[str]()] * 4)
        heads = frozenset(stem(plain, head) for head in lists["heads"])
        simple = frozenset(stem(plain, word) for word in lists["simple"])
        return cls(irregular, plain.whole, heads, frozenset(lists["particles"]), simple, frozenset(lists["silent"]))


@cache
def usual() -> Swedish:
    """The lists that come with the program."""
    return Swedish.of(load().data["search"]["words"])


@cache
def _snowball() -> Any:
    from snowballstemmer.swedish_stemmer import SwedishStemmer  # a run with nothing new must not pay it

    return SwedishStemmer()


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word in small letters, without marks other than those of å, ä and ö."""
    small = unicodedata.normalize("NFC", word.casefold())
    return _MARKED.sub(lambda found: _bare(found[0]), small)


def _bare(letter: str) -> str:
    other = letter.translate(_OTHER)
    return (
        other
        if other != letter
        else "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
    )


@lru_cache(maxsize=200_000)
def stem(words: Swedish, word: str) -> str:
    """The stem of one word, the same for all its inflections as far as they are known."""
    small = unicodedata.normalize("NFC", word.casefold())
    return fold(_irregular(words, small) or _regular(words, small))


@cache
def _longest(words: Swedish) -> int:
    """The letters of the longest known form: no ending of a word need be longer, however long a word is."""
    return max(map(len, (*words.irregular, *words.heads)), default=0)


def _irregular(words: Swedish, small: str) -> str | None:
    if small in words.irregular:
        return words.irregular[small]
    for at in range(max(PART, len(small) - _longest(words)), len(small) - LONG + 1):
        if small[at:] in words.irregular and _may_begin(words, small[:at]):
            return small[:at] + words.irregular[small[at:]]
    return None


def _regular(words: Swedish, small: str) -> str:
    """The Snowball stem, with the definite endings -an, -et and -ena that it leaves where they are."""
    if any(c.isdigit() for c in small) or small in words.whole:
        return small
    if (len(small) > 4 and small.endswith("an")) or (len(small) > 5 and small.endswith("ena")):
        small = small[:-1]
    found = _snowball().stemWord(small)
    if found == small and len(small) > 5 and small.endswith("et"):
        return _snowball().stemWord(small[:-2])
    return found


def _may_begin(words: Swedish, first: str) -> bool:
    """Whether letters before a known part may be the first part of a compound."""
    return len(first) >= PART and bool(_VOWEL.search(first)) and first not in words.particles


@lru_cache(maxsize=200_000)
def terms(words: Swedish, word: str) -> tuple[str, ...]:
    """What an index holds of a word: its stem, and its last parts (ungdomsmottagning: mottagning)."""
    own = stem(words, word)
    return (own, *_parts(words, own))


def _parts(words: Swedish, own: str) -> Iterator[str]:
    if own in words.simple:
        return
    for at in range(max(PART, len(own) - _longest(words)), len(own) - PART + 1):
        if own[at:] in words.heads and _may_begin(words, own[:at]):
            yield own[at:]


def shadow(words: Swedish, *texts: str | None) -> str:
    """The stems and parts of texts, in their order, for an index to hold beside the words."""
    return " ".join(term for text in texts if text for word in WORD.findall(text) for term in terms(words, word))


def is_compound(words: Swedish, own: str, part: str, known: Iterable[str]) -> bool:
    """Whether a stem ends in another one and begins with a known one, with or without a letter that joins them."""
    first = own[: -len(part)]
    if own in words.simple or not own.endswith(part) or not _may_begin(words, first):
        return False
    return any(first.removesuffix(joint) in known for joint in _JOINTS if first.endswith(joint))
