"""The layout of one PDF page: one or two columns, its tables, and the order in which all of it is read.

A page has two columns when a vertical gutter near its middle is crossed by few of its lines. Lines that do cross it
(a title over both columns) part the page into bands; within a band the first column is read before the second, the
right one first on a right-to-left page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.read.pdf_glyphs import Box, Drawn, Segment, parted_at, put_marks, segments_of
from pipeline.read.pdf_lines import TextLine, line_of, page_direction, turned_lines
from pipeline.read.pdf_tables import TableGrid, ruled_tables
from pipeline.text.bidi import Direction

_FEWEST_ROWS = 4  # in either column
_FULL_LINE = 0.55  # of its column's width: half of the lines of a column are longer
_SAME_LINE = 0.3  # of the font size

Item = TextLine | TableGrid


@dataclass(slots=True)
class Page:
    """One page: its size in points, and its lines and tables by columns in reading order."""

    number: int
    width: float
    height: float
    columns: list[list[Item]]
    direction: Direction = "ltr"
    turned: list[TextLine] = field(default_factory=list)
    pictures: float = 0.0
    method: Literal["text", "ocr"] = "text"
    confidence: float | None = None

    @property
    def lines(self) -> list[TextLine]:
        """Its level lines, tables left out."""
        return [item for column in self.columns for item in column if isinstance(item, TextLine)]

    def every_line(self) -> Iterator[TextLine]:
        """Its level lines, their parts, and the lines in the cells of its tables."""
        for column in self.columns:
            for item in column:
                if isinstance(item, TextLine):
                    yield item
                    yield from item.parts
                else:
                    yield from (line for row in item.rows for cell in row for line in cell.lines)

    @property
    def text(self) -> str:
        """All its words, for a comparison with another engine's."""
        found = [line.text for line in self.lines]
        for column in self.columns:
            for item in column:
                if isinstance(item, TableGrid):
                    found.extend(cell.text for row in item.rows for cell in row)
        return " ".join(found)


def laid_out(drawn: Drawn, number: int) -> Page:
    """What a page draws, in reading order."""
    glyphs = put_marks(drawn.glyphs)
    glyphs = [g for g in glyphs if 0 <= (g.x0 + g.x1) / 2 <= drawn.width and -2 <= g.base <= drawn.height + 2]
    direction = page_direction(glyphs)
    tables, free = ruled_tables(drawn.rules, glyphs, number, direction)
    segments = segments_of(free)
    found = _gutter(segments)
    if found is None:
        columns = [_column(segments, tables, number, direction)] if segments or tables else []
    else:
        columns = _banded(found[1], tables, found[0], number, direction)
    area = sum((b[2] - b[0]) * (b[3] - b[1]) for b in drawn.images)
    return Page(
        number,
        drawn.width,
        drawn.height,
        columns,
        direction,
        turned_lines(drawn.turned, number),
        area / max(1.0, drawn.width * drawn.height),
    )


def _column(segments: Sequence[Segment], tables: Sequence[TableGrid], number: int, direction: Direction) -> list[Item]:
    """The lines and tables of one column from top to bottom."""
    items: list[tuple[float, Item]] = [(table.box[1], table) for table in tables]
    for row in _rows(segments):
        line = line_of(row, number, direction)
        items.append((line.base - 0.5 * line.size, line))
    items.sort(key=lambda item: item[0])
    return [item for _, item in items]


