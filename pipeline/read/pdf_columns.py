"""The columns of a page: any number of them, in any part of it, in the order in which they are read.

A gutter is an upright white strip with lines on both sides. A region of the page is cut at its tallest gutter into what
stands above it, the side that is read first, the other side, and what stands below; each of the four is a region again.
So a title over three columns, two abstracts side by side over a single column, and a wide table between columns are all
the same case. (It is the recursive cut of Nagy and Seth, with the strips found by their edges.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.pdf_glyphs import Segment, parted_at
from pipeline.read.pdf_tables import TableGrid
from pipeline.text.bidi import Direction, rtl_share

_FEWEST_ROWS = 4  # on either side
_FEW_ROWS = 8  # a gutter with fewer rows on a side must be wide
_NARROWEST_COLUMN = 9.0  # of the font size
_NARROW, _WIDE = 0.5, 1.2  # of the font size: the narrowest gutter, and the narrowest one of few rows
_FULL_LINE = 0.55  # of its column's width: half of the lines of a column are longer
_EVEN = 0.04  # of a column's width: by so much columns of one width may differ
_SAME_LINE = 0.3  # of the font size
_SAME_TEXT = 2.2  # of the font size: the widest step from line to line
_SAME_EDGE = 3.0  # points
_ASCENT, _DESCENT = 0.75, 0.25  # of the font size
_NEAR, _MOST_BANDS = 80.0, 5  # points; the bands near a gutter's end that are looked at
_DEEPEST = 12

Region = tuple[list[Segment], list[TableGrid]]


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A white strip from ``left`` to ``right`` and from ``top`` to ``bottom``, with so many rows on its barer side."""

    left: float
    right: float
    top: float
    bottom: float
    rows: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def regions(segments: Sequence[Segment], tables: Sequence[TableGrid], direction: Direction) -> Iterator[Region]:
    """The parts of a page that have one column each, in reading order."""
    yield from _cut(list(segments), list(tables), direction, (), _DEEPEST)


def rows_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that stand side by side on one baseline, row by row."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.base):
        if rows and segment.base - rows[-1][0].base < _SAME_LINE * segment.size and _beside(rows[-1], segment):
            rows[-1].append(segment)
            rows[-1].sort(key=lambda s: s.x0)
        else:
            rows.append([segment])
    return rows


def _beside(row: Sequence[Segment], segment: Segment) -> bool:
    """Whether a segment stands beside all of a row's, not over one."""
    return all(min(s.x1, segment.x1) - max(s.x0, segment.x0) < 0.3 * segment.size for s in row)


def _cut(
    segments: list[Segment], tables: list[TableGrid], direction: Direction, known: tuple[_Gutter, ...], depth: int
) -> Iterator[Region]:
    gutter = _tallest(segments, tables, known) if depth and len(segments) > 1 else None
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
            for part in parted_at(segment, x):
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


def _repeated(gutter: _Gutter, left: Sequence[Segment]) -> Iterator[_Gutter]:
    """Where the next gutter must be, if a page with a few lines has several columns of one width."""
    if gutter.rows < _FEWEST_ROWS and left:
        pitch = gutter.right - min(s.x0 for s in left)
        yield replace(gutter, left=gutter.left + pitch, right=gutter.right + pitch)


# ── gutters ────────────────────────────────────────────────────────────────────────────────────────────────────


