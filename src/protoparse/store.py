"""A parsed document → rows; rows → SQLite, with views and full-text index.

`rows_of` is pure and runs where the document was parsed; `write_document` runs in the one process that writes.
"""

from __future__ import annotations

import json
import os
import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from protoparse.text import Box, Text, boxes

if TYPE_CHECKING:  # pydantic and sqlite-utils cost 350 ms: a run with nothing new must not pay them
    from sqlite_utils import Database

    from protoparse.models import Passage, Protocol

Row = dict[str, Any]
Rows = dict[str, list[Row]]

APPLICATION = 0x70726F74  # "prot": how a database of ours is told from others
SCHEMA = 11  # a higher number rebuilds the database from the PDFs

SOUND = 0.9  # pages whose quality is lower are pointed out to the reader

# What every fact row begins with. The document's date and organ are copied, so that a table sorts and facets by itself.
_FACT = """id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents(id),
    meeting_date TEXT, year INTEGER, organ TEXT,
    section TEXT REFERENCES sections(id), page INTEGER, ordinal INTEGER NOT NULL"""
_EVIDENCE = "evidence TEXT REFERENCES evidence(id)"

TABLES = f"""
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL DEFAULT (datetime('now')), ended TEXT, version TEXT, rules TEXT, names TEXT,
    new INTEGER, changed INTEGER, reread INTEGER, unchanged INTEGER, unread INTEGER, scanned INTEGER, removed INTEGER,
    doubtful INTEGER, masked INTEGER
);
CREATE TABLE entities (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, path TEXT NOT NULL, label TEXT NOT NULL, title TEXT, kind TEXT,
    organ TEXT, organ_id TEXT REFERENCES entities(id),
    meeting_date TEXT, meeting_date_source TEXT, year INTEGER, pages INTEGER,
    form TEXT, time_start TEXT, time_end TEXT, place TEXT, chair TEXT, secretary TEXT, adjusters TEXT,
    paragraphs_from INTEGER, paragraphs_to INTEGER,
    adjusted_on TEXT, notice_up TEXT, notice_down TEXT, appeal_until TEXT,
    quality REAL, masked INTEGER,
    status TEXT NOT NULL, error TEXT, replaces TEXT,
    first_run INTEGER REFERENCES runs(id), sha256 TEXT, read_with TEXT
);
CREATE TABLE document_paths ( -- `file` and `root` are relative to the folder of the database
    file TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id),
    root TEXT NOT NULL, path TEXT NOT NULL, size INTEGER, mtime_ns INTEGER
);
CREATE TABLE replaced (old TEXT PRIMARY KEY, new TEXT NOT NULL);
CREATE TABLE pages (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id),
    page INTEGER NOT NULL, width REAL, height REAL, text TEXT, quality REAL, quality_note TEXT, masked TEXT
);
CREATE TABLE rules (
    id TEXT PRIMARY KEY, kind TEXT, file TEXT, pattern TEXT, note TEXT, n_rows INTEGER, n_documents INTEGER
);
CREATE TABLE evidence (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id),
    page INTEGER, quote TEXT NOT NULL, boxes TEXT NOT NULL, rule TEXT REFERENCES rules(id)
);
CREATE TABLE sections (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), ordinal INTEGER NOT NULL,
    number TEXT, number_to TEXT, title TEXT NOT NULL, case_number TEXT, parent TEXT REFERENCES sections(id),
    meeting_date TEXT, year INTEGER, organ TEXT,
    page INTEGER, page_end INTEGER, text TEXT, {_EVIDENCE}
);
CREATE TABLE passages ( -- paragraphs and list points; as many as all facts together, so without evidence rows
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), section TEXT REFERENCES sections(id),
    ordinal INTEGER NOT NULL, zone TEXT NOT NULL, heading TEXT, marker TEXT, page INTEGER, text TEXT NOT NULL,
    boxes TEXT NOT NULL
);
CREATE TABLE decisions (
    {_FACT}, heading TEXT, text TEXT NOT NULL, outcome TEXT NOT NULL, assigned_to TEXT, due TEXT,
    organ_id TEXT REFERENCES entities(id), meeting_organ TEXT, {_EVIDENCE}
);
CREATE TABLE roster_changes (
    {_FACT}, decision TEXT REFERENCES decisions(id), kind TEXT NOT NULL, heading TEXT,
    incoming TEXT, incoming_role TEXT, incoming_organization TEXT, incoming_party TEXT,
    incoming_person TEXT REFERENCES entities(id), incoming_organization_id TEXT REFERENCES entities(id),
    outgoing TEXT, outgoing_role TEXT, outgoing_organization TEXT, outgoing_party TEXT,
    outgoing_person TEXT REFERENCES entities(id), outgoing_organization_id TEXT REFERENCES entities(id),
    group_name TEXT, group_id TEXT REFERENCES entities(id), position TEXT, represents TEXT,
    from_date TEXT, until_date TEXT, {_EVIDENCE}
);
CREATE TABLE dates (
    {_FACT}, text TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL,
    precision TEXT NOT NULL, bound TEXT, {_EVIDENCE}
);
CREATE TABLE funding (
    {_FACT}, service TEXT REFERENCES entities(id), heading TEXT, subject TEXT, source TEXT,
    amount REAL, amount_per TEXT, amount_text TEXT, kind TEXT NOT NULL, start TEXT, "end" TEXT, old_end TEXT,
    successor TEXT, certainty TEXT NOT NULL, condition TEXT, text TEXT NOT NULL, {_EVIDENCE}
);
CREATE TABLE attendance (
    {_FACT}, name TEXT NOT NULL, person TEXT REFERENCES entities(id), party TEXT,
    organization TEXT, organization_id TEXT REFERENCES entities(id), role TEXT,
    category TEXT NOT NULL, stands_in_for TEXT, presence TEXT, section_from TEXT, section_to TEXT,
    serving INTEGER, matter TEXT, {_EVIDENCE}
);
CREATE TABLE ballots (
    {_FACT}, number INTEGER NOT NULL, yes INTEGER, "no" INTEGER, abstain INTEGER, absent INTEGER,
    counted_yes INTEGER, counted_no INTEGER, counted_abstain INTEGER, counted_absent INTEGER,
    outcome_text TEXT, decision TEXT REFERENCES decisions(id), {_EVIDENCE}
);
CREATE TABLE votes (
    {_FACT}, ballot TEXT NOT NULL REFERENCES ballots(id), name TEXT NOT NULL, person TEXT REFERENCES entities(id),
    party TEXT, vote TEXT NOT NULL, {_EVIDENCE}
);
CREATE TABLE dissents ( -- who reserved themselves, had something noted, or took no part
    {_FACT}, decision TEXT REFERENCES decisions(id), kind TEXT NOT NULL,
    name TEXT, person TEXT REFERENCES entities(id), party TEXT, group_name TEXT,
    text TEXT NOT NULL, {_EVIDENCE}
);
CREATE TABLE doubts (
    {_FACT}, kind TEXT NOT NULL, cue TEXT, message TEXT NOT NULL, quote TEXT,
    rule TEXT REFERENCES rules(id), {_EVIDENCE}
);
CREATE TABLE header_fields ( -- one row per field of a document's header, so that each leads to its words
    {_FACT}, field TEXT NOT NULL, value TEXT NOT NULL, text TEXT NOT NULL, {_EVIDENCE}
);
CREATE TABLE aliases (
    id TEXT PRIMARY KEY, entity TEXT NOT NULL REFERENCES entities(id), name TEXT NOT NULL,
    document TEXT REFERENCES documents(id)
);
CREATE TABLE possible_same ( -- two names that may be one; people say so in names.yml
    id TEXT PRIMARY KEY, one TEXT NOT NULL REFERENCES entities(id), other TEXT NOT NULL REFERENCES entities(id),
    kind TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE claims (
    id TEXT PRIMARY KEY REFERENCES funding(id), document TEXT NOT NULL REFERENCES documents(id),
    service TEXT NOT NULL REFERENCES entities(id), track TEXT NOT NULL, seq INTEGER NOT NULL,
    known TEXT NOT NULL, "end" TEXT, certainty TEXT NOT NULL, successor TEXT, standing INTEGER NOT NULL
);
CREATE TABLE date_inferences ( -- the day of a document that does not date itself, or why it has none
    document TEXT PRIMARY KEY REFERENCES documents(id), meeting_date TEXT, reason TEXT NOT NULL,
    told_by TEXT REFERENCES documents(id), page INTEGER, sentence TEXT, evidence TEXT REFERENCES evidence(id),
    own_sentence TEXT, earliest TEXT, earliest_sentence TEXT, latest TEXT, latest_sentence TEXT
);
CREATE TABLE findings (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, severity TEXT NOT NULL, service TEXT REFERENCES entities(id),
    message TEXT NOT NULL, said INTEGER, earlier TEXT REFERENCES funding(id), later TEXT REFERENCES funding(id),
    from_end TEXT, to_end TEXT
);
"""

