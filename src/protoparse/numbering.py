"""Numbered headings: every form of number that opens a matter, and the row of numbers that carries a document."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from protoparse.case_numbers import is_case, without_case
from protoparse.models import Line, Zone
from protoparse.style import SENTENCE_END, Body, parted, room_before
from protoparse.text import Text
from protoparse.zones import Headings

# ---------------------------------------------------------------- the forms of a number

_GOES_ON = r"(?:\(?[Ff]orts(?:\.|ättning)?\)?(?:\s(?:av|på|från))?[:,]?\s+)?"
_END = r"\s*[.:]?(?:\s*[–—|/-])?(?:\s+|\Z)"
_TITLE = r"(?=[”\"“'»A-ZÅÄÖ0-9§]|[a-zåäö](?:-[a-zåäö]|[A-ZÅÄÖ]))"  # e-arkiv, eHälsa
_ORGAN = (
    r"(?!(?:Se|Jfr|Enl|Enligt|Och|Samt|Lag|Lagen|Under|Beslut|Av|Till|Med|Mot|Den|Bilaga|Obs)\b)"
    r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,6}"
)
PARAGRAPH = re.compile(
    rf"{_GOES_ON}(?:(?P<organ>{_ORGAN})\s?)?§{{1,2}}\s?(?:{_ORGAN}\s?)?"
    r"(?:(?:19|20)\d\d[/:])?(?P<number>\d{1,4}(?:\.\d{1,2}){0,2})(?!\d|:\d|\s?kap)(?:\s?/\s?(?P<year>\d{2,4}))?(?:\s?[–-]\s?(?P<to>\d{1,4})(?!\d))?"
    rf"(?:\s?[a-h](?=[\s.:]|\Z))?{_END}"
)
_BEHIND = re.compile(rf"{_GOES_ON}(?P<number>\d{{1,4}})\s?§{_END}")
_SPELT = re.compile(rf"{_GOES_ON}Par(?:agraf|\.)\s?(?P<number>\d{{1,4}})(?!\d){_END}")
_CODED = re.compile(
    rf"(?P<organ>[A-ZÅÄÖ]{{2,6}}|[A-ZÅÄÖ][fsnu])\s(?P<number>\d{{1,4}})(?:/(?P<year>\d{{2,4}}))?{_END}{_TITLE}"
)
NUMBER = re.compile(
    r"(?:(?P<word>Punkt|Ärende|Pkt\.?|Nr\.?|Dagordningspunkt|Ärendepunkt)\s(?:nr\.?\s)?)?"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,2}}){{0,2}})(?!\d)\s?[.):]?(?:\s?[–-])?(?:\s+{_TITLE}|(?<=[.)])(?=[A-ZÅÄÖ])|\s*\Z)"
)
_YEARED = re.compile(rf"(?P<number>\d{{1,3}})/(?P<year>(?:20)?\d\d)[.:]?\s+{_TITLE}")
_LETTER = re.compile(rf"(?P<letter>[A-L])[.):]\s+{_TITLE}")
_ROMAN = re.compile(rf"(?P<roman>[IVX]{{1,6}})(?:[.):]|\s[–-])\s+{_TITLE}")
_LAST = re.compile(r"(?P<title>[”\"“A-ZÅÄÖ].{2,150}?)[ ,–-]+\(?§\s?(?P<number>\d{1,4})\)?\Z")

_LEADERS = re.compile(r"\.{4,}\s*\d*\s*\Z|…{2,}\s*\d*\s*\Z|(?:\. ){4,}\d*\s*\Z")
_OPEN_END = re.compile(
    r"(?:,|\b(?:och|eller|samt|enligt|se|jfr|av|den|i|med|till|på|beslut|paragraf|punkt))\Z", re.IGNORECASE
)
_DAY_END = re.compile(
    r"(?:\d{4}-\d\d-\d\d"
    r"|\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)(?: \d{4})?)\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[a-zåäö)][.!?]\s*\Z")
_APPENDIX = re.compile(r"Bilag(?:a|or)\b(?: ?(?:\d{1,3}|[A-Z]))?(?:[ .:–-].{0,60})?\Z")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(slots=True)
class Candidate:
    """A line that may be a numbered heading."""

    at: int  # index of the line
    number: str  # of a letter its place in the alphabet
    number_to: str | None
    rest: Text  # the title, as far as it stands on the line
    organ: str | None = None  # the code of an organ beside the number
    score: float = 0.0
    strong: bool = False  # set as a heading
    lettered: bool = False  # counted by a letter (`B. Ekonomi`)
    untitled: bool = False  # a paragraph of text stands behind the number (`§ 2 Styrelsen beslutade att …`)

    @property
    def key(self) -> tuple[int, ...]:
        """The number for comparing."""
        return tuple(int(part) for part in self.number.split("."))

    @property
    def bare(self) -> bool:
        """Whether no title stands on the line."""
        return not self.rest or is_case(self.rest.string)


def opens_page(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the first one of its page."""
    return at == 0 or lines[at - 1].page != lines[at].page


