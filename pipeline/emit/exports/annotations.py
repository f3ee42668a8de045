"""The facts of a record as marks on its text: what annotation tools, corpora and stand-off markup are made from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.record import Bilingual, Date, Entity, Mention, Record, Span, System

#: The labels of dates and of systems; an entity's label is its type.
DATE, SYSTEM = "DATE", "SYSTEM"
#: Every label, in a fixed order.
LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "LAW", "WORK", "PROGRAM", DATE, SYSTEM)


@dataclass(frozen=True, slots=True)
class Annotation:
    """One place of the text that speaks of one fact; ``fact`` is the id of the entity, date or system.

    ``value`` is the EDTF value of a date and the designation of a system.
    """

    fact: str
    label: str
    span: Span
    language: Literal["en", "fa"]
    surface: str
    confidence: float
    method: str
    name: Bilingual = field(default_factory=Bilingual)
    normalized: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    value: str | None = None


def marks_of(record: Record) -> list[Annotation]:
    """All mentions of entities, dates and systems in text order, the longer one first where two begin together.

    A surface that a stand-off record leaves out is filled in from the text where there is one, and is empty otherwise.
    """
    found = list(_all(record))
    found.sort(key=lambda a: (a.span.start, -a.span.end, LABELS.index(a.label), a.fact))
    return found


def _all(record: Record) -> Iterator[Annotation]:
    for entity in record.entities:
        yield from _of(record, entity, entity.type, entity.name, entity.identifiers, None)
    for date in record.dates:
        yield from _of(record, date, DATE, Bilingual(), {}, date.value.edtf)
    for system in record.systems:
        yield from _of(record, system, SYSTEM, system.name, {}, system.designation)


def _of(
    record: Record,
    fact: Entity | Date | System,
    label: str,
    name: Bilingual,
    identifiers: dict[str, str],
    value: str | None,
) -> Iterator[Annotation]:
    for language, mention in fact.mentions.all():
        yield Annotation(
            fact=fact.id,
            label=label,
            span=Span(*mention.span),
            language=language,
            surface=_surface(record, mention),
            confidence=fact.confidence if mention.confidence is None else mention.confidence,
            method=mention.method or fact.method,
            name=name,
            normalized=mention.normalized,
            identifiers=tuple(sorted(identifiers.items())),
            value=value,
        )


def _surface(record: Record, mention: Mention) -> str:
    if mention.surface is not None:
        return mention.surface
    return record.text_of(mention.span) if record.text is not None else ""


def flat(marks: Iterable[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
    """``marks`` without overlaps, and those left out, both in text order: the longer of two stays, else the earlier."""
    kept: list[Annotation] = []
    dropped: list[Annotation] = []
    for mark in sorted(marks, key=lambda mark: (mark.span.start - mark.span.end, mark.span.start)):
        at = bisect_left(kept, mark.span, key=lambda other: other.span)
        if any(other.span.overlaps(mark.span) for other in kept[max(at - 1, 0) : at + 1]):
            dropped.append(mark)
        else:
            kept.insert(at, mark)
    return kept, sorted(dropped, key=lambda mark: mark.span)


def within(marks: Sequence[Annotation], span: Span) -> list[Annotation]:
    """The marks that lie wholly inside a span."""
    return [mark for mark in marks if span.contains(mark.span)]
