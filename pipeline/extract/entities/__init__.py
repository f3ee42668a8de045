"""Named entities of both languages: persons, organisations, places, peoples, events, laws, works and programmes."""

from __future__ import annotations

from pipeline.extract.entities.stage import EntitiesSettings, EntitiesStage

__all__ = ["EntitiesSettings", "EntitiesStage"]