def is_appendix(lines: Sequence[Line], at: int) -> bool:
    """Whether an appendix begins at a line."""
    return opens_page(lines, at) and bool(_APPENDIX.match(lines[at].text.string))


def starts_with_number(text: str) -> bool:
    """Whether a line starts with a number of any form."""
    return bool(NUMBER.match(text) or PARAGRAPH.match(text))


def _candidate(at: int, line: Line, patterns: Sequence[re.Pattern[str]]) -> Candidate | None:
    match = next((m for pattern in patterns if (m := pattern.match(line.text.string))), None)
    if not match:
        return None
    groups = match.groupdict()
    number, to, year = groups.get("number"), groups.get("to"), groups.get("year")
    if groups.get("roman"):
        number = _arabic(groups["roman"])
    if letter := groups.get("letter"):
        number = str(ord(letter) - ord("A") + 1)
    if number is None or (year and not to and len(year) == 2 and int(year) > 69):
        return None
    if to and ("." in number or int(to) <= int(number)):
        to = None
    start, end = match.span("title") if groups.get("title") else (match.end(), len(line.text))
    organ = (groups.get("organ") or "").lower() or None
    return Candidate(at, number, to, line.text[start:end].strip(), organ, lettered=letter is not None)


def _arabic(roman: str) -> str | None:
    """`XII` is 12; None where the letters are no number."""
    values = [_ROMAN_VALUES[letter] for letter in roman]
    total = sum(-a if a < b else a for a, b in pairwise([*values, 0]))
    tens, ones = divmod(total, 10)
    spelt = "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    return str(total) if spelt == roman else None


# ---------------------------------------------------------------- how much a line looks like a heading


def is_title(text: str) -> bool:
    """Whether a text starts as a title does."""
    return bool(text) and len(text) <= 220 and bool(re.match(r"(?:[”\"“'»A-ZÅÄÖ0-9§(]|[a-zåäö](?:-|[A-ZÅÄÖ]))", text))


def after_number(lines: Sequence[Line], at: int) -> Line | None:
    """The next printed line but case numbers."""
    following = (line for line in lines[at + 1 : at + 5] if line.text and not is_case(line.text.string))
    return next(following, None)


def _before(lines: Sequence[Line], at: int) -> Line | None:
    """The line before in the same column of the page; None at its top."""
    line, before = lines[at], lines[at - 1] if at else None
    if before is None or (line.size and (before.page, before.column) != (line.page, line.column)):
        return None
    return before


def _is_reference(candidate: Candidate, lines: Sequence[Line], body: Body) -> bool:
    """Whether the number is the end of a sentence that began on the line before (`den 6 mars 2024,` / `§ 212.`)."""
    line, before = lines[candidate.at], _before(lines, candidate.at)
    if before is None or parted(line, before) or line.cell != before.cell or body.stands_out(before):
        return False
    string = before.text.string.rstrip()
    if _OPEN_END.search(string):
        return True
    return bool(_DAY_END.search(string)) and not _begins_anew(line, before, lines, candidate.at)


def _score(candidate: Candidate, lines: Sequence[Line], body: Body, base: float) -> float:
    """How much a candidate looks like a heading, by what is printed and where."""
    line, after = lines[candidate.at], after_number(lines, candidate.at)
    rest = candidate.rest.string
    bare = candidate.bare
    stands_out = _stands_out(candidate, line, body)
    score = base
    if _LEADERS.search(line.text.string) or (after and rest and _LEADERS.search(after.text.string)):
        return -9
    if _is_reference(candidate, lines, body) and not stands_out:
        return -9
    if line.cell and line.cell.column and (bare or not line.cell.listed):
        return -9  # a figure in a table that is no list of matters, the paragraphs that somebody took part in
    if stands_out or _opens_row(line):
        score += 3
    if bare and after is not None and PARAGRAPH.match(after.text.string):
        return -9  # the numbers of all matters, in the header
    if bare and after is not None:
        score += 3 if body.stands_out(after) else 1 if is_title(after.text.string) else -3
    elif not bare and not is_title(without_case(candidate.rest)[0].string):
        score -= 4
    before = _before(lines, candidate.at)
    if parted(line, before) or (before is not None and _begins_anew(line, before, lines, candidate.at)):
        score += 1
    if rest.endswith((".", ",", ";")) and not stands_out:
        score -= 2
    return score


