"""What every reader takes and gives: settings, draft blocks, and the finished document.

Readers build :class:`Draft` blocks, which the rules shared by all formats (furniture, continuation) may still change;
:func:`finish` turns them into the record's blocks and makes sure that they tile the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from pydantic import Field

from pipeline import record
from pipeline.article import Markup, SourceFile, Stated
from pipeline.stage import Settings
from pipeline.text.offsets import Span

STAGE = "read"


class PdfSettings(Settings):
    """Settings of the PDF reader."""

    pages: str = Field("", description="Read only these pages: 1-4, or 1,3,7-; empty means all.")
    layout: Literal["full", "fast"] = Field(
        "full", description="fast reads with pdfium alone: several times quicker, without tables and some half-spaces."
    )
    cross_check: bool = Field(True, description="Compare every page with a second PDF engine and report disagreement.")
    max_pages: int = Field(2000, gt=0, description="Refuse files of which more pages than this are to be read.")
    jobs: int = Field(1, ge=1, description="Processes that read the pages of one long file.")
    ocr: bool = Field(False, description="Read pages without a usable text layer by OCR (Tesseract).")
    ocr_languages: str = Field("fas+eng", description="Languages of the OCR, as Tesseract names them.")
    ocr_dpi: int = Field(300, ge=72, le=1200, description="Resolution that pages are drawn in for the OCR.")


class DocxSettings(Settings):
    """Settings of the DOCX reader."""

    max_unpacked_bytes: int = Field(
        100_000_000, gt=0, description="Refuse documents whose text parts unpack to more bytes than this (zip bombs)."
    )


class HtmlSettings(Settings):
    """Settings of the HTML reader."""

    meta_tags: bool = Field(True, description="Use the citation_* and Dublin Core tags of journal pages.")


class ReadSettings(Settings):
    """Settings of the stage ``read``."""

    max_bytes: int = Field(200_000_000, gt=0, description="Refuse files larger than this many bytes.")
    max_characters: int = Field(5_000_000, gt=0, description="Refuse texts longer than this many characters.")
    furniture: bool = Field(True, description="Recognise running heads, page numbers and watermarks as page furniture.")
    pdf: PdfSettings = Field(
        default_factory=lambda: PdfSettings.model_validate({}), description="The PDF reader's own."
    )
    docx: DocxSettings = Field(
        default_factory=lambda: DocxSettings(max_unpacked_bytes=100_000_000), description="The DOCX reader's own."
    )
    html: HtmlSettings = Field(
        default_factory=lambda: HtmlSettings(meta_tags=True), description="The HTML reader's own."
    )


@dataclass(slots=True)
class Draft:
    """A block in the making: ``[start, end)`` in the text, free of white space at either edge.

    ``language`` is what the format declares (``und``: nothing); ``segment`` believes it where the script agrees.
    """

    kind: record.BlockKind
    start: int
    end: int
    level: int | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    continues: bool = False
    language: record.Language = "und"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a reader makes of a file. ``media_type`` is that of the content, whatever the file claimed.

    ``stated`` holds what the format says outright of the article (:class:`pipeline.article.Stated`); ``emphasised``
    what is set in italics or bold type where no mark in the text says so.
    """

    text: str
    media_type: str
    blocks: list[record.Block]
    markup: list[Markup] = field(default_factory=list)
    diagnostics: list[record.Diagnostic] = field(default_factory=list)
    encoding: str | None = None
    pages: int | None = None
    layout: list[record.PageLayout] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    emphasised: list[Span] = field(default_factory=list)


class Reader(Protocol):
    """Reads the bytes of a file. Raises :class:`~pipeline.errors.ReadError`; touches no other file."""

    def __call__(self, file: SourceFile, settings: ReadSettings) -> ReadDocument: ...


def diagnostic(severity: record.Severity, code: str, message: str, span: Span | None = None) -> record.Diagnostic:
    """A diagnostic of this stage."""
    return record.Diagnostic(stage=STAGE, severity=severity, code=code, message=message, span=span)


def finish(text: str, drafts: Iterable[Draft]) -> list[record.Block]:
    """The blocks of the record, in order, which together hold every character of ``text`` that is not white space.

    Characters that no draft claims (a lone quote mark between two quoted paragraphs) are given to the block before.
    """
    ordered = sorted((draft for draft in drafts if draft.end > draft.start), key=lambda draft: draft.start)
    if not ordered:
        ordered = [Draft("paragraph", 0, 0)]
    for draft, following in zip(ordered, [*ordered[1:], None], strict=True):
        limit = following.start if following else len(text)
        gap = text[draft.end : limit]
        if not gap.isspace():
            draft.end += len(gap.rstrip())
    lead = text[: ordered[0].start]
    if not lead.isspace():
        ordered[0].start = len(lead) - len(lead.lstrip())
    return [
        record.Block(
            kind=draft.kind,
            language=draft.language,
            span=Span(draft.start, draft.end),
            level=draft.level,
            page=draft.page,
            bbox=draft.bbox,
            continues=draft.continues,
        )
        for draft in ordered
        if draft.end > draft.start
    ]
