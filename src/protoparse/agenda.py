"""The numbered sections of a document, its sub-headings, and the passages inside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from protoparse.models import Line, Passage, Section, Zone
from protoparse.passages import MARK, passages
from protoparse.pdf.rows import cells
from protoparse.text import Text, unwrap
from protoparse.zones import Headings

# ---------------------------------------------------------------- numbers and case numbers

CASE = (
    r"(?:(?:Dnr|Dnr\.|Diarienr\.?|Diarienummer|Ärendenr\.?|Ärendenummer|D\.nr)\s*:?\s*)?"
    r"(?:[A-ZÅÄÖ]{1,6}[a-zåäö]{0,4}[ /-]?)?(?:\d{4}[./:-]\d{1,6}(?:[-.:]\d+)*"
    r"|\d{2,6}[/-]\d{2,4}(?:[.-]\d+)*|\d{4}-[A-Z]+\d+)"
    r"(?:\s?[A-ZÅÄÖ]{2,6})?"
)
_CASE_WORD = re.compile(r"(?:Dnr|Dnr\.|Diarienr\.?|Diarienummer|Ärendenr\.?|Ärendenummer|D\.nr)\s*:?\s*", re.IGNORECASE)
_CASE_ONLY = re.compile(rf"\(?(?:{CASE})\)?\Z")
_CASE_FIRST = re.compile(rf"\(?({CASE})\)?(?=\s|\Z)")
_CASE_LAST = re.compile(
    rf"\s[\(–-]?\s?((?:Dnr|Diarienr|Diarienummer|Ärendenr)[ .:]*\S+(?:\s[A-ZÅÄÖ]{{2,6}})?|{CASE})\)?\Z"
)

_PARAGRAPH = re.compile(
    r"(?:[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,6}\s)?§{1,2}\s?(?P<number>\d{1,4})(?!\d|:|\s?kap)(?:/(?P<year>\d{2,4}))?"
    r"(?:\s?[–-]\s?(?P<to>\d{1,4}))?\s*[.:]?(?:\s+|\Z)"
)
_NUMBER = re.compile(
    r"(?:(?:Punkt|Ärende|Pkt|Nr)\s)?(?P<number>\d{1,3}(?:\.\d{1,2}){0,2})\s?[.):]?(?:\s[–-])?\s+(?=[”\"“A-ZÅÄÖ0-9])"
)
_LEADERS = re.compile(r"\.{4,}\s*\d*\s*\Z|…{2,}\s*\d*\s*\Z|(?:\. ){4,}\d*\s*\Z")
_CONTINUED = re.compile(r",?\s*\(?(?:forts(?:ättning|\.)?)\)?\s*\Z", re.IGNORECASE)


@dataclass(slots=True)
class _Candidate:
    """A line that may be a numbered heading."""

    at: int  # index of the line
    number: str
    number_to: str | None
    rest: Text  # what stands after the number
    score: float = 0.0
    strong: bool = False  # set as a heading

    @property
    def key(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.number.split("."))


def _candidate(at: int, line: Line, pattern: re.Pattern[str]) -> _Candidate | None:
    match = pattern.match(line.text.string)
    if not match:
        return None
    groups = match.groupdict()
    number = groups["number"]
    year = groups.get("year")
    if year and not groups.get("to") and len(year) == 2 and int(year) > 69:
        return None
    return _Candidate(at, number, groups.get("to"), line.text[match.end() :].strip())


def _is_title(text: str) -> bool:
    return bool(text) and len(text) <= 220 and (text[0].isupper() or text[0] in "”\"“'0123456789§(")


@dataclass(frozen=True, slots=True)
class _Body:
    """What most of the running text looks like."""

    size: float
    bold: bool

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Body:
        weights = Counter[tuple[float, bool]]()
        for line in lines:
            weights[round(line.size, 1), line.bold] += len(line.text)
        (size, bold), _ = weights.most_common(1)[0] if weights else ((0.0, False), 0)
        return cls(size, bold)

    def stands_out(self, line: Line) -> bool:
        """Whether a line is set as a heading: larger than the body, or bold where the body is not."""
        return line.size > self.size + 0.9 or (line.bold and not self.bold and line.size > self.size - 1.6)


def _after(lines: Sequence[Line], at: int) -> Line | None:
    return next((line for line in lines[at + 1 : at + 3] if line.text), None)


def _score(candidate: _Candidate, lines: Sequence[Line], body: _Body, paragraph: bool) -> float:
    """How much a candidate looks like a heading, by what is printed and where."""
    line, after = lines[candidate.at], _after(lines, candidate.at)
    rest = candidate.rest.string
    bare = not rest or bool(_CASE_ONLY.match(rest))
    score = 1.0 if paragraph else 0.0
    if _LEADERS.search(line.text.string) or (after and rest and _LEADERS.search(after.text.string)):
        return -9
    if body.stands_out(line) or (line.cell and line.cell.row and line.cell.column == 0):
        score += 3
    if bare and after is not None:
        score += 3 if body.stands_out(after) else 1 if _is_title(after.text.string) else -3
    elif not bare and not _is_title(_without_case(candidate.rest)[0].string):
        score -= 4
    if line.gap is None or line.gap > 0.5 * max(line.size, 8):
        score += 1
    if rest.endswith((".", ",", ";")) and not body.stands_out(line):
        score -= 2
    return score


def _crowded(found: list[_Candidate], lines: Sequence[Line], body: _Body) -> None:
    """Lowers candidates that stand one on another, as in a list of matters."""
    for before, now in pairwise(found):
        between = [ln for ln in lines[before.at + 1 : now.at] if ln.text and not body.stands_out(ln)]
        if len(between) <= 1 and not body.stands_out(lines[now.at]) and sum(len(ln.text) for ln in between) < 100:
            before.score -= 1.5
            now.score -= 1.5


def _chain(found: list[_Candidate]) -> list[_Candidate]:
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
            step = _step(found[j], now)
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


def _step(before: _Candidate, now: _Candidate) -> float | None:
    a, b = before.key, now.key
    if a == b:
        return -2.5
    if b < a:
        back = len(a) == len(b) == 1 and a[0] - b[0] <= 3 and now.strong and before.strong
        return -2.0 if back else None
    if len(a) == len(b) == 1:
        distance = b[0] - max(a[0], int(before.number_to or 0))
        return 1.0 if distance == 1 else -0.3 if distance <= 5 else -1.5 if distance <= 40 else None
    if b[: len(a)] == a or b[:-1] == a[: len(b) - 1] or len(b) < len(a):
        return 0.5
    return -1.0


def _numbered(lines: Sequence[Line], body: _Body) -> list[_Candidate]:
    """The headings of the family (§ or plain numbers) that carries the document."""
    chains = []
    for pattern, paragraph, least in ((_PARAGRAPH, True, 1.5), (_NUMBER, False, 2.0)):
        found = [c for at, line in enumerate(lines) if (c := _candidate(at, line, pattern))]
        for candidate in found:
            candidate.score = _score(candidate, lines, body, paragraph)
            candidate.strong = body.stands_out(lines[candidate.at])
        _crowded(found, lines, body)
        chain = _chain([c for c in found if c.score >= least])
        chains.append(chain)
    paragraphs, numbers = chains
    if paragraphs and (len(paragraphs) >= 2 or sum(c.score for c in paragraphs) >= 3):
        return paragraphs
    return numbers if len(numbers) >= 2 or (numbers and numbers[0].score >= 4) else []


# ---------------------------------------------------------------- titles


_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d[/–-](?:(?:19|20)?\d\d)\Z")


def _without_case(text: Text) -> tuple[Text, str | None]:
    """A title without its case number, and the case number."""
    string = text.string
    if (match := _CASE_FIRST.match(string)) and not _SPAN_OF_YEARS.match(match.group(1)):
        return text[match.end() :].strip(" ,.:–-\t"), _plain_case(match.group(1))
    if (match := _CASE_LAST.search(string)) and not _SPAN_OF_YEARS.match(match.group(1)):
        return text[: match.start()].strip(), _plain_case(match.group(1))
    return text, None


def _plain_case(text: str) -> str:
    return _CASE_WORD.sub("", text).strip(" ()")


def _is_case_line(text: str) -> bool:
    """Whether a line holds a case number and nothing else."""
    return bool(_CASE_ONLY.match(text)) and not _SPAN_OF_YEARS.match(text) and not _A_DAY.match(text)


_A_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")


def _alike(a: Line, b: Line) -> bool:
    return a.page == b.page and a.cell == b.cell and _bold(a) == _bold(b) and abs(a.size - b.size) < 0.6


def _bold(line: Line) -> bool:
    """Whether a heading's words are bold; its number may be set otherwise."""
    words = line.text.words
    return line.bold or (len(words) > 1 and words[0].text[:1].isdigit() and all(word.bold for word in words[1:]))


