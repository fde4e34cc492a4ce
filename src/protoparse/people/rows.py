"""Rows of attendance lists and what stands behind a name: party, title and where a person works."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from protoparse.people.names import Names
from protoparse.people.parties import Parties
from protoparse.people.segments import segments, without_remark, wordy
from protoparse.people.shapes import TOKEN, Part, blank, one_line, proper, trimmed
from protoparse.people.titles import Titles
from protoparse.rules import alternatives

_NICKNAME = re.compile(r"\s+[\"”“][^\"”“]{2,20}[\"”“]\s+(?=\S)")
_OFFICE_BEFORE = re.compile(r"((?:[\w:.]+\s+){0,3}?[\w-]+)\s+(?=[A-ZÅÄÖ])")
_ROLE_BEHIND = re.compile(
    r",\s+((?:[\w:.]+\s+){0,3}?[a-zåäö-]+\.?)(?=\s*(?:[,;.]|\Z|\soch\s|\ssamt\s))|\s*\(([a-zåäö][^()]{2,30})\)"
)
# `kanslist, tillika sekreterare`: what she does at the meeting is no second title (`kommunchef tillika ekonomichef`).
_ALSO = re.compile(
    r",?\s*\b(?:och\s+)?tillika\s+(?:mötes|protokolls?)?(?:sekreterare|förare|ordförande|justerare|föredragande|protokollförare)\b.*",
    re.IGNORECASE,
)
_SLASH = re.compile(r"\A\s?/\s?(?=[^\W\d])")  # `Moa Vret/ordf`
_GAP = re.compile(r"\s*:?\s+")
_PLACED = re.compile(r"\b(?:i|vid|på|från|inom|hos)\s+(?=\S)")


class Described(NamedTuple):
    """What stands behind a name: party, role and organisation as printed, None where not said."""

    party: str | None = None
    role: str | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person with what is said of her in the same breath; `span` holds the offsets of the name."""

    name: str
    party: str | None
    role: str | None
    organization: str | None
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class People:
    """The grammar of persons, built once from the word lists of `rules/people.yml`."""

    names: Names
    titles: Titles
    parties: Parties
    organisation: re.Pattern[str]
    workplace: re.Pattern[str]
    no_person: re.Pattern[str]
    remarks: re.Pattern[str]
    absent: re.Pattern[str]
    not_voting: re.Pattern[str]
    plural_organisations: frozenset[str]
    half_names: frozenset[str]
    stand_ins: re.Pattern[str]
    seats: re.Pattern[str]
    guests: re.Pattern[str]
    absent_heads: re.Pattern[str]
    presence_heads: re.Pattern[str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> People:
        """From the rule file's content, or its `words` alone."""
        words: Mapping[str, Any] = data.get("words", data)
        titles, parties = Titles.of(words), Parties.of(words)
        return cls(
            names=Names.of(words, titles, parties),
            titles=titles,
            parties=parties,
            organisation=_organisation(words["organisation_endings"], words["organisation_names"]),
            workplace=_organisation(words["workplace_endings"], words["organisation_names"]),
            no_person=re.compile(rf"(?:\d|(?:{alternatives(words['no_person_rows'])})(?![\w-]))", re.IGNORECASE),
            remarks=re.compile(rf"(?:§|\d|\(|(?:{alternatives(words['remarks'])})(?![\w]))", re.IGNORECASE),
            absent=re.compile(rf"(?<!\w)(?:{alternatives(words['absent'])})(?!\w)", re.IGNORECASE),
            not_voting=re.compile(rf"(?:{alternatives(words['not_voting'])})(?!\w).*", re.IGNORECASE),
            plural_organisations=frozenset(words["plural_organisations"]),
            half_names=frozenset(words["half_names"]),
            stand_ins=re.compile(rf"(?:\w+\s)?(?:{alternatives(words['stand_ins'])})", re.IGNORECASE),
            seats=re.compile(rf"(?:{alternatives((*words['seats'], *words['stand_ins']))})", re.IGNORECASE),
            guests=re.compile(rf"(?:{alternatives(words['guests'])})(?!\w).*", re.IGNORECASE),
            absent_heads=re.compile(rf"(?:{alternatives(words['absent_heads'])})", re.IGNORECASE),
            presence_heads=re.compile(rf"(?:{alternatives(words['presence_heads'])})", re.IGNORECASE),
        )

    def read_row(self, row: str) -> Person | None:
        """One row of an attendance list, or one person with her apposition; None where nobody is named."""
        at = len(row) - len(row.lstrip(" *•●-–—·\t"))
        if self.no_person.match(row, at):
            return None
        lead = self._leading_title(row, at)
        name = self._row_name(row, lead[0] if lead else at)
        if name is None:
            return None
        start, end = name
        rest = self.describe(row[end:], loose=True)
        role = row[at : lead[1]] if lead else None
        return Person(one_line(row[start:end]), rest.party, rest.role or role, rest.organization, (start, end))

    def _leading_title(self, row: str, at: int) -> tuple[int, int] | None:
        """(where the name starts, where the title ends) of `Kommundirektör Per Ek`."""
        if (end := self.titles.at(row, at)) is None or not (blank := _GAP.match(row, end)):
            return None
        return (blank.end(), end) if row[blank.end() : blank.end() + 1].isupper() else None

    def name_at(self, text: str, at: int) -> tuple[int, int] | None:
        """The name of a list of names that starts right here; of two side by side (`Vera Ek Bo Alm`) the first."""
        span = self._row_name(text, at) if at < len(text) else None
        if span is None or span[0] != at:
            return None
        words = [part for part in self.names.parts_of(text[slice(*span)]) if part.kind != "particle"]
        given = [part.text in self.names.given for part in words]
        if len(words) == 4 and given[0] and given[2] and not (given[1] or given[3]):
            return at, at + words[1].end
        return span

    def past_office(self, text: str, at: int) -> int:
        """Where the name begins that an office stands before: `ordföranden`, `tjänstgörande ersättaren`."""
        match = _OFFICE_BEFORE.match(text, at)
        if match is None or self.names.is_given(match[1].split()[0]):  # Marie is no MAR
            return at
        return match.end() if self.titles.is_office(match[1]) else at

    def past_role(self, text: str, at: int) -> int:
        """Where a person's role behind her name ends: `, ordförande`, ` (ordf.)`; `at` where there is none."""
        if match := _ROLE_BEHIND.match(text, at):
            return match.end() if self.titles.is_office((match[1] or match[2]).strip()) else at
        return at

    def starts_with_person(self, text: str, at: int = 0) -> bool:
        """Whether a name that begins with a common given name starts here."""
        span = self._row_name(text, at)
        if span is None or self.names.is_place(text, span[1]):
            return False
        first = text[slice(*span)].split()[0]
        return self.names.is_given(proper(first) if first.isupper() and len(first) > 2 else first)

    def _row_name(self, row: str, at: int) -> tuple[int, int] | None:
        """A row starts with its name, so that capitals and single odd words are names here too."""
        if nick := _NICKNAME.search(row, at):
            head, tail = self._row_name(row[: nick.start()] + " X", at), self._stretch(row, nick.end())
            return (at, tail[-1].end) if head is None and tail else head and (at, tail[-1].end if tail else head[1])
        parts = trimmed(self._stretch(row, at))
        if len([part for part in parts if part.kind != "particle"]) < 2:
            return None
        if all(part.kind == "capitals" for part in parts) and not any(
            self.names.is_given(proper(p.text)) for p in parts
        ):
            return None
        return parts[0].start, parts[-1].end

    def _stretch(self, row: str, at: int) -> list[Part]:
        taken: list[Part] = []
        for match in TOKEN.finditer(row, at):
            part = self.names.part_of(match)
            here = taken[-1].end if taken else at
            if part.kind == "other" or not (blank(row, here, part.start) if taken else part.start == at):
                break
            behind_given = bool(taken) and all(self.names.is_given(word.text) for word in taken)
            ordinary = part.kind == "name" and self.names.is_ordinary(part.text, behind_given)
            odd = ordinary and not (taken and part.text in self.names.not_names)
            if odd or (part.kind == "capitals" and taken and taken[0].kind != "capitals"):
                break
            taken.append(part)
        return taken

    def describe(self, tail: str, loose: bool = False) -> Described:
        """Party, role and organisation from what stands behind a name. `loose` also takes words that no list knows
        (the row of a list says nothing else); in running text only what is sure."""
        tail = _SLASH.sub(", ", tail) if loose else tail
        at, party = self.parties.at(tail, 0)
        if at == 0 and loose:
            at, party = self.parties.behind_comma(tail)
        role: str | None = None
        places: list[str] = []
        parts = segments(_SLASH.sub(", ", tail[at:]) if loose else tail[at:])
        if loose:
            parts = [kept for part in parts if (kept := _ALSO.sub("", part))]
        for at_, segment in enumerate(parts):
            told_apart = any(self.organisation.search(after) for after in parts[at_ + 1 :])
            found, place = self._segment(segment, loose, first=role is None and not places)
            if found and place and told_apart and loose and f"{found} {place}" == segment:
                found, place = segment, None  # `verksamhetschef BUP, Region Havet`
            if loose and role and not found and not place and self._is_name_of_place(segment):
                place = segment
            if found and role is None:
                role = found
            elif found and loose:
                role = f"{role}, {found}"
            if place:
                places.append(place)
        return Described(party, role, ", ".join(places) or None)

    def _is_name_of_place(self, segment: str) -> bool:
        """Whether what stands behind a role may be where a person works: capitalised, and no common given name."""
        return segment[:1].isupper() and not self.remarks.match(segment) and not self.names.is_given(segment.split()[0])

    def _segment(self, segment: str, loose: bool, first: bool) -> tuple[str | None, str | None]:
        """(role, organisation) of one part between commas."""
        segment = segment.removeprefix("(").removesuffix(")") if segment.startswith("(") else segment
        former = self.titles.dropped_lead.match(segment)
        if former and not self.titles.lead.match(segment):
            segment = segment[former.end() :]
        if (end := self.titles.at(segment)) is not None:
            return self._split_title(segment, end)
        if loose and "/" in segment and all(self.titles.at(part) == len(part) for part in segment.split("/")):
            return segment, None
        placed = _PLACED.match(segment)
        body = segment[placed.end() :] if placed else segment
        if self.organisation.search(body) and not self._is_person(body):
            return None, body
        if placed and first and body[:1].isupper() and not loose:
            return None, None
        if not loose or placed or self.remarks.match(segment) or self._is_person(body):
            return None, None
        return (None, segment) if segment[:1].isupper() else (segment if wordy(segment) else None, None)

    def _split_title(self, segment: str, end: int) -> tuple[str, str | None]:
        """`elevhälsochef i Emmaboda kommun`, `basenhetschef Habiliteringen Söder` → role and workplace; a field of
        work (`samordnare Nära vård`, `chef för elevhälsan`) stays with the role."""
        rest = segment[end:]
        if not rest.strip():
            return segment, None
        if placed := re.match(r"\s+(?:i|vid|på|från|inom|hos)\s+", rest):
            return segment[:end], rest[placed.end() :]
        place = rest.strip()
        if not place.startswith("för ") and self.workplace.search(place):
            return segment[:end], place
        return without_remark(segment, end, self.remarks), None

    def _is_person(self, text: str) -> bool:
        return any(start == 0 for start, _, _ in self.names.within(text)) and not self.organisation.search(text)


def _organisation(endings: Iterable[str], names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:(?i:\b[\w-]*(?:{alternatives(endings)}))s?|\b(?:{alternatives(names)}))(?![\w])")
