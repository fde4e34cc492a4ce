"""A large invented register, to measure the site with, and how quick searching in it and its pages are.

python -m protoparse.load [--pages 300000] [--db output/load.db] [--like DATABASE]

The words are those of a register that exists (`--like`; the samples, read anew, where none is given), as frequent as
they are there; compounds made of them lengthen the list as Zipf's law has it. The same figures give the same register.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from urllib.parse import urlencode

from protoparse import as_rows, hits, load_pages, load_ties, store
from protoparse.schema import FUNDING, OUTCOMES
from protoparse.searching import MOST, search
from protoparse.swedish import WORD, Swedish, usual

PAGES = 30  # of one document
SECTIONS = 20
ON_A_PAGE = 165  # words
VOCABULARY = 150_000
ORGANS = 60
PERSONS = 3_000
SERVICES = 3_000
RULES = 60
_SHARES = tuple(accumulate(1 / n for n in range(1, RULES + 1)))
FIRST = date(2016, 1, 11)
DAYS = 3_900
BATCH = 200  # documents in one transaction


@dataclass(frozen=True, slots=True)
class Speech:
    """Words with their sums of frequencies."""

    words: tuple[str, ...]
    sums: tuple[float, ...]

    def say(self, dice: random.Random, count: int) -> str:
        """So many words, drawn as often as they are used."""
        return " ".join(dice.choices(self.words, cum_weights=self.sums, k=count))


def counted(like: Path) -> Counter[str]:
    """How often each word stands on the pages of a register."""
    db = store.connect(like)
    try:
        return Counter(word for (text,) in db.execute("SELECT text FROM pages") for word in WORD.findall(text or ""))
    finally:
        db.close()


def _of_samples() -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        like = Path(folder) / "like.db"
        command = [sys.executable, "-m", "protoparse", "ingest", "corpus/sample", "--db", str(like)]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        return counted(like)


def speech(count: Counter[str], size: int = VOCABULARY) -> Speech:
    """The words of a register, and after them compounds of them, ever rarer: the n-th in proportion to 1/n."""
    known = sorted(count, key=lambda word: (-count[word], word))
    parts = [word.lower() for word in known if len(word) > 4 and word.isalpha()]
    made = (f"{first}s{last}" for last in parts for first in parts if first != last)
    words = list(dict.fromkeys((*known, *(word for word, _ in zip(made, range(size), strict=False)))))[:size]
    weakest = count[known[-1]] * len(known)
    weights = [count[word] if word in count else weakest / n for n, word in enumerate(words, 1)]
    return Speech(tuple(words), tuple(accumulate(weights)))


class _Writer:
    """Makes the rows of one document after the other."""

    def __init__(self, speech: Speech, words: Swedish, seed: int = 1):
        self.dice, self.speech, self.words = random.Random(seed), speech, words
        self.organs = [f"{self._name()}{kind}" for _, kind in zip(range(ORGANS), self._kinds(), strict=False)]
        self.persons = [f"{self._name()} {self._name()}" for _ in range(PERSONS)]
        self.services = [f"{self._name()}mottagningen {n}" for n in range(SERVICES)]

    def _kinds(self) -> Iterator[str]:
        while True:
            yield from ("nämnden", "utskottet", "rådet", "styrelsen", "gruppen")

    def _name(self) -> str:
        return self.dice.choice(self.speech.words).capitalize()

    def _rule(self) -> str:
        """A rule; the n-th reads in proportion to 1/n."""
        return f"regel-{self.dice.choices(range(RULES), cum_weights=_SHARES)[0]}"

    def _fact(self, base: as_rows.Row, letter: str, number: int, **more: object) -> tuple[as_rows.Row, as_rows.Row]:
        """A fact and its evidence."""
        document = base["document"]
        proof = {"id": f"{document}-e{letter}{number:06x}", "document": document, "page": base["page"]}
        quote = {"quote": more.get("text") or more.get("incoming") or more.get("name"), "rule": self._rule()}
        boxes = f'[{{"page":{base["page"]},"x0":72,"top":100,"x1":500,"bottom":112}}]'
        row = {**base, "id": f"{document}-{letter}{number:08x}", "ordinal": number, **more, "evidence": proof["id"]}
        return row, {**proof, **quote, "boxes": boxes}

    def document(self, number: int) -> as_rows.Rows:
        """All rows of the n-th document."""
        dice = self.dice
        id, day = f"{number:012x}", FIRST + timedelta(days=number * 7919 % DAYS)
        organ = dice.choice(self.organs)
        copied = {"meeting_date": str(day), "year": day.year, "organ": organ}
        rows: as_rows.Rows = {"pages": [], "sections": [], "evidence": []}
        title = f"Protokoll {organ} {day}"
        rows["documents"] = [
            {"id": id, "path": f"{organ}/{id}.pdf", "label": title, "title": title, "kind": "protokoll", **copied}
            | {"meeting_date_source": "title", "pages": PAGES, "quality": 1.0, "status": "read", "sha256": id * 5}
        ]
        for page in range(1, PAGES + 1):  # without their words, which only sections repeat: a third of the file
            rows["pages"].append({"id": f"{id}-p{page}", "document": id, "page": page, "width": 595, "height": 842})
        said = self.speech.say(dice, ON_A_PAGE * PAGES).split()
        step = len(said) // SECTIONS
        for at in range(SECTIONS):
            self._section(rows, id, copied, at, " ".join(said[at * step : (at + 1) * step]))
        rows["hits"] = hits.hits_of(rows, self.words)
        return rows

    def _section(self, rows: as_rows.Rows, id: str, copied: as_rows.Row, at: int, text: str) -> None:
        """One section with its decision, a claim about money, a roster change in some, and who was there."""
        dice, page = self.dice, at * PAGES // SECTIONS + 1
        said = text.split()
        section = {"id": f"{id}-s{at:08x}", "document": id, "ordinal": at + 1, "number": str(at + 1), "parent": None}
        section |= {"number_to": None, "title": " ".join(said[:4]).capitalize(), **copied, "text": text}
        section |= {"case_number": f"KS {copied['year']}/{dice.randint(1, 900)}", "page": page, "page_end": page + 1}
        base = {"document": id, **copied, "section": section["id"], "page": page}
        heading, proof = self._fact(base, "s", at, text=section["title"])
        rows["sections"].append({**section, "evidence": heading["evidence"]})
        rows["evidence"].append(proof)
        more = {"text": " ".join(said[10:30]), "outcome": dice.choice(list(OUTCOMES)), "heading": None}
        self._add(rows, "decisions", base, "d", at, **more)
        self._add(rows, "attendance", base, "a", at, name=dice.choice(self.persons), category="member")
        if at % 3 == 0:
            service = dice.randrange(SERVICES)  # whose end moves by a year, every year
            end = f"{copied['year'] + service % 3}-12-31"
            kind = dice.choices(list(FUNDING), (10, 1, 1, 1, 1, 1, 1))[0]
            more = {"subject": self.services[service], "kind": kind, "end": end}
            self._add(rows, "funding", base, "f", at, **more, certainty="stated", text=" ".join(said[40:60]))
        if at % 10 == 0:
            both = {"incoming": dice.choice(self.persons), "outgoing": dice.choice(self.persons)}
            self._add(
                rows,
                "roster_changes",
                base,
                "r",
                at,
                kind="replacement",
                **both,
                group_name=copied["organ"],
                position=None,
            )

    def _add(self, rows: as_rows.Rows, table: str, base: as_rows.Row, letter: str, at: int, **more: object) -> None:
        row, proof = self._fact(base, letter, at, **more)
        rows.setdefault(table, []).append(row)
        rows["evidence"].append(proof)


def build(path: Path, pages: int, like: Path | None) -> None:
    """Writes a register of so many pages, in place of what is there."""
    count = counted(like) if like else _of_samples()
    path.unlink(missing_ok=True)
    db = store.open_db(path)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -400000")
    writer = _Writer(speech(count), usual())
    documents = pages // PAGES
    for first in range(0, documents, BATCH):
        with store.writing(db):
            for number in range(first, min(first + BATCH, documents)):
                _write(db, writer.document(number))
        print(f"\r{min(first + BATCH, documents) * PAGES} pages", end="", file=sys.stderr, flush=True)
    with store.writing(db):
        db.execute("DELETE FROM unsearched")
        load_ties.tie(db)
        hits.refresh(db)
        db.execute("INSERT INTO runs (ended, new) VALUES (datetime('now'), ?)", (documents,))
        db.execute("UPDATE documents SET first_run = (SELECT max(id) FROM runs)")
    db.conn.close()


def _write(db: store.Database, rows: as_rows.Rows) -> None:
    for table in (
        "documents",
        "pages",
        "evidence",
        "sections",
        "decisions",
        "roster_changes",
        "funding",
        "attendance",
        "hits",
    ):
        store.insert(db, table, rows.get(table, ()))


# ---------------------------------------------------------------- how quick


_WORDS = "SELECT word FROM words WHERE length(word) > 3 ORDER BY n DESC, word LIMIT 60000"


def queries(db: sqlite3.Connection, dice: random.Random) -> list[str]:
    """Some 200 queries: words of all frequencies, alone and two together, phrases, numbers, cases and days."""
    words = [word for (word,) in db.execute(_WORDS)]
    ranks = [round(1.6 ** (step / 5)) % len(words) for step in range(80)]
    single = [words[rank] for rank in ranks]
    two = [f"{dice.choice(words[:200])} {dice.choice(words[:5000])}" for _ in range(50)]
    either = [f"{dice.choice(words[:50])} OR {dice.choice(words[:500])} -{dice.choice(words[:500])}" for _ in range(10)]
    said = [text.split() for (text,) in db.execute("SELECT text FROM decisions ORDER BY id LIMIT 20")]
    phrases = [f'"{" ".join(text[:2])}"' for text in said]
    exact = [f"§ {n}" for n in range(1, 11)] + [f"KS {2016 + n}/{50 + n}" for n in range(10)]
    exact += [f"{2016 + n}-03-{10 + n}" for n in range(5)] + [f"{n}/12" for n in range(10, 15)]
    begun = [word[:5] for word in words[::6000]]
    return list(dict.fromkeys([*single, *two, *either, *phrases, *exact, *begun]))


def percentiles(times: Sequence[float]) -> str:
    """`p50 12, p95 40, p99 55 ms` of seconds."""
    order = sorted(times)
    at = {p: order[min(len(order) - 1, len(order) * p // 100)] for p in (50, 95, 99)}
    return ", ".join(f"p{p} {1000 * seconds:.0f}" for p, seconds in at.items()) + " ms"


def raw(path: Path, texts: Sequence[str], clock: Callable[[], float]) -> dict[str, tuple[float, bool]]:
    """Seconds of each search without the site, and whether there was more than a search looks at."""
    db, taken = store.connect(path), {}
    for text in texts:
        start = clock()
        found = search(db, text)
        taken[text] = clock() - start, found.bounded
    db.close()
    return taken


async def pages(path: Path, addresses: Sequence[str]) -> dict[str, float]:
    """Seconds of each page, asked of the site in this process; every page must be answered."""
    from datasette.app import Datasette

    site, taken = Datasette([str(path)], settings={"sql_time_limit_ms": 2000}), {}
    await site.invoke_startup()
    for address in addresses:
        start = time.perf_counter()
        answer = await site.client.get(address)
        taken[address] = time.perf_counter() - start
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    return taken


def tell_search(path: Path) -> None:
    """Prints how quick searching is, by SQL alone and through the site."""
    db = store.connect(path)
    texts = queries(db, random.Random(2))
    held = db.execute("SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM hits)").fetchone()
    db.close()
    print("{} pages, {} rows that can be found, {} queries".format(*held, len(texts)))
    raw(path, texts, time.perf_counter)  # the first reading of a file is the disk's time
    for name, clock in (("processor", time.process_time), ("wall", time.perf_counter)):
        taken = raw(path, texts, clock)
        few = [seconds for seconds, bounded in taken.values() if not bounded]
        print(f"  search, {name}: at most {MOST} hits ({len(few)})  {percentiles(few)} (target: p95 under 50)")
        print(
            f"  search, {name}: any  {percentiles([seconds for seconds, _ in taken.values()])} (target: p95 under 300)"
        )
    shown = asyncio.run(pages(path, [f"/-/sok?{urlencode({'q': text})}" for text in texts]))
    few = [seconds for text, seconds in zip(texts, shown.values(), strict=True) if not taken[text][1]]
    print(f"  page, at most {MOST} hits  {percentiles(few)}")
    print(f"  page, any  {percentiles(list(shown.values()))} (target: p95 under 300)")


def tell_pages(path: Path) -> None:
    """Prints how quick every kind of page is; pictures are of the samples' first pages."""
    load_pages.hang(path, sorted(Path("corpus/sample").glob("*.pdf")))
    db = store.connect(path)
    asked = load_pages.addresses(db, path.stem)
    db.close()
    print("\n".join(load_pages.told(asyncio.run(load_pages.taken(path, asked)))))


def main(given: Sequence[str]) -> None:
    """Makes the register where there is none, and measures it."""
    parser = argparse.ArgumentParser(prog="python -m protoparse.load", description=__doc__)
    parser.add_argument("--pages", type=int, default=300_000)
    parser.add_argument("--db", type=Path, default=Path("output/load.db"))
    parser.add_argument("--like", type=Path, help="a register whose words are used; the samples where none is given")
    asked = parser.parse_args(given)
    if not store.current(asked.db):
        build(asked.db, asked.pages, asked.like)
    tell_search(asked.db)
    tell_pages(asked.db)


if __name__ == "__main__":
    main(sys.argv[1:])
