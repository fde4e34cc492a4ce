"""What holds for any documents and all tables that are made of them: neither the order of reading nor its batches
matter, a removed document takes just what it said, and it is quick."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from conftest import attendee, change, decision, funding, meeting, rows, section, taken
from orders import Made, calm, check_order, check_removal
from protoparse import asof, audit_bench, findings, ingest, store
from protoparse.resolve import resolve

NAMES = [
    "Nattlinjen",
    "länets nattlinje",
    "Nattlinjen (NL)",
    "NL",
    "NL-projektet",
    "Barnlotsen",
    "Lotsen – barn",
    "Lotsen",
]
PEOPLE = ["Eva Ek", "Eva Maria Ek", "E. Ek", "Bo Åhl", "Bo Ahl"]
DAYS = [None, "2025-10-01", "2025-10-01", "2026-02-01", "2026-06-01"]
ENDS = ["2025-12-31", "2026-06-30", "2026-12-31"]

claim = st.builds(
    lambda name, end, kind, certainty, text: funding(
        f"{name} {text} {end}.", name, None if certainty == "open_ended" else end, kind=kind, certainty=certainty
    ),
    st.sampled_from(NAMES),
    st.sampled_from(ENDS),
    st.sampled_from(["funded_until", "budget_period", "project_until", "agreement_until", "report_by"]),
    st.sampled_from(["stated", "stated", "implied", "open_ended", "conditional", "past"]),
    st.sampled_from(["finansieras till", "förlängs till", "saknar pengar efter"]),
)
person = st.builds(
    lambda name, party, organization: attendee(name, party=party, organization=organization),
    st.sampled_from(PEOPLE),
    st.sampled_from([None, "S", "M"]),
    st.sampled_from([None, "Region Norr", "Hällby kommun"]),
)
CASES = ["KS 2025/7", "KS 2025/9", None]
decided = st.builds(
    lambda text, outcome, due: decision(text, outcome=outcome, due=due and date.fromisoformat(due), section=1),
    st.sampled_from(
        ["Styrelsen godkänner planen.", "Styrelsen uppdrar åt chefen att se över planen.", "Ärendet bordläggs."]
    ),
    st.sampled_from(["approved", "assigned", "deferred", "proposed", "elected"]),
    st.sampled_from([None, "2026-01-31", "2026-09-30"]),
)
changed = st.builds(
    lambda one, other, group, day: change(
        f"{one} ersätter {other} i {group}.", incoming=one, outgoing=other, group_name=group,
        from_date=day and date.fromisoformat(day),
    ),
    st.sampled_from(PEOPLE),
    st.sampled_from(PEOPLE),
    st.sampled_from(["styrgruppen", "Hamnrådet"]),
    st.sampled_from([None, "2026-01-01"]),
)  # fmt: skip
document = st.fixed_dictionaries(
    {
        "day": st.sampled_from(DAYS),
        "kind": st.sampled_from(["protokoll", "nyhetsbrev", "minnesanteckningar", "kallelse"]),
        "funding": st.lists(claim, max_size=3),
        "attendance": st.lists(person, max_size=3),
        "decisions": st.lists(decided, max_size=2),
        "roster_changes": st.lists(changed, max_size=2),
        "case": st.sampled_from(CASES),
        "number": st.integers(1, 9),
    }
)
some = st.lists(document, min_size=1, max_size=5)


def made(number, said):
    about = meeting(said["day"], kind=said["kind"])
    agenda = [section(1, "Planen", str(said["number"]), case_number=said["case"])]
    told = {name: said[name] for name in ("funding", "attendance", "decisions", "roster_changes")}
    return rows(f"{number}.pdf", meeting=about, sections=agenda, **told)


def finish(db):
    ingest.finish(db, [])


AUDIT = Made(finish)


@calm
@given(some, st.randoms(use_true_random=False), st.integers(0, 5))
def test_neither_order_nor_batches_matter(db, said, random, cut):
    check_order(AUDIT, db, [made(number, it) for number, it in enumerate(said)], random, cut)


@calm
@given(some, st.integers(0, 5))
def test_a_removed_document_takes_just_what_it_said(db, said, which):
    check_removal(AUDIT, db, [made(number, it) for number, it in enumerate(said)], which)


@calm
@given(some, st.sampled_from(["2025-10-01", "2026-02-01", "2026-03-01"]))
def test_a_past_day_sees_what_was_known_then(db, said, day):
    """Later documents change nothing of what a day saw; only spellings may be joined by what came later."""
    plain = [{**it, "funding": [one for one in it["funding"] if one.subject == "Barnlotsen"]} for it in said]
    documents = [made(number, it) for number, it in enumerate(plain)]
    known = [it for it, about in zip(documents, plain, strict=True) if (about["day"] or "") <= day]
    AUDIT.read(db, documents)
    seen = asof.report(db.conn, date.fromisoformat(day))
    AUDIT.read(db, known)
    then = asof.report(db.conn, date.fromisoformat(day))
    assert (seen.due, seen.findings, seen.old) == (then.due, then.findings, then.old)


def test_twenty_thousand_claims(db):
    audit_bench.filled(db, 400, 50, 2000)

    def finish_names_and_findings():
        with store.writing(db):
            resolve(db)
            findings.rebuild(db)

    assert taken(finish_names_and_findings) < 12
    assert db["services"].count == 2000
    reports = []
    assert taken(lambda: reports.append(asof.report(db.conn, audit_bench.AS_OF))) < 2
    (report,) = reports
    assert report.findings
    assert len(report.services) == 2000
