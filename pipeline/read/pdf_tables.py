"""Tables of a PDF page, found by the rules drawn around their cells (pdfplumber's table finder), columns in the order
in which they are read: from the right in a right-to-left table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    for cells in _grids(rules):
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
    for x0, top, x1, bottom in rules:
        level = x1 - x0 >= bottom - top
        if level:
            top = bottom = (top + bottom) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        edges.append(
            {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
             "orientation": "h" if level else "v", "object_type": "line"}
        )  # fmt: skip
    if not any(edge["orientation"] == "v" for edge in edges):
        return []
    merged = merge_edges(edges, snap_x_tolerance=_SNAP, snap_y_tolerance=_SNAP, join_x_tolerance=_SNAP, join_y_tolerance=_SNAP)
    cells = intersections_to_cells(edges_to_intersections(merged, _SNAP, _SNAP))
    return [list(table) for table in cells_to_tables(cells) if len(table) >= 4]


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
