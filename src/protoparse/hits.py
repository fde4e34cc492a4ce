"""What can be found by searching: a document's rows as hits with the shadows of their words, and the words of all.

`hits_of` is pure and runs where a document was parsed; `refresh` runs in the process that writes, after everything
that is known only over all documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from protoparse.query import case_terms, day_term, number_term, said_day_terms
from protoparse.swedish import Swedish, shadow, stem, usual

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = dict[str, Any]
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
NAMED = ("person", "organ", "service")  # entities that have a page of their own
_NEVER = 0xFFFFF  # the day of what has none and is always new: names
_SPAN = 40  # a span of paragraphs (§§ 12–14) is found by so many numbers at most
_MADE_OF = ("sections", "decisions", "roster_changes", "funding", "dates", "passages")


def hit_id(day: str | None, *key: str) -> int:
    """A number that grows with the day and is the same for the same row."""
    days = _NEVER if day == "" else date.fromisoformat(day).toordinal() if day else 0
    digest = sha256("\0".join(key).encode()).digest()
    return (days << 43) | (int.from_bytes(digest[:6], "big") >> 5)


def filter_term(column: str, value: object) -> str:
    """The word by which the index knows all rows with a value of a facet."""
    return f"f{sha256(f'{column}{value}'.encode()).hexdigest()[:10]}"


def facet_id(values: Mapping[str, object]) -> int:
    """One number for the values of all facets."""
    said = "\0".join(f"{values.get(name)}" for name in FACETS)
    return int.from_bytes(sha256(said.encode()).digest()[:6], "big")


FACETS = ("table", "organ", "year", "outcome", "document_kind")


class _Maker:
    """Makes the hits of one document."""

    def __init__(self, rows: Rows, words: Swedish):
        self.rows, self.words, self.document = rows, words, rows["documents"][0]
        self.sections = {row["id"]: row for row in rows.get("sections", ())}
        self.days: dict[str, set[str]] = defaultdict(set)
        for row in rows.get("dates", ()):
            if row["section"] and row["precision"] == "day":
                self.days[row["section"]].update(said_day_terms(row["end"]))

    def numbered(self, section: Mapping[str, Any] | None) -> str | None:
        """The nearest number above a section, or its own."""
        while section and not section["number"]:
            section = self.sections.get(section["parent"])
        return section["number"] if section else None

    def case(self, section: Mapping[str, Any] | None) -> str | None:
        """The nearest case number above a section, or its own."""
        while section and not section["case_number"]:
            section = self.sections.get(section["parent"])
        return section["case_number"] if section else None

    def about(self, section: Mapping[str, Any] | None, organ: str | None, heading: str | None, facets: Row) -> str:
        """Organ, titles above, number, case, meeting day, and the values of the facets, as words."""
        document, number, case = self.document, self.numbered(section), self.case(section)
        found = [shadow(self.words, organ, section["title"] if section else None, heading)]
        found += [] if organ == document["organ"] else [shadow(self.words, document["organ"])]
        found += _numbers(number, section["number_to"] if section else None)
        found += case_terms(case) if case else ()
        found += [day_term(document["meeting_date"])] if document["meeting_date"] else []
        found += [filter_term(name, facets[name]) for name in FACETS if facets[name] is not None]
        return " ".join(found)

    def hit(self, table: str, row: Mapping[str, Any], title: str | None, text: str | None, **more: Any) -> Row:
        """One row of the index."""
        document = self.document
        section = row if table == "sections" else self.sections.get(row.get("section") or "")
        facets = {
            "table": table,
            "organ": row.get("organ") or document["organ"],
            "year": document["year"],
            "outcome": more.pop("outcome", None),
            "document_kind": document.get("kind"),
        }
        about = self.about(section, facets["organ"], row.get("heading"), facets)
        return {
            "id": hit_id(document.get("meeting_date"), table, row["id"]),
            "document": document["id"],
            "row": row["id"],
            "facet": facet_id(facets),
            **facets,
            "meeting_date": document.get("meeting_date"),
            "section": section["id"] if section else None,
            "page": row.get("page"),
            "evidence": row.get("evidence"),
            "number": self.numbered(section),
            "title": title,
            "text": text,
            "head": shadow(self.words, title),
            "stems": shadow(self.words, text),
            "about": " ".join([about, *sorted(more.get("days", ()))]),
        }

    def all(self) -> Iterator[Row]:
        """The document itself, its sections and facts."""
        outside = (row["text"] for row in self.rows.get("passages", ()) if not row["section"])
        yield self.hit("documents", self.document, self.document["label"], "\n".join(outside) or None)
        for row in self.rows.get("sections", ()):
            days = self.days.get(row["id"], ())
            yield self.hit("sections", row, row["title"], row["text"], days=days)
        for row in self.rows.get("decisions", ()):
            section = self.sections.get(row["section"] or "")
            title = section["title"] if section else row["heading"]
            yield self.hit("decisions", row, title, row["text"], outcome=row["outcome"])
        for row in self.rows.get("roster_changes", ()):
            yield self.hit("roster_changes", row, _who(row), _where(row), outcome=row["kind"])
        for row in self.rows.get("funding", ()):
            days = said_day_terms(row["end"]) if row["end"] else ()
            yield self.hit("funding", row, row["subject"], row["text"], outcome=row["kind"], days=days)


def _who(row: Mapping[str, Any]) -> str:
    """`Eva Lind efter Per Ek`."""
    return " efter ".join(name for name in (row["incoming"], row["outgoing"]) if name)


def _where(row: Mapping[str, Any]) -> str:
    """Post, group and whom the persons of a roster change stand for."""
    names = (
        *("position", "group_name", "represents", "incoming_role", "incoming_organization", "incoming_party"),
        *("outgoing_role", "outgoing_organization", "outgoing_party"),
    )
    return ", ".join(dict.fromkeys(row[name] for name in names if row.get(name)))


def _numbers(number: str | None, last: str | None) -> list[str]:
    """The words for a number, and for all of a span."""
    if not number:
        return []
    if last and number.isdigit() and last.isdigit():
        return [number_term(str(n)) for n in range(int(number), min(int(last), int(number) + _SPAN) + 1)]
    return [number_term(number)]


def hits_of(rows: Rows, words: Swedish) -> list[Row]:
    """All hits of one document's rows (table → rows)."""
    return list(_Maker(rows, words).all()) if rows["documents"][0].get("status") != "unread" else []


