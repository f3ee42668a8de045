"""Names in a text, as the tagger finds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.text.tagger.chain import best_names
from pipeline.text.tagger.network import Network
from pipeline.text.tagger.pieces import BREAK, Piece, pieces, sentences

#: The most pieces read in one sequence: some sentences of context, as in training.
SEQUENCE = 126
#: Sequences read side by side, which bounds the memory a long text takes.
BATCH = 256


class Tagged(NamedTuple):
    """A name ``text[start:end]`` of a kind, and the least probability of its labels."""

    start: int
    end: int
    kind: str
    probability: float


def tag(text: str, network: Network, heads: list[str]) -> dict[str, list[Tagged]]:
    """The names that each of the heads finds, in text order. Offsets are code points of ``text``."""
    found = pieces(text)
    result: dict[str, list[Tagged]] = {head: [] for head in heads}
    sequences = list(_sequences(text, found))
    for at in range(0, len(sequences), BATCH):
        batch = sequences[at : at + BATCH]
        states = network.states([[BREAK if i < 0 else found[i].form for i in one] for one in batch])
        for head in heads:
            for sequence, names in zip(batch, best_names(network.heads[head], states), strict=True):
                for (start, end, kind), probability in names:
                    inside = [found[i] for i in sequence[start:end] if i >= 0]
                    if inside:
                        result[head].append(Tagged(inside[0].start, inside[-1].end, kind, probability))
    return result


def _sequences(text: str, found: list[Piece]) -> Iterator[list[int]]:
    """Neighbouring sentences together, as numbers of pieces, -1 for the break between two; a longer one is cut."""
    current: list[int] = []
    for start, end in sentences(text, found):
        for first in range(start, end, SEQUENCE):
            part = range(first, min(end, first + SEQUENCE))
            if current and len(current) + len(part) + 1 > SEQUENCE:
                yield current
                current = []
            if current:
                current.append(-1)
            current.extend(part)
    if current:
        yield current
