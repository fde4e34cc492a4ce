"""The page of one service: until when it is funded, and everything that documents say of it in order of time."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from protoparse.asof import Report, opened, report
from protoparse.audit import left
from protoparse.findings import days_between
from protoparse.ledger import TRACKS
from protoparse.site import asked as address
from protoparse.site import audit, axis, claims, handling, labels, ours, quotes, timeline, web
from protoparse.site import seen as looking
from protoparse.site.ours import TITLE, Reader, sign

Row = dict[str, Any]
SPOKEN = 40  # sections that are listed
TOLD_IN = ("sections", "matters", "matter_steps")
FRAMES = (axis.OF_ONE, axis.NARROW)
FIRMLY = {"money": "Pengarna", "agreement": "Avtalet", "project": "Projektet"}

_SECTIONS = f"""SELECT s.id, {sign("d.id")} AS sign, s.number, s.title, s.case_number, s.page, s.evidence,
    s.meeting_date, s.document,
    coalesce(s.organ, d.organ) AS organ, d.label,
    (SELECT json_group_array(number) FROM (SELECT DISTINCT m.number FROM matter_steps t
        JOIN matters m ON m.id = t.matter WHERE t.section = s.id ORDER BY m.number)) AS matters
FROM sections_fts x JOIN sections s ON s.rowid = x.rowid JOIN documents d ON d.id = s.document
WHERE sections_fts MATCH :words AND coalesce(d.meeting_date, '') <= :as_of
ORDER BY s.meeting_date DESC, s.document, s.ordinal LIMIT :most"""
_UNSURE = """SELECT p.reason, a.id AS one_id, a.name AS one, b.id AS other_id, b.name AS other
FROM possible_same p JOIN entities a ON a.id = p.one JOIN entities b ON b.id = p.other
WHERE :id IN (p.one, p.other) ORDER BY p.id"""
_DEADLINES = f"""SELECT f.id, f.kind, f."end", f.certainty, f.condition, f.successor, f.source, f.amount, f.amount_per,
    f.page, f.evidence, f.document, coalesce(v.quote, f.text) AS quote, {TITLE} AS label, d.path,
    d.meeting_date AS known, e.name, f.service
FROM funding f JOIN documents d ON d.id = f.document LEFT JOIN evidence v ON v.id = f.evidence
LEFT JOIN entities e ON e.id = f.service WHERE f.id IN (
    SELECT min(id) FROM funding WHERE service = :id AND "end" IS NOT NULL AND coalesce(meeting_date, '') <= :as_of
    AND kind IN ('application_deadline', 'spend_by', 'report_by') GROUP BY kind, "end")
