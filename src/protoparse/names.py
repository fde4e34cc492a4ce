"""What the spellings of one name have in common.

Only spellings that differ by inflection, case, hyphens, a leading `länets` or a trailing `projektet` have one key, and
abbreviations that a text itself explains in brackets. What hangs on more than the name is decided in `entities`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache

_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")
_ABBREVIATION = re.compile(r"[A-ZÅÄÖ0-9][\wÅÄÖåäö&-]{0,8}[A-ZÅÄÖ0-9]")

_EXPLAINED = re.compile(r"([A-ZÅÄÖ]{2,10}) \(([^()]*\s[^()]*)\)")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LEADING = _set(
    "den det de denna detta dessa länets kommunens kommunernas regionens vår vårt våra projektet satsningen insatsen"
)
_TRAILING = _set("projekt projektet verksamheten satsningen insatsen")
_TRAILING_OF_ORGAN = _set("sammanträde sammanträdet möte mötet")
_CONTINUED = re.compile(r"\s+fortsatt[a]?\s+(?:verksamhet|finansiering|drift|arbete)\s*$", re.IGNORECASE)
_SMALL = _set("och i för av på till med om samt vid")
_ENDINGS = ("arna", "erna", "orna", "en", "et", "na", "s", "a", "n", "t", "e")
_PLURAL = re.compile(r"(\w{3,}[aeo]r)nas?")
_COLON = re.compile(r"(?<=\w):(?:s|en|ens|et|ets|n|ns|t|ts)\b")  # `IFH:s`
_COLLABORATION = ("i", "samverkan")
_ABOUT_WHAT = _set("för om kring inom mot")
# "Familjecentralen Ankaret i Norrvalla": a name that stands on its own, and where it is.
_PLACED = re.compile(r"(\S+(?: \S+)* [A-ZÅÄÖ]\w+) i [A-ZÅÄÖ]\w+(?: kommun)?$")
# "Lägesbild Strandlinjen", "föreningen Öppna dörren": what stands before the name.
_ABOUT = re.compile(
    r"^(?i:lägesbild|lägesrapport|nuläge|statusrapport|slutrapport|delrapport|information)(?:\s+(?:om|från|för))?\s+"
    r"(?=[A-ZÅÄÖ])"
)
# "Styrelsen för Samordningsförbundet Älven": the association itself, which meets by its board.
_ITS_BOARD = re.compile(r"^[Ss]tyrelsen\s+(?:för|i|hos|inom)\s+(?=\w*(?:förbund|förening|stiftelse))", re.IGNORECASE)
_ASSOCIATION = re.compile(r"^[Ff]öreningen\s+(?=[A-ZÅÄÖ])")
# "Strandlinjen – avtalet": the name and what the heading is about.
_ASPECT = re.compile(
    r"(?:\s+[–—-]|,)\s+(?:avtal(?:et)?|information|(?:läges|del|slut)?rapport(?:en)?|uppföljning(?:en)?|finansiering(?:en)?|"
    r"förlängning(?:en)?|fortsättning(?:en)?|ansökan|nuläge(?:t)?|dialog(?:en)?|budget(?:en)?|ekonomi(?:n)?|"
    r"redovisning(?:en)?|utvärdering(?:en)?)$",
    re.IGNORECASE,
)
# "Strandlinjens fortsättning": what of it is meant.
_ITS = re.compile(
    r"(?<=[^\Ws])s\s+(?:projekttid|fortsättning|framtid|finansiering|ekonomi|budget|förlängning|läge|medel|pengar)$",
)


def words(name: str) -> list[str]:
    """The words of a name in small letters; hyphens part words."""
    plain = unicodedata.normalize("NFKC", name).replace("\u00ad", "").replace(" & ", " och ").casefold()
    plain = _COLON.sub("", plain)
    return [word for word in re.split(r"[\s\-‐‑–—/.,:;\"'”“’()]+", plain) if word]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A word without the endings of number, gender, definiteness and genitive; short words are left alone."""
    if word == "samordnade":
        word = "samordnande"  # a slip that the minutes themselves make
    ending = next((it for it in _ENDINGS if word.endswith(it) and len(word) - len(it) >= (3 if it == "s" else 4)), None)
    return stem(word[: -len(ending)]) if ending else word


def _key_stem(word: str, *, last: bool) -> str:
    """The same for a word of a name: the plural stays one (`lotsarna` are not `lotsen`), and the noun at its end has
    no adjective's ending (`lotten` is not `lotsen`)."""
    if plural := _PLURAL.fullmatch(word):
        return plural.group(1)
    if not last or word == "samordnade":
        return stem(word)
    word = re.sub(r"(?<=\w{3})s+$", "", word)
    bare = re.sub(r"(?<=\w{4})(?:en|et|na|(?<=[aeiouyåäöé])[nt]|a|e)$", "", word)
    return _key_stem(bare, last=True) if bare != word else bare


