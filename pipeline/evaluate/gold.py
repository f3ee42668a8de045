"""Gold annotations as plain data, whatever layout they come in.

A *folder* annotates one article layer by layer (:mod:`.gold_folder`). A *file* sums up one article: titles, abstract
sentences, keyword pairs, names of systems, or every mention with its offsets (:mod:`.gold_file`). What a gold does not
annotate is None and is not scored.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.evaluate.scores import Scored
from pipeline.text.offsets import Span

Links = list[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A time expression: its spans, EDTF value, whether it stands in a citation, whether it is calendar-anchored."""

    mention: Scored
    value: str | None
    inner_value: str | None
    citation: bool
    core: bool
    native: str | None = None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A dated fact: its EDTF date, and the span of the words that state it."""

    date: str
    evidence: Span


@dataclass(frozen=True, slots=True)
class GoldSystem:
    """A named system with its kind, its mentions in scope, its relations as (type, target name) and its properties as
    (name, value) pairs.
    """

    names: tuple[str, ...]
    kind: str | None
    mentions: tuple[Span, ...]
    relations: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...] = ()


@dataclass
class Gold:
    """One article's annotations.

    ``scope`` bounds the spans that were annotated for entities, dates and systems, and ``skipped`` are stretches inside
    it that were not (citations, page noise); ``unread`` ones were not annotated for dates either (the reference list).
    """

    name: str
    scope: Span | None = None
    skipped: list[Span] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sentences: dict[str, list[Span] | list[str]] = field(default_factory=dict)
    alignment: Links | None = None
    keywords: list[tuple[str | None, str | None]] | None = None
    entities: list[Scored] | None = None
    optional_entities: list[Scored] = field(default_factory=list)
    entity_pairs: list[tuple[str, str]] | None = None
    dates: list[GoldDate] | None = None
    systems: list[GoldSystem] | None = None
    system_names: list[tuple[str | None, str | None]] | None = None
    optional_systems: list[Span] = field(default_factory=list)
    events: list[GoldEvent] | None = None

    def covers(self, span: Span, *, dates: bool = False) -> bool:
        """Whether a span lies where the gold is complete, for names or for dates."""
        if self.scope is None or not self.scope.contains(span):
            return False
        return not any(skipped.contains(span) for skipped in (self.unread if dates else self.skipped))
