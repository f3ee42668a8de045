"""Tables of a PDF page, found by the rules drawn around their cells (pdfplumber's table finder), columns in the order
in which they are read: from the right in a right-to-left table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.read.pdf_glyphs import Box, Glyph, segments_of
from pipeline.read.pdf_lines import TextLine, line_of
from pipeline.text.bidi import Direction, rtl_share

_SNAP = 3.0  # points: rules that are nearer than this are one
_MOST_RULES = 3_000  # a drawing, not a table, beyond that


@dataclass(slots=True)
class Cell:
    """The lines in one cell of a table."""

    lines: list[TextLine]
    box: Box

    @property
    def text(self) -> str:
        """Its words on one line."""
        return " ".join(" ".join(line.text for line in self.lines).split())


@dataclass(slots=True)
class TableGrid:
    """A table: rows of cells in reading order, and the box around it."""

    rows: list[list[Cell]]
    box: Box
    page: int


def ruled_tables(
    rules: Sequence[Box], glyphs: list[Glyph], page: int, page_direction: Direction
) -> tuple[list[TableGrid], list[Glyph]]:
    """The tables that rules draw around glyphs, and the glyphs that stand in none of them."""
    tables: list[TableGrid] = []
    for cells in [*_grids(rules), *_open_grids(rules, glyphs)]:
        box = _around(cells)
        inside = [g for g in glyphs if _in(g, box)]
        columns = _bands(sorted({round(c[0], 1) for c in cells}))
        levels = _bands(sorted({round(c[1], 1) for c in cells}))
        if len(columns) < 2 or len(levels) < 2 or not inside:
            continue
        share = rtl_share("".join(g.sign.text for g in inside))
        direction: Direction = page_direction if share is None else "rtl" if share > 0.35 else "ltr"
        rows: list[list[Cell]] = []
        for level in levels:
            row = [c for c in cells if abs(c[1] - level) <= _SNAP]
            row.sort(key=lambda c: c[0], reverse=direction == "rtl")
            rows.append([_cell(c, inside, page, direction) for c in row])
        filled = sum(bool(cell.lines) for row in rows for cell in row)
        if filled * 2 < sum(map(len, rows)) or filled < 4:
            continue
        tables.append(TableGrid([row for row in rows if any(cell.lines for cell in row)], box, page))
        glyphs = [g for g in glyphs if not _in(g, box)]
    return tables, glyphs


def _grids(rules: Sequence[Box]) -> list[list[Box]]:
    """The cells of every grid that the rules of a page make."""
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = []
    for rule in rules:
        x0, top, x1, bottom = rule
        level = x1 - x0 >= bottom - top
        middle = (top + bottom) / 2 if level else (x0 + x1) / 2
        x0, x1 = (x0, x1) if level else (middle, middle)
        top, bottom = (middle, middle) if level else (top, bottom)
        edges.append(
            {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
             "orientation": "h" if level else "v", "object_type": "line"}
        )  # fmt: skip
    if not any(edge["orientation"] == "v" for edge in edges):
        return []
    merged = merge_edges(
        edges, snap_x_tolerance=_SNAP, snap_y_tolerance=_SNAP, join_x_tolerance=_SNAP, join_y_tolerance=_SNAP
    )
    cells = intersections_to_cells(edges_to_intersections(merged, _SNAP, _SNAP))
    return [list(table) for table in cells_to_tables(cells) if len(table) >= 4]


def _open_grids(rules: Sequence[Box], glyphs: Sequence[Glyph]) -> list[list[Box]]:
    """The cells of tables that have level rules only: three or more of one width, columns where no glyph stands.

    Where a rule stands under every row, rows are what lies between them; else a row is a line of text.
    """
    upright = [r for r in rules if r[2] - r[0] < 0.5 * (r[3] - r[1]) and r[3] - r[1] > 10]
    found: list[list[Box]] = []
    for levels, left, right in _stacks(rules):
        if any(left - 5 < r[0] < right + 5 and r[1] < levels[-1] and r[3] > levels[0] for r in upright):
            continue
        inside = [g for g in glyphs if _in(g, (left - 1, levels[0], right + 1, levels[-1])) and not g.sign.space]
        if not inside:
            continue
        size = sorted(g.size for g in inside)[len(inside) // 2]
        columns = [left, *_white(inside, 0.7 * size), right]
        if len(columns) < 3:
            continue
        edges = [levels[0]]
        for top, bottom in pairwise(levels):
            if bottom - top < 1.2 * size:
                continue
            bases = _bands(sorted(g.base for g in inside if top < g.base <= bottom))
            if len(levels) <= 4 and len(bases) > 1:
                edges.extend((a + b - 0.6 * size) / 2 for a, b in pairwise(bases))
            edges.append(bottom)
        if len(edges) < 3 or len(inside) > 60 * (len(edges) - 1) * (len(columns) - 1):
            continue
        found.append([(x0, top, x1, bottom) for top, bottom in pairwise(edges) for x0, x1 in pairwise(columns)])
    return found


def _stacks(rules: Sequence[Box]) -> list[tuple[list[float], float, float]]:
    """Level rules that stand over each other with the same ends: their heights, left end and right end."""
    rows: list[tuple[float, float, float]] = []
    for x0, top, x1, bottom in sorted(rules, key=lambda r: (round(r[1]), r[0])):
        y = (top + bottom) / 2
        if bottom - top > 2 * _SNAP:
            continue
        if rows and abs(rows[-1][0] - y) <= 1 and x0 - rows[-1][2] <= _SNAP:
            rows[-1] = (rows[-1][0], min(rows[-1][1], x0), max(rows[-1][2], x1))
        else:
            rows.append((y, x0, x1))
    stacks: list[tuple[list[float], float, float]] = []
    for y, x0, x1 in rows:
        for levels, left, right in stacks:
            if abs(left - x0) <= _SNAP and abs(right - x1) <= _SNAP and y - levels[-1] < 200:
                if y - levels[-1] > _SNAP:
                    levels.append(y)
                break
        else:
            stacks.append(([y], x0, x1))
    return [stack for stack in stacks if len(stack[0]) >= 3 and stack[2] - stack[1] > 60]


def _white(glyphs: Sequence[Glyph], least: float) -> list[float]:
    """The middles of the upright strips, wider than ``least``, in which no glyph stands."""
    found: list[float] = []
    right = float("-inf")
    for glyph in sorted(glyphs, key=lambda g: g.x0):
        if right > float("-inf") and glyph.x0 - right > least:
            found.append((glyph.x0 + right) / 2)
        right = max(right, glyph.x1)
    return found


def _cell(box: Box, glyphs: Sequence[Glyph], page: int, direction: Direction) -> Cell:
    inside = [g for g in glyphs if _in(g, box)]
    if not any(not g.sign.space for g in inside):
        return Cell([], box)
    lines: list[TextLine] = []
    segments = segments_of(inside)
    segments.sort(key=lambda s: (s.base, s.x0))
    groups: list[list[int]] = []
    for index, segment in enumerate(segments):
        if groups and abs(segments[groups[-1][0]].base - segment.base) < 0.3 * segment.size:
            groups[-1].append(index)
        else:
            groups.append([index])
    before = ""
    for group in groups:
        line = line_of([segments[index] for index in group], page, direction)
        line.parts = []
        if line.direction == direction and line.mixed:
            line.resolve(direction, before)
        before = f"{before} {line.text}".strip()
        lines.append(line)
    return Cell(lines, box)


def _in(glyph: Glyph, box: Box) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.3 * glyph.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _around(boxes: Sequence[Box]) -> Box:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _bands(values: Sequence[float]) -> list[float]:
    """Values less those that repeat the one before within the snapping distance."""
    kept: list[float] = []
    for value in values:
        if not kept or value - kept[-1] > _SNAP:
            kept.append(value)
    return kept
