"""Many articles: which files they are, running them apart from each other, and what came of each."""

from pipeline.batch.discovery import Job, discover
from pipeline.batch.outcome import Outcome
from pipeline.batch.run import run

__all__ = ["Job", "Outcome", "discover", "run"]
