"""Each file imports only lower floors, and each outside library enters by its own doors."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "protoparse"

# From the ground up; files on one floor do not import one another.
FLOORS = [
    {"__init__", "money", "deciding", "seats", "pdf"},
    {"dates.almanac", "dates.words"},
    {"dates.forms", "dates.contexts"},
    {"dates.grammar"},
    {"dates.page"},
    {"dates.pieces"},
    {"dates.surroundings", "dates.spans", "dates.tense"},
    {"dates.chains", "dates.years"},
    {"dates.mentions"},
    {"dates.reading"},
    {"dates"},
    {
        "text",
        "amounts",
        "rules",
        "spreadsheets",
        "printable",
        "clock",
        "money.words",
        "deciding.organs",
        "deciding.surroundings",
        "seats.words",
    },
    {"people.shapes", "people.titles", "people.parties"},
    {"people.names", "people.segments"},
    {"people.rows"},
    {"models", "handwritten", "sentences", "people", "presence", "cues", "money.topics", "pdf.ruling", "pdf.notes"},
    {
        "zones",
        "ties",
        "style",
        "grids",
        "votewords",
        "pdf.reader",
        "pdf.grid",
        "money.days",
        "money.titles",
        "deciding.acts",
        "deciding.tasks",
    },
    {"swedish", "money.mentions", "pdf.rows", "pdf.mend", "quality", "privacy", "seats.parts"},
    {"pdf.frames"},
    {"pdf.heads", "pdf.forms", "pdf.filling", "pdf.extent"},
    {"pdf.ruled", "pdf.unruled", "pdf.open_grids"},
    {
        "pdf.columns",
        "pdf.furniture",
        "money.clauses",
        "deciding.clauses",
        "seats.posts",
        "seats.pronouns",
    },
    {
        "pdf.layout",
        "money.phrases",
        "money.periods",
        "money.plain",
        "deciding.outcomes",
        "deciding.leads",
        "seats.persons",
    },
    {"passages", "votelists", "votetables", "case_numbers", "seats.reading", "seats.clauses"},
    {"numbering.forms"},
    {"numbering.weighing", "numbering.chains"},
    {"numbering.untitled"},
    {"numbering.rows"},
    {"numbering", "seats.sides", "seats.spans"},
    {"agenda.headings", "agenda.ends"},
    {"agenda.typeset", "agenda.apart", "agenda.sections"},
    {"agenda.reading"},
    {
        "agenda",
        "labels",
        "money.running",
        "money.successors",
        "money.forms",
        "deciding.claims",
        "deciding.points",
        "seats.pairs",
    },
    {"particulars", "filename", "attendees", "deciding.blocks", "seats.rows", "seats.matters"},
    {"officers", "organ", "namelists", "nametables", "seats.titles", "seats.lists"},
    {"seats.items", "header"},
    {
        "money.grants",
        "money.deadlines",
        "money.lists",
        "money.sheets",
        "money.opens",
        "money.lacks",
        "money.moves",
        "money.payers",
        "money.holdings",
        "money.courses",
        "deciding.paragraphs",
    },
    {"money.claims", "money.joined"},
    {"attendance", "votes", "decisions", "roster", "funding", "dissents"},
    {"protocol"},
    {"schema", "paper", "query"},
    {"hits", "snippets", "schema_sql", "print_ids"},
    {"as_rows"},
    {"store", "account", "wordings", "shelf"},
    {"looking", "summary", "names", "ledger", "bounds", "positions", "entries", "fieldvalues", "owed", "gaps"},
    {"corrections", "telling"},
    {"owners", "diary", "proposals", "retold", "selftold", "cores", "mentioned"},
    {"answers", "meetings", "casebook"},
    {"matters"},
    {"persons", "reported", "said", "inference", "findings", "changes", "placing", "handled", "fates"},
    {"judged", "planning", "things", "asof", "seat", "amend", "reporting", "announced"},
    {"workers", "entities", "ics", "memberships", "sitting", "completeness", "promised"},
    {"commitments"},
    {"audit", "resolve", "seat_findings", "seatlist"},
    {"ingest", "marking", "measure", "explain", "rulebook", "reading", "second_reader", "searching"},
    {"load_ties", "search_bench"},
    {"compare", "audit_bench"},
    {"bench"},
    {"site"},
    {"load_pages"},
    {"load"},
    {"commands"},
    {"cli_rules"},
    {"cli"},
    {"__main__"},
]
DOORS = {
    "pypdfium2": {"pdf.reader", "pdf.ruling", "site"},
    "pdfplumber": {"bench", "second_reader"},
    "spacy": {"cues"},
    "yaml": {"rules", "handwritten", "site"},
    "pydantic": {"models", "fieldvalues"},
    "sqlite_utils": {"store"},
    "rapidfuzz": {"things", "measure", "proposals", "searching"},
    "snowballstemmer": {"swedish"},
    "click": {"commands", "cli", "cli_rules", "site"},
    "rich": {"summary"},
    "pebble": {"workers"},
    "datasette": {"site", "load"},
    "PIL": {"site"},
    "markupsafe": {"site"},
    "jinja2": {"site"},
    "xlsxwriter": {"site"},
}
FILES = sorted(ROOT.rglob("*.py"))


def name_of(path: Path) -> str:
    """`pdf/reader.py` is `pdf.reader`, `dates/__init__.py` is `dates`; everything of the site is `site`."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return "site" if name.startswith("site") else name


def at_run_time(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those that only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            yield node
            yield from at_run_time(node)


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in at_run_time(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are written in full"
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def floor(name: str) -> int | None:
    return next((k for k, names in enumerate(FLOORS) if name in names), None)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_imports_only_lower_floors(path):
    name = name_of(path)
    own = floor(name)
    assert own is not None, f"{name} has no floor"
    for module in imports(path):
        target = module.removeprefix("protoparse.") if module.startswith("protoparse.") else None
        target = "site" if target and target.startswith("site") else target
        if target and target != name and floor(target) is not None:
            assert floor(target) < own, f"{name} imports {target}"


def test_no_file_of_the_site_imports_itself_by_way_of_others():
    whole = {path: f"protoparse.{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}" for path in FILES}
    ours = {name: path for path, name in whole.items() if name.startswith("protoparse.site.")}
    TopologicalSorter({name: imports(path) & set(ours) for name, path in ours.items()}).prepare()


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_an_outside_library_enters_by_its_door(path):
    for module in imports(path):
        top = module.partition(".")[0]
        if top in sys.stdlib_module_names or top == "protoparse":
            continue
        assert name_of(path) in DOORS.get(top, ()), f"{name_of(path)} imports {top}"
