"""Names in running text: known, before a party, or of the shape of a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from protoparse.people.parties import Parties
from protoparse.people.shapes import INITIALS, LINK, TOKEN, Part, blank, one_line, trimmed
from protoparse.people.titles import Titles

_SHORT_NING = re.compile(r"[^\W\d_aeiouyåäö]+[aeiouyåäöü]{1,2}[^\W\d_aeiouyåäö]*ning", re.IGNORECASE)
_NEXT_WORD = re.compile(r"s?\s+([\w-]+)")
_GENITIVE_HEAD = re.compile(r"(?:\s*\([^()]{1,5}\))?\s+(?:tidigare\s+|nya\s+|kvarvarande\s+)?([a-zåäö-]+)")
_PLACE_BEFORE = re.compile(r"\b(?:i|inom|ur|på|vid|in)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """The words of `rules/people.yml` that make a name, or that can be no part of one."""

    given: frozenset[str]
    particles: frozenset[str]
    s_names: frozenset[str]
    s_endings: tuple[str, ...]
    genitive_heads: frozenset[str]
    not_names: frozenset[str]
    not_name_suffixes: tuple[str, ...]
    organisation_words: frozenset[str]
    place_heads: frozenset[str]
    titles: Titles
    parties: Parties

    @classmethod
    def of(cls, words: Mapping[str, Any], titles: Titles, parties: Parties) -> Names:
        """From the words of the rule file."""
        return cls(
            given=frozenset(words["given_names"]),
            particles=frozenset(words["particles"]),
            s_names=frozenset(words["s_names"]),
            s_endings=tuple(words["s_endings"]),
            genitive_heads=frozenset(words["genitive_heads"]),
            not_names=frozenset(words["not_names"]),
            not_name_suffixes=tuple(words["not_name_suffixes"]),
            organisation_words=frozenset(words["organisation_words"]),
            place_heads=frozenset(words["place_heads"]),
            titles=titles,
            parties=parties,
        )

    def within(self, text: str, known: frozenset[str] = frozenset()) -> list[tuple[int, int, str]]:
        """The person names of a text in their order: (start, end, name). A genitive's -s is outside the name.

        A name is known, or stands before a party, or has the shape of one: two to five words of which none is a
        title, an organisation's word or an ordinary word.
        """
        spans = [*_known(text, known)]
        for start, end in self._shaped(text, known):
            if all(end <= a or start >= b for a, b in spans):
                spans.append((start, end))
        return [(a, b, one_line(text[a:b])) for a, b in sorted(spans)]

    def given_in(self, text: str) -> list[tuple[int, int, str]]:
        """Given names that stand alone (`Mats uppdrag övertas av …`): only where nothing longer can be read."""
        parts = self.parts_of(text)
        return [(p.start, p.end, p.text) for p in parts if p.kind == "name" and self.is_given(p.text)]

    def parts_of(self, text: str) -> list[Part]:
        """The words of a text as the name grammar sees them."""
        return [self.part_of(match) for match in TOKEN.finditer(text)]

    def part_of(self, match: re.Match[str]) -> Part:
        """The word that a match of `TOKEN` stands for."""
        kind, text = str(match.lastgroup), match.group()
        if kind == "other" and text in self.particles:
            kind = "particle"
        return Part(kind, match.start(), match.end(), text)

    def is_given(self, word: str) -> bool:
        """Whether a word is a common given name, or begins with one: `Karl`, `Karl-Oskar`."""
        if word in self.given or re.fullmatch(rf"{INITIALS}\.?", word):
            return True
        return any(part in self.given for part in re.split(LINK, word)[:1] if part != word)

    def is_ordinary(self, word: str, behind_given: bool = False) -> bool:
        """Whether a capitalised word can be no part of a name. Behind given names a short word in -ning is a family
        name: `Moa Wenning`."""
        if word in self.not_names or word in self.organisation_words:
            return True
        if word in self.given or len(word) < 4 or (behind_given and _SHORT_NING.fullmatch(word)):
            return False
        low = word.lower()
        return (
            low.endswith(self.not_name_suffixes)
            or bool(self.titles.pattern.fullmatch(low))
            or self.titles.is_definite(low)
        )

    def _shaped(self, text: str, known: frozenset[str]) -> list[tuple[int, int]]:
        found = []
        for run, after_organisation in self._apart(self._runs(text, self.parts_of(text))):
            if (span := self._name_of(text, run, after_organisation, known)) is not None:
                found.append(span)
        return found

    def _runs(self, text: str, parts: Sequence[Part]) -> list[tuple[list[Part], bool]]:
        """Stretches of name words with nothing but a blank between them, cut at ordinary words; each with whether
        an organisation's word stands right before it."""
        runs: list[tuple[list[Part], bool]] = []
        current: list[Part] = []
        organisation = False
        before: Part | None = None
        for part in parts:
            apart = before is None or not blank(text, before.end, part.start)
            if current and not apart and part.kind == "name" and part.text.lower() in self.particles:
                part = part._replace(kind="particle")  # Erik De Vahl
            behind_given = bool(current) and not apart and all(self.is_given(word.text) for word in current)
            ordinary = part.kind == "name" and self.is_ordinary(part.text, behind_given)
            if apart or ordinary or part.kind in ("other", "capitals"):
                if current:
                    runs.append((current, organisation))
                current = []
                organisation = False if apart else organisation
            if part.kind in ("name", "initial", "particle") and not ordinary:
                if not current:
                    organisation = bool(before) and not apart and self._leads_organisation(before)
                current.append(part)
            before = part
        if current:
            runs.append((current, organisation))
        return runs

    def _apart(self, runs: Iterable[tuple[list[Part], bool]]) -> Iterable[tuple[list[Part], bool]]:
        """Two persons side by side (`… ersätter Vera Almgren Rune Sjödal`) are two."""
        for run, after_organisation in runs:
            words = [part.kind == "name" and part.text in self.given for part in run]
            if len(run) == 4 and words[0] and words[2] and not (words[1] or words[3]):
                yield run[:2], after_organisation
                yield run[2:], False
            else:
                yield run, after_organisation

    def _leads_organisation(self, part: Part) -> bool:
        return part.text in self.organisation_words or (
            part.text.lower().endswith(self.not_name_suffixes) and part.text[0].isupper()
        )

    def _name_of(
        self, text: str, run: Sequence[Part], after_organisation: bool, known: frozenset[str]
    ) -> tuple[int, int] | None:
        parts = trimmed(run)
        while parts and parts[0].kind == "initial" and not parts[0].text.endswith("."):
            parts.pop(0)  # `I Vera Almgrens ställe`
        words = [part for part in parts if part.kind == "name"]
        if not parts or not words or len(parts) > 6:
            return None
        start, end = parts[0].start, parts[-1].end
        party_end, _ = self.parties.at(text, end)
        sure = party_end > end
        given = any(self.is_given(part.text) for part in words[:2])
        if len(words) == 1 and not (len(parts) > 1 and (sure or given)):
            return None
        if len(words) >= 3 and not self.is_given(words[0].text) and self._is_odd_start(text, words) and not sure:
            start = words[1].start  # `Därtill Eva Lind`: an ordinary word that the lists do not know
        if not sure and (self.is_place(text, end) or (after_organisation and not given)):
            return None
        if parts[0].kind == "initial" and not (sure or given):
            return None
        if not (sure or given) and _PLACE_BEFORE.search(text, 0, start):
            return None
        return start, self._without_genitive(text, start, end, known)

    def _is_odd_start(self, text: str, words: Sequence[Part]) -> bool:
        """Whether a run of three begins with an ordinary word: a given name stands second, or the first is a verb."""
        opens = not text[: words[0].start].strip() or text[: words[0].start].rstrip().endswith((".", ":"))
        return self.is_given(words[1].text) or (opens and words[0].text.endswith(("as", "es", "ades", "des", "ts")))

    def is_place(self, text: str, end: int) -> bool:
        """Whether what ends here is the name of a place by the word after it: `Lindö kommun`."""
        after = _NEXT_WORD.match(text, end)
        return bool(after) and after.group(1) in self.place_heads

    def _without_genitive(self, text: str, start: int, end: int, known: frozenset[str]) -> int:
        """The end of a name without a genitive -s, where the next word says that it is one."""
        last = text[start:end].split()[-1]
        if not last.endswith("s") or " ".join(text[start:end].split()) in known:
            return end
        if " ".join(text[start : end - 1].split()) in known:
            return end - 1
        own = last in self.s_names or last in self.given or last.lower().endswith(self.s_endings)
        after = _GENITIVE_HEAD.match(text, end)
        return end - 1 if not own and after and after.group(1) in self.genitive_heads else end


def _known(text: str, known: frozenset[str]) -> list[tuple[int, int]]:
    spans = []
    for name in known:
        at = text.find(name) if " " in name else -1
        while at >= 0:
            end = at + len(name)
            inside = text[at - 1 : at].isalnum() or (text[end : end + 1].isalnum() and not _genitive(text, end))
            if not inside:
                spans.append((at, end))
            at = text.find(name, end)
    return [span for span in spans if not any(_covers(other, span) for other in spans)]


def _genitive(text: str, end: int) -> bool:
    return text[end] == "s" and not text[end + 1 : end + 2].isalnum()


def _covers(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]
