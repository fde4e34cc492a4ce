"""What the commands have in common: options, refusals, and printing."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

DATABASE = Path("output/protoparse.db")


class Day(click.ParamType):
    """A date written YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date of the form YYYY-MM-DD", param, ctx)


database_option = click.option(
    "--db",
    "database",
    type=click.Path(path_type=Path, dir_okay=False),
    default=DATABASE,
    show_default=True,
    help="The database.",
)
keep_numbers_option = click.option(
    "--keep-personal-numbers", "keep_numbers", is_flag=True, help="Do not hide the digits of personal identity numbers."
)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
rules_option = click.option(
    "--rules", type=FOLDER, help="A folder of rule files instead of those that come with the program."
)
jobs_option = click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that read at the same time; default: all cores."
)
as_of_option = click.option("--as-of", type=Day(), help="Look as if today were this date.  [default: today]")


def refuse(message: object) -> NoReturn:
    """Wrong use or wrong input: one clear line, exit status 2."""
    click.echo(f"protoparse: {message}", err=True)
    sys.exit(2)


def existing(database: Path) -> Path:
    """A database that is there; a refusal where none is."""
    if not database.exists():
        refuse(f"registret {database} finns inte ännu; läs in PDF-filer först: make ingest (protoparse ingest)")
    return database


def show(lines: Iterable[str]) -> None:
    """Prints lines, without what would steer a terminal."""
    for line in lines:
        say(line)


def say(text: str, nl: bool = True) -> None:
    """Prints what documents and file names say, without what would steer a terminal."""
    from protoparse.printable import printable

    click.echo(printable(text), nl=nl)
