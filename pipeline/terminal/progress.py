"""A run as it goes and as it ended: a bar and a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.batch.outcome import Outcome

_MARKS = {"ok": "[green]ok[/]", "warnings": "[yellow]ok, with warnings[/]", "failed": "[red]failed[/]"}


def follow(outcomes: Iterable[Outcome], total: int, console: Console) -> Iterator[Outcome]:
    """Pass outcomes on, showing each as it comes."""
    if not console.is_terminal:
        for number, outcome in enumerate(outcomes, 1):
            console.print(_plain_row(outcome, number, total), soft_wrap=True, markup=False, highlight=False)
            yield outcome
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task("articles", total=total)
        for outcome in outcomes:
            bar.advance(task)
            bar.update(task, description=escape(outcome.id[:40]))
            yield outcome


def summarise(outcomes: Sequence[Outcome], seconds: float, console: Console) -> None:
    """The closing table: a row for each article in order of id, the totals, and every failure and warning in words."""
    rows = sorted(outcomes, key=lambda outcome: outcome.id)
    totals = [sum(getattr(row, name) for row in rows) for name in ("entities", "dates", "systems", "aligned")]
    warnings = sum(len(row.warnings) for row in rows)
    failed = [row for row in rows if row.status == "failed"]
    if console.is_terminal:
        table = Table(show_footer=True)
        table.add_column("article", footer=f"{len(rows)} articles, {len(failed)} failed", overflow="fold")
        table.add_column("", footer="")
        for name, total in zip(("entities", "dates", "systems", "aligned pairs"), totals, strict=True):
            table.add_column(name, justify="right", footer=str(total))
        table.add_column("warnings", justify="right", footer=str(warnings))
        table.add_column("seconds", justify="right", footer=f"{seconds:.1f}")
        for row in rows:
            counts = (row.entities, row.dates, row.systems, row.aligned, len(row.warnings))
            table.add_row(escape(row.id), _MARKS[row.status], *map(str, counts), f"{row.seconds:.1f}")
        console.print(table)
    for row in rows:
        if row.status == "failed":
            console.print(f"failed  {row.id}: {row.message} [{row.code}]", soft_wrap=True, markup=False, style="red")
        for code, message in row.warnings:
            console.print(f"warning {row.id}: {message} [{code}]", soft_wrap=True, markup=False, highlight=False)
    if not console.is_terminal:
        console.print(
            f"{len(rows)} articles ({len(failed)} failed), {totals[0]} entities, {totals[1]} dates, "
            f"{totals[2]} systems, {totals[3]} aligned pairs, {warnings} warnings, {seconds:.1f} seconds",
            soft_wrap=True,
            highlight=False,
        )


def _plain_row(outcome: Outcome, number: int, total: int) -> str:
    head = f"[{number}/{total}] {outcome.id}"
    if outcome.status == "failed":
        return f"{head}: failed [{outcome.code}]"
    return (
        f"{head}: {outcome.entities} entities, {outcome.dates} dates, {outcome.systems} systems, "
        f"{outcome.aligned} aligned pairs, {len(outcome.warnings)} warnings, {outcome.seconds:.1f} s"
    )
