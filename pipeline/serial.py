"""The record as YAML, and back."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from pipeline.errors import RecordError
from pipeline.record import Record


def dump_yaml(record: Record) -> str:
    """The record as YAML text. The same record always gives the same bytes."""
    return record.to_yaml()


def load_yaml(text: str | bytes, *, name: str = "record") -> Record:
    """A record from YAML text. Raises RecordError, naming ``name`` and the first thing wrong, when it is not one."""
    from pydantic import ValidationError

    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise RecordError(f"{name}: not YAML: {str(error).splitlines()[0]}", code="E-RECORD-YAML") from None
    if not isinstance(data, Mapping) or not str(data.get("schema", "")).startswith("dozaban/"):
        raise RecordError(f"{name}: not a Dozaban record (it has no `schema: dozaban/…`)", code="E-RECORD-SCHEMA")
    try:
        return Record.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise RecordError(f"{name}: {where}: {first['msg']}{more}", code="E-RECORD-INVALID") from None
