"""TBX: the terms of all articles, keyword pairs among them, as one termbase.

TBX-Basic of 2008 (``martif``), which Weblate, OmegaT, memoQ and the Translate Toolkit read; the form of 2019 is written
by ``dozaban glossary``, which merges further (inflected forms) and filters. Equal pairs of several articles are one
concept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.emit.exports.xml_text import legal
from pipeline.record import Record

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True)
class _Term:
    en: str
    fa: str
    count: int = 0
    doubt: float = 1.0
    articles: dict[str, None] = field(default_factory=dict)


class Collect:
    """Gathers terms and writes ``terms.tbx``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "terms.tbx"
        self._terms: dict[tuple[str, str], _Term] = {}

    def add(self, record: Record) -> None:
        """Take the terms of one record, and its keyword pairs where it has no terms of that name."""
        known = set()
        for term in record.terms:
            known.add((term.en.casefold(), term.fa))
            self._take(record.id, term.en, term.fa, term.count, term.confidence)
        for keyword in record.keywords:
            if keyword.en and keyword.fa and (keyword.en.casefold(), keyword.fa) not in known:
                self._take(record.id, keyword.en, keyword.fa, 1, keyword.confidence or 0.0)

    def close(self) -> None:
        """Write the termbase, in the order of the English terms."""
        root = etree.Element("martif", {"type": "TBX-Basic", _LANG: "en"})
        header = etree.SubElement(root, "martifHeader")
        description = etree.SubElement(etree.SubElement(header, "fileDesc"), "sourceDesc")
        etree.SubElement(description, "p").text = "Terms of English–Persian articles, found by Dozaban"
        constraints = etree.SubElement(etree.SubElement(header, "encodingDesc"), "p", type="XCSURI")
        constraints.text = "TBXBasicXCSV02.xcs"
        body = etree.SubElement(etree.SubElement(root, "text"), "body")
        for number, (_, term) in enumerate(sorted(self._terms.items()), 1):
            entry = etree.SubElement(body, "termEntry", id=f"term-{number}")
            sure = min(0.99, 1.0 - term.doubt)
            note = f"confidence {sure:.2f}; seen {term.count} times in {', '.join(term.articles)}"
            etree.SubElement(entry, "note").text = legal(note)
            for language, words in (("en", term.en), ("fa", term.fa)):
                listed = etree.SubElement(etree.SubElement(entry, "langSet", {_LANG: language}), "tig")
                etree.SubElement(listed, "term").text = legal(words)
        etree.indent(root)
        self._path.write_bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")

    def _take(self, article: str, en: str, fa: str, count: int, confidence: float) -> None:
        term = self._terms.setdefault((en.casefold(), fa), _Term(en, fa))
        term.count += count
        if article not in term.articles:
            term.articles[article] = None
            term.doubt *= 1.0 - confidence
