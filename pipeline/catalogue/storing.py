"""Many rows in and out of one table, by the shortest way to the database.

SQLite is asked in words that were prepared once, and gets and gives Python's own types: SQLAlchemy's look at each
statement and at each value of some hundred rows an article takes as long as the database's own work.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, Connection, Insert, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]

#: Most values in one `IN (…)`.
MANY = 500


def store(connection: Connection, table: Table, rows: Sequence[Row], unique: tuple[str, ...] = ()) -> None:
    """Insert rows that all have the same columns, two or more.

    With ``unique``, the columns by which a row is known, one that is there already gets the new one's ``uses`` added.
    """
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(_statement(postgresql.insert, table, unique) if unique else insert(table), rows)
        return
    statement, values = _prepared(table, unique, tuple(rows[0]))
    connection.exec_driver_sql(statement, list(map(values, rows)))


def among(
    connection: Connection, column: Column[Any], values: Iterable[Any], *more: Column[Any], **equal: str
) -> list[Sequence[Any]]:
    """``column`` and ``more`` columns of the rows whose ``column`` is one of ``values``, in order of id for each.

    ``equal`` names further columns and what they hold: an index that begins with them needs them.
    """
    values = sorted(values)
    if not values:
        return []
    if connection.dialect.name == "sqlite":
        statement = _question(column, more, tuple(equal))
        return list(connection.exec_driver_sql(statement, (*equal.values(), json.dumps(values))).fetchall())
    found: list[Sequence[Any]] = []
    for at in range(0, len(values), MANY):
        known = [column.table.c[name] == value for name, value in equal.items()]
        question = select(column, *more).where(*known, column.in_(values[at : at + MANY]))
        found += connection.execute(question.order_by(column.table.c.id)).all()
    return found


def highest(connection: Connection, table: Table) -> int:
    """The highest id in a table, 0 when it is empty."""
    return connection.exec_driver_sql(f"SELECT max(id) FROM {table.name}").scalar() or 0


@cache
def _prepared(table: Table, unique: tuple[str, ...], columns: tuple[str, ...]) -> tuple[str, Callable[[Row], Any]]:
    """The statement for rows of these columns, and what takes a row's values in its order."""
    statement = _statement(sqlite.insert, table, unique) if unique else insert(table)
    compiled = statement.compile(dialect=sqlite.dialect(), column_keys=columns)
    return str(compiled), itemgetter(*(compiled.positiontup or ()))


def _statement(insert_of: Any, table: Table, unique: tuple[str, ...]) -> Insert:
    statement = insert_of(table)
    upsert: Insert = statement.on_conflict_do_update(
        index_elements=unique, set_={"uses": table.c.uses + statement.excluded.uses}
    )
    return upsert


@cache
def _question(column: Column[Any], more: tuple[Column[Any], ...], equal: tuple[str, ...]) -> str:
    shown = ", ".join(each.name for each in (column, *more))
    known = "".join(f"{name} = ? AND " for name in equal)
    values = "SELECT value FROM json_each(?)"
    return f"SELECT {shown} FROM {column.table.name} WHERE {known}{column.name} IN ({values}) ORDER BY id"
