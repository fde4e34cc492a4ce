"""Swedish words for tables, columns, codes, dates and amounts; all from metadata.yml."""

from __future__ import annotations

import datetime
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from protoparse import schema
from protoparse.dates import MONTHS


@cache
def source() -> dict[str, Any]:
    """The contents of metadata.yml, with the words that the Swedish views already have."""
    found = yaml.safe_load(files("protoparse.site").joinpath("metadata.yml").read_text(encoding="utf-8"))
    found["values"] |= {
        "outcome": schema.OUTCOMES,
        "roster_kind": schema.CHANGES,
        "zone": schema.ZONES,
        "dissent_kind": schema.DISSENTS,
        "funding_kind": schema.FUNDING,
        "certainty": schema.CERTAINTIES,
        "vote": schema.VOTES,
        "matter_status": schema.MATTER_STATUS,
        "matter_step": schema.MATTER_STEPS,
    }
    return found


def _entry(table: str, column: str) -> list[str]:
    own = source()["tables"].get(table, {}).get("columns", {})
    return own.get(column) or source()["common"].get(column) or [column.replace("_", " ").capitalize(), ""]


def column(table: str, name: str) -> str:
    """The Swedish label of a column."""
    return _entry(table, name)[0]


def description(table: str, name: str) -> str:
    """Label and description of a column, as Datasette shows it."""
    label, text = _entry(table, name)
    return text if label.lower() == name else f"{label}. {text}".rstrip()


def table(name: str) -> str:
    """The Swedish title of a table."""
    return source()["tables"].get(name, {}).get("title", name)


def value(table: str, column: str, code: Any) -> str | None:
    """The Swedish word for a code such as `approved`; None when the column holds no codes."""
    words = source()["tables"].get(table, {}).get("values", {}).get(column)
    return source()["values"][words].get(code) if words else None


def day(text: Any) -> str:
    """`2025-12-12` → `12 december 2025`; what is no date is left as it is."""
    try:
        date = datetime.date.fromisoformat(str(text))
    except ValueError:
        return "" if text is None else str(text)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def time_of(text: str) -> str:
    """`2025-12-12 06:30:00` → `12 dec 2025 klockan 6.30 UTC`, as a run keeps its hours."""
    return f"{short_day(text[:10])} klockan {int(text[11:13])}.{text[14:16]} UTC"


def short_day(text: Any) -> str:
    """`2025-12-12` → `12 dec 2025`, for a plot and narrow columns."""
    date, month, year, *_ = [*day(text).split(" "), "", ""]
    return f"{date} {month[:3]} {year}" if year else date


def days_in(text: str) -> str:
    """A sentence with its days in Swedish: `slutar 2026-01-31` → `slutar 31 januari 2026`. Names of files are kept."""
    return re.sub(r"(?<![\w./-])\d{4}-\d\d-\d\d(?![\w-]|\.\w)", lambda found: day(found[0]), text)


def number(count: Any) -> str:
    """`1250000` → `1 250 000` with no-break spaces; decimals only when there are any."""
    if count is None:
        return ""
    whole = f"{count:,.0f}" if float(count).is_integer() else f"{count:,.2f}"
    return whole.replace(",", "\u00a0").replace(".", ",")


def counted(count: int, one: str, many: str) -> str:
    """`1 beslut`, `3 dokument`."""
    return f"{number(count)} {one if count == 1 else many}"


def boxes(text: Any) -> list[dict[str, float]]:
    """The boxes of an evidence row; what cannot be read is left out, never an error on a page."""
    try:
        found = json.loads(text)
        return [{key: float(box[key]) for key in ("page", "x0", "top", "x1", "bottom")} for box in found]
    except (TypeError, ValueError, KeyError):
        return []
