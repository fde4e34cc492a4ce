"""Claims on services in order of time, as a plot and a table show them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from protoparse.asof import Report
from protoparse.site import labels
from protoparse.site.ours import TITLE, Reader
from protoparse.site.quotes import Path, amount

Row = dict[str, Any]

_CLAIMS = f"""SELECT c.id, c.service, c.track, c.seq, c.known, c."end", c.certainty, c.successor, c.standing,
    c.document, f.kind, f.start, f.condition, f.source, f.amount, f.amount_per, f.page, f.evidence,
    coalesce(v.quote, f.text) AS quote, {TITLE} AS label, d.path, d.kind AS form, e.name
FROM claims c JOIN funding f ON f.id = c.id JOIN documents d ON d.id = c.document JOIN entities e ON e.id = c.service
LEFT JOIN evidence v ON v.id = f.evidence
WHERE c.known <= :as_of AND c.service IN (SELECT value FROM json_each(:services))
ORDER BY c.track != 'money', c.track, c.seq"""


async def of(reader: Reader, services: Sequence[str], report: Report) -> list[Row]:
    """The claims of services known on the report's day; the services in the order given, claims in order of time."""
    values = {"as_of": report.as_of, "services": json.dumps(list(services))}
    place = {service: n for n, service in enumerate(services)}
    found = sorted(await reader.query(_CLAIMS, values), key=lambda row: place[row["service"]])
    last = {(row["service"], row["track"]): row["id"] for row in found if row["standing"]}
    odd = contradicted(report)
    path = reader.datasette.urls.path
    return [row | _shown(row, last, odd, path) for row in found]


def contradicted(report: Report) -> set[str]:
    """The claims that contradict another."""
    found = [(it.earlier, it.later) for it in report.findings if it.kind == "conflict"]
    return {it.id for pair in found for it in pair if it}


def _shown(row: Row, last: dict[tuple[str, str], str], odd: Iterable[str], path: Path) -> Row:
    return {
        "url": path(f"/-/tjanst/{row['service']}"),
        "evidence_url": path(f"/-/evidence/{row['evidence']}") if row["evidence"] else None,
        "document_url": path(f"/-/dokument/{row['document']}"),
        "last": last.get((row["service"], row["track"])) == row["id"],
        "conflict": row["id"] in odd,
        "kind_word": labels.value("funding", "kind", row["kind"]) or row["kind"],
        "certainty_word": labels.value("funding", "certainty", row["certainty"]) or row["certainty"],
        "form_word": labels.value("documents", "kind", row["form"]) or "",
        "sum": amount(row),
        "title": _title(row, row["id"] in odd),
    }


def _title(row: Row, odd: bool) -> str:
    """What the pointer shows over a bar."""
    until = labels.day(row["end"]) if row["end"] else row["condition"] or ""
    said = f"{row['name']}: {labels.value('funding', 'kind', row['kind'])} {until}".rstrip()
    sure = labels.value("funding", "certainty", row["certainty"])
    page = f", sida {row['page']}" if row["page"] else ""
    day = labels.day(row["known"]) or "odaterat"
    also = " Motsägs av ett annat dokument." if odd else ""
    title = labels.days_in(row["label"])
    when = "" if day in title else f", {day}"
    return f"{said} ({sure}).{also} ”{row['quote']}” – {title}{page}{when}"
