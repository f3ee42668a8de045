"""The command ``packs``: which packs there are, and whether one of your own is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

packs = typer.Typer(help="List the packs that teach named systems, or check one of your own.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.add_typer(packs, name="packs")


@packs.command("list")
def list_packs(
    names: Annotated[
        list[str] | None, typer.Argument(help="Packs to list: names, or paths of your own (default: those that ship).")
    ] = None,
) -> None:
    """List packs with the number of kinds, designation families, known names, properties and relations in each."""
    from pipeline.extract.systems.pack import SHIPPED, load_packs

    rows: list[tuple[str, ...]] = [("pack", "field", "kinds", "families", "names", "properties", "relations")]
    for pack in load_packs(tuple(names) if names else SHIPPED):
        known = sum(len(group.names) for group in pack.known_names)
        counts = (len(pack.kinds), len(pack.families), known, len(pack.properties), len(pack.relations))
        field = pack.name.en + (f" · {pack.name.fa}" if pack.name.fa else "")
        rows.append((pack.id, field, *map(str, counts)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, second, *numbers = row
        cells = [first.ljust(widths[0]), second.ljust(widths[1])]
        typer.echo("  ".join([*cells, *(cell.rjust(width) for cell, width in zip(numbers, widths[2:], strict=True))]))


@packs.command("validate")
def validate_packs(
    files: Annotated[list[Path], typer.Argument(help="Pack files (.yaml) to check.")],
) -> None:
    """Check pack files: every mistake is named with its place and, where there is one, the nearest right word."""
    from pipeline.errors import ConfigError
    from pipeline.extract.systems.pack import load_packs
    from pipeline.extract.systems.vocabulary import Vocabulary

    bad = 0
    for path in files:
        try:
            (pack,) = load_packs((str(path),))
            remarks = Vocabulary(pack).remarks()
        except ConfigError as error:
            typer.echo(f"{path}: {error}")
            bad += 1
            continue
        for remark in remarks:
            typer.echo(f"{path}: note: {remark}")
        typer.echo(f"{path}: valid")
    raise typer.Exit(1 if bad else 0)
