"""The numbered sections of a document, its sub-headings, and the passages inside them.

Headings are numbered (`headings`), told by their type alone (`typeset`), or stand before their text on the same line
(`apart`). What lies between two of them are the passages of a section (`sections`), down to where the attendance list
or the signatures begin (`ends`).
"""

from protoparse.agenda.reading import read_agenda
from protoparse.agenda.sections import Agenda

__all__ = ["Agenda", "read_agenda"]
