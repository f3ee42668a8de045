"""What the tests of exports share: the project's records, small made-up ones."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from conftest import ROOT

import pipeline
from pipeline import record as model
from pipeline.emit.exports import exporter
from pipeline.record import Record, Span

OUTPUTS = sorted((ROOT / "outputs").glob("*.yaml"))


@cache
def loaded(path: Path) -> Record:
    return pipeline.load(path)


@cache
def rendered(form: str, path: Path) -> dict[str, bytes]:
    return dict(exporter(form).render(loaded(path)))


def made_up(text: str, spans: list[tuple[int, int]], *, language: str = "fa", name: str = "made-up") -> Record:
    """A record of one paragraph with a mention at each span, each of a fact of its own."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    entities = [
        model.Entity(
            id=f"org/{number}",
            type="ORG",
            name=model.Bilingual(fa=text[start:end]),
            mentions=model.Mentions(**{language: [model.Mention(span=Span(start, end), surface=text[start:end])]}),
            method="test",
            confidence=0.5,
        )
        for number, (start, end) in enumerate(spans)
    ]
    made = Record(
        id=name,
        source=model.Source(file=f"{name}.txt", media_type="text/plain", sha256=digest, text_sha256=digest),
        produced_by=model.ProducedBy(dozaban="0", config_sha256="0"),
        metadata=model.Metadata(title=model.Bilingual(en="A title", fa="یک عنوان"), language=language),  # type: ignore[arg-type]
        entities=model.Layer(entities),
        blocks=model.Layer([model.Block(kind="paragraph", language=language, span=Span(0, len(text)))] if text else []),  # type: ignore[arg-type]
    )
    return made.with_text(text)


def save(record: Record, folder: Path) -> Path:
    """Write a record and its text, as a run does."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{record.id}.yaml"
    path.write_text(record.to_yaml(), encoding="utf-8")
    if record.text is not None and not record.standoff:
        (folder / f"{record.id}.txt").write_text(record.text, encoding="utf-8", newline="")
    return path
