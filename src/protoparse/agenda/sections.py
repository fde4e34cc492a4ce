"""The sections under the headings: their zones, their passages, and which stands in which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from protoparse.agenda.headings import CONTINUED, Heading, Places
from protoparse.models import Line, Passage, Section, Zone
from protoparse.passages import passages
from protoparse.zones import Headings


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


def _section_zone(section: Section, headings: Headings, matters: bool) -> Zone:
    """The zone that a section's title opens. `5 Dagordning` is a matter that is decided on, not a list of matters, and
    `Ekonomi` among other matters (`matters`) is no background."""
    zone = headings.zone(CONTINUED.sub("", section.title)) or Zone.BODY
    return zone if zone in _GROUPS or not (section.number or matters) else Zone.BODY


_GROUPS = frozenset({Zone.DECISION_GROUP, Zone.DECISION, Zone.INFORMATION, Zone.ATTENDANCE, Zone.APPEAL})


def assemble(
    lines: Sequence[Line], found: list[Heading], end: int, skipped: set[int], headings: Headings, heads: Places
) -> Agenda:
    """The sections under the headings `found`, up to line `end`; lines `skipped` belong to none. `heads` are the places
    where heads of columns stand."""
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
    own = [section for section in before if section.ordinal >= parent.ordinal]
    last = next((p.zone for s in reversed(own) for p in reversed(s.passages)), parent.zone)
    inside = before[-1].ordinal == parent.ordinal or before[-1].parent == parent.ordinal
    goes_on = last in _GOING_ON or (lesser and last not in _ENDING)
    return last if inside and goes_on else parent.zone


def _is_lesser(heading: Heading, lines: Sequence[Line], headings: Headings) -> bool:
    """Whether a sub-heading is set smaller than the known sub-heading above it."""
    above = (line for line in reversed(lines[: heading.at]) if headings.zone(line.text.string) is not None)
    known = next(above, None)
    return known is not None and 0 < lines[heading.at].size < known.size - 0.4


def _section(ordinal: int, h: Heading) -> Section:
    return Section(
        ordinal, h.number, h.title.string, h.whole.page or 1, h.whole, number_to=h.number_to, case_number=h.case_number
    )


def _extend_parents(sections: list[Section]) -> None:
    """A section ends where its last sub-heading ends."""
    for section in reversed(sections):
        if section.parent is not None:
            parent = sections[section.parent - 1]
            parent.page_end = max(parent.page_end or parent.page, section.page_end or section.page)
