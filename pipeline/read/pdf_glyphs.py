"""Glyphs of a PDF page, and the segments they stand in: plain values, and geometry over them.

Coordinates are points from the top left corner of the page as it is shown, y downwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.text.bidi import fold_presentation_forms

Box = tuple[float, float, float, float]
#: A font and the code of a glyph in it.
Code = tuple[str, int]

ZWNJ = "\u200c"
_SAME_BASELINE = 0.12  # of the font size: glyphs that differ less stand on one baseline
_SLOPE = 0.3  # of the font size: the letters of a word may step down by so much, each by less than the former
_SEGMENT_GAP = 1.3  # of the font size: a wider gap parts columns and table cells
_NOTED_GAP = 0.5  # of the font size: gaps that may be the gutter between two columns
_RAISED_SIZE = 0.86  # of the neighbour's size: smaller glyphs beside it are raised or lowered
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffe\uffff]")
_LAM_ALEF_BACKWARDS = re.compile("[اأإآٱ][\u064b-\u065f]*ل")
#: Letters that join the one after them, in the forms that fonts name by code.
_JOINING = frozenset("بپتثجچحخسشصضطظعغفقکكگلمنهیيىئ")


@dataclass(frozen=True, slots=True)
class Sign:
    """What a glyph stands for. ``open_end`` and ``open_start`` say that its form joins no letter after or before it,
    though the letter could: between two such letters stands a half-space. ``mark`` is set over a letter."""

    text: str
    mark: bool = False
    space: bool = False
    open_end: bool = False
    open_start: bool = False


@dataclass(slots=True)
class Glyph:
    """A glyph where it is. ``base`` is the y of its baseline; ``extra`` holds the marks over it."""

    sign: Sign
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    bold: bool
    code: Code
    italic: bool = False
    extra: str = ""

    @property
    def set_apart(self) -> bool:
        """Whether it is in type that emphasises."""
        return self.bold or self.italic

    @property
    def text(self) -> str:
        """The glyph's characters in logical order."""
        return self.sign.text + self.extra


#: A glyph that does not run level, the direction of its line (y upwards), and the x of its origin.
Turned = tuple[Glyph, tuple[float, float], float]


@dataclass(slots=True)
class Drawn:
    """What a page draws: upright glyphs, turned ones, rules and pictures (boxes)."""

    width: float = 0.0
    height: float = 0.0
    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)
    rules: list[Box] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)


@dataclass(slots=True)
class Segment:
    """Glyphs side by side on one line, spaces among them, from left to right. ``gaps`` are its wider gaps."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    gaps: list[tuple[float, float]]

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return (self.x0 + self.x1) / 2


@lru_cache(maxsize=20_000)
def sign_of(text: str) -> Sign:
    """The sign of a glyph's characters, as its font's character map gives them."""
    text = _PRIVATE.sub("\ufffd", text)
    if text.isspace():
        return Sign(" ", space=True)
    folded = fold_presentation_forms(text).replace("\xa0", " ").replace("\xad", "-")
    folded = "".join(c for c in folded if unicodedata.category(c) not in ("Cc", "Cf") or c == ZWNJ)
    if folded == ZWNJ:
        return Sign(ZWNJ, space=True)
    folded = folded.replace("\u200c\u200c", ZWNJ)
    if _LAM_ALEF_BACKWARDS.fullmatch(folded):
        folded = folded[-1] + folded[:-1]  # no font has a ligature of alef and lam in that order
    mark = bool(folded) and all(unicodedata.bidirectional(c) == "NSM" for c in folded)
    open_end = open_start = False
    if folded != text and len(text) == 1:
        form = unicodedata.decomposition(text).partition(" ")[0]
        open_end = form in ("<final>", "<isolated>") and folded[-1] in _JOINING
        open_start = form in ("<initial>", "<isolated>") and folded[0] not in "ءآ"
    return Sign(folded, mark, False, open_end, open_start)


def put_marks(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs less the marks, each of which is put on the letter it is set over.

    A glyph without width and without meaning is a mark whose code the font does not give. Over ه it is the hamza,
    the only mark that Persian commonly writes there; elsewhere it is left out.
    """
    letters: list[Glyph] = []
    marks: list[tuple[Glyph, int]] = []  # and how many letters were drawn before it
    glyphs = list(glyphs)
    for at, glyph in enumerate(glyphs):
        sign = glyph.sign
        if glyph.x1 - glyph.x0 < 0.02 * glyph.size and len(sign.text) > 1 and _repeats(glyphs, at):
            continue  # the mark of a letter, each of which the file says is both
        if sign.mark or ("\ufffd" in sign.text and glyph.x1 - glyph.x0 < 0.02 * glyph.size):
            marks.append((glyph, len(letters)))
        else:
            letters.append(glyph)
    for mark, at in marks:
        base = _letter_under(mark, letters, at)
        if base is None:
            continue
        if "\ufffd" in mark.sign.text:
            if base.sign.text[-1:] != "ه" or "\u0654" in base.extra:
                continue
            base.extra += "\u0654"
        else:
            base.extra += mark.sign.text
    return letters


def _repeats(glyphs: Sequence[Glyph], at: int) -> bool:
    """Whether a glyph says the same as the one drawn before or after it, over or under which it stands."""
    glyph = glyphs[at]
    return any(
        other.sign.text == glyph.sign.text and other.x0 - glyph.size < glyph.x0 < other.x1 + glyph.size
        for other in (*glyphs[max(0, at - 1) : at], *glyphs[at + 1 : at + 2])
    )


