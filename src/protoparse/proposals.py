"""A proposal to another organ: whom it asks, what it says, and which of that organ's points decides it.

Several points are tied one by one by their wording; what is not clear is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from protoparse.names import placed, public, stems, unbracketed

SAME = 80  # likeness of the words of a proposal and of what was decided, of 100
LIKE = 55  # … that is enough where there is but one of each
APART = 10  # … by which the best one must lead the next
OWN = "="  # begins the owner of an organ that keeps its diary itself
NEAR = 8  # words behind the verb in which the organ that is asked must stand


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as a matter sees it. `lead` is what introduces it: the passage before it and its heading."""

    id: str
    text: str
    outcome: str
    page: int | None = None
    evidence: str | None = None
    lead: str = ""


# --- organs


@lru_cache(maxsize=4096)
def organ_key(name: str) -> str:
    """The stems of an organ's name; of a board's without its municipality."""
    return " ".join(stems(placed(name)[0] if public(name) else unbracketed(name)))


@lru_cache(maxsize=4096)
def rank(organ: str) -> int:
    """How high an organ stands: committee, board of a field, executive board, council or meeting of all."""
    last = organ.split()[-1] if organ else ""
    if re.search(r"utsk|presidi|beredning", last):
        return 0
    if re.search(r"fullmäktig|stämm|årsmöt", last):
        return 3
    return 2 if re.search(r"(?:kommun|region)styrel", last) else 1


_ASKS = re.compile(
    r"\b(?:föresl\w+|rekommender\w+|hemställ\w+|anhåll\w+|tillstyrk\w+ .{0,80}?föresl\w+)\b|"
    r"\bförslag(?:et)?\b(?: till beslut)?|\btill (?=kommunf|regionf|kommuns|regions)",
    re.IGNORECASE,
)
_SHORT = {"kf": "kommunfullmäktige", "ks": "kommunstyrelsen", "rf": "regionfullmäktige", "rs": "regionstyrelsen"}


def asked(one: Decided, own: str, known: frozenset[str]) -> str | None:
    """The organ that a proposal goes to, as its text, what introduces it or its heading names it."""
    for text in (one.text, *one.lead.split("\n")):
        for verb in _ASKS.finditer(text):
            if found := _first_named(text[verb.end() :], own, known):
                return found
    return None


def _first_named(text: str, own: str, known: frozenset[str]) -> str | None:
    near = [word for token in text.split(maxsplit=NEAR)[:NEAR] for word in _plain(token)]
    for at in range(len(near)):
        for length in range(6, 0, -1):
            name = " ".join(near[at : at + length])
            if name in known and name != own:
                return name
        if found := _by_kind(near[at], own, known):
            return found
    return None


@lru_cache(maxsize=65536)
def _plain(token: str) -> tuple[str, ...]:
    return tuple(stems(_SHORT.get(token.strip(".,:()").casefold(), token)))


_KINDS = tuple(stem for kind in ("fullmäktige", "styrelsen", "nämnden", "stämman") for stem in stems(kind))


def _by_kind(word: str, own: str, known: frozenset[str]) -> str | None:
    """`fullmäktige`, `nämnden`: the one that is meant where the organ itself is of it, or where there is but one."""
    if not word.endswith(_KINDS):
        return None
    found = sorted(name for name in known if name.endswith(word) and name != own)
    above = [name for name in found if own.startswith(name)]
    return above[0] if above else found[0] if len(found) == 1 else None


_ASKS_SOMEBODY = re.compile(r"\b(?:föresl|rekommender|hemställ|anhåll)\w+", re.IGNORECASE)


def goes_up(one: Decided) -> bool:
    """Whether a proposal names nobody (`tillstyrker motionen`): then it goes to whoever decides above."""
    return not _ASKS_SOMEBODY.search(f"{one.text}\n{one.lead}")


# --- wording

FORMAL = re.compile(r"\bomedelbart? juster|\bdirektjuster", re.IGNORECASE)
_LEAD = re.compile(
    r"^.{0,80}?\bföresl\w+\s(?:att\s)?(?:\S+\s){1,6}?(?:beslutar?|följande)\b:?(?:\s(?:att|följande))?\s*|^att\s|"
    r"^(?:för (?:egen|sin) del,?\s)?(?:\S+\s){1,4}?beslutar,?\s(?:för sin del,?\s)?(?:att\s)?",
    re.IGNORECASE,
)
_AS_PROPOSED = re.compile(
    r"\b(?:enligt|i enlighet med|bif\w+|godkänn\w+|anta(?:r|s)?)\s(?P<whose>(?:\S+\s){0,6}?)förslag(?:et)?\b"
    r"(?! till \w)|^(?P<his>(?:\S+\s){0,5}?)förslag(?:et)?\s(?:bif\w+|godkänn\w+|antas|antogs)\b",
    re.IGNORECASE,
)
_ALTERED = re.compile(r"\b(?:ändring\w*|tillägg\w*|undantag\w*|dock|men|utom|förutom|i stället)\b", re.IGNORECASE)
_MOTION = re.compile(r"\b\w*(?:motion|medborgarförslag|e-förslag|initiativ)\w*", re.IGNORECASE)
_WAYS = (
    ("yes", re.compile(r"\bbif[aö]ll\w*|\btillstyrk\w*", re.IGNORECASE)),
    ("no", re.compile(r"\bavsl(?:å|og)\w*|\bavslag\w*|\bavstyrk\w*", re.IGNORECASE)),
    ("answered", re.compile(r"\bbesvara[dt]\w*|\bbesvaras\b", re.IGNORECASE)),
)
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")


