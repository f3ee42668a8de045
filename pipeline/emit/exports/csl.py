"""CSL-JSON: the article (once in each language it has a title in) and its references, for Zotero, Pandoc and citeproc.

The year of a Persian reference is kept as written (``literal``): it is a year of the Jalali calendar, and a style
would take ``date-parts`` for Gregorian.
"""

from __future__ import annotations

import json
from typing import Any

from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.person_names import PersonName, cited_name, person_name
from pipeline.emit.exports.plain_words import plain_words
from pipeline.emit.exports.publication import Face, faces, issued
from pipeline.record import Record, Reference


def render(record: Record) -> Files:
    """A list of CSL items."""
    items = [_article(record, face) for face in faces(record)]
    items += [_reference(record, reference) for reference in record.references]
    return {".csl.json": (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode("utf-8")}


def _article(record: Record, face: Face) -> dict[str, Any]:
    meta = record.metadata
    abstract = getattr(record.abstract, face.language, None)
    sentences = [s.text for s in abstract.sentences if s.text] if abstract else []
    keywords = [word for keyword in record.keywords if (word := getattr(keyword, face.language, None))]
    return _filled(
        id=face.key,
        type="article-journal",
        title=plain_words(record, face.title),
        author=[_name(person_name(name)) for name in face.authors],
        issued=_parts(issued(meta)),
        **{"container-title": face.journal},
        volume=meta.volume,
        issue=meta.issue,
        page=meta.pages,
        DOI=meta.doi,
        language=face.language,
        abstract=plain_words(record, " ".join(sentences)),
        keyword=("، " if face.language == "fa" else ", ").join(keywords),
        submitted=_parts(meta.received),
    )


def _reference(record: Record, reference: Reference) -> dict[str, Any]:
    return _filled(
        id=f"{record.id}/{reference.id}",
        type="document",
        title=plain_words(record, reference.title or reference.text or ""),
        author=[_name(cited_name(name)) for name in reference.authors],
        issued=_year(reference.year),
        DOI=reference.doi,
        URL=reference.url,
        language=reference.language if reference.language != "und" else None,
        note=plain_words(record, reference.text) if reference.text and reference.title else None,
    )


def _name(name: PersonName) -> dict[str, str]:
    if not name.whole:
        return {"family": name.family, "given": name.given}
    return {"literal": name.family} if " " in name.family else {"family": name.family}


def _parts(date: str | None) -> dict[str, Any] | None:
    if not date:
        return None
    parts = date.split("-")
    if not all(part.isdigit() for part in parts):
        return {"literal": date}
    return {"date-parts": [[int(part) for part in parts]]}


def _year(year: str | None) -> dict[str, Any] | None:
    if not year:
        return None
    gregorian = year.isascii() and year.isdigit() and int(year) > 1500
    return {"date-parts": [[int(year)]]} if gregorian else {"literal": year}


def _filled(**fields: Any) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}
