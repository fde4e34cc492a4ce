"""The row of numbers that go on, over appendices and records that begin anew."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from protoparse.models import Line, Zone
from protoparse.numbering.forms import Candidate, is_appendix, opens_page
from protoparse.zones import Headings


@dataclass(frozen=True, slots=True)
class Breaks:
    """Indexes of the lines at which another record begins, and of those at which an appendix does."""

    records: tuple[int, ...]
    appendices: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], headings: Headings) -> Breaks:
        records, appendices = [], []
        for at, line in enumerate(lines):
            top = opens_page(lines, at)
            if headings.zone(line.text.string) in (Zone.ATTENDANCE, Zone.HEADER) or (top and _opens_record(line)):
                records.append(at)
            if is_appendix(lines, at):
                appendices.append(at)
        return cls(tuple(records), tuple(appendices))

    def record_between(self, a: int, b: int) -> bool:
        """Whether another record begins between two lines."""
        k = bisect_left(self.records, a + 1)
        return k < len(self.records) and self.records[k] < b


def without_appendices(found: list[Candidate], breaks: Breaks) -> list[Candidate]:
    """The candidates but those of an appendix with paragraphs of its own (bylaws): its first number is not the next."""
    for at in breaks.appendices:
        before, after = [c for c in found if c.at < at], [c for c in found if c.at >= at]
        if not before or not after or breaks.record_between(at, after[0].at):
            continue
        if after[0].key[0] != before[-1].key[0] + 1:
            return before
    return found


def _opens_record(line: Line) -> bool:
    return bool(re.match(r"(?:Utdrag ur )?(?:Sammanträdes|Mötes)?protokoll(?:sutdrag)?\b", line.text.string, re.I))


def chain_of(found: list[Candidate], breaks: Breaks) -> list[Candidate]:
    """The best row of headings: numbers that grow from line to line, the most telling lines first.

    Weighted longest increasing subsequence; a step of one earns a little, a repeated number costs a little.
    """
    if not found:
        return []
    best: list[float] = []
    back: list[int] = []
    for i, now in enumerate(found):
        top, where = now.score, -1
        for j in range(max(0, i - 400), i):
            step = _step(found[j], now, breaks)
            if step is not None and best[j] + now.score + step > top:
                top, where = best[j] + now.score + step, j
        best.append(top)
        back.append(where)
    at = max(range(len(found)), key=lambda i: best[i])
    chain = []
    while at >= 0:
        chain.append(found[at])
        at = back[at]
    return chain[::-1]


def _step(before: Candidate, now: Candidate, breaks: Breaks) -> float | None:
    """What it earns or costs that one number follows another; None where it cannot."""
    a, b = before.key, now.key
    if a == b:
        return -2.5
    if b < a:
        return _step_back(before, now, breaks)
    if len(a) == len(b) == 1:
        distance = b[0] - max(a[0], int(before.number_to or 0))
        return 1.0 if distance == 1 else -0.3 if distance <= 5 else -1.5 if distance <= 40 else None
    if b[: len(a)] == a or b[:-1] == a[: len(b) - 1] or len(b) < len(a):
        return 0.5
    return -1.0


def _step_back(before: Candidate, now: Candidate, breaks: Breaks) -> float | None:
    """Numbers go back by a slip, or because another record (another organ, another meeting) begins."""
    if not (now.strong and before.strong):
        return None
    if breaks.record_between(before.at, now.at) or (now.organ and before.organ and now.organ != before.organ):
        return -1.5
    return -2.0 if len(before.key) == len(now.key) == 1 and before.key[0] - now.key[0] <= 3 else None


def without_weak(chain: list[Candidate]) -> list[Candidate]:
    """Where most headings are set as headings, one that is not must be just the number that is missing."""
    if sum(c.strong for c in chain) < 0.6 * len(chain) or len(chain) < 3:
        return chain
    kept: list[Candidate] = []
    for k, candidate in enumerate(chain):
        if not candidate.strong:
            fits = not kept or candidate.key[0] == kept[-1].key[0] + 1
            fits = fits and (k + 1 == len(chain) or chain[k + 1].key[0] == candidate.key[0] + 1)
            if not fits:
                continue
        kept.append(candidate)
    return kept
