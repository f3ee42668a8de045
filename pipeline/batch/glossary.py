"""The glossary of a corpus: the terms of many records, merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.align.terms import term_key
from pipeline.emit.exchange import GlossaryEntry
from pipeline.record import Record


@dataclass
class _Merged:
    """One term's forms by how often each was seen, its articles, and the chance that it is wrong."""

    forms: dict[tuple[str, str], int] = field(default_factory=dict)
    articles: dict[str, None] = field(default_factory=dict)
    doubt: float = 1.0


def merge_terms(records: Iterable[Record]) -> list[GlossaryEntry]:
    """The terms of all records, the commonest first.

    Inflected forms are one term, shown in the form seen most; each article that has it lessens the doubt about it.
    """
    merged: dict[tuple[str, str], _Merged] = {}
    for record in records:
        for term in record.terms:
            found = merged.setdefault(term_key(term.en, term.fa), _Merged())
            form = (term.en, term.fa)
            found.forms[form] = found.forms.get(form, 0) + term.count
            if record.id not in found.articles:
                found.articles[record.id] = None
                found.doubt *= 1.0 - term.confidence
    entries = []
    for found in merged.values():
        english, persian = max(found.forms, key=lambda form: (found.forms[form], form[0].islower(), form))
        confidence = round(min(0.99, 1.0 - found.doubt), 2)
        entries.append(
            GlossaryEntry(english, persian, sum(found.forms.values()), tuple(sorted(found.articles)), confidence)
        )
    return sorted(entries, key=lambda e: (-len(e.articles), -e.count, -e.confidence, e.en.lower(), e.fa))
