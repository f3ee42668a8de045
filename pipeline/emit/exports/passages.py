"""The passages of an article as spaCy documents: its blocks of one language, tokenised, with the names in them.

Tokens are those of spaCy's blank English and Persian pipelines, which every model trained with spaCy expects. A name
whose ends fall inside a token (``Iran–China``, where the tokeniser sees one word) cannot be told by tags on tokens; it
is listed with the others that are missed, never moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pipeline.article import PROSE
from pipeline.emit.exports.annotations import Annotation, flat, marks_of, within
from pipeline.emit.exports.plain_words import trimmed
from pipeline.record import Record, Span

KINDS = PROSE | {"reference", "author", "affiliation", "date_line"}
LANGUAGES: tuple[Literal["en", "fa"], ...] = ("en", "fa")


@dataclass(frozen=True, slots=True)
class Missed:
    """A mention that tags on tokens cannot hold, and why."""

    mark: Annotation
    reason: Literal["overlaps a longer one", "ends inside a token", "outside the passages"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A block: where it stands, its tokens (a spaCy ``Doc``), and its mentions on them.

    ``entities`` do not overlap; ``spans`` may.
    """

    span: Span
    kind: str
    document: Any
    entities: list[tuple[Annotation, Any]]
    spans: list[tuple[Annotation, Any]]
    missed: list[Missed]


def passages(record: Record, language: Literal["en", "fa"]) -> Iterator[Passage]:
    """The passages of a record in one language, in reading order; the record has its text."""
    marks = marks_of(record)
    for block in record.blocks:
        if block.language != language or block.kind not in KINDS:
            continue
        span = trimmed(record, Span(*block.span))
        here = within(marks, span)
        document = _pipeline(language).make_doc(record.text_of(span))
        held, missed = [], []
        for mark in here:
            tokens = document.char_span(
                mark.span.start - span.start, mark.span.end - span.start, label=mark.label, kb_id=mark.fact
            )
            if tokens is None:
                missed.append(Missed(mark, "ends inside a token"))
            else:
                held.append((mark, tokens))
        kept, dropped = flat([mark for mark, _ in held])
        chosen = set(map(id, kept))
        missed += [Missed(mark, "overlaps a longer one") for mark in dropped]
        entities = [(mark, tokens) for mark, tokens in held if id(mark) in chosen]
        document.ents = [tokens for _, tokens in entities]
        yield Passage(span, block.kind, document, entities, held, missed)


def missed_table(record: Record, done: dict[str, list[Passage]]) -> bytes | None:
    """What the passages of all languages miss, as tab-separated text; None when they miss nothing."""
    missed = [miss for listed in done.values() for passage in listed for miss in passage.missed]
    seen = {id_of(miss.mark) for miss in missed}
    seen |= {id_of(mark) for listed in done.values() for passage in listed for mark, _ in passage.spans}
    missed += [Missed(mark, "outside the passages") for mark in marks_of(record) if id_of(mark) not in seen]
    if not missed:
        return None
    lines = ["start\tend\tlabel\tfact\tsurface\treason"]
    for miss in sorted(missed, key=lambda miss: (miss.mark.span, miss.mark.fact)):
        surface = " ".join(miss.mark.surface.split())
        lines.append(
            f"{miss.mark.span.start}\t{miss.mark.span.end}\t{miss.mark.label}\t{miss.mark.fact}\t{surface}\t{miss.reason}"
        )
    return ("\n".join(lines) + "\n").encode("utf-8")


def id_of(mark: Annotation) -> tuple[Span, str]:
    """What tells one mention from another."""
    return mark.span, mark.fact


@cache
def _pipeline(language: str) -> Any:
    import spacy

    return spacy.blank(language)
