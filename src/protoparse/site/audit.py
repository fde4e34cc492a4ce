"""The audit page: what has ended, what is about to, and where documents disagree; as page, CSV, JSON and calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from datasette.utils.asgi import Response

from protoparse import asof, audit, ics
from protoparse.asof import Report
from protoparse.site import asked as address
from protoparse.site import axis, claims, handling, labels, narrow, ours, quotes, reviewer, timeline, web
from protoparse.site import seen as looking
from protoparse.site.asked import Asked
from protoparse.site.ours import Reader
from protoparse.site.seen import Seen

Row = dict[str, Any]
SHOWN, PAGE = 10, 200  # items of a list: beside others, and on a page of its own
LINES, SHEET = 15, 60  # services of the plot, likewise
HORIZONS = (30, 60, 90, 180, 365)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
SHORT = {  # the ways to the lists
    "expired": "Har gått ut",
    "expiring": "Går ut",
    "deadline_near": "Frister",
    "deadline_passed": "Passerade frister",
    "findings": "Mellan dokumenten",
    "commitment_overdue": "Uppdrag över tiden",
    "commitment_near": "Uppdrag framöver",
    "missing": "Saknas",
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
    wanted = address.asked(request)
    reader = await register(datasette, request)
    if not reader:
        return await closed(datasette, request)
    found = await looking.seen(reader, wanted.as_of, wanted.within)
    whole = narrow.narrowed(found.report, found.marked, wanted)
    report, path = asof.opened(whole), datasette.urls.path
    day = wanted.as_of.isoformat() if wanted.dated else ""
    draw = handling.offered(quotes.drawn(found.about, found.named["document"], path), datasette, day)
    context = {
        "asked": wanted,
        "report": report,
        "headline": headline(report, wanted),
        "note": audit.undated_note(report),
        "horizons": sorted({*HORIZONS, wanted.within}),
        "facets": facets(found, wanted),
        "lists": lists(report, draw, wanted, path),
        "handled": [quotes.done(it, draw) for it in handled(whole)[:PAGE]],
        "plot": await plotted(reader, report, wanted),
        "files": [(form, f"{datasette.urls.path(f'/-/granskning.{form}')}{wanted.query()}") for form in TYPES],
        "documents": await reader.count("documents"),
        "here": path("/-/granskning"),
        "home": f"{path('/-/granskning')}{wanted.query()}",
        "narrowed": wanted.narrow,
        "told": reviewer.DONE.get(request.args.get("gjort") or ""),
    }
    return await web.page(datasette, request, "audit.html", context)


async def download(request: Any, datasette: Any) -> Response:
    """`/-/granskning.csv`, `.json` and `.ics`: the same items by the formats of the command line."""
    form = request.url_vars["form"]
    try:
        wanted = address.asked(request)
    except web.Unreadable as error:
        return Response.text(str(error), status=400, headers=dict(web.SAFE))
    reader = await register(datasette, request)
    if not reader:
        return Response.text("Granskningen är inte öppen här.", status=404, headers=dict(web.SAFE))
    found = await looking.seen(reader, wanted.as_of, wanted.within)
    report = asof.opened(narrow.narrowed(found.report, found.marked, wanted))
    return as_file(request, datasette, report, form, f"granskning-{report.as_of}")


def as_file(request: Any, datasette: Any, report: Report, form: str, name: str) -> Response:
    """A report in one of the formats of the command line; calendars carry the site's own address."""
    body = ics.as_ics(report, web.base(datasette, request)) if form == "ics" else audit.FORMATS[form](report)
    headers = {**web.SAFE, "Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(body, headers=headers if form != "json" else dict(web.SAFE), content_type=TYPES[form])


async def register(datasette: Any, request: Any) -> Reader | None:
    """The database to audit: the first of ours that the visitor may read."""
    for reader in await ours.readers(datasette, request):
        if await looking.may_see(reader):
            return reader
    return None


async def closed(datasette: Any, request: Any) -> Response:
    """There is nothing to audit, or the visitor may not see it."""
    return await web.sorry(
        datasette, request, "Ingen granskning här", "Registret finns inte, eller är inte öppet för dig."
    )


def headline(report: Report, wanted: Asked) -> str:
    """`Per 22 november 2026: 2 har gått ut, 3 går ut inom 90 dagar, 1 motsägelse`."""
    return f"Per {labels.day(report.as_of)}{', med valda villkor' if wanted.narrow else ''}: {standing(report)}"


def standing(report: Report) -> str:
    """`2 har gått ut, 3 går ut inom 90 dagar, 1 motsägelse`: the state of things in one sentence."""
    due = {state: len(found) for state, found in report.due.items()}
    conflicts = sum(it.kind == "conflict" for it in report.findings)
    late = sum(not it.deadline for it in report.tasks.get("commitment_overdue", ()))
    parts = [
        f"{due['expired']} har gått ut" if due["expired"] else "",
        f"{due['expiring']} går ut inom {report.within} dagar" if due["expiring"] else "",
        labels.counted(due["deadline_near"], "frist", "frister") if due["deadline_near"] else "",
        labels.counted(conflicts, "motsägelse", "motsägelser") if conflicts else "",
        f"{labels.counted(late, 'uppdrag', 'uppdrag')} över tiden" if late else "",
    ]
    return ", ".join(part for part in parts if part) or f"inget går ut inom {report.within} dagar"


def titles(report: Report) -> dict[str, str]:
    """The lists of the page in order of urgency."""
    due = {state: title.format(within=report.within) for state, title in audit.TITLES.items()}
    owed = {**audit.TASKS, "missing": "Saknas i registret"}
    return {**due, "findings": "När dokumenten läggs bredvid varandra", **owed}


def lists(report: Report, draw: Callable[[Any], Row], wanted: Asked, path: quotes.Path) -> list[Row]:
    """Every list that has something, with its first items and the way to the rest."""
    tasks = {state: [it for it in found if not it.deadline] for state, found in report.tasks.items()}
    items = {**report.due, "findings": report.findings, **tasks, "missing": report.missing}
    return [
        _list(name, title, items[name], draw, wanted, path)
        for name, title in titles(report).items()
        if items.get(name) and wanted.whole in ("", name)
    ]


def _list(
    name: str, title: str, items: Sequence[Any], draw: Callable[[Any], Row], wanted: Asked, path: quotes.Path
) -> Row:
    part = span(len(items), SHOWN, PAGE, wanted, name, path)
    rows = [draw(it) for it in items[part["first"] : part["last"]]]
    kind = {"findings": "finding", "missing": "absent"}.get(name, "task" if name in audit.TASKS else "due")
    return {"name": name, "title": title, "short": SHORT[name], "kind": kind, "count": len(items), "rows": rows, **part}


def span(count: int, few: int, many: int, wanted: Asked, name: str, path: quotes.Path) -> Row:
    """Which of so many items are shown, and the ways to all, to the ones before and to the ones after."""
    alone = wanted.whole == name
    page = min(wanted.page, max(1, -(-count // many))) if alone else 1
    first, last = (page - 1) * many, min(count, page * many) if alone else min(count, few)
    ways = {
        "more": (None if alone or last == count else 1),
        "before": page - 1 if page > 1 else None,
        "after": page + 1 if alone and last < count else None,
    }
    here = path("/-/granskning")
    links = {way: n and f"{here}{wanted.query(all=name, **({'page': n} if n > 1 else {}))}" for way, n in ways.items()}
    return {"first": first, "last": last, **links}


def handled(report: Report) -> list[Any]:
    """What somebody has dealt with."""
    return [it for it in asof.items_of(report) if it.handled]


def facets(found: Seen, wanted: Asked) -> list[Row]:
    """The filters with their choices; one without any is left out."""
    counts = narrow.counts(found.marked.values(), wanted) if wanted.narrow else found.counts
    choices = narrow.choices(counts, wanted, found.named)
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
    path = reader.datasette.urls.path
    every = services(report) if wanted.whole in ("", "tidslinje") else []
    part = span(len(every), LINES, SHEET, wanted, "tidslinje", path)
    chosen = every[part["first"] : part["last"]]
    rows = await claims.of(reader, by_end(report, chosen), report) if chosen else []
    if not rows:
        return None
    frames = (axis.WIDE, axis.NARROW)
    plots = [timeline.plot(rows, wanted.as_of, frame) for frame in frames]
    return {"plots": plots, "rows": rows, "count": len(every), **part}


def by_end(report: Report, chosen: Sequence[str]) -> list[str]:
    """Services in order of the end that stands."""
    ends = {it.id: it.current_end or "9999" for it in report.services}
    return sorted(chosen, key=lambda service: (ends.get(service, "9999"), service))
