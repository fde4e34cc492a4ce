"""What the address of a page asks for: the day to look from, how far ahead, and which rows.

Where the address names no day, today is meant.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from protoparse.clock import today
from protoparse.site.web import Unreadable, number_of

WITHIN = 90  # days
FARTHEST = 36500  # days; a calendar of one service holds all its ends
FACETS = ("organ", "source", "kind", "about", "certainty")
_LONG = 200  # letters of a value that an address can carry


@dataclass(frozen=True, slots=True)
class Asked:
    """A view of the audit: the day, the days ahead, and the chosen value of every facet."""

    as_of: datetime.date
    within: int = WITHIN
    chosen: dict[str, str] = field(default_factory=dict)
    service: str = ""  # part of a service's name
    whole: str = ""  # the only list that is shown, page by page to its end
    page: int = 1
    dated: bool = False  # whether the address itself names the day

    @property
    def narrow(self) -> bool:
        """Whether anything is left out by choice."""
        return bool(self.chosen or self.service)

    def query(self, **more: str | int) -> str:
        """The view as the end of an address, `?as_of=…`; empty for the view that needs none."""
        said: dict[str, Any] = {"as_of": self.as_of.isoformat()} if self.dated else {}
        said |= {"within": self.within} if self.within != WITHIN else {}
        said |= {"service": self.service} if self.service else {}
        found = urlencode([*said.items(), *self.chosen.items(), *more.items()])
        return f"?{found}" if found else ""


def day(request: Any) -> tuple[datetime.date, bool]:
    """`?as_of=`, or today, and whether the address names the day; raises `Unreadable`."""
    text = (request.args.get("as_of") or "").strip()
    if not text:
        return today(), False
    try:
        return datetime.date.fromisoformat(text), True
    except ValueError:
        raise Unreadable("Dagen går inte att läsa. Skriv den som 2026-11-22.") from None


def until(as_of: datetime.date, dated: bool) -> str:
    """The last day of the documents that a page shows; no last one, for meetings to come, where nobody chose a day."""
    return as_of.isoformat() if dated else "9999-12-31"


def since(request: Any) -> datetime.date | None:
    """`?sedan=`, the day from which something is new; None where it is not said. Raises `Unreadable`."""
    text = (request.args.get("sedan") or "").strip()
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise Unreadable("Dagen går inte att läsa. Skriv den som 2026-11-22.") from None


def within(request: Any) -> int:
    """`?within=` in days, 90 where it is not said; raises `Unreadable`."""
    text = (request.args.get("within") or "").strip()
    if not text:
        return WITHIN
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) > FARTHEST:
        raise Unreadable(f"Antalet dagar går inte att läsa. Skriv ett heltal mellan 0 och {FARTHEST}.")
    return int(text)


def asked(request: Any) -> Asked:
    """All that the address of the audit says; raises `Unreadable`."""
    as_of, dated = day(request)
    given = {name: (request.args.get(name) or "").strip()[:_LONG] for name in (*FACETS, "service")}
    chosen = {name: given[name] for name in FACETS if given[name]}
    whole = (request.args.get("all") or "").strip()[:_LONG]
    return Asked(as_of, within(request), chosen, given["service"], whole, number_of(request, "page"), dated)
