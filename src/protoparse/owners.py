"""Whose boards met: the municipality or region behind each document."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from protoparse import names

if TYPE_CHECKING:
    from sqlite_utils import Database

SHARED = 3  # politicians that two boards of one municipality have in common


Board = Callable[[str], tuple[str, str | None] | None]


def owners(db: Database, board: Board = names.board) -> dict[str, str]:
    """Document → the municipality or region whose board met, where a board met; `board` tells which
    organs are boards.

    A front page that does not say it is known by its people: the same politicians sit in one municipality's boards.
    """
    rows = db.execute(
        "SELECT d.id, d.organ, p.text FROM documents d JOIN pages p ON p.document = d.id AND p.page = 1 "
        "WHERE d.organ IS NOT NULL ORDER BY d.id"
    )
    boards = {id: (met, text or "") for id, organ, text in rows.fetchall() if (met := board(organ))}
    known = {id: owner for id, (met, text) in boards.items() if (owner := met[1] or names.owner_in(text))}
    if not known or len(known) == len(boards):
        return known
    people: dict[str, set[tuple[str, str]]] = {id: set() for id in boards}
    for id, name, party in db.execute("SELECT document, name, party FROM attendance WHERE party IS NOT NULL"):
        if id in people:
            people[id].add((name.casefold(), party))
    return known | {id: owner for id in boards if id not in known and (owner := _by_people(id, known, people))}


def _by_people(document: str, known: dict[str, str], people: dict[str, set[tuple[str, str]]]) -> str | None:
    found = {known[other] for other in known if len(people[document] & people[other]) >= SHARED}
    return min(found) if len({names.owner_key(owner) for owner in found}) == 1 else None
