"""How right the database is, counted against labelled documents.

A labelled row is found when one row of the database says the same; rows are paired one to one, the likest first. The
database is given by any SQLite connection with rows by name.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from rapidfuzz import fuzz

Row = Mapping[str, Any]
Test = Callable[[Any, Any], bool]

FLOORS = "floors.json"
LOWERED = "lowered"


class BadLabels(ValueError):
    """A labelled document or a floor that cannot be read; the message names the file."""


# --- when are two wordings the same?


def normal(value: Any) -> str:
    """A wording without what does not count: case, kind of hyphen and quotation mark, blanks, outer punctuation."""
    text = unicodedata.normalize("NFKC", "" if value is None else str(value)).replace("\u00ad", "")
    text = re.sub(r"[‐‑–—−]", "-", text)
    text = re.sub(r"[“”„\"'’´`]", "", text)
    return re.sub(r"\s+", " ", text).strip(" .,;:•-\n").lower()


def same(a: Any, b: Any) -> bool:
    """Equal but for what does not count."""
    return normal(a) == normal(b)


def covered(gold: Any, found: Any) -> float:
    """The share of the gold wording that the found one holds; 0 where most of it is something else."""
    gold, found = normal(gold), normal(found)
    if not (gold and found):
        return 0.0
    if found in gold:
        return len(found) / len(gold)
    if gold in found:
        return float(len(gold) >= 0.6 * len(found))
    likeness = fuzz.ratio(gold, found) / 100
    return likeness if likeness >= 0.9 else 0.0


def alike(a: Any, b: Any, floor: float = 70) -> bool:
    """The same words in any order; a short wording inside a long one is not enough."""
    a, b = normal(a), normal(b)
    if not (a and b):
        return False
    return fuzz.token_sort_ratio(a, b) >= floor or (min(len(a), len(b)) >= 3 and fuzz.token_set_ratio(a, b) >= 90)


def _holds(whole: Any, part: Any) -> bool:
    whole, part = normal(whole), normal(part)
    return bool(whole and part) and len(part) <= len(whole) + 5 and fuzz.partial_ratio(part, whole) >= 85


def _same_page(a: Any, b: Any) -> bool:
    return int(a or 0) == int(b or 0)


def _same_sum(a: Any, b: Any) -> bool:
    return a is not None and b is not None and float(a) == float(b)


def _same_body(a: Any, b: Any) -> bool:
    return fuzz.ratio(normal(a), normal(b)) >= 90


# --- when is a labelled row found? 0 is no, a higher figure a better likeness


def _section(gold: Row, found: Row) -> float:
    numbers = [normal(row.get("number")).lstrip("§ ") for row in (gold, found)]
    likeness = fuzz.ratio(normal(gold["title"]), normal(found["title"]))
    if any(numbers):
        return likeness if numbers[0] == numbers[1] and likeness >= 80 else 0
    return likeness if likeness >= 85 else 0


def _decision(gold: Row, found: Row) -> float:
    share = covered(gold["text"], found["text"])
    return 100 * share if share >= 0.8 else 0


def _roster(gold: Row, found: Row) -> float:
    return 100.0 * (gold["kind"] == found["kind"] and all(_who(gold, found, side) for side in ("incoming", "outgoing")))


def _who(gold: Row, found: Row, side: str) -> bool:
    other = gold.get(f"{side}_alt") or []
    names = [gold.get(side), *(other if isinstance(other, list) else [other])]
    return any(same(name, found.get(side)) for name in names)


def _attendee(gold: Row, found: Row) -> float:
    return 100.0 * (same(gold["name"], found["name"]) and gold["category"] == found["category"])


def _funding(gold: Row, found: Row) -> float:
    if (gold.get("end") or None) != (found.get("end") or None):
        return 0
    quote, text = gold.get("quote"), found.get("text")
    said = _holds(quote, text) or _holds(text, quote)
    return 60 * said + 40 * alike(gold.get("subject"), found.get("subject"))


LIKENESS: dict[str, Callable[[Row, Row], float]] = {
    "sections": _section,
    "decisions": _decision,
    "roster_changes": _roster,
    "attendance": _attendee,
    "funding": _funding,
}
# Further fields of a row that was found: key of the label, key of the row, test.
FIELDS: dict[str, tuple[tuple[str, str, Test], ...]] = {
    "sections": (("page", "page", _same_page), ("case_number", "case_number", same)),
    "decisions": (
        ("outcome", "outcome", same),
        ("section", "_section", same),
        ("page", "page", _same_page),
        ("body", "organ", _same_body),
    ),
    "roster_changes": (
        ("group", "group_name", lambda a, b: alike(a, b, 80)),
        ("position", "position", same),
        ("incoming_role", "incoming_role", same),
        ("outgoing_role", "outgoing_role", same),
        ("incoming_org", "_incoming_org", same),
        ("outgoing_org", "_outgoing_org", same),
        ("from", "from_date", same),
        ("until", "until_date", same),
        ("section", "_section", same),
    ),
    "attendance": (
        ("party_or_org", "_party_or_org", same),
        ("role", "role", same),
        ("stands_in_for", "stands_in_for", same),
    ),
    "funding": (
        ("kind", "kind", lambda a, b: _money(a) == _money(b)),
        ("certainty", "certainty", same),
        ("subject", "subject", alike),
        ("source", "source", alike),
        ("amount", "amount", _same_sum),
        ("start", "start", same),
        ("section", "_section", same),
    ),
}
# The fields that make the second figure, `typed`.
TYPED = {
    "sections": ("page",),
    "decisions": ("outcome",),
    "roster_changes": ("group",),
    "funding": ("kind", "certainty"),
}


def _money(kind: Any) -> str:
    """An end of money and a sum for a period are one class: careful readers differ."""
    return "funded_until" if kind == "budget_period" else normal(kind)


def right(kind: str, gold: Row, found: Row) -> dict[str, bool]:
    """Field → right or wrong, for the fields that the label or the row fills."""
    pairs = ((label, gold.get(label), found.get(column), test) for label, column, test in FIELDS[kind])
    return {label: bool(test(a, b)) for label, a, b, test in pairs if a or b}


# --- pairing


def pair(kind: str, gold: Sequence[Row], found: Sequence[Row]) -> dict[int, int]:
    """Labelled row → row found, one to one: the likest first, then as many as can be had."""
    near: dict[int, list[int]] = defaultdict(list)
    of_gold: dict[int, int] = {}
    of_found: dict[int, int] = {}
    for i, j in _cells(kind, gold, found):
        near[i].append(j)
        if i not in of_gold and j not in of_found:
            of_gold[i], of_found[j] = j, i
    for i in sorted(near, key=lambda i: bool(gold[i].get("optional"))):
        if i not in of_gold:
            _augment(i, near, of_gold, of_found, set())
    return of_gold


def _cells(kind: str, gold: Sequence[Row], found: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """All pairs that could be, best first: likeness, fields right, labels that count before optional ones, order."""
    cells = []
    for i, label in enumerate(gold):
        for j, row in enumerate(found):
            if likeness := LIKENESS[kind](label, row):
                fields = sum(right(kind, label, row).values())
                cells.append((-round(likeness), -fields, bool(label.get("optional")), i, j))
    return ((i, j) for *_, i, j in sorted(cells))


def _augment(
    i: int, near: Mapping[int, Sequence[int]], of_gold: dict[int, int], of_found: dict[int, int], seen: set[int]
) -> bool:
    """Finds a partner for a label, letting others change theirs."""
    for j in near[i]:
        if j not in seen:
            seen.add(j)
            if j not in of_found or _augment(of_found[j], near, of_gold, of_found, seen):
                of_gold[i], of_found[j] = j, i
                return True
    return False


def _parts(gold: Sequence[Row], found: Sequence[Row], paired: Iterable[int]) -> dict[int, list[int]]:
    """Label → decisions left over that are parts of it: a finer split of the same words is no mistake."""
    paired, whole, parts = set(paired), [normal(row["text"]) for row in gold], defaultdict(list)
    for j, row in enumerate(found):
        text = normal(row["text"])
        if j not in paired and len(text) >= 12:
            home = next((i for i, label in enumerate(whole) if text in label), None)
            if home is not None:
                parts[home].append(j)
    return parts


def _match(kind: str, gold: Sequence[Row], found: Sequence[Row]) -> tuple[dict[int, int], set[int]]:
    """The pairs, and the rows that count neither as found nor as invented."""
    pairs = pair(kind, gold, found)
    ignored = {j for i, j in pairs.items() if gold[i].get("optional")}
    for i, js in _parts(gold, found, pairs.values()).items() if kind == "decisions" else ():
        if i in pairs:
            ignored.update(js)
        elif sum(len(normal(found[j]["text"])) for j in js) >= 0.8 * len(normal(gold[i]["text"])):
            pairs[i] = js[0]
            ignored.update(js if gold[i].get("optional") else js[1:])
    return pairs, ignored


# --- rows of the database


def _rows(db: Connection, table: str, document: str) -> list[dict[str, Any]]:
    return [dict(row) for row in db.execute(f"SELECT * FROM {table} WHERE document = ? ORDER BY rowid", (document,))]


def found_rows(db: Connection, kind: str, document: str) -> list[dict[str, Any]]:
    """A document's rows with the numbered section that they stand in, and party or organization as one field."""
    sections = {row["id"]: row for row in _rows(db, "sections", document)}
    rows = _rows(db, kind, document)
    for row in rows:
        row["_section"] = _name(sections, row.get("section"))
        row["_party_or_org"] = row.get("party") or row.get("organization")
        for side in ("incoming", "outgoing"):
            row[f"_{side}_org"] = row.get(f"{side}_party") or row.get(f"{side}_organization")
    return [row for row in rows if kind != "sections" or row["number"] or not row["parent"]]


