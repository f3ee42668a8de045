"""Dozaban as a component of a spaCy pipeline: ``nlp.add_pipe("dozaban")``.

The document's text goes down the road as an article; what the record says of it is laid on the document. ``doc.ents``
gets the entities, dates and systems that do not overlap (the longest first, as spaCy wants it),
``doc.spans["dozaban"]`` all of them, and ``doc._.dozaban`` the record itself. A span's label is its type (``PERSON``,
``DATE``, ``SYSTEM``), ``kb_id_`` the id of the fact in the record. Mentions whose edges fall inside a token are
widened to whole tokens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from pipeline import api
from pipeline.record import Mentions, Record

KEY = "dozaban"


@Language.factory("dozaban", default_config={"settings": {}, "media_type": "text/plain", "set_ents": True})
def make_dozaban(nlp: Language, name: str, settings: Mapping[str, Any], media_type: str, set_ents: bool) -> Component:
    """What spaCy calls to make the component; registered as the factory ``dozaban``."""
    return Component(settings, media_type, set_ents)


class Component:
    """Lays a record's facts on documents, whose text has to be as a record's is: NFC, with LF line ends."""

    def __init__(self, settings: Mapping[str, Any], media_type: str = "text/plain", set_ents: bool = True) -> None:
        self._settings = dict(settings)
        self._media_type = media_type
        self._set_ents = set_ents
        if not Doc.has_extension(KEY):
            Doc.set_extension(KEY, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its facts. Raises ReadError when its text cannot be an article."""
        if not doc.text.strip():
            return doc
        record = api.process_text(doc.text, media_type=self._media_type, settings=self._settings or None)
        doc._.dozaban = record
        if record.text != doc.text:
            expected = unicodedata.normalize("NFC", doc.text).replace("\r\n", "\n").replace("\r", "\n")
            raise ValueError(
                "the text is not in NFC with LF line ends, so that offsets would differ; give nlp() the normal form: "
                f"{expected[:40]!r}…"
            )
        spans = [
            span
            for start, end, label, fact in facts(record)
            if (span := doc.char_span(start, end, label=label, kb_id=fact, alignment_mode="expand")) is not None
        ]
        doc.spans[KEY] = spans
        if self._set_ents:
            doc.ents = filter_spans(spans)
        return doc


def facts(record: Record) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, label and id of every mention of a record, in the order of the text."""
    layers: list[tuple[str, str, Mentions]] = [(fact.type, fact.id, fact.mentions) for fact in record.entities]
    layers += [("DATE", fact.id, fact.mentions) for fact in record.dates]
    layers += [("SYSTEM", fact.id, fact.mentions) for fact in record.systems]
    yield from sorted((*m.span, label, fact) for label, fact, mentions in layers for _, m in mentions.all())
