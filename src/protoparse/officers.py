"""Who led a meeting, who kept its minutes and who adjusts them: from labels, signatures, elections and attendance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from protoparse.labels import SIGNERS, Field, Words, any_of
from protoparse.models import Attendee, HeaderField, Line, Passage, Zone
from protoparse.particulars import told
from protoparse.pdf.rows import cells
from protoparse.people import People
from protoparse.sentences import sentences
from protoparse.text import Text

_DOTS = re.compile(r"(?:[.…_‐-]\s?){4,}")
_STAND_IN = re.compile(r"\b(?:med|ersättare)\b:?.*", re.IGNORECASE)
Signers = dict[str, list[Text]]  # group of label → names as printed


def names_of(value: Text, people: People) -> list[Text]:
    """The persons whom a value names; a stand-in behind them (`med … som ersättare`) is left out."""
    value = value.strip(" /()")
    string = _DOTS.sub(lambda m: " " * len(m.group()), value.string)
    if (stand_in := _STAND_IN.search(string)) and stand_in.start():
        string = string[: stand_in.start()]
    spans = [(a, b) for a, b, _ in people.names.within(string)]
    if not spans and (person := people.read_row(string)):
        spans = [person.span]
    return [value[a:b] for a, b in spans]


def _of_labels(labelled: Iterable[Field], people: People) -> Signers:
    found: Signers = {}
    for label in labelled:
        if label.group in SIGNERS:
            for value in label.values:
                found.setdefault(label.group, []).extend(names_of(value, people))
    return found


# ---------------------------------------------------------------- signatures


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell among signatures: a label of a group, or a name."""

    text: Text
    x0: float
    y: float
    group: str | None


def _pieces(line: Line, words: Words, people: People) -> Iterator[_Piece]:
    """The labels and names of a line; `Ordförande: Eva Lind` and `Eva Lind, ordförande` are both at once."""
    for cell in cells(line):
        x0 = cell.runs[0].word.x0 if cell.runs else line.x0
        group = words.label(_DOTS.sub("", cell.string).strip())
        if group:
            yield _Piece(cell, x0, line.top, group)
        elif len(cell) <= 90 and (names := names_of(cell, people)) and _only_a_name(cell, names):
            yield from (_Piece(name, name.runs[0].word.x0 if name.runs else x0, line.top, None) for name in names)


def _only_a_name(cell: Text, names: Sequence[Text]) -> bool:
    """Whether a cell holds names, parties and roles, no sentence."""
    rest = cell.string
    for name in names:
        rest = rest.replace(name.string, "", 1)
    return len(re.sub(r"\([^)]*\)|\boch\b|[\W_]", "", rest)) <= 24 and not rest.rstrip().endswith((".", ":"))


def _inline(line: Line, words: Words, people: People) -> Iterator[tuple[str, Text]]:
    """`Ordförande ……… Eva Lind (S)`, `Eva Lind, ordförande`: label and name in one cell."""
    for cell in cells(line):
        string = cell.string
        value = 0
        for match in re.finditer(r"[\s:.…_/–-]+(?=[A-ZÅÄÖ/(])", string):
            group = words.label(string[: match.start()])
            value = match.end() if group else value
            if (
                group in SIGNERS
                and (names := names_of(cell[match.end() :], people))
                and _only_a_name(cell[match.end() :], names)
            ):
                yield from ((group, name) for name in names)
                break
        if (behind := re.search(r"\s*[,(–]\s*([\wåäö .]{4,30}?)\)?\Z", string)) and string[0].isupper():
            group = words.label(behind.group(1))
            bearer = cell[value : behind.start()]
            names = names_of(bearer, people)
            if group in SIGNERS and len(names) == 1 and _only_a_name(bearer, names):
                yield group, names[0]


def _blocks(lines: Sequence[Line], words: Words) -> Iterator[list[Line]]:
    """The stretches of lines around labels of signers: from a little above the first to a little below the last."""
    first_words = {label.split()[0] for label, group in words.labels.items() if group in SIGNERS}
    marked = [
        line
        for line in lines
        if line.text.string.partition(" ")[0].lower().strip(" :.") in {w.strip(".") for w in first_words}
        and any(words.label(_DOTS.sub("", cell.string).strip()) in SIGNERS for cell in cells(line))
    ]
    for page in sorted({line.page for line in marked}):
        tops = [line.top for line in marked if line.page == page]
        yield [ln for ln in lines if ln.page == page and min(tops) - 62 < ln.top < max(tops) + 75]


