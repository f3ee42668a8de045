"""Making a catalogue from folders of records, and feeding it while a run goes on.

Records on disk are the owners of all facts: a catalogue that was lost is built again from them. Reading is
incremental: a record whose files have not changed since they were fed is passed over unread.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from pipeline.api import load
from pipeline.catalogue import tables as t
from pipeline.catalogue.engine import OFF, cause, located
from pipeline.catalogue.feeding import Origin, opened, remove, replace, transaction
from pipeline.errors import DozabanError
from pipeline.record import Record

#: Nanoseconds that may pass between the two files of one record, of which the YAML is written last.
_WRITTEN_TOGETHER = 2_000_000_000


@dataclass
class Built:
    """What a build did: articles fed, passed over, taken out; and what could not be read."""

    fed: int = 0
    unchanged: int = 0
    removed: int = 0
    problems: list[str] = field(default_factory=list)


class Finished(Protocol):
    """What the catalogue needs to know of an article that a run is done with."""

    @property
    def id(self) -> str:
        """The article's id."""
        ...

    @property
    def status(self) -> str:
        """``failed`` when there is no record, ``duplicate`` when another article has it."""
        ...

    @property
    def made(self) -> bool:
        """Whether the record is new; False where it stood already."""
        ...


def build(
    folders: Iterable[Path],
    url: str,
    *,
    prune: bool = False,
    everything: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Built:
    """Feed every record of the folders that is new or changed.

    Args:
        folders: folders of records; the first is where ``sqlite`` puts its file.
        url: as in the setting ``catalogue.url``.
        prune: take out articles that were fed from one of these folders and have no record there any more.
        everything: feed unchanged records too.
        progress: called with each article's id.

    Raises CatalogueError when the database cannot be opened or written to. A record that cannot be read is listed
    among the problems; what the catalogue held of it stays.
    """
    folders = list(folders)
    done = Built()
    with opened(located(url, folders[0])) as connection:
        c = t.articles.c
        rows = connection.execute(select(c.article, c.folder, c.fingerprint)).all()
        connection.rollback()
        known = {row.article: row.fingerprint for row in rows}
        fed_from = {row.article: row.folder for row in rows}
        seen: set[tuple[str, str]] = set()
        for folder in folders:
            here = str(folder.absolute())
            for path in sorted(folder.glob("*.yaml")):
                seen.add((here, path.stem))
                fingerprint = _fingerprint(path)
                if known.get(path.stem) == fingerprint and fed_from.get(path.stem) == here and not everything:
                    done.unchanged += 1
                    continue
                try:
                    record = read_record(path)
                except DozabanError as error:
                    done.problems.append(str(error))
                    continue
                with transaction(connection):
                    replace(connection, record, Origin(here, fingerprint))
                done.fed += 1
                if progress:
                    progress(record.id)
        if prune:
            places = {str(folder.absolute()) for folder in folders}
            gone = {a for a, place in fed_from.items() if place in places and (place, a) not in seen}
            with transaction(connection):
                done.removed = remove(connection, gone)
    return done


def following[Outcome: Finished](
    outcomes: Iterable[Outcome], folder: Path, url: str, warn: Callable[[str], None]
) -> Iterator[Outcome]:
    """Pass a run's outcomes on, feeding the record of each into the catalogue once it is written.

    The catalogue is never a reason for a run to fail: when it cannot be fed, ``warn`` is called once and the
    outcomes go on. Records that stood already are fed only when the catalogue's file is missing. ``none`` (or an
    empty url) switches it off.
    """
    feeder = None if url in OFF else _Feeder(folder, url, warn)
    place = None if feeder is None else located(url, folder)
    missing = place is not None and place.get_backend_name() == "sqlite" and not Path(place.database or "").is_file()
    try:
        for outcome in outcomes:
            wanted = (outcome.made or missing) and outcome.status not in ("failed", "duplicate")
            if feeder is not None and wanted:
                feeder.take(outcome.id)
            yield outcome
    finally:
        if feeder is not None:
            feeder.close()


class _Feeder:
    """Feeds one record after the other; after a failure of the database it says so once and does nothing more."""

    def __init__(self, folder: Path, url: str, warn: Callable[[str], None]) -> None:
        self.folder, self.url, self.warn = folder, url, warn
        self.stack = ExitStack()
        self.connection: Connection | None = None
        self.given_up = False

    def take(self, article: str) -> None:
        path = self.folder / f"{article}.yaml"
        if self.given_up or not any(path.with_suffix(suffix).is_file() for suffix in (".yaml", ".jsonl")):
            return
        try:
            record = read_record(path)
        except DozabanError as error:
            self.warn(f"not fed into the catalogue: {error}")
            return
        try:
            if self.connection is None:
                self.connection = self.stack.enter_context(opened(located(self.url, self.folder)))
            with transaction(self.connection):
                replace(self.connection, record, Origin(str(self.folder.absolute()), _fingerprint(path)))
        except SQLAlchemyError as error:
            self._give_up(cause(error))
        except (DozabanError, OSError) as error:
            self._give_up(str(error))

    def close(self) -> None:
        try:
            self.stack.close()
        except (DozabanError, SQLAlchemyError) as error:
            self._give_up(str(error))

    def _give_up(self, why: str) -> None:
        if not self.given_up:
            self.warn(f"the catalogue was not fed any further: {why}. The records are written all the same")
        self.given_up = True


def read_record(path: Path) -> Record:
    """The record of a YAML file, by its JSON twin where that is as new (a tenth of the time). Raises RecordError."""
    twin = path.with_suffix(".jsonl")
    text = path.with_suffix(".txt")
    try:
        if path.is_file() and twin.stat().st_mtime_ns < path.stat().st_mtime_ns - _WRITTEN_TOGETHER:
            return load(path)
        record = Record.model_validate(json.loads(twin.read_bytes()))
        if not record.standoff and text.is_file():
            record.with_text(text.read_bytes().decode("utf-8"))
        return record
    except (OSError, ValueError):
        return load(path)


def _fingerprint(path: Path) -> str:
    """Changes when a record's files do: of the names, sizes and times of change of YAML, JSON and text."""
    digest = hashlib.sha256()
    for suffix in (".yaml", ".jsonl", ".txt"):
        try:
            stat = path.with_suffix(suffix).stat()
        except OSError:
            continue
        digest.update(f"{suffix} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
