"""The labelled fields of a protocol's header: labels left of their values, above them, or in front of them.

Where lines have places, a field is a region of the page: from its label to the next label to the right and the next one
below. So the order in which the columns were read does not matter, nor that a label runs over several lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from protoparse.models import Kind, Line
from protoparse.pdf.rows import cells
from protoparse.text import Text, Word

LABELS = (
    "members", "substitutes", "others", "absent", "place", "time", "time_end", "place_time", "date", "organ",
    "adjusters", "adjustment", "chair", "secretary", "paragraphs", "notice_up", "notice_down", "appeal",
    "aside", "signatures",
)  # fmt: skip
SIGNERS = ("chair", "secretary", "adjusters")
_OF_PERSONS = ("members", "substitutes", "others", "absent")
KINDS: tuple[Kind, ...] = ("kallelse", "minnesanteckningar", "nyhetsbrev", "protokoll")


class Form(NamedTuple):
    """A finer kind of document: its code, the kind that it comes with, and how its title reads."""

    code: str
    kind: Kind
    cue: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of `rules/header.yml`."""

    labels: Mapping[str, str]  # label in lower case → its group
    in_order: Sequence[str]  # the labels sorted
    kinds: Mapping[str, re.Pattern[str]]
    organ_ending: re.Pattern[str]
    organ_start: re.Pattern[str]
    noise: re.Pattern[str]
    no_title: re.Pattern[str]  # such a line names no kind of document (`Föregående protokoll`)
    gathering: re.Pattern[str]  # a word for a meeting, as a title of minutes that do not call themselves so
    formal: re.Pattern[str]  # a meeting of which minutes are kept, no notes
    forms: tuple[Form, ...]
    lists: Mapping[str, Any]  # the other lists as they stand, by their name

    @classmethod
    def of(cls, words: Mapping[str, Any]) -> Words:
        """From the word lists of the rule file."""
        labels = {label.lower(): group for group in LABELS for label in words[group]}
        kinds = {kind: _cues(words[kind]) for kind in KINDS}
        forms = tuple(Form(code, form["kind"], _cues(form["words"])) for code, form in words["forms"].items())
        ending = re.compile(rf"(?:{any_of(words['organ_endings'])})s?\Z", re.IGNORECASE)
        start = re.compile(rf"\w*(?:{any_of(words['organ_starts'])})\b", re.IGNORECASE)
        noise = re.compile(rf"\A(?:(?:{any_of(words['title_noise'])})\b\s*)+", re.IGNORECASE)
        no_title = re.compile(rf"\b(?:{any_of(words['no_titles'])})(?!\w)", re.IGNORECASE)
        gathering = re.compile(rf"\w*(?:{any_of(words['gatherings'])})\b", re.IGNORECASE)
        formal = re.compile(rf"\w*(?:{any_of(words['formal_gatherings'])})\b", re.IGNORECASE)
        return cls(labels, sorted(labels), kinds, ending, start, noise, no_title, gathering, formal, forms, words)

    def label(self, text: str) -> str | None:
        """The group of a label when the whole text is one (a colon may stand behind it), else None."""
        plain = plain_label(text)
        return self.labels.get(plain) or self.labels.get(_BROKEN.sub("", plain))

    def begins_label(self, text: str) -> bool:
        """Whether the text is the beginning of a label that goes on in the next line."""
        plain = plain_label(text)
        if not plain:
            return False
        start = plain[:-1] if plain.endswith("-") else plain + " "
        at = bisect_left(self.in_order, start)
        return at < len(self.in_order) and self.in_order[at].startswith(start)


_BROKEN = re.compile(r"(?<=\w)-\s?(?=\w)")  # a word divided where its line ended: `tjänste- personer`
_COUNT = re.compile(r",?\s*(?:\(\d{1,3}(?:\s?(?:st|personer|pers))?\.?\)|\d{1,3}\s(?:st|personer|pers)\.?)\Z")


