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
    # How many of the sequences are longer than each place: the longest stand first.
    live = np.searchsorted(-lengths, -np.arange(int(lengths[0])), side="left").tolist()
    labels = _best_labels(head, scores, live)
    sure = _probabilities(head, scores, live)
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


def _best_labels(head: Head, scores: Any, live: list[int]) -> Any:
    """Viterbi's algorithm over the ``live`` sequences of each place; 0 after the end of a sequence."""
    count, longest, width = scores.shape
    best = head.first + scores[:, 0]
    steps = np.ascontiguousarray(head.steps.T, scores.dtype)
    first_way = np.arange(count * width).reshape(count, width) * width
    came_from = np.zeros((longest, count, width), np.intp)
    for at in range(1, longest):
        some = live[at]
        ways = best[:some, None, :] + steps  # for each sequence and label, from each label before
        source = came_from[at, :some]
        ways.argmax(2, out=source)
        best[:some] = ways.reshape(-1)[first_way[:some] + source] + scores[:some, at]
    labels = np.zeros((count, longest), np.int64)
    current = (best + head.last).argmax(1)
    rows = np.arange(count)
    for at in range(longest - 1, -1, -1):
        some = live[at]
        labels[:some, at] = current[:some]
        if at:
            current[:some] = came_from[at, rows[:some], current[:some]]
    return labels


def _probabilities(head: Head, scores: Any, live: list[int]) -> Any:
    """The probability of each label at each piece, given the whole sequence."""
    count, longest, width = scores.shape
    weight = np.exp(scores - scores.max(2, keepdims=True))
    steps, first, last = np.exp(head.steps).astype(weight.dtype), np.exp(head.first), np.exp(head.last)
    before = np.zeros((count, longest, width))
    current = first * weight[:, 0]
    for at in range(longest):
        some = live[at]
        if at:
            current = (current[:some] @ steps) * weight[:some, at]
        current /= np.add.reduce(current, 1, keepdims=True)
        before[:some, at] = current
    after = np.broadcast_to(last, (count, longest, width)).copy()
    for at in range(longest - 1, 0, -1):
        some = live[at]
        earlier = ((weight[:some, at] * after[:some, at]) @ steps.T).astype(after.dtype)
        earlier /= np.add.reduce(earlier, 1, keepdims=True)
        after[:some, at - 1] = earlier
    result = before * after
    total = result.sum(2, keepdims=True)
    return np.divide(result, total, out=result, where=total > 0)  # the total is 0 behind the end of a sequence