# The tables of facts, and the letter of each in the ids of its rows.
_FACT_LETTERS = {
    "decisions": "d",
    "roster_changes": "r",
    "dates": "t",
    "funding": "f",
    "attendance": "a",
    "ballots": "b",
    "votes": "v",
    "dissents": "x",
    "doubts": "u",
    "header_fields": "h",
}
FACTS = tuple(_FACT_LETTERS)
# Everything that a document says, referring tables first; `documents` itself and its paths are handled apart.
OF_DOCUMENT = ("date_inferences", "claims", "aliases", *reversed(FACTS), "passages", "sections", "evidence", "pages")
_LETTERS = {**_FACT_LETTERS, "passages": "g", "sections": "s", "evidence": "e"}

INDEXES = {
    "documents": ("kind", "organ", "organ_id", "meeting_date", "year", "status", "replaces"),
    "document_paths": ("document",),
    "pages": ("document",),
    "evidence": ("document", "rule"),
    "sections": ("document", "parent", "case_number", "organ", "year"),
    "passages": ("document", "zone"),
    "decisions": ("outcome", "organ_id", "due"),
    "roster_changes": ("kind", "decision", "incoming_person", "outgoing_person", "group_id"),
    "dates": ("start", "end", "bound"),
    "funding": ("kind", "service", "end", "certainty"),
    "attendance": ("person", "category", "party", "organization_id"),
    "dissents": ("kind", "decision", "name"),
    "votes": ("ballot", "person", "party", "vote"),
    "doubts": ("kind", "rule"),
    "header_fields": ("field",),
    "aliases": ("entity", "document"),
    "entities": ("kind",),
    "possible_same": ("one", "other"),
    "claims": ("document", "service"),
    "findings": ("kind", "service", "earlier", "later"),
}
_OF_FACT = ("document", "meeting_date", "year", "organ", "section", "evidence")

