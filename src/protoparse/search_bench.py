"""How well searching finds: `python -m protoparse.search_bench [--db FILE] [QUERIES.yml]`."""

from __future__ import annotations

import argparse
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from protoparse import store
from protoparse.rules import read_yaml
from protoparse.searching import MOST, search


@dataclass(frozen=True, slots=True)
class Score:
    """What one labelled query found: rows rightly found, wrongly found, and missed."""

    text: str
    right: int
    wrong: Sequence[str]
    missed: Sequence[str]


def labelled(path: Path) -> list[Mapping[str, str]]:
    """The queries of a file: `q` is what is asked; `is` a pattern of what a row must say to be meant, `not` of what it
    must not say. Patterns are laid over title and text of every row; `about` is one over its kind, number, organ, day
    and case number."""
    return read_yaml(path)["queries"]


def judged(db: sqlite3.Connection, queries: Iterable[Mapping[str, str]]) -> Iterator[Score]:
    """Every query against all rows of a register."""
    rows = [(id, about, said) for id, about, said in db.execute(_SAID)]
    told = {id: f"{about} {said}" for id, about, said in rows}
    for query in queries:
        found = {row["id"] for row in search(db, query["q"], size=MOST).rows}
        meant = {id for id, about, said in rows if _means(query, about, said)}
        wrong, missed = (sorted(told[id] for id in ids) for ids in (found - meant, meant - found))
        yield Score(query["q"], len(found & meant), wrong, missed)


def _means(query: Mapping[str, str], about: str, said: str) -> bool:
    """Whether a row is one that a labelled query means."""

    def says(key: str, where: str) -> bool:
        return key in query and bool(re.search(query[key], where, re.IGNORECASE | re.DOTALL))

    return (says("is", said) or says("about", about)) and not says("not", said)


_SAID = """SELECT h.id, h."table" || ' § ' || coalesce(h.number, '') || ' | ' || coalesce(h.organ, '') || ' | '
    || coalesce(h.meeting_date, '') || ' | ' || coalesce(s.case_number, p.case_number, ''),
    coalesce(h.title, '') || ' | ' || coalesce(h.text, '')
FROM hits h LEFT JOIN sections s ON s.id = h.section LEFT JOIN sections p ON p.id = s.parent"""


def rates(scores: Sequence[Score]) -> tuple[float, float]:
    """Precision and recall: the mean over the queries, so that one about everything does not outweigh the others."""
    precision = [
        score.right / (score.right + len(score.wrong)) if score.right else float(not score.wrong) for score in scores
    ]
    recall = [
        score.right / (score.right + len(score.missed)) if score.right else float(not score.missed) for score in scores
    ]
    return sum(precision) / len(scores), sum(recall) / len(scores)


def main(given: Sequence[str]) -> None:
    """Prints what each query found wrongly and missed, then precision and recall."""
    parser = argparse.ArgumentParser(prog="python -m protoparse.search_bench", description=__doc__)
    parser.add_argument("queries", type=Path, nargs="?", default=Path("corpus/sample/queries.yml"))
    parser.add_argument("--db", type=Path, default=Path("output/score.db"))
    asked = parser.parse_args(given)
    db = store.connect(asked.db)
    scores = list(judged(db, labelled(asked.queries)))
    db.close()
    for score in scores:
        print(f"{score.text}: {score.right} found, {len(score.wrong)} wrong, {len(score.missed)} missed")
        for sign, said in (*(("+", row) for row in score.wrong), *(("-", row) for row in score.missed)):
            print(f"  {sign} {' '.join(said.split())[:150]}")
    precision, recall = rates(scores)
    print(f"{len(scores)} queries: precision {precision:.3f}, recall {recall:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
