"""What the documents say of each service's end, in order of time, and which claim sets it.

Three clocks: the period that a claim speaks of, the day from which it is known (its document's), and the run that read
it. The first documents known on a day give the same ledger, whatever comes later: so a past day can be looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from protoparse.printable import cited

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

# Agreements and projects are compared among themselves, never with money.
TRACKS = {
    "funded_until": "money",
    "budget_period": "money",
    "agreement_until": "agreement",
    "project_until": "project",
}
_FIRM = ("stated", "implied")
# For small letters: where either is meant, every alternative is tried at every letter, which takes five times as long.
_CHANGED = re.compile(
    r"förläng|prolonger|senareläg|tidigareläg|förkort|i förtid|flytta(?:s|ts|des)? (?:fram|till|bak)|"
    r"skjuts (?:fram|upp)|ändra[st]?\b|i stället för|i st[äa]llet|sägs upp|säga upp|sagts upp|"
    r"dras in|upphör redan|utökas|löper ut redan|utsträck|sträcks ut|"
    r"nytt? slut(?:datum|dag)|ny sluttid|nytt sista datum|"
    r"stängs tidigare|avslutas tidigare|tidigare än (?:planera|beräkna|tänk|beslut|väntat)|"
    r"(?:ytterligare|med) (?:ett|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|\d{1,2}) "
    r"(?:halv)?(?:år|månad|kvartal|termin)|"
    r"fortsatt (?:stöd|finansiering|bidrag|medfinansiering|anslag)[^.;]{0,40}\b(?:nu |till |t\.o\.m)|"
    r"kan (?:därmed |därför |nu )?fortsätta|\bnumera\b|skulle ha (?:upphört|avslutats|(?:löpt|gått) ut|tagit slut)",
)


@lru_cache(maxsize=1 << 16)
def _changes(text: str) -> bool:
    return bool(_CHANGED.search(text.lower()))


class Claim(NamedTuple):
    """What one document says of one service's end."""

    id: str
    document: str
    service: str
    name: str
    kind: str
    known: str  # the document's date; empty where it has none, which sorts before all dates
    document_kind: str | None
    path: str
    page: int | None
    ordinal: int
    end: str | None
    old_end: str | None
    certainty: str
    successor: str | None
    text: str
    quote: str | None
    evidence: str | None
    condition: str | None
    earliest: str | None = None  # between which days an undated document was written, as far as it tells itself
    latest: str | None = None

    @property
    def track(self) -> str:
        return TRACKS[self.kind]

    @property
    def said(self) -> bool:
        """Whether the text itself says that the end is changed."""
        return bool(self.old_end or _changes(self.text))

    @property
    def firm(self) -> bool:
        """Whether it gives an end that counts."""
        return bool(self.end) and self.certainty in _FIRM

    @property
    def past(self) -> bool:
        return bool(self.end) and self.certainty == "past"

    @property
    def open(self) -> bool:
        return self.certainty == "open_ended" and not self.proposed

    @property
    def proposed(self) -> bool:
        """Whether it stands in a summons, which changes nothing: what it says beside what is known is a proposal."""
        return self.document_kind == "kallelse"

    @property
    def weight(self) -> int:
        """A protocol weighs more than a newsletter or notes."""
        return 0 if self.document_kind in ("nyhetsbrev", "minnesanteckningar") else 1

    @property
    def place(self) -> str:
        """File, page and date, as a reader would cite it."""
        return cited(self.path, self.page, self.known)


_CLAIMS = """SELECT f.id, f.document, f.service, e.name, f.kind, coalesce(d.meeting_date, ''), d.kind, d.path, f.page,
    f.ordinal, f."end", f.old_end, f.certainty, f.successor, f.text, v.quote, f.evidence, f.condition,
    i.earliest, i.latest
FROM funding f JOIN documents d ON d.id = f.document JOIN entities e ON e.id = f.service
LEFT JOIN evidence v ON v.id = f.evidence
LEFT JOIN date_inferences i ON i.document = d.id AND i.meeting_date IS NULL"""


def claims(db: Database | Connection, as_of: str = "9999", service: str | None = None) -> list[Claim]:
    """All claims known on a day, or those on one service, in order of service, kind and time; those of undated
    documents come first."""
    kinds = ", ".join(f"'{kind}'" for kind in TRACKS)
    sql = f"{_CLAIMS} WHERE f.kind IN ({kinds}) AND coalesce(d.meeting_date, '') <= ?"
    rows = db.execute(f"{sql} AND f.service = ?", (as_of, service)) if service else db.execute(sql, (as_of,))
    return sorted((Claim(*row) for row in rows), key=lambda it: (it.service, it.track, *when(it)))


def when(claim: Claim) -> tuple[str, bool, str, int]:
    """The order of time; of one day the text that names the old end is the newer one."""
    return claim.known, bool(claim.old_end), claim.document, claim.ordinal


class Step(NamedTuple):
    """Two claims that do not give the same end: `moved` from the one to the other, or in `conflict`."""

    kind: str
    earlier: Claim
    later: Claim


