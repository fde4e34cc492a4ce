"""A parsed document → rows: plain values, table by table. Pure; it runs where the document was parsed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from protoparse.print_ids import Prints, Spot, row_id, spot_of
from protoparse.schema import FACTS
from protoparse.swedish import usual
from protoparse.text import Box, Text, boxes

if TYPE_CHECKING:  # pydantic costs 200 ms: a run with nothing new must not pay it
    from protoparse.models import Protocol

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as the database knows it: its content's hash and its path relative to where it was read from."""

    sha256: str
    path: str

    @property
    def id(self) -> str:
        return self.sha256[:12]

    @property
    def label(self) -> str:
        """What to call a document that does not name itself."""
        return PurePosixPath(self.path).name


def plain(value: Any) -> Any:
    """A field as SQLite and JSON take it."""
    return value.isoformat() if isinstance(value, date) else value


def fields_of(record: Any) -> Row:
    """A record's own columns: all fields but the evidence and the section."""
    names = type(record).model_fields
    return {name: plain(getattr(record, name)) for name in names if name not in ("evidence", "section")}


# Two facts that rest on the same words are told apart by what they say.
_OWN = {
    "dates": ("text",),
    "funding": ("kind", "end"),
    "roster_changes": ("kind", "incoming", "outgoing"),
    "dissents": ("kind", "name", "group_name"),
    "doubts": ("kind", "cue"),
    "header_fields": ("field", "value"),
    "ballots": ("number",),
    "votes": ("name", "vote"),
}


class _Writer:
    """Collects the rows of one document and gives out their ids."""

    def __init__(self, source: Source, protocol: Protocol):
        self.document = source.id
        self.rows: Rows = {"documents": [_document(source, protocol)]}
        self.copied = {name: self.rows["documents"][0][name] for name in ("meeting_date", "year", "organ")}
        facts = [record for table in FACTS for record in getattr(protocol, table)]
        quotes = [record.evidence.quote for record in facts] + [section.heading for section in protocol.sections]
        self.prints = Prints(protocol.passages, quotes)
        self.given: dict[str, int] = defaultdict(int)
        self.evidence_ids: dict[tuple[Spot | None, str, str | None], str] = {}

    def add(self, table: str, row: Row) -> None:
        self.rows.setdefault(table, []).append(row)

    def new_id(self, table: str, quote: Text, *own: object) -> str:
        key = (quote.page, quote.string, self.prints.nth(quote), *own)
        found = row_id(self.document, table, *key)
        self.given[found] += 1
        again = self.given[found] - 1
        return row_id(self.document, table, *key, again) if again else found

    def evidence(self, quote: Text, rule: str | None) -> str | None:
        """The id of the evidence row for a quote, shared by all facts that one rule reads from the same print."""
        if not quote:
            return None
        key = (spot_of(quote), quote.string, rule)
        if key not in self.evidence_ids:
            self.evidence_ids[key] = self.new_id("evidence", quote, *([rule] if rule else []))
            self.add("evidence", _evidence(self.evidence_ids[key], self.document, quote, rule))
        return self.evidence_ids[key]

    def fact(self, table: str, ordinal: int, record: Any, sections: Mapping[int, str]) -> None:
        quote, fields = record.evidence.quote, fields_of(record)
        own = [fields[name] for name in _OWN.get(table, ()) if fields[name] not in (None, quote.string)]
        base = {
            "id": self.new_id(table, quote, *own),
            "document": self.document,
            **self.copied,
            "section": sections.get(getattr(record, "section", None)),
            "page": quote.page,
            "ordinal": ordinal,
        }
        self.add(table, {**base, **fields, "evidence": self.evidence(quote, record.evidence.rule)})


def _as_json(places: Iterable[Box]) -> str:
    found = [dict(zip(box._fields, (box.page, *(round(x, 2) for x in box[1:])), strict=True)) for box in places]
    return json.dumps(found, separators=(",", ":"))


def _compact(places: Iterable[Box]) -> str:
    """Boxes as `[page, x0, top, x1, bottom]`: there are many of them."""
    return "[" + ",".join(f"[{b.page},{b.x0:.1f},{b.top:.1f},{b.x1:.1f},{b.bottom:.1f}]" for b in places) + "]"


def _evidence(id: str, document: str, quote: Text, rule: str | None) -> Row:
    return {
        "id": id,
        "document": document,
        "page": quote.page,
        "quote": quote.printed,
        "boxes": _as_json(boxes(quote)),
        "rule": rule,
    }


def _status(protocol: Protocol) -> str:
    scanned = sum(page.scanned for page in protocol.pages)
    return "read" if not scanned else "scanned" if scanned == len(protocol.pages) else "partly"


_HEADER = (
    *("form", "time_start", "time_end", "place", "chair", "secretary", "paragraphs_from", "paragraphs_to"),
    *("adjusted_on", "notice_up", "notice_down", "appeal_until"),
)