def _name(sections: Mapping[str, Row], id: str | None) -> str | None:
    section = sections.get(id or "")
    while section and section["parent"] and not section["number"]:
        section = sections.get(section["parent"])
    return (section["number"] or section["title"]) if section else None


# --- figures


def labels(folder: Path) -> Iterator[dict[str, Any]]:
    """The labelled documents of a folder. Raises BadLabels."""
    for path in sorted(folder.glob("*.gold.json")):
        try:
            label = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise BadLabels(f"{path}: {error}") from error
        if "document" in label:
            yield label


def _file(name: str) -> str:
    return unicodedata.normalize("NFC", name.rsplit("/", 1)[-1])


class _Tally:
    """Counts of one kind of rows over all documents."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.fields: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, kind: str, gold: Sequence[Row], found: Sequence[Row]) -> None:
        pairs, ignored = _match(kind, gold, found)
        real = [(gold[i], found[j]) for i, j in pairs.items() if not gold[i].get("optional")]
        self.counts["gold"] += sum(not row.get("optional") for row in gold)
        self.counts["found"] += len(found) - len(ignored)
        self.counts["tp"] += len(real)
        for label, row in real:
            ok = right(kind, label, row)
            self.counts["typed"] += all(ok.get(name, True) for name in TYPED.get(kind, ()))
            for name, yes in ok.items():
                self.fields[name][0] += yes
                self.fields[name][1] += 1

    def figures(self, kind: str) -> dict[str, Any]:
        gold, found, tp = (self.counts[name] for name in ("gold", "found", "tp"))
        precision, recall = _share(tp, found), _share(tp, gold)
        f1 = 2 * precision * recall / (precision + recall) if tp else 0.0
        return {
            "gold": gold,
            "found": found,
            "tp": tp,
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(f1, 3),
            "typed": round(self.counts["typed"] / tp, 3) if tp and kind in TYPED else None,
            "fields": {name: f"{yes}/{all_}" for name, (yes, all_) in self.fields.items()},
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def score(db: Connection, folder: Path) -> dict[str, Any]:
    """The figures over all labelled documents of a folder; one that the database does not hold is wholly missed."""
    documents = {_file(row["path"]): dict(row) for row in db.execute("SELECT * FROM documents")}
    tallies = {kind: _Tally() for kind in LIKENESS}
    heads: Counter[str] = Counter()
    absent = []
    for label in labels(folder):
        document = documents.get(_file(label["file"]), {})
        if not document:
            absent.append(label["file"])
        heads.update(_head(label["document"], document))
        for kind, tally in tallies.items():
            tally.add(kind, label.get(kind) or [], found_rows(db, kind, document["id"]) if document else [])
    figures: dict[str, Any] = {kind: tally.figures(kind) for kind, tally in tallies.items()}
    names = ("kind", "meeting_date", "organ")
    figures["documents"] = {name: f"{heads[name]}/{heads[name + ' of']}" for name in names}
    return figures | ({"absent": absent} if absent else {})


def _head(label: Row, document: Row) -> Counter[str]:
    """What a document says of itself, right or wrong. A date inferred from others is neither where none is printed."""
    counts = Counter({"kind of": 1, "kind": int(label.get("kind") == document.get("kind"))})
    if label.get("meeting_date") or document.get("meeting_date_source") != "inferred":
        same_date = (label.get("meeting_date") or None) == (document.get("meeting_date") or None)
        counts.update({"meeting_date of": 1, "meeting_date": int(same_date)})
    if label.get("body"):
        counts.update({"organ of": 1, "organ": int(_same_body(label["body"], document.get("organ")))})
    return counts


def below(figures: Mapping[str, Any], folder: Path) -> list[str]:
    """One line for every figure under its floor: `floors.json` beside the labels, `{"sections": {"f1": 0.95}}`.

    Raises BadLabels where the floors cannot be read or name a figure that there is none of.
    """
    return [
        f"{kind} {name} {figures[kind][name]} is below its floor {floor}"
        for kind, name, floor in _floors(folder, figures)
        if _value(figures[kind][name]) < floor
    ]


def raise_floors(figures: Mapping[str, Any], folder: Path) -> list[str]:
    """Lifts every floor that a figure exceeds to that figure; one line for each. Never lowers. Raises BadLabels."""
    return _move(figures, folder, lambda figure, floor: _rounded_down(figure) > floor)


def lower_floors(figures: Mapping[str, Any], folder: Path, reason: str) -> list[str]:
    """Lowers every floor that a figure has fallen below, and keeps floor, figure and reason; one line for each.

    The reason stands in the file under `lowered`, so that whoever reads the change sees it. Raises BadLabels, also
    where no reason is given.
    """
    if not reason.strip():
        raise BadLabels("a floor is lowered only with a reason")
    return _move(figures, folder, lambda figure, floor: figure < floor, reason.strip())


def _floors(folder: Path, figures: Mapping[str, Any]) -> list[tuple[str, str, float]]:
    """(kind, name, floor) of a folder; none where it keeps none."""
    try:
        rows = _read_floors(folder)
        floors = [(kind, name, float(x)) for kind, row in rows.items() if kind != LOWERED for name, x in row.items()]
        for kind, name, _ in floors:
            _value(figures[kind][name])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadLabels(f"{folder / FLOORS}: {type(error).__name__}: {error}") from error
    return floors


def _read_floors(folder: Path) -> dict[str, Any]:
    path = folder / FLOORS
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _value(figure: Any) -> float:
    """A figure as a number: `0.98`, `26/27`, nothing found."""
    if isinstance(figure, str):
        part, whole = figure.split("/")
        return _share(int(part), int(whole))
    return float(figure or 0)


def _move(
    figures: Mapping[str, Any], folder: Path, moves: Callable[[float, float], bool], reason: str | None = None
) -> list[str]:
    floors, content, lines = _floors(folder, figures), _read_floors(folder), []
    for kind, name, floor in floors:
        figure = _value(figures[kind][name])
        if moves(figure, floor):
            content[kind][name] = _rounded_down(figure)
            lines.append(f"{kind} {name}: {floor} -> {content[kind][name]}")
            if reason:
                moved = {"floor": f"{kind} {name}", "from": floor, "to": content[kind][name], "reason": reason}
                content.setdefault(LOWERED, []).append(moved)
    if lines:
        rows = (f" {json.dumps(key)}: {json.dumps(row, ensure_ascii=False)}" for key, row in content.items())
        (folder / FLOORS).write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    return lines


def _rounded_down(figure: float) -> float:
    """To the third decimal, so that a floor never stands above the figure that it comes from."""
    return math.floor(figure * 1000) / 1000


def as_json(figures: Mapping[str, Any]) -> str:
    """The figures on one line."""
    return json.dumps(figures, ensure_ascii=False)


def as_text(figures: Mapping[str, Any]) -> str:
    """The figures as a table, then the further fields of every kind."""
    head = ("gold", "found", "tp", "precision", "recall", "f1", "typed")
    lines = [f"{'':16}" + "".join(f"{name:>10}" for name in head)]
    for kind in LIKENESS:
        row = figures[kind]
        lines.append(f"{kind:16}" + "".join(f"{'' if row[name] is None else row[name]:>10}" for name in head))
    lines.append("")
    for kind in (*LIKENESS, "documents"):
        fields = figures[kind] if kind == "documents" else figures[kind]["fields"]
        if fields:
            lines.append(f"{kind:16}" + ", ".join(f"{name} {said}" for name, said in fields.items()))
    if absent := figures.get("absent"):
        lines += ["", f"not in the database, counted as missed: {', '.join(absent)}"]
    return "\n".join(lines)