def _of_signatures(lines: Sequence[Line], words: Words, people: People) -> Signers:
    """Names beside, under or above the labels of a block of signatures; each name goes to the nearest label."""
    found: Signers = {}
    for block in _blocks(lines, words):
        if any(cell.string.lower().strip(" :") in words.lists["other_posts"] for line in block for cell in cells(line)):
            continue  # the seats of a board
        pieces = [piece for line in block for piece in _pieces(line, words, people)]
        labels = [piece for piece in pieces if piece.group]
        names = [piece for piece in pieces if not piece.group]
        above = _names_stand_above(labels, names)
        for name in names:
            label = _label_of(name, labels, above)
            if label and label.group in SIGNERS:
                found.setdefault(label.group, []).append(name.text)
    return found


def _ends_a_row(line: Line, lines: Sequence[Line], words: Words) -> bool:
    """Whether a line `ordförande` is the end of `Eva Lind, Sjöviks kommun,` above it."""
    offices = [cell.string for cell in cells(line)]
    if not all(text[:1].islower() and words.label(text) in SIGNERS for text in offices):
        return False
    reach = 2.2 * max(line.size, 7)
    above = (ln for ln in lines if ln.page == line.page and 3 < line.top - ln.top < reach)
    return any(abs(ln.x0 - line.x0) < 12 and ln.text.string.rstrip().endswith((",", "vice")) for ln in above)


def _names_stand_above(labels: Sequence[_Piece], names: Sequence[_Piece]) -> bool:
    beside = any(abs(n.y - label.y) < 5 for n in names for label in labels)
    if beside or not labels or not names:
        return False
    return max(p.y for p in labels) > max(n.y for n in names) and min(n.y for n in names) < min(p.y for p in labels)


def _label_of(name: _Piece, labels: Sequence[_Piece], above: bool) -> _Piece | None:
    def distance(label: _Piece) -> tuple[float, float]:
        return abs(label.y - name.y), abs(label.x0 - name.x0)

    row = [label for label in labels if abs(label.y - name.y) < 5 and label.x0 < name.x0]
    if row:
        return max(row, key=lambda label: label.x0)
    if above:
        near = [p for p in labels if 0 < p.y - name.y < 60 and abs(p.x0 - name.x0) < 60]
    else:
        near = [p for p in labels if 0 < name.y - p.y < 75 and name.x0 > p.x0 - 30]
    return min(near, key=lambda p: (round(distance(p)[0] / 4), distance(p)[1]), default=None)


# ---------------------------------------------------------------- elections

_NOT_DECIDED = frozenset({Zone.PROPOSAL, Zone.MOTION, Zone.CONTENTS, Zone.BACKGROUND})
_OF_MEETING = re.compile(
    r"mötesfunktion|mötesordförande|mötessekreterare|för mötet|för stämman|mötets|stämmans|justera", re.IGNORECASE
)
_BESIDE_CHAIR = re.compile(r"\bjämte\s+(?:\w+s\s+)?ordföranden?\b|\btillsammans med\s+(?:\w+s\s+)?ordföranden?\b")


def _posts(words: Words) -> re.Pattern[str]:
    groups = [
        f"(?P<{group}>{any_of(words.lists[f'{stem}_posts'])})"
        for group, stem in zip(SIGNERS, ("chair", "secretary", "adjuster"), strict=True)
    ]
    plain = r"(?P<plain_chair>ordförande)|(?P<plain_secretary>sekreterare)"
    return re.compile(rf"\b(?:{'|'.join(groups)}|{plain})(?!\w)", re.IGNORECASE)


def _of_elections(running: Sequence[Passage], titles: Mapping[int, str], words: Words, people: People) -> Signers:
    """`Till ordförande för mötet valdes Eva Lind och till sekreterare Per Ek. Bo Ståhl utses att justera.`"""
    found: Signers = {}
    verbs = re.compile(rf"\b(?:{any_of(words.lists['election_verbs'])})\b", re.IGNORECASE)
    posts = _posts(words)
    for passage in running:
        if passage.zone in _NOT_DECIDED or not verbs.search(passage.text.string):
            continue
        of_meeting = bool(_OF_MEETING.search(titles.get(passage.section or 0, "")))
        for sentence in sentences(passage.text):
            if len(sentence) <= 320 and verbs.search(sentence.string):
                for group, name in _elected(sentence, posts, people, of_meeting):
                    if name.string not in [other.string for other in found.get(group, ())]:
                        found.setdefault(group, []).append(name)
    return found


