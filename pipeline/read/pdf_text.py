"""The article's text built from paragraphs: blocks with a blank line between them, the lines of a paragraph joined,
hyphenation undone, the rows of a table on lines of their own with tabs between the cells; and where each line stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline import record
from pipeline.article import Markup, MarkupKind
from pipeline.read.document import Draft
from pipeline.read.hyphenation import Vocabulary
from pipeline.read.line_patterns import BULLET, NUMBER
from pipeline.read.pdf_glyphs import Box
from pipeline.read.pdf_layout import Page, box_around
from pipeline.read.pdf_lines import Range, TextLine
from pipeline.read.pdf_paragraphs import Paragraph
from pipeline.text.bidi import Direction, rtl_share
from pipeline.text.brackets import mend_brackets
from pipeline.text.offsets import Span

#: A note's number without a space after it; ``3D`` is a word.
_MOST_EMPHASISED = 0.6  # of a paragraph: more is the type of the paragraph, and emphasises nothing
_CLOSE_NUMBER = re.compile(r"\d{1,3}(?=[«»“”\"‘()]\w|[^\W\d_][^\W\d_])")


@dataclass(slots=True)
class Built:
    """The text of a document, its blocks and markup, the lines of each page as (start, end, box), and what is set in
    italics or bold type within paragraphs that are not."""

    text: str = ""
    drafts: list[Draft] = field(default_factory=list)
    marks: list[Markup] = field(default_factory=list)
    places: dict[int, list[tuple[int, int, Box]]] = field(default_factory=lambda: defaultdict(list))
    emphasised: list[Span] = field(default_factory=list)

    def pages(self, pages: Sequence[Page]) -> list[record.PageLayout]:
        """The record's description of the pages."""
        return [
            record.PageLayout(
                number=page.number,
                width=round(page.width, 1),
                height=round(page.height, 1),
                method=page.method,
                confidence=page.confidence,
                lines=[(start, end, *box) for start, end, box in sorted(self.places[page.number])],
            )
            for page in pages
        ]


@dataclass(slots=True)
class _Piece:
    """The text of one paragraph: raised note markers, emphasised words, and where in it each line begins and stands."""

    text: str
    raised: list[Range]
    emphasised: list[Range]
    lines: list[tuple[int, int, int, Box]]  # start, end, page, box


def built(paragraphs: Sequence[Paragraph]) -> Built:
    """The text of a document."""
    vocabulary = Vocabulary(line.text for paragraph in paragraphs for line in paragraph.lines)
    result = Built()
    pieces: list[str] = []
    at = 0
    for paragraph in paragraphs:
        piece = (
            _table_text(paragraph, vocabulary) if paragraph.kind == "table" else _running_text(paragraph, vocabulary)
        )
        if not piece.text:
            continue
        if pieces:
            pieces.append("\n\n")
            at += 2
        first = piece.lines[0][2]
        box = box_around([box for _, _, page, box in piece.lines if page == first])
        result.drafts.append(Draft(paragraph.kind, at, at + len(piece.text), paragraph.level, first, box))
        raised = piece.raised
        if paragraph.kind in ("list_item", "note") and (label := BULLET.match(piece.text) or NUMBER.match(piece.text)):
            result.marks.append(Markup("list", Span(at, at + label.end())))
            raised = [(start, end) for start, end in raised if start >= label.end()]
        for start, end in raised:
            kind: MarkupKind = "list" if paragraph.kind == "note" and start == 0 else "note_marker"
            result.marks.append(Markup(kind, Span(at + start, at + end)))
        result.emphasised += [Span(at + start, at + end) for start, end in piece.emphasised]
        for start, end, page, box in piece.lines:
            result.places[page].append((at + start, at + end, box_around([box])))
        pieces.append(piece.text)
        at += len(piece.text)
    result.text = "".join(pieces)
    result.marks.sort(key=lambda mark: mark.span)
    return result


