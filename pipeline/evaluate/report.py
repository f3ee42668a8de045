"""Scores as a table, as YAML, and with the misses and false alarms behind them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from pipeline.evaluate.layers import Macro
from pipeline.evaluate.run import Evaluation
from pipeline.evaluate.scores import Score


def print_report(evaluations: Sequence[Evaluation], console: Console, *, errors: bool, as_yaml: bool) -> None:
    """Print each evaluation; ``errors`` lists every miss (−) and false alarm (+) in its context."""
    if as_yaml:
        import yaml

        console.print(yaml.safe_dump(as_data(evaluations), allow_unicode=True, sort_keys=False), markup=False, end="")
        return
    for evaluation in evaluations:
        console.print(_table(evaluation))
        if errors:
            for score in evaluation.scores:
                _print_errors(score, console)


def as_data(evaluations: Sequence[Evaluation]) -> list[dict[str, object]]:
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
        }
        for evaluation in evaluations
    ]  # fmt: skip


def _table(evaluation: Evaluation) -> Table:
    table = Table(title=f"{evaluation.record} against {evaluation.gold}", title_justify="left")
    for column, justify in (("layer", "left"), ("matching", "left"), *((c, "right") for c in _FIGURES)):
        table.add_column(column, justify="left" if justify == "left" else "right")
    for score in evaluation.scores:
        if isinstance(score, Macro):
            table.add_row(score.layer, score.matching, "", "", "", "", "", f"{score.f1:.3f}")
            continue
        counts = (score.gold, score.found, score.right)
        figures = (score.precision, score.recall, score.f1)
        table.add_row(score.layer, score.matching, *map(str, counts), *(f"{figure:.3f}" for figure in figures))
    return table


_FIGURES = ("gold", "found", "right", "precision", "recall", "F1")


def _print_errors(score: Score, console: Console) -> None:
    if score.matching in ("partial", "span") or not (score.missed or score.spurious):
        return
    console.print(f"{score.layer}:", style="bold")
    for sign, items in (("−", score.missed), ("+", score.spurious)):
        for item in items:
            console.print(f"  {sign} {item}", markup=False, highlight=False, soft_wrap=True)
