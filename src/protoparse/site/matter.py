"""The page of a matter: one case number through organs and years, and which decision answers which proposal."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Response

from protoparse import casebook
from protoparse.site import entity, labels, ours, web
from protoparse.site.ours import Reader, sign

Row = dict[str, Any]
TOLD_IN = ("matters", "matter_steps", "documents", "decisions", "sections", "entities")

_STEPS = f"""select t.*, d.label, {sign("d.id")} as sign, d.kind as form,
    s.number as paragraph, s.title, f.text, f.outcome,
    a.answer, a.agrees, a.how, n.organ as answered_in, n.meeting_date as answered_on, n.evidence as answered_at,
    n.outcome as answered_with
from matter_steps t join documents d on d.id = t.document left join sections s on s.id = t.section
left join decisions f on f.id = t.decision left join answers a on a.proposal = t.decision
left join decisions n on n.id = a.answer
where t.matter = ? order by t.meeting_date is null, t.meeting_date, t.ordinal, t.id"""


async def show(request: Any, datasette: Any) -> Response:
    """`/-/arende/<number>`: the matter of that number in any print; of several owners' one each."""
    number = unquote(request.url_vars["number"]).strip()
    found = []
    for reader in await ours.readers(datasette, request):
        if not await reader.has(*TOLD_IN):
            continue
        ids = json.dumps([number, *await reader.ask(lambda db: casebook.named(db, number))])
        where = "where id in (select value from json_each(:ids)) order by owner, number, id"
        for row in await reader.rows("matters", where, {"ids": ids}):
            found.append({**row, "steps": await steps(reader, row["id"]), **words(row)})
    if not found:
        return await web.sorry(
            datasette,
            request,
            "Ärendet finns inte",
            f"Registret har inget ärende med numret {number}. Sök på numret: det kan stå på annat sätt i texten.",
            q=number,
        )
    return await web.page(datasette, request, "matter.html", {"number": found[0]["number"], "matters": found})


def words(row: Row) -> Row:
    """Kind and status in Swedish."""
    return {f"{name}_word": labels.value("matters", name, row[name]) for name in ("kind", "status")}


async def steps(reader: Reader, key: str) -> list[Row]:
    """A matter's way, the oldest first."""
    return [step(reader, row) for row in await reader.query(_STEPS, [key])]


def step(reader: Reader, row: Row) -> Row:
    """One meeting's part in a matter, with the answer to what it proposed."""
    path = reader.datasette.urls.path
    return {
        **row,
        "word": labels.value("matter_steps", "step", row["step"]) or row["step"],
        "organ_url": entity.url(reader, "organ", row["organ_id"]),
        "document_url": path(f"/-/dokument/{row['document']}"),
        "evidence_url": path(f"/-/evidence/{row['evidence']}") if row["evidence"] else None,
        "answer_url": path(f"/-/evidence/{row['answered_at']}") if row["answered_at"] else None,
        "answer_word": labels.value("decisions", "outcome", row["answered_with"]) if row["answered_with"] else None,
    }
