"""The blocks of a Markdown text, with exact offsets.

A line-by-line scan in the manner of CommonMark 0.31 (https://spec.commonmark.org), simplified to leaf blocks and made
lenient where scanned articles ask for it:

- an indented line is a paragraph, never code: OCR indents first lines;
- ``##Heading`` without a space is a heading, a setext underline needs a short paragraph above it;
- items may be numbered in Persian digits and as ``۱-``; numbers of four digits are years;
- tab-separated lines are a table, and a line that is a portal's watermark stands alone.

Quotes are scanned for their paragraphs, and the paragraphs that follow in a list item belong to the item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline import record
from pipeline.article import Markup, MarkupKind
from pipeline.read.characters import Line, lines_of
from pipeline.read.document import Draft
from pipeline.read.furniture import is_watermark
from pipeline.read.line_patterns import BULLET, NUMBER, RULE, number_at, tab_table_end
from pipeline.text.offsets import Span

_ATX = re.compile(r"#{1,6}(?:[ \t\u00a0]+|$)|#{2,6}(?=[^\W\d_])")
_ATX_CLOSE = re.compile(r"[ \t]+#+$")
_SETEXT = re.compile(r"(?:={2,}|-{3,})\Z")
_FENCE = re.compile(r"(`{3,})[^`]*\Z|(~{3,})")
_QUOTE_PREFIX = re.compile(r">[ \t]?")
_DELIMITER_ROW = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?\Z")
_PIPE = re.compile(r"(?<!\\)\|")
_NOTE_LABEL = re.compile(r"\[\^[^\]\s]{1,40}\]:[ \t]*")
_LINK_LABEL = re.compile(r"\[([^\]^][^\]]{0,200})\]:[ \t]*\S{1,2000}(?:[ \t]+[\"'(].*)?\Z")
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_YAML_LINE = re.compile(r"[\w\"'][^:\n]*:(?:\s|$)|\s|-\s|#|$")
_SETEXT_LONGEST = 200
_FRONT_MATTER_LONGEST = 200  # lines


@dataclass(slots=True)
class Outline:
    """What a scan finds: blocks in order, marks that belong to them, stretches that may hold inline markup, and the
    labels that links refer to."""

    drafts: list[Draft] = field(default_factory=list)
    marks: list[Markup] = field(default_factory=list)
    inline: list[tuple[int, int]] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)


def scan(text: str) -> Outline:
    """The outline of a Markdown text."""
    lines = lines_of(text)
    outline = Outline()
    first = _front_matter_end(text, lines)
    if first:
        outline.drafts.append(Draft("code", lines[0].start, lines[first - 1].end))
    _Scan(text, lines[first:], outline).run()
    outline.drafts.sort(key=lambda draft: draft.start)
    return outline


def _front_matter_end(text: str, lines: list[Line]) -> int:
    """Index after the YAML front matter, or 0."""
    if not lines or text[lines[0].left : lines[0].end] != "---":
        return 0
    for index, line in enumerate(lines[1:_FRONT_MATTER_LONGEST], start=1):
        content = text[line.left : line.end]
        if content in ("---", "..."):
            return index + 1 if index > 1 else 0
        if not _YAML_LINE.match(content):
            return 0
    return 0


class _Scan:
    """One pass over a list of lines. ``open_items`` holds the columns at which the open list items' texts begin."""

    def __init__(self, text: str, lines: list[Line], outline: Outline, *, quoted: bool = False) -> None:
        self.text = text
        self.lines = lines
        self.outline = outline
        self.quoted = quoted
        self.open_items: list[int] = []
        self.last_item: Draft | None = None

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            at = at + 1 if line.blank else self.block(at)

    def block(self, at: int) -> int:
        """Read the block that begins at line ``at``; the index of the line after it."""
        text, line = self.text, self.lines[at]
        first = text[line.start]
        if first == "#" and (match := _ATX.match(text, line.start, line.end)):
            return self.atx_heading(at, match.end())
        if first in "-*_─━═—–" and RULE.match(text[line.start : line.end]):
            self.close_list()
            self.mark("rule", line.start, line.end)
            return self.add("rule", at, at + 1)
        if first in "`~" and _FENCE.match(text[line.start : line.end]):
            return self.fence(at)
        if first == ">":
            return self.quote(at)
        if first == "<":
            after = self.html(at)
            if after > at:
                return after
        if first == "[":
            after = self.definition(at)
            if after > at:
                return after
        if (after := self.pipe_table_end(at)) > at:
            return self.pipe_table(at, after)
        if (after := tab_table_end(text, self.lines, at)) > at:
            self.close_list()
            for row in self.lines[at:after]:
                self.outline.inline.append((row.start, row.end))
            return self.add("table", at, after)
        if item := self.item_at(line):
            return self.list_item(at, item)
        if is_watermark(text[line.start : line.end]):
            return self.add("furniture", at, at + 1)
        return self.paragraph(at)

    # ── one method a kind of block; each returns the index of the line after the block ────────────────────────

    def atx_heading(self, at: int, content: int) -> int:
        line = self.lines[at]
        self.close_list()
        level = self.text[line.start : content].count("#")
        end = line.end
        self.mark("heading", line.start, content)
        if close := _ATX_CLOSE.search(self.text, content, line.end):
            self.mark("heading", close.start(), close.end())
            end = close.start()
        self.outline.inline.append((content, end))
        return self.add("heading", at, at + 1, level=level)

    def fence(self, at: int) -> int:
        opening = _FENCE.match(self.text[self.lines[at].start : self.lines[at].end])
        fence = (opening[1] or opening[2]) if opening else "```"
        after = at + 1
        while after < len(self.lines):
            line = self.lines[after]
            after += 1
            content = self.text[line.start : line.end]
            if content.startswith(fence) and not content.strip(fence[0]):
                break
        while self.lines[after - 1].blank:
            after -= 1
        return self.add("code", at, after)

    def quote(self, at: int) -> int:
        """A run of quoted lines; the prefix is taken off and what remains is scanned for its blocks."""
        self.close_list()
        inner: list[Line] = []
        after = at
        while after < len(self.lines) and not self.lines[after].blank:
            line = self.lines[after]
            if self.text[line.start] == ">":
                match = _QUOTE_PREFIX.match(self.text, line.start, line.end)
                left = match.end() if match else line.start + 1
                self.mark("quote", line.start, left)
                start = left
                while start < line.end and self.text[start].isspace():
                    start += 1
                inner.append(Line(left, start, line.end))
            elif self.interrupts(after) or (inner and inner[-1].blank):
                break
            else:
                inner.append(line)
            after += 1
        nested = Outline(labels=self.outline.labels)
        _Scan(self.text, inner, nested, quoted=True).run()
        for draft in nested.drafts:
            if draft.kind in ("paragraph", "heading", "list_item"):
                draft.kind, draft.level = "quote", None
        if nested.drafts:
            nested.drafts[0].start = min(self.lines[at].start, nested.drafts[0].start)
        else:
            nested.drafts.append(Draft("quote", self.lines[at].start, self.lines[after - 1].end))
        self.outline.drafts.extend(nested.drafts)
        self.outline.marks.extend(nested.marks)
        self.outline.inline.extend(nested.inline)
        return after

    def html(self, at: int) -> int:
        """A comment or a table in HTML, or ``at`` when the line is neither."""
        line = self.lines[at]
        if self.text.startswith("<!--", line.start):
            close = self.text.find("-->", line.start)
            after = self.line_after(at, close + 3) if close >= 0 else at
            if close < 0 or self.text[close + 3 : self.lines[after - 1].end].strip():
                return at
            self.mark("tag", line.start, close + 3)
            return self.add("code", at, after)
        if _HTML_TABLE.match(self.text, line.start, line.end):
            close_tag = _HTML_TABLE_END.search(self.text, line.start)
            if close_tag:
                after = self.line_after(at, close_tag.end())
                self.outline.inline.append((line.start, self.lines[after - 1].end))
                return self.add("table", at, after)
        return at

    def definition(self, at: int) -> int:
        """A note (``[^1]: …``) or the target of reference links (``[1]: http…``), or ``at`` when it is neither."""
        line = self.lines[at]
        if match := _NOTE_LABEL.match(self.text, line.start, line.end):
            self.close_list()
            self.mark("list", line.start, match.end())
            after = self.paragraph_end(at)
            self.outline.inline.append((match.end(), self.lines[after - 1].end))
            return self.add("note", at, after)
        if link := _LINK_LABEL.match(self.text[line.start : line.end]):
            self.outline.labels.add(" ".join(link[1].split()).casefold())
            self.mark("link", line.start, line.end)
            return self.add("code", at, at + 1)
        return at

    def pipe_table_end(self, at: int) -> int:
        """Index after the pipe table that begins at ``at``, or ``at``: a head and a delimiter row, or framed rows."""
        line = self.lines[at]
        if "|" not in self.text[line.start : line.end] or at + 1 >= len(self.lines):
            return at
        below = self.lines[at + 1]
        delimited = "|" in self.text[below.start : below.end] and _DELIMITER_ROW.match(
            self.text[below.start : below.end]
        )
        if not delimited and not (self.framed(line) and self.framed(below)):
            return at
        after = at + 1
        while after < len(self.lines) and not self.lines[after].blank:
            if "|" not in self.text[self.lines[after].start : self.lines[after].end]:
                break
            after += 1
        return after

    def framed(self, line: Line) -> bool:
        """Whether a line is a row between two pipes."""
        return line.end - line.start > 2 and self.text[line.start] == self.text[line.end - 1] == "|"

    def pipe_table(self, at: int, after: int) -> int:
        self.close_list()
        for row in self.lines[at:after]:
            if _DELIMITER_ROW.match(self.text[row.start : row.end]):
                self.mark("table", row.start, row.end)
                continue
            cell = row.start
            for pipe in _PIPE.finditer(self.text, row.start, row.end):
                self.mark("table", pipe.start(), pipe.end())
                self.outline.inline.append((cell, pipe.start()))
                cell = pipe.end()
            self.outline.inline.append((cell, row.end))
        return self.add("table", at, after)

    def list_item(self, at: int, item: re.Match[str]) -> int:
        line = self.lines[at]
        column = self.column(line)
        while self.open_items and column < self.open_items[-1]:
            self.open_items.pop()
        self.open_items.append(column + item.end() - item.start())
        self.mark("list", line.start, item.end())
        after = at + 1
        while after < len(self.lines) and not self.ends_paragraph(after, in_list=True):
            after += 1
        self.outline.inline.append((item.end(), self.lines[after - 1].end))
        self.add("list_item", at, after, level=len(self.open_items))
        self.last_item = self.outline.drafts[-1]
        return after

    def paragraph(self, at: int) -> int:
        line = self.lines[at]
        if self.open_items:
            if self.last_item is not None and self.column(line) >= min(self.open_items[0], 4) > 1:
                after = self.paragraph_end(at)
                self.outline.inline.append((line.start, self.lines[after - 1].end))
                self.last_item.end = self.lines[after - 1].end
                return after
            self.close_list()
        after = self.paragraph_end(at)
        end = self.lines[after - 1].end
        self.outline.inline.append((line.start, end))
        if after < len(self.lines) and after - at <= 2 and end - line.start <= _SETEXT_LONGEST:
            underline = self.lines[after]
            if not underline.blank and _SETEXT.match(self.text[underline.start : underline.end]):
                self.mark("heading", underline.start, underline.end)
                return self.add("heading", at, after + 1, level=1 if self.text[underline.start] == "=" else 2)
        return self.add("paragraph", at, after)

    # ── where blocks begin and end ────────────────────────────────────────────────────────────────────────────

    def paragraph_end(self, at: int) -> int:
        after = at + 1
        while after < len(self.lines) and not self.ends_paragraph(after):
            after += 1
        return after

    def ends_paragraph(self, at: int, *, in_list: bool = False) -> bool:
        line = self.lines[at]
        return line.blank or line.new_page or self.interrupts(at, in_list=in_list)

    def interrupts(self, at: int, *, in_list: bool = False) -> bool:
        """Whether line ``at`` begins a block even right under a paragraph; a number does so only within a list, or
        when it is 1."""
        text, line = self.text, self.lines[at]
        if line.blank:
            return True
        first = text[line.start]
        if first.isalpha() and first != "_":
            plain = True
        else:
            content = text[line.start : line.end]
            if first == "#" and _ATX.match(content):
                return True
            if RULE.match(content) or _SETEXT.match(content) or _FENCE.match(content):
                return True
            if first == ">" or BULLET.match(content):
                return True
            if (number := number_at(text, line.start, line.end)) is not None and (in_list or number == 1):
                return True
            if first == "<" and (content.startswith("<!--") or _HTML_TABLE.match(content)):
                return True
            if first == "[" and (_NOTE_LABEL.match(content) or _LINK_LABEL.match(content)):
                return True
            plain = False
        if "|" in text[line.start : line.end] and self.pipe_table_end(at) > at:
            return True
        if "\t" in text[line.start : line.end] and tab_table_end(text, self.lines, at) > at:
            return True
        return (plain or first == "[") and line.end - line.start <= 200 and is_watermark(text[line.start : line.end])

    def item_at(self, line: Line) -> re.Match[str] | None:
        return BULLET.match(self.text, line.start, line.end) or NUMBER.match(self.text, line.start, line.end)

    def column(self, line: Line) -> int:
        """Width of the white space before a line's text; a tab counts four."""
        return sum(4 if character == "\t" else 1 for character in self.text[line.left : line.start])

    def line_after(self, at: int, offset: int) -> int:
        """Index after the line that holds ``offset - 1``."""
        after = at + 1
        while after < len(self.lines) and self.lines[after].left < offset:
            after += 1
        return after

    def close_list(self) -> None:
        self.open_items.clear()
        self.last_item = None

    def mark(self, kind: MarkupKind, start: int, end: int) -> None:
        self.outline.marks.append(Markup(kind, Span(start, end)))

    def add(self, kind: record.BlockKind, at: int, after: int, *, level: int | None = None) -> int:
        """Add the block of the lines ``[at, after)``; returns ``after``."""
        self.outline.drafts.append(Draft(kind, self.lines[at].start, self.lines[after - 1].end, level))
        return after
