"""Stage 5: the finished record becomes files.

``<id>.yaml`` is the record; ``<id>.txt`` is the text its offsets point into; ``<id>.jsonl`` is the record as one line
of JSON (``cat *.jsonl`` makes a JSON Lines file of a folder). Every file is written beside its place and renamed
into it, so that an interrupted run leaves the old file or the new one, never half of one.

A person's decisions about the article (``reviews/<id>.yaml`` beside it) are applied before anything is written, and the
record as the machine made it is kept in ``reviews/.machine/<id>.jsonl``, so that a decision can be taken back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from pipeline import stage, yaml_style
from pipeline.article import Article
from pipeline.decisions import FOLDER, decide, is_decided, read_reviews
from pipeline.emit.atomic import write_atomically, write_together
from pipeline.emit.standoff import standoff
from pipeline.record import Record

Format = Literal["yaml", "text", "jsonl"]


class EmitSettings(stage.Settings):
    """What is written for each article."""

    formats: tuple[Format, ...] = Field(default=("yaml", "text", "jsonl"), description="the files to write")
    low_confidence: float = Field(
        default=0.7, ge=0.0, le=1.0, description="entities, dates, systems and events less certain are marked `low`"
    )
    text: bool = Field(default=True, description="false writes the stand-off form: offsets and hashes, no text")


class EmitStage:
    """Writes records. It lays nothing on the article: the road calls :meth:`finish` and :meth:`write`."""

    name: ClassVar[str] = "emit"
    version: ClassVar[str] = "1"
    requires: ClassVar[frozenset[str]] = frozenset({"text", "source", "blocks"})
    provides: ClassVar[frozenset[str]] = frozenset()
    Settings: ClassVar[type[stage.Settings]] = EmitSettings

    def __init__(self, settings: EmitSettings) -> None:
        self.settings = settings

    def __call__(self, article: Article) -> dict[str, Any]:
        return {}

    def finish(self, record: Record) -> None:
        """Mark what the settings call little certain."""
        record.mark_low(self.settings.low_confidence)

    def write(self, record: Record, folder: Path) -> list[Path]:
        """Write the record's files into ``folder`` (made when missing). Returns their paths.

        Raises OSError when the folder cannot be written to (the old files are then as they were), and ReviewError when
        a file of decisions cannot be read.
        """
        folder.mkdir(parents=True, exist_ok=True)
        final = decided(record, folder)
        shared = final if self.settings.text else standoff(final)
        plain = shared.to_dict()
        contents: dict[Path, str] = {}
        for form in self.settings.formats:
            suffix, render = _FORMATS[form]
            target = folder / f"{record.id}{suffix}"
            content = render(shared, plain)
            if content is None:
                target.unlink(missing_ok=True)
                continue
            contents[target] = content
        write_together(contents)
        return list(contents)


def decided(record: Record, folder: Path) -> Record:
    """The record under the decisions in ``folder/reviews``; the machine's own is then kept beside them.

    A record without its text, or that decisions were applied to already, is returned as it is. Raises ReviewError.
    """
    if record.text is None or is_decided(record):
        return record
    reviews = read_reviews(folder / FOLDER, record.id)
    if reviews:
        keep_machine(record, folder / FOLDER)
    return decide(record, reviews).record


def keep_machine(record: Record, reviews: Path) -> None:
    """Keep a record that no decision has touched, as the ground on which decisions are applied and taken back."""
    target = machine_file(reviews, record.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, _json_line(record, record.to_dict()))


def machine_file(reviews: Path, record_id: str) -> Path:
    """Where the machine's own record of a reviewed article is kept."""
    return reviews / ".machine" / f"{record_id}.jsonl"


def _yaml(_: Record, plain: dict[str, Any]) -> str:
    return yaml_style.dump(plain)


def _json_line(_: Record, plain: dict[str, Any]) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) + "\n"


def _text(record: Record, _: dict[str, Any]) -> str | None:
    return None if record.standoff else record.text


_FORMATS: dict[Format, tuple[str, Callable[[Record, dict[str, Any]], str | None]]] = {
    "yaml": (".yaml", _yaml),
    "text": (".txt", _text),
    "jsonl": (".jsonl", _json_line),
}
