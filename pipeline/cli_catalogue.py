"""The commands about the catalogue: ``catalogue build``, ``query``, ``sql`` and ``stats``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sqlalchemy.engine import URL


class Language(StrEnum):
    """A language that names and passages are searched in."""

    EN = "en"
    FA = "fa"


catalogue = typer.Typer(help="Make the searchable catalogue of records, or bring it up to date.", no_args_is_help=True)

UrlOption = Annotated[
    str | None,
    typer.Option("--catalogue", help="The catalogue: a file, a folder of records, or a database URL.", metavar="URL"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
TsvOption = Annotated[bool, typer.Option("--tsv", help="Print tab-separated values with a header.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(catalogue, name="catalogue")
    app.command()(query)
    app.command()(sql)
    app.command()(stats)


@catalogue.command()
def build(
    outputs: Annotated[
        list[Path] | None, typer.Argument(help="Folders of records (default: the outputs folder).")
    ] = None,
    url: UrlOption = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Take out articles whose records are in these folders no more.")
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Feed unchanged records too.")] = False,
) -> None:
    """Feed the records of folders into the catalogue; what has not changed is passed over."""
    from pipeline.catalogue.building import build as feed_folders

    folders = outputs or [Path(_settings().paths.outputs)]
    for folder in folders:
        if not folder.is_dir():
            from pipeline.errors import CatalogueError

            raise CatalogueError(f"{folder} is no folder of records", code="E-CATALOGUE-MISSING")
    done = feed_folders(folders, url or _url(), prune=prune, everything=everything)
    for problem in done.problems:
        typer.echo(f"not fed: {problem}", err=True)
    typer.echo(f"{done.fed} articles fed, {done.unchanged} unchanged, {done.removed} taken out")
    raise typer.Exit(1 if done.problems else 0)


def query(
    words: Annotated[
        str, typer.Argument(help='What to look for: a name in either language, words, "a phrase", begin*.')
    ],
    kind: Annotated[
        str | None,
        typer.Option("--type", help="Only things of this type: system, person, org, place, law, date and more."),
    ] = None,
    field: Annotated[
        str,
        typer.Option(
            "--field", help="Where to look: all, name, text, title, author, keyword, reference, date and more."
        ),
    ] = "all",
    language: Annotated[Language | None, typer.Option("--language", help="Only this language: en or fa.")] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=10_000, help="Print at most this many answers.")
    ] = 20,
    url: UrlOption = None,
    as_json: JsonOption = False,
    tsv: TsvOption = False,
) -> None:
    """Find systems, people, places, dates and passages in the catalogue."""
    from pipeline.catalogue.engine import reading
    from pipeline.catalogue.search import search

    with reading(_located(url)) as connection:
        answers = search(connection, words, kind=kind, field=field, language=language, limit=limit)
    if as_json:
        _print_json([answer.plain() for answer in answers])
    elif tsv:
        columns = ("kind", "article", "name_en", "name_fa", "title_en", "title_fa", "mentions_en", "mentions_fa")
        rows = [
            (*(getattr(answer, column) for column in columns), *(
                (f"{each.before}[{each.match}]{each.after}", each.start, each.stop) if each else (None, None, None)
            ))
            for answer in answers
            for each in answer.snippets or (None,)
        ]  # fmt: skip
        _print_tsv([*columns, "context", "start", "stop"], rows)
    else:
        from pipeline.terminal.answers import lines

        _write("\n".join(lines(answers, colour=sys.stdout.isatty())) if answers else f"nothing found for {words!r}")
    raise typer.Exit(0 if answers else 1)


def sql(
    statement: Annotated[str, typer.Argument(help="One SELECT; docs/catalogue.md describes the tables.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Print at most this many rows.")] = 1000,
    url: UrlOption = None,
    as_json: JsonOption = False,
    tsv: TsvOption = False,
) -> None:
    """Ask the catalogue in SQL; nothing can be changed this way."""
    from itertools import islice

    from pipeline.catalogue.engine import reading
    from pipeline.catalogue.statements import read_only

    with reading(_located(url)) as connection:
        columns, rows = read_only(connection, statement)
        found = [list(row) for row in islice(rows, limit + 1)]
    if len(found) > limit:
        typer.echo(f"dozaban: there are more rows than {limit}; see --limit", err=True)
    if as_json:
        _print_json([dict(zip(columns, row, strict=True)) for row in found[:limit]])
    elif tsv or not sys.stdout.isatty():
        _print_tsv(columns, found[:limit])
    else:
        from rich.console import Console
        from rich.markup import escape
        from rich.table import Table

        table = Table(*columns)
        for row in found[:limit]:
            table.add_row(*("" if value is None else escape(str(value)) for value in row))
        Console().print(table)


def stats(url: UrlOption = None, as_json: JsonOption = False) -> None:
    """Say how much of what the catalogue holds."""
    from pipeline.catalogue.engine import reading
    from pipeline.catalogue.statements import stats as count

    with reading(_located(url)) as connection:
        numbers = count(connection)
    if as_json:
        _print_json(numbers)
        return
    for name, value in numbers.items():
        if isinstance(value, dict):
            _write(f"{name.replace('_', ' ')}:")
            for key, number in value.items():
                _write(f"  {key:<14}{number:>12,}")
        else:
            _write(f"{name.replace('_', ' ')}: {value:,}")


def _settings() -> Any:
    from pipeline import config

    default = Path("config.yaml")
    return config.load(default if default.is_file() else None)


def _url() -> str:
    """The catalogue that the configuration names, even when runs do not feed it."""
    from pipeline.catalogue.engine import OFF

    chosen = str(_settings().catalogue.url)
    return "sqlite" if chosen in OFF else chosen


def _located(url: str | None) -> URL:
    """What ``--catalogue`` names; without it, what the configuration does."""
    from pipeline.catalogue.engine import located

    if url is not None:
        return located(url, Path())
    return located(_url(), Path(_settings().paths.outputs))


def _print_json(value: Any) -> None:
    import json

    _write(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def _print_tsv(columns: list[str], rows: list[Any]) -> None:
    _write("\t".join(columns))
    for row in rows:
        cells = ("" if value is None else str(value) for value in row)
        _write("\t".join(" ".join(cell.split()) for cell in cells))


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
