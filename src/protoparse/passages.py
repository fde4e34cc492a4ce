"""Lines → passages: paragraphs and list points, each with its zone, sub-heading and lead-in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from protoparse.models import CellPlace, Line, Passage, Zone
from protoparse.pdf.rows import cells
from protoparse.style import SENTENCE_END, room_before
from protoparse.text import Text, join, unwrap
from protoparse.zones import ORGAN_NOUN, Headings

MARK = re.compile(r"(?!v\. ?\d)(?:\(?\d{1,2}[.)]|[a-zåäö][.)]|[•●▪■○◦·*✓✔☐☑☒→–—-]|o)\s+(?=\S)|[–-](?=[A-ZÅÄÖ][a-zåäö])")
_NUMBERED = re.compile(r"\(?\d{1,2}[.)]|[a-zåäö][.)]")
ATT = re.compile(r"att\s", re.IGNORECASE)
_LEAD = re.compile(r"(?::|\b(?:att|besluta|beslutar|beslutade|beslöt|följande|samt|och))\s*$", re.IGNORECASE)


@dataclass(slots=True)
class _Flow:
    """What is known while the lines of one section go by."""

    headings: Headings
    zone: Zone
    heading: str | None
    section: int | None
    done: list[Passage] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marker: str | None = None
    around: Zone | None = None  # the zone around a table, while inside it
    matter: int = 0  # the column of a table that holds the matter: those up to it are text
    broken: tuple[int, Zone, str | None] | None = None  # the page of a heading of signatures, and what it broke off
    lead: int | None = None  # index in `done` of the paragraph that opens the list at hand

    def flush(self) -> None:
        """Ends the paragraph at hand."""
        if not self.lines:
            return
        text = unwrap(line.text for line in self.lines).strip()
        mark = MARK.match(text.string) if self.marker else None
        cell = self.lines[0].cell
        self.lines, marker, self.marker = [], self.marker, None
        if mark:
            text = text[mark.end() :].strip()
        if not text or text.string == marker:
            return
        if cut := _decided_after(text, self.headings):
            self._add(text[:cut].strip(), marker, cell)
            text, marker = text[cut:].strip(), None
        self._add(text, marker, cell)

    def _add(self, text: Text, marker: str | None, cell: CellPlace | None) -> None:
        lead = self._lead(text, marker)
        zone, heading = _run_in(text, self.headings) or (self.zone, self.heading)
        if self.lead is not None:
            zone, heading = self.done[self.lead].zone, self.done[self.lead].heading
        self.done.append(Passage(text, zone, heading, self.section, marker, lead, cell=cell))

    def _lead(self, text: Text, marker: str | None) -> Text | None:
        point = marker is not None or bool(ATT.match(text.string))
        if point and self.lead is None and self.done and _LEAD.search(self.done[-1].text.string):
            self.lead = len(self.done) - 1
            self.done[-1] = replace(self.done[-1], opens_list=True)
        if not point:
            self.lead = None
        return self.done[self.lead].text if self.lead is not None else None


_RUN_IN = re.compile(r"([A-ZÅÄÖ][^:.]{2,50})([:.])\s+(?=\S)")
_NOT_RUN_IN = frozenset({Zone.DECISION, Zone.ATTENDANCE, Zone.HEADER, Zone.CONTENTS})


def _run_in(text: Text, headings: Headings) -> tuple[Zone, str] | None:
    """The zone of a paragraph that begins with its heading (`Bakgrund: Planen är från 2019.`; with a full stop if the
    heading alone is bold), and the heading. `Beslut: …` is the label of a decision and no zone."""
    match = _RUN_IN.match(text.string)
    zone = headings.zone(match.group(1)) if match else None
    if match is None or zone is None or zone in _NOT_RUN_IN:
        return None
    if match.group(2) == ".":
        bold = [run.word.bold for run in text.runs if run.start < match.end()]
        others = [run.word.bold for run in text.runs if run.start >= match.end()]
        if not bold or not all(bold) or all(others):
            return None
    return zone, match.group(1)


_DECIDED = re.compile(
    rf"(?:(?:{ORGAN_NOUN}|\w*mötet|\w*sammanträdet)\s+(?:därefter |enhälligt |sedan )?"
    r"(?:beslutade|beslöt|valde|omvalde|utsåg|godkände|antog|fastställde|biföll|avslog|enades))\b"
    r"(?!\s+(?:redan|tidigare|förra|om att föreslå|(?:att )?föreslå|den \d|i \w+|under|19|20))",
    re.IGNORECASE,
)
_AFTER_STOP = re.compile(r"(?<=[a-zåäö\d)][.!?])\s+(?=[A-ZÅÄÖ])")
_ASKED = frozenset({Zone.PROPOSAL, Zone.MOTION, Zone.PROPOSED})


def _decided_after(text: Text, headings: Headings) -> int | None:
    """The index of the sentence that tells what was decided, behind a proposal with its label
    (`Valberedningens förslag: omval. Årsmötet valde …`)."""
    labelled = _run_in(text, headings)
    if labelled is None or labelled[0] not in _ASKED:
        return None
    ends = (match.end() for match in _AFTER_STOP.finditer(text.string))
    return next((end for end in ends if _DECIDED.match(text.string, end)), None)


def _answers(line: Line, before: Sequence[Line], headings: Headings) -> bool:
    """Whether a line tells what was decided, under a proposal that begins with its label."""
    match = _RUN_IN.match(before[0].text.string) if before else None
    asked = match is not None and headings.zone(match.group(1)) in _ASKED
    string = line.text.string
    return asked and string[:1].isupper() and bool(_DECIDED.match(string))


def _opens_labelled(string: str, headings: Headings) -> bool:
    """Whether a line begins with a known heading and a colon (`Beslut: Mötet valde …`): a paragraph begins there."""
    match = _RUN_IN.match(string)
    return match is not None and match.group(2) == ":" and headings.zone(match.group(1)) is not None


def _spacing(lines: Sequence[Line]) -> float:
    """The usual white space between two lines of a paragraph, in points: there are at least as many of them as of
    the larger ones between paragraphs, so the lower third tells."""
    gaps = sorted(line.gap for line in lines if line.gap is not None and line.gap < 2 * (line.size or 12))
    return gaps[len(gaps) // 3] if gaps else 0.0


def _margins(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """How far to the right the text of each column of each page runs."""
    ends: dict[tuple[int, int], list[float]] = {}
    for line in lines:
        ends.setdefault((line.page, line.column), []).append(line.x1)
    widest = max((max(xs) for xs in ends.values()), default=0.0) if len({c for _, c in ends}) == 1 else 0.0
    return {key: max(sorted(xs)[-2] if len(xs) > 4 else max(xs), 0.9 * widest) for key, xs in ends.items()}


def _new_paragraph(line: Line, before: Line, right: float, spacing: float) -> bool:
    """Whether a line starts a new paragraph by its place on the page."""
    ended = bool(SENTENCE_END.search(before.text.string))
    begins = not line.text.string[:1].islower()
    if line.gap is None:
        return ended and begins and (room_before(line, before, right) or line.column != before.column)
    if line.cell and ended and begins and line.gap > 0.15 * max(line.size, 8):
        return True
    if line.gap > spacing + 0.3 * max(line.size, 8):
        return begins or ended or line.gap > spacing + max(line.size, 8)
    return begins and room_before(line, before, right)


def _att_list(lines: Sequence[Line], at: int, previous: str) -> bool:
    """Whether a line that starts with `att` is a point of an att-list and no wrapped prose."""
    if previous.endswith((":", ",")) or re.search(r"\bsamt$", previous):
        return True
    follows = any(ATT.match(line.text.string) for line in lines[at + 1 : at + 6])
    return bool(_LEAD.search(previous)) and follows


def _next_att(flow: _Flow, line: Line, margins: dict[tuple[int, int], float], spacing: float) -> bool:
    """Whether a line that starts with `att`, under an att-clause below a lead-in, is a clause of its own though no
    comma ends the one before: white space parts them, or the line before had room for more."""
    if not flow.lines or flow.marker or not line.size or not ATT.match(flow.lines[0].text.string.strip()):
        return False
    if flow.lead is None and not (flow.done and _LEAD.search(flow.done[-1].text.string)):
        return False
    before = flow.lines[-1]
    parted = line.gap is not None and line.gap > spacing + 0.3 * max(line.size, 8)
    return parted or room_before(line, before, margins[before.page, before.column])


# `Direktionen beslutar`, however it is set, opens a list of points; it is no sub-heading.
LEAD_IN = re.compile(
    r"\w\s+(?:beslutar|beslutade|beslöt|föreslår|föreslog|utser|utsåg|väljer|valde|förordnar|förordnade|enades|"
    r"föreslås(?: att)? besluta)"
    r"(?:\s+(?:därmed|därför|följande|enhälligt|att|för egen del|enligt följande|om följande|besluta))*\s*:?\Z",
    re.IGNORECASE,
)
# Zones that such a lead-in ends when it is set like their headings.
_ENDED = frozenset({Zone.BACKGROUND, Zone.BASIS, Zone.PROCEDURE, Zone.VOTE, Zone.MOTION})


def passages(
    lines: Sequence[Line],
    headings: Headings,
    section: int | None = None,
    zone: Zone = Zone.BODY,
    heading: str | None = None,
    table_heads: frozenset[tuple[int, int]] = frozenset(),
    matter: int = 0,
) -> list[Passage]:
    """The passages of a section's lines. An empty line ends a paragraph; a known heading alone on its line opens a
    zone. `table_heads` are the places (page, whole points from the top) of the heads of columns: no text runs on over
    them. `matter` is the column of a table that holds the section's title."""
    lines, labels = _labels_apart(lines, headings)
    flow = _Flow(headings, zone, heading, section, matter=matter)
    spacing = _spacing(lines)
    margins = _margins(lines)
    for at, line in enumerate(lines):
        string = line.text.string.strip()
        if not string and _awaits_text(flow):
            continue
        if not string or (line.cell and not line.cell.row):
            if string or not (flow.lines and _goes_on(flow.lines[-1], lines[at + 1 : at + 2])):
                flow.flush()
            continue
        _end_of_page(flow, line)
        if (line.page, round(line.top)) in table_heads:
            flow.flush()
            flow.lines = [line]
            flow.flush()
            continue
        if line.cell:
            _enter_cell(flow, line.cell, headings)
        elif flow.around is not None:
            flow.flush()
            flow.zone, flow.around = flow.around, None
        opened = headings.zone(string) if not (flow.lines and flow.lines[-1].text.string.endswith((",", "-"))) else None
        if opened is not None and len(flow.lines) == 1 and (whole := _wrapped_heading(flow.lines[0], line, headings)):
            string, opened = f"{flow.lines[0].text.string.strip()} {string}", whole
            flow.lines = []
        if opened is not None and flow.lines and _runs_on(flow.lines[-1], line):
            opened = None
        if opened is not None or at in labels:
            if _ends_sentence(line, flow.lines):
                flow.lines.append(line)
            else:
                flow.flush()
            if opened is Zone.HEADER:
                flow.broken = flow.broken or (line.page, flow.zone, flow.heading)
            flow.zone, flow.heading, flow.lead = opened or zone, string.rstrip(" :"), None
            if flow.lines:
                flow.flush()
            continue
        if line.bold and flow.zone in _ENDED and LEAD_IN.search(string):
            flow.flush()
            flow.zone, flow.heading, flow.lead = Zone.DECISION, None, None
        if _inside_point(line, flow):
            flow.lines.append(line)
            continue
        mark = MARK.match(string) or (_is_lone_mark(line) and not _breaks_off(flow) and _NUMBERED.match(string))
        att = bool(ATT.match(string)) and bool(flow.lines) and _att_list(lines, at, flow.lines[-1].text.string.strip())
        att = att or (bool(ATT.match(string)) and _next_att(flow, line, margins, spacing))
        labelled = bool(flow.lines) and (_opens_labelled(string, headings) or _answers(line, flow.lines, headings))
        anew = bool(flow.lines) and not _awaits_text(flow) and _starts_anew(line, flow.lines[-1], margins, spacing)
        if mark or att or labelled or anew:
            flow.flush()
        if mark:
            flow.marker = mark.group().strip()
        flow.lines.append(line)
    flow.flush()
    return flow.done


