"""One page followed through every step, for whoever wonders why a row is there, or is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from protoparse.account import Told, account
from protoparse.models import Evidence, Passage, Protocol, Section
from protoparse.pdf.layout import Layout, lay_out, sideways_lines
from protoparse.pdf.reader import Document, Page
from protoparse.protocol import Kit, parse, read_document
from protoparse.rules import load
from protoparse.text import Text, Word

Accounted = Sequence[tuple[Passage, Sequence[Told]]]

# table → its Swedish name and the columns that tell the row apart
_TABLES = {
    "decisions": ("beslut", ("outcome", "organ", "assigned_to", "due")),
    "roster_changes": ("byte", ("kind", "incoming", "outgoing", "group_name", "position")),
    "funding": ("finansiering", ("kind", "subject", "source", "amount", "end", "certainty")),
    "dates": ("datum", ("start", "end", "bound")),
    "dissents": ("reservation, anteckning eller jäv", ("kind", "name", "party", "group_name")),
    "attendance": (
        "närvaro",
        ("name", "party", "organization", "role", "category", "stands_in_for", "presence", "serving"),
    ),
    "ballots": ("omröstning", ("number", "yes", "no", "abstain", "absent", "counted_yes", "counted_no")),
    "votes": ("röst", ("ballot", "name", "party", "vote")),
}


def explain(
    path: Path, page: int | None = None, rules: Path | None = None, keep_numbers: bool = False
) -> Iterator[str]:
    """The steps of every page (or of one, 1-based) as Swedish lines. Raises Unreadable, RuleError, IndexError."""
    kit = Kit.of(load(rules))
    document = read_document(path, kit, keep_numbers)
    if page is not None and not 1 <= page <= len(document.pages):
        raise IndexError(f"sidan {page} finns inte; dokumentet har {len(document.pages)} sidor")
    protocol = parse(document, kit)
    layout = lay_out(document, kit.table_heads, kit.is_heading, kit.is_label)
    told = list(account(protocol, kit))
    yield from _document(path, protocol)
    for one in document.pages:
        if page in (None, one.number):
            yield from _page(one, document, layout, protocol, told)


def _document(path: Path, protocol: Protocol) -> Iterator[str]:
    meeting = protocol.meeting
    yield f"{path.name}: {meeting.kind}, {meeting.organ or 'okänt organ'}, {_date(protocol)}"


def _date(protocol: Protocol) -> str:
    meeting = protocol.meeting
    return f"{meeting.date} (läst i: {meeting.date_source})" if meeting.date else "utan datum"


def _page(page: Page, document: Document, layout: Layout, protocol: Protocol, told: Accounted) -> Iterator[str]:
    yield ""
    size = f"{page.width:.0f} × {page.height:.0f} punkter"
    yield f"Sida {page.number} av {len(document.pages)}: {len(page.words)} ord, {size}"
    if page.scanned:
        yield "  sidan är en bild utan text"
    if page.quality is not None:
        yield f"  textens kvalitet {page.quality:.2f}" + (f": {page.note}" if page.note else "")
    if page.numbers:
        yield f"  dolda personnummer: {page.numbers}"
    yield " Rader i läsordning"
    for line in layout.lines:
        if line.page == page.number:
            weight = " fet" if line.bold else ""
            yield f"  [{line.column}] x {line.x0:.0f} y {line.top:.0f} {line.size:g} pt{weight}: {line.text}"
    left_out = [out for out in layout.left_out if out.line.page == page.number] + sideways_lines(page)
    if left_out:
        yield " Utelämnat"
        yield from (f"  {out.line.text}: {out.reason}" for out in left_out)
    yield from _attendance(page.number, protocol)
    yield from _passages(page.number, protocol, told)


def _attendance(page: int, protocol: Protocol) -> Iterator[str]:
    rows = [row for row in protocol.attendance if row.evidence.quote.page == page]
    if rows:
        yield " Närvaro"
        yield from (f"  {_row('attendance', row)}" for row in rows)


def _passages(page: int, protocol: Protocol, told: Accounted) -> Iterator[str]:
    sections = {section.ordinal: section for section in protocol.sections}
    shown = None
    for passage, cues in told:
        if not (passage.text.page or 1) <= page <= (passage.text.page_end or 1):
            continue
        if passage.section != shown:
            shown = passage.section
            yield f" Avsnitt {_section(sections.get(shown))}"
        yield f"  [{passage.zone}] {passage.text}"
        yield from (f"     {line}" for line in _fates(passage, cues, protocol))


def _section(section: Section | None) -> str:
    if section is None:
        return "(utanför avsnitten)"
    return f"{section.number or ''} {section.title}".strip()


def _fates(passage: Passage, cues: Sequence[Told], protocol: Protocol) -> Iterator[str]:
    """Every cue of a passage with what became of it, and the rows read from it."""
    for told in cues:
        said = passage.text.string[told.cue.start : told.cue.end]
        why = f" ({told.why})" if told.why else ""
        yield f"ledord «{said}» (regel {told.cue.rule.id}) → {told.fate}{why}"
    for table, row in _rows_in(passage, protocol):
        yield f"rad {_row(table, row)}"


def _rows_in(passage: Passage, protocol: Protocol) -> Iterator[tuple[str, object]]:
    words = set(passage.text.words)
    for table in _TABLES:
        if table == "attendance":
            continue
        for row in getattr(protocol, table):
            if _overlaps(row.evidence, words, passage.text):
                yield table, row


def _overlaps(evidence: Evidence, words: set[Word], text: Text) -> bool:
    quoted = evidence.quote.words
    return bool(words.intersection(quoted)) if quoted else evidence.quote.string in text.string


def _row(table: str, row: object) -> str:
    name, columns = _TABLES[table]
    values = ", ".join(f"{column}={value}" for column in columns if (value := getattr(row, column)) is not None)
    rule = row.evidence.rule
    return f"{name}: {values}" + (f" (regel {rule})" if rule else "")
