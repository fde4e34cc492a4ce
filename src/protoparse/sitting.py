"""Who sat in a group on a day, and where a person has sat: the same queries for the command line and the site.

Both look from a day: documents dated after `:as_of` are not known yet, undated ones are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from protoparse.seat import VIEWED

if TYPE_CHECKING:
    from sqlite3 import Connection

# What was known on :as_of of every seat: as the documents up to the newest of its steps known by then tell it.
_VIEWED = ", ".join(f"json_extract(t.view, '$.{name}') AS {name}" for name in (*VIEWED, "gone"))
_KNOWN = f"""SELECT v.*, from_date AS since, until_date AS until, e.name AS person_name, g.name AS group_shown
FROM (SELECT s.id, s.person, s.name, s.group_id, s.group_name, {_VIEWED} FROM seats s JOIN seat_steps t ON t.id = (
    SELECT x.id FROM seat_steps x WHERE x.seat = s.id AND coalesce(x.meeting_date, '') <= :as_of
    ORDER BY coalesce(x.meeting_date, '') DESC, x.id LIMIT 1)) v
LEFT JOIN entities e ON e.id = v.person LEFT JOIN entities g ON g.id = v.group_id"""

# Whether the seat was held on :day beyond doubt. Not where the first day is unknown (but after an election that says
# that it was held before, and between a text that tells of a coming end and that end), where somebody left on an
# unknown day, and where a seat without a known end began more than four years before, which no mandate outlasts.
_SURE = """CASE
    WHEN gone AND until IS NULL THEN 0
    WHEN since IS NULL THEN coalesce(from_source = 'again' AND from_known <= :day, 0)
        OR coalesce(gone AND until_source IN ('stated', 'decided') AND until_known <= :day, 0)
    WHEN until IS NULL THEN julianday(:day) - julianday(since) <= 1461
    ELSE 1 END"""

# Who sat in :group on :day, as known on :as_of; `sure` is 0 where the record leaves it open. A seat whose beginning
# nobody recorded is shown for the four years before its end; one left on an unknown day until a year after the telling.
# Without :group (null) the posts outside all groups.
SITTING = f"""SELECT id, person, coalesce(person_name, name) AS name, party, organization, group_id, position,
    represents, since, from_source, until, CASE WHEN gone OR until IS NOT NULL THEN until_source END AS until_source,
    {_SURE} AS sure, began, CASE WHEN gone THEN ended END AS ended
FROM ({_KNOWN}) WHERE group_id IS :group
AND (since <= :day OR (since IS NULL AND (from_source IS NOT 'vague' OR from_known <= :day)))
AND (until >= :day OR (until IS NULL AND (NOT gone OR until_known IS NULL OR :day <= date(until_known, '+1 year'))))
AND (since IS NOT NULL OR from_source IS NOT NULL OR until IS NULL OR :day >= date(until, '-4 years'))
ORDER BY CASE WHEN position LIKE '%ordförande%' THEN position LIKE '%vice%' WHEN position LIKE '%ersättare%'
    OR position LIKE '%suppleant%' THEN 3 ELSE 2 END, sure DESC, position, name, id"""

# Who was present as a member of :group within half a year of :day, and sits there by no change that is known: the
# presence nearest to the day. Not who has a seat on the day of presence, which then explains it. `+` and CROSS JOIN go
# by way of the documents of the group and the seats of the person, which are few.
PRESENT = f"""SELECT id, person, name, party, organization, role, day, evidence FROM (
    SELECT a.id, a.person, coalesce(e.name, a.name) AS name, a.party, a.organization, a.role, a.meeting_date AS day,
        a.evidence,
        row_number() OVER (PARTITION BY a.person
            ORDER BY abs(julianday(a.meeting_date) - julianday(:day)), a.meeting_date, a.id) AS nth
    FROM documents d CROSS JOIN attendance a ON a.document = d.id LEFT JOIN entities e ON e.id = a.person
    WHERE d.organ_id = :group AND +a.category = 'member' AND a.stands_in_for IS NULL
    AND a.serving IS NOT 0 AND a.person IS NOT NULL
    AND coalesce(a.role, '') NOT LIKE '%ersättare%' AND coalesce(a.role, '') NOT LIKE '%suppleant%'
    AND a.meeting_date BETWEEN date(:day, '-6 months') AND date(:day, '+6 months') AND a.meeting_date <= :as_of
    AND NOT EXISTS (SELECT 1 FROM ({_KNOWN}) k WHERE +k.group_id = :group AND k.person = a.person
        AND coalesce(k.since, '') <= a.meeting_date AND coalesce(k.until, '9999') >= a.meeting_date)
) WHERE nth = 1 ORDER BY name, id"""

# All seats of :person as known on :as_of, the newest first.
OF_PERSON = f"""SELECT id, person, coalesce(person_name, name) AS name, party, organization, group_id, position,
    represents, since, from_source, until, CASE WHEN gone OR until IS NOT NULL THEN until_source END AS until_source,
    NOT gone AND (until IS NULL OR until >= :as_of) AS sure, began, CASE WHEN gone THEN ended END AS ended
FROM ({_KNOWN}) WHERE person = :person
ORDER BY coalesce(since, from_known, until, until_known, '') DESC, group_shown, position, id"""

# The contradictions seen by :as_of, without those that somebody has dealt with.
CONTRADICTIONS = """SELECT id, kind, severity, person, group_id, message, earlier, later, attended, known
FROM seat_findings WHERE coalesce(known, '') <= :as_of
AND id NOT IN (SELECT id FROM handled WHERE status = 'hidden') ORDER BY known DESC, id"""


class Held(NamedTuple):
    """A seat as it is known on a day; `ended` only where somebody left by then. Of a person's seats, `sure` says
    whether it is held still."""

    id: str
    person: str
    name: str
    party: str | None
    organization: str | None
    group: str | None
    position: str | None
    represents: str | None
    since: str | None
    from_source: str | None
    until: str | None
    until_source: str | None
    sure: int
    began: str | None
    ended: str | None


class Present(NamedTuple):
    """Somebody present as a member without a known election; `day` is that of the meeting."""

    attendance: str
    person: str
    name: str
    party: str | None
    organization: str | None
    role: str | None  # as printed there; it may be the person's office
    day: str
    evidence: str | None


def sitting(db: Connection, group: str | None, day: str, as_of: str | None = None) -> tuple[list[Held], list[Present]]:
    """Who sat in a group (its entity) on a day (`YYYY-MM-DD`), as known on `as_of` (that day, where it is not given);
    apart from them who was present as a member around the day without a recorded seat."""
    asked = {"group": group, "day": day, "as_of": as_of or day}
    held = [Held(*row) for row in db.execute(SITTING, asked)]
    present = [Present(*row) for row in db.execute(PRESENT, asked)]
    return held, [it for it in present if it.person not in {one.person for one in held}]


def of_person(db: Connection, person: str, as_of: str = "9999-12-31") -> list[Held]:
    """All seats of a person (its entity) that are known on a day, the newest first."""
    return [Held(*row) for row in db.execute(OF_PERSON, {"person": person, "as_of": as_of})]