def _enter_cell(flow: _Flow, cell: CellPlace, headings: Headings) -> None:
    """In a table the head of a column says what its cells are: a decision, or the matter in the first column; what
    stands in the others (who, when, status) is neither."""
    if flow.lines and flow.lines[-1].cell != cell:
        flow.flush()
    flow.around = flow.zone if flow.around is None else flow.around
    flow.zone = headings.zone(cell.head) or Zone.BASIS
    if cell.column <= flow.matter:
        flow.zone = Zone.BODY
    flow.lead = None


def _is_lone_mark(line: Line) -> bool:
    """Whether a line holds nothing but the number of a point: its text follows below."""
    return bool(_NUMBERED.fullmatch(line.text.string.strip()))


def _awaits_text(flow: _Flow) -> bool:
    """Whether all that there is of a point is its number."""
    return flow.marker is not None and len(flow.lines) == 1 and _is_lone_mark(flow.lines[0])


def _breaks_off(flow: _Flow) -> bool:
    """Whether the line before breaks off: a number on the next line is its end (`enligt bilaga / 2.`)."""
    before = flow.lines[-1].text.string if flow.lines else ""
    return bool(before) and not SENTENCE_END.search(before) and not _LEAD.search(before)


def _starts_anew(line: Line, before: Line, margins: dict[tuple[int, int], float], spacing: float) -> bool:
    if line.cell != before.cell or _unprinted_heading(line, before) or _in_capitals(line, before):
        return True
    if line.bold != before.bold and line.size and SENTENCE_END.search(before.text.string):
        return True  # `Styrelsen beslutar` in bold type below a sentence
    return bool(line.size) and _new_paragraph(line, before, margins[before.page, before.column], spacing)


