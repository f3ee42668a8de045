"""What a repair of Persian writing is: the types that the modules of orthography share."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pipeline.text.offsets import Span

Kind = Literal["letter", "mark", "half-space", "space", "broken", "glued"]


class Repair(NamedTuple):
    """One change: the source range it replaces (empty where something is inserted), the new text, what was wrong
    (``letter`` not Persian, ``mark`` that shows nothing, ``half-space`` lost, ``space`` that should be a half-space or
    none, word ``broken`` in two, words ``glued`` together) and the probability that the repair is right.
    """

    span: Span
    new: str
    kind: Kind
    score: float


class Edit(NamedTuple):
    """A repair in the making: ``[start, end)`` of the text as it stands between two rounds becomes ``new``."""

    start: int
    end: int
    new: str
    kind: Kind
    score: float
