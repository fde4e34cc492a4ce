"""Paragraphs and lists taken apart into their points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from protoparse.deciding.acts import Act, meant
from protoparse.deciding.organs import BOUND, PREPOSITION
from protoparse.deciding.outcomes import INFINITIVE
from protoparse.deciding.surroundings import PERSON
from protoparse.passages import ATT
from protoparse.sentences import boundaries
from protoparse.text import Text

NUMBER = re.compile(r"(?:(?<=\s)|^)(\d{1,2})[.)]\s+(?=\S)")
_QUOTE = re.compile(r"[”“\"»][^”“\"«»]{8,}[”“\"«»]")
_ATT_POINT = re.compile(r"[,;]\s*(?:(?:samt|och|dels)\s+)*(?=att\s)|\s(?:samt|och)\s+(?=att\s)", re.IGNORECASE)
# Verbs that say that something is done; among nouns most in -s and -r are none.
_FINITE = re.compile(
    r"\b(?:är|var|blir|blev|går|gick|ska|skall|får|fick|har|hade|kommer|kom|kan|bör|måste|tar|tas|ger|ges|gäller|sker|står"
    r"|läggs|föreslår|anser|vill|[a-zåäö]{3,}(?<!ll)(?:as|ades|ats))\b"
)
_PERSON_LINE = re.compile(rf"{PERSON}(?: \([^)]*\))?(?:, [^.:;]{{2,70}})?[.,]?(?: (?:och|samt))?")
_SUBPOINT = re.compile(r"(?:[•●▪■○◦·*–—o-]|[a-zåäö][.)])\Z")
_ENDED = re.compile(r"[.!?:;][”\"’)]*\s*$")
# A line that names a paper or a scrap of a list, where no verb stands.
_PAPER = re.compile(
    r"(?:[\wåäö-]+ ){0,3}[\wåäö-]*(?:tjänsteutlåtande|tjänsteskrivelse|skrivelse|yttrande|yrkande|protokoll"
    r"|protokollsutdrag|minnesanteckningar|handling|handlingar|bilaga|lista)\b(?:(?! (?:ska|är|blir) ).){0,160}",
    re.IGNORECASE,
)
_SCRAP = re.compile(
    r"(?:\W|\b\w{1,3}\b)*|Vakant\b.{0,30}"
    r"|(?:Information|Info|Dialog|Diskussion|Ingen åtgärd|Pågår|Klart?|Se ovan)\W*"
    r"|(?:Dnr|Diarienr|Diarienummer|Ärendenummer|Dokument-?id)\b.{0,40}\d",
    re.IGNORECASE,
)
# Who signed: `Vid protokollet: …`, `Justeras …`, `Ordförandens sign  Justerandes sign`.
_SIGNED = re.compile(
    r"(?:(?:Vid (?:protokollet|pennan)|Juster(?:as|at|are|ad|ande|andes|arens|arnas|ingsm[aä]n)|Sekreterarens?"
    r"|Sekreterare|Ordförandens?|Ordförandes?|Utdragsbestyrkande|Underskrift(?:er)?|Namnförtydligande|Rätt utdraget"
    r"|Signatur(?:er)?|sign|signatur|underskrift|Just)\b[\s.:_…,/]*)+"
    r"(?:(?:[A-ZÅÄÖÉ][\w’'-]*|\([\w-]{1,4}\)|och|af|av|von|de|intyga[rs]|bestyrk[es]s?)[\s.:_…,/]*)*"
)
# What may stand between `att` and the infinitive that it belongs to.
_ADVERBIAL = re.compile(
    r"(?:(?:i|för|till|på|med|från|under|inom|vid|senast|även|också|därutöver|därmed|vidare|samtidigt|dessutom)\s"
    r"[^,.;:]{0,45}?)(?<=\s)",
    re.IGNORECASE,
)


def numbered(text: str) -> list[tuple[int, int]]:
    """The points of an inline list 1. … 2. …, as offsets without their numbers; empty when there is none."""
    found = []
    for match in NUMBER.finditer(text):
        if int(match.group(1)) == len(found) + 1 and (
            found or not text[: match.start()].strip() or re.search(r":\s*$", text[: match.start()])
        ):
            found.append(match)
    if not found:
        return []
    ends = [*(m.start() for m in found[1:]), len(text)]
    return [(m.end(), end) for m, end in zip(found, ends, strict=True)]


def att_points(text: str, start: int, found: Sequence[Act]) -> list[tuple[int, int]]:
    """The att-clauses of an inline list from an offset on; empty when there is only one."""
    able = [act for act in meant(found) if not act.only_in_decisions or act.outcome != "assigned"]
    known = {act.start for act in able}
    cuts = [start]
    for match in _ATT_POINT.finditer(text, start):
        follows = match.end() + len("att ")
        comma = match.group().lstrip().startswith((",", ";"))
        listed = text[start:].lower().startswith("att ") and comma
        if follows in known or (listed and INFINITIVE.match(text, follows)) or _is_adverbial(text, follows, able):
            cuts.append(match.end())
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)] if len(cuts) > 1 else []


def _is_adverbial(text: str, start: int, able: Sequence[Act]) -> bool:
    """Whether an adverbial stands here and then the infinitive of an act: `att i övrigt notera`."""
    act = next((act for act in able if act.start > start), None)
    return act is not None and act.shape == "infinitive" and bool(_ADVERBIAL.fullmatch(text[start : act.start]))


def first_att(text: str) -> int:
    """Where the att-list of `X beslutar att …, att …` starts."""
    match = re.search(r"\batt\s", text, re.IGNORECASE)
    return match.start() if match else 0


def trimmed(text: Text, start: int, end: int) -> Text:
    """A part of a text without blanks and without the `samt` or `och` that joins the next point."""
    part = text[start:end].strip()
    match = re.search(r"[,;]?\s+(?:samt|och|dels)\s*$", part.string)
    return part[: match.start()] if match else part


def is_subpoint(marker: str | None) -> bool:
    """Whether a list mark is one that may spell out a point above it: a bullet or a letter."""
    return bool(marker and _SUBPOINT.match(marker))


def is_caption(text: str, marker: str | None, before: str | None) -> bool:
    """Whether a line behind a numbered list is the title of a table: no mark, no full stop, few words."""
    numbered_before = bool(before and before[:1].isdigit())
    return numbered_before and not marker and not _ENDED.search(text) and text[:1].isupper() and len(text.split()) <= 10


def is_open_clause(text: str, able: Sequence[Act]) -> bool:
    """Whether a text is a clause with its own verb that a list may go on with: no full stop ends it."""
    verb = any(act.form == "verb" and act.shape != "infinitive" for act in able) or _FINITE.search(text)
    return bool(verb) and not re.search(r"[.!?;][”\"’)]*\s*$", text)


def is_verbless(text: str, found: Sequence[Act], tasks: bool = False) -> bool:
    """Whether a point of a list has no verb and so cannot be a decision by itself (`Granskning av skolan 2025`);
    behind `som får i uppdrag att` (`tasks`) it goes on with the clause."""
    if tasks:
        return text.strip()[:1].islower()
    return not meant(found) and not _FINITE.search(text) and not INFINITIVE.match(text) and len(text.split()) <= 20


def is_person(text: str) -> bool:
    """Whether a line is the name of one person, with the party or title behind it."""
    return bool(_PERSON_LINE.fullmatch(text.strip()))


def is_cut(text: str, after: Text) -> bool:
    """Whether a paragraph is the rest of the one before, which broke off."""
    return not _ENDED.search(text) and after.string[:1].islower() and not ATT.match(after.string)


def without_asides(unit: Text, found: Sequence[Act]) -> Text | None:
    """A passage under Beslut without the sentences that record something else; None when nothing is left."""
    asides = [act for act in found if act.form == "aside"]
    if not asides:
        paper = _PAPER.fullmatch(unit.string) and not meant(found)
        scrap = _SCRAP.fullmatch(unit.string) or _SIGNED.fullmatch(unit.string)
        return None if paper or scrap else unit
    kept = [(a, b) for a, b in boundaries(unit.string) if not any(a <= aside.start < b for aside in asides)]
    if not kept or not any(a <= act.start < b for act in meant(found) for a, b in kept):
        return None
    return unit[kept[0][0] : kept[-1][1]]


def quotes(text: str) -> list[tuple[int, int]]:
    """Where somebody else's sentences stand in quotation marks; a quoted title is too short."""
    return [match.span() for match in _QUOTE.finditer(text) if match.group().count(" ") >= 1]


def stuck_heading(text: str, found: Sequence[Act], organ: str | None) -> int:
    """Where the sentence starts when a heading without a full stop stands in front of it; else 0."""
    at = text.find(organ) if organ else -1
    before = text[:at]
    if at < 1 or len(before.split()) > 8 or not before[0].isupper() or re.search(r"[,;:–-]\s*$", before):
        return 0
    if BOUND.search(before) or PREPOSITION.search(before) or any(act.start < at for act in found):
        return 0
    return at if any(act.start == at + len(organ or "") + 1 and act.form == "opener" for act in found) else 0
