"""TBX: the terms of all articles, keyword pairs among them, as one termbase.

Equal pairs of several articles are one concept. ``dozaban glossary`` merges further (inflected forms) and filters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pipeline.emit.exchange import GlossaryEntry, tbx
from pipeline.emit.exports.xml_text import legal
from pipeline.record import Record


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

    def _take(self, article: str, en: str, fa: str, count: int, confidence: float) -> None:
        term = self._terms.setdefault((en.casefold(), fa), _Term(en, fa))
        term.count += count
        if article not in term.articles:
            term.articles[article] = None
            term.doubt *= 1.0 - confidence

    def close(self) -> None:
        """Write the termbase, in the order of the English terms."""
        entries = [
            GlossaryEntry(legal(t.en), legal(t.fa), t.count, tuple(map(legal, t.articles)), min(0.99, 1.0 - t.doubt))
            for _, t in sorted(self._terms.items())
        ]
        self._path.write_text(tbx(entries), encoding="utf-8", newline="\n")
