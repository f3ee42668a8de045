"""Which lines of a PDF's pages are furniture: running heads, page numbers, watermarks.

Furniture is what comes back at the same place on other pages, what counts the pages, and what portals print on the
files they hand out. Only the outermost lines of a page and lines that do not run level are looked at.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.read.furniture import is_caption, is_page_number, is_watermark, names_journal, running_head_key
from pipeline.read.pdf_layout import Page
from pipeline.read.pdf_lines import TextLine

_EDGE_ROWS = 3  # rows at either end of a page that are looked at
_SAME_PLACE = 10.0  # points
_SMALLER = 0.92  # of the body size
_SET_APART = 1.9  # of the body size: the step from a head to the text
_LONGEST_HEAD = 120  # characters
_FEW_STAMPS = 4  # a page with more lines that do not run level is a page shown sideways
_NUMBER = re.compile(r"\d+")
_PLACE = tuple[str, str]


def find_furniture(pages: Sequence[Page], body: float) -> set[int]:
    """The ids of the lines (or parts of lines) that are furniture; ``body`` is the size of running text."""
    heights: dict[_PLACE, list[tuple[int, float]]] = defaultdict(list)
    counts: Counter[str] = Counter()
    candidates: list[tuple[Page, TextLine, str, int]] = []
    for page in pages:
        for line, side, row in edge_lines(page):
            candidates.append((page, line, side, row))
            key = running_head_key(line.text)
            if len(key) > 2:
                heights[side, key].append((page.number, _height(page, line, side)))
        for key in {running_head_key(line.text) for line in page.turned}:
            counts[key] += 1
    found = _set_apart(pages, body)
    counters = _page_counters(candidates)
    for page, line, side, row in candidates:
        text = line.text
        journal = side == "top" and row < 2 and line.size <= _SMALLER * body and names_journal(text)
        number = row == 0 and is_page_number(text)
        places = heights.get((side, running_head_key(text)), [])
        if is_watermark(text) or number or journal or id(line) in counters or _comes_back(places, page, line, side):
            found.add(id(line))
    for page in pages:
        for line in page.turned:
            stamp = len(page.turned) <= _FEW_STAMPS and line.size > 1.5 * body > 0
            if is_watermark(line.text) or counts[running_head_key(line.text)] > 1 or stamp:
                found.add(id(line))
        for line in page.lines:
            if is_watermark(line.text):
                found.add(id(line))
    return found


def _set_apart(pages: Sequence[Page], body: float) -> set[int]:
    """Ids of the lines that stand over the text at one height of several pages, whatever they say: heads that name the
    part of the article, or the author on one page and the title on the next. They are small, or on every page."""
    heads: list[tuple[int, TextLine]] = []
    for page in pages:
        rows = [(line, row) for line, side, row in edge_lines(page) if side == "top"]
        first, second = [line for line, row in rows if row == 0], [line for line, row in rows if row == 1]
        if not first or not second or second[0].base - first[0].base < _SET_APART * body:
            continue
        if all(line.size <= 1.02 * body and len(line.text) <= _LONGEST_HEAD for line in first):
            heads.extend((page.number, line) for line in first if not is_caption(line.text))
    everywhere = len({number for number, _ in heads}) == len({page.number for page in pages})
    return {
        id(line)
        for number, line in heads
        if (everywhere or line.size <= _SMALLER * body)
        and any(n != number and abs(o.base - line.base) < 3 and abs(o.size - line.size) < 0.5 for n, o in heads)
    }


def edge_lines(page: Page) -> Iterable[tuple[TextLine, str, int]]:
    """The outermost lines of a page, each part of a line with wide gaps alone, with their side and row from it."""
    pieces = sorted((piece for line in page.lines for piece in (line.parts or [line])), key=lambda piece: piece.base)
    rows: list[list[TextLine]] = []
    for piece in pieces:
        if rows and piece.base - rows[-1][0].base < 0.4 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for number, row in enumerate(rows[:_EDGE_ROWS]):
        if row[0].base < page.height / 2:
            yield from ((piece, "top", number) for piece in row)
    for number, row in enumerate(rows[::-1][:_EDGE_ROWS]):
        if row[0].base >= page.height / 2:
            yield from ((piece, "bottom", number) for piece in row)


def _height(page: Page, line: TextLine, side: str) -> float:
    return line.base if side == "top" else page.height - line.base


def _comes_back(places: Sequence[tuple[int, float]], page: Page, line: TextLine, side: str) -> bool:
    """Whether the same words stand at the same height of another page."""
    here = _height(page, line, side)
    return any(number != page.number and abs(height - here) < _SAME_PLACE for number, height in places)


def _page_counters(candidates: Sequence[tuple[Page, TextLine, str, int]]) -> set[int]:
    """Ids of the short lines whose only number grows with the pages, at the same height on two pages or more."""
    groups: dict[tuple[str, str, int], list[tuple[Page, TextLine]]] = defaultdict(list)
    for page, line, side, _ in candidates:
        numbers = _NUMBER.findall(line.text)
        if len(line.text) <= 24 and len(numbers) == 1 and len(numbers[0]) <= 4:
            frame = _NUMBER.sub("#", line.text)
            groups[side, frame, int(numbers[0]) - page.number].append((page, line))
    found: set[int] = set()
    for (side, _, _), members in groups.items():
        for page, line in members:
            here = _height(page, line, side)
            if any(p.number != page.number and abs(_height(p, o, side) - here) < _SAME_PLACE for p, o in members):
                found.add(id(line))
    return found
