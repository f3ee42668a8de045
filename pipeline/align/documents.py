"""Sentences of two whole texts, in time that grows with their length.

The texts are walked in blocks. In each, sentences that are clearly each other's best counterpart become *anchors*; the
best increasing chain of them draws a path, and the exact alignment of :mod:`pipeline.align.sentences` runs in a narrow
band around it. The next block begins where the last sure anchor of this one stood, so that an error cannot travel.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.align.sentences import BeadTable, align_sentences, bead_table, best_path
from pipeline.record import SentenceLink

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

#: Sentences of the first text in a block, and how many more the block of the second may have.
_BLOCK, _SLACK = 80, 50
#: Texts of up to this many sentences are aligned whole.
_SHORT = 40
#: An anchor matches this share of its words, and that much more than any other sentence does.
_ANCHOR_SHARE, _ANCHOR_MARGIN = 0.22, 0.05
#: Half the width of the band around the path of anchors, in sentences.
_BAND = 6
#: Anchors that stay for the next block, so that no block is cut at the last of them.
_OVERLAP = 3


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block begins in each text."""

    english: int
    persian: int


def align_texts(english: Sequence[str], persian: Sequence[str]) -> list[SentenceLink]:
    """The links between the sentences of two texts, in order; every sentence is in exactly one link.

    The same as :func:`~pipeline.align.sentences.align_sentences`, for texts of any length.
    """
    if len(english) <= _SHORT and len(persian) <= _SHORT:
        return align_sentences(english, persian)
    links: list[SentenceLink] = []
    place = _Place(0, 0)
    while place.english < len(english) and place.persian < len(persian):
        found, place = _block(english, persian, place)
        links += found
    links += [SentenceLink(en=[i], fa=[], confidence=0.9) for i in range(place.english, len(english))]
    links += [SentenceLink(en=[], fa=[j], confidence=0.9) for j in range(place.persian, len(persian))]
    return links


def _block(english: Sequence[str], persian: Sequence[str], place: _Place) -> tuple[list[SentenceLink], _Place]:
    """The links of one block, and where the next one begins."""
    left = english[place.english : place.english + _BLOCK]
    right = persian[place.persian : place.persian + _BLOCK + _SLACK]
    last = place.english + len(left) == len(english)
    if last and len(persian) - place.persian <= _BLOCK + 2 * _SLACK:
        right = persian[place.persian :]
    table = bead_table(left, right)
    anchors = _anchors(table, len(left), len(right))
    if not last and len(anchors) > _OVERLAP:
        end = anchors[-_OVERLAP]
        anchors = [anchor for anchor in anchors if anchor < end]
    elif last:
        end = (len(left), len(right))
    else:  # nothing is sure here: go on in step, and let the next block find the way again
        end = (len(left), min(len(right), round(len(left) * len(persian) / max(1, len(english)))))
    path = best_path(table, *end, band=_band(anchors, *end))
    found = [_moved(table.link(*bead), place) for bead in path]
    return found, _Place(place.english + end[0], place.persian + end[1])


def _anchors(table: BeadTable, rows: int, columns: int) -> list[tuple[int, int]]:
    """The longest chain of sentence pairs that are each other's clear best, increasing in both texts."""
    import numpy as np

    shares = np.array([[table.bound_share(i, j) for j in range(columns)] for i in range(rows)])
    pairs = []
    for i in range(rows):
        j = int(shares[i].argmax())
        if int(shares[:, j].argmax()) != i or shares[i, j] < _ANCHOR_SHARE:
            continue
        others = max(np.delete(shares[i], j).max(initial=0.0), np.delete(shares[:, j], i).max(initial=0.0))
        if shares[i, j] - others >= _ANCHOR_MARGIN:
            pairs.append((i, j))
    return _longest_chain(pairs)


def _longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence whose second members increase (patience sorting); ``pairs`` are in order of the first."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [j]
        ends[place : place + 1] = [at]
    chain = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _band(anchors: Sequence[tuple[int, int]], rows: int, columns: int) -> list[tuple[int, int]]:
    """For each number of English sentences the least and greatest number of Persian ones the path may have passed."""
    points = [(0, 0), *((i, j) for i, j in anchors if i < rows and j < columns), (rows, columns)]
    firsts = [i for i, _ in points]
    band = []
    for i in range(rows + 1):
        at = bisect_right(firsts, i)
        low = points[at - 1]
        high = points[at] if at < len(points) else points[-1]
        band.append((max(0, low[1] - _BAND), min(columns, high[1] + _BAND)))
    return band


def _moved(link: SentenceLink, place: _Place) -> SentenceLink:
    return SentenceLink(
        en=[i + place.english for i in link.en],
        fa=[j + place.persian for j in link.fa],
        confidence=link.confidence,
    )
