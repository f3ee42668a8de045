"""From records to files: one pass over the records, every format fed from it, nothing half-written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.emit.atomic import write_atomically
from pipeline.emit.exports.exporter import Collector, Exporter
from pipeline.emit.exports.file_names import FileNames
from pipeline.errors import DozabanError, ExportError
from pipeline.record import Record


@dataclass(slots=True)
class Delivered:
    """What an export came to: how many records and files, and what could not be written and why.

    ``failures`` pairs the article (or the format) with the error's message.
    """

    articles: int = 0
    files: int = 0
    failures: list[tuple[str, DozabanError]] = field(default_factory=list)


@dataclass(slots=True)
class _Format:
    exporter: Exporter
    folder: Path
    collector: Collector | None = None
    workshop: Path | None = None


def deliver(
    records: Iterable[Record | tuple[str, DozabanError]], formats: Sequence[Exporter], target: Path
) -> Delivered:
    """Write records in each format into ``target``; with several formats, each gets a folder of its name there.

    A record that a format cannot hold is listed among the failures and does not stop the others, and so is one that
    came as an error (its name and what is wrong with it). Raises ExportError (``E-EXPORT-TARGET``) when the folder
    cannot be written to.
    """
    done = Delivered()
    with _writing_into(target), tempfile.TemporaryDirectory(prefix=".export-", dir=target) as workshop:
        open_formats = list(_opened(formats, target, Path(workshop), done))
        names = FileNames()
        for record in records:
            done.articles += 1
            if isinstance(record, tuple):
                done.failures.append(record)
                continue
            name = names.of(record.id)
            for form in open_formats:
                try:
                    _write(form, record, name, done)
                except ExportError as error:
                    done.failures.append((record.id, error))
        for form in open_formats:
            if form.collector is not None and form.workshop is not None:
                form.collector.close()
                done.files += _move(form.workshop, form.folder)
    return done


def _opened(formats: Sequence[Exporter], target: Path, workshop: Path, done: Delivered) -> Iterator[_Format]:
    for exporter in formats:
        form = _Format(exporter, target / exporter.name if len(formats) > 1 else target)
        try:
            exporter.ready()
            beside = exporter.beside()
            if exporter.scope == "run":
                form.workshop = workshop / exporter.name
                form.workshop.mkdir()
                form.collector = exporter.collect(form.workshop)
        except ExportError as error:
            if len(formats) == 1:
                raise
            done.failures.append((exporter.name, error))
            continue
        form.folder.mkdir(parents=True, exist_ok=True)
        for name, content in beside.items():
            write_atomically(form.folder / name, content)
            done.files += 1
        yield form


def _write(form: _Format, record: Record, name: str, done: Delivered) -> None:
    if form.collector is not None:
        form.exporter.check(record)
        form.collector.add(record)
        return
    for ending, content in form.exporter.render(record).items():
        write_atomically(form.folder / f"{name}{ending}", content)
        done.files += 1


def _move(workshop: Path, folder: Path) -> int:
    """Put finished files into their place. Returns how many."""
    finished = sorted(workshop.iterdir())
    for made in finished:
        made.chmod(0o644)
        made.replace(folder / made.name)
    return len(finished)


@contextmanager
def _writing_into(target: Path) -> Iterator[None]:
    try:
        target.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise ExportError(f"{target} cannot be written to: {error.strerror or error}", code="E-EXPORT-TARGET") from None
