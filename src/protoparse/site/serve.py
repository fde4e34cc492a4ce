"""`protoparse serve`: Datasette over a database of ours, with everything configured."""

from __future__ import annotations

import json
import socket
import sqlite3
from pathlib import Path
from typing import Any

import click

from protoparse import corrections, store
from protoparse.site import facets, labels, reviewing

SETTINGS = {
    "default_page_size": 50,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 1500,
    "suggest_facets": 0,  # the useful ones are configured; guessing costs a query a column
    "truncate_cells_html": 400,
    "allow_download": 0,
    "max_csv_mb": 0,  # an export holds all rows or is none
}


def present(db: Path) -> dict[str, list[str]]:
    """The tables and views of a database with their columns: Datasette shows the description of every column that
    the configuration names, also of those that a table lacks."""
    base = sqlite3.connect(f"{db.absolute().as_uri()}?mode=ro", uri=True)
    try:
        names = base.execute(
            "select name from sqlite_master where type in ('table', 'view') and name not like '%\\_fts%' escape '\\'"
        )
        return {
            name: [column[0] for column in base.execute(f"select * from [{name}] limit 0").description]
            for (name,) in names
        }
    finally:
        base.close()


def _table(name: str, entry: dict[str, Any], columns: list[str]) -> dict[str, Any]:
    keys = ("title", "description", "label_column", "sort", "sort_desc")
    kept = {key: entry[key] for key in keys if key in entry}
    counted = {"facets": [{facets.TYPE: column} for column in entry["facets"]]} if "facets" in entry else {}
    return {**kept, **counted, "columns": {column: labels.description(name, column) for column in columns}}


def metadata(database: str, columns: dict[str, list[str]], review: str = "", robots: bool = False) -> dict[str, Any]:
    """Datasette's configuration for a database of ours, from metadata.yml.

    `review`: who may review, `here` (this computer) or `anyone`; empty for nobody; `robots`: whether search
    engines are let in. Units stand in the columns' descriptions: Datasette's own `units` are gone in 1.0.
    """
    source = labels.source()
    tables = {name: _table(name, source["tables"].get(name, {}), found) for name, found in columns.items()}
    for name in set(source["hidden"]) & set(tables):
        tables[name]["hidden"] = True
    about = {"title": source["title"], "description": source["description"]}
    said = {name: value for name, value in (("review", review), ("robots", robots)) if value}
    more = {"plugins": {"protoparse": said}} if said else {}
    return {**about, **more, "databases": {database: {**about, "tables": tables}}}


def configuration(db: Path, review: str = "", robots: bool = False) -> Path:
    """Writes the configuration beside the database, for anyone who starts Datasette by hand, and returns its path.

    What lets people review has a file of its own: nobody gets it by chance.
    """
    path = db.with_suffix(".review.metadata.json" if review else ".metadata.json")
    said = json.dumps(metadata(db.stem, present(db), review, robots), ensure_ascii=False, indent=1)
    path.write_text(said + "\n", encoding="utf-8")
    return path


def _check(db: Path, host: str, port: int) -> None:
    if not db.is_file():
        raise click.ClickException(
            f"registret {db} finns inte ännu; läs in PDF-filer först: make ingest (protoparse ingest)"
        )
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"{host}:{port} är upptagen eller går inte att använda; välj en annan med --port"
            raise click.ClickException(reason) from error


def arguments(
    db: Path, host: str, port: int, review: str = "", sql: bool | None = None, robots: bool = False
) -> list[str]:
    """What Datasette is started with. The database stays open for an ingest that writes while people read.

    `sql`: whether visitors may ask in SQL, which only ever reads; unless said, where nobody else reaches the site.
    """
    every = {**SETTINGS, "default_allow_sql": int(host in reviewing.LOOPBACK if sql is None else sql)}
    settings = [part for name, value in every.items() for part in ("--setting", name, str(value))]
    return [
        "serve",
        str(db),
        "--metadata",
        str(configuration(db, review, robots)),
        "--host",
        host,
        "--port",
        str(port),
        *settings,
    ]


def opened(db: Path) -> Any:
    """The site over a database in this process, configured as `serve` does it."""
    from datasette.app import Datasette

    return Datasette([str(db)], metadata=metadata(db.stem, present(db)), settings=dict(SETTINGS))


def _reviewed(db: Path, host: str, anyone: bool) -> str:
    """Who may review; says it. Other computers only where somebody asked for it in so many words."""
    if not anyone and host not in reviewing.LOOPBACK:
        raise click.ClickException(
            f"--review skriver i filerna och har ingen inloggning; på {host} kan andra datorer göra det. "
            "Är det meningen, lägg till --review-anyone."
        )
    if not store.current(db):
        raise click.ClickException("registret är gjort av en annan version; kör först: make ingest (protoparse ingest)")
    who = "alla som når sidan" if anyone else "den som sitter vid den här datorn"
    click.echo(f"Granskning är på: {who} kan rätta, och det skrivs i {corrections.folder_for(db)}.")
    return "anyone" if anyone else "here"


def serve(
    db: Path,
    host: str = "127.0.0.1",
    port: int = 8001,
    review: bool = False,
    review_anyone: bool = False,
    sql: bool | None = None,
    robots: bool = False,
) -> None:
    """Serves the database until interrupted; with `review` people may correct it, with `robots` search engines come;
    `sql` as `arguments` takes it."""
    from datasette.cli import cli

    _check(db, host, port)
    who = _reviewed(db, host, review_anyone) if review or review_anyone else ""
    if not store.current(db):
        click.echo("Registret är läst av en annan version av programmet: kör make ingest, annars saknas sidor.")
    click.echo(f"Registret visas på http://{host}:{port}/ (avsluta med Ctrl+C)")
    cli.main(args=arguments(db, host, port, who, sql, robots), prog_name="datasette", standalone_mode=False)
