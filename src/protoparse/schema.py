"""The tables of the database, its indexes and views, and the Swedish words for what their columns hold."""

from __future__ import annotations

from collections.abc import Mapping

APPLICATION = 0x70726F74  # "prot": how a database of ours is told from others
SCHEMA = 14  # a higher number rebuilds the database from the PDFs

SOUND = 0.9  # pages whose quality is lower are pointed out to the reader

# What every fact row begins with. The document's date and organ are copied, so that a table sorts and facets by itself.
_FACT = """id TEXT PRIMARY KEY,
    document TEXT NOT NULL REFERENCES documents(id),
    meeting_date TEXT, year INTEGER, organ TEXT,
    section TEXT REFERENCES sections(id), page INTEGER, ordinal INTEGER NOT NULL,
    corrected TEXT"""
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
    first_run INTEGER REFERENCES runs(id), sha256 TEXT, read_with TEXT,
    corrected TEXT, corrections TEXT -- what of it was put right, and a hash of the corrections that it was read with
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
    id TEXT PRIMARY KEY, kind TEXT, file TEXT, pattern TEXT, note TEXT, examples TEXT, -- one a line
    n_rows INTEGER, n_documents INTEGER
);
CREATE TABLE evidence (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id),
    page INTEGER, quote TEXT NOT NULL, boxes TEXT NOT NULL, rule TEXT REFERENCES rules(id)
);
CREATE TABLE sections (
    id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), ordinal INTEGER NOT NULL,
    number TEXT, number_to TEXT, title TEXT NOT NULL, case_number TEXT, parent TEXT REFERENCES sections(id),
    corrected TEXT,
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
CREATE TABLE seats ( -- who sits where, from when to when, by which roster changes
    id TEXT PRIMARY KEY, person TEXT REFERENCES entities(id), name TEXT NOT NULL, party TEXT, organization TEXT,
    group_id TEXT REFERENCES entities(id), group_name TEXT, position TEXT, represents TEXT,
    from_date TEXT, from_source TEXT, from_known TEXT, until_date TEXT, until_source TEXT, until_known TEXT,
    began TEXT REFERENCES roster_changes(id), ended TEXT REFERENCES roster_changes(id),
    mandate_until TEXT, known TEXT
);
CREATE TABLE seat_steps ( -- every roster change that tells of a seat
    id TEXT PRIMARY KEY, seat TEXT NOT NULL REFERENCES seats(id), change TEXT NOT NULL REFERENCES roster_changes(id),
    document TEXT NOT NULL REFERENCES documents(id), step TEXT NOT NULL,
    meeting_date TEXT, page INTEGER, until_date TEXT, evidence TEXT REFERENCES evidence(id),
    view TEXT -- the seat as all documents up to that day tell it (JSON)
);
CREATE TABLE seat_findings ( -- where the record of seats contradicts itself
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, severity TEXT NOT NULL, person TEXT REFERENCES entities(id),
    group_id TEXT REFERENCES entities(id), message TEXT NOT NULL,
    earlier TEXT REFERENCES roster_changes(id), later TEXT REFERENCES roster_changes(id),
    attended TEXT REFERENCES attendance(id), known TEXT
);
CREATE TABLE matters ( -- one case number of one owner, through organs and years
    id TEXT PRIMARY KEY, number TEXT NOT NULL, title TEXT, kind TEXT, owner TEXT, status TEXT,
    first_date TEXT, last_date TEXT, documents INTEGER NOT NULL, organs INTEGER NOT NULL
);
CREATE TABLE matter_steps ( -- a section of a document in which a matter was dealt with
    id TEXT PRIMARY KEY, matter TEXT NOT NULL REFERENCES matters(id), document TEXT NOT NULL REFERENCES documents(id),
    section TEXT REFERENCES sections(id), decision TEXT REFERENCES decisions(id), step TEXT NOT NULL,
    meeting_date TEXT, year INTEGER, organ TEXT, organ_id TEXT REFERENCES entities(id), page INTEGER,
    ordinal INTEGER NOT NULL, evidence TEXT REFERENCES evidence(id)
);
CREATE TABLE answers ( -- the decision of a higher organ that answers a proposal, or of any organ that answers a motion
    proposal TEXT PRIMARY KEY REFERENCES decisions(id), answer TEXT NOT NULL REFERENCES decisions(id),
    agrees INTEGER, how TEXT NOT NULL
);
CREATE TABLE commitments ( -- tasks and promises with a day, and the later section that reports back
    id TEXT PRIMARY KEY REFERENCES decisions(id), document TEXT NOT NULL REFERENCES documents(id),
    meeting_date TEXT, year INTEGER, organ TEXT, organ_id TEXT REFERENCES entities(id),
    section TEXT REFERENCES sections(id), page INTEGER, case_number TEXT, text TEXT NOT NULL,
    assigned_to TEXT, due TEXT, due_before TEXT, moved TEXT REFERENCES sections(id), moved_on TEXT,
    reported TEXT REFERENCES sections(id), reported_on TEXT, final INTEGER, how TEXT,
    evidence TEXT REFERENCES evidence(id)
);
CREATE TABLE missing ( -- paragraphs between an organ's protocols that no document holds; meetings without protocol
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, organ TEXT, organ_id TEXT REFERENCES entities(id), year INTEGER,
    first INTEGER, last INTEGER, day TEXT, before TEXT REFERENCES documents(id), after TEXT REFERENCES documents(id),
    known TEXT, page INTEGER, message TEXT NOT NULL, evidence TEXT REFERENCES evidence(id)
);
CREATE TABLE corrections ( -- what people put right, and whether it still finds its place
    id TEXT PRIMARY KEY, document TEXT REFERENCES documents(id), file TEXT, named TEXT, kind TEXT NOT NULL,
    "table" TEXT, row TEXT, before TEXT, after TEXT, quote TEXT, page INTEGER,
    "by" TEXT, "on" TEXT, note TEXT, status TEXT NOT NULL, message TEXT, {_EVIDENCE}
);
CREATE TABLE handled ( -- findings, doubts and ends that somebody has dealt with
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, seen TEXT, "by" TEXT, "on" TEXT, note TEXT, file TEXT,
    status TEXT NOT NULL
);
CREATE TABLE judged ( -- rows that somebody has found right, by the rule that read them
    id TEXT PRIMARY KEY, "table" TEXT, rule TEXT, seen TEXT, "by" TEXT, "on" TEXT, note TEXT, file TEXT,
    status TEXT NOT NULL
);
CREATE TABLE hits ( -- what can be found by searching; `id` grows with the day, so that the newest are read first
    id INTEGER PRIMARY KEY, document TEXT REFERENCES documents(id), "table" TEXT NOT NULL, row TEXT NOT NULL,
    facet INTEGER NOT NULL, organ TEXT, year INTEGER, outcome TEXT, document_kind TEXT,
    meeting_date TEXT, section TEXT, page INTEGER, evidence TEXT, number TEXT,
    title TEXT, text TEXT, head TEXT, stems TEXT, about TEXT
);
CREATE TABLE facets ( -- which values the facets of hits have together
    id INTEGER PRIMARY KEY, "table" TEXT, organ TEXT, year INTEGER, outcome TEXT, document_kind TEXT
);
CREATE TABLE unsearched ( -- documents whose rows were changed after their hits were made
    document TEXT PRIMARY KEY
);
CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT NOT NULL, backwards TEXT NOT NULL, n INTEGER NOT NULL);
"""

# The tables of facts, and the letter of each in the ids of its rows.
FACT_LETTERS = {
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
FACTS = tuple(FACT_LETTERS)
# Everything that a document says, referring tables first; `documents` itself and its paths are handled apart.
OF_DOCUMENT = (
    *("hits", "date_inferences", "claims", "aliases", "matter_steps", "commitments", "corrections"),
    *("seat_steps", *reversed(FACTS), "passages", "sections", "evidence", "pages"),
)
LETTERS = {**FACT_LETTERS, "passages": "g", "sections": "s", "evidence": "e"}

INDEXES = {
    "documents": ("kind", "organ", "organ_id", "meeting_date", "year", "status", "replaces"),
    "document_paths": ("document",),
    "pages": ("document",),
    "evidence": ("document", "rule"),
    "sections": ("document", "parent", "case_number", "organ", "year", "meeting_date", "evidence"),
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
    "seats": ("person", "group_id", "position", "began", "ended"),
    "seat_steps": ("seat", "change", "document"),
    "seat_findings": ("kind", "person", "group_id"),
    "matters": ("number", "kind", "status"),
    "matter_steps": ("matter", "document", "section", "decision", "organ_id"),
    "answers": ("answer",),
    "commitments": ("document", "due", "assigned_to", "organ_id"),
    "missing": ("kind", "organ_id", "year"),
    "corrections": ("document", "row", "status"),
    "handled": ("kind", "status"),
    "judged": ("rule", "status"),
    "hits": ("document", "row"),
    "words": ("stem", "backwards"),
}
OF_FACT = ("document", "meeting_date", "year", "organ", "section", "evidence")

FULL_TEXT = {
    "pages": ("text",),
    "sections": ("title", "text"),
    "decisions": ("heading", "text"),
    "roster_changes": ("incoming", "outgoing", "group_name"),
    "funding": ("subject", "text"),
    "attendance": ("name",),
    "dissents": ("name", "group_name", "text"),
    "votes": ("name",),
    "hits": ("title", "text", "head", "stems", "about"),  # the last three are made of stems: see hits.py
}
# What hits are made of: where a change leaves them behind.
SEARCHED = {
    "documents": ("title", "label", "organ", "kind", "meeting_date"),
    "sections": ("number", "title", "case_number", "text"),
    "decisions": ("heading", "text", "outcome", "organ"),
    "roster_changes": ("kind", "incoming", "outgoing", "group_name", "position"),
    "funding": ("kind", "subject", "text", "end"),
}

# A fact's section as a reader names it: the nearest number above it and the title of the innermost section. Asked for
# row by row, not joined: what a page does not show, a count, a facet or the rows before it, then costs nothing.
_ABOVE = """FROM sections s LEFT JOIN sections p ON p.id = s.parent LEFT JOIN sections g ON g.id = p.parent
        WHERE s.id = f.section"""
NUMBER = f"(SELECT coalesce(s.number, p.number, g.number) {_ABOVE})"
TITLE = f"(SELECT CASE WHEN s.number IS NULL THEN coalesce(p.title, s.title) ELSE s.title END {_ABOVE})"
_RULE = "(SELECT v.rule FROM evidence v WHERE v.id = f.evidence)"


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
MATTER_STATUS = {
    "open": "pågår",
    "remitted": "på remiss eller återremitterat",
    "deferred": "bordlagt",
    "decided": "avgjort",
}
MATTER_STEPS = {
    "announced": "kallat till",
    "raised": "väckt",
    "remitted": "remiss eller återremiss",
    "deferred": "bordlagt",
    "proposed": "förslag till högre organ",
    "decided": "beslut",
    "rejected": "avslag",
    "noted": "noterat",
    "dealt": "behandlat utan beslut",
}
VOTES = {"yes": "ja", "no": "nej", "abstain": "avstår", "absent": "frånvarande"}
CERTAINTIES = {
    "stated": "uttryckligt",
    "implied": "följer av texten",
    "open_ended": "utan slutdatum",
    "conditional": "villkorat",
    "past": "redan slut",
}


def services_sql(known: str = "1") -> str:
    """The query behind the view `services`; `known` is a condition on claims, so that a past day can be looked at.

    Money decides a service's end, and what is applied for only where no other money is known; where no money is known
    at all, the end of the project or agreement stands.
    """
    return f"""SELECT e.id, e.name, c."end" AS current_end,
    CASE WHEN EXISTS (
        SELECT 1 FROM claims o WHERE o.service = e.id AND o.certainty = 'open_ended' AND {known}
        AND (c.id IS NULL OR (o.track = c.track AND o.seq > c.seq))) THEN 'open_ended'
    ELSE coalesce(c.certainty,
        (SELECT certainty FROM claims o WHERE service = e.id AND {known} ORDER BY seq DESC LIMIT 1)) END
        AS current_certainty, c.id AS set_by
