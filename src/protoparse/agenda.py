"""The numbered sections of a document, its sub-headings, and the passages inside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from protoparse.case_numbers import is_case, plain_case, without_case
from protoparse.models import Line, Passage, Section, Zone
from protoparse.numbering import Candidate, after_number, is_appendix, is_title, numbered, starts_with_number
from protoparse.passages import LEAD_IN, LOOSE_END, MARK, passages
from protoparse.pdf.rows import cells
from protoparse.style import SENTENCE_END, Body, alike, parted
from protoparse.text import Text, unwrap
from protoparse.zones import Headings

Places = frozenset[tuple[int, int]]  # page, whole points from the top

_FORTS = r"\(?\bforts(?:ättning|\.)?\)?(?:\s(?:av|på|från)\b)?"
_CONTINUED = re.compile(rf"\A{_FORTS}[:,]?\s*|[,–-]?\s*{_FORTS}\s*\Z", re.IGNORECASE)


def _title_lines(lines: Sequence[Line], at: int, has_title: bool, body: Body, headings: Headings) -> int:
    """The index after the last line of a heading that starts at `at`; a title may run over several lines."""
    end = at + 1
    if not has_title:
        while end < len(lines) and not lines[end].text.string:
            end += 1
        while end < len(lines) and is_case(lines[end].text.string):
            end += 1
        end += 1
    if end > len(lines):
        return len(lines)
    first = lines[end - 1]
    while end < len(lines) and _runs_on(lines[end - 1], lines[end], first, body, headings):
        end += 1
    if first.cell and first.cell.listed:
        return max(end, _end_of_cell(lines, end, first, headings))
    if not body.stands_out(first):
        end = _before_heading(lines, end, first, headings)
    return end


def _end_of_cell(lines: Sequence[Line], start: int, first: Line, headings: Headings) -> int:
    """The end of a title that fills its cell: few lines close together, none a sentence or a known sub-heading."""
    end = start
    while end < len(lines) and lines[end].cell == first.cell:
        line, string = lines[end], lines[end].text.string
        told = SENTENCE_END.search(string) or headings.zone(string) is not None or MARK.match(string)
        if told or not line.text or parted(line, lines[end - 1]) or end - start >= 4:
            return start
        end += 1
    return end


def _runs_on(before: Line, line: Line, first: Line, body: Body, headings: Headings) -> bool:
    """Whether a heading goes on in the next line."""
    string = line.text.string
    if not string or not alike(line, first) or headings.zone(string) is not None or parted(line, before):
        return False
    if body.stands_out(first):
        return not starts_with_number(string)
    return bool(LOOSE_END.search(before.text.string.rstrip().lower())) or string[:1].islower()


def _before_heading(lines: Sequence[Line], start: int, first: Line, headings: Headings) -> int:
    """The end of a title set like the text: lines without white space between them, none a whole sentence, that run
    up to a known sub-heading are the rest of the title (`Ny avgift för torget och` / `Hamnen` / `Beslut`)."""
    for end in range(start, min(start + 4, len(lines))):
        line, before = lines[end], lines[end - 1]
        if headings.zone(line.text.string) is not None:
            return end
        if not line.text or parted(line, before):
            following = next((ln for ln in lines[end : end + 3] if ln.text), None)
            known = following is not None and headings.zone(following.text.string) is not None
            return end if known else start
        full = before.x1 >= 0.8 * first.x1 if line.size else len(before.text) >= 40
        if not alike(line, first) or not full or SENTENCE_END.search(line.text.string) or is_case(line.text.string):
            return start
    return start


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
    opening: Line | None = None  # text on the heading's own line


def _numbered_heading(c: Candidate, lines: Sequence[Line], body: Body, headings: Headings) -> _Heading:
    rest, case = without_case(c.rest)
    end = _title_lines(lines, c.at, bool(rest), body, headings)
    first = Line(rest, lines[c.at].page) if rest else None
    parts = [first.text] if first else []
    for line in lines[c.at + 1 : end]:
        if not parts and is_case(line.text.string):
            case = case or plain_case(line.text.string)
        elif line.text:
            parts.append(line.text)
    title = unwrap(parts).strip()
    if not case:
        title, case = without_case(title)
    if not case and end < len(lines) and is_case(lines[end].text.string):
        case = plain_case(lines[end].text.string)
        end += 1
    title = title.strip(" :")
    whole = unwrap(line.text for line in lines[c.at : end] if line.text)
    return _Heading(c.at, end, 0, None if c.lettered else c.number, c.number_to, title, case, whole)


_FIRST_STOP = re.compile(r"(?<=[a-zåäö)\d]{2})[.:!?](?=\s+[A-ZÅÄÖ”\"]|\s*\Z)")
_LONGEST_TITLE = 120  # characters of a sentence that stands for a title


def _untitled_heading(c: Candidate, lines: Sequence[Line]) -> _Heading:
    """A number before text without a title: its first sentence stands for the title, and the text remains text."""
    at = c.at if c.rest else next(k for k in range(c.at + 1, len(lines)) if lines[k].text)
    parts = [c.rest or lines[at].text]
    for line in lines[at + 1 : at + 4]:
        if _FIRST_STOP.search(parts[-1].string) or not line.text or starts_with_number(line.text.string):
            break
        parts.append(line.text)
    whole = unwrap(parts).strip()
    stop = _FIRST_STOP.search(whole.string)
    title = whole[: stop.start()] if stop else whole
    if len(title) > _LONGEST_TITLE:
        title = title[: title.string.rfind(" ", 0, _LONGEST_TITLE)].strip(" ,;–-")
    opening = replace(lines[at], text=c.rest, x0=c.rest.words[0].x0) if c.rest and c.rest.words else None
    return _Heading(c.at, c.at + 1, 0, c.number, c.number_to, title, None, title, opening)


def _headings(row: Sequence[Candidate], lines: Sequence[Line], body: Body, headings: Headings) -> list[_Heading]:
    """The numbered headings with their titles. A number alone at the top of a later page repeats the one before."""
    found: list[_Heading] = []
    for k, c in enumerate(row):
        if c.untitled:
            found.append(_untitled_heading(c, lines))
        elif k and _is_repeated(c, row[k - 1], lines, body):
            found.append(_Heading(c.at, c.at + 1, 0, c.number, c.number_to, Text(), None, lines[c.at].text))
        else:
            found.append(_numbered_heading(c, lines, body, headings))
    return found


def _is_repeated(c: Candidate, before: Candidate, lines: Sequence[Line], body: Body) -> bool:
    if before.number != c.number or not c.bare or lines[c.at].page == lines[before.at].page:
        return False
    following = after_number(lines, c.at)
    return before.strong and (following is None or not body.stands_out(following))


def _may_be_heading(line: Line, body: Body, headings: Headings, known: bool) -> bool:
    """Whether a line is set and worded as a heading. `known` lets the known sub-headings be sections of their own, as
    they are in a document without numbers, if they are larger than the text."""
    string = line.text.string
    if not string or line.cell or not body.stands_out(line) or len(string) > 110 or MARK.match(string):
        return False
    if headings.zone(string) is not None:
        return known and line.size > body.size + 0.9
    if all(headings.zone(cell.string) is not None for cell in cells(line)):
        return False  # labels side by side
    if LEAD_IN.search(string) or (headings.is_link(string) and line.size < body.size + 0.9):
        return False
    if string.isupper():
        return 3 < len(string) <= 80
    return is_title(string) and not string.endswith((".", ",", ";")) and any(c.islower() for c in string)


def _free_headings(lines: Sequence[Line], body: Body, headings: Headings) -> int:
    """How many lines are set as headings without a number."""
    return sum(
        _may_be_heading(line, body, headings, False) for line in lines if not starts_with_number(line.text.string)
    )


def _table_heads(lines: Sequence[Line], body: Body) -> Places:
    """The places (page, points from the top) of words no larger than the text that stand out side by side: the heads of
    a table's columns."""
    rows = Counter(
        (line.page, round(line.top))
        for line in lines
        if body.stands_out(line) and line.size < body.size + 0.9
        for _ in cells(line)
    )
    return frozenset(place for place, n in rows.items() if n > 1)


