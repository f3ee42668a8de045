"""The plain-text reader: paragraphs, headings, lists and tab-separated tables, without any markup but item numbers.

Blank lines part paragraphs. Within a stretch of lines, a line is joined with the next one when it is *full*: when the
first word of the next line would not have fitted into the width of the text. So hard-wrapped paragraphs are whole, the
lines of an address stay apart, and a file without blank lines is read line by line.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from pipeline.article import Markup, SourceFile
from pipeline.read.characters import Line, characters_of, lines_of, page_starts
from pipeline.read.continuation import mark_continuations
from pipeline.read.document import Draft, ReadDocument, ReadSettings, finish
from pipeline.read.furniture import is_watermark, mark_furniture
from pipeline.read.line_patterns import BULLET, LABEL, NUMBER, RULE, begins_with_head, is_known_head, tab_table_end
from pipeline.read.markdown import BareWords
from pipeline.text.offsets import Span

_SECTION_NUMBER = re.compile(r"(?:(?P<arabic>\d{1,2}(?:[.\-]\d{1,2}){0,3})[.)\-]?|[IVX]{1,5}\.)\s+(?=[^\W\d_])")
_FINAL = re.compile(r"[.!?؟;؛,،:…]\W*$")
_WIDEST_WRAP = 120  # characters; longer lines were not wrapped by hand
_NARROWEST_WRAP = 40
_LONGEST_HEADING = 90


def read_plain(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read a plain-text file. Raises ReadError."""
    characters = characters_of(file, settings)
    text = characters.text
    drafts, marks = _PlainScan(text).run()
    words = BareWords(text, marks)
    if settings.furniture:
        mark_furniture(drafts, words)
    mark_continuations(text, drafts, words)
    starts = page_starts(text)
    if starts:
        for draft in drafts:
            draft.page = bisect_right(starts, draft.start)
    return ReadDocument(
        text=text,
        media_type="text/plain",
        blocks=finish(text, drafts),
        markup=marks,
        diagnostics=characters.diagnostics,
        encoding=characters.encoding,
        pages=len(starts) or None,
    )


class _PlainScan:
    """One pass over the lines of a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = lines_of(text)
        self.width = _wrap_width(self.lines)
        self.drafts: list[Draft] = []
        self.marks: list[Markup] = []

    def run(self) -> tuple[list[Draft], list[Markup]]:
        at = 0
        while at < len(self.lines):
            at = at + 1 if self.lines[at].blank else self.block(at)
        return self.drafts, self.marks

    def block(self, at: int) -> int:
        """Read the block that begins at line ``at``; the index of the line after it."""
        line = self.lines[at]
        content = self.text[line.start : line.end]
        if RULE.match(content):
            self.marks.append(Markup("rule", Span(line.start, line.end)))
            return self.add(Draft("rule", line.start, line.end), at + 1)
        if is_watermark(content):
            return self.add(Draft("furniture", line.start, line.end), at + 1)
        if (after := tab_table_end(self.text, self.lines, at)) > at:
            return self.add(Draft("table", line.start, self.lines[after - 1].end), after)
        level = self.heading_level(at)
        if level is not None:
            return self.add(Draft("heading", line.start, line.end, level), at + 1)
        item = BULLET.match(self.text, line.start, line.end) or NUMBER.match(self.text, line.start, line.end)
        after = at + 1
        while after < len(self.lines) and self.joins(after - 1, after, in_list=item is not None):
            after += 1
        if item:
            self.marks.append(Markup("list", Span(line.start, item.end())))
            return self.add(Draft("list_item", line.start, self.lines[after - 1].end, 1), after)
        return self.add(Draft("paragraph", line.start, self.lines[after - 1].end), after)

    def joins(self, above: int, below: int, *, in_list: bool) -> bool:
        """Whether line ``below`` goes on with the paragraph of the line above it."""
        upper, lower = self.lines[above], self.lines[below]
        if lower.blank or lower.new_page:
            return False
        content = self.text[lower.start : lower.end]
        if RULE.match(content) or BULLET.match(content) or is_watermark(content) or is_known_head(content):
            return False
        if (in_list and NUMBER.match(content)) or (begins_with_head(content) and LABEL.match(content)):
            return False
        if tab_table_end(self.text, self.lines, below) > below:
            return False
        next_word = len(content.split(None, 1)[0])
        return self.width is not None and upper.end - upper.left + 1 + next_word > self.width - _slack(self.width)

    def heading_level(self, at: int) -> int | None:
        """The level of the heading on line ``at``, or None. Doubtful lines are no headings."""
        line = self.lines[at]
        content = self.text[line.start : line.end]
        if len(content) > _LONGEST_HEADING:
            return None
        if is_known_head(content):
            return 1
        alone = (at == 0 or self.lines[at - 1].blank) and (at + 1 == len(self.lines) or self.lines[at + 1].blank)
        if not alone or _FINAL.search(content) or len(content.split()) > 14:
            return None
        if number := _SECTION_NUMBER.match(content):
            depth = number["arabic"] or ""
            return None if self.numbered_neighbour(at) else 1 + depth.count(".") + depth.count("-")
        letters = [c for c in content if c.isalpha()]
        shouted = len(letters) > 5 and all(c.isupper() for c in letters if c.upper() != c.lower())
        return 1 if shouted and content.isascii() and " " in content.strip() else None

    def numbered_neighbour(self, at: int) -> bool:
        """Whether the next paragraph is numbered like this line: then both are items of a list, not headings."""
        following = at + 1
        while following < len(self.lines) and self.lines[following].blank:
            following += 1
        if following == len(self.lines):
            return False
        below = self.lines[following]
        return NUMBER.match(self.text, below.start, below.end) is not None

    def add(self, draft: Draft, after: int) -> int:
        self.drafts.append(draft)
        return after


def _wrap_width(lines: list[Line]) -> int | None:
    """The width at which the lines were wrapped by hand, or None when they were not.

    Wrapped text shows in its lines' lengths: most of them end close below one width, and none goes far beyond it.
    """
    lengths = sorted(line.end - line.left for line in lines if not line.blank)
    if len(lengths) < 3:
        return None
    width = lengths[int(len(lengths) * 0.98)]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP or lengths[-1] > 1.5 * width:
        return None
    full = sum(1 for length in lengths if length > 0.75 * width)
    return width if full * 5 >= 2 * len(lengths) else None


def _slack(width: int) -> int:
    """How much shorter than the width a full line may be: ragged wrapping and letters of unequal width."""
    return max(4, width // 8)
