"""Which names of organizations, organs and services mean one thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from protoparse import cores, names
from protoparse.mentioned import Around, Groups, Keys, Mention, Pairs, Place
from protoparse.said import Said

ALIKE = 90  # from here two names are worth a look
WITHIN = "det ena namnet ryms i det andra"
FEW = 3  # longer names in which a shorter one may stand and still be worth a look
CROWD = 40  # words that more names share tell nothing

# Names of one thing that differ in such a word are names of two things.
_TYPES = tuple(
    names.stems(
        "temagrupp arbetsgrupp delgrupp styrgrupp projektgrupp referensgrupp ledningsgrupp grupp nätverk råd nämnd "
        "utskott beredningsgrupp beredning styrelse kommun region förbund förening skola lots mottagning"
    )
)


def keyed(
    kind: str,
    found: Sequence[Mention],
    titles: Iterable[str],
    said: Said,
    around: Around,
    tied: Iterable[tuple[str, str]],
) -> tuple[Keys, Pairs]:
    """The key of every mention of an organization, organ or service, and the keys that may be one.

    `titles`: of sections, where services are explained; `tied`: names that documents use of one service.
    """
    owners = _owners(found) if kind == "organ" else {}
    short = _short_forms(kind, {one.name for one in found}, titles if kind == "service" else ())
    base = {one.place: _base(kind, one, owners, short, said) for one in found}
    groups = _grouped(kind, found, base, said, around, short, tied)
    shared = Counter(key.partition("\0")[0] for key in {groups.of(key) for key in base.values()})
    printed = _titles(found) if kind == "organ" else {}
    keys = {}
    for place, one in base.items():
        plain, _, owner = (key := groups.of(one)).partition("\0")
        keys[place] = key, printed.get(owner, owner) if shared[plain] > 1 else ""
    return keys, list(_similar(sorted({key for key, _ in keys.values()})))


def _grouped(
    kind: str,
    found: Sequence[Mention],
    base: Mapping[Place, str],
    said: Said,
    around: Around,
    short: Mapping[str, str],
    tied: Iterable[tuple[str, str]],
) -> Groups:
    """The keys that mean one thing: by their letters, as a shorter name, or because people say so."""
    groups, spelled = Groups(), defaultdict(set)
    for one in found:
        spelled[base[one.place]].add(one.name)

    def join(alike: Iterable[tuple[str, str]]) -> None:
        for key, other in alike:
            if not said.apart(spelled[key], spelled[other]):
                groups.join(key, other)

    join(_alike(kind, {one.name: base[one.place] for one in found}, tied))
    join(_shorter(kind, found, base, groups, around, short))
    for same in said.same:
        keys = [base[one.place] for one in found if any(said.is_(one.name, name) for name in same)]
        for other in keys[1:]:
            groups.join(keys[0], other)
    return groups


def _alike(kind: str, of_name: Mapping[str, str], tied: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs of keys of one thing, from the keys of all names."""
    yield from _spaced(of_name)
    if kind == "service":
        yield from _subtitled({key: name for name, key in of_name.items()})
        yield from _turned(of_name)
        yield from ((of_name[one], of_name[other]) for one, other in tied)


def _base(kind: str, one: Mention, owners: Mapping[str, set[str]], short: Mapping[str, str], said: Said) -> str:
    if own := said.own_key(one.name):
        return own
    key = names.key(kind, one.name)
    if kind == "organ" and names.bare(one.name):
        if one.organ and names.itself(one.name, one.organ):
            return _base(kind, one._replace(name=one.organ), owners, short, said)
        return f"{key}\0{names.key(kind, one.organ)}" if one.organ else key
    if kind == "organ" and (board := names.board(one.name)):
        key, named = board
        owner = named or one.owner or _only(owners, key, one)
        return f"{key}\0{names.owner_key(owner)}" if owner else key
    return short.get(key, key)


def _only(owners: Mapping[str, set[str]], key: str, one: Mention) -> str | None:
    """The owner where the text names none: the only one there is, or the only one that is known to have the board and
    whose own document it is."""
    everyone = {owner for known in owners.values() for owner in known}
    known = owners.get(key, set()) if one.organ and names.key("organ", one.organ) == key else everyone
    return next(iter(known)) if len(known) == 1 else None


def _owners(found: Iterable[Mention]) -> dict[str, set[str]]:
    """Board → the municipalities and regions that are known to have one."""
    owners: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if board := names.board(one.name):
            owners[board[0]] |= {names.owner_key(owner) for owner in (board[1] or one.owner,) if owner}
    return owners


def _titles(found: Iterable[Mention]) -> dict[str, str]:
    """What tells boards and groups of one name apart, as it is printed."""
    printed: dict[str, set[str]] = defaultdict(set)
    for one in found:
        board = names.board(one.name)
        if owner := (board and board[1]) or one.owner:
            printed[names.owner_key(owner)].add(owner)
        if one.organ:
            printed[names.key("organ", one.organ)].add(one.organ)
    return {key: min(names_) for key, names_ in printed.items()}


def _short_forms(kind: str, spellings: Iterable[str], titles: Iterable[str]) -> dict[str, str]:
    pairs = [pair for name in spellings if (pair := names.explained(kind, name))]
    pairs += [pair for title in titles if (pair := names.explained_in(kind, title))]
    return names.abbreviations(pairs)