def plain_label(text: str) -> str:
    """A label in lower case, single blanks, without a colon or a count (`Närvarande (12 st):`)."""
    return _COUNT.sub("", " ".join(text.lower().rstrip(" :").split())).rstrip(" :")


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _cues(words: Iterable[str]) -> re.Pattern[str]:
    """Words that show the kind of a document; `^` stands for the line's beginning, `$` for its end (a day
    may follow), `*` for any word before it in the same compound and `+` for one that must be there."""
    cues = []
    for word in words:
        cue = {"*": r"\w*", "+": r"[\w-]{3,}"}.get(word[0], "") + re.escape(word.strip("^$*+"))
        end = (
            r"[\W\d]*(?:[a-zåäö]{3,9}\s\d{4})?\W*\Z"
            if word[-1] == "$"
            else r"\b(?!\s+till\b)"
            if word.endswith("utdrag")
            else r"\b"
        )
        cues.append((r"\A\W*" if word[0] == "^" else r"\b") + cue + end)
    return re.compile("|".join(cues), re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """A label of the header and the printed values that belong to it, in reading order."""

    group: str
    label: Text
    values: list[Text] = field(default_factory=list)


# ---------------------------------------------------------------- cells

_PROSE = re.compile(r"[.!?][”\"]?\s*\Z")
_INLINE = re.compile(r"([A-ZÅÄÖ][^:]{2,40}):\s+(?=\S)")


def _bold_prefix(text: Text) -> tuple[Text, Text] | None:
    """A text cut behind its bold beginning, when it begins bold and goes on otherwise."""
    runs = text.runs
    if not runs or not runs[0].word.bold or runs[-1].word.bold:
        return None
    cut = next(run for run in runs if not run.word.bold)
    return text[: cut.start].strip(), text[cut.start :]


def _split(cell: Text, words: Words) -> list[Text]:
    """A cell as label and value where both stand close together (`Ordförande: N.N.`, or a bold label)."""
    if words.label(cell.string):
        return [cell]
    if (match := _INLINE.match(cell.string)) and words.label(match.group(1)):
        return [cell[: match.end(1)], cell[match.end() :]]
    if prefix := _label_before_value(cell, words):
        return [cell[: len(prefix)], cell[len(prefix) :].strip()]
    parts = _bold_prefix(cell)
    if parts and (words.label(parts[0].string) or words.begins_label(parts[0].string)):
        return list(parts)
    return [cell]


_VALUE = re.compile(
    r"\s+(?=§|\d|den\s\d|(?:kl|klockan)\b|(?:mån|tis|ons|tors|fre|lör|sön)dag)|\s+(?P<name>(?=[A-ZÅÄÖ]))", re.IGNORECASE
)
_WITH_VALUE = (
    "place",
    "time",
    "time_end",
    "place_time",
    "date",
    "adjustment",
    "paragraphs",
    "notice_up",
    "notice_down",
    "appeal",
)


def _label_before_value(cell: Text, words: Words) -> str | None:
    """The label that a cell begins with, set like its value: `Plats och tid Rådhuset kl. 9`, `Paragrafer §§ 3–9`."""
    string = cell.string
    if len(string) > 110 or _PROSE.search(string) or not string[:1].isupper() or string.lower().startswith("kl"):
        return None
    found = None
    for match in _VALUE.finditer(string):
        head = string[: match.start()]
        if head.count(" ") > 5:
            break
        group = words.label(head)
        named = match["name"] is not None  # `Dag` is a given name too
        if group in _WITH_VALUE and (not named or (string[match.end()].isupper() and group != "date")):
            found = head
    return found


def _label_before_person(cell: Text, words: Words, starts: Mapping[int, int]) -> str | None:
    """The label of a list that stands less than a letter from its first person, where other lines begin under her:
    `Beslutande Moa Vret (S)`. `starts`: how many cells begin at each place, in whole points."""
    if not words.begins_label(cell.string.split(" ", 1)[0]) and not words.label(cell.string.split(" ", 1)[0]):
        return None
    for before, run in pairwise(cell.runs):
        head = cell.string[: before.end].strip()
        if head.count(" ") > 5:
            break
        under = any(starts.get(round(run.word.x0) + shift) for shift in (-1, 0, 1))
        if under and words.label(head) in _OF_PERSONS and _NAMED.match(cell.string[run.start :]):
            return cell.string[: before.end]
    return None


@dataclass(slots=True)
class _Cell:
    """A piece of a line with its place; `y` counts on over page breaks as if the pages hung together."""

    text: Text
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    group: str | None = None  # of the label that it is or begins
    part: bool = False  # a later line of a label
    run_in: bool = False  # a label with its value close behind it in the same cell


def _placed(lines: Sequence[Line], words: Words) -> list[_Cell]:
    """The cells of all lines by their place, rows top to bottom."""
    offsets: dict[int, float] = {}
    end = 0.0
    for page in sorted({line.page for line in lines}):
        here = [line for line in lines if line.page == page]
        top = min(line.top for line in here)
        offsets[page] = end - top
        end += max(line.bottom for line in here) - top + 4
    found = []
    begun = [(line, cell) for line in lines for cell in cells(line)]
    starts = Counter(round(cell.runs[0].word.x0) for _, cell in begun)
    for line, cell in begun:
        parts = _split(cell, words)
        if len(parts) == 1 and (label := _label_before_person(cell, words, starts)):
            parts = [cell[: len(label)], cell[len(label) :].strip()]
        for part in parts:
            run: Word = part.runs[0].word
            y = line.top + offsets[line.page]
            bold = all(word.bold for word in part.words)
            found.append(_Cell(part, run.x0, part.runs[-1].word.x1, y, run.size, bold))
        if len(parts) > 1:
            found[-len(parts)].run_in = True
    return sorted(found, key=lambda cell: (round(cell.y), cell.x0))


def _below(cell: _Cell, all_cells: Sequence[_Cell]) -> _Cell | None:
    """The cell of the next line right under a cell, beginning at the same place, set alike."""
    reach = 1.5 * max(cell.size, 7)
    near = [
        c
        for c in all_cells
        if 3 < c.y - cell.y < reach and abs(c.x0 - cell.x0) < 4 and c.bold == cell.bold and abs(c.size - cell.size) < 1
    ]
    return min(near, key=lambda c: c.y, default=None)


def _mark_labels(all_cells: Sequence[_Cell], words: Words) -> None:
    """Finds the labels; one that runs over two or three lines is known by all of its words."""
    for cell in all_cells:
        if cell.part or _is_role(cell, all_cells, words):
            continue
        lines, text, best = [cell], cell.text.string, 1 if words.label(cell.text.string) else 0
        while len(lines) < 3 and words.begins_label(text) and (nxt := _below(lines[-1], all_cells)) is not None:
            lines.append(nxt)
            text = text[:-1] + nxt.text.string if text.endswith("-") else f"{text} {nxt.text.string}"
            if group := words.label(text):
                best, cell.group = len(lines), group
        if best:
            cell.group = cell.group or words.label(cell.text.string)
            for later in lines[1:best]:
                later.part = True


_NAMED = re.compile(r"[A-ZÅÄÖ][\w-]+\s(?:(?:von|af|de|van)\s)?[A-ZÅÄÖ][\w-]+(?=\s*(?:,|;|\(|\Z|\.\Z|\s(?:och|samt)\s))")


def _is_role(cell: _Cell, all_cells: Sequence[_Cell], words: Words) -> bool:
    """Whether what reads like a label of persons is said of somebody or something: a role that begins small or stands
    last in the row of a name, the place of a meeting (`Plats  Digitalt`)."""
    group = words.label(cell.text.string)
    if group not in SIGNERS + _OF_PERSONS or cell.text.string.endswith(":") or cell.run_in:
        return False
    row = [c for c in all_cells if abs(c.y - cell.y) < 3 and c is not cell]
    before = [c for c in row if c.x1 <= cell.x0]
    if group in _OF_PERSONS and any(words.label(c.text.string) in _WITH_VALUE for c in before[-1:]):
        return True
    named = any(_NAMED.match(c.text.string) for c in before)
    if cell.text.string[0].islower() and group in SIGNERS:
        return named or any(0 < cell.y - c.y < 2.2 * cell.size and abs(c.x0 - cell.x0) < 4 for c in all_cells)
    return named and not any(c.x0 >= cell.x1 for c in row)


# ---------------------------------------------------------------- regions


def _right_edge(label: _Cell, labels: Sequence[_Cell]) -> float:
    """Where the next label to the right on the same row begins."""
    return min((c.x0 - 3 for c in labels if abs(c.y - label.y) < 4 and c.x0 > label.x1), default=1e9)


def _lower_edge(label: _Cell, right: float, labels: Sequence[_Cell]) -> float:
    """Where the next label below, in the column of this one, begins."""
    below = (c.y for c in labels if c.y > label.y + 3 and label.x0 - 8 <= c.x0 < min(right, label.x0 + 40))
    return min(below, default=1e9)


def _value_column(labels: Sequence[_Cell], others: Sequence[_Cell]) -> float:
    """Where the values of most labels begin; a long label may reach over it."""
    firsts = [min((c.x0 for c in others if abs(c.y - at.y) < 4 and c.x0 > at.x1), default=None) for at in labels]
    counted = Counter(round(x) for x in firsts if x is not None)
    best = counted.most_common(1)
    return float(best[0][0]) if best and best[0][1] > 2 else 1e9


def _beside(label: _Cell, right: float, lower: float, others: Sequence[_Cell], column: float) -> list[_Cell]:
    """The values of a label that has one to its right: all in the value columns until the next label. `column`: where
    the values of other labels begin."""
    end = column if label.x0 + 20 < column < label.x1 else label.x1
    inside = [c for c in others if label.x0 - 8 <= c.x0 < right and label.y - 4 < c.y < lower - 3]
    stop = min((c.y for c in inside if c.x0 < end - 2 and c.y > label.y + 4 and not c.part), default=1e9)
    return [c for c in inside if c.x0 > end - 2 and c.y < stop - 3 and not c.part]


def _only_beside(label: _Cell, right: float, lower: float, others: Sequence[_Cell]) -> bool:
    """Whether the values stand to the right of a label and a little lower, with nothing right under it."""
    inside = [c for c in others if label.x0 - 8 <= c.x0 < right and label.y + 3 < c.y < lower - 3 and not c.part]
    first = min(inside, key=lambda c: c.y, default=None)
    return first is not None and first.x0 > label.x1 and first.y - label.y < 2.2 * max(label.size, 8)


_OPEN = re.compile(r"(?:[,;(–§-]|\b(?:och|samt|för|från|i|på|vid))\s*\Z")
_OTHER_LABEL = re.compile(r"[A-ZÅÄÖ][^:,()]{2,30}:(?:\s|\Z)")


def _goes_on(before: str) -> bool:
    """Whether a list of persons runs on in the next line: a comma at its end, a bracket not yet closed."""
    return bool(_OPEN.search(before)) or before.count("(") > before.count(")")


def _run_on(label: _Cell, first: Sequence[_Cell], lower: float, others: Sequence[_Cell]) -> list[_Cell]:
    """The lines of persons right under a label whose values begin behind it: `Närvarande: Moa Vret, Ulf` …"""
    below = [c for c in others if abs(c.x0 - label.x0) < 4 and label.y + 3 < c.y < lower - 3 and not c.part]
    edge = max((c.x1 for c in (*first, *below)), default=0.0)
    before, kept = max(first, key=lambda c: (c.y, c.x0)), []
    for cell in below:
        said = cell.text.string
        filled = before.x1 + cell.text.runs[0].word.x1 - cell.x0 + 0.6 * cell.size > edge
        running = _goes_on(before.text.string) or (filled and "," in before.text.string)
        named = len(said) < 90 and _NAMED.match(said)
        apart = cell.y - before.y > 1.75 * max(label.size, 8) or cell.bold or _OTHER_LABEL.match(said)
        if apart or not (running or named or said[:1].islower()):
            break
        kept.append(cell)
        before = cell
    return kept


def _centred(label: _Cell, last: float, right: float, labels: Sequence[_Cell], others: Sequence[_Cell]) -> list[_Cell]:
    """The block of values that stands beside the middle of a label, from above its first line to below its last.
    `last`: where the last line of the label stands."""
    step = 1.5 * max(label.size, 8)
    beside = sorted((c for c in others if label.x1 - 2 < c.x0 < right and not c.part), key=lambda c: c.y)
    taken = {round(c.y) for c in labels if c is not label and c.x0 < label.x1}
    near = 0.7 * step
    block = [c for c in beside if label.y - near < c.y < last + near and not _at(c, taken)]
    for cell in reversed([c for c in beside if block and c.y < block[0].y]):
        if block[0].y - cell.y > step or _at(cell, taken):
            break
        block.insert(0, cell)
    for cell in [c for c in beside if block and c.y > block[-1].y]:
        if cell.y - block[-1].y > step or _at(cell, taken):
            break
        block.append(cell)
    if not block or block[0].y > label.y - 3 or block[-1].y < last + 3 or _runs_on_from(block, beside):
        return []
    return block if abs((block[0].y + block[-1].y) - (label.y + last)) < 0.5 * step else []


def _runs_on_from(block: Sequence[_Cell], beside: Sequence[_Cell]) -> bool:
    """Whether the lines of a block follow on the line above as closely as on one another: the list above goes on."""
    above = max((c.y for c in beside if c.y < block[0].y - 3), default=None)
    gaps = [b.y - a.y for a, b in pairwise(block) if b.y - a.y > 3]
    return above is not None and bool(gaps) and block[0].y - above < 1.1 * max(gaps)


def _at(cell: _Cell, rows: Iterable[float]) -> bool:
    return any(abs(cell.y - y) < 4 for y in rows)


def _heads_names(cell: _Cell, others: Sequence[_Cell]) -> bool:
    """Whether a bold line in a list stands above names: a party, an organisation."""
    below = [c for c in others if abs(c.x0 - cell.x0) < 30 and 3 < c.y - cell.y < 2.2 * max(cell.size, 8)]
    first = min(below, key=lambda c: c.y, default=None)
    named = first is not None and not first.bold and bool(_NAMED.match(first.text.string))
    return named and len(cell.text) <= 45 and not re.search(r"[\d.!?]", cell.text.string)


def _under(label: _Cell, right: float, lower: float, others: Sequence[_Cell]) -> list[_Cell]:
    """The values of a label that stands above a list: the lines below it until a gap, a heading or prose."""
    kept: list[_Cell] = []
    before = label
    for cell in others:
        if not (label.x0 - 4 <= cell.x0 < right and label.y + 3 < cell.y < lower - 3) or cell.part:
            continue
        if (
            cell.y - before.y > 3.2 * max(label.size, 8)
            or (cell.bold and not (label.group in _OF_PERSONS and _heads_names(cell, others)))
            or cell.size > label.size + 3
            or (_is_prose(cell.text.string) and not (kept and _goes_on(before.text.string)))
        ):
            break
        kept.append(cell)
        before = cell
    return kept


PARTY = re.compile(r"\([A-ZÅÄÖ-]{1,4}\)")


def _is_prose(text: str) -> bool:
    """Whether a line under a label is a sentence and no row of a list; a running list of names is none."""
    if not (len(text) > 90 or (bool(_PROSE.search(text)) and len(text) > 30)):
        return False
    return not PARTY.search(text) and len(_NAMED.findall(text)) < 3


def _in_columns(values: list[_Cell]) -> list[Text]:
    """Values in reading order: column by column, top to bottom; cells of one row that stand close stay together."""
    columns: list[float] = []
    for x in sorted({round(c.x0) for c in values}):
        if not columns or x - columns[-1] > 60:
            columns.append(x)
    return [c.text for c in sorted(values, key=lambda c: (sum(c.x0 >= x - 1 for x in columns), c.y, c.x0))]


def _regions(all_cells: Sequence[_Cell]) -> Iterator[Field]:
    every = labels = [c for c in all_cells if c.group]
    others = [c for c in all_cells if not c.group]
    column = _value_column(labels, others)
    for label, block in _centred_blocks(labels, all_cells, others):
        yield Field(label.group or "", label.text, _in_columns(block))
        labels = [c for c in labels if c is not label]
        others = [c for c in others if c not in block]
    for label in labels:
        right = _right_edge(label, every)
        lower = _lower_edge(label, right, every)
        same_row = any(abs(c.y - label.y) < 4 and label.x1 - 2 < c.x0 < right for c in others)
        later = any(c.part and abs(c.x0 - label.x0) < 4 and 0 < c.y - label.y < 3 * label.size for c in others)
        beside = same_row or (later and not label.bold) or _only_beside(label, right, lower, others)
        values = _beside(label, right, lower, others, column) if beside else _under(label, right, lower, others)
        run_on = _run_on(label, values, lower, others) if values and label.group in _OF_PERSONS else []
        below = [c.text for c in run_on if c not in values]
        yield Field(label.group or "", label.text, [*_in_columns(values), *below])


def _centred_blocks(
    labels: Sequence[_Cell], all_cells: Sequence[_Cell], others: Sequence[_Cell]
) -> list[tuple[_Cell, list[_Cell]]]:
    """The labels of persons that stand beside the middle of their values, with the values."""
    found = []
    for label in labels:
        if label.group in _OF_PERSONS and not label.run_in:
            parts = [
                c.y for c in all_cells if c.part and abs(c.x0 - label.x0) < 4 and 0 < c.y - label.y < 3 * label.size
            ]
            last = max(parts, default=label.y)
            if block := _centred(label, last, _right_edge(label, labels), labels, others):
                found.append((label, block))
    return found


def fields(lines: Sequence[Line], words: Words) -> list[Field]:
    """The labelled fields of header lines in the order of their labels."""
    printed = [line for line in lines if line.text.runs]
    if not printed:
        return _plain_fields(lines, words)
    all_cells = _placed(printed, words)
    _mark_labels(all_cells, words)
    return list(_regions(all_cells))


def _plain_fields(lines: Sequence[Line], words: Words) -> list[Field]:
    """The fields of text without places: a label in front of its value, or alone above a list."""
    found: list[Field] = []
    current: Field | None = None
    for line in lines:
        parts = _split(line.text, words)
        if group := words.label(parts[0].string):
            current = Field(group, parts[0], parts[1:])
            found.append(current)
        elif current is not None and line.text and not _PROSE.search(line.text.string):
            current.values.append(line.text)
        else:
            current = None
    return found


# ---------------------------------------------------------------- labels first, values after

_DAY_OR_NUMBER = ("time", "place_time", "date", "paragraphs")


def dealt(labelled: Sequence[Field]) -> list[Field]:
    """Labels that stand one under another, with as many values after the last of them, get one value each."""
    found: list[Field] = []
    empty: list[Field] = []
    for field_ in labelled:
        if not field_.values:
            empty.append(field_)
            continue
        row = [*empty, field_]
        if len(row) > 2 and len(row) == len(field_.values) and _fit(row, field_.values):
            found += [Field(f.group, f.label, [value]) for f, value in zip(row, field_.values, strict=True)]
        else:
            found += row
        empty = []
    return [*found, *empty]


def _fit(row: Sequence[Field], values: Sequence[Text]) -> bool:
    """Whether the values with digits, and only those, stand where days, hours and paragraphs are asked for."""
    told = [any(c.isdigit() for c in value.string) for value in values]
    asked = [f.group in _DAY_OR_NUMBER for f in row]
    return any(told) and all(t == a or f.group == "place" for t, a, f in zip(told, asked, row, strict=True))