def _in_capitals(line: Line, before: Line) -> bool:
    """Whether a line of several words is set in capitals under text that is not."""
    string = line.text.string
    return len(string) >= 15 and " " in string and string.isupper() and not before.text.string.isupper()


def _wrapped_heading(before: Line, line: Line, headings: Headings) -> Zone | None:
    """The zone of a heading that runs over two lines (`Tekniska nämndens` / `förslag till beslut`)."""
    if before.bold != line.bold or before.size != line.size or not line.text.string[:1].islower():
        return None
    return headings.zone(f"{before.text.string.strip()} {line.text.string.strip()}")


def _inside_point(line: Line, flow: _Flow) -> bool:
    """Whether a line stands, further in, under a numbered point: its later lines and its own bullets belong to it."""
    if not flow.lines or not line.size or not flow.marker or not _NUMBERED.fullmatch(flow.marker):
        return False
    if _NUMBERED.match(line.text.string) and MARK.match(line.text.string):
        return False
    near = line.gap is not None and line.gap < 0.9 * line.size
    return near and line.x0 > flow.lines[0].x0 + 4


def _labels_apart(lines: Sequence[Line], headings: Headings) -> tuple[list[Line], set[int]]:
    """Lines with a sub-heading in the margin, on the first line of its text, as two lines; and which of them are such
    sub-headings. Beside one that is known, other bold words at the same place are sub-headings too, and any few words
    before text that begins where the text beside the known one does."""
    places = [place for line in lines if (place := _margin_label(line, headings)) is not None]
    out: list[Line] = []
    labels: set[int] = set()
    for line in lines:
        parts = cells(line) if any(abs(line.x0 - x) < 3 for x, _ in places) else []
        if len(parts) > 1 and _is_margin_label(parts, places, headings):
            rest = join(parts[1:])
            labels.add(len(out))
            out.append(replace(line, text=parts[0], x1=parts[0].words[-1].x1))
            out.append(replace(line, text=rest, x0=rest.words[0].x0, gap=None))
        else:
            out.append(line)
    return out, labels


