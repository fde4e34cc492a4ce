"""The Swedish words that people may use in their own files for tables, fields and codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from protoparse import schema

# table → the words for it; the first is the one that we print
TABLES: Mapping[str, tuple[str, ...]] = {
    "documents": ("dokument",),
    "sections": ("punkter", "paragrafer", "avsnitt"),
    "decisions": ("beslut",),
    "roster_changes": ("byten",),
    "funding": ("finansiering",),
    "dates": ("datum",),
    "attendance": ("närvaro",),
    "dissents": ("reservationer",),
    "ballots": ("omröstningar",),
    "votes": ("röster",),
    "header_fields": ("huvud",),
    "doubts": ("tveksamheter", "tvekanden"),
}

# field → the word for it; two fields of one table never share a word
FIELDS: Mapping[str, str] = {
    "meeting_date": "mötesdag",
    "title": "rubrik",
    "kind": "slag",
    "organ": "organ",
    "form": "form",
    "time_start": "började",
    "time_end": "slutade",
    "place": "plats",
    "chair": "ordförande",
    "secretary": "sekreterare",
    "adjusters": "justerare",
    "paragraphs_from": "från paragraf",
    "paragraphs_to": "till paragraf",
    "adjusted_on": "justerat",
    "notice_up": "anslag uppe",
    "notice_down": "anslag nere",
    "appeal_until": "överklagas senast",
    "number": "nummer",
    "number_to": "till nummer",
    "case_number": "ärendenummer",
    "text": "text",
    "heading": "underrubrik",
    "outcome": "utfall",
    "assigned_to": "uppdrag till",
    "due": "klart senast",
    "incoming": "tillträder",
    "incoming_role": "tillträdandes roll",
    "incoming_organization": "tillträdandes organisation",
    "incoming_party": "tillträdandes parti",
    "outgoing": "avgår",
    "outgoing_role": "avgåendes roll",
    "outgoing_organization": "avgåendes organisation",
    "outgoing_party": "avgåendes parti",
    "group_name": "grupp",
    "position": "uppdrag",
    "represents": "företräder",
    "from_date": "från",
    "until_date": "till",
    "start": "från",
    "end": "till",
    "precision": "noggrannhet",
    "bound": "gräns",
    "subject": "verksamhet",
    "source": "finansiär",
    "amount": "belopp",
    "amount_per": "belopp per",
    "amount_text": "belopp i ord",
    "old_end": "tidigare slut",
    "successor": "tar över",
    "certainty": "säkerhet",
    "condition": "villkor",
    "name": "namn",
    "party": "parti",
    "organization": "organisation",
    "role": "roll",
    "category": "kategori",
    "stands_in_for": "ersätter",
    "presence": "närvarotid",
    "section_from": "från punkt",
    "section_to": "till punkt",
    "serving": "tjänstgör",
    "matter": "ärende",
    "yes": "ja",
    "no": "nej",
    "abstain": "avstår",
    "absent": "frånvarande",
    "counted_yes": "räknade ja",
    "counted_no": "räknade nej",
    "counted_abstain": "räknade avstår",
    "counted_absent": "räknade frånvarande",
    "outcome_text": "utgång",
    "vote": "röst",
    "cue": "ledord",
    "message": "meddelande",
    "field": "fält",
    "value": "värde",
}

# other words for a field, which mean it in every table that has it
_ALSO: Mapping[str, tuple[str, ...]] = {"title": ("titel",), "start": ("början",), "end": ("slut",)}

_YES_NO = {"true": "ja", "false": "nej"}
_CODES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("decisions", "outcome"): schema.OUTCOMES,
    ("roster_changes", "kind"): schema.CHANGES,
    ("funding", "kind"): schema.FUNDING,
    ("funding", "certainty"): schema.CERTAINTIES,
    ("dissents", "kind"): schema.DISSENTS,
    ("votes", "vote"): schema.VOTES,
    ("attendance", "category"): {"member": "ledamot", "substitute": "ersättare", "other": "övrig"},
    ("attendance", "serving"): _YES_NO,
}


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()


def table(word: str) -> str | None:
    """A table by its own name or a Swedish one; None for what is neither."""
    return next((name for name, words in TABLES.items() if any(_same(word, it) for it in (name, *words))), None)


def field(word: str, names: Iterable[str]) -> str | None:
    """The field of `names` that a word means: its own name or the Swedish one; None for what is neither."""
    known = list(names)
    own = next((name for name in known if _same(word, name)), None)
    spelled = ((name, it) for name in known for it in (FIELDS.get(name, name), *_ALSO.get(name, ())))
    return own or next((name for name, it in spelled if _same(word, it)), None)


def codes(table: str, name: str) -> Mapping[str, str]:
    """The codes of a field with the Swedish word for each; empty for a field without such words."""
    return _CODES.get((table, name), {})


def code(table: str, name: str, value: Any) -> Any:
    """A code by itself or by its Swedish word (`bifallet` → `approved`); other values as they are."""
    known = codes(table, name).items()
    return next((it for it, word in known if isinstance(value, str) and _same(value, word)), value)
