"""CSV: a file a layer (RFC 4180, UTF-8 with the mark that tells Excel so, LF ends no field).

Texts that a spreadsheet would run as a formula are guarded (:mod:`.cells`); numbers are written plainly.
"""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path

from pipeline.emit.exports.cells import guarded
from pipeline.emit.exports.layer_tables import TABLES, Value, plain
from pipeline.record import Record


class Collect:
    """Writes ``<layer>.csv`` for every layer, empty ones with their heading only."""

    def __init__(self, folder: Path) -> None:
        self._open = ExitStack()
        self._writers = []
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            stream = self._open.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow([column.name for column in table.columns])
            self._writers.append(writer)

    def add(self, record: Record) -> None:
        """Append the rows of one record."""
        for table, writer in zip(TABLES, self._writers, strict=True):
            writer.writerows([_cell(value) for value in row] for row in table.of(record))

    def close(self) -> None:
        """Close the files."""
        self._open.close()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else str(plain(value))