FROM entities e LEFT JOIN claims c ON c.id = (
    SELECT id FROM claims o WHERE service = e.id AND {known}
    AND (standing = 1 OR ("end" IS NOT NULL AND certainty = 'conditional'))
    ORDER BY track = 'money' DESC, standing DESC, track = 'project' DESC, seq DESC LIMIT 1)
WHERE e.kind = 'service'"""


VIEWS = {
    "beslut": f"""SELECT f.id, f.meeting_date AS datum, f.organ, {NUMBER} AS paragraf, {TITLE} AS rubrik,
    f.heading AS underrubrik, f.text AS beslut, {_spelled("f.outcome", OUTCOMES)} AS utfall,
    f.assigned_to AS uppdrag_till, f.due AS klart_senast, f.page AS sida,
    f.year AS ar, {_RULE} AS regel, f.corrected AS rattad, f.document AS dokument, f.evidence AS belagg
FROM decisions f""",
    "byten": f"""SELECT f.id, f.meeting_date AS datum, f.organ, {NUMBER} AS paragraf, {TITLE} AS rubrik,
    {_spelled("f.kind", CHANGES)} AS slag, f.incoming AS tilltrader,
    coalesce(f.incoming_party, f.incoming_organization) AS tilltrader_for,
    f.outgoing AS avgar, coalesce(f.outgoing_party, f.outgoing_organization) AS avgar_for,
    f.group_name AS grupp, f.position AS uppdrag, f.from_date AS fran, f.until_date AS till, f.page AS sida,
    f.year AS ar, {_RULE} AS regel, f.corrected AS rattad,
    f.document AS dokument, f.evidence AS belagg
