"""The article's blocks while the stage works on them: pieces that can be given a kind, a language, and be split."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline import record
from pipeline.article import Article
from pipeline.segment.labels import Label, read_label
from pipeline.text.language import Language
from pipeline.text.offsets import MappedText, Span

#: Kinds of the front matter that a reader gives only where the format names them.
FRONT_KINDS: frozenset[record.BlockKind] = frozenset(
    ["title", "author", "affiliation", "date_line", "abstract", "keywords"]
)

#: Kinds that hold nothing to read.
SILENT: frozenset[record.BlockKind] = frozenset(["furniture", "rule"])

_WORD = re.compile(r"\w[\w\u200c'’.-]*")


@dataclass(slots=True)
class Piece:
    """A block and its words (``view``: the block's text without markup, mapped to the article's text).

    ``listed`` marks an entry of the reference list or of the notes at the end; ``given`` says that the reader knew the
    part of the front matter that the block is, so that nothing has to be guessed about it.
    """

    kind: record.BlockKind
    span: Span
    view: MappedText
    language: Language = "und"
    level: int | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    continues: bool = False
    section: str | None = None
    label: Label | None = None
    listed: bool = False
    given: bool = False
    words: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.words = len(_WORD.findall(self.view.text))

    @property
    def text(self) -> str:
        """The words of the block, line breaks as written."""
        return self.view.text

    @property
    def silent(self) -> bool:
        """Whether there is nothing to read in it."""
        return self.kind in SILENT

    def block(self) -> record.Block:
        """The finished block."""
        return record.Block(
            kind=self.kind, language=self.language, span=self.span, level=self.level, page=self.page, bbox=self.bbox,
            section=self.section, continues=self.continues,
        )  # fmt: skip


@dataclass(slots=True)
class Draft:
    """All pieces of an article in reading order."""

    article: Article
    pieces: list[Piece]

    @classmethod
    def of(cls, article: Article) -> Draft:
        """The reader's blocks as pieces, each with the label it begins with."""
        pieces = [
            Piece(
                kind=block.kind, span=block.span, view=article.view(block.span), language=block.language,
                level=block.level, page=block.page, bbox=block.bbox, continues=block.continues,
                given=block.kind in FRONT_KINDS,
            )
            for block in article.blocks
        ]  # fmt: skip
        for piece in pieces:
            if not piece.silent:
                piece.label = read_label(piece.view)
        return cls(article, pieces)

    def source(self, piece: Piece, start: int, end: int) -> Span:
        """The article's span of ``piece.text[start:end]``."""
        return piece.view.to_source(start, end)

    def surface(self, span: Span) -> str:
        """The characters of a span, as written."""
        return self.article.text[span.start : span.end]

    def split(self, index: int, cuts: Iterable[int]) -> None:
        """Split a piece at offsets of its view at which lines begin; the pieces take its place.

        Only the first keeps ``continues``, and the box stays with all, for none smaller is known.
        """
        piece = self.pieces[index]
        bounds = [piece.span.start]
        for cut in sorted(set(cuts)):
            break_at = piece.view.starts[cut - 1] if cut > 0 else piece.span.start
            if break_at > bounds[-1]:
                bounds.append(break_at)
        parts: list[Piece] = []
        for start, end in zip(bounds, [*bounds[1:], piece.span.end], strict=True):
            span = trimmed(self.article.text, Span(start, end))
            if span.start >= span.end:
                continue
            part = Piece(
                kind=piece.kind, span=span, view=self.article.view(span), language=piece.language, level=piece.level,
                page=piece.page, bbox=piece.bbox, continues=piece.continues and not parts, given=piece.given,
            )  # fmt: skip
            part.label = read_label(part.view)
            parts.append(part)
        self.pieces[index : index + 1] = parts


def trimmed(text: str, span: Span) -> Span:
    """A span without white space and invisible characters at its edges (empty when there is nothing else)."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return Span(start, end)


def flowed(text: str) -> str:
    """``text`` on one line, without invisible characters at its edges."""
    return " ".join(text.split()).strip(_INVISIBLE)


def line_starts(text: str) -> list[int]:
    """Where each non-empty line of ``text`` begins."""
    return [match.start() for match in _LINE.finditer(text)]


_LINE = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
