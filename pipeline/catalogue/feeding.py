"""Feeding records into a catalogue, one article after the other, and taking vanished ones out.

An article is replaced in one transaction: a reader sees all of its old rows or all of its new ones. Feeders take turns
(a lock of the database), so that several runs may feed one catalogue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.engine import URL

from pipeline.catalogue import merging
from pipeline.catalogue import tables as t
from pipeline.catalogue.engine import exclusively, located, writing
from pipeline.catalogue.migrations import migrate
from pipeline.catalogue.rows import article_rows
from pipeline.catalogue.storing import among, highest, store
from pipeline.record import Record

#: Articles in one transaction when many are fed.
_TOGETHER = 50


@dataclass(frozen=True)
class Origin:
    """Where a record was read from, and what changes when it does; both serve only to skip and to prune."""

    folder: str | None = None
    fingerprint: str | None = None


def feed(records: Iterable[Record | tuple[Record, Origin]], url: str | URL, *, folder: Path = Path()) -> int:
    """Put records into the catalogue, each in place of what it held of that article. Returns how many.

    Args:
        records: the records, or pairs of a record and its origin; taken one by one.
        url: a URL, a path, or ``sqlite`` for the file in ``folder``.
        folder: the folder of the records.

    Raises CatalogueError when the database cannot be opened or written to; whole articles are in it or not.
    """
    count = 0
    with opened(located(url, folder) if isinstance(url, str) else url) as connection:
        for batch in _batches(records):
            with transaction(connection):
                for record, origin in batch:
                    replace(connection, record, origin)
                    count += 1
    return count


@contextmanager
def opened(url: URL) -> Iterator[Connection]:
    """A connection for feeding, the schema up to date; changes are made in :func:`transaction`."""
    with writing(url) as engine, engine.connect() as connection:
        with transaction(connection):
            migrate(connection)
        yield connection


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """A transaction that no other feeder shares."""
    with connection.begin():
        exclusively(connection)
        yield


def replace(connection: Connection, record: Record, origin: Origin) -> None:
    """Put one record into the catalogue, within the connection's transaction."""
    standing = among(connection, t.articles.c.article, [record.id], t.articles.c.id)
    known: int | None = standing[0][1] if standing else None
    number = known or highest(connection, t.articles) + 1
    rows = article_rows(record, number)
    article = {**rows.article, "folder": origin.folder, "fingerprint": origin.fingerprint}
    touched: dict[int, list[str]] = {}
    if known is None:
        store(connection, t.articles, [article])
    else:
        # Without the id: setting it, even to what it is, makes the database look through every table that refers to it.
        changed = {name: value for name, value in article.items() if name != "id"}
        connection.execute(update(t.articles).where(t.articles.c.id == number), changed)
        touched = _empty(connection, number)
    if rows.facts:
        merging.place(connection, rows.facts, record.id)
        store(connection, t.facts, [fact.row for fact in rows.facts])
    for table in reversed(t.OF_ARTICLE):
        store(connection, table, rows.others.get(table.name, ()))
    if touched:
        merging.settle(connection, touched, rows.facts)


def remove(connection: Connection, articles: Collection[str]) -> int:
    """Take articles out, within the connection's transaction. Decisions about them stay. Returns how many were in."""
    count = 0
    for article in sorted(articles):
        number = connection.scalar(select(t.articles.c.id).where(t.articles.c.article == article))
        if number is not None:
            merging.settle(connection, _empty(connection, number))
            connection.execute(delete(t.articles).where(t.articles.c.id == number))
            count += 1
    return count


def _empty(connection: Connection, number: int) -> dict[int, list[str]]:
    """Delete the rows of an article; returns the entities to be settled."""
    first, beyond = t.id_range(number)
    for table in t.OF_ARTICLE:
        if table is not t.facts:
            connection.execute(delete(table).where(table.c.id >= first, table.c.id < beyond))
    return merging.take_away(connection, first, beyond)


def _batches(records: Iterable[Record | tuple[Record, Origin]]) -> Iterator[list[tuple[Record, Origin]]]:
    batch: list[tuple[Record, Origin]] = []
    for each in records:
        batch.append((each, Origin()) if isinstance(each, Record) else each)
        if len(batch) == _TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch
