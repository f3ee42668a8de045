"""The gutters of a page: upright white strips with the lines of columns on both sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.read.pdf_glyphs import Segment, parted_at
from pipeline.read.pdf_tables import TableGrid

FEWEST_ROWS = 4  # on either side
_FEW_ROWS = 8  # a gutter with fewer rows on a side must be wide
_NARROWEST_COLUMN = 9.0  # of the font size
_NARROW, _WIDE = 0.5, 1.2  # of the font size: the narrowest gutter, and the narrowest one of few rows
_FULL_LINE = 0.55  # of its column's width: half of the lines of a column are longer
_EVEN = 0.04  # of a column's width: by so much columns of one width may differ
SAME_LINE = 0.3  # of the font size
_SAME_TEXT = 2.2  # of the font size: the widest step from line to line
_SAME_EDGE = 3.0  # points
_SHORT = 3.0  # of the font size: what is no wider may be a page number


@dataclass(frozen=True, slots=True)
class Gutter:
    """A white strip from ``left`` to ``right`` and from ``top`` to ``bottom``, with so many rows on its barer side."""

    left: float
    right: float
    top: float
    bottom: float
    rows: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def rows_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments that stand side by side on one baseline, row by row."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.base):
        if rows and segment.base - rows[-1][0].base < SAME_LINE * segment.size and _beside(rows[-1], segment):
            rows[-1].append(segment)
            rows[-1].sort(key=lambda s: s.x0)
        else:
            rows.append([segment])
    return rows


def _beside(row: Sequence[Segment], segment: Segment) -> bool:
    """Whether a segment stands beside all of a row's, not over one."""
    return all(min(s.x1, segment.x1) - max(s.x0, segment.x0) < 0.3 * segment.size for s in row)


def tallest_gutter(segments: Sequence[Segment], tables: Sequence[TableGrid], known: Sequence[Gutter]) -> Gutter | None:
    """The gutter of a region that reaches over most of it, or None where it has one column."""
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    size = sorted(s.size for s in segments)[len(segments) // 2]
    if right - left < 2 * _NARROWEST_COLUMN * size:
        return None
    best: Gutter | None = None
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
    x: float, segments: Sequence[Segment], tables: Sequence[TableGrid], size: float, known: Gutter | None = None
) -> Iterator[Gutter]:
    """The gutters at ``x``, from what blocks it to what blocks it next; ``known`` is one found elsewhere."""
    crossing = [s.base for s in segments if s.x0 < x - 1 and s.x1 > x + 1 and not any(a < x < b for a, b in s.gaps)]
    across = [t.box for t in tables if min(x - t.box[0], t.box[2] - x) > 0.1 * (t.box[2] - t.box[0])]
    levels = [*crossing, *(box[1] for box in across)]
    for top, bottom in pairwise([float("-inf"), *sorted(levels), float("inf")]):
        run = [s for s in segments if top < s.base < bottom and s.base not in crossing]
        run = [s for s in run if not any(box[1] <= s.base <= box[3] for box in across)] if across else run
        if known is None and len(run) < 4:
            continue
        strip = _strip(x, run)
        if strip is None:
            continue
        if known is not None:
            strip = (max(strip[0], known.left), min(strip[1], known.right))
        stops = [s.base for s in run if blocks(s, x, strip)]
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


def blocks(segment: Segment, x: float, strip: tuple[float, float]) -> bool:
    """Whether a line goes on over the strip, or reaches into it; a page number may stand in it."""
    left, right = strip
    if segment.x1 - segment.x0 < _SHORT * segment.size:
        return segment.x0 < left and segment.x1 > right
    if segment.x1 <= x + 1 or segment.x0 >= x - 1:
        inside = min(segment.x1, right) - max(segment.x0, left)
        return inside > 0.5 * (right - left) and segment.x1 - segment.x0 > inside
    white = max((min(b, right) - max(a, left) for a, b in segment.gaps), default=0.0)
    return white <= 0.8 * (right - left)


def _checked(x: float, run: Sequence[Segment], size: float, known: Gutter | None) -> Gutter | None:
    """The gutter at ``x`` through some lines, if those on either side look like lines of columns."""
    sides: list[list[Segment]] = [[], []]
    for segment in run:
        for part in parts_at(segment, x):
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
    gutter = Gutter(*strip, min(tops) - 0.1, max(bottoms) + 0.1, fewest)
    widths = [max(b for _, b in rows) - min(a for a, _ in rows) for rows in extents]
    if known is not None:
        return gutter
    if min(widths) < _NARROWEST_COLUMN * size:
        return None
    white = strip[1] - strip[0]
    if white < (_NARROW if fewest >= _FEW_ROWS else 1.0) * size:
        return None
    if fewest < FEWEST_ROWS:
        if white < _WIDE * size or not (_is_even(beside) or _is_periodic(beside, strip)):
            return None
        floor = max(s.base for s in beside)
        for base in sorted(s.base for side in sides for s in side):
            if floor < base < floor + _SAME_TEXT * size:
                floor = base
        return replace(gutter, top=min(s.base for s in beside) - 0.1, bottom=floor + 0.1)
    full = [_full_share(rows) for rows in extents]
    return gutter if sum(full) >= 1 and min(full) >= 0.3 else None


def parts_at(segment: Segment, x: float) -> list[Segment]:
    """A segment, or what of it stands on either side of ``x``. A page number in the gutter stays whole."""
    if segment.x0 >= x - 1 or segment.x1 <= x + 1:
        return [segment]
    if segment.x1 - segment.x0 < _SHORT * segment.size and not any(a < x < b for a, b in segment.gaps):
        return [segment]
    return parted_at(segment, x)


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
    return next(group for group in groups if len(group) >= min(FEWEST_ROWS, most_lines))


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