def stems(text: str) -> list[str]:
    """The stems of all words of a text."""
    return [stem(word) for word in words(text)]


def _trimmed(kind: str, found: list[str]) -> list[str]:
    trailing = _TRAILING_OF_ORGAN if kind == "organ" else _TRAILING
    while len(found) > 1 and found[0] in _LEADING:
        found = found[1:]
    while len(found) > 1 and found[-1] in trailing:
        found = found[:-1]
    at = next((k for k in range(1, len(found) - 1) if tuple(found[k : k + 2]) == _COLLABORATION), None)
    return found[:at] if kind == "organ" and at else found


def _plain_service(name: str) -> str:
    name = _ABOUT.sub("", _ITS.sub("", _CONTINUED.sub("", _ASPECT.sub("", name))))
    placed = _PLACED.match(name)
    return placed.group(1) if placed else name


@lru_cache(maxsize=1 << 16)
def key(kind: str, name: str) -> str:
    """What all spellings of one name have in common. Persons keep every letter: `Hans` is no genitive."""
    name = unbracketed(name)
    if kind == "person":
        return " ".join(words(name)) or name.casefold()
    name = _ASSOCIATION.sub("", name)
    found = words(_plain_service(name) if kind == "service" else _ITS_BOARD.sub("", name))
    found = _trimmed(kind, found)
    if kind == "organ":  # `samverkansgruppen för äldre` is `Samverkansgrupp Äldre`
        found = [word for k, word in enumerate(found) if not (k == 1 and word in _ABOUT_WHAT and len(found) > 2)]
    return " ".join(_key_stem(word, last=word is found[-1]) for word in found) or name.casefold()


def named(name: str) -> str:
    """A service's name as printed, without what stands before or after it: `föreningen`, `länets`, `– avtalet`."""
    found = _plain_service(_ASSOCIATION.sub("", unbracketed(name))).split()
    while len(found) > 1 and leads(found[0]):
        found = found[1:]
    return " ".join(found)


def _long_first(name: str) -> str:
    """`TIPS (Tidig start)`, where the letters agree, as `Tidig start (TIPS)`."""
    found = _EXPLAINED.fullmatch(name)
    initials = "".join(word[0] for word in words(found.group(2)) if word not in _SMALL) if found else ""
    return f"{found.group(2)} ({found.group(1)})" if found and initials == found.group(1).casefold() else name


def unbracketed(name: str) -> str:
    """A name without the abbreviation that it explains."""
    name = _long_first(name)
    return name[: found.start()] if abbreviation(name) and (found := _BRACKET.search(name)) else name


def abbreviation(name: str) -> str | None:
    """`Intensivt stöd hemma (ISH)` → ISH."""
    found = _BRACKET.search(_long_first(name))
    return found.group(1) if found and _ABBREVIATION.fullmatch(found.group(1)) else None


def explained(kind: str, name: str) -> tuple[str, str] | None:
    """`Intensivt stöd hemma (ISH)` → (the key of ISH, the key of its long form)."""
    short = abbreviation(name)
    return (key(kind, short), key(kind, name)) if short else None


def explained_in(kind: str, title: str) -> tuple[str, str] | None:
    """The same from a heading, where only the last words may belong to the name: their initials must agree."""
    pair = explained(kind, title)
    found = unbracketed(title).split()
    for start in range(len(found) - 1, -1, -1) if pair else ():
        initials = "".join(word[0] for word in found[start:] if word.casefold() not in _SMALL)
        if initials.casefold() == pair[0]:
            return pair[0], key(kind, " ".join(found[start:]))
    return None


