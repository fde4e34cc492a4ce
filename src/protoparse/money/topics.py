"""What a text is about: headings, abbreviations that the document explains, and what "projektet" points to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from protoparse.money.words import Words

_SHORT_LAST = re.compile(r"([A-ZÅÄÖ][\wåäöé-]+(?:[ ][\wåäöé-]+){0,6}) \(([A-ZÅÄÖ]{2,7})\)")
_SHORT_FIRST = re.compile(r"\b([A-ZÅÄÖ]{2,7}) \(([A-ZÅÄÖ][\wåäöé-]+(?:[ ][\wåäöé-]+){1,6})\)")
_STEM = re.compile(r"(?:ernas|ernas|orna|erna|arna|ningen|heten|ens|ets|en|et|na|ar|er|or|a|n|t|s)\Z")


def _fits(short: str, words: Sequence[str]) -> bool:
    """Whether the letters of an abbreviation come in order in the words, its first letter first."""
    text, at = " ".join(words).lower(), 0
    if not text.startswith(short[0].lower()):
        return False
    for letter in short.lower():
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True


def abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Abbreviations that the document explains: IKB → Intensiv kontextuell behandling (IKB)."""
    bound: dict[str, str] = {}
    for text in texts:
        if "(" not in text:
            continue
        for match in _SHORT_FIRST.finditer(text):
            if _fits(match[1], match[2].split()):
                bound.setdefault(match[1], f"{match[2]} ({match[1]})")
        for match in _SHORT_LAST.finditer(text):
            words = match[1].split()
            for size in range(1, len(words) + 1):
                if words[-size][0].isupper() and _fits(match[2], words[-size:]):
                    bound.setdefault(match[2], f"{' '.join(words[-size:])} ({match[2]})")
                    break
    return bound


def _stems(text: str, words: Words) -> list[str]:
    """The stems of the words of a name in their order, without articles and what stands in brackets."""
    plain = words.genitive.sub("", re.sub(r"\([^)]*\)", "", text.lower()))
    tokens = [
        token for token in re.findall(r"[\wåäö-]+", plain) if token not in ("den", "det", "de", "och", "i", "på", "för")
    ]
    return [_STEM.sub("", token) if len(token) > 4 else token for token in tokens]


_DEFINITE = re.compile(r"(?:en|et|an|on|na)\Z", re.IGNORECASE)


def same_thing(plain: str, topic: str, words: Words) -> bool:
    """Whether a heading names what the sentence names: "ungdomsmottagningen" under "Digital ungdomsmottagning"."""
    own, other = _stems(plain, words), _stems(topic, words)
    if set(own) == set(other):
        return True
    longer = bool(own) and set(own) < set(other) and len(other) <= len(own) + 2
    return longer and other[-1] in own and bool(_DEFINITE.search(plain))


def short_for(plain: str, name: str, words: Words) -> bool:
    """Whether a bare definite noun is the last part of a word of a name: "caféet" for "Språkcafé Kajen"."""
    own = _stems(plain, words)
    if len(own) != 1 or len(own[0]) < 4 or " " in plain or not _DEFINITE.search(plain):
        return False
    return any(stem.endswith(own[0]) and stem != own[0] for stem in _stems(name, words))


_PRONOUN = re.compile(r"(?:den|det|denna|detta)\Z", re.IGNORECASE)
_NEVER_NAMED = re.compile(
    r"(?:Vi|Det|Den|De|Detta|Denna|Dessa|Flera|Många|Alla|Nästan|Drygt|Över|Under|Sedan|Nu|I|På|Vid|Enligt|För|Av|Till|Från|"
    r"Med|Om|När|Som|Efter|Just|Ett|En|Två|Tre|Fyra|Fem|Där|Här|Ordföranden|Samtliga|Inga|Ingen)\b"
)


def opened_with(previous: str, plain: str, words: Words) -> str:
    """The name with which the sentence before opens, where "den" or "mottagningen" stands for it; else nothing."""
    verb = words.verb.search(previous)
    name = previous[: verb.start()].strip() if verb else ""
    if not name or "," in name or len(name.split()) > 6 or _NEVER_NAMED.match(name) or words.points_back(name):
        return ""
    head = (
        name.split()[0] if re.search(r"\s[A-ZÅÄÖ]", name) else re.split(r"\s(?:i|på|för|om|av)\s", name)[0].split()[-1]
    )
    if words.body.fullmatch(head) or words.funder.fullmatch(name) or words.kind_of(head) or not _DEFINITE.search(head):
        return ""
    meant = _PRONOUN.match(plain) or (plain.lower() == head.lower() != name.lower()) or short_for(plain, name, words)
    return name if meant else ""


def spelled_out(plain: str, bound: Mapping[str, str]) -> str | None:
    """The full form of an abbreviation that the document explains, of a compound with it, or of the long name alone."""
    short = re.match(r"([A-ZÅÄÖ]{2,7})(?:-\w+)?\Z", plain)
    if short and short[1] in bound:
        return bound[short[1]]
    return next((full for name, full in bound.items() if full.lower() == f"{plain} ({name})".lower()), None)


_YEARS = re.compile(r"\s+20\d\d(?:\s?[–-]\s?\d{2,4})?\Z")
_ZONE_HEADING = re.compile(
    r"(?:beslut\w*|förslag\b.*|ärende\w*|bakgrund|bedömning|beredning|sammanfattning.*|informations\w*.*|"
    r"meddelanden|övrig\w*.*|.*\bförslag\b.*|"
    r"ekonomisk\w* \w+|konsekvenser|yttrande\w*|.*\bbeslut|dialog\w*.*|lägesrapport\w*|rapporter|anmälningsärenden)\Z",
    re.IGNORECASE,
)
_GENERAL_TAIL = re.compile(r"s (?:\w+ )?(?:verksamhet|finansiering|drift|ekonomi|framtid|arbete)\Z", re.IGNORECASE)


def topic_of(title: str | None, words: Words, bound: Mapping[str, str]) -> str:
    """What a heading says the text is about: "Skolnärvaroteamet" of "Finansiering av Skolnärvaroteamets verksamhet"."""
    if not title or _ZONE_HEADING.match(title.strip(" :")):
        return ""
    plain = _GENERAL_TAIL.sub("", _YEARS.sub("", words.prefixes.sub("", " ".join(title.split()), count=1)))
    known = next((full for short, full in bound.items() if re.match(rf"{short}\b", plain)), None)
    if known and plain not in known:
        return known
    if words.body.fullmatch(plain):  # an organ or a payer is nothing that is paid for
        return ""
    verb = words.verb.search(plain)
    if verb and verb.start() and plain[verb.end() :].strip():  # "Träffpunkten öppnar igen" is a sentence, no name
        plain = plain[: verb.start()].strip()
    general = re.split(r"[\s,:–-]", plain.lower(), maxsplit=1)[0] in words.general
    return "" if general else plain[:1].upper() + plain[1:]
