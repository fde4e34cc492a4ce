"""What stands behind a name, part by part: `(S), ordförande, Havets kommun`."""

from __future__ import annotations

import re

from protoparse.people.parties import FORMER

_OUTER = re.compile(r"\(([^()]*,[^()]*|(?i:på distans|digitalt|delvis|del av mötet)[^()]*)\)")
_BEHIND = re.compile(r"(?<=[^\s,;])\s+\(([^()]{3,})\)(?=\s*(?:[,;.]|\Z))")  # `Havets kommun (ordf.)`
_POINTS = re.compile(r"[A-ZÅÄÖ](?:\s?[–-]\s?[A-ZÅÄÖ])?(?:\s(?:och|samt)\s[A-ZÅÄÖ])?")  # `punkt A–E, G och H`
_PARAGRAPHS = re.compile(r"§+\s*[\d–—\-,\s]+(?:och\s+\d+)?|\(?§[^,)]*\)?")
_TIMES = re.compile(r"\(?(?:kl\.?|klockan)\s*\d{1,2}[.:]?\d{0,2}(?:\s*[-–—]\s*\d{1,2}[.:]?\d{0,2})?\)?", re.IGNORECASE)


def segments(tail: str) -> list[str]:
    """The parts between commas and dashes of what stands behind a name, without sections, times and brackets."""
    plain = FORMER.sub(" ", _TIMES.sub(" ", _PARAGRAPHS.sub(" ", tail)))
    plain = _BEHIND.sub(r", \1", _OUTER.sub(r", \1, ", plain))
    parts = (" ".join(part.split()).strip(" .;:–") for part in re.split(r",|;|\s[–—-]\s", plain))
    return [part for part in parts if part and not _POINTS.fullmatch(part)]


def wordy(segment: str) -> bool:
    """Whether a part of a row could be a title that no list knows: a few words, all letters."""
    words = segment.split()
    return len(words) <= 5 and all(re.fullmatch(r"[^\W\d_][^\W\d_/-]*[^\W\d_]", word) for word in words)


def without_remark(segment: str, end: int, remarks: re.Pattern[str]) -> str:
    """A title, with what follows it but for a remark of the list (`§ 3–5`, `från kl. 10`)."""
    rest = segment[end:].lstrip()
    return segment[:end] if remarks.match(rest) and not rest.startswith("för ") else segment
