"""Which sentences of two abstracts say the same.

Dynamic programming over the beads 1-1, 1-0, 0-1, 1-2, 2-1, 2-2, 1-3, 3-1, 2-3 and 3-2, in the manner of Gale and
Church (1993), but with words as evidence instead of lengths: a bead earns the weight of the words that have a
counterpart in it and pays a share of the weight of all its words, so that a sentence joins a bead only when its own
words are found there. A word is the counterpart of one word only: a bead's words are assigned to each other one to
one, and a sentence that repeats what its neighbour says earns nothing by it. Words that stand in many of the sentences
tell little. Abstracts are short; the whole table is computed, but a bead's words are assigned only where a cheap upper
bound says that it may be the best.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.align.embedding import Encoder, similarities
from pipeline.align.evidence import Evidence, Vocabulary
from pipeline.record import SentenceLink

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: The cheap ones first: what the others may earn is compared with what is known before it is computed.
_BEADS = ((0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2))

#: Chosen by grid on NTREX with random merges and omissions and on abstracts aligned by hand; the plateau is wide.
_PRICE = 0.255
_MERGE_COST = 0.115
_SKIP_COST = 0.085
_LENGTH_COST = 0.18
_LONGEST_RUN = 3
#: How much less a word tells that several sentences of the text use: its weight falls with this power of their number.
_COMMON = 0.6
#: What a sentence encoder's cosine counts beside the words, and the cosine of sentences that have nothing in common.
_ENCODER_WEIGHT = 0.4
_UNLIKE = 0.35


@dataclass(frozen=True)
class _Side:
    """One language: for each sentence the numbers of its distinct words, and its length in characters."""

    words: list[list[int]]
    lengths: list[int]


def align_sentences(
    english: Sequence[str], persian: Sequence[str], *, min_confidence: float = 0.0, encode: Encoder | None = None
) -> list[SentenceLink]:
    """The links between two lists of sentences, in order. Every sentence is in exactly one link; one with an empty
    side says that the sentence has no counterpart, and its confidence that it has none. A link less sure than
    ``min_confidence`` is taken apart. ``encode`` is the voice of a sentence encoder, heard beside the words.
    """
    if not english or not persian:
        return [SentenceLink(en=[i], fa=[], confidence=0.9) for i in range(len(english))] + [
            SentenceLink(en=[], fa=[j], confidence=0.9) for j in range(len(persian))
        ]
    table = bead_table(english, persian)
    if encode is not None:
        table.hear(similarities(encode, english, persian))
    links = []
    for i, m, j, n in best_path(table, len(english), len(persian)):
        link = table.link(i, m, j, n)
        if link.confidence >= min_confidence or not (m and n):
            links.append(link)
        else:
            links += [table.link(at, 1, j, 0) for at in link.en] + [table.link(i, 0, at, 1) for at in link.fa]
    return links


def bead_table(english: Sequence[str], persian: Sequence[str]) -> BeadTable:
    """The values of all beads of two lists of sentences, neither of them empty."""
    vocabulary = Vocabulary()
    left = _Side([sorted(set(vocabulary.add_english(text))) for text in english], [len(text) for text in english])
    right = _Side([sorted(set(vocabulary.add_persian(text))) for text in persian], [len(text) for text in persian])
    return BeadTable(Evidence(vocabulary, related=True), left, right)


def _telling(weights: Floats, sentences: Sequence[Sequence[int]]) -> Floats:
    """The weights of words, lower for those that many of the sentences use: an abstract's topic stands in each."""
    import numpy as np

    uses = np.zeros(len(weights))
    for words in sentences:
        uses[words] += 1
    return weights * np.maximum(uses, 1) ** -_COMMON


