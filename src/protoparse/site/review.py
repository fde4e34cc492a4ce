"""The review: rows beside the words that they were read from, to be found right or wrong, row after row."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from protoparse import judged, marking
from protoparse.clock import today
from protoparse.rules import RuleError
from protoparse.site import (
    editing,
    evidence,
    labels,
    mending,
    originals,
    ours,
    queue,
    rereading,
    reviewing,
    rulepage,
    web,
)
from protoparse.site.ours import Reader
from protoparse.site.queue import Waiting, Wanted
from protoparse.site.reviewer import CHANGED, Refused, fact, frame, given, onward, refused, told

Row = dict[str, Any]
BUSY = "En inläsning skriver i registret just nu. Omdömet är sparat och räknas med när den är klar och nästa har körts."

# --- the queue


async def show(request: Any, datasette: Any, reader: Reader, name: str) -> Response:
    """`/-/granska`: a row with its words, its fields and its page, and what can be said of it."""
    wanted = queue.wanted(request.args)
    try:
        found = await of_choice(reader, wanted)
    except queue.TooMany:
        if rule := "" if wanted.rule else await queue.next_rule(reader):
            return onward(datasette.urls.path(reviewing.HERE) + replace(wanted, rule=rule).query())
        context = {"wanted": wanted, "name": name, "choices": await queue.choices(reader), "crowded": True}
        return await web.page(datasette, request, "review.html", context | frame(datasette, reader, request))
    at = queue.shown(found, wanted)
    if at is None and wanted.row:  # a row outside the choice is shown by itself
        found, at = await alone(reader, wanted.row)
    done, total = queue.counted(found)
    context = {
        "wanted": wanted,
        "name": name,
        "choices": await queue.choices(reader),
        "done": done,
        "total": total,
        "at": at,
        "lost": bool(wanted.row and not at),
        **(await before_her(reader, wanted, found, at) if at else {}),
        **frame(datasette, reader, request),
    }
    return await web.page(datasette, request, "review.html", context)


async def of_choice(reader: Reader, wanted: Wanted) -> list[Waiting]:
    """The queue; in a register that is too large to draw it from, the row that is asked for. Raises TooMany."""
    try:
        return await queue.queue(reader, wanted)
    except queue.TooMany:
        if wanted.row:
            return (await alone(reader, wanted.row))[0]
        raise


async def alone(reader: Reader, id: str) -> tuple[list[Waiting], Waiting | None]:
    try:
        table, row, proof = await fact(reader, id)
    except Refused:
        return [], None
    mark = await reader.get("judged", id)
    right = {"right": "right", "changed": "again"}.get(mark["status"] if mark else "", "")
    state = "corrected" if row["corrected"] else right
    it = Waiting(id, table, judged.group(table, proof["rule"]), state)
    return [it], it


async def before_her(reader: Reader, wanted: Wanted, found: list[Waiting], at: Waiting) -> Row:
    """All that the page says of the row."""
    _, row, proof = await fact(reader, at.id)
    whole = await evidence.gather(reader, proof)
    before, after = queue.beside(found, wanted, at)
    try:
        await originals.original(reader, whole.document)
        gone = None
    except originals.Unavailable as error:
        gone = str(error)
    return {
        "row": row,
        "what": evidence.ONE[at.table],
        "proof": whole,
        "gone": gone,
        "title": ours.document_label(whole.document),
        "section": await evidence.numbered(reader, whole.section),
        "fields": evidence.shown(at.table, row),
        "seen": judged.fingerprint(row, proof["quote"]),
        "mark": await reader.get("judged", at.id),
        "place": found.index(at) + 1,
        "before": wanted.at(before).query() if before else "",
        "after": wanted.at(after).query() if after else "",
        "can_handle": await handleable(reader, at),
        "tally": rulepage.figures(tally) if (tally := (await tallies(reader)).get(at.rule)) else None,
        "rule_name": rule_name(at.rule),
    }


async def tallies(reader: Reader) -> dict[str, judged.Tally]:
    """How right every rule is, as far as rows were looked at."""
    return await reader.ask(judged.tallies, report=True)


def rule_name(rule: str) -> str:
    """A rule as people see it."""
    table = rule.removeprefix(judged.LAYOUT)
    return rule if table == rule else f"Sidans uppställning ({labels.table(table).lower()})"


async def handleable(reader: Reader, at: Waiting) -> bool:
    """Whether a row can be handled: a doubt, an end, or a task with a day."""
    if at.table == "funding":
        return await reader.count("funding", '"end" is not null and id = ?', [at.id]) > 0
    return at.table == "doubts" or await reader.get("commitments", at.id) is not None


# --- right and wrong


async def judge(request: Any, datasette: Any, reader: Reader, name: str) -> Response:
    """`POST /-/granska/dom`: a row is right, or wrong, or is to be looked at again; then on to the next one."""
    if request.method != "POST":
        return await web.nowhere(request, datasette)
    said = await given(request)
    wanted, verdict = queue.wanted(said), said.get("dom")
    try:
        found = await of_choice(reader, wanted)
        table, row, proof = await fact(reader, wanted.row)
        if said.get("sett") != judged.fingerprint(row, proof["quote"]):
            raise Refused(CHANGED)
        here = queue.shown(found, wanted)
        onto = queue.beside(found, wanted, here)[1] if here else ""
        if verdict == "ratt":
            await asyncio.to_thread(_right, reader, wanted.row, name, said.get("anmarkning"))
        elif verdict == "fel":
            await wrong(datasette, reader, table, row, proof, name, said.get("anmarkning", ""))
        elif verdict == "ater":
            await asyncio.to_thread(marking.unmark, Path(reader.db.path), wanted.row, "judged")
            onto = wanted.row
        else:
            raise Refused(reviewing.UNREADABLE)
    except (Refused, RuleError, marking.Unknown, rereading.Unready, editing.Taken, queue.TooMany) as error:
        return await refused(datasette, request, error)
    return onward(datasette.urls.path(reviewing.HERE) + wanted.at(onto).query(gjort=verdict))


def _right(reader: Reader, id: str, name: str, note: str | None) -> None:
    try:
        marking.judge(Path(reader.db.path), id, name, note or None, today())
    except sqlite3.OperationalError as error:  # a run has been writing for half a minute
        raise Refused(BUSY) from error


async def wrong(datasette: Any, reader: Reader, table: str, row: Row, proof: Row, name: str, note: str) -> None:
    """Writes that a row is wrong, and has its document read again beside the site."""
    said = {"table": table, "row": row, "proof": proof, "way": "wrong", "said": True, "by": name, "note": note}
    rereading.work(datasette, Path(reader.db.path)).ask(await mending.saved(reader, **said))


async def status(request: Any, datasette: Any) -> Response:
    """`/-/granska/lage.json`: what is being read, and what became of the last corrections."""
    if not reviewing.on(datasette):
        return await web.nowhere(request, datasette)
    found = [rereading.work(datasette, Path(db.path)) for db in await ours.databases(datasette) if db.path]
    return web.json(
        {
            "busy": [label for it in found for label in it.busy],
            "told": [told(outcome) for it in found for outcome in it.told],
            "count": sum(it.count for it in found),
        }
    )