def _begins_anew(line: Line, before: Line, lines: Sequence[Line], at: int) -> bool:
    """Whether a line that stands close under another begins a paragraph: the one before it ends a sentence, or stops
    where the first word would have had room."""
    if SENTENCE_END.search(before.text.string):
        return True
    around = (other.x1 for other in lines[max(0, at - 15) : at + 15] if other.page == line.page)
    return room_before(line, before, max(around))


def _opens_row(line: Line) -> bool:
    """Whether a line stands in the first column of a table of matters."""
    return line.cell is not None and line.cell.listed and line.cell.row > 0 and line.cell.column == 0


def _stands_out(candidate: Candidate, line: Line, body: Body) -> bool:
    """Whether the title on a candidate's line is set as a heading; its case number may not be."""
    if body.stands_out(line):
        return True
    return not line.bold and body.words_stand_out(without_case(candidate.rest)[0], line)


def _is_strong(candidate: Candidate, lines: Sequence[Line], body: Body) -> bool:
    """Whether a candidate is set as a heading, or its title on the next line is."""
    line = lines[candidate.at]
    if _stands_out(candidate, line, body) or _opens_row(line):
        return True
    after = after_number(lines, candidate.at) if candidate.bare else None
    return after is not None and body.stands_out(after)


def _stands_alone(candidate: Candidate, lines: Sequence[Line]) -> bool:
    """Whether white space parts a line from its neighbours, as it parts a heading set like the text."""
    following = next((line for line in lines[candidate.at + 1 : candidate.at + 2]), None)
    above = candidate.at == 0 or parted(lines[candidate.at], _before(lines, candidate.at))
    return above and (following is None or parted(following, lines[candidate.at]))


def _stands_over_text(candidate: Candidate, lines: Sequence[Line]) -> bool:
    """Whether a line is short and unfinished like a title, and a text of its own begins under it."""
    string = candidate.rest.string
    following = after_number(lines, candidate.at)
    if following is None or len(string) > 80 or re.search(r"[.,:;!?–-]\Z", string):
        return False
    text = following.text.string
    return (
        (text[:1].isupper() or text[:1].isdigit())
        and not starts_with_number(text)
        and following.page == lines[candidate.at].page
    )


# ---------------------------------------------------------------- numbers before text without a title

_WHOLE = re.compile(r"[a-zåäö)]{3}[.!?](?:\s+[A-ZÅÄÖ”\"]|\s*\Z)|\d[.!?]\s*\Z")


def _paragraph(candidate: Candidate, lines: Sequence[Line]) -> list[Line]:
    """The lines of the paragraph that begins with a number, or under it where the number is alone on its line."""
    at = candidate.at
    if not candidate.rest:
        at = next((k for k in range(at + 1, min(at + 4, len(lines))) if lines[k].text), at)
    end = at + 1
    while end < len(lines) and not parted(lines[end], lines[end - 1]) and not PARAGRAPH.match(lines[end].text.string):
        end += 1
    return list(lines[at:end])


def _is_untitled(candidate: Candidate, lines: Sequence[Line], body: Body) -> bool:
    """Whether a sentence stands behind a number where its title would: it ends on its first line, or goes on over full
    lines and ends as a sentence does."""
    block = _paragraph(candidate, lines)
    if body.stands_out(block[0]) or any(line.cell for line in block) or lines[candidate.at].page != block[0].page:
        return False
    first = candidate.rest.string or block[0].text.string
    if not first[:1].isupper() or is_case(first):
        return False
    if _WHOLE.search(first):
        return True
    if len(block) < 2 or not block[1].text.string[:1].islower() or not block[0].size:
        return False
    right = max(line.x1 for line in lines if line.page == block[0].page and not line.cell)
    return not room_before(block[1], block[0], right) and any(_WHOLE.search(line.text.string) for line in block[1:])


