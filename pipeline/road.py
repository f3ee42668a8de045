"""The road: from a source file to its record, through the configured stages.

This is where the stages meet. They run in order over one article; what they return is attached here and nowhere
else, and the finished layers become the record.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import pipeline
from pipeline import record
from pipeline.article import Article, SourceFile
from pipeline.config import Config
from pipeline.errors import ReadError, StageError
from pipeline.record import Record
from pipeline.stage import Stage


@runtime_checkable
class Sink(Protocol):
    """The last stage: adds what can only be said of a whole record, and writes it somewhere, returning the paths."""

    def finish(self, record: Record) -> None: ...

    def write(self, record: Record, folder: Path) -> list[Path]: ...


@runtime_checkable
class UsesResources(Protocol):
    """A stage that stands on data files and can say which, by name and SHA-256."""

    def resources(self) -> dict[str, str]: ...


class Road:
    """The stages of a configuration, ready to take articles. Models load at the first article and stay loaded."""

    def __init__(self, config: Config | None = None) -> None:
        """Raises ConfigError or StageError when the configuration is wrong."""
        self.config = config or Config()
        stages = self.config.build()
        self.sink: Sink | None = None
        if stages and isinstance(stages[-1], Sink):
            self.sink = stages[-1]
            stages = stages[:-1]
        misplaced = [each.name for each in stages if isinstance(each, Sink)]
        if misplaced:
            raise StageError(f"stage {misplaced[0]!r} writes the record, so it must be the last one")
        self.stages: list[Stage] = stages

    def process(self, file: SourceFile, article_id: str | None = None) -> Record:
        """The record of one article. Raises ReadError when the file cannot be read as one."""
        article = Article(id=article_id or slug(Path(file.name).stem), file=file)
        for _ in self.steps(article):
            pass
        return self.finish(article)

    def steps(self, article: Article, *, after: str | None = None) -> Iterator[str]:
        """Run the stages one by one, yielding each stage's name after its layers were attached.

        ``after`` names the last stage whose layers the article already has; the road goes on behind it.
        """
        names = [each.name for each in self.stages]
        for each in self.stages[names.index(after) + 1 if after is not None else 0 :]:
            article.attach(each(article))
            yield each.name

    def finish(self, article: Article) -> Record:
        """The layers of an article that has passed every stage, as a record with its text attached."""
        if article.source is None:
            raise StageError("no stage read the article: the list of stages has to begin with one that does")
        resources: dict[str, str] = {}
        for each in self.stages:
            if isinstance(each, UsesResources):
                resources.update(each.resources())
        layers: dict[str, Any] = {name: record.Layer(getattr(article, name)) for name in record.LAYERS}
        finished = Record(
            id=article.id,
            source=article.source,
            produced_by=record.ProducedBy(
                dozaban=pipeline.__version__,
                config_sha256=self.config.sha256,
                stages=[record.StageVersion(name=each.name, version=each.version) for each in self.stages],
                resources=dict(sorted(resources.items())),
            ),
            metadata=article.metadata,
            abstract=article.abstract,
            **layers,
            layout=article.layout,
            extensions=article.extensions,
        )
        if self.sink is not None:
            self.sink.finish(finished)
        return finished.with_text(article.text)


def open_source(path: Path | str, media_type: str | None = None, part: str | None = None) -> SourceFile:
    """A file's bytes under its name; ``part`` names one of several articles in it.

    Raises ReadError (``E-UNREADABLE``) when it cannot be opened.
    """
    path = Path(path)
    try:
        return SourceFile(name=path.name, data=path.read_bytes(), media_type=media_type, path=path, part=part)
    except IsADirectoryError:
        raise ReadError(f"{path} is a folder, not an article", code="E-UNREADABLE") from None
    except OSError as error:
        raise ReadError(
            f"{path} cannot be opened: {error.strerror or error}; check that it exists and may be read",
            code="E-UNREADABLE",
        ) from None


def slug(name: str) -> str:
    """A file name's stem as an article id: NFC, lower case, anything but letters, digits, ``.`` and ``_`` as ``-``."""
    cleaned = re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFC", name).lower()).strip("-.")
    return cleaned or "article"
