"""Persons in Swedish administrative prose: names, parties, titles and where people work.

The words (titles, given names, parties …) are data, `rules/people.yml`; this is the grammar over them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from protoparse.rules import alternatives

_LETTERS = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
_UP = "".join(letter for letter in _LETTERS if letter.isupper())
_LOW = "".join(letter for letter in _LETTERS if letter.islower())
_LINK = r"['’`\-‐‑]"
# One word of a name: Eva, Ann-Katrin, McLeod, O'Brien, D’Arc; not BUP, and not the `Hälso-` of `Hälso- och sjukvård`.
_NAME_WORD = (
    rf"(?:[{_UP}]{_LINK})?[{_UP}][{_LOW}]+(?:[{_UP}][{_LOW}]+)?"
    rf"(?:{_LINK}[{_UP}{_LOW}][{_LOW}]*(?:[{_UP}][{_LOW}]+)?)*"
)
_CAPITALS = rf"[{_UP}]{{2,}}(?:{_LINK}[{_UP}]+)*"
# Two given names by their first letters: `P-O Lundin`, `A.-K. Lidh`; not the range of `punkt A-C Budget`.
_INITIALS = rf"[{_UP}]\.?{_LINK}[{_UP}]"
_RANGED = ("unkt", "unkter", "unkterna", "ilaga", "ilagor", "ilagorna", "rupp", "rupper", "rupperna", "el", "lternativ")
_INITIALS_BEFORE_NAME = (
    "".join(rf"(?<!{word}\s)" for word in _RANGED) + rf"{_INITIALS}(?:\.(?!\w)|(?![\w./]))(?=\s+[{_UP}])"
)
_TOKEN = re.compile(
    rf"(?P<name>{_INITIALS_BEFORE_NAME}|(?:[aA]l-|[eE]l-)?{_NAME_WORD}(?![\w]|-\s))|(?P<initial>[{_UP}]\.|[{_UP}](?![\w./)'’]))"
    rf"|(?P<capitals>{_CAPITALS})(?![\w])|(?P<other>[^\W_]+)"
)
_BRACKET = re.compile(r"\s*\(+\s*(?:fd|f\.d\.|tidigare)?\s*([A-Za-zÅÄÖåäö!]{1,7}|[-–—])\s*[,.]?\s*\)+")
_OUTER = re.compile(r"\(([^()]*,[^()]*|(?i:på distans|digitalt|delvis|del av mötet)[^()]*)\)")
_BEHIND = re.compile(r"(?<=[^\s,;])\s+\(([^()]{3,})\)(?=\s*(?:[,;.]|\Z))")  # `Havets kommun (ordf.)`
_COMMA_PARTY = re.compile(
    r"(?!,?\s+[vV]\.?\s*ordf)(?:,?\s+(?=[a-zåäö])|,\s+(?=[A-ZÅÄÖ]))([A-ZÅÄÖ]{1,3}|[a-zåäö]{1,3})(?=\s*(?:[,;.(]|$))"
)
_POINTS = re.compile(r"[A-ZÅÄÖ](?:\s?[–-]\s?[A-ZÅÄÖ])?(?:\s(?:och|samt)\s[A-ZÅÄÖ])?")  # `punkt A–E, G och H`
_FORMER_PARTY = re.compile(r"\s*\((?:fd|f\.d\.|tidigare)\s+[\w-]{1,7}\)")
_NICKNAME = re.compile(r"\s+[\"”“][^\"”“]{2,20}[\"”“]\s+(?=\S)")
_PARAGRAPHS = re.compile(r"§+\s*[\d–—\-,\s]+(?:och\s+\d+)?|\(?§[^,)]*\)?")
_TIMES = re.compile(r"\(?(?:kl\.?|klockan)\s*\d{1,2}[.:]?\d{0,2}(?:\s*[-–—]\s*\d{1,2}[.:]?\d{0,2})?\)?", re.IGNORECASE)
_OFFICE_BEFORE = re.compile(r"((?:[\w:.]+\s+){0,3}?[\w-]+)\s+(?=[A-ZÅÄÖ])")
_ROLE_BEHIND = re.compile(
    r",\s+((?:[\w:.]+\s+){0,3}?[a-zåäö-]+\.?)(?=\s*(?:[,;.]|\Z|\soch\s|\ssamt\s))|\s*\(([a-zåäö][^()]{2,30})\)"
)
_SHORT_NING = re.compile(r"[^\W\d_aeiouyåäö]+[aeiouyåäöü]{1,2}[^\W\d_aeiouyåäö]*ning", re.IGNORECASE)
# `kanslist, tillika sekreterare`: what she does at the meeting is no second title (`kommunchef tillika ekonomichef`).
_ALSO = re.compile(
    r",?\s*\b(?:och\s+)?tillika\s+(?:mötes|protokolls?)?(?:sekreterare|förare|ordförande|justerare|föredragande|protokollförare)\b.*",
    re.IGNORECASE,
)
_SLASH = re.compile(r"\A\s?/\s?(?=[^\W\d])")  # `Moa Vret/ordf`
_BEHIND_PARTY = re.compile(r"\s*(?:\([^()]{1,5}\))?[\s,]*(?:\(?\d{1,2}(?:\s?st)?\.?\)?)?\s*:?\s*\Z")
_GAP = re.compile(r"\s*:?\s+")
_NEXT_WORD = re.compile(r"s?\s+([\w-]+)")
_GENITIVE_HEAD = re.compile(r"(?:\s*\([^()]{1,5}\))?\s+(?:tidigare\s+|nya\s+|kvarvarande\s+)?([a-zåäö-]+)")
_PLACE_BEFORE = re.compile(r"\b(?:i|inom|ur|på|vid|in)\s+\Z", re.IGNORECASE)
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


class _Part(NamedTuple):
    """One word of a text as the name grammar sees it."""

    kind: str  # name, initial, capitals, particle, other
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class People:
    """The grammar of persons, built once from the word lists of `rules/people.yml`."""

    titles: re.Pattern[str]
    any_title: re.Pattern[str]
    plurals: Mapping[str, str]
    title_lead: re.Pattern[str]
    dropped_lead: re.Pattern[str]
    particles: frozenset[str]
    parties: Mapping[str, str]
    no_party: frozenset[str]
    no_party_codes: frozenset[str]
    given: frozenset[str]
    s_names: frozenset[str]
    s_endings: tuple[str, ...]
    genitive_heads: frozenset[str]
    not_names: frozenset[str]
    not_name_suffixes: tuple[str, ...]
    organisation_words: frozenset[str]
    place_heads: frozenset[str]
    organisation: re.Pattern[str]
    workplace: re.Pattern[str]
    no_person: re.Pattern[str]
    remarks: re.Pattern[str]
    absent: re.Pattern[str]
    not_voting: re.Pattern[str]
    party_names: Mapping[str, str]
    plural_organisations: frozenset[str]
    half_names: frozenset[str]
    short_roles: Mapping[str, str]
    stand_ins: re.Pattern[str]
    seats: re.Pattern[str]
    guests: re.Pattern[str]
    absent_heads: re.Pattern[str]
    presence_heads: re.Pattern[str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> People:
        """From the rule file's content, or its `words` alone."""
        words: Mapping[str, Any] = data.get("words", data)
        return cls(
            titles=_titles(words, ()),
            any_title=_titles(words, words["plurals"]),
            plurals=words["plurals"],
            title_lead=re.compile(rf"(?:(?:{alternatives(words['acting'])})\s+)", re.IGNORECASE),
            dropped_lead=re.compile(
                rf"(?:(?:{alternatives((*words['former'], *words['coming'], *words['acting']))})\s+)+", re.IGNORECASE
            ),
            particles=frozenset(words["particles"]),
            parties={party.lower(): party for party in words["parties"]},
            no_party=frozenset(words["no_party"]),
            no_party_codes=frozenset(words["no_party_codes"]),
            given=frozenset(words["given_names"]),
            s_names=frozenset(words["s_names"]),
            s_endings=tuple(words["s_endings"]),
            genitive_heads=frozenset(words["genitive_heads"]),
            not_names=frozenset(words["not_names"]),
            not_name_suffixes=tuple(words["not_name_suffixes"]),
            organisation_words=frozenset(words["organisation_words"]),
            place_heads=frozenset(words["place_heads"]),
            organisation=_organisation(words["organisation_endings"], words["organisation_names"]),
            workplace=_organisation(words["workplace_endings"], words["organisation_names"]),
            no_person=re.compile(rf"(?:\d|(?:{alternatives(words['no_person_rows'])})(?![\w-]))", re.IGNORECASE),
            remarks=re.compile(rf"(?:§|\d|\(|(?:{alternatives(words['remarks'])})(?![\w]))", re.IGNORECASE),
            absent=re.compile(rf"(?<!\w)(?:{alternatives(words['absent'])})(?!\w)", re.IGNORECASE),
            not_voting=re.compile(rf"(?:{alternatives(words['not_voting'])})(?!\w).*", re.IGNORECASE),
            party_names=words["party_names"],
            plural_organisations=frozenset(words["plural_organisations"]),
            half_names=frozenset(words["half_names"]),
            short_roles=words["short_roles"],
            stand_ins=re.compile(rf"(?:\w+\s)?(?:{alternatives(words['stand_ins'])})", re.IGNORECASE),
            seats=re.compile(rf"(?:{alternatives((*words['seats'], *words['stand_ins']))})", re.IGNORECASE),
            guests=re.compile(rf"(?:{alternatives(words['guests'])})(?!\w).*", re.IGNORECASE),
            absent_heads=re.compile(rf"(?:{alternatives(words['absent_heads'])})", re.IGNORECASE),
            presence_heads=re.compile(rf"(?:{alternatives(words['presence_heads'])})", re.IGNORECASE),
        )

    # --- names in running text -------------------------------------------------------------------------------------

    def names_in(self, text: str, known: frozenset[str] = frozenset()) -> list[tuple[int, int, str]]:
        """The person names of a text in their order: (start, end, name). A genitive's -s is outside the name.

        A name is known, or stands before a party, or has the shape of one: two to five words of which none is a
        title, an organisation's word or an ordinary word.
        """
        spans = [*_known(text, known)]
        for start, end in self._shaped(text, known):
            if all(end <= a or start >= b for a, b in spans):
                spans.append((start, end))
        return [(a, b, _one_line(text[a:b])) for a, b in sorted(spans)]

    def given_in(self, text: str) -> list[tuple[int, int, str]]:
        """Given names that stand alone (`Mats uppdrag övertas av …`): only where nothing longer can be read."""
        parts = self._parts(text)
        return [(p.start, p.end, p.text) for p in parts if p.kind == "name" and self._is_given(p.text)]

    def party_at(self, text: str, at: int) -> tuple[int, str | None]:
        """Where a party bracket that starts here ends, and its party; (at, None) where there is none."""
        if former := _FORMER_PARTY.match(text, at):
            return former.end(), None
        match = _BRACKET.match(text, at)
        if match is None:
            return at, None
        code = match.group(1)
        if code in self.no_party or code == "—":
            return match.end(), None
        party = self._party(code)
        return (match.end(), party) if party else (at, None)

    def title_at(self, text: str, at: int = 0) -> int | None:
        """Where the title that starts here ends (`vice ordförande`, `Hälso- och sjukvårdsdirektör`), None if none."""
        lead = self.title_lead.match(text, at)
        match = self.titles.match(text, lead.end() if lead else at)
        return match.end() if match else None

    def plain_title(self, title: str) -> str:
        """A title without `tidigare`, `ny`, `tf.` before it."""
        lead = self.dropped_lead.match(title)
        return title[lead.end() :] if lead else title

    def without_dropped_lead(self, before: str) -> str:
        """A text without the `ny`, `tf.`, `tidigare` that it ends with."""
        words = before.rstrip().split(" ")
        while words and self.dropped_lead.fullmatch(words[-1] + " "):
            words.pop()
        return " ".join(words) + " " if words else ""

    def plain_role(self, role: str | None) -> str | None:
        """A role with its abbreviations written out: `2:e v ordf` → `2:e vice ordförande`."""
        if role is None:
            return None
        words = [
            self.short_roles.get(word.lower().rstrip(",."), "") + "," * word.endswith(",") for word in role.split()
        ]
        plain = [new if new.strip(",") else old for new, old in zip(words, role.split(), strict=True)]
        return " ".join(plain) if plain != role.split() else role

    def next_title(self, text: str, at: int = 0) -> tuple[int, int] | None:
        """(start, end) of the first title from here on, plural forms too."""
        if (match := self.any_title.search(text, at)) is None:
            return None
        election = match.group().lower().rfind("val-") + 4  # `kompletteringsval-Ledamot`: a dash that lost its blanks
        return match.start() + (election if election > 3 else 0), match.end()

    def singular(self, title: str) -> str:
        """A position in its plain form: `ledamöter` → `ledamot`, `ordinarie ledamot` → `ledamot`."""
        words = self.plain_title(title).split()
        return " ".join(self.plurals.get(word.lower(), word) for word in words)

    def indefinite(self, title: str) -> str | None:
        """A title that stands before a name, in its plain form (`ledamoten` → `ledamot`); None where it is none."""
        if self.titles.fullmatch(title):
            return title
        words = title.split()
        for stem in _stems(words[-1]) if words else ():
            if self.titles.fullmatch(plain := " ".join([*words[:-1], stem])):
                return plain
        return None

    def party(self, code: str) -> str | None:
        """The party that a cell or a bracket names; None for `-` and what is no party."""
        code = code.strip(" ()")
        return None if code in self.no_party else self._party(code)

    def is_party_head(self, text: str) -> bool:
        """Whether a text is nothing but a party's name, its letters or a count behind it (`Centerpartiet (C), 4`)."""
        return _BEHIND_PARTY.sub("", text).lower() in self.party_names

    def name_at(self, text: str, at: int) -> tuple[int, int] | None:
        """The name of a list of names that starts right here; of two side by side (`Vera Ek Bo Alm`) the first."""
        span = self._row_name(text, at) if at < len(text) else None
        if span is None or span[0] != at:
            return None
        words = [part for part in self._parts(text[slice(*span)]) if part.kind != "particle"]
        given = [part.text in self.given for part in words]
        if len(words) == 4 and given[0] and given[2] and not (given[1] or given[3]):
            return at, at + words[1].end
        return span

    def past_office(self, text: str, at: int) -> int:
        """Where the name begins that an office stands before: `ordföranden`, `tjänstgörande ersättaren`."""
        match = _OFFICE_BEFORE.match(text, at)
        if match is None or self._is_given(match[1].split()[0]):  # Marie is no MAR
            return at
        return match.end() if self._is_office(match[1]) else at

    def past_role(self, text: str, at: int) -> int:
        """Where a person's role behind her name ends: `, ordförande`, ` (ordf.)`; `at` where there is none."""
        if match := _ROLE_BEHIND.match(text, at):
            return match.end() if self._is_office((match[1] or match[2]).strip()) else at
        return at

    def _is_office(self, words: str) -> bool:
        """`ordförande`, `ordföranden`, `tjänstgörande ersättarna`, `ledamöterna`."""
        plain = words.lower()
        forms = (plain, plain[:-2], plain[:-2] + "e") if plain.endswith("na") else (plain,)
        return self.indefinite(plain) is not None or any(self.any_title.fullmatch(form) for form in forms)

    def starts_with_person(self, text: str, at: int = 0) -> bool:
        """Whether a name that begins with a common given name starts here."""
        span = self._row_name(text, at)
        if span is None or self._is_place(text, span[1]):
            return False
        first = text[slice(*span)].split()[0]
        return self._is_given(_proper(first) if first.isupper() and len(first) > 2 else first)

    def _party(self, code: str) -> str | None:
        if (known := self.parties.get(code.lower())) is not None:
            return known
        capital = code[:1].isupper() and len(code) <= 4 and sum(letter.isupper() for letter in code) * 2 >= len(code)
        return code if capital and code.upper() not in self.no_party_codes else None

    def _parts(self, text: str) -> list[_Part]:
        return [self._part(match) for match in _TOKEN.finditer(text)]

    def _part(self, match: re.Match[str]) -> _Part:
        kind, text = str(match.lastgroup), match.group()
        if kind == "other" and text in self.particles:
            kind = "particle"
        return _Part(kind, match.start(), match.end(), text)

    def is_given(self, word: str) -> bool:
        """Whether a word is a common given name, or begins with one: `Karl`, `Karl-Oskar`."""
        return self._is_given(word)

    def _is_given(self, word: str) -> bool:
        if word in self.given or re.fullmatch(rf"{_INITIALS}\.?", word):
            return True
        return any(part in self.given for part in re.split(_LINK, word)[:1] if part != word)

    def _is_ordinary(self, word: str, behind_given: bool = False) -> bool:
        """Whether a capitalised word can be no part of a name. Behind given names a short word in -ning is a family
        name: `Moa Wenning`."""
        if word in self.not_names or word in self.organisation_words:
            return True
        if word in self.given or len(word) < 4 or (behind_given and _SHORT_NING.fullmatch(word)):
            return False
        low = word.lower()
        return low.endswith(self.not_name_suffixes) or bool(self.titles.fullmatch(low)) or self._definite_title(low)

    def _definite_title(self, word: str) -> bool:
        """`Ledamoten`, `Ordföranden`, `Socialchefen`: a person is told of by office."""
        return word.endswith(("n", "s", "t")) and any(
            len(stem) > 3 and self.titles.fullmatch(stem) for stem in _stems(word)
        )

    def _shaped(self, text: str, known: frozenset[str]) -> list[tuple[int, int]]:
        found = []
        for run, after_organisation in self._apart(self._runs(text, self._parts(text))):
            if (span := self._name_of(text, run, after_organisation, known)) is not None:
                found.append(span)
        return found

    def _runs(self, text: str, parts: Sequence[_Part]) -> list[tuple[list[_Part], bool]]:
        """Stretches of name words with nothing but a blank between them, cut at ordinary words; each with whether
        an organisation's word stands right before it."""
        runs: list[tuple[list[_Part], bool]] = []
        current: list[_Part] = []
        organisation = False
        before: _Part | None = None
        for part in parts:
            apart = before is None or not _blank(text, before.end, part.start)
            if current and not apart and part.kind == "name" and part.text.lower() in self.particles:
                part = part._replace(kind="particle")  # Erik De Vahl
            behind_given = bool(current) and not apart and all(self._is_given(word.text) for word in current)
            ordinary = part.kind == "name" and self._is_ordinary(part.text, behind_given)
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

    def _apart(self, runs: Iterable[tuple[list[_Part], bool]]) -> Iterable[tuple[list[_Part], bool]]:
        """Two persons side by side (`… ersätter Vera Almgren Rune Sjödal`) are two."""
        for run, after_organisation in runs:
            words = [part.kind == "name" and part.text in self.given for part in run]
            if len(run) == 4 and words[0] and words[2] and not (words[1] or words[3]):
                yield run[:2], after_organisation
                yield run[2:], False
            else:
                yield run, after_organisation

    def _leads_organisation(self, part: _Part) -> bool:
        return part.text in self.organisation_words or (
            part.text.lower().endswith(self.not_name_suffixes) and part.text[0].isupper()
        )

    def _name_of(
        self, text: str, run: Sequence[_Part], after_organisation: bool, known: frozenset[str]
    ) -> tuple[int, int] | None:
        parts = _trimmed(run)
        while parts and parts[0].kind == "initial" and not parts[0].text.endswith("."):
            parts.pop(0)  # `I Vera Almgrens ställe`
        words = [part for part in parts if part.kind == "name"]
        if not parts or not words or len(parts) > 6:
            return None
        start, end = parts[0].start, parts[-1].end
        party_end, _ = self.party_at(text, end)
        sure = party_end > end
        given = any(self._is_given(part.text) for part in words[:2])
        if len(words) == 1 and not (len(parts) > 1 and (sure or given)):
            return None
        if len(words) >= 3 and not self._is_given(words[0].text) and self._is_odd_start(text, words) and not sure:
            start = words[1].start  # `Därtill Eva Lind`: an ordinary word that the lists do not know
        if not sure and (self._is_place(text, end) or (after_organisation and not given)):
            return None
        if parts[0].kind == "initial" and not (sure or given):
            return None
        if not (sure or given) and _PLACE_BEFORE.search(text, 0, start):
            return None
        return start, self._without_genitive(text, start, end, known)

    def _is_odd_start(self, text: str, words: Sequence[_Part]) -> bool:
        """Whether a run of three begins with an ordinary word: a given name stands second, or the first is a verb."""
        opens = not text[: words[0].start].strip() or text[: words[0].start].rstrip().endswith((".", ":"))
        return self._is_given(words[1].text) or (opens and words[0].text.endswith(("as", "es", "ades", "des", "ts")))

    def _is_place(self, text: str, end: int) -> bool:
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

    # --- rows and appositions --------------------------------------------------------------------------------------

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
        return Person(_one_line(row[start:end]), rest.party, rest.role or role, rest.organization, (start, end))

    def _leading_title(self, row: str, at: int) -> tuple[int, int] | None:
        """(where the name starts, where the title ends) of `Kommundirektör Per Ek`."""
        if (end := self.title_at(row, at)) is None or not (blank := _GAP.match(row, end)):
            return None
        return (blank.end(), end) if row[blank.end() : blank.end() + 1].isupper() else None

    def _row_name(self, row: str, at: int) -> tuple[int, int] | None:
        """A row starts with its name, so that capitals and single odd words are names here too."""
        if nick := _NICKNAME.search(row, at):
            head, tail = self._row_name(row[: nick.start()] + " X", at), self._stretch(row, nick.end())
            return (at, tail[-1].end) if head is None and tail else head and (at, tail[-1].end if tail else head[1])
        parts = _trimmed(self._stretch(row, at))
        if len([part for part in parts if part.kind != "particle"]) < 2:
            return None
        if all(part.kind == "capitals" for part in parts) and not any(self._is_given(_proper(p.text)) for p in parts):
            return None
        return parts[0].start, parts[-1].end

    def _stretch(self, row: str, at: int) -> list[_Part]:
        taken: list[_Part] = []
        for match in _TOKEN.finditer(row, at):
            part = self._part(match)
            here = taken[-1].end if taken else at
            if part.kind == "other" or not (_blank(row, here, part.start) if taken else part.start == at):
                break
            behind_given = bool(taken) and all(self._is_given(word.text) for word in taken)
            ordinary = part.kind == "name" and self._is_ordinary(part.text, behind_given)
            odd = ordinary and not (taken and part.text in self.not_names)
            if odd or (part.kind == "capitals" and taken and taken[0].kind != "capitals"):
                break
            taken.append(part)
        return taken

    def describe(self, tail: str, loose: bool = False) -> Described:
        """Party, role and organisation from what stands behind a name. `loose` also takes words that no list knows
        (the row of a list says nothing else); in running text only what is sure."""
        tail = _SLASH.sub(", ", tail) if loose else tail
        at, party = self.party_at(tail, 0)
        if at == 0 and loose and (old := _COMMA_PARTY.match(tail)) and old.group(1).lower() in self.parties:
            at, party = old.end(), self.parties[old.group(1).lower()]
        role: str | None = None
        places: list[str] = []
        segments = self._segments(_SLASH.sub(", ", tail[at:]) if loose else tail[at:])
        if loose:
            segments = [kept for segment in segments if (kept := _ALSO.sub("", segment))]
        for at_, segment in enumerate(segments):
            told_apart = any(self.organisation.search(after) for after in segments[at_ + 1 :])
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
        return segment[:1].isupper() and not self.remarks.match(segment) and not self._is_given(segment.split()[0])

    def _segments(self, tail: str) -> list[str]:
        plain = _FORMER_PARTY.sub(" ", _TIMES.sub(" ", _PARAGRAPHS.sub(" ", tail)))
        plain = _BEHIND.sub(r", \1", _OUTER.sub(r", \1, ", plain))
        parts = (" ".join(part.split()).strip(" .;:–") for part in re.split(r",|;|\s[–—-]\s", plain))
        return [part for part in parts if part and not _POINTS.fullmatch(part)]

    def _segment(self, segment: str, loose: bool, first: bool) -> tuple[str | None, str | None]:
        """(role, organisation) of one part between commas."""
        segment = segment.removeprefix("(").removesuffix(")") if segment.startswith("(") else segment
        former = self.dropped_lead.match(segment)
        if former and not self.title_lead.match(segment):
            segment = segment[former.end() :]
        if (end := self.title_at(segment)) is not None:
            return self._split_title(segment, end)
        if loose and "/" in segment and all(self.title_at(part) == len(part) for part in segment.split("/")):
            return segment, None
        placed = _PLACED.match(segment)
        body = segment[placed.end() :] if placed else segment
        if self.organisation.search(body) and not self._is_person(body):
            return None, body
        if placed and first and body[:1].isupper() and not loose:
            return None, None
        if not loose or placed or self.remarks.match(segment) or self._is_person(body):
            return None, None
        return (None, segment) if segment[:1].isupper() else (segment if _wordy(segment) else None, None)

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
        return _without_remark(segment, end, self.remarks), None

    def _is_person(self, text: str) -> bool:
        return any(start == 0 for start, _, _ in self.names_in(text)) and not self.organisation.search(text)


