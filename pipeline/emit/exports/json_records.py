"""JSON: each record as it stands in its YAML file, one object a file."""

from __future__ import annotations

import json

from pipeline.emit.exports.exporter import Files
from pipeline.record import Record


def render(record: Record) -> Files:
    """The record, indented; the fields and their order are those of the YAML."""
    return {".json": (json.dumps(record.to_dict(), ensure_ascii=False, indent=2) + "\n").encode("utf-8")}
