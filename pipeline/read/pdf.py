"""The PDF reader, for files with a text layer.

pdfplumber gives the glyphs of a page and their places (each page is closed once read, so that memory stays flat);
:mod:`.pdf_glyphs` and :mod:`.pdf_layout` make lines in logical order of them, :mod:`.pdf_paragraphs` makes blocks.
The article's text is then built here: blocks in reading order with a blank line between them, the lines of a
paragraph joined with spaces, the rows of a table on lines of their own with tabs between the cells.

pdfium reads every page as a second opinion: where the two engines' words differ much, a diagnostic says so.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from pipeline import record
from pipeline.article import Markup, MarkupKind, SourceFile
from pipeline.errors import ReadError
from pipeline.read.continuation import mark_continuations
from pipeline.read.document import Draft, ReadDocument, ReadSettings, diagnostic, finish
from pipeline.read.line_patterns import BULLET, NUMBER
from pipeline.read.pdf_glyphs import glyphs_of
from pipeline.read.pdf_layout import page_columns
from pipeline.read.pdf_paragraphs import Page, Paragraph, paragraphs_of
from pipeline.text.bidi import mend_brackets
from pipeline.text.offsets import Span

_WORD = re.compile(r"[^\W\d_]{3,}")
_LEAST_AGREEMENT = 0.6  # share of a page's words that both engines must have read
_HYPHENATED = re.compile(r"(?P<left>[^\W\d_]{2,})[-\u2010]$")
_VOCABLE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOWER_START = re.compile(r"[a-zà-öø-ÿ]{2,}")
#: What pdfminer raises on broken files, besides its own exceptions.
_PARSER_ERRORS = (
    ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, EOFError, OverflowError,
    RecursionError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip


def read_pdf(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read a PDF. Raises ReadError ``E-PDF-ENCRYPTED``, ``E-PDF-DAMAGED``, ``E-PDF-NO-TEXT`` or ``E-TOO-LARGE``."""
    _refuse_truncated(file)
    checker = _open_with_pdfium(file)
    try:
        pages, diagnostics = _pages(file, checker if settings.pdf.cross_check else None)
    finally:
        checker.close()
    paragraphs = paragraphs_of(pages, furniture=settings.furniture)
    if not any(line.text for p in paragraphs if p.kind != "furniture" for line in p.lines):
        raise ReadError(
            f"{file.name}: no text layer, probably a scan; run OCR first (for example "
            f"'ocrmypdf -l fas+eng {file.name} out.pdf') and process the result",
            code="E-PDF-NO-TEXT",
        )
    text, drafts, marks = _assemble(paragraphs)
    if len(text) > settings.max_characters:
        raise ReadError(
            f"{file.name}: {len(text):,} characters are more than read.max_characters allows "
            f"({settings.max_characters:,}); raise the setting if this is one article",
            code="E-TOO-LARGE",
        )
    mark_continuations(text, drafts, lambda draft: text[draft.start : draft.end], between=("furniture", "note"))
    return ReadDocument(
        text=text,
        media_type="application/pdf",
        blocks=finish(text, drafts),
        markup=marks,
        diagnostics=diagnostics,
        pages=len(pages),
    )


# ── opening ────────────────────────────────────────────────────────────────────────────────────────────────────


def _refuse_truncated(file: SourceFile) -> None:
    if b"%%EOF" not in file.data[-2048:]:
        raise _damaged(file, "its end is missing, so it was cut off on the way")


def _open_with_pdfium(file: SourceFile) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                f"{file.name}: the PDF asks for a password; remove it first (for example "
                f"'qpdf --decrypt --password=… {file.name} out.pdf')",
                code="E-PDF-ENCRYPTED",
            ) from None
        raise _damaged(file, "its structure cannot be read") from None


def _damaged(file: SourceFile, why: str) -> ReadError:
    return ReadError(
        f"{file.name}: the PDF is damaged: {why}; get it again, or repair it (for example 'qpdf {file.name} out.pdf')",
        code="E-PDF-DAMAGED",
    )


