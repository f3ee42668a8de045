"""The process that writes reviewed records for the page, and tells the catalogue, where there is one, of each."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalogue.building import refresh
from pipeline.errors import CatalogueError
from pipeline.review.publish import publish, serve


def publish_and_feed(outputs: Path, article: str) -> None:
    """Write the record of an article under its decisions, and bring the catalogue beside it up to date.

    Raises DozabanError and OSError. A catalogue that is not there is not begun: a run of the pipeline or
    ``dozaban catalogue`` makes it.
    """
    publish(outputs, article)
    if (outputs / "catalogue.sqlite").is_file():
        problems: list[str] = []
        refresh(outputs, "sqlite", article, problems.append)
        if problems:
            raise CatalogueError(f"{article}: written, but {problems[0]}")


if __name__ == "__main__":
    serve(publish_and_feed)