FULL_TEXT = {
    "pages": ("text",),
    "sections": ("title", "text"),
    "decisions": ("heading", "text"),
    "roster_changes": ("incoming", "outgoing", "group_name"),
    "funding": ("subject", "text"),
    "attendance": ("name",),
    "dissents": ("name", "group_name", "text"),
    "votes": ("name",),
}

# A fact's section as a reader names it: the nearest number above it and the title of the innermost section.
_IN_SECTION = """LEFT JOIN sections s ON s.id = f.section
LEFT JOIN sections p ON p.id = s.parent
LEFT JOIN sections g ON g.id = p.parent
JOIN documents d ON d.id = f.document"""
_NUMBER = "coalesce(s.number, p.number, g.number)"
_TITLE = "CASE WHEN s.number IS NULL THEN coalesce(p.title, s.title) ELSE s.title END"


def _spelled(column: str, words: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in words.items())
    return f"CASE {column} {cases} ELSE {column} END"


OUTCOMES = {
    "approved": "bifallet",
    "noted": "noterat",
    "rejected": "avslaget",
    "deferred": "bordlagt",
    "remitted": "återremitterat eller på remiss",
    "assigned": "uppdrag",
    "elected": "val",
    "proposed": "förslag till högre organ",
}
ZONES = {
    "body": "löptext",
    "decision": "beslut",
    "decision_group": "beslutspunkter",
    "proposed": "förslag till högre organ",
    "proposal": "förslag till beslut",
    "motion": "yrkanden",
    "procedure": "beslutsgång",
    "vote": "omröstning",
    "dissent": "reservation eller anteckning",
    "conflict": "jäv",
    "background": "bakgrund",
    "basis": "beslutsunderlag",
    "distribution": "sändlista",
    "appeal": "överklagande",
    "information": "information",
    "attendance": "närvaro",
    "header": "dokumentets huvud",
    "contents": "ärendelista",
}
DISSENTS = {
    "reservation": "reservation",
    "note": "anteckning eller särskilt yttrande",
    "abstains": "deltar inte i beslutet",
    "conflict": "jäv",
}
CHANGES = {"replacement": "byte", "appointment": "val", "departure": "avgång"}
FUNDING = {
    "funded_until": "finansierat till",
    "application_deadline": "sista ansökningsdag",
    "spend_by": "ska användas senast",
    "report_by": "ska redovisas senast",
    "agreement_until": "avtal till",
    "project_until": "projekt till",
    "budget_period": "belopp för period",
}
VOTES = {"yes": "ja", "no": "nej", "abstain": "avstår", "absent": "frånvarande"}
CERTAINTIES = {
    "stated": "uttryckligt",
    "implied": "följer av texten",
    "open_ended": "utan slutdatum",
    "conditional": "villkorat",
    "past": "redan slut",
}

