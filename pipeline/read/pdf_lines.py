"""Lines of a PDF page in logical order, made from segments: where spaces and half-spaces are, and which way it runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.read.pdf_glyphs import ZWNJ, Box, Code, Glyph, Segment, Turned
from pipeline.read.pdf_sideways import Frame
from pipeline.text.bidi import Direction, base_direction, logical_order, rtl_share, to_logical
from pipeline.text.brackets import mirrored

#: A stretch of a text, from its first character to behind its last.
Range = tuple[int, int]
_Units = tuple[list[str], list[bool], list[Code | None], list[bool]]

_WORD_GAP = 0.16  # of the font size: a wider gap between two glyphs is a space
_STRETCHED_GAP = 0.45  # the same between Arabic letters where words are parted by space glyphs: only stretched, by less
_RAISED_GAP = 0.35  # the same before the mark of a note
_NO_ROOM = 0.25  # of a space's width: a glyph that begins nearer to the space's start leaves it no room
_ASCENT, _DESCENT = 0.85, 0.3  # of the font size; fonts' own boxes differ too much to be compared
_RAISED_SIZE = 0.86  # of the line's size: smaller raised digits call a note
_MARKER = re.compile(r"[\d*†‡§]")
_STRETCHERS = frozenset("\u0640&#$@^~|_=*+<>\ufffd")
_ARABIC = re.compile("[\u0620-\u065f\u066e-\u06d5\u06fa-\u06ff]")
_LATIN_ENDS = re.compile(r"[A-Za-z].*[A-Za-z)][.:;,!?]?\Z")
_PERSIAN_DIGIT = re.compile("[٠-٩۰-۹]")
_LEADING_STOP = re.compile(r"[.،,؛;:؟!?](?![\d.])")
_TATWEEL = re.compile(
    "(?<=[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff])\u0640+(?=[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff])"
)


@dataclass(slots=True)
class TextLine:
    """A line in logical order. ``raised`` are the ranges of its text that are set as note markers; ``units`` are what
    stands on it from left to right, ``small`` says which of them are raised, ``codes`` which
    glyphs they are, ``apart`` which are in italics or bold type; ``emphasised`` are the ranges of the text so set;
    ``parts`` are the pieces of a line that
    has wide gaps, in reading order. ``fonts`` counts letters by font. A ``turned`` line does not run level; one with a
    ``frame`` is shown sideways and stands here as if it were not."""

    text: str
    box: Box
    size: float
    bold: bool
    direction: Direction
    page: int
    base: float
    units: list[str]
    small: list[bool]
    codes: list[Code | None]
    apart: list[bool]
    raised: list[Range] = field(default_factory=list)
    emphasised: list[Range] = field(default_factory=list)
    fonts: dict[str, int] = field(default_factory=dict)
    parts: list[TextLine] = field(default_factory=list)
    turned: bool = False
    frame: Frame | None = None
    confidence: float | None = None

    @property
    def height(self) -> float:
        """The height of its box."""
        return self.box[3] - self.box[1]

    @property
    def place(self) -> Box:
        """Its box on the page as it is shown, also where it is shown sideways."""
        return self.frame.back(self.box) if self.frame else self.box

    def rewrite(self, letters: Mapping[int, str]) -> None:
        """Put single characters in the place of others (a table for ``str.translate``)."""
        self.units = [unit.translate(letters) for unit in self.units]
        self.text = self.text.translate(letters)

    def resolve(self, direction: Direction, before: str = "") -> None:
        """Read the line in a direction, as the continuation of the text ``before`` it in its paragraph."""
        self.direction = direction
        if not self.units:  # OCR gives words in logical order
            return
        self.text, self.raised, self.emphasised = _logical(self.units, self.small, self.apart, direction, before)

    @property
    def strong(self) -> bool:
        """Whether it holds letters, which have a direction."""
        return rtl_share(self.text) is not None

    @property
    def mixed(self) -> bool:
        """Whether reading it needs to know what stands before: a right-to-left line with Latin letters or digits, a
        left-to-right one that begins with Persian digits."""
        if self.direction == "rtl":
            return any(unicodedata.bidirectional(unit[0]) in ("L", "EN", "AN") for unit in self.units)
        first = next((unit for unit in self.units if unit[0].isalnum()), "")
        return _PERSIAN_DIGIT.match(first) is not None


def line_of(segments: Sequence[Segment], page: int, page_direction: Direction) -> TextLine:
    """One line made of the segments that stand side by side on it."""
    glyphs = [glyph for segment in sorted(segments, key=lambda s: s.x0) for glyph in segment.glyphs]
    if len(segments) > 1:
        glyphs.sort(key=lambda g: g.x0)
    inked = [g for g in glyphs if not g.sign.space]
    sizes = sorted(g.size for g in inked)
    size = sizes[len(sizes) // 2]
    bases = sorted(g.base for g in inked if g.size >= _RAISED_SIZE * size)
    base = bases[len(bases) // 2]
    units, small, codes, apart = _units(glyphs, size, base)
    direction = _direction(units, page_direction)
    text, raised, emphasised = _logical(units, small, apart, direction, None)
    box = (
        min(g.x0 for g in inked),
        min(g.base - _ASCENT * g.size for g in inked),
        max(g.x1 for g in inked),
        max(g.base + _DESCENT * g.size for g in inked),
    )
    letters = [g for g in inked if g.sign.text[0].isalnum()] or inked
    bold = sum(g.bold for g in letters) > 0.9 * len(letters)
    fonts: dict[str, int] = {}
    for glyph in letters:
        fonts[glyph.code[0]] = fonts.get(glyph.code[0], 0) + 1
    parts: list[TextLine] = []
    if len(segments) > 1:
        ordered = sorted(segments, key=lambda s: s.x0, reverse=direction == "rtl")
        parts = [line_of([segment], page, direction) for segment in ordered]
    return TextLine(
        text, box, size, bold, direction, page, base, units, small, codes, apart, raised, emphasised, fonts, parts
    )


def turned_lines(turned: Sequence[Turned], page: int) -> list[TextLine]:
    """Lines that do not run level, such as a stamp across the page: glyphs of one direction in the order drawn."""
    lines: list[TextLine] = []
    run: list[Glyph] = []
    way: tuple[float, float] = (0.0, 0.0)

    def close() -> None:
        text = unicodedata.normalize("NFC", to_logical("".join(g.text for g in run).strip()))
        if text and not text.isspace():
            box = (min(g.x0 for g in run), min(g.top for g in run), max(g.x1 for g in run), max(g.bottom for g in run))
            units = list(text)
            direction = base_direction(text)
            no = [False] * len(units)
            line = TextLine(text, box, run[0].size, False, direction, page, box[3], units, no, [None] * len(units), no)
            line.turned = True
            lines.append(line)
        run.clear()

    for glyph, direction, _ in turned:
        if run:
            last = run[-1]
            far = max(abs(glyph.x0 - last.x0), abs(glyph.base - last.base)) > 4 * max(glyph.size, last.size)
            if far or abs(direction[0] - way[0]) + abs(direction[1] - way[1]) > 0.1 * (abs(way[0]) + abs(way[1])):
                close()
        way = direction
        run.append(glyph)
    if run:
        close()
    return lines


def _units(glyphs: Sequence[Glyph], size: float, base: float) -> _Units:
    """What stands on a line from left to right, spaces where the glyphs stand apart; which units are raised; which
    glyphs they are; which are set in italics or bold type.

    A space glyph parts two words when the next glyph begins behind it. Where it begins with it, the space takes no
    room: so many programs draw a half-space, which stands to the left of the letter that begins at the same place.
    """
    units: list[str] = []
    small: list[bool] = []
    codes: list[Code | None] = []
    apart: list[bool] = []
    right: float | None = None
    before: Glyph | None = None
    space: Glyph | None = None
    half = False
    spaced = sum(_has_room(a, b) for a, b in pairwise(glyphs)) > 2
    for glyph in glyphs:
        if glyph.sign.space:
            if glyph.sign.text == ZWNJ:
                if before is not None and abs(before.x0 - glyph.x0) < 0.12 * size and _ARABIC.match(before.sign.text):
                    units[-1] = before.text + ZWNJ
                else:
                    half = True
            elif before is not None and glyph.x1 < before.x1 + 0.05 * size and not _ARABIC.match(before.sign.text):
                continue  # a space that a line ends with, drawn over its last sign
            elif before is None or abs(before.x0 - glyph.x0) > 0.12 * size or glyph.x0 <= before.x0:
                space = glyph
            elif len(units) > 1 and _ARABIC.match(units[-2][-1]) and _ARABIC.match(before.sign.text):
                units[-1] = before.text + ZWNJ
            continue
        after = ""
        inside = spaced and before is not None and _ARABIC.match(before.sign.text) and _ARABIC.match(glyph.sign.text)
        raised = glyph.size < _RAISED_SIZE * size and glyph.base < base - 0.12 * size
        if before is not None and _ARABIC.match(glyph.sign.text):
            marked = bool(small and small[-1])  # the mark stands to the left of its word
        else:
            marked = raised and bool(_MARKER.match(glyph.sign.text))
            marked = marked and (before is None or not _ARABIC.match(before.sign.text))
        least = _STRETCHED_GAP if inside else _RAISED_GAP if marked else _WORD_GAP
        far = right is not None and glyph.x0 - right > least * min(size, glyph.size * 1.2)
        if space is not None and glyph.x0 - space.x0 < _NO_ROOM * (space.x1 - space.x0):
            half, space = True, None
        if units and (far or (space is not None and space.x1 - space.x0 > 0.05 * size)):
            if not units[-1].isspace():
                units.append(" ")
                small.append(False)
                codes.append(None)
                apart.append(apart[-1] and glyph.set_apart)
        elif before is not None and (half or space is not None or (before.sign.open_start and glyph.sign.open_end)):
            after = ZWNJ if _ARABIC.match(before.sign.text) and _ARABIC.match(glyph.sign.text[-1]) else ""
        space, half = None, False
        units.append(glyph.text + after)
        small.append(raised and _MARKER.match(glyph.sign.text) is not None)
        codes.append(glyph.code)
        apart.append(glyph.set_apart)
        right = glyph.x1 if right is None else max(right, glyph.x1)
        before = glyph
    return _without_stretching(units, small, codes, apart)


def _has_room(space: Glyph, glyph: Glyph) -> bool:
    """Whether the first of two glyphs is a space that the second one leaves room for."""
    width = space.x1 - space.x0
    return space.sign.space and not glyph.sign.space and width > 0.1 * space.size and glyph.x0 - space.x0 > 0.6 * width


def _without_stretching(units: list[str], small: list[bool], codes: list[Code | None], apart: list[bool]) -> _Units:
    """A line less the glyphs that only stretch its words. Some programs fill lines with tatweels that carry the code
    of another sign: a sign that stands inside Arabic words as no sign does, touching the letters on both sides."""
    if not any(unit in _STRETCHERS for unit in units):
        return units, small, codes, apart
    kept: list[int] = []
    at = 0
    while at < len(units):
        end = at
        while end < len(units) and units[end] in _STRETCHERS and units[end] == units[at]:
            end += 1
        inside = at and end < len(units) and _ARABIC.match(units[at - 1]) and _ARABIC.match(units[end])
        if end == at:
            kept.append(at)
            at += 1
        else:
            if not inside:
                kept.extend(range(at, end))
            at = end
    return [units[i] for i in kept], [small[i] for i in kept], [codes[i] for i in kept], [apart[i] for i in kept]


def _logical(
    units: Sequence[str], small: Sequence[bool], apart: Sequence[bool], direction: Direction, before: str | None
) -> tuple[str, list[Range], list[Range]]:
    """The text of a line, the ranges of it that are raised note markers, and those in italics or bold type."""
    pieces: list[str] = []
    raised: list[Range] = []
    emphasised: list[Range] = []
    at = 0
    for index, turned in logical_order(units, direction, before):
        piece = mirrored(units[index]) if turned else units[index]
        if small[index]:
            _lengthen(raised, at, at + len(piece))
        if apart[index]:
            _lengthen(emphasised, at, at + len(piece))
        pieces.append(piece)
        at += len(piece)
    text = "".join(pieces)
    folded = _folded(text)
    if folded != text:
        raised, emphasised = _in_folded(text, raised), _in_folded(text, emphasised)
    return folded, raised, emphasised


def _folded(text: str) -> str:
    """Composed, and without tatweels, with which the typesetter stretched the words to fill the line."""
    return unicodedata.normalize("NFC", _TATWEEL.sub("", text) if "\u0640" in text else text)


def _lengthen(ranges: list[Range], start: int, end: int) -> None:
    """Add a range, or lengthen the last one that ends where it begins."""
    if ranges and ranges[-1][1] == start:
        ranges[-1] = (ranges[-1][0], end)
    else:
        ranges.append((start, end))


def _in_folded(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Ranges of a text as they lie in its folded form."""
    return [(len(_folded(text[:start])), len(_folded(text[:end]))) for start, end in ranges]


def _direction(units: Sequence[str], page_direction: Direction) -> Direction:
    """The direction of a line: that of most of its letters, with two exceptions on a right-to-left page: a fifth of
    right-to-left letters is enough, unless the line begins and ends with Latin words, and a Latin line whose
    punctuation stands at its left end is the end of a right-to-left paragraph."""
    visual = "".join(units)
    share = rtl_share(visual)
    if share is None:
        return page_direction
    if page_direction == "rtl" and share < 0.5:
        mixed = share >= 0.2 and not _LATIN_ENDS.match(visual)
        return "rtl" if mixed or _LEADING_STOP.match(visual) else "ltr"
    return "rtl" if share >= 0.5 else "ltr"


def page_direction(glyphs: Sequence[Glyph]) -> Direction:
    """The direction of most letters of a page."""
    return base_direction("".join(g.sign.text for g in glyphs))