@dataclass(slots=True)
class Ledger:
    """One service's claims of one track in order of time, those that set its end, and where they differ."""

    claims: Sequence[Claim]
    standing: list[Claim] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def track(self) -> str:
        return self.claims[0].track

    @property
    def last(self) -> Claim | None:
        """The claim that sets the end."""
        return self.standing[-1] if self.standing else None

    @property
    def open(self) -> Claim | None:
        """The newest claim without an end, where no dated end came after it."""
        told = [it for it in self.claims if it.open]
        return told[-1] if told and not (self.last and when(self.last) > when(told[-1])) else None


def ledgers(found: Iterable[Claim]) -> Iterator[dict[str, Ledger]]:
    """For every service its ledgers by track."""
    for _, of_service in groupby(found, key=lambda it: it.service):
        yield {track: weigh(list(group)) for track, group in groupby(of_service, key=lambda it: it.track)}


def weigh(found: Sequence[Claim]) -> Ledger:
    """The ledger of one service's claims of one track, given in order of time."""
    ledger = Ledger(found)
    said = _spokesmen(it for it in found if it.firm or it.past)
    dated, undated = [it for it in said if it.known], [it for it in said if not it.known]
    for claim in undated:
        _follow(ledger, claim)
    last, newest = ledger.last, _fold(ledger, dated)
    if last and newest and last.firm and newest.firm:  # undated claims may be older or newer than all dated ones
        ends = {it.end for it in dated}
        odd = [it for it in _one_an_end(it for it in undated if it.firm) if it.end not in ends]
        ledger.steps += [step for it in odd for step in _unordered(it, dated, ledger.standing)]
    return ledger


def _spokesmen(found: Iterable[Claim]) -> list[Claim]:
    """One claim a document: a firm one that changes an end, else the latest end, else the first said."""
    best = [
        max(group, key=lambda it: (it.firm, bool(it.old_end), it.end, it.certainty == "stated", -it.ordinal))
        for _, group in groupby(found, key=lambda it: it.document)
    ]
    return sorted(best, key=when)


def _fold(ledger: Ledger, dated: Sequence[Claim]) -> Claim | None:
    """Dated claims one after the other, without regard to the undated ones before them."""
    before, ledger.standing = ledger.standing, []
    for claim in dated:
        if ledger.standing or not (before and _within(claim, before[-1])):
            _follow(ledger, claim)
    newest = ledger.last
    ledger.standing = before + ledger.standing
    return newest


def _one_an_end(found: Iterable[Claim]) -> list[Claim]:
    return list({it.end: it for it in reversed(list(found))}.values())


def _unordered(undated: Claim, dated: Sequence[Claim], standing: Sequence[Claim]) -> list[Step]:
    """A dated text that names the undated claim's end as the old one is newer than it; else it may lie beside an end
    that stood when it was written."""
    after = next((it for it in dated if it.old_end == undated.end), None)
    if after:
        return [Step("moved", undated, after)]
    stood = sorted(_one_an_end(it for it in standing if it.known and it.firm), key=when)
    return [Step("conflict", undated, it) for it in _beside(undated, stood)]


def _beside(undated: Claim, stood: Sequence[Claim]) -> list[Claim]:
    """Of the ends that stood while the text may have been written the newest and the closest; where all are younger
    than it, the first of them."""
    first, last = undated.earliest or "", undated.latest or "9999"
    before = [it for it in stood if it.known <= first]
    within = [it for it in stood if first < it.known <= last]
    near = before[-1:] + within or list(stood[:1])
    closest = min(near, key=lambda it: (_apart(it, undated), it.known), default=None)
    return [it for it in near if it is near[-1] or it is closest]


def _apart(one: Claim, other: Claim) -> int:
    return abs((date.fromisoformat(one.end or "") - date.fromisoformat(other.end or "")).days)


def _follow(ledger: Ledger, claim: Claim) -> None:
    """What a claim does to the one that stands."""
    last = ledger.last
    if last is None or (last.past and claim.firm):
        ledger.standing.append(claim)
    elif claim.past:
        if last.past and (claim.end or "") > (last.end or ""):
            ledger.standing.append(claim)
    elif claim.end == last.end:
        if claim.weight > last.weight and ledger.open is None:
            ledger.standing.append(claim)
    elif claim.proposed or _within(claim, last) or last.old_end == claim.end:
        pass  # a sum for a part of the time says nothing of its end; an end that was moved on is no news
    elif claim.known == last.known and claim.old_end != last.end:
        ledger.steps.append(Step("conflict", last, claim))
        if claim.weight > last.weight or (claim.weight == last.weight and (claim.end or "") < (last.end or "")):
            ledger.standing.append(claim)  # of two that weigh the same the earlier end is the careful one
    elif claim.weight < last.weight and not claim.said:
        ledger.steps.append(Step("conflict", last, claim))
    else:
        ledger.steps.append(Step("moved", last, claim))
        ledger.standing.append(claim)


def _within(claim: Claim, last: Claim) -> bool:
    """Whether a claim is a sum for a period that lies within the time already paid for."""
    return claim.kind == "budget_period" and not claim.said and (claim.end or "") < (last.end or "")


def rows(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """The rows of a ledger in `claims`."""
    standing = {it.id for it in ledger.standing}
    for seq, it in enumerate(ledger.claims, 1):
        yield {
            "id": it.id,
            "document": it.document,
            "service": it.service,
            "track": it.track,
            "seq": seq,
            "known": it.known,
            "end": it.end,
            "certainty": it.certainty,
            "successor": it.successor,
            "standing": int(it.id in standing),
        }
