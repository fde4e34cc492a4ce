"""Passages as decisions are read in them: lead-ins apart from what stands before and behind them, each in its zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from protoparse.deciding.leads import LISTED
from protoparse.models import Passage, Zone
from protoparse.passages import ATT

_SAYS = r"(?:beslutar|beslutade|beslöt|beslutas|beslutades)"
# `… återkommer i maj. Beslut: Taxan antas.`: a label in the middle of a paragraph begins a new one.
_LABEL = re.compile(r"(?<=[.!?”\"])\s+(?=(?:Beslut|BESLUT|[A-ZÅÄÖ][a-zåäö-]+s beslut): )")
# The last sentence of a paragraph that only opens the list below it.
_LEAD_AT_END = re.compile(rf"(?<=[.!?])\s+(?=[A-ZÅÄÖ][^.!?:;]{{2,90}}\s{_SAYS}(?: \w+){{0,3}}:?\s*\Z)")
_ONLY_LEAD = re.compile(rf"[^.!?:;]{{2,90}}\s{_SAYS}(?:,? [\wåäö]+){{0,3}}:?\s*", re.IGNORECASE)
_ITEM = re.compile(r":\s+(?=(?P<mark>[•●▪■○*–—-]|[a-zåäö][.)]|\d{1,2}[.)])\s+\S)")
# `På förslag av Moa Dahl (M): …`, `Enligt kontorets förslag: …`: on whose words the next point is decided.
_BY_WHOM = re.compile(
    r"(?:\A|(?<=[.!?”\"])\s+)"
    r"(?P<lead>(?:På (?:förslag|yrkande|begäran|initiativ) (?:av|från)"
    r"|(?:Enligt|I enlighet med|I linje med|Med bifall till)(?: [^\s:;]+){0,14}? \w*"
    r"(?:förslag|yrkande|punkt|tjänsteutlåtande|tjänsteskrivelse|skrivelse|hemställan)\w*\b"
    r"(?! (?:ska|skall|är|blir|gäller|\w+(?:as|ar|er|des))\b))[^:;]{0,160}?:"
    # a council's proposal to the one above it, behind what it decides itself
    r"|(?<=[.!?”\"]\s)[A-ZÅÄÖ][^:;.!?]{0,200}?\b(?:föreslår|hemställer)\b[^:;.!?]{0,80}?\sbeslutar?(?: följande)?:)"
    r"(?:\s+(?=[A-ZÅÄÖ\d§”\"])|\Z)"
)
_LABELLED = re.compile(r"(?:Beslut|BESLUT|[A-ZÅÄÖ][a-zåäö-]+s beslut): (?=\S)")
_ASKED = (Zone.PROPOSAL, Zone.MOTION, Zone.PROCEDURE, Zone.VOTE)  # a label `Beslut:` ends them
_OVER = (Zone.PROCEDURE, Zone.VOTE)  # what is decided ends them, whatever the letters
_BY_CAPITALS = (*_OVER, Zone.BODY, Zone.MOTION, Zone.DISSENT, Zone.CONFLICT, Zone.BACKGROUND, Zone.BASIS)
_ENDED = frozenset((*_BY_CAPITALS, *_ASKED))


def blocks(passages: Sequence[Passage], organ: str | None) -> list[Passage]:
    """The passages of a document with lead-ins and labels apart, and a decision's zone where capitals open one.

    `organ` is the one that met. `KOMMUNFULLMÄKTIGE BESLUTAR` in capitals is a heading of older minutes."""
    capitals = _capitals(organ)
    apart = [part for at, passage in enumerate(passages) for part in _apart(passage, _after(passages, at), capitals)]
    return list(_zoned(apart, capitals)) if any(_may_end(passage, capitals) for passage in apart) else apart


def _capitals(organ: str | None) -> re.Pattern[str] | None:
    return re.compile(rf"(?<![\w-]){re.escape(organ.upper())}\s{_SAYS.upper()}(?![\w-])") if organ else None


def _after(passages: Sequence[Passage], at: int) -> Passage | None:
    after = passages[at + 1] if at + 1 < len(passages) else None
    return after if after is not None and after.section == passages[at].section else None


def is_point(passage: Passage | None) -> bool:
    """Whether a passage is a point of a list: it has a mark or is an att-clause."""
    return passage is not None and bool(passage.marker or ATT.match(passage.text.string))


def _apart(passage: Passage, after: Passage | None, capitals: re.Pattern[str] | None) -> Iterator[Passage]:
    """A passage cut where another paragraph begins that the page does not set apart."""
    string = passage.text.string
    cuts = {match.end() for match in _LABEL.finditer(string)}
    for match in capitals.finditer(string) if capitals else ():
        rest = ATT.match(string, match.end() + 1)
        cuts |= {at for at in (match.start(), rest.start() if rest else 0) if at}
    if is_point(after) and not is_point(passage) and (end := _LEAD_AT_END.search(string)):
        cuts.add(end.end())
    by_whom = _by_whom(string) if passage.zone in LISTED else []
    cuts |= {at for lead in by_whom for at in (lead.start("lead"), lead.end()) if 0 < at < len(string)}
    marked = _first_item(string, after)
    if marked:
        cuts.add(marked.end())
    leads = {match.end() for match in (*by_whom, marked) if match}
    if not cuts:
        yield passage
        return
    starts = [0, *sorted(cuts)]
    for start, end in zip(starts, [*starts[1:], len(string)], strict=True):
        last = end == len(string)
        text, marker = passage.text[start:end].strip(), passage.marker if not start else None
        if marked and start == marked.end():
            marker = marked["mark"]
            text = text[len(marker) :].strip()
        opens = (passage.opens_list or is_point(after)) if last else end in leads
        yield replace(passage, text=text, marker=marker, opens_list=opens and marker is None)


def _by_whom(string: str) -> list[re.Match[str]]:
    """The lead-ins of a paragraph that say on whose words something is decided; a sentence ends none of them."""
    return [match for match in _BY_WHOM.finditer(string) if not re.search(r"[.!?]\s+[A-ZÅÄÖ]", match["lead"])]


def _first_item(string: str, after: Passage | None) -> re.Match[str] | None:
    """Where the first item of a list stands behind its lead-in; the next item has a mark of the same kind."""
    found = _ITEM.search(string) if after is not None and after.marker else None
    if found is None or after is None or after.marker is None:
        return None
    return found if _next_mark(found["mark"]) == after.marker else None


def _next_mark(mark: str) -> str:
    if mark[0].isdigit():
        return f"{int(mark[:-1]) + 1}{mark[-1]}"
    return f"{chr(ord(mark[0]) + 1)}{mark[-1]}" if len(mark) == 2 else mark


def _may_end(passage: Passage, capitals: re.Pattern[str] | None) -> bool:
    if passage.zone in _ASKED and not passage.marker and _LABELLED.match(passage.text.string):
        return True
    if passage.zone in _OVER and _ONLY_LEAD.fullmatch(passage.text.string):
        return True
    return bool(passage.zone in _BY_CAPITALS and capitals and capitals.match(passage.text.string))


def _zoned(passages: Sequence[Passage], capitals: re.Pattern[str] | None) -> Iterator[Passage]:
    """The passages with the zone of a decision for a lead-in that ends another zone, and for the points below it."""
    zone: Zone | None = None
    section: int | None = None
    for at, passage in enumerate(passages):
        if _may_end(passage, capitals) and (
            is_point(_after(passages, at)) or not _ONLY_LEAD.fullmatch(passage.text.string)
        ):
            big = bool(capitals and capitals.match(passage.text.string))
            zone, section = (Zone.DECISION if big else Zone.BODY), passage.section
            yield replace(passage, zone=zone, heading=None, opens_list=is_point(_after(passages, at)))
        elif zone is not None and passage.section == section and is_point(passage) and passage.zone in _ENDED:
            yield replace(passage, zone=zone, heading=None)
        else:
            zone = None
            yield passage
