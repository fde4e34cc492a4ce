"""Cells that a spreadsheet takes for text, whatever they begin with."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

_FORMULA = re.compile(r"'*[=+\-@\t\r]")  # with these a spreadsheet begins a formula; marks that guard one count too
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def guarded(value: Any) -> Any:
    """A cell that is no formula; numbers below zero stay numbers."""
    formula = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if formula else value


def unguarded(cell: str) -> str:
    """What `guarded` was given, from what it gave."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


class Guard:
    """Guards the cells of a CSV that comes in pieces, each cut anywhere."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, piece: bytes, last: bool = False) -> bytes:
        """The whole lines that are there by now, guarded; with the last piece all of them."""
        self._rest += piece
        whole = len(self._rest) if last else self._whole()
        text, self._rest = self._rest[:whole], self._rest[whole:]
        out = io.StringIO()
        rows = csv.reader(io.StringIO(text.decode("utf-8", "replace"), newline=""))
        csv.writer(out).writerows([guarded(cell) for cell in row] for row in rows)
        return out.getvalue().encode()

    def _whole(self) -> int:
        """How much of what is there are whole lines: up to the last line end outside quotes."""
        end = self._rest.rfind(b"\n")
        while end >= 0 and self._rest.count(b'"', 0, end) % 2:
            end = self._rest.rfind(b"\n", 0, end)
        return end + 1
