"""The columns of a page: any number of them, in any part of it, in the order in which they are read.

A gutter is an upright white strip with lines on both sides. A region of the page is cut at its tallest gutter into what
stands above it, the side that is read first, the other side, and what stands below; each of the four is a region again.
So a title over three columns, two abstracts side by side over a single column, and a wide table between columns are all
the same case. (It is the recursive cut of Nagy and Seth, with the strips found by their edges.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.read.pdf_glyphs import Segment
from pipeline.read.pdf_gutters import FEWEST_ROWS, SAME_LINE, Gutter, blocks, parts_at, rows_of, tallest_gutter
from pipeline.read.pdf_tables import TableGrid
from pipeline.text.bidi import Direction, rtl_share

_ASCENT, _DESCENT = 0.75, 0.25  # of the font size
_NEAR, _MOST_BANDS = 80.0, 5  # points; the bands near a gutter's end that are looked at
_DEEPEST = 12

Region = tuple[list[Segment], list[TableGrid]]


def regions(segments: Sequence[Segment], tables: Sequence[TableGrid], direction: Direction) -> Iterator[Region]:
    """The parts of a page that have one column each, in reading order."""
    yield from _cut(list(segments), list(tables), direction, (), _DEEPEST)


def _cut(
    segments: list[Segment], tables: list[TableGrid], direction: Direction, known: tuple[Gutter, ...], depth: int
) -> Iterator[Region]:
    gutter = tallest_gutter(segments, tables, known) if depth and len(segments) > 1 else None
    if gutter is None:
        if segments or tables:
            yield segments, tables
        return
    level = _change(gutter, segments, tables)
    if level is not None:
        upper = [s for s in segments if s.base < level], [t for t in tables if t.box[1] < level]
        lower = [s for s in segments if s.base >= level], [t for t in tables if t.box[1] >= level]
        yield from _cut(*upper, direction, known, depth - 1)
        yield from _cut(*lower, direction, known, depth - 1)
        return
    above, below, left, right = [], [], [], []
    x = gutter.middle
    for segment in segments:
        if segment.base < gutter.top:
            above.append(segment)
        elif segment.base > gutter.bottom:
            below.append(segment)
        elif segment.x1 <= x + 1:
            left.append(segment)
        elif segment.x0 >= x - 1:
            right.append(segment)
        else:
            for part in parts_at(segment, x):
                (left if part.middle < x else right).append(part)
    _give_up_heads((left, right), above, below, tables)
    grids: tuple[list[TableGrid], list[TableGrid], list[TableGrid], list[TableGrid]] = ([], [], [], [])
    for table in tables:
        x0, top, x1, bottom = table.box
        if bottom <= gutter.top + 1:
            grids[0].append(table)
        elif top >= gutter.bottom - 1:
            grids[1].append(table)
        else:
            grids[2 if (x0 + x1) / 2 < x else 3].append(table)
    known = (*known, gutter, *_repeated(gutter, left))
    sides = [(left, grids[2]), (right, grids[3])]
    if direction == "rtl":
        sides.reverse()
    for lines, own in ((above, grids[0]), *sides, (below, grids[1])):
        yield from _cut(lines, own, direction, known, depth - 1)


def _repeated(gutter: Gutter, left: Sequence[Segment]) -> Iterator[Gutter]:
    """Where the next gutter must be, if a page with a few lines has several columns of one width."""
    if gutter.rows < FEWEST_ROWS and left:
        pitch = gutter.right - min(s.x0 for s in left)
        yield replace(gutter, left=gutter.left + pitch, right=gutter.right + pitch)


def _change(gutter: Gutter, segments: Sequence[Segment], tables: Sequence[TableGrid]) -> float | None:
    """The level white band over and under which the columns of a region are others: other gutters, or texts of
    different scripts side by side (an abstract in two languages) over columns of one script."""
    x = gutter.middle
    inside = sorted((s for s in segments if gutter.top < s.base < gutter.bottom), key=lambda s: s.base)
    first = _scripts(inside[: 2 * FEWEST_ROWS], x)
    bands = _level_bands(segments, tables)
    if first in (("rtl", "ltr"), ("ltr", "rtl")):
        for level, _ in bands:
            upper, lower = [s for s in inside if s.base < level], [s for s in inside if s.base >= level]
            sides = [[s for s in lower if s.middle < x][:3], [s for s in lower if s.middle >= x][:3]]
            if len(upper) > 2 * FEWEST_ROWS - 2 and all(sides) and _scripts(upper, x) == first:
                below = {_scripts(part, x)[at] for at, side in enumerate(sides) for part in (side, side[:1])}
                if len(below) == 1 and None not in below:
                    return level
    crossing = [s.base for s in segments if _goes_over(s, gutter)]
    near: list[float] = []
    for edge, count in (
        (gutter.top, sum(base < gutter.top for base in crossing)),
        (gutter.bottom, sum(base > gutter.bottom for base in crossing)),
    ):
        if count >= FEWEST_ROWS - 1:
            close = [(-height, level) for level, height in bands if abs(level - edge) < _NEAR]
            near.extend(level for _, level in sorted(close)[:_MOST_BANDS])
    for level in near:
        upper, lower = [s for s in segments if s.base < level], [s for s in segments if s.base >= level]
        if min(len(upper), len(lower)) < 2 * FEWEST_ROWS:
            continue
        over = tallest_gutter(upper, [t for t in tables if t.box[1] < level], ())
        under = tallest_gutter(lower, [t for t in tables if t.box[1] >= level], ()) if over else None
        if over is None or under is None:
            continue
        counts = [
            sum(own.top < s.base < own.bottom and _goes_over(s, other) for s in lines)
            for lines, own, other in ((lower, under, over), (upper, over, under))
        ]
        if min(counts) > 1:
            return level
    return None


def _goes_over(segment: Segment, gutter: Gutter) -> bool:
    """Whether a line goes on over a gutter's strip."""
    return blocks(segment, gutter.middle, (gutter.left, gutter.right))