# ---------------------------------------------------------------- over all documents


def refresh(db: Database) -> None:
    """Makes the hits anew of all documents whose rows have changed since, those of names, and the list of words."""
    words = usual()
    for (document,) in db.execute("SELECT document FROM unsearched ORDER BY 1").fetchall():
        _again(db, document, words)
    db.execute("DELETE FROM unsearched")
    _names(db, words)
    _vocabulary(db, words)


def _again(db: Database, document: str, words: Swedish) -> None:
    db.execute("DELETE FROM hits WHERE document = ?", (document,))
    rows = {table: list(db.query(f"SELECT * FROM {table} WHERE document = ?", (document,))) for table in _MADE_OF}
    rows["documents"] = list(db.query("SELECT * FROM documents WHERE id = ?", (document,)))
    if rows["documents"]:
        _insert(db, hits_of(rows, words))


def _insert(db: Database, rows: Iterable[Row]) -> None:
    for row in rows:
        names, marks = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
        db.execute(f"INSERT OR REPLACE INTO hits ({names}) VALUES ({marks})", row)


def _names(db: Database, words: Swedish) -> None:
    """Persons, organs and services by all their spellings; only what has changed is written."""
    kinds = ", ".join(f"'{kind}'" for kind in NAMED)
    query = f"""SELECT e.id, e.kind, e.name, (SELECT group_concat(name, ', ') FROM (
            SELECT DISTINCT name FROM aliases WHERE entity = e.id AND name != e.name ORDER BY name)) AS others
        FROM entities e WHERE e.kind IN ({kinds})"""
    now = {row["id"]: row for row in db.query(query)}
    before = {
        row: (title, text)
        for row, title, text in db.execute('SELECT row, title, text FROM hits WHERE "table" = ?', ("entities",))
    }
    for row in before:
        if row not in now or before[row] != (now[row]["name"], now[row]["others"]):
            db.execute("DELETE FROM hits WHERE row = ?", (row,))
    changed = [row for key, row in now.items() if before.get(key) != (row["name"], row["others"])]
    _insert(db, (_name(row, words) for row in changed))


def _name(row: Mapping[str, Any], words: Swedish) -> Row:
    facets = {"table": "entities", "outcome": row["kind"]}
    return {
        "id": hit_id("", row["id"]),
        "facet": facet_id(facets),
        **facets,
        "row": row["id"],
        "title": row["name"],
        "text": row["others"],
        "head": shadow(words, row["name"]),
        "stems": shadow(words, row["others"]),
        "about": " ".join(filter_term(*facet) for facet in facets.items()),
    }


def _vocabulary(db: Database, words: Swedish) -> None:
    """All words of the index with how many hits have them: for parts of compounds, beginnings and suggestions."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.printed USING fts5vocab(main, hits_fts, col)")
    query = "SELECT term, max(doc) FROM temp.printed WHERE col IN ('title', 'text') GROUP BY term"
    found = [(term, n) for term, n in db.execute(query) if len(term) > 2 and not term.isdigit()]
    db.execute("DELETE FROM words")
    values = [(term, own := stem(words, term), own[::-1], n) for term, n in found]
    db.conn.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", values)
    db.execute("DROP TABLE temp.printed")
