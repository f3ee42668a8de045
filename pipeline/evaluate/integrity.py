"""What must hold of every record, whatever it is about: the checks behind ``dozaban validate``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.record import Record
from pipeline.text.offsets import Span


def problems(record: Record) -> list[str]:
    """Everything wrong with a record, in words; an empty list when it is whole.

    Spans are checked against the text when it is attached, otherwise only against its stated length.
    """
    return [*_spans(record), *_ids(record), *_blocks(record), *_alignment(record), *_targets(record)]


def spans_of(record: Record) -> Iterator[tuple[str, Span, str | None]]:
    """Every span of a record with a name for messages, and the surface it states, when it states one."""
    for author in record.metadata.authors:
        for _, mention in author.mentions.all():
            yield "metadata.authors", mention.span, mention.surface
    for evidence in record.metadata.evidence:
        yield f"metadata.{evidence.field}", evidence.span, evidence.surface
    for language, abstract in (("en", record.abstract.en), ("fa", record.abstract.fa)):
        if abstract is not None:
            yield f"abstract.{language}", abstract.span, None
            for sentence in abstract.sentences:
                yield f"abstract.{language}", sentence.span, sentence.text
    for keyword in record.keywords:
        for span, surface in ((keyword.spans.en, keyword.en), (keyword.spans.fa, keyword.fa)):
            if span is not None:
                yield "keywords", span, surface
    for section in record.sections:
        yield section.id, section.span, None
    for table in record.tables:
        yield table.id, table.span, None
        for row in table.cells:
            yield from ((table.id, cell, None) for cell in row if cell is not None)
    for note in record.notes:
        yield note.id, note.span, note.text
        yield from ((note.id, marker, None) for marker in note.markers)
    for reference in record.references:
        yield reference.id, reference.span, reference.text
    for citation in record.citations:
        yield citation.id, citation.span, citation.surface
    for facts in (record.entities, record.dates, record.systems):
        for fact in facts:
            for _, mention in fact.mentions.all():
                yield fact.id, mention.span, mention.surface
    for system in record.systems:
        yield from ((system.id, origin.evidence, None) for origin in system.origin if origin.evidence)
        yield from ((system.id, found.evidence, None) for found in system.properties)
        yield from ((system.id, relation.evidence, None) for relation in system.relations)
    for event in record.timeline:
        yield event.id, event.evidence, None
    for diagnostic in record.diagnostics:
        if diagnostic.span is not None:
            yield diagnostic.code, diagnostic.span, None


def _spans(record: Record) -> Iterator[str]:
    length = record.source.characters
    for where, span, surface in spans_of(record):
        if not 0 <= span[0] < span[1] <= length:
            yield f"{where}: span {list(span)} is empty or outside the text of {length} characters"
        elif surface is not None and record.text is not None and record.text_of(span) != surface:
            yield f"{where}: the text at {list(span)} is {record.text_of(span)!r}, not {surface!r}"


def _ids(record: Record) -> Iterator[str]:
    counts = Counter(fact.id for _, layer in record.layers() for fact in layer if hasattr(fact, "id"))
    for fact_id, count in counts.items():
        if count > 1:
            yield f"{fact_id}: {count} facts share this id"


def _blocks(record: Record) -> Iterator[str]:
    """Blocks are in order, apart from each other, and leave out white space only."""
    at = 0
    for block in record.blocks:
        if block.span.start < at:
            yield f"blocks: the block at {list(block.span)} overlaps the one before"
        elif record.text is not None and record.text[at : block.span.start].strip():
            yield f"blocks: characters {at} to {block.span.start} are in no block"
        at = max(at, block.span.end)
    if record.text is not None and record.blocks and record.text[at:].strip():
        yield f"blocks: the characters from {at} on are in no block"


def _alignment(record: Record) -> Iterator[str]:
    for language, abstract in (("en", record.abstract.en), ("fa", record.abstract.fa)):
        linked = [index for link in record.abstract.alignment for index in getattr(link, language)]
        size = len(abstract.sentences) if abstract is not None else 0
        if record.abstract.alignment and sorted(linked) != list(range(size)):
            yield f"abstract.alignment: the {size} sentences of {language!r} are not each linked once"


def _targets(record: Record) -> Iterator[str]:
    known = {fact.id for layer in (record.entities, record.systems) for fact in layer}
    for system in record.systems:
        for relation in system.relations:
            if relation.target not in known:
                yield f"{system.id}: relation to {relation.target!r}, which is not in the record"
    for event in record.timeline:
        for target in [*event.participants, *([event.place] if event.place else [])]:
            if target not in known:
                yield f"{event.id}: {target!r} is not in the record"
