"""The memory of a folder of records: what each was made from, what came of it, and which files hold it.

An SQLite file in write-ahead mode. Each article is one transaction, so that a run that is killed loses the article it
was at and nothing else. The ledger may be deleted at any time: everything is then made again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.batch.outcome import Outcome

#: Grows when the tables change; a ledger of another version is set aside.
VERSION = 1
_TABLES = """
create table articles (
    id text primary key,
    source text not null,    -- what the source is known by: an absolute path, archive!/member, URL
    part text,               -- the article in a file of several
    content text not null,   -- SHA-256 of the source
    key text not null,       -- what the record depends on (pipeline.batch.fingerprint)
    layers text,             -- key of the kept layers, where there are any
    outcome text not null,   -- JSON
    files text not null      -- JSON: [name, stamp, SHA-256] of each file of the record
);
create index articles_content on articles (content);
create table sources (
    source text primary key,
    stamp text not null,     -- what changes when the file does
    content text not null    -- SHA-256
);
"""


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a record: its name, what changes when it is touched, and its SHA-256."""

    name: str
    stamp: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one article."""

    id: str
    source: str
    part: str | None
    content: str
    key: str
    layers: str | None
    outcome: Outcome
    files: tuple[Written, ...]


class Ledger:
    """The open ledger. Its owner is the one process that writes the records."""

    def __init__(self, path: Path) -> None:
        """Opens the ledger, made when missing. One that is damaged, or of another version, is set aside."""
        try:
            self._db = _open(path)
        except sqlite3.DatabaseError:
            for suffix in ("", "-wal", "-shm"):
                old = path.with_name(path.name + suffix)
                if old.exists():
                    old.replace(path.with_name(f"{path.stem}.set-aside{path.suffix}{suffix}"))
            self._db = _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def entry(self, article_id: str) -> Entry | None:
        """What is known of the article with this id."""
        row = self._db.execute("select * from articles where id = ?", (article_id,)).fetchone()
        return _entry(row) if row else None

    def entries(self) -> Iterator[Entry]:
        """Everything known, in order of id."""
        for row in self._db.execute("select * from articles order by id").fetchall():
            yield _entry(row)

    def with_content(self, content: str, part: str | None) -> list[Entry]:
        """The articles made from a file of this content."""
        rows = self._db.execute(
            "select * from articles where content = ? and part is ? order by id", (content, part)
        ).fetchall()
        return [_entry(row) for row in rows]

    def ids(self) -> dict[tuple[str, str | None], str]:
        """The id of each article, by its source and part."""
        return {
            (source, part): name for name, source, part in self._db.execute("select id, source, part from articles")
        }

    def wrote(self, name: str) -> bool:
        """Whether a file of this name belongs to a record."""
        entry = self.entry(name.rpartition(".")[0])
        return entry is not None and any(file.name == name for file in entry.files)

    def record(self, entry: Entry) -> None:
        """Write what came of an article."""
        files = json.dumps([[file.name, file.stamp, file.sha256] for file in entry.files])
        outcome = json.dumps(entry.outcome.to_dict(), ensure_ascii=False)
        row = (entry.id, entry.source, entry.part, entry.content, entry.key, entry.layers, outcome, files)
        with self._db:
            self._db.execute("insert or replace into articles values (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def content(self, source: str, stamp: str) -> str | None:
        """The SHA-256 of a source that has not been touched since it was last read."""
        row = self._db.execute("select content from sources where source = ? and stamp = ?", (source, stamp)).fetchone()
        return str(row[0]) if row else None

    def remember(self, contents: list[tuple[str, str, str]]) -> None:
        """Keep source, stamp and SHA-256 of sources that were read."""
        with self._db:
            self._db.executemany("insert or replace into sources values (?, ?, ?)", contents)


def _open(path: Path) -> sqlite3.Connection:
    # Threads take turns (a notebook's generator may be resumed in another one).
    db = sqlite3.connect(path, timeout=30, check_same_thread=False)
    try:
        version = db.execute("pragma user_version").fetchone()[0]
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        if version == 0:
            with db:
                db.executescript(f"begin; {_TABLES} pragma user_version = {VERSION}; commit;")
        elif version != VERSION:
            raise sqlite3.DatabaseError(f"version {version}")
        db.execute("select count(*) from articles").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _entry(row: tuple[str, str, str | None, str, str, str | None, str, str]) -> Entry:
    article_id, source, part, content, key, layers, outcome, files = row
    written = tuple(Written(*file) for file in json.loads(files))
    return Entry(article_id, source, part, content, key, layers, Outcome.from_dict(json.loads(outcome)), written)