def _pages(file: SourceFile, checker: Any) -> tuple[list[Page], list[record.Diagnostic]]:
    """The lines of all pages, and what was doubtful; ``checker`` is pdfium's document, or None."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    pages: list[Page] = []
    diagnostics: list[record.Diagnostic] = []
    unmapped = 0
    try:
        with pdfplumber.open(BytesIO(file.data)) as pdf:
            for number, page in enumerate(pdf.pages, start=1):
                glyphs, lost = glyphs_of(page.chars)
                unmapped += lost
                columns = page_columns(glyphs, number)
                if not columns and page.images:
                    message = f"page {number} of {file.name} holds pictures but no text"
                    diagnostics.append(diagnostic("warning", "W-PDF-EMPTY-PAGE", message))
                pages.append(Page(number, float(page.height), columns))
                if checker is not None:
                    diagnostics.extend(_disagreement(file, checker, pages[-1]))
                page.close()
    except (PSException, MalformedPDFException, PdfminerException, *_PARSER_ERRORS) as error:
        if isinstance(error, PDFPasswordIncorrect | PDFEncryptionError):
            raise ReadError(f"{file.name}: the PDF is encrypted; remove its password", code="E-PDF-ENCRYPTED") from None
        raise _damaged(file, f"page {len(pages) + 1} cannot be read") from error
    if not pages:
        raise _damaged(file, "it has no pages")
    if unmapped:
        message = f"{file.name}: {unmapped} glyph(s) without a Unicode value became U+FFFD; OCR may read them better"
        diagnostics.append(diagnostic("warning", "W-PDF-UNMAPPED", message))
    return pages, diagnostics


def _disagreement(file: SourceFile, checker: Any, page: Page) -> Iterable[record.Diagnostic]:
    """A diagnostic when pdfium reads other words on a page."""
    ours = _words(" ".join(line.text for column in page.columns for line in column))
    if len(ours) < 10 or page.number > len(checker):
        return
    text_page = checker[page.number - 1].get_textpage()
    theirs = _words(text_page.get_text_range())
    text_page.close()
    agreement = len(ours & theirs) / len(ours)
    if agreement < _LEAST_AGREEMENT:
        message = f"page {page.number} of {file.name}: two engines agree on only {agreement:.0%} of the words; check it"
        yield diagnostic("warning", "W-PDF-DISAGREE", message)


def _words(text: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", text).replace("\u200c", "").replace("\u0640", "")
    return set(_WORD.findall("".join(c for c in folded if unicodedata.combining(c) == 0).lower()))


# ── building the text ──────────────────────────────────────────────────────────────────────────────────────────


def _assemble(paragraphs: Iterable[Paragraph]) -> tuple[str, list[Draft], list[Markup]]:
    """The article's text, its blocks and its markup."""
    paragraphs = list(paragraphs)
    lines = (line.text.lower() for paragraph in paragraphs for line in paragraph.lines)
    vocabulary = {word for line in lines for word in _VOCABLE.findall(line)}
    pieces: list[str] = []
    drafts: list[Draft] = []
    marks: list[Markup] = []
    at = 0
    for paragraph in paragraphs:
        text, raised = _table_text(paragraph) if paragraph.kind == "table" else _running_text(paragraph, vocabulary)
        if not text:
            continue
        if pieces:
            pieces.append("\n\n")
            at += 2
        box = paragraph.box
        drafts.append(Draft(paragraph.kind, at, at + len(text), paragraph.level, paragraph.lines[0].page, box))
        if paragraph.kind in ("list_item", "note") and (label := BULLET.match(text) or NUMBER.match(text)):
            marks.append(Markup("list", Span(at, at + label.end())))
            raised = [(start, end) for start, end in raised if start >= label.end()]
        for start, end in raised:
            kind: MarkupKind = "list" if paragraph.kind == "note" and start == 0 else "note_marker"
            marks.append(Markup(kind, Span(at + start, at + end)))
        pieces.append(text)
        at += len(text)
    return "".join(pieces), drafts, sorted(marks, key=lambda mark: mark.span)


def _table_text(paragraph: Paragraph) -> tuple[str, list[tuple[int, int]]]:
    rows = ("\t".join(" ".join(cell.split()) for cell, _, _ in line.cells) for line in paragraph.lines)
    return unicodedata.normalize("NFC", "\n".join(mend_brackets(row) for row in rows)), []


def _running_text(paragraph: Paragraph, vocabulary: set[str]) -> tuple[str, list[tuple[int, int]]]:
    """A paragraph's lines as one line, hyphenation undone; and where its raised note markers are."""
    text = ""
    raised: list[tuple[int, int]] = []
    for line in paragraph.lines:
        content = line.text
        if unicodedata.normalize("NFC", content) != content:
            content = unicodedata.normalize("NFC", content)
            line.raised = []  # their places are no longer certain
        if text:
            hyphen = _HYPHENATED.search(text)
            start = _LOWER_START.match(content)
            if hyphen and start:
                if _was_hyphenated(hyphen["left"].lower(), start.group(), vocabulary):
                    text = text[:-1]
            else:
                text += " "
        raised.extend((len(text) + start_, len(text) + end_) for start_, end_ in line.raised)
        text += content
    return mend_brackets(text), raised


def _was_hyphenated(left: str, right: str, vocabulary: set[str]) -> bool:
    """Whether the hyphen at a line's end was put there by the typesetter, judged by the document's own words."""
    if left + right in vocabulary:
        return True
    two_words = min(len(left), len(right)) > 2 and {left, right} <= vocabulary
    return f"{left}-{right}" not in vocabulary and not two_words
