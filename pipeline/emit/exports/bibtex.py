"""BibTeX: the article (once in each language it has a title in) and its references, written by bibtexparser.

The file is UTF-8 (biblatex with biber, or JabRef); ``langid`` says which language an entry is in. Keys are ASCII, as
BibTeX wants them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.emit.exports.exporter import Files
from pipeline.emit.exports.person_names import PersonName, cited_name, person_name
from pipeline.emit.exports.plain_words import plain_words
from pipeline.emit.exports.publication import Face, faces, issued
from pipeline.record import Record, Reference

_LANGUAGES = {"en": "english", "fa": "persian"}
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9:._-]+")
#: Characters that mean something to TeX in running text; the backslash goes first.
_SPECIAL = re.compile(r"[\\&%$#_{}~^]")
#: Braces are counted even where they are escaped, so that a lone one needs a name.
_ESCAPED = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
}  # fmt: skip


def render(record: Record) -> Files:
    """The article's entries, then one for each reference."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field
    from bibtexparser.writer import BibtexFormat

    keys = _Keys()
    library = Library()
    for face in faces(record):
        fields = _article(record, face)
        library.add(Entry("article", keys.of(face.key), [Field(key, f"{{{value}}}") for key, value in fields.items()]))
    for reference in record.references:
        fields = _reference(record, reference)
        key = keys.of(_reference_key(reference))
        library.add(Entry("misc", key, [Field(name, f"{{{value}}}") for name, value in fields.items()]))
    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent = "  "
    form.block_separator = "\n"
    form.trailing_comma = True
    return {".bib": write_string(library, unparse_stack=[], bibtex_format=form).encode("utf-8")}


def _article(record: Record, face: Face) -> dict[str, str]:
    meta = record.metadata
    date = issued(meta)
    keywords = [word for keyword in record.keywords if (word := getattr(keyword, face.language, None))]
    return _filled(
        author=_authors(map(person_name, face.authors)),
        title=_tex(plain_words(record, face.title)),
        journal=_tex(face.journal or ""),
        year=date[:4] if date else None,
        date=date,
        volume=meta.volume,
        number=meta.issue,
        pages=meta.pages.replace("–", "--") if meta.pages else None,
        doi=meta.doi,
        keywords=_tex(", ".join(keywords)),
        langid=_LANGUAGES.get(face.language),
    )


def _reference(record: Record, reference: Reference) -> dict[str, str]:
    text = plain_words(record, reference.text) if reference.text else ""
    return _filled(
        author=_authors(map(cited_name, reference.authors)),
        title=_tex(plain_words(record, reference.title or "")),
        year=reference.year,
        doi=reference.doi,
        url=reference.url,
        note=_tex(text),
        langid=_LANGUAGES.get(reference.language),
    )


def _reference_key(reference: Reference) -> str:
    family = cited_name(reference.authors[0]).family if reference.authors else ""
    named = _NOT_IN_KEY.sub("", family)
    return f"{named}{reference.year or ''}" if named and reference.year else reference.id.replace("/", "-")


def _authors(names: Iterable[PersonName]) -> str:
    """Names as BibTeX reads them without guessing: ``Family, Given``, or a whole name in braces."""
    written = []
    for name in names:
        family, given = _tex(name.family), _tex(name.given)
        whole = name.whole and re.search(r"[\s,،]", family)
        written.append(f"{{{family}}}" if whole else f"{family}, {given}" if given else family)
    return " and ".join(written)


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], f"\\{match[0]}"), text)


def _filled(**fields: str | None) -> dict[str, str]:
    return {key: value for key, value in fields.items() if value}


class _Keys:
    """Unique keys; a second ``Smith2010`` becomes ``Smith2010b``."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, wanted: str) -> str:
        base = _NOT_IN_KEY.sub("-", wanted).strip("-") or "article"
        key, number = base, 1
        while key.lower() in self._taken:
            number += 1
            key = f"{base}{chr(ord('a') + number - 1)}" if number <= 26 else f"{base}-{number}"
        self._taken.add(key.lower())
        return key
