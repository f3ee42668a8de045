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

    def states(self, words: Any, learned: Any, signs: Any, ids: list[Any], places: Any) -> Any:
        """The mixed states of all pieces, one row a piece. ``words``, ``learned`` and ``signs`` have a row for each
        different word; ``ids`` are the rows of each sequence, the longest sequence first; ``places`` has a number for
        each piece, the same for those whose states are taken together."""
        inputs = np.concatenate(
            [words @ self.projection, self.learned_table.rows(learned), self.sign_table.rows(signs).sum(1)], axis=1
        )
        inputs += self.input_bias
        width = self.recurrent.shape[1]
        both = self._both_ways(ids, np.matmul(inputs, self.gates) + self.gate_bias[:, None])
        rows = np.concatenate(ids)
        mean = _means(both, places) @ self.mixed[2 * width : 4 * width]
        direct = inputs @ self.mixed[4 * width :] + self.mixed_bias
        mixed: Any = np.maximum(both @ self.mixed[: 2 * width] + direct[rows] + mean[places], 0.0)
        return mixed

    def _both_ways(self, ids: list[Any], moved: Any) -> Any:
        """The states after each piece, read forwards and backwards, of sequences sorted by falling length."""
        width = self.recurrent.shape[1]
        lengths = np.array([len(one) for one in ids])
        longest = int(lengths[0])
        forwards = np.zeros((len(ids), longest), np.int32)
        backwards = np.zeros((len(ids), longest), np.int32)
        for row, one in enumerate(ids):
            forwards[row, : len(one)] = one
            backwards[row, : len(one)] = one[::-1]
        both = np.zeros((2, len(ids), longest, width), np.float32)
        for way, table in enumerate((forwards, backwards)):
            state = np.zeros((len(ids), width), np.float32)
            cell = np.zeros((len(ids), width), np.float32)
            for at in range(longest):
                live = int(np.searchsorted(-lengths, -at, side="left"))
                gates = moved[way][table[:live, at]] + state[:live] @ self.recurrent[way]
                opened = 1.0 / (1.0 + np.exp(-gates[:, : 3 * width]))
                cell = opened[:, width : 2 * width] * cell[:live] + opened[:, :width] * np.tanh(gates[:, 3 * width :])
                state = opened[:, 2 * width :] * np.tanh(cell)
                both[way, :live, at] = state
        return np.concatenate(
            [
                np.concatenate([both[0, row, :size], both[1, row, :size][::-1]], axis=1)
                for row, size in enumerate(lengths.tolist())
            ]
        )


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
        mixed = np.concatenate(
            [member.states(words, learned, signs, ordered, places) for member in self.members], axis=1
        )
        result: list[Any] = [None] * len(ids)
        at = 0
        for i in order:
            result[i] = mixed[at : at + len(ids[i])]
            at += len(ids[i])
        return result


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
