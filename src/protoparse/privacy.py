"""Personal identity numbers: found by form, day and check digit; their digits become `•` before anything else reads
the words, so that no row, text or index ever holds them."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from protoparse.pdf.reader import Document, Page
from protoparse.text import Box, Text, Word, boxes

MASK = "•"


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that may stand before a number: those of a personal number and those of something else, in lower case."""

    personal: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()


ANY = Labels()  # no words: form, day and check digit alone decide
Span = tuple[int, int]

# Written with a hyphen (or `+` from the hundredth year); any two digits may stand apart, as words do at a line end.
# (Each begins with a digit and looks behind it, because regular expressions skip fast to what they begin with.)
_HYPHENED = re.compile(
    r"[0-9](?<![0-9]{2})(?:\s?[0-9]){5}(?:(?:\s?[0-9]){2})?\s{0,2}[-+–—‐‑−]\s{0,2}[0-9](?:\s?[0-9]){3}(?![0-9])"
)
_DAY_HYPHENED = re.compile(
    r"[12](?<![0-9]{2})[0-9]{3}[-–‐‑][0-9]{2}[-–‐‑][0-9]{2}(\s?[-+–—‐‑−]?\s?)[0-9]{4}(?![-–.:/]?[0-9])"
)
_BARE = re.compile(r"[0-9](?<!\w[0-9])(?<![0-9][-–/.:,+][0-9])[0-9]{9}(?:[0-9]{2})?(?!\w)(?![-–/.:,+][0-9])")
_BLANK = re.compile(r"[0-9](?<![0-9]{2})[0-9]{5}(?:[0-9]{2})?\s{1,2}[0-9]{4}(?![0-9])")
_COUNTER = re.compile(r"[0-9]{2}\s(?=[0-9]{6})")
_LABEL = re.compile(r"([^\s:]+)[\s:.]*(?:(?:nr|nummer)\.?:?\s*)?$", re.IGNORECASE)


def is_personal(digits: str) -> bool:
    """Whether ten digits, or twelve with the century, are a personal or coordination number: month and day are
    possible (a coordination number's day is sixty more), and the check digit is right."""
    if len(digits) == 12:
        centuries = [digits[:2]]
        digits = digits[2:]
        if centuries[0] not in ("18", "19", "20"):
            return False
    else:
        centuries = ["19", "20"]
    year, month, day = digits[:2], int(digits[2:4]), int(digits[4:6])
    day -= 60 if day > 60 else 0
    possible = 1 <= month <= 12 and any(1 <= day <= monthrange(int(c + year), month)[1] for c in centuries)
    return possible and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - at % 2) for at, digit in enumerate(digits))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _whole(text: str) -> bool:
    """Whether a number's digits stand together but for one break, or all apart as in spaced print: `10 11 12-1314`
    are several numbers."""
    inner = len(re.findall(r"[0-9]\s(?=[0-9])", text))
    return inner <= 1 or inner == len(_digits(text)) - 2


def _label(text: str, start: int) -> str:
    found = _LABEL.search(text, max(0, start - 40), start)
    return found[1].lower().strip("(,;.") if found else ""


def numbers_in(text: str, labels: Labels = ANY) -> list[Span]:
    """Where the personal identity numbers of a text stand, in order."""
    found: list[Span] = []
    for pattern in (_HYPHENED, _DAY_HYPHENED, _BARE, _BLANK):
        at = 0
        while match := pattern.search(text, at):
            start, end = match.span()
            if apart := _COUNTER.match(match.group()):  # `§ 19 850312-2387`: what stands before is no century
                start += apart.end()
            if _is_one(pattern, match, labels) and not any(a < end and start < b for a, b in found):
                found.append((start, end))
                at = end
            else:
                at = match.start() + 1
    return sorted(found)


def _is_one(pattern: re.Pattern[str], match: re.Match[str], labels: Labels) -> bool:
    if not is_personal(_digits(match.group())):
        return False
    if pattern is _HYPHENED:
        return _whole(match.group())
    if pattern is _BARE:
        return _label(match.string, match.start()) not in labels.other
    if pattern is _DAY_HYPHENED and match[1] in ("-", "+", "\u2010", "\u2011"):  # not a day and an hour, or two years
        return True
    return _label(match.string, match.start()) in labels.personal


def masked_text(text: str, labels: Labels = ANY) -> tuple[str, int]:
    """The text with the digits of its personal numbers as `•`, and how many numbers there were."""
    found = numbers_in(text, labels)
    for start, end in found:
        text = text[:start] + re.sub("[0-9]", MASK, text[start:end]) + text[end:]
    return text, len(found)


def masked(document: Document, labels: Labels = ANY) -> Document:
    """The document with the digits of personal numbers as `•`; each page tells how many there were and where."""
    return replace(document, pages=[_page(page, labels) for page in document.pages])


_HALF = re.compile(r"\W*(?:[0-9]{2})?[0-9]{6}[-+–—]?")


def _page(page: Page, labels: Labels) -> Page:
    words, places = _masked_words(page.words, labels)
    if any(_HALF.fullmatch(word.text) for word in words if word.text[-1:] in "-+–—0123456789"):  # the rest is elsewhere
        order = sorted(range(len(words)), key=lambda k: (round((words[k].top + words[k].bottom) / 6), words[k].x0))
        again, more = _masked_words([words[k] for k in order], labels)
        for k, word in zip(order, again, strict=True):
            words[k] = word
        places += more
    sideways, more = _masked_words(page.sideways, labels)
    outside, hidden = _masked_words(page.outside, labels)
    places += more + hidden
    if not places:
        return page
    covered = tuple(box for place in places for box in place)
    return replace(page, words=words, sideways=sideways, outside=outside, numbers=len(places), masked=covered)


def _masked_words(words: Sequence[Word], labels: Labels) -> tuple[list[Word], list[list[Box]]]:
    """The words with masked digits, and the boxes of each number."""
    changed = list(words)
    string = " ".join(word.text for word in words)
    found = numbers_in(string, labels)
    if not found:
        return changed, []
    starts = [0]
    for word in words[:-1]:
        starts.append(starts[-1] + len(word.text) + 1)
    places: list[list[Box]] = []
    for start, end in found:
        touched = range(bisect_right(starts, start) - 1, bisect_right(starts, end - 1))
        for k in touched:
            changed[k] = _hidden(changed[k], start - starts[k], end - starts[k])
        places.append(boxes(Text.of_words(words[k] for k in touched)))
    return changed, places


def _hidden(word: Word, start: int, end: int) -> Word:
    start, end = max(0, start), min(len(word.text), end)
    text = word.text[:start] + re.sub("[0-9]", MASK, word.text[start:end]) + word.text[end:]
    return word._replace(text=text, printed="")


def labels_of(personal: Collection[str], other: Collection[str]) -> Labels:
    """The word lists of the rules, in lower case."""
    return Labels(frozenset(map(str.lower, personal)), frozenset(map(str.lower, other)))
