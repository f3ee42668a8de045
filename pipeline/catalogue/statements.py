"""A person's own SQL, which can read and do nothing else; and the catalogue in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from pipeline.catalogue import tables as t
from pipeline.catalogue.engine import cause
from pipeline.errors import CatalogueError

_READS = re.compile(r"(?is)(?:\s|--[^\n]*\n|/\*.*?\*/)*(select|with|values|explain)\b")


def read_only(connection: Connection, statement: str) -> tuple[list[str], Iterator[Sequence[Any]]]:
    """Column names and rows of one SELECT (or WITH, VALUES, EXPLAIN).

    Three things stand between the statement and the data: the database is opened for reading, only one statement is
    taken, and only of these kinds; SQLite's authoriser and PostgreSQL's read-only transaction refuse what hides in it.

    Raises CatalogueError with the database's words when the statement is refused or wrong.
    """
    if not _READS.match(statement):
        raise CatalogueError("only SELECT, WITH, VALUES and EXPLAIN can be asked", code="E-CATALOGUE-SQL")
    wrong: tuple[type[Exception], ...] = (SQLAlchemyError, *_driver_errors())
    try:
        if connection.dialect.name == "sqlite":
            import sqlite3

            driver: Any = connection.connection.driver_connection
            # Virtual tables are set up when they are first used, which the authoriser would refuse.
            for index in ("names_fts", "passages_fts"):
                driver.execute(f"SELECT 1 FROM {index} LIMIT 0")
            allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
            # FTS5 asks for its own settings through a pragma that reads.
            driver.set_authorizer(
                lambda action, name, value, *_: (
                    sqlite3.SQLITE_OK
                    if action in allowed or (action == sqlite3.SQLITE_PRAGMA and name == "data_version")
                    else sqlite3.SQLITE_DENY
                )
            )
            cursor = driver.execute(statement)
        else:
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            driver = connection.connection.driver_connection
            # Prepared statements take one command only.
            cursor = driver.cursor().execute(statement, prepare=True)
    except wrong as error:
        words = cause(error) if isinstance(error, SQLAlchemyError) else " ".join(str(error).split())
        raise CatalogueError(words, code="E-CATALOGUE-SQL") from None
    if cursor.description is None:
        return [], iter(())
    return [each[0] for each in cursor.description], _rows(cursor)


def _rows(cursor: Any) -> Iterator[Sequence[Any]]:
    try:
        yield from cursor
    except _driver_errors() as error:
        raise CatalogueError(" ".join(str(error).split()), code="E-CATALOGUE-SQL") from None


def _driver_errors() -> tuple[type[Exception], ...]:
    import sqlite3

    try:
        import psycopg
    except ImportError:
        return (sqlite3.Error, sqlite3.Warning)
    return (sqlite3.Error, sqlite3.Warning, psycopg.Error)


def stats(connection: Connection) -> dict[str, Any]:
    """Rows of each table, entities by type, articles by language, and how far the two languages meet."""
    counted = (
        t.articles, t.entities, t.facts, t.mentions, t.systems, t.properties, t.relations, t.dates, t.events,
        t.alignments, t.bibliography, t.citations, t.authors, t.passages, t.decisions,
    )  # fmt: skip
    both = (t.facts.c.mentions_en > 0) & (t.facts.c.mentions_fa > 0)
    return {
        "rows": {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in counted},
        "entities_by_type": _grouped(connection, t.entities.c.type),
        "articles_by_language": _grouped(connection, t.articles.c.language),
        "alignments_by_kind": _grouped(connection, t.alignments.c.kind),
        "standoff_articles": connection.scalar(
            select(func.count()).select_from(t.articles).where(t.articles.c.standoff.is_(True))
        ),
        "facts_in_both_languages": connection.scalar(select(func.count()).select_from(t.facts).where(both)),
        "entities_in_several_articles": connection.scalar(
            select(func.count()).select_from(
                select(t.facts.c.entity_id).group_by(t.facts.c.entity_id).having(func.count() > 1).subquery()
            )
        ),
    }


def _grouped(connection: Connection, column: Any) -> dict[str, int]:
    rows = connection.execute(select(column, func.count()).group_by(column)).all()
    return {str(value): count for value, count in sorted(rows, key=lambda row: (-row[1], str(row[0])))}
