"""The command line. Heavy parts are loaded by the command that needs them, so that `--help` answers at once."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from protoparse import __version__
from protoparse.clock import today

CORPUS = Path("corpus")
DATABASE = Path("output/protoparse.db")
KINDS = ("protokoll", "minnesanteckningar", "nyhetsbrev", "kallelse", "other")

_db = click.option(
    "--db",
    "database",
    type=click.Path(path_type=Path, dir_okay=False),
    default=DATABASE,
    show_default=True,
    help="The database.",
)
_keep_numbers = click.option(
    "--keep-personal-numbers", "keep_numbers", is_flag=True, help="Do not hide the digits of personal identity numbers."
)
_folder = click.Path(path_type=Path, exists=True, file_okay=False)
_file = click.Path(path_type=Path, exists=True, dir_okay=False)


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


def _refuse(message: object) -> NoReturn:
    """Wrong use or wrong input: one clear line, exit status 2."""
    click.echo(f"protoparse: {message}", err=True)
    sys.exit(2)


def _existing(database: Path) -> Path:
    if not database.exists():
        _refuse(f"registret {database} finns inte ännu; läs in PDF-filer först: make ingest (protoparse ingest)")
    return database


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="protoparse")
def main() -> None:
    """Turn Swedish protocol and newsletter PDFs into a database in which every row can be traced to the page."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_db
@click.option("--rules", type=_folder, help="A folder of rule files instead of those that come with the program.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that read at the same time; default: all cores.")
@click.option("--rebuild", is_flag=True, help="Read everything anew.")
@click.option("--prune", is_flag=True, help="Remove lost files however many they are.")
@_keep_numbers
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
            say=_say,
        )
    except (Refused, RuleError, NotOurs) as error:
        _refuse(error)
    click.echo(str(summary))
    for line in _advice(summary):
        click.echo(line)
    sys.exit(1 if summary.unread else 0)


def _advice(summary: Any) -> Iterator[str]:
    """What to do about files that could not be read, and after the first run."""
    if summary.scanned:
        yield "Inskannade filer är bilder utan text: kör dem genom textigenkänning (OCR) och läs in dem igen."
    if summary.unread:
        yield "Oläsbara filer är oftast skadade eller skyddade med lösenord: lägg in hela filer utan lösenord."
    if summary.new and not (summary.changed or summary.unchanged or summary.reread or summary.removed):
        yield "Se registret: make serve (protoparse serve)."


@main.command()
@_db
@click.option("--as-of", type=Day(), help="Look as if today were this date.  [default: today]")
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
        db = store.connect(_existing(database))
    except store.NotOurs as error:
        _refuse(error)
    found = report(db, as_of or today(), within, every=every)
    _say(FORMATS[form](found), nl=form in ("text", "json"))
    sys.exit(1 if found.alarming else 0)


@main.command()
@_db
@click.option("--group", metavar="NAME", help="Only this group, in any spelling.")
@click.option("--person", metavar="NAME", help="All seats of this person instead.")
@click.option("--as-of", type=Day(), help="Look as if today were this date.  [default: today]")
def seats(database: Path, group: str | None, person: str | None, as_of: datetime.date | None) -> None:
    """Show who sits in which group, by which decision, and where the documents contradict each other."""
    from protoparse import seatlist, store

    day = (as_of or today()).isoformat()
    try:
        db = store.connect(_existing(database))
        _print(seatlist.of_person_named(db, day, person) if person else seatlist.of_groups(db, day, group))
        _print(seatlist.contradictions(db, day, group, person))
    except (store.NotOurs, seatlist.Unknown) as error:
        _refuse(error)


@main.command()
@click.argument("number", required=False)
@_db
@click.option("--as-of", type=Day(), help="Look as if today were this date.  [default: today]")
def matter(number: str | None, database: Path, as_of: datetime.date | None) -> None:
    """Follow a matter through organs and years by its case NUMBER, in any print.

    Without NUMBER: the proposals and motions that no known decision answers.
    """
    from protoparse import casebook, store

    day = (as_of or today()).isoformat()
    try:
        db = store.connect(_existing(database))
        _print(casebook.of_number(db, number, day) if number else casebook.waiting(db, day))
    except (store.NotOurs, casebook.Unknown) as error:
        _refuse(error)


@main.command()
@click.argument("id")
@_db
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
        _refuse("--by is needed: who handled it")
    try:
        if undo:
            count = marking.unmark(_existing(database), id)
            click.echo(f"{id} visas igen." if count else f"{id} var inte hanterat.")
        else:
            path = marking.mark(_existing(database), id, by or "", note, as_of or today(), today())
            click.echo(f"{id} är hanterat; det står i {path}.")
    except (marking.Unknown, RuleError, NotOurs) as error:
        _refuse(error)