def abbreviations(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Abbreviation → long form, without those that stand for two things."""
    longs: dict[str, set[str]] = defaultdict(set)
    for short, long in pairs:
        longs[short].add(long)
    return {short: next(iter(found)) for short, found in longs.items() if len(found) == 1}


def leads(word: str) -> bool:
    """Whether a word such as `länets` stands before a name without being part of it."""
    return word.casefold() in _LEADING


# --- boards that every municipality has

_BOARD = re.compile(
    r"(?:kommun|region)(?:fullmäktiges?|styrelsens?|styrelse)|\w+nämnd(?:en)?s?|\w+utskott(?:et)?s?|"
    r"\w*beredning(?:en)?s?|presidi(?:um|et)s?|\w{4,}råd(?:et)?s?"
)
_PUBLIC = re.compile(r"(?:\w*nämnd|(?:kommun|region)styrelse)(?:ns?|ens?|s)?|\w*fullmäktiges?|\w+utskott(?:et)?s?")
_OWNER = re.compile(r"\b([A-ZÅÄÖ][a-zåäöé]+ kommun)(?:s|en)?\b|\b(Region(?:en)? [A-ZÅÄÖ][a-zåäöé]+?)s?\b(?! \w+ län)")
_HOUSE = re.compile(
    r"\b([A-ZÅÄÖ][a-zåäöé]+) (?:kommun|stads)hus\w*|\b(?:[Kk]ommun|[Ss]tads)huset,? i ([A-ZÅÄÖ][a-zåäöé]+)|"
    r"\b(?:Kommun|Stads)huset,? (?!\w*(?:sal|salen|rum|rummet|våningen|plan)\b)([A-ZÅÄÖ][a-zåäöé]+)"
)
_HEAD = re.compile(
    r"^([A-ZÅÄÖ][a-zåäöé]+ kommun(?= [A-ZÅÄÖ·|–-]|,|$)|Region [A-ZÅÄÖ][a-zåäöé]+(?= [·|–-]|,|$))", re.MULTILINE
)
_IN_PLACE = re.compile(r"\s*(?:,|\bi\b)\s*([A-ZÅÄÖ][a-zåäöé]+)(?: kommun)?$")


def board(name: str) -> tuple[str, str | None] | None:
    """`Socialnämnden i Granås` → (the board's key, its owner); None for what is no board that others have too."""
    plain, owner = placed(name)
    found = words(plain)
    return (key("organ", plain), owner) if found and all(_BOARD.fullmatch(word) for word in found) else None


def placed(name: str) -> tuple[str, str | None]:
    """`Barn- och skolnämnden i Granås` → (the name alone, the municipality or region that it gives)."""
    owner = None
    if match := _IN_PLACE.search(name):
        owner = f"{match.group(1)} kommun"
    elif match := _OWNER.search(name):
        owner = match.group(1) or match.group(2)
    if match:
        name = (name[: match.start()] + " " + name[match.end() :]).strip(" ,")
    return name, owner


def public(name: str) -> tuple[str, str | None] | None:
    """The same as `board` for every board of a municipality or region, also one with a name of its own
    (`Tekniska nämnden`)."""
    plain, owner = placed(name)
    last = words(plain)[-1:]
    named = any(_PUBLIC.fullmatch(word) for word in last)
    return board(name) or ((key("organ", plain), owner) if named else None)


def owner_key(owner: str) -> str:
    """A municipality or region by its place, without the genitive that `Sillviks kommun` has."""
    plain = owner.casefold().removesuffix(" kommun").removeprefix("regionen ").removeprefix("region ")
    return plain[:-1] if plain.endswith("s") and len(plain) > 4 else plain


def places(name: str) -> set[str]:
    """The municipalities and regions that a name holds, in small letters."""
    return {owner_key(one or other) for one, other in _OWNER.findall(name)}


def unplaced(name: str, places: Collection[str]) -> set[str]:
    """The key of an organ's name without the place at its end: `Länsrådet Norr` → Länsrådet; boards have owners."""
    head, _, last = unbracketed(name).rpartition(" ")
    short = head and not board(name) and not bare(head) and owner_key(last) in places
    return {key("organ", head)} if short else set()


def owner_in(text: str) -> str | None:
    """Whose board met, from its front page: the house where it sat, or the name that heads the page."""
    houses = [f"{''.join(found)} kommun" for found in _HOUSE.findall(text)]
    found = houses or _HEAD.findall("\n".join(text.split("\n")[:4]))
    return min(found) if len({owner_key(owner) for owner in found}) == 1 else None


# Groups that every organ may have; which one is meant hangs on whose document it is.
_KINDS = "arbetsgruppen gruppen rådet nätverket styrelsen nämnden utskottet beredningen presidiet kommittén styrgruppen"
_BARE = frozenset(key("organ", word) for word in _set(_KINDS))


_BOARD_OF_ITS_OWN = re.compile(r"styrelsens?")
_ASSOCIATED = re.compile(r"förbund(?:et)?s?\b", re.IGNORECASE)
_DEFINITE = re.compile(r"(?<=\w{3})(?:en|et|n)$")


def itself(name: str, organ: str) -> bool:
    """Whether a group named by its kind alone is the organ whose document it is: `rådet` of `Folkhälsorådet`."""
    kind = name.casefold()
    if _BOARD_OF_ITS_OWN.fullmatch(kind) and _ASSOCIATED.search(organ):
        return True
    plain = {kind, _DEFINITE.sub("", kind), kind.removesuffix("n")}
    return not bare(organ) and any(word.endswith(tuple(plain)) for word in words(organ))


def bare(name: str) -> bool:
    """Whether a group is named by its kind alone: `arbetsgruppen`."""
    found = key("organ", name).split()
    return len(found) == 1 and found[0] in _BARE
