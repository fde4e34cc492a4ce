"""Lines of documents that were never printed, with the type and white space that headings are known by."""

from protoparse import rules
from protoparse.agenda import read_agenda
from protoparse.models import Line
from protoparse.text import Text, Word
from protoparse.zones import Headings

HEADINGS = Headings.of(rules.load().data["headings"]["words"])


def page(text: str, number: int = 1) -> list[Line]:
    """Lines of a page: `#` before a line sets it bold and large, `*` bold; an empty line is white space."""
    out, y, gap = [], 100.0, None
    for raw in text.strip("\n").split("\n"):
        if not raw.strip():
            gap, y = 14.0, y + 14
            continue
        size, bold = (14.0, True) if raw.startswith("#") else (11.0, raw.startswith("*"))
        plain = raw.lstrip("#* ")
        words, x = [], 70.0
        for word in plain.split():
            words.append(Word(word, number, x, y, x + 5 * len(word), y + size, size, bold))
            x += 5 * len(word) + 3
        x1 = words[-1].x1
        out.append(Line(Text.of_words(words), number, 70, y, x1, y + size, size, bold, gap if out else None))
        gap, y = 0.0, y + 13
    return out


def sections(*pages: str):
    lines = [line for k, text in enumerate(pages, 1) for line in page(text, k)]
    return read_agenda(lines, HEADINGS).sections


LONG = "Nämnden har under våren tagit del av flera rapporter om hur arbetet fortskrider i kommunens olika delar."
