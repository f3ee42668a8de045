"""From the lines of a PDF to its paragraphs, headings, notes, tables and page furniture.

The size most of the text is set in is the measure: what is larger is a heading, what is smaller below the last line of
body text is a note. A paragraph that a column or a page cuts in two is joined again; the notes and furniture that
stand between its halves come after it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline import record
from pipeline.read.continuation import goes_on
from pipeline.read.line_patterns import BULLET, LABEL, NUMBER, begins_with_head, is_known_head
from pipeline.read.pdf_furniture import find_furniture
from pipeline.read.pdf_layout import Item, Page
from pipeline.read.pdf_lines import TextLine
from pipeline.read.pdf_tables import Cell, TableGrid

_LARGER, _SMALLER = 1.12, 0.92  # of the body size
_NOTE_START = re.compile(r"[\[(]?(?P<number>\d{1,3})[\])]?\s?[.\-–:)]?\s*(?=[^\W\d]|[«»“\"'()\[\]])|[*†‡§]+\s*\w")
_FINAL = re.compile(r"[.!?؟:؛»”)\]]\W*$")
_SENTENCE_END = re.compile(r"[.!?؟؛](?:[»”)\"'\]]*\d{0,3})\s*$")
_CAPTION = re.compile(
    r"(?:(?:table|figure|fig|chart|map|box)\b\.?\s*\(?[\dIVXivx]+|(?:جدول|شکل|نمودار|تصویر|نقشه)\s*\(?(?:شماره\S*\s*)?\d+)",
    re.IGNORECASE,
)
_LONGEST_BOLD_HEADING = 120  # characters
_LONGEST_CAPTION = 250
_SKIPPED: frozenset[record.BlockKind] = frozenset(["furniture", "note"])
_FLOATS: frozenset[record.BlockKind] = frozenset(["table", "caption"])
_BROKEN_WORD = re.compile(r"[^\W\d_]{2,}[-\u2010]$")


@dataclass(slots=True)
class Paragraph:
    """Lines that make one block, or the grid of a table. ``first`` and ``last`` say that it stands at the top or at
    the foot of its column; ``indented`` that its first line is, ``full`` that its last line reaches the edge."""

    kind: record.BlockKind
    lines: list[TextLine]
    level: int | None = None
    grid: list[list[Cell]] = field(default_factory=list)
    first: bool = False
    last: bool = False
    indented: bool = False
    full: bool = False

    @property
    def page(self) -> int:
        """The page it begins on."""
        return next(line.page for line in (self.lines or [line for row in self.grid for c in row for line in c.lines]))


def paragraphs_of(pages: Sequence[Page], *, furniture: bool) -> list[Paragraph]:
    """The paragraphs of a document in reading order."""
    pages = [view for page in pages for view in page.views]
    body, largest = _text_sizes(pages)
    edges = find_furniture(pages, body) if furniture else set()
    found: list[Paragraph] = []
    for page in pages:
        foot: list[Paragraph] = []  # furniture at the foot of the page is read after everything else on it
        for column in page.columns:
            items: list[Item] = []
            for item in column:
                if isinstance(item, TableGrid):
                    items.append(item)
                    continue
                kept, dropped = _less_furniture(item, edges)
                for line in dropped:
                    (found if line.base < page.height / 2 else foot).append(Paragraph("furniture", [line]))
                items.extend(kept)
            found.extend(_column_paragraphs(items, page, body, largest))
        for line in page.turned:
            foot.append(Paragraph("furniture" if id(line) in edges else "paragraph", [line]))
        found.extend(foot)
    _rank_headings(found)
    _mark_captions(found, body)
    return _joined(found)


def _less_furniture(line: TextLine, edges: set[int]) -> tuple[list[TextLine], list[TextLine]]:
    """The parts of a line that are text, and those that are furniture."""
    if id(line) in edges:
        return [], [line]
    if not any(id(part) in edges for part in line.parts):
        return [line], []
    return [p for p in line.parts if id(p) not in edges], [p for p in line.parts if id(p) in edges]


# ── columns to paragraphs ──────────────────────────────────────────────────────────────────────────────────────


def _text_sizes(pages: Sequence[Page]) -> tuple[float, float]:
    """The size most characters are set in, and the largest size that running text is set in, to a fifth of a point.

    A size is one of running text when a seventh of all characters are set in it.
    """
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 5) / 5] += len(line.text)
    if not sizes:
        return 0.0, 0.0
    total = sum(sizes.values())
    body = max(sizes, key=lambda size: (sizes[size], size))
    return body, max(size for size, count in sizes.items() if size == body or count * 7 >= total)


def _column_paragraphs(items: Sequence[Item], page: Page, body: float, largest: float) -> list[Paragraph]:
    """The paragraphs of one column."""
    found: list[Paragraph] = []
    lines = [item for item in items if isinstance(item, TextLine)]
    notes = {id(line) for line in lines[_first_note(lines, page, body) :]}
    left = min((line.box[0] for line in lines), default=0.0)
    right = max((line.box[2] for line in lines), default=0.0)
    column = _Column(left, right, _pitch(lines))
    hanging = _hanging(lines, left, right)
    _turn_latin_lines(lines, left, right)
    at, number = 0, 0
    while at < len(items):
        line = items[at]
        if isinstance(line, TableGrid):
            found.append(Paragraph("table", [], grid=line.rows))
            at += 1
            continue
        after = _table_end(items, at)
        if after > at:
            rows = [item for item in items[at:after] if isinstance(item, TextLine)]
            found.append(Paragraph("table", [], grid=[[Cell([part], part.box) for part in row.parts] for row in rows]))
            at = after
            continue
        above = items[at - 1] if at else None
        kind: record.BlockKind = "note" if id(line) in notes else _kind(line, largest)
        if kind == "list_item" and isinstance(above, TextLine) and _goes_on_with_number(above, line, column):
            kind = "paragraph"
        before = found[-1] if found else None
        alike = before is not None and (before.kind == kind or (before.kind, kind) == ("list_item", "paragraph"))
        if kind == "note":
            begins, number = _begins_note(line, number, first=not alike)
        else:
            begins = not isinstance(above, TextLine) or _begins(above, line, column, hanging=id(line) in hanging)
        if alike and before is not None and before.lines and before.lines[-1] is above and not begins:
            before.lines.append(line)
        else:
            found.append(Paragraph(kind, [line], indented=_indent(line, left, right) > 0.5 * line.size))
        at += 1
    for paragraph in found:
        if paragraph.kind == "heading" and paragraph.lines[0].size < _LARGER * largest and not _bold_heading(paragraph):
            paragraph.kind = "paragraph"
    flow = [p for p in found if p.kind not in _SKIPPED]
    if flow:
        flow[0].first = flow[-1].last = True
    for paragraph in flow:
        if paragraph.lines:
            paragraph.full = _room(paragraph.lines[-1], left, right) < 2 * paragraph.lines[-1].size
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
    if NUMBER.match(paragraph.lines[0].text):
        text = text.rstrip("?؟")
    length = sum(len(line.text) for line in paragraph.lines)
    return len(paragraph.lines) <= 2 and length <= _LONGEST_BOLD_HEADING and not re.search(r"[.؟?!:؛;،,]\W*$", text)


def _indent(line: TextLine, left: float, right: float) -> float:
    return (right - line.box[2]) if line.direction == "rtl" else (line.box[0] - left)


def _room(line: TextLine, left: float, right: float) -> float:
    """The empty space after the end of a line."""
    return (line.box[0] - left) if line.direction == "rtl" else (right - line.box[2])


def _turn_latin_lines(lines: Sequence[TextLine], left: float, right: float) -> None:
    """Read Latin words that fill a line of a right-to-left paragraph as part of it, and Persian ones in a left-to-right
    paragraph: where the line above has not ended and this one begins at the edge where lines begin."""
    for above, line in pairwise(lines):
        if above.direction == line.direction or _FINAL.search(above.text) or abs(above.size - line.size) > 0.5:
            continue
        before, after = line.box[0] - left, right - line.box[2]
        if above.direction == "rtl":
            ragged = after < 0.5 * line.size and before > 1.5 * line.size
            if ragged and right - above.box[2] < 6 * above.size:
                line.resolve("rtl", above.text)
        elif before < 0.5 * line.size and above.box[0] - left < 6 * above.size and right - above.box[2] < line.size:
            line.resolve("ltr", above.text)


@dataclass(frozen=True, slots=True)
class _Column:
    """What the lines of a column have in common: its edges, and the distance of baselines in units of the font size."""

    left: float
    right: float
    pitch: float


def _begins(above: TextLine, line: TextLine, column: _Column, *, hanging: bool) -> bool:
    """Whether ``line`` begins a new paragraph below ``above``; ``hanging`` says that second lines are indented."""
    left, right = column.left, column.right
    size = max(above.size, line.size)
    expected = max(column.pitch, 1.15) * size
    step = line.base - above.base
    if step > 1.33 * expected and step - expected > 0.3 * size:
        return True
    if abs(above.size - line.size) > 0.08 * size or above.bold != line.bold:
        return True
    numbered = NUMBER.match(line.text) and not _goes_on_with_number(above, line, column)
    if BULLET.match(line.text) or numbered or is_known_head(line.text) or is_known_head(above.text):
        return True
    if _CAPTION.match(line.text) and _FINAL.search(above.text):
        return True
    if LABEL.match(line.text) and begins_with_head(line.text):
        return True
    ended = bool(_FINAL.search(above.text))
    parted = above.direction != line.direction and above.strong and line.strong
    if parted and min(len(above.text), len(line.text)) > 12:
        reaches = line.box[0] - left < size and right - line.box[2] < size
        if ended or not reaches or min(above.box[0] - left, right - above.box[2]) > size:
            return True
    indent, indent_above = _indent(line, left, right), _indent(above, left, right)
    room = _room(above, left, right)
    if hanging:
        return indent < 0.5 * size and (indent_above > 0.8 * size or ended or room > 0.2 * (right - left))
    if 0.8 * size < indent < 6 * size and indent_above < 0.5 * size and (ended or room > 3 * size):
        return True
    shorter = room - _room(line, left, right)
    if 0.8 * size < indent < 6 * size and abs(indent - indent_above) < 0.5 * size and ended and shorter > size:
        return True
    if (
        _centred(above, column)
        and _centred(line, column)
        and not line.bold
        and abs(_width(line) - _width(above)) > size
    ):
        return True
    return ended and room > max(0.12 * (right - left), 3 * size) and shorter > -size


def _goes_on_with_number(above: TextLine, line: TextLine, column: _Column) -> bool:
    """Whether a line that begins like an item of a list goes on with the full line above, which has not ended."""
    if BULLET.match(line.text) or _FINAL.search(above.text) or abs(above.size - line.size) > 0.08 * line.size:
        return False
    level = _indent(line, column.left, column.right) < 0.5 * line.size
    return level and _room(above, column.left, column.right) < 1.5 * above.size


def _width(line: TextLine) -> float:
    return line.box[2] - line.box[0]


def _centred(line: TextLine, column: _Column) -> bool:
    """Whether a line stands in the middle of its column, with room on both sides."""
    before, after = line.box[0] - column.left, column.right - line.box[2]
    return abs(before - after) < 0.6 * line.size and before > 0.08 * (column.right - column.left)


def _hanging(lines: Sequence[TextLine], left: float, right: float) -> set[int]:
    """Ids of the lines of stretches (from heading to heading) in which the second lines of paragraphs are indented.

    There, a line is indented although the one above it, which is not, has no end of a sentence; in usual paragraphs the
    line that is not indented goes on with the sentence of one that is.
    """
    found: set[int] = set()
    stretch: list[TextLine] = []
    for line in [*lines, None]:
        if line is not None and not line.bold and not is_known_head(line.text):
            stretch.append(line)
            continue
        broken = whole = usual = 0
        for above, below in pairwise(stretch):
            size, ended = below.size, _FINAL.search(above.text) is not None
            deep, deep_above = _indent(below, left, right) > 0.8 * size, _indent(above, left, right) > 0.8 * size
            broken += deep and not deep_above and not ended and _room(above, left, right) < 4 * size
            whole += deep and not deep_above and ended
            usual += deep_above and not deep and not ended
        if broken > usual and broken >= whole:
            found.update(id(each) for each in stretch)
        stretch = []
    return found


def _pitch(lines: Sequence[TextLine]) -> float:
    """The usual distance from one baseline to the next, in units of the font size."""
    steps = sorted(
        (below.base - above.base) / below.size
        for above, below in pairwise(lines)
        if 0.8 < (below.base - above.base) / below.size < 3 and abs(above.size - below.size) < 0.08 * below.size
    )
    return steps[len(steps) // 3] if steps else 0.0


# ── notes ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _first_note(lines: Sequence[TextLine], page: Page, body: float) -> int:
    """Index of the first line of the notes at the foot of a column: small lines below the last one of body size.

    Where all lines are small (notes that run under both columns), they stand in the lower half of a page with others.
    """
    first = len(lines)
    while first > 0 and lines[first - 1].size <= _SMALLER * body:
        first -= 1
    if first == len(lines) or (first and is_known_head(lines[first - 1].text)):
        return len(lines)
    last = lines[-1]
    for line in page.lines:  # notes stand at the foot of the page: no text goes on below them
        beside = min(line.box[2], last.box[2]) - max(line.box[0], last.box[0])
        if line.size > _SMALLER * body and line.base > last.base and beside > line.size and line not in lines:
            return len(lines)
    if first == 0 and (lines[0].base < page.height / 2 or all(line.size <= _SMALLER * body for line in page.lines)):
        return len(lines)
    while first < len(lines) and not _starts_note(lines[first]):
        first += 1
    return first


def _starts_note(line: TextLine) -> bool:
    return bool(line.raised and line.raised[0][0] == 0) or _NOTE_START.match(line.text) is not None


def _begins_note(line: TextLine, number: int, *, first: bool) -> tuple[bool, int]:
    """Whether a small line begins a note, and the number of the note it belongs to (0 for a note without one)."""
    if not _starts_note(line):
        return first, number
    match = re.match(r"\W*(\d{1,3})", line.text)
    if match is None:
        return True, 0
    own = int(match[1])
    if first or not number or own == number + 1 or (line.raised and line.raised[0][0] == 0):
        return True, own
    return False, number


# ── tables and captions ────────────────────────────────────────────────────────────────────────────────────────


def _table_end(items: Sequence[Item], at: int) -> int:
    """Index after the table without rules that begins at ``at``, or ``at``: rows of as many cells, two or more, that
    stand under each other."""
    first = items[at]
    if not isinstance(first, TextLine) or len(first.parts) < 2:
        return at
    after = at + 1
    while after < len(items):
        line = items[after]
        if (
            not isinstance(line, TextLine)
            or len(line.parts) != len(first.parts)
            or not _aligned(items[after - 1], line)
        ):
            break
        after += 1
    return after if after - at > 1 else at


def _aligned(above: Item, line: TextLine) -> bool:
    """Whether the parts of two lines stand under each other, by their left edges, right edges or middles."""
    if not isinstance(above, TextLine):
        return False
    apart = 0
    for a, b in zip(above.parts, line.parts, strict=True):
        near = min(abs(a.box[0] - b.box[0]), abs(a.box[2] - b.box[2]), abs(sum(a.box[::2]) - sum(b.box[::2])) / 2)
        apart += near > 0.6 * line.size
    return apart == 0


def _mark_captions(paragraphs: Sequence[Paragraph], body: float) -> None:
    """Give the kind to captions: short paragraphs that begin like one, next to a table or set small."""
    flow = [p for p in paragraphs if p.kind not in _SKIPPED]
    for index, paragraph in enumerate(flow):
        if paragraph.kind not in ("paragraph", "heading") or not paragraph.lines:
            continue
        text = " ".join(line.text for line in paragraph.lines)
        if len(text) > _LONGEST_CAPTION or not _CAPTION.match(text):
            continue
        beside = any(p.kind == "table" for p in flow[max(0, index - 1) : index + 2])
        if beside or paragraph.lines[0].size <= _SMALLER * body:
            paragraph.kind, paragraph.level = "caption", None


# ── the whole document ─────────────────────────────────────────────────────────────────────────────────────────


def _rank_headings(paragraphs: Sequence[Paragraph]) -> None:
    """Levels of headings by their size, the largest first; bold ones of body size come last."""
    sizes = {round(p.lines[0].size) for p in paragraphs if p.kind == "heading"}
    ranks = {size: rank for rank, size in enumerate(sorted(sizes, reverse=True), start=1)}
    for paragraph in paragraphs:
        if paragraph.kind == "heading":
            paragraph.level = min(ranks[round(paragraph.lines[0].size)], 6)
        elif paragraph.kind == "list_item":
            paragraph.level = 1


def _joined(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs with the halves that a column or a page parts put together."""
    starts = [p for p in paragraphs if p.kind == "paragraph" and not p.first]
    indents = sum(p.indented for p in starts) * 2 > len(starts) > 3
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        split = _split_table(found, paragraph)
        if split is not None:
            split.grid.extend(paragraph.grid)
            split.last = paragraph.last
            continue
        before = _open_end(found, paragraph)
        if before is not None and _continues(before, paragraph, indents=indents):
            before.lines.extend(paragraph.lines)
            before.last, before.full = paragraph.last, paragraph.full
        else:
            found.append(paragraph)
    return found


