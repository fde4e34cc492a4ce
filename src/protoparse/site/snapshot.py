"""One request sees a database as it is at one moment, however much an ingest writes meanwhile, and no query of ours
runs for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from sqlite3 import OperationalError
from threading import Lock
from time import monotonic, thread_time
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.database import QueryInterrupted

Found = TypeVar("Found")
REPORT = 120_000  # milliseconds that one whole report may take; many look at the same one
IDLE = 4  # connections of a database that are kept for the next requests
STEPS = 1000  # of SQLite's machine between two looks at the time: less than a tenth of a millisecond
STARVED = 10  # times as long by the clock: on a busy machine a quick question is slow too
TRIES = 5  # at a moment in which nothing is written

_reports = ThreadPoolExecutor(1, "protoparse-report")  # the slow ones wait for one another, nothing else for them
_idle: WeakKeyDictionary[Any, list[Any]] = WeakKeyDictionary()
_watch: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()  # a connection of each database that only looks for commits
_watching = Lock()
_held: ContextVar[dict[Any, Snapshot] | None] = ContextVar("protoparse_held", default=None)
_told: ContextVar[dict[Any, Any] | None] = ContextVar("protoparse_told", default=None)


class Snapshot:
    """A read transaction of one request on one database. `stamp` tells its contents from all others; None where
    nobody can tell."""

    def __init__(self, db: Any):
        self.db, self.stamp = db, None
        self._turn, self._connection = asyncio.Lock(), None

    async def run(self, ask: Callable[[Any], Found], limit: int | None = None, where: Executor | None = None) -> Found:
        """What `ask` makes of the open connection, within so many milliseconds. Raises QueryInterrupted."""

        def work() -> Found:
            if self._connection is None:
                self._connection, self.stamp = _begin(self.db)
            return within(self._connection, ask, limit or self.db.ds.sql_time_limit_ms)

        async with self._turn:
            where = where or self.db.ds.executor
            return await asyncio.get_running_loop().run_in_executor(where, work) if where else work()

    def end(self) -> None:
        """Gives the connection back."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        idle = _idle.setdefault(self.db, [])
        if self._turn.locked() or len(idle) >= IDLE:
            connection.interrupt()
            connection.close()
        else:
            connection.rollback()
            idle.append(connection)


def within(connection: Any, ask: Callable[[Any], Found], milliseconds: int) -> Found:
    """What `ask` makes of a connection; its SQL is stopped after so much work of this thread. Raises QueryInterrupted.

    Work is processor time. Datasette counts by the clock, and then a machine that is busy with something else says of
    any question that it was too large.
    """
    worked, passed = thread_time() + milliseconds / 1000, monotonic() + STARVED * milliseconds / 1000
    connection.set_progress_handler(lambda: thread_time() > worked or monotonic() > passed, STEPS)
    try:
        return ask(connection)
    except OperationalError as error:
        if error.args == ("interrupted",):
            raise QueryInterrupted(error, "", None) from error
        raise
    finally:
        connection.set_progress_handler(None, STEPS)


def _begin(db: Any) -> tuple[Any, bytes | None]:
    """A connection in a read transaction, with the stamp of what it sees."""
    idle = _idle.setdefault(db, [])
    connection = idle.pop() if idle else _connected(db)
    for _ in range(TRIES):
        before = stamp(db)
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # only reading begins it
        if before == stamp(db):
            return connection, before
        connection.rollback()
    connection.execute("BEGIN")
    return connection, None


def _connected(db: Any) -> Any:
    from sqlite3 import Row

    connection = db.connect()
    connection.isolation_level = None
    connection.row_factory = Row
    connection.text_factory = lambda text: str(text, "utf-8", "replace")
    return connection


def stamp(db: Any) -> bytes | None:
    """What changes with every commit of others, as a connection that only watches is told by SQLite. None where there
    is no file to ask.

    The file is never opened by hand: closing it would take away the locks of every connection of this process.
    """
    if db.path is None:
        return None
    with _watching:
        if db not in _watch:
            _watch[db] = _connected(db)
        (version,) = _watch[db].execute("PRAGMA data_version").fetchone()
    return f"{db.path}\0{version}".encode()


def of(db: Any) -> Snapshot | None:
    """The snapshot of the request at hand; None outside one."""
    held = _held.get()
    return None if held is None else held.setdefault(db, Snapshot(db))


@contextmanager
def request() -> Iterator[Callable[[], None]]:
    """While a request is answered all its queries see one moment; gives what ends that earlier."""
    held: dict[Any, Snapshot] = {}

    def end() -> None:
        while held:
            held.popitem()[1].end()

    tokens = _held.set(held), _told.set({})
    try:
        yield end
    finally:
        _held.reset(tokens[0])
        _told.reset(tokens[1])
        end()


async def ask(db: Any, question: Callable[[Any], Found], report: bool = False) -> Found:
    """What a function makes of a database within the time that a query, or a whole report, may take."""
    limit, where = (REPORT, _reports) if report else (db.ds.sql_time_limit_ms, None)
    if here := of(db):
        return await here.run(question, limit, where)
    return await db.execute_fn(lambda connection: within(connection, question, limit))


async def once(key: Any, question: Callable[[], Awaitable[Found]]) -> Found:
    """The answer to a question that a request may ask for every cell: asked once, remembered while it lasts."""
    told = _told.get()
    if told is None:
        return await question()
    if key not in told:
        told[key] = await question()
    return told[key]


async def moment(db: Any) -> bytes | None:
    """The stamp of what the request sees of a database; None where nobody can tell."""
    if here := of(db):
        await here.run(lambda connection: None)
        return here.stamp
    return None
