"""The PDF reader.

:mod:`.pdf_characters` gives the glyphs of a page and their places, :mod:`.pdf_layout` makes lines in logical order of
them, :mod:`.pdf_paragraphs` makes blocks, :mod:`.pdf_text` the article's text. A page is forgotten once its lines are
known, so that memory stays flat.

pdfium (:mod:`.pdf_pdfium`) reads every page as a second opinion. Where the two engines' words differ much, the reading
with more words in the lexicon of their language is taken, and a diagnostic says so. A page without a text layer, or
with one that is no language, is read by OCR if the settings ask for it (:mod:`.pdf_ocr`).
"""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from pipeline import record
from pipeline.article import SourceFile
from pipeline.errors import ReadError
from pipeline.read.continuation import mark_continuations
from pipeline.read.document import ReadDocument, ReadSettings, diagnostic, finish
from pipeline.read.pdf_check import garbled_fonts, known_share, words
from pipeline.read.pdf_forms import mend_digits, restore_half_spaces
from pipeline.read.pdf_layout import Page, laid_out
from pipeline.read.pdf_pages import selected
from pipeline.read.pdf_paragraphs import paragraphs_of
from pipeline.read.pdf_pdfium import Pdfium, damaged
from pipeline.read.pdf_text import built

_LEAST_AGREEMENT = 0.75  # share of a page's words that both engines must have read
_CLEARLY_BETTER = 0.1  # share of known words by which the second engine must be ahead
_FEWEST_WORDS = 10  # on a page that is compared
_PICTURE_PAGE = 0.3  # of a page's area: a page without text but with more pictures is a scan
#: What pdfminer raises on broken files, besides its own exceptions.
_PARSER_ERRORS = (
    ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError, EOFError, OverflowError,
    RecursionError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip

_Found = tuple[Page, list[record.Diagnostic]]


def read_pdf(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read a PDF. Raises ReadError ``E-PDF-ENCRYPTED``, ``E-PDF-DAMAGED``, ``E-PDF-NO-TEXT``, ``E-PDF-PAGES``,
    ``E-OCR-MISSING`` or ``E-TOO-LARGE``."""
    if b"%%EOF" not in file.data[-2048:]:
        raise damaged(file.name, "its end is missing, so it was cut off on the way")
    pdfium = Pdfium(file.name, file.data)
    try:
        total = len(pdfium)
        numbers = selected(file.name, total, settings.pdf)
        pages: list[Page] = []
        diagnostics: list[record.Diagnostic] = []
        characters = 0
        for page, doubts in _read(file, pdfium, numbers, settings):
            pages.append(page)
            diagnostics.extend(doubts)
            characters += sum(len(line.text) for line in page.lines)
            if characters > settings.max_characters:
                raise _too_long(file, characters, settings)
        diagnostics.extend(_broken_maps(file, pdfium, pages, settings))
    finally:
        pdfium.close()
    mend_digits(line for page in pages for line in page.every_line())
    restore_half_spaces(line for page in pages for line in page.every_line())
    paragraphs = paragraphs_of(pages, furniture=settings.furniture)
    if not any(p.kind != "furniture" for p in paragraphs):
        if any(each.code == "W-PDF-PAGE-SKIPPED" for each in diagnostics):
            raise damaged(file.name, "its pages draw more than pages can hold")
        raise ReadError(
            f"{file.name}: no text layer, probably a scan; set read.pdf.ocr to true (it needs Tesseract), or run OCR "
            f"first (for example 'ocrmypdf -l fas+eng {file.name} out.pdf') and process the result",
            code="E-PDF-NO-TEXT",
        )
    made = built(paragraphs)
    if len(made.text) > settings.max_characters:
        raise _too_long(file, len(made.text), settings)
    text, drafts = made.text, made.drafts
    mark_continuations(text, drafts, lambda draft: text[draft.start : draft.end], between=("furniture", "note"))
    return ReadDocument(
        text=text,
        media_type="application/pdf",
        blocks=finish(text, drafts),
        markup=made.marks,
        emphasised=made.emphasised,
        diagnostics=diagnostics,
        pages=total,
        layout=made.pages(pages),
    )


def _too_long(file: SourceFile, characters: int, settings: ReadSettings) -> ReadError:
    return ReadError(
        f"{file.name}: {characters:,} characters are more than read.max_characters allows "
        f"({settings.max_characters:,}); raise the setting if this is one article, or choose pages with read.pdf.pages",
        code="E-TOO-LARGE",
    )


# ── pages ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _read(file: SourceFile, pdfium: Pdfium, numbers: Sequence[int], settings: ReadSettings) -> Iterator[_Found]:
    """The pages asked for, in order; in several processes when the settings say so."""
    jobs = min(settings.pdf.jobs, len(numbers) // 4)
    if jobs > 1:
        yield from _read_in_parallel(file, numbers, settings, jobs)
    elif settings.pdf.layout == "fast":
        for number in numbers:
            yield _checked(file, pdfium, laid_out(pdfium.drawn(number), number), settings, first=False)
    else:
        yield from _read_with_pdfminer(file, pdfium, numbers, settings)


def _read_with_pdfminer(
    file: SourceFile, pdfium: Pdfium, numbers: Sequence[int], settings: ReadSettings
) -> Iterator[_Found]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    from pipeline.read.pdf_characters import PageInterpreter, PageTooHeavyError
    from pipeline.read.pdf_guard import refuse_heavy

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # what matters of it is said in diagnostics
    wanted, at = list(numbers), 0
    broken = (PSException, MalformedPDFException, PdfminerException, *_PARSER_ERRORS)
    try:
        with pdfplumber.open(BytesIO(file.data), pages=wanted) as pdf:
            interpreter = PageInterpreter(pdf.rsrcmgr)
            for each in pdf.pages:
                number = each.page_number
                try:
                    refuse_heavy(each.page_obj)
                    page = laid_out(interpreter.drawn(each.page_obj), number)
                    yield _checked(file, pdfium, page, settings, first=True)
                except PageTooHeavyError:
                    message = f"page {number} of {file.name} draws more than a page can hold and was left out"
                    yield Page(number, 0, 0, []), [diagnostic("warning", "W-PDF-PAGE-SKIPPED", message)]
                except broken as error:
                    if isinstance(error, PDFPasswordIncorrect | PDFEncryptionError):
                        raise
                    yield _second_engine(file, pdfium, number)
                each.close()
                pdf.doc._cached_objs.clear()  # pdfminer keeps every object of every page
                at += 1
    except broken as error:
        if isinstance(error, PDFPasswordIncorrect | PDFEncryptionError):
            raise ReadError(f"{file.name}: the PDF is encrypted; remove its password", code="E-PDF-ENCRYPTED") from None
    for number in wanted[at:]:
        yield _second_engine(file, pdfium, number)


def _second_engine(file: SourceFile, pdfium: Pdfium, number: int) -> _Found:
    page = laid_out(pdfium.drawn(number), number)
    message = f"page {number} of {file.name} is broken; pdfium read {len(page.text):,} characters of it"
    return page, [diagnostic("warning", "W-PDF-PAGE-BROKEN", message)]


def _read_in_parallel(file: SourceFile, numbers: Sequence[int], settings: ReadSettings, jobs: int) -> Iterator[_Found]:
    """Runs of pages in processes of their own, each of which opens the file once for its run."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    alone = settings.model_copy(update={"pdf": settings.pdf.model_copy(update={"jobs": 1})})
    size = -(-len(numbers) // jobs)
    runs = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(max_workers=jobs, mp_context=context) as pool:
        for found in pool.map(_read_run, [file] * len(runs), runs, [alone] * len(runs)):
            yield from found


def _read_run(file: SourceFile, numbers: Sequence[int], settings: ReadSettings) -> list[_Found]:
    pdfium = Pdfium(file.name, file.data)
    try:
        return list(_read(file, pdfium, numbers, settings))
    finally:
        pdfium.close()


# ── second opinions ────────────────────────────────────────────────────────────────────────────────────────────


def _checked(file: SourceFile, pdfium: Pdfium, page: Page, settings: ReadSettings, *, first: bool) -> _Found:
    """A page, or the other engine's reading or OCR's where that is better; and what was doubtful."""
    doubts: list[record.Diagnostic] = []
    number = page.number
    if not page.text.strip():
        return _without_text(file, pdfium, page, settings)
    if unmapped := page.text.count("\ufffd"):
        message = (
            f"page {number} of {file.name}: {unmapped} glyph(s) without a Unicode value became U+FFFD; "
            "OCR may read them better"
        )
        doubts.append(diagnostic("warning", "W-PDF-UNMAPPED", message))
    if not first or not settings.pdf.cross_check:
        return page, doubts
    ours = words(page.text)
    if len(ours) < _FEWEST_WORDS:
        return page, doubts
    theirs = words(pdfium.text(number))
    theirs |= {word[::-1] for word in theirs}  # pdfium does not always find the direction of a word
    agreement = len(ours & theirs) / len(ours)
    if agreement >= _LEAST_AGREEMENT:
        return page, doubts
    other = laid_out(pdfium.drawn(number), number)
    mine, others = known_share(ours), known_share(words(other.text))
    taken = others > mine + _CLEARLY_BETTER
    message = (
        f"page {number} of {file.name}: two engines agree on only {agreement:.0%} of the words; the reading with more "
        f"known words was taken ({max(mine, others):.0%} against {min(mine, others):.0%}), that of "
        f"{'pdfium' if taken else 'pdfminer'}; check it"
    )
    doubts.append(diagnostic("warning", "W-PDF-DISAGREE", message))
    if taken:
        other.pictures, other.turned, other.sideways = page.pictures, page.turned, page.sideways
        return other, doubts
    return page, doubts


def _without_text(file: SourceFile, pdfium: Pdfium, page: Page, settings: ReadSettings) -> _Found:
    """A page whose text layer is empty."""
    number = page.number
    if page.pictures < _PICTURE_PAGE:
        return page, []
    if settings.pdf.ocr:
        from pipeline.read.pdf_ocr import recognised

        read = recognised(file.name, pdfium, page, settings.pdf)
        sure = f"{read.confidence:.0%}" if read.confidence is not None else "unknown"
        message = f"page {number} of {file.name} has no text layer and was read by OCR, confidence {sure}"
        return read, [diagnostic("info", "W-PDF-OCR", message)]
    message = f"page {number} of {file.name} holds pictures but no text; set read.pdf.ocr to true to read it by OCR"
    return page, [diagnostic("warning", "W-PDF-EMPTY-PAGE", message)]


def _broken_maps(
    file: SourceFile, pdfium: Pdfium, pages: list[Page], settings: ReadSettings
) -> Iterator[record.Diagnostic]:
    """Fonts whose text is no language; their pages are read by OCR instead, if the settings ask for it."""
    broken = garbled_fonts([page for page in pages if page.method == "text"])
    again = sorted(set().union(*broken.values())) if broken else []
    for font, numbers in sorted(broken.items()):
        where = ", ".join(map(str, sorted(numbers)[:10]))
        message = (
            f"{file.name}: the text in the font {font or '(unnamed)'} (pages {where}) is no language; its character "
            f"map is broken{'' if settings.pdf.ocr else '; set read.pdf.ocr to read them by OCR'}"
        )
        yield diagnostic("warning", "W-PDF-GARBLED", message)
    if settings.pdf.ocr:
        from pipeline.read.pdf_ocr import recognised

        for index, page in enumerate(pages):
            if page.number in again:
                pages[index] = recognised(file.name, pdfium, page, settings.pdf)