VIEWS = {
    "beslut": f"""SELECT f.id, f.meeting_date AS datum, f.organ, {_NUMBER} AS paragraf, {_TITLE} AS rubrik,
    f.heading AS underrubrik, f.text AS beslut, {_spelled("f.outcome", OUTCOMES)} AS utfall,
    f.assigned_to AS uppdrag_till, f.due AS klart_senast, f.page AS sida, f.document AS dokument, f.evidence AS belagg
FROM decisions f {_IN_SECTION}""",
    "byten": f"""SELECT f.id, f.meeting_date AS datum, f.organ, {_NUMBER} AS paragraf, {_TITLE} AS rubrik,
    {_spelled("f.kind", CHANGES)} AS slag, f.incoming AS tilltrader,
    coalesce(f.incoming_party, f.incoming_organization) AS tilltrader_for,
    f.outgoing AS avgar, coalesce(f.outgoing_party, f.outgoing_organization) AS avgar_for,
    f.group_name AS grupp, f.position AS uppdrag, f.from_date AS fran, f.until_date AS till, f.page AS sida,
    f.document AS dokument, f.evidence AS belagg
FROM roster_changes f {_IN_SECTION}""",
    "finansiering": f"""SELECT f.id, f.meeting_date AS datum, f.organ, {_NUMBER} AS paragraf, {_TITLE} AS rubrik,
    coalesce(e.name, f.subject) AS tjanst, {_spelled("f.kind", FUNDING)} AS slag, f.start AS fran, f."end" AS till,
    {_spelled("f.certainty", CERTAINTIES)} AS sakerhet, f.condition AS villkor, f.source AS finansiar,
    f.amount AS belopp, f.text AS text, f.page AS sida, f.document AS dokument, f.evidence AS belagg
FROM funding f LEFT JOIN entities e ON e.id = f.service {_IN_SECTION}""",
    "röster": f"""SELECT f.id, f.meeting_date AS datum, f.organ, {_NUMBER} AS paragraf, {_TITLE} AS rubrik,
    b.number AS omrostning, f.name AS namn, f.party AS parti, {_spelled("f.vote", VOTES)} AS rost,
    coalesce(b.yes, b.counted_yes) AS ja, coalesce(b."no", b.counted_no) AS nej,
    coalesce(b.abstain, b.counted_abstain) AS avstar, b.outcome_text AS utgang, f.page AS sida,
    f.document AS dokument, f.evidence AS belagg
FROM votes f JOIN ballots b ON b.id = f.ballot {_IN_SECTION}""",
    "stycken": f"""SELECT f.id, d.meeting_date AS datum, d.organ, {_NUMBER} AS paragraf, {_TITLE} AS rubrik,
    {_spelled("f.zone", ZONES)} AS del, f.heading AS underrubrik, f.text AS stycke, f.page AS sida,
    f.document AS dokument
FROM passages f {_IN_SECTION}""",
    "people": "SELECT id, name FROM entities WHERE kind = 'person'",
    "organizations": "SELECT id, name FROM entities WHERE kind = 'organization'",
    "organs": "SELECT id, name FROM entities WHERE kind = 'organ'",
    # Money decides a service's end, and what is applied for only where no other money is known; where no money is
    # known at all, the end of the project or agreement stands.
    "services": """SELECT e.id, e.name, c."end" AS current_end,
    CASE WHEN EXISTS (
        SELECT 1 FROM claims o WHERE o.service = e.id AND o.certainty = 'open_ended'
        AND (c.id IS NULL OR (o.track = c.track AND o.seq > c.seq))) THEN 'open_ended'
    ELSE coalesce(c.certainty, (SELECT certainty FROM claims WHERE service = e.id ORDER BY seq DESC LIMIT 1)) END
        AS current_certainty, c.id AS set_by
FROM entities e LEFT JOIN claims c ON c.id = (
    SELECT id FROM claims WHERE service = e.id AND (standing = 1 OR ("end" IS NOT NULL AND certainty = 'conditional'))
    ORDER BY track = 'money' DESC, standing DESC, track = 'project' DESC, seq DESC LIMIT 1)
WHERE e.kind = 'service'""",
}