def _title_lines(lines: Sequence[Line], at: int, has_title: bool, body: _Body, headings: Headings) -> int:
    """The index after the last line of a heading that starts at `at`; a title may run over several lines."""
    end = at + 1
    if not has_title:
        while end < len(lines) and not lines[end].text.string:
            end += 1
        while end < len(lines) and _CASE_ONLY.match(lines[end].text.string):
            end += 1
        end += 1
    first = lines[min(end, len(lines)) - 1]
    while end < len(lines) and _runs_on(lines[end - 1], lines[end], first, body, headings):
        end += 1
    return min(end, len(lines))


def _runs_on(before: Line, line: Line, first: Line, body: _Body, headings: Headings) -> bool:
    """Whether a heading goes on in the next line."""
    if not line.text or not _alike(line, first) or headings.zone(line.text.string) is not None:
        return False
    if line.gap is None or line.gap > 0.55 * max(line.size, 8):
        return False
    if body.stands_out(first):
        return not _NUMBER.match(line.text.string) and not _PARAGRAPH.match(line.text.string)
    return before.text.string.rstrip().endswith(("-", ",", " och")) or line.text.string[:1].islower()


@dataclass(slots=True)
class Agenda:
    """The sections of a document in order, the passages outside sections, and where each part's lines are."""

    sections: list[Section] = field(default_factory=list)
    front: list[Line] = field(default_factory=list)  # lines before the first section
    back: list[Line] = field(default_factory=list)  # lines after the last section (attendance lists, signatures)
    loose: list[Passage] = field(default_factory=list)  # running text outside sections

    @property
    def passages(self) -> list[Passage]:
        """All passages in document order."""
        return [*self.loose, *(p for section in self.sections for p in section.passages)]


