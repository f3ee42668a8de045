"""The JATS reader: articles in the Journal Article Tag Suite (NISO Z39.96) and its ancestor, the NLM DTD.

What the elements of the front matter say is stated (:mod:`.jats_front`); the body, notes and references become blocks
with ``xml:lang`` as their language. A DOCTYPE is allowed, but neither it nor any entity is fetched
(:mod:`.markup_tree`).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import record
from pipeline.article import SourceFile
from pipeline.errors import ReadError
from pipeline.read.composer import HEADINGS, Composer, Paragraph, heading
from pipeline.read.document import ReadDocument, ReadSettings, diagnostic
from pipeline.read.front import Front, declared, front_paragraphs
from pipeline.read.inline import Inline
from pipeline.read.jats_front import read_front
from pipeline.read.jats_references import citation_words
from pipeline.read.jats_writer import JatsWriter
from pipeline.read.markup_tree import Element, Entities, child, children, language_code, local, parse_xml

#: Parts of the back matter, with the headings they get when they print none.
_BACK_HEADINGS: dict[str, dict[str, str]] = {
    "ack": {"en": "Acknowledgements", "fa": "سپاسگزاری"},
    "glossary": {"en": "Glossary", "fa": "واژه‌نامه"},
    "app": {"en": "Appendix", "fa": "پیوست"},
    "fn-group": HEADINGS["notes"],
    "ref-list": HEADINGS["references"],
}


def read_jats(file: SourceFile, settings: ReadSettings) -> ReadDocument:
    """Read an article in JATS. Raises ReadError: ``E-XML-DAMAGED``, ``E-XML-UNSAFE``, ``E-XML-ROOT``, ``E-EMPTY``."""
    root, mended = parse_xml(file.data, file.name, damaged="E-XML-DAMAGED", lenient=True)
    article = root if local(root) == "article" else child(root, "article")
    if article is None:
        raise ReadError(
            f"{file.name}: the root of the XML is <{local(root)}>, not the <article> of JATS; "
            "save the article as JATS, HTML or text",
            code="E-XML-ROOT",
        )
    composer = Composer(file, settings)
    if mended:
        message = f"{file.name} is not well formed and was read as far as it could be mended: {mended}"
        composer.diagnostics.append(diagnostic("warning", "W-XML-MENDED", message))
    entities = Entities(article, file.name)
    writer = JatsWriter(article, entities)
    for paragraph in _Jats(article, writer).paragraphs():
        composer.add(paragraph)
    if entities.unknown:
        message = f"{file.name}: {entities.unknown} reference(s) to entities outside the file were left out"
        composer.diagnostics.append(diagnostic("warning", "W-XML-ENTITY", message))
    encoding = article.getroottree().docinfo.encoding
    return composer.document("application/xml", encoding.lower() if encoding else "utf-8")


class _Jats:
    """One article: its front pages, body, translations and back matter."""

    def __init__(self, article: Element, writer: JatsWriter) -> None:
        self.article = article
        self.writer = writer

    def paragraphs(self) -> Iterator[Paragraph]:
        self.writer.language = declared(language_code(self.article))
        front = read_front(self.article, self.writer)
        yield from front_paragraphs(front)
        yield from self._body(self.article, front)
        for part in children(self.article, "sub-article", "response"):
            self.writer.language = declared(language_code(part)) if language_code(part) else self.writer.language
            inner = read_front(part, self.writer)
            yield from front_paragraphs(inner)
            yield from self._body(part, inner)
        floats = child(self.article, "floats-group")
        if floats is not None:
            yield from self._written(floats)

    def _body(self, part: Element, front: Front) -> Iterator[Paragraph]:
        body, back = child(part, "body"), child(part, "back")
        if body is not None:
            yield from self._written(body)
        if back is None:
            return
        side = front.language or (self.writer.language if self.writer.language != "und" else "en")
        for piece in _back_pieces(back):
            yield from self._back(piece, side)

    def _back(self, piece: Element, side: str) -> Iterator[Paragraph]:
        name = local(piece)
        title = child(piece, "title")
        language = declared(language_code(piece))
        if title is not None:
            label = child(piece, "label")
            words = self.writer.inline_of(label) if label is not None else Inline()
            words.write(" ")
            words.extend(self.writer.inline_of(title))
            yield heading(words, 2, language)
        elif name in _BACK_HEADINGS:
            yield heading(Inline(_BACK_HEADINGS[name][side]), 2, side if side in ("en", "fa") else "und")  # type: ignore[arg-type]
        if name == "ref-list":
            yield from self._references(piece, language)
        else:
            yield from self._written(piece, without_title=True)

    def _references(self, listed: Element, language: record.Language) -> Iterator[Paragraph]:
        for inner in children(listed):
            name = local(inner)
            if name == "ref":
                own = declared(language_code(inner)) if language_code(inner) else language
                for words, label in citation_words(inner, self.writer):
                    prefix = f"{label}. " if label else "- "
                    yield Paragraph("reference", words, None, own, prefix)
            elif name == "ref-list":
                title = child(inner, "title")
                if title is not None:
                    yield heading(self.writer.inline_of(title), 3, declared(language_code(inner)))
                yield from self._references(inner, declared(language_code(inner)) or language)
            elif name not in ("title", "label"):
                yield from self._written(inner)

    def _written(self, element: Element, *, without_title: bool = False) -> Iterator[Paragraph]:
        writer = self.writer
        writer.paragraphs = []
        before = writer.language
        own = writer.language_of(element)
        if own is not None:
            writer.language = own
        for inner in children(element):
            if not (without_title and local(inner) in ("title", "label")):
                writer.element(inner)
        writer.flush()
        writer.language = before
        yield from writer.paragraphs


def _back_pieces(back: Element) -> Iterator[Element]:
    """The parts of the back matter in print order: what the text needs before what it rests on."""
    pieces: list[Element] = []
    for piece in children(back):
        pieces += list(children(piece)) if local(piece) == "app-group" else [piece]
    order = {"fn-group": 1, "ref-list": 2}
    yield from sorted(pieces, key=lambda piece: order.get(local(piece), 0))
