"""Scores as tables in the terminal, as YAML, and with the misses and false alarms behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.evaluate.run import Evaluation
from pipeline.evaluate.scores import Macro, Score

FIGURES = ("gold", "found", "right", "precision", "recall", "F1")


def print_report(
    evaluations: Sequence[Evaluation], console: Console, *, errors: bool, as_yaml: bool, detail: bool = False
) -> None:
    """Print each evaluation.

    ``errors`` lists every miss (−) and false alarm (+) in its context; ``detail`` adds the counts of the four ways of
    matching, the table of confusion and the calibration.
    """
    if as_yaml:
        import yaml

        console.print(yaml.safe_dump(as_data(evaluations), allow_unicode=True, sort_keys=False), markup=False, end="")
        return
    for evaluation in evaluations:
        console.print(_table(evaluation))
        if detail:
            for table in (_muc(evaluation), _confusion(evaluation), _calibration(evaluation)):
                if table.row_count:
                    console.print(table)
        if errors:
            for score in evaluation.scores:
                _print_errors(score, console)


def as_data(evaluations: Sequence[Evaluation]) -> list[dict[str, Any]]:
    """Evaluations as plain data, figures rounded to four places."""
    return [
        {
            "record": evaluation.record,
            "gold": evaluation.gold,
            "scores": [
                {
                    "layer": score.layer, "matching": score.matching, "gold": score.gold, "found": score.found,
                    "right": score.right, "precision": round(score.precision, 4), "recall": round(score.recall, 4),
                    "f1": round(score.f1, 4),
                }
                for score in evaluation.scores
            ],
            "muc": [asdict(counts) for counts in evaluation.muc],
            "confusion": evaluation.confused,
            "calibration": [
                {"layer": each.layer, "error": each.error, "bins": [list(row) for row in each.bins]}
                for each in evaluation.calibration
            ],
        }
        for evaluation in evaluations
    ]  # fmt: skip


def figures_of(score: Score) -> tuple[str, ...]:
    """The figures of a score as they are shown, a mean of scores having only one."""
    if isinstance(score, Macro):
        return ("", "", "", "", "", f"{score.f1:.3f}")
    counts = (score.gold, score.found, score.right)
    return (*map(str, counts), *(f"{figure:.3f}" for figure in (score.precision, score.recall, score.f1)))


def _table(evaluation: Evaluation) -> Table:
    table = _titled(f"{evaluation.record} against {evaluation.gold}", ("layer", "matching"), FIGURES)
    for score in evaluation.scores:
        table.add_row(score.layer, score.matching, *figures_of(score))
    return table


def _muc(evaluation: Evaluation) -> Table:
    columns = ("correct", "incorrect", "partial", "missing", "spurious", "precision", "recall", "F1")
    table = _titled("entities: MUC counts", ("type", "matching"), columns)
    for each in evaluation.muc:
        counts = map(str, (each.correct, each.incorrect, each.partial, each.missing, each.spurious))
        table.add_row(each.type, each.matching, *counts, *(f"{f:.3f}" for f in (each.precision, each.recall, each.f1)))
    return table


def _confusion(evaluation: Evaluation) -> Table:
    types = sorted({kind for row in evaluation.confused.values() for kind in row}, key=lambda k: (k == "-", k))
    table = _titled("entities: annotated type (row) taken for (column); - is none", ("type",), types)
    for kind, row in evaluation.confused.items():
        table.add_row(kind, *(str(row.get(other, "")) for other in types))
    return table


def _calibration(evaluation: Evaluation) -> Table:
    table = _titled(
        "calibration: expected calibration error", ("layer",), ("error", "confidence → share right (number)")
    )
    for each in evaluation.calibration:
        bins = ", ".join(f"{confidence:.2f} → {share:.2f} ({number})" for confidence, share, number in each.bins)
        table.add_row(each.layer, f"{each.error:.3f}", bins)
    return table


def _titled(title: str, left: Sequence[str], right: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in left:
        table.add_column(column)
    for column in right:
        table.add_column(column, justify="right")
    return table


def _print_errors(score: Score, console: Console) -> None:
    if score.matching in ("partial", "span") or not (score.missed or score.spurious):
        return
    console.print(f"{score.layer}:", style="bold")
    for sign, items in (("−", score.missed), ("+", score.spurious)):
        for item in items:
            console.print(f"  {sign} {item}", markup=False, highlight=False, soft_wrap=True)
