"""Where the attendance list or the signatures after the last section begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from protoparse.models import Line, Zone
from protoparse.pdf.rows import cells
from protoparse.style import SENTENCE_END, Body, parted
from protoparse.zones import Headings


def _is_list_of_people(line: Line, headings: Headings) -> bool:
    return headings.zone(line.text.string) in (Zone.ATTENDANCE, Zone.HEADER) or bool(
        re.fullmatch(r"(?:Underskrifter|Bilagor|Vid protokollet|Justeras)\b.{0,20}", line.text.string)
    )


def back_matter(lines: Sequence[Line], after: int, headings: Headings, body: Body) -> int:
    """The index of the line where the attendance list or the signatures after the last section begin."""
    for at in range(after, len(lines)):
        line = lines[at]
        if _is_list_of_people(line, headings) and (body.stands_out(line) or line.text.string.endswith(":")):
            return at
        if not _no_sentences(lines[at:]):
            continue
        if _is_signature(line, headings) and parted(line, lines[at - 1]):
            return at
        apart = at > after or bool(SENTENCE_END.search(lines[at - 1].text.string))
        if apart and parted(line, lines[at - 1]) and _is_signed(lines[at : at + 2]):
            return at
    return len(lines)


_SIGNATURE = re.compile(
    r"(?:Underskrift(?:er)?|Vid (?:protokollet|pennan)|Justera[st]|Justerare|Protokoll(?:förare|sjusterare)"
    r"|(?:Mötes)?[Oo]rdförande|(?:Mötes)?[Ss]ekreterare)\b"
)
_NAMED = re.compile(r"(?:[A-ZÅÄÖ][\w.-]+ ){1,3}[A-ZÅÄÖ][\w-]+|[._…]{4,}")


def _is_signed(lines: Sequence[Line]) -> bool:
    """Whether a name stands above a post (`Eva Lind` / `Ordförande`), or names side by side above as many posts."""
    names, posts = ([cell.string.strip() for cell in cells(line)] for line in lines) if len(lines) == 2 else ([], [])
    named = all(_NAMED.fullmatch(name) for name in names)
    return bool(names) and len(names) == len(posts) and named and all(_SIGNATURE.match(post) for post in posts)


def _is_signature(line: Line, headings: Headings) -> bool:
    return _is_list_of_people(line, headings) or bool(_SIGNATURE.match(line.text.string))


def _no_sentences(lines: Sequence[Line]) -> bool:
    """Whether lines hold names, posts and days only."""
    return all(len(line.text) <= 70 and not re.search(r"[a-zåäö]{3,}\.\Z", line.text.string) for line in lines)
