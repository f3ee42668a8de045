"""Dozaban: English–Persian scholarly articles as aligned, structured records.

The public interface, each name loaded on first use so that importing the package costs nothing::

    import pipeline

    record = pipeline.process("corpus/caspian-energy-diplomacy.md")
    record = pipeline.process_text("# A title\\n\\nSome text.", media_type="text/markdown")
    record = pipeline.load("outputs/caspian-energy-diplomacy.yaml")
    for record in pipeline.Batch("articles/", output="records/"): ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.api import load, process, process_text
    from pipeline.batch.stream import Batch
    from pipeline.record import Record

__version__ = "0.1.0"
__all__ = ["Batch", "Record", "__version__", "load", "process", "process_text"]


def __getattr__(name: str) -> Any:
    if name in ("process", "process_text", "load"):
        from pipeline import api

        return getattr(api, name)
    if name == "Record":
        from pipeline.record import Record

        return Record
    if name == "Batch":
        from pipeline.batch.stream import Batch

        return Batch
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