def _unnumbered(
    lines: Sequence[Line], taken: set[int], body: Body, headings: Headings, first: int, last: int, heads: Places
) -> list[_Heading]:
    """Headings by type alone, each with its lines; in a document without numbers (nothing taken) known ones too."""
    found = []
    at = first
    while at < last:
        wrapped = at + 1 < last and headings.zone(f"{lines[at].text} {lines[at + 1].text}") is not None
        if (
            at in taken
            or wrapped
            or (lines[at].page, round(lines[at].top)) in heads
            or not _may_be_heading(lines[at], body, headings, not taken)
        ):
            at += 1
            continue
        end = at + 1
        while end < last and end not in taken and _runs_on(lines[end - 1], lines[end], lines[at], body, headings):
            end += 1
        whole = unwrap(line.text for line in lines[at:end]).strip()
        title, case = without_case(whole)
        if not _is_sentence(whole.string, end - at):
            found.append(_Heading(at, end, 1, None, None, title.strip(" :"), case, whole))
        at = end
    return found


def _is_sentence(text: str, lines: int) -> bool:
    """Whether words of several lines that are set as a heading are running text: they end as a sentence does."""
    return lines > 1 and (len(text) > 200 or bool(re.search(r"[a-zåäö)]{3}[.,]\Z", text)))


