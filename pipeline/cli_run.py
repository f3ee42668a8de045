"""The commands ``run`` and ``watch``: many articles, once or as they arrive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli_options import ConfigOption, SetOption
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.batch.sources import Source
    from pipeline.config import Config

Output = Annotated[
    str | None, typer.Option("--output", "-o", help="Folder, or URL (s3://…), to write the records to.", metavar="DIR")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Processes to use; 0 takes one for each core.")]
NoText = Annotated[bool, typer.Option("--no-text", help="Write the stand-off form: offsets and hashes, no sentences.")]
Pages = Annotated[
    str | None, typer.Option("--pages", help="Read only these pages of PDFs, e.g. 1-4 or 1,3,7-.", metavar="PAGES")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command()(run)
    app.command()(watch)


def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Articles, folders, patterns, archives (ZIP, TAR) or URLs; - reads one article from standard input "
            "(default: the corpus folder)."
        ),
    ] = None,
    output: Output = None,
    config: ConfigOption = None,
    settings: SetOption = None,
    jobs: Jobs = 0,
    no_text: NoText = False,
    pages: Pages = None,
    files_from: Annotated[
        str | None,
        typer.Option(
            "--files-from", "-T", help="Read paths, one a line, from a file; - is standard input.", metavar="FILE"
        ),
    ] = None,
    null: Annotated[
        bool, typer.Option("--null", "-0", help="Paths in --files-from end with NUL (find -print0).")
    ] = False,
    stdout: Annotated[
        bool, typer.Option("--stdout", help="Write the records to standard output as YAML, and nothing else anywhere.")
    ] = False,
    name: Annotated[
        str, typer.Option("--name", help="What to call the article on standard input; its suffix tells the format.")
    ] = "article",
    force: Annotated[bool, typer.Option("--force", help="Make every record again, whatever the ledger knows.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed in an earlier run and has not changed.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run that was cut off; this is what every run does.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Make at most this many records; leave the rest for later.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done and why, and do nothing.")] = False,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stop at the first article that fails.")] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print each event as one line of JSON instead of words.")
    ] = False,
    engine: Annotated[
        str, typer.Option("--engine", help="Who does the work: local (processes), dask, or inline (this process).")
    ] = "local",
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Address of a Dask scheduler, tcp://…; empty starts one here.")
    ] = "",
) -> None:
    """Process articles and write one record each: <id>.yaml, <id>.txt and <id>.jsonl. What stands already is left."""
    from pipeline.batch.plan import Choice
    from pipeline.batch.run import Options
    from pipeline.terminal import batch

    chosen = _configuration(config, settings, no_text, pages)
    if engine not in ("local", "dask", "inline"):
        raise ConfigError(f"--engine {engine!r}: known are dask, inline, local")
    sources = _sources(paths, files_from, null, name, chosen)
    options = Options(jobs, engine, scheduler, Choice(force, retry_failed, limit), fail_fast)
    if stdout:
        raise typer.Exit(batch.filter_to_stdout(sources, chosen))
    target = output or chosen.paths.outputs
    if dry_run:
        raise typer.Exit(batch.explain(sources, chosen, target, options))
    raise typer.Exit(batch.run(sources, chosen, target, options, json=json))


def watch(
    folder: Annotated[Path, typer.Argument(help="Folder in which articles arrive.", exists=True, file_okay=False)],
    output: Output = None,
    config: ConfigOption = None,
    settings: SetOption = None,
    jobs: Jobs = 1,
    settle: Annotated[
        float, typer.Option("--settle", min=0.1, help="Seconds a folder must be quiet before its articles are taken.")
    ] = 2.0,
    json: Annotated[
        bool, typer.Option("--json", help="Print each event as one line of JSON instead of words.")
    ] = False,
) -> None:
    """Process what lies in a folder and whatever arrives there, until interrupted."""
    from pipeline.batch.run import Options
    from pipeline.terminal import batch

    chosen = _configuration(config, settings, False, None)
    batch.watch(folder, chosen, output or chosen.paths.outputs, Options(jobs), settle, json=json)


def _configuration(path: Path | None, settings: list[str] | None, no_text: bool, pages: str | None) -> Config:
    from pipeline import config

    default = Path("config.yaml")
    more = [f"read.pdf.pages='{pages}'"] if pages else []
    more += ["emit.text=false"] if no_text else []
    return config.load(path or (default if default.is_file() else None), [*(settings or []), *more])


def _sources(
    paths: list[str] | None, files_from: str | None, null: bool, name: str, config: Config
) -> list[str | Source]:
    """What the command line and the list of files name, in that order; the corpus folder when they name nothing."""
    listed: list[str] = []
    if files_from is not None:
        try:
            data = sys.stdin.buffer.read() if files_from == "-" else Path(files_from).read_bytes()
        except OSError as error:
            raise ConfigError(f"--files-from {files_from}: {error.strerror or error}") from None
        text = data.decode("utf-8", "surrogateescape")
        listed = [line for line in (text.split("\0") if null else text.splitlines()) if line]
    given: list[str | Source] = []
    for place in [*(paths or []), *listed]:
        if place != "-":
            given.append(place)
            continue
        from pipeline.batch.sources import Source

        given.append(Source(where=name, name=name, data=sys.stdin.buffer.read(), lasting=False))
    return given if paths or files_from is not None else [config.paths.corpus]
