"""What the name of a file says, for a document whose pages hold no text."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from protoparse.labels import KINDS, Words
from protoparse.models import Kind

_DAY = re.compile(r"(?<!\d)(20\d\d)([-_. ]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class Named:
    """Kind, finer form, organ and day that a file's name tells, None where it does not."""

    kind: Kind | None = None
    form: str | None = None
    organ: str | None = None
    day: datetime.date | None = None


def _folded(text: str) -> str:
    """Small letters without accents, anything between words one blank: as names of files are written."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).split())


def _organ(name: str, known: Sequence[str]) -> str | None:
    """The longest known organ that stands in the name; what is not known is not guessed."""
    found = [organ for organ in known if re.search(rf"\b{_folded(organ)}\b", name)]
    return max(found, key=len, default=None)


def read_name(stem: str, words: Words) -> Named:
    """Kind, organ and day of a file name without its ending; a name with two days tells none."""
    name = _folded(stem)
    kind = next((k for k in KINDS if any(re.search(rf"\b{_folded(w)}", name) for w in words.lists[k])), None)
    forms = words.lists["forms"]
    fitting = (
        f.code for f in words.forms if f.kind == kind and any(_folded(w) in name for w in forms[f.code]["words"])
    )
    form = next(fitting, None)
    days = {match.group() for match in _DAY.finditer(stem)}
    day = None
    if len(days) == 1 and (match := _DAY.search(stem)):
        try:
            day = datetime.date(int(match[1]), int(match[3]), int(match[4]))
        except ValueError:
            day = None
    return Named(kind, form or kind, _organ(name, words.lists["organ_names"]), day)