def _rows(segments: Sequence[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.base):
        if rows and segment.base - rows[-1][0].base < _SAME_LINE * segment.size and _beside(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return rows


def _beside(row: Sequence[Segment], segment: Segment) -> bool:
    """Whether a segment stands beside all of a row's, not over one."""
    return all(min(s.x1, segment.x1) - max(s.x0, segment.x0) < 0.3 * segment.size for s in row)


# ── two columns ────────────────────────────────────────────────────────────────────────────────────────────────


def _gutter(segments: Sequence[Segment]) -> tuple[float, list[Segment]] | None:
    """The x of the gutter between two columns and the segments parted at it, or None when the page has one column.

    The gutter may be narrower than a wide space, so that both columns' words stand in one segment; what tells it from
    spaces is that most lines have a gap, or their end, at the same place.
    """
    if len(segments) < 2 * _FEWEST_ROWS:
        return None
    core = _without_edges(segments)
    left, right = min(s.x0 for s in core), max(s.x1 for s in core)
    width = right - left
    best: tuple[int, float, float] | None = None
    for step in range(60, 141):
        x = left + width * step / 200
        crossing = sum(1 for s in core if s.x0 < x - 1 and s.x1 > x + 1 and not any(a < x < b for a, b in s.gaps))
        if best is None or (crossing, abs(step - 100)) < best[:2]:
            best = (crossing, abs(step - 100), x)
    if best is None:
        return None
    x = best[2]
    ends = sorted(max((a for a, b in s.gaps if a < x < b), default=s.x1) for s in segments if s.x0 < x and _clear(s, x))
    starts = sorted(
        min((b for a, b in s.gaps if a < x < b), default=s.x0) for s in segments if s.x1 > x and _clear(s, x)
    )
    ends, starts = [e for e in ends if e <= x + 1], [b for b in starts if b >= x - 1]
    if min(len(ends), len(starts)) < _FEWEST_ROWS:
        return None
    strip = (ends[-1 - len(ends) // 20], starts[len(starts) // 20])
    parted: list[Segment] = []
    for segment in segments:
        white = max((min(b, strip[1]) - max(a, strip[0]) for a, b in segment.gaps), default=0.0)
        if segment.x0 < x < segment.x1 and white > 0.8 * (strip[1] - strip[0]) > 0:
            parted.extend(parted_at(segment, (strip[0] + strip[1]) / 2))
        else:
            parted.append(segment)
    before = _extents([s for s in parted if s.x1 <= x + 1])
    after = _extents([s for s in parted if s.x0 >= x - 1])
    crossing = sum(1 for s in parted if s.x0 < x - 1 and s.x1 > x + 1)
    if min(len(before), len(after)) < _FEWEST_ROWS or crossing * 2 > len(before) + len(after):
        return None
    return (x, parted) if _is_full(before) and _is_full(after) else None


def _without_edges(segments: Sequence[Segment]) -> list[Segment]:
    """Segments less the first row and the last two, where running heads and page numbers stand in the middle."""
    bases = sorted({round(s.base) for s in segments})
    if len(bases) < 2 * _FEWEST_ROWS:
        return list(segments)
    return [s for s in segments if bases[0] < round(s.base) < bases[-2]]


def _clear(segment: Segment, x: float) -> bool:
    """Whether a segment ends before ``x``, begins behind it, or has a gap there."""
    return segment.x1 <= x + 1 or segment.x0 >= x - 1 or any(a < x < b for a, b in segment.gaps)


def _extents(segments: Sequence[Segment]) -> list[tuple[float, float]]:
    """Left and right edge of each line of a column."""
    return [(min(s.x0 for s in row), max(s.x1 for s in row)) for row in _rows(segments)]


def _is_full(extents: Sequence[tuple[float, float]]) -> bool:
    width = max(x1 for _, x1 in extents) - min(x0 for x0, _ in extents)
    return sum(1 for x0, x1 in extents if x1 - x0 > _FULL_LINE * width) * 2 >= len(extents)


def _banded(
    segments: Sequence[Segment], tables: Sequence[TableGrid], gutter: float, number: int, direction: Direction
) -> list[list[Item]]:
    """The columns of a page with two of them, band by band."""
    narrow: list[Segment] = []
    wide: list[Segment] = []
    for segment in segments:
        (wide if _spans(segment, gutter) and not _between_lines(segment, segments) else narrow).append(segment)
    wide += [s for s in narrow if any(_goes_with(s, other) for other in wide)]
    ids = {id(s) for s in wide}
    narrow = [s for s in narrow if id(s) not in ids]
    across = [t for t in tables if min(gutter - t.box[0], t.box[2] - gutter) > 0.2 * (t.box[2] - t.box[0])]
    inside = [t for t in tables if t not in across]
    breaks = _column(wide, across, number, direction)
    edges = [_level(item) for item in breaks]
    columns: list[list[Item]] = []
    over: list[Item] = []
    for index in range(len(breaks) + 1):
        low = edges[index - 1] if index else float("-inf")
        high = edges[index] if index < len(breaks) else float("inf")
        part = [s for s in narrow if low <= s.base < high]
        grids = [t for t in inside if low <= _level(t) < high]
        if part or grids:
            if over:
                columns.append(over)
                over = []
            sides = []
            for first in (True, False):
                lines = [s for s in part if (s.middle < gutter) == first]
                own = [t for t in grids if ((t.box[0] + t.box[2]) / 2 < gutter) == first]
                sides.append(_column(lines, own, number, direction))
            columns.extend(side for side in (reversed(sides) if direction == "rtl" else sides) if side)
        if index < len(breaks):
            over.append(breaks[index])
    if over:
        columns.append(over)
    return columns


def _level(item: Item) -> float:
    return item.base if isinstance(item, TextLine) else item.box[1]


def _spans(segment: Segment, x: float) -> bool:
    return segment.x0 < x - 0.3 * segment.size and segment.x1 > x + 0.3 * segment.size


def _between_lines(segment: Segment, segments: Sequence[Segment]) -> bool:
    """Whether lines of a column stand beside a segment on baselines of their own, so that it cannot be one line over
    both columns."""
    for other in segments:
        if other is segment or abs(other.base - segment.base) < _SAME_LINE * segment.size:
            continue
        beside = other.x0 >= segment.x1 or other.x1 <= segment.x0
        shared = min(other.bottom, segment.bottom) - max(other.top, segment.top)
        if beside and shared > 0.5 * min(other.size, segment.size):
            return True
    return False


def _goes_with(segment: Segment, wide: Segment) -> bool:
    """Whether a segment goes on with a line over both columns after a gap."""
    gap = max(wide.x0 - segment.x1, segment.x0 - wide.x1)
    return abs(segment.base - wide.base) < _SAME_LINE * segment.size and gap < 3 * segment.size


def box_around(boxes: Sequence[Box]) -> Box:
    """The smallest box around others, to a tenth of a point."""
    return (
        round(min(b[0] for b in boxes), 1),
        round(min(b[1] for b in boxes), 1),
        round(max(b[2] for b in boxes), 1),
        round(max(b[3] for b in boxes), 1),
    )
