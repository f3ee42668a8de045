"""The article as it travels down the road: one immutable text, and the layers that stages lay on it.

A stage reads layers and returns new ones; only :mod:`pipeline.stage` attaches them. Besides the layers of the record
there are working layers, which serve later stages and are not written out: ``markup``, ``emphasised`` (what is set in
italics or bold type where no markup says so), ``stated`` and ``sentences``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pipeline import record
from pipeline.text.offsets import MappedText, Span, without

MarkupKind = Literal["emphasis", "escape", "heading", "list", "link", "note_marker", "table", "tag", "rule", "quote"]

#: Kinds of block that hold an article's running words.
PROSE: frozenset[record.BlockKind] = frozenset(
    ["title", "heading", "abstract", "keywords", "paragraph", "list_item", "quote", "table", "caption", "note"]
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """Where the article comes from: a file name for messages, its bytes, and its media type when known.

    ``part`` names the article in a file that holds several (an entry of a BibTeX file).
    """

    name: str
    data: bytes
    media_type: str | None = None
    path: Path | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Markup:
    """Characters that format the text and are no part of its words: ``**``, ``<sup>``, a backslash, a link's target."""

    kind: MarkupKind
    span: Span


@dataclass(frozen=True, slots=True)
class Stated:
    """What the file's format says outright of the article (a JATS element, a meta tag, a BibTeX field).

    ``field`` is a dotted path as in the metadata's evidence (``title.fa``, ``authors.0.affiliation.en``, ``received``),
    or ``keywords.en`` once for each keyword; ``span`` is where the value stands in the text.
    """

    field: str
    value: str
    span: Span
    calendar: record.Calendar | None = None


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence of running text: its span in the article's text, its language, and the index of its first block."""

    span: Span
    language: record.Language
    block: int