def _elected(sentence: Text, posts: re.Pattern[str], people: People, of_meeting: bool) -> Iterator[tuple[str, Text]]:
    string = _BESIDE_CHAIR.sub(lambda m: "·" * len(m.group()), sentence.string)
    cues = list(posts.finditer(string))
    names = people.names.within(string)
    if not cues or not names:
        return
    before = names[0][0] < cues[0].start()
    for at, cue in enumerate(cues):
        if before:
            low, high = (cues[at - 1].end() if at else 0), cue.start()
        else:
            low, high = cue.end(), cues[at + 1].start() if at + 1 < len(cues) else len(string)
        plain = str(cue.lastgroup).startswith("plain_")
        if plain and not (of_meeting or _OF_MEETING.search(string)):
            continue
        group = str(cue.lastgroup).removeprefix("plain_")
        yield from ((group, sentence[a:b]) for a, b, _ in names if low <= a < high)


_SIGNED_BY = re.compile(r"(?P<name>[A-ZÅÄÖ][^,.;()]{4,40}?)\s\((?P<role>\w[\w .]+)\)")


def _of_brackets(lines: Sequence[Line], words: Words, people: People) -> Signers:
    """`Undertecknat av Eva Lind (sekreterare), Per Ek (ordförande) och Bo Ståhl (justerare).`"""
    found: Signers = {}
    for line in lines:
        for match in _SIGNED_BY.finditer(line.text.string):
            group = words.label(match["role"])
            names = names_of(line.text[match.start("name") : match.end("name")], people)
            if group in SIGNERS and names:
                found.setdefault(group, []).append(names[-1])
    return found


# ---------------------------------------------------------------- openings


def _of_openings(running: Sequence[Passage], words: Words, people: People) -> Signers:
    """`Ordföranden Eva Lind öppnade mötet`, `Mötet leddes av Eva Lind`: who opens and leads a meeting is its chair."""
    openers = re.compile(rf"\b(?:{any_of(words.lists['opening_verbs'])})", re.IGNORECASE)
    heads = re.compile(
        rf"\b(?:{any_of(words.lists['opening_titles'])})\s+(?=[A-ZÅÄÖ])|\bleddes av\s+(?=[A-ZÅÄÖ])", re.IGNORECASE
    )
    for passage in running[:8]:
        if passage.zone in _NOT_DECIDED:
            continue
        for sentence in sentences(passage.text):
            if not openers.search(sentence.string) or len(sentence) > 320:
                continue
            for head in heads.finditer(sentence.string):
                named = [span for span in people.names.within(sentence.string) if span[0] == head.end()]
                if named and sentence.string[: head.start()].split()[-1:] not in (["vice"], ["2:e"], ["andre"]):
                    return {"chair": [sentence[named[0][0] : named[0][1]]]}
    return {}


# ---------------------------------------------------------------- attendance


def _of_rows(lines: Sequence[Line], words: Words, people: People) -> Signers:
    """A name in one cell and the office of its bearer in a later one of the same row, as tables of those present have
    it; an office that two rows give says nothing."""
    rows: dict[tuple[int, int], list[tuple[float, Text]]] = {}
    for line in lines:
        for cell in cells(line):
            x0 = cell.runs[0].word.x0 if cell.runs else line.x0
            rows.setdefault((line.page, round(line.top / 3)), []).append((x0, cell))
    found: Signers = {}
    for row in rows.values():
        placed = [cell for _, cell in sorted(row, key=lambda piece: piece[0])]
        if len(placed) < 2 or words.label(placed[0].string) in SIGNERS:
            continue
        office = next((cell for cell in placed[1:] if words.label(cell.string) in SIGNERS), None)
        if office is None or office.string.rstrip().endswith(":"):
            continue
        named = [name for cell in placed if cell is not office for name in names_of(cell, people)]
        if len(named) == 1:
            found.setdefault(words.label(office.string) or "", []).append(named[0])
    return {
        group: names
        for group, names in found.items()
        if len({name.string for name in names}) == 1 or group == "adjusters"
    }


