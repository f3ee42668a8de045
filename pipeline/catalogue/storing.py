"""Many rows of one table, by the shortest way to the database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import sqlite


def store(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that all have the same columns.

    SQLite gets them as they are: its driver takes Python's own types, and SQLAlchemy's look at each value of some
    hundred rows an article takes as long as storing them.
    """
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), rows)
        return
    statement, values = _prepared(table, tuple(rows[0]))
    connection.exec_driver_sql(statement, list(map(values, rows)))


@cache
def _prepared(table: Table, columns: tuple[str, ...]) -> tuple[str, Callable[[Mapping[str, Any]], Any]]:
    """The statement for rows of these columns (two at least), and what takes a row's values in its order."""
    compiled = insert(table).compile(dialect=sqlite.dialect(), column_keys=columns)
    return str(compiled), itemgetter(*(compiled.positiontup or ()))
