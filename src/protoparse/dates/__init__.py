"""The Swedish date grammar: a text and the document's day in; first and last day, precision and bound out.

How it reads, in five steps:

1. The text is folded (`page`): small letters, plain spaces, words split at a line end joined. Every folded character
   remembers where it stood, so what is found is told in offsets of the text as given.
2. Words and numbers that can open a date (`den`, `mars`, `vecka`, any digit) are the only places where a form is tried
   (`reading`). A form is a template such as `<weekday>?<den>?<day>_<month><year>?` (`forms`); what it matches is a
   `Piece` (`pieces`).
3. Pieces joined by a separator are a chain (`chains`): `den 5, 12 och 19 maj 2027`, `22 december–7 januari`. What is
   said once, at its end, holds for the whole chain. Whether a date is meant at all, the `surroundings` tell.
4. Where candidates overlap, the longest wins.
5. From left to right each candidate gets its year (`years`), its days, and the bound word before it (`mentions`).

The words stand in rules/dates.yml. Nothing here knows today's date, the machine's language or the order of a set.
"""

from protoparse.dates.almanac import MONTHS, easter
from protoparse.dates.forms import RULE_IDS
from protoparse.dates.grammar import Grammar
from protoparse.dates.mentions import Mention, Unread
from protoparse.dates.reading import find_dates

__all__ = ["MONTHS", "RULE_IDS", "Grammar", "Mention", "Unread", "easter", "find_dates"]