_OFFICE_BEHIND = r"\A\s*(?:\([^)]{{1,12}}\))?\s*[,(–:-]?\s*(?:{})(?![\w/-]|\s(?:i|för|på)\b)"


def _of_values(labelled: Sequence[Field], words: Words, people: People) -> Signers:
    """The offices that a running list of those present gives in brackets or behind commas: `Eva Lind (ordf.), Per Ek`;
    an office that two hold says nothing."""
    found: Signers = {}
    for label in labelled:
        if label.group not in ("members", "others"):
            continue
        for value in label.values:
            spans = people.names.within(value.string)
            for at, (start, end, _) in enumerate(spans):
                onward = spans[at + 1][0] if at + 1 < len(spans) else len(value)
                behind = value.string[end:onward]
                for group, stem in zip(SIGNERS, ("chair", "secretary", "adjuster"), strict=True):
                    held = _OFFICE_BEHIND.format(any_of(words.lists[f"{stem}_roles"]))
                    if re.search(held, behind, re.IGNORECASE):
                        found.setdefault(group, []).append(value[start:end])
    return {group: names for group, names in found.items() if len(names) == 1 or group == "adjusters"}


def _of_attendance(present: Sequence[Attendee], words: Words) -> Signers:
    """Those whose role in the list of those present says it; a role that several hold says nothing."""
    found: Signers = {}
    for group, stem in zip(SIGNERS, ("chair", "secretary", "adjuster"), strict=True):
        for role in words.lists[f"{stem}_roles"]:
            said = re.compile(rf"(?:\A|,\s*){re.escape(role)}(?![\w/-]|\s(?:i|för|på)\b)", re.IGNORECASE)
            held = [attendee for attendee in present if attendee.role and said.search(attendee.role)]
            if len(held) == 1 or (held and group == "adjusters"):
                found[group] = [_name_in(attendee) for attendee in held]
                break
    return found


def _name_in(attendee: Attendee) -> Text:
    quote = attendee.evidence.quote
    at = quote.string.find(attendee.name)
    return quote[at : at + len(attendee.name)] if at >= 0 else quote


# ---------------------------------------------------------------- all of them


def read_officers(
    front: Sequence[Field],
    back: Sequence[Field],
    tail: Sequence[Line],
    head: Sequence[Line],
    printed: Sequence[Line],
    running: Sequence[Passage],
    titles: Mapping[int, str],
    present: Sequence[Attendee],
    words: Words,
    people: People,
) -> list[HeaderField]:
    """Chair, secretary and adjusters. `front`, `back`: the labelled fields before and after the sections; `tail`: the
    lines at the end, where signatures stand; `head`: the lines before the sections; `printed`: all lines; `titles`: the
    sections' titles by their ordinals."""
    tail = [line for line in tail if not _ends_a_row(line, tail, words)]
    inline: Signers = {}
    for line in (*head, *tail):
        for group, name in _inline(line, words, people):
            inline.setdefault(group, []).append(name)
    sources = (
        _of_labels(front, people),
        inline,
        _of_signatures(tail, words, people),
        _of_labels(back, people),
        _of_brackets((*head, *tail), words, people),
        _of_elections(running, titles, words, people),
        _of_attendance(present, words),
        _of_values([*front, *back], words, people),
        _of_rows(printed, words, people),
        _of_openings(running, words, people),
    )
    chosen = {group: next((s[group] for s in sources if s.get(group)), []) for group in SIGNERS}
    chair, secretary = chosen["chair"][:1], chosen["secretary"][:1]
    leads = {name.string for name in chair}
    adjusters = {" ".join(name.string.split()): name for name in reversed(chosen["adjusters"])}
    if len(adjusters) > 1:  # the chair signs beside the adjusters
        adjusters = {string: name for string, name in adjusters.items() if string not in leads}
    rows = [("chair", name) for name in chair] + [("secretary", name) for name in secretary]
    rows += [("adjusters", name) for name in reversed(adjusters.values())]
    return [told(field, " ".join(name.string.split()), name) for field, name in rows]
