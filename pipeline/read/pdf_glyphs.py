"""Glyphs of a PDF page and the rows they stand in: plain values, and geometry over them.

Coordinates are points from the page's top left corner, y downwards, as pdfplumber gives them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.text.bidi import Direction, fold_presentation_forms, logical_order, mirrored

Box = tuple[float, float, float, float]

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|titr", re.IGNORECASE)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_WORD_GAP = 0.17  # of the font size: a wider gap between two glyphs is a space
_CELL_GAP = 1.3  # of the font size: a wider gap parts columns and table cells
_RAISED_SIZE = 0.82  # of the line's size: smaller raised digits call a note
_MARKER = re.compile(r"[\d*†‡]")


@dataclass(slots=True)
class Glyph:
    """What one glyph (and the marks over it) stands for, where it is, and how it is set."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class TextLine:
    """A line in logical order. ``cells`` are its parts set wide apart, in reading order; ``raised`` are the ranges of
    its text that are set as note markers."""

    text: str
    box: Box
    size: float
    bold: bool
    direction: Direction
    page: int
    cells: list[tuple[str, float, float]] = field(default_factory=list)
    raised: list[tuple[int, int]] = field(default_factory=list)

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


def glyphs_of(chars: Iterable[dict[str, Any]]) -> tuple[list[Glyph], int]:
    """The upright glyphs of a page, marks put on the letters they belong to; and the number of unmapped glyphs."""
    glyphs: list[Glyph] = []
    marks: list[Glyph] = []
    unmapped = 0
    for char in chars:
        text, found = _UNMAPPED.subn("\ufffd", char["text"])
        unmapped += found
        text = text.replace("\x00", "\ufffd")
        if not text or not char.get("upright", True):
            continue
        glyph = Glyph(
            fold_presentation_forms(text).replace("\xa0", " ").replace("\xad", "-"),
            char["x0"],
            char["x1"],
            char["top"],
            char["bottom"],
            char["size"],
            bool(_BOLD.search(char.get("fontname") or "")),
        )
        combining = all(unicodedata.bidirectional(character) == "NSM" for character in glyph.text)
        (marks if combining else glyphs).append(glyph)
    for mark in marks:
        base = _base_of(mark, glyphs)
        if base is not None:
            base.text += mark.text
    return glyphs, unmapped


def _base_of(mark: Glyph, glyphs: Sequence[Glyph]) -> Glyph | None:
    """The letter a combining mark is set on: on the same line, and nearest to its middle."""
    x = (mark.x0 + mark.x1) / 2
    near = [g for g in glyphs if abs(g.middle - mark.middle) < g.size and g.x0 - g.size < x < g.x1 + g.size]
    letters = [g for g in near if g.text[0].isalpha()]
    return min(letters, key=lambda g: max(g.x0 - x, x - g.x1, 0), default=None)


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs in rows from top to bottom, each from left to right; raised and lowered ones stay in their row."""
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.middle, g.x0)):
        if rows and glyph.middle - middle <= 0.6 * max(size, glyph.size * 0.8):
            rows[-1].append(glyph)
            if glyph.size > size:
                middle, size = glyph.middle, glyph.size
        else:
            rows.append([glyph])
            middle, size = glyph.middle, glyph.size
    for row in rows:
        row.sort(key=lambda g: (g.x0, g.x1))
    return [row for row in rows if any(not g.text.isspace() for g in row)]


def cells_of(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """The parts of a row that are set wide apart, from left to right."""
    cells: list[list[Glyph]] = []
    right = float("-inf")
    for glyph in row:
        if glyph.text.isspace():
            if cells:
                cells[-1].append(glyph)
            continue
        if not cells or glyph.x0 - right > _CELL_GAP * glyph.size:
            cells.append([])
        cells[-1].append(glyph)
        right = max(right, glyph.x1)
    return cells


def line_of(row: Sequence[Glyph], direction: Direction, page: int) -> TextLine:
    """A row as a line in logical order, with spaces where the glyphs stand apart."""
    inked = [g for g in row if not g.text.isspace()]
    size = _median_size(inked)
    floor = _median([g.bottom for g in inked if g.size >= _RAISED_SIZE * size])
    text, raised = _logical(row, direction, size, floor)
    parts = cells_of(row)
    cells = [(_logical(cell, direction, size, floor)[0], _left(cell), _right(cell)) for cell in parts]
    box = (
        min(g.x0 for g in inked),
        min(g.top for g in inked),
        max(g.x1 for g in inked),
        max(g.bottom for g in inked),
    )
    bold = sum(len(g.text) for g in inked if g.bold) > 0.9 * sum(len(g.text) for g in inked)
    return TextLine(text, box, size, bold, direction, page, cells if direction == "ltr" else cells[::-1], raised)


def _logical(
    row: Sequence[Glyph], direction: Direction, size: float, floor: float
) -> tuple[str, list[tuple[int, int]]]:
    """The text of a row in logical order, and the ranges of it that are raised note markers."""
    units: list[str] = []
    small: list[bool] = []
    right = None
    for glyph in row:
        if glyph.text.isspace():
            if units and units[-1] != " ":
                units.append(" ")
                small.append(False)
            right = max(right or glyph.x1, glyph.x1)
            continue
        if right is not None and units[-1:] != [" "] and glyph.x0 - right > _WORD_GAP * min(size, glyph.size * 1.2):
            units.append(" ")
            small.append(False)
        units.append(glyph.text)
        small.append(
            glyph.size < _RAISED_SIZE * size
            and glyph.bottom < floor - 0.12 * size
            and _MARKER.match(glyph.text) is not None
        )
        right = max(right or glyph.x1, glyph.x1)
    pieces: list[str] = []
    raised: list[tuple[int, int]] = []
    at = 0
    for index, mirror in logical_order(units, direction):
        piece = mirrored(units[index]) if mirror else units[index]
        if not pieces:
            piece = piece.lstrip()
        if small[index] and piece:
            if raised and raised[-1][1] == at:
                raised[-1] = (raised[-1][0], at + len(piece))
            else:
                raised.append((at, at + len(piece)))
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces).rstrip(), raised


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0


def _median_size(glyphs: Sequence[Glyph]) -> float:
    return _median([g.size for g in glyphs])


def _left(glyphs: Sequence[Glyph]) -> float:
    return min(g.x0 for g in glyphs if not g.text.isspace())


def _right(glyphs: Sequence[Glyph]) -> float:
    return max(g.x1 for g in glyphs if not g.text.isspace())