@dataclass(slots=True)
class _Heading:
    """A heading in the lines: from line `at` up to line `end`; `level` 0 for a section, 1 for a sub-heading."""

    at: int
    end: int
    level: int
    number: str | None
    number_to: str | None
    title: Text
    case_number: str | None
    whole: Text


def _numbered_heading(c: _Candidate, lines: Sequence[Line], body: _Body, headings: Headings) -> _Heading:
    rest, case = _without_case(c.rest)
    end = _title_lines(lines, c.at, bool(rest), body, headings)
    first = Line(rest, lines[c.at].page) if rest else None
    parts = [first.text] if first else []
    for line in lines[c.at + 1 : end]:
        if not parts and _CASE_ONLY.match(line.text.string):
            case = case or _plain_case(line.text.string)
        elif line.text:
            parts.append(line.text)
    title = unwrap(parts).strip()
    if not case:
        title, case = _without_case(title)
    if not case and end < len(lines) and _is_case_line(lines[end].text.string):
        case = _plain_case(lines[end].text.string)
        end += 1
    whole = unwrap(line.text for line in lines[c.at : end] if line.text)
    return _Heading(c.at, end, 0, c.number, c.number_to, title, case, whole)


def _may_be_heading(line: Line, body: _Body, headings: Headings, known: bool) -> bool:
    """Whether a line is set and worded as a heading. `known` lets the known sub-headings be sections of their own, as
    they are in a document without numbers, if they are larger than the text."""
    string = line.text.string
    if not string or line.cell or not body.stands_out(line) or len(string) > 110 or MARK.match(string):
        return False
    if headings.zone(string) is not None:
        return known and line.size > body.size + 0.9
    if all(headings.zone(cell.string) is not None for cell in cells(line)):
        return False  # labels side by side
    if string.isupper():
        return 3 < len(string) <= 80
    return _is_title(string) and not string.endswith((".", ",", ";")) and any(c.islower() for c in string)


