"""Where the documents disagree or say too little: findings between claims, each in one Swedish sentence."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from protoparse.cores import spoken_names
from protoparse.ledger import Claim, Ledger, Step, claims, ledgers, rows
from protoparse.store import remake

if TYPE_CHECKING:
    from sqlite3 import Connection

    from sqlite_utils import Database

CONFIRM = 120  # days within which a protocol is expected to speak of what a newsletter says
QUOTE = 240  # letters of a quote that a sentence can carry

# For small letters, as in the ledger.
_LACK = re.compile(
    r"\b(?:saknas|saknar|fattas|oklar\w*|osäker\w*|oviss\w*|otydlig\w*|ofinansiera\w*|otrygga\w*|utan finansiering|"
    r"inte (?:längre |ännu )?(?:klar\w*|säkrad\w*|löst\w*|finansierad\w*|beslutad\w*|beslutat)|obeslutad\w*|"
    r"ing(?:en|a|et) (?:\w+ )?(?:finansiering|finansiär|medel|pengar|beslut|bidrag|anslag)|(?:behöver|ska|måste) lösas|"
    r"kvarstår|olöst\w*|obestämt|öppen fråga|vet ingen|har ingen|står utan|inte längre än|finansiär hitta\w*|"
    r"(?:inte|aldrig) (?:ännu |heller |formellt )?"
    r"(?:fattats|fattat|tagits|beslutats|bestäm\w*|avgjor\w*|ordna\w*|hitta\w*|budgetera\w*|avsat\w*))\b",
)
_TRACK = {"money": "finansieringen", "agreement": "avtalet", "project": "projektet"}

Confirmed = Callable[[Claim], bool]  # does a protocol speak of the claim's service soon after?


@lru_cache(maxsize=1 << 16)
def _id(*parts: str) -> str:
    digest = sha256("\0".join(parts).encode()).hexdigest()
    return f"finding-{digest[:12]}"


@lru_cache(maxsize=1 << 16)
def _lacks(text: str) -> bool:
    return bool(_LACK.search(text.lower()))


@dataclass(frozen=True, slots=True)
class Finding:
    """Two claims on one service that do not say the same, or one that says too little."""

    kind: str
    severity: str
    earlier: Claim | None
    later: Claim
    told: str  # what is to be said, without the quotes
    said: bool | None = None
    from_end: str | None = None
    to_end: str | None = None

    @property
    def id(self) -> str:
        return _id(self.kind, self.earlier.id if self.earlier else "", self.later.id)

    @property
    def message(self) -> str:
        """All of it in one sentence: what, the words of both texts, and where they stand."""
        quotes = [f"”{shortened(it.quote or it.text)}” – {it.place}" for it in (self.earlier, self.later) if it]
        return f"{self.told}: {' mot '.join(quotes)}."

    def row(self) -> dict[str, Any]:
        """Its row in `findings`."""
        return {
            "id": self.id,
            "kind": self.kind,
            "severity": self.severity,
            "service": self.later.service,
            "message": self.message,
            "said": None if self.said is None else int(self.said),
            "earlier": self.earlier.id if self.earlier else None,
            "later": self.later.id,
            "from_end": self.from_end,
            "to_end": self.to_end,
        }


def shortened(quote: str) -> str:
    """A quote without its full stop, cut between words where it is long."""
    quote = quote.rstrip(" .")
    return quote if len(quote) <= QUOTE else f"{quote[:QUOTE].rsplit(' ', 1)[0]} …"


def days_between(start: str, end: str) -> int:
    return (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days


def number(days: int) -> str:
    """`1 dag`, `31 dagar`."""
    return f"{days} dag" if days == 1 else f"{days} dagar"


# --- one kind after the other


def moved(step: Step) -> Finding:
    """A later text gives another end than the one before."""
    earlier, later = step.earlier, step.later
    days = days_between(earlier.end or "", later.end or "")
    kind, way = ("extension", "senare") if days > 0 else ("shortening", "tidigare")
    why = "texten säger att slutet ändras" if later.said else "bara datumen visar det, ingen text säger det"
    told = (
        f"{later.name}: slutet för {_TRACK[later.track]} flyttas från {earlier.end} till {later.end}, "
        f"{number(abs(days))} {way}, och {why}"
    )
    severity = "info" if kind == "extension" and later.said else "warning"
    return Finding(kind, severity, earlier, later, told, later.said, earlier.end, later.end)


def conflict(step: Step) -> Finding:
    """Two ends of which nobody can say which holds."""
    earlier, later = step.earlier, step.later
    if earlier.known and later.known and earlier.known != later.known:
        why = "den senare texten är inget protokoll och säger inte att något ändrats"
    else:
        earlier, later = sorted((earlier, later), key=lambda it: (it.end or "", it.id))
        undated = not (earlier.known and later.known)
        why = "ordningen är okänd, eftersom ett dokument saknar datum" if undated else "dokumenten har samma datum"
    days = abs(days_between(earlier.end or "", later.end or ""))
    told = (
        f"{later.name}: två slut för {_TRACK[later.track]}, {earlier.end} och {later.end}, {number(days)} isär, "
        f"går inte att förena; {why}"
    )
    ordered = bool(earlier.known and earlier.known < later.known)
    said = later.old_end == earlier.end or earlier.old_end == later.end or (ordered and later.said)
    return Finding("conflict", "error", earlier, later, told, said, earlier.end, later.end)


def open_ended(ledger: Ledger) -> Finding | None:
    """The newest claim has no end; an end that was given before stays the last one known."""
    newest, before = ledger.open, ledger.last
    if not newest or (before is None and ledger.track != "money"):
        return None  # an agreement that always ran until further notice is nothing to look into
    clause = f" ({newest.condition})" if newest.condition else ""
    last = f"senast kända slut är {before.end}" if before else "inget slut är känt"
    if before and not (before.known and newest.known):
        last += ", men ordningen är okänd, eftersom ett dokument saknar datum"
    told = f"{newest.name}: den nyaste uppgiften om {_TRACK[newest.track]} har inget slutdatum{clause}; {last}"
    severity = "warning" if before else "info"
    return Finding("open_ended", severity, before, newest, told, newest.said, before.end if before else None)


def gap(book: Mapping[str, Ledger]) -> Finding | None:
    """Money ends and nobody takes over: a text says so, or an agreement or project runs on after it."""
    found = _lack_said(book) or _runs_on(book)
    if found is None or _taken_over(book, found):
        return None
    return found


def _lack_said(book: Mapping[str, Ledger]) -> Finding | None:
    ledger = book.get("money")
    lacks = [it for it in ledger.claims if it.firm and _lacks(it.text)] if ledger else []
    if not ledger or not lacks:
        return None
    later = lacks[-1]
    others = [it for it in ledger.claims if it.known > later.known and (it.open or (it.firm and it.end > later.end))]
    if others:
        return None  # money was found, or so it was said
    same = [it for it in ledger.standing if it.end == later.end and it.id != later.id]
    told = f"{later.name}: pengar efter {later.end} saknas eller är inte beslutade, och ingen sägs ta över"
    return Finding("gap", "warning", same[-1] if same else None, later, told, None, later.end)


def _runs_on(book: Mapping[str, Ledger]) -> Finding | None:
    money = book.get("money")
    last = money.last if money else None
    ends = [it for track in ("project", "agreement") if track in book and (it := book[track].last) and it.firm]
    if not money or not last or not ends or money.open:
        return None
    longest = max(ends, key=lambda it: (it.end or "", it.id))
    if (longest.end or "") <= (last.end or ""):
        return None
    days = days_between(last.end or "", longest.end or "")
    told = (
        f"{longest.name}: {_TRACK[longest.track]} löper till {longest.end}, {number(days)} längre än finansieringen, "
        f"som slutar {last.end}, och ingen sägs ta över"
    )
    return Finding("gap", "warning", last, longest, told, None, last.end, longest.end)


def _taken_over(book: Mapping[str, Ledger], found: Finding) -> bool:
    """Whether a successor is named for the time after the end: no earlier than the end's own claim, or for that end."""
    end, since = found.from_end or "", (found.earlier or found.later).known
    every = (it for ledger in book.values() for it in ledger.claims if it.successor)
    return any(it.known >= since or (it.end or "") >= end for it in every)


