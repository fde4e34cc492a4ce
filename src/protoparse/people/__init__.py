"""Persons in Swedish administrative prose: names, parties, titles and where people work.

The words (titles, given names, parties …) are data, `rules/people.yml`; this is the grammar over them: how the words of
names are written (`shapes`), `titles` and `parties`, `names` in running text, and the `rows` of lists.
"""

from protoparse.people.rows import Described, People, Person

__all__ = ["Described", "People", "Person"]
