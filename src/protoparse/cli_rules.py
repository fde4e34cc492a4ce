"""The commands for whoever writes rules: what they make of texts and documents, and what a change of them changes."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from protoparse.commands import (
    FILE,
    FOLDER,
    Day,
    database_option,
    existing,
    jobs_option,
    keep_numbers_option,
    refuse,
    rules_option,
    show,
)

KINDS = ("protokoll", "minnesanteckningar", "nyhetsbrev", "kallelse", "other")


@click.command(name="try")
@click.option("--organ", metavar="NAME", help="The organ that meets.")
@click.option("--anchor", type=Day(), help="The date of the meeting.")
@click.option("--kind", type=click.Choice(KINDS), default="protokoll", show_default=True, help="The kind of document.")
@rules_option
@click.argument("text", required=False)
def try_(organ: str | None, anchor: datetime.date | None, kind: str, rules: Path | None, text: str | None) -> None:
    """Show what the rules make of a piece of TEXT, as JSON.

    Without TEXT: reads JSON lines {"text", "organ", "anchor", "kind"} from standard input and answers each with a line.
    """
    from protoparse.protocol import Kit
    from protoparse.rules import RuleError, load

    defaults = {"organ": organ, "anchor": anchor.isoformat() if anchor else None, "kind": kind}
    try:
        kit = Kit.of(load(rules))
        for question in _questions(text, sys.stdin):
            click.echo(_answer(_asked(question, defaults), kit))
    except (ValueError, RuleError) as error:
        refuse(error)


_ANSWERED = ("decisions", "roster_changes", "funding", "dates")


def _asked(question: str | dict[str, str], defaults: dict[str, str | None]) -> dict[str, Any]:
    """A question with what it leaves out filled in. Raises ValueError, in words for whoever wrote the line."""
    said = json.loads(question) if isinstance(question, str) else question
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        raise ValueError(f'a line must be a JSON object with a "text": {str(question).strip()[:80]}')
    whole = defaults | {name: value for name, value in said.items() if value is not None}
    if whole["kind"] not in KINDS:
        raise ValueError(f"kind is {whole['kind']!r}; allowed: {', '.join(KINDS)}")
    anchor = whole["anchor"] and datetime.date.fromisoformat(whole["anchor"])
    return {"text": said["text"], "organ": whole["organ"], "anchor": anchor, "kind": whole["kind"]}


def _answer(question: dict[str, Any], kit: Any) -> str:
    """What the rules make of a text, as one line of JSON with the columns of the database."""
    from protoparse.as_rows import fields_of
    from protoparse.protocol import parse_text

    protocol = parse_text(**question, kit=kit)
    rows = {name: [_row(record, fields_of) for record in getattr(protocol, name)] for name in _ANSWERED}
    return json.dumps(rows, ensure_ascii=False)


def _row(record: Any, fields_of: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    return {**fields_of(record), "quote": record.evidence.quote.string, "rule": record.evidence.rule}


def _questions(text: str | None, lines: IO[str]) -> Iterator[str | dict[str, str]]:
    yield from [{"text": text}] if text is not None else (line for line in lines if line.strip())


@click.command()
@click.argument("pdf", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--page", type=click.IntRange(min=1), help="Only this page, counted from 1.")
@keep_numbers_option
def explain(pdf: Path, page: int | None, keep_numbers: bool) -> None:
    """Follow a PDF's pages through every step: lines, sections, zones, cues, rules and rows."""
    from protoparse.explain import explain as steps
    from protoparse.pdf.reader import Unreadable

    try:
        show(steps(pdf, page, keep_numbers=keep_numbers))
    except Unreadable as error:
        click.echo(f"{pdf}: {error}", err=True)
        sys.exit(1)
    except IndexError as error:
        refuse(error)


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="GOLD_DIR")
@database_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--raise-floors", "lift", is_flag=True, help="Lift the floors to what is reached today.")
@click.option("--lower-floor", "reason", metavar="REASON", help="Lower the floors that are missed; the reason is kept.")
def score(gold: Path, database: Path, as_json: bool, lift: bool, reason: str | None) -> None:
    """Count the database's rows against labelled documents; exit 1 below the floors kept beside the labels."""
    from protoparse import measure, store

    try:
        figures = measure.score(store.connect(existing(database)), gold)
        moved = measure.raise_floors(figures, gold) if lift else []
        moved += measure.lower_floors(figures, gold, reason) if reason is not None else []
        below = measure.below(figures, gold)
    except (store.NotOurs, measure.BadLabels) as error:
        refuse(error)
    click.echo(measure.as_json(figures) if as_json else measure.as_text(figures))
    for line in (*moved, *below):
        click.echo(line, err=True)
    sys.exit(1 if below else 0)