def _set_like_text(lines: Sequence[Line], headings: Headings, start: int) -> list[_Heading]:
    """The headings of a document that has no other type than the text's: short lines below white space that stand over
    longer text; in capitals they may have white space below them too. One alone may be anything."""
    found = []
    for at in range(max(start, 1), len(lines) - 1):
        line, string = lines[at], lines[at].text.string
        below = next((k for k in range(at + 1, min(at + 3, len(lines))) if lines[k].text), None)
        if below is None or not line.size or line.cell or not parted(line, lines[at - 1]) or len(string) > 60:
            continue
        close = not parted(lines[below], line)
        text = lines[below].text.string
        titled = is_title(string) and string[:1].isalpha() and not re.search(r"[.,:;!?]\Z|\d{4}", string)
        if not titled or len(text) < max(40, 1.3 * len(string)) or not (close or string.isupper()):
            continue
        if len(string) > 3 and headings.zone(string) is None and not MARK.match(string):
            title, case = without_case(line.text)
            found.append(_Heading(at, at + 1, 0, None, None, title, case, line.text))
    return found if len(found) >= 2 else []


def _followed(heading: _Heading, lines: Sequence[Line], stops: set[int]) -> bool:
    """Whether running text follows a sub-heading before the next heading."""
    after = next((k for k in range(heading.end, len(lines)) if lines[k].text), None)
    return after is not None and after not in stops


def _levels(found: list[_Heading], lines: Sequence[Line]) -> list[_Heading]:
    """In a document without numbers the largest style that recurs (and any larger) is the top level."""
    sizes = Counter(round(lines[h.at].size) for h in found)
    recurring = [size for size, n in sizes.items() if n >= 2]
    top = max(recurring, default=max(sizes, default=0))
    for heading in found:
        if round(lines[heading.at].size) >= top:
            heading.level = 0
    return found


def _without_title(found: list[_Heading], lines: Sequence[Line]) -> list[_Heading]:
    """The headings but the document's own: larger than all others, on one of the first lines, with no text under it."""
    if len(found) < 3 or found[0].at > 1:
        return found
    others = max(lines[h.at].size for h in found[1:])
    between = lines[found[0].end : found[1].at]
    alone = not any(len(line.text) > 60 or SENTENCE_END.search(line.text.string) for line in between)
    return found[1:] if alone and lines[found[0].at].size > others + 0.9 else found