def _split_table(found: Sequence[Paragraph], paragraph: Paragraph) -> Paragraph | None:
    """The table at the foot of the column before that a table at the top of this one goes on with."""
    if paragraph.kind != "table" or not paragraph.first:
        return None
    before = next((p for p in reversed(found) if p.kind not in _SKIPPED), None)
    if before is None or before.kind != "table" or not before.last:
        return None
    return before if {len(row) for row in before.grid} == {len(row) for row in paragraph.grid} else None


def _open_end(found: Sequence[Paragraph], paragraph: Paragraph) -> Paragraph | None:
    """The paragraph at the foot of the column before, if ``paragraph`` stands at the top of the next one."""
    if paragraph.kind != "paragraph" or not paragraph.lines:
        return None
    floats = 0
    for before in reversed(found):
        if before.kind in _SKIPPED:
            continue
        if before.kind in _FLOATS:
            floats += 1
            if floats > 2:
                return None
            continue
        if before.kind not in ("paragraph", "list_item") or not before.lines:
            return None
        moved = before.lines[-1].page != paragraph.lines[0].page or before.last
        return before if moved and (paragraph.first or floats) else None
    return None


def _continues(before: Paragraph, paragraph: Paragraph, *, indents: bool) -> bool:
    """Whether a paragraph at the top of a column goes on with the one at the foot of the column before."""
    last, first = before.lines[-1], paragraph.lines[0]
    if abs(last.size - first.size) > 0.08 * last.size or last.bold != first.bold:
        return False
    if last.direction != first.direction and not before.full:
        return False
    if _BROKEN_WORD.search(last.text) and first.text[:1].islower():
        return True
    if paragraph.indented and indents:
        return False
    if goes_on(" ".join(line.text for line in before.lines), first.text, certain=before.full):
        return True
    if not before.full or len(first.text.split()) < 2:
        return False
    return indents or not _SENTENCE_END.search(last.text)
