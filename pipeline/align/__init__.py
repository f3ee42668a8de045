"""Stage 4: which sentence, keyword, name and value of one language is which of the other."""

from pipeline.align.stage import AlignSettings, AlignStage

__all__ = ["AlignSettings", "AlignStage"]