def _promote_boxes(found: list[_Heading], lines: Sequence[Line]) -> None:
    """Raises a smaller heading whose block stands apart as a box does: more white space under it, before the next
    heading of the top level, than there is above the other headings of that level."""
    above = sorted(g for h in found if not h.level and (g := lines[h.at].gap) is not None)
    if len(above) < 3:
        return
    usual = above[(len(above) - 1) // 2]
    for heading, following in pairwise(found):
        gap = lines[following.at].gap
        if heading.level and not following.level and gap is not None and gap > 1.5 * usual:
            heading.level = 0


def _section_zone(section: Section, headings: Headings, matters: bool) -> Zone:
    """The zone that a section's title opens. `5 Dagordning` is a matter that is decided on, not a list of matters, and
    `Ekonomi` among other matters (`matters`) is no background."""
    zone = headings.zone(_CONTINUED.sub("", section.title)) or Zone.BODY
    return zone if zone in _GROUPS or not (section.number or matters) else Zone.BODY


_GROUPS = frozenset({Zone.DECISION_GROUP, Zone.DECISION, Zone.INFORMATION, Zone.ATTENDANCE, Zone.APPEAL})


def _is_list_of_people(line: Line, headings: Headings) -> bool:
    return headings.zone(line.text.string) in (Zone.ATTENDANCE, Zone.HEADER) or bool(
        re.fullmatch(r"(?:Underskrifter|Bilagor|Vid protokollet|Justeras)\b.{0,20}", line.text.string)
    )


def _back_matter(lines: Sequence[Line], after: int, headings: Headings, body: Body) -> int:
    """The index of the line where the attendance list or the signatures after the last section begin."""
    for at in range(after, len(lines)):
        line = lines[at]
        if _is_list_of_people(line, headings) and (body.stands_out(line) or line.text.string.endswith(":")):
            return at
        if not _no_sentences(lines[at:]):
            continue
        if _is_signature(line, headings) and parted(line, lines[at - 1]):
            return at
        apart = at > after or bool(SENTENCE_END.search(lines[at - 1].text.string))
        if apart and parted(line, lines[at - 1]) and _is_signed(lines[at : at + 2]):
            return at
    return len(lines)


_SIGNATURE = re.compile(
    r"(?:Underskrift(?:er)?|Vid (?:protokollet|pennan)|Justera[st]|Justerare|Protokoll(?:förare|sjusterare)"
    r"|(?:Mötes)?[Oo]rdförande|(?:Mötes)?[Ss]ekreterare)\b"
)


_NAMED = re.compile(r"(?:[A-ZÅÄÖ][\w.-]+ ){1,3}[A-ZÅÄÖ][\w-]+|[._…]{4,}")


def _is_signed(lines: Sequence[Line]) -> bool:
    """Whether a name stands above a post (`Eva Lind` / `Ordförande`), or names side by side above as many posts."""
    names, posts = ([cell.string.strip() for cell in cells(line)] for line in lines) if len(lines) == 2 else ([], [])
    named = all(_NAMED.fullmatch(name) for name in names)
    return bool(names) and len(names) == len(posts) and named and all(_SIGNATURE.match(post) for post in posts)


def _is_signature(line: Line, headings: Headings) -> bool:
    return _is_list_of_people(line, headings) or bool(_SIGNATURE.match(line.text.string))


def _no_sentences(lines: Sequence[Line]) -> bool:
    """Whether lines hold names, posts and days only."""
    return all(len(line.text) <= 70 and not re.search(r"[a-zåäö]{3,}\.\Z", line.text.string) for line in lines)


def _is_labelled(lines: Sequence[Line], at: int, is_label: Callable[[str], bool]) -> bool:
    """Whether a line belongs to a document's header: it is a label, or begins with one before its value; where no more
    than a blank is between the two, the next line must begin with a label as well."""
    line = lines[at]
    if is_label(line.text.string.rstrip(" :")) or any(is_label(cell.string.rstrip(" :")) for cell in cells(line)[:1]):
        return True
    return all(is_label(ln.text.string.split(" ")[0].rstrip(":")) for ln in lines[at : at + 2])


def _heads_apart(lines: Sequence[Line], headings: Headings, is_label: Callable[[str], bool]) -> list[Line]:
    """Lines that begin with a bold heading before their text as two lines: headings in a column of their own, or with a
    number before and a full stop behind them (`2. Taket. Föreningen …`). Empty where there are fewer than three."""
    cuts = {
        at: cut
        for at, line in enumerate(lines)
        if (cut := _head_before_text(line)) and not _is_known(line.text[:cut].string, headings, is_label)
    }
    if len(cuts) < 3:
        cuts = {
            at: cut
            for at, cut in _plain_labels(lines).items()
            if not _is_known(cells(lines[at])[0].string, headings, is_label)
        }
    if len(cuts) < 3:
        return []
    out: list[Line] = []
    label: list[Line] = []  # the lines of the label at hand, the last ones before `texts`
    texts: list[Line] = []
    for at, line in enumerate(lines):
        cut = cuts.get(at)
        head = line if cut is None else _cut_off(line, cut)
        goes_on = bool(label) and _label_goes_on(label[-1], head, line, lines[at - 1])
        if not goes_on and (cut is not None or parted(line, lines[at - 1] if at else None)):
            out += [*label, *texts]
            label, texts = [], []
        if goes_on or cut is not None:
            label.append(head)
        else:
            texts.append(line)
        if cut is not None:
            text = line.text[cut:].strip()
            texts.append(replace(line, text=text, x0=text.words[0].x0, bold=False, gap=0.0))
    return [*out, *label, *texts]


def _plain_labels(lines: Sequence[Line]) -> dict[int, int]:
    """The lines that begin with a label of the text's own type, each with the index of the character behind it: where
    nearly all of a document's text stands in one column beside a column of labels. Empty where it does not."""
    beside = {at: parts for at, ln in enumerate(lines) if ln.size and not ln.cell and len(parts := cells(ln)) == 2}
    places = Counter(
        (round(ln.x0), round(parts[1].words[0].x0)) for ln, parts in ((lines[k], beside[k]) for k in beside)
    )
    (left, right), n = places.most_common(1)[0] if places else ((0, 0), 0)
    if n < 3 or right - left < 40:
        return {}
    found = {
        k: parts for k, parts in beside.items() if (round(lines[k].x0), round(parts[1].words[0].x0)) == (left, right)
    }
    first = min(found)
    inside = [ln for ln in lines[first:] if ln.text]
    texts = sum(abs(ln.x0 - right) < 3 for ln in inside) + len(found)
    told = sum(bool(_FIRST_STOP.search(ln.text.string)) for ln in inside)
    labels = [parts[0].string for parts in found.values()]
    words = all(label[:1].isalpha() and len(label.split()) <= 5 and label[-1] not in ".,:" for label in labels)
    if (
        first > 8
        or texts < 0.85 * len(inside)
        or told < 0.75 * sum(label[:1].isupper() for label in labels)
        or not words
    ):
        return {}
    return {k: lines[k].text.string.index(parts[1].string, len(parts[0])) for k, parts in found.items()}


def _cut_off(line: Line, cut: int) -> Line:
    head = line.text[:cut].strip(" .:")
    return replace(line, text=head, x1=head.words[-1].x1, bold=True)


def _label_goes_on(label: Line, head: Line, line: Line, before: Line) -> bool:
    """Whether words at the place of a label, close under it, are its rest (`Avtal och` / `överenskommelser`)."""
    if not alike(label, head) or parted(line, before) or abs(label.x0 - head.x0) > 3:
        return False
    return head.text.string[:1].islower() or bool(LOOSE_END.search(label.text.string.lower()))


def _head_before_text(line: Line) -> int | None:
    """The index of the character at which the text begins that a bold heading stands before on one line."""
    words = line.text.words
    bold = next((k for k, word in enumerate(words) if not word.bold), 0)
    if not bold or line.cell or not line.size:
        return None
    head = line.text[: line.text.runs[bold].start].strip().string
    wide = words[bold].x0 - words[bold - 1].x1 > 1.2 * line.size
    if not (wide or (starts_with_number(head) and head.endswith((".", ":")))):
        return None
    return line.text.runs[bold].start if any(c.isalpha() for c in head) else None


def _is_known(head: str, headings: Headings, is_label: Callable[[str], bool]) -> bool:
    plain = head.strip(" .:")
    return headings.zone(plain) is not None or is_label(plain)


def read_agenda(
    lines: Sequence[Line],
    headings: Headings,
    title_line: int | None = None,
    is_label: Callable[[str], bool] = lambda text: False,
) -> Agenda:
    """The sections of a document. `title_line` is the index of the line that names the document: it is no section; nor
    is a label of the header (`is_label`) above the first section."""
    agenda = _agenda(lines, headings, title_line, is_label)
    if len(agenda.sections) >= 2:
        return agenda
    apart = _heads_apart(lines, headings, is_label)
    other = _agenda(apart, headings, title_line, is_label) if apart else agenda
    return other if len(other.sections) >= 3 else agenda


def _agenda(
    lines: Sequence[Line], headings: Headings, title_line: int | None, is_label: Callable[[str], bool]
) -> Agenda:
    body = Body.of(lines)
    row = numbered(lines, body, headings, lambda: _free_headings(lines, body, headings))
    headed = _headings(row, lines, body, headings)
    found = _merge_continued(headed)
    if found:
        end = _back_matter(lines, found[-1].end, headings, body)
        taken = {k for h in headed for k in range(h.at, h.end)}
        heads = _table_heads(lines[found[0].end : end], body)
        last = next((at for at in range(found[-1].end, end) if is_appendix(lines, at)), end)
        subs = _unnumbered(lines, taken, body, headings, found[0].end, last, heads)
        stops = (
            {h.at for h in (*headed, *subs)}
            | {k for k, ln in enumerate(lines) if headings.zone(ln.text.string) is not None}
            | {end}
        )
        subs = [h for h in subs if _followed(h, lines, stops)]
        found = sorted([*found, *subs], key=lambda h: h.at)
    else:
        start = title_line + 1 if title_line is not None else 0
        heads = Places()
        free = _unnumbered(lines, set(), body, headings, start, len(lines), heads)
        while free and _is_labelled(lines, free[0].at, is_label):
            free.pop(0)
        found = _levels(_without_title(free, lines), lines)
        _promote_boxes(found, lines)
        if len(found) < 2:
            found = _set_like_text(lines, headings, start) or found
        end = _back_matter(lines, found[-1].end, headings, body) if found else len(lines)
        while found and found[0].level:
            found.pop(0)
    skipped = {k for h in headed if h not in found for k in range(h.at, h.end)}
    return _assemble(lines, found, end, skipped, headings, heads)


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


def _assemble(
    lines: Sequence[Line], found: list[_Heading], end: int, skipped: set[int], headings: Headings, heads: Places
) -> Agenda:
    if not found:
        return Agenda(front=list(lines), loose=passages(lines, headings))
    agenda = Agenda(front=list(lines[: found[0].at]), back=list(lines[end:]))
    parents: dict[str, int] = {}
    tops = [headings.zone(h.title.string) for h in found if not h.level]
    matters = Zone.DECISION not in tops and tops.count(None) > 1
    current: Section | None = None
    for heading, following in zip(found, [*found[1:], None], strict=True):
        stop = min(following.at if following else end, end) if heading.at < end else heading.end
        section = _section(len(agenda.sections) + 1, heading)
        if heading.level and current is not None:
            section.parent = current.ordinal
            section.zone = _zone_in_force(agenda.sections, current, _is_lesser(heading, lines, headings))
        else:
            section.zone = _section_zone(section, headings, matters)
            if section.number:
                parents[section.number] = section.ordinal
                section.parent = parents.get(section.number.rpartition(".")[0])
            current = section
        inner = [heading.opening] if heading.opening else []
        inner += [lines[k] for k in range(heading.end, stop) if k not in skipped]
        name = section.title if heading.level else None
        matter = max((ln.cell.column for ln in lines[heading.at : heading.end] if ln.cell), default=0)
        section.passages = passages(inner, headings, section.ordinal, section.zone, name, heads, matter)
        section.page_end = max([section.page, *(line.page for line in inner)])
        agenda.sections.append(section)
    _extend_parents(agenda.sections)
    return agenda


_GOING_ON = frozenset({Zone.BACKGROUND, Zone.DISSENT, Zone.BASIS})
_ENDING = frozenset({Zone.BODY, Zone.ATTENDANCE, Zone.HEADER, Zone.CONTENTS})


def _zone_in_force(before: list[Section], parent: Section, lesser: bool) -> Zone:
    """The zone of a sub-heading: the one it stands in the middle of, but a new heading ends a decision or a proposal,
    unless it is set smaller (`lesser`) than the heading of that."""
    last = next((p.zone for s in reversed(before) for p in reversed(s.passages)), parent.zone)
    inside = before[-1].ordinal == parent.ordinal or before[-1].parent == parent.ordinal
    goes_on = last in _GOING_ON or (lesser and last not in _ENDING)
    return last if inside and goes_on else parent.zone


def _is_lesser(heading: _Heading, lines: Sequence[Line], headings: Headings) -> bool:
    """Whether a sub-heading is set smaller than the known sub-heading above it."""
    above = (line for line in reversed(lines[: heading.at]) if headings.zone(line.text.string) is not None)
    known = next(above, None)
    return known is not None and 0 < lines[heading.at].size < known.size - 0.4


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