def _unnumbered(
    lines: Sequence[Line], taken: set[int], body: _Body, headings: Headings, first: int, last: int
) -> list[_Heading]:
    """Headings by type alone, each with its lines; in a document without numbers (nothing taken) known ones too."""
    found = []
    at = first
    while at < last:
        wrapped = at + 1 < last and headings.zone(f"{lines[at].text} {lines[at + 1].text}") is not None
        if at in taken or wrapped or not _may_be_heading(lines[at], body, headings, not taken):
            at += 1
            continue
        end = at + 1
        while end < last and end not in taken and _runs_on(lines[end - 1], lines[end], lines[at], body, headings):
            end += 1
        whole = unwrap(line.text for line in lines[at:end]).strip()
        title, case = _without_case(whole)
        found.append(_Heading(at, end, 1, None, None, title.strip(" :"), case, whole))
        at = end
    return found


def _followed(heading: _Heading, lines: Sequence[Line], stops: set[int]) -> bool:
    """Whether running text follows a sub-heading before the next heading."""
    after = next((k for k in range(heading.end, len(lines)) if lines[k].text), None)
    return after is not None and after not in stops


def _levels(found: list[_Heading], lines: Sequence[Line], body: _Body) -> list[_Heading]:
    """In a document without numbers the largest style that recurs (and any larger) is the top level."""
    sizes = Counter(round(lines[h.at].size) for h in found)
    recurring = [size for size, n in sizes.items() if n >= 2]
    top = max(recurring, default=max(sizes, default=0))
    for heading in found:
        if round(lines[heading.at].size) >= top:
            heading.level = 0
    return found


def _section_zone(section: Section, headings: Headings) -> Zone:
    """The zone that a section's title opens. `5 Dagordning` is a matter that is decided on, not a list of matters."""
    zone = headings.zone(_CONTINUED.sub("", section.title)) or Zone.BODY
    return Zone.BODY if zone is Zone.CONTENTS and section.number else zone


def _is_list_of_people(line: Line, headings: Headings) -> bool:
    return headings.zone(line.text.string) in (Zone.ATTENDANCE, Zone.HEADER) or bool(
        re.fullmatch(r"(?:Underskrifter|Bilagor|Vid protokollet|Justeras)\b.{0,20}", line.text.string)
    )


def _back_matter(lines: Sequence[Line], after: int, headings: Headings, body: _Body) -> int:
    """The index of the line where the attendance list or the signatures after the last section begin."""
    for at in range(after, len(lines)):
        line = lines[at]
        if _is_list_of_people(line, headings) and (body.stands_out(line) or line.text.string.endswith(":")):
            return at
    return len(lines)