def _level_bands(segments: Sequence[Segment], tables: Sequence[TableGrid]) -> list[tuple[float, float]]:
    """Middle and height of the level white bands over the whole width that are wider than the space between lines."""
    boxes = [(s.base - _ASCENT * s.size, s.base + _DESCENT * s.size, s.size) for s in segments]
    boxes.extend((t.box[1], t.box[3], 0.0) for t in tables)
    boxes.sort()
    found = []
    floor = float("inf")
    for top, bottom, size in boxes:
        if top - floor > 0.5 * size:
            found.append(((top + floor) / 2, top - floor))
        floor = bottom if floor == float("inf") else max(floor, bottom)
    return found


def _scripts(lines: Sequence[Segment], x: float) -> tuple[Direction | None, Direction | None]:
    """The direction of most letters to the left and to the right of ``x``."""
    words = ["", ""]
    for segment in lines:
        for part in parts_at(segment, x):
            words[part.middle >= x] += "".join(g.sign.text for g in part.glyphs)
    return _script(words[0]), _script(words[1])


def _script(words: str) -> Direction | None:
    share = rtl_share(words)
    return None if share is None or 0.1 < share <= 0.5 else "rtl" if share > 0.5 else "ltr"


def _give_up_heads(
    sides: tuple[list[Segment], list[Segment]],
    above: list[Segment],
    below: list[Segment],
    tables: Sequence[TableGrid],
) -> None:
    """Give the lines that end only one of two columns, but are nearer to the text over the whole width, to that: a
    heading under the columns, the last line of a paragraph over them."""
    for own, other in (sides, sides[::-1]):
        if not own or not other:
            continue
        rows = rows_of(own)
        if below:
            edge, floor = min(s.base for s in below), max(s.base for s in other)
            for count in (1, 2):
                if len(rows) <= count or rows[-count][0].base <= floor + 0.5:
                    break
                tail = rows[-count:]
                size = max(s.size for s in tail[0])
                gap = tail[0][0].base - rows[-count - 1][0].base
                if gap > edge - tail[-1][0].base - 0.1 * size and gap > 1.8 * size:
                    if max(s.size for s in below if s.base < edge + 1) > 0.8 * size:
                        _move(tail, own, below)
                    break
        if above:
            edge, ceiling = max(s.base for s in above), min(s.base for s in other)
            rows = rows_of(own)
            if len(rows) > 1 and rows[0][0].base < ceiling - 0.5:
                size = max(s.size for s in rows[0])
                under = [t.box[1] for t in tables if rows[0][0].x0 < t.box[2] and rows[0][-1].x1 > t.box[0]]
                next_one = min([rows[1][0].base, *(top for top in under if top > rows[0][0].base)])
                if rows[0][0].base - edge < next_one - rows[0][0].base - 0.3 * size:
                    _move(rows[:1], own, above)
    left, right = sides
    lines = sorted([*left, *right], key=lambda s: s.base)
    if above and len(lines) > 2 and left and right:  # names beside each other under a title
        edge, first = max(s.base for s in above), lines[0]
        row = [s for s in lines if s.base - first.base < SAME_LINE * first.size]
        rest = lines[len(row) : len(row) + 1]
        over = min(s.x0 for s in row) < min(s.x0 for s in right) < max(s.x1 for s in row)
        if rest and over and first.base - edge < rest[0].base - first.base:
            for own in sides:
                _move([[s for s in row if s in own]], own, above)


def _move(rows: Sequence[Sequence[Segment]], source: list[Segment], target: list[Segment]) -> None:
    moved = {id(s) for row in rows for s in row}
    target.extend(s for s in source if id(s) in moved)
    source[:] = [s for s in source if id(s) not in moved]
