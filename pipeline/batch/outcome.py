"""What came of one article: its record's counts, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.record import Record

Status = Literal["ok", "warnings", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of a run's summary."""

    id: str
    file: str
    status: Status
    seconds: float
    code: str | None = None
    message: str | None = None
    entities: int = 0
    dates: int = 0
    systems: int = 0
    aligned: int = 0
    warnings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, record: Record, file: str, seconds: float) -> Outcome:
        """The row of an article that has a record."""
        warnings = tuple((each.code, each.message) for each in record.diagnostics if each.severity != "info")
        return cls(
            id=record.id,
            file=file,
            status="warnings" if warnings else "ok",
            seconds=seconds,
            entities=len(record.entities),
            dates=len(record.dates),
            systems=len(record.systems),
            aligned=aligned_pairs(record),
            warnings=warnings,
        )


def aligned_pairs(record: Record) -> int:
    """How many things of one language are joined to the other: sentences, keywords, entities, dates and systems."""
    sentences = sum(1 for link in record.abstract.alignment if link.en and link.fa)
    keywords = sum(1 for keyword in record.keywords if keyword.en and keyword.fa)
    facts = sum(
        1
        for layer in (record.entities, record.dates, record.systems)
        for fact in layer
        if fact.mentions.en and fact.mentions.fa
    )
    return sentences + keywords + facts
