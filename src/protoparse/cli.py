"""The command line. Heavy parts are loaded by the command that needs them, so that `--help` answers at once."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from protoparse import __version__
from protoparse.cli_rules import COMMANDS
from protoparse.clock import today
from protoparse.commands import (
    Day,
    as_of_option,
    database_option,
    existing,
    jobs_option,
    keep_numbers_option,
    refuse,
    rules_option,
    say,
    show,
)

CORPUS = Path("corpus")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="protoparse")
def main() -> None:
    """Turn Swedish protocol and newsletter PDFs into a database in which every row can be traced to the page."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@database_option
@rules_option
@jobs_option
@click.option("--rebuild", is_flag=True, help="Read everything anew.")
@click.option("--prune", is_flag=True, help="Remove lost files however many they are.")
@keep_numbers_option
def ingest(
    paths: tuple[Path, ...],
    database: Path,
    rules: Path | None,
    jobs: int | None,
    rebuild: bool,
    prune: bool,
    keep_numbers: bool,
) -> None:
    """Read new and changed PDFs. PATH is a file or a folder; default: corpus/."""
    from protoparse import ingest as work
    from protoparse.looking import Refused
    from protoparse.rules import RuleError
    from protoparse.store import NotOurs
    from protoparse.summary import advice

    samples = None if paths else CORPUS / "sample"
    try:
        summary = work.run(
            paths or (CORPUS,),
            database,
            rules=rules,
            jobs=jobs,
            rebuild=rebuild,
            prune=prune,
            samples=samples,
            keep_numbers=keep_numbers,
            say=say,
        )
    except (Refused, RuleError, NotOurs) as error:
        refuse(error)
    click.echo(str(summary))
    for line in advice(summary):
        click.echo(line)
    sys.exit(1 if summary.unread else 0)


@main.command()
@database_option
@as_of_option
@click.option(
    "--within", type=click.IntRange(min=0), default=90, show_default=True, metavar="DAYS", help="How far to look."
)
@click.option("--format", "form", type=click.Choice(["text", "json", "csv", "ics"]), default="text", show_default=True)
@click.option("--all", "every", is_flag=True, help="Show what has been handled too.")
def audit(database: Path, as_of: datetime.date | None, within: int, form: str, every: bool) -> None:
    """Audit across documents until when services are funded."""
    from protoparse import store
    from protoparse.audit import FORMATS, report

    try:
        db = store.connect(existing(database))
    except store.NotOurs as error:
        refuse(error)
    found = report(db, as_of or today(), within, every=every)
    say(FORMATS[form](found), nl=form in ("text", "json"))
    sys.exit(1 if found.alarming else 0)


@main.command()
@database_option
@click.option("--group", metavar="NAME", help="Only this group, in any spelling.")
@click.option("--person", metavar="NAME", help="All seats of this person instead.")
@as_of_option
def seats(database: Path, group: str | None, person: str | None, as_of: datetime.date | None) -> None:
    """Show who sits in which group, by which decision, and where the documents contradict each other."""
    from protoparse import seatlist, store

    day = (as_of or today()).isoformat()
    try:
        db = store.connect(existing(database))
        show(seatlist.of_person_named(db, day, person) if person else seatlist.of_groups(db, day, group))
        show(seatlist.contradictions(db, day, group, person))
    except (store.NotOurs, seatlist.Unknown) as error:
        refuse(error)


@main.command()
@click.argument("number", required=False)
@database_option
@as_of_option
def matter(number: str | None, database: Path, as_of: datetime.date | None) -> None:
    """Follow a matter through organs and years by its case NUMBER, in any print.

    Without NUMBER: the proposals and motions that no known decision answers.
    """
    from protoparse import casebook, store

    day = (as_of or today()).isoformat()
    try:
        db = store.connect(existing(database))
        show(casebook.of_number(db, number, day) if number else casebook.waiting(db, day))
    except (store.NotOurs, casebook.Unknown) as error:
        refuse(error)


@main.command()
@click.argument("id")
@database_option
@click.option("--by", metavar="NAME", help="Who handled it.")
@click.option("--note", metavar="TEXT", help="What was done.")
@click.option("--undo", is_flag=True, help="Show it again.")
@click.option("--as-of", type=Day(), help="As it is seen on this date.  [default: today]")
def handled(id: str, database: Path, by: str | None, note: str | None, undo: bool, as_of: datetime.date | None) -> None:
    """Mark a finding, doubt, end, commitment or gap as handled: hidden until it changes. ID stands in the audit."""
    from protoparse import marking
    from protoparse.rules import RuleError
    from protoparse.store import NotOurs

    if not (by or undo):
        refuse("--by is needed: who handled it")
    try:
        if undo:
            count = marking.unmark(existing(database), id)
            click.echo(f"{id} visas igen." if count else f"{id} var inte hanterat.")
        else:
            path = marking.mark(existing(database), id, by or "", note, as_of or today(), today())
            click.echo(f"{id} är hanterat; det står i {path}.")
    except (marking.Unknown, RuleError, NotOurs) as error:
        refuse(error)


@main.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--review", is_flag=True, help="Let whoever sits at this computer judge and correct rows.")
@click.option("--review-anyone", is_flag=True, help="Let everybody who reaches the site do so; there are no accounts.")
@click.option("--sql/--no-sql", default=None, help="Let visitors ask in SQL, read-only. [default: on loopback only]")
@click.option("--robots", is_flag=True, help="Let search engines in.")
def serve(
    database: Path, host: str, port: int, review: bool, review_anyone: bool, sql: bool | None, robots: bool
) -> None:
    """Open the database in the browser, with everything configured."""
    from protoparse.site.serve import serve as site

    site(existing(database), host, port, review, review_anyone, sql, robots)


for _command in COMMANDS:
    main.add_command(_command)
