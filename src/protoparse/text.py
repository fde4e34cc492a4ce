"""Text that remembers where it was printed.

A `Text` is a string together with the printed words that its characters come from. Slicing, joining and
unwrapping keep that origin, so that any part of the running text can be pointed out on the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Word(NamedTuple):
    """One printed word: its normalised text, its 1-based page and its box in points from the top left corner
    of the page as a viewer shows it, its font size in points and whether it is bold.

    `printed` is what stands in the file's text layer where that was misread and `text` is mended; else it is empty.
    """

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    printed: str = ""


DRAWN = "\x00"  # `printed` of a mark of a list that is drawn on the page and no letter


class Box(NamedTuple):
    """A rectangle on a page: 1-based page, points from the top left corner as a viewer shows the page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Run(NamedTuple):
    """The characters start to end of a Text come from this word."""

    start: int
    end: int
    word: Word


class Text:
    """An immutable string whose characters know their printed word.

    `runs` are sorted and do not overlap; characters outside every run (blanks between words) were not printed.
    """

    __slots__ = ("runs", "string")

    def __init__(self, string: str = "", runs: Sequence[Run] = ()):
        self.string = string
        self.runs = tuple(runs)

    @classmethod
    def of_words(cls, words: Iterable[Word], separator: str = " ") -> Text:
        """The words in their order with a separator between them. A mark that is drawn stands in the string, but was
        never printed."""
        strings, runs, at, between = [], [], 0, len(separator)
        make = tuple.__new__
        for word in words:
            string = word.text
            end = at + len(string)
            if word.printed != DRAWN:
                runs.append(make(Run, (at, end, word)))
            strings.append(string)
            at = end + between
        return cls(separator.join(strings), runs)

    def __str__(self) -> str:
        return self.string

    def __repr__(self) -> str:
        return f"Text({self.string!r})"

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.string, self.runs) == (other.string, other.runs)

    def __hash__(self) -> int:
        return hash((self.string, self.runs))

    def __getitem__(self, key: slice) -> Text:
        start, stop, step = key.indices(len(self.string))
        if step != 1:
            raise ValueError("a Text can only be sliced forwards, character by character")
        if start == 0 and stop == len(self.string):
            return self
        if stop <= start:
            return Text()
        first = max(0, bisect_right(self.runs, start, key=lambda run: run.start) - 1)
        runs = []
        for run in self.runs[first:]:
            if run.start >= stop:
                break
            if run.end > start:
                runs.append(Run(max(run.start, start) - start, min(run.end, stop) - start, run.word))
        return Text(self.string[start:stop], runs)

    def __add__(self, other: Text | str) -> Text:
        if isinstance(other, str):
            return Text(self.string + other, self.runs)
        moved = (Run(run.start + len(self), run.end + len(self), run.word) for run in other.runs)
        return Text(self.string + other.string, (*self.runs, *moved))

    def strip(self, characters: str | None = None) -> Text:
        """Without the given characters (white space when none are given) at both ends."""
        left = len(self.string) - len(self.string.lstrip(characters))
        return self[left : max(left, len(self.string.rstrip(characters)))]

    @property
    def printed(self) -> str:
        """The string as it stands in the file: mended words as they were misread, where they are here as a whole, and
        without marks that are drawn."""
        if "•" not in self.string and not any(run.word.printed for run in self.runs):
            return self.string
        parts, at = [], 0
        for run in self.runs:
            whole = run.word.printed and run.end - run.start == len(run.word.text)
            between = self.string[at : run.start].replace("• ", "")
            parts += [between, run.word.printed if whole else self.string[run.start : run.end]]
            at = run.end
        return "".join([*parts, self.string[at:]])

    @property
    def words(self) -> tuple[Word, ...]:
        """The printed words behind the characters, in order."""
        return tuple(run.word for run in self.runs)

    @property
    def page(self) -> int | None:
        """The 1-based page of the first printed character."""
        return self.runs[0].word.page if self.runs else None

    @property
    def page_end(self) -> int | None:
        """The 1-based page of the last printed character."""
        return self.runs[-1].word.page if self.runs else None


def join(parts: Iterable[Text], separator: str = " ") -> Text:
    """The parts in their order with a separator between them; origins are kept."""
    strings: list[str] = []
    runs: list[Run] = []
    at = 0
    for part in parts:
        if strings:
            strings.append(separator)
            at += len(separator)
        runs.extend(Run(run.start + at, run.end + at, run.word) for run in part.runs)
        strings.append(part.string)
        at += len(part.string)
    return Text("".join(strings), runs)


_SUSPENDED = re.compile(r"(?:och|eller|samt|respektive|resp|till)\b|och/eller|[/,]", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?:^|[\s(/])(?:[A-ZÅÄÖ]{2,}|\d+|\w)-$")


def seam(before: str, after: str) -> tuple[int, str]:
    """How two printed lines are joined: how many characters to drop from the end of the first, and what to put between.

    A word split at the line end loses its hyphen; `Hälso-` before `och` keeps it and a blank; `Ann-` before a capital
    and `IKB-` before `projektet` keep it without a blank, and so does the dash of a span of numbers (`2026–2027`).
    """
    if before.endswith("–") and before[-2:-1].isdigit() and after[:1].isdigit():
        return 0, ""
    if not before.endswith("-") or not before[-2:-1].isalnum() or not after:
        return 0, " "
    if _SUSPENDED.match(after):
        return 0, " "
    if not after[0].islower() or _ABBREVIATION.search(before):
        return 0, ""
    return 1, ""


def unwrap(lines: Iterable[Text]) -> Text:
    """One paragraph from its printed lines, with split words joined."""
    strings: list[str] = []
    runs: list[Run] = []
    at = 0
    for line in lines:
        if not line.string:
            continue
        if strings:
            drop, between = seam(strings[-1], line.string)
            if drop:
                strings[-1] = strings[-1][:-drop]
                at -= drop
                if runs and runs[-1].end > at:
                    runs[-1] = runs[-1]._replace(end=at)
            strings.append(between)
            at += len(between)
        runs.extend(Run(run.start + at, run.end + at, run.word) for run in line.runs)
        strings.append(line.string)
        at += len(line.string)
    return Text("".join(strings), runs)


_APART = 3.0  # heights of a line that may lie between two words of one box


def _same_line(box: Box, word: Word) -> bool:
    overlap = min(box.bottom, word.bottom) - max(box.top, word.top)
    low = min(box.bottom - box.top, word.bottom - word.top)
    beside = box.x0 - 1 <= word.x0 <= box.x1 + _APART * low
    return box.page == word.page and overlap > 0.4 * low and beside


def boxes(text: Text) -> list[Box]:
    """One box per printed line of the text, in reading order; parts of a line far apart (cells of a table, between
    which the text may leave others out) have a box each."""
    found: list[Box] = []
    for word in text.words:
        if found and _same_line(found[-1], word):
            last = found[-1]
            found[-1] = Box(
                last.page, last.x0, min(last.top, word.top), max(last.x1, word.x1), max(last.bottom, word.bottom)
            )
        else:
            found.append(Box(word.page, word.x0, word.top, word.x1, word.bottom))
    return found