class NotOurs(ValueError):
    """The file is no database of this program; nothing in it was touched."""


# --- a parsed document → rows


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


def row_id(document: str, table: str, *key: object) -> str:
    """`<document>-<letter><8 hex>`: an address that depends on the print, not on what else was found."""
    digest = sha256("\0".join(str(part) for part in key).encode()).hexdigest()
    return f"{document}-{_LETTERS[table]}{digest[:8]}"


Spot = tuple[int, float, float]


def _spot(quote: Text, at: int = 0) -> Spot | None:
    """Where on paper the character at an offset was printed."""
    if not quote.runs:
        return None
    run = quote.runs[max(0, bisect_right(quote.runs, at, key=lambda run: run.start) - 1)]
    return run.word.page, round(run.word.top, 1), round(run.word.x0, 1)


class _Prints:
    """Tells the how-many-th print of a quote on its page a quote is, whichever of the prints were found by rules."""

    def __init__(self, passages: Iterable[Passage], quotes: Iterable[Text]):
        self._texts: dict[int, list[Text]] = defaultdict(list)
        for passage in passages:
            for page in {passage.text.page, passage.text.page_end} - {None}:
                self._texts[page].append(passage.text)
        self._spots: dict[tuple[int | None, str], set[Spot]] = defaultdict(set)
        for quote in quotes:
            if spot := _spot(quote):
                self._spots[quote.page, quote.string].add(spot)
        for (page, string), spots in self._spots.items():
            spots.update(spot for spot in self._printed(page, string) if spot[0] == page)

    def _printed(self, page: int | None, string: str) -> Iterator[Spot]:
        for text in self._texts.get(page or 0, ()):
            at = text.string.find(string)
            while at >= 0 and string:
                yield _spot(text, at) or (0, 0.0, 0.0)
                at = text.string.find(string, at + len(string))

    def nth(self, quote: Text) -> int:
        spot = _spot(quote)
        return sorted(self._spots[quote.page, quote.string]).index(spot) if spot else 0


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
        self.prints = _Prints(protocol.passages, quotes)
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
        key = (_spot(quote), quote.string, rule)
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
    return writer.rows


# --- rows → SQLite


def connect(path: Path | str) -> sqlite3.Connection:
    """A plain connection for reading, rows by name. Raises NotOurs where the file is no database of ours."""
    db = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=30)
    db.row_factory = sqlite3.Row
    try:
        ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
    except sqlite3.DatabaseError as error:
        raise NotOurs(f"{path} is not a database: {error}") from error
    if not ours:
        raise NotOurs(f"{path} was not made by protoparse")
    return db


def current(path: Path | str) -> bool:
    """Whether the file exists and has the tables of this version of the program."""
    if not Path(path).exists() or not Path(path).stat().st_size:
        return False
    db = connect(path)
    try:
        return db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
    finally:
        db.close()


def load() -> None:
    """Loads what writing needs; it takes a quarter of a second, which a caller may have to spare."""
    import sqlite_utils  # noqa: F401


