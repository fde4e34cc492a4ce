"""The audit page: what has ended, what is about to, and where documents disagree; as page, CSV, JSON and calendar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from datasette.utils.asgi import Response

from protoparse import audit
from protoparse.asof import Report
from protoparse.site import asked as address
from protoparse.site import claims, labels, narrow, ours, quotes, timeline, web
from protoparse.site import seen as looking
from protoparse.site.asked import Asked, Unreadable
from protoparse.site.ours import Reader
from protoparse.site.seen import Seen

Row = dict[str, Any]
SHOWN = 25  # items of a list before "show all"
LINES = 15  # services of the plot before "show all"
HORIZONS = (30, 60, 90, 180, 365)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
FACET_NAMES = {
    "organ": "Organ",
    "source": "Finansiär",
    "kind": "Iakttagelse",
    "about": "Avser",
    "certainty": "Säkerhet",
}


async def show(request: Any, datasette: Any) -> Response:
    """`/-/granskning?as_of=&within=`."""
    try:
        wanted = address.asked(request)
    except Unreadable as error:
        return await wrong(datasette, request, error)
    reader = await register(datasette, request)
    if not reader:
        return await closed(datasette, request)
    found = await looking.seen(reader, wanted.as_of, wanted.within)
    report = narrow.narrowed(found.report, found.marked, wanted)
    context = {
        "asked": wanted,
        "report": report,
        "headline": headline(report),
        "horizons": sorted({*HORIZONS, wanted.within}),
        "facets": facets(found, wanted),
        "lists": lists(report, found, wanted, datasette.urls.path),
        "plot": await plotted(reader, report, wanted),
        "files": [(form, f"{datasette.urls.path(f'/-/granskning.{form}')}{wanted.query()}") for form in TYPES],
        "documents": await reader.count("documents"),
        "here": datasette.urls.path("/-/granskning"),
        "narrowed": bool(wanted.chosen or wanted.service),
    }
    return await web.page(datasette, request, "audit.html", context)


async def download(request: Any, datasette: Any) -> Response:
    """`/-/granskning.csv`, `.json` and `.ics`: the same items by the formats of the command line."""
    form = request.url_vars["form"]
    try:
        wanted = address.asked(request)
    except Unreadable as error:
        return Response.text(str(error), status=400, headers=dict(web.SAFE))
    reader = await register(datasette, request)
    if not reader:
        return Response.text("Granskningen är inte öppen här.", status=404, headers=dict(web.SAFE))
    found = await looking.seen(reader, wanted.as_of, wanted.within)
    report = narrow.narrowed(found.report, found.marked, wanted)
    return as_file(request, datasette, report, form, f"granskning-{report.as_of}")


def as_file(request: Any, datasette: Any, report: Report, form: str, name: str) -> Response:
    """A report in one of the formats of the command line; calendars carry the site's own address."""
    body = audit.as_ics(report, web.base(datasette, request)) if form == "ics" else audit.FORMATS[form](report)
    headers = {**web.SAFE, "Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(body, headers=headers if form != "json" else dict(web.SAFE), content_type=TYPES[form])


async def register(datasette: Any, request: Any) -> Reader | None:
    """The database to audit: the first of ours that the visitor may read."""
    for reader in await ours.readers(datasette, request):
        if await looking.may_see(reader):
            return reader
    return None


async def wrong(datasette: Any, request: Any, error: Unreadable) -> Response:
    """The address says something that cannot be read."""
    return await web.sorry(datasette, request, "Adressen går inte att läsa", str(error), 400)


async def closed(datasette: Any, request: Any) -> Response:
    """There is nothing to audit, or the visitor may not see it."""
    return await web.sorry(
        datasette, request, "Ingen granskning här", "Registret finns inte, eller är inte öppet för dig."
    )


def headline(report: Report) -> str:
    """`Per 22 november 2026: 2 har gått ut, 3 går ut inom 90 dagar, 1 motsägelse`."""
    due = {state: len(found) for state, found in report.due.items()}
    conflicts = sum(it.kind == "conflict" for it in report.findings)
    parts = [
        f"{due['expired']} har gått ut" if due["expired"] else "",
        f"{due['expiring']} går ut inom {report.within} dagar" if due["expiring"] else "",
        labels.counted(due["deadline_near"], "frist", "frister") if due["deadline_near"] else "",
        labels.counted(conflicts, "motsägelse", "motsägelser") if conflicts else "",
    ]
    said = ", ".join(part for part in parts if part) or f"inget går ut inom {report.within} dagar"
    return f"Per {labels.day(report.as_of)}: {said}"


def titles(report: Report) -> dict[str, str]:
    """The lists of the page in order of urgency."""
    due = {state: title.format(within=report.within) for state, title in audit.TITLES.items()}
    return {**due, "findings": "När dokumenten läggs bredvid varandra"}


def lists(report: Report, found: Seen, wanted: Asked, path: quotes.Path) -> list[Row]:
    """Every list that has something, with its first items and the way to the rest."""
    items = {**report.due, "findings": report.findings}
    made = []
    for name, title in titles(report).items():
        if not items.get(name):
            continue
        shown = items[name] if name in wanted.whole else items[name][:SHOWN]
        draw = quotes.finding if name == "findings" else quotes.due
        more = f"{path('/-/granskning')}{wanted.query(all=name)}#{name}" if len(shown) < len(items[name]) else None
        rows = [draw(it, found.about, path) for it in shown]  # type: ignore[operator]
        made.append({"name": name, "title": title, "count": len(items[name]), "rows": rows, "more": more})
    return made


def facets(found: Seen, wanted: Asked) -> list[Row]:
    """The filters with their choices; one without any is left out."""
    choices = narrow.choices(found.marked, wanted, found.named)
    return [
        {"name": facet, "label": FACET_NAMES[facet], "choices": found_, "chosen": wanted.chosen.get(facet)}
        for facet, found_ in choices.items()
        if found_
    ]


def services(report: Report) -> list[str]:
    """The services of a report by urgency: contradicted, ending or ended about now, the rest."""
    odd = [it.later.service for it in report.findings if it.kind == "conflict"]
    firm = [it for state in ("expired", "expiring") for it in report.due.get(state, [])]
    near = [it.claim.service for it in sorted(firm, key=lambda it: abs(it.days_left))]
    rest = [it.later.service for it in report.findings]
    return list(dict.fromkeys(it for it in [*odd, *near, *rest] if it))


async def plotted(reader: Reader, report: Report, wanted: Asked) -> Row | None:
    """The plot of the most urgent services by their ends, its claims for a table, and how many are left out."""
    every = services(report)
    chosen = every if "tidslinje" in wanted.whole else every[:LINES]
    if not chosen:
        return None
    rows = await claims.of(reader, by_end(report, chosen), report)
    if not rows:
        return None
    path = reader.datasette.urls.path("/-/granskning")
    return {
        "plots": [timeline.plot(rows, wanted.as_of, frame) for frame in (timeline.WIDE, timeline.NARROW)],
        "rows": rows,
        "left_out": len(every) - len(chosen),
        "more": f"{path}{wanted.query(all='tidslinje')}#tidslinje",
    }


def by_end(report: Report, chosen: Sequence[str]) -> list[str]:
    """Services in order of the end that stands."""
    ends = {it.id: it.current_end or "9999" for it in report.services}
    return sorted(chosen, key=lambda service: (ends.get(service, "9999"), service))
