"""The Datasette plugin: pages that lead from every row to the words on the printed page.

Silent on databases that protoparse did not write.
"""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

from protoparse.site import cells, closed, facets, headers, ours, reviewing, routes, tables, web


@hookimpl
def startup(datasette: Any) -> Any:
    """Finds out which databases are ours, so that `render_cell` need not ask, and closes what their keys lead to."""

    async def look() -> None:
        for db in await ours.databases(datasette):
            closed.close(datasette, db)

    return look


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The addresses promised in the contract."""
    return routes.ROUTES


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Links from cells to evidence, and Swedish words for codes."""
    return cells.render(row, value, column, table, database, datasette) if ours.known(datasette, database) else None


@hookimpl
def register_facet_classes() -> list[type]:
    """The facets that our configuration names."""
    return [facets.WholeFacet]


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Swedish dates and numbers for our templates."""
    from protoparse.site import labels

    env.filters.update(pp_day=labels.day, pp_days=labels.days_in, pp_number=labels.number)


@hookimpl
def extra_css_urls(database: str | None, datasette: Any) -> list[str]:
    """Our colours on Datasette's own pages about our databases."""
    return [datasette.urls.static_plugins("protoparse", "tables.css")] if ours.known(datasette, database) else []


@hookimpl
def extra_template_vars(database: str | None, view_name: str | None, datasette: Any) -> Any:
    """What our templates for tables and rows need; without it Datasette's own are used."""
    return lambda: tables.words(datasette, database, view_name)


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """The way back from Datasette's pages to ours."""
    if not any(ours.known(datasette, name) for name in datasette.databases):
        return []
    urls = datasette.urls
    return [
        {"href": urls.instance(), "label": "Start"},
        {"href": urls.path("/-/granskning"), "label": "Granskning"},
        {"href": urls.path("/-/sok"), "label": "Sök"},
    ]


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    """Headers for every answer while a database of ours is served, and a guard before the review."""
    return lambda app: reviewing.guarded(headers.guarded(app, datasette), datasette)


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """What Datasette would say in English of an address that is none, or of a mistake, while it serves ours."""

    async def say() -> Any:
        program = request.path.endswith(".json") or "_format" in request.args
        if program or not any(ours.known(datasette, name) for name in datasette.databases):
            return None
        return await web.fault(datasette, request, getattr(exception, "status", 500), exception)

    return say