ORDER BY f."end", f.id"""


async def show(request: Any, datasette: Any) -> Response:
    """`/-/tjanst/<id>`, as of today or `?as_of=`."""
    as_of, dated = address.day(request)
    found = await entity(datasette, request)
    if not found:
        return await unknown(datasette, request)
    reader, row = found
    path = datasette.urls.path
    whole = await look(reader, row["id"], as_of)
    seen, spelled = opened(whole), await aliases(reader, row)
    rows = await claims.of(reader, [row["id"]], seen)
    current, about = standing(rows, seen), {it["id"]: it for it in rows}
    offered = partial(handling.offered, datasette=datasette, as_of=as_of.isoformat() if dated else "")
    context = {
        "service": row,
        "as_of": as_of.isoformat(),
        "dated": dated,
        "aliases": spelled,
        "current": current,
        "headline": headline(current, rows),
        "plots": [timeline.plot(rows, as_of, frame, most=50, alone=True) for frame in FRAMES] if rows else None,
        "written": lambda name: json.dumps(name, ensure_ascii=False),  # as YAML reads it
        "claims": sorted((told(it, path) for it in rows), key=lambda it: (it["date"] or "", it["id"])),
        "rows": rows,
        "quoted": lambda claim: told(claim, path),
        "findings": [offered(lambda it: quotes.finding(it, about, path))(it) for it in seen.findings],
        "handled": [quotes.done(it, offered(quotes.drawn(about, {}, path))) for it in audit.handled(whole)],
        "deadlines": await deadlines(reader, row["id"], as_of, path),
        "sections": await spoken(reader, [row["name"], *(it["name"] for it in spelled)], as_of.isoformat(), path),
        "unsure": await reader.read(("possible_same",), _UNSURE, {"id": row["id"]}),
        "here": path(f"/-/tjanst/{row['id']}"),
        "feeds": [(path(f"/-/floden/{feed}.atom?tjanst={row['id']}"), name)
                  for feed, name in (("beslut", "nya beslut"), ("fynd", "nya iakttagelser"))],
        "calendar": path(f"/-/tjanst/{row['id']}.ics"),
        "audit": path(f"/-/granskning{f'?as_of={as_of}' if dated else ''}"),
    }  # fmt: skip
    return await web.page(datasette, request, "service.html", context)


async def calendar(request: Any, datasette: Any) -> Response:
    """`/-/tjanst/<id>.ics`: all its ends and deadlines, however far ahead."""
    try:
        as_of, _ = address.day(request)
    except web.Unreadable as error:
        return Response.text(str(error), status=400, headers=dict(web.SAFE))
    found = await entity(datasette, request)
    if not found:
        return Response.text("Verksamheten finns inte i registret.", status=404, headers=dict(web.SAFE))
    reader, row = found
    seen = opened(await look(reader, row["id"], as_of))
    return audit.as_file(request, datasette, seen, "ics", row["id"])


async def entity(datasette: Any, request: Any) -> tuple[Reader, Row] | None:
    """The service of the address, and whose database holds it."""
    for reader in await ours.readers(datasette, request):
        row = await reader.get("entities", request.url_vars["id"]) if await looking.may_see(reader) else None
        if row and row["kind"] == "service":
            return reader, row
    return None


async def unknown(datasette: Any, request: Any) -> Response:
    """No such service: names may have been joined, so the way to others is shown."""
    message = "Registret har ingen verksamhet med den adressen. Namn kan ha förts samman; sök efter det i rutan ovan."
    return await web.sorry(datasette, request, "Verksamheten finns inte", message)


async def look(reader: Reader, service: str, as_of: datetime.date) -> Report:
    """What the audit says of the service, with what somebody has handled."""
    return await reader.ask(lambda db: report(db, as_of, address.FARTHEST, service, every=True))


async def aliases(reader: Reader, row: Row) -> list[Row]:
    """The other ways in which its name is written, and where each was met first."""
    found = await reader.rows("aliases", "where entity = ? order by name", [row["id"]])
    return [it for it in found if it["name"] != row["name"]]


def told(claim: Row, path: quotes.Path) -> Row:
    """A claim as `said` of `_parts.html` shows it, with what the list of all claims adds."""
    return {
        "id": claim["id"],
        "quote": claim["quote"],
        "name": claim["name"],
        "service_url": path(f"/-/tjanst/{claim['service']}"),
        "what": quotes.WHAT.get(claim["kind"]),
        "kind": labels.value("funding", "kind", claim["kind"]) or claim["kind"],
        "iso": claim["end"],
        "period": claim.get("start") if claim["kind"] == "budget_period" else None,
        "end": f"slut {labels.day(claim['end'])}" if claim["end"] else "inget slutdatum",
        "certainty": labels.value("funding", "certainty", claim["certainty"])
        if claim["certainty"] != "stated"
        else None,
        "condition": claim["condition"],
        "successor": claim["successor"],
        "source": claim["source"],
        "amount": quotes.amount(claim),
        "title": claim["label"],
        "file": claim["path"],
        "page": claim["page"],
        "date": claim["known"] or None,
        "form": claim.get("form_word"),
        "holds": claim.get("last"),
        "conflict": claim.get("conflict"),
        "document_url": path(f"/-/dokument/{claim['document']}"),
        "evidence_url": path(f"/-/evidence/{claim['evidence']}") if claim["evidence"] else None,
    }


def standing(rows: list[Row], seen: Report) -> list[Row]:
    """For every track the claim that sets its end, and the open or conditional one after it; what decides first."""
    decides = {it.set_by for it in seen.services}
    found = []
    for track in TRACKS_IN_ORDER:
        of_track = [row for row in rows if row["track"] == track]
        last = next((row for row in of_track if row["last"]), None)
        after = [row for row in of_track if not last or row["seq"] > last["seq"]]
        beside = next((row for row in reversed(after) if row["certainty"] in ("open_ended", "conditional")), None)
        if last or beside:
            found.append({"track": track, "last": last, "beside": beside, "as_of": seen.as_of})
    return sorted(found, key=lambda it: not (it["last"] and it["last"]["id"] in decides))


TRACKS_IN_ORDER = tuple(dict.fromkeys(TRACKS.values()))


def headline(current: list[Row], rows: list[Row]) -> str:
    """Until when, in one sentence."""
    if not current:
        return "Inget slut är känt." if rows else "Inget känt dokument säger till när den är finansierad."
    first = current[0]
    what, last, beside = FIRMLY[first["track"]], first["last"], first["beside"]
    if not last:
        if beside["certainty"] == "open_ended":
            return f"{what} har inget slutdatum{_clause(beside)}."
        return f"{what} är {'villkorade' if first['track'] == 'money' else 'villkorat'}{_clause(beside)}."
    gone = last["end"] < first["as_of"]
    verb = {"money": ("räcker till", "räckte till")}.get(first["track"], ("löper till", "löpte till"))[gone]
    days = days_between(first["as_of"], last["end"])
    also = ""
    if beside:
        also = " En nyare uppgift är utan slutdatum." if beside["certainty"] == "open_ended" else ""
        also = also or " En nyare uppgift är villkorad."
    source = "" if last["known"] else ", enligt ett odaterat dokument"
    return f"{what} {verb} {labels.day(last['end'])}, {left(days)}{source}.{also}"


def _clause(claim: Row) -> str:
    return f" ({claim['condition']})" if claim["condition"] else ""


async def deadlines(reader: Reader, service: str, as_of: datetime.date, path: quotes.Path) -> list[Row]:
    """Its deadlines, each once, the passed ones too."""
    found = []
    for row in await reader.query(_DEADLINES, {"id": service, "as_of": as_of.isoformat()}):
        days = days_between(as_of.isoformat(), row["end"])
        tone = "warning" if 0 <= days <= address.WITHIN else ""
        found.append({"tone": tone, "end": row["end"], "left": left(days), "claim": told(row, path), "besides": []})
    return found


async def spoken(reader: Reader, names: Sequence[str], as_of: str, path: quotes.Path) -> list[Row]:
    """Sections whose title or text names the service, the newest first; none where the search takes too long."""
    words = (" ".join(re.findall(r"[\w-]+", name)) for name in names)
    phrases = " OR ".join(f'"{phrase}"' for phrase in words if phrase)
    if not phrases or "sections_fts" not in reader.tables or not await reader.has(*TOLD_IN):
        return []
    try:
        found = await reader.query(_SECTIONS, {"words": phrases, "as_of": as_of, "most": SPOKEN})
    except QueryInterrupted:
        return []
    for it in found:
        it["url"] = path(f"/-/evidence/{it['evidence']}" if it["evidence"] else f"/-/dokument/{it['document']}")
        it["matters"] = [(number, path(f"/-/arende/{quote(number)}")) for number in json.loads(it["matters"])]
    return found
