"""What the voices of the extractor say: a stretch of a view that may be an entity, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.record import EntityType

Method = Literal["metadata", "pattern", "gazetteer", "model", "consistency"]

#: Types that describe (a war *with Iraq*, the nuclear programme *of Iran*): names inside them are mentions as well.
DESCRIPTIVE: frozenset[EntityType] = frozenset({"EVENT", "LAW", "PROGRAM"})

#: What a single voice is worth before others agree with it: the share of its mentions that are right in seventeen
#: articles annotated for development, seven of which counted before anything was fitted to them.
BASE_CONFIDENCE: dict[Method, float] = {
    "metadata": 0.98,
    "gazetteer": 0.94,
    "pattern": 0.84,
    "consistency": 0.86,
    "model": 0.62,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible mention ``[start, end)`` in a view's text.

    ``key`` is the identity that joins mentions (a gazetteer id, ``force:IR:navy``), empty when only the surface is
    known. ``nested`` marks a mention that may lie over others of its layer (*Rouhani administration* over a person).
    """

    start: int
    end: int
    type: EntityType
    method: Method
    key: str = ""
    confidence: float = 0.0
    nested: bool = False

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def worth(self) -> float:
        """The confidence to report: the given one, else that of the voice."""
        return self.confidence or BASE_CONFIDENCE[self.method]

    def overlaps(self, other: Candidate) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Candidate) -> bool:
        return self.start <= other.start and other.end <= self.end


class Occupied:
    """Ranges already taken in one view, asked often: one byte a character, so that a question is a slice."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def add(self, start: int, end: int) -> None:
        self._taken[start:end] = b"\x01" * (end - start)

    def overlaps(self, start: int, end: int) -> bool:
        return self._taken.find(1, start, end) >= 0