@dataclass
class Article:
    """One article between ``read`` and ``emit``.

    Attributes are layers; the ones a stage has not made yet are empty. ``made`` names the layers that exist, so that
    an empty layer and a missing one are not the same. ``extensions`` holds the layers of third-party stages.
    """

    id: str
    file: SourceFile
    text: str = ""
    source: record.Source | None = None
    markup: list[Markup] = field(default_factory=list)
    emphasised: list[Span] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)
    sentences: list[SentenceSpan] = field(default_factory=list)
    blocks: list[record.Block] = field(default_factory=list)
    layout: list[record.PageLayout] = field(default_factory=list)
    metadata: record.Metadata = field(default_factory=record.Metadata)
    abstract: record.Abstract = field(default_factory=record.Abstract)
    keywords: list[record.Keyword] = field(default_factory=list)
    terms: list[record.Term] = field(default_factory=list)
    sections: list[record.Section] = field(default_factory=list)
    tables: list[record.Table] = field(default_factory=list)
    notes: list[record.Note] = field(default_factory=list)
    references: list[record.Reference] = field(default_factory=list)
    citations: list[record.Citation] = field(default_factory=list)
    entities: list[record.Entity] = field(default_factory=list)
    dates: list[record.Date] = field(default_factory=list)
    systems: list[record.System] = field(default_factory=list)
    timeline: list[record.Event] = field(default_factory=list)
    diagnostics: list[record.Diagnostic] = field(default_factory=list)
    extensions: dict[str, Any] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)

    def view(self, span: Span) -> MappedText:
        """The words of ``text[span]`` without markup, each character leading back to the article's text.

        Line breaks and page breaks stay as written; folding them is the business of whoever reads the view.
        """
        first = bisect_right(self._markup_ends, span.start)
        removed = []
        for mark in self._markup_spans[first:]:
            if mark.start >= span.end:
                break
            removed.append(mark)
        return without(self.text, removed, within=span)

    def prose(
        self, language: record.Language, kinds: Collection[record.BlockKind] = PROSE, *, separator: str = "\n\n"
    ) -> MappedText:
        """All blocks of a language and of the given kinds as one view, in reading order.

        A block that ``continues`` the one before is joined with a space instead of the separator.
        """
        runs: list[list[MappedText]] = []
        for block in self.blocks:
            if block.language != language or block.kind not in kinds:
                continue
            view = self.view(block.span)
            if block.continues and runs:
                runs[-1].append(view)
            else:
                runs.append([view])
        return MappedText.join((MappedText.join(run, " ") for run in runs), separator)

    def balanced(self, span: Span) -> Span:
        """The span with the emphasis mark right before it or right behind it, when its counterpart lies inside.

        Words are found without markup, so that a sentence that begins in italics would end up with the closing star
        and without the opening one.
        """
        start, end = span
        inside = [mark for mark in self.markup if mark.kind == "emphasis" and span.contains(mark.span)]
        if len(inside) % 2 == 0:
            return span
        for mark in self.markup:
            if mark.kind != "emphasis":
                continue
            if mark.span.end == start and self.surface(mark.span) == self.surface(inside[0].span):
                return Span(mark.span.start, end)
            if mark.span.start == end and self.surface(mark.span) == self.surface(inside[-1].span):
                return Span(start, mark.span.end)
        return span

    def surface(self, span: Span) -> str:
        """The characters of a span, as written."""
        return self.text[span.start : span.end]

    def block_at(self, offset: int) -> record.Block | None:
        """The block that holds a character, or None between blocks."""
        at = bisect_right(self._block_starts, offset) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        return block if offset < block.span.end else None

    def page_at(self, offset: int) -> int | None:
        """The page a character stands on, or None where the format has none."""
        at = bisect_right(self._lines, (offset, self._beyond)) - 1
        return self._lines[at][1] if at >= 0 else None

    def lines_within(self, span: Span) -> list[int]:
        """Where lines of a page begin behind the start of a span and before its end; none where the format has none."""
        first = bisect_right(self._lines, (span.start, self._beyond))
        return [start for start, _ in self._lines[first : bisect_right(self._lines, (span.end - 1, self._beyond))]]

    def in_citation(self, span: Span) -> bool:
        """Whether the span overlaps an in-text citation."""
        return overlaps_any(span, self._citation_spans)

    def diagnose(
        self, stage: str, severity: record.Severity, code: str, message: str, span: Span | None = None
    ) -> record.Diagnostic:
        """A diagnostic to be returned in a stage's layers."""
        return record.Diagnostic(stage=stage, severity=severity, code=code, message=message, span=span)

    def attach(self, layers: dict[str, Any]) -> None:
        """Lay a stage's layers on the article. ``diagnostics`` add up; any other layer replaces the one before."""
        for name, value in layers.items():
            if name == "diagnostics":
                self.diagnostics.extend(value)
            elif name in _LAYER_NAMES:
                setattr(self, name, value)
            else:
                self.extensions[name] = value
            self.made.add(name)
        for cached in ("_markup_spans", "_markup_ends", "_block_starts", "_lines", "_beyond", "_citation_spans"):
            self.__dict__.pop(cached, None)

    @cached_property
    def _markup_spans(self) -> list[Span]:
        return sorted(mark.span for mark in self.markup)

    @cached_property
    def _markup_ends(self) -> list[int]:
        return [span.end for span in self._markup_spans]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    @cached_property
    def _lines(self) -> list[tuple[int, int]]:
        """Start and page of every line, in text order."""
        return sorted((line[0], page.number) for page in self.layout for line in page.lines)

    @cached_property
    def _beyond(self) -> int:
        return max((page.number for page in self.layout), default=0) + 1

    @cached_property
    def _citation_spans(self) -> list[Span]:
        return sorted(citation.span for citation in self.citations)


_LAYER_NAMES = frozenset(Article.__dataclass_fields__) - {"id", "file", "made", "extensions", "diagnostics"}


def overlaps_any(span: Span, spans: list[Span]) -> bool:
    """Whether ``span`` overlaps one of ``spans``, which are sorted and do not overlap each other."""
    at = bisect_right(spans, (span.end, span.end)) - 1
    while at >= 0 and spans[at].end > span.start:
        if spans[at].overlaps(span):
            return True
        at -= 1
    return False


def sorted_mentions(mentions: Iterable[record.Mention]) -> list[record.Mention]:
    """Mentions in text order, without two on the same span (the first given wins)."""
    seen: dict[Span, record.Mention] = {}
    for mention in mentions:
        seen.setdefault(mention.span, mention)
    return [seen[span] for span in sorted(seen)]
