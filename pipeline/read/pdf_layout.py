"""The layout of one PDF page: its columns and tables, and the order in which all of it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.read.pdf_columns import regions
from pipeline.read.pdf_glyphs import Box, Drawn, Segment, put_marks, segments_of
from pipeline.read.pdf_gutters import rows_of
from pipeline.read.pdf_lines import TextLine, line_of, page_direction, turned_lines
from pipeline.read.pdf_sideways import turned_upright
from pipeline.read.pdf_tables import TableGrid, ruled_tables
from pipeline.text.bidi import Direction, base_direction

_PERSIAN_NUMBER, _LATIN = re.compile("[۰-۹]"), re.compile("[A-Za-z]")

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
    sideways: list[Page] = field(default_factory=list)

    @property
    def views(self) -> list[Page]:
        """The page, and what it shows sideways as pages of their own."""
        return [self, *self.sideways]

    @property
    def lines(self) -> list[TextLine]:
        """Its level lines, tables left out."""
        return [item for column in self.columns for item in column if isinstance(item, TextLine)]

    def every_line(self) -> Iterator[TextLine]:
        """Its level lines, their parts, and the lines in the cells of its tables."""
        for column in (column for view in self.views for column in view.columns):
            for item in column:
                if isinstance(item, TextLine):
                    yield item
                    yield from item.parts
                else:
                    yield from (line for row in item.rows for cell in row for line in cell.lines)

    @property
    def text(self) -> str:
        """All its words, for a comparison with another engine's."""
        found = [line.text for view in self.views for line in view.lines]
        for column in (column for view in self.views for column in view.columns):
            for item in column:
                if isinstance(item, TableGrid):
                    found.extend(cell.text for row in item.rows for cell in row)
        return " ".join(found)


def laid_out(drawn: Drawn, number: int) -> Page:
    """What a page draws, in reading order."""
    sideways = []
    for frame, upright in turned_upright(drawn) if drawn.turned else ():
        view = laid_out(upright, number)
        for line in view.every_line():
            line.frame = frame
        sideways.append(view)
    glyphs = put_marks(drawn.glyphs)
    glyphs = [g for g in glyphs if 0 <= (g.x0 + g.x1) / 2 <= drawn.width and -2 <= g.base <= drawn.height + 2]
    direction = page_direction(glyphs)
    tables, free = ruled_tables(drawn.rules, glyphs, number, direction)
    segments = segments_of(free)
    parts = regions(segments, tables, _column_order(segments, direction))
    columns = [_column(segments, grids, number, direction) for segments, grids in parts]
    area = sum((b[2] - b[0]) * (b[3] - b[1]) for b in drawn.images)
    return Page(
        number,
        drawn.width,
        drawn.height,
        columns,
        direction,
        turned_lines(drawn.turned, number),
        area / max(1.0, drawn.width * drawn.height),
        sideways=sideways,
    )


def _column(segments: Sequence[Segment], tables: Sequence[TableGrid], number: int, direction: Direction) -> list[Item]:
    """The lines and tables of one column from top to bottom."""
    items: list[tuple[float, Item]] = [(table.box[1], table) for table in tables]
    for row in rows_of(segments):
        line = line_of(row, number, direction)
        items.append((line.base - 0.5 * line.size, line))
    items.sort(key=lambda item: item[0])
    return [item for _, item in items]


def _column_order(segments: Sequence[Segment], direction: Direction) -> Direction:
    """The direction in which columns follow each other: a page full of English references is still one of a Persian
    article when its head and its number are Persian."""
    if direction == "rtl" or not segments:
        return direction
    edges = (min(segments, key=lambda s: s.base), max(segments, key=lambda s: s.base))
    words = "".join(g.sign.text for s in edges for g in s.glyphs)
    return (
        "rtl"
        if base_direction(words) == "rtl" or (_PERSIAN_NUMBER.search(words) and not _LATIN.search(words))
        else "ltr"
    )


def box_around(boxes: Sequence[Box]) -> Box:
    """The smallest box around others, to a tenth of a point."""
    return (
        round(min(b[0] for b in boxes), 1),
        round(min(b[1] for b in boxes), 1),
        round(max(b[2] for b in boxes), 1),
        round(max(b[3] for b in boxes), 1),
    )