def best_path(
    table: BeadTable, rows: int, columns: int, band: Sequence[tuple[int, int]] | None = None
) -> list[tuple[int, int, int, int]]:
    """The beads ``(i, m, j, n)`` (m English sentences from i, n Persian ones from j) of the best path.

    ``band`` limits it: after i English sentences the path has passed at least ``band[i][0]`` Persian ones and at most
    ``band[i][1]``.
    """
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(rows + 1):
        first, last = band[i] if band else (0, columns)
        for j in range(first, last + 1):
            for m, n in _BEADS:
                before = best.get((i - m, j - n))
                if before is None:
                    continue
                known = best.get((i, j))
                if known is not None and before[0] + table.at_most(i - m, m, j - n, n) <= known[0]:
                    continue
                value = before[0] + table.value(i - m, m, j - n, n)
                if known is None or value > known[0]:
                    best[i, j] = (value, (m, n))
    path, i, j = [], rows, columns
    while (i, j) != (0, 0):
        m, n = best[i, j][1]
        i, j = i - m, j - n
        path.append((i, m, j, n))
    return path[::-1]


class BeadTable:
    """The value of every bead.

    Six small tables bound it from above: how much of each sentence's weight is matched in each run of one, two or
    three sentences of the other language, were every word free to take the best counterpart there.
    """

    def __init__(self, evidence: Evidence, left: _Side, right: _Side) -> None:
        self._evidence, self._left, self._right = evidence, left, right
        self._cosines: Floats | None = None
        self._assigned: dict[tuple[int, int, int, int], float] = {}
        # Sums up to each sentence; a Persian character counts as many English ones as the texts are longer.
        ratio = max(1, sum(left.lengths)) / max(1, sum(right.lengths))
        self._left_lengths = _sums(max(1, length) for length in left.lengths)
        self._right_lengths = _sums(max(1, length) * ratio for length in right.lengths)
        self._english_weights = _telling(evidence.english_weights, left.words)
        self._persian_weights = _telling(evidence.persian_weights, right.words)
        self._left_weights = _sums(float(self._english_weights[words].sum()) for words in left.words)
        self._right_weights = _sums(float(self._persian_weights[words].sum()) for words in right.words)
        # An average sentence weighs 1, so that prices mean the same in any article.
        total = self._left_weights[-1] + self._right_weights[-1]
        self._unit = max(1e-9, total / (len(left.words) + len(right.words)))
        self._left_in = _matched_in_runs(evidence.table, self._english_weights, left.words, right.words)
        self._right_in = _matched_in_runs(evidence.table.T, self._persian_weights, right.words, left.words)

    def hear(self, cosines: Floats) -> None:
        """Let sentences that an encoder finds alike earn more, and unlike ones less."""
        self._cosines = cosines

    def value(self, i: int, m: int, j: int, n: int) -> float:
        """What a bead adds to a path: the weight of the matched words less the price of all."""
        if not m or not n:
            return -_SKIP_COST
        return self._worth(i, m, j, n, self._matched(i, m, j, n))

    def at_most(self, i: int, m: int, j: int, n: int) -> float:
        """What :meth:`value` cannot exceed, without an assignment of words."""
        if not m or not n:
            return -_SKIP_COST
        return self._worth(i, m, j, n, self._bound(i, m, j, n))

    def _worth(self, i: int, m: int, j: int, n: int, matched: float) -> float:
        weight = self._weight(i, m, j, n)
        one = self._left_lengths[i + m] - self._left_lengths[i]
        two = self._right_lengths[j + n] - self._right_lengths[j]
        unlike = 1.0 - (one / two if one < two else two / one)
        earned = (matched - _PRICE * weight) / (2 * self._unit)
        if self._cosines is not None:
            part = self._cosines[i : i + m, j : j + n]
            earned += _ENCODER_WEIGHT * (float(part.max(axis=0).sum() + part.max(axis=1).sum()) / (m + n) - _UNLIKE)
        return earned - _MERGE_COST * (m + n - 2) - _LENGTH_COST * unlike

    def link(self, i: int, m: int, j: int, n: int) -> SentenceLink:
        """The bead as a link of the record."""
        if m and n:
            confidence = _confidence(self.share(i, m, j, n))
        elif m:
            confidence = _confidence_alone(max(self.share(i, 1, at, 1) for at in range(len(self._right.words))))
        else:
            confidence = _confidence_alone(max(self.share(at, 1, j, 1) for at in range(len(self._left.words))))
        english, persian = list(range(i, i + m)), list(range(j, j + n))
        return SentenceLink(en=english, fa=persian, confidence=round(confidence, 2))

    def share(self, i: int, m: int, j: int, n: int) -> float:
        """The share of a bead's weight that has a counterpart in it."""
        weight = self._weight(i, m, j, n)
        return self._matched(i, m, j, n) / weight if weight else 0.0

    def bound_share(self, i: int, j: int) -> float:
        """The share of two sentences' weight that has a counterpart in the other, at most."""
        weight = self._weight(i, 1, j, 1)
        return self._bound(i, 1, j, 1) / weight if weight else 0.0

    def _matched(self, i: int, m: int, j: int, n: int) -> float:
        """The weight of a bead's words that have a counterpart in it, each word being the counterpart of one other."""
        from scipy.optimize import linear_sum_assignment

        bead = (i, m, j, n)
        if bead not in self._assigned:
            english = [word for words in self._left.words[i : i + m] for word in words]
            persian = [word for words in self._right.words[j : j + n] for word in words]
            weights = self._english_weights[english][:, None] + self._persian_weights[persian]
            earned = self._evidence.table[english][:, persian] * weights
            rows, columns = linear_sum_assignment(earned, maximize=True)
            self._assigned[bead] = float(earned[rows, columns].sum())
        return self._assigned[bead]

    def _bound(self, i: int, m: int, j: int, n: int) -> float:
        """What :meth:`_matched` cannot exceed."""
        left, right = self._left_in[n - 1], self._right_in[m - 1]
        matched = left[i][j] + right[j][i]
        for k in range(1, m):
            matched += left[i + k][j]
        for k in range(1, n):
            matched += right[j + k][i]
        return matched

    def _weight(self, i: int, m: int, j: int, n: int) -> float:
        left = self._left_weights[i + m] - self._left_weights[i]
        return left + self._right_weights[j + n] - self._right_weights[j]


