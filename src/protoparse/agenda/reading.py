"""The whole: which headings a document has, and the sections that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from protoparse.agenda.apart import heads_apart
from protoparse.agenda.ends import back_matter
from protoparse.agenda.headings import Places, merge_continued, numbered_headings
from protoparse.agenda.sections import Agenda, assemble
from protoparse.agenda.typeset import (
    followed,
    free_headings,
    promote_boxes,
    set_like_text,
    table_heads,
    unnumbered,
    with_levels,
    without_title,
)
from protoparse.models import Line
from protoparse.numbering import is_appendix, numbered
from protoparse.pdf.rows import cells
from protoparse.style import Body
from protoparse.zones import Headings


def _is_labelled(lines: Sequence[Line], at: int, is_label: Callable[[str], bool]) -> bool:
    """Whether a line belongs to a document's header: it is a label, or begins with one before its value; where no more
    than a blank is between the two, the next line must begin with a label as well."""
    line = lines[at]
    if is_label(line.text.string.rstrip(" :")) or any(is_label(cell.string.rstrip(" :")) for cell in cells(line)[:1]):
        return True
    return all(is_label(ln.text.string.split(" ")[0].rstrip(":")) for ln in lines[at : at + 2])


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
    apart = heads_apart(lines, headings, is_label)
    other = _agenda(apart, headings, title_line, is_label) if apart else agenda
    return other if len(other.sections) >= 3 else agenda


def _agenda(
    lines: Sequence[Line], headings: Headings, title_line: int | None, is_label: Callable[[str], bool]
) -> Agenda:
    body = Body.of(lines)
    row = numbered(lines, body, headings, lambda: free_headings(lines, body, headings))
    headed = numbered_headings(row, lines, body, headings)
    found = merge_continued(headed)
    if found:
        end = back_matter(lines, found[-1].end, headings, body)
        taken = {k for h in headed for k in range(h.at, h.end)}
        heads = table_heads(lines[found[0].end : end], body)
        last = next((at for at in range(found[-1].end, end) if is_appendix(lines, at)), end)
        subs = unnumbered(lines, taken, body, headings, found[0].end, last, heads)
        stops = (
            {h.at for h in (*headed, *subs)}
            | {k for k, ln in enumerate(lines) if headings.zone(ln.text.string) is not None}
            | {end}
        )
        subs = [h for h in subs if followed(h, lines, stops)]
        found = sorted([*found, *subs], key=lambda h: h.at)
    else:
        start = title_line + 1 if title_line is not None else 0
        heads = Places()
        free = unnumbered(lines, set(), body, headings, start, len(lines), heads)
        while free and _is_labelled(lines, free[0].at, is_label):
            free.pop(0)
        found = with_levels(without_title(free, lines), lines)
        promote_boxes(found, lines)
        if len(found) < 2:
            found = set_like_text(lines, headings, start) or found
        end = back_matter(lines, found[-1].end, headings, body) if found else len(lines)
        while found and found[0].level:
            found.pop(0)
    skipped = {k for h in headed if h not in found for k in range(h.at, h.end)}
    return assemble(lines, found, end, skipped, headings, heads)
