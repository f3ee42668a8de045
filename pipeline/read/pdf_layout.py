"""The layout of one PDF page: one or two columns, and the order in which their lines are read.

A page has two columns when a vertical gutter near its middle is crossed by few of its rows. Rows that do cross it
(a title over both columns) part the page into bands; within a band the first column is read before the second, the
right one first on a right-to-left page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.pdf_glyphs import Glyph, TextLine, cells_of, line_of, rows_of
from pipeline.text.bidi import Direction, base_direction, rtl_share

_FEWEST_ROWS = 5  # in either column
_NARROWEST_COLUMN = 0.3  # of the text's width
_LATIN_ENDS = re.compile(r"[A-Za-z].*[A-Za-z)][.:;,!?]?\Z")
_LEADING_STOP = re.compile(r"[.،,؛;:؟!?](?![\d.])")


def page_columns(glyphs: Sequence[Glyph], page: int) -> list[list[TextLine]]:
    """The lines of a page in reading order, grouped into columns (one group when the page has a single column)."""
    inked = [g for g in glyphs if not g.text.isspace()]
    if not inked:
        return []
    direction = base_direction("".join(g.text for g in inked))
    rows = rows_of(glyphs)
    gutter = _gutter(rows)
    if gutter is None:
        return [[_line(row, direction, page) for row in rows]]
    columns: list[list[TextLine]] = []
    band: list[Glyph] = []

    def flush() -> None:
        left = [g for g in band if (g.x0 + g.x1) / 2 < gutter]
        right = [g for g in band if (g.x0 + g.x1) / 2 >= gutter]
        for side in (right, left) if direction == "rtl" else (left, right):
            lines = [_line(row, direction, page) for row in rows_of(side)]
            if lines:
                columns.append(lines)
        band.clear()

    wide: list[TextLine] = []
    for row in rows:
        if any(_crosses(cell, gutter) for cell in cells_of(row)):
            if band:
                flush()
            wide.append(_line(row, direction, page))
        else:
            if wide:
                columns.append(wide)
                wide = []
            band.extend(row)
    if wide:
        columns.append(wide)
    flush()
    return columns


def _line(row: Sequence[Glyph], page_direction: Direction, page: int) -> TextLine:
    """A row as a line in its own direction, which is that of most of its letters, with two exceptions on a
    right-to-left page: a fifth of right-to-left letters is enough, unless the line begins and ends with Latin words,
    and a Latin line whose punctuation stands at its left end is the end of a right-to-left paragraph."""
    visual = "".join(g.text for g in row).strip()
    share = rtl_share(visual)
    if share is None:
        direction = page_direction
    elif page_direction == "rtl" and share < 0.5:
        mixed = share >= 0.2 and not _LATIN_ENDS.match(visual)
        direction = "rtl" if mixed or _LEADING_STOP.match(visual) else "ltr"
    else:
        direction = "rtl" if share >= 0.5 else "ltr"
    return line_of(row, direction, page)


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """The x of the gutter between two columns, or None when the page has one column."""
    extents = [(_edge(cell)) for row in rows for cell in cells_of(row)]
    left, right = min(x0 for x0, _ in extents), max(x1 for _, x1 in extents)
    width = right - left
    if width <= 0:
        return None
    best: tuple[int, float, float] | None = None
    for step in range(35, 66):
        x = left + width * step / 100
        crossing = sum(1 for x0, x1 in extents if x0 < x < x1)
        off_middle = abs(step - 50)
        if best is None or (crossing, off_middle) < best[:2]:
            best = (crossing, off_middle, x)
    if best is None:
        return None
    crossing, _, x = best
    before = [x1 - x0 for x0, x1 in extents if x1 <= x]
    after = [x1 - x0 for x0, x1 in extents if x0 >= x]
    if min(len(before), len(after)) < _FEWEST_ROWS or crossing * 3 > len(extents):
        return None
    narrow = sum(1 for w in (*before, *after) if w < _NARROWEST_COLUMN * width)
    return x if narrow * 2 < len(before) + len(after) else None


def _crosses(cell: Sequence[Glyph], x: float) -> bool:
    x0, x1 = _edge(cell)
    return x0 < x < x1


def _edge(cell: Sequence[Glyph]) -> tuple[float, float]:
    inked = [g for g in cell if not g.text.isspace()]
    return min(g.x0 for g in inked), max(g.x1 for g in inked)
