"""`/-/regler`: every rule with what it reads, how many rows it has given, and how right they were found to be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from protoparse import judged
from protoparse.judged import SAMPLE, Tally
from protoparse.site import labels, ours, reviewing, web
from protoparse.site.ours import Reader
from protoparse.site.queue import Wanted

Row = dict[str, Any]
# A rule's kind → its heading, and the view where its rows can be browsed.
KINDS = {
    "decision": ("Beslut", "beslut"),
    "roster": ("Byten på uppdrag", "byten"),
    "funding": ("Finansiering", "finansiering"),
    "dates": ("Datum", ""),
    "": ("Sidans uppställning och programmets egna", ""),
}
NEEDED = ("rules", "judged", "corrections", "evidence")


async def show(request: Any, datasette: Any) -> Response:
    """`/-/regler`, of the first database of ours that the visitor may read."""
    for reader in await ours.readers(datasette, request):
        if await reader.has(*NEEDED):
            return await _shown(request, datasette, reader)
    return await web.sorry(datasette, request, "Inga regler här", "Registret finns inte, eller är inte öppet för dig.")


async def _shown(request: Any, datasette: Any, reader: Reader) -> Response:
    found = await reader.ask(judged.tallies, report=True)
    rules = await reader.rows("rules", "order by n_rows desc, id")
    known = {row["id"] for row in rules}
    rules += [{"id": id, "kind": None, "n_rows": None} for id in found if id not in known]
    way = datasette.urls.path(reviewing.HERE) if reviewing.on(datasette) else ""
    shown = [drawn(row, found.get(row["id"], Tally()), reader, way) for row in rules if row["id"] != judged.BY_HAND]
    kinds = [
        {"name": title, "id": kind or "ovrigt", "rules": [it for it in shown if it["kind"] == kind]}
        for kind, (title, _) in KINDS.items()
    ]
    context = {
        "kinds": [kind for kind in kinds if kind["rules"]],
        "tally": whole(found),
        "way": way,
        "sample": SAMPLE,
        "count": len(shown),
    }
    return await web.page(datasette, request, "rules.html", context)


def whole(found: Mapping[str, Tally]) -> Row:
    """All rows that were looked at, as figures."""
    sums = [sum(getattr(it, name) for it in found.values()) for name in ("right", "corrected", "wrong")]
    return figures(Tally(*sums, beside=tuple(map(sum, zip(*(it.beside for it in found.values()), strict=True)))))


def figures(tally: Tally) -> Row:
    """How right rows were found to be, in Swedish: `96 %`, `85–99 %`."""
    low, high = tally.interval or (0.0, 0.0)
    return {
        "right": tally.right,
        "corrected": tally.corrected,
        "wrong": tally.wrong,
        "judged": tally.judged,
        "beside": said_of(*tally.beside) if any(tally.beside) else "",
        "precision": percent(tally.precision) if tally.precision is not None else "",
        "interval": f"{low * 100:.0f}–{high * 100:.0f}\u00a0%" if tally.judged else "",
        "low": low,
    }


def said_of(right: int, corrected: int, wrong: int) -> str:
    """`3 rätt, 1 ändrad, 2 fel`; what is none is left out."""
    parts = ((right, "rätt", "rätt"), (corrected, "ändrad", "ändrade"), (wrong, "fel", "fel"))
    return ", ".join(labels.counted(*part) for part in parts if part[0])


def percent(share: float) -> str:
    """`0.955` → `96 %`; what is not quite all is never told as all."""
    return f"{min(share * 100, 99.9 if share < 1 else 100):.{1 if 0.995 <= share < 1 else 0}f}\u00a0%".replace(".", ",")


def drawn(row: Row, tally: Tally, reader: Reader, way: str) -> Row:
    """A rule as the page shows it, with the ways to its rows and to the review of them."""
    kind = row["kind"] if row["kind"] in KINDS else ""
    table = row["id"].removeprefix(judged.LAYOUT)
    by_layout = table != row["id"]
    return {
        **row,
        "kind": kind,
        "name": f"Uppställning: {labels.table(table).lower()}" if by_layout else row["id"],
        "examples": (row.get("examples") or "").split("\n") if row.get("examples") else [],
        "rows_url": None if by_layout else rows_url(reader, kind, row["id"]),
        "review_url": way and way + Wanted(rule=row["id"]).query(),
        **figures(tally),
    }


def rows_url(reader: Reader, kind: str, rule: str) -> str:
    """Where the rows of a rule can be browsed: their view, else their evidence."""
    view = KINDS[kind][1]
    name, column = (view, "regel") if view in reader.tables and view else ("evidence", "rule")
    return f"{reader.datasette.urls.table(reader.name, name)}?{urlencode({column: rule})}"
