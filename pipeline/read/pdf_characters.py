"""The characters of a PDF page as pdfminer's interpreter (pdfplumber's engine) places them, and the rules drawn on it.

pdfplumber turns every character into a dict of thirty entries; at sixty thousand characters an article that costs more
than reading the file. Here the interpreter's own device makes :class:`~pipeline.read.pdf_glyphs.Glyph` directly,
with the same boxes (a test compares them), and looks up what a glyph means once for each glyph of a font.

Bounds keep a hostile page from running for hours: a limit on characters, on nested forms and on drawn paths.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import resolve1
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect, decode_text

from pipeline.read.pdf_glyphs import Code, Drawn, Glyph, Sign, sign_of
from pipeline.text.brackets import mirrored

_BOLD = re.compile(r"bold|black|heavy|semibold|demi|titr", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted|kursiv|-it\b|(?-i:Ital\b)|\b(?:cm|sf)(?:ti|sl)\d", re.IGNORECASE)
_ITALIC_FLAG = 1 << 6  # of a font descriptor (ISO 32000-1, table 123)
_SLANT = 0.1  # letters of upright type that are drawn leaning so far, of their height, are italics
_MOST_CHARACTERS = 200_000  # on one page
_MOST_FORMS = 20_000
_MOST_RULES = 20_000
_SHORTEST_RULE = 3.0  # points
_LONGEST_SPAN = 16  # glyphs with a text of their own


class PageTooHeavyError(Exception):
    """A page draws more than any page of print can hold."""


@dataclass(slots=True)
class _FontSigns:
    """What the glyphs of one font stand for, by their code."""

    font: Any  # kept, so that no other font can take its id
    name: str
    bold: bool
    italic: bool
    descent: float
    vertical: bool
    signs: dict[int, tuple[Sign, float, Code]] = field(default_factory=dict)


class _Device(PDFLayoutAnalyzer):
    """Collects what a page draws. ``fonts`` is kept from page to page."""

    def __init__(self, manager: PDFResourceManager, fonts: dict[int, _FontSigns]) -> None:
        super().__init__(manager, laparams=None)
        self.fonts = fonts
        self.drawn = Drawn()
        self.left = self.top = 0.0
        self.forms = 0
        self.spans: list[tuple[int, int, str]] = []  # open marked contents: first glyphs, and what they stand for

    def begin_page(self, page: Any, ctm: Any) -> None:
        super().begin_page(page, ctm)
        left, _, right, top = apply_matrix_rect(ctm, _visible(page))
        _, bottom, _, _ = apply_matrix_rect(ctm, _visible(page))
        self.left, self.top = left, top
        self.drawn = Drawn(width=right - left, height=top - bottom)

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self.forms += 1
        if self.forms > _MOST_FORMS:
            raise PageTooHeavyError
        super().begin_figure(name, bbox, matrix)

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        words = ""
        if isinstance(props, dict) and isinstance(actual := resolve1(props.get("ActualText")), bytes):
            words = decode_text(actual)
        self.spans.append((len(self.drawn.glyphs), len(self.drawn.turned), words))

    def end_tag(self) -> None:
        if not self.spans:
            return
        level, turned, words = self.spans.pop()
        if not words:
            return
        glyphs = self.drawn.glyphs
        if (first := _said_otherwise(glyphs[level:], words)) is not None:
            glyphs[level:] = [first]
        group = self.drawn.turned[turned:]
        if (first := _said_otherwise([glyph for glyph, _, _ in group], words)) is not None:
            self.drawn.turned[turned:] = [next(each for each in group if each[0] is first)]

    def render_image(self, name: str, stream: Any) -> None:
        x0, y0, x1, y1 = apply_matrix_rect(self.ctm, (0, 0, 1, 1))
        self.drawn.images.append((x0 - self.left, self.top - y1, x1 - self.left, self.top - y0))

    def render_char(
        self,
        matrix: tuple[float, float, float, float, float, float],
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        known = self.fonts.get(id(font))
        if known is None:
            known = self.fonts[id(font)] = _signs_of(font)
        found = known.signs.get(cid)
        if found is None:
            found = known.signs[cid] = (_meaning(font, cid), float(font.char_width(cid)), (known.name, cid))
        sign, width, code = found
        moved = advance = width * fontsize * scaling
        if known.vertical or not sign.text:
            return moved
        a, b, c, d, x, y = matrix
        if fontsize < 0:  # the same picture with a size above zero: the axes turned round
            a, b, c, d, fontsize, rise, advance = -a, -b, -c, -d, -fontsize, -rise, -advance
            matrix = (a, b, c, d, x, y)
        floor = known.descent * fontsize + rise
        glyphs = self.drawn.glyphs
        if len(glyphs) >= _MOST_CHARACTERS:
            raise PageTooHeavyError
        italic = known.italic or abs(c) > _SLANT * abs(d)
        if b == 0 and d > 0:
            x += c * rise
            right = x + a * advance
            if right < x:
                x, right = right, x
            bottom = self.top - (y + d * floor)
            size = d * fontsize
            base = self.top - (y + d * rise)
            left = x - self.left
            glyphs.append(
                Glyph(sign, left, right - self.left, bottom - size, bottom, base, size, known.bold, code, italic)
            )
        else:
            x0, y0, x1, y1 = apply_matrix_rect(matrix, (0, floor, advance, floor + fontsize))
            base = self.top - apply_matrix_pt(matrix, (0, rise))[1]
            box = (x0 - self.left, self.top - y1, x1 - self.left, self.top - y0)
            upright = a * scaling > 0 and d > 0 and abs(b) < 0.2 * a * scaling
            glyph = Glyph(sign, box[0], box[2], box[1], box[3], base, box[3] - box[1], known.bold, code, italic)
            if upright:
                glyphs.append(glyph)
            else:
                self.drawn.turned.append((glyph, (a, b), apply_matrix_pt(matrix, (0, rise))[0] - self.left))
        return moved

    def paint_path(self, gstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        rules = self.drawn.rules
        if not (stroke or fill) or len(rules) >= _MOST_RULES or len(path) > 500:
            return
        points: list[tuple[float, float]] = []
        for segment in path:
            kind = segment[0]
            if kind == "m":
                self._edges(points)
                points = [apply_matrix_pt(self.ctm, segment[-2:])]
            elif kind == "l":
                points.append(apply_matrix_pt(self.ctm, segment[-2:]))
            elif kind == "h":
                points.extend(points[:1])
            else:  # a curve
                self._edges(points)
                points = [apply_matrix_pt(self.ctm, segment[-2:])]
        self._edges(points)

    def _edges(self, points: list[tuple[float, float]]) -> None:
        """Keep the upright and level edges of a path; a thin filled box is one rule, not two."""
        if len(points) < 2:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        rules, left, top = self.drawn.rules, self.left, self.top
        if x1 - x0 < 2 or y1 - y0 < 2:
            if max(x1 - x0, y1 - y0) >= _SHORTEST_RULE:
                rules.append((x0 - left, top - y1, x1 - left, top - y0))
            return
        for (ax, ay), (bx, by) in pairwise(points):
            if (abs(ax - bx) < 0.5) != (abs(ay - by) < 0.5) and abs(ax - bx) + abs(ay - by) >= _SHORTEST_RULE:
                rules.append((min(ax, bx) - left, top - max(ay, by), max(ax, bx) - left, top - min(ay, by)))


class PageInterpreter:
    """Reads pages one after the other; fonts are read once."""

    def __init__(self, manager: PDFResourceManager) -> None:
        self.manager = manager
        self.fonts: dict[int, _FontSigns] = {}

    def drawn(self, page: Any) -> Drawn:
        """What a pdfminer page draws. Raises PageTooHeavyError, and whatever pdfminer raises on broken pages."""
        device = _Device(self.manager, self.fonts)
        PDFPageInterpreter(self.manager, device).process_page(page)
        return device.drawn


def _said_otherwise(group: Sequence[Glyph], words: str) -> Glyph | None:
    """One glyph for a group that the file says stands for ``words`` (``ActualText``), or None to leave it as it is.

    Programs say so where a glyph means one thing here and another one there. Longer spans, which replace whole phrases
    for people who listen, are left alone.
    """
    words = unicodedata.normalize("NFC", words).strip()
    if not group or len(group) > _LONGEST_SPAN or not words or any(c.isspace() for c in words):
        return None
    first = max(group, key=lambda glyph: (not glyph.sign.mark, glyph.x1 - glyph.x0))
    if abs(group[0].base - group[-1].base) > 2 * first.size or mirrored(first.sign.text) == words:
        return None  # a bracket as it is shown is wanted here
    first.sign = sign_of(words)
    first.x0, first.x1 = min(glyph.x0 for glyph in group), max(glyph.x1 for glyph in group)
    first.top, first.bottom = min(glyph.top for glyph in group), max(glyph.bottom for glyph in group)
    return first


def _visible(page: Any) -> tuple[float, float, float, float]:
    """The part of a page that is shown: its crop box, as far as the media box reaches."""
    mx0, my0, mx1, my1 = page.mediabox
    cx0, cy0, cx1, cy1 = page.cropbox
    x0, y0, x1, y1 = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else (mx0, my0, mx1, my1)


def _signs_of(font: Any) -> _FontSigns:
    name = font.fontname
    name = name.decode("latin-1") if isinstance(name, bytes) else str(name or "")
    bold = bool(_BOLD.search(name))
    italic = bool(_ITALIC.search(name)) or bool(int(font.flags or 0) & _ITALIC_FLAG)
    return _FontSigns(font, name, bold, italic, float(font.get_descent()), bool(font.is_vertical()))


def _meaning(font: Any, code: int) -> Sign:
    try:
        text = str(font.to_unichr(code))
    except PDFUnicodeNotDefined:
        text = "\ufffd"
    if "\x00" in text or not text:
        text = "\ufffd"
    return sign_of(unicodedata.normalize("NFC", text))