FROM roster_changes f""",
    "finansiering": f"""SELECT f.id, f.meeting_date AS datum, f.organ, {NUMBER} AS paragraf, {TITLE} AS rubrik,
    coalesce((SELECT e.name FROM entities e WHERE e.id = f.service), f.subject) AS tjanst,
    {_spelled("f.kind", FUNDING)} AS slag, f.start AS fran, f."end" AS till,
    {_spelled("f.certainty", CERTAINTIES)} AS sakerhet, f.condition AS villkor, f.source AS finansiar,
    f.amount AS belopp, f.text AS text, f.page AS sida, f.year AS ar, {_RULE} AS regel, f.corrected AS rattad,
    f.document AS dokument, f.evidence AS belagg
FROM funding f""",
    "röster": f"""SELECT f.id, f.meeting_date AS datum, f.organ, {NUMBER} AS paragraf, {TITLE} AS rubrik,
    b.number AS omrostning, f.name AS namn, f.party AS parti, {_spelled("f.vote", VOTES)} AS rost,
    coalesce(b.yes, b.counted_yes) AS ja, coalesce(b."no", b.counted_no) AS nej,
    coalesce(b.abstain, b.counted_abstain) AS avstar, b.outcome_text AS utgang, f.page AS sida,
    f.document AS dokument, f.evidence AS belagg
FROM votes f JOIN ballots b ON b.id = f.ballot""",
    "stycken": f"""SELECT f.id, d.meeting_date AS datum, d.organ, {NUMBER} AS paragraf, {TITLE} AS rubrik,
    {_spelled("f.zone", ZONES)} AS del, f.heading AS underrubrik, f.text AS stycke, f.page AS sida,
    f.document AS dokument
FROM passages f LEFT JOIN documents d ON d.id = f.document""",
    "people": "SELECT id, name FROM entities WHERE kind = 'person'",
    "organizations": "SELECT id, name FROM entities WHERE kind = 'organization'",
    "organs": "SELECT id, name FROM entities WHERE kind = 'organ'",
    "services": services_sql(),
}
