"""What the entities of each annotated type were taken for."""

from __future__ import annotations

from pipeline.evaluate.gold import Gold
from pipeline.record import Record

#: For each annotated type: how often each type (or nothing, ``-``) was found on the same words.
Confusion = dict[str, dict[str, int]]


def confusion(record: Record, gold: Gold) -> Confusion:
    """The table, types in alphabetical order, ``-`` last; the row ``-`` holds what stands where nothing is annotated.

    A mention counts with the type found on exactly its span, else with that of the longest overlap.
    """
    if gold.entities is None:
        return {}
    optional = {(item.span, item.type) for item in gold.optional_entities}
    found = [
        (mention.span, entity.type)
        for entity in record.entities
        for _, mention in entity.mentions.all()
        if gold.covers(mention.span) and (mention.span, entity.type) not in optional
    ]
    table: dict[str, dict[str, int]] = {}
    met: set[int] = set()
    for item in gold.entities:
        touching = [(at, span, kind) for at, (span, kind) in enumerate(found) if span.overlaps(item.span)]
        met.update(at for at, _, _ in touching)
        best = max(
            touching,
            key=lambda hit: (
                hit[1] == item.span,
                hit[2] == item.type,
                min(hit[1].end, item.span.end) - max(hit[1].start, item.span.start),
            ),
            default=None,
        )
        row = table.setdefault(item.type, {})
        taken_for = best[2] if best else "-"
        row[taken_for] = row.get(taken_for, 0) + 1
    for at, (_, kind) in enumerate(found):
        if at not in met:
            row = table.setdefault("-", {})
            row[kind] = row.get(kind, 0) + 1
    order = sorted(table, key=lambda kind: (kind == "-", kind))
    return {kind: dict(sorted(table[kind].items(), key=lambda cell: (cell[0] == "-", cell[0]))) for kind in order}
