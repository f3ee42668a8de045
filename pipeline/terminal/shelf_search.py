"""The catalogue as the full-text search of the review's shelf: it finds articles by words of their running text."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import CatalogueError

#: Passages that are looked at for one question.
_PASSAGES = 400


class CatalogueSearch:
    """Finds articles by their passages in the catalogue beside the records; nothing where there is no catalogue."""

    def __init__(self, outputs: Path, url: str = "sqlite") -> None:
        self.outputs = outputs
        self.url = url

    def find(self, query: str) -> list[str]:
        """The ids of the articles with such passages, in the catalogue's order."""
        from pipeline.catalogue.engine import located, reading
        from pipeline.catalogue.search import search

        try:
            with reading(located(self.url, self.outputs)) as connection:
                answers = search(connection, query, field="text", limit=_PASSAGES)
        except CatalogueError:
            return []
        return list(dict.fromkeys(answer.article for answer in answers))
