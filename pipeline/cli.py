"""The command ``dozaban``: parses arguments, calls the library, prints. Nothing is decided here.

Exit codes: 0 all well, 1 some articles failed (or a file is not valid), 2 wrong use, 130 interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import __version__, cli_align, cli_catalogue, cli_evaluate, cli_export, cli_packs, cli_review, cli_run
from pipeline.cli_options import ConfigOption, SetOption
from pipeline.errors import DozabanError
from pipeline.terminal import train

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.config import Config

app = typer.Typer(
    help="Turn English–Persian scholarly articles into aligned, structured YAML records.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(train.app, name="train")


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Turn English–Persian scholarly articles into aligned, structured YAML records."""
    if version:
        typer.echo(f"dozaban {__version__}")
        raise typer.Exit


cli_run.register(app)


@app.command()
def show(
    record: Annotated[Path, typer.Argument(help="A record (.yaml).")],
    everything: Annotated[bool, typer.Option("--all", help="Show every fact, not only the most frequent.")] = False,
    visual: Annotated[
        bool, typer.Option("--visual", help="Reorder Persian for a terminal that cannot show right-to-left text.")
    ] = False,
    page: Annotated[int | None, typer.Option("--page", min=1, help="The page of the PDF that --boxes draws.")] = None,
    boxes: Annotated[
        bool, typer.Option("--boxes", help="Write a PNG of the page with its lines coloured by kind of block.")
    ] = False,
    source: Annotated[
        Path | None, typer.Option("--source", help="The PDF, when it is not beside the record or in the corpus folder.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write the PNG.", metavar="FILE")
    ] = None,
) -> None:
    """Print a record as a readable bilingual view, or draw a page of its PDF."""
    import pipeline
    from pipeline.terminal import view

    if boxes or page:
        from pipeline.terminal.page_picture import draw_page, find_source

        known, number = pipeline.load(record), page or 1
        target = output or Path(f"{known.id}-page-{number}.png")
        folders = [Path(_config(None, []).paths.corpus), Path()]
        draw_page(known, source or find_source(known, record.parent, folders), number, target)
        typer.echo(str(target))
        return
    view.show(pipeline.load(record), _console(), visual=visual, limit=0 if everything else 15)


@app.command()
def validate(
    records: Annotated[list[Path], typer.Argument(help="Records (.yaml) to check.")],
) -> None:
    """Check records against the schema, and every span against the text where it stands beside the record."""
    import pipeline
    from pipeline.evaluate.integrity import problems

    bad = 0
    for path in records:
        try:
            found = problems(pipeline.load(path))
        except DozabanError as error:
            found = [str(error)]
        for problem in found:
            typer.echo(f"{path}: {problem}")
        typer.echo(f"{path}: {'not valid' if found else 'valid'}")
        bad += bool(found)
    raise typer.Exit(1 if bad else 0)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from pipeline.record import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command("config")
def show_config(config: ConfigOption = None, settings: SetOption = None) -> None:
    """Print the configuration in force, as YAML."""
    import yaml

    typer.echo(yaml.safe_dump(_config(config, settings or []).effective, allow_unicode=True, sort_keys=False), nl=False)


@app.command()
def doctor(config: ConfigOption = None, settings: SetOption = None) -> None:
    """Say what is installed of what Dozaban can use, and what to do about the rest."""
    from pipeline.batch.doctor import examine

    wanting = False
    for finding in examine(_config(config, settings or [])):
        mark = "ok" if finding.present else ("not here" if finding.optional else "MISSING")
        typer.echo(f"{mark:<9} {finding.name}: {finding.detail}")
        wanting = wanting or not (finding.present or finding.optional)
    raise typer.Exit(1 if wanting else 0)


@app.command()
def rehydrate(
    record: Annotated[Path, typer.Argument(help="A stand-off record (.yaml).")],
    text: Annotated[Path, typer.Argument(help="Your copy of the article's text (<id>.txt).")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the full record to.")] = Path(),
) -> None:
    """Join a stand-off record with the text it was made from, after checking that it is the same text."""
    import pipeline
    from pipeline.emit import EmitSettings, EmitStage
    from pipeline.emit.standoff import rehydrate as join
    from pipeline.errors import RecordError

    try:
        own = text.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{text}: {error}", code="E-RECORD-TEXT") from None
    for path in EmitStage(EmitSettings()).write(join(pipeline.load(record), own), output):
        typer.echo(str(path))


cli_align.register(app)
cli_catalogue.register(app)
cli_evaluate.register(app)
cli_export.register(app)
cli_packs.register(app)
cli_review.register(app)


def main() -> None:
    """Run the command line; every error a user can cause ends in one clear line, never in a traceback."""
    try:
        app()
    except DozabanError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        typer.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.exit(0)


def _config(path: Path | None, settings: list[str]) -> Config:
    from pipeline import config

    default = Path("config.yaml")
    return config.load(path or (default if default.is_file() else None), settings)


def _console() -> Console:
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=120)


def _fail(message: str) -> None:
    typer.echo(f"dozaban: {message}", err=True)
    sys.exit(2)
