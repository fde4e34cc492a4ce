"""From where to where a table without vertical lines runs: its columns, by its heads, and its last row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from protoparse.pdf.frames import Heads, name_of, plain, words_of
from protoparse.pdf.rows import Piece, Row, of_pieces


def first_words(row: Row) -> list[str]:
    """The first word of each piece of a row, as compared with column heads."""
    return [plain(piece[0]) for piece in row.pieces]


def end_of_table(
    items: Sequence[Row],
    last: int,
    columns: Sequence[tuple[float, float, str]],
    heads: Heads,
    lines: Sequence[float],
) -> int:
    """The row after the last one of the table whose heads end in row `last`."""
    end = last + 1
    while end < len(items) and not _ends(items[end], items[end - 1], columns, heads, lines):
        end += 1
    return end


def blank_strips(items: Sequence[Row]) -> list[float]:
    """Where words begin behind a blank strip that runs down through all rows: narrower than between pieces, but wider
    than between words. In fewer than three rows such a strip says nothing."""
    if len(items) < 3:
        return []
    edges = sorted((word.x0, word.x1) for row in items for word in words_of(row))
    wide = 0.6 * max(min(row.size for row in items), 6)
    found: list[float] = []
    reach = edges[0][1]
    for x0, x1 in edges:
        if x0 - reach > wide:
            found.append(x0)
        reach = max(reach, x1)
    return found


def cut_at(row: Row, starts: Sequence[float]) -> Row:
    """A row whose pieces are cut where a column begins."""
    pieces: list[Piece] = []
    for piece in row.pieces:
        pieces.append([piece[0]])
        for before, word in pairwise(piece):
            if any(before.x1 < x - 2 <= word.x0 for x in starts):
                pieces.append([word])
            else:
                pieces[-1].append(word)
    return of_pieces(pieces)


def columns_of(rows_of_heads: Sequence[Row], known: frozenset[str]) -> list[tuple[float, float, str]]:
    """From where to where each column's head stands, and the head: pieces of the rows of heads that overlap, and
    listed heads inside them."""
    columns: list[tuple[float, float, str]] = []
    for piece in rows_of_heads[0].pieces:
        for at, word in enumerate(piece):
            if at == 0 or (plain(word) in known and not _goes_on_small(piece, at)):
                columns.append((word.x0, word.x1, plain(word)))
            else:
                x0, _, name = columns[-1]
                columns[-1] = (x0, word.x1, f"{name} {plain(word)}")
    for row in rows_of_heads[1:]:
        for piece in row.pieces:
            a, b = piece[0].x0, piece[-1].x1
            k = max(range(len(columns)), key=lambda k: min(b, columns[k][1]) - max(a, columns[k][0]))
            x0, x1, name = columns[k]
            columns[k] = (min(a, x0), max(b, x1), f"{name} {name_of(piece)}")
    return columns


def _goes_on_small(piece: Piece, at: int) -> bool:
    """Whether a word goes on with the head before it: `Tjänstgörande ersättare`, with no more than a word's blank."""
    before, word = piece[at - 1], piece[at]
    return word.text[:1].islower() and piece[0].text[:1].isupper() and word.x0 - before.x1 < 0.6 * word.size


def _ends(
    row: Row, above: Row, columns: Sequence[tuple[float, float, str]], heads: Heads, lines: Sequence[float]
) -> bool:
    """Whether a row stands below the table: below its last line, after a gap, across its columns, or left of it. Its
    heads once more, but for the first (`Övriga` for `Namn`), go on with it."""
    if len(row.pieces) > 1 and [name_of(piece) for piece in row.pieces[1:]] == [name for _, _, name in columns[1:]]:
        return False
    if len(lines) > 1 and (row.top + row.bottom) / 2 > lines[-1] and row.top - above.bottom > 0.3 * row.size:
        return True
    gap = row.top - above.bottom > 2.4 * max(above.size, 8)
    if gap or row.x0 < columns[0][0] - 8 or row.size > above.size + 2.5:
        return True
    across = any(
        piece[0].x0 < right[0] - 8 and piece[-1].x1 > right[0] + 12 and not _blank_between(piece, left[0], right[1])
        for piece in row.pieces
        for left, right in pairwise(columns)
    )
    return across and not heads.name(first_words(row))


def _blank_between(piece: Piece, x0: float, x1: float) -> bool:
    """Whether a blank wider than those between words lies in a piece between two places: it may part two cells."""
    return any(
        after.x0 - before.x1 > 0.6 * after.size and before.x1 > x0 and after.x0 < x1
        for before, after in pairwise(piece)
    )
