"""Facts as lines: what a decision, a change, a ballot or a dissent says, as pages show it under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from protoparse.site import evidence, labels
from protoparse.site.ours import Reader

Row = dict[str, Any]
TELLING = ("decisions", "roster_changes", "funding")


async def brought(reader: Reader, document: str) -> str:
    """`4 beslut, 2 byten, 1 om finansiering`."""
    words = {
        "decisions": ("beslut", "beslut"),
        "roster_changes": ("byte", "byten"),
        "funding": ("om finansiering", "om finansiering"),
    }
    counts = [(await reader.count(table, "document = ?", [document]), *words[table]) for table in TELLING]
    return ", ".join(labels.counted(*count) for count in counts if count[0]) or "inga beslut eller byten"


def told(table: str, fact: Row) -> Row:
    """A fact as one line under its section."""
    column = {"decisions": "outcome", "roster_changes": "kind", "funding": "kind"}[table]
    tag = labels.value(table, column, fact[column]) or fact[column]
    text = fact.get("text") if table != "roster_changes" else change(fact)
    return line(table, tag, text, fact) | {"name": evidence.ONE[table], "meta": task(fact), "fact": fact}


def line(table: str, tag: str, text: str | None, fact: Row) -> Row:
    """What the template shows of a fact: a mark, words, and where they stand."""
    corrected = fact.get("corrected")
    return {"table": table, "tag": tag, "text": text, "meta": "", "evidence": fact["evidence"], "corrected": corrected}


def task(fact: Row) -> str:
    """`uppdrag till förvaltningen, klart senast 1 mars 2026`, of a decision that gives one."""
    who = f"uppdrag till {fact['assigned_to']}" if fact.get("assigned_to") else ""
    by = f"klart senast {labels.day(fact['due'])}" if fact.get("due") else ""
    return ", ".join(part for part in (who, by) if part)


def decided(row: Row) -> Row:
    """A decision as one line of a list over several documents."""
    return {**row, "tag": labels.value("decisions", "outcome", row["outcome"]), "task": task(row)}


def changed(row: Row) -> Row:
    """A roster change as one line of such a list."""
    return {**row, "tag": labels.value("roster_changes", "kind", row["kind"]), "line": change(row)}


def counted(ballot: Row) -> Row:
    """`16 ja, 9 nej, 2 avstår`; the sentence where it gives no figures that can be told apart."""
    sides = (("yes", "ja"), ("no", "nej"), ("abstain", "avstår"), ("absent", "frånvarande"))
    figures = ((ballot[side] if ballot[side] is not None else ballot[f"counted_{side}"], word) for side, word in sides)
    said = ", ".join(f"{number} {word}" for number, word in figures if number is not None)
    return line("ballots", "omröstning", said or ballot["outcome_text"], ballot)


def together(dissents: Sequence[Row]) -> list[list[Row]]:
    """The dissents that one sentence tells."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in dissents:
        found.setdefault((row["evidence"], row["kind"], row["section"]), []).append(row)
    return list(found.values())


def against(same: Sequence[Row]) -> Row:
    """`Eva Lind (M), SD-gruppen`, those who reserve themselves together."""
    names = [f"{row['name']} ({row['party']})" if row["party"] else row["name"] or row["group_name"] for row in same]
    tag = labels.value("dissents", "kind", same[0]["kind"]) or same[0]["kind"]
    return line("dissents", tag, ", ".join(names), same[0])


def change(fact: Row) -> str:
    """`Eva Lind ersätter Per Ek i beredningsgruppen`."""
    if fact["incoming"] and fact["outgoing"]:
        who = f"{fact['incoming']} efter {fact['outgoing']}"
    else:
        who = fact["incoming"] or fact["outgoing"] or "namn saknas"
    return ", ".join(part for part in (who, fact["position"], fact["group_name"]) if part)
