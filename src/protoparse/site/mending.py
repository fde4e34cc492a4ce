"""Putting rows right from the site: other values, rows that are missing, and taking such corrections back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from protoparse import corrections, judged
from protoparse.clock import today
from protoparse.fieldvalues import Unfit
from protoparse.rules import RuleError
from protoparse.site import editing, evidence, ours, queue, rereading, reviewer, reviewing, web
from protoparse.site.ours import Reader
from protoparse.site.rereading import Order, Outcome
from protoparse.site.reviewer import Refused, fact, frame, given, onward, refused

Row = dict[str, Any]
WORDS = {"later": "senare", "unneeded": "onodig"}  # what is told of an outcome that is not as asked for
PATIENCE = 120.0  # seconds that a page waits for a document to be read again
NOTHING = "Inget fält är ändrat."
UNKNOWN = "Rättelsen finns inte, eller inte längre."
ELSEWHERE = "Rättelsen står i filen {file}, som skrivs för hand. Ta bort den där, och läs in igen."
_ERRORS = (Refused, RuleError, rereading.Unready, editing.Taken, Unfit)


async def saved(reader: Reader, table: str, row: Row, proof: Row, way: str, said: Any, by: str, note: str) -> Order:
    """Writes a correction and gives the order to read its document again; nothing is written where that cannot be."""
    database, document = Path(reader.db.path), row["document"] if table != "documents" else row["id"]
    label = (await reader.get("documents", document) or {}).get("label") or document
    return await asyncio.to_thread(_saved, database, document, label, table, row, proof, way, said, by, note)


def _saved(
    database: Path,
    document: str,
    label: str,
    table: str,
    row: Row,
    proof: Row,
    way: str,
    said: Any,
    by: str,
    note: str,
) -> Order:
    at = rereading.file_of(database, document)
    before, old = editing.earlier(database, table, row["id"]) if way != "missing" else ({}, set())
    whole = editing.in_words(table, {**before, **said}) if way == "set" else said
    known: Row = {
        "document": editing.named(database, document),
        "by": by,
        "on": today().isoformat(),
        "note": note,
    }
    known |= {"row": row["id"]} if way != "missing" and table != "documents" else {}
    path = editing.write(database, editing.entry(table, proof, way, whole, **known), old)
    return Order(document, label, at, rereading.identity(path, proof.get("quote"), by), path)


async def done(datasette: Any, reader: Reader, order: Order) -> Outcome:
    """What has become of a correction when its document has been read again.

    Raises Refused where it came to nothing.
    """
    asked_for = rereading.work(datasette, Path(reader.db.path)).ask(order)
    try:
        outcome = await asyncio.wait_for(asyncio.shield(asked_for), PATIENCE)
    except TimeoutError:
        return Outcome(order, "later", "Rättelsen är sparad. Dokumentet läses ännu om.")
    if outcome.status == "refused":
        raise Refused(outcome.message)
    return outcome


# --- other values


async def change(request: Any, datasette: Any, reader: Reader, name: str) -> Response:
    """`/-/granska/andra/<row>`: the fields of a row, or of a document itself, to be filled in otherwise."""
    wanted, key = queue.wanted(request.args), request.url_vars["row"]
    try:
        table, row, proof = await _either(reader, key)
    except Refused as error:
        return await refused(datasette, request, error, 404)
    said, problem = (await given(request) if request.method == "POST" else None), None
    if said is not None:
        try:
            outcome = await _changed(datasette, reader, table, row, proof, name, said)
            there = f"/-/dokument/{key}" if table == "documents" else reviewing.HERE + wanted.at(key).query()
            return onward(_told(datasette.urls.path(there), WORDS.get(outcome.status, "andrad")))
        except _ERRORS as error:
            problem = str(error)
    context = {
        "table": table,
        "row": row,
        "proof": proof,
        "what": "Dokument" if table == "documents" else evidence.ONE[table],
        "fields": editing.fields(table, row, said),
        "note": (said or {}).get("anmarkning", ""),
        "problem": problem,
        "seen": _seen(row, proof),
        "back": f"/-/dokument/{key}" if table == "documents" else reviewing.HERE + wanted.at(key).query(),
        "title": ours.document_label(await reader.get("documents", row.get("document") or row["id"]) or {"path": ""}),
    }
    context |= frame(datasette, reader, request)
    return await web.page(datasette, request, "mend.html", context, 409 if problem else 200)


def _told(url: str, word: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}gjort={word}"


async def _either(reader: Reader, key: str) -> tuple[str, Row, Row]:
    """A row of facts, or a document itself, which rests on no words."""
    if document := await reader.get("documents", key):
        return "documents", document, {}
    return await fact(reader, key)


def _seen(row: Row, proof: Row) -> str:
    return judged.fingerprint({k: v for k, v in row.items() if k != "corrections"}, proof.get("quote"))


async def _changed(
    datasette: Any, reader: Reader, table: str, row: Row, proof: Row, name: str, said: dict[str, str]
) -> Outcome:
    if said.get("sett") != _seen(row, proof):
        raise Refused(reviewer.CHANGED)
    moved = editing.moved(table, row, said)
    if not moved:
        raise Refused(NOTHING)
    editing.check(table, row, moved)
    note = said.get("anmarkning", "")[: reviewing.NOTE]
    return await done(datasette, reader, await saved(reader, table, row, proof, "set", moved, name, note))


# --- rows that are missing


async def add(request: Any, datasette: Any, reader: Reader, name: str) -> Response:
    """`/-/granska/saknas/<document>?slag=`: a row that the program did not find, by the words on the page."""
    document = await reader.get("documents", request.url_vars["document"])
    if not document:
        return await refused(datasette, request, Refused("Dokumentet finns inte i registret."), 404)
    table = next((it for it in editing.ADDABLE if it == request.args.get("slag")), "")
    said, problem = (await given(request) if request.method == "POST" and table else None), None
    if said is not None:
        try:
            outcome = await _added(datasette, reader, table, document, name, said)
            word = WORDS.get(outcome.status, "tillagd")
            return onward(_told(datasette.urls.path(f"/-/dokument/{document['id']}"), word))
        except _ERRORS as error:
            problem = str(error)
    context = {
        "document": document,
        "title": ours.document_label(document),
        "table": table,
        "addable": {it: evidence.ONE[it] for it in editing.ADDABLE},
        "fields": editing.fields(table, {}, said, new=True) if table else [],
        "given": said or await _doubted(reader, document, request.args.get("tvekan")),
        "problem": problem,
    }
    return await web.page(datasette, request, "absent.html", frame(datasette, reader, request) | context,
                          409 if problem else 200)  # fmt: skip


async def _doubted(reader: Reader, document: Row, doubt: str | None) -> Row:
    """The words of a doubt, where it leads to the row that it could not become."""
    row = await reader.get("doubts", doubt or None)
    proof = await reader.get("evidence", row["evidence"]) if row and row["document"] == document["id"] else None
    return {"citat": proof["quote"], "sida": str(proof["page"] or "")} if proof else {}


async def _added(datasette: Any, reader: Reader, table: str, document: Row, name: str, said: dict[str, str]) -> Outcome:
    words, page = said.get("citat", ""), said.get("sida", "")
    fields = {k: v for k, v in editing.moved(table, {}, said).items() if v}
    if not words:
        raise Refused("Klistra in orden som de står på sidan.")
    if page and not (page.isascii() and page.isdigit() and 0 < int(page) <= (document["pages"] or 0)):
        raise Refused("Sidan finns inte i dokumentet.")
    if not fields:
        raise Refused("Fyll i minst ett fält.")
    editing.check(table, {}, editing.usual(table, fields) | fields)
    proof = {"quote": words, "page": int(page) if page else None}
    row, note = {"document": document["id"]}, said.get("anmarkning", "")[: reviewing.NOTE]
    made = editing.in_words(table, fields)
    return await done(datasette, reader, await saved(reader, table, row, proof, "missing", made, name, note))


# --- what was put right


async def listed(request: Any, datasette: Any, reader: Reader, name: str) -> Response:
    """`/-/granska/rattelser`: every correction, what became of it, and the way to take it back."""
    rows = await reader.query(
        """select c.*, d.label, e.rule from corrections c left join documents d on d.id = c.document
        left join evidence e on e.id = c.evidence order by c.status = 'applied', c."on" desc, c.id limit 500"""
    )
    context = {
        "rows": rows,
        "own": editing.FILE,
        "name": name,
        "moves": editing.moves,
        **frame(datasette, reader, request),
    }
    return await web.page(datasette, request, "mended.html", context)


async def undo(request: Any, datasette: Any, reader: Reader, name: str) -> Response:
    """`POST /-/granska/angra`: takes a correction of the review back, and has the document read as it stands."""
    if request.method != "POST":
        return await web.nowhere(request, datasette)
    said = await given(request)
    row = await reader.get("corrections", said.get("id"))
    try:
        if not row:
            raise Refused(UNKNOWN)
        if row["file"] != editing.FILE:
            raise Refused(ELSEWHERE.format(file=row["file"]))
        if order := await asyncio.to_thread(_undone, Path(reader.db.path), row):
            await done(datasette, reader, order)
    except _ERRORS as error:
        return await refused(datasette, request, error)
    return onward(datasette.urls.path(f"{reviewing.HERE}/rattelser?gjort=angrad"))


def _undone(database: Path, row: Row) -> Order | None:
    """Takes a correction out of the review's file; the order to read its document, where it has one."""
    path = corrections.folder_for(database) / editing.FILE
    at = rereading.file_of(database, row["document"]) if row["document"] else None
    if not rereading.take_back(path, row["id"]):
        raise Refused(UNKNOWN)
    return Order(row["document"], row["named"], at, row["id"], path) if at else None
