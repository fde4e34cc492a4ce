"""Items of a list that go on from one verb above them: `Fullmäktige väljer`, `1. A till ledamot i valnämnden`."""

from __future__ import annotations

import re
from dataclasses import replace

from protoparse.models import Passage
from protoparse.seats.lists import MAY_OPEN, opens
from protoparse.seats.parts import Row
from protoparse.seats.reading import Kit, cues_in
from protoparse.seats.rows import TELLING
from protoparse.sentences import sentences
from protoparse.text import Text

_NOTHING_BEHIND = re.compile(
    r"\s*(?:följande(?:\s+personer)?)?\s*(?:för\s+(?:tid|åter|rest|peri|mand|år)[^:;]*)?:?\s*\Z"
)


def lead_of(kit: Kit, passage: Passage) -> Text | None:
    """The words that all items of the list below go on from: `Fullmäktige väljer`, `Styrelsen beslutar att utse`."""
    if passage.zone not in TELLING or passage.marker or not MAY_OPEN.search(passage.text.string):
        return None
    last = sentences(passage.text)[-1:]
    if not last or len(last[0].string) > 120 or last[0].string.rstrip().endswith((".", "?", "!")):
        return None
    cues = cues_in(kit, last[0].string, passage.zone)
    if any(cue.rule.get("form") in ("stop", "not") for cue in cues) or kit.people.names.within(last[0].string):
        return None
    verb = [c for c in cues if opens(c) and _NOTHING_BEHIND.match(last[0].string, c.end)]
    titled = verb and kit.people.titles.next(last[0].string, verb[-1].end)
    return last[0][: len(last[0].string.rstrip(" :"))] if verb and not titled else None


_TERM = re.compile(r"\bför\s+(?:tiden|perioden|mandatperioden|resten|återstoden|åren)\b")


def for_all(rows: list[Row], item: Row) -> list[Row]:
    """The rows of a list with the term that stands under its last item; one on the item's own line is the item's."""
    term = _TERM.search(item.quote.string)
    if term is None or _goes_on_in_line(item.quote, term.start()):
        return rows
    return [replace(row, start=row.start or item.start, until=row.until or item.until) for row in rows]


def _goes_on_in_line(text: Text, at: int) -> bool:
    """Whether a word stands on the printed line of the one before it."""
    runs = text.runs
    here = next((n for n, run in enumerate(runs) if run.start >= at), 0)
    return bool(here) and abs(runs[here].word.top - runs[here - 1].word.top) < 3
