"""Under which shorter names a service may go: `Kompassen` for `Rådgivningen Kompassen`, `närteamet` for `Mobila
närteamet i Norrby`, `Fontänhuset` for `Fontänhuset i Norrby`.

A short name is a proper name that another word introduces, or a noun in the definite form that says more than
`teamet` or `mottagningen` does. Whether it stands for the long one hangs on what else is so called: see `entities`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from protoparse.names import abbreviation, key, named, stem, stems, words

# What many services are; alone it names none of them.
_GENERIC = frozenset(
    stems(
        "team projekt mottagning utbildning verksamhet grupp satsning insats central center centrum tjänst linje avtal "
        "överenskommelse partnerskap rådgivning förening stöd bidrag medel arbete samverkan boende café skola program "
        "nätverk ombud fond modell metod behandling plattform lokal kurs buss butik fritidsgård bibliotek förvaltning "
        "förbund bolag stiftelse hus uppdrag pilot försök statsbidrag verksamhetsbidrag föreningsbidrag kommun region"
    )
)
_AFTER_ABBREVIATION = frozenset(stems("team projekt insats satsning verksamhet arbete modell metod"))
_IN_PLACE = re.compile(
    r"\s+(?:i|på|vid)\s+[A-ZÅÄÖ][\w-]+(?:\s+(?:kommun|gård|herrgård|centrum|torg|bruk|slott|by|skola|sjukhus|hamn))?$"
)
_TAIL = re.compile(r"(\S+)\s+(?:för|mot|med|till|om|i|på|vid)\s+\S.*")
_ABBREVIATED = re.compile(r"([A-ZÅÄÖ][A-ZÅÄÖ0-9]+)-(\w+)")
_PROJECT = re.compile(r"(\w{5,})projekt(?:et)?s?", re.IGNORECASE)
_PARTICLES = frozenset(["in", "ut", "upp", "ihop", "igång", "framåt", "vidare", "mer", "tillsammans", "hemma", "nu"])
LONG = 8  # letters of a noun that tells enough by itself


def definite(word: str) -> bool:
    """Whether a word has the ending of the definite form."""
    return bool(re.search(r"(?:en|et|an|na|ns|ts|nas|n)$", word.casefold()))


def specific(word: str) -> bool:
    """Whether a noun in the definite form tells one service from others: `fältgruppen`, not `gruppen`."""
    return len(word) >= LONG and definite(word) and stem(word.casefold()) not in _GENERIC


def shorts(name: str, places: Collection[str] = ()) -> set[str]:
    """The keys of shorter names of a service; `places`: municipalities and regions, in small letters."""
    found = {key("service", short) for short in _shorts(named(name), places)}
    return found - {key("service", name), ""}


def _shorts(name: str, places: Collection[str]) -> Iterator[str]:
    if match := _ABBREVIATED.fullmatch(name):
        if stem(match.group(2).casefold()) in _AFTER_ABBREVIATION:
            yield match.group(1)
        return
    if match := _PROJECT.fullmatch(name):
        yield match.group(1)
    core = _IN_PLACE.sub("", name)
    if core == name and len(parts := name.split()) > 1 and parts[-1].casefold().rstrip("s") in places:
        core = " ".join(parts[:-1])
    if core != name and _tells(core):
        yield core
    where, _, what = name.partition(" ")
    if where.casefold().rstrip("s") in places and len(what) >= LONG and " " not in what and stem(what) not in _GENERIC:
        yield what
    yield from _parts(core)


def _tells(core: str) -> bool:
    return len(core.split()) > 1 or specific(core)


def _parts(core: str) -> Iterator[str]:
    first, *rest = core.split()
    if (match := _TAIL.fullmatch(core)) and specific(match.group(1)):
        yield match.group(1)
    elif rest and definite(first) and _name(rest):
        yield " ".join(rest)
        if specific(first):
            yield first
    elif rest and len(rest) < 3 and rest[-1].islower() and specific(rest[-1]) and not definite(first):
        yield rest[-1]


def _name(rest: list[str]) -> bool:
    """Whether words are a proper name: `Pärlan`, `Steg på väg`; no more than one small word at its end."""
    capitals = [word[:1].isupper() and len(word) > 1 for word in rest]
    return all(capitals) or (len(rest) == 2 and capitals[0] and rest[1] in _PARTICLES)


def turned(name: str) -> tuple[str, ...]:
    """What `Fyrens mottagning`, `Mottagningen Fyren` and `Mottagningen i Fyren` have in common; empty for one word."""
    found = sorted(word for word in key("service", name).split() if word not in ("i", "på"))
    return tuple(found) if len(found) > 1 and len(words(name)) < 5 else ()


def spoken_names(name: str) -> set[str]:
    """What a text may call a service: its name alone, the abbreviation that it explains, its proper name."""
    short = {it for it in _shorts(named(name), ()) if it[:1].isupper()}
    return {named(name), *short, *filter(None, [abbreviation(name)])}
