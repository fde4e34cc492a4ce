"""What a text is about: headings, abbreviations that the document explains, and what "projektet" points to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from protoparse.money.words import Words

_SHORT_LAST = re.compile(r"([A-ZÅÄÖ][\wåäöé-]+(?:[ ][\wåäöé-]+){0,6}) \(([A-ZÅÄÖ]{2,7})\)")
_SHORT_FIRST = re.compile(r"\b([A-ZÅÄÖ]{2,7}) \(([A-ZÅÄÖ][\wåäöé-]+(?:[ ][\wåäöé-]+){1,6})\)")
_STEM = re.compile(
    r"(?:ernas|arnas|ornas|orna|erna|arna|ningarna|ningar|ningen|ning|heten|ens|ets|en|et|na|ar|er|or|a|n|t|s)\Z"
)


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


DEFINITE = re.compile(r"(?:en|et|an|on|na)\Z", re.IGNORECASE)


_GOES_ON = re.compile(r"för\s", re.IGNORECASE)


def _opens(plain: str, topic: str, own: list[str], other: list[str]) -> bool:
    """Whether a heading opens with the name, definite or not."""
    first = topic.split()[0].lower()
    return other[: len(own)] == own or plain.lower() in [first + ending for ending in ("en", "et", "n", "t")]


def same_thing(plain: str, topic: str, words: Words) -> bool:
    """Whether a heading names what the sentence names: "ungdomsmottagningen" under "Digital ungdomsmottagning"."""
    own, other = _stems(plain, words), _stems(topic, words)
    if set(own) == set(other):
        return True
    if (
        own
        and topic
        and _opens(plain, topic, own, other)
        and _GOES_ON.match(" ".join(topic.split()[len(plain.split()) :]))
    ):
        return True  # "chattstödet" under "Chattstöd för unga"
    longer = bool(own) and set(own) < set(other) and len(other) <= len(own) + 2
    return longer and other[-1] in own and bool(DEFINITE.search(plain))


def short_for(plain: str, name: str, words: Words) -> bool:
    """Whether a bare definite noun is the last part of a word of a name: "caféet" for "Språkcafé Kajen"."""
    own = _stems(plain, words)
    if len(own) != 1 or len(own[0]) < 4 or " " in plain or not DEFINITE.search(plain):
        return False
    return any(stem.endswith(own[0]) and stem != own[0] for stem in _stems(name, words))


def spelled_out(plain: str, bound: Mapping[str, str]) -> str | None:
    """The full form of an abbreviation that the document explains, of a compound with it, or of the long name alone."""
    short = re.match(r"([A-ZÅÄÖ]{2,7})(?:-\w+)?\Z", plain)
    if short and short[1] in bound:
        return bound[short[1]]
    return next((full for name, full in bound.items() if full.lower() == f"{plain} ({name})".lower()), None)


_TOKEN = re.compile(r"[\w&-]+|[^\w\s]")
_PREPOSITION = re.compile(
    r"i|på|vid|för|om|till|av|från|med|mellan|hos|kring|inom|under|över|efter|mot|utan|åt|bland|sin|sitt|sina|dess|deras"
)
_FINITE = re.compile(
    r"(?!(?:under|över|efter|eller|för|där|när|var|både|åter|fler|mer|vår|år)\Z)[a-zåäöé]+(?:ar|er|år|ör|yr|ade|de|te|tt)\Z"
)


def opening_thing(text: str, words: Words) -> str:
    """The service that a sentence or heading opens with, as its subject: "Språkcaféet på Ekön" of "… på Ekön är öppet".

    Empty where the subject is no definite noun of a service (`service_nouns`) and no name after one.
    """
    phrase = subject_before_verb(text, words).split(" som ")[0]
    tokens = phrase.split()
    if not tokens or tokens[0].lower() in words.no_subject or len(tokens) > _MOST_WORDS or words.body.search(phrase):
        return ""
    if any(words.classes[kind].fullmatch(tokens[0]) for kind in ("money", "agreement")):
        return ""
    return phrase if any(words.service.fullmatch(token.lower()) for token in tokens[:3]) else ""


_MOST_WORDS = 8


def subject_before_verb(text: str, words: Words) -> str:
    """What stands before the first finite verb; empty where none is found in the sentence's first words."""
    known = words.verb.search(text)
    place = known.start() if known else len(text)
    last = ""
    for at, token in enumerate(list(_TOKEN.finditer(text))[: _MOST_WORDS + 1]):
        word = token.group()
        if token.start() >= place:
            break
        if not re.match(r"\w", word):
            return ""
        adjective = last.endswith("a") and not last.endswith(("orna", "arna", "erna")) and at < 2
        loose = at and not _PREPOSITION.fullmatch(last) and not adjective
        if loose and _FINITE.match(word) and not words.service.fullmatch(word):
            return text[: token.start()].strip()
        last = word.lower()
    return text[:place].strip() if known and place else ""


def is_full_name(thing: str, words: Words) -> bool:
    """Whether a service is told by more than its kind: a compound, an adjective or a name; "Caféet" is not."""
    tokens = thing.split()
    bare = words.service_bare.fullmatch(tokens[0].lower()) if tokens else None
    return bool(tokens) and (bare is None or any(token[:1].isupper() for token in tokens[1:]))


_GENDER = {"den": ("n",), "denna": ("n",), "det": ("t",), "detta": ("t",), "de": ("a",), "dessa": ("a",)}


def may_mean(plain: str, thing: str, words: Words) -> bool:
    """Whether "den", "verksamheten" or "teamet" can stand for a service: by gender, or because it ends in that noun."""
    low = plain.lower()
    head = next((token for token in thing.lower().split() if words.service.fullmatch(token)), "")
    if low in _GENDER:
        return head.endswith(_GENDER[low])
    return not low or low in words.stands_for or ends_name(plain, thing, words)


def ends_name(plain: str, name: str, words: Words) -> bool:
    """Whether a bare definite noun is a word of a longer name, or the end of one."""
    own, other = _stems(plain, words), _stems(name, words)
    if len(own) != 1 or len(own[0]) < 4 or not DEFINITE.search(plain) or " " in plain:
        return False
    return (own[0] in other and len(other) > 1) or short_for(plain, name, words)


_WITH = re.compile(
    r"(?:\w+\s)?\w*(?:avtal|avtalet|kontraktet|partnerskap|partnerskapet|överenskommelsen)\s+med\s+(?P<who>.+)",
    re.IGNORECASE,
)


def partner_of(name: str) -> str:
    """Whom an agreement is with: "Avtalet med Lotsen" → "Lotsen"; any other name as it is."""
    match = _WITH.fullmatch(name)
    return match["who"] if match else name
