"""The linear chain over label scores: the best labels of a sequence, and how probable each of them is.

All sequences of a call run side by side, the longest first, as in :mod:`pipeline.text.tagger.network`. Forward and
backward sums are kept as probabilities scaled to one at each step (Rabiner 1989), so that nothing under- or overflows.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pipeline.text.tagger.network import Head

Name = tuple[int, int, str]


def best_names(head: Head, states: list[Any]) -> list[list[tuple[Name, float]]]:
    """The names of each sequence ``[start, end)`` with their kind, and the least probability of their labels."""
    sizes = np.array([len(one) for one in states])
    order = np.argsort(-sizes, kind="stable")
    lengths = sizes[order]
    scores = np.zeros((len(states), int(lengths[0]), len(head.labels)))
    for row, i in enumerate(order.tolist()):
        scores[row, : sizes[i]] = states[i] @ head.weights + head.bias
    labels = _best_labels(head, scores, lengths)
    sure = _probabilities(head, scores, lengths)
    result: list[list[tuple[Name, float]]] = [[] for _ in states]
    for row, i in enumerate(order.tolist()):
        path = labels[row, : sizes[i]]
        if path.any():
            chosen = sure[row, np.arange(sizes[i]), path]
            result[i] = [
                ((start, end, kind), float(chosen[start:end].min()))
                for start, end, kind in names([head.labels[at] for at in path.tolist()])
            ]
    return result


def names(labels: list[str]) -> list[Name]:
    """The names that a sequence of labels spells."""
    found: list[Name] = []
    start, kind = -1, ""
    for at, label in enumerate([*labels, "O"]):
        if start >= 0 and (label[0] in "OBS" or label[2:] != kind):
            found.append((start, at, kind))
            start = -1
        if label != "O" and start < 0:
            start, kind = at, label[2:]
    return found


def _live(lengths: Any, at: int) -> int:
    """How many of the sequences, sorted by falling length, are longer than ``at``."""
    return int(np.searchsorted(-lengths, -at, side="left"))


def _best_labels(head: Head, scores: Any, lengths: Any) -> Any:
    """Viterbi's algorithm; 0 after the end of a sequence."""
    count, longest, width = scores.shape
    best = head.first + scores[:, 0]
    came_from = np.zeros((count, longest, width), np.int8)
    for at in range(1, longest):
        live = _live(lengths, at)
        ways = best[:live, :, None] + head.steps
        source = ways.argmax(1)
        came_from[:live, at] = source
        best[:live] = np.take_along_axis(ways, source[:, None], 1)[:, 0] + scores[:live, at]
    labels = np.zeros((count, longest), np.int64)
    current = (best + head.last).argmax(1)
    for at in range(longest - 1, -1, -1):
        live = _live(lengths, at)
        labels[:live, at] = current[:live]
        if at:
            current[:live] = came_from[np.arange(live), at, current[:live]]
    return labels


def _probabilities(head: Head, scores: Any, lengths: Any) -> Any:
    """The probability of each label at each piece, given the whole sequence."""
    count, longest, width = scores.shape
    weight = np.exp(scores - scores.max(2, keepdims=True))
    steps, first, last = np.exp(head.steps), np.exp(head.first), np.exp(head.last)
    before = np.zeros((count, longest, width))
    current = first * weight[:, 0]
    for at in range(longest):
        live = _live(lengths, at)
        if at:
            current = (current[:live] @ steps) * weight[:live, at]
        current = current / current.sum(1, keepdims=True)
        before[:live, at] = current
    after = np.broadcast_to(last, (count, width)).copy()
    result = np.zeros((count, longest, width))
    for at in range(longest - 1, -1, -1):
        live = _live(lengths, at)
        both = before[:live, at] * after[:live]
        result[:live, at] = both / both.sum(1, keepdims=True)
        if at:
            after[:live] = (weight[:live, at] * after[:live]) @ steps.T
            after[:live] /= after[:live].sum(1, keepdims=True)
    return result