def _untitled(lines: Sequence[Line], body: Body) -> list[Candidate]:
    """The numbers with a sign, rising by one, of a document where text without a title stands behind most of them;
    empty where it is not so."""
    found: list[Candidate] = []
    for at, line in enumerate(lines):
        candidate = _candidate(at, line, (PARAGRAPH,)) if line.text.string.startswith("§") and not line.cell else None
        if candidate is None or _is_reference(candidate, lines, body):
            continue
        if found and candidate.key != (found[-1].key[0] + 1,):
            continue
        if len(candidate.key) == 1 and (is_title(candidate.rest.string) or not candidate.rest):
            candidate.untitled = _is_untitled(candidate, lines, body)
            found.append(candidate)
    untitled = sum(c.untitled for c in found)
    return found if untitled >= 3 and untitled >= 0.6 * len(found) else []


# ---------------------------------------------------------------- lists of matters


def _text_between(before: Candidate, now: Candidate, lines: Sequence[Line], body: Body) -> list[Line]:
    return [line for line in lines[before.at + 1 : now.at] if line.text and not body.stands_out(line)]


def _is_empty(before: Candidate, now: Candidate, lines: Sequence[Line], body: Body) -> bool:
    """Whether nothing but the rest of a title stands between two candidates."""
    between = _text_between(before, now, lines, body)
    if len(between) > 1 or sum(len(line.text) for line in between) >= 100:
        return False
    return not any(_SENTENCE.search(line.text.string) for line in between)


def _crowded(found: list[Candidate], lines: Sequence[Line], body: Body) -> None:
    """Lowers candidates that stand one on another, as in a list of matters."""
    for before, now in pairwise(found):
        if not now.strong and _is_empty(before, now, lines, body):
            before.score -= 1.5
            now.score -= 1.5


def _without_lists(found: list[Candidate], lines: Sequence[Line], body: Body) -> list[Candidate]:
    """The candidates but lists of matters: runs without text between them, whose matters come again further on."""
    dropped: set[int] = set()
    start = 0
    while start < len(found):
        end = start
        while end + 1 < len(found) and _is_next_in_list(found[end], found[end + 1], lines, body):
            end += 1
        run = range(start, end + 1)
        again = [k for k in run if any(_same_matter(found[k], later) for later in found[end + 1 :])]
        if len(run) >= 2 and len(again) >= max(2, 0.6 * len(run)):
            dropped.update(run)
        start = end + 1
    return [candidate for k, candidate in enumerate(found) if k not in dropped]


def _is_next_in_list(before: Candidate, now: Candidate, lines: Sequence[Line], body: Body) -> bool:
    return before.key < now.key and _is_empty(before, now, lines, body)


def _same_matter(a: Candidate, b: Candidate) -> bool:
    if a.number != b.number:
        return False
    one, other = (without_case(c.rest)[0].string.lower().strip(" .") for c in (a, b))
    return not one or not other or one[:18] == other[:18] or one.startswith(other) or other.startswith(one)


def _listed(lines: Sequence[Line], headings: Headings) -> list[Candidate]:
    """The matters of a list under its heading (`Föredragningslista`): all that a summons may hold."""
    under = next((at for at, line in enumerate(lines) if headings.zone(line.text.string) is Zone.CONTENTS), None)
    matters: list[Candidate] = []
    for at in range(under + 1, len(lines)) if under is not None else ():
        candidate = _candidate(at, lines[at], (PARAGRAPH, NUMBER))
        if candidate and is_title(candidate.rest.string) and len(candidate.key) == 1:
            if matters and candidate.key[0] != matters[-1].key[0] + 1:
                break
            matters.append(candidate)
    return matters if len(matters) >= 3 else []


# ---------------------------------------------------------------- the row of numbers


@dataclass(frozen=True, slots=True)
class _Breaks:
    """Indexes of the lines at which another record begins, and of those at which an appendix does."""

    records: tuple[int, ...]
    appendices: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], headings: Headings) -> _Breaks:
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


def _without_appendices(found: list[Candidate], breaks: _Breaks) -> list[Candidate]:
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


def _chain(found: list[Candidate], breaks: _Breaks) -> list[Candidate]:
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


def _step(before: Candidate, now: Candidate, breaks: _Breaks) -> float | None:
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


