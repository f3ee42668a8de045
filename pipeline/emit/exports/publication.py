"""An article as a work to be cited: the years, and the two faces of a bilingual article."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.record import Language, Metadata, Record


@dataclass(frozen=True, slots=True)
class Face:
    """The article as readers of one language cite it."""

    key: str
    language: Language
    title: str
    authors: tuple[str, ...]
    journal: str | None


def faces(record: Record) -> list[Face]:
    """One face for each language that has a title, the article's own language first; names fall back on the other's."""
    meta = record.metadata
    main = "fa" if meta.language == "fa" else "en"
    found: list[Face] = []
    for side in (main, "en" if main == "fa" else "fa"):
        title = getattr(meta.title, side)
        if not title:
            continue
        other = "en" if side == "fa" else "fa"
        authors = tuple(
            name for author in meta.authors if (name := getattr(author.name, side) or getattr(author.name, other))
        )
        journal = getattr(meta.journal, side) or getattr(meta.journal, other)
        key = record.id if not found else f"{record.id}-{side}"
        found.append(Face(key, side, title, authors, journal))  # type: ignore[arg-type]
    return found or [Face(record.id, meta.language, record.id, (), None)]


def issued(meta: Metadata) -> str | None:
    """The date an article counts as published on: printed, or else accepted."""
    return meta.published or meta.accepted
