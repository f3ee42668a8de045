"""What came of one article: its record's figures, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from pipeline.record import Record

Status = Literal["ok", "warnings", "failed", "duplicate"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a report says of a record: its size, what it has in each language, and how sure its facts are.

    ``doubtful`` is the number of entities, dates and systems that the record marks as ``low``; ``confidence``
    the mean of all of them, None where there are none.
    """

    media_type: str = ""
    characters: int = 0
    pages: int | None = None
    words_en: int = 0
    words_fa: int = 0
    title: tuple[str, ...] = ()
    abstract: tuple[str, ...] = ()
    facts: int = 0
    doubtful: int = 0
    confidence: float | None = None

    @classmethod
    def of(cls, record: Record) -> Figures:
        """The figures of a record."""
        every = [fact for layer in (record.entities, record.dates, record.systems) for fact in layer]
        facts = [fact.confidence for fact in every]
        sides: tuple[Literal["en", "fa"], ...] = ("en", "fa")
        return cls(
            media_type=record.source.media_type,
            characters=record.source.characters,
            pages=record.source.pages,
            words_en=record.source.words.en,
            words_fa=record.source.words.fa,
            title=tuple(side for side in sides if getattr(record.metadata.title, side)),
            abstract=tuple(side for side in sides if getattr(record.abstract, side)),
            facts=len(facts),
            doubtful=sum(1 for fact in every if fact.low),
            confidence=round(sum(facts) / len(facts), 4) if facts else None,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of a run's summary.

    ``made`` is false for a record that stood already and needed nothing; ``stages`` are those that ran; ``same_as`` is
    the article that a duplicate duplicates; ``note`` says what was unusual (a record that had been changed by hand).
    """

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
    made: bool = True
    stages: tuple[tuple[str, float], ...] = ()
    megabytes: float = 0.0
    worker: str = ""
    same_as: str | None = None
    note: str | None = None
    figures: Figures = field(default_factory=Figures)

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
            figures=Figures.of(record),
        )

    def kept(self) -> Outcome:
        """The row of the same article in a run that had nothing to do for it."""
        return replace(self, made=False, stages=(), note=None, worker="")

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Outcome:
        """From plain data as :meth:`to_dict` gives it (lists in place of tuples)."""
        figures = dict(data["figures"])
        figures.update(title=tuple(figures["title"]), abstract=tuple(figures["abstract"]))
        pairs = {name: tuple(tuple(pair) for pair in data[name]) for name in ("warnings", "stages")}
        return cls(**{**data, **pairs, "figures": Figures(**figures)})


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