def _spaced(base: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Keys that differ only in where words are parted: `språk kafé` and `språkkafé`. From the keys of the spellings."""
    tight: dict[str, set[str]] = defaultdict(set)
    for name, key in base.items():
        plain, _, owner = key.partition("\0")
        tight[f"{plain.replace(' ', '')}\0{owner}"].add(key)
        if all(len(word) > 2 for word in names.words(name)):  # a letter at the end would be taken for an ending
            tight[f"{names.key('service', ''.join(names.words(name)))}\0{owner}"].add(key)
    return ((min(same), other) for _, same in sorted(tight.items()) for other in sorted(same - {min(same)}))


def _turned(base: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Keys of the same words in another order: `Fyrens mottagning` and `Mottagningen Fyren`."""
    same: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for name, key in base.items():
        if found := cores.turned(name):
            same[found].add(key)
    return ((min(keys), other) for _, keys in sorted(same.items()) for other in sorted(keys - {min(keys)}))


def _subtitled(spellings: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """`Strandlinjen` and `Strandlinjen – närtrafik`, where the name has only one such subtitle."""
    longer: dict[str, list[str]] = defaultdict(list)
    for key, name in sorted(spellings.items()):
        head, dash, _ = name.partition(" – ")
        if dash:
            longer[names.key("service", head)].append(key)
    return ((head, keys[0]) for head, keys in longer.items() if head in spellings and len(set(keys)) == 1)


def _shorter(
    kind: str,
    found: Sequence[Mention],
    base: Mapping[Place, str],
    groups: Groups,
    around: Around,
    explained: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """A shorter name with the only longer one that it can stand for, where documents of one family bear both."""
    bearers: dict[str, list[Mention]] = defaultdict(list)
    for one in found:
        bearers[groups.of(base[one.place])].append(one)
    longer: dict[str, set[str]] = defaultdict(set)
    for key in sorted(bearers):
        for name in {one.name for one in bearers[key]}:
            for short in _short_keys(kind, name, around.places):
                if (home := groups.of(explained.get(short, short))) in bearers and home != key:
                    longer[home].add(key)
    borne = _by_word([*bearers, *around.others]) if kind == "service" else {}
    for short, keys in sorted(longer.items()):
        (long, *more) = sorted(keys)
        if more or _borne_elsewhere(short, long, borne):
            continue
        if _one_family(bearers[short], bearers[long]):
            yield short, long


def _short_keys(kind: str, name: str, places: Collection[str]) -> set[str]:
    return (
        cores.shorts(name, places)
        if kind == "service"
        else (names.unplaced(name, places) if kind == "organ" else set())
    )


def _by_word(keys: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        plain = key.partition("\0")[0]
        for word in set(plain.split()):
            found[word].append(plain)
    return found


_ABOUT_IT = re.compile(r"\b(?:med|om|till|för|av|från|ur|hos)\b")


def _borne_elsewhere(short: str, long: str, borne: Mapping[str, Sequence[str]]) -> bool:
    """Whether something else bears the words of the short name too; `bidrag till Pärlan` only speaks of it."""
    own, whole = set(short.split()), set(long.split())
    near = min((borne.get(word, ()) for word in own), key=len, default=())
    others = (other for other in near if other != short and not set(other.split()) <= whole)
    return any(own <= set(_ABOUT_IT.split(other)[0].split()) for other in others)


def _one_family(one: Iterable[Mention], other: Iterable[Mention]) -> bool:
    """Whether the documents are of one organ, or of boards of one municipality; those of no known organ may be."""
    families = sorted({family for mention in (*one, *other) if (family := _family(mention))}, key=len)
    return all(f"{it} ".startswith(f"{families[0]} ") for it in families)


def _family(one: Mention) -> str | None:
    if one.owner:
        return names.owner_key(one.owner)
    key = names.key("organ", one.organ or "")
    return None if names.board(one.organ or "") and not key.endswith("råd") else key or None


def _similar(keys: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Keys worth a look, among those that share a word that few have."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        for word in {word[:5] for word in key.partition("\0")[0].split() if len(word) > 3}:
            blocks[word].append(key)
    near = {(a, b) for block in blocks.values() if len(block) <= CROWD for a in block for b in block if a < b}
    found = [(a, b, why) for a, b in sorted(near) if (why := _why_alike(a, b))]
    times = Counter(min(a, b, key=len) for a, b, why in found if why == WITHIN)
    yield from (it for it in found if it[2] != WITHIN or times[min(it[0], it[1], key=len)] <= FEW)


def _why_alike(a: str, b: str) -> str | None:
    (plain_a, _, owner_a), (plain_b, _, owner_b) = a.partition("\0"), b.partition("\0")
    if owner_a and owner_b and owner_a != owner_b:
        return None
    one, other = set(plain_a.split()), set(plain_b.split())
    if any(names.stem(word).endswith(_TYPES) for word in one ^ other) or plain_a == plain_b == "":
        return None
    if one < other or other < one:
        longer, rest = max(one, other, key=len), one ^ other
        return WITHIN if len(rest) <= 3 and len(longer) <= 6 else None
    if plain_a == plain_b:
        return "samma namn, okänt för vilken kommun"
    return "nästan samma bokstäver" if fuzz.ratio(plain_a, plain_b) >= ALIKE else None