def _letter_under(mark: Glyph, letters: Sequence[Glyph], at: int) -> Glyph | None:
    """The letter a mark is set on, of the two that are drawn next to it.

    A mark is drawn together with its letter: after it in logical order, before it where glyphs of a right-to-left word
    are drawn from left to right. Its place alone is not enough, since it may hang over the neighbour's edge.
    """
    before = letters[at - 1] if at else None
    after = letters[at] if at < len(letters) else None
    near = [
        glyph
        for glyph in (before, after)
        if glyph is not None
        and glyph.x0 - mark.size < mark.x0 < glyph.x1 + mark.size
        and abs(glyph.base - mark.base) < 0.8 * mark.size
        and not glyph.sign.space
    ]
    if len(near) < 2 or before is None or after is None:
        return near[0] if near else None
    drawn_backwards = before.x0 < after.x0 and unicodedata.bidirectional(after.sign.text[0]) == "AL"
    return after if drawn_backwards else before


def segments_of(glyphs: Sequence[Glyph]) -> list[Segment]:
    """Glyphs in segments, from top to bottom; raised and lowered ones are taken into the segment they belong to."""
    rows: list[list[Glyph]] = []
    first = last = float("-inf")
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if glyph.base - last > _SAME_BASELINE * glyph.size or glyph.base - first > _SLOPE * glyph.size:
            rows.append([])
            first = glyph.base
        last = glyph.base
        rows[-1].append(glyph)
    segments = [segment for row in rows for segment in _parted(row)]
    return _with_raised(segments)


def _parted(row: list[Glyph]) -> list[Segment]:
    row.sort(key=lambda g: g.x0)
    parts: list[list[Glyph]] = []
    spaces: list[Glyph] = []
    right = 0.0
    for glyph in row:
        if glyph.sign.space:
            spaces.append(glyph)
            continue
        if not parts or glyph.x0 - right > _SEGMENT_GAP * glyph.size:
            parts.append([])
        else:
            parts[-1].extend(spaces)
        spaces = []
        parts[-1].append(glyph)
        right = max(right, glyph.x1) if len(parts[-1]) > 1 else glyph.x1
    return [segment_of(part) for part in parts]


def segment_of(glyphs: list[Glyph]) -> Segment:
    """A segment of glyphs that are in order from left to right."""
    inked = [g for g in glyphs if not g.sign.space]
    sizes = sorted(g.size for g in inked)
    size = sizes[len(sizes) // 2]
    bases = sorted(g.base for g in inked if g.size >= _RAISED_SIZE * size)
    gaps: list[tuple[float, float]] = []
    right = inked[0].x1
    for glyph in inked[1:]:
        if glyph.x0 - right > _NOTED_GAP * size:
            gaps.append((right, glyph.x0))
        right = max(right, glyph.x1)
    return Segment(
        glyphs,
        min(g.x0 for g in inked),
        max(g.x1 for g in inked),
        min(g.top for g in inked),
        max(g.bottom for g in inked),
        bases[len(bases) // 2],
        size,
        gaps,
    )


def parted_at(segment: Segment, x: float) -> list[Segment]:
    """The two parts of a segment on either side of ``x``, where it has a gap; or the segment itself."""
    left = [g for g in segment.glyphs if (g.x0 + g.x1) / 2 < x]
    right = [g for g in segment.glyphs if (g.x0 + g.x1) / 2 >= x]
    if not any(not g.sign.space for g in left) or not any(not g.sign.space for g in right):
        return [segment]
    return [segment_of(left), segment_of(right)]


def _with_raised(segments: list[Segment]) -> list[Segment]:
    """Segments of smaller glyphs that stand higher or lower beside others are taken into those."""
    kept: list[Segment] = []
    hosts = sorted(segments, key=lambda s: s.base)
    at = 0
    merged: dict[int, list[Segment]] = defaultdict(list)
    for small in hosts:
        while at < len(hosts) and hosts[at].base < small.base - 1.2 * small.size * 2:
            at += 1
        best: Segment | None = None
        nearest = 0.0
        for host in hosts[at:]:
            if host.base > small.base + 1.2 * small.size * 2:
                break
            if host is small or small.size > _RAISED_SIZE * host.size or len(small.glyphs) > 12:
                continue
            if not -0.35 * host.size < host.base - small.base < 0.75 * host.size:
                continue
            gap = max(host.x0 - small.x1, small.x0 - host.x1)
            if gap < 0.5 * host.size and (best is None or gap < nearest) and _has_room(host, small):
                best, nearest = host, gap
        if best is None:
            kept.append(small)
        else:
            merged[id(best)].append(small)
    result = []
    for segment in kept:
        extra = merged.get(id(segment))
        if extra is None:
            result.append(segment)
        else:
            glyphs = [*segment.glyphs, *(g for small in extra for g in small.glyphs)]
            glyphs.sort(key=lambda g: g.x0)
            result.append(segment_of(glyphs))
    return result


def _has_room(host: Segment, small: Segment) -> bool:
    """Whether a small segment stands beside or between the glyphs of another, not over or under them."""
    covered = sum(max(0.0, min(g.x1, small.x1) - max(g.x0, small.x0)) for g in host.glyphs if not g.sign.space)
    return covered < 0.5 * (small.x1 - small.x0)
