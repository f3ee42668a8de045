"""Tables of a PDF page, found by the rules drawn around their cells (pdfplumber's table finder), columns in the order
in which they are read: from the right in a right-to-left table. A cell that reaches over several rows or columns
stands where it begins; the places it reaches over are empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
        rows = [[Cell([], box) for _ in columns] for _ in levels]
        filled = 0
        for cell in cells:
            row, column = _last(levels, cell[1]), _last(columns, cell[0])
            if direction == "rtl":
                column = len(columns) - 1 - _last(columns, cell[2] - 2 * _SNAP)
            rows[row][column] = _cell(cell, inside, page, direction)
            filled += bool(rows[row][column].lines)
        if filled * 2 < len(cells) or filled < 4:
            continue
        tables.append(TableGrid([row for row in rows if any(cell.lines for cell in row)], box, page))
        glyphs = [g for g in glyphs if not _in(g, box)]
    return tables, glyphs


def _last(edges: Sequence[float], value: float) -> int:
    """The index of the last edge that is not beyond a value."""
    return max((at for at, edge in enumerate(edges) if edge <= value + _SNAP), default=0)


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
        partial = [r for r in rules if r[3] - r[1] <= 2 * _SNAP and left - 5 < r[0] and r[2] < right + 5]
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
        cells = [cell for top, bottom in pairwise(edges) for cell in _row_cells(top, bottom, columns, partial)]
        found.append(_over_columns(cells, inside, 0.7 * size))
    return found


def _row_cells(top: float, bottom: float, columns: Sequence[float], partial: Sequence[Box]) -> Iterator[Box]:
    """The cells of a row: one in each column, parted where a rule under only some columns says that others reach over
    several rows."""
    for x0, x1 in pairwise(columns):
        middle = (x0 + x1) / 2
        inner = [(r[1] + r[3]) / 2 for r in partial if r[0] - 1 <= middle <= r[2] + 1]
        levels = [top, *_bands(sorted(y for y in inner if top + 2 * _SNAP < y < bottom - 2 * _SNAP)), bottom]
        yield from ((x0, high, x1, low) for high, low in pairwise(levels))


def _over_columns(cells: Sequence[Box], glyphs: Sequence[Glyph], least: float) -> list[Box]:
    """Cells, those joined between which a word stands: a heading over several columns."""
    found: list[Box] = []
    for cell in sorted(cells, key=lambda c: (c[1], c[3], c[0])):
        before = found[-1] if found else None
        if before is not None and before[1] == cell[1] and before[3] == cell[3] and abs(before[2] - cell[0]) < 0.1:
            row = [(g.x0, g.x1) for g in glyphs if cell[1] < g.base - 0.3 * g.size <= cell[3]]
            if any(x0 < cell[0] - 0.1 and x1 > cell[0] + 0.1 for x0, x1 in _runs(row, least)):
                found[-1] = (before[0], before[1], cell[2], cell[3])
                continue
        found.append(cell)
    return found


def _runs(extents: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """Extents joined where less than ``least`` lies between them."""
    runs: list[tuple[float, float]] = []
    for x0, x1 in sorted(extents):
        if runs and x0 - runs[-1][1] <= least:
            runs[-1] = (runs[-1][0], max(runs[-1][1], x1))
        else:
            runs.append((x0, x1))
    return runs


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
    """Where columns part: the upright strips, wider than ``least``, that no line of text crosses, or so few that they
    may be headings over several columns."""
    lines: dict[int, list[tuple[float, float]]] = {}
    levels = _bands(sorted(g.base for g in glyphs))
    for glyph in glyphs:
        lines.setdefault(_last(levels, glyph.base), []).append((glyph.x0, glyph.x1))
    runs = [run for line in lines.values() for run in _runs(line, least)]
    spared = len(lines) // 4 if len(lines) > 3 else 0
    edges = sorted({x for run in runs for x in run})
    depths = [sum(x0 < (a + b) / 2 < x1 for x0, x1 in runs) for a, b in pairwise(edges)]
    found: list[float] = []
    at = 0
    while at < len(depths):
        end = at
        while end < len(depths) and depths[end] <= spared:
            end += 1
        if at > 0 and end < len(depths) and edges[end] - edges[at] > least:
            barest = max(range(at, end), key=lambda i: (-depths[i], edges[i + 1] - edges[i]))
            found.append((edges[barest] + edges[barest + 1]) / 2)
        at = max(end, at + 1)
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
