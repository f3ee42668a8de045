"""The Markdown reader: the file's own text, its blocks, and the markup in it.

The text keeps its markup in place, so that an offset into it is an offset into the file (where that was UTF-8, NFC
and LF already). Blocks come from :mod:`.markdown_blocks`, marks inside them from :mod:`.markdown_inline`; furniture
and continued paragraphs are recognised by the rules all formats share.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pipeline.article import Markup, SourceFile
from pipeline.read.characters import characters_of, page_starts
from pipeline.read.continuation import mark_continuations
from pipeline.read.document import Draft, ReadDocument, ReadSettings, finish
from pipeline.read.furniture import mark_furniture
from pipeline.read.markdown_blocks import scan
from pipeline.read.markdown_inline import InlineScanner


def read_markdown(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read a Markdown file, OCR'd ones included. Raises ReadError."""
    characters = characters_of(file, settings)
    text = characters.text
    outline = scan(text)
    inline = InlineScanner(text, outline.labels)
    marks = list(outline.marks)
    for start, end in outline.inline:
        marks.extend(inline.marks(start, end))
    marks = _apart(marks)
    words = BareWords(text, marks)
    if settings.furniture:
        mark_furniture(outline.drafts, words)
    mark_continuations(text, outline.drafts, words)
    starts = page_starts(text)
    if starts:
        for draft in outline.drafts:
            draft.page = bisect_right(starts, draft.start)
    return ReadDocument(
        text=text,
        media_type="text/markdown",
        blocks=finish(text, outline.drafts),
        markup=marks,
        diagnostics=characters.diagnostics,
        encoding=characters.encoding,
        pages=len(starts) or None,
    )


class BareWords:
    """The words of a block, without the markup, for the rules that look at how a block begins and ends."""

    def __init__(self, text: str, marks: list[Markup]) -> None:
        self.text = text
        self.marks = [mark.span for mark in marks]

    def __call__(self, draft: Draft) -> str:
        pieces, at = [], draft.start
        first = bisect_left(self.marks, (draft.start, draft.start))
        for start, end in self.marks[first : bisect_left(self.marks, (draft.end, draft.end))]:
            pieces.append(self.text[at:start])
            at = end
        pieces.append(self.text[at : draft.end])
        return "".join(pieces).strip()


def _apart(marks: list[Markup]) -> list[Markup]:
    """Marks in order, without those that run into one before them (a bracket inside a comment)."""
    kept: list[Markup] = []
    reached = 0
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        if mark.span.start >= reached and mark.span.end > mark.span.start:
            kept.append(mark)
            reached = mark.span.end
    return kept
