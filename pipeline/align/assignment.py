"""The best one-to-one assignment between two lists, by SciPy (imported when the first lists are paired)."""

from __future__ import annotations

from collections.abc import Sequence


def best_assignment(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The pairs (row, column), in row order, with the greatest sum of scores; the shorter side is assigned whole."""
    if not scores or not scores[0]:
        return []
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(scores, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]