def _is_margin_label(parts: Sequence[Text], places: Sequence[tuple[float, float]], headings: Headings) -> bool:
    label, text = parts[0], parts[1]
    if all(word.bold for word in label.words) or headings.zone(label.string) is not None:
        return True
    beside = any(abs(text.words[0].x0 - x) < 3 for _, x in places)
    return beside and len(label.words) <= 4 and label.string[:1].isupper()


def _margin_label(line: Line, headings: Headings) -> tuple[float, float] | None:
    """Where a line begins that has a known sub-heading in the margin, and where the text beside it does."""
    words = line.text.words
    if line.cell or not words or words[0].text.lower().rstrip(":") not in headings.first_words:
        return None
    parts = cells(line)
    if len(parts) < 2 or headings.zone(parts[0].string) is None:
        return None
    return line.x0, parts[1].words[0].x0


LOOSE_END = re.compile(
    r"(?:[,;:–-]|\b(?:och|eller|samt|att|som|av|för|i|på|till|med|om|från|inom|vid|den|det|de|en|ett))$"
)


def _unprinted_heading(line: Line, before: Line) -> bool:
    """In text without places: whether the short line before stands alone, as a heading does, above a longer one."""
    head, tail = before.text.string.strip(), line.text.string.strip()
    if line.size or not tail[:1].isupper() or SENTENCE_END.search(head) or LOOSE_END.search(head.lower()):
        return False
    if " " in head and re.match(r"\(?[A-ZÅÄÖ]", head.split()[-1]):
        return False  # a name may go on, or end with its party
    return len(head) <= 60 and len(head) < 0.7 * len(tail) and len(tail.split()) >= 4


