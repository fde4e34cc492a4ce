"""Ruling lines → the cells of tables: pure geometry, in points from the top left corner of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from protoparse.pdf.ruling import Rule
from protoparse.text import Word

_NEAR = 3.0  # points within which two edges are one


class Cell(NamedTuple):
    """A cell of a ruled table. `table` counts the tables of the page, `row` and `column` the rows and columns of its
    grid; of a cell that spans several they are the first, `last_row` and `last_column` the last."""

    table: int
    row: int
    column: int
    last_row: int
    last_column: int
    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Whether the middle of a word lies in the cell."""
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


def cells_of(rules: Iterable[Rule], height: float) -> list[Cell]:
    """The cells of all grids of at least two cells, tables top to bottom, cells in reading order. `height` of the page:
    what is as high as the page is its frame."""
    flat, tall = _joined(rules, height)
    found: list[Cell] = []
    table = 0
    for across, down in sorted(_together(flat, tall), key=lambda group: min(rule.y0 for rule in group[0])):
        cells = _cells(table, across, down)
        if len(cells) > 1:
            found.extend(cells)
            table += 1
    return found


def rules_alone(rules: Iterable[Rule], height: float) -> list[list[Rule]]:
    """Horizontal lines of one width under one another, as groups of two or more, top to bottom; not those of grids,
    unless they have only one row (tinted heads)."""
    flat, tall = _joined(rules, height)
    alone = [
        rule
        for across, down in _together(flat, tall)
        for rule in across
        if len(_places(r.y0 for r in across)) < 3 or not any(rule.x0 + 6 < r.x0 < rule.x1 - 6 for r in down)
    ]
    groups: list[list[Rule]] = []
    for rule in sorted(alone, key=lambda rule: rule.y0):
        group = next((g for g in groups if abs(g[-1].x0 - rule.x0) < 4 and abs(g[-1].x1 - rule.x1) < 4), None)
        if group is None:
            groups.append([rule])
        else:
            group.append(rule)
    return [group for group in groups if len(group) > 1]


def _joined(rules: Iterable[Rule], height: float) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical lines, pieces that follow one another put together."""
    flat: list[Rule] = []
    tall: list[Rule] = []
    for x0, y0, x1, y1 in rules:
        if y1 - y0 < x1 - x0:
            flat.append(Rule(y0, x0, y1, x1))
        elif y1 - y0 < 0.97 * height:
            tall.append(Rule(x0, y0, x1, y1))
    across = [Rule(y0, x0, y1, x1) for x0, y0, x1, y1 in _merged(flat)]
    return across, _merged(tall)


def _merged(tall: list[Rule]) -> list[Rule]:
    """Vertical lines at one place (each side of a joint within a point or two) as one."""
    tall.sort()
    groups: list[list[Rule]] = []
    for rule in tall:
        if groups and rule.x0 - groups[-1][0].x0 <= 2:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    found: list[Rule] = []
    for group in groups:
        x = sum(rule.x0 for rule in group) / len(group)
        group.sort(key=lambda rule: rule.y0)
        top, bottom = group[0].y0, group[0].y1
        for rule in group[1:]:
            if rule.y0 > bottom + 2.5:
                found.append(Rule(x, top, x, bottom))
                top, bottom = rule.y0, rule.y1
            bottom = max(bottom, rule.y1)
        found.append(Rule(x, top, x, bottom))
    return found


def _together(flat: Sequence[Rule], tall: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch one another, as (horizontal, vertical) groups."""
    group_of = list(range(len(flat) + len(tall)))

    def root(k: int) -> int:
        while group_of[k] != k:
            k = group_of[k]
        return k

    for i, across in enumerate(flat):
        for j, down in enumerate(tall, len(flat)):
            if (
                across.x0 - _NEAR <= down.x0 <= across.x1 + _NEAR
                and down.y0 - _NEAR <= across.y0 <= down.y1 + _NEAR
                and root(i) != root(j)
            ):
                group_of[root(j)] = root(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for k, rule in enumerate((*flat, *tall)):
        groups.setdefault(root(k), ([], []))[k >= len(flat)].append(rule)
    return [group for group in groups.values() if group[0]]


def _places(values: Iterable[float]) -> list[float]:
    """Edges in order, those within a few points of one another as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _cells(table: int, flat: Sequence[Rule], tall: Sequence[Rule]) -> list[Cell]:
    """The cells between lines that touch; where no line parts two neighbours they are one cell. What is open to the
    left or right ends where its lines end."""
    if len(flat) < 2 or not tall:
        return []
    xs = _places([*(rule.x0 for rule in tall), min(r.x0 for r in flat), max(r.x1 for r in flat)])
    ys = _places([*(rule.y0 for rule in flat), min(r.y0 for r in tall), max(r.y1 for r in tall)])
    wide, high = len(xs) - 1, len(ys) - 1
    whole = list(range(wide * high))

    def first(k: int) -> int:
        while whole[k] != k:
            k = whole[k]
        return k

    def unite(a: int, b: int) -> None:
        a, b = sorted((first(a), first(b)))
        whole[b] = a

    for row, (top, bottom) in enumerate(pairwise(ys)):
        for column, (left, right) in enumerate(pairwise(xs)):
            at = row * wide + column
            middle_y, middle_x = (top + bottom) / 2, (left + right) / 2
            if column + 1 < wide and not any(abs(r.x0 - right) <= _NEAR and r.y0 <= middle_y <= r.y1 for r in tall):
                unite(at, at + 1)
            if row + 1 < high and not any(abs(r.y0 - bottom) <= _NEAR and r.x0 <= middle_x <= r.x1 for r in flat):
                unite(at, at + wide)
    members: dict[int, list[tuple[int, int]]] = {}
    for k in range(wide * high):
        members.setdefault(first(k), []).append(divmod(k, wide))
    return [
        Cell(table, (a := min(m))[0], a[1], (b := max(m))[0], max(c for _, c in m),
             xs[min(c for _, c in m)], ys[a[0]], xs[max(c for _, c in m) + 1], ys[b[0] + 1])
        for m in members.values()
    ]  # fmt: skip
