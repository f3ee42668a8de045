"""Stage 2: what each part of an article is.

From the reader's blocks to languages, title and authors, abstracts, keywords, sections, tables, notes, references,
citations and sentences. What the parts say about the world is the business of ``extract``.
"""

from pipeline.segment.stage import SegmentSettings, SegmentStage

__all__ = ["SegmentSettings", "SegmentStage"]