def unconfirmed(book: Mapping[str, Ledger], confirmed: Confirmed) -> Finding | None:
    """What only a newsletter says; the newest such claim of a service."""
    money = book.get("money")
    said = [it for it in money.claims if it.document_kind == "nyhetsbrev" and it.firm] if money else []
    for claim in reversed(said):
        if not _borne_out(claim, money.claims) and not confirmed(claim):
            told = (
                f"{claim.name}: slutet {claim.end} står bara i ett nyhetsbrev, och inget känt protokoll från de "
                f"{CONFIRM} dagarna efter det talar om verksamheten"
            )
            return Finding("unconfirmed", "info", None, claim, told, None, None, claim.end)
    return None


def _borne_out(claim: Claim, others: Iterable[Claim]) -> bool:
    """Whether a protocol had said the same before, or may have, where the newsletter has no day."""
    before = (it for it in others if it.firm and (it.known <= claim.known or not claim.known))
    return any(it.document_kind == "protokoll" and it.end == claim.end for it in before)


# --- all of them


def of_service(book: Mapping[str, Ledger], confirmed: Confirmed) -> Iterator[Finding]:
    """All findings on one service."""
    for ledger in book.values():
        yield from (moved(step) if step.kind == "moved" else conflict(step) for step in ledger.steps)
        if found := open_ended(ledger):
            yield found
    if found := gap(book):
        yield found
    if found := unconfirmed(book, confirmed):
        yield found


