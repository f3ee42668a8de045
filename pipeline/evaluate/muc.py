"""The counts of MUC-5 and SemEval-2013 task 9: how found mentions meet the annotated ones, in four ways of matching.

``strict`` wants span and type, ``exact`` the span, ``partial`` an overlap, ``ent_type`` an overlap of the same type.
Each counts what is correct, incorrect, partial, missing and spurious. The counting is nervaluate's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.evaluate.gold import Gold
from pipeline.record import Record


@dataclass(frozen=True, slots=True)
class MucCounts:
    """The counts of one type (``all`` for every type together) under one way of matching."""

    type: str
    matching: str
    correct: int
    incorrect: int
    partial: int
    missing: int
    spurious: int
    precision: float
    recall: float
    f1: float


def muc_counts(record: Record, gold: Gold) -> list[MucCounts]:
    """The counts for the entities, all together and by type; none when the gold has no entities."""
    if gold.entities is None:
        return []
    from nervaluate import Evaluator

    types = sorted({item.type for item in gold.entities})
    optional = {(item.span, item.type) for item in gold.optional_entities}
    due = [{"label": item.type, "start": item.span.start, "end": item.span.end} for item in gold.entities]
    found = [
        {"label": entity.type, "start": mention.span.start, "end": mention.span.end}
        for entity in record.entities
        for _, mention in entity.mentions.all()
        if gold.covers(mention.span) and (mention.span, entity.type) not in optional and entity.type in types
    ]
    if not due:
        return []
    results: Any = Evaluator([due], [found], tags=types, loader="default").evaluate()
    counts = [_counts("all", matching, result) for matching, result in results["overall"].items()]
    for kind in types:
        counts += [_counts(kind, matching, result) for matching, result in results["entities"][kind].items()]
    return counts


def _counts(kind: str, matching: str, result: Any) -> MucCounts:
    return MucCounts(
        kind, matching, result.correct, result.incorrect, result.partial, result.missed, result.spurious,
        round(result.precision, 4), round(result.recall, 4), round(result.f1, 4),
    )  # fmt: skip
