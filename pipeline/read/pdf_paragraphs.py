"""From the lines of a PDF to its paragraphs, headings, notes, tables and page furniture.

The size most of the text is set in is the measure: what is larger is a heading, what is smaller below the last line of
body text is a note. Lines at the top and bottom of pages that come back on other pages are running heads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline import record
from pipeline.read.furniture import is_page_number, is_watermark, names_journal, running_head_key
from pipeline.read.line_patterns import BULLET, NUMBER, is_known_head
from pipeline.read.pdf_glyphs import Box, TextLine

_LARGER, _SMALLER = 1.12, 0.92  # of the body size
_MARGIN_ROWS = 2  # rows at either end of a page where furniture is looked for
_NOTE_START = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡])")
_FINAL = re.compile(r"[.!?؟:؛»”)\]]\W*$")
_LONGEST_BOLD_HEADING = 120  # characters


@dataclass(slots=True)
class Page:
    """The lines of one page, by columns in reading order, and its height in points."""

    number: int
    height: float
    columns: list[list[TextLine]]


@dataclass(slots=True)
class Paragraph:
    """Lines that make one block."""

    kind: record.BlockKind
    lines: list[TextLine]
    level: int | None = None

    @property
    def box(self) -> Box:
        boxes = [line.box for line in self.lines]
        x0, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        x1, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
        return (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))


def paragraphs_of(pages: Sequence[Page], *, furniture: bool) -> list[Paragraph]:
    """The paragraphs of a document in reading order."""
    body, largest = _text_sizes(pages)
    heads = _running_heads(pages) if furniture else set()
    found: list[Paragraph] = []
    for page in pages:
        edges = {id(line) for line in _edge_lines(page)} if furniture else set()
        last: list[Paragraph] = []  # furniture at the foot of the page is read after everything else on it
        for column in page.columns:
            lines = []
            for line in column:
                at_top = line.box[1] < page.height / 2
                small_head = at_top and line.size <= _SMALLER * body and names_journal(line.text)
                if furniture and _is_furniture(line, heads, at_edge=id(line) in edges, small_head=small_head):
                    (found if at_top else last).append(Paragraph("furniture", [line]))
                else:
                    lines.append(line)
            found.extend(_column_paragraphs(lines, body, largest))
        found.extend(last)
    _rank_headings(found)
    return found


# ── furniture ──────────────────────────────────────────────────────────────────────────────────────────────────


def _edge_lines(page: Page) -> list[TextLine]:
    lines = sorted((line for column in page.columns for line in column), key=lambda line: line.box[1])
    return lines[:_MARGIN_ROWS] + lines[-_MARGIN_ROWS:]


def _running_heads(pages: Sequence[Page]) -> set[str]:
    """Keys of the lines that stand at the edge of two pages or more."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({running_head_key(line.text) for line in _edge_lines(page)})
    return {key for key, count in seen.items() if count > 1 and len(key) > 2}


def _is_furniture(line: TextLine, heads: set[str], *, at_edge: bool, small_head: bool) -> bool:
    """Whether a line belongs to the page; ``small_head`` says that it is set small, at the top, and names a journal."""
    text = line.text
    if is_watermark(text):
        return True
    return at_edge and (small_head or is_page_number(text) or running_head_key(text) in heads)


# ── paragraphs ─────────────────────────────────────────────────────────────────────────────────────────────────


def _text_sizes(pages: Sequence[Page]) -> tuple[float, float]:
    """The size most characters are set in, and the largest size that running text is set in, to a fifth of a point.

    A size is one of running text when a seventh of all characters are set in it.
    """
    sizes: Counter[float] = Counter()
    for page in pages:
        for column in page.columns:
            for line in column:
                sizes[round(line.size * 5) / 5] += len(line.text)
    if not sizes:
        return 0.0, 0.0
    total = sum(sizes.values())
    body = max(sizes, key=lambda size: (sizes[size], size))
    return body, max(size for size, count in sizes.items() if size == body or count * 7 >= total)


