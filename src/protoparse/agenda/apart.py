"""Headings that stand before their text on the same line: in a column of their own, or bold and numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from protoparse.agenda.headings import FIRST_STOP
from protoparse.models import Line
from protoparse.numbering import starts_with_number
from protoparse.passages import LOOSE_END
from protoparse.pdf.rows import cells
from protoparse.style import alike, parted
from protoparse.zones import Headings


def heads_apart(lines: Sequence[Line], headings: Headings, is_label: Callable[[str], bool]) -> list[Line]:
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
    told = sum(bool(FIRST_STOP.search(ln.text.string)) for ln in inside)
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
