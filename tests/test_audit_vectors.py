"""Every labelled day of the sample corpus, seen through what the command line prints."""

from __future__ import annotations

import json
from datetime import date

import pytest

from conftest import SAMPLE
from protoparse import asof, audit

CROSS = json.loads((SAMPLE / "cross.gold.json").read_text(encoding="utf-8"))
SPELLINGS = {one["id"]: {one["id"], *one["variants"]} for one in CROSS["services"]}
VECTORS = {one["as_of"]: one for one in CROSS["as_of_vectors"]}
ABOUT = ("as_of", "documents_known")


@pytest.fixture(scope="module")
def named(samples_db):
    """Name or alias → the service that bears it."""
    query = """SELECT name, id FROM entities WHERE kind = 'service'
        UNION SELECT a.name, e.id FROM aliases a JOIN entities e ON e.id = entity WHERE kind = 'service'"""
    return {name.casefold(): id for name, id in samples_db.execute(query)}


def home(named, subject):
    """The service that a label speaks of: the one that bears the label's own name."""
    return named.get(subject.casefold()) or next(
        named[it] for it in map(str.casefold, SPELLINGS[subject]) if it in named
    )


def state(db, day):
    """What is known of each service on a day: of its money, its other ends, its gaps."""
    report = asof.report(db.conn, date.fromisoformat(day), within=0)
    whole = json.loads(audit.as_json(report))
    seen = {
        it["id"]: {**it, "current_end": it["current_end"], "undated": it["known"] == ""} for it in whole["services"]
    }
    fresh = {(it["claim"]["service"], it["end"]) for it in whole["expired"]}
    for _, service, track, end, _, _, beside, _ in db.execute(asof.ENDS, {"as_of": day}):
        if track != "money":
            seen[service][f"{track}_end"] = end
        elif beside:
            known, certainty = db.execute("SELECT known, certainty FROM claims WHERE id = ?", (beside,)).fetchone()
            seen[service]["open_ended_since"] = known if certainty == "open_ended" else None
    for row in db.execute(asof.EXPIRED, {"as_of": day}):
        seen[row[1]]["expired"] = row[2] == "money" or seen[row[1]].get("expired", False)
        seen[row[1]]["in_one_line"] = (row[1], row[3]) not in fresh
    for it in whole["findings"]:
        if it["kind"] == "gap":
            seen[it["later"]["service"]]["gap_open"] = True
    return seen


def told(found, wanted):
    """The wanted fields as they were found."""
    names = {"last_dated_end": "current_end", "certainty": "current_certainty"}
    missing = {"expired": False, "gap_open": False, "open_ended_since": None, "undated": False, "in_one_line": False}
    return {key: found.get(names.get(key, key), missing.get(key)) for key in wanted}


@pytest.mark.parametrize("day", VECTORS)
def test_the_samples_seen_from_a_day(samples_db, named, day):
    seen = state(samples_db, day)
    labelled = {subject: wanted for subject, wanted in VECTORS[day].items() if subject not in ABOUT}
    found = {subject: told(seen.get(home(named, subject), {}), wanted) for subject, wanted in labelled.items()}
    assert found == labelled


@pytest.mark.parametrize("day", VECTORS)
def test_the_documents_known_on_a_day(samples_db, day):
    dated = "SELECT path FROM documents WHERE meeting_date <= ? ORDER BY meeting_date, path"
    known = [row[0] for row in samples_db.execute(dated, (day,))]
    assert sorted(known) == sorted(VECTORS[day]["documents_known"])


def test_an_end_is_expired_from_the_day_after_it(samples_db):
    for day, vector in VECTORS.items():
        for subject, wanted in vector.items():
            if subject not in ABOUT and "days_left" in wanted:
                assert wanted["expired"] == (wanted["days_left"] < 0), (day, subject)


def test_the_view_of_services_is_the_last_day(samples_db):
    columns = "id, name, current_end, current_certainty, set_by"
    view = set(samples_db.execute(f"SELECT {columns} FROM services WHERE id IN (SELECT service FROM claims)"))
    assert view == set(samples_db.execute(f"SELECT {columns} FROM ({asof.SERVICES})", {"as_of": "9999-12-31"}))
    assert len(view) > 60