def _sums(values: Iterable[float]) -> list[float]:
    """The sums of the first 0, 1, 2 … values."""
    return list(accumulate(values, initial=0.0))


def _matched_in_runs(
    table: Floats, weights: Floats, sentences: Sequence[Sequence[int]], others: Sequence[Sequence[int]]
) -> list[list[list[float]]]:
    """For runs of one, two and three of the ``others``: for each sentence (row) and each first sentence of a run
    (column), the weight of the sentence's words that the run matches. ``table`` has the sentences' words as rows.
    """
    import numpy as np

    best = np.stack([table[:, words].max(axis=1) if words else np.zeros(len(table)) for words in others], axis=1)
    weighted = best * weights[:, None]
    runs = []
    for length in range(1, _LONGEST_RUN + 1):
        if length > 1:
            weighted = np.maximum(weighted[:, :-1], (best * weights[:, None])[:, length - 1 :])
        runs.append([weighted[words].sum(axis=0).tolist() for words in sentences])
    return runs


def _confidence(share: float) -> float:
    """From the matched share of a link's words to the chance that it is right: 0.7 at a tenth, 0.9 at a fifth.

    Set somewhat below what news sentences show, because abstracts translate more freely.
    """
    return min(0.99, 1.0 / (1.0 + math.exp(-14.0 * (share - 0.04))))


def _confidence_alone(best_share: float) -> float:
    """The chance that a sentence has no counterpart, from the share matched by the nearest one."""
    return max(0.3, min(0.9, 1.5 - 2.4 * best_share))