@lru_cache(maxsize=65536)
def core(text: str) -> str:
    """The stems of what is decided, without who decides."""
    return " ".join(stems(_LEAD.sub("", text)))


def likeness(one: str, other: str) -> float:
    """How alike two decisions are worded, 0 to 100."""
    return float(fuzz.token_set_ratio(core(one), core(other)))


def ways(text: str) -> frozenset[str]:
    """What is said on a motion: `yes`, `no`, or `answered` where neither is."""
    if not _MOTION.search(text):
        return frozenset()
    found = {way for way, pattern in _WAYS if pattern.search(text)}
    return frozenset(found - {"answered"} or found)


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(_LEAD.sub("", text)))


def as_proposed(text: str) -> str | None:
    """Whose proposal a decision carries by reference: the words before `förslag` (may be empty); None for others."""
    found = _AS_PROPOSED.search(text)
    return (found["whose"] or found["his"] or "") if found and len(text.split()) <= 15 else None


# --- points


def agreement(one: Decided, other: Decided, on: Sequence[Decided]) -> int | None:
    """Whether `other` decides what `one` proposes; `on` is all that answers it."""
    if proposed := ways(one.text):
        found = frozenset(way for it in on for way in ways(it.text))
        return None if not found else int(proposed == found)
    if other.outcome in ("rejected", "remitted"):
        return int(other.outcome == "rejected" and bool(re.search(r"\bavsl", one.text, re.IGNORECASE)))
    alike = likeness(one.text, other.text)
    if alike < SAME:
        return None
    return int(_figures(one.text) <= _figures(other.text))


def points(
    proposals: Sequence[Decided], decisions: Sequence[Decided], proposer: str
) -> Iterator[tuple[Decided, Decided, int | None]]:
    """Each proposal of a section with the decision that answers it, where it is clear which."""
    on = [it for it in decisions if not FORMAL.search(it.text)]
    whole = [it for it in on if as_proposed(it.text) is not None]
    back = [it for it in on if it.outcome in ("remitted", "deferred", "rejected") and WHOLE.match(it.text)]
    for one in proposals:
        found = _worded(one, proposals, on)
        if found is not None:
            yield one, found, agreement(one, found, on if len(proposals) == 1 else [found])
        elif whole:
            same = _is_his(as_proposed(whole[0].text) or "", proposer) and not _ALTERED.search(whole[0].text)
            yield one, whole[0], 1 if same else None
        elif len(on) == 1 and back:
            yield one, on[0], 0


WHOLE = re.compile(
    r"^(?:att )?(?:\S+ ){0,4}?(?:ärendet|förslaget|motionen|frågan(?! om))\b",
    re.IGNORECASE,
)


def _is_his(whose: str, proposer: str) -> bool:
    """Whether `kommunstyrelsens` (förslag) is the proposer's, or nobody is named."""
    plain = " ".join(stems(whose))
    return not plain or plain in proposer or proposer in plain


def _worded(one: Decided, proposals: Sequence[Decided], on: Sequence[Decided]) -> Decided | None:
    """The decision worded most like a proposal, where no other comes near and no other proposal is nearer to it."""
    plain = [it for it in on if as_proposed(it.text) is None]
    if len(proposals) == 1 and ways(one.text) and (about := [it for it in plain if ways(it.text)]):
        return max(about, key=lambda it: likeness(one.text, it.text))  # the first of the likest
    found = sorted(((likeness(one.text, it.text), -at) for at, it in enumerate(plain)), reverse=True)
    least = LIKE if len(proposals) == len(plain) == 1 else LIKE + APART
    if not found or found[0][0] < least or (len(found) > 1 and found[0][0] - found[1][0] < APART):
        return None
    best = plain[-found[0][1]]
    rivals = [likeness(it.text, best.text) for it in proposals if it is not one]
    return best if not rivals or found[0][0] - max(rivals) >= APART else None
