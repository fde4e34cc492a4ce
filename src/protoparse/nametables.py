"""Tables of names: who of them was present, in what capacity, and who came in whose place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from protoparse.attendees import Register, Standing, attendee_of, standing_of
from protoparse.grids import NAMED, Grid, grids
from protoparse.labels import Field
from protoparse.models import Attendee, Category, Evidence, Line
from protoparse.people import People
from protoparse.presence import Presence
from protoparse.text import Text, Word, unwrap

_PRESENT = re.compile(r"(?:närv|deltog|deltar)", re.IGNORECASE)
_IN_PLACE = re.compile(r"(?:tjg|tjänstg|ers)\S*(?:\s+ers\S*)?\s+för|ersätter|(?:i\s?)stället för", re.IGNORECASE)
_SUBSTITUTED = re.compile(
    r"(?:ersätts|ersatt) av|ersättare\b(?!.*\bför)|(?:tjg|tjänstg)\S*\s+ers\S*\Z|inkallad\b", re.IGNORECASE
)
_ON_DUTY = re.compile(r"(?:tjg|tjänstg)", re.IGNORECASE)
_OFF_DUTY = re.compile(r"(?:ej|icke)\s*(?:tjg|tjänstg)", re.IGNORECASE)
_PART = re.compile(r"(?:paragraf|§|ärende|närvarotid|tid\b|anm)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:organisation|medlemsorganisation|förening|kommun\b|arbetsplats|arbetsgivare|representerar|förvaltning)",
    re.IGNORECASE,
)
_ROLE = re.compile(r"(?:roll|titel|uppdrag|funktion|befattning)", re.IGNORECASE)
_ABSENT = re.compile(r"[–—-]|nej|ej|frånv\w*\.?|förhinder", re.IGNORECASE)
_CROSS = re.compile(r"[xX×✓✔*1]|ja", re.IGNORECASE)
_VOTE = re.compile(r"(?:ja|nej)\b(?!\s*/)", re.IGNORECASE)

_CATEGORIES_SAID: dict[str, Category] = {
    "övriga": "other",
    "övriga deltagare": "other",
    "övriga närvarande": "other",
    "tjänstepersoner": "other",
    "tjänstemän": "other",
    "ersättare": "substitute",
    "ej tjänstgörande ersättare": "substitute",
    "ledamöter": "member",
    "beslutande": "member",
    "tjänstgörande ersättare": "member",
}


class Table(NamedTuple):
    """A table of names and the label of the list that stands right above it, if one does."""

    grid: Grid
    above: Field | None

    @property
    def words(self) -> set[Word]:
        """The words of its heads and cells."""
        cells = (cell for row in self.grid.rows for cell in row.values())
        return {word for text in (*self.grid.head, *cells) for word in text.words}


def tables_of_names(lines: Sequence[Line], fields: Sequence[Field]) -> list[Table]:
    """The tables among the lines that say who was there, by themselves or by a label of `fields` around them."""
    found = (Table(grid, _above(grid, lines, fields)) for grid in grids(lines))
    return [table for table in found if _is_roll(table.grid, table.above, fields)]


def from_tables(tables: Sequence[Table], fields: Sequence[Field], register: Register) -> Iterator[Attendee]:
    """The persons of tables of names, in the order of the page."""
    for table in tables:
        for part in _side_by_side(table.grid):
            yield from _by_seats(list(_roll(part, table.above, fields, register)), part, register.people)


def _by_seats(rows: Sequence[Attendee], grid: Grid, people: People) -> Iterator[Attendee]:
    """The rows of a table with a column of seats: a substitute who is not said to serve does not vote, and who has
    neither seat nor party, where the others have, is no member; nor is the official whom the column names."""
    seated = [one for one in rows if one.role and people.seats.fullmatch(_office(one.role))]
    parties = "parti" in grid.heads.values() and any(one.party for one in rows)
    chairs = [one for one in rows if one.role and _CHAIR.search(one.role)]
    staff = staff_among(rows, seated)
    for one in rows:
        if not seated or len({one.name for one in (*seated, *chairs)}) < 2 or one.category == "other":
            yield one
        elif one.role and people.stand_ins.fullmatch(one.role):
            update = {"role": None} if one.serving else {"role": None, "category": "substitute", "serving": False}
            yield one.model_copy(update=update)
        elif (
            one.category == "member"
            and one.role
            and one not in (*seated, *chairs)
            and (staff(one.role) or (parties and not one.party))
        ):
            yield one.model_copy(update={"category": "other", "serving": None})
        else:
            yield one


_CHAIR = re.compile(r"ordförande|\bordf\b", re.IGNORECASE)
_TREASURER = re.compile(r"\bkassör", re.IGNORECASE)
_SENT = re.compile(r"råd\b|politiker|förtroende|representant|ombud|kassör|ledamot|ordförande|\bordf\b", re.IGNORECASE)
_EMPLOYED = re.compile(r"\w+(?:chef|direktör|handläggare)\b|protokollförare", re.IGNORECASE)


def _office(role: str) -> str:
    """The first of the offices of one person: `Ledamot, kassör` → `Ledamot`."""
    return re.split(r"\s*[,/(]", role, maxsplit=1)[0]


def staff_among(rows: Sequence[Attendee], seated: Sequence[Attendee]) -> Callable[[str], bool]:
    """What says of a role without a seat that it is none on the board of a list: where all of the seated come from an
    organization, any but that of a politician or a representative; in an association, whose board elects a treasurer
    and more, only the roles of the employed."""
    elected = any(one.role and _TREASURER.search(one.role) for one in rows)
    if elected or not seated or not all(one.organization for one in seated):
        return lambda role: bool(_EMPLOYED.match(role))
    return lambda role: not _SENT.search(role)


def _above(grid: Grid, lines: Sequence[Line], fields: Sequence[Field]) -> Field | None:
    """The label of an attendance list that stands on the line right above a table."""
    words = lines[grid.first - 1].text.words if grid.first else ()
    return next((label for label in fields if set(words).intersection(label.label.words)), None)


def _is_roll(grid: Grid, above: Field | None, fields: Sequence[Field]) -> bool:
    """Whether a table says who was there: by a column for it, or because it stands under a label for such a list. A
    list of votes alone is none."""
    heads = list(grid.heads.values())
    if not grid.rows:
        return False
    if not any(NAMED.match(head) for head in heads):
        return False
    if any(_PRESENT.match(head) or _ON_DUTY.match(head) or _OFF_DUTY.match(head) for head in heads):
        return True
    if any(_VOTE.match(head) for head in heads):
        return False
    words = {word for row in grid.rows for cell in row.values() for word in cell.words}
    return above is not None or any(words.intersection(value.words) for label in fields for value in label.values)


_SUBSTITUTES = re.compile(r"ersättare|suppleant(?:er)?")


def _side_by_side(grid: Grid) -> list[Grid]:
    """A table as two, where a column of substitutes beside the members is a list of its own: filled from the top down,
    and not only where somebody is away."""
    named = [c for c in sorted(grid.heads) if NAMED.match(grid.heads[c])]
    at = next((c for c in named[1:] if _SUBSTITUTES.fullmatch(grid.heads[c])), None)
    filled = [at in row for row in grid.rows]
    if at is None or True not in filled or True in filled[filled.count(True) :]:
        return [grid]
    return [_columns(grid, [c for c in grid.heads if (c < at) == left]) for left in (True, False)]


def _columns(grid: Grid, columns: Sequence[int]) -> Grid:
    """Some columns of a table."""
    rows = [{c: text for c, text in row.items() if c in columns} for row in grid.rows]
    heads = {c: grid.heads[c] for c in columns}
    return replace(grid, heads=heads, rows=[row for row in rows if row])


def _roll(grid: Grid, above: Field | None, fields: Sequence[Field], register: Register) -> Iterator[Attendee]:
    """The persons of a table, each in the capacity that its row, its sub-heading or the label around it tells."""
    labels: dict[Word, Field] = {word: label for label in fields for value in label.values for word in value.words}
    crossed = {
        column
        for column, head in grid.heads.items()
        if any(column in row and _CROSS.fullmatch(row[column].string.strip()) for row in grid.rows)
    }
    standing: Standing | None = None
    for row in grid.rows:
        cells = {grid.heads[column]: (column, text) for column, text in row.items()}
        head, name = next(
            ((head, text) for head, (_, text) in cells.items() if NAMED.match(head)), ("", next(iter(row.values())))
        )
        said = _CATEGORIES_SAID.get(name.string.lower().rstrip(":"))
        around = above or (labels.get(name.words[0]) if name.words else None)
        if said or (len(row) == 1 and len(grid.heads) > 1):
            standing = Standing(said) if said else standing
            continue
        base = standing or (standing_of(around, Standing("member"), register.people) if around else Standing("member"))
        if standing is None and _SUBSTITUTES.fullmatch(head):
            base = Standing("substitute")
        attendee = attendee_of(name, base, register, {})
        if (came := _came_instead(name, row, grid, base, register)) is not None:
            yield came
        elif attendee is not None and not (
            _crossed_out(row, grid, crossed) or _said_absent(name, row, register.people)
        ):
            yield _told_by_cells(attendee, row, grid, base, register)


def _came_instead(
    name: Text, row: Mapping[int, Text], grid: Grid, standing: Standing, register: Register
) -> Attendee | None:
    """Who sat in the place of the person of a row, where a column names her."""
    away = register.people.read_row(name.string)
    for column, text in row.items():
        if away and text is not name and _SUBSTITUTED.match(grid.heads[column]):
            came = attendee_of(text, standing, register, {})
            if came is not None and came.stands_in_for is None:
                update = {"stands_in_for": away.name, "category": "member", "serving": True}
                return came.model_copy(update={"evidence": Evidence(quote=_quote(row)), **update})
    return None


def _crossed_out(row: Mapping[int, Text], grid: Grid, crossed: set[int]) -> bool:
    """Whether the row says that its person was not there: so in the column of presence, or by no cross at all."""
    columns = [c for c, head in grid.heads.items() if _PRESENT.match(head)] or [
        c for c, head in grid.heads.items() if (_ON_DUTY.match(head) or _OFF_DUTY.match(head)) and c in crossed
    ]
    said = [row[c].string.strip() for c in columns if c in row]
    if said:
        return all(_ABSENT.fullmatch(text) for text in said)
    return any(c in crossed for c in columns)


def _said_absent(name: Text, row: Mapping[int, Text], people: People) -> bool:
    """Whether a cell beside the name says nothing but that its person was not there."""
    return any(people.absent.fullmatch(text.string.strip(" .()")) for text in row.values() if text is not name)


def _told_by_cells(
    attendee: Attendee, row: Mapping[int, Text], grid: Grid, standing: Standing, register: Register
) -> Attendee:
    """A row's name with what its other cells say."""
    update: dict[str, object] = {"evidence": Evidence(quote=_quote(row))}
    people = register.people
    for column, text in row.items():
        head, said = grid.heads[column], text.string.strip()
        cross = bool(_CROSS.fullmatch(said))
        if head == "parti" and not attendee.party:
            update["party"] = people.parties.named(said)
        elif _PLACE.match(head) and not attendee.organization:
            update["organization"] = said
        elif _ROLE.match(head) and not attendee.role:
            update |= _in_function(attendee.model_copy(update=update), said, standing, register)
        elif _OFF_DUTY.match(head) and cross:
            update |= {"category": "substitute", "serving": False}
        elif (_IN_PLACE.match(head) or (_ON_DUTY.match(head) and not cross)) and (who := people.read_row(said)):
            update |= {"stands_in_for": who.name, "category": "member", "serving": True}
        elif _ON_DUTY.match(head) and cross:
            update |= {"category": "member", "serving": True}
        elif _PART.match(head) or (_PRESENT.match(head) and not cross):
            update |= _remarked(attendee.model_copy(update=update), said, standing, register) | _part(
                said, head, register.presence
            )
    return attendee.model_copy(update=update)


