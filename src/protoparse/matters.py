"""One matter through organs and years: its headings in all documents by case number, and what was done in each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from protoparse import diary
from protoparse.answers import Docket, Unit, answers
from protoparse.casebook import STANDING
from protoparse.meetings import MEETINGS, Place, ahead, once, places
from protoparse.proposals import organ_key, rank
from protoparse.store import remake

if TYPE_CHECKING:
    from sqlite_utils import Database


def rebuild(db: Database) -> None:
    """Makes `matters`, `matter_steps` and `answers` anew from all documents."""
    found = keyed(list(places(db)))
    met = [it for it in found if it.heading.kind in MEETINGS]
    held = once(met)
    units = [_unit(it) for it in met]
    matters, steps = _rows(_by_matter([*held, *ahead([it for it in found if it.heading.kind == "kallelse"], held)]))
    kept = {it.heading.id for it in held}
    replies = answers(units, Docket(it for it in units if it.id in kept))
    remake(db, "matters", matters)
    remake(db, "matter_steps", steps)
    remake(db, "answers", (it._asdict() for it in sorted(replies)))
    standing = db.execute(STANDING, {"as_of": "9999"}).fetchall()
    db.conn.executemany("UPDATE matters SET status = ? WHERE id = ?", [(status, id) for id, status in standing])


# --- case numbers within an owner


def keyed(found: list[Place]) -> list[Place]:
    """Places with the normal forms of their numbers. One without a code joins the only code that its owner has for
    it, where the same organ or a title speaks for it; else it is its organ's own."""
    coded: dict[tuple[str, Any], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for it in found:
        for number in it.printed:
            if number.code:
                coded[it.owner, number.bare][number.code] |= _marks(it)
    return [replace(it, keys=_keys(it, coded)) if it.printed else it for it in found]


def _keys(it: Place, coded: Mapping[tuple[str, Any], Mapping[str, set[str]]]) -> tuple[str, ...]:
    listed = (_key(it, number, coded.get((it.owner, number.bare), {})) for number in it.printed)
    return tuple(dict.fromkeys(listed))


def _key(it: Place, number: diary.Number, coded: Mapping[str, set[str]]) -> str:
    code = number.code
    if not code and len(coded) == 1:
        ((only, marks),) = coded.items()
        code = only if marks & _marks(it) else None
    return f"{code or '~' + _diary(it.heading.organ)}-{number.year or ''}-{number.serial}"


def _marks(it: Place) -> set[str]:
    """What tells that two headings of one number are one matter: the diary, or a word of the title."""
    return {f"~{_diary(it.heading.organ)}", *diary.subject(it.heading.title)}


@lru_cache(maxsize=4096)
def _diary(organ: str | None) -> str:
    """Who keeps an organ's diary: a committee's is its board's, a council's the executive board's."""
    name = organ_key(organ or "")
    return re.sub(r"fullmäktig.*", "styrel", re.sub(r"\s\w*utsk\w*$", "", name))


def _unit(it: Place) -> Unit:
    head = it.heading
    return Unit(
        head.id,
        head.document,
        it.owner,
        head.organ or "",
        organ_key(head.organ or ""),
        head.day,
        head.title,
        it.keys,
        it.decided,
        raises=it.step == "raised",
    )


# --- rows


def _by_matter(listed: Iterable[Place]) -> dict[tuple[str, str], list[Place]]:
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for it in listed:
        for key in it.keys:
            found[it.owner, key].append(it)
    return {key: sorted(found[key], key=_order) for key in sorted(found)}


def _order(it: Place) -> tuple[Any, ...]:
    head = it.heading
    return (head.day or "9999", rank(organ_key(head.organ or "")), head.document, head.ordinal)


def _rows(by_matter: Mapping[tuple[str, str], list[Place]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    matters, steps = [], []
    for (owner, key), ways in by_matter.items():
        id = f"matter-{_hash(owner, key)}"
        matters.append({"id": id, **_matter(key, ways)})
        steps.extend(_step_row(id, ordinal, it) for ordinal, it in enumerate(ways, 1))
    return matters, steps


def _matter(key: str, way: Sequence[Place]) -> dict[str, Any]:
    done = [it for it in way if it.heading.kind in MEETINGS] or way
    days = sorted(it.heading.day for it in done if it.heading.day)
    titles = [it.heading.title for it in done]
    return {
        "number": _printed(key, way),
        "title": _title(titles),
        "kind": diary.kind_of(titles),
        "owner": _commonest(it.owner_name for it in way),
        "status": None,
        "first_date": days[0] if days else None,
        "last_date": days[-1] if days else None,
        "documents": len({it.heading.document for it in way}),
        "organs": len({it.heading.organ_id or it.heading.organ for it in way}),
    }


def _printed(key: str, way: Iterable[Place]) -> str:
    """The number as most documents print it, with its code where one does."""
    bare = key.split("-", 1)[1]
    prints = Counter(
        number.printed
        for it in way
        for number in it.printed
        if f"{number.year or ''}-{number.serial}" == bare and (number.code is None or key.startswith(f"{number.code}-"))
    )
    return max(sorted(prints), key=lambda it: (bool(re.search(r"[A-ZÅÄÖ]", it)), prints[it], len(it)))


def _commonest(names: Iterable[str | None]) -> str | None:
    count = Counter(name for name in names if name)
    return max(sorted(count), key=lambda name: count[name], default=None)


def _title(titles: Sequence[str]) -> str:
    """The commonest title; one that names a matter before one that gathers many, then the one that says most."""
    count = Counter(titles)
    if len(count) == 1:
        return titles[0]
    return max(sorted(count), key=lambda it: (not diary.is_gathered(it), count[it], len(diary.subject(it)), -len(it)))


def _step_row(matter: str, ordinal: int, it: Place) -> dict[str, Any]:
    head = it.heading
    one = it.by
    return {
        "id": f"step-{_hash(matter, head.id)}",
        "matter": matter,
        "document": head.document,
        "section": head.id,
        "decision": one.id if one else None,
        "step": it.step,
        "meeting_date": head.day,
        "year": int(head.day[:4]) if head.day else None,
        "organ": head.organ,
        "organ_id": head.organ_id,
        "page": one.page if one and one.page else head.page,
        "ordinal": ordinal,
        "evidence": one.evidence if one and one.evidence else head.evidence,
    }


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:12]
