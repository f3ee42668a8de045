"""Text that a page shows sideways or upside down: turned upright, so that it is laid out like any other.

A wide table on an upright page, or a whole page that was not marked as turned. The boxes of its lines are turned back
when they are written (:class:`Frame`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.read.pdf_glyphs import Box, Drawn, Glyph, Turned

Way = Literal["up", "down", "over"]  # where the writing runs: to the top, to the bottom, from right to left
_FEWEST_GLYPHS, _FEWEST_LINES = 60, 3  # fewer are a stamp or the label of an axis
_STRAIGHT = 0.03  # of the advance: a glyph that rises by more runs slantwise
_MARGIN = 12.0  # points around turned text in which rules belong to it


@dataclass(frozen=True, slots=True)
class Frame:
    """How turned text stands on a page of ``width`` and ``height`` points."""

    way: Way
    width: float
    height: float

    def upright(self, box: Box) -> Box:
        """A box of the page, in the coordinates of the turned text."""
        x0, top, x1, bottom = box
        match self.way:
            case "up":
                return (self.height - bottom, x0, self.height - top, x1)
            case "down":
                return (top, self.width - x1, bottom, self.width - x0)
            case "over":
                return (self.width - x1, self.height - bottom, self.width - x0, self.height - top)

    def back(self, box: Box) -> Box:
        """A box of turned text, on the page as it is shown."""
        x0, top, x1, bottom = box
        match self.way:
            case "up":
                return (top, self.height - x1, bottom, self.height - x0)
            case "down":
                return (self.width - bottom, x0, self.width - top, x1)
            case "over":
                return self.upright(box)


def turned_upright(drawn: Drawn) -> Iterator[tuple[Frame, Drawn]]:
    """What a page shows turned, by quarters, as pages on which it stands upright; taken out of ``drawn``."""
    groups: dict[Way, list[Turned]] = defaultdict(list)
    for turned in drawn.turned:
        way = _way(turned)
        if way is not None:
            groups[way].append(turned)
    for way, members in groups.items():
        levels = {round(turned[0].base if way == "over" else turned[2]) for turned in members}
        if sum(not turned[0].sign.space for turned in members) < _FEWEST_GLYPHS or len(levels) < _FEWEST_LINES:
            continue
        frame = Frame(way, drawn.width, drawn.height)
        taken = {id(turned[0]) for turned in members}
        drawn.turned = [turned for turned in drawn.turned if id(turned[0]) not in taken]
        around = (
            min(glyph.x0 for glyph, _, _ in members) - _MARGIN,
            min(glyph.top for glyph, _, _ in members) - _MARGIN,
            max(glyph.x1 for glyph, _, _ in members) + _MARGIN,
            max(glyph.bottom for glyph, _, _ in members) + _MARGIN,
        )
        rules = [rule for rule in drawn.rules if _inside(rule, around)]
        drawn.rules = [rule for rule in drawn.rules if not _inside(rule, around)]
        width, height = (drawn.width, drawn.height) if way == "over" else (drawn.height, drawn.width)
        glyphs = [_upright(turned, frame) for turned in members]
        yield frame, Drawn(width, height, glyphs, rules=[frame.upright(rule) for rule in rules])


def _way(turned: Turned) -> Way | None:
    (a, b) = turned[1]
    if abs(a) <= _STRAIGHT * abs(b):
        return "up" if b > 0 else "down"
    return "over" if a < 0 and abs(b) <= _STRAIGHT * abs(a) else None


def _upright(turned: Turned, frame: Frame) -> Glyph:
    glyph, _, x = turned
    x0, top, x1, bottom = frame.upright((glyph.x0, glyph.top, glyph.x1, glyph.bottom))
    _, base, _, _ = frame.upright((x, glyph.base, x, glyph.base))
    return Glyph(glyph.sign, x0, x1, top, bottom, base, bottom - top, glyph.bold, glyph.code, glyph.italic)


def _inside(box: Box, around: Box) -> bool:
    return around[0] <= box[0] and around[1] <= box[1] and box[2] <= around[2] and box[3] <= around[3]