def _tallest(segments: Sequence[Segment], tables: Sequence[TableGrid], known: Sequence[_Gutter]) -> _Gutter | None:
    """The gutter of a region that reaches over most of it, or None where it has one column."""
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    size = sorted(s.size for s in segments)[len(segments) // 2]
    if right - left < 2 * _NARROWEST_COLUMN * size:
        return None
    best: _Gutter | None = None
    for x in _candidates(segments, left, right, size):
        for gutter in _at(x, segments, tables, size):
            if best is None or (gutter.bottom - gutter.top, gutter.right - gutter.left) > (
                best.bottom - best.top,
                best.right - best.left,
            ):
                best = gutter
    if best is None:
        for old in known:
            if best is None and min(old.left - left, right - old.right) > 0.5 * _NARROWEST_COLUMN * size:
                best = next(iter(_at(old.middle, segments, tables, size, old)), None)
    return best


def _candidates(segments: Sequence[Segment], left: float, right: float, size: float) -> list[float]:
    """Places where several lines begin or end, a little outside of them."""
    room = _NARROWEST_COLUMN * size
    found: list[float] = []
    starts = [x for s in segments for x in (s.x0, *(b for _, b in s.gaps))]
    ends = [x for s in segments for x in (s.x1, *(a for a, _ in s.gaps))]
    for every, shift in ((starts, -2.0), (ends, 2.0)):
        edges = sorted(x for x in every if left + room < x < right - room)
        at = 0
        while at < len(edges):
            end = at
            while end < len(edges) and edges[end] - edges[at] < _SAME_EDGE:
                end += 1
            if end - at >= 2:
                found.append((edges[at] if shift < 0 else edges[end - 1]) + shift)
            at = end
    found.sort()
    return [x for index, x in enumerate(found) if not index or x - found[index - 1] > 0.5]


def _at(
    x: float, segments: Sequence[Segment], tables: Sequence[TableGrid], size: float, known: _Gutter | None = None
) -> Iterator[_Gutter]:
    """The gutters at ``x``, from what blocks it to what blocks it next; ``known`` is one found elsewhere."""
    blocks = [s.base for s in segments if s.x0 < x - 1 and s.x1 > x + 1 and not any(a < x < b for a, b in s.gaps)]
    across = [t.box for t in tables if min(x - t.box[0], t.box[2] - x) > 0.1 * (t.box[2] - t.box[0])]
    levels = [*blocks, *(box[1] for box in across)]
    for top, bottom in pairwise([float("-inf"), *sorted(levels), float("inf")]):
        run = [s for s in segments if top < s.base < bottom and s.base not in blocks]
        run = [s for s in run if not any(box[1] <= s.base <= box[3] for box in across)] if across else run
        if known is None and len(run) < 4:
            continue
        strip = _strip(x, run)
        if strip is None:
            continue
        if known is not None:
            strip = (max(strip[0], known.left), min(strip[1], known.right))
        stops = [s.base for s in run if _blocks(s, x, strip)]
        for high, low in pairwise([top, *sorted(stops), bottom]):
            part = [s for s in run if high < s.base < low]
            gutter = _checked(x, part, size, known)
            if gutter is not None:
                yield gutter


def _strip(x: float, run: Sequence[Segment]) -> tuple[float, float] | None:
    """The white strip around ``x`` that nearly all of the lines leave."""
    ends = sorted(max((a for a, b in s.gaps if a < x < b), default=s.x1) for s in run if s.x0 < x)
    starts = sorted(min((b for a, b in s.gaps if a < x < b), default=s.x0) for s in run if s.x1 > x)
    if not ends or not starts:
        return None
    left, right = ends[-1 - len(ends) // 20], starts[len(starts) // 20]
    return (left, right) if right > left else None


def _blocks(segment: Segment, x: float, strip: tuple[float, float]) -> bool:
    """Whether a line goes on over the strip, or reaches into it; a page number may stand in it."""
    left, right = strip
    if segment.x1 - segment.x0 < 3 * segment.size:
        return segment.x0 < left and segment.x1 > right
    if segment.x1 <= x + 1 or segment.x0 >= x - 1:
        inside = min(segment.x1, right) - max(segment.x0, left)
        return inside > 0.5 * (right - left) and segment.x1 - segment.x0 > inside
    white = max((min(b, right) - max(a, left) for a, b in segment.gaps), default=0.0)
    return white <= 0.8 * (right - left)


def _checked(x: float, run: Sequence[Segment], size: float, known: _Gutter | None) -> _Gutter | None:
    """The gutter at ``x`` through some lines, if those on either side look like lines of columns."""
    sides: list[list[Segment]] = [[], []]
    for segment in run:
        for part in _parts(segment, x):
            sides[part.middle >= x].append(part)
    if not all(sides):
        return None
    tops = [min(s.base for s in side) for side in sides]
    bottoms = [max(s.base for s in side) for side in sides]
    if max(tops) > min(bottoms) + size:  # one side ends before the other begins
        return None
    beside = [s for side in sides for s in side if max(tops) - size < s.base < min(bottoms) + size]
    strip = _strip(x, beside)
    if strip is None:
        return None
    near = [_nearest_column(side, x) for side in sides]
    extents = [[(min(s.x0 for s in row), max(s.x1 for s in row)) for row in rows_of(side)] for side in near]
    fewest = min(map(len, extents))
    gutter = _Gutter(*strip, min(tops) - 0.1, max(bottoms) + 0.1, fewest)
    widths = [max(b for _, b in rows) - min(a for a, _ in rows) for rows in extents]
    if known is not None:
        return gutter
    if min(widths) < _NARROWEST_COLUMN * size:
        return None
    white = strip[1] - strip[0]
    if white < (_NARROW if fewest >= _FEW_ROWS else 1.0) * size:
        return None
    if fewest < _FEWEST_ROWS:
        if white < _WIDE * size or not (_is_even(beside) or _is_periodic(beside, strip)):
            return None
        floor = max(s.base for s in beside)
        for base in sorted(s.base for side in sides for s in side):
            if floor < base < floor + _SAME_TEXT * size:
                floor = base
        return replace(gutter, top=min(s.base for s in beside) - 0.1, bottom=floor + 0.1)
    full = [_full_share(rows) for rows in extents]
    return gutter if sum(full) >= 1 and min(full) >= 0.3 else None


def _parts(segment: Segment, x: float) -> list[Segment]:
    """A segment, or what of it stands on either side of ``x``."""
    return parted_at(segment, x) if segment.x0 < x - 1 and segment.x1 > x + 1 else [segment]


def _nearest_column(side: Sequence[Segment], x: float) -> list[Segment]:
    """The lines of the column next to ``x``, of those on one side of it; what spans several columns is left out."""
    widths = sorted(s.x1 - s.x0 for s in side)
    most = 1.3 * widths[len(widths) * 3 // 4]
    groups: list[list[Segment]] = []
    right = float("-inf")
    for segment in sorted((s for s in side if s.x1 - s.x0 <= most), key=lambda s: s.x0):
        if not groups or segment.x0 > right:
            groups.append([])
        groups[-1].append(segment)
        right = max(right, segment.x1)
    if groups[0][0].x0 < x:
        groups.reverse()
    most_lines = max(map(len, groups))  # a page number may stand in the gutter
    return next(group for group in groups if len(group) >= min(_FEWEST_ROWS, most_lines))


def _full_share(extents: Sequence[tuple[float, float]]) -> float:
    """The share of the lines of a column that reach over most of it."""
    width = max(x1 for _, x1 in extents) - min(x0 for x0, _ in extents)
    return sum(1 for x0, x1 in extents if x1 - x0 > _FULL_LINE * width) / len(extents)


def _is_even(parts: Sequence[Segment]) -> bool:
    """Whether lines stand in columns of one width that they fill, all but the last line of each."""
    starts: list[list[Segment]] = []
    for part in sorted(parts, key=lambda s: s.x0):
        column = next((c for c in starts if min(s.x0 for s in c) < part.middle < max(s.x1 for s in c)), None)
        if column is None:
            starts.append([part])
        else:
            column.append(part)
    extents = [[(min(s.x0 for s in row), max(s.x1 for s in row)) for row in rows_of(column)] for column in starts]
    widths = [max(b for _, b in rows) - min(a for a, _ in rows) for rows in extents]
    for last in (0, -1) if len(widths) > 2 else ():  # the last column may hold a short line alone
        if len(extents[last]) == 1 and widths[last] < min(widths[1:-1]):
            del extents[last], widths[last]
            break
    if len(widths) < 2 or max(widths) - min(widths) > _EVEN * max(widths):
        return False
    if all(
        sum(b - a > 0.85 * width for a, b in rows) >= len(rows) - 1 > 0
        for rows, width in zip(extents, widths, strict=True)
    ):
        return True
    apart = sum(_stands_alone(s, parts) for s in parts)
    return apart * 2 > len(parts) and all(len(rows) > 1 and _full_share(rows) >= 0.5 for rows in extents)


def _is_periodic(parts: Sequence[Segment], strip: tuple[float, float]) -> bool:
    """Whether lines stand in columns as wide as the one to the left of a strip, and fill all but one of them."""
    left, right = min(s.x0 for s in parts), max(s.x1 for s in parts)
    white, period = strip[1] - strip[0], strip[1] - left
    count = round((right - left + white) / period)
    columns: list[list[Segment]] = [[] for _ in range(count)]
    for segment in parts:
        at = min(count - 1, int((segment.middle - left) / period)) if count else 0
        if count < 2 or segment.x0 < left + at * period - 2 or segment.x1 > left + (at + 1) * period - white + 2:
            return False
        columns[at].append(segment)
    filled = 0
    for column in columns:
        rows = rows_of(column)
        filled += any(row[-1].x1 - row[0].x0 > 0.85 * (period - white) for row in rows)
    return filled >= max(2, count - 1)


def _stands_alone(segment: Segment, others: Sequence[Segment]) -> bool:
    """Whether the lines beside a line stand on other baselines, as in columns and never in tables."""
    return not any(
        abs(other.base - segment.base) < 0.15 * segment.size and other is not segment
        for other in others
        if other.x0 >= segment.x1 or other.x1 <= segment.x0
    )


def _change(gutter: _Gutter, segments: Sequence[Segment], tables: Sequence[TableGrid]) -> float | None:
    """The level white band over and under which the columns of a region are others: other gutters, or texts of
    different scripts side by side (an abstract in two languages) over columns of one script."""
    x = gutter.middle
    inside = sorted((s for s in segments if gutter.top < s.base < gutter.bottom), key=lambda s: s.base)
    first = _scripts(inside[: 2 * _FEWEST_ROWS], x)
    bands = _level_bands(segments, tables)
    if first in (("rtl", "ltr"), ("ltr", "rtl")):
        for level, _ in bands:
            upper, lower = [s for s in inside if s.base < level], [s for s in inside if s.base >= level]
            sides = [[s for s in lower if s.middle < x][:3], [s for s in lower if s.middle >= x][:3]]
            if len(upper) > 2 * _FEWEST_ROWS - 2 and all(sides) and _scripts(upper, x) == first:
                below = {_scripts(part, x)[at] for at, side in enumerate(sides) for part in (side, side[:1])}
                if len(below) == 1 and None not in below:
                    return level
    crossing = [s.base for s in segments if _goes_over(s, gutter)]
    near: list[float] = []
    for edge, count in (
        (gutter.top, sum(base < gutter.top for base in crossing)),
        (gutter.bottom, sum(base > gutter.bottom for base in crossing)),
    ):
        if count >= _FEWEST_ROWS - 1:
            close = [(-height, level) for level, height in bands if abs(level - edge) < _NEAR]
            near.extend(level for _, level in sorted(close)[:_MOST_BANDS])
    for level in near:
        upper, lower = [s for s in segments if s.base < level], [s for s in segments if s.base >= level]
        if min(len(upper), len(lower)) < 2 * _FEWEST_ROWS:
            continue
        over = _tallest(upper, [t for t in tables if t.box[1] < level], ())
        under = _tallest(lower, [t for t in tables if t.box[1] >= level], ()) if over else None
        if over is None or under is None:
            continue
        counts = [
            sum(own.top < s.base < own.bottom and _goes_over(s, other) for s in lines)
            for lines, own, other in ((lower, under, over), (upper, over, under))
        ]
        if min(counts) > 1:
            return level
    return None


def _goes_over(segment: Segment, gutter: _Gutter) -> bool:
    """Whether a line goes on over a gutter's strip."""
    return _blocks(segment, gutter.middle, (gutter.left, gutter.right))


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
        for part in _parts(segment, x):
            words[part.middle >= x] += "".join(g.sign.text for g in part.glyphs)
    return _script(words[0]), _script(words[1])


def _script(words: str) -> Direction | None:
    share = rtl_share(words)
    return None if share is None or 0.1 < share <= 0.5 else "rtl" if share > 0.5 else "ltr"


# ── the ends of columns ────────────────────────────────────────────────────────────────────────────────────────


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
        row = [s for s in lines if s.base - first.base < _SAME_LINE * first.size]
        rest = lines[len(row) : len(row) + 1]
        over = min(s.x0 for s in row) < min(s.x0 for s in right) < max(s.x1 for s in row)
        if rest and over and first.base - edge < rest[0].base - first.base:
            for own in sides:
                _move([[s for s in row if s in own]], own, above)


def _move(rows: Sequence[Sequence[Segment]], source: list[Segment], target: list[Segment]) -> None:
    moved = {id(s) for row in rows for s in row}
    target.extend(s for s in source if id(s) in moved)
    source[:] = [s for s in source if id(s) not in moved]