@click.command(name="rules")
@click.argument("ids", nargs=-1, metavar="[ID …]")
@database_option
@click.option("--rules", "folder", type=FOLDER, help="A folder of rule files instead of the program's own.")
@click.option("--brief", is_flag=True, help="Without wordings and examples.")
@click.option("--account", "accounted", is_flag=True, help="What became of every cue in the documents read, by rule.")
def rules_(ids: tuple[str, ...], database: Path, folder: Path | None, brief: bool, accounted: bool) -> None:
    """Print every rule (or those with an ID) with its examples, its rows, and what ought to be looked at.

    Exit 1 where an example or counterexample does not hold.
    """
    from protoparse import rulebook, store
    from protoparse.protocol import Kit
    from protoparse.rules import RuleError, load

    try:
        if accounted:
            return _account(existing(database), load(folder), ids)
        rules = load(folder)
        db = store.connect(database) if database.exists() else None
        entries = list(rulebook.ledger(rulebook.Reader(rules, Kit.of(rules)), db, ids))
    except (RuleError, store.NotOurs) as error:
        refuse(error)
    if unknown := set(ids) - {entry.rule.id for entry in entries}:
        refuse(f"no rule {', '.join(map(repr, sorted(unknown)))}")
    show(rulebook.as_text(entries, whole=not brief))
    sys.exit(1 if any(entry.wrong for entry in entries) else 0)


def _account(database: Path, rules: Any, ids: tuple[str, ...]) -> None:
    """Reads the database's documents anew, one after another, and prints the sums."""
    from protoparse import account, store
    from protoparse.pdf.reader import Unreadable
    from protoparse.protocol import Kit, parse

    kit, told = Kit.of(rules), []
    for path, file in store.files_of(store.connect(database), database).values():
        try:
            if file is None:
                click.echo(f"Filen saknas och räknas inte: {path}", err=True)
            else:
                told.extend(one for _, cues in account.account(parse(file, kit), kit) for one in cues)
        except Unreadable as error:
            click.echo(f"{path}: {error}", err=True)
    found = {id: fates for id, fates in account.sums(told).items() if not ids or id in ids}
    show(account.as_text(found, rules))


_form = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
_every = click.option("--all", "every", is_flag=True, help="All rows, not the first forty of each table.")


@click.command()
@click.argument("first", type=FILE, metavar="A.db")
@click.argument("second", type=FILE, metavar="B.db")
@_form
@_every
def diff(first: Path, second: Path, form: str, every: bool) -> None:
    """Show the rows that B.db gained, lost and changed against A.db; exit 1 where there are any."""
    from protoparse import compare, store

    try:
        found = compare.compare(compare.opened(first), compare.opened(second))
    except (store.NotOurs, compare.Incomparable) as error:
        refuse(error)
    _compared(found, form, every)


@click.command()
@database_option
@rules_option
@jobs_option
@_form
@_every
def preview(database: Path, rules: Path | None, jobs: int | None, form: str, every: bool) -> None:
    """Show what changed rules would change over the documents already ingested; the database stays as it is.

    Exit 1 where any row would be gained, lost or changed.
    """
    from protoparse import compare, store
    from protoparse.looking import Refused
    from protoparse.rules import RuleError

    try:
        found = compare.preview(existing(database), rules, jobs, lambda line: click.echo(line, err=True))
    except (store.NotOurs, compare.Incomparable, Refused, RuleError) as error:
        refuse(error)
    _compared(found, form, every)


def _compared(found: Any, form: str, every: bool) -> NoReturn:
    from protoparse.compare import as_json, as_text

    show([as_json(found)] if form == "json" else as_text(found, None if every else 40))
    sys.exit(1 if found.differences or found.only_first or found.only_second else 0)


COMMANDS = (try_, explain, score, rules_, diff, preview)