def _stems(word: str) -> tuple[str, ...]:
    """What a definite form may be the definite form of: ledamoten, ordföranden, chefen, ombudet."""
    return word[:-1], word[:-2], word[:-2] + "e"


def _titles(words: Mapping[str, Any], plurals: Iterable[str]) -> re.Pattern[str]:
    """A title: modifiers, a coordinated first half (`hälso- och`), a listed word or one with a title's ending."""
    lead = rf"(?:(?:{alternatives(words['title_modifiers'])})\s+)*"
    halves = r"(?:[^\W\d_]+-(?:,\s+[^\W\d_]+-)*\s+(?:och|samt)\s+)?"
    listed, ending = alternatives((*words["titles"], *plurals)), alternatives(words["title_suffixes"])
    return re.compile(rf"(?<![\w-]){lead}{halves}(?:{listed}|[\w-]*?(?:{ending}))(?![\w-])", re.IGNORECASE)


def _organisation(endings: Iterable[str], names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:(?i:\b[\w-]*(?:{alternatives(endings)}))s?|\b(?:{alternatives(names)}))(?![\w])")


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


def _trimmed(parts: Sequence[_Part]) -> list[_Part]:
    """Without particles at the ends and initials at the end but for `Lisa A L`."""
    found = list(parts)
    while found and found[-1].kind == "particle":
        found.pop()
    while found and found[0].kind == "particle":
        found.pop(0)
    return found


def _blank(text: str, start: int, end: int) -> bool:
    return bool(text[start:end]) and not text[start:end].strip()


def _wordy(segment: str) -> bool:
    """Whether a part of a row could be a title that no list knows: a few words, all letters."""
    words = segment.split()
    return len(words) <= 5 and all(re.fullmatch(r"[^\W\d_][^\W\d_/-]*[^\W\d_]", word) for word in words)


def _without_remark(segment: str, end: int, remarks: re.Pattern[str]) -> str:
    rest = segment[end:].lstrip()
    return segment[:end] if remarks.match(rest) and not rest.startswith("för ") else segment


def _proper(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _one_line(name: str) -> str:
    return sys.intern(" ".join(name.split()))