def findings(db: Database | Connection, books: Iterable[Mapping[str, Ledger]], as_of: str = "9999") -> list[Finding]:
    """The findings on all services, as far as documents known on a day tell."""
    confirmed = _protocols(db, as_of)
    found = {it.id: it for book in books for it in of_service(book, confirmed)}
    return [found[id] for id in sorted(found)]


_ROWS = """SELECT 1 FROM funding f JOIN documents d ON d.id = f.document
WHERE f.service = ? AND d.kind = 'protokoll' AND d.meeting_date > ? AND d.meeting_date <= ? LIMIT 1"""
_SPOKEN = """SELECT 1 FROM sections_fts x JOIN sections s ON s.rowid = x.rowid JOIN documents d ON d.id = s.document
WHERE sections_fts MATCH ? AND d.kind = 'protokoll' AND d.meeting_date > ? AND d.meeting_date <= ? LIMIT 1"""


def _protocols(db: Database | Connection, as_of: str) -> Confirmed:
    """Asks whether a protocol with a row on the service, or a section that names it, lies in the time after a claim."""

    def confirmed(claim: Claim) -> bool:
        since, until = _window(claim)
        until = min(until, as_of)
        if db.execute(_ROWS, (claim.service, since, until)).fetchone():
            return True
        names = db.execute("SELECT name FROM aliases WHERE entity = ? ORDER BY name", (claim.service,)).fetchall()
        called = sorted({form for row in names for form in spoken_names(row[0])})
        words = (" ".join(re.findall(r"[\w-]+", form)) for form in called)
        phrases = " OR ".join(f'"{phrase}"*' for phrase in words)
        found = db.execute(_SPOKEN, (phrases, since, until)).fetchone() if names else None
        return found is not None

    return confirmed


def _window(claim: Claim) -> tuple[str, str]:
    """When a protocol should speak of a newsletter's claim; for one without a day as wide as its own days leave it."""
    start, end = (claim.known, claim.known) if claim.known else (claim.earliest or "", claim.latest)
    day = datetime.date.fromisoformat(end) + datetime.timedelta(CONFIRM) if end else datetime.date.max
    return start, day.isoformat()


def rebuild(db: Database) -> None:
    """Makes `claims` and `findings` anew from all documents."""
    books = list(ledgers(claims(db)))
    remake(db, "claims", (row for book in books for ledger in book.values() for row in rows(ledger)))
    remake(db, "findings", (finding.row() for finding in findings(db, books)))
