"""The parts of a record that describe the article itself: where it comes from, its front page, its structure.

What stages *find* in the text (entities, dates, systems, events) is in :mod:`pipeline.facts`. Spans are half open, and
count code points of the article's text.
"""

from __future__ import annotations

from typing import Literal

from pipeline.facts import (
    Bilingual,
    BilingualSpans,
    BlockKind,
    Calendar,
    Confidence,
    Language,
    Mentions,
    Model,
    SectionRole,
)
from pipeline.text.offsets import Span

# ── where the record comes from ────────────────────────────────────────────────────────────────────────────────


class Words(Model):
    """Number of words in each language."""

    en: int = 0
    fa: int = 0


class Source(Model):
    """The file an article was read from. ``sha256`` is of the file, ``text_sha256`` of the UTF-8 text."""

    file: str
    media_type: str
    sha256: str
    encoding: str | None = None
    pages: int | None = None
    characters: int = 0
    text_sha256: str = ""
    words: Words = Words()


class StageVersion(Model):
    """A stage that had a part in the record."""

    name: str
    version: str


class ProducedBy(Model):
    """What is needed to make the record again."""

    dozaban: str
    config_sha256: str
    stages: list[StageVersion] = []
    resources: dict[str, str] = {}


# ── the article's own parts ────────────────────────────────────────────────────────────────────────────────────


class Author(Model):
    """A person who wrote the article; ``mentions`` are the places of the name in the front matter."""

    name: Bilingual
    affiliation: Bilingual = Bilingual()
    email: str | None = None
    orcid: str | None = None
    mentions: Mentions = Mentions()
    confidence: Confidence | None = None


class Evidence(Model):
    """The characters that support one field of the metadata, named by its dotted path (``title.fa``)."""

    field: str
    span: Span
    surface: str | None = None
    calendar: Calendar | None = None
    sha256: str | None = None


class Metadata(Model):
    """What a library catalogue asks of an article. Dates are ISO 8601 (Gregorian) as far as the text gives them."""

    title: Bilingual = Bilingual()
    authors: list[Author] = []
    received: str | None = None
    revised: str | None = None
    accepted: str | None = None
    published: str | None = None
    journal: Bilingual = Bilingual()
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    doi: str | None = None
    language: Language = "und"
    evidence: list[Evidence] = []


class Sentence(Model):
    """One sentence of an abstract; ``text`` is the surface with line breaks as written."""

    span: Span
    text: str | None = None
    normalized: str | None = None
    sha256: str | None = None


class AbstractText(Model):
    """One language's abstract."""

    span: Span
    sentences: list[Sentence] = []


class SentenceLink(Model):
    """Sentences (by index) that say the same; an empty side means that the other has no counterpart."""

    en: list[int]
    fa: list[int]
    confidence: Confidence


class Abstract(Model):
    """Both abstracts and which sentence of one is which of the other."""

    en: AbstractText | None = None
    fa: AbstractText | None = None
    alignment: list[SentenceLink] = []


class Keyword(Model):
    """A keyword in both languages, or in one where the other list has no counterpart."""

    en: str | None = None
    fa: str | None = None
    spans: BilingualSpans = BilingualSpans()
    confidence: Confidence | None = None


class Term(Model):
    """A term in both languages, with the places where one stands for the other."""

    en: str
    fa: str
    count: int
    spans: list[BilingualSpans] = []
    confidence: Confidence


class Section(Model):
    """A section from its heading to the next heading of its level or above; ``level`` 1 is the outermost."""

    id: str
    title: str | None = None
    number: str | None = None
    level: int
    role: SectionRole = "body"
    language: Language = "und"
    heading: Span | None = None
    span: Span


class Block(Model):
    """A stretch of the text in reading order. Blocks never overlap and leave out nothing but white space.

    ``continues`` marks a block that goes on with the sentence of the previous block of its kind (a page break or
    furniture stands between); ``bbox`` is [x0, top, x1, bottom] in points from the page's top left corner.
    """

    kind: BlockKind
    language: Language = "und"
    span: Span
    level: int | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    section: str | None = None
    continues: bool = False


class PageLayout(Model):
    """One page of a format that has pages, and where its lines stand.

    A line is [start, end, x0, top, x1, bottom]: the characters ``text[start:end]`` stand in that box, in points from
    the top left corner of the page as it is shown. Every character that is not white space lies in exactly one line.
    ``method`` says whether a text layer was read or OCR; ``confidence`` is that of the OCR.
    """

    number: int
    width: float
    height: float
    method: Literal["text", "ocr"] = "text"
    confidence: Confidence | None = None
    lines: list[tuple[int, int, float, float, float, float]] = []


class Table(Model):
    """A table; ``cells`` holds the span of each cell row by row, the header row first when ``columns`` is given."""

    id: str
    caption: str | None = None
    language: Language = "und"
    span: Span
    columns: list[str] | None = None
    rows: list[list[str]] | None = None
    cells: list[list[Span | None]] = []


class Note(Model):
    """A footnote or endnote and the markers in the text that call it."""

    id: str
    label: str
    language: Language = "und"
    span: Span
    text: str | None = None
    markers: list[Span] = []
    sha256: str | None = None


class Reference(Model):
    """An entry of the reference list."""

    id: str
    language: Language = "und"
    span: Span
    text: str | None = None
    authors: list[str] = []
    year: str | None = None
    title: str | None = None
    doi: str | None = None
    url: str | None = None
    sha256: str | None = None


class Citation(Model):
    """A mention of a work in the text; several works in one parenthesis share ``group``."""

    id: str
    span: Span
    surface: str | None = None
    group: int
    authors: list[str] = []
    year: str | None = None
    locator: str | None = None
    reference: str | None = None
    confidence: Confidence | None = None
