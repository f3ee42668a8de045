"""The command ``evaluate``: records against gold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(evaluate)


def evaluate(
    paths: Annotated[
        list[Path], typer.Argument(help="Golds (folders or files) and records (.yaml, or folders of them).")
    ],
    errors: Annotated[
        bool, typer.Option("--errors", help="List the misses and false alarms in their context.")
    ] = False,
    detail: Annotated[
        bool, typer.Option("--detail", help="Add MUC counts, the table of confusion and the calibration.")
    ] = False,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="Print the scores as YAML.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write the scores as an HTML page.", metavar="FILE")
    ] = None,
    gate: Annotated[
        Path | None, typer.Option("--gate", help="Fail when a score is under its floor in this file.", metavar="FILE")
    ] = None,
    update_floors: Annotated[
        bool, typer.Option("--update-floors", help="Raise the floors in the --gate file to the scores reached.")
    ] = False,
    lower: Annotated[
        str | None, typer.Option("--lower", help="Lower floors too, for this reason.", metavar="REASON")
    ] = None,
) -> None:
    """Score records against gold annotations: precision, recall and F1 of each layer."""
    from rich.console import Console

    from pipeline.errors import ConfigError
    from pipeline.evaluate import evaluate_paths
    from pipeline.evaluate.gate import check, update
    from pipeline.evaluate.report import print_report

    if (update_floors or lower) and gate is None:
        raise ConfigError("--update-floors and --lower need a file: name it with --gate")
    evaluations = evaluate_paths(paths)
    console = Console() if sys.stdout.isatty() else Console(width=120)
    print_report(evaluations, console, errors=errors, as_yaml=as_yaml, detail=detail)
    if html is not None:
        from pipeline.evaluate.page import as_page

        html.write_text(as_page(evaluations), encoding="utf-8")
    if gate is None:
        return
    golds = [each for path in paths for each in ([path, *sorted(path.iterdir())] if path.is_dir() else [path])]
    wrong = update(evaluations, golds, gate, lower=lower) if update_floors or lower else check(evaluations, golds, gate)
    for line in wrong:
        typer.echo(line, err=True)
    if wrong:
        raise typer.Exit(1)