def _table_text(paragraph: Paragraph, vocabulary: Vocabulary) -> _Piece:
    text = ""
    lines: list[tuple[int, int, int, Box]] = []
    page = paragraph.page
    for number, row in enumerate(paragraph.grid):
        text += "\n" if number else ""
        for index, cell in enumerate(row):
            text += "\t" if index else ""
            words = ""
            for line in cell.lines:
                words = vocabulary.joined(words, line.text.strip())
            words = mend_brackets(unicodedata.normalize("NFC", " ".join(words.split())))
            if words:
                box = box_around([line.place for line in cell.lines])
                lines.append((len(text), len(text) + len(words), page, box))
            text += words
    return _Piece(text, [], [], lines)


def _running_text(paragraph: Paragraph, vocabulary: Vocabulary) -> _Piece:
    """A paragraph's lines as one line, hyphenation undone."""
    direction = paragraph_direction(paragraph)
    text = ""
    raised: list[Range] = []
    emphasised: list[Range] = []
    lines: list[tuple[int, int, int, Box]] = []
    for line in paragraph.lines:
        if (line.direction != direction or line.mixed) and not line.turned:
            line.resolve(direction, text)
        content = line.text
        if not content:
            continue
        lead = len(content) - len(content.lstrip())
        content = content.strip()
        if text and lead == 0 and line.raised and line.raised[0][0] == 0:
            pass  # the mark of a note, parted from its word
        else:
            text = vocabulary.joined(text, content)[: -len(content)]
        first = len(text) - lead
        raised.extend((first + start, first + end) for start, end in line.raised)
        emphasised.extend((first + start, first + end) for start, end in line.emphasised)
        lines.append((len(text), len(text) + len(content), line.page, line.place))
        text += content
    if paragraph.kind == "note" and (label := _CLOSE_NUMBER.match(text)):
        at = label.end()  # a note's number, set close to its words
        text = f"{text[:at]} {text[at:]}"
        raised = _behind(raised, at)
        emphasised = _behind(emphasised, at)
        lines = [(start + (start > 0), end + 1, page, box) for start, end, page, box in lines]
    lines = [(start, min(end, nxt[0]), page, box) for (start, end, page, box), nxt in zip(
        lines, [*lines[1:], (len(text), 0, 0, (0.0, 0.0, 0.0, 0.0))], strict=True
    )]  # fmt: skip
    return _Piece(mend_brackets(text), raised, _stretches(text, emphasised), lines)


def _behind(ranges: Sequence[Range], at: int) -> list[Range]:
    """Ranges of a text that was given another character at ``at``."""
    return [(start + (start >= at), end + (end > at)) for start, end in ranges]


def _stretches(text: str, ranges: Sequence[Range]) -> list[Range]:
    """Emphasised words of a paragraph, joined over the ends of lines; none where most of it is set so."""
    if sum(end - start for start, end in ranges) > _MOST_EMPHASISED * len(text):
        return []
    joined: list[Range] = []
    for start, end in ranges:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def paragraph_direction(paragraph: Paragraph) -> Direction:
    """The direction of most of a paragraph's lines, or of its letters where the lines are divided."""
    strong = [line for line in paragraph.lines if line.strong] or paragraph.lines
    rtl = sum(line.direction == "rtl" for line in strong)
    if rtl * 2 != len(strong):
        return "rtl" if rtl * 2 > len(strong) else "ltr"
    share = rtl_share(" ".join(line.text for line in paragraph.lines))
    return paragraph.lines[0].direction if share is None else "rtl" if share >= 0.4 else "ltr"


def confidence_of(lines: Sequence[TextLine]) -> float | None:
    """The mean confidence of lines that OCR has read, or None for a text layer."""
    known = [(line.confidence, len(line.text)) for line in lines if line.confidence is not None]
    weight = sum(length for _, length in known)
    return round(sum(value * length for value, length in known) / weight, 3) if weight else None
