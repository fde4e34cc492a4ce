"""The workers that read documents, each within a time limit; what a file does to its worker costs only that file."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from protoparse import as_rows
from protoparse.entries import Correction
from protoparse.rules import RuleError

AHEAD = 16  # documents that each worker may be ahead of the one that is written


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker needs to read one document."""

    source: as_rows.Source
    at: str
    rules: str | None
    keep_numbers: bool = False
    corrections: tuple[Correction, ...] = ()


_kits: dict[str | None, Any] = {}  # a worker builds its rules once


def read_document(task: Task) -> as_rows.Rows:
    """Parses one file into rows; a file that cannot be read gives its document row with the reason."""
    from protoparse import amend, protocol, rules  # only workers pay for spaCy and the PDF readers
    from protoparse.pdf.reader import Unreadable

    if task.rules not in _kits:
        _kits[task.rules] = protocol.Kit.of(rules.load(Path(task.rules) if task.rules else None))
    try:
        kit = _kits[task.rules]
        document = protocol.read_document(Path(task.at), kit, task.keep_numbers)
        parsed = protocol.parse(document, kit, partial(amend.meeting, task.corrections))
        return amend.rows(task.source, parsed, task.corrections)
    except Unreadable as error:
        return amend.unread(task.source, str(error), task.corrections)


Read = Callable[[Task], as_rows.Rows]


def _result(future: Any, task: Task, limit: float) -> as_rows.Rows:
    """The border that isolates a document: whatever one file does to its worker becomes that file's reason."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return as_rows.unread(task.source, f"läsningen avbröts efter {limit:g} sekunder")
    except ProcessExpired as error:
        return as_rows.unread(task.source, f"läsningen kraschade (kod {error.exitcode})")
    except RuleError:
        raise
    except Exception as error:  # noqa: BLE001 -- the one place where any mistake costs only the document at hand
        return as_rows.unread(task.source, f"internt fel vid läsningen: {type(error).__name__}: {error}")


def _context() -> Any:
    """Workers are forked from a clean server that has loaded spaCy once; where there is no fork, they are started."""
    import multiprocessing

    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["protoparse.protocol", "protoparse.pdf.reader", "protoparse.store"])
    return context


def _collect_seldom() -> None:
    """In a worker: parsing makes many small records and hardly a cycle among them; looking for cycles as often as
    Python does by itself takes a seventh of its time."""
    import gc

    gc.set_threshold(50_000, 50, 50)


@contextmanager
def reading(tasks: Sequence[Task], workers: int, read: Read, limit: float) -> Iterator[Iterator[as_rows.Rows]]:
    """Starts the workers at once and yields the rows of all documents in the order of the tasks."""
    if not tasks:
        yield iter(())
        return
    from pebble import ProcessPool

    pool = ProcessPool(max_workers=min(workers, len(tasks)), context=_context(), initializer=_collect_seldom)
    ahead = AHEAD * workers  # so that a file that hangs does not keep the other workers waiting
    futures = deque((pool.schedule(read, args=(task,), timeout=limit), task) for task in tasks[:ahead])
    try:
        yield _in_order(pool, futures, iter(tasks[ahead:]), read, limit)
        pool.close()
    except BaseException:
        pool.stop()
        raise
    finally:
        pool.join()


def _in_order(pool: Any, futures: deque[Any], rest: Iterator[Task], read: Read, limit: float) -> Iterator[as_rows.Rows]:
    while futures:
        if task := next(rest, None):
            futures.append((pool.schedule(read, args=(task,), timeout=limit), task))
        yield _result(*futures.popleft(), limit)


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