def read_agenda(lines: Sequence[Line], headings: Headings, title_line: int | None = None) -> Agenda:
    """The sections of a document. `title_line` is the index of the line that names the document: it is no section."""
    body = _Body.of(lines)
    numbered = [_numbered_heading(c, lines, body, headings) for c in _numbered(lines, body)]
    found = _merge_continued(numbered)
    if found:
        end = _back_matter(lines, found[-1].end, headings, body)
        taken = {k for h in numbered for k in range(h.at, h.end)}
        subs = _unnumbered(lines, taken, body, headings, found[0].end, end)
        stops = (
            {h.at for h in (*numbered, *subs)}
            | {k for k, ln in enumerate(lines) if headings.zone(ln.text.string) is not None}
            | {end}
        )
        subs = [h for h in subs if _followed(h, lines, stops)]
        found = sorted([*found, *subs], key=lambda h: h.at)
    else:
        start = title_line + 1 if title_line is not None else 0
        found = _levels(_unnumbered(lines, set(), body, headings, start, len(lines)), lines, body)
        end = _back_matter(lines, found[-1].end, headings, body) if found else len(lines)
        while found and found[0].level:
            found.pop(0)
    skipped = {k for h in numbered if h not in found for k in range(h.at, h.end)}
    return _assemble(lines, found, end, skipped, headings)


def _merge_continued(found: list[_Heading]) -> list[_Heading]:
    """Drops a heading that only repeats the one before it after a page break (`forts.`)."""
    kept: list[_Heading] = []
    for heading in found:
        if kept and kept[-1].number == heading.number and _same_title(kept[-1].title.string, heading.title.string):
            continue
        kept.append(heading)
    return kept


def _same_title(a: str, b: str) -> bool:
    plain = [_CONTINUED.sub("", x).strip().lower() for x in (a, b)]
    return plain[0] == plain[1] or not plain[1]


def _assemble(lines: Sequence[Line], found: list[_Heading], end: int, skipped: set[int], headings: Headings) -> Agenda:
    if not found:
        agenda = Agenda(front=list(lines))
        agenda.loose = passages(lines, headings)
        return agenda
    agenda = Agenda(front=list(lines[: found[0].at]), back=list(lines[end:]))
    parents: dict[str, int] = {}
    current: Section | None = None
    for heading, following in zip(found, [*found[1:], None], strict=True):
        stop = min(following.at if following else end, end) if heading.at < end else heading.end
        section = _section(len(agenda.sections) + 1, heading)
        if heading.level and current is not None:
            section.parent = current.ordinal
            section.zone = _zone_in_force(agenda.sections, current)
        else:
            section.zone = _section_zone(section, headings)
            if section.number:
                parents[section.number] = section.ordinal
                section.parent = parents.get(section.number.rpartition(".")[0])
            current = section
        inner = [lines[k] for k in range(heading.end, stop) if k not in skipped]
        name = section.title if heading.level else None
        section.passages = passages(inner, headings, section.ordinal, section.zone, name)
        section.page_end = max([section.page, *(line.page for line in inner)])
        agenda.sections.append(section)
    _extend_parents(agenda.sections)
    return agenda


def _zone_in_force(before: list[Section], parent: Section) -> Zone:
    """The zone of a sub-heading: the one it stands in the middle of, but a new heading ends a decision."""
    last = next((p.zone for s in reversed(before) for p in reversed(s.passages)), parent.zone)
    inside = before[-1].ordinal == parent.ordinal or before[-1].parent == parent.ordinal
    return last if inside and last in (Zone.BACKGROUND, Zone.DISSENT, Zone.BASIS) else parent.zone


def _section(ordinal: int, h: _Heading) -> Section:
    return Section(
        ordinal, h.number, h.title.string, h.whole.page or 1, h.whole, number_to=h.number_to, case_number=h.case_number
    )


def _extend_parents(sections: list[Section]) -> None:
    """A section ends where its last sub-heading ends."""
    for section in reversed(sections):
        if section.parent is not None:
            parent = sections[section.parent - 1]
            parent.page_end = max(parent.page_end or parent.page, section.page_end or section.page)
