"""JSON Lines: all records in one file, a record a line."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.record import Record


class Collect:
    """Appends records to ``records.jsonl``."""

    def __init__(self, folder: Path) -> None:
        self._stream = (folder / "records.jsonl").open("w", encoding="utf-8", newline="\n")

    def add(self, record: Record) -> None:
        """Write one line."""
        self._stream.write(json.dumps(record.to_dict(), ensure_ascii=False, separators=(",", ":")) + "\n")

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