def _in_function(attendee: Attendee, said: str, standing: Standing, register: Register) -> dict[str, object]:
    """What the cell of a person's function says: the role, at which matters, and whether a substitute served."""
    told = _remarked(attendee, said, standing, register)
    told.pop("organization", None)
    role = said if told.get("stands_in_for") else register.presence.read(said).rest.strip(" ,;") or said
    return told | _part(said, "", register.presence) | {"role": register.people.titles.written_out(role)}


def _remarked(attendee: Attendee, said: str, standing: Standing, register: Register) -> dict[str, object]:
    """What a cell of remarks says of the person of its row: a role, for whom she sits."""
    read = attendee_of(Text(f"{attendee.name}, {said}"), standing, register, {})
    if read is None or read.name != attendee.name:
        return {}
    told = {"role": attendee.role or read.role, "organization": attendee.organization or read.organization}
    if read.stands_in_for:
        told |= {"stands_in_for": read.stands_in_for, "category": "member", "serving": True}
    elif (read.category, read.serving) != (standing.category, standing.serving):
        told |= {"category": read.category, "serving": read.serving}
    return told


def _part(said: str, head: str, presence: Presence) -> dict[str, object]:
    """What a cell says of presence at a part of the meeting; the unit may stand in the head alone."""
    present = presence.read(said)
    if present.words is None and re.match(r"\d", said) and re.match(r"paragraf|§", head, re.IGNORECASE):
        present = presence.read(f"§ {said}")
        return {"presence": said, "section_from": present.first, "section_to": present.last, "matter": present.matter}
    if present.words is None:
        return {}
    return {
        "presence": present.words,
        "section_from": present.first,
        "section_to": present.last,
        "matter": present.matter,
    }


def _quote(row: Mapping[int, Text]) -> Text:
    return unwrap(row[column] for column in sorted(row))
