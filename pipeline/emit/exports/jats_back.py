"""The back of a JATS article: notes, and references with the parts that were recognised marked in their words."""

from __future__ import annotations

from pipeline.emit.exports.jats_elements import Element, Jats
from pipeline.emit.exports.plain_words import plain_words
from pipeline.emit.exports.xml_text import legal
from pipeline.record import Reference, Span

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def back(jats: Jats) -> None:
    """Write ``back``, when the article has notes or references."""
    record = jats.record
    if not (record.notes or record.references):
        return
    element = jats.add(jats.root, "back")
    if record.notes:
        group = jats.add(element, "fn-group")
        for note in record.notes:
            item = jats.add(group, "fn", id=jats.names.of(note.id), lang=note.language)
            jats.add(item, "label", note.label)
            jats.words(jats.add(item, "p"), Span(*note.span))
    if record.references:
        listed = jats.add(element, "ref-list")
        for reference in record.references:
            _reference(jats, jats.add(listed, "ref", id=jats.names.of(reference.id)), reference)


def _reference(jats: Jats, parent: Element, reference: Reference) -> None:
    text = plain_words(jats.record, reference.text or jats.record.text_of(reference.span))
    cited = jats.add(parent, "mixed-citation", lang=reference.language)
    at, last = 0, None
    for start, end, tag, kind in _parts(reference, text):
        _put(cited, last, text[at:start])
        last = (
            jats.add(cited, tag, text[start:end], pub_id_type=kind) if kind else jats.add(cited, tag, text[start:end])
        )
        at = end
    _put(cited, last, text[at:])


def _put(cited: Element, last: Element | None, text: str) -> None:
    if last is None:
        cited.text = legal(text)
    else:
        last.tail = legal(text)


def _parts(reference: Reference, text: str) -> list[tuple[int, int, str, str | None]]:
    """Where the recognised parts stand in the entry's words, without overlaps, in order."""
    plain = text.translate(_DIGITS)
    wanted: list[tuple[str | None, str, str | None]] = [(reference.title, "article-title", None)]
    wanted += [(author, "string-name", None) for author in reference.authors]
    wanted += [(reference.year, "year", None), (reference.doi, "pub-id", "doi"), (reference.url, "uri", None)]
    found: list[tuple[int, int, str, str | None]] = []
    for part, tag, kind in wanted:
        start = plain.find(part.translate(_DIGITS)) if part else -1
        end = start + len(part or "")
        if start >= 0 and all(end <= other[0] or start >= other[1] for other in found):
            found.append((start, end, tag, kind))
    return sorted(found)
