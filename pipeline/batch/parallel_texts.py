"""Two files that translate each other, as pairs of sentences."""

from __future__ import annotations

from pathlib import Path

from pipeline.align.documents import align_texts
from pipeline.article import Article
from pipeline.config import Config
from pipeline.emit.exchange import Unit
from pipeline.errors import ReadError
from pipeline.record import Language
from pipeline.road import Road, open_source


def aligned_units(english: Path, persian: Path) -> list[Unit]:
    """The sentences of two files beside each other, in order; one without counterpart has an empty side.

    Raises ReadError when a file cannot be read, or has no sentence in its language (``E-EMPTY``).
    """
    road = Road(Config(stages=("read", "segment")))
    left, right = _sentences(road, english, "en"), _sentences(road, persian, "fa")
    return [
        Unit(
            en=" ".join(left[i] for i in link.en),
            fa=" ".join(right[j] for j in link.fa),
            confidence=link.confidence,
        )
        for link in align_texts(left, right)
    ]


def _sentences(road: Road, path: Path, language: Language) -> list[str]:
    """A file's sentences in a language, and its titles and headings, which are sentences of their own."""
    article = Article(id="text", file=open_source(path))
    for _ in road.steps(article):
        pass
    spans = [sentence.span for sentence in article.sentences if sentence.language == language]
    spans += [
        block.span for block in article.blocks if block.kind in ("title", "heading") and block.language == language
    ]
    if not spans:
        name = {"en": "English", "fa": "Persian"}[language]
        raise ReadError(f"{path}: no {name} sentence was found; give the {name} text", code="E-EMPTY")
    return [" ".join(article.view(span).text.split()) for span in sorted(spans)]
