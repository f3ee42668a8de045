"""A place where a system is named, as the detection layers hand it on, and how rival readings are settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.extract.systems.pack import Pack
from pipeline.extract.systems.reading import Reading
from pipeline.text.offsets import Span

#: Layers of detection, the most trusted first; the same words seen by two layers count for the first.
METHODS = (
    "pattern",
    "known-name",
    "quoted-name",
    "kind-noun",
    "list",
    "alias",
    "relation",
    "transliteration",
    "propagation",
)

CONFIDENCE = {
    "pattern": 0.95,
    "known-name": 0.9,
    "quoted-name": 0.92,
    "kind-noun": 0.82,
    "list": 0.8,
    "alias": 0.85,
    "relation": 0.78,
    "transliteration": 0.8,
    "propagation": 0.75,
}


@dataclass(frozen=True)
class Found:
    """A mention in a reading: ``key`` joins the mentions of one system, ``name`` is the name it lends to it.

    ``kind`` is the kind of the noun beside the mention, ``known_kind`` and ``origin`` are what the pack knows of the
    family; ``aliases`` are further keys that the same words name (``HQ-2 / M7`` written as one); ``bare`` is the name
    less the letters before it that name a navy (``USS``).
    """

    reading: Reading
    span: Span
    pack: Pack
    key: str
    name: str
    method: str
    kind: str | None = None
    known_kind: str | None = None
    origin: str | None = None
    aliases: tuple[str, ...] = ()
    bare: str | None = None

    @property
    def confidence(self) -> float:
        """How sure the layer is."""
        return CONFIDENCE[self.method]

    @property
    def text(self) -> str:
        """The folded words of the mention."""
        return self.reading.text[self.span.start : self.span.end]


def _rank(each: Found) -> int:
    """The trust in the layer; a form of the grammar that belongs to no known family counts with the kind nouns."""
    unsure = each.method == "pattern" and each.known_kind is None
    return METHODS.index("kind-noun" if unsure else each.method)


def settled(found: Iterable[Found]) -> list[Found]:
    """The mentions of one reading in text order, none overlapping: the longer wins, then the more trusted layer."""
    ranked = sorted(found, key=lambda each: (each.span.start - each.span.end, _rank(each), each.span.start))
    kept: list[Found] = []
    taken: set[int] = set()
    for each in ranked:
        characters = range(*each.span)
        if taken.isdisjoint(characters):
            taken.update(characters)
            kept.append(each)
    return sorted(kept, key=lambda each: each.span)
