"""A run as it goes and as it ended: a bar and a table on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from pipeline.batch.outcome import Outcome

#: Above this many articles the closing table holds the totals alone.
_MOST_ROWS = 100
_MARKS = {"ok": "[green]ok[/]", "warnings": "[yellow]ok, with warnings[/]", "failed": "[red]failed[/]"}
_MARKS["duplicate"] = "[dim]duplicate[/]"


class Follower:
    """Shows a run as it goes: a bar with rate and remaining time on a terminal, a line for each article elsewhere."""

    def __init__(self, total: int, console: Console, *, silent: bool = False) -> None:
        self._total = total
        self._console = console
        self._number = 0
        self._silent = silent
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate())
        self._bar = Progress(*columns, TimeElapsedColumn(), _Remaining(), console=console, transient=True)
        self._task = self._bar.add_task("articles", total=total, made=0, kept=0)
        self._made = 0
        self._kept = 0

    def __enter__(self) -> Self:
        if self._console.is_terminal and not self._silent:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar.live.is_started:
            self._bar.stop()

    def progress(self, outcome: Outcome) -> None:
        """An article is done, in whatever order."""
        self._made += outcome.made
        self._kept += not outcome.made
        self._bar.update(self._task, advance=1, made=self._made, kept=self._kept, description=escape(outcome.id[:40]))

    def row(self, outcome: Outcome) -> None:
        """The next article in order."""
        self._number += 1
        if self._console.is_terminal or self._silent:
            return
        line = _plain_row(outcome, self._number, self._total)
        self._console.print(line, soft_wrap=True, markup=False, highlight=False)


class _Rate(ProgressColumn):
    """Articles a minute, of those that were made."""

    def render(self, task: Task) -> Text:
        """The rate, empty until there is one."""
        made, seconds = task.fields.get("made", 0), task.elapsed or 0.0
        return Text(f"{made / seconds * 60:,.0f}/min" if made and seconds else "")


class _Remaining(ProgressColumn):
    """Time the rest will take, by the rate of what was made (what stood already took none)."""

    def render(self, task: Task) -> Text:
        """The time, empty until it can be told."""
        made, seconds = task.fields.get("made", 0), task.elapsed or 0.0
        if not made or task.total is None:
            return Text("")
        left = int((task.total - task.completed) * seconds / made)
        return Text(f"{left // 3600}:{left // 60 % 60:02d}:{left % 60:02d} left")


def summarise(outcomes: Sequence[Outcome], seconds: float, console: Console, *, left: int = 0) -> None:
    """The closing table: a row for each article in order of id, the totals, and every failure and warning in words.

    A run of many articles is told by its totals; each article has its row in the report.
    """
    duplicates = [outcome for outcome in outcomes if outcome.status == "duplicate"]
    rows = sorted((o for o in outcomes if o.status != "duplicate"), key=lambda outcome: outcome.id)
    unchanged = sum(1 for row in rows if not row.made)
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
        for row in rows if len(rows) <= _MOST_ROWS else ():
            counts = (row.entities, row.dates, row.systems, row.aligned, len(row.warnings))
            seen = f"{row.seconds:.1f}" if row.made else "unchanged"
            table.add_row(escape(row.id), _MARKS[row.status], *map(str, counts), seen)
        console.print(table)
    for row in rows:
        if row.status == "failed":
            console.print(f"failed  {row.id}: {row.message} [{row.code}]", soft_wrap=True, markup=False, style="red")
        if row.note:
            console.print(f"note    {row.id}: {row.note}", soft_wrap=True, markup=False, highlight=False)
        for code, message in row.warnings if row.made else ():
            console.print(f"warning {row.id}: {message} [{code}]", soft_wrap=True, markup=False, highlight=False)
    for row in duplicates:
        console.print(f"duplicate {row.message}", soft_wrap=True, markup=False, highlight=False)
    if not console.is_terminal or unchanged or left or duplicates:
        more = [(unchanged, "unchanged"), (len(duplicates), "duplicates"), (left, "left for another run")]
        also = "".join(f", {number} {what}" for number, what in more if number)
        console.print(
            f"{len(rows)} articles ({len(failed)} failed{also}), {totals[0]} entities, {totals[1]} dates, "
            f"{totals[2]} systems, {totals[3]} aligned pairs, {warnings} warnings, {seconds:.1f} seconds",
            soft_wrap=True,
            highlight=False,
        )


def _plain_row(outcome: Outcome, number: int, total: int) -> str:
    head = f"[{number}/{total}] {outcome.id}"
    if outcome.status == "duplicate":
        return f"{head}: duplicate of {outcome.same_as}"
    unchanged = "" if outcome.made else ", unchanged"
    if outcome.status == "failed":
        return f"{head}: failed [{outcome.code}]{unchanged}"
    return (
        f"{head}: {outcome.entities} entities, {outcome.dates} dates, {outcome.systems} systems, "
        f"{outcome.aligned} aligned pairs, {len(outcome.warnings)} warnings, {outcome.seconds:.1f} s{unchanged}"
    )
