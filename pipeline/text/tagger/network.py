"""The tagger at work, in numpy: a bidirectional LSTM under a linear-chain CRF.

A few members, trained alike from different starts, are averaged. Each reads the text forwards and backwards, then
looks at what it made of the same word nearby: the mean state of a word's occurrences in :data:`MEMORY` neighbouring
sequences stands beside the state of each of them, so that a plain mention profits from a telling one.

Everything that depends on one word alone is computed once for each different word of the text, so that a text costs
two small matrix products and a few additions a piece. Sequences of one call run side by side, the longest first; a
sequence that has ended leaves the batch. The sums of the CRF (Rabiner's forward and backward recursions) give each
piece the probability of its label, given the whole sequence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.text.tagger.words import Table, WordList

#: A transition that the scheme of labels forbids.
FORBIDDEN = -1e4
#: Over how many sequences a word's mean state is taken.
MEMORY = 16
#: The parts of a member that are plain matrices, in the order they are kept.
MATRICES = ("projection", "input_bias", "gates", "gate_bias", "recurrent", "mixed", "mixed_bias")


@dataclass
class Head:
    """The label scores of one annotation scheme. Labels are ``O`` and ``B- I- E- S-`` before a kind of name."""

    labels: list[str]
    weights: Any
    bias: Any
    steps: Any
    first: Any
    last: Any

    def __post_init__(self) -> None:
        self.first, self.last, self.steps = self.first.copy(), self.last.copy(), self.steps.copy()
        self.first[[label[0] not in "OBS" for label in self.labels]] = FORBIDDEN
        self.last[[label[0] not in "OES" for label in self.labels]] = FORBIDDEN
        for i, one in enumerate(self.labels):
            for j, other in enumerate(self.labels):
                if not follows(one, other):
                    self.steps[i, j] = FORBIDDEN


@dataclass
class Member:
    """The weights of one network. ``gates`` and ``recurrent`` are for reading forwards and backwards, in the order
    input, forget, output, new value; the rows of ``mixed`` are for states, mean states, and the word itself."""

    projection: Any
    learned_table: Table
    sign_table: Table
    input_bias: Any
    gates: Any
    gate_bias: Any
    recurrent: Any
    mixed: Any
    mixed_bias: Any

    def inputs(self, words: Any, learned: Any, signs: Any) -> Any:
        """What the member sees of each different word by itself; each argument has a row for each of them."""
        inputs = np.concatenate(
            [words @ self.projection, self.learned_table.rows(learned), self.sign_table.rows(signs).sum(1)], axis=1
        )
        inputs += self.input_bias
        return inputs

    def mix(self, inputs: Any, both: Any, rows: Any, places: Any) -> Any:
        """The mixed states of all pieces, one row a piece: of their states ``both`` ways, of the mean state of their
        place (the same number for those whose states are taken together), and of the word itself, a row of
        ``inputs``."""
        width = self.recurrent.shape[1]
        mean = _means(both, places) @ self.mixed[2 * width : 4 * width]
        direct = inputs @ self.mixed[4 * width :] + self.mixed_bias
        mixed: Any = np.maximum(both @ self.mixed[: 2 * width] + direct[rows] + mean[places], 0.0)
        return mixed


@dataclass
class Network:
    """The members and what they share: the word list and its vectors, the words learnt, the heads.

    A head's weights are for the members' mixed states side by side.
    """

    words: WordList
    learned: dict[str, int]
    members: list[Member]
    heads: dict[str, Head]

    def states(self, sequences: list[list[str]]) -> list[Any]:
        """The mixed states of each sequence's pieces, one row a piece. The sequences are neighbours in one text."""
        kinds: dict[str, int] = {}
        ids = [np.array([kinds.setdefault(form, len(kinds)) for form in one], np.int32) for one in sequences]
        rows = np.array([self.words.row.get(form, -1) for form in kinds])
        words = np.where(rows[:, None] >= 0, self.words.vectors.rows(rows), np.float32(0.0))
        learned = np.array([self.learned.get(form, 0) for form in kinds])
        signs = np.array([self.words.signs(form) for form in kinds])
        order = sorted(range(len(ids)), key=lambda i: (-len(ids[i]), i))
        ordered = [ids[i] for i in order]
        apart = np.concatenate([ids[i] + (i // MEMORY) * len(kinds) for i in order])
        places = np.unique(apart, return_inverse=True)[1]
        inputs = [member.inputs(words, learned, signs) for member in self.members]
        rows = np.concatenate(ordered)
        mixed = np.concatenate(
            [
                member.mix(own, both, rows, places)
                for member, own, both in zip(self.members, inputs, self._both_ways(ordered, inputs), strict=True)
            ],
            axis=1,
        )
        result: list[Any] = [None] * len(ids)
        at = 0
        for i in order:
            result[i] = mixed[at : at + len(ids[i])]
            at += len(ids[i])
        return result

    def _both_ways(self, ids: list[Any], inputs: list[Any]) -> list[Any]:
        """Each member's states after each piece, read forwards and backwards, of sequences sorted by falling length.

        All members take a step together, in both ways: a step is a small product for each of them, and as much work
        for Python whether there is one or there are four.
        """
        recurrent = np.concatenate([member.recurrent for member in self.members])
        ways, width = recurrent.shape[:2]
        moved = np.empty((ways, len(inputs[0]), 4 * width), np.float32)
        for number, (member, own) in enumerate(zip(self.members, inputs, strict=True)):
            both = moved[2 * number : 2 * number + 2]
            np.matmul(own, member.gates, out=both)
            both += member.gate_bias[:, None]
        lengths = [len(one) for one in ids]
        longest = lengths[0]
        # For each step, way and sequence the row of ``moved``, whose ways stand below each other.
        table = np.zeros((longest, ways, len(ids)), np.int64)
        for row, one in enumerate(ids):
            table[: len(one), ::2, row] = one[:, None]
            table[: len(one), 1::2, row] = one[::-1, None]
        table += (np.arange(ways) * len(inputs[0]))[:, None]
        moved = moved.reshape(-1, 4 * width)
        states = np.zeros((ways, len(ids), longest, width), np.float32)
        state = np.zeros((ways, len(ids), width), np.float32)
        cell = np.zeros((ways, len(ids), width), np.float32)
        live = len(ids)
        for at in range(longest):
            while lengths[live - 1] <= at:
                live -= 1
            gates = np.matmul(state[:, :live], recurrent)
            gates += moved[table[at, :, :live]]
            opened, new = gates[..., : 3 * width], np.tanh(gates[..., 3 * width :])
            np.negative(opened, out=opened)
            np.exp(opened, out=opened)
            opened += 1.0
            np.divide(1.0, opened, out=opened)
            new *= opened[..., :width]
            cell = opened[..., width : 2 * width] * cell[:, :live]
            cell += new
            state = np.tanh(cell)
            state *= opened[..., 2 * width :]
            states[:, :live, at] = state
        return [
            np.concatenate(
                [
                    np.concatenate([states[way, row, :size], states[way + 1, row, :size][::-1]], axis=1)
                    for row, size in enumerate(lengths)
                ]
            )
            for way in range(0, ways, 2)
        ]


def _means(states: Any, places: Any) -> Any:
    """The mean state of each place."""
    order = np.argsort(places, kind="stable")
    sizes = np.bincount(places)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return np.add.reduceat(states[order], starts, axis=0) / sizes[:, None].astype(np.float32)


def follows(one: str, other: str) -> bool:
    """Whether label ``other`` may follow label ``one``."""
    if one[0] in "BI":
        return other[0] in "IE" and one[2:] == other[2:]
    return other[0] in "OBS"
