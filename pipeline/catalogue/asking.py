"""What a search asks for: the words of the question as both databases' full-text languages write them.

``rail transit`` finds passages with both words in any order, ``"rail transit"`` the words side by side, ``transit*``
words that begin so. Everything else a person types is a word or nothing: no character has a meaning for the database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.catalogue.folding import folded, prefix
from pipeline.errors import CatalogueError

#: Words of a question that are looked for; more are left out.
_MOST_WORDS = 32
_PART = re.compile(
    r"[\"“”«»](?P<phrase>[^\"“”«»]*)[\"“”«»]?|(?P<prefix>[^\s\"“”«»*]{2,})\*|(?P<words>[^\"“”«»*]+)|.", re.DOTALL
)
_LAST_WORDS = re.compile(r"(?s)(?P<before>.*\s)?(?P<last>\S{2,})$")


@dataclass(frozen=True)
class Question:
    """The words of a question. ``terms`` are phrases of one or more keys; ``prefixes`` are beginnings of keys."""

    text: str
    terms: tuple[tuple[str, ...], ...]
    prefixes: tuple[str, ...] = ()

    def fts5(self, *markers: str) -> str:
        """The question in SQLite's language."""
        parts = [f'"{" ".join(term)}"' for term in self.terms]
        parts += [f'"{each}"*' for each in self.prefixes]
        return " AND ".join([*parts, *(f'"{marker}"' for marker in markers)])

    def tsquery(self, *markers: str) -> str:
        """The question in PostgreSQL's language."""
        parts = [f"({' <-> '.join(_quoted(key) for key in term)})" for term in self.terms]
        parts += [f"{_quoted(each)}:*" for each in self.prefixes]
        return " & ".join([*parts, *(_quoted(marker) for marker in markers)])

    def keys(self) -> frozenset[str]:
        """Every key of the terms, for marking them in a text."""
        return frozenset(key for term in self.terms for key in term)


def question(text: str) -> Question:
    """The question that a person's words mean. Raises CatalogueError (``E-CATALOGUE-QUERY``) when there is no word."""
    terms: list[tuple[str, ...]] = []
    prefixes: list[str] = []
    for match in _PART.finditer(text[:10_000]):
        if match["phrase"] is not None:
            if phrase := tuple(folded(match["phrase"]).split()):
                terms.append(phrase)
        elif match["prefix"] is not None:
            if beginning := prefix(match["prefix"]):
                prefixes.append(beginning)
        elif match["words"] is not None:
            words, beginning = _without_beginning(match["words"], text[match.end() : match.end() + 1])
            prefixes += [beginning] if beginning else []
            terms += [(key,) for key in folded(words).split()]
    terms = list(dict.fromkeys(terms))[:_MOST_WORDS]
    if not terms and not prefixes:
        raise CatalogueError(f"there is no word in {text[:60]!r} to look for", code="E-CATALOGUE-QUERY")
    return Question(text, tuple(terms), tuple(dict.fromkeys(prefixes))[:_MOST_WORDS])


def _without_beginning(words: str, following: str) -> tuple[str, str]:
    """The words, less the last one when a star follows it: that is a beginning."""
    if following != "*" or (match := _LAST_WORDS.fullmatch(words)) is None:
        return words, ""
    return match["before"] or "", prefix(match["last"])


def _quoted(key: str) -> str:
    """A key holds letters and digits only (:mod:`pipeline.catalogue.folding`), so that quoting it is enough."""
    return f"'{key}'"