def _document(source: Source, protocol: Protocol) -> Row:
    meeting = protocol.meeting
    return {
        "id": source.id,
        "path": source.path,
        "label": meeting.title or source.label,
        "title": meeting.title,
        "kind": meeting.kind,
        "organ": meeting.organ,
        "meeting_date": plain(meeting.date),
        "meeting_date_source": meeting.date_source,
        "year": meeting.date.year if meeting.date else None,
        "pages": len(protocol.pages),
        **{name: plain(getattr(meeting, name)) for name in _HEADER},
        "adjusters": json.dumps(meeting.adjusters, ensure_ascii=False) if meeting.adjusters else None,
        "quality": min((page.quality for page in protocol.pages if page.quality is not None), default=None),
        "masked": sum(page.numbers for page in protocol.pages),
        "status": _status(protocol),
        "error": None,
        "sha256": source.sha256,
    }


def unread(source: Source, reason: str) -> Rows:
    """The rows of a file that could not be read: only its document, with the reason in Swedish."""
    row = {"id": source.id, "path": source.path, "label": source.label, "status": "unread", "error": reason}
    return {"documents": [{**row, "sha256": source.sha256}]}


def _sections(writer: _Writer, protocol: Protocol) -> dict[int, str]:
    from protoparse.passages import running_text  # pydantic comes with it

    ids = {section.ordinal: writer.new_id("sections", section.heading) for section in protocol.sections}
    for section in protocol.sections:
        row = {
            "id": ids[section.ordinal],
            "document": writer.document,
            "ordinal": section.ordinal,
            "number": section.number,
            "number_to": section.number_to,
            "title": section.title,
            "case_number": section.case_number,
            "parent": ids.get(section.parent),
            **writer.copied,
            "page": section.page,
            "page_end": section.page_end or section.page,
            "text": running_text(section.passages),
            "evidence": writer.evidence(section.heading, None),
        }
        writer.add("sections", row)
    return ids


def _passages(source: Source, protocol: Protocol, sections: Mapping[int, str]) -> list[Row]:
    """Every paragraph with its zone. Its id depends on its words and on how many alike stand before it on the page."""
    given: Counter[tuple[int | None, str]] = Counter()
    found = []
    for ordinal, passage in enumerate(protocol.passages, 1):
        key = (passage.text.page, passage.text.string)
        row = {
            "id": row_id(source.id, "passages", *key, given[key]),
            "document": source.id,
            "section": sections.get(passage.section) if passage.section else None,
            "ordinal": ordinal,
            "zone": passage.zone.value,
            "heading": passage.heading,
            "marker": passage.marker,
            "page": passage.text.page,
            "text": passage.text.string,
            "boxes": _compact(boxes(passage.text)),
        }
        given[key] += 1
        found.append(row)
    return found


def _pages(source: Source, protocol: Protocol) -> list[Row]:
    return [
        {
            "id": f"{source.id}-p{page.number}",
            "document": source.id,
            "page": page.number,
            "width": page.width,
            "height": page.height,
            "text": page.text,
            "quality": page.quality,
            "quality_note": page.quality_note,
            "masked": _as_json(page.masked) if page.masked else None,
        }
        for page in protocol.pages
    ]


def _finish(rows: Rows) -> None:
    """What a row copies from others: who met, the decision behind a roster change, a doubt's quote and rule."""
    met = rows["documents"][0]["organ"]
    for row in rows.get("decisions", ()):
        row["meeting_organ"], row["organ"] = met, row["organ"] or met
    quotes = {row["id"]: row for row in rows.get("evidence", ())}
    for row in rows.get("doubts", ()):
        said = quotes.get(row["evidence"], {})
        row["quote"], row["rule"] = said.get("quote"), said.get("rule")
    decided = rows.get("decisions", ())
    for row in (*rows.get("dissents", ()), *rows.get("ballots", ())):
        row["decision"] = decided[row["decision"]]["id"] if row["decision"] is not None else None
    for row in rows.get("votes", ()):
        row["ballot"] = rows["ballots"][row["ballot"] - 1]["id"]
    for row in rows.get("roster_changes", ()):
        row["decision"] = _decision_of(row, rows.get("decisions", ()), quotes)


def _decision_of(change: Row, decisions: Iterable[Row], quotes: Mapping[str, Row]) -> str | None:
    """The decision of the same section whose words hold the change's words, or lie in them."""
    said = quotes.get(change["evidence"], {}).get("quote", "")
    for row in decisions:
        if row["section"] == change["section"] and said:
            quote = quotes.get(row["evidence"], {}).get("quote", "")
            if said in quote or (quote and quote in said):
                return row["id"]
    return None


def rows_of(source: Source, protocol: Protocol) -> Rows:
    """All rows of a parsed document, table by table: plain values that pickle cheaply."""
    writer = _Writer(source, protocol)
    writer.rows["pages"] = _pages(source, protocol)
    sections = _sections(writer, protocol)
    writer.rows["passages"] = _passages(source, protocol, sections)
    for table in FACTS:
        for ordinal, record in enumerate(getattr(protocol, table), 1):
            writer.fact(table, ordinal, record, sections)
    _finish(writer.rows)
    return searchable(writer.rows)


def searchable(rows: Rows) -> Rows:
    """The rows of a document with what can be found of them by searching, as they are now."""
    from protoparse.hits import hits_of  # the dates that it reads cost 200 ms: a run with nothing new must not pay

    return {**rows, "hits": hits_of(rows, usual())}
