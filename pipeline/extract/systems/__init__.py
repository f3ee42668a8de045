"""Named systems (weapons, ships, software, devices…), taught by packs; see :mod:`pipeline.extract.systems.pack`."""

from pipeline.extract.systems.stage import SystemsStage

__all__ = ["SystemsStage"]
