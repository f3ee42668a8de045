"""Parquet: a file a layer with typed columns, written by pyarrow in row groups as the records come."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline.emit.exports.layer_tables import TABLES, Row, Table, plain
from pipeline.record import Record

#: Rows that are held before they are written as a group.
_GROUP = 20_000


class Collect:
    """Writes ``<layer>.parquet`` for every layer; an empty layer is a file without rows."""

    def __init__(self, folder: Path) -> None:
        import pyarrow as arrow
        from pyarrow import parquet

        types = {"text": arrow.string(), "int": arrow.int64(), "float": arrow.float64(), "bool": arrow.bool_()}
        self._open = ExitStack()
        self._arrow = arrow
        self._writers: list[tuple[Table, Any, Any, list[Row]]] = []
        for table in TABLES:
            schema = arrow.schema([(column.name, types[column.type]) for column in table.columns])
            path = folder / f"{table.name}.parquet"
            writer = self._open.enter_context(parquet.ParquetWriter(path, schema, compression="zstd"))
            self._writers.append((table, writer, schema, []))

    def add(self, record: Record) -> None:
        """Take the rows of one record."""
        for table, writer, schema, held in self._writers:
            held.extend(table.of(record))
            if len(held) >= _GROUP:
                self._write(table, writer, schema, held)

    def close(self) -> None:
        """Write what is held and close the files."""
        for table, writer, schema, held in self._writers:
            if held:
                self._write(table, writer, schema, held)
        self._open.close()

    def _write(self, table: Table, writer: Any, schema: Any, held: list[Row]) -> None:
        columns = [
            self._arrow.array([_typed(row[number], column.type) for row in held], type=schema.field(number).type)
            for number, column in enumerate(table.columns)
        ]
        writer.write_table(self._arrow.Table.from_arrays(columns, schema=schema))
        held.clear()


def _typed(value: Any, kind: str) -> Any:
    return float(plain(value)) if kind == "float" and value is not None else value