def open_db(path: Path | str) -> Database:
    """The database for writing, made when it does not exist, emptied when an older version made it."""
    from sqlite_utils import Database

    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    ready = current(path)
    db = Database(sqlite3.connect(path, timeout=30, isolation_level=None))
    db.execute("PRAGMA journal_mode = WAL")  # people read while the ingest writes
    db.execute("PRAGMA synchronous = NORMAL")
    if not ready:
        create(db)
        db.execute("VACUUM")  # what an older version wrote may hold what this one hides
    return db


def create(db: Database) -> None:
    """All tables, indexes, views and full-text indexes, after dropping what was there."""
    with db.atomic():
        for name, kind in _objects(db):
            db.execute(f"DROP {kind} IF EXISTS [{name}]")
        for statement in _schema():
            db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {SCHEMA}")


def _objects(db: Database) -> list[tuple[str, str]]:
    query = "SELECT name, type FROM sqlite_master WHERE type IN ('view', 'table') AND substr(name, 1, 7) != 'sqlite_'"
    found = db.execute(query).fetchall()
    shadows = tuple(f"{table}_fts_" for table in FULL_TEXT)  # they go with the index that they serve
    return sorted(((n, k) for n, k in found if not n.startswith(shadows)), key=lambda it: (it[1] != "view", it[0]))


def _schema() -> Iterator[str]:
    yield from (part for part in TABLES.split(";\n") if part.strip())
    for table in (*INDEXES, *(set(FACTS) - set(INDEXES))):
        for column in (*(_OF_FACT if table in FACTS else ()), *INDEXES.get(table, ())):
            yield f'CREATE INDEX "{table}_{column}" ON {table} ("{column}")'
    yield "CREATE INDEX claims_order ON claims (service, track, seq)"
    for table, columns in FULL_TEXT.items():
        yield from _full_text(table, columns)
    for name, sql in VIEWS.items():
        yield f"CREATE VIEW {name} AS {sql}"


def _full_text(table: str, columns: Sequence[str]) -> Iterator[str]:
    """An index over a table's columns, kept right by triggers; å, ä and ö stay letters of their own."""
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    drop = f"INSERT INTO {table}_fts ({table}_fts, rowid, {names}) VALUES ('delete', old.rowid, {old});"
    add = f"INSERT INTO {table}_fts (rowid, {names}) VALUES (new.rowid, {new});"
    yield (
        f'CREATE VIRTUAL TABLE {table}_fts USING fts5 ({names}, content="{table}", '
        "tokenize='unicode61 remove_diacritics 0')"
    )
    yield f"CREATE TRIGGER {table}_ai AFTER INSERT ON {table} BEGIN {add} END"
    yield f"CREATE TRIGGER {table}_ad AFTER DELETE ON {table} BEGIN {drop} END"
    yield f"CREATE TRIGGER {table}_au AFTER UPDATE OF {names} ON {table} BEGIN {drop} {add} END"


def scrub(path: Path | str) -> None:
    """Writes the database anew, so that nothing that was deleted or changed can be read from its file."""
    db = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        for table in FULL_TEXT:
            db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()


def insert(db: Database, table: str, rows: Sequence[Row]) -> None:
    """Rows with the same columns, in one statement."""
    if rows:
        columns = list(rows[0])
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        values = [[row[name] for name in columns] for row in rows]
        db.conn.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction: readers see all of it or nothing. Nested, it is part of the outer one."""
    if not db.conn.in_transaction:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            db.conn.rollback()
            raise
        db.execute("COMMIT")
    else:
        yield


def write_document(db: Database, rows: Rows, replaces: str | None = None, run: int | None = None) -> None:
    """A document's rows in one transaction, in place of what it said before and of the document that it replaces."""
    row = rows["documents"][0]
    with writing(db):
        before = db.execute("SELECT first_run, replaces FROM documents WHERE id = ?", (row["id"],)).fetchone()
        first_run, old = before or (run, None)
        remove_rows(db, row["id"])
        if replaces and replaces != row["id"]:
            remove_document(db, replaces)
            redirect(db, replaces, row["id"])
        db.execute("DELETE FROM documents WHERE id = ?", (row["id"],))
        insert(db, "documents", [{**row, "first_run": first_run, "replaces": replaces or old}])
        _insert_facts(db, rows)