def _column_paragraphs(lines: Sequence[TextLine], body: float, largest: float) -> list[Paragraph]:
    """The paragraphs of one column."""
    found: list[Paragraph] = []
    first_note = _first_note(lines, body)
    pitch = _pitch(lines)
    left = min((line.box[0] for line in lines), default=0.0)
    right = max((line.box[2] for line in lines), default=0.0)
    at = 0
    while at < len(lines):
        line = lines[at]
        after = _table_end(lines, at)
        if after > at:
            found.append(Paragraph("table", list(lines[at:after])))
            at = after
            continue
        kind = "note" if at >= first_note else _kind(line, largest)
        alike = bool(found) and (found[-1].kind == kind or (found[-1].kind, kind) == ("list_item", "paragraph"))
        if alike and found[-1].lines[-1] is lines[at - 1] and not _begins(lines[at - 1], line, pitch, left, right):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph(kind, [line]))
        at += 1
    for paragraph in found:
        if paragraph.kind == "heading" and paragraph.lines[0].size < _LARGER * largest and not _bold_heading(paragraph):
            paragraph.kind = "paragraph"
    return found


def _kind(line: TextLine, largest: float) -> record.BlockKind:
    if line.size >= _LARGER * largest or line.bold or is_known_head(line.text):
        return "heading"
    return "list_item" if BULLET.match(line.text) or NUMBER.match(line.text) else "paragraph"


def _bold_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph set bold in the size of the body is a heading rather than emphasis."""
    text = paragraph.lines[-1].text
    if is_known_head(" ".join(line.text for line in paragraph.lines)):
        return True
    length = sum(len(line.text) for line in paragraph.lines)
    return len(paragraph.lines) <= 2 and length <= _LONGEST_BOLD_HEADING and not re.search(r"[.؟?!:؛;،,]\W*$", text)


def _begins(above: TextLine, line: TextLine, pitch: float, left: float, right: float) -> bool:
    """Whether ``line`` begins a new paragraph below ``above``."""
    size = max(above.size, line.size)
    if line.box[1] - above.box[1] > 1.4 * max(pitch, size * 1.15) and line.box[1] - above.box[3] > 0.35 * size:
        return True
    if abs(above.size - line.size) > 0.08 * size or above.bold != line.bold:
        return True
    if above.direction != line.direction and min(len(above.text), len(line.text)) > 12:
        return True
    if BULLET.match(line.text) or NUMBER.match(line.text) or is_known_head(line.text) or is_known_head(above.text):
        return True
    rtl = line.direction == "rtl"
    indent = (right - line.box[2]) if rtl else (line.box[0] - left)
    indent_above = (right - above.box[2]) if rtl else (above.box[0] - left)
    room = (above.box[0] - left) if rtl else (right - above.box[2])
    ended = bool(_FINAL.search(above.text))
    if 0.8 * size < indent < 6 * size and indent_above < 0.5 * size and (ended or room > 3 * size):
        return True
    return ended and room > max(0.12 * (right - left), 3 * size)


def _pitch(lines: Sequence[TextLine]) -> float:
    """The usual distance from one line's top to the next one's."""
    steps = sorted(
        below.box[1] - above.box[1]
        for above, below in pairwise(lines)
        if 0 < below.box[1] - above.box[1] < 3 * above.size
    )
    return steps[len(steps) // 3] if steps else 0.0


def _first_note(lines: Sequence[TextLine], body: float) -> int:
    """Index of the first line of the notes at the foot of a column: small lines below the last one of body size."""
    first = len(lines)
    while first > 0 and lines[first - 1].size <= _SMALLER * body:
        first -= 1
    if first == 0:
        return len(lines)
    while first < len(lines) and not _NOTE_START.match(lines[first].text):
        first += 1
    return first


def _table_end(lines: Sequence[TextLine], at: int) -> int:
    """Index after the table that begins at line ``at``, or ``at``: rows of the same number of cells, two or more."""
    cells = len(lines[at].cells)
    after = at
    while after < len(lines) and len(lines[after].cells) == cells > 1:
        after += 1
    return after if after - at > 1 else at


def _rank_headings(paragraphs: Sequence[Paragraph]) -> None:
    """Levels of headings by their size, the largest first; bold ones of body size come last."""
    sizes = {round(p.lines[0].size) for p in paragraphs if p.kind == "heading"}
    ranks = {size: rank for rank, size in enumerate(sorted(sizes, reverse=True), start=1)}
    for paragraph in paragraphs:
        if paragraph.kind == "heading":
            paragraph.level = min(ranks[round(paragraph.lines[0].size)], 6)
        elif paragraph.kind == "list_item":
            paragraph.level = 1