@main.command(name="try")
@click.option("--organ", metavar="NAME", help="The organ that meets.")
@click.option("--anchor", type=Day(), help="The date of the meeting.")
@click.option("--kind", type=click.Choice(KINDS), default="protokoll", show_default=True, help="The kind of document.")
@click.option("--rules", type=_folder, help="A folder of rule files instead of those that come with the program.")
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
        _refuse(error)


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


@main.command()
@click.argument("pdf", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--page", type=click.IntRange(min=1), help="Only this page, counted from 1.")
@_keep_numbers
def explain(pdf: Path, page: int | None, keep_numbers: bool) -> None:
    """Follow a PDF's pages through every step: lines, sections, zones, cues, rules and rows."""
    from protoparse.explain import explain as steps
    from protoparse.pdf.reader import Unreadable

    try:
        _print(steps(pdf, page, keep_numbers=keep_numbers))
    except Unreadable as error:
        click.echo(f"{pdf}: {error}", err=True)
        sys.exit(1)
    except IndexError as error:
        _refuse(error)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        _say(line)


def _say(text: str, nl: bool = True) -> None:
    """Prints what documents and file names say, without what would steer a terminal."""
    from protoparse.printable import printable

    click.echo(printable(text), nl=nl)


@main.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="GOLD_DIR")
@_db
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--raise-floors", "lift", is_flag=True, help="Lift the floors to what is reached today.")
@click.option("--lower-floor", "reason", metavar="REASON", help="Lower the floors that are missed; the reason is kept.")
def score(gold: Path, database: Path, as_json: bool, lift: bool, reason: str | None) -> None:
    """Count the database's rows against labelled documents; exit 1 below the floors kept beside the labels."""
    from protoparse import measure, store

    try:
        figures = measure.score(store.connect(_existing(database)), gold)
        moved = measure.raise_floors(figures, gold) if lift else []
        moved += measure.lower_floors(figures, gold, reason) if reason is not None else []
        below = measure.below(figures, gold)
    except (store.NotOurs, measure.BadLabels) as error:
        _refuse(error)
    click.echo(measure.as_json(figures) if as_json else measure.as_text(figures))
    for line in (*moved, *below):
        click.echo(line, err=True)
    sys.exit(1 if below else 0)


@main.command(name="rules")
@click.argument("ids", nargs=-1, metavar="[ID …]")
@_db
@click.option("--rules", "folder", type=_folder, help="A folder of rule files instead of the program's own.")
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
            return _account(_existing(database), load(folder), ids)
        rules = load(folder)
        db = store.connect(database) if database.exists() else None
        entries = list(rulebook.ledger(rulebook.Reader(rules, Kit.of(rules)), db, ids))
    except (RuleError, store.NotOurs) as error:
        _refuse(error)
    if unknown := set(ids) - {entry.rule.id for entry in entries}:
        _refuse(f"no rule {', '.join(map(repr, sorted(unknown)))}")
    _print(rulebook.as_text(entries, whole=not brief))
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
    _print(account.as_text(found, rules))


_form = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
_every = click.option("--all", "every", is_flag=True, help="All rows, not the first forty of each table.")


@main.command()
@click.argument("first", type=_file, metavar="A.db")
@click.argument("second", type=_file, metavar="B.db")
@_form
@_every
def diff(first: Path, second: Path, form: str, every: bool) -> None:
    """Show the rows that B.db gained, lost and changed against A.db; exit 1 where there are any."""
    from protoparse import compare, store

    try:
        found = compare.compare(compare.opened(first), compare.opened(second))
    except (store.NotOurs, compare.Incomparable) as error:
        _refuse(error)
    _compared(found, form, every)


@main.command()
@_db
@click.option("--rules", type=_folder, help="A folder of rule files instead of those that come with the program.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes that read at the same time; default: all cores.")
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
        found = compare.preview(_existing(database), rules, jobs, lambda line: click.echo(line, err=True))
    except (store.NotOurs, compare.Incomparable, Refused, RuleError) as error:
        _refuse(error)
    _compared(found, form, every)


def _compared(found: Any, form: str, every: bool) -> NoReturn:
    from protoparse.compare import as_json, as_text

    _print([as_json(found)] if form == "json" else as_text(found, None if every else 40))
    sys.exit(1 if found.differences or found.only_first or found.only_second else 0)


@main.command()
@_db
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

    site(_existing(database), host, port, review, review_anyone, sql, robots)