def _insert_facts(db: Database, rows: Rows) -> None:
    for table in reversed(OF_DOCUMENT):
        insert(db, table, rows.get(table, ()))


def remove_rows(db: Database, document: str) -> None:
    """All that a document said, but not the document itself."""
    ours = "(SELECT id FROM funding WHERE document = ?)"
    with writing(db):
        db.execute(f"DELETE FROM findings WHERE earlier IN {ours} OR later IN {ours}", (document, document))
        db.execute("DELETE FROM date_inferences WHERE told_by = ?", (document,))
        for table in OF_DOCUMENT:
            db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def remove_document(db: Database, document: str) -> None:
    """A document with all its rows and paths."""
    with writing(db):
        remove_rows(db, document)
        db.execute("DELETE FROM document_paths WHERE document = ?", (document,))
        db.execute("DELETE FROM documents WHERE id = ?", (document,))


def redirect(db: Database, old: str, new: str) -> None:
    """Makes the address of a replaced document lead to the one that took its place, through all later corrections."""
    db.execute("DELETE FROM replaced WHERE old = ?", (new,))
    db.execute("UPDATE replaced SET new = ? WHERE new = ?", (new, old))
    db.execute("INSERT OR REPLACE INTO replaced VALUES (?, ?)", (old, new))


def file_of(database: Path | str, file: str) -> Path:
    """Where a file of `document_paths` lies: its name is kept relative to the database, so that both can move."""
    return Path(os.path.normpath(Path(database).absolute().parent / file))


def files_of(db: sqlite3.Connection, database: Path) -> dict[str, tuple[str, Path | None]]:
    """Document → its path, and a file that still holds it (None: gone); by path."""
    found: dict[str, tuple[str, Path | None]] = {}
    query = """SELECT d.id, d.path, p.file FROM documents d LEFT JOIN document_paths p ON p.document = d.id
        ORDER BY d.path, p.file"""
    for row in db.execute(query):
        file = file_of(database, row["file"]) if row["file"] else None
        at = file if file and file.is_file() else None
        if found.get(row["id"], ("", None))[1] is None:
            found[row["id"]] = (row["path"], at)
    return found


def set_path(db: Database, document: str, file: Row) -> None:
    """Remembers that a file (the other columns of `document_paths`) holds this document."""
    db.execute("DELETE FROM document_paths WHERE file = ?", (file["file"],))
    insert(db, "document_paths", [{**file, "document": document}])


def name_document(db: Database, document: str, path: str) -> None:
    """The path that a document is shown under; its label too, where it does not name itself."""
    label = Source("", path).label
    query = "UPDATE documents SET path = ?, label = coalesce(title, ?) WHERE id = ? AND path != ?"
    db.execute(query, (path, label, document, path))


def write_rules(db: Database, rules: Iterable[Row]) -> None:
    """The account of the rules: each with how many rows it gave in how many documents."""
    count = """SELECT e.rule, count(*), count(DISTINCT e.document) FROM evidence e JOIN ({facts}) f ON f.evidence = e.id
        WHERE e.rule IS NOT NULL GROUP BY e.rule"""
    facts = " UNION ALL ".join(
        f"SELECT evidence FROM {table} WHERE evidence IS NOT NULL" for table in FACTS if table != "doubts"
    )
    counts = {rule: (rows, documents) for rule, rows, documents in db.execute(count.format(facts=facts))}
    named = {row["id"]: row for row in rules}
    missing = {rule for (rule,) in db.execute("SELECT DISTINCT rule FROM evidence WHERE rule IS NOT NULL")} - set(named)
    for rule in sorted(missing):  # read by the program itself, not by a rule file
        named[rule] = {"id": rule, "kind": None, "file": None, "pattern": None, "note": None}
    with writing(db):
        db.execute("DELETE FROM rules")
        insert(db, "rules", [_counted(row, *counts.get(row["id"], (0, 0))) for row in named.values()])


def _counted(row: Row, rows: int, documents: int) -> Row:
    return {**row, "n_rows": rows, "n_documents": documents}