def _runs_on(before: Line, line: Line) -> bool:
    """Whether a line in lower case is the rest of a sentence, so that it is no heading."""
    string = line.text.string.strip()
    if not string[:1].islower() or string.endswith(":") or SENTENCE_END.search(before.text.string):
        return False
    return before.bold == line.bold


def _ends_sentence(line: Line, before: Sequence[Line]) -> bool:
    """Whether a known heading's words are the end of a sentence that announces what follows (`lämnar följande` /
    `protokollsanteckning:`)."""
    if not before or not line.text.string[:1].islower() or not line.text.string.rstrip().endswith(":"):
        return False
    return not SENTENCE_END.search(before[-1].text.string)


def _goes_on(before: Line, following: Sequence[Line]) -> bool:
    """In text without places: whether a sentence goes on after an empty line."""
    if before.size or not following or SENTENCE_END.search(before.text.string):
        return False
    string = following[0].text.string.strip()
    if re.match(r"[–-]\s?\d", string):
        return True
    return string[:1].islower() and not ATT.match(string) and not MARK.match(string)


def _end_of_page(flow: _Flow, line: Line) -> None:
    """A heading of signatures at the foot of a page says nothing about the text on the next one."""
    if flow.broken is None or line.page == flow.broken[0]:
        return
    flow.flush()
    if flow.zone is Zone.HEADER:
        flow.zone, flow.heading = flow.broken[1:]
    flow.broken = None


def plain_lines(text: str) -> list[Line]:
    """Lines of a string that was never printed, for the `try` command."""
    return [Line(Text(part.strip())) for part in text.split("\n")]


def running_text(items: Iterable[Passage]) -> str:
    """The passages as plain text, one a line, with their list marks."""
    return "\n".join(f"{p.marker} {p.text}" if p.marker else str(p.text) for p in items)
