"""From the paragraphs a reader finds to the article's text: joined, in NFC, with blocks, markup and stated values.

Formats that are not text themselves (DOCX, HTML, JATS, BibTeX) are written out as a plain rendering of the article:
blocks apart by a blank line, the cells of a table by tabs and its rows by lines, ``## `` before a heading, ``- `` or
its number before a list item, ``[^1]: `` before a note.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline import record
from pipeline.article import Markup, MarkupKind, SourceFile, Stated
from pipeline.errors import ReadError
from pipeline.read.document import Draft, ReadDocument, ReadSettings, diagnostic, finish
from pipeline.read.inline import Inline, composed
from pipeline.read.markdown_inline import InlineScanner
from pipeline.text.encoding import REPLACEMENT
from pipeline.text.offsets import Span

#: The marks that begin a block of a kind, as the Markdown reader lists them.
_PREFIX_KINDS: dict[record.BlockKind, MarkupKind] = {
    "title": "heading", "heading": "heading", "list_item": "list", "reference": "list", "note": "list",
    "quote": "quote",
}  # fmt: skip


@dataclass(slots=True)
class Paragraph:
    """A block to be written. ``prefix`` is markup that begins it (``## ``); ``language`` is what the format declares.

    ``values`` gives, for an anchor of ``inline``, what is stated there, where that is not the words themselves.
    """

    kind: record.BlockKind
    inline: Inline
    level: int | None = None
    language: record.Language = "und"
    prefix: str = ""
    values: dict[str, tuple[str, record.Calendar | None]] = field(default_factory=dict)


def heading(inline: Inline, level: int, language: record.Language = "und") -> Paragraph:
    """A heading; levels beyond six are written as six."""
    level = min(max(level, 1), 6)
    return Paragraph("heading", inline, level, language, "#" * level + " ")


def note(inline: Inline, label: str, language: record.Language = "und") -> Paragraph:
    """A note and the label by which it is called."""
    return Paragraph("note", inline, None, language, f"[^{label}]: ")


#: The headings a reader writes where the format knows a part but prints no heading for it.
HEADINGS: dict[Literal["abstract", "keywords", "references", "notes"], dict[str, str]] = {
    "abstract": {"en": "Abstract", "fa": "چکیده"},
    "keywords": {"en": "Keywords:", "fa": "کلیدواژه‌ها:"},
    "references": {"en": "References", "fa": "منابع"},
    "notes": {"en": "Notes", "fa": "یادداشت‌ها"},
}


class Composer:
    """Writes one article. Raises ReadError ``E-TOO-LARGE`` as soon as the text is too long, ``E-EMPTY`` without any."""

    def __init__(self, file: SourceFile, settings: ReadSettings) -> None:
        self.file = file
        self.settings = settings
        self.diagnostics: list[record.Diagnostic] = []
        self._stated: list[Stated] = []
        self._pieces: list[str] = []
        self._length = 0
        self._drafts: list[Draft] = []
        self._marks: list[Markup] = []

    def add(self, paragraph: Paragraph) -> Span | None:
        """Write a paragraph; its span, or None when there is nothing in it."""
        inline = paragraph.inline
        if not inline.text.strip():
            return None
        shift = len(paragraph.prefix)
        marks: list[tuple[MarkupKind, int, int]] = [(k, s + shift, e + shift) for k, s, e in inline.marks]
        if paragraph.prefix:
            marks.insert(0, (_PREFIX_KINDS.get(paragraph.kind, "list"), 0, shift))
        anchors = [(name, s + shift, e + shift) for name, s, e in inline.anchors]
        bounds = {at for _, start, end in (*marks, *anchors) for at in (start, end)}
        raw = paragraph.prefix + inline.text
        text, moved = composed(raw, bounds)
        base = self._length + (2 if self._pieces else 0)
        self._check(base + len(text))
        if self._pieces:
            self._pieces.append("\n\n")
        self._pieces.append(text)
        self._length = base + len(text)
        edge = (
            0 if paragraph.kind == "table" else len(text) - len(text.lstrip())
        )  # a tab before an empty first cell stays
        span = Span(base + edge, base + len(text.rstrip()))
        self._drafts.append(Draft(paragraph.kind, span.start, span.end, paragraph.level, language=paragraph.language))
        self._marks += [
            Markup(kind, Span(base + moved[start], base + moved[end]))
            for kind, start, end in marks
            if moved[start] < moved[end]
        ]
        if "<sup>" in text:
            self._marks += [Markup(m.kind, m.span.shift(base)) for m in InlineScanner(text).raised(0, len(text))]
        for name, start, end in anchors:
            place = Span(base + moved[start], base + moved[end])
            value, calendar = paragraph.values.get(name, ("", None))
            self.state(name.partition("#")[0], value or _words(text, moved[start], moved[end]), place, calendar)
        return span

    def state(self, name: str, value: str, span: Span, calendar: record.Calendar | None = None) -> None:
        """Note what the format says outright."""
        self._stated.append(Stated(name, value, span, calendar))

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._pieces)

    @property
    def drafts(self) -> list[Draft]:
        """The blocks so far, which may still be changed."""
        return self._drafts

    def document(self, media_type: str, encoding: str | None = None) -> ReadDocument:
        """The finished document."""
        text = self.text
        if not text.strip():
            raise ReadError(
                f"{self.file.name}: there is no text in it; check that it is the article and not its cover or a stub",
                code="E-EMPTY",
            )
        replaced = text.count(REPLACEMENT)
        if replaced:
            first = text.index(REPLACEMENT)
            message = f"{self.file.name}: {replaced} character(s) that no text can hold are U+FFFD in it"
            self.diagnostics.append(diagnostic("warning", "W-CONTROL-CHARS", message, Span(first, first + 1)))
        return ReadDocument(
            text=text,
            media_type=media_type,
            blocks=finish(text, self._drafts),
            markup=sorted(self._marks, key=lambda mark: mark.span),
            diagnostics=self.diagnostics,
            encoding=encoding,
            stated=self._stated,
        )

    def _check(self, length: int) -> None:
        if length > self.settings.max_characters:
            raise ReadError(
                f"{self.file.name}: its text is longer than read.max_characters allows "
                f"({self.settings.max_characters:,}); raise it with --set read.max_characters=N if this is one article",
                code="E-TOO-LARGE",
            )


def _words(text: str, start: int, end: int) -> str:
    """The words of a stretch on one line (an anchor never holds markup that is not at its edges)."""
    return " ".join(text[start:end].split())
