"""Claims and findings as the templates in `_parts.html` show them: words and addresses, nothing to be looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from protoparse.asof import Due, Quoted, Told
from protoparse.audit import left
from protoparse.findings import days_between, number
from protoparse.owed import Absent, Owed
from protoparse.site import labels

Row = dict[str, Any]
Path = Callable[[str], str]

# What ends, in a word: the badge beside a service's name.
WHAT = {
    "agreement_until": "avtal",
    "project_until": "projekt",
    "application_deadline": "sista ansökningsdag",
    "spend_by": "ska vara använt",
    "report_by": "ska redovisas",
}
TONES = {
    **dict.fromkeys(("error", "expired", "commitment_overdue"), "error"),
    **dict.fromkeys(("warning", "expiring", "deadline_near", "commitment_near"), "warning"),
}


def cited(quoted: Quoted, about: Mapping[str, Row], path: Path) -> Row:
    """A claim with its quote and where it stands. `about` holds what else is known of claims, by id."""
    more = about.get(quoted.id, {})
    end = f"slut {labels.day(quoted.end)}" if quoted.end else "inget slutdatum"
    return {
        "id": quoted.id,
        "quote": quoted.quote,
        "name": quoted.name or quoted.file,
        "service_url": path(f"/-/tjanst/{quoted.service}") if quoted.service else None,
        "what": WHAT.get(quoted.kind),
        "end": end,
        "certainty": None if quoted.certainty == "stated" else labels.value("funding", "certainty", quoted.certainty),
        "condition": quoted.condition,
        "successor": quoted.successor,
        "source": more.get("source"),
        "amount": amount(more),
        "title": more.get("label") or quoted.file,
        "file": quoted.file,
        "page": quoted.page,
        "date": quoted.meeting_date,
        "document_url": path(f"/-/dokument/{quoted.document}"),
        "evidence_url": path(f"/-/evidence/{quoted.evidence}") if quoted.evidence else None,
    }


def capital(text: str) -> str:
    """With a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def amount(row: Mapping[str, Any]) -> str:
    """`300 000 kr per år`; empty where no sum is given."""
    if row.get("amount") is None:
        return ""
    per = labels.value("funding", "amount_per", row.get("amount_per"))
    return f"{labels.number(row['amount'])}\u00a0kr{f' {per}' if per else ''}"


def due(item: Due, about: Mapping[str, Row], path: Path) -> Row:
    """An end or a deadline with its claim, and what stands beside it: each a claim with the words that lead to it."""
    besides = ((item.beside, _beside), (item.then, _then), (item.perhaps, _perhaps))
    return {
        "state": item.state,
        "tone": TONES.get(item.state, ""),
        "end": item.end,
        "left": left(item.days_left),
        "claim": cited(item.claim, about, path),
        "besides": [_told_beside(item.claim, it, lead, about, path) for it, lead in besides if it],
    }


def _told_beside(
    claim: Quoted, other: Quoted, lead: Callable[[Quoted], str], about: Mapping[str, Row], path: Path
) -> tuple[str, Row | None]:
    """What stands beside a claim, and its words; without them where the claim's own tell it."""
    if other.evidence and other.evidence == claim.evidence:
        return f"{lead(other).removesuffix(':').removesuffix(', enligt')}, enligt samma ord.", None
    return lead(other), cited(other, about, path)


def _beside(claim: Quoted) -> str:
    sure = labels.value("funding", "certainty", claim.certainty)
    return f"Bredvid, {sure}{f' ({claim.condition})' if claim.condition else ''}:"


def _then(claim: Quoted) -> str:
    return f"Därefter {claim.successor}, enligt:"


def _perhaps(claim: Quoted) -> str:
    return f"Kanske samma som {claim.name}, som har ett senare slut:"


def finding(item: Told, about: Mapping[str, Row], path: Path) -> Row:
    """A finding with its reason in one sentence and both claims; `between` tells the days between their ends."""
    sides = [cited(it, about, path) for it in (item.earlier, item.later) if it]
    reason = capital(item.told.removeprefix(f"{item.later.name}: "))
    return {
        "kind": item.kind,
        "word": labels.value("findings", "kind", item.kind) or item.kind,
        "tone": TONES.get(item.severity, ""),
        "name": item.later.name or item.later.file,
        "service_url": path(f"/-/tjanst/{item.later.service}") if item.later.service else None,
        "reason": f"{labels.days_in(reason)}.",
        "between": between(item),
        "sides": sides,
    }


def task(item: Owed, titles: Mapping[str, str], path: Path) -> Row:
    """A task with its day; `titles` names the documents."""
    moved = f"flyttat från {labels.day(item.due_before)}" if item.due_before else ""
    part = f"redovisat i del {labels.day(item.reported_on)}" if item.reported_on else ""
    silent = "ingen återrapport i registret" if item.days_left < 0 and not part else ""
    return {
        "id": item.id,
        "tone": TONES.get(item.state, ""),
        "end": item.due,
        "left": left(item.days_left),
        "to": capital(item.assigned_to or "vem framgår inte"),
        "notes": [it for it in (item.organ, item.case_number, moved, part, silent) if it],
        "claim": _placed(item, titles, path),
    }


def absent(item: Absent, titles: Mapping[str, str], path: Path) -> Row:
    """What no document holds, and the words that show it where there are any."""
    claim = _placed(item, titles, path) if item.document else None
    return {"id": item.id, "message": capital(labels.days_in(item.message)), "claim": claim}


def _placed(item: Owed | Absent, titles: Mapping[str, str], path: Path) -> Row:
    """Where a task or a gap is told, as `said` shows it."""
    return {
        "name": getattr(item, "assigned_to", None) or item.organ or "",
        "quote": item.quote,
        "title": titles.get(item.document or "") or item.file,
        "file": item.file,
        "page": item.page,
        "document_url": path(f"/-/dokument/{item.document}"),
        "evidence_url": path(f"/-/evidence/{item.evidence}") if item.evidence else None,
        **({"date": item.meeting_date} if isinstance(item, Owed) else {}),
    }


def done(item: Any, draw: Callable[[Any], Row]) -> Row:
    """What somebody has dealt with, with who, when and why."""
    mark, kinds = item.handled, {Due: "due", Told: "finding", Owed: "task", Absent: "absent"}
    return {
        "item": draw(item) | {"done": True},
        "kind": kinds[type(item)],
        "by": mark.by,
        "on": mark.on,
        "note": mark.note,
    }


def drawn(about: Mapping[str, Row], titles: Mapping[str, str], path: Path) -> Callable[[Any], Row]:
    """How any item of an audit is shown."""

    def draw(item: Any) -> Row:
        if isinstance(item, Due):
            return due(item, about, path)
        if isinstance(item, Told):
            return finding(item, about, path)
        return (task if isinstance(item, Owed) else absent)(item, titles, path)

    return draw


def between(item: Told) -> str:
    """`31 dagar senare`; empty where one of the claims gives no end."""
    if not item.from_end or not item.to_end or not item.earlier:
        return ""
    days = days_between(item.from_end, item.to_end)
    if item.kind in ("conflict", "gap"):
        return f"{number(abs(days))} isär"
    return f"{number(abs(days))} {'senare' if days > 0 else 'tidigare'}" if days else "samma dag"
