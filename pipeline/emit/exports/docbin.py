"""spaCy DocBin: a file for each language, a passage a document, ready for ``spacy train``.

``doc.ents`` holds the mentions without overlaps, ``doc.spans["sc"]`` all of them; ``kb_id`` is the fact's id.
``doc.user_data`` says where a document stands: ``article`` and ``start``, in code points of the article's text.
"""

from __future__ import annotations

from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.passages import LANGUAGES, missed_table, passages
from pipeline.record import Record

_ATTRIBUTES = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


def render(record: Record) -> Files:
    """``.<language>.spacy`` for each language the article has, ``.missed.tsv`` where tokens cannot hold a mention."""
    from spacy.tokens import DocBin, SpanGroup

    files: dict[str, bytes] = {}
    done = {language: list(passages(record, language)) for language in LANGUAGES}
    for language, listed in done.items():
        if not listed:
            continue
        store = DocBin(attrs=_ATTRIBUTES, store_user_data=True)
        for passage in listed:
            document = passage.document
            document.user_data = {"article": record.id, "start": passage.span.start, "kind": passage.kind}
            spans = [tokens for _, tokens in passage.spans]
            document.spans["sc"] = SpanGroup(document, name="sc", spans=spans)
            store.add(document)
        files[f".{language}.spacy"] = store.to_bytes()
    missed = missed_table(record, done)  # type: ignore[arg-type]
    return files if missed is None else {**files, ".missed.tsv": missed}
