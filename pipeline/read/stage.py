"""The stage itself: choose the reader, refuse what cannot be an article, and describe the source."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from pipeline import record
from pipeline.article import Article
from pipeline.errors import ReadError
from pipeline.read.document import STAGE, ReadSettings, diagnostic
from pipeline.read.formats import declared_format, format_of
from pipeline.stage import Settings


class ReadStage:
    """Reads ``article.file`` into text, source, markup, what the format states, blocks, layout and diagnostics."""

    name: ClassVar[str] = STAGE
    version: ClassVar[str] = "4"
    requires: ClassVar[frozenset[str]] = frozenset()
    provides: ClassVar[frozenset[str]] = frozenset(
        {"text", "source", "markup", "emphasised", "stated", "blocks", "layout", "diagnostics"}
    )
    Settings: ClassVar[type[Settings]] = ReadSettings

    def __init__(self, settings: ReadSettings) -> None:
        self.settings = settings

    def __call__(self, article: Article) -> dict[str, Any]:
        """The layers of the article's file. Raises ReadError; see the package for its codes."""
        file = article.file
        if not file.data or file.data.isspace():
            raise ReadError(f"{file.name}: the file is empty; check that it was copied whole", code="E-EMPTY")
        if len(file.data) > self.settings.max_bytes:
            raise ReadError(
                f"{file.name}: {len(file.data):,} bytes are more than read.max_bytes allows "
                f"({self.settings.max_bytes:,}); raise the setting if this is one article",
                code="E-TOO-LARGE",
            )
        chosen, declared = format_of(file), declared_format(file)
        document = chosen.load()(file, self.settings)
        diagnostics = list(document.diagnostics)
        if declared is not None and declared is not chosen:
            message = f"{file.name} is named like {declared.name} but is a {chosen.name} file, and was read as one"
            diagnostics.insert(0, diagnostic("warning", "W-MEDIA-TYPE", message))
        source = record.Source(
            file=file.name if file.part is None else f"{file.name}#{file.part}",
            media_type=document.media_type,
            sha256=hashlib.sha256(file.data).hexdigest(),
            encoding=document.encoding,
            pages=document.pages,
            characters=len(document.text),
            text_sha256=hashlib.sha256(document.text.encode("utf-8")).hexdigest(),
        )
        return {
            "text": document.text,
            "source": source,
            "markup": document.markup,
            "stated": document.stated,
            "emphasised": document.emphasised,
            "blocks": document.blocks,
            "layout": document.layout,
            "diagnostics": diagnostics,
        }
