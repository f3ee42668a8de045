"""How each layer of a record is held against gold."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.evaluate.facts import date_scores, entity_scores, event_scores, system_scores
from pipeline.evaluate.gold import Gold
from pipeline.evaluate.scores import Score, folded, score_sets
from pipeline.record import Record


def scores(record: Record, gold: Gold) -> list[Score]:
    """Every score that this gold allows, in the order of the record."""
    text = record.text or ""
    return [
        *_fields(record, gold),
        *_counts(record, gold),
        *_abstract(record, gold),
        *_keywords(record, gold),
        *entity_scores(record, gold, text),
        *date_scores(record, gold, text),
        *system_scores(record, gold, text),
        *event_scores(record, gold),
    ]


def _fields(record: Record, gold: Gold) -> Iterator[Score]:
    if not gold.fields:
        return
    metadata = record.metadata
    found = {"title.en": metadata.title.en, "title.fa": metadata.title.fa}
    for i, author in enumerate(metadata.authors):
        found |= {f"authors.{i}.en": author.name.en, f"authors.{i}.fa": author.name.fa}
    found |= {"received": metadata.received, "accepted": metadata.accepted}
    found["email"] = next((author.email for author in metadata.authors if author.email), None)
    due = [(key, folded(value)) for key, value in gold.fields.items()]
    got = [(key, folded(value)) for key, value in found.items() if value and key in gold.fields]
    yield score_sets("metadata", due, got)


def _counts(record: Record, gold: Gold) -> Iterator[Score]:
    found = {
        "body sections": sum(1 for s in record.sections if s.role == "body"),
        "notes": len(record.notes),
        "note markers": sum(len(note.markers) for note in record.notes),
        "references": len(record.references),
        "table rows": sum(len(table.rows or ()) for table in record.tables),
        "abstract sentences en": len(record.abstract.en.sentences) if record.abstract.en else 0,
        "abstract sentences fa": len(record.abstract.fa.sentences) if record.abstract.fa else 0,
    }
    if gold.counts:
        yield score_sets("structure", gold.counts.items(), [(key, found[key]) for key in gold.counts])


def _abstract(record: Record, gold: Gold) -> Iterator[Score]:
    same = True
    for language in ("en", "fa"):
        due = gold.sentences.get(language)
        if due is None:
            continue
        abstract = getattr(record.abstract, language)
        sentences = abstract.sentences if abstract is not None else []
        if due and isinstance(due[0], str):
            score = score_sets(f"sentences {language}", map(folded, map(str, due)), [folded(s.text) for s in sentences])
        else:
            score = score_sets(f"sentences {language}", [tuple(s) for s in due], [tuple(s.span) for s in sentences])
        same = same and not score.missed and not score.spurious
        yield score
    if gold.alignment is not None:
        links = [(tuple(link.en), tuple(link.fa)) for link in record.abstract.alignment]
        yield score_sets("sentence links", gold.alignment, links)


def _keywords(record: Record, gold: Gold) -> Iterator[Score]:
    if gold.keywords is not None:
        due = [(folded(en), folded(fa)) for en, fa in gold.keywords if en and fa]
        yield score_sets("keyword pairs", due, [(folded(k.en), folded(k.fa)) for k in record.keywords if k.en and k.fa])
