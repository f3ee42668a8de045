"""Making a catalogue from folders of records, and feeding it while a run goes on.

Records on disk are the owners of all facts: a catalogue that was lost is built again from them. Reading is
incremental: a record whose files have not changed since they were fed is passed over unread.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from pipeline import collector
from pipeline.api import load
from pipeline.catalogue import tables as t
from pipeline.catalogue.decided import feed_decisions
from pipeline.catalogue.engine import OFF, cause, located, reading
from pipeline.catalogue.feeding import Origin, opened, remove, replace, transaction
from pipeline.errors import DozabanError
from pipeline.record import Record

#: Nanoseconds that may pass between the two files of one record, of which the YAML is written last.
_WRITTEN_TOGETHER = 2_000_000_000
#: Records that a run feeds in one transaction, and the seconds after which it does not wait for more of them.
_TOGETHER = 10
_LONGEST_WAIT = 5.0


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
                with collector.paused(), transaction(connection):
                    replace(connection, record, Origin(here, fingerprint))
                    feed_decisions(connection, record.id, path.parent)
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

    Records are fed a few at a time, so that one transaction serves several; what a run that was killed had not fed
    yet, the next one feeds, whether it makes those records again or not. The catalogue is never a reason for a run
    to fail: when it cannot be fed, ``warn`` is called once and the outcomes go on. ``none`` (or an empty url)
    switches it off.
    """
    feeder = None if url in OFF else _Feeder(folder, url, warn)
    try:
        for outcome in outcomes:
            if feeder is not None and outcome.status not in ("failed", "duplicate"):
                feeder.take(outcome.id, made=outcome.made)
            yield outcome
    finally:
        if feeder is not None:
            feeder.close()


def refresh(folder: Path, url: str, article: str, warn: Callable[[str], None]) -> None:
    """Feed one record that was written anew. ``warn`` is told what kept it from the catalogue, if anything did."""
    feeder = _Feeder(folder, url, warn)
    feeder.take(article, made=True)
    feeder.close()


class _Feeder:
    """Feeds records a few at a time; after a failure of the database it says so once and does nothing more."""

    def __init__(self, folder: Path, url: str, warn: Callable[[str], None]) -> None:
        self.folder, self.place, self.warn = folder, located(url, folder), warn
        self.here = str(folder.absolute())
        self.stack = ExitStack()
        self.connection: Connection | None = None
        self.given_up = False
        self.waiting: list[Path] = []
        self.since = 0.0
        self._readable = True

    def take(self, article: str, *, made: bool) -> None:
        path = self.folder / f"{article}.yaml"
        if self.given_up or not any(path.with_suffix(suffix).is_file() for suffix in (".yaml", ".jsonl")):
            return
        if not made and not self._lacks(path):
            return
        if not self.waiting:
            self.since = time.monotonic()
        self.waiting.append(path)
        if len(self.waiting) >= _TOGETHER or time.monotonic() - self.since > _LONGEST_WAIT:
            self._feed()

    def close(self) -> None:
        self._feed()
        try:
            self.stack.close()
        except (DozabanError, SQLAlchemyError) as error:
            self._give_up(str(error))

    def _lacks(self, path: Path) -> bool:
        """Whether the catalogue has not got this record, or has an older one that was fed from this folder."""
        if path.stem not in self._known:
            return self._readable
        folder, fingerprint = self._known[path.stem]
        return folder == self.here and fingerprint != _fingerprint(path)

    @cached_property
    def _known(self) -> dict[str, tuple[str | None, str | None]]:
        """Folder and fingerprint of each article in the catalogue as the run found it."""
        c = t.articles.c
        try:
            with reading(self.place) as connection:
                rows = connection.execute(select(c.article, c.folder, c.fingerprint)).all()
        except DozabanError as error:
            self._readable = error.code == "E-CATALOGUE-MISSING"
            return {}
        return {row.article: (row.folder, row.fingerprint) for row in rows}

    def _feed(self) -> None:
        """Feed what is waiting, in one transaction."""
        paths, self.waiting = self.waiting, []
        if self.given_up or not paths:
            return
        with collector.paused():
            records = []
            for path in paths:
                origin = Origin(self.here, _fingerprint(path))
                try:
                    records.append((read_record(path), origin))
                except DozabanError as error:
                    self.warn(f"not fed into the catalogue: {error}")
            try:
                if self.connection is None:
                    self.connection = self.stack.enter_context(opened(self.place))
                with transaction(self.connection):
                    for record, origin in records:
                        replace(self.connection, record, origin)
                        feed_decisions(self.connection, record.id, self.folder)
            except SQLAlchemyError as error:
                self._give_up(cause(error))
            except (DozabanError, OSError) as error:
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
        record = Record.model_validate_json(twin.read_bytes())
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
