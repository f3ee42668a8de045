"""Whether confidences mean what they say: of the facts said to be 80 % sure, four in five should be right.

The expected calibration error is the mean distance between confidence and share of right facts over ten bins, weighted
by their size (Naeini, Cooper and Hauskrecht 2015).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.evaluate.gold import Gold
from pipeline.record import Record

_BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """One layer's expected calibration error, and its bins as (mean confidence, share right, number)."""

    layer: str
    error: float
    bins: tuple[tuple[float, float, int], ...]


def calibrated(record: Record, gold: Gold) -> list[Calibration]:
    """The calibration of the layers whose mentions the gold annotates."""
    found: list[Calibration] = []
    if gold.entities is not None:
        right = {(item.span, item.type) for item in [*gold.entities, *gold.optional_entities]}
        found += _of(
            "entities",
            (
                (mention.confidence or entity.confidence, (mention.span, entity.type) in right)
                for entity in record.entities
                for _, mention in entity.mentions.all()
                if gold.covers(mention.span)
            ),
        )
    if gold.dates is not None:
        spans = {span for item in gold.dates for span in item.mention.spans}
        found += _of(
            "dates",
            (
                (mention.confidence or date.confidence, mention.span in spans)
                for date in record.dates
                for _, mention in date.mentions.all()
                if gold.covers(mention.span, dates=True)
            ),
        )
    if gold.systems is not None:
        named = {span for system in gold.systems for span in system.mentions}
        found += _of(
            "systems",
            (
                (mention.confidence or system.confidence, mention.span in named)
                for system in record.systems
                for _, mention in system.mentions.all()
                if gold.covers(mention.span) and mention.span not in gold.optional_systems
            ),
        )
    return found


def _of(layer: str, cases: Iterable[tuple[float, bool]]) -> list[Calibration]:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in cases:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    total = sum(map(len, bins))
    if not total:
        return []
    rows = [
        (sum(c for c, _ in filled) / len(filled), sum(r for _, r in filled) / len(filled), len(filled))
        for filled in bins
        if filled
    ]
    error = sum(abs(confidence - share) * size for confidence, share, size in rows) / total
    return [Calibration(layer, round(error, 4), tuple((round(c, 3), round(s, 3), n) for c, s, n in rows))]
