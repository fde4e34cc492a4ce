"""Numbered headings: every form of number that opens a matter, and the row of numbers that carries a document.

A line that begins with a number is a candidate (`forms`); what it says and how it is set is weighed (`weighing`).
Candidates whose numbers go on are a chain (`chains`), without the points of lists (`untitled`). Of the families of
numbers the one that convinces carries the document (`rows`).
"""

from protoparse.numbering.forms import Candidate, after_number, is_appendix, is_title, starts_with_number
from protoparse.numbering.rows import numbered

__all__ = ["Candidate", "after_number", "is_appendix", "is_title", "numbered", "starts_with_number"]