def _step_back(before: Candidate, now: Candidate, breaks: _Breaks) -> float | None:
    """Numbers go back by a slip, or because another record (another organ, another meeting) begins."""
    if not (now.strong and before.strong):
        return None
    if breaks.record_between(before.at, now.at) or (now.organ and before.organ and now.organ != before.organ):
        return -1.5
    return -2.0 if len(before.key) == len(now.key) == 1 and before.key[0] - now.key[0] <= 3 else None


def _without_weak(chain: list[Candidate]) -> list[Candidate]:
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


@dataclass(frozen=True, slots=True)
class _Family:
    """Numbers of one kind."""

    patterns: tuple[re.Pattern[str], ...]
    base: float  # what the sign itself is worth
    least: float  # the score that a candidate must have
    alone: float  # the score that a single one must have
    only_strong: bool = False


_SIGNED = _Family((PARAGRAPH, _BEHIND, _SPELT), base=1.0, least=1.5, alone=3.0)
_UNSIGNED = (
    _Family((NUMBER,), base=0.0, least=2.0, alone=4.0),
    _Family((_CODED,), base=0.5, least=3.0, alone=99.0, only_strong=True),
    _Family((_LAST,), base=0.0, least=3.0, alone=99.0, only_strong=True),
    _Family((_ROMAN,), base=0.0, least=3.0, alone=99.0, only_strong=True),
    _Family((_YEARED,), base=0.0, least=3.0, alone=99.0, only_strong=True),
    _Family((_LETTER,), base=-0.5, least=2.5, alone=99.0, only_strong=True),
)


def _row(family: _Family, lines: Sequence[Line], body: Body, breaks: _Breaks) -> list[Candidate]:
    """The headings of one family, empty where they are not convincing."""
    found = [c for at, line in enumerate(lines) if line.text and (c := _candidate(at, line, family.patterns))]
    for candidate in found:
        candidate.score = _score(candidate, lines, body, family.base)
        candidate.strong = _is_strong(candidate, lines, body)
        if candidate.rest and not candidate.strong:
            candidate.score += _stands_alone(candidate, lines) or _stands_over_text(candidate, lines)
    found = _without_rows([c for c in found if c.score > -5 and (c.strong or not family.only_strong)], lines)
    _crowded(found, lines, body)
    likely = _without_lists([c for c in found if c.score >= family.least], lines, body)
    chain = _without_weak(_chain(_without_appendices(likely, breaks), breaks))
    if len(chain) < 2 and sum(c.score for c in chain) < family.alone:
        return []
    return chain


def _without_rows(found: list[Candidate], lines: Sequence[Line]) -> list[Candidate]:
    """The candidates but the rows of tables, where headings outside of tables count every matter: the numbers in a
    table are then those of something else (decisions, tasks)."""
    headings = [c for c in found if c.strong and lines[c.at].cell is None]
    gapless = len(headings) >= 3 and all(b.key == (a.key[0] + 1,) for a, b in pairwise(headings))
    return [c for c in found if not (gapless and _opens_row(lines[c.at]))]


def _is_convincing(chain: list[Candidate], free: int) -> bool:
    """Whether numbers without a sign are headings: set as such, or, standing alone, rising by one where hardly anything
    else (`free`) is set as a heading."""
    if chain[0].lettered:
        return [c.number for c in chain] == [str(n + 1) for n in range(len(chain))] and len(chain) >= 3
    if any(c.strong for c in chain):
        return True
    rising = sum(b.key[0] - a.key[0] == 1 for a, b in pairwise(chain))
    return len(chain) >= 3 and rising >= 0.8 * (len(chain) - 1) and free <= 2


def numbered(lines: Sequence[Line], body: Body, headings: Headings, free: Callable[[], int]) -> list[Candidate]:
    """The numbered headings of the family (§, plain numbers, …) that carries the document, in order; empty where there
    are none. `free` counts the headings without numbers."""
    breaks = _Breaks.of(lines, headings)
    signed = _row(_SIGNED, lines, body, breaks)
    if (untitled := _untitled(lines, body)) and len(untitled) >= len(signed) and free() <= 2:
        return untitled
    if sum(c.strong for c in signed) >= 2:
        return signed
    rows = [signed]
    for family in _UNSIGNED:
        row = _row(family, lines, body, breaks)
        rows.append(row if row and _is_convincing(row, free()) else [])
    best = max(rows, key=lambda row: sum(c.score for c in row))
    return best or _listed(lines, headings)
