"""The commands about two languages: ``align`` for whole texts, ``glossary`` for the terms of records."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class PairFormat(StrEnum):
    """How aligned sentences are written."""

    TSV = "tsv"
    TMX = "tmx"


class GlossaryFormat(StrEnum):
    """How a glossary is written."""

    TSV = "tsv"
    TBX = "tbx"
    XLSX = "xlsx"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(align)
    app.command()(glossary)


def align(
    english: Annotated[Path, typer.Argument(help="The English text: any file Dozaban reads.")],
    persian: Annotated[Path, typer.Argument(help="The Persian text: any file Dozaban reads.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write to (default: the terminal).", metavar="FILE")
    ] = None,
    form: Annotated[PairFormat, typer.Option("--format", help="How to write the pairs.")] = PairFormat.TSV,
) -> None:
    """Align the sentences of an English text with those of its Persian translation."""
    from pipeline import __version__
    from pipeline.batch.parallel_texts import aligned_units
    from pipeline.emit.exchange import tmx, units_tsv

    units = aligned_units(english, persian)
    _write(tmx(units, version=__version__) if form is PairFormat.TMX else units_tsv(units), output)


def glossary(
    records: Annotated[list[Path], typer.Argument(help="Records (.yaml), or folders of records.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write to (default: the terminal).", metavar="FILE")
    ] = None,
    form: Annotated[GlossaryFormat, typer.Option("--format", help="How to write the terms.")] = GlossaryFormat.TSV,
    least: Annotated[
        float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out terms less certain than this.")
    ] = 0.0,
) -> None:
    """Merge the terms of records into one English–Persian glossary."""
    import pipeline
    from pipeline.batch.glossary import merge_terms
    from pipeline.emit.exchange import glossary_tsv, glossary_xlsx, tbx
    from pipeline.errors import ConfigError

    files = [file for path in records for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]
    entries = [entry for entry in merge_terms(pipeline.load(file) for file in files) if entry.confidence >= least]
    if form is GlossaryFormat.XLSX:
        if output is None:
            raise ConfigError("an .xlsx file cannot be printed; name a file with --output")
        output.write_bytes(glossary_xlsx(entries))
        return
    _write(tbx(entries) if form is GlossaryFormat.TBX else glossary_tsv(entries), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    output.write_text(text, encoding="utf-8", newline="\n")
