"""The stand-off form of a record: the same facts by offset and hash, without the article's sentences.

Results on a copyrighted article can be passed on in this form; whoever owns the text joins the two again with
:func:`rehydrate`, which checks that it is the very same text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pipeline.errors import RecordError
from pipeline.record import Citation, Evidence, Mention, Note, Record, Reference, Sentence

#: A surface of up to this many characters is a name or a number, not a sentence, and stays.
SHORT = 60


def standoff(record: Record) -> Record:
    """A copy of a record in which no passage of the text is left; the record itself is not changed."""
    bare = record.model_copy(deep=True)
    bare.standoff = True
    for mention in _surfaces(bare):
        if mention.surface is not None and len(mention.surface) > SHORT:
            if not isinstance(mention, Citation):
                mention.sha256 = _digest(mention.surface)
            mention.surface = None
            if isinstance(mention, Mention):
                mention.normalized = None
    for passage in _passages(bare):
        if passage.text is not None:
            passage.sha256 = _digest(passage.text)
            passage.text = None
        if isinstance(passage, Sentence):
            passage.normalized = None
    for reference in bare.references:
        reference.title = None
    for table in bare.tables:
        table.columns, table.rows, table.caption = None, None, None
    for event in bare.timeline:
        event.what = None
    return bare


def rehydrate(record: Record, text: str) -> Record:
    """A copy of a stand-off record with the passages filled in from the owner's copy of the text.

    Raises RecordError (``E-RECORD-TEXT``) when the text is not the one the record was made from.
    """
    full = record.model_copy(deep=True)
    try:
        full.with_text(text)
    except ValueError as error:
        raise RecordError(str(error), code="E-RECORD-TEXT") from None
    for mention in _surfaces(full):
        if mention.surface is None:
            mention.surface = full.text_of(mention.span)
            if not isinstance(mention, Citation):
                _verify(record.id, mention.surface, mention.sha256)
                mention.sha256 = None
    for passage in _passages(full):
        if passage.text is None and passage.sha256 is not None:
            passage.text = full.text_of(passage.span)
            _verify(record.id, passage.text, passage.sha256)
            passage.sha256 = None
    full.standoff = False
    return full


def _surfaces(record: Record) -> Iterator[Mention | Evidence | Citation]:
    for author in record.metadata.authors:
        yield from (mention for _, mention in author.mentions.all())
    yield from record.metadata.evidence
    yield from record.citations
    for facts in (record.entities, record.dates, record.systems):
        for fact in facts:
            yield from (mention for _, mention in fact.mentions.all())


def _passages(record: Record) -> Iterator[Sentence | Note | Reference]:
    for abstract in (record.abstract.en, record.abstract.fa):
        if abstract is not None:
            yield from abstract.sentences
    yield from record.notes
    yield from record.references


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _verify(record_id: str, text: str, digest: str | None) -> None:
    if digest is not None and _digest(text) != digest:
        raise RecordError(f"{record_id}: a passage of the text differs from the one recorded", code="E-RECORD-TEXT")
