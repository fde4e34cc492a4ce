"""What a row of column heads looks like: short texts set or worded otherwise than what stands below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from protoparse.pdf.frames import Heads
from protoparse.text import Word

_MOST_WORDS = 8  # of one column head
_MOST_LETTERS = 60  # and of its letters
_NO_HEAD = re.compile(r"§|\(?\d+[.)]?\s|\d+[.)]?\Z|\d{4}-\d\d|[^?]*:\Z|.*[a-zåäö]{3}\.\Z", re.DOTALL)
_VALUE = re.compile(r"[-–+±]?\s?\d.*|[xX×✓–-]|(?i:ja|nej|cirka \d.*|ca\.? \d.*)", re.DOTALL)


def may_be_heads(texts: Sequence[str], heads: Heads) -> bool:
    """Whether the texts of a row are short enough for heads, and neither numbered nor sentences nor all labels."""
    return not all(map(heads.is_label, texts)) and all(
        len(text) <= _MOST_LETTERS and len(text.split()) <= _MOST_WORDS and not _NO_HEAD.match(text) for text in texts
    )


def bold_share(words: Iterable[Word]) -> float:
    """The bold share of some words by their letters."""
    letters = [(len(word.text), word.bold) for word in words]
    total = sum(count for count, _ in letters)
    return sum(count for count, bold in letters if bold) / total if total else 0.0


def of_values(texts: Sequence[str]) -> bool:
    """Whether a column holds figures, dates or marks."""
    return len(texts) > 1 and sum(bool(_VALUE.fullmatch(text)) for text in texts) >= 0.7 * len(texts)


def set_apart(head: Sequence[Word], body: Sequence[Word], columns: Sequence[Sequence[str]]) -> bool:
    """Whether a first row is set or worded otherwise than what stands below it: bold, or words above figures.
    `columns` are the texts of the cells below, column by column."""
    if bold_share(head) == 1 and bold_share(body) < 0.5:
        return True
    figures = any(char.isdigit() for word in head for char in word.text)
    return len(columns) > 2 and not figures and any(of_values(column) for column in columns[1:])


def shorter(names: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether three texts or more name what stands below them: one word mostly, no figures or brackets, and most cells
    below have more words. `columns` are the cells' texts, column by column."""
    if len(names) < 3 or len(names) != len(columns) or any(not name.replace(" ", "").isalpha() for name in names):
        return False
    words = [len(name.split()) for name in names]
    longer = [
        2 * sum(len(text.split()) > count for text in texts) > len(texts)
        for count, texts in zip(words, columns, strict=True)
    ]
    return max(words) < 3 and 2 * words.count(1) > len(words) and all(longer)
